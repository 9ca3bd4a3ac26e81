//! What is said of many respondents: the summary, reliability, agreement.

use std::collections::BTreeMap;

use digital_maturity::cohort::{CohortSummary, Remark, Study};
use digital_maturity::statistics::{
    ConfidenceInterval, Consistency, Correlations, Deletion, GroupAgreement, Groups, OneWayIcc,
    Ratings, Reliability, Statistic, UniformNull,
};
use digital_maturity::{Pillar, PillarMap, Score};
use pyo3::prelude::*;
use serde::Serialize;

use crate::by::By;
use crate::errors::{Faults, Finding};
use crate::scores::PyScores;
use crate::sort::Key;
use crate::value::to_python;

/// More groups than that are no groups.
const MOST_GROUPS: usize = 1000;

/// What is said of the questions of a pillar.
#[derive(Serialize)]
struct OfPillar {
    #[serde(flatten)]
    reliability: Reliability,
    alpha_interval: Option<ConfidenceInterval>,
    duhachek_interval: Option<ConfidenceInterval>,
    weighted_alpha: Statistic,
    consistency: Consistency,
    remarks: Vec<Remark>,
}

/// How far the respondents of each group agree on a pillar, and how far groups differ.
#[derive(Serialize)]
struct Agreement {
    icc: OneWayIcc,
    f: Statistic,
    p: Statistic,
    icc_1_interval: Option<ConfidenceInterval>,
    icc_2_interval: Option<ConfidenceInterval>,
    /// By group; null where the questions of the pillar are not on one scale of even steps.
    within: Option<BTreeMap<String, GroupAgreement>>,
}

/// The credits of answers at random, if the scored questions of a pillar have one scale of even steps.
fn null_of(scores: &PyScores, pillar: Pillar) -> Option<UniformNull> {
    let questionnaire = scores.scores.questionnaire();
    let questions = questionnaire.questions_of(pillar).filter(|of| !of.weight().is_zero());
    let mut scales: Vec<Vec<Score>> = questions.map(|question| question.credits()).collect();
    for scale in &mut scales {
        scale.sort_unstable();
    }
    scales.dedup();
    let [scale] = scales.as_slice() else { return None };
    let steps = u32::try_from(scale.len()).ok()?.checked_sub(1).filter(|steps| *steps > 0)?;
    let even = |(place, credit): (usize, &Score)| {
        // In billionths, of which thirds fall a little short.
        let place = u64::try_from(place).unwrap_or(u64::MAX);
        let expected = place.saturating_mul(1_000_000_000) / u64::from(steps);
        u64::from(credit.billionths()).abs_diff(expected) <= 1
    };
    if !scale.iter().enumerate().all(even) {
        return None;
    }
    UniformNull::options(steps + 1).and_then(|null| null.spaced(1.0 / f64::from(steps))).ok()
}

pub(crate) fn deletion_of(name: &str) -> Result<Deletion, Faults> {
    match name {
        "listwise" => Ok(Deletion::Listwise),
        "pairwise" => Ok(Deletion::Pairwise),
        _ => {
            let message = format!("expected one of listwise, pairwise; found `{name}`");
            Err(Finding::argument("deletion", message).into())
        }
    }
}

fn level_of(level: f64) -> Result<f64, Faults> {
    if level > 0.0 && level < 1.0 {
        return Ok(level);
    }
    Err(Finding::argument("level", format!("expected a number between 0 and 1; found {level}"))
        .into())
}

impl PyScores {
    pub(crate) fn study(&self, py: Python<'_>) -> PyResult<Study> {
        let study = self.ask(py, None, |cohort| {
            let mut study = Study::new(cohort.questionnaire());
            study.add(cohort).map(|()| study)
        })?;
        study.map_err(|error| {
            Faults::from(Finding::error("too-many-respondents", "", error.to_string())).into()
        })
    }

