//! Covariances and correlations of the columns of a table, from exact sums.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use super::Undefined;
use super::credit_sums::{CreditSums, MIDDLE, ONE, Shared};
use super::deletion::Deletion;
use super::span::Span;
use super::sums::{Sum, count, sound};

type Figure = Result<f64, Undefined>;

/// What is known of each item and each two of them: all that reliability is computed from.
#[derive(Debug)]
pub(super) struct Covariances {
    /// The rows that are used.
    pub(super) n: usize,
    /// Each item over the rows that it counts; `None` without any.
    pub(super) items: Vec<Option<Column>>,
    /// By row and column; undefined for two items that fewer than two rows answered both of, and
    /// where a variance is no sound number.
    matrix: Vec<Figure>,
    /// The sum of the correlations of each two items.
    correlations: Figure,
    /// The fewest and the most rows that two items share; `None` below two items.
    pub(super) shared: Option<(usize, usize)>,
}

impl Covariances {
    /// Of columns on these spans, whose values were summed as credits.
    pub(super) fn new(sums: &CreditSums, spans: &[Span], deletion: Deletion) -> Self {
        let k = spans.len();
        let overflown = sums.rows() > CreditSums::MOST_ROWS;
        let (n, pairs) = sums.of(deletion);
        let mut pairs = pairs.iter();
        let (mut items, mut upper) = (Vec::with_capacity(k), Vec::with_capacity(pairs.len()));
        let mut correlations = Ok(0.0);
        let mut shared: Option<(usize, usize)> = None;
        for (i, x) in spans.iter().enumerate() {
            for ((j, y), of) in spans.iter().enumerate().skip(i).zip(pairs.by_ref()) {
                let (x, y) =
                    (Column::new(of.rows, of.x, of.xx, *x), Column::new(of.rows, of.y, of.yy, *y));
                let rows = x.n;
                let (covariance, correlation) = match pair(&x, &y, of) {
                    _ if overflown => {
                        (Err(Undefined::Unrepresentable), Err(Undefined::Unrepresentable))
                    }
                    figures => figures,
                };
                upper.push(covariance);
                if i == j {
                    items.push(Some(x).filter(|_| rows > 0));
                    continue;
                }
                let (fewest, most) = shared.unwrap_or((rows, rows));
                shared = Some((fewest.min(rows), most.max(rows)));
                correlations = correlations.and_then(|sum| Ok(sum + correlation?));
            }
        }
        // Row i of the triangle begins after k + (k - 1) + .. + (k - i + 1) cells.
        let begin = |i: usize| i * k - i * i.saturating_sub(1) / 2;
        let cell = |i: usize, j: usize| upper.get(begin(i.min(j)) + i.abs_diff(j)).copied();
        let cells = (0..k).flat_map(|i| (0..k).map(move |j| (i, j)));
        let matrix = cells.filter_map(|(i, j)| cell(i, j)).collect();
        Self { n, items, matrix, correlations, shared }
    }

    /// The number of items.
    pub(super) fn k(&self) -> usize {
        self.items.len()
    }

    /// The covariances by row.
    pub(super) fn by_row(&self) -> impl Iterator<Item = &[Figure]> {
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
    pub(super) fn mean_correlation(&self) -> Figure {
        let k = self.k();
        self.correlations.map(|sum| sum / count(k * (k - 1) / 2))
    }
}

/// Covariance and correlation of two columns over the rows that they share.
fn pair(x: &Column, y: &Column, of: &Shared) -> (Figure, Figure) {
    if x.n < 2 {
        return (Err(Undefined::TooFewPairs), Err(Undefined::TooFewPairs));
    }
    if x.is_constant() || y.is_constant() {
        return (Ok(0.0), Err(Undefined::NoVariance));
    }
    let squares = |of: &Column| sound(of.centred(of.squares, of), false);
    match (squares(x), squares(y)) {
        (Ok(xx), Ok(yy)) => {
            let xy = x.products(y, of);
            // Never beyond 1, as rounding could have it.
            let correlation = (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0);
            (Ok(xy / count(x.n - 1)), Ok(correlation))
        }
        (Err(reason), _) | (_, Err(reason)) => (Err(reason), Err(reason)),
    }
}

/// One column of whole parts: exact but for one rounding of each figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) n: usize,
    /// The whole nearest to the mean, from below.
    floor: i128,
    /// What the values sum to beyond it: at least 0, below the number of rows.
    rest: i128,
    /// The sum of squares beyond it.
    squares: i128,
    span: Span,
}

impl Column {
    fn new(rows: u64, sum: i128, squares: i128, span: Span) -> Self {
        let n = i128::from(rows);
        let floor = sum.div_euclid(n.max(1));
        // Whatever leaves the range on the way comes back: what remains is small.
        let beyond = floor.wrapping_mul(floor).wrapping_mul(n);
        let squares = squares.wrapping_sub(floor.wrapping_mul(sum).wrapping_mul(2));
        Self {
            n: usize::try_from(rows).unwrap_or(usize::MAX),
            floor,
            rest: sum - floor * n,
            squares: squares.wrapping_add(beyond),
            span,
        }
    }

    /// Whether all values are equal: if, and only if, none is beyond the whole below the mean.
    pub(super) const fn is_constant(&self) -> bool {
        self.squares == 0
    }

    pub(super) fn mean(&self) -> f64 {
        let one = double(i128::from(ONE));
        let whole = double(self.floor + i128::from(MIDDLE)) / one;
        self.span.value(whole + double(self.rest) / count(self.n) / one)
    }

    /// The sum of products of distances to the means.
    fn products(&self, other: &Self, of: &Shared) -> f64 {
        let rows = i128::from(of.rows);
        let both = self.floor.wrapping_mul(other.floor).wrapping_mul(rows);
        let x = self.floor.wrapping_mul(of.y);
        let y = other.floor.wrapping_mul(of.x);
        self.centred(of.xy.wrapping_sub(x).wrapping_sub(y).wrapping_add(both), other)
    }

    /// From the wholes below the means to the means.
    fn centred(&self, sum: i128, other: &Self) -> f64 {
        let one = double(i128::from(ONE));
        let rest = double(self.rest) * double(other.rest) / count(self.n);
        (double(sum) - rest) / one / one * self.span.width() * other.span.width()
    }
}

/// The nearest double.
#[expect(clippy::cast_precision_loss, reason = "one rounding of an exact sum")]
fn double(whole: i128) -> f64 {
    whole as f64
}
