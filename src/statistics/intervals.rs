//! Intervals and tests: what takes more than a square root.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

mod quantiles;

use serde::{Deserialize, Deserializer, Serialize, de};

use super::sums::count;
use super::{
    Anova, Correlation, Deletion, GroupDifference, Moments, OneWayIcc, PairedChange, Reliability,
    Statistic, TwoWayIcc, Undefined, finite,
};
use quantiles::{above_f, f_quantile, t_quantile, z_quantile};

/// An interval for an estimate, of a level between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfidenceInterval {
    /// The level, such as 0.95.
    #[serde(deserialize_with = "level")]
    pub level: f64,
    /// The lower end.
    #[serde(deserialize_with = "finite")]
    pub lower: f64,
    /// The upper end.
    #[serde(deserialize_with = "finite")]
    pub upper: f64,
}

/// The level of a stored interval.
fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let level = f64::deserialize(deserializer)?;
    if is_level(level) {
        Ok(level)
    } else {
        Err(de::Error::custom("a level is not between 0 and 1"))
    }
}

fn is_level(level: f64) -> bool {
    level > 0.0 && level < 1.0
}

impl Reliability {
    /// Feldt's interval for alpha (Feldt, Woodruff and Salih 1987): with p = 1 - level, from
    /// 1 - (1 - alpha) F(1 - p/2) to 1 - (1 - alpha) F(p/2), F the quantiles of the F distribution with
    /// n - 1 and (n - 1)(k - 1) degrees of freedom, and n the rows that were used.
    ///
    /// Takes the feature `intervals`. Alone of all statistics it needs logarithms; they are those of the crate
    /// `libm`, and so the same on every machine, unless another crate switches on `std` of `special`.
    /// The quantile is found by halving, from the incomplete beta function of `special`; up to ten
    /// million rows it is within 1e-10 of the exact one.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Undefined::OutOfRange) for a level that is not between 0 and 1,
    /// [`Pairwise`](Undefined::Pairwise) with pairwise deletion, and why there is no alpha.
    ///
    /// ```
    /// use digital_maturity::statistics::{Deletion, Ratings, Reliability};
    ///
    /// let answers = Ratings::from_rows([[4.0, 5.0], [2.0, 3.0], [3.0, 3.0], [5.0, 4.0]])?;
    /// let interval = Reliability::new(&answers, Deletion::Listwise).feldt_interval(0.95)?;
    /// assert_eq!(format!("{:.2} to {:.2}", interval.lower, interval.upper), "-2.33 to 0.99");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn feldt_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let tail = tail(level)?;
        if self.deletion == Deletion::Pairwise {
            return Err(Undefined::Pairwise);
        }
        let alpha = self.alpha.get()?;
        let freedom = |of: usize, too_few| of.checked_sub(1).filter(|&n| n > 0).ok_or(too_few);
        let rows = count(freedom(self.n, Undefined::TooFewRows)?);
        let others = rows * count(freedom(self.k, Undefined::TooFewItems)?);
        let end = |probability| {
            let f = f_quantile(probability, rows, others);
            Statistic::of(Ok(1.0 - (1.0 - alpha) * f)).get()
        };
        Ok(ConfidenceInterval { level, lower: end(1.0 - tail)?, upper: end(tail)? })
    }
}

impl ConfidenceInterval {
    /// From a lower to an upper end.
    fn new(level: f64, ends: Result<(f64, f64), Undefined>) -> Result<Self, Undefined> {
        let (lower, upper) = ends?;
        let [lower, upper] = [lower, upper].map(|end| Statistic::of(Ok(end)).get());
        Ok(Self { level, lower: lower?, upper: upper? })
    }

    /// An estimate, and so many standard errors to both sides.
    fn around(
        level: f64,
        estimate: Statistic,
        by: Result<f64, Undefined>,
    ) -> Result<Self, Undefined> {
        let ends = estimate.get().and_then(|estimate| by.map(|by| (estimate - by, estimate + by)));
        Self::new(level, ends)
    }
}

