//! What `--summary` writes: all that is printed, exact, and what was read.

use digital_maturity::cohort::CohortSummary;
use digital_maturity::schema::schemars::JsonSchema;
use digital_maturity::statistics::Correlations;
use digital_maturity::{Fingerprint, PillarMap, Questionnaire};
use serde::Serialize;

use super::stream::Outcome;
use super::study::{self, OfPillar, Tables};

/// The document.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars", rename = "CohortReport")]
pub(crate) struct Document<'d> {
    questionnaire: Identity<'d>,
    read: Read<'d>,
    all: &'d CohortSummary,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_by: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    groups: Vec<Group<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    small_groups: Option<SmallGroups<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<PillarMap<OfPillar>>,
    /// Of the scores of pillars.
    #[serde(skip_serializing_if = "Option::is_none")]
    correlations: Option<Correlations>,
}

/// Which questionnaire was answered.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Identity<'d> {
    id: &'d str,
    version: &'d str,
    title: &'d str,
    #[schemars(with = "Fingerprint")]
    fingerprint: String,
}

/// What was in the file.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Read<'d> {
    file: &'d str,
    rows: u64,
    bad_cells: u64,
    /// Rows that are no respondents: previews, unfinished, empty, or not wanted.
    rows_left_out: u64,
    /// Rows with other than the right number of cells, and the like; the cells in them are not counted.
    unreadable_rows: u64,
    columns_ignored: &'d [String],
    columns_unknown: &'d [String],
    questions_without_column: &'d [String],
}

/// The summary of those in groups of fewer than `--min-group`.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct SmallGroups<'d> {
    /// How many groups.
    groups: u64,
    summary: &'d CohortSummary,
}

/// The summary of those of one group.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Group<'d> {
    /// What stands in their cells; null where they are blank.
    group: Option<&'d str>,
    summary: &'d CohortSummary,
}

/// The document.
pub(crate) fn document<'d>(
    questionnaire: &'d Questionnaire,
    outcome: &'d Outcome,
    group_by: Option<&'d str>,
    tables: &Tables,
) -> Document<'d> {
    let Outcome { file, columns, rows, whole, findings, study } = outcome;
    // Pictures have no figures of their own.
    let study = study.as_ref().filter(|_| !tables.of_study.is_empty());
    Document {
        questionnaire: Identity {
            id: questionnaire.id(),
            version: questionnaire.version(),
            title: questionnaire.title().as_str(),
            fingerprint: questionnaire.fingerprint().to_string(),
        },
        read: Read {
            file,
            rows: *rows,
            bad_cells: findings.bad_cells(),
            rows_left_out: findings.left_out(),
            unreadable_rows: findings.bad_rows(),
            columns_ignored: &columns.ignored,
            columns_unknown: &columns.unknown,
            questions_without_column: &columns.missing,
        },
        all: &whole.all,
        group_by,
        groups: whole
            .groups
            .iter()
            .map(|(name, summary)| Group { group: (!name.is_empty()).then_some(name), summary })
            .collect(),
        small_groups: whole
            .small
            .as_ref()
            .map(|(groups, summary)| SmallGroups { groups: *groups, summary }),
        reliability: study
            .map(|study| study::of_pillars(study, &whole.all, tables.deletion.into())),
        correlations: study.map(study::correlations),
    }
}
