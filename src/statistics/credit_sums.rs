//! What reliability needs of many rows, without the rows.

mod stored;

use super::deletion::Deletion;
use super::ratings::{self, RatingsError};

/// A credit of 1 in whole parts.
pub(super) const ONE: i64 = 1_000_000_000_000_000;

/// Credits are counted from here, so that their squares are as small as can be.
pub(super) const MIDDLE: i64 = ONE / 2;

/// The sums behind a [`Reliability`](super::Reliability) of credits: what remains of a table of any
/// number of rows, in memory that depends on the number of its columns alone.
///
/// A credit is a number from 0 to 1, and taken to the nearest 1e-15, as precise as scoring knows it;
/// every other number is refused. Sums are exact. Hence the rows may come in any order and in any
/// parts that are [merged](Self::merge), and the result is the same to the last bit. A table of
/// [`Ratings`](super::Ratings) is summed here, too, each value as the credit of its place between the
/// lowest and the highest of its column; of the same credits, figures differ by some 1e-15. There is room
/// for 500 million rows ([`MOST_ROWS`](Self::MOST_ROWS)); more cannot exist.
///
/// Where answers must stay where they are, the sums can be sent: they serialise, and what is read back passes
/// the check that rows of credits can have them, as far as items alone and each two of them tell.
///
/// ```
/// use digital_maturity::statistics::{CreditSums, Deletion, Ratings, Reliability};
///
/// let rows = [[0.75, 1.0, 0.75], [0.25, 0.5, 0.5], [0.5, 0.5, 0.25], [1.0, 0.75, 1.0]];
/// let names = ["vision", "funding", "training"];
/// let mut sums = CreditSums::new(names);
/// let mut others = CreditSums::new(names);
/// for row in &rows[..2] {
///     sums.push(&row.map(Some))?;
/// }
/// for row in &rows[2..] {
///     others.push(&row.map(Some))?;
/// }
/// sums.merge(&others)?;
///
/// let reliability = Reliability::from_sums(&sums, Deletion::Listwise);
/// assert_eq!((reliability.n, reliability.k), (4, 3));
/// let ratings = Ratings::from_rows(rows)?;
/// let same = Reliability::new(&ratings, Deletion::Listwise);
/// assert_eq!(format!("{:.9}", reliability.alpha), format!("{:.9}", same.alpha));
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditSums {
    names: Vec<String>,
    rows: u64,
    /// Rows in which at least one item is answered.
    answered: u64,
    /// Of rows in which all are.
    complete: Complete,
    /// Of the other rows, each two items that both are answered, by the first and then the second; an
    /// item with itself, too. Empty as long as there is no such row.
    partial: Vec<Shared>,
    /// The credits of the row in hand; none between rows.
    hand: Vec<Option<i64>>,
}

/// Sums of rows in which nothing is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Complete {
    rows: u64,
    /// By item.
    sums: Vec<i128>,
    /// By the first item and then the second, from itself on.
    products: Vec<i128>,
}

/// Sums of two items over the rows that answered both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    pub(super) rows: u64,
    pub(super) x: i128,
    pub(super) y: i128,
    pub(super) xx: i128,
    pub(super) yy: i128,
    pub(super) xy: i128,
}

impl CreditSums {
    /// How many rows there is room for: 500 million.
    pub const MOST_ROWS: u64 = ratings::MOST_ROWS;

