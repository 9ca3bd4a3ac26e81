//! What can be said of a cohort as a whole, or of groups in it.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::distribution::{Counting, Distribution};
use super::length::{Counted, WrongLength};
use super::most::{TooManyRespondents, Unmergeable};
use super::scores::Scores;
use super::stage_counts::StageCounts;
use crate::pillar::PillarMap;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};

/// What can be said of many respondents: how many are at each stage, and how the Scores of the
/// overall, of pillars and of themes are spread.
///
/// Everything in it is a count, so that the parts of a cohort, however it was divided and in
/// whatever order they are put together, make the same summary, to the last byte of its JSON. It
/// serialises as its figures; its counts, to be kept and merged later, are had by
/// [`counts`](Self::counts). Parts that come one after another are put together by
/// [`Merging`](super::Merging). One of more than [`Distribution::MOST`] respondents cannot exist.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::cohort::{CohortSummary, Column};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let of = |answers: &[u8]| {
///     let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
///     let cohort = Cohort::new(&pulse, columns).unwrap();
///     cohort.score().summary()
/// };
/// let whole = of(&[1, 2, 3, 4, 5, 255, 6]);
/// assert_eq!(whole.overall().mean(), Some("0.5".parse()?));
/// let stages = whole.stages();
/// assert_eq!((stages.at.native, stages.not_scorable, stages.bad), (1, 1, 1));
///
/// let mut parts = CohortSummary::empty(&pulse);
/// parts.merge(&of(&[6, 255, 5, 3]))?;
/// parts.merge(&of(&[2, 4, 1]))?;
/// assert_eq!(parts, whole);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CohortSummary {
    #[serde(rename = "fingerprint", serialize_with = "fingerprint")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::questionnaire::Fingerprint"))]
    pub(super) questionnaire: Questionnaire,
    pub(super) stages: StageCounts,
    pub(super) overall: Distribution,
    pub(super) pillars: PillarMap<Distribution>,
    pub(super) themes: BTreeMap<String, Distribution>,
}

/// A summary tells its questionnaire by what scores in it.
pub(super) fn fingerprint<S: Serializer>(
    of: &Questionnaire,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    of.fingerprint().serialize(serializer)
}

impl PartialEq for CohortSummary {
    fn eq(&self, other: &Self) -> bool {
        self.questionnaire.fingerprint() == other.questionnaire.fingerprint()
            && self.stages == other.stages
            && self.overall == other.overall
            && self.pillars == other.pillars
            && self.themes == other.themes
    }
}

impl Eq for CohortSummary {}

impl CohortSummary {
    /// The summary of nobody: what others are merged into.
    #[must_use]
    pub fn empty(questionnaire: &Questionnaire) -> Self {
        Self::new(&Scores::empty(questionnaire), None)
    }

    /// The summary of some rows, or of all.
    fn new(scores: &Scores, rows: Option<&[usize]>) -> Self {
        let stages = match rows {
            None => scores.stage_counts(),
            Some(rows) => {
                let stages = scores.raw_stages();
                let stages = rows.iter().filter_map(|&row| stages.get(row).copied());
                StageCounts::from_raw(&stages.collect::<Vec<_>>())
            }
        };
        let mut counting = Counting::default();
        let mut distribution = |column: &[u32]| match rows {
            None => Distribution::from_column(column.iter().copied(), stages.bad, &mut counting),
            Some(rows) => {
                let column = rows.iter().filter_map(|&row| column.get(row).copied());
                Distribution::from_column(column, stages.bad, &mut counting)
            }
        };
        Self {
            questionnaire: scores.questionnaire().clone(),
            stages,
            overall: distribution(scores.raw_overall()),
            pillars: PillarMap::from_fn(|pillar| distribution(scores.raw_pillar(pillar))),
            themes: scores
                .raw_themes()
                .map(|(theme, column)| (theme.to_owned(), distribution(column)))
                .collect(),
        }
    }

    /// Adds the respondents of another summary. Of many, see [`Merging`](super::Merging).
    ///
    /// # Errors
    ///
    /// If it is about a questionnaire that scores otherwise, or both are of more than
    /// [`Distribution::MOST`] respondents. This one then stays as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Unmergeable> {
        OtherQuestionnaire::check(&self.questionnaire, &other.questionnaire)?;
        TooManyRespondents::check(self.stages.total(), other.stages.total())?;
        self.add(other);
        Ok(())
    }

    /// Adds the respondents of a summary of the same questionnaire, where both together are of no more
    /// than [`Distribution::MOST`]. Whoever is in a distribution is in the counts of stages, too.
    pub(super) fn add(&mut self, other: &Self) {
        self.stages.add(other.stages);
        self.overall.add(&other.overall);
        for (pillar, theirs) in other.pillars.iter() {
            self.pillars[pillar].add(theirs);
        }
        // Equal fingerprints name the same themes.
        for (theme, theirs) in &other.themes {
            self.themes.entry(theme.clone()).or_default().add(theirs);
        }
    }

    /// The questionnaire.
    #[must_use]
    pub const fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// How many are at each stage.
    #[must_use]
    pub const fn stages(&self) -> &StageCounts {
        &self.stages
    }

    /// The overall Scores.
    #[must_use]
    pub const fn overall(&self) -> &Distribution {
        &self.overall
    }

    /// The Scores of each pillar.
    #[must_use]
    pub const fn pillars(&self) -> &PillarMap<Distribution> {
        &self.pillars
    }

    /// The Scores of each theme, by its id.
    #[must_use]
    pub const fn themes(&self) -> &BTreeMap<String, Distribution> {
        &self.themes
    }
}

impl Scores {
    /// The summary of all rows.
    #[must_use]
    pub fn summary(&self) -> CohortSummary {
        CohortSummary::new(self, None)
    }

    /// The summary of each group, by a key of the caller's, one a row: an industry, a region, a wave.
    ///
    /// # Errors
    ///
    /// If there are more or fewer keys than rows.
    ///
    /// ```
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::Column;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [1_u8, 3, 5];
    /// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
    /// let scores = Cohort::new(&pulse, columns)?.score();
    /// let by = scores.summaries_by(&["north", "south", "north"])?;
    /// assert_eq!(by["north"].overall().mean(), Some("0.5".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn summaries_by<K: Ord + Clone>(
        &self,
        keys: &[K],
    ) -> Result<BTreeMap<K, CohortSummary>, WrongLength> {
        let groups = self.rows_by(keys)?;
        let summary = |rows: &[usize]| CohortSummary::new(self, Some(rows));
        Ok(groups.into_iter().map(|(key, rows)| (key.clone(), summary(&rows))).collect())
    }

    /// The rows of each key.
    pub(super) fn rows_by<'k, K: Ord>(
        &self,
        keys: &'k [K],
    ) -> Result<BTreeMap<&'k K, Vec<usize>>, WrongLength> {
        WrongLength::check(Counted::Keys, keys.len(), self.rows())?;
        let mut groups: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
        for (row, key) in keys.iter().enumerate() {
            groups.entry(key).or_default().push(row);
        }
        Ok(groups)
    }
}
