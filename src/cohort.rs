//! Many respondents at once: columns of codes, their scores, and what can be said of all of them.

mod bad_cells;
mod benchmark;
mod builder;
mod by_byte;
mod by_name;
mod cell;
mod column;
mod conditions;
mod counts;
mod credits;
mod distribution;
mod kernel;
mod length;
mod meaning;
mod merging;
mod most;
mod patterns;
mod plan;
pub mod raw;
mod record;
mod scores;
mod stage_counts;
mod study;
mod summary;
mod weighted;

use std::sync::Arc;

pub use bad_cells::BadCell;
pub use benchmark::{Benchmark, Placing};
pub use builder::CohortBuilder;
pub use by_name::{Pairing, ScoresByName};
pub use cell::{Cell, Cells, Coding};
pub use column::{Column, ColumnError, ColumnErrors};
pub use distribution::{Distribution, Figures, PercentileRank, Quartiles};
pub use length::{Counted, WrongLength};
pub use merging::Merging;
pub use most::{TooManyRespondents, Unmergeable};
pub use patterns::Patterns;
pub use plan::CohortPlan;
pub use scores::Scores;
pub use stage_counts::StageCounts;
pub use study::{ItemAnswers, Remark, Study};
pub use summary::CohortSummary;
pub use weighted::{WeightedDistribution, WeightedFigures, WeightedSummary};

use self::bad_cells::Findings;
use self::kernel::{Kernel, Plan, Scratch};
use self::meaning::Sound;
use self::raw::ScoreBuffers;
use crate::questionnaire::Questionnaire;

/// The answers of many respondents to one questionnaire, as one column of codes a question.
///
/// A cohort without a column for each question, or with columns of different lengths, cannot exist.
/// One with bad cells can: a code that is no answer to its question, or a state that the question
/// forbids. They are found at the door, and a row with one has no Score, and is counted as bad; all
/// other rows are scored as if it were not there. Answers to questions that are not asked are
/// ignored, as on an [`AnswerSheet`](crate::AnswerSheet).
///
/// Scores and stages are those of [`AnswerSheet::assess`](crate::AnswerSheet::assess), to the last
/// billionth.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire, Stage};
/// use digital_maturity::cohort::Column;
///
/// let pulse = Questionnaire::dcx_pulse();
///
/// // The caller's own arrays, choices by value, 255 for no answer. Nothing is copied.
/// let answers = [4_u8, 3, 255, 9];
/// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers).by_value());
/// let cohort = Cohort::new(&pulse, columns)?;
///
/// let scores = cohort.score();
/// assert_eq!(scores.stage_at(0), Some(Stage::Platform));
/// assert_eq!(scores.overall_at(1), Some("0.5".parse()?));
/// assert_eq!(scores.overall_at(2), None);
/// assert_eq!(scores.summary().overall().mean(), Some("0.625".parse()?));
///
/// // There is no choice 9: twelve cells of one row.
/// assert_eq!((cohort.bad_cell_count(), cohort.bad_rows()), (12, 1));
/// assert!(scores.is_bad(3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[doc(alias("batch", "bulk", "csv", "dataframe"))]
pub struct Cohort<'c> {
    questionnaire: Questionnaire,
    rows: usize,
    /// By the position of the question.
    columns: Vec<Sound<'c>>,
    findings: Findings,
    bad_cells: Vec<BadCell>,
    /// How to score in small whole numbers; `None` where all rows go the exact way.
    plan: Option<Arc<Plan>>,
}

impl<'c> Cohort<'c> {
    /// How many bad cells are kept with their place. Beyond that they are only counted.
    pub const BAD_CELLS_KEPT: usize = Findings::KEPT;

    /// The cohort of those columns, in any order. Looks at every cell once. For answers that come
    /// block by block there is [`CohortPlan`].
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the columns as such, in one go. Bad cells are no error.
    ///
    /// ```
    /// # use digital_maturity::{Cohort, Questionnaire};
    /// # use digital_maturity::cohort::Column;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (short, long) = ([1_u8], [1_u8, 2]);
    /// let columns = [Column::new("journey_owner", &short), Column::new("no_such", &long)];
    /// let errors = Cohort::new(&pulse, columns).unwrap_err();
    /// assert_eq!(errors.iter().len(), 2 + 11); // the unknown one, its length, eleven without one
    /// ```
    pub fn new(
        questionnaire: &Questionnaire,
        columns: impl IntoIterator<Item = Column<'c>>,
    ) -> Result<Self, ColumnErrors> {
        CohortPlan::new(questionnaire).cohort(columns)
    }

