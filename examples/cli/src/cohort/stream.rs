//! From the file to the scores and counts, a piece of rows at a time, by all processors.

use std::collections::BTreeSet;
use std::io::Read;
use std::thread::available_parallelism;

use digital_maturity::cohort::ScoresByName;
use digital_maturity::survey::{Findings, Ids, Piece, Role, Survey};

use super::feed::{Feed, tell};
use super::part::{BadWeights, Chosen, Part, Wanted, Worker};
use super::progress::{Progress, say};
use super::scores::ScoreFile;
use super::tally::{Tally, Whole};
use super::threads::side_by_side;
use crate::support::output::plain;

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
            let (ready, how) = ([first, second], (survey, &wanted));
            let take = |part, taken| total.add(part, taken);
            for gathered in side_by_side(ready, &mut feed, threads, how, take)? {
                total.tally.add(gathered)?;
            }
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
    if total.rows == 0 {
        say(&format!("{}: no rows stand below the header", plain(&feed.source.name)));
    }
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
