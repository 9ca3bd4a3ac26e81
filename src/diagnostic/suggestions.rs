//! The name that was probably meant.

use std::cell::Cell;

/// Finds the names that were probably meant in one document, for no more than a stated cost.
///
/// Each name is compared at the cost of a few steps a character, so that a thousand wrong names
/// among a thousand right ones would be some hundred million. Once the budget is spent, nothing is
/// suggested: the findings are the same without it.
#[derive(Debug)]
pub(crate) struct Suggestions {
    /// Steps that may still be taken: one for a name that is looked at, one for a cell of a
    /// comparison.
    left: Cell<u64>,
}

impl Suggestions {
    /// A tenth of a second at most, and more than a document needs whose author meant well: 1,000
    /// wrong names among 1,000 right ones that differ in their first eight characters.
    const BUDGET: u64 = 40_000_000;

    /// The name nearest to `wanted`, if one is near enough to have been meant: an edit distance of at
    /// most a third of the wanted name's length, and at most 3. On ties the first one given.
    pub(crate) fn nearest<'n>(
        &self,
        wanted: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        let wanted: Vec<char> = wanted.chars().take(LONGEST).collect();
        let mut bound = (wanted.len() / 3).min(FARTHEST);
        let mut best = None;
        for name in names {
            self.spend(1)?;
            // A character has at most four bytes.
            if name.len() < wanted.len() - bound || name.len() > 4 * (wanted.len() + bound) {
                continue;
            }
            let name_characters: Vec<char> = name.chars().take(LONGEST + FARTHEST).collect();
            if name_characters.len().abs_diff(wanted.len()) > bound {
                continue;
            }
            if let Some(distance) = self.distance(&wanted, &name_characters, bound) {
                best = Some(name);
                // Only a nearer one is better.
                let Some(nearer) = distance.checked_sub(1) else { break };
                bound = nearer;
            }
        }
        best
    }

    /// Takes steps from what is left; `None` once there are not so many.
    fn spend(&self, steps: u64) -> Option<()> {
        self.left.set(self.left.get().checked_sub(steps)?);
        Some(())
    }

    /// Edit distance with swaps of neighbours (optimal string alignment): insert, delete, replace or
    /// swap, each one step. Letter case is ignored. `None` beyond `bound`, which is at most
    /// [`FARTHEST`], and if the budget is spent.
    ///
    /// Of each row of the table only the cells within `bound` of the diagonal can come to that
    /// little. A row lists them from left to right, so that the cell above is the next one of the row
    /// before.
    fn distance(&self, wanted: &[char], name: &[char], bound: usize) -> Option<usize> {
        let mut before = [FAR; WIDTH];
        let mut above = [FAR; WIDTH];
        for (cell, column) in above.iter_mut().skip(FARTHEST).zip(0..=bound) {
            *cell = column;
        }
        let mut last = None;
        for (at, &w) in wanted.iter().enumerate() {
            self.spend(WIDTH as u64)?;
            let row = at + 1;
            let mut cells = [FAR; WIDTH];
            let mut left = FAR;
            for (offset, cell) in cells.iter_mut().enumerate() {
                let Some(column) = (row + offset).checked_sub(FARTHEST) else { continue };
                if offset.abs_diff(FARTHEST) > bound || column > name.len() {
                    continue;
                }
                let up = above.get(offset + 1).map_or(FAR, |steps| steps + 1);
                let mut steps = up.min(left + 1);
                if let Some(n) = column.checked_sub(1).and_then(|at| name.get(at)) {
                    let diagonal = above.get(offset).copied().unwrap_or(FAR);
                    steps = steps.min(diagonal + usize::from(!w.eq_ignore_ascii_case(n)));
                    let previous = column.checked_sub(2).and_then(|at| name.get(at));
                    if previous == Some(&w) && last == Some(*n) {
                        steps = steps.min(before.get(offset).copied().unwrap_or(FAR) + 1);
                    }
                } else {
                    steps = row;
                }
                *cell = steps;
                left = steps;
            }
            // A swap can still come from the row before.
            if cells.iter().all(|steps| *steps > bound) && above.iter().all(|steps| *steps >= bound)
            {
                return None;
            }
            (before, above, last) = (above, cells, Some(w));
        }
        let end = (name.len() + FARTHEST).checked_sub(wanted.len())?;
        above.get(end).copied().filter(|steps| *steps <= bound)
    }
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: Cell::new(Self::BUDGET) }
    }
}

