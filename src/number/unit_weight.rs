//! What a unit counts in its organisation.

use super::{NumberError, UNIT_WEIGHT};

/// What a unit counts in the [portfolio](crate::portfolio) of its organisation, such as its staff or
/// turnover: a whole number of thousandths above 0, up to 1,000,000,000.
///
/// A unit that counts nothing cannot exist, nor a weight with more than three decimals. Only the ratio of
/// weights matters.
///
/// ```
/// use digital_maturity::number::UnitWeight;
///
/// let staff: UnitWeight = "12.5".parse()?;
/// assert_eq!(staff.thousandths(), 12_500);
/// assert_eq!(UnitWeight::from_whole(40)?.to_string(), "40");
/// assert!("0".parse::<UnitWeight>().is_err());
/// assert!("0.0005".parse::<UnitWeight>().is_err());
/// # Ok::<(), digital_maturity::number::NumberError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitWeight(pub(super) u64);

impl UnitWeight {
    /// The highest weight, in ones.
    pub(super) const MOST: u32 = 1_000_000_000;
    /// The weight 1.
    pub const ONE: Self = Self(1000);
    /// The highest weight, 1,000,000,000.
    pub const MAX: Self = Self(Self::MOST as u64 * 1000);

    /// So many thousandths, which are no more than there may be.
    pub(super) fn new(thousandths: u64) -> Result<Self, NumberError> {
        if thousandths == 0 { Err(NumberError::Zero) } else { Ok(Self(thousandths)) }
    }

    /// The weight of that many ones.
    ///
    /// # Errors
    ///
    /// For 0 and above 1,000,000,000.
    ///
    /// ```
    /// use digital_maturity::number::{NumberError, UnitWeight};
    ///
    /// assert_eq!(UnitWeight::from_whole(1_000_000_000), Ok(UnitWeight::MAX));
    /// assert_eq!(UnitWeight::from_whole(0), Err(NumberError::Zero));
    /// ```
    pub const fn from_whole(ones: u32) -> Result<Self, NumberError> {
        match ones {
            0 => Err(NumberError::Zero),
            1..=Self::MOST => Ok(Self(ones as u64 * Self::ONE.0)),
            _ => Err(NumberError::OutOfRange { max: Self::MOST }),
        }
    }

    /// The exact value as an integer, 1 to 1,000,000,000,000.
    ///
    /// ```
    /// # use digital_maturity::number::UnitWeight;
    /// assert_eq!(UnitWeight::ONE.thousandths(), 1000);
    /// ```
    #[must_use]
    pub const fn thousandths(self) -> u64 {
        self.0
    }

    pub(crate) fn read(number: f64) -> Result<Self, NumberError> {
        UNIT_WEIGHT.read(number).and_then(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_above_0_and_has_three_decimals() {
        for (text, expected) in [
            ("0", Err(NumberError::Zero)),
            ("0.000", Err(NumberError::Zero)),
            ("0.001", Ok(1)),
            ("12.50", Ok(12_500)),
            ("1000000000", Ok(1_000_000_000_000)),
            ("999999999.999", Ok(999_999_999_999)),
            ("1000000000.001", Err(NumberError::OutOfRange { max: 1_000_000_000 })),
            ("0.0001", Err(NumberError::TooFine { decimals: 3 })),
            ("-1", Err(NumberError::NotANumber)),
        ] {
            let found = text.parse().map(UnitWeight::thousandths);
            assert_eq!(found, expected, "{text}");
            if let (Ok(weight), Ok(number)) = (text.parse::<UnitWeight>(), text.parse()) {
                assert_eq!(UnitWeight::read(number), Ok(weight));
                let written = serde_json::to_string(&weight).unwrap();
                assert_eq!(serde_json::from_str::<UnitWeight>(&written).unwrap(), weight);
            }
        }
        assert_eq!(UnitWeight::read(-0.0), Err(NumberError::Zero));
        assert_eq!(UnitWeight::read(0.0001), Err(NumberError::TooFine { decimals: 3 }));
        assert!(UnitWeight::read(f64::NAN).is_err());
    }
}
