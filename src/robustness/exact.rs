//! Where on the scale of one weight the stage holds, and how little weight must be moved to change
//! it: in whole numbers, divided once at the end.
//!
//! Scores are whole billionths and weights whole thousandths. With at most four pillars, sums of
//! products stay below 4.1e15: within 2^53, so that both sides of a fraction are doubles of the same
//! value and the one division gives the double nearest to the exact result.

use std::cmp::Ordering;

use super::Interval;
use crate::number::{Score, Weight};
use crate::pillar::Pillar;

/// A pillar that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counting {
    pub(super) pillar: Pillar,
    pub(super) score: Score,
    pub(super) weight: Weight,
}

impl Counting {
    fn score(&self) -> i64 {
        billionths(self.score)
    }

    fn weight(&self) -> i64 {
        self.weight.thousandths().into()
    }
}

/// The overall Scores of a stage: from `lowest` on, and below `beyond` if a higher stage starts there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) lowest: Score,
    pub(super) beyond: Option<Score>,
}

fn billionths(score: Score) -> i64 {
    i64::from(score.billionths())
}

/// A fraction with a denominator above 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction {
    part: i64,
    whole: i64,
}

impl Fraction {
    /// The nearest double.
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_precision_loss,
        reason = "both sides lie within 2^53 and are exact as doubles; only the division rounds"
    )]
    pub(super) fn to_f64(self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    pub(super) fn cmp(self, other: Self) -> Ordering {
        let cross = |a: i64, b: i64| i128::from(a) * i128::from(b);
        cross(self.part, other.whole).cmp(&cross(other.part, self.whole))
    }
}

/// The weight of all pillars, and the sum of weight times score.
fn sums(pillars: &[Counting]) -> (i64, i64) {
    (
        pillars.iter().map(Counting::weight).sum(),
        pillars.iter().map(|p| p.weight() * p.score()).sum(),
    )
}

/// The share of `pillar` in the weight of all.
pub(super) fn own_share(pillar: &Counting, pillars: &[Counting]) -> f64 {
    Fraction { part: pillar.weight(), whole: sums(pillars).0.max(1) }.to_f64()
}

/// Whether the exact mean of the scores is at least `bound`.
pub(super) fn reaches(pillars: &[Counting], bound: Score) -> bool {
    let (weight, weighted) = sums(pillars);
    weighted >= billionths(bound) * weight
}

/// Where the share of a pillar, between 0 and 1, keeps the mean in `range` while the others keep
/// their proportions.
///
/// With `rest = A / B` the mean of the others and `x` the score of this one, the mean at share `s`
/// is `rest + s (x - rest)`, which meets a bound `t` at `s = (t B - A) / (x B - A)`.
pub(super) fn holding(pillar: &Counting, pillars: &[Counting], range: Range) -> Option<Interval> {
    let (weight, weighted) = sums(pillars);
    let (rest_weight, rest) =
        (weight - pillar.weight(), weighted - pillar.weight() * pillar.score());
    let slope = pillar.score() * rest_weight - rest;
    let to_reach = |bound: Score| billionths(bound) * rest_weight - rest;
    let (lowest, beyond) = (to_reach(range.lowest), range.beyond.map(to_reach));

    // The mean is in the range where lowest <= s * slope < beyond, and 0 < s < 1.
    let whole = slope.abs();
    let (from, to) = match slope.cmp(&0) {
        Ordering::Equal => {
            let stays = lowest <= 0 && beyond.is_none_or(|beyond| 0 < beyond);
            return stays.then_some(Interval::ALL);
        }
        Ordering::Greater => ((Some(lowest), true), (beyond, false)),
        Ordering::Less => ((beyond.map(|end| -end), false), (Some(-lowest), true)),
    };
    let from = match from {
        (Some(end), _) if end >= whole => return None,
        (Some(end), included) if end > 0 => (end, included),
        _ => (0, false),
    };
    let to = match to {
        (Some(end), _) if end <= 0 => return None,
        (Some(end), included) if end < whole => (end, included),
        _ => (whole, false),
    };
    // The range may be empty, where two stages share a bound.
    (from.0 < to.0).then(|| Interval {
        from: Fraction { part: from.0, whole }.to_f64(),
        from_included: from.1,
        to: Fraction { part: to.0, whole }.to_f64(),
        to_included: to.1,
    })
}

/// The least weight to move, as a share of all, until the mean has fallen to `bound`; `None` if the
/// mean cannot fall below it.
pub(super) fn to_fall_below(pillars: &[Counting], bound: Score) -> Option<Fraction> {
    let (bound, lowest) = (billionths(bound), pillars.iter().map(Counting::score).min()?);
    let (weight, weighted) = sums(pillars);
    (lowest < bound).then(|| moved(pillars, lowest, weighted - bound * weight))
}

/// The least weight to move, as a share of all, until the mean has risen to `bound`; `None` if it
/// cannot, because no score is above the bound. (With the highest score on the bound, the mean
/// comes near to it, but every pillar keeps some weight.)
pub(super) fn to_rise_to(pillars: &[Counting], bound: Score) -> Option<Fraction> {
    let (bound, highest) = (billionths(bound), pillars.iter().map(Counting::score).max()?);
    let (weight, weighted) = sums(pillars);
    (highest > bound).then(|| moved(pillars, highest, bound * weight - weighted))
}

/// The least weight that must be moved to the pillars at `target` for the weighted sum to change by
/// `need`. Weight counts most where the score is farthest from the target, so that it is taken from
/// there first; that no other way needs less is the exchange argument: weight taken from anywhere
/// nearer changes the mean by less, and weight brought anywhere else does, too.
fn moved(pillars: &[Counting], target: i64, mut need: i64) -> Fraction {
    let weight = sums(pillars).0.max(1);
    let mut donors = pillars.to_vec();
    donors.sort_by_key(|donor| -(donor.score() - target).abs());
    let mut all_of = 0;
    for donor in donors {
        let distance = (donor.score() - target).abs();
        if distance == 0 {
            break;
        }
        if need <= donor.weight() * distance {
            return Fraction { part: all_of * distance + need, whole: distance * weight };
        }
        need -= donor.weight() * distance;
        all_of += donor.weight();
    }
    Fraction { part: all_of, whole: weight }
}
