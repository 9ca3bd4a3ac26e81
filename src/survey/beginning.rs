//! What the first bytes of a file are: text, its delimiter, the rows of its header.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr_iter;

use super::decoder::{NOT_UTF8, trimmed};
use super::finding::{Findings, Gravity, Kind};
use super::names::{Named, Names};
use super::options::Options;
use super::pieces::Pieces;
use super::quotes::Quotes;
use super::rows::{Broken, Cursor, Row, Rows, Text};
use super::signature::other_than_text;
use super::tool::{Below, Tool};
use crate::questionnaire::Questionnaire;
use crate::text::cased;

/// The delimiters that a file may have, the usual one first.
const DELIMITERS: [(u8, &str); 4] = [(b',', "','"), (b';', "';'"), (b'\t', "tab"), (b'|', "'|'")];

/// The text of these bytes, on its way.
pub(super) fn decoded(
    bytes: &[u8],
    ended: bool,
    encoding: Option<&str>,
    findings: &mut Findings,
) -> Option<Pieces> {
    let mut stop = |kind, line, message: String| {
        findings.file(Gravity::Error, kind, line, message);
        None
    };
    if bytes.is_empty() {
        return stop(Kind::NoHeader, 0, "the file is empty".to_owned());
    }
    if let Some(what) = other_than_text(bytes) {
        return stop(Kind::NotText, 0, format!("this is {what}"));
    }
    let named = match encoding.map(|name| (name, Encoding::for_label(name.as_bytes()))) {
        Some((name, None)) => {
            let message = format!(
                "there is no encoding `{name}`; usual ones are utf-8, windows-1252, iso-8859-1, utf-16le"
            );
            return stop(Kind::NotUtf8, 0, message);
        }
        named => named.and_then(|(_, encoding)| encoding),
    };
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or(named).unwrap_or(UTF_8);
    if marked.is_none() && named.is_none() && bytes.iter().take(1 << 12).any(|byte| *byte == 0) {
        let what = "there are zero bytes in this file: it is no text, or UTF-16, which --encoding utf-16le reads";
        return stop(Kind::NotUtf8, 0, what.to_owned());
    }
    if encoding == UTF_8 {
        if let Err(error) = std::str::from_utf8(bytes) {
            if ended || error.error_len().is_some() {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = memchr_iter(b'\n', before).count() + 1;
                let message = format!("{NOT_UTF8}, which is what Excel writes in western Europe");
                return stop(Kind::NotUtf8, u64::try_from(line).unwrap_or(u64::MAX), message);
            }
        }
    }
    let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
    let bytes = if decoder.is_none() {
        bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
    } else {
        bytes
    };
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let message = "this is UTF-16 text, and read as such".to_owned();
        findings.file(Gravity::Note, Kind::Recognised, 0, message);
    }
    let mut pieces = Pieces::new(decoder);
    if !bytes.is_empty() {
        pieces.push(bytes);
    }
    if ended {
        pieces.push(&[]);
    }
    Some(pieces)
}

/// The delimiter that a first line `sep=;` states, and the length of the line.
pub(super) fn separator_line(start: &[u8]) -> Option<(u8, usize)> {
    let end = start.iter().take(16).position(|byte| b"\r\n".contains(byte))?;
    let line = start.get(..end)?;
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (b"sep=" | b"SEP=" | b"Sep=", &[byte]) = line.split_at_checked(4)? else { return None };
    let behind = start.get(end..end + 2) == Some(b"\r\n");
    Some((byte, end + 1 + usize::from(behind)))
}

/// The first rows, and where the others begin.
pub(super) fn header_of(
    start: &[u8],
    delimiter: u8,
    header_rows: usize,
    findings: &mut Findings,
) -> Option<(Vec<Vec<String>>, Cursor)> {
    let (mut rows, mut cursor) = (Rows::new(delimiter), Cursor::START);
    let text = Text { bytes: start, quotes: &Quotes::of(start) };
    let mut header = Vec::new();
    for _ in 0..header_rows {
        let Some(found) = rows.next(text, &mut cursor) else { break };
        if let Row::Broken(broken) = found.row {
            let message = match broken {
                Broken::TooLong => "the header is longer than 1 MB",
                Broken::Unclosed => "a quote in the header is never closed",
            };
            findings.file(Gravity::Error, Kind::NoHeader, found.line, message.to_owned());
            return None;
        }
        let text = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
        header.push(found.row.cells(delimiter).map(text).collect());
    }
    if header.is_empty() {
        findings.file(
            Gravity::Error,
            Kind::NoHeader,
            0,
            "the file is empty: it has no rows".to_owned(),
        );
        return None;
    }
    Some((header, cursor))
}

/// Whether the rows below the first are of the header, too, as the tool writes it: people delete them.
pub(super) fn has_all_rows(tool: &Tool, rows: &[Vec<String>]) -> bool {
    let Some((first, below)) = rows.split_first() else { return false };
    match tool.below {
        Below::Nothing => true,
        Below::Last(begins) => {
            let is_whole = rows.len() == tool.header_rows;
            is_whole
                && below.last().is_some_and(|row| row.iter().any(|cell| cell.starts_with(begins)))
        }
        Below::BlankOr(texts) => {
            let own = tool.own();
            let is_own = |name: &str| own.iter().any(|own| own.fits(name));
            let mut cells = below.iter().flat_map(|row| first.iter().zip(row));
            let is_text = |cell: &str| texts.contains(&cased(cell).as_str());
            below.iter().flatten().any(|cell| is_text(cell))
                || cells.all(|(name, cell)| cell.is_empty() || !is_own(&cased(name)))
        }
    }
}

