//! The outlook against every completion of the open questions, and against figures worked by hand.
//! `OUTLOOK_CASES` sets how many random documents are tried.

use digital_maturity::assessment::Summary;
use digital_maturity::outlook::{Bounds, Openness, Outlook};
use digital_maturity::raises::SingleRaise;
use digital_maturity::spec::{NonAnswer, ScaleSpec};
use digital_maturity::{
    Answer, AnswerSheet, AnswerState, Pillar, PillarMap, Question, Questionnaire, Score, Stage,
};
use serde_json::json;

use super::reference::generate::{self, Rng};
use super::support::setting;

/// Every answer worth trying: each credit that the question can yield, and every state it allows.
fn endings(question: Question<'_>) -> Vec<Answer> {
    let mut endings = vec![Answer::Unanswered];
    if !question.forbids(NonAnswer::NotApplicable) {
        endings.push(Answer::NotApplicable);
    }
    if !question.forbids(NonAnswer::DontKnow) {
        endings.push(Answer::DontKnow);
    }
    match question.scale() {
        ScaleSpec::Choice { choices } => endings.extend(choices.iter().map(|c| c.value.into())),
        ScaleSpec::YesNo => endings.extend([false.into(), true.into()]),
        ScaleSpec::Measure { bands, .. } => {
            endings.extend(bands.iter().map(|b| b.start.least().into()));
        }
        ScaleSpec::Checklist { items } => {
            let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
            endings.extend((0..=ids.len()).map(|ticked| ids[..ticked].into()));
        }
    }
    endings
}

/// The lowest and highest of what was seen.
#[derive(Clone, Copy, Default)]
struct Seen(Option<(Score, Score, Stage, Stage)>);

impl Seen {
    fn add(&mut self, score: Score, stage: Stage) {
        let (low, high, low_stage, high_stage) = self.0.unwrap_or((score, score, stage, stage));
        self.0 =
            Some((low.min(score), high.max(score), low_stage.min(stage), high_stage.max(stage)));
    }

    /// Whether nothing seen lies outside.
    fn within(self, bounds: Option<Bounds>) -> bool {
        match (self.0, bounds) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((low, high, low_stage, high_stage)), Some(bounds)) => {
                bounds.lowest <= low
                    && high <= bounds.highest
                    && bounds.lowest_stage <= low_stage
                    && high_stage <= bounds.highest_stage
            }
        }
    }

    /// Whether both ends were seen, and nothing outside.
    fn reaches(self, bounds: Option<Bounds>) -> bool {
        let ends = bounds.map(|b| (b.lowest, b.highest, b.lowest_stage, b.highest_stage));
        self.0 == ends
    }
}

#[derive(Default)]
struct All {
    overall: Seen,
    pillars: PillarMap<Seen>,
}

impl All {
    fn add(&mut self, summary: &Summary) {
        if let (Some(score), Some(stage)) = (summary.overall.score(), summary.overall.stage()) {
            self.overall.add(score, stage);
        }
        for (pillar, result) in summary.pillars.iter() {
            if let (Some(score), Some(stage)) = (result.standing.score(), result.standing.stage()) {
                self.pillars[pillar].add(score, stage);
            }
        }
    }
}

/// Scores every completion of the questions from `open` on.
fn complete(sheet: &mut AnswerSheet, open: &[(String, Vec<Answer>)], all: &mut All) {
    let Some(((id, endings), rest)) = open.split_first() else {
        all.add(&sheet.summary());
        return;
    };
    for ending in endings {
        sheet.set(id, ending.clone()).unwrap();
        complete(sheet, rest, all);
    }
}

fn states(sheet: &AnswerSheet) -> Vec<AnswerState> {
    sheet.assess().questions().map(|(_, question)| question.state).collect()
}

/// The outlook of a sheet, and what its completions come to, unless they are too many.
fn tried(sheet: &AnswerSheet, most: usize) -> Option<(Outlook, All)> {
    let questions = sheet.questionnaire().questions();
    let missing =
        |answer: Option<Answer>| matches!(answer, Some(Answer::Unanswered | Answer::DontKnow));
    let open: Vec<(String, Vec<Answer>)> = questions
        .filter(|question| missing(sheet.answer(question.id())))
        .map(|question| (question.id().to_owned(), endings(question)))
        .collect();
    let combinations = open.iter().map(|(_, endings)| endings.len());
    if combinations.fold(1, usize::saturating_mul) > most {
        return None;
    }
    let mut all = All::default();
    complete(&mut sheet.clone(), &open, &mut all);
    Some((sheet.outlook(), all))
}

