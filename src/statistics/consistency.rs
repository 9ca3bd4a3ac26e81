//! Coefficients of internal consistency beside alpha, from the correlations of all items together.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::covariances::Covariances;
use super::credit_sums::CreditSums;
use super::deletion::Deletion;
use super::ratings::Ratings;
use super::sums::{Sum, difference};
use super::{Statistic, Undefined};

/// What is asked of a scale beside alpha: how far one factor carries it, and how its halves go together.
///
/// With R the correlations of the k items and C their covariances:
///
/// | figure | formula | source |
/// |---|---|---|
/// | omega total | 1 - sum(1 - l²) / sum R, l the loadings of one factor | `McDonald` 1999 |
/// | loadings | least squares of the correlations of two items (minres) | Harman and Jones 1966 |
/// | lambda-6 | 1 - sum(1 - smc) / sum R, smc = 1 - 1/(R⁻¹)ᵢᵢ | Guttman 1945 |
/// | split half | 2r / (1 + r), r of the sums of odd and of even items | Spearman 1910, Brown 1910 |
///
/// The loadings repeat lᵢ = sum rᵢⱼ lⱼ / sum lⱼ² over the other items, item by item from the sums of the
/// rows of R, until none moves by more than 1e-14, at most 10,000 times and, of more than a hundred items, as
/// often as 1e8 steps allow. Of the two signs that fit alike the one is taken whose loadings sum to more. A
/// loading beyond 1 (a Heywood case) leaves omega undefined.
///
/// Items stand in the halves by their order, from the first: of two items, split half is what papers
/// report in place of alpha (Eisinga, te Grotenhuis and Pelzer 2013).
///
/// ```
/// use digital_maturity::statistics::{Consistency, Deletion, Ratings};
///
/// let answers = Ratings::from_rows([
///     [4.0, 5.0, 4.0], [2.0, 3.0, 3.0], [3.0, 3.0, 2.0], [5.0, 4.0, 5.0], [1.0, 2.0, 2.0],
/// ])?;
/// let consistency = Consistency::new(&answers, Deletion::Listwise);
/// assert_eq!(format!("{:.2}", consistency.omega_total), "0.93");
/// assert_eq!(consistency.loadings.len(), 3);
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("omega", "guttman", "spearman-brown"))]
pub struct Consistency {
    /// What was done with rows in which a value is missing.
    pub deletion: Deletion,
    /// The rows that were used.
    pub n: usize,
    /// The number of items.
    pub k: usize,
    /// Omega total of one factor; takes three items.
    pub omega_total: Statistic,
    /// Guttman's lambda-6. Undefined where an item is a sum of others.
    pub lambda_6: Statistic,
    /// The odd items with the even ones, stepped up to the length of the scale.
    pub split_half: Statistic,
    /// The loading of each item on the one factor. One of another sign than most goes against them.
    pub loadings: Vec<Statistic>,
}

impl Consistency {
    /// The coefficients of a table of ratings.
    ///
    /// # Cost
    ///
    /// Grows with the rows times the square of the items, and the cube of the items: a second for 1,000.
    #[must_use]
    pub fn new(ratings: &Ratings, deletion: Deletion) -> Self {
        Self::of(deletion, &Covariances::of_ratings(ratings, deletion))
    }

    /// The same of rows that were summed as they came.
    ///
    /// ```
    /// use digital_maturity::statistics::{Consistency, CreditSums, Deletion};
    ///
    /// let mut sums = CreditSums::new(["vision", "funding"]);
    /// for (vision, funding) in [(0.0, 0.25), (0.5, 0.5), (0.75, 1.0), (1.0, 0.75)] {
    ///     sums.push(&[Some(vision), Some(funding)])?;
    /// }
    /// let consistency = Consistency::from_sums(&sums, Deletion::Listwise);
    /// assert_eq!(format!("{:.3}", consistency.split_half), "0.908"); // r = 0.8315
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn from_sums(sums: &CreditSums, deletion: Deletion) -> Self {
        Self::of(deletion, &Covariances::of_credits(sums, deletion))
    }

    /// The loadings alone, which take no more than some 1e8 steps.
    pub(crate) fn loadings_from_sums(sums: &CreditSums, deletion: Deletion) -> Vec<Statistic> {
        let covariances = Covariances::of_credits(sums, deletion);
        let loadings = enough(&covariances, 3)
            .and_then(|()| covariances.correlation_matrix())
            .and_then(|matrix| loadings(&matrix));
        stated(&loadings, covariances.k())
    }

