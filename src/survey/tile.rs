//! Rows side by side, before each column gets its part of them.

use super::lane::{ASK, Lane, UNANSWERED, narrow};
use super::quotes::gathered;
use crate::cohort::Cell;

/// Rows that are set down side by side before each column gets its part of them: writing to forty far
/// places for every row would take longer than reading it.
const TILE: usize = 64;

/// As many rows and columns are turned together, a word each.
const SQUARE: usize = 8;

/// The first cells of eight bytes, where each is of one byte or none: four at most.
#[derive(Clone, Copy)]
struct ShortCells {
    count: u8,
    /// With their delimiters.
    bytes: u8,
    /// How many bits stand before each; an empty one is at its delimiter. Those of the first in place of
    /// those that are not there.
    at: [u8; 4],
}

/// Four cells of one byte.
const FOUR: ShortCells = ShortCells { count: 4, bytes: 8, at: [0, 16, 32, 48] };
/// Their delimiters, as [`equal`] shows them.
const EACH_ONE_BYTE: u64 = u64::from_le_bytes([0, 0x80, 0, 0x80, 0, 0x80, 0, 0x80]);

/// By a bit for each byte that is a delimiter.
#[expect(clippy::indexing_slicing, reason = "a constant: an index beyond it would not compile")]
const SHORT_CELLS: [ShortCells; 256] = {
    let mut found = [FOUR; 256];
    let mut delimiters = 0;
    while delimiters < 256 {
        let (mut count, mut bytes, mut at) = (0, 0, [0; 4]);
        while count < 4 && bytes < 8 {
            let length = if delimiters >> bytes & 1 == 1 { 0 } else { 1 };
            if delimiters >> (bytes + length) & 1 == 0 {
                break;
            }
            at[count as usize] = 8 * bytes;
            count += 1;
            bytes += length + 1;
        }
        found[delimiters] = ShortCells { count, bytes, at };
        delimiters += 1;
    }
    found
};

/// The top bit of each byte that is this one.
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
    let different = word ^ u64::from_ne_bytes([byte; 8]);
    // The top bit of a byte stays clear if, and only if, nothing in it is set.
    !(((different & LOW) + LOW) | different | LOW)
}

/// The lowest byte.
#[inline]
fn lowest(word: u64) -> u8 {
    let [lowest, ..] = word.to_le_bytes();
    lowest
}

/// Columns side by side whose cells of one byte mean the same, as those of most questions do. What is
/// needed for nearly every cell.
struct Run {
    /// The code of a cell of one byte, or [`ASK`] if there is more to do, as there always is in columns
    /// that are no question; that of an empty cell at the delimiter, which then stands in its place.
    table: Box<[u8; 256]>,
    /// The column behind the last.
    end: usize,
}

/// The columns of the file, and the last rows side by side: a byte a column, row by row.
pub(super) struct Tile {
    delimiter: u8,
    lanes: Vec<Lane>,
    /// The run of each column.
    run_of: Vec<usize>,
    runs: Vec<Run>,
    codes: Vec<u8>,
}