/// How far a name may be from what was meant.
const FARTHEST: usize = 3;
/// How much of what was meant is compared, in characters: one more than an id can have.
const LONGEST: usize = 65;
/// The cells of a row that are within [`FARTHEST`] of the diagonal.
const WIDTH: usize = 2 * FARTHEST + 1;
/// A distance that is too far.
const FAR: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        Suggestions::default().nearest(wanted, names)
    }

    fn characters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The whole table, as the definition has it.
    fn slow(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = a[i - 1].eq_ignore_ascii_case(&b[j - 1]);
                    let mut steps = (table[i - 1][j - 1] + usize::from(!same))
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        steps = steps.min(table[i - 2][j - 2] + 1);
                    }
                    steps
                };
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn distances_agree_with_ones_counted_by_hand() {
        let suggestions = Suggestions::default();
        for (a, b, steps) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("vision", "visoin", 1),
            ("ca", "abc", 3),
            ("Vision", "vision", 0),
        ] {
            let (a, b) = (characters(a), characters(b));
            assert_eq!(slow(&a, &b), steps);
            assert_eq!(suggestions.distance(&a, &b, 3), Some(steps));
            assert_eq!(suggestions.distance(&a, &b, 2), (steps < 3).then_some(steps));
        }
    }

    #[test]
    fn the_band_holds_all_that_the_whole_table_has_within_the_bound() {
        // Every word of up to six letters of an alphabet of two against some of them.
        let words: Vec<Vec<char>> = (0..7)
            .flat_map(|length| {
                (0..1_u32 << length).map(move |bits| {
                    (0..length).map(|at| if bits >> at & 1 == 0 { 'a' } else { 'b' }).collect()
                })
            })
            .collect();
        let suggestions = Suggestions { left: Cell::new(u64::MAX) };
        for a in &words {
            for b in words.iter().step_by(5) {
                for bound in 0..=FARTHEST {
                    let steps = Some(slow(a, b)).filter(|steps| *steps <= bound);
                    assert_eq!(suggestions.distance(a, b, bound), steps, "{a:?} {b:?} {bound}");
                }
            }
        }
    }

    #[test]
    fn only_a_near_name_is_suggested_and_the_first_of_equals() {
        assert_eq!(nearest("vision_1", ["vision_01", "vision_10"]), Some("vision_01"));
        assert_eq!(nearest("vision_03", ["vision_01", "vision_02"]), Some("vision_01"));
        assert_eq!(nearest("vision_03", ["vision_1", "vision_0"]), Some("vision_0"));
        assert_eq!(nearest("a", ["b", "c"]), None); // any letter would do
        assert_eq!(nearest("price", ["vision_01"]), None);
        assert_eq!(nearest("naïveté", ["naivete"]), Some("naivete"));
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn a_budget_that_is_spent_ends_suggestions() {
        // One name that is looked at, and eight rows of seven cells.
        let exactly = Suggestions { left: Cell::new(1 + 8 * 7) };
        assert_eq!(exactly.nearest("vision_1", ["vision_2"]), Some("vision_2"));
        assert_eq!(exactly.nearest("vision_1", ["vision_2"]), None);
        let less = Suggestions { left: Cell::new(8 * 7) };
        assert_eq!(less.nearest("vision_1", ["vision_2"]), None);
    }
}
