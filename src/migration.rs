//! From one version of a questionnaire to the next, by a declared map.

mod check;
mod spec;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};

pub use spec::{MigrationEnd, MigrationSpec};

use crate::answers::{Answer, AnswerSheet, AnswerState};
use crate::diagnostic::Errors;
use crate::document::{Node, Reader};
use crate::questionnaire::{Identity, OtherQuestionnaire, Questionnaire};

/// A declared way from the answers to one questionnaire to answers to another, checked against both.
///
/// One that leaves a question of either side unaccounted for, or an answer without a place to go,
/// cannot exist. Results with different fingerprints are not compared (scoring rules, section 11);
/// carried over, the old answers are scored by the new questionnaire, and then they are.
///
/// # The document
///
/// ```
/// use digital_maturity::{Answer, Questionnaire, QuestionnaireSpec};
/// use digital_maturity::migration::{Loss, Migration};
/// use digital_maturity::spec::ScaleSpec;
///
/// let old = Questionnaire::dcx_pulse();
/// let ids: Vec<&str> = old.questions().map(|question| question.id()).collect();
/// let mut spec = old.spec().clone();
/// spec.version = "2.0.0".to_owned();
/// spec.questions[0].id = "purpose".to_owned();              // another name
/// spec.questions[1].scale = ScaleSpec::YesNo.into();     // another scale
/// let new = Questionnaire::try_from(spec)?;
///
/// let migration = Migration::from_json(&format!(r#"{{
///     "schema": 1,
///     "from": {{ "id": "dcx_pulse", "version": "{}" }},
///     "to":   {{ "id": "dcx_pulse", "version": "2.0.0" }},
///     "renamed": {{ "{}": "purpose" }},
///     "changed": [ "{}" ],
///     "answers": {{ "{}": {{ "1": false, "2": false, "3": null, "4": true, "5": true }} }}
/// }}"#, old.version(), ids[0], ids[2], ids[1]), &old, &new)?;
///
/// let mut sheet = old.sheet();
/// for id in &ids {
///     sheet.set(id, 3)?;
/// }
/// let carried = migration.carry(&sheet)?;
/// assert_eq!(carried.sheet.answer("purpose"), Some(Answer::Whole(3)));
/// let lost: Vec<_> = carried.lost().collect();
/// assert_eq!(lost, [(ids[1], Loss::NoCounterpart), (ids[2], Loss::Changed)]);
/// assert_eq!(carried.open, [ids[1], ids[2]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// - `from` and `to` name the two questionnaires by `id` and `version`, and by `fingerprint` if the
///   migration is for no other draft. They must be those it is read for.
/// - An old question that nothing is said of is the new question of the same id.
/// - `renamed` leads from an old id to a new one. `removed` lists old questions that are gone, `new`
///   those that came. `changed` lists ids that both have for questions that differ in meaning: what
///   was answered is not carried over. Every question of both sides is accounted for exactly once;
///   one that is on no list and not in the other questionnaire is an error.
/// - A question that is carried over takes the same answers as before: the same choices, the same
///   items, or the same unit with a first band that starts no higher, and in the same direction
///   (`reverse`). What they earn may differ, and so may title, texts, pillar, weight, themes and
///   conditions. Where the answers differ, `answers` maps them by the old id: every value of a
///   choice, `true` and `false`, or every item of a checklist (to a list of items), to an answer of
///   the new question, or to null where it has none. Measured answers are not mapped.
/// - Every fault is reported in one go, with path and code.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias("upgrade", "convert"))]
pub struct Migration {
    from: Questionnaire,
    to: Questionnaire,
    /// Of each old question, by position.
    routes: Vec<Route>,
}

/// What becomes of the answer to an old question.
#[derive(Clone, Debug, PartialEq)]
enum Route {
    To { id: String, map: Option<BTreeMap<String, Answer>> },
    Lost(Loss),
}

