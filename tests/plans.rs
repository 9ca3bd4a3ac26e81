//! Plans with measures, worked by hand, and what a search may cost.

use digital_maturity::roadmap::{Cost, Roadmap, Step, Target};
use digital_maturity::spec::Limits;
use digital_maturity::{Answer, AnswerSheet, Pillar, Questionnaire, Stage};
use serde_json::{Value, json};

/// One question in the first pillar on that scale, the others at the top.
fn measured(question: &Value, answer: f64) -> AnswerSheet {
    let mut first = json!({ "id": "q0", "pillar": Pillar::ALL[0].as_str(), "title": "t" });
    first.as_object_mut().unwrap().extend(question.as_object().unwrap().clone());
    let others = Pillar::ALL[1..].iter().map(|pillar| {
        let scale = json!({ "kind": "yes_no" });
        json!({ "id": pillar.as_str(), "pillar": pillar.as_str(), "title": "t", "scale": scale })
    });
    let questions: Vec<Value> = std::iter::once(first).chain(others).collect();
    let document = json!({
        "schema": 1, "id": "measured", "version": "1.0.0", "title": "t", "questions": questions,
    });
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    let mut sheet = questionnaire.sheet();
    sheet.set("q0", answer).unwrap();
    for pillar in &Pillar::ALL[1..] {
        sheet.set(pillar.as_str(), true).unwrap();
    }
    sheet
}

/// The only step of the way to a stage for the first pillar.
fn step(sheet: &AnswerSheet, stage: Stage) -> Step {
    let target = Target::default().with_pillar(Pillar::ALL[0], stage);
    let roadmap = sheet.roadmap(target).unwrap();
    let [step] = &*roadmap.plan().unwrap().steps else { panic!("{roadmap:?}") };
    step.clone()
}

