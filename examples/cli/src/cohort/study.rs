//! What is said of the questions of each pillar, and of the pillars together.

use clap::ValueEnum;
use digital_maturity::cohort::{CohortSummary, Remark, Study};
use digital_maturity::report::StudyTable;
use digital_maturity::schema::schemars::JsonSchema;
use digital_maturity::statistics::{
    ConfidenceInterval, Consistency, Correlations, Deletion, Reliability, Statistic,
};
use digital_maturity::{Pillar, PillarMap};
use serde::Serialize;

/// The level of intervals.
const LEVEL: f64 = 0.95;

/// A table behind the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Table {
    /// Differences between groups
    Comparison,
    Reliability,
    Items,
    Correlations,
    All,
}

/// What is done with respondents who left a question out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Missing {
    #[default]
    Listwise,
    Pairwise,
}

impl From<Missing> for Deletion {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Listwise => Self::Listwise,
            Missing::Pairwise => Self::Pairwise,
        }
    }
}

/// The tables that are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) comparison: bool,
    /// In the order in which they stand.
    pub(crate) of_study: Vec<StudyTable>,
    pub(crate) deletion: Missing,
}

impl Tables {
    pub(crate) fn new(wanted: &[Table], deletion: Missing) -> Self {
        let wants = |table| wanted.contains(&table) || wanted.contains(&Table::All);
        let of_study = [
            (Table::Reliability, StudyTable::Reliability),
            (Table::Items, StudyTable::Items),
            (Table::Correlations, StudyTable::Correlations),
        ];
        let of_study = of_study.into_iter().filter(|(table, _)| wants(*table));
        Self {
            comparison: wants(Table::Comparison),
            of_study: of_study.map(|(_, table)| table).collect(),
            deletion,
        }
    }
}

/// A pillar in the summary.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
pub(crate) struct OfPillar {
    #[serde(flatten)]
    reliability: Reliability,
    /// Feldt's interval of alpha, of level 0.95; null where there is none.
    alpha_interval: Option<ConfidenceInterval>,
    /// Alpha of credits times weights, as they are scored.
    weighted_alpha: Statistic,
    consistency: Consistency,
    remarks: Vec<Remark>,
}

/// What the summary says of the questions of each pillar.
pub(crate) fn of_pillars(
    study: &Study,
    summary: &CohortSummary,
    deletion: Deletion,
) -> PillarMap<OfPillar> {
    PillarMap::from_fn(|pillar: Pillar| {
        let reliability = study.reliability(pillar, deletion);
        OfPillar {
            alpha_interval: reliability.feldt_interval(LEVEL).ok(),
            weighted_alpha: study.weighted_reliability(pillar, deletion).alpha,
            consistency: study.consistency(pillar, deletion),
            remarks: study.remarks(summary, pillar, deletion),
            reliability,
        }
    })
}

/// How the scores of pillars go together.
pub(crate) fn correlations(study: &Study) -> Correlations {
    study.correlations(Deletion::Pairwise)
}
