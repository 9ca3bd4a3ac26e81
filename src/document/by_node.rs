//! Derived reading by way of a [`Node`].
//!
//! What serde derives for an enum with a tag or for a flattened field keeps values aside before it
//! knows their types, and then takes a number in the form in which `serde_json` hands it over with
//! `arbitrary_precision` for a map. A `Node` tells the two apart.

use std::borrow::Cow;

use serde::de::value::{Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{
    self, Deserialize, DeserializeOwned, Deserializer, IntoDeserializer, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::node::Node;

/// Reads a value in which numbers would be kept aside.
pub(crate) fn by_node<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    T::deserialize(Node::deserialize(deserializer)?).map_err(de::Error::custom)
}

impl<'de> IntoDeserializer<'de> for Node<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn text<'de, V: Visitor<'de>>(text: Cow<'de, str>, visitor: V) -> Result<V::Value, Error> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(b) => visitor.visit_bool(b),
            Self::Integer(n) => visitor.visit_i64(n),
            Self::Float(n) => visitor.visit_f64(n),
            Self::Text(of) => text(of, visitor),
            Self::List(list) => SeqDeserializer::new(list.into_iter()).deserialize_any(visitor),
            Self::Map(map) => MapDeserializer::new(map.into_iter()).deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(of) => visitor.visit_enum(of.into_deserializer()),
            Self::Map(map) => {
                let map = MapDeserializer::new(map.into_iter());
                visitor.visit_enum(MapAccessDeserializer::new(map))
            }
            other => {
                let found = other.describe().to_string();
                Err(de::Error::invalid_type(Unexpected::Other(&found), &visitor))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Tagged {
        Some { share: f64, count: u64, way: Option<Way> },
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Way {
        Up,
        Down(f64),
    }

    #[test]
    fn a_derived_enum_is_read_however_serde_json_hands_its_numbers_over() {
        let number = |text: &str| format!(r#"{{ "$serde_json::private::Number": "{text}" }}"#);
        for (share, count, down) in [
            ("0.5".to_owned(), "3".to_owned(), "1".to_owned()),
            (number("0.5"), number("3"), number("1")),
        ] {
            let json = |way: &str| {
                format!(r#"{{ "share": {share}, "count": {count}, "kind": "some", "way": {way} }}"#)
            };
            let read = |way: &str| {
                by_node(&mut serde_json::Deserializer::from_str(&json(way)))
                    .map_err(|e| e.to_string())
            };
            let some = |way| Ok(Tagged::Some { share: 0.5, count: 3, way });
            assert_eq!(read("null"), some(None));
            assert_eq!(read(r#""up""#), some(Some(Way::Up)));
            let down = format!(r#"{{ "down": {down} }}"#);
            assert_eq!(read(&down), some(Some(Way::Down(1.0))));
            for wrong in ["4", "[]", r#""sideways""#, "{}", r#"{ "down": 1, "up": null }"#] {
                assert!(read(wrong).is_err(), "{wrong}");
            }
        }
    }
}
