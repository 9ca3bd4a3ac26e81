//! A finding with its place in the file.

use digital_maturity::diagnostic::{Position, Severity};
use digital_maturity::{Code, Diagnostic};
use serde::Serialize;

use super::output::{plain, shortened};

/// One finding of the library, or of a format's reader, and where in the file it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    code: Code,
    path: String,
    #[serde(flatten)]
    position: Position,
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
        Self {
            severity: Severity::Error,
            code,
            path: String::new(),
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

    /// One line in the form that editors and compilers use, safe to print.
    pub(crate) fn line(&self, file: &str) -> String {
        let Self { severity, code, position: Position { line, column }, .. } = self;
        let path = match self.path.as_str() {
            "" => String::new(),
            path => format!(" {}", shortened(path, LONGEST_PATH)),
        };
        let suggestion = match &self.suggestion {
            Some(suggestion) => format!(" (did you mean `{suggestion}`?)"),
            None => String::new(),
        };
        let message = &self.message;
        plain(&format!("{file}:{line}:{column}: {severity}[{code}]{path}: {message}{suggestion}"))
    }
}
