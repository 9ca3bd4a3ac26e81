//! Has a group changed between two times?
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::change::MeasurementError;
use super::covariances::{Column, pair};
use super::credit_sums::{CreditSums, Shared};
use super::deletion::Deletion;
use super::difference::Moments;
use super::ratings::Ratings;
use super::span::{self, Span};
use super::sums::count;
use super::{Statistic, Undefined};

/// How the same respondents changed from an earlier time to a later one, and how far the one tells the
/// other.
///
/// Rows in which one of the two is missing are not used; `n` says how many are left. With d the later value
/// less the earlier one:
///
/// | figure | formula | source |
/// |---|---|---|
/// | t | mean of d / se, se = sd of d / sqrt n, with n - 1 degrees of freedom | Student 1908 |
/// | standardised response mean | mean of d / sd of d (Cohen's d of z) | Liang and others 1990 |
/// | effect size | mean of d / sd of the earlier values | Kazis and others 1989 |
/// | r | correlation of both times; test-retest reliability where nobody changed | |
///
/// That of agreement at two times, which a shift of all lowers, too, is ICC(2,1) of
/// [`TwoWayIcc`](super::TwoWayIcc).
///
/// ```
/// use digital_maturity::statistics::{PairedChange, Ratings};
///
/// let scores = Ratings::from_rows([
///     [Some(0.25), Some(0.5)],
///     [Some(0.5), Some(0.5)],
///     [Some(0.5), Some(1.0)],
///     [Some(0.75), None],
///     [Some(0.75), Some(1.0)],
/// ])?;
/// let change = PairedChange::new(&scores, 0, 1).unwrap();
/// assert_eq!((change.n, change.n_total), (4, 5));
/// assert_eq!(format!("{:.2} {:.2}", change.difference.mean, change.t), "0.25 2.45");
/// assert_eq!(format!("{:.2}", change.r), "0.71");
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("pretest", "retest", "paired t test", "responsiveness"))]
pub struct PairedChange {
    /// The rows that have both values.
    pub n: usize,
    /// All rows.
    pub n_total: usize,
    /// The earlier values of the rows that have both.
    pub earlier: Moments,
    /// The later ones.
    pub later: Moments,
    /// Later less earlier, row by row.
    pub difference: Moments,
    /// The standard error of the mean difference.
    pub se: Statistic,
    /// Student's t of paired values. Undefined where all changed by the same.
    pub t: Statistic,
    /// Its degrees of freedom.
    pub df: usize,
    /// The mean difference in standard deviations of the differences.
    pub standardised_response_mean: Statistic,
    /// The mean difference in standard deviations of the earlier values.
    pub effect_size: Statistic,
    /// The correlation of earlier and later values.
    pub r: Statistic,
}

impl PairedChange {
    /// From one column of a table to another, both on one scale; `None` if there are not so many columns.
    ///
    /// Values are taken to the nearest 1e-15 of the way from the lowest to the highest of both columns, and
    /// their sums are exact: the order of rows changes no figure.
    #[must_use]
    pub fn new(ratings: &Ratings, earlier: usize, later: usize) -> Option<Self> {
        let (sums, span) = span::sums_of_two(ratings, [earlier, later])?;
        Self::on(&sums, span, 0, 1)
    }

    /// From one item to another, of rows that were summed as they came. Hence the parts of a cohort, in
    /// whatever order, have the change of the whole.
    ///
    /// ```
    /// use digital_maturity::statistics::{CreditSums, PairedChange};
    ///
    /// let mut north = CreditSums::new(["before", "after"]);
    /// north.push(&[Some(0.25), Some(0.5)])?.push(&[Some(0.5), Some(0.5)])?;
    /// let mut south = CreditSums::new(["before", "after"]);
    /// south.push(&[Some(0.5), Some(1.0)])?.push(&[Some(0.75), None])?.push(&[Some(0.75), Some(1.0)])?;
    /// let change = PairedChange::from_sums(north.merge(&south)?, 0, 1).unwrap();
    /// assert_eq!((change.n, change.difference.mean.value()), (4, Some(0.25)));
    /// assert_eq!(PairedChange::from_sums(&south, 0, 2), None);
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn from_sums(sums: &CreditSums, earlier: usize, later: usize) -> Option<Self> {
        Self::on(sums, Span::CREDITS, earlier, later)
    }

