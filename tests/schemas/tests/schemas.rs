//! Every public document and result by its schema: what is written keeps to it, what is read keeps to
//! it, and what a schema cannot say is listed in `expected/beyond.txt`. `UPDATE_GOLDEN=1 cargo test`
//! rewrites what is kept; look at the difference before it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use digital_maturity::cohort::CohortSummary;
use digital_maturity::migration::MigrationSpec;
use digital_maturity::schema::{self, Draft, schemars::JsonSchema};
use digital_maturity::{
    Answer, Errors, Questionnaire, QuestionnaireSpec, Record, Responses, Words,
};
use jsonschema::Validator;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What is asked of every type of result.
trait Stored: Serialize + DeserializeOwned + PartialEq + Debug + JsonSchema {}

impl<T: Serialize + DeserializeOwned + PartialEq + Debug + JsonSchema> Stored for T {}

#[path = "../../results.rs"]
mod results;

use results::{Check, every_result, roadmaps};

const DRAFTS: [(Draft, &str); 2] = [(Draft::Draft2020, "2020-12"), (Draft::Draft7, "7")];

/// That `text` is what `expected` keeps under that name.
#[track_caller]
fn kept(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("expected").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} differs (UPDATE_GOLDEN=1 rewrites it)");
}

/// The name of a type, as its file is called.
fn named<T: JsonSchema>() -> String {
    let mut name = String::new();
    for c in T::schema_name().chars() {
        if c.is_ascii_uppercase() && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

/// A schema in both drafts.
struct Validators([Validator; 2]);

impl Validators {
    /// Each kept, and free of what only Rust knows.
    fn of<T: JsonSchema>() -> Self {
        Self(DRAFTS.map(|(draft, suffix)| {
            let schema = schema::of::<T>(draft);
            let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
            kept(&format!("{}.{suffix}.json", named::<T>()), &text);
            let mut descriptions = Vec::new();
            collect_descriptions(&schema, &mut descriptions);
            let rust = ["::", "`None`", "`Some`", "[`", "```", "Option", "Vec<", "f64", "()`"];
            descriptions.retain(|said| rust.iter().any(|rust| said.contains(rust)));
            assert!(descriptions.is_empty(), "{}: {descriptions:#?}", T::schema_name());
            for name in schema["$defs"].as_object().into_iter().flat_map(|defs| defs.keys()) {
                assert!(!name.ends_with(|c: char| c.is_ascii_digit()), "{name} is named by order");
            }
            jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
        }))
    }

    /// What both drafts say of a value.
    #[track_caller]
    fn accept(&self, value: &Value) -> bool {
        let [one, other] = self.0.each_ref().map(|validator| validator.is_valid(value));
        assert_eq!(one, other, "the drafts differ on {value}");
        one
    }

    fn why_not(&self, value: &Value) -> String {
        self.0[0]
            .iter_errors(value)
            .map(|error| format!("{} at {}; ", error.masked(), error.instance_path()))
            .collect()
    }
}

fn collect_descriptions<'v>(schema: &'v Value, into: &mut Vec<&'v str>) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str() {
                    Some(text) if key == "description" => into.push(text),
                    _ => collect_descriptions(value, into),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect_descriptions(value, into)),
        _ => {}
    }
}

/// The document with one thing changed, in every place: of a list, in its first and last members.
fn mutants(document: &Value, place: &str) -> Vec<(String, Value)> {
    let mut mutants: Vec<(String, Value)> = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(0.5),
        json!(2.5),
        json!(1e9),
        json!(1e300),
        json!(18_014_398_509_481_984_i64),
        json!(""),
        json!("x"),
        json!("A b"),
        json!("2026-02-30"),
        json!("hubs"),
        json!([]),
        json!([1]),
        json!(["x", "x"]),
        json!({}),
        json!({ "x": 1 }),
    ]
    .into_iter()
    .map(|value| (format!("{place} = {value}"), value))
    .collect();
    match document {
        Value::Object(object) => {
            let with = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
                let mut changed = object.clone();
                change(&mut changed);
                Value::Object(changed)
            };
            let unknown = with(&|object| {
                object.insert("unknown".to_owned(), json!(1));
            });
            mutants.push((format!("{place}/unknown"), unknown));
            for (key, value) in object {
                let place = format!("{place}/{key}");
                let without = with(&|object| {
                    object.remove(key);
                });
                mutants.push((format!("without {place}"), without));
                for (place, mutant) in self::mutants(value, &place) {
                    let changed = with(&|object| {
                        object.insert(key.clone(), mutant.clone());
                    });
                    mutants.push((place, changed));
                }
            }
        }
        Value::Array(list) => {
            let twice = list.iter().chain(list.first()).cloned().collect();
            mutants.push((format!("{place}/0 twice"), Value::Array(twice)));
            let ends: BTreeSet<usize> = [0, list.len().saturating_sub(1)].into();
            for at in ends {
                let Some(member) = list.get(at) else { continue };
                for (place, mutant) in self::mutants(member, &format!("{place}/{at}")) {
                    let mut changed = list.clone();
                    changed[at] = mutant;
                    mutants.push((place, Value::Array(changed)));
                }
            }
        }
        _ => {}
    }
    mutants
}

