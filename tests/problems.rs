//! Every problem that a document can have, with its place, code and exact message.
//!
//! Each row breaks one sound document in one way and names every finding that must follow, no more
//! and no fewer. A code without a row fails `every_code_has_a_row`.

#![expect(
    clippy::too_many_lines,
    clippy::unreadable_literal,
    reason = "a table is as long as it is"
)]

use std::collections::BTreeSet;

use digital_maturity::spec::{
    BandSpec, ChoiceSpec, ConditionSpec, Ladder, LadderSpec, LadderTable, NonAnswer, Requirement,
    ScaleSpec, ScaleUse, ThemeSpec,
};
use digital_maturity::{
    Code, Diagnostic, Errors, Questionnaire, QuestionnaireSpec, Record, Responses, Score, Text,
};
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value, json};

use super::support::lines;

/// A sound document with every part in it, and no warning.
fn sound() -> Value {
    let choices = |values: &[i64]| -> Value {
        values.iter().map(|v| json!({ "value": v, "text": format!("choice {v}") })).collect()
    };
    json!({
        "schema": 1,
        "id": "sound",
        "version": "1.0.0",
        "title": { "default": "Sound", "de": "Einwandfrei" },
        "language": "en",
        "instructions": { "default": "Ask around.", "de": "Fragen Sie nach." },
        "glossary": [{ "term": "Hub", "meaning": { "default": "A team", "de": "Ein Team" } }],
        "pillars": { "agile_approach": { "weight": 2 } },
        "stages": {
            "bridge": { "overall": 0.2, "every_pillar": 0 },
            "hubs": { "overall": 0.4, "every_pillar": 0.1 },
            "platform": { "overall": 0.6, "every_pillar": 0.2 },
            "native": { "overall": 0.8, "every_pillar": 0.3 }
        },
        "method": { "unanswered": "lowest", "minimum_coverage": 0.25 },
        "families": [{ "id": "sight", "title": "Sight" }],
        "themes": [{ "id": "near", "family": "sight", "title": "Near" }],
        "scales": { "five": { "kind": "choice", "choices": choices(&[1, 2, 3, 4, 5]) } },
        "questions": [
            { "id": "mind_1", "pillar": "digital_first_mindset", "title": "M1", "scale": "five",
              "themes": ["near"], "forbid": ["not_applicable"] },
            { "id": "mind_2", "pillar": "digital_first_mindset", "title": "M2", "scale": "five" },
            { "id": "agile_1", "pillar": "agile_approach", "title": "A1",
              "scale": { "kind": "yes_no" } },
            { "id": "agile_2", "pillar": "agile_approach", "title": "A2", "scale": "five",
              "asked_if": { "question": "agile_1", "at_least": 1 } },
            { "id": "trial_1", "pillar": "culture_of_experimentation", "title": "T1", "scale": {
                "kind": "checklist",
                "items": [{ "id": "web", "text": "Web" }, { "id": "app", "text": "App", "points": 2 }] } },
            { "id": "trial_2", "pillar": "culture_of_experimentation", "title": "T2", "scale": "five" },
            { "id": "links_1", "pillar": "connected_systems", "title": "L1", "reverse": true, "scale": {
                "kind": "measure", "unit": "days",
                "bands": [{ "from": 0, "credit": 0 }, { "from": 30, "credit": 1 }] } },
            { "id": "links_2", "pillar": "connected_systems", "title": "L2", "scale": "five" }
        ]
    })
}

/// A condition within so many joins.
fn nested(depth: usize) -> Value {
    (0..depth)
        .fold(json!({ "question": "mind_1", "at_least": 1 }), |inner, _| json!({ "any": [inner] }))
}

/// The document with the value at each pointer replaced, or added where there is none.
fn edited(mut document: Value, edits: &[(&str, Value)]) -> Value {
    for (pointer, value) in edits {
        if let Some(place) = document.pointer_mut(pointer) {
            *place = value.clone();
            continue;
        }
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(map) => _ = map.insert(key.to_owned(), value.clone()),
            Value::Array(list) => list.push(value.clone()),
            other => panic!("{parent} is {other}"),
        }
    }
    document
}

/// What is wrong, or worth a look, in a questionnaire.
fn check(text: &str) -> Vec<Diagnostic> {
    match Questionnaire::from_json(text) {
        Ok(questionnaire) => questionnaire.warnings().as_slice().to_vec(),
        Err(report) => report.as_slice().to_vec(),
    }
}

