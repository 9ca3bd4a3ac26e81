//! A scale of the document: which answers there are, and what they earn.

use std::cmp::Ordering;

use serde::Serialize;

use super::is_default;
use super::whole::Points;
use crate::number::Score;
#[cfg(feature = "schema")]
use crate::questionnaire::limits::{BANDS, CHOICES, ITEMS};
use crate::text::Text;

/// How a question is answered: by a shared scale or one of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ScaleUse {
    /// The name of a shared scale.
    Shared(#[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))] String),
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
        #[cfg_attr(feature = "schema", schemars(length(min = CHOICES.least, max = CHOICES.most)))]
        choices: Vec<ChoiceSpec>,
    },
    /// Yes (credit 1) or no (credit 0).
    YesNo,
    /// Any number of items.
    Checklist {
        /// The items, in the order in which they are shown.
        #[cfg_attr(feature = "schema", schemars(length(min = ITEMS.least, max = ITEMS.most)))]
        items: Vec<ItemSpec>,
    },
    /// A number.
    Measure {
        /// The unit that the number is given in.
        unit: Text,
        /// What which numbers earn.
        #[cfg_attr(feature = "schema", schemars(length(min = BANDS.least, max = BANDS.most)))]
        bands: Vec<BandSpec>,
    },
}

/// One of the choices of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct ChoiceSpec {
    /// The value that stands for it in answers.
    #[cfg_attr(feature = "schema", schemars(range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
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
#[non_exhaustive]
pub struct ItemSpec {
    /// The id that stands for it in answers.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: String,
    /// What it says.
    pub text: Text,
    /// What it counts among the items, 1 to 1000.
    #[serde(default, skip_serializing_if = "is_default")]
    pub points: Points,
}

/// One of the bands of a measure: from its start up to that of the next band.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[non_exhaustive]
pub struct BandSpec {
    /// Where the band starts.
    #[serde(flatten)]
    pub start: Start,
    /// What a number of the band earns.
    pub credit: Score,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub text: Option<Text>,
    /// The next step from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Text", default))]
    pub advice: Option<Text>,
}

/// Where a band of a measure starts. Numbers are compared as IEEE doubles, nothing is computed.
///
/// ```
/// use digital_maturity::spec::Start;
///
/// assert!(Start::From(7.0).is_reached(7.0));
/// assert!(!Start::Above(7.0).is_reached(7.0));
/// assert!(Start::From(7.0) < Start::Above(7.0) && Start::Above(7.0) < Start::From(7.5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// That number and more.
    From(f64),
    /// More than that number.
    Above(f64),
}

impl From<ScaleSpec> for ScaleUse {
    fn from(scale: ScaleSpec) -> Self {
        Self::Own(scale)
    }
}

/// The shared scale of that name.
///
/// ```
/// use digital_maturity::Pillar;
/// use digital_maturity::spec::{QuestionSpec, ScaleUse};
///
/// let question = QuestionSpec::new("q", Pillar::AgileApproach, "Do you?", "five");
/// assert_eq!(question.scale, ScaleUse::Shared("five".to_owned()));
/// ```
impl From<&str> for ScaleUse {
    fn from(name: &str) -> Self {
        Self::Shared(name.to_owned())
    }
}

impl ChoiceSpec {
    /// A choice without a credit of its own and without advice.
    ///
    /// ```
    /// use digital_maturity::spec::{ChoiceSpec, ScaleSpec};
    ///
    /// let texts = ["on paper", "by mail", "by itself"];
    /// let choices = (1..).zip(texts).map(|(value, text)| ChoiceSpec::new(value, text)).collect();
    /// let scale = ScaleSpec::Choice { choices }; // earns 0, 1/2 and 1
    /// # let _ = scale;
    /// ```
    pub fn new(value: i64, text: impl Into<Text>) -> Self {
        Self { value, text: text.into(), credit: None, advice: None }
    }
}

impl ItemSpec {
    /// An item that counts one point.
    ///
    /// ```
    /// use digital_maturity::spec::{ItemSpec, Points};
    ///
    /// let mut app = ItemSpec::new("app", "An app of our own");
    /// app.points = Points::try_from(2)?;
    /// # Ok::<(), digital_maturity::spec::NotInRange>(())
    /// ```
    pub fn new(id: impl Into<String>, text: impl Into<Text>) -> Self {
        Self { id: id.into(), text: text.into(), points: Points::default() }
    }
}

impl Start {
    /// The number that is stated.
    #[must_use]
    pub const fn number(self) -> f64 {
        match self {
            Self::From(number) | Self::Above(number) => number,
        }
    }

    /// Whether a number lies in the band that starts there, or beyond it.
    #[must_use]
    pub fn is_reached(self, number: f64) -> bool {
        match self {
            Self::From(start) => number >= start,
            Self::Above(start) => number > start,
        }
    }

    /// The least number that reaches it.
    #[must_use]
    pub fn least(self) -> f64 {
        match self {
            Self::From(start) => start,
            // The next double: one more in the bits above zero, one less below.
            Self::Above(0.0) => f64::from_bits(1),
            Self::Above(start) if start > 0.0 => f64::from_bits(start.to_bits() + 1),
            Self::Above(start) => f64::from_bits(start.to_bits() - 1),
        }
    }
}

impl PartialOrd for Start {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let above = |start: &Self| matches!(start, Self::Above(_));
        let by_number = self.number().partial_cmp(&other.number())?;
        Some(by_number.then(above(self).cmp(&above(other))))
    }
}

impl BandSpec {
    /// The band of that number and more, without text and advice.
    ///
    /// ```
    /// use digital_maturity::Score;
    /// use digital_maturity::spec::{BandSpec, ScaleSpec};
    ///
    /// // Days until the goods are there: more than a week earns nothing.
    /// let bands = vec![BandSpec::new(0.0, Score::ONE), BandSpec::above(7.0, Score::ZERO)];
    /// let scale = ScaleSpec::Measure { unit: "days".into(), bands };
    /// # let _ = scale;
    /// ```
    #[must_use]
    pub const fn new(from: f64, credit: Score) -> Self {
        Self { start: Start::From(from), credit, text: None, advice: None }
    }

    /// The band of all that is more than that number, without text and advice.
    #[must_use]
    pub const fn above(above: f64, credit: Score) -> Self {
        Self { start: Start::Above(above), credit, text: None, advice: None }
    }

    /// The band of a number: the last whose start it reaches. `None` if it reaches none.
    pub(crate) fn of(bands: &[Self], number: f64) -> Option<&Self> {
        bands.iter().take_while(|band| band.start.is_reached(number)).last()
    }
}
