//! Texts that files of survey tools confuse, for in them a choice or item stands as its text.
//!
//! Each scale is looked at once, however many questions share it. Texts are compared as lenient
//! reading does, upper and lower case always alike.

use std::collections::{BTreeMap, BTreeSet};

use super::listed::{Listed, Steps};
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{Place, Reader, whole};
use crate::questionnaire::spec::{ChoiceSpec, ItemSpec, NonAnswer, QuestionnaireSpec, ScaleSpec};
use crate::text::{Text, as_seen_in_lines, in_one_case};

/// So many of the answers that a text can mean are told.
pub(super) const TOLD: usize = 4;

pub(super) fn exports(reader: &mut Reader, steps: &mut Steps, spec: &QuestionnaireSpec) {
    spec.each_scale(|place, scale| match scale {
        ScaleSpec::Choice { choices } => of_choices(reader, &place.key("choices"), choices),
        ScaleSpec::Checklist { items } => of_items(reader, steps, &place.key("items"), items),
        ScaleSpec::YesNo | ScaleSpec::Measure { .. } => {}
    });
}

/// Hands over a text in each language with its place.
pub(super) fn each_line<'t>(
    place: &Place<'_>,
    text: &'t Text,
    mut visit: impl FnMut(&Place<'_>, &'t str),
) {
    // Without translations, a text is written as a string.
    let key = place.key("default");
    visit(if text.translations.is_empty() { place } else { &key }, &text.default);
    for (language, line) in &text.translations {
        visit(&place.key(language), line);
    }
}

/// Tools keep blanks at the ends of texts or drop them, as they please.
pub(super) fn padded(reader: &mut Reader, place: &Place<'_>, line: &str) {
    let trimmed = line.trim();
    if trimmed.len() < line.len() && !trimmed.is_empty() {
        reader.warning(place, Problem::PaddedText { found: Excerpt::new(line) });
    }
}

/// Texts in one case, each with the positions of those that have it, ascending.
struct Names(BTreeMap<String, Vec<usize>>);

impl Names {
    fn of<'t>(texts: impl Iterator<Item = &'t Text>) -> Self {
        let mut names = BTreeMap::<String, Vec<usize>>::new();
        for (position, text) in texts.enumerate() {
            for line in text.in_each_language() {
                let positions = names.entry(cased(line).replace('\n', " ")).or_default();
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        Self(names)
    }

    fn get(&self, cased: &str) -> &[usize] {
        self.0.get(cased).map_or(&[], Vec::as_slice)
    }

    /// Whether an earlier one has that text: of two that are alike, the later is told.
    fn is_again(&self, cased: &str, position: usize) -> bool {
        self.get(cased).first().is_some_and(|first| *first < position)
    }
}

fn cased(line: &str) -> String {
    in_one_case(&as_seen_in_lines(line))
}

fn of_choices(reader: &mut Reader, place: &Place<'_>, choices: &[ChoiceSpec]) {
    let names = Names::of(choices.iter().map(|choice| &choice.text));
    let values = choices.iter().enumerate().map(|(position, choice)| (choice.value, position));
    let values: BTreeMap<i64, usize> = values.collect();
    let value = |position: usize| choices.get(position).map_or(0, |choice| choice.value);
    each_text(reader, place, choices.iter().map(|choice| &choice.text), |position, cased| {
        let cased = &cased.replace('\n', " ");
        let by_value = numbers(cased).iter().find_map(|number| values.get(number)).copied();
        let by_value = by_value.filter(|other| *other != position);
        let alike = names.get(cased).iter().take(TOLD).copied();
        let found: BTreeSet<usize> = alike.chain([position]).chain(by_value).collect();
        let state = NonAnswer::of_word(cased);
        if by_value.is_none() && state.is_none() && !names.is_again(cased, position) {
            return Vec::new();
        }
        let told = |at: &usize| match by_value {
            None => value(*at).to_string(),
            Some(of_value) if of_value == *at => format!("{} by its value", value(*at)),
            Some(_) => format!("{} by its text", value(*at)),
        };
        found.iter().map(told).chain(state.map(|state| state.to_string())).collect()
    });
}

fn of_items(reader: &mut Reader, steps: &mut Steps, place: &Place<'_>, items: &[ItemSpec]) {
    let names = Names::of(items.iter().map(|item| &item.text));
    let ids = items.iter().enumerate().map(|(position, item)| (item.id.as_str(), position));
    let ids: BTreeMap<&str, usize> = ids.collect();
    let id = |position: &usize| items.get(*position).map_or("", |item| item.id.as_str());
    let mut listed = Listed::new(&names.0, &ids, steps);
    each_text(reader, place, items.iter().map(|item| &item.text), |position, cased| {
        let flat = cased.replace('\n', " ");
        let by_id = ids.get(flat.as_str()).copied().filter(|other| *other != position);
        let (state, list) = (NonAnswer::of_word(&flat), listed.others(cased, position));
        let alone = by_id.is_none() && state.is_none() && list.is_none();
        if alone && !names.is_again(&flat, position) {
            return Vec::new();
        }
        let alike = names.get(&flat).iter().take(TOLD).copied();
        let found: BTreeSet<usize> = alike.chain([position]).chain(by_id).collect();
        let told = found.iter().map(|of| id(of).to_owned());
        let told = told.chain(state.map(|state| state.to_string()));
        let list: Option<Vec<&str>> = list.as_ref().map(|list| list.iter().map(id).collect());
        told.chain(list.map(|list| format!("[{}]", list.join(", ")))).collect()
    });
}

/// Notes each text of which `answers` tells that it can mean them, once if it is the same in several
/// languages, and each that begins or ends with a blank.
fn each_text<'t>(
    reader: &mut Reader,
    place: &Place<'_>,
    texts: impl Iterator<Item = &'t Text>,
    mut answers: impl FnMut(usize, &str) -> Vec<String>,
) {
    for (position, text) in texts.enumerate() {
        let mut seen = BTreeSet::new();
        each_line(&place.index(position).key("text"), text, |place, line| {
            padded(reader, place, line);
            let cased = cased(line);
            if cased.is_empty() || seen.contains(&cased) {
                return;
            }
            let answers = answers(position, &cased);
            if !answers.is_empty() {
                let (found, answers) = (Excerpt::new(line), Excerpt::new(&answers.join(", ")));
                reader.warning(place, Problem::AmbiguousText { found, answers });
            }
            seen.insert(cased);
        });
    }
}

/// The whole numbers that a text can be, with a point before decimals or a comma.
fn numbers(cased: &str) -> Vec<i64> {
    let numeric = |b: u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b',' | b'e');
    if !cased.bytes().all(numeric) {
        return Vec::new();
    }
    let number = |text: &str| {
        text.parse().ok().or_else(|| text.parse().ok().and_then(|number: f64| whole(number)))
    };
    // Points between thousands are none before decimals.
    let comma = cased.replace('.', "").replacen(',', ".", 1);
    number(cased).into_iter().chain(number(&comma)).collect()
}
