//! What is wrong, as Python sees it: one exception, with everything that was found.

use digital_maturity::cohort::{ColumnError, ColumnErrors};
use digital_maturity::{Diagnostic, Errors, OtherQuestionnaire, survey};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;

use crate::value::to_python;

pyo3::create_exception!(
    digital_maturity,
    MaturityError,
    PyValueError,
    "A document, answers, columns, a file or an argument that is refused.\n\n\
     `findings` lists everything that was found, each a dict with `severity`, `code`, `path` (a JSON\n\
     Pointer) and `message`, and more where it is known. As text: one line a finding."
);

/// One thing that is wrong or odd.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Finding {
    severity: String,
    code: String,
    path: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<String>,
    /// The id of the question that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// Of a text: line and column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    /// Of a frame the row from 0, of a file from 1 after the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    /// Of a file: the header of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
    /// Of a file: how often it occurs.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
}

/// Everything that is wrong: what an exception carries. At least one.
#[derive(Debug)]
pub(crate) struct Faults(pub(crate) Vec<Finding>);

impl Finding {
    pub(crate) fn error(code: &str, path: &str, message: impl Into<String>) -> Self {
        Self {
            severity: "error".to_owned(),
            code: code.to_owned(),
            path: path.to_owned(),
            message: message.into(),
            suggestion: None,
            question: None,
            line: None,
            column: None,
            row: None,
            header: None,
            count: None,
        }
    }

    /// That a row of the column of a question says something that is no answer.
    pub(crate) fn of_cell(row: usize, question: &str, code: &str, message: String) -> Self {
        let path = format!("/{row}/{}", escaped(question));
        Self {
            row: u64::try_from(row).ok(),
            question: Some(question.to_owned()),
            ..Self::error(code, &path, message)
        }
    }

    /// What is wrong with a column of a question.
    pub(crate) fn of_column(code: &str, path: &str, question: &str, message: String) -> Self {
        Self { question: Some(question.to_owned()), ..Self::error(code, path, message) }
    }

    /// That an argument is not among those that are understood.
    pub(crate) fn argument(name: &str, message: impl Into<String>) -> Self {
        Self::error("invalid-argument", &format!("/{name}"), message)
    }

    /// The same, where nothing is lost.
    pub(crate) fn into_warning(self) -> Self {
        Self { severity: "warning".to_owned(), ..self }
    }

    /// The id of the question that it is about.
    pub(crate) fn question(&self) -> Option<&str> {
        self.question.as_deref()
    }

    /// The line that the exception shows.
    fn line(&self) -> String {
        let Self { severity, code, path, message, .. } = self;
        let at = if path.is_empty() { String::new() } else { format!(" {path}") };
        let text = match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{line}:{column}: "),
            _ => String::new(),
        };
        let meant = self.suggestion.as_ref().map(|name| format!(" (did you mean `{name}`?)"));
        format!("{text}{severity}[{code}]{at}: {message}{}", meant.unwrap_or_default())
    }
}

/// A key in a JSON Pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl From<&Diagnostic> for Finding {
    fn from(found: &Diagnostic) -> Self {
        let path = found.path().to_string();
        let code = found.code();
        let at = found.position();
        Self {
            severity: found.severity().to_string(),
            suggestion: found.suggestion().map(str::to_owned),
            question: found.question().map(str::to_owned),
            line: at.and_then(|at| u64::try_from(at.line).ok()),
            column: at.and_then(|at| u64::try_from(at.column).ok()),
            ..Self::error(code.as_str(), &path, found.problem().to_string())
        }
    }
}

impl From<survey::Finding> for Finding {
    fn from(found: survey::Finding) -> Self {
        let survey::Finding { row, column: header, .. } = &found;
        let path = match (*row, header.as_str()) {
            (0, "") => String::new(),
            (0, header) => format!("/{}", escaped(header)),
            (row, "") => format!("/{row}"),
            (row, header) => format!("/{row}/{}", escaped(header)),
        };
        Self {
            severity: found.severity.to_string(),
            line: Some(found.line).filter(|line| *line > 0),
            row: Some(found.row).filter(|row| *row > 0),
            header: Some(found.column).filter(|header| !header.is_empty()),
            count: Some(found.count),
            ..Self::error(found.kind.as_str(), &path, found.message)
        }
    }
}

impl From<&ColumnError> for Finding {
    fn from(found: &ColumnError) -> Self {
        let (code, question) = match found {
            ColumnError::UnknownQuestion { question } => ("unknown-question", question),
            ColumnError::Twice { question } => ("duplicate-column", question),
            ColumnError::Missing { question } => ("missing-column", question),
            ColumnError::Length { question, .. } => ("uneven-column", question),
            ColumnError::TooNarrow { question, .. }
            | ColumnError::NotByTicks { question }
            | ColumnError::OnlyByTicks { question }
            | ColumnError::NotByValue { question } => ("wrong-type", question),
            _ => ("invalid-column", &String::new()),
        };
        let path = format!("/{}", escaped(question));
        let question = Some(question.clone()).filter(|question| !question.is_empty());
        Self { question, ..Self::error(code, &path, found.to_string()) }
    }
}

impl From<Finding> for Faults {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl From<Errors> for Faults {
    fn from(errors: Errors) -> Self {
        Self(errors.iter().map(Finding::from).collect())
    }
}

impl From<survey::Findings> for Faults {
    fn from(findings: survey::Findings) -> Self {
        Self(findings.iter().map(Finding::from).collect())
    }
}

impl From<ColumnErrors> for Faults {
    fn from(errors: ColumnErrors) -> Self {
        Self(errors.iter().map(Finding::from).collect())
    }
}

impl From<OtherQuestionnaire> for Faults {
    fn from(other: OtherQuestionnaire) -> Self {
        Finding::error("other-questionnaire", "", other.to_string()).into()
    }
}

impl From<Faults> for PyErr {
    fn from(Faults(findings): Faults) -> Self {
        let lines: Vec<String> = findings.iter().map(Finding::line).collect();
        let error = MaturityError::new_err(lines.join("\n"));
        Python::attach(|py| {
            let list = to_python(py, &findings)?;
            error.value(py).setattr("findings", list)
        })
        .map_or_else(|other| other, |()| error)
    }
}

/// The value of that name, as an argument states it.
pub(crate) fn named<T: std::str::FromStr>(
    argument: &str,
    value: &str,
    known: &[&str],
) -> Result<T, Faults> {
    value.parse().map_err(|_| {
        let known = known.join(", ");
        Finding::argument(argument, format!("expected one of {known}; found `{value}`")).into()
    })
}
