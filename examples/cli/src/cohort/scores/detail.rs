//! What is had of each respondent's result in full: coverage, credits, and why the stage is what it is.

use std::fmt::{Display, Write as _};
use std::ops::Range;

use digital_maturity::assessment::Gap;
use digital_maturity::cohort::raw;
use digital_maturity::{Cohort, Pillar, Record, Score};

use super::Shape;

/// The details of some rows, as columns in billionths; empty where they are not asked for.
#[derive(Default)]
pub(super) struct Detail {
    /// By pillar, and then by theme.
    pub(super) coverage: Vec<Vec<u32>>,
    pub(super) reasons: Vec<String>,
    /// By question.
    pub(super) credits: Vec<Vec<u32>>,
}

impl Detail {
    /// The details of those rows, of which `unreadable` cannot be read.
    pub(super) fn of(
        shape: &Shape,
        cohort: &Cohort<'_>,
        unreadable: &[usize],
        rows: Range<usize>,
    ) -> Self {
        let questionnaire = cohort.questionnaire();
        let themes = if shape.themes { questionnaire.themes().len() } else { 0 };
        let covered = if shape.coverage { Pillar::ALL.len() + themes } else { 0 };
        let items = if shape.items { questionnaire.questions().count() } else { 0 };
        let columns = |number: usize| vec![Vec::with_capacity(rows.len()); number];
        let mut detail =
            Self { coverage: columns(covered), reasons: Vec::new(), credits: columns(items) };
        for row in rows {
            let record = cohort.record_at(row);
            let record = record.as_ref();
            let standings = record.into_iter().flat_map(|record| {
                let pillars = record.pillars.iter().map(|(_, pillar)| &pillar.standing);
                pillars.chain(record.themes.values())
            });
            put(&mut detail.coverage, standings.map(|standing| standing.coverage));
            let questions = record.into_iter().flat_map(|record| record.questions.values());
            put(&mut detail.credits, questions.map(|question| question.credit));
            if shape.reason {
                detail.reasons.push(match record {
                    Some(record) => reason(record),
                    None if unreadable.binary_search(&row).is_ok() => "unreadable_row".to_owned(),
                    None => words("bad_cell", cohort.bad_cells_at(row).map(|cell| cell.question)),
                });
            }
        }
        detail
    }
}

/// Appends one value to each column: none where there is no more.
fn put(columns: &mut [Vec<u32>], mut values: impl Iterator<Item = Option<Score>>) {
    for column in columns {
        column.push(values.next().flatten().map_or(raw::NO_SCORE, Score::billionths));
    }
}

/// Why there is no stage, or what the next one asks for and is not there, by the words of a result's
/// JSON: a code, and what it is about.
fn reason(record: &Record) -> String {
    if let Some(pillars) = record.overall.why() {
        let lacking = pillars.iter().filter_map(|pillar| {
            let reason = record.pillars[pillar].standing.reason()?;
            Some(format!("{pillar}:{reason}"))
        });
        return words("pillar", lacking);
    }
    let Some(next) = &record.next_stage else { return "highest".to_owned() };
    let pillars: Vec<Pillar> = next.unmet.iter().filter_map(|gap| gap.pillar).collect();
    let overall = next.unmet.iter().any(|gap: &Gap| gap.pillar.is_none());
    let code = match (overall, pillars.is_empty()) {
        (true, true) => "overall",
        (false, _) => "every_pillar",
        (true, false) => "overall_and_every_pillar",
    };
    words(code, pillars)
}

/// A code and what it is about, with blanks between.
fn words(code: &str, about: impl IntoIterator<Item: Display>) -> String {
    let mut words = code.to_owned();
    for of in about {
        let _ = write!(words, " {of}"); // a String takes any text
    }
    words
}
