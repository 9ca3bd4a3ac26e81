//! One document of any serde format, as it was written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::locate::{in_characters, positions_in_json};
use crate::diagnostic::{Diagnostic, Errors, Excerpt, Path, Problem};

/// A value of a document. Maps keep their order and their duplicate keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node<'d> {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number that is written with a fraction or exponent, or does not fit 64 bits.
    Float(f64),
    Text(Cow<'d, str>),
    List(Vec<Node<'d>>),
    Map(Vec<(Cow<'d, str>, Node<'d>)>),
}

/// The largest document that the crate reads from a text unless told otherwise, in bytes.
pub(crate) const LARGEST_DOCUMENT: usize = 16 << 20;
/// Deeper nesting is refused, so that no document can exhaust the stack.
const DEEPEST: usize = 64;

/// How `serde_json` hands over a number when some crate has switched on `arbitrary_precision`.
const JSON_NUMBER: &str = "$serde_json::private::Number";
/// How `toml` hands over a date.
const TOML_DATE: &str = "$__toml_private_datetime";

impl<'d> Node<'d> {
    /// The document in `text`, or the one finding that it is not JSON, or larger than the scoring
    /// rules allow (section 1).
    pub(crate) fn from_json(text: &'d str) -> Result<Self, Errors> {
        Self::from_json_within(text, LARGEST_DOCUMENT)
    }

    /// The same for a document of at most that many bytes.
    pub(crate) fn from_json_within(text: &'d str, most: usize) -> Result<Self, Errors> {
        let found = text.len();
        if found > most {
            let problem = Problem::TooLarge { found, most };
            return Err(Diagnostic::error(Path::default(), problem).into());
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let message = error.to_string();
            let place = format!(" at line {line} column {column}");
            let found = syntax(message.strip_suffix(&place).unwrap_or(&message), line, column);
            found.at(|_| vec![in_characters(text, line, column)])
        })
    }

    /// What `read` makes of the document in `text`; what it finds is found at its place there.
    pub(crate) fn read_json<T>(
        text: &'d str,
        read: impl FnOnce(&Self) -> Result<T, Errors>,
    ) -> Result<T, Errors> {
        read(&Self::from_json(text)?)
            .map_err(|errors| errors.at(|findings| positions_in_json(text, findings)))
    }

    /// The document that a format's deserializer holds, or the one finding that it holds none.
    pub(crate) fn from_document<D: Deserializer<'d>>(document: D) -> Result<Self, Errors> {
        Node::deserialize(document).map_err(|error| syntax(&error.to_string(), 0, 0))
    }

    /// The same document, independent of the text that it was read from.
    pub(crate) fn into_owned(self) -> Node<'static> {
        match self {
            Self::Null => Node::Null,
            Self::Bool(b) => Node::Bool(b),
            Self::Integer(n) => Node::Integer(n),
            Self::Float(n) => Node::Float(n),
            Self::Text(text) => Node::Text(Cow::Owned(text.into_owned())),
            Self::List(list) => Node::List(list.into_iter().map(Node::into_owned).collect()),
            Self::Map(map) => Node::Map(
                map.into_iter()
                    .map(|(key, node)| (Cow::Owned(key.into_owned()), node.into_owned()))
                    .collect(),
            ),
        }
    }

    /// The value under a key; of equal ones the first.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// What this is, for a message: `null`, `the number 4`, ``the text `four` ``, `a list`.
    pub(crate) fn describe(&self) -> Excerpt {
        Excerpt::new(&match self {
            Self::Null => "null".to_owned(),
            Self::Bool(b) => b.to_string(),
            Self::Integer(n) => format!("the number {n}"),
            Self::Float(n) => format!("the number {}", number_text(*n)),
            Self::Text(text) => format!("the text `{}`", Excerpt::new(text)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "an object".to_owned(),
        })
    }

    /// The whole number within plus and minus 2^53 that this is, however it is written.
    pub(crate) fn whole(&self) -> Option<i64> {
        match *self {
            Self::Integer(n) => {
                Some(n).filter(|n| n.unsigned_abs() <= LARGEST_WHOLE.unsigned_abs())
            }
            Self::Float(n) => whole(n),
            _ => None,
        }
    }

    /// A number whose text is known: whole numbers are told by how they are written, as
    /// `serde_json` does without `arbitrary_precision`.
    fn from_number(text: &str) -> Option<Self> {
        if let Ok(integer) = text.parse() {
            return Some(Self::Integer(integer));
        }
        text.parse().ok().filter(|float: &f64| float.is_finite()).map(Self::Float)
    }
}

/// Whole numbers of a document lie within plus and minus this, as in every JSON implementation.
pub(crate) const LARGEST_WHOLE: i64 = 1 << 53;

