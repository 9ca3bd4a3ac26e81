//! How Scores are spread by weight.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "statistics: one division of sums that are exact, each rounded once"
)]

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::cohort::distribution::Wide;
use crate::cohort::raw::NO_SCORE;
use crate::number::Score;

/// Billionths in a Score.
const ONE: f64 = 1e9;

/// How often each Score occurs, by weight: with w the weights, x the Scores, m their mean and n how many there
/// are,
///
/// | figure | formula |
/// |---|---|
/// | mean | sum of w x / sum of w, exact |
/// | variance | sum of w (x - m)² / (sum of w - sum of w / n) |
/// | standard error of the mean | sqrt(n / (n - 1) · sum of w² (x - m)²) / sum of w, linearised (Taylor) |
/// | effective n | (sum of w)² / sum of w² (Kish 1965) |
/// | quantile of p | the lowest x up to which lies p of all weight; where it is just p, the mean of it and the next |
///
/// As R's `survey` has them for a design of one stage with replacement.
///
/// ```
/// use digital_maturity::Score;
/// use digital_maturity::cohort::WeightedDistribution;
///
/// let half: Score = "0.5".parse()?;
/// let rows = [(Some(Score::ZERO), "2".parse()?), (Some(half), "1".parse()?), (Some(Score::ONE), "1".parse()?)];
/// let scores: WeightedDistribution = rows.into_iter().collect();
/// assert_eq!((scores.count(), scores.mean()), (3, Some("0.375".parse()?)));
/// assert_eq!(scores.quantile(half), Some("0.25".parse()?)); // 0 has just half of the weight
/// assert_eq!(format!("{:.3}", scores.effective_n().unwrap()), "2.667"); // 16 / 6
/// # Ok::<(), digital_maturity::number::NumberError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeightedDistribution {
    /// By billionths.
    levels: BTreeMap<u32, Mass>,
    not_scorable: u64,
}

/// Rows and their weights in thousandths, of which one has at most a million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mass {
    rows: u64,
    weight: u64,
    squares: u128,
}

impl Mass {
    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.weight += other.weight;
        self.squares += other.squares;
    }
}

/// The figures of a [`WeightedDistribution`]; each is what its method of that name says, and `None` where there
/// is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WeightedFigures {
    /// How many have a weight and a Score.
    pub count: u64,
    /// How many have a weight and no Score.
    pub not_scorable: u64,
    /// The sum of their weights.
    pub weight: f64,
    /// How many respondents of equal weight would tell as much.
    pub effective_n: Option<f64>,
    /// The mean.
    pub mean: Option<Score>,
    /// The standard error of the mean.
    pub standard_error: Option<f64>,
    /// The variance.
    pub variance: Option<f64>,
    /// The standard deviation.
    pub standard_deviation: Option<f64>,
    /// The lowest Score.
    pub lowest: Option<Score>,
    /// The quantile of 0.25.
    pub lower_quartile: Option<Score>,
    /// The quantile of 0.5.
    pub median: Option<Score>,
    /// The quantile of 0.75.
    pub upper_quartile: Option<Score>,
    /// The highest Score.
    pub highest: Option<Score>,
    /// The share by weight that has 0.
    pub floor_share: Option<Score>,
    /// The share by weight that has 1.
    pub ceiling_share: Option<Score>,
}

