//! Scoring as SQL functions: on one machine, or on many, with the same bytes out.
//!
//! - [`maturity`](maturity::Maturity) scores each row: the overall, the pillars and the stage.
//! - [`maturity_summary`](summary::MaturitySummary) is an aggregate: the summary of all rows, or of
//!   each group.
//!
//! Both take one struct whose fields are named by the ids of the questions, so that an answer can
//! never be taken for that to another question, see [`answers`]. A plan that travels to another
//! process carries the questionnaire itself, see [`codec`]: no process can score by another one.

pub mod answers;
pub mod cluster;
pub mod codec;
pub mod data;
pub mod maturity;
pub mod query;
mod scoring;
pub mod summary;