/// Messages without what differs from value to value.
fn kind(message: &str) -> String {
    let mut kind = String::new();
    let mut quoted = false;
    for c in message.chars() {
        match c {
            '`' | '"' => {
                quoted = !quoted;
                kind.push(c);
            }
            _ if quoted => {}
            '0'..='9' if kind.ends_with('0') => {}
            '0'..='9' => kind.push('0'),
            _ => kind.push(c),
        }
    }
    kind.split(" at line").next().unwrap_or_default().to_owned()
}

/// What readers refuse that keeps to its schema, by type.
#[derive(Default)]
struct Beyond(BTreeMap<String, BTreeSet<String>>);

impl Beyond {
    /// Holds a document and everything that is one change from it against schema and reader.
    #[track_caller]
    fn hold(
        &mut self,
        name: &str,
        validators: &Validators,
        document: &Value,
        read: impl Fn(&Value) -> Result<(), Vec<String>>,
    ) {
        assert!(validators.accept(document), "{name}: {}", validators.why_not(document));
        assert_eq!(read(document), Ok(()), "{name}");
        let beyond = self.0.entry(name.to_owned()).or_default();
        for (change, mutant) in mutants(document, "") {
            match (validators.accept(&mutant), read(&mutant)) {
                (true, Err(why)) => beyond.extend(why),
                // Serde takes the position of a variant for its name.
                (false, Ok(())) if is_position_for_a_name(&change) => {}
                (false, Ok(())) => {
                    panic!("{name}: {change} is read, but {}", validators.why_not(&mutant))
                }
                (true, Ok(())) | (false, Err(_)) => {}
            }
        }
    }

    fn kept(&self, name: &str) {
        let mut text = String::new();
        for (name, whys) in self.0.iter().filter(|(_, whys)| !whys.is_empty()) {
            text += &format!("{name}\n");
            for why in whys {
                text += &format!("  {why}\n");
            }
        }
        kept(name, &text);
    }
}

/// Whether a whole number stands where a variant is named.
fn is_position_for_a_name(change: &str) -> bool {
    let (place, value) = change.split_once(" = ").unwrap_or((change, ""));
    ["status", "reason", "requirement", "fate"].iter().any(|tag| place.ends_with(tag))
        && ["0", "1", "2"].contains(&value)
}

/// How a type is read.
fn by_serde<T: DeserializeOwned>(value: &Value) -> Result<(), Vec<String>> {
    let text = value.to_string();
    serde_json::from_str::<T>(&text)
        .map(drop)
        .map_err(|error| error.to_string().lines().map(kind).collect())
}

#[derive(Default)]
struct AllResults {
    validators: BTreeMap<String, Validators>,
    beyond: Beyond,
}

impl Check for AllResults {
    #[track_caller]
    fn check<T: Stored>(&mut self, value: &T) {
        let name = named::<T>();
        let document = serde_json::to_value(value).unwrap();
        match self.validators.get(&name) {
            Some(validators) => {
                assert!(validators.accept(&document), "{name}: {}", validators.why_not(&document));
            }
            None => {
                let validators = Validators::of::<T>();
                self.beyond.hold(&name, &validators, &document, by_serde::<T>);
                self.validators.insert(name, validators);
            }
        }
    }
}