    /// The studies of groups; rows without a key are in none.
    pub(crate) fn studies(&self, py: Python<'_>, by: &By) -> PyResult<BTreeMap<Key, Study>> {
        let studies = self.ask(py, None, |cohort| {
            let mut studies = BTreeMap::new();
            Study::add_by(&mut studies, cohort, &by.keys).map(|()| studies)
        })?;
        let studies = studies.map_err(|error| {
            Faults::from(Finding::error("too-many-respondents", "", error.to_string()))
        })?;
        Ok(studies.into_iter().filter_map(|(key, of)| Some((key?, of))).collect())
    }

    pub(crate) fn groups(&self, py: Python<'_>, by: &By) -> PyResult<BTreeMap<Key, CohortSummary>> {
        let groups = py.detach(|| {
            let mut different: Vec<&Key> = by.keys.iter().flatten().collect();
            different.sort_unstable();
            different.dedup();
            if different.len() > MOST_GROUPS {
                let message = format!("more than {MOST_GROUPS} groups: group by something else");
                return Err(Faults::from(Finding::argument("by", message)));
            }
            let summaries = self.scores.summaries_by(&by.keys);
            let summaries =
                summaries.map_err(|error| Finding::argument("by", error.to_string()))?;
            let named = summaries.into_iter().filter_map(|(key, of)| Some((key?, of)));
            Ok(named.collect())
        });
        Ok(groups?)
    }
}

