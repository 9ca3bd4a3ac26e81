//! How firm a stage is when the weights of the pillars are open to debate.
//!
//! ```text
//! cargo run --example robustness
//! cargo run --example robustness -- --format json answers.json
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

/// Say how firm the stage is under other weights of the pillars.
#[derive(Parser)]
#[command(name = "robustness", version, after_help = reading::HELP)]
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
    let robustness = sheet.assess().robustness();
    let page = robustness.page(sheet.questionnaire());
    args.form.show(page, sheet.respondent(), &robustness, hint)
}
