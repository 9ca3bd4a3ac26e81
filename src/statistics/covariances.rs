//! Covariances and correlations of the columns of a table, from exact sums.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use std::borrow::Cow;

use super::Undefined;
use super::credit_sums::{CreditSums, MIDDLE, ONE, Shared};
use super::deletion::Deletion;
use super::ratings::Ratings;
use super::span::{self, Span};
use super::sums::{Sum, count, sound};
use crate::number::Weight;

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
    /// Of each two items, by the first and then the second.
    correlations: Vec<Correlated>,
    /// The fewest and the most rows that two items share; `None` below two items.
    pub(super) shared: Option<(usize, usize)>,
}

/// Two items, and the rows that they share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Correlated {
    pub(super) n: usize,
    pub(super) r: Figure,
}

/// What the covariances of some items sum to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Total {
    pub(super) sum: Sum,
    /// The part of it that is variances.
    pub(super) variances: f64,
}

impl Total {
    fn add(&mut self, other: Self) {
        self.sum.add_sum(other.sum);
        self.variances += other.variances;
    }

    /// One item more: its covariances with those that are in it, twice, and its variance.
    fn item(&mut self, others: &[Figure], variance: Option<&Figure>) {
        let mut covariances = Sum::default();
        for covariance in others {
            covariances.add(covariance.unwrap_or_default());
        }
        self.sum.add_twice(covariances);
        let variance = variance.map_or(0.0, |variance| variance.unwrap_or_default());
        self.sum.add(variance);
        self.variances += variance;
    }
}

impl Covariances {
    /// Of a table of ratings.
    pub(super) fn of_ratings(ratings: &Ratings, deletion: Deletion) -> Self {
        Self::on_spans(ratings, deletion, |_, span| span)
    }

    /// Of a table of ratings, each of which counts by the weight of its column.
    pub(super) fn of_weighted(ratings: &Ratings, weights: &[Weight], deletion: Deletion) -> Self {
        Self::on_spans(ratings, deletion, |column, span| {
            weights.get(column).map_or(span, |weight| span.times(*weight))
        })
    }

    fn on_spans(ratings: &Ratings, deletion: Deletion, span: impl Fn(usize, Span) -> Span) -> Self {
        let table = match deletion {
            Deletion::Listwise => Cow::Owned(ratings.complete()),
            Deletion::Pairwise => Cow::Borrowed(ratings),
        };
        let (sums, spans) = span::sums(&table);
        let spans: Vec<Span> =
            spans.into_iter().enumerate().map(|(column, of)| span(column, of)).collect();
        Self::new(&sums, &spans, deletion)
    }

    /// Of credits.
    pub(super) fn of_credits(sums: &CreditSums, deletion: Deletion) -> Self {
        Self::new(sums, &vec![Span::CREDITS; sums.names().len()], deletion)
    }

