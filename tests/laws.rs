//! Laws of scoring that hold for every questionnaire and every set of answers.

#![expect(clippy::float_arithmetic, reason = "bands are made with floats")]

use digital_maturity::spec::{
    Aggregation, AskedIf, BandSpec, ChoiceSpec, ConditionSpec, ItemSpec, PillarSpec, Points,
    Policy, QuestionSpec, ScaleSpec, ScaleUse, ThemeSpec,
};
use digital_maturity::{
    Answer, AnswerSheet, Overall, Pillar, Questionnaire, QuestionnaireSpec, Responses, Score,
    Standing, Text, Weight,
};
use proptest::prelude::*;

/// How a question is answered: a level of its scale, counted from the lowest answer of the document,
/// or a state.
#[derive(Clone, Copy, Debug)]
enum Given {
    Level(usize),
    State(usize),
}

impl Given {
    fn answer(self, scale: &ScaleSpec) -> Answer {
        let level = match self {
            Self::State(state) => {
                return [Answer::Unanswered, Answer::DontKnow, Answer::NotApplicable][state % 3]
                    .clone();
            }
            Self::Level(level) => level,
        };
        match scale {
            ScaleSpec::Choice { choices } => choices[level % choices.len()].value.into(),
            ScaleSpec::YesNo => (level % 2 == 1).into(),
            ScaleSpec::Checklist { items } => {
                let ticked = level % (items.len() + 1);
                let ids = items.iter().take(ticked).map(|item| item.id.clone());
                ids.collect::<Vec<String>>().into()
            }
            ScaleSpec::Measure { bands, .. } => bands[level % bands.len()].start.least().into(),
        }
    }
}

/// How many answers a scale has, lowest credit first unless reversed.
fn levels(scale: &ScaleSpec) -> usize {
    match scale {
        ScaleSpec::Choice { choices } => choices.len(),
        ScaleSpec::YesNo => 2,
        ScaleSpec::Checklist { items } => items.len() + 1,
        ScaleSpec::Measure { bands, .. } => bands.len(),
    }
}

/// Scales that span 0 to 1 and rise: thirds, sixths and ninths among them.
fn scale() -> impl Strategy<Value = ScaleSpec> {
    let choice = |gaps: Vec<i64>| {
        let mut value = -3;
        let choice = |gap: &i64| {
            value += gap;
            ChoiceSpec::new(value, "t")
        };
        ScaleSpec::Choice { choices: gaps.iter().map(choice).collect() }
    };
    let checklist = |points: Vec<u16>| {
        let item = |(i, &points): (usize, &u16)| {
            let mut item = ItemSpec::new(format!("item_{i}"), "t");
            item.points = Points::new(points).unwrap();
            item
        };
        ScaleSpec::Checklist { items: points.iter().enumerate().map(item).collect() }
    };
    let measure = |(mut inner, step): (Vec<u32>, u8)| {
        inner.extend([0, 1_000_000_000]);
        inner.sort_unstable();
        let mut from = 0.0;
        let band = |&credit: &u32| {
            from += f64::from(step);
            let credit = Score::from_billionths(credit).unwrap();
            BandSpec::new(from, credit)
        };
        ScaleSpec::Measure { unit: "u".into(), bands: inner.iter().map(band).collect() }
    };
    prop_oneof![
        4 => prop::collection::vec(1_i64..4, 2..8).prop_map(choice),
        1 => Just(ScaleSpec::YesNo),
        1 => prop::collection::vec(1_u16..10, 1..5).prop_map(checklist),
        1 => (prop::collection::vec(0_u32..=1_000_000_000, 0..4), 1_u8..9).prop_map(measure),
    ]
}

fn weight() -> impl Strategy<Value = Weight> {
    prop_oneof![
        1 => Just(Weight::ZERO),
        4 => (1_u32..6).prop_map(|n| Weight::from_thousandths(n * 1000).unwrap()),
        2 => (1_u32..=100_000).prop_map(|n| Weight::from_thousandths(n).unwrap()),
    ]
}

fn given_answer() -> impl Strategy<Value = Given> {
    prop_oneof![6 => (0_usize..100).prop_map(Given::Level), 1 => (0_usize..3).prop_map(Given::State)]
}

