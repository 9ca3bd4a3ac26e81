//! The same answers as documents and as form posts.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use serde::Serialize;

use crate::answers::{Answer, AnswerSheet};
use crate::questionnaire::{ItemSpec, Question, ScaleSpec};
use crate::text::Text;

/// Those answers as JSON documents: flat or, where there is more than answers on the sheet, in an
/// envelope; in any order, what is unanswered as null or left out. [`Questionnaire::read_json`] makes
/// the same sheet of each.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::testing::{documents, sheets};
/// use proptest::prelude::*;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let both = sheets(pulse).prop_flat_map(|sheet| (documents(&sheet), Just(sheet)));
/// proptest!(ProptestConfig::with_cases(20), |((document, sheet) in both)| {
///     prop_assert_eq!(pulse.read_json(&document)?, sheet);
/// });
/// ```
///
/// [`Questionnaire::read_json`]: crate::Questionnaire::read_json
pub fn documents(sheet: &AnswerSheet) -> impl Strategy<Value = String> + Clone + use<> {
    let sheet = sheet.clone();
    let answers: Vec<(String, Answer)> =
        sheet.answers().map(|(question, answer)| (question.id().to_owned(), answer)).collect();
    let nulls = vec(any::<bool>(), answers.len());
    (Just(answers).prop_shuffle(), nulls, any::<bool>()).prop_map(move |(answers, nulls, flat)| {
        let given = answers.iter().zip(nulls);
        let given = given.filter(|((_, answer), null)| *null || *answer != Answer::Unanswered);
        let entries = given.map(|((id, answer), _)| (id.as_str(), json(answer)));
        let answers = object(entries);
        let comments: Vec<_> = sheet.comments().collect();
        let (respondent, taken, sequence) = (sheet.respondent(), sheet.taken(), sheet.sequence());
        if flat && comments.is_empty() && (respondent, taken, sequence) == (None, None, None) {
            return answers;
        }
        let about = sheet.questionnaire();
        let about = [("id", json(&about.id())), ("version", json(&about.version()))];
        let mut entries = vec![("questionnaire", object(about)), ("answers", answers)];
        entries.extend(respondent.map(|respondent| ("respondent", json(&respondent))));
        entries.extend(taken.map(|taken| ("taken", json(&taken))));
        entries.extend(sequence.map(|sequence| ("sequence", json(&sequence))));
        let comments = comments.into_iter().map(|(of, comment)| (of.id(), json(&comment)));
        entries.push(("comments", object(comments)));
        object(entries)
    })
}

