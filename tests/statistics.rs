//! Statistics against published values, R, a slow exact computation in fractions, and identities.
//!
//! Doubles are compared with a tolerance: `CLOSE` of the larger of 1 and the value. A figure takes some
//! hundred operations with an error of 1.1e-16 each, and the divisions amplify that a thousandfold at
//! most on the tables used here.

#![expect(
    clippy::float_arithmetic,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "works with doubles on purpose"
)]

use digital_maturity::statistics::{
    Anova, Consistency, Correlations, CreditSums, Deletion, FleissKappa, GroupAgreement,
    GroupDifference, Groups, Krippendorff, MeasurementError, Metric, Moments, OneWayIcc,
    PairCounts, Ratings, RatingsError, Reliability, Statistic, TwoWayIcc, Undefined, UniformNull,
};
use digital_maturity::{Answer, Pillar, Questionnaire};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde_json::{Value, json};

const CLOSE: f64 = 1e-12;

type Cells = Vec<Vec<Option<f64>>>;

#[track_caller]
fn close(found: impl Into<Option<f64>>, expected: f64) {
    near(found, expected, CLOSE);
}

#[track_caller]
fn near(found: impl Into<Option<f64>>, expected: f64, tolerance: f64) {
    let found = found.into().unwrap();
    let error = (found - expected).abs() / expected.abs().max(1.0);
    assert!(error <= tolerance, "{found} instead of {expected}");
}

#[track_caller]
fn undefined(found: Statistic, reason: Undefined) {
    assert_eq!(found.get(), Err(reason));
}

/// A table of rows written as text: `1 2 . 4`, a point for what is missing.
fn rows(text: &str) -> Ratings {
    Ratings::from_rows(cells(text)).unwrap()
}

fn cells(text: &str) -> Cells {
    let value = |text: &str| if text == "." { None } else { Some(text.parse().unwrap()) };
    text.split('/').map(|row| row.split_whitespace().map(value).collect()).collect()
}

