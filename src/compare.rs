//! What changed between two results of the same questionnaire, and over many of them.

mod history;

use std::collections::BTreeMap;

use serde::Serialize;

pub use history::{History, HistoryError, HistoryFault, Point, StageChange, Trend};

use crate::assessment::{Overall, QuestionResult, Record, Standing};
use crate::date::Date;
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
/// let before = Record::from(&sheet.assess()); // as it was saved last year
/// let after = sheet.set(ids[0], 5)?.assess();
///
/// let comparison = Comparison::of(&before, &after)?;
/// assert_eq!(format!("{:+}", comparison.overall().delta.unwrap()), "+0.041666667");
/// let explained = comparison.explained().unwrap();
/// assert!(explained.by_weight.size().billionths() <= 1); // the odd billionth of a contribution
/// let moved: Vec<_> = comparison.changed_questions().collect();
/// assert_eq!((moved.len(), moved[0].id.as_str()), (1, ids[0]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    before: Side,
    after: Side,
    overall: OverallChange,
    explained: Option<Explained>,
    pillars: PillarMap<StandingChange>,
    themes: Vec<ThemeChange>,
    questions: Vec<QuestionChange>,
}

/// Which result is on one side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side {
    /// The questionnaire. Id and version may differ from the other side's, the fingerprint not.
    pub questionnaire: Identity,
    /// Who answered, if that was given.
    pub respondent: Option<String>,
    /// The day on which the answers were given, if that was given.
    pub taken: Option<Date>,
}

/// The change of the overall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverallChange {
    /// The overall before.
    pub before: Overall,
    /// The overall after.
    pub after: Overall,
    /// The change of the Score; `None` unless there is one on both sides.
    pub delta: Option<Delta>,
}

/// The change of a pillar or a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StandingChange {
    /// Its standing before.
    pub before: Standing,
    /// Its standing after.
    pub after: Standing,
    /// The change of its Score; `None` unless there is one on both sides.
    pub delta: Option<Delta>,
}

/// The change of a theme, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeChange {
    /// The theme's id.
    pub id: String,
    /// What changed.
    #[serde(flatten)]
    pub change: StandingChange,
}

/// The change of a question, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionChange {
    /// The question's id.
    pub id: String,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
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
    pub fn of(before: impl Into<Record>, after: impl Into<Record>) -> Result<Self, Incomparable> {
        let (before, after) = (before.into(), after.into());
        same_questionnaire(&before.questionnaire, &after.questionnaire)?;
        for (result, is_after) in [(&before, false), (&after, true)] {
            let contributions = result.questions.iter().map(|q| worth(&q.result));
            let sum: i64 = contributions.map(|score| i64::from(score.billionths())).sum();
            let overall = result.overall.score();
            if overall.is_some_and(|score| i64::from(score.billionths()) != sum) {
                return Err(Incomparable::Unsummed { after: is_after });
            }
        }
        let scored = before.overall.score().zip(after.overall.score());
        let earlier = before.questions.iter().map(|q| (q.id.as_str(), &q.result));
        let later = after.questions.iter().map(|q| (q.id.as_str(), &q.result));
        let questions: Vec<QuestionChange> = matched("question", earlier, later)?
            .into_iter()
            .map(|(id, before, after)| QuestionChange {
                id: id.to_owned(),
                before: *before,
                after: *after,
                credit: delta(before.credit, after.credit),
                explains: scored.map(|_| Delta::between(worth(before), worth(after))),
            })
            .collect();
        let earlier = before.themes.iter().map(|t| (t.id.as_str(), &t.standing));
        let later = after.themes.iter().map(|t| (t.id.as_str(), &t.standing));
        let themes = matched("theme", earlier, later)?
            .into_iter()
            .map(|(id, before, after)| ThemeChange {
                id: id.to_owned(),
                change: StandingChange::of(*before, *after),
            })
            .collect();
        let explained = scored.map(|(from, to)| {
            // What the changed ones explain lies within -1 and 1: each side is a part of an overall.
            let changed = || questions.iter().filter(|question| question.has_changed());
            let sum = |side: fn(&QuestionChange) -> Score| {
                Score::saturating(changed().map(|q| u128::from(side(q).billionths())).sum())
            };
            let by_answers = Delta::between(sum(|q| worth(&q.before)), sum(|q| worth(&q.after)));
            Explained { by_answers, by_weight: Delta::between(from, to).less(by_answers) }
        });
        Ok(Self {
            overall: OverallChange {
                before: before.overall,
                after: after.overall,
                delta: scored.map(|(before, after)| Delta::between(before, after)),
            },
            explained,
            pillars: PillarMap::from_fn(|pillar| {
                let (before, after) = (&before.pillars[pillar], &after.pillars[pillar]);
                StandingChange::of(before.standing, after.standing)
            }),
            themes,
            questions,
            before: Side::of(before),
            after: Side::of(after),
        })
    }

    /// The result before.
    #[must_use]
    pub fn before(&self) -> &Side {
        &self.before
    }

    /// The result after.
    #[must_use]
    pub fn after(&self) -> &Side {
        &self.after
    }

    /// The change of the overall and of the stage.
    #[must_use]
    pub fn overall(&self) -> &OverallChange {
        &self.overall
    }

    /// What moved the overall; `None` unless both sides have one.
    #[must_use]
    pub fn explained(&self) -> Option<Explained> {
        self.explained
    }

    /// The change of each pillar.
    #[must_use]
    pub fn pillars(&self) -> &PillarMap<StandingChange> {
        &self.pillars
    }

    /// The change of one pillar.
    #[must_use]
    pub fn pillar(&self, pillar: Pillar) -> &StandingChange {
        &self.pillars[pillar]
    }

    /// The change of each theme, in the order of the later result.
    #[must_use]
    pub fn themes(&self) -> &[ThemeChange] {
        &self.themes
    }

    /// The change of each question, in the order of the later result.
    #[must_use]
    pub fn questions(&self) -> &[QuestionChange] {
        &self.questions
    }

    /// The questions that [changed](QuestionChange::has_changed), those that explain most first; of
    /// equals, the earlier question.
    pub fn changed_questions(&self) -> impl Iterator<Item = &QuestionChange> {
        let mut changed: Vec<_> = self.questions.iter().filter(|q| q.has_changed()).collect();
        changed.sort_by_key(|q| std::cmp::Reverse(q.explains.map(Delta::size)));
        changed.into_iter()
    }
}

impl Side {
    fn of(result: Record) -> Self {
        Self {
            questionnaire: result.questionnaire,
            respondent: result.respondent,
            taken: result.taken,
        }
    }
}

impl StandingChange {
    fn of(before: Standing, after: Standing) -> Self {
        Self { before, after, delta: delta(before.score(), after.score()) }
    }
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
fn matched<'r, T>(
    what: &'static str,
    before: impl Iterator<Item = (&'r str, T)>,
    after: impl Iterator<Item = (&'r str, T)>,
) -> Result<Vec<(&'r str, T, T)>, Incomparable> {
    let unmatched = |id: &str| Err(Incomparable::Unmatched { what, id: id.to_owned() });
    let mut earlier = BTreeMap::new();
    for (id, value) in before {
        if earlier.insert(id, value).is_some() {
            return unmatched(id);
        }
    }
    let mut pairs = Vec::with_capacity(earlier.len());
    for (id, later) in after {
        match earlier.remove(id) {
            Some(earlier) => pairs.push((id, earlier, later)),
            None => return unmatched(id),
        }
    }
    match earlier.keys().next() {
        Some(id) => unmatched(id),
        None => Ok(pairs),
    }
}
