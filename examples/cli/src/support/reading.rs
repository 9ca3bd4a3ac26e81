//! Which questionnaire is answered, and how its answers are read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use digital_maturity::{AnswerSheet, Questionnaire, Record};

use super::document::{Document, Unreadable};
use super::finding::Finding;
use super::output::note;

/// What stands at the end of a help text.
pub(crate) const HELP: &str = "\
The ending of a file tells its format: .json, .yaml, .yml or .toml. Files over
16 MB are refused. Lenient reading takes answers as browsers, form libraries and
survey tools send them: numbers and yes or no by value, texts of choices, lists
in pieces, and passes over unknown questions with a warning.

Exit code: 0, or 1 for invalid input, or 2 for wrong usage.";

/// How answers are read.
#[derive(Args)]
pub(crate) struct Reading {
    /// A file, or `pulse`: the short one
    #[arg(long, value_name = "FILE", default_value = "dcx")]
    pub(crate) questionnaire: PathBuf,

    /// Read answers as forms and survey tools send them
    #[arg(long)]
    lenient: bool,
}

/// What keeps answers from being scored.
pub(crate) enum Failure {
    Unreadable(Unreadable),
    Invalid { file: String, findings: Vec<Finding> },
}

impl Reading {
    /// The questionnaire, built in or from its file.
    pub(crate) fn questionnaire(&self) -> Result<Questionnaire, Failure> {
        questionnaire(&self.questionnaire)
    }

    /// The valid answers of a document.
    pub(crate) fn sheet(
        &self,
        questionnaire: &Questionnaire,
        document: &Document,
    ) -> Result<AnswerSheet, Failure> {
        let responses = document.responses().map_err(|f| invalid(document, f))?;
        let sheet = if self.lenient {
            questionnaire.read_lenient(&responses)
        } else {
            questionnaire.read(&responses)
        };
        let sheet =
            sheet.map_err(|found| invalid(document, document.findings(found.as_slice())))?;
        note_all(&document.name(), &document.findings(sheet.warnings().as_slice()));
        Ok(sheet)
    }

    /// The result in a document, or that of the answers in it.
    pub(crate) fn result(
        &self,
        questionnaire: &Questionnaire,
        document: &Document,
    ) -> Result<Record, Failure> {
        if is_result(&document.text) {
            let read = Record::from_json(&document.text);
            return read.map_err(|found| invalid(document, document.findings(found.as_slice())));
        }
        Ok(self.sheet(questionnaire, document)?.assess().record().clone())
    }
}

impl Failure {
    /// Says what is wrong, and ends the program.
    pub(crate) fn tell(self) -> ExitCode {
        match self {
            Self::Unreadable(unreadable) => note(&unreadable.to_string()),
            Self::Invalid { file, findings } => note_all(&file, &findings),
        }
        ExitCode::FAILURE
    }
}

/// The questionnaire of that name, or in that file. What is odd about it is said.
pub(crate) fn questionnaire(path: &Path) -> Result<Questionnaire, Failure> {
    if let Some(built_in) = built_in(path) {
        return Ok(built_in);
    }
    let document = open(path)?;
    let questionnaire = document.questionnaire().map_err(|f| invalid(&document, f))?;
    note_all(&document.name(), &document.findings(questionnaire.warnings().as_slice()));
    Ok(questionnaire)
}

pub(crate) fn open(path: &Path) -> Result<Document, Failure> {
    Document::open(path).map_err(Failure::Unreadable)
}

/// The built-in questionnaire of that name. A file of the same name is to be had as `./pulse`.
fn built_in(name: &Path) -> Option<Questionnaire> {
    match name.to_str()? {
        "dcx" => Some(Questionnaire::dcx().clone()),
        "pulse" | "dcx_pulse" => Some(Questionnaire::dcx_pulse().clone()),
        _ => None,
    }
}

pub(crate) fn invalid(document: &Document, findings: Vec<Finding>) -> Failure {
    Failure::Invalid { file: document.name(), findings }
}

/// Whether a text is a result rather than answers: only a result carries a fingerprint.
fn is_result(text: &str) -> bool {
    let json: Result<serde_json::Value, _> = serde_json::from_str(text);
    json.is_ok_and(|json| json.pointer("/questionnaire/fingerprint").is_some())
}

fn note_all(file: &str, findings: &[Finding]) {
    for finding in findings {
        note(&finding.line(file));
    }
}
