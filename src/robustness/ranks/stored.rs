//! What the ranks of stored units must be.

use serde::{Deserialize, Deserializer, de};

use super::UnitRanks;
use crate::robustness::stored;

pub(super) fn units<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<UnitRanks>, D::Error> {
    let units = Vec::<UnitRanks>::deserialize(deserializer)?;
    match fault(&units) {
        None => Ok(units),
        Some(fault) => Err(de::Error::custom(fault)),
    }
}

fn fault(units: &[UnitRanks]) -> Option<&'static str> {
    let last = u32::try_from(units.len()).unwrap_or(u32::MAX);
    for unit in units {
        if unit.above.len() != units.len() {
            return Some("not every unit has one share for each unit");
        }
        if !unit.above.iter().all(|share| stored::is_share(*share)) {
            return Some(stored::NO_SHARE);
        }
        let ranks = [1, unit.best, unit.rank, unit.worst, last];
        if !ranks.is_sorted() {
            return Some("a rank is not between the best and the worst of the unit and of all");
        }
    }
    // What the one has above the other: by rows and by columns.
    for (at, unit) in units.iter().enumerate() {
        if unit.above.get(at).is_some_and(|itself| *itself > 0.0) {
            return Some("a unit is above itself");
        }
        let other_way = units.iter().filter_map(|other| other.above.get(at));
        if !unit.above.iter().zip(other_way).all(|(one, other)| is_split(*one, *other)) {
            return Some("the shares of two units sum neither to 1 nor, with a tie, to 0");
        }
    }
    None
}

/// Whether two units may have these shares. Each is right to 1e-12.
#[expect(clippy::float_arithmetic, reason = "the sum of two shares")]
fn is_split(one: f64, other: f64) -> bool {
    let sum = one + other;
    sum <= 0.0 || (sum - 1.0).abs() <= 1e-11
}
