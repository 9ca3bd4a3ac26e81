//! JSON Schema of documents and results, for editors, for programs in other languages, and for
//! `OpenAPI`.
//!
//! Every type that is written or read implements [`schemars::JsonSchema`]; [`of`] makes the schema of
//! one, with descriptions for people who do not write Rust. That of the answers to one questionnaire is
//! [`Form::answers_schema`](crate::form::Form::answers_schema).
//!
//! # What a schema cannot say
//!
//! Whatever the crate reads keeps to its schema. A document that keeps to it can still be refused:
//!
//! - ids that are not unique or not there, references in a circle, bands that do not ascend, bounds
//!   of stages that fall, a pillar without questions, conditions that nest deeper than 4 or hold more
//!   than 64 comparisons: the check of a questionnaire says so;
//! - the decimals of a Score (nine) and of a Weight (three): `multipleOf` is computed in doubles by
//!   common validators, which then refuse valid numbers such as 1.001;
//! - a language tag that only looks like one;
//! - sums and orders within a result, which reading checks.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The crate that schemas are made with; its major version is part of this crate's interface.
pub use schemars;

/// A version of JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Draft {
    /// 2020-12, that of `OpenAPI` 3.1.
    #[default]
    Draft2020,
    /// 7, which form libraries and editors know.
    Draft7,
}

/// The schema of a type, under that version.
///
/// ```
/// use digital_maturity::{QuestionnaireSpec, Record};
/// use digital_maturity::schema::{self, Draft};
///
/// let document = schema::of::<QuestionnaireSpec>(Draft::Draft2020);
/// assert_eq!(document["required"][0], "schema");
/// let result = schema::of::<Record>(Draft::Draft7);
/// assert_eq!(result["$schema"], "http://json-schema.org/draft-07/schema#");
/// ```
#[must_use]
pub fn of<T: JsonSchema>(draft: Draft) -> Value {
    let settings = match draft {
        Draft::Draft2020 => SchemaSettings::draft2020_12(),
        Draft::Draft7 => SchemaSettings::draft07(),
    };
    let mut schema = Value::from(settings.into_generator().into_root_schema_for::<T>());
    describe(&mut schema, false);
    schema
}

/// Makes descriptions plain, and leaves out what is a matter of Rust. `names` are the keys of an object
/// names of properties, of which one may be called `description`.
fn describe(schema: &mut Value, names: bool) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(text) if key == "description" && !names => *text = plain(text),
                    value => describe(value, key == "properties" && !names),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| describe(value, false)),
        _ => {}
    }
}

/// The first paragraph of a documentation comment, without links, and with null for what Rust calls
/// `None`.
fn plain(comment: &str) -> String {
    let first = comment.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let mut plain = String::with_capacity(first.len());
    let mut rest = first.as_str();
    while let Some((before, inner)) = rest.split_once('[') {
        let Some((shown, after)) = inner.split_once(']') else { break };
        let target = after.strip_prefix('(').and_then(|after| after.split_once(')'));
        plain.push_str(before);
        match target {
            Some(_) => plain.push_str(shown),
            None if shown.starts_with('`') => plain.push_str(shown),
            None => {
                plain.push('[');
                plain.push_str(shown);
                plain.push(']');
            }
        }
        rest = target.map_or(after, |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace("`None`", "null").replace("`Some`", "a value")
}
