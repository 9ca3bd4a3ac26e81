//! Which types read back what they write, in which formats. What needs a format that describes itself
//! (everything but small values) cannot be had in postcard.

use std::collections::BTreeMap;
use std::fmt::Debug;

use digital_maturity::compare::Comparison;
use digital_maturity::outlook::{Bounds, OpenQuestion};
use digital_maturity::roadmap::Step;
use digital_maturity::spec::Policy;
use digital_maturity::statistics::{Deletion, MeasurementError, Ratings, Reliability, UniformNull};
use digital_maturity::{
    Answer, AnswerSheet, AnswerState, Date, Delta, Fingerprint, Identity, Pillar, PillarMap,
    PillarSet, Questionnaire, QuestionnaireSpec, Record, Responses, Score, Stage, Text, Weight,
    Words,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is asked of every type of result.
trait Stored: Serialize + DeserializeOwned + PartialEq + Debug {}

impl<T: Serialize + DeserializeOwned + PartialEq + Debug> Stored for T {}

#[path = "../../results.rs"]
mod results;

use results::{Check, benchmark, every_result, pulse, quayside, roadmaps};

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

struct ReadsBack;

impl Check for ReadsBack {
    #[track_caller]
    fn check<T: Stored>(&mut self, value: &T) {
        reads_back(value);
    }
}

#[test]
fn results_read_back_in_every_format_that_describes_itself() {
    every_result(&mut ReadsBack);
    roadmaps().iter().for_each(reads_back);
    let (full, empty) = (sheet().assess(), Questionnaire::dcx().sheet().assess());
    reads_back::<Record>(full.record());
    reads_back::<Comparison>(&Comparison::new(&empty, &full).unwrap());
    reads_back(&benchmark(&pulse(|_| {}, Some(2))));
    let outlook = sheet().outlook();
    reads_back::<Option<Bounds>>(&outlook.overall);
    reads_back::<Vec<OpenQuestion>>(&outlook.open);
    let texts = [Text::new("Vision"), Text::new("Vision").with("de", "Zielbild")];
    reads_back(&texts.to_vec());
    let answers = [[0.1, 0.7], [0.5, 0.2], [1.0, 0.9]];
    let reliability = Reliability::new(&Ratings::from_rows(answers).unwrap(), Deletion::Listwise);
    reads_back(&reliability.feldt_interval(0.95).unwrap());
}

/// JSON has no such numbers; TOML has.
#[test]
fn what_is_no_number_is_refused_as_a_figure() {
    #[track_caller]
    fn refused<T: Serialize + DeserializeOwned + Debug>(value: &T, key: &str, expected: &str) {
        let written = toml::to_string(&BTreeMap::from([("value", value)])).unwrap();
        let (before, after) = written.split_once(key).unwrap();
        let (_, after) = after.split_once('\n').unwrap();
        for forged in ["nan", "inf", "-inf"] {
            let forged = format!("{before}{key} {forged}\n{after}");
            let error = toml::from_str::<BTreeMap<String, T>>(&forged).unwrap_err().to_string();
            assert!(error.contains(expected), "{forged}: {error}");
        }
    }
    let error = MeasurementError::new(0.85, 0.8).unwrap();
    refused(&error, "of_value =", "a figure is not finite");
    refused(&error.change(3.4, 2.5).unwrap(), "index =", "a figure is not finite");
    let ratings = Ratings::from_rows([[0.1, 0.7], [0.5, 0.2], [1.0, 0.9]]).unwrap();
    let reliability = Reliability::new(&ratings, Deletion::Listwise);
    refused(&reliability, "value =", "a figure is not finite");
    let interval = reliability.feldt_interval(0.95).unwrap();
    refused(&interval, "level =", "a level is not between 0 and 1");
    refused(&interval, "upper =", "a figure is not finite");
    refused(&UniformNull::options(5).unwrap(), "variance =", "a figure is not finite");
    let robustness = pulse(|_| {}, Some(5)).assess().robustness();
    refused(&robustness, "hubs =", "a share is not from 0 to 1");
    refused(&robustness, "from =", "the ends of an interval are not in order between 0 and 1");
    let roadmap = quayside().roadmap(Stage::Native).unwrap();
    let step = toml::to_string(&roadmap.plan().unwrap().steps[0]).unwrap();
    for key in ["below", "at_most"] {
        let forged = step.replacen("levels =", &format!("{key} = inf\nlevels ="), 1);
        let error = toml::from_str::<Step>(&forged).unwrap_err().to_string();
        assert!(error.contains("a band does not end at a number"), "{forged}: {error}");
        let stands = forged.replace("= inf", "= 2.5");
        assert!(toml::from_str::<Step>(&stands).is_ok(), "{stands}");
    }
    refused(&quayside().outlook(), "lowest =", "is");
}
