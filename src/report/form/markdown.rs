//! The report as Markdown, in GitHub's dialect. Pictures are for the other forms.

use std::fmt::{self, Formatter};

use super::without_pictures;
use crate::report::content::{Block, Content, Inline, Kind, Line, List, Quoted, Row, Table};
use crate::report::escape::{isolated, part_of_line};

pub(in crate::report) fn write(f: &mut Formatter<'_>, content: &Content<'_>) -> fmt::Result {
    for (number, block) in without_pictures(content) {
        if number > 0 {
            writeln!(f)?;
        }
        match block {
            Block::Heading(level, line) => {
                writeln!(f, "{} {}", "#".repeat(usize::from(*level)), text(line))?;
            }
            Block::Lead(line) => writeln!(f, "**{}**", text(line))?,
            Block::Paragraph(line) => writeln!(f, "{}", at_start(&text(line)))?,
            Block::List(list) => write_list(f, list)?,
            Block::Table(table) => write_table(f, table)?,
            Block::Picture(_) => {}
            Block::Facts(facts) => {
                for (name, line) in facts {
                    writeln!(f, "- **{}:** {}", escaped(name), text(line))?;
                }
            }
        }
    }
    Ok(())
}

fn write_list(f: &mut Formatter<'_>, list: &List<'_>) -> fmt::Result {
    for (number, item) in (1..).zip(&list.items) {
        let mark = if list.ordered { format!("{number}. ") } else { "- ".to_owned() };
        let indent = " ".repeat(mark.len());
        for (at, line) in item.iter().enumerate() {
            let line = text(line);
            // A backslash at the end of a line breaks it.
            let more = if at + 1 < item.len() { "\\" } else { "" };
            match at {
                0 if item.len() > 1 => writeln!(f, "{mark}**{line}**{more}")?,
                0 => writeln!(f, "{mark}{}{more}", at_start(&line))?,
                _ => writeln!(f, "{indent}{}{more}", at_start(&line))?,
            }
        }
    }
    Ok(())
}

fn write_table(f: &mut Formatter<'_>, table: &Table<'_>) -> fmt::Result {
    writeln!(f, "**{}**\n", escaped(&table.caption))?;
    for name in &table.head {
        write!(f, "| {} ", escaped(name))?;
    }
    write!(f, "|\n|---")?;
    for _ in table.head.iter().skip(1) {
        write!(f, "|--:")?;
    }
    writeln!(f, "|")?;
    for Row { kind, about, cells } in &table.rows {
        let stress = if *kind == Kind::Sum { "**" } else { "" };
        write!(f, "| {stress}")?;
        for (at, line) in about.iter().enumerate() {
            // A line break in a table is the one piece of HTML that Markdown needs.
            write!(f, "{}{}", if at == 0 { "" } else { "<br/>" }, text(line))?;
        }
        write!(f, "{stress}")?;
        for cell in cells {
            let stress = if cell.is_empty() { "" } else { stress };
            write!(f, " | {stress}{}{stress}", escaped(cell))?;
        }
        writeln!(f, " |")?;
    }
    Ok(())
}

fn text(line: &Line<'_>) -> String {
    line.iter()
        .enumerate()
        .map(|(at, inline)| match inline {
            Inline::Plain(text) => {
                let (start, words, end) = part_of_line(text, at, line.len());
                format!("{start}{}{end}", escaped(&words))
            }
            Inline::Strong(text) => format!("**{}**", escaped(text)),
            // An id, a version or a hash: none of them holds a backtick.
            Inline::Code(text) => format!("`{text}`"),
            Inline::Quoted(Quoted { text, .. }) => escaped(text),
        })
        .collect()
}

/// `text` without any markup: what could begin some is escaped, wherever it stands.
fn escaped(text: &str) -> String {
    let text = isolated(text);
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Addresses become links by themselves: `https://`, `www.`, and `me@example.com`.
            ':' if rest.as_str().starts_with('/') => escaped.push_str("\\:"),
            '.' if ends_with_www(&escaped) => escaped.push_str("\\."),
            '@' => escaped.push_str("&#64;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn ends_with_www(text: &str) -> bool {
    let mut last = text.chars().rev();
    (0..3).all(|_| last.next().is_some_and(|c| c.eq_ignore_ascii_case(&'w')))
}

/// `text`, already escaped, made fit to begin a line: no list, heading or rule.
fn at_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if text.starts_with(['-', '+', '=']) || (digits > 0 && rest.starts_with(['.', ')'])) {
        format!("{number}\\{rest}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_brings_no_markup_with_it() {
        for (text, expected) in [
            ("a | b", "a \\| b"),
            ("<b onclick='x'>&amp;", "&lt;b onclick='x'&gt;&amp;amp;"),
            ("[x](javascript:y) ![z]", "\\[x\\](javascript:y) !\\[z\\]"),
            (
                "*a* _b_ `c` ~~d~~ #e $f$ \\g",
                "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\#e \\$f\\$ \\\\g",
            ),
            ("https://x WWW.y me@z", "https\\://x WWW\\.y me&#64;z"),
            ("line\nbreak", "line break"),
        ] {
            assert_eq!(escaped(text), expected);
        }
        for (text, expected) in
            [("- a", "\\- a"), ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("1 a", "1 a"), ("", "")]
        {
            assert_eq!(at_start(text), expected);
        }
    }
}
