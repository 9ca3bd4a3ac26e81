//! Names in which `*` stands for anything.

use crate::text::cased;

/// A name in which `*` stands for any text, none too, and in which upper and lower case are alike.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    parts: Vec<String>,
}

impl Pattern {
    pub(super) fn new(pattern: &str) -> Self {
        Self { parts: cased(pattern).split('*').map(str::to_owned).collect() }
    }

    /// Whether a text, as seen and in one case, is such a name. Takes as long as to read it once for
    /// each `*`.
    pub(super) fn fits(&self, text: &str) -> bool {
        let [first, rest @ ..] = self.parts.as_slice() else { return false };
        let Some(mut text) = text.strip_prefix(first.as_str()) else { return false };
        let [between @ .., last] = rest else { return text.is_empty() };
        for part in between {
            let Some(at) = text.find(part.as_str()) else { return false };
            text = text.get(at + part.len()..).unwrap_or_default();
        }
        text.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_star_is_anything() {
        for (pattern, text, fits) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("A*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "ac", true),
            ("a*b*c", "abc", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("*", "", true),
            ("*x*", "axb", true),
            ("*x*", "ab", false),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
        }
    }
}
