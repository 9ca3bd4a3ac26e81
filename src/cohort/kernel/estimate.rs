//! Means in doubles, and whether they can be told from their neighbours; why that is exact stands in
//! [`super::mean`].

/// How near to a tie, in billionths, an estimate must be to be in doubt: 2^-16.
const DOUBT: f64 = 1.0 / 65_536.0;

/// Added to a double from 0 to 2^51 and taken off again, rounds it to the nearest whole; the low
/// half of the bits of the sum is that whole.
const ROUNDING: f64 = 6_755_399_441_055_744.0; // 1.5 * 2^52

/// An estimate rounded to whole billionths, and whether that is in doubt. What is infinite never is:
/// there is no Score.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    reason = "the proof in `super::mean`; the low half of the bits is the whole"
)]
#[inline]
pub(super) fn rounded(estimate: f64) -> (u32, bool) {
    let sum = estimate + ROUNDING;
    let off = (estimate - (sum - ROUNDING)).abs();
    (sum.to_bits() as u32, (off > 0.5 - DOUBT) | estimate.is_nan())
}

/// The mean in billionths, as the proof has it.
#[expect(clippy::float_arithmetic, reason = "the proof in `super::mean`")]
#[inline]
pub(super) fn estimate<T: Into<f64>>(numerator: T, counting: T, scale: f64) -> f64 {
    let (numerator, counting): (f64, f64) = (numerator.into(), counting.into());
    numerator * scale / counting
}
