//! The correlations of each two items.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::covariances::Covariances;
use super::credit_sums::CreditSums;
use super::deletion::Deletion;
use super::ratings::Ratings;
use super::sums::count;
use super::{Statistic, Undefined};

/// How each two items (or pillars, or themes) go together: Pearson's correlations.
///
/// Pairwise, the variances are those of the rows that answered both, as in R's `cor` and pandas; so every
/// correlation lies between -1 and 1.
///
/// ```
/// use digital_maturity::statistics::{Correlations, Deletion, Ratings};
///
/// let scores = Ratings::from_rows([[0.2, 0.3], [0.4, 0.4], [0.5, 0.7], [0.9, 0.6]])?
///     .with_names(["agile", "connected"])?;
/// let correlations = Correlations::new(&scores, Deletion::Pairwise);
/// let both = correlations.of(0, 1).unwrap();
/// assert_eq!((both.n, format!("{:.3}", both.r).as_str()), (4, "0.682"));
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Correlations {
    /// What was done with rows in which a value is missing.
    pub deletion: Deletion,
    /// The names of the items, blank where they have none.
    pub names: Vec<String>,
    /// Each two items: the first with those after it, then the second, and so on.
    pub pairs: Vec<Correlation>,
}

/// How two items go together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Correlation {
    /// The place of the first item.
    pub one: usize,
    /// The place of the second.
    pub other: usize,
    /// The rows that were used.
    pub n: usize,
    /// The correlation, from -1 to 1.
    pub r: Statistic,
}

impl Correlations {
    /// The correlations of the columns of a table.
    #[must_use]
    pub fn new(ratings: &Ratings, deletion: Deletion) -> Self {
        Self::with(deletion, &Covariances::of_ratings(ratings, deletion), ratings.names())
    }

    /// The same of rows that were summed as they came.
    #[must_use]
    pub fn from_sums(sums: &CreditSums, deletion: Deletion) -> Self {
        Self::with(deletion, &Covariances::of_credits(sums, deletion), sums.names())
    }

    fn with(deletion: Deletion, covariances: &Covariances, names: &[String]) -> Self {
        let k = covariances.k();
        let places = (0..k).flat_map(|one| (one + 1..k).map(move |other| (one, other)));
        let pairs = places.zip(covariances.correlations()).map(|((one, other), of)| {
            let r = if of.n < 2 { Err(Undefined::TooFewRows) } else { of.r };
            Correlation { one, other, n: of.n, r: Statistic::of(r) }
        });
        let name = |item: usize| names.get(item).cloned().unwrap_or_default();
        Self { deletion, pairs: pairs.collect(), names: (0..k).map(name).collect() }
    }

    /// That of two items, in either order; `None` of one with itself, or if there are not so many.
    #[must_use]
    pub fn of(&self, one: usize, other: usize) -> Option<&Correlation> {
        let (one, other) = (one.min(other), one.max(other));
        self.pairs.iter().find(|of| of.one == one && of.other == other)
    }
}

impl Correlation {
    /// Student's t of the hypothesis that there is none: r sqrt((n - 2) / (1 - r²)), with n - 2 degrees of
    /// freedom.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Correlations, Deletion, Ratings};
    /// # let scores = Ratings::from_rows([[0.2, 0.3], [0.4, 0.4], [0.5, 0.7], [0.9, 0.6]])?;
    /// let correlations = Correlations::new(&scores, Deletion::Listwise);
    /// assert_eq!(format!("{:.3}", correlations.pairs[0].t()), "1.319");
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn t(&self) -> Statistic {
        Statistic::of(self.r.get().and_then(|r| {
            let left = 1.0 - r * r;
            match self.n.checked_sub(2) {
                None | Some(0) => Err(Undefined::TooFewRows),
                Some(_) if left == 0.0 => Err(Undefined::NoVariance),
                Some(freedom) => Ok(r * (count(freedom) / left).sqrt()),
            }
        }))
    }
}
