//! The condition on which a question is asked, as a document states it.

use serde::Serialize;

use super::{Policy, is_default};
use crate::number::Score;
#[cfg(feature = "schema")]
use crate::questionnaire::limits::CONDITIONS;

/// When a question is asked, and what it does otherwise (scoring rules, section 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[doc(alias("skip_logic", "branching", "display_logic", "visible_if"))]
pub struct AskedIf {
    /// The question is asked if this is met.
    #[serde(flatten)]
    pub condition: ConditionSpec,
    /// What the question does if the condition is not met. A document can only say `lowest`: that
    /// it is left out goes without saying.
    #[serde(default, skip_serializing_if = "is_default")]
    pub otherwise: Policy,
}

/// A condition on earlier questions: a comparison of one answer, or several conditions joined. Joins
/// nest at most 4 deep and hold at most 64 comparisons in all.
///
/// It is met, not met or undecided. A comparison is undecided as long as its question may yet be
/// answered, and not met if that question does not apply or is not asked; `all` is as good as the
/// worst of its members, `any` as good as the best, where not met is worse than undecided and
/// undecided worse than met.
///
/// ```
/// use digital_maturity::Score;
/// use digital_maturity::spec::{AskedIf, ConditionSpec, Policy};
///
/// let shops = ConditionSpec::at_least("has_shops", Score::ONE);
/// let phone = ConditionSpec::ticked("channels", "phone");
/// let mut asked_if = AskedIf::new(ConditionSpec::any([shops, phone]));
/// asked_if.otherwise = Policy::Lowest; // without shops and phone, it counts with credit 0
/// assert_eq!(
///     serde_json::to_string(&asked_if)?,
///     concat!(
///         r#"{"any":[{"question":"has_shops","at_least":1},"#,
///         r#"{"question":"channels","ticked":"phone"}],"otherwise":"lowest"}"#,
///     ),
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, transform = one_of)
)]
#[serde(untagged)]
#[doc(alias("skip_logic", "branching"))]
pub enum ConditionSpec {
    /// The answer earns that credit or more.
    AtLeast {
        /// The id of an earlier question.
        #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
        question: String,
        /// The least credit, after `reverse`.
        at_least: Score,
    },
    /// The answer earns that credit or less.
    AtMost {
        /// The id of an earlier question.
        #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
        question: String,
        /// The highest credit, after `reverse`.
        at_most: Score,
    },
    /// An item of a checklist is ticked.
    Ticked {
        /// The id of an earlier question, a checklist.
        #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
        question: String,
        /// The id of the item.
        #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
        ticked: String,
    },
    /// Every member is met.
    All {
        /// The members.
        #[cfg_attr(feature = "schema", schemars(length(min = CONDITIONS.least, max = CONDITIONS.most)))]
        all: Vec<Self>,
    },
    /// Some member is met.
    Any {
        /// The members.
        #[cfg_attr(feature = "schema", schemars(length(min = CONDITIONS.least, max = CONDITIONS.most)))]
        any: Vec<Self>,
    },
}

/// No two of the tests go together.
#[cfg(feature = "schema")]
fn one_of(schema: &mut schemars::Schema) {
    if let Some(branches) = schema.remove("anyOf") {
        schema.insert("oneOf".to_owned(), branches);
    }
}

/// Each of the conditions, with `otherwise` beside its keys.
#[cfg(feature = "schema")]
impl schemars::JsonSchema for AskedIf {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AskedIf".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = ConditionSpec::json_schema(generator);
        let otherwise = serde_json::json!({
            "const": "lowest",
            "description": "What the question does if the condition is not met: it counts with \
                            credit 0. Without it, it is left out."
        });
        let branches = schema.get_mut("oneOf").and_then(serde_json::Value::as_array_mut);
        for branch in branches.into_iter().flatten() {
            if let Some(serde_json::Value::Object(properties)) = branch.get_mut("properties") {
                properties.insert("otherwise".to_owned(), otherwise.clone());
            }
        }
        schema.insert("description".to_owned(), "When a question is asked.".into());
        schema
    }
}

impl AskedIf {
    /// Asked if the condition is met, left out otherwise.
    #[must_use]
    pub const fn new(condition: ConditionSpec) -> Self {
        Self { condition, otherwise: Policy::Exclude }
    }
}

impl From<ConditionSpec> for AskedIf {
    fn from(condition: ConditionSpec) -> Self {
        Self::new(condition)
    }
}

impl ConditionSpec {
    /// Met if the answer to `question` earns that credit or more.
    pub fn at_least(question: impl Into<String>, at_least: Score) -> Self {
        Self::AtLeast { question: question.into(), at_least }
    }

    /// Met if the answer to `question` earns that credit or less.
    pub fn at_most(question: impl Into<String>, at_most: Score) -> Self {
        Self::AtMost { question: question.into(), at_most }
    }

    /// Met if that item of the checklist `question` is ticked.
    pub fn ticked(question: impl Into<String>, item: impl Into<String>) -> Self {
        Self::Ticked { question: question.into(), ticked: item.into() }
    }

    /// Met if every member is.
    pub fn all(members: impl IntoIterator<Item = Self>) -> Self {
        Self::All { all: members.into_iter().collect() }
    }

    /// Met if some member is.
    pub fn any(members: impl IntoIterator<Item = Self>) -> Self {
        Self::Any { any: members.into_iter().collect() }
    }

    /// The ids of the questions that it compares, as often as it does, in its order.
    #[must_use]
    pub fn questions(&self) -> Vec<&str> {
        match self {
            Self::AtLeast { question, .. }
            | Self::AtMost { question, .. }
            | Self::Ticked { question, .. } => vec![question],
            Self::All { all: members } | Self::Any { any: members } => {
                members.iter().flat_map(Self::questions).collect()
            }
        }
    }
}
