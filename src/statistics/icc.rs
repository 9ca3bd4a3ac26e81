//! Intraclass correlations: how much of the differences lies between those who are rated.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::groups::Groups;
use super::ratings::Ratings;
use super::sums::{Centre, ROUNDING, Sum, count, difference, sound, sum};
use super::{Statistic, Undefined};

/// How much of the differences between respondents lies between their organisations, and how reliable
/// the mean of an organisation is: intraclass correlations of groups of any size (Bartko 1976; Bliese
/// 2000).
///
/// MSB and MSW are the mean squares between and within G groups with N values in all:
///
/// | figure | formula |
/// |---|---|
/// | ICC(1) | (MSB - MSW) / (MSB + (m - 1) MSW), m = (N - sum n²/N) / (G - 1), n their sizes |
/// | the same with the mean size | m = N/G, as R multilevel takes it |
/// | ICC(2) | (MSB - MSW) / MSB |
///
/// From analysis of variance, so that negative values are seen as they are: estimators by likelihood
/// (`lme4`, and psych's default) stop at 0. Of the rows of a complete table, as `Groups::from` makes
/// them, these are ICC(1,1) and ICC(1,k) of Shrout and Fleiss (1979).
///
/// ```
/// use digital_maturity::statistics::{Groups, OneWayIcc};
///
/// let scores = Groups::from_pairs([
///     ("north", 0.50), ("north", 0.60), ("north", 0.55),
///     ("south", 0.70), ("south", 0.80),
/// ])?;
/// let icc = OneWayIcc::of(&scores);
/// assert_eq!(format!("{:.2} {:.2}", icc.icc_1, icc.icc_2), "0.85 0.93");
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OneWayIcc {
    /// The number of values.
    pub n: usize,
    /// The number of groups.
    pub groups: usize,
    /// MSB: the mean square between groups.
    pub between: Statistic,
    /// MSW: the mean square within groups.
    pub within: Statistic,
    /// m: the usual mean size of groups.
    pub size: Statistic,
    /// The share of the variance that lies between groups, with the usual mean size for groups of
    /// unequal size. At most 1; may be negative.
    pub icc_1: Statistic,
    /// The same with the arithmetic mean of the sizes.
    pub icc_1_mean_size: Statistic,
    /// The reliability of group means. At most 1; may be negative. Undefined where MSB is 0.
    pub icc_2: Statistic,
}

/// How well raters who all rated the same targets agree: the two-way intraclass correlations of Shrout
/// and Fleiss (1979), also named as by `McGraw` and Wong (1996). Rows are targets, columns raters.
///
/// MSB, MSJ and MSE are the mean squares of n targets, k raters, and what is left:
///
/// | figure | formula |
/// |---|---|
/// | ICC(2,1), agreement A,1 | (MSB - MSE) / (MSB + (k-1) MSE + k (MSJ - MSE)/n) |
/// | ICC(3,1), consistency C,1 | (MSB - MSE) / (MSB + (k-1) MSE) |
/// | ICC(2,k), agreement A,k | (MSB - MSE) / (MSB + (MSJ - MSE)/n) |
/// | ICC(3,k), consistency C,k | (MSB - MSE) / MSB, which is alpha |
///
/// Targets that a rater left out are not used; `n` says how many were. A figure is undefined where its own
/// divisor, which estimates a variance, is not above 0: ICC(3,k) where MSB is 0, while ICC(3,1) then is
/// -1/(k-1), as in R's irr and psych. Values are at most 1 and may be negative; then they are given as they
/// are (lmer-based ones stop at 0).
///
/// ```
/// use digital_maturity::statistics::{Ratings, TwoWayIcc};
///
/// let judged = Ratings::from_rows([
///     [9.0, 2.0, 5.0, 8.0], [6.0, 1.0, 3.0, 2.0], [8.0, 4.0, 6.0, 8.0],
///     [7.0, 1.0, 2.0, 6.0], [10.0, 5.0, 6.0, 9.0], [6.0, 2.0, 4.0, 7.0],
/// ])?;
/// let icc = TwoWayIcc::of(&judged);
/// assert_eq!(format!("{:.2} {:.2}", icc.icc_2_1, icc.icc_3_1), "0.29 0.71"); // as published
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TwoWayIcc {
    /// The targets that were used: those that all raters rated.
    pub n: usize,
    /// All targets.
    pub n_total: usize,
    /// The number of raters.
    pub k: usize,
    /// MSB: the mean square between targets.
    pub between: Statistic,
    /// MSJ: the mean square between raters.
    pub raters: Statistic,
    /// MSE: the mean square of what is left.
    pub error: Statistic,
    /// Agreement of single raters, who stand for others.
    pub icc_2_1: Statistic,
    /// Consistency of single raters, these and no others.
    pub icc_3_1: Statistic,
    /// Agreement of the mean of k raters.
    pub icc_2_k: Statistic,
    /// Consistency of the mean of k raters.
    pub icc_3_k: Statistic,
}

