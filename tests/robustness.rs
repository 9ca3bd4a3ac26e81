//! Robustness against exact fractions, published figures, a simulation, and a slow exact search.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "compares doubles on purpose"
)]

use digital_maturity::assessment::Rating;
use digital_maturity::robustness::{Firmness, Interval, Robustness, Unweighed, Weighed};
use digital_maturity::spec::{
    Aggregation, LadderSpec, LadderTable, PillarSpec, QuestionSpec, Requirement, ScaleSpec,
};
use digital_maturity::{
    Pillar, PillarMap, Questionnaire, QuestionnaireSpec, Record, Score, Stage, Weight,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde_json::{Value, json};

use super::reference::generate::Rng;
use super::support::setting;

const ONE: u64 = 1_000_000_000;

pub(crate) fn score(billionths: u64) -> Score {
    Score::from_billionths(u32::try_from(billionths).unwrap()).unwrap()
}

fn weight(thousandths: u32) -> Weight {
    Weight::from_thousandths(thousandths).unwrap()
}

pub(crate) fn ratio(part: i64, whole: i64) -> BigRational {
    BigRational::new(BigInt::from(part), BigInt::from(whole))
}

/// A score or bound as a fraction.
fn exact(score: Score) -> BigRational {
    ratio(i64::from(score.billionths()), 1_000_000_000)
}

/// A ladder whose columns are `overall` and `floors`.
pub(crate) fn ladder(overall: [u64; 4], floors: [u64; 4]) -> LadderTable {
    let at = |i: usize| Requirement { overall: score(overall[i]), every_pillar: score(floors[i]) };
    LadderTable { bridge: at(0), hubs: at(1), platform: at(2), native: at(3) }
}

pub(crate) fn questionnaire(weights: [u32; 4], table: LadderTable) -> Questionnaire {
    let mut spec = QuestionnaireSpec::new("firm", "1.0.0", "Firm?");
    for (pillar, thousandths) in Pillar::ALL.into_iter().zip(weights) {
        spec.pillars.insert(pillar, PillarSpec::new(weight(thousandths)));
        let scale = ScaleSpec::YesNo;
        spec.questions.push(QuestionSpec::new(pillar.as_str(), pillar, "?", scale));
    }
    spec.stages = LadderSpec::Table(table);
    Questionnaire::try_from(spec).unwrap()
}

/// The result of an organisation whose pillars have those Scores; the overall as the rules round it.
fn record(questionnaire: &Questionnaire, scores: [u64; 4]) -> Record {
    let mut record = questionnaire.sheet().assess().record().clone();
    let weights = questionnaire.pillar_weights();
    let (mut sum, mut weighted, mut lowest) = (0, 0, Score::ONE);
    for (pillar, billionths) in Pillar::ALL.into_iter().zip(scores) {
        let score = score(billionths);
        let standing = &mut record.pillars[pillar].standing;
        let stage = questionnaire.ladder().own_stage(score);
        standing.rating = Rating::Scored { score, stage };
        standing.coverage = Some(Score::ONE);
        let weight = u64::from(weights[pillar].thousandths());
        sum += weight;
        weighted += weight * billionths;
        if weight > 0 {
            lowest = lowest.min(score);
        }
    }
    let overall = ratio(weighted.try_into().unwrap(), sum.try_into().unwrap());
    let floor = overall.floor();
    let half = ratio(1, 2);
    let even = (floor.to_integer() % BigInt::from(2)).is_zero();
    let rest = &overall - &floor;
    let up = rest > half || (rest == half && !even);
    let rounded = floor + if up { BigRational::one() } else { BigRational::zero() };
    let overall = score(rounded.to_integer().to_u64().unwrap());
    let stage = questionnaire.ladder().stage(overall, lowest);
    record.overall = Rating::Scored { score: overall, stage };
    record
}

/// The exact share of the simplex with a mean of at least `t`: the divided difference of
/// `(x - t)_+^(n-1)` over the values, derivatives where values repeat (Varsi 1973, Ali 1973). It
/// has nothing in common with the recursion of the crate.
pub(crate) fn share(values: &[BigRational], t: &BigRational) -> BigRational {
    let n = values.len();
    let mut x = values.to_vec();
    x.sort();
    if x.iter().all(|value| value >= t) {
        return BigRational::one();
    }
    if x.iter().all(|value| value <= t) {
        return BigRational::zero(); // the mean is t only where all values with weight are
    }
    // f^(k)(x) / k! = C(n-1, k) (x - t)_+^(n-1-k); some value lies off t, so that k < n - 1 at t.
    let scaled_derivative = |at: &BigRational, k: usize| {
        if at <= t {
            return BigRational::zero();
        }
        let mut binomial = BigRational::one();
        for i in 0..k {
            binomial *= ratio((n - 1 - i).try_into().unwrap(), (i + 1).try_into().unwrap());
        }
        binomial * num_traits::pow(at - t, n - 1 - k)
    };
    let mut table: Vec<BigRational> = x.iter().map(|at| scaled_derivative(at, 0)).collect();
    for order in 1..n {
        for i in 0..n - order {
            table[i] = if x[i] == x[i + order] {
                scaled_derivative(&x[i], order)
            } else {
                (&table[i + 1] - &table[i]) / (&x[i + order] - &x[i])
            };
        }
    }
    table[0].clone()
}

/// The highest stage that the floors allow.
fn highest(table: &LadderTable, values: &[Score]) -> Stage {
    let lowest = *values.iter().min().unwrap();
    let floors = [table.bridge, table.hubs, table.platform, table.native];
    let met = floors.iter().take_while(|floor| lowest >= floor.every_pillar).count();
    Stage::ALL[met]
}

/// The stage of an exact mean, by the definition of the ladder.
fn stage_at(table: &LadderTable, highest: Stage, mean: &BigRational) -> Stage {
    let steps = [table.bridge, table.hubs, table.platform, table.native];
    let met = steps.iter().take_while(|step| *mean >= exact(step.overall)).count();
    Stage::ALL[met].min(highest)
}

/// The exact share of each stage, each value repeated as often as its alpha says.
fn shares(table: &LadderTable, values: &[(Score, u32)]) -> [BigRational; 5] {
    let plain: Vec<Score> = values.iter().map(|(value, _)| *value).collect();
    let highest = highest(table, &plain);
    let repeated: Vec<BigRational> =
        values.iter().flat_map(|(value, alpha)| (0..*alpha).map(|_| exact(*value))).collect();
    let steps = [table.bridge, table.hubs, table.platform, table.native];
    let mut reaching = vec![BigRational::one()];
    for (stage, step) in Stage::ALL.into_iter().skip(1).zip(steps) {
        let bound = exact(step.overall);
        reaching.push(if stage > highest { BigRational::zero() } else { share(&repeated, &bound) });
    }
    reaching.push(BigRational::zero());
    std::array::from_fn(|i| &reaching[i] - &reaching[i + 1])
}

pub(crate) fn double(exact: &BigRational) -> f64 {
    exact.to_f64().unwrap()
}

/// A random case: weights, ladder and scores, biased towards ties and bounds.
struct Case {
    weights: [u32; 4],
    table: LadderTable,
    scores: [u64; 4],
}

fn case(rng: &mut Rng) -> Case {
    let any = |rng: &mut Rng| match rng.below(4) {
        0 => rng.below(11) * (ONE / 10),
        1 => rng.below(21) * (ONE / 20),
        2 => rng.below(ONE / 1000 + 1) * 1000,
        _ => rng.below(ONE + 1),
    };
    let column = |rng: &mut Rng| {
        let mut column: [u64; 4] = std::array::from_fn(|_| any(rng));
        column.sort_unstable();
        column
    };
    let overall = if rng.chance(40) { [2, 4, 6, 8].map(|n| n * (ONE / 10)) } else { column(rng) };
    let floors = if rng.chance(60) { [0; 4] } else { column(rng) };
    let mut scores: [u64; 4] = std::array::from_fn(|_| any(rng));
    for i in 0..4 {
        match rng.below(10) {
            0 => scores[i] = scores[usize::try_from(rng.below(4)).unwrap()],
            1 => scores[i] = overall[usize::try_from(rng.below(4)).unwrap()],
            2 => scores[i] = (overall[usize::try_from(rng.below(4)).unwrap()] + 1).min(ONE),
            _ => {}
        }
    }
    let mut weights: [u32; 4] = std::array::from_fn(|_| match rng.below(8) {
        0 => 0,
        1..6 => u32::try_from(rng.below(6) + 1).unwrap() * 1000,
        6 => u32::try_from(rng.below(20) + 1).unwrap() * 250,
        _ => u32::try_from(rng.below(1_000_000) + 1).unwrap(),
    });
    if weights.iter().all(|weight| *weight == 0) {
        weights[1] = 1000;
    }
    Case { weights, table: ladder(overall, floors), scores }
}

impl Case {
    fn counting(&self) -> Vec<(Pillar, Score, u32)> {
        let all = Pillar::ALL.into_iter().zip(self.scores).zip(self.weights);
        all.filter(|(_, weight)| *weight > 0)
            .map(|((pillar, billionths), weight)| (pillar, score(billionths), weight))
            .collect()
    }

    fn weighed(&self) -> Option<Weighed> {
        let questionnaire = questionnaire(self.weights, self.table);
        let record = record(&questionnaire, self.scores);
        match Robustness::new(&questionnaire, &record).unwrap().firmness() {
            Firmness::Weighed(weighed) => Some((**weighed).clone()),
            Firmness::Fixed { stage, reason } => {
                assert_eq!(*reason, Unweighed::SinglePillar);
                assert_eq!(Some(*stage), record.overall.stage());
                assert_eq!(self.counting().len(), 1);
                None
            }
            other => panic!("there are scores: {other:?}"),
        }
    }
}

fn cases() -> u64 {
    setting("REFERENCE_CASES", 2000)
}

#[test]
fn the_share_of_every_stage_is_within_1e_12_of_the_exact_fraction_and_they_sum_to_1() {
    let (mut largest, mut centred_largest) = (0.0_f64, 0.0_f64);
    let mut centred_seen = 0;
    for seed in 0..cases() {
        let case = case(&mut Rng::new(seed));
        let Some(weighed) = case.weighed() else { continue };
        let values: Vec<(Score, u32)> =
            case.counting().into_iter().map(|(_, score, _)| (score, 1)).collect();
        let mut sum = 0.0;
        for (stage, expected) in Stage::ALL.into_iter().zip(shares(&case.table, &values)) {
            let found = weighed.shares[stage];
            assert!((0.0..=1.0).contains(&found), "{seed}: {found}");
            largest = largest.max((found - double(&expected)).abs());
            sum += found;
        }
        assert!((sum - 1.0).abs() < 1e-12, "{seed}: {sum}");

        let Some(centred) = weighed.centred else { continue };
        let alphas: u32 = centred.alphas.iter().map(|(_, alpha)| alpha).sum();
        if alphas > 12 {
            continue; // exact fractions of these are slow
        }
        centred_seen += 1;
        let values: Vec<(Score, u32)> = case
            .counting()
            .into_iter()
            .map(|(pillar, score, _)| (score, centred.alphas[pillar]))
            .collect();
        for (stage, expected) in Stage::ALL.into_iter().zip(shares(&case.table, &values)) {
            let difference = (centred.shares[stage] - double(&expected)).abs();
            centred_largest = centred_largest.max(difference);
        }
    }
    assert!(centred_seen > cases() / 8, "{centred_seen}");
    assert!(largest < 1e-12 && centred_largest < 1e-12);
}

#[test]
fn a_thousand_alphas_have_shares_within_1e_12_and_more_have_none() {
    let table = ladder([200_000_000, 400_000_000, 600_000_000, 800_000_000], [0; 4]);
    let scores = [250_000_000, 612_345_679, 400_000_000, 900_000_001];
    for (weights, within) in
        [([997_000, 1000, 1000, 1000], true), ([998_000, 1000, 1000, 1000], false)]
    {
        let case = Case { weights, table, scores };
        let weighed = case.weighed().unwrap();
        assert_eq!(weighed.centred.is_some(), within);
    }

    // Two pillars: the share is that of a beta distribution, whose distribution function is a sum
    // of binomial terms: P(Beta(a, b) >= s) = P(Bin(a + b - 1, s) <= a - 1).
    for (a, b) in [(601_u32, 399_u32), (1, 999), (999, 1), (500, 499), (37, 3)] {
        let scores = [900_000_001, 250_000_000, 0, 0];
        let case = Case { weights: [a * 1000, b * 1000, 0, 0], table, scores };
        let centred = case.weighed().unwrap().centred.unwrap();
        let mut at_least = [1.0, 0.0, 0.0, 0.0, 0.0];
        for (i, bound) in [400_000_000, 600_000_000, 800_000_000].into_iter().enumerate() {
            let (hit, miss) = (bound - 250_000_000, 900_000_001 - bound);
            let trials = u64::from(a + b - 1);
            let (mut sum, mut binomial) = (BigInt::zero(), BigInt::one());
            for k in 0..u64::from(a) {
                let power = |base: i64, n: u64| num_traits::pow(BigInt::from(base), n as usize);
                sum += &binomial * power(hit, k) * power(miss, trials - k);
                binomial = binomial * (trials - k) / (k + 1);
            }
            let all = num_traits::pow(BigInt::from(hit + miss), trials as usize);
            at_least[i + 1] = double(&BigRational::new(sum, all));
        }
        for (i, stage) in [Stage::Bridge, Stage::Hubs, Stage::Platform].into_iter().enumerate() {
            let difference = centred.shares[stage] - (at_least[i] - at_least[i + 1]);
            assert!(difference.abs() < 1e-12, "{a} {b} {stage}: {difference:e}");
        }
    }
}

#[test]
fn an_overall_that_was_rounded_over_a_bound_is_on_the_edge() {
    // The mean is .1999999995, which rounds to the even billionth: .2, and the stage to bridge.
    let table = ladder([2, 4, 6, 8].map(|n| n * (ONE / 10)), [0; 4]);
    let scores = [200_000_000, 199_999_999, 0, 0];
    let weighed = Case { weights: [1000, 1000, 0, 0], table, scores }.weighed().unwrap();
    assert_eq!(weighed.stage, Stage::Bridge);
    let shift = weighed.shift.unwrap();
    assert_eq!((shift.share, shift.to), (0.0, Stage::Traditional));
    assert_eq!(weighed.pillars.agile_approach.unwrap().holds, None);
    assert_eq!((weighed.shares.traditional, weighed.shares.bridge), (1.0, 0.0));
}

/// The figures of the shared reference data: other scales, other numbers of values.
#[test]
fn published_shares_are_met() {
    let data: Value = serde_json::from_str(include_str!("data/weight_simplex_share.json")).unwrap();
    let list = |key: &str| data[key].as_array().unwrap().clone();
    let mut seen = 0;
    for row in list("distinct").iter().chain(&list("ties")).chain(&list("dirichlet_integer")) {
        // Onto 0 to 1: a change of scale that leaves every share as it is.
        let largest = row["x"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap());
        let divisor = if largest.fold(0.0, f64::max) > 5.0 { 100.0 } else { 5.0 };
        let onto = |value: &Value| score((value.as_f64().unwrap() / divisor * 1e9).round() as u64);
        let values: Vec<Score> = row["x"].as_array().unwrap().iter().map(onto).collect();
        let bound = onto(&row["t"]);
        let alphas: Vec<u32> = match row["alpha"].as_array() {
            Some(alphas) => {
                alphas.iter().map(|a| u32::try_from(a.as_u64().unwrap()).unwrap()).collect()
            }
            None => vec![1; values.len()],
        };
        let expected = match row.get("share_ge") {
            Some(share) => share.as_f64().unwrap(),
            None => row["share_gt"].as_f64().unwrap(),
        };
        let repeated: Vec<BigRational> = values
            .iter()
            .zip(&alphas)
            .flat_map(|(value, alpha)| (0..*alpha).map(|_| exact(*value)))
            .collect();
        let oracle = double(&share(&repeated, &exact(bound)));
        assert!((oracle - expected).abs() < 1e-12, "the oracle: {row}");
        if values.len() > 4 {
            continue; // a questionnaire has four pillars
        }
        seen += 1;
        let mut weights = [0; 4];
        let mut scores = [0; 4];
        let times = if alphas.iter().all(|alpha| *alpha == alphas[0]) { alphas[0] } else { 1 };
        for (i, (value, alpha)) in values.iter().zip(&alphas).enumerate() {
            weights[i] = alpha * 1000;
            scores[i] = u64::from(value.billionths());
        }
        let at = u64::from(bound.billionths());
        let table = ladder([at, ONE, ONE, ONE], [0, ONE, ONE, ONE]);
        let weighed = Case { weights, table, scores }.weighed().unwrap();
        let questionnaire = questionnaire(weights, table);
        let record = record(&questionnaire, scores);
        let centred = Robustness::around(&questionnaire, &record, times).unwrap().unwrap();
        assert!((centred.shares.bridge - expected).abs() < 1e-12, "{row}");
        if row.get("alpha").is_none() {
            assert_eq!(weighed.shares, centred.shares);
        }
    }
    assert!(seen >= 12, "{seen}");
    // The example of the rules, on a scale of 0 to 1.
    let table = ladder([600_000_000, ONE, ONE, ONE], [0, ONE, ONE, ONE]);
    let scores = [440_000_000, 680_000_000, 560_000_000, 780_000_000];
    let weighed = Case { weights: [1000; 4], table, scores }.weighed().unwrap();
    assert!((weighed.shares.bridge - 1013.0 / 1683.0).abs() < 1e-15);
}

#[test]
fn the_published_threshold_of_one_weight_is_an_end_of_its_interval() {
    let data: Value = serde_json::from_str(include_str!("data/weight_simplex_share.json")).unwrap();
    let mut seen = 0;
    for row in data["one_at_a_time"].as_array().unwrap() {
        let onto = |value: &Value| (value.as_f64().unwrap() / 5.0 * 1e9).round() as u64;
        let scores: [u64; 4] = std::array::from_fn(|i| onto(&row["x"][i]));
        let weights: [u32; 4] =
            std::array::from_fn(|i| (row["w"][i].as_f64().unwrap() * 1000.0).round() as u32);
        let bound = onto(&row["t"]);
        let table = ladder([bound, ONE, ONE, ONE], [0, ONE, ONE, ONE]);
        let weighed = Case { weights, table, scores }.weighed().unwrap();
        let pillar = Pillar::ALL[usize::try_from(row["i"].as_u64().unwrap()).unwrap()];
        let range = weighed.pillars[pillar].unwrap();
        let interval = range.holds.unwrap();
        let ends = [interval.from, interval.to];
        match row["w_i_at_threshold"].as_f64().filter(|end| (0.0..=1.0).contains(end)) {
            Some(end) => assert!(ends.iter().any(|e| (e - end).abs() < 1e-12), "{row} {ends:?}"),
            None => assert_eq!(ends, [0.0, 1.0], "{row}"),
        }
        seen += 1;
    }
    assert_eq!(seen, 8);
}

/// Weights uniform on the simplex are the gaps between sorted uniform numbers.
#[test]
fn a_simulation_finds_the_same_shares() {
    const DRAWS: u32 = 200_000;
    for (seed, scores) in [
        (1, [440_000_000, 680_000_000, 560_000_000, 780_000_000]),
        (2, [100_000_000, 950_000_000, 400_000_000, 400_000_000]),
        (3, [0, ONE, ONE, 350_000_000]),
    ] {
        let table = ladder([2, 4, 6, 8].map(|n| n * (ONE / 10)), [0, 0, 0, 300_000_000]);
        let weighed = Case { weights: [1000; 4], table, scores }.weighed().unwrap();
        let values: Vec<Score> = scores.iter().map(|&s| score(s)).collect();
        let highest = highest(&table, &values);
        let mut rng = Rng::new(seed);
        let mut counts = [0_u32; 5];
        for _ in 0..DRAWS {
            let mut cuts = [0, 0, 0].map(|_| rng.below(1 << 53));
            cuts.sort_unstable();
            let gaps = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], (1 << 53) - cuts[2]];
            let total: u128 =
                gaps.iter().zip(scores).map(|(w, x)| u128::from(*w) * u128::from(x)).sum();
            let bounds = [table.bridge, table.hubs, table.platform, table.native];
            let met = bounds
                .iter()
                .take_while(|b| total >= u128::from(b.overall.billionths()) << 53)
                .count();
            let stage = Stage::ALL[met].min(highest);
            counts[Stage::ALL.iter().position(|s| *s == stage).unwrap()] += 1;
        }
        for (stage, count) in Stage::ALL.into_iter().zip(counts) {
            let simulated = f64::from(count) / f64::from(DRAWS);
            // Five standard errors of a share, at most 5 * sqrt(0.25 / 200,000).
            let difference = (simulated - weighed.shares[stage]).abs();
            assert!(difference < 0.0056, "{seed} {stage}: {difference}");
        }
    }
}

