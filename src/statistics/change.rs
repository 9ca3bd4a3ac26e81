//! Who has changed, and where is it only the error of measurement?
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::ratings::{RatingsError, room};
use super::sums::rows;
use super::{Statistic, Undefined, finite, positive};

/// How far a measured value may lie from the true one: the error of a scale of known reliability and
/// spread.
///
/// The reliability is from 0 to below 1 and the error above 0; others do not exist. Both are best taken
/// from a norm sample, and the reliability from test and retest rather than alpha.
///
/// ```
/// use digital_maturity::statistics::MeasurementError;
///
/// let error = MeasurementError::new(0.85, 0.8)?;
/// assert_eq!(format!("{:.3}", error.of_value()), "0.310");
/// let change = error.change(2.6, 3.4)?;
/// assert_eq!(format!("{:.2}", change.index), "1.83");
/// assert!(!change.is_reliable());
/// # Ok::<(), digital_maturity::statistics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeasurementError {
    /// Of a value, in the units of the scale; above 0.
    #[serde(deserialize_with = "positive")]
    of_value: f64,
    /// Of the difference of two values; above 0.
    #[serde(deserialize_with = "positive")]
    of_difference: f64,
}

/// A change of one respondent, and how large it is beside the error of measurement.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReliableChange {
    /// Later less earlier, in the units of the scale.
    #[serde(deserialize_with = "finite")]
    pub change: f64,
    /// The change in standard errors of a difference (RCI).
    #[serde(deserialize_with = "finite")]
    pub index: f64,
}

impl MeasurementError {
    /// With one standard deviation for both times (Jacobson and Truax 1991).
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Undefined::OutOfRange) if the reliability is not from 0 to below 1, or the
    /// standard deviation not above 0 and finite; [`Unrepresentable`](Undefined::Unrepresentable) if the
    /// error is.
    ///
    /// ```
    /// # use digital_maturity::statistics::{MeasurementError, Undefined};
    /// assert_eq!(MeasurementError::new(1.0, 0.8), Err(Undefined::OutOfRange));
    /// ```
    pub fn new(reliability: f64, sd: f64) -> Result<Self, Undefined> {
        Self::of_waves(reliability, sd, sd)
    }

    /// With the standard deviations of an earlier and a later time (Maassen 2004). The error of a value
    /// is then that of the mean of both variances.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    ///
    /// ```
    /// # use digital_maturity::statistics::MeasurementError;
    /// let error = MeasurementError::of_waves(0.85, 0.8, 0.9)?;
    /// assert_eq!(format!("{:.3}", error.of_difference()), "0.466");
    /// # Ok::<(), digital_maturity::statistics::Undefined>(())
    /// ```
    pub fn of_waves(reliability: f64, earlier_sd: f64, later_sd: f64) -> Result<Self, Undefined> {
        let is_sd = |sd: f64| sd > 0.0 && sd.is_finite();
        if !((0.0..1.0).contains(&reliability) && is_sd(earlier_sd) && is_sd(later_sd)) {
            return Err(Undefined::OutOfRange);
        }
        let variances = earlier_sd * earlier_sd + later_sd * later_sd;
        let error = variances * (1.0 - reliability);
        if !error.is_normal() {
            return Err(Undefined::Unrepresentable);
        }
        Ok(Self { of_value: (error / 2.0).sqrt(), of_difference: error.sqrt() })
    }

    /// The standard error of measurement, sd √(1 - reliability), in the units of the scale.
    #[must_use]
    pub const fn of_value(&self) -> f64 {
        self.of_value
    }

    /// The standard error of the difference of two values, √((s₁² + s₂²)(1 - reliability)).
    #[must_use]
    pub const fn of_difference(&self) -> f64 {
        self.of_difference
    }

    /// The change from an earlier value to a later one.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Undefined::OutOfRange) if a value is not finite,
    /// [`Unrepresentable`](Undefined::Unrepresentable) if the change is too large for a double.
    pub fn change(&self, earlier: f64, later: f64) -> Result<ReliableChange, Undefined> {
        if !(earlier.is_finite() && later.is_finite()) {
            return Err(Undefined::OutOfRange);
        }
        let change = later - earlier;
        let index = Statistic::of(Ok(change / self.of_difference)).get()?;
        Ok(ReliableChange { change, index })
    }
}

