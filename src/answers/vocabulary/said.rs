//! In which manner a cell is read, and what texts are said to stand for.

use std::collections::BTreeMap;

use super::names::Names;
use super::number::spelling;
use crate::answers::answer::Answer;
use crate::answers::manner::{CellsAs, Decimal};
use crate::text::in_one_case;

/// In which manner a cell is read. The default is that of documents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Manner<'c> {
    /// Values or texts where a text is the value of another choice; `None`: what has two readings
    /// is refused.
    pub(crate) cells: Option<CellsAs>,
    pub(crate) decimal: Decimal,
    pub(crate) lists: Lists,
    /// Whether entries of a list that are no item are passed over.
    pub(crate) others_pass: bool,
    /// What texts stand for with this question, looked up first.
    pub(crate) own: Option<&'c Said>,
    /// What texts stand for with every question that takes it, looked up next. A number is never
    /// that of a measure.
    pub(crate) all: Option<&'c Said>,
}

/// What stands between the entries of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    not(any(feature = "survey", test)),
    expect(dead_code, reason = "only survey tools have a separator of their own")
)]
pub(crate) enum Lists {
    /// Semicolons, commas, line ends, and blanks between ids.
    #[default]
    Any,
    /// Nothing: this is one entry.
    None,
    /// Semicolons, if that can be read in one way, else any.
    Semicolon,
    /// Commas, likewise.
    Comma,
    /// Blanks and line ends, likewise.
    Blank,
}

/// What texts stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(super) answers: Vec<Answer>,
    /// By the positions of the answers.
    pub(super) names: Names,
    /// Likewise of texts that are numbers, by one spelling.
    numbers: BTreeMap<String, Vec<usize>>,
}

impl Said {
    /// What a text as seen stands for: one that is written like that, else in any case, else the
    /// same number; if only one answer fits.
    pub(crate) fn get(&self, seen: &str, decimal: Decimal) -> Option<&Answer> {
        if self.answers.is_empty() {
            return None;
        }
        let mut fit = self.names.get(seen, &in_one_case(seen)).peekable();
        if fit.peek().is_some() {
            return self.only(fit);
        }
        self.only(self.numbers.get(&spelling(seen, decimal)?)?.iter().copied())
    }

    /// The answer at those positions, if it is one.
    fn only(&self, positions: impl Iterator<Item = usize>) -> Option<&Answer> {
        let mut answers = positions.filter_map(|position| self.answers.get(position));
        let first = answers.next()?;
        answers.all(|answer| answer == first).then_some(first)
    }
}

#[cfg(feature = "survey")]
impl Said {
    /// Adds a text. `false`, and it stands for what it did, if it stands for another answer already.
    pub(crate) fn insert(&mut self, text: &str, answer: Answer) -> bool {
        let seen = crate::text::as_seen(text);
        let known = self.names.exact(&seen).and_then(|position| self.answers.get(position));
        if let Some(known) = known {
            return *known == answer;
        }
        let position = self.answers.len();
        if let Some(number) = spelling(&seen, Decimal::Point) {
            self.numbers.entry(number).or_default().push(position);
        }
        self.names.insert(&seen, position);
        self.answers.push(answer);
        true
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}