    /// No rows yet of items with these names.
    pub fn new<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let k = names.len();
        let pairs = (1..=k).sum();
        Self {
            rows: 0,
            answered: 0,
            complete: Complete { rows: 0, sums: vec![0; k], products: vec![0; pairs] },
            partial: Vec::new(),
            hand: Vec::with_capacity(k),
            names,
        }
    }

    /// Adds a row: a credit for each item, or none.
    ///
    /// # Errors
    ///
    /// If there is not one for each item, one is not from 0 to 1, or there is no room for the row. It is then
    /// left out.
    ///
    /// ```
    /// # use digital_maturity::statistics::CreditSums;
    /// let mut sums = CreditSums::new(["vision", "funding"]);
    /// let error = sums.push(&[Some(0.5), Some(4.0)]).unwrap_err();
    /// assert_eq!(error.to_string(), "the value in row 0, column 1 is not from 0 to 1");
    /// assert_eq!(sums.rows(), 0);
    /// ```
    pub fn push(&mut self, credits: &[Option<f64>]) -> Result<&mut Self, RatingsError> {
        let taken = self.take(credits);
        self.hand.clear();
        taken.map(|()| self)
    }

    fn take(&mut self, credits: &[Option<f64>]) -> Result<(), RatingsError> {
        let row = || usize::try_from(self.rows).unwrap_or(usize::MAX);
        let (expected, found) = (self.names.len(), credits.len());
        if expected != found {
            return Err(RatingsError::Uneven { line: row(), expected, found });
        }
        for (column, credit) in credits.iter().enumerate() {
            let credit = match credit.map(parts) {
                Some(None) => return Err(RatingsError::NotACredit { row: row(), column }),
                Some(found) => found,
                None => None,
            };
            self.hand.push(credit);
        }
        self.rows = self.room(1)?;
        let answered = self.hand.iter().flatten().count();
        self.answered += u64::from(answered > 0);
        if answered > 0 && answered == self.hand.len() {
            self.complete.add(&self.hand);
        } else if answered > 0 {
            self.add_partial();
        }
        Ok(())
    }

    /// How many rows there are with so many more.
    fn room(&self, more: u64) -> Result<u64, RatingsError> {
        ratings::room(self.rows.saturating_add(more))
    }

    fn add_partial(&mut self) {
        self.partial.resize(self.complete.products.len(), Shared::default());
        let mut shared = self.partial.iter_mut();
        for (place, x) in self.hand.iter().enumerate() {
            let others = self.hand.iter().skip(place);
            for (y, shared) in others.zip(shared.by_ref()) {
                if let (Some(x), Some(y)) = (*x, *y) {
                    let (x, y) = (i128::from(x), i128::from(y));
                    shared.merge(&Shared { rows: 1, x, y, xx: x * x, yy: y * y, xy: x * y });
                }
            }
        }
    }

    /// Adds the rows of another one.
    ///
    /// # Errors
    ///
    /// If its items have other names, or there is no room for its rows. This one then stays as it was.
    pub fn merge(&mut self, other: &Self) -> Result<&mut Self, RatingsError> {
        if self.names != other.names {
            let (expected, found) = (self.names.len(), other.names.len());
            return Err(RatingsError::Labels { expected, found });
        }
        self.rows = self.room(other.rows)?;
        self.answered += other.answered;
        self.complete.merge(&other.complete);
        if !other.partial.is_empty() {
            self.partial.resize(other.partial.len(), Shared::default());
        }
        self.partial.iter_mut().zip(&other.partial).for_each(|(one, other)| one.merge(other));
        Ok(self)
    }

    /// How many rows there are.
    ///
    /// ```
    /// # use digital_maturity::statistics::CreditSums;
    /// let mut sums = CreditSums::new(["vision"]);
    /// sums.push(&[None])?;
    /// assert_eq!(sums.rows(), 1);
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// The names of the items.
    ///
    /// ```
    /// # use digital_maturity::statistics::CreditSums;
    /// assert_eq!(CreditSums::new(["vision", "funding"]).names(), ["vision", "funding"]);
    /// ```
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many rows are used, and each two items over the rows of these that answered both, by the
    /// first and then the second.
    pub(super) fn of(&self, deletion: Deletion) -> (usize, impl Iterator<Item = Shared>) {
        let (rows, partial) = match deletion {
            Deletion::Listwise => (self.complete.rows, [].as_slice()),
            Deletion::Pairwise => (self.answered, self.partial.as_slice()),
        };
        let mut partial = partial.iter();
        let shared = self.complete.shared().map(move |mut shared| {
            partial.next().into_iter().for_each(|others| shared.merge(others));
            shared
        });
        (usize::try_from(rows).unwrap_or(usize::MAX), shared)
    }
}

/// A credit in whole parts beyond the middle; `None` if it is not from 0 to 1.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "1e15 is below 2^53: the nearest whole is exact"
)]
fn parts(credit: f64) -> Option<i64> {
    (0.0..=1.0).contains(&credit).then(|| (credit * ONE as f64).round() as i64 - MIDDLE)
}

impl Complete {
    fn add(&mut self, row: &[Option<i64>]) {
        self.rows += 1;
        let mut products = self.products.iter_mut();
        for (place, (x, sum)) in row.iter().zip(&mut self.sums).enumerate() {
            let x = i128::from(x.unwrap_or(0));
            *sum += x;
            for (y, product) in row.iter().skip(place).zip(products.by_ref()) {
                *product += x * i128::from(y.unwrap_or(0));
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.sums.iter_mut().zip(&other.sums).for_each(|(one, other)| *one += other);
        self.products.iter_mut().zip(&other.products).for_each(|(one, other)| *one += other);
    }

    fn shared(&self) -> impl Iterator<Item = Shared> {
        let k = self.sums.len();
        // The square of item i is behind those of the items before, which have k, k - 1, .. products.
        let square =
            |i: usize| self.products.get(i * k - i * i.saturating_sub(1) / 2).copied().unwrap_or(0);
        let items: Vec<(i128, i128)> =
            self.sums.iter().enumerate().map(|(i, sum)| (*sum, square(i))).collect();
        let of = move |item: usize| items.get(item).copied().unwrap_or_default();
        let mut pair = (0, 0);
        self.products.iter().map(move |xy| {
            let (one, other) = pair;
            pair = if other + 1 < k { (one, other + 1) } else { (one + 1, one + 1) };
            let ((x, xx), (y, yy)) = (of(one), of(other));
            Shared { rows: self.rows, x, y, xx, yy, xy: *xy }
        })
    }
}

impl Shared {
    fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }
}