/// What is left to both sides of an interval of that level.
fn tail(level: f64) -> Result<f64, Undefined> {
    if is_level(level) { Ok((1.0 - level) / 2.0) } else { Err(Undefined::OutOfRange) }
}

impl Reliability {
    /// The interval for alpha from its asymptotic standard error (Duhachek and Iacobucci 2004): alpha less
    /// and plus `z * ase`, z the quantile of the normal distribution. Wider than Feldt's where items are
    /// not parallel.
    ///
    /// # Errors
    ///
    /// As of [`feldt_interval`](Self::feldt_interval).
    ///
    /// ```
    /// # use digital_maturity::statistics::{Deletion, Ratings, Reliability};
    /// let answers = Ratings::from_rows([[4.0, 5.0], [2.0, 3.0], [3.0, 3.0], [5.0, 4.0]])?;
    /// let reliability = Reliability::new(&answers, Deletion::Listwise);
    /// let interval = reliability.duhachek_interval(0.95)?;
    /// assert_eq!(format!("{:.2} to {:.2}", interval.lower, interval.upper), "0.39 to 1.18");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn duhachek_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let tail = tail(level)?;
        ConfidenceInterval::around(
            level,
            self.alpha,
            self.ase.get().map(|ase| ase * z_quantile(tail)),
        )
    }
}

impl Correlation {
    /// Fisher's interval: tanh(atanh r -+ z / sqrt(n - 3)), z the quantile of the normal distribution.
    ///
    /// # Errors
    ///
    /// For a level that is not between 0 and 1, below four rows, and why there is no correlation.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Correlations, Deletion, Ratings};
    /// # let scores = Ratings::from_rows([[0.2, 0.3], [0.4, 0.4], [0.5, 0.7], [0.9, 0.6]])?;
    /// let correlations = Correlations::new(&scores, Deletion::Listwise);
    /// let interval = correlations.pairs[0].interval(0.95)?;
    /// assert_eq!(format!("{:.2} to {:.2}", interval.lower, interval.upper), "-0.81 to 0.99");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let tail = tail(level)?;
        let r = self.r.get()?;
        let rows = self.n.checked_sub(3).filter(|rows| *rows > 0).ok_or(Undefined::TooFewRows)?;
        let by = z_quantile(tail) / count(rows).sqrt();
        let end = |by: f64| libm::tanh(libm::atanh(r) + by);
        ConfidenceInterval::new(level, Ok((end(-by), end(by))))
    }

    /// How probable a correlation as far from 0 is where there is none: of [`t`](Self::t), two-sided.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Correlations, Deletion, Ratings};
    /// # let scores = Ratings::from_rows([[0.2, 0.3], [0.4, 0.4], [0.5, 0.7], [0.9, 0.6]])?;
    /// let correlations = Correlations::new(&scores, Deletion::Listwise);
    /// assert_eq!(format!("{:.3}", correlations.pairs[0].p()), "0.318");
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn p(&self) -> Statistic {
        let t = self.t().get();
        Statistic::of(t.map(|t| above_f(t * t, 1.0, count(self.n.saturating_sub(2)))))
    }
}

impl Moments {
    /// The interval of the mean: the quantile of Student's t with n - 1 degrees of freedom times the standard
    /// error, sqrt(variance/n), to both sides.
    ///
    /// # Errors
    ///
    /// For a level that is not between 0 and 1, and below two values.
    ///
    /// ```
    /// # use digital_maturity::statistics::Moments;
    /// let interval = Moments::of(&[0.2, 0.4, 0.9]).interval(0.95)?;
    /// assert_eq!(format!("{:.3} to {:.3}", interval.lower, interval.upper), "-0.396 to 1.396");
    /// # Ok::<(), digital_maturity::statistics::Undefined>(())
    /// ```
    pub fn interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let tail = tail(level)?;
        let by = self.variance.get().map(|variance| {
            t_quantile(tail, count(self.n.saturating_sub(1))) * (variance / count(self.n)).sqrt()
        });
        ConfidenceInterval::around(level, self.mean, by)
    }
}

