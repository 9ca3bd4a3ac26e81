//! An answer as one writes it in code.

use serde::{Serialize, Serializer};

use crate::diagnostic::{Errors, Excerpt};
use crate::document::{At, Node, Reader, deserialize_by_reading, number_text, whole};
use crate::questionnaire::{BandSpec, NonAnswer, ScaleSpec};
use crate::text::Text;

/// What can be said to a question, whatever its scale. Whether a question takes it is decided by
/// [`AnswerSheet::set`](crate::AnswerSheet::set).
///
/// A number is judged by its value, not by how it is written: the whole number 4 and the number 4.0
/// are the same answer, and equal.
///
/// ```
/// use digital_maturity::Answer;
///
/// assert_eq!(Answer::from(4), Answer::Whole(4));
/// assert_eq!(Answer::Whole(4), Answer::Number(4.0));
/// assert_eq!(Answer::from(["web", "app"]), Answer::Items(vec!["web".into(), "app".into()]));
/// assert_eq!(Answer::from(None::<bool>), Answer::Unanswered);
///
/// // It is written and read as in an answers document.
/// let answers: Vec<Answer> = serde_json::from_str(r#"[4, "dont_know", ["web"], null]"#)?;
/// assert_eq!(answers[1], Answer::DontKnow);
/// assert_eq!(serde_json::to_string(&answers)?, r#"[4,"dont_know",["web"],null]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub enum Answer {
    /// No answer: the same as never having been set.
    #[default]
    Unanswered,
    /// The question does not apply to the organisation.
    NotApplicable,
    /// The respondent does not know.
    DontKnow,
    /// The value of a choice, or a whole number measured.
    Whole(i64),
    /// A number measured, or a whole number written with a fraction.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// The ids of the items that are ticked, possibly none.
    Items(Vec<String>),
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Whole(a), Self::Number(b)) | (Self::Number(b), Self::Whole(a)) => {
                whole(*b) == Some(*a)
            }
            (Self::YesNo(a), Self::YesNo(b)) => a == b,
            (Self::Items(a), Self::Items(b)) => a == b,
            (Self::Unanswered, Self::Unanswered)
            | (Self::NotApplicable, Self::NotApplicable)
            | (Self::DontKnow, Self::DontKnow) => true,
            _ => false,
        }
    }
}

impl Answer {
    /// What an answer is, whoever takes it.
    pub(crate) const EXPECTED: &str = "a number, `true`, `false`, a list of items, `not_applicable`, \
                                       `dont_know` or null";

    /// The answer that stands at `at`. `other` says what is wrong with what is no answer at all.
    #[inline]
    pub(crate) fn read(
        reader: &mut Reader,
        at: At<'_>,
        other: impl FnOnce(&mut Reader, At<'_>),
    ) -> Option<Self> {
        match at.node {
            Node::Null => Some(Self::Unanswered),
            Node::Bool(yes) => Some(Self::YesNo(*yes)),
            Node::Integer(number) => Some(Self::Whole(*number)),
            Node::Float(number) => Some(Self::Number(*number)),
            Node::List(_) => {
                let items = reader.list(at, "items", (0, usize::MAX), Reader::owned_text)?;
                Some(Self::Items(items.into_iter().collect::<Option<_>>()?))
            }
            Node::Text(text) => {
                let state = text.parse().map(|state: NonAnswer| state.into()).ok();
                if state.is_none() {
                    other(reader, at);
                }
                state
            }
            Node::Map(_) => {
                other(reader, at);
                None
            }
        }
    }

    /// What a scale says of it, and what it advises from there.
    pub(crate) fn said<'s>(&self, scale: &'s ScaleSpec) -> (Option<&'s Text>, Option<&'s Text>) {
        match scale {
            ScaleSpec::Choice { choices } => {
                let value = self.whole();
                let chosen = choices.iter().find(|choice| Some(choice.value) == value);
                chosen.map_or((None, None), |of| (Some(&of.text), of.advice.as_ref()))
            }
            ScaleSpec::Measure { bands, .. } => {
                let band = self.number().and_then(|number| BandSpec::of(bands, number));
                band.map_or((None, None), |of| (of.text.as_ref(), of.advice.as_ref()))
            }
            ScaleSpec::YesNo | ScaleSpec::Checklist { .. } => (None, None),
        }
    }

