//! The form of what is printed, and which pictures are drawn.

use clap::{Args, ValueEnum};
use digital_maturity::Report;
use digital_maturity::cohort::CohortSummary;
use digital_maturity::report::CohortPicture;
use serde::Serialize;

use crate::support::output;
use crate::support::show::language_tag;

/// In which form, for whom.
#[derive(Args)]
pub(crate) struct Form {
    /// As text, json, markdown, html, latex or svg
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    format: Option<Format>,

    /// spread, boxes, heat, choices, trend
    #[arg(long, value_name = "PICTURES", value_delimiter = ',', hide_possible_values = true)]
    picture: Vec<Picture>,

    /// Of the page, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language_tag)]
    language: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Markdown,
    Html,
    Latex,
    Svg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Picture {
    Spread,
    Boxes,
    Heat,
    Choices,
    Trend,
}

impl Picture {
    const fn of_cohort(self) -> CohortPicture {
        match self {
            Self::Spread => CohortPicture::Spread,
            Self::Boxes => CohortPicture::Boxes,
            Self::Heat => CohortPicture::Heat,
            Self::Choices => CohortPicture::Choices,
            Self::Trend => CohortPicture::Trend,
        }
    }
}

/// What else is on the page.
#[derive(Clone, Copy)]
pub(crate) struct Beside {
    /// Whether respondents are grouped.
    pub(crate) groups: bool,
    /// Whether there is a table of questions.
    pub(crate) items: bool,
}

impl Form {
    fn format(&self) -> Format {
        self.format.unwrap_or_default()
    }

    /// What is wrong with the pictures that are wanted.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub(crate) fn check(&self, beside: Beside) -> Result<(), &'static str> {
        match (self.format(), self.picture.len()) {
            (Format::Html, _) | (Format::Svg, 0 | 1) | (_, 0) => {}
            (Format::Svg, _) => return Err("--format svg is one picture"),
            _ => return Err("there are pictures with --format html and svg"),
        }
        if self.picture.contains(&Picture::Trend) && !beside.groups {
            return Err("say in which column waves stand: --group-by COLUMN");
        }
        Ok(())
    }

    /// Whether answers to questions are drawn.
    pub(crate) fn draws_choices(&self, beside: Beside) -> bool {
        self.pictures(beside).contains(&Picture::Choices)
    }

    /// The pictures: those that are named or, on a page, those that go with what else is on it.
    fn pictures(&self, beside: Beside) -> Vec<Picture> {
        if !self.picture.is_empty() {
            return self.picture.clone();
        }
        let on_page = [
            (Picture::Spread, true),
            (Picture::Boxes, true),
            (Picture::Heat, beside.groups),
            (Picture::Choices, beside.items),
        ];
        let on_page = on_page.into_iter().filter(|(_, suits)| *suits).map(|(picture, _)| picture);
        match self.format() {
            Format::Html => on_page.collect(),
            Format::Svg => vec![Picture::Spread],
            Format::Text | Format::Json | Format::Markdown | Format::Latex => Vec::new(),
        }
    }

    /// The page or picture, or as JSON what it is about. `hint` stands below a text.
    pub(crate) fn text<'p, A: Serialize>(
        &'p self,
        page: Report<'p, CohortSummary>,
        beside: Beside,
        about: impl FnOnce() -> A,
        hint: &str,
    ) -> Result<String, String> {
        let pictures = self.pictures(beside);
        let page = page.language(&self.language);
        Ok(match self.format() {
            Format::Text => format!("{}{hint}", page.text()),
            Format::Json => output::json(&about())?,
            Format::Markdown => page.markdown().to_string(),
            Format::Html => {
                page.pictures(pictures.into_iter().map(Picture::of_cohort)).html().to_string()
            }
            Format::Latex => page.latex().to_string(),
            Format::Svg => {
                let picture = pictures.first().map_or(CohortPicture::Spread, |of| of.of_cohort());
                page.picture_svg(picture).to_string()
            }
        })
    }
}
