//! Rows side by side, before each column gets its part of them.

use super::lane::{ASK, Lane, UNANSWERED, narrow};
use super::masks::{BLOCK, block, contains, equal};
use crate::cohort::Cell;

/// Rows that are set down side by side before each column gets its part of them: writing to forty far
/// places for every row would take longer than reading it.
const TILE: usize = 64;

/// So many cells are in a block at most, as a rule: of a byte each, few of them of nothing.
const USUAL: usize = 36;

/// As many rows and columns are turned together, a word each.
const SQUARE: usize = 8;

/// What is taken of a line.
pub(super) struct Taken {
    /// The column behind.
    pub(super) column: usize,
    /// The place behind the last cell and the delimiter or the line's end that follows.
    pub(super) end: usize,
    /// Whether the line ends there.
    pub(super) is_line: bool,
}

/// Lines without quotes, of which a block is in sight.
pub(super) struct Sight<'b> {
    bytes: &'b [u8],
    delimiter: u8,
    /// The place of the block, and the byte before it with those in it. What is behind all bytes ends a line.
    at: usize,
    window: [u8; BLOCK + 1],
    /// The bytes in it that end a line, or a cell.
    lines: u64,
    ends: u64,
    /// Those that are neither, and no first of a cell.
    more: u64,
}

impl<'b> Sight<'b> {
    /// A cell begins with the first byte.
    pub(super) fn new(bytes: &'b [u8], delimiter: u8) -> Self {
        let window = [delimiter; BLOCK + 1];
        let mut sight = Self { bytes, delimiter, at: 0, window, lines: 0, ends: 0, more: 0 };
        sight.see(delimiter, 0);
        sight
    }

    /// Goes on to the next block.
    #[inline]
    fn advance(&mut self) {
        let last = self.window.last().copied().unwrap_or_default();
        self.at += BLOCK;
        self.see(last, !self.ends >> (BLOCK - 1));
    }

    /// Sees the block, behind this byte, which may be one of a cell.
    #[inline]
    fn see(&mut self, before: u8, in_cell: u64) {
        let block = block(self.bytes.get(self.at..).unwrap_or_default(), b'\n');
        let [first, behind @ ..] = &mut self.window;
        (*first, *behind) = (before, block);
        self.lines = equal(&block, b'\n');
        self.ends = self.lines | equal(&block, self.delimiter);
        self.more = !self.ends & (!self.ends << 1 | in_cell);
    }

    /// The byte before that one of the block.
    #[inline]
    fn before(&self, bit: u32) -> u8 {
        self.window.get(bit as usize % BLOCK).copied().unwrap_or_default()
    }
}

/// The bits up to the lowest that is set, with it; all where none is.
#[inline]
fn up_to_first(bits: u64) -> u64 {
    bits ^ bits.wrapping_sub(1)
}

/// The bits below the lowest that is set; all where none is.
#[inline]
fn before_first(bits: u64) -> u64 {
    !bits & bits.wrapping_sub(1)
}

/// The place of the lowest bit that is set, or the last of all.
#[inline]
fn next(bits: u64) -> u32 {
    (bits | 1 << (BLOCK - 1)).trailing_zeros()
}

/// The places of bits that are set, ascending.
fn bits(bits: u64) -> impl Iterator<Item = u32> {
    let set = std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
    set.take_while(|bits| *bits != 0).map(u64::trailing_zeros)
}

/// Columns side by side whose cells of one byte mean the same, as those of most questions do. What is
/// needed for nearly every cell.
struct Run {
    /// Whether there is a byte that settles something.
    settles: bool,
    /// The code of a cell of one byte, or [`ASK`] if there is more to do, as there always is in columns
    /// that are no question; that of an empty cell at the delimiter and at the line's end, one of which stands
    /// before its own end.
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
    /// With room for those of a block behind them.
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
        if let Some(run) = self.runs.last_mut().filter(|run| *run.table == *table) {
            run.end += 1;
        } else {
            let settles = table.iter().any(|code| *code != ASK);
            self.runs.push(Run { settles, table: Box::new(*table), end: self.lanes.len() });
        }
        self.run_of.push(self.runs.len() - 1);
        self.codes.resize(TILE * self.lanes.len() + BLOCK, ASK);
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