    /// The value of a choice.
    #[inline]
    pub(super) fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Number(number) => whole(*number),
            _ => None,
        }
    }

    /// The number measured, if it is finite.
    #[expect(clippy::cast_precision_loss, reason = "a measure is compared as a double")]
    #[inline]
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => Some(*number as f64),
            Self::Number(number) => Some(*number).filter(|number| number.is_finite()),
            _ => None,
        }
    }

    /// A number as a message shows it.
    pub(crate) fn number_shown(&self) -> Excerpt {
        match self {
            Self::Whole(number) => Excerpt::new(&number.to_string()),
            Self::Number(number) => number_text(*number),
            _ => self.described(),
        }
    }

    /// What it is, as a message says it.
    pub(super) fn described(&self) -> Excerpt {
        match self {
            Self::Unanswered => Node::Null.describe(),
            Self::NotApplicable => Node::Text("not_applicable".into()).describe(),
            Self::DontKnow => Node::Text("dont_know".into()).describe(),
            Self::Whole(number) => Node::Integer(*number).describe(),
            Self::Number(number) => Node::Float(*number).describe(),
            Self::YesNo(yes) => Node::Bool(*yes).describe(),
            Self::Items(_) => Node::List(Vec::new()).describe(),
        }
    }
}

impl From<NonAnswer> for Answer {
    fn from(state: NonAnswer) -> Self {
        match state {
            NonAnswer::NotApplicable => Self::NotApplicable,
            NonAnswer::DontKnow => Self::DontKnow,
        }
    }
}

/// Nothing is no answer.
impl<T: Into<Self>> From<Option<T>> for Answer {
    fn from(answer: Option<T>) -> Self {
        answer.map_or(Self::Unanswered, Into::into)
    }
}

macro_rules! from_whole {
    ($($number:ty),+) => {$(
        impl From<$number> for Answer {
            fn from(number: $number) -> Self {
                Self::Whole(i64::from(number))
            }
        }
    )+};
}

from_whole!(i8, i16, i32, i64, u8, u16, u32);

impl From<f64> for Answer {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        Self::YesNo(yes)
    }
}

impl From<Vec<String>> for Answer {
    fn from(items: Vec<String>) -> Self {
        Self::Items(items)
    }
}

impl From<&[&str]> for Answer {
    fn from(items: &[&str]) -> Self {
        Self::Items(items.iter().map(|&item| item.to_owned()).collect())
    }
}

impl<const N: usize> From<[&str; N]> for Answer {
    fn from(items: [&str; N]) -> Self {
        items.as_slice().into()
    }
}

/// As in an answers document; whether a question takes it is another matter.
fn from_node(node: &Node<'_>) -> Result<Answer, Errors> {
    Reader::document(node, |reader, at| {
        Answer::read(reader, at, |reader, at| {
            reader.wrong_type(at, Answer::EXPECTED);
        })
    })
}

deserialize_by_reading!(Answer, from_node);

impl Serialize for Answer {
    /// As in an answers document.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unanswered => serializer.serialize_unit(),
            Self::NotApplicable => serializer.serialize_str("not_applicable"),
            Self::DontKnow => serializer.serialize_str("dont_know"),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::YesNo(yes) => serializer.serialize_bool(*yes),
            Self::Items(items) => serializer.collect_seq(items),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Answer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "anyOf": [
                { "type": ["number", "boolean", "null"] },
                { "enum": ["not_applicable", "dont_know"] },
                { "type": "array", "items": { "type": "string" } }
            ]
        })
    }
}
