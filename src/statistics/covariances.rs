//! Covariances and correlations of the columns of a table.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use super::Undefined;
use super::credit_sums::{CreditSums, MIDDLE, ONE, Shared};
use super::deletion::Deletion;
use super::ratings::{Ratings, present};
use super::sums::{BLOCK, Centre, Sum, block_product, count, product, sound};

/// What is known of each item and each two of them: all that reliability is computed from.
#[derive(Debug)]
pub(super) struct Covariances {
    /// Mean, number and constancy of each item over the rows that it counts; `None` without any.
    pub(super) centres: Vec<Option<Centre>>,
    /// By row and column; undefined for two items that fewer than two rows answered both of, and
    /// where a variance is no sound number.
    matrix: Vec<Result<f64, Undefined>>,
    /// The sum of the correlations of each two items.
    correlations: Result<f64, Undefined>,
    /// The fewest and the most rows that two items share; `None` below two items.
    pub(super) shared: Option<(usize, usize)>,
}

/// Two columns over the rows that they share.
struct Pair {
    x: Centre,
    y: Centre,
    covariance: f64,
    correlation: Result<f64, Undefined>,
}

impl Covariances {
    /// Over the rows in which nothing is missing. The block of rows in hand stays in cache while all
    /// pairs of columns are multiplied.
    pub(super) fn listwise(ratings: &Ratings, complete: &[bool]) -> Self {
        let columns = ratings.cells();
        let used = |cells: &[f64]| {
            let rows = cells.iter().zip(complete).filter(|(_, complete)| **complete);
            Centre::of(rows.map(|(cell, _)| *cell))
        };
        let centres: Vec<Option<Centre>> = columns.iter().map(|cells| used(cells)).collect();

        let mut sums = vec![0.0; columns.len() * columns.len()];
        let mut blocks: Vec<_> = columns.iter().map(|cells| cells.chunks(BLOCK)).collect();
        let mut hand: Vec<Vec<f64>> = vec![Vec::with_capacity(BLOCK); columns.len()];
        for complete in complete.chunks(BLOCK) {
            for ((block, centre), values) in blocks.iter_mut().zip(&centres).zip(&mut hand) {
                let (Some(cells), Some(centre)) = (block.next(), centre) else { continue };
                values.clear();
                let rows = cells.iter().zip(complete).filter(|(_, complete)| **complete);
                values.extend(rows.map(|(cell, _)| centre.less(*cell)));
            }
            for ((i, x), sums) in hand.iter().enumerate().zip(sums.chunks_mut(columns.len().max(1)))
            {
                for (y, sum) in hand.iter().zip(sums).skip(i) {
                    *sum += block_product(x, y);
                }
            }
        }
        let pair = |i: usize, j: usize| {
            let (x, y) = (centres.get(i).copied()??, centres.get(j).copied()??);
            let squares = |i: usize| sums.get(i * columns.len() + i).copied();
            Some(Pair::new((x, squares(i)?), (y, squares(j)?), *sums.get(i * columns.len() + j)?))
        };
        Self::of_pairs(&centres, pair)
    }

    /// Each two columns over the rows that answered both, with the means of those rows.
    pub(super) fn pairwise(ratings: &Ratings) -> Self {
        let columns = ratings.cells();
        let centre = |cells: &Vec<f64>| Centre::of(cells.iter().filter_map(|&cell| present(cell)));
        let centres: Vec<Option<Centre>> = columns.iter().map(centre).collect();
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        let pair = |i: usize, j: usize| {
            let (x, y) = (columns.get(i)?, columns.get(j)?);
            let both = || x.iter().zip(y).filter(|(x, y)| !x.is_nan() && !y.is_nan());
            let (x, y) =
                (Centre::of(both().map(|(x, _)| *x))?, Centre::of(both().map(|(_, y)| *y))?);
            xs.clear();
            xs.extend(both().map(|(value, _)| x.less(*value)));
            ys.clear();
            ys.extend(both().map(|(_, value)| y.less(*value)));
            Some(Pair::new((x, product(&xs, &xs)), (y, product(&ys, &ys)), product(&xs, &ys)))
        };
        Self::of_pairs(&centres, pair)
    }

