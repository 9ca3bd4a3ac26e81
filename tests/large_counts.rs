//! Summaries of as many respondents as can be counted: exact against fractions up to the limit, and
//! refused beyond it.

#![expect(clippy::float_arithmetic, reason = "statistics are floats")]

use digital_maturity::cohort::{
    CohortSummary, Distribution, Figures, Merging, PercentileRank, StageCounts,
};
use digital_maturity::{Errors, Questionnaire, Score, Stage};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use proptest::prelude::*;
use serde_json::Value;

use super::cohort_summary::{Fraction, fraction, rounded};
use super::support::lines;

/// The summary of respondents whose Scores are all as often as that.
fn counted(runs: &[(u32, u64)]) -> Result<CohortSummary, Errors> {
    let questionnaire = Questionnaire::dcx_pulse();
    let mut counts: Value =
        serde_json::from_str(&CohortSummary::empty(questionnaire).counts_json()).unwrap();
    let (scores, times): (Vec<u32>, Vec<u64>) = runs.iter().copied().unzip();
    let all = serde_json::json!({ "not_scorable": 0, "billionths": scores, "counts": times });
    counts["stages"]["hubs"] = times.iter().fold(0_u64, |sum, n| sum.saturating_add(*n)).into();
    counts["overall"] = all.clone();
    for part in ["pillars", "themes"] {
        for (_, of) in counts[part].as_object_mut().unwrap() {
            *of = all.clone();
        }
    }
    CohortSummary::from_counts_json(questionnaire, &counts.to_string())
}

/// Mean, variance, median and percentile rank of the whole against fractions, without listing anybody.
fn same_as_fractions(runs: &[(u32, u64)]) {
    let summary = counted(runs).unwrap();
    let found = summary.overall();
    let n: Fraction = runs.iter().map(|(_, times)| fraction(*times)).sum();
    let sum: Fraction = runs.iter().map(|(score, times)| fraction(*score) * fraction(*times)).sum();
    let billion = fraction(1_000_000_000);
    let mean = &sum / &n;
    assert_eq!(found.mean(), Some(rounded(&(&mean / &billion))), "{runs:?}");
    let squares: Fraction = runs
        .iter()
        .map(|(score, times)| {
            let distance = fraction(*score) - &mean;
            &distance * &distance * fraction(*times)
        })
        .sum();
    let exact = squares / (&n - fraction(1)) / (&billion * &billion);
    let exact = exact.to_f64().unwrap();
    let variance = found.variance().unwrap();
    assert!((variance - exact).abs() <= 2.0 * f64::EPSILON * exact, "{runs:?}: {variance} {exact}");
    let at = |place: &BigInt| {
        let mut passed = BigInt::from(0);
        let run = runs.iter().find(|(_, times)| {
            passed += BigInt::from(*times);
            *place < passed
        });
        fraction(run.unwrap().0)
    };
    let last = (&n - fraction(1)).to_integer();
    let (one, other) = (at(&(&last / 2)), at(&((&last + BigInt::from(1)) / 2)));
    let median = (one + other) / fraction(2) / &billion;
    assert_eq!(found.figures().median, Some(rounded(&median)), "{runs:?}");
    let (first, times) = runs[0];
    let rank = fraction(times) / (fraction(2) * &n);
    let first = Score::from_billionths(first).unwrap();
    let mid = found.percentile_rank(first, PercentileRank::Mid);
    assert_eq!(mid, Some(rounded(&rank)), "{runs:?}");
    assert_eq!(summary.stages().share(Stage::Hubs), Some(Score::ONE));
}

#[test]
fn figures_of_as_many_as_can_be_counted_are_those_of_fractions() {
    const MOST: u64 = Distribution::MOST;
    for runs in [
        vec![(0, MOST / 2), (1_000_000_000, MOST / 2)],
        vec![(0, MOST - 1), (1_000_000_000, 1)],
        vec![(0, 1), (1_000_000_000, MOST - 1)],
        // Next to nothing is left of large sums.
        vec![(999_999_999, MOST - 1), (1_000_000_000, 1)],
        vec![(999_999_999, MOST / 2 + 1), (1_000_000_000, MOST / 2 - 1)],
        vec![(3, MOST / 3), (333_333_333, MOST / 3), (999_999_999, MOST / 3)],
        vec![(0, 1), (1, 1)],
        // What was wrong before: 0.294 of twenty billion, 0 of a hundred.
        vec![(0, 10_000_000_000), (1_000_000_000, 10_000_000_000)],
        vec![(0, 50_000_000_000), (1_000_000_000, 50_000_000_000)],
    ] {
        same_as_fractions(&runs);
    }
    // A quarter times n / (n - 1), which is 1 + 2^-53 and a little: the next double above a quarter.
    let halves = counted(&[(0, MOST / 2), (1_000_000_000, MOST / 2)]).unwrap();
    assert_eq!(halves.overall().variance(), Some(0.25_f64.next_up()));
}

