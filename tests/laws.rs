//! Laws of scoring that hold for every questionnaire and every set of answers.

use digital_maturity::assessment::{Overall, Standing};
use digital_maturity::spec::{BandSpec, QuestionSpec, ScaleSpec, ScaleUse};
use digital_maturity::testing::{Shape, documents, form_pairs, questionnaires, sheets};
use digital_maturity::{
    Answer, AnswerSheet, Pillar, Questionnaire, QuestionnaireSpec, Responses, Score, Weight,
};
use proptest::prelude::*;

/// Answers to a questionnaire, both random.
fn filled(shape: Shape) -> impl Strategy<Value = AnswerSheet> {
    questionnaires(shape).prop_flat_map(|questionnaire| sheets(&questionnaire))
}

fn case() -> impl Strategy<Value = AnswerSheet> {
    filled(Shape::new(1..=20).unwrap())
}

fn unconditional() -> impl Strategy<Value = AnswerSheet> {
    filled(Shape::new(1..=20).unwrap().without_conditions())
}

/// The same answers to another questionnaire.
fn again(sheet: &AnswerSheet, spec: QuestionnaireSpec) -> AnswerSheet {
    let mut again = Questionnaire::try_from(spec).unwrap().sheet();
    for (question, answer) in sheet.answers() {
        again.set(question.id(), answer).unwrap();
    }
    again
}

/// Everything that questions together make: overall, pillars without their counts, themes.
fn figures(sheet: &AnswerSheet) -> (Overall, Vec<Standing>) {
    let assessment = sheet.assess();
    let pillars = assessment.pillars().iter().map(|(_, result)| result.standing);
    let themes: Vec<Standing> = assessment.themes().map(|(_, standing)| standing).collect();
    (assessment.overall(), pillars.chain(themes).collect())
}

/// The scales of the document, shared or not.
fn scales(spec: &mut QuestionnaireSpec) -> impl Iterator<Item = &mut ScaleSpec> {
    let own = spec.questions.iter_mut().filter_map(|question| match &mut question.scale {
        ScaleUse::Own(scale) => Some(scale),
        ScaleUse::Shared(_) => None,
    });
    spec.scales.values_mut().chain(own)
}