/// A table of `tests/data`, without its first line and without `labels` columns before the values.
fn table(text: &str, labels: usize) -> Cells {
    let value = |text: &str| if text.is_empty() { None } else { Some(text.parse().unwrap()) };
    let lines = text.lines().skip(1);
    lines.map(|line| line.split(',').skip(labels).map(value).collect()).collect()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

// Published values, and R.

fn attitude() -> Ratings {
    Ratings::from_rows(table(include_str!("data/attitude.csv"), 0)).unwrap()
}

#[test]
fn the_attitude_data_give_the_omega_and_lambda_6_of_r_psych() {
    let expected = parsed(include_str!("data/intervals_expected.json"));
    let expected = &expected["attitude"];
    let number = |value: &Value| value.as_f64().unwrap();
    for deletion in [Deletion::Listwise, Deletion::Pairwise] {
        let found = Consistency::new(&attitude(), deletion);
        assert_eq!((found.n, found.k), (30, 7));
        // psych minimises by a general optimiser, to some 1e-8.
        near(found.omega_total.value(), number(&expected["omega_total"]), 1e-7);
        for (loading, of) in
            found.loadings.iter().zip(expected["minres_loadings"].as_array().unwrap())
        {
            near(loading.value(), number(of), 1e-5);
        }
        close(found.lambda_6.value(), number(&expected["lambda6"]));
        // From numpy: the correlation of two sums of columns, stepped up.
        close(found.split_half.value(), 0.922_534_166_370_668_1);
        let r = Correlations::new(&attitude(), deletion).of(1, 0).unwrap().r;
        close(r.value(), number(&expected["r_rating_complaints"]["r"]));
    }
}

/// Worked by hand: alpha of 10 a, b, c has a variance of 100 v(a) and covariances ten times.
#[test]
fn the_weighted_composite_is_that_of_items_times_their_weights() {
    let weights = ["1", "10", "1", "1", "2.5", "1", "1"];
    let factors: Vec<f64> = weights.iter().map(|weight| weight.parse().unwrap()).collect();
    let weights: Vec<_> = weights.iter().map(|weight| weight.parse().unwrap()).collect();
    let credits: Cells = table(include_str!("data/attitude.csv"), 0);
    let mut sums = CreditSums::new((0..7).map(|item| item.to_string()));
    for row in &credits {
        let row: Vec<_> = row.iter().map(|value| value.map(|value| value / 100.0)).collect();
        sums.push(&row).unwrap();
    }
    let times = |row: &Vec<Option<f64>>| -> Vec<Option<f64>> {
        row.iter().zip(&factors).map(|(value, factor)| Some((*value)? / 100.0 * factor)).collect()
    };
    let weighted = Ratings::from_rows(credits.iter().map(times)).unwrap();
    let expected = Reliability::new(&weighted, Deletion::Listwise);
    let found = Reliability::of_weighted(&sums, &weights, Deletion::Listwise).unwrap();
    close(found.alpha.value(), expected.alpha.get().unwrap());
    close(found.alpha.value(), 0.504_494_131_261_943_8); // numpy
    for (item, of) in found.items.iter().zip(&expected.items) {
        close(item.item_rest.value(), of.item_rest.get().unwrap());
        close(item.sd.value(), of.sd.get().unwrap());
    }
    let error = Reliability::of_weighted(&sums, &weights[1..], Deletion::Listwise).unwrap_err();
    assert_eq!(error, RatingsError::Labels { expected: 7, found: 6 });
    let table = Ratings::from_rows(credits).unwrap();
    let of_table = Reliability::weighted(&table, &weights, Deletion::Listwise).unwrap();
    close(of_table.alpha.value(), found.alpha.get().unwrap());
    close(of_table.items[1].sd.value(), 1000.0 * found.items[1].sd.get().unwrap() / 10.0);
    let error = Reliability::weighted(&table, &weights[1..], Deletion::Listwise).unwrap_err();
    assert_eq!(error, RatingsError::Labels { expected: 7, found: 6 });
}

/// By numpy: alpha of the columns of weight above 0, times their weights.
#[test]
fn items_of_weight_0_are_no_part_of_a_weighted_composite() {
    let weights = ["1", "10", "1", "0", "2.5", "1", "0"].map(|weight| weight.parse().unwrap());
    let mut cells: Cells = table(include_str!("data/attitude.csv"), 0);
    for deletion in [Deletion::Listwise, Deletion::Pairwise] {
        let of = |cells: &Cells| {
            let ratings = Ratings::from_rows(cells.iter().cloned()).unwrap();
            let ratings = ratings.with_names(["a", "b", "c", "d", "e", "f", "g"]).unwrap();
            Reliability::weighted(&ratings, &weights, deletion).unwrap()
        };
        let whole = of(&cells);
        assert_eq!((whole.n, whole.k), (30, 5));
        close(whole.alpha.value(), 0.452_644_123_510_378_3);
        let names = whole.items.iter().map(|item| item.name.as_deref().unwrap());
        assert!(names.eq(["a", "b", "c", "e", "f"]));
        // What such an item lacks costs no row.
        for row in &mut cells[..20] {
            row[3] = None;
            row[6] = None;
        }
        assert_eq!(of(&cells), whole);
    }
    let mut sums = CreditSums::new(["a", "b", "c"]);
    sums.push(&[Some(0.5), None, Some(1.0)]).unwrap();
    let error = Reliability::of_weighted(&sums, &weights[2..5], Deletion::Listwise).unwrap_err();
    assert_eq!(error, RatingsError::ZeroWeight { item: 1 });
    assert_eq!(error.to_string(), "the weight of item 1 is 0: leave it out before rows are summed");
    // All of weight 0: there is nothing to be consistent.
    let none = Reliability::weighted(&rows("1 2 / 2 3"), &[weights[3]; 2], Deletion::Listwise);
    undefined(none.unwrap().alpha, Undefined::TooFewItems);
}

/// By scipy: `ttest_ind(equal_var=False)`, `f_oneway`; Hedges' g by its formulas in numpy.
#[test]
fn groups_differ_as_scipy_says() {
    let column = |item: usize, rows: std::ops::Range<usize>| {
        let cells = table(include_str!("data/attitude.csv"), 0);
        Moments::of(&cells[rows].iter().map(|row| row[item].unwrap()).collect::<Vec<_>>())
    };
    let difference = GroupDifference::new(&column(0, 0..10), &column(0, 10..30));
    close(difference.t.value(), -0.512_116_593_072_129_5);
    close(difference.df.value(), 18.020_312_186_623_13);
    close(difference.hedges_g.value(), -0.193_328_820_863_540_06);
    close(difference.hedges_g_se.value(), 0.388_101_705_591_384_2);
    let anova = Anova::new(&[column(1, 0..8), column(1, 8..19), column(1, 19..30)]);
    assert_eq!((anova.groups, anova.n, anova.df_between, anova.df_within), (3, 30, 2, 27));
    close(anova.f.value(), 1.116_692_153_610_889_6);
    close(anova.eta_squared.value(), 0.076_398_417_772_999_72);
    close(anova.omega_squared.value(), 0.007_719_423_827_984_599);
    #[cfg(feature = "intervals")]
    {
        near(difference.p().value(), 0.614_788_622_596_767_8, 1e-10);
        let interval = difference.interval(0.95).unwrap();
        near(interval.lower, -12.500_139_406_358_283, 1e-9);
        near(interval.upper, 7.600_139_406_358_277, 1e-9);
        let interval = difference.hedges_g_interval(0.95).unwrap();
        close(interval.lower, -0.953_994_186_161_220_6);
        close(interval.upper, 0.567_336_544_434_140_3);
        near(anova.p().value(), 0.342_013_320_677_212_13, 1e-10);
    }
}

#[test]
fn what_groups_do_not_determine_is_undefined() {
    let [none, one, same] = [&[][..], &[0.5], &[0.5, 0.5]].map(Moments::of);
    let (few, varied) = (Undefined::TooFewRows, Moments::of(&[0.25, 0.75]));
    for other in [none, one] {
        let found = GroupDifference::new(&varied, &other);
        undefined(found.t, few);
        undefined(found.hedges_g, few);
    }
    let found = GroupDifference::new(&same, &same);
    assert_eq!(found.difference.value(), Some(0.0));
    undefined(found.t, Undefined::NoVariance);
    undefined(Anova::new(&[varied]).f, Undefined::TooFewGroups);
    undefined(Anova::new(&[varied, none]).f, Undefined::TooFewGroups);
    undefined(Anova::new(&[one, one]).f, few);
    undefined(Anova::new(&[same, same]).eta_squared, Undefined::NoVariance);
    // All that differs lies between the groups.
    let apart = Anova::new(&[same, Moments::of(&[0.75, 0.75])]);
    undefined(apart.f, Undefined::NoVariance);
    assert_eq!(apart.eta_squared.value(), Some(1.0));
}

#[test]
fn coefficients_that_the_data_do_not_determine_are_undefined() {
    let found = |text: &str| Consistency::new(&rows(text), Deletion::Listwise);
    let two = found("1 2 / 2 2 / 3 4");
    undefined(two.omega_total, Undefined::TooFewItems);
    assert!(two.split_half.value().is_some());
    undefined(found("1 / 2 / 3").split_half, Undefined::TooFewItems);
    undefined(found("1 2 3").lambda_6, Undefined::TooFewRows);
    undefined(found("1 1 2 / 2 1 3 / 3 1 1").omega_total, Undefined::NoVariance);
    // The third is the sum of the others.
    undefined(found("1 2 3 / 2 1 3 / 3 3 6 / 1 4 5").lambda_6, Undefined::NoVariance);
    // r12 r13 / r23 = (2/3) / (1/3): the first would have a loading of the root of 2.
    undefined(
        found("0 0 0 / 0 0 0 / 1 0 1 / 1 1 0 / 2 1 1 / 2 1 1").omega_total,
        Undefined::Heywood,
    );
}

#[cfg(feature = "intervals")]
#[test]
fn intervals_are_those_of_r_psych() {
    let expected = parsed(include_str!("data/intervals_expected.json"));
    let number = |value: &Value| value.as_f64().unwrap();
    let judged = Ratings::from_rows(table(include_str!("data/shrout_fleiss1979.csv"), 1)).unwrap();
    for (name, ratings) in [("attitude", attitude()), ("shrout_fleiss1979", judged)] {
        let two = TwoWayIcc::of(&ratings);
        let one = OneWayIcc::of(&Groups::from(&ratings));
        let expected = &expected[name]["icc"];
        for (name, icc, f, interval) in [
            ("icc_1_1", one.icc_1, one.f(), one.icc_1_interval(0.95)),
            ("icc_1_k", one.icc_2, one.f(), one.icc_2_interval(0.95)),
            ("icc_2_1", two.icc_2_1, two.f(), two.icc_2_1_interval(0.95)),
            ("icc_2_k", two.icc_2_k, two.f(), two.icc_2_k_interval(0.95)),
            ("icc_3_1", two.icc_3_1, two.f(), two.icc_3_1_interval(0.95)),
            ("icc_3_k", two.icc_3_k, two.f(), two.icc_3_k_interval(0.95)),
        ] {
            let (expected, interval) = (&expected[name], interval.unwrap());
            near(icc.value(), number(&expected["icc"]), 1e-11);
            near(f.value(), number(&expected["f"]), 1e-11);
            near(interval.lower, number(&expected["lower95"]), 1e-9);
            near(interval.upper, number(&expected["upper95"]), 1e-9);
        }
    }
    let pair = *Correlations::new(&attitude(), Deletion::Listwise).of(0, 1).unwrap();
    let interval = pair.interval(0.95).unwrap();
    let expected = &expected["attitude"]["r_rating_complaints"];
    near(interval.lower, number(&expected["lower95"]), 1e-11);
    near(interval.upper, number(&expected["upper95"]), 1e-11);
    // scipy: `pearsonr` of the first and the last item; the interval of alpha by its formula in numpy.
    let far = *Correlations::new(&attitude(), Deletion::Listwise).of(0, 6).unwrap();
    near(far.p().value(), 0.413_176_329_508_163, 1e-10);
    let alpha = Reliability::new(&attitude(), Deletion::Listwise).duhachek_interval(0.95).unwrap();
    close(alpha.lower, 0.759_970_334_548_328_7);
    close(alpha.upper, 0.926_315_204_581_190_8);
}

#[test]
fn the_attitude_data_give_the_figures_of_r_psych() {
    let text = include_str!("data/attitude.csv");
    let names = text.lines().next().unwrap().split(',').map(|name| name.trim_matches('"'));
    let ratings = Ratings::from_rows(table(text, 0)).unwrap().with_names(names).unwrap();
    let expected = parsed(include_str!("data/attitude_expected.json"));
    let expected = &expected["psych_alpha"];
    let number = |value: &Value| value.as_f64().unwrap();
    for reliability in [
        Reliability::new(&ratings, Deletion::Listwise),
        Reliability::new(&ratings, Deletion::Pairwise),
    ] {
        assert_eq!((reliability.n, reliability.n_total, reliability.k), (30, 30, 7));
        assert_eq!(reliability.pairs, Some(PairCounts { fewest: 30, most: 30 }));
        let total = &expected["total"];
        close(reliability.alpha.value(), number(&total["raw_alpha"]));
        close(reliability.standardised_alpha.value(), number(&total["std.alpha"]));
        close(reliability.mean_inter_item_r.value(), number(&total["average_r"]));
        if reliability.deletion == Deletion::Listwise {
            close(reliability.ase.value(), number(&total["ase"]));
        }
        for item in &reliability.items {
            let name = item.name.as_deref().unwrap();
            let (own, without) = (&expected["item_stats"][name], &expected["alpha_drop"][name]);
            close(item.mean.value(), number(&own["mean"]));
            close(item.sd.value(), number(&own["sd"]));
            close(item.item_rest.value(), number(&own["r.drop"]));
            close(item.alpha_if_dropped.value(), number(&without["raw_alpha"]));
        }
    }
}

#[test]
fn judges_give_the_six_correlations_of_shrout_and_fleiss() {
    let ratings = Ratings::from_rows(table(include_str!("data/shrout_fleiss1979.csv"), 1)).unwrap();
    let expected = parsed(include_str!("data/shrout_fleiss1979_expected.json"));
    let one = OneWayIcc::of(&Groups::from(&ratings));
    let two = TwoWayIcc::of(&ratings);
    for (found, published, exact) in [
        (one.icc_1, "ICC1_1", "Single_raters_absolute"),
        (one.icc_2, "ICC1_k", "Average_raters_absolute"),
        (two.icc_2_1, "ICC2_1", "Single_random_raters"),
        (two.icc_3_1, "ICC3_1", "Single_fixed_raters"),
        (two.icc_2_k, "ICC2_k", "Average_random_raters"),
        (two.icc_3_k, "ICC3_k", "Average_fixed_raters"),
    ] {
        assert_eq!(format!("{found:.2}"), format!("{:.2}", expected["published"][published]));
        close(found.value(), expected["anova"][exact]["ICC"].as_f64().unwrap());
    }
    let squares = &expected["anova_stats"]["MS"];
    close(two.between.value(), squares["subjects"].as_f64().unwrap());
    close(two.raters.value(), squares["Judges"].as_f64().unwrap());
    close(two.error.value(), squares["Residual"].as_f64().unwrap());
    close(one.within.value(), expected["MSW"].as_f64().unwrap());
}

/// A file with raters in rows, as the papers print them, with units in rows.
fn units(text: &str) -> Ratings {
    Ratings::from_columns(table(text, 1)).unwrap()
}

#[test]
fn krippendorffs_examples_give_his_figures() {
    let paper = units(include_str!("data/krippendorff2011_C.csv"));
    let expected = parsed(include_str!("data/krippendorff2011_C_expected.json"));
    for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
        let name = json!(metric);
        let found = Krippendorff::of(&paper, metric);
        assert_eq!((found.units, found.units_total, found.ratings), (11, 12, 40));
        close(found.alpha.value(), expected["irr"][name.as_str().unwrap()].as_f64().unwrap());
        near(
            found.alpha.value(),
            expected["published"][name.as_str().unwrap()].as_f64().unwrap(),
            5e-4, // three decimals are published
        );
    }
    let other = units(include_str!("data/krippendorff_wikipedia.csv"));
    for (metric, published) in [(Metric::Nominal, "0.691"), (Metric::Interval, "0.811")] {
        assert_eq!(format!("{:.3}", Krippendorff::of(&other, metric).alpha), published);
    }
}

