//! Internal consistency: do the items of a scale measure one thing?
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::covariances::{Column, Covariances, Total};
use super::credit_sums::CreditSums;
use super::deletion::Deletion;
use super::ratings::{Ratings, RatingsError};
use super::span::Span;
use super::sums::{Sum, count, difference};
use super::{Statistic, Undefined};
use crate::number::Weight;

/// How consistently the items of a scale (columns) measure the respondents (rows).
///
/// `n` is always the number of rows that were used. With C the covariances of the items, k of them,
/// each with n - 1 in its denominator, and r the mean correlation of each two items:
///
/// | figure | formula | source |
/// |---|---|---|
/// | alpha | k/(k-1) (1 - tr C / sum C) | Cronbach 1951 |
/// | standardised alpha | k r / (1 + (k-1) r) | |
/// | item-rest r | cor(item, sum of the others) | |
/// | ASE | sqrt(Q/n), Q = 2k²/((k-1)² s³) (s (tr C² + tr² C) - 2 tr C sum CC), s = sum C | Duhachek and Iacobucci 2004 |
///
/// Alpha is at most 1, unless rows are deleted pairwise, and may be negative; then it is given as it is. It says that items go
/// together, not that they measure one thing only. A constant item stays in alpha, where it changes
/// only k/(k-1), and is listed; what rests on correlations is then undefined.
///
/// A sum of covariances within 1e-12 of the sum of their amounts is what rounding leaves of a total
/// that is the same for everybody, and counts as 0.
///
/// # Where other tools differ
///
/// - R psych's `alpha` gives 1 for a single item and alpha-if-dropped for a scale of two, which can
///   pass 1. Both are undefined here.
/// - psych and pingouin use the number of all rows for intervals, also of those that are dropped
///   because a value is missing.
/// - psych's `alpha` deletes pairwise by default, pingouin's `cronbach_alpha` too. Here one
///   says which.
/// - psych's `scoreItems` fills in the median of the others. Nothing is filled in here.
///
/// ```
/// use digital_maturity::statistics::{Deletion, Ratings, Reliability};
///
/// let answers = Ratings::from_rows([
///     [4.0, 5.0, 4.0],
///     [2.0, 3.0, 3.0],
///     [3.0, 3.0, 2.0],
///     [5.0, 4.0, 5.0],
/// ])?.with_names(["vision", "funding", "training"])?;
/// let reliability = Reliability::new(&answers, Deletion::Listwise);
/// assert_eq!((reliability.n, reliability.k), (4, 3));
/// assert_eq!(format!("{:.3}", reliability.alpha), "0.878");
/// let weakest = &reliability.items[1]; // funding goes least with the others
/// assert_eq!(format!("{:.2} {:.2}", weakest.item_rest, weakest.alpha_if_dropped), "0.71 0.89");
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("cronbach", "alpha"))]
pub struct Reliability {
    /// What was done with rows in which a value is missing.
    pub deletion: Deletion,
    /// The rows that were used: complete ones, or with pairwise deletion all that have a value.
    pub n: usize,
    /// All rows.
    pub n_total: usize,
    /// The number of items.
    pub k: usize,
    /// How many rows two items share; `None` below two items.
    pub pairs: Option<PairCounts>,
    /// Cronbach's alpha.
    pub alpha: Statistic,
    /// Alpha of the items brought to one variance.
    pub standardised_alpha: Statistic,
    /// The mean correlation of each two items, from -1 to 1.
    pub mean_inter_item_r: Statistic,
    /// The asymptotic standard error of alpha. Undefined with pairwise deletion.
    pub ase: Statistic,
    /// The items, counted from 0, that are the same for everybody.
    pub constant: Vec<usize>,
    /// Each item.
    pub items: Vec<ItemReliability>,
}

