//! The report as LaTeX to be taken into a paper: no preamble, tables with the rules of booktabs.
//! Pictures are for the other forms.

use std::fmt::{self, Formatter};

use super::without_pictures;
use crate::report::content::{Block, Content, Inline, Kind, Line, List, Quoted, Row, Table};
use crate::report::escape::{clean, part_of_line};

pub(in crate::report) fn write(f: &mut Formatter<'_>, content: &Content<'_>) -> fmt::Result {
    for (number, block) in without_pictures(content) {
        if number > 0 {
            writeln!(f)?;
        }
        match block {
            Block::Heading(level, line) => {
                let command = ["section", "subsection", "subsubsection"];
                let command = command.get(usize::from(level - 1)).unwrap_or(&"paragraph");
                writeln!(f, "\\{command}*{{{}}}", text(line))?;
            }
            Block::Lead(line) => writeln!(f, "\\textbf{{{}}}", text(line))?,
            Block::Paragraph(line) => writeln!(f, "{}", text(line))?,
            Block::List(list) => write_list(f, list)?,
            Block::Table(table) => write_table(f, table)?,
            Block::Picture(_) => {}
            Block::Facts(facts) => {
                for (at, (name, line)) in facts.iter().enumerate() {
                    let start = if at == 0 { "" } else { "\\\\\n" };
                    write!(f, "{start}{}: {}", escaped(name), text(line))?;
                }
                writeln!(f)?;
            }
        }
    }
    Ok(())
}

fn write_list(f: &mut Formatter<'_>, list: &List<'_>) -> fmt::Result {
    let kind = if list.ordered { "enumerate" } else { "itemize" };
    writeln!(f, "\\begin{{{kind}}}")?;
    for item in &list.items {
        for (at, line) in item.iter().enumerate() {
            let line = text(line);
            match at {
                0 if item.len() > 1 => write!(f, "\\item {{\\bfseries {line}}}")?,
                // Braces, as an item may begin with a bracket.
                0 => write!(f, "\\item {{{line}}}")?,
                _ => write!(f, "\\\\\n  {{{line}}}")?,
            }
        }
        writeln!(f)?;
    }
    writeln!(f, "\\end{{{kind}}}")
}

fn write_table(f: &mut Formatter<'_>, table: &Table<'_>) -> fmt::Result {
    /// More rows of the usual size do not fit on a page.
    const MANY: usize = 40;
    let figures = table.head.len().saturating_sub(1);
    writeln!(f, "\\begin{{table}}\n\\centering\n\\caption{{{}}}", escaped(&table.unnumbered))?;
    if table.rows.len() > MANY {
        writeln!(f, "\\footnotesize")?;
    }
    writeln!(f, "\\begin{{tabular}}{{l{}}}\n\\toprule", "r".repeat(figures))?;
    let head: Vec<String> = table.head.iter().map(|name| cell(&escaped(name))).collect();
    writeln!(f, "{} \\\\\n\\midrule", head.join(" & "))?;
    for Row { kind, about, cells } in &table.rows {
        let lines: Vec<String> = about.iter().map(text).collect();
        let about = match lines.as_slice() {
            [line] => line.clone(),
            lines => format!("\\shortstack[l]{{{}}}", lines.join(" \\\\ ")),
        };
        let about = match kind {
            Kind::Single => cell(&about),
            Kind::Sum => format!("\\textbf{{{about}}}"),
            Kind::Part => format!("\\quad {{{about}}}"),
        };
        write!(f, "{about}")?;
        for figure in cells {
            write!(f, " & {}", escaped(figure))?;
        }
        writeln!(f, " \\\\")?;
    }
    writeln!(f, "\\bottomrule\n\\end{{tabular}}\n\\end{{table}}")
}

/// A first cell: after the end of a line, a bracket or a star would belong to that.
fn cell(text: &str) -> String {
    if text.starts_with(['[', '*']) { format!("{{}}{text}") } else { text.to_owned() }
}

