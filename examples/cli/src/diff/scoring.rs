//! What can change a score: the differences between two canonical texts (scoring rules, section 11),
//! so that there is one exactly where the fingerprints differ.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::{Pillar, Questionnaire, Score, Stage, Weight};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::change::{Changes, Subject};
use super::version::Level;

pub(super) fn changes(changes: &mut Changes, old: &Questionnaire, new: &Questionnaire) {
    let mut found = Found { changes, sides: [old, new] };
    let texts = [old.canonical_text(), new.canonical_text()];
    let [old, new] = texts.each_ref().map(|text| Canonical::read(text));
    let part = |key| (old.part(key), new.part(key));
    for key in ["aggregation", "unanswered", "dont_know"] {
        let (old, new) = part(key);
        found.compare(Subject::Method, None, key, (old.as_ref(), new.as_ref()), Clone::clone);
    }
    let (before, after) = part("minimum_coverage");
    let pair = (before.as_ref(), after.as_ref());
    found.compare(Subject::Method, None, "minimum_coverage", pair, score);
    let (before, after) = part("pillars");
    let (before, after) = (before.as_ref(), after.as_ref());
    for (index, pillar) in Pillar::ALL.into_iter().enumerate() {
        let pair = (at(before, index), at(after, index));
        found.compare(Subject::Pillar, Some(pillar.as_str()), "weight", pair, weight);
    }
    let (before, after) = part("stages");
    let (before, after) = (before.as_ref(), after.as_ref());
    for (index, stage) in Stage::ABOVE_LOWEST.into_iter().enumerate() {
        for (column, key) in ["overall", "every_pillar"].into_iter().enumerate() {
            let pair = (at(at(before, index), column), at(at(after, index), column));
            found.compare(Subject::Stage, Some(stage.as_str()), key, pair, score);
        }
    }
    let (before, after) = part("themes");
    let (before, after) = (members(before.as_ref()), members(after.as_ref()));
    for id in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        match (before.get(id), after.get(id)) {
            (Some(old), Some(new)) => {
                let pair = (Some(*old), Some(*new));
                found.compare(Subject::Theme, Some(id), "questions", pair, Clone::clone);
            }
            (old, new) => found.whole(Subject::Theme, id, old.is_some(), new.is_some()),
        }
    }
    let (before, after) = (&old.questions, &new.questions);
    for id in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        match (before.get(id), after.get(id)) {
            (Some(old), Some(new)) => found.question(id, &value(old), &value(new)),
            (old, new) => found.whole(Subject::Question, id, old.is_some(), new.is_some()),
        }
    }
}

/// A canonical text, of which one part is read at a time: it has a scale that questions share with each.
struct Canonical<'t> {
    parts: BTreeMap<&'t str, &'t RawValue>,
    questions: BTreeMap<&'t str, &'t RawValue>,
}

impl<'t> Canonical<'t> {
    fn read(text: &'t str) -> Self {
        #[derive(Deserialize)]
        struct Named<'t> {
            id: &'t str,
        }
        let parts: BTreeMap<&str, &RawValue> = serde_json::from_str(text).unwrap_or_default();
        let questions = parts.get("questions").map(|list| list.get()).unwrap_or_default();
        let questions: Vec<&RawValue> = serde_json::from_str(questions).unwrap_or_default();
        let named = |question: &&'t RawValue| {
            let named: Named<'t> = serde_json::from_str(question.get()).ok()?;
            Some((named.id, *question))
        };
        Self { questions: questions.iter().filter_map(named).collect(), parts }
    }

    fn part(&self, key: &str) -> Option<Value> {
        self.parts.get(key).map(|part| value(part))
    }
}

fn value(text: &RawValue) -> Value {
    serde_json::from_str(text.get()).unwrap_or_default()
}

struct Found<'c, 'q> {
    changes: &'c mut Changes,
    /// The old and the new questionnaire.
    sides: [&'q Questionnaire; 2],
}

impl Found<'_, '_> {
    fn compare(
        &mut self,
        subject: Subject,
        id: Option<&str>,
        what: &str,
        (old, new): (Option<&Value>, Option<&Value>),
        show: impl Fn(&Value) -> Value,
    ) {
        if old != new {
            let values = || [old.map(&show), new.map(&show)];
            self.changes.add(Level::Major, (subject, id), Some(what), values);
        }
    }

