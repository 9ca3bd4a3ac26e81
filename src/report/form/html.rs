//! The report as one HTML page, or as a part of another. Its syntax is that of XML as well, so that
//! any parser reads it.

use std::fmt::{self, Formatter};

use crate::report::content::{
    Block, Content, Inline, Kind, Line, List, Picture, Quoted, Row, Table,
};
use crate::report::escape::{Escaped, clean, part_of_line};
use crate::report::{PAGE_STYLE_HASH, STYLE, picture::Coloured};

/// What only a page of its own needs.
const PAGE_STYLE: &str = include_str!("page.css");

pub(in crate::report) fn write(
    f: &mut Formatter<'_>,
    content: &Content<'_>,
    prefix: &str,
) -> fmt::Result {
    let Speech { language, direction } = Speech::of(content);
    writeln!(f, "<!DOCTYPE html>")?;
    writeln!(f, r#"<html lang="{}" dir="{direction}">"#, Escaped(&language))?;
    writeln!(f, "<head>\n<meta charset=\"utf-8\"/>")?;
    // Nothing but the page itself is ever loaded or run, whatever stands in its texts.
    writeln!(
        f,
        r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{PAGE_STYLE_HASH}'"/>"#,
    )?;
    writeln!(f, r#"<meta name="viewport" content="width=device-width, initial-scale=1"/>"#)?;
    writeln!(f, r#"<meta name="color-scheme" content="light dark"/>"#)?;
    writeln!(f, "<title>{}</title>", Escaped(&clean(&content.title)))?;
    writeln!(f, "<style>\n{STYLE}{PAGE_STYLE}</style>\n</head>\n<body>")?;
    writeln!(f, r#"<main class="maturity">"#)?;
    Part { prefix, coloured: Coloured::ByStyle }.write(f, content)?;
    writeln!(f, "</main>\n</body>\n</html>")
}

/// What stands within the page, for a page that has a head already.
pub(in crate::report) fn write_body(
    f: &mut Formatter<'_>,
    content: &Content<'_>,
    prefix: &str,
) -> fmt::Result {
    let Speech { language, direction } = Speech::of(content);
    let language = Escaped(&language);
    writeln!(f, r#"<article class="maturity" lang="{language}" dir="{direction}">"#)?;
    Part { prefix, coloured: Coloured::ByItself }.write(f, content)?;
    writeln!(f, "</article>")
}

/// The language of the words, and which way it is written.
struct Speech {
    language: String,
    direction: &'static str,
}

impl Speech {
    fn of(content: &Content<'_>) -> Self {
        let words = content.words;
        let direction = if words.is_right_to_left() { "rtl" } else { "ltr" };
        Self { language: clean(&words.language), direction }
    }
}

/// How the blocks are written.
#[derive(Clone, Copy)]
struct Part<'p> {
    /// What stands before every id.
    prefix: &'p str,
    coloured: Coloured,
}

impl Part<'_> {
    fn write(self, f: &mut Formatter<'_>, content: &Content<'_>) -> fmt::Result {
        let prefix = Escaped(self.prefix);
        let mut sections = 0;
        for block in &content.blocks {
            if let Block::Heading(2, line) = block {
                if sections > 0 {
                    writeln!(f, "</section>")?;
                }
                sections += 1;
                let id = format!("{prefix}part-{sections}");
                writeln!(f, r#"<section aria-labelledby="{id}">"#)?;
                writeln!(f, r#"<h2 id="{id}">{}</h2>"#, Shown(line))?;
            } else {
                self.write_block(f, block)?;
            }
        }
        if sections > 0 {
            writeln!(f, "</section>")?;
        }
        Ok(())
    }

    fn write_block(self, f: &mut Formatter<'_>, block: &Block<'_>) -> fmt::Result {
        match block {
            Block::Heading(level, line) => writeln!(f, "<h{level}>{}</h{level}>", Shown(line)),
            Block::Lead(line) => writeln!(f, r#"<p class="lead">{}</p>"#, Shown(line)),
            Block::Paragraph(line) => writeln!(f, "<p>{}</p>", Shown(line)),
            Block::List(list) => write_list(f, list),
            Block::Table(table) => write_table(f, table),
            Block::Picture(Picture { drawing, aside }) => {
                let class = if *aside { r#" class="bars""# } else { "" };
                writeln!(f, "<figure{class}>")?;
                drawing.write_inline(f, self.prefix, self.coloured)?;
                writeln!(f, "</figure>")
            }
            Block::Facts(facts) => {
                writeln!(f, "<dl>")?;
                for (name, line) in facts {
                    writeln!(f, "<dt>{}</dt>", Escaped(&clean(name)))?;
                    writeln!(f, "<dd>{}</dd>", Shown(line))?;
                }
                writeln!(f, "</dl>")
            }
        }
    }
}

fn write_list(f: &mut Formatter<'_>, list: &List<'_>) -> fmt::Result {
    let tag = if list.ordered { "ol" } else { "ul" };
    writeln!(f, "<{tag}>")?;
    for item in &list.items {
        write!(f, "<li>")?;
        lines(f, item.len() > 1, item)?;
        writeln!(f, "</li>")?;
    }
    writeln!(f, "</{tag}>")
}

/// Lines below each other; the first may be the name of what follows.
fn lines(f: &mut Formatter<'_>, named: bool, lines: &[Line<'_>]) -> fmt::Result {
    for (at, line) in lines.iter().enumerate() {
        let class = if at == 0 && named { r#" class="name""# } else { "" };
        write!(f, "<div{class}>{}</div>", Shown(line))?;
    }
    Ok(())
}

fn write_table(f: &mut Formatter<'_>, table: &Table<'_>) -> fmt::Result {
    let caption = clean(&table.caption);
    // On paper a short table stays on one page.
    let details = table.rows.iter().any(|row| row.about.len() > 1);
    let short = if table.rows.len() <= 6 && !details { r#" class="short""# } else { "" };
    // Wider than a phone it can be scrolled, by keyboard as well.
    let name = Escaped(&caption);
    writeln!(
        f,
        r#"<div class="scroll" role="region" aria-label="{name}" tabindex="0"><table{short}>"#
    )?;
    writeln!(f, "<caption>{name}</caption>\n<thead><tr>")?;
    for name in &table.head {
        writeln!(f, r#"<th scope="col">{}</th>"#, Escaped(&clean(name)))?;
    }
    writeln!(f, "</tr></thead>\n<tbody>")?;
    for Row { kind, about, cells } in &table.rows {
        let (name, details) = about.split_first().map_or((&[][..], &[][..]), |(n, d)| (&**n, d));
        let class = match (kind, details.is_empty()) {
            (Kind::Sum, _) => r#" class="sums""#,
            (Kind::Part, true) => r#" class="part""#,
            (Kind::Single, true) => "",
            (Kind::Single | Kind::Part, false) => r#" class="more""#,
        };
        write!(f, r#"<tr{class}><th scope="row">{}</th>"#, Shown(name))?;
        for cell in cells {
            write!(f, "<td>{}</td>", Escaped(&clean(cell)))?;
        }
        writeln!(f, "</tr>")?;
        if !details.is_empty() {
            // A row of their own: beside the figures they would be columns of single words on a
            // phone.
            let columns = table.head.len();
            write!(f, r#"<tr><td class="details" colspan="{columns}">"#)?;
            lines(f, false, details)?;
            writeln!(f, "</td></tr>")?;
        }
    }
    writeln!(f, "</tbody>\n</table></div>")
}

/// Displays a line.
struct Shown<'l, 'r>(&'l [Inline<'r>]);

impl fmt::Display for Shown<'_, '_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, inline) in self.0.iter().enumerate() {
            match inline {
                // Its spaces at the ends are what keeps it from its neighbours.
                Inline::Plain(text) => {
                    let (start, words, end) = part_of_line(text, at, self.0.len());
                    write!(f, "{start}{}{end}", Escaped(&words))?;
                }
                Inline::Strong(text) => write!(f, "<strong>{}</strong>", Escaped(&clean(text)))?,
                Inline::Code(text) => write!(f, "<code>{}</code>", Escaped(&clean(text)))?,
                Inline::Quoted(Quoted { text, language }) => {
                    // It may be of any script: its direction is its own, and ends with it.
                    write!(f, r#"<bdi dir="auto""#)?;
                    if let Some(language) = language {
                        write!(f, r#" lang="{}""#, Escaped(&clean(language)))?;
                    }
                    write!(f, ">{}</bdi>", Escaped(&clean(text)))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{PAGE_STYLE, PAGE_STYLE_HASH, STYLE};
    use crate::questionnaire::Questionnaire;

    /// Base 64 of RFC 4648, section 4, of as many bytes as a hash has.
    fn base64(bytes: [u8; 32]) -> String {
        let digits = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']);
        let digits: Vec<char> = digits.collect();
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let byte = |at: usize| three.get(at).copied().map_or(0, usize::from);
            let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
            text.extend([18, 12, 6, 0].map(|shift| digits[(bits >> shift) % 64]));
        }
        text.truncate(43); // 32 bytes are 43 digits less two bits
        text + "="
    }

    #[test]
    fn the_hash_is_of_the_only_style_of_a_page() {
        assert_eq!(
            base64(hmac_sha256::Hash::hash(b"abc")),
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" // FIPS 180-2, B.1
        );
        let page = Questionnaire::dcx_pulse().sheet().assess().report().html().to_string();
        let (_, rest) = page.split_once("<style>").unwrap();
        let (style, rest) = rest.split_once("</style>").unwrap();
        assert_eq!(style, format!("\n{STYLE}{PAGE_STYLE}"));
        assert!(!rest.contains("<style") && !page.contains(" style="));
        let hash = format!("sha256-{}", base64(hmac_sha256::Hash::hash(style.as_bytes())));
        assert_eq!(PAGE_STYLE_HASH, hash, "what it should be stands on the right");
        let policy = format!("content=\"default-src 'none'; style-src '{hash}'\"/>");
        assert!(page.contains(&policy));
    }
}
