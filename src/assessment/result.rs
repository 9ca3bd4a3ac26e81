//! What scoring says.

use std::iter::Sum;
use std::ops::AddAssign;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::answers::AnswerState;
use crate::document::by_node;
use crate::names::named;
use crate::number::Score;
use crate::pillar::{PillarMap, PillarSet};
use crate::stage::Stage;

/// The overall and the pillars of one sheet of answers: small, without allocation, cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// The overall, or why there is none.
    pub overall: Overall,
    /// The result of each pillar.
    pub pillars: PillarMap<PillarResult>,
}

/// A Score and the stage that goes with it, or why there is none.
///
/// ```
/// use digital_maturity::{Questionnaire, Stage};
/// use digital_maturity::assessment::{Rating, Reason};
///
/// let nothing = Questionnaire::dcx_pulse().sheet().assess();
/// assert_eq!(nothing.overall().score(), None);
/// let rating = nothing.pillars().agile_approach.standing.rating;
/// assert_eq!(rating, Rating::NotScorable(Reason::Coverage));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rating<Why> {
    /// There is a score.
    Scored {
        /// The Score.
        score: Score,
        /// Of the overall: the stage of the organisation, which the lowest pillar decides with it.
        /// Of a pillar or theme: the stage that this Score alone would reach, by the ladder's
        /// `overall` column.
        stage: Stage,
    },
    /// There is none, for this reason.
    NotScorable(Why),
}

/// The overall result (scoring rules, sections 5 and 6); without a score, the pillars with a weight
/// above 0 that have none.
pub type Overall = Rating<PillarSet>;

/// The result of a pillar or a theme (scoring rules, section 5).
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::assessment::Reason;
///
/// let assessment = Questionnaire::dcx_pulse().sheet().assess();
/// let standing = assessment.pillars().agile_approach.standing;
/// assert_eq!(standing.score(), None);
/// assert_eq!(standing.reason(), Some(Reason::Coverage));
/// assert_eq!(standing.coverage.unwrap().to_string(), "0");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "StandingForm"))]
#[serde(into = "StandingForm")]
#[non_exhaustive]
pub struct Standing {
    /// The score and the stage that it alone would reach, or why there is none.
    pub rating: Rating<Reason>,
    /// The share of the applicable weight that is covered, rounded down to a billionth; `None` where
    /// nothing is applicable.
    pub coverage: Option<Score>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct QuestionResult {
    /// The state of its answer.
    pub state: AnswerState,
    /// The credit with which it counts, rounded to billionths; `None` where it does not count.
    pub credit: Option<Score>,
    /// Its part of the overall Score; `None` where it does not count or there is no overall. The
    /// contributions of all questions sum to the overall Score exactly (scoring rules, section 7).
    pub contribution: Option<Score>,
}

impl<Why> Rating<Why> {
    /// The Score, if there is one.
    #[must_use]
    pub fn score(&self) -> Option<Score> {
        match self {
            Self::Scored { score, .. } => Some(*score),
            Self::NotScorable(_) => None,
        }
    }

    /// The stage, if there is one.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Self::Scored { stage, .. } => Some(*stage),
            Self::NotScorable(_) => None,
        }
    }

    /// Why there is none, if there is none.
    #[must_use]
    pub fn why(self) -> Option<Why> {
        match self {
            Self::Scored { .. } => None,
            Self::NotScorable(why) => Some(why),
        }
    }
}

impl Standing {
    /// The Score, if there is one.
    #[must_use]
    pub fn score(&self) -> Option<Score> {
        self.rating.score()
    }

    /// The stage that this Score alone would reach, if there is one.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.rating.stage()
    }

    /// Why there is no Score, if there is none.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.rating.why()
    }
}

impl StateCounts {
    /// How many questions there are.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.asked() + self.not_applicable + self.not_asked
    }

    /// How many of them could be answered: all but those not applicable or not asked.
    #[must_use]
    pub fn asked(&self) -> u32 {
        self.answered + self.dont_know + self.unanswered
    }
}

impl<'de> Deserialize<'de> for StateCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// More questions than these cannot be, so that no sum of them is too large.
        #[derive(Deserialize)]
        struct Few {
            answered: u16,
            not_applicable: u16,
            dont_know: u16,
            unanswered: u16,
            not_asked: u16,
        }
        let few = Few::deserialize(deserializer)?;
        Ok(Self {
            answered: few.answered.into(),
            not_applicable: few.not_applicable.into(),
            dont_know: few.dont_know.into(),
            unanswered: few.unanswered.into(),
            not_asked: few.not_asked.into(),
        })
    }
}

impl AddAssign for StateCounts {
    fn add_assign(&mut self, other: Self) {
        self.answered += other.answered;
        self.not_applicable += other.not_applicable;
        self.dont_know += other.dont_know;
        self.unanswered += other.unanswered;
        self.not_asked += other.not_asked;
    }
}

impl Sum for StateCounts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, of| {
            sum += of;
            sum
        })
    }
}

impl Serialize for Overall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OverallForm::from(*self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Overall {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_node::<OverallForm, D>(deserializer).map(Self::from)
    }
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_node::<StandingForm, D>(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Overall {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        OverallForm::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        OverallForm::json_schema(generator)
    }
}

/// An overall as it is written (scoring rules, section 12).
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case", rename = "Overall")]
enum OverallForm {
    Scored { score: Score, stage: Stage },
    NotScorable { reason: OverallReason, pillars: PillarSet },
}

/// The one reason for which there is no overall.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum OverallReason {
    Pillar,
}

/// The result of a pillar or theme as it is written.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case", rename = "Standing")]
enum StandingForm {
    Scored { score: Score, stage: Stage, coverage: Option<Score> },
    NotScorable { reason: Reason, coverage: Option<Score> },
}

impl From<Rating<PillarSet>> for OverallForm {
    fn from(rating: Rating<PillarSet>) -> Self {
        match rating {
            Rating::Scored { score, stage } => Self::Scored { score, stage },
            Rating::NotScorable(pillars) => {
                Self::NotScorable { reason: OverallReason::Pillar, pillars }
            }
        }
    }
}

impl From<OverallForm> for Rating<PillarSet> {
    fn from(overall: OverallForm) -> Self {
        match overall {
            OverallForm::Scored { score, stage } => Self::Scored { score, stage },
            OverallForm::NotScorable { pillars, reason: OverallReason::Pillar } => {
                Self::NotScorable(pillars)
            }
        }
    }
}

impl From<Standing> for StandingForm {
    fn from(Standing { rating, coverage }: Standing) -> Self {
        match rating {
            Rating::Scored { score, stage } => Self::Scored { score, stage, coverage },
            Rating::NotScorable(reason) => Self::NotScorable { reason, coverage },
        }
    }
}

impl From<StandingForm> for Standing {
    fn from(standing: StandingForm) -> Self {
        match standing {
            StandingForm::Scored { score, stage, coverage } => {
                Self { rating: Rating::Scored { score, stage }, coverage }
            }
            StandingForm::NotScorable { reason, coverage } => {
                Self { rating: Rating::NotScorable(reason), coverage }
            }
        }
    }
}
