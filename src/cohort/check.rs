//! Looking over every cell once, at the door: scoring then never checks again.

use serde::Serialize;

use super::cell::{Cell, Cells};
use super::column::Sound;
use crate::questionnaire::{NonAnswer, Question, Questionnaire};

/// Rows of which a first look tells whether a closer one is needed.
const SPAN: usize = 4096;

/// A cell that means nothing: a code that is no answer to its question, or a state that the question
/// forbids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BadCell {
    /// The row, from 0.
    pub row: usize,
    /// The id of the question.
    pub question: String,
    /// The code that stands there.
    pub code: u32,
}

/// Which states occur in a column, apart from answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct States {
    pub(super) not_applicable: bool,
    pub(super) dont_know: bool,
    pub(super) unanswered: bool,
}

/// What the door found.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    /// By the position of the question.
    pub(super) states: Vec<States>,
    /// The first bad cells, by question and then by row.
    pub(super) cells: Vec<BadCell>,
    /// How many there are in all.
    pub(super) count: u64,
    /// One bit a row, in words of 64; empty if no row is bad.
    pub(super) rows: Vec<u64>,
}

impl Findings {
    pub(super) fn of(questionnaire: &Questionnaire, columns: &[Sound<'_>], limit: usize) -> Self {
        let mut findings = Self::default();
        for (question, column) in questionnaire.questions().zip(columns) {
            let states = match &column.cells {
                Cells::U8(codes) => findings.look(question, column, codes, limit),
                Cells::U16(codes) => findings.look(question, column, codes, limit),
                Cells::U32(codes) => findings.look(question, column, codes, limit),
            };
            findings.states.push(states);
        }
        findings
    }

    fn look<C>(
        &mut self,
        question: Question<'_>,
        column: &Sound<'_>,
        codes: &[C],
        limit: usize,
    ) -> States
    where
        C: Copy + Ord + Default + TryFrom<u32> + Into<u32>,
    {
        let code = |code: u32| C::try_from(code).unwrap_or_default();
        let (lowest, highest) = column.levels.bounds();
        let holes = !(lowest..=highest).all(|code| column.levels.credit(code).is_some());
        let (lowest, highest) = (code(lowest), code(highest));
        let top = column.cells.unanswered();
        let (unanswered, dont_know, not_applicable) = (code(top), code(top - 1), code(top - 2));
        let mut states = States::default();
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
            if odd || holes || forbidden {
                for (row, &code) in codes.iter().enumerate() {
                    let code = code.into();
                    if !means_something(question, column, code) {
                        self.bad(question, span * SPAN + row, code, limit);
                    }
                }
            }
        }
        states
    }

    fn bad(&mut self, question: Question<'_>, row: usize, code: u32, limit: usize) {
        if self.cells.len() < limit {
            self.cells.push(BadCell { row, question: question.id().to_owned(), code });
        }
        self.count += 1;
        if self.rows.len() <= row / 64 {
            self.rows.resize(row / 64 + 1, 0);
        }
        if let Some(word) = self.rows.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    /// Whether a row is bad.
    pub(super) fn is_bad(&self, row: usize) -> bool {
        self.rows.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }
}

fn means_something(question: Question<'_>, column: &Sound<'_>, code: u32) -> bool {
    match column.cells.cell(code) {
        Cell::Level(level) => column.levels.credit(level).is_some(),
        Cell::NotApplicable => !question.forbids(NonAnswer::NotApplicable),
        Cell::DontKnow => !question.forbids(NonAnswer::DontKnow),
        Cell::Unanswered => true,
        Cell::Bad => false,
    }
}
