//! The rows of a CSV file, one at a time, in a buffer that does not grow with the file.
//!
//! A row without a quote is what stands between two line ends; nothing has to be copied, and its cells
//! are what stands between delimiters. From the first quote on, a row is read by `csv-core`, the
//! parser of the `csv` crate, and so are rows that are longer than the buffer. Blank lines are no rows.

use std::io::{self, ErrorKind, Read};

use csv_core::{ReadRecordResult, ReaderBuilder};
use memchr::memchr;

/// Read at a time; large enough that system calls cost nothing, small enough for the cache.
const BUFFER: usize = 1 << 18;

/// The longest row that is kept. Longer ones are passed over and reported.
const LONGEST: usize = 1 << 20;

/// A row that takes more lines than this is odd: a quote is likely to be missing.
const MANY_LINES: u64 = 100;

/// One row.
pub(crate) enum Row<'r> {
    /// Without quotes: its cells are what stands between delimiters.
    Plain(&'r [u8]),
    /// With quotes, which are taken off already.
    Quoted(Cells<'r>),
    /// Not to be read.
    Broken(Broken),
}

/// The cells of a row that had quotes.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'r> {
    text: &'r [u8],
    ends: &'r [usize],
}

/// Why a row cannot be read.
#[derive(Clone, Copy)]
pub(crate) enum Broken {
    /// It is longer than is kept.
    TooLong,
    /// A quote is open at the end of the file.
    Unclosed,
}

/// A row and where it stands.
pub(crate) struct Found<'r> {
    /// The line of the file on which it begins, from 1.
    pub(crate) line: u64,
    /// The line on which it ends.
    pub(crate) last: u64,
    pub(crate) row: Row<'r>,
}

