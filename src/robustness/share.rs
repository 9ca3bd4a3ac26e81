//! The share of the weight space in which a bound is reached, in closed form (scoring rules,
//! section 10).

use crate::number::{Delta, Score};

/// The share of all weights with which the mean of the scores reaches `bound`: with which that of
/// the distances to the bound is [not below 0](not_negative).
pub(super) fn reaching(scores: impl IntoIterator<Item = (Score, u32)>, bound: Score) -> f64 {
    not_negative(scores.into_iter().map(|(score, alpha)| (Delta::between(bound, score), alpha)))
}

/// The share of all weights with which the mean of the differences is 0 or above. Each comes with
/// its alpha, the number of times that it is repeated: 1 for weights drawn uniformly from the
/// simplex, more to draw them from around the alphas (Dirichlet).
///
/// The recursion is that of the rules, in their order of operations. Differences are taken in whole
/// billionths, where doubles are exact: the same difference of two decimals, taken in doubles,
/// would lose up to seven digits next to 0. Every step is then a mean of two shares with exact
/// weights, made with four roundings at most: after `n` steps the relative error is below
/// `n * 4.5e-16`, and no step can leave the range of 0 to 1.
#[expect(clippy::float_arithmetic, reason = "the closed form is stated in doubles")]
pub(super) fn not_negative(differences: impl IntoIterator<Item = (Delta, u32)>) -> f64 {
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for (difference, alpha) in differences {
        let side = if difference >= Delta::ZERO { &mut above } else { &mut below };
        let exact = f64::from(difference.billionths());
        side.extend((0..alpha).map(|_| exact));
    }
    // The row of G for the values above that are taken in so far: before the first, all 0.
    let mut row = vec![0.0; below.len()];
    for &p in &above {
        let mut left = 1.0;
        for (&n, here) in below.iter().zip(&mut row) {
            *here = (p * left + (-n) * *here) / (p - n);
            left = *here;
        }
    }
    row.last().copied().unwrap_or(1.0)
}
