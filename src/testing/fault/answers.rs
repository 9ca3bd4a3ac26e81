//! What can be wrong with answers.

use serde_json::{Value, json};

use super::Fault;
use super::edit::Planter;
use super::questionnaire::too_long;
use crate::answers::{AnswerSheet, AnswerState};
use crate::diagnostic::Code;
use crate::questionnaire::{NonAnswer, Question, Questionnaire, ScaleSpec};

pub(super) fn faults(sheet: &AnswerSheet) -> Vec<Fault> {
    let Some(document) = envelope(sheet) else { return Vec::new() };
    let mut planter = Planter::new(document);
    let questionnaire = sheet.questionnaire();
    head(&mut planter, questionnaire.version());
    if let Some(first) = questionnaire.questions().next() {
        question(&mut planter, first);
    }
    scales(&mut planter, questionnaire);
    let states = [NonAnswer::NotApplicable, NonAnswer::DontKnow];
    for state in states {
        if let Some(question) = questionnaire.questions().find(|of| of.forbids(state)) {
            let at = answer(question);
            planter.put(&at, json!(state), Code::ForbiddenState, &at);
        }
    }
    let is_hidden =
        |question: &Question<'_>| sheet.state(question.id()) == Some(AnswerState::NotAsked);
    if let Some(hidden) = questionnaire.questions().find(is_hidden) {
        if let Some(value) =
            hidden.answers().first().and_then(|value| serde_json::to_value(value).ok())
        {
            let at = answer(hidden);
            planter.warn(&at, value, Code::NotAsked, &at);
        }
    }
    let mut faults = planter.end();
    faults.retain(|fault| !fault.is_among(sheet.warnings()));
    faults
}

/// The answers in an envelope, in which more can be wrong. Null is no answer.
fn envelope(sheet: &AnswerSheet) -> Option<Value> {
    let answer = |(question, answer): (Question<'_>, _)| {
        Some((question.id().to_owned(), serde_json::to_value(answer).ok()?))
    };
    let answers: Option<serde_json::Map<String, Value>> = sheet.answers().map(answer).collect();
    let of = sheet.questionnaire();
    Some(
        json!({ "questionnaire": { "id": of.id(), "version": of.version() }, "answers": answers?, "comments": {} }),
    )
}

fn answer(question: Question<'_>) -> String {
    format!("/answers/{}", question.id())
}

/// An envelope that is wrong.
fn head(planter: &mut Planter, version: &str) {
    planter.text(Code::Syntax, String::new(), |mut text| {
        text.pop();
        text
    });
    planter.put(
        "/questionnaire/id",
        json!("planted"),
        Code::OtherQuestionnaire,
        "/questionnaire/id",
    );
    let at = "/questionnaire/version";
    planter.put(at, json!("0.0.0-planted"), Code::OtherVersion, at);
    planter.put(
        "/questionnaire",
        json!({ "version": version }),
        Code::MissingKey,
        "/questionnaire",
    );
    planter.put("/taken", json!("2026-02-30"), Code::InvalidDate, "/taken");
    planter.put("/sequence", json!(1.5), Code::NotWhole, "/sequence");
    planter.put("/sequence", json!(9_007_199_254_740_993_i64), Code::OutOfRange, "/sequence");
    planter.put("/planted", json!(1), Code::UnknownKey, "/planted");
    let unknown = "/answers/planted";
    planter.put(unknown, json!(1), Code::UnknownQuestion, unknown);
}

fn question(planter: &mut Planter, first: Question<'_>) {
    let at = answer(first);
    planter.put(&at, json!({ "planted": 1 }), Code::WrongType, &at);
    let comment = format!("/comments/{}", first.id());
    planter.put(&comment, too_long(), Code::TextTooLong, &comment);
    let entry = format!(r#""answers":{{"{}":null,"#, first.id());
    planter.text(Code::DuplicateKey, at, |text| text.replacen(r#""answers":{"#, &entry, 1));
}

/// Values that no scale has: once for each kind of scale.
fn scales(planter: &mut Planter, questionnaire: &Questionnaire) {
    let (mut choice, mut checklist, mut measure) = (false, false, false);
    for question in questionnaire.questions() {
        let at = answer(question);
        match question.scale() {
            ScaleSpec::Choice { choices } if !std::mem::replace(&mut choice, true) => {
                let free =
                    (0..=100).find(|value| choices.iter().all(|choice| choice.value != *value));
                planter.put(&at, json!(free), Code::UnknownChoice, &at);
            }
            ScaleSpec::Checklist { items } if !std::mem::replace(&mut checklist, true) => {
                planter.put(&at, json!(["Planted"]), Code::UnknownItem, format!("{at}/0"));
                if let Some(item) = items.first() {
                    let twice = json!([item.id, item.id]);
                    planter.put(&at, twice, Code::DuplicateEntry, format!("{at}/1"));
                }
            }
            ScaleSpec::Measure { bands, .. } => {
                let lowest = |number: f64| bands.iter().all(|band| !band.start.is_reached(number));
                if lowest(f64::MIN) && !std::mem::replace(&mut measure, true) {
                    planter.put(&at, json!(f64::MIN), Code::BelowFirstBand, &at);
                }
            }
            _ => {}
        }
    }
}
