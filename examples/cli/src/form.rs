//! Prints a questionnaire as a form: one HTML page, or what form libraries make one of.
//!
//! ```text
//! maturity form > form.html
//! maturity form --questionnaire mine.yaml --language de --action /answers > form.html
//! maturity form --format survey > survey.json
//! ```
//!
//! The page opens from disk, loads nothing, and printed is a questionnaire on paper. What it posts
//! is read by `Responses::from_form_pairs`. The exit code is 0, or 1 for an invalid questionnaire,
//! or 2 for wrong usage.

mod page;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args as Arguments, ValueEnum};

use self::page::Page;
use crate::support::output::{finish, finish_json};
use crate::support::reading::questionnaire;
use crate::support::show::language_tag;

/// Print a questionnaire as a form, on a screen or on paper.
#[derive(Arguments)]
#[command(after_help = "\
html: one page with nothing to load; on paper, the questionnaire to fill in by
hand. Without --action it has no button, as nobody would receive what it sends.
schema and ui: the answers as JSON Schema, and how react-jsonschema-form shows
them. survey: for SurveyJS. asked: when each question with a condition is asked,
for a script of your own.

Exit code: 0, or 1 for an invalid questionnaire, or 2 for wrong usage.")]
pub(crate) struct Args {
    /// A file, or `pulse`: the short one
    #[arg(long, value_name = "FILE", default_value = "dcx")]
    questionnaire: PathBuf,

    /// Of the form, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language_tag)]
    language: String,

    /// html, schema, ui, survey or asked
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,

    /// Where to post the answers, with a button for it
    #[arg(long, value_name = "URL", value_parser = action)]
    action: Option<String>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Html,
    Schema,
    Ui,
    Survey,
    Asked,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let questionnaire = match questionnaire(&args.questionnaire) {
        Ok(questionnaire) => questionnaire,
        Err(failure) => return failure.tell(),
    };
    let form = questionnaire.form(&args.language);
    match args.format {
        Format::Html => finish(&Page::new(&form, args.action.as_deref()).to_string(), true),
        Format::Schema => finish_json(&form.answers_schema(), true),
        Format::Ui => finish_json(&form.ui_schema(), true),
        Format::Survey => finish_json(&form.survey_json(), true),
        Format::Asked => finish_json(&form.asked_table(), true),
    }
}

/// An address that is a place to post to, and no script.
fn action(url: &str) -> Result<String, String> {
    let place = url.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = place.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let fits = matches!(scheme.as_deref(), None | Some("https" | "http"));
    if !fits || url.is_empty() || url.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err("an address such as https://example.org/answers, or /answers".to_owned());
    }
    Ok(url.to_owned())
}
