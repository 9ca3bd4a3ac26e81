//! From the file to the scores and counts, a chunk of rows at a time.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use digital_maturity::cohort::{CohortPlan, Scores};
use digital_maturity::statistics::Reliability;
use digital_maturity::{Answer, PillarMap, Questionnaire};

use super::answers::{Vocabulary, trimmed};
use super::args::Args;
use super::codes::Codes;
use super::faults::Faults;
use super::gather::{CHUNK, Gather};
use super::header::{Layout, Wanted};
use super::progress::Progress;
use super::reliability::Consistency;
use super::rows::{Row, Rows, split};
use super::scores::ScoreFile;
use super::tally::{Tally, Whole};
use crate::support::draft::{Draft, Readers, apart};

/// What was read and found.
pub(crate) struct Outcome {
    /// The name of the file.
    pub(crate) file: String,
    pub(crate) layout: Layout,
    pub(crate) rows: u64,
    pub(crate) whole: Whole,
    pub(crate) faults: Faults,
    pub(crate) reliability: Option<PillarMap<Reliability>>,
}

/// Where answers come from.
pub(crate) struct Source<R> {
    pub(crate) name: String,
    pub(crate) reader: R,
    /// In bytes, if that is known.
    pub(crate) size: Option<u64>,
}

/// Where files are to be written.
pub(crate) struct Drafts {
    pub(crate) scores: Option<Draft>,
    pub(crate) summary: Option<Draft>,
    pub(crate) counts: Option<Draft>,
}

impl Drafts {
    /// The files that the command line names, none of which is one that is read, or another one.
    pub(crate) fn new(args: &Args) -> Result<Self, String> {
        let read = [args.answers.as_ref(), Some(&args.questionnaire), args.codes.as_ref()];
        let read: Vec<&Path> = read.into_iter().flatten().map(AsRef::as_ref).collect();
        let written = [args.out.as_ref(), args.summary.as_ref(), args.counts.as_ref()];
        let written: Vec<&Path> = written.into_iter().flatten().map(AsRef::as_ref).collect();
        apart(&written, &read)?;
        let draft = |path: &Option<PathBuf>, readers| {
            path.as_ref().map(|path| Draft::new(path, readers)).transpose()
        };
        Ok(Self {
            scores: draft(&args.out, Readers::Owner)?,
            summary: draft(&args.summary, Readers::AsUsual)?,
            counts: draft(&args.counts, Readers::AsUsual)?,
        })
    }
}

/// Reads all of it, and writes the scores on the way.
///
/// # Errors
///
/// What keeps it from being read or written, unless it is said already.
pub(crate) fn run(
    source: Source<impl Read>,
    questionnaire: &Questionnaire,
    codes: &Codes,
    args: &Args,
    draft: Option<Draft>,
) -> Result<(Outcome, Option<ScoreFile>), Option<String>> {
    let mut faults = Faults::new(&source.name);
    let unreadable = |error: &dyn std::fmt::Display| format!("{}: error: {error}", source.name);
    let mut rows = Rows::new(source.reader, args.delimiter).map_err(|error| unreadable(&error))?;
    let layout = header(&mut rows, questionnaire, codes, args, &faults)?;

    let mut gather =
        Gather::new(questionnaire, &layout, codes, &vocabulary(args, codes), args.delimiter);
    let out =
        draft.map(|draft| ScoreFile::new(draft, questionnaire, args.id.as_deref(), args.themes));
    let mut out = out.transpose()?;
    let mut tally = Tally::default();
    let mut consistency = args.reliability.then(|| Consistency::new(questionnaire));
    let mut progress = Progress::new(source.size);
    for _ in 0..args.skip_rows {
        rows.next().map_err(|error| unreadable(&error))?;
    }
    let mut row = 0;
    let (mut plan, mut scores) = (CohortPlan::new(questionnaire), Scores::empty(questionnaire));
    loop {
        let found = rows.next().map_err(|error| unreadable(&error))?;
        let ended = found.is_none();
        if let Some(found) = found {
            row += 1;
            gather.push(&found, row, &mut faults).map_err(|message| unreadable(&message))?;
        }
        if gather.rows() == CHUNK || (ended && gather.rows() > 0) {
            let first = row - u64::try_from(gather.rows()).unwrap_or(0) + 1;
            gather.settle();
            let cohort = plan
                .score(gather.columns(), &mut scores)
                .map_err(|errors| format!("error: {errors}"))?;
            tally.add(&scores, gather.keys())?;
            if let Some(consistency) = &mut consistency {
                consistency.add(&cohort)?;
            }
            if let Some(out) = &mut out {
                out.write(&scores, first, gather.ids())?;
            }
            gather.clear();
        }
        if row % 8192 == 0 {
            progress.show(row, rows.taken());
        }
        if ended {
            break;
        }
    }
    faults.finish();
    progress.finish(row, args.timing);
    let reliability = consistency.map(Consistency::finish);
    let whole = tally.finish(questionnaire, &gather.groups)?;
    Ok((Outcome { file: source.name, layout, rows: row, whole, faults, reliability }, out))
}

/// The first row, read as headers.
fn header(
    rows: &mut Rows<impl Read>,
    questionnaire: &Questionnaire,
    codes: &Codes,
    args: &Args,
    faults: &Faults,
) -> Result<Layout, Option<String>> {
    let delimiter = rows.delimiter();
    let text = |cell: &[u8]| String::from_utf8_lossy(trimmed(cell)).into_owned();
    let headers: Vec<String> = match rows.next() {
        Err(error) => return Err(Some(format!("{}: error: {error}", faults.file()))),
        Ok(None) => return Err(Some(format!("{}: error: the file is empty", faults.file()))),
        Ok(Some(found)) => match found.row {
            Row::Plain(line) => split(line, delimiter).map(text).collect(),
            Row::Quoted(cells) => cells.iter().map(text).collect(),
            Row::Broken(_) => {
                let message = "the header is longer than 1 MB, or a quote in it is not closed";
                return Err(Some(format!("{}:1: error: {message}", faults.file())));
            }
        },
    };
    let wanted =
        Wanted { id: args.id.as_deref(), group: args.group_by.as_deref(), ignore: &args.ignore };
    match Layout::of(headers, questionnaire, codes, &wanted, delimiter) {
        Ok((layout, warnings)) => {
            for remark in &warnings {
                faults.header("warning", remark);
            }
            Ok(layout)
        }
        Err(errors) => {
            for remark in &errors {
                faults.header("error", remark);
            }
            Err(None)
        }
    }
}

/// The texts that mean the same for all questions.
fn vocabulary(args: &Args, codes: &Codes) -> Vocabulary {
    let mut answers: BTreeMap<String, Answer> = codes.answers.clone();
    for (own, name, answer) in [
        (&args.missing, None, Answer::Unanswered),
        (&args.not_applicable, Some("not_applicable"), Answer::NotApplicable),
        (&args.dont_know, Some("dont_know"), Answer::DontKnow),
    ] {
        for text in own.iter().map(|text| text.trim()).chain(name) {
            answers.insert(text.to_owned(), answer.clone());
        }
    }
    Vocabulary { answers }
}