#[test]
fn fleiss_kappa_of_a_worked_example() {
    // Fourteen raters, ten subjects, five categories: 0.210 (Wikipedia, "Fleiss' kappa").
    let counts = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let subject = |counts: &[usize; 5]| -> Vec<f64> {
        let of = |(category, count): (usize, &usize)| vec![category as f64; *count];
        counts.iter().enumerate().flat_map(of).collect()
    };
    let found = FleissKappa::of(&Ratings::from_rows(counts.iter().map(subject)).unwrap());
    assert_eq!((found.subjects, found.raters), (10, Some(14)));
    assert_eq!(format!("{:.3}", found.kappa), "0.210");
}

#[test]
fn errors_of_measurement_and_reliable_change_are_those_worked_by_hand() {
    let expected = parsed(include_str!("data/rci_expected.json"));
    let number = |of: &str, what: &str| expected[of][what].as_f64().unwrap();
    let error = MeasurementError::new(number("sem", "alpha"), number("sem", "sd")).unwrap();
    close(error.of_value(), number("sem", "SEM"));
    let error = MeasurementError::new(number("rci", "r"), number("rci", "sd")).unwrap();
    close(error.of_difference(), number("rci", "S_diff"));
    let (x1, x2) = (number("rci", "x1"), number("rci", "x2"));
    close(error.change(x1, x2).unwrap().index, number("rci", "RCI"));
    let [sd1, sd2] = ["sd1", "sd2"].map(|sd| number("maassen_sd_variant", sd));
    let error = MeasurementError::of_waves(number("rci", "r"), sd1, sd2).unwrap();
    close(error.of_difference(), number("maassen_sd_variant", "S_diff"));
    close(error.change(x1, x2).unwrap().index, number("maassen_sd_variant", "RCI"));
}

#[test]
fn reliable_change_takes_a_reliability_from_0_to_below_1_and_a_spread() {
    for (reliability, sd, expected) in [
        (0.0, 1.0, Ok(())),
        (0.999, 1.0, Ok(())),
        (1.0, 1.0, Err(Undefined::OutOfRange)),
        (-0.1, 1.0, Err(Undefined::OutOfRange)),
        (f64::NAN, 1.0, Err(Undefined::OutOfRange)),
        (0.5, 0.0, Err(Undefined::OutOfRange)),
        (0.5, f64::INFINITY, Err(Undefined::OutOfRange)),
        (0.5, 1e200, Err(Undefined::Unrepresentable)),
        (0.5, 1e-200, Err(Undefined::Unrepresentable)),
    ] {
        assert_eq!(
            MeasurementError::new(reliability, sd).map(|_| ()),
            expected,
            "{reliability} {sd}"
        );
    }
    let error = MeasurementError::new(0.0, 1.0).unwrap();
    assert_eq!(error.change(f64::NAN, 1.0), Err(Undefined::OutOfRange));
    assert_eq!(error.change(-1e308, 1e308), Err(Undefined::Unrepresentable));
    let whole = MeasurementError::new(0.5, 1.0).unwrap(); // error of a difference: 1
    assert!(!whole.change(0.0, 1.96).unwrap().is_reliable());
    assert!(whole.change(2.0, 0.0).unwrap().is_reliable());
}

#[cfg(feature = "intervals")]
#[test]
fn feldt_intervals_are_those_of_r() {
    let grid = include_str!("data/feldt_ci_grid.csv");
    let mut found = Reliability::new(&rows("1 2 / 3 3 / 2 4"), Deletion::Listwise);
    let mut lines = 0;
    for line in grid.lines().skip(1) {
        let [alpha, n, k, lower, upper] =
            line.split(',').map(str::trim).collect::<Vec<_>>().try_into().unwrap();
        // An alpha and its number of rows and items; the interval asks for nothing else.
        found.alpha = scale_with(alpha.parse().unwrap());
        (found.n, found.k) = (n.parse().unwrap(), k.parse().unwrap());
        let interval = found.feldt_interval(0.95).unwrap();
        close(interval.lower, lower.parse().unwrap());
        close(interval.upper, upper.parse().unwrap());
        lines += 1;
    }
    assert_eq!(lines, 96);
}

/// The alpha of two items with the covariances that give it.
#[cfg(feature = "intervals")]
fn scale_with(alpha: f64) -> Statistic {
    // Variances 1 and covariance c have alpha = 2c/(1 + c); x and y = c x + sqrt(1 - c²) z do.
    let c = alpha / (2.0 - alpha);
    let (x, z) = ([1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 1.0, -1.0]);
    let y = x.iter().zip(&z).map(|(x, z)| c * x + (1.0 - c * c).sqrt() * z);
    Reliability::new(&Ratings::from_columns([x.to_vec(), y.collect()]).unwrap(), Deletion::Listwise)
        .alpha
}

