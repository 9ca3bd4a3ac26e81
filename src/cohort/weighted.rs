//! Respondents who count by a weight: what can be said of those whom they stand for.

mod distribution;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

pub use self::distribution::{WeightedDistribution, WeightedFigures};
use super::length::{Counted, WrongLength};
use super::most::{TooManyRespondents, Unmergeable};
use super::raw;
use super::scores::Scores;
use super::summary::fingerprint;
use crate::number::{Score, Weight};
use crate::pillar::PillarMap;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::stage::{Stage, StageMap};

/// What a [`CohortSummary`](super::CohortSummary) says, of respondents who count by a sampling weight each:
/// of the population that they stand for.
///
/// A weight is above 0, and says how many one respondent stands for, or any multiple of that: if all weights
/// are doubled, no mean, share or error changes. A row without a weight, or with one of 0, is left out and
/// [counted](Self::without_weight). Weights count in scores of respondents alone; those of questions and
/// pillars are the questionnaire's.
///
/// All in it are sums of whole numbers, so that the parts of a cohort, in whatever order, make the same
/// summary. One of more than [`CreditSums::MOST_ROWS`](crate::statistics::CreditSums::MOST_ROWS) respondents cannot exist.
///
/// ```
/// use digital_maturity::cohort::Column;
/// use digital_maturity::{Cohort, Questionnaire, Stage, Weight};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let answers = [1_u8, 3, 5];
/// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
/// let scores = Cohort::new(pulse, columns)?.score();
///
/// // The first stands for as many as the other two together.
/// let weights = ["2", "1", "1"].map(|weight| weight.parse::<Weight>().ok());
/// let summary = scores.weighted_summary(&weights)?;
/// assert_eq!(summary.overall().mean(), Some("0.375".parse()?));
/// assert_eq!(summary.share(Stage::Traditional), Some("0.5".parse()?));
/// assert_eq!(scores.summary().overall().mean(), Some("0.5".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("survey weights", "sampling weights", "svymean"))]
pub struct WeightedSummary {
    #[serde(rename = "fingerprint", serialize_with = "fingerprint")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::questionnaire::Fingerprint"))]
    questionnaire: Questionnaire,
    /// Rows with a weight, also those that have no Score.
    respondents: u64,
    /// Rows without a weight.
    without_weight: u64,
    /// Rows with a weight and a bad cell.
    bad: u64,
    /// The share by weight of those at each stage; null where nobody has one.
    #[serde(serialize_with = "shares")]
    #[cfg_attr(feature = "schema", schemars(with = "StageMap<Option<Score>>"))]
    stages: StageMap<u64>,
    overall: WeightedDistribution,
    pillars: PillarMap<WeightedDistribution>,
    themes: BTreeMap<String, WeightedDistribution>,
}

fn shares<S: Serializer>(of: &StageMap<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    StageMap::from_fn(|stage| share(of, stage)).serialize(serializer)
}

/// The share by weight of those at a stage.
fn share(of: &StageMap<u64>, stage: Stage) -> Option<Score> {
    let all = of.iter().map(|(_, weight)| *weight).sum();
    Score::mean(u128::from(of[stage]) * u128::from(Score::ONE.billionths()), all)
}

impl PartialEq for WeightedSummary {
    fn eq(&self, other: &Self) -> bool {
        self.questionnaire.fingerprint() == other.questionnaire.fingerprint()
            && (self.respondents, self.without_weight, self.bad)
                == (other.respondents, other.without_weight, other.bad)
            && self.stages == other.stages
            && self.overall == other.overall
            && self.pillars == other.pillars
            && self.themes == other.themes
    }
}

impl Eq for WeightedSummary {}

impl WeightedSummary {
    /// The summary of nobody: what others are merged into.
    #[must_use]
    pub fn empty(questionnaire: &Questionnaire) -> Self {
        Self::new(&Scores::empty(questionnaire), &[], None)
    }

    /// The summary of some rows, or of all, each with its weight in thousandths.
    fn new(scores: &Scores, weights: &[Option<Weight>], rows: Option<&[usize]>) -> Self {
        let mut weighed: Vec<(usize, u32)> = Vec::new();
        let mut without_weight = 0;
        let mut weigh = |row: usize| match weights.get(row).copied().flatten() {
            Some(weight) if !weight.is_zero() => weighed.push((row, weight.thousandths())),
            _ => without_weight += 1,
        };
        match rows {
            None => (0..scores.rows()).for_each(&mut weigh),
            Some(rows) => rows.iter().copied().for_each(&mut weigh),
        }
        let respondents = u64::try_from(weighed.len()).unwrap_or(u64::MAX);
        let (mut stages, mut bad) = (StageMap::<u64>::default(), 0);
        weighed.retain(|(row, weight)| {
            let Some(number) = scores.raw_stages().get(*row) else { return false };
            if let Some(stage) = raw::stage(*number) {
                stages[stage] += u64::from(*weight);
            }
            bad += u64::from(*number == raw::BAD_ROW);
            *number != raw::BAD_ROW
        });
        let distribution = |column: &[u32]| {
            let of = weighed.iter().filter_map(|(row, weight)| Some((*column.get(*row)?, *weight)));
            WeightedDistribution::new(of)
        };
        let themes = scores.raw_themes().map(|(id, column)| (id.to_owned(), distribution(column)));
        Self {
            questionnaire: scores.questionnaire().clone(),
            respondents,
            without_weight,
            bad,
            stages,
            overall: distribution(scores.raw_overall()),
            pillars: PillarMap::from_fn(|pillar| distribution(scores.raw_pillar(pillar))),
            themes: themes.collect(),
        }
    }

