//! A finding with its place in the file.

use digital_maturity::diagnostic::{Excerpt, Problem, Segment, Severity};
use digital_maturity::{Code, Diagnostic};
use serde::Serialize;

use super::locate::{Position, Spot, Target, in_json, in_tree, position, positions};
use super::output::{plain, shortened};
use super::tree::Node;

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

    pub(crate) fn all_in_json(found: &[Diagnostic], text: &str) -> Vec<Self> {
        Self::all(found, text, |targets| in_json(text, targets))
    }

    pub(crate) fn all_in_tree(found: &[Diagnostic], text: &str, tree: &Node) -> Vec<Self> {
        Self::all(found, text, |targets| in_tree(tree, targets))
    }

    fn all(
        found: &[Diagnostic],
        text: &str,
        locate: impl FnOnce(&[Target<'_>]) -> Vec<usize>,
    ) -> Vec<Self> {
        // A JSON text that is none is not searched, its one finding says where the fault is.
        if let [finding] = found {
            if let Problem::Syntax { line, column, .. } = finding.problem() {
                return vec![Self::new(finding, in_characters(text, *line, *column))];
            }
        }
        let targets: Vec<Target<'_>> = found.iter().map(target).collect();
        let places = positions(text, &locate(&targets));
        found.iter().zip(places).map(|(finding, at)| Self::new(finding, at)).collect()
    }

    fn new(finding: &Diagnostic, position: Position) -> Self {
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

/// What a finding points at. Most point at a value; a key that should not be there is itself the
/// fault.
fn target(finding: &Diagnostic) -> Target<'_> {
    let last = match finding.path().segments().last() {
        Some(Segment::Key(key)) => Some(Excerpt::new(key)),
        _ => None,
    };
    let spot = match finding.problem() {
        Problem::DuplicateKey { .. } => Spot::RepeatedKey,
        Problem::UnknownKey { .. }
        | Problem::InvalidLanguage { .. }
        | Problem::UnusedScale { .. }
        | Problem::NotAsked { .. } => Spot::Key,
        // The id of a shared scale and that of an answered question is a key, others are values.
        Problem::InvalidId { found } | Problem::UnknownQuestion { id: found, .. }
            if last.as_ref() == Some(found) =>
        {
            Spot::Key
        }
        _ => Spot::Value,
    };
    Target { path: finding.path().segments(), spot }
}

/// `serde_json` counts columns in bytes, and from 0 where a line has none.
fn in_characters(text: &str, line: usize, column: usize) -> Position {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    position(text, offset)
}