impl OneWayIcc {
    /// The intraclass correlations of these groups.
    #[must_use]
    pub fn of(groups: &Groups) -> Self {
        let squares = OneWay::of(groups);
        let figure = |figure: fn(&OneWay) -> Result<f64, Undefined>| {
            Statistic::of(squares.as_ref().map_err(|reason| *reason).and_then(figure))
        };
        Self {
            n: groups.values(),
            groups: groups.len(),
            between: figure(|squares| Ok(squares.between)),
            within: figure(|squares| Ok(squares.within)),
            size: figure(|squares| Ok(squares.size)),
            icc_1: figure(|squares| squares.single(squares.size)),
            icc_1_mean_size: figure(|squares| squares.single(squares.mean_size)),
            icc_2: figure(|squares| {
                let beyond = difference(squares.between, squares.within);
                Ok(beyond / Sum::of([squares.between]).divisor()?)
            }),
        }
    }
}

impl OneWayIcc {
    /// F = MSB / MSW, with G - 1 and N - G degrees of freedom. Undefined where nothing differs within
    /// groups.
    #[must_use]
    pub fn f(&self) -> Statistic {
        Statistic::of(ratio(self.between, self.within))
    }
}

impl TwoWayIcc {
    /// F = MSB / MSE, with n - 1 and (n - 1)(k - 1) degrees of freedom. Undefined where MSE is 0.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Ratings, TwoWayIcc};
    /// # let judged = Ratings::from_rows([
    /// #     [9.0, 2.0, 5.0, 8.0], [6.0, 1.0, 3.0, 2.0], [8.0, 4.0, 6.0, 8.0],
    /// #     [7.0, 1.0, 2.0, 6.0], [10.0, 5.0, 6.0, 9.0], [6.0, 2.0, 4.0, 7.0],
    /// # ])?;
    /// assert_eq!(format!("{:.2}", TwoWayIcc::of(&judged).f()), "11.03"); // as published
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn f(&self) -> Statistic {
        Statistic::of(ratio(self.between, self.error))
    }
}

/// A mean square over another.
fn ratio(one: Statistic, other: Statistic) -> Result<f64, Undefined> {
    let other = other.get()?;
    if other == 0.0 { Err(Undefined::NoVariance) } else { Ok(one.get()? / other) }
}

struct OneWay {
    between: f64,
    within: f64,
    size: f64,
    mean_size: f64,
}

impl OneWay {
    fn of(groups: &Groups) -> Result<Self, Undefined> {
        let groups = groups.groups();
        let centred: Vec<(&Vec<f64>, Centre)> = groups
            .iter()
            .filter_map(|values| Some((values, Centre::of(values.iter().copied())?)))
            .collect();
        let all = groups.iter().flatten().copied();
        let (Some(whole), true) = (Centre::of(all.clone()), centred.len() >= 2) else {
            return Err(Undefined::TooFewGroups);
        };
        if whole.n == centred.len() {
            return Err(Undefined::TooFewRows);
        }
        if whole.constant {
            return Err(Undefined::NoVariance);
        }
        let (n, g) = (count(whole.n), count(centred.len()));
        let sizes = || centred.iter().map(|(_, centre)| count(centre.n));
        let between = sum(centred.iter().map(|(_, centre)| {
            let beyond = centre.beyond(&whole);
            count(centre.n) * (beyond * beyond)
        }));
        let within =
            sum(centred.iter().map(|(values, centre)| centre.squares(values.iter().copied())));
        let total = sound(whole.squares(all), false)?;
        let size = (n - sum(sizes().map(|size| size * size)) / n) / (g - 1.0);
        Ok(Self {
            between: unless_rounding(between, total) / (g - 1.0),
            within: within / (n - g),
            size,
            mean_size: n / g,
        })
    }

