//! How groups differ, from how many they are, their means and their variances alone.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::sums::{count, sum};
use super::{Statistic, Undefined};

/// How many values a group has, their mean and their variance: all that comparing it takes.
///
/// ```
/// use digital_maturity::statistics::Moments;
///
/// let moments = Moments::of(&[0.2, 0.4, 0.9]);
/// assert_eq!((moments.n, format!("{:.2}", moments.variance).as_str()), (3, "0.13"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moments {
    /// How many there are.
    pub n: usize,
    /// Their mean.
    pub mean: Statistic,
    /// Their variance, with n - 1.
    pub variance: Statistic,
}

/// How two groups differ: Welch's t test and Hedges' g.
///
/// | figure | formula | source |
/// |---|---|---|
/// | difference | m₁ - m₂ | |
/// | t | (m₁ - m₂) / sqrt(v₁ + v₂), v = s²/n | Welch 1947 |
/// | its degrees of freedom | (v₁ + v₂)² / (v₁²/(n₁ - 1) + v₂²/(n₂ - 1)) | Satterthwaite 1946 |
/// | g | J (m₁ - m₂) / s, s² = ((n₁ - 1) s₁² + (n₂ - 1) s₂²) / (n₁ + n₂ - 2), J = 1 - 3/(4 (n₁ + n₂) - 9) | Hedges 1981 |
/// | its standard error | sqrt((n₁ + n₂)/(n₁ n₂) + g² / (2 (n₁ + n₂))) | Hedges and Olkin 1985 |
///
/// ```
/// use digital_maturity::statistics::{GroupDifference, Moments};
///
/// let north = Moments::of(&[0.5, 0.6, 0.7, 0.6]);
/// let south = Moments::of(&[0.4, 0.5, 0.3, 0.4]);
/// let difference = GroupDifference::new(&north, &south);
/// assert_eq!(format!("{:.3} {:.1}", difference.t, difference.df), "3.464 6.0");
/// assert_eq!(format!("{:.3}", difference.hedges_g), "2.130");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupDifference {
    /// The mean of the first less that of the second.
    pub difference: Statistic,
    /// The standard error of the difference.
    pub se: Statistic,
    /// Welch's t.
    pub t: Statistic,
    /// Its degrees of freedom.
    pub df: Statistic,
    /// Hedges' g.
    pub hedges_g: Statistic,
    /// Its large-sample standard error.
    pub hedges_g_se: Statistic,
}

/// How several groups differ: one-way analysis of variance.
///
/// With SSB and SSW the sums of squares between and within G groups of N values in all, MSW = SSW/(N - G):
///
/// | figure | formula |
/// |---|---|
/// | F | SSB/(G - 1) / MSW, with G - 1 and N - G degrees of freedom |
/// | eta squared | SSB / (SSB + SSW) |
/// | omega squared | (SSB - (G - 1) MSW) / (SSB + SSW + MSW); may be negative |
///
/// ```
/// use digital_maturity::statistics::{Anova, Moments};
///
/// let groups = [[0.5, 0.6, 0.7], [0.4, 0.5, 0.3], [0.8, 0.6, 0.7]].map(|of| Moments::of(&of));
/// let anova = Anova::new(&groups);
/// assert_eq!(format!("{:.2} {:.2} {:.2}", anova.f, anova.eta_squared, anova.omega_squared), "7.00 0.70 0.57");
/// assert_eq!((anova.df_between, anova.df_within), (2, 6));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Anova {
    /// The groups that have values.
    pub groups: usize,
    /// All values.
    pub n: usize,
    /// F.
    pub f: Statistic,
    /// Its degrees of freedom between groups.
    pub df_between: usize,
    /// And within them.
    pub df_within: usize,
    /// The share of the sum of squares that lies between groups.
    pub eta_squared: Statistic,
    /// The same, less what chance adds.
    pub omega_squared: Statistic,
}

impl Moments {
    /// From what is known already.
    pub(crate) fn known(n: u64, mean: Option<f64>, variance: Option<f64>) -> Self {
        let known = |figure: Option<f64>| Statistic::of(figure.ok_or(Undefined::TooFewRows));
        let n = usize::try_from(n).unwrap_or(usize::MAX);
        Self { n, mean: known(mean), variance: known(variance) }
    }

