//! How far a result is from what a stage asks for (scoring rules, section 6).

use serde::{Deserialize, Serialize};

use super::result::Summary;
use crate::number::Score;
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::Questionnaire;
use crate::stage::Stage;

/// A requirement, and how far away it is.
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 3)?;
/// }
/// let gap = sheet.assess().next_stage().unwrap().unmet[0];
/// assert_eq!((gap.pillar, gap.is_open()), (None, true));
/// assert_eq!(gap.shortfall.unwrap().to_string(), "0.1");
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Gap {
    /// The pillar that it asks for; `None` for the overall.
    pub pillar: Option<Pillar>,
    /// The Score that is required.
    pub required: Score,
    /// The Score that is there; `None` if there is none.
    pub actual: Option<Score>,
    /// How much is missing, 0 if it is met; `None` without a Score.
    pub shortfall: Option<Score>,
}

impl Gap {
    pub(crate) fn new(pillar: Option<Pillar>, required: Score, actual: Option<Score>) -> Self {
        let shortfall = actual.map(|actual| actual.shortfall(required));
        Self { pillar, required, actual, shortfall }
    }

    /// Whether something is missing.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.shortfall != Some(Score::ZERO)
    }
}

/// The stage above the one reached, and everything that it asks for and is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NextStage {
    /// The next stage.
    pub stage: Stage,
    /// The unmet requirements: the overall first, then pillars in their order. At least one.
    #[serde(with = "unmet")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Unmet>"))]
    pub unmet: Vec<Gap>,
}

/// How far a result is from a stage for the whole, and pillars from stages of their own: the overall
/// first, then pillars in their order. Where both ask for something of a pillar, the higher counts.
pub(crate) fn gaps(
    questionnaire: &Questionnaire,
    summary: &Summary,
    whole: Option<Stage>,
    own: PillarMap<Option<Stage>>,
) -> impl Iterator<Item = Gap> {
    let (ladder, weights) = (questionnaire.ladder(), questionnaire.pillar_weights());
    let whole = whole.map(|stage| ladder.requirement(stage));
    let overall = whole.map(|whole| Gap::new(None, whole.overall, summary.overall.score()));
    let of_pillar = move |pillar: Pillar| {
        let own = own[pillar].map(|stage| ladder.requirement(stage).overall);
        let every = whole.filter(|_| !weights[pillar].is_zero()).map(|of| of.every_pillar);
        let actual = summary.pillars[pillar].standing.score();
        own.max(every).map(|required| Gap::new(Some(pillar), required, actual))
    };
    overall.into_iter().chain(Pillar::ALL.into_iter().filter_map(of_pillar))
}

/// The next stage and what blocks it.
pub(crate) fn next_stage(summary: &Summary, questionnaire: &Questionnaire) -> Option<NextStage> {
    let stage = summary.overall.stage()?.next()?;
    let gaps = gaps(questionnaire, summary, Some(stage), PillarMap::default());
    Some(NextStage { stage, unmet: gaps.filter(Gap::is_open).collect() })
}

/// A requirement of the next stage that is not met.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "requirement", rename_all = "snake_case")]
enum Unmet {
    Overall { required: Score, actual: Option<Score>, shortfall: Option<Score> },
    EveryPillar { pillar: Pillar, required: Score, actual: Option<Score>, shortfall: Option<Score> },
}

impl From<&Gap> for Unmet {
    fn from(&Gap { pillar, required, actual, shortfall }: &Gap) -> Self {
        match pillar {
            None => Self::Overall { required, actual, shortfall },
            Some(pillar) => Self::EveryPillar { pillar, required, actual, shortfall },
        }
    }
}

impl From<Unmet> for Gap {
    fn from(unmet: Unmet) -> Self {
        let (pillar, required, actual, shortfall) = match unmet {
            Unmet::Overall { required, actual, shortfall } => (None, required, actual, shortfall),
            Unmet::EveryPillar { pillar, required, actual, shortfall } => {
                (Some(pillar), required, actual, shortfall)
            }
        };
        Self { pillar, required, actual, shortfall }
    }
}

/// The unmet requirements of a stage, each under its name.
mod unmet {
    use serde::{Deserializer, Serializer};

    use super::{Gap, Unmet};
    use crate::document::by_node;

    pub(super) fn serialize<S: Serializer>(gaps: &[Gap], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(gaps.iter().map(Unmet::from))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Gap>, D::Error> {
        let gaps: Vec<Unmet> = by_node(deserializer)?;
        Ok(gaps.into_iter().map(Gap::from).collect())
    }
}