impl Tile {
    pub(super) fn new(delimiter: u8) -> Self {
        let (lanes, run_of, runs, codes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { delimiter, lanes, run_of, runs, codes }
    }

    /// One column more: its question, if it is one, and the codes of cells of a byte, if they are all
    /// that is to be known.
    pub(super) fn column(&mut self, lane: Lane, table: Option<&[u8; 256]>) {
        let table = table.unwrap_or(&[ASK; 256]);
        self.lanes.push(lane);
        match self.runs.last_mut().filter(|run| *run.table == *table) {
            Some(run) => run.end += 1,
            None => {
                self.runs.push(Run { table: Box::new(*table), end: self.lanes.len() });
            }
        }
        self.run_of.push(self.runs.len() - 1);
        self.codes.resize(TILE * self.lanes.len(), ASK);
    }

    /// Whether no column of a question has an answer in that row, which is the last.
    pub(super) fn is_unanswered(&self, row: usize) -> bool {
        let (from, to) = (self.place(row, 0), self.place(row, self.lanes.len()));
        let codes = self.codes.get(from..to).unwrap_or_default();
        let mut asked =
            self.lanes.iter().zip(codes).filter(|(lane, _)| !matches!(lane, Lane::None));
        asked.all(|(_, code)| *code == UNANSWERED)
    }

    /// So many rows in every lane.
    pub(super) fn fill(&mut self, rows: usize) {
        self.lanes.iter_mut().for_each(|lane| lane.fill(rows));
    }

    /// Forgets the rows.
    pub(super) fn clear(&mut self) {
        self.lanes.iter_mut().for_each(Lane::clear);
    }

    pub(super) fn lanes(&self) -> impl Iterator<Item = &Lane> {
        self.lanes.iter()
    }

    /// The place of a column in a row.
    fn place(&self, row: usize, column: usize) -> usize {
        row % TILE * self.lanes.len() + column
    }

    /// Takes the cells that a byte or nothing settles, from that column on: the next column, and what
    /// is behind them, if anything is. Of a run of columns, four cells are taken together.
    #[inline]
    pub(super) fn quick<'r>(
        &mut self,
        row: usize,
        column: usize,
        cells: &'r [u8],
    ) -> (usize, Option<&'r [u8]>) {
        let delimiter = self.delimiter;
        let (from, to) = (self.place(row, 0), self.place(row, self.lanes.len()));
        let out = self.codes.get_mut(from..to).unwrap_or_default();
        let (mut column, mut cells) = (column, cells);
        while let Some(run) = self.run_of.get(column).and_then(|run| self.runs.get(*run)) {
            while let (true, Some(bytes)) = (column + 4 <= run.end, cells.first_chunk()) {
                let word = u64::from_le_bytes(*bytes);
                let delimiters = equal(word, delimiter);
                let code = |at: u8| run.code(lowest(word >> at));
                let (found, codes) = if delimiters == EACH_ONE_BYTE {
                    (FOUR, [code(0), code(16), code(32), code(48)])
                } else {
                    let found = SHORT_CELLS.get(gathered(delimiters >> 7)).copied().unwrap_or(FOUR);
                    (found, found.at.map(code))
                };
                let Some(four) = out.get_mut(column..column + 4) else { break };
                let more: u8 = codes.map(|code| u8::from(code == ASK)).iter().sum();
                if found.count == 0 || more > 0 {
                    break;
                }
                four.copy_from_slice(&codes);
                column += usize::from(found.count);
                cells = cells.get(usize::from(found.bytes)..).unwrap_or_default();
            }
            for _ in 0..4.min(run.end - column) {
                let (code, behind) = match cells {
                    [byte, behind @ ..] if *byte == delimiter => (run.code(*byte), Some(behind)),
                    [byte, next, behind @ ..] if *next == delimiter => {
                        (run.code(*byte), Some(behind))
                    }
                    [byte] => (run.code(*byte), None),
                    _ => (ASK, None),
                };
                let Some(place) = out.get_mut(column).filter(|_| code != ASK) else {
                    return (column, Some(cells));
                };
                *place = code;
                column += 1;
                let Some(behind) = behind else { return (column, None) };
                cells = behind;
            }
        }
        (column, Some(cells))
    }

    /// Takes a whole row, if a byte or nothing settles each of its cells and a line feed ends it: how many
    /// bytes that are.
    #[inline]
    pub(super) fn quick_row(&mut self, row: usize, ahead: &[u8]) -> Option<usize> {
        let (column, rest) = self.quick(row, 0, ahead);
        let (cell, rest) = match rest? {
            [b'\n', rest @ ..] => (&[][..], rest),
            [byte, b'\n', rest @ ..] => (std::slice::from_ref(byte), rest),
            _ => return None,
        };
        let code = self.settled(column, cell).filter(|_| column + 1 == self.lanes.len())?;
        self.put_code(row, column, code);
        Some(ahead.len() - rest.len())
    }

