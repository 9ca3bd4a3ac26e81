//! Ranks of many units against exact fractions, an enumeration of every face by rational points, a
//! dense grid of weights, cases by hand, and laws.

#![expect(clippy::float_cmp, reason = "ties and published fractions are met exactly")]

use digital_maturity::robustness::{Ranks, RanksFault};
use digital_maturity::spec::{Aggregation, LadderTable};
use digital_maturity::{Pillar, PillarMap, Questionnaire, Score, Weight};
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use serde_json::Value;

use super::reference::faces::{by_faces, choose};
use super::reference::generate::Rng;
use super::robustness::{double, ladder, questionnaire, ratio, score, share};
use super::support::setting;

type Unit = [u64; 4];

fn table() -> LadderTable {
    ladder([200_000_000, 400_000_000, 600_000_000, 800_000_000], [0; 4])
}

fn scores(units: &[Unit]) -> Vec<PillarMap<Option<Score>>> {
    units.iter().map(|unit| PillarMap::from(unit.map(|of| Some(score(of))))).collect()
}

#[track_caller]
fn ranked(weights: [u32; 4], units: &[Unit]) -> Ranks {
    Ranks::from_scores(&questionnaire(weights, table()), &scores(units)).unwrap()
}

/// Hundredths.
fn cents(units: &[Unit]) -> Vec<Unit> {
    units.iter().map(|unit| unit.map(|of| of * 10_000_000)).collect()
}

/// Rank, best and worst of each unit.
fn ranges(ranks: &Ranks) -> Vec<(u32, u32, u32)> {
    ranks.units().iter().map(|unit| (unit.rank, unit.best, unit.worst)).collect()
}

/// The rank with weights, by its definition.
fn rank_with<N: Copy + Into<i128>>(units: &[Unit], at: usize, weights: [N; 4]) -> u32 {
    let mean = |unit: &Unit| -> i128 {
        unit.iter().zip(weights).map(|(of, weight)| i128::from(*of) * weight.into()).sum()
    };
    let own = mean(&units[at]);
    1 + u32::try_from(units.iter().filter(|unit| mean(unit) > own).count()).unwrap()
}

/// That weights which a result names give the rank, and that every pillar that counts has some.
#[track_caller]
fn gives(
    units: &[Unit],
    at: usize,
    rank: u32,
    weights: Option<PillarMap<Weight>>,
    counting: [bool; 4],
) -> bool {
    let Some(weights) = weights else { return false };
    let thousandths = Pillar::ALL.map(|pillar| weights[pillar].thousandths());
    assert_eq!(thousandths.map(|weight| weight > 0), counting, "{weights:?}");
    assert_eq!(rank_with(units, at, thousandths), rank, "unit {at} of {units:?}, {weights:?}");
    true
}

/// Random units, biased towards equal scores, equal units, and units in the middle of others.
fn units(rng: &mut Rng, most: u64) -> Vec<Unit> {
    let steps = [2, 4, 10, 20, 1_000_000_000][usize::try_from(rng.below(5)).unwrap()];
    let mut units: Vec<Unit> = Vec::new();
    for _ in 0..2 + rng.below(most - 1) {
        let fresh = std::array::from_fn(|_| rng.below(steps + 1) * (1_000_000_000 / steps));
        let known = u64::try_from(units.len()).unwrap();
        let mut any = || units.get(usize::try_from(rng.below(known.max(1))).unwrap()).copied();
        let (one, other, middle) =
            (any().unwrap_or(fresh), any().unwrap_or(fresh), any().unwrap_or(fresh));
        units.push(match rng.below(8) {
            0 => one,
            1 => std::array::from_fn(|p| u64::midpoint(one[p], other[p])),
            2 => std::array::from_fn(|p| if rng.chance(50) { one[p] } else { other[p] }),
            3 | 4 => {
                // What makes the one the mean of three.
                let third = [0, 1, 2, 3].map(|p| (3 * middle[p]).checked_sub(one[p] + other[p]));
                let possible = third.map(|of| of.filter(|of| *of <= 1_000_000_000));
                if possible.iter().all(Option::is_some) {
                    possible.map(Option::unwrap)
                } else {
                    fresh
                }
            }
            _ => fresh,
        });
    }
    units
}

