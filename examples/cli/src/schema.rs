//! Prints the JSON Schema of a document, for editors and for programs in other languages.
//!
//! ```text
//! maturity schema > questionnaire.schema.json
//! maturity schema --draft 7 result
//! maturity schema --questionnaire mine.yaml --language de answers
//! ```
//!
//! A document that keeps to its schema can still be refused: that an id is there, or that every
//! pillar has a question, is not for a schema to say. The exit code is 0, or 1 for an invalid
//! questionnaire, or 2 for wrong usage.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args as Arguments, ValueEnum};
use digital_maturity::cohort::{Benchmark, CohortSummary};
use digital_maturity::compare::{Comparison, History};
use digital_maturity::migration::MigrationSpec;
use digital_maturity::outlook::Outlook;
use digital_maturity::portfolio::PortfolioSpec;
use digital_maturity::roadmap::{Roadmap, Target};
use digital_maturity::robustness::Robustness;
use digital_maturity::schema::{Draft, of};
use digital_maturity::{Errors, QuestionnaireSpec, Record, Responses, Words};

use crate::support::output::finish_json;
use crate::support::reading::questionnaire;
use crate::support::show::language_tag;
use crate::{cohort, diff, panel, portfolio, ranks, test, validate};

/// Print the JSON Schema of a document.
#[derive(Arguments)]
#[command(after_help = "\
Documents that are read: questionnaire, answers, migration, words, target, units
(by `portfolio`), and the results. Printed with --format json: result (by
`assess`), comparison, outlook, roadmap, robustness, ranks, panel, portfolio,
benchmark, and what validate, test and diff print, by these names; cohort is
what `cohort --summary` writes. Of the library alone: history, summary (of a
cohort), findings. `validate` finds more than a schema can say.

With --questionnaire, the answers to that one, as an object from question to
answer: which there are, of which kind, and when. It fits both drafts.

Exit code: 0, or 1 for an invalid questionnaire, or 2 for wrong usage.")]
pub(crate) struct Args {
    /// Of which document [default: questionnaire, or answers to one]
    #[arg(value_enum, hide_possible_values = true)]
    document: Option<Kind>,

    /// Of JSON Schema: 2020-12 or 7
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    draft: Version,

    /// Answers to that one: a file, or `dcx` or `pulse`
    #[arg(long, value_name = "FILE")]
    questionnaire: Option<PathBuf>,

    /// Of its titles, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language_tag, requires = "questionnaire")]
    language: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Questionnaire,
    Answers,
    Migration,
    Words,
    Target,
    Result,
    Comparison,
    History,
    Outlook,
    Roadmap,
    Robustness,
    Ranks,
    Panel,
    Portfolio,
    Units,
    Benchmark,
    Summary,
    Findings,
    Validate,
    Test,
    Diff,
    Cohort,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Version {
    #[default]
    #[value(name = "2020-12")]
    Of2020,
    #[value(name = "7")]
    Seven,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    if let Some(path) = &args.questionnaire {
        return answers_to(path, args);
    }
    let draft = match args.draft {
        Version::Of2020 => Draft::Draft2020,
        Version::Seven => Draft::Draft7,
    };
    let schema = match args.document.unwrap_or(Kind::Questionnaire) {
        Kind::Questionnaire => of::<QuestionnaireSpec>,
        Kind::Answers => of::<Responses>,
        Kind::Migration => of::<MigrationSpec>,
        Kind::Words => of::<Words>,
        Kind::Target => of::<Target>,
        Kind::Result => of::<Record>,
        Kind::Comparison => of::<Comparison>,
        Kind::History => of::<History>,
        Kind::Outlook => of::<Outlook>,
        Kind::Roadmap => of::<Roadmap>,
        Kind::Robustness => of::<Robustness>,
        Kind::Ranks => of::<ranks::Shown<'_>>,
        Kind::Panel => of::<panel::Shown<'_>>,
        Kind::Portfolio => of::<portfolio::Shown<'_>>,
        Kind::Units => of::<PortfolioSpec>,
        Kind::Benchmark => of::<Benchmark>,
        Kind::Summary => of::<CohortSummary>,
        Kind::Findings => of::<Errors>,
        Kind::Validate => of::<validate::Report>,
        Kind::Test => of::<test::Outcome>,
        Kind::Diff => of::<diff::Diff>,
        Kind::Cohort => of::<cohort::summary::Document<'_>>,
    };
    finish_json(&schema(draft), true)
}

/// Prints the schema of the answers to one questionnaire.
fn answers_to(path: &Path, args: &Args) -> ExitCode {
    if args.document.is_some_and(|kind| kind != Kind::Answers) {
        let message = "--questionnaire goes with `answers` only";
        crate::misused("schema", ErrorKind::ArgumentConflict, message);
    }
    match questionnaire(path) {
        Ok(questionnaire) => {
            finish_json(&questionnaire.form(&args.language).answers_schema(), true)
        }
        Err(failure) => failure.tell(),
    }
}
