//! The exact search, from a problem to the levels of its best plan.

use super::cost::{Cost, Meter, Spent};
use super::field::Field;
use super::problem::{Problem, four};
use super::relaxed::Narrowed;
use super::split::{self, Best};
use super::table::Amount;
use super::ties::{self, Levels};

/// The levels of the best plan of a problem that has one.
pub(super) fn levels(
    problem: &Problem,
    narrowed: Narrowed<'_>,
    meter: &mut Meter,
) -> Result<Levels, Spent> {
    let slack = narrowed.fields.iter().map(|field| field.slack).max().unwrap_or(0);
    let best = if i32::holds(slack) {
        split::best::<i32>(problem, narrowed, meter)?
    } else if i64::holds(slack) {
        split::best::<i64>(problem, narrowed, meter)?
    } else {
        split::best::<i128>(problem, narrowed, meter)?
    };
    winner(&best, meter)
}

fn winner(best: &Best<'_>, meter: &mut Meter) -> Result<Levels, Spent> {
    let fields = best.shares.iter().filter_map(|share| share.field.as_ref());
    let slack = fields.map(|field| field.slack).max().unwrap_or(0);
    if i32::holds(slack) {
        ties::winner::<i32>(best, meter)
    } else if i64::holds(slack) {
        ties::winner::<i64>(best, meter)
    } else {
        ties::winner::<i128>(best, meter)
    }
}

/// What a search takes: one table of each column to find the least effort, with the columns put
/// together in pairs, and up to five for the ties, which are narrower; and a look at each item and
/// each effort.
pub(super) fn cost(narrowed: &Narrowed<'_>) -> Cost {
    let fields = &narrowed.fields;
    let width = |field: &Field<'_>| (field.last + 1).saturating_sub(field.first) as u64;
    let of_field = |field: &Field<'_>| {
        let open = field.climbs.iter().filter(|climbs| climbs.len() > 1);
        let looks: usize = open.map(|climbs| 2 + climbs.len()).sum();
        field.cost().saturating_mul(6) + 16 * (looks as u64 + width(field))
    };
    let [a, b, c, d] = four(fields.iter().map(width), &1);
    let joins = a * b + c * d + 400;
    Cost::from_steps(fields.iter().map(of_field).fold(joins, u64::saturating_add))
}
