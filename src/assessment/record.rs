//! A result as it is saved and read back.

mod read;

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Assessment;
use super::result::{NextStage, Overall, PillarResult, QuestionResult, Standing};
use crate::answers::AnswerSheet;
use crate::date::Date;
use crate::diagnostic::{Errors, Path};
use crate::document::{Node, Place};
use crate::pillar::PillarMap;
use crate::questionnaire::{Identity, Question, ThemeSpec};

/// A result as it was saved: well-formed, but not verified. An app can show what it saved, also
/// after the questionnaire has changed; [`verify`](Self::verify) tells whether it still follows
/// from the answers.
///
/// This is also the form in which an [`Assessment`] serialises (scoring rules, section 12). Reading
/// passes over keys that it does not know, as a later version may say more.
///
/// ```
/// use digital_maturity::{Questionnaire, Record};
///
/// let sheet = Questionnaire::dcx_pulse().sheet();
/// let saved = serde_json::to_string(&sheet.assess()).unwrap();
/// let stored = Record::from_json(&saved)?;
/// assert_eq!(stored.questionnaire.id, "dcx_pulse");
/// assert!(stored.verify(&sheet).is_ok());
///
/// // A figure that was changed by hand does not go unnoticed.
/// let forged = saved.replacen(r#""unanswered":3"#, r#""unanswered":0"#, 1);
/// let mismatch = Record::from_json(&forged)?.verify(&sheet).unwrap_err();
/// assert_eq!(mismatch.paths[0].to_string(), "/pillars/digital_first_mindset");
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record {
    /// Which questionnaire was answered.
    pub questionnaire: Identity,
    /// Who answered, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// The day on which the answers were given, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// The overall, or why there is none.
    pub overall: Overall,
    /// The next stage and what blocks it.
    pub next_stage: Option<NextStage>,
    /// The result of each pillar.
    pub pillars: PillarMap<PillarResult>,
    /// The result of each theme.
    pub themes: Vec<StoredTheme>,
    /// What became of each question.
    pub questions: Vec<StoredQuestion>,
}

/// The result of a theme, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredTheme {
    /// The theme's id.
    pub id: String,
    /// The score and the theme's own stage, or why there is none.
    #[serde(flatten)]
    pub standing: Standing,
}

/// What became of a question, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredQuestion {
    /// The question's id.
    pub id: String,
    /// What became of it.
    #[serde(flatten)]
    pub result: QuestionResult,
}

/// A stored result does not follow from the answers it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where the stored result differs from the recomputed one. At least one.
    pub paths: Vec<Path>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stored result differs from the recomputed one at ")?;
        for (i, path) in self.paths.iter().enumerate() {
            write!(f, "{}{path}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

impl Record {
    /// The stored result in a JSON text.
    ///
    /// # Errors
    ///
    /// Everything that is not well-formed, in one go. Whether the figures agree with each other is
    /// not looked at: that is what [`verify`](Self::verify) is for.
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        read::from_node(&Node::from_json(json)?)
    }

    /// Recomputes the result from `sheet`.
    ///
    /// # Errors
    ///
    /// Where the stored result differs from the recomputed one, be it in the questionnaire, in a
    /// figure, or in the day it was taken.
    pub fn verify(&self, sheet: &AnswerSheet) -> Result<Assessment, Mismatch> {
        let assessment = sheet.assess();
        let paths = self.differences(&Self::from(&assessment));
        if paths.is_empty() { Ok(assessment) } else { Err(Mismatch { paths }) }
    }

    fn differences(&self, other: &Self) -> Vec<Path> {
        let root = Place::ROOT;
        let mut paths = Vec::new();
        let mut note = |place: Place<'_>, equal: bool| {
            if !equal {
                paths.push(place.path());
            }
        };
        note(root.key("questionnaire"), self.questionnaire == other.questionnaire);
        note(root.key("respondent"), self.respondent == other.respondent);
        note(root.key("taken"), self.taken == other.taken);
        note(root.key("overall"), self.overall == other.overall);
        note(root.key("next_stage"), self.next_stage == other.next_stage);
        let pillars = root.key("pillars");
        for (pillar, result) in self.pillars.iter() {
            note(pillars.key(pillar.as_str()), *result == other.pillars[pillar]);
        }
        let themes = root.key("themes");
        for index in 0..self.themes.len().max(other.themes.len()) {
            note(themes.index(index), self.themes.get(index) == other.themes.get(index));
        }
        let questions = root.key("questions");
        for index in 0..self.questions.len().max(other.questions.len()) {
            note(questions.index(index), self.questions.get(index) == other.questions.get(index));
        }
        paths
    }
}

impl From<&Assessment> for Record {
    fn from(assessment: &Assessment) -> Self {
        let questionnaire = assessment.questionnaire();
        let theme = |(theme, standing): (&ThemeSpec, Standing)| StoredTheme {
            id: theme.id.clone(),
            standing,
        };
        let question = |(question, result): (Question<'_>, QuestionResult)| StoredQuestion {
            id: question.id().to_owned(),
            result,
        };
        Self {
            questionnaire: questionnaire.into(),
            respondent: assessment.sheet().respondent().map(str::to_owned),
            taken: assessment.sheet().taken(),
            overall: assessment.overall(),
            next_stage: assessment.next_stage().cloned(),
            pillars: *assessment.pillars(),
            themes: assessment.themes().map(theme).collect(),
            questions: assessment.questions().map(question).collect(),
        }
    }
}

impl From<Assessment> for Record {
    fn from(assessment: Assessment) -> Self {
        Self::from(&assessment)
    }
}

/// A copy, so that what takes results takes fresh and stored ones alike.
impl From<&Record> for Record {
    fn from(stored: &Record) -> Self {
        stored.clone()
    }
}

impl Serialize for Overall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        match self {
            Self::Scored { score, stage } => {
                map.serialize_entry("status", "scored")?;
                map.serialize_entry("score", score)?;
                map.serialize_entry("stage", stage)?;
            }
            Self::NotScorable { pillars } => {
                map.serialize_entry("status", "not_scorable")?;
                map.serialize_entry("reason", "pillar")?;
                map.serialize_entry("pillars", pillars)?;
            }
        }
        map.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Overall {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Overall".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (score, stage) = (
            generator.subschema_for::<crate::number::Score>(),
            generator.subschema_for::<crate::stage::Stage>(),
        );
        let pillars = generator.subschema_for::<crate::pillar::PillarSet>();
        schemars::json_schema!({
            "oneOf": [
                {
                    "type": "object",
                    "properties": { "status": { "const": "scored" }, "score": score, "stage": stage },
                    "required": ["status", "score", "stage"]
                },
                {
                    "type": "object",
                    "properties": {
                        "status": { "const": "not_scorable" },
                        "reason": { "const": "pillar" },
                        "pillars": pillars
                    },
                    "required": ["status", "reason", "pillars"]
                }
            ]
        })
    }
}
