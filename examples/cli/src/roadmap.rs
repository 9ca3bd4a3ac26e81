//! The cheapest way from an organisation's answers to a stage.
//!
//! ```text
//! maturity roadmap --target platform
//! maturity roadmap --target agile_approach=hubs,connected_systems=native answers.json
//! maturity roadmap --target platform --format html answers.json > roadmap.html
//! maturity roadmap --target native --budget 20000000000 answers.json
//! ```
//!
//! Problems with the input go to stderr, one line each. The exit code is 0, also where the target
//! cannot be reached, which the page then explains; or 1 for invalid input or a search that takes more
//! than its budget, or 2 for wrong usage.

use std::process::ExitCode;

use clap::Args as Arguments;
use digital_maturity::Date;
use digital_maturity::roadmap::{Cost, Target};

use crate::support::input::Input;
use crate::support::output::note;
use crate::support::reading::HELP;
use crate::support::show::{Form, sample_hint};

/// Find the exact cheapest way to a stage and say what to do first.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// A stage for the whole, a stage for pillars, or both: `platform`, `agile_approach=hubs,..`
    #[arg(long, value_name = "STAGE|PILLAR=STAGE,...")]
    target: Target,

    /// The day by which each step shall be done, such as 2027-06-30
    #[arg(long, value_name = "DATE")]
    by: Option<Date>,

    /// How many steps the search may take; a second is some 1200000000 or more
    #[arg(long, value_name = "STEPS", default_value_t = Cost::default().steps(), hide_default_value = true)]
    budget: u64,

    #[command(flatten)]
    input: Input,

    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let sheet = match args.input.answers("roadmap") {
        Ok(sheet) => sheet,
        Err(failure) => return failure.tell(),
    };
    let hint = sample_hint(args.input.is_sample());
    let roadmap = match sheet.roadmap_within(args.target, Cost::from_steps(args.budget)) {
        Ok(roadmap) => roadmap,
        Err(costly) => {
            note(&format!("error: {costly}"));
            return ExitCode::FAILURE;
        }
    };
    let page = roadmap.report(sheet.questionnaire());
    let page = page.map(|page| match args.by {
        Some(day) => page.by(day),
        None => page,
    });
    args.form.show(page, sheet.respondent(), &roadmap, hint)
}
