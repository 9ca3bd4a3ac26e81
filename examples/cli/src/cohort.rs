//! Scores many respondents from a CSV file of any size, and describes them as a paper does.
//!
//! ```text
//! maturity cohort
//! maturity cohort --questionnaire mine.yaml --out scores.csv answers.csv
//! ```
//!
//! The first describes the sample of `samples/answers.csv` and prints what is in
//! `expected/cohort.txt`. What is wrong with the file goes to stderr, one line each. The exit code is 0, or 1
//! if the file cannot be read (with `--strict`, also if a cell or row is bad), or 2 for wrong usage, or
//! 128 and the number of a signal that ends it: 130 if interrupted.

mod answers;
mod args;
mod checklist;
mod codes;
mod faults;
mod gather;
mod header;
mod progress;
mod reliability;
mod rows;
mod scores;
mod stream;
pub(crate) mod summary;
mod table;
mod tally;
mod tile;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::support::draft;
use crate::support::output::{finish, note, plain};
use crate::support::reading::{Failure, questionnaire};
pub(crate) use args::Args;
use codes::Codes;
use scores::ScoreFile;
use stream::{Drafts, Source};

/// The sample and its name.
const SAMPLE: (&str, &[u8]) =
    ("examples/cli/samples/answers.csv", include_bytes!("../samples/answers.csv"));

/// Why there is no result.
enum Stop {
    /// It is said already.
    Said,
    Failure(Failure),
    Message(String),
}

impl From<String> for Stop {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

pub(crate) fn run(args: &Args) -> ExitCode {
    if args.answers.is_none() && args.questionnaire.as_os_str() != "dcx" {
        let message = "there are no sample answers to this questionnaire; say which to score";
        crate::misused("cohort", ErrorKind::MissingRequiredArgument, message);
    }
    match describe(args) {
        Ok((text, is_sound)) => finish(&text, is_sound || !args.strict),
        Err(Stop::Said) => ExitCode::FAILURE,
        Err(Stop::Failure(failure)) => failure.tell(),
        Err(Stop::Message(message)) => {
            note(&plain(&message));
            ExitCode::FAILURE
        }
    }
}

/// What to print, and whether no cell and no row is bad.
fn describe(args: &Args) -> Result<(String, bool), Stop> {
    let questionnaire = questionnaire(&args.questionnaire).map_err(Stop::Failure)?;
    let codes = args.codes.as_deref().map(|path| Codes::open(path, &questionnaire));
    let codes = codes.transpose().map_err(Stop::Failure)?.unwrap_or_default();
    let source = source(args)?;
    draft::remove_when_interrupted(progress::clear)?;
    let mut drafts = Drafts::new(args)?;
    let read = stream::run(source, &questionnaire, &codes, args, drafts.scores.take());
    let (outcome, scores) = read.map_err(|stop| stop.map_or(Stop::Said, Stop::Message))?;
    let Drafts { mut summary, mut counts, .. } = drafts;
    let group = args.group_by.as_deref();
    if let Some(draft) = &mut summary {
        draft.write(summary::json(&questionnaire, &outcome, group)?.as_bytes())?;
    }
    if let Some(draft) = &mut counts {
        draft.write((outcome.whole.all.counts_json() + "\n").as_bytes())?;
    }
    let scores = scores.map(ScoreFile::into_draft);
    draft::keep([scores, summary, counts].into_iter().flatten())?;
    let mut text =
        table::text(&outcome, group).map_err(|error| Stop::Message(error.to_string()))?;
    if args.answers.is_none() {
        text.push_str("\nThis is a sample. Give a file of your own answers, or see --help.\n");
    }
    Ok((text, outcome.faults.cells + outcome.faults.rows == 0))
}

/// The file that the command line names.
fn source(args: &Args) -> Result<Source<Box<dyn Read>>, Stop> {
    let Some(path) = &args.answers else {
        let (name, text) = SAMPLE;
        return Ok(Source { name: name.to_owned(), reader: Box::new(text), size: None });
    };
    if path.as_os_str() == "-" {
        let name = "stdin".to_owned();
        return Ok(Source { name, reader: Box::new(io::stdin().lock()), size: None });
    }
    let (file, size) = open(path).map_err(|error| format!("{}: error: {error}", path.display()))?;
    Ok(Source { name: path.display().to_string(), reader: Box::new(file), size })
}

/// The file, and its size if it is one.
fn open(path: &Path) -> io::Result<(File, Option<u64>)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::other("this is a directory"));
    }
    Ok((file, metadata.is_file().then_some(metadata.len())))
}
