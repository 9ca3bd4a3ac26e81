//! How Scores are spread, exactly, and so that parts can be put together.

mod growing;
mod rank;
mod sort;
mod table;
mod variance;

use serde::{Deserialize, Serialize, Serializer};

pub(super) use self::growing::Growing;
pub use self::rank::{PercentileRank, Quartiles};
pub(super) use self::variance::Wide;
use super::most::{MOST, TooManyRespondents, stored_count};
use super::raw::NO_SCORE;
use crate::number::Score;

/// How often each Score occurs, and how often there is none: all that figures about a group need,
/// exact and in any order the same.
///
/// Two of them are equal if, and only if, the same Scores occur as often. It takes 12 bytes for each
/// Score that differs, and so at most 12 MB for a million respondents. One of more than
/// [`MOST`](Self::MOST) respondents cannot exist.
///
/// ```
/// use digital_maturity::Score;
/// use digital_maturity::cohort::Distribution;
///
/// let scores: Vec<Score> = ["0.25", "0.5", "0.25", "1"].map(|s| s.parse().unwrap()).to_vec();
/// let all: Distribution = scores.iter().copied().map(Some).collect();
/// assert_eq!((all.count(), all.mean()), (4, Some("0.5".parse()?)));
/// assert_eq!(all.quantile("0.5".parse()?), Some("0.375".parse()?)); // halfway between the middle two
///
/// // Any parts, in any order, make the same whole.
/// let (first, rest) = scores.split_at(1);
/// let mut parts: Distribution = rest.iter().copied().map(Some).collect();
/// parts.merge(&first.iter().copied().map(Some).collect())?;
/// assert_eq!(parts, all);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Distribution {
    /// Billionths and how often, ascending, each at least once.
    runs: Vec<Run>,
    /// How many those are.
    count: u64,
    not_scorable: u64,
}

/// A Score in billionths and how often it occurs, in 12 bytes: of many respondents nearly each has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Run {
    pub(super) score: u32,
    /// The lower and the upper half.
    times: [u32; 2],
}

impl Run {
    pub(super) fn new(score: u32, times: u64) -> Self {
        let halves = [times & u64::from(u32::MAX), times >> 32];
        Self { score, times: halves.map(|half| u32::try_from(half).unwrap_or(u32::MAX)) }
    }

    pub(super) fn times(self) -> u64 {
        let [lower, upper] = self.times;
        u64::from(lower) | u64::from(upper) << 32
    }
}

/// Room to count in, for one column after another.
#[derive(Debug, Default)]
pub(super) struct Counting {
    growing: Growing,
    sorted: Vec<u32>,
}

/// The figures of a [`Distribution`], as a table of a paper has them. Figures that are not there,
/// such as the mean of nobody, are `None`.
///
/// Each is what the method of [`Distribution`] says that has its name; quartiles are
/// [`Distribution::quantile`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Figures {
    /// How many have a Score. All other figures are about them.
    #[serde(deserialize_with = "stored_count")]
    #[cfg_attr(feature = "schema", schemars(with = "super::most::Count"))]
    pub count: u64,
    /// How many have none.
    #[serde(deserialize_with = "stored_count")]
    #[cfg_attr(feature = "schema", schemars(with = "super::most::Count"))]
    pub not_scorable: u64,
    /// The mean.
    pub mean: Option<Score>,
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
    /// The share at the floor.
    pub floor_share: Option<Score>,
    /// The share at the ceiling.
    pub ceiling_share: Option<Score>,
}

impl Distribution {
    /// How many respondents it can be of at most: 2^53.
    pub const MOST: u64 = MOST;

    /// The distribution of a column of billionths, rows with bad cells among those without a Score.
    pub(super) fn from_column(
        column: impl Iterator<Item = u32> + Clone,
        bad: u64,
        Counting { growing, sorted }: &mut Counting,
    ) -> Self {
        growing.extend(column, bad, sorted);
        growing.take(sorted)
    }

