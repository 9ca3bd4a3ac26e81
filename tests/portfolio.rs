//! Portfolios against an independent implementation in exact fractions, worked by hand, and by laws.

use digital_maturity::assessment::{Overall, Rating, Reason, Standing};
use digital_maturity::number::UnitWeight;
use digital_maturity::portfolio::{Portfolio, PortfolioResult, PortfolioSpec, Unit, UnitSource};
use digital_maturity::spec::{Aggregation, PillarSpec};
use digital_maturity::{
    Code, Errors, Pillar, PillarMap, Questionnaire, Record, Score, Stage, Weight,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use proptest::prelude::*;
use serde_json::json;

use super::support::lines;

/// The short questionnaire with those weights of the pillars, in thousandths.
fn questionnaire(weights: [u32; 4], aggregation: Aggregation, minimum: &str) -> Questionnaire {
    let mut spec = Questionnaire::dcx_pulse().spec().clone();
    for (pillar, weight) in Pillar::ALL.into_iter().zip(weights) {
        let mut of = PillarSpec::default();
        of.weight = Weight::from_thousandths(weight).unwrap();
        spec.pillars.insert(pillar, of);
    }
    spec.method.aggregation = aggregation;
    spec.method.minimum_coverage = minimum.parse().unwrap();
    Questionnaire::try_from(spec).unwrap()
}

fn equal() -> Questionnaire {
    questionnaire([1000; 4], Aggregation::Arithmetic, "0.5")
}

/// A stored result with those Scores.
fn record(of: &Questionnaire, pillars: [Option<u32>; 4], overall: Option<u32>) -> Record {
    let mut record = of.sheet().assess().record().clone();
    let scored = |billionths: u32| {
        let score = Score::from_billionths(billionths).unwrap();
        (score, of.ladder().own_stage(score))
    };
    for (pillar, score) in Pillar::ALL.into_iter().zip(pillars) {
        if let Some((score, stage)) = score.map(scored) {
            record.pillars[pillar].standing.rating = Rating::Scored { score, stage };
        }
    }
    if let Some((score, stage)) = overall.map(scored) {
        record.overall = Rating::Scored { score, stage };
    }
    record
}

/// A unit whose pillars all have that Score.
fn level(of: &Questionnaire, name: &str, weight: &str, score: &str) -> Unit {
    let billionths = score.parse::<Score>().unwrap().billionths();
    let record = record(of, [Some(billionths); 4], Some(billionths));
    Unit::new(name, weight.parse().unwrap(), &record)
}

fn score(text: &str) -> Score {
    text.parse().unwrap()
}

fn contributions(result: &PortfolioResult) -> Vec<Option<String>> {
    result.units.iter().map(|unit| unit.contribution.map(|part| part.to_string())).collect()
}

// An independent implementation, in exact fractions.

fn ratio(over: impl Into<BigInt>, under: impl Into<BigInt>) -> BigRational {
    BigRational::new(over.into(), under.into())
}

/// To the nearest whole, ties to even.
fn nearest(value: &BigRational) -> BigInt {
    let (below, half) = (value.floor().to_integer(), ratio(1, 2));
    let rest = value - value.floor();
    let up = rest > half || (rest == half && (&below % 2u8) == BigInt::one());
    if up { below + 1 } else { below }
}

/// Gives out `total` by exact shares: whole ones first, then one each by the largest rest.
fn given_out(total: u32, shares: &[BigRational]) -> Vec<u32> {
    let mut given: Vec<u32> =
        shares.iter().map(|share| share.floor().to_integer().to_u32().unwrap()).collect();
    let mut rests: Vec<BigRational> = shares.iter().map(|share| share - share.floor()).collect();
    while given.iter().sum::<u32>() < total {
        let largest = rests.iter().max().unwrap().clone();
        assert!(largest.is_positive(), "more is missing than there are rests");
        let first = rests.iter().position(|rest| *rest == largest).unwrap();
        given[first] += 1;
        rests[first] = BigRational::zero();
    }
    assert_eq!(given.iter().sum::<u32>(), total);
    given
}

struct Expected {
    pillars: [Option<u32>; 4],
    overall: Option<u32>,
    units: Vec<u32>,
}

fn expected(
    weights: [u32; 4],
    aggregation: Aggregation,
    minimum: &BigRational,
    units: &[(u64, [Option<u32>; 4])],
) -> Expected {
    let grains = BigInt::from(1_000_000_u32);
    let all: BigInt = units.iter().map(|(weight, _)| BigInt::from(*weight)).sum();
    let values: Vec<Option<BigInt>> = (0..4)
        .map(|pillar| {
            let scored = || units.iter().filter_map(|(w, scores)| Some((*w, scores[pillar]?)));
            let covered: BigInt = scored().map(|(weight, _)| BigInt::from(weight)).sum();
            if ratio(covered.clone(), all.clone()) < *minimum || covered.is_zero() {
                return None;
            }
            let sum: BigInt = scored().map(|(w, score)| BigInt::from(w) * score * &grains).sum();
            Some(nearest(&ratio(sum, covered)))
        })
        .collect();
    let published =
        |units: &BigInt| nearest(&ratio(units.clone(), grains.clone())).to_u32().unwrap();
    let counting: Vec<usize> = (0..4).filter(|pillar| weights[*pillar] > 0).collect();
    let whole: Option<Vec<(usize, BigInt)>> =
        counting.iter().map(|pillar| Some((*pillar, values[*pillar].clone()?))).collect();
    let overall = whole.as_ref().map(|whole| match aggregation {
        Aggregation::Minimum => whole.iter().map(|(_, value)| value.clone()).min().unwrap(),
        Aggregation::Arithmetic => {
            let sum: BigInt = whole.iter().map(|(p, value)| value * weights[*p]).sum();
            nearest(&ratio(sum, weights.iter().sum::<u32>()))
        }
    });
    let overall = overall.map(|units| published(&units));
    let mut parts = vec![0; units.len()];
    if let (Some(overall), Some(whole)) = (overall, whole) {
        let of_pillars: Vec<(usize, u32)> = match aggregation {
            Aggregation::Minimum => {
                let least = whole.iter().map(|(_, value)| value).min().unwrap();
                let first = whole.iter().find(|(_, value)| value == least).unwrap().0;
                vec![(first, overall)]
            }
            Aggregation::Arithmetic => {
                let all = BigInt::from(weights.iter().sum::<u32>()) * &grains;
                let share = |(p, value): &(usize, BigInt)| ratio(value * weights[*p], all.clone());
                let shares: Vec<BigRational> = whole.iter().map(share).collect();
                counting.iter().copied().zip(given_out(overall, &shares)).collect()
            }
        };
        for (pillar, total) in of_pillars {
            let weighted =
                |unit: &(u64, [Option<u32>; 4])| BigInt::from(unit.0) * unit.1[pillar].unwrap_or(0);
            let sum: BigInt = units.iter().map(weighted).sum();
            if sum.is_zero() {
                assert_eq!(total, 0);
                continue;
            }
            let share = |unit| ratio(weighted(unit) * total, sum.clone());
            let shares: Vec<BigRational> = units.iter().map(share).collect();
            for (part, given) in parts.iter_mut().zip(given_out(total, &shares)) {
                *part += given;
            }
        }
    }
    let pillars = [0, 1, 2, 3].map(|pillar: usize| values[pillar].as_ref().map(published));
    Expected { pillars, overall, units: parts }
}

/// Scores that make ties and bounds likely.
fn billionths() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![
        1 => Just(None),
        2 => prop::sample::select(vec![0, 200_000_000, 400_000_000, 600_000_000, 1_000_000_000]).prop_map(Some),
        3 => (0..=1_000_000_000_u32).prop_map(Some),
        1 => (0..=3_u32).prop_map(Some),
    ]
}

