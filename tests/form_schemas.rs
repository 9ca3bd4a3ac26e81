//! The answers schema, the asked table and the survey of a questionnaire, held against reading and
//! against what is asked, by evaluators that know nothing of the crate.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::form::{Field, Form, Json};
use digital_maturity::{Answer, AnswerSheet, Code, Questionnaire, Responses};
use serde_json::{Value, json};

use super::form_model::kinds;
use super::reference::generate::{self, Rng};
use super::support::setting;

fn value(json: Json<'_>) -> Value {
    serde_json::to_value(json).unwrap()
}

/// Whether an instance is valid: the keywords of JSON Schema that the crate writes, no others.
fn valid(root: &Value, schema: &Value, instance: &Value) -> bool {
    let Value::Object(keywords) = schema else { return schema.as_bool().unwrap() };
    let each = |schemas: &Value| -> Vec<bool> {
        schemas.as_array().unwrap().iter().map(|schema| valid(root, schema, instance)).collect()
    };
    let number = |limit: &Value, fits: fn(f64, f64) -> bool| {
        instance.as_f64().is_none_or(|found| fits(found, limit.as_f64().unwrap()))
    };
    let list = instance.as_array();
    let length = |limit: &Value| usize::try_from(limit.as_u64().unwrap()).unwrap();
    keywords.iter().all(|(keyword, value)| match keyword.as_str() {
        "title" | "description" | "default" | "$defs" | "then" | "else" => true,
        "$ref" => {
            let pointer = value.as_str().unwrap().strip_prefix('#').unwrap();
            valid(root, root.pointer(pointer).unwrap(), instance)
        }
        "type" => {
            let names = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            names.iter().any(|name| match name.as_str().unwrap() {
                "object" => instance.is_object(),
                "array" => instance.is_array(),
                "string" => instance.is_string(),
                "boolean" => instance.is_boolean(),
                "number" => instance.is_number(),
                "integer" => instance
                    .as_f64()
                    .is_some_and(|number| number.trunc().total_cmp(&number).is_eq()),
                other => panic!("{other}"),
            })
        }
        // Of one word, as it stands between the two marks.
        "pattern" => instance.as_str().is_none_or(|text| format!("^{text}$") == *value),
        "enum" => value.as_array().unwrap().iter().any(|value| same(value, instance)),
        "oneOf" => each(value).into_iter().filter(|valid| *valid).count() == 1,
        "anyOf" => each(value).into_iter().any(|valid| valid),
        "allOf" => each(value).into_iter().all(|valid| valid),
        "not" => !valid(root, value, instance),
        "if" => {
            let next = if valid(root, value, instance) { "then" } else { "else" };
            keywords.get(next).is_none_or(|next| valid(root, next, instance))
        }
        "properties" => instance.as_object().is_none_or(|of| {
            let properties = value.as_object().unwrap().iter();
            properties
                .filter_map(|(key, next)| Some((next, of.get(key)?)))
                .all(|(next, at)| valid(root, next, at))
        }),
        "propertyNames" => instance
            .as_object()
            .is_none_or(|of| of.keys().all(|key| valid(root, value, &json!(key)))),
        "required" => instance.as_object().is_none_or(|of| {
            value.as_array().unwrap().iter().all(|key| of.contains_key(key.as_str().unwrap()))
        }),
        "items" => list.is_none_or(|list| list.iter().all(|entry| valid(root, value, entry))),
        "contains" => list.is_none_or(|list| list.iter().any(|entry| valid(root, value, entry))),
        "minItems" => list.is_none_or(|list| list.len() >= length(value)),
        "maxItems" => list.is_none_or(|list| list.len() <= length(value)),
        "uniqueItems" => list.is_none_or(|list| {
            list.iter().enumerate().all(|(at, entry)| !list[..at].contains(entry))
        }),
        "minimum" => number(value, |found, limit| found >= limit),
        "exclusiveMinimum" => number(value, |found, limit| found > limit),
        "maximum" => number(value, |found, limit| found <= limit),
        "exclusiveMaximum" => number(value, |found, limit| found < limit),
        other => panic!("`{other}` is no keyword that form libraries were tried with"),
    })
}

/// Numbers are the same by value.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.total_cmp(&other).is_eq(),
        _ => one == other,
    }
}

