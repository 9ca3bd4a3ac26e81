//! The module for test suites: its strategies, and a suite that finds one planted mistake per check.

use std::collections::BTreeSet;

use digital_maturity::diagnostic::Severity;
use digital_maturity::migration::MigrationSpec;
use digital_maturity::spec::{
    AskedIf, ChoiceSpec, ConditionSpec, ItemSpec, PillarSpec, Policy, QuestionSpec, ScaleSpec,
    ScaleUse,
};
use digital_maturity::testing::{self, Fault, Mistakes, Shape, questionnaires, sheets};
use digital_maturity::{
    Answer, Code, Pillar, Questionnaire, QuestionnaireSpec, Score, Text, Weight,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Eight questions of yes or no, two a pillar: no mistakes, no conditions.
fn plain() -> QuestionnaireSpec {
    let mut spec = QuestionnaireSpec::new("plain", "1.0.0", "Plain");
    spec.themes.push(digital_maturity::spec::ThemeSpec::new("near", "sight", "Near"));
    for n in 0..8 {
        let pillar = Pillar::ALL[n / 2];
        let title = format!("Question {n}?");
        let mut question = QuestionSpec::new(format!("q_{n}"), pillar, title, ScaleSpec::YesNo);
        question.themes = vec!["near".to_owned()];
        spec.questions.push(question);
    }
    spec
}

fn broken(change: impl FnOnce(&mut QuestionnaireSpec)) -> Questionnaire {
    let mut spec = plain();
    change(&mut spec);
    spec.check().unwrap()
}

/// Everything that an author asks for; the ten lines.
fn suite(ours: &Questionnaire, before: &Questionnaire) -> [Result<(), Mistakes>; 7] {
    [
        testing::no_warnings(ours),
        testing::stages_reachable(ours),
        testing::monotone(ours, 300),
        testing::themes_covered(ours, 2),
        testing::translated(ours),
        testing::exportable(ours),
        testing::comparable(before, ours, None),
    ]
}

fn lines(found: Result<(), Mistakes>) -> Vec<String> {
    found.err().iter().flat_map(Mistakes::iter).map(str::to_owned).collect()
}

#[test]
fn a_questionnaire_without_mistakes_passes_every_check() {
    let ours = broken(|_| {});
    for found in suite(&ours, &ours) {
        assert_eq!(lines(found), [""; 0]);
    }
    for built_in in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        testing::no_warnings(built_in).unwrap();
        testing::stages_reachable(built_in).unwrap();
        testing::monotone(built_in, 10).unwrap();
        testing::themes_covered(built_in, 1).unwrap();
        testing::translated(built_in).unwrap();
        testing::exportable(built_in).unwrap();
        testing::comparable(built_in, built_in, None).unwrap();
    }
}

#[test]
fn a_document_that_is_refused_is_told_line_by_line() {
    let mut document = serde_json::to_value(plain()).unwrap();
    document["questions"][3]["pillar"] = "agile".into();
    let mistakes = testing::valid(&document.to_string()).unwrap_err();
    let found: Vec<&str> = mistakes.iter().collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("error[unknown-name] /questions/3/pillar: unknown pillar `agile`"));
    assert_eq!(format!("{mistakes:?}"), found[0]);
}

#[test]
fn a_warning_is_told() {
    let ours = broken(|spec| spec.questions[1].weight = Weight::from_whole(2).unwrap());
    let line = "warning[dominant-question] /questions/1: question `q_1` carries more than half of the weight of pillar `digital_first_mindset`";
    assert_eq!(lines(testing::no_warnings(&ours)), [line]);
    testing::no_warnings(&ours).unwrap_err().except(["q_1"]).unwrap();
    testing::no_warnings(&ours).unwrap_err().except(["dominant-question"]).unwrap();
}

#[test]
fn an_exception_that_excepts_nothing_is_told() {
    let ours = broken(|spec| spec.questions[1].themes.clear());
    let mistakes = testing::themes_covered(&ours, 2).unwrap_err();
    assert_eq!(
        lines(mistakes.except(["q_2"])),
        ["question `q_1` has no theme", "nothing was found about `q_2`"]
    );
}

