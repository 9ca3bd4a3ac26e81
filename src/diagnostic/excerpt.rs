//! Input as a message may repeat it.

use std::fmt;

use crate::text::OneLine;

/// A piece of a document as a message repeats it.
///
/// It displays on one line whatever the document held: control characters, line breaks and
/// bidirectional marks are escaped, and what goes beyond 60 characters is cut.
///
/// ```
/// use digital_maturity::diagnostic::Excerpt;
///
/// assert_eq!(Excerpt::new("two\nlines").to_string(), "two\\nlines");
/// assert_eq!(Excerpt::new(&"x".repeat(1000)).to_string(), "x".repeat(60) + "…");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Excerpt(String);

impl Excerpt {
    /// How many characters of the document are shown.
    pub const LONGEST: usize = 60;

    /// The excerpt of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::cut(text, Self::LONGEST)
    }

    /// What the reader of a format says, which may be longer.
    pub(crate) fn of_message(message: &str) -> Self {
        Self::cut(message, 5 * Self::LONGEST)
    }

    fn cut(text: &str, longest: usize) -> Self {
        let mut excerpt: String = text.chars().take(longest).collect();
        if excerpt.len() < text.len() {
            excerpt.push('…');
        }
        Self(excerpt)
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OneLine(&self.0).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_disturb_a_line_is_escaped() {
        let shown = Excerpt::new("a\r\n\t\u{1b}[31m\u{202e}b\u{2028}").to_string();
        assert_eq!(shown, "a\\r\\n\\t\\u{1b}[31m\\u{202e}b\\u{2028}");
    }
}
