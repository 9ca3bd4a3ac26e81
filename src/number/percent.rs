//! A Score in per cent, with as many decimals as one shows.

use std::fmt;

/// A score shown in per cent with fewer digits than it has; the direction of rounding was chosen
/// when it was made, by [`Score::percent_floor`](crate::Score::percent_floor) or [`Score::percent_ceil`](crate::Score::percent_ceil). Displays without the
/// per cent sign.
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