    /// A cohort to be built row by row.
    #[must_use]
    pub fn builder(questionnaire: &Questionnaire) -> CohortBuilder {
        CohortBuilder::new(questionnaire)
    }

    fn from_parts(
        questionnaire: &Questionnaire,
        columns: Vec<Sound<'c>>,
        findings: Findings,
        plan: Option<Arc<Plan>>,
    ) -> Self {
        Self {
            questionnaire: questionnaire.clone(),
            rows: meaning::rows(&columns),
            columns,
            bad_cells: findings.cells(questionnaire),
            findings,
            plan,
        }
    }

    /// The questionnaire that is answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// How many respondents there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The bad cells by question, in the order of the questionnaire, and then by row: the first
    /// [`BAD_CELLS_KEPT`](Self::BAD_CELLS_KEPT) of them.
    #[must_use]
    pub fn bad_cells(&self) -> &[BadCell] {
        &self.bad_cells
    }

    /// How many bad cells there are in all.
    #[must_use]
    pub fn bad_cell_count(&self) -> u64 {
        self.findings.count
    }

    /// How many rows have a bad cell.
    #[must_use]
    pub fn bad_rows(&self) -> u64 {
        self.findings.rows.count()
    }

    /// Scores every row, pillars and themes. With the feature `rayon`, by all threads of the pool in
    /// which it is called: every row is scored by itself, so that the bytes are the same whatever the
    /// number of threads. Whoever wants one thread calls it in a pool of one.
    ///
    /// ```
    /// # use digital_maturity::{Cohort, Questionnaire};
    /// # use digital_maturity::cohort::Column;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [4_u8, 255];
    /// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers));
    /// let scores = Cohort::new(&pulse, columns)?.score();
    /// assert!(scores.overall().eq([Some("1".parse()?), None]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn score(&self) -> Scores {
        let mut scores = Scores::room(&self.questionnaire, self.rows);
        self.run(scores.buffers());
        scores
    }

    /// Scores every row into columns of the caller's, as plain numbers: for memory that is shared
    /// with others or used again, and where themes are not wanted. Otherwise as
    /// [`score`](Self::score).
    ///
    /// # Errors
    ///
    /// If a column is not as long as the cohort, or there are themes, but not all. Nothing is
    /// written then.
    ///
    /// ```
    /// # use digital_maturity::{Cohort, Questionnaire};
    /// # use digital_maturity::cohort::{Column, raw::ScoreBuffers};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [4_u8, 255];
    /// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers));
    /// let cohort = Cohort::new(&pulse, columns)?;
    /// let (mut columns, mut stages) = ([0; 10], [0; 2]);
    /// cohort.score_into(ScoreBuffers::new(&mut columns, &mut stages))?;
    /// assert_eq!((columns[0], stages[0]), (1_000_000_000, 4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn score_into(&self, buffers: ScoreBuffers<'_>) -> Result<(), WrongLength> {
        buffers.check(&self.questionnaire, self.rows)?;
        self.run(buffers);
        Ok(())
    }

    fn kernel(&self) -> Kernel<'_> {
        Kernel {
            questionnaire: &self.questionnaire,
            columns: &self.columns,
            plan: self.plan.as_deref(),
            bad: &self.findings.rows,
        }
    }

    #[cfg(not(feature = "rayon"))]
    fn run(&self, buffers: ScoreBuffers<'_>) {
        self.kernel().run(0, buffers, &mut Scratch::default());
    }

    #[cfg(feature = "rayon")]
    fn run(&self, buffers: ScoreBuffers<'_>) {
        /// Parts a thread: enough that all end at about the same time.
        const PARTS: usize = 4;
        let blocks = self.rows.div_ceil(kernel::BLOCK);
        let most = blocks.div_ceil(PARTS * rayon::current_num_threads());
        halves(self.kernel(), 0, buffers, most);
    }
}

/// Scores the rows from `from` in parts of at most so many blocks.
#[cfg(feature = "rayon")]
fn halves(kernel: Kernel<'_>, from: usize, buffers: ScoreBuffers<'_>, most: usize) {
    let blocks = buffers.overall.len().div_ceil(kernel::BLOCK);
    if blocks <= most {
        return kernel.run(from, buffers, &mut Scratch::default());
    }
    let first = blocks / 2 * kernel::BLOCK;
    let (one, other) = buffers.split(first);
    rayon::join(|| halves(kernel, from, one, most), || halves(kernel, from + first, other, most));
}