/// Answers that were carried over, and what became of each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Carried {
    /// The answers to the new questionnaire; respondent, day and comments are carried along.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub sheet: AnswerSheet,
    /// Every old question that was answered, with what became of the answer, in the order of the
    /// old questionnaire.
    pub answers: Vec<CarriedAnswer>,
    /// The old questions whose comments were lost, because the question was not carried over.
    pub lost_comments: Vec<String>,
    /// The new questions that are asked and not answered on the new sheet, in its order: those that
    /// are new, those that lost their answer, and those that were not answered before.
    pub open: Vec<String>,
}

/// What became of the answer to an old question. `dont_know` and `not_applicable` are answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarriedAnswer {
    /// The old question.
    #[serde(deserialize_with = "crate::names::stored_id")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub from: String,
    /// What became of its answer.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "fate", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fate {
    /// It stands as it is, under the same id.
    Kept,
    /// It stands as it is, under another id.
    Renamed {
        /// The new question.
        #[serde(deserialize_with = "crate::names::stored_id")]
        #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
        to: String,
    },
    /// The map of answers led to another one, or to the same by name.
    Mapped {
        /// The new question.
        #[serde(deserialize_with = "crate::names::stored_id")]
        #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
        to: String,
        /// Ticked items that the new checklist has nothing for.
        #[serde(deserialize_with = "crate::names::stored_ids")]
        #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
        dropped: Vec<String>,
    },
    /// It was not carried over.
    Lost {
        /// Why.
        reason: Loss,
    },
}

/// Why an answer was not carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Loss {
    /// The question is no longer there.
    Removed,
    /// The question means something else now.
    Changed,
    /// The new question has nothing that corresponds to the answer.
    NoCounterpart,
    /// The new question refuses `not_applicable` or `dont_know`, whichever it was.
    Refused,
}

impl Migration {
    /// The migration in a JSON document, from one questionnaire to another.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in one go and in its order.
    pub fn from_json(json: &str, from: &Questionnaire, to: &Questionnaire) -> Result<Self, Errors> {
        Node::read_json(json, |node| Self::from_node(node, from, to))
    }

    /// The migration in a document of any serde format, with the same check and report as
    /// [`from_json`](Self::from_json).
    ///
    /// # Errors
    ///
    /// One finding if `document` cannot be read at all, else everything that is wrong with it.
    pub fn from_document<'de, D: Deserializer<'de>>(
        document: D,
        from: &Questionnaire,
        to: &Questionnaire,
    ) -> Result<Self, Errors> {
        Self::from_node(&Node::from_document(document)?, from, to)
    }

    /// The migration of a specification built in code, by the same door as any document.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it; paths are those of its JSON form.
    pub fn new(
        spec: &MigrationSpec,
        from: &Questionnaire,
        to: &Questionnaire,
    ) -> Result<Self, Errors> {
        let mut reader = Reader::default();
        let routes = check::check(&mut reader, spec, from, to);
        if reader.failed() {
            // In the order in which the specification would be written.
            let written = serde_json::to_string(spec).unwrap_or_default();
            let node = Node::from_json(&written).unwrap_or(Node::Null);
            return Err(reader.refuse(&node));
        }
        Ok(Self { from: from.clone(), to: to.clone(), routes })
    }

    fn from_node(
        node: &Node<'_>,
        from: &Questionnaire,
        to: &Questionnaire,
    ) -> Result<Self, Errors> {
        Reader::document(node, |reader, at| {
            let spec = spec::migration(reader, at)?;
            let routes = check::check(reader, &spec, from, to);
            Some(Self { from: from.clone(), to: to.clone(), routes })
        })
    }

    /// The questionnaire that it starts from.
    #[must_use]
    pub fn from(&self) -> &Questionnaire {
        &self.from
    }

    /// The questionnaire that it leads to.
    #[must_use]
    pub fn to(&self) -> &Questionnaire {
        &self.to
    }