fn weights(rng: &mut Rng) -> [u32; 4] {
    let mut weights = [1000; 4];
    if rng.chance(50) {
        weights = std::array::from_fn(|_| u32::try_from(rng.below(4)).unwrap() * 1000);
    }
    weights[usize::try_from(rng.below(4)).unwrap()] = 1000;
    weights
}

#[test]
fn best_and_worst_ranks_are_those_of_all_faces_and_the_weights_give_them() {
    let (mut given, mut asked, mut varied) = (0, 0, 0);
    for seed in 0..setting("REFERENCE_CASES", 2000) / 40 {
        let mut rng = Rng::new(seed);
        let (units, weights) = (units(&mut rng, 5), weights(&mut rng));
        let counting = weights.map(|weight| weight > 0);
        let places: Vec<usize> = (0..4).filter(|place| counting[*place]).collect();
        let ranks = ranked(weights, &units);
        for (at, unit) in ranks.units().iter().enumerate() {
            let expected = by_faces(&units, at, &places);
            assert_eq!((unit.best, unit.worst), expected, "{seed}: {at} of {units:?} {weights:?}");
            assert_eq!(unit.rank, rank_with(&units, at, weights), "{seed}: {at}");
            given += u32::from(gives(&units, at, unit.best, unit.best_weights, counting));
            given += u32::from(gives(&units, at, unit.worst, unit.worst_weights, counting));
            asked += 2;
            varied += u32::from(unit.best < unit.worst);
        }
    }
    assert!(varied * 4 > asked / 2, "{varied} of {asked}");
    assert!(given * 100 >= asked * 98, "weights in {given} of {asked}");
}

#[test]
fn no_weights_of_a_dense_grid_give_a_rank_beyond_the_best_and_the_worst() {
    let mut met = 0;
    let mut of = 0;
    for seed in 0..6 {
        let mut rng = Rng::new(1000 + seed);
        let units: Vec<Unit> = (0..40)
            .map(|_| {
                std::array::from_fn(|_| {
                    if seed % 2 == 0 {
                        rng.below(1_000_000_001)
                    } else {
                        rng.below(11) * 100_000_000
                    }
                })
            })
            .collect();
        let ranks = ranked([1000; 4], &units);
        let mut grid = vec![(u32::MAX, 0); units.len()];
        choose(23, 3, &mut |cuts| {
            // 24 parts of weight, at least one for each pillar.
            let [a, b, c] = [cuts[0] + 1, cuts[1] + 1, cuts[2] + 1];
            let weights = [a, b - a, c - b, 24 - c].map(|part| i64::try_from(part).unwrap());
            for (at, (best, worst)) in grid.iter_mut().enumerate() {
                let rank = rank_with(&units, at, weights);
                (*best, *worst) = ((*best).min(rank), (*worst).max(rank));
            }
        });
        for (at, (unit, (best, worst))) in ranks.units().iter().zip(grid).enumerate() {
            assert!(unit.best <= best && worst <= unit.worst, "{seed}: {at}");
            gives(&units, at, unit.best, unit.best_weights, [true; 4]);
            gives(&units, at, unit.worst, unit.worst_weights, [true; 4]);
            met += u32::from(unit.best == best) + u32::from(unit.worst == worst);
            of += 2;
        }
    }
    assert!(met * 5 > of * 2, "the grid is far off: {met} of {of}");
}

#[test]
fn the_share_above_is_within_1e_12_of_the_exact_fraction() {
    let mut largest = 0.0_f64;
    for seed in 0..setting("REFERENCE_CASES", 2000) / 8 {
        let mut rng = Rng::new(seed);
        let (units, weights) = (units(&mut rng, 5), weights(&mut rng));
        let ranks = ranked(weights, &units);
        for (at, one) in units.iter().enumerate() {
            for (with, other) in units.iter().enumerate() {
                let counting = (0..4).filter(|place| weights[*place] > 0);
                let differences: Vec<BigRational> = counting
                    .map(|p| {
                        ratio(i64::try_from(one[p]).unwrap() - i64::try_from(other[p]).unwrap(), 1)
                    })
                    .collect();
                let zero = BigRational::zero();
                let tie = differences.iter().all(Zero::is_zero);
                let exact = if tie { zero } else { share(&differences, &zero) };
                let found = ranks.above(at, with).unwrap();
                assert!((0.0..=1.0).contains(&found));
                largest = largest.max((found - double(&exact)).abs());
            }
        }
    }
    assert!(largest < 1e-12, "{largest:e}");
}

