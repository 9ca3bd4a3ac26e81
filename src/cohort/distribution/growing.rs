//! A distribution to which Scores and other distributions are added as they come.

use super::sort::sort;
use super::table::Table;
use super::{Distribution, Run};
use crate::cohort::raw::NO_SCORE;

/// Scores that wait to be sorted at most, and at least before they are: their number is doubled as the
/// distribution grows, so that what waits takes no more room than what is counted.
const MOST_WAIT: usize = 1 << 18;
const LEAST_WAIT: usize = 1 << 16;

/// A distribution that grows.
///
/// Scores of which few differ are counted in a table. Where many do, they wait until there are enough to be
/// worth sorting, and a part waits until it has a fourth of the Scores of the one before it: what waits is no
/// more than a third of the whole, and each Score is merged a few times.
#[derive(Clone, Debug, Default)]
pub(in crate::cohort) struct Growing {
    table: Table,
    /// Whether more differ than a table counts.
    are_many: bool,
    waiting: Vec<u32>,
    /// Each more than four times as large as the one that follows.
    parts: Vec<Distribution>,
    /// Less those in the table, and so modulo 2^64.
    not_scorable: u64,
}

impl Growing {
    /// Adds a column of billionths, rows with bad cells among those without a Score. `room` is to sort in.
    pub(in crate::cohort) fn extend(
        &mut self,
        column: impl Iterator<Item = u32> + Clone,
        bad: u64,
        room: &mut Vec<u32>,
    ) {
        self.not_scorable = self.not_scorable.wrapping_sub(bad);
        let counted = if self.are_many { 0 } else { self.table.fill(column.clone()) };
        let mut rest = column.skip(counted).peekable();
        if rest.peek().is_none() {
            return;
        }
        if !self.are_many {
            self.are_many = true;
            self.empty_table();
        }
        let before = self.waiting.len();
        let mut all = 0;
        self.waiting.extend(rest.inspect(|_| all += 1).filter(|score| *score != NO_SCORE));
        let without = all - (self.waiting.len() - before);
        self.not_scorable = self.not_scorable.wrapping_add(u64::try_from(without).unwrap_or(0));
        let counted = self.parts.first().map_or(0, |part| part.runs.len());
        if self.waiting.len() >= counted.clamp(LEAST_WAIT, MOST_WAIT) {
            self.sort(room);
        }
    }

    /// Makes a part of what the table counts.
    fn empty_table(&mut self) {
        let (runs, without) = self.table.take();
        self.not_scorable = self.not_scorable.wrapping_add(without);
        self.push(Distribution::from_runs(runs, 0));
    }

    /// Counts what waits.
    fn sort(&mut self, room: &mut Vec<u32>) {
        sort(&mut self.waiting, room);
        let equal = self.waiting.chunk_by(|one, next| one == next);
        let runs: Vec<Run> = equal
            .filter_map(|run| Some(Run::new(*run.first()?, u64::try_from(run.len()).ok()?)))
            .collect();
        self.waiting.clear();
        self.push(Distribution::from_runs(runs, 0));
    }

    /// Adds what another one counts, where both together are of no more than
    /// [`MOST`](Distribution::MOST).
    pub(in crate::cohort) fn push(&mut self, mut part: Distribution) {
        let without = std::mem::take(&mut part.not_scorable);
        self.not_scorable = self.not_scorable.wrapping_add(without);
        if part.runs.is_empty() {
            return;
        }
        while let Some(mut last) = self.parts.pop() {
            if last.runs.len() > 4 * part.runs.len() {
                self.parts.push(last);
                break;
            }
            if last.runs.len() > part.runs.len() {
                std::mem::swap(&mut last, &mut part);
            }
            part.add(&last);
        }
        self.parts.push(part);
    }

    /// All that was added; nothing is there from now on.
    pub(in crate::cohort) fn take(&mut self, room: &mut Vec<u32>) -> Distribution {
        self.sort(room);
        self.empty_table();
        // From the smallest up, each into the one before it.
        let whole = self.parts.drain(..).rev().reduce(|smaller, mut larger| {
            larger.add(&smaller);
            larger
        });
        self.are_many = false;
        let not_scorable = std::mem::take(&mut self.not_scorable);
        Distribution { not_scorable, ..whole.unwrap_or_default() }
    }

    /// How many bytes it takes.
    pub(in crate::cohort) fn bytes(&self) -> usize {
        let parts: usize = self.parts.iter().map(|part| size_of_val(part.runs())).sum();
        parts + size_of_val(self.waiting.as_slice()) + self.table.bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Distribution, Growing, LEAST_WAIT, NO_SCORE};

    /// Numbers that are as good as random.
    fn numbers() -> impl FnMut(u32) -> u32 {
        let mut state = 7_u64;
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            u32::try_from(((state >> 32) * u64::from(below)) >> 32).unwrap()
        }
    }

    #[test]
    fn what_is_added_in_parts_is_counted_once() {
        let mut below = numbers();
        let (mut growing, mut room) = (Growing::default(), Vec::new());
        // Few Scores that differ; more than a table counts; so many that they are sorted again and again. The
        // last is few again, with the room of those before.
        for most in [3, 6000, 1_000_000_000, 40] {
            let (mut expected, mut without) = (BTreeMap::new(), 0);
            for part in 0..12 {
                let rows = below(u32::try_from(LEAST_WAIT / 2).unwrap());
                let column: Vec<u32> =
                    (0..rows).map(|_| if below(9) == 0 { NO_SCORE } else { below(most) }).collect();
                for score in &column {
                    match *score {
                        NO_SCORE => without += 1,
                        score => *expected.entry(score).or_insert(0_u64) += 1,
                    }
                }
                if part % 3 == 2 {
                    growing.push(Distribution::from_column(
                        column.iter().copied(),
                        0,
                        &mut crate::cohort::distribution::Counting::default(),
                    ));
                } else {
                    growing.extend(column.iter().copied(), 0, &mut room);
                }
            }
            let found = growing.take(&mut room);
            let runs: Vec<_> = found.runs().iter().map(|run| (run.score, run.times())).collect();
            assert_eq!(runs, expected.into_iter().collect::<Vec<_>>());
            assert_eq!(found.not_scorable(), without);
        }
        assert_eq!(growing.take(&mut room), Distribution::default());
    }
}
