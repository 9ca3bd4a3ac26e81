//! What columns and cells stand for, where a questionnaire does not say so itself.

/// What columns and cells stand for, where a questionnaire does not say so itself.
#[derive(Clone, Debug, Default)]
pub struct Codes {}
