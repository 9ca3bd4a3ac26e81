//! A checklist with a column for each item.

use std::collections::HashMap;

use digital_maturity::cohort::{Cell, Column};
use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Answer, Question};

use super::answers::{Lane, Tick};
use super::faults::{Faults, Place};

/// So many sets of ticks are kept with what they mean.
const KEPT: usize = 10_000;

/// A checklist with a column for each item.
pub(crate) struct Checklist<'q> {
    question: Question<'q>,
    /// Of the row in hand, by item.
    ticks: Vec<Tick>,
    /// By the ticks. Only looked up.
    known: HashMap<Vec<Tick>, Result<Cell, String>>,
    lane: Lane,
}

impl<'q> Checklist<'q> {
    pub(crate) fn new(question: Question<'q>, items: usize, rows: usize) -> Self {
        let (ticks, known) = (vec![Tick::Blank; items], HashMap::new());
        Self { question, ticks, known, lane: Lane::new(question, rows) }
    }

    pub(crate) fn question(&self) -> Question<'q> {
        self.question
    }

    pub(crate) fn tick(&mut self, item: usize, tick: Tick) {
        if let Some(place) = self.ticks.get_mut(item) {
            *place = tick;
        }
    }

    /// The first rows.
    pub(crate) fn column(&self, rows: usize) -> Column<'_> {
        self.lane.column(self.question, rows)
    }

    /// A row of which nothing is known but that it is bad.
    pub(crate) fn bad(&mut self, row: usize) {
        self.lane.put(row, Cell::Bad);
        self.ticks.fill(Tick::Blank);
    }

    /// Adds the row of which all items are known.
    pub(crate) fn finish(&mut self, row: usize, at: Place, faults: &mut Faults) {
        if !self.known.contains_key(&self.ticks) {
            if self.known.len() >= KEPT {
                self.known.clear();
            }
            self.known.insert(self.ticks.clone(), self.meaning());
        }
        let cell = match self.known.get(&self.ticks) {
            Some(Ok(cell)) => *cell,
            Some(Err(message)) => {
                faults.cell(at, self.question.id(), message);
                Cell::Bad
            }
            None => Cell::Bad,
        };
        self.lane.put(row, cell);
        self.ticks.fill(Tick::Blank);
    }

    /// Blank everywhere is no answer; blank beside another item is not ticked.
    fn meaning(&self) -> Result<Cell, String> {
        let ScaleSpec::Checklist { items } = self.question.scale() else { return Ok(Cell::Bad) };
        let has = |tick| self.ticks.contains(&tick);
        let answered = has(Tick::On) || has(Tick::Off);
        let answer = match (answered, has(Tick::NotApplicable), has(Tick::DontKnow)) {
            _ if has(Tick::Bad) => return Ok(Cell::Bad),
            (false, false, false) => Answer::Unanswered,
            (false, true, false) => Answer::NotApplicable,
            (false, false, true) => Answer::DontKnow,
            (true, false, false) => {
                let ticked = items.iter().zip(&self.ticks).filter(|(_, tick)| **tick == Tick::On);
                Answer::Items(ticked.map(|(item, _)| item.id.clone()).collect())
            }
            _ => return Err("its items contradict each other".to_owned()),
        };
        self.question.cell(answer).map_err(|refused| refused.problem().to_string())
    }
}
