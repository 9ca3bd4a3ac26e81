//! When two texts are the same to a reader.

use super::canonical::decomposed;

/// `text` as a reader sees it: without blanks at its ends, any run of blanks, no-break ones among
/// them, as one; without marks that cannot be seen; letters in their parts, so that it makes no
/// difference how they were put together; straight quotes and plain hyphens for all others. Two
/// texts that look alike have the same one.
pub(crate) fn as_seen(text: &str) -> String {
    seen(text, |_| false)
}

/// The same, with a line end for any run of blanks that has one.
pub(crate) fn as_seen_in_lines(text: &str) -> String {
    let ends = |c| matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    seen(text, ends)
}

/// A run of blanks is a line end if `ends` says so of one of them.
fn seen(text: &str, ends: impl Fn(char) -> bool) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut blank = None;
    for c in decomposed(text).chars() {
        let c = match c {
            '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => continue,
            c if c.is_whitespace() => {
                blank = if ends(c) { Some('\n') } else { blank.or(Some(' ')) };
                continue;
            }
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`' | '´' | '′' | 'ʹ' | 'ʼ' => {
                '\''
            }
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
            '\u{2010}'..='\u{2015}' | '−' | '﹘' | '﹣' | '－' => '-',
            c => c,
        };
        if let Some(blank) = blank.take().filter(|_| !seen.is_empty()) {
            seen.push(blank);
        }
        seen.push(c);
    }
    seen
}

/// A text [as seen](as_seen), upper and lower case alike; `ß` is `SS`.
pub(crate) fn in_one_case(seen: &str) -> String {
    if seen.is_ascii() {
        return seen.to_ascii_lowercase();
    }
    seen.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// A text as it is looked up: [as seen](as_seen), [in one case](in_one_case).
pub(crate) fn cased(text: &str) -> String {
    in_one_case(&as_seen(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_alike_match() {
        for (one, other) in [
            ("Sometimes", "\u{a0} Sometimes\u{2009}\r\n"),
            ("once a week", "once\u{a0}a \u{202f} week"),
            ("Wird er gepr\u{fc}ft?", "Wird er gepru\u{308}ft?"),
            ("\u{1ed9}", "o\u{302}\u{323}"), // a circumflex and a dot below, in either order
            ("\u{ac01}", "\u{1100}\u{1161}\u{11a8}"),
            ("don't", "don\u{2019}t"),
            ("\"all\" of it", "\u{201e}all\u{201c} of it"),
            ("5-10", "5\u{2013}10"),
            ("-1", "\u{2212}1"),
            ("Web", "\u{feff}W\u{ad}eb"),
            ("", " \u{3000}\u{200b}\n"),
        ] {
            assert_eq!(as_seen(one), as_seen(other), "{one} {other}");
        }
        for (one, other) in [("a b", "ab"), ("a", "\u{e4}"), ("5-10", "5 10"), ("Web", "web")] {
            assert_ne!(as_seen(one), as_seen(other), "{one} {other}");
        }
    }

    #[test]
    fn a_run_of_blanks_with_a_line_end_in_it_is_one() {
        for (text, lines) in [
            ("a b", "a b"),
            ("\na \r\n\u{a0}b\n", "a\nb"),
            ("a\u{2028}b", "a\nb"),
            ("a\n\nb\u{a0}c", "a\nb c"),
        ] {
            assert_eq!(as_seen_in_lines(text), lines);
            assert_eq!(as_seen(text), lines.replace('\n', " "));
        }
    }

    #[test]
    fn upper_and_lower_case_are_alike_in_every_script_that_has_them() {
        for (one, other) in [
            ("Web", "wEB"),
            ("STRASSE", "Stra\u{df}e"),
            ("\u{c4}pfel", "\u{e4}PFEL"),
            ("\u{3a3}\u{3a3}", "\u{3c3}\u{3c2}"), // sigma, also at the end of a word
            ("\u{414}\u{410}", "\u{434}\u{430}"),
        ] {
            assert_eq!(in_one_case(&as_seen(one)), in_one_case(&as_seen(other)), "{one} {other}");
        }
        assert_ne!(in_one_case("app"), in_one_case("apps"));
    }
}
