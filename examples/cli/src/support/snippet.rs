//! The line of a document that a finding points at, with the place underlined.

use std::borrow::Cow;

use digital_maturity::diagnostic::Position;
use unicode_width::UnicodeWidthChar;

use super::output::push_plain;

/// So many columns of a terminal are shown of a line; longer ones are cut around the place.
const WIDEST: usize = 72;
/// So many of them at most stand before the place if that is the whole beginning of the line.
const BEFORE: usize = 60;
/// So many if it is not.
const CUT_BEFORE: usize = 36;
/// A tab is shown as so many blanks, whatever column it stands in.
const TAB: &str = "    ";

/// The byte at which each position stands, in one pass over the text however many there are.
pub(crate) fn offsets(text: &str, positions: &[Position]) -> Vec<usize> {
    let mut order: Vec<(Position, &mut usize)> = Vec::with_capacity(positions.len());
    let mut found = vec![0; positions.len()];
    order.extend(positions.iter().copied().zip(&mut found));
    order.sort_by_key(|(position, _)| *position);
    let (mut here, mut at) = (Position { line: 1, column: 1 }, 0);
    for (position, found) in order {
        while here.line < position.line {
            let Some(step) = rest(text, at).find('\n') else { break };
            at += step + 1;
            here = Position { line: here.line + 1, column: 1 };
        }
        let ahead = position.column.saturating_sub(here.column);
        for c in rest(text, at).chars().take_while(|c| *c != '\n').take(ahead) {
            at += c.len_utf8();
            here.column += 1;
        }
        *found = at;
    }
    found
}

/// How many bytes belong to what begins at an offset: a quoted text, a word or number up to what
/// ends it in the format, or one bracket; 0 at the end of a line.
pub(crate) fn extent(text: &str, offset: usize) -> usize {
    let rest = rest(text, offset);
    let Some(first) = rest.chars().next().filter(|c| !matches!(c, '\r' | '\n')) else { return 0 };
    let mut escaped = false;
    let end = match first {
        '"' | '\'' => rest.char_indices().skip(1).find_map(|(at, c)| match c {
            '\n' => Some(at),
            _ if std::mem::take(&mut escaped) => None,
            '\\' if first == '"' => {
                escaped = true;
                None
            }
            c if c == first => Some(at + 1),
            _ => None,
        }),
        '[' | ']' | '{' | '}' | ',' | ':' | '=' => Some(1),
        _ => rest.find([',', ']', '}', ':', '=', '#', '\r', '\n']),
    };
    let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim_end();
    word.len().max(first.len_utf8())
}

/// Two lines: the line of the document with its number, and below it the mark. Safe to print, and
/// at most [`WIDEST`] columns beside the number.
pub(crate) fn snippet(text: &str, line: usize, offset: usize) -> String {
    let marked = offset.saturating_add(extent(text, offset));
    let mut window = Window::default();

    let (mut before, whole) = before(text, offset, BEFORE);
    if !whole {
        (before, _) = self::before(text, offset, CUT_BEFORE);
        window.push(&Cell::CUT, false);
    }
    for cell in before.iter().rev() {
        window.push(cell, false);
    }
    let (mut at, mut taken) = (offset, 0);
    for c in rest(text, offset).chars().take_while(|c| *c != '\n') {
        let cell = Cell::of(c);
        // The end of a line is no sight.
        let is_end = c == '\r' && rest(text, at + 1).starts_with('\n');
        if is_end {
            break;
        }
        // Marks without a width are as long as one likes.
        taken += 1;
        if window.width + cell.width > WIDEST || taken > 2 * WIDEST {
            window.push(&Cell::CUT, at < marked);
            break;
        }
        window.push(&cell, at < marked);
        at += c.len_utf8();
    }
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let Window { shown, skip, mark, .. } = window;
    let mark = "^".repeat(mark.max(1));
    let skip = " ".repeat(skip);
    format!("  {number} | {}\n  {gutter} | {skip}{mark}\n", shown.trim_end())
}

