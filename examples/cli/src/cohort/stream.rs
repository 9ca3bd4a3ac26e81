//! From the file to the scores and counts, a piece of rows at a time, by all processors.

use std::collections::{BTreeSet, VecDeque};
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, available_parallelism};

use digital_maturity::Questionnaire;
use digital_maturity::cohort::ScoresByName;
use digital_maturity::survey::{Findings, Ids, Opening, Options, Piece, Pieces, Role, Survey};

use super::part::{BadWeights, Chosen, Part, Wanted, Worker};
use super::progress::{Progress, say};
use super::scores::ScoreFile;
use super::tally::{Tally, Whole};
use crate::support::output::plain;

/// Read at a time: what is copied on from there is still next to the processor.
const CHUNK: usize = 1 << 17;

/// So many pieces wait for each thread, one of which it works at.
const WAITING: usize = 2;

/// What was read and found.
pub(crate) struct Outcome {
    /// The name of the file.
    pub(crate) file: String,
    pub(crate) columns: Columns,
    pub(crate) rows: u64,
    pub(crate) whole: Whole,
    pub(crate) findings: Findings,
    pub(crate) units: Option<ScoresByName>,
    pub(crate) by_id: Option<ScoresByName>,
    pub(crate) bad_weights: BadWeights,
    pub(crate) chosen: Option<Chosen>,
}

/// What the columns of the file are, by their headers.
pub(crate) struct Columns {
    pub(crate) ignored: Vec<String>,
    pub(crate) unknown: Vec<String>,
    /// The ids of questions without one.
    pub(crate) missing: Vec<String>,
}

/// Where answers come from.
pub(crate) struct Source<R> {
    pub(crate) name: String,
    pub(crate) reader: R,
    /// In bytes, if that is known.
    pub(crate) size: Option<u64>,
}

/// A file that comes in pieces.
pub(crate) struct Feed<R> {
    source: Source<R>,
    pieces: Pieces,
    buffer: Vec<u8>,
    taken: u64,
}

impl Columns {
    pub(crate) fn of(survey: &Survey<'_>) -> Self {
        let (mut ignored, mut unknown) = (Vec::new(), Vec::new());
        for (name, role) in survey.header().columns(survey.questionnaire()) {
            match role {
                Role::Tool | Role::PassedOver => ignored.push(name.to_owned()),
                Role::Unknown => unknown.push(name.to_owned()),
                _ => {}
            }
        }
        let missing = survey.header().missing(survey.questionnaire());
        Self { ignored, unknown, missing: missing.map(str::to_owned).collect() }
    }
}

/// Opens a file and reads its header.
///
/// # Errors
///
/// What keeps it from being read; `None` if it is said already.
pub(crate) fn open<R: Read>(
    source: Source<R>,
    questionnaire: &Questionnaire,
    options: Options,
) -> Result<(Survey<'_>, Feed<R>), Option<String>> {
    let mut source = source;
    let (opening, buffer, taken) = begun(&mut source, questionnaire, options)?;
    match opening.understand() {
        Ok((survey, pieces)) => Ok((survey, Feed { source, pieces, buffer, taken })),
        Err(findings) => {
            tell(&source.name, &findings);
            Err(None)
        }
    }
}

/// A file of which the header is there.
///
/// # Errors
///
/// What keeps it from being read.
pub(crate) fn opening<'q>(
    source: &mut Source<impl Read>,
    questionnaire: &'q Questionnaire,
    options: Options,
) -> Result<Opening<'q>, String> {
    begun(source, questionnaire, options).map(|(opening, ..)| opening)
}

/// The same, with the room that it was read in, and how many bytes were read.
fn begun<'q>(
    source: &mut Source<impl Read>,
    questionnaire: &'q Questionnaire,
    options: Options,
) -> Result<(Opening<'q>, Vec<u8>, u64), String> {
    let mut opening = Opening::new(questionnaire, options);
    let (mut buffer, mut taken) = (vec![0; CHUNK], 0);
    while opening.push(read(source, &mut buffer, &mut taken)?) {}
    Ok((opening, buffer, taken))
}