prop_compose! {
    fn question()(
        pillar in 0_usize..4,
        scale in scale(),
        weight in weight(),
        reverse in any::<bool>(),
        condition in prop::option::weighted(0.2, (any::<prop::sample::Index>(), 0_u32..=4, any::<bool>())),
        theme in any::<bool>(),
        given in given_answer(),
    ) -> (QuestionSpec, Option<(prop::sample::Index, u32, bool)>, Given) {
        let reverse = reverse && !matches!(scale, ScaleSpec::Checklist { .. });
        let mut question = QuestionSpec::new("", Pillar::ALL[pillar], "t", scale);
        question.weight = weight;
        question.reverse = reverse;
        question.themes = if theme { vec!["theme".to_owned()] } else { Vec::new() };
        (question, condition, given)
    }
}

prop_compose! {
    /// A valid questionnaire and an answer to each of its questions.
    fn case()(
        questions in prop::collection::vec(question(), 1..20),
        pillar_weights in prop::array::uniform4(weight()),
        minimum in any::<bool>(),
        lowest in prop::array::uniform2(any::<bool>()),
        minimum_coverage in prop_oneof![Just(0_u32), Just(500_000_000), 0_u32..=1_000_000_000],
    ) -> (QuestionnaireSpec, Vec<Given>) {
        let mut spec = QuestionnaireSpec::new("law", "1.0.0", "Law");
        spec.themes.push(ThemeSpec::new("theme", "family", "t"));
        for (&pillar, weight) in Pillar::ALL.iter().zip(pillar_weights) {
            spec.pillars.insert(pillar, PillarSpec::new(weight));
        }
        if spec.pillars.values().all(|pillar| pillar.weight.is_zero()) {
            spec.pillars.clear();
        }
        let mut answers = Vec::new();
        for (i, (mut question, condition, given)) in questions.into_iter().enumerate() {
            question.id = format!("q_{i}");
            question.asked_if = condition.filter(|_| i > 0).map(|(earlier, quarters, lowest)| {
                let at_least = Score::from_billionths(quarters * 250_000_000).unwrap();
                let mut condition = AskedIf::new(ConditionSpec::at_least(format!("q_{}", earlier.index(i)), at_least));
                condition.otherwise = if lowest { Policy::Lowest } else { Policy::Exclude };
                condition
            });
            spec.questions.push(question);
            answers.push(given);
        }
        // Every pillar that counts has a question that counts.
        for pillar in Pillar::ALL {
            if !spec.questions.iter().any(|q| q.pillar == pillar && !q.weight.is_zero()) {
                let id = format!("q_{}", spec.questions.len());
                spec.questions.push(QuestionSpec::new(id, pillar, "t", ScaleSpec::YesNo));
                answers.push(Given::Level(1));
            }
        }
        let policy = |lowest| if lowest { Policy::Lowest } else { Policy::Exclude };
        spec.method.aggregation =
            if minimum { Aggregation::Minimum } else { Aggregation::Arithmetic };
        spec.method.unanswered = policy(lowest[0]);
        spec.method.dont_know = policy(lowest[1]);
        spec.method.minimum_coverage = Score::from_billionths(minimum_coverage).unwrap();
        (spec, answers)
    }
}

fn own(question: &QuestionSpec) -> &ScaleSpec {
    match &question.scale {
        ScaleUse::Own(scale) => scale,
        ScaleUse::Shared(name) => panic!("a shared scale {name}"),
    }
}

/// The sheet on which each question of the document is answered as given.
fn filled(spec: &QuestionnaireSpec, given: &[Given]) -> AnswerSheet {
    let mut sheet = Questionnaire::try_from(spec.clone()).unwrap().sheet();
    for (question, given) in spec.questions.iter().zip(given) {
        sheet.set(&question.id, given.answer(own(question))).unwrap();
    }
    sheet
}

/// Everything that questions together make: overall, pillars without their counts, themes.
fn figures(sheet: &AnswerSheet) -> (Overall, Vec<Standing>) {
    let assessment = sheet.assess();
    let pillars = assessment.pillars().iter().map(|(_, result)| result.standing);
    let themes: Vec<Standing> = assessment.themes().map(|(_, standing)| standing).collect();
    (assessment.overall(), pillars.chain(themes).collect())
}

fn unconditional(mut spec: QuestionnaireSpec) -> QuestionnaireSpec {
    for question in &mut spec.questions {
        question.asked_if = None;
    }
    spec
}