/// One item of a scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemReliability {
    /// The name of the column, if it has one.
    pub name: Option<String>,
    /// The rows that were used for mean and standard deviation.
    pub n: usize,
    /// The mean, in the units of the item.
    pub mean: Statistic,
    /// The standard deviation, with n - 1, in the units of the item.
    pub sd: Statistic,
    /// The correlation with the sum of the other items ("corrected item-total", psych's `r.drop`).
    /// From covariances with pairwise deletion it can pass 1.
    pub item_rest: Statistic,
    /// Alpha of the other items; takes three items or more.
    pub alpha_if_dropped: Statistic,
}

/// How many rows two items share, over all pairs of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairCounts {
    /// The fewest.
    pub fewest: usize,
    /// The most.
    pub most: usize,
}

impl Reliability {
    /// The reliability of a table of ratings.
    ///
    /// Listwise, over the rows in which nothing is missing, is the default of the literature, with
    /// one n for everything. Pairwise takes all values that there are: the covariance of two items
    /// over the rows that answered both, with the means of those rows, and correlations with their
    /// variances, too (not those of the items). No row is lost, but the covariances do not belong to
    /// one set of rows: their sum may be 0 or less, and then alpha is undefined. There is no interval
    /// and no standard error.
    ///
    /// Values are taken to the nearest 1e-15 of the way from the lowest to the highest of their column,
    /// and their sums are exact: the order of rows changes no figure. There is room for 500 million.
    ///
    /// ```
    /// use digital_maturity::statistics::{Deletion, PairCounts, Ratings, Reliability, Undefined};
    ///
    /// let answers = Ratings::from_rows([
    ///     [Some(1.0), Some(2.0)],
    ///     [Some(3.0), Some(3.0)],
    ///     [Some(4.0), Some(5.0)],
    ///     [Some(5.0), None],
    /// ])?;
    /// assert_eq!(Reliability::new(&answers, Deletion::Listwise).n, 3);
    /// let pairwise = Reliability::new(&answers, Deletion::Pairwise);
    /// assert_eq!((pairwise.n, pairwise.pairs), (4, Some(PairCounts { fewest: 3, most: 3 })));
    /// assert_eq!(pairwise.ase.get(), Err(Undefined::Pairwise));
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    ///
    /// # Cost
    ///
    /// Grows with the rows times the square of the items.
    #[must_use]
    pub fn new(ratings: &Ratings, deletion: Deletion) -> Self {
        let covariances = Covariances::of_ratings(ratings, deletion);
        Self::of(deletion, ratings.rows(), &covariances, ratings.names())
    }

    /// The same of rows that were summed as they came.
    ///
    /// ```
    /// use digital_maturity::statistics::{CreditSums, Deletion, Reliability};
    ///
    /// let mut sums = CreditSums::new(["vision", "funding"]);
    /// for (vision, funding) in [(0.0, 0.25), (0.5, 0.5), (0.75, 1.0)] {
    ///     sums.push(&[Some(vision), Some(funding)])?;
    /// }
    /// sums.push(&[Some(1.0), None])?;
    /// let reliability = Reliability::from_sums(&sums, Deletion::Listwise);
    /// assert_eq!((reliability.n, reliability.n_total), (3, 4));
    /// assert_eq!(reliability.items[0].name.as_deref(), Some("vision"));
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn from_sums(sums: &CreditSums, deletion: Deletion) -> Self {
        let rows = usize::try_from(sums.rows()).unwrap_or(usize::MAX);
        Self::of(deletion, rows, &Covariances::of_credits(sums, deletion), sums.names())
    }

