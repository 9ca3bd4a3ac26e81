//! Tables over exact efforts: by how much the best that an effort can buy falls short.

use std::ops::Add;

use super::cost::{Meter, Spent};

/// By how much something falls short of a reference: whole and never negative. Three widths, as
/// narrow numbers are added and compared several at a time.
pub(super) trait Amount: Copy + Ord + Add<Output = Self> {
    const ZERO: Self;
    /// More than any that counts; twice as much fits, too.
    const DEAD: Self;
    /// The amount, or [`Self::DEAD`] if it is not below that.
    fn new(amount: u128) -> Self;
    fn get(self) -> u128;
    /// Whether everything up to `most` is below half of [`Self::DEAD`].
    fn holds(most: u128) -> bool {
        most < Self::DEAD.get() / 2
    }
}

macro_rules! amounts {
    ($($type:ty),*) => { $(
        impl Amount for $type {
            const ZERO: Self = 0;
            const DEAD: Self = 1 << (<$type>::BITS - 3);
            fn new(amount: u128) -> Self {
                Self::try_from(amount).map_or(Self::DEAD, |amount| amount.min(Self::DEAD))
            }
            fn get(self) -> u128 {
                u128::try_from(self).unwrap_or(0)
            }
        }
    )* };
}
amounts!(i32, i64, i128);

/// What an item can do: an effort, and by how much that falls short of its best.
#[derive(Clone, Copy)]
pub(super) struct Move<T> {
    pub(super) effort: usize,
    pub(super) short: T,
}

/// Options that are evenly apart, in effort and in what they fall short by.
pub(super) struct Steps {
    count: usize,
    effort: usize,
    short: u128,
    /// Whether they fall short by less with each.
    falls: bool,
    /// By how much the best of them falls short.
    least: u128,
}

impl Steps {
    /// As many as pay off.
    const MANY: usize = 8;

    pub(super) fn of<T: Amount>(options: &[Move<T>]) -> Option<Self> {
        let (Some(first), Some(end)) = (options.first(), options.last()) else { return None };
        let count = options.len();
        let (falls, least) = (end.short < first.short, end.short.min(first.short).get());
        let between = |one: &Move<T>, other: &Move<T>| {
            let (less, more) = if falls { (other, one) } else { (one, other) };
            let short = more.short.get().checked_sub(less.short.get())?;
            Some((other.effort.checked_sub(one.effort)?, short))
        };
        let mut apart = options.iter().zip(options.iter().skip(1)).map(|(a, b)| between(a, b));
        let (effort, short) = apart.next()??;
        let even = count >= Self::MANY && apart.all(|of| of == Some((effort, short)));
        even.then_some(Self { count, effort, short, falls, least })
    }

    /// How often the best of them is doubled.
    pub(super) fn doublings(&self) -> usize {
        self.count.next_power_of_two().ilog2() as usize
    }
}

/// For each exact effort from `from` on, by how much the best that it can buy falls short.
#[derive(Clone)]
pub(super) struct Table<T> {
    pub(super) from: usize,
    pub(super) short: Vec<T>,
}

impl<T: Amount> Table<T> {
    pub(super) fn one(effort: usize, short: T) -> Self {
        Self { from: effort, short: vec![short] }
    }

    /// The effort after the last.
    pub(super) fn end(&self) -> usize {
        self.from + self.short.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, T)> {
        (self.from..).zip(self.short.iter().copied())
    }

    /// This, and one of `options`: for the efforts from `first` to `last`, and without what falls
    /// short by more than `most`.
    pub(super) fn with(
        &self,
        options: &[Move<T>],
        (first, last): (usize, usize),
        most: T,
        meter: &mut Meter,
    ) -> Result<Self, Spent> {
        let shortest = options.iter().map(|option| option.effort).min().unwrap_or(0);
        let longest = options.iter().map(|option| option.effort).max().unwrap_or(0);
        let from = first.max(self.from + shortest);
        let len = (last + 1).min(self.end() + longest).saturating_sub(from);
        let mut short = if let Some(steps) = Steps::of(options) {
            let mut all = self.evenly(&steps, meter)?;
            all.truncate((from - self.from - shortest).saturating_add(len));
            all.drain(..all.len().saturating_sub(len));
            all
        } else {
            meter.spend(options.len(), len.min(self.short.len()) + 1)?;
            meter.spend(1, len)?;
            let mut short = vec![T::DEAD; len];
            for option in options {
                let at = self.from + option.effort;
                let from_new = short.get_mut(at.saturating_sub(from)..).unwrap_or_default();
                let from_old = self.short.get(from.saturating_sub(at)..).unwrap_or_default();
                for (new, old) in from_new.iter_mut().zip(from_old) {
                    *new = (*new).min(*old + option.short);
                }
            }
            short
        };
        for short in &mut short {
            if *short > most {
                *short = T::DEAD;
            }
        }
        let dead = short.iter().take_while(|short| **short == T::DEAD).count();
        let alive = short.iter().rposition(|short| *short != T::DEAD).map_or(0, |at| at + 1);
        short.truncate(alive);
        short.drain(..dead.min(alive));
        Ok(Self { from: from + dead, short })
    }

