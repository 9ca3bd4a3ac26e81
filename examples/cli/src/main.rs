//! `maturity`: scores an organisation's digital maturity from the command line.
//!
//! ```text
//! maturity assess answers.json
//! maturity roadmap --target platform answers.json
//! maturity cohort --questionnaire mine.yaml --out scores.csv answers.csv
//! ```
//!
//! Each subcommand is a module of its name; what they share stands in `support`. The library knows
//! no files, lines or terminals: all of that is here.

mod answers;
mod assess;
mod benchmark;

mod cohort;
mod compare;
mod diff;
mod form;
mod new;
mod outlook;
mod ranks;
mod panel;
mod portfolio;
mod roadmap;
mod robustness;
mod schema;
mod support;
mod test;
mod validate;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use support::output;

/// Score an organisation's digital maturity: five stages, four pillars, exact to the billionth.
#[derive(Parser)]
#[command(name = "maturity", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Assess(assess::Args),
    Roadmap(roadmap::Args),
    Compare(compare::Args),
    Outlook(outlook::Args),
    Robustness(robustness::Args),
    Ranks(ranks::Args),
    Benchmark(benchmark::Args),
    Panel(panel::Args),
    Portfolio(portfolio::Args),
    Cohort(Box<cohort::Args>),
    Answers(Box<answers::Args>),
    Form(form::Args),
    New(new::Args),
    Validate(validate::Args),
    Test(test::Args),
    Diff(diff::Args),
    Schema(schema::Args),
}

fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| end(&error));
    match cli.command {
        Command::Assess(args) => assess::run(&args),
        Command::Roadmap(args) => roadmap::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Outlook(args) => outlook::run(&args),
        Command::Robustness(args) => robustness::run(&args),
        Command::Ranks(args) => ranks::run(&args),
        Command::Benchmark(args) => benchmark::run(&args),
        Command::Panel(args) => panel::run(&args),
        Command::Portfolio(args) => portfolio::run(&args),
        Command::Cohort(args) => cohort::run(&args),
        Command::Answers(args) => answers::run(&args),
        Command::Form(args) => form::run(&args),
        Command::New(args) => new::run(&args),
        Command::Validate(args) => validate::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Schema(args) => schema::run(&args),
    }
}

/// Ends the program with what the command line is answered: help, or what is wrong with it, in which
/// an argument may be repeated that would disturb a terminal.
fn end(error: &clap::Error) -> ! {
    if !error.use_stderr() {
        error.exit();
    }
    let message = error.render().to_string();
    for line in message.trim_end().split('\n') {
        output::note(&output::plain(line));
    }
    std::process::exit(error.exit_code());
}

/// Ends the program for a wrong use of a subcommand that only its arguments together show.
fn misused(subcommand: &str, kind: ErrorKind, message: &str) -> ! {
    let mut cli = Cli::command();
    cli.build();
    match cli.find_subcommand_mut(subcommand) {
        Some(command) => end(&command.error(kind, message)),
        None => end(&cli.error(kind, message)),
    }
}
