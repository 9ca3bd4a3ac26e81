//! Migrations: one row for each fault of a document, and laws of what is carried over.

use std::collections::BTreeSet;

use digital_maturity::compare::Comparison;
use digital_maturity::migration::{Fate, Loss, Migration, MigrationEnd, MigrationSpec};
use digital_maturity::spec::ConditionSpec;
use digital_maturity::{Answer, AnswerSheet, Errors, Questionnaire};
use serde_json::{Value, json};

use super::reference::generate::{self, Rng};

fn choices(values: &[i64]) -> Value {
    let choice = |v: &i64| json!({ "value": v, "text": format!("choice {v}") });
    json!({ "kind": "choice", "choices": values.iter().map(choice).collect::<Vec<_>>() })
}

fn items(ids: &[&str]) -> Value {
    let item = |id: &&str| json!({ "id": id, "text": "item" });
    json!({ "kind": "checklist", "items": ids.iter().map(item).collect::<Vec<_>>() })
}

fn days(first: f64) -> Value {
    json!({ "kind": "measure", "unit": "days", "bands": [
        { "from": first, "credit": 1 }, { "from": 100, "credit": 0 } ] })
}

fn questionnaire(version: &str, questions: &[(&str, &str, Value)]) -> Questionnaire {
    let question = |(id, pillar, scale): &(&str, &str, Value)| json!({ "id": id, "pillar": pillar, "title": id, "scale": scale });
    let document = json!({ "schema": 1, "id": "acme", "version": version, "title": "Acme",
        "questions": questions.iter().map(question).collect::<Vec<_>>() });
    Questionnaire::from_json(&document.to_string()).unwrap()
}

const MIND: &str = "digital_first_mindset";
const AGILE: &str = "agile_approach";
const CULTURE: &str = "culture_of_experimentation";
const LINKS: &str = "connected_systems";

fn old() -> Questionnaire {
    questionnaire(
        "1.0.0",
        &[
            ("vision", MIND, choices(&[1, 2, 3])),
            ("budget", MIND, choices(&[1, 2, 3])),
            ("teams", AGILE, choices(&[1, 2, 3, 4, 5])),
            ("fax", AGILE, json!({ "kind": "yes_no" })),
            ("pilots", CULTURE, json!({ "kind": "yes_no" })),
            ("channels", LINKS, items(&["web", "app", "fax_line"])),
            ("lead_time", LINKS, days(0.0)),
        ],
    )
}

fn new() -> Questionnaire {
    questionnaire(
        "2.0.0",
        &[
            ("purpose", MIND, choices(&[1, 2, 3])),
            ("budget", MIND, choices(&[1, 2, 3])),
            ("teams", AGILE, choices(&[0, 1])),
            ("pilots", CULTURE, json!({ "kind": "yes_no" })),
            ("models", CULTURE, json!({ "kind": "yes_no" })),
            ("channels", LINKS, items(&["site", "shop", "app"])),
            ("lead_time", LINKS, days(-1.0)),
        ],
    )
}

fn sound() -> Value {
    json!({
        "schema": 1,
        "from": { "id": "acme", "version": "1.0.0", "fingerprint": old().fingerprint() },
        "to": { "id": "acme", "version": "2.0.0" },
        "renamed": { "vision": "purpose" },
        "removed": ["fax"],
        "changed": ["pilots"],
        "new": ["models"],
        "answers": {
            "teams": { "1": 0, "2": 0, "3": null, "4": 1, "5": 1 },
            "channels": { "web": ["site", "shop"], "app": ["app"], "fax_line": [] }
        }
    })
}

fn read(document: &Value) -> Result<Migration, Errors> {
    Migration::from_json(&document.to_string(), &old(), &new())
}

fn answered() -> AnswerSheet {
    let mut sheet = old().sheet();
    sheet.set("vision", 2).unwrap().set("budget", Answer::DontKnow).unwrap();
    sheet.set("teams", 4).unwrap().set("fax", true).unwrap().set("pilots", true).unwrap();
    sheet.set("channels", ["web", "fax_line"]).unwrap().set("lead_time", 12.5).unwrap();
    sheet.set_comment("vision", "see strategy").unwrap();
    sheet.set_comment("fax", "in the cellar").unwrap();
    sheet.set_respondent("acme-hr").unwrap().set_taken("2026-11-23".parse().unwrap());
    sheet.set_sequence(3).unwrap();
    sheet
}