    /// Of columns on these spans, whose values were summed as credits.
    pub(super) fn new(sums: &CreditSums, spans: &[Span], deletion: Deletion) -> Self {
        let k = spans.len();
        let (n, mut pairs) = sums.of(deletion);
        let (mut items, mut matrix) = (Vec::with_capacity(k), vec![Ok(0.0); k * k]);
        let mut correlations = Vec::with_capacity(k * k.saturating_sub(1) / 2);
        let mut shared: Option<(usize, usize)> = None;
        for (i, x) in spans.iter().enumerate() {
            for ((j, y), of) in spans.iter().enumerate().skip(i).zip(pairs.by_ref()) {
                let (x, y) =
                    (Column::new(of.rows, of.x, of.xx, *x), Column::new(of.rows, of.y, of.yy, *y));
                let rows = x.n;
                let (covariance, correlation) = pair(&x, &y, &of);
                for at in [i * k + j, j * k + i] {
                    matrix.get_mut(at).into_iter().for_each(|cell| *cell = covariance);
                }
                if i == j {
                    items.push(Some(x).filter(|_| rows > 0));
                    continue;
                }
                let (fewest, most) = shared.unwrap_or((rows, rows));
                shared = Some((fewest.min(rows), most.max(rows)));
                correlations.push(Correlated { n: rows, r: correlation });
            }
        }
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

    /// The sum of all covariances.
    pub(super) fn total(&self) -> Result<Total, Undefined> {
        if let Some((_, reason)) = self.undefined(None) {
            return Err(reason);
        }
        let mut total = Total::default();
        for (i, row) in self.by_row().enumerate() {
            let (before, from) = row.split_at_checked(i).unwrap_or_default();
            total.item(before, from.first());
        }
        Ok(total)
    }

    /// The sum of the covariances of all items but one, by the one that is left out, in as many steps as
    /// there are covariances. Nothing but additions: a difference of sums would lose the digits of the
    /// others beside an item with a large variance.
    pub(super) fn totals_without(&self) -> Vec<Result<Total, Undefined>> {
        let rows: Vec<&[Figure]> = self.by_row().collect();
        let mut totals = vec![Total::default(); rows.len()];
        // Of items before the one, of items after it, and of one before with one after.
        let (mut before, mut after) = (Total::default(), Total::default());
        for (i, (row, total)) in rows.iter().zip(&mut totals).enumerate() {
            total.add(before);
            let (others, from) = row.split_at_checked(i).unwrap_or_default();
            before.item(others, from.first());
        }
        for (i, (row, total)) in rows.iter().zip(&mut totals).enumerate().rev() {
            total.add(after);
            let (to, others) = row.split_at_checked(i + 1).unwrap_or_default();
            after.item(others, to.last());
        }
        for (i, row) in rows.iter().enumerate() {
            let mut beyond = Sum::default();
            for (covariance, total) in row.iter().zip(&mut totals).skip(i + 1).rev() {
                total.sum.add_twice(beyond);
                beyond.add(covariance.unwrap_or_default());
            }
        }
        let Some(((one, other), reason)) = self.undefined(None) else {
            return totals.into_iter().map(Ok).collect();
        };
        // Only without one of the two, another covariance can be the first that is undefined, or none.
        let without = totals.into_iter().enumerate().map(|(i, total)| {
            let first = if i == one || i == other {
                self.undefined(Some(i)).map(|(_, reason)| reason)
            } else {
                Some(reason)
            };
            first.map_or(Ok(total), Err)
        });
        without.collect()
    }

    /// The first covariance that is undefined, of those of all items but one.
    fn undefined(&self, without: Option<usize>) -> Option<((usize, usize), Undefined)> {
        let cells = self.by_row().enumerate().flat_map(|(i, row)| {
            row.iter().enumerate().map(move |(j, covariance)| ((i, j), covariance))
        });
        let mut others =
            cells.filter(|((i, j), _)| without.is_none_or(|item| item != *i && item != *j));
        others.find_map(|(place, covariance)| Some((place, covariance.err()?)))
    }

    /// The mean of the correlations of each two items.
    pub(super) fn mean_correlation(&self) -> Figure {
        let sum = self.correlations.iter().try_fold(0.0, |sum, of| Ok(sum + of.r?));
        sum.map(|sum| sum / count(self.correlations.len()))
    }

    /// The correlations of each two items, by the first and then the second.
    pub(super) fn correlations(&self) -> &[Correlated] {
        &self.correlations
    }

    /// The same by row and column, with 1 on the diagonal.
    pub(super) fn correlation_matrix(&self) -> Result<Vec<Vec<f64>>, Undefined> {
        let k = self.k();
        let mut matrix = vec![vec![1.0; k]; k];
        let mut of = self.correlations.iter();
        for i in 0..k {
            for j in i + 1..k {
                let r = of.next().map_or(Err(Undefined::TooFewItems), |of| of.r)?;
                for (row, column) in [(i, j), (j, i)] {
                    matrix
                        .get_mut(row)
                        .and_then(|row| row.get_mut(column))
                        .into_iter()
                        .for_each(|cell| *cell = r);
                }
            }
        }
        Ok(matrix)
    }
}

/// Covariance and correlation of two columns over the rows that they share.
pub(super) fn pair(x: &Column, y: &Column, of: &Shared) -> (Figure, Figure) {
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
    pub(super) fn new(rows: u64, sum: i128, squares: i128, span: Span) -> Self {
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

    pub(super) fn variance(&self) -> Figure {
        if self.n < 2 {
            return Err(Undefined::TooFewRows);
        }
        let squares = sound(self.centred(self.squares, self), self.is_constant());
        squares.map(|squares| squares / count(self.n - 1))
    }

    /// Mean and variance of what a column has beyond this one, row by row, on the same span: as exact as
    /// those of a column.
    pub(super) fn change(&self, to: &Self, of: &Shared) -> (Figure, Figure) {
        if self.n == 0 {
            return (Err(Undefined::TooFewRows), Err(Undefined::TooFewRows));
        }
        let (n, one, width) = (count(self.n), double(i128::from(ONE)), self.span.width());
        let mean = double(of.y - of.x) / n / one * width;
        if self.n < 2 {
            return (Ok(mean), Err(Undefined::TooFewRows));
        }
        // Squares of what is left of each row without the wholes below the means.
        let both = self.beyond(to, of);
        let own = self.squares.checked_sub(both).zip(to.squares.checked_sub(both));
        let exact = own.and_then(|(one, other)| one.checked_add(other));
        // Beyond the range they are that of the amounts they are made of, and no digits are lost.
        let squares = exact
            .map_or_else(|| double(self.squares) + double(to.squares) - 2.0 * double(both), double);
        let rest = double(to.rest - self.rest);
        let squares = (squares - rest * rest / n) / one / one * width * width;
        (Ok(mean), sound(squares, exact == Some(0)).map(|squares| squares / (n - 1.0)))
    }

    /// The sum of products of distances to the wholes below the means.
    fn beyond(&self, other: &Self, of: &Shared) -> i128 {
        let rows = i128::from(of.rows);
        let both = self.floor.wrapping_mul(other.floor).wrapping_mul(rows);
        let x = self.floor.wrapping_mul(of.y);
        let y = other.floor.wrapping_mul(of.x);
        of.xy.wrapping_sub(x).wrapping_sub(y).wrapping_add(both)
    }

    /// The sum of products of distances to the means.
    fn products(&self, other: &Self, of: &Shared) -> f64 {
        self.centred(self.beyond(other, of), other)
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
