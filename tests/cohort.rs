//! A cohort says of each row what an answer sheet says, whatever the questionnaire, the coding, the
//! place of the row and the number of threads.

use digital_maturity::cohort::raw::ScoreBuffers;
use digital_maturity::cohort::{Cell, CohortPlan, Column, ColumnError, Counted, Merging, Scores};
use digital_maturity::spec::{
    ChoiceSpec, FamilySpec, ItemSpec, NonAnswer, Points, Policy, QuestionSpec, ScaleSpec, ThemeSpec,
};
use digital_maturity::{
    Answer, AnswerSheet, Cohort, Pillar, Questionnaire, QuestionnaireSpec, Score,
};
use serde_json::{Value, json};

use super::reference::generate::{self, Rng};
use super::support::setting;

/// That every row says in full what its sheet says.
#[track_caller]
fn agrees_in_full(cohort: &Cohort<'_>, sheets: &[AnswerSheet], context: &dyn std::fmt::Display) {
    for (row, sheet) in sheets.iter().enumerate() {
        let mut expected = sheet.assess().record().clone();
        // Columns do not say who answered, and when.
        (expected.respondent, expected.taken, expected.sequence) = (None, None, None);
        assert_eq!(cohort.record_at(row), Some(expected), "row {row} of {context}");
        assert_eq!(cohort.bad_cells_at(row).count(), 0, "row {row} of {context}");
    }
    assert_eq!(cohort.record_at(sheets.len()), None, "{context}");
}

/// That every row says what its sheet says.
#[track_caller]
fn agrees(scores: &Scores, sheets: &[AnswerSheet], context: &dyn std::fmt::Display) {
    assert_eq!(scores.rows(), sheets.len());
    for (row, sheet) in sheets.iter().enumerate() {
        let found = sheet.assess();
        assert_eq!(scores.overall_at(row), found.score(), "row {row} of {context}");
        assert_eq!(scores.stage_at(row), found.stage(), "row {row} of {context}");
        for pillar in Pillar::ALL {
            let expected = found.pillar(pillar).standing.score();
            assert_eq!(scores.pillar_at(row, pillar), expected, "{pillar}, row {row} of {context}");
        }
        for (theme, (spec, standing)) in found.themes().enumerate() {
            let found = scores.theme_at(row, theme);
            assert_eq!(found, standing.score(), "{}, row {row} of {context}", spec.id);
        }
    }
}

fn cohort_of(sheets: &[AnswerSheet]) -> Cohort<'static> {
    let mut builder = Cohort::builder(sheets[0].questionnaire());
    for sheet in sheets {
        builder.push_sheet(sheet).unwrap();
    }
    builder.build()
}

/// Scales whose credits are small fractions, in place of any others: the quick way is then taken.
fn simplify(rng: &mut Rng, document: &mut Value, conditions: bool) {
    let tenths = |rng: &mut Rng| {
        json!([0.0, 0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9, 1.0][rng.position(10)])
    };
    let mut scale = |scale: &mut Value| {
        for key in ["choices", "bands"] {
            for level in scale.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
                if level.get("credit").is_some() {
                    level["credit"] = tenths(rng);
                }
            }
        }
        if scale["kind"] == "choice" && scale["choices"][0].get("credit").is_none() {
            for (place, choice) in scale["choices"].as_array_mut().unwrap().iter_mut().enumerate() {
                choice["value"] = json!(place);
            }
        }
    };
    if let Some(scales) = document.get_mut("scales").and_then(Value::as_object_mut) {
        scales.values_mut().for_each(&mut scale);
    }
    for question in document["questions"].as_array_mut().unwrap() {
        if question["scale"].is_object() {
            scale(&mut question["scale"]);
        }
        if !conditions {
            question.as_object_mut().unwrap().remove("asked_if");
        }
        if let Some(condition) = question.get_mut("asked_if") {
            condition.as_object_mut().unwrap().remove("otherwise");
        }
    }
    for question in document["questions"].as_array_mut().unwrap() {
        if question.get("weight").is_some_and(|weight| weight.as_f64() > Some(0.0)) {
            question["weight"] = json!(1 + rng.below(9));
        }
    }
}

