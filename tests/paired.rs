//! Changes of the same respondents, against scipy and a slow exact computation in fractions.
//!
//! Doubles are compared with a tolerance of `CLOSE` of the larger of 1 and the value: some tens of
//! operations with an error of 1.1e-16 each.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "works with doubles on purpose"
)]

use digital_maturity::statistics::{
    CreditSums, MeasurementError, PairedChange, Ratings, RatingsError, ReliableChanges, Statistic,
    Undefined,
};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;
use serde_json::json;

const CLOSE: f64 = 1e-12;

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    let error = (found - expected).abs() / expected.abs().max(1.0);
    assert!(error <= tolerance, "{found} instead of {expected}");
}

#[track_caller]
fn close(found: Statistic, expected: f64) {
    near(found.get().unwrap(), expected, CLOSE);
}

/// The first two items of `attitude`, by scipy: `ttest_rel(y, x)`, `pearsonr`, `var(ddof=1)` of numpy.
#[test]
fn two_items_of_the_attitude_data_differ_as_scipy_says() {
    let text = include_str!("data/attitude.csv");
    let number = |text: &str| text.parse::<f64>().unwrap();
    let rows = text.lines().skip(1).map(|line| line.split(',').map(number).collect::<Vec<_>>());
    let ratings = Ratings::from_rows(rows).unwrap();
    let change = PairedChange::new(&ratings, 0, 1).unwrap();
    assert_eq!((change.n, change.n_total, change.df), (30, 30, 29));
    close(change.earlier.mean, 64.633_333_333_333_34);
    close(change.earlier.variance, 148.171_264_367_816_12);
    close(change.later.mean, 66.6);
    close(change.later.variance, 177.282_758_620_689_7);
    close(change.difference.mean, 1.966_666_666_666_666_6);
    close(change.difference.variance, 57.895_402_298_850_584);
    close(change.se, 1.389_189_239_554_863_3);
    close(change.t, 1.415_693_852_694_139_6);
    close(change.r, 0.825_417_569_542_145_8);
    close(change.standardised_response_mean, 0.258_469_152_547_325_4);
    close(change.effect_size, 0.161_565_550_057_167_94);
    near(change.measurement_error(0.84).unwrap().of_value(), 4.869_024_779_034_358, CLOSE);
    #[cfg(feature = "intervals")]
    {
        near(change.p().get().unwrap(), 0.167_515_934_242_478_65, 1e-10);
        let interval = change.interval(0.95).unwrap();
        near(interval.lower, -0.874_544_344_602_728_1, 1e-9);
        near(interval.upper, 4.807_877_677_936_061_5, 1e-9);
        assert_eq!(change.interval(1.0), Err(Undefined::OutOfRange));
    }
    assert_eq!(PairedChange::new(&ratings, 0, 7), None);
}

#[test]
fn what_pairs_do_not_determine_is_undefined() {
    use Undefined::{NoVariance, TooFewRows};
    let of = |rows: &[[Option<f64>; 2]]| {
        PairedChange::new(&Ratings::from_rows(rows.iter().copied()).unwrap(), 0, 1).unwrap()
    };
    for (rows, mean, t, r) in [
        // Nobody has both; one has; both are the same for all.
        (&[[Some(1.0), None], [None, Some(2.0)]][..], None, TooFewRows, TooFewRows),
        (&[[Some(1.0), Some(3.0)]], Some(2.0), TooFewRows, TooFewRows),
        (&[[Some(2.0), Some(2.0)], [Some(2.0), Some(2.0)]], Some(0.0), NoVariance, NoVariance),
    ] {
        let found = of(rows);
        assert_eq!(found.difference.mean.value(), mean, "{rows:?}");
        assert_eq!((found.t.get(), found.r.get()), (Err(t), Err(r)), "{rows:?}");
        assert_eq!(found.standardised_response_mean.get(), Err(t), "{rows:?}");
        assert!(found.measurement_error(0.8).is_err(), "{rows:?}");
    }
    let alike = of(&[[Some(1.0), Some(2.5)], [Some(3.0), Some(4.5)], [Some(9.5), Some(11.0)]]);
    assert_eq!(alike.difference.mean.value(), Some(1.5));
    assert_eq!((alike.difference.variance.value(), alike.se.value()), (Some(0.0), Some(0.0)));
    assert_eq!((alike.t.get(), alike.r.value()), (Err(NoVariance), Some(1.0)));
    assert!(alike.effect_size.value().is_some());
    let flat = of(&[[Some(2.0), Some(1.0)], [Some(2.0), Some(4.0)]]);
    assert_eq!((flat.effect_size.get(), flat.r.get()), (Err(NoVariance), Err(NoVariance)));
    close(flat.t, 0.5 / 1.5); // differences of -1 and 2: mean 1/2, standard error 3/2
    let wide = of(&[[Some(-1e308), Some(1e308)], [Some(1e308), Some(0.0)]]);
    assert_eq!(wide.t.get(), Err(Undefined::Unrepresentable));
}

