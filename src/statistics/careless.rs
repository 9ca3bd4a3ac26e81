//! Who may have ticked without reading?
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::frequencies::Frequencies;
use super::ratings::{RatingsError, even, room};
use super::sums::count;
use super::{Statistic, Undefined};

/// How one respondent chose, whatever the questions were: signs of careless responding (Meade and Craig
/// 2012; Curran 2016). They are signs and no more: who agrees with everything may mean it, and questions
/// that count the other way round tell more.
///
/// Questions stand in the order in which they were asked, and a choice is the same if its code is. One
/// without an answer ends a run, as in R's `careless`, and is no choice.
///
/// ```
/// use digital_maturity::statistics::ResponsePattern;
///
/// // A column a question; 0 says that there is no answer.
/// let columns: [&[u8]; 4] = [&[3, 1, 0], &[3, 4, 0], &[3, 4, 0], &[3, 2, 0]];
/// let rows = ResponsePattern::from_columns(&columns, |code| code > 0)?;
/// assert!(rows[0].is_straight_line());
/// assert_eq!((rows[1].longest_run, rows[1].most_chosen), (2, 2));
/// assert_eq!(rows[1].most_chosen_share().value(), Some(0.5));
/// assert_eq!(rows[2].answered, 0);
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("longstring", "straightlining", "careless"))]
pub struct ResponsePattern {
    /// The questions with an answer.
    pub answered: usize,
    /// The most questions in a row with the same choice ("longstring"); 0 where nothing is answered.
    pub longest_run: usize,
    /// How often the choice was made that was made most often.
    pub most_chosen: usize,
    /// The other rows that have the same codes for all questions; 0 where nothing is answered.
    pub duplicates: usize,
}

/// How many respondents there are of each pattern.
///
/// ```
/// use digital_maturity::statistics::{CarelessCounts, ResponsePattern};
///
/// let columns: [&[u8]; 3] = [&[3, 1, 1, 0], &[3, 4, 4, 0], &[3, 2, 2, 0]];
/// let counts = CarelessCounts::new(&ResponsePattern::from_columns(&columns, |code| code > 0)?)?;
/// assert_eq!((counts.rows, counts.blank, counts.straight_lines, counts.duplicated), (4, 1, 1, 2));
/// assert!(counts.longest_runs.levels().eq([(1.0, 2), (3.0, 1)]));
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarelessCounts {
    /// All respondents.
    pub rows: usize,
    /// Those who answered nothing.
    pub blank: usize,
    /// Those who made one choice for all.
    pub straight_lines: usize,
    /// Those whose row another one equals.
    pub duplicated: usize,
    /// How long the longest runs are, of those who answered something.
    pub longest_runs: Frequencies,
}

impl ResponsePattern {
    /// Those of all rows, from columns of codes: one for each question, in the order in which they were
    /// asked. `is_answer` tells a choice from codes for unanswered, don't know or not applicable.
    ///
    /// # Errors
    ///
    /// The first column that is not as long as the first, or more rows than
    /// [`CreditSums::MOST_ROWS`](super::CreditSums::MOST_ROWS).
    ///
    /// # Cost
    ///
    /// Grows with the cells and the logarithm of the rows; rows that are alike for long are compared that far.
    pub fn from_columns<T: Ord + Copy>(
        columns: &[&[T]],
        is_answer: impl Fn(T) -> bool,
    ) -> Result<Vec<Self>, RatingsError> {
        let rows = room(columns.first().map_or(0, |codes| codes.len()))?;
        for (line, codes) in columns.iter().enumerate() {
            even(line, rows, codes.len())?;
        }
        let duplicates = duplicates(columns, rows);
        let mut hand = Vec::with_capacity(columns.len());
        let patterns = duplicates.into_iter().enumerate().map(|(row, duplicates)| {
            hand.clear();
            let codes = columns.iter().filter_map(|codes| codes.get(row).copied());
            hand.extend(codes.map(|code| Some(code).filter(|code| is_answer(*code))));
            let pattern = Self::of_choices(&mut hand);
            Self { duplicates: if pattern.answered > 0 { duplicates } else { 0 }, ..pattern }
        });
        Ok(patterns.collect())
    }

    /// That of these choices, in the order in which they were asked, where there is no other row. They are
    /// left in another order.
    pub(crate) fn of_choices<T: Ord>(choices: &mut [Option<T>]) -> Self {
        let longest_run = most_alike(choices);
        choices.sort_unstable();
        let answered = choices.iter().flatten().count();
        Self { answered, longest_run, most_chosen: most_alike(choices), duplicates: 0 }
    }

    /// The share of the answers that are the choice made most often, from 0 to 1. Undefined where nothing is
    /// answered.
    #[must_use]
    pub fn most_chosen_share(&self) -> Statistic {
        Statistic::of(match self.answered {
            0 => Err(Undefined::TooFewItems),
            answered => Ok(count(self.most_chosen) / count(answered)),
        })
    }

    /// Whether two questions or more are answered, and all with one choice.
    ///
    /// ```
    /// # use digital_maturity::statistics::ResponsePattern;
    /// let columns: [&[u8]; 3] = [&[5, 0], &[0, 0], &[5, 5]];
    /// let rows = ResponsePattern::from_columns(&columns, |code| code > 0)?;
    /// assert_eq!([0, 1].map(|row: usize| rows[row].is_straight_line()), [true, false]);
    /// # Ok::<(), digital_maturity::statistics::RatingsError>(())
    /// ```
    #[must_use]
    pub const fn is_straight_line(&self) -> bool {
        self.answered >= 2 && self.most_chosen == self.answered
    }
}

