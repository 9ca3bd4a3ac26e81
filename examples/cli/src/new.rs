//! Prints a questionnaire to begin from.
//!
//! ```text
//! maturity new > mine.yaml
//! maturity new --id counter_service --title "Our counter service" --format json > mine.json
//! ```
//!
//! Every kind of scale is in it once, and it validates without warnings. YAML comes with comments;
//! JSON says the same without. The exit code is 0, or 2 for wrong usage.

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args as Arguments, ValueEnum};

use crate::support::document::Document;
use crate::support::finding::Finding;
use crate::support::output::{self, finish, finish_json};

/// The questionnaire, with an id and a title that are replaced.
const STARTER: &str = include_str!("../samples/starter.yaml");
const ID: &str = r#""my_questionnaire""#;
const TITLE: &str = r#""My questionnaire""#;

/// Print a questionnaire to begin from.
#[derive(Arguments)]
#[command(after_help = "\
Each kind of scale is in it: choice, yes or no, checklist and measure; so are a
condition, a theme and a translation. YAML explains itself in comments, JSON has
none.

Exit code: 0, or 2 for wrong usage.")]
pub(crate) struct Args {
    /// Lower-case letters, digits and `_`
    #[arg(long, default_value = "my_questionnaire", hide_default_value = true)]
    id: String,

    /// As those who answer read it
    #[arg(long, default_value = "My questionnaire", hide_default_value = true)]
    title: String,

    /// How to print
    #[arg(
        long,
        value_name = "yaml|json",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Yaml,
    Json,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    // A text in JSON's quotes is one in YAML's.
    let quoted = |text: &String| output::json(text).unwrap_or_default().trim_end().to_owned();
    // The comments of the following lines stand where they stood.
    let text = STARTER.replacen(ID, &quoted(&args.id), 1).replacen(TITLE, &quoted(&args.title), 1);
    let questionnaire = match Document::yaml("starter.yaml", &text).questionnaire() {
        Ok(questionnaire) => questionnaire,
        Err(findings) => refuse(findings.first().map(Finding::text)),
    };
    if let Some(warning) = questionnaire.warnings().iter().next() {
        refuse(Some(warning.problem().to_string()));
    }
    match args.format {
        Format::Yaml => finish(&text, true),
        Format::Json => finish_json(&questionnaire, true),
    }
}

/// Ends the program: nothing but the id and the title can be wrong.
fn refuse(message: Option<String>) -> ! {
    let message = message.unwrap_or_default();
    crate::misused("new", ErrorKind::ValueValidation, &message)
}
