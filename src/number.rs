//! Scores and weights, exact decimals (scoring rules, section 1).

mod delta;
mod percent;
mod unit_weight;
mod units;

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use delta::Delta;
pub use percent::Percent;
pub use unit_weight::UnitWeight;
#[cfg(feature = "cohort")]
use units::round_half_even;
pub(crate) use units::{Units, WeightedSum, gcd};

use crate::names::schema;

/// A published score, coverage or bound: a whole number of billionths from 0 to 1.
///
/// A value outside 0 to 1, or with more than nine decimals, does not exist: reading one is an
/// error and is never rounded or clamped. Stages are decided on scores, so what a reader sees is
/// what decided.
///
/// In JSON a score is a number with at most nine decimals; `0.10` and `0.1` are the same score.
///
/// ```
/// use digital_maturity::Score;
///
/// let score: Score = "0.5625".parse()?;
/// assert_eq!(score.billionths(), 562_500_000);
/// assert_eq!(score.to_string(), "0.5625");
/// assert_eq!(serde_json::from_str::<Score>("0.5625000").unwrap(), score);
/// assert!("0.1234567891".parse::<Score>().is_err()); // finer than a billionth
/// assert!("1.16".parse::<Score>().is_err());         // no 116 %
/// # Ok::<(), digital_maturity::number::NumberError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u32);

/// What a question or a pillar counts: a whole number of thousandths from 0 to 1000.
///
/// A weight of 0 means asked and shown, but never scored. A value outside 0 to 1000, or with more
/// than three decimals, does not exist.
///
/// ```
/// use digital_maturity::Weight;
///
/// let weight: Weight = "2.5".parse()?;
/// assert_eq!(weight.thousandths(), 2500);
/// assert_eq!(Weight::default(), Weight::ONE);
/// assert!("0.0005".parse::<Weight>().is_err());
/// # Ok::<(), digital_maturity::number::NumberError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u32);

/// Why a number is not a [`Score`], a [`Weight`] or a [`UnitWeight`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// The text is not a plain decimal number such as `0.25`.
    #[error("not a decimal number")]
    NotANumber,
    /// The number lies outside the range of its type.
    #[error("out of range, must be from 0 to {max}")]
    OutOfRange {
        /// The highest value allowed; the lowest is 0.
        max: u32,
    },
    /// The number is 0 where what weighs nothing cannot be.
    #[error("out of range, must be above 0")]
    Zero,
    /// The number has more decimals than its type keeps.
    #[error("too fine, at most {decimals} decimals")]
    TooFine {
        /// How many decimals are kept.
        decimals: u32,
    },
}

/// A decimal type: whole grains of the type `G` from 0 to `max` ones, with so many decimals.
struct Grain<G> {
    max: u32,
    decimals: u32,
    of: PhantomData<G>,
}

const SCORE: Grain<u32> = Grain::new(1, 9);
const WEIGHT: Grain<u32> = Grain::new(1000, 3);
const UNIT_WEIGHT: Grain<u64> = Grain::new(UnitWeight::MOST, 3);

impl<G> Grain<G> {
    const fn new(max: u32, decimals: u32) -> Self {
        Self { max, decimals, of: PhantomData }
    }

    const fn per_one(&self) -> u64 {
        10_u64.pow(self.decimals)
    }
}

impl<G: Copy + TryFrom<u64> + Into<u64>> Grain<G> {
    /// So many grains, which are no more than `max` ones have.
    fn grains(&self, grains: u64) -> Result<G, NumberError> {
        G::try_from(grains).map_err(|_| NumberError::OutOfRange { max: self.max })
    }

    /// The grains in `text`, judged by its value: `0.10` is `0.1`.
    fn parse(&self, text: &str) -> Result<G, NumberError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(NumberError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let out_of_range = NumberError::OutOfRange { max: self.max };
        let whole: u32 = whole.parse().map_err(|_| out_of_range)?;
        if whole > self.max || (whole == self.max && !fraction.is_empty()) {
            return Err(out_of_range);
        }
        let too_fine = NumberError::TooFine { decimals: self.decimals };
        let missing = u32::try_from(fraction.len())
            .ok()
            .and_then(|present| self.decimals.checked_sub(present))
            .ok_or(too_fine)?;
        let fraction: u64 =
            if fraction.is_empty() { 0 } else { fraction.parse().map_err(|_| too_fine)? };
        self.grains(u64::from(whole) * self.per_one() + fraction * 10_u64.pow(missing))
    }

