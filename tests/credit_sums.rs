//! Reliability of exact sums against that of the table itself, and against R.
//!
//! Doubles are compared with a tolerance: `CLOSE` of the larger of 1 and the value. On these tables,
//! where items share a factor, no division amplifies the errors of some hundred operations of 1.1e-16
//! more than a hundredfold.

#![expect(clippy::float_arithmetic, reason = "works with doubles on purpose")]

use digital_maturity::statistics::{
    CreditSums, Deletion, Ratings, RatingsError, Reliability, Statistic, Undefined,
};
use digital_maturity::{Answer, Questionnaire};
use proptest::prelude::*;
use serde_json::Value;

const CLOSE: f64 = 1e-12;

type Row = Vec<Option<f64>>;

fn sums(rows: &[Row]) -> CreditSums {
    let names = (0..rows.first().map_or(3, Vec::len)).map(|item| format!("i{item}"));
    let mut sums = CreditSums::new(names);
    for row in rows {
        sums.push(row).unwrap();
    }
    sums
}

/// Both are the same but for rounding: keys, reasons, counts and names exactly.
#[track_caller]
fn alike(found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            assert!(found.keys().eq(expected.keys()), "{found:?} instead of {expected:?}");
            found.values().zip(expected.values()).for_each(|(one, other)| alike(one, other));
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len());
            found.iter().zip(expected).for_each(|(one, other)| alike(one, other));
        }
        (Value::Number(found), Value::Number(expected)) if expected.is_f64() => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            let error = (found - expected).abs() / expected.abs().max(1.0);
            assert!(error <= CLOSE, "{found} instead of {expected}");
        }
        _ => assert_eq!(found, expected),
    }
}

#[track_caller]
fn same_as_the_table(rows: &[Row]) {
    let names = (0..rows[0].len()).map(|item| format!("i{item}"));
    let ratings = Ratings::from_rows(rows.iter().cloned()).unwrap().with_names(names).unwrap();
    let json = |reliability| serde_json::to_value::<Reliability>(reliability).unwrap();
    let of = |deletion| json(Reliability::from_sums(&sums(rows), deletion));
    alike(&of(Deletion::Listwise), &json(Reliability::new(&ratings, Deletion::Listwise)));
    alike(&of(Deletion::Pairwise), &json(Reliability::new(&ratings, Deletion::Pairwise)));
}

