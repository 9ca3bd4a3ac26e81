//! The report as plain text, in lines of at most 80 columns. Pictures are for
//! the other forms.

use std::fmt::{self, Formatter};

use super::without_pictures;
use crate::report::content::{Block, Content, Inline, Kind, Line, List, Quoted, Table};
use crate::report::escape::{clean, columns, isolated, part_of_line, wrapped};

const WIDTH: usize = 80;

pub(in crate::report) fn write(f: &mut Formatter<'_>, content: &Content<'_>) -> fmt::Result {
    for (number, block) in without_pictures(content) {
        if number > 0 {
            writeln!(f)?;
        }
        match block {
            Block::Heading(level, line) => {
                let lines = wrapped(&text(line), WIDTH);
                let widest = lines.iter().map(|line| columns(line)).max().unwrap_or(0);
                for line in lines {
                    writeln!(f, "{line}")?;
                }
                match level {
                    1 => writeln!(f, "{}", "=".repeat(widest))?,
                    2 => writeln!(f, "{}", "-".repeat(widest))?,
                    _ => {}
                }
            }
            Block::Lead(line) | Block::Paragraph(line) => indented(f, "", "", &text(line))?,
            Block::List(list) => write_list(f, list)?,
            Block::Table(table) => write_table(f, table, content.width)?,
            Block::Picture(_) => {}
            Block::Facts(facts) => {
                for (name, line) in facts {
                    indented(f, "", "    ", &format!("{}: {}", clean(name), text(line)))?;
                }
            }
        }
    }
    Ok(())
}

/// A text in lines, with what stands before the first and before the others.
fn indented(f: &mut Formatter<'_>, first: &str, others: &str, text: &str) -> fmt::Result {
    let most = WIDTH - columns(others).max(columns(first));
    for (at, line) in wrapped(text, most).iter().enumerate() {
        writeln!(f, "{}{line}", if at == 0 { first } else { others })?;
    }
    Ok(())
}

fn write_list(f: &mut Formatter<'_>, list: &List<'_>) -> fmt::Result {
    for (number, item) in (1..).zip(&list.items) {
        let mark = if list.ordered { format!("{number:>2}. ") } else { "  - ".to_owned() };
        let indent = " ".repeat(columns(&mark));
        if number > 1 && item.len() > 1 {
            writeln!(f)?;
        }
        for (at, line) in item.iter().enumerate() {
            indented(f, if at == 0 { &mark } else { &indent }, &indent, &text(line))?;
        }
    }
    Ok(())
}

/// The first column takes what the others leave; its lines wrap. Where more than the width of a
/// terminal may be taken, it does not, and columns that do not fit stand below, with the first
/// column again.
fn write_table(f: &mut Formatter<'_>, table: &Table<'_>, most: usize) -> fmt::Result {
    let cleaned = |cells: &[String]| cells.iter().map(|cell| clean(cell)).collect();
    let (name, names) = table.head.split_first().map_or(("", [].as_slice()), |(n, c)| (&**n, c));
    let head = Written { about: vec![clean(name)], indent: 0, cells: cleaned(names) };
    let rows = table.rows.iter().map(|row| Written {
        about: row.about.iter().map(text).collect(),
        indent: if row.kind == Kind::Part { 2 } else { 0 },
        cells: cleaned(&row.cells),
    });
    let rows: Vec<Written> = [head].into_iter().chain(rows).collect();
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| columns(cell)).max()
    };
    let widths: Vec<usize> = (0..names.len()).filter_map(widest).collect();
    let abouts =
        rows.iter().flat_map(|row| row.about.iter().map(|line| columns(line) + row.indent));
    let needed = abouts.max().unwrap_or(0);

    indented(f, "", "", &clean(&table.caption))?;
    let mut begin = 0;
    let mut rest = widths.as_slice();
    while begin == 0 || !rest.is_empty() {
        let mut used = needed;
        let fits = rest.iter().take_while(|width| {
            used += 2 + **width;
            used <= most
        });
        let count = if most > WIDTH { fits.count().max(1).min(rest.len()) } else { rest.len() };
        let (shown, below) = rest.split_at(count);
        let others: usize = shown.iter().map(|width| width + 2).sum();
        // Foreign words may be of any length; then the lines are longer, and nothing is lost.
        let first = needed.min(most.saturating_sub(others).max(24));
        writeln!(f)?;
        write_columns(f, &rows, (first, shown), begin)?;
        (begin, rest) = (begin + shown.len().max(1), below);
    }
    Ok(())
}

/// The head or a row of a table, as it is written.
struct Written {
    about: Vec<String>,
    /// How far the first line is set in.
    indent: usize,
    cells: Vec<String>,
}

/// The columns of those widths, the first of them at that place, beside the first column.
fn write_columns(
    f: &mut Formatter<'_>,
    rows: &[Written],
    (first, widths): (usize, &[usize]),
    begin: usize,
) -> fmt::Result {
    let wide = rows.iter().any(|row| row.about.len() > 1);
    for (at, row) in rows.iter().enumerate() {
        if wide && at > 0 {
            writeln!(f)?;
        }
        let cells = row.cells.get(begin..).unwrap_or_default();
        write_row(f, (first, widths), (&row.about, row.indent), cells)?;
        if at == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            write_row(f, (first, widths), (&["-".repeat(first)], 0), &rule)?;
        }
    }
    Ok(())
}

fn write_row(
    f: &mut Formatter<'_>,
    (first, widths): (usize, &[usize]),
    (about, indent): (&[String], usize),
    cells: &[String],
) -> fmt::Result {
    let mut number = 0;
    for (at, line) in about.iter().enumerate() {
        let indent = if at == 0 { indent } else { 2 };
        for piece in wrapped(line, first.saturating_sub(indent)) {
            let mut shown = format!("{}{piece}", " ".repeat(indent));
            if number == 0 {
                shown.push_str(&" ".repeat(first.saturating_sub(columns(&shown))));
                for (cell, width) in cells.iter().zip(widths) {
                    let gap = (width + 2).saturating_sub(columns(cell));
                    shown.extend([&*" ".repeat(gap), cell]);
                }
            }
            writeln!(f, "{}", shown.trim_end_matches(' '))?;
            number += 1;
        }
    }
    Ok(())
}

fn text(line: &Line<'_>) -> String {
    line.iter()
        .enumerate()
        .map(|(at, inline)| match inline {
            Inline::Plain(text) => {
                let (start, words, end) = part_of_line(text, at, line.len());
                format!("{start}{words}{end}")
            }
            Inline::Strong(text) | Inline::Code(text) => clean(text),
            Inline::Quoted(Quoted { text, .. }) => isolated(text),
        })
        .collect()
}