    /// The same of items that count by weight, as in a score: of the weighted composite. What is said of
    /// an item is of its value times its weight.
    ///
    /// An item of weight 0 is no part of a score: it is left out before rows are deleted, is no part of `k` and
    /// has no entry, and what it lacks costs no row.
    ///
    /// ```
    /// use digital_maturity::Weight;
    /// use digital_maturity::statistics::{Deletion, Ratings, Reliability};
    ///
    /// let answers = Ratings::from_rows([
    ///     [Some(1.0), Some(2.0), Some(3.0), None],
    ///     [Some(3.0), Some(3.0), Some(4.0), Some(1.0)],
    ///     [Some(3.0), Some(4.0), Some(2.0), Some(5.0)],
    ///     [Some(5.0), Some(4.0), Some(5.0), None],
    /// ])?;
    /// let weights = ["1".parse()?, "1".parse()?, "10".parse()?, Weight::ZERO];
    /// let weighted = Reliability::weighted(&answers, &weights, Deletion::Listwise)?;
    /// assert_eq!((weighted.n, weighted.k), (4, 3));
    /// assert_eq!(format!("{:.3}", weighted.alpha), "0.241");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is not one weight for each column: [`RatingsError::Labels`].
    pub fn weighted(
        ratings: &Ratings,
        weights: &[Weight],
        deletion: Deletion,
    ) -> Result<Self, RatingsError> {
        let (expected, found) = (ratings.columns(), weights.len());
        if expected != found {
            return Err(RatingsError::Labels { expected, found });
        }
        let scored: Vec<bool> = weights.iter().map(|weight| !weight.is_zero()).collect();
        let weights: Vec<Weight> = weights.iter().copied().filter(|of| !of.is_zero()).collect();
        let ratings = ratings.only(&scored);
        let covariances = Covariances::of_weighted(&ratings, &weights, deletion);
        Ok(Self::of(deletion, ratings.rows(), &covariances, ratings.names()))
    }

    /// [`weighted`](Self::weighted) of credits that were summed as they came. Rows in which only an item of
    /// weight 0 is missing cannot be told from others by then, so that such an item must be left out when the
    /// sums are made.
    ///
    /// ```
    /// use digital_maturity::Weight;
    /// use digital_maturity::statistics::{CreditSums, Deletion, Reliability};
    ///
    /// let mut sums = CreditSums::new(["vision", "funding", "training"]);
    /// for row in [[0.0, 0.25, 0.5], [0.5, 0.5, 0.75], [0.5, 0.75, 0.25], [1.0, 0.75, 1.0]] {
    ///     sums.push(&row.map(Some))?;
    /// }
    /// let weights = ["1".parse()?, "1".parse()?, "10".parse::<Weight>()?];
    /// let weighted = Reliability::of_weighted(&sums, &weights, Deletion::Listwise)?;
    /// let plain = Reliability::from_sums(&sums, Deletion::Listwise);
    /// assert_eq!(format!("{:.3} {:.3}", plain.alpha, weighted.alpha), "0.779 0.241");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RatingsError::Labels`] if there is not one weight for each item, [`RatingsError::ZeroWeight`] if one
    /// is 0.
    pub fn of_weighted(
        sums: &CreditSums,
        weights: &[Weight],
        deletion: Deletion,
    ) -> Result<Self, RatingsError> {
        let (expected, found) = (sums.names().len(), weights.len());
        if expected != found {
            return Err(RatingsError::Labels { expected, found });
        }
        if let Some(item) = weights.iter().position(|weight| weight.is_zero()) {
            return Err(RatingsError::ZeroWeight { item });
        }
        let rows = usize::try_from(sums.rows()).unwrap_or(usize::MAX);
        let spans: Vec<Span> = weights.iter().map(|of| Span::CREDITS.times(*of)).collect();
        let covariances = Covariances::new(sums, &spans, deletion);
        Ok(Self::of(deletion, rows, &covariances, sums.names()))
    }

    fn of(deletion: Deletion, n_total: usize, covariances: &Covariances, names: &[String]) -> Self {
        let scale = Scale { deletion, covariances };
        let without = covariances.totals_without();
        let items = covariances.items.iter().enumerate();
        let is_constant = |item: &Option<Column>| item.is_some_and(|item| item.is_constant());
        Self {
            deletion,
            n: covariances.n,
            n_total,
            k: covariances.k(),
            pairs: covariances.shared.map(|(fewest, most)| PairCounts { fewest, most }),
            alpha: Statistic::of(scale.alpha(0, covariances.total())),
            standardised_alpha: Statistic::of(scale.standardised_alpha()),
            mean_inter_item_r: Statistic::of(scale.mean_correlation()),
            ase: Statistic::of(scale.ase()),
            constant: items.clone().filter(|(_, of)| is_constant(of)).map(|(i, _)| i).collect(),
            items: items
                .zip(without)
                .map(|((i, of), without)| scale.item(i, *of, names.get(i), without))
                .collect(),
        }
    }
}

