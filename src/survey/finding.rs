//! What is to be said of a file: one finding for each kind, with how often it occurs.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::Excerpt;
use crate::names::named;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gravity {
    /// What was done, to be known.
    Note,
    /// Nothing is lost; somebody should look at it all the same.
    Warning,
    /// A row, a column or the whole file is not read.
    Error,
}

named!(Gravity, "gravity", [Note => "note", Warning => "warning", Error => "error"]);

/// What a finding is about: a stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The file is something else: a workbook, a compressed file, a page.
    NotText,
    /// Bytes that are no text in the encoding.
    NotUtf8,
    /// The file, or its header, is empty, cannot be read, or lacks rows that the tool writes.
    NoHeader,
    /// No column is about a question.
    NoQuestion,
    /// A column could be about two things.
    AmbiguousColumn,
    /// Two columns are about one thing.
    DuplicateColumn,
    /// A column without a header stands beside those of a checklist.
    BlankHeader,
    /// An option names a column that is not there.
    NoSuchColumn,
    /// Nobody knows what these columns are.
    UnknownColumn,
    /// A question has no column.
    MissingQuestion,
    /// A text for no answer is an answer to a question.
    MissingIsAnswer,
    /// A number whose point may part thousands, in a file with semicolons.
    AmbiguousNumber,
    /// The header is plainly that of a tool, or separated otherwise than is usual.
    Recognised,
    /// A cell that is no answer to its question.
    BadCell,
    /// A row with more or fewer cells than the header.
    UnevenRow,
    /// A row that takes many lines: a quote is likely to be missing.
    LongRow,
    /// A row that is too long to be read.
    TooLong,
    /// A quote that is never closed.
    UnclosedQuote,
    /// An id that occurs twice.
    DuplicateId,
    /// Rows that are no respondents, and are left out.
    LeftOut,
    /// Checklists in which nothing is ticked.
    Untouched,
    /// Entries that are no choice and no item, and are passed over.
    OtherEntry,
}

named!(Kind, "kind of finding", [
    NotText => "not-text",
    NotUtf8 => "not-utf8",
    NoHeader => "no-header",
    NoQuestion => "no-question",
    AmbiguousColumn => "ambiguous-column",
    DuplicateColumn => "duplicate-column",
    BlankHeader => "blank-header",
    NoSuchColumn => "no-such-column",
    UnknownColumn => "unknown-column",
    MissingQuestion => "missing-question",
    MissingIsAnswer => "missing-is-answer",
    AmbiguousNumber => "ambiguous-number",
    Recognised => "recognised",
    BadCell => "bad-cell",
    UnevenRow => "uneven-row",
    LongRow => "long-row",
    TooLong => "too-long",
    UnclosedQuote => "unclosed-quote",
    DuplicateId => "duplicate-id",
    LeftOut => "left-out",
    Untouched => "untouched",
    OtherEntry => "other-entry",
]);

/// One kind of thing that is to be said of a file, and where it is first met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// How grave it is.
    pub severity: Gravity,
    /// What it is about.
    pub kind: Kind,
    /// The line on which it is first met, from 1; 0 if it is about the file.
    pub line: u64,
    /// The row in which it is first met, from 1 after the header; 0 if it is about the header or the
    /// file.
    pub row: u64,
    /// The header of the column; empty if it is about none.
    pub column: String,
    /// How often it occurs.
    pub count: u64,
    /// In words.
    pub message: String,
}

impl Finding {
    /// Something about the header or the file, met once.
    pub(super) fn of_file(severity: Gravity, kind: Kind, line: u64, message: String) -> Self {
        Self { severity, kind, line, row: 0, column: String::new(), count: 1, message }
    }
}