#[test]
fn every_row_of_random_documents_scores_as_its_sheet() {
    for case in 0..setting("REFERENCE_CASES", 1500) {
        let mut rng = Rng::new(case);
        let mut document = generate::questionnaire(&mut rng);
        if case % 3 > 0 {
            simplify(&mut rng, &mut document, case % 3 == 2);
        }
        let questionnaire = Questionnaire::from_json(&document.to_string())
            .unwrap_or_else(|report| panic!("case {case}: {report}\n{document}"));
        let mut sheets: Vec<AnswerSheet> = (0..=case % 40)
            .map(|_| {
                let answers = generate::answers(&mut rng, &document);
                generate::shuffled(&mut rng, &answers)
            })
            .map(|answers| questionnaire.read_json(&answers).unwrap())
            .collect();
        if case % 5 == 0 {
            // Some ways are taken only where they are worth the trouble.
            sheets = vec![sheets; 50].concat();
        }
        let cohort = cohort_of(&sheets);
        assert_eq!(cohort.bad_cell_count(), 0, "case {case}");
        let scores = cohort.score();
        agrees(&scores, &sheets, &format!("case {case}\n{document}"));
        agrees_in_full(&cohort, &sheets, &format!("case {case}\n{document}"));
        for (theme, (id, of_rows)) in scores.themes().enumerate() {
            assert_eq!(id, questionnaire.themes()[theme].id, "case {case}");
            assert!(of_rows.eq((0..sheets.len()).map(|row| scores.theme_at(row, theme))));
        }
    }
}

/// Questions of `scale`, one a weight, dealt to the pillars in turn.
fn with_weights(scale: &ScaleSpec, weights: &[&str]) -> QuestionnaireSpec {
    let mut spec = QuestionnaireSpec::new("made", "1.0.0", "Made");
    for (position, weight) in weights.iter().enumerate() {
        let pillar = Pillar::ALL[position % 4];
        let mut question = QuestionSpec::new(format!("q{position}"), pillar, "t", scale.clone());
        question.weight = weight.parse().unwrap();
        spec.questions.push(question);
    }
    spec
}

fn choices(values: impl IntoIterator<Item = i64>) -> ScaleSpec {
    let choice = |value| ChoiceSpec::new(value, "t");
    ScaleSpec::Choice { choices: values.into_iter().map(choice).collect() }
}

fn checklist(points: &[u16]) -> ScaleSpec {
    let item = |(place, &points): (usize, &u16)| {
        let mut item = ItemSpec::new(format!("item_{place}"), "t");
        item.points = Points::new(points).unwrap();
        item
    };
    ScaleSpec::Checklist { items: points.iter().enumerate().map(item).collect() }
}

/// Random answers by level, with `open` per cent of other states.
fn random_sheet(rng: &mut Rng, questionnaire: &Questionnaire, open: u64) -> AnswerSheet {
    let mut sheet = questionnaire.sheet();
    for question in questionnaire.questions() {
        let state = rng.below(300);
        let answer = if state < 3 * open {
            [Answer::Unanswered, Answer::DontKnow, Answer::NotApplicable]
                [usize::try_from(state % 3).unwrap()]
            .clone()
        } else {
            match question.scale() {
                ScaleSpec::Choice { choices } => choices[rng.position(choices.len())].value.into(),
                ScaleSpec::YesNo => rng.chance(50).into(),
                ScaleSpec::Checklist { items } => {
                    let ticked = items.iter().filter(|_| rng.chance(50));
                    ticked.map(|item| item.id.clone()).collect::<Vec<_>>().into()
                }
                ScaleSpec::Measure { bands, .. } => {
                    bands[rng.position(bands.len())].start.least().into()
                }
            }
        };
        sheet.set(question.id(), answer).unwrap();
    }
    sheet
}

