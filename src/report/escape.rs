//! Foreign texts made harmless: control characters, markup, and directions that run on.
//!
//! A crate for this would still leave the characters that XML forbids and the bidirectional
//! overrides to us, which is most of the work; the markup is five characters.

use std::fmt::{self, Write as _};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::Disturbance;

/// `text` on one line, without what could disturb its surroundings: line breaks and tabs become
/// spaces, runs of spaces one; embeddings, overrides and isolates of direction are left out (the
/// marks that a script needs stay); other control characters and non-characters are shown as the
/// replacement character.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match Disturbance::of(c) {
            None if c != ' ' => clean.push(c),
            None | Some(Disturbance::Break) => {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            Some(Disturbance::Hidden) => clean.push(c),
            Some(Disturbance::Direction) => {}
            Some(Disturbance::Control) => clean.push('\u{fffd}'),
        }
    }
    clean.truncate(clean.trim_end_matches(' ').len());
    clean
}

/// Words of a report, cleaned, within a line of `len` parts: what parts them from their neighbours
/// stays.
pub(super) fn part_of_line(
    words: &str,
    at: usize,
    len: usize,
) -> (&'static str, String, &'static str) {
    let text = clean(words);
    let gap = |inside: bool, there: bool| if inside && there { " " } else { "" };
    let start = gap(at > 0, words.starts_with(' '));
    let end = gap(at + 1 < len && !text.is_empty(), words.ends_with(' '));
    (start, text, end)
}

/// A clean text that keeps its own direction to itself, for forms without markup for that. Texts
/// of left-to-right scripts, which are most, stay as they are.
pub(super) fn isolated(text: &str) -> String {
    let text = clean(text);
    if text.chars().any(runs_right_to_left) { format!("\u{2068}{text}\u{2069}") } else { text }
}

fn runs_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' | '\u{200f}')
}

/// Displays a text escaped for an element or a quoted attribute of HTML and XML.
pub(super) struct Escaped<'t>(pub(super) &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// How many columns of a terminal `text` takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// The longest beginning of `text` that takes at most that many columns, and the rest. Marked that
/// belong to a character stay with it.
pub(super) fn cut(text: &str, most: usize) -> (&str, &str) {
    let mut width = 0;
    let mut joined = false;
    for (at, c) in text.char_indices() {
        let of_char = c.width().unwrap_or(0);
        if width + of_char > most && !joined {
            return text.split_at(at);
        }
        width += of_char;
        joined = c == '\u{200d}';
    }
    (text, "")
}

/// `text` in lines of at most that many columns, broken at spaces where there are any.
pub(super) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for mut word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut width = columns(word);
        while let Some(line) = lines.last_mut() {
            let gap = usize::from(used > 0);
            if used + gap + width <= most {
                line.push_str(if gap == 1 { " " } else { "" });
                line.push_str(word);
                used += gap + width;
                break;
            }
            if used == 0 {
                let (piece, rest) = cut(word, most);
                // A single character may be wider than a line.
                let (piece, rest) = if piece.is_empty() { (word, "") } else { (piece, rest) };
                line.push_str(piece);
                word = rest;
                width = columns(word);
            }
            if word.is_empty() {
                break;
            }
            lines.push(String::new());
            used = 0;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_text_comes_out_on_one_line_without_control() {
        for (text, expected) in [
            ("plain", "plain"),
            ("  a\r\n\tb \u{2028} c\n", "a b c"),
            ("bell\u{7}, escape\u{1b}[31m, nul\0", "bell\u{fffd}, escape\u{fffd}[31m, nul\u{fffd}"),
            ("\u{202e}evil\u{202c} \u{2066}x", "evil x"),
            ("\u{feff}a\u{fffe}\u{fdd0}\u{1ffff}", "a\u{fffd}\u{fffd}\u{fffd}"),
            ("\u{5d0}\u{200f}!", "\u{5d0}\u{200f}!"), // a mark that Hebrew needs
            ("👩‍💻 e\u{301}", "👩‍💻 e\u{301}"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
        assert_eq!(isolated("a \u{5d0}"), "\u{2068}a \u{5d0}\u{2069}");
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            Escaped("<a href=\"x\">'&amp;'</a>é").to_string(),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;é"
        );
    }

    #[test]
    fn a_text_is_cut_and_wrapped_by_what_it_takes_on_a_screen() {
        assert_eq!(cut("abc", 2), ("ab", "c"));
        assert_eq!(cut("e\u{301}e", 1), ("e\u{301}", "e"));
        assert_eq!(cut("漢字", 3), ("漢", "字"));
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a abcdefgh", 3), ["a", "abc", "def", "gh"]);
        assert_eq!(wrapped("漢字", 1), ["漢字"]);
        assert_eq!(wrapped("", 9), [""]);
    }
}
