//! The scores of a cohort: columns of plain numbers, and what they say.

use super::raw::{self, ScoreBuffers};
use super::stage_counts::StageCounts;
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::Questionnaire;
use crate::stage::Stage;

/// What scoring a cohort says of each row: the overall Score, the stage and the Score of each pillar
/// and theme; see [`Cohort::score`](crate::Cohort::score). Scores that nobody answered for, or that
/// are of another questionnaire than they say, cannot exist.
///
/// A row without a Score has none here, either: it is never 0. The columns behind it are four bytes
/// a Score and one a stage, and can be had as they are: see [`raw`]. What else a result says, such as
/// coverage and credits, [`Cohort::record_at`](crate::Cohort::record_at) says of one row.
///
/// ```
/// use digital_maturity::{Cohort, Pillar, Questionnaire, Stage};
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
/// let three_quarters = Some("0.75".parse()?);
/// assert!(scores.overall().eq([None, three_quarters]));
/// assert!(scores.stages().eq([None, Some(Stage::Platform)]));
/// assert_eq!(scores.pillar_at(1, Pillar::AgileApproach), three_quarters);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scores {
    questionnaire: Questionnaire,
    /// The overall, the four pillars and the themes, one column after another. In one piece, as it
    /// is then more likely to be had from memory that was used before.
    columns: Vec<u32>,
    stages: Vec<u8>,
}

/// Scores are equal if the questionnaires score alike and all rows say the same.
impl PartialEq for Scores {
    fn eq(&self, other: &Self) -> bool {
        self.questionnaire.fingerprint() == other.questionnaire.fingerprint()
            && self.columns == other.columns
            && self.stages == other.stages
    }
}

impl Eq for Scores {}

impl Scores {
    /// The scores of nobody: what [`CohortPlan::score`](super::CohortPlan::score) scores into.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::Scores;
    /// assert_eq!(Scores::empty(&Questionnaire::dcx_pulse()).rows(), 0);
    /// ```
    #[must_use]
    pub fn empty(questionnaire: &Questionnaire) -> Self {
        Self { questionnaire: questionnaire.clone(), columns: Vec::new(), stages: Vec::new() }
    }

    /// Room for that many rows, nothing scored. Memory that is never written costs nothing.
    pub(super) fn room(questionnaire: &Questionnaire, rows: usize) -> Self {
        Self {
            questionnaire: questionnaire.clone(),
            columns: vec![0; rows * width(questionnaire)],
            stages: vec![0; rows],
        }
    }

    /// Makes room for that many rows of that questionnaire in the same memory, to be scored.
    pub(super) fn renew(&mut self, questionnaire: &Questionnaire, rows: usize) {
        self.questionnaire = questionnaire.clone();
        self.columns.resize(rows * width(questionnaire), 0);
        self.stages.resize(rows, 0);
    }

