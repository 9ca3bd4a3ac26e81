//! The forms in which values leave and enter the crate, and what every public type promises.

use digital_maturity::assessment::*;
use digital_maturity::diagnostic::*;
use digital_maturity::spec::*;
use digital_maturity::*;
use serde_json::{Value, json};

#[test]
fn every_public_type_can_cross_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<AnswerSheet>();
    check::<Assessment>();
    check::<Errors>();
    check::<Warnings>();
    check::<Ladder>();
    check::<PillarMap<Score>>();
    check::<Problem>();
    check::<Questionnaire>();
    check::<Question<'static>>();
    check::<QuestionnaireSpec>();
    check::<Responses>();
    check::<Record>();
    check::<Summary>();
    check::<Text>();
}

#[test]
fn a_score_is_4_bytes_and_so_is_its_option_no_more_than_8() {
    assert_eq!(size_of::<Score>(), 4);
    assert_eq!(size_of::<Option<Score>>(), 8);
}

#[test]
fn names_are_those_of_the_rules() {
    assert_eq!(
        serde_json::to_value(Stage::ALL).unwrap(),
        json!(["traditional", "bridge", "hubs", "platform", "native"])
    );
    assert_eq!(
        serde_json::to_value(Pillar::ALL).unwrap(),
        json!([
            "digital_first_mindset",
            "agile_approach",
            "culture_of_experimentation",
            "connected_systems"
        ])
    );
    for stage in Stage::ALL {
        assert_eq!(stage.to_string().parse(), Ok(stage));
        assert_eq!(serde_json::from_value::<Stage>(json!(stage)).unwrap(), stage);
    }
    assert!("Hubs".parse::<Stage>().is_err());
}

#[test]
fn a_score_is_written_as_the_shortest_number() {
    for (billionths, text) in [
        (0, "0"),
        (1_000_000_000, "1"),
        (562_500_000, "0.5625"),
        (333_333_333, "0.333333333"),
        (100_000_000, "0.1"),
    ] {
        let score = Score::from_billionths(billionths).unwrap();
        assert_eq!(serde_json::to_string(&score).unwrap(), text);
    }
}

/// The whole form of a result, worked by hand: two questions of weight 1 and 2 in the one pillar
/// that counts. Answered 3 of 1..=5 (credit 1/2) and yes (1): (1/2 + 2 * 1) / 3 = 5/6.
#[test]
fn a_result_has_the_form_of_the_rules() {
    let questionnaire = Questionnaire::from_json(
        r#"{
            "schema": 1, "id": "form", "version": "2.1.0", "title": "Form",
            "pillars": { "digital_first_mindset": { "weight": 0 }, "agile_approach": { "weight": 1 },
                "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } },
            "themes": [ { "id": "speed", "family": "views", "title": "Speed" } ],
            "questions": [
                { "id": "a", "pillar": "agile_approach", "title": "A", "themes": ["speed"], "scale": {
                    "kind": "choice", "choices": [ { "value": 1, "text": "1" }, { "value": 2, "text": "2" },
                    { "value": 3, "text": "3" }, { "value": 4, "text": "4" }, { "value": 5, "text": "5" } ] } },
                { "id": "b", "pillar": "agile_approach", "title": "B", "weight": 2, "scale": { "kind": "yes_no" } },
                { "id": "c", "pillar": "connected_systems", "title": "C", "scale": { "kind": "yes_no" } }
            ]
        }"#,
    )
    .unwrap();
    let envelope = r#"{ "questionnaire": { "id": "form", "version": "2.1.0" }, "taken": "2026-11-23",
        "respondent": "acme", "answers": { "a": 3, "b": true, "c": "dont_know" } }"#;
    let assessment = questionnaire.read_json(envelope).unwrap().assess();
    let counts = |answered, dont_know| {
        json!({ "answered": answered, "not_applicable": 0, "dont_know": dont_know,
                "unanswered": 0, "not_asked": 0 })
    };
    let nothing = json!({ "status": "not_scorable", "reason": "nothing_applicable", "coverage": null, "counts": counts(0, 0) });
    let found: Value = serde_json::to_value(&assessment).unwrap();
    let expected = json!({
        "questionnaire": { "id": "form", "version": "2.1.0", "fingerprint": questionnaire.fingerprint() },
        "respondent": "acme",
        "taken": "2026-11-23",
        "overall": { "status": "scored", "score": 0.833_333_333, "stage": "native" },
        "next_stage": null,
        "pillars": {
            "digital_first_mindset": nothing,
            "agile_approach": { "status": "scored", "score": 0.833_333_333, "stage": "native",
                "coverage": 1, "counts": counts(2, 0) },
            "culture_of_experimentation": nothing,
            "connected_systems": { "status": "not_scorable", "reason": "coverage", "coverage": 0,
                "counts": counts(0, 1) }
        },
        "themes": [ { "id": "speed", "status": "scored", "score": 0.5, "stage": "hubs", "coverage": 1 } ],
        "questions": [
            // 1/6 = .1666666666.., 2/3 = .6666666666..: floors leave one billionth of .833333333 over,
            // and both rests are two thirds of a billionth, so the earlier question gets it.
            { "id": "a", "state": "answered", "credit": 0.5, "contribution": 0.166_666_667 },
            { "id": "b", "state": "answered", "credit": 1, "contribution": 0.666_666_666 },
            { "id": "c", "state": "dont_know", "credit": null, "contribution": null }
        ]
    });
    assert_eq!(found, expected);

    let stored: Record = serde_json::from_value(found).unwrap();
    assert_eq!(stored, assessment.record().clone());
    assert!(stored.verify(assessment.sheet()).is_ok());
}

