//! The exact search, from a problem to the levels of its best plan.

use super::cost::{Meter, Spent};
use super::problem::Problem;
use super::relaxed::narrowed;
use super::split::{self, Best};
use super::table::Amount;
use super::ties::{self, Levels};

/// The levels of the best plan of a problem that has one.
pub(super) fn levels(problem: &Problem, meter: &mut Meter) -> Result<Levels, Spent> {
    let narrowed = narrowed(problem);
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
