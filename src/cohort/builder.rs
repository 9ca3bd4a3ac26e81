//! A cohort row by row.

use std::sync::Arc;

use super::Cohort;
use super::cell::{Cell, Cells, cell};
use super::length::{Counted, WrongLength};
use super::meaning::{self, Levels, Meaning, Sound};
use super::plan::CohortPlan;
use crate::answers::AnswerSheet;
use crate::questionnaire::{OtherQuestionnaire, Question, Questionnaire};

/// A [`Cohort`] under construction, row by row: from answer sheets, or from the cells of a file.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::cohort::Cell;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut builder = Cohort::builder(&pulse);
/// for row in ["4 4 4 4 4 4 4 4 4 4 4 4", "1 2 3 4 5 6 1 2 3 4 5 1"] {
///     let cells = pulse.questions().zip(row.split(' ')).map(|(question, text)| {
///         // Whatever cannot be read as an answer is a bad cell, and costs only its own row.
///         let answer = text.parse::<i64>().map_err(|_| ());
///         answer.and_then(|value| question.cell(value).map_err(|_| ())).unwrap_or(Cell::Bad)
///     });
///     builder.push(&cells.collect::<Vec<_>>())?;
/// }
/// let cohort = builder.build();
/// assert_eq!((cohort.rows(), cohort.bad_rows()), (2, 1));
/// assert_eq!(cohort.bad_cells()[0].row, 1); // there is no choice 6
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CohortBuilder {
    questionnaire: Questionnaire,
    columns: Vec<Sound<'static>>,
}

impl CohortBuilder {
    pub(super) fn new(questionnaire: &Questionnaire) -> Self {
        let column = |question: Question<'_>| {
            // By index, every question can be coded; by the items ticked, all but the longest lists,
            // whose cells are bad then.
            let coding = question.coding();
            let levels = Levels::new(question, coding);
            let levels = levels.unwrap_or_else(|| Levels::Listed(Vec::new()));
            let cells = Cells::for_levels_to(levels.bounds().1);
            let meaning = Arc::new(Meaning::new(coding, levels, cells.top()));
            Sound { cells, meaning }
        };
        let columns = questionnaire.questions().map(column).collect();
        Self { questionnaire: questionnaire.clone(), columns }
    }

    /// Appends the answers of a sheet.
    ///
    /// # Errors
    ///
    /// If the sheet's questionnaire has another fingerprint. The cohort then stays as it was.
    pub fn push_sheet(&mut self, sheet: &AnswerSheet) -> Result<&mut Self, OtherQuestionnaire> {
        let theirs = sheet.questionnaire();
        OtherQuestionnaire::check(&self.questionnaire, theirs)?;
        for (question, column) in self.questionnaire.questions().zip(&mut self.columns) {
            // The same questions, but maybe in another order.
            let position = theirs.position(question.id());
            let found = position.and_then(|position| {
                let given = *sheet.given().get(position)?;
                let their = theirs.question_at(position)?;
                Some(cell(their.scoring(), given, question.scoring(), column.meaning.coding))
            });
            column.cells.push(found.unwrap_or(Cell::Bad));
        }
        Ok(self)
    }

    /// Appends a row: one cell a question, in the order of the questionnaire. A level that the
    /// question has not is a bad cell.
    ///
    /// # Errors
    ///
    /// If there are more or fewer cells than questions. The cohort then stays as it was.
    pub fn push(&mut self, cells: &[Cell]) -> Result<&mut Self, WrongLength> {
        WrongLength::check(Counted::Cells, cells.len(), self.columns.len())?;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.cells.push(*cell);
        }
        Ok(self)
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        meaning::rows(&self.columns)
    }

    /// The cohort of these rows.
    #[must_use]
    pub fn build(self) -> Cohort<'static> {
        CohortPlan::new(&self.questionnaire).finish(self.columns)
    }
}
