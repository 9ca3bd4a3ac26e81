//! Units, sums of them by weight, and the one place where anything is rounded (scoring rules,
//! section 1).

use super::Score;

/// A credit or a mean: whole 1e-15 ("units"), the grain in which work is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Units(u64);

impl Units {
    pub(crate) const ZERO: Self = Self(0);
    pub(crate) const ONE: Self = Self(1_000_000_000_000_000);
    const PER_BILLIONTH: u64 = 1_000_000;

    /// `part / whole`, for `part <= whole` and `whole > 0`.
    pub(crate) fn share(part: u64, whole: u64) -> Self {
        Self(round_half_even(u128::from(part) * u128::from(Self::ONE.0), whole))
    }

    /// The number of parts, of so many in all, that comes nearest to this.
    #[cfg(feature = "cohort")]
    pub(crate) fn nearest_part_of(self, whole: u64) -> u64 {
        round_half_even(u128::from(self.0) * u128::from(whole), Self::ONE.0)
    }

    /// The mean of credits or pillar values, given the exact sum of weight times units.
    #[inline]
    pub(crate) fn mean(weighted_sum: u128, weight_sum: u64) -> Self {
        Self(round_half_even(weighted_sum, weight_sum))
    }

    /// The lowest value that is published as `score` or more.
    pub(crate) fn reaching(score: Score) -> Self {
        let units = least_to_round_to(u64::from(score.0), Self::PER_BILLIONTH);
        Self(u64::try_from(units).unwrap_or(Self::ONE.0))
    }

    /// The lowest sum of weight times units that has this mean or more.
    pub(crate) fn least_sum(self, weight_sum: u64) -> u128 {
        least_to_round_to(self.0, weight_sum)
    }

    pub(crate) const fn get(self) -> u64 {
        self.0
    }

    pub(crate) const fn reversed(self) -> Self {
        Self(Self::ONE.0 - self.0)
    }

    /// The published Score.
    #[inline]
    pub(crate) fn score(self) -> Score {
        // At most 1e9, as units are at most 1e15.
        let billionths = round_half_even(u128::from(self.0), Self::PER_BILLIONTH);
        u32::try_from(billionths).map_or(Score::ONE, Score)
    }
}

impl From<Score> for Units {
    fn from(score: Score) -> Self {
        Self(u64::from(score.0) * Self::PER_BILLIONTH)
    }
}

/// A sum of credits by weight, and the weights behind it: what a mean is made of. A thousand
/// questions of the highest weight come to 1e9 thousandths, and times a credit to 1e24.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WeightedSum {
    pub(crate) sum: u128,
    pub(crate) weight: u64,
}

impl WeightedSum {
    #[inline]
    pub(crate) fn add(&mut self, weight: u32, value: Units) {
        self.sum += u128::from(weight) * u128::from(value.0);
        self.weight += u64::from(weight);
    }

    /// The mean, rounded to units; `None` without any weight.
    #[inline]
    pub(crate) fn mean(self) -> Option<Units> {
        (self.weight > 0).then(|| Units::mean(self.sum, self.weight))
    }
}

/// The greatest number that divides both; the other one if one is 0.
///
/// ```text
/// gcd(12, 18) = 6, gcd(0, 5) = 5, gcd(0, 0) = 0
/// ```
pub(crate) const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The one rounding of section 1: to the nearest whole, ties to even. `whole` is above 0 and the
/// quotient at most 1e15, as that of credits and weights always is.
#[inline]
pub(super) fn round_half_even(part: u128, whole: u64) -> u64 {
    // Nearly every sum of a questionnaire fits 64 bits, where division is several times faster.
    let (quotient, rest) = if let Ok(part) = u64::try_from(part) {
        (part / whole, part % whole)
    } else {
        let quotient = part / u128::from(whole);
        let rest = part - quotient * u128::from(whole);
        (u64::try_from(quotient).unwrap_or(u64::MAX), u64::try_from(rest).unwrap_or(u64::MAX))
    };
    let up = match rest.cmp(&(whole - rest)) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient % 2 == 1,
        std::cmp::Ordering::Greater => true,
    };
    quotient + u64::from(up)
}

/// The least part of which [`round_half_even`] makes `quotient` or more: half a whole below it, or
/// the next one up where that tie goes to the even neighbour below.
fn least_to_round_to(quotient: u64, whole: u64) -> u128 {
    if quotient == 0 {
        return 0;
    }
    let twice = (2 * u128::from(quotient) - 1) * u128::from(whole);
    let least = twice.div_ceil(2);
    if round_half_even(least, whole) < quotient { least + 1 } else { least }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_part_that_rounds_to_a_quotient_does_and_the_one_before_it_does_not() {
        for whole in 1..40 {
            for quotient in 0..40 {
                let least = least_to_round_to(quotient, whole);
                assert!(round_half_even(least, whole) >= quotient, "{quotient} of {whole}");
                let before = least.checked_sub(1).map(|part| round_half_even(part, whole));
                assert!(before.is_none_or(|below| below < quotient), "{quotient} of {whole}");
            }
        }
    }

    #[test]
    fn rounding_is_to_the_nearest_and_ties_go_to_the_even_whole() {
        for (part, whole, expected) in [
            (0, 1, 0),
            (1, 2, 0), // 0.5 lies between 0 and 1: 0 is even
            (3, 2, 2), // 1.5 -> 2
            (5, 2, 2), // 2.5 -> 2
            (7, 2, 4), // 3.5 -> 4
            (1, 3, 0), // .33
            (2, 3, 1), // .67
            (49, 100, 0),
            (51, 100, 1),
        ] {
            assert_eq!(round_half_even(part, whole), expected, "{part}/{whole}");
        }
    }

    #[test]
    fn a_sum_beyond_64_bits_rounds_like_a_small_one() {
        let whole = 1_000_000_000_u64;
        let part = 1_000_000_000_000_000_u128 * u128::from(whole);
        assert_eq!(round_half_even(part, whole), 1_000_000_000_000_000);
        // one half below, and a little less than one half below
        assert_eq!(round_half_even(part - 500_000_000, whole), 1_000_000_000_000_000);
        assert_eq!(round_half_even(part - 500_000_001, whole), 999_999_999_999_999);
        assert_eq!(round_half_even(part - 1_500_000_000, whole), 999_999_999_999_998);
    }

    #[test]
    fn thirds_round_to_units_and_then_to_billionths() {
        assert_eq!(Units::share(1, 3).get(), 333_333_333_333_333);
        assert_eq!(Units::share(2, 3).get(), 666_666_666_666_667);
        assert_eq!(Units::share(2, 3).score().billionths(), 666_666_667);
        assert_eq!(Units::share(2, 3).reversed().get(), 333_333_333_333_333);
    }
}