/// The items of a scale, and over how many rows.
struct Scale<'c> {
    deletion: Deletion,
    covariances: &'c Covariances,
}

impl Scale<'_> {
    /// Enough items and rows to speak of covariances.
    fn enough(&self, dropped: usize) -> Result<f64, Undefined> {
        match self.covariances.k().checked_sub(dropped) {
            None | Some(0 | 1) => Err(Undefined::TooFewItems),
            Some(_) if self.covariances.n < 2 => Err(Undefined::TooFewRows),
            Some(k) => Ok(count(k)),
        }
    }

    /// Alpha of what is left where so many are dropped.
    fn alpha(&self, dropped: usize, left: Result<Total, Undefined>) -> Result<f64, Undefined> {
        let k = self.enough(dropped)?;
        let Total { sum, variances } = left?;
        Ok(k / (k - 1.0) * difference(1.0, variances / sum.divisor()?))
    }

    fn mean_correlation(&self) -> Result<f64, Undefined> {
        self.enough(0)?;
        self.covariances.mean_correlation()
    }

    fn standardised_alpha(&self) -> Result<f64, Undefined> {
        let k = self.enough(0)?;
        let r = self.mean_correlation()?;
        Ok(k * r / Sum::of([1.0, (k - 1.0) * r]).divisor()?)
    }

    /// With covariances as parts of their sum, so that no third power leaves the range of a double.
    fn ase(&self) -> Result<f64, Undefined> {
        if self.deletion == Deletion::Pairwise {
            return Err(Undefined::Pairwise);
        }
        let k = self.enough(0)?;
        let Total { sum, variances } = self.covariances.total()?;
        let whole = sum.divisor()?;
        let trace = variances / whole;
        let (mut squares, mut products) = (0.0, 0.0);
        for row in self.covariances.by_row() {
            let mut sum = 0.0;
            for covariance in row {
                let part = (*covariance)? / whole;
                squares += part * part;
                sum += part;
            }
            products += sum * sum;
        }
        let q = 2.0 * (k * k) / ((k - 1.0) * (k - 1.0))
            * (squares + trace * trace - 2.0 * trace * products);
        // Parallel items have 0, which rounding may leave below 0.
        Ok((q.max(0.0) / count(self.covariances.n)).sqrt())
    }

    fn item_rest(&self, item: usize, others: Result<Total, Undefined>) -> Result<f64, Undefined> {
        self.enough(0)?;
        let rest = others?.sum.divisor();
        let row = self.covariances.by_row().nth(item).unwrap_or_default();
        let (mut variance, mut covariance) = (0.0, 0.0);
        for (other, value) in row.iter().enumerate() {
            if other == item {
                variance = (*value)?;
            } else {
                covariance += (*value)?;
            }
        }
        if variance == 0.0 {
            return Err(Undefined::NoVariance);
        }
        let r = covariance / (variance.sqrt() * rest?.sqrt());
        match self.deletion {
            Deletion::Listwise => Ok(r.clamp(-1.0, 1.0)),
            Deletion::Pairwise => Ok(r),
        }
    }

    fn item(
        &self,
        item: usize,
        of: Option<Column>,
        name: Option<&String>,
        others: Result<Total, Undefined>,
    ) -> ItemReliability {
        let row = self.covariances.by_row().nth(item).unwrap_or_default();
        let variance = of.filter(|of| of.n >= 2).and_then(|_| row.get(item).copied());
        let variance = variance.unwrap_or(Err(Undefined::TooFewRows));
        ItemReliability {
            name: name.cloned(),
            n: of.map_or(0, |of| of.n),
            mean: Statistic::of(of.ok_or(Undefined::TooFewRows).map(|of| of.mean())),
            sd: Statistic::of(variance.map(f64::sqrt)),
            item_rest: Statistic::of(self.item_rest(item, others)),
            alpha_if_dropped: Statistic::of(self.alpha(1, others)),
        }
    }
}
