//! The interval of alpha, the one figure that takes more than a square root.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Deserializer, Serialize, de};
use special::Beta;

use super::sums::count;
use super::{Deletion, Reliability, Statistic, Undefined, finite};

/// An interval for an estimate, of a level between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfidenceInterval {
    /// The level, such as 0.95.
    #[serde(deserialize_with = "level")]
    pub level: f64,
    /// The lower end.
    #[serde(deserialize_with = "finite")]
    pub lower: f64,
    /// The upper end.
    #[serde(deserialize_with = "finite")]
    pub upper: f64,
}

/// The level of a stored interval.
fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let level = f64::deserialize(deserializer)?;
    if is_level(level) {
        Ok(level)
    } else {
        Err(de::Error::custom("a level is not between 0 and 1"))
    }
}

fn is_level(level: f64) -> bool {
    level > 0.0 && level < 1.0
}

impl Reliability {
    /// Feldt's interval for alpha (Feldt, Woodruff and Salih 1987): with p = 1 - level, from
    /// 1 - (1 - alpha) F(1 - p/2) to 1 - (1 - alpha) F(p/2), F the quantiles of the F distribution with
    /// n - 1 and (n - 1)(k - 1) degrees of freedom, and n the rows that were used.
    ///
    /// Takes the feature `intervals`. Alone of all statistics it needs logarithms; they are those of the crate
    /// `libm`, and so the same on every machine, unless another crate switches on `std` of `special`.
    /// The quantile is found by halving, from the incomplete beta function of `special`; up to ten
    /// million rows it is within 1e-10 of the exact one.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Undefined::OutOfRange) for a level that is not between 0 and 1,
    /// [`Pairwise`](Undefined::Pairwise) with pairwise deletion, and why there is no alpha.
    ///
    /// ```
    /// use digital_maturity::statistics::{Deletion, Ratings, Reliability};
    ///
    /// let answers = Ratings::from_rows([[4.0, 5.0], [2.0, 3.0], [3.0, 3.0], [5.0, 4.0]])?;
    /// let interval = Reliability::new(&answers, Deletion::Listwise).feldt_interval(0.95)?;
    /// assert_eq!(format!("{:.2} to {:.2}", interval.lower, interval.upper), "-2.33 to 0.99");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn feldt_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        if !is_level(level) {
            return Err(Undefined::OutOfRange);
        }
        if self.deletion == Deletion::Pairwise {
            return Err(Undefined::Pairwise);
        }
        let alpha = self.alpha.get()?;
        let freedom = |of: usize, too_few| of.checked_sub(1).filter(|&n| n > 0).ok_or(too_few);
        let rows = count(freedom(self.n, Undefined::TooFewRows)?);
        let others = rows * count(freedom(self.k, Undefined::TooFewItems)?);
        let tail = (1.0 - level) / 2.0;
        let end = |probability| {
            let f = f_quantile(probability, rows, others);
            Statistic::of(Ok(1.0 - (1.0 - alpha) * f)).get()
        };
        Ok(ConfidenceInterval { level, lower: end(1.0 - tail)?, upper: end(tail)? })
    }
}

/// The value that an F distributed figure stays below with that probability.
///
/// By halving, until no double lies between the ends. The inverse of the crate itself stops up to 1e-8
/// before the value with many degrees of freedom; its incomplete beta function does not.
fn f_quantile(probability: f64, freedom: f64, other: f64) -> f64 {
    let (a, b) = (freedom / 2.0, other / 2.0);
    let ln_beta = a.ln_beta(b);
    let (mut low, mut high) = (0.0, 1.0);
    loop {
        let middle: f64 = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle / (1.0 - middle) * (b / a);
        }
        if middle.inc_beta(a, b, ln_beta) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
}
