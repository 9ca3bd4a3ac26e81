//! Which rows are respondents.

use std::collections::BTreeSet;

use super::options::Decimal;
use crate::answers::{number_spelling, yes_or_no};
use crate::text::{as_seen, cased};

/// A condition on one cell of a row that is read.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// Its place among the cells that are kept.
    pub(super) kept: usize,
    pub(super) column: usize,
    /// As seen and in one case, numbers in one spelling.
    values: BTreeSet<String>,
    /// Whether each word for no is one of them.
    or_no: bool,
    decimal: Decimal,
    /// Whether the cell must be one of them, or must not be.
    is: bool,
    /// Why a row is left out.
    pub(super) reason: &'static str,
}

impl Sieve {
    /// The reason of a row that is left out by the caller's filters.
    pub(super) const WHERE: &'static str = "not wanted by --where";

    /// One that lets rows through whose cell is, or is not, one of these values.
    pub(super) fn new(
        (kept, column): (usize, usize),
        values: &[impl AsRef<str>],
        is: bool,
        decimal: Decimal,
        reason: &'static str,
    ) -> Self {
        let values = values.iter().map(|value| spelled(value.as_ref(), decimal)).collect();
        Self { kept, column, values, or_no: false, decimal, is, reason }
    }

    /// The same, where each word for no may be one of the values.
    pub(super) fn or_no(self, or_no: bool) -> Self {
        Self { or_no, ..self }
    }

    /// Whether a row with that cell is read.
    pub(super) fn lets_through(&self, cell: &[u8]) -> bool {
        let text = String::from_utf8_lossy(cell);
        let is_no = self.or_no && yes_or_no(&as_seen(&text), self.decimal) == Some(false);
        (is_no || self.values.contains(&spelled(&text, self.decimal))) == self.is
    }
}

/// A text as it is compared: a number by its value.
fn spelled(text: &str, decimal: Decimal) -> String {
    number_spelling(&as_seen(text), decimal).unwrap_or_else(|| cased(text))
}
