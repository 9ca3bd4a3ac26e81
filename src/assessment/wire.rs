//! The forms in which results are written (scoring rules, section 12).

use serde::{Deserialize, Serialize};

use super::gap::Gap;
use super::result::{Rating, Reason};
use crate::number::Score;
use crate::pillar::{Pillar, PillarSet};
use crate::stage::Stage;

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub(super) enum Overall {
    Scored { score: Score, stage: Stage },
    NotScorable { reason: OverallReason, pillars: PillarSet },
}

/// The one reason for which there is no overall.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(super) enum OverallReason {
    Pillar,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub(super) enum Standing {
    Scored { score: Score, stage: Stage, coverage: Option<Score> },
    NotScorable { reason: Reason, coverage: Option<Score> },
}

/// A requirement of the next stage that is not met.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "requirement", rename_all = "snake_case")]
pub(super) enum Unmet {
    Overall { required: Score, actual: Option<Score>, shortfall: Option<Score> },
    EveryPillar { pillar: Pillar, required: Score, actual: Option<Score>, shortfall: Option<Score> },
}

impl From<Rating<PillarSet>> for Overall {
    fn from(rating: Rating<PillarSet>) -> Self {
        match rating {
            Rating::Scored { score, stage } => Self::Scored { score, stage },
            Rating::NotScorable(pillars) => {
                Self::NotScorable { reason: OverallReason::Pillar, pillars }
            }
        }
    }
}

impl From<Overall> for Rating<PillarSet> {
    fn from(overall: Overall) -> Self {
        match overall {
            Overall::Scored { score, stage } => Self::Scored { score, stage },
            Overall::NotScorable { pillars, reason: OverallReason::Pillar } => {
                Self::NotScorable(pillars)
            }
        }
    }
}

impl From<super::Standing> for Standing {
    fn from(super::Standing { rating, coverage }: super::Standing) -> Self {
        match rating {
            Rating::Scored { score, stage } => Self::Scored { score, stage, coverage },
            Rating::NotScorable(reason) => Self::NotScorable { reason, coverage },
        }
    }
}

impl From<Standing> for super::Standing {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Scored { score, stage, coverage } => {
                Self { rating: Rating::Scored { score, stage }, coverage }
            }
            Standing::NotScorable { reason, coverage } => {
                Self { rating: Rating::NotScorable(reason), coverage }
            }
        }
    }
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
pub(super) mod unmet {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Gap, Unmet};

    pub(in super::super) fn serialize<S: Serializer>(
        gaps: &[Gap],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(gaps.iter().map(Unmet::from))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Gap>, D::Error> {
        Ok(Vec::<Unmet>::deserialize(deserializer)?.into_iter().map(Gap::from).collect())
    }
}
