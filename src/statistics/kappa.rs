//! Fleiss' kappa: agreement of as many raters on each subject, not the same ones.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::krippendorff::like_pairs;
use super::ratings::Ratings;
use super::sums::{count, difference, sum};
use super::{Statistic, Undefined};

/// How well raters agree on the category of subjects beyond chance (Fleiss 1971). Rows are subjects;
/// each is rated by the same number of raters, who need not be the same ones. A category is a number,
/// and any two numbers are as different as any other two.
///
/// kappa = (P - Pe)/(1 - Pe), with P the mean share of pairs of raters who agree and Pe the sum of the
/// squared shares of the categories. 1 is agreement, 0 chance; it may be negative. Undefined with
/// unequal numbers of raters (take [`Krippendorff`](super::Krippendorff) then), with fewer than two, and
/// if there is only one category.
///
/// ```
/// use digital_maturity::statistics::{FleissKappa, Ratings};
///
/// let stages = Ratings::from_rows([[1.0, 1.0, 1.0], [2.0, 2.0, 1.0], [3.0, 3.0, 3.0]])?;
/// let agreement = FleissKappa::of(&stages);
/// assert_eq!((agreement.subjects, agreement.raters), (3, Some(3)));
/// assert_eq!(format!("{:.3}", agreement.kappa), "0.654");
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FleissKappa {
    /// The subjects that were used: those with a rating.
    pub subjects: usize,
    /// All subjects.
    pub subjects_total: usize,
    /// How many raters each subject has; `None` if unequal, or without subjects.
    pub raters: Option<usize>,
    /// Fleiss' kappa.
    pub kappa: Statistic,
}

impl FleissKappa {
    /// The agreement on these subjects.
    #[must_use]
    pub fn of(ratings: &Ratings) -> Self {
        let subjects: Vec<Vec<f64>> =
            ratings.values_by_row().filter(|values| !values.is_empty()).collect();
        let sizes = || subjects.iter().map(Vec::len);
        let raters = sizes().next().filter(|first| sizes().all(|size| size == *first));
        Self {
            subjects: subjects.len(),
            subjects_total: ratings.rows(),
            raters,
            kappa: Statistic::of(kappa(&subjects, raters)),
        }
    }
}

fn kappa(subjects: &[Vec<f64>], raters: Option<usize>) -> Result<f64, Undefined> {
    let raters = match raters {
        None if subjects.is_empty() => return Err(Undefined::TooFewRaters),
        None => return Err(Undefined::UnequalRaters),
        Some(0 | 1) => return Err(Undefined::TooFewRaters),
        Some(raters) => count(raters),
    };
    let pairs = raters * (raters - 1.0) * count(subjects.len());
    let agreed = sum(subjects.iter().map(|values| like_pairs(values.clone()) - raters)) / pairs;
    let all = raters * count(subjects.len());
    let unlike = all * all - like_pairs(subjects.concat());
    if unlike == 0.0 {
        return Err(Undefined::NoVariance);
    }
    // 1 - Pe is the share of unlike pairs, which is 0 only if there is one category.
    let chance = unlike / (all * all);
    Ok(difference(1.0, (1.0 - agreed) / chance))
}
