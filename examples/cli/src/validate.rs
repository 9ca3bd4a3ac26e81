//! Checks questionnaires and prints every finding with its place.
//!
//! ```text
//! maturity validate examples/cli/samples/broken.json
//! maturity validate --format json mine.yaml yours.toml
//! maturity validate --format sarif --deny-warnings mine.yaml > findings.sarif
//! ```
//!
//! The first prints what is in `expected/validate.txt`. Findings go to stdout, one line each with
//! the place shown below it, and then one line a file; stderr is for files that cannot be read at
//! all. The exit code is 0 if every file is a valid questionnaire, 1 if not, 2 for wrong usage.
//! Warnings do not make a questionnaire invalid; with `--deny-warnings` they make the exit code 1.

mod sarif;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args as Arguments, ValueEnum};
use digital_maturity::diagnostic::Severity;
use digital_maturity::schema::schemars::JsonSchema;
use digital_maturity::{Errors, Fingerprint};
use serde::Serialize;

use crate::support::document::Document;
use crate::support::finding::Finding;
use crate::support::output::{finish, finish_json, note};
use crate::support::snippet;

/// Check questionnaires and print every finding with its place.
#[derive(Arguments)]
#[command(
    after_help = "The ending of a file tells its format: .json, .yaml, .yml or .toml. Files \
                  over\n16 MB are refused. SARIF 2.1.0 is what code hosts and editors \
                  read.\n\nExit code: 0 if every file is valid, 1 if one is not or cannot be \
                  read, 2 for\nwrong usage. Warnings do not make a file invalid."
)]
pub(crate) struct Args {
    /// The questionnaires; `-` is JSON from standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How to print
    #[arg(
        long,
        value_name = "text|json|sarif",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    format: Format,

    /// Exit with 1 if there are warnings, too
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Sarif,
}

/// What is said about all files.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars", rename = "Validation")]
pub(crate) struct Report {
    files: Vec<FileReport>,
}

/// What is said about one file.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct FileReport {
    file: String,
    valid: bool,
    #[serde(flatten)]
    questionnaire: Option<Identity>,
    #[schemars(with = "Errors")]
    findings: Vec<Finding>,
    #[serde(skip)]
    document: Document,
}

/// What the questionnaire in a valid file is.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Identity {
    id: String,
    version: String,
    #[schemars(with = "Fingerprint")]
    fingerprint: String,
    questions: usize,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut unread = Vec::new();
    let mut files = Vec::new();
    for path in &args.files {
        match Document::open(path) {
            Ok(document) => files.push(FileReport::of(document)),
            Err(unreadable) => {
                note(&unreadable.to_string());
                unread.push(unreadable.to_string());
            }
        }
    }
    let is_fine = |file: &FileReport| file.valid && !(args.deny_warnings && file.is_warned());
    let passed = unread.is_empty() && files.iter().all(is_fine);
    match args.format {
        Format::Text => finish(&files.iter().map(FileReport::text).collect::<String>(), passed),
        Format::Json => finish_json(&Report { files }, passed),
        Format::Sarif => finish_json(&sarif::log(&files, &unread), passed),
    }
}

impl FileReport {
    fn of(document: Document) -> Self {
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
        Self { file: document.name(), valid, questionnaire, findings, document }
    }

    fn is_warned(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Warning)
    }

    /// The byte of the document at which each finding stands.
    fn offsets(&self) -> Vec<usize> {
        let positions: Vec<_> = self.findings.iter().map(|finding| finding.position).collect();
        snippet::offsets(&self.document.text, &positions)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (finding, offset) in self.findings.iter().zip(self.offsets()) {
            text.push_str(&finding.line(&self.file));
            text.push('\n');
            if finding.is_placed() {
                let line = finding.position.line;
                text.push_str(&snippet::snippet(&self.document.text, line, offset));
            }
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