/// The shares at which the stage could change, found by testing the stage itself at and between
/// every share where the mean meets a bound.
fn searched(
    case: &Case,
    position: usize,
    stage: Stage,
) -> Option<(BigRational, bool, BigRational, bool)> {
    let counting = case.counting();
    let values: Vec<Score> = counting.iter().map(|(_, score, _)| *score).collect();
    let highest = highest(&case.table, &values);
    let (mut rest, mut rest_weight) = (BigRational::zero(), BigRational::zero());
    for (i, (_, value, weight)) in counting.iter().enumerate() {
        if i != position {
            rest += exact(*value) * ratio(i64::from(*weight), 1);
            rest_weight += ratio(i64::from(*weight), 1);
        }
    }
    let rest = rest / rest_weight;
    let x = exact(values[position]);
    let holds = |s: &BigRational| {
        let mean = s * &x + (BigRational::one() - s) * &rest;
        stage_at(&case.table, highest, &mean) == stage
    };
    let (zero, one) = (BigRational::zero(), BigRational::one());
    let mut marks = vec![zero.clone(), one.clone()];
    if x != rest {
        for step in [case.table.bridge, case.table.hubs, case.table.platform, case.table.native] {
            let crossing = (exact(step.overall) - &rest) / (&x - &rest);
            if crossing > zero && crossing < one {
                marks.push(crossing);
            }
        }
    }
    marks.sort();
    marks.dedup();
    let mut found: Option<(BigRational, bool, BigRational, bool)> = None;
    for pair in marks.windows(2) {
        let middle = (&pair[0] + &pair[1]) / ratio(2, 1);
        if holds(&middle) {
            let included = |end: &BigRational| *end != zero && *end != one && holds(end);
            let from = (pair[0].clone(), included(&pair[0]));
            let to = (pair[1].clone(), included(&pair[1]));
            found = Some(match found {
                None => (from.0, from.1, to.0, to.1),
                Some(before) => {
                    assert!(before.2 == from.0 && before.3 && from.1, "the stage holds twice");
                    (before.0, before.1, to.0, to.1)
                }
            });
        }
    }
    found
}

