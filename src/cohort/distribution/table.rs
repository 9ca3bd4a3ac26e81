//! Counting Scores of which few differ.

use super::Run;
use crate::cohort::raw::NO_SCORE;

/// The slots at first and at most, twice as many as Scores that may differ: they lie next to the processor.
const LEAST: usize = 1 << 6;
const MOST: usize = 1 << 13;

/// A table of Scores and how often each occurs, by open addressing.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// A Score and its count; none where the count is 0. As many as a power of two, or none at all.
    slots: Vec<(u32, u32)>,
    /// The slots in use, in the order of their first Score.
    used: Vec<usize>,
}

impl Table {
    /// Counts each Score; what has none is passed over. Gives how many of the column that is: all, or those
    /// before one that there is no room for.
    pub(super) fn fill(&mut self, column: impl Iterator<Item = u32>) -> usize {
        let mut passed = 0;
        for billionths in column {
            if billionths != NO_SCORE && !self.count(billionths) {
                break;
            }
            passed += 1;
        }
        passed
    }

    /// Counts a Score; `false` if there is no room for it.
    #[inline]
    fn count(&mut self, billionths: u32) -> bool {
        let place = place(billionths, self.slots.len());
        if let Some((score, count)) = self.slots.get_mut(place) {
            if *score == billionths && *count > 0 && *count < u32::MAX {
                *count += 1;
                return true;
            }
        }
        self.look(billionths)
    }

    /// The same where the Score is not the first that is to be found there.
    fn look(&mut self, billionths: u32) -> bool {
        let slots = self.slots.len();
        let mut place = place(billionths, slots);
        while let Some((score, count)) = self.slots.get_mut(place % slots.max(1)) {
            if *count == 0 {
                if 2 * self.used.len() >= slots {
                    break;
                }
                *score = billionths;
                self.used.push(place % slots);
            }
            if *score == billionths {
                let more = count.checked_add(1);
                *count = more.unwrap_or(*count);
                return more.is_some();
            }
            place += 1;
        }
        slots < MOST && {
            self.grow();
            self.look(billionths)
        }
    }

    /// Makes twice as many slots.
    #[cold]
    fn grow(&mut self) {
        let slots = (2 * self.slots.len()).max(LEAST);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); slots]);
        for used in &mut self.used {
            let (score, count) = old.get(*used).copied().unwrap_or_default();
            let mut place = place(score, slots);
            while self.slots.get(place % slots).is_some_and(|(_, count)| *count > 0) {
                place += 1;
            }
            *used = place % slots;
            self.slots.get_mut(*used).into_iter().for_each(|slot| *slot = (score, count));
        }
    }

    /// Each Score and how often it occurs, ascending; the table is empty then.
    pub(super) fn runs(&mut self) -> Vec<Run> {
        let used = self.used.drain(..);
        let slots = used.filter_map(|place| self.slots.get_mut(place).map(std::mem::take));
        let mut runs: Vec<Run> =
            slots.map(|(score, count)| Run::new(score, count.into())).collect();
        runs.sort_unstable_by_key(|run| run.score);
        runs
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.slots.as_slice()) + size_of_val(self.used.as_slice())
    }
}

/// Where to look for a Score first, among so many slots, by Fibonacci hashing: the upper bits of the product
/// depend on all bits of the Score.
#[inline]
fn place(billionths: u32, slots: usize) -> usize {
    (billionths.wrapping_mul(0x9e37_79b1) >> (32 - slots.max(2).ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::{MOST, NO_SCORE, Table};

    #[test]
    fn scores_are_counted_until_too_many_differ() {
        let mut table = Table::default();
        for most in [0, 1, 40, 3000, MOST / 2] {
            let scores = (0..u32::try_from(2 * most).unwrap()).map(|at| match at % 5 {
                0 => NO_SCORE,
                _ => at / 2 * 7 + 3,
            });
            assert_eq!(table.fill(scores.clone()), 2 * most);
            let mut expected = std::collections::BTreeMap::new();
            for score in scores.filter(|score| *score != NO_SCORE) {
                *expected.entry(score).or_insert(0_u64) += 1;
            }
            let runs: Vec<_> = table.runs().iter().map(|run| (run.score, run.times())).collect();
            assert_eq!(runs, expected.into_iter().collect::<Vec<_>>());
        }
        // One more than there is room for; those that are there count on.
        let most = u32::try_from(MOST / 2).unwrap();
        assert_eq!(table.fill((0..most).chain([0, most, 1])), MOST / 2 + 1);
        let runs = table.runs();
        assert_eq!((runs.len(), runs[0].times(), runs[1].times()), (MOST / 2, 2, 1));
        assert!(table.runs().is_empty());
    }
}
