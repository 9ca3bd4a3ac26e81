//! One gate for answers: what is set, what is read, and what a sheet says of itself.

use digital_maturity::spec::NonAnswer;
use digital_maturity::{Answer, AnswerSheet, Code, Errors, Questionnaire, Record, Responses};

use super::reference::generate::{self, Rng};

use super::support::lines;

/// A measure whose bands 0, 10, 20, 30 and 40 earn .5, .2, 0, .2 and .5, and a checklist and a
/// choice beside it.
fn questionnaire() -> Questionnaire {
    let bands: Vec<String> =
        [("0", "0.5"), ("10", "0.2"), ("20", "0"), ("30", "0.2"), ("40", "0.5")]
            .iter()
            .map(|(from, credit)| format!(r#"{{ "from": {from}, "credit": {credit} }}"#))
            .collect();
    let yes_no = |id: &str, pillar: &str| {
        format!(
            r#"{{ "id": "{id}", "pillar": "{pillar}", "title": "t", "scale": {{ "kind": "yes_no" }} }}"#
        )
    };
    Questionnaire::from_json(&format!(
        r#"{{ "schema": 1, "id": "gate", "version": "1.0.0", "title": "t", "questions": [
            {{ "id": "measure", "pillar": "digital_first_mindset", "title": "t",
               "scale": {{ "kind": "measure", "unit": "days", "bands": [{}] }} }},
            {{ "id": "list", "pillar": "agile_approach", "title": "t", "forbid": ["dont_know"],
               "scale": {{ "kind": "checklist", "items": [
                  {{ "id": "web", "text": "t" }}, {{ "id": "app", "text": "t", "points": 2 }} ] }} }},
            {{ "id": "choice", "pillar": "culture_of_experimentation", "title": "t",
               "scale": {{ "kind": "choice", "choices": [
                  {{ "value": 1, "text": "t" }}, {{ "value": 3, "text": "t" }} ] }} }},
            {} ] }}"#,
        bands.join(","),
        yes_no("yes", "connected_systems"),
    ))
    .unwrap()
}

#[test]
fn what_is_set_reads_back_equal_however_a_number_is_written() {
    let mut sheet = questionnaire().sheet();
    for answer in [Answer::Whole(35), Answer::Number(35.0), Answer::Number(35.5)] {
        sheet.set("measure", answer.clone()).unwrap();
        assert_eq!(sheet.answer("measure"), Some(answer));
    }
    sheet.set("choice", 3.0).unwrap();
    assert_eq!(sheet.answer("choice"), Some(Answer::Number(3.0)));
    assert_eq!(sheet.answer("choice"), Some(Answer::Whole(3)));
}

#[test]
fn numbers_are_equal_if_and_only_if_their_values_are() {
    let two_to_53 = 9_007_199_254_740_992.0;
    for (one, other, equal) in [
        (Answer::Whole(0), Answer::Number(-0.0), true),
        (Answer::Whole(4), Answer::Number(4.5), false),
        (Answer::Whole(9_007_199_254_740_992), Answer::Number(two_to_53), true),
        (Answer::Whole(9_007_199_254_740_993), Answer::Number(two_to_53), false),
        (Answer::Whole(1), Answer::Number(f64::NAN), false),
        (Answer::Whole(1), Answer::YesNo(true), false),
        (Answer::Unanswered, Answer::DontKnow, false),
    ] {
        assert_eq!(one == other, equal, "{one:?} {other:?}");
        assert_eq!(other == one, equal, "{other:?} {one:?}");
    }
}

