//! Where a result stands in a cohort: against published ranks, and against counting sheet by sheet.

use digital_maturity::cohort::{
    Benchmark, CohortSummary, Distribution, PercentileRank, StageCounts,
};
use digital_maturity::{
    AnswerSheet, Assessment, Cohort, Pillar, Questionnaire, Score, Stage, StageMap,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use proptest::prelude::*;
use serde_json::Value;

/// A tenth of a number with at most one decimal.
fn tenth(number: &str) -> Score {
    let digits: String = format!("{:.1}", number.parse::<f64>().unwrap()).replace('.', "");
    Score::from_billionths(digits.parse::<u32>().unwrap() * 10_000_000).unwrap()
}

#[test]
fn percentile_ranks_agree_with_published_ones() {
    let expected: Value =
        serde_json::from_str(include_str!("data/percentile_rank_expected.json")).unwrap();
    let data = expected["data"].as_array().unwrap();
    let cohort: Distribution = data.iter().map(|x| Some(tenth(&x.to_string()))).collect();
    let mut seen = 0;
    for (score, expected) in expected["percentileofscore"].as_object().unwrap() {
        let score = tenth(score);
        for (rank, published) in [
            (PercentileRank::Mid, "mean"),
            (PercentileRank::Weak, "weak"),
            (PercentileRank::Strict, "strict"),
        ] {
            let found = cohort.percentile_rank(score, rank).unwrap();
            assert_eq!(
                Some(found.to_percent_f64()),
                expected[published].as_f64(),
                "{score} {rank}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 18);
    assert_eq!(Distribution::default().percentile_rank(Score::ONE, PercentileRank::Mid), None);
}

proptest! {
    #[test]
    fn percentile_ranks_are_those_of_counting(
        scores in prop::collection::vec(prop::option::of(0..=12_u32), 1..50),
        score in 0..=12_u32,
    ) {
        let of = |twelfths: u32| Score::from_billionths(twelfths * 83_333_333).unwrap();
        let cohort: Distribution = scores.iter().map(|s| s.map(of)).collect();
        let scored: Vec<u32> = scores.iter().copied().flatten().collect();
        let count = |test: &dyn Fn(u32) -> bool| scored.iter().filter(|s| test(**s)).count();
        let (below, same) = (count(&|s| s < score), count(&|s| s == score));
        for (rank, halves) in [
            (PercentileRank::Mid, 2 * below + same),
            (PercentileRank::Weak, 2 * below + 2 * same),
            (PercentileRank::Strict, 2 * below),
        ] {
            let found = cohort.percentile_rank(of(score), rank);
            prop_assert_eq!(found.is_none(), scored.is_empty());
            if let Some(found) = found {
                let exact = BigRational::new(
                    BigInt::from(halves) * 1_000_000_000,
                    BigInt::from(2 * scored.len()),
                );
                let off = exact - BigRational::from_integer(found.billionths().into());
                let half = BigRational::new(1.into(), 2.into());
                let tie_to_even = off.clone() * BigInt::from(2) == BigRational::from_integer(1.into())
                    || off.clone() * BigInt::from(2) == BigRational::from_integer((-1).into());
                prop_assert!(off.to_f64().unwrap().abs() <= half.to_f64().unwrap());
                prop_assert!(!tie_to_even || found.billionths() % 2 == 0);
            }
        }
    }
}

/// Sheets of the built-in questionnaire with all levels the same, `None` for nothing answered.
fn sheet(questionnaire: &Questionnaire, level: Option<i64>) -> AnswerSheet {
    let mut sheet = questionnaire.sheet();
    for question in questionnaire.questions() {
        if let Some(level) = level {
            sheet.set(question.id(), level).unwrap();
        }
    }
    sheet
}

fn summary(sheets: &[AnswerSheet]) -> CohortSummary {
    let mut builder = Cohort::builder(sheets[0].questionnaire());
    for sheet in sheets {
        builder.push_sheet(sheet).unwrap();
    }
    builder.build().score().summary()
}

#[test]
fn every_figure_is_that_of_counting_by_hand() {
    let pulse = Questionnaire::dcx_pulse();
    let levels = [Some(1), Some(3), Some(3), Some(5), None];
    let cohort = summary(&levels.map(|level| sheet(pulse, level)));
    // All at 3 but the connected systems, which are at 5: credits 0.5 and 1, overall 0.625.
    let mut own = sheet(pulse, Some(3));
    own.set_respondent("Quayside").unwrap();
    for question in pulse.questions().filter(|q| q.pillar() == Pillar::ConnectedSystems) {
        own.set(question.id(), 5).unwrap();
    }
    let assessment = own.assess();
    let benchmark = Benchmark::new(&assessment, &cohort, PercentileRank::Mid).unwrap();
    let decimal = |text: &str| Some(text.parse::<Score>().unwrap());

    let overall = benchmark.overall();
    assert_eq!((overall.score, overall.count), (decimal("0.625"), 4));
    assert_eq!(overall.percentile_rank, decimal("0.75"));
    let quartiles = overall.quartiles.unwrap(); // of 0, 0.5, 0.5, 1
    let expected = ["0.375", "0.5", "0.625"].map(|text| decimal(text).unwrap());
    assert_eq!([quartiles.lower, quartiles.median, quartiles.upper], expected);
    let gaps = overall.gaps.unwrap();
    let gaps = [gaps.lower, gaps.median, gaps.upper].map(|gap| format!("{gap:+}"));
    assert_eq!(gaps, ["+0.25", "+0.125", "+0"]);

    let mind = &benchmark.pillars().digital_first_mindset;
    assert_eq!(mind.percentile_rank, decimal("0.5")); // one below, two the same
    let systems = &benchmark.pillars().connected_systems;
    assert_eq!(systems.percentile_rank, decimal("0.875"));
    let strict = Benchmark::new(&assessment, &cohort, PercentileRank::Strict).unwrap();
    let weak = Benchmark::new(&assessment, &cohort, PercentileRank::Weak).unwrap();
    assert_eq!(strict.pillars().connected_systems.percentile_rank, decimal("0.75"));
    assert_eq!(weak.pillars().connected_systems.percentile_rank, decimal("1"));

    assert_eq!((benchmark.stage(), benchmark.rank()), (Some(Stage::Platform), PercentileRank::Mid));
    let at = StageMap { traditional: 1, hubs: 2, native: 1, ..<_>::default() };
    let stages = StageCounts { at, not_scorable: 1, bad: 0 };
    assert_eq!(*benchmark.stages(), stages);
    assert_eq!(benchmark.source().respondent.as_deref(), Some("Quayside"));
    assert_eq!(benchmark.themes().len(), pulse.themes().len());
    // A stored result serves as well.
    let stored = assessment.record().clone();
    assert_eq!(Benchmark::new(&stored, &cohort, PercentileRank::Mid).unwrap(), benchmark);
}

#[test]
fn who_has_no_score_has_no_rank_but_sees_the_quartiles() {
    let pulse = Questionnaire::dcx_pulse();
    let cohort = summary(&[sheet(pulse, Some(1)), sheet(pulse, Some(5))]);
    let nothing = sheet(pulse, None).assess();
    let benchmark = Benchmark::new(&nothing, &cohort, PercentileRank::Mid).unwrap();
    let overall = benchmark.overall();
    assert_eq!((overall.score, overall.percentile_rank, overall.gaps), (None, None, None));
    assert_eq!(overall.quartiles.unwrap().median.to_string(), "0.5");

    let among_nobody = |assessment: &Assessment| {
        let nobody = CohortSummary::empty(pulse);
        Benchmark::new(&assessment, &nobody, PercentileRank::Mid).unwrap()
    };
    let alone = among_nobody(&sheet(pulse, Some(2)).assess());
    assert_eq!((alone.overall().count, alone.overall().percentile_rank), (0, None));
    assert_eq!((alone.overall().quartiles, alone.stages().share(Stage::Hubs)), (None, None));
    #[cfg(feature = "report")]
    for benchmark in [benchmark, alone, among_nobody(&nothing)] {
        for language in ["en", "de"] {
            let page = benchmark.report(pulse).unwrap().language(language);
            assert!(
                !page.text().to_string().is_empty() && !page.radar_svg().to_string().is_empty()
            );
        }
    }
}

#[test]
fn a_result_of_another_questionnaire_is_not_ranked() {
    let cohort = CohortSummary::empty(Questionnaire::dcx());
    let assessment = Questionnaire::dcx_pulse().sheet().assess();
    let error = Benchmark::new(&assessment, &cohort, PercentileRank::Mid).unwrap_err();
    assert_eq!(error.expected().fingerprint, Questionnaire::dcx().fingerprint());
    assert_eq!(error.found().fingerprint, Questionnaire::dcx_pulse().fingerprint());
}
