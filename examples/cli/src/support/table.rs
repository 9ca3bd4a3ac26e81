//! Tables and paragraphs in plain text, 80 columns wide.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::output::{plain, shortened};

/// Lines are no wider.
const WIDTH: usize = 80;

/// A table: a heading, a rule and rows, the first column to the left and the others to the right. What
/// is long in the first column is cut.
pub(crate) fn table(heading: &[&str], rows: &[Vec<String>]) -> String {
    let heading: Vec<String> = heading.iter().map(|&cell| cell.to_owned()).collect();
    let widest = |column: usize| {
        let rows = std::iter::once(&heading).chain(rows);
        rows.filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let others: usize = (1..heading.len()).map(|column| widest(column) + 2).sum();
    let first = widest(0).min(WIDTH.saturating_sub(others));
    let widths: Vec<usize> =
        (0..heading.len()).map(|at| if at == 0 { first } else { widest(at) }).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = String::new();
    for row in [&heading, &rule].into_iter().chain(rows) {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let cell = if at == 0 { shortened(cell, first) } else { cell.clone() };
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            let _ = match at {
                0 => write!(line, "{cell}{blanks}"),
                _ => write!(line, "  {blanks}{cell}"),
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A heading over a line of that sign.
pub(crate) fn heading(title: &str, sign: &str) -> String {
    format!("{title}\n{}\n", sign.repeat(title.width()))
}

/// A text of any origin in lines, the first after `first`, the others as far in.
pub(crate) fn paragraph(first: &str, text: &str) -> String {
    let indent = " ".repeat(first.width());
    let (mut written, mut line) = (String::new(), first.to_owned());
    for word in plain(text).split_whitespace() {
        let is_begun = line.width() > indent.width();
        if is_begun && line.width() + 1 + word.width() > WIDTH {
            written.push_str(&line);
            written.push('\n');
            line.clone_from(&indent);
        } else if is_begun {
            line.push(' ');
        }
        line.push_str(word);
    }
    written.push_str(line.trim_end());
    written.push('\n');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_no_wider_than_80_columns_and_stands_in() {
        let text = paragraph("  1. ", &"word ".repeat(30));
        assert!(text.lines().all(|line| line.len() <= WIDTH));
        assert_eq!(text.lines().count(), 2 + text.len() / 160);
        assert!(text.lines().skip(1).all(|line| line.starts_with("     word")));
        assert_eq!(paragraph("- ", "a\u{202e}b"), "- a\\u{202e}b\n");
    }

    #[test]
    fn a_table_aligns_and_cuts_its_first_column() {
        let rows =
            vec![vec!["x".repeat(90), "1".to_owned()], vec!["y".to_owned(), "200".to_owned()]];
        let text = table(&["Name", "No"], &rows);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.iter().all(|line| line.width() <= WIDTH));
        assert!(lines[2].ends_with("…    1") && lines[3].ends_with("  200"), "{text}");
    }
}