impl ReliableChange {
    /// Whether a change as large would be seen in fewer than one of twenty respondents who did not
    /// change: the index is beyond 1.96 either way.
    ///
    /// ```
    /// # use digital_maturity::statistics::MeasurementError;
    /// assert!(MeasurementError::new(0.85, 0.8)?.change(3.4, 2.5)?.is_reliable());
    /// # Ok::<(), digital_maturity::statistics::Undefined>(())
    /// ```
    #[must_use]
    pub fn is_reliable(&self) -> bool {
        self.index.abs() > 1.96
    }
}

/// How many respondents changed beyond the error of measurement, and which way; more is better. More than
/// 500 million do not exist.
///
/// ```
/// use digital_maturity::statistics::{MeasurementError, ReliableChanges};
///
/// let error = MeasurementError::new(0.85, 0.8)?; // a change of 0.86 is reliable
/// let mut changes = ReliableChanges::default();
/// for (earlier, later) in [(2.6, 3.4), (1.8, 3.0), (3.1, 3.1)] {
///     changes.push(error.change(earlier, later)?)?;
/// }
/// assert_eq!((changes.improved(), changes.unchanged(), changes.deteriorated()), (1, 2, 0));
/// assert_eq!(format!("{:.3}", changes.improved_share()), "0.333");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Counts")]
pub struct ReliableChanges {
    improved: u64,
    unchanged: u64,
    deteriorated: u64,
}

/// The same as it is read.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename = "ReliableChanges", deny_unknown_fields)]
struct Counts {
    improved: u64,
    unchanged: u64,
    deteriorated: u64,
}

impl TryFrom<Counts> for ReliableChanges {
    type Error = RatingsError;

    fn try_from(of: Counts) -> Result<Self, RatingsError> {
        let Counts { improved, unchanged, deteriorated } = of;
        room(improved.saturating_add(unchanged).saturating_add(deteriorated))?;
        Ok(Self { improved, unchanged, deteriorated })
    }
}

impl ReliableChanges {
    /// Adds one respondent.
    ///
    /// # Errors
    ///
    /// If there is no room for more. Nothing is added then.
    pub fn push(&mut self, change: ReliableChange) -> Result<&mut Self, RatingsError> {
        room(self.n() + 1)?;
        let counter = if !change.is_reliable() {
            &mut self.unchanged
        } else if change.change > 0.0 {
            &mut self.improved
        } else {
            &mut self.deteriorated
        };
        *counter += 1;
        Ok(self)
    }

    /// Adds the respondents of another part of the cohort, judged by the same error of measurement.
    ///
    /// # Errors
    ///
    /// If there is no room for them. Nothing is added then.
    ///
    /// ```
    /// # use digital_maturity::statistics::{MeasurementError, ReliableChanges};
    /// let error = MeasurementError::new(0.85, 0.8)?;
    /// let mut north = ReliableChanges::default();
    /// north.push(error.change(1.0, 3.0)?)?;
    /// let mut south = ReliableChanges::default();
    /// south.push(error.change(3.0, 1.0)?)?.push(error.change(2.0, 2.0)?)?;
    /// north.merge(&south)?;
    /// assert_eq!((north.n(), north.deteriorated()), (3, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<&mut Self, RatingsError> {
        room(self.n() + other.n())?;
        self.improved += other.improved;
        self.unchanged += other.unchanged;
        self.deteriorated += other.deteriorated;
        Ok(self)
    }

    /// All respondents.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.improved + self.unchanged + self.deteriorated
    }

    /// Those whose value rose beyond the error.
    #[must_use]
    pub const fn improved(&self) -> u64 {
        self.improved
    }

    /// Those who changed by no more than the error explains.
    #[must_use]
    pub const fn unchanged(&self) -> u64 {
        self.unchanged
    }

    /// Those whose value fell beyond the error.
    #[must_use]
    pub const fn deteriorated(&self) -> u64 {
        self.deteriorated
    }

    /// The share of those who improved, from 0 to 1. Undefined of nobody.
    #[must_use]
    pub fn improved_share(&self) -> Statistic {
        self.share(self.improved)
    }

    /// The share of those who deteriorated, from 0 to 1. Undefined of nobody.
    #[must_use]
    pub fn deteriorated_share(&self) -> Statistic {
        self.share(self.deteriorated)
    }

    fn share(&self, of: u64) -> Statistic {
        Statistic::of(match self.n() {
            0 => Err(Undefined::TooFewRows),
            n => Ok(rows(of) / rows(n)),
        })
    }
}