    /// The grains in a number of a document. Exact: the number must be the double nearest to a
    /// decimal with no more decimals than the grain has; any other is too fine.
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        clippy::float_cmp,
        reason = "reads a document's number; the comparison proves the result exact"
    )]
    fn read(&self, number: f64) -> Result<G, NumberError> {
        if !(0.0..=f64::from(self.max)).contains(&number) {
            return Err(NumberError::OutOfRange { max: self.max });
        }
        let grains = (number * self.per_one() as f64).round();
        if grains / self.per_one() as f64 == number {
            self.grains(grains as u64)
        } else {
            Err(NumberError::TooFine { decimals: self.decimals })
        }
    }

    fn write(&self, grains: G, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grains = grains.into();
        let (whole, mut fraction) = (grains / self.per_one(), grains % self.per_one());
        if fraction == 0 {
            return f.pad(&whole.to_string());
        }
        let mut width = self.decimals as usize;
        while fraction % 10 == 0 {
            fraction /= 10;
            width -= 1;
        }
        f.pad(&format!("{whole}.{fraction:0width$}"))
    }

    #[expect(
        clippy::float_arithmetic,
        clippy::cast_precision_loss,
        reason = "the double nearest to the decimal, for output; grains are below 2^53"
    )]
    fn to_f64(&self, grains: G) -> f64 {
        grains.into() as f64 / self.per_one() as f64
    }

    fn serialize<S: Serializer>(&self, grains: G, serializer: S) -> Result<S::Ok, S::Error> {
        // A whole number as such, where people read it; elsewhere one form serves all values, as some
        // formats read back only what was written.
        if serializer.is_human_readable() && grains.into() % self.per_one() == 0 {
            serializer.serialize_u64(grains.into() / self.per_one())
        } else {
            serializer.serialize_f64(self.to_f64(grains))
        }
    }
}

impl Score {
    /// The lowest score, 0.
    pub const ZERO: Self = Self(0);
    /// The highest score, 1.
    pub const ONE: Self = Self(1_000_000_000);

    /// The score of that many billionths, or `None` above 1,000,000,000.
    ///
    /// ```
    /// use digital_maturity::Score;
    ///
    /// assert_eq!(Score::from_billionths(250_000_000).unwrap().to_string(), "0.25");
    /// assert_eq!(Score::from_billionths(1_000_000_001), None);
    /// ```
    #[must_use]
    pub const fn from_billionths(billionths: u32) -> Option<Self> {
        if billionths <= Self::ONE.0 { Some(Self(billionths)) } else { None }
    }

    /// The score of that many whole per cent, or `None` above 100.
    ///
    /// ```
    /// use digital_maturity::Score;
    ///
    /// assert_eq!(Score::from_percent(60).unwrap().to_string(), "0.6");
    /// assert_eq!(Score::from_percent(116), None);
    /// ```
    #[must_use]
    pub const fn from_percent(percent: u8) -> Option<Self> {
        Self::from_billionths(percent as u32 * 10_000_000) // at most 255 * 1e7, which fits
    }

    /// A score known to be in range at compile time: tenths, for the preset tables.
    pub(crate) const fn tenths(tenths: u32) -> Self {
        assert!(tenths <= 10, "a score is at most 1");
        Self(tenths * 100_000_000)
    }

    /// A score from a sum or quotient that cannot exceed 1.
    pub(crate) fn saturating(billionths: u128) -> Self {
        debug_assert!(
            billionths <= u128::from(Self::ONE.0),
            "{billionths} billionths are no score"
        );
        Self(u32::try_from(billionths).unwrap_or(u32::MAX).min(Self::ONE.0))
    }

    /// The mean of so many scores, given the exact sum of their billionths; `None` of none.
    #[cfg(feature = "cohort")]
    pub(crate) fn mean(sum: u128, count: u64) -> Option<Self> {
        (count > 0).then(|| Self::saturating(u128::from(round_half_even(sum, count))))
    }

