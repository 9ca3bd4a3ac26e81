//! Respondents who count by a weight, beside a slow implementation in exact fractions.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "statistics are stated in doubles"
)]

use digital_maturity::cohort::{Column, Counted, WeightedDistribution, WeightedSummary};
use digital_maturity::statistics::CreditSums;
use digital_maturity::{Cohort, Pillar, Questionnaire, Score, Stage, Weight};
use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use proptest::prelude::*;

fn weight(text: &str) -> Weight {
    text.parse().unwrap()
}

fn score(text: &str) -> Score {
    text.parse().unwrap()
}

fn of(rows: &[(&str, &str)]) -> WeightedDistribution {
    rows.iter().map(|(score, w)| (score.parse().ok(), weight(w))).collect()
}

#[test]
fn figures_by_hand() {
    // Weights 1, 2, 5 of 0, 0.5, 1: mean 6/8; squares of distances 9/16, 1/16, 1/16 by weight come to 1.
    let found = of(&[("0", "1"), ("0.5", "2"), ("1", "5"), ("none", "7")]).figures();
    assert_eq!((found.count, found.not_scorable, found.weight), (3, 1, 8.0));
    assert_eq!(found.mean, Some(score("0.75")));
    // 1 / (8 - 8/3) = 3/16.
    assert_eq!(found.variance, Some(0.1875));
    // 1 * 9/16 + 4 * 1/16 + 25 * 1/16 = 38/16; times 3/2: 57/16.
    let error = (57.0_f64 / 16.0).sqrt() / 8.0;
    assert!((found.standard_error.unwrap() - error).abs() < 1e-15); // the last of its roundings
    assert_eq!(found.effective_n, Some(64.0 / 30.0));
    // A quarter of 8 is 2: up to 0 lies 1, up to 0.5 lie 3, and half of 8 is beyond it.
    assert_eq!(found.lower_quartile, Some(score("0.5")));
    assert_eq!((found.median, found.upper_quartile), (Some(score("1")), Some(score("1"))));
    assert_eq!(
        (found.floor_share, found.ceiling_share),
        (Some(score("0.125")), Some(score("0.625")))
    );
}

#[test]
fn a_quantile_that_is_met_just_so_lies_halfway_to_the_next() {
    let found = of(&[("0.2", "1"), ("0.4", "1"), ("0.6", "2")]);
    assert_eq!(found.quantile(score("0.5")), Some(score("0.5")));
    assert_eq!(found.quantile(score("0.25")), Some(score("0.3")));
    assert_eq!(found.quantile(Score::ONE), Some(score("0.6")));
    assert_eq!(found.quantile(Score::ZERO), Some(score("0.2")));
}

#[test]
fn few_have_few_figures() {
    let nobody = of(&[("none", "2"), ("0.5", "0")]).figures();
    assert_eq!((nobody.count, nobody.not_scorable), (0, 1));
    assert_eq!((nobody.mean, nobody.effective_n, nobody.median), (None, None, None));
    let one = of(&[("0.5", "3")]).figures();
    assert_eq!((one.mean, one.effective_n), (Some(score("0.5")), Some(1.0)));
    assert_eq!((one.variance, one.standard_error), (None, None));
    let alike = of(&[("0.333333333", "0.3"), ("0.333333333", "999.999")]).figures();
    assert_eq!((alike.variance, alike.standard_error), (Some(0.0), Some(0.0)));
}

fn summary(answers: &[u8], weights: &[Option<Weight>]) -> WeightedSummary {
    let pulse = Questionnaire::dcx_pulse();
    let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
    let scores = Cohort::new(pulse, columns).unwrap().score();
    scores.weighted_summary(weights).unwrap()
}