impl GroupDifference {
    /// How probable a difference as large is where there is none: of Welch's t, two-sided.
    ///
    /// ```
    /// # use digital_maturity::statistics::{GroupDifference, Moments};
    /// let [north, south] = [[0.5, 0.6, 0.7, 0.6], [0.4, 0.5, 0.3, 0.4]].map(|of| Moments::of(&of));
    /// assert_eq!(format!("{:.4}", GroupDifference::new(&north, &south).p()), "0.0134");
    /// ```
    #[must_use]
    pub fn p(&self) -> Statistic {
        let t = self.t.get();
        Statistic::of(t.and_then(|t| Ok(above_f(t * t, 1.0, self.df.get()?))))
    }

    /// The interval of the difference: the quantile of Student's t times its standard error to both sides.
    ///
    /// # Errors
    ///
    /// For a level that is not between 0 and 1, and why there is no difference.
    pub fn interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let tail = tail(level)?;
        let t = self.df.get().map(|df| t_quantile(tail, df));
        let by = t.and_then(|t| Ok(t * self.se.get()?));
        ConfidenceInterval::around(level, self.difference, by)
    }

    /// The large-sample interval of Hedges' g.
    ///
    /// # Errors
    ///
    /// For a level that is not between 0 and 1, and why there is no g.
    ///
    /// ```
    /// # use digital_maturity::statistics::{GroupDifference, Moments};
    /// let [north, south] = [[0.5, 0.6, 0.7, 0.6], [0.4, 0.5, 0.3, 0.4]].map(|of| Moments::of(&of));
    /// let interval = GroupDifference::new(&north, &south).hedges_g_interval(0.95)?;
    /// assert_eq!(format!("{:.2} to {:.2}", interval.lower, interval.upper), "0.40 to 3.86");
    /// # Ok::<(), digital_maturity::statistics::Undefined>(())
    /// ```
    pub fn hedges_g_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let tail = tail(level)?;
        let by = self.hedges_g_se.get().map(|se| se * z_quantile(tail));
        ConfidenceInterval::around(level, self.hedges_g, by)
    }
}

impl PairedChange {
    /// How probable a mean difference as far from 0 is where there is none: of t, two-sided.
    ///
    /// ```
    /// # use digital_maturity::statistics::{PairedChange, Ratings};
    /// let scores = Ratings::from_rows([[0.25, 0.5], [0.5, 0.5], [0.5, 1.0], [0.75, 1.0]])?;
    /// let change = PairedChange::new(&scores, 0, 1).unwrap();
    /// assert_eq!(format!("{:.4}", change.p()), "0.0917");
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn p(&self) -> Statistic {
        Statistic::of(self.t.get().map(|t| above_f(t * t, 1.0, count(self.df))))
    }

    /// The interval of the mean difference: the quantile of Student's t times its standard error to both
    /// sides.
    ///
    /// # Errors
    ///
    /// For a level that is not between 0 and 1, and why there is no difference or no standard error.
    ///
    /// ```
    /// # use digital_maturity::statistics::{PairedChange, Ratings};
    /// let scores = Ratings::from_rows([[0.25, 0.5], [0.5, 0.5], [0.5, 1.0], [0.75, 1.0]])?;
    /// let interval = PairedChange::new(&scores, 0, 1).unwrap().interval(0.95)?;
    /// assert_eq!(format!("{:.3} to {:.3}", interval.lower, interval.upper), "-0.075 to 0.575");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let tail = tail(level)?;
        let by = self.se.get().map(|se| t_quantile(tail, count(self.df)) * se);
        ConfidenceInterval::around(level, self.difference.mean, by)
    }
}