#[test]
fn a_stage_that_results_jump_over_is_told_and_one_that_the_ladder_shuts_is_proved() {
    // One question a pillar, three of weight 0: 0 or 1.
    let ours = broken(|spec| {
        spec.questions.retain(|question| ["q_0", "q_2"].contains(&question.id.as_str()));
        for pillar in [Pillar::CultureOfExperimentation, Pillar::ConnectedSystems] {
            spec.pillars.insert(pillar, PillarSpec::new(Weight::ZERO));
        }
    });
    // The overall is 0, 0.5 or 1, one pillar then being at 0: traditional, bridge, native.
    assert_eq!(
        lines(testing::stages_reachable(&ours)),
        ["hubs", "platform"].map(|stage| format!(
            "no answers were found that end at stage `{stage}`, those tried end at `traditional`, `bridge`, `native`"
        ))
    );
    let ours = broken(|spec| {
        let half = |n: usize| {
            let mut choice = ChoiceSpec::new(i64::try_from(n).unwrap(), format!("level {n}"));
            choice.credit = Some(Score::from_percent(35 * u8::try_from(n).unwrap()).unwrap());
            choice
        };
        for question in &mut spec.questions {
            question.scale = ScaleSpec::Choice { choices: (0..3).map(half).collect() }.into();
        }
    });
    // At most 0.7, and native asks for 0.8.
    assert_eq!(lines(testing::stages_reachable(&ours)), ["no answers end at stage `native`"]);
}

#[test]
fn a_better_answer_that_opens_a_question_is_told_with_that_question() {
    // Yes to the first opens one that halves another pillar if it is answered with no. It brings its
    // own pillar as much, so that the overall stays.
    let ours = broken(|spec| {
        spec.questions[2].asked_if = Some(ConditionSpec::at_least("q_0", Score::ONE).into());
        spec.questions.retain(|question| !["q_1", "q_5", "q_7"].contains(&question.id.as_str()));
    });
    // Yes, no and three states of five questions: all sheets.
    let found = lines(testing::monotone(&ours, 5_u32.pow(5)));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("raising `q_0` from false to true lowers "), "{found:?}");
    assert!(found[0].ends_with(": it opens `q_2`"), "{found:?}");
    testing::monotone(&ours, 100).unwrap_err().except(["q_0"]).unwrap();
}

#[test]
fn a_better_answer_that_closes_a_question_counted_as_lowest_is_told() {
    let ours = broken(|spec| {
        let mut asked_if = AskedIf::new(ConditionSpec::at_most("q_2", Score::ZERO));
        asked_if.otherwise = Policy::Lowest;
        spec.questions[3].asked_if = Some(asked_if);
    });
    let found = lines(testing::monotone(&ours, 50));
    // A yes there counts half the pillar, which is gone, and the yes here brings the same half.
    assert_eq!(found, [""; 0]);
    let ours = broken(|spec| {
        let mut asked_if = AskedIf::new(ConditionSpec::at_most("q_2", Score::ZERO));
        asked_if.otherwise = Policy::Lowest;
        spec.questions[3].weight = Weight::from_whole(3).unwrap();
        spec.questions[3].asked_if = Some(asked_if);
    });
    let found = lines(testing::monotone(&ours, 200));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("pillar `agile_approach` from 0.75 to 0.25"), "{found:?}");
    assert!(found[0].ends_with(": it closes `q_3`"), "{found:?}");
}

#[test]
fn a_theme_with_too_few_questions_is_told() {
    let ours = broken(|spec| {
        spec.questions[1..].iter_mut().for_each(|question| question.themes.clear());
        spec.questions[7].weight = Weight::ZERO;
    });
    let found = lines(testing::themes_covered(&ours, 2));
    assert_eq!(found[0], "theme `near` needs 2 questions, has 1: `q_0`");
    // The last has no weight, and so needs no theme.
    assert_eq!(found[1..], [1, 2, 3, 4, 5, 6].map(|n| format!("question `q_{n}` has no theme")));
}

#[test]
fn a_text_that_lacks_a_language_is_told_by_place() {
    let ours = broken(|spec| {
        spec.language = Some("en".to_owned());
        for question in &mut spec.questions {
            question.title = question.title.clone().with("de", format!("Frage {}", question.id));
        }
        spec.title = Text::new("Plain").with("de", "Schlicht").with("en-GB", "Plain, please");
        spec.themes[0].title = Text::new("Near").with("de", " ");
        spec.questions[2].title = Text::new("Question?");
    });
    // English is the default, and so good for en-GB; a blank text is none.
    assert_eq!(
        lines(testing::translated(&ours)),
        ["/themes/0/title is not in de: `Near`", "/questions/2/title is not in de: `Question?`",]
    );
    testing::translated(&ours).unwrap_err().except(["/themes/0/title", "q_2"]).unwrap();
}