/// What stands before a place on its line, backwards, in so many columns; and whether that is all.
fn before(text: &str, offset: usize, most: usize) -> (Vec<Cell>, bool) {
    let (mut cells, mut width) = (Vec::new(), 0);
    for c in text.get(..offset).unwrap_or_default().chars().rev().take_while(|c| *c != '\n') {
        let cell = Cell::of(c);
        width += cell.width;
        // Marks without a width are as long as one likes.
        if width > most || cells.len() == 2 * most {
            return (cells, false);
        }
        cells.push(cell);
    }
    (cells, true)
}

/// What is shown of a line, and what of it is marked.
#[derive(Default)]
struct Window {
    shown: String,
    width: usize,
    skip: usize,
    mark: usize,
}

impl Window {
    fn push(&mut self, cell: &Cell, marked: bool) {
        self.shown.push_str(&cell.shown);
        self.width += cell.width;
        if marked {
            self.mark += cell.width;
        } else if self.mark == 0 {
            self.skip = self.width;
        }
    }
}

/// A character as it is shown, and how many columns it takes.
struct Cell {
    shown: Cow<'static, str>,
    width: usize,
}

impl Cell {
    const CUT: Self = Self { shown: Cow::Borrowed("…"), width: 1 };

    fn of(c: char) -> Self {
        if c == '\t' {
            return Self { shown: TAB.into(), width: TAB.len() };
        }
        let mut shown = String::new();
        push_plain(&mut shown, c);
        let width = shown.chars().map(|c| c.width().unwrap_or_default()).sum();
        Self { shown: shown.into(), width }
    }
}

fn rest(text: &str, offset: usize) -> &str {
    text.get(offset..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shown(text: &str, line: usize, column: usize) -> String {
        let at = offsets(text, &[Position { line, column }])[0];
        snippet(text, line, at)
    }

    #[test]
    fn the_mark_is_as_long_as_what_stands_there() {
        for (text, column, mark) in [
            (r#"{ "a": "b\"c" }"#, 8, 6),
            (r#"{ "a": 12.5 }"#, 8, 4),
            (r#"{ "a": [1] }"#, 8, 1),
            (r#"{ "open"#, 3, 5),
            ("weight = 3 # three", 10, 1),
            ("weight = 3 # three", 1, 6),
            ("a: it's 5 days\n", 4, 11),
            ("a: 'quoted' # so\r\n", 4, 8),
            ("a:", 3, 1),
            ("", 1, 1),
        ] {
            let shown = shown(text, 1, column);
            let below = shown.lines().nth(1).unwrap();
            assert_eq!(below, format!("    | {}{}", " ".repeat(column - 1), "^".repeat(mark)));
        }
    }

    #[test]
    fn tabs_and_wide_characters_move_the_mark_and_control_characters_are_escaped() {
        assert_eq!(shown("\t\"a\": 7", 1, 7), "  1 |     \"a\": 7\n    |          ^\n");
        assert_eq!(shown("\"数字\": 7", 1, 7), "  1 | \"数字\": 7\n    |         ^\n");
        // A combining accent takes no column of its own.
        assert_eq!(shown("\"e\u{301}\": 7", 1, 7), "  1 | \"e\u{301}\": 7\n    |      ^\n");
        assert_eq!(shown("\u{1b}: 7", 1, 4), "  1 | \\u{1b}: 7\n    |         ^\n");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("one\n{}[17]{}", "x".repeat(1_000_000), "y".repeat(1_000_000));
        let shown = shown(&text, 2, 1_000_002);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].starts_with("  2 | …xxx") && lines[0].ends_with("yyy…"), "{shown}");
        assert!(lines[0].chars().count() <= 6 + 2 + WIDEST, "{shown}");
        assert_eq!(lines[0].find("17"), lines[1].find("^^").map(|at| at + "…".len() - 1));
    }

    #[test]
    fn many_positions_are_found_in_one_pass_in_any_order() {
        let text = "a\nbé c\n\nd";
        let positions = [(4, 1), (2, 3), (2, 1), (2, 99), (9, 1)]
            .map(|(line, column)| Position { line, column });
        assert_eq!(offsets(text, &positions), [9, 5, 2, 7, 9]);
    }
}
