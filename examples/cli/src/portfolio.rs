//! How an organisation of many units comes out, and which of them holds it back.
//!
//! ```text
//! maturity portfolio
//! maturity portfolio group.json --format json
//! ```
//!
//! Files that the document names lie beside it. Problems with the input go to stderr, one line each. The
//! exit code is 0, or 1 for invalid input, or 2 for wrong usage.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args as Arguments;
use digital_maturity::portfolio::{
    Gain, Portfolio, PortfolioResult, Unit, UnitCounts, UnitSource, UnitSpec,
};
use digital_maturity::{Pillar, Questionnaire, Record, Score, Stage};
use serde::Serialize;

use crate::panel::told;
use crate::support::document::Document;
use crate::support::output::plain;
use crate::support::reading::{Failure, Reading, invalid, open};
use crate::support::show::{TextOrJson, sample_hint};
use crate::support::table::{heading, paragraph, table};

/// A group of three, made up, and what its document names.
const SAMPLE: (&str, &str) =
    ("examples/cli/samples/group.json", include_str!("../samples/group.json"));
const BESIDE: [(&str, &str); 3] = [
    ("../../quayside.json", include_str!("../../quayside.json")),
    ("brackwater.json", include_str!("../samples/brackwater.json")),
    ("saltmarsh.json", include_str!("../samples/saltmarsh.json")),
];

/// So many units are shown by what they would move; the others are counted.
const SHOWN: usize = 5;

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
    form: TextOrJson,
}

/// What is printed for programs.
#[derive(Serialize)]
struct Shown<'r> {
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
    let text = || format!("{}{hint}", text(portfolio.questionnaire(), &result, target, &gains));
    args.form.show(text, &Shown { result: &result, gains: &gains }, true)
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
    let mut units = Vec::new();
    let mut code = None;
    for unit in &spec.units {
        match record(args, &questionnaire, folder, unit) {
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
    questionnaire: &Questionnaire,
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
            let sheet = args.reading.sheet(questionnaire, &beside(name)?)?;
            Ok(sheet.assess().record().clone())
        }
        UnitSource::Result(name) => {
            let document = beside(name)?;
            let read = Record::from_json(&document.text);
            read.map_err(|found| invalid(&document, document.findings(found.as_slice())))
        }
    }
}

fn percent(score: Option<Score>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| format!("{}%", score.percent_floor(1)))
}

fn stage(stage: Option<Stage>) -> String {
    stage.map_or("–", Stage::name).to_owned()
}

fn text(
    questionnaire: &Questionnaire,
    result: &PortfolioResult,
    target: Option<Stage>,
    gains: &[Gain],
) -> String {
    let title = match result.units.len() {
        1 => "An organisation of one unit".to_owned(),
        units => format!("An organisation of {units} units"),
    };
    let mut text = heading(&title, "=");
    let _ = writeln!(text, "\n{}\n", plain(questionnaire.title().as_str()));
    text.push_str(&paragraph("", &in_short(result)));

    let units = result.units.iter().map(|unit| {
        vec![
            plain(&unit.name),
            unit.weight.to_string(),
            percent(unit.overall.score()),
            stage(unit.overall.stage()),
            percent(unit.contribution),
        ]
    });
    let units: Vec<Vec<String>> = units.collect();
    let _ = write!(text, "\n{}\n", heading("The units", "-"));
    let columns = ["Unit", "Weight", "Overall", "Stage", "Of the whole"];
    text.push_str(&table(&columns, &units));
    let _ = write!(text, "\n{}", paragraph("", &by_stage(&result.spread.stages)));

    let mut pillars = Vec::new();
    for pillar in Pillar::ALL {
        let of = &result.pillars[pillar];
        let end = |unit: Option<&digital_maturity::portfolio::UnitScore>| {
            unit.map_or_else(
                || "–".to_owned(),
                |of| format!("{} {}", plain(&of.unit), percent(Some(of.score))),
            )
        };
        pillars.push(vec![
            pillar.name().to_owned(),
            percent(of.standing.score()),
            end(of.spread.lowest.as_ref()),
            end(of.spread.highest.as_ref()),
        ]);
    }
    let _ = write!(text, "\n{}\n", heading("The pillars", "-"));
    text.push_str(&table(&["Pillar", "Score", "Lowest unit", "Highest unit"], &pillars));

    if let Some(target) = target.filter(|_| !gains.is_empty()) {
        let _ = write!(text, "\n{}\n", heading("What holds it back", "-"));
        let sentence = format!(
            "If one unit had in every pillar what {} asks for, the whole would gain:",
            target.name()
        );
        text.push_str(&paragraph("", &sentence));
        let rows = gains.iter().take(SHOWN).map(|gain| {
            let delta = gain.overall.delta;
            vec![
                plain(&gain.unit),
                delta.map_or_else(|| "–".to_owned(), |delta| format!("{} points", delta.shown(1))),
                percent(gain.overall.after.score()),
                stage(gain.overall.after.stage()),
            ]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        text.push_str(&table(&["Unit", "Gain", "Whole", "Stage"], &rows));
        let more = gains.len().saturating_sub(SHOWN);
        if more > 0 {
            let _ = writeln!(text, "\nAnd {more} more; --format json has them all.");
        }
    }
    text
}

/// Score, stage, and what is missing to the next.
fn in_short(result: &PortfolioResult) -> String {
    let Some(stage) = result.overall.stage() else {
        let lacking = result.overall.why().unwrap_or_default();
        let lacking: Vec<&str> = lacking.iter().map(Pillar::name).collect();
        return format!("No stage yet: the units do not make a score of {}.", lacking.join(", "));
    };
    let own = format!("{}, {}.", stage.name(), percent(result.overall.score()));
    let Some(next) = &result.next_stage else { return own };
    let unmet = next.unmet.iter().map(|gap| {
        let what = gap.pillar.map_or("the overall", Pillar::name);
        format!("{what} lacks {} points", gap.shortfall.unwrap_or_default().percent_ceil(1))
    });
    let unmet: Vec<String> = unmet.collect();
    format!("{own} To {}: {}.", next.stage.name(), unmet.join(", "))
}

fn by_stage(counts: &UnitCounts) -> String {
    let mut parts: Vec<String> = counts
        .at
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(stage, count)| format!("{count} at {}", stage.name()))
        .collect();
    if counts.not_scorable > 0 {
        parts.push(format!("{} without a stage", counts.not_scorable));
    }
    format!("Units by stage: {}.", parts.join(", "))
}
