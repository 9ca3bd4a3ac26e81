//! Comparisons and histories: worked by hand, and laws over random questionnaires and answers.

use digital_maturity::assessment::QuestionResult;
use digital_maturity::compare::{Comparison, History, HistoryFault, Incomparable};
use digital_maturity::{
    Answer, AnswerState, Date, Delta, Pillar, Questionnaire, Record, Score, Stage,
};
use serde_json::json;

use super::reference::generate::{self, Rng};

fn sum(deltas: impl Iterator<Item = Delta>) -> i64 {
    deltas.map(|delta| i64::from(delta.billionths())).sum()
}

#[test]
fn differences_add_up_to_the_billionth_and_turn_around() {
    let (mut scored, mut shifted) = (0, 0);
    for seed in 0..1000 {
        let mut rng = Rng::new(seed);
        let document = generate::questionnaire(&mut rng);
        let text = generate::shuffled(&mut rng, &document);
        let questionnaire = Questionnaire::from_json(&text).unwrap();
        let mut answers = || {
            let answers = generate::answers(&mut rng, &document).to_string();
            questionnaire.read_json(&answers).unwrap().assess()
        };
        let (before, after) = (answers(), answers());
        let there = Comparison::new(&before, &after).unwrap();
        let back = Comparison::new(&after, &before).unwrap();

        let delta = there.overall().delta;
        assert_eq!(delta.is_some(), before.score().is_some() && after.score().is_some());
        assert_eq!(there.explained().is_some(), delta.is_some());
        if let (Some(delta), Some(explained)) = (delta, there.explained()) {
            scored += 1;
            let expected = i64::from(after.score().unwrap().billionths())
                - i64::from(before.score().unwrap().billionths());
            assert_eq!(i64::from(delta.billionths()), expected, "{seed}");
            assert_eq!(
                sum(there.questions().values().iter().map(|q| q.explains.unwrap())),
                expected
            );
            let changed = there.changed_questions().map(|(_, q)| q.explains.unwrap());
            assert_eq!(sum(changed), i64::from(explained.by_answers.billionths()));
            assert_eq!(sum([explained.by_answers, explained.by_weight].into_iter()), expected);
            shifted += u32::from(!explained.by_weight.is_zero());
            assert_eq!(back.overall().delta, Some(-delta));
            assert_eq!(back.explained().unwrap().by_weight, -explained.by_weight);
        }
        for pillar in Pillar::ALL {
            assert_eq!(there.pillar(pillar).delta, back.pillar(pillar).delta.map(|d| -d));
        }
        for (one, other) in there.questions().values().iter().zip(back.questions().values()) {
            assert_eq!(one.credit, other.credit.map(|d| -d));
            assert_eq!(one.has_changed(), other.has_changed());
        }
        assert_eq!(there.themes().len(), questionnaire.themes().len());

        // Stored results serve as well as fresh ones.
        let saved = serde_json::to_string(&before).unwrap();
        let reread = Record::from_json(&saved).unwrap();
        assert_eq!(Comparison::new(&reread, &after).unwrap(), there);

        let same = Comparison::new(&before, &before).unwrap();
        assert_eq!(same.changed_questions().count(), 0);
        assert!(same.overall().delta.is_none_or(Delta::is_zero));
    }
    assert!(scored > 300 && shifted > 50, "{scored} {shifted}");
}

/// Two questions in a pillar that is all: credits 1 and 0.5, then the first is not applicable.
#[test]
fn a_question_that_drops_out_takes_its_contribution_along_and_the_others_take_its_weight() {
    let questionnaire = Questionnaire::from_json(
        &json!({
            "schema": 1, "id": "two", "version": "1.0.0", "title": "Two",
            "pillars": { "digital_first_mindset": { "weight": 0 },
                         "culture_of_experimentation": { "weight": 0 },
                         "connected_systems": { "weight": 0 } },
            "scales": { "three": { "kind": "choice", "choices": [
                { "value": 1, "text": "a" }, { "value": 2, "text": "b" }, { "value": 3, "text": "c" } ] } },
            "questions": [
                { "id": "first", "pillar": "agile_approach", "title": "?", "scale": "three" },
                { "id": "second", "pillar": "agile_approach", "title": "?", "scale": "three" } ]
        })
        .to_string(),
    )
    .unwrap();
    let mut sheet = questionnaire.sheet();
    sheet.set("first", 3).unwrap().set("second", 2).unwrap();
    let before = sheet.assess(); // (1 + 0.5) / 2 = 0.75: contributions 0.5 and 0.25
    let after = sheet.set("first", Answer::NotApplicable).unwrap().assess(); // 0.5: - and 0.5
    let comparison = Comparison::new(&before, &after).unwrap();
    let shown: Vec<String> = comparison
        .questions()
        .values()
        .iter()
        .map(|q| format!("{:+}", q.explains.unwrap()))
        .collect();
    assert_eq!(shown, ["-0.5", "+0.25"]);
    let explained = comparison.explained().unwrap();
    assert_eq!(explained.by_answers.to_string(), "-0.5");
    assert_eq!(explained.by_weight.to_string(), "0.25");
    assert_eq!(comparison.questions().values()[0].after.state, AnswerState::NotApplicable);
    assert_eq!(comparison.questions().values()[0].credit, None);
    assert_eq!(
        serde_json::to_value(comparison.overall()).unwrap(),
        json!({ "before": { "status": "scored", "score": 0.75, "stage": "platform" },
                "after": { "status": "scored", "score": 0.5, "stage": "hubs" },
                "delta": -0.25 })
    );
}

