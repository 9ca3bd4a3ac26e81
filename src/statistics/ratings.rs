//! The table that statistics are taken of.

use std::collections::BTreeMap;
use std::fmt;

use crate::answers::AnswerSheet;
use crate::questionnaire::{OtherQuestionnaire, Question};

/// A table of finite numbers, some of them missing: a row for each respondent (or whatever is rated),
/// a column for each item (or rater).
///
/// NaN and infinity do not exist in it, and a missing value is missing: no statistic fills it in. The
/// values stay as they are given; an item that counts the other way round is reversed by the caller,
/// with the ends of its scale (`low + high - x`), never with the lowest and highest value observed.
///
/// A cell takes eight bytes, column by column.
///
/// ```
/// use digital_maturity::statistics::Ratings;
///
/// let ratings = Ratings::from_rows([
///     [Some(4.0), Some(3.0)],
///     [Some(2.0), None],
/// ])?.with_names(["vision", "funding"])?;
/// assert_eq!((ratings.rows(), ratings.columns()), (2, 2));
/// assert_eq!(ratings.get(1, 1), None);
/// assert_eq!(ratings.name(0), Some("vision"));
///
/// let error = Ratings::from_columns([[1.0, f64::NAN]]).unwrap_err();
/// assert_eq!(error.to_string(), "the value in row 1, column 0 is not a finite number");
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone)]
pub struct Ratings {
    rows: usize,
    /// A missing value is `MISSING`, which no given value can be.
    columns: Vec<Vec<f64>>,
    /// Empty, or one a column.
    names: Vec<String>,
}

/// Half the size of an `Option`; it never leaves this module.
const MISSING: f64 = f64::NAN;

/// For how many rows sums have room: products are at most 2.5e29, and their sums below 2^127.
pub(super) const MOST_ROWS: u64 = 500_000_000;

/// Why values are not [`Ratings`] or [`Groups`](super::Groups): the first fault, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RatingsError {
    /// A value is NaN or infinite.
    #[error("the value in row {row}, column {column} is not a finite number")]
    NotFinite {
        /// The row, from 0.
        row: usize,
        /// The column, from 0; in groups, that of the values.
        column: usize,
    },
    /// A row or a column has more or fewer values than the first.
    #[error("line {line} has {found} values, the first has {expected}")]
    Uneven {
        /// Which row, if rows were given, or column, from 0.
        line: usize,
        /// How many values the first has.
        expected: usize,
        /// How many this one has.
        found: usize,
    },
    /// A value that should be a credit is not from 0 to 1.
    #[error("the value in row {row}, column {column} is not from 0 to 1")]
    NotACredit {
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// There are more rows than their sums have room for.
    #[error("no room for more than {most} rows")]
    TooManyRows {
        /// For how many there is.
        most: u64,
    },
    /// A weight is 0 where the rows are summed already, and the item can no longer be left out of them.
    #[error("the weight of item {item} is 0: leave it out before rows are summed")]
    ZeroWeight {
        /// The item, from 0.
        item: usize,
    },
    /// There is not one name for each column, one key for each row, or one weight for each item.
    #[error("{found} names, keys or weights for {expected}")]
    Labels {
        /// How many columns or rows there are.
        expected: usize,
        /// How many names, keys or weights are given.
        found: usize,
    },
    /// A sheet answers a questionnaire that scores differently from that of the first.
    #[error("sheet {row} and the first are of {reason}")]
    OtherQuestionnaire {
        /// The sheet, from 0.
        row: usize,
        /// Which questionnaire it answers, and which it should.
        #[source]
        reason: OtherQuestionnaire,
    },
}

impl Ratings {
    /// A table from its columns. A value is an `f64` or an `Option<f64>`.
    ///
    /// # Errors
    ///
    /// The first value that is not finite, or column that is not as long as the first, or of more rows than
    /// [`CreditSums::MOST_ROWS`](super::CreditSums::MOST_ROWS).
    ///
    /// ```
    /// # use digital_maturity::statistics::Ratings;
    /// let ratings = Ratings::from_columns([vec![1.0, 2.0], vec![3.0, 5.0]])?;
    /// assert_eq!(ratings.get(1, 0), Some(2.0));
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    pub fn from_columns<C, V>(columns: impl IntoIterator<Item = C>) -> Result<Self, RatingsError>
    where
        C: IntoIterator<Item = V>,
        V: Into<Option<f64>>,
    {
        let mut table = Self { rows: 0, columns: Vec::new(), names: Vec::new() };
        for (column, values) in columns.into_iter().enumerate() {
            let cells = values.into_iter().enumerate();
            let cells = cells.map(|(row, value)| cell(value.into(), row, column));
            let cells = cells.collect::<Result<Vec<f64>, _>>()?;
            if column == 0 {
                table.rows = room(cells.len())?;
            }
            even(column, table.rows, cells.len())?;
            table.columns.push(cells);
        }
        Ok(table)
    }