#[cfg(feature = "intervals")]
#[test]
fn feldt_intervals_hold_for_a_million_rows_and_refuse_what_has_none() {
    let mut found = Reliability::new(&rows("1 2 / 3 3 / 2 4 / 5 4"), Deletion::Listwise);
    (found.n, found.k) = (1_000_000, 45);
    let interval = found.feldt_interval(0.95).unwrap();
    // Quantiles 0.997198896269... and 1.002805155465... by scipy 1.17 (Boost).
    let off = 1.0 - found.alpha.value().unwrap();
    near((1.0 - interval.upper) / off, 0.997_198_896_269_058, 1e-10);
    near((1.0 - interval.lower) / off, 1.002_805_155_465_585_6, 1e-10);

    for level in [0.0, 1.0, -0.5, 95.0, f64::NAN] {
        assert_eq!(found.feldt_interval(level), Err(Undefined::OutOfRange));
    }
    let gaps = rows("1 2 / 3 . / 2 4 / 5 4");
    assert_eq!(
        Reliability::new(&gaps, Deletion::Pairwise).feldt_interval(0.95),
        Err(Undefined::Pairwise)
    );
    let single = Reliability::new(&rows("1 / 2 / 3"), Deletion::Listwise);
    assert_eq!(single.feldt_interval(0.95), Err(Undefined::TooFewItems));
    let perfect =
        Reliability::new(&rows("1 1 / 2 2 / 3 3"), Deletion::Listwise).feldt_interval(0.9).unwrap();
    assert_eq!((perfect.lower, perfect.upper), (1.0, 1.0));
}

#[test]
fn rows_that_are_dropped_count_in_no_figure() {
    let with_gaps =
        Reliability::new(&rows("1 2 / 3 3 / 2 4 / 5 4 / 5 . / . 1"), Deletion::Listwise);
    let without = Reliability::new(&rows("1 2 / 3 3 / 2 4 / 5 4"), Deletion::Listwise);
    assert_eq!((with_gaps.n, with_gaps.n_total), (4, 6));
    assert_eq!((with_gaps.alpha, with_gaps.ase), (without.alpha, without.ase));
}

// Edges.

#[test]
fn reliability_is_undefined_for_a_reason() {
    use Undefined::{
        NegativeVariance, NoVariance, Pairwise, TooFewItems, TooFewPairs, TooFewRows,
        Unrepresentable,
    };
    // Rows, and why alpha, standardised alpha and the standard error are undefined listwise, and
    // alpha pairwise.
    for (text, alpha, standardised, pairwise) in [
        ("1 / 2 / 3", Some(TooFewItems), Some(TooFewItems), Some(TooFewItems)),
        ("1 2", Some(TooFewRows), Some(TooFewRows), Some(TooFewRows)),
        ("1 . / . 2 / 3 .", Some(TooFewRows), Some(TooFewRows), Some(TooFewPairs)),
        ("2 3 / 2 3 / 2 3", Some(NoVariance), Some(NoVariance), Some(NoVariance)),
        ("1 3 / 2 2 / 3 1", Some(NoVariance), Some(NoVariance), Some(NoVariance)),
        ("1 3 2 / 2 3 3 / 3 3 1", None, Some(NoVariance), None),
        // Thirds: the totals are the same but for what rounding leaves.
        (
            "0 1 / 0.3333333333333333 0.6666666666666666 / 0.6666666666666667 0.3333333333333334 / 1 0",
            Some(NoVariance),
            Some(NoVariance),
            Some(NoVariance),
        ),
        // Each two items vary against each other where both are answered.
        (
            "1 9 . / 2 8 . / 3 7 . / 1 . 9 / 2 . 8 / 3 . 7 / . 1 9 / . 2 8 / . 3 7",
            Some(TooFewRows),
            Some(TooFewRows),
            None,
        ),
        (
            "1 9 . / 9 1 . / . 5 1 / . 5 2 / 4 . 5 / 5 . 4",
            Some(TooFewRows),
            Some(TooFewRows),
            Some(NegativeVariance),
        ),
        (
            "1e200 0 / 0 1e200 / 1e200 1e200",
            Some(Unrepresentable),
            Some(Unrepresentable),
            Some(Unrepresentable),
        ),
        (
            "1e-200 0 / 0 1e-200 / 1e-200 1e-200",
            Some(Unrepresentable),
            Some(Unrepresentable),
            Some(Unrepresentable),
        ),
        (
            "1e308 1 / -1e308 2 / 0 3",
            Some(Unrepresentable),
            Some(Unrepresentable),
            Some(Unrepresentable),
        ),
    ] {
        let table = rows(text);
        let listwise = Reliability::new(&table, Deletion::Listwise);
        assert_eq!(listwise.alpha.get().err(), alpha, "{text}");
        assert_eq!(listwise.ase.get().err(), alpha, "{text}");
        assert_eq!(listwise.standardised_alpha.get().err(), standardised, "{text}");
        let found = Reliability::new(&table, Deletion::Pairwise);
        assert_eq!(found.alpha.get().err(), pairwise, "{text}");
        undefined(found.ase, Pairwise);
    }
}

#[test]
fn no_row_and_no_column_are_no_ground_for_a_figure() {
    let nothing = Ratings::from_rows(Cells::new()).unwrap();
    let no_columns = Ratings::from_rows([vec![], vec![] as Vec<f64>]).unwrap();
    let no_rows = Ratings::from_columns([[], []] as [[f64; 0]; 2]).unwrap();
    for (table, reason) in [
        (nothing, Undefined::TooFewItems),
        (no_columns, Undefined::TooFewItems),
        (no_rows, Undefined::TooFewRows),
    ] {
        for found in [
            Reliability::new(&table, Deletion::Listwise),
            Reliability::new(&table, Deletion::Pairwise),
        ] {
            undefined(found.alpha, reason);
            assert_eq!(found.n, 0);
        }
        for item in Reliability::new(&table, Deletion::Listwise).items {
            undefined(item.mean, Undefined::TooFewRows);
            undefined(item.sd, Undefined::TooFewRows);
        }
        undefined(Krippendorff::of(&table, Metric::Nominal).alpha, Undefined::TooFewRaters);
        undefined(OneWayIcc::of(&Groups::from(&table)).icc_1, Undefined::TooFewGroups);
        undefined(FleissKappa::of(&table).kappa, Undefined::TooFewRaters);
        assert!(TwoWayIcc::of(&table).icc_2_1.value().is_none());
        let null = UniformNull::options(5).unwrap();
        assert!(GroupAgreement::of(&table, null).r_wg_j.value().is_none());
    }
}

#[test]
fn a_negative_alpha_is_given_as_it_is() {
    // Variances 1 and 1, covariance -1/2: 2 (1 - 2/1).
    close(Reliability::new(&rows("1 2 / 2 3 / 3 1"), Deletion::Listwise).alpha.value(), -2.0);
}

#[test]
fn a_constant_item_stays_in_alpha_and_is_listed() {
    let found = Reliability::new(&rows("1 2 7 / 2 4 7 / 3 3 7 / 4 5 7"), Deletion::Listwise);
    let without = Reliability::new(&rows("1 2 / 2 4 / 3 3 / 4 5"), Deletion::Listwise);
    assert_eq!(found.constant, [2]);
    let factor = 1.5 / 2.0; // k/(k-1) of three items instead of two
    close(found.alpha.value(), without.alpha.value().unwrap() * factor);
    undefined(found.items[2].item_rest, Undefined::NoVariance);
    close(found.items[2].sd.value(), 0.0);
    close(found.items[2].alpha_if_dropped.value(), without.alpha.value().unwrap());
    undefined(found.mean_inter_item_r, Undefined::NoVariance);
}