/// The bound of the published cases is a unit with that score in every pillar.
#[test]
fn published_shares_are_those_above_a_unit_that_is_alike_in_all_pillars() {
    let data: Value = serde_json::from_str(include_str!("data/weight_simplex_share.json")).unwrap();
    let list = |key: &str| data[key].as_array().unwrap().clone();
    let mut seen = 0;
    for row in list("distinct").iter().chain(&list("ties")) {
        let x: Vec<f64> =
            row["x"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
        let t = row["t"].as_f64().unwrap();
        if x.len() > 4 {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        let whole = |of: f64| (of * 10_000_000.0).round() as u64; // of 100
        let mut unit = [0; 4];
        let mut weights = [0; 4];
        for ((unit, weight), x) in unit.iter_mut().zip(&mut weights).zip(&x) {
            (*unit, *weight) = (whole(*x), 1000);
        }
        let ranks = ranked(weights, &[unit, [whole(t); 4]]);
        let tie = x.iter().all(|x| *x == t);
        let published = row["share_ge"].as_f64().or_else(|| row["share_gt"].as_f64()).unwrap();
        let expected = if tie { 0.0 } else { published };
        assert!((ranks.above(0, 1).unwrap() - expected).abs() < 1e-12, "{row}");
        seen += 1;
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn a_unit_between_two_others_is_first_only_where_all_three_are_level() {
    // The mean of the second is that of the others' means: above both nowhere, level at .5 : .5.
    let units = cents(&[[70, 30, 0, 0], [50, 50, 0, 0], [30, 70, 0, 0]]);
    let ranks = ranked([1000, 1000, 0, 0], &units);
    assert_eq!(ranges(&ranks), [(1, 1, 3), (1, 1, 2), (1, 1, 3)]);
    let ranks = ranked([2000, 1000, 0, 0], &units);
    assert_eq!(ranges(&ranks), [(1, 1, 3), (2, 1, 2), (3, 1, 3)]);
    let middle = ranks.units()[1].best_weights.unwrap();
    assert_eq!(middle.digital_first_mindset, middle.agile_approach);
    assert_eq!(middle.connected_systems, Weight::ZERO);
    assert_eq!((ranks.above(0, 1), ranks.above(1, 0)), (Some(0.5), Some(0.5)));
}

#[test]
fn a_unit_in_the_middle_of_many_is_first_at_one_point_of_the_weights() {
    // Some other one is above unless all weights are equal: each is best in its own pillar.
    let three = cents(&[[40, 40, 40, 0], [60, 30, 30, 0], [30, 60, 30, 0], [30, 30, 60, 0]]);
    let ranks = ranked([2000, 1000, 1000, 0], &three);
    assert_eq!(ranges(&ranks), [(2, 1, 3), (1, 1, 4), (3, 1, 4), (3, 1, 4)]);
    assert!(gives(&three, 0, 1, ranks.units()[0].best_weights, [true, true, true, false]));

    let four =
        cents(&[[70, 30, 30, 30], [30, 70, 30, 30], [30, 30, 70, 30], [30, 30, 30, 70], [40; 4]]);
    let ranks = ranked([1000, 1000, 1000, 3000], &four);
    let middle = &ranks.units()[4];
    assert_eq!((middle.rank, middle.best, middle.worst), (2, 1, 4));
    let PillarMap { digital_first_mindset: weight, .. } = middle.best_weights.unwrap();
    assert_eq!(middle.best_weights.unwrap(), PillarMap::from_fn(|_| weight));
}

#[test]
fn a_tie_in_the_limit_of_no_weight_is_none() {
    // Level only if the fourth pillar had no weight: the second is below, however little it has.
    let units = cents(&[[50, 50, 50, 51], [50, 50, 50, 50]]);
    assert_eq!(ranges(&ranked([1000; 4], &units)), [(1, 1, 1), (2, 2, 2)]);
    // The same with two planes: first at 1 : 1 : 0 alone, which is no weighting.
    let units = cents(&[[60, 40, 50, 0], [40, 60, 50, 0], [50, 50, 40, 0]]);
    let ranks = ranked([1000, 1000, 1000, 0], &units);
    assert_eq!(ranges(&ranks)[2], (3, 2, 3));
}

#[test]
fn equal_units_share_a_rank_and_the_next_is_passed_over() {
    let units = cents(&[[50; 4], [60; 4], [50; 4], [40; 4]]);
    let ranks = ranked([1000; 4], &units);
    assert_eq!(ranges(&ranks), [(2, 2, 2), (1, 1, 1), (2, 2, 2), (4, 4, 4)]);
    assert_eq!(ranks.units()[0].above, [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(ranks.units()[2].above, [0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn pillars_of_weight_0_are_left_out_and_need_no_score() {
    let units = cents(&[[90, 10, 0, 50], [10, 80, 100, 50]]);
    let mut scores = scores(&units);
    scores[1].culture_of_experimentation = None;
    let questionnaire = questionnaire([1000, 1000, 0, 0], table());
    let ranks = Ranks::from_scores(&questionnaire, &scores).unwrap();
    // .8 ahead in one, .7 behind in the other: above from 7 parts of 15 on.
    assert!((ranks.above(0, 1).unwrap() - 8.0 / 15.0).abs() < 1e-12);
    assert_eq!(ranges(&ranks), [(1, 1, 2), (2, 1, 2)]);
}

#[test]
fn weights_change_nothing_with_one_pillar_or_the_lowest() {
    let units = cents(&[[90, 10, 40, 50], [30, 80, 100, 50], [30, 90, 30, 30]]);
    let single = ranked([0, 2500, 0, 0], &units);
    assert_eq!(ranges(&single), [(3, 3, 3), (2, 2, 2), (1, 1, 1)]);
    let weight = single.units()[0].worst_weights.unwrap().agile_approach;
    assert_eq!(weight.to_string(), "2.5");
    assert_eq!(single.above(1, 0), Some(1.0));

    let mut spec = questionnaire([1000, 1000, 1000, 0], table()).spec().clone();
    spec.method.aggregation = Aggregation::Minimum;
    let lowest = Questionnaire::try_from(spec).unwrap();
    let ranks = Ranks::from_scores(&lowest, &scores(&units)).unwrap();
    assert_eq!(ranges(&ranks), [(3, 3, 3), (1, 1, 1), (1, 1, 1)]); // .1, .3 and .3
    assert_eq!((ranks.above(1, 2), ranks.above(2, 0)), (Some(0.0), Some(1.0)));
}

#[test]
fn the_largest_numbers_there_are_do_not_overflow() {
    const ONE: u64 = 1_000_000_000;
    let mut units = Vec::new();
    for bits in 1..15_u64 {
        // Next to 0 or 1 in each pillar, a little off, so that no difference has a common divisor.
        let off = |p: u64| (bits * 7 + p * 13) % 29;
        let at = |p: u64| if bits >> p & 1 == 1 { ONE - off(p) } else { off(p) };
        units.push([at(0), at(1), at(2), at(3)]);
    }
    let ranks = ranked([1000; 4], &units); // all at once: overflow would panic
    assert!(ranks.units().iter().all(|unit| unit.best <= unit.rank && unit.rank <= unit.worst));
    for units in units.windows(5).step_by(2) {
        for (at, unit) in ranked([1000; 4], units).units().iter().enumerate() {
            assert_eq!((unit.best, unit.worst), by_faces(units, at, &[0, 1, 2, 3]), "{units:?}");
        }
    }
}

#[test]
fn no_units_have_no_ranks_and_one_is_first() {
    assert_eq!(ranked([1000; 4], &[]).units(), []);
    let one = ranked([1000; 4], &cents(&[[50; 4]]));
    assert_eq!(ranges(&one), [(1, 1, 1)]);
    assert_eq!((one.above(0, 0), one.above(0, 1), one.above(1, 0)), (Some(0.0), None, None));
}

#[test]
fn every_fault_is_named_by_the_position_of_the_unit() {
    let pulse = Questionnaire::dcx_pulse();
    let (empty, other) = (pulse.sheet().assess(), Questionnaire::dcx().sheet().assess());
    let error = Ranks::new(pulse, &[&empty, &other]).unwrap_err();
    assert!(matches!(
        error.faults(),
        [RanksFault::NotScorable { position: 0, pillars }, RanksFault::OtherQuestionnaire { position: 1, .. }]
            if pillars.iter().count() == 4
    ));
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "unit 1 cannot be ranked without a score in `digital_first_mindset`, `agile_approach`, \
         `culture_of_experimentation`, `connected_systems`"
    );
    let start =
        "unit 2 cannot be ranked: a result of different questionnaires, `dcx_pulse` and `dcx`";
    assert!(lines[1].starts_with(start), "{text}");

    let many = vec![PillarMap::from_fn(|_| Some(Score::ONE)); Ranks::MOST + 1];
    assert_eq!(
        Ranks::from_scores(pulse, &many).unwrap_err().to_string(),
        "1001 units are more than the 1000 of which all pairs are compared; rank a selection, or \
         means of groups"
    );
    assert!(Ranks::from_scores(pulse, &many[1..]).is_ok());
}

fn any_units() -> impl Strategy<Value = Vec<Unit>> {
    let fine = prop::array::uniform4(0..=1_000_000_000_u64);
    let coarse = prop::array::uniform4((0..=10_u64).prop_map(|tenth| tenth * 100_000_000));
    prop_oneof![prop::collection::vec(fine, 1..20), prop::collection::vec(coarse, 1..20)]
}

/// Whether two shares sum to 1, or with a tie to 0.
#[expect(clippy::float_arithmetic, reason = "the sum of two shares")]
fn sums_to(one: f64, other: f64, tie: bool) -> bool {
    if tie { one == 0.0 && other == 0.0 } else { (one + other - 1.0).abs() < 1e-12 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn two_shares_sum_to_1_or_with_a_tie_to_0(units in any_units()) {
        let ranks = ranked([1000; 4], &units);
        for (at, unit) in ranks.units().iter().enumerate() {
            for (with, above) in unit.above.iter().enumerate() {
                let back = ranks.above(with, at).unwrap();
                prop_assert!(sums_to(*above, back, units[at] == units[with]));
            }
        }
    }

    #[test]
    fn the_order_of_the_units_changes_nothing(units in any_units(), seed: u64) {
        let mut order: Vec<usize> = (0..units.len()).collect();
        let mut rng = Rng::new(seed);
        for last in (1..order.len()).rev() {
            order.swap(last, usize::try_from(rng.below(u64::try_from(last).unwrap() + 1)).unwrap());
        }
        let shuffled: Vec<Unit> = order.iter().map(|at| units[*at]).collect();
        let (ranks, others) = (ranked([1000; 4], &units), ranked([1000; 4], &shuffled));
        for (unit, at) in others.units().iter().zip(&order) {
            let mut expected = ranks.units()[*at].clone();
            expected.above = order.iter().map(|other| expected.above[*other]).collect();
            prop_assert_eq!(unit, &expected);
        }
    }

    #[test]
    fn a_unit_that_is_nowhere_better_is_never_above(units in any_units(), at: prop::sample::Index, by in 1..1000_u64) {
        let at = at.index(units.len());
        let mut units = units;
        units.push(units[at].map(|score| score.saturating_sub(by)));
        let ranks = ranked([1000; 4], &units);
        let (one, other) = (&ranks.units()[at], ranks.units().last().unwrap());
        prop_assert_eq!(other.above[at], 0.0);
        prop_assert!(one.best <= other.best && one.worst <= other.worst);
        if units[at] != units[units.len() - 1] {
            prop_assert_eq!(*one.above.last().unwrap(), 1.0);
            prop_assert!(one.best < other.best && one.worst < other.worst);
        }
    }

    #[test]
    fn the_rank_of_any_weights_lies_between_the_best_and_the_worst(
        units in any_units(), weights in prop::array::uniform4(1..=1_000_000_u32)
    ) {
        let ranks = ranked([1000; 4], &units);
        for (at, unit) in ranks.units().iter().enumerate() {
            let rank = rank_with(&units, at, weights);
            prop_assert!((unit.best..=unit.worst).contains(&rank));
            prop_assert_eq!(unit.rank, rank_with(&units, at, [1; 4]));
        }
        let again = ranked(weights, &units);
        for (unit, other) in ranks.units().iter().zip(again.units()) {
            prop_assert_eq!((unit.best, unit.worst, &unit.above), (other.best, other.worst, &other.above));
        }
    }
}
