//! The scores of a cohort: columns of plain numbers, and what they say.

use serde::Serialize;

use crate::number::Score;
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::Questionnaire;
use crate::stage::Stage;

/// What scoring a cohort says of each row: the overall Score, the stage and the Score of each
/// pillar, and of each theme if it was asked for; see [`Cohort::score`](crate::Cohort::score).
///
/// A row without a Score has none here, either: it is never 0. The columns behind it are four bytes
/// a Score and one a stage, and can be had as they are.
///
/// ```
/// use digital_maturity::{Cohort, Pillar, Questionnaire, Stage};
/// use digital_maturity::cohort::Scores;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut builder = Cohort::builder(&pulse);
/// let mut sheet = pulse.sheet();
/// builder.push_sheet(&sheet)?; // nothing answered
/// for question in pulse.questions() {
///     sheet.set(question.id(), 4)?; // credit 0.75
/// }
/// builder.push_sheet(&sheet)?;
///
/// let scores = builder.build().score();
/// assert_eq!((scores.overall(0), scores.stage(0)), (None, None));
/// assert_eq!(scores.overall(1), Some("0.75".parse()?));
/// assert_eq!(scores.pillar(1, Pillar::AgileApproach), scores.overall(1));
/// assert_eq!(scores.stage(1), Some(Stage::Platform));
/// assert_eq!(scores.overall_column(), [Scores::NONE, 750_000_000]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// The overall, the four pillars and the themes, one column after another. In one piece, as it
    /// is then more likely to be had from memory that was used before.
    columns: Vec<u32>,
    themes: usize,
    stages: Vec<u8>,
}

/// Where scores are to be written: one place a row in each slice. Any slices of any length are
/// possible; whether they fit the cohort is checked by
/// [`Cohort::score_into`](crate::Cohort::score_into).
#[derive(Debug, Default)]
pub struct ScoreBuffers<'b> {
    /// Overall Scores in billionths, or [`Scores::NONE`].
    pub overall: &'b mut [u32],
    /// Scores of the pillars in billionths, or [`Scores::NONE`].
    pub pillars: PillarMap<&'b mut [u32]>,
    /// Scores of the themes in billionths, or [`Scores::NONE`], in the order of the questionnaire.
    /// With no slice at all, themes are not scored.
    pub themes: Vec<&'b mut [u32]>,
    /// Stages from 0, `traditional`, to 4, `native`; [`Scores::NO_STAGE`] or [`Scores::BAD_ROW`].
    pub stages: &'b mut [u8],
}

/// A number of things that is not the one that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found} {what}, {expected} needed")]
pub struct WrongLength {
    /// What there is too much or too little of.
    pub what: &'static str,
    /// How many there are.
    pub found: usize,
    /// How many are needed.
    pub expected: usize,
}

impl WrongLength {
    pub(super) fn check(
        what: &'static str,
        found: usize,
        expected: usize,
    ) -> Result<(), WrongLength> {
        if found == expected { Ok(()) } else { Err(Self { what, found, expected }) }
    }
}

/// How many rows are at each stage, and how many at none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageCounts {
    /// At [`Stage::Traditional`].
    pub traditional: u64,
    /// At [`Stage::Bridge`].
    pub bridge: u64,
    /// At [`Stage::Hubs`].
    pub hubs: u64,
    /// At [`Stage::Platform`].
    pub platform: u64,
    /// At [`Stage::Native`].
    pub native: u64,
    /// Without an overall Score, and so without a stage.
    pub not_scorable: u64,
    /// Left out, as a cell is bad.
    pub bad: u64,
}

impl StageCounts {
    /// How many of those stages there are.
    pub(super) fn of(stages: &[u8]) -> Self {
        /// As many as a byte can count.
        const SPAN: usize = 255;
        let [mut traditional, mut bridge, mut hubs, mut platform, mut native] = [0; 5];
        let [mut not_scorable, mut bad] = [0; 2];
        for span in stages.chunks(SPAN) {
            let count = |stage: u8| {
                u64::from(span.iter().fold(0_u8, |n, of| n.wrapping_add(u8::from(*of == stage))))
            };
            traditional += count(0);
            bridge += count(1);
            hubs += count(2);
            platform += count(3);
            native += count(4);
            not_scorable += count(Scores::NO_STAGE);
            bad += count(Scores::BAD_ROW);
        }
        Self { traditional, bridge, hubs, platform, native, not_scorable, bad }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.traditional = self.traditional.saturating_add(other.traditional);
        self.bridge = self.bridge.saturating_add(other.bridge);
        self.hubs = self.hubs.saturating_add(other.hubs);
        self.platform = self.platform.saturating_add(other.platform);
        self.native = self.native.saturating_add(other.native);
        self.not_scorable = self.not_scorable.saturating_add(other.not_scorable);
        self.bad = self.bad.saturating_add(other.bad);
    }

