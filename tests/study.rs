//! The tables of a paper: what they say of small cohorts worked by hand, and of a sample in the forms that
//! are pasted.

use digital_maturity::cohort::{Column, Remark, Study};
use digital_maturity::statistics::{CreditSums, Deletion, Reliability};
use digital_maturity::{Cohort, Pillar, Questionnaire};
use serde_json::json;

const PILLAR: Pillar = Pillar::AgileApproach;

/// Three questions from 1 to 5 of these weights in one pillar, which alone counts.
fn three(weights: [f64; 3]) -> Questionnaire {
    let choices: Vec<_> =
        (1..=5).map(|value| json!({ "value": value, "text": value.to_string() })).collect();
    let questions: Vec<_> = weights
        .iter()
        .enumerate()
        .map(|(at, weight)| {
            json!({
                "id": format!("a{}", at + 1), "pillar": PILLAR.as_str(), "title": "t",
                "scale": "five", "weight": weight,
            })
        })
        .collect();
    let others = Pillar::ALL.into_iter().filter(|pillar| *pillar != PILLAR);
    let pillars: serde_json::Map<_, _> =
        others.map(|pillar| (pillar.as_str().to_owned(), json!({ "weight": 0 }))).collect();
    let document = json!({
        "schema": 1, "id": "three", "version": "1.0.0", "title": "Three", "pillars": pillars,
        "scales": { "five": { "kind": "choice", "choices": choices } }, "questions": questions,
    });
    Questionnaire::from_json(&document.to_string()).unwrap()
}

/// A study of these rows, a column a question; 255 is no answer.
fn study(
    questionnaire: &Questionnaire,
    rows: &[[u8; 3]],
) -> (Study, digital_maturity::cohort::CohortSummary) {
    let columns: Vec<Vec<u8>> = (0..3).map(|at| rows.iter().map(|row| row[at]).collect()).collect();
    let columns = questionnaire.questions().zip(&columns);
    let columns = columns.map(|(question, answers)| Column::new(question.id(), answers).by_value());
    let cohort = Cohort::new(questionnaire, columns).unwrap();
    let mut study = Study::new(questionnaire);
    study.add(&cohort).unwrap();
    let summary = cohort.score().summary();
    (study, summary)
}

#[test]
fn reliability_is_of_what_is_scored() {
    // a1 1, 3, 5 and a2 2, 3, 4: variances 4 and 1, covariance 2, so 2 (1 - 5/9) = 8/9. With a3, which has
    // weight 0, it would be less.
    let (study, _) = study(&three([1.0, 1.0, 0.0]), &[[1, 2, 3], [3, 3, 1], [5, 4, 3]]);
    let found = study.reliability(PILLAR, Deletion::Listwise);
    assert_eq!((found.k, found.n, format!("{:.4}", found.alpha).as_str()), (2, 3, "0.8889"));
    assert_eq!(study.answers("a3"), None);
    let answers = study.answers("a1").unwrap();
    assert!(answers.credits.levels().eq([(0.0, 1), (0.5, 1), (1.0, 1)]));
}

#[test]
fn the_weighted_composite_is_offered_beside_alpha() {
    let rows = [[1, 2, 3], [3, 3, 4], [5, 4, 3], [2, 5, 5]];
    let weights = three([10.0, 1.0, 1.0]);
    let (weighted, _) = study(&weights, &rows);
    let (plain, _) = study(&three([1.0; 3]), &rows);
    let alpha = |of: &Reliability| of.alpha.get().unwrap();
    let unweighted = weighted.reliability(PILLAR, Deletion::Listwise);
    assert_eq!(unweighted.alpha, plain.reliability(PILLAR, Deletion::Listwise).alpha);
    // Times the weights, variances are 875/3, 5/3 and 11/12, covariances 25/3, -25/6 and 5/6; their sum is
    // 1217/4, and 3/2 (1 - (1177/4) / (1217/4)) = 60/1217.
    let found = alpha(&weighted.weighted_reliability(PILLAR, Deletion::Listwise));
    assert!((found - 60.0 / 1217.0).abs() < 1e-12, "{found}");
}