fn thousandths() -> impl Strategy<Value = u64> {
    prop_oneof![Just(1000), 1..=5_u64, 1..=1_000_000_u64, 999_999_999_990..=1_000_000_000_000_u64,]
}

type Case = ([u32; 4], Aggregation, u32, Vec<(u64, [Option<u32>; 4])>);

fn case() -> impl Strategy<Value = Case> {
    let weights = prop::array::uniform4(prop_oneof![Just(0_u32), Just(1000), 1..=1_000_000_u32])
        .prop_filter("some pillar counts", |weights| weights.iter().any(|weight| *weight > 0));
    let aggregation = prop::sample::select(vec![Aggregation::Arithmetic, Aggregation::Minimum]);
    let minimum = prop::sample::select(vec![0, 300_000_000, 500_000_000, 1_000_000_000]);
    let units = prop::collection::vec((thousandths(), prop::array::uniform4(billionths())), 1..8);
    (weights, aggregation, minimum, units)
}

fn portfolio((weights, aggregation, minimum, units): &Case) -> Portfolio {
    let minimum = Score::from_billionths(*minimum).unwrap().to_string();
    let questionnaire = questionnaire(*weights, *aggregation, &minimum);
    let units = units.iter().enumerate().map(|(at, (weight, pillars))| {
        let weight: UnitWeight = format!("{}.{:03}", weight / 1000, weight % 1000).parse().unwrap();
        Unit::new(format!("unit {at}"), weight, &record(&questionnaire, *pillars, None))
    });
    Portfolio::new(&questionnaire, units).unwrap()
}