    /// Adds the respondents of another summary.
    ///
    /// # Errors
    ///
    /// If it is about a questionnaire that scores otherwise, or both are of more than
    /// [`CreditSums::MOST_ROWS`](crate::statistics::CreditSums::MOST_ROWS) respondents. This one then stays as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Unmergeable> {
        OtherQuestionnaire::check(&self.questionnaire, &other.questionnaire)?;
        self.respondents = TooManyRespondents::check_rows(self.respondents, other.respondents)?;
        self.without_weight = self.without_weight.saturating_add(other.without_weight);
        self.bad += other.bad;
        self.stages = StageMap::from_fn(|stage| self.stages[stage] + other.stages[stage]);
        self.overall.add(&other.overall);
        for (pillar, theirs) in other.pillars.iter() {
            self.pillars[pillar].add(theirs);
        }
        // Equal fingerprints name the same themes.
        for (theme, theirs) in &other.themes {
            self.themes.entry(theme.clone()).or_default().add(theirs);
        }
        Ok(())
    }

    /// The questionnaire.
    #[must_use]
    pub const fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// How many rows have a weight, also those that have no Score.
    #[must_use]
    pub const fn respondents(&self) -> u64 {
        self.respondents
    }

    /// How many rows have none, or one of 0, and are in no figure.
    #[must_use]
    pub const fn without_weight(&self) -> u64 {
        self.without_weight
    }

    /// The share by weight of those at this stage among those who have one, from 0 to 1, rounded to the nearest
    /// billionth, ties to even; `None` if nobody has.
    #[must_use]
    pub fn share(&self, stage: Stage) -> Option<Score> {
        share(&self.stages, stage)
    }

    /// The overall Scores.
    #[must_use]
    pub const fn overall(&self) -> &WeightedDistribution {
        &self.overall
    }

    /// The Scores of each pillar.
    #[must_use]
    pub const fn pillars(&self) -> &PillarMap<WeightedDistribution> {
        &self.pillars
    }

    /// The Scores of each theme, by its id.
    #[must_use]
    pub const fn themes(&self) -> &BTreeMap<String, WeightedDistribution> {
        &self.themes
    }
}

impl Scores {
    /// The summary of all rows, each of which counts by its weight.
    ///
    /// # Errors
    ///
    /// If there are more or fewer weights than rows.
    pub fn weighted_summary(
        &self,
        weights: &[Option<Weight>],
    ) -> Result<WeightedSummary, WrongLength> {
        WrongLength::check(Counted::Weights, weights.len(), self.rows())?;
        Ok(WeightedSummary::new(self, weights, None))
    }

    /// The same of each group, by a key of the caller's, one a row.
    ///
    /// # Errors
    ///
    /// If there are more or fewer keys, or weights, than rows.
    ///
    /// ```
    /// # use digital_maturity::cohort::Column;
    /// # use digital_maturity::{Cohort, Questionnaire, Weight};
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let answers = [1_u8, 3, 5];
    /// # let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
    /// # let scores = Cohort::new(pulse, columns)?.score();
    /// let weights = [Some("0.5".parse::<Weight>()?), None, Some(Weight::ONE)];
    /// let by = scores.weighted_summaries_by(&["north", "south", "north"], &weights)?;
    /// assert_eq!(by["north"].overall().mean(), Some("0.666666667".parse()?));
    /// assert_eq!(by["south"].without_weight(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn weighted_summaries_by<K: Ord + Clone>(
        &self,
        keys: &[K],
        weights: &[Option<Weight>],
    ) -> Result<BTreeMap<K, WeightedSummary>, WrongLength> {
        WrongLength::check(Counted::Weights, weights.len(), self.rows())?;
        let groups = self.rows_by(keys)?;
        let summary = |rows: &[usize]| WeightedSummary::new(self, weights, Some(rows));
        Ok(groups.into_iter().map(|(key, rows)| (key.clone(), summary(&rows))).collect())
    }
}
