//! How often each value of an item occurs.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::difference::Moments;
use super::ratings::{Ratings, RatingsError, cell, room};
use super::sums::{rows, sum};
use super::{Statistic, Undefined};

/// How often each value of an item occurs, and how often there is none: what a table of items shows beside
/// reliability. Values that do not occur are none of its levels; more rows than 500 million
/// ([`CreditSums::MOST_ROWS`](super::CreditSums::MOST_ROWS)) do not exist.
///
/// Counts are exact, and figures are taken from the levels, lowest first: rows may come in any order and in
/// any parts that are [merged](Self::merge). The memory grows with the levels, not with the rows.
///
/// ```
/// use digital_maturity::statistics::Frequencies;
///
/// let answers = Frequencies::from_values([Some(3.0), Some(1.0), None, Some(3.0), Some(5.0)])?;
/// assert_eq!((answers.n(), answers.missing()), (4, 1));
/// assert!(answers.levels().eq([(1.0, 1), (3.0, 2), (5.0, 1)]));
/// // Of a scale from 1 to 5: floor and ceiling.
/// assert_eq!((answers.share(1.0).value(), answers.share(5.0).value()), (Some(0.25), Some(0.25)));
/// assert_eq!(answers.moments().mean.value(), Some(3.0));
///
/// let text = r#"{"missing":1,"levels":[[1.0,1],[3.0,2],[5.0,1]]}"#;
/// assert_eq!(serde_json::to_string(&answers)?, text);
/// assert_eq!(serde_json::from_str::<Frequencies>(text)?, answers);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Stored")]
#[doc(alias("histogram", "floor", "ceiling"))]
pub struct Frequencies {
    missing: u64,
    /// The sum of how often levels occur.
    n: u64,
    levels: BTreeMap<Level, u64>,
}

/// A finite value that is not -0, in the order of numbers.
#[derive(Clone, Copy, Debug)]
struct Level(f64);

