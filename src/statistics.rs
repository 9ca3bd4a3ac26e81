//! Do the questions of a pillar measure one thing, and do the people of an organisation agree?
//! Reliability and agreement, for who reports a cohort.
//!
//! Figures are doubles, made only with `+ - * /` and square roots in one fixed order, never with a
//! fused multiplication and never with a function of a mathematics library: the same table gives the
//! same bits on every machine. Reliability is taken from exact sums of whole numbers, whether rows come
//! as a table or one by one; other sums block by block of 256 rows (see `sums`). Only the interval
//! behind the feature `intervals` takes more.
//!
//! A figure that the data do not determine is not a NaN, an infinity or a 0 that looks like a result;
//! it is the reason why ([`Undefined`]).

mod careless;
mod change;
mod consistency;
mod correlations;
mod covariances;
mod credit_sums;
mod deletion;
mod difference;
mod frequencies;
mod groups;
mod icc;
#[cfg(feature = "intervals")]
mod intervals;
mod kappa;
mod krippendorff;
mod paired;
mod ratings;
mod reliability;
mod span;
mod sums;
mod within;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

pub use careless::{CarelessCounts, ResponsePattern};
pub use change::{MeasurementError, ReliableChange, ReliableChanges};
pub use consistency::Consistency;
pub use correlations::{Correlation, Correlations};
pub use credit_sums::CreditSums;
pub use deletion::Deletion;
pub use difference::{Anova, GroupDifference, Moments};
pub use frequencies::Frequencies;
pub use groups::Groups;
pub use icc::{OneWayIcc, TwoWayIcc};
#[cfg(feature = "intervals")]
pub use intervals::ConfidenceInterval;
pub use kappa::FleissKappa;
pub use krippendorff::{Krippendorff, Metric};
pub use paired::PairedChange;
pub use ratings::{Ratings, RatingsError};
pub use reliability::{ItemReliability, PairCounts, Reliability};
pub use within::{GroupAgreement, ItemAgreement, UniformNull};

/// A statistic: a finite number, or the reason why the data do not determine one. NaN and infinity
/// do not exist.
///
/// In JSON `{"value": 0.84}` or `{"undefined": "too_few_rows"}`.
///
/// ```
/// use digital_maturity::statistics::{Deletion, Ratings, Reliability, Undefined};
///
/// let two = Ratings::from_rows([[1.0, 2.0], [2.0, 2.5], [3.0, 4.5]])?;
/// let alpha = Reliability::new(&two, Deletion::Listwise).alpha;
/// assert_eq!(format!("{alpha:.3}"), "0.952");
/// assert!(alpha.get()? > 0.9);
///
/// let one = Ratings::from_columns([[1.0, 2.0, 3.0]])?;
/// let alpha = Reliability::new(&one, Deletion::Listwise).alpha;
/// assert_eq!(alpha.get(), Err(Undefined::TooFewItems));
/// assert_eq!(serde_json::to_string(&alpha)?, r#"{"undefined":"too_few_items"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Statistic(Found);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "snake_case")]
enum Found {
    /// Always finite.
    Value(#[serde(deserialize_with = "finite")] f64),
    Undefined(Undefined),
}

impl Statistic {
    /// The number.
    ///
    /// # Errors
    ///
    /// Why there is none.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Krippendorff, Metric, Ratings, Undefined};
    /// let agreed = Ratings::from_rows([[3.0, 3.0], [3.0, 3.0]])?;
    /// let alpha = Krippendorff::of(&agreed, Metric::Interval).alpha;
    /// assert_eq!(alpha.get(), Err(Undefined::NoVariance)); // nothing to tell apart
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    pub const fn get(self) -> Result<f64, Undefined> {
        match self.0 {
            Found::Value(value) => Ok(value),
            Found::Undefined(reason) => Err(reason),
        }
    }

