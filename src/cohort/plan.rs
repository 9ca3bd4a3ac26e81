//! What scoring needs to know before it sees the first answer, worked out once for many blocks.

use std::sync::Arc;

use super::Cohort;
use super::bad_cells::Findings;
use super::cell::Coding;
use super::column::{Column, ColumnError, ColumnErrors};
use super::kernel::{self, Kernel, Plan, Scratch};
use super::meaning::{Levels, Meaning, Sound, States, rows};
use super::scores::Scores;
use crate::questionnaire::{Question, Questionnaire};

/// Rows that are looked at and then scored: few enough that they are still in cache, and so many that
/// each column is read in one go. One pass then measures less than two; with a tenth of that, more.
const STRETCH: usize = 16 * kernel::BLOCK;

/// How blocks of rows are scored: for whoever reads more answers than are to be in memory at once.
///
/// What the codes of a column mean, and the tables that the fast way needs, are made for the first
/// block and serve all that follow. They are made anew if a column comes in another width or coding,
/// and grow when a block holds what none did before (a question's first "don't know", or many more
/// rows): at most some twenty times, and three times a question. Scores are the same to the last
/// billionth, however the rows are divided.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::cohort::{CohortPlan, Column, Merging, Scores};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut plan = CohortPlan::new(&pulse);
/// let mut scores = Scores::empty(&pulse); // its memory serves every block
/// let mut whole = Merging::new(&pulse);
/// for block in [[1_u8, 2, 3], [5, 255, 9]] {
///     let columns = pulse.questions().map(|q| Column::new(q.id(), &block).by_value());
///     let cohort = plan.score(columns, &mut scores)?;
///     for cell in cohort.bad_cells() {
///         assert_eq!((cell.row, cell.code), (2, 9));
///     }
///     whole.add(&scores)?;
/// }
/// let whole = whole.finish();
/// assert_eq!((whole.stages().total(), whole.stages().bad), (6, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CohortPlan {
    questionnaire: Questionnaire,
    /// By the position of the question, as its column came last.
    meanings: Vec<Option<Arc<Meaning>>>,
    tables: Option<Tables>,
    /// How many rows it has scored, and is about to.
    rows: usize,
    scratch: Scratch,
}

/// What the fast way needs.
#[derive(Clone, Debug)]
struct Tables {
    /// What they were made for: the states that occur, and rows.
    states: Vec<States>,
    rows: usize,
    /// `None` where all rows go the exact way.
    plan: Option<Arc<Plan>>,
}

