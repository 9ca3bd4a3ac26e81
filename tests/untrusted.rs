//! What documents from strangers may be, and what their findings and pages may cost: by hand.

use digital_maturity::assessment::Record;
use digital_maturity::migration::Migration;
use digital_maturity::spec::{
    BandSpec, ChoiceSpec, ConditionSpec, Limits, QuestionSpec, ScaleSpec, ThemeSpec,
};
use digital_maturity::{
    Code, Errors, Pillar, Questionnaire, QuestionnaireSpec, Responses, Score, Text, Words,
};
use serde_json::json;

use super::support::lines;

/// So many questions that share one scale of two choices with texts of that many bytes.
fn shared(questions: usize, bytes: usize) -> QuestionnaireSpec {
    let mut spec = QuestionnaireSpec::new("shared", "1.0.0", "t");
    let choice = |value| ChoiceSpec::new(value, "x".repeat(bytes));
    let scale = ScaleSpec::Choice { choices: vec![choice(1), choice(2)] };
    spec.scales.insert("s".to_owned(), scale);
    for number in 0..questions {
        let pillar = Pillar::ALL[number % 4];
        spec.questions.push(QuestionSpec::new(format!("q{number}"), pillar, "t", "s"));
    }
    spec
}

#[test]
fn no_door_reads_more_than_16_mib_of_json() {
    let large = " ".repeat((16 << 20) + 1);
    let expected = "error[too-large]: the document has 16777217 bytes, at most 16777216 are read";
    let pulse = Questionnaire::dcx_pulse();
    let doors: [Option<Errors>; 6] = [
        Questionnaire::from_json(&large).err(),
        Responses::from_json(&large).err(),
        pulse.read_json(&large).err(),
        Record::from_json(&large).err(),
        Migration::from_json(&large, pulse, pulse).err(),
        Words::from_json(&large).err(),
    ];
    for errors in doors {
        assert_eq!(lines(&errors.unwrap()), [expected]);
    }
    // One byte less, and it is read: it holds nothing.
    let errors = Questionnaire::from_json(&" ".repeat(16 << 20)).unwrap_err();
    assert_eq!(errors.first().code(), Code::Syntax);
}

#[test]
fn a_caller_may_allow_less_or_a_larger_document() {
    let mut limits = Limits::default();
    (limits.questions, limits.choices, limits.text) = (7, 1, 39);
    let spec = shared(8, 40);
    let errors = spec.check_within(&limits).unwrap_err();
    assert_eq!(
        lines(&errors),
        [
            "error[too-many] /scales/s/choices: too many choices: found 2, at most 1 may be there",
            "error[text-too-long] /scales/s/choices/0/text: text of 40 characters is too long, at most 39 are allowed",
            "error[text-too-long] /scales/s/choices/1/text: text of 40 characters is too long, at most 39 are allowed",
            "error[too-many] /questions: too many questions: found 8, at most 7 may be there",
        ]
    );
    // The same from a document, which is another fault, too: all of them at once.
    let mut document = serde_json::to_value(&spec).unwrap();
    document["version"] = json!("one");
    let text = document.to_string();
    limits.bytes = text.len();
    let errors = Questionnaire::from_json_within(&text, &limits).unwrap_err();
    assert_eq!(errors.iter().len(), 5);
    assert!(errors.iter().any(|finding| finding.code() == Code::InvalidVersion));
    limits.bytes -= 1;
    let errors = Questionnaire::from_json_within(&text, &limits).unwrap_err();
    assert_eq!((errors.iter().len(), errors.first().code()), (1, Code::TooLarge));
    // At the limits, and where they are wider than the rules, nothing changes.
    (limits.questions, limits.choices, limits.text) = (8, 2, 40);
    assert!(spec.check_within(&limits).is_ok());
    (limits.questions, limits.choices, limits.text) = (usize::MAX, usize::MAX, usize::MAX);
    let errors = shared(1001, 1).check_within(&limits).unwrap_err();
    assert_eq!(
        lines(&errors),
        ["error[too-many] /questions: too many questions: found 1001, at most 1000 may be there"]
    );
    // More than the default is read where a caller says so.
    limits.bytes = usize::MAX;
    let padded =
        format!("{}{}", " ".repeat(16 << 20), serde_json::to_string(&shared(4, 1)).unwrap());
    assert!(Questionnaire::from_json_within(&padded, &limits).is_ok());
}

