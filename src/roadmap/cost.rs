//! What finding the cheapest way costs, counted while it is spent.

/// The steps that a search may still take.
pub(super) struct Meter {
    left: u64,
}

/// There are no steps left.
pub(super) struct Spent;

impl Meter {
    pub(super) fn new(left: u64) -> Self {
        Self { left }
    }
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// Takes `each` steps `times` times.
    pub(super) fn spend(&mut self, times: usize, each: usize) -> Result<(), Spent> {
        let steps = u64::try_from(times.saturating_mul(each)).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(steps).ok_or(Spent)?;
        Ok(())
    }
}

/// Too costly.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too costly")]
#[non_exhaustive]
pub struct TooCostly {}
