//! The schema of words, made from the words: of so many fields, a derived one takes the compiler longer
//! than the rest of this crate.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::{Word, Words};
use crate::pillar::Pillar;
use crate::stage::Stage;

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let english = serde_json::to_value(Self::english()).unwrap_or_default();
        let mut properties = Map::new();
        for (key, text) in english.as_object().into_iter().flatten() {
            let mut schema = match key.as_str() {
                "months" => generator.subschema_for::<[Word; 12]>(),
                "stage_names" | "stage_meanings" => {
                    generator.subschema_for::<BTreeMap<Stage, String>>()
                }
                "pillar_names" => generator.subschema_for::<BTreeMap<Pillar, String>>(),
                _ => generator.subschema_for::<Word>(),
            };
            schema.insert("default".to_owned(), text.clone());
            if let Some((_, about)) = Self::ABOUT.iter().find(|(of, _)| of == key) {
                schema.insert("description".to_owned(), about.trim().into());
            }
            properties.insert(key.clone(), schema.into());
        }
        json_schema!({
            "type": "object",
            "description": "Every fixed word of a report, in one language; none can be missing.",
            "properties": Value::Object(properties),
            "additionalProperties": false,
        })
    }
}