#[test]
fn alpha_if_dropped_takes_three_items_and_item_rest_two() {
    let two = Reliability::new(&rows("1 2 / 2 4 / 3 3"), Deletion::Listwise);
    for item in &two.items {
        undefined(item.alpha_if_dropped, Undefined::TooFewItems);
        close(item.item_rest.value(), 0.5); // the correlation of the two
    }
    let one = Reliability::new(&rows("1 / 2 / 3"), Deletion::Listwise);
    undefined(one.items[0].item_rest, Undefined::TooFewItems);
    assert_eq!(one.pairs, None);
}

#[test]
fn a_pair_without_shared_rows_spoils_only_what_needs_it() {
    let found = Reliability::new(
        &rows("1 2 . / 2 3 . / 3 3 . / . 4 1 / . 1 2 / . 2 2 / . 3 4"),
        Deletion::Pairwise,
    );
    assert_eq!((found.n, found.pairs), (7, Some(PairCounts { fewest: 0, most: 4 })));
    undefined(found.alpha, Undefined::TooFewPairs);
    undefined(found.mean_inter_item_r, Undefined::TooFewPairs);
    assert!(found.items[0].alpha_if_dropped.value().is_some());
    undefined(found.items[1].alpha_if_dropped, Undefined::TooFewPairs);
}

#[test]
fn ratings_around_a_billion_lose_no_digits() {
    let small = cells("1 2.5 3 / 2 2 4.5 / 3 4 4 / 4 3.5 2 / 5 5 5.5");
    let large: Cells = small
        .iter()
        .map(|row| row.iter().map(|value| value.map(|value| value + 1e9)).collect())
        .collect();
    let (small, large) = (Ratings::from_rows(small).unwrap(), Ratings::from_rows(large).unwrap());
    let figures = |table: &Ratings| {
        let reliability = Reliability::new(table, Deletion::Listwise);
        let two = TwoWayIcc::of(table);
        let krippendorff = Krippendorff::of(table, Metric::Interval);
        let group = GroupAgreement::of(table, UniformNull::options(9).unwrap());
        [
            reliability.alpha,
            reliability.ase,
            reliability.mean_inter_item_r,
            reliability.items[0].item_rest,
            two.icc_2_1,
            two.icc_3_k,
            krippendorff.alpha,
            group.r_star,
            group.ad,
            OneWayIcc::of(&Groups::from(table)).icc_1,
        ]
    };
    for (small, large) in figures(&small).iter().zip(figures(&large)) {
        close(large.value(), small.value().unwrap());
    }
}

#[test]
fn an_item_with_a_large_variance_does_not_blur_the_others() {
    let others = rows("1 2 3 / 2 2 4 / 3 4 4 / 4 3 2 / 5 5 5");
    let with = rows("1e9 1 2 3 / -1e9 2 2 4 / 3e9 3 4 4 / 5e9 4 3 2 / 0 5 5 5");
    let expected = Reliability::new(&others, Deletion::Listwise).alpha.value().unwrap();
    close(Reliability::new(&with, Deletion::Listwise).items[0].alpha_if_dropped.value(), expected);
}

#[test]
fn agreement_in_a_group_at_its_edges() {
    let five = UniformNull::options(5).unwrap();
    // Rows; r_wg(j); r*_wg(j); AD: by hand, with an expected variance of 2.
    for (text, r_wg_j, r_star, ad) in [
        ("3 / 3 / 3", 1.0, 1.0, 0.0),
        ("3 / 4", 0.75, 0.75, 0.5),
        ("1 / 5", 0.0, -3.0, 2.0),
        ("1 3 / 3 3", 2.0 / 3.0, 0.5, 0.5),
        ("1 3 / 3 3 / 5 .", 2.0 / 3.0, 0.5, 0.5),
        ("1 1 / 5 5", 0.0, -3.0, 2.0),
    ] {
        let found = GroupAgreement::of(&rows(text), five);
        close(found.r_wg_j.value(), r_wg_j);
        close(found.r_star.value(), r_star);
        close(found.ad.value(), ad);
        if found.j == 1 {
            assert_eq!(
                (found.r_wg_j, found.r_star),
                (found.items[0].r_wg, found.items[0].r_wg_raw)
            );
        }
    }
    let alone = GroupAgreement::of(&rows("3 4 / . 4"), five);
    assert_eq!(alone.null, five);
    assert_eq!((alone.n, alone.n_total), (1, 2));
    for figure in [alone.r_wg_j, alone.r_star, alone.ad, alone.items[1].r_wg] {
        undefined(figure, Undefined::TooFewRows);
    }
    close(alone.items[0].mean.value(), 3.0);
    assert_eq!(UniformNull::options(1), Err(Undefined::OutOfRange));
    assert_eq!(UniformNull::continuous(f64::NAN), Err(Undefined::OutOfRange));
    assert_eq!(five.spaced(-1.0), Err(Undefined::OutOfRange));
    assert_eq!(UniformNull::continuous(6.0).unwrap().variance(), 3.0);
    assert_eq!(UniformNull::options(6).unwrap().spaced(2.0).unwrap().ad_cutoff(), 2.0);
}

/// In fractions all of these are 0: what is seen is as often unlike as by chance, or covariances sum
/// to 0. In doubles, a rounding is left.
#[test]
fn a_figure_that_is_exactly_0_is_0() {
    for scale in [1.0, 0.1, 0.7, 1.0 / 3.0, 1e9 / 7.0] {
        let scaled = |text: &str| {
            let value = |value: Option<f64>| value.map(|value| value * scale);
            let rows = cells(text).into_iter().map(|row| row.into_iter().map(value).collect());
            Ratings::from_rows::<Vec<_>, _>(rows.collect::<Vec<_>>()).unwrap()
        };
        let zero = |found: Statistic| {
            assert_eq!(found.get().map(f64::to_bits), Ok(0.0_f64.to_bits()), "{found:?} {scale}");
        };
        for units in ["1 1 / 1 3 / 2 2", "1 1 / 1 1 / 1 2", "1 1 / 1 4 / 1 1"] {
            zero(Krippendorff::of(&scaled(units), Metric::Interval).alpha);
        }
        zero(Krippendorff::of(&scaled("1 1 / 1 1 / 1 2"), Metric::Nominal).alpha);
        zero(Reliability::new(&scaled("1 1 / 1 3 / 3 1 / 3 3"), Deletion::Listwise).alpha);
    }
}

#[test]
fn intraclass_correlations_at_their_edges() {
    use Undefined::{NoVariance, TooFewGroups, TooFewRaters, TooFewRows};
    let one_way = |text| OneWayIcc::of(&Groups::from(&rows(text)));
    // Means 2 and 2: MSB is 0, which leaves ICC(1) its lowest value, -1/(m - 1), and no ICC(2).
    let flat = one_way("1 3 / 3 1");
    assert_eq!((flat.between.value(), flat.icc_1.value()), (Some(0.0), Some(-1.0)));
    undefined(flat.icc_2, NoVariance);
    let flat = one_way("0.1 0.3 0.2 / 0.3 0.2 0.1 / 0.2 0.1 0.3"); // the means round apart
    undefined(flat.icc_2, NoVariance);
    undefined(one_way("3 3 / 3 3").icc_1, NoVariance);
    undefined(one_way("1 2 3").icc_1, TooFewGroups);
    undefined(one_way("1 . / . 2").icc_1, TooFewRows);
    close(one_way("1 1 / 2 2").icc_1.value(), 1.0);
    // Negative: MSB 1/4, MSW 5/2.
    let negative = one_way("1 3 / 2 4 / 1 4");
    assert!(negative.icc_1.value().unwrap() < 0.0 && negative.icc_2.value().unwrap() < -1.0);
    // Sizes 3, 1: n0 = 4 - 10/4, mean size 2.
    let uneven = one_way("1 2 3 / 5 . .");
    let (between, within) = (6.75, 1.0);
    close(uneven.between.value(), between);
    close(uneven.within.value(), within);
    close(uneven.icc_1.value(), (between - within) / (between + 0.5 * within));
    close(uneven.icc_1_mean_size.value(), (between - within) / (between + within));

    let two_way = |text| TwoWayIcc::of(&rows(text));
    undefined(two_way("1 / 2").icc_3_1, TooFewRaters);
    undefined(two_way("1 2 / . 3").icc_3_1, TooFewRows);
    // Targets alike: MSB and MSJ are 0, MSE is 3/2. What is divided by is 3/2, 3, -1/2 and 0.
    let flat = two_way("1 3 2 / 3 2 1 / 2 1 3");
    assert_eq!((flat.icc_2_1.value(), flat.icc_3_1.value()), (Some(-1.0), Some(-0.5)));
    undefined(flat.icc_2_k, Undefined::NegativeVariance);
    undefined(flat.icc_3_k, NoVariance);
    // As R's irr and psych, and pingouin: MSB 0, MSJ 2/3, MSE 26/3.
    let flat = two_way("1 5 / 5 1 / 2 4");
    assert_eq!(flat.icc_3_1.value(), Some(-1.0));
    close(flat.icc_2_1.value(), -2.6);
    let gaps = two_way("1 2 / 2 2 / 5 . / 4 5");
    assert_eq!((gaps.n, gaps.n_total, gaps.k), (3, 4, 2));
    // The targets differ less than what is left does, and the judges hardly.
    undefined(two_way("0 2 1 / 2 1 0 / 1 0 2.5").icc_2_k, Undefined::NegativeVariance);
}

