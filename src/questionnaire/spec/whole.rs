//! Small whole numbers: effort and points.

use serde::Serialize;

use crate::document::{At, Reader};

/// What it takes to climb one level of a question: a whole number from 1, the default, to 10.
///
/// ```
/// use digital_maturity::spec::Effort;
///
/// assert_eq!(Effort::new(3).map(Effort::get), Some(3));
/// assert_eq!(Effort::new(0), None);
/// assert_eq!(Effort::try_from(11).unwrap_err().to_string(), "must be from 1 to 10");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Effort(u8);

/// What an item counts in its checklist: a whole number from 1, the default, to 1000.
///
/// ```
/// use digital_maturity::spec::Points;
///
/// assert_eq!(Points::new(20).map(Points::get), Some(20));
/// assert_eq!(Points::new(1001), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Points(u16);

/// A number that is no [`Effort`] or no [`Points`].
///
/// ```
/// use digital_maturity::spec::Points;
///
/// assert_eq!(Points::try_from(0).unwrap_err().to_string(), "must be from 1 to 1000");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be from 1 to {most}")]
#[non_exhaustive]
pub struct NotInRange {
    /// The highest number of the type; the lowest is 1.
    pub most: u16,
}

/// A small whole number with a range and a default of 1.
macro_rules! small_number {
    ($type:ident, $what:literal, $number:ty, $most:literal) => {
        impl $type {
            /// The number, or `None` if it is out of range.
            #[must_use]
            pub const fn new(number: $number) -> Option<Self> {
                if number >= 1 && number <= $most { Some(Self(number)) } else { None }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> $number {
                self.0
            }

            pub(crate) fn read(
                reader: &mut Reader,
                at: At<'_>,
            ) -> Option<Self> {
                <$number>::try_from(reader.whole(at, $what, 1, $most)?).ok().and_then(Self::new)
            }
        }

        impl Default for $type {
            fn default() -> Self {
                Self(1)
            }
        }

        impl TryFrom<$number> for $type {
            type Error = NotInRange;

            fn try_from(number: $number) -> Result<Self, NotInRange> {
                Self::new(number).ok_or(NotInRange { most: $most })
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": $most })
            }
        }
    };
}

small_number!(Effort, "effort", u8, 10);
small_number!(Points, "points", u16, 1000);
