//! Weights in thousandths, rather round ones, from the middle of a cone of weights.

use super::cells::Edge;
use crate::number::gcd;

/// Weights of four pillars in thousandths, each at most a million.
pub(super) type Thousandths = [u32; 4];

/// Sums of whole weights to which the middle is rounded, the roundest first.
const SUMS: [u32; 5] = [5, 10, 20, 100, 1000];

/// Weights in thousandths, the roundest first, near to the middle of a cone or in it; for whoever
/// tries whether they will do. Those whose place is 0 in all corners are 0, the others above 0.
pub(super) fn candidates(corners: &[Edge]) -> impl Iterator<Item = Thousandths> {
    let middle = middle(corners);
    let exact = exact_sum(corners).and_then(|sum| match whole(sum) {
        Some(whole) => Some(whole),
        None => thousandths(sum.map(i128::from), 1),
    });
    let rounded = move |sum: u32, unit: u32| thousandths(rounded(middle, sum), unit);
    let whole = SUMS.into_iter().map(move |sum| rounded(sum, 1000));
    whole.chain([exact]).chain([rounded(1_000_000, 1)]).flatten()
}

/// A sum of the corners, each in the same length: to the thirtieth binary digit, which no
/// exactness hangs on, but not below 1 where a corner is above 0.
///
/// No place of a corner is above 4e27, so that what is multiplied here fits.
fn middle(corners: &[Edge]) -> Edge {
    let mut middle: Edge = [0; 4];
    for corner in corners {
        let length = corner.iter().sum::<i128>().max(1);
        for (sum, place) in middle.iter_mut().zip(corner) {
            *sum += ((place << 30) / length).max(i128::from(*place > 0));
        }
    }
    middle
}

/// The middle with that sum of its places, or a little more: none that is above 0 becomes 0.
fn rounded(middle: Edge, sum: u32) -> Edge {
    let length = middle.iter().sum::<i128>().max(1);
    middle.map(|place| ((place * i128::from(sum) + length / 2) / length).max(i128::from(place > 0)))
}

/// The sum of the corners in lowest terms, in lowest terms; `None` where that is out of reach.
fn exact_sum(corners: &[Edge]) -> Option<[u64; 4]> {
    let mut sum = [0_u64; 4];
    for corner in corners {
        for (sum, place) in sum.iter_mut().zip(lowest_terms(*corner)?) {
            *sum = sum.checked_add(place)?;
        }
    }
    lowest_terms(sum.map(i128::from))
}

fn lowest_terms(of: Edge) -> Option<[u64; 4]> {
    let mut terms = [0_u64; 4];
    for (term, place) in terms.iter_mut().zip(of) {
        *term = u64::try_from(place).ok()?;
    }
    let divisor = terms.into_iter().fold(0, gcd).max(1);
    Some(terms.map(|term| term / divisor))
}

fn whole(of: [u64; 4]) -> Option<Thousandths> {
    thousandths(of.map(i128::from), 1000)
}

/// Weights of so many times that many thousandths; `None` if one is not a weight.
fn thousandths(of: Edge, unit: u32) -> Option<Thousandths> {
    let mut weights = [0_u32; 4];
    for (weight, place) in weights.iter_mut().zip(of) {
        let times = u32::try_from(place).ok()?.checked_mul(unit)?;
        *weight = (times <= 1_000_000).then_some(times)?;
    }
    Some(weights)
}
