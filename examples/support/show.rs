//! A page in the form that was asked for.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use digital_maturity::Page;
use serde::Serialize;

use crate::support::output::{escape_json, finish, note};

/// In which form, for whom.
#[derive(Args)]
pub(crate) struct Form {
    /// text, json, markdown or html
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,

    /// Of the page, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub(crate) language: String,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Markdown,
    Html,
}

impl Form {
    /// Prints the page, or as JSON what it is about, and ends the program. `hint` stands below a
    /// text.
    pub(crate) fn show(&self, page: &Page<'_>, about: &impl Serialize, hint: &str) -> ExitCode {
        match self.format {
            Format::Text => finish(&format!("{}{hint}", page.text()), true),
            Format::Json => match serde_json::to_string_pretty(about) {
                Ok(json) => finish(&(escape_json(&json) + "\n"), true),
                Err(error) => {
                    note(&format!("error: {error}"));
                    ExitCode::FAILURE
                }
            },
            Format::Markdown => finish(&page.markdown().to_string(), true),
            Format::Html => finish(&page.html().to_string(), true),
        }
    }
}

/// What to say below a result that is of no one in particular.
pub(crate) fn sample_hint(is_sample: bool) -> &'static str {
    if is_sample {
        "\nThis is a sample. Give a file of your own answers, or see --help.\n"
    } else {
        ""
    }
}
