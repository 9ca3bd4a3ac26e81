//! A finding with its place in the file.

use digital_maturity::diagnostic::{Position, Severity};
use digital_maturity::{Code, Diagnostic};
use serde::Serialize;

use super::output::{plain, shortened};

/// One finding of the library, or of a format's reader, and where in the file it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    pub(crate) code: Code,
    pub(crate) path: String,
    #[serde(flatten)]
    pub(crate) position: Position,
    message: String,
    suggestion: Option<String>,
}

/// A path is cut after that many characters in a line for the eye; keys can be very long.
const LONGEST_PATH: usize = 160;
/// The same for a message, as a format's reader may repeat its input.
const LONGEST_MESSAGE: usize = 300;

impl Finding {
    /// The document cannot be read as its format.
    pub(crate) fn syntax(message: &str, position: Position) -> Self {
        Self::of_format(Code::Syntax, message, position)
    }

    /// A finding that the format's reader makes before the library sees the document.
    pub(crate) fn of_format(code: Code, message: &str, position: Position) -> Self {
        Self::error(code, String::new(), message, position)
    }

    /// An error that the command finds itself; `path` is a JSON Pointer.
    pub(crate) fn error(code: Code, path: String, message: &str, position: Position) -> Self {
        Self {
            severity: Severity::Error,
            code,
            path,
            position,
            message: shortened(message, LONGEST_MESSAGE),
            suggestion: None,
        }
    }

    pub(crate) fn new(finding: &Diagnostic, position: Position) -> Self {
        Self {
            severity: finding.severity(),
            code: finding.code(),
            path: finding.path().to_string(),
            position,
            message: finding.problem().to_string(),
            suggestion: finding.suggestion().map(str::to_owned),
        }
    }

    /// What is the matter, and what was probably meant.
    pub(crate) fn text(&self) -> String {
        let message = &self.message;
        match &self.suggestion {
            Some(suggestion) => format!("{message} (did you mean `{suggestion}`?)"),
            None => message.clone(),
        }
    }

    /// Whether it stands somewhere: what says how many more findings there were does not.
    pub(crate) fn is_placed(&self) -> bool {
        self.code != Code::MoreFindings
    }

    /// One line in the form that editors and compilers use, safe to print.
    pub(crate) fn line(&self, file: &str) -> String {
        let Self { severity, code, position: Position { line, column }, .. } = self;
        let path = match self.path.as_str() {
            "" => String::new(),
            path => format!(" {}", shortened(path, LONGEST_PATH)),
        };
        let text = self.text();
        plain(&format!("{file}:{line}:{column}: {severity}[{code}]{path}: {text}"))
    }
}
