//! Many results of one questionnaire by date.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{delta, same_questionnaire};
use crate::assessment::{Overall, Record, Standing};
use crate::date::Date;
use crate::number::{Delta, Score};
use crate::pillar::PillarMap;
use crate::questionnaire::{Identity, OtherQuestionnaire};
use crate::stage::Stage;

/// When a result was taken; the order of `Option` puts no sequence before any.
type When = (Date, Option<i64>);

/// What a history needs of a result, whatever it is a result of.
pub(crate) struct Moment {
    pub(crate) questionnaire: Identity,
    pub(crate) taken: Option<Date>,
    pub(crate) sequence: Option<i64>,
    pub(crate) overall: Overall,
    pub(crate) pillars: PillarMap<Standing>,
}

impl From<&Record> for Moment {
    fn from(record: &Record) -> Self {
        Self {
            questionnaire: record.questionnaire.clone(),
            taken: record.taken,
            sequence: record.sequence,
            overall: record.overall,
            pillars: record.pillars.map(|_, pillar| pillar.standing),
        }
    }
}

/// Results of one questionnaire over time, earliest first, and the trend of the overall and of each
/// pillar. Holds at least one result. Of two results of one day the lower `sequence` comes first, and
/// one without a sequence before those that have one.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::compare::History;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut results = Vec::new();
/// for (day, level) in [("2026-11-23", 4), ("2025-11-20", 3)] {
///     let mut sheet = pulse.sheet();
///     sheet.set_taken(day.parse()?);
///     for question in pulse.questions() {
///         sheet.set(question.id(), level)?;
///     }
///     results.push(sheet.assess());
/// }
/// let history = History::new(&results)?;
/// let trend = history.overall();
/// assert_eq!(trend.first.unwrap().score.unwrap().to_string(), "0.5");
/// assert_eq!(format!("{:+}", trend.change.unwrap()), "+0.25");
/// assert_eq!(history.stages().len(), 1); // from hubs to platform
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("trend", "time_series"))]
pub struct History {
    questionnaire: Identity,
    overall: Trend,
    pillars: PillarMap<Trend>,
    stages: Vec<StageChange>,
}

/// How the Score of the overall or of a pillar went. Nothing is fitted or smoothed: every figure is
/// a published Score or the exact difference of two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Trend {
    /// One point for each result, earliest first.
    pub points: Vec<Point>,
    /// The first point with a Score; `None` if there is none, and so below.
    pub first: Option<Point>,
    /// The last point with a Score.
    pub last: Option<Point>,
    /// From the first to the last: the sum of all steps.
    pub change: Option<Delta>,
    /// The highest point; of equals, the earliest.
    pub highest: Option<Point>,
    /// The lowest point; of equals, the earliest.
    pub lowest: Option<Point>,
}

/// One result in a trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Point {
    /// The day.
    pub taken: Date,
    /// What orders the result among others of that day, if that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    /// The Score, if there is one.
    pub score: Option<Score>,
    /// The stage: the organisation's in the trend of the overall, the pillar's own in a pillar's.
    pub stage: Option<Stage>,
    /// The change since the point before that has a Score; `None` for the first one, and where
    /// there is no Score.
    pub step: Option<Delta>,
}

/// A result at another stage than the one before it. Results without a stage are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StageChange {
    /// The day.
    pub taken: Date,
    /// What orders the result among others of that day, if that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    /// The stage before.
    pub from: Stage,
    /// The stage from then on.
    pub to: Stage,
}

/// Why results do not make a history: everything that is wrong, by the position of the results as
/// they were given. Holds at least one fault. Positions count from 0, messages from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct HistoryError {
    faults: Vec<HistoryFault>,
}

/// One thing that is wrong with the results for a history.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryFault {
    /// There is no result.
    #[error("a history needs at least one result")]
    Empty,
    /// A result does not say on which day it was taken.
    #[error("result {} has no date", .position + 1)]
    NoDate {
        /// Which one, from 0.
        position: usize,
    },
    /// Two results were taken on the same day and have the same `sequence`, or none, which leaves
    /// open which came first.
    #[error(
        "results {} and {} were both taken on {taken}{}",
        .first + 1, .position + 1, tied(*.sequence)
    )]
    SameDate {
        /// The earlier one as given, from 0.
        first: usize,
        /// Which one, from 0.
        position: usize,
        /// The day.
        taken: Date,
        /// The sequence that both have.
        sequence: Option<i64>,
    },
    /// A result is of a questionnaire that scores differently from that of the first.
    #[error("result {} does not follow on the first: results of {reason}", .position + 1)]
    OtherQuestionnaire {
        /// Which one, from 0.
        position: usize,
        /// Which one, and which it should be.
        #[source]
        reason: OtherQuestionnaire,
    },
}

/// What leaves open which of two results of one day came first.
fn tied(sequence: Option<i64>) -> String {
    match sequence {
        Some(sequence) => format!(" with `sequence` {sequence}"),
        None => " and neither has a `sequence`".to_owned(),
    }
}