/// Squares of differences are beyond 2^127 here: half of 400 million rise from 0 to 1, half fall.
#[test]
fn differences_of_as_many_rows_as_there_is_room_for_keep_their_variance() {
    let (half, rows) = (200_000_000_u64, 400_000_000_u64);
    let square =
        |sign: &str| format!("{sign}{}", u128::from(rows) * 5_u128.pow(2) * 10_u128.pow(28));
    let document = json!({
        "items": ["before", "after"], "rows": rows, "answered": rows, "complete": rows,
        "sums": ["0", "0"], "products": [square(""), square("-"), square("")],
        "partial": [],
    });
    let sums: CreditSums = serde_json::from_value(document).unwrap();
    let change = PairedChange::from_sums(&sums, 0, 1).unwrap();
    assert_eq!(change.difference.mean.value(), Some(0.0));
    let n = 2.0 * half as f64;
    close(change.difference.variance, n / (n - 1.0));
    close(change.r, -1.0);
}

#[test]
fn who_changed_is_counted_by_way_and_no_more_are_taken_than_there_is_room_for() {
    // The error of a difference is sqrt(2 * 0.2) * 0.5 = 0.316: beyond 0.62 is reliable.
    let error = MeasurementError::new(0.8, 0.5).unwrap();
    let mut changes = ReliableChanges::default();
    assert_eq!(changes.improved_share().get(), Err(Undefined::TooFewRows));
    for later in [0.0, 0.37, 0.39, 1.0, 1.61, 1.63, 2.0, 3.0] {
        changes.push(error.change(1.0, later).unwrap()).unwrap();
    }
    assert_eq!((changes.deteriorated(), changes.unchanged(), changes.improved()), (2, 3, 3));
    assert_eq!(changes.deteriorated_share().value(), Some(0.25));
    let text = r#"{"improved":3,"unchanged":3,"deteriorated":2}"#;
    assert_eq!(serde_json::to_string(&changes).unwrap(), text);
    assert_eq!(serde_json::from_str::<ReliableChanges>(text).unwrap(), changes);

    let most = CreditSums::MOST_ROWS;
    let read = |improved: u64, unchanged: u64| {
        let of = json!({ "improved": improved, "unchanged": unchanged, "deteriorated": 0 });
        serde_json::from_value::<ReliableChanges>(of)
    };
    let mut full = read(most - 1, 1).unwrap();
    let too_many = RatingsError::TooManyRows { most };
    assert_eq!(full.push(error.change(1.0, 1.0).unwrap()).unwrap_err(), too_many);
    assert_eq!(full.merge(&changes).unwrap_err(), too_many);
    assert_eq!(full.n(), most);
    for (improved, unchanged) in [(most, 1), (u64::MAX, u64::MAX)] {
        assert_eq!(read(improved, unchanged).unwrap_err().to_string(), too_many.to_string());
    }
}

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// The mean, and the variance with n - 1, of whole numbers.
fn exact(values: &[i64]) -> (BigRational, BigRational) {
    let n = whole(i64::try_from(values.len()).unwrap());
    let mean = values.iter().map(|value| whole(*value)).sum::<BigRational>() / &n;
    let squares: BigRational =
        values.iter().map(|value| (whole(*value) - &mean) * (whole(*value) - &mean)).sum();
    (mean, squares / (n - whole(1)))
}