    /// From exact sums of each two columns.
    pub(super) fn of_sums(sums: &CreditSums, deletion: Deletion) -> Self {
        let k = sums.names().len();
        let shared = match deletion {
            Deletion::Listwise => sums.listwise(),
            Deletion::Pairwise => sums.pairwise(),
        };
        let overflown = sums.rows() > CreditSums::MOST_ROWS;
        let at = |i: usize, j: usize| {
            shared.get(i * k - i * i.saturating_sub(1) / 2 + (j - i)).filter(|of| of.rows > 0)
        };
        let centre = |i: usize| at(i, i).map(|of| Exact::of(of.rows, of.x, of.xx).centre());
        let centres: Vec<Option<Centre>> = (0..k).map(centre).collect();
        let mut covariances = Self::of_pairs(&centres, |i, j| {
            let of = at(i, j)?;
            let (x, y) = (Exact::of(of.rows, of.x, of.xx), Exact::of(of.rows, of.y, of.yy));
            Some(Pair::new(
                (x.centre(), x.squares()),
                (y.centre(), y.squares()),
                x.products(&y, of),
            ))
        });
        if overflown {
            covariances.matrix.fill(Err(Undefined::Unrepresentable));
            covariances.correlations = Err(Undefined::Unrepresentable);
        }
        covariances
    }

    fn of_pairs(
        centres: &[Option<Centre>],
        mut pair: impl FnMut(usize, usize) -> Option<Pair>,
    ) -> Self {
        let k = centres.len();
        let mut upper = Vec::with_capacity(k * k.div_ceil(2));
        let mut correlations = Ok(0.0);
        let mut shared: Option<(usize, usize)> = None;
        for i in 0..k {
            for j in i..k {
                let pair = pair(i, j);
                let rows = pair.as_ref().map_or(0, |pair| pair.x.n);
                upper.push(pair.as_ref().map_or(Err(Undefined::TooFewPairs), Pair::covariance));
                if i == j {
                    continue;
                }
                let (fewest, most) = shared.unwrap_or((rows, rows));
                shared = Some((fewest.min(rows), most.max(rows)));
                let correlation = pair.map_or(Err(Undefined::TooFewPairs), |pair| pair.correlation);
                correlations = correlations.and_then(|sum| Ok(sum + correlation?));
            }
        }
        // Row i of the triangle begins after k + (k - 1) + .. + (k - i + 1) cells.
        let begin = |i: usize| i * k - i * i.saturating_sub(1) / 2;
        let cell = |i: usize, j: usize| upper.get(begin(i.min(j)) + i.abs_diff(j)).copied();
        let cells = (0..k).flat_map(|i| (0..k).map(move |j| (i, j)));
        let matrix = cells.filter_map(|(i, j)| cell(i, j)).collect();
        Self { centres: centres.to_vec(), matrix, correlations, shared }
    }

    /// The number of items.
    pub(super) fn k(&self) -> usize {
        self.centres.len()
    }

    /// The covariances by row.
    pub(super) fn by_row(&self) -> impl Iterator<Item = &[Result<f64, Undefined>]> {
        self.matrix.chunks(self.k().max(1))
    }

    /// The sum of all covariances, without those of one item, and the part of it that is variances.
    /// Added up afresh for every item that is left out: a difference of sums would lose the digits of
    /// the others beside an item with a large variance.
    pub(super) fn sum(&self, without: Option<usize>) -> Result<(Sum, f64), Undefined> {
        let (mut sum, mut variances) = (Sum::default(), 0.0);
        for (i, row) in self.by_row().enumerate().filter(|(i, _)| Some(*i) != without) {
            for (j, covariance) in row.iter().enumerate().filter(|(j, _)| Some(*j) != without) {
                let covariance = (*covariance)?;
                sum.add(covariance);
                if i == j {
                    variances += covariance;
                }
            }
        }
        Ok((sum, variances))
    }

