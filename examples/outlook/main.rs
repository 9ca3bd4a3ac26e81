//! What an unfinished assessment can still become, and what to answer next.
//!
//! ```text
//! cargo run --example outlook
//! cargo run --example outlook -- --format json answers.json
//! ```
//!
//! Problems with the input go to stderr, one line each. The exit code is 0, or 1 for invalid input,
//! or 2 for wrong usage.

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/input.rs"]
mod input;
#[path = "../support/reading.rs"]
mod reading;
#[path = "../support/show.rs"]
mod show;

use std::process::ExitCode;

use clap::Parser;

use input::Input;
use show::{Form, sample_hint};

/// Say what the open answers can still make of the result.
#[derive(Parser)]
#[command(name = "outlook", version, after_help = reading::HELP)]
struct Args {
    #[command(flatten)]
    input: Input,

    #[command(flatten)]
    form: Form,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let sheet = match args.input.answers::<Args>() {
        Ok(sheet) => sheet,
        Err(failure) => return failure.tell(),
    };
    let hint = sample_hint(args.input.is_sample());
    let outlook = sheet.outlook();
    let page = outlook.page(sheet.questionnaire());
    args.form.show(page, sheet.respondent(), &outlook, hint)
}