    /// The number, if there is one.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Deletion, Ratings, Reliability};
    /// let nobody = Ratings::from_columns([[], []] as [[f64; 0]; 2])?;
    /// assert_eq!(Reliability::new(&nobody, Deletion::Listwise).alpha.value(), None);
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn value(self) -> Option<f64> {
        self.get().ok()
    }

    /// What a computation found; one that left the range of a double found nothing.
    fn of(found: Result<f64, Undefined>) -> Self {
        Self(match found {
            Ok(value) if value.is_finite() => Found::Value(value),
            Ok(_) => Found::Undefined(Undefined::Unrepresentable),
            Err(reason) => Found::Undefined(reason),
        })
    }
}

/// A figure of a stored statistic.
fn finite<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(deserializer)?;
    if number.is_finite() { Ok(number) } else { Err(de::Error::custom("a figure is not finite")) }
}

/// A figure of a stored statistic that is above 0.
fn positive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let number = finite(deserializer)?;
    if number > 0.0 { Ok(number) } else { Err(de::Error::custom("a figure is not above 0")) }
}

/// The number, with the precision that is asked for, or `undefined`.
impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Found::Value(value) => fmt::Display::fmt(&value, f),
            Found::Undefined(_) => write!(f, "{:>1$}", "undefined", f.width().unwrap_or(0)),
        }
    }
}

/// Why a statistic is undefined.
///
/// ```
/// # use digital_maturity::statistics::Undefined;
/// assert_eq!(Undefined::TooFewItems.to_string(), "fewer than two items, or three to drop one of or to find a factor");
/// ```
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Undefined {
    /// An argument lies outside its range, or is not a number.
    #[error("an argument is out of range")]
    OutOfRange,
    /// There is no theory for it with pairwise deletion: no interval and no standard error.
    #[error("not defined with pairwise deletion")]
    Pairwise,
    /// Fewer than two items, or fewer than three where one is dropped; for agreement, none.
    #[error("fewer than two items, or three to drop one of or to find a factor")]
    TooFewItems,
    /// Fewer than two raters, or no unit that two of them rated.
    #[error("fewer than two raters")]
    TooFewRaters,
    /// Subjects were not all rated by the same number of raters.
    #[error("subjects have unequal numbers of ratings")]
    UnequalRaters,
    /// Fewer than two groups.
    #[error("fewer than two groups")]
    TooFewGroups,
    /// Fewer than two rows can be used; for one-way ICC, no group has two values.
    #[error("fewer than two rows")]
    TooFewRows,
    /// An item, or two items together, were answered by fewer than two rows.
    #[error("two items that fewer than two rows answered both of")]
    TooFewPairs,
    /// What it is divided by is 0: an item, a total, or all ratings are the same for everybody.
    #[error("no variance to explain")]
    NoVariance,
    /// What it is divided by estimates a variance and is below 0, as covariances taken from
    /// different rows, or differences of mean squares, can be.
    #[error("an estimate of a variance below 0")]
    NegativeVariance,
    /// An item would go with a factor more closely than with itself (a Heywood case).
    #[error("a loading beyond 1")]
    Heywood,
    /// What is found step by step did not come to rest.
    #[error("no solution within the steps allowed")]
    NotConverged,
    /// A square or a sum on the way is too large or too small for a double.
    #[error("a figure on the way is too large or too small for a double")]
    Unrepresentable,
}

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::{Reliability, Statistic, Undefined};

    #[test]
    fn the_schema_of_a_statistic_is_a_value_or_a_reason() {
        let schema = schemars::schema_for!(Reliability);
        let statistic = &schema.get("$defs").unwrap()["Statistic"];
        let keys = statistic["oneOf"].as_array().unwrap().iter();
        let keys: Vec<&str> = keys.map(|way| way["required"][0].as_str().unwrap()).collect();
        assert_eq!(keys, ["value", "undefined"]);
    }

    #[test]
    fn what_is_not_finite_is_no_value() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Statistic::of(Ok(number)).get(), Err(Undefined::Unrepresentable));
        }
    }
}