#[test]
fn answers_are_kept_renamed_mapped_or_lost_and_each_is_reported() {
    let migration = read(&sound()).unwrap();
    let carried = migration.carry(&answered()).unwrap();
    let to = |to: &str| to.to_owned();
    let fates: Vec<(String, Fate)> =
        carried.answers.iter().map(|a| (a.from.clone(), a.fate.clone())).collect();
    assert_eq!(
        fates,
        [
            (to("vision"), Fate::Renamed { to: to("purpose") }),
            (to("budget"), Fate::Kept),
            (to("teams"), Fate::Mapped { to: to("teams"), dropped: vec![] }),
            (to("fax"), Fate::Lost { reason: Loss::Removed }),
            (to("pilots"), Fate::Lost { reason: Loss::Changed }),
            (to("channels"), Fate::Mapped { to: to("channels"), dropped: vec![to("fax_line")] }),
            (to("lead_time"), Fate::Kept),
        ]
    );
    let sheet = &carried.sheet;
    assert_eq!(sheet.answer("purpose"), Some(Answer::Whole(2)));
    assert_eq!(sheet.answer("budget"), Some(Answer::DontKnow));
    assert_eq!(sheet.answer("teams"), Some(Answer::Whole(1)));
    assert_eq!(sheet.answer("channels"), Some(Answer::from(["site", "shop"])));
    assert_eq!(sheet.answer("pilots"), Some(Answer::Unanswered));
    assert_eq!(sheet.comment("purpose"), Some("see strategy"));
    assert_eq!(sheet.respondent(), Some("acme-hr"));
    assert_eq!(sheet.taken(), answered().taken());
    assert_eq!(sheet.sequence(), Some(3));
    assert_eq!(carried.lost_comments, ["fax"]);
    assert_eq!(carried.open, ["pilots", "models"]);
    let written = serde_json::to_value(&carried).unwrap();
    assert_eq!(
        written["answers"][3],
        json!({ "from": "fax", "fate": "lost", "reason": "removed" })
    );

    // Carried over, results of both versions can be compared.
    let fresh = new().sheet().assess();
    assert!(Comparison::new(&carried.sheet.assess(), &fresh).is_ok());
    let wrong = migration.carry(&new().sheet()).unwrap_err();
    assert_eq!((&*wrong.expected().version, &*wrong.found().version), ("1.0.0", "2.0.0"));
    let start = "different versions of `acme`, 1.0.0 and 2.0.0 (fingerprints ";
    assert!(wrong.to_string().starts_with(start), "{wrong}");
}

#[test]
fn an_answer_without_a_counterpart_is_lost_and_never_guessed() {
    let migration = read(&sound()).unwrap();
    let mut sheet = old().sheet();
    sheet.set("teams", 3).unwrap().set("channels", ["fax_line"]).unwrap();
    let carried = migration.carry(&sheet).unwrap();
    let lost: Vec<(&str, Loss)> = carried.lost().collect();
    assert_eq!(lost, [("teams", Loss::NoCounterpart), ("channels", Loss::NoCounterpart)]);
    assert_eq!(carried.sheet.answer("channels"), Some(Answer::Unanswered));
    // No ticks at all is an answer, and stays one.
    let nothing: [&str; 0] = [];
    sheet.set("channels", nothing).unwrap();
    let carried = migration.carry(&sheet).unwrap();
    assert_eq!(carried.sheet.answer("channels"), Some(Answer::Items(vec![])));
    // A state that the new question refuses.
    let mut spec = new().spec().clone();
    spec.questions[1].forbid = vec![digital_maturity::spec::NonAnswer::DontKnow];
    let strict = Questionnaire::try_from(spec).unwrap();
    let migration = Migration::from_json(&sound().to_string(), &old(), &strict).unwrap();
    let carried = migration.carry(&answered()).unwrap();
    assert!(carried.lost().any(|lost| lost == ("budget", Loss::Refused)));
}

/// The document with the value at each path set, or taken away where there is none.
fn edited(edits: &[(&str, Option<Value>)]) -> Value {
    let mut document = sound();
    for (path, value) in edits {
        let (parent, key) = path.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match value {
            Some(value) => parent.insert(key.to_owned(), value.clone()),
            None => parent.remove(key),
        };
    }
    document
}