#[test]
fn every_door_refuses_an_answer_in_the_same_words() {
    let gate = questionnaire();
    for (id, answer, json) in [
        ("measure", Answer::YesNo(true), "true"),
        ("measure", Answer::Whole(-1), "-1"),
        ("measure", Answer::Items(vec![]), "[]"),
        ("list", Answer::DontKnow, r#""dont_know""#),
        ("list", Answer::Whole(1), "1"),
        ("list", Answer::from(["web", "web"]), r#"["web", "web"]"#),
        ("list", Answer::from(["wep"]), r#"["wep"]"#),
        ("choice", Answer::Whole(2), "2"),
        ("choice", Answer::Number(1.5), "1.5"),
        ("yes", Answer::Whole(1), "1"),
    ] {
        let set = gate.sheet().set(id, answer).unwrap_err();
        let read = gate.read_json(&format!(r#"{{ "{id}": {json} }}"#)).unwrap_err();
        assert_eq!(lines(&read), lines([&set]));
    }
    // Of a list that is read, every fault is told; of one that is set, the first.
    let read = gate.read_json(r#"{ "list": ["wep", 1, "web", "web"] }"#).unwrap_err();
    assert_eq!(
        read.to_string(),
        "1:12: error[unknown-item] /list/0: unknown item `wep` (did you mean `web`?)\n\
         1:19: error[wrong-type] /list/1: expected a text, found the number 1\n\
         1:29: error[duplicate-entry] /list/3: `web` appears more than once"
    );
}

#[test]
fn sheets_with_the_same_answers_are_equal_whatever_was_noticed_when_they_were_read() {
    let gate = questionnaire();
    let plain = gate.read_json(r#"{ "choice": 3 }"#).unwrap();
    let odd = Responses::from_json(r#"{ "choice": "3", "colour": "red" }"#).unwrap();
    let odd = gate.read_lenient(&odd).unwrap();
    assert_eq!(odd.warnings().len(), 1);
    assert_eq!(odd, plain);
    // What makes two sheets differ can be seen.
    assert!(format!("{odd:?}").contains("colour"), "{odd:?}");
    let mut other: AnswerSheet = plain.clone();
    other.set_comment("choice", "see the strategy").unwrap();
    assert_ne!(other, plain);
    assert!(format!("{other:?}").contains("see the strategy"), "{other:?}");
}

#[test]
fn what_no_document_may_say_cannot_be_set_either() {
    let mut sheet = questionnaire().sheet();
    let (fits, long) = ("\u{e4}".repeat(10_000), "a".repeat(10_001));
    let comment = sheet.set_comment("choice", &long).unwrap_err();
    assert_eq!(
        (comment.code(), comment.path().to_string()),
        (Code::TextTooLong, "/comments/choice".into())
    );
    let respondent = sheet.set_respondent(&long).unwrap_err();
    assert_eq!(respondent.path().to_string(), "/respondent");
    assert_eq!((sheet.comment("choice"), sheet.respondent()), (None, None));
    let sequence = sheet.set_sequence((1 << 53) + 1).unwrap_err();
    assert_eq!(
        (sequence.code(), sequence.path().to_string(), sheet.sequence()),
        (Code::OutOfRange, "/sequence".into(), None)
    );

    sheet.set_comment("choice", &fits).unwrap().set_respondent(&fits).unwrap();
    sheet.set_sequence(-(1 << 53)).unwrap();
    let json = serde_json::to_string(&sheet).unwrap();
    assert_eq!(sheet.questionnaire().read_json(&json).unwrap(), sheet);
}

#[test]
fn a_result_repeats_the_sequence_of_its_answers_and_it_is_verified() {
    let mut sheet = questionnaire().read_json(r#"{ "sequence": 2.0, "answers": {} }"#).unwrap();
    assert_eq!(sheet.sequence(), Some(2));
    let saved = serde_json::to_string(&sheet.assess()).unwrap();
    let stored = Record::from_json(&saved).unwrap();
    assert_eq!((stored.sequence, stored.source().sequence), (Some(2), Some(2)));
    assert!(stored.verify(&sheet).is_ok());

    let other = sheet.clone();
    let mismatch = stored.verify(sheet.set_sequence(3).unwrap()).unwrap_err();
    assert_eq!(mismatch.differences()[0].path.to_string(), "/sequence");
    assert_ne!(other, sheet);
    assert!(format!("{sheet:?}").contains("sequence: 3"), "{sheet:?}");
    // Nothing is written where nothing was said.
    assert!(!serde_json::to_string(sheet.clear_sequence()).unwrap().contains("sequence"));
}

#[test]
fn the_next_better_answer_is_one_and_the_same_for_advice_raises_and_roadmap() {
    let mut sheet = questionnaire().sheet();
    sheet.set("measure", 35).unwrap().set("list", ["app"]).unwrap();
    sheet.set("choice", 3).unwrap().set("yes", true).unwrap();
    let advice = sheet.advice();
    let of = |id: &str| advice.iter().find(|advice| advice.question.id() == id).unwrap();
    // 35 earns .2; both 0 and 40 earn .5, and 40 is nearer.
    assert_eq!(of("measure").next(), Answer::Whole(40));
    assert_eq!(of("list").next(), Answer::from(["web", "app"]));
    for advice in &advice {
        let raise = sheet.single_raises();
        let raise = raise.filter(|raise| raise.effect.question == advice.question.id());
        let first = raise.min_by_key(|raise| raise.levels).unwrap();
        assert_eq!(first.effect.to, advice.next());
        let gain = first.effect.gain().map(digital_maturity::Delta::size);
        assert_eq!(gain, advice.step);
    }
}

#[test]
fn each_listed_answer_earns_the_credit_beside_it_and_is_taken() {
    for seed in 0..100 {
        let document = generate::questionnaire(&mut Rng::new(seed));
        let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
        let mut sheet = questionnaire.sheet();
        for question in questionnaire.questions() {
            let (answers, credits) = (question.answers(), question.credits());
            assert_eq!(answers.len(), credits.len());
            for (answer, credit) in answers.into_iter().zip(credits) {
                assert_eq!(question.credit(answer.clone()), Ok(Some(credit)), "{seed} {answer:?}");
                sheet.set(question.id(), answer.clone()).unwrap();
                // What is written is read back as the same answer.
                let text = serde_json::to_string(&answer).unwrap();
                assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), answer);
            }
            assert_eq!(question.credit(Answer::Unanswered), Ok(None));
            let forbidden = question.forbids(NonAnswer::DontKnow);
            assert_eq!(question.credit(NonAnswer::DontKnow).is_err(), forbidden);
        }
    }
    let gate = questionnaire();
    let credit = |number: f64| gate.question("measure").unwrap().credit(number);
    assert_eq!(credit(19.5).unwrap().unwrap().to_string(), "0.2");
    assert_eq!(credit(-1.0).unwrap_err(), gate.sheet().set("measure", -1).unwrap_err());
}

#[test]
fn what_is_no_answer_of_any_question_is_refused_with_its_place() {
    for (text, expected) in [
        (
            r#""maybe""#,
            "error[wrong-type]: expected a number, `true`, `false`, a list of items, `not_applicable`, `dont_know` or null, found the text `maybe`",
        ),
        (
            "{}",
            "error[wrong-type]: expected a number, `true`, `false`, a list of items, `not_applicable`, `dont_know` or null, found an object",
        ),
        (r#"["web", 3]"#, "error[wrong-type] /1: expected a text, found the number 3"),
    ] {
        let error = serde_json::from_str::<Answer>(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn findings_from_many_doors_are_one_report() {
    let mut sheet = questionnaire().sheet();
    let mut faults = |ids: &[&str]| -> Vec<_> {
        ids.iter().map(|id| sheet.set(id, f64::NAN).unwrap_err()).collect()
    };
    let two = Errors::among(faults(&["measure", "no_such"])).unwrap_err();
    let codes: Vec<Code> = two.iter().map(digital_maturity::Diagnostic::code).collect();
    assert_eq!(codes, [Code::NotFinite, Code::UnknownQuestion]);
    assert_eq!(two.first(), &two.as_slice()[0]);

    let many = Errors::among(faults(&["measure"; 1002])).unwrap_err();
    assert_eq!(many.iter().len(), Errors::MOST + 1);
    assert_eq!(
        many.as_slice()[Errors::MOST].to_string(),
        "error[more-findings]: 2 more findings are not shown"
    );

    // Warnings alone are no reason to refuse; an error after more than are kept of them is.
    let odd = Responses::from_json(r#"{ "colour": "red" }"#).unwrap();
    let odd = questionnaire().read_lenient(&odd).unwrap();
    let warning = odd.warnings().as_slice()[0].clone();
    assert_eq!(Errors::among([warning.clone()]).unwrap().len(), 1);
    let late = std::iter::repeat_n(warning, 1001).chain(faults(&["measure"]));
    let late = Errors::among(late).unwrap_err();
    assert_eq!((late.iter().len(), late.first().code()), (Errors::MOST + 1, Code::NotFinite));
}