/// The JSON text of a value; of what can be none, null.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// An object whose keys stay in that order, whatever `serde_json` does.
fn object<'k>(entries: impl IntoIterator<Item = (&'k str, String)>) -> String {
    let entries = entries.into_iter().map(|(key, value)| format!("{}:{value}", json(&key)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

/// Those answers and comments as what browsers post and survey tools export: pairs of a field's name
/// and its value, each answer in one of the ways that [`Questionnaire::read_lenient`] takes. Choices
/// by value or by text in any language and spelling, items as `channels[]=web`, `channels[web]=1`,
/// `channels___web=1` or again and again, yes as `on` and `Ja`.
///
/// For questionnaires that pass [`exportable`]; of others a text may mean two answers.
///
/// ```
/// use digital_maturity::{Questionnaire, Responses};
/// use digital_maturity::testing::{form_pairs, sheets};
/// use proptest::prelude::*;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let both = sheets(pulse).prop_flat_map(|sheet| (form_pairs(&sheet), Just(sheet)));
/// proptest!(ProptestConfig::with_cases(20), |((pairs, sheet) in both)| {
///     prop_assert_eq!(pulse.read_lenient(&Responses::from_form_pairs(pairs))?, sheet);
/// });
/// ```
///
/// [`exportable`]: crate::testing::exportable
/// [`Questionnaire::read_lenient`]: crate::Questionnaire::read_lenient
pub fn form_pairs(
    sheet: &AnswerSheet,
) -> impl Strategy<Value = Vec<(String, String)>> + Clone + use<> {
    let sheet = sheet.clone();
    let questions = sheet.questionnaire().questions().len();
    vec(any::<u8>(), questions).prop_map(move |ways| {
        let mut pairs = Vec::new();
        for ((question, answer), way) in sheet.answers().zip(ways) {
            pairs.extend(posted(question, &answer, way));
        }
        let comment = |(question, comment): (Question<'_>, &str)| {
            (format!("{}-Comment", question.id()), comment.to_owned())
        };
        pairs.extend(sheet.comments().map(comment));
        pairs
    })
}

/// What a form posts for an answer, in one of the ways in which forms are written.
fn posted(question: Question<'_>, answer: &Answer, way: u8) -> Vec<(String, String)> {
    let id = question.id();
    let one = |value: String| vec![(id.to_owned(), value)];
    let word = |words: &[&str]| {
        let word = usize::from(way).checked_rem(words.len()).and_then(|at| words.get(at));
        one(word.copied().unwrap_or_default().to_owned())
    };
    match (answer, question.scale()) {
        (Answer::Unanswered, _) if way % 2 == 0 => Vec::new(),
        (Answer::Unanswered, _) => one(String::new()),
        (Answer::NotApplicable, _) => word(&["not_applicable"]),
        (Answer::DontKnow, _) => word(&["dont_know", "dontknow"]),
        (Answer::YesNo(true), _) => word(&["true", "yes", "on", "1", "Ja"]),
        (Answer::YesNo(false), _) => word(&["false", "no", "off", "0", "Nein"]),
        (Answer::Whole(value), ScaleSpec::Choice { choices }) => match way % 6 {
            0 => one(value.to_string()),
            1 => one(format!("{value}.0")),
            2 => one(format!("{value:+04}")),
            _ => {
                let choice = choices.iter().find(|choice| choice.value == *value);
                let text = choice.map(|choice| respelled(&choice.text, way / 6));
                one(text.unwrap_or_else(|| value.to_string()))
            }
        },
        (Answer::Items(ids), ScaleSpec::Checklist { items }) => ticked(id, ids, items, way),
        (answer, _) => one(json(answer)),
    }
}

fn ticked(id: &str, ids: &[String], items: &[ItemSpec], way: u8) -> Vec<(String, String)> {
    match way % 4 {
        0 if !ids.is_empty() => ids.iter().map(|item| (id.to_owned(), item.clone())).collect(),
        1 if !ids.is_empty() => {
            ids.iter().map(|item| (format!("{id}___{item}"), "1".to_owned())).collect()
        }
        2 => {
            let pair = |item: &ItemSpec| {
                let ticked = u8::from(ids.contains(&item.id));
                (format!("{id}[{}]", item.id), ticked.to_string())
            };
            items.iter().map(pair).collect()
        }
        _ => {
            // A hidden field says that the question was seen, whatever is ticked.
            let hidden = (format!("{id}[]"), String::new());
            let entry = |item: &ItemSpec| (format!("{id}[]"), item.text.as_str().to_uppercase());
            let ticked = items.iter().filter(|item| ids.contains(&item.id));
            std::iter::once(hidden).chain(ticked.map(entry)).collect()
        }
    }
}

/// A text in one of its languages, as another program may write it.
fn respelled(text: &Text, way: u8) -> String {
    let mut texts = text.in_each_language().cycle();
    let text = texts.nth(usize::from(way / 3)).map_or("", String::as_str);
    match way % 3 {
        0 => text.to_owned(),
        1 => {
            let plain = text.replace(['–', '—', '‐'], "-").replace(['“', '”', '„'], "\"");
            plain.replace(['‘', '’'], "'").to_uppercase()
        }
        _ => {
            let letters =
                [('ä', "a\u{308}"), ('ö', "o\u{308}"), ('ü', "u\u{308}"), ('é', "e\u{301}")];
            let apart = letters
                .into_iter()
                .fold(text.to_owned(), |text, (letter, parts)| text.replace(letter, parts));
            format!(" {}\u{a0}", apart.replace(' ', "\u{a0} "))
        }
    }
}
