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

mod args;
mod before;
mod careless;
pub(crate) mod feed;
mod form;
mod part;
mod progress;
mod scores;
mod stream;
mod study;
pub(crate) mod summary;
mod table;
mod tally;
mod threads;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;

use digital_maturity::survey::{Duplicates, Ids, Options};

use crate::support::draft::{self, Draft, Readers, apart};
use crate::support::output::{self, finish, note, plain};
use crate::support::reading::{Failure, questionnaire};
use crate::support::show::sample_hint;
pub(crate) use args::Args;
use before::Before;
use feed::Source;
use part::Wanted;
use scores::{ScoreFile, Shape};
use stream::Job;
use study::Table;
use table::Columns;

/// The sample and its name.
const SAMPLE: (&str, &[u8]) =
    ("examples/cli/samples/answers.csv", include_bytes!("../samples/answers.csv"));

/// Why there is no result.
pub(crate) enum Stop {
    /// It is said already.
    Said,
    Failure(Failure),
    Message(String),
}

impl Stop {
    /// Says it, unless it is said already, and ends the program.
    pub(crate) fn tell(self) -> ExitCode {
        match self {
            Self::Said => ExitCode::FAILURE,
            Self::Failure(failure) => failure.tell(),
            Self::Message(message) => {
                note(&plain(&message));
                ExitCode::FAILURE
            }
        }
    }
}

impl From<Option<String>> for Stop {
    fn from(message: Option<String>) -> Self {
        message.map_or(Self::Said, Self::Message)
    }
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
    if args.tables.contains(&Table::Comparison) && args.group_by.is_none() {
        let message = "say by which column respondents are compared: --group-by COLUMN";
        crate::misused("cohort", ErrorKind::MissingRequiredArgument, message);
    }
    if let Err(message) = args.form.check(args.beside()) {
        crate::misused("cohort", ErrorKind::ArgumentConflict, message);
    }
    if args.draft_codes {
        return match draft_codes(args) {
            Ok(text) => finish(&text, true),
            Err(stop) => stop.tell(),
        };
    }
    let shape = args.shape().unwrap_or_else(|message| {
        crate::misused("cohort", ErrorKind::ValueValidation, &message);
    });
    match describe(args, shape) {
        Ok((text, is_sound)) => finish(&text, is_sound || !args.strict),
        Err(stop) => stop.tell(),
    }
}

/// A file for `--codes`, from the header alone.
fn draft_codes(args: &Args) -> Result<String, Stop> {
    let questionnaire = questionnaire(&args.questionnaire).map_err(Stop::Failure)?;
    let options = args.options(&questionnaire).map_err(Stop::Failure)?;
    let options = Options { id: None, carried: Vec::new(), ..options };
    let mut source = source(args)?;
    feed::opening(&mut source, &questionnaire, options)?.draft_codes().map_err(|findings| {
        feed::tell(&source.name, &findings);
        Stop::Said
    })
}