#[test]
fn weights_of_any_size_score_as_a_sheet() {
    let light = vec!["1"; 40];
    let heavy = vec!["1000"; 1000];
    let mixed: Vec<&str> = ["0.001", "1000", "999.999", "0.333"].repeat(250);
    let medium: Vec<&str> = ["1.125", "7", "0.25", "3", "0"].repeat(8);
    // 256 and 1024 divide no power of ten: many means lie on a tie.
    let ties: Vec<&str> = ["256", "128", "64", "32", "512", "512", "512", "512"].repeat(2);
    let scales = [
        choices(1..=5),
        choices([0, 1, 3, 7, 8]),
        choices([-5, 0, 1 << 52]),
        choices(0..100),
        ScaleSpec::YesNo,
        checklist(&[1, 2, 3]),
        checklist(&[100, 200, 1]),
        checklist(&[1000; 70]),
    ];
    let mut rng = Rng::new(7);
    for (weights, rows) in [(light, 300), (heavy, 6), (mixed, 6), (medium, 300), (ties, 600)] {
        for scale in &scales {
            for policy in [Policy::Exclude, Policy::Lowest] {
                let mut spec = with_weights(scale, &weights);
                spec.method.unanswered = policy;
                let questionnaire = Questionnaire::try_from(spec).unwrap();
                for open in [0, 10, 60] {
                    let sheets: Vec<AnswerSheet> = (0..rows / 3)
                        .map(|_| random_sheet(&mut rng, &questionnaire, open))
                        .collect();
                    let context = format!("{} x {:?} {policy:?}", weights.len(), weights[0]);
                    agrees(&cohort_of(&sheets).score(), &sheets, &context);
                }
            }
        }
    }
}

/// Themes of few questions are looked up in lists, also by what is open and what is not applicable.
#[test]
fn themes_of_many_respondents_in_all_states_score_as_on_their_sheets() {
    let mut rng = Rng::new(11);
    for (open, minimum_coverage) in [(2, "0.5"), (40, "0.5"), (40, "0"), (40, "1")] {
        let mut spec = Questionnaire::dcx().spec().clone();
        spec.method.minimum_coverage = minimum_coverage.parse().unwrap();
        spec.questions.iter_mut().for_each(|question| question.forbid.clear());
        let dcx = Questionnaire::try_from(spec).unwrap();
        let sheets: Vec<AnswerSheet> =
            (0..1500).map(|_| random_sheet(&mut rng, &dcx, open)).collect();
        let cohort = cohort_of(&sheets);
        let context = format!("{open} per cent open, coverage {minimum_coverage}");
        agrees(&cohort.score(), &sheets, &context);
        agrees_in_full(&cohort, &sheets, &context);
    }
}

#[test]
fn a_mean_halfway_between_two_billionths_goes_to_the_even_one() {
    // One yes-or-no question of weight w against one of 1024 - w: the pillar is w/1024, and 1e9/1024
    // is 976562.5. Odd w lie on a tie, and go to the even neighbour.
    for w in 1..40_u32 {
        let (one, rest) = (w.to_string(), (1024 - w).to_string());
        let rest = if 1024 - w > 1000 { None } else { Some(rest) };
        let Some(rest) = rest else { continue };
        let weights = [one.as_str(); 4].into_iter().chain([rest.as_str(); 4]).collect::<Vec<_>>();
        let questionnaire =
            Questionnaire::try_from(with_weights(&ScaleSpec::YesNo, &weights)).unwrap();
        let (yes, no) = ([1_u8], [0_u8]);
        let columns = questionnaire.questions().map(|question| {
            Column::new(question.id(), if question.position() < 4 { &yes } else { &no })
        });
        let scores = Cohort::new(&questionnaire, columns).unwrap().score();
        let twice = u64::from(w) * 1_953_125; // in half billionths
        let expected = match (twice / 2, twice % 2) {
            (whole, 1) if whole % 2 == 1 => whole + 1,
            (whole, _) => whole,
        };
        assert_eq!(u64::from(scores.raw_overall()[0]), expected, "{w}/1024");
        assert_eq!(scores.raw_pillar(Pillar::AgileApproach)[0], scores.raw_overall()[0]);
    }
}

