//! The summary of a cohort: exact, against slow fractions and figures from elsewhere, and the same
//! whatever the parts it was put together from.

#![expect(clippy::float_arithmetic, reason = "statistics are floats")]

use std::collections::BTreeMap;

use digital_maturity::cohort::{
    CohortPlan, CohortSummary, Column, Counted, Distribution, Figures, Merging, Scores,
    StageCounts, Unmergeable,
};
use digital_maturity::spec::ThemeSpec;
use digital_maturity::{Cohort, Pillar, Questionnaire, QuestionnaireSpec, Score, Stage};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use proptest::prelude::*;
use serde_json::Value;

use super::support::lines;

pub(super) type Fraction = BigRational;

pub(super) fn fraction(number: impl Into<BigInt>) -> Fraction {
    Fraction::from_integer(number.into())
}

/// To the nearest billionth, ties to even, the slow way.
pub(super) fn rounded(exact: &Fraction) -> Score {
    let billionths = exact * fraction(1_000_000_000);
    let below = billionths.floor();
    let up = match (billionths - &below).cmp(&Fraction::new(1.into(), 2.into())) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => !(below.to_integer() % BigInt::from(2)).is_zero(),
        std::cmp::Ordering::Greater => true,
    };
    let billionths = below.to_integer() + BigInt::from(i32::from(up));
    Score::from_billionths(billionths.to_u32().unwrap()).unwrap()
}

fn exact(score: Score) -> Fraction {
    fraction(score.billionths()) / fraction(1_000_000_000)
}

fn mean(scores: &[Fraction]) -> Fraction {
    scores.iter().sum::<Fraction>() / fraction(scores.len())
}

fn variance(scores: &[Fraction]) -> Fraction {
    let mean = mean(scores);
    let squares: Fraction = scores.iter().map(|x| (x - &mean) * (x - &mean)).sum();
    squares / fraction(scores.len() - 1)
}

/// Type 7, by its definition.
fn quantile(sorted: &[Fraction], share: &Fraction) -> Fraction {
    let place = share * fraction(sorted.len() - 1);
    let below = place.floor();
    let at = below.to_integer().to_usize().unwrap();
    let next = sorted.get(at + 1).unwrap_or(&sorted[at]);
    &sorted[at] + (place - below) * (next - &sorted[at])
}

fn score() -> impl Strategy<Value = Score> {
    let billionths = prop_oneof![
        Just(0_u32),
        Just(1_000_000_000),
        (0..=20_u32).prop_map(|n| n * 50_000_000),
        0..=1_000_000_000_u32
    ];
    billionths.prop_map(|billionths| Score::from_billionths(billionths).unwrap())
}

proptest! {
    #[test]
    fn figures_are_those_of_slow_fractions(
        scores in prop::collection::vec(score(), 1..60),
        share in score(),
        none in 0..5_u64,
    ) {
        let nobody = (0..none).map(|_| None);
        let all: Distribution = scores.iter().copied().map(Some).chain(nobody).collect();
        let mut sorted: Vec<Fraction> = scores.iter().copied().map(exact).collect();
        sorted.sort();
        prop_assert_eq!((all.count(), all.not_scorable()), (scores.len() as u64, none));
        prop_assert_eq!(all.mean(), Some(rounded(&mean(&sorted))));
        prop_assert_eq!(all.quantile(share), Some(rounded(&quantile(&sorted, &exact(share)))));
        prop_assert_eq!(all.lowest(), scores.iter().min().copied());
        prop_assert_eq!(all.highest(), scores.iter().max().copied());
        for (found, end) in [(all.floor_share(), Score::ZERO), (all.ceiling_share(), Score::ONE)] {
            let count = scores.iter().filter(|score| **score == end).count();
            let expected = rounded(&(fraction(count) / fraction(scores.len())));
            prop_assert_eq!(found, Some(expected));
        }
        if scores.len() == 1 {
            prop_assert_eq!(all.variance(), None);
        } else {
            // Three roundings of half a unit in the last place each.
            let exact = variance(&sorted).to_f64().unwrap();
            let found = all.variance().unwrap();
            prop_assert!((found - exact).abs() <= 2.0 * f64::EPSILON * exact, "{} {}", found, exact);
        }
    }

    #[test]
    fn any_parts_in_any_order_make_the_same_distribution(
        scores in prop::collection::vec(prop::option::of(score()), 0..80),
        parts in prop::collection::vec(0..5_usize, 80),
        backwards in any::<bool>(),
    ) {
        let whole: Distribution = scores.iter().copied().collect();
        let mut merged = Distribution::default();
        for part in 0..5 {
            let part = if backwards { 4 - part } else { part };
            let of_part = scores.iter().zip(&parts).filter(|(_, of)| **of == part);
            merged.merge(&of_part.map(|(score, _)| *score).collect()).unwrap();
        }
        prop_assert_eq!(&merged, &whole);
        let written = |of: &Distribution| serde_json::to_string(of).unwrap();
        prop_assert_eq!(written(&merged), written(&whole));
    }
}