/// `3 cells: ..`, and where the first is.
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { severity, kind, line, row, column, count, message } = self;
        if *line > 0 {
            write!(f, "{line}: ")?;
        }
        write!(f, "{severity}[{kind}]: ")?;
        match (*row, column.as_str()) {
            (0, "") => {}
            (0, column) => write!(f, "column `{column}`: ")?,
            (row, "") => write!(f, "row {row}: ")?,
            (row, column) => write!(f, "row {row}, column `{column}`: ")?,
        }
        f.write_str(message)?;
        if *count > 1 {
            write!(f, " ({count} times)")?;
        }
        Ok(())
    }
}

/// So many different texts of one kind are kept.
const TEXTS: usize = 5;

/// So many findings are listed; the rest is counted.
const LISTED: usize = 1000;

/// All that is to be said of a file: what is wrong with its header, and each kind of thing that is
/// wrong or odd in its rows, once, with how often it occurs and where it is first met.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// By column.
    headers: Arc<[String]>,
    of_file: Vec<Finding>,
    met: BTreeMap<Key, Met>,
    bad_cells: u64,
    bad_rows: u64,
    left_out: u64,
}

/// What makes two things one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: Kind,
    /// The column; `usize::MAX` for none.
    column: usize,
    about: &'static str,
}

/// Things of one kind.
#[derive(Clone, Debug)]
struct Met {
    severity: Gravity,
    at: Place,
    count: u64,
    message: String,
    /// Different texts and how often each occurs, as they came.
    texts: Vec<(String, u64)>,
}

/// Where in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// From 1.
    pub(super) line: u64,
    /// From 1, after the header.
    pub(super) row: u64,
}

impl Findings {
    /// Nothing yet about columns with those headers.
    pub(super) fn of(headers: &Arc<[String]>) -> Self {
        Self { headers: Arc::clone(headers), ..Self::default() }
    }

    /// Everything, in the order of the file: first what is about the header.
    pub fn iter(&self) -> impl Iterator<Item = Finding> + use<> {
        let mut list = self.of_file.clone();
        let mut met: Vec<(&Key, &Met)> = self.met.iter().collect();
        met.sort_by_key(|(key, met)| (met.at, key.column));
        let finding = |(key, met): &(&Key, &Met)| Finding {
            severity: met.severity,
            kind: key.kind,
            line: met.at.line,
            row: met.at.row,
            column: self.headers.get(key.column).cloned().unwrap_or_default(),
            count: met.count,
            message: met.words(),
        };
        list.extend(met.iter().map(finding).take(LISTED));
        list.into_iter()
    }

    /// How many kinds [`iter`](Self::iter) leaves off, where there are more than a thousand.
    #[must_use]
    pub fn more(&self) -> usize {
        self.met.len().saturating_sub(LISTED)
    }

    /// Cells that are no answers; their rows have no Score.
    #[must_use]
    pub fn bad_cells(&self) -> u64 {
        self.bad_cells
    }

    /// Rows that cannot be read; what is in them is not looked at.
    #[must_use]
    pub fn bad_rows(&self) -> u64 {
        self.bad_rows
    }