/// What an author does to a questionnaire.
type Change<'c> = Box<dyn Fn(&mut QuestionnaireSpec) + 'c>;

#[test]
fn what_exports_confuse_is_told() {
    let choices = |texts: [&str; 2]| {
        let choice = |(n, text): (i64, &str)| ChoiceSpec::new(n, text);
        ScaleUse::from(ScaleSpec::Choice { choices: (1..).zip(texts).map(choice).collect() })
    };
    let items = |texts: &[(&str, &str)]| {
        let item = |(id, text): &(&str, &str)| ItemSpec::new(*id, *text);
        ScaleUse::from(ScaleSpec::Checklist { items: texts.iter().map(item).collect() })
    };
    let rows: Vec<(Change<'_>, &[&str])> = vec![
        (Box::new(|spec| spec.questions[0].scale = choices(["a", "b"])), &[]),
        // Texts that differ in case or blanks alone.
        (
            Box::new(|spec| spec.questions[0].scale = choices(["Often", "often"])),
            &[
                "warning[ambiguous-text] /questions/0/scale/choices/1/text: `often` can mean more than one answer: 1, 2",
            ],
        ),
        // The text of one is the value of the other.
        (
            Box::new(|spec| spec.questions[0].scale = choices(["2", "1"])),
            &[
                "warning[ambiguous-text] /questions/0/scale/choices/0/text: `2` can mean more than one answer: 1 by its text, 2 by its value",
                "warning[ambiguous-text] /questions/0/scale/choices/1/text: `1` can mean more than one answer: 1 by its value, 2 by its text",
            ],
        ),
        // A word for a state.
        (
            Box::new(|spec| spec.questions[0].scale = choices(["dont_know", "yes"])),
            &[
                "warning[ambiguous-text] /questions/0/scale/choices/0/text: `dont_know` can mean more than one answer: 1, dont_know",
            ],
        ),
        // A list of others.
        (
            Box::new(|spec| {
                spec.questions[0].scale =
                    items(&[("web", "Web"), ("app", "App"), ("both", "app, Web")]);
            }),
            &[
                "warning[ambiguous-text] /questions/0/scale/items/2/text: `app, Web` can mean more than one answer: both, [web, app]",
            ],
        ),
        (
            Box::new(|spec| spec.questions[0].title = "Question 0? ".into()),
            &[
                "warning[padded-text] /questions/0/title: `Question 0? ` begins or ends with a blank",
            ],
        ),
        // Titles that are alike, and a title that is an id.
        (
            Box::new(|spec| spec.questions[3].title = "QUESTION\u{a0}0?".into()),
            &[
                "warning[ambiguous-header] /questions/3/title: a column `QUESTION\u{a0}0?` can be `q_0` and `q_3`",
            ],
        ),
        (
            Box::new(|spec| spec.questions[3].title = "Q_5".into()),
            &[
                "warning[ambiguous-header] /questions/3/title: a column `Q_5` can be `q_3` and `q_5`",
            ],
        ),
        // An item's own column.
        (
            Box::new(|spec| {
                spec.questions[0].scale = items(&[("web", "Web")]);
                spec.questions[1].id = "q_0___web".to_owned();
                spec.questions[2].title = "Question 0? [web]".into();
            }),
            &[
                "warning[ambiguous-header] /questions/1/id: a column `q_0___web` can be `web` of `q_0` and `q_0___web`",
                "warning[ambiguous-header] /questions/2/title: a column `question 0? [web]` can be `web` of `q_0` and `q_2`",
            ],
        ),
    ];
    for (change, expected) in rows {
        let ours = broken(|spec| change(spec));
        assert_eq!(lines(testing::exportable(&ours)), expected);
    }
}

/// Texts of choices 1 to 4, or of the items `a`, `b`, `c` and `d`.
fn texts() -> impl Strategy<Value = Vec<&'static str>> {
    let pool = [
        "1",
        "2",
        "02",
        "3.0",
        "4,0",
        "7",
        "A",
        "a",
        "b",
        "B ",
        "x",
        "X",
        "x, y",
        "a b",
        "a;b",
        "A, x",
        "b,\nX",
        "c, z",
        "x y",
        "dont_know",
        "a, dont_know",
        "d, d",
        "(c, d; a)",
        ", a",
        "x, y, b",
    ];
    proptest::collection::vec(proptest::sample::select(pool.to_vec()), 4)
}

