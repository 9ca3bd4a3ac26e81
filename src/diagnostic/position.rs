//! Where in a text a finding points.

use std::fmt;

use serde::Serialize;

/// A place in a text: line and column, both from 1; a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The place of a byte offset in a text; of one beyond its end, the end.
    ///
    /// ```
    /// use digital_maturity::diagnostic::Position;
    ///
    /// assert_eq!(Position::in_text("one\ntwö three", 9).to_string(), "2:5");
    /// ```
    #[must_use]
    pub fn in_text(text: &str, offset: usize) -> Self {
        let start = Self { line: 1, column: 1 };
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        start.after(text.get(..end).unwrap_or_default())
    }

    /// The place behind a text that begins here.
    pub(crate) fn after(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            None => Self { column: self.column + text.chars().count(), ..self },
            Some((before, line)) => Self {
                line: self.line + before.matches('\n').count() + 1,
                column: line.chars().count() + 1,
            },
        }
    }
}

/// As editors and compilers write it: `3:22`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// What a finding points at, of what stands at its path: for whoever looks for it in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The value.
    Value,
    /// The key that the value stands under: it should not be there.
    Key,
    /// The same key, where it stands again: the second time for the first such finding, and so on.
    RepeatedKey,
}
