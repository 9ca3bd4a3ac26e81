//! Scores as plain numbers in the caller's own memory: without a detour, and without the types that
//! keep what is no Score from being taken for one.

use super::length::{Counted, WrongLength};
use crate::pillar::PillarMap;
use crate::questionnaire::Questionnaire;
use crate::stage::Stage;

/// Stands for no Score among billionths.
pub const NO_SCORE: u32 = u32::MAX;
/// Stands for no stage, as there is no overall Score.
pub const NO_STAGE: u8 = u8::MAX;
/// Stands for no stage, as the row has a bad cell.
pub const BAD_ROW: u8 = u8::MAX - 1;

/// Where scores are to be written: one place a row in each slice. Any slices of any length are
/// possible; whether they fit the cohort is checked by
/// [`Cohort::score_into`](crate::Cohort::score_into).
#[derive(Debug, Default)]
pub struct ScoreBuffers<'b> {
    /// Overall Scores in billionths, or [`NO_SCORE`].
    pub overall: &'b mut [u32],
    /// Scores of the pillars in billionths, or [`NO_SCORE`].
    pub pillars: PillarMap<&'b mut [u32]>,
    /// Scores of the themes in billionths, or [`NO_SCORE`], in the order of the questionnaire. With
    /// no slice at all, themes are not scored.
    pub themes: Vec<&'b mut [u32]>,
    /// Stages from 0, `traditional`, to 4, `native`; [`NO_STAGE`] or [`BAD_ROW`].
    pub stages: &'b mut [u8],
}

/// The number of a stage, from 0.
pub(super) const fn of_stage(stage: Stage) -> u8 {
    stage.number() - 1
}

/// The stage with that number.
pub(super) fn stage(number: u8) -> Option<Stage> {
    Stage::ALL.get(usize::from(number)).copied()
}

impl<'b> ScoreBuffers<'b> {
    /// Columns in one piece, one after another, each as long as that of the stages: the overall, the
    /// four pillars, and then as many themes as there is room for.
    ///
    /// ```
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::{Column, raw::ScoreBuffers};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [0_u8, 1, 2, 3, 4]; // choices by place
    /// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers));
    /// let cohort = Cohort::new(&pulse, columns)?;
    ///
    /// let (mut columns, mut stages) = ([0; 5 * 5], [0; 5]); // without themes
    /// cohort.score_into(ScoreBuffers::new(&mut columns, &mut stages))?;
    /// assert_eq!(columns[..5], [0, 250_000_000, 500_000_000, 750_000_000, 1_000_000_000]);
    /// assert_eq!(stages, [0, 1, 2, 3, 4]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(columns: &'b mut [u32], stages: &'b mut [u8]) -> Self {
        let rows = stages.len();
        let mut rest = columns;
        let mut next = || {
            let here = rows.min(rest.len());
            let (column, others) = std::mem::take(&mut rest).split_at_mut(here);
            rest = others;
            column
        };
        let (overall, pillars) = (next(), PillarMap::from_fn(|_| next()));
        let themes = rest.chunks_exact_mut(rows.max(1)).collect();
        Self { overall, pillars, themes, stages }
    }

    pub(super) fn check(
        &self,
        questionnaire: &Questionnaire,
        rows: usize,
    ) -> Result<(), WrongLength> {
        if !self.themes.is_empty() {
            let expected = questionnaire.themes().len();
            WrongLength::check(Counted::Themes, self.themes.len(), expected)?;
        }
        let scores = self.pillars.iter().map(|(_, column)| column.len());
        let scores = scores.chain(self.themes.iter().map(|column| column.len()));
        for length in scores.chain([self.overall.len(), self.stages.len()]) {
            WrongLength::check(Counted::Rows, length, rows)?;
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