#[test]
fn what_a_reader_should_know_is_said() {
    let id = |at: usize| format!("a{at}");
    // The third runs against the others.
    let rows: Vec<[u8; 3]> =
        (0..40).map(|row| [1 + row % 5, 1 + (row + row / 20) % 5, 5 - row % 5]).collect();
    let (reversed, summary) = study(&three([1.0; 3]), &rows);
    let remarks = reversed.remarks(&summary, PILLAR, Deletion::Listwise);
    assert!(remarks.contains(&Remark::AgainstTheRest { question: id(3) }), "{remarks:?}");
    // Everybody alike on the first; the second left out by half; a fifth at each end of nothing.
    let rows: Vec<[u8; 3]> = (0..40)
        .map(|row| [5, if row % 2 == 0 { 255 } else { 5 }, if row < 20 { 5 } else { 4 }])
        .collect();
    let (constant, summary) = study(&three([1.0; 3]), &rows);
    let remarks = constant.remarks(&summary, PILLAR, Deletion::Listwise);
    let half = "0.5".parse().unwrap();
    let expected = [
        Remark::Constant { question: id(1) },
        Remark::Constant { question: id(2) },
        Remark::FewRespondents { n: 20 },
        Remark::FewOfScored { n: 20, scored: 40 },
        Remark::Ceiling { share: half },
    ];
    assert_eq!(remarks, expected);
    let pairwise = constant.remarks(&summary, PILLAR, Deletion::Pairwise);
    assert!(!pairwise.iter().any(|remark| matches!(remark, Remark::FewOfScored { .. })));
}

#[test]
fn parts_in_any_order_make_the_same_study() {
    let questionnaire = three([1.0, 2.0, 1.0]);
    let rows: Vec<[u8; 3]> = (0..60_u8)
        .map(|row| {
            [
                1 + row % 5,
                1 + row % 3,
                if row % 7 == 0 { 255 } else { 1 + (row % 10) * (row % 10) % 5 },
            ]
        })
        .collect();
    let (whole, _) = study(&questionnaire, &rows);
    let mut parts = Study::new(&questionnaire);
    for part in [&rows[40..], &rows[..7], &rows[7..40]] {
        parts.merge(&study(&questionnaire, part).0).unwrap();
    }
    for deletion in [Deletion::Listwise, Deletion::Pairwise] {
        assert_eq!(whole.reliability(PILLAR, deletion), parts.reliability(PILLAR, deletion));
        assert_eq!(whole.consistency(PILLAR, deletion), parts.consistency(PILLAR, deletion));
        assert_eq!(whole.correlations(deletion), parts.correlations(deletion));
    }
    for id in ["a1", "a2", "a3"] {
        assert_eq!(whole.answers(id), parts.answers(id), "{id}");
    }
    // 60 rows by turns: 20 each of 1, 2 and 3 on a scale from 1 to 5.
    let of_turns = whole.answers("a2").unwrap().credits;
    assert!(of_turns.levels().eq([(0.0, 20), (0.25, 20), (0.5, 20)]));
    // By the rows themselves, credits as they are.
    let mut sums = CreditSums::new(["a1", "a2", "a3"]);
    for row in &rows {
        sums.push(&row.map(|value| (value != 255).then(|| f64::from(value - 1) / 4.0))).unwrap();
    }
    let by_rows = Reliability::from_sums(&sums, Deletion::Pairwise);
    assert_eq!(by_rows, whole.reliability(PILLAR, Deletion::Pairwise));
    assert!(parts.merge(&Study::new(Questionnaire::dcx())).is_err());
    let other = three([1.0; 3]);
    let columns =
        other.questions().map(|question| Column::new(question.id(), &[1_u8, 2][..]).by_value());
    assert!(parts.add(&Cohort::new(&other, columns).unwrap()).is_err());
}

/// More credits than are counted in a list: of 24 items, 0 to 24 are ticked, each number as often as it says and
/// once more.
#[test]
fn every_credit_of_a_long_list_is_counted() {
    let items: Vec<_> = (0..24).map(|at| json!({ "id": format!("i{at}"), "text": "t" })).collect();
    let others = Pillar::ALL.into_iter().filter(|pillar| *pillar != PILLAR);
    let pillars: serde_json::Map<_, _> =
        others.map(|pillar| (pillar.as_str().to_owned(), json!({ "weight": 0 }))).collect();
    let document = json!({
        "schema": 1, "id": "list", "version": "1.0.0", "title": "t", "pillars": pillars,
        "questions": [{
            "id": "q", "pillar": PILLAR.as_str(), "title": "t",
            "scale": { "kind": "checklist", "items": items },
        }],
    });
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    let mut builder = Cohort::builder(&questionnaire);
    for ticked in (0..=24).flat_map(|ticked| vec![ticked; ticked + 1]) {
        let mut sheet = questionnaire.sheet();
        let ids = (0..ticked).map(|at| format!("i{at}")).collect();
        sheet.set("q", digital_maturity::Answer::Items(ids)).unwrap();
        builder.push_sheet(&sheet).unwrap();
    }
    let mut study = Study::new(&questionnaire);
    study.add(&builder.build()).unwrap();
    let credits = study.answers("q").unwrap().credits;
    assert!(credits.levels().map(|(_, count)| count).eq(1..=25));
    assert_eq!((credits.n(), credits.missing()), (325, 0)); // 25 * 26 / 2
    assert_eq!((credits.count(0.0), credits.count(1.0)), (1, 25));
}

