//! Respondents by a name: several of one unit, and the same ones at two times.

use digital_maturity::cohort::{Column, Counted, Scores, ScoresByName, Study, Unmergeable};
use digital_maturity::statistics::Undefined;
use digital_maturity::{Cohort, Pillar, Questionnaire};

const PILLAR: Pillar = Pillar::AgileApproach;

/// All questions at the level of the row; 255 is no answer, 9 is no choice.
fn scores(answers: &[u8]) -> Scores {
    let pulse = Questionnaire::dcx_pulse();
    let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
    Cohort::new(pulse, columns).unwrap().score()
}

fn by_name(rows: &[(u8, &str)]) -> ScoresByName {
    let (answers, names): (Vec<u8>, Vec<&str>) = rows.iter().copied().unzip();
    let mut found = ScoresByName::new(Questionnaire::dcx_pulse());
    found.add(&scores(&answers), &names).unwrap();
    found
}

#[test]
fn units_by_hand() {
    // Scores 0, 0.5 | 0.75, 0.75 | one of no score | 1: means 0.25, 0.75, 1.
    let rows = [(1, "a"), (3, " a "), (4, "b"), (4, "b"), (255, "c"), (5, "d"), (9, "d"), (2, " ")];
    let units = by_name(&rows);
    assert_eq!((units.names(), units.without_name()), (4, 1));
    let means = units.means(None);
    assert_eq!((means.count(), means.not_scorable()), (3, 1));
    assert_eq!(means.mean(), Some("0.666666667".parse().unwrap()));
    let icc = units.icc(Some(PILLAR));
    assert_eq!((icc.groups, icc.n), (3, 5));
    // Mean of all 0.6; between: 2 (0.35)² + 2 (0.15)² + 0.4² = 0.45, over 2; within 2 (0.25)² = 0.125, over 2.
    assert_eq!(format!("{:.4} {:.4}", icc.between, icc.within), "0.2250 0.0625");
    // Usual mean size (5 - 9/5) / 2 = 1.6: 0.1625 / (0.225 + 0.6 * 0.0625).
    assert_eq!(format!("{:.6}", icc.icc_1), "0.619048");
    assert_eq!(format!("{:.6}", icc.icc_2), "0.722222");
}

#[test]
fn parts_in_any_order_are_the_whole() {
    let rows = [(1, "a"), (3, "b"), (4, "a"), (5, "c"), (2, ""), (2, "b"), (5, "a")];
    let whole = by_name(&rows);
    let (one, other) = rows.split_at(3);
    let mut parts = by_name(other);
    parts.merge(by_name(one)).unwrap();
    assert_eq!((parts.names(), parts.without_name()), (whole.names(), whole.without_name()));
    for of in [None, Some(PILLAR)] {
        assert_eq!(parts.means(of), whole.means(of));
        let (parts, whole) = (parts.icc(of), whole.icc(of));
        assert_eq!(
            format!("{:.12} {:.12}", parts.icc_1, parts.icc_2),
            format!("{:.12} {:.12}", whole.icc_1, whole.icc_2)
        );
    }
}

#[test]
fn only_who_is_surely_the_same_is_compared() {
    let earlier = by_name(&[
        (1, "ann"),
        (2, "ben"),
        (3, "twice"),
        (3, "twice"),
        (4, "gone"),
        (255, "cem"),
        (1, "eve"),
    ]);
    let later = by_name(&[
        (2, "ben"),
        (3, "ann"),
        (3, "twice"),
        (5, "new"),
        (5, "cem"),
        (5, "eve"),
        (5, "eve"),
    ]);
    let pairing = later.pairing(&earlier);
    let found = [pairing.both, pairing.earlier_alone, pairing.later_alone, pairing.ambiguous];
    assert_eq!(found, [3, 1, 1, 2]); // ann, ben, cem; gone; new; twice, eve
    let change = later.change(&earlier, None).unwrap();
    // Cem has no score at the earlier time. Ann 0 to 0.5, Ben 0.25 to 0.25.
    assert_eq!((change.n, change.n_total), (2, 3));
    assert_eq!(change.difference.mean.value(), Some(0.25));
    assert_eq!(change.t.value(), Some(1.0));
}

#[test]
fn reliable_change_is_beyond_the_error_of_the_earlier_time() {
    let earlier = by_name(&[(1, "a"), (2, "b"), (3, "c"), (4, "d")]);
    let later = by_name(&[(5, "a"), (2, "b"), (3, "c"), (1, "d")]);
    // SD of 0, .25, .5, .75: sqrt(0.3125/3) = .3227; times sqrt(2 * 0.1) = .1443, and 1.96 of these are .283.
    let error = |alpha| later.change(&earlier, Some(PILLAR)).unwrap().measurement_error(alpha);
    let changes = |alpha| later.reliable_changes(&earlier, PILLAR, error(alpha).unwrap()).unwrap();
    let found = changes(0.9);
    assert_eq!((found.improved(), found.unchanged(), found.deteriorated()), (1, 2, 1));
    // With 0.5: .6325, so 0.75 down is one, too; with 0.1 it is .849, and it is none.
    let found = changes(0.1);
    assert_eq!((found.improved(), found.unchanged(), found.deteriorated()), (1, 3, 0));
    assert_eq!(error(1.5), Err(Undefined::OutOfRange));
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_added() {
    let mut found = by_name(&[(1, "a")]);
    let error = found.add(&scores(&[1, 2]), &["b"]).unwrap_err();
    assert!(matches!(error, Unmergeable::WrongLength(of) if of.what == Counted::Names));
    let other = ScoresByName::new(Questionnaire::dcx());
    assert!(found.merge(other.clone()).is_err());
    assert!(found.change(&other, None).is_err());
    assert_eq!(found.names(), 1);
    let (mut studies, pulse) = (std::collections::BTreeMap::new(), Questionnaire::dcx_pulse());
    let cohort = Cohort::builder(pulse).build();
    assert!(Study::add_by(&mut studies, &cohort, &["one too many"]).is_err());
    assert!(studies.is_empty());
}