    /// Rows that are no respondents.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Whether something is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let of_file = self.of_file.iter().any(|finding| finding.severity == Gravity::Error);
        of_file || self.met.values().any(|met| met.severity == Gravity::Error)
    }

    /// The errors alone.
    pub(super) fn errors(mut self) -> Self {
        self.of_file.retain(|finding| finding.severity == Gravity::Error);
        self.met.retain(|_, met| met.severity == Gravity::Error);
        self
    }

    /// Says of which columns there are findings.
    pub(super) fn name_columns(&mut self, headers: &Arc<[String]>) {
        self.headers = Arc::clone(headers);
    }

    pub(super) fn file(&mut self, severity: Gravity, kind: Kind, line: u64, message: String) {
        self.of_file.push(Finding::of_file(severity, kind, line, message));
    }

    /// A cell that is no answer: `about` what kind of mistake it is, and its text.
    pub(super) fn cell(
        &mut self,
        at: Place,
        column: usize,
        about: &'static str,
        text: &str,
        message: impl FnOnce() -> String,
    ) {
        self.bad_cells += 1;
        let key = Key { kind: Kind::BadCell, column, about };
        self.meet(key, Gravity::Error, at, text, message);
    }

    /// A row that cannot be read.
    pub(super) fn row(&mut self, at: Place, kind: Kind, message: impl FnOnce() -> String) {
        self.bad_rows += 1;
        self.meet(Key { kind, column: usize::MAX, about: "" }, Gravity::Error, at, "", message);
    }

    /// A row that is no respondent.
    pub(super) fn left_out_row(&mut self, at: Place, column: Option<usize>, reason: &'static str) {
        self.left_out += 1;
        let column = column.unwrap_or(usize::MAX);
        let key = Key { kind: Kind::LeftOut, column, about: reason };
        self.meet(key, Gravity::Note, at, "", || reason.to_owned());
    }

    /// Something odd that costs nothing; `about` tells things of one kind apart.
    pub(super) fn odd(
        &mut self,
        at: Place,
        (severity, kind, about): (Gravity, Kind, &'static str),
        column: Option<usize>,
        text: &str,
        message: impl FnOnce() -> String,
    ) {
        let key = Key { kind, column: column.unwrap_or(usize::MAX), about };
        self.meet(key, severity, at, text, message);
    }

    fn meet(
        &mut self,
        key: Key,
        severity: Gravity,
        at: Place,
        text: &str,
        message: impl FnOnce() -> String,
    ) {
        let met = self.met.entry(key).or_insert_with(|| Met {
            severity,
            at,
            count: 0,
            message: message(),
            texts: Vec::new(),
        });
        met.count += 1;
        met.text(text, 1);
    }

    /// Adds what was found in rows that come after so many lines and rows.
    pub fn add(&mut self, others: Self, lines: u64, rows: u64) {
        self.of_file.extend(others.of_file);
        self.bad_cells += others.bad_cells;
        self.bad_rows += others.bad_rows;
        self.left_out += others.left_out;
        for (key, mut other) in others.met {
            other.at.line += lines;
            other.at.row += rows;
            match self.met.get_mut(&key) {
                None => drop(self.met.insert(key, other)),
                Some(met) => {
                    met.at = met.at.min(other.at);
                    met.count += other.count;
                    other.texts.iter().for_each(|(text, count)| met.text(text, *count));
                }
            }
        }
    }
}

impl Met {
    fn text(&mut self, text: &str, count: u64) {
        if text.is_empty() {
            return;
        }
        let shown = Excerpt::new(text).to_string();
        if let Some((_, known)) = self.texts.iter_mut().find(|(known, _)| *known == shown) {
            *known += count;
        } else if self.texts.len() <= TEXTS {
            self.texts.push((shown, count));
        }
    }

    /// The message of the first, and which other texts there are.
    fn words(&self) -> String {
        let mut words = self.message.clone();
        let listed: u64 = self.texts.iter().map(|(_, count)| count).sum();
        if let Some((_, others @ [_, ..])) = self.texts.split_first() {
            let shown: Vec<String> = others
                .iter()
                .take(TEXTS - 1)
                .map(|(text, count)| match count {
                    1 => format!("`{text}`"),
                    _ => format!("`{text}` ({count} times)"),
                })
                .collect();
            let more = if others.len() >= TEXTS || listed < self.count { " and more" } else { "" };
            words = format!("{words}; also {}{more}", shown.join(", "));
        }
        words
    }
}

/// A line for each.
impl std::fmt::Display for Findings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, finding) in self.iter().enumerate() {
            let line_end = if number > 0 { "\n" } else { "" };
            write!(f, "{line_end}{finding}")?;
        }
        match self.more() {
            0 => Ok(()),
            more => write!(f, "\n{more} more kinds of findings"),
        }
    }
}

impl std::error::Error for Findings {}