/// The same scale from credit 0 to credit 1.
fn stretched(scale: &mut ScaleSpec) {
    match scale {
        ScaleSpec::Choice { choices } => choices.iter_mut().for_each(|choice| choice.credit = None),
        ScaleSpec::Measure { bands, .. } => {
            // The least number of a band may lie in the next one already.
            for band in &mut *bands {
                band.credit = Score::ZERO;
            }
            bands.push(BandSpec::new(f64::MAX, Score::ONE));
        }
        ScaleSpec::YesNo | ScaleSpec::Checklist { .. } => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_form_post_a_survey_record_and_json_by_hand_of_the_same_answers_are_one_sheet(
        ((sheet, document), mut pairs) in case().prop_flat_map(|sheet| {
            let pairs = form_pairs(&sheet);
            ((Just(sheet.clone()), documents(&sheet)), pairs)
        }),
        which in any::<prop::sample::Index>(),
    ) {
        let questionnaire = sheet.questionnaire().clone();
        prop_assert_eq!(&questionnaire.read_json(&document).unwrap(), &sheet);
        let mut sheet = sheet;
        let id = questionnaire.spec().questions[which.index(questionnaire.questions().len())].id.clone();
        // In an object without any answer a comment would not be looked for.
        let commented = sheet.answers().any(|(_, answer)| answer != Answer::Unanswered);
        if commented {
            sheet.set_comment(&id, "because").unwrap();
            pairs.push((format!("{id}-Comment"), "because".to_owned()));
        }
        // As SurveyJS: what is not answered is left out, and a state has its own name there.
        let mut record = serde_json::Map::new();
        for (question, answer) in sheet.answers() {
            match answer {
                Answer::Unanswered => {}
                Answer::DontKnow => _ = record.insert(question.id().to_owned(), "dontknow".into()),
                answer => {
                    _ = record.insert(question.id().to_owned(), serde_json::to_value(answer).unwrap());
                }
            }
        }
        if commented {
            record.insert(format!("{id}-Comment"), "because".into());
        }
        let by_hand = serde_json::to_string(&sheet).unwrap();
        prop_assert_eq!(&questionnaire.read_json(&by_hand).unwrap(), &sheet);
        let by_hand = Responses::from_json(&by_hand).unwrap();
        prop_assert_eq!(&questionnaire.read_lenient(&by_hand).unwrap(), &sheet);
        let record = serde_json::Value::from(record);
        for record in [&record, &serde_json::json!([record]), &serde_json::json!({ "page": record })] {
            let record = Responses::from_json(&record.to_string()).unwrap();
            prop_assert_eq!(&questionnaire.read_lenient(&record).unwrap(), &sheet);
        }
        let post = Responses::from_form_pairs(pairs);
        prop_assert_eq!(&questionnaire.read_lenient(&post).unwrap(), &sheet);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn contributions_sum_to_the_overall(sheet in case()) {
        let assessment = sheet.assess();
        let contributions = assessment.questions().filter_map(|(_, question)| question.contribution);
        let sum: u32 = contributions.map(Score::billionths).sum();
        prop_assert_eq!(sum, assessment.score().unwrap_or_default().billionths());
    }

    #[test]
    fn the_order_of_questions_changes_no_score(
        (sheet, questions) in unconditional().prop_flat_map(|sheet| {
            let questions = sheet.questionnaire().spec().questions.clone();
            (Just(sheet), Just(questions).prop_shuffle())
        }),
    ) {
        let mut spec = sheet.questionnaire().spec().clone();
        spec.questions = questions;
        prop_assert_eq!(figures(&again(&sheet, spec)), figures(&sheet));
    }

    #[test]
    fn raising_an_answer_that_no_condition_names_never_lowers_a_score(
        sheet in case(),
        which in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
    ) {
        let spec = sheet.questionnaire().spec();
        let which = which.index(spec.questions.len());
        let id = &spec.questions[which].id;
        let named = spec.questions.iter().any(|q| {
            q.asked_if.as_ref().is_some_and(|condition| condition.condition.questions().contains(&id.as_str()))
        });
        let question = sheet.questionnaire().question(id).unwrap();
        let here = question.credit(sheet.answer(id).unwrap()).unwrap();
        let answers = question.answers();
        let better = &answers[to.index(answers.len())];
        if here.is_some() && question.credit(better.clone()).unwrap() >= here && !named {
            let before = figures(&sheet);
            let mut raised = sheet.clone();
            raised.set(id, better.clone()).unwrap();
            let after = figures(&raised);
            prop_assert!(after.0.score() >= before.0.score());
            prop_assert!(after.0.stage() >= before.0.stage());
            for (after, before) in after.1.iter().zip(&before.1) {
                prop_assert!(after.score() >= before.score());
                prop_assert_eq!(after.coverage, before.coverage);
            }
        }
    }

    #[test]
    fn all_lowest_is_0_and_all_highest_is_1(
        questionnaire in questionnaires(Shape::new(1..=20).unwrap().without_conditions())
    ) {
        let mut spec = questionnaire.spec().clone();
        scales(&mut spec).for_each(stretched);
        let questionnaire = Questionnaire::try_from(spec).unwrap();
        let extreme = |highest: bool| {
            let mut sheet = questionnaire.sheet();
            for question in questionnaire.questions() {
                let answers = match question.scale() {
                    ScaleSpec::Checklist { items } => {
                        let all: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
                        [Answer::Items(Vec::new()), Answer::Items(all)]
                    }
                    ScaleSpec::YesNo => [false.into(), true.into()],
                    ScaleSpec::Choice { choices } => {
                        [choices[0].value.into(), choices.last().unwrap().value.into()]
                    }
                    ScaleSpec::Measure { bands, .. } => [bands[0].start.least().into(), f64::MAX.into()],
                };
                let [low, high] = answers;
                let answer = if question.is_reversed() == highest { low } else { high };
                sheet.set(question.id(), answer).unwrap();
            }
            sheet.assess().score()
        };
        prop_assert_eq!(extreme(false), Some(Score::ZERO));
        prop_assert_eq!(extreme(true), Some(Score::ONE));
    }

    #[test]
    fn scaling_the_weights_of_a_pillar_changes_no_value(
        sheet in case(),
        pillar in 0_usize..4,
        factor in 2_u32..10,
    ) {
        // A theme mixes pillars, so it is left aside.
        let mut spec = sheet.questionnaire().spec().clone();
        spec.themes.clear();
        for question in &mut spec.questions {
            question.themes.clear();
        }
        let before = figures(&again(&sheet, spec.clone()));
        for question in &mut spec.questions {
            if question.pillar == Pillar::ALL[pillar] {
                let thousandths = question.weight.thousandths() * factor;
                question.weight = Weight::from_thousandths(thousandths).unwrap();
            }
        }
        prop_assert_eq!(figures(&again(&sheet, spec)), before);
    }

    #[test]
    fn a_further_question_that_is_not_applicable_changes_no_value(
        sheet in case(),
        pillar in 0_usize..4,
        weight in 0_u32..=1_000_000,
    ) {
        let mut spec = sheet.questionnaire().spec().clone();
        let pillar = Pillar::ALL[pillar];
        let mut question = QuestionSpec::new("further", pillar, "t", ScaleSpec::YesNo);
        question.weight = Weight::from_thousandths(weight).unwrap();
        question.themes = spec.themes.iter().map(|theme| theme.id.clone()).collect();
        spec.questions.push(question);
        let mut further = again(&sheet, spec);
        further.set("further", Answer::NotApplicable).unwrap();
        prop_assert_eq!(figures(&further), figures(&sheet));
    }

    #[test]
    fn a_valid_specification_survives_json(questionnaire in questionnaires(Shape::default())) {
        let spec = questionnaire.spec();
        let json = serde_json::to_string(spec).unwrap();
        prop_assert_eq!(&serde_json::from_str::<QuestionnaireSpec>(&json).unwrap(), spec);
        let questionnaire = Questionnaire::from_json(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&questionnaire).unwrap(), json);
    }

    #[test]
    fn every_score_survives_json(billionths in 0_u32..=1_000_000_000) {
        let score = Score::from_billionths(billionths).unwrap();
        let json = serde_json::to_string(&score).unwrap();
        prop_assert_eq!(serde_json::from_str::<Score>(&json).unwrap(), score);
        prop_assert_eq!(score.to_string().parse::<Score>().unwrap(), score);
    }
}

/// All of them: `cargo test --release --test laws -- --ignored`, some minutes.
#[test]
#[ignore = "runs for minutes"]
fn every_one_of_the_billion_scores_survives_json() {
    let mut json = Vec::with_capacity(32);
    for billionths in 0..=Score::ONE.billionths() {
        let score = Score::from_billionths(billionths).unwrap();
        json.clear();
        serde_json::to_writer(&mut json, &score).unwrap();
        assert_eq!(serde_json::from_slice::<Score>(&json).unwrap(), score);
    }
}
