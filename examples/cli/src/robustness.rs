//! How firm a stage is when the weights of the pillars are open to debate.
//!
//! ```text
//! maturity robustness
//! maturity robustness --format json answers.json
//! ```
//!
//! Problems with the input go to stderr, one line each. The exit code is 0, or 1 for invalid input,
//! or 2 for wrong usage.

use std::process::ExitCode;

use clap::Args as Arguments;

use crate::support::input::Input;
use crate::support::reading::HELP;
use crate::support::show::{Form, sample_hint};

/// Say how firm the stage is under other weights of the pillars.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let sheet = match args.input.answers("robustness") {
        Ok(sheet) => sheet,
        Err(failure) => return failure.tell(),
    };
    let hint = sample_hint(args.input.is_sample());
    let robustness = sheet.assess().robustness();
    let page = robustness.report(sheet.questionnaire());
    args.form.show(page, sheet.respondent(), &robustness, hint)
}
