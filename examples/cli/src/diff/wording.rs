//! What cannot change a score: texts, languages, order, effort and the like. The unit of a measure
//! is among them by the rules, and changes what an answer means all the same.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::spec::{FamilySpec, ScaleSpec, Start, TermSpec, ThemeSpec};
use digital_maturity::{Question, Questionnaire, Text};
use serde_json::{Value, json};

use super::change::{Changes, Subject};
use super::version::Level;

/// What a questionnaire says something of, by the id of each.
type Things<'q> = BTreeMap<(Subject, Option<&'q str>), Thing<'q>>;

/// Where it says that. The facts of one thing are gathered at a time: of a shared scale each question
/// has all.
enum Thing<'q> {
    Questionnaire(&'q Questionnaire),
    Term(&'q TermSpec),
    Family(&'q FamilySpec),
    Theme(&'q ThemeSpec),
    Question(Question<'q>),
}

/// What is said of a thing, or of a part of it that must be on both sides.
type Facts<'q> = BTreeMap<(Option<String>, &'static str), Fact<'q>>;

/// What a questionnaire says at one place.
enum Fact<'q> {
    Text(&'q Text),
    /// A text that says what the numbers of answers mean.
    Unit(&'q Text),
    Plain(Value),
}

pub(super) fn changes(changes: &mut Changes, old: &Questionnaire, new: &Questionnaire) {
    let whole = (Subject::Questionnaire, None);
    let (before, after) = (translations(old), translations(new));
    for language in before.symmetric_difference(&after) {
        let there = |side: &BTreeSet<_>| side.contains(language).then(|| json!(language));
        let values = || [there(&before), there(&after)];
        changes.add(Level::Minor, whole, Some("language"), values);
    }
    let both = |language: &str| {
        let language = language.to_ascii_lowercase();
        before.contains(&language) && after.contains(&language)
    };
    orders(changes, old, new);
    let (old, new) = (things(old), things(new));
    for thing in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let (subject, id) = *thing;
        match (old.get(thing), new.get(thing)) {
            (Some(old), Some(new)) => {
                let mut found = |needs, what: String, old, new| {
                    changes.add(needs, *thing, Some(&what), || [old, new]);
                };
                reworded(&old.facts(), &new.facts(), both, &mut found);
            }
            // Themes and questions that came or went change scores.
            _ if matches!(subject, Subject::Theme | Subject::Question) => {}
            (old, new) => {
                let there = |side: Option<&Thing<'_>>| side.map(|_| json!(id));
                changes.add(Level::Minor, *thing, None, || [there(old), there(new)]);
            }
        }
    }
}

/// What is said otherwise of a thing that is in both questionnaires.
fn reworded(
    old: &Facts<'_>,
    new: &Facts<'_>,
    both: impl Fn(&str) -> bool,
    found: &mut impl FnMut(Level, String, Option<Value>, Option<Value>),
) {
    let parts = |facts: &Facts<'_>| -> BTreeSet<Option<String>> {
        facts.keys().map(|(part, _)| part.clone()).collect()
    };
    let (before, after) = (parts(old), parts(new));
    for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let what = match key {
            (None, what) => (*what).to_owned(),
            (part, _) if !before.contains(part) || !after.contains(part) => continue,
            (Some(part), what) => format!("{what} of {part}"),
        };
        match (old.get(key), new.get(key)) {
            (Some(Fact::Text(old)), Some(Fact::Text(new))) => {
                texts(&what, (old, new), Level::Patch, &both, found);
            }
            (Some(Fact::Unit(old)), Some(Fact::Unit(new))) => {
                texts(&what, (old, new), Level::Major, &both, found);
            }
            (old, new) => {
                let (old, new) = (old.map(Fact::value), new.map(Fact::value));
                if old != new {
                    found(Level::Minor, what, old, new);
                }
            }
        }
    }
}

/// The languages that there are beside that of the default texts.
fn translations(of: &Questionnaire) -> BTreeSet<String> {
    let languages = of.languages().into_iter().filter(|language| Some(*language) != of.language());
    languages.map(str::to_ascii_lowercase).collect()
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

/// Whether things that are in both questionnaires stand in another order.
fn orders(changes: &mut Changes, old: &Questionnaire, new: &Questionnaire) {
    let mut compare = |of, what, (old, new): (Vec<String>, Vec<String>)| {
        if old != new {
            changes.add(Level::Minor, of, Some(what), || [Some(json!(old)), Some(json!(new))]);
        }
    };
    let whole = (Subject::Questionnaire, None);
    let ids =
        |of: &Questionnaire| of.questions().map(|question| question.id().to_owned()).collect();
    compare(whole, "order of questions", common(ids(old), ids(new)));
    let ids = |of: &Questionnaire| of.themes().iter().map(|theme| theme.id.clone()).collect();
    compare(whole, "order of themes", common(ids(old), ids(new)));
    for question in old.questions() {
        let Some(other) = new.question(question.id()) else { continue };
        let of = (Subject::Question, Some(question.id()));
        compare(of, "order of answers", common(answers(question), answers(other)));
    }
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

fn things(of: &Questionnaire) -> Things<'_> {
    let whole = ((Subject::Questionnaire, None), Thing::Questionnaire(of));
    let terms = of
        .glossary()
        .iter()
        .map(|term| ((Subject::Glossary, Some(term.term.default.as_str())), Thing::Term(term)));
    let families = of
        .families()
        .iter()
        .map(|family| ((Subject::Family, Some(family.id.as_str())), Thing::Family(family)));
    let themes = of
        .themes()
        .iter()
        .map(|theme| ((Subject::Theme, Some(theme.id.as_str())), Thing::Theme(theme)));
    let questions = of
        .questions()
        .map(|question| ((Subject::Question, Some(question.id())), Thing::Question(question)));
    std::iter::once(whole).chain(terms).chain(families).chain(themes).chain(questions).collect()
}

impl<'q> Thing<'q> {
    fn facts(&self) -> Facts<'q> {
        let mut gather = Gather(Facts::new());
        match self {
            Self::Questionnaire(of) => {
                gather.text(None, "title", Some(of.title()));
                gather.text(None, "description", of.description());
                gather.text(None, "instructions", of.instructions());
                let language = of.language().map(|language| Fact::Plain(json!(language)));
                gather.put(None, "language of default texts", language);
            }
            Self::Term(term) => {
                gather.text(None, "term", Some(&term.term));
                gather.text(None, "meaning", Some(&term.meaning));
            }
            Self::Family(family) => {
                gather.text(None, "title", Some(&family.title));
                gather.text(None, "description", family.description.as_ref());
            }
            Self::Theme(theme) => {
                gather.text(None, "title", Some(&theme.title));
                gather.text(None, "description", theme.description.as_ref());
                gather.put(None, "family", Some(Fact::Plain(json!(theme.family))));
            }
            Self::Question(question) => gather.question(*question),
        }
        gather.0
    }
}

struct Gather<'q>(Facts<'q>);