#[test]
fn what_is_shared_may_be_written_out_up_to_a_bound() {
    // 1,000 titles and the questionnaire's own of a byte each, two choices of n bytes. Written out
    // beside each question the choices have 2,000 n bytes, of 512 KiB and 16 times 1,001 + 2 n. With
    // n = 274 that is 548,000 of 549,072, with 275 it is 550,000 of 549,104.
    assert!(shared(1000, 274).check().is_ok());
    let errors = shared(1000, 275).check().unwrap_err();
    assert_eq!(
        lines(&errors),
        [
            "error[shared-too-often] /questions: with scales, themes and compared questions written out \
          beside each question that names them, its texts have 550000 bytes, at most 549104 for \
          texts of this size"
        ]
    );
    // The titles of themes are written out, too: 1,000 questions with a theme of 10,000 bytes.
    let mut spec = shared(1000, 1);
    spec.themes = vec![ThemeSpec::new("a", "f", "x".repeat(10_000))];
    spec.themes.push(ThemeSpec::new("b", "f", "x"));
    for question in &mut spec.questions {
        question.themes = vec!["b".to_owned()];
    }
    assert!(spec.check().is_ok());
    for question in &mut spec.questions {
        question.themes.push("a".to_owned());
    }
    assert_eq!(spec.check().unwrap_err().first().code(), Code::SharedTooOften);
    // And the questions that conditions compare.
    let mut spec = shared(1000, 1);
    spec.questions[0].title = Text::new("x".repeat(10_000));
    for question in spec.questions.iter_mut().skip(1) {
        question.asked_if = Some(ConditionSpec::at_least("q0", Score::ONE).into());
    }
    assert_eq!(spec.check().unwrap_err().first().code(), Code::SharedTooOften);
    // With their choices, which are named where a condition is told.
    spec.questions[0].title = Text::new("x");
    let choices = [0, 1].map(|value| ChoiceSpec::new(value, "x".repeat(5_000)));
    let choices = ScaleSpec::Choice { choices: choices.into() };
    spec.questions[0].scale = choices.into();
    assert_eq!(spec.check().unwrap_err().first().code(), Code::SharedTooOften);
}

/// So many questions that share one scale of so many choices.
fn listing(questions: usize, choices: i64) -> QuestionnaireSpec {
    let mut spec = shared(questions, 1);
    let choices = (0..choices).map(|value| ChoiceSpec::new(value, "x")).collect();
    spec.scales.insert("s".to_owned(), ScaleSpec::Choice { choices });
    spec
}

#[test]
fn what_forms_list_again_has_a_bound() {
    // 1,000 questions and 15 choices are in the document; 3,000 and twelve times that are 15,180, and a
    // form has 15,000. With 16 choices it is 15,192, and a form has 16,000.
    assert!(listing(1000, 15).check().is_ok());
    let spec = listing(1000, 16);
    assert_eq!(
        lines(&spec.check().unwrap_err()),
        [
            "error[too-many] /questions: too many entries of a form: found 16000, at most 15192 may be there"
        ]
    );
    // A caller may allow more, and less.
    let mut limits = Limits::default();
    let within = |limits: &mut Limits, spec: &QuestionnaireSpec, entries| {
        limits.entries = entries;
        spec.check_within(limits).is_ok()
    };
    assert!(within(&mut limits, &spec, 16_000 - 12 * 1_016));
    assert!(!within(&mut limits, &spec, 16_000 - 12 * 1_016 - 1));
    assert!(within(&mut limits, &spec, usize::MAX));
    // A comparison stands in the document once, and lists the choices of the question that it names:
    // 20 questions of 100 choices and two such comparisons are 2,200, of which 12 * (20 + 100 + 2) do
    // not count.
    let mut spec = listing(20, 100);
    let one = ConditionSpec::at_least("q0", Score::ONE);
    spec.questions[19].asked_if = Some(ConditionSpec::any(vec![one; 2]).into());
    assert!(within(&mut limits, &spec, 2_200 - 12 * 122));
    assert!(!within(&mut limits, &spec, 2_200 - 12 * 122 - 1));
    // A number of 301 digits counts for thirteen: 20 of these, and 12 * (20 + 1) do not count.
    let mut spec = listing(20, 2);
    let bands = vec![BandSpec::new(1e300, Score::ONE)];
    spec.scales.insert("s".to_owned(), ScaleSpec::Measure { unit: "t".into(), bands });
    assert!(within(&mut limits, &spec, 20 * 13 - 12 * 21));
    assert!(!within(&mut limits, &spec, 20 * 13 - 12 * 21 - 1));
}

