//! Names: the ids that a document gives, and the closed sets of names that this crate gives.

#[cfg(feature = "schema")]
pub(crate) mod shape;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// The longest id, in characters.
const LONGEST: usize = 64;

/// Whether `text` matches `^[a-z][a-z0-9_]{0,63}$`, as every id does (scoring rules, section 1).
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Whether what stands under that key of a document is looked into. Each finding within would repeat
/// the key, and no id, name or language is as long as 200 bytes.
pub(crate) fn is_looked_into(key: &str) -> bool {
    key.len() <= 200
}

/// Whether `text` is a semantic version.
pub(crate) fn is_version(text: &str) -> bool {
    semver::Version::parse(text).is_ok()
}

/// An id in a stored result.
pub(crate) fn stored_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if is_id(&text) { Ok(text) } else { Err(D::Error::custom(NO_ID)) }
}

/// Ids in a stored result.
pub(crate) fn stored_ids<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let ids = Vec::<String>::deserialize(deserializer)?;
    if ids.iter().all(|id| is_id(id)) { Ok(ids) } else { Err(D::Error::custom(NO_ID)) }
}

const NO_ID: &str =
    "an id has a lower-case letter first, then such letters, digits and `_`, 64 in all";

/// A text that is none of the names of a closed set, such as the five stages.
///
/// ```
/// use digital_maturity::Stage;
///
/// let error = "digital".parse::<Stage>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown stage, must be one of `traditional`, `bridge`, `hubs`, `platform`, `native`",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName {
    pub(crate) what: &'static str,
    pub(crate) names: &'static [&'static str],
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown {}, must be one of ", self.what)?;
        for (i, name) in self.names.iter().enumerate() {
            write!(f, "{}`{name}`", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownName {}

/// Gives a fieldless enum its wire names: `as_str`, `FromStr` and the reader's look-up, and, for a
/// public one, also `ALL`, `Display` and the serde and schema forms: all from one table, so that
/// they cannot differ.
macro_rules! named {
    (private $type:ident, $what:literal, [$($variant:ident => $name:expr),+ $(,)?]) => {
        impl $crate::names::Named for $type {
            const WHAT: &'static str = $what;
            const NAMES: &'static [&'static str] = &[$($name),+];
        }

        impl std::str::FromStr for $type {
            type Err = $crate::names::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $(if text == $name {
                    return Ok(Self::$variant);
                })+
                let names = <Self as $crate::names::Named>::NAMES;
                Err($crate::names::UnknownName { what: $what, names })
            }
        }
    };
    ($type:ident, $what:literal, [$($variant:ident => $name:expr),+ $(,)?]) => {
        $crate::names::named!(private $type, $what, [$($variant => $name),+]);

        impl $type {
            /// Every value, in the order of the rules.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name in documents and results.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        $crate::names::schema!($type, |_| {
            "type": "string", "enum": <Self as $crate::names::Named>::NAMES
        });
    };
}
pub(crate) use named;

/// The JSON schema of a type that is written in another shape than its own: the keywords, after the
/// name of the generator.
macro_rules! schema {
    ($type:ident, |$generator:pat_param| { $($keywords:tt)+ }) => {
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema($generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ $($keywords)+ })
            }
        }
    };
}
pub(crate) use schema;

