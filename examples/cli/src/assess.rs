//! Scores an organisation's answers and says what they amount to.
//!
//! ```text
//! maturity assess
//! maturity assess --questionnaire mine.yaml --format json answers.json
//! ```
//!
//! The first scores a sample organisation, the grocer of `quayside.json`, on the full built-in
//! questionnaire and prints what is in `expected/assess.txt`. Problems with the input, and
//! warnings, go to stderr, one line each. The exit code is 0, or 1 for invalid input, or 2 for wrong
//! usage.

use std::process::ExitCode;

use clap::{Args as Arguments, ValueEnum};
use digital_maturity::AnswerSheet;

use crate::support::input::Input;
use crate::support::output::{finish, finish_json};
use crate::support::reading::HELP;
use crate::support::show::language_tag;

/// Score an organisation's answers and say what they amount to.
#[derive(Arguments)]
#[command(
    after_help = HELP
)]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    /// As text, json, markdown, html, latex or svg
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    format: Option<Format>,

    /// radar, ladder or families
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    picture: Picture,

    /// As a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language_tag)]
    language: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    Html,
    Latex,
    Svg,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Picture {
    #[default]
    Radar,
    Ladder,
    Families,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match args.input.answers("assess") {
        Ok(sheet) => show(&sheet, args),
        Err(failure) => failure.tell(),
    }
}

fn show(sheet: &AnswerSheet, args: &Args) -> ExitCode {
    let assessment = sheet.assess();
    let report = assessment.report().language(&args.language);
    match args.format {
        None => {
            let mut text = report.digest().to_string();
            if args.input.is_sample() {
                text.push_str(
                    "\nThis is a sample. Give a file of your own answers, or see --help.\n",
                );
            }
            finish(&text, true)
        }
        Some(Format::Text) => finish(&report.text().to_string(), true),
        Some(Format::Json) => finish_json(&assessment, true),
        Some(Format::Markdown) => finish(&report.markdown().to_string(), true),
        Some(Format::Html) => finish(&report.html().to_string(), true),
        Some(Format::Latex) => finish(&report.latex().to_string(), true),
        Some(Format::Svg) => {
            let picture = match args.picture {
                Picture::Radar => report.radar_svg().to_string(),
                Picture::Ladder => report.ladder_svg().to_string(),
                Picture::Families => report.families_svg().to_string(),
            };
            finish(&picture, true)
        }
    }
}