impl WeightedDistribution {
    /// Of Scores in billionths with their weights in thousandths.
    pub(super) fn new(rows: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<(u32, u32)> = rows.collect();
        sorted.sort_unstable();
        let mut distribution = Self::default();
        for alike in sorted.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((score, _)) = alike.first() else { continue };
            let mut mass = Mass::default();
            for (_, weight) in alike {
                let squares = u128::from(*weight) * u128::from(*weight);
                mass.add(Mass { rows: 1, weight: u64::from(*weight), squares });
            }
            if *score == NO_SCORE {
                distribution.not_scorable += mass.rows;
            } else {
                distribution.levels.insert(*score, mass);
            }
        }
        distribution
    }

    /// Adds what another one counts, where both together are of no more than there is room for.
    pub(super) fn add(&mut self, other: &Self) {
        self.not_scorable += other.not_scorable;
        for (score, mass) in &other.levels {
            self.levels.entry(*score).or_default().add(*mass);
        }
    }

    fn total(&self) -> Mass {
        let mut total = Mass::default();
        self.levels.values().for_each(|mass| total.add(*mass));
        total
    }

    /// The sum of Scores in billionths by weight in thousandths.
    fn sum(&self) -> u128 {
        self.levels.iter().map(|(score, of)| u128::from(*score) * u128::from(of.weight)).sum()
    }

    /// How many have a Score.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.total().rows
    }

    /// How many have none.
    #[must_use]
    pub const fn not_scorable(&self) -> u64 {
        self.not_scorable
    }

    /// How many respondents of equal weight would tell as much, from 1 to their number.
    #[must_use]
    pub fn effective_n(&self) -> Option<f64> {
        let Mass { weight, squares, .. } = self.total();
        let square = u128::from(weight) * u128::from(weight);
        (weight > 0).then(|| square as f64 / squares as f64)
    }

    /// The mean: the exact sum by weight over the sum of weights, rounded once, to the nearest billionth, ties
    /// to even.
    #[must_use]
    pub fn mean(&self) -> Option<Score> {
        Score::mean(self.sum(), self.total().weight)
    }

    /// The variance; `None` of fewer than two.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let Mass { rows, weight, .. } = self.total();
        let less = rows.checked_sub(1).filter(|less| *less > 0)?;
        // From the whole below the mean, with what is beyond it: at most 2^49 * 2^60 / 4, and below 2^49.
        let (below, beyond) = (self.sum() / u128::from(weight), self.sum() % u128::from(weight));
        let squares = self.levels.iter().map(|(score, of)| {
            let distance = u128::from(*score).abs_diff(below);
            distance * distance * u128::from(of.weight)
        });
        let numerator = Wide::product(squares.sum(), weight).less(beyond * beyond).double();
        let weight = weight as f64;
        Some(numerator / weight / (weight / rows as f64 * less as f64) / ONE / ONE)
    }

    /// The square root of the [variance](Self::variance).
    #[must_use]
    pub fn standard_deviation(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// The standard error of the mean; `None` of fewer than two.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        let Mass { rows, weight, squares } = self.total();
        let less = rows.checked_sub(1).filter(|less| *less > 0)?;
        let (below, beyond) = (self.sum() / u128::from(weight), self.sum() % u128::from(weight));
        // Squares to the whole below the mean: w² d² is at most a million times w d², and so below 2^127.
        let (mut around, mut aside) = (0_u128, 0_i128);
        for (score, of) in &self.levels {
            let distance = i128::from(*score) - i128::try_from(below).ok()?;
            around += of.squares * distance.unsigned_abs() * distance.unsigned_abs();
            aside += i128::try_from(of.squares).ok()? * distance;
        }
        let rest = beyond as f64 / weight as f64;
        let squares = around as f64 - 2.0 * rest * aside as f64 + rest * rest * squares as f64;
        let inflated = squares.max(0.0) / less as f64 * rows as f64;
        Some(inflated.sqrt() / weight as f64 / ONE)
    }

    /// The quantile of `share` of the weight, rounded to the nearest billionth, ties to even.
    #[must_use]
    pub fn quantile(&self, share: Score) -> Option<Score> {
        let one = u128::from(Score::ONE.billionths());
        let wanted = u128::from(self.total().weight) * u128::from(share.billionths());
        let mut passed = 0_u128;
        let mut levels = self.levels.iter();
        let (score, is_exact) = levels.find_map(|(score, of)| {
            passed += u128::from(of.weight) * one;
            (passed >= wanted).then_some((*score, passed == wanted))
        })?;
        let next = levels.next().filter(|_| is_exact).map_or(score, |(next, _)| *next);
        Score::mean(u128::from(score) + u128::from(next), 2)
    }

    fn quarter(&self, quarters: u32) -> Option<Score> {
        Score::from_billionths(quarters * 250_000_000).and_then(|share| self.quantile(share))
    }

    fn share_of(&self, score: Score) -> Option<Score> {
        let weight = self.levels.get(&score.billionths()).map_or(0, |of| of.weight);
        let part = u128::from(weight) * u128::from(Score::ONE.billionths());
        Score::mean(part, self.total().weight)
    }

    /// All figures at once.
    #[must_use]
    pub fn figures(&self) -> WeightedFigures {
        let end = |level: Option<(&u32, &Mass)>| {
            level.and_then(|(score, _)| Score::from_billionths(*score))
        };
        let Mass { rows, weight, .. } = self.total();
        WeightedFigures {
            count: rows,
            not_scorable: self.not_scorable,
            weight: weight as f64 / 1e3,
            effective_n: self.effective_n(),
            mean: self.mean(),
            standard_error: self.standard_error(),
            variance: self.variance(),
            standard_deviation: self.standard_deviation(),
            lowest: end(self.levels.first_key_value()),
            lower_quartile: self.quarter(1),
            median: self.quarter(2),
            upper_quartile: self.quarter(3),
            highest: end(self.levels.last_key_value()),
            floor_share: self.share_of(Score::ZERO),
            ceiling_share: self.share_of(Score::ONE),
        }
    }
}

/// Of Scores and their weights; a weight of 0 counts nothing. More than half a thousand million rows are not
/// to be had this way.
impl FromIterator<(Option<Score>, crate::number::Weight)> for WeightedDistribution {
    fn from_iter<I: IntoIterator<Item = (Option<Score>, crate::number::Weight)>>(rows: I) -> Self {
        let rows = rows.into_iter().filter(|(_, weight)| !weight.is_zero());
        Self::new(rows.map(|(score, weight)| {
            (score.map_or(NO_SCORE, Score::billionths), weight.thousandths())
        }))
    }
}

/// As its [`WeightedFigures`].
impl Serialize for WeightedDistribution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.figures().serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for WeightedDistribution {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        WeightedFigures::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        WeightedFigures::json_schema(generator)
    }
}
