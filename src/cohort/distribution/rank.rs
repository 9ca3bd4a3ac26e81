//! Where a Score stands in a distribution.

use serde::{Deserialize, Serialize};

use super::Distribution;
use crate::names::named;
use crate::number::Score;

/// Whom a percentile rank counts as being below a Score. Who has no Score is never counted, neither
/// below nor among all.
///
/// The rank that gives the lowest of `n` 0 and the highest 1, by `(place - 1) / (n - 1)`, is none of
/// these: it is only defined for a Score that occurs in the cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PercentileRank {
    /// Those with a lower Score, and half of those with the same: 0.5 for the middle of any cohort,
    /// also one where all are alike.
    #[default]
    Mid,
    /// Those with a lower Score or the same.
    Weak,
    /// Those with a lower Score.
    Strict,
}

named!(PercentileRank, "percentile rank", [Mid => "mid", Weak => "weak", Strict => "strict"]);

/// What belongs to the three quartiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{T}Quartiles"))]
pub struct Quartiles<T> {
    /// The lower quartile: a quarter is below it.
    pub lower: T,
    /// The median.
    pub median: T,
    /// The upper quartile: a quarter is above it.
    pub upper: T,
}

impl Distribution {
    /// The share of Scores that are below `score`, from 0 to 1, rounded once, to the nearest
    /// billionth, ties to even; `None` for a distribution without a Score. `score` need not occur in
    /// it, and counts as one of it only where it does.
    ///
    /// ```
    /// use digital_maturity::cohort::{Distribution, PercentileRank};
    ///
    /// let cohort: Distribution =
    ///     ["0.2", "0.4", "0.4", "0.6", "1"].map(|score| score.parse().ok()).into_iter().collect();
    /// let of = |rank| cohort.percentile_rank("0.4".parse().unwrap(), rank).unwrap().to_string();
    /// assert_eq!(of(PercentileRank::Mid), "0.4"); // one below, and half of two
    /// assert_eq!(of(PercentileRank::Weak), "0.6");
    /// assert_eq!(of(PercentileRank::Strict), "0.2");
    /// ```
    #[must_use]
    pub fn percentile_rank(&self, score: Score, rank: PercentileRank) -> Option<Score> {
        let score = score.billionths();
        let below = self.runs().partition_point(|run| run.score < score);
        let (lower, rest) = self.runs().split_at_checked(below)?;
        let lower: u128 = lower.iter().map(|run| u128::from(run.times())).sum();
        let same = rest.first().filter(|run| run.score == score);
        let same = same.map_or(0, |run| u128::from(run.times()));
        let halves = match rank {
            PercentileRank::Mid => 2 * lower + same,
            PercentileRank::Weak => 2 * (lower + same),
            PercentileRank::Strict => 2 * lower,
        };
        Score::mean(halves * u128::from(Score::ONE.billionths() / 2), self.count())
    }

    /// The quartiles; `None` for a distribution without a Score.
    pub(crate) fn quartiles(&self) -> Option<Quartiles<Score>> {
        Some(Quartiles {
            lower: self.quarter(1)?,
            median: self.quarter(2)?,
            upper: self.quarter(3)?,
        })
    }
}