/// Forty questions 1 to 5 of four pillars, five weights; answers by value, 255 where there is none.
fn forty(rows: usize) -> (Questionnaire, Vec<Vec<u8>>) {
    let weights: Vec<&str> = ["3", "1", "2", "5", "1", "4", "2", "1"].repeat(5);
    let questionnaire = Questionnaire::try_from(with_weights(&choices(1..=5), &weights)).unwrap();
    let mut rng = Rng::new(40);
    let mut cell = || if rng.chance(8) { 255 } else { u8::try_from(1 + rng.below(5)).unwrap() };
    let columns = (0..40).map(|_| (0..rows).map(|_| cell()).collect()).collect();
    (questionnaire, columns)
}

fn by_value<'c>(questionnaire: &Questionnaire, columns: &'c [Vec<u8>]) -> Cohort<'c> {
    Cohort::new(questionnaire, pairs(questionnaire, columns)).unwrap()
}

fn sheets_by_value(questionnaire: &Questionnaire, columns: &[Vec<u8>]) -> Vec<AnswerSheet> {
    let sheet = |row: usize| {
        let mut sheet = questionnaire.sheet();
        for (question, column) in questionnaire.questions().zip(columns) {
            match column[row] {
                255 => {}
                value => _ = sheet.set(question.id(), value).unwrap(),
            }
        }
        sheet
    };
    (0..columns[0].len()).map(sheet).collect()
}

#[test]
fn the_number_of_rows_does_not_matter_to_any_of_them() {
    for rows in [0, 1, 63, 64, 65, 1023, 1024, 1025, 2047, 2048, 2049, 4097] {
        let (questionnaire, columns) = forty(rows);
        let scores = by_value(&questionnaire, &columns).score();
        agrees(&scores, &sheets_by_value(&questionnaire, &columns), &rows);
    }
}

/// Sums of a theme of few questions are listed where there are as many rows, 175 of three questions of
/// weights 3, 1 and 2; those of 24 questions are not.
#[test]
fn themes_of_few_sums_and_of_many_score_as_a_sheet() {
    for (rows, minimum) in [(50, "0.5"), (174, "0.5"), (175, "0"), (176, "1"), (3000, "0.4")] {
        let (plain, columns) = forty(rows);
        let mut spec = plain.spec().clone();
        spec.method.minimum_coverage = minimum.parse().unwrap();
        spec.families.push(FamilySpec::new("all", "All"));
        for (theme, questions) in [("one", 0..1), ("two", 3..5), ("three", 8..11), ("many", 12..36)]
        {
            spec.themes.push(ThemeSpec::new(theme, "all", "Theme"));
            for question in &mut spec.questions[questions] {
                question.themes.push(theme.to_owned());
            }
        }
        let questionnaire = Questionnaire::try_from(spec).unwrap();
        let scores = by_value(&questionnaire, &columns).score();
        agrees(&scores, &sheets_by_value(&questionnaire, &columns), &rows);
    }
}

