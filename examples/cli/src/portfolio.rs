//! How an organisation of many units comes out, and which of them holds it back.
//!
//! ```text
//! maturity portfolio
//! maturity portfolio group.json --format json
//! ```
//!
//! Files that the document names lie beside it. Problems with the input go to stderr, one line each. The
//! exit code is 0, or 1 for invalid input, or 2 for wrong usage.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args as Arguments;
use digital_maturity::compare::Comparison;
use digital_maturity::portfolio::{Gain, Portfolio, PortfolioResult, Unit, UnitSource, UnitSpec};
use digital_maturity::schema::schemars::JsonSchema;
use digital_maturity::{Assessment, Record};
use serde::Serialize;

use crate::panel::told;
use crate::support::document::{Document, Unreadable};
use crate::support::reading::{Failure, Reading, invalid, open};
use crate::support::show::{Form, sample_hint};

/// A group of three, made up, and what its document names.
const SAMPLE: (&str, &str) =
    ("examples/cli/samples/group.json", include_str!("../samples/group.json"));
const BESIDE: [(&str, &str); 3] = [
    ("../../quayside.json", include_str!("../../quayside.json")),
    ("brackwater.json", include_str!("../samples/brackwater.json")),
    ("saltmarsh.json", include_str!("../samples/saltmarsh.json")),
];

/// Say how an organisation of many units comes out, and which unit holds it back.
#[derive(Arguments)]
#[command(after_help = "\
The document, JSON, YAML or TOML by its ending, lists the units: each with a
name, what it counts (staff, turnover, as you choose), and a file beside it with
answers, or with a result as `assess --format json` prints it.
  { \"units\": [ { \"name\": \"North\", \"weight\": 120, \"answers\": \"north.json\" },
               { \"name\": \"South\", \"weight\": 12.5, \"result\": \"south.json\" } ] }

Exit code: 0, or 1 for invalid input, or 2 for wrong usage.")]
pub(crate) struct Args {
    /// The units, or `-` for JSON from standard input [default: a sample]
    units: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    form: Form,
}

/// What is printed for programs.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars", rename = "PortfolioReport")]
pub(crate) struct Shown<'r> {
    #[serde(flatten)]
    result: &'r PortfolioResult,
    /// Of each unit that is not there yet, if it reached the next stage of the whole.
    gains: &'r [Gain],
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let portfolio = match portfolio(args) {
        Ok(portfolio) => portfolio,
        Err(code) => return code,
    };
    let result = portfolio.assess();
    let target = result.next_stage.as_ref().map(|next| next.stage);
    let gains = target.map(|stage| portfolio.gains(portfolio.target(stage))).unwrap_or_default();
    let hint = sample_hint(args.units.is_none());
    let page = result.report(portfolio.questionnaire()).map(|page| match target {
        Some(stage) => page.gains(stage, &gains),
        None => page,
    });
    args.form.show(page, None, &Shown { result: &result, gains: &gains }, hint)
}

fn portfolio(args: &Args) -> Result<Portfolio, ExitCode> {
    let questionnaire = args.reading.questionnaire().map_err(Failure::tell)?;
    let document = match &args.units {
        Some(path) => open(path).map_err(Failure::tell)?,
        None => Document::built_in(SAMPLE.0, SAMPLE.1),
    };
    let spec = document.portfolio();
    let spec = spec.map_err(|found| invalid(&document, found).tell())?;
    let folder = args.units.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    // What the result of each unit is held against.
    let blank = questionnaire.sheet().assess();
    let (mut units, mut code) = (Vec::new(), None);
    for unit in &spec.units {
        match record(args, &blank, folder, unit) {
            Ok(record) => units.push(Unit::new(unit.name.clone(), unit.weight, &record)),
            Err(failure) => code = Some(failure.tell()),
        }
    }
    if let Some(code) = code {
        return Err(code);
    }
    let mut portfolio = Portfolio::new(&questionnaire, units).map_err(|errors| told(&errors))?;
    if let Some(taken) = spec.taken {
        portfolio.set_taken(taken);
    }
    Ok(portfolio)
}

/// The result of a unit, from the file that its document names.
fn record(
    args: &Args,
    blank: &Assessment,
    folder: &Path,
    unit: &UnitSpec,
) -> Result<Record, Failure> {
    let beside =
        |name: &str| match BESIDE.iter().find(|(of, _)| args.units.is_none() && *of == name) {
            Some((name, text)) => Ok(Document::built_in(name, text)),
            None => open(&folder.join(name)),
        };
    match &unit.source {
        UnitSource::Answers(name) => {
            let sheet = args.reading.sheet(blank.sheet().questionnaire(), &beside(name)?)?;
            Ok(sheet.assess().record().clone())
        }
        UnitSource::Result(name) => {
            let document = beside(name)?;
            let read = Record::from_json(&document.text);
            let record =
                read.map_err(|found| invalid(&document, document.findings(found.as_slice())))?;
            match Comparison::new(blank, &record) {
                Ok(_) => Ok(record),
                Err(other) => Err(Failure::Unreadable(Unreadable::other(&document, &other))),
            }
        }
    }
}
