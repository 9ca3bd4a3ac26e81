//! Numbers of things that do not fit a cohort.

use crate::names::named;

/// What there can be too many or too few of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Counted {
    /// Rows of a column that scores are to be written to.
    Rows,
    /// Columns of themes.
    Themes,
    /// Cells of a row.
    Cells,
    /// Keys to group rows by.
    Keys,
    /// Weights of rows.
    Weights,
    /// Names of respondents.
    Names,
}

named!(Counted, "count", [
    Rows => "rows",
    Themes => "themes",
    Cells => "cells",
    Keys => "keys",
    Weights => "weights",
    Names => "names",
]);

/// A number of things that is not the one that is needed.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::cohort::{Cell, Counted};
///
/// let mut builder = Cohort::builder(&Questionnaire::dcx_pulse());
/// let error = builder.push(&[Cell::Unanswered; 11]).unwrap_err();
/// assert_eq!((error.what, error.found, error.expected), (Counted::Cells, 11, 12));
/// assert_eq!(error.to_string(), "11 cells, 12 needed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found} {what}, {expected} needed")]
#[non_exhaustive]
pub struct WrongLength {
    /// What there is too much or too little of.
    pub what: Counted,
    /// How many there are.
    pub found: usize,
    /// How many are needed.
    pub expected: usize,
}

impl WrongLength {
    pub(super) fn check(what: Counted, found: usize, expected: usize) -> Result<(), Self> {
        if found == expected { Ok(()) } else { Err(Self { what, found, expected }) }
    }
}
