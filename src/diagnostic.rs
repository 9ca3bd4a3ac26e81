//! What is wrong with a document, or worth a second look: where, what, and under which code.

mod alternatives;
mod excerpt;
mod found;
mod path;
mod position;
mod problem;
mod suggestions;

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

pub use alternatives::Alternatives;
pub use excerpt::Excerpt;
pub(crate) use found::MOST;
pub use found::{Errors, Warnings};
pub use path::{Path, Segment};
pub use position::{Position, Spot};
pub use problem::{Code, Problem};
pub(crate) use suggestions::Suggestions;

pub use crate::date::InvalidDate;
pub use crate::names::UnknownName;
pub use crate::text::OneLine;

use crate::names::named;

/// Whether a finding makes a document invalid.
///
/// ```
/// use digital_maturity::diagnostic::Severity;
///
/// assert!(Severity::Error > Severity::Warning);
/// assert_eq!(Severity::Error.to_string(), "error");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document is valid; somebody should look at this all the same.
    Warning,
    /// The document is not valid.
    Error,
}

named!(Severity, "severity", [Warning => "warning", Error => "error"]);

/// One finding: a place in a document, what is the matter there, and how grave it is.
///
/// Displays as one line, which begins with line and column if the document was read from a text.
/// Serialises as an object with `severity`, `code`, `path`, `message`, `suggestion`, `question`, `line`
/// and `column` (each of the last four null where there is none).
///
/// ```
/// use digital_maturity::{Code, Questionnaire};
/// use digital_maturity::diagnostic::Severity;
///
/// let text = r#"{ "schema": 1, "id": "Mine", "version": "1.0.0", "title": "t",
///     "questions": [ { "id": "a", "pillar": "agile_aproach", "title": "t",
///                      "scale": { "kind": "yes_no" } } ] }"#;
/// let report = Questionnaire::from_json(text).unwrap_err();
/// let finding = report.iter().find(|d| d.code() == Code::UnknownName).unwrap();
/// assert_eq!(finding.path().to_string(), "/questions/0/pillar");
/// assert_eq!(finding.severity(), Severity::Error);
/// assert_eq!(finding.suggestion(), Some("agile_approach"));
/// assert_eq!(
///     finding.to_string(),
///     "2:43: error[unknown-name] /questions/0/pillar: unknown pillar `agile_aproach` \
///      (did you mean `agile_approach`?)",
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
#[doc(alias("validation", "error", "problem"))]
pub struct Diagnostic {
    severity: Severity,
    path: Path,
    problem: Problem,
    /// Boxed, as most findings have neither and many are kept.
    about: Box<About>,
}

/// What is known of a finding beside what is the matter.
#[derive(Clone, Debug, Default, PartialEq)]
struct About {
    question: Option<String>,
    position: Option<Position>,
}

impl Diagnostic {
    pub(crate) fn error(path: Path, problem: Problem) -> Self {
        Self { severity: Severity::Error, path, problem, about: Box::default() }
    }

    pub(crate) fn warning(path: Path, problem: Problem) -> Self {
        Self { severity: Severity::Warning, path, problem, about: Box::default() }
    }

    /// An error that an application finds in an answer by rules of its own, so that it can stand among
    /// the others: its code is [`Code::Custom`], its path leads to the question, and respondents read
    /// the message as it is. It is cut after 300 characters.
    ///
    /// ```
    /// use digital_maturity::{Diagnostic, Errors};
    ///
    /// fn opened(year: i32) -> Result<i32, Errors> {
    ///     if year > 2026 {
    ///         return Err(Diagnostic::custom("opened", "the shop is not open yet").into());
    ///     }
    ///     Ok(year)
    /// }
    /// let errors = opened(2030).unwrap_err();
    /// assert_eq!(errors.to_string(), "error[custom] /opened: the shop is not open yet");
    /// assert_eq!(errors.first().question(), Some("opened"));
    /// ```
    #[must_use]
    pub fn custom(question: &str, message: &str) -> Self {
        let path = Path::from(vec![Segment::Key(question.to_owned())]);
        let message = Excerpt::of_message(message);
        let mut finding = Self::error(path, Problem::Custom { message });
        finding.set_question(question);
        finding
    }