#[test]
fn results_that_score_differently_are_refused_and_the_difference_is_named() {
    let pulse = Questionnaire::dcx_pulse();
    let mut spec = pulse.spec().clone();
    spec.questions[0].weight = "2".parse().unwrap();
    let draft = Questionnaire::try_from(spec.clone()).unwrap();
    spec.version = "9.0.0".to_owned();
    let version = Questionnaire::try_from(spec.clone()).unwrap();
    spec.id = "other".to_owned();
    let other = Questionnaire::try_from(spec).unwrap();
    let before = pulse.sheet().assess();
    let (id, was) = (pulse.id(), pulse.version());
    for (after, start) in [
        (draft, format!("results of `{id}` {was} before and after it was changed (fingerprints ")),
        (
            version,
            format!("results of different versions of `{id}`, {was} and 9.0.0 (fingerprints "),
        ),
        (other, format!("results of different questionnaires, `{id}` and `other` (fingerprints ")),
    ] {
        let error = Comparison::new(&before, &after.sheet().assess()).unwrap_err();
        assert!(error.to_string().starts_with(&start), "{error}");
        assert!(matches!(error, Incomparable::OtherQuestionnaire(_)));
    }
    // Texts, title and version do not score: results of such versions are compared.
    let mut spec = pulse.spec().clone();
    spec.version = "9.0.0".to_owned();
    spec.title = "Pulse".into();
    let retitled = Questionnaire::try_from(spec).unwrap();
    assert!(Comparison::new(&before, &retitled.sheet().assess()).is_ok());
}

type Questions = Vec<(String, QuestionResult)>;

#[test]
fn a_stored_result_that_was_changed_is_refused() {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    for question in pulse.questions() {
        sheet.set(question.id(), 4).unwrap();
    }
    let sound = sheet.assess().record().clone();
    // The record with its questions as `edit` leaves them.
    let edited = |edit: &dyn Fn(&mut Questions)| {
        let mut questions: Questions =
            sound.questions.iter().map(|(id, result)| (id.to_owned(), *result)).collect();
        edit(&mut questions);
        let mut record = sound.clone();
        record.questions = questions.into_iter().collect();
        record
    };
    let forged = edited(&|questions| questions[3].1.contribution = Some(Score::ONE));
    let error = Comparison::new(&sound, &forged).unwrap_err();
    assert_eq!(error, Incomparable::Unsummed { after: true });
    assert_eq!(error.to_string(), "contributions of the later result do not sum to its overall");
    assert_eq!(Comparison::new(&forged, &sound), Err(Incomparable::Unsummed { after: false }));

    let unmatched = |id: &str| Err(Incomparable::Unmatched { what: "question", id: id.to_owned() });
    let renamed = edited(&|questions| questions[0].0 = "intruder".to_owned());
    assert_eq!(Comparison::new(&sound, &renamed), unmatched("intruder"));
    let second = pulse.questions().nth(1).unwrap().id();
    let twice = edited(&|questions| questions[0].0 = second.to_owned());
    assert_eq!(Comparison::new(&twice, &sound), unmatched(second));
}

fn on(day: &str, level: Option<i64>) -> Record {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    sheet.set_taken(day.parse().unwrap());
    if let Some(level) = level {
        for question in pulse.questions() {
            sheet.set(question.id(), level).unwrap();
        }
    }
    sheet.assess().record().clone()
}

#[test]
fn a_history_is_in_order_of_days_and_passes_over_what_has_no_score() {
    let results = [
        on("2026-03-01", Some(4)),
        on("2024-03-01", Some(2)),
        on("2025-03-01", None),
        on("2027-03-01", Some(2)),
        on("2028-03-01", Some(4)),
    ];
    let history = History::new(&results).unwrap();
    let trend = history.overall();
    let days: Vec<String> = trend.points.iter().map(|point| point.taken.to_string()).collect();
    assert_eq!(days, ["2024-03-01", "2025-03-01", "2026-03-01", "2027-03-01", "2028-03-01"]);
    let steps: Vec<Option<String>> =
        trend.points.iter().map(|point| point.step.map(|step| format!("{step:+}"))).collect();
    let text = |step: &str| Some(step.to_owned());
    assert_eq!(steps, [None, None, text("+0.5"), text("-0.5"), text("+0.5")]);
    assert_eq!(trend.change.unwrap().to_string(), "0.5");
    // Of equals, the earliest.
    let day = |text: &str| text.parse::<Date>().unwrap();
    assert_eq!(trend.highest.unwrap().taken, day("2026-03-01"));
    assert_eq!(trend.lowest.unwrap().taken, day("2024-03-01"));
    let stages: Vec<(Stage, Stage)> = history.stages().iter().map(|c| (c.from, c.to)).collect();
    let (bridge, platform) = (Stage::Bridge, Stage::Platform);
    assert_eq!(stages, [(bridge, platform), (platform, bridge), (bridge, platform)]);
    assert_eq!(history.pillars().agile_approach.change, trend.change);
    let written = serde_json::to_value(&history).unwrap();
    assert_eq!(written["overall"]["points"][2]["step"], json!(0.5));

    let lone = History::new(&[on("2025-03-01", None)]).unwrap();
    assert_eq!((lone.overall().first, lone.overall().change), (None, None));
}

