//! Krippendorff's alpha: agreement of any number of raters, of whom each may have left out units.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::ratings::Ratings;
use super::sums::{Centre, count, difference, sound, sum};
use super::{Statistic, Undefined};

/// How well raters agree on units beyond what chance would have it (Krippendorff 2011). Rows are units,
/// columns raters; which rater gave a rating does not matter.
///
/// alpha = 1 - Do/De. Do is the mean squared difference of two ratings of one unit, each unit with m of
/// them weighted as its coincidences are (over m - 1), and De that of any two ratings. Units with fewer
/// than two ratings have no pair and are not used. 1 is agreement, 0 chance, and systematic
/// disagreement is negative.
///
/// What a difference is, is the [`Metric`]. Undefined if no unit has two ratings, and if all ratings
/// that can be paired are the same.
///
/// ```
/// use digital_maturity::statistics::{Krippendorff, Metric, Ratings};
///
/// let units = Ratings::from_rows([
///     [Some(1.0), Some(1.0), None],
///     [Some(2.0), Some(2.0), Some(3.0)],
///     [None, Some(4.0), Some(4.0)],
///     [None, Some(1.0), None], // no pair
/// ])?;
/// let agreement = Krippendorff::of(&units, Metric::Ordinal);
/// assert_eq!((agreement.units, agreement.ratings), (3, 7));
/// assert_eq!(format!("{:.3}", agreement.alpha), "0.927");
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Krippendorff {
    /// What a difference is.
    pub metric: Metric,
    /// The units that were used: those with two ratings or more.
    pub units: usize,
    /// All units.
    pub units_total: usize,
    /// The ratings of the units that were used.
    pub ratings: usize,
    /// Krippendorff's alpha.
    pub alpha: Statistic,
}

/// What the difference of two ratings is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// They are equal or not.
    Nominal,
    /// How many ratings lie between them, half of the ratings at either end included. This is the
    /// difference of their mid-ranks among all ratings that can be paired; ratings that cannot be
    /// paired do not count.
    Ordinal,
    /// The difference of the numbers.
    Interval,
}

impl Krippendorff {
    /// The agreement on these units.
    #[must_use]
    pub fn of(ratings: &Ratings, metric: Metric) -> Self {
        let mut units: Vec<Vec<f64>> =
            ratings.values_by_row().filter(|values| values.len() >= 2).collect();
        let n = units.iter().map(Vec::len).sum();
        let alpha = match metric {
            Metric::Nominal => nominal(&mut units),
            Metric::Ordinal => {
                to_ranks(&mut units);
                interval(&units)
            }
            Metric::Interval => interval(&units),
        };
        Self {
            metric,
            units: units.len(),
            units_total: ratings.rows(),
            ratings: n,
            alpha: Statistic::of(alpha),
        }
    }
}

/// How often each value occurs, lowest first.
fn frequencies(mut values: Vec<f64>) -> Vec<(f64, usize)> {
    values.sort_unstable_by(f64::total_cmp);
    values
        .chunk_by(|a, b| a.total_cmp(b).is_eq())
        .filter_map(|same| Some((*same.first()?, same.len())))
        .collect()
}

/// How many pairs of values are alike, each value with itself, too.
pub(super) fn like_pairs(values: Vec<f64>) -> f64 {
    frequencies(values).iter().map(|(_, n)| count(*n) * count(*n)).sum()
}

/// From numbers of pairs: those of one unit that differ, and those of all ratings that differ.
fn nominal(units: &mut [Vec<f64>]) -> Result<f64, Undefined> {
    let observed = sum(units.iter().map(|unit| {
        let m = count(unit.len());
        (m * m - like_pairs(unit.clone())) / (m - 1.0)
    }));
    let all = units.concat();
    let n = count(all.len());
    let expected = n * n - like_pairs(all);
    if units.is_empty() {
        Err(Undefined::TooFewRaters)
    } else if expected == 0.0 {
        Err(Undefined::NoVariance)
    } else {
        Ok(difference(1.0, (n - 1.0) * observed / expected))
    }
}

/// Each value becomes the mean of the ranks that its equals take: what lies below, and half of them.
fn to_ranks(units: &mut [Vec<f64>]) {
    let mut below = 0.0;
    let ranks: Vec<(f64, f64)> = frequencies(units.concat())
        .into_iter()
        .map(|(value, n)| {
            let rank = below + count(n) / 2.0;
            below += count(n);
            (value, rank)
        })
        .collect();
    for value in units.iter_mut().flatten() {
        let found = ranks.binary_search_by(|(other, _)| other.total_cmp(value));
        if let Some((_, rank)) = found.ok().and_then(|position| ranks.get(position)) {
            *value = *rank;
        }
    }
}

/// From sums of squares: over all ordered pairs of m numbers, squared differences sum to 2 m times the
/// squared distances to the mean.
fn interval(units: &[Vec<f64>]) -> Result<f64, Undefined> {
    let all = || units.iter().flatten().copied();
    let whole = Centre::of(all()).ok_or(Undefined::TooFewRaters)?;
    if whole.constant {
        return Err(Undefined::NoVariance);
    }
    let expected = sound(whole.squares(all()), false)?;
    let observed = sum(units.iter().filter_map(|unit| {
        let (values, m) = (unit.iter().copied(), count(unit.len()));
        Some(Centre::of(values.clone())?.squares(values) * m / (m - 1.0))
    }));
    let n = count(whole.n);
    Ok(difference(1.0, (n - 1.0) / n * (observed / expected)))
}