/// Reads rows.
pub(crate) struct Rows<R> {
    source: R,
    delimiter: u8,
    buffer: Vec<u8>,
    /// The bytes of the buffer that are not yet read.
    start: usize,
    end: usize,
    ended: bool,
    /// The place of the first quote and of the first carriage return that are not yet read, or the
    /// end of what is in the buffer.
    quote: usize,
    carriage: usize,
    /// The line of the next byte, from 1.
    line: u64,
    /// Whether the last line ended with a carriage return, so that a line feed belongs to it.
    after_carriage: bool,
    taken: u64,
    parser: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Rows<R> {
    /// The rows of `source`, a byte-order mark passed over.
    pub(crate) fn new(source: R, delimiter: u8) -> io::Result<Self> {
        let mut parser = ReaderBuilder::new().delimiter(delimiter).build();
        // A blank line, so that the parser looks for no byte-order mark of its own in a later row.
        let _ = parser.read_record(b"\n", &mut [], &mut []);
        let mut rows = Self {
            source,
            delimiter,
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
            ended: false,
            quote: 0,
            carriage: 0,
            line: 1,
            after_carriage: false,
            taken: 0,
            parser,
            text: vec![0; 1 << 12],
            ends: vec![0; 1 << 7],
        };
        while rows.end < 3 && !rows.ended {
            rows.refill()?;
        }
        match rows.unread() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                let message = "this is UTF-16 text; save it as UTF-8";
                return Err(io::Error::new(ErrorKind::InvalidData, message));
            }
            [0xef, 0xbb, 0xbf, ..] => rows.advance(3),
            _ => {}
        }
        Ok(rows)
    }

    /// How many bytes are read.
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }

    /// What stands between cells.
    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The next row; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Found<'_>>> {
        loop {
            if self.after_carriage && self.start < self.end {
                self.after_carriage = false;
                if self.unread().first() == Some(&b'\n') {
                    self.advance(1);
                }
            }
            let limit = self.quote.min(self.carriage);
            let ahead = self.buffer.get(self.start..limit).unwrap_or_default();
            let stop = match memchr(b'\n', ahead) {
                Some(length) => self.start + length,
                None if limit == self.end || self.quote < self.carriage => limit,
                None => self.carriage,
            };
            if stop < self.end && stop == self.quote {
                return self.quoted().map(Some);
            }
            if stop == self.end && !self.ended {
                if self.end - self.start == self.buffer.len() {
                    return self.quoted().map(Some);
                }
                self.refill()?;
                continue;
            }
            let (from, line) = (self.start, self.line);
            if from == stop && stop == self.end {
                return Ok(None);
            }
            if stop < self.end {
                self.after_carriage = stop == self.carriage;
                self.line += 1;
                self.advance(stop + 1 - from);
            } else {
                self.advance(stop - from);
            }
            if from < stop {
                let row = Row::Plain(self.buffer.get(from..stop).unwrap_or_default());
                return Ok(Some(Found { line, last: line, row }));
            }
        }
    }

    /// The next row, by the parser.
    fn quoted(&mut self) -> io::Result<Found<'_>> {
        let line = self.line;
        let (mut written, mut cells, mut too_long) = (0, 0, false);
        let mut at_line_end = false;
        let broken = loop {
            if self.start == self.end && !self.ended {
                self.refill()?;
                continue;
            }
            // After the end a line end is given, so that a quote which is open shows.
            let end = self.start == self.end;
            let input = match self.buffer.get(self.start..self.end) {
                Some(unread) if !end => unread,
                _ => b"\n",
            };
            let text = self.text.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(cells..).unwrap_or_default();
            let (result, read, more_text, more_cells) = self.parser.read_record(input, text, ends);
            let passed = input.get(..read).unwrap_or_default();
            if let (Some(last), false) = (passed.last(), end) {
                self.line += lines(passed, self.after_carriage);
                self.after_carriage = *last == b'\r';
                at_line_end = b"\r\n".contains(last);
            }
            if !end {
                self.advance(read);
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
        let last = self.line - u64::from(at_line_end);
        let row = match broken {
            Some(broken) => Row::Broken(broken),
            None => Row::Quoted(Cells {
                text: self.text.get(..written).unwrap_or_default(),
                ends: self.ends.get(..cells).unwrap_or_default(),
            }),
        };
        Ok(Found { line, last, row })
    }

    fn unread(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        self.start += bytes;
        self.taken += u64::try_from(bytes).unwrap_or(0);
        for (place, byte) in [(&mut self.quote, b'"'), (&mut self.carriage, b'\r')] {
            if *place < self.start {
                let ahead = self.buffer.get(self.start..self.end).unwrap_or_default();
                *place = memchr(byte, ahead).map_or(self.end, |at| self.start + at);
            }
        }
    }

    /// Moves what is unread to the front and reads more behind it.
    fn refill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let before = self.end;
        let room = self.buffer.get_mut(before..).unwrap_or_default();
        let read = loop {
            match self.source.read(room) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.ended = read == 0;
        self.end += read;
        let find = |byte| memchr(byte, self.unread()).unwrap_or(self.end);
        (self.quote, self.carriage) = (find(b'"'), find(b'\r'));
        Ok(())
    }
}

impl Found<'_> {
    /// Whether it takes so many lines that a quote is likely to be missing.
    pub(crate) fn is_long(&self) -> bool {
        self.last - self.line > MANY_LINES
    }
}

impl<'r> Cells<'r> {
    pub(crate) fn iter(self) -> impl ExactSizeIterator<Item = &'r [u8]> {
        let mut from = 0;
        self.ends.iter().map(move |&end| {
            self.text.get(std::mem::replace(&mut from, end)..end).unwrap_or_default()
        })
    }
}

/// The cells of a row without quotes.
pub(crate) fn split(row: &[u8], delimiter: u8) -> impl Iterator<Item = &[u8]> {
    row.split(move |byte| *byte == delimiter)
}

/// The line ends in there: line feeds, carriage returns, or both together.
fn lines(text: &[u8], mut after_carriage: bool) -> u64 {
    let mut lines = 0;
    for &byte in text {
        lines += u64::from(byte == b'\r' || (byte == b'\n' && !after_carriage));
        after_carriage = byte == b'\r';
    }
    lines
}
