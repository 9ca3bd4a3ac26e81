//! The integration tests, one binary: a module for each subject, named after what it tests.
//!
//! `cargo test --test all roadmap::` runs those of one subject. How many random cases are tried is
//! set from outside, see [`support::setting`].

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test code: what cannot go on must fail"
)]

mod support;
mod reference;
#[cfg(all(feature = "cohort", feature = "report"))]
mod results;

/// What is asked of every type of result.
#[cfg(all(feature = "cohort", feature = "report"))]
trait Stored: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug {}

#[cfg(all(feature = "cohort", feature = "report"))]
impl<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug> Stored for T {}

mod layering;

mod answers;
mod builtin;
mod comparison;
mod conditions;
mod form;
mod form_model;
mod form_schemas;
mod laws;
mod lenient;
mod migration;
mod outlook;
mod panel;
mod plans;
mod portfolio;
mod problems;
mod roadmap;
mod samples;
mod untrusted;
mod ranks;
mod robustness;
mod testing;

#[cfg(feature = "cohort")]
mod benchmark;
#[cfg(feature = "cohort")]
mod by_name;
#[cfg(feature = "cohort")]
mod cohort;
#[cfg(feature = "cohort")]
mod cohort_summary;
#[cfg(feature = "cohort")]
mod credit_sums;
#[cfg(feature = "cohort")]
mod large_counts;
#[cfg(feature = "cohort")]
mod near_ties;
#[cfg(feature = "cohort")]
mod paired;
#[cfg(feature = "cohort")]
mod statistics;
#[cfg(feature = "cohort")]
mod study;
#[cfg(feature = "cohort")]
mod weighted;
#[cfg(feature = "survey")]
mod survey;

#[cfg(feature = "report")]
mod golden;
#[cfg(all(feature = "cohort", feature = "report"))]
mod hostile;
#[cfg(all(feature = "cohort", feature = "report"))]
mod pages;
#[cfg(all(feature = "cohort", feature = "report"))]
mod pictures;
#[cfg(all(feature = "cohort", feature = "report"))]
mod readback;
#[cfg(feature = "report")]
mod report;