pub(super) fn rows_are_missing(tool: &Tool) -> String {
    let what = match tool.below {
        Below::Last(begins) => format!(", the last of them with cells `{begins}..`"),
        Below::BlankOr(_) | Below::Nothing => String::new(),
    };
    format!(
        "{} writes {} rows of header{what}, and this file begins otherwise: --header-rows says how many there \
         are, --export if another tool wrote it",
        tool.name, tool.header_rows
    )
}

/// That a row read as part of the header holds answers: an error where the tool says how many rows there are.
pub(super) fn holds_answers(row: &[String], gravity: Gravity, tool: &Tool) -> String {
    let cells = row.iter().filter(|cell| !cell.is_empty()).take(4);
    let shown: Vec<String> = cells.map(|cell| format!("`{cell}`")).collect();
    let remedy = match gravity {
        Gravity::Error => rows_are_missing(tool),
        _ => "is it a respondent? --header-rows says how many rows the header has".to_owned(),
    };
    format!(
        "a row that is read as part of the header holds answers, {}: {remedy}",
        shown.join(", ")
    )
}

/// The delimiter with which most columns of the header are known; the one that occurs most, if with none
/// any is.
pub(super) fn delimiter(
    start: &[u8],
    header_rows: usize,
    names: &mut Names<'_>,
    options: &Options,
    findings: &mut Findings,
) -> u8 {
    let first = start.split(|byte| b"\r\n".contains(byte)).find(|line| !line.is_empty());
    let times = |delimiter: u8| first.map_or(0, |line| memchr_iter(delimiter, line).count());
    let mut best = (DELIMITERS[0], 0);
    for of in DELIMITERS {
        if times(of.0) > times(best.0.0) {
            best = (of, 0);
        }
    }
    for of in DELIMITERS {
        if of.0 != b',' && times(of.0) == 0 {
            continue;
        }
        let header = header_of(start, of.0, header_rows, &mut Findings::default());
        let columns = |rows: &[Vec<String>]| rows.iter().map(Vec::len).max().unwrap_or(0);
        let known = header.map_or(0, |(rows, _)| {
            let mut is_known = |column: &usize| {
                rows.iter().filter_map(|row| row.get(*column)).any(|name| {
                    options.codes.has_column(&cased(name))
                        || !matches!(names.named(name, |at| options.codes.of(at)), Named::Nothing)
                })
            };
            (0..columns(&rows)).filter(&mut is_known).count()
        });
        if known > best.1 {
            best = (of, known);
        }
    }
    let ((byte, name), _) = best;
    if byte != b',' && options.export.is_none() {
        let message =
            format!("the header is separated by {name}, and read so (--delimiter {name})");
        findings.file(Gravity::Note, Kind::Recognised, 1, message);
    }
    byte
}

/// Why no column is known.
pub(super) fn nothing_known(
    questionnaire: &Questionnaire,
    rows: &[Vec<String>],
    delimiter: u8,
    header_rows: usize,
) -> String {
    let one = rows.first().and_then(|row| match row.as_slice() {
        [one] => Some(one),
        _ => None,
    });
    let within = one.and_then(|one| {
        let count = |byte: u8| one.bytes().filter(|found| *found == byte).count();
        DELIMITERS
            .iter()
            .map(|(byte, name)| (count(*byte), name))
            .max()
            .filter(|(count, _)| *count > 1)
    });
    if let (Some((count, name)), true) = (within, delimiter != b'\t') {
        return format!(
            "the header is one cell with {count} times {name}: is it the delimiter? --delimiter {name}"
        );
    }
    let shown: Vec<String> =
        rows.iter().flatten().take(8).map(|name| format!("`{name}`")).collect();
    let above = if header_rows == 1 {
        "; if titles stand in a later row, --header-rows says in which"
    } else {
        ""
    };
    format!(
        "no column is a question of `{}`: the header must have ids or titles of questions, or --codes must \
         say which column is which (--draft-codes prints a file to fill in); it begins with {}{above}",
        questionnaire.id(),
        shown.join(", ")
    )
}

/// Which of those columns hold something in the rows that are there.
pub(super) fn filled(start: &[u8], delimiter: u8, columns: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut filled = BTreeSet::new();
    if columns.is_empty() {
        return filled;
    }
    let (mut rows, mut cursor) = (Rows::new(delimiter), Cursor::START);
    let text = Text { bytes: start, quotes: &Quotes::of(start) };
    while let Some(found) = rows.next(text, &mut cursor) {
        for (column, cell) in found.row.cells(delimiter).enumerate() {
            if !trimmed(cell).is_empty() && columns.contains(&column) {
                filled.insert(column);
            }
        }
    }
    filled
}