impl<R: Read> Feed<R> {
    /// The next piece; `None` at the end.
    pub(crate) fn piece(&mut self) -> Result<Option<Piece>, String> {
        loop {
            if let Some(piece) = self.pieces.cut() {
                return Ok(Some(piece));
            }
            if self.pieces.is_over() {
                return Ok(None);
            }
            self.pieces.push(read(&mut self.source, &mut self.buffer, &mut self.taken)?);
        }
    }
}

/// The next bytes; none at the end.
fn read<'b>(
    source: &mut Source<impl Read>,
    buffer: &'b mut [u8],
    taken: &mut u64,
) -> Result<&'b [u8], String> {
    let bytes = loop {
        match source.reader.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(format!("{}: error: {error}", source.name)),
            Ok(bytes) => break bytes,
        }
    };
    *taken += u64::try_from(bytes).unwrap_or(0);
    Ok(buffer.get(..bytes).unwrap_or_default())
}

/// Says what was found, a line each.
pub(crate) fn tell(file: &str, findings: &Findings) {
    let file = plain(file);
    for finding in findings.iter() {
        let space = if finding.line > 0 { "" } else { " " };
        say(&format!("{file}:{space}{}", plain(&finding.to_string())));
    }
    if findings.more() > 0 {
        say(&format!("{file}: {} more kinds of findings", findings.more()));
    }
}

/// What comes of all pieces, put together as they come.
struct Total<'q> {
    out: Option<ScoreFile>,
    tally: Tally<'q>,
    units: Option<ScoresByName>,
    by_id: Option<ScoresByName>,
    bad_weights: BadWeights,
    chosen: Option<Chosen>,
    progress: Progress,
    findings: Findings,
    lines: u64,
    rows: u64,
    ids: Ids,
}

impl Total<'_> {
    fn add(&mut self, part: Part, taken: u64) -> Result<(), String> {
        let Part { lines, units, by_id, bad_weights, chosen, ids, findings, read } = part;
        if let (Some(out), Some(lines)) = (&mut self.out, lines) {
            out.write(lines, self.rows)?;
        }
        for (all, more) in [(&mut self.units, units), (&mut self.by_id, by_id)] {
            if let (Some(all), Some(more)) = (all, more) {
                all.merge(more).map_err(|error| format!("error: {error}"))?;
            }
        }
        self.bad_weights.add(bad_weights, self.rows);
        if let (Some(all), Some(more)) = (&mut self.chosen, chosen) {
            all.merge(more, self.rows)?;
        }
        for (id, row) in ids {
            self.ids.meet(&id, self.rows + row);
        }
        self.findings.add(findings, self.lines, self.rows);
        self.lines += read.0;
        self.rows += read.1;
        self.progress.show(self.rows, taken);
        Ok(())
    }
}

/// How rows are read: what is wanted of them, and which are not.
pub(crate) struct Job {
    pub(crate) wanted: Wanted,
    pub(crate) unwanted: BTreeSet<u64>,
    pub(crate) ids: Ids,
    pub(crate) timing: bool,
    pub(crate) least_group: u64,
}

