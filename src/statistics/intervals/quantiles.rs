//! The distributions of F and of the normal law, from the crates that have their functions.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use special::Beta;

/// How probable it is that an F distributed figure is above that.
pub(super) fn above_f(f: f64, freedom: f64, other: f64) -> f64 {
    let (a, b) = (freedom / 2.0, other / 2.0);
    (other / (other + freedom * f)).inc_beta(b, a, b.ln_beta(a))
}

/// What a normally distributed figure is above with that probability, from 0 on. By halving, until no
/// double lies between the ends.
pub(super) fn z_quantile(tail: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 40.0);
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if libm::erfc(middle / std::f64::consts::SQRT_2) > 2.0 * tail {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The value that an F distributed figure stays below with that probability.
///
/// By halving, until no double lies between the ends. The inverse of the crate itself stops up to 1e-8
/// before the value with many degrees of freedom; its incomplete beta function does not.
pub(super) fn f_quantile(probability: f64, freedom: f64, other: f64) -> f64 {
    let (a, b) = (freedom / 2.0, other / 2.0);
    let ln_beta = a.ln_beta(b);
    let (mut low, mut high) = (0.0, 1.0);
    loop {
        let middle: f64 = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle / (1.0 - middle) * (b / a);
        }
        if middle.inc_beta(a, b, ln_beta) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// What a figure with Student's distribution is above with that probability, from 0 on.
pub(super) fn t_quantile(tail: f64, freedom: f64) -> f64 {
    // The square of t is F with one degree of freedom.
    f_quantile(1.0 - 2.0 * tail, 1.0, freedom).sqrt()
}