proptest! {
    /// The lint and the reading of cells are two implementations of one question.
    #[test]
    fn texts_are_warned_of_exactly_if_they_are_read_as_something_else(texts in texts(), items in any::<bool>()) {
        let scale = if items {
            let item = |(id, text): (&str, &&str)| ItemSpec::new(id, *text);
            ScaleSpec::Checklist { items: ["a", "b", "c", "d"].into_iter().zip(&texts).map(item).collect() }
        } else {
            let choice = |(value, text): (i64, &&str)| ChoiceSpec::new(value, *text);
            ScaleSpec::Choice { choices: (1..).zip(&texts).map(choice).collect() }
        };
        let ours = broken(|spec| spec.questions[0].scale = scale.into());
        let question = ours.questions().next().unwrap();
        let ids = ["a", "b", "c", "d"];
        let is_other = |(value, (id, text)): (i64, (&str, &&str))| {
            let own = if items { Answer::Items(vec![id.to_owned()]) } else { Answer::Whole(value) };
            // Upper and lower case are alike, and the comma of decimals is one in half of Europe.
            let point = if items { ",0" } else { ".0" };
            let point = text.to_lowercase().replace(",0", point);
            [text.to_lowercase(), point].iter().any(|text| question.parse(text).ok() != Some(own.clone()))
                || question.parse(text).ok() != Some(own)
        };
        let other = (1..).zip(ids.into_iter().zip(&texts)).any(is_other);
        let warned = ours.warnings().iter().any(|of| of.code() == Code::AmbiguousText);
        prop_assert_eq!(warned, other, "{:?}", texts);
    }
}

#[test]
fn answers_that_are_lost_from_version_to_version_are_told() {
    let before = plain().check().unwrap();
    // Another title scores the same.
    let ours = broken(|spec| spec.questions[0].title = "Another?".into());
    testing::comparable(&before, &ours, None).unwrap();
    let ours = broken(|spec| spec.questions[0].reverse = true);
    assert_eq!(
        lines(testing::comparable(&before, &ours, None))[0],
        "`plain` scores otherwise than before and is still version 1.0.0"
    );
    let ours = broken(|spec| {
        spec.version = "2.0.0".to_owned();
        spec.questions[0].id = "renamed".to_owned();
        spec.questions[7].forbid = vec![digital_maturity::spec::NonAnswer::DontKnow];
    });
    // Without a migration the name is not known.
    assert!(lines(testing::comparable(&before, &ours, None))[0].contains("unaccounted-question"));
    let migration: MigrationSpec = serde_json::from_str(
        r#"{ "schema": 1, "from": { "id": "plain", "version": "1.0.0" },
             "to": { "id": "plain", "version": "2.0.0" },
             "renamed": { "q_0": "renamed" }, "changed": ["q_1"] }"#,
    )
    .unwrap();
    let found = testing::comparable(&before, &ours, Some(&migration));
    assert_eq!(
        lines(found.clone()),
        [
            "answers to `q_1` are lost, the question is listed as changed: true, false, \"not_applicable\", \"dont_know\"",
            "answers to `q_7` are lost, the new question forbids them: \"dont_know\"",
        ]
    );
    found.unwrap_err().except(["q_1", "q_7"]).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_random_questionnaire_can_be_exported_and_without_conditions_is_monotone(
        questionnaire in questionnaires(Shape::default().without_conditions()),
    ) {
        testing::exportable(&questionnaire)?;
        testing::monotone(&questionnaire, 10)?;
        testing::comparable(&questionnaire, &questionnaire, None)?;
    }

    #[test]
    fn a_planted_fault_yields_its_finding_and_no_other_error(
        sheet in questionnaires(Shape::default()).prop_flat_map(|of| sheets(&of)),
    ) {
        for fault in Fault::in_questionnaire(sheet.questionnaire()) {
            match Questionnaire::from_json(&fault.document) {
                Ok(read) => prop_assert!(fault.is_among(read.warnings()), "{:?}", fault),
                Err(errors) => prop_assert!(is_alone(&fault, &errors), "{:?}\n{}", fault, errors),
            }
        }
        for fault in Fault::in_answers(&sheet) {
            match sheet.questionnaire().read_json(&fault.document) {
                Ok(read) => prop_assert!(fault.is_among(read.warnings()), "{:?}", fault),
                Err(errors) => prop_assert!(is_alone(&fault, &errors), "{:?}\n{}", fault, errors),
            }
        }
    }
}