/// A document with a text of its own for each choice and item, none of which is a value.
fn worded(mut spec: QuestionnaireSpec) -> QuestionnaireSpec {
    for question in &mut spec.questions {
        match &mut question.scale {
            ScaleUse::Own(ScaleSpec::Choice { choices }) => {
                for (i, choice) in choices.iter_mut().enumerate() {
                    choice.text = Text::new(format!("Level {i} – “so”"))
                        .with("de", format!("Stufe {i}: schön"));
                }
            }
            ScaleUse::Own(ScaleSpec::Checklist { items }) => {
                for (i, item) in items.iter_mut().enumerate() {
                    item.text = Text::new(format!("Item {i}"));
                }
            }
            ScaleUse::Own(_) | ScaleUse::Shared(_) => {}
        }
    }
    spec
}

/// The text of a choice as another program may write it.
fn respelled(text: &Text, way: u8) -> String {
    match way % 3 {
        0 => text.as_str().to_uppercase().replace('–', "-").replace(['“', '”'], "\""),
        1 => format!(" {}\u{a0}", text.get("de").replace('ö', "o\u{308}").replace(' ', "\u{a0} ")),
        _ => text.as_str().to_owned(),
    }
}

/// What a browser posts for an answer, in one of the ways in which forms are written.
fn posted(question: &QuestionSpec, answer: &Answer, way: u8) -> Vec<(String, String)> {
    let id = &question.id;
    let one = |value: String| vec![(id.clone(), value)];
    match (answer, own(question)) {
        (Answer::Unanswered, _) if way % 2 == 0 => Vec::new(),
        (Answer::Unanswered, _) => one(String::new()),
        (Answer::NotApplicable, _) => one("not_applicable".to_owned()),
        (Answer::DontKnow, _) => one(["dont_know", "dontknow"][usize::from(way % 2)].to_owned()),
        (Answer::YesNo(true), _) => {
            one(["true", "yes", "on", "1", "Ja"][usize::from(way % 5)].to_owned())
        }
        (Answer::YesNo(false), _) => {
            one(["false", "no", "off", "0", "Nein"][usize::from(way % 5)].to_owned())
        }
        (Answer::Whole(value), ScaleSpec::Choice { choices }) => match way % 6 {
            0 => one(value.to_string()),
            1 => one(format!("{value}.0")),
            2 => one(format!("{value:+04}")),
            _ => {
                let choice = choices.iter().find(|choice| choice.value == *value).unwrap();
                one(respelled(&choice.text, way))
            }
        },
        (Answer::Items(ids), ScaleSpec::Checklist { items }) => {
            let hidden = (format!("{id}[]"), String::new());
            match way % 4 {
                0 if !ids.is_empty() => ids.iter().map(|item| (id.clone(), item.clone())).collect(),
                1 if !ids.is_empty() => {
                    ids.iter().map(|item| (format!("{id}___{item}"), "1".to_owned())).collect()
                }
                2 => {
                    let pair = |item: &ItemSpec| {
                        let ticked = u8::from(ids.contains(&item.id));
                        (format!("{id}[{}]", item.id), ticked.to_string())
                    };
                    items.iter().map(pair).collect()
                }
                _ => {
                    let entry =
                        |item: &ItemSpec| (format!("{id}[]"), item.text.as_str().to_uppercase());
                    let ticked = items.iter().filter(|item| ids.contains(&item.id));
                    std::iter::once(hidden).chain(ticked.map(entry)).collect()
                }
            }
        }
        (answer, _) => one(serde_json::to_string(answer).unwrap()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_form_post_a_survey_record_and_json_by_hand_of_the_same_answers_are_one_sheet(
        (spec, given) in case(),
        ways in prop::collection::vec(any::<u8>(), 24),
    ) {
        let spec = worded(spec);
        let questionnaire = Questionnaire::try_from(spec.clone()).unwrap();
        let mut sheet = filled(&spec, &given);
        let (mut pairs, mut record) = (Vec::new(), serde_json::Map::new());
        for ((question, given), way) in spec.questions.iter().zip(&given).zip(&ways) {
            let answer = given.answer(own(question));
            pairs.extend(posted(question, &answer, *way));
            // As SurveyJS: what is not answered is left out, and a state has its own name there.
            match answer {
                Answer::Unanswered => {}
                Answer::DontKnow => _ = record.insert(question.id.clone(), "dontknow".into()),
                answer => _ = record.insert(question.id.clone(), serde_json::to_value(answer).unwrap()),
            }
            if way % 7 == 0 {
                let id = format!("{}-Comment", question.id);
                sheet.set_comment(&question.id, "because").unwrap();
                pairs.push((id.clone(), "because".to_owned()));
                record.insert(id, "because".into());
            }
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
    fn contributions_sum_to_the_overall((spec, given) in case()) {
        let assessment = filled(&spec, &given).assess();
        let contributions = assessment.questions().filter_map(|(_, question)| question.contribution);
        let sum: u32 = contributions.map(Score::billionths).sum();
        prop_assert_eq!(sum, assessment.score().unwrap_or_default().billionths());
    }

    #[test]
    fn the_order_of_questions_changes_no_score(
        (spec, given) in case(),
        keys in prop::collection::vec(any::<u32>(), 24),
    ) {
        let spec = unconditional(spec);
        let mut order: Vec<usize> = (0..spec.questions.len()).collect();
        order.sort_by_key(|&i| keys[i]);
        let mut reordered = spec.clone();
        reordered.questions = order.iter().map(|&i| spec.questions[i].clone()).collect();
        let regiven: Vec<Given> = order.iter().map(|&i| given[i]).collect();
        prop_assert_eq!(figures(&filled(&reordered, &regiven)), figures(&filled(&spec, &given)));
    }

    #[test]
    fn raising_an_answer_that_no_condition_names_never_lowers_a_score(
        (spec, mut given) in case(),
        which in any::<prop::sample::Index>(),
    ) {
        let which = which.index(spec.questions.len());
        let question = &spec.questions[which];
        let named = spec.questions.iter().any(|q| {
            q.asked_if.as_ref().is_some_and(|condition| condition.condition.questions().contains(&&*question.id))
        });
        let levels = levels(own(question));
        if let (Given::Level(level), false) = (given[which], named) {
            let before = figures(&filled(&spec, &given));
            let level = level % levels;
            given[which] = Given::Level(if question.reverse {
                level.saturating_sub(1)
            } else {
                (level + 1).min(levels - 1)
            });
            let after = figures(&filled(&spec, &given));
            prop_assert!(after.0.score() >= before.0.score());
            prop_assert!(after.0.stage() >= before.0.stage());
            for (after, before) in after.1.iter().zip(&before.1) {
                prop_assert!(after.score() >= before.score());
                prop_assert_eq!(after.coverage, before.coverage);
            }
        }
    }

    #[test]
    fn all_lowest_is_0_and_all_highest_is_1((spec, _) in case()) {
        let spec = unconditional(spec);
        let extreme = |highest: bool| -> Vec<Given> {
            let level = |q: &QuestionSpec| if q.reverse == highest { 0 } else { levels(own(q)) - 1 };
            spec.questions.iter().map(|question| Given::Level(level(question))).collect()
        };
        prop_assert_eq!(filled(&spec, &extreme(false)).assess().score(), Some(Score::ZERO));
        prop_assert_eq!(filled(&spec, &extreme(true)).assess().score(), Some(Score::ONE));
    }

    #[test]
    fn scaling_the_weights_of_a_pillar_changes_no_value(
        (mut spec, given) in case(),
        pillar in 0_usize..4,
        factor in 2_u32..10,
    ) {
        // A theme mixes pillars, so it is left aside.
        spec.themes.clear();
        for question in &mut spec.questions {
            question.themes.clear();
        }
        let before = figures(&filled(&spec, &given));
        for question in &mut spec.questions {
            if question.pillar == Pillar::ALL[pillar] {
                let thousandths = question.weight.thousandths() * factor;
                question.weight = Weight::from_thousandths(thousandths).unwrap();
            }
        }
        prop_assert_eq!(figures(&filled(&spec, &given)), before);
    }

    #[test]
    fn a_further_question_that_is_not_applicable_changes_no_value(
        (mut spec, mut given) in case(),
        (mut question, _, _) in question(),
    ) {
        let before = figures(&filled(&spec, &given));
        question.id = "further".to_owned();
        spec.questions.push(question);
        given.push(Given::State(2));
        prop_assert_eq!(figures(&filled(&spec, &given)), before);
    }

    #[test]
    fn a_valid_specification_survives_json((spec, _) in case()) {
        let json = serde_json::to_string(&spec).unwrap();
        prop_assert_eq!(&serde_json::from_str::<QuestionnaireSpec>(&json).unwrap(), &spec);
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