    fn of(deletion: Deletion, covariances: &Covariances) -> Self {
        let k = covariances.k();
        let enough = |least| enough(covariances, least);
        let matrix = enough(2).and_then(|()| covariances.correlation_matrix());
        let loadings =
            enough(3).and_then(|()| loadings(matrix.as_ref().map_err(|reason| *reason)?));
        let whole = |matrix: &[Vec<f64>]| Sum::over(matrix.iter().flatten().copied()).divisor();
        let omega = || {
            let (loadings, matrix) = (loadings.as_ref()?, matrix.as_ref()?);
            if loadings.iter().any(|loading| loading.abs() > 1.0 + ROUNDED) {
                return Err(&Undefined::Heywood);
            }
            let unique = |loading: &f64| (1.0 - loading * loading).max(0.0);
            let unique = loadings.iter().map(unique).sum::<f64>();
            Ok(whole(matrix).map(|whole| difference(1.0, unique / whole)))
        };
        let lambda = || {
            let matrix = matrix.as_ref()?;
            Ok(whole(matrix).and_then(|whole| {
                let unique = inverse_diagonal(matrix)?.iter().map(|own| 1.0 / own).sum::<f64>();
                Ok(difference(1.0, unique / whole))
            }))
        };
        let found = |figure: Result<Result<f64, Undefined>, &Undefined>| {
            Statistic::of(figure.map_err(|reason| *reason).and_then(|figure| figure))
        };
        Self {
            deletion,
            n: covariances.n,
            k,
            omega_total: found(omega()),
            lambda_6: found(lambda()),
            split_half: Statistic::of(enough(2).and_then(|()| split_half(covariances))),
            loadings: stated(&loadings, k),
        }
    }
}

/// What a loading of 1 may be beyond it by rounding.
const ROUNDED: f64 = 1e-9;

/// Whether there are so many items, and rows.
fn enough(covariances: &Covariances, least: usize) -> Result<(), Undefined> {
    match covariances.n {
        _ if covariances.k() < least => Err(Undefined::TooFewItems),
        0 | 1 => Err(Undefined::TooFewRows),
        _ => Ok(()),
    }
}

/// The loading of each item, or why there is none.
fn stated(loadings: &Result<Vec<f64>, Undefined>, k: usize) -> Vec<Statistic> {
    let of = |item: usize| {
        let all = loadings.as_ref().map_err(|reason| *reason);
        Statistic::of(all.map(|all| all.get(item).copied().unwrap_or_default()))
    };
    (0..k).map(of).collect()
}

/// The loadings of one factor, by least squares of what stands beside the diagonal.
fn loadings(r: &[Vec<f64>]) -> Result<Vec<f64>, Undefined> {
    /// Nothing moves by more than this at the end.
    const STILL: f64 = 1e-14;
    let rows: Vec<f64> = r.iter().map(|row| row.iter().sum()).collect();
    let whole = rows.iter().sum::<f64>();
    let mut loadings: Vec<f64> = if whole > 0.0 {
        rows.iter().map(|row| row / whole.sqrt()).collect()
    } else {
        vec![0.5; r.len()]
    };
    let mut squares: f64 = loadings.iter().map(|l| l * l).sum();
    let most = (100_000_000 / (r.len() * r.len()).max(1)).clamp(100, 10_000);
    for _ in 0..most {
        let mut moved = 0.0_f64;
        for (i, row) in r.iter().enumerate() {
            let own = loadings.get(i).copied().unwrap_or_default();
            // The item itself is in both sums, with a correlation of 1.
            let with_all: f64 = row.iter().zip(&loadings).map(|(r, l)| r * l).sum();
            let others = squares - own * own;
            if others <= 0.0 {
                return Err(Undefined::NoVariance);
            }
            let next = (with_all - own) / others;
            moved = moved.max((next - own).abs());
            loadings.get_mut(i).into_iter().for_each(|loading| *loading = next);
            squares = others + next * next;
        }
        // Rounding of the running sum does not pile up.
        squares = loadings.iter().map(|l| l * l).sum();
        if !squares.is_finite() {
            return Err(Undefined::NotConverged);
        }
        if moved <= STILL {
            let sign = if loadings.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
            return Ok(loadings.iter().map(|loading| sign * loading).collect());
        }
    }
    Err(Undefined::NotConverged)
}

