//! Bytes as they come, cut into pieces of whole rows.

use std::sync::{Arc, Mutex};

use encoding_rs::{CoderResult, Decoder};
use memchr::{memchr, memrchr2};

use super::finding::{Findings, Kind, Place};
use super::quotes::Quotes;
use super::rows::Cursor;

/// So many bytes are a piece: enough that what is done once a piece does not show, and few enough that its
/// columns lie near the processor.
const PIECE: usize = 2 << 20;

/// A row that is longer is not read, and nothing behind it: a quote is missing.
const LONGEST: usize = 16 << 20;

/// A file on its way, cut behind rows. Knows quotes, but no rows.
pub struct Pieces {
    /// Text in another encoding goes through it.
    decoder: Option<Decoder>,
    pub(super) delimiter: u8,
    buffer: Vec<u8>,
    /// So far the buffer has been looked at.
    seen: usize,
    /// Whether a quote is open there.
    is_open: bool,
    /// Behind the last row that is whole.
    cut: usize,
    ended: bool,
    /// Whether a row is too long to go on.
    is_stuck: bool,
    spare: Spare,
}

/// Room that pieces gave back, for those to come: to ask the system for it each time, and have it blanked,
/// takes as long as to read what is put there.
type Spare = Arc<Mutex<Vec<Vec<u8>>>>;

/// Whole rows.
#[derive(Debug)]
pub struct Piece {
    pub(super) bytes: Vec<u8>,
    /// How far it is read.
    pub(super) cursor: Cursor,
    spare: Spare,
}

impl Drop for Piece {
    fn drop(&mut self) {
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(std::mem::take(&mut self.bytes));
        }
    }
}

impl Pieces {
    pub(super) fn new(decoder: Option<Decoder>) -> Self {
        let (seen, cut, is_open) = (0, 0, false);
        let (ended, is_stuck) = (false, false);
        let (buffer, delimiter) = (Vec::new(), b',');
        let spare = Spare::default();
        Self { decoder, delimiter, buffer, seen, is_open, cut, ended, is_stuck, spare }
    }

    /// The next bytes of the file, of any number; none at its end.
    pub fn push(&mut self, bytes: &[u8]) {
        self.ended |= bytes.is_empty();
        let Some(decoder) = &mut self.decoder else {
            return self.buffer.extend_from_slice(bytes);
        };
        let mut bytes = bytes;
        loop {
            let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(usize::MAX / 4);
            let from = self.buffer.len();
            self.buffer.resize(from + room, 0);
            let out = self.buffer.get_mut(from..).unwrap_or_default();
            let (result, read, written, _) = decoder.decode_to_utf8(bytes, out, self.ended);
            self.buffer.truncate(from + written);
            bytes = bytes.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
    }

    /// The next piece, if there are rows enough for one, or the file has ended.
    pub fn cut(&mut self) -> Option<Piece> {
        if self.is_stuck || (self.buffer.len() < PIECE && !self.ended) {
            return None;
        }
        self.look();
        if self.ended {
            self.cut = self.buffer.len();
        } else if self.cut == 0 {
            self.is_stuck = self.buffer.len() > LONGEST;
            return None;
        }
        if self.cut == 0 {
            return None;
        }
        let mut rest = self.spare.lock().ok().and_then(|mut spare| spare.pop()).unwrap_or_default();
        rest.clear();
        rest.reserve(if self.ended { 0 } else { PIECE + PIECE / 8 });
        rest.extend_from_slice(self.buffer.get(self.cut..).unwrap_or_default());
        self.buffer.truncate(self.cut);
        self.seen = self.seen.saturating_sub(self.cut);
        self.cut = 0;
        let bytes = std::mem::replace(&mut self.buffer, rest);
        Some(Piece { bytes, cursor: Cursor::START, spare: Arc::clone(&self.spare) })
    }

    /// Whether nothing more is to come, or to be read.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_stuck || (self.ended && self.buffer.is_empty())
    }

    /// What is there, before it is cut.
    pub(super) fn start(&self) -> &[u8] {
        &self.buffer
    }

    /// Takes the first bytes off.
    pub(super) fn skip(&mut self, bytes: usize) {
        drop(self.buffer.drain(..bytes.min(self.buffer.len())));
    }

    /// Says it if the file has rows that are too long to go on, after so many lines and rows.
    pub fn tell(&self, findings: &mut Findings, lines: u64, rows: u64) {
        if self.is_stuck {
            let at = Place { line: lines + 1, row: rows + 1 };
            let message = || {
                "this row is longer than 16 MB: a quote is missing, or this is no file of rows; nothing \
                 from here on is read".to_owned()
            };
            findings.row(at, Kind::UnclosedQuote, message);
        }
    }

    /// Looks for the end of the last whole row, as `csv-core` sees rows: a quote opens where a cell
    /// begins, and closes at the next that is alone.
    fn look(&mut self) {
        let bytes = self.buffer.as_slice();
        let mut at = self.seen;
        let ahead = bytes.get(at..).unwrap_or_default();
        // Most files have no quotes at all.
        let first = memchr(b'"', ahead).map_or(bytes.len(), |length| at + length);
        let mut quotes = Quotes::new(bytes, first);
        while let Some(quote) = quotes.next() {
            let next = bytes.get(quote + 1);
            if self.is_open {
                match next {
                    // It may be one of two.
                    None => {
                        self.seen = quote;
                        return;
                    }
                    Some(b'"') => _ = quotes.next(),
                    Some(_) => self.is_open = false,
                }
            } else {
                self.cut = last_line(bytes, at, quote).unwrap_or(self.cut);
                let before = quote.checked_sub(1).and_then(|before| bytes.get(before));
                self.is_open = before.is_none_or(|b| *b == self.delimiter || b"\r\n".contains(b));
            }
            at = quote + 1;
        }
        self.seen = bytes.len();
        if !self.is_open {
            // A carriage return at the very end may be half of a line end.
            self.seen -= usize::from(bytes.ends_with(b"\r"));
            self.cut = last_line(bytes, at, self.seen).unwrap_or(self.cut);
        }
    }
}

/// The place behind the last line end between these places. Between two quotes there is seldom more than
/// a delimiter.
#[inline]
fn last_line(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    match bytes.get(from..to)? {
        [] => None,
        [byte] => matches!(byte, b'\n' | b'\r').then_some(to),
        lines => memrchr2(b'\n', b'\r', lines).map(|length| from + length + 1),
    }
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces").field("bytes", &self.buffer.len()).finish_non_exhaustive()
    }
}
