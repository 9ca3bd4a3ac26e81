//! From the file to the scores and counts, a piece of rows at a time, by all processors.

use std::array;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
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

/// So many pieces are on their way for each thread: one that it works at, others that wait for an earlier one.
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
pub(crate) fn run<R: Read + Send>(
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
    // Rows that are left out by number are counted from the first: only one thread can.
    let threads =
        if unwanted.is_empty() { available_parallelism().map_or(1, usize::from) } else { 1 };
    let first = feed.piece()?;
    // Most files are one piece.
    let second = if threads > 1 { feed.piece()? } else { None };
    match (first, second) {
        (Some(first), Some(second)) => {
            let ready = [first, second];
            side_by_side(ready, &mut feed, threads, (survey, &wanted), &mut total)?;
        }
        (first, _) => {
            let mut worker = Worker::new(survey, &wanted);
            worker.leave_out(unwanted);
            one_by_one(first, &mut feed, &mut worker, &mut total)?;
            total.tally.add(worker.finish())?;
        }
    }
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
    first: Option<Piece>,
    feed: &mut Feed<R>,
    worker: &mut Worker<'_>,
    total: &mut Total<'_>,
) -> Result<(), String> {
    let mut next = first;
    while let Some(piece) = next {
        total.add(worker.part(piece)?, feed.taken)?;
        next = feed.piece()?;
    }
    Ok(())
}

/// The file, of which each thread takes the next piece, so that what one has read is still next to it. Who takes
/// one needs leave: no more of them are on their way than memory has room for.
struct Queue<'f, R> {
    ready: array::IntoIter<Piece, 2>,
    feed: &'f mut Feed<R>,
    leave: Receiver<()>,
    turn: u64,
}

impl<R: Read> Queue<'_, R> {
    /// The next piece and how far the file is read, under a number; `None` at the end, and where nobody waits.
    fn next(&mut self) -> Option<(u64, Result<(Piece, u64), String>)> {
        self.leave.recv().ok()?;
        let next = self.ready.next().map_or_else(|| self.feed.piece(), |piece| Ok(Some(piece)));
        let turn = self.turn;
        self.turn += 1;
        let taken = self.feed.taken;
        next.map(|piece| piece.map(|piece| (piece, taken))).transpose().map(|next| (turn, next))
    }
}

/// What comes of a piece, under its number, and how far the file was read then.
type Done = (u64, Result<(Part, u64), String>);

/// A piece in hand. Who waits for it hears of it, too, if its thread ends early.
struct InHand<'d>(u64, &'d Sender<Done>);

impl Drop for InHand<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.1.send((self.0, Err(ended_early())));
        }
    }
}

/// Has all threads work at the file, and takes what comes of it in the order of the file.
fn side_by_side<R: Read + Send>(
    ready: [Piece; 2],
    feed: &mut Feed<R>,
    threads: usize,
    (survey, wanted): (&Survey<'_>, &Wanted),
    total: &mut Total<'_>,
) -> Result<(), String> {
    let (give_leave, leave) = channel();
    let queue = Mutex::new(Queue { ready: ready.into_iter(), feed, leave, turn: 0 });
    let (done, parts) = channel::<Done>();
    thread::scope(|scope| {
        // Dropped when this ends, even early: then nobody gets leave any more.
        let give_leave = give_leave;
        (0..threads * WAITING).try_for_each(|_| give_leave.send(())).map_err(|_| ended_early())?;
        let work = |done: Sender<Done>| {
            let mut worker = Worker::new(survey, wanted);
            while let Some((turn, piece)) = queue.lock().ok().and_then(|mut queue| queue.next()) {
                let in_hand = InHand(turn, &done);
                let part = piece.and_then(|(piece, taken)| Ok((worker.part(piece)?, taken)));
                drop(in_hand);
                if done.send((turn, part)).is_err() {
                    break;
                }
            }
            worker.finish()
        };
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let done = done.clone();
                scope.spawn(move || work(done))
            })
            .collect();
        drop(done);
        let (mut early, mut next) = (BTreeMap::new(), 0);
        for (turn, part) in parts {
            early.insert(turn, part);
            while let Some(part) = early.remove(&next) {
                let (part, taken) = part?;
                total.add(part, taken)?;
                next += 1;
                // At the end of the file nobody takes it.
                let _ = give_leave.send(());
            }
        }
        workers
            .into_iter()
            .try_for_each(|worker| total.tally.add(worker.join().map_err(|_| ended_early())?))
    })
}

fn ended_early() -> String {
    "error: a thread has ended before its time".to_owned()
}