#[test]
fn faults_of_the_built_in_questionnaires_yield_their_findings_too() {
    for questionnaire in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        let faults = Fault::in_questionnaire(questionnaire);
        assert!(faults.len() >= 40, "{}", faults.len());
        for fault in faults {
            match Questionnaire::from_json(&fault.document) {
                Ok(read) => {
                    assert!(fault.is_among(read.warnings()), "{} {}", fault.code, fault.path);
                }
                Err(errors) => assert!(is_alone(&fault, &errors), "{errors}"),
            }
        }
    }
}

fn is_alone(fault: &Fault, errors: &digital_maturity::Errors) -> bool {
    let is_error = |finding: &&digital_maturity::Diagnostic| finding.severity() == Severity::Error;
    fault.is_among(errors) && errors.iter().filter(is_error).count() == 1
}

#[test]
fn most_codes_of_questionnaires_and_answers_can_be_planted() {
    let mut runner = TestRunner::deterministic();
    let strategy = questionnaires(Shape::default()).prop_flat_map(|of| sheets(&of));
    let mut planted = BTreeSet::new();
    for _ in 0..200 {
        let sheet = strategy.new_tree(&mut runner).unwrap().current();
        planted.extend(Fault::in_questionnaire(sheet.questionnaire()).iter().map(|of| of.code));
        planted.extend(Fault::in_answers(&sheet).iter().map(|of| of.code));
    }
    let not_planted: Vec<Code> = Code::ALL.into_iter().filter(|of| !planted.contains(of)).collect();
    // What JSON cannot say, what needs a thousand findings, lenient reading or several edits, and
    // other documents.
    assert_eq!(
        not_planted,
        [
            Code::TooLarge,
            Code::SharedTooOften,
            Code::Custom,
            Code::NotFinite,
            Code::MoreFindings,
            Code::PartialLanguage,
            Code::LoneLanguage,
            Code::UnknownText,
            Code::ConflictingAnswers,
            Code::NestedAnswers,
            Code::OtherEnd,
            Code::UnaccountedQuestion,
            Code::OtherAnswers,
            Code::UnmappedAnswer,
            Code::NotCarried,
            Code::Unmappable,
            Code::UnknownPlaceholder,
            Code::MissingPlaceholder,
            Code::ScoresNotAscending,
            Code::CountMismatch,
        ]
    );
    assert!(planted.len() >= 45, "{}", planted.len());
}

#[test]
fn the_same_seed_makes_the_same() {
    let strategy = questionnaires(Shape::default()).prop_flat_map(|of| sheets(&of));
    let drawn = || {
        let mut runner = TestRunner::deterministic();
        let sheet = |_| strategy.new_tree(&mut runner).unwrap().current();
        (0..20).map(sheet).collect::<Vec<_>>()
    };
    assert_eq!(drawn(), drawn());
}

#[cfg(feature = "cohort")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn random_columns_are_a_cohort_without_bad_cells(
        (questionnaire, columns) in questionnaires(Shape::default())
            .prop_flat_map(|of| (Just(of.clone()), testing::columns(&of, 20))),
    ) {
        let cohort = digital_maturity::Cohort::new(&questionnaire, columns)?;
        prop_assert_eq!(cohort.bad_cell_count(), 0);
    }

    #[test]
    fn codes_that_need_more_than_a_byte_have_it(columns in testing::columns(&ten_items(), 20)) {
        use digital_maturity::cohort::{Cells, Coding};

        let (coding, wide) = (columns[0].coding(), matches!(columns[0].cells(), Cells::U32(_)));
        prop_assert_eq!((coding, wide), (Coding::Ticks, true));
        let cohort = digital_maturity::Cohort::new(&ten_items(), columns)?;
        prop_assert_eq!(cohort.bad_cell_count(), 0);
    }
}

/// One checklist of ten items, of which a condition names one: 1,024 ways to tick it.
#[cfg(feature = "cohort")]
fn ten_items() -> Questionnaire {
    broken(|spec| {
        let item = |n| ItemSpec::new(format!("item_{n}"), format!("Item {n}"));
        spec.questions[0].scale =
            ScaleSpec::Checklist { items: (0..10).map(item).collect() }.into();
        spec.questions[1].asked_if = Some(ConditionSpec::ticked("q_0", "item_9").into());
    })
}

#[test]
fn sheets_are_complete_and_with_gaps() {
    // In tests an answer that is refused panics.
    let mut runner = TestRunner::deterministic();
    let strategy = sheets(Questionnaire::dcx());
    let answered = (0..50).map(|_| strategy.new_tree(&mut runner).unwrap().current().answered());
    let answered: Vec<usize> = answered.collect();
    assert!(answered.contains(&45) && answered.iter().any(|count| *count < 25), "{answered:?}");
}
