//! Rows that are read, as columns.

use crate::cohort::Column;

/// Rows of a file, as columns of codes: what [`CohortPlan::score`](crate::cohort::CohortPlan::score)
/// takes.
#[derive(Debug)]
pub struct Block<'b> {
    /// The number of the first row that was read.
    pub(super) first: u64,
    /// The respondents, counted from there.
    pub(super) numbers: &'b [u32],
    pub(super) unreadable: &'b [usize],
    pub(super) columns: Vec<Column<'b>>,
    /// By column that is handed on: all cells in one piece, and where each ends.
    pub(super) carried: &'b [(String, Vec<usize>)],
}

impl<'b> Block<'b> {
    /// How many respondents there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.numbers.len()
    }

    /// The number of each respondent's row, from 1 after the header; rows that are no respondents are
    /// not among them.
    #[must_use]
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = u64> + 'b {
        let first = self.first;
        self.numbers.iter().map(move |number| first + u64::from(*number))
    }

    /// The places of rows that cannot be read, from 0; all that is known of them is that they are bad.
    #[must_use]
    pub fn unreadable(&self) -> &'b [usize] {
        self.unreadable
    }

    /// A column for each question; those without one in the file are unanswered.
    #[must_use]
    pub fn columns(&self) -> Vec<Column<'b>> {
        self.columns.clone()
    }

    /// The cells of a column that is handed on, of each respondent: the place is that of the column
    /// in [`Options::carried`](super::Options::carried), behind [`Options::id`](super::Options::id) if
    /// there is one. Blank for a row that cannot be read.
    pub fn carried(&self, place: usize) -> impl Iterator<Item = &'b str> + 'b {
        let (text, ends) =
            self.carried.get(place).map_or(("", &[][..]), |(text, ends)| (text.as_str(), ends));
        let mut from = 0;
        ends.iter()
            .map(move |&end| text.get(std::mem::replace(&mut from, end)..end).unwrap_or_default())
    }
}
