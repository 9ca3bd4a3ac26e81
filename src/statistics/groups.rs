//! Values of respondents, by the organisation that they belong to.

use std::collections::BTreeMap;

use super::ratings::{Ratings, RatingsError, cell, present};

/// Finite numbers in groups of any size, such as the scores of respondents by organisation. A group
/// without a value does not exist.
///
/// ```
/// use digital_maturity::statistics::Groups;
///
/// let groups = Groups::from_pairs([("north", 0.5), ("south", 0.75), ("north", 0.625)])?;
/// assert_eq!((groups.len(), groups.values()), (2, 3));
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Groups(Vec<Vec<f64>>);

impl Groups {
    /// From values, each with the key of its group. A value is an `f64` or an `Option<f64>`; one that
    /// is missing is left out. Groups come in the order of their keys, which changes no figure but in
    /// its last digits.
    ///
    /// # Errors
    ///
    /// The first value that is not finite.
    pub fn from_pairs<K: Ord, V: Into<Option<f64>>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, RatingsError> {
        let mut groups = BTreeMap::<K, Vec<f64>>::new();
        for (row, (key, value)) in pairs.into_iter().enumerate() {
            if let Some(value) = present(cell(value.into(), row, 0)?) {
                groups.entry(key).or_default().push(value);
            }
        }
        Ok(Self(groups.into_values().collect()))
    }

    /// Of values that are finite, in groups none of which is empty.
    pub(crate) const fn of_finite(groups: Vec<Vec<f64>>) -> Self {
        Self(groups)
    }

    /// The number of groups.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of values in all groups.
    #[must_use]
    pub fn values(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    pub(super) fn groups(&self) -> &[Vec<f64>] {
        &self.0
    }
}

/// Each row is a group: a target, and what its raters gave it. Rows without a value are left out.
///
/// ```
/// # use digital_maturity::statistics::{Groups, Ratings};
/// let ratings = Ratings::from_rows([[Some(4.0), Some(5.0)], [Some(2.0), None], [None, None]])?;
/// let groups = Groups::from(&ratings);
/// assert_eq!((groups.len(), groups.values()), (2, 3));
/// # Ok::<(), digital_maturity::statistics::RatingsError>(())
/// ```
impl From<&Ratings> for Groups {
    fn from(ratings: &Ratings) -> Self {
        Self(ratings.values_by_row().filter(|values| !values.is_empty()).collect())
    }
}
