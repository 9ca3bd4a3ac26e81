//! A checklist with a column for each item, or a question with one for each choice.

use std::collections::HashMap;

use super::decoder::Refused;
use super::finding::{Findings, Gravity, Kind, Place};
use super::lane::Lane;
use super::options::Unticked;
use crate::answers::{Answer, Tick};
use crate::cohort::{Cell, Column};
use crate::diagnostic::Code;
use crate::questionnaire::{Question, ScaleSpec};

/// So many sets of ticks of all lists are kept with what they mean, and of one at most.
const KEPT: usize = 1 << 16;
const KEPT_OF_ONE: usize = 10_000;

/// A checklist with a column for each item, or a question with one for each choice.
pub(super) struct List<'q> {
    question: Question<'q>,
    /// The first of its columns.
    column: usize,
    untouched: Untouched,
    /// Of the row in hand, by item.
    ticks: Vec<Tick>,
    is_bad: bool,
    /// So many sets are kept.
    most: usize,
    /// By the ticks. Only looked up.
    known: HashMap<Vec<Tick>, Result<(Cell, Nothing), Refused>>,
    lane: Lane,
}

/// What it means that nothing is ticked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Untouched {
    /// Where some columns say no.
    pub(super) off: Unticked,
    /// Where all columns are blank.
    pub(super) blank: Unticked,
}

/// Whether something is ticked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nothing {
    Ticked,
    /// Nothing is, which is this.
    Is(Unticked),
}

impl<'q> List<'q> {
    /// One whose first column is that of so many.
    pub(super) fn new(
        question: Question<'q>,
        (column, columns): (usize, usize),
        untouched: Untouched,
    ) -> Self {
        let items = match question.scale() {
            ScaleSpec::Checklist { items } => items.len(),
            ScaleSpec::Choice { choices } => choices.len(),
            ScaleSpec::YesNo => 2,
            ScaleSpec::Measure { .. } => 0,
        };
        let (ticks, known, is_bad) = (vec![Tick::Blank; items], HashMap::new(), false);
        let most = (KEPT / columns.max(1)).clamp(64, KEPT_OF_ONE);
        Self { question, column, untouched, most, ticks, is_bad, known, lane: Lane::new(question) }
    }

    pub(super) fn question(&self) -> Question<'q> {
        self.question
    }

    pub(super) fn tick(&mut self, item: usize, tick: Tick) {
        if let Some(place) = self.ticks.get_mut(item) {
            *place = tick;
        }
    }

    /// Something in the row in hand cannot be read.
    pub(super) fn spoil(&mut self) {
        self.is_bad = true;
    }

    pub(super) fn column(&self, rows: usize) -> Column<'_> {
        self.lane.column(self.question, rows)
    }

    /// A row of which nothing is known but that it is bad.
    pub(super) fn bad(&mut self, row: usize) {
        self.lane.put(row, Cell::Bad);
        self.forget();
    }

    /// Forgets the row in hand.
    pub(super) fn forget(&mut self) {
        self.ticks.fill(Tick::Blank);
        self.is_bad = false;
    }

    /// Whether nothing is ticked in the row in hand, whatever that is read as.
    pub(super) fn is_untouched(&self) -> bool {
        !self.is_bad && self.ticks.iter().all(|tick| matches!(tick, Tick::Blank | Tick::Off))
    }

    /// Adds the row of which all items are known.
    pub(super) fn finish(&mut self, row: usize, at: Place, findings: &mut Findings) {
        let cell = if self.is_bad { Cell::Bad } else { self.found(at, findings) };
        self.lane.put(row, cell);
        self.forget();
    }

    fn found(&mut self, at: Place, findings: &mut Findings) -> Cell {
        if !self.known.contains_key(&self.ticks) {
            if self.known.len() >= self.most {
                self.known.clear();
            }
            self.known.insert(self.ticks.clone(), self.meaning());
        }
        let id = self.question.id();
        match self.known.get(&self.ticks) {
            Some(Ok((cell, Nothing::Ticked))) => *cell,
            Some(Ok((cell, Nothing::Is(unticked)))) => {
                let message = || match unticked {
                    Unticked::Missing => format!(
                        "nothing is ticked in `{id}`, which is read as no answer; --unticked none \
                         reads it as none of these"
                    ),
                    Unticked::None => format!(
                        "nothing is ticked in `{id}`, which is read as none of these; --unticked \
                         missing reads it as no answer"
                    ),
                };
                findings.odd(
                    at,
                    (Gravity::Note, Kind::Untouched, unticked.as_str()),
                    Some(self.column),
                    "",
                    message,
                );
                *cell
            }
            Some(Err(refused)) => {
                findings.cell(at, self.column, refused, "", || {
                    format!("the columns of `{id}` say what it does not take: {refused}")
                });
                Cell::Bad
            }
            None => Cell::Bad,
        }
    }

    fn meaning(&self) -> Result<(Cell, Nothing), Refused> {
        let (answer, nothing) = self.answer()?;
        let cell =
            self.question.cell(answer).map_err(|refused| refused.problem().code().as_str())?;
        Ok((cell, nothing))
    }

    /// The answer that the row in hand gives.
    pub(super) fn given(&self) -> Result<Answer, Refused> {
        self.answer().map(|(answer, _)| answer)
    }

    /// Blank everywhere is no answer, unless it is to be one; blank beside another item is not ticked.
    fn answer(&self) -> Result<(Answer, Nothing), Refused> {
        let items = match self.question.scale() {
            ScaleSpec::Checklist { items } => items.as_slice(),
            _ => return self.one().map(|answer| (answer, Nothing::Ticked)),
        };
        let has = |tick| self.ticks.contains(&tick);
        let states = (has(Tick::NotApplicable), has(Tick::DontKnow));
        match (has(Tick::On), has(Tick::Off), states) {
            (true, _, (false, false)) => {
                let ticked = items.iter().zip(&self.ticks).filter(|(_, tick)| **tick == Tick::On);
                let ids = ticked.map(|(item, _)| item.id.clone()).collect();
                Ok((Answer::Items(ids), Nothing::Ticked))
            }
            (false, is_off, (false, false)) => {
                let unticked = if is_off { self.untouched.off } else { self.untouched.blank };
                let answer = match unticked {
                    Unticked::Missing => Answer::Unanswered,
                    Unticked::None => Answer::Items(Vec::new()),
                };
                Ok((answer, Nothing::Is(unticked)))
            }
            (false, false, (true, false)) => Ok((Answer::NotApplicable, Nothing::Ticked)),
            (false, false, (false, true)) => Ok((Answer::DontKnow, Nothing::Ticked)),
            _ => Err(Code::ConflictingAnswers.as_str()),
        }
    }

    /// The one choice of several that have a column each.
    fn one(&self) -> Result<Answer, Refused> {
        let mut on = self.ticks.iter().enumerate().filter(|(_, tick)| **tick == Tick::On);
        let answer = match (on.next(), on.next(), self.question.scale()) {
            (None, ..) => Answer::Unanswered,
            (Some((at, _)), None, ScaleSpec::Choice { choices }) => {
                choices.get(at).map_or(Answer::Unanswered, |choice| choice.value.into())
            }
            (Some((at, _)), None, _) => (at == 0).into(),
            (Some(_), Some(_), _) => return Err(Code::ConflictingAnswers.as_str()),
        };
        Ok(answer)
    }

    pub(super) fn fill(&mut self, rows: usize) {
        self.lane.fill(rows);
    }

    pub(super) fn clear(&mut self) {
        self.lane.clear();
    }
}
