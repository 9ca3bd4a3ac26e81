//! The report as Markdown, in GitHub's dialect. Pictures are for the other forms.
//!
//! # What a text cannot bring in
//!
//! Markup is escaped with a backslash or an entity. That is not enough for what renderers make links of by
//! themselves: cmark-gfm, comrak and remark-gfm look for addresses in what is left when escapes are
//! resolved, so that `me\@x.example`, `me&#64;x.example` and, for remark, `https\://x.example` are links
//! all the same; a comment between the two halves is text where HTML is off; a word joiner holds, but is
//! another text than the one that was given. What holds, and leaves the text as it is, is a code span
//! around the characters without which there is no address: `@`, `//` with the colon before it, and the dot
//! of `www.`. No renderer looks for links across the edge of one.
//!
//! Tried with some forty texts in cmark-gfm, comrak and pulldown-cmark, markdown-it and markdown-it-py with
//! linkify, marked, micromark and remark with GFM, mistune and Python-Markdown: no link in any, and the text
//! comes out as it went in. That markdown-it-py takes `x.com` for an address is stopped by a backslash.

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
    let mut text = String::new();
    for (at, inline) in line.iter().enumerate() {
        let piece = match inline {
            Inline::Plain(text) => {
                let (start, words, end) = part_of_line(text, at, line.len());
                format!("{start}{}{end}", escaped(&words))
            }
            Inline::Strong(text) => format!("**{}**", escaped(text)),
            Inline::Code(text) if is_name(text) => format!("`{text}`"),
            Inline::Code(text) => escaped(text),
            Inline::Quoted(Quoted { text, .. }) => escaped(text),
        };
        if text.ends_with('`') && piece.starts_with('`') {
            text.push('\u{2060}'); // two code spans in touch would be one
        }
        text.push_str(&piece);
    }
    text
}

/// Whether that is no more than ids, versions and hashes are.
fn is_name(text: &str) -> bool {
    let of_a_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'+');
    text.split(' ').all(|name| !name.is_empty() && name.bytes().all(of_a_name))
}

/// `text` without any markup or link: what could begin some is escaped, wherever it stands.
fn escaped(text: &str) -> String {
    let text = isolated(text);
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.as_str();
    loop {
        let (address, after) = address(&text, rest);
        if !address.is_empty() {
            escaped.extend(["`", address, "`"]);
            rest = after;
            continue;
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return escaped };
        let after = chars.as_str();
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // Whatever stands before it: a sign or a mark can be part of an address.
            '.' if after.starts_with(char::is_alphabetic) => escaped.push_str("\\."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
        rest = after;
    }
}

/// What the rest of `text` begins with of that without which nothing is an address, and what follows.
fn address<'t>(text: &str, rest: &'t str) -> (&'t str, &'t str) {
    let mut after = rest;
    loop {
        let slashes = after.strip_prefix(':').unwrap_or(after);
        let next = if after.starts_with('@') {
            after.trim_start_matches('@')
        } else if slashes.starts_with("//") {
            slashes.trim_start_matches('/')
        } else if after.starts_with('.') && ends_with_www(up_to(text, after)) {
            after.trim_start_matches('.')
        } else {
            return (up_to(rest, after), after);
        };
        after = next;
    }
}

/// What stands in `text` before its end, `rest`.
fn up_to<'t>(text: &'t str, rest: &str) -> &'t str {
    text.len().checked_sub(rest.len()).and_then(|end| text.get(..end)).unwrap_or_default()
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
            ("https://x WWW.y me@z", "https`://`x WWW`.`y me`@`z"),
            ("mailto:a@@b.c xmpp:d@//e", "mailto:a`@@`b\\.c xmpp:d`@//`e"),
            ("//x a:b a/b /// :// @", "`//`x a:b a/b `///` `://` `@`"),
            ("`@` @`@", "\\``@`\\` `@`\\``@`"),
            (
                "x.com 1.5 e.g. 3.ä v. w.w.w. wwww..x ©.com ลิงก์.com .net",
                "x\\.com 1.5 e\\.g. 3\\.ä v. w\\.w\\.w. wwww`..`x ©\\.com ลิงก์\\.com \\.net",
            ),
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

    #[test]
    fn what_is_no_name_is_not_put_into_a_code_span() {
        let line = |pieces: Vec<Inline<'static>>| text(&pieces);
        for (id, expected) in [
            ("a_1-2.3+b", "`a_1-2.3+b`"),
            ("a`<img src=x>`", "a\\`&lt;img src=x&gt;\\`"),
            ("a 1.0", "`a 1.0`"),
            (" a", "a"), // a line begins with no blank
            ("a|b", "a\\|b"),
            ("\u{1b}[31m", "\u{fffd}\\[31m"),
        ] {
            assert_eq!(line(vec![Inline::Code(id.to_owned())]), expected);
        }
        let touching = vec![Inline::Code("a".to_owned()), Inline::Plain("@b".to_owned())];
        assert_eq!(line(touching), "`a`\u{2060}`@`b");
    }
}
