//! The units as numbers, and the questions that are asked of them.

use std::collections::BTreeMap;

use super::cells::{self, Plane, Ties};
use super::{UnitRanks, witness};
use crate::number::{Delta, Score, Weight, gcd};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{Aggregation, Questionnaire};
use crate::robustness::share;

/// The scores of a unit by pillar.
type Unit = [Score; 4];

/// Everything that decides about ranks.
pub(super) struct Field {
    units: Vec<Unit>,
    /// Which of the four scores there are; the others are 0.
    counting: [bool; 4],
    /// The weights of the questionnaire, and those of its scores; the latter differ if weights
    /// decide nothing.
    own: PillarMap<Weight>,
    weights: [i64; 4],
}

impl Field {
    pub(super) fn new(questionnaire: &Questionnaire, scores: &[PillarMap<Option<Score>>]) -> Self {
        let own = *questionnaire.pillar_weights();
        let weights = Pillar::ALL.map(|pillar| i64::from(own[pillar].thousandths()));
        let counting = weights.map(|weight| weight > 0);
        let unit = |scores: &PillarMap<Option<Score>>| {
            Pillar::ALL.map(|of| scores[of].filter(|_| !own[of].is_zero()).unwrap_or_default())
        };
        let units = scores.iter().map(unit);
        if questionnaire.method().aggregation == Aggregation::Minimum {
            // The overall is the one score, and there is but one way to weight that.
            let lowest = |unit: Unit| {
                let counting = unit.into_iter().zip(counting).filter(|(_, counts)| *counts);
                let lowest = counting.map(|(score, _)| score).min().unwrap_or_default();
                [lowest, Score::ZERO, Score::ZERO, Score::ZERO]
            };
            let counting = [true, false, false, false];
            return Self {
                units: units.map(lowest).collect(),
                counting,
                own,
                weights: [1, 0, 0, 0],
            };
        }
        Self { units: units.collect(), counting, own, weights }
    }

    /// The rank of a unit with those weights.
    fn rank(&self, unit: &Unit, weights: [i64; 4]) -> u32 {
        let is_above = |other: &&Unit| {
            let differences = differences(unit, other).into_iter().zip(weights);
            // At most 4e15.
            differences.map(|(of, weight)| i64::from(of.billionths()) * weight).sum::<i64>() < 0
        };
        1 + counted(self.units.iter().filter(is_above))
    }

    /// The ranks of each unit.
    pub(super) fn ranks(&self) -> Vec<UnitRanks> {
        self.units.iter().map(|unit| self.ranks_of(unit)).collect()
    }

    fn ranks_of(&self, unit: &Unit) -> UnitRanks {
        let rank = self.rank(unit, self.weights);
        let (best, best_weights) = self.furthest(unit, rank, End::Best);
        let (worst, worst_weights) = self.furthest(unit, rank, End::Worst);
        let above = self.units.iter().map(|other| self.above(unit, other)).collect();
        UnitRanks { rank, best, best_weights, worst, worst_weights, above }
    }

    /// The share of weightings that place the one above the other.
    fn above(&self, unit: &Unit, other: &Unit) -> f64 {
        if unit == other {
            return 0.0;
        }
        let differences = differences(unit, other).into_iter().zip(self.counting);
        let counting = differences.filter(|(_, counts)| *counts);
        share::not_negative(counting.map(|(difference, _)| (difference, 1)))
    }

    /// The best or the worst rank that any weights give a unit, and some that do, known the rank that
    /// those of the questionnaire do.
    fn furthest(&self, unit: &Unit, rank: u32, end: End) -> (u32, Option<PillarMap<Weight>>) {
        let (planes, always) = self.planes(unit, end);
        // For the best rank each unit above costs, for the worst each that is not above.
        let total = counted(self.units.iter());
        let cost = |rank: u32| match end {
            End::Best => rank - 1,
            End::Worst => total - (rank - 1),
        };
        let ties = match end {
            End::Best => Ties::Free,
            End::Worst => Ties::Dear,
        };
        let known = cost(rank).saturating_sub(always);
        let Some((least, corners)) = cells::cheapest(&planes, self.counting, ties, known) else {
            return (rank, Some(self.own));
        };
        let furthest = match end {
            End::Best => least + always + 1,
            End::Worst => total - (least + always) + 1,
        };
        let weights = witness::candidates(&corners)
            .find(|weights| self.rank(unit, weights.map(i64::from)) == furthest);
        debug_assert!(
            weights.is_none_or(|of| of.iter().zip(self.counting).all(|(w, c)| (*w > 0) == c))
        );
        let weight = |thousandths| Weight::from_thousandths(thousandths).unwrap_or(Weight::ONE);
        (furthest, weights.map(|weights| PillarMap::from(weights.map(weight))))
    }

    /// The planes at which a unit changes places with others, and what costs with all weights.
    fn planes(&self, unit: &Unit, end: End) -> (Vec<Plane>, u32) {
        let mut always = 0;
        let mut planes: BTreeMap<[i64; 4], Plane> = BTreeMap::new();
        for other in &self.units {
            let normal = differences(unit, other).map(|of| i64::from(of.billionths()));
            let (ahead, behind) =
                (normal.iter().any(|place| *place > 0), normal.iter().any(|place| *place < 0));
            if !(ahead && behind) {
                always += u32::from(behind == (end == End::Best));
                continue;
            }
            let divisor =
                normal.iter().fold(0, |divisor, place| gcd(divisor, place.unsigned_abs()));
            let first = normal.iter().find(|place| **place != 0).map_or(1, |place| place.signum());
            let divisor = first * i64::try_from(divisor).unwrap_or(1).max(1);
            let normal = normal.map(|place| place / divisor);
            let plane = planes.entry(normal).or_insert_with(|| Plane { normal, minus: 0, plus: 0 });
            // The other is above on the side of the plane where the difference is below 0.
            let above_on_minus = first > 0;
            let costs_on_minus = above_on_minus == (end == End::Best);
            *(if costs_on_minus { &mut plane.minus } else { &mut plane.plus }) += 1;
        }
        (planes.into_values().collect(), always)
    }
}

/// The end of the range of ranks that is sought.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Best,
    Worst,
}

/// How many there are: at most as many as units.
fn counted(of: impl Iterator) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}

/// What the one has more than the other.
fn differences([a0, a1, a2, a3]: &Unit, [b0, b1, b2, b3]: &Unit) -> [Delta; 4] {
    let more = |one: &Score, other: &Score| Delta::between(*other, *one);
    [more(a0, b0), more(a1, b1), more(a2, b2), more(a3, b3)]
}