    /// Says that it is about the question of that id.
    pub(crate) fn set_question(&mut self, question: &str) {
        self.about.question = Some(question.to_owned());
    }

    /// Says that it points at that place of the text.
    pub(crate) fn set_position(&mut self, position: Position) {
        self.about.position = Some(position);
    }

    /// The id of the question that it is about, whichever door the document came through and
    /// whatever form it had: of an answer, of a comment, or of the questionnaire's own document.
    /// `None` if it is about no question that is known.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// for json in [r#"{ "journey_owner": 9 }"#, r#"{ "answers": { "journey_owner": 9 } }"#] {
    ///     let errors = pulse.read(&Responses::from_json(json)?).unwrap_err();
    ///     assert_eq!(errors.first().question(), Some("journey_owner"));
    /// }
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        self.about.question.as_deref()
    }

    /// Where in the text it points, if the document was read from one.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let errors = Questionnaire::from_json("{\n  \"a\" 1 }").unwrap_err();
    /// let position = errors.first().position().unwrap();
    /// assert_eq!((position.line, position.column), (2, 7));
    /// ```
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.about.position
    }

    /// What it points at, of what stands at its path.
    #[must_use]
    pub fn spot(&self) -> Spot {
        let last = match self.path.segments().last() {
            Some(Segment::Key(key)) => Some(Excerpt::new(key)),
            _ => None,
        };
        match &self.problem {
            Problem::DuplicateKey { .. } => Spot::RepeatedKey,
            Problem::UnknownKey { .. }
            | Problem::InvalidLanguage { .. }
            | Problem::LoneLanguage { .. }
            | Problem::UnusedScale { .. }
            | Problem::NotAsked { .. } => Spot::Key,
            // The id of a shared scale and that of an answered question is a key, others are values.
            Problem::InvalidId { found } | Problem::UnknownQuestion { id: found, .. }
                if last.as_ref() == Some(found) =>
            {
                Spot::Key
            }
            _ => Spot::Value,
        }
    }

    /// The place in the document, shown as a JSON Pointer. For something missing it is the object
    /// that lacks it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is the matter, as data; its `Display` is the message.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> Code {
        self.problem.code()
    }

    /// Error or warning. A problem may be an error in strict reading and a warning in lenient.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The existing name that was probably meant.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.problem.suggestion()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(position) = self.position() {
            write!(f, "{position}: ")?;
        }
        write!(f, "{}[{}]", self.severity, self.code())?;
        if !self.path.is_root() {
            write!(f, " {}", OneLine(&self.path.to_string()))?;
        }
        write!(f, ": {}", self.problem)?;
        match self.suggestion() {
            Some(suggestion) => write!(f, " (did you mean `{suggestion}`?)"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}

crate::names::schema!(Diagnostic, |generator| {
    "type": "object",
    "description": "One thing that is wrong or odd.",
    "properties": {
        "severity": generator.subschema_for::<Severity>(),
        "code": generator.subschema_for::<Code>(),
        "path": {
            "type": "string",
            "description": "Where it is: a JSON Pointer into the document."
        },
        "message": { "type": "string", "description": "What it is, for whoever wrote the document." },
        "suggestion": {
            "type": ["string", "null"],
            "description": "What may have been meant."
        },
        "question": {
            "type": ["string", "null"],
            "description": "The id of the question that it is about, if it is about one."
        },
        "line": {
            "type": ["integer", "null"],
            "minimum": 1,
            "description": "Where the document was a text: the line, from 1."
        },
        "column": {
            "type": ["integer", "null"],
            "minimum": 1,
            "description": "The column in that line, in characters from 1."
        }
    },
    "required": ["severity", "code", "path", "message"]
});

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 8)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("code", &self.code())?;
        object.serialize_field("path", &self.path)?;
        object.serialize_field("message", &self.problem.to_string())?;
        object.serialize_field("suggestion", &self.suggestion())?;
        object.serialize_field("question", &self.question())?;
        object.serialize_field("line", &self.position().map(|position| position.line))?;
        object.serialize_field("column", &self.position().map(|position| position.column))?;
        object.end()
    }
}
