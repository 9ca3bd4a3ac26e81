//! Who is ahead of whom when the weights of the pillars are open to debate.
//!
//! ```text
//! maturity ranks
//! maturity ranks --questionnaire pulse --format json results/*.json
//! ```
//!
//! Each file holds answers, or a result as `assess --format json` prints it. Problems with the input
//! go to stderr, one line each. The exit code is 0, or 1 for invalid input or results that cannot be
//! ranked, or 2 for wrong usage.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args as Arguments;
use digital_maturity::robustness::{Ranks, RanksError, RanksFault};
use digital_maturity::schema::schemars::JsonSchema;
use serde::Serialize;

use crate::support::document::Document;
use crate::support::output::{note, shortened};
use crate::support::reading::{HELP, Reading, open};
use crate::support::show::{TextOrJson, sample_hint};

/// The samples: two organisations, and one of them a year before.
const SAMPLES: [(&str, &str); 3] = [
    ("examples/quayside.json", include_str!("../../quayside.json")),
    ("examples/cli/samples/brackwater.json", include_str!("../samples/brackwater.json")),
    ("examples/cli/samples/a_year_before.json", include_str!("../samples/a_year_before.json")),
];

/// The most units of which a text shows all pairs.
const PAIRS: usize = 10;

/// The longest name that a text shows.
const NAME: usize = 44;

/// Rank many under all weights of the pillars, and say who is above whom.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Answers, or results as `assess` prints them as JSON [default: samples]
    files: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    form: TextOrJson,
}

/// What is printed for programs.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars", rename = "RanksReport")]
pub(crate) struct Shown<'r> {
    /// The file of each unit, in their order.
    files: &'r [String],
    #[serde(flatten)]
    ranks: &'r Ranks,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let questionnaire = match args.reading.questionnaire() {
        Ok(questionnaire) => questionnaire,
        Err(failure) => return failure.tell(),
    };
    let mut documents = Vec::new();
    if args.files.is_empty() {
        documents.extend(SAMPLES.map(|(name, text)| Ok(Document::built_in(name, text))));
    }
    documents.extend(args.files.iter().map(|path| open(path)));

    // All files are looked into before any failure ends it.
    let (mut names, mut results, mut failed) = (Vec::new(), Vec::new(), false);
    for document in documents {
        let read = document.and_then(|document| {
            Ok((document.name(), args.reading.result(&questionnaire, &document)?))
        });
        match read {
            Ok((name, result)) => {
                names.push(name);
                results.push(result);
            }
            Err(failure) => {
                failure.tell();
                failed = true;
            }
        }
    }
    match Ranks::new(&questionnaire, &results) {
        Ok(_) if failed => ExitCode::FAILURE,
        Ok(ranks) => {
            let hint = sample_hint(args.files.is_empty());
            let shown = Shown { files: &names, ranks: &ranks };
            args.form.show(|| text(&ranks, &names) + hint, &shown, true)
        }
        Err(error) => tell(&error, &names),
    }
}

/// Says what is wrong, and with which file.
fn tell(error: &RanksError, names: &[String]) -> ExitCode {
    for fault in error.faults() {
        let at = match fault {
            RanksFault::NotScorable { position, .. }
            | RanksFault::OtherQuestionnaire { position, .. } => names.get(*position),
            _ => None,
        };
        let file = at.map_or_else(String::new, |name| format!("{name}: "));
        note(&format!("{file}error: {fault}"));
    }
    ExitCode::FAILURE
}

/// A table of ranks, best first, and one of the shares if it can be taken in at a glance.
fn text(ranks: &Ranks, names: &[String]) -> String {
    let units = ranks.units();
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|&at| units.get(at).map(|unit| (unit.rank, unit.best, unit.worst)));
    let name = |at: usize| {
        // A respondent may stand in several files.
        shortened(names.get(at).map_or("", String::as_str), NAME)
    };
    let width = order.iter().map(|&at| name(at).chars().count()).max().unwrap_or(0).max(4);

    // Writing to a String cannot fail.
    let mut text = String::from(
        "Ranks with the questionnaire's weights of the pillars, and the best and the worst\n\
         rank that any weights give:\n\n",
    );
    let _ = writeln!(text, "  {:<width$}  {:>4}  {:>4}  {:>5}", "File", "Rank", "Best", "Worst");
    for (at, unit) in order.iter().filter_map(|&at| Some((at, units.get(at)?))) {
        let (rank, best, worst) = (unit.rank, unit.best, unit.worst);
        let _ = writeln!(text, "  {:<width$}  {rank:>4}  {best:>4}  {worst:>5}", name(at));
    }
    if units.len() > PAIRS {
        text.push_str("\nWho is above whom in which share of all weightings: --format json\n");
        return text;
    }
    text.push_str(
        "\nThe share of all weightings that place each above the others, in that order:\n\n",
    );
    for &at in &order {
        let _ = write!(text, "  {:<width$}", name(at));
        for &other in &order {
            let share = ranks.above(at, other).filter(|_| at != other);
            let _ = write!(text, "  {:>5}", share.map_or_else(|| "-".to_owned(), shown));
        }
        text.push('\n');
    }
    text
}

/// Three decimals, and neither all nor none where it is not.
fn shown(share: f64) -> String {
    if share > 0.0 && share < 1.0 {
        format!("{:.3}", share.clamp(0.001, 0.999))
    } else {
        format!("{share:.0}")
    }
}
