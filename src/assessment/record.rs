//! A result as it is saved and read back.

mod mismatch;
mod read;

use serde::{Deserialize, Serialize};

pub use self::mismatch::{Difference, Mismatch};
use super::Assessment;
use super::by_id::ById;
use super::gap::NextStage;
use super::result::{Overall, PillarResult, QuestionResult, Standing, Summary};
use crate::answers::AnswerSheet;
use crate::date::Date;
use crate::diagnostic::Errors;
use crate::document::Node;
use crate::pillar::PillarMap;
use crate::questionnaire::Identity;

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
/// assert_eq!(&*stored.questionnaire.id, "dcx_pulse");
/// assert!(stored.verify(&sheet).is_ok());
///
/// // A figure that was changed by hand does not go unnoticed.
/// let forged = saved.replacen(r#""unanswered":3"#, r#""unanswered":0"#, 1);
/// let mismatch = Record::from_json(&forged)?.verify(&sheet).unwrap_err();
/// assert_eq!(
///     mismatch.to_string(),
///     "the stored result does not follow from the answers: \
///      /pillars/digital_first_mindset/counts/unanswered is 0, not 3",
/// );
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[doc(alias("stored", "saved", "load"))]
pub struct Record {
    /// Which questionnaire was answered.
    pub questionnaire: Identity,
    /// Who answered, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// The day on which the answers were given, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// What orders the result among others of that day, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    /// The overall, or why there is none.
    pub overall: Overall,
    /// The next stage and what blocks it.
    pub next_stage: Option<NextStage>,
    /// The result of each pillar.
    pub pillars: PillarMap<PillarResult>,
    /// The result of each theme.
    pub themes: ById<Standing>,
    /// What became of each question.
    pub questions: ById<QuestionResult>,
}

/// Which result something is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Source {
    /// Which questionnaire was answered.
    pub questionnaire: Identity,
    /// Who answered, if that was given.
    pub respondent: Option<String>,
    /// The day on which the answers were given, if that was given.
    pub taken: Option<Date>,
    /// What orders the result among others of that day, if that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
}

impl Record {
    /// The stored result in a JSON text.
    ///
    /// # Errors
    ///
    /// Everything that is not well-formed, in one go. Whether the figures agree with each other is
    /// not looked at: that is what [`verify`](Self::verify) is for.
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        Node::read_json(json, read::from_node)
    }

    /// The overall and the pillars.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary { overall: self.overall, pillars: self.pillars }
    }

    /// Which result it is: of which questionnaire, by whom and of which day.
    #[must_use]
    pub fn source(&self) -> Source {
        Source {
            questionnaire: self.questionnaire.clone(),
            respondent: self.respondent.clone(),
            taken: self.taken,
            sequence: self.sequence,
        }
    }

    /// Recomputes the result from `sheet`.
    ///
    /// # Errors
    ///
    /// Where the stored result differs from the recomputed one, be it in the questionnaire, in a
    /// figure, or in who answered and when.
    #[doc(alias("audit", "recompute"))]
    pub fn verify(&self, sheet: &AnswerSheet) -> Result<Assessment, Mismatch> {
        let assessment = sheet.assess();
        if self == assessment.record() {
            Ok(assessment)
        } else {
            Err(Mismatch::between(self, assessment.record()))
        }
    }
}

impl AsRef<Self> for Record {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl AsRef<Record> for Assessment {
    fn as_ref(&self) -> &Record {
        self.record()
    }
}