    /// A table from its rows. A value is an `f64` or an `Option<f64>`.
    ///
    /// # Errors
    ///
    /// The first value that is not finite, or row that is not as long as the first, or beyond
    /// [`CreditSums::MOST_ROWS`](super::CreditSums::MOST_ROWS).
    ///
    /// ```
    /// # use digital_maturity::statistics::{Ratings, RatingsError};
    /// let error = Ratings::from_rows([vec![1.0, 2.0], vec![3.0]]).unwrap_err();
    /// assert_eq!(error, RatingsError::Uneven { line: 1, expected: 2, found: 1 });
    /// ```
    pub fn from_rows<R, V>(rows: impl IntoIterator<Item = R>) -> Result<Self, RatingsError>
    where
        R: IntoIterator<Item = V>,
        V: Into<Option<f64>>,
    {
        let mut table = Self { rows: 0, columns: Vec::new(), names: Vec::new() };
        for (row, values) in rows.into_iter().enumerate() {
            let cells = values.into_iter().enumerate();
            let cells = cells.map(|(column, value)| cell(value.into(), row, column));
            let cells = cells.collect::<Result<Vec<f64>, _>>()?;
            if row == 0 {
                table.columns.resize(cells.len(), Vec::new());
            }
            even(row, table.columns.len(), cells.len())?;
            table.columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
            table.rows = room(table.rows + 1)?;
        }
        Ok(table)
    }

    /// Columns of so many credits each, with their names; what is missing is `None`.
    pub(crate) fn of_credits(
        rows: usize,
        columns: impl Iterator<Item = (String, Vec<Option<f64>>)>,
    ) -> Self {
        let cells = |credits: Vec<Option<f64>>| {
            debug_assert_eq!(credits.len(), rows, "a column has a cell for each row");
            credits.into_iter().map(|credit| credit.unwrap_or(MISSING)).collect()
        };
        let (names, columns) = columns.map(|(name, credits)| (name, cells(credits))).unzip();
        Self { rows, columns, names }
    }

    /// The credits of the questions that are chosen, by sheet and question, with the ids as names.
    /// A credit is from 0 to 1, `reverse` applied. Whatever is not an answer to a question that is
    /// asked (unanswered, don't know, not applicable, not asked) is missing, also where it counts as
    /// 0 in a score.
    ///
    /// # Errors
    ///
    /// The first sheet of a questionnaire with another fingerprint than that of the first sheet, or more of
    /// them than [`CreditSums::MOST_ROWS`](super::CreditSums::MOST_ROWS).
    ///
    /// ```
    /// use digital_maturity::{Answer, Pillar, Questionnaire};
    /// use digital_maturity::statistics::Ratings;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// let id = pulse.questions().next().unwrap().id();
    /// sheet.set(id, 4)?;
    /// let sheets = [sheet, pulse.sheet()];
    ///
    /// let pillar = |pillar| Ratings::from_sheets(&sheets, |question| question.pillar() == pillar);
    /// let mindset = pillar(Pillar::DigitalFirstMindset)?;
    /// assert_eq!((mindset.rows(), mindset.columns(), mindset.name(0)), (2, 3, Some(id)));
    /// assert_eq!((mindset.get(0, 0), mindset.get(1, 0)), (Some(0.75), None));
    ///
    /// let theme = |id: &'static str| {
    ///     Ratings::from_sheets(&sheets, move |question| question.themes().any(|theme| theme.id == id))
    /// };
    /// assert_eq!(theme("no_such_theme")?.columns(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_sheets(
        sheets: &[AnswerSheet],
        chosen: impl Fn(Question<'_>) -> bool,
    ) -> Result<Self, RatingsError> {
        let rows = room(sheets.len())?;
        let mut table = Self { rows, columns: Vec::new(), names: Vec::new() };
        let Some(first) = sheets.first().map(AnswerSheet::questionnaire) else { return Ok(table) };
        let chosen: Vec<bool> = first.questions().map(chosen).collect();
        for (question, _) in first.questions().zip(&chosen).filter(|(_, chosen)| **chosen) {
            table.columns.push(Vec::with_capacity(sheets.len()));
            table.names.push(question.id().to_owned());
        }
        for (row, sheet) in sheets.iter().enumerate() {
            OtherQuestionnaire::check(first, sheet.questionnaire())
                .map_err(|reason| RatingsError::OtherQuestionnaire { row, reason })?;
            let mut columns = table.columns.iter_mut();
            sheet.outcomes(|position, _, outcome| {
                if chosen.get(position) == Some(&true) {
                    let rating = outcome.rating().unwrap_or(MISSING);
                    columns.next().into_iter().for_each(|cells| cells.push(rating));
                }
            });
        }
        Ok(table)
    }