#[test]
fn answers_by_value_and_by_place_and_from_sheets_score_alike() {
    let (questionnaire, columns) = forty(500);
    let by_value = by_value(&questionnaire, &columns);
    let places: Vec<Vec<u8>> = columns
        .iter()
        .map(|column| column.iter().map(|&code| if code == 255 { 255 } else { code - 1 }).collect())
        .collect();
    let wide: Vec<Vec<u16>> = columns
        .iter()
        .map(|column| column.iter().map(|&code| if code == 255 { u16::MAX } else { code.into() }))
        .map(Iterator::collect)
        .collect();
    let ids: Vec<&str> = questionnaire.questions().map(|question| question.id()).collect();
    let by_place = ids.iter().zip(&places).map(|(id, cells)| Column::new(*id, cells));
    let by_place = Cohort::new(&questionnaire, by_place).unwrap();
    let of_wide = ids.iter().zip(&wide).rev().map(|(id, cells)| Column::new(*id, cells).by_value());
    let of_wide = Cohort::new(&questionnaire, of_wide).unwrap();
    let scores = by_value.score();
    assert_eq!(scores, by_place.score());
    assert_eq!(scores, of_wide.score());
    assert_eq!(scores, cohort_of(&sheets_by_value(&questionnaire, &columns)).score());
}

#[test]
fn a_bad_cell_costs_its_row_and_no_other() {
    let (mut questionnaire, mut columns) = forty(3000);
    let mut spec = questionnaire.spec().clone();
    spec.questions[3].forbid = vec![NonAnswer::DontKnow];
    questionnaire = Questionnaire::try_from(spec).unwrap();
    let sound = by_value(&questionnaire, &columns).score();
    for (question, row, code) in
        [(0, 5, 0), (0, 2999, 6), (2, 5, 252), (3, 64, 254), (3, 2048, 7), (39, 0, 100)]
    {
        columns[question][row] = code;
    }
    columns[4][77] = 254; // not forbidden here
    let cohort = by_value(&questionnaire, &columns);
    let found: Vec<(&str, usize, u32)> = cohort
        .bad_cells()
        .iter()
        .map(|cell| (cell.question.as_str(), cell.row, cell.code))
        .collect();
    assert_eq!(
        found,
        [
            ("q0", 5, 0),
            ("q0", 2999, 6),
            ("q2", 5, 252),
            ("q3", 64, 254),
            ("q3", 2048, 7),
            ("q39", 0, 100)
        ]
    );
    assert_eq!((cohort.bad_cell_count(), cohort.bad_rows()), (6, 5));
    let scores = cohort.score();
    for row in 0..3000 {
        let bad = [0, 5, 64, 2048, 2999].contains(&row);
        assert_eq!(scores.is_bad(row), bad, "{row}");
        assert_eq!(cohort.record_at(row).is_none(), bad, "{row}");
        let of_row = cohort.bad_cells().iter().filter(|cell| cell.row == row).cloned();
        assert!(cohort.bad_cells_at(row).eq(of_row), "{row}");
        if bad {
            assert_eq!((scores.overall_at(row), scores.stage_at(row)), (None, None));
            assert!(Pillar::ALL.iter().all(|pillar| scores.pillar_at(row, *pillar).is_none()));
        } else if row != 77 {
            assert_eq!(scores.overall_at(row), sound.overall_at(row), "{row}");
            assert_eq!(scores.stage_at(row), sound.stage_at(row), "{row}");
        }
    }
}

#[test]
fn bad_cells_are_kept_up_to_the_limit_and_all_counted() {
    let (questionnaire, mut columns) = forty(2000);
    columns[1].fill(9);
    columns[7].fill(0);
    let cohort = by_value(&questionnaire, &columns);
    assert_eq!(cohort.bad_cells().len(), Cohort::BAD_CELLS_KEPT);
    assert_eq!((cohort.bad_cell_count(), cohort.bad_rows()), (4000, 2000));
    assert!((0..2000).all(|row| cohort.score().is_bad(row)));
    let last = cohort.bad_cells_at(1999).map(|cell| (cell.row, cell.question, cell.code));
    assert!(last.eq([(1999, "q1".to_owned(), 9), (1999, "q7".to_owned(), 0)]));
    assert_eq!(cohort.bad_cells_at(2000).count(), 0);
}

