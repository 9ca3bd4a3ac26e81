//! What is left to search of a column: levels, efforts, and how far a plan may fall short.

use super::cost::{Meter, Spent};
use super::problem::Column;
use super::table::{Amount, Move, Steps, Table};

/// A level that an item may be taken to; level 0 leaves it.
#[derive(Clone, Copy)]
pub(super) struct Climb {
    pub(super) level: u8,
    pub(super) effort: usize,
    pub(super) gain: u128,
}

impl Climb {
    /// What it brings less the price of its effort.
    fn worth(&self, price: i128) -> i128 {
        worth(self.gain, self.effort, price)
    }
}

/// A gain less the price of an effort. Gains stay below 1e25 and so do prices, for efforts below
/// 1e6, so that nothing here comes near 128 bits.
pub(super) fn worth(gain: u128, effort: usize, price: i128) -> i128 {
    i128::try_from(gain).unwrap_or(i128::MAX) - price * i128::try_from(effort).unwrap_or(0)
}

/// A column, and which of its plans can be part of a best one: each item at one of its climbs, the
/// effort from `first` to `last`, and the worth at `price` no lower than the best worths of all
/// items less `slack`.
pub(super) struct Field<'p> {
    pub(super) column: &'p Column,
    /// For each item, lowest level first.
    pub(super) climbs: Vec<Vec<Climb>>,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) price: i128,
    /// The best worths of all items.
    pub(super) best: i128,
    pub(super) slack: u128,
}

impl<'p> Field<'p> {
    /// Everything that the column has.
    pub(super) fn new(column: &'p Column) -> Self {
        let climbs = column.items.iter().map(|item| {
            let zero = Climb { level: 0, effort: 0, gain: 0 };
            let climb = |(level, gain): (u8, &u128)| Climb {
                level,
                effort: item.effort * usize::from(level),
                gain: *gain,
            };
            std::iter::once(zero).chain((1..).zip(&item.gains).map(climb)).collect()
        });
        let climbs = climbs.collect();
        Self { column, climbs, first: 0, last: 0, price: 0, best: 0, slack: 0 }
    }

    /// Leaves only efforts from `first` to `last` and the levels that plans can use which are worth
    /// `needed` at one of the prices; of prices the one that leaves least.
    ///
    /// The items cannot be worth more than the best level of each: so none can be at a level that
    /// falls short of its best by more than the sum of these exceeds what is needed. That holds for
    /// any price.
    pub(super) fn narrow(
        &mut self,
        (first, last): (usize, usize),
        prices: impl IntoIterator<Item = i128>,
        needed: impl Fn(i128) -> i128,
    ) {
        (self.first, self.last) = (first, last);
        let best = |climbs: &Vec<Climb>, price| climbs.iter().map(|c| c.worth(price)).max();
        let all = |price| self.climbs.iter().filter_map(|of| best(of, price)).sum::<i128>();
        let tried = prices.into_iter().map(|price| {
            let all = all(price);
            (u128::try_from(all - needed(price)).unwrap_or(0), price, all)
        });
        (self.slack, self.price, self.best) = tried.min().unwrap_or_default();
        for climbs in &mut self.climbs {
            let best = best(climbs, self.price).unwrap_or(0);
            climbs.retain(|climb| {
                u128::try_from(best - climb.worth(self.price)).is_ok_and(|s| s <= self.slack)
            });
        }
    }

    /// The gain of a plan of that effort that falls short of all the best worths by so much.
    pub(super) fn gain(&self, effort: usize, short: u128) -> u128 {
        let effort = i128::try_from(effort).unwrap_or(0);
        let short = i128::try_from(short).unwrap_or(0);
        u128::try_from(self.best + self.price * effort - short).unwrap_or(0)
    }

    /// The climbs of one item as moves.
    pub(super) fn moves<T: Amount>(&self, climbs: &[Climb]) -> Vec<Move<T>> {
        // What its best is, as `best` counts it, stays the same when climbs are struck.
        let best = climbs.iter().map(|climb| climb.worth(self.price)).max().unwrap_or(0);
        let short = |climb: &Climb| u128::try_from(best - climb.worth(self.price)).unwrap_or(0);
        climbs.iter().map(|c| Move { effort: c.effort, short: T::new(short(c)) }).collect()
    }

    /// How much the items with those climbs take at least and at most together.
    pub(super) fn efforts<'c>(climbs: impl IntoIterator<Item = &'c Vec<Climb>>) -> (usize, usize) {
        climbs.into_iter().fold((0, 0), |(least, most), climbs| {
            let of = |climb: std::option::Option<&Climb>| climb.map_or(0, |climb| climb.effort);
            (least + of(climbs.first()), most + of(climbs.last()))
        })
    }

    /// By how much the best falls short for each effort.
    pub(super) fn table<T: Amount>(&self, meter: &mut Meter) -> Result<Table<T>, Spent> {
        let mut table = Table::one(0, T::ZERO);
        let (mut least, mut most) = Self::efforts(&self.climbs);
        for climbs in &self.climbs {
            let of_item = Self::efforts([climbs]);
            (least, most) = (least - of_item.0, most - of_item.1);
            let window = (self.first.saturating_sub(most), self.last.saturating_sub(least));
            let moves = self.moves(climbs);
            table = table.with(&moves, window, T::new(self.slack), meter)?;
        }
        Ok(table)
    }

    /// What the table takes at most.
    pub(super) fn cost(&self) -> u64 {
        let (mut least, mut most) = Self::efforts(&self.climbs);
        let (mut from, mut end, mut steps) = (0, 1, 0_u64);
        for climbs in &self.climbs {
            let (shortest, longest) = Self::efforts([climbs]);
            (least, most) = (least - shortest, most - longest);
            let had: usize = end - from;
            let of_item = match Steps::of(&self.moves::<i128>(climbs)) {
                Some(steps) => (steps.doublings() + 3) * (had + longest - shortest),
                None => climbs.len() * (had + 1) + had + longest - shortest,
            };
            from = self.first.saturating_sub(most).max(from + shortest);
            end = (self.last.saturating_sub(least) + 1).min(end + longest).max(from);
            steps = steps.saturating_add(of_item as u64);
        }
        steps
    }
}