proptest! {
    #[test]
    fn figures_of_any_number_are_those_of_fractions(
        scores in prop::collection::btree_map(0..=1_000_000_000_u32, (0..51_u32, any::<u64>()), 2..9),
    ) {
        let runs: Vec<(u32, u64)> = scores
            .into_iter()
            .map(|(score, (bits, times))| (score, 1 + times % (1 << bits)))
            .collect();
        same_as_fractions(&runs);
    }
}

#[test]
fn more_than_can_be_counted_are_refused_wherever_they_come_together() {
    const MOST: u64 = Distribution::MOST;
    let found = lines(&counted(&[(0, MOST), (1, 1)]).unwrap_err());
    assert_eq!(
        found,
        [
            "error[out-of-range] /stages/hubs: count 9007199254740993 is out of range, must be from 0 to 9007199254740992"
        ]
    );
    // Each within the limit, all together beyond.
    let all = counted(&[(0, MOST)]).unwrap();
    let found = all.counts_json().replacen(r#""bad":0"#, r#""bad":1"#, 1);
    let found = CohortSummary::from_counts_json(Questionnaire::dcx_pulse(), &found).unwrap_err();
    assert_eq!(
        lines(&found),
        [
            "error[out-of-range] /stages: number of respondents 9007199254740993 is out of range, must be from 0 to 9007199254740992"
        ]
    );

    let message = "9007199254740993 respondents, at most 9007199254740992 can be counted";
    let one = counted(&[(0, 1)]).unwrap();
    let (mut merged, mut merging) = (all.clone(), Merging::new(Questionnaire::dcx_pulse()));
    assert_eq!(merged.merge(&one).unwrap_err().to_string(), message);
    assert_eq!(merged, all);
    merging.push(counted(&[(0, MOST - 1)]).unwrap()).unwrap();
    merging.push(one.clone()).unwrap();
    assert_eq!(merging.push(one.clone()).unwrap_err().to_string(), message);
    assert_eq!(merging.finish(), all);
    let mut distribution = all.overall().clone();
    assert_eq!(distribution.merge(one.overall()).unwrap_err().to_string(), message);
    assert_eq!(&distribution, all.overall());
    let nobody: Distribution = [None].into_iter().collect();
    assert_eq!(distribution.merge(&nobody).unwrap_err().to_string(), message);

    // In stored results, too.
    let stages = serde_json::to_string(all.stages()).unwrap();
    assert_eq!(serde_json::from_str::<StageCounts>(&stages).unwrap(), *all.stages());
    let beyond = stages.replacen(r#""bad":0"#, r#""bad":1"#, 1);
    let error = serde_json::from_str::<StageCounts>(&beyond).unwrap_err();
    assert!(error.to_string().starts_with(message), "{error}");
    let figures = serde_json::to_string(all.overall()).unwrap();
    assert_eq!(serde_json::from_str::<Figures>(&figures).unwrap(), all.overall().figures());
    for wrong in [r#""count":9007199254740993"#, r#""count":18446744073709551615"#] {
        let figures = figures.replacen(r#""count":9007199254740992"#, wrong, 1);
        assert!(serde_json::from_str::<Figures>(&figures).is_err(), "{wrong}");
    }
    let by_hand = StageCounts { not_scorable: u64::MAX, bad: 1, ..StageCounts::default() };
    assert_eq!(by_hand.total(), u64::MAX);
    let mut by_hand = StageCounts::default();
    (by_hand.at.hubs, by_hand.at.native) = (u64::MAX, 1);
    assert_eq!((by_hand.scored(), by_hand.share(Stage::Hubs)), (u64::MAX, None));
}
