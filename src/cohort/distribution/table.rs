//! Counting Scores of which few differ.

use super::Run;
use crate::cohort::raw::NO_SCORE;

/// The slots, twice as many as Scores that may differ: they lie next to the processor.
const SLOTS: usize = 1 << 13;
const MOST: usize = SLOTS / 2;

/// Of fewer Scores a table would take longer to go through than they take to sort.
const FEW: usize = 1 << 10;

/// A table of Scores and how often each occurs, by open addressing. It serves one column after another.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// A Score and its count; none where the count is 0.
    slots: Vec<(u32, u32)>,
    /// The slots in use, in the order of their first Score.
    used: Vec<usize>,
}

impl Table {
    /// Each Score that occurs and how often, ascending, and how many have none; `None` if many differ, or
    /// there are few or more than four thousand million in all.
    pub(super) fn count(&mut self, column: impl Iterator<Item = u32>) -> Option<(Vec<Run>, u64)> {
        let most = column.size_hint().1?;
        if most < FEW || u32::try_from(most).is_err() {
            return None;
        }
        let not_scorable = self.fill(column);
        let used = self.used.drain(..);
        let slots = used.filter_map(|place| self.slots.get_mut(place).map(std::mem::take));
        let mut runs: Vec<Run> =
            slots.map(|(score, count)| Run::new(score, count.into())).collect();
        not_scorable.map(|not_scorable| {
            runs.sort_unstable_by_key(|run| run.score);
            (runs, not_scorable)
        })
    }

    /// Counts each Score in its slot, and those that have none; `None` if too many differ.
    fn fill(&mut self, column: impl Iterator<Item = u32>) -> Option<u64> {
        self.slots.resize(SLOTS, (0, 0));
        let mut not_scorable = 0;
        for billionths in column {
            if billionths == NO_SCORE {
                not_scorable += 1;
                continue;
            }
            // Fibonacci hashing: the upper bits of the product depend on all bits of the Score.
            let mut place = (billionths.wrapping_mul(0x9e37_79b1) >> (32 - SLOTS.ilog2())) as usize;
            while let Some((score, count)) = self.slots.get_mut(place % SLOTS) {
                if *count == 0 {
                    if self.used.len() == MOST {
                        return None;
                    }
                    *score = billionths;
                    self.used.push(place % SLOTS);
                }
                if *score == billionths {
                    *count += 1;
                    break;
                }
                place += 1;
            }
        }
        Some(not_scorable)
    }
}
