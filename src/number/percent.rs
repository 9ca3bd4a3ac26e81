//! A Score in per cent, with as many decimals as one shows.

use std::fmt;

use super::Score;
use super::units::round_half_even;

/// A score shown in per cent with fewer digits than it has; the direction of rounding was chosen
/// when it was made, by [`Score::percent_floor`](crate::Score::percent_floor),
/// [`Score::percent_ceil`](crate::Score::percent_ceil) or
/// [`Score::percent_nearest`](crate::Score::percent_nearest). Displays without the per cent sign.
///
/// ```
/// use digital_maturity::Score;
///
/// let third: Score = "0.333333333".parse()?;
/// assert_eq!(format!("{:>6} %", third.percent_floor(2)), " 33.33 %");
/// # Ok::<(), digital_maturity::number::NumberError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Percent {
    /// Whole steps of 10 to the power of minus `decimals` per cent.
    steps: u32,
    decimals: u32,
}

impl Percent {
    /// Billionths in per cent, rounded down.
    pub(super) const fn floor(billionths: u32, decimals: u32) -> Self {
        let (step, decimals) = Self::step(decimals);
        Self { steps: billionths / step, decimals }
    }

    /// Billionths in per cent, rounded up.
    pub(super) const fn ceil(billionths: u32, decimals: u32) -> Self {
        let (step, decimals) = Self::step(decimals);
        Self { steps: billionths.div_ceil(step), decimals }
    }

    /// So many of a whole above 0 in per cent, to the nearest, ties to even.
    pub(crate) fn nearest(part: u64, whole: u64, decimals: u32) -> Self {
        let (step, decimals) = Self::step(decimals);
        let steps = u128::from(part) * u128::from(Score::ONE.billionths() / step);
        Self { steps: u32::try_from(round_half_even(steps, whole)).unwrap_or(u32::MAX), decimals }
    }

    /// The billionths in one step of the last decimal shown, and the decimals: at most seven.
    const fn step(decimals: u32) -> (u32, u32) {
        let decimals = if decimals > 7 { 7 } else { decimals };
        (10_u32.pow(7 - decimals), decimals)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_one = 10_u32.pow(self.decimals);
        let (whole, fraction) = (self.steps / per_one, self.steps % per_one);
        if self.decimals == 0 {
            f.pad(&whole.to_string())
        } else {
            f.pad(&format!("{whole}.{fraction:0width$}", width = self.decimals as usize))
        }
    }
}
