//! For test suites: what a questionnaire promises, checked in a line each, and random questionnaires,
//! answers, cohorts and faults for the code around them. With the feature `proptest`, as a
//! development dependency:
//!
//! ```toml
//! [dev-dependencies]
//! digital-maturity = { version = "0.1", features = ["proptest"] }
//! proptest = "1"
//! ```
//!
//! # The suite of an author
//!
//! Each check returns everything that it found, as [`Mistakes`], in lines that name ids. A test that
//! returns a `Result` shows them all; what is known and meant is [excepted](Mistakes::except).
//!
//! ```
//! use digital_maturity::{Questionnaire, testing};
//! use digital_maturity::testing::Mistakes;
//!
//! # const DOCUMENT: &str = include_str!("questionnaire/dcx_pulse.json"); /*
//! const DOCUMENT: &str = include_str!("../questionnaire.json");
//! # */
//! # /*
//! #[test]
//! # */
//! fn the_questionnaire_does_what_we_mean() -> Result<(), Mistakes> {
//!     let ours = testing::valid(DOCUMENT)?;
//!     testing::no_warnings(&ours)?;
//!     testing::stages_reachable(&ours)?;
//!     testing::monotone(&ours, 200)?;
//!     testing::themes_covered(&ours, 1)?;
//!     testing::translated(&ours)?;
//!     testing::exportable(&ours)?;
//!     testing::comparable(Questionnaire::dcx_pulse(), &ours, None) // the version published last
//! }
//! the_questionnaire_does_what_we_mean().unwrap();
//! ```
//!
//! | check | what is found |
//! |---|---|
//! | [`valid`] | a document that is refused |
//! | [`no_warnings`] | what is worth a second look: a theme without a question, a condition that is never met, a language that some texts lack |
//! | [`stages_reachable`] | a stage at which no answers end |
//! | [`monotone`] | a better answer that makes the result worse |
//! | [`themes_covered`] | a theme with too few questions, a question without a theme |
//! | [`translated`] | a text that is not in every language |
//! | [`exportable`] | of these, texts and headers that a survey tool's export confuses |
//! | [`comparable`] | answers that are lost from one version to the next |
//!
//! # The suite of an application
//!
//! The strategies make whatever may come: [`questionnaires`] of a [`Shape`], [`sheets`] of answers to
//! a questionnaire, the same as JSON [`documents`] and as [`form_pairs`],
#![cfg_attr(feature = "cohort", doc = "[`columns`] of a cohort,")]
//! and documents with one [`Fault`] and the finding that it must cause. They are valid by
//! construction, follow proptest's seed, and shrink towards small ones.
//!
//! ```
//! use digital_maturity::{Questionnaire, Responses};
//! use digital_maturity::testing::{form_pairs, questionnaires, sheets, Shape};
//! use proptest::prelude::*;
//!
//! let posts = questionnaires(Shape::default())
//!     .prop_flat_map(|questionnaire| sheets(&questionnaire))
//!     .prop_flat_map(|sheet| (Just(sheet.questionnaire().clone()), form_pairs(&sheet)));
//!
//! // In a suite: `proptest! { #[test] fn no_form_post_is_refused((questionnaire, post) in posts()) { .. } }`
//! proptest!(ProptestConfig::with_cases(20), |((questionnaire, post) in posts)| {
//!     questionnaire.read_lenient(&Responses::from_form_pairs(post))?; // your handler here
//! });
//! ```

mod mistakes;
mod documented;
mod exports;
mod versions;
mod reachable;
mod raising;

mod shape;
mod scales;
mod question;
mod questionnaire;
mod sheet;
mod written;
#[cfg(feature = "cohort")]
mod column;
mod fault;

#[cfg(feature = "cohort")]
pub use column::columns;
pub use documented::{no_warnings, themes_covered, translated, valid};
pub use exports::exportable;
pub use fault::Fault;
pub use mistakes::Mistakes;
pub use questionnaire::questionnaires;
pub use raising::monotone;
pub use reachable::stages_reachable;
pub use shape::Shape;
pub use sheet::sheets;
pub use versions::comparable;
pub use written::{documents, form_pairs};