impl CarelessCounts {
    /// Of these respondents.
    ///
    /// # Errors
    ///
    /// If they are more than [`CreditSums::MOST_ROWS`](super::CreditSums::MOST_ROWS).
    pub fn new(patterns: &[ResponsePattern]) -> Result<Self, RatingsError> {
        let number = |is: fn(&ResponsePattern) -> bool| patterns.iter().filter(|of| is(of)).count();
        let answered = patterns.iter().filter(|of| of.answered > 0);
        Ok(Self {
            rows: room(patterns.len())?,
            blank: number(|of| of.answered == 0),
            straight_lines: number(ResponsePattern::is_straight_line),
            duplicated: number(|of| of.duplicates > 0),
            longest_runs: Frequencies::from_values(answered.map(|of| count(of.longest_run)))?,
        })
    }
}

/// The most choices that are the same and stand beside each other.
fn most_alike<T: Eq>(choices: &[Option<T>]) -> usize {
    let runs = choices.chunk_by(|one, other| one == other);
    runs.filter(|run| run.first().is_some_and(Option::is_some)).map(<[_]>::len).max().unwrap_or(0)
}

/// How many other rows are the same, by row.
fn duplicates<T: Ord>(columns: &[&[T]], rows: usize) -> Vec<usize> {
    let compare = |one: &usize, other: &usize| {
        let codes = columns.iter().map(|codes| codes.get(*one).cmp(&codes.get(*other)));
        codes.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    };
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_unstable_by(compare);
    let mut duplicates = vec![0; rows];
    for alike in order.chunk_by(|one, other| compare(one, other).is_eq()) {
        for row in alike {
            duplicates.get_mut(*row).into_iter().for_each(|of| *of = alike.len() - 1);
        }
    }
    duplicates
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn patterns(rows: &[&[u8]]) -> Vec<ResponsePattern> {
        let columns: Vec<Vec<u8>> =
            (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect();
        let columns: Vec<&[u8]> = columns.iter().map(Vec::as_slice).collect();
        ResponsePattern::from_columns(&columns, |code| code > 0).unwrap()
    }

    #[test]
    fn a_gap_ends_a_run_and_is_no_choice() {
        // Codes; answered, longest run, most chosen, whether a straight line: by hand.
        for (row, answered, longest_run, most_chosen, straight) in [
            (&[4_u8, 4, 4, 4][..], 4, 4, 4, true),
            (&[4, 4, 0, 4], 3, 2, 3, true),
            (&[4, 0, 0, 0], 1, 1, 1, false),
            (&[0, 0, 0, 0], 0, 0, 0, false),
            (&[1, 2, 1, 2], 4, 1, 2, false),
            (&[2, 1, 1, 2, 2, 2, 1], 7, 3, 4, false),
            (&[0, 0, 0, 3, 3, 1], 3, 2, 2, false),
        ] {
            let found = patterns(&[row])[0];
            let expected = ResponsePattern { answered, longest_run, most_chosen, duplicates: 0 };
            assert_eq!((found, found.is_straight_line()), (expected, straight), "{row:?}");
        }
        assert_eq!(patterns(&[&[0, 0]])[0].most_chosen_share().get(), Err(Undefined::TooFewItems));
    }

    #[test]
    fn columns_of_unequal_length_are_refused_and_no_columns_have_no_rows() {
        let uneven = ResponsePattern::from_columns(&[&[1, 2][..], &[1]], |_| true);
        assert_eq!(uneven, Err(RatingsError::Uneven { line: 1, expected: 2, found: 1 }));
        assert_eq!(ResponsePattern::from_columns::<u8>(&[], |_| true), Ok(Vec::new()));
        assert_eq!(CarelessCounts::new(&[]), Ok(CarelessCounts::default()));
    }

    proptest! {
        /// Every stretch of questions, every choice and every other row, one by one.
        #[test]
        fn patterns_are_those_of_the_slow_way(
            rows in (1..7_usize).prop_flat_map(|k| {
                prop::collection::vec(prop::collection::vec(0..3_u8, k), 1..12)
            }),
        ) {
            let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
            let found = patterns(&slices);
            for (at, (row, found)) in rows.iter().zip(&found).enumerate() {
                let mut longest = 0;
                for from in 0..row.len() {
                    for to in from..row.len() {
                        let all = &row[from..=to];
                        if all.iter().all(|code| *code == row[from] && *code > 0) {
                            longest = longest.max(all.len());
                        }
                    }
                }
                let often = |choice: u8| row.iter().copied().filter(|code| choice.eq(code)).count();
                let others = rows.iter().enumerate().filter(|(other, of)| *other != at && *of == row);
                let answered = row.len() - often(0);
                prop_assert_eq!(*found, ResponsePattern {
                    answered,
                    longest_run: longest,
                    most_chosen: often(1).max(often(2)),
                    duplicates: if answered > 0 { others.count() } else { 0 },
                });
            }
            let counts = CarelessCounts::new(&found).unwrap();
            prop_assert_eq!(counts.longest_runs.n(), (counts.rows - counts.blank) as u64);
        }
    }
}