    /// Carries answers over, and reports what became of each. What cannot be carried over is left
    /// unanswered; it is never guessed.
    ///
    /// # Errors
    ///
    /// If the answers are for another questionnaire than the one that the migration starts from.
    pub fn carry(&self, sheet: &AnswerSheet) -> Result<Carried, OtherQuestionnaire> {
        let (expected, found) = (Identity::from(&self.from), Identity::from(sheet.questionnaire()));
        if expected != found {
            return Err(OtherQuestionnaire::new(expected, found));
        }
        let mut carried = self.to.sheet();
        carried.copy_head(sheet);
        let (mut answers, mut lost_comments) = (Vec::new(), Vec::new());
        for (from, answer) in sheet.answers() {
            // By id: questionnaires with one fingerprint may list their questions differently.
            let position = self.from.position(from.id());
            let Some(route) = position.and_then(|position| self.routes.get(position)) else {
                continue;
            };
            if let Some(comment) = sheet.comment(from.id()) {
                let kept = match route {
                    Route::To { id, .. } => carried.set_comment(id, comment).is_ok(),
                    Route::Lost(_) => false,
                };
                if !kept {
                    lost_comments.push(from.id().to_owned());
                }
            }
            if answer != Answer::Unanswered {
                let fate = match route {
                    Route::To { id, map } => put(&mut carried, from.id(), id, map.as_ref(), answer),
                    Route::Lost(reason) => Fate::Lost { reason: *reason },
                };
                answers.push(CarriedAnswer { from: from.id().to_owned(), fate });
            }
        }
        let mut open = BTreeSet::new();
        carried.outcomes(|position, _, outcome| {
            if outcome.state() == AnswerState::Unanswered {
                open.insert(position);
            }
        });
        let question = |position| Some(self.to.question_at(position)?.id().to_owned());
        let open = open.into_iter().filter_map(question).collect();
        Ok(Carried { sheet: carried, answers, lost_comments, open })
    }
}

/// Puts an answer to the new question, by way of the map if there is one.
fn put(
    sheet: &mut AnswerSheet,
    from: &str,
    to: &str,
    map: Option<&BTreeMap<String, Answer>>,
    answer: Answer,
) -> Fate {
    let is_state = matches!(answer, Answer::NotApplicable | Answer::DontKnow);
    let Some(map) = map.filter(|_| !is_state) else {
        let refused = if is_state { Loss::Refused } else { Loss::NoCounterpart };
        return match sheet.set(to, answer) {
            Err(_) => Fate::Lost { reason: refused },
            Ok(_) if from == to => Fate::Kept,
            Ok(_) => Fate::Renamed { to: to.to_owned() },
        };
    };
    let mut dropped = Vec::new();
    let look_up = |key: &str| map.get(key).cloned().unwrap_or_default();
    let answer = match answer {
        Answer::Whole(value) => look_up(&value.to_string()),
        Answer::YesNo(yes) => look_up(if yes { "true" } else { "false" }),
        Answer::Items(items) => {
            let mut union = BTreeSet::new();
            for item in &items {
                match look_up(item) {
                    Answer::Items(new) if !new.is_empty() => union.extend(new),
                    _ => dropped.push(item.clone()),
                }
            }
            // Ticks that all went are lost; a list without ticks would say that there were none.
            if union.is_empty() && !dropped.is_empty() {
                Answer::Unanswered
            } else {
                Answer::Items(union.into_iter().collect())
            }
        }
        _ => Answer::Unanswered,
    };
    if answer == Answer::Unanswered || sheet.set(to, answer).is_err() {
        return Fate::Lost { reason: Loss::NoCounterpart };
    }
    Fate::Mapped { to: to.to_owned(), dropped }
}

impl Carried {
    /// The old questions whose answers were lost, with the reason, in the order of the old
    /// questionnaire.
    pub fn lost(&self) -> impl Iterator<Item = (&str, Loss)> {
        self.answers.iter().filter_map(|answer| match answer.fate {
            Fate::Lost { reason } => Some((answer.from.as_str(), reason)),
            Fate::Kept | Fate::Renamed { .. } | Fate::Mapped { .. } => None,
        })
    }
}