#[test]
fn intervals_are_those_of_a_slow_exact_search() {
    let mut bounded = 0;
    for seed in 0..cases() {
        let case = case(&mut Rng::new(seed));
        let Some(weighed) = case.weighed() else { continue };
        let counting = case.counting();
        let all: u32 = counting.iter().map(|(_, _, weight)| weight).sum();
        for (position, (pillar, _, weight)) in counting.iter().enumerate() {
            let range = weighed.pillars[*pillar].unwrap();
            assert_eq!(range.share, f64::from(*weight) / f64::from(all));
            let expected = searched(&case, position, weighed.stage).map(|(from, a, to, b)| {
                Interval { from: double(&from), from_included: a, to: double(&to), to_included: b }
            });
            assert_eq!(range.holds, expected, "{seed} {pillar}");
            bounded += u32::from(expected.is_some_and(|i| i.from_included || i.to_included));
        }
    }
    assert!(bounded > 500, "{bounded}");
}

/// The least total variation from the weights to weights with mean `t`: the least over every corner
/// where two weights are solved for and every other is kept or 0. A piecewise linear function over a
/// polytope is least at such a corner.
fn least_shift(
    shares: &[BigRational],
    values: &[BigRational],
    t: &BigRational,
) -> Option<BigRational> {
    let n = values.len();
    let mut least: Option<BigRational> = None;
    for i in 0..n {
        for j in 0..i {
            if values[i] == values[j] {
                continue;
            }
            for kept in 0..1_u32 << n {
                let mut weights = vec![BigRational::zero(); n];
                let (mut sum, mut mean) = (BigRational::zero(), BigRational::zero());
                for k in (0..n).filter(|&k| k != i && k != j && kept >> k & 1 == 1) {
                    weights[k] = shares[k].clone();
                    sum += &weights[k];
                    mean += &weights[k] * &values[k];
                }
                // w_i + w_j = 1 - sum; w_i x_i + w_j x_j = t - mean
                let left = BigRational::one() - sum;
                weights[i] = (t - mean - &left * &values[j]) / (&values[i] - &values[j]);
                weights[j] = left - &weights[i];
                if weights.iter().any(Signed::is_negative) {
                    continue;
                }
                let moved = weights.iter().zip(shares).map(|(a, b)| (a - b).abs());
                let moved = moved.sum::<BigRational>() / ratio(2, 1);
                if least.as_ref().is_none_or(|least| moved < *least) {
                    least = Some(moved);
                }
            }
        }
    }
    least
}

