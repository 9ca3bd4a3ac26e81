//! Scores an organisation's answers and says what they amount to.
//!
//! ```text
//! cargo run --example assess
//! cargo run --example assess -- --questionnaire mine.yaml --format json answers.json
//! ```
//!
//! The first scores a sample organisation, the grocer of `quayside.json`, on the full built-in
//! questionnaire and prints what is in `quayside.txt` beside this file. Problems with the input, and
//! warnings, go to stderr, one line each. The exit code is 0, or 1 for invalid input, or 2 for wrong
//! usage.

#[path = "../support/mod.rs"]
mod support;

mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};
use digital_maturity::{AnswerSheet, Questionnaire};

use support::document::{Document, Unreadable};
use support::finding::Finding;
use support::output::{escape_json, finish, note};

/// Score an organisation's answers and say what they amount to.
#[derive(Parser)]
#[command(
    name = "assess",
    version,
    after_help = "The ending of a file tells its format: .json, .yaml, .yml or .toml. Files \
                  over\n16 MB are refused. Lenient reading passes over unknown questions with a \
                  warning,\nand takes numbers that are texts, `dontknow`, and `<id>-Comment`.\n\n\
                  Exit code: 0, or 1 for invalid input, or 2 for wrong usage."
)]
struct Args {
    /// A file, or `-` for JSON from standard input [default: a sample]
    answers: Option<PathBuf>,

    /// A file, or `pulse`: the short one
    #[arg(long, value_name = "FILE", default_value = "dcx")]
    questionnaire: PathBuf,

    /// Read answers as survey tools write them
    #[arg(long)]
    lenient: bool,

    /// text, json, markdown, html or svg
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,

    /// radar, ladder or families
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    picture: Picture,

    /// Of a report, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Markdown,
    Html,
    Svg,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Picture {
    #[default]
    Radar,
    Ladder,
    Families,
}

/// A questionnaire that comes with the crate, and answers of a sample organisation to it.
struct BuiltIn {
    questionnaire: Questionnaire,
    sample_name: &'static str,
    sample: &'static str,
}

/// What keeps answers from being scored.
enum Failure {
    Unreadable(Unreadable),
    Invalid { file: String, findings: Vec<Finding> },
}

fn main() -> ExitCode {
    let args = Args::parse();
    if args.answers.is_none() && built_in(&args.questionnaire).is_none() {
        let message = "there are no sample answers to this questionnaire; say which to score";
        let error = Args::command().error(ErrorKind::MissingRequiredArgument, message);
        note(error.to_string().trim_end());
        return ExitCode::from(2);
    }
    match answers(&args) {
        Ok(sheet) => show(&sheet, &args),
        Err(Failure::Unreadable(unreadable)) => {
            note(&unreadable.to_string());
            ExitCode::FAILURE
        }
        Err(Failure::Invalid { file, findings }) => {
            note_all(&file, &findings);
            ExitCode::FAILURE
        }
    }
}

/// The built-in questionnaire of that name. A file of the same name is to be had as `./pulse`.
fn built_in(name: &Path) -> Option<BuiltIn> {
    match name.to_str()? {
        "dcx" => Some(BuiltIn {
            questionnaire: Questionnaire::dcx(),
            sample_name: "examples/assess/quayside.json",
            sample: include_str!("quayside.json"),
        }),
        "pulse" | "dcx_pulse" => Some(BuiltIn {
            questionnaire: Questionnaire::dcx_pulse(),
            sample_name: "examples/assess/pulse.json",
            sample: include_str!("pulse.json"),
        }),
        _ => None,
    }
}

/// The valid answers that the command line names. What is odd about them is said on the way.
fn answers(args: &Args) -> Result<AnswerSheet, Failure> {
    let built_in = built_in(&args.questionnaire);
    let questionnaire = if let Some(built_in) = &built_in {
        built_in.questionnaire.clone()
    } else {
        let document = Document::open(&args.questionnaire).map_err(Failure::Unreadable)?;
        let questionnaire = document.questionnaire().map_err(|f| invalid(&document, f))?;
        note_all(&document.name(), &document.findings(questionnaire.warnings()));
        questionnaire
    };
    let document = match (&args.answers, built_in) {
        (None, Some(built_in)) => Document::built_in(built_in.sample_name, built_in.sample),
        (answers, _) => {
            let path = answers.as_deref().unwrap_or(Path::new("-"));
            Document::open(path).map_err(Failure::Unreadable)?
        }
    };
    let responses = document.responses().map_err(|f| invalid(&document, f))?;
    let sheet = if args.lenient {
        questionnaire.read_lenient(&responses)
    } else {
        questionnaire.read(&responses)
    };
    let sheet = sheet.map_err(|found| invalid(&document, document.findings(&found)))?;
    note_all(&document.name(), &document.findings(sheet.warnings()));
    Ok(sheet)
}

fn invalid(document: &Document, findings: Vec<Finding>) -> Failure {
    Failure::Invalid { file: document.name(), findings }
}

fn note_all(file: &str, findings: &[Finding]) {
    for finding in findings {
        note(&finding.line(file));
    }
}

fn show(sheet: &AnswerSheet, args: &Args) -> ExitCode {
    let assessment = sheet.assess();
    let report = assessment.report().language(&args.language);
    match args.format {
        Format::Text => {
            let mut text = report::of(&assessment);
            if args.answers.is_none() {
                text.push_str(
                    "\nThis is a sample. Give a file of your own answers, or see --help.\n",
                );
            }
            finish(&text, true)
        }
        Format::Json => match serde_json::to_string_pretty(&assessment) {
            Ok(json) => finish(&(escape_json(&json) + "\n"), true),
            Err(error) => {
                note(&format!("error: {error}"));
                ExitCode::FAILURE
            }
        },
        Format::Markdown => finish(&report.markdown().to_string(), true),
        Format::Html => finish(&report.html().to_string(), true),
        Format::Svg => {
            let picture = match args.picture {
                Picture::Radar => report.radar_svg(),
                Picture::Ladder => report.ladder_svg(),
                Picture::Families => report.families_svg(),
            };
            finish(&picture.to_string(), true)
        }
    }
}