fn double(of: &BigRational) -> f64 {
    of.to_f64().unwrap()
}

proptest! {
    #[test]
    fn changes_are_those_of_fractions(
        rows in prop::collection::vec([prop::option::weighted(0.9, -4..9_i64), prop::option::weighted(0.9, -4..9_i64)], 3..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let pairs: Vec<(i64, i64)> = rows.iter().filter_map(|[one, other]| Some(((*one)?, (*other)?))).collect();
        prop_assume!(pairs.len() >= 2);
        let values = |row: &[Option<i64>; 2]| row.map(|value| value.map(|value| value as f64));
        let found = PairedChange::new(&Ratings::from_rows(rows.iter().map(values)).unwrap(), 0, 1).unwrap();
        prop_assert_eq!((found.n, found.n_total, found.df), (pairs.len(), rows.len(), pairs.len() - 1));

        let differences: Vec<i64> = pairs.iter().map(|(one, other)| other - one).collect();
        let (mean, variance) = exact(&differences);
        close(found.difference.mean, double(&mean));
        close(found.difference.variance, double(&variance));
        let (before, after): (Vec<i64>, Vec<i64>) = pairs.iter().copied().unzip();
        let (earlier, later) = (exact(&before), exact(&after));
        for (found, (mean, variance)) in [(found.earlier, &earlier), (found.later, &later)] {
            close(found.mean, double(mean));
            close(found.variance, double(variance));
        }
        let n = whole(i64::try_from(pairs.len()).unwrap());
        if variance.is_zero() {
            prop_assert_eq!(found.difference.variance.value(), Some(0.0));
            prop_assert_eq!(found.t.get(), Err(Undefined::NoVariance));
        } else {
            let squared = &mean * &mean.abs() * &n / &variance;
            let t = found.t.get().unwrap();
            near(t * t.abs(), double(&squared), CLOSE);
        }
        // The variance of a difference is that of both less twice their covariance.
        let covariance = (&earlier.1 + &later.1 - &variance) / whole(2);
        let spread = &earlier.1 * &later.1;
        if spread.is_zero() {
            prop_assert_eq!(found.r.get(), Err(Undefined::NoVariance));
        } else {
            let r = found.r.get().unwrap();
            near(r * r.abs(), double(&(&covariance * &covariance.abs() / spread)), CLOSE);
        }

        // The other way round only signs change.
        let turned = |row: &[Option<i64>; 2]| { let [one, other] = values(row); [other, one] };
        let turned = Ratings::from_rows(rows.iter().map(turned)).unwrap();
        prop_assert_eq!(&PairedChange::new(&turned, 1, 0).unwrap(), &found);
        let back = PairedChange::new(&turned, 0, 1).unwrap();
        prop_assert_eq!((back.earlier, back.later, back.r), (found.later, found.earlier, found.r));
        close(back.difference.mean, -double(&mean));
        close(back.difference.variance, double(&variance));

        // Sums of parts, with another item between, are those of the whole to the last bit.
        let credit = |value: i64| (value + 4) as f64 / 16.0;
        let sums = |rows: &[[Option<i64>; 2]]| {
            let mut sums = CreditSums::new(["before", "other", "after"]);
            for [one, other] in rows {
                sums.push(&[one.map(credit), one.and(None), other.map(credit)]).unwrap();
            }
            sums
        };
        let (one, other) = rows.split_at(cut.index(rows.len()));
        let (mut merged, whole) = (sums(other), sums(&rows));
        merged.merge(&sums(one)).unwrap();
        let scaled = PairedChange::from_sums(&merged, 0, 2).unwrap();
        prop_assert_eq!(&scaled, &PairedChange::from_sums(&whole, 0, 2).unwrap());
        close(scaled.difference.mean, double(&mean) / 16.0);
        close(scaled.difference.variance, double(&variance) / 256.0);
        prop_assert_eq!(scaled.n, found.n);
    }
}
