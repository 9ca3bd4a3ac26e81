//! What can be wrong with a questionnaire's document.

use serde_json::{Value, json};

use super::Fault;
use super::edit::Planter;
use crate::diagnostic::Code;
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::{NonAnswer, QUESTIONS, Question, Questionnaire, ScaleSpec};

pub(super) fn faults(questionnaire: &Questionnaire) -> Vec<Fault> {
    let Ok(document) = serde_json::to_value(questionnaire) else { return Vec::new() };
    let mut planter = Planter::new(document);
    head(&mut planter);
    lists(&mut planter, questionnaire);
    weights(&mut planter, questionnaire);
    if let Some(last) = questionnaire.questions().last() {
        question(&mut planter, last);
        scale(&mut planter, last.position());
        conditions(&mut planter, questionnaire, last);
    }
    let mut faults = planter.end();
    faults.retain(|fault| !fault.is_among(questionnaire.warnings()));
    faults
}

/// A text of one character more than may be.
pub(super) fn too_long() -> Value {
    json!("x".repeat(10_001))
}

fn head(planter: &mut Planter) {
    planter.text(Code::Syntax, String::new(), |mut text| {
        text.pop();
        text
    });
    planter.text(Code::DuplicateKey, "/id".to_owned(), |text| {
        text.replacen('{', r#"{"id":"twice","#, 1)
    });
    planter.remove("version");
    planter.put("/title", json!(7), Code::WrongType, "/title");
    planter.put("/title", too_long(), Code::TextTooLong, "/title");
    planter.warn("/title", json!(" "), Code::EmptyText, "/title");
    planter.put("/planted", json!(1), Code::UnknownKey, "/planted");
    planter.put("/schema", json!(2), Code::UnsupportedSchema, "/schema");
    planter.put("/id", json!("No id"), Code::InvalidId, "/id");
    planter.put("/version", json!("1.0"), Code::InvalidVersion, "/version");
    planter.put("/language", json!("no tag"), Code::InvalidLanguage, "/language");
    planter.put("/questions", json!([]), Code::TooFew, "/questions");
    let step = |overall: u8| json!({ "overall": overall, "every_pillar": 0 });
    let table = |bridge, hubs| json!({ "bridge": step(bridge), "hubs": step(hubs), "platform": step(1), "native": step(1) });
    planter.put("/stages", table(1, 0), Code::FallingLadder, "/stages/hubs/overall");
    planter.warn("/stages", table(1, 1), Code::UnreachableStage, "/stages");
}

/// Themes, families and shared scales.
fn lists(planter: &mut Planter, questionnaire: &Questionnaire) {
    let scale = json!({ "kind": "yes_no" });
    if planter.document().get("scales").is_none() {
        planter.warn("/scales", json!({ "planted": scale }), Code::UnusedScale, "/scales/planted");
    } else {
        planter.warn("/scales/planted", scale, Code::UnusedScale, "/scales/planted");
    }
    let family = questionnaire.families().first().map_or("planted", |family| family.id.as_str());
    let theme = json!({ "id": "planted", "family": family, "title": "Planted" });
    match questionnaire.themes().len() {
        0 => planter.warn("/themes", json!([theme]), Code::UnusedTheme, "/themes/0"),
        n => planter.warn("/themes/-", theme, Code::UnusedTheme, format!("/themes/{n}")),
    }
    if !questionnaire.families().is_empty() {
        let path = "/themes/0/family";
        planter.warn(path, json!("planted"), Code::UnlistedFamily, path);
    }
}

fn weights(planter: &mut Planter, questionnaire: &Questionnaire) {
    let pillars = |weight: &dyn Fn(Pillar) -> u8| -> Value {
        let entry = |pillar: &Pillar| (pillar.to_string(), json!({ "weight": weight(*pillar) }));
        Value::Object(Pillar::ALL.iter().map(entry).collect())
    };
    planter.put("/pillars", pillars(&|_| 0), Code::NoPillarWeight, "/pillars");
    let counts = |pillar: Pillar| {
        let mut questions = questionnaire.questions_of(pillar);
        questions.any(|question| !question.weight().is_zero())
    };
    let empty = Pillar::ALL.into_iter().find(|pillar| !counts(*pillar));
    if let Some(empty) = empty {
        let weights = pillars(&|pillar| u8::from(pillar == empty || counts(pillar)));
        let path = format!("/pillars/{empty}");
        planter.put("/pillars", weights, Code::PillarWithoutQuestion, path);
    }
    if let Some(only) = Pillar::ALL.into_iter().find(|pillar| counts(*pillar)) {
        let weights = pillars(&|pillar| u8::from(pillar == only));
        planter.warn("/pillars", weights, Code::SinglePillar, "/pillars");
    }
}

fn question(planter: &mut Planter, last: Question<'_>) {
    let at = format!("/questions/{}", last.position());
    let (weight, effort) = (format!("{at}/weight"), format!("{at}/effort"));
    planter.put(&weight, json!(1001), Code::OutOfRange, &weight);
    planter.put(&weight, json!(0.0005), Code::TooFine, &weight);
    planter.put(&effort, json!(1.5), Code::NotWhole, &effort);
    let pillar = format!("{at}/pillar");
    planter.put(&pillar, json!("planted"), Code::UnknownName, &pillar);
    // No condition names the last question.
    let id = format!("{at}/id");
    planter.put(&id, json!("answers"), Code::ReservedId, &id);
    let count = last.position() + 1;
    if let (true, Some(again)) = (count < QUESTIONS.most, planter.document().pointer(&at).cloned())
    {
        planter.put("/questions/-", again, Code::DuplicateId, format!("/questions/{count}/id"));
    }
    let state = json!(NonAnswer::DontKnow);
    let forbid = json!([state, state]);
    planter.put(&format!("{at}/forbid"), forbid, Code::DuplicateEntry, format!("{at}/forbid/1"));
    let themes = json!(["planted"]);
    planter.put(&format!("{at}/themes"), themes, Code::UnknownTheme, format!("{at}/themes/0"));
    let title = format!("{at}/title");
    planter.warn(&title, json!("Planted "), Code::PaddedText, &title);
    if let Some(first) = last.questionnaire().questions().next().filter(|_| last.position() > 0) {
        planter.warn(&title, json!(first.id()), Code::AmbiguousHeader, &title);
    }
    let others = last.questionnaire().questions_of(last.pillar());
    let others = others.filter(|question| question.position() != last.position());
    if others.map(|question| question.weight().thousandths()).sum::<u32>() < 1_000_000 {
        planter.warn(&weight, json!(1000), Code::DominantQuestion, &at);
    }
}

/// Another scale for the last question.
fn scale(planter: &mut Planter, last: usize) {
    let at = format!("/questions/{last}");
    let scale = format!("{at}/scale");
    planter.put(&scale, json!("planted"), Code::UnknownScale, &scale);
    let choice = |value: i8| json!({ "value": value, "text": format!("choice {value}") });
    let choices = |choices: &[Value]| json!({ "kind": "choice", "choices": choices });
    let second = format!("{scale}/choices/1");
    let twice = choices(&[choice(1), choice(1)]);
    planter.put(&scale, twice, Code::DuplicateValue, format!("{second}/value"));
    let mut first = choice(1);
    put_key(&mut first, "credit", json!(0));
    planter.put(&scale, choices(&[first, choice(2)]), Code::MissingCredit, &second);
    let band = |from: u8| json!({ "from": from, "credit": 0 });
    let bands = json!({ "kind": "measure", "unit": "days", "bands": [band(1), band(1)] });
    planter.put(&scale, bands, Code::BandsNotAscending, format!("{scale}/bands/1/from"));
    let Some(mut question) = planter.document().pointer(&at).cloned() else { return };
    put_key(&mut question, "reverse", json!(false));
    let mut confused = choice(1);
    put_key(&mut confused, "text", json!("2"));
    put_key(&mut question, "scale", choices(&[confused, choice(2)]));
    let text = format!("{scale}/choices/0/text");
    planter.warn(&at, question.clone(), Code::AmbiguousText, text);
    put_key(&mut question, "scale", choices(&[choice(2), choice(1)]));
    planter.warn(&at, question.clone(), Code::CreditsNotRising, format!("{second}/value"));
    put_key(&mut question, "reverse", json!(true));
    let items = json!([{ "id": "planted", "text": "Planted" }]);
    put_key(&mut question, "scale", json!({ "kind": "checklist", "items": items }));
    planter.put(&at, question, Code::ReversedChecklist, format!("{at}/reverse"));
}

fn put_key(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// Another condition for the last question.
fn conditions(planter: &mut Planter, questionnaire: &Questionnaire, last: Question<'_>) {
    let at = format!("/questions/{}/asked_if", last.position());
    let leaf = |id: &str| json!({ "question": id, "at_least": 1 });
    planter.put(&at, leaf("planted"), Code::UnknownQuestion, format!("{at}/question"));
    planter.put(&at, leaf(last.id()), Code::OwnCondition, format!("{at}/question"));
    let Some(first) = questionnaire.questions().next().filter(|_| last.position() > 0) else {
        return;
    };
    let of_first = "/questions/0/asked_if";
    planter.put(of_first, leaf(last.id()), Code::LaterCondition, format!("{of_first}/question"));
    let leaf = leaf(first.id());
    let deep = (0..5).fold(leaf.clone(), |inner, _| json!({ "any": [inner] }));
    planter.put(&at, deep, Code::ConditionTooDeep, format!("{at}{}/any", "/any/0".repeat(4)));
    planter.put(&at, json!({ "any": vec![leaf.clone(); 65] }), Code::TooMany, format!("{at}/any"));
    let both = json!({ "question": first.id(), "at_least": 1, "at_most": 1 });
    planter.put(&at, both, Code::ConflictingKeys, &at);

    let earlier = || questionnaire.questions().take(last.position());
    let is_checklist =
        |question: &Question<'_>| matches!(question.scale(), ScaleSpec::Checklist { .. });
    let ticked = |question: Question<'_>| json!({ "question": question.id(), "ticked": "planted" });
    if let Some(other) = earlier().find(|question| !is_checklist(question)) {
        planter.put(&at, ticked(other), Code::NotAChecklist, format!("{at}/ticked"));
    }
    if let Some(checklist) = earlier().find(is_checklist) {
        planter.put(&at, ticked(checklist), Code::UnknownItem, format!("{at}/ticked"));
    }
    let spans = |question: &Question<'_>| {
        let credits = question.credits();
        is_checklist(question) || (credits.contains(&Score::ZERO) && credits.contains(&Score::ONE))
    };
    if let Some(id) = earlier().find(spans).map(|question| question.id()) {
        let (one, zero) =
            (json!({ "question": id, "at_least": 1 }), json!({ "question": id, "at_most": 0 }));
        let twice = json!({ "all": [one, one] });
        planter.warn(&at, twice, Code::IdleCondition, format!("{at}/all/1"));
        planter.warn(&at, json!({ "all": [one, zero] }), Code::ConditionNeverMet, &at);
    }
    let settled = |question: &Question<'_>| {
        question.forbids(NonAnswer::NotApplicable) && question.asked_if().is_none()
    };
    if let Some(id) = earlier().find(settled).map(|question| question.id()) {
        let always = json!({ "question": id, "at_least": 0 });
        planter.warn(&at, always, Code::ConditionAlwaysMet, &at);
    }
    let is_below_one = |question: &Question<'_>| {
        !is_checklist(question) && !question.credits().contains(&Score::ONE)
    };
    if let Some(id) = earlier().find(is_below_one).map(|question| question.id()) {
        let beyond = json!({ "question": id, "at_least": 1 });
        planter.warn(&at, beyond, Code::UnreachableCondition, format!("{at}/at_least"));
    }
}