    /// The exact value as an integer, 0 to 1,000,000,000.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// assert_eq!(Score::ONE.billionths(), 1_000_000_000);
    /// ```
    #[must_use]
    pub const fn billionths(self) -> u32 {
        self.0
    }

    /// How far this score is below `bound`; 0 if it is not below.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// let (there, bound): (Score, Score) = ("0.55".parse()?, "0.6".parse()?);
    /// assert_eq!(there.shortfall(bound).to_string(), "0.05");
    /// assert_eq!(bound.shortfall(there), Score::ZERO);
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub const fn shortfall(self, bound: Self) -> Self {
        Self(bound.0.saturating_sub(self.0))
    }

    /// The double nearest to this score, 0.0 to 1.0, for charts. Nothing goes the other way.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// assert_eq!(Score::from_billionths(562_500_000).unwrap().to_f64(), 0.5625);
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        SCORE.to_f64(self.0)
    }

    /// This score in per cent as a double, 0.0 to 100.0, for charts. To show a figure, prefer
    /// [`percent_floor`](Self::percent_floor): a float formatted with few digits may round up to a
    /// bound that was not met.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// assert_eq!(Score::from_billionths(562_500_000).unwrap().to_percent_f64(), 56.25);
    /// ```
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "for charts only, never read back")]
    pub fn to_percent_f64(self) -> f64 {
        f64::from(self.0) / 10_000_000.0
    }

    /// This score in per cent with that many decimals (at most seven), rounded down, as the rules
    /// demand of a shown score: 59.9999 % never reads as 60 %.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// let score: Score = "0.599999999".parse()?;
    /// assert_eq!(score.percent_floor(1).to_string(), "59.9");
    /// assert_eq!(Score::ONE.percent_floor(1).to_string(), "100.0");
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub const fn percent_floor(self, decimals: u32) -> Percent {
        Percent::floor(self.0, decimals)
    }

    /// This score in per cent with that many decimals (at most seven), rounded up, as the rules
    /// demand of a shown shortfall: a gap that is there never reads as 0.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// let shortfall: Score = "0.000000001".parse()?;
    /// assert_eq!(shortfall.percent_ceil(1).to_string(), "0.1");
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub const fn percent_ceil(self, decimals: u32) -> Percent {
        Percent::ceil(self.0, decimals)
    }

    /// This score in per cent with that many decimals (at most seven), to the nearest, ties to even, as
    /// the rules (section 1) demand of the means, medians and quartiles of many respondents: what a
    /// table of a paper has. To show the score of one, take [`percent_floor`](Self::percent_floor).
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// let mean: Score = "0.666666667".parse()?; // of 5, 5 and 1 on a scale of 1 to 5
    /// assert_eq!(mean.percent_nearest(1).to_string(), "66.7");
    /// let median: Score = "0.1625".parse()?;
    /// assert_eq!(median.percent_nearest(1).to_string(), "16.2");
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn percent_nearest(self, decimals: u32) -> Percent {
        Percent::nearest(self.0.into(), Self::ONE.0.into(), decimals)
    }

    pub(crate) fn read(number: f64) -> Result<Self, NumberError> {
        SCORE.read(number).map(Self)
    }
}

impl Weight {
    /// The weight 0: asked and shown, never scored.
    pub const ZERO: Self = Self(0);
    /// The weight 1, which a question or a pillar has unless told otherwise.
    pub const ONE: Self = Self(1000);
    /// The highest weight, 1000.
    pub const MAX: Self = Self(1_000_000);

    /// The weight of that many thousandths, or `None` above 1,000,000.
    ///
    /// ```
    /// use digital_maturity::Weight;
    ///
    /// assert_eq!(Weight::from_thousandths(2500).unwrap().to_string(), "2.5");
    /// ```
    #[must_use]
    pub const fn from_thousandths(thousandths: u32) -> Option<Self> {
        if thousandths <= Self::MAX.0 { Some(Self(thousandths)) } else { None }
    }