/// One value for each of a closed set of names: a map in which no value can be missing, so that
/// looking one up cannot fail. The names of the fields are those of the set.
macro_rules! map_of {
    ($key:ident, $what:literal, $(#[$meta:meta])* $map:ident {
        $($(#[$doc:meta])* $field:ident: $variant:ident),+ $(,)?
    }) => {
        $crate::names::named!($key, $what, [$($variant => stringify!($field)),+]);

        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(
            feature = "schema",
            derive(schemars::JsonSchema),
            schemars(transform = crate::names::shape::open)
        )]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        pub struct $map<T> {
            $($(#[$doc])* pub $field: T),+
        }

        impl<T> $map<T> {
            #[doc = concat!("The map that holds `value` of each ", stringify!($key), ", asked in order.")]
            ///
            /// ```
            #[doc = concat!("use digital_maturity::{", stringify!($key), ", ", stringify!($map), "};")]
            ///
            #[doc = concat!("let names = ", stringify!($map), "::from_fn(|of| of.name());")]
            #[doc = concat!("for of in ", stringify!($key), "::ALL {")]
            ///     assert_eq!(names[of], of.name());
            /// }
            /// ```
            pub fn from_fn(mut value: impl FnMut($key) -> T) -> Self {
                Self { $($field: value($key::$variant)),+ }
            }

            /// Keys and values, in order.
            ///
            /// ```
            #[doc = concat!("use digital_maturity::{", stringify!($key), ", ", stringify!($map), "};")]
            ///
            #[doc = concat!("let map = ", stringify!($map), "::from_fn(|_| 1);")]
            #[doc = concat!("assert_eq!(map.iter().next(), Some((", stringify!($key), "::ALL[0], &1)));")]
            /// ```
            pub fn iter(&self) -> impl ExactSizeIterator<Item = ($key, &T)> + Clone {
                [$(($key::$variant, &self.$field)),+].into_iter()
            }

            /// The map of `f(key, value)`.
            ///
            /// ```
            #[doc = concat!("use digital_maturity::", stringify!($map), ";")]
            ///
            #[doc = concat!("let ones = ", stringify!($map), "::from_fn(|_| 1);")]
            #[doc = concat!("assert_eq!(ones.map(|_, n| n + 1), ", stringify!($map), "::from_fn(|_| 2));")]
            /// ```
            pub fn map<U>(self, mut f: impl FnMut($key, T) -> U) -> $map<U> {
                $map { $($field: f($key::$variant, self.$field)),+ }
            }
        }

        #[doc = concat!("The map of those values, one for each ", stringify!($key), " in order.")]
        impl<T> From<[T; [$(stringify!($field)),+].len()]> for $map<T> {
            fn from([$($field),+]: [T; [$(stringify!($field)),+].len()]) -> Self {
                Self { $($field),+ }
            }
        }

        impl<T> IntoIterator for $map<T> {
            type Item = ($key, T);
            type IntoIter = std::array::IntoIter<($key, T), { [$(stringify!($field)),+].len() }>;

            fn into_iter(self) -> Self::IntoIter {
                [$(($key::$variant, self.$field)),+].into_iter()
            }
        }

        impl<'m, T> IntoIterator for &'m $map<T> {
            type Item = ($key, &'m T);
            type IntoIter = std::array::IntoIter<($key, &'m T), { [$(stringify!($field)),+].len() }>;

            fn into_iter(self) -> Self::IntoIter {
                [$(($key::$variant, &self.$field)),+].into_iter()
            }
        }

        impl<T> $map<Option<T>> {
            /// The map of the values, if every key has one.
            #[cfg(feature = "cohort")]
            pub(crate) fn all(self) -> Option<$map<T>> {
                Some($map { $($field: self.$field?),+ })
            }
        }

        impl<T> std::ops::Index<$key> for $map<T> {
            type Output = T;

            fn index(&self, key: $key) -> &T {
                match key { $($key::$variant => &self.$field),+ }
            }
        }

        impl<T> std::ops::IndexMut<$key> for $map<T> {
            fn index_mut(&mut self, key: $key) -> &mut T {
                match key { $($key::$variant => &mut self.$field),+ }
            }
        }
    };
}
pub(crate) use map_of;

/// A closed set of names that a document's reader can look a text up in.
pub(crate) trait Named: std::str::FromStr<Err = UnknownName> {
    /// What one of them is called in messages.
    const WHAT: &'static str;
    /// All of them, for suggestions.
    const NAMES: &'static [&'static str];
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn an_id_is_lower_case_starts_with_a_letter_and_has_at_most_64_characters() {
        let longest = "a".repeat(64);
        for good in ["a", "vision_01", "a_", "z9", &longest] {
            assert!(is_id(good), "{good}");
        }
        let too_long = "a".repeat(65);
        for bad in ["", "1a", "_a", "Vision", "a-b", "a b", "ä", "a\n", &too_long] {
            assert!(!is_id(bad), "{bad:?}");
        }
    }
}
