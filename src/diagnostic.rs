//! What is wrong with a document, or worth a second look: where, what, and under which code.

mod alternatives;
mod excerpt;
mod found;
mod path;
mod problem;

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

pub use alternatives::Alternatives;
pub use excerpt::Excerpt;
pub(crate) use excerpt::nearest;
pub(crate) use found::MOST;
pub use found::{Errors, Warnings};
pub use path::{Path, Segment};
pub use problem::{Code, Problem};

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
/// Displays as one line. Serialises as an object with `severity`, `code`, `path`, `message` and
/// `suggestion` (null where there is none).
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
///     "error[unknown-name] /questions/0/pillar: unknown pillar `agile_aproach` \
///      (did you mean `agile_approach`?)",
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    severity: Severity,
    path: Path,
    problem: Problem,
}

impl Diagnostic {
    pub(crate) fn error(path: Path, problem: Problem) -> Self {
        Self { severity: Severity::Error, path, problem }
    }

    pub(crate) fn warning(path: Path, problem: Problem) -> Self {
        Self { severity: Severity::Warning, path, problem }
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

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 5)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("code", &self.code())?;
        object.serialize_field("path", &self.path)?;
        object.serialize_field("message", &self.problem.to_string())?;
        object.serialize_field("suggestion", &self.suggestion())?;
        object.end()
    }
}
