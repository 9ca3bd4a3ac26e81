//! Where an organisation stands among others.
//!
//! ```text
//! maturity benchmark
//! maturity benchmark answers.json --cohort counts.json --format html > benchmark.html
//! ```
//!
//! The cohort is a file of counts, as `cohort --counts` writes it. Problems with the input go to
//! stderr, one line each. The exit code is 0, or 1 for invalid input or answers to another
//! questionnaire than that of the cohort, or 2 for wrong usage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args as Arguments;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use digital_maturity::cohort::{Benchmark, CohortSummary, PercentileRank};
use digital_maturity::{AnswerSheet, Questionnaire};

use crate::support::document::Document;
use crate::support::input::Input;
use crate::support::output::note;
use crate::support::reading::{Failure, HELP, invalid};
use crate::support::show::{Form, sample_hint};

/// Sixty organisations, made up.
const PEERS: (&str, &str) =
    ("examples/cli/samples/peers.json", include_str!("../samples/peers.json"));

/// Counts of some ten million respondents take 50 MB, and in memory nine times that.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Say where an organisation stands among others.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    /// The counts of a cohort, as `cohort --counts` writes them [default: a sample]
    #[arg(long, value_name = "FILE")]
    cohort: Option<PathBuf>,

    /// Whom a percentile rank counts as below: mid (half of the equals), weak (all), strict (none)
    #[arg(long, value_name = "RANK", default_value = "mid", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(PercentileRank::ALL.map(PercentileRank::as_str))
            .try_map(|name| name.parse::<PercentileRank>()))]
    rank: PercentileRank,

    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let read = args.input.answers("benchmark").and_then(|sheet| {
        let cohort = cohort(args, sheet.questionnaire())?;
        Ok((sheet, cohort))
    });
    match read {
        Ok((sheet, cohort)) => show(args, &sheet, &cohort),
        Err(failure) => failure.tell(),
    }
}

fn cohort(args: &Args, questionnaire: &Questionnaire) -> Result<CohortSummary, Failure> {
    let document = match &args.cohort {
        Some(path) => Document::open_up_to(path, LARGEST).map_err(Failure::Unreadable)?,
        None if questionnaire.fingerprint() == Questionnaire::dcx().fingerprint() => {
            Document::built_in(PEERS.0, PEERS.1)
        }
        None => {
            let message =
                "there is no sample cohort for this questionnaire; say which with --cohort";
            crate::misused("benchmark", ErrorKind::MissingRequiredArgument, message)
        }
    };
    CohortSummary::from_counts_json(questionnaire, &document.text)
        .map_err(|found| invalid(&document, document.findings(found.as_slice())))
}

fn show(args: &Args, sheet: &AnswerSheet, cohort: &CohortSummary) -> ExitCode {
    let benchmark = match Benchmark::new(&sheet.assess(), cohort, args.rank) {
        Ok(benchmark) => benchmark,
        Err(error) => {
            note(&format!("error: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let hint = sample_hint(args.input.is_sample() || args.cohort.is_none());
    args.form.show(benchmark.report(sheet.questionnaire()), None, &benchmark, hint)
}
