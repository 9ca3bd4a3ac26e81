//! Answers: the document as it comes, the states of an answer, and the valid sheet.

mod accept;
mod answer;
mod credit;
mod given;
mod read;
mod sheet;
mod state;

pub use answer::Answer;
pub(crate) use given::{Given, Mark};
pub use sheet::AnswerSheet;
pub use state::AnswerState;
pub(crate) use state::{Marks, Outcome, Settled, TicksAt};

use serde::{Deserialize, Deserializer};

use crate::diagnostic::Errors;
use crate::document::Node;
use crate::questionnaire::Questionnaire;

/// An answers document as it came, in any serde format: nothing in it has been checked, and
/// anything may be in it.
///
/// A flat object from question id to answer, or an envelope around one (scoring rules, section 12).
/// [`Questionnaire::read`] makes an [`AnswerSheet`] of it.
///
/// ```
/// use digital_maturity::{Questionnaire, Responses};
///
/// let responses: Responses = serde_json::from_str(r#"{ "no_such_question": 4 }"#).unwrap();
/// let report = Questionnaire::dcx_pulse().read(&responses).unwrap_err();
/// assert_eq!(report.iter().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Responses(Node<'static>);

impl Responses {
    /// The answers document in a JSON text.
    ///
    /// # Errors
    ///
    /// One finding if the text is not JSON.
    ///
    /// ```
    /// # use digital_maturity::{Code, Responses};
    /// assert!(Responses::from_json("{}").is_ok());
    /// let report = Responses::from_json("{").unwrap_err();
    /// assert_eq!(report.iter().next().unwrap().code(), Code::Syntax);
    /// ```
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        Ok(Self(Node::from_json(json)?.into_owned()))
    }
}

impl<'de> Deserialize<'de> for Responses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Node::deserialize(deserializer)?.into_owned()))
    }
}

impl Questionnaire {
    /// The valid answers in `responses`. What is worth a second look, such as an answer to a
    /// question that is not asked, is kept as the sheet's [warnings](AnswerSheet::warnings).
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the answers, in one go: unknown questions, values that the
    /// scale does not have, forbidden states, another questionnaire's envelope.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let id = pulse.questions().next().unwrap().id();
    /// let responses = Responses::from_json(&format!(r#"{{ "{id}": 4 }}"#))?;
    /// let sheet = pulse.read(&responses)?;
    /// assert_eq!(sheet.answered(), 1);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    pub fn read(&self, responses: &Responses) -> Result<AnswerSheet, Errors> {
        read::read(self, &responses.0, false)
    }

    /// The valid answers in `responses`, read as survey tools write them: unknown questions,
    /// envelope keys and comments are warnings, a number may be a text, `"dontknow"` stands for
    /// `"dont_know"`, and `<id>-Comment` for a comment.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the answers all the same, in one go.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let id = pulse.questions().next().unwrap().id();
    /// let responses = Responses::from_json(&format!(r#"{{ "{id}": "4", "submitted": "yes" }}"#))?;
    /// let sheet = pulse.read_lenient(&responses)?;
    /// assert_eq!((sheet.answered(), sheet.warnings().len()), (1, 1));
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    pub fn read_lenient(&self, responses: &Responses) -> Result<AnswerSheet, Errors> {
        read::read(self, &responses.0, true)
    }

    /// [`read`](Self::read) straight from a JSON text: the quickest way from answers to a sheet.
    ///
    /// # Errors
    ///
    /// One finding if the text is not JSON, else everything that is wrong with the answers.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let sheet = Questionnaire::dcx_pulse().read_json("{}")?;
    /// assert_eq!(sheet.answered(), 0);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    pub fn read_json(&self, json: &str) -> Result<AnswerSheet, Errors> {
        read::read(self, &Node::from_json(json)?, false)
    }
}
