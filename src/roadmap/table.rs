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
        let least = options.iter().map(|option| option.effort).min().unwrap_or(0);
        let longest = options.iter().map(|option| option.effort).max().unwrap_or(0);
        let from = first.max(self.from + least);
        let len = (last + 1).min(self.end() + longest).saturating_sub(from);
        meter.spend(options.len(), len.min(self.short.len()) + 1)?;
        let mut short = vec![T::DEAD; len];
        for option in options {
            let at = self.from + option.effort;
            let from_new = short.get_mut(at.saturating_sub(from)..).unwrap_or_default();
            let from_old = self.short.get(from.saturating_sub(at)..).unwrap_or_default();
            for (new, old) in from_new.iter_mut().zip(from_old) {
                *new = (*new).min(*old + option.short);
            }
        }
        for short in &mut short {
            if *short > most {
                *short = T::DEAD;
            }
        }
        let dead = short.iter().take_while(|short| **short == T::DEAD).count();
        let alive = short.iter().rposition(|short| *short != T::DEAD).map_or(0, |at| at + 1);
        short.truncate(alive);
        short.drain(..dead.min(alive));
        short.shrink_to_fit();
        Ok(Self { from: from + dead, short })
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
