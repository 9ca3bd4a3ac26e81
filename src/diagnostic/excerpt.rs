//! Input as a message may repeat it, and the name that was probably meant.

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

/// The name nearest to `wanted`, if one is near enough to have been meant: an edit distance of at
/// most a third of the wanted name's length, and at most 3. On ties the first one given.
pub(crate) fn nearest<'n>(
    wanted: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let wanted: Vec<char> = wanted.chars().take(65).collect();
    let bound = (wanted.len() / 3).min(3);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        if name.len().abs_diff(wanted.len()) > bound + 3 {
            continue;
        }
        let distance = distance(&wanted, name);
        if distance <= bound && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Edit distance with swaps of neighbours (optimal string alignment): insert, delete, replace or
/// swap, each one step. Letter case is ignored.
fn distance(wanted: &[char], name: &str) -> usize {
    let name: Vec<char> = name.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=name.len()).collect();
    let mut last = None;
    for (i, &w) in wanted.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        let mut left = i + 1;
        let mut previous = None;
        for (j, (&n, pair)) in name.iter().zip(above.windows(2)).enumerate() {
            let [diagonal, up] = pair else { break };
            let same = w.eq_ignore_ascii_case(&n);
            let mut steps = (diagonal + usize::from(!same)).min(up + 1).min(left + 1);
            if previous == Some(w) && last == Some(n) {
                if let Some(swap) = j.checked_sub(1).and_then(|j| before.get(j)) {
                    steps = steps.min(swap + 1);
                }
            }
            row.push(steps);
            left = steps;
            previous = Some(n);
        }
        before = above;
        above = row;
        last = Some(w);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_agree_with_ones_counted_by_hand() {
        for (a, b, steps) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("vision", "visoin", 1),
            ("ca", "abc", 3),
            ("Vision", "vision", 0),
        ] {
            assert_eq!(distance(&a.chars().collect::<Vec<_>>(), b), steps, "{a} {b}");
        }
    }

    #[test]
    fn only_a_near_name_is_suggested_and_the_first_of_equals() {
        assert_eq!(nearest("vision_1", ["vision_01", "vision_10"]), Some("vision_01"));
        assert_eq!(nearest("vision_03", ["vision_01", "vision_02"]), Some("vision_01"));
        assert_eq!(nearest("a", ["b", "c"]), None); // any letter would do
        assert_eq!(nearest("price", ["vision_01"]), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn what_could_disturb_a_line_is_escaped() {
        let shown = Excerpt::new("a\r\n\t\u{1b}[31m\u{202e}b\u{2028}").to_string();
        assert_eq!(shown, "a\\r\\n\\t\\u{1b}[31m\\u{202e}b\\u{2028}");
    }
}
