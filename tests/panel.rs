//! Panels against a slow implementation that tries every combination of answers, worked by hand, and by
//! laws.

mod slow;

use digital_maturity::panel::{Basis, ConsensusRule, Panel, PanelResult, Voice};
use digital_maturity::spec::Policy;
use digital_maturity::testing::{Shape, questionnaires, sheets};
use digital_maturity::{
    Answer, AnswerSheet, Code, Pillar, Questionnaire, QuestionnaireSpec, Score,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use slow::Slow;

use super::support::lines;

fn panel(of: &Questionnaire, sheets: &[AnswerSheet], rule: ConsensusRule) -> Panel {
    let voices = sheets.iter().enumerate();
    let voices = voices.map(|(at, sheet)| Voice::new(format!("voice {at}"), sheet.clone()));
    Panel::new(of, voices, rule).unwrap()
}

fn rules() -> impl Strategy<Value = ConsensusRule> {
    prop::sample::select(ConsensusRule::ALL.to_vec())
}

/// Sheets of one random questionnaire, of which more have a Score than of others.
fn case(
    shape: Shape,
    voices: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Vec<AnswerSheet>> {
    (questionnaires(shape), any::<bool>()).prop_flat_map(move |(questionnaire, covered)| {
        let mut spec = questionnaire.spec().clone();
        if covered {
            spec.method.minimum_coverage = Score::ZERO;
        }
        let questionnaire = Questionnaire::try_from(spec).unwrap();
        prop::collection::vec(sheets(&questionnaire), voices.clone())
    })
}

fn small(conditions: bool) -> impl Strategy<Value = Vec<AnswerSheet>> {
    let shape = Shape::new(1..=if conditions { 5 } else { 7 }).unwrap();
    case(if conditions { shape } else { shape.without_conditions() }, 2..=4)
}

fn ends<T: Copy>(of: Option<digital_maturity::panel::Between<T>>) -> Option<(T, T)> {
    of.map(|of| (of.lowest, of.highest))
}

/// That a panel is what trying everything says.
fn agrees_with_slow(sheets: &[AnswerSheet], rule: ConsensusRule) -> Result<(), TestCaseError> {
    let of = sheets[0].questionnaire();
    let slow = Slow::new(of, sheets, rule);
    prop_assume!(slow.size() <= 600);
    let panel = panel(of, sheets, rule);
    let result = panel.assess();
    let consensus = serde_json::to_value(panel.consensus()).unwrap();
    prop_assert_eq!(&consensus["answers"], &slow.consensus());
    prop_assert_eq!(serde_json::to_value(&result.answers).unwrap(), slow.consensus());
    let mut own = serde_json::to_value(&result.result).unwrap();
    own["questionnaire"] = json!(null);
    prop_assert_eq!(own["overall"]["status"].clone(), slow.result()["overall"]["status"].clone());

    let (pillars, overall, stage) = slow.span();
    for (pillar, expected) in Pillar::ALL.into_iter().zip(pillars) {
        prop_assert_eq!(ends(result.span.pillars[pillar]), expected, "{}", pillar);
    }
    prop_assert_eq!(ends(result.span.overall), overall);
    prop_assert_eq!(ends(result.span.stage), stage);
    prop_assert_eq!(panel.span(), result.span);

    let order: Vec<&str> = result.questions.iter().map(|question| &*question.id).collect();
    prop_assert_eq!(order, slow.order());
    for (question, (range, swing)) in of.questions().zip(slow.swings()) {
        let found = result.question(question.id()).unwrap();
        prop_assert_eq!(found.range, range.as_ref().map(Slow::published));
        prop_assert_eq!(found.swing, swing.as_ref().map(Slow::published));
    }
    let stored = serde_json::to_string(&result).unwrap();
    prop_assert_eq!(serde_json::from_str::<PanelResult>(&stored).unwrap(), result);
    let kept = serde_json::to_string(&panel).unwrap();
    prop_assert_eq!(Panel::from_json(of, &kept).unwrap(), panel);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 100, max_global_rejects: 10_000, ..ProptestConfig::default()
    })]

    #[test]
    fn without_conditions_a_panel_is_what_trying_everything_says(
        sheets in small(false), rule in rules(),
    ) {
        agrees_with_slow(&sheets, rule)?;
    }

    #[test]
    fn with_conditions_a_panel_is_what_trying_everything_says(
        sheets in small(true), rule in rules(),
    ) {
        agrees_with_slow(&sheets, rule)?;
    }

    #[test]
    fn one_voice_many_times_over_is_that_voice(
        sheets in case(Shape::default(), 1..=1), times in 2..6_usize, rule in rules(),
    ) {
        let one = &sheets[0];
        let of = one.questionnaire();
        let panel = panel(of, &vec![one.clone(); times], rule);
        let mut consensus = panel.consensus();
        if let Some(respondent) = one.respondent() {
            consensus.set_respondent(respondent).unwrap();
        }
        for (question, answer) in one.answers() {
            prop_assert_eq!(consensus.answer(question.id()), Some(answer));
        }
        let result = panel.assess();
        prop_assert_eq!(result.result.summary(), one.summary());
        for voice in &result.voices {
            prop_assert_eq!((voice.overall, voice.without), (one.summary().overall, one.summary().overall));
        }
        for question in &result.questions {
            prop_assert!(question.range.is_none_or(|range| range == Score::ZERO));
            prop_assert!(question.swing.is_none_or(|swing| swing == Score::ZERO));
            prop_assert!(!question.is_open());
        }
    }

    #[test]
    fn the_order_of_voices_changes_nothing(
        sheets in case(Shape::default(), 2..=6), seed in any::<prop::sample::Index>(), rule in rules(),
    ) {
        let of = sheets[0].questionnaire();
        let mut turned = sheets.clone();
        turned.rotate_left(seed.index(sheets.len()));
        turned.swap(0, 1);
        let (one, other) = (panel(of, &sheets, rule).assess(), panel(of, &turned, rule).assess());
        prop_assert_eq!(one.answers, other.answers);
        prop_assert_eq!(one.result, other.result);
        prop_assert_eq!(one.span, other.span);
        for (one, other) in one.questions.iter().zip(&other.questions) {
            prop_assert_eq!((&one.id, one.basis, one.state), (&other.id, other.basis, other.state));
            prop_assert_eq!((one.range, one.swing), (other.range, other.swing));
            let counts = |of: &digital_maturity::panel::PanelQuestion| -> Vec<(Answer, usize)> {
                of.answers.iter().map(|same| (same.answer.clone(), same.voices.len())).collect()
            };
            prop_assert_eq!(counts(one), counts(other));
        }
    }

    #[test]
    fn neither_the_consensus_nor_a_voice_lies_outside_the_span(
        sheets in case(Shape::default(), 2..=5), rule in rules(),
    ) {
        let of = sheets[0].questionnaire();
        let panel = panel(of, &sheets, rule);
        let result = panel.assess();
        let Some(span) = result.span.overall else { return Ok(()) };
        if let Some(score) = result.result.overall.score() {
            prop_assert!(span.contains(&score), "{} {:?}", score, span);
            let stage = result.result.overall.stage().unwrap();
            prop_assert!(result.span.stage.unwrap().contains(&stage));
        }
        prop_assume!(of.method().dont_know == of.method().unanswered);
        let opinion = |answer: &Option<Answer>| {
            !matches!(answer, None | Some(Answer::Unanswered | Answer::DontKnow))
        };
        let consensus = panel.consensus();
        for (voice, sheet) in result.voices.iter().zip(&sheets) {
            let has = of.questions().all(|question| {
                !opinion(&consensus.answer(question.id())) || opinion(&sheet.answer(question.id()))
            });
            if let (true, Some(score)) = (has, voice.overall.score()) {
                prop_assert!(span.contains(&score), "{}: {} {:?}", voice.name, score, span);
            }
            for pillar in Pillar::ALL {
                let score = voice.pillars[pillar].score();
                if let (true, Some(score), Some(span)) = (has, score, result.span.pillars[pillar]) {
                    prop_assert!(span.contains(&score), "{}: {} {:?}", pillar, score, span);
                }
            }
        }
    }

    #[test]
    fn a_voice_left_out_is_a_panel_without_it(
        sheets in case(Shape::default(), 3..=5), rule in rules(), settled in any::<prop::sample::Index>(),
    ) {
        let of = sheets[0].questionnaire();
        let question = of.questions().nth(settled.index(of.questions().len())).unwrap();
        let settle = |mut panel: Panel| {
            panel.settle(question.id(), question.answers()[0].clone(), "so").unwrap();
            panel
        };
        let result = settle(panel(of, &sheets, rule)).assess();
        for (at, voice) in result.voices.iter().enumerate() {
            let mut others = sheets.clone();
            others.remove(at);
            let without = settle(panel(of, &others, rule)).assess();
            prop_assert_eq!(voice.without, without.result.overall);
            prop_assert_eq!(voice.overall, sheets[at].summary().overall);
        }
    }

    #[test]
    fn what_is_settled_narrows_the_span_until_it_is_the_result(
        sheets in case(Shape::default(), 2..=4), rule in rules(),
    ) {
        let of = sheets[0].questionnaire();
        let mut panel = panel(of, &sheets, rule);
        let before = panel.assess();
        let consensus = panel.consensus();
        for (question, answer) in consensus.answers() {
            if answer != Answer::Unanswered {
                panel.settle(question.id(), answer, "").unwrap();
            }
        }
        let after = panel.assess();
        prop_assert_eq!(&after.answers, &before.answers);
        prop_assert_eq!(&after.result, &before.result);
        prop_assert_eq!(after.to_discuss().count(), 0);
        prop_assert_eq!(ends(after.span.overall), after.result.overall.score().map(|of| (of, of)));
        let kept = serde_json::to_string(&panel).unwrap();
        prop_assert_eq!(Panel::from_json(of, &kept).unwrap(), panel);
    }
}