#[test]
fn the_smallest_shift_is_that_of_a_slow_exact_search() {
    let (mut shifts, mut none) = (0, 0);
    for seed in 0..cases() {
        let case = case(&mut Rng::new(seed));
        let Some(weighed) = case.weighed() else { continue };
        let counting = case.counting();
        let plain: Vec<Score> = counting.iter().map(|(_, score, _)| *score).collect();
        let values: Vec<BigRational> = plain.iter().map(|value| exact(*value)).collect();
        let all: u32 = counting.iter().map(|(_, _, weight)| weight).sum();
        let shares: Vec<BigRational> =
            counting.iter().map(|(_, _, w)| ratio(i64::from(*w), i64::from(all))).collect();
        let mean: BigRational = values.iter().zip(&shares).map(|(x, w)| x * w).sum();
        let highest = highest(&case.table, &plain);
        let found = weighed.shift;
        if stage_at(&case.table, highest, &mean) != weighed.stage {
            assert_eq!(found.unwrap().share, 0.0);
            continue;
        }
        let (low, high) = (values.iter().min().unwrap(), values.iter().max().unwrap());
        // A grain so fine that no bound lies between it and the one that is crossed.
        let grain = ratio(1, 1_000_000_000_000);
        let bound = |stage: Stage| match stage {
            Stage::Traditional => BigRational::zero(),
            Stage::Bridge => exact(case.table.bridge.overall),
            Stage::Hubs => exact(case.table.hubs.overall),
            Stage::Platform => exact(case.table.platform.overall),
            Stage::Native => exact(case.table.native.overall),
        };
        let mut ways: Vec<(BigRational, Stage)> = Vec::new();
        let t = bound(weighed.stage);
        if *low < t {
            let to = stage_at(&case.table, highest, &(&t - &grain));
            ways.push((least_shift(&shares, &values, &t).unwrap(), to));
        }
        if let Some(next) = weighed.stage.next().filter(|next| *next <= highest) {
            let t = bound(next);
            if *high > t {
                let to = stage_at(&case.table, highest, &t);
                ways.push((least_shift(&shares, &values, &t).unwrap(), to));
            }
        }
        match ways.into_iter().min() {
            None => {
                assert_eq!(found, None, "{seed}");
                none += 1;
            }
            Some((share, to)) => {
                let found = found.unwrap();
                assert_eq!((found.share, found.to), (double(&share), to), "{seed}");
                shifts += 1;
            }
        }
    }
    assert!(shifts > 500 && none > 100, "{shifts} {none}");
}