#[test]
fn every_result_keeps_to_its_schema_and_what_is_read_does_too() {
    let mut all = AllResults::default();
    every_result(&mut all);
    roadmaps().iter().for_each(|roadmap| all.check(roadmap));
    all.beyond.kept("beyond_results.txt");
    assert!(all.validators.len() > 20);
}

/// One of everything that a questionnaire can say.
fn questionnaire() -> Value {
    json!({
        "schema": 1, "id": "shop", "version": "1.0.0-rc.1+build", "language": "en",
        "title": { "default": "Shop", "de": "Laden" }, "description": "text", "instructions": "text",
        "glossary": [{ "term": "till", "meaning": { "default": "where one pays" } }],
        "pillars": { "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 },
            "agile_approach": { "weight": 1.001 } },
        "stages": { "bridge": { "overall": 0.2, "every_pillar": 0 }, "hubs": { "overall": 0.4, "every_pillar": 0.1 },
            "platform": { "overall": 0.6, "every_pillar": 0.2 }, "native": { "overall": 0.8, "every_pillar": 0.3 } },
        "method": { "aggregation": "minimum", "unanswered": "lowest", "dont_know": "exclude", "minimum_coverage": 0.5 },
        "families": [{ "id": "gaps", "title": "Gaps", "description": "text" }],
        "themes": [{ "id": "price", "family": "gaps", "title": "Price", "description": "text" }],
        "scales": { "three": { "kind": "choice", "choices": [
            { "value": 1, "text": "a", "credit": 0, "advice": "text" },
            { "value": 2, "text": "b", "credit": 0.5 }, { "value": 3, "text": "c", "credit": 1 }] } },
        "questions": [
            { "id": "shops", "pillar": "digital_first_mindset", "title": "Shops?", "scale": "three", "weight": 2,
              "reverse": true, "themes": ["price"], "guidance": "text", "effort": 3, "forbid": ["dont_know"] },
            { "id": "channels", "pillar": "digital_first_mindset", "title": "Channels?",
              "scale": { "kind": "checklist", "items": [{ "id": "web", "text": "Web", "points": 2 },
                  { "id": "phone", "text": "Phone" }] } },
            { "id": "till", "pillar": "agile_approach", "title": "Till?", "scale": { "kind": "yes_no" },
              "asked_if": { "all": [{ "any": [{ "question": "shops", "at_least": 0.5 },
                  { "question": "channels", "ticked": "phone" }] }, { "question": "shops", "at_most": 0.9 }],
                  "otherwise": "lowest" } },
            { "id": "wait", "pillar": "agile_approach", "title": "Wait?",
              "scale": { "kind": "measure", "unit": "days", "bands": [
                  { "from": 0, "credit": 1, "text": "at once", "advice": "text" }, { "above": 7, "credit": 0 }] },
              "asked_if": { "question": "till", "at_least": 1 } }
        ]
    })
}

/// The codes of what is wrong.
fn codes(errors: &Errors) -> Vec<String> {
    errors.iter().map(|error| error.code().to_string()).collect()
}

#[test]
fn every_document_that_is_read_keeps_to_its_schema() {
    let mut beyond = Beyond::default();
    let of = Validators::of::<QuestionnaireSpec>();
    beyond.hold("questionnaire_spec", &of, &questionnaire(), |document| {
        Questionnaire::from_json(&document.to_string()).map(drop).map_err(|errors| codes(&errors))
    });
    for built_in in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        let document = serde_json::to_value(built_in.spec()).unwrap();
        assert!(of.accept(&document), "{}", of.why_not(&document));
    }

    let shop = Questionnaire::from_json(&questionnaire().to_string()).unwrap();
    let answers = json!({ "shops": 2, "channels": ["web"], "till": true, "wait": 3.5 });
    let envelope = json!({
        "questionnaire": { "id": "shop", "version": "1.0.0-rc.1+build" }, "respondent": "acme",
        "taken": "2026-11-26", "sequence": 2, "answers": answers, "comments": { "shops": "text" }
    });
    let of = Validators::of::<Responses>();
    for document in [&answers, &envelope] {
        beyond.hold("responses", &of, document, |document| {
            shop.read_json(&document.to_string()).map(drop).map_err(|errors| codes(&errors))
        });
    }

    let migration = json!({
        "schema": 1, "from": { "id": "shop", "version": "1.0.0" },
        "to": { "id": "shop", "version": "2.0.0", "fingerprint": "0".repeat(64) },
        "renamed": { "shops": "stores" }, "removed": ["till"], "changed": ["wait"], "new": ["lane"],
        "answers": { "channels": { "web": ["web", "app"], "phone": null } }
    });
    let of = Validators::of::<MigrationSpec>();
    beyond.hold("migration_spec", &of, &migration, |document| by_serde::<MigrationSpec>(document));

    let of = Validators::of::<Words>();
    let mut words = serde_json::to_value(Words::german()).unwrap();
    assert!(of.accept(&words), "{}", of.why_not(&words));
    let keys = ["language", "stage_names", "months", "radar", "score"];
    words.as_object_mut().unwrap().retain(|key, _| keys.contains(&key.as_str()));
    beyond.hold("words", &of, &words, |document| {
        Words::from_json(&document.to_string()).map(drop).map_err(|errors| codes(&errors))
    });
    beyond.kept("beyond.txt");
}

