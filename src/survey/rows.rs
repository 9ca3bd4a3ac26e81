//! The rows of a piece.
//!
//! A row without a quote is what stands between two line ends; nothing has to be copied, and its cells
//! are what stands between delimiters. Nor is anything copied of a row of which every quote begins or ends
//! a cell, as nearly all do: `csv-core`, the parser of the `csv` crate, was a third of the time that a file
//! of texts took. It reads any other row with a quote. Blank lines are no rows.

use csv_core::{ReadRecordResult, ReaderBuilder};
use memchr::{memchr, memchr2_iter, memchr3};

use super::quotes::Quotes;

/// The longest row that is read, and the most cells of one.
const LONGEST: usize = 1 << 20;

/// A row that takes more lines than this is odd: a quote is likely to be missing.
const MANY_LINES: u64 = 100;

/// One row.
pub(super) enum Row<'r> {
    /// Without quotes: its cells are what stands between delimiters.
    Plain(&'r [u8]),
    /// With quotes, which are taken off already.
    Quoted(Cells<'r>),
    /// Not to be read.
    Broken(Broken),
}

/// The cells of a row that had quotes.
#[derive(Clone, Copy)]
pub(super) struct Cells<'r> {
    text: &'r [u8],
    /// Where each begins and ends.
    places: &'r [(usize, usize)],
}

/// Why a row cannot be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is longer than is kept.
    TooLong,
    /// A quote is open at the end of the file.
    Unclosed,
}

/// A row and where it stands.
pub(super) struct Found<'r> {
    /// The line on which it begins, from 1, counted from where the piece begins.
    pub(super) line: u64,
    /// The line on which it ends.
    pub(super) last: u64,
    pub(super) row: Row<'r>,
}

/// Bytes of whole rows, and where their quotes are.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) quotes: &'t Quotes,
}

/// Reads rows. Serves any number of pieces.
pub(super) struct Rows {
    delimiter: u8,
    parser: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    places: Vec<(usize, usize)>,
}

/// How far a piece is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub(super) at: usize,
    /// The lines before.
    pub(super) lines: u64,
    /// The place of the first quote and of the first carriage return from there on, or beyond.
    quote: usize,
    carriage: usize,
    /// Whether the last line ended with a carriage return, so that a line feed belongs to it.
    after_carriage: bool,
}

impl Cursor {
    pub(super) const START: Self =
        Self { at: 0, lines: 0, quote: 0, carriage: 0, after_carriage: false };

    /// The place of the next quote or carriage return, or the end.
    #[inline]
    fn limit(&mut self, text: Text<'_>) -> usize {
        if self.quote <= self.at {
            self.quote = text.quotes.from(self.at).next().unwrap_or(usize::MAX);
        }
        if self.carriage <= self.at {
            let ahead = text.bytes.get(self.at..).unwrap_or_default();
            self.carriage = memchr(b'\r', ahead).map_or(usize::MAX, |length| self.at + length);
        }
        self.quote.min(self.carriage).min(text.bytes.len())
    }

    /// The lines ahead that hold no quote, and end with a line feed alone.
    #[inline]
    pub(super) fn plain<'t>(&mut self, text: Text<'t>) -> &'t [u8] {
        if self.after_carriage {
            return &[];
        }
        let limit = self.limit(text);
        text.bytes.get(self.at..limit).unwrap_or_default()
    }

    /// So many bytes and lines are read.
    pub(super) fn pass(&mut self, bytes: usize, lines: u64) {
        self.at += bytes;
        self.lines += lines;
    }
}

impl Rows {
    pub(super) fn new(delimiter: u8) -> Self {
        let mut parser = ReaderBuilder::new().delimiter(delimiter).build();
        // A blank line, so that the parser looks for no byte-order mark of its own in a later row.
        let _ = parser.read_record(b"\n", &mut [], &mut []);
        Self {
            delimiter,
            parser,
            text: vec![0; 1 << 12],
            ends: vec![0; 1 << 7],
            places: Vec::new(),
        }
    }