/// The Scores of a result: of pillars, overall, and what each unit contributes.
fn figures(result: &PortfolioResult) -> ([Option<u32>; 4], Option<u32>, Vec<u32>) {
    let pillars =
        Pillar::ALL.map(|pillar| result.pillars[pillar].standing.score().map(Score::billionths));
    let units = result.units.iter().map(|unit| {
        let parts = unit.contributions.iter().filter_map(|(_, part)| *part);
        let parts: u32 = parts.map(Score::billionths).sum();
        assert_eq!(unit.contribution.unwrap_or_default().billionths(), parts);
        parts
    });
    (pillars, result.overall.score().map(Score::billionths), units.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_portfolio_is_what_exact_fractions_say(case in case()) {
        let result = portfolio(&case).assess();
        let (weights, aggregation, minimum, units) = &case;
        let minimum = ratio(*minimum, 1_000_000_000);
        let expected = expected(*weights, *aggregation, &minimum, units);
        let found = figures(&result);
        prop_assert_eq!(found.0, expected.pillars);
        prop_assert_eq!(found.1, expected.overall);
        prop_assert_eq!(found.2, expected.units);
        // What is written reads back.
        let stored = serde_json::to_string(&result).unwrap();
        prop_assert_eq!(serde_json::from_str::<PortfolioResult>(&stored).unwrap(), result);
    }

    #[test]
    fn scaling_all_weights_changes_nothing(case in case(), times in 2..7_u64) {
        let mut small = case;
        for (weight, _) in &mut small.3 {
            *weight = 1 + *weight % 1_000_000;
        }
        let mut scaled = small.clone();
        for (weight, _) in &mut scaled.3 {
            *weight *= times;
        }
        let (mut of, scaled) = (portfolio(&small).assess(), portfolio(&scaled).assess());
        for (unit, scaled) in of.units.iter_mut().zip(&scaled.units) {
            unit.weight = scaled.weight;
        }
        prop_assert_eq!(of, scaled);
    }

    #[test]
    fn one_unit_is_the_organisation(
        pillars in prop::array::uniform4(0..=1_000_000_000_u32), weight in thousandths(),
    ) {
        let case = ([1000, 2500, 1, 700], Aggregation::Arithmetic, 500_000_000,
            vec![(weight, pillars.map(Some))]);
        let (found, overall, units) = figures(&portfolio(&case).assess());
        prop_assert_eq!(found, pillars.map(Some));
        prop_assert_eq!(units, vec![overall.unwrap()]);
        // From pillars in units its own overall may differ by one billionth.
        let weighted = |(score, weight): (u32, u32)| BigInt::from(score) * weight;
        let sum: BigInt = pillars.into_iter().zip(case.0).map(weighted).sum();
        let exact = nearest(&ratio(sum, 4201)).to_u32().unwrap();
        prop_assert!(exact.abs_diff(overall.unwrap()) <= 1);
    }

    #[test]
    fn a_gain_is_what_the_changed_portfolio_comes_to(
        case in case(), which in any::<prop::sample::Index>(),
        target in prop::array::uniform4(billionths()),
    ) {
        let portfolio_before = portfolio(&case);
        let at = which.index(case.3.len());
        let mut changed = case.clone();
        for (score, target) in changed.3[at].1.iter_mut().zip(target) {
            *score = (*score).max(target);
        }
        let (before, after) = (portfolio_before.assess(), portfolio(&changed).assess());
        let target = PillarMap::from(target.map(|of| of.map(|of| Score::from_billionths(of).unwrap())));
        let gain = portfolio_before.gain(&format!("unit {at}"), target).unwrap();
        prop_assert_eq!(gain.overall.before, before.overall);
        prop_assert_eq!(gain.overall.after, after.overall);
        for pillar in Pillar::ALL {
            prop_assert_eq!(gain.pillars[pillar].after, after.pillars[pillar].standing);
        }
        // In the list are those that lack something, each as it is alone.
        let gains = portfolio_before.gains(target);
        let lacking = case.3.iter().filter(|(_, scores)| {
            scores.iter().zip(Pillar::ALL).any(|(score, p)| *score < target[p].map(Score::billionths))
        });
        prop_assert_eq!(gains.len(), lacking.count());
        prop_assert!(gains.iter().all(|of| Some(of) == portfolio_before.gain(&of.unit, target).as_ref()));
        let order: Vec<_> = gains.iter().map(|gain| gain.overall.after.score()).collect();
        prop_assert!(order.is_sorted_by(|a, b| a >= b));
    }
}

#[test]
fn units_count_by_their_weight() {
    // (3 x 0.8 + 1 x 0.2) / 4 = 0.65 in every pillar: platform, whose floor of 0.4 holds.
    let of = equal();
    let units = [level(&of, "North", "3", "0.8"), level(&of, "South", "1", "0.2")];
    let result = Portfolio::new(&of, units).unwrap().assess();
    assert_eq!(result.overall, Overall::Scored { score: score("0.65"), stage: Stage::Platform });
    let next = result.next_stage.as_ref().unwrap();
    assert_eq!((next.stage, next.unmet[0].shortfall), (Stage::Native, Some(score("0.15"))));
    let agile = &result.pillars.agile_approach;
    assert_eq!(agile.standing.coverage, Some(Score::ONE));
    assert_eq!(agile.spread.lowest.as_ref().unwrap().unit, "South");
    assert_eq!(agile.spread.highest.as_ref().unwrap().score, score("0.8"));
    assert_eq!((agile.spread.stages.at.native, agile.spread.stages.at.bridge), (1, 1));
    // 3 x 0.8 / 4 and 1 x 0.2 / 4
    assert_eq!(contributions(&result), [Some("0.6".into()), Some("0.05".into())]);
}

#[test]
fn a_unit_without_a_score_is_left_out_as_long_as_the_others_weigh_enough() {
    let of = equal();
    let silent = |weight: &str| Unit::new("South", weight.parse().unwrap(), &of.sheet().assess());
    let with = |weight: &str| {
        let units = [level(&of, "North", "1", "0.8"), silent(weight)];
        Portfolio::new(&of, units).unwrap().assess()
    };
    // Exactly half of the weight is enough, a thousandth less is not.
    let result = with("1");
    assert_eq!(result.overall.score(), Some(score("0.8")));
    assert_eq!(result.pillars.agile_approach.standing.coverage, Some(score("0.5")));
    assert_eq!(contributions(&result), [Some("0.8".into()), Some("0".into())]);
    assert_eq!(result.units[1].contributions.agile_approach, None);
    assert_eq!((result.spread.stages.at.native, result.spread.stages.not_scorable), (1, 1));
    let result = with("1.001");
    let Standing { rating, coverage, .. } = result.pillars.agile_approach.standing;
    assert_eq!(rating, Rating::NotScorable(Reason::Coverage));
    assert_eq!(coverage, Some(score("0.499750124"))); // 1 / 2.001, rounded down
    assert_eq!((result.overall.score(), &result.next_stage), (None, &None));
    assert_eq!(contributions(&result), [None, None]);
    // Without a minimum, nobody's Score is still no Score.
    let of = questionnaire([1000; 4], Aggregation::Arithmetic, "0");
    let silent = Unit::new("South", UnitWeight::ONE, &of.sheet().assess());
    let result = Portfolio::new(&of, [silent]).unwrap().assess();
    let rating = result.pillars.agile_approach.standing.rating;
    assert_eq!(rating, Rating::NotScorable(Reason::NothingCounts));
}

#[test]
fn the_odd_billionth_goes_to_the_largest_rest_and_of_equals_to_the_first() {
    // Three equal units at 1/4 of a billion and one pillar: 250,000,000 in three is 83,333,333 1/3 each.
    let of = questionnaire([1000, 0, 0, 0], Aggregation::Arithmetic, "0.5");
    let units = ["a", "b", "c"].map(|name| level(&of, name, "2", "0.25"));
    let result = Portfolio::new(&of, units).unwrap().assess();
    let odd = [Some("0.083333334".into()), Some("0.083333333".into()), Some("0.083333333".into())];
    assert_eq!(contributions(&result), odd);
    // Weights 1 and 2: 83,333,333.33 and 166,666,666.67, of which the second is nearer to the next.
    let units = [level(&of, "a", "1", "0.25"), level(&of, "b", "2", "0.25")];
    let result = Portfolio::new(&of, units).unwrap().assess();
    assert_eq!(contributions(&result), [Some("0.083333333".into()), Some("0.166666667".into())]);
    // Three pillars of one weight at 1, 1 and 0: two thirds, of which each has a third, the first the odd one.
    let of = questionnaire([1, 1, 1, 0], Aggregation::Arithmetic, "0.5");
    let one = 1_000_000_000;
    let record = record(&of, [Some(one), Some(one), Some(0), None], None);
    let result = Portfolio::new(&of, [Unit::new("a", UnitWeight::ONE, &record)]).unwrap().assess();
    let parts = result.units[0].contributions;
    assert_eq!(parts.digital_first_mindset, Some(score("0.333333334")));
    assert_eq!(parts.agile_approach, Some(score("0.333333333")));
    assert_eq!(parts.culture_of_experimentation, Some(Score::ZERO));
    assert_eq!(parts.connected_systems, None);
}

#[test]
fn with_the_minimum_the_lowest_pillar_has_it_all_and_of_equals_the_first() {
    let of = questionnaire([1000; 4], Aggregation::Minimum, "0.5");
    let scores = [700_000_000, 300_000_000, 300_000_000, 900_000_000].map(Some);
    let unit = |name| Unit::new(name, UnitWeight::ONE, &record(&of, scores, None));
    let result = Portfolio::new(&of, [unit("a"), unit("b")]).unwrap().assess();
    assert_eq!(result.overall.score(), Some(score("0.3")));
    for unit in &result.units {
        assert_eq!(unit.contributions.agile_approach, Some(score("0.15")));
        assert_eq!(unit.contributions.culture_of_experimentation, Some(Score::ZERO));
    }
}

#[test]
fn of_equal_units_the_first_is_the_lowest_and_the_highest() {
    let of = equal();
    let units = ["a", "b", "c"].map(|name| level(&of, name, "1", "0.5"));
    let spread = Portfolio::new(&of, units).unwrap().assess().spread;
    assert_eq!(spread.lowest.unwrap().unit, "a");
    assert_eq!(spread.highest.unwrap().unit, "a");
    // In a list of gains, too.
    let units = ["a", "b", "c"].map(|name| level(&of, name, "1", "0.5"));
    let portfolio = Portfolio::new(&of, units).unwrap();
    let gains = portfolio.gains(portfolio.target(Stage::Native));
    assert_eq!(gains.iter().map(|gain| &*gain.unit).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(portfolio.gain("d", portfolio.target(Stage::Native)), None);
    assert_eq!(portfolio.gains(portfolio.target(Stage::Hubs)), []);
}

#[test]
fn the_unit_that_holds_the_organisation_back_most_comes_first() {
    // To 0.6: the small one lacks 0.5 at a weight of 1, the large one 0.2 at 5.
    let of = equal();
    let units = [
        level(&of, "small", "1", "0.1"),
        level(&of, "large", "5", "0.4"),
        level(&of, "ahead", "4", "0.9"),
    ];
    let portfolio = Portfolio::new(&of, units).unwrap();
    let gains = portfolio.gains(portfolio.target(Stage::Platform));
    let found: Vec<_> =
        gains.iter().map(|gain| (&*gain.unit, gain.overall.delta.unwrap().to_string())).collect();
    assert_eq!(found, [("large", "0.1".to_owned()), ("small", "0.05".to_owned())]);
    assert_eq!(gains[0].overall.before.stage(), Some(Stage::Hubs)); // 0.57
    assert_eq!(gains[0].overall.after.stage(), Some(Stage::Platform));
}

#[test]
fn all_that_is_wrong_with_units_is_said_in_one_go() {
    let of = equal();
    let other = Unit::new("b", UnitWeight::ONE, &Questionnaire::dcx().sheet().assess());
    let long = "x".repeat(10_001);
    let units = [
        level(&of, "a", "1", "0.5"),
        level(&of, " ", "1", "0.5"),
        other,
        level(&of, "a", "1", "0.5"),
        level(&of, &long, "1", "0.5"),
    ];
    let errors = Portfolio::new(&of, units).unwrap_err();
    let found: Vec<_> = errors.iter().map(|of| (of.code(), of.path().to_string())).collect();
    let expected = [
        (Code::EmptyText, "/units/1/name"),
        (Code::OtherEnd, "/units/2/result"),
        (Code::DuplicateEntry, "/units/3/name"),
        (Code::TextTooLong, "/units/4/name"),
    ];
    assert_eq!(found, expected.map(|(code, path)| (code, path.to_owned())));
    let none = Portfolio::new(&of, []).unwrap_err();
    assert_eq!(
        lines(&none),
        ["error[too-few] /units: too few units: found 0, at least 1 must be there"]
    );
    let mut portfolio = Portfolio::new(&of, [level(&of, "a", "1", "0.5")]).unwrap();
    let fault = portfolio.set_sequence(i64::MAX).unwrap_err();
    assert_eq!(
        (fault.code(), fault.path().to_string()),
        (Code::OutOfRange, "/sequence".to_owned())
    );
}

#[track_caller]
fn refused(json: &str) -> Errors {
    PortfolioSpec::from_json(json).unwrap_err()
}

#[test]
fn a_document_is_read_and_all_its_faults_are_found() {
    let json = r#"{ "units": [ { "name": "North", "weight": 12.5, "answers": "n.json" },
        { "name": "South", "weight": 1000000000, "result": "s.json" } ] }"#;
    let spec = PortfolioSpec::from_json(json).unwrap();
    assert_eq!(spec.units[0].weight.thousandths(), 12_500);
    assert_eq!(spec.units[1].source, UnitSource::Result("s.json".to_owned()));
    let written = serde_json::to_string(&spec).unwrap();
    assert_eq!(serde_json::from_str::<PortfolioSpec>(&written).unwrap(), spec);

    let errors = refused(
        r#"{ "units": [
            { "name": "a", "weight": 0, "answers": "x" },
            { "name": "a", "weight": 0.0005, "result": "x", "answers": "y" },
            { "name": "", "weight": 1000000000.001 },
            { "weight": "1", "result": 3, "staff": 4 }, 7 ], "unit": [] }"#,
    );
    assert_eq!(
        lines(&errors),
        [
            "error[out-of-range] /units/0/weight: weight in thousandths 0 is out of range, must be from 1 to \
             1000000000000",
            "error[conflicting-keys] /units/1: only one key of `answers` or `result` can stand here",
            "error[duplicate-entry] /units/1/name: `a` appears more than once",
            "error[too-fine] /units/1/weight: weight 0.0005 is too fine, at most 3 decimals are kept",
            "error[missing-key] /units/2: key `answers` or `result` is missing",
            "error[empty-text] /units/2/name: text is empty",
            "error[out-of-range] /units/2/weight: weight 1000000000.001 is out of range, must be from 0 to \
             1000000000",
            "error[missing-key] /units/3: key `name` is missing",
            "error[wrong-type] /units/3/weight: expected a number, found the text `1`",
            "error[wrong-type] /units/3/result: expected a text, found the number 3",
            "error[unknown-key] /units/3/staff: unknown key `staff`",
            "error[wrong-type] /units/4: expected an object, found the number 7",
            "error[unknown-key] /unit: unknown key `unit` (did you mean `units`?)",
        ]
    );
    assert_eq!(lines(&refused(r#"{ "units": [] }"#)).len(), 1);
    assert_eq!(lines(&refused("[]")).len(), 1);

    // Each lacks three keys, and the first thousand are said.
    let many = refused(&format!(r#"{{ "units": [{}] }}"#, vec!["{}"; 400].join(",")));
    assert_eq!(many.iter().len(), Errors::MOST + 1);
    let last = many.iter().last().unwrap().to_string();
    assert_eq!(last, "error[more-findings]: 200 more findings are not shown");
}

#[test]
fn a_stored_result_that_does_not_add_up_is_refused() {
    let of = equal();
    let units = [level(&of, "a", "3", "0.8"), level(&of, "b", "1", "0.2")];
    let written = serde_json::to_value(Portfolio::new(&of, units).unwrap().assess()).unwrap();
    assert!(serde_json::from_value::<PortfolioResult>(written.clone()).is_ok());
    for (path, value) in [
        ("/overall/score", json!(0.66)),
        ("/units/0/contribution", json!(0.61)),
        ("/units/1/contributions/agile_approach", json!(0.3)),
        ("/spread/stages/native", json!(2)),
        ("/spread/lowest/score", json!(0.9)),
    ] {
        let mut forged = written.clone();
        *forged.pointer_mut(path).unwrap() = value;
        assert!(serde_json::from_value::<PortfolioResult>(forged).is_err(), "{path}");
    }
    let mut twice = written.clone();
    *twice.pointer_mut("/units/1/name").unwrap() = "a".into();
    assert!(serde_json::from_value::<PortfolioResult>(twice).is_err());
    let mut unknown = written;
    *unknown.pointer_mut("/pillars/agile_approach/spread/highest/unit").unwrap() = "c".into();
    assert!(serde_json::from_value::<PortfolioResult>(unknown).is_err());
}

#[test]
fn the_contributions_of_ten_thousand_units_add_up() {
    let of = equal();
    let unit = |at: u32| {
        let scores = [7, 11, 13, 17].map(|step| Some(at * step * 9973 % 1_000_000_001));
        let record = record(&of, scores, scores[0]);
        Unit::new(format!("unit {at}"), UnitWeight::from_whole(1 + at % 977).unwrap(), &record)
    };
    let units: Vec<Unit> = (0..10_000).map(unit).collect();
    let portfolio = Portfolio::new(&of, units).unwrap();
    let result = portfolio.assess();
    let gains = portfolio.gains(portfolio.target(Stage::Native));
    assert!(gains.len() > 5_000);
    let sum: u32 = result.units.iter().map(|unit| unit.contribution.unwrap().billionths()).sum();
    assert_eq!(Some(sum), result.overall.score().map(Score::billionths));
}