/// Numbers below a bound, the same in every run.
fn numbers(mut state: u64) -> impl FnMut(u64) -> u64 {
    move |bound| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    }
}

/// So many Scores are not sorted by comparing any more.
#[test]
fn many_scores_are_counted_as_few_are() {
    let mut below = numbers(7);
    for most in [3, 1500, 1_000_001, 1_000_000_001] {
        let mut scores: Vec<u32> =
            (0..20_000).map(|_| u32::try_from(below(most)).unwrap()).collect();
        scores.extend([0, 1_000_000_000, 1_073_741, 999_999_999]);
        let found: Distribution = scores.iter().map(|s| Score::from_billionths(*s)).collect();
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for score in scores {
            *counts.entry(score).or_default() += 1;
        }
        let found = found.counts().map(|(score, count)| (score.billionths(), count));
        assert!(found.eq(counts), "{most}");
    }
}

#[test]
fn figures_agree_with_those_of_r() {
    let expected: Value =
        serde_json::from_str(include_str!("data/descriptives_expected.json")).unwrap();
    // Numbers from 1 to 5 with one decimal: (x - 1) / 4 is a Score without rounding.
    let score = |x: &Value| {
        let hundredths = format!("{:.2}", (x.as_f64().unwrap() - 1.0) * 25.0);
        let hundredths: u32 = hundredths.replace('.', "").parse().unwrap();
        Score::from_billionths(hundredths * 100_000)
    };
    let all: Distribution = expected["x"].as_array().unwrap().iter().map(score).collect();
    assert_eq!(all.count(), 10);
    let back = |score: Option<Score>| 1.0 + 4.0 * score.unwrap().to_f64();
    // R's figures are doubles: a few units in their last place.
    let near = |found: f64, expected: &Value| {
        let expected = expected.as_f64().unwrap();
        assert!((found - expected).abs() < 1e-14, "{found} {expected}");
    };
    let mut seen = 0;
    for (share, expected) in expected["type7"].as_object().unwrap() {
        let percent: u32 = share.trim_end_matches('%').parse().unwrap();
        let share = Score::from_billionths(percent * 10_000_000).unwrap();
        near(back(all.quantile(share)), expected);
        seen += 1;
    }
    assert_eq!(seen, 9);
    near(16.0 * all.variance().unwrap(), &expected["var"]);
    near(4.0 * all.standard_deviation().unwrap(), &expected["sd"]);
}

#[test]
fn nobody_has_no_figures_and_one_has_no_variance() {
    let nobody = Distribution::default().figures();
    assert_eq!((nobody.count, nobody.mean, nobody.median), (0, None, None));
    assert_eq!((nobody.floor_share, nobody.variance, nobody.lowest), (None, None, None));
    let one: Distribution = [Some(Score::ONE), None].into_iter().collect();
    assert_eq!((one.mean(), one.variance()), (Some(Score::ONE), None));
    assert_eq!(one.ceiling_share(), Some(Score::ONE));
}

/// The built-in questionnaire with a theme more, which nothing belongs to.
fn questionnaire() -> Questionnaire {
    let mut spec: QuestionnaireSpec = Questionnaire::dcx_pulse().spec().clone();
    spec.themes.push(ThemeSpec::new("nothing", "blind_spots", "Nothing"));
    Questionnaire::try_from(spec).unwrap()
}

/// Answers 1 to 5, now and then none or a bad one.
fn columns(questions: usize, rows: usize) -> Vec<Vec<u8>> {
    let mut below = numbers(1);
    let mut cell = || match below(1000) {
        0..150 => 255,
        150 => 77,
        other => u8::try_from(1 + other % 5).unwrap(),
    };
    (0..questions).map(|_| (0..rows).map(|_| cell()).collect()).collect()
}