impl Ord for Level {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Level {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Level {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Level {}

/// How often each value of an item occurs, and how often there is none.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename = "Frequencies", deny_unknown_fields)]
struct Stored {
    /// The rows without a value.
    missing: u64,
    /// Each value that occurs, lowest first, and how often.
    levels: Vec<(f64, u64)>,
}

impl Serialize for Frequencies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored { missing: self.missing, levels: self.levels().collect() }.serialize(serializer)
    }
}

impl TryFrom<Stored> for Frequencies {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let mut read = Self { missing: stored.missing, n: 0, levels: BTreeMap::new() };
        for (row, (value, count)) in stored.levels.into_iter().enumerate() {
            let level = Level(cell(Some(value), row, 0).map_err(|error| error.to_string())?);
            if count == 0 {
                return Err(format!("the value {value} does not occur"));
            }
            if read.levels.last_key_value().is_some_and(|(last, _)| *last >= level) {
                return Err(format!("the value {value} is not above the one before"));
            }
            read.levels.insert(level, count);
        }
        let counts = read.levels.values().fold(read.missing, |all, of| all.saturating_add(*of));
        room(counts).map_err(|error| error.to_string())?;
        read.n = counts - read.missing;
        Ok(read)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Frequencies {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Stored::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Stored::json_schema(generator)
    }
}

impl Frequencies {
    /// Of these values. A value is an `f64` or an `Option<f64>`; one that is missing is counted as such.
    ///
    /// # Errors
    ///
    /// The first value that is not finite, or for which there is no room.
    ///
    /// # Cost
    ///
    /// Grows with the values, and the logarithm of the levels.
    pub fn from_values<V: Into<Option<f64>>>(
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, RatingsError> {
        let mut frequencies = Self::default();
        for value in values {
            frequencies.push(value)?;
        }
        Ok(frequencies)
    }

    /// Of credits, ascending, and how often each occurs: of no more rows than there is room for.
    pub(crate) fn of_credits(missing: u64, levels: &[(f64, u64)]) -> Self {
        let n = levels.iter().map(|(_, times)| times).sum();
        let levels = levels.iter().map(|(credit, times)| (Level(*credit), *times)).collect();
        Self { missing, n, levels }
    }

    /// Of each column of a table.
    ///
    /// ```
    /// # use digital_maturity::statistics::{Frequencies, Ratings};
    /// let answers = Ratings::from_rows([[Some(4.0), None], [Some(2.0), Some(5.0)]])?;
    /// let items = Frequencies::from_columns(&answers);
    /// assert_eq!((items[0].n(), items[1].n(), items[1].missing()), (2, 1, 1));
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn from_columns(ratings: &Ratings) -> Vec<Self> {
        let cells = |column| (0..ratings.rows()).map(move |row| ratings.get(row, column));
        let of = |column| {
            let frequencies = Self::from_values(cells(column));
            debug_assert!(frequencies.is_ok(), "what a table holds is finite, and there is room");
            frequencies.unwrap_or_default()
        };
        (0..ratings.columns()).map(of).collect()
    }

    /// Adds a value, or a row without one.
    ///
    /// # Errors
    ///
    /// If the value is not finite, or there is no room for it. Nothing is added then.
    pub fn push(&mut self, value: impl Into<Option<f64>>) -> Result<&mut Self, RatingsError> {
        self.push_times(value.into(), 1)
    }

    /// Adds so many rows of the same value, or without one; none for nothing.
    pub(crate) fn push_times(
        &mut self,
        value: Option<f64>,
        times: u64,
    ) -> Result<&mut Self, RatingsError> {
        let rows = self.rows();
        room(rows.saturating_add(times))?;
        match value {
            _ if times == 0 => {}
            None => self.missing += times,
            found => {
                let place = usize::try_from(rows).unwrap_or(usize::MAX);
                *self.levels.entry(Level(cell(found, place, 0)?)).or_default() += times;
                self.n += times;
            }
        }
        Ok(self)
    }

    /// Adds the rows of another part.
    ///
    /// # Errors
    ///
    /// If there is no room for them. Nothing is added then.
    ///
    /// ```
    /// # use digital_maturity::statistics::Frequencies;
    /// let mut north = Frequencies::from_values([0.5, 1.0])?;
    /// north.merge(&Frequencies::from_values([None, Some(0.5)])?)?;
    /// assert_eq!(north, Frequencies::from_values([Some(0.5), None, Some(0.5), Some(1.0)])?);
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<&mut Self, RatingsError> {
        room(self.rows() + other.rows())?;
        self.missing += other.missing;
        self.n += other.n;
        for (level, count) in &other.levels {
            *self.levels.entry(*level).or_default() += count;
        }
        Ok(self)
    }

    /// How many rows have a value.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// How many rows have none.
    #[must_use]
    pub const fn missing(&self) -> u64 {
        self.missing
    }

    const fn rows(&self) -> u64 {
        self.n + self.missing
    }

    /// Each value that occurs, lowest first, and how often.
    pub fn levels(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        self.levels.iter().map(|(level, count)| (level.0, *count))
    }

    /// How often exactly that value occurs.
    ///
    /// ```
    /// # use digital_maturity::statistics::Frequencies;
    /// let answers = Frequencies::from_values([0.25, 0.25, 1.0])?;
    /// assert_eq!((answers.count(0.25), answers.count(0.5)), (2, 0));
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub fn count(&self, value: f64) -> u64 {
        let level = Level(value + 0.0); // -0 is 0
        self.levels.get(&level).copied().unwrap_or(0)
    }

    /// Its share of the rows that have a value, from 0 to 1: with the ends of the scale, which need not occur,
    /// the floor and the ceiling; above 0.15 one speaks of an effect (Terwee and others 2007). Undefined
    /// where no row has one.
    #[must_use]
    pub fn share(&self, value: f64) -> Statistic {
        Statistic::of(match self.n() {
            0 => Err(Undefined::TooFewRows),
            n => Ok(rows(self.count(value)) / rows(n)),
        })
    }

    /// How many values there are, their mean and their variance. Where one level alone occurs, the mean is
    /// that value, and the variance 0.
    #[must_use]
    pub fn moments(&self) -> Moments {
        let n = self.n();
        let levels = || self.levels().map(|(value, count)| (value, rows(count)));
        // From the lowest, so that values around 1e9 lose no more digits than around 0.
        let first = self.levels.keys().next().map_or(0.0, |level| level.0);
        let beyond = sum(levels().map(|(value, count)| (value - first) * count)) / rows(n.max(1));
        let squares = sum(levels().map(|(value, count)| {
            let distance = (value - first) - beyond;
            distance * distance * count
        }));
        let enough = |least: u64| if n < least { Err(Undefined::TooFewRows) } else { Ok(()) };
        let less = rows(n.saturating_sub(1).max(1));
        Moments {
            n: usize::try_from(n).unwrap_or(usize::MAX),
            mean: Statistic::of(enough(1).map(|()| first + beyond)),
            variance: Statistic::of(enough(2).map(|()| squares / less)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::CreditSums;

    fn of(values: &[Option<f64>]) -> Frequencies {
        Frequencies::from_values(values.iter().copied()).unwrap()
    }

    #[test]
    fn a_negative_zero_is_zero_and_numbers_stand_in_their_order() {
        let found = of(&[Some(0.0), Some(-0.0), Some(-2.5), None, Some(10.0), Some(9.0)]);
        assert!(found.levels().eq([(-2.5, 1), (0.0, 2), (9.0, 1), (10.0, 1)]));
        assert_eq!((found.count(-0.0), found.count(f64::NAN)), (2, 0));
    }

    #[test]
    fn what_is_no_value_is_refused_with_its_row() {
        let mut found = of(&[Some(1.0), None]);
        let error = found.push(f64::INFINITY).unwrap_err();
        assert_eq!(error, RatingsError::NotFinite { row: 2, column: 0 });
        assert_eq!(found, of(&[Some(1.0), None]));
    }

    #[test]
    fn nothing_and_one_value_have_no_variance_and_like_values_have_0() {
        let nothing = of(&[None]);
        for figure in
            [nothing.share(1.0), nothing.moments().mean, of(&[Some(1.0)]).moments().variance]
        {
            assert_eq!(figure.get(), Err(Undefined::TooFewRows));
        }
        let alike = of(&[Some(0.1); 3]).moments();
        assert_eq!((alike.mean.value(), alike.variance.value()), (Some(0.1), Some(0.0)));
        // Far from 0: 1e9 and two halves beyond, a variance of 1/4 by hand.
        let far = of(&[Some(1e9), Some(1e9 + 0.5), Some(1e9 + 1.0)]).moments();
        assert_eq!((far.mean.value(), far.variance.value()), (Some(1e9 + 0.5), Some(0.25)));
    }

    #[test]
    fn documents_that_no_rows_have_are_refused() {
        let most = CreditSums::MOST_ROWS;
        for text in [
            r#"{"missing":0,"levels":[[1.0,0]]}"#.to_owned(),
            r#"{"missing":0,"levels":[[2.0,1],[1.0,1]]}"#.to_owned(),
            r#"{"missing":0,"levels":[[0.0,1],[-0.0,1]]}"#.to_owned(),
            r#"{"missing":-1,"levels":[]}"#.to_owned(),
            r#"{"missing":0,"levels":[],"more":1}"#.to_owned(),
            format!(r#"{{"missing":{most},"levels":[[1.0,1]]}}"#),
            format!(r#"{{"missing":0,"levels":[[1.0,{0}],[2.0,{0}]]}}"#, u64::MAX),
        ] {
            assert!(serde_json::from_str::<Frequencies>(&text).is_err(), "{text}");
        }
        let full = format!(r#"{{"missing":0,"levels":[[1.0,{most}]]}}"#);
        let mut full: Frequencies = serde_json::from_str(&full).unwrap();
        assert_eq!(full.push(1.0).unwrap_err(), RatingsError::TooManyRows { most });
        assert!(full.merge(&of(&[None])).is_err() && full.merge(&of(&[])).is_ok());
    }

    proptest! {
        #[test]
        fn parts_in_any_order_are_the_whole(
            mut values in prop::collection::vec(prop::option::of((0..9_u8).prop_map(f64::from)), 0..40),
            cut in any::<prop::sample::Index>(),
        ) {
            let whole = of(&values);
            let (one, other) = values.split_at(cut.index(values.len() + 1));
            let mut merged = of(other);
            prop_assert_eq!(merged.merge(&of(one)).unwrap(), &whole);
            values.reverse();
            prop_assert_eq!(&of(&values), &whole);
            let present: Vec<f64> = values.iter().copied().flatten().collect();
            prop_assert_eq!(whole.n(), present.len() as u64);
            for level in 0..9 {
                let slow = present.iter().filter(|of| of.total_cmp(&level.into()).is_eq()).count();
                prop_assert_eq!(whole.count(level.into()), slow as u64);
            }
            // Against the values one by one; some tens of roundings of figures below 100.
            let (found, slow) = (whole.moments(), Moments::of(&present));
            prop_assert_eq!(found.n, slow.n);
            for (found, slow) in [(found.mean, slow.mean), (found.variance, slow.variance)] {
                match (found.get(), slow.get()) {
                    (Ok(found), Ok(slow)) => prop_assert!((found - slow).abs() <= 1e-13 * 100.0),
                    (found, slow) => prop_assert_eq!(found, slow),
                }
            }
        }
    }
}
