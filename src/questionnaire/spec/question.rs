//! A question of the document.

use serde::Serialize;

use super::condition::AskedIf;
use super::is_default;
use super::scale::ScaleUse;
use super::whole::Effort;
use crate::names::named;
use crate::number::Weight;
use crate::pillar::Pillar;
use crate::text::Text;

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct QuestionSpec {
    /// The id, unique in the questionnaire.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: String,
    /// The pillar that it counts in.
    pub pillar: Pillar,
    /// The question.
    pub title: Text,
    /// How it is answered.
    pub scale: ScaleUse,
    /// What it counts in its pillar and themes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub weight: Weight,
    /// Whether a high answer earns a low credit.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reverse: bool,
    /// The ids of its themes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default, with = "Vec<crate::names::shape::Id>"))]
    pub themes: Vec<String>,
    /// Which evidence settles the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub guidance: Option<Text>,
    /// What it takes to climb one level, 1 to 10.
    #[serde(default, skip_serializing_if = "is_default")]
    pub effort: Effort,
    /// The answers that it does not allow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbid: Vec<NonAnswer>,
    /// The condition on which it is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "AskedIf", default))]
    pub asked_if: Option<AskedIf>,
}

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

impl NonAnswer {
    /// The state that a text in one case is, as documents and survey tools write it.
    pub(crate) fn of_word(cased: &str) -> Option<Self> {
        if cased == "dontknow" { Some(Self::DontKnow) } else { cased.parse().ok() }
    }
}

impl QuestionSpec {
    /// A question, everything else as a document has it that does not say: weight 1, no theme, no
    /// condition.
    ///
    /// ```
    /// # use digital_maturity::{Pillar, Weight};
    /// # use digital_maturity::spec::{QuestionSpec, ScaleSpec};
    /// let question = QuestionSpec::new("q1", Pillar::AgileApproach, "Is it?", ScaleSpec::YesNo);
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
