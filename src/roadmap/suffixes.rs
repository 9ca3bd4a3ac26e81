//! What the items of a column from some item on can do.

use super::cost::{Meter, Spent};
use super::table::{Amount, Move, Table};

/// The table of the items from each item on. Where all of them would take much room, only some are
/// kept, and those up to the next one are made again when the first of them is asked for.
pub(super) struct Suffixes<T> {
    moves: Vec<Vec<Move<T>>>,
    /// The efforts that the items from each one on can have.
    windows: Vec<(usize, usize)>,
    /// What the items from each one on take at least and at most.
    efforts: Vec<(usize, usize)>,
    most: T,
    every: usize,
    /// From each `every`th item on, and from after the last.
    kept: Vec<Table<T>>,
    block: Vec<Table<T>>,
    block_at: usize,
    nothing: Table<T>,
}

/// As many amounts as may be kept without a thought.
const ROOM: usize = 200_000;

impl<T: Amount> Suffixes<T> {
    /// `base` is what is spent besides, `window` what is spent in all, and `most` by how much that
    /// may fall short.
    pub(super) fn new(
        moves: Vec<Vec<Move<T>>>,
        base: usize,
        window: (usize, usize),
        most: T,
        meter: &mut Meter,
    ) -> Result<Self, Spent> {
        let (mut least, mut longest) = (base, base);
        let mut windows = Vec::with_capacity(moves.len());
        for of_item in &moves {
            windows.push((window.0.saturating_sub(longest), window.1.saturating_sub(least)));
            let efforts = || of_item.iter().map(|of| of.effort);
            least += efforts().min().unwrap_or(0);
            longest += efforts().max().unwrap_or(0);
        }
        let mut efforts = Vec::with_capacity(moves.len());
        let mut rest = (0, 0);
        for of_item in moves.iter().rev() {
            let of = || of_item.iter().map(|of| of.effort);
            rest = (rest.0 + of().min().unwrap_or(0), rest.1 + of().max().unwrap_or(0));
            efforts.push(rest);
        }
        efforts.reverse();
        let count = moves.len();
        let widest = longest.min(window.1) + 1;
        let every = if count * widest <= ROOM { 1 } else { count.isqrt().max(1) };
        let nothing = Table::one(0, T::ZERO);
        let mut suffixes = Self {
            moves,
            windows,
            efforts,
            most,
            every,
            kept: Vec::new(),
            block: Vec::new(),
            block_at: usize::MAX,
            nothing,
        };
        let mut table = suffixes.nothing.clone();
        for at in (0..count).rev() {
            table = suffixes.before(at, &table, meter)?;
            if at % every == 0 {
                suffixes.kept.push(table.clone());
            }
        }
        suffixes.kept.reverse();
        Ok(suffixes)
    }

    /// The table from an item on, given the one after it.
    fn before(&self, at: usize, table: &Table<T>, meter: &mut Meter) -> Result<Table<T>, Spent> {
        match (self.moves.get(at), self.windows.get(at)) {
            (Some(moves), Some(window)) => table.with(moves, *window, self.most, meter),
            _ => Ok(table.clone()),
        }
    }

    /// Makes the table from an item on at hand, and all up to the next that is kept.
    pub(super) fn prepare(&mut self, at: usize, meter: &mut Meter) -> Result<(), Spent> {
        let block = at / self.every;
        if self.every == 1 || block == self.block_at {
            return Ok(());
        }
        self.block.clear();
        self.block_at = block;
        let (start, end) = (block * self.every, ((block + 1) * self.every).min(self.moves.len()));
        let mut table = self.kept.get(block + 1).unwrap_or(&self.nothing).clone();
        for at in (start + 1..end).rev() {
            table = self.before(at, &table, meter)?;
            self.block.push(table.clone());
        }
        self.block.reverse();
        Ok(())
    }

    /// The table from an item on, of those that are at hand.
    pub(super) fn get(&self, at: usize) -> &Table<T> {
        let table = match at % self.every {
            0 => self.kept.get(at / self.every),
            rest => self.block.get(rest - 1),
        };
        table.filter(|_| at < self.moves.len()).unwrap_or(&self.nothing)
    }

    /// What the items from an item on take at least and at most.
    pub(super) fn efforts(&self, at: usize) -> (usize, usize) {
        self.efforts.get(at).copied().unwrap_or_default()
    }
}
