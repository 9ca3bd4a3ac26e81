//! Sums in one fixed order, and values less their mean.
//!
//! The order: row by row as they come, in blocks of 256, which are added as they come. Blocks keep the
//! error of a million rows near that of a few thousand.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use super::Undefined;

/// How many rows are summed before they are added to the sum of the rows before.
const BLOCK: usize = 256;

/// A sum of squares, or of covariances, that is this small beside the sum of the amounts that it is
/// made of is what rounding left of a 0.
pub(super) const ROUNDING: f64 = 1e-12;

/// A number of things, as a double: exact, as no table in memory has 2^53 cells.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
pub(super) fn count(things: usize) -> f64 {
    things as f64
}

/// A number of rows, as a double: exact, as there is room for no more than 500 million.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
pub(super) fn rows(of: u64) -> f64 {
    of as f64
}

/// The sum of values, row by row in blocks.
pub(super) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut block, mut taken) = (0.0, 0.0, 0_usize);
    for value in values {
        block += value;
        taken += 1;
        if taken % BLOCK == 0 {
            total += block;
            block = 0.0;
        }
    }
    total + block
}

/// Where values lie: their mean, kept in two parts.
///
/// The mean is that of distances to the first value, so that ratings around 1e9 lose no more digits
/// than ratings around 0, and equal values have a distance of exactly 0 to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Centre {
    first: f64,
    offset: f64,
    pub(super) n: usize,
    /// Whether all values are the same; found by comparing them.
    pub(super) constant: bool,
}

impl Centre {
    /// `None` if there is no value.
    pub(super) fn of(values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        let first = values.clone().next()?;
        let (mut n, mut constant) = (0, true);
        let total = sum(values.map(|value| {
            let distance = value - first;
            n += 1;
            constant &= distance == 0.0;
            distance
        }));
        Some(Self { first, offset: total / count(n), n, constant })
    }

    pub(super) fn mean(&self) -> f64 {
        self.first + self.offset
    }

    /// How far this mean is from another; more exact than the difference of two means.
    pub(super) fn beyond(&self, other: &Self) -> f64 {
        (self.first - other.first) + (self.offset - other.offset)
    }

    /// A value less the mean.
    pub(super) fn less(&self, value: f64) -> f64 {
        (value - self.first) - self.offset
    }

    /// The sum of squared distances to the mean.
    pub(super) fn squares(&self, values: impl Iterator<Item = f64>) -> f64 {
        sum(values.map(|value| {
            let distance = self.less(value);
            distance * distance
        }))
    }

    /// What squares leave of a variance: 0 only if the values are constant.
    pub(super) fn variance(&self, squares: f64) -> Result<f64, Undefined> {
        if self.n < 2 {
            return Err(Undefined::TooFewRows);
        }
        sound(squares, self.constant).map(|squares| squares / count(self.n - 1))
    }
}

/// A sum of squares that neither overflowed nor lost digits to underflow.
pub(super) fn sound(squares: f64, constant: bool) -> Result<f64, Undefined> {
    /// From here on down squares are rounded more coarsely than sums are.
    const LEAST: f64 = f64::MIN_POSITIVE / f64::EPSILON;
    if constant {
        return Ok(0.0);
    }
    if squares.is_finite() && squares >= LEAST {
        Ok(squares)
    } else {
        Err(Undefined::Unrepresentable)
    }
}

/// What one figure has beyond another, or exactly 0 where that is no more than rounding leaves of figures
/// that are equal.
pub(super) fn difference(one: f64, other: f64) -> f64 {
    let difference = one - other;
    if difference.abs() <= ROUNDING * one.abs().max(other.abs()) { 0.0 } else { difference }
}

/// A sum that something is divided by, and the sum of the amounts that it is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    total: f64,
    amounts: f64,
}

impl Sum {
    pub(super) fn of<const N: usize>(parts: [f64; N]) -> Self {
        Self::over(parts)
    }

    /// In the order in which they come.
    pub(super) fn over(parts: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = Self::default();
        parts.into_iter().for_each(|part| sum.add(part));
        sum
    }

    pub(super) fn add(&mut self, part: f64) {
        self.total += part;
        self.amounts += part.abs();
    }

    pub(super) fn add_sum(&mut self, other: Self) {
        self.total += other.total;
        self.amounts += other.amounts;
    }

    pub(super) fn add_twice(&mut self, other: Self) {
        self.add_sum(other);
        self.add_sum(other);
    }

    /// The total, if one can divide by it: an estimate of a variance that is above 0.
    pub(super) fn divisor(self) -> Result<f64, Undefined> {
        if !self.amounts.is_finite() {
            Err(Undefined::Unrepresentable)
        } else if self.total.abs() <= ROUNDING * self.amounts {
            Err(Undefined::NoVariance)
        } else if self.total < 0.0 {
            Err(Undefined::NegativeVariance)
        } else {
            Ok(self.total)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Centre, count, sound, sum};
    use crate::statistics::Undefined;

    #[test]
    fn a_mean_far_from_zero_keeps_the_digits_of_the_distances() {
        let values = [1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.75];
        let centre = Centre::of(values.into_iter()).unwrap();
        assert_eq!(
            values.map(|value| centre.less(value).to_bits()),
            [-0.25, 0.0, 0.25].map(f64::to_bits)
        );
        assert_eq!(centre.squares(values.into_iter()).to_bits(), 0.125_f64.to_bits());
    }

    #[test]
    fn values_are_constant_only_if_they_are_equal() {
        let constant = |values: [f64; 3]| Centre::of(values.into_iter()).unwrap().constant;
        assert!(constant([0.1; 3]));
        assert!(!constant([0.1, 0.1, 0.1 + f64::EPSILON / 8.0]));
    }

    #[test]
    fn blocks_lose_no_row() {
        for n in [0, 1, 7, 8, 9, 255, 256, 257, 1000] {
            let ones = vec![1.0; n];
            assert_eq!(sum(ones.iter().copied()).to_bits(), count(n).to_bits());
        }
    }

    #[test]
    fn squares_that_left_the_range_of_a_double_are_no_variance() {
        assert_eq!(sound(f64::INFINITY, false), Err(Undefined::Unrepresentable));
        assert_eq!(sound(0.0, false), Err(Undefined::Unrepresentable));
        assert_eq!(sound(f64::NAN, false), Err(Undefined::Unrepresentable));
        assert_eq!(sound(0.0, true), Ok(0.0));
    }
}
