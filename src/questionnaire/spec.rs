//! The questionnaire document: its shape, nothing more.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::ladder::{LadderPreset, LadderTable};
use crate::names::named;
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::text::Text;

/// A questionnaire as its document states it (scoring rules, section 12): well-formed, not yet
/// checked. Any value of it can be built in code; [`Questionnaire`](crate::Questionnaire) is the
/// checked form, and the only one that can be answered.
///
/// ```
/// use digital_maturity::{Pillar, Questionnaire, QuestionnaireSpec, Weight};
/// use digital_maturity::spec::{QuestionSpec, ScaleSpec};
///
/// let mut spec = QuestionnaireSpec::new("canteen", "1.0.0", "Is the canteen digital?");
/// for pillar in Pillar::ALL {
///     let scale = ScaleSpec::YesNo {};
///     spec.questions.push(QuestionSpec::new(format!("{pillar}_1"), pillar, "Is it?", scale));
/// }
/// spec.questions[0].weight = "2.5".parse()?;
/// let questionnaire = Questionnaire::try_from(spec)?;
/// assert_eq!(questionnaire.questions().count(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct QuestionnaireSpec {
    /// The version of the document's form.
    pub schema: SchemaVersion,
    /// The questionnaire's id.
    pub id: String,
    /// The questionnaire's semantic version.
    pub version: String,
    /// The title.
    pub title: Text,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The weights of pillars; a pillar left out has weight 1.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub pillars: BTreeMap<Pillar, PillarSpec>,
    /// The stage ladder.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub stages: LadderSpec,
    /// How values are combined and what missing answers do.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub method: Method,
    /// What the families of themes are called.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub families: Vec<FamilySpec>,
    /// The themes that cut across the pillars.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default, length(max = 256)))]
    pub themes: Vec<ThemeSpec>,
    /// Scales that several questions share, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub scales: BTreeMap<String, ScaleSpec>,
    /// The questions, in the order in which they are asked.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1000)))]
    pub questions: Vec<QuestionSpec>,
}

/// The version of a document's form; there is one so far, written as the number 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SchemaVersion {
    /// The form of section 12.
    #[default]
    V1,
}

/// What a document says about a pillar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct PillarSpec {
    /// What the pillar counts in the overall.
    pub weight: Weight,
}

/// The stage ladder, by name or as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum LadderSpec {
    /// One of the ladders of the rules.
    Preset(LadderPreset),
    /// A ladder of its own.
    Table(LadderTable),
}

/// How values are combined and what missing answers do. Every value is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Method {
    /// How the overall comes from the pillars.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub aggregation: Aggregation,
    /// What an unanswered question does.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub unanswered: Policy,
    /// What a question answered `dont_know` does.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub dont_know: Policy,
    /// The share of the applicable weight that must be covered for a pillar to be scorable.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub minimum_coverage: Score,
}

/// How the overall comes from the pillars with a weight above 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aggregation {
    /// The weighted mean.
    #[default]
    Arithmetic,
    /// The lowest of them; weights are unused.
    Minimum,
}

named!(Aggregation, "aggregation", [Arithmetic => "arithmetic", Minimum => "minimum"]);

/// What a question without an answer does to the score. Either way it is not covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// It is left out of the mean.
    #[default]
    Exclude,
    /// It counts with credit 0 and its full weight.
    Lowest,
}

named!(Policy, "policy", [Exclude => "exclude", Lowest => "lowest"]);

/// A family of themes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct FamilySpec {
    /// The id that themes name.
    pub id: String,
    /// The title.
    pub title: Text,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

/// A theme: a view on questions across the pillars. It never feeds the overall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ThemeSpec {
    /// The id that questions name.
    pub id: String,
    /// The family that it belongs to.
    pub family: String,
    /// The title.
    pub title: Text,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct QuestionSpec {
    /// The id, unique in the questionnaire.
    pub id: String,
    /// The pillar that it counts in.
    pub pillar: Pillar,
    /// The question.
    pub title: Text,
    /// How it is answered.
    pub scale: ScaleUse,
    /// What it counts in its pillar and themes.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub weight: Weight,
    /// Whether a high answer earns a low credit.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub reverse: bool,
    /// The ids of its themes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub themes: Vec<String>,
    /// Which evidence settles the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<Text>,
    /// What it takes to climb one level, 1 to 10.
    #[serde(skip_serializing_if = "Effort::is_default")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub effort: Effort,
    /// The answers that it does not allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub forbid: Vec<NonAnswer>,
    /// The condition on which it is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_if: Option<ConditionSpec>,
}

/// What it takes to climb one level of a question: a whole number from 1, the default, to 10.
///
/// ```
/// use digital_maturity::spec::Effort;
///
/// assert_eq!(Effort::new(3).map(Effort::get), Some(3));
/// assert_eq!(Effort::new(0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Effort(u8);

/// An answer that a question can forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NonAnswer {
    /// `not_applicable`.
    NotApplicable,
    /// `dont_know`.
    DontKnow,
}

named!(NonAnswer, "answer to forbid", [
    NotApplicable => "not_applicable",
    DontKnow => "dont_know",
]);

/// The condition on which a question is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ConditionSpec {
    /// The id of an earlier question.
    pub question: String,
    /// The credit, after `reverse`, that its answer must earn.
    pub at_least: Score,
    /// What becomes of the question if the condition is not met; it is left out unless this says
    /// otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Otherwise>,
}

