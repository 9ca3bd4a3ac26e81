//! What is wrong with the file, said while it is read: one line a finding, up to a limit.

use digital_maturity::diagnostic::Excerpt;

use super::header::Remark;
use super::progress::say;
use crate::support::output::plain;

/// So many findings are said, in order; the rest is counted.
const MOST: u64 = 1000;

/// What was found.
pub(crate) struct Faults {
    file: String,
    /// Cells that are no answers, and rows that are no rows.
    pub(crate) cells: u64,
    pub(crate) rows: u64,
    said: u64,
}

/// Where in the file.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: u64,
    /// The respondent, from 1.
    pub(crate) row: u64,
}

impl Faults {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: plain(file), cells: 0, rows: 0, said: 0 }
    }

    /// The name of the file, safe to print.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Something about the header, which is on the first line.
    pub(crate) fn header(&self, severity: &str, remark: &Remark) {
        let Remark { code, message } = remark;
        say(&plain(&format!("{}:1: {severity}[{code}]: {message}", self.file)));
    }

    /// A cell that is no answer.
    pub(crate) fn cell(&mut self, at: Place, header: &str, message: &str) {
        self.cells += 1;
        let header = Excerpt::new(header);
        self.error(at, "bad-cell", || format!("row {}, column `{header}`: {message}", at.row));
    }

    /// A row that cannot be read.
    pub(crate) fn row(&mut self, at: Place, code: &str, message: &str) {
        self.rows += 1;
        self.error(at, code, || format!("row {}: {message}", at.row));
    }

    /// Something odd that costs no row.
    pub(crate) fn odd(&mut self, at: Place, code: &str, message: &str) {
        self.line(at, "warning", code, || format!("row {}: {message}", at.row));
    }

    fn error(&mut self, at: Place, code: &str, message: impl FnOnce() -> String) {
        self.line(at, "error", code, message);
    }

    fn line(&mut self, at: Place, severity: &str, code: &str, message: impl FnOnce() -> String) {
        self.said += 1;
        if self.said <= MOST {
            say(&plain(&format!("{}:{}: {severity}[{code}]: {}", self.file, at.line, message())));
        }
    }

    /// Says how much was not said.
    pub(crate) fn finish(&self) {
        if let Some(more @ 1..) = self.said.checked_sub(MOST) {
            say(&format!("{}: {more} more findings", self.file));
        }
    }
}