    /// Something came or went.
    fn whole(&mut self, subject: Subject, id: &str, old: bool, new: bool) {
        let title = |questionnaire: Option<&Questionnaire>| {
            let questionnaire = questionnaire?;
            let title = match subject {
                Subject::Question => questionnaire.question(id)?.title().as_str(),
                _ => questionnaire.theme(id)?.title.as_str(),
            };
            Some(json!(title))
        };
        let [before, after] = self.sides;
        let values = || [title(old.then_some(before)), title(new.then_some(after))];
        self.changes.add(Level::Major, (subject, Some(id)), None, values);
    }

    fn question(&mut self, id: &str, old: &Value, new: &Value) {
        let part = |key| (old.get(key), new.get(key));
        let subject = Subject::Question;
        self.compare(subject, Some(id), "pillar", part("pillar"), Clone::clone);
        self.compare(subject, Some(id), "weight", part("weight"), weight);
        self.compare(subject, Some(id), "forbid", part("forbid"), Clone::clone);
        if old.get("asked_if") != new.get("asked_if") {
            let sides = self.sides;
            let condition = |questionnaire: &Questionnaire| {
                let condition = questionnaire.question(id)?.asked_if();
                condition.and_then(|condition| serde_json::to_value(condition).ok())
            };
            let values = || sides.map(condition);
            self.changes.add(Level::Major, (subject, Some(id)), Some("condition"), values);
        }
        let (Some(old), Some(new)) = part("scale") else { return };
        if old.get("kind") != new.get("kind") {
            let pair = (old.get("kind"), new.get("kind"));
            return self.compare(subject, Some(id), "kind of scale", pair, Clone::clone);
        }
        let part = |key| (old.get(key), new.get(key));
        self.compare(subject, Some(id), "credit of `true`", part("yes"), credit);
        for (key, what, value) in [
            ("choices", "credit of choice", credit as fn(&Value) -> Value),
            ("items", "points of item", Clone::clone),
            ("bands", "credit of band", credit),
        ] {
            let (old, new) = part(key);
            let (old, new) = (pairs(old), pairs(new));
            let added = new.iter().filter(|(key, _)| earned(&old, key).is_none());
            for (key, _) in old.iter().chain(added) {
                let pair = (earned(&old, key), earned(&new, key));
                let what = match pair {
                    (Some(_), Some(_)) => format!("{what} `{key}`"),
                    // It came or went as a whole.
                    _ => format!("{} `{key}`", what.rsplit(' ').next().unwrap_or_default()),
                };
                self.compare(subject, Some(id), &what, pair, value);
            }
        }
    }
}

fn at(list: Option<&Value>, index: usize) -> Option<&Value> {
    list?.get(index)
}

fn members(object: Option<&Value>) -> BTreeMap<&str, &Value> {
    let entries = object.and_then(Value::as_object).into_iter().flatten();
    entries.map(|(key, value)| (key.as_str(), value)).collect()
}

/// What each answer of a scale earns, in the order of the canonical text.
fn pairs(list: Option<&Value>) -> Vec<(String, &Value)> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    let pair = |entry: &'_ Value| -> Option<String> {
        let key = entry.get(0)?;
        Some(key.as_str().map_or_else(|| key.to_string(), str::to_owned))
    };
    entries.filter_map(|entry| Some((pair(entry)?, entry.get(1)?))).collect()
}

fn earned<'v>(pairs: &[(String, &'v Value)], answer: &str) -> Option<&'v Value> {
    pairs.iter().find(|(other, _)| other == answer).map(|(_, earned)| *earned)
}

/// Billionths as the number that a document has.
fn score(billionths: &Value) -> Value {
    let billionths = billionths.as_u64().and_then(|n| u32::try_from(n).ok());
    json!(billionths.and_then(Score::from_billionths))
}

/// Thousandths likewise.
fn weight(thousandths: &Value) -> Value {
    let thousandths = thousandths.as_u64().and_then(|n| u32::try_from(n).ok());
    json!(thousandths.and_then(Weight::from_thousandths))
}

/// Units of 1e-15 likewise.
fn credit(units: &Value) -> Value {
    let digits = units.as_str().unwrap_or_default();
    let (whole, fraction) = match digits.len().checked_sub(15) {
        Some(split) if split > 0 => digits.split_at_checked(split).unwrap_or_default(),
        _ => ("0", digits),
    };
    let text = format!("{whole}.{fraction:0>15}");
    json!(text.parse::<f64>().ok().map(|credit| match credit {
        1.0 => json!(1),
        0.0 => json!(0),
        credit => json!(credit),
    }))
}
