//! Checks questionnaires and prints every finding with its place.
//!
//! ```text
//! maturity validate examples/cli/samples/broken.json
//! maturity validate --format json mine.yaml yours.toml
//! ```
//!
//! The first prints what is in `expected/validate.txt`. Findings go to stdout, one line
//! each, and then one line a file; stderr is for files that cannot be read at all. The exit code is
//! 0 if every file is a valid questionnaire, 1 if not, 2 for wrong usage. Warnings do not make a
//! questionnaire invalid.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args as Arguments, ValueEnum};
use digital_maturity::diagnostic::Severity;
use serde::Serialize;

use crate::support::document::Document;
use crate::support::finding::Finding;
use crate::support::output::{finish, finish_json, note};

/// Check questionnaires and print every finding with its place.
#[derive(Arguments)]
#[command(
    after_help = "The ending of a file tells its format: .json, .yaml, .yml or .toml. Files \
                  over\n16 MB are refused.\n\nExit code: 0 if every file is valid, 1 if one is not \
                  or cannot be read, 2 for\nwrong usage. Warnings do not make a file invalid."
)]
pub(crate) struct Args {
    /// The questionnaires; `-` is JSON from standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How to print
    #[arg(
        long,
        value_name = "text|json",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

/// What is said about all files.
#[derive(Serialize)]
struct Report {
    files: Vec<FileReport>,
}

/// What is said about one file.
#[derive(Serialize)]
struct FileReport {
    file: String,
    valid: bool,
    #[serde(flatten)]
    questionnaire: Option<Identity>,
    findings: Vec<Finding>,
}

/// What the questionnaire in a valid file is.
#[derive(Serialize)]
struct Identity {
    id: String,
    version: String,
    fingerprint: String,
    questions: usize,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut unread = false;
    let mut files = Vec::new();
    for path in &args.files {
        match Document::open(path) {
            Ok(document) => files.push(FileReport::of(&document)),
            Err(unreadable) => {
                note(&unreadable.to_string());
                unread = true;
            }
        }
    }
    let valid = !unread && files.iter().all(|file| file.valid);
    match args.format {
        Format::Text => finish(&files.iter().map(FileReport::text).collect::<String>(), valid),
        Format::Json => finish_json(&Report { files }, valid),
    }
}

impl FileReport {
    fn of(document: &Document) -> Self {
        let (questionnaire, findings) = match document.questionnaire() {
            Err(findings) => (None, findings),
            Ok(questionnaire) => {
                let identity = Identity {
                    id: questionnaire.id().to_owned(),
                    version: questionnaire.version().to_owned(),
                    fingerprint: questionnaire.fingerprint().to_string(),
                    questions: questionnaire.questions().len(),
                };
                (Some(identity), document.findings(questionnaire.warnings().as_slice()))
            }
        };
        let valid = questionnaire.is_some();
        Self { file: document.name(), valid, questionnaire, findings }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            text.push_str(&finding.line(&self.file));
            text.push('\n');
        }
        let errors = self.findings.iter().filter(|f| f.severity == Severity::Error).count();
        let warnings = count(self.findings.len() - errors, "warning");
        let verdict = match &self.questionnaire {
            None => format!("{}, {warnings}", count(errors, "error")),
            Some(Identity { fingerprint, questions, .. }) => {
                let questions = count(*questions, "question");
                let short: String = fingerprint.chars().take(8).collect();
                format!("ok, {questions}, fingerprint {short}…, {warnings}")
            }
        };
        text + &self.file + ": " + &verdict + "\n"
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
