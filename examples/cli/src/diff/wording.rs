//! What cannot change a score: texts, languages, order, effort and the like. The unit of a measure
//! is among them by the rules, and changes what an answer means all the same.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::spec::{ScaleSpec, Start};
use digital_maturity::{Question, Questionnaire, Text};
use serde_json::{Value, json};

use super::change::{Change, Subject};
use super::version::Level;

/// Where a fact belongs: the thing, and the part of it that must be on both sides.
type Place = (Subject, Option<String>, Option<String>);

/// What a questionnaire says at one place.
enum Fact<'q> {
    Text(&'q Text),
    /// A text that says what the numbers of answers mean.
    Unit(&'q Text),
    Plain(Value),
}

type Facts<'q> = BTreeMap<(Place, &'static str), Fact<'q>>;

pub(super) fn changes(old: &Questionnaire, new: &Questionnaire) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut found = |needs, subject, id: Option<&String>, what: Option<String>, old, new| {
        changes.push(Change { needs, subject, id: id.cloned(), what, old, new });
    };
    let whole = Subject::Questionnaire;
    let (before, after) = (translations(old), translations(new));
    for language in before.symmetric_difference(&after) {
        let there = |side: &BTreeSet<_>| side.contains(language).then(|| json!(language));
        let what = Some("language".to_owned());
        found(Level::Minor, whole, None, what, there(&before), there(&after));
    }
    let both = |language: &str| {
        let language = language.to_ascii_lowercase();
        before.contains(&language) && after.contains(&language)
    };
    for Order { subject, id, what, lists: (old, new) } in orders(old, new) {
        if old != new {
            found(
                Level::Minor,
                subject,
                id.as_ref(),
                Some(what),
                Some(json!(old)),
                Some(json!(new)),
            );
        }
    }
    let (old, new) = (facts(old), facts(new));
    let things = |facts: &Facts<'_>| -> BTreeSet<(Subject, Option<String>)> {
        facts.keys().map(|((subject, id, _), _)| (*subject, id.clone())).collect()
    };
    let (old_things, new_things) = (things(&old), things(&new));
    for (subject, id) in old_things.symmetric_difference(&new_things) {
        // Themes and questions that came or went change scores.
        if !matches!(subject, Subject::Theme | Subject::Question) {
            let there =
                |side: &BTreeSet<_>| side.contains(&(*subject, id.clone())).then(|| json!(id));
            found(
                Level::Minor,
                *subject,
                id.as_ref(),
                None,
                there(&old_things),
                there(&new_things),
            );
        }
    }
    let places = |facts: &Facts<'_>| -> BTreeSet<Place> {
        facts.keys().map(|(place, _)| place.clone()).collect()
    };
    let shared: BTreeSet<Place> = places(&old).intersection(&places(&new)).cloned().collect();
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let ((subject, id, part), what) = key;
        if part.is_some() && !shared.contains(&key.0) || !in_both(&old_things, &new_things, key) {
            continue;
        }
        let what = match part {
            Some(part) => format!("{what} of {part}"),
            None => (*what).to_owned(),
        };
        let mut found =
            |needs, what, old, new| found(needs, *subject, id.as_ref(), Some(what), old, new);
        match (old.get(key), new.get(key)) {
            (Some(Fact::Text(old)), Some(Fact::Text(new))) => {
                texts(&what, (old, new), Level::Patch, both, &mut found);
            }
            (Some(Fact::Unit(old)), Some(Fact::Unit(new))) => {
                texts(&what, (old, new), Level::Major, both, &mut found);
            }
            (old, new) => {
                let (old, new) = (old.map(Fact::value), new.map(Fact::value));
                if old != new {
                    found(Level::Minor, what, old, new);
                }
            }
        }
    }
    changes
}

/// The languages that there are beside that of the default texts.
fn translations(of: &Questionnaire) -> BTreeSet<String> {
    let languages = of.languages().into_iter().filter(|language| Some(*language) != of.language());
    languages.map(str::to_ascii_lowercase).collect()
}