    /// The same table with a name for each column, which results then carry.
    ///
    /// # Errors
    ///
    /// If there is not one name for each column.
    pub fn with_names<N: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = N>,
    ) -> Result<Self, RatingsError> {
        self.names = names.into_iter().map(Into::into).collect();
        let (expected, found) = (self.columns.len(), self.names.len());
        if expected == found { Ok(self) } else { Err(RatingsError::Labels { expected, found }) }
    }

    /// One table for each key, such as an organisation, of the rows with that key.
    ///
    /// # Errors
    ///
    /// If there is not one key for each row.
    ///
    /// ```
    /// # use digital_maturity::statistics::Ratings;
    /// let ratings = Ratings::from_rows([[1.0], [2.0], [3.0]])?;
    /// let by = ratings.split_by(["north", "south", "north"])?;
    /// assert_eq!(by["north"], Ratings::from_rows([[1.0], [3.0]])?);
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    pub fn split_by<K: Ord>(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<BTreeMap<K, Self>, RatingsError> {
        let mut rows_of = BTreeMap::<K, Vec<usize>>::new();
        let mut found = 0;
        for (row, key) in keys.into_iter().enumerate() {
            rows_of.entry(key).or_default().push(row);
            found += 1;
        }
        if found != self.rows {
            return Err(RatingsError::Labels { expected: self.rows, found });
        }
        Ok(rows_of.into_iter().map(|(key, rows)| (key, self.picked(&rows))).collect())
    }

    fn picked(&self, rows: &[usize]) -> Self {
        let pick = |cells: &Vec<f64>| -> Vec<f64> {
            rows.iter().filter_map(|&row| cells.get(row).copied()).collect()
        };
        Self {
            rows: rows.len(),
            columns: self.columns.iter().map(pick).collect(),
            names: self.names.clone(),
        }
    }

    /// The number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// A value; `None` if it is missing, or there is no such cell.
    #[must_use]
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        present(*self.columns.get(column)?.get(row)?)
    }

    /// The name of a column, if it has one.
    #[must_use]
    pub fn name(&self, column: usize) -> Option<&str> {
        self.names.get(column).map(String::as_str)
    }

    /// Empty, or one a column.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The columns as they lie in memory; what is missing is no number, see [`present`].
    pub(super) fn cells(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// The table without some of its columns; `kept` has one for each.
    pub(super) fn only(&self, kept: &[bool]) -> Self {
        fn picked<T: Clone>(of: &[T], kept: &[bool]) -> Vec<T> {
            of.iter().zip(kept).filter(|(_, kept)| **kept).map(|(one, _)| one.clone()).collect()
        }
        Self {
            rows: self.rows,
            columns: picked(&self.columns, kept),
            names: picked(&self.names, kept),
        }
    }

    /// The rows in which nothing is missing. Without columns no row is complete.
    pub(super) fn complete(&self) -> Self {
        let mut complete = vec![!self.columns.is_empty(); self.rows];
        for cells in &self.columns {
            for (complete, cell) in complete.iter_mut().zip(cells) {
                *complete &= !cell.is_nan();
            }
        }
        let rows = (0..).zip(complete).filter(|(_, complete)| *complete);
        self.picked(&rows.map(|(row, _)| row).collect::<Vec<_>>())
    }

    /// The values of each row, without those that are missing.
    pub(super) fn values_by_row(&self) -> impl Iterator<Item = Vec<f64>> {
        let value = move |row, column| self.get(row, column);
        (0..self.rows)
            .map(move |row| (0..self.columns()).filter_map(|column| value(row, column)).collect())
    }
}

/// The value in a cell, if it is not missing.
pub(super) fn present(cell: f64) -> Option<f64> {
    (!cell.is_nan()).then_some(cell)
}

/// A value as it is stored. Adding 0 leaves every value as it is but for -0, which becomes 0, so that
/// equal values have equal bits.
#[expect(clippy::float_arithmetic, reason = "-0 + 0 is 0")]
pub(super) fn cell(value: Option<f64>, row: usize, column: usize) -> Result<f64, RatingsError> {
    match value {
        None => Ok(MISSING),
        Some(value) if value.is_finite() => Ok(value + 0.0),
        Some(_) => Err(RatingsError::NotFinite { row, column }),
    }
}

/// So many rows, if their sums have room for them.
pub(super) fn room<N: Copy + TryInto<u64>>(rows: N) -> Result<N, RatingsError> {
    let most = MOST_ROWS;
    let fits = rows.try_into().is_ok_and(|rows| rows <= most);
    if fits { Ok(rows) } else { Err(RatingsError::TooManyRows { most }) }
}

/// That a line is as long as the first.
pub(super) fn even(line: usize, expected: usize, found: usize) -> Result<(), RatingsError> {
    if expected == found { Ok(()) } else { Err(RatingsError::Uneven { line, expected, found }) }
}

/// Two tables are equal if their values, names and gaps are.
impl PartialEq for Ratings {
    fn eq(&self, other: &Self) -> bool {
        let bits = |table: &Self| -> Vec<u64> {
            table.columns.iter().flatten().map(|cell| cell.to_bits()).collect()
        };
        (self.rows, self.columns.len(), &self.names)
            == (other.rows, other.columns.len(), &other.names)
            && bits(self) == bits(other)
    }
}

impl fmt::Debug for Ratings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ratings")
            .field("rows", &self.rows)
            .field("columns", &self.columns.len())
            .field("names", &self.names)
            .finish_non_exhaustive()
    }
}