#[test]
fn ratings_that_cannot_be_paired_or_told_apart_have_no_alpha() {
    for (text, reason) in [
        ("1 . / . 2 / . .", Undefined::TooFewRaters),
        ("1 1 / 1 1 / . 2", Undefined::NoVariance), // the 2 has no pair
    ] {
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
            undefined(Krippendorff::of(&rows(text), metric).alpha, reason);
        }
    }
    for (text, reason) in [
        ("1 / 2", Undefined::TooFewRaters),
        ("1 1 . / 1 2 2", Undefined::UnequalRaters),
        ("1 1 / 1 1", Undefined::NoVariance),
    ] {
        undefined(FleissKappa::of(&rows(text)).kappa, reason);
    }
    // Who rated does not matter, and a subject that nobody rated is not used.
    let shuffled = FleissKappa::of(&rows("1 2 . / . 2 2 / . . ."));
    assert_eq!((shuffled.subjects, shuffled.subjects_total), (2, 3));
    assert_eq!(shuffled.kappa, FleissKappa::of(&rows("2 1 / 2 2")).kappa);
}

#[test]
fn a_negative_zero_is_the_same_rating_as_zero() {
    let table = Ratings::from_rows([[0.0, -0.0], [1.0, 1.0]]).unwrap();
    close(Krippendorff::of(&table, Metric::Nominal).alpha.value(), 1.0);
    assert_eq!(table, rows("0 0 / 1 1"));
}

#[test]
fn what_is_no_table_is_refused_with_its_place() {
    let infinite = Ratings::from_columns([[1.0, 2.0], [3.0, f64::INFINITY]]);
    assert_eq!(infinite.unwrap_err(), RatingsError::NotFinite { row: 1, column: 1 });
    let uneven = Ratings::from_columns([vec![1.0], vec![]]);
    assert_eq!(uneven.unwrap_err().to_string(), "line 1 has 0 values, the first has 1");
    let named = rows("1 2").with_names(["one"]);
    assert_eq!(named.unwrap_err().to_string(), "1 names, keys or weights for 2");
    assert_eq!(
        rows("1 2").split_by([0, 1]).unwrap_err(),
        RatingsError::Labels { expected: 1, found: 2 }
    );
    let group = Groups::from_pairs([("a", 1.0), ("b", f64::NAN)]);
    assert_eq!(group.unwrap_err(), RatingsError::NotFinite { row: 1, column: 0 });
}

#[test]
fn sheets_give_the_credits_of_answers_to_questions_that_are_asked() {
    let pulse = Questionnaire::dcx_pulse();
    let mut spec = pulse.spec().clone();
    let ids: Vec<String> = pulse.questions().map(|question| question.id().to_owned()).collect();
    spec.questions[1].reverse = true;
    let mut document = serde_json::to_value(&spec).unwrap();
    document["questions"][2]["asked_if"] = json!({ "question": ids[0], "at_least": 0.75 });
    document["version"] = json!("9.0.0");
    let own = Questionnaire::from_json(&document.to_string()).unwrap();
    let mut sheets = vec![own.sheet(), own.sheet()];
    for (sheet, first) in sheets.iter_mut().zip([5, 3]) {
        for id in &ids[..3] {
            sheet.set(id, 4).unwrap();
        }
        sheet.set(&ids[0], first).unwrap();
        sheet.set(&ids[3], Answer::DontKnow).unwrap();
    }
    let table = Ratings::from_sheets(&sheets, |question| question.position() < 5).unwrap();
    let row = |row| (0..5).map(|column| table.get(row, column)).collect::<Vec<_>>();
    assert_eq!(row(0), [Some(1.0), Some(0.25), Some(0.75), None, None]);
    assert_eq!(row(1), [Some(0.5), Some(0.25), None, None, None]); // the third was not asked
    assert_eq!(table.name(3), Some(ids[3].as_str()));

    sheets.push(pulse.sheet());
    let mixed = Ratings::from_sheets(&sheets, |question| question.pillar() == Pillar::ALL[0]);
    let mixed = mixed.unwrap_err();
    assert!(matches!(mixed, RatingsError::OtherQuestionnaire { row: 2, .. }), "{mixed}");
    assert_eq!(Ratings::from_sheets(&[], |_| true).unwrap().rows(), 0);
}

#[test]
fn a_result_in_json_says_what_is_undefined() {
    let found = json!(Reliability::new(&rows("1 2 / 2 3 / 3 3"), Deletion::Pairwise));
    assert_eq!(found["deletion"], "pairwise");
    assert_eq!(found["ase"], json!({ "undefined": "pairwise" }));
    assert_eq!(found["pairs"], json!({ "fewest": 3, "most": 3 }));
    near(found["alpha"]["value"].as_f64(), 6.0 / 7.0, CLOSE);
    assert_eq!(
        format!(
            "[{:>9.2}] [{:>10}]",
            statistic(0.5),
            Reliability::new(&rows("1"), Deletion::Listwise).alpha
        ),
        "[     0.50] [ undefined]"
    );
}

/// A statistic of that value: the mean of an item that is nothing else.
fn statistic(value: f64) -> Statistic {
    Reliability::new(&Ratings::from_columns([[value]]).unwrap(), Deletion::Listwise).items[0].mean
}

// Identities, and the exact slow way.

/// A deterministic source of numbers (splitmix64), the same on every platform.
struct Rng(u64);

impl Rng {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    /// A table of small whole numbers, of up to nine rows and five columns, with gaps in one of two.
    fn table(&mut self) -> Vec<Vec<Option<i64>>> {
        let (rows, columns) = (1 + self.below(9), 1 + self.below(5));
        let (options, gaps) = (2 + self.below(4), self.below(2) * 20);
        let value = |rng: &mut Self| {
            let missing = rng.below(100) < gaps;
            let value = i64::try_from(rng.below(options)).unwrap();
            (!missing).then_some(value)
        };
        (0..rows).map(|_| (0..columns).map(|_| value(self)).collect()).collect()
    }
}

fn ratings(table: &[Vec<Option<i64>>]) -> Ratings {
    let value = |value: &Option<i64>| value.map(|value| value as f64);
    Ratings::from_rows(table.iter().map(|row| row.iter().map(value).collect::<Vec<_>>())).unwrap()
}