type Row = (Vec<(&'static str, Option<Value>)>, Vec<&'static str>);

#[expect(clippy::too_many_lines, reason = "a table")]
fn rows() -> Vec<Row> {
    let set = |path, value| vec![(path, Some(value))];
    let without = |path| vec![(path, None)];
    vec![
        (
            set("/schema", json!(2)),
            vec!["error[unsupported-schema] /schema: expected schema 1, found the number 2"],
        ),
        (without("/from"), vec!["error[missing-key]: key `from` is missing"]),
        (
            set("/rename", json!({})),
            vec!["error[unknown-key] /rename: unknown key `rename` (did you mean `renamed`?)"],
        ),
        (
            set("/removed", json!("fax")),
            vec!["error[wrong-type] /removed: expected a list, found the text `fax`"],
        ),
        (
            set("/answers/teams/3", json!("none")),
            vec!["error[unknown-name] /answers/teams/3: unknown answer `none`"],
        ),
        (
            set("/answers/teams/3", json!({})),
            vec![
                "error[wrong-type] /answers/teams/3: expected an answer, or null, found an object",
            ],
        ),
        // Not for these questionnaires.
        (
            set("/from/id", json!("acne")),
            vec!["error[other-end] /from/id: the questionnaire has id `acme`, not `acne`"],
        ),
        (
            set("/to/version", json!("3.0.0")),
            vec![
                "error[other-end] /to/version: the questionnaire has version `2.0.0`, not `3.0.0`",
            ],
        ),
        // Questions unknown, told of twice, or not at all.
        (
            set("/renamed", json!({ "visoin": "purpose" })),
            vec![
                "error[unknown-question] /renamed/visoin: unknown question `visoin` (did you mean `vision`?)",
            ],
        ),
        (
            set("/renamed", json!({ "vision": "purpse" })),
            vec![
                "error[unknown-question] /renamed/vision: unknown question `purpse` (did you mean `purpose`?)",
            ],
        ),
        (
            set("/removed", json!(["fax", "vision"])),
            vec![
                "error[duplicate-id] /removed/1: old question id `vision` is already used at /renamed/vision",
            ],
        ),
        (
            set("/new", json!(["models", "purpose"])),
            vec![
                "error[duplicate-id] /new/1: new question id `purpose` is already used at /renamed/vision",
            ],
        ),
        (
            without("/removed"),
            vec!["error[unaccounted-question]: the migration does not tell what becomes of `fax`"],
        ),
        (
            without("/new"),
            vec!["error[unaccounted-question]: the migration does not tell the origin of `models`"],
        ),
        (
            without("/renamed"),
            vec![
                "error[unaccounted-question]: the migration does not tell what becomes of `vision`",
                "error[unaccounted-question]: the migration does not tell the origin of `purpose`",
            ],
        ),
        (
            set("/changed", json!(["pilots", "nobody"])),
            vec!["error[unknown-question] /changed/1: unknown question `nobody`"],
        ),
        // Answers.
        (
            without("/answers/teams"),
            vec![
                "error[other-answers]: answers to `teams` are not those that `teams` takes: map them, or list the question as changed",
            ],
        ),
        (
            vec![
                ("/renamed", Some(json!({ "vision": "models" }))),
                ("/new", Some(json!(["purpose"]))),
            ],
            vec![
                "error[other-answers] /renamed/vision: answers to `vision` are not those that `models` takes: map them, or list the question as changed",
            ],
        ),
        (
            without("/answers/teams/3"),
            vec!["error[unmapped-answer] /answers/teams: answer `3` to `teams` is not mapped"],
        ),
        (
            set("/answers/teams/6", json!(1)),
            vec!["error[unknown-choice] /answers/teams/6: 6 is none of the choices 1, 2, 3, 4, 5"],
        ),
        (
            set("/answers/teams/3", json!(7)),
            vec!["error[unknown-choice] /answers/teams/3: 7 is none of the choices 0, 1"],
        ),
        (
            set("/answers/channels/fax", json!([])),
            vec!["error[unknown-item] /answers/channels/fax: unknown item `fax`"],
        ),
        (
            set("/answers/channels/app", json!(["ap"])),
            vec!["error[unknown-item] /answers/channels/app: unknown item `ap`"],
        ),
        (
            set("/answers/channels/app", json!(true)),
            vec![
                "error[wrong-type] /answers/channels/app: expected a list of items, or null, found another answer",
            ],
        ),
        (
            set("/answers/fax", json!({ "true": 1 })),
            vec![
                "error[not-carried] /answers/fax: question `fax` is not carried over, so that its answers need no map",
            ],
        ),
        (
            set("/answers/lead_time", json!({ "1": 1 })),
            vec![
                "error[unmappable] /answers/lead_time: answers to `lead_time` cannot be mapped one by one",
            ],
        ),
        (
            set("/answers/nobody", json!({})),
            vec!["error[unknown-question] /answers/nobody: unknown question `nobody`"],
        ),
        // Several at once, in the order of the document (whose keys `json!` sorts).
        (
            vec![
                ("/to/id", Some(json!("x"))),
                ("/changed", Some(json!([]))),
                ("/removed", Some(json!(["fax", "fix"]))),
                ("/answers/teams/5", None),
            ],
            vec![
                "error[unmapped-answer] /answers/teams: answer `5` to `teams` is not mapped",
                "error[unknown-question] /removed/1: unknown question `fix` (did you mean `fax`?)",
                "error[other-end] /to/id: the questionnaire has id `acme`, not `x`",
            ],
        ),
    ]
}

#[test]
fn every_fault_is_found_at_its_place_and_nothing_else() {
    assert!(read(&sound()).is_ok());
    for (edits, expected) in rows() {
        let report = read(&edited(&edits)).unwrap_err();
        let found = super::support::lines(&report);
        assert_eq!(found, expected, "{edits:?}");
    }
    let twice = sound().to_string().replacen("\"new\":", "\"new\":[],\"new\":", 1);
    let report = Migration::from_json(&twice, &old(), &new()).unwrap_err();
    assert!(report.to_string().contains("error[duplicate-key] /new"), "{report}");
}

/// The codes of migrations alone; `tests/problems.rs` counts on these rows.
#[test]
fn every_code_of_a_migration_has_a_row() {
    let lines: Vec<&str> = rows().into_iter().flat_map(|(_, findings)| findings).collect();
    for code in [
        "other-end",
        "unaccounted-question",
        "other-answers",
        "unmapped-answer",
        "not-carried",
        "unmappable",
    ] {
        assert!(lines.iter().any(|line| line.starts_with(&format!("error[{code}]"))), "{code}");
    }
}

#[test]
fn a_specification_built_in_code_is_the_document() {
    let read: MigrationSpec = serde_json::from_value(sound()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), sound());
    assert_eq!(Migration::new(&read, &old(), &new()), self::read(&sound()));
}

