//! One piece of the file, read and scored: what a thread does.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::cohort::{
    CohortPlan, Merging, Patterns, Scores, ScoresByName, Study, WeightedSummary,
};
use digital_maturity::survey::{Block, Decimal, Findings, Piece, Reader, Survey};
use digital_maturity::{Questionnaire, Weight};

use super::scores::{Lines, Shape};
use super::tally::{Gathered, Groups};

/// The most that the studies of all groups may take.
const MOST_OF_STUDIES: usize = 1 << 28;

/// What is to be had of each piece. A column is its place among those that are carried.
#[expect(clippy::struct_excessive_bools, reason = "each is wanted or not")]
pub(crate) struct Wanted {
    /// Lines of scores, if they are written, and with what in them.
    pub(crate) lines: Option<Shape>,
    /// Whether questions and pillars are compared with each other.
    pub(crate) study: bool,
    /// The column that rows are grouped by.
    pub(crate) group: Option<usize>,
    /// That of their weights.
    pub(crate) weight: Option<usize>,
    /// How fractions of them are written.
    pub(crate) decimal: Decimal,
    /// That of the units that they answer for.
    pub(crate) unit: Option<usize>,
    /// Whether ids are compared: the first column that is carried.
    pub(crate) ids: bool,
    /// Whether scores are kept by id.
    pub(crate) by_id: bool,
    /// Whether it is looked at how respondents chose.
    pub(crate) careless: bool,
    /// Whether the first column that is carried is an id.
    pub(crate) has_id: bool,
}

/// What a piece gave.
pub(crate) struct Part {
    pub(crate) lines: Option<Lines>,
    pub(crate) units: Option<ScoresByName>,
    pub(crate) by_id: Option<ScoresByName>,
    pub(crate) bad_weights: BadWeights,
    pub(crate) chosen: Option<Chosen>,
    /// Ids and the row of each.
    pub(crate) ids: Vec<(Box<str>, u64)>,
    pub(crate) findings: Findings,
    /// How many lines and rows it had.
    pub(crate) read: (u64, u64),
}

/// How respondents chose, with their rows and ids, if there are ids.
pub(crate) struct Chosen {
    pub(crate) patterns: Patterns,
    pub(crate) rows: Vec<u64>,
    pub(crate) ids: Vec<Box<str>>,
}

impl Chosen {
    pub(crate) fn new(questionnaire: &Questionnaire) -> Self {
        Self { patterns: Patterns::new(questionnaire), rows: Vec::new(), ids: Vec::new() }
    }

    /// Adds a part whose rows come behind so many.
    pub(crate) fn merge(&mut self, other: Self, rows: u64) -> Result<(), String> {
        self.patterns.merge(other.patterns).map_err(|error| said(&error))?;
        self.rows.extend(other.rows.iter().map(|row| rows + row));
        self.ids.extend(other.ids);
        Ok(())
    }
}

/// Cells that are no weight.
#[derive(Debug, Default)]
pub(crate) struct BadWeights {
    pub(crate) count: u64,
    /// How many are weights.
    pub(crate) read: u64,
    /// The row of the first, and what stands there.
    pub(crate) first: Option<(u64, String)>,
}

impl BadWeights {
    /// The weight in a cell; a blank cell is no fault, and no weight.
    fn read(&mut self, row: u64, cell: &str, decimal: Decimal) -> Option<Weight> {
        let text = cell.trim();
        if text.is_empty() {
            return None;
        }
        let read = match decimal {
            Decimal::Point => text.parse(),
            Decimal::Comma => text.replace(',', ".").parse::<Weight>(),
        };
        let weight = read.ok().filter(|weight| !weight.is_zero());
        self.read += u64::from(weight.is_some());
        if weight.is_none() {
            self.count += 1;
            self.first.get_or_insert_with(|| (row, text.chars().take(40).collect()));
        }
        weight
    }

    /// Adds those of a part whose rows come behind so many.
    pub(crate) fn add(&mut self, other: Self, rows: u64) {
        self.count += other.count;
        self.read += other.read;
        if let Some((row, text)) = other.first {
            self.first.get_or_insert((rows + row, text));
        }
    }
}

