//! What changed between two assessments, and which answers explain it.
//!
//! ```text
//! maturity compare
//! maturity compare saved-result.json answers.json --format html > change.html
//! ```
//!
//! Each file holds answers, or a result as `assess --format json` prints it. Problems with the input
//! go to stderr, one line each. The exit code is 0, or 1 for invalid input or results that cannot be
//! compared, or 2 for wrong usage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args as Arguments;
use digital_maturity::compare::Comparison;
use digital_maturity::{Questionnaire, Record};

use crate::support::document::Document;
use crate::support::output::note;
use crate::support::reading::{Failure, HELP, Reading, open};
use crate::support::show::{Form, sample_hint};

/// The samples: an organisation in two years.
const BEFORE: (&str, &str) =
    ("examples/cli/samples/a_year_before.json", include_str!("../samples/a_year_before.json"));
const AFTER: (&str, &str) = ("examples/quayside.json", include_str!("../../quayside.json"));

/// Say what changed from one assessment to a later one.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Answers, or a result as `assess --format json` prints it [default: a sample]
    #[arg(requires = "after")]
    before: Option<PathBuf>,

    /// The later ones
    after: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match results(args) {
        Ok((questionnaire, before, after)) => match Comparison::new(&before, &after) {
            Ok(comparison) => {
                let hint = sample_hint(args.before.is_none());
                args.form.show(comparison.report(&questionnaire), None, &comparison, hint)
            }
            Err(incomparable) => {
                note(&format!("error: {incomparable}"));
                ExitCode::FAILURE
            }
        },
        Err(failure) => failure.tell(),
    }
}

fn results(args: &Args) -> Result<(Questionnaire, Record, Record), Failure> {
    let questionnaire = args.reading.questionnaire()?;
    let document = |path: Option<&PathBuf>, (name, text)| match path {
        Some(path) => open(path),
        None => Ok(Document::built_in(name, text)),
    };
    let before = document(args.before.as_ref(), BEFORE)?;
    let after = document(args.after.as_ref(), AFTER)?;
    let before = args.reading.result(&questionnaire, &before)?;
    let after = args.reading.result(&questionnaire, &after)?;
    Ok((questionnaire, before, after))
}