    /// The next row of these bytes; `None` at their end.
    #[inline]
    pub(super) fn next<'r>(&'r mut self, text: Text<'r>, on: &mut Cursor) -> Option<Found<'r>> {
        let bytes = text.bytes;
        loop {
            if on.after_carriage && bytes.get(on.at) == Some(&b'\n') {
                on.at += 1;
            }
            on.after_carriage = false;
            let limit = on.limit(text);
            let ahead = bytes.get(on.at..limit).unwrap_or_default();
            let stop = memchr(b'\n', ahead).map_or(limit, |length| on.at + length);
            if stop == on.quote {
                return Some(self.quoted(text, on));
            }
            if on.at >= bytes.len() {
                return None;
            }
            let (from, line) = (on.at, on.lines + 1);
            on.after_carriage = stop == on.carriage;
            on.lines += 1;
            on.at = stop + 1;
            if from < stop {
                let text = bytes.get(from..stop).unwrap_or_default();
                let row = if text.len() > LONGEST {
                    Row::Broken(Broken::TooLong)
                } else {
                    Row::Plain(text)
                };
                return Some(Found { line, last: line, row });
            }
        }
    }

    /// The next row, which has a quote.
    fn quoted<'r>(&'r mut self, text: Text<'r>, on: &mut Cursor) -> Found<'r> {
        let Some(end) = self.neat(text, on.at) else { return self.parsed(text, on) };
        let bytes = text.bytes;
        let line = on.lines + 1;
        let passed = bytes.get(on.at..end).unwrap_or_default();
        on.lines += lines(passed, on.after_carriage);
        on.after_carriage = passed.ends_with(b"\r");
        on.at = end;
        let last = if is_line_end(passed.last()) { on.lines } else { on.lines + 1 };
        Found { line, last, row: Row::Quoted(Cells { text: bytes, places: &self.places }) }
    }

    /// Finds the cells of the row that begins there, if every quote begins or ends one, and the place
    /// behind the row and the first byte of its line end. What is longer than rows may be is not looked
    /// at to its end.
    fn neat(&mut self, Text { bytes, quotes }: Text<'_>, from: usize) -> Option<usize> {
        self.places.clear();
        let bytes = bytes.get(..bytes.len().min(from + LONGEST))?;
        let mut quotes = quotes.from(from);
        let mut quote = quotes.next();
        let mut at = from;
        loop {
            let behind = if quote == Some(at) {
                let end = quotes.next()?;
                self.places.push((at + 1, end));
                quote = quotes.next();
                end + 1
            } else {
                let length = memchr3(self.delimiter, b'\n', b'\r', bytes.get(at..)?);
                let end = length.map_or(bytes.len(), |length| at + length);
                self.places.push((at, end));
                end
            };
            let byte = bytes.get(behind);
            let is_cell = byte == Some(&self.delimiter);
            let is_over = is_line_end(byte) || (byte.is_none() && bytes.len() < from + LONGEST);
            // A quote within an unquoted cell, or behind a quoted one.
            let is_odd = quote.is_some_and(|quote| quote < behind + usize::from(is_cell));
            if is_odd || !(is_cell || is_over) || self.places.len() > LONGEST / 16 {
                return None;
            }
            at = behind + 1;
            if is_over {
                return Some(at.min(bytes.len()));
            }
        }
    }

    /// The next row, by the parser.
    fn parsed<'r>(&'r mut self, text: Text<'r>, on: &mut Cursor) -> Found<'r> {
        let bytes = text.bytes;
        let line = on.lines + 1;
        let (mut written, mut cells, mut too_long) = (0, 0, false);
        let mut ends_line = false;
        let broken = loop {
            // After the end a line end is given, so that a quote which is open shows.
            let end = on.at >= bytes.len();
            let input = if end { b"\n" } else { bytes.get(on.at..).unwrap_or_default() };
            let text = self.text.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(cells..).unwrap_or_default();
            let (result, read, more_text, more_cells) = self.parser.read_record(input, text, ends);
            if !end {
                let passed = input.get(..read).unwrap_or_default();
                on.lines += lines(passed, on.after_carriage);
                on.after_carriage = passed.ends_with(b"\r");
                ends_line = is_line_end(passed.last());
                on.at += read;
            }
            written += more_text;
            cells += more_cells;
            match result {
                ReadRecordResult::Record if too_long => break Some(Broken::TooLong),
                ReadRecordResult::Record => break None,
                ReadRecordResult::InputEmpty if end => break Some(Broken::Unclosed),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() < LONGEST => {
                    self.text.resize(self.text.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < LONGEST / 8 => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    (written, cells, too_long) = (0, 0, true);
                }
                ReadRecordResult::End => break Some(Broken::Unclosed),
            }
        };
        let last = if ends_line { on.lines } else { on.lines + 1 };
        let row = if let Some(broken) = broken {
            Row::Broken(broken)
        } else {
            let mut from = 0;
            let ends = self.ends.get(..cells).unwrap_or_default().iter();
            self.places.clear();
            self.places.extend(ends.map(|&end| (std::mem::replace(&mut from, end), end)));
            let text = self.text.get(..written).unwrap_or_default();
            Row::Quoted(Cells { text, places: &self.places })
        };
        Found { line, last, row }
    }
}

impl Found<'_> {
    /// Whether it takes so many lines that a quote is likely to be missing.
    pub(super) fn is_long(&self) -> bool {
        self.last - self.line > MANY_LINES
    }
}