#[test]
fn rows_without_a_weight_are_counted_and_bad_rows_are_in_no_figure() {
    let weights =
        [Some(Weight::ONE), None, Some(weight("0")), Some(weight("2.5")), Some(weight("4"))];
    // 5 earns 1, 9 is no choice, 255 is no answer.
    let found = summary(&[5, 1, 1, 9, 255], &weights);
    assert_eq!((found.respondents(), found.without_weight()), (3, 2));
    assert_eq!((found.overall().count(), found.overall().not_scorable()), (1, 1));
    assert_eq!(
        (found.share(Stage::Native), found.share(Stage::Bridge)),
        (Some(Score::ONE), Some(Score::ZERO))
    );
    let pulse = Questionnaire::dcx_pulse();
    assert_eq!(WeightedSummary::empty(pulse).share(Stage::Hubs), None);
    let scores = Cohort::builder(pulse).build().score();
    let error = scores.weighted_summary(&[None]).unwrap_err();
    assert_eq!((error.what, error.found, error.expected), (Counted::Weights, 1, 0));
    assert_eq!(scores.weighted_summaries_by(&[0_u8], &[]).unwrap_err().what, Counted::Keys);
}

#[test]
fn a_summary_is_of_one_questionnaire_and_no_more_than_there_is_room_for() {
    let mut of_pulse = summary(&[3], &[Some(Weight::ONE)]);
    let of_dcx = WeightedSummary::empty(Questionnaire::dcx());
    assert!(of_pulse.merge(&of_dcx).is_err());
    for _ in 0..28 {
        of_pulse.merge(&of_pulse.clone()).unwrap();
    }
    // 2^28 of them: a weight of 1 each, all alike.
    assert_eq!(
        (of_pulse.respondents(), of_pulse.overall().effective_n()),
        (1 << 28, Some(268_435_456.0))
    );
    let error = of_pulse.merge(&of_pulse.clone()).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("536870912 respondents, at most {} can be counted", CreditSums::MOST_ROWS)
    );
}

/// The nearest double of a fraction.
fn double(above: &BigInt, below: &BigInt) -> f64 {
    let scaled: BigInt = (above << 256_u32) / below;
    scaled.to_f64().unwrap() / 2.0_f64.powi(256)
}

