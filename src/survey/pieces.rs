//! Bytes as they come, cut into pieces of whole rows.

use encoding_rs::{CoderResult, Decoder};
use memchr::{memchr, memrchr2};

use super::finding::{Findings, Kind, Place};
use super::rows::Cursor;

/// So many bytes are a piece: enough that what is done once a piece does not show.
const PIECE: usize = 8 << 20;

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
}

/// Whole rows.
#[derive(Debug)]
pub struct Piece {
    pub(super) bytes: Vec<u8>,
    /// How far it is read.
    pub(super) cursor: Cursor,
}

impl Pieces {
    pub(super) fn new(decoder: Option<Decoder>) -> Self {
        let (seen, cut, is_open) = (0, 0, false);
        let (ended, is_stuck) = (false, false);
        let (buffer, delimiter) = (Vec::new(), b',');
        Self { decoder, delimiter, buffer, seen, is_open, cut, ended, is_stuck }
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
        let mut rest = Vec::with_capacity(if self.ended { 0 } else { PIECE + PIECE / 8 });
        rest.extend(self.buffer.drain(self.cut..));
        self.seen = self.seen.saturating_sub(self.cut);
        self.cut = 0;
        Some(Piece { bytes: std::mem::replace(&mut self.buffer, rest), cursor: Cursor::START })
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
        let after = |at: usize| bytes.get(at..).unwrap_or_default();
        let mut at = self.seen;
        while at < bytes.len() {
            let quote = memchr(b'"', after(at)).map(|length| at + length);
            if self.is_open {
                match quote.map(|quote| (quote, bytes.get(quote + 1))) {
                    // A quote at the very end may be one of two.
                    None => at = bytes.len(),
                    Some((quote, None)) => {
                        at = quote;
                        break;
                    }
                    Some((quote, Some(b'"'))) => at = quote + 2,
                    Some((quote, Some(_))) => (at, self.is_open) = (quote + 1, false),
                }
                continue;
            }
            let end = quote.unwrap_or(bytes.len());
            // A carriage return at the very end may be half of a line end.
            let lines = bytes.get(at..end).unwrap_or_default();
            let lines =
                if end == bytes.len() { lines.strip_suffix(b"\r").unwrap_or(lines) } else { lines };
            if let Some(length) = memrchr2(b'\n', b'\r', lines) {
                self.cut = at + length + 1;
            }
            let Some(quote) = quote else {
                at = bytes.len() - usize::from(bytes.ends_with(b"\r"));
                break;
            };
            let before = quote.checked_sub(1).and_then(|before| bytes.get(before));
            self.is_open = before.is_none_or(|b| *b == self.delimiter || b"\r\n".contains(b));
            at = quote + 1;
        }
        self.seen = at;
    }
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces").field("bytes", &self.buffer.len()).finish_non_exhaustive()
    }
}