    /// How many rows there are.
    ///
    /// ```
    /// # use digital_maturity::cohort::Scores;
    /// assert_eq!(Scores::empty(5).stage_counts().total(), 5);
    /// ```
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.scored().saturating_add(self.not_scorable).saturating_add(self.bad)
    }

    /// How many rows have a stage.
    #[must_use]
    pub const fn scored(&self) -> u64 {
        self.traditional
            .saturating_add(self.bridge)
            .saturating_add(self.hubs)
            .saturating_add(self.platform)
            .saturating_add(self.native)
    }

    /// The share of those with a stage that are at this one, from 0 to 1, rounded to the nearest
    /// billionth, ties to even; `None` if nobody has a stage.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// # use digital_maturity::cohort::StageCounts;
    /// let counts = StageCounts { hubs: 3, native: 1, bad: 4, ..StageCounts::default() };
    /// assert_eq!(counts.share(Stage::Hubs), Some("0.75".parse()?));
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn share(&self, stage: Stage) -> Option<Score> {
        let count = u128::from(self.at(stage)) * u128::from(Score::ONE.billionths());
        Score::mean(count, self.scored())
    }

    /// How many rows are at that stage.
    #[must_use]
    pub const fn at(&self, stage: Stage) -> u64 {
        match stage {
            Stage::Traditional => self.traditional,
            Stage::Bridge => self.bridge,
            Stage::Hubs => self.hubs,
            Stage::Platform => self.platform,
            Stage::Native => self.native,
        }
    }
}

impl Scores {
    /// Stands for no Score in a column of them.
    pub const NONE: u32 = u32::MAX;
    /// Stands for no stage, as there is no overall Score.
    pub const NO_STAGE: u8 = u8::MAX;
    /// Stands for no stage, as the row has a bad cell.
    pub const BAD_ROW: u8 = u8::MAX - 1;

    /// Room for that many rows, nothing scored. Memory that is never written costs nothing.
    pub(super) fn room(rows: usize, themes: usize) -> Self {
        let columns = vec![0; rows * (1 + Pillar::ALL.len() + themes)];
        Self { columns, themes, stages: vec![0; rows] }
    }

