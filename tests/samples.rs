//! How a hospital, a town hall and a maker that sells through dealers answer the built-in
//! questionnaire: each finds itself in every question, and scores what its answers come to by hand.

use digital_maturity::spec::ScaleSpec;
use digital_maturity::{AnswerSheet, AnswerState, Pillar, Questionnaire, Responses, Stage};
use serde_json::{Map, Value, json};

const HOSPITAL: &str = include_str!("../examples/cli/samples/hospital.json");
const TOWN_HALL: &str = include_str!("../examples/cli/samples/town_hall.json");
const MAKER: &str = include_str!("../examples/cli/samples/maker.json");

fn read(sample: &str) -> AnswerSheet {
    let sheet = Questionnaire::dcx().read(&Responses::from_json(sample).unwrap()).unwrap();
    assert_eq!(sheet.warnings().to_string(), "");
    sheet
}

#[track_caller]
fn assert_scores(sample: &str, pillars: [&str; 4], overall: &str, stage: Stage) {
    let assessment = read(sample).assess();
    for (pillar, expected) in Pillar::ALL.into_iter().zip(pillars) {
        let score = assessment.pillar(pillar).standing.score();
        assert_eq!(score, Some(expected.parse().unwrap()), "{pillar}");
    }
    assert_eq!(assessment.score(), Some(overall.parse().unwrap()));
    assert_eq!(assessment.stage(), Some(stage));
}

#[test]
fn a_hospital_answers_all_and_is_a_hub() {
    // In quarters of a weight, of 48, 48, 48 and 52: 22, 23, 18 and 18 and two items of six.
    assert_scores(
        HOSPITAL,
        ["0.458333333", "0.479166667", "0.375", "0.371794872"],
        "0.421073718",
        Stage::Hubs,
    );
}

#[test]
fn a_town_hall_without_machines_is_not_asked_how_they_are_checked() {
    // In quarters: 10 of 48, 14 of 48, 10 of 48; and 7 and one item of six of 44, for one question
    // of weight 1 is not asked and one is not known.
    let sheet = read(TOWN_HALL);
    assert_eq!(sheet.state("machine_check"), Some(AnswerState::NotAsked));
    assert_eq!(sheet.state("consent_effect"), Some(AnswerState::DontKnow));
    assert_scores(
        TOWN_HALL,
        ["0.208333333", "0.291666667", "0.208333333", "0.174242424"],
        "0.220643939",
        Stage::Bridge,
    );
}

#[test]
fn a_maker_with_dealers_answers_all_and_is_a_platform() {
    // In quarters of 48, 48, 48 and 52: 36, 37, 37 and 33 and four items of six.
    assert_scores(
        MAKER,
        ["0.75", "0.770833333", "0.770833333", "0.685897436"],
        "0.744391026",
        Stage::Platform,
    );
}

#[test]
fn every_question_is_answered_or_has_a_reason_not_to_be() {
    for sample in [HOSPITAL, TOWN_HALL, MAKER] {
        let sheet = read(sample);
        for question in Questionnaire::dcx().questions() {
            let state = sheet.state(question.id()).unwrap();
            assert_ne!(state, AnswerState::Unanswered, "{}", question.id());
        }
    }
}

/// The answers of a sample as a survey in that language exports them: in the words of its choices.
fn in_words(sample: &str, language: &str) -> String {
    let sample: Value = serde_json::from_str(sample).unwrap();
    let mut said = Map::new();
    for question in Questionnaire::dcx().questions() {
        let Some(answer) = sample["answers"].get(question.id()) else { continue };
        let words = match question.scale() {
            ScaleSpec::Choice { choices } => choices
                .iter()
                .find(|choice| answer.as_i64() == Some(choice.value))
                .map(|choice| json!(choice.text.get(language))),
            ScaleSpec::Checklist { items } => {
                let ticked = answer.as_array().unwrap();
                let ticked = items.iter().filter(|item| ticked.contains(&json!(item.id)));
                Some(ticked.map(|item| item.text.get(language)).collect())
            }
            ScaleSpec::YesNo | ScaleSpec::Measure { .. } => None,
        };
        said.insert(question.id().to_owned(), words.unwrap_or_else(|| answer.clone()));
    }
    Value::from(said).to_string()
}

#[test]
fn the_words_of_either_language_alone_give_the_same_result() {
    for sample in [HOSPITAL, TOWN_HALL, MAKER] {
        let expected = read(sample).assess();
        for language in ["en", "de"] {
            let said = Responses::from_json(&in_words(sample, language)).unwrap();
            let found = Questionnaire::dcx().read_lenient(&said).unwrap();
            assert_eq!(found.warnings().to_string(), "");
            let found = found.assess();
            assert_eq!(found.pillars(), expected.pillars(), "{language}");
            assert_eq!(found.score(), expected.score(), "{language}");
        }
    }
}

/// But for the comments, which are the respondents' own.
#[cfg(feature = "report")]
#[test]
fn a_german_report_on_a_sample_has_no_english_in_it() {
    const ENGLISH: [&str; 12] =
        ["the", "of", "and", "with", "for", "to", "is", "are", "not", "which", "customers", "by"];
    for sample in [HOSPITAL, TOWN_HALL, MAKER] {
        let mut document: serde_json::Value = serde_json::from_str(sample).unwrap();
        for key in ["comments", "respondent"] {
            document.as_object_mut().unwrap().remove(key);
        }
        let report = read(&document.to_string()).assess();
        let text = report.report().language("de").advice(45).text().to_string();
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let left: Vec<String> = words.filter(|word| ENGLISH.contains(&word.as_str())).collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(text.contains("Was die Wörter bedeuten"));
    }
}
