//! A YAML or TOML document as its format crate sees it, with the place of everything in it.

pub(crate) mod json;

use std::fmt;

use digital_maturity::diagnostic::{Excerpt, Position, Segment, Spot};
use digital_maturity::{Code, Diagnostic};
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_saphyr::Spanned;
use serde_saphyr::options::DuplicateKeyPolicy;
use toml::de::{DeTable, DeValue};

use super::finding::Finding;

/// A value, and the byte at which it starts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) offset: usize,
    pub(crate) value: Value,
}

/// What both formats can say. Maps keep the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key, and the byte at which it starts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) offset: usize,
    pub(crate) text: String,
}

impl Node {
    /// Where in the text that this was read from a finding points: at the nearest thing around it, if
    /// it is about what is not there.
    pub(crate) fn position(&self, text: &str, finding: &Diagnostic) -> Position {
        Position::in_text(text, self.offset_of(finding.path().segments(), finding.spot()))
    }

    /// Where what is at the end of a path stands, or the nearest thing around it.
    fn offset_of(&self, path: &[Segment], spot: Spot) -> usize {
        let (mut node, mut offset) = (self, self.offset);
        for (depth, segment) in path.iter().enumerate() {
            let (inner, key) = match (segment, &node.value) {
                (Segment::Index(index), Value::List(items)) => (items.get(*index), None),
                (Segment::Key(name), Value::Map(entries)) => {
                    let mut equal = entries.iter().filter(|(key, _)| key.text == *name);
                    let again = spot == Spot::RepeatedKey && depth + 1 == path.len();
                    let found = equal.next();
                    let found = equal.next().filter(|_| again).or(found);
                    (found.map(|(_, inner)| inner), found.map(|(key, _)| key.offset))
                }
                _ => (None, None),
            };
            let Some(inner) = inner else { break };
            let at_key = spot != Spot::Value && depth + 1 == path.len();
            (node, offset) = (inner, key.filter(|_| at_key).unwrap_or(inner.offset));
        }
        offset
    }
}

/// The library refuses deeper nesting in any format; here it is refused with its place.
const DEEPEST: usize = 64;
/// So many values may a YAML document have, those that its aliases repeat included: far more than
/// a questionnaire needs, and few enough to be read at once.
const MOST_VALUES: usize = 100_000;

/// The document in a YAML text, as YAML 1.2 reads it: `yes` and `no` are texts. Aliases and merge
/// keys are followed, within limits.
pub(crate) fn from_yaml(text: &str) -> Result<Node, Finding> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: DEEPEST, max_nodes: MOST_VALUES },
        duplicate_keys: DuplicateKeyPolicy::Error,
        strict_booleans: true,
        reject_non_finite_typeless_float: false,
        emit_comments: false,
        with_snippet: false,
    };
    let read: Result<Spanned<Value>, _> = serde_saphyr::from_str_with_options(text, options);
    read.map(Node::from).map_err(|error| yaml_finding(&error))
}

fn yaml_finding(error: &serde_saphyr::Error) -> Finding {
    let number = |n: u64| usize::try_from(n).unwrap_or_default().max(1);
    let at = match error.location() {
        Some(at) => Position { line: number(at.line()), column: number(at.column()) },
        None => Position { line: 1, column: 1 },
    };
    if let serde_saphyr::Error::DuplicateMappingKey { key: Some(key), .. } = error {
        let message = format!("key `{}` appears more than once", Excerpt::new(key));
        return Finding::of_format(Code::DuplicateKey, &message, at);
    }
    // The message ends with the place, which is said already. What is within an alias is known by
    // its message only.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    match message.strip_prefix("budget breached: ") {
        Some(limit) if limit.starts_with("Depth") => Finding::syntax(&too_deep(), at),
        Some(limit) if limit.starts_with("Nodes") => {
            Finding::syntax(&format!("more than {MOST_VALUES} values, repeated ones included"), at)
        }
        Some(_) => Finding::syntax("too much repetition or too many aliases", at),
        None if message == "recursion limit exceeded" => Finding::syntax(&too_deep(), at),
        None => Finding::syntax(message, at),
    }
}

/// The reader of TOML takes over a hundred times the length of a document.
const LARGEST_TOML: usize = 1024 * 1024;

/// The document in a TOML text of at most 1 MB.
pub(crate) fn from_toml(text: &str) -> Result<Node, Finding> {
    if text.len() > LARGEST_TOML {
        let message = "TOML of more than 1 MB takes too much memory to read; write it as JSON";
        return Err(Finding::syntax(message, Position::in_text(text, 0)));
    }
    let table = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        // The format crate has a limit of its own above ours.
        let message = match error.message() {
            "cannot recurse further; max recursion depth met" | "recursion limit" => too_deep(),
            message => message.to_owned(),
        };
        Finding::syntax(&message, Position::in_text(text, offset))
    })?;
    let start = table.span().start;
    let root = toml_table(table.get_ref(), 1)
        .map_err(|offset| Finding::syntax(&too_deep(), Position::in_text(text, offset)))?;
    Ok(Node { offset: start, value: root })
}

/// The same table, or the byte at which it is nested too deep.
fn toml_table(table: &DeTable<'_>, depth: usize) -> Result<Value, usize> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        let key = Key { offset: key.span().start, text: key.get_ref().clone().into_owned() };
        entries.push((key, toml_value(value, depth)?));
    }
    // The format crate sorts keys by name.
    entries.sort_by_key(|(key, _)| key.offset);
    Ok(Value::Map(entries))
}

fn toml_value(spanned: &toml::Spanned<DeValue<'_>>, depth: usize) -> Result<Node, usize> {
    let offset = spanned.span().start;
    let deeper = || if depth < DEEPEST { Ok(depth + 1) } else { Err(offset) };
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::Text(text.clone().into_owned()),
        DeValue::Integer(number) => {
            let (digits, radix) = (number.as_str(), number.radix());
            let whole = i128::from_str_radix(digits, radix).map(Value::Integer);
            // So large a number is out of every range; what it is exactly does not matter.
            whole.unwrap_or_else(|_| Value::Float(digits.parse().unwrap_or(f64::INFINITY)))
        }
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => {
            let depth = deeper()?;
            let items = items.iter().map(|item| toml_value(item, depth));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => toml_table(table, deeper()?)?,
    };
    Ok(Node { offset, value })
}

fn too_deep() -> String {
    format!("nested deeper than {DEEPEST} levels")
}

impl From<Spanned<Value>> for Node {
    fn from(Spanned { value, referenced, .. }: Spanned<Value>) -> Self {
        Self { offset: byte(referenced), value }
    }
}

fn byte(location: serde_saphyr::Location) -> usize {
    let offset = location.span().byte_offset().unwrap_or_default();
    usize::try_from(offset).unwrap_or_default()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Integer(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element::<Spanned<Value>>()? {
            items.push(item.into());
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = access.next_entry::<Spanned<String>, Spanned<Value>>()? {
            let key = Key { offset: byte(key.referenced), text: key.value };
            entries.push((key, value.into()));
        }
        Ok(Value::Map(entries))
    }
}

/// The library reads the tree as it reads any serde format.
impl<'de> Deserializer<'de> for &'de Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(number) => visitor.visit_i128(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Value::Map(entries) => {
                let entries = entries.iter().map(|(key, node)| (key.text.as_str(), node));
                visitor.visit_map(MapDeserializer::new(entries))
            }
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Integer(number) => serializer.serialize_i128(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Map(entries) => {
                serializer.collect_map(entries.iter().map(|(key, node)| (&key.text, node)))
            }
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests;