    /// Room for the scores of a cohort of `rows`, to be scored into again and again: the row scores
    /// are those of nobody yet.
    ///
    /// ```
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::{Column, Scores};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [3_u8, 4];
    /// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers));
    /// let cohort = Cohort::new(&pulse, columns)?;
    ///
    /// let mut scores = Scores::empty(cohort.rows());
    /// cohort.score_into(scores.buffers())?;
    /// assert_eq!(scores, cohort.score());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn empty(rows: usize) -> Self {
        Self {
            columns: vec![Self::NONE; rows * (1 + Pillar::ALL.len())],
            themes: 0,
            stages: vec![Self::NO_STAGE; rows],
        }
    }

    /// The same columns to write into.
    pub fn buffers(&mut self) -> ScoreBuffers<'_> {
        let rows = self.stages.len();
        let mut rest = self.columns.as_mut_slice();
        let mut next = || {
            let (column, others) = std::mem::take(&mut rest).split_at_mut(rows);
            rest = others;
            column
        };
        let (overall, pillars) = (next(), PillarMap::from_fn(|_| next()));
        let themes = (0..self.themes).map(|_| next()).collect();
        ScoreBuffers { overall, pillars, themes, stages: &mut self.stages }
    }

    /// The column at that place: the overall, then pillars, then themes.
    fn column(&self, place: usize) -> &[u32] {
        let rows = self.stages.len();
        self.columns.get(place * rows..(place + 1) * rows).unwrap_or_default()
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.stages.len()
    }

    /// The overall Score of a row, from 0; `None` if it has none, or there is no such row.
    #[must_use]
    pub fn overall(&self, row: usize) -> Option<Score> {
        self.overall_column().get(row).copied().and_then(Score::from_billionths)
    }

    /// The Score of a pillar of a row, from 0; `None` if it has none, or there is no such row.
    #[must_use]
    pub fn pillar(&self, row: usize, pillar: Pillar) -> Option<Score> {
        self.pillar_column(pillar).get(row).copied().and_then(Score::from_billionths)
    }

    /// The Score of the theme at that place of the questionnaire, from 0; `None` if the row has
    /// none, there is no such row or theme, or themes were not asked for.
    #[must_use]
    pub fn theme(&self, row: usize, theme: usize) -> Option<Score> {
        self.theme_columns().nth(theme)?.get(row).copied().and_then(Score::from_billionths)
    }

    /// The stage of a row, from 0; `None` if it has no overall Score, or there is no such row.
    #[must_use]
    pub fn stage(&self, row: usize) -> Option<Stage> {
        stage(*self.stages.get(row)?)
    }

    /// How many rows are at each stage.
    #[must_use]
    pub fn stage_counts(&self) -> StageCounts {
        StageCounts::of(&self.stages)
    }

    /// Whether a row has a bad cell, and therefore nothing else.
    #[must_use]
    pub fn is_bad(&self, row: usize) -> bool {
        self.stages.get(row) == Some(&Self::BAD_ROW)
    }

    /// The overall Scores in billionths, [`Scores::NONE`] where there is none.
    #[must_use]
    pub fn overall_column(&self) -> &[u32] {
        self.column(0)
    }

    /// The Scores of a pillar in billionths, [`Scores::NONE`] where there is none.
    #[must_use]
    pub fn pillar_column(&self, pillar: Pillar) -> &[u32] {
        let place = Pillar::ALL.into_iter().take_while(|of| *of != pillar).count();
        self.column(1 + place)
    }

    /// The Scores of each theme in billionths, [`Scores::NONE`] where there is none, in the order of
    /// the questionnaire; empty if they were not asked for.
    #[must_use]
    pub fn theme_columns(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        (0..self.themes).map(|theme| self.column(1 + Pillar::ALL.len() + theme))
    }

    /// The stages from 0, `traditional`, to 4, `native`; [`Scores::NO_STAGE`] where there is no
    /// overall Score, [`Scores::BAD_ROW`] where there is a bad cell.
    #[must_use]
    pub fn stage_column(&self) -> &[u8] {
        &self.stages
    }
}

/// The stage with that number.
pub(super) fn stage(number: u8) -> Option<Stage> {
    Stage::ALL.into_iter().nth(number.into())
}

/// The number of a stage.
pub(super) fn stage_number(stage: Stage) -> u8 {
    match stage {
        Stage::Traditional => 0,
        Stage::Bridge => 1,
        Stage::Hubs => 2,
        Stage::Platform => 3,
        Stage::Native => 4,
    }
}

impl ScoreBuffers<'_> {
    pub(super) fn check(
        &self,
        questionnaire: &Questionnaire,
        rows: usize,
    ) -> Result<(), WrongLength> {
        if !self.themes.is_empty() {
            WrongLength::check("themes", self.themes.len(), questionnaire.themes().len())?;
        }
        let scores = self.pillars.iter().map(|(_, column)| column.len());
        let scores = scores.chain(self.themes.iter().map(|column| column.len()));
        for length in scores.chain([self.overall.len(), self.stages.len()]) {
            WrongLength::check("rows", length, rows)?;
        }
        Ok(())
    }

    /// The first `rows` rows, and the rest.
    pub(super) fn split(self, rows: usize) -> (Self, Self) {
        let rows = rows.min(self.overall.len());
        let (overall, overall_rest) = self.overall.split_at_mut(rows);
        let (stages, stages_rest) = self.stages.split_at_mut(rows);
        let (pillars, pillars_rest) =
            self.pillars.map(|_, column| column.split_at_mut(rows)).unzip();
        let (themes, themes_rest) =
            self.themes.into_iter().map(|column| column.split_at_mut(rows)).unzip();
        let rest = Self {
            overall: overall_rest,
            pillars: pillars_rest,
            themes: themes_rest,
            stages: stages_rest,
        };
        (Self { overall, pillars, themes, stages }, rest)
    }
}