    /// From the first of two items to the second.
    pub(crate) fn of_two(sums: &CreditSums) -> Self {
        let n_total = usize::try_from(sums.rows()).unwrap_or(usize::MAX);
        Self::of(n_total, Span::CREDITS, &sums.both(0, 1).unwrap_or_default())
    }

    fn on(sums: &CreditSums, span: Span, earlier: usize, later: usize) -> Option<Self> {
        let of = sums.both(earlier, later)?;
        Some(Self::of(usize::try_from(sums.rows()).unwrap_or(usize::MAX), span, &of))
    }

    fn of(n_total: usize, span: Span, of: &Shared) -> Self {
        let one = Column::new(of.rows, of.x, of.xx, span);
        let other = Column::new(of.rows, of.y, of.yy, span);
        let n = one.n;
        let moments = |of: &Column| {
            let mean = if n == 0 { Err(Undefined::TooFewRows) } else { Ok(of.mean()) };
            (mean, of.variance())
        };
        let (earlier, later) = (moments(&one), moments(&other));
        let (mean, variance) = one.change(&other, of);
        let sd_of = |variance: Result<f64, Undefined>| match variance?.sqrt() {
            sd if sd > 0.0 => Ok(sd),
            _ => Err(Undefined::NoVariance),
        };
        let in_sd = |sd: Result<f64, Undefined>| mean.and_then(|mean| Ok(mean / sd?));
        let root = count(n).sqrt();
        let (_, r) = pair(&one, &other, of);
        let r = r.map_err(|reason| match reason {
            Undefined::TooFewPairs => Undefined::TooFewRows,
            reason => reason,
        });
        let moments = |(mean, variance)| Moments {
            n,
            mean: Statistic::of(mean),
            variance: Statistic::of(variance),
        };
        Self {
            n,
            n_total,
            earlier: moments(earlier),
            later: moments(later),
            difference: moments((mean, variance)),
            se: Statistic::of(variance.map(|variance| variance.sqrt() / root)),
            t: Statistic::of(in_sd(sd_of(variance).map(|sd| sd / root))),
            df: n.saturating_sub(1),
            standardised_response_mean: Statistic::of(in_sd(sd_of(variance))),
            effect_size: Statistic::of(in_sd(sd_of(earlier.1))),
            r: Statistic::of(r),
        }
    }

    /// The error of measurement of a scale of that reliability with the spread of the earlier values
    /// (Jacobson and Truax 1991), to tell who of them [changed](MeasurementError::change). The reliability
    /// is best that of a norm sample; [`r`](Self::r) is one only where nobody was to change.
    ///
    /// # Errors
    ///
    /// As of [`MeasurementError::new`], and why the earlier values have no standard deviation.
    ///
    /// ```
    /// use digital_maturity::statistics::{PairedChange, Ratings, ReliableChanges};
    ///
    /// let pairs = [[0.25, 0.5], [0.5, 0.5], [0.5, 1.0], [0.75, 1.0], [0.25, 1.0]];
    /// let change = PairedChange::new(&Ratings::from_rows(pairs)?, 0, 1).unwrap();
    /// let error = change.measurement_error(0.8)?;
    /// assert_eq!(format!("{:.3}", error.of_value()), "0.094");
    /// let mut changes = ReliableChanges::default();
    /// for [earlier, later] in pairs {
    ///     changes.push(error.change(earlier, later)?)?;
    /// }
    /// assert_eq!((changes.improved(), changes.unchanged(), changes.deteriorated()), (2, 3, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn measurement_error(&self, reliability: f64) -> Result<MeasurementError, Undefined> {
        MeasurementError::new(reliability, self.earlier.variance.get()?.sqrt())
    }
}

impl CreditSums {
    /// Over the rows that answered two items.
    fn both(&self, one: usize, other: usize) -> Option<Shared> {
        let k = self.names().len();
        let (first, last) = (one.min(other), one.max(other));
        if last >= k {
            return None;
        }
        // Before the first item stand k + (k - 1) + .. of those before it.
        let before: usize = (0..first).map(|item| k - item).sum();
        let (_, mut shared) = self.of(Deletion::Pairwise);
        let of = shared.nth(before + (last - first))?;
        Some(if one <= other {
            of
        } else {
            Shared { rows: of.rows, x: of.y, y: of.x, xx: of.yy, yy: of.xx, xy: of.xy }
        })
    }
}
