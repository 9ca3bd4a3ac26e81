//! Looking over every cell once, before it is scored: scoring then never checks.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Cells};
use super::meaning::{Meaning, Sound, States};
use crate::questionnaire::{NonAnswer, Question, Questionnaire};

/// Rows of which a first look tells whether a closer one is needed.
const SPAN: usize = 4096;

/// A cell that means nothing: a code that is no answer to its question, or a state that the question
/// forbids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BadCell {
    /// The row, from 0.
    pub row: usize,
    /// The id of the question.
    pub question: String,
    /// The code that stands there.
    pub code: u32,
}

/// Rows with a bad cell: one bit a row, in words of 64, up to the last of them.
#[derive(Clone, Debug, Default)]
pub(super) struct BadRows(Vec<u64>);

impl BadRows {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, row: usize) -> bool {
        self.0.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    fn insert(&mut self, row: usize) {
        if self.0.len() <= row / 64 {
            self.0.resize(row / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }
}

/// What was found in the rows that were looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    /// By the position of the question.
    pub(super) states: Vec<States>,
    pub(super) rows: BadRows,
    /// How many cells are bad.
    pub(super) count: u64,
    /// The first bad cells of each question, their rows and codes.
    cells: Vec<Vec<(usize, u32)>>,
}

impl Findings {
    /// How many bad cells are kept.
    pub(super) const KEPT: usize = 1000;

    /// Looks at those rows, which come after all that were looked at before.
    pub(super) fn look(
        &mut self,
        questionnaire: &Questionnaire,
        columns: &[Sound<'_>],
        rows: &Range<usize>,
    ) {
        self.states.resize(columns.len(), States::default());
        self.cells.resize(columns.len(), Vec::new());
        let Self { states, rows: bad, count, cells } = self;
        let of_questions = columns.iter().zip(states.iter_mut().zip(cells));
        for (question, (column, (states, cells))) in questionnaire.questions().zip(of_questions) {
            let mut put = |row: usize, code: u32| {
                if cells.len() < Self::KEPT {
                    cells.push((row, code));
                }
                *count += 1;
                bad.insert(row);
            };
            let meaning = &column.meaning;
            let found = match &column.cells {
                Cells::U8(codes) => look(question, meaning, codes, rows, &mut put),
                Cells::U16(codes) => look(question, meaning, codes, rows, &mut put),
                Cells::U32(codes) => look(question, meaning, codes, rows, &mut put),
            };
            *states = states.or(found);
        }
    }

    /// The first bad cells, by question and then by row.
    pub(super) fn cells(&self, questionnaire: &Questionnaire) -> Vec<BadCell> {
        let questions = questionnaire.questions().zip(&self.cells);
        let cells = questions.flat_map(|(question, cells)| {
            let cell =
                move |&(row, code)| BadCell { row, question: question.id().to_owned(), code };
            cells.iter().map(cell)
        });
        cells.take(Self::KEPT).collect()
    }
}

/// The states that occur in those rows of a column; hands over its bad cells.
fn look<C>(
    question: Question<'_>,
    meaning: &Meaning,
    codes: &[C],
    rows: &Range<usize>,
    put: &mut impl FnMut(usize, u32),
) -> States
where
    C: Copy + Ord + Default + TryFrom<u32> + Into<u32>,
{
    let code = |code: u32| C::try_from(code).unwrap_or_default();
    let (lowest, highest) = meaning.levels.bounds();
    let (lowest, highest) = (code(lowest), code(highest));
    let top = meaning.top;
    let (unanswered, dont_know, not_applicable) = (code(top), code(top - 1), code(top - 2));
    let mut states = States::default();
    let codes = codes.get(rows.clone()).unwrap_or_default();
    for (span, codes) in codes.chunks(SPAN).enumerate() {
        // In one go and without a branch, so that it runs at the speed of reading.
        let (mut odd, mut none, mut unknown, mut apart) = (false, false, false, false);
        for &code in codes {
            odd |= code < lowest || (code > highest && code < not_applicable);
            none |= code == unanswered;
            unknown |= code == dont_know;
            apart |= code == not_applicable;
        }
        states.unanswered |= none;
        states.dont_know |= unknown;
        states.not_applicable |= apart;
        let forbidden = (unknown && question.forbids(NonAnswer::DontKnow))
            || (apart && question.forbids(NonAnswer::NotApplicable));
        if odd || meaning.holes || forbidden {
            for (row, &code) in codes.iter().enumerate() {
                let code = code.into();
                if !means_something(question, meaning, code) {
                    put(rows.start + span * SPAN + row, code);
                }
            }
        }
    }
    states
}

/// The cell of that row of a column, if it is bad.
pub(super) fn at(question: Question<'_>, column: &Sound<'_>, row: usize) -> Option<BadCell> {
    let code = column.cells.code(row)?;
    let is_bad = !means_something(question, &column.meaning, code);
    is_bad.then(|| BadCell { row, question: question.id().to_owned(), code })
}

fn means_something(question: Question<'_>, meaning: &Meaning, code: u32) -> bool {
    match meaning.cell(code) {
        Cell::Level(level) => meaning.levels.credit(level).is_some(),
        Cell::NotApplicable => !question.forbids(NonAnswer::NotApplicable),
        Cell::DontKnow => !question.forbids(NonAnswer::DontKnow),
        Cell::Unanswered => true,
        Cell::Bad => false,
    }
}