#[test]
fn where_weights_decide_nothing_the_share_is_1() {
    let pulse = Questionnaire::dcx_pulse();
    let mut spec = pulse.spec().clone();
    spec.method.aggregation = Aggregation::Minimum;
    let minimum = Questionnaire::try_from(spec).unwrap();
    let mut sheet = minimum.sheet();
    assert!(matches!(sheet.assess().robustness().firmness(), Firmness::NotScorable { pillars } if
        pillars.iter().eq(Pillar::ALL)));
    for question in minimum.questions() {
        sheet.set(question.id(), 3).unwrap();
    }
    let robustness = sheet.assess().robustness();
    assert_eq!(
        serde_json::to_value(&robustness).unwrap(),
        json!({
            "questionnaire": minimum.identity(),
            "status": "fixed",
            "stage": "hubs",
            "reason": "minimum"
        })
    );
    assert_eq!(robustness.share(Stage::Hubs), Some(1.0));
    assert_eq!(robustness.share(Stage::Native), Some(0.0));
}

#[test]
fn no_weights_change_the_stage_of_equal_pillars() {
    let table = ladder([2, 4, 6, 8].map(|n| n * (ONE / 10)), [0; 4]);
    let scores = [600_000_000; 4];
    let weighed = Case { weights: [1000, 2000, 0, 1000], table, scores }.weighed().unwrap();
    assert_eq!(weighed.shift, None);
    assert_eq!(weighed.shares.platform, 1.0);
    assert_eq!(weighed.pillars.culture_of_experimentation, None);
    let all = Interval { from: 0.0, from_included: false, to: 1.0, to_included: false };
    assert_eq!(weighed.pillars.agile_approach.unwrap().holds, Some(all));
    assert_eq!(
        weighed.centred.unwrap().alphas,
        PillarMap {
            digital_first_mindset: 1,
            agile_approach: 2,
            culture_of_experimentation: 0,
            connected_systems: 1
        }
    );
}
