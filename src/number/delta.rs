//! The difference of two Scores.

use std::fmt;
use std::ops::Neg;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Score;
use crate::names::schema;

/// How far one [`Score`] is from another: a whole number of billionths from -1 to 1.
///
/// In JSON it is a number with at most nine decimals. Displays in full with a minus where it fell;
/// `{:+}` adds a plus where it rose. Shown with fewer digits it is rounded towards zero
/// ([`shown`](Self::shown)), so that no shown change is larger than the change.
///
/// ```
/// use digital_maturity::{Delta, Score};
///
/// let (before, after): (Score, Score) = ("0.55".parse()?, "0.6".parse()?);
/// let delta = Delta::between(before, after);
/// assert_eq!(delta.billionths(), 50_000_000);
/// assert_eq!(format!("{delta} {delta:+} {:+}", -delta), "0.05 +0.05 -0.05");
/// assert_eq!(Delta::between(after, after), Delta::ZERO);
/// # Ok::<(), digital_maturity::number::NumberError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Delta(i32);

impl fmt::Debug for Delta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Delta({self:+})")
    }
}

impl Delta {
    /// No difference.
    pub const ZERO: Self = Self(0);

    /// What must be added to `before` to get `after`.
    #[must_use]
    pub const fn between(before: Score, after: Score) -> Self {
        // Each difference is at most 1e9 and fits.
        #[expect(clippy::cast_possible_wrap, reason = "a score is at most 1e9")]
        Self(after.0 as i32 - before.0 as i32)
    }

    /// What is left of this difference without `part`; cut at -1 and 1, which a part of one and the
    /// same change never reaches.
    pub(crate) fn less(self, part: Self) -> Self {
        let one = i64::from(Score::ONE.0);
        let rest = i64::from(self.0) - i64::from(part.0);
        debug_assert!((-one..=one).contains(&rest), "{part} is no part of {self}");
        Self(i32::try_from(rest.clamp(-one, one)).unwrap_or_default())
    }

    /// The exact value as an integer, from -1,000,000,000 to 1,000,000,000.
    ///
    /// ```
    /// # use digital_maturity::{Delta, Score};
    /// assert_eq!(Delta::between(Score::ONE, Score::ZERO).billionths(), -1_000_000_000);
    /// ```
    #[must_use]
    pub const fn billionths(self) -> i32 {
        self.0
    }

    /// Whether there is no difference.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// How large the difference is, whichever way it goes.
    ///
    /// ```
    /// # use digital_maturity::{Delta, Score};
    /// assert_eq!(Delta::between(Score::ONE, Score::ZERO).size(), Score::ONE);
    /// ```
    #[must_use]
    pub const fn size(self) -> Score {
        Score(self.0.unsigned_abs())
    }

    /// The double nearest to this difference, -1.0 to 1.0, for charts.
    ///
    /// ```
    /// # use digital_maturity::{Delta, Score};
    /// assert_eq!(Delta::between("0.75".parse()?, "0.5".parse()?).to_f64(), -0.25);
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "a minus before the double of a score")]
    pub fn to_f64(self) -> f64 {
        if self.0 < 0 { -self.size().to_f64() } else { self.size().to_f64() }
    }

    /// This difference in points of a hundred with that many decimals (at most seven), rounded
    /// towards zero, always with the sign of what is there: a rise too small to show is `+0.0`, no
    /// difference is `0.0`.
    ///
    /// ```
    /// # use digital_maturity::{Delta, Score};
    /// let (third, half): (Score, Score) = ("0.333333333".parse()?, "0.5".parse()?);
    /// assert_eq!(Delta::between(third, half).shown(1), "+16.6");
    /// assert_eq!(Delta::between(half, third).shown(1), "-16.6");
    /// assert_eq!(Delta::between(half, "0.5001".parse()?).shown(1), "+0.0");
    /// assert_eq!(Delta::ZERO.shown(1), "0.0");
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn shown(self, decimals: u32) -> String {
        let sign = match self.0.signum() {
            1 => "+",
            -1 => "-",
            _ => "",
        };
        format!("{sign}{}", self.size().percent_floor(decimals))
    }
}

impl Neg for Delta {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl fmt::Display for Delta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(self.0 >= 0, "", &self.size().to_string())
    }
}

impl Serialize for Delta {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.size() {
            _ if !serializer.is_human_readable() => serializer.serialize_f64(self.to_f64()),
            Score::ZERO => serializer.serialize_i32(0),
            Score::ONE => serializer.serialize_i32(self.0.signum()),
            _ => serializer.serialize_f64(self.to_f64()),
        }
    }
}

impl<'de> Deserialize<'de> for Delta {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        match Score::read(number.abs()) {
            Ok(size) if number < 0.0 => Ok(Self::between(size, Score::ZERO)),
            Ok(size) => Ok(Self::between(Score::ZERO, size)),
            Err(error) => Err(de::Error::custom(format!("`{number}` is {error}"))),
        }
    }
}

schema!(Delta, |_| { "type": "number", "minimum": -1, "maximum": 1 });