fn cohort<'c>(questionnaire: &Questionnaire, columns: &'c [Vec<u8>], rows: &[usize]) -> Cohort<'c> {
    let pick = |column: &Vec<u8>| rows.iter().map(|row| column[*row]).collect::<Vec<u8>>();
    let columns = questionnaire
        .questions()
        .zip(columns)
        .map(|(question, column)| Column::new(question.id().to_owned(), pick(column)).by_value());
    Cohort::new(questionnaire, columns).unwrap()
}

fn summary(questionnaire: &Questionnaire, columns: &[Vec<u8>], rows: &[usize]) -> CohortSummary {
    let cohort = cohort(questionnaire, columns, rows);
    cohort.score().summary()
}

#[test]
fn a_summary_counts_what_the_sheets_say() {
    let questionnaire = questionnaire();
    let columns = columns(12, 700);
    let rows: Vec<usize> = (0..700).collect();
    let cohort = cohort(&questionnaire, &columns, &rows);
    let found = cohort.score().summary();

    let mut stages: BTreeMap<Option<Stage>, u64> = BTreeMap::new();
    let (mut bad, mut overall, mut pillar, mut theme) = (0, Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let mut sheet = questionnaire.sheet();
        let mut sound = true;
        for (question, column) in questionnaire.questions().zip(&columns) {
            sound &= column[row] == 255 || sheet.set(question.id(), column[row]).is_ok();
        }
        if !sound {
            bad += 1;
            continue;
        }
        let assessment = sheet.assess();
        *stages.entry(assessment.stage()).or_default() += 1;
        overall.push(assessment.score());
        pillar.push(assessment.pillar(Pillar::AgileApproach).standing.score());
        theme.push(assessment.themes().next().unwrap().1.score());
    }
    assert!(bad > 0 && stages.len() > 3, "{bad} {stages:?}");
    assert_eq!(found.stages().bad, bad);
    assert_eq!(found.stages().not_scorable, stages[&None]);
    for stage in Stage::ALL {
        assert_eq!(found.stages().at[stage], stages.get(&Some(stage)).copied().unwrap_or(0));
    }
    assert_eq!(*found.overall(), overall.into_iter().collect::<Distribution>());
    assert_eq!(found.pillars().agile_approach, pillar.into_iter().collect());
    let first = &questionnaire.themes()[0].id;
    assert_eq!(found.themes()[first], theme.into_iter().collect());
    assert_eq!(found.themes()["nothing"].count(), 0);
    assert_eq!(found.stages().total(), 700);
}

#[test]
fn any_partition_in_any_order_makes_the_same_bytes() {
    let questionnaire = questionnaire();
    let columns = columns(12, 500);
    let whole = summary(&questionnaire, &columns, &(0..500).collect::<Vec<_>>());
    assert_eq!(summary(&questionnaire, &columns, &[]), CohortSummary::empty(&questionnaire));
    for parts in [1, 2, 3, 7, 50] {
        let part = |of: usize| (0..500).filter(|row| row * 31 % parts == of).collect::<Vec<_>>();
        let mut merged = CohortSummary::empty(&questionnaire);
        for of in 0..parts {
            // 3 has no factor in common with any of the numbers of parts but 3.
            let of = if parts == 3 { 2 - of } else { of * 3 % parts };
            merged.merge(&summary(&questionnaire, &columns, &part(of))).unwrap();
        }
        assert_eq!(merged, whole, "{parts}");
        let bytes = |of: &CohortSummary| serde_json::to_string(of).unwrap();
        assert_eq!(bytes(&merged), bytes(&whole), "{parts}");
    }
}

#[test]
fn groups_are_summaries_of_their_rows() {
    let questionnaire = questionnaire();
    let columns = columns(12, 300);
    let cohort = cohort(&questionnaire, &columns, &(0..300).collect::<Vec<_>>());
    let keys: Vec<usize> = (0..300).map(|row| row % 3).collect();
    let scores = cohort.score();
    let found = scores.summaries_by(&keys).unwrap();
    assert_eq!(found.len(), 3);
    for (key, found) in found {
        let rows: Vec<usize> = (0..300).filter(|row| row % 3 == key).collect();
        assert_eq!(found, summary(&questionnaire, &columns, &rows), "{key}");
    }
    let error = scores.summaries_by(&keys[1..]).unwrap_err();
    assert_eq!((error.what, error.found, error.expected), (Counted::Keys, 299, 300));
}