/// Edits, as pointer and new value, and the findings that they cause.
type Row = (Vec<(&'static str, Value)>, Vec<&'static str>);

fn questionnaire_rows() -> Vec<Row> {
    let long = "x".repeat(10_001);
    let row = |edits, findings| (edits, findings);
    vec![
        // Types and keys.
        row(vec![("/title", json!(7))], vec!["error[wrong-type] /title: expected a text, or an object of texts by language, found the number 7"]),
        row(vec![("/questions/0", json!(null))], vec!["error[wrong-type] /questions/0: expected an object, found null"]),
        row(vec![("/questions", json!({}))], vec!["error[wrong-type] /questions: expected a list, found an object"]),
        row(vec![("/questions/1/weight", json!("2"))], vec!["error[wrong-type] /questions/1/weight: expected a number, found the text `2`"]),
        row(vec![("/questions/1/weight", json!(null))], vec!["error[wrong-type] /questions/1/weight: expected a number, found null"]),
        row(vec![("/questions/6/reverse", json!("yes"))], vec!["error[wrong-type] /questions/6/reverse: expected `true` or `false`, found the text `yes`"]),
        row(vec![("/questions/1/scale", json!([]))], vec!["error[wrong-type] /questions/1/scale: expected the name of a shared scale, or a scale, found a list"]),
        row(vec![("/stages", json!(3))], vec!["error[wrong-type] /stages: expected the name of a ladder, or a table of stages, found the number 3"]),
        row(vec![("/title/de", json!(true))], vec!["error[wrong-type] /title/de: expected a text, found true"]),
        row(vec![("/questions/1", json!({ "pillar": "digital_first_mindset", "title": "M2", "scale": "five" }))], vec!["error[missing-key] /questions/1: key `id` is missing"]),
        row(vec![("/pillars/agile_approach", json!({}))], vec!["error[missing-key] /pillars/agile_approach: key `weight` is missing"]),
        row(vec![("/title", json!({ "de": "Titel" }))], vec!["error[missing-key] /title: key `default` is missing"]),
        row(vec![("/questions/4/scale", json!({ "items": [] }))], vec!["error[missing-key] /questions/4/scale: key `kind` is missing"]),
        row(vec![("/questions/1/wieght", json!(2))], vec!["error[unknown-key] /questions/1/wieght: unknown key `wieght` (did you mean `weight`?)"]),
        row(vec![("/notes", json!("mine"))], vec!["error[unknown-key] /notes: unknown key `notes`"]),
        row(vec![("/questions/2/scale/choices", json!([]))], vec!["error[unknown-key] /questions/2/scale/choices: unknown key `choices`"]),
        // What explains the questions.
        row(vec![("/instructions", json!(7))], vec!["error[wrong-type] /instructions: expected a text, or an object of texts by language, found the number 7"]),
        row(vec![("/instructions", json!({ "default": " ", "d_e": "?" }))], vec!["error[invalid-language] /instructions/d_e: `d_e` is not a BCP 47 language tag such as `de` or `pt-BR`"]),
        row(vec![("/instructions", json!(" "))], vec!["warning[empty-text] /instructions: text is empty"]),
        row(vec![("/language", json!({ "default": "en" }))], vec!["error[wrong-type] /language: expected a text, found an object"]),
        row(vec![("/language", json!(null))], vec!["error[wrong-type] /language: expected a text, found null"]),
        row(vec![("/language", json!("english please"))], vec!["error[invalid-language] /language: `english please` is not a BCP 47 language tag such as `de` or `pt-BR`"]),
        row(vec![("/language", json!(""))], vec!["error[invalid-language] /language: `` is not a BCP 47 language tag such as `de` or `pt-BR`"]),
        row(vec![("/language", json!("default"))], vec!["error[invalid-language] /language: `default` is not a BCP 47 language tag such as `de` or `pt-BR`"]),
        row(vec![("/language", json!(long))], vec!["error[text-too-long] /language: text of 10001 characters is too long, at most 10000 are allowed"]),
        row(vec![("/glossary", json!({ "hub": "A team" }))], vec!["error[wrong-type] /glossary: expected a list, found an object"]),
        row(vec![("/glossary/0", json!("hub"))], vec!["error[wrong-type] /glossary/0: expected an object, found the text `hub`"]),
        row(vec![("/glossary/0/term", json!(1))], vec!["error[wrong-type] /glossary/0/term: expected a text, or an object of texts by language, found the number 1"]),
        row(vec![("/glossary/0", json!({ "term": "hub", "text": "A team" }))], vec![
            "error[missing-key] /glossary/0: key `meaning` is missing",
            "error[unknown-key] /glossary/0/text: unknown key `text`",
        ]),
        row(vec![("/glossary/1", json!({ "term": { "default": "Hub", "de": "Knoten" }, "meaning": "Another" }))], vec!["error[duplicate-entry] /glossary/1/term: `Hub` appears more than once"]),
        row(vec![("/glossary/1", json!({ "term": "", "meaning": "Another" }))], vec!["warning[empty-text] /glossary/1/term: text is empty"]),
        row(vec![("/glossary", (0..257).map(|n| json!({ "term": n.to_string(), "meaning": "A number" })).collect())], vec!["error[too-many] /glossary: too many terms: found 257, at most 256 may be there"]),
        // Closed sets of names.
        row(vec![("/questions/0/pillar", json!("agile"))], vec!["error[unknown-name] /questions/0/pillar: unknown pillar `agile`"]),
        row(vec![("/pillars", json!({ "agile_aproach": { "weight": 1 } }))], vec!["error[unknown-name] /pillars/agile_aproach: unknown pillar `agile_aproach` (did you mean `agile_approach`?)"]),
        row(vec![("/stages", json!("balancd"))], vec!["error[unknown-name] /stages: unknown ladder `balancd` (did you mean `balanced`?)"]),
        row(vec![("/method/aggregation", json!("mean"))], vec!["error[unknown-name] /method/aggregation: unknown aggregation `mean`"]),
        row(vec![("/method/dont_know", json!("Exclude"))], vec!["error[unknown-name] /method/dont_know: unknown policy `Exclude` (did you mean `exclude`?)"]),
        row(vec![("/questions/2/scale/kind", json!("yesno"))], vec!["error[unknown-name] /questions/2/scale/kind: unknown kind of scale `yesno` (did you mean `yes_no`?)"]),
        row(vec![("/questions/0/forbid/0", json!("unanswered"))], vec!["error[unknown-name] /questions/0/forbid/0: unknown answer to forbid `unanswered`"]),
        row(vec![("/questions/3/asked_if/otherwise", json!("zero"))], vec!["error[unknown-name] /questions/3/asked_if/otherwise: unknown fallback `zero`"]),
        // Numbers.
        row(vec![("/questions/1/weight", json!(-1))], vec!["error[out-of-range] /questions/1/weight: weight -1 is out of range, must be from 0 to 1000"]),
        row(vec![("/questions/1/weight", json!(1000.001))], vec!["error[out-of-range] /questions/1/weight: weight 1000.001 is out of range, must be from 0 to 1000"]),
        row(vec![("/questions/1/weight", json!(0.0005))], vec!["error[too-fine] /questions/1/weight: weight 0.0005 is too fine, at most 3 decimals are kept"]),
        row(vec![("/pillars/agile_approach/weight", json!(1e6))], vec!["error[out-of-range] /pillars/agile_approach/weight: weight 1000000 is out of range, must be from 0 to 1000"]),
        row(vec![("/method/minimum_coverage", json!(1.5))], vec!["error[out-of-range] /method/minimum_coverage: coverage 1.5 is out of range, must be from 0 to 1"]),
        row(vec![("/stages/hubs/overall", json!(0.4000000001))], vec!["error[too-fine] /stages/hubs/overall: bound 0.4000000001 is too fine, at most 9 decimals are kept"]),
        row(vec![("/questions/6/scale/bands/1/credit", json!(1.000000001))], vec!["error[out-of-range] /questions/6/scale/bands/1/credit: credit 1.000000001 is out of range, must be from 0 to 1"]),
        row(vec![("/questions/3/asked_if/at_least", json!(0.1234567891))], vec!["error[too-fine] /questions/3/asked_if/at_least: credit 0.1234567891 is too fine, at most 9 decimals are kept"]),
        row(vec![("/questions/1/effort", json!(11))], vec!["error[out-of-range] /questions/1/effort: effort 11 is out of range, must be from 1 to 10"]),
        row(vec![("/questions/1/effort", json!(1.5))], vec!["error[not-whole] /questions/1/effort: expected a whole number, found 1.5"]),
        row(vec![("/questions/4/scale/items/0/points", json!(0))], vec!["error[out-of-range] /questions/4/scale/items/0/points: points 0 is out of range, must be from 1 to 1000"]),
        row(vec![("/scales/five/choices/0/value", json!(0.5))], vec!["error[not-whole] /scales/five/choices/0/value: expected a whole number, found 0.5"]),
        row(vec![("/scales/five/choices/4/value", json!(9_007_199_254_740_993_i64))], vec!["error[out-of-range] /scales/five/choices/4/value: value 9007199254740993 is out of range, must be from -9007199254740992 to 9007199254740992"]),
        row(vec![("/scales/five/choices/4/value", json!(1e300))], vec!["error[out-of-range] /scales/five/choices/4/value: value 1e300 is out of range, must be from -9007199254740992 to 9007199254740992"]),
        row(vec![("/schema", json!(2))], vec!["error[unsupported-schema] /schema: expected schema 1, found the number 2"]),
        // Sizes.
        row(vec![("/scales/five/choices", json!([{ "value": 1, "text": "only" }]))], vec!["error[too-few] /scales/five/choices: too few choices: found 1, at least 2 must be there"]),
        row(vec![("/questions", json!([]))], vec!["error[too-few] /questions: too few questions: found 0, at least 1 must be there"]),
        row(vec![("/questions/4/scale/items", json!([]))], vec!["error[too-few] /questions/4/scale/items: too few items: found 0, at least 1 must be there"]),
        row(vec![("/questions/6/scale/bands", json!([]))], vec!["error[too-few] /questions/6/scale/bands: too few bands: found 0, at least 1 must be there"]),
        row(
            vec![("/scales/five/choices", (0..101).map(|v| json!({ "value": v, "text": "t" })).collect())],
            vec!["error[too-many] /scales/five/choices: too many choices: found 101, at most 100 may be there"],
        ),
        row(
            vec![("/themes", (0..257).map(|n| json!({ "id": if n == 0 { "near".to_owned() } else { format!("t{n}") }, "family": "sight", "title": "t" })).collect())],
            vec!["error[too-many] /themes: too many themes: found 257, at most 256 may be there"],
        ),
        row(vec![("/questions/0/guidance", json!(long))], vec!["error[text-too-long] /questions/0/guidance: text of 10001 characters is too long, at most 10000 are allowed"]),
        // Ids and references.
        row(vec![("/id", json!("Sound"))], vec!["error[invalid-id] /id: `Sound` is not an id: a lower-case letter, then up to 63 lower-case letters, digits or `_`"]),
        row(vec![("/questions/1/id", json!("mind\u{202e}2"))], vec!["error[invalid-id] /questions/1/id: `mind\\u{202e}2` is not an id: a lower-case letter, then up to 63 lower-case letters, digits or `_`"]),
        row(vec![("/questions/1/id", json!("answers"))], vec!["error[reserved-id] /questions/1/id: id `answers` is reserved"]),
        row(vec![("/questions/1/id", json!("mind_1"))], vec!["error[duplicate-id] /questions/1/id: question id `mind_1` is already used at /questions/0/id"]),
        row(vec![("/themes/-", json!({ "id": "near", "family": "sight", "title": "N" }))], vec!["error[duplicate-id] /themes/1/id: theme id `near` is already used at /themes/0/id"]),
        row(vec![("/families/-", json!({ "id": "sight", "title": "S" }))], vec!["error[duplicate-id] /families/1/id: family id `sight` is already used at /families/0/id"]),
        row(vec![("/questions/4/scale/items/1/id", json!("web"))], vec!["error[duplicate-id] /questions/4/scale/items/1/id: item id `web` is already used at /questions/4/scale/items/0/id"]),
        row(vec![("/questions/0/themes", json!(["near", "near"]))], vec!["error[duplicate-entry] /questions/0/themes/1: `near` appears more than once"]),
        row(vec![("/questions/0/forbid", json!(["dont_know", "dont_know"]))], vec!["error[duplicate-entry] /questions/0/forbid/1: `dont_know` appears more than once"]),
        row(vec![("/version", json!("1.0"))], vec!["error[invalid-version] /version: `1.0` is not a semantic version such as `1.0.0`"]),
        row(vec![("/title/not a tag", json!("?"))], vec!["error[invalid-language] /title/not a tag: `not a tag` is not a BCP 47 language tag such as `de` or `pt-BR`"]),
        row(vec![("/questions/0/themes/-", json!("neer"))], vec!["error[unknown-theme] /questions/0/themes/1: unknown theme `neer` (did you mean `near`?)"]),
        row(vec![("/questions/1/scale", json!("fife"))], vec!["error[unknown-scale] /questions/1/scale: unknown scale `fife` (did you mean `five`?)"]),
        row(vec![("/questions/3/asked_if", json!({ "question": "agile_1" }))], vec!["error[missing-key] /questions/3/asked_if: key `at_least`, `at_most` or `ticked` is missing"]),
        row(vec![("/questions/3/asked_if", json!({}))], vec!["error[missing-key] /questions/3/asked_if: key `question` is missing", "error[missing-key] /questions/3/asked_if: key `at_least`, `at_most` or `ticked` is missing"]),
        row(vec![("/questions/3/asked_if/at_most", json!(1))], vec!["error[conflicting-keys] /questions/3/asked_if: only one key of `at_least`, `at_most` or `ticked` can stand here"]),
        row(vec![("/questions/3/asked_if/any", json!([{ "question": "mind_1", "at_least": 1 }]))], vec!["error[conflicting-keys] /questions/3/asked_if: only one key of `all`, `any` or `question` can stand here", "error[unknown-key] /questions/3/asked_if/at_least: unknown key `at_least`"]),
        row(vec![("/questions/3/asked_if", json!({ "any": [] }))], vec!["error[too-few] /questions/3/asked_if/any: too few conditions: found 0, at least 1 must be there"]),
        row(
            vec![("/questions/3/asked_if", json!({ "all": [{ "any": [{ "question": "mind_1", "at_least": 1, "otherwise": "lowest" }, { "question": "mnd_2", "atleast": 1 }] }] }))],
            vec![
                "error[unknown-key] /questions/3/asked_if/all/0/any/0/otherwise: unknown key `otherwise`",
                "error[missing-key] /questions/3/asked_if/all/0/any/1: key `at_least`, `at_most` or `ticked` is missing",
                "error[unknown-question] /questions/3/asked_if/all/0/any/1/question: unknown question `mnd_2` (did you mean `mind_2`?)",
                "error[unknown-key] /questions/3/asked_if/all/0/any/1/atleast: unknown key `atleast` (did you mean `at_least`?)",
            ],
        ),
        row(vec![("/questions/3/asked_if", nested(4))], vec![]),
        row(vec![("/questions/3/asked_if", nested(5))], vec!["error[condition-too-deep] /questions/3/asked_if/any/0/any/0/any/0/any/0/any: conditions nest at most 4 deep"]),
        row(vec![("/questions/3/asked_if", json!({ "all": vec![json!({ "any": vec![json!({ "question": "mind_1", "at_least": 1 }); 22] }); 3] }))], vec!["error[too-many] /questions/3/asked_if: too many conditions: found 66, at most 64 may be there"]),
        row(vec![("/questions/5/asked_if", json!({ "question": "trial_1", "ticked": "webb" }))], vec!["error[unknown-item] /questions/5/asked_if/ticked: unknown item `webb` (did you mean `web`?)"]),
        row(vec![("/questions/5/asked_if", json!({ "question": "agile_1", "ticked": "web" }))], vec!["error[not-a-checklist] /questions/5/asked_if/ticked: question `agile_1` is no checklist, it has no items"]),
        row(vec![("/questions/3/asked_if/question", json!("agile_3"))], vec!["error[unknown-question] /questions/3/asked_if/question: unknown question `agile_3` (did you mean `agile_1`?)"]),
        row(vec![("/questions/3/asked_if/question", json!("agile_2"))], vec!["error[own-condition] /questions/3/asked_if/question: question `agile_2` depends on itself"]),
        row(vec![("/questions/3/asked_if/question", json!("links_1"))], vec!["error[later-condition] /questions/3/asked_if/question: question `links_1` comes later, a condition must name an earlier question"]),
        // Scales and ladder.
        row(vec![("/scales/five/choices/3/value", json!(2))], vec!["error[duplicate-value] /scales/five/choices/3/value: value 2 is already used at /scales/five/choices/1/value"]),
        row(vec![("/scales/five/choices/3/value", json!(2.0))], vec!["error[duplicate-value] /scales/five/choices/3/value: value 2 is already used at /scales/five/choices/1/value"]),
        row(
            vec![("/scales/five/choices/0/credit", json!(0)), ("/scales/five/choices/1/credit", json!(0.5)), ("/scales/five/choices/4/credit", json!(1))],
            vec![
                "error[missing-credit] /scales/five/choices/2: this choice states no credit although others of the scale do",
                "error[missing-credit] /scales/five/choices/3: this choice states no credit although others of the scale do",
            ],
        ),
        row(vec![("/questions/6/scale/bands/1", json!({ "credit": 1 }))], vec!["error[missing-key] /questions/6/scale/bands/1: key `from` or `above` is missing"]),
        row(vec![("/questions/6/scale/bands/0/above", json!(0))], vec!["error[conflicting-keys] /questions/6/scale/bands/0: only one key of `from` or `above` can stand here"]),
        row(vec![("/questions/6/scale/bands", json!([{ "above": 0, "credit": 0 }, { "from": 0, "credit": 1 }]))], vec!["error[bands-not-ascending] /questions/6/scale/bands/1/from: `from` 0 starts no higher than `above` 0 of the band before"]),
        row(vec![("/questions/6/scale/bands", json!([{ "from": 0, "credit": 0 }, { "above": 0, "credit": 1 }]))], vec![]),
        row(vec![("/questions/6/scale/bands/1/from", json!(-0.0))], vec!["error[bands-not-ascending] /questions/6/scale/bands/1/from: `from` -0 starts no higher than `from` 0 of the band before"]),
        row(vec![("/questions/4/reverse", json!(true))], vec!["error[reversed-checklist] /questions/4/reverse: a checklist cannot be reversed"]),
        row(vec![("/stages/platform/overall", json!(0.3))], vec!["error[falling-ladder] /stages/platform/overall: 0.3 for platform is below 0.4 for the stage before"]),
        row(vec![("/stages/native/every_pillar", json!(0.1))], vec!["error[falling-ladder] /stages/native/every_pillar: 0.1 for native is below 0.2 for the stage before"]),
        // Scorable at all.
        row(
            vec![("/questions/2/weight", json!(0)), ("/questions/3/weight", json!(0))],
            vec!["error[pillar-without-question] /pillars/agile_approach: pillar `agile_approach` has weight 2 but no question with a weight above 0"],
        ),
        row(
            vec![("/questions/6/pillar", json!("agile_approach")), ("/questions/7/pillar", json!("agile_approach"))],
            vec!["error[pillar-without-question] /questions: pillar `connected_systems` has weight 1 but no question with a weight above 0"],
        ),
        row(
            vec![("/pillars", json!({ "digital_first_mindset": { "weight": 0 }, "agile_approach": { "weight": 0 }, "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0.0 } }))],
            vec!["error[no-pillar-weight] /pillars: every pillar has weight 0, so nothing could be scored"],
        ),
        // Warnings.
        row(vec![("/questions/1/weight", json!(3))], vec!["warning[dominant-question] /questions/1: question `mind_2` carries more than half of the weight of pillar `digital_first_mindset`"]),
        row(vec![("/questions/0/themes", json!([]))], vec!["warning[unused-theme] /themes/0: theme `near` has no question"]),
        row(vec![("/scales/yes", json!({ "kind": "yes_no" }))], vec!["warning[unused-scale] /scales/yes: scale `yes` is used by no question"]),
        row(vec![("/themes/0/family", json!("sigth"))], vec!["warning[unlisted-family] /themes/0/family: family `sigth` is not among the listed families (did you mean `sight`?)"]),
        row(
            vec![("/pillars", json!({ "digital_first_mindset": { "weight": 0 }, "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } }))],
            vec!["warning[single-pillar] /pillars: pillar `agile_approach` carries all the weight, the others have none"],
        ),
        row(vec![("/scales/five/choices/2/value", json!(0))], vec!["warning[credits-not-rising] /scales/five/choices/2/value: credit 0 does not rise above 0.4 of the choice before"]),
        row(
            vec![("/questions/3/asked_if", json!({ "question": "mind_2", "at_most": 0 })), ("/questions/1/scale", json!({ "kind": "choice", "choices": [{ "value": 0, "text": "a", "credit": 0.25 }, { "value": 1, "text": "b", "credit": 1 }] }))],
            vec!["warning[unreachable-condition] /questions/3/asked_if/at_most: no answer to `mind_2` earns 0 or less, its credits go from 0.25 to 1"],
        ),
        row(
            vec![("/questions/3/asked_if", json!({ "all": [{ "question": "mind_2", "at_most": 0.25 }, { "question": "mind_2", "at_least": 0.5 }] }))],
            vec!["warning[condition-never-met] /questions/3/asked_if: no answers meet this condition, so the question is never asked"],
        ),
        // Not applicable does not meet it, unless that is forbidden.
        row(vec![("/questions/3/asked_if", json!({ "question": "mind_2", "at_least": 0 }))], vec![]),
        row(
            vec![("/questions/3/asked_if", json!({ "any": [{ "question": "mind_1", "at_most": 0.5 }, { "question": "mind_1", "at_least": 0.75 }] }))],
            vec!["warning[condition-always-met] /questions/3/asked_if: all answers meet this condition, so it decides nothing"],
        ),
        // "web" earns 1/3, "app" 2/3: who has 2/3 has ticked "app".
        row(
            vec![("/questions/5/asked_if", json!({ "all": [{ "question": "trial_1", "ticked": "app" }, { "question": "trial_1", "at_least": 0.5 }] }))],
            vec!["warning[idle-condition] /questions/5/asked_if/all/1: no answer to `trial_1` makes a difference here, the rest decides"],
        ),
        row(
            vec![("/questions/3/asked_if", json!({ "question": "mind_2", "at_least": 1 })), ("/questions/1/scale", json!({ "kind": "choice", "choices": [{ "value": 0, "text": "a", "credit": 0 }, { "value": 1, "text": "b", "credit": 0.999999999 }] }))],
            vec!["warning[unreachable-condition] /questions/3/asked_if/at_least: no answer to `mind_2` earns 1 or more, its credits go from 0 to 0.999999999"],
        ),
        row(
            vec![("/stages", json!({ "bridge": { "overall": 0, "every_pillar": 0 }, "hubs": { "overall": 0.4, "every_pillar": 0 }, "platform": { "overall": 0.4, "every_pillar": 0 }, "native": { "overall": 0.8, "every_pillar": 0 } }))],
            vec!["warning[unreachable-stage] /stages: no answers end at stage `traditional`", "warning[unreachable-stage] /stages: no answers end at stage `hubs`"],
        ),
        row(vec![("/questions/0/title", json!(" \t"))], vec!["warning[empty-text] /questions/0/title: text is empty"]),
        row(vec![("/title/de", json!(""))], vec!["warning[empty-text] /title/de: text is empty"]),
        // Choices whose texts exports confuse. Blanks and no-break blanks, marks and case are alike.
        row(vec![("/scales/five/choices/3/text", json!("Choice\u{a0}2"))], vec!["warning[ambiguous-text] /scales/five/choices/3/text: `Choice\u{a0}2` can mean more than one answer: 2, 4"]),
        row(vec![("/scales/five/choices/3/text", json!({ "default": "choice 4", "en": "Choice  2" }))], vec!["warning[ambiguous-text] /scales/five/choices/3/text/en: `Choice  2` can mean more than one answer: 2, 4"]),
        row(vec![("/scales/five/choices/3/text", json!("choice\n2")), ("/scales/five/choices/1/text", json!("choice\r\n2"))], vec!["warning[ambiguous-text] /scales/five/choices/3/text: `choice\\n2` can mean more than one answer: 2, 4"]),
        row(vec![("/scales/five/choices/3/text", json!("2.0"))], vec!["warning[ambiguous-text] /scales/five/choices/3/text: `2.0` can mean more than one answer: 2 by its value, 4 by its text"]),
        row(vec![("/scales/five/choices/3/text", json!("02,0"))], vec!["warning[ambiguous-text] /scales/five/choices/3/text: `02,0` can mean more than one answer: 2 by its value, 4 by its text"]),
        row(vec![("/scales/five/choices/3/text", json!("4"))], vec![]),
        row(vec![("/scales/five/choices/3/text", json!("2 or more"))], vec![]),
        row(vec![("/scales/five/choices/3/text", json!("7"))], vec![]),
        row(vec![("/scales/five/choices/3/text", json!("DontKnow"))], vec!["warning[ambiguous-text] /scales/five/choices/3/text: `DontKnow` can mean more than one answer: 4, dont_know"]),
        row(vec![("/scales/five/choices/3/text", json!(" choice 4"))], vec!["warning[padded-text] /scales/five/choices/3/text: ` choice 4` begins or ends with a blank"]),
        row(vec![("/questions/4/scale/items/0/text", json!("Web\u{a0}"))], vec!["warning[padded-text] /questions/4/scale/items/0/text: `Web\u{a0}` begins or ends with a blank"]),
        row(vec![("/questions/4/title", json!("T1\t"))], vec!["warning[padded-text] /questions/4/title: `T1\\t` begins or ends with a blank"]),
        // Nothing of it is read from a file.
        row(vec![("/title", json!("Sound ")), ("/questions/6/scale/unit", json!(" days"))], vec![]),
        // Items: the id of another, lists of others in every way to cut them.
        row(vec![("/questions/4/scale/items/1/text", json!("Web"))], vec!["warning[ambiguous-text] /questions/4/scale/items/1/text: `Web` can mean more than one answer: web, app"]),
        row(vec![("/questions/4/scale/items/0/text", json!("APP")), ("/questions/4/scale/items/1/text", json!("Mobile"))], vec!["warning[ambiguous-text] /questions/4/scale/items/0/text: `APP` can mean more than one answer: web, app"]),
        row(vec![("/questions/4/scale/items/-", json!({ "id": "both", "text": "App;web" }))], vec!["warning[ambiguous-text] /questions/4/scale/items/2/text: `App;web` can mean more than one answer: both, [web, app]"]),
        row(vec![("/questions/4/scale/items/-", json!({ "id": "both", "text": "web app" }))], vec!["warning[ambiguous-text] /questions/4/scale/items/2/text: `web app` can mean more than one answer: both, [web, app]"]),
        row(vec![("/questions/4/scale/items/0/text", json!("Web, shop")), ("/questions/4/scale/items/-", json!({ "id": "all", "text": "Web, shop,\nApp" }))], vec!["warning[ambiguous-text] /questions/4/scale/items/2/text: `Web, shop,\\nApp` can mean more than one answer: all, [web, app]"]),
        row(vec![("/questions/4/scale/items/-", json!({ "id": "both", "text": "Web, app and more" }))], vec![]),
        row(vec![("/questions/4/scale/items/0/text", json!("Web, web"))], vec![]),
        // Headers.
        row(vec![("/questions/3/title", json!("a1"))], vec!["warning[ambiguous-header] /questions/3/title: a column `a1` can be `agile_1` and `agile_2`"]),
        row(vec![("/questions/3/title", json!("Agile_1"))], vec!["warning[ambiguous-header] /questions/3/title: a column `Agile_1` can be `agile_1` and `agile_2`"]),
        row(vec![("/questions/3/title", json!("agile_2"))], vec![]),
        row(vec![("/questions/3/title", json!("T1 - App"))], vec!["warning[ambiguous-header] /questions/3/title: a column `t1 - app` can be `app` of `trial_1` and `agile_2`"]),
        row(vec![("/questions/3/title", json!("trial_1 (choice=Web)"))], vec!["warning[ambiguous-header] /questions/3/title: a column `trial_1 (choice=web)` can be `web` of `trial_1` and `agile_2`"]),
        row(vec![("/questions/3/title", json!("T1 - Shop"))], vec![]),
        row(vec![("/questions/3/title", json!("A1 - Web"))], vec![]),
        // Languages.
        row(vec![("/questions/0/title", json!({ "default": "M1", "fr": "M1 ?" }))], vec!["warning[lone-language] /questions/0/title/fr: no other text is in `fr`"]),
        row(vec![("/instructions", json!({ "default": "Ask around.", "de": "Fragen Sie nach.", "DW": "Fragen" }))], vec!["warning[lone-language] /instructions/DW: no other text is in `DW` (did you mean `de`?)"]),
        row(vec![("/questions/0/title", json!({ "default": "M1", "de-AT": "M1 ?" })), ("/instructions", json!({ "default": "Ask around.", "de": "Fragen Sie nach.", "en-GB": "Ask." }))], vec![]),
        // Three of five; the titles of questions, and the items, of which none is in it, are no part of it.
        row(
            vec![
                ("/scales/five/choices/0/text", json!({ "default": "choice 1", "DE": "Wahl 1" })),
                ("/scales/five/choices/1/text", json!({ "default": "choice 2", "ed": "Wahl 2" })),
                ("/scales/five/choices/3/text", json!({ "default": "choice 4", "de": "Wahl 4" })),
            ],
            vec![
                "warning[lone-language] /scales/five/choices/1/text/ed: no other text is in `ed` (did you mean `de`?)",
                "warning[partial-language] /scales/five/choices/2/text: 2 of 5 texts of questions, choices and items are not in `DE`, this is the first",
            ],
        ),
        // Two of ten are a beginning.
        row(
            vec![("/scales/five/choices/0/text", json!({ "default": "choice 1", "de": "Wahl 1" })), ("/questions/1/title", json!({ "default": "M2", "de": "M 2" }))],
            vec![],
        ),
    ]
}

#[test]
fn the_document_that_the_rows_break_is_sound() {
    assert_eq!(lines(&check(&sound().to_string())), Vec::<String>::new());
}

#[test]
fn each_breakage_of_a_questionnaire_yields_exactly_its_findings() {
    for (edits, expected) in questionnaire_rows() {
        let document = edited(sound(), &edits);
        let report = check(&document.to_string());
        let mut found = lines(&report);
        // What serde_json hands over keeps document order only with `preserve_order`.
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{edits:?}");
    }
}

#[test]
fn independent_breakages_are_all_found_in_one_go_and_in_document_order() {
    let text = r#"{
        "schema": 1, "id": "Loud", "version": "one", "title": "T", "colour": "red",
        "pillars": { "agile_approach": { "weight": 0.0001 } },
        "scales": { "two": { "kind": "choice", "choices": [
            { "value": 1, "text": "a" }, { "value": 1, "text": "b" } ] } },
        "questions": [
            { "id": "a", "pillar": "digital_first_mindset", "title": "A", "scale": "tow" },
            { "id": "a", "pillar": "agile_approach", "title": "B", "scale": "two", "effort": 0 },
            { "id": "c", "pillar": "culture", "title": "C", "scale": "two",
              "asked_if": { "question": "b", "at_least": 2 } },
            { "id": "d", "pillar": "connected_systems", "title": "D", "title": "E",
              "scale": { "kind": "measure", "bands": [ { "from": 1, "credit": 0 }, { "from": 1, "credit": 1 } ] } }
        ]
    }"#;
    let report = Questionnaire::from_json(text).unwrap_err();
    assert_eq!(
        lines(&report),
        [
            "error[invalid-id] /id: `Loud` is not an id: a lower-case letter, then up to 63 lower-case letters, digits or `_`",
            "error[invalid-version] /version: `one` is not a semantic version such as `1.0.0`",
            "error[unknown-key] /colour: unknown key `colour`",
            "error[too-fine] /pillars/agile_approach/weight: weight 0.0001 is too fine, at most 3 decimals are kept",
            "error[duplicate-value] /scales/two/choices/1/value: value 1 is already used at /scales/two/choices/0/value",
            "error[unknown-scale] /questions/0/scale: unknown scale `tow` (did you mean `two`?)",
            "error[duplicate-id] /questions/1/id: question id `a` is already used at /questions/0/id",
            "error[out-of-range] /questions/1/effort: effort 0 is out of range, must be from 1 to 10",
            "error[unknown-name] /questions/2/pillar: unknown pillar `culture`",
            "error[unknown-question] /questions/2/asked_if/question: unknown question `b`",
            "error[out-of-range] /questions/2/asked_if/at_least: credit 2 is out of range, must be from 0 to 1",
            "error[duplicate-key] /questions/3/title: key `title` appears more than once",
            "error[missing-key] /questions/3/scale: key `unit` is missing",
            "error[bands-not-ascending] /questions/3/scale/bands/1/from: `from` 1 starts no higher than `from` 1 of the band before",
        ]
    );
}

/// Rows that do not touch each other's places: any of them can be broken together.
fn independent_rows() -> Vec<Row> {
    let independent = [
        "/id",
        "/version",
        "/notes",
        "/title/de",
        "/method/aggregation",
        "/method/minimum_coverage",
        "/stages/hubs/overall",
        "/questions/0/forbid/0",
        "/questions/0/themes/-",
        "/questions/1/weight",
        "/questions/1/effort",
        "/questions/3/asked_if/question",
        "/questions/4/reverse",
        "/questions/4/scale/items/0/points",
        "/questions/6/reverse",
        "/questions/6/scale/bands/1/credit",
        "/scales/five/choices/0/value",
        "/families/-",
    ];
    let mut taken = BTreeSet::new();
    let mut rows = questionnaire_rows();
    // The first error row of each place; a later one at the same place would overwrite it.
    rows.retain(|(edits, findings)| {
        let [(pointer, _)] = edits.as_slice() else { return false };
        let error = findings.iter().all(|finding| finding.starts_with("error"));
        error && independent.contains(pointer) && taken.insert(*pointer)
    });
    assert_eq!(rows.len(), independent.len(), "{taken:?}");
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn k_independent_breakages_yield_exactly_those_k_problems(
        rows in subsequence(independent_rows(), 0..=18)
    ) {
        let edits: Vec<_> = rows.iter().flat_map(|(edits, _)| edits.clone()).collect();
        let mut expected: Vec<&str> = rows.iter().flat_map(|(_, findings)| findings.clone()).collect();
        expected.sort_unstable();
        let mut found = lines(&check(&edited(sound(), &edits).to_string()));
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_text_that_is_not_json_is_one_finding_with_its_place() {
    for (text, expected) in [
        ("", "error[syntax]: EOF while parsing a value"),
        ("{", "error[syntax]: EOF while parsing an object"),
        ("{\"a\": NaN}", "error[syntax]: expected value"),
        ("{\"a\": 1e999}", "error[syntax]: number out of range"),
        ("{} {}", "error[syntax]: trailing characters"),
        ("\u{0}\u{1}", "error[syntax]: expected value"),
    ] {
        assert_eq!(lines(&check(text)), [expected], "{text:?}");
    }
}

#[test]
fn what_follows_from_a_fault_is_not_reported_again() {
    for (edits, only) in [
        // No question of the pillar is left, but only because its pillar cannot be read.
        (vec![("/questions/2/pillar", json!("x")), ("/questions/3/pillar", json!("y"))], 2),
        // The condition names a question by the id that it has, even if the id is not one.
        (
            vec![
                ("/questions/2/id", json!("Agile 1")),
                ("/questions/3/asked_if/question", json!("Agile 1")),
            ],
            1,
        ),
        // Questions name the shared scale, even if it cannot be read.
        (vec![("/scales/five", json!(1))], 1),
        (vec![("/pillars", json!([]))], 1),
        (vec![("/questions/3/asked_if/question", json!(1))], 1),
    ] {
        let report = check(&edited(sound(), &edits).to_string());
        assert_eq!(report.len(), only, "{edits:?}\n{report:?}");
    }
}

#[test]
fn at_most_a_thousand_findings_are_kept_and_the_last_says_how_many_more() {
    let text = format!("[{}]", vec!["{}"; 200_000].join(","));
    let document = format!(
        r#"{{ "schema": 1, "id": "big", "version": "1.0.0", "title": "t", "questions": {text} }}"#
    );
    let report = Questionnaire::from_json(&document).unwrap_err();
    assert_eq!(report.iter().len(), Errors::MOST + 1);
    // 200,000 questions are too many, and each of the first 1,000 lacks four keys.
    let last = report.iter().last().unwrap().to_string();
    assert_eq!(last, "error[more-findings]: 3001 more findings are not shown");
}

/// Answers to `sound()`, the findings of strict reading, and those of lenient reading.
type AnswerRow = (&'static str, Vec<&'static str>, Vec<&'static str>);

fn answer_rows() -> Vec<AnswerRow> {
    fn same(text: &'static str, finding: &'static str) -> AnswerRow {
        (text, vec![finding], vec![finding])
    }
    vec![
        ("{}", vec![], vec![]),
        (
            r#"{ "mind_1": 4.0, "agile_1": true, "trial_1": [], "links_1": 12.5, "mind_2": "dont_know", "links_2": null, "trial_2": "not_applicable" }"#,
            vec![],
            vec![],
        ),
        same("[]", "error[wrong-type]: expected an object of answers, found a list"),
        same(
            r#"{ "answers": 4 }"#,
            "error[wrong-type] /answers: expected an object of answers, found the number 4",
        ),
        same(
            r#"{ "mind_1": 4, "mind_1": 4 }"#,
            "error[duplicate-key] /mind_1: key `mind_1` appears more than once",
        ),
        same(
            r#"{ "mind_1": 6 }"#,
            "error[unknown-choice] /mind_1: 6 is none of the choices 1, 2, 3, 4, 5",
        ),
        same(
            r#"{ "mind_1": 3.5 }"#,
            "error[unknown-choice] /mind_1: 3.5 is none of the choices 1, 2, 3, 4, 5",
        ),
        same(
            r#"{ "mind_1": true }"#,
            "error[wrong-type] /mind_1: expected the value of a choice, `not_applicable` or `dont_know`, found true",
        ),
        same(
            r#"{ "mind_1": "not_applicable" }"#,
            "error[forbidden-state] /mind_1: question `mind_1` cannot be answered `not_applicable`",
        ),
        (
            r#"{ "agile_1": 1 }"#,
            vec![
                "error[wrong-type] /agile_1: expected `true`, `false`, `not_applicable` or `dont_know`, found the number 1",
            ],
            vec![],
        ),
        (
            r#"{ "trial_1": "web" }"#,
            vec![
                "error[wrong-type] /trial_1: expected a list of items, `not_applicable` or `dont_know`, found the text `web`",
            ],
            vec![],
        ),
        same(
            r#"{ "trial_1": ["web", "aap"] }"#,
            "error[unknown-item] /trial_1/1: unknown item `aap` (did you mean `app`?)",
        ),
        same(
            r#"{ "trial_1": ["web", "web"] }"#,
            "error[duplicate-entry] /trial_1/1: `web` appears more than once",
        ),
        same(
            r#"{ "links_1": -1 }"#,
            "error[below-first-band] /links_1: -1 is below the first band, which starts at 0",
        ),
        same(
            r#"{ "agile_1": false, "agile_2": 3 }"#,
            "warning[not-asked] /agile_2: question `agile_2` is not asked, its answer does not count",
        ),
        same(
            r#"{ "answers": { "agile_1": false, "agile_2": "dont_know" } }"#,
            "warning[not-asked] /answers/agile_2: question `agile_2` is not asked, its answer does not count",
        ),
        same(
            r#"{ "questionnaire": { "id": "other", "version": "1.0.0" }, "answers": {} }"#,
            "error[other-questionnaire] /questionnaire/id: answers are for questionnaire `other`, not `sound`",
        ),
        same(
            r#"{ "questionnaire": { "id": "sound", "version": "2.0.0" }, "answers": {} }"#,
            "error[other-version] /questionnaire/version: answers are for version `2.0.0`, not `1.0.0`",
        ),
        same(
            r#"{ "questionnaire": { "id": "sound" }, "answers": {} }"#,
            "error[missing-key] /questionnaire: key `version` is missing",
        ),
        same(
            r#"{ "taken": "2026-02-30", "answers": {} }"#,
            "error[invalid-date] /taken: `2026-02-30` is not a date of the form `2026-11-23`",
        ),
        (
            r#"{ "taken": "2026-02-28", "sequence": -9007199254740992, "answers": {} }"#,
            vec![],
            vec![],
        ),
        same(
            r#"{ "sequence": 9007199254740993, "answers": {} }"#,
            "error[out-of-range] /sequence: sequence 9007199254740993 is out of range, must be from -9007199254740992 to 9007199254740992",
        ),
        same(
            r#"{ "sequence": 1.5, "answers": {} }"#,
            "error[not-whole] /sequence: expected a whole number, found 1.5",
        ),
        same(
            r#"{ "sequence": "1", "answers": {} }"#,
            "error[wrong-type] /sequence: expected a whole number, found the text `1`",
        ),
        same(
            r#"{ "comments": { "mind_1": 7 }, "answers": {} }"#,
            "error[wrong-type] /comments/mind_1: expected a text, found the number 7",
        ),
        (
            r#"{ "mind_3": 4 }"#,
            vec![
                "error[unknown-question] /mind_3: unknown question `mind_3` (did you mean `mind_1`?)",
            ],
            vec![
                "warning[unknown-question] /mind_3: unknown question `mind_3` (did you mean `mind_1`?)",
            ],
        ),
        (
            r#"{ "answer": {}, "answers": { } }"#,
            vec!["error[unknown-key] /answer: unknown key `answer` (did you mean `answers`?)"],
            vec!["warning[unknown-key] /answer: unknown key `answer` (did you mean `answers`?)"],
        ),
        (
            r#"{ "comments": { "nowhere": "see" }, "answers": {} }"#,
            vec!["error[unknown-question] /comments/nowhere: unknown question `nowhere`"],
            vec!["warning[unknown-question] /comments/nowhere: unknown question `nowhere`"],
        ),
        (
            "{ \"mind_1\": \"4\" }",
            vec![
                "error[wrong-type] /mind_1: expected the value of a choice, `not_applicable` or `dont_know`, found the text `4`",
            ],
            vec![],
        ),
        (
            "{ \"links_1\": \"12.5\" }",
            vec![
                "error[wrong-type] /links_1: expected a number, `not_applicable` or `dont_know`, found the text `12.5`",
            ],
            vec![],
        ),
        (
            "{ \"mind_1\": \"dontknow\" }",
            vec![
                "error[wrong-type] /mind_1: expected the value of a choice, `not_applicable` or `dont_know`, found the text `dontknow`",
            ],
            vec![],
        ),
        (
            "{ \"mind_1-Comment\": \"c\" }",
            vec!["error[unknown-question] /mind_1-Comment: unknown question `mind_1-Comment`"],
            vec![],
        ),
        (
            "{ \"mind_1\": \"four\" }",
            vec![
                "error[wrong-type] /mind_1: expected the value of a choice, `not_applicable` or `dont_know`, found the text `four`",
            ],
            vec![
                "error[unknown-text] /mind_1: `four` is none of the choices 1, 2, 3, 4, 5, nor the text of one",
            ],
        ),
        same(
            "{ \"links_1\": \"inf\" }",
            "error[wrong-type] /links_1: expected a number, `not_applicable` or `dont_know`, found the text `inf`",
        ),
        (
            "{ \"agile_1\": \"1\" }",
            vec![
                "error[wrong-type] /agile_1: expected `true`, `false`, `not_applicable` or `dont_know`, found the text `1`",
            ],
            vec![],
        ),
    ]
}

#[test]
fn each_fault_of_answers_yields_exactly_its_finding_strictly_and_leniently() {
    let questionnaire = Questionnaire::from_json(&sound().to_string()).unwrap();
    for (text, strict, lenient) in answer_rows() {
        let responses = Responses::from_json(text).unwrap();
        let findings = |read: Result<digital_maturity::AnswerSheet, Errors>| match read {
            Ok(sheet) => lines(sheet.warnings()),
            Err(report) => lines(&report),
        };
        assert_eq!(findings(questionnaire.read(&responses)), strict, "strict: {text}");
        assert_eq!(findings(questionnaire.read_json(text)), strict, "strict, from text: {text}");
        assert_eq!(findings(questionnaire.read_lenient(&responses)), lenient, "lenient: {text}");
    }
}

#[test]
fn a_number_that_is_not_finite_is_refused_wherever_it_can_come_from() {
    // JSON cannot write one; serde formats that can, and code, do.
    let questionnaire = Questionnaire::from_json(&sound().to_string()).unwrap();
    for (number, shown) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
        let error = questionnaire.sheet().set("links_1", number).unwrap_err();
        let expected =
            format!("error[not-finite] /links_1: expected a finite number, found {shown}");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn every_code_has_a_row() {
    let mut seen: BTreeSet<Code> = BTreeSet::new();
    let code = |line: &str| -> Code { line.split(['[', ']']).nth(1).unwrap().parse().unwrap() };
    for (_, findings) in questionnaire_rows() {
        seen.extend(findings.iter().map(|line| code(line)));
    }
    for (_, strict, _) in answer_rows() {
        seen.extend(strict.iter().map(|line| code(line)));
    }
    // Rows of their own, above.
    seen.extend([Code::Syntax, Code::NotFinite, Code::MoreFindings]);
    // Rows of their own, in tests/untrusted.rs.
    seen.extend([Code::TooLarge, Code::SharedTooOften]);
    // Rows of their own, in tests/lenient.rs.
    seen.extend([
        Code::UnknownText,
        Code::AmbiguousText,
        Code::ConflictingAnswers,
        Code::NestedAnswers,
    ]);
    // An application's own.
    seen.insert(Code::Custom);
    // Rows of their own, in tests/migration.rs.
    seen.extend([
        Code::OtherEnd,
        Code::UnaccountedQuestion,
        Code::OtherAnswers,
        Code::UnmappedAnswer,
        Code::NotCarried,
        Code::Unmappable,
    ]);
    // Rows of their own, in tests/cohort_summary.rs.
    seen.extend([Code::ScoresNotAscending, Code::CountMismatch]);
    // Rows of their own, in src/words/read.rs.
    seen.extend([Code::UnknownPlaceholder, Code::MissingPlaceholder]);
    let without: Vec<Code> = Code::ALL.into_iter().filter(|code| !seen.contains(code)).collect();
    assert_eq!(without, []);
}

#[test]
fn a_finding_serialises_with_code_path_message_and_suggestion() {
    let text = edited(sound(), &[("/questions/1/scale", json!("fife"))]).to_string();
    let report = check(&text);
    assert_eq!(
        serde_json::to_value(&report).unwrap(),
        json!([{
            "severity": "error",
            "code": "unknown-scale",
            "path": "/questions/1/scale",
            "message": "unknown scale `fife`",
            "suggestion": "five",
            "question": "mind_2",
            "line": 1,
            "column": text.find("\"fife\"").unwrap() + 1
        }])
    );
}

/// What is wrong, or worth a look, in a specification, and in the document that it is written as.
fn both_roads(spec: QuestionnaireSpec) -> (Vec<String>, Vec<String>) {
    let text = serde_json::to_string(&spec).unwrap();
    let built = match Questionnaire::try_from(spec) {
        Ok(questionnaire) => lines(questionnaire.warnings()),
        Err(report) => lines(&report),
    };
    (built, lines(&check(&text)))
}

#[test]
fn a_specification_and_the_document_it_is_written_as_have_the_same_findings() {
    let mut built_in_code = 0;
    for (edits, _) in questionnaire_rows() {
        // Of the wrong type, or too many: such a document is no specification at all.
        let document = edited(sound(), &edits);
        let Ok(spec) = serde_json::from_value::<QuestionnaireSpec>(document) else { continue };
        let (built, read) = both_roads(spec);
        assert_eq!(built, read, "{edits:?}");
        built_in_code += usize::from(!built.is_empty());
    }
    assert!(built_in_code > 30, "only {built_in_code} rows can be built in code");
}

/// What breaks a specification that only code can break so, or that a document can break too.
type Breakage = (fn(&mut QuestionnaireSpec), &'static [&'static str]);

const BREAKAGES: [Breakage; 12] = [
    (
        |spec| spec.title = Text::new("x".repeat(10_001)),
        &[
            "error[text-too-long] /title: text of 10001 characters is too long, at most 10000 are allowed",
        ],
    ),
    (
        |spec| spec.title = Text::new("t").with("de", "x".repeat(10_001)).with("not a tag", ""),
        &[
            "error[text-too-long] /title/de: text of 10001 characters is too long, at most 10000 are allowed",
            "error[invalid-language] /title/not a tag: `not a tag` is not a BCP 47 language tag such as `de` or `pt-BR`",
        ],
    ),
    (
        |spec| spec.title = Text::new("t").with("default", "u"),
        &["error[duplicate-key] /title/default: key `default` appears more than once"],
    ),
    (
        |spec| spec.questions[1].id = "x".repeat(10_001),
        &[
            "error[text-too-long] /questions/1/id: text of 10001 characters is too long, at most 10000 are allowed",
        ],
    ),
    (
        |spec| spec.questions[1].scale = ScaleUse::Shared("x".repeat(10_001)),
        &[
            "error[text-too-long] /questions/1/scale: text of 10001 characters is too long, at most 10000 are allowed",
        ],
    ),
    (
        |spec| spec.questions[1].themes = vec!["x".repeat(10_001), "near".into(), "near".into()],
        &[
            "error[text-too-long] /questions/1/themes/0: text of 10001 characters is too long, at most 10000 are allowed",
            "error[duplicate-entry] /questions/1/themes/2: `near` appears more than once",
        ],
    ),
    (
        |spec| {
            spec.questions[1].asked_if =
                Some(ConditionSpec::at_least("x".repeat(10_001), Score::ONE).into());
        },
        &[
            "error[text-too-long] /questions/1/asked_if/question: text of 10001 characters is too long, at most 10000 are allowed",
        ],
    ),
    (
        |spec| {
            let choice = |value| ChoiceSpec::new(value, "t");
            let choices = [1 << 53, -(1 << 53) - 1, -(1 << 53) - 1].map(choice).into();
            spec.questions[1].scale = ScaleSpec::Choice { choices }.into();
        },
        &[
            "error[out-of-range] /questions/1/scale/choices/1/value: value -9007199254740993 is out of range, must be from -9007199254740992 to 9007199254740992",
            "error[out-of-range] /questions/1/scale/choices/2/value: value -9007199254740993 is out of range, must be from -9007199254740992 to 9007199254740992",
        ],
    ),
    (
        |spec| {
            let bands = [3.0, 1.0, 2.0].map(|from| BandSpec::new(from, Score::ONE)).into();
            spec.questions[1].scale = ScaleSpec::Measure { unit: "u".into(), bands }.into();
        },
        &[
            "error[bands-not-ascending] /questions/1/scale/bands/1/from: `from` 1 starts no higher than `from` 3 of the band before",
        ],
    ),
    (
        |spec| spec.scales.extend([("x".repeat(1001), ScaleSpec::Choice { choices: Vec::new() })]),
        &[
            "error[invalid-id] /scales/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ],
    ),
    (
        |spec| {
            let theme = |n| ThemeSpec::new(format!("t{n}"), "sight", "t");
            spec.themes.extend((1..257).map(theme));
            spec.questions[1].themes = vec!["t255".to_owned(), "t256".to_owned()];
        },
        &[
            "error[too-many] /themes: too many themes: found 257, at most 256 may be there",
            "error[unknown-theme] /questions/1/themes/1: unknown theme `t256` (did you mean `t25`?)",
        ],
    ),
    // Faults of one question, and of what it refers to, all in one go and in the order of the document.
    (
        |spec| {
            spec.version = "1".into();
            spec.stages = LadderSpec::Table(LadderTable {
                hubs: Requirement { overall: Score::ZERO, every_pillar: Score::ONE },
                ..table(spec)
            });
            spec.families[0].id = "Sight".into();
            spec.questions[4].id = "mind_1".into();
            spec.questions[4].reverse = true;
            spec.questions[4].forbid = vec![NonAnswer::DontKnow; 2];
            spec.questions[4].asked_if =
                Some(ConditionSpec::at_least("trial_2", Score::ONE).into());
        },
        &[
            "error[invalid-version] /version: `1` is not a semantic version such as `1.0.0`",
            "error[falling-ladder] /stages/hubs/overall: 0 for hubs is below 0.2 for the stage before",
            "error[falling-ladder] /stages/platform/every_pillar: 0.2 for platform is below 1 for the stage before",
            "error[invalid-id] /families/0/id: `Sight` is not an id: a lower-case letter, then up to 63 lower-case letters, digits or `_`",
            "error[duplicate-id] /questions/4/id: question id `mind_1` is already used at /questions/0/id",
            "error[reversed-checklist] /questions/4/reverse: a checklist cannot be reversed",
            "error[duplicate-entry] /questions/4/forbid/1: `dont_know` appears more than once",
            "error[later-condition] /questions/4/asked_if/question: question `trial_2` comes later, a condition must name an earlier question",
        ],
    ),
];

fn table(spec: &QuestionnaireSpec) -> LadderTable {
    match spec.stages {
        LadderSpec::Table(table) => table,
        LadderSpec::Preset(preset) => panic!("{preset} is no table"),
    }
}

#[test]
fn each_breakage_of_a_specification_yields_exactly_its_findings_and_so_does_its_document() {
    for (row, (breakage, expected)) in BREAKAGES.iter().enumerate() {
        let mut spec: QuestionnaireSpec = serde_json::from_value(sound()).unwrap();
        breakage(&mut spec);
        let (built, read) = both_roads(spec);
        assert_eq!(built.len(), expected.len(), "row {row}: {built:#?}");
        for (found, expected) in built.iter().zip(*expected) {
            assert!(found.starts_with(expected), "row {row}: {found}");
        }
        assert_eq!(built, read, "row {row}");
    }
}

#[test]
fn a_bound_that_is_not_finite_is_refused_although_no_document_can_state_it() {
    let mut spec: QuestionnaireSpec = serde_json::from_value(sound()).unwrap();
    let bands = [f64::NAN, 1.0, f64::INFINITY].map(|from| BandSpec::new(from, Score::ONE)).into();
    spec.questions[1].scale = ScaleSpec::Measure { unit: "u".into(), bands }.into();
    assert_eq!(
        lines(&Questionnaire::try_from(spec).unwrap_err()),
        [
            "error[not-finite] /questions/1/scale/bands/0/from: expected a finite number, found NaN",
            "error[not-finite] /questions/1/scale/bands/2/from: expected a finite number, found inf",
        ]
    );
}

#[test]
fn the_warnings_of_a_specification_stand_in_the_order_of_its_document() {
    let mut spec: QuestionnaireSpec = serde_json::from_value(sound()).unwrap();
    spec.title = Text::new("");
    spec.themes.push(ThemeSpec::new("far", "sight", "Far"));
    spec.scales.insert("yes".to_owned(), ScaleSpec::YesNo);
    spec.questions[0].title = Text::new(" ");
    let (built, read) = both_roads(spec);
    assert_eq!(
        built,
        [
            "warning[empty-text] /title: text is empty",
            "warning[unused-theme] /themes/1: theme `far` has no question",
            "warning[unused-scale] /scales/yes: scale `yes` is used by no question",
            "warning[empty-text] /questions/0/title: text is empty",
        ]
    );
    assert_eq!(built, read);
}

#[test]
fn what_could_not_be_read_hides_nothing_else() {
    for (edits, expected) in [
        // Of one question: a weight that cannot be read, and a theme that is not there.
        (
            vec![("/questions/0/weight", json!("2")), ("/questions/0/themes", json!(["neer"]))],
            vec![
                "error[wrong-type] /questions/0/weight: expected a number, found the text `2`",
                "error[unknown-theme] /questions/0/themes/0: unknown theme `neer` (did you mean `near`?)",
            ],
        ),
        // A question without a readable body is still the one that a condition names.
        (
            vec![
                ("/questions/2/scale", json!(1)),
                ("/questions/2/title", json!(2)),
                ("/questions/3/asked_if/at_least", json!(2)),
            ],
            vec![
                "error[wrong-type] /questions/2/scale: expected the name of a shared scale, or a scale, found the number 1",
                "error[wrong-type] /questions/2/title: expected a text, or an object of texts by language, found the number 2",
                "error[out-of-range] /questions/3/asked_if/at_least: credit 2 is out of range, must be from 0 to 1",
            ],
        ),
        // What a section would have named, nobody knows.
        (
            vec![("/themes", json!(1))],
            vec!["error[wrong-type] /themes: expected a list, found the number 1"],
        ),
        (
            vec![("/scales", json!(1))],
            vec!["error[wrong-type] /scales: expected an object, found the number 1"],
        ),
        // Of one choice: no credit although others have one, and the value of another.
        (
            vec![
                ("/scales/five/choices/0/credit", json!(0)),
                ("/scales/five/choices/1/credit", json!(0)),
                ("/scales/five/choices/2/credit", json!(0)),
                ("/scales/five/choices/3/credit", json!(0)),
                ("/scales/five/choices/4/value", json!(1)),
            ],
            vec![
                "error[missing-credit] /scales/five/choices/4: this choice states no credit although others of the scale do",
                "error[duplicate-value] /scales/five/choices/4/value: value 1 is already used at /scales/five/choices/0/value",
            ],
        ),
    ] {
        let mut found = lines(&check(&edited(sound(), &edits).to_string()));
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{edits:?}");
    }
}

#[test]
fn a_specification_built_in_code_goes_through_the_same_check() {
    let mut spec: QuestionnaireSpec = serde_json::from_value(sound()).unwrap();
    spec.questions[1].id = "mind_1".to_owned();
    spec.questions[3].asked_if = Some(ConditionSpec::at_least("links_1", Score::ONE).into());
    assert_eq!(
        lines(&Questionnaire::try_from(spec).unwrap_err()),
        [
            "error[duplicate-id] /questions/1/id: question id `mind_1` is already used at /questions/0/id",
            "error[later-condition] /questions/3/asked_if/question: question `links_1` comes later, a condition must name an earlier question",
        ]
    );
}

#[test]
fn a_stored_result_that_is_not_well_formed_says_everything_at_once() {
    let report = Record::from_json(
        r#"{ "questionnaire": { "id": "a", "version": "1.0.0", "fingerprint": "A" }, "sequence": 0.5,
             "overall": { "status": "scored", "score": 1.16, "stage": "hub" },
             "pillars": {}, "themes": [], "questions": [ { "id": "q", "state": "answered" } ] }"#,
    )
    .unwrap_err();
    assert_eq!(
        lines(&report),
        [
            "error[wrong-type] /questionnaire/fingerprint: expected 64 lower-case hexadecimal digits, found the text `A`",
            "error[not-whole] /sequence: expected a whole number, found 0.5",
            "error[out-of-range] /overall/score: score 1.16 is out of range, must be from 0 to 1",
            "error[unknown-name] /overall/stage: unknown stage `hub` (did you mean `hubs`?)",
            "error[missing-key] /pillars: key `digital_first_mindset` is missing",
            "error[missing-key] /pillars: key `agile_approach` is missing",
            "error[missing-key] /pillars: key `culture_of_experimentation` is missing",
            "error[missing-key] /pillars: key `connected_systems` is missing",
        ]
    );
}

#[test]
fn a_stored_result_with_wrong_ids_or_sums_is_refused_with_all_of_it() {
    let mut sheet = Questionnaire::dcx_pulse().sheet();
    for question in Questionnaire::dcx_pulse().questions() {
        sheet.set(question.id(), 3).unwrap();
    }
    let assessment = sheet.assess();
    let mut written = serde_json::to_value(&assessment).unwrap();
    let again: Record = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(again, *assessment.record());
    // A twelfth of a half, a billionth of it forged.
    written["questions"][0]["contribution"] = json!(0.041666666);
    written["questions"][2]["id"] = written["questions"][1]["id"].clone();
    written["questions"][3]["id"] = json!("No id");
    written["themes"][1]["id"] = written["themes"][0]["id"].clone();
    let (question, theme) = (&written["questions"][1]["id"], &written["themes"][0]["id"]);
    let (question, theme) = (question.as_str().unwrap(), theme.as_str().unwrap());
    // As a value is written again, its keys may be in another order.
    let mut found = lines(&Record::from_json(&written.to_string()).unwrap_err());
    found.sort();
    assert_eq!(
        found,
        [
            "error[count-mismatch] /questions: 499999999 billionths are contributed, not 500000000".to_owned(),
            format!("error[duplicate-id] /questions/2/id: question id `{question}` is already used at /questions/1/id"),
            format!("error[duplicate-id] /themes/1/id: theme id `{theme}` is already used at /themes/0/id"),
            "error[invalid-id] /questions/3/id: `No id` is not an id: a lower-case letter, then up to 63 lower-case letters, digits or `_`".to_owned(),
        ]
    );
}

#[test]
fn a_ladder_built_in_code_refuses_to_fall() {
    let step =
        |overall: &str| Requirement { overall: overall.parse().unwrap(), ..Requirement::default() };
    let table = LadderTable {
        bridge: step("0.5"),
        hubs: step("0.4"),
        platform: step("0.4"),
        native: step("0.3"),
    };
    assert_eq!(
        lines(&Ladder::new(table).unwrap_err()),
        [
            "error[falling-ladder] /hubs/overall: 0.4 for hubs is below 0.5 for the stage before",
            "error[falling-ladder] /native/overall: 0.3 for native is below 0.4 for the stage before",
        ]
    );
}

#[test]
fn every_code_says_what_it_is_in_sentences() {
    for code in Code::ALL {
        let said = code.description();
        assert!(said.ends_with('.') && said == said.trim(), "{code}: {said}");
        assert!(said.starts_with(char::is_uppercase) && !said.contains("  "), "{code}: {said}");
    }
}