/// Respondents with a level of their own, each answer near it on a scale of so many steps.
fn respondents() -> impl Strategy<Value = Vec<Row>> {
    let shape = (2..6_usize, prop::sample::select(vec![3, 4, 6, 7, 100_u32]));
    shape.prop_flat_map(|(items, steps)| {
        let cell = prop::option::weighted(0.9, 0..=steps / 2);
        let row = (0..=steps / 2, prop::collection::vec(cell, items));
        let row = row.prop_map(move |(level, cells)| {
            let credit = |cell: u32| f64::from(level + cell) / f64::from(steps);
            cells.into_iter().map(|cell| cell.map(credit)).collect()
        });
        prop::collection::vec(row, 40..120)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn sums_say_what_the_table_says(rows in respondents()) {
        same_as_the_table(&rows);
    }

    /// Whatever rows there are, also few ones with many gaps, their sums pass the check on reading.
    #[test]
    fn sums_of_any_rows_read_back(
        rows in (0..5_usize).prop_flat_map(|items| {
            let cell = prop::option::weighted(0.6, (0..=8_u8).prop_map(|eighths| f64::from(eighths) / 8.0));
            prop::collection::vec(prop::collection::vec(cell, items), 0..12)
        }),
        more in respondents(),
    ) {
        for rows in [rows, more] {
            let items = rows.first().map_or(2, Vec::len);
            let mut sums = CreditSums::new((0..items).map(|item| item.to_string()));
            for row in &rows {
                sums.push(row).unwrap();
            }
            let text = serde_json::to_string(&sums).unwrap();
            prop_assert_eq!(serde_json::from_str::<CreditSums>(&text).unwrap(), sums);
        }
    }

    #[test]
    fn parts_in_any_order_make_the_same_sums(rows in respondents(), at in any::<prop::sample::Index>()) {
        let whole = sums(&rows);
        let (one, other) = rows.split_at(at.index(rows.len()));
        let mut parts = CreditSums::new(whole.names().iter().cloned());
        parts.merge(&CreditSums::clone(&parts)).unwrap();
        for row in other.iter().rev().chain(one.iter().rev()) {
            parts.push(row).unwrap();
        }
        prop_assert!(parts == whole);
        for deletion in [Deletion::Listwise, Deletion::Pairwise] {
            prop_assert_eq!(
                Reliability::from_sums(&parts, deletion),
                Reliability::from_sums(&whole, deletion)
            );
        }
        let mut merged = CreditSums::new(whole.names().iter().cloned());
        for part in [other, one] {
            let mut sums = CreditSums::new(whole.names().iter().cloned());
            for row in part {
                sums.push(row).unwrap();
            }
            merged.merge(&sums).unwrap();
        }
        prop_assert_eq!(
            Reliability::from_sums(&merged, Deletion::Pairwise),
            Reliability::from_sums(&whole, Deletion::Pairwise)
        );
    }
}

#[test]
fn the_attitude_data_give_the_figures_of_r_psych() {
    let text = include_str!("data/attitude.csv");
    let credit = |text: &str| Some(text.parse::<f64>().unwrap() / 100.0);
    let rows: Vec<Row> =
        text.lines().skip(1).map(|line| line.split(',').map(credit).collect()).collect();
    same_as_the_table(&rows);
    let expected: Value =
        serde_json::from_str(include_str!("data/attitude_expected.json")).unwrap();
    let expected = &expected["psych_alpha"];
    let names = text.lines().next().unwrap().split(',').map(|name| name.trim_matches('"'));
    let mut sums = CreditSums::new(names);
    for row in &rows {
        sums.push(row).unwrap();
    }
    let number = |value: &Value| value.as_f64().unwrap();
    let close = |found: Statistic, expected: f64| {
        let found = found.get().unwrap();
        assert!((found - expected).abs() <= CLOSE * expected.abs().max(1.0), "{found}, {expected}");
    };
    let found = Reliability::from_sums(&sums, Deletion::Listwise);
    close(found.alpha, number(&expected["total"]["raw_alpha"]));
    close(found.standardised_alpha, number(&expected["total"]["std.alpha"]));
    close(found.mean_inter_item_r, number(&expected["total"]["average_r"]));
    close(found.ase, number(&expected["total"]["ase"]));
    for item in &found.items {
        let name = item.name.as_deref().unwrap();
        let (own, without) = (&expected["item_stats"][name], &expected["alpha_drop"][name]);
        close(item.mean, number(&own["mean"]) / 100.0);
        close(item.sd, number(&own["sd"]) / 100.0);
        close(item.item_rest, number(&own["r.drop"]));
        close(item.alpha_if_dropped, number(&without["raw_alpha"]));
    }
}

#[test]
fn a_table_that_says_nothing_says_why() {
    let of = |rows: &[Row]| Reliability::from_sums(&sums(rows), Deletion::Listwise);
    let nobody = of(&[]);
    assert_eq!((nobody.n, nobody.alpha.get()), (0, Err(Undefined::TooFewRows)));
    // The same for everybody, and a number that no double holds exactly.
    let third = Some(1.0 / 3.0);
    let constant = of(&[vec![third; 3], vec![third; 3], vec![third; 3]]);
    assert_eq!(constant.constant, [0, 1, 2]);
    assert_eq!(constant.alpha.get(), Err(Undefined::NoVariance));
    same_as_the_table(&[vec![third; 3], vec![third; 3], vec![third; 3]]);
    same_as_the_table(&[vec![Some(0.5), None, Some(1.0)], vec![None, Some(0.25), Some(0.0)]]);
    same_as_the_table(&[vec![Some(0.0)], vec![Some(1.0)], vec![None]]);
}

#[test]
fn one_answer_that_differs_among_many_keeps_its_digits() {
    // 1 of n differs by d in both items: the covariance is d^2 / n, the correlation 1, alpha 1.
    let mut rows = vec![vec![Some(1.0), Some(0.9)]; 100_000];
    rows[70_000] = vec![Some(1.0 - 1e-6), Some(0.9 - 1e-6)];
    let found = Reliability::from_sums(&sums(&rows), Deletion::Listwise);
    assert!((found.alpha.get().unwrap() - 1.0).abs() <= CLOSE);
    let sd = found.items[0].sd.get().unwrap();
    assert!((sd / (1e-6 / 100_000.0_f64.sqrt()) - 1.0).abs() <= 1e-9, "{sd}"); // 1 - 1e-6 is rounded
}

#[test]
fn what_is_no_credit_is_refused_and_leaves_no_trace() {
    let mut sums = CreditSums::new(["a", "b"]);
    sums.push(&[Some(1.0), Some(0.0)]).unwrap();
    let before = sums.clone();
    for wrong in [-0.1, 1.000_000_1, f64::NAN, f64::INFINITY] {
        let error = sums.push(&[Some(0.5), Some(wrong)]).unwrap_err();
        assert_eq!(error, RatingsError::NotACredit { row: 1, column: 1 });
    }
    let error = sums.push(&[Some(0.5)]).unwrap_err();
    assert_eq!(error, RatingsError::Uneven { line: 1, expected: 2, found: 1 });
    assert!(sums.merge(&CreditSums::new(["b", "a"])).is_err());
    assert_eq!((sums.rows(), before.rows()), (1, 1));
    let json =
        |sums| serde_json::to_string(&Reliability::from_sums(sums, Deletion::Pairwise)).unwrap();
    assert_eq!(json(&sums), json(&before));
}

#[test]
fn rows_beyond_the_room_of_the_sums_are_refused_and_leave_no_trace() {
    let mut sums = CreditSums::new(["a", "b"]);
    sums.push(&[Some(1.0), Some(0.0)]).unwrap();
    sums.push(&[Some(0.25), Some(0.5)]).unwrap();
    let most = CreditSums::MOST_ROWS;
    while sums.rows() <= most / 2 {
        let again = sums.clone();
        sums.merge(&again).unwrap();
    }
    let alpha = Reliability::from_sums(&sums, Deletion::Listwise);
    let before = sums.clone();
    assert_eq!(sums.merge(&before).unwrap_err(), RatingsError::TooManyRows { most });
    assert_eq!(sums, before);
    // As many ones and quarters: means of halves, within what one rounding leaves.
    let means = alpha.items.iter().map(|item| item.mean.get().unwrap()).collect::<Vec<_>>();
    assert_eq!(means, [0.625, 0.25]);
    // Up to the last one.
    let mut rest = CreditSums::new(["a", "b"]);
    let one = {
        rest.push(&[Some(1.0), None]).unwrap();
        rest.clone()
    };
    while sums.rows() < most {
        let room = most - sums.rows();
        let mut part = one.clone();
        while part.rows() <= room / 2 {
            let again = part.clone();
            part.merge(&again).unwrap();
        }
        sums.merge(&part).unwrap();
    }
    let full = sums.clone();
    let error = sums.push(&[Some(1.0), Some(1.0)]).unwrap_err();
    assert_eq!(error.to_string(), "no room for more than 500000000 rows");
    assert_eq!(sums, full);
    assert_eq!(Reliability::from_sums(&sums, Deletion::Pairwise).n, 500_000_000);
}

#[test]
fn a_cohort_hands_over_the_credits_of_its_sheets() {
    let dcx = Questionnaire::dcx();
    let mut builder = digital_maturity::Cohort::builder(dcx);
    let mut sheets = Vec::new();
    for row in 0..40_i64 {
        let mut sheet = dcx.sheet();
        for (place, question) in (0_i64..).zip(dcx.questions()) {
            let answer = match (row * 7 + place * 3) % 11 {
                10 => Answer::DontKnow,
                level => Answer::Whole((level + row) % 5 + 1),
            };
            // A question that takes no such answer stays open.
            drop(sheet.set(question.id(), answer).map(|_| ()));
        }
        builder.push_sheet(&sheet).unwrap();
        sheets.push(sheet);
    }
    let ratings = Ratings::from_sheets(&sheets, |_| true).unwrap();
    let mut rows = 0;
    builder.build().credits(|row, credits| {
        rows += 1;
        for (column, credit) in credits.iter().enumerate() {
            assert_eq!(credit.map(f64::to_bits), ratings.get(row, column).map(f64::to_bits));
        }
    });
    assert_eq!(rows, 40);
}
