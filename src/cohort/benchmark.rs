//! Where one result stands among many.

use serde::{Deserialize, Serialize};

use super::distribution::{Distribution, PercentileRank, Quartiles};
use super::most::stored_count;
use super::stage_counts::StageCounts;
use super::summary::CohortSummary;
use crate::assessment::{ById, Record, Source};
use crate::document::by_node;
use crate::number::{Delta, Score};
use crate::pillar::PillarMap;
use crate::questionnaire::OtherQuestionnaire;
use crate::stage::Stage;

/// Where one result stands in a cohort: its percentile ranks, how far it is from the quartiles, and
/// how many are at each stage.
///
/// The cohort is taken as it is. Whether the assessed organisation is one of it is up to the caller.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::cohort::{Benchmark, Column, PercentileRank};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let answers = [1_u8, 2, 3, 3, 5];
/// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
/// let cohort = Cohort::new(&pulse, columns)?;
/// let summary = cohort.score().summary();
///
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 4)?; // credit 0.75
/// }
/// let benchmark = Benchmark::new(&sheet.assess(), &summary, PercentileRank::Mid)?;
/// let overall = benchmark.overall();
/// assert_eq!(overall.percentile_rank, Some("0.8".parse()?)); // four of five are below
/// assert_eq!(overall.quartiles.unwrap().upper.to_string(), "0.5");
/// assert_eq!(format!("{:+}", overall.gaps.unwrap().upper), "+0.25");
/// assert_eq!(benchmark.stages().at.native, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Benchmark {
    #[serde(flatten, deserialize_with = "by_node")]
    source: Source,
    rank: PercentileRank,
    stage: Option<Stage>,
    stages: StageCounts,
    overall: Placing,
    pillars: PillarMap<Placing>,
    themes: ById<Placing>,
}

/// Where a Score stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Placing {
    /// The Score; `None` where it is not scorable.
    pub score: Option<Score>,
    /// How many of the cohort have one.
    #[serde(deserialize_with = "stored_count")]
    #[cfg_attr(feature = "schema", schemars(with = "super::most::Count"))]
    pub count: u64,
    /// The share of them that is below, from 0 to 1; `None` unless there is a Score on both sides.
    pub percentile_rank: Option<Score>,
    /// The quartiles of the cohort, of Hyndman and Fan's type 7.
    pub quartiles: Option<Quartiles<Score>>,
    /// The Score less each quartile: above 0 where it is higher than the quartile.
    pub gaps: Option<Quartiles<Delta>>,
}

impl Benchmark {
    /// Where a result stands among those that were summed up. A fresh and a stored result serve
    /// alike, by reference or by value; themes are listed as the result has them.
    ///
    /// # Errors
    ///
    /// If the result is of a questionnaire that scores otherwise than that of the cohort.
    pub fn new(
        result: &impl AsRef<Record>,
        cohort: &CohortSummary,
        rank: PercentileRank,
    ) -> Result<Self, OtherQuestionnaire> {
        let result = result.as_ref();
        if result.questionnaire.fingerprint != cohort.questionnaire().fingerprint() {
            let expected = cohort.questionnaire().into();
            return Err(OtherQuestionnaire::new(expected, result.questionnaire.clone()));
        }
        let nobody = Distribution::default();
        let themes = result.themes.iter().map(|(id, standing)| {
            let among = cohort.themes().get(id).unwrap_or(&nobody);
            (id, Placing::new(standing.score(), among, rank))
        });
        Ok(Self {
            rank,
            stage: result.overall.stage(),
            stages: *cohort.stages(),
            overall: Placing::new(result.overall.score(), cohort.overall(), rank),
            pillars: PillarMap::from_fn(|pillar| {
                let score = result.pillars[pillar].standing.score();
                Placing::new(score, &cohort.pillars()[pillar], rank)
            }),
            themes: themes.collect(),
            source: result.source(),
        })
    }

    /// Which result is placed: of which questionnaire, by whom and of which day.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Whom the percentile ranks count as being below.
    #[must_use]
    pub const fn rank(&self) -> PercentileRank {
        self.rank
    }

    /// The stage of the result.
    #[must_use]
    pub const fn stage(&self) -> Option<Stage> {
        self.stage
    }

    /// How many of the cohort are at each stage.
    #[must_use]
    pub const fn stages(&self) -> &StageCounts {
        &self.stages
    }

    /// Where the overall stands.
    #[must_use]
    pub const fn overall(&self) -> &Placing {
        &self.overall
    }

    /// Where each pillar stands.
    #[must_use]
    pub const fn pillars(&self) -> &PillarMap<Placing> {
        &self.pillars
    }

    /// Where each theme stands, in the order of the questionnaire that was answered.
    #[must_use]
    pub fn themes(&self) -> &ById<Placing> {
        &self.themes
    }
}

impl Placing {
    fn new(score: Option<Score>, among: &Distribution, rank: PercentileRank) -> Self {
        let quartiles = among.quartiles();
        let gap = |score: Score, of: Quartiles<Score>| Quartiles {
            lower: Delta::between(of.lower, score),
            median: Delta::between(of.median, score),
            upper: Delta::between(of.upper, score),
        };
        Self {
            score,
            count: among.count(),
            percentile_rank: score.and_then(|score| among.percentile_rank(score, rank)),
            quartiles,
            gaps: score.zip(quartiles).map(|(score, quartiles)| gap(score, quartiles)),
        }
    }
}