#[test]
fn identities_hold() {
    let mut rng = Rng(11);
    for _ in 0..300 {
        let cells: Vec<Vec<f64>> = (0..20)
            .map(|_| {
                let level = rng.below(4) as f64;
                (0..4).map(|_| level + rng.below(1000) as f64 / 250.0).collect()
            })
            .collect();
        let table = Ratings::from_rows(cells.clone()).unwrap();
        let found = Reliability::new(&table, Deletion::Listwise);
        // Consistency of the mean of k raters is alpha.
        close(TwoWayIcc::of(&table).icc_3_k.value(), found.alpha.value().unwrap());
        // Without gaps, pairs are rows.
        let pairwise = Reliability::new(&table, Deletion::Pairwise);
        assert_eq!(
            (pairwise.alpha, pairwise.mean_inter_item_r),
            (found.alpha, found.mean_inter_item_r)
        );
        // Item-rest r is the correlation with the sum of the others: alpha of the two, standardised.
        let rest = |row: &Vec<f64>| row[1..].iter().sum::<f64>();
        let two = cells.iter().map(|row| [row[0], rest(row)]);
        let two = Reliability::new(&Ratings::from_rows(two).unwrap(), Deletion::Listwise);
        close(found.items[0].item_rest.value(), two.mean_inter_item_r.value().unwrap());
        // Alpha if dropped is alpha of what is left.
        let left = Ratings::from_rows(cells.iter().map(|row| row[1..].to_vec())).unwrap();
        close(
            found.items[0].alpha_if_dropped.value(),
            Reliability::new(&left, Deletion::Listwise).alpha.value().unwrap(),
        );
        // Standardised alpha is alpha of standard scores.
        let scores = (0..4).map(|item| {
            let (mean, sd) = (&found.items[item].mean, &found.items[item].sd);
            let score = |row: &Vec<f64>| (row[item] - mean.value().unwrap()) / sd.value().unwrap();
            cells.iter().map(score).collect::<Vec<_>>()
        });
        let scores = Reliability::new(&Ratings::from_columns(scores).unwrap(), Deletion::Listwise);
        close(found.standardised_alpha.value(), scores.alpha.value().unwrap());
        // An item the other way round keeps its correlation with the others but for the sign.
        let turned = cells.iter().map(|row| [7.0 - row[0], row[1], row[2], row[3]]);
        let turned = Reliability::new(&Ratings::from_rows(turned).unwrap(), Deletion::Listwise);
        close(turned.items[0].item_rest.value(), -found.items[0].item_rest.value().unwrap());
        close(
            turned.items[0].alpha_if_dropped.value(),
            found.items[0].alpha_if_dropped.value().unwrap(),
        );
    }
}

#[test]
fn the_order_of_rows_and_columns_changes_no_more_than_the_last_digits() {
    let mut rng = Rng(5);
    let cells: Vec<Vec<f64>> =
        (0..700).map(|_| (0..5).map(|_| rng.below(1 << 40) as f64 / 1e9).collect()).collect();
    let turned = cells.iter().rev().map(|row| row.iter().rev().copied().collect::<Vec<_>>());
    let (one, other) =
        (Ratings::from_rows(cells.clone()).unwrap(), Ratings::from_rows(turned).unwrap());
    let (a, b) =
        (Reliability::new(&one, Deletion::Listwise), Reliability::new(&other, Deletion::Listwise));
    close(a.alpha.value(), b.alpha.value().unwrap());
    close(a.items[0].item_rest.value(), b.items[4].item_rest.value().unwrap());
}

type Exact = Option<BigRational>;

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

fn size<T>(things: &[T]) -> BigRational {
    whole(i64::try_from(things.len()).unwrap())
}

fn mean(values: &[BigRational]) -> BigRational {
    values.iter().sum::<BigRational>() / size(values)
}

fn over(part: &BigRational, whole: &BigRational) -> Exact {
    (!whole.is_zero()).then(|| part / whole)
}

/// Exact covariance over the given rows in which both columns have a value.
fn covariance(table: &[&Vec<Option<i64>>], i: usize, j: usize) -> Exact {
    let both = table.iter().filter_map(|row| Some((whole(row[i]?), whole(row[j]?))));
    let (x, y): (Vec<_>, Vec<_>) = both.unzip();
    let (mx, my) = (x.first().map(|_| mean(&x))?, y.first().map(|_| mean(&y))?);
    let products = x.iter().zip(&y).map(|(x, y)| (x - &mx) * (y - &my));
    over(&products.sum(), &(size(&x) - BigRational::one()))
}

/// Exact alpha of some items; a sum of covariances of 0 or less has none.
fn exact_alpha(matrix: &[Vec<Exact>], items: &[usize]) -> Exact {
    let mut sum = BigRational::zero();
    let mut trace = BigRational::zero();
    for &i in items {
        trace += matrix[i][i].as_ref()?;
        for &j in items {
            sum += matrix[i][j].as_ref()?;
        }
    }
    let k = size(items);
    let part = over(&trace, &sum).filter(|_| sum.is_positive())?;
    Some(over(&k, &(&k - BigRational::one()))? * (BigRational::one() - part))
}

#[track_caller]
fn same(found: Statistic, exact: &Exact, table: &[Vec<Option<i64>>]) {
    match (found.value(), exact) {
        (Some(found), Some(exact)) => near(found, exact.to_f64().unwrap(), 1e-11),
        (None, None) => {}
        _ => panic!("{found:?} instead of {exact:?} for {table:?}"),
    }
}

#[test]
fn small_tables_give_the_exact_figures() {
    let mut rng = Rng(2026);
    for _ in 0..2000 {
        let table = rng.table();
        let k = table[0].len();
        let ratings = ratings(&table);
        let complete: Vec<_> = table.iter().filter(|row| row.iter().all(Option::is_some)).collect();
        let every: Vec<_> = table.iter().collect();
        let items: Vec<usize> = (0..k).collect();
        for (found, rows) in [
            (Reliability::new(&ratings, Deletion::Listwise), &complete),
            (Reliability::new(&ratings, Deletion::Pairwise), &every),
        ] {
            let matrix: Vec<Vec<Exact>> =
                (0..k).map(|i| (0..k).map(|j| covariance(rows, i, j)).collect()).collect();
            same(found.alpha, &exact_alpha(&matrix, &items), &table);
            for (i, item) in found.items.iter().enumerate() {
                let rest: Vec<usize> = items.iter().copied().filter(|j| *j != i).collect();
                same(item.alpha_if_dropped, &exact_alpha(&matrix, &rest), &table);
                let squared = exact_squared_item_rest(&matrix, i, &rest);
                let r = item.item_rest.value();
                assert_eq!(r.is_some(), squared.is_some(), "{table:?}");
                if let (Some(r), Some(squared)) = (r, squared) {
                    near(r * r.abs(), squared.to_f64().unwrap(), 1e-11);
                }
            }
            if found.deletion == Deletion::Listwise {
                let squared = exact_squared_ase(&matrix, rows.len());
                assert_eq!(found.ase.value().is_some(), squared.is_some(), "{table:?}");
                if let (Some(ase), Some(squared)) = (found.ase.value(), squared) {
                    // A root of 0 keeps half the digits.
                    let scale = squared.to_f64().unwrap().max(1.0);
                    assert!(
                        (ase * ase - squared.to_f64().unwrap()).abs() <= 1e-9 * scale,
                        "{table:?}"
                    );
                }
            }
        }
        exact_intraclass(&ratings, &complete, &table);
        exact_krippendorff(&ratings, &table);
    }
}

/// r times its amount.
fn exact_squared_item_rest(matrix: &[Vec<Exact>], i: usize, rest: &[usize]) -> Exact {
    let mut covariance = BigRational::zero();
    let mut variance = BigRational::zero();
    for &j in rest {
        covariance += matrix[i][j].as_ref()?;
        for &other in rest {
            variance += matrix[j][other].as_ref()?;
        }
    }
    let squared = &covariance * covariance.abs();
    over(&squared, &(matrix[i][i].as_ref()? * &variance)).filter(|_| variance.is_positive())
}