#[pymethods]
impl PyScores {
    /// How many are at each stage, and how scores are spread: a dict, as in ``maturity cohort
    /// --summary``.
    ///
    /// With ``by`` a dict of such dicts, by group. ``by`` is the name of a column that a file hands on
    /// (``id``, ``carried``), or n keys: a list, an array, a series; those that are missing are of the
    /// group ``""``.
    ///
    /// Raises ``MaturityError`` unless there is a key for each row, and for more than a thousand groups.
    #[pyo3(signature = (*, by = None))]
    fn summary<'py>(
        &self,
        py: Python<'py>,
        by: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Some(by) = by else {
            return to_python(py, &py.detach(|| self.scores.summary()));
        };
        let groups = self.groups(py, &By::new(self, by)?)?;
        let groups = pyo3::types::PyDict::from_sequence(
            pyo3::types::PyList::new(
                py,
                groups
                    .iter()
                    .map(|(key, summary)| Ok((key.0.clone(), to_python(py, summary)?)))
                    .collect::<PyResult<Vec<_>>>()?,
            )?
            .as_any(),
        )?;
        Ok(groups.into_any())
    }

    /// How consistent the questions of each pillar are: a dict by pillar.
    ///
    /// ``alpha`` (Cronbach's, of unweighted credits) with ``alpha_interval`` (Feldt) and
    /// ``duhachek_interval`` of that ``level``, ``weighted_alpha`` (of credits times weights, as they are
    /// scored), ``consistency`` (omega, lambda-6, halves), ``items`` (a dict for each question: item-rest
    /// correlation, alpha without it), ``remarks``. A figure is ``{"value": ..}``, or ``{"undefined":
    /// reason}``. ``deletion`` is ``"listwise"`` or ``"pairwise"``.
    ///
    /// Raises ``MaturityError`` for another ``deletion`` or ``level``.
    #[pyo3(signature = (*, deletion = "listwise", level = 0.95))]
    fn reliability<'py>(
        &self,
        py: Python<'py>,
        deletion: &str,
        level: f64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (deletion, level) = (deletion_of(deletion)?, level_of(level)?);
        let study = self.study(py)?;
        let found = py.detach(|| {
            let summary = self.scores.summary();
            PillarMap::from_fn(|pillar| {
                let reliability = study.reliability(pillar, deletion);
                OfPillar {
                    alpha_interval: reliability.feldt_interval(level).ok(),
                    duhachek_interval: reliability.duhachek_interval(level).ok(),
                    weighted_alpha: study.weighted_reliability(pillar, deletion).alpha,
                    consistency: study.consistency(pillar, deletion),
                    remarks: study.remarks(&summary, pillar, deletion),
                    reliability,
                }
            })
        });
        to_python(py, &found)
    }

    /// How the scores of the pillars go together: a dict with ``pairs``, six of them, each with ``n`` and
    /// ``r``.
    ///
    /// Raises ``MaturityError`` for another ``deletion`` than ``"listwise"`` or ``"pairwise"``.
    #[pyo3(signature = (*, deletion = "pairwise"))]
    fn correlations<'py>(&self, py: Python<'py>, deletion: &str) -> PyResult<Bound<'py, PyAny>> {
        let deletion = deletion_of(deletion)?;
        let study = self.study(py)?;
        let found: Correlations = py.detach(|| study.correlations(deletion));
        to_python(py, &found)
    }

    /// How far the respondents of a group agree, and how far groups differ: a dict by pillar.
    ///
    /// ``icc`` (one-way, of the scores; beside it ``f``, ``p`` and the intervals), and ``within``: by
    /// group ``r_wg_j``, ``r_star`` and ``ad`` of the credits of the questions; ``None`` where they are
    /// not on one scale of even steps. ``by`` is the name of a column that a file hands on (``id``,
    /// ``carried``), or n keys: a list, an array, a series; those that are missing are left out.
    ///
    /// Raises ``MaturityError`` as ``summary`` does.
    #[pyo3(signature = (by, /, *, level = 0.95))]
    fn agreement<'py>(
        &self,
        py: Python<'py>,
        by: &Bound<'py, PyAny>,
        level: f64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let level = level_of(level)?;
        let by = By::new(self, by)?;
        self.groups(py, &by)?; // that there are not too many
        // Rows without a key, and those whose key is blank, are in no group.
        let keys: Vec<Option<&Key>> =
            by.keys.iter().map(|key| key.as_ref().filter(|key| !key.0.is_empty())).collect();
        let found = self.ask(py, None, |cohort| {
            let mut rows: BTreeMap<&Key, Vec<Vec<Option<f64>>>> = BTreeMap::new();
            cohort.credits(|row, credits| {
                if let Some(Some(key)) = keys.get(row).copied() {
                    rows.entry(key).or_default().push(credits.to_vec());
                }
            });
            let of_pillar = |pillar: Pillar| {
                let pairs = keys.iter().zip(self.scores.pillar(pillar));
                let pairs = pairs.filter_map(|(key, score)| Some(((*key)?, score)));
                let pairs = pairs.map(|(key, score)| (key, score.map(Score::to_f64)));
                let icc = OneWayIcc::of(&Groups::from_pairs(pairs)?);
                let questionnaire = self.scores.questionnaire();
                let questions = questionnaire.questions_of(pillar);
                let questions = questions.filter(|question| !question.weight().is_zero());
                let (places, names): (Vec<usize>, Vec<&str>) =
                    questions.map(|question| (question.position(), question.id())).unzip();
                let within = null_of(self, pillar).map(|null| {
                    let group = |(key, rows): (&&Key, &Vec<Vec<Option<f64>>>)| {
                        let of_questions = rows.iter().map(|row| {
                            let places = places.iter();
                            places
                                .map(|place| row.get(*place).copied().flatten())
                                .collect::<Vec<_>>()
                        });
                        let ratings = Ratings::from_rows(of_questions)?;
                        let ratings = ratings.with_names(names.iter().copied())?;
                        Ok((key.0.clone(), GroupAgreement::of(&ratings, null)))
                    };
                    rows.iter().map(group).collect::<Result<BTreeMap<_, _>, _>>()
                });
                Ok::<_, digital_maturity::statistics::RatingsError>(Agreement {
                    f: icc.f(),
                    p: icc.p(),
                    icc_1_interval: icc.icc_1_interval(level).ok(),
                    icc_2_interval: icc.icc_2_interval(level).ok(),
                    within: within.transpose()?,
                    icc,
                })
            };
            let all = Pillar::ALL.map(|pillar| of_pillar(pillar).map(|of| (pillar.as_str(), of)));
            all.into_iter().collect::<Result<BTreeMap<_, _>, _>>()
        })?;
        let found =
            found.map_err(|error| Faults::from(Finding::error("uneven", "", error.to_string())))?;
        to_python(py, &found)
    }
}
