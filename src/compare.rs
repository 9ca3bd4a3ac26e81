//! What changed between two results of the same questionnaire, and over many of them.

mod history;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use history::Moment;
pub use history::{History, HistoryError, HistoryFault, Point, StageChange, Trend};

use crate::assessment::{ById, Overall, QuestionResult, Record, Source, Standing};
use crate::number::{Delta, Score};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{Identity, OtherQuestionnaire};

/// What changed from one result to a later one, or from one organisation to another.
///
/// Both are results of questionnaires with one fingerprint (scoring rules, section 11), so that the
/// same answers would have led to the same scores. A comparison of others cannot exist, nor one of
/// a stored result whose contributions do not sum to its overall.
///
/// # What explains the change
///
/// Each question [explains](QuestionChange::explains) the difference of its contributions. As
/// contributions sum to the overall, these differences sum to the change of the overall, to the
/// last billionth. Where a question came to count or ceased to (it became not applicable, say), the
/// others carry its weight: their contributions change although their answers do not. Such a change
/// is kept apart: [`Explained::by_answers`] is what the questions explain whose own answer counts
/// differently, [`Explained::by_weight`] the rest. The two are to be read together where questions
/// came or went: one that becomes not applicable takes its whole contribution along, and the others
/// take over its weight. Contributions are whole billionths, and which question has the odd one of a
/// pillar may change with any answer, so that unchanged questions may explain a few billionths.
///
/// ```
/// use digital_maturity::{Questionnaire, Record};
/// use digital_maturity::compare::Comparison;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let ids: Vec<&str> = pulse.questions().map(|question| question.id()).collect();
/// let mut sheet = pulse.sheet();
/// for id in &ids {
///     sheet.set(id, 3)?;
/// }
/// let before: Record = sheet.assess().record().clone(); // as it was saved last year
/// let after = sheet.set(ids[0], 5)?.assess();
///
/// let comparison = Comparison::new(&before, &after)?;
/// assert_eq!(format!("{:+}", comparison.overall().delta.unwrap()), "+0.041666667");
/// let explained = comparison.explained().unwrap();
/// assert!(explained.by_weight.size().billionths() <= 1); // the odd billionth of a contribution
/// let moved: Vec<_> = comparison.changed_questions().collect();
/// assert_eq!((moved.len(), moved[0].0), (1, ids[0]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    before: Source,
    after: Source,
    overall: Change<Overall>,
    explained: Option<Explained>,
    pillars: PillarMap<Change<Standing>>,
    themes: ById<Change<Standing>>,
    questions: ById<QuestionChange>,
}

/// The change of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{T}Change"))]
#[non_exhaustive]
pub struct Change<T> {
    /// What it was before.
    pub before: T,
    /// What it is after.
    pub after: T,
    /// The change of the Score; `None` unless there is one on both sides.
    pub delta: Option<Delta>,
}

/// The change of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct QuestionChange {
    /// What became of it before.
    pub before: QuestionResult,
    /// What became of it after.
    pub after: QuestionResult,
    /// The change of its credit; `None` unless it counts on both sides.
    pub credit: Option<Delta>,
    /// How much of the change of the overall it explains: its contribution after less that before,
    /// where a question that does not count contributes 0. `None` unless both sides have an overall.
    pub explains: Option<Delta>,
}

/// What moved the overall; the two sum to its change exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explained {
    /// What the questions explain that [changed](QuestionChange::has_changed).
    pub by_answers: Delta,
    /// What the other questions explain: they weigh more or less because another question came to
    /// count or ceased to, or, where the lowest pillar is the overall, because another pillar is. A
    /// few billionths may be no more than the rounding of contributions.
    pub by_weight: Delta,
}

