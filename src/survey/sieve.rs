//! Which rows are respondents.

use std::collections::BTreeSet;

use crate::text::cased;

/// A condition on one cell of a row that is read.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// Its place among the cells that are kept.
    pub(super) kept: usize,
    pub(super) column: usize,
    /// As seen and in one case.
    values: BTreeSet<String>,
    /// Whether the cell must be one of them, or must not be.
    is: bool,
    /// Why a row is left out.
    pub(super) reason: &'static str,
}

impl Sieve {
    /// The reason of a row that is left out by the caller's filters.
    pub(super) const WHERE: &'static str = "not wanted by --where";

    pub(super) fn new(
        kept: usize,
        column: usize,
        values: &[impl AsRef<str>],
        is: bool,
        reason: &'static str,
    ) -> Self {
        let values = values.iter().map(|value| cased(value.as_ref())).collect();
        Self { kept, column, values, is, reason }
    }

    /// Whether a row with that cell is read.
    pub(super) fn lets_through(&self, cell: &[u8]) -> bool {
        let text = cased(&String::from_utf8_lossy(cell));
        self.values.contains(&text) == self.is
    }
}