/// What failed at run time, and what was accepted: a summary of scores without themes, and one of
/// another cohort's scores. There is no way to ask for either any more.
#[test]
fn a_summary_is_of_the_scores_it_is_asked_of_whatever_they_were_made_for_before() {
    let questionnaire = questionnaire();
    let columns = columns(12, 300);
    let (some, others): (Vec<usize>, Vec<usize>) = (0..300).partition(|row| row % 2 == 0);
    let [of_some, of_others] =
        [&some, &others].map(|rows| cohort(&questionnaire, &columns, rows).score());
    assert_eq!(of_some.rows(), of_others.rows());
    let expected = [&some, &others].map(|rows| summary(&questionnaire, &columns, rows));
    assert_ne!(expected[0], expected[1]);
    assert_eq!([of_some.summary(), of_others.summary()], expected);
    assert_eq!(of_some.summary().themes().len(), questionnaire.themes().len());
    // Scores that were of another questionnaire, and of as many rows, are those of this one now.
    let dcx = Questionnaire::dcx();
    let second = [1_u8; 150]; // the second level of every question
    let all = dcx.questions().map(|question| Column::new(question.id(), &second));
    let mut scores = Scores::empty(dcx);
    CohortPlan::new(dcx).score(all, &mut scores).unwrap();
    assert_eq!(scores.summary().questionnaire(), dcx);
    let picked: Vec<Vec<u8>> =
        columns.iter().map(|column| some.iter().map(|row| column[*row]).collect()).collect();
    let of_some = questionnaire.questions().zip(&picked);
    let of_some = of_some.map(|(question, cells)| Column::new(question.id(), cells).by_value());
    CohortPlan::new(&questionnaire).score(of_some, &mut scores).unwrap();
    assert_eq!(scores.summary(), expected[0]);
    assert_eq!(scores.questionnaire(), &questionnaire);
}

#[test]
fn parts_of_any_size_in_any_order_are_merged_to_the_same_whole() {
    let questionnaire = questionnaire();
    let columns = columns(12, 400);
    let whole = summary(&questionnaire, &columns, &(0..400).collect::<Vec<_>>());
    assert_eq!(Merging::new(&questionnaire).finish(), CohortSummary::empty(&questionnaire));
    let mut below = numbers(5);
    for _ in 0..10 {
        let mut ends: Vec<usize> = (0..20).map(|_| usize::try_from(below(401)).unwrap()).collect();
        ends.extend([0, 400]);
        ends.sort_unstable();
        let mut parts: Vec<(u64, CohortSummary)> = ends
            .windows(2)
            .map(|ends| summary(&questionnaire, &columns, &(ends[0]..ends[1]).collect::<Vec<_>>()))
            .map(|part| (below(1000), part))
            .collect();
        parts.sort_by_key(|(place, _)| *place);
        let mut merging = Merging::new(&questionnaire);
        for (_, part) in parts {
            merging.push(part).unwrap();
        }
        // A run of a Score and its count takes 12 bytes.
        let runs = |of: &Distribution| of.counts().count();
        let least = runs(whole.overall());
        assert!(merging.bytes() % 12 == 0 && merging.bytes() >= 12 * least);
        assert_eq!(merging.finish(), whole);
    }
}

#[test]
fn a_part_of_another_questionnaire_is_not_merged_with_the_rest() {
    let questionnaire = questionnaire();
    let mut merging = Merging::new(&questionnaire);
    let one = summary(&questionnaire, &columns(12, 5), &[0, 1, 2, 3, 4]);
    merging.push(one.clone()).unwrap();
    let other = CohortSummary::empty(Questionnaire::dcx());
    let Err(Unmergeable::OtherQuestionnaire(error)) = merging.push(other) else { panic!() };
    assert_eq!(error.expected().fingerprint, questionnaire.fingerprint());
    assert_eq!(error.found().fingerprint, Questionnaire::dcx().fingerprint());
    assert_eq!(merging.finish(), one);
}

