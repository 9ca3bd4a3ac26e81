//! Rows side by side, before each column gets its part of them.

use std::sync::Arc;

use super::lane::{ASK, Lane, UNANSWERED, narrow};
use crate::cohort::Cell;

/// Rows that are set down side by side before each column gets its part of them: writing to forty far
/// places for every row would take longer than reading it.
const TILE: usize = 64;

/// As many rows and columns are turned together, a word each.
const SQUARE: usize = 8;

/// What is needed of one column of the file for nearly every cell.
struct Hot {
    /// The code of a cell of one byte, or [`ASK`] if there is more to do, as there always is in columns
    /// that are no question, and at the delimiter.
    table: Arc<[u8; 256]>,
    /// The same for an empty cell.
    blank: u8,
    lane: Lane,
}

/// The columns of the file, and the last rows side by side: a byte a column, row by row.
pub(super) struct Tile {
    delimiter: u8,
    hot: Vec<Hot>,
    codes: Vec<u8>,
    /// Most questions have the same table. One stays in the first cache, forty may not.
    tables: Vec<Arc<[u8; 256]>>,
}

impl Tile {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, hot: Vec::new(), codes: Vec::new(), tables: Vec::new() }
    }

    /// One column more: its question, if it is one, and the codes of cells of a byte, if they are all
    /// that is to be known.
    pub(super) fn column(&mut self, lane: Lane, table: Option<&[u8; 256]>) {
        let blank = if table.is_some() { UNANSWERED } else { ASK };
        let table = *table.unwrap_or(&[ASK; 256]);
        let known = self.tables.iter().find(|known| ***known == table).cloned();
        let table = known.unwrap_or_else(|| {
            let new = Arc::new(table);
            self.tables.push(Arc::clone(&new));
            new
        });
        self.hot.push(Hot { table, blank, lane });
        self.codes.resize(TILE * self.hot.len(), ASK);
    }

    /// Whether no column of a question has an answer in that row, which is the last.
    pub(super) fn is_unanswered(&self, row: usize) -> bool {
        let (from, to) = (self.place(row, 0), self.place(row, self.hot.len()));
        let codes = self.codes.get(from..to).unwrap_or_default();
        let mut asked =
            self.hot.iter().zip(codes).filter(|(hot, _)| !matches!(hot.lane, Lane::None));
        asked.all(|(_, code)| *code == UNANSWERED)
    }

    /// So many rows in every lane.
    pub(super) fn fill(&mut self, rows: usize) {
        self.hot.iter_mut().for_each(|hot| hot.lane.fill(rows));
    }

    /// Forgets the rows.
    pub(super) fn clear(&mut self) {
        self.hot.iter_mut().for_each(|hot| hot.lane.clear());
    }

    pub(super) fn lanes(&self) -> impl Iterator<Item = &Lane> {
        self.hot.iter().map(|hot| &hot.lane)
    }

    /// The place of a column in a row.
    fn place(&self, row: usize, column: usize) -> usize {
        row % TILE * self.hot.len() + column
    }

    /// Takes the cells that a byte or nothing settles, from that column on: the next column, and what
    /// is behind them, if anything is.
    #[inline]
    pub(super) fn quick<'r>(
        &mut self,
        row: usize,
        column: usize,
        cells: &'r [u8],
    ) -> (usize, Option<&'r [u8]>) {
        let (from, to) = (self.place(row, column), self.place(row, self.hot.len()));
        let hot = self.hot.get(column..).unwrap_or_default();
        let out = self.codes.get_mut(from..to).unwrap_or_default();
        let (taken, behind) = quick(hot, out, cells, self.delimiter);
        (column + taken, behind)
    }

    /// The code of a cell, if a byte settles it.
    pub(super) fn settled(&self, column: usize, cell: &[u8]) -> Option<u8> {
        let [byte] = cell else { return None };
        let code = self.hot.get(column)?.code(*byte);
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
        if let Some(Hot { lane: lane @ Lane::Wide(_), .. }) = self.hot.get_mut(column) {
            lane.put(row, cell);
        }
    }

    /// A row of which nothing is known but that it is bad.
    pub(super) fn bad(&mut self, row: usize) {
        (0..self.hot.len()).for_each(|column| self.put(row, column, Cell::Bad));
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
        let width = self.hot.len();
        // Eight rows of eight columns at a time, and then what is left.
        let squares = if to - from == TILE { width - width % SQUARE } else { 0 };
        for (block, columns) in self.hot.chunks_exact_mut(SQUARE).take(squares / SQUARE).enumerate()
        {
            for row in (0..TILE).step_by(SQUARE) {
                let mut square = [0; SQUARE];
                for (number, word) in square.iter_mut().enumerate() {
                    let place = (row + number) * width + block * SQUARE;
                    let bytes = self.codes.get(place..).and_then(<[u8]>::first_chunk);
                    *word = u64::from_le_bytes(bytes.copied().unwrap_or_default());
                }
                for (hot, word) in columns.iter_mut().zip(turned(square)) {
                    let Lane::Narrow(codes) = &mut hot.lane else { continue };
                    codes.resize(codes.len().max(to), UNANSWERED);
                    if let Some(out) = codes.get_mut(from + row..from + row + SQUARE) {
                        out.copy_from_slice(&word.to_le_bytes());
                    }
                }
            }
        }
        for (place, hot) in self.hot.iter_mut().enumerate().skip(squares) {
            if let Lane::Narrow(codes) = &mut hot.lane {
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

/// The codes of the first cells that a byte or nothing settles; how many there are, and what is behind
/// them, if anything is. Where four cells of a byte follow each other, they are taken together.
#[inline]
fn quick<'r>(
    mut hot: &[Hot],
    out: &mut [u8],
    mut cells: &'r [u8],
    delimiter: u8,
) -> (usize, Option<&'r [u8]>) {
    let all = hot.len();
    let delimiters = u64::from_le_bytes([0, delimiter, 0, delimiter, 0, delimiter, 0, delimiter]);
    let places = u64::from_le_bytes([0, 255, 0, 255, 0, 255, 0, 255]);
    loop {
        while let (Some((of_four, hot_behind)), Some((bytes, behind))) =
            (hot.split_first_chunk::<4>(), cells.split_first_chunk::<8>())
        {
            let [a, _, b, _, c, _, d, _] = *bytes;
            let [of_a, of_b, of_c, of_d] = of_four;
            let codes = [of_a.code(a), of_b.code(b), of_c.code(c), of_d.code(d)];
            if u64::from_le_bytes(*bytes) & places != delimiters || codes.contains(&ASK) {
                break;
            }
            let place = all - hot.len();
            let Some(four) = out.get_mut(place..place + 4) else { break };
            four.copy_from_slice(&codes);
            (hot, cells) = (hot_behind, behind);
        }
        for _ in 0..4 {
            let place = all - hot.len();
            let (Some((of_one, hot_behind)), Some(one)) = (hot.split_first(), out.get_mut(place))
            else {
                return (place, Some(cells));
            };
            let (code, behind) = match cells {
                [byte, behind @ ..] if *byte == delimiter => (of_one.blank, Some(behind)),
                [byte, next, behind @ ..] if *next == delimiter => {
                    (of_one.code(*byte), Some(behind))
                }
                [byte] => (of_one.code(*byte), None),
                _ => (ASK, None),
            };
            if code == ASK {
                return (place, Some(cells));
            }
            *one = code;
            let Some(behind) = behind else { return (place + 1, None) };
            (hot, cells) = (hot_behind, behind);
        }
    }
}

impl Hot {
    #[inline]
    fn code(&self, byte: u8) -> u8 {
        self.table.get(usize::from(byte)).copied().unwrap_or(ASK)
    }
}
