//! Ratings as credits: where each value lies between the lowest and the highest of its column.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use super::credit_sums::CreditSums;
use super::ratings::{Ratings, present};
use crate::number::Weight;

/// From the value that counts as a credit of 0 to the one that counts as 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    low: f64,
    high: f64,
}

impl Span {
    /// Values that are credits as they stand.
    pub(super) const CREDITS: Self = Self { low: 0.0, high: 1.0 };

    /// The same values where they count by that weight.
    pub(super) fn times(self, weight: Weight) -> Self {
        let factor = f64::from(weight.thousandths()) / 1000.0;
        Self { low: self.low * factor, high: self.high * factor }
    }

    fn of(cells: &[f64]) -> Self {
        let values = || cells.iter().filter_map(|cell| present(*cell));
        Self {
            low: values().fold(f64::INFINITY, f64::min),
            high: values().fold(-f64::INFINITY, f64::max),
        }
    }

    /// The least that has both in it.
    fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Infinite if it is too large for a double.
    pub(super) fn width(self) -> f64 {
        self.high - self.low
    }

    /// From 0 to 1; 0 where all values are the same.
    fn credit(self, value: f64) -> f64 {
        // Half a distance is always a double.
        let unit = if self.width().is_finite() { 1.0 } else { 0.5 };
        let (low, high) = (self.low * unit, self.high * unit);
        if low < high { (value * unit - low) / (high - low) } else { 0.0 }
    }

    pub(super) fn value(self, credit: f64) -> f64 {
        self.low + credit * self.width()
    }
}

/// The sums of a table, and the spans on which its values are credits.
pub(super) fn sums(table: &Ratings) -> (CreditSums, Vec<Span>) {
    let spans: Vec<Span> = table.cells().iter().map(|cells| Span::of(cells)).collect();
    let columns: Vec<(usize, Span)> = spans.iter().copied().enumerate().collect();
    (summed(table, &columns), spans)
}

/// The sums of two columns as credits on one span, which both share; `None` if there are not so many.
pub(super) fn sums_of_two(table: &Ratings, columns: [usize; 2]) -> Option<(CreditSums, Span)> {
    let of = |column: usize| table.cells().get(column).map(|cells| Span::of(cells));
    let span = of(columns[0])?.with(of(columns[1])?);
    Some((summed(table, &columns.map(|column| (column, span))), span))
}

fn summed(table: &Ratings, columns: &[(usize, Span)]) -> CreditSums {
    let mut sums = CreditSums::new(columns.iter().map(|_| ""));
    let mut hand = Vec::with_capacity(columns.len());
    for row in 0..table.rows() {
        hand.clear();
        let cells = columns.iter();
        hand.extend(cells.map(|(column, span)| Some(span.credit(table.get(row, *column)?))));
        let pushed = sums.push(&hand);
        debug_assert!(pushed.is_ok(), "one credit from 0 to 1 a column");
    }
    sums
}
