//! The variance of whole numbers of which there are many: exact up to one division.

use super::Distribution;
use crate::number::Score;
use crate::statistics::Moments;

/// A whole number below 2^192: `high * 2^64 + low`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cohort) struct Wide {
    high: u128,
    low: u64,
}

impl Wide {
    pub(in crate::cohort) fn product(one: u128, other: u64) -> Self {
        let other = u128::from(other);
        let low = (one & u128::from(u64::MAX)) * other;
        // Below 2^128, as neither factor of either part reaches 2^64 and the carry is below that.
        let high = (one >> 64) * other + (low >> 64);
        Self { high, low: low_half(low) }
    }

    /// Less a number that is not larger.
    pub(in crate::cohort) fn less(self, other: u128) -> Self {
        let (low, borrowed) = self.low.overflowing_sub(low_half(other));
        Self { high: self.high - (other >> 64) - u128::from(borrowed), low }
    }

    /// The nearest double, ties to even.
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_precision_loss,
        reason = "one rounding: what the low half adds to a high half of 65 bits only breaks its ties, \
                  and a product with a power of 2 is exact"
    )]
    pub(in crate::cohort) fn double(self) -> f64 {
        /// 2^64.
        const SHIFT: f64 = 18_446_744_073_709_551_616.0;
        if self.high >> 64 == 0 {
            (self.high << 64 | u128::from(self.low)) as f64
        } else {
            (self.high | u128::from(self.low != 0)) as f64 * SHIFT
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
const fn low_half(number: u128) -> u64 {
    number as u64
}

impl Distribution {
    /// The variance, with `n - 1` in the denominator; `None` for fewer than two.
    ///
    /// With `S` the sum of Scores and `Q` that of their squares it is `(n Q - S^2) / (n (n - 1))`.
    /// Numerator and denominator are exact whole numbers, whatever the number of respondents; each is
    /// rounded to the nearest double, and one division follows. Hence it is the same everywhere, and
    /// within two units in the last place of the exact value.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// # use digital_maturity::cohort::Distribution;
    /// let two: Distribution = [Some(Score::ZERO), Some(Score::ONE)].into_iter().collect();
    /// assert_eq!(two.variance(), Some(0.5));
    /// ```
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "a statistic: one division of two rounded wholes")]
    pub fn variance(&self) -> Option<f64> {
        /// Billionths in a Score, squared.
        const SQUARE: u64 = 1_000_000_000_000_000_000;
        let count = self.count();
        let pairs = u128::from(count) * u128::from(count.checked_sub(1).filter(|less| *less > 0)?);
        // From the whole below the mean, `m`: with `r` what is beyond `n m`, `n Q - S^2` is `n` times
        // the squares of distances to `m`, less `r^2`. The squares are below 2^53 * 2^60, `r` below `n`.
        let sum = self.sum();
        let (below, beyond) = (sum / u128::from(count), sum % u128::from(count));
        let below = u32::try_from(below).unwrap_or(u32::MAX);
        let squares = self.runs().iter().map(|run| {
            let distance = u64::from(run.score.abs_diff(below));
            u128::from(distance * distance) * u128::from(run.times())
        });
        let numerator = Wide::product(squares.sum(), count).less(beyond * beyond);
        Some(numerator.double() / Wide::product(pairs, SQUARE).double())
    }

    /// How many there are, their mean and their variance, to compare groups by. The mean is the exact sum
    /// over the count, each rounded to the nearest double.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// # use digital_maturity::cohort::Distribution;
    /// let two: Distribution = [Some(Score::ZERO), Some(Score::ONE)].into_iter().collect();
    /// let moments = two.moments();
    /// assert_eq!((moments.n, moments.mean.value(), moments.variance.value()), (2, Some(0.5), Some(0.5)));
    /// ```
    #[must_use]
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_precision_loss,
        reason = "a statistic: one division of two rounded wholes"
    )]
    pub fn moments(&self) -> Moments {
        let count = self.count();
        let ones = u128::from(count) * u128::from(Score::ONE.billionths());
        let mean = (count > 0).then(|| self.sum() as f64 / ones as f64);
        Moments::known(count, mean, self.variance())
    }

    /// The square root of the [variance](Self::variance), correctly rounded.
    #[must_use]
    pub fn standard_deviation(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }
}

/// What [`Score::ONE`] is in billionths fits the bounds above.
const _: () = assert!(Score::ONE.billionths() < 1 << 30);

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use num_traits::ToPrimitive;
    use proptest::prelude::*;

    use super::Wide;

    fn big(of: Wide) -> BigUint {
        (BigUint::from(of.high) << 64_u32) + of.low
    }

    proptest! {
        #[test]
        fn wide_numbers_are_whole_numbers(
            (one, other, less) in (any::<u128>(), any::<u64>(), any::<u128>()),
            (narrow, tie) in (0..128_u32, any::<bool>()),
        ) {
            let one = one >> narrow;
            let product = Wide::product(one, other);
            prop_assert_eq!(big(product), BigUint::from(one) * other);
            prop_assert_eq!(Some(product.double()), big(product).to_f64());
            if product.high > 0 || u128::from(product.low) >= less {
                let less = if product.high >> 64 > 0 { less } else { less.min(product.high << 64) };
                prop_assert_eq!(big(product.less(less)), big(product) - less);
            }
            // Halfway between two doubles, or just above that.
            let high = (1 << 127) | (1 << 74) | (u128::from(!tie) << 40);
            let halfway = Wide { high, low: u64::from(tie) };
            prop_assert_eq!(Some(halfway.double()), big(halfway).to_f64());
        }
    }

    #[test]
    fn ties_go_to_even_only_where_nothing_is_below_them() {
        let double = |high, low| Wide { high, low }.double().to_bits();
        let halfway = (1 << 127) | (1 << 74);
        assert_eq!(double(halfway, 0), double(1 << 127, 0));
        assert_eq!(double(halfway, 1), double((1 << 127) | (1 << 75), 0));
    }
}
