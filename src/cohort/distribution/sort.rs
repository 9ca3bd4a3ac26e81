//! Sorting a million Scores in proportion to their number.

/// Sorts Scores in billionths. Where there are many, by their digits in base 1024, the lowest first,
/// each time into the places that counting has set apart: a Score has three, so that this takes time
/// in proportion to the number of Scores.
pub(super) fn sort(scores: &mut Vec<u32>, sorted: &mut Vec<u32>) {
    /// Below that, comparing is faster.
    const MANY: usize = 4096;
    const BASE: usize = 1 << 10;
    const SHIFTS: [u32; 3] = [0, 10, 20];
    if scores.len() < MANY {
        return scores.sort_unstable();
    }
    let digit = |score: u32, shift: u32| (score >> shift) as usize % BASE;
    let mut places = vec![[0_usize; BASE]; SHIFTS.len()];
    for score in &*scores {
        for (places, shift) in places.iter_mut().zip(SHIFTS) {
            if let Some(count) = places.get_mut(digit(*score, shift)) {
                *count += 1;
            }
        }
    }
    sorted.resize(scores.len(), 0);
    for (places, shift) in places.iter_mut().zip(SHIFTS) {
        let mut below = 0;
        for place in places.iter_mut() {
            below += std::mem::replace(place, below);
        }
        for score in &*scores {
            if let Some(place) = places.get_mut(digit(*score, shift)) {
                if let Some(out) = sorted.get_mut(*place) {
                    *out = *score;
                }
                *place += 1;
            }
        }
        std::mem::swap(scores, sorted);
    }
}
