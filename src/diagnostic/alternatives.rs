//! Keys of which one is enough.

use std::fmt;

/// Further keys that a message names after the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alternatives(&'static [&'static str]);

impl Alternatives {
    pub(crate) const NONE: Self = Self(&[]);

    pub(crate) const fn new(keys: &'static [&'static str]) -> Self {
        Self(keys)
    }

    /// The keys.
    #[must_use]
    pub const fn keys(self) -> &'static [&'static str] {
        self.0
    }
}

/// As it goes on after the first key: nothing, or "or" before the last.
impl fmt::Display for Alternatives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((last, others)) = self.0.split_last() {
            others.iter().try_for_each(|key| write!(f, ", `{key}`"))?;
            write!(f, " or `{last}`")?;
        }
        Ok(())
    }
}