fn end(questionnaire: &Questionnaire) -> MigrationEnd {
    MigrationEnd {
        id: questionnaire.id().to_owned(),
        version: questionnaire.version().to_owned(),
        fingerprint: Some(questionnaire.fingerprint()),
    }
}

fn empty(from: &Questionnaire, to: &Questionnaire) -> MigrationSpec {
    MigrationSpec::new(end(from), end(to))
}

#[test]
fn to_the_same_questionnaire_everything_is_kept_and_renaming_is_undone_by_renaming_back() {
    for seed in 0..300 {
        let mut rng = Rng::new(seed);
        let document = generate::questionnaire(&mut rng);
        let text = generate::shuffled(&mut rng, &document);
        let old = Questionnaire::from_json(&text).unwrap();
        let answers = generate::answers(&mut rng, &document).to_string();
        let sheet = old.read_json(&answers).unwrap();

        let same = Migration::new(&empty(&old, &old), &old, &old).unwrap().carry(&sheet).unwrap();
        assert!(same.answers.iter().all(|answer| answer.fate == Fate::Kept), "{seed}");
        assert_eq!(same.sheet.assess().score(), sheet.assess().score());

        let mut spec = old.spec().clone();
        for question in &mut spec.questions {
            question.id = format!("x_{}", question.id);
            if let Some(condition) = &mut question.asked_if {
                rename(&mut condition.condition);
            }
        }
        let renamed = Questionnaire::try_from(spec).unwrap();
        let (mut there, mut back) = (empty(&old, &renamed), empty(&renamed, &old));
        for question in old.questions() {
            let id = format!("x_{}", question.id());
            there.renamed.insert(question.id().to_owned(), id.clone());
            back.renamed.insert(id, question.id().to_owned());
        }
        let there = Migration::new(&there, &old, &renamed).unwrap().carry(&sheet).unwrap();
        assert_eq!(there.sheet.assess().summary(), sheet.assess().summary(), "{seed}");
        assert_eq!(there.lost().count() + there.lost_comments.len(), 0);
        let back = Migration::new(&back, &renamed, &old).unwrap().carry(&there.sheet).unwrap();
        let written = |sheet: &AnswerSheet| serde_json::to_value(sheet).unwrap();
        assert_eq!(written(&back.sheet), written(&sheet), "{seed}");

        // Every third question is said to have changed: its answer is lost, the others stay.
        let mut spec = empty(&old, &old);
        let changed: BTreeSet<String> =
            old.questions().step_by(3).map(|question| question.id().to_owned()).collect();
        spec.changed = changed.iter().cloned().collect();
        let carried = Migration::new(&spec, &old, &old).unwrap().carry(&sheet).unwrap();
        for (question, answer) in sheet.answers() {
            let expected =
                if changed.contains(question.id()) { Answer::Unanswered } else { answer };
            assert_eq!(carried.sheet.answer(question.id()), Some(expected), "{seed}");
        }
    }
}

/// Every question that a condition names gets another id.
fn rename(condition: &mut ConditionSpec) {
    match condition {
        ConditionSpec::AtLeast { question, .. }
        | ConditionSpec::AtMost { question, .. }
        | ConditionSpec::Ticked { question, .. } => *question = format!("x_{question}"),
        ConditionSpec::All { all: members } | ConditionSpec::Any { any: members } => {
            members.iter_mut().for_each(rename);
        }
    }
}