    /// The weight of that many ones, or `None` above 1000.
    ///
    /// ```
    /// use digital_maturity::Weight;
    ///
    /// assert_eq!(Weight::from_whole(2), Some("2".parse()?));
    /// assert_eq!(Weight::from_whole(1001), None);
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub const fn from_whole(ones: u16) -> Option<Self> {
        Self::from_thousandths(ones as u32 * Self::ONE.0) // at most 65,535,000, which fits
    }

    /// The exact value as an integer, 0 to 1,000,000.
    ///
    /// ```
    /// # use digital_maturity::Weight;
    /// assert_eq!(Weight::ONE.thousandths(), 1000);
    /// ```
    #[must_use]
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// Whether this is the weight 0.
    ///
    /// ```
    /// # use digital_maturity::Weight;
    /// assert!(Weight::ZERO.is_zero());
    /// ```
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn read(number: f64) -> Result<Self, NumberError> {
        WEIGHT.read(number).map(Self)
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self::ONE
    }
}

macro_rules! decimal_text {
    ($type:ident, $grain:expr, $new:expr, $least:expr) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $grain.write(self.0, f)
            }
        }

        /// The value as the rules write it, not in grains.
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($type), "({})"), self)
            }
        }

        impl FromStr for $type {
            type Err = NumberError;

            fn from_str(text: &str) -> Result<Self, NumberError> {
                $grain.parse(text).and_then($new)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $grain.serialize(self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = f64::deserialize(deserializer)?;
                Self::read(number).map_err(|e| de::Error::custom(format!("`{number}` is {e}")))
            }
        }

        schema!($type, |_| { "type": "number", "minimum": $least, "maximum": $grain.max });
    };
}

decimal_text!(Score, SCORE, |grains| Ok(Self(grains)), 0);
decimal_text!(Weight, WEIGHT, |grains| Ok(Self(grains)), 0);
decimal_text!(UnitWeight, UNIT_WEIGHT, Self::new, 0.001);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_text_is_read_exactly_or_refused() {
        use NumberError::{NotANumber, OutOfRange, TooFine};
        for (text, expected) in [
            ("0", Ok(0)),
            ("1", Ok(1_000_000_000)),
            ("1.000", Ok(1_000_000_000)),
            ("0.10", Ok(100_000_000)),
            ("0.000000001", Ok(1)),
            ("0.0000000010", Ok(1)),
            ("0.0000000001", Err(TooFine { decimals: 9 })),
            ("1.000000001", Err(OutOfRange { max: 1 })),
            ("2", Err(OutOfRange { max: 1 })),
            ("99999999999", Err(OutOfRange { max: 1 })),
            ("-0.1", Err(NotANumber)),
            ("", Err(NotANumber)),
            (".5", Err(NotANumber)),
            ("1.", Err(NotANumber)),
            ("1e-3", Err(NotANumber)),
            ("0,5", Err(NotANumber)),
            ("NaN", Err(NotANumber)),
        ] {
            assert_eq!(text.parse::<Score>().map(Score::billionths), expected, "{text:?}");
        }
    }

    #[test]
    fn a_double_is_a_score_only_if_it_is_the_nearest_to_nine_decimals() {
        for (number, expected) in [
            (0.1, Some(100_000_000)),
            (0.1 + 0.2, None), // 0.30000000000000004
            (0.3, Some(300_000_000)),
            (-0.0, Some(0)),
            (1.0, Some(1_000_000_000)),
            (1e-9, Some(1)),
            (1e-10, None),
            (1.5, None),
            (-1e-9, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(Score::read(number).ok().map(Score::billionths), expected, "{number}");
        }
    }

    #[test]
    fn a_score_shows_as_the_shortest_decimal_and_pads() {
        for (billionths, shown) in
            [(0, "0"), (1, "0.000000001"), (562_500_000, "0.5625"), (1_000_000_000, "1")]
        {
            assert_eq!(Score(billionths).to_string(), shown);
        }
        assert_eq!(format!("{:>6}|", Score(250_000_000)), "  0.25|");
        let weight = Weight::from_thousandths(2500);
        assert_eq!(
            format!("{:?} {weight:?}", Score(562_500_000)),
            "Score(0.5625) Some(Weight(2.5))"
        );
    }
}