    /// Those of these values. A value that is not finite leaves mean and variance undefined.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let n = values.len();
        let mean = sum(values.iter().copied()) / count(n.max(1));
        let squares = sum(values.iter().map(|value| (value - mean) * (value - mean)));
        let enough = |least: usize| if n < least { Err(Undefined::TooFewRows) } else { Ok(()) };
        Self {
            n,
            mean: Statistic::of(enough(1).map(|()| mean)),
            variance: Statistic::of(
                enough(2).map(|()| squares / count(n.saturating_sub(1).max(1))),
            ),
        }
    }
}

impl GroupDifference {
    /// The first less the second.
    #[must_use]
    pub fn new(one: &Moments, other: &Moments) -> Self {
        let difference = one.mean.get().and_then(|mean| Ok(mean - other.mean.get()?));
        let variances =
            one.variance.get().and_then(|variance| Ok([variance, other.variance.get()?]));
        let (n, m) = (count(one.n), count(other.n));
        let of_means = variances.map(|[variance, other]| [variance / n, other / m]);
        let se = of_means.map(|[one, other]| (one + other).sqrt());
        let above_zero =
            |number: f64| if number > 0.0 { Ok(number) } else { Err(Undefined::NoVariance) };
        let t = difference.and_then(|difference| Ok(difference / above_zero(se?)?));
        let df = of_means.and_then(|[one, other]| {
            let both = one + other;
            let parts = one * one / (n - 1.0) + other * other / (m - 1.0);
            Ok(both * both / above_zero(parts)?)
        });
        let hedges_g = difference.and_then(|difference| {
            let [one, other] = variances?;
            let pooled = ((n - 1.0) * one + (m - 1.0) * other) / (n + m - 2.0);
            let correction = 1.0 - 3.0 / (4.0 * (n + m) - 9.0);
            Ok(correction * difference / above_zero(pooled)?.sqrt())
        });
        let g_se = hedges_g.map(|g| ((n + m) / (n * m) + g * g / (2.0 * (n + m))).sqrt());
        Self {
            difference: Statistic::of(difference),
            se: Statistic::of(se),
            t: Statistic::of(t),
            df: Statistic::of(df),
            hedges_g: Statistic::of(hedges_g),
            hedges_g_se: Statistic::of(g_se),
        }
    }
}

impl Anova {
    /// That of these groups; those without a value are left out.
    #[must_use]
    pub fn new(groups: &[Moments]) -> Self {
        let groups: Vec<(f64, f64, f64)> = groups
            .iter()
            .filter_map(|of| {
                // One value has no variance, and none within its group.
                Some((count(of.n), of.mean.value()?, of.variance.value().unwrap_or(0.0)))
            })
            .collect();
        let all = || groups.iter().map(|(n, ..)| *n);
        let n = sum(all());
        let whole = sum(groups.iter().map(|(n, mean, _)| n * mean)) / n;
        let between = sum(groups.iter().map(|(n, mean, _)| n * ((mean - whole) * (mean - whole))));
        let within = sum(groups.iter().map(|(n, _, variance)| (n - 1.0) * variance));
        let freedom = (groups.len().saturating_sub(1), number(n).saturating_sub(groups.len()));
        let (df_between, df_within) = (count(freedom.0), count(freedom.1));
        let enough = match freedom {
            (0, _) => Err(Undefined::TooFewGroups),
            (_, 0) => Err(Undefined::TooFewRows),
            _ => Ok(()),
        };
        let total = enough.and(if between + within > 0.0 {
            Ok(between + within)
        } else {
            Err(Undefined::NoVariance)
        });
        let error = within / df_within;
        Self {
            groups: groups.len(),
            n: number(n),
            f: Statistic::of(total.and_then(|_| {
                if within > 0.0 {
                    Ok(between / df_between / error)
                } else {
                    Err(Undefined::NoVariance)
                }
            })),
            df_between: freedom.0,
            df_within: freedom.1,
            eta_squared: Statistic::of(total.map(|total| between / total)),
            omega_squared: Statistic::of(
                total.map(|total| (between - df_between * error) / (total + error)),
            ),
        }
    }
}

/// A sum of numbers of things, as one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, and below 2^53"
)]
fn number(of: f64) -> usize {
    of as usize
}
