//! Prints the JSON Schema of a document, for editors and for programs in other languages.
//!
//! ```text
//! maturity schema > questionnaire.schema.json
//! maturity schema --draft 7 result
//! ```
//!
//! A document that keeps to its schema can still be refused: that an id is there, or that every
//! pillar has a question, is not for a schema to say. The exit code is 0, or 2 for wrong usage.

use std::borrow::Cow;
use std::process::ExitCode;

use clap::{Args as Arguments, ValueEnum};
use digital_maturity::cohort::Benchmark;
use digital_maturity::compare::{Comparison, History};
use digital_maturity::migration::MigrationSpec;
use digital_maturity::outlook::Outlook;
use digital_maturity::roadmap::Roadmap;
use digital_maturity::robustness::Robustness;
use digital_maturity::{Answer, Date, QuestionnaireSpec, Record, Words};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::support::output::finish_json;

/// Print the JSON Schema of a document.
#[derive(Arguments)]
#[command(after_help = "\
Documents that are read: questionnaire, answers, migration, words, result.
Printed with --format json: result, comparison, history, outlook, roadmap,
robustness, benchmark. `validate` finds more than a schema can say.

Exit code: 0, or 2 for wrong usage.")]
pub(crate) struct Args {
    /// Of which document
    #[arg(value_enum, default_value_t, hide_possible_values = true)]
    document: Kind,

    /// Of JSON Schema: 2020-12 or 7
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    draft: Draft,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Kind {
    #[default]
    Questionnaire,
    Answers,
    Migration,
    Words,
    Result,
    Comparison,
    History,
    Outlook,
    Roadmap,
    Robustness,
    Benchmark,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Draft {
    #[default]
    #[value(name = "2020-12")]
    Of2020,
    #[value(name = "7")]
    Seven,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let settings = match args.draft {
        Draft::Of2020 => SchemaSettings::draft2020_12(),
        Draft::Seven => SchemaSettings::draft07(),
    };
    let of = match args.document {
        Kind::Questionnaire => SchemaGenerator::into_root_schema_for::<QuestionnaireSpec>,
        Kind::Answers => SchemaGenerator::into_root_schema_for::<Answers>,
        Kind::Migration => SchemaGenerator::into_root_schema_for::<MigrationSpec>,
        Kind::Words => SchemaGenerator::into_root_schema_for::<Words>,
        Kind::Result => SchemaGenerator::into_root_schema_for::<Record>,
        Kind::Comparison => SchemaGenerator::into_root_schema_for::<Comparison>,
        Kind::History => SchemaGenerator::into_root_schema_for::<History>,
        Kind::Outlook => SchemaGenerator::into_root_schema_for::<Outlook>,
        Kind::Roadmap => SchemaGenerator::into_root_schema_for::<Roadmap>,
        Kind::Robustness => SchemaGenerator::into_root_schema_for::<Robustness>,
        Kind::Benchmark => SchemaGenerator::into_root_schema_for::<Benchmark>,
    };
    let mut schema = Value::from(of(settings.into_generator()));
    describe(&mut schema);
    finish_json(&schema, true)
}

/// Descriptions are the library's documentation: what is left is their first paragraph, without
/// links into it.
fn describe(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(text) if key == "description" => {
                        let first = text.split("\n\n").next().unwrap_or_default();
                        *text = unlinked(&first.replace('\n', " "));
                    }
                    value => describe(value),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(describe),
        _ => {}
    }
}

/// `[shown](target)` and ``[`shown`]`` without what makes them links.
fn unlinked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once('[') {
        let Some((shown, after)) = inner.split_once(']') else { break };
        let target = after.strip_prefix('(').and_then(|after| after.split_once(')'));
        let is_link = target.is_some() || shown.starts_with('`');
        plain.push_str(before);
        let (open, close) = if is_link { ("", "") } else { ("[", "]") };
        plain.extend([open, shown, close]);
        rest = target.map_or(after, |(_, after)| after);
    }
    plain + rest
}

/// Answers to whichever questionnaire: flat, or in an envelope.
struct Answers;

impl JsonSchema for Answers {
    fn schema_name() -> Cow<'static, str> {
        "Answers".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let answers = json_schema!({
            "type": "object",
            "additionalProperties": generator.subschema_for::<Answer>(),
        });
        let identity = json_schema!({
            "type": ["object", "null"],
            "properties": { "id": { "type": "string" }, "version": { "type": "string" } },
            "required": ["id", "version"],
            "additionalProperties": false,
        });
        json_schema!({
            "description": "Answers by the id of the question, alone or under the key `answers` of \
                            an envelope.",
            "anyOf": [
                { "allOf": [answers], "not": { "required": ["answers"] } },
                {
                    "type": "object",
                    "properties": {
                        "questionnaire": identity,
                        "respondent": { "type": ["string", "null"] },
                        "taken": { "anyOf": [generator.subschema_for::<Date>(), { "type": "null" }] },
                        "sequence": { "type": ["integer", "null"] },
                        "answers": answers,
                        "comments": {
                            "type": ["object", "null"],
                            "additionalProperties": { "type": "string" },
                        },
                    },
                    "required": ["answers"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