#[test]
fn what_stands_under_a_long_key_is_not_looked_into() {
    let faults = |key: &str| {
        let mut document = serde_json::to_value(shared(4, 1)).unwrap();
        document["pillars"] = json!({ key: { "wieght": 1, "other": 2 } });
        document["scales"][key] = json!({ "kind": "choice", "choices": [1, 2] });
        Questionnaire::from_json(&document.to_string()).unwrap_err()
    };
    // An unknown pillar, its missing weight and two unknown keys; an invalid id and two choices.
    assert_eq!(faults(&"K".repeat(200)).iter().len(), 7);
    let long = "K".repeat(201);
    let findings = faults(&long);
    let codes: Vec<Code> = findings.iter().map(digital_maturity::Diagnostic::code).collect();
    assert_eq!(codes, [Code::UnknownName, Code::InvalidId]);
    // A migration says so as well.
    let pulse = Questionnaire::dcx_pulse();
    let document = json!({
        "schema": 1,
        "from": { "id": "dcx_pulse", "version": pulse.version() },
        "to": { "id": "dcx_pulse", "version": pulse.version() },
        "answers": { long: { "a": 1 } },
    });
    let errors = Migration::from_json(&document.to_string(), pulse, pulse).unwrap_err();
    assert_eq!(errors.first().code(), Code::InvalidId);
}

#[test]
fn suggestions_end_with_their_budget_and_findings_do_not() {
    // Every id is near to every other: 64 characters that differ in the last three.
    let id = |kind: char, number: usize| format!("{}{kind}{number:03}", "a".repeat(60));
    let mut spec = shared(1000, 1);
    for (number, question) in spec.questions.iter_mut().enumerate() {
        question.id = id('a', number);
    }
    let questionnaire = spec.check().unwrap();
    let entries: Vec<String> =
        (0..1000).map(|number| format!("\"{}\":1", id('b', number))).collect();
    let errors = questionnaire.read_json(&format!("{{{}}}", entries.join(","))).unwrap_err();
    assert_eq!(errors.iter().len(), 1000);
    let suggested = errors.iter().filter(|finding| finding.suggestion().is_some()).count();
    // The first ones, and not all.
    assert!((10..1000).contains(&suggested), "{suggested}");
    assert_eq!(errors.first().suggestion(), Some(id('a', 0).as_str()));
    assert!(errors.iter().skip(suggested).all(|finding| finding.suggestion().is_none()));
}

#[cfg(feature = "report")]
#[test]
fn a_page_that_would_be_too_long_says_how_many_more_there_are() {
    // A title of 9,000 bytes each: of 400 open questions, 143 fit into 1.25 MiB of a table.
    let mut spec = shared(400, 1);
    for question in &mut spec.questions {
        question.title = Text::new("x".repeat(9_000));
    }
    let questionnaire = spec.check().unwrap();
    let outlook = questionnaire.sheet().outlook();
    let page = outlook.report(&questionnaire).unwrap().markdown().to_string();
    assert_eq!(page.matches(&"x".repeat(9_000)).count(), 143);
    assert!(page.contains("257 more are not shown"));
    // One of the usual length is whole.
    let dcx = Questionnaire::dcx();
    let page = dcx.sheet().outlook().report(dcx).unwrap().markdown().to_string();
    assert!(!page.contains("not shown"));
}
