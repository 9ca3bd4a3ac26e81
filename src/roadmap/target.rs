//! What is aimed at, and how far away it is.

use std::fmt;
use std::str::FromStr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::answers::AnswerSheet;
use crate::assessment::{Gap, gaps};
use crate::document::by_node;
use crate::names::UnknownName;
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::stage::Stage;

/// What is aimed at: a stage for the whole, a stage for some pillars of their own, or both.
///
/// A stage for the whole asks for the overall and every pillar with a weight above 0 what the
/// ladder says (scoring rules, section 6). A pillar's own stage is read off the ladder's `overall`
/// column, and asks for nothing else. Higher stages meet the target, too. A target that asks for
/// nothing is met by any answers that can be scored.
///
/// ```
/// use digital_maturity::{Pillar, Stage};
/// use digital_maturity::roadmap::Target;
///
/// let target: Target = "platform".parse()?;
/// assert_eq!(target, Target::from(Stage::Platform));
///
/// let target: Target = "agile_approach=hubs,connected_systems=platform".parse()?;
/// assert_eq!(target.stage, None);
/// assert_eq!(target.pillars.agile_approach, Some(Stage::Hubs));
/// assert_eq!(target.to_string(), "agile_approach=hubs,connected_systems=platform");
/// # Ok::<(), digital_maturity::roadmap::TargetError>(())
/// ```
///
/// Serialises as an object, and is read as one or, so that it can stand in a form or an address, as
/// that text; binary formats have the object alone.
///
/// ```
/// use digital_maturity::Stage;
/// use digital_maturity::roadmap::Target;
///
/// let target: Target = serde_json::from_str(r#"{ "stage": "platform" }"#)?;
/// assert_eq!(target, serde_json::from_str(r#""platform""#)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Target {
    /// The stage for the whole, if one is aimed at.
    pub stage: Option<Stage>,
    /// The stage for each pillar, where one is aimed at.
    pub pillars: PillarMap<Option<Stage>>,
}

/// A target as an object.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
struct Table {
    /// The stage for the whole, if one is aimed at.
    stage: Option<Stage>,
    /// The stage for each pillar, where one is aimed at.
    pillars: PillarMap<Option<Stage>>,
}

impl From<Table> for Target {
    fn from(Table { stage, pillars }: Table) -> Self {
        Self { stage, pillars }
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrTable;

        impl<'de> Visitor<'de> for TextOrTable {
            type Value = Target;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a target such as `platform`, or an object of `stage` and `pillars`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Target, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Target, A::Error> {
                Table::deserialize(MapAccessDeserializer::new(map)).map(Target::from)
            }
        }

        // A binary format may be unable to tell which of the two comes.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(TextOrTable)
        } else {
            Table::deserialize(deserializer).map(Self::from)
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Target {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let table = Table::json_schema(generator);
        schemars::json_schema!({ "anyOf": [table, { "type": "string" }] })
    }
}

/// Why a text is not a [`Target`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// A stage or a pillar that does not exist.
    #[error(transparent)]
    UnknownName(#[from] UnknownName),
    /// The whole, or the same pillar, has two targets.
    #[error("`{0}` has two targets")]
    Twice(String),
}

impl Target {
    /// This target, with that stage for that pillar.
    ///
    /// ```
    /// # use digital_maturity::{Pillar, Stage};
    /// # use digital_maturity::roadmap::Target;
    /// let target = Target::from(Stage::Hubs).with_pillar(Pillar::AgileApproach, Stage::Platform);
    /// assert_eq!(target.to_string(), "hubs,agile_approach=platform");
    /// ```
    #[must_use]
    pub fn with_pillar(mut self, pillar: Pillar, stage: Stage) -> Self {
        self.pillars[pillar] = Some(stage);
        self
    }
}

impl From<Stage> for Target {
    fn from(stage: Stage) -> Self {
        Self { stage: Some(stage), ..Self::default() }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    /// Stages parted by commas: one for the whole, and `pillar=stage` for pillars.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let mut target = Self::default();
        for part in text.split(',') {
            let (name, place, stage) = match part.split_once('=') {
                Some((pillar, stage)) => {
                    (pillar, &mut target.pillars[pillar.trim().parse()?], stage)
                }
                None => ("the whole", &mut target.stage, part),
            };
            if place.replace(stage.trim().parse()?).is_some() {
                return Err(TargetError::Twice(name.trim().to_owned()));
            }
        }
        Ok(target)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pillars = self
            .pillars
            .iter()
            .filter_map(|(pillar, stage)| stage.map(|stage| format!("{pillar}={stage}")));
        let parts: Vec<String> =
            self.stage.map(|stage| stage.to_string()).into_iter().chain(pillars).collect();
        f.pad(&parts.join(","))
    }
}

/// Why no plan reaches a target.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "reason", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unreachable {
    /// Pillars that the target asks for have no score, and raising answers gives them none: answer
    /// the open questions first.
    #[error("no score yet: {}", names(*pillars))]
    NotScorable {
        /// Those pillars.
        pillars: PillarSet,
    },
    /// The target stays out of reach even with every answered question at the top.
    #[error("out of reach with every answer at the top{}", unmet.iter().map(short).collect::<String>())]
    OutOfReach {
        /// What then stays unmet, the overall first, then pillars in their order, with the highest
        /// Score that can be had as `actual`. At least one.
        #[serde(deserialize_with = "some_gaps")]
        unmet: Vec<Gap>,
    },
}

/// The gaps of a stored target that is out of reach.
fn some_gaps<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Gap>, D::Error> {
    let gaps: Vec<Gap> = by_node(deserializer)?;
    if gaps.is_empty() {
        return Err(de::Error::custom("nothing is named that stays unmet"));
    }
    Ok(gaps)
}

fn names(pillars: PillarSet) -> String {
    pillars.iter().map(Pillar::as_str).collect::<Vec<_>>().join(", ")
}

fn short(gap: &Gap) -> String {
    let (name, most) =
        (gap.pillar.map_or("overall", Pillar::as_str), gap.actual.unwrap_or_default());
    format!("; {name} {most}, required {}", gap.required)
}

impl AnswerSheet {
    /// Everything that `target` asks for, met or not: the overall first, then pillars in their
    /// order. Of a stage for the whole and one of its own, a pillar must meet the higher bound.
    ///
    /// ```
    /// use digital_maturity::{Pillar, Questionnaire, Stage};
    /// use digital_maturity::roadmap::Target;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?; // credit 0.5
    /// }
    /// let target = Target::from(Stage::Platform).with_pillar(Pillar::AgileApproach, Stage::Native);
    /// let gaps = sheet.gap(target);
    /// assert_eq!(gaps.len(), 5);
    /// assert_eq!(gaps[0].shortfall.unwrap().to_string(), "0.1"); // .6 overall
    /// assert_eq!(gaps[1].shortfall.unwrap().to_string(), "0");   // .4 in every pillar
    /// assert_eq!(gaps[2].shortfall.unwrap().to_string(), "0.3"); // .8 in this one
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn gap(&self, target: impl Into<Target>) -> Vec<Gap> {
        let target = target.into();
        gaps(self.questionnaire(), &self.summary(), target.stage, target.pillars).collect()
    }
}