/// A questionnaire of one pillar that counts, and of those questions.
fn of_questions(questions: &Value) -> Questionnaire {
    let mut document = json!({
        "schema": 1, "id": "small", "version": "1.0.0", "title": "Small",
        "pillars": { "digital_first_mindset": { "weight": 0 },
            "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } },
        "questions": questions
    });
    for question in document["questions"].as_array_mut().unwrap() {
        question["pillar"] = "agile_approach".into();
        question["title"] = "?".into();
    }
    Questionnaire::from_json(&document.to_string()).unwrap()
}

/// Choices with those credits, of the values 1, 2 and so on.
fn choices(credits: &[f64]) -> Value {
    let choice = |(value, credit)| json!({ "value": value, "text": "t", "credit": credit });
    let choices: Vec<Value> = (1..).zip(credits).map(choice).collect();
    json!({ "kind": "choice", "choices": choices })
}

fn read(of: &Questionnaire, answers: &Value) -> AnswerSheet {
    of.read_json(&answers.to_string()).unwrap()
}

/// What a panel of those answers to the one question `a` says together.
fn together(of: &Questionnaire, rule: ConsensusRule, answers: &[Value]) -> Answer {
    let sheets: Vec<AnswerSheet> =
        answers.iter().map(|answer| read(of, &json!({ "a": answer }))).collect();
    panel(of, &sheets, rule).consensus().answer("a").unwrap()
}

#[test]
fn answers_become_one_by_the_rule() {
    use ConsensusRule::{Lowest, Median};
    let steps = of_questions(&json!([{ "id": "a", "scale": choices(&[0.0, 0.25, 0.5, 1.0]) }]));
    let whole = Answer::Whole;
    for (answers, median, lowest) in [
        // Of an even number the lower one of the middle two.
        (vec![json!(1), json!(4)], whole(1), whole(1)),
        (vec![json!(4), json!(2), json!(3)], whole(3), whole(2)),
        (vec![json!(4), json!(4), json!(3), json!(2)], whole(3), whole(2)),
        // Exactly half not applicable is not more than half.
        (vec![json!("not_applicable"), json!(3)], whole(3), whole(3)),
        (
            vec![json!("not_applicable"), json!("not_applicable"), json!(3)],
            Answer::NotApplicable,
            Answer::NotApplicable,
        ),
        // Who does not know or says nothing has no opinion.
        (vec![json!("dont_know"), json!("dont_know"), json!(3)], whole(3), whole(3)),
        (
            vec![json!(null), json!("not_applicable"), json!("dont_know")],
            Answer::NotApplicable,
            Answer::NotApplicable,
        ),
        (vec![json!(null), json!("dont_know")], Answer::DontKnow, Answer::DontKnow),
        (vec![json!(null), json!(null)], Answer::Unanswered, Answer::Unanswered),
    ] {
        assert_eq!(together(&steps, Median, &answers), median, "{answers:?}");
        assert_eq!(together(&steps, Lowest, &answers), lowest, "{answers:?}");
    }

    // Credits fall with the value, and two are equal: 3, then 1 and 2 by value.
    let flat = of_questions(&json!([{ "id": "a", "scale": choices(&[0.5, 0.5, 0.0]) }]));
    assert_eq!(together(&flat, Median, &[json!(2), json!(1)]), whole(1));
    assert_eq!(together(&flat, Median, &[json!(2), json!(1), json!(3)]), whole(1));
    assert_eq!(together(&flat, Lowest, &[json!(2), json!(1), json!(3)]), whole(3));

    let yes_no =
        of_questions(&json!([{ "id": "a", "reverse": true, "scale": { "kind": "yes_no" } }]));
    assert_eq!(together(&yes_no, Median, &[json!(true), json!(false)]), Answer::YesNo(true));

    // Of one band by the number, whatever the band earns.
    let days = of_questions(&json!([{ "id": "a", "scale": { "kind": "measure", "unit": "days",
        "bands": [{ "from": 0, "credit": 1 }, { "from": 30, "credit": 0 }] } }]));
    assert_eq!(together(&days, Median, &[json!(7), json!(3), json!(5)]), Answer::Number(5.0));
    assert_eq!(together(&days, Median, &[json!(40), json!(3), json!(50)]), Answer::Number(50.0));
    assert_eq!(together(&days, Lowest, &[json!(7), json!(3)]), Answer::Number(3.0));

    let items = json!([{ "id": "web", "text": "t" }, { "id": "app", "text": "t", "points": 3 },
        { "id": "shop", "text": "t" }]);
    let list =
        of_questions(&json!([{ "id": "a", "scale": { "kind": "checklist", "items": items } }]));
    let said = [json!(["app", "web"]), json!(["web", "app", "shop"]), json!(["web"]), json!([])];
    assert_eq!(together(&list, Median, &said), ["web"].into()); // 3 of 4; app has half, shop one
    assert_eq!(together(&list, Lowest, &said), Answer::Items(Vec::new()));
    assert_eq!(together(&list, Median, &said[..3]), ["web", "app"].into());
    assert_eq!(together(&list, Lowest, &said[..3]), ["web"].into());
}

#[test]
fn the_span_takes_what_moves_the_mean_and_leaves_what_does_not() {
    // Two questions stay: 0 or 1, and 0.5. The third, of weight 2, may leave.
    let scale = || choices(&[0.0, 0.25, 0.5, 1.0]);
    let of = of_questions(&json!([
        { "id": "a", "scale": scale() }, { "id": "b", "scale": scale() },
        { "id": "c", "scale": scale(), "weight": 2 }
    ]));
    let sheets = [
        read(&of, &json!({ "a": 1, "b": 3, "c": 2 })),
        read(&of, &json!({ "a": 4, "b": 3, "c": "not_applicable" })),
    ];
    let result = panel(&of, &sheets, ConsensusRule::Median).assess();
    // Lowest: a and b have 0.25, which c at 0.25 would not lower. Highest: a and b have 0.75, which c would.
    assert_eq!(ends(result.span.overall), Some(("0.25".parse().unwrap(), "0.75".parse().unwrap())));
    // The consensus has c at 0.25: (0 + 0.5 + 2 x 0.25) / 4.
    assert_eq!(result.result.overall.score(), Some("0.25".parse().unwrap()));
    // Only a moves: 1/4 of the weight, from 0 to 1.
    assert_eq!(result.questions[0].id, "a");
    assert_eq!(result.questions[0].swing, Some("0.25".parse().unwrap()));
    assert_eq!(result.question("c").unwrap().basis, Basis::Consensus);
    // One says not applicable and one does not: that is to be discussed, too.
    assert_eq!(result.to_discuss().map(|of| &*of.id).collect::<Vec<_>>(), ["a", "c"]);
}

#[test]
fn at_least_one_question_stays_in_a_pillar() {
    let of = of_questions(&json!([
        { "id": "a", "scale": choices(&[0.0, 0.25, 0.5, 1.0]) },
        { "id": "b", "scale": choices(&[0.0, 0.25, 0.5, 1.0]) }
    ]));
    let sheets = [
        read(&of, &json!({ "a": 2, "b": 3 })),
        read(&of, &json!({ "a": "not_applicable", "b": "not_applicable" })),
    ];
    let result = panel(&of, &sheets, ConsensusRule::Median).assess();
    assert_eq!(ends(result.span.overall), Some(("0.25".parse().unwrap(), "0.5".parse().unwrap())));
}

#[test]
fn a_question_that_may_not_be_asked_may_leave_or_have_the_lowest_credit() {
    let question = |otherwise: &Value| {
        of_questions(&json!([
            { "id": "shop", "scale": { "kind": "yes_no" }, "weight": 0 },
            { "id": "a", "scale": { "kind": "yes_no" } },
            { "id": "till", "scale": { "kind": "yes_no" },
              "asked_if": otherwise }
        ]))
    };
    let plain = json!({ "question": "shop", "at_least": 1 });
    let with_lowest = json!({ "question": "shop", "at_least": 1, "otherwise": "lowest" });
    for (otherwise, lowest) in [(plain, "1"), (with_lowest, "0.5")] {
        let of = question(&otherwise);
        let sheets = [
            read(&of, &json!({ "shop": true, "a": true, "till": true })),
            read(&of, &json!({ "shop": false, "a": true, "till": true })),
        ];
        let result = panel(&of, &sheets, ConsensusRule::Median).assess();
        let expected = (lowest.parse().unwrap(), Score::ONE);
        assert_eq!(ends(result.span.overall), Some(expected), "{otherwise}");
        // The consensus has no shop.
        assert_eq!(result.result.overall.score(), Some(expected.0), "{otherwise}");
        assert_eq!(result.question("till").unwrap().swing, Some(Score::ZERO));
    }
}

#[test]
fn what_nobody_answered_is_said_and_counts_as_the_policy_has_it() {
    let mut spec: QuestionnaireSpec = Questionnaire::dcx_pulse().spec().clone();
    spec.method.unanswered = Policy::Lowest;
    let of = Questionnaire::try_from(spec).unwrap();
    let ids: Vec<&str> = of.questions().map(|question| question.id()).collect();
    // Sections shared out: each voice has a part, and the last question nobody.
    let mut sheets = vec![of.sheet(), of.sheet()];
    for (at, id) in ids.iter().enumerate().take(11) {
        sheets[at % 2].set(id, 5).unwrap();
    }
    let result = panel(&of, &sheets, ConsensusRule::Median).assess();
    assert_eq!(result.nobody().collect::<Vec<_>>(), [ids[11]]);
    assert_eq!(result.question(ids[0]).unwrap().basis, Basis::Alone);
    assert_eq!((result.voices[0].opinions, result.voices[1].opinions), (6, 5));
    // 11 of 12 at 1.
    assert_eq!(result.result.overall.score(), Some("0.916666667".parse().unwrap()));
    let span = result.span.overall.unwrap();
    assert_eq!((span.lowest, span.highest), (span.lowest, span.lowest));
}

#[test]
fn of_equal_questions_the_one_with_more_range_is_discussed_first_then_the_earlier() {
    // Weights 1 and 2: halves of weight 2 swing as much as wholes of weight 1.
    let scale = || choices(&[0.0, 0.5, 1.0]);
    let of = of_questions(&json!([
        { "id": "agreed", "scale": scale() },
        { "id": "half", "scale": scale(), "weight": 2 }, { "id": "half_too", "scale": scale(), "weight": 2 },
        { "id": "whole", "scale": scale() }, { "id": "idle", "scale": scale(), "weight": 0 }
    ]));
    let sheets = [
        read(&of, &json!({ "agreed": 1, "half": 1, "half_too": 2, "whole": 1, "idle": 1 })),
        read(&of, &json!({ "agreed": 1, "half": 2, "half_too": 3, "whole": 3, "idle": 2 })),
    ];
    let result = panel(&of, &sheets, ConsensusRule::Median).assess();
    let order: Vec<&str> = result.questions.iter().map(|question| &*question.id).collect();
    assert_eq!(order, ["whole", "half", "half_too", "idle", "agreed"]);
    let sixth = Some("0.166666667".parse().unwrap());
    assert!(result.questions[..3].iter().all(|question| question.swing == sixth));
}

#[test]
fn all_that_is_wrong_with_voices_is_said_in_one_go() {
    let (pulse, dcx) = (Questionnaire::dcx_pulse(), Questionnaire::dcx());
    let voices = [
        Voice::new("Ada", pulse.sheet()),
        Voice::new("", dcx.sheet()),
        Voice::new("Ada", pulse.sheet()),
    ];
    let errors = Panel::new(pulse, voices, ConsensusRule::Median).unwrap_err();
    let found: Vec<_> = errors.iter().map(|of| (of.code(), of.path().to_string())).collect();
    let expected = [
        (Code::EmptyText, "/voices/1/name"),
        (Code::OtherEnd, "/voices/1/sheet"),
        (Code::DuplicateEntry, "/voices/2/name"),
    ];
    assert_eq!(found, expected.map(|(code, path)| (code, path.to_owned())));
    let alone = Panel::new(pulse, [Voice::new("Ada", pulse.sheet())], ConsensusRule::Median);
    let alone = alone.unwrap_err();
    assert_eq!(
        lines(&alone),
        ["error[too-few] /voices: too few voices: found 1, at least 2 must be there"]
    );
}

#[test]
fn a_kept_panel_is_read_and_all_its_faults_are_found() {
    let pulse = Questionnaire::dcx_pulse();
    let identity = serde_json::to_value(pulse.identity()).unwrap();
    let kept = json!({
        "questionnaire": { "id": "dcx_pulse", "version": "1.0.0", "fingerprint": "0".repeat(64) },
        "rule": "mean",
        "voices": [ { "name": "Ada", "sheet": { "case_view": 6 } },
            { "name": "Ada", "sheet": { "answers": { "case_veiw": 4 } } }, { "nam": "Ben" } ],
        "settled": [ { "id": "case_view", "answer": 3, "note": "so" },
            { "id": "case_view", "answer": 4 }, { "id": "journey_owner", "answer": true },
            { "id": "none" }, { "id": "journey_owner", "answer": null } ],
        "note": ""
    });
    let errors = Panel::from_json(pulse, &kept.to_string()).unwrap_err();
    let mut found: Vec<_> = errors.iter().map(|of| (of.path().to_string(), of.code())).collect();
    found.sort();
    let expected = [
        ("/note", Code::UnknownKey),
        ("/questionnaire/fingerprint", Code::OtherEnd),
        ("/rule", Code::UnknownName),
        ("/settled/1/id", Code::DuplicateEntry),
        ("/settled/2/answer", Code::WrongType),
        ("/settled/3", Code::MissingKey),
        ("/settled/3/id", Code::UnknownQuestion),
        ("/settled/4/answer", Code::WrongType),
        ("/voices/0/sheet/case_view", Code::UnknownChoice),
        ("/voices/1/name", Code::DuplicateEntry),
        ("/voices/1/sheet/answers/case_veiw", Code::UnknownQuestion),
        ("/voices/2", Code::MissingKey),
        ("/voices/2", Code::MissingKey),
        ("/voices/2/nam", Code::UnknownKey),
    ];
    assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code)));

    let sound = json!({ "questionnaire": identity, "voices": [
        { "name": "Ada", "sheet": { "case_view": 5 } }, { "name": "Ben", "sheet": {} } ],
        "settled": [ { "id": "case_view", "answer": "dont_know", "note": " " } ] });
    let panel = Panel::from_json(pulse, &sound.to_string()).unwrap();
    assert_eq!(panel.rule(), ConsensusRule::Median);
    let settled: Vec<_> =
        panel.settled().map(|(of, answer, note)| (of.id(), answer, note)).collect();
    assert_eq!(settled, [("case_view", Answer::DontKnow, None)]);
}

