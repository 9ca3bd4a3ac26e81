//! An answer as one writes it in code.

use serde::{Serialize, Serializer};

/// What can be said to a question, whatever its scale. Whether a question takes it is decided by
/// [`AnswerSheet::set`](crate::AnswerSheet::set).
///
/// ```
/// use digital_maturity::Answer;
///
/// assert_eq!(Answer::from(4), Answer::Whole(4));
/// assert_eq!(Answer::from(["web", "app"]), Answer::Items(vec!["web".into(), "app".into()]));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
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
                { "type": "array", "items": { "type": "string" }, "uniqueItems": true }
            ]
        })
    }
}