#[test]
fn no_completion_leaves_the_outlook_and_some_reach_it_where_the_rules_say_so() {
    let cases = setting("OUTLOOK_CASES", 4000);
    let (mut open, mut conditional, mut reached) = (0, 0, 0);
    for case in 0..cases {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
        for _ in 0..3 {
            let answers = generate::answers(&mut rng, &document);
            // The order of answers does not matter.
            let shuffled = generate::shuffled(&mut rng, &answers);
            let sheet = questionnaire.read_json(&shuffled).unwrap();
            let Some((outlook, all)) = tried(&sheet, 1500) else { continue };
            let context = || format!("case {case}\n{document}\n{answers}\n{outlook:?}");
            assert!(all.overall.within(outlook.overall), "{}", context());
            for (pillar, seen) in all.pillars.iter() {
                assert!(seen.within(outlook.pillars[pillar]), "{pillar} {}", context());
            }
            open += u32::from(!outlook.open.is_empty());

            let conditions = questionnaire.questions().any(|q| q.asked_if().is_some());
            conditional += u32::from(conditions && !outlook.open.is_empty());
            let full = |question: Question<'_>| match question.scale() {
                ScaleSpec::Checklist { .. } => true,
                _ => [Score::ZERO, Score::ONE].iter().all(|c| question.credits().contains(c)),
            };
            let found = |id: &str| questionnaire.question(id).unwrap();
            if !conditions && outlook.open.iter().all(|of| full(found(&of.id))) {
                reached += u32::from(!outlook.open.is_empty());
                assert!(all.overall.reaches(outlook.overall), "{}", context());
                for (pillar, seen) in all.pillars.iter() {
                    assert!(seen.reaches(outlook.pillars[pillar]), "{pillar} {}", context());
                }
            }

            // What is asked and has no answer is open; what is open is asked, or may come to be.
            for (question, state) in questionnaire.questions().zip(states(&sheet)) {
                let why = outlook.open.iter().find(|of| of.id == question.id()).map(|of| of.why);
                let expected = match state {
                    AnswerState::Unanswered => Some(Openness::Unanswered),
                    AnswerState::DontKnow => Some(Openness::DontKnow),
                    AnswerState::Answered | AnswerState::NotApplicable => None,
                    AnswerState::NotAsked => why.filter(|why| *why == Openness::Depends),
                };
                assert_eq!(why, expected, "{} {}", question.id(), context());
            }
        }
    }
    assert!(open > 1500 && conditional > 500 && reached > 300, "{open} {conditional} {reached}");
}

/// Five choices a question, one question a pillar unless more are given, with extra keys.
fn questionnaire(extra: &[serde_json::Value]) -> Questionnaire {
    let choices: Vec<_> = (0..5).map(|v| json!({"value": v, "text": "t"})).collect();
    let mut questions: Vec<serde_json::Value> = Pillar::ALL
        .iter()
        .enumerate()
        .map(|(at, p)| json!({"id": format!("q{at}"), "pillar": p.as_str(), "title": "t", "scale": "five"}))
        .collect();
    questions.extend(extra.iter().cloned());
    let document = json!({
        "schema": 1, "id": "q", "version": "1.0.0", "title": "t", "questions": questions,
        "scales": { "five": { "kind": "choice", "choices": choices } },
    });
    Questionnaire::from_json(&document.to_string()).unwrap()
}

#[test]
fn bounds_worked_by_hand_are_found() {
    // Pillars at .5, .75, 1 and open: the overall is from 2.25 / 4 to 3.25 / 4. Hubs asks .2 of
    // every pillar, bridge nothing: open at 0 it is bridge; at 1, platform, and native (.8 and .6
    // in every pillar) fails for the first pillar's .5.
    let questionnaire = questionnaire(&[]);
    let answers = r#"{ "q0": 2, "q1": 3, "q2": 4, "q3": "dont_know" }"#;
    let outlook = questionnaire.read_json(answers).unwrap().outlook();
    let bounds = outlook.overall.unwrap();
    assert_eq!((bounds.lowest.to_string(), bounds.lowest_stage), ("0.5625".into(), Stage::Bridge));
    assert_eq!(
        (bounds.highest.to_string(), bounds.highest_stage),
        ("0.8125".into(), Stage::Platform)
    );
    assert_eq!(outlook.open[0].swing.to_string(), "0.25");
    assert_eq!(outlook.pillars.agile_approach.unwrap().settled_stage(), Some(Stage::Platform));
}