/// Why two results cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Incomparable {
    /// They are of questionnaires that score differently. A migration carries answers over.
    #[error("results of {0}")]
    OtherQuestionnaire(#[from] OtherQuestionnaire),
    /// They name other questions or themes although the fingerprints agree, or one of them twice: a
    /// stored result was changed.
    #[error("{what} `{id}` is not once in each of the results, so that one of them was changed")]
    Unmatched {
        /// What it is: `question` or `theme`.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The contributions of a stored result do not sum to its overall: it was changed.
    #[error("contributions of the {} result do not sum to its overall", if *after { "later" } else { "earlier" })]
    Unsummed {
        /// Whether it is the later of the two.
        after: bool,
    },
}

/// That both results are of one questionnaire.
fn same_questionnaire(before: &Identity, after: &Identity) -> Result<(), OtherQuestionnaire> {
    if before.fingerprint == after.fingerprint {
        Ok(())
    } else {
        Err(OtherQuestionnaire::new(before.clone(), after.clone()))
    }
}

impl Comparison {
    /// What changed from `before` to `after`. Fresh and stored results serve alike, by reference or
    /// by value. Questions and themes are matched by id and listed in the order of `after`.
    ///
    /// A result without an overall is compared all the same, as far as there is something to compare.
    ///
    /// # Errors
    ///
    /// If the results are of questionnaires that score differently, or a stored one was changed so
    /// that it does not add up.
    pub fn new(
        before: &impl AsRef<Record>,
        after: &impl AsRef<Record>,
    ) -> Result<Self, Incomparable> {
        let (before, after) = (before.as_ref(), after.as_ref());
        same_questionnaire(&before.questionnaire, &after.questionnaire)?;
        for (result, is_after) in [(before, false), (after, true)] {
            let contributions = result.questions.values().iter().map(worth);
            let sum: i64 = contributions.map(|score| i64::from(score.billionths())).sum();
            let overall = result.overall.score();
            if overall.is_some_and(|score| i64::from(score.billionths()) != sum) {
                return Err(Incomparable::Unsummed { after: is_after });
            }
        }
        let scored = before.overall.score().zip(after.overall.score());
        let questions: ById<QuestionChange> =
            matched("question", &before.questions, &after.questions, |before, after| {
                QuestionChange {
                    before: *before,
                    after: *after,
                    credit: delta(before.credit, after.credit),
                    explains: scored.map(|_| Delta::between(worth(before), worth(after))),
                }
            })?;
        let explained = scored.map(|(from, to)| {
            // What the changed ones explain lies within -1 and 1: each side is a part of an overall.
            let changed = || questions.values().iter().filter(|question| question.has_changed());
            let sum = |side: fn(&QuestionChange) -> Score| {
                Score::saturating(changed().map(|q| u128::from(side(q).billionths())).sum())
            };
            let by_answers = Delta::between(sum(|q| worth(&q.before)), sum(|q| worth(&q.after)));
            Explained { by_answers, by_weight: Delta::between(from, to).less(by_answers) }
        });
        Ok(Self {
            overall: Change::new(before.overall, after.overall, Overall::score),
            explained,
            pillars: PillarMap::from_fn(|of| {
                standing(&before.pillars[of].standing, &after.pillars[of].standing)
            }),
            themes: matched("theme", &before.themes, &after.themes, standing)?,
            questions,
            before: before.source(),
            after: after.source(),
        })
    }

    /// The result before.
    #[must_use]
    pub fn before(&self) -> &Source {
        &self.before
    }

    /// The result after.
    #[must_use]
    pub fn after(&self) -> &Source {
        &self.after
    }

    /// The change of the overall and of the stage.
    #[must_use]
    pub fn overall(&self) -> &Change<Overall> {
        &self.overall
    }

    /// What moved the overall; `None` unless both sides have one.
    #[must_use]
    pub fn explained(&self) -> Option<Explained> {
        self.explained
    }

    /// The change of each pillar.
    #[must_use]
    pub fn pillars(&self) -> &PillarMap<Change<Standing>> {
        &self.pillars
    }

    /// The change of one pillar.
    #[must_use]
    pub fn pillar(&self, pillar: Pillar) -> &Change<Standing> {
        &self.pillars[pillar]
    }

    /// The change of each theme, in the order of the later result.
    #[must_use]
    pub fn themes(&self) -> &ById<Change<Standing>> {
        &self.themes
    }

    /// The change of each question, in the order of the later result.
    #[must_use]
    pub fn questions(&self) -> &ById<QuestionChange> {
        &self.questions
    }

    /// The questions that [changed](QuestionChange::has_changed), those that explain most first; of
    /// equals, the earlier question.
    pub fn changed_questions(&self) -> impl Iterator<Item = (&str, &QuestionChange)> {
        let mut changed: Vec<_> = self.questions.iter().filter(|(_, q)| q.has_changed()).collect();
        changed.sort_by_key(|(_, q)| std::cmp::Reverse(q.explains.map(Delta::size)));
        changed.into_iter()
    }
}

impl<T> Change<T> {
    pub(crate) fn new(before: T, after: T, score: impl Fn(&T) -> Option<Score>) -> Self {
        let delta = delta(score(&before), score(&after));
        Self { before, after, delta }
    }
}

pub(crate) fn standing(before: &Standing, after: &Standing) -> Change<Standing> {
    Change::new(*before, *after, Standing::score)
}

impl QuestionChange {
    /// Whether its answer changed as far as a result tells: its state, or the credit with which it
    /// counts. Another answer with the same credit is no change.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.before.state != self.after.state || self.before.credit != self.after.credit
    }
}

fn delta(before: Option<Score>, after: Option<Score>) -> Option<Delta> {
    Some(Delta::between(before?, after?))
}

/// What a question contributes: nothing, where it does not count.
fn worth(result: &QuestionResult) -> Score {
    result.contribution.unwrap_or_default()
}

/// The values of each id on both sides, in the order of `after`.
fn matched<T, U>(
    what: &'static str,
    before: &ById<T>,
    after: &ById<T>,
    pair: impl Fn(&T, &T) -> U,
) -> Result<ById<U>, Incomparable> {
    let unmatched = |id: &str| Err(Incomparable::Unmatched { what, id: id.to_owned() });
    let mut earlier = BTreeMap::new();
    for (id, value) in before.iter() {
        if earlier.insert(id, value).is_some() {
            return unmatched(id);
        }
    }
    let mut pairs = Vec::with_capacity(earlier.len());
    for (id, later) in after.iter() {
        match earlier.remove(id) {
            Some(earlier) => pairs.push((id, pair(earlier, later))),
            None => return unmatched(id),
        }
    }
    match earlier.keys().next() {
        Some(id) => unmatched(id),
        None => Ok(pairs.into_iter().collect()),
    }
}
