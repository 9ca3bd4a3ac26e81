//! The crate against an independent implementation of the scoring rules, slow and in exact
//! fractions, and against figures worked by hand.
//!
//! `REFERENCE_CASES` sets how many random documents are compared, and `REFERENCE_SEED` where the
//! random numbers start.

pub(crate) mod faces;
pub(crate) mod generate;
pub(crate) mod oracle;
mod trials;

use digital_maturity::outlook::Bounds;
use digital_maturity::{AnswerSheet, Questionnaire, Record, Responses};
use generate::Rng;
use serde_json::{Map, Value, json};

use super::support::setting;

fn result(sheet: &AnswerSheet) -> Value {
    let mut result = serde_json::to_value(sheet.assess()).unwrap();
    // Stands beside what the rules name.
    result.as_object_mut().unwrap().remove("respondent");
    result
}

/// The outlook, in the reference's form.
fn outlook(sheet: &AnswerSheet) -> Value {
    let outlook = sheet.outlook();
    let bounds = |bounds: Option<Bounds>| {
        bounds.map(|bounds| {
            json!({
                "lowest": bounds.lowest, "lowest_stage": bounds.lowest_stage,
                "highest": bounds.highest, "highest_stage": bounds.highest_stage,
            })
        })
    };
    let pillars: Map<String, Value> = outlook
        .pillars
        .iter()
        .map(|(pillar, found)| (pillar.as_str().to_owned(), json!(bounds(*found))))
        .collect();
    // The rules do not say in which order the open questions are.
    let open: Vec<&str> = sheet
        .questionnaire()
        .questions()
        .map(|question| question.id())
        .filter(|id| outlook.open.iter().any(|open| open.id == *id))
        .collect();
    json!({"overall": bounds(outlook.overall), "pillars": pillars, "open": open})
}

/// Where two documents differ. Numbers are compared by value, and `partly` lets the found one hold
/// more keys than the expected one.
fn differences(
    path: &str,
    expected: &Value,
    found: &Value,
    partly: bool,
    faults: &mut Vec<String>,
) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                let path = format!("{path}/{key}");
                match found.get(key) {
                    Some(found) => differences(&path, value, found, partly, faults),
                    None => faults.push(format!("{path} is missing")),
                }
            }
            let extra = found.keys().filter(|key| !partly && !expected.contains_key(*key));
            faults.extend(extra.map(|key| format!("{path}/{key} is too much")));
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (position, (expected, found)) in expected.iter().zip(found).enumerate() {
                differences(&format!("{path}/{position}"), expected, found, partly, faults);
            }
        }
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => {}
        _ if expected == found => {}
        _ => faults.push(format!("{path}: expected {expected}, found {found}")),
    }
}

#[test]
fn every_vector_worked_by_hand_is_met() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("reference/vectors.json")).unwrap();
    assert!(rows.len() >= 25, "{}", rows.len());
    for row in rows {
        let name = &row["name"];
        let questionnaire = Questionnaire::from_json(&row["questionnaire"].to_string())
            .unwrap_or_else(|report| panic!("{name}: {report}"));
        let sheet = questionnaire
            .read_json(&row["answers"].to_string())
            .unwrap_or_else(|report| panic!("{name}: {report}"));
        let mut faults = Vec::new();
        differences("", &row["expect"], &result(&sheet), true, &mut faults);
        if let Some(expected) = row.get("outlook") {
            differences("/outlook", expected, &outlook(&sheet), true, &mut faults);
        }
        assert_eq!(faults, Vec::<String>::new(), "{name}: {}", row["why"]);
        if let Some(canonical) = row.get("canonical") {
            assert_eq!(*canonical, questionnaire.canonical_text(), "{name}");
        }
    }
}

#[test]
fn random_documents_and_answers_score_as_in_exact_fractions() {
    let (cases, seed) = (setting("REFERENCE_CASES", 1500), setting("REFERENCE_SEED", 1));
    for case in seed..seed + cases {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        let questionnaire = Questionnaire::from_json(&document.to_string())
            .unwrap_or_else(|report| panic!("case {case}: {report}\n{document}"));
        assert_eq!(questionnaire.canonical_text(), oracle::canonical(&document), "case {case}");
        assert_eq!(questionnaire.fingerprint().to_string(), oracle::fingerprint(&document));
        for _ in 0..5 {
            let answers = generate::answers(&mut rng, &document);
            let sheet = questionnaire
                .read_json(&answers.to_string())
                .unwrap_or_else(|report| panic!("case {case}: {report}\n{answers}"));
            let found = result(&sheet);
            let mut faults = Vec::new();
            let expected = oracle::assess(&document, &answers);
            differences("", &expected, &found, false, &mut faults);
            let expected = oracle::outlook(&document, &answers);
            differences("/outlook", &expected, &outlook(&sheet), false, &mut faults);
            assert_eq!(faults, Vec::<String>::new(), "case {case}\n{document}\n{answers}");

            // The quick path says the same, and so does a result that was saved and read back.
            assert_eq!(sheet.summary(), sheet.assess().summary(), "case {case}");
            let stored = Record::from_json(&found.to_string()).unwrap();
            assert_eq!(stored.questions, sheet.assess().record().clone().questions);
        }
    }
}

#[test]
fn neither_the_order_of_keys_nor_a_round_trip_changes_a_result() {
    let seed = setting("REFERENCE_SEED", 1);
    for case in seed..seed + setting("REFERENCE_CASES", 1500) / 10 {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        let answers = generate::answers(&mut rng, &document);
        let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
        let sheet = questionnaire.read_json(&answers.to_string()).unwrap();

        let shuffled = Questionnaire::from_json(&generate::shuffled(&mut rng, &document)).unwrap();
        assert_eq!(shuffled, questionnaire, "case {case}");
        let reordered = questionnaire.read_json(&generate::shuffled(&mut rng, &answers)).unwrap();
        let stored = sheet.assess().record().clone();
        assert_eq!(reordered.assess().record().clone(), stored, "case {case}");

        let written = serde_json::to_string(&questionnaire).unwrap();
        assert_eq!(Questionnaire::from_json(&written).unwrap(), questionnaire, "case {case}");
        let plain: Questionnaire = serde_json::from_str(&written).unwrap();
        assert_eq!(plain.spec(), questionnaire.spec());
        let built = Questionnaire::try_from(questionnaire.spec().clone()).unwrap();
        assert_eq!(built.fingerprint(), questionnaire.fingerprint());

        let written = serde_json::to_string(&sheet).unwrap();
        let responses: Responses = serde_json::from_str(&written).unwrap();
        let reread = questionnaire.read(&responses).unwrap().assess();
        assert_eq!(reread.record().clone(), stored, "case {case}");
    }
}