impl HistoryError {
    /// Everything that is wrong, in the order of the results as given.
    #[must_use]
    pub fn faults(&self) -> &[HistoryFault] {
        &self.faults
    }
}

impl History {
    /// The history of those results, given in any order; fresh and stored ones serve alike.
    ///
    /// # Errors
    ///
    /// If there is no result, a result has no day, two of one day have the same sequence or none, or
    /// one is of a questionnaire with another fingerprint than the first one given: all of it in one
    /// go.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::compare::{History, HistoryFault};
    ///
    /// let undated = Questionnaire::dcx_pulse().sheet().assess();
    /// let error = History::new([&undated]).unwrap_err();
    /// assert_eq!(error.faults(), [HistoryFault::NoDate { position: 0 }]);
    /// ```
    pub fn new<'r, R: AsRef<Record> + 'r>(
        results: impl IntoIterator<Item = &'r R>,
    ) -> Result<Self, HistoryError> {
        let results: Vec<Moment> = results.into_iter().map(|of| of.as_ref().into()).collect();
        Self::of(&results)
    }

    /// The history of results, given in any order.
    pub(crate) fn of(results: &[Moment]) -> Result<Self, HistoryError> {
        let mut faults = Vec::new();
        let mut dated: Vec<(When, &Moment)> = Vec::with_capacity(results.len());
        // Where each moment was first given: a search of `dated` would make long histories slow.
        let mut given = BTreeMap::new();
        for (position, result) in results.iter().enumerate() {
            let first = results.first().map_or(result, |first| first);
            if let Err(reason) = same_questionnaire(&first.questionnaire, &result.questionnaire) {
                faults.push(HistoryFault::OtherQuestionnaire { position, reason });
            }
            let Some(taken) = result.taken else {
                faults.push(HistoryFault::NoDate { position });
                continue;
            };
            let sequence = result.sequence;
            let first = *given.entry((taken, sequence)).or_insert(position);
            if first == position {
                dated.push(((taken, sequence), result));
            } else {
                faults.push(HistoryFault::SameDate { first, position, taken, sequence });
            }
        }
        dated.sort_by_key(|(when, _)| *when);
        let latest = match dated.last() {
            Some((_, latest)) if faults.is_empty() => latest.questionnaire.clone(),
            _ => {
                if results.is_empty() {
                    faults.push(HistoryFault::Empty);
                }
                return Err(HistoryError { faults });
            }
        };
        let overall = Trend::new(
            dated
                .iter()
                .map(|(when, result)| (*when, result.overall.score(), result.overall.stage())),
        );
        let pillars = PillarMap::from_fn(|pillar| {
            Trend::new(dated.iter().map(|(when, result)| {
                let standing = result.pillars[pillar];
                (*when, standing.score(), standing.stage())
            }))
        });
        Ok(Self { questionnaire: latest, stages: stage_changes(&overall.points), overall, pillars })
    }

    /// The questionnaire, as the latest result names it.
    #[must_use]
    pub fn questionnaire(&self) -> &Identity {
        &self.questionnaire
    }

    /// The trend of the overall.
    #[must_use]
    pub fn overall(&self) -> &Trend {
        &self.overall
    }

    /// The trend of each pillar.
    #[must_use]
    pub fn pillars(&self) -> &PillarMap<Trend> {
        &self.pillars
    }

    /// Every change of the stage, earliest first.
    #[must_use]
    pub fn stages(&self) -> &[StageChange] {
        &self.stages
    }
}

impl Trend {
    fn new(results: impl Iterator<Item = (When, Option<Score>, Option<Stage>)>) -> Self {
        let mut before: Option<Score> = None;
        let points: Vec<Point> = results
            .map(|((taken, sequence), score, stage)| {
                let step = delta(before, score);
                before = score.or(before);
                Point { taken, sequence, score, stage, step }
            })
            .collect();
        let scored = || points.iter().filter(|point| point.score.is_some());
        let (first, last) = (scored().next().copied(), scored().next_back().copied());
        let score = |point: Option<Point>| point.and_then(|point| point.score);
        Self {
            first,
            last,
            change: delta(score(first), score(last)),
            // Of equals, `max_by_key` takes the last and `min_by_key` the first.
            highest: scored().rev().max_by_key(|point| point.score).copied(),
            lowest: scored().min_by_key(|point| point.score).copied(),
            points,
        }
    }
}

fn stage_changes(points: &[Point]) -> Vec<StageChange> {
    let mut changes = Vec::new();
    let mut before: Option<Stage> = None;
    for point in points {
        let Some(to) = point.stage else { continue };
        if let Some(from) = before.filter(|from| *from != to) {
            let Point { taken, sequence, .. } = *point;
            changes.push(StageChange { taken, sequence, from, to });
        }
        before = Some(to);
    }
    changes
}