impl Anova {
    /// How probable an F as large is where the groups do not differ.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Anova, Moments};
    /// let groups = [[0.5, 0.6, 0.7], [0.4, 0.5, 0.3], [0.8, 0.6, 0.7]].map(|of| Moments::of(&of));
    /// assert_eq!(format!("{:.3}", Anova::new(&groups).p()), "0.027");
    /// ```
    #[must_use]
    pub fn p(&self) -> Statistic {
        let freedom = (count(self.df_between), count(self.df_within));
        Statistic::of(self.f.get().map(|f| above_f(f, freedom.0, freedom.1)))
    }
}

impl OneWayIcc {
    /// The interval of [`icc_1`](Self::icc_1) (Shrout and Fleiss 1979): with F = MSB/MSW over its quantiles,
    /// (F - 1) / (F + m - 1). For groups of unequal size m is that of [`icc_1`](Self::icc_1), which is the
    /// usual approximation.
    ///
    /// # Errors
    ///
    /// For a level that is not between 0 and 1, and why there is no F: where nothing differs within groups
    /// it would be infinite.
    pub fn icc_1_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let size = self.size.get();
        let ends = self.f_ends(level).and_then(|ends| Ok((ends, size?)));
        let end = |f: f64, size: f64| (f - 1.0) / (f + size - 1.0);
        ConfidenceInterval::new(
            level,
            ends.map(|((lower, upper), m)| (end(lower, m), end(upper, m))),
        )
    }

    /// The interval of [`icc_2`](Self::icc_2): 1 - 1/F of the same ends.
    ///
    /// # Errors
    ///
    /// As of [`icc_1_interval`](Self::icc_1_interval).
    pub fn icc_2_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let ends = self.f_ends(level).map(|(lower, upper)| (1.0 - 1.0 / lower, 1.0 - 1.0 / upper));
        ConfidenceInterval::new(level, ends)
    }

    /// How probable an F as large is where groups do not differ.
    #[must_use]
    pub fn p(&self) -> Statistic {
        let (df, other) = self.freedom();
        Statistic::of(self.f().get().map(|f| above_f(f, df, other)))
    }

    fn freedom(&self) -> (f64, f64) {
        (count(self.groups.saturating_sub(1)), count(self.n.saturating_sub(self.groups)))
    }

    fn f_ends(&self, level: f64) -> Result<(f64, f64), Undefined> {
        f_ends(level, self.f(), self.freedom())
    }
}