#[test]
fn findings_and_answers_keep_to_their_schemas() {
    let errors =
        Questionnaire::from_json(r#"{ "schema": 1, "id": "My", "titel": "x" }"#).unwrap_err();
    let of = Validators::of::<Errors>();
    let found = serde_json::to_value(&errors).unwrap();
    assert!(of.accept(&found), "{}", of.why_not(&found));
    assert!(!of.accept(&json!([{ "code": "missing-key" }])));

    let of = Validators::of::<Answer>();
    for answer in [
        Answer::Unanswered,
        Answer::DontKnow,
        Answer::NotApplicable,
        Answer::from(3),
        Answer::from(true),
        Answer::Number(0.5),
        Answer::from(["web"]),
    ] {
        assert!(of.accept(&serde_json::to_value(&answer).unwrap()));
    }
    let nobody = CohortSummary::empty(Questionnaire::dcx_pulse());
    let of = Validators::of::<CohortSummary>();
    let written = serde_json::to_value(&nobody).unwrap();
    assert!(of.accept(&written), "{}", of.why_not(&written));
    // A stored result that was checked: the schema that an OpenAPI document points at.
    let of = Validators::of::<Record>();
    let record = serde_json::to_value(Questionnaire::dcx().sheet().assess().record()).unwrap();
    assert!(of.accept(&record), "{}", of.why_not(&record));
}

/// The answers to one questionnaire, by its own schema: all that is read keeps to it, but for what the
/// documentation of `answers_schema` names (an answer that is null, comments, an envelope).
#[test]
fn answers_keep_to_the_schema_of_their_questionnaire() {
    let shop = Questionnaire::from_json(&questionnaire().to_string()).unwrap();
    let answers = json!({ "shops": 2, "channels": ["web", "phone"], "till": true, "wait": 3.5 });
    let mut beyond = Beyond::default();
    for language in ["en", "de"] {
        let schema = serde_json::to_value(shop.form(language).answers_schema()).unwrap();
        let drafts = [jsonschema::draft7::new, jsonschema::draft202012::new];
        let of = Validators(drafts.map(|draft| draft(&schema).unwrap()));
        beyond.hold("answers", &of, &answers, |document| {
            let null =
                |of: &Value| of.as_object().is_some_and(|of| of.values().any(Value::is_null));
            if null(document) || document.get("answers").is_some() {
                return Err(Vec::new()); // read, and named in the documentation
            }
            shop.read_json(&document.to_string()).map(drop).map_err(|errors| codes(&errors))
        });
    }
    beyond.kept("beyond_answers.txt");
    for pulse in [Questionnaire::dcx_pulse(), Questionnaire::dcx()] {
        let schema = serde_json::to_value(pulse.form("en").answers_schema()).unwrap();
        let of = jsonschema::validator_for(&schema).unwrap();
        let mut sheet = pulse.sheet();
        for question in pulse.questions() {
            let answer = question.answers().pop().unwrap();
            sheet.set(question.id(), answer).unwrap();
        }
        let written = serde_json::to_value(&sheet).unwrap();
        assert!(of.is_valid(&written["answers"]), "{written}");
    }
}