#[test]
fn counts_are_part_of_any_document() {
    #[derive(serde::Serialize)]
    struct Kept<C> {
        wave: u32,
        counts: C,
    }
    let questionnaire = questionnaire();
    let part = summary(&questionnaire, &columns(12, 50), &(0..50).collect::<Vec<_>>());
    let text = serde_json::to_string(&Kept { wave: 3, counts: part.counts() }).unwrap();
    assert_eq!(text, format!("{{\"wave\":3,\"counts\":{}}}", part.counts_json()));
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(CohortSummary::from_counts(&questionnaire, &read["counts"]).unwrap(), part);
    // From a value, faults have a path.
    let found = CohortSummary::from_counts(&questionnaire, read_without_stages(&text)).unwrap_err();
    assert_eq!(found.first().path().to_string(), "");
    assert_eq!(found.first().code(), digital_maturity::Code::MissingKey);
}

fn read_without_stages(text: &str) -> Value {
    let mut read: Value = serde_json::from_str(text).unwrap();
    read["counts"].as_object_mut().unwrap().remove("stages");
    read["counts"].take()
}

#[test]
fn figures_and_stage_counts_read_back() {
    let found = summary(&questionnaire(), &columns(12, 90), &(0..90).collect::<Vec<_>>());
    let written = serde_json::to_string(found.stages()).unwrap();
    let at = &found.stages().at;
    // One object, as before there was a map of stages.
    assert_eq!(
        written,
        format!(
            "{{\"traditional\":{},\"bridge\":{},\"hubs\":{},\"platform\":{},\"native\":{},\
             \"not_scorable\":{},\"bad\":{}}}",
            at.traditional,
            at.bridge,
            at.hubs,
            at.platform,
            at.native,
            found.stages().not_scorable,
            found.stages().bad
        )
    );
    assert_eq!(serde_json::from_str::<StageCounts>(&written).unwrap(), *found.stages());
    let figures = found.overall().figures();
    let written = serde_json::to_string(&figures).unwrap();
    assert_eq!(serde_json::from_str::<Figures>(&written).unwrap(), figures);
}

#[test]
fn summaries_of_questionnaires_that_score_otherwise_are_not_merged() {
    let mut of_pulse = CohortSummary::empty(Questionnaire::dcx_pulse());
    let other = CohortSummary::empty(&questionnaire());
    let Err(Unmergeable::OtherQuestionnaire(error)) = of_pulse.merge(&other) else { panic!() };
    assert_eq!(error.expected().fingerprint, of_pulse.questionnaire().fingerprint());
    assert_eq!(error.found().fingerprint, other.questionnaire().fingerprint());
}

#[test]
fn parts_that_are_kept_and_read_again_make_the_same_whole() {
    let questionnaire = questionnaire();
    let columns = columns(12, 500);
    let whole = summary(&questionnaire, &columns, &(0..500).collect::<Vec<_>>());
    let mut merged = CohortSummary::empty(&questionnaire);
    for of in 0..4 {
        let part: Vec<usize> = (0..500).filter(|row| row % 4 == of).collect();
        let part = summary(&questionnaire, &columns, &part);
        let read = CohortSummary::from_counts_json(&questionnaire, &part.counts_json()).unwrap();
        assert_eq!(read, part);
        merged.merge(&read).unwrap();
    }
    assert_eq!(merged, whole);
    assert_eq!(merged.counts_json(), whole.counts_json());
}

/// What is found in the counts of three respondents, one of them not scorable, after that edit.
fn findings(from: &str, to: &str) -> Vec<String> {
    let questionnaire = Questionnaire::dcx_pulse();
    let columns = vec![vec![1, 5, 255, 99]; 12];
    let counts = summary(questionnaire, &columns, &[0, 1, 2, 3]).counts_json();
    assert!(counts.contains(from), "{from} is not in {counts}");
    match CohortSummary::from_counts_json(questionnaire, &counts.replacen(from, to, 1)) {
        Ok(_) => Vec::new(),
        Err(found) => lines(&found),
    }
}