    fn single(&self, size: f64) -> Result<f64, Undefined> {
        let divisor = Sum::of([self.between, (size - 1.0) * self.within]).divisor()?;
        Ok(difference(self.between, self.within) / divisor)
    }
}

impl TwoWayIcc {
    /// The intraclass correlations of these ratings.
    #[must_use]
    pub fn of(ratings: &Ratings) -> Self {
        let complete = ratings.complete();
        let squares = TwoWay::of(&complete);
        let plain = |figure: fn(&TwoWay) -> f64| {
            Statistic::of(squares.as_ref().map_err(|reason| *reason).map(figure))
        };
        let correlation = |divisor: fn(&TwoWay) -> Sum| {
            Statistic::of(squares.as_ref().map_err(|reason| *reason).and_then(|squares| {
                let beyond = difference(squares.between, squares.error);
                Ok(beyond / divisor(squares).divisor()?)
            }))
        };
        Self {
            n: complete.rows(),
            n_total: ratings.rows(),
            k: ratings.columns(),
            between: plain(|s| s.between),
            raters: plain(|s| s.raters),
            error: plain(|s| s.error),
            icc_2_1: correlation(|s| {
                Sum::of([
                    s.between,
                    (s.k - 1.0) * s.error,
                    s.k * s.raters / s.n,
                    -(s.k * s.error / s.n),
                ])
            }),
            icc_3_1: correlation(|s| Sum::of([s.between, (s.k - 1.0) * s.error])),
            icc_2_k: correlation(|s| Sum::of([s.between, s.raters / s.n, -(s.error / s.n)])),
            icc_3_k: correlation(|s| Sum::of([s.between])),
        }
    }
}

struct TwoWay {
    n: f64,
    k: f64,
    between: f64,
    raters: f64,
    error: f64,
}

impl TwoWay {
    fn of(complete: &Ratings) -> Result<Self, Undefined> {
        let (columns, n) = (complete.cells(), complete.rows());
        if columns.len() < 2 {
            return Err(Undefined::TooFewRaters);
        }
        if n < 2 {
            return Err(Undefined::TooFewRows);
        }
        let centres: Vec<Centre> =
            columns.iter().filter_map(|values| Centre::of(values.iter().copied())).collect();
        let (rows, k) = (count(n), count(centres.len()));

        // What is left of each rating without the mean of its rater.
        let left = || columns.iter().zip(&centres);
        let mut targets = vec![0.0; n];
        for (values, centre) in left() {
            for (target, value) in targets.iter_mut().zip(values) {
                *target += centre.less(*value);
            }
        }
        for target in &mut targets {
            *target /= k;
        }
        let total = sum(left().map(|(values, centre)| centre.squares(values.iter().copied())));
        let total = sound(total, centres.iter().all(|centre| centre.constant))?;
        let between = k * sum(targets.iter().map(|target| target * target));
        let error = sum(left().map(|(values, centre)| {
            sum(values.iter().zip(&targets).map(|(value, target)| {
                let rest = centre.less(*value) - target;
                rest * rest
            }))
        }));
        let first = centres.first().ok_or(Undefined::TooFewRaters)?;
        let raters = Centre::of(centres.iter().map(|centre| centre.beyond(first)))
            .ok_or(Undefined::TooFewRaters)?;
        let raters = rows * raters.squares(centres.iter().map(|centre| centre.beyond(first)));
        Ok(Self {
            n: rows,
            k,
            between: unless_rounding(between, total) / (rows - 1.0),
            raters: raters / (k - 1.0),
            error: error / ((rows - 1.0) * (k - 1.0)),
        })
    }
}

/// A sum of squares of means, or 0 if it is no more than what rounding leaves where means are equal.
fn unless_rounding(squares: f64, total: f64) -> f64 {
    if squares <= ROUNDING * ROUNDING * total { 0.0 } else { squares }
}
