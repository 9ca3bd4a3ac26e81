//! What `--summary` writes: all that is printed, exact, and what was read.

use digital_maturity::cohort::{CohortSummary, WeightedSummary};
use digital_maturity::schema::schemars::JsonSchema;
use digital_maturity::statistics::{
    CarelessCounts, Correlations, MeasurementError, OneWayIcc, PairedChange, ReliableChanges,
};
use digital_maturity::{Fingerprint, PillarMap, Questionnaire};
use serde::Serialize;

use super::before::Before;
use super::stream::Outcome;
use super::study::{self, OfPillar, Tables};
use super::table::Columns as Said;
use super::tally::Gathered;

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
    groups: Vec<GroupSummary<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    small_groups: Option<SmallGroups<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<PillarMap<OfPillar>>,
    /// Of the scores of pillars.
    #[serde(skip_serializing_if = "Option::is_none")]
    correlations: Option<Correlations>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weighted: Option<Weighted<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Units<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Change<'d>>,
    /// Signs of careless responding.
    #[serde(skip_serializing_if = "Option::is_none")]
    careless: Option<&'d CarelessCounts>,
}

/// What respondents say who count by a weight.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Weighted<'d> {
    /// The column of the weight.
    by: &'d str,
    /// Cells that are no weight; their rows are among those without one.
    bad_weights: u64,
    all: &'d WeightedSummary,
}

/// Whether respondents of one unit agree.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Units<'d> {
    /// The column of the unit.
    by: &'d str,
    without_unit: u64,
    overall: OneWayIcc,
    pillars: PillarMap<OneWayIcc>,
}

/// What became of those who answered before.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Change<'d> {
    /// The file of the earlier time.
    from: &'d str,
    /// The column of ids.
    id: &'d str,
    earlier_alone: u64,
    later_alone: u64,
    /// Ids that occur several times at one of both, and are not compared.
    ambiguous: u64,
    overall: Option<PairedChange>,
    pillars: PillarMap<OfChange>,
}

/// What became of a pillar.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct OfChange {
    change: Option<PairedChange>,
    /// The error of measurement, from weighted alpha and standard deviation of all at the earlier time; null
    /// where there is none.
    error: Option<MeasurementError>,
    /// Beyond that.
    reliable: Option<ReliableChanges>,
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
struct GroupSummary<'d> {
    /// What stands in their cells; null where they are blank.
    group: Option<&'d str>,
    summary: &'d CohortSummary,
    #[serde(skip_serializing_if = "Option::is_none")]
    weighted: Option<&'d WeightedSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<PillarMap<OfPillar>>,
}

/// The document.
pub(crate) fn document<'d>(
    questionnaire: &'d Questionnaire,
    outcome: &'d Outcome,
    said: Said<'d>,
    tables: &Tables,
    before: Option<&'d Before>,
    careless: Option<&'d CarelessCounts>,
) -> Document<'d> {
    let Outcome { file, columns, rows, whole, findings, .. } = outcome;
    // Pictures have no figures of their own.
    let has_tables = !tables.of_study.is_empty();
    let reliability = |of: &'d Gathered| {
        let study = of.study.as_ref().filter(|_| has_tables)?;
        Some(study::of_pillars(study, &of.summary, tables.deletion.into()))
    };
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
        all: &whole.all.summary,
        group_by: said.group,
        groups: whole
            .groups
            .iter()
            .map(|(name, of)| GroupSummary {
                group: (!name.is_empty()).then_some(name),
                summary: &of.summary,
                weighted: of.weighted.as_ref(),
                reliability: reliability(of),
            })
            .collect(),
        small_groups: whole
            .small
            .as_ref()
            .map(|(groups, of)| SmallGroups { groups: *groups, summary: &of.summary }),
        reliability: reliability(&whole.all),
        careless,
        correlations: whole.all.study.as_ref().filter(|_| has_tables).map(study::correlations),
        weighted: said.weight.zip(whole.all.weighted.as_ref()).map(|(by, all)| Weighted {
            by,
            bad_weights: outcome.bad_weights.count,
            all,
        }),
        units: said.unit.zip(outcome.units.as_ref()).map(|(by, units)| Units {
            by,
            without_unit: units.without_name(),
            overall: units.icc(None),
            pillars: PillarMap::from_fn(|pillar| units.icc(Some(pillar))),
        }),
        change: said.id.zip(before).zip(outcome.by_id.as_ref()).map(|((id, before), later)| {
            let pairing = later.pairing(&before.scores);
            let change = |of| later.change(&before.scores, of).ok();
            let error = |of| before.study.measurement_error(of, tables.deletion.into()).ok();
            Change {
                from: &before.name,
                id,
                earlier_alone: pairing.earlier_alone,
                later_alone: pairing.later_alone,
                ambiguous: pairing.ambiguous,
                overall: change(None),
                pillars: PillarMap::from_fn(|pillar| {
                    let error = error(pillar);
                    let reliable =
                        |error| later.reliable_changes(&before.scores, pillar, error).ok();
                    let reliable = error.and_then(reliable);
                    OfChange { change: change(Some(pillar)), error, reliable }
                }),
            }
        }),
    }
}
