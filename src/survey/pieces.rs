//! Bytes as they come, cut into pieces of whole rows.

use std::sync::{Arc, Mutex};

use encoding_rs::{CoderResult, Decoder};
use memchr::memrchr2;

use super::finding::{Findings, Kind, Place};
use super::masks::{BLOCK, block, equal, odd_so_far};
use super::quotes::Quotes;
use super::rows::{Cursor, Text};

/// So many bytes are a piece: enough that what is done once a piece does not show, and few enough that its
/// columns lie near the processor.
const PIECE: usize = 1 << 19;

/// A row that is longer is not read, and nothing behind it: a quote is missing.
const LONGEST: usize = 16 << 20;

/// A file on its way, cut behind rows. Knows quotes, but no rows.
pub struct Pieces {
    /// Text in another encoding goes through it.
    decoder: Option<Decoder>,
    pub(super) delimiter: u8,
    buffer: Vec<u8>,
    quotes: Quotes,
    /// So far it has been looked at for whole rows.
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
type Spare = Arc<Mutex<Vec<(Vec<u8>, Quotes)>>>;

/// Whole rows.
#[derive(Debug)]
pub struct Piece {
    bytes: Vec<u8>,
    quotes: Quotes,
    /// How far it is read.
    pub(super) cursor: Cursor,
    spare: Spare,
}

impl Drop for Piece {
    fn drop(&mut self) {
        if let Ok(mut spare) = self.spare.lock() {
            spare.push((std::mem::take(&mut self.bytes), std::mem::take(&mut self.quotes)));
        }
    }
}

impl Piece {
    /// The rows, and how far they are read.
    pub(super) fn text(&mut self) -> (Text<'_>, &mut Cursor) {
        (Text { bytes: &self.bytes, quotes: &self.quotes }, &mut self.cursor)
    }
}

impl Pieces {
    pub(super) fn new(decoder: Option<Decoder>) -> Self {
        let (seen, cut, is_open) = (0, 0, false);
        let (ended, is_stuck) = (false, false);
        let (buffer, quotes, delimiter) = (Vec::new(), Quotes::default(), b',');
        let spare = Spare::default();
        Self { decoder, delimiter, buffer, quotes, seen, is_open, cut, ended, is_stuck, spare }
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
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.pop());
        let (mut rest, mut quotes) = spare.unwrap_or_default();
        rest.clear();
        quotes.clear();
        rest.reserve(if self.ended { 0 } else { PIECE + PIECE / 8 });
        rest.extend_from_slice(self.buffer.get(self.cut..).unwrap_or_default());
        self.buffer.truncate(self.cut);
        self.seen = self.seen.saturating_sub(self.cut);
        self.quotes.cut(self.cut);
        self.cut = 0;
        let bytes = std::mem::replace(&mut self.buffer, rest);
        let quotes = std::mem::replace(&mut self.quotes, quotes);
        Some(Piece { bytes, quotes, cursor: Cursor::START, spare: Arc::clone(&self.spare) })
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
        self.quotes.clear();
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

    /// Looks for the end of the last whole row.
    fn look(&mut self) {
        let bytes = self.buffer.as_slice();
        self.quotes.look(bytes);
        match self.regular() {
            Some((cut, is_open)) => {
                (self.cut, self.is_open, self.seen) =
                    (cut.unwrap_or(self.cut), is_open, bytes.len());
                // A carriage return at the very end may be half of a line end, a quote one of two.
                let half = bytes.ends_with(b"\"");
                if !is_open && (half || bytes.ends_with(b"\r")) {
                    (self.is_open, self.seen) = (half, bytes.len() - 1);
                }
            }
            None => self.look_at_each_quote(),
        }
    }

    /// The place behind the last line end that is in no quotes, and whether a quote is open at the end, if there
    /// are quotes, and each that opens does so where a cell begins. Then every quote opens or closes: of two side
    /// by side in quotes, one closes and the other opens.
    fn regular(&self) -> Option<(Option<usize>, bool)> {
        self.quotes.from(self.seen).next()?;
        // A carriage return at the very end ends no line yet.
        let bytes = self.buffer.strip_suffix(b"\r").unwrap_or(&self.buffer);
        let (mut is_open, mut cut) = (self.is_open, None);
        let begin = self.seen / BLOCK * BLOCK;
        let mut unseen = u64::MAX << (self.seen % BLOCK);
        // Behind which a cell, or the second of two quotes, may begin.
        let is_edge = |byte: &u8| *byte == self.delimiter || b"\r\n".contains(byte);
        let mut edge = begin.checked_sub(1).and_then(|at| bytes.get(at)).is_none_or(is_edge);
        for at in (begin..bytes.len()).step_by(BLOCK) {
            let block = block(bytes.get(at..).unwrap_or_default(), 0);
            let quotes = self.quotes.in_block(at) & unseen;
            let lines = equal(&block, b'\n') | equal(&block, b'\r');
            let edges = quotes | lines | equal(&block, self.delimiter);
            let inside = odd_so_far(quotes) ^ if is_open { u64::MAX } else { 0 };
            let opening = quotes & inside;
            if opening & !(edges << 1 | u64::from(edge)) != 0 {
                return None;
            }
            let ends = lines & unseen & !inside;
            if ends != 0 {
                cut = Some(at + BLOCK - ends.leading_zeros() as usize);
            }
            (is_open, edge) = (inside >> (BLOCK - 1) == 1, edges >> (BLOCK - 1) == 1);
            unseen = u64::MAX;
        }
        Some((cut, is_open))
    }

    /// The same, as `csv-core` sees rows: a quote opens where a cell begins, and closes at the next that is alone.
    fn look_at_each_quote(&mut self) {
        let bytes = self.buffer.as_slice();
        let mut at = self.seen;
        let mut quotes = self.quotes.from(at);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Pieces;

    proptest! {
        #[test]
        fn rows_end_where_a_look_at_each_quote_finds_it(
            parts in prop::collection::vec("([a,\r\n]{0,3}|\"|\"\"|\",\"|\"\n\"|a{60}){0,30}", 1..4),
        ) {
            let (mut found, mut expected) = (Pieces::new(None), Pieces::new(None));
            for part in parts {
                found.push(part.as_bytes());
                expected.push(part.as_bytes());
                found.look();
                expected.quotes.look(&expected.buffer);
                expected.look_at_each_quote();
                let state = |of: &Pieces| (of.cut, of.is_open, of.seen);
                prop_assert_eq!(state(&found), state(&expected), "{:?}", part);
            }
        }
    }
}