/// Levels, text from, answer to, text to, below, at most, advice.
type Said<'s> = (u32, &'s str, f64, &'s str, Option<f64>, Option<f64>, &'s [&'s str]);

#[track_caller]
fn says(step: &Step, (levels, from_text, to, to_text, below, at_most, advice): Said<'_>) {
    assert_eq!((step.levels, step.effort), (levels, levels));
    let text = |text: &Option<digital_maturity::Text>| text.as_ref().unwrap().to_string();
    assert_eq!((&*text(&step.from_text), &*text(&step.to_text)), (from_text, to_text));
    assert_eq!(step.to, Answer::from(to));
    assert_eq!((step.below, step.at_most), (below, at_most));
    let advised: Vec<String> = step.advice.iter().map(ToString::to_string).collect();
    assert_eq!(advised, advice);
}

#[test]
fn a_step_of_a_measure_names_the_band_to_reach_where_it_ends_and_the_advice_on_the_way() {
    let scale = json!({ "scale": { "kind": "measure", "unit": "days", "bands": [
        { "from": 0, "credit": 0, "text": "none", "advice": "begin" },
        { "from": 5, "credit": 0.4, "text": "some", "advice": "go on" },
        { "above": 7, "credit": 0.7, "text": "many", "advice": "finish" },
        { "from": 10, "credit": 1, "text": "all" },
    ] } });
    let sheet = measured(&scale, 2.0);
    // Hubs asks for .4: the second band, which ends with 7 itself.
    let one = ["begin"];
    says(&step(&sheet, Stage::Hubs), (1, "none", 5.0, "some", None, Some(7.0), &one));
    // Platform asks for .6: the third, which starts with the least double above 7 and stays below 10.
    let two = ["begin", "go on"];
    let above = f64::from_bits(7_f64.to_bits() + 1);
    says(&step(&sheet, Stage::Platform), (2, "none", above, "many", Some(10.0), None, &two));
    // Native asks for .8: the last, which has no end.
    let three = ["begin", "go on", "finish"];
    says(&step(&sheet, Stage::Native), (3, "none", 10.0, "all", None, None, &three));
    // From the second band on, its number included.
    says(
        &step(&measured(&scale, 7.0), Stage::Platform),
        (1, "some", above, "many", Some(10.0), None, &["go on"]),
    );
}

#[test]
fn a_step_of_a_reversed_measure_goes_down() {
    let scale = json!({ "reverse": true, "scale": { "kind": "measure", "unit": "days", "bands": [
        { "from": 0, "credit": 0, "text": "fast" },
        { "above": 7, "credit": 0.5, "text": "fair", "advice": "faster" },
        { "from": 14, "credit": 1, "text": "slow", "advice": "fair will do" },
    ] } });
    let sheet = measured(&scale, 20.0); // credit 0; the bands below earn .5 and 1
    let above = f64::from_bits(7_f64.to_bits() + 1);
    let one = ["fair will do"];
    says(&step(&sheet, Stage::Hubs), (1, "slow", above, "fair", Some(14.0), None, &one));
    let two = ["fair will do", "faster"];
    says(&step(&sheet, Stage::Native), (2, "slow", 0.0, "fast", None, Some(7.0), &two));
}

/// So many questions on one scale of so many choices, all at the bottom.
fn bottom(questions: usize, levels: usize) -> AnswerSheet {
    let choices: Vec<Value> = (0..levels).map(|v| json!({"value": v, "text": "t"})).collect();
    let question = |at: usize| {
        let pillar = Pillar::ALL[at % 4].as_str();
        json!({ "id": format!("q{at}"), "pillar": pillar, "title": "t", "scale": "s" })
    };
    let document = json!({
        "schema": 1, "id": "bottom", "version": "1.0.0", "title": "t",
        "scales": { "s": { "kind": "choice", "choices": choices } },
        "questions": (0..questions).map(question).collect::<Vec<_>>(),
    });
    let mut limits = Limits::default();
    limits.entries = usize::MAX;
    let questionnaire = Questionnaire::from_json_within(&document.to_string(), &limits).unwrap();
    let mut sheet = questionnaire.sheet();
    for at in 0..questions {
        sheet.set(&format!("q{at}"), 0).unwrap();
    }
    sheet
}

/// The least budget with which there is an answer, and that answer.
fn least_budget(sheet: &AnswerSheet, target: impl Into<Target> + Copy) -> (u64, Roadmap) {
    let (mut low, mut high) = (0, 1_u64 << 40);
    while low < high {
        let middle = low + (high - low) / 2;
        match sheet.roadmap_within(target, Cost::from_steps(middle)) {
            Ok(_) => high = middle,
            Err(_) => low = middle + 1,
        }
    }
    (low, sheet.roadmap_within(target, Cost::from_steps(low)).unwrap())
}

#[test]
fn what_is_told_beforehand_suffices_and_a_budget_changes_no_plan() {
    for (questions, levels) in [(4, 2), (12, 5), (16, 7), (8, 12), (40, 4), (12, 30), (60, 3)] {
        let sheet = bottom(questions, levels);
        for stage in [Stage::Bridge, Stage::Platform, Stage::Native] {
            let (least, roadmap) = least_budget(&sheet, stage);
            assert_eq!(roadmap, sheet.roadmap(stage).unwrap());
            let told = sheet.roadmap_cost(stage).steps();
            assert!(least <= told, "{questions} of {levels} to {stage}: {least}, told {told}");
        }
    }
}

#[test]
fn a_refusal_says_what_it_would_take_and_what_would_fit() {
    let mut sheet = bottom(40, 30);
    let (native, _) = least_budget(&sheet, Stage::Native);
    let budget = Cost::from_steps(native - 1);
    let costly = sheet.roadmap_within(Stage::Native, budget).unwrap_err();
    assert_eq!((costly.budget, costly.cost), (budget, sheet.roadmap_cost(Stage::Native)));
    let fits = costly.fits.unwrap();
    assert!(sheet.roadmap_within(fits, budget).is_ok());
    assert_eq!(
        costly.to_string(),
        format!(
            "the cheapest way takes more than the budget of {} steps, its tables alone up to {}; \
             the target {fits} should fit; fewer levels a scale or efforts with a common divisor help",
            native - 1,
            costly.cost.steps(),
        ),
    );

    // No stage that is reached already is named, and none if none fits.
    let costly = sheet.roadmap_within(Stage::Native, Cost::from_steps(0)).unwrap_err();
    assert_eq!(costly.fits, None);
    assert!(!costly.to_string().contains("should fit"));
    for at in 0..40 {
        sheet.set(&format!("q{at}"), 15).unwrap(); // 15 / 29: hubs
    }
    let one = Target::default().with_pillar(Pillar::ALL[0], Stage::Platform);
    let costly = sheet.roadmap_within(Stage::Platform, sheet.roadmap_cost(one)).unwrap_err();
    assert_eq!(costly.fits, Some(one));
}

#[test]
fn where_there_is_nothing_to_search_it_costs_nothing() {
    let open = Questionnaire::dcx_pulse().sheet();
    assert_eq!(open.roadmap_cost(Stage::Native), Cost::from_steps(0));
    let roadmap = open.roadmap_within(Stage::Native, Cost::from_steps(0)).unwrap();
    assert!(roadmap.unreachable().is_some());
}

#[test]
fn a_thousand_questions_of_a_hundred_choices_stay_within_any_budget() {
    let sheet = bottom(1000, 100);
    let budget = Cost::from_steps(1_000_000);
    let costly = sheet.roadmap_within(Stage::Native, budget).unwrap_err();
    assert!(costly.cost > budget);
    // Of efforts alike, only levels make it large: of five it is a thousandth.
    assert!(bottom(1000, 5).roadmap_cost(Stage::Native).steps() < costly.cost.steps() / 200);
}