impl CohortPlan {
    /// A plan for answers to that questionnaire.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        let meanings = questionnaire.rules().iter().map(|_| None).collect();
        Self {
            questionnaire: questionnaire.clone(),
            meanings,
            tables: None,
            rows: 0,
            scratch: Scratch::default(),
        }
    }

    /// The cohort of those columns, as [`Cohort::new`] makes it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the columns as such, in one go. Bad cells are no error.
    pub fn cohort<'c>(
        &mut self,
        columns: impl IntoIterator<Item = Column<'c>>,
    ) -> Result<Cohort<'c>, ColumnErrors> {
        let columns = self.columns(columns)?;
        Ok(self.finish(columns))
    }

    /// The cohort of columns past the door.
    pub(super) fn finish<'c>(&mut self, columns: Vec<Sound<'c>>) -> Cohort<'c> {
        let rows = rows(&columns);
        let mut findings = Findings::default();
        findings.look(&self.questionnaire, &columns, &(0..rows));
        self.rows = self.rows.saturating_add(rows);
        let plan = self.tables(&columns, &findings.states);
        Cohort::from_parts(&self.questionnaire, columns, findings, plan)
    }

    /// Looks at every cell and scores every row in one pass, on this thread: the cohort of those
    /// columns, and its scores in place of those that were in `scores` before.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the columns as such, in one go; `scores` then stay as they
    /// were. Bad cells are no error.
    pub fn score<'c>(
        &mut self,
        columns: impl IntoIterator<Item = Column<'c>>,
        scores: &mut Scores,
    ) -> Result<Cohort<'c>, ColumnErrors> {
        let columns = self.columns(columns)?;
        let rows = rows(&columns);
        scores.renew(&self.questionnaire, rows);
        self.rows = self.rows.saturating_add(rows);
        let (mut findings, mut plan) = (Findings::default(), None);
        let mut rest = scores.buffers();
        for from in (0..rows).step_by(STRETCH) {
            let (stretch, others) = rest.split(STRETCH);
            rest = others;
            // From here on, the cells of these rows are in cache.
            findings.look(&self.questionnaire, &columns, &(from..from + stretch.overall.len()));
            plan = self.tables(&columns, &findings.states);
            let kernel = Kernel {
                questionnaire: &self.questionnaire,
                columns: &columns,
                plan: plan.as_deref(),
                bad: &findings.rows,
            };
            kernel.run(from, stretch, &mut self.scratch);
        }
        Ok(Cohort::from_parts(&self.questionnaire, columns, findings, plan))
    }

    /// The tables for rows in which those states occur. What pays for many rows pays where blocks of few come
    /// one after the other, too.
    fn tables(&mut self, columns: &[Sound<'_>], found: &[States]) -> Option<Arc<Plan>> {
        let mut rows = self.rows.min(Plan::MANY);
        let mut states = found.to_vec();
        if let Some(tables) = &self.tables {
            let mut known = true;
            for (state, before) in states.iter_mut().zip(&tables.states) {
                *state = state.or(*before);
                known &= *state == *before;
            }
            if known && rows <= tables.rows {
                return tables.plan.clone();
            }
            // Twice as many each time, so that it is not for every block.
            rows = if rows > tables.rows { rows.max(2 * tables.rows) } else { tables.rows };
        }
        let meanings: Vec<_> = columns.iter().map(|column| Arc::clone(&column.meaning)).collect();
        let plan = Plan::new(&self.questionnaire, &meanings, states.clone(), rows).map(Arc::new);
        self.tables = Some(Tables { states, rows, plan: plan.clone() });
        plan
    }

    /// The columns by the position of their questions.
    fn columns<'c>(
        &mut self,
        columns: impl IntoIterator<Item = Column<'c>>,
    ) -> Result<Vec<Sound<'c>>, ColumnErrors> {
        let questionnaire = self.questionnaire.clone();
        let mut places: Vec<Option<Sound<'c>>> = self.meanings.iter().map(|_| None).collect();
        let mut seen = vec![false; places.len()];
        let mut errors = Vec::new();
        let mut expected = None;
        for column in columns {
            let (id, rows) = (&*column.question, column.cells.len());
            let expected = *expected.get_or_insert(rows);
            if rows != expected {
                errors.push(ColumnError::Length { question: id.to_owned(), rows, expected });
            }
            let Some(question) = questionnaire.question(id) else {
                errors.push(ColumnError::UnknownQuestion { question: id.to_owned() });
                continue;
            };
            let at = question.position();
            let (Some(place), Some(seen)) = (places.get_mut(at), seen.get_mut(at)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                errors.push(ColumnError::Twice { question: id.to_owned() });
                continue;
            }
            match self.meaning(question, &column) {
                Ok(meaning) => *place = Some(Sound { cells: column.cells, meaning }),
                Err(error) => errors.push(error),
            }
        }
        let questions = questionnaire.questions().zip(&seen).filter(|(_, seen)| !**seen);
        errors
            .extend(questions.map(|(of, _)| ColumnError::Missing { question: of.id().to_owned() }));
        if errors.is_empty() {
            Ok(places.into_iter().flatten().collect())
        } else {
            Err(ColumnErrors(errors))
        }
    }

    /// What the codes of that column mean.
    fn meaning(
        &mut self,
        question: Question<'_>,
        column: &Column<'_>,
    ) -> Result<Arc<Meaning>, ColumnError> {
        let (coding, top) = (column.coding, column.cells.top());
        let known = self.meanings.get_mut(question.position());
        if let Some(Some(known)) = &known {
            if (known.coding, known.top) == (coding, top) {
                return Ok(Arc::clone(known));
            }
        }
        let id = || question.id().to_owned();
        if coding == Coding::Index && question.coding() == Coding::Ticks {
            return Err(ColumnError::OnlyByTicks { question: id() });
        }
        let levels = Levels::new(question, coding).ok_or_else(|| match coding {
            Coding::Ticks => ColumnError::NotByTicks { question: id() },
            Coding::Index | Coding::Value => ColumnError::NotByValue { question: id() },
        })?;
        if !levels.fit(top) {
            let (_, highest) = levels.bounds();
            return Err(ColumnError::TooNarrow { question: id(), highest });
        }
        let meaning = Arc::new(Meaning::new(coding, levels, top));
        if let Some(known) = known {
            *known = Some(Arc::clone(&meaning));
        }
        self.tables = None;
        Ok(meaning)
    }
}