/// A result of 1 March 2025.
fn numbered(sequence: i64, level: i64) -> Record {
    let mut result = on("2025-03-01", Some(level));
    result.sequence = Some(sequence);
    result
}

#[test]
fn results_of_one_day_are_in_order_of_their_sequence_and_those_without_come_first() {
    let results =
        [numbered(2, 4), numbered(-1, 2), on("2025-03-01", Some(1)), on("2025-02-28", Some(5))];
    let history = History::new(&results).unwrap();
    let points = &history.overall().points;
    let order: Vec<(String, Option<i64>, String)> = points
        .iter()
        .map(|point| (point.taken.to_string(), point.sequence, point.score.unwrap().to_string()))
        .collect();
    let expected = [
        ("2025-02-28", None, "1"),
        ("2025-03-01", None, "0"),
        ("2025-03-01", Some(-1), "0.25"),
        ("2025-03-01", Some(2), "0.75"),
    ];
    assert_eq!(order, expected.map(|(day, at, score)| (day.to_owned(), at, score.to_owned())));
    let changes: Vec<Option<i64>> = history.stages().iter().map(|change| change.sequence).collect();
    assert_eq!(changes, [None, Some(-1), Some(2)]);

    // Written and read back; a point without a sequence is written as before.
    let text = serde_json::to_string(&history).unwrap();
    assert_eq!(serde_json::from_str::<History>(&text).unwrap(), history);
    let written = serde_json::to_value(&history).unwrap();
    assert_eq!(written["overall"]["points"][0].get("sequence"), None);
    assert_eq!(written["overall"]["points"][3]["sequence"], json!(2));
}

#[test]
fn everything_that_keeps_results_from_being_a_history_is_said_at_once() {
    let other = Questionnaire::dcx().sheet().assess();
    let mut results = vec![on("2025-03-01", Some(3)), on("2025-03-01", Some(4))];
    results.push(other.record().clone());
    results.extend([numbered(7, 1), numbered(7, 2), numbered(7, 3)]);
    let error = History::new(&results).unwrap_err();
    let lines: Vec<String> = error.faults().iter().map(ToString::to_string).collect();
    assert_eq!(
        lines[0],
        "results 1 and 2 were both taken on 2025-03-01 and neither has a `sequence`"
    );
    assert!(lines[1].starts_with("result 3 does not follow on the first: results of different"));
    assert_eq!(lines[2], "result 3 has no date");
    assert_eq!(lines[3], "results 4 and 5 were both taken on 2025-03-01 with `sequence` 7");
    assert_eq!(lines[4], "results 4 and 6 were both taken on 2025-03-01 with `sequence` 7");
    assert_eq!(lines.len(), 5);
    let HistoryFault::SameDate { first, position, sequence, .. } = error.faults()[3] else {
        panic!("{error}");
    };
    assert_eq!((first, position, sequence), (3, 4, Some(7)));
    let none: [Record; 0] = [];
    assert_eq!(History::new(&none).unwrap_err().faults(), [HistoryFault::Empty]);
}

#[test]
fn steps_sum_to_the_change_and_the_order_given_does_not_matter() {
    for seed in 0..100 {
        let mut rng = Rng::new(seed);
        let document = generate::questionnaire(&mut rng);
        let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
        let mut results = Vec::new();
        for month in 1..=8 {
            let answers = generate::answers(&mut rng, &document).to_string();
            let mut sheet = questionnaire.read_json(&answers).unwrap();
            sheet.set_taken(format!("2026-{month:02}-15").parse().unwrap());
            results.push(sheet.assess());
        }
        let history = History::new(&results).unwrap();
        results.reverse();
        results.rotate_left(3);
        assert_eq!(History::new(&results).unwrap(), history, "{seed}");
        for (_, trend) in
            history.pillars().iter().chain([(Pillar::AgileApproach, history.overall())])
        {
            let steps = trend.points.iter().filter_map(|point| point.step);
            let change = trend.change.map_or(0, |change| i64::from(change.billionths()));
            assert_eq!(sum(steps), change, "{seed}");
            let scores = || trend.points.iter().filter_map(|point| point.score);
            assert_eq!(trend.highest.and_then(|p| p.score), scores().max());
            assert_eq!(trend.lowest.and_then(|p| p.score), scores().min());
        }
    }
}