fn text(line: &Line<'_>) -> String {
    let mut text = String::new();
    for (at, inline) in line.iter().enumerate() {
        match inline {
            Inline::Plain(words) => {
                let (start, words, end) = part_of_line(words, at, line.len());
                text.extend([start, &escaped(&words), end]);
            }
            Inline::Strong(words) => text.extend(["\\textbf{", &escaped(words), "}"]),
            // A long hash may break anywhere.
            Inline::Code(code) => text.extend(["\\texttt{", &breakable(code), "}"]),
            Inline::Quoted(Quoted { text: quoted, .. }) => text.push_str(&escaped(quoted)),
        }
    }
    text
}

/// A code of which a line has no room for all may go on in the next.
fn breakable(code: &str) -> String {
    const EVERY: usize = 16;
    let code: Vec<char> = clean(code).chars().collect();
    let pieces = code.chunks(EVERY).map(|piece| escaped(&piece.iter().collect::<String>()));
    pieces.collect::<Vec<_>>().join("\\allowbreak{}")
}

/// `text` without any command. Every engine knows what is put in place of ASCII; what scripts an
/// engine knows besides is its own matter.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut last = None;
    for c in clean(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '<' => escaped.push_str("\\textless{}"),
            '>' => escaped.push_str("\\textgreater{}"),
            '|' => escaped.push_str("\\textbar{}"),
            // The sign itself is a command where babel sets German.
            '"' => escaped.push_str("\\char34{}"),
            '`' => escaped.push_str("\\textasciigrave{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => escaped.extend(['\\', c]),
            '\u{a0}' => escaped.push('~'),
            '\u{202f}' => escaped.push_str("\\,"),
            '\u{2212}' => escaped.push_str("$-$"),
            // Two of them, or one after those, would be set as one sign.
            '-' | '\'' | ',' if last == Some(c) => escaped.extend(['{', '}', c]),
            c => escaped.push(c),
        }
        last = Some(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::content::plain;

    #[test]
    fn a_text_brings_no_command_with_it() {
        for (text, expected) in [
            ("\\input{x}", "\\textbackslash{}input\\{x\\}"),
            ("50 % of $5 & more #1 a_b", "50 \\% of \\$5 \\& more \\#1 a\\_b"),
            (
                "x^2 ~ <y> | \"z\" `w`",
                "x\\textasciicircum{}2 \\textasciitilde{} \\textless{}y\\textgreater{} \\textbar{} \\char34{}z\\char34{} \\textasciigrave{}w\\textasciigrave{}",
            ),
            ("a -- b --- ''c'',,", "a -{}- b -{}-{}- '{}'c'{}',{},"),
            ("12,5\u{202f}%\u{a0}x \u{2212}3", "12,5\\,\\%~x $-$3"),
            ("line\n\nbreak", "line break"),
            ("Grüße", "Grüße"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn no_cell_is_taken_for_the_argument_of_what_stands_before_it() {
        let row = |about: &str| Row {
            kind: Kind::Single,
            about: vec![plain(about)],
            cells: vec!["1".to_owned()],
        };
        let table = Table {
            caption: "1. 100 %".to_owned(),
            unnumbered: "100 %".to_owned(),
            head: vec!["*".to_owned(), "[n]".to_owned()],
            rows: vec![
                row("[2pt]"),
                row("*"),
                Row { kind: Kind::Sum, ..row("sum") },
                Row { kind: Kind::Part, ..row("[x]") },
            ],
        };
        let shown = Shown(&table).to_string();
        assert_eq!(
            shown,
            "\\begin{table}\n\\centering\n\\caption{100 \\%}\n\\begin{tabular}{lr}\n\\toprule\n{}* & {}[n] \\\\\n\\midrule\n\
             {}[2pt] & 1 \\\\\n{}* & 1 \\\\\n\\textbf{sum} & 1 \\\\\n\\quad {[x]} & 1 \\\\\n\\bottomrule\n\
             \\end{tabular}\n\\end{table}\n"
        );
    }

    struct Shown<'a>(&'a Table<'a>);

    impl fmt::Display for Shown<'_> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            write_table(f, self.0)
        }
    }
}
