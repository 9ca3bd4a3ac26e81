//! The report as plain text, in lines of at most 80 columns. Pictures are for
//! the other forms.

use std::fmt::{self, Formatter};

use super::document::{Block, Content, Inline, Line, List, Quoted, Row, Table};
use super::escape::{clean, columns, isolated, part_of_line, wrapped};

const WIDTH: usize = 80;

pub(super) fn write(f: &mut Formatter<'_>, content: &Content<'_>) -> fmt::Result {
    let mut first = true;
    for block in &content.blocks {
        if matches!(block, Block::Picture(_)) {
            continue;
        }
        if !first {
            writeln!(f)?;
        }
        first = false;
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
            Block::Table(table) => write_table(f, table)?,
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

/// The first column takes what the others leave; its lines wrap.
fn write_table(f: &mut Formatter<'_>, table: &Table<'_>) -> fmt::Result {
    let widest = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        let names = table.head.get(column + 1);
        cells.chain(names).map(|cell| columns(&clean(cell))).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.head.len().saturating_sub(1)).map(widest).collect();
    let others: usize = widths.iter().map(|width| width + 2).sum();
    let about_of = |row: &Row<'_>| -> usize {
        row.about.iter().map(|line| columns(&text(line))).max().unwrap_or(0)
    };
    let name = table.head.first().map_or(0, |name| columns(&clean(name)));
    let needed = table.rows.iter().map(about_of).max().unwrap_or(0).max(name);
    // Foreign words may be of any length; then the lines are longer, and nothing is lost.
    let first = needed.min(WIDTH.saturating_sub(others).max(24));

    indented(f, "", "", &clean(&table.caption))?;
    writeln!(f)?;
    let head = table.head.iter().map(|name| clean(name)).collect::<Vec<_>>();
    let (about, cells) = head.split_first().map_or(("", [].as_slice()), |(a, c)| (a.as_str(), c));
    write_row(f, first, &widths, &[about.to_owned()], cells)?;
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    write_row(f, first, &widths, &["-".repeat(first)], &rule)?;
    let wide = table.rows.iter().any(|row| row.about.len() > 1);
    for row in &table.rows {
        if wide {
            writeln!(f)?;
        }
        let about: Vec<String> = row.about.iter().map(text).collect();
        let cells: Vec<String> = row.cells.iter().map(|cell| clean(cell)).collect();
        write_row(f, first, &widths, &about, &cells)?;
    }
    Ok(())
}

fn write_row(
    f: &mut Formatter<'_>,
    first: usize,
    widths: &[usize],
    about: &[String],
    cells: &[String],
) -> fmt::Result {
    let mut number = 0;
    for (at, line) in about.iter().enumerate() {
        let indent = if at == 0 { 0 } else { 2 };
        for piece in wrapped(line, first.saturating_sub(indent)) {
            write!(f, "{}{piece}", " ".repeat(indent))?;
            if number == 0 {
                let gap = first.saturating_sub(columns(&piece));
                write!(f, "{}", " ".repeat(gap))?;
                for (cell, width) in cells.iter().zip(widths) {
                    let gap = (width + 2).saturating_sub(columns(cell));
                    write!(f, "{}{cell}", " ".repeat(gap))?;
                }
            }
            writeln!(f)?;
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