#[test]
fn everything_that_is_wrong_with_the_columns_is_said_at_once() {
    let mut spec = with_weights(&choices(1..=5), &["1"; 4]);
    spec.questions.push(QuestionSpec::new("below", Pillar::AgileApproach, "t", choices([-1, 1])));
    let many = checklist(&[253]);
    spec.questions.push(QuestionSpec::new("many", Pillar::AgileApproach, "t", many));
    let questionnaire = Questionnaire::try_from(spec).unwrap();
    let (two, three) = ([1_u8; 2], [1_u8; 3]);
    let errors = Cohort::new(
        &questionnaire,
        [
            Column::new("q0", &two),
            Column::new("q1", &three),
            Column::new("q0", &two),
            Column::new("q9", &two),
            Column::new("below", &two).by_value(),
            Column::new("many", &two),
        ],
    )
    .unwrap_err();
    let id = |question: &str| question.to_owned();
    let expected = [
        ColumnError::Length { question: id("q1"), rows: 3, expected: 2 },
        ColumnError::Twice { question: id("q0") },
        ColumnError::UnknownQuestion { question: id("q9") },
        ColumnError::NotByValue { question: id("below") },
        ColumnError::TooNarrow { question: id("many"), highest: 253 },
        ColumnError::Missing { question: id("q2") },
        ColumnError::Missing { question: id("q3") },
    ];
    assert_eq!(errors.iter().cloned().collect::<Vec<_>>(), expected);
    assert!(errors.to_string().contains("; there is no question `q9`; "), "{errors}");
}

/// Columns of the caller's to score into.
#[derive(Clone, Debug, PartialEq)]
struct Room(Vec<u32>, Vec<u8>);

impl Room {
    fn new(rows: usize) -> Self {
        Self(vec![7; 5 * rows], vec![7; rows])
    }

    fn buffers(&mut self) -> ScoreBuffers<'_> {
        ScoreBuffers::new(&mut self.0, &mut self.1)
    }

    #[track_caller]
    fn holds(&self, scores: &Scores) {
        let pillars = Pillar::ALL.map(|pillar| scores.raw_pillar(pillar));
        let columns = [&[scores.raw_overall()][..], &pillars].concat().concat();
        assert_eq!((&self.0, &*self.1), (&columns, scores.raw_stages()));
    }
}

#[test]
fn buffers_of_a_wrong_length_are_refused_and_left_alone() {
    let (questionnaire, columns) = forty(10);
    let cohort = by_value(&questionnaire, &columns);
    let mut room = Room::new(9);
    let error = cohort.score_into(room.buffers()).unwrap_err();
    assert_eq!((error.what, error.found, error.expected), (Counted::Rows, 9, 10));
    assert_eq!(room, Room::new(9));
    let mut room = Room::new(10);
    let mut theme = [0; 10];
    let buffers = ScoreBuffers { themes: vec![&mut theme], ..room.buffers() };
    assert_eq!(cohort.score_into(buffers).unwrap_err().what, Counted::Themes);
    assert_eq!(room, Room::new(10));
    cohort.score_into(room.buffers()).unwrap();
    room.holds(&cohort.score());
    let (mut columns, mut stages) = ([7; 49], [7; 10]);
    let error = cohort.score_into(ScoreBuffers::new(&mut columns, &mut stages)).unwrap_err();
    assert_eq!((error.found, error.expected, columns, stages), (9, 10, [7; 49], [7; 10]));
}

#[test]
fn a_row_of_cells_must_be_as_long_as_the_questionnaire() {
    let (questionnaire, _) = forty(0);
    let mut builder = Cohort::builder(&questionnaire);
    assert_eq!(builder.push(&[Cell::Unanswered; 39]).unwrap_err().found, 39);
    builder.push(&[Cell::Level(4); 40]).unwrap().push(&[Cell::Level(300); 40]).unwrap();
    assert_eq!(builder.rows(), 2);
    let cohort = builder.build();
    assert_eq!((cohort.bad_rows(), cohort.score().overall_at(0)), (1, Some(Score::ONE)));
}