proptest! {
    #[test]
    fn figures_are_those_of_exact_fractions(
        rows in prop::collection::vec((0..=1_000_000_000_u32, 1..=1_000_000_u32, any::<bool>()), 2..30),
    ) {
        // Some Scores occur several times.
        let rows: Vec<(u32, u32)> =
            rows.into_iter().map(|(x, w, few)| (if few { x % 3 * 250_000_000 } else { x }, w)).collect();
        let found: WeightedDistribution = rows
            .iter()
            .map(|(x, w)| (Score::from_billionths(*x), Weight::from_thousandths(*w).unwrap()))
            .collect();
        let whole = |of: u32| BigInt::from(of);
        let n = BigInt::from(rows.len());
        let sum_w: BigInt = rows.iter().map(|(_, w)| whole(*w)).sum();
        let sum: BigInt = rows.iter().map(|(x, w)| whole(*x) * *w).sum();
        // Distances times the sum of weights are whole numbers.
        let distance = |x: u32| whole(x) * &sum_w - &sum;
        let around: BigInt = rows.iter().map(|(x, w)| distance(*x).pow(2) * *w).sum();
        let squares: BigInt = rows.iter().map(|(x, w)| distance(*x).pow(2) * *w * *w).sum();
        let one = BigInt::from(10_u64.pow(18));
        let variance = double(&(around * &n), &(sum_w.pow(3) * (&n - 1) * &one));
        let error = double(&(squares * &n), &(sum_w.pow(4) * (&n - 1) * &one)).sqrt();
        let w2: BigInt = rows.iter().map(|(_, w)| whole(*w).pow(2)).sum();
        let close = |found: Option<f64>, slow: f64| {
            // A few roundings of doubles, and one of the slow quotient.
            (found.unwrap() - slow).abs() <= 1e-14 * slow
        };
        prop_assert!(close(found.variance(), variance), "{:?} {variance}", found.variance());
        prop_assert!(close(found.standard_error(), error), "{:?} {error}", found.standard_error());
        prop_assert!(close(found.effective_n(), double(&sum_w.pow(2), &w2)));
        let doubled: BigInt = &sum * 2_u32 + &sum_w;
        let nearest = (&doubled / (&sum_w * 2_u32)).to_u32().unwrap();
        let tie = (&doubled % (&sum_w * 2_u32)).is_zero() && nearest % 2 == 1;
        prop_assert_eq!(found.mean().unwrap().billionths(), nearest - u32::from(tie));
        // The lowest x up to which lies the share, by trying each.
        let mut levels: Vec<u32> = rows.iter().map(|(x, _)| *x).collect();
        levels.sort_unstable();
        levels.dedup();
        for quarter in 1..=3_u64 {
            let up_to = |level: u32| -> u64 {
                rows.iter().filter(|(x, _)| *x <= level).map(|(_, w)| u64::from(*w)).sum()
            };
            let all = up_to(1_000_000_000);
            let at = levels.iter().position(|level| 4 * up_to(*level) >= quarter * all).unwrap();
            let next = if 4 * up_to(levels[at]) == quarter * all { at + 1 } else { at };
            let half = levels[at] + levels[next.min(levels.len() - 1)];
            let share = Score::from_billionths(250_000_000 * u32::try_from(quarter).unwrap()).unwrap();
            let found = found.quantile(share).unwrap().billionths();
            prop_assert!(found * 2 == half || half % 2 == 1 && found % 2 == 0 && found.abs_diff(half / 2) <= 1);
        }
    }

    #[test]
    fn parts_in_any_order_and_doubled_weights_change_nothing(
        rows in prop::collection::vec((1..=6_u8, prop::option::of(0..=5_000_u32)), 0..30),
        cut in any::<prop::sample::Index>(),
    ) {
        let of = |rows: &[(u8, Option<u32>)], times: u32| {
            let answers: Vec<u8> = rows.iter().map(|(answer, _)| *answer).collect();
            let weights: Vec<Option<Weight>> = rows
                .iter()
                .map(|(_, w)| w.and_then(|w| Weight::from_thousandths(w * times)))
                .collect();
            summary(&answers, &weights)
        };
        let whole = of(&rows, 1);
        let (one, other) = rows.split_at(cut.index(rows.len() + 1));
        let mut parts = of(other, 1);
        parts.merge(&of(one, 1)).unwrap();
        prop_assert_eq!(&parts, &whole);
        let doubled = of(&rows, 2);
        for (one, other) in [
            (whole.overall(), doubled.overall()),
            (&whole.pillars()[Pillar::AgileApproach], &doubled.pillars()[Pillar::AgileApproach]),
        ] {
            let (one, other) = (one.figures(), other.figures());
            prop_assert_eq!((one.mean, one.median, one.floor_share), (other.mean, other.median, other.floor_share));
            prop_assert_eq!(one.effective_n, other.effective_n);
        }
        // With equal weights, as without any.
        let alike: Vec<(u8, Option<u32>)> = rows.iter().map(|(answer, _)| (*answer, Some(700))).collect();
        let weighted = of(&alike, 1).overall().figures();
        let answers: Vec<u8> = rows.iter().map(|(answer, _)| *answer).collect();
        let pulse = Questionnaire::dcx_pulse();
        let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
        let plain = Cohort::new(pulse, columns).unwrap().score().summary().overall().figures();
        prop_assert_eq!((weighted.count, weighted.mean, weighted.floor_share), (plain.count, plain.mean, plain.floor_share));
        let same = |one: Option<f64>, other: Option<f64>| match (one, other) {
            (Some(one), Some(other)) => (one - other).abs() <= 1e-15,
            (one, other) => one == other,
        };
        prop_assert!(same(weighted.variance, plain.variance));
        let root = (plain.count as f64).sqrt();
        prop_assert!(same(weighted.standard_error, plain.standard_deviation.map(|sd| sd / root)));
    }
}
