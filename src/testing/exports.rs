//! Whether what survey tools export can be told apart.

use std::collections::{BTreeMap, BTreeSet};

use super::mistakes::{Found, Mistakes};
use crate::answers::Answer;
use crate::diagnostic::Excerpt;
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::text::{Text, as_seen, in_one_case};

/// That answers which survey tools and spreadsheets export, by value or by text, can be read in one
/// way only. Texts are compared as [`Questionnaire::read_lenient`] does, in every language, upper and
/// lower case always alike.
///
/// - *Cells.* The text of a choice means that choice and nothing else: it is not the text or the value
///   of another, and no word for a state. The same of items, their texts and their ids. An item's text
///   is no list of other items (`Web; app`), for tools that write what was ticked in one cell.
/// - *Headers.* No two columns have one header: questions by id and by title; an item's own column by
///   the question's id or title and the item, as `channels[web]`, `channels___web`, `channels/web` and
///   `channels - web` are written.
/// - No such text begins or ends with a blank, which tools keep or drop as they please.
///
/// # Cost
///
/// In proportion to the texts, for each scale to their square: milliseconds.
///
/// # Errors
///
/// Each text and header that is not alone, with what it could be, too.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
///
/// testing::exportable(Questionnaire::dcx())?;
///
/// let mut spec = Questionnaire::dcx_pulse().spec().clone();
/// spec.questions[1].title = format!("{} ", spec.questions[0].title).to_uppercase().into();
/// let mistakes = testing::exportable(&spec.check().unwrap()).unwrap_err();
/// assert_eq!(mistakes.iter().len(), 2); // a blank at the end, and two columns of one header
/// # Ok::<(), testing::Mistakes>(())
/// ```
pub fn exportable(questionnaire: &Questionnaire) -> Result<(), Mistakes> {
    let mut found = Found::default();
    for question in questionnaire.questions() {
        blanks(&mut found, question, "title", question.title());
        match question.scale() {
            ScaleSpec::Choice { choices } => {
                for choice in choices {
                    let of = format!("choice {}", choice.value);
                    cells(&mut found, question, &of, &choice.text, &choice.value.into());
                }
            }
            ScaleSpec::Checklist { items } => {
                for item in items {
                    let of = format!("item `{}`", item.id);
                    cells(&mut found, question, &of, &item.text, &[item.id.as_str()].into());
                    joined(&mut found, question, &of, &item.text);
                }
            }
            ScaleSpec::YesNo | ScaleSpec::Measure { .. } => {}
        }
    }
    headers(&mut found, questionnaire);
    found.end()
}

/// A text in every language, each once.
fn spellings(text: &Text) -> BTreeSet<&str> {
    std::iter::once(&text.default).chain(text.translations.values()).map(String::as_str).collect()
}

fn blanks(found: &mut Found, question: Question<'_>, of: &str, text: &Text) {
    for text in spellings(text) {
        if text.trim() != text {
            let (id, text) = (question.id(), Excerpt::new(text));
            found.add([id], format!("`{id}`, {of}: `{text}` begins or ends with a blank"));
        }
    }
}

/// That the text of a choice or item means it, in its own case and in any other.
fn cells(found: &mut Found, question: Question<'_>, of: &str, text: &Text, answer: &Answer) {
    blanks(found, question, of, text);
    for text in spellings(text) {
        let spelled = [text.to_owned(), in_one_case(&as_seen(text))];
        let other = spelled.iter().find_map(|text| match question.parse(text) {
            Ok(meant) if meant == *answer => None,
            Ok(meant) => Some(serde_json::to_string(&meant).unwrap_or_default()),
            Err(finding) => Some(finding.problem().to_string()),
        });
        if let Some(other) = other {
            let (id, text) = (question.id(), Excerpt::new(text));
            found.add([id], format!("`{id}`, {of}: `{text}` is not read as it: {other}"));
        }
    }
}

/// That the text of an item is no list of items.
fn joined(found: &mut Found, question: Question<'_>, of: &str, text: &Text) {
    for text in spellings(text) {
        for separator in [';', ',', '\n'] {
            let parts: Vec<&str> =
                text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
            let is_item = |part: &&str| matches!(question.parse(part), Ok(Answer::Items(_)));
            if parts.len() > 1 && parts.iter().all(is_item) {
                let (id, text) = (question.id(), Excerpt::new(text));
                found.add([id], format!("`{id}`, {of}: `{text}` is a list of other items"));
            }
        }
    }
}

/// That no two columns have one header.
fn headers(found: &mut Found, questionnaire: &Questionnaire) {
    // Whose columns have a header, as one sees it: questions and, of some, items.
    let mut owners: BTreeMap<String, BTreeSet<(usize, Option<&str>)>> = BTreeMap::new();
    for question in questionnaire.questions() {
        let mut own = |header: String, item| {
            let header = in_one_case(&as_seen(&header));
            owners.entry(header).or_default().insert((question.position(), item));
        };
        let names = std::iter::once(question.id()).chain(spellings(question.title()));
        let names: Vec<&str> = names.collect();
        for name in &names {
            own((*name).to_owned(), None);
        }
        if let ScaleSpec::Checklist { items } = question.scale() {
            for item in items {
                for item_name in std::iter::once(item.id.as_str()).chain(spellings(&item.text)) {
                    for name in &names {
                        for header in [
                            format!("{name}[{item_name}]"),
                            format!("{name} [{item_name}]"),
                            format!("{name}___{item_name}"),
                            format!("{name}/{item_name}"),
                            format!("{name} - {item_name}"),
                            format!("{name} (choice={item_name})"),
                        ] {
                            own(header, Some(item.id.as_str()));
                        }
                    }
                }
            }
        }
    }
    for (header, owners) in owners.into_iter().filter(|(_, owners)| owners.len() > 1) {
        let id = |position| questionnaire.question_at(position).map_or("", |of| of.id());
        // Two items of one question with one text are told as such.
        let questions: BTreeSet<usize> = owners.iter().map(|(position, _)| *position).collect();
        if questions.len() == 1 {
            continue;
        }
        let named = owners.iter().map(|(position, item)| match item {
            None => format!("`{}`", id(*position)),
            Some(item) => format!("`{item}` of `{}`", id(*position)),
        });
        let named = named.collect::<Vec<_>>().join(" and ");
        let header = Excerpt::new(&header);
        let line = format!("a column `{header}` can be {named}");
        found.add(questions.into_iter().map(id), line);
    }
}