#[test]
fn a_sheet_of_a_questionnaire_that_scores_otherwise_is_refused() {
    let (questionnaire, _) = forty(0);
    let other = Questionnaire::dcx_pulse().sheet();
    let error = Cohort::builder(&questionnaire).push_sheet(&other).unwrap_err();
    assert_eq!(error.found().fingerprint, Questionnaire::dcx_pulse().fingerprint());
}

#[test]
fn a_sheet_of_the_same_questions_in_another_order_scores_alike() {
    let mut spec = with_weights(&choices([3, 1, 2]), &["1", "2", "3", "4", "5"]);
    spec.questions.push(QuestionSpec::new("list", Pillar::ALL[0], "t", checklist(&[1, 2, 5])));
    let ours = Questionnaire::try_from(spec.clone()).unwrap();
    spec.questions.reverse();
    for question in &mut spec.questions {
        match &mut question.scale {
            digital_maturity::spec::ScaleUse::Own(ScaleSpec::Choice { choices }) => {
                choices.reverse();
            }
            digital_maturity::spec::ScaleUse::Own(ScaleSpec::Checklist { items }) => {
                items.reverse();
            }
            _ => {}
        }
    }
    let theirs = Questionnaire::try_from(spec).unwrap();
    assert_eq!(ours.fingerprint(), theirs.fingerprint());
    let mut rng = Rng::new(3);
    let sheets: Vec<AnswerSheet> = (0..100).map(|_| random_sheet(&mut rng, &theirs, 10)).collect();
    let mut builder = Cohort::builder(&ours);
    for sheet in &sheets {
        builder.push_sheet(sheet).unwrap();
    }
    agrees(&builder.build().score(), &sheets, &"reversed");
}

#[cfg(feature = "rayon")]
#[test]
fn the_bytes_are_the_same_whatever_the_number_of_threads() {
    let (questionnaire, mut columns) = forty(70_001);
    columns[5][69_999] = 77;
    let cohort = by_value(&questionnaire, &columns);
    let mut scores = Scores::empty(&questionnaire);
    CohortPlan::new(&questionnaire).score(pairs(&questionnaire, &columns), &mut scores).unwrap();
    for threads in [1, 2, 3, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| cohort.score()), scores, "{threads}");
        let mut again = Room::new(cohort.rows());
        pool.install(|| cohort.score_into(again.buffers())).unwrap();
        again.holds(&scores);
    }
}

/// The columns of those questions, coded by value.
fn pairs<'c>(
    questionnaire: &Questionnaire,
    columns: &'c [Vec<u8>],
) -> impl Iterator<Item = Column<'c>> + use<'c> {
    let ids: Vec<String> = questionnaire.questions().map(|q| q.id().to_owned()).collect();
    ids.into_iter().zip(columns).map(|(id, cells)| Column::new(id, cells).by_value())
}

#[test]
fn a_plan_scores_every_block_as_a_cohort_of_its_own() {
    let (questionnaire, columns) = forty(30_000);
    let mut plan = CohortPlan::new(&questionnaire);
    let mut scores = Scores::empty(&questionnaire);
    let mut merging = Merging::new(&questionnaire);
    let mut rng = Rng::new(11);
    let mut from = 0;
    // Blocks that grow and shrink, so that lists become worth their while in the middle; each has
    // something that none had before, and later ones have not.
    for (at, rows) in [1, 10, 9000, 0, 64, 8192, 12_000, 733].into_iter().enumerate() {
        let to = from + rows;
        let mut block: Vec<Vec<u8>> =
            columns.iter().map(|column| column[from..to].to_vec()).collect();
        for column in block.iter_mut().skip(at).step_by(8) {
            for cell in column.iter_mut() {
                if rng.chance(3) {
                    *cell = [254, 253, 100, 0][at % 4];
                }
            }
        }
        let found = plan.score(pairs(&questionnaire, &block), &mut scores).unwrap();
        let alone = by_value(&questionnaire, &block);
        assert_eq!(scores, alone.score(), "block {at}");
        assert_eq!(found.score(), scores, "block {at}");
        assert_eq!(found.bad_cells(), alone.bad_cells(), "block {at}");
        assert_eq!(
            (found.rows(), found.bad_cell_count(), found.bad_rows()),
            (rows, alone.bad_cell_count(), alone.bad_rows())
        );
        assert_eq!(plan.cohort(pairs(&questionnaire, &block)).unwrap().score(), scores);
        merging.push(scores.summary()).unwrap();
        from = to;
    }
    assert_eq!((from, merging.finish().stages().total()), (30_000, 30_000));
}

