//! What an unfinished assessment can still become, and what to answer next.
//!
//! ```text
//! maturity outlook
//! maturity outlook --format json answers.json
//! ```
//!
//! Problems with the input go to stderr, one line each. The exit code is 0, or 1 for invalid input,
//! or 2 for wrong usage.

use std::process::ExitCode;

use clap::Args as Arguments;

use crate::support::input::Input;
use crate::support::reading::HELP;
use crate::support::show::{Form, sample_hint};

/// Say what the open answers can still make of the result.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let sheet = match args.input.answers("outlook") {
        Ok(sheet) => sheet,
        Err(failure) => return failure.tell(),
    };
    let hint = sample_hint(args.input.is_sample());
    let outlook = sheet.outlook();
    let page = outlook.report(sheet.questionnaire());
    args.form.show(page, sheet.respondent(), &outlook, hint)
}