#[cfg(all(feature = "intervals", feature = "report"))]
mod pasted {
    use digital_maturity::cohort::CohortSummary;
    use digital_maturity::report::StudyTable;

    use super::{Deletion, study, three};

    const TABLES: [StudyTable; 3] =
        [StudyTable::Reliability, StudyTable::Items, StudyTable::Correlations];

    /// Two groups: 0.25, 0.5, 0.75 and 0.75, 1, 1.
    #[test]
    fn every_form_says_the_same() {
        let questionnaire = three([1.0; 3]);
        let (_, north) = study(&questionnaire, &[[2, 2, 2], [3, 3, 3], [4, 4, 4]]);
        let (_, south) = study(&questionnaire, &[[4, 4, 4], [5, 5, 5], [5, 5, 5]]);
        let (study, all) = study(
            &questionnaire,
            &[[2, 2, 2], [3, 3, 3], [4, 4, 4], [4, 4, 4], [5, 5, 5], [5, 5, 5]],
        );
        let groups = || [("_n&rth", &north), ("=south", &south)];
        let report = |language: &'static str| {
            let report = all.report().groups("region", groups()).unwrap();
            let report = report.comparison(groups()).unwrap();
            report.study(&study, TABLES, Deletion::Listwise).unwrap().language(language)
        };
        // Means 1/2 and 11/12: difference -5/12; variances 1/16 and 1/48, so t = -(5/12)/(1/6) = -5/2 and
        // df = (1/36)^2 / ((1/48)^2/2 + (1/144)^2/2) = 3.2.
        let text = report("en").text().to_string();
        assert!(text.contains("Table 2. Differences between _n&rth and =south"), "{text}");
        let line = text.lines().find(|line| line.contains("[\u{2212}92")).unwrap_or(&text);
        assert!(line.contains("\u{2212}41.7 [\u{2212}92.9, 9.5]  \u{2212}2.50  3.2"), "{text}");
        let tidy = report("de").tidy().to_string();
        assert_eq!(tidy, report("en").tidy().to_string());
        for line in [
            "scores,,overall,mean,0.708333333",
            "scores,_n&rth,overall,n,3",
            "scores,'=south,overall,median,1",
            "comparison,,agile_approach,t,-2.5",
            "items,,a2,ceiling,2",
            "reliability,,agile_approach,items,3",
        ] {
            assert!(
                tidy.lines().any(|of| of == line || of.starts_with(&format!("{line}0"))),
                "{line}\n{tidy}"
            );
        }
        assert!(tidy.lines().all(|line| line.matches(',').count() == 4));
        let latex = report("en").latex().to_string();
        for part in [
            "\\caption{Correlations of the pillars}",
            " & \\_n\\&rth & =south \\\\\n",
            "\\texttt{a1}",
        ] {
            assert!(latex.contains(part), "{part}\n{latex}");
        }
        let count = |of: &str| latex.matches(of).count();
        assert_eq!((count("\\toprule"), count("\\bottomrule"), count("\\begin{table}")), (5, 5, 5));
        let german = report("de").markdown().to_string();
        assert!(german.contains("**Tabelle 3. Reliabilität der Säulen**"), "{german}");
        assert!(!german.contains("Undefined") && german.contains("Nicht bestimmt:"), "{german}");
        assert!(report("de").html().to_string().contains("Bewertet mit digital-maturity"));
        let pulse = CohortSummary::empty(digital_maturity::Questionnaire::dcx_pulse());
        assert!(all.report().comparison([("a", &pulse)]).is_err());
        assert!(pulse.report().study(&study, TABLES, Deletion::Listwise).is_err());
    }
}