/// Reads and scores one piece after the other. What can be said of respondents is gathered over all of them,
/// by the number of the group.
pub(crate) struct Worker<'s> {
    questionnaire: &'s Questionnaire,
    wanted: &'s Wanted,
    reader: Reader<'s>,
    plan: CohortPlan,
    scores: Scores,
    groups: Groups,
    summaries: BTreeMap<u32, Merging>,
    weighted: BTreeMap<u32, WeightedSummary>,
    studies: BTreeMap<u32, Study>,
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
            groups: Groups::default(),
            summaries: BTreeMap::new(),
            weighted: BTreeMap::new(),
            studies: BTreeMap::new(),
        }
    }

    pub(crate) fn leave_out(&mut self, rows: BTreeSet<u64>) {
        self.reader.leave_out(rows);
    }

    /// Reads and scores a piece.
    pub(crate) fn part(&mut self, mut piece: Piece) -> Result<Part, String> {
        let Self { questionnaire, wanted, groups, summaries, weighted, studies, .. } = self;
        let (questionnaire, wanted) = (*questionnaire, *wanted);
        let by_name = |is: bool| is.then(|| ScoresByName::new(questionnaire));
        let (mut units, mut by_id) = (by_name(wanted.unit.is_some()), by_name(wanted.by_id));
        let mut bad_weights = BadWeights::default();
        let mut lines = wanted.lines.map(|shape| (shape, Lines::new(shape.format)));
        let mut chosen = wanted.careless.then(|| Chosen::new(questionnaire));
        let mut ids = Vec::new();
        while let Some(block) = self.reader.block(&mut piece) {
            let cohort = self
                .plan
                .score(block.columns(), &mut self.scores)
                .map_err(|errors| said(&errors))?;
            let scores = &self.scores;
            let keys = wanted.group.map(|place| groups.of(&block, place)).transpose()?;
            let nobody = || Merging::new(questionnaire);
            if let Some(keys) = &keys {
                for (key, summary) in scores.summaries_by(keys).map_err(|error| said(&error))? {
                    let of = summaries.entry(key).or_insert_with(nobody);
                    of.push(summary).map_err(|error| said(&error))?;
                }
            } else {
                let of = summaries.entry(Groups::NONE).or_insert_with(nobody);
                of.add(scores).map_err(|error| said(&error))?;
            }
            if let Some(place) = wanted.weight {
                let weights = weights(&block, place, wanted.decimal, &mut bad_weights);
                let of_block = match &keys {
                    None => scores
                        .weighted_summary(&weights)
                        .map(|summary| BTreeMap::from([(Groups::NONE, summary)])),
                    Some(keys) => scores.weighted_summaries_by(keys, &weights),
                };
                for (key, summary) in of_block.map_err(|error| said(&error))? {
                    let of = weighted.entry(key);
                    let of = of.or_insert_with(|| WeightedSummary::empty(questionnaire));
                    of.merge(&summary).map_err(|error| said(&error))?;
                }
            }
            if wanted.study {
                let added = match &keys {
                    None => {
                        let of = studies.entry(Groups::NONE);
                        of.or_insert_with(|| Study::new(questionnaire)).add(&cohort)
                    }
                    Some(keys) => Study::add_by(studies, &cohort, keys),
                };
                added.map_err(|error| said(&error))?;
                bounded(studies.len(), questionnaire)?;
            }
            for (scores_by, place) in [(&mut units, wanted.unit), (&mut by_id, Some(0))] {
                if let (Some(by), Some(place)) = (scores_by, place) {
                    let names: Vec<&str> = block.carried(place).collect();
                    by.add(scores, &names).map_err(|error| said(&error))?;
                }
            }
            if let Some(chosen) = &mut chosen {
                chosen.patterns.add(&cohort).map_err(|error| said(&error))?;
                chosen.rows.extend(block.numbers());
                if wanted.has_id {
                    chosen.ids.extend(block.carried(0).map(Box::from));
                }
            }
            if let Some((shape, lines)) = &mut lines {
                lines.add(shape, &block, &cohort, scores);
            }
            if wanted.ids {
                let of_rows = block.carried(0).zip(block.numbers());
                ids.extend(of_rows.map(|(id, row)| (Box::from(id), row)));
            }
        }
        let (findings, of_lines, rows) = self.reader.restart();
        Ok(Part {
            lines: lines.map(|(_, lines)| lines),
            units,
            by_id,
            bad_weights,
            chosen,
            ids,
            findings,
            read: (of_lines, rows),
        })
    }

    /// What was gathered, by the name of the group, blank for those whose cell is; `None` for rows that are in
    /// none.
    pub(crate) fn finish(self) -> BTreeMap<Option<String>, Gathered> {
        let Self { groups, summaries, mut weighted, mut studies, .. } = self;
        let gathered = summaries.into_iter().map(|(key, of)| {
            let gathered = Gathered {
                summary: of.finish(),
                weighted: weighted.remove(&key),
                study: studies.remove(&key),
            };
            (groups.name(key), gathered)
        });
        gathered.collect()
    }
}

fn said(error: &dyn std::fmt::Display) -> String {
    format!("error: {error}")
}

/// That the studies of so many groups are no more than memory has room for.
pub(crate) fn bounded(groups: usize, questionnaire: &Questionnaire) -> Result<(), String> {
    if groups > 1 && groups.saturating_mul(Study::bytes(questionnaire)) > MOST_OF_STUDIES {
        let most = MOST_OF_STUDIES / Study::bytes(questionnaire).max(1);
        return Err(format!(
            "error: more than {most} groups are too many for tables on so many questions: leave out \
             --group-by or --tables"
        ));
    }
    Ok(())
}

/// The weight of each row; that of one that cannot be read is of no matter, as it is bad.
fn weights(
    block: &Block<'_>,
    place: usize,
    decimal: Decimal,
    bad: &mut BadWeights,
) -> Vec<Option<Weight>> {
    let mut unreadable = block.unreadable().iter().peekable();
    let cells = block.carried(place).zip(block.numbers()).enumerate();
    cells
        .map(|(at, (cell, row))| {
            if unreadable.next_if(|of| **of == at).is_some() {
                return Some(Weight::ONE);
            }
            bad.read(row, cell, decimal)
        })
        .collect()
}
