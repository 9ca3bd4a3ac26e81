//! A page in the form that was asked for.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use digital_maturity::OtherQuestionnaire;
use digital_maturity::report::{Report, Subject};
use serde::Serialize;

use super::output::{finish, finish_json, note};

/// A BCP 47 tag: which languages there are is the questionnaire's matter.
pub(crate) fn language_tag(text: &str) -> Result<String, String> {
    match oxilangtag::LanguageTag::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("expected a BCP 47 tag, as `de` or `pt-BR`".to_owned()),
    }
}

/// In which form, for whom.
#[derive(Args)]
pub(crate) struct Form {
    /// text, json, markdown, html, latex
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,

    /// Of the page, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language_tag)]
    language: String,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Markdown,
    Html,
    Latex,
}

impl Form {
    /// Whether it is for programs.
    pub(crate) const fn is_json(&self) -> bool {
        matches!(self.format, Format::Json)
    }

    /// Prints the page, with the name of whom it is about if that is given, or as JSON what it is
    /// about, and ends the program. `hint` stands below a text.
    pub(crate) fn show<'p, S: Subject>(
        &'p self,
        page: Result<Report<'p, S>, OtherQuestionnaire>,
        whom: Option<&'p str>,
        about: &impl Serialize,
        hint: &str,
    ) -> ExitCode {
        let mut page = match page {
            Ok(page) => page,
            Err(other) => {
                note(&format!("error: {other}"));
                return ExitCode::FAILURE;
            }
        };
        if let Some(name) = whom {
            page = page.about(name);
        }
        let page = page.language(&self.language);
        let text = match self.format {
            Format::Json => return finish_json(about, true),
            Format::Text => format!("{}{hint}", page.text()),
            Format::Markdown => page.markdown().to_string(),
            Format::Html => page.html().to_string(),
            Format::Latex => page.latex().to_string(),
        };
        finish(&text, true)
    }
}

/// Whether people or programs read it.
#[derive(Args)]
pub(crate) struct TextOrJson {
    /// How to print
    #[arg(
        long = "format",
        value_name = "text|json",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    readers: Readers,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Readers {
    #[default]
    #[value(name = "text")]
    People,
    #[value(name = "json")]
    Programs,
}

impl TextOrJson {
    /// Prints what was found, and ends the program by whether it `passed`.
    pub(crate) fn show(
        &self,
        text: impl FnOnce() -> String,
        found: &impl Serialize,
        passed: bool,
    ) -> ExitCode {
        match self.readers {
            Readers::People => finish(&text(), passed),
            Readers::Programs => finish_json(found, passed),
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