fn exact_squared_ase(matrix: &[Vec<Exact>], n: usize) -> Exact {
    let k = size(matrix);
    let c: Vec<Vec<BigRational>> =
        matrix.iter().cloned().map(|row| row.into_iter().collect()).collect::<Option<_>>()?;
    let sum: BigRational = c.iter().flatten().sum();
    let trace: BigRational = c.iter().enumerate().map(|(i, row)| row[i].clone()).sum();
    let squares: BigRational = c.iter().flatten().map(|value| value * value).sum();
    let products: BigRational =
        c.iter().map(|row| row.iter().sum::<BigRational>()).map(|sum| &sum * &sum).sum();
    let less = &k - BigRational::one();
    let two = whole(2);
    let bracket = &sum * (squares + &trace * &trace) - &two * &trace * products;
    let q = over(&(&two * &k * &k * bracket), &(&less * &less * &sum * &sum * &sum))?;
    over(&q, &whole(i64::try_from(n).unwrap()))
}

fn exact_intraclass(ratings: &Ratings, complete: &[&Vec<Option<i64>>], table: &[Vec<Option<i64>>]) {
    let one = BigRational::one();
    let squares = |values: &[BigRational], centre: &BigRational| -> BigRational {
        values.iter().map(|value| (value - centre) * (value - centre)).sum()
    };
    // One way, groups of any size.
    let groups: Vec<Vec<BigRational>> = table
        .iter()
        .map(|row| row.iter().flatten().map(|value| whole(*value)).collect())
        .filter(|group: &Vec<_>| !group.is_empty())
        .collect();
    let all = groups.concat();
    let found = OneWayIcc::of(&Groups::from(ratings));
    if groups.len() < 2 || all.len() == groups.len() {
        assert!(found.icc_1.value().is_none());
    } else {
        let centre = mean(&all);
        let between: BigRational =
            groups.iter().map(|group| size(group) * squares(&[mean(group)], &centre)).sum();
        let within: BigRational = groups.iter().map(|group| squares(group, &mean(group))).sum();
        let (n, g) = (size(&all), size(&groups));
        let (between, within) = (between / (&g - &one), within / (&n - &g));
        let sizes: BigRational = groups.iter().map(|group| size(group) * size(group)).sum();
        let n0 = (&n - sizes / &n) / (&g - &one);
        let single =
            |m: &BigRational| over(&(&between - &within), &(&between + (m - &one) * &within));
        same(found.icc_1, &single(&n0), table);
        same(found.icc_1_mean_size, &single(&(n / g)), table);
        same(found.icc_2, &over(&(&between - &within), &between), table);
    }
    // Two ways, complete.
    let found = TwoWayIcc::of(ratings);
    if complete.len() < 2 || ratings.columns() < 2 {
        assert!(found.icc_3_1.value().is_none());
        return;
    }
    let cells: Vec<Vec<BigRational>> = complete
        .iter()
        .map(|row| row.iter().flatten().map(|value| whole(*value)).collect())
        .collect();
    let columns: Vec<Vec<BigRational>> =
        (0..ratings.columns()).map(|j| cells.iter().map(|row| row[j].clone()).collect()).collect();
    let centre = mean(&cells.concat());
    let (n, k) = (size(&cells), size(&columns));
    let means =
        |lines: &[Vec<BigRational>]| lines.iter().map(|line| mean(line)).collect::<Vec<_>>();
    let between = &k * squares(&means(&cells), &centre);
    let raters = &n * squares(&means(&columns), &centre);
    let error = squares(&cells.concat(), &centre) - &between - &raters;
    let between = between / (&n - &one);
    let raters = raters / (&k - &one);
    let error = error / ((&n - &one) * (&k - &one));
    let part = &between - &error;
    let judged = (&raters - &error) / &n;
    let figure = |divisor: BigRational| over(&part, &divisor).filter(|_| divisor.is_positive());
    same(found.icc_2_1, &figure(&between + (&k - &one) * &error + &k * &judged), table);
    same(found.icc_3_1, &figure(&between + (&k - &one) * &error), table);
    same(found.icc_2_k, &figure(&between + &judged), table);
    same(found.icc_3_k, &figure(between.clone()), table);
}

/// By the matrix of coincidences, as the paper has it.
fn exact_krippendorff(ratings: &Ratings, table: &[Vec<Option<i64>>]) {
    const VALUES: usize = 6;
    let mut coincidences = vec![vec![BigRational::zero(); VALUES]; VALUES];
    for row in table {
        let unit: Vec<usize> =
            row.iter().flatten().map(|value| usize::try_from(*value).unwrap()).collect();
        for (i, c) in unit.iter().enumerate() {
            for (j, v) in unit.iter().enumerate().filter(|(j, _)| *j != i) {
                assert_ne!(i, j);
                coincidences[*c][*v] += BigRational::one() / (size(&unit) - BigRational::one());
            }
        }
    }
    let sums: Vec<BigRational> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let n: BigRational = sums.iter().sum();
    for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
        let difference = |c: usize, v: usize| {
            let apart = match metric {
                Metric::Nominal => whole(i64::from(c != v)),
                Metric::Interval => size(&sums[c.min(v)..c.max(v)]),
                Metric::Ordinal => {
                    let between: BigRational = sums[c.min(v)..=c.max(v)].iter().sum();
                    between - (&sums[c] + &sums[v]) / whole(2)
                }
            };
            &apart * &apart
        };
        let mut observed = BigRational::zero();
        let mut expected = BigRational::zero();
        for c in 0..VALUES {
            for v in 0..VALUES {
                observed += &coincidences[c][v] * difference(c, v);
                expected += &sums[c] * &sums[v] * difference(c, v);
            }
        }
        let exact = over(&((&n - BigRational::one()) * observed), &expected)
            .map(|part| BigRational::one() - part);
        same(Krippendorff::of(ratings, metric).alpha, &exact, table);
    }
}

/// What counts as rounding is a share of the squares, not a number: with 2^k for a unit every step on
/// the way is the same but for its exponent.
#[test]
fn intraclass_correlations_are_the_same_in_any_unit() {
    type Values = [(&'static str, f64)];
    let apart = [("a", 0.1), ("a", 0.25), ("b", 0.7), ("b", 0.9), ("b", 0.8)];
    let flat = [("a", 0.1), ("a", 0.2), ("a", 0.3), ("b", 0.2), ("b", 0.3), ("b", 0.1)];
    let table = [[0.1, 0.3, 0.2], [0.7, 0.8, 0.9], [0.4, 0.5, 0.45]];
    let one_way = |values: &Values, unit: f64| {
        OneWayIcc::of(&Groups::from_pairs(values.iter().map(|(of, x)| (*of, x * unit))).unwrap())
    };
    let two_way = |unit: f64| {
        TwoWayIcc::of(&Ratings::from_rows(table.map(|row| row.map(|x| x * unit))).unwrap())
    };
    let (one, two) = (one_way(&apart, 1.0), two_way(1.0));
    assert!(one.icc_1.value().unwrap() > 0.5 && two.icc_2_1.value().unwrap() > 0.5);
    for unit in [-100, -40, -20, 20, 40, 100].map(|k| 2_f64.powi(k)) {
        let scaled = one_way(&apart, unit);
        assert_eq!((scaled.icc_1, scaled.icc_2), (one.icc_1, one.icc_2), "{unit}");
        assert_eq!(one_way(&flat, unit).between.value(), Some(0.0), "{unit}");
        let scaled = two_way(unit);
        assert_eq!((scaled.icc_2_1, scaled.icc_3_k), (two.icc_2_1, two.icc_3_k), "{unit}");
    }
}