    /// The mean of the correlations of each two items.
    pub(super) fn mean_correlation(&self) -> Result<f64, Undefined> {
        let k = self.k();
        self.correlations.map(|sum| sum / count(k * (k - 1) / 2))
    }
}

/// One column of whole parts: exact but for one rounding of each figure.
struct Exact {
    rows: u64,
    /// The whole nearest to the mean, from below.
    floor: i128,
    /// What the values sum to beyond it: at least 0, below the number of rows.
    rest: i128,
    /// The sum of squares beyond it.
    squares: i128,
}

impl Exact {
    fn of(rows: u64, sum: i128, squares: i128) -> Self {
        let n = i128::from(rows);
        let floor = sum.div_euclid(n.max(1));
        // Whatever leaves the range on the way comes back: what remains is small.
        let beyond = floor.wrapping_mul(floor).wrapping_mul(n);
        let squares = squares.wrapping_sub(floor.wrapping_mul(sum).wrapping_mul(2));
        Self { rows, floor, rest: sum - floor * n, squares: squares.wrapping_add(beyond) }
    }

    fn n(&self) -> usize {
        usize::try_from(self.rows).unwrap_or(usize::MAX)
    }

    fn centre(&self) -> Centre {
        let one = double(i128::from(ONE));
        let first = double(self.floor + i128::from(MIDDLE)) / one;
        // All values are equal if, and only if, none is beyond the whole below the mean.
        Centre::at(first, double(self.rest) / count(self.n()) / one, self.n(), self.squares == 0)
    }

    /// The sum of squared distances to the mean, as credits.
    fn squares(&self) -> f64 {
        self.centred(self.squares, self)
    }

    /// The sum of products of distances to the means, as credits.
    fn products(&self, other: &Self, of: &Shared) -> f64 {
        let both = self.floor.wrapping_mul(other.floor).wrapping_mul(i128::from(self.rows));
        let x = self.floor.wrapping_mul(of.y);
        let y = other.floor.wrapping_mul(of.x);
        self.centred(of.xy.wrapping_sub(x).wrapping_sub(y).wrapping_add(both), other)
    }

    /// From the wholes below the means to the means.
    fn centred(&self, sum: i128, other: &Self) -> f64 {
        let one = double(i128::from(ONE));
        let rest = double(self.rest) * double(other.rest) / count(self.n());
        (double(sum) - rest) / one / one
    }
}

/// The nearest double.
#[expect(clippy::cast_precision_loss, reason = "one rounding of an exact sum")]
fn double(whole: i128) -> f64 {
    whole as f64
}

impl Pair {
    /// From the sums of squares of both columns and of their products.
    fn new((x, xx): (Centre, f64), (y, yy): (Centre, f64), xy: f64) -> Self {
        let correlation = match (sound(xx, x.constant), sound(yy, y.constant)) {
            _ if x.n < 2 => Err(Undefined::TooFewPairs),
            _ if x.constant || y.constant => Err(Undefined::NoVariance),
            // Never beyond 1, as rounding could have it.
            (Ok(xx), Ok(yy)) => Ok((xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0)),
            (Err(reason), _) | (_, Err(reason)) => Err(reason),
        };
        let covariance = xy / count(x.n.saturating_sub(1));
        Self { x, y, covariance, correlation }
    }

    fn covariance(&self) -> Result<f64, Undefined> {
        match self.correlation {
            Err(reason @ (Undefined::TooFewPairs | Undefined::Unrepresentable)) => Err(reason),
            _ if self.x.constant || self.y.constant => Ok(0.0),
            _ => Ok(self.covariance),
        }
    }
}