impl TwoWayIcc {
    /// The interval of [`icc_3_1`](Self::icc_3_1) (Shrout and Fleiss 1979): with F = MSB/MSE over its
    /// quantiles, (F - 1) / (F + k - 1).
    ///
    /// # Errors
    ///
    /// For a level that is not between 0 and 1, and why there is no F.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Ratings, TwoWayIcc};
    /// # let judged = Ratings::from_rows([
    /// #     [9.0, 2.0, 5.0, 8.0], [6.0, 1.0, 3.0, 2.0], [8.0, 4.0, 6.0, 8.0],
    /// #     [7.0, 1.0, 2.0, 6.0], [10.0, 5.0, 6.0, 9.0], [6.0, 2.0, 4.0, 7.0],
    /// # ])?;
    /// let interval = TwoWayIcc::of(&judged).icc_3_1_interval(0.95)?; // as R's psych has it
    /// assert_eq!(format!("{:.3} to {:.3}", interval.lower, interval.upper), "0.342 to 0.946");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn icc_3_1_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let k = count(self.k);
        let end = |f: f64| (f - 1.0) / (f + k - 1.0);
        let ends = self.f_ends(level).map(|(lower, upper)| (end(lower), end(upper)));
        ConfidenceInterval::new(level, ends)
    }

    /// The interval of [`icc_3_k`](Self::icc_3_k): 1 - 1/F of the same ends.
    ///
    /// # Errors
    ///
    /// As of [`icc_3_1_interval`](Self::icc_3_1_interval).
    pub fn icc_3_k_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let ends = self.f_ends(level).map(|(lower, upper)| (1.0 - 1.0 / lower, 1.0 - 1.0 / upper));
        ConfidenceInterval::new(level, ends)
    }

    /// The interval of [`icc_2_1`](Self::icc_2_1), with degrees of freedom after Satterthwaite (`McGraw` and
    /// Wong 1996).
    ///
    /// # Errors
    ///
    /// As of [`icc_3_1_interval`](Self::icc_3_1_interval), and [`Unrepresentable`](Undefined::Unrepresentable)
    /// where there are next to no degrees of freedom.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Ratings, TwoWayIcc, Undefined};
    /// let ratings = Ratings::from_rows([[1.0, -1.0], [0.0, 0.0]])?; // as many as 0 degrees
    /// let interval = TwoWayIcc::of(&ratings).icc_2_1_interval(0.95);
    /// assert_eq!(interval, Err(Undefined::Unrepresentable));
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    pub fn icc_2_1_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        ConfidenceInterval::new(level, self.agreement_ends(level))
    }

    /// The interval of [`icc_2_k`](Self::icc_2_k): those ends stepped up to k raters.
    ///
    /// # Errors
    ///
    /// As of [`icc_3_1_interval`](Self::icc_3_1_interval).
    pub fn icc_2_k_interval(&self, level: f64) -> Result<ConfidenceInterval, Undefined> {
        let k = count(self.k);
        let up = |end: f64| k * end / (1.0 + (k - 1.0) * end);
        let ends = self.agreement_ends(level).map(|(lower, upper)| (up(lower), up(upper)));
        ConfidenceInterval::new(level, ends)
    }

    /// How probable an F as large is where targets do not differ.
    #[must_use]
    pub fn p(&self) -> Statistic {
        let (df, other) = self.freedom();
        Statistic::of(self.f().get().map(|f| above_f(f, df, other)))
    }

    fn freedom(&self) -> (f64, f64) {
        let (targets, raters) = (self.n.saturating_sub(1), self.k.saturating_sub(1));
        (count(targets), count(targets * raters))
    }

    fn f_ends(&self, level: f64) -> Result<(f64, f64), Undefined> {
        f_ends(level, self.f(), self.freedom())
    }

    fn agreement_ends(&self, level: f64) -> Result<(f64, f64), Undefined> {
        let tail = tail(level)?;
        let (n, k) = (count(self.n), count(self.k));
        let (between, raters, error) = (self.between.get()?, self.raters.get()?, self.error.get()?);
        self.f().get()?; // there is an error to divide by
        let (icc, f_raters) = (self.icc_2_1.get()?, raters / error);
        let own = n * (1.0 + (k - 1.0) * icc) - k * icc;
        let all = k * icc * f_raters + own;
        let parts = (n - 1.0) * (k * k) * (icc * icc) * (f_raters * f_raters) + own * own;
        let df = (k - 1.0) * (n - 1.0) * (all * all) / parts;
        if df.is_nan() || df < LEAST_FREEDOM {
            return Err(Undefined::Unrepresentable);
        }
        let others = k * raters + (k * n - k - n) * error;
        let lower = f_quantile(1.0 - tail, n - 1.0, df);
        let upper = f_quantile(1.0 - tail, df, n - 1.0);
        Ok((
            n * (between - lower * error) / (lower * others + n * between),
            n * (upper * between - error) / (others + n * upper * between),
        ))
    }
}

/// With fewer degrees of freedom than that, every quantile of F above its median is beyond a double, and
/// the series behind it does not end.
const LEAST_FREEDOM: f64 = 1e-3;

/// F over its upper and its lower quantile.
fn f_ends(level: f64, f: Statistic, (df, other): (f64, f64)) -> Result<(f64, f64), Undefined> {
    let tail = tail(level)?;
    let f = f.get()?;
    Ok((f / f_quantile(1.0 - tail, df, other), f * f_quantile(1.0 - tail, other, df)))
}
