//! One piece of the file, read and scored: what a thread does.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::Questionnaire;
use digital_maturity::cohort::{CohortPlan, CohortSummary, Merging, Scores, Study};
use digital_maturity::survey::{Findings, Piece, Reader, Survey};

use super::scores::{Lines, Shape};
use super::tally::Groups;

/// What is to be had of each piece.
pub(crate) struct Wanted {
    /// Lines of scores, if they are written, and with what in them.
    pub(crate) lines: Option<Shape>,
    /// Whether questions and pillars are compared with each other.
    pub(crate) study: bool,
    /// The place among the columns that are carried of the one that rows are grouped by.
    pub(crate) group: Option<usize>,
    /// Whether ids are compared: the first column that is carried.
    pub(crate) ids: bool,
}

/// What a piece gave.
pub(crate) struct Part {
    /// By the name of the group, blank for those whose cell is; `None` for rows that are in none.
    pub(crate) summaries: BTreeMap<Option<String>, CohortSummary>,
    pub(crate) lines: Option<Lines>,
    pub(crate) study: Option<Study>,
    /// Ids and the row of each.
    pub(crate) ids: Vec<(Box<str>, u64)>,
    pub(crate) findings: Findings,
    /// How many lines and rows it had.
    pub(crate) read: (u64, u64),
}

/// Reads and scores one piece after the other.
pub(crate) struct Worker<'s> {
    questionnaire: &'s Questionnaire,
    wanted: &'s Wanted,
    reader: Reader<'s>,
    plan: CohortPlan,
    scores: Scores,
}

impl<'s> Worker<'s> {
    pub(crate) fn new(survey: &'s Survey<'_>, wanted: &'s Wanted) -> Self {
        let questionnaire = survey.questionnaire();
        let mut reader = survey.reader();
        reader.restart();
        Self {
            questionnaire,
            wanted,
            reader,
            plan: CohortPlan::new(questionnaire),
            scores: Scores::empty(questionnaire),
        }
    }

    pub(crate) fn leave_out(&mut self, rows: BTreeSet<u64>) {
        self.reader.leave_out(rows);
    }

    /// Reads and scores a piece.
    pub(crate) fn part(&mut self, mut piece: Piece) -> Result<Part, String> {
        let said = |error: &dyn std::fmt::Display| format!("error: {error}");
        let mut merging: BTreeMap<Option<String>, Merging> = BTreeMap::new();
        let mut study = self.wanted.study.then(|| Study::new(self.questionnaire));
        let mut lines = self.wanted.lines.map(|shape| (shape, Lines::new(shape.format)));
        let mut ids = Vec::new();
        while let Some(block) = self.reader.block(&mut piece) {
            let cohort = self
                .plan
                .score(block.columns(), &mut self.scores)
                .map_err(|errors| said(&errors))?;
            let summaries = match self.wanted.group {
                None => BTreeMap::from([(None, self.scores.summary())]),
                Some(place) => {
                    let mut groups = Groups::default();
                    let mut keys = Vec::with_capacity(block.rows());
                    for name in block.carried(place) {
                        keys.push(groups.number(name)?);
                    }
                    for row in block.unreadable() {
                        keys.get_mut(*row).into_iter().for_each(|key| *key = Groups::NONE);
                    }
                    let by_number =
                        self.scores.summaries_by(&keys).map_err(|error| said(&error))?;
                    by_number
                        .into_iter()
                        .map(|(key, summary)| (groups.name(key), summary))
                        .collect()
                }
            };
            for (name, summary) in summaries {
                let of = merging.entry(name).or_insert_with(|| Merging::new(self.questionnaire));
                of.push(summary).map_err(|error| said(&error))?;
            }
            if let Some(study) = &mut study {
                study.add(&cohort).map_err(|error| said(&error))?;
            }
            if let Some((shape, lines)) = &mut lines {
                lines.add(shape, &block, &cohort, &self.scores);
            }
            if self.wanted.ids {
                let of_rows = block.carried(0).zip(block.numbers());
                ids.extend(of_rows.map(|(id, row)| (Box::from(id), row)));
            }
        }
        let (findings, of_lines, rows) = self.reader.restart();
        let summaries = merging.into_iter().map(|(name, of)| (name, of.finish())).collect();
        let lines = lines.map(|(_, lines)| lines);
        Ok(Part { summaries, lines, study, ids, findings, read: (of_lines, rows) })
    }
}
