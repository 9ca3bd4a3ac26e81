//! How many respondents can be counted, and what is said of more.

use serde::{Deserialize, Deserializer};

use super::length::WrongLength;
use crate::questionnaire::OtherQuestionnaire;
use crate::statistics::CreditSums;

/// The most respondents that a summary can be of: beyond 2^53 neighbouring whole numbers cannot be told
/// apart in every JSON implementation.
pub(super) const MOST: u64 = 1 << 53;

/// More respondents than can be counted: a [`Distribution`](super::Distribution) or a
/// [`CohortSummary`](super::CohortSummary) is of at most 2^53, a [`Study`](super::Study) of 500 million.
///
/// ```
/// use digital_maturity::{Questionnaire, Score};
/// use digital_maturity::cohort::Distribution;
///
/// let mut all: Distribution = [Some(Score::ONE)].into_iter().collect();
/// for _ in 0..53 {
///     let again = all.clone();
///     all.merge(&again)?;
/// }
/// let error = all.merge(&all.clone()).unwrap_err();
/// assert_eq!((error.found, all.count()), (1 << 54, 1 << 53));
/// assert_eq!(
///     error.to_string(),
///     "18014398509481984 respondents, at most 9007199254740992 can be counted",
/// );
/// # Ok::<(), digital_maturity::cohort::TooManyRespondents>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found} respondents, at most {most} can be counted")]
#[non_exhaustive]
pub struct TooManyRespondents {
    /// How many there are.
    pub found: u64,
    /// How many there can be.
    pub most: u64,
}

impl TooManyRespondents {
    /// How many these are together, each at most [`MOST`].
    pub(super) fn check(one: u64, other: u64) -> Result<u64, Self> {
        Self::bounded(one, other, MOST)
    }

    /// The same where sums have room for no more than [`CreditSums::MOST_ROWS`].
    pub(super) fn check_rows(one: u64, other: u64) -> Result<u64, Self> {
        Self::bounded(one, other, CreditSums::MOST_ROWS)
    }

    fn bounded(one: u64, other: u64, most: u64) -> Result<u64, Self> {
        let found = one.saturating_add(other);
        if found <= most { Ok(found) } else { Err(Self { found, most }) }
    }
}

/// Why a summary cannot be added to another.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::cohort::{CohortSummary, Unmergeable};
///
/// let mut summary = CohortSummary::empty(Questionnaire::dcx());
/// let other = CohortSummary::empty(Questionnaire::dcx_pulse());
/// assert!(matches!(summary.merge(&other), Err(Unmergeable::OtherQuestionnaire(_))));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unmergeable {
    /// They are of questionnaires that score differently.
    #[error("summaries of {0}")]
    OtherQuestionnaire(#[from] OtherQuestionnaire),
    /// Together they are of too many respondents.
    #[error(transparent)]
    TooMany(#[from] TooManyRespondents),
    /// There is not a key or a name for each row.
    #[error(transparent)]
    WrongLength(#[from] WrongLength),
}

/// A number of respondents in a stored result.
pub(super) fn stored_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    within(u64::deserialize(deserializer)?.into())
}

/// That a sum of stored counts is a number of respondents.
pub(super) fn within<E: serde::de::Error>(count: u128) -> Result<u64, E> {
    u64::try_from(count).ok().filter(|count| *count <= MOST).ok_or_else(|| {
        E::custom(format_args!("{count} respondents, at most {MOST} can be counted"))
    })
}

/// A number of respondents, for schemas.
#[cfg(feature = "schema")]
pub(super) struct Count;

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "integer", "format": "uint64", "minimum": 0, "maximum": MOST
        })
    }
}
