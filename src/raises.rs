//! Better answers, asked three ways: what one change does, what to do from the answers given, and
//! which answers are missing. One ladder of answers serves all of them and the roadmap.

mod advice;
mod missing;
mod rungs;
mod what_if;

pub use advice::Advice;
pub use missing::Missing;
pub(crate) use rungs::Rung;
pub use what_if::{Effect, SingleRaise};