#[test]
fn a_plan_takes_columns_as_they_come() {
    let (questionnaire, columns) = forty(300);
    let expected = by_value(&questionnaire, &columns).score();
    let mut plan = CohortPlan::new(&questionnaire);
    let mut scores = Scores::empty(&questionnaire);
    let ids: Vec<&str> = questionnaire.questions().map(|question| question.id()).collect();
    let places = |code: u8| if code == 255 { 255 } else { code - 1 };
    let wide = |code: u8| if code == 255 { u16::MAX } else { code.into() };
    for way in [0, 1, 2, 0, 2, 1] {
        let columns = ids.iter().zip(&columns).map(|(id, column)| match way {
            0 => Column::new(*id, column).by_value(),
            1 => Column::new(*id, column.iter().copied().map(places).collect::<Vec<_>>()),
            _ => Column::new(*id, column.iter().copied().map(wide).collect::<Vec<_>>()).by_value(),
        });
        plan.score(columns, &mut scores).unwrap();
        assert_eq!(scores, expected, "{way}");
    }
}

#[test]
fn columns_that_a_plan_refuses_leave_the_scores_as_they_were() {
    let (questionnaire, columns) = forty(5);
    let mut plan = CohortPlan::new(&questionnaire);
    let mut scores = Scores::empty(&questionnaire);
    plan.score(pairs(&questionnaire, &columns), &mut scores).unwrap();
    let before = scores.clone();
    let errors = plan.score(pairs(&questionnaire, &columns[1..]), &mut scores).unwrap_err();
    // Ids and columns are paired in order: the last question has none.
    let missing = ColumnError::Missing { question: "q39".to_owned() };
    assert_eq!((errors.iter().next(), errors.iter().len()), (Some(&missing), 1));
    assert_eq!(scores, before);
    plan.score(pairs(&questionnaire, &columns), &mut scores).unwrap();
    assert_eq!(scores, before);
}

/// More rows than are looked at in one go.
#[test]
fn many_rows_in_one_pass_say_what_the_door_says() {
    let (questionnaire, mut columns) = forty(140_000);
    columns[39][3] = 9;
    columns[0][139_999] = 9;
    columns[0][5000] = 9;
    columns[20].iter_mut().step_by(105).for_each(|cell| *cell = 77);
    columns[7][70_000] = 254; // the first "don't know"
    columns[8][139_000] = 253;
    let mut plan = CohortPlan::new(&questionnaire);
    let mut scores = Scores::empty(&questionnaire);
    let cohort = plan.score(pairs(&questionnaire, &columns), &mut scores).unwrap();
    let found = cohort.bad_cells();
    assert_eq!((found.len(), cohort.bad_cell_count()), (Cohort::BAD_CELLS_KEPT, 1337));
    let first = found.iter().take(4).map(|cell| (cell.question.as_str(), cell.row));
    assert!(first.eq([("q0", 5000), ("q0", 139_999), ("q20", 0), ("q20", 105)]));
    let at_the_door = by_value(&questionnaire, &columns);
    assert_eq!(found, at_the_door.bad_cells());
    assert_eq!(scores, at_the_door.score());
    assert_eq!(cohort.score(), scores);
}