#[test]
fn a_note_on_what_is_settled_is_a_comment_of_the_agreed_sheet() {
    let pulse = Questionnaire::dcx_pulse();
    let mut panel = panel(pulse, &[pulse.sheet(), pulse.sheet()], ConsensusRule::Median);
    panel.settle("case_view", 4, "seen").unwrap();
    assert_eq!(panel.consensus().comment("case_view"), Some("seen"));
    assert_eq!(panel.settle("case_veiw", 4, "").unwrap_err().code(), Code::UnknownQuestion);
    let long = panel.settle("case_view", 3, "x".repeat(10_001)).unwrap_err();
    assert_eq!(long.code(), Code::TextTooLong);
    assert_eq!(panel.consensus().answer("case_view"), Some(Answer::Whole(4))); // as it was
    let result = panel.assess();
    assert_eq!(result.question("case_view").unwrap().note.as_deref(), Some("seen"));
}

#[test]
fn a_sheet_of_a_questionnaire_that_scores_alike_is_read_by_its_ids() {
    // The same questions in another order, which changes no score.
    let pulse = Questionnaire::dcx_pulse();
    let mut spec = pulse.spec().clone();
    spec.questions.reverse();
    let turned = Questionnaire::try_from(spec).unwrap();
    let mut sheets = [pulse.sheet(), turned.sheet()];
    for sheet in &mut sheets {
        sheet.set("case_view", 4).unwrap().set_comment("case_view", "why").unwrap();
    }
    let panel = panel(pulse, &sheets, ConsensusRule::Median);
    assert_eq!(panel.consensus().answer("case_view"), Some(Answer::Whole(4)));
    assert_eq!(panel.consensus().answered(), 1);
    assert_eq!(panel.voices().nth(1).unwrap().sheet().comment("case_view"), Some("why"));
}