/// Reads all of it, and writes the scores on the way.
///
/// # Errors
///
/// What keeps it from being read or written.
pub(crate) fn run<R: Read>(
    survey: &Survey<'_>,
    mut feed: Feed<R>,
    job: Job,
    out: Option<ScoreFile>,
) -> Result<(Outcome, Option<ScoreFile>), String> {
    let Job { wanted, unwanted, ids, timing, least_group } = job;
    let questionnaire = survey.questionnaire();
    let mut total = Total {
        out,
        tally: Tally::new(questionnaire, wanted.weight.is_some(), wanted.study),
        units: wanted.unit.map(|_| ScoresByName::new(questionnaire)),
        by_id: wanted.by_id.then(|| ScoresByName::new(questionnaire)),
        bad_weights: BadWeights::default(),
        chosen: wanted.careless.then(|| Chosen::new(questionnaire)),
        progress: Progress::new(feed.source.size),
        findings: survey.findings().clone(),
        lines: survey.lines(),
        rows: 0,
        ids,
    };
    let mut worker = Worker::new(survey, &wanted);
    // Rows that are left out by number are counted from the first: only one thread can.
    let threads =
        if unwanted.is_empty() { available_parallelism().map_or(1, usize::from) } else { 1 };
    worker.leave_out(unwanted);
    match (feed.piece()?, threads) {
        (None, _) => {}
        (Some(first), 1) => one_by_one(first, &mut feed, &mut worker, &mut total)?,
        (Some(first), threads) => {
            // Most files are one piece.
            total.add(worker.part(first)?, feed.taken)?;
            side_by_side(&mut feed, threads, survey, &wanted, &mut total)?;
        }
    }
    total.tally.add(worker.finish())?;
    feed.pieces.tell(&mut total.findings, total.lines, total.rows);
    total.findings.add(total.ids.findings().clone(), 0, 0);
    tell(&feed.source.name, &total.findings);
    if let BadWeights { count, read, first: Some((row, text)) } = &total.bad_weights {
        let (file, text) = (plain(&feed.source.name), plain(text));
        let cells = if *count == 1 { "cell is" } else { "cells are" };
        let message = format!(
            "{count} {cells} no weight above 0 and up to 1000 with at most three decimals, first row {row}: \
             `{text}`; round them, divide all by one number where they are larger, and say --decimal , where \
             fractions stand behind a comma"
        );
        if count > read {
            return Err(format!("{file}: error: {message}"));
        }
        say(&format!("{file}: {message}; their rows are left out of weighted figures"));
    }
    total.progress.finish(total.rows, timing);
    let outcome = Outcome {
        file: feed.source.name,
        columns: Columns::of(survey),
        rows: total.rows,
        whole: total.tally.finish(least_group)?,
        findings: total.findings,
        units: total.units,
        by_id: total.by_id,
        bad_weights: total.bad_weights,
        chosen: total.chosen,
    };
    Ok((outcome, total.out))
}

fn one_by_one<R: Read>(
    first: Piece,
    feed: &mut Feed<R>,
    worker: &mut Worker<'_>,
    total: &mut Total<'_>,
) -> Result<(), String> {
    let mut next = Some(first);
    while let Some(piece) = next {
        total.add(worker.part(piece)?, feed.taken)?;
        next = feed.piece()?;
    }
    Ok(())
}

/// The way to a thread and back.
type Lane = (SyncSender<Piece>, Receiver<Result<Part, String>>);

/// Gives each thread every so-manieth piece, and takes the results in the order of the file.
fn side_by_side<R: Read>(
    feed: &mut Feed<R>,
    threads: usize,
    survey: &Survey<'_>,
    wanted: &Wanted,
    total: &mut Total<'_>,
) -> Result<(), String> {
    let Some(second) = feed.piece()? else { return Ok(()) };
    thread::scope(|scope| {
        let (mut lanes, mut workers): (Vec<Lane>, Vec<_>) = (Vec::new(), Vec::new());
        for _ in 0..threads {
            let (to, pieces) = sync_channel::<Piece>(WAITING);
            let (parts, from) = sync_channel(WAITING);
            workers.push(scope.spawn(move || {
                let mut worker = Worker::new(survey, wanted);
                while let Ok(piece) = pieces.recv() {
                    if parts.send(worker.part(piece)).is_err() {
                        break;
                    }
                }
                worker.finish()
            }));
            lanes.push((to, from));
        }
        let (mut waiting, mut turn) = (VecDeque::new(), 0);
        let mut next = Some(second);
        loop {
            if let Some(piece) = next {
                let lane = lanes.get(turn % threads);
                if lane.is_none_or(|(to, _)| to.send(piece).is_err()) {
                    return Err(ended_early());
                }
                waiting.push_back(turn);
                turn += 1;
                next = feed.piece()?;
            }
            if waiting.len() >= threads * WAITING || next.is_none() {
                let Some(lane) = waiting.pop_front().and_then(|turn| lanes.get(turn % threads))
                else {
                    break;
                };
                total.add(lane.1.recv().map_err(|_| ended_early())??, feed.taken)?;
            }
        }
        drop(lanes);
        workers
            .into_iter()
            .try_for_each(|worker| total.tally.add(worker.join().map_err(|_| ended_early())?))
    })
}

fn ended_early() -> String {
    "error: a thread has ended before its time".to_owned()
}