impl<'q> Gather<'q> {
    fn put(&mut self, part: Option<String>, what: &'static str, fact: Option<Fact<'q>>) {
        if let Some(fact) = fact {
            self.0.insert((part, what), fact);
        }
    }

    fn text(&mut self, part: Option<String>, what: &'static str, text: Option<&'q Text>) {
        self.put(part, what, text.map(Fact::Text));
    }

    fn question(&mut self, question: Question<'q>) {
        self.text(None, "title", Some(question.title()));
        self.text(None, "guidance", question.guidance());
        self.put(None, "effort", Some(Fact::Plain(json!(question.effort()))));
        match question.scale() {
            ScaleSpec::Choice { choices } => {
                for choice in choices {
                    let part = Some(format!("choice `{}`", choice.value));
                    self.text(part.clone(), "text", Some(&choice.text));
                    self.text(part, "advice", choice.advice.as_ref());
                }
            }
            ScaleSpec::Checklist { items } => {
                for item in items {
                    self.text(Some(format!("item `{}`", item.id)), "text", Some(&item.text));
                }
            }
            ScaleSpec::Measure { unit, bands } => {
                // Only a measure has a unit: the part is there if both are one.
                self.put(Some("the measure".to_owned()), "unit", Some(Fact::Unit(unit)));
                for band in bands {
                    let start = match band.start {
                        Start::From(start) => start.to_string(),
                        Start::Above(start) => format!(">{start}"),
                    };
                    let part = Some(format!("band `{start}`"));
                    // Without texts, too, it is there.
                    self.put(part.clone(), "start", Some(Fact::Plain(Value::Null)));
                    self.text(part.clone(), "text", band.text.as_ref());
                    self.text(part, "advice", band.advice.as_ref());
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