fn in_both(
    old: &BTreeSet<(Subject, Option<String>)>,
    new: &BTreeSet<(Subject, Option<String>)>,
    ((subject, id, _), _): &(Place, &'static str),
) -> bool {
    let thing = (*subject, id.clone());
    old.contains(&thing) && new.contains(&thing)
}

/// How a text was reworded, and in which languages it came or went that both questionnaires have.
fn texts(
    what: &str,
    (old, new): (&Text, &Text),
    needs: Level,
    both: impl Fn(&str) -> bool,
    found: &mut impl FnMut(Level, String, Option<Value>, Option<Value>),
) {
    if old.default != new.default {
        found(needs, what.to_owned(), Some(json!(old.default)), Some(json!(new.default)));
    }
    for language in old.translations.keys().chain(new.translations.keys()).collect::<BTreeSet<_>>()
    {
        let text = |side: &Text| side.translations.get(language).map(|text| json!(text));
        let (old, new) = (text(old), text(new));
        let what = format!("{what} ({language})");
        match (&old, &new) {
            (Some(before), Some(after)) if before != after => found(Level::Patch, what, old, new),
            (Some(_), None) | (None, Some(_)) if both(language) => {
                found(Level::Minor, what, old, new);
            }
            _ => {}
        }
    }
}

/// In which order things stand that are in both questionnaires.
struct Order {
    subject: Subject,
    id: Option<String>,
    what: String,
    /// In the old one, and in the new one.
    lists: (Vec<String>, Vec<String>),
}

impl Order {
    fn of(what: &str, lists: (Vec<String>, Vec<String>)) -> Self {
        Self { subject: Subject::Questionnaire, id: None, what: what.to_owned(), lists }
    }
}

fn orders(old: &Questionnaire, new: &Questionnaire) -> Vec<Order> {
    let ids =
        |of: &Questionnaire| of.questions().map(|question| question.id().to_owned()).collect();
    let mut orders = vec![Order::of("order of questions", common(ids(old), ids(new)))];
    let ids = |of: &Questionnaire| of.themes().iter().map(|theme| theme.id.clone()).collect();
    orders.push(Order::of("order of themes", common(ids(old), ids(new))));
    for question in old.questions() {
        let Some(other) = new.question(question.id()) else { continue };
        let lists = common(answers(question), answers(other));
        let id = Some(question.id().to_owned());
        orders.push(Order {
            subject: Subject::Question,
            id,
            ..Order::of("order of answers", lists)
        });
    }
    orders
}

/// Both lists without what is in one of them only.
fn common(mut old: Vec<String>, mut new: Vec<String>) -> (Vec<String>, Vec<String>) {
    let (olds, news): (BTreeSet<_>, BTreeSet<_>) =
        (old.iter().cloned().collect(), new.iter().cloned().collect());
    old.retain(|entry| news.contains(entry));
    new.retain(|entry| olds.contains(entry));
    (old, new)
}

/// The answers to choose from, in their order.
fn answers(question: Question<'_>) -> Vec<String> {
    match question.scale() {
        ScaleSpec::Choice { choices } => choices.iter().map(|c| c.value.to_string()).collect(),
        ScaleSpec::Checklist { items } => items.iter().map(|item| item.id.clone()).collect(),
        ScaleSpec::YesNo | ScaleSpec::Measure { .. } => Vec::new(),
    }
}

fn facts(of: &Questionnaire) -> Facts<'_> {
    let mut facts = Facts::new();
    let mut gather = Gather(&mut facts);
    gather.text((Subject::Questionnaire, None, None), "title", Some(of.title()));
    gather.text((Subject::Questionnaire, None, None), "description", of.description());
    gather.text((Subject::Questionnaire, None, None), "instructions", of.instructions());
    let language = of.language().map(|language| Fact::Plain(json!(language)));
    gather.put((Subject::Questionnaire, None, None), "language of default texts", language);
    for term in of.glossary() {
        let place = (Subject::Glossary, Some(term.term.default.clone()), None);
        gather.text(place.clone(), "term", Some(&term.term));
        gather.text(place, "meaning", Some(&term.meaning));
    }
    for family in of.families() {
        let place = (Subject::Family, Some(family.id.clone()), None);
        gather.text(place.clone(), "title", Some(&family.title));
        gather.text(place, "description", family.description.as_ref());
    }
    for theme in of.themes() {
        let place = (Subject::Theme, Some(theme.id.clone()), None);
        gather.text(place.clone(), "title", Some(&theme.title));
        gather.text(place.clone(), "description", theme.description.as_ref());
        gather.put(place, "family", Some(Fact::Plain(json!(theme.family))));
    }
    for question in of.questions() {
        gather.question(question);
    }
    facts
}

struct Gather<'f, 'q>(&'f mut Facts<'q>);

impl<'q> Gather<'_, 'q> {
    fn put(&mut self, place: Place, what: &'static str, fact: Option<Fact<'q>>) {
        if let Some(fact) = fact {
            self.0.insert((place, what), fact);
        }
    }

    fn text(&mut self, place: Place, what: &'static str, text: Option<&'q Text>) {
        self.put(place, what, text.map(Fact::Text));
    }

    fn question(&mut self, question: Question<'q>) {
        let id = Some(question.id().to_owned());
        let part = |part: Option<String>| (Subject::Question, id.clone(), part);
        self.text(part(None), "title", Some(question.title()));
        self.text(part(None), "guidance", question.guidance());
        self.put(part(None), "effort", Some(Fact::Plain(json!(question.effort()))));
        match question.scale() {
            ScaleSpec::Choice { choices } => {
                for choice in choices {
                    let place = part(Some(format!("choice `{}`", choice.value)));
                    self.text(place.clone(), "text", Some(&choice.text));
                    self.text(place, "advice", choice.advice.as_ref());
                }
            }
            ScaleSpec::Checklist { items } => {
                for item in items {
                    let place = part(Some(format!("item `{}`", item.id)));
                    self.text(place, "text", Some(&item.text));
                }
            }
            ScaleSpec::Measure { unit, bands } => {
                // Only a measure has a unit: the part is there if both are one.
                let place = part(Some("the measure".to_owned()));
                self.put(place, "unit", Some(Fact::Unit(unit)));
                for band in bands {
                    let start = match band.start {
                        Start::From(start) => start.to_string(),
                        Start::Above(start) => format!(">{start}"),
                    };
                    let place = part(Some(format!("band `{start}`")));
                    // Without texts, too, it is there.
                    self.put(place.clone(), "start", Some(Fact::Plain(Value::Null)));
                    self.text(place.clone(), "text", band.text.as_ref());
                    self.text(place, "advice", band.advice.as_ref());
                }
            }
            ScaleSpec::YesNo => {}
        }
    }
}

impl Fact<'_> {
    fn value(&self) -> Value {
        match self {
            Self::Text(text) | Self::Unit(text) => json!(text),
            Self::Plain(value) => value.clone(),
        }
    }
}