    /// The columns to write into.
    pub(super) fn buffers(&mut self) -> ScoreBuffers<'_> {
        ScoreBuffers::new(&mut self.columns, &mut self.stages)
    }

    /// The column at that place: the overall, then pillars, then themes.
    fn column(&self, place: usize) -> &[u32] {
        let rows = self.stages.len();
        self.columns.get(place * rows..(place + 1) * rows).unwrap_or_default()
    }

    /// The questionnaire that was answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.stages.len()
    }

    /// The overall Score of each row, `None` where there is none.
    #[must_use]
    pub fn overall(&self) -> impl ExactSizeIterator<Item = Option<Score>> + Clone {
        read(self.raw_overall())
    }

    /// The Score of a pillar of each row, `None` where there is none.
    #[must_use]
    pub fn pillar(&self, pillar: Pillar) -> impl ExactSizeIterator<Item = Option<Score>> + Clone {
        read(self.raw_pillar(pillar))
    }

    /// For each theme, in the order of the questionnaire: its id, and the Score of each row.
    ///
    /// ```
    /// # use digital_maturity::{Cohort, Questionnaire};
    /// # use digital_maturity::cohort::Column;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [4_u8];
    /// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers));
    /// let scores = Cohort::new(&pulse, columns)?.score();
    /// let (theme, mut of_rows) = scores.themes().next().ok_or("no theme")?;
    /// assert_eq!((theme, of_rows.next()), (&*pulse.themes()[0].id, Some(Some("1".parse()?))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn themes(
        &self,
    ) -> impl ExactSizeIterator<Item = (&str, impl ExactSizeIterator<Item = Option<Score>> + Clone)>
    {
        self.raw_themes().map(|(theme, column)| (theme, read(column)))
    }

    /// The stage of each row; `None` where there is no overall Score.
    #[must_use]
    pub fn stages(&self) -> impl ExactSizeIterator<Item = Option<Stage>> + Clone {
        self.stages.iter().map(|number| raw::stage(*number))
    }

    /// The overall Score of a row, from 0; `None` if it has none, or there is no such row.
    #[must_use]
    pub fn overall_at(&self, row: usize) -> Option<Score> {
        self.overall().nth(row).flatten()
    }

    /// The Score of a pillar of a row, from 0; `None` if it has none, or there is no such row.
    #[must_use]
    pub fn pillar_at(&self, row: usize, pillar: Pillar) -> Option<Score> {
        self.pillar(pillar).nth(row).flatten()
    }

    /// The Score of the theme at that place of the questionnaire, from 0; `None` if the row has
    /// none, or there is no such row or theme.
    #[must_use]
    pub fn theme_at(&self, row: usize, theme: usize) -> Option<Score> {
        self.themes().nth(theme).and_then(|(_, mut rows)| rows.nth(row)).flatten()
    }

    /// The stage of a row, from 0; `None` if it has no overall Score, or there is no such row.
    #[must_use]
    pub fn stage_at(&self, row: usize) -> Option<Stage> {
        self.stages().nth(row).flatten()
    }

    /// Whether a row has a bad cell, and therefore nothing else.
    #[must_use]
    pub fn is_bad(&self, row: usize) -> bool {
        self.stages.get(row) == Some(&raw::BAD_ROW)
    }

    /// How many rows are at each stage.
    #[must_use]
    pub fn stage_counts(&self) -> StageCounts {
        StageCounts::from_raw(&self.stages)
    }

    /// The overall Scores in billionths, [`raw::NO_SCORE`] where there is none.
    #[must_use]
    pub fn raw_overall(&self) -> &[u32] {
        self.column(0)
    }

    /// The Scores of a pillar in billionths, [`raw::NO_SCORE`] where there is none.
    #[must_use]
    pub fn raw_pillar(&self, pillar: Pillar) -> &[u32] {
        self.column(1 + pillar.place())
    }

    /// The id of each theme and its Scores in billionths, [`raw::NO_SCORE`] where there is none, in
    /// the order of the questionnaire.
    #[must_use]
    pub fn raw_themes(&self) -> impl ExactSizeIterator<Item = (&str, &[u32])> {
        let themes = self.questionnaire.themes().iter().enumerate();
        themes.map(|(at, theme)| (theme.id.as_str(), self.column(1 + Pillar::ALL.len() + at)))
    }

    /// The stages from 0, `traditional`, to 4, `native`; [`raw::NO_STAGE`] where there is no overall
    /// Score, [`raw::BAD_ROW`] where there is a bad cell.
    #[must_use]
    pub fn raw_stages(&self) -> &[u8] {
        &self.stages
    }
}

/// How many columns of Scores there are.
fn width(questionnaire: &Questionnaire) -> usize {
    1 + Pillar::ALL.len() + questionnaire.themes().len()
}

/// A column of billionths as Scores.
fn read(column: &[u32]) -> impl ExactSizeIterator<Item = Option<Score>> + Clone {
    column.iter().map(|billionths| Score::from_billionths(*billionths))
}
