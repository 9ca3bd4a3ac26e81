//! Chapters for those who build something with the crate: each begins with what to do and goes on to why.
//!
//! | one wants to | chapter |
//! |---|---|
//! | show a questionnaire as a form and take what it posts | [`form`] |
//! | keep results, and read them back years later | [`storing`] |
//! | take questionnaires from people one does not know | [`untrusted`] |
//! | speak another language than English or German | [`language`] |
//! | know that a questionnaire does what one means | [`testing`] |
//! | know what an update may change, and what a build costs | [`changes`] |
//!
//! They hold no names: everything that they use is described where it stands. Their code is compiled and
//! run with the tests of this crate.

#[doc = include_str!("guide/form.md")]
pub mod form {}

#[doc = include_str!("guide/storing.md")]
pub mod storing {}

#[doc = include_str!("guide/untrusted.md")]
pub mod untrusted {}

#[doc = include_str!("guide/language.md")]
pub mod language {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/changes.md")]
pub mod changes {}