    /// The distribution of Scores in billionths and how often each occurs, ascending, each at least
    /// once.
    pub(super) fn from_runs(runs: Vec<Run>, not_scorable: u64) -> Self {
        // Those from outside may be too many, and are refused where they are checked.
        let count = runs.iter().fold(0_u64, |sum, run| sum.saturating_add(run.times()));
        Self { runs, count, not_scorable }
    }

    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Adds what another one counts.
    ///
    /// # Errors
    ///
    /// If that makes more than [`MOST`](Self::MOST) respondents. This one then stays as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), TooManyRespondents> {
        TooManyRespondents::check(self.respondents(), other.respondents())?;
        self.add(other);
        Ok(())
    }

    /// Adds what another one counts, where both together are of no more than [`MOST`].
    pub(super) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.not_scorable += other.not_scorable;
        if other.runs.is_empty() {
            return;
        }
        // From the end, in place: what is there moves back as far as the other may need.
        let (mut ours, mut theirs) = (self.runs.len(), other.runs.as_slice());
        let mut to = ours + theirs.len();
        self.runs.reserve_exact(theirs.len());
        self.runs.resize(to, Run::default());
        while let (Some(&our), [their_rest @ .., their]) =
            (ours.checked_sub(1).and_then(|last| self.runs.get(last)), theirs)
        {
            // Which is the higher is as good as random: no branch hangs on it.
            let (is_ours, is_theirs) = (our.score >= their.score, our.score <= their.score);
            let times = our.times() * u64::from(is_ours) + their.times() * u64::from(is_theirs);
            to -= 1;
            if let Some(place) = self.runs.get_mut(to) {
                *place = Run::new(our.score.max(their.score), times);
            }
            ours -= usize::from(is_ours);
            theirs = if is_theirs { their_rest } else { theirs };
        }
        to -= theirs.len();
        if let Some(places) = self.runs.get_mut(to..to + theirs.len()) {
            places.copy_from_slice(theirs);
        }
        drop(self.runs.drain(ours..to));
        self.runs.shrink_to_fit();
    }

    /// Each Score that occurs and how often, lowest first.
    pub fn counts(&self) -> impl Iterator<Item = (Score, u64)> {
        let runs = self.runs.iter();
        runs.filter_map(|run| Some((Score::from_billionths(run.score)?, run.times())))
    }

    /// How many have a Score.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// How many it is of, with a Score and without.
    const fn respondents(&self) -> u64 {
        self.count + self.not_scorable
    }

    /// How many have none.
    #[must_use]
    pub const fn not_scorable(&self) -> u64 {
        self.not_scorable
    }

    /// The sum of Scores in billionths, exact.
    fn sum(&self) -> u128 {
        self.runs.iter().map(|run| u128::from(run.score) * u128::from(run.times())).sum()
    }

    /// The mean: the exact sum over the count, rounded once, to the nearest billionth, ties to even.
    #[must_use]
    pub fn mean(&self) -> Option<Score> {
        Score::mean(self.sum(), self.count())
    }

    /// The quantile of `share` by type 7 of Hyndman and Fan, which is that of R and of most
    /// spreadsheets: at the place `(n - 1) * share` of the sorted Scores, counted from 0, linear in
    /// between. Exact, and rounded once, to the nearest billionth, ties to even.
    ///
    /// ```
    /// # use digital_maturity::Score;
    /// # use digital_maturity::cohort::Distribution;
    /// let two: Distribution = [Some(Score::ZERO), Some(Score::ONE)].into_iter().collect();
    /// assert_eq!(two.quantile("0.25".parse()?), Some("0.25".parse()?));
    /// assert_eq!(Distribution::default().quantile(Score::ZERO), None);
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, share: Score) -> Option<Score> {
        let last = u128::from(self.count().checked_sub(1)?);
        let one = u128::from(Score::ONE.billionths());
        let place = last * u128::from(share.billionths());
        let (below, beyond) = (place / one, place % one);
        let lower = self.at(below)?;
        let upper = if beyond == 0 { lower } else { self.at(below + 1)? };
        let sum = u128::from(lower) * (one - beyond) + u128::from(upper) * beyond;
        Score::mean(sum, Score::ONE.billionths().into())
    }

    /// The quantile of so many quarters.
    pub(super) fn quarter(&self, quarters: u32) -> Option<Score> {
        Score::from_billionths(quarters * 250_000_000).and_then(|share| self.quantile(share))
    }

    /// The billionths at that place of the sorted Scores, from 0.
    fn at(&self, place: u128) -> Option<u32> {
        let mut passed = 0;
        let run = self.runs.iter().find(|run| {
            passed += u128::from(run.times());
            place < passed
        });
        run.map(|run| run.score)
    }

    /// The lowest Score.
    #[must_use]
    pub fn lowest(&self) -> Option<Score> {
        self.runs.first().and_then(|run| Score::from_billionths(run.score))
    }

    /// The highest Score.
    #[must_use]
    pub fn highest(&self) -> Option<Score> {
        self.runs.last().and_then(|run| Score::from_billionths(run.score))
    }

    /// The share of those with a Score that have 0, rounded to the nearest billionth, ties to even.
    #[must_use]
    pub fn floor_share(&self) -> Option<Score> {
        self.share_of(Score::ZERO)
    }

    /// The share of those with a Score that have 1, rounded to the nearest billionth, ties to even.
    #[must_use]
    pub fn ceiling_share(&self) -> Option<Score> {
        self.share_of(Score::ONE)
    }

    fn share_of(&self, score: Score) -> Option<Score> {
        let place = self.runs.binary_search_by_key(&score.billionths(), |run| run.score).ok();
        let count = place.and_then(|place| self.runs.get(place)).map_or(0, |run| run.times());
        Score::mean(u128::from(count) * u128::from(Score::ONE.billionths()), self.count())
    }

    /// All figures at once.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let variance = self.variance();
        Figures {
            count: self.count(),
            not_scorable: self.not_scorable,
            mean: self.mean(),
            variance,
            standard_deviation: variance.map(f64::sqrt),
            lowest: self.lowest(),
            lower_quartile: self.quarter(1),
            median: self.quarter(2),
            upper_quartile: self.quarter(3),
            highest: self.highest(),
            floor_share: self.floor_share(),
            ceiling_share: self.ceiling_share(),
        }
    }
}

impl FromIterator<Option<Score>> for Distribution {
    fn from_iter<I: IntoIterator<Item = Option<Score>>>(scores: I) -> Self {
        let billionths = |score: Option<Score>| score.map_or(NO_SCORE, Score::billionths);
        let column: Vec<u32> = scores.into_iter().map(billionths).collect();
        Self::from_column(column.iter().copied(), 0, &mut Counting::default())
    }
}

/// As its [`Figures`].
impl Serialize for Distribution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.figures().serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Distribution {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Figures::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Figures::json_schema(generator)
    }
}