impl<'r> Row<'r> {
    /// Its cells; none of one that cannot be read.
    pub(super) fn cells(&self, delimiter: u8) -> Box<dyn Iterator<Item = &'r [u8]> + 'r> {
        match self {
            Self::Plain(text) => Box::new(text.split(move |byte| *byte == delimiter)),
            Self::Quoted(cells) => Box::new(cells.iter()),
            Self::Broken(_) => Box::new(std::iter::empty()),
        }
    }
}

impl<'r> Cells<'r> {
    pub(super) fn iter(self) -> impl ExactSizeIterator<Item = &'r [u8]> {
        self.places.iter().map(move |&(from, end)| self.text.get(from..end).unwrap_or_default())
    }
}

fn is_line_end(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'\n' | b'\r'))
}

/// The line ends in there: line feeds, carriage returns, or both together.
fn lines(text: &[u8], mut after_carriage: bool) -> u64 {
    let (mut lines, mut before) = (0, 0);
    for at in memchr2_iter(b'\n', b'\r', text) {
        let is_carriage = text.get(at) == Some(&b'\r');
        after_carriage &= at == before;
        lines += u64::from(is_carriage || !after_carriage);
        (after_carriage, before) = (is_carriage, at + 1);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cursor, Found, Quotes, Row, Rows, Text, lines};

    type Way = for<'r> fn(&'r mut Rows, Text<'r>, &mut Cursor) -> Found<'r>;
    type First = (Option<Vec<Vec<u8>>>, u64, (usize, u64, bool));

    /// The cells of the first row, its last line, and how far it is read, by one way or the other.
    fn first(text: &str, way: Way) -> First {
        let (mut rows, mut on) = (Rows::new(b','), Cursor::START);
        let (bytes, quotes) = (text.as_bytes(), &Quotes::of(text.as_bytes()));
        let found = way(&mut rows, Text { bytes, quotes }, &mut on);
        let cells = match found.row {
            Row::Quoted(cells) => Some(cells.iter().map(<[u8]>::to_vec).collect()),
            _ => None,
        };
        (cells, found.last, (on.at, on.lines, on.after_carriage))
    }

    proptest! {
        #[test]
        fn neat_rows_are_what_the_parser_makes_of_them(
            text in "([a,]{0,3}\"|[a,]\")([\",]{0,2}[a\r\n]?|a{0,70}|\",\"){0,12}[\r\na\"]{0,3}",
        ) {
            prop_assert_eq!(first(&text, Rows::quoted), first(&text, Rows::parsed), "{:?}", text);
        }
    }

    #[test]
    fn a_row_is_neat_where_each_quote_begins_or_ends_a_cell() {
        for (text, end) in [
            ("\"a\",b\nc", Some(6)),
            ("a,\"b\nc\",\r\n", Some(9)),
            ("\"\",\"\"", Some(5)),
            ("\"a\"\"b\"\n", None),
            ("a\"b\",\"c\"\n", None),
            ("\"a\" ,b\n", None),
            ("\"a\nb", None),
        ] {
            let (bytes, quotes) = (text.as_bytes(), &Quotes::of(text.as_bytes()));
            assert_eq!(Rows::new(b',').neat(Text { bytes, quotes }, 0), end, "{text:?}");
        }
    }

    #[test]
    fn a_carriage_return_and_a_line_feed_are_one_line_end() {
        for (text, after, count) in [
            ("", false, 0),
            ("a", false, 0),
            ("a\nb\n", false, 2),
            ("\n", true, 0),
            ("a\n", true, 1),
            ("\r\n\r\n", false, 2),
            ("\r\r\n", false, 2),
            ("a\rb\nc\r", false, 3),
            ("\n\n", true, 1),
            ("\n\r", true, 1),
        ] {
            assert_eq!(lines(text.as_bytes(), after), count, "{text:?} {after}");
        }
    }
}