#[test]
fn a_stored_result_that_cannot_be_is_refused() {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheets = [pulse.sheet(), pulse.sheet()];
    for (sheet, level) in sheets.iter_mut().zip([2, 4]) {
        for question in pulse.questions() {
            sheet.set(question.id(), level).unwrap();
        }
    }
    let written =
        serde_json::to_value(panel(pulse, &sheets, ConsensusRule::Median).assess()).unwrap();
    assert!(serde_json::from_value::<PanelResult>(written.clone()).is_ok());
    for (path, value) in [
        ("/span/overall/lowest", json!(0.9)),
        ("/voices/1/name", json!("voice 0")),
        ("/questions/0/id", json!("case_view_too")),
        ("/questions/0/lowest", json!(0.9)),
        ("/questions/0/answers/0/voices/0", json!("nobody")),
        ("/questions/0/answers/0/voices/0", json!("voice 1")),
        ("/rule", json!("mean")),
    ] {
        let mut forged = written.clone();
        *forged.pointer_mut(path).unwrap() = value;
        assert!(serde_json::from_value::<PanelResult>(forged).is_err(), "{path}");
    }
}

#[test]
#[cfg(feature = "cohort")]
fn voices_agree_as_statistics_have_it() {
    use digital_maturity::statistics::{GroupAgreement, Ratings, TwoWayIcc, UniformNull};

    let pulse = Questionnaire::dcx_pulse();
    let levels = [[2, 3, 5, 1], [2, 4, 4, 2], [3, 4, 5, 1]];
    let mut sheets = vec![pulse.sheet(); 3];
    for (sheet, levels) in sheets.iter_mut().zip(levels) {
        for (at, question) in pulse.questions().enumerate() {
            sheet.set(question.id(), levels[at % 4]).unwrap();
        }
    }
    let agreement = panel(pulse, &sheets, ConsensusRule::Median).agreement();
    let credits = |level: i32| f64::from(level - 1) / 4.0;
    let null = UniformNull::options(5).unwrap().spaced(0.25).unwrap();
    for (at, question) in pulse.questions().enumerate() {
        let column = levels.map(|of| credits(of[at % 4]));
        let ratings = Ratings::from_columns([column]).unwrap().with_names([question.id()]).unwrap();
        let expected = GroupAgreement::of(&ratings, null);
        assert_eq!(agreement.questions.get(question.id()), Some(&expected));
    }
    let agile = Ratings::from_sheets(&sheets, |of| of.pillar() == Pillar::AgileApproach).unwrap();
    assert_eq!(agreement.pillars.agile_approach, GroupAgreement::of(&agile, null));
    let by_question = (0..12).map(|at| levels.map(|of| credits(of[at % 4])));
    assert_eq!(agreement.icc, TwoWayIcc::of(&Ratings::from_rows(by_question).unwrap()));
    let stored = serde_json::to_string(&agreement).unwrap();
    let read: digital_maturity::panel::PanelAgreement = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, agreement);
}