    /// This, and one of some options that are evenly apart: from the least effort on. The best of
    /// twice as many options is the better of two that each are the best of as many.
    fn evenly(&self, steps: &Steps, meter: &mut Meter) -> Result<Vec<T>, Spent> {
        let len = self.short.len() + (steps.count - 1) * steps.effort;
        meter.spend(steps.doublings() + 3, len)?;
        let start = if steps.falls { len - self.short.len() } else { 0 };
        let mut best = vec![T::DEAD; len];
        for (best, old) in best.iter_mut().skip(start).zip(&self.short) {
            *best = *old + T::new(steps.least);
        }
        let mut has = 1;
        while has < steps.count {
            let more = has.min(steps.count - has);
            let (away, short) = (more * steps.effort, T::new(more as u128 * steps.short));
            // In place, block by block: each reads the next, which still is as it was.
            let blocks = len.div_ceil(away);
            for block in 1..blocks {
                let (into, other) = if steps.falls {
                    let (before, after) = best.split_at_mut(block * away);
                    (before.get_mut((block - 1) * away..), after.get(..))
                } else {
                    let (before, after) = best.split_at_mut((blocks - block) * away);
                    (after.get_mut(..), before.get((blocks - block - 1) * away..))
                };
                for (new, old) in into.unwrap_or_default().iter_mut().zip(other.unwrap_or_default())
                {
                    *new = (*new).min(*old + short);
                }
            }
            has += more;
        }
        Ok(best)
    }

    /// By how much the best falls short that takes exactly `effort` in this and `other` together.
    pub(super) fn together(&self, other: &Self, effort: usize) -> T {
        // `other` is read backwards, from `effort - self.from` down.
        let Some(top) = effort.checked_sub(self.from + other.from) else { return T::DEAD };
        let skip = (top + 1).saturating_sub(other.short.len());
        let mine = self.short.get(skip..).unwrap_or_default();
        let theirs = other.short.get(..=top).unwrap_or(&other.short);
        let sums = mine.iter().zip(theirs.iter().rev()).map(|(a, b)| *a + *b);
        sums.min().unwrap_or(T::DEAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roadmap::cost::Cost;

    /// Numbers without a pattern, below `bound`.
    fn numbers(seed: &mut u64, bound: u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*seed >> 33) % bound
    }

    /// The same by every pair.
    fn slowly(table: &Table<i64>, options: &[Move<i64>], window: (usize, usize)) -> Vec<i64> {
        let best = |effort: usize| {
            let pairs = options.iter().filter_map(|option| {
                let at = effort.checked_sub(option.effort)?.checked_sub(table.from)?;
                Some(table.short.get(at)? + option.short).filter(|short| *short <= 50)
            });
            pairs.min().unwrap_or(i64::DEAD)
        };
        (window.0..=window.1).map(best).collect()
    }

    #[test]
    fn a_table_with_an_item_is_the_best_of_every_pair_also_if_its_levels_are_evenly_apart() {
        let (mut seed, mut even) = (1, 0);
        let mut meter = Meter::new(Cost::from_steps(1 << 40));
        for _ in 0..3000 {
            let mut number = |bound| usize::try_from(numbers(&mut seed, bound)).unwrap();
            let dead =
                |short: usize| if short > 40 { i64::DEAD } else { i64::try_from(short).unwrap() };
            let len = 1 + number(20);
            let short = (0..len).map(|_| dead(number(50))).collect();
            let table = Table { from: number(5), short };
            let (count, effort, apart) = (1 + number(20), 1 + number(3), number(4));
            let (falls, odd) = (number(2) == 0, number(8));
            let option = |at: usize| {
                let far = if falls { count - 1 - at } else { at };
                let more = usize::from(at == odd && odd < 4);
                Move { effort: at * effort, short: i64::try_from(far * apart + more).unwrap() }
            };
            let options: Vec<Move<i64>> = (0..count).map(option).collect();
            even += usize::from(Steps::of(&options).is_some());
            let first = number(10);
            let window = (first, first + number(60));
            let with = table.with(&options, window, 50, &mut meter).ok().unwrap();
            let at = |effort: usize| {
                let at = effort.checked_sub(with.from);
                at.and_then(|at| with.short.get(at)).copied().unwrap_or(i64::DEAD)
            };
            let found: Vec<i64> = (window.0..=window.1).map(at).collect();
            assert_eq!(found, slowly(&table, &options, window), "{count} {effort} {apart} {falls}");
            for effort in window.0..=window.1 {
                let pairs = table.iter().filter_map(|(mine, short)| {
                    Some(short + *with.short.get(effort.checked_sub(mine + with.from)?)?)
                });
                let together = table.together(&with, effort);
                assert_eq!(together, pairs.min().unwrap_or(i64::DEAD), "{effort}");
            }
        }
        assert!(even > 500, "{even}");
    }
}
