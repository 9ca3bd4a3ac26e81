//! The questionnaire document: its shape, nothing more.

mod condition;
mod question;
mod scale;
mod whole;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

pub use condition::{AskedIf, ConditionSpec};
pub use question::{NonAnswer, QuestionSpec};
pub use scale::{BandSpec, ChoiceSpec, ItemSpec, ScaleSpec, ScaleUse, Start};
pub use whole::{Effort, NotInRange, Points};

use super::ladder::{LadderPreset, LadderTable};
#[cfg(feature = "schema")]
use super::limits::{FAMILIES, GLOSSARY, QUESTIONS, SCALES, THEMES};
use crate::diagnostic::Problem;
use crate::document::{At, Reader};
use crate::names::named;
use crate::number::{Score, Weight};
use crate::pillar::{Pillar, PillarMap};
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
///     let scale = ScaleSpec::YesNo;
///     spec.questions.push(QuestionSpec::new(format!("{pillar}_1"), pillar, "Is it?", scale));
/// }
/// spec.questions[0].weight = "2.5".parse()?;
/// let questionnaire = Questionnaire::try_from(spec)?;
/// assert_eq!(questionnaire.questions().count(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct QuestionnaireSpec {
    /// The version of the document's form.
    pub(crate) schema: SchemaVersion,
    /// The questionnaire's id.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: String,
    /// The questionnaire's semantic version. What its numbers say is settled in
    /// [the rules](crate::rules#versions-of-a-questionnaire).
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Version"))]
    pub version: String,
    /// The title.
    pub title: Text,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub description: Option<Text>,
    /// The language of the `default` texts, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Language", default))]
    pub language: Option<String>,
    /// What those who answer should know before they begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub instructions: Option<Text>,
    /// What terms of the questions mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = GLOSSARY.most)))]
    pub glossary: Vec<TermSpec>,
    /// The weights of pillars; a pillar left out has weight 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pillars: BTreeMap<Pillar, PillarSpec>,
    /// The stage ladder.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stages: LadderSpec,
    /// How values are combined and what missing answers do.
    #[serde(default, skip_serializing_if = "is_default")]
    pub method: Method,
    /// What the families of themes are called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = FAMILIES.most)))]
    pub families: Vec<FamilySpec>,
    /// The themes that cut across the pillars.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = THEMES.most)))]
    pub themes: Vec<ThemeSpec>,
    /// Scales that several questions share, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(
        feature = "schema",
        schemars(extend("propertyNames" = { "pattern": crate::names::shape::ID }, "maxProperties" = SCALES.most))
    )]
    pub scales: BTreeMap<String, ScaleSpec>,
    /// The questions, in the order in which they are asked.
    #[cfg_attr(feature = "schema", schemars(length(min = QUESTIONS.least, max = QUESTIONS.most)))]
    pub questions: Vec<QuestionSpec>,
}

/// The version of a document's form; there is one so far, written as the number 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum SchemaVersion {
    /// The form of section 12.
    #[default]
    V1,
}

/// What a document says about a pillar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Method {
    /// How the overall comes from the pillars.
    #[serde(default)]
    pub aggregation: Aggregation,
    /// What an unanswered question does.
    #[serde(default)]
    pub unanswered: Policy,
    /// What a question answered `dont_know` does.
    #[serde(default)]
    pub dont_know: Policy,
    /// The share of the applicable weight that must be covered for a pillar to be scorable.
    #[serde(default)]
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

/// What a question without an answer, or one that is not asked, does to the score.
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
#[non_exhaustive]
pub struct FamilySpec {
    /// The id that themes name.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: String,
    /// The title.
    pub title: Text,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub description: Option<Text>,
}

/// A theme: a view on questions across the pillars. It never feeds the overall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct ThemeSpec {
    /// The id that questions name.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: String,
    /// The family that it belongs to.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub family: String,
    /// The title.
    pub title: Text,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub description: Option<Text>,
}

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct TermSpec {
    /// The term as the questions use it.
    pub term: Text,
    /// What it means.
    pub meaning: Text,
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
            language: None,
            instructions: None,
            glossary: Vec::new(),
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

impl PillarSpec {
    /// A pillar of that weight.
    ///
    /// ```
    /// use digital_maturity::spec::PillarSpec;
    /// use digital_maturity::{Pillar, QuestionnaireSpec};
    ///
    /// let mut spec = QuestionnaireSpec::new("canteen", "1.0.0", "Is the canteen digital?");
    /// spec.pillars.insert(Pillar::AgileApproach, PillarSpec::new("2".parse()?));
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub const fn new(weight: Weight) -> Self {
        Self { weight }
    }
}

impl FamilySpec {
    /// A family without a description.
    ///
    /// ```
    /// # use digital_maturity::spec::FamilySpec;
    /// let family = FamilySpec::new("blind_spots", "Blind spots");
    /// assert_eq!(family.title.as_str(), "Blind spots");
    /// ```
    pub fn new(id: impl Into<String>, title: impl Into<Text>) -> Self {
        Self { id: id.into(), title: title.into(), description: None }
    }
}

impl ThemeSpec {
    /// A theme without a description.
    ///
    /// ```
    /// # use digital_maturity::spec::ThemeSpec;
    /// let theme = ThemeSpec::new("offline_scale", "blind_spots", "What works at scale offline");
    /// assert_eq!(theme.family, "blind_spots");
    /// ```
    pub fn new(id: impl Into<String>, family: impl Into<String>, title: impl Into<Text>) -> Self {
        Self { id: id.into(), family: family.into(), title: title.into(), description: None }
    }
}

impl TermSpec {
    /// A term and its meaning.
    ///
    /// ```
    /// use digital_maturity::QuestionnaireSpec;
    /// use digital_maturity::spec::TermSpec;
    ///
    /// let mut spec = QuestionnaireSpec::new("canteen", "1.0.0", "Is the canteen digital?");
    /// spec.glossary.push(TermSpec::new("hub", "A team whose data others may use"));
    /// ```
    pub fn new(term: impl Into<Text>, meaning: impl Into<Text>) -> Self {
        Self { term: term.into(), meaning: meaning.into() }
    }
}

/// What each pillar counts: as stated, else 1.
pub(super) fn pillar_weights(stated: &BTreeMap<Pillar, PillarSpec>) -> PillarMap<Weight> {
    PillarMap::from_fn(|pillar| stated.get(&pillar).map_or(Weight::ONE, |stated| stated.weight))
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

impl SchemaVersion {
    pub(crate) fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
        if at.node.whole() == Some(1) {
            return Some(Self::V1);
        }
        let found = at.node.describe();
        reader.error(at.place, Problem::UnsupportedSchema { found });
        None
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

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SchemaVersion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SchemaVersion".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "const": 1 })
    }
}
