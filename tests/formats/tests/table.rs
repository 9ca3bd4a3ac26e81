//! Which types read back what they write, in which formats. What needs a format that describes itself
//! (everything but small values) cannot be had in postcard.

use std::collections::BTreeMap;
use std::fmt::Debug;

use digital_maturity::assessment::Summary;
use digital_maturity::compare::{Comparison, History};
use digital_maturity::outlook::{Bounds, OpenQuestion};
use digital_maturity::raises::{Effect, SingleRaise};
use digital_maturity::roadmap::Target;
use digital_maturity::spec::Policy;
use digital_maturity::{
    Answer, AnswerSheet, AnswerState, Date, Delta, Fingerprint, Identity, Pillar, PillarMap,
    PillarSet, Questionnaire, QuestionnaireSpec, Record, Responses, Score, Stage, Weight, Words,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value after being written and read in each format that describes itself.
fn described<T: Serialize + DeserializeOwned>(value: &T) -> Vec<(&'static str, T)> {
    let json = serde_json::to_string(value).unwrap();
    let yaml = serde_saphyr::to_string(value).unwrap();
    let toml = toml::to_string(&BTreeMap::from([("value", value)])).unwrap();
    let mut cbor = Vec::new();
    ciborium::into_writer(value, &mut cbor).unwrap();
    let message_pack = rmp_serde::to_vec_named(value).unwrap();
    let mut table: BTreeMap<String, T> = toml::from_str(&toml).unwrap();
    vec![
        ("JSON", serde_json::from_str(&json).unwrap()),
        ("YAML", serde_saphyr::from_str(&yaml).unwrap()),
        ("TOML", table.remove("value").unwrap()),
        ("CBOR", ciborium::from_reader(cbor.as_slice()).unwrap()),
        ("MessagePack", rmp_serde::from_slice(&message_pack).unwrap()),
    ]
}

#[track_caller]
fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    for (format, found) in described(value) {
        assert_eq!(found, *value, "{format}");
    }
}

/// The same, and in postcard, which does not describe itself.
#[track_caller]
fn reads_back_anywhere<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    reads_back(value);
    let bytes = postcard::to_allocvec(value).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&bytes).unwrap(), *value, "postcard");
}

fn sheet() -> AnswerSheet {
    let questionnaire = Questionnaire::dcx();
    let mut sheet = questionnaire.sheet();
    for (at, question) in questionnaire.questions().enumerate() {
        let answers = question.answers();
        match answers.get(at % answers.len().max(1)) {
            Some(answer) => sheet.set(question.id(), answer.clone()).unwrap(),
            None => sheet.set(question.id(), Answer::DontKnow).unwrap(),
        };
    }
    sheet.set("lead_time", 0.25).unwrap();
    sheet.set_respondent("Lærke & Söhne").unwrap();
    sheet.set_taken(Date::new(2026, 11, 26).unwrap());
    sheet.set_sequence(-2).unwrap();
    let id = questionnaire.questions().next().unwrap().id();
    sheet.set_comment(id, "two\nlines").unwrap();
    sheet
}

#[test]
fn small_values_read_back_in_every_format() {
    for score in ["0", "1", "0.5", "0.000000001", "0.666666667"] {
        let score: Score = score.parse().unwrap();
        reads_back_anywhere(&score);
        reads_back_anywhere(&PillarMap::from_fn(|_| score));
        reads_back_anywhere(&PillarMap::from_fn(|pillar| {
            (pillar != Pillar::AgileApproach).then_some(score)
        }));
        reads_back_anywhere(&Delta::between(score, Score::ONE));
        reads_back_anywhere(&Delta::between(Score::ONE, score));
    }
    for weight in ["0", "1", "2.5", "0.001", "1000"] {
        reads_back_anywhere(&weight.parse::<Weight>().unwrap());
    }
    reads_back_anywhere(&Date::new(2026, 2, 28).unwrap());
    reads_back_anywhere::<Fingerprint>(&Questionnaire::dcx().fingerprint());
    for stage in Stage::ALL {
        reads_back_anywhere(&stage);
    }
    for pillar in Pillar::ALL {
        reads_back_anywhere(&pillar);
    }
    reads_back_anywhere(&[AnswerState::NotAsked, AnswerState::DontKnow].to_vec());
    reads_back_anywhere(&Policy::Lowest);
    reads_back_anywhere(&Pillar::ALL.into_iter().collect::<PillarSet>());
    reads_back_anywhere::<Identity>(&Questionnaire::dcx().into());
}

#[test]
fn documents_read_back_in_every_format_that_describes_itself() {
    for questionnaire in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        reads_back::<QuestionnaireSpec>(questionnaire.spec());
        for (format, found) in described(questionnaire) {
            assert_eq!(found.fingerprint(), questionnaire.fingerprint(), "{format}");
        }
    }
    reads_back(Words::german());
    for answer in [
        Answer::Whole(4),
        Answer::Number(0.1),
        Answer::YesNo(false),
        Answer::DontKnow,
        Answer::from(["web", "app"]),
    ] {
        reads_back(&answer);
    }
    let sheet = sheet();
    let written = serde_json::to_value(&sheet).unwrap();
    for (format, found) in described(&written) {
        let responses: Responses = serde_json::from_value(found).unwrap();
        assert_eq!(Questionnaire::dcx().read(&responses).unwrap(), sheet, "{format}");
    }
}

#[test]
fn results_read_back_in_every_format_that_describes_itself() {
    let empty = Questionnaire::dcx().sheet().assess();
    let full = sheet().assess();
    for assessment in [&empty, &full] {
        reads_back::<Record>(assessment.record());
        reads_back::<Summary>(&assessment.summary());
    }
    let mut later = sheet();
    later.set_sequence(3).unwrap();
    let id = Questionnaire::dcx().questions().next().unwrap().id();
    later.set(id, 5).unwrap();
    let later = later.assess();
    reads_back(&Comparison::new(&full, &later).unwrap());
    reads_back(&History::new(&[full.record(), later.record()]).unwrap());
    reads_back::<Target>(&"platform,agile_approach=native".parse().unwrap());
    let outlook = sheet().outlook();
    reads_back::<Option<Bounds>>(&outlook.overall);
    reads_back::<Vec<OpenQuestion>>(&outlook.open);
    reads_back::<Effect>(&sheet().what_if(id, 5).unwrap());
    reads_back::<Vec<SingleRaise>>(&sheet().single_raises());
}