    /// The code of a cell, if a byte settles it.
    pub(super) fn settled(&self, column: usize, cell: &[u8]) -> Option<u8> {
        let byte = match cell {
            [] => self.delimiter,
            [byte] if *byte != self.delimiter => *byte,
            _ => return None,
        };
        let code = self.runs.get(*self.run_of.get(column)?)?.code(byte);
        (code != ASK).then_some(code)
    }

    pub(super) fn put_code(&mut self, row: usize, column: usize, code: u8) {
        let place = self.place(row, column);
        if let Some(out) = self.codes.get_mut(place) {
            *out = code;
        }
    }

    pub(super) fn put(&mut self, row: usize, column: usize, cell: Cell) {
        self.put_code(row, column, narrow(cell));
        if let Some(lane @ Lane::Wide(_)) = self.lanes.get_mut(column) {
            lane.put(row, cell);
        }
    }

    /// A row of which nothing is known but that it is bad.
    pub(super) fn bad(&mut self, row: usize) {
        (0..self.lanes.len()).for_each(|column| self.put(row, column, Cell::Bad));
    }

    /// After the last of so many rows: columns get what is theirs if that is the end of the tile, or of
    /// the chunk.
    pub(super) fn after(&mut self, rows: usize, is_end: bool) {
        match rows % TILE {
            0 if rows > 0 && !is_end => self.turn(rows - TILE, rows),
            some if is_end => self.turn(rows - some, rows),
            _ => {}
        }
    }

    /// Gives each column its part of those rows.
    fn turn(&mut self, from: usize, to: usize) {
        let width = self.lanes.len();
        // Eight rows of eight columns at a time, and then what is left.
        let squares = if to - from == TILE { width - width % SQUARE } else { 0 };
        let blocks = self.lanes.chunks_exact_mut(SQUARE).take(squares / SQUARE);
        for (block, columns) in blocks.enumerate() {
            for row in (0..TILE).step_by(SQUARE) {
                let mut square = [0; SQUARE];
                for (number, word) in square.iter_mut().enumerate() {
                    let place = (row + number) * width + block * SQUARE;
                    let bytes = self.codes.get(place..).and_then(<[u8]>::first_chunk);
                    *word = u64::from_le_bytes(bytes.copied().unwrap_or_default());
                }
                for (lane, word) in columns.iter_mut().zip(turned(square)) {
                    let Lane::Narrow(codes) = lane else { continue };
                    codes.resize(codes.len().max(to), UNANSWERED);
                    if let Some(out) = codes.get_mut(from + row..from + row + SQUARE) {
                        out.copy_from_slice(&word.to_le_bytes());
                    }
                }
            }
        }
        for (place, lane) in self.lanes.iter_mut().enumerate().skip(squares) {
            if let Lane::Narrow(codes) = lane {
                codes.resize(codes.len().max(to), UNANSWERED);
                let out = codes.get_mut(from..to).unwrap_or_default();
                let column = self.codes.iter().skip(place).step_by(width);
                out.iter_mut().zip(column).for_each(|(out, code)| *out = *code);
            }
        }
    }
}

/// Eight words of eight bytes, rows turned into columns: halves of words are exchanged, then quarters,
/// then bytes.
fn turned(mut words: [u64; SQUARE]) -> [u64; SQUARE] {
    for (half, shift, mask) in [
        (4, 32, 0x0000_0000_ffff_ffff_u64),
        (2, 16, 0x0000_ffff_0000_ffff),
        (1, 8, 0x00ff_00ff_00ff_00ff),
    ] {
        for both in words.chunks_exact_mut(2 * half) {
            let (ones, others) = both.split_at_mut(half);
            for (one, other) in ones.iter_mut().zip(others) {
                let swapped = ((*one >> shift) ^ *other) & mask;
                *other ^= swapped;
                *one ^= swapped << shift;
            }
        }
    }
    words
}

impl Run {
    #[inline]
    fn code(&self, byte: u8) -> u8 {
        self.table.get(usize::from(byte)).copied().unwrap_or(ASK)
    }
}
