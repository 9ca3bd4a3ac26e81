//! What is done with rows in which a value is missing.

use serde::{Deserialize, Serialize};

/// What is done with rows in which a value is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Deletion {
    /// Only rows in which nothing is missing are used.
    Listwise,
    /// Each two items are compared over the rows that answered both.
    Pairwise,
}