#[test]
fn a_question_that_hangs_on_an_open_one_is_open_and_moves_with_it() {
    // q4 is asked if q0 earns .5. q0 is open, so q4 is, though it is answered: its pillar (q1 at
    // 1, q4) is from .5 to 1, the overall from (0 + .5 + 1 + 1) / 4 to 1. Answering q0 moves both:
    // .25 for its own pillar and .125 for the other. q4 by itself moves .125.
    let questionnaire = questionnaire(&[json!({
        "id": "q4", "pillar": "agile_approach", "title": "t", "scale": "five",
        "asked_if": { "question": "q0", "at_least": 0.5 },
    })]);
    let answers = r#"{ "q1": 4, "q2": 4, "q3": 4, "q4": 3 }"#;
    let outlook = questionnaire.read_json(answers).unwrap().outlook();
    assert_eq!(outlook.overall.unwrap().lowest.to_string(), "0.625");
    assert_eq!(outlook.overall.unwrap().highest, Score::ONE);
    let open: Vec<_> = outlook.open.iter().map(|o| (&*o.id, o.why, o.swing.to_string())).collect();
    assert_eq!(
        open,
        [("q0", Openness::Unanswered, "0.375".into()), ("q4", Openness::Depends, "0.125".into()),]
    );
    assert_eq!(outlook.open[0].decides, ["q4"]);
    assert_eq!(outlook.open[0].decides_in_all, 1);
}

#[test]
fn what_hangs_on_a_question_through_others_is_counted() {
    // q4 hangs on q0, q5 on q4 and on q0, q6 on q5: q0 decides two of them itself.
    let hanging = |id: &str, condition: serde_json::Value| {
        json!({
            "id": id, "pillar": "agile_approach", "title": "t", "scale": "five",
            "asked_if": condition,
        })
    };
    let questionnaire = questionnaire(&[
        hanging("q4", json!({ "question": "q0", "at_least": 0.5 })),
        hanging(
            "q5",
            json!({ "all": [
                { "question": "q4", "at_least": 0.5 },
                { "question": "q0", "at_most": 0.5 }
            ] }),
        ),
        hanging("q6", json!({ "question": "q5", "at_least": 0.5 })),
    ]);
    let outlook = questionnaire.sheet().outlook();
    let of = |id: &str| {
        let open = outlook.open.iter().find(|open| open.id == id).unwrap();
        (open.decides.clone(), open.decides_in_all)
    };
    assert_eq!(of("q0"), (vec!["q4".to_owned(), "q5".to_owned()], 3));
    assert_eq!(of("q4"), (vec!["q5".to_owned()], 2));
    assert_eq!(of("q5"), (vec!["q6".to_owned()], 1));
    assert_eq!(of("q6"), (vec![], 0));
}

#[test]
fn where_nothing_is_open_the_outlook_is_the_result() {
    let dcx = Questionnaire::dcx_pulse();
    let mut sheet = dcx.sheet();
    for question in dcx.questions() {
        sheet.set(question.id(), 4).unwrap();
    }
    let (outlook, bounds) = (sheet.outlook(), sheet.outlook().overall.unwrap());
    assert_eq!((Some(bounds.lowest), Some(bounds.highest)), {
        let score = sheet.assess().score();
        (score, score)
    });
    assert_eq!(bounds.width(), Score::ZERO);
    assert!(outlook.open.is_empty());
}

#[test]
fn a_pillar_in_which_nothing_can_be_applicable_has_no_outlook() {
    let questionnaire = questionnaire(&[]);
    let sheet = questionnaire.read_json(r#"{ "q0": "not_applicable", "q1": 4 }"#).unwrap();
    let outlook = sheet.outlook();
    assert_eq!((outlook.overall, outlook.pillars.digital_first_mindset), (None, None));
    assert!(outlook.pillars.connected_systems.is_some());
}

#[test]
fn swings_add_up_to_the_width_without_conditions() {
    let dcx = Questionnaire::dcx_pulse();
    let outlook = dcx.sheet().outlook();
    let sum: u32 = outlook.open.iter().map(|open| open.swing.billionths()).sum();
    // twelve times 1 / 12, each rounded to a billionth
    assert_eq!(sum, 12 * 83_333_333);
}

#[test]
fn single_raises_are_those_that_the_sheet_itself_finds_in_its_order() {
    let mut rng = Rng::new(5);
    let mut seen = 0;
    while seen < 40 {
        let document = generate::questionnaire(&mut rng);
        let answers = generate::answers(&mut rng, &document);
        let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
        let sheet = questionnaire.read_json(&answers.to_string()).unwrap();
        let raises: Vec<_> = sheet.single_raises().collect();
        for raise in &raises {
            let effect = &raise.effect;
            let again = sheet.what_if(&effect.question, effect.to.clone()).unwrap();
            assert_eq!(again, *effect, "{document}\n{answers}");
            let mut changed = sheet.clone();
            changed.set(&effect.question, effect.to.clone()).unwrap();
            assert_eq!(changed.summary(), effect.after);
        }
        let position = |raise: &SingleRaise| {
            (questionnaire.question(&raise.effect.question).unwrap().position(), raise.levels)
        };
        assert!(raises.is_sorted_by_key(position), "{raises:?}");
        seen += u32::from(raises.len() > 3);
    }
}
