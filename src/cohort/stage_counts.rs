//! How many are at each stage.

use serde::{Deserialize, Deserializer, Serialize};

use super::most::{MOST, within};
use super::raw;
use crate::document::by_node;
use crate::number::Score;
use crate::stage::{Stage, StageMap};

/// How many rows are at each stage, and how many at none: of a cohort, and where it is read, at most 2^53 in
/// all.
///
/// ```
/// use digital_maturity::cohort::StageCounts;
///
/// let counts: StageCounts = serde_json::from_str(
///     r#"{"traditional":0,"bridge":2,"hubs":3,"platform":0,"native":1,"not_scorable":4,"bad":5}"#,
/// )?;
/// assert_eq!((counts.at.hubs, counts.scored(), counts.total()), (3, 6, 15));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageCounts {
    /// At each stage.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(with = "StageMap<super::most::Count>"))]
    pub at: StageMap<u64>,
    /// Without an overall Score, and so without a stage.
    #[cfg_attr(feature = "schema", schemars(with = "super::most::Count"))]
    pub not_scorable: u64,
    /// Left out, as a cell is bad.
    #[cfg_attr(feature = "schema", schemars(with = "super::most::Count"))]
    pub bad: u64,
}

impl<'de> Deserialize<'de> for StageCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            #[serde(flatten, deserialize_with = "by_node")]
            at: StageMap<u64>,
            not_scorable: u64,
            bad: u64,
        }
        let Fields { at, not_scorable, bad } = Fields::deserialize(deserializer)?;
        let counts = Self { at, not_scorable, bad };
        within(counts.sum() + u128::from(not_scorable) + u128::from(bad)).map(|_| counts)
    }
}

impl StageCounts {
    /// How often each number of a stage stands in a column of them; see
    /// [`ScoreBuffers`](raw::ScoreBuffers). Other numbers are passed over.
    ///
    /// ```
    /// use digital_maturity::cohort::{StageCounts, raw};
    ///
    /// let counts = StageCounts::from_raw(&[0, 2, 2, raw::NO_STAGE, raw::BAD_ROW]);
    /// assert_eq!((counts.at.traditional, counts.at.hubs), (1, 2));
    /// assert_eq!((counts.not_scorable, counts.bad), (1, 1));
    /// ```
    #[must_use]
    pub fn from_raw(stages: &[u8]) -> Self {
        /// As many as a byte can count.
        const SPAN: usize = 255;
        let mut counts = Self::default();
        for span in stages.chunks(SPAN) {
            let count = |stage: u8| {
                u64::from(span.iter().fold(0_u8, |n, of| n.wrapping_add(u8::from(*of == stage))))
            };
            for stage in Stage::ALL {
                counts.at[stage] += count(raw::of_stage(stage));
            }
            counts.not_scorable += count(raw::NO_STAGE);
            counts.bad += count(raw::BAD_ROW);
        }
        counts
    }

    /// Adds other counts, where both together are of no more than [`MOST`].
    pub(super) fn add(&mut self, other: Self) {
        self.at = self.at.map(|stage, count| count + other.at[stage]);
        self.not_scorable += other.not_scorable;
        self.bad += other.bad;
    }

    /// How many rows there are, at most 2^64 - 1.
    ///
    /// ```
    /// # use digital_maturity::cohort::StageCounts;
    /// assert_eq!(StageCounts::from_raw(&[0, 1, 2, 3, 255]).total(), 5);
    /// ```
    #[must_use]
    pub fn total(&self) -> u64 {
        self.scored().saturating_add(self.not_scorable).saturating_add(self.bad)
    }

    /// How many rows have a stage, at most 2^64 - 1.
    #[must_use]
    pub fn scored(&self) -> u64 {
        self.sum().try_into().unwrap_or(u64::MAX)
    }

    fn sum(&self) -> u128 {
        self.at.iter().map(|(_, count)| u128::from(*count)).sum()
    }

    /// The share of those with a stage that are at this one, from 0 to 1, rounded to the nearest
    /// billionth, ties to even; `None` if nobody has a stage, or more than 2^53 have.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// # use digital_maturity::cohort::StageCounts;
    /// let counts = StageCounts::from_raw(&[2, 2, 2, 4]);
    /// assert_eq!(counts.share(Stage::Hubs), Some("0.75".parse()?));
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn share(&self, stage: Stage) -> Option<Score> {
        let count = u128::from(self.at[stage]) * u128::from(Score::ONE.billionths());
        u64::try_from(self.sum())
            .ok()
            .filter(|scored| *scored <= MOST)
            .and_then(|scored| Score::mean(count, scored))
    }
}