    /// Takes the cells that a byte or nothing settles, from that column on and the byte at which it begins, to
    /// the first that is not, or to the line's end; the end of the bytes is one, too.
    #[inline]
    pub(super) fn quick(
        &mut self,
        row: usize,
        column: usize,
        sight: &mut Sight<'_>,
        begin: usize,
    ) -> Taken {
        let mut taken = Taken { column, end: begin, is_line: false };
        let (from, to) = (self.place(row, 0), self.place(row, self.lanes.len()));
        let out = self.codes.get_mut(from..to).unwrap_or_default();
        while sight.at + BLOCK <= begin {
            sight.advance();
        }
        let mut ahead = u64::MAX << (begin - sight.at);
        loop {
            let (line, more) = (sight.lines & ahead, sight.more & ahead);
            let short = sight.ends & ahead & up_to_first(line) & before_first(more);
            let (mut left, first) = (short, taken.column);
            while left != 0 {
                let run = self.run_of.get(taken.column).and_then(|run| self.runs.get(*run));
                let Some(run) = run.filter(|run| run.settles) else { break };
                let cells = (left.count_ones() as usize).min(run.end - taken.column);
                let places = out.get_mut(taken.column..taken.column + cells);
                for place in places.unwrap_or_default() {
                    // Of an empty cell, the byte before its end is the delimiter before it.
                    *place = run.code(sight.before(next(left)));
                    left &= left.wrapping_sub(1);
                }
                taken.column += cells;
            }
            let codes = out.get(first..taken.column).unwrap_or_default();
            let is_settled = !contains(codes, ASK);
            if !is_settled {
                let settled = codes.iter().take_while(|code| **code != ASK).count();
                taken.column = first + settled;
            }
            if !is_settled || left != 0 {
                if let Some(last) = bits(short).take(taken.column - first).last() {
                    taken.end = sight.at + last as usize + 1;
                }
                return taken;
            }
            if short != 0 {
                taken.end = sight.at + BLOCK - short.leading_zeros() as usize;
            }
            taken.is_line = short & line != 0;
            if taken.is_line || more != 0 {
                return taken;
            }
            sight.advance();
            ahead = u64::MAX;
        }
    }

    /// Takes whole rows, the first of which is the one of that number, until there are so many, or one comes with
    /// a cell that neither a byte nor nothing settles, with other than one cell a column, or with no answer at
    /// all: how many rows and bytes those are.
    pub(super) fn quick_rows(&mut self, row: usize, ahead: &[u8], most: usize) -> (usize, usize) {
        if self.runs.len() == 1 {
            return self.stream(row, ahead, most);
        }
        let (mut rows, mut bytes) = (0, 0);
        let mut sight = Sight::new(ahead, self.delimiter);
        while rows < most && bytes < ahead.len() {
            let taken = self.quick(row + rows, 0, &mut sight, bytes);
            let is_whole = taken.is_line && taken.column == self.lanes.len();
            if !is_whole || taken.end - bytes <= self.lanes.len() || taken.end > ahead.len() {
                break;
            }
            (rows, bytes) = (rows + 1, taken.end);
            self.after(row + rows, false);
        }
        (rows, bytes)
    }

    /// The same where all columns are of one run.
    ///
    /// As the cells of one row stand behind those of another here, too, those of a block are set down at once.
    /// How many they are is hard to foresee, and a wrong guess takes as long as ten cells: a few more are
    /// set down than there are, and written over.
    fn stream(&mut self, row: usize, ahead: &[u8], most: usize) -> (usize, usize) {
        let (width, tile) = (self.lanes.len(), TILE * self.lanes.len());
        let (mut rows, mut bytes) = (0, 0);
        // Where the row in hand begins, and the place behind the last cell.
        let mut begin = self.place(row, 0);
        let mut cells = begin;
        let mut sight = Sight::new(ahead, self.delimiter);
        let mut is_odd = false;
        while rows < most && bytes < ahead.len() && sight.more == 0 && !is_odd {
            let (Some(run), Some(places)) =
                (self.runs.first(), self.codes.get_mut(cells..cells + BLOCK))
            else {
                break;
            };
            let mut left = sight.ends;
            let mut code = |place: &mut u8| {
                *place = run.code(sight.before(next(left)));
                left &= left.wrapping_sub(1);
            };
            let (usual, others) = places.split_at_mut(USUAL);
            usual.iter_mut().for_each(&mut code);
            let all = sight.ends.count_ones() as usize;
            if all > USUAL {
                others.iter_mut().for_each(code);
            }
            if contains(places.get(..all).unwrap_or_default(), ASK) {
                break;
            }
            for line in bits(sight.lines) {
                let end = sight.at + line as usize + 1;
                let of_row = (sight.ends & up_to_first(1 << line)).count_ones() as usize;
                is_odd =
                    cells + of_row != begin + width || end - bytes <= width || end > ahead.len();
                if is_odd {
                    break;
                }
                begin += width;
                (rows, bytes) = (rows + 1, end);
            }
            cells += all;
            if begin >= tile {
                let full = (row + rows) / TILE * TILE;
                self.turn(full - TILE, full);
                self.codes.copy_within(tile..cells, 0);
                (begin, cells) = (begin - tile, cells - tile);
            }
            sight.advance();
        }
        (rows, bytes)
    }

    /// The code of a cell, if a byte settles it.
    pub(super) fn settled(&self, column: usize, cell: &[u8]) -> Option<u8> {
        let byte = match cell {
            [] => self.delimiter,
            [byte] if *byte != self.delimiter && *byte != b'\n' => *byte,
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
