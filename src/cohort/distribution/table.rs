//! Counting Scores of which few differ.

use super::Run;
use crate::cohort::raw::NO_SCORE;

/// The slots at first and at most, twice as many as Scores that may differ: they lie next to the processor.
const LEAST: usize = 1 << 6;
const MOST: usize = 1 << 13;

/// What stands in an empty slot: no Score, and no lack of one.
const EMPTY: u32 = NO_SCORE - 1;

/// A table of Scores, the lack of one among them, and how often each occurs, by open addressing.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// A Score and its count. As many as a power of two, or none at all.
    slots: Vec<(u32, u32)>,
    /// The slots in use, in the order of their first Score.
    used: Vec<usize>,
    /// How many are counted.
    counted: u32,
}

impl Table {
    /// Counts Scores: how many, all or those before one that there is no room for.
    pub(super) fn fill(&mut self, column: impl Iterator<Item = u32>) -> usize {
        // In the loop nothing but the slots is looked at, which lie where they lay before.
        let most = usize::try_from(u32::MAX - self.counted).unwrap_or(usize::MAX);
        let mut column = column.take(most);
        let mut passed = 0_u32;
        loop {
            let slots = self.slots.as_mut_slice();
            let shift = shift(slots.len());
            let missed = column.find(|billionths| {
                let Some((score, count)) = slots.get_mut(place(*billionths, shift)) else {
                    return true;
                };
                let is_there = *score == *billionths;
                if is_there {
                    *count += 1;
                    passed += 1;
                }
                !is_there
            });
            if !missed.is_some_and(|missed| self.look(missed)) {
                break;
            }
            passed += 1;
        }
        self.counted += passed;
        passed as usize
    }

    /// Counts a Score that is not the first to be found at its place; `false` if there is no room for it.
    fn look(&mut self, billionths: u32) -> bool {
        let slots = self.slots.len();
        let mut place = place(billionths, shift(slots));
        while let Some((score, count)) = self.slots.get_mut(place % slots.max(1)) {
            if *score == EMPTY {
                if 2 * self.used.len() >= slots {
                    break;
                }
                *score = billionths;
                self.used.push(place % slots);
            }
            if *score == billionths {
                *count += 1;
                return true;
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
        let old = std::mem::replace(&mut self.slots, vec![(EMPTY, 0); slots]);
        for used in &mut self.used {
            let (score, count) = old.get(*used).copied().unwrap_or_default();
            let mut place = place(score, shift(slots));
            while self.slots.get(place % slots).is_some_and(|(score, _)| *score != EMPTY) {
                place += 1;
            }
            *used = place % slots;
            self.slots.get_mut(*used).into_iter().for_each(|slot| *slot = (score, count));
        }
    }

    /// Each Score and how often it occurs, ascending, and how often there is none; the table is empty then.
    pub(super) fn take(&mut self) -> (Vec<Run>, u64) {
        self.counted = 0;
        let mut without = 0;
        let mut runs = Vec::with_capacity(self.used.len());
        for place in self.used.drain(..) {
            let Some(slot) = self.slots.get_mut(place) else { continue };
            let (score, count) = std::mem::replace(slot, (EMPTY, 0));
            if score == NO_SCORE {
                without += u64::from(count);
            } else {
                runs.push(Run::new(score, count.into()));
            }
        }
        runs.sort_unstable_by_key(|run| run.score);
        (runs, without)
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.slots.as_slice()) + size_of_val(self.used.as_slice())
    }
}

/// By how many bits the hash is shifted where there are so many slots.
#[inline]
fn shift(slots: usize) -> u32 {
    32 - slots.max(2).ilog2()
}

/// Where to look for a Score first, by Fibonacci hashing: the upper bits of the product depend on all bits of the
/// Score.
#[inline]
fn place(billionths: u32, shift: u32) -> usize {
    (billionths.wrapping_mul(0x9e37_79b1) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::{MOST, NO_SCORE, Table};

    #[test]
    fn scores_are_counted_until_too_many_differ() {
        let mut table = Table::default();
        for most in [0, 1, 40, 3000, MOST / 2 - 1] {
            let scores = (0..u32::try_from(2 * most).unwrap()).map(|at| match at % 5 {
                0 => NO_SCORE,
                _ => at / 2 * 7 + 3,
            });
            assert_eq!(table.fill(scores.clone()), 2 * most);
            let mut expected = std::collections::BTreeMap::new();
            for score in scores {
                *expected.entry(score).or_insert(0_u64) += 1;
            }
            let without = expected.remove(&NO_SCORE).unwrap_or(0);
            let (runs, found) = table.take();
            let runs: Vec<_> = runs.iter().map(|run| (run.score, run.times())).collect();
            assert_eq!((runs, found), (expected.into_iter().collect::<Vec<_>>(), without));
        }
        // One more than there is room for; those that are there count on.
        let most = u32::try_from(MOST / 2).unwrap();
        assert_eq!(table.fill((0..most).chain([0, most, 1])), MOST / 2 + 1);
        let (runs, without) = table.take();
        assert_eq!((runs.len(), runs[0].times(), runs[1].times()), (MOST / 2, 2, 1));
        assert_eq!((without, table.take()), (0, (Vec::new(), 0)));
    }
}