#[test]
fn a_result_without_a_score_says_which_pillars_and_why() {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    for question in pulse.questions().filter(|q| q.pillar() != Pillar::AgileApproach) {
        sheet.set(question.id(), 3).unwrap();
    }
    let found = serde_json::to_value(sheet.assess()).unwrap();
    assert_eq!(
        found["overall"],
        json!({ "status": "not_scorable", "reason": "pillar", "pillars": ["agile_approach"] })
    );
    assert_eq!(found["next_stage"], Value::Null);
    assert_eq!(found["pillars"]["agile_approach"]["reason"], "coverage");
    assert_eq!(found["questions"][0]["contribution"], Value::Null);
}

#[test]
fn a_result_read_back_has_every_kind_of_requirement() {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    for question in pulse.questions() {
        sheet
            .set(question.id(), if question.pillar() == Pillar::AgileApproach { 1 } else { 3 })
            .unwrap();
    }
    // Three pillars at .5 and one at 0: overall .375, bridge. Hubs asks for .4 and .2 everywhere.
    let assessment = sheet.assess();
    assert_eq!(assessment.stage(), Some(Stage::Bridge));
    let next = json!({ "stage": "hubs", "unmet": [
        { "requirement": "overall", "required": 0.4, "actual": 0.375, "shortfall": 0.025 },
        { "requirement": "every_pillar", "pillar": "agile_approach",
          "required": 0.2, "actual": 0, "shortfall": 0.2 } ] });
    assert_eq!(serde_json::to_value(&assessment).unwrap()["next_stage"], next);
    let json = serde_json::to_string(&assessment).unwrap();
    assert_eq!(Record::from_json(&json).unwrap(), assessment.record().clone());
}

