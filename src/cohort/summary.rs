//! What can be said of a cohort as a whole, or of groups in it.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::Cohort;
use super::distribution::{Distribution, Sorting};
use super::scores::{Scores, StageCounts, WrongLength};
use crate::pillar::PillarMap;
#[cfg(feature = "schema")]
use crate::questionnaire::Fingerprint;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};

/// What can be said of many respondents: how many are at each stage, and how the Scores of the
/// overall, of pillars and of themes are spread.
///
/// Everything in it is a count, so that the parts of a cohort, however it was divided and in
/// whatever order they are put together, make the same summary, to the last byte of its JSON. It
/// serialises as its figures; its counts, to be kept and merged later, are had by
/// [`counts_json`](Self::counts_json).
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::cohort::{CohortSummary, Column};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let of = |answers: &[u8]| {
///     let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
///     let cohort = Cohort::new(&pulse, columns).unwrap();
///     cohort.summary(&cohort.score_with_themes()).unwrap()
/// };
/// let whole = of(&[1, 2, 3, 4, 5, 255, 6]);
/// assert_eq!(whole.overall().mean(), Some("0.5".parse()?));
/// assert_eq!((whole.stages().native, whole.stages().not_scorable, whole.stages().bad), (1, 1, 1));
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
    #[cfg_attr(feature = "schema", schemars(with = "Fingerprint"))]
    pub(super) questionnaire: Questionnaire,
    pub(super) stages: StageCounts,
    pub(super) overall: Distribution,
    pub(super) pillars: PillarMap<Distribution>,
    pub(super) themes: BTreeMap<String, Distribution>,
}

/// A summary tells its questionnaire by what scores in it.
fn fingerprint<S: Serializer>(of: &Questionnaire, serializer: S) -> Result<S::Ok, S::Error> {
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
        Self::of(questionnaire, &Scores::default(), None)
    }

    /// The summary of some rows, or of all.
    fn of(questionnaire: &Questionnaire, scores: &Scores, rows: Option<&[usize]>) -> Self {
        let stages = match rows {
            None => scores.stage_counts(),
            Some(rows) => {
                let stages = scores.stage_column();
                let stages = rows.iter().filter_map(|&row| stages.get(row).copied());
                StageCounts::of(&stages.collect::<Vec<_>>())
            }
        };
        let mut sorting = Sorting::default();
        let mut distribution = |column: &[u32]| match rows {
            None => Distribution::of(column.iter().copied(), stages.bad, &mut sorting),
            Some(rows) => {
                let column = rows.iter().filter_map(|&row| column.get(row).copied());
                Distribution::of(column, stages.bad, &mut sorting)
            }
        };
        let no_themes = std::iter::repeat(&[][..]);
        let themes = questionnaire.themes().iter().zip(scores.theme_columns().chain(no_themes));
        Self {
            questionnaire: questionnaire.clone(),
            stages,
            overall: distribution(scores.overall_column()),
            pillars: PillarMap::from_fn(|pillar| distribution(scores.pillar_column(pillar))),
            themes: themes
                .map(|(theme, column)| (theme.id.clone(), distribution(column)))
                .collect(),
        }
    }

    /// Adds the respondents of another summary.
    ///
    /// # Errors
    ///
    /// If it is about a questionnaire that scores otherwise. This one then stays as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), OtherQuestionnaire> {
        if other.questionnaire.fingerprint() != self.questionnaire.fingerprint() {
            let (expected, found) = (&self.questionnaire, &other.questionnaire);
            return Err(OtherQuestionnaire::new(expected.into(), found.into()));
        }
        self.stages.merge(other.stages);
        self.overall.merge(&other.overall);
        for (pillar, theirs) in other.pillars.iter() {
            self.pillars[pillar].merge(theirs);
        }
        // Equal fingerprints name the same themes.
        for (theme, theirs) in &other.themes {
            self.themes.entry(theme.clone()).or_default().merge(theirs);
        }
        Ok(())
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

impl Cohort<'_> {
    /// The summary of these scores of this cohort, themes included.
    ///
    /// # Errors
    ///
    /// If there are more or fewer scores than rows, or themes were left out: see
    /// [`score_with_themes`](Self::score_with_themes).
    pub fn summary(&self, scores: &Scores) -> Result<CohortSummary, WrongLength> {
        self.check(scores)?;
        Ok(CohortSummary::of(&self.questionnaire, scores, None))
    }

    /// The summary of each group, by a key of the caller's, one a row: an industry, a region, a wave.
    ///
    /// # Errors
    ///
    /// If there are more or fewer scores or keys than rows, or themes were left out.
    ///
    /// ```
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::Column;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [1_u8, 3, 5];
    /// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
    /// let cohort = Cohort::new(&pulse, columns)?;
    /// let scores = cohort.score_with_themes();
    /// let by = cohort.summaries_by(&scores, &["north", "south", "north"])?;
    /// assert_eq!(by["north"].overall().mean(), Some("0.5".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn summaries_by<K: Ord + Clone>(
        &self,
        scores: &Scores,
        keys: &[K],
    ) -> Result<BTreeMap<K, CohortSummary>, WrongLength> {
        self.check(scores)?;
        WrongLength::check("keys", keys.len(), self.rows)?;
        let mut groups: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
        for (row, key) in keys.iter().enumerate() {
            groups.entry(key).or_default().push(row);
        }
        let summary = |rows: &[usize]| CohortSummary::of(&self.questionnaire, scores, Some(rows));
        Ok(groups.into_iter().map(|(key, rows)| (key.clone(), summary(&rows))).collect())
    }

    fn check(&self, scores: &Scores) -> Result<(), WrongLength> {
        WrongLength::check("rows", scores.rows(), self.rows)?;
        let themes = self.questionnaire.themes().len();
        WrongLength::check("themes", scores.theme_columns().len(), themes)
    }
}