/// What `asked.js` does: which conditional questions are asked, of what a form posts.
fn asked(table: &Value, posted: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, bool> {
    fn met(condition: &Value, table: &Value, said: &dyn Fn(&str) -> Vec<String>) -> bool {
        if let Some(all) = condition.get("all") {
            return all.as_array().unwrap().iter().all(|member| met(member, table, said));
        }
        if let Some(any) = condition.get("any") {
            return any.as_array().unwrap().iter().any(|member| met(member, table, said));
        }
        let id = condition["question"].as_str().unwrap();
        let said = said(id);
        if said.is_empty() || said.iter().any(|of| of == "not_applicable" || of == "dont_know") {
            return false;
        }
        if let Some(values) = condition.get("in") {
            return values
                .as_array()
                .unwrap()
                .iter()
                .any(|value| said.iter().any(|of| value == of));
        }
        if let Some(item) = condition.get("ticked") {
            return said.iter().any(|of| item == of);
        }
        if let Some(ranges) = condition.get("within") {
            let number: f64 = said[0].parse().unwrap();
            let limit = |range: &Value, key| range.get(key).map(|limit| limit.as_f64().unwrap());
            return ranges.as_array().unwrap().iter().any(|range| {
                limit(range, "from").is_none_or(|limit| number >= limit)
                    && limit(range, "above").is_none_or(|limit| number > limit)
                    && limit(range, "below").is_none_or(|limit| number < limit)
                    && limit(range, "at_most").is_none_or(|limit| number <= limit)
            });
        }
        let points = |item: &String| table["points"][id][item].as_u64().unwrap_or(0);
        let points: u64 = said.iter().map(points).sum();
        match condition.get("points_from") {
            Some(from) => points >= from.as_u64().unwrap(),
            None => points <= condition["points_to"].as_u64().unwrap(),
        }
    }
    let mut shown = BTreeMap::new();
    for entry in table["conditions"].as_array().unwrap() {
        let said = |id: &str| match shown.get(id) {
            Some(false) => Vec::new(),
            _ => posted.get(id).cloned().unwrap_or_default(),
        };
        let is_met = met(&entry["asked_if"], table, &said);
        shown.insert(entry["question"].as_str().unwrap().to_owned(), is_met);
    }
    shown
}

/// As `asked.js` reads what a form posts.
fn posted(form: &Form<'_>) -> BTreeMap<String, Vec<String>> {
    let mut said = BTreeMap::<String, Vec<String>>::new();
    for (name, value) in form.fields().flat_map(Field::pairs) {
        if name.ends_with("-Comment") {
            continue;
        }
        let (id, item) = name.split_once('[').unwrap_or((name, ""));
        let item = item.trim_end_matches(']');
        let value = if item.is_empty() { value } else { item };
        said.entry(id.to_owned()).or_default().push(value.to_owned());
    }
    said
}

/// A random questionnaire with a sheet, and its answers as they stand in a document.
fn random(case: u64) -> (Rng, Questionnaire, AnswerSheet, Value) {
    let seed = setting("REFERENCE_SEED", 1);
    let mut rng = Rng::new(seed.wrapping_mul(2_000_003).wrapping_add(case));
    let document = generate::questionnaire(&mut rng);
    let questionnaire: Questionnaire = serde_json::from_value(document.clone()).unwrap();
    let answers = generate::answers(&mut rng, &document);
    let sheet = questionnaire.read_json(&answers.to_string()).unwrap();
    let mut answers = answers.get("answers").unwrap_or(&answers).clone();
    answers.as_object_mut().unwrap().retain(|_, answer| !answer.is_null());
    (rng, questionnaire, sheet, answers)
}

#[test]
fn the_asked_table_and_the_schema_tell_what_is_asked() {
    let (mut decided, mut too_many) = (0, 0);
    for case in 0..setting("REFERENCE_CASES", 1500) {
        let (_, questionnaire, sheet, answers) = random(case);
        let form = sheet.form("en");
        let is_asked: BTreeSet<&str> = sheet.asked().map(|question| question.id()).collect();
        let schema = value(form.answers_schema());
        for (id, shown) in asked(&value(form.asked_table()), &posted(&form)) {
            assert_eq!(shown, is_asked.contains(id.as_str()), "case {case}: {id}");
            decided += 1;
            let in_schema = valid(&schema, &schema["$defs"][format!("asked_{id}")], &answers);
            assert!(in_schema || !shown, "case {case}: {id} {questionnaire:?}");
            too_many += usize::from(in_schema != shown);
        }
    }
    assert!(decided > 1000 && too_many * 50 < decided, "{too_many} of {decided}");
}

#[test]
fn the_schema_takes_what_reading_takes_and_nothing_else() {
    let mut refused = 0;
    for case in 0..setting("REFERENCE_CASES", 1500) {
        let (mut rng, questionnaire, _, mut answers) = random(case);
        let schema = value(questionnaire.form("en").answers_schema());
        assert!(valid(&schema, &schema, &answers), "case {case}: {answers}");
        let others = [
            json!(0),
            json!(1.0),
            json!(2.5),
            json!(-1e300),
            json!(99),
            json!(true),
            json!("often"),
            json!("dont_know"),
            json!("not_applicable"),
            json!([]),
            json!(["web"]),
            json!(["web", "web"]),
            json!([1]),
            json!({ "web": true }),
        ];
        for _ in 0..4 {
            let position = rng.position(questionnaire.questions().len() + 1);
            let id =
                questionnaire.questions().nth(position).map_or("nobody", |question| question.id());
            answers[id] = others[rng.position(others.len())].clone();
            let read = questionnaire.read_json(&answers.to_string());
            assert_eq!(
                valid(&schema, &schema, &answers),
                read.is_ok(),
                "case {case}: {id} {answers}"
            );
            refused += usize::from(read.is_err());
        }
    }
    assert!(refused > 1000, "{refused}");
}

/// Of points 1, 2 and 1: three or more are phone and one other; more than one is phone, or web and app.
#[test]
fn points_become_sets_of_items_and_conditions_one_definition_each() {
    let kinds = kinds();
    let schema = value(kinds.form("en").answers_schema());
    let has = |item: &str| json!({ "contains": { "enum": [item] } });
    let enough = json!({ "type": "array", "anyOf": [
        { "allOf": [has("phone"), has("web")] }, { "allOf": [has("phone"), has("app")] } ] });
    let asked_tools = &schema["$defs"]["asked_tools"]["allOf"];
    assert_eq!(asked_tools[1]["anyOf"][0]["properties"]["channels"], enough);
    assert_eq!(asked_tools[1]["anyOf"][1]["allOf"][0], json!({ "$ref": "#/$defs/asked_lead" }));
    let few = json!({ "type": "array", "not": { "anyOf": [
        { "allOf": [has("phone")] }, { "allOf": [has("web"), has("app")] } ] } });
    assert_eq!(schema["$defs"]["asked_mood"]["properties"]["channels"], few);
    let ids: Vec<&str> =
        schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ids, ["channels", "plan"]);
}