/// The diagonal of the inverse of a symmetric matrix, swept in place row by row (Goodnight 1979).
fn inverse_diagonal(matrix: &[Vec<f64>]) -> Result<Vec<f64>, Undefined> {
    /// A correlation matrix with a smaller pivot has an item that is a sum of others.
    const LEAST: f64 = 1e-12;
    let mut rows = matrix.to_vec();
    for at in 0..rows.len() {
        let Some(mut pivot) = rows.get_mut(at).map(std::mem::take) else { continue };
        let own = pivot.get(at).copied().unwrap_or_default();
        // From pairs, it need not be the correlation matrix of anything.
        if own < -LEAST {
            return Err(Undefined::NegativeVariance);
        }
        if own <= LEAST {
            return Err(Undefined::NoVariance);
        }
        for row in &mut rows {
            let Some(cell) = row.get_mut(at) else { continue }; // the row in hand is empty
            let factor = *cell / own;
            *cell = 0.0;
            for (value, of) in row.iter_mut().zip(&pivot) {
                *value -= factor * of;
            }
            // The pivot's own column, which the loop has made 0 less the cell, becomes the share.
            row.get_mut(at).into_iter().for_each(|cell| *cell = factor);
        }
        for value in &mut pivot {
            *value /= own;
        }
        pivot.get_mut(at).into_iter().for_each(|value| *value = -1.0 / own);
        if let Some(row) = rows.get_mut(at) {
            *row = pivot;
        }
    }
    let own = |(at, row): (usize, &Vec<f64>)| -row.get(at).copied().unwrap_or_default();
    Ok(rows.iter().enumerate().map(own).collect())
}

/// The correlation of the sums of odd and of even items, stepped up.
fn split_half(covariances: &Covariances) -> Result<f64, Undefined> {
    let (mut odd, mut even, mut between) = (Sum::default(), Sum::default(), 0.0);
    for (i, row) in covariances.by_row().enumerate() {
        for (j, covariance) in row.iter().enumerate() {
            let covariance = (*covariance)?;
            match (i % 2, j % 2) {
                (0, 0) => odd.add(covariance),
                (0, 1) => between += covariance,
                (1, 1) => even.add(covariance),
                _ => {}
            }
        }
    }
    let r = (between / (odd.divisor()?.sqrt() * even.divisor()?.sqrt())).clamp(-1.0, 1.0);
    Ok(2.0 * r / Sum::of([1.0, r]).divisor()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diagonal_of_an_inverse() {
        // [[1, a], [a, 1]] has 1/(1 - a²) in its inverse.
        let found = inverse_diagonal(&[vec![1.0, 0.5], vec![0.5, 1.0]]).unwrap();
        assert!(found.iter().all(|own| (own - 4.0 / 3.0).abs() < 1e-15), "{found:?}");
        assert_eq!(inverse_diagonal(&[vec![1.0, 1.0], vec![1.0, 1.0]]), Err(Undefined::NoVariance));
        // Three of r = 1/2 each: the diagonal of the inverse is 3/2.
        let half = |i: usize| (0..3).map(|j| if i == j { 1.0 } else { 0.5 }).collect();
        let found = inverse_diagonal(&(0..3).map(half).collect::<Vec<_>>()).unwrap();
        assert!(found.iter().all(|own| (own - 1.5).abs() < 1e-15), "{found:?}");
    }

    #[test]
    fn loadings_of_a_matrix_that_has_one_factor_are_that_factor() {
        let factor = [0.9, 0.8, 0.5, -0.3, 0.6];
        let cell = |i: usize, j: usize| if i == j { 1.0 } else { factor[i] * factor[j] };
        let matrix: Vec<Vec<f64>> = (0..5).map(|i| (0..5).map(|j| cell(i, j)).collect()).collect();
        let found = loadings(&matrix).unwrap();
        assert!(
            found.iter().zip(factor).all(|(one, other)| (one - other).abs() < 1e-13),
            "{found:?}"
        );
    }

    #[test]
    fn a_factor_that_is_not_there_is_not_found() {
        // No correlations: nothing to load on.
        let matrix: Vec<Vec<f64>> =
            (0..3).map(|i| (0..3).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
        assert!(loadings(&matrix).is_err());
    }
}
