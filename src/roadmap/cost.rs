//! What finding the cheapest way costs, told before it is spent.

use super::problem::Problem;

/// The exact cheapest way would cost more than this crate spends on one answer: minutes of a
/// processor and gigabytes of memory. Nothing was computed.
///
/// It grows with the levels above the answers given and with the efforts of all raises together:
/// what helps are fewer levels a scale, efforts with a common divisor, or a target for fewer
/// pillars.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the cheapest way would take {steps} steps, more than {MOST}; fewer levels a scale, efforts with a common divisor or a target for fewer pillars help"
)]
#[non_exhaustive]
pub struct TooCostly {
    /// The steps that it would take: additions of one level to one effort.
    pub steps: u128,
}

/// Some minutes on one core.
const MOST: u128 = 20_000_000_000;

/// That the tables of a problem can be filled.
pub(super) fn check(problem: &Problem) -> Result<(), TooCostly> {
    let mut steps = 0_u128;
    for column in &problem.columns {
        let mut efforts = 1_u128;
        for item in &column.items {
            let levels = item.gains.len() as u128;
            steps += levels * efforts;
            efforts += levels * item.effort as u128;
        }
    }
    if steps > MOST { Err(TooCostly { steps }) } else { Ok(()) }
}