/// Each question names the two before it: what a validator would look at grows like Fibonacci's
/// numbers, and is cut; the schema stays as small as the document.
#[test]
fn a_chain_of_conditions_does_not_explode() {
    let before = |n: usize| json!({ "question": format!("q{n}"), "at_least": 1 });
    let question = |n: usize| {
        let mut question = json!({ "id": format!("q{n}"), "pillar": "agile_approach", "title": "t",
            "scale": { "kind": "yes_no" } });
        if n >= 2 {
            question["asked_if"] = json!({ "all": [before(n - 1), before(n - 2)] });
        }
        question
    };
    let document = json!({ "schema": 1, "id": "chain", "version": "1.0.0", "title": "t",
        "pillars": { "digital_first_mindset": { "weight": 0 }, "culture_of_experimentation": { "weight": 0 },
            "connected_systems": { "weight": 0 } },
        "questions": (0..1000).map(question).collect::<Vec<_>>() });
    let chain: Questionnaire = serde_json::from_value(document.clone()).unwrap();
    let schema = value(chain.form("en").answers_schema());
    assert!(schema.to_string().len() < 8 * document.to_string().len());
    let all: Value =
        (0..1000).map(|n| (format!("q{n}"), json!(true))).collect::<serde_json::Map<_, _>>().into();
    assert!(valid(&schema, &schema, &all));
}

#[test]
fn what_a_survey_says_is_read_as_it_is() {
    let kinds = kinds();
    let read = |data: Value| kinds.read_lenient(&Responses::from_json(&data.to_string()).unwrap());
    // As survey-core writes it: "none of these" is a blank, a state of a number a question of its own.
    let data = json!({ "channels": [" "], "channels-Comment": "why", "plan": "dont_know", "owner": true,
        "lead[]": ["not_applicable"], "mood": false });
    let mut sheet = kinds.sheet();
    sheet
        .set("channels", Answer::Items(Vec::new()))
        .unwrap()
        .set("plan", Answer::DontKnow)
        .unwrap();
    sheet.set("owner", true).unwrap().set("lead", Answer::NotApplicable).unwrap();
    sheet.set("mood", false).unwrap().set_comment("channels", "why").unwrap();
    assert_eq!(read(data).unwrap(), sheet);
    assert_eq!(
        read(json!({ "channels": ["dont_know"] })).unwrap().answer("channels"),
        Some(Answer::DontKnow)
    );
    let twice = read(json!({ "lead": 12, "lead[]": ["dont_know"] })).unwrap_err();
    assert_eq!(
        (twice.first().code(), twice.first().question()),
        (Code::DuplicateKey, Some("lead"))
    );
}

#[cfg(feature = "report")]
#[test]
fn what_form_libraries_are_given_is_kept() {
    use super::golden::golden;

    let pretty = |of: Json<'_>| serde_json::to_string_pretty(&value(of)).unwrap() + "\n";
    let (kinds, pulse) = (kinds(), Questionnaire::dcx_pulse());
    let (kinds, pulse) = (kinds.form("en"), pulse.form("en"));
    golden("kinds.schema.json", &pretty(kinds.answers_schema()));
    golden("kinds.ui.json", &pretty(kinds.ui_schema()));
    golden("kinds.survey.json", &pretty(kinds.survey_json()));
    golden("kinds.asked.json", &pretty(kinds.asked_table()));
    golden("pulse.schema.json", &pretty(pulse.answers_schema()));
    golden("pulse.ui.json", &pretty(pulse.ui_schema()));
    golden("pulse.survey.json", &pretty(pulse.survey_json()));
}