/// The whole number within plus and minus 2^53 of the same value.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a whole double within 2^53 is the integer of the same value"
)]
pub(crate) fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= LARGEST_WHOLE as f64).then_some(number as i64)
}

/// A number as a message shows it.
pub(crate) fn number_text(number: f64) -> Excerpt {
    let plain = number == 0.0 || (1e-12..1e16).contains(&number.abs());
    Excerpt::new(&if plain { number.to_string() } else { format!("{number:e}") })
}

fn syntax(message: &str, line: usize, column: usize) -> Errors {
    let problem = Problem::Syntax { message: Excerpt::of_message(message), line, column };
    Diagnostic::error(Path::default(), problem).into()
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested { depth: 0 }.deserialize(deserializer)
    }
}

#[derive(Clone, Copy)]
struct Nested {
    depth: usize,
}

impl Nested {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth < DEEPEST {
            Ok(Self { depth: self.depth + 1 })
        } else {
            Err(E::custom(format!("nested deeper than {DEEPEST} levels")))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        self.deeper()?.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Node<'de>, D::Error> {
        self.deeper()?.deserialize(d)
    }

    fn visit_bool<E: de::Error>(self, b: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(b))
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Node<'de>, E> {
        Ok(Node::Integer(n))
    }

    #[expect(clippy::cast_precision_loss, reason = "beyond 64 bits a number is read as a double")]
    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Node<'de>, E> {
        Ok(i64::try_from(n).map_or(Node::Float(n as f64), Node::Integer))
    }

    #[expect(clippy::cast_precision_loss, reason = "beyond 64 bits a number is read as a double")]
    fn visit_i128<E: de::Error>(self, n: i128) -> Result<Node<'de>, E> {
        Ok(i64::try_from(n).map_or(Node::Float(n as f64), Node::Integer))
    }

    #[expect(clippy::cast_precision_loss, reason = "beyond 64 bits a number is read as a double")]
    fn visit_u128<E: de::Error>(self, n: u128) -> Result<Node<'de>, E> {
        Ok(i64::try_from(n).map_or(Node::Float(n as f64), Node::Integer))
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Node<'de>, E> {
        Ok(Node::Float(n))
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<'de>, A::Error> {
        let nested = self.deeper()?;
        let mut list = Vec::new();
        while let Some(node) = seq.next_element_seed(nested)? {
            list.push(node);
        }
        fit(&mut list);
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let nested = self.deeper()?;
        let mut map = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            map.push((key, access.next_value_seed(nested)?));
        }
        if let [(key, Node::Text(text))] = map.as_slice() {
            if key == JSON_NUMBER {
                return Node::from_number(text)
                    .ok_or_else(|| de::Error::custom("number out of range"));
            }
            if key == TOML_DATE {
                return Ok(Node::Text(text.clone()));
            }
        }
        fit(&mut map);
        Ok(Node::Map(map))
    }
}

/// Gives back what a short list has taken in advance: `[[1]]` would take fifty times its length.
fn fit<T>(list: &mut Vec<T>) {
    if 2 * list.len() <= list.capacity() {
        list.shrink_to_fit();
    }
}

/// The key of a map. YAML has keys that are not text; they are read as they are written.
struct Key<'d>(Cow<'d, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Node::deserialize(deserializer)? {
            Node::Text(key) => key,
            Node::Null => Cow::Borrowed("null"),
            Node::Bool(b) => Cow::Owned(b.to_string()),
            Node::Integer(n) => Cow::Owned(n.to_string()),
            Node::Float(n) => Cow::Owned(n.to_string()),
            Node::List(_) | Node::Map(_) => return Err(de::Error::custom("expected a key")),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_its_order_and_its_duplicate_keys() {
        let node = Node::from_json(r#"{ "b": 1, "a": [true, null], "b": 0.5 }"#).unwrap();
        let Node::Map(entries) = node else { panic!("a map") };
        let keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_ref()).collect();
        assert_eq!(keys, ["b", "a", "b"]);
        assert_eq!(entries[1].1, Node::List(vec![Node::Bool(true), Node::Null]));
        assert_eq!(entries[2].1, Node::Float(0.5));
    }

    #[test]
    fn numbers_read_alike_however_serde_json_hands_them_over() {
        for text in ["0", "-7", "4.0", "1e3", "0.1", "9223372036854775807", "9223372036854775808"] {
            let handed_over = format!(r#"{{ "{JSON_NUMBER}": "{text}" }}"#);
            assert_eq!(Node::from_json(&handed_over), Node::from_json(text), "{text}");
        }
    }

    #[test]
    fn nesting_beyond_the_limit_is_an_error_and_not_a_crash() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Node::from_json(&nested(DEEPEST)).is_ok());
        for depth in [DEEPEST + 1, 10_000] {
            let error = Node::from_json(&nested(depth)).unwrap_err();
            assert_eq!(error.iter().len(), 1, "{error}");
        }
    }
}