#[test]
fn spelling_does_not_change_a_number() {
    let document = |weight: &str, value: &str, schema: &str| {
        format!(
            r#"{{ "schema": {schema}, "id": "n", "version": "1.0.0", "title": "t",
                "pillars": {{ "digital_first_mindset": {{ "weight": 0 }},
                    "culture_of_experimentation": {{ "weight": 0.0 }}, "connected_systems": {{ "weight": 0e0 }} }},
                "questions": [ {{ "id": "q", "pillar": "agile_approach", "title": "t", "weight": {weight},
                    "scale": {{ "kind": "choice", "choices": [
                        {{ "value": 0, "text": "a" }}, {{ "value": {value}, "text": "b" }} ] }} }} ] }}"#
        )
    };
    let plain = Questionnaire::from_json(&document("0.1", "4", "1")).unwrap();
    for (weight, value, schema) in
        [("0.10", "4.0", "1.0"), ("1e-1", "4e0", "1e0"), ("0.100000", "40e-1", "10e-1")]
    {
        let spelled = Questionnaire::from_json(&document(weight, value, schema)).unwrap();
        assert_eq!(spelled, plain);
        assert_eq!(spelled.fingerprint(), plain.fingerprint());
        assert_eq!(spelled.read_json(&format!(r#"{{ "q": {value} }}"#)).unwrap().answered(), 1);
    }
}

#[test]
fn a_byte_order_mark_before_a_document_is_passed_over() {
    let text = serde_json::to_string(&Questionnaire::dcx_pulse()).unwrap();
    assert!(Questionnaire::from_json(&format!("\u{feff}{text}")).is_ok());
}

#[test]
fn a_forged_result_is_told_by_every_place_that_differs() {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    for question in pulse.questions() {
        sheet.set(question.id(), 4).unwrap();
    }
    let mut forged = serde_json::to_value(sheet.assess()).unwrap();
    forged["overall"]["stage"] = json!("native");
    forged["questions"][2]["credit"] = json!(1);
    forged["taken"] = json!("2026-01-01");
    let stored: Record = serde_json::from_value(forged).unwrap();
    let mismatch = stored.verify(&sheet).unwrap_err();
    assert_eq!(
        mismatch.to_string(),
        "the stored result does not follow from the answers: /overall/stage is \"native\", not \"platform\"; \
         /questions/2/credit is 1, not 0.75; /taken is \"2026-01-01\", not nothing"
    );
}

/// A document with a language of its own, `x-..`, in each place where a text can stand.
fn in_many_languages() -> serde_json::Value {
    let text = |tag: &str| json!({ "default": "t", (format!("x-{tag}")): "t" });
    json!({
        "schema": 1, "id": "many", "version": "1.0.0", "title": text("a"),
        "description": text("b"), "language": "en-GB", "instructions": text("c"),
        "glossary": [{ "term": text("d"), "meaning": text("e") }],
        "families": [{ "id": "f", "title": text("f"), "description": text("g") }],
        "themes": [{ "id": "t", "family": "f", "title": text("h"), "description": text("i") }],
        "scales": { "two": { "kind": "choice", "choices": [
            { "value": 0, "text": text("j"), "advice": text("k") }, { "value": 1, "text": "t" }
        ] } },
        "questions": [
            { "id": "a", "pillar": "digital_first_mindset", "title": text("l"), "scale": "two",
              "themes": ["t"], "guidance": text("m") },
            { "id": "b", "pillar": "agile_approach", "title": "t",
              "scale": { "kind": "checklist", "items": [{ "id": "i", "text": text("n") }] } },
            { "id": "c", "pillar": "culture_of_experimentation", "title": "t",
              "scale": { "kind": "measure", "unit": text("o"), "bands": [
                  { "from": 0, "credit": 0, "text": text("p"), "advice": text("q") } ] } },
            { "id": "d", "pillar": "connected_systems", "scale": { "kind": "yes_no" },
              "title": { "default": "t", "en-gb": "t", "de": "t", "DE": "t" } },
        ]
    })
}

#[test]
fn the_languages_are_those_of_every_text_once_each_and_that_of_the_defaults_comes_first() {
    let mut document = in_many_languages();
    let questionnaire: Questionnaire = serde_json::from_value(document.clone()).unwrap();
    let tags: Vec<String> = ('a'..='q').map(|tag| format!("x-{tag}")).collect();
    let rest = || tags.iter().map(String::as_str);
    let expected: Vec<&str> = ["en-GB", "DE"].into_iter().chain(rest()).collect();
    assert_eq!(questionnaire.languages(), expected);

    // Not stated: in its place among the others.
    document.as_object_mut().unwrap().remove("language");
    let questionnaire: Questionnaire = serde_json::from_value(document).unwrap();
    assert_eq!(questionnaire.language(), None);
    let expected: Vec<&str> = ["DE", "en-gb"].into_iter().chain(rest()).collect();
    assert_eq!(questionnaire.languages(), expected);
    assert_eq!(Questionnaire::dcx_pulse().languages(), ["en", "de"]);
}

#[test]
fn what_explains_the_questions_is_written_as_it_was_read_and_is_not_in_the_fingerprint() {
    let document = in_many_languages();
    let questionnaire: Questionnaire = serde_json::from_value(document.clone()).unwrap();
    let written = serde_json::to_value(&questionnaire).unwrap();
    for key in ["description", "language", "instructions", "glossary"] {
        assert_eq!(written[key], document[key], "{key}");
    }
    assert_eq!(serde_json::from_value::<Questionnaire>(written).unwrap(), questionnaire);
    assert_eq!(questionnaire.instructions().unwrap().get("x-c"), "t");
    assert_eq!(questionnaire.glossary()[0].meaning.as_str(), "t");

    let mut spec = questionnaire.spec().clone();
    (spec.language, spec.instructions) = (None, None);
    spec.glossary.clear();
    let plain = Questionnaire::try_from(spec).unwrap();
    assert_eq!(plain.fingerprint(), questionnaire.fingerprint());
    assert_ne!(plain, questionnaire);
    let written = serde_json::to_value(&plain).unwrap();
    for key in ["language", "instructions", "glossary"] {
        assert_eq!(written.get(key), None, "{key}");
    }
}