/// What becomes of a question whose condition is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Otherwise {
    /// It counts with credit 0 and its full weight.
    Lowest,
}

named!(Otherwise, "fallback", [Lowest => "lowest"]);

/// How a question is answered: by a shared scale or one of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ScaleUse {
    /// The name of a shared scale.
    Shared(String),
    /// A scale written in place.
    Own(ScaleSpec),
}

/// A scale: which answers there are and what they earn (scoring rules, section 3).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ScaleSpec {
    /// One of a list of choices.
    Choice {
        /// The choices, in the order in which they are shown.
        #[cfg_attr(feature = "schema", schemars(length(min = 2, max = 100)))]
        choices: Vec<ChoiceSpec>,
    },
    /// Yes (credit 1) or no (credit 0).
    YesNo {},
    /// Any number of items.
    Checklist {
        /// The items, in the order in which they are shown.
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
        items: Vec<ItemSpec>,
    },
    /// A number.
    Measure {
        /// The unit that the number is given in.
        unit: Text,
        /// What which numbers earn.
        #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
        bands: Vec<BandSpec>,
    },
}

/// One of the choices of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ChoiceSpec {
    /// The value that stands for it in answers.
    pub value: i64,
    /// What it says.
    pub text: Text,
    /// What it earns; without it, choices are spread evenly by value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Score", default))]
    pub credit: Option<Score>,
    /// The next step from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub advice: Option<Text>,
}

/// One of the items of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ItemSpec {
    /// The id that stands for it in answers.
    pub id: String,
    /// What it says.
    pub text: Text,
    /// What it counts among the items, 1 to 1000.
    #[serde(skip_serializing_if = "Points::is_default")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub points: Points,
}

/// What an item counts in its checklist: a whole number from 1, the default, to 1000.
///
/// ```
/// use digital_maturity::spec::Points;
///
/// assert_eq!(Points::new(20).map(Points::get), Some(20));
/// assert_eq!(Points::new(1001), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Points(u16);

/// One of the bands of a measure: from its bound up to that of the next band.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct BandSpec {
    /// The lowest number of the band.
    pub from: f64,
    /// What a number of the band earns.
    pub credit: Score,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The next step from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Text>,
}

impl QuestionnaireSpec {
    /// A questionnaire without questions, everything else as a document has it that does not say.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, QuestionnaireSpec};
    /// let spec = QuestionnaireSpec::new("canteen", "1.0.0", "Is the canteen digital?");
    /// assert!(Questionnaire::try_from(spec).is_err()); // no question yet
    /// ```
    pub fn new(id: impl Into<String>, version: impl Into<String>, title: impl Into<Text>) -> Self {
        Self {
            schema: SchemaVersion::V1,
            id: id.into(),
            version: version.into(),
            title: title.into(),
            description: None,
            pillars: BTreeMap::new(),
            stages: LadderSpec::default(),
            method: Method::default(),
            families: Vec::new(),
            themes: Vec::new(),
            scales: BTreeMap::new(),
            questions: Vec::new(),
        }
    }
}

impl QuestionSpec {
    /// A question, everything else as a document has it that does not say: weight 1, no theme, no
    /// condition.
    ///
    /// ```
    /// # use digital_maturity::{Pillar, Weight};
    /// # use digital_maturity::spec::{QuestionSpec, ScaleSpec};
    /// let question = QuestionSpec::new("q1", Pillar::AgileApproach, "Is it?", ScaleSpec::YesNo {});
    /// assert_eq!(question.weight, Weight::ONE);
    /// ```
    pub fn new(
        id: impl Into<String>,
        pillar: Pillar,
        title: impl Into<Text>,
        scale: impl Into<ScaleUse>,
    ) -> Self {
        Self {
            id: id.into(),
            pillar,
            title: title.into(),
            scale: scale.into(),
            weight: Weight::ONE,
            reverse: false,
            themes: Vec::new(),
            guidance: None,
            effort: Effort::default(),
            forbid: Vec::new(),
            asked_if: None,
        }
    }
}

impl From<ScaleSpec> for ScaleUse {
    fn from(scale: ScaleSpec) -> Self {
        Self::Own(scale)
    }
}

impl Default for LadderSpec {
    fn default() -> Self {
        Self::Preset(LadderPreset::default())
    }
}

impl Default for Method {
    fn default() -> Self {
        Self {
            aggregation: Aggregation::default(),
            unanswered: Policy::default(),
            dont_know: Policy::default(),
            minimum_coverage: Score::tenths(5),
        }
    }
}

impl Serialize for SchemaVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::V1 => serializer.serialize_u32(1),
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A small whole number with a range and a default of 1.
macro_rules! small_number {
    ($type:ident, $number:ty, $most:literal) => {
        impl $type {
            pub(crate) const MOST: $number = $most;

            /// The number, or `None` if it is out of range.
            #[must_use]
            pub const fn new(number: $number) -> Option<Self> {
                if number >= 1 && number <= Self::MOST { Some(Self(number)) } else { None }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> $number {
                self.0
            }

            fn is_default(&self) -> bool {
                self.0 == 1
            }
        }

        impl Default for $type {
            fn default() -> Self {
                Self(1)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": $most })
            }
        }
    };
}

small_number!(Effort, u8, 10);
small_number!(Points, u16, 1000);

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SchemaVersion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SchemaVersion".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "const": 1 })
    }
}