/// The codes of counts alone; `tests/problems.rs` counts on these rows.
#[test]
fn everything_wrong_with_counts_is_found_at_its_place() {
    let overall = r#""overall":{"not_scorable":1,"billionths":[0,1000000000],"counts":[1,1]}"#;
    let with = |not_scorable: &str, scores: &str, counts: &str| {
        format!(
            r#""overall":{{"not_scorable":{not_scorable},"billionths":{scores},"counts":{counts}}}"#
        )
    };
    assert_eq!(findings(overall, overall), Vec::<String>::new());
    assert_eq!(findings("", "\u{feff}"), Vec::<String>::new());
    for (not_scorable, scores, counts, expected) in [
        (
            "1",
            "[1000000000,0]",
            "[1,1]",
            vec![
                "error[scores-not-ascending] /overall/billionths/1: score 0 is not above 1000000000 before it",
            ],
        ),
        (
            "1",
            "[7,7]",
            "[1,1]",
            vec![
                "error[scores-not-ascending] /overall/billionths/1: score 7 is not above 7 before it",
            ],
        ),
        (
            "1",
            "[0,1000000001]",
            "[1,1]",
            vec![
                "error[out-of-range] /overall/billionths/1: score in billionths 1000000001 is out of range, must be from 0 to 1000000000",
            ],
        ),
        (
            "1",
            "[0,1]",
            "[0,2]",
            vec![
                "error[out-of-range] /overall/counts/0: count 0 is out of range, must be from 1 to 9007199254740992",
            ],
        ),
        ("1", "[0,1]", "[2]", vec!["error[count-mismatch] /overall/counts: 1 counts, not 2"]),
        (
            "1",
            "[0,1]",
            "[1,2]",
            vec!["error[count-mismatch] /overall: 4 respondents are counted, not 3"],
        ),
        (
            "2",
            "[0]",
            "[1]",
            vec![
                "error[count-mismatch] /overall: 2 respondents without a Score are counted, not 1",
            ],
        ),
        (
            "null",
            "[0.5, \"1\"]",
            "{}",
            vec![
                "error[wrong-type] /overall/not_scorable: expected a whole number, found null",
                "error[not-whole] /overall/billionths/0: expected a whole number, found 0.5",
                "error[wrong-type] /overall/billionths/1: expected a whole number, found the text `1`",
                "error[wrong-type] /overall/counts: expected a list, found an object",
            ],
        ),
    ] {
        assert_eq!(findings(overall, &with(not_scorable, scores, counts)), expected);
    }
}

#[test]
fn counts_must_be_of_the_questionnaire_and_its_themes() {
    let fingerprint = Questionnaire::dcx_pulse().fingerprint().to_string();
    let other = fingerprint.chars().rev().collect::<String>();
    assert_eq!(
        findings(&fingerprint, &other),
        [format!(
            "error[other-end] /fingerprint: the questionnaire has fingerprint `{fingerprint}`, not `{}…`",
            other.chars().take(60).collect::<String>()
        )]
    );
    // Counts of another questionnaire: its themes are not reported as well.
    let other = CohortSummary::empty(Questionnaire::dcx()).counts_json();
    let found = CohortSummary::from_counts_json(Questionnaire::dcx_pulse(), &other).unwrap_err();
    assert_eq!(found.iter().count(), 1, "{found}");
    let theme = Questionnaire::dcx_pulse().themes()[0].id.clone();
    assert_eq!(
        findings(&format!("\"{theme}\""), &format!("\"{theme}s\"")),
        [format!(
            "error[unknown-theme] /themes/{theme}s: unknown theme `{theme}s` (did you mean `{theme}`?)"
        )]
    );
    assert_eq!(
        findings("\"stages\"", "\"stage\""),
        [
            "error[missing-key]: key `stages` is missing",
            "error[unknown-key] /stage: unknown key `stage` (did you mean `stages`?)",
        ]
    );
    assert_eq!(
        findings("\"bad\":1", "\"bad\":-1"),
        [
            "error[out-of-range] /stages/bad: count -1 is out of range, must be from 0 to 9007199254740992"
        ]
    );
    let (questionnaire, nobody) =
        (questionnaire(), "{\"not_scorable\":0,\"billionths\":[],\"counts\":[]}");
    let counts = CohortSummary::empty(&questionnaire).counts_json();
    let without = counts.replacen(&format!(",\"nothing\":{nobody}"), "", 1);
    let found = CohortSummary::from_counts_json(&questionnaire, &without).unwrap_err();
    assert!(found.to_string().contains("error[too-few] /themes: too few themes"), "{found}");
}
