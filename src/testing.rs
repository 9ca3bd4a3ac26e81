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
//! | [`no_warnings`] | what is worth a second look: a theme without a question, a condition that is never met |
//! | [`stages_reachable`] | a stage at which no answers end |
//! | [`monotone`] | a better answer that makes the result worse |
//! | [`themes_covered`] | a theme with too few questions, a question without a theme |
//! | [`translated`] | a text that is not in every language |
//! | [`exportable`] | texts and headers that a survey tool's export confuses |
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
//! proptest! {
//!     # #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]
//!     # /*
//!     #[test]
//!     # */
//!     fn no_form_post_is_refused(
//!         (questionnaire, pairs) in questionnaires(Shape::default())
//!             .prop_flat_map(|questionnaire| sheets(&questionnaire))
//!             .prop_flat_map(|sheet| (Just(sheet.questionnaire().clone()), form_pairs(&sheet)))
//!     ) {
//!         questionnaire.read_lenient(&Responses::from_form_pairs(pairs))?; // your handler here
//!     }
//! }
//! no_form_post_is_refused();
//! ```

mod mistakes;
mod documented;
mod exportable;
mod comparable;
mod reachable;
mod monotone;

mod shape;
mod scales;
mod questionnaires;
mod sheets;
mod documents;
#[cfg(feature = "cohort")]
mod columns;
mod fault;

#[cfg(feature = "cohort")]
pub use columns::columns;
pub use comparable::comparable;
pub use documented::{no_warnings, themes_covered, translated, valid};
pub use documents::{documents, form_pairs};
pub use exportable::exportable;
pub use fault::Fault;
pub use mistakes::Mistakes;
pub use monotone::monotone;
pub use questionnaires::questionnaires;
pub use reachable::stages_reachable;
pub use shape::Shape;
pub use sheets::sheets;
