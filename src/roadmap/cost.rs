//! What finding the cheapest way costs, counted while it is spent.

use std::fmt;

use super::target::Target;

/// What a search takes, in steps: a step adds two numbers and compares the sum with a third. A
/// core takes some 0.3 to 3 nanoseconds for one.
///
/// ```
/// use digital_maturity::roadmap::Cost;
///
/// assert_eq!(Cost::default(), Cost::from_steps(1_200_000_000)); // below a second
/// assert_eq!(Cost::from_steps(20).to_string(), "20 steps");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cost(u64);

impl Cost {
    /// So many steps; as a budget, none at all is allowed.
    ///
    /// ```
    /// # use digital_maturity::roadmap::Cost;
    /// assert!(Cost::from_steps(1_000) < Cost::default());
    /// ```
    #[must_use]
    pub const fn from_steps(steps: u64) -> Self {
        Self(steps)
    }

    /// How many steps.
    ///
    /// ```
    /// # use digital_maturity::roadmap::Cost;
    /// assert_eq!(Cost::from_steps(1_000).steps(), 1_000);
    /// ```
    #[must_use]
    pub const fn steps(self) -> u64 {
        self.0
    }
}

/// What [`AnswerSheet::roadmap`](crate::AnswerSheet::roadmap) may take: 1,200,000,000 steps.
impl Default for Cost {
    fn default() -> Self {
        Self(1_200_000_000)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} steps", self.0)
    }
}

/// Finding the exact cheapest way takes more than its budget. There is no plan that is nearly the
/// cheapest in its place.
///
/// What helps besides a larger budget: what `fits`, fewer levels a scale, and efforts with a
/// common divisor, as 5 and 10 cost no more than 1 and 2.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooCostly {
    /// The budget.
    pub budget: Cost,
    /// What [`AnswerSheet::roadmap_cost`](crate::AnswerSheet::roadmap_cost) says of the target. If
    /// that is below the budget, it is equally cheap plans that are too many to be told apart.
    pub cost: Cost,
    /// A nearer target whose [`AnswerSheet::roadmap_cost`](crate::AnswerSheet::roadmap_cost) is within
    /// the budget, if there is one: the highest lower stage for the same, or the same for one pillar
    /// alone. It is not reached yet.
    pub fits: Option<Target>,
}

impl std::error::Error for TooCostly {}

impl fmt::Display for TooCostly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the cheapest way takes more than the budget of {}", self.budget)?;
        if self.cost > self.budget {
            write!(f, ", its tables alone up to {}", self.cost.steps())?;
        }
        if let Some(target) = &self.fits {
            write!(f, "; the target {target} should fit")?;
        }
        f.write_str("; fewer levels a scale or efforts with a common divisor help")
    }
}

/// The steps that a search may still take.
pub(super) struct Meter {
    left: u64,
}

/// There are not as many steps left.
pub(super) struct Spent;

impl Meter {
    pub(super) fn new(budget: Cost) -> Self {
        Self { left: budget.0 }
    }

    /// Takes that many steps that many times.
    pub(super) fn spend(&mut self, times: usize, steps: usize) -> Result<(), Spent> {
        let steps = u64::try_from(times.saturating_mul(steps)).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(steps).ok_or(Spent)?;
        Ok(())
    }
}
