//! What scoring says.

use serde::Serialize;

use crate::answers::AnswerState;
use crate::names::named;
use crate::number::Score;
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::questionnaire::Questionnaire;
use crate::stage::Stage;

/// The overall and the pillars of one sheet of answers: small, without allocation, cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// The overall, or why there is none.
    pub overall: Overall,
    /// The result of each pillar.
    pub pillars: PillarMap<PillarResult>,
}

/// The overall result (scoring rules, sections 5 and 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overall {
    /// There is a score.
    Scored {
        /// The overall Score, which decides the stage together with the lowest pillar.
        score: Score,
        /// The stage of the organisation.
        stage: Stage,
    },
    /// There is no score, because pillars that count have none.
    NotScorable {
        /// The pillars with a weight above 0 that are not scorable.
        pillars: PillarSet,
    },
}

/// The result of a pillar or a theme (scoring rules, section 5).
///
/// ```
/// use digital_maturity::{Questionnaire, Standing};
/// use digital_maturity::assessment::Reason;
///
/// let assessment = Questionnaire::dcx_pulse().sheet().assess();
/// let standing = assessment.pillars().agile_approach.standing;
/// assert_eq!(standing.score(), None);
/// assert!(matches!(standing, Standing::NotScorable { reason: Reason::Coverage, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Standing {
    /// There is a score.
    Scored {
        /// The mean of the credits that count, by weight.
        score: Score,
        /// The stage that this score alone would reach, by the ladder's `overall` column.
        stage: Stage,
        /// The share of the applicable weight that is covered, rounded down.
        coverage: Score,
    },
    /// There is no score.
    NotScorable {
        /// Why.
        reason: Reason,
        /// The share of the applicable weight that is covered, rounded down; `None` where nothing
        /// is applicable.
        coverage: Option<Score>,
    },
}

/// Why a pillar or a theme has no score; the first that holds, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No question with a weight above 0 is applicable.
    NothingApplicable,
    /// Less of the applicable weight is covered than the questionnaire demands.
    Coverage,
    /// Every applicable question is open, and open questions do not count.
    NothingCounts,
}

named!(Reason, "reason", [
    NothingApplicable => "nothing_applicable",
    Coverage => "coverage",
    NothingCounts => "nothing_counts",
]);

/// The result of a pillar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PillarResult {
    /// The score and the pillar's own stage, or why there is none.
    #[serde(flatten)]
    pub standing: Standing,
    /// How many of its questions are in each state.
    pub counts: StateCounts,
}

/// How many questions are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StateCounts {
    /// Answered with a value.
    pub answered: u32,
    /// Answered `not_applicable`.
    pub not_applicable: u32,
    /// Answered `dont_know`.
    pub dont_know: u32,
    /// Not answered.
    pub unanswered: u32,
    /// Not asked.
    pub not_asked: u32,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionResult {
    /// The state of its answer.
    pub state: AnswerState,
    /// The credit with which it counts, rounded to billionths; `None` where it does not count.
    pub credit: Option<Score>,
    /// Its part of the overall Score; `None` where it does not count or there is no overall. The
    /// contributions of all questions sum to the overall Score exactly (scoring rules, section 7).
    pub contribution: Option<Score>,
}

/// The stage above the one reached, and everything that it asks for and is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextStage {
    /// The next stage.
    pub stage: Stage,
    /// The unmet requirements: the overall first, then pillars in their order. At least one.
    pub unmet: Vec<Unmet>,
}

/// A requirement that is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "requirement", rename_all = "snake_case")]
pub enum Unmet {
    /// The overall Score is too low.
    Overall {
        /// What the stage asks for.
        required: Score,
        /// What is there.
        actual: Score,
        /// How much is missing.
        shortfall: Score,
    },
    /// A pillar with a weight above 0 is too low.
    EveryPillar {
        /// The pillar.
        pillar: Pillar,
        /// What the stage asks of every pillar.
        required: Score,
        /// What is there.
        actual: Score,
        /// How much is missing.
        shortfall: Score,
    },
}

impl Overall {
    /// The Score, if there is one.
    #[must_use]
    pub fn score(&self) -> Option<Score> {
        match self {
            Self::Scored { score, .. } => Some(*score),
            Self::NotScorable { .. } => None,
        }
    }

    /// The stage, if there is one.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Self::Scored { stage, .. } => Some(*stage),
            Self::NotScorable { .. } => None,
        }
    }
}

impl Standing {
    /// The Score, if there is one.
    #[must_use]
    pub fn score(&self) -> Option<Score> {
        match self {
            Self::Scored { score, .. } => Some(*score),
            Self::NotScorable { .. } => None,
        }
    }

    /// The stage that this score alone would reach, if there is one.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Self::Scored { stage, .. } => Some(*stage),
            Self::NotScorable { .. } => None,
        }
    }

    /// The share of the applicable weight that is covered, rounded down to a billionth; `None`
    /// where nothing is applicable.
    #[must_use]
    pub fn coverage(&self) -> Option<Score> {
        match self {
            Self::Scored { coverage, .. } => Some(*coverage),
            Self::NotScorable { coverage, .. } => *coverage,
        }
    }
}

impl StateCounts {
    /// How many questions there are.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.answered + self.not_applicable + self.dont_know + self.unanswered + self.not_asked
    }
}

impl Unmet {
    /// How much is missing to the requirement.
    #[must_use]
    pub fn shortfall(&self) -> Score {
        match self {
            Self::Overall { shortfall, .. } | Self::EveryPillar { shortfall, .. } => *shortfall,
        }
    }
}

/// The next stage and what blocks it (scoring rules, section 6).
pub(super) fn next_stage(summary: &Summary, questionnaire: &Questionnaire) -> Option<NextStage> {
    let (score, stage) = (summary.overall.score()?, summary.overall.stage()?.next()?);
    let required = questionnaire.ladder().requirement(stage);
    let overall = (score < required.overall).then(|| Unmet::Overall {
        required: required.overall,
        actual: score,
        shortfall: score.shortfall(required.overall),
    });
    let weights = questionnaire.pillar_weights();
    let pillars = summary.pillars.iter().filter_map(|(pillar, result)| {
        let actual = result.standing.score()?;
        let unmet = !weights[pillar].is_zero() && actual < required.every_pillar;
        unmet.then(|| Unmet::EveryPillar {
            pillar,
            required: required.every_pillar,
            actual,
            shortfall: actual.shortfall(required.every_pillar),
        })
    });
    Some(NextStage { stage, unmet: overall.into_iter().chain(pillars).collect() })
}