/// What to print, and whether no cell and no row is bad.
fn describe(args: &Args, shape: Option<Shape>) -> Result<(String, bool), Stop> {
    let questionnaire = questionnaire(&args.questionnaire).map_err(Stop::Failure)?;
    let options = args.options(&questionnaire).map_err(Stop::Failure)?;
    let source = source(args)?;
    draft::remove_when_interrupted(progress::clear)?;
    let mut drafts = Drafts::new(args)?;
    let mut ids = Ids::new(args.duplicates);
    if args.id.is_some() && args.duplicates != Duplicates::All {
        if args.answers.as_ref().is_none_or(|path| path.as_os_str() == "-") {
            return Err("error: --duplicates first and last read a file twice; give its name"
                .to_owned()
                .into());
        }
        let (survey, mut feed) = feed::open(self::source(args)?, &questionnaire, options.clone())?;
        let mut reader = survey.reader();
        while let Some(mut piece) = feed.piece()? {
            while let Some(block) = reader.block(&mut piece) {
                ids.add(&block);
            }
        }
    }
    let tables = args.tables();
    let unwanted = ids.unwanted().clone();
    let carried: Vec<&str> = args.carried().collect();
    let before = match &args.before {
        Some(path) => {
            let options = Options { carried: Vec::new(), ..options.clone() };
            Some(Before::read(file(path)?, &questionnaire, options)?)
        }
        None => None,
    };
    let decimal = options.decimal;
    let (survey, feed) = feed::open(source, &questionnaire, options)?;
    let job = Job {
        wanted: Wanted {
            lines: shape,
            study: !tables.of_study.is_empty() || args.form.draws_choices(args.beside()),
            group: args.place(args.group_by.as_ref()),
            weight: args.place(args.weight.as_ref()),
            decimal,
            unit: args.place(args.unit.as_ref()),
            by_id: args.before.is_some(),
            careless: args.careless.is_some(),
            has_id: args.id.is_some(),
            ids: args.id.is_some() && args.duplicates == Duplicates::All,
        },
        unwanted,
        ids: Ids::new(args.duplicates),
        timing: args.timing,
        least_group: args.min_group,
    };
    let scores = drafts.scores.take().zip(shape);
    let scores = scores
        .map(|(draft, shape)| ScoreFile::new(draft, &questionnaire, &shape, &carried))
        .transpose()?;
    let (mut outcome, scores) = stream::run(&survey, feed, job, scores)?;
    if let Some(before) = &before {
        before.check(&outcome)?;
        before.tell(&outcome);
    }
    let Drafts { mut summary, mut counts, mut tidy, mut careless, .. } = drafts;
    let chosen =
        outcome.chosen.take().map(|of| careless::of(of, args.id.as_deref())).transpose()?;
    if let (Some(draft), Some((text, _))) = (&mut careless, &chosen) {
        draft.write(text)?;
    }
    let signs = chosen.as_ref().map(|(_, signs)| signs);
    let columns = Columns {
        id: args.id.as_deref(),
        group: args.group_by.as_deref(),
        weight: args.weight.as_deref(),
        unit: args.unit.as_deref(),
    };
    let document =
        || summary::document(&questionnaire, &outcome, columns, &tables, before.as_ref(), signs);
    if let Some(draft) = &mut summary {
        let document = document();
        draft.write(output::json(&document)?.as_bytes())?;
    }
    if let Some(draft) = &mut counts {
        draft.write((outcome.whole.all.summary.counts_json() + "\n").as_bytes())?;
    }
    let headings = table::headings(&outcome.whole);
    let mut report = table::report(&outcome, &headings, columns, &tables, before.as_ref())
        .map_err(|error| Stop::Message(error.to_string()))?;
    if let Some(signs) = signs {
        report = report.careless(signs);
    }
    if let Some(draft) = &mut tidy {
        draft.write(report.tidy().to_string().as_bytes())?;
    }
    let scores = scores.map(ScoreFile::finish).transpose()?;
    draft::keep([scores, summary, counts, tidy, careless].into_iter().flatten())?;
    let hint = sample_hint(args.answers.is_none());
    let text = args.form.text(report, args.beside(), document, hint)?;
    let bad = outcome.findings.bad_cells() + outcome.findings.bad_rows();
    Ok((text, bad + outcome.bad_weights.count == 0))
}

/// Where files are to be written.
struct Drafts {
    scores: Option<Draft>,
    summary: Option<Draft>,
    counts: Option<Draft>,
    tidy: Option<Draft>,
    careless: Option<Draft>,
}

impl Drafts {
    /// The files that the command line names, none of which is one that is read, or another one.
    fn new(args: &Args) -> Result<Self, String> {
        let read = [
            args.answers.as_ref(),
            Some(&args.questionnaire),
            args.file.codes.as_ref(),
            args.before.as_ref(),
        ];
        let read: Vec<&Path> = read.into_iter().flatten().map(AsRef::as_ref).collect();
        let written = [&args.out, &args.summary, &args.counts, &args.tidy, &args.careless];
        let written: Vec<&Path> = written.into_iter().filter_map(|path| path.as_deref()).collect();
        apart(&written, &read)?;
        let draft = |path: &Option<PathBuf>, readers| {
            path.as_ref().map(|path| Draft::new(path, readers)).transpose()
        };
        Ok(Self {
            scores: draft(&args.out, Readers::Owner)?,
            summary: draft(&args.summary, Readers::AsUsual)?,
            counts: draft(&args.counts, Readers::AsUsual)?,
            tidy: draft(&args.tidy, Readers::AsUsual)?,
            careless: draft(&args.careless, Readers::Owner)?,
        })
    }
}

/// The file that the command line names.
fn source(args: &Args) -> Result<Source<Box<dyn Read + Send>>, Stop> {
    let Some(path) = &args.answers else {
        let (name, text) = SAMPLE;
        return Ok(Source { name: name.to_owned(), reader: Box::new(text), size: None });
    };
    file(path)
}

/// The file of that name; `-` is standard input.
pub(crate) fn file(path: &Path) -> Result<Source<Box<dyn Read + Send>>, Stop> {
    if path.as_os_str() == "-" {
        let name = "stdin".to_owned();
        return Ok(Source { name, reader: Box::new(io::stdin()), size: None });
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
