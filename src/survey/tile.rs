//! Rows side by side, before each column gets its part of them.

use super::lane::{ASK, Lane, UNANSWERED, narrow};
use crate::cohort::Cell;

/// Rows that are set down side by side before each column gets its part of them: writing to forty far
/// places for every row would take longer than reading it.
const TILE: usize = 64;

/// As many rows and columns are turned together, a word each.
const SQUARE: usize = 8;

/// Columns side by side whose cells of one byte mean the same, as those of most questions do. What is
/// needed for nearly every cell.
struct Run {
    /// The code of a cell of one byte, or [`ASK`] if there is more to do, as there always is in columns
    /// that are no question, and at the delimiter.
    table: Box<[u8; 256]>,
    /// The same for an empty cell.
    blank: u8,
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
        let blank = if table.is_some() { UNANSWERED } else { ASK };
        let table = table.unwrap_or(&[ASK; 256]);
        self.lanes.push(lane);
        match self.runs.last_mut().filter(|run| *run.table == *table) {
            Some(run) => run.end += 1,
            None => {
                self.runs.push(Run { table: Box::new(*table), blank, end: self.lanes.len() });
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
    /// is behind them, if anything is. Where four cells of a byte follow each other in a run of columns, they
    /// are taken together.
    #[inline]
    pub(super) fn quick<'r>(
        &mut self,
        row: usize,
        column: usize,
        cells: &'r [u8],
    ) -> (usize, Option<&'r [u8]>) {
        let of = self.delimiter;
        let delimiters = u64::from_le_bytes([0, of, 0, of, 0, of, 0, of]);
        let places = u64::from_le_bytes([0, 255, 0, 255, 0, 255, 0, 255]);
        let (from, to) = (self.place(row, 0), self.place(row, self.lanes.len()));
        let out = self.codes.get_mut(from..to).unwrap_or_default();
        let (mut column, mut cells) = (column, cells);
        while let Some(run) = self.run_of.get(column).and_then(|run| self.runs.get(*run)) {
            while let Some((bytes, behind)) = cells.split_first_chunk::<8>() {
                let [a, _, b, _, c, _, d, _] = *bytes;
                let codes = [run.code(a), run.code(b), run.code(c), run.code(d)];
                let is_quick = u64::from_le_bytes(*bytes) & places == delimiters;
                if column + 4 > run.end || !is_quick || codes.contains(&ASK) {
                    break;
                }
                let Some(four) = out.get_mut(column..column + 4) else { break };
                four.copy_from_slice(&codes);
                column += 4;
                cells = behind;
            }
            for _ in 0..4.min(run.end - column) {
                let (code, behind) = match cells {
                    [byte, behind @ ..] if *byte == of => (run.blank, Some(behind)),
                    [byte, next, behind @ ..] if *next == of => (run.code(*byte), Some(behind)),
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

    /// The code of a cell, if a byte settles it.
    pub(super) fn settled(&self, column: usize, cell: &[u8]) -> Option<u8> {
        let [byte] = cell else { return None };
        let code = self.runs.get(*self.run_of.get(column)?)?.code(*byte);
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
