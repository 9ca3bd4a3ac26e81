//! A questionnaire as a form, and the schemas of what is read and printed.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::authors::{STARTER, json_of};
use super::{Folder, assert_golden_of as assert_golden, code, run, stderr, stdout};

#[test]
fn the_form_is_a_page_that_posts_where_it_is_told_to() {
    let output = run("form", &["--questionnaire", STARTER, "--action", "/answers?a=1&b=2"]);
    assert_golden(&output, "examples/cli/expected/form.html", 0);
    let page = stdout(&output);
    assert!(page.contains(r#"<form method="post" action="/answers?a=1&amp;b=2">"#));
    assert!(page.contains(r#"<input type="submit"/>"#) && !page.contains("form-action"));
}

#[test]
fn a_page_without_conditions_runs_nothing_and_without_an_address_sends_nothing() {
    let output = run("form", &["--questionnaire", "pulse", "--language", "de"]);
    assert_eq!((code(output.status), stderr(&output)), (0, ""));
    let page = stdout(&output);
    assert!(page.contains(r#"<html lang="de" dir="ltr">"#));
    assert!(!page.contains("<script") && !page.contains("script-src"));
    assert!(!page.contains("type=\"submit\"") && page.contains("; form-action 'none'\"/>"));
    assert_eq!(page.matches("<fieldset ").count(), 12);
    assert!(stdout(&run("form", &[])).contains(r#"<html lang="en" dir="ltr">"#));
}

#[test]
fn texts_in_another_language_than_the_page_say_so() {
    let output = run("form", &["--questionnaire", STARTER, "--language", "de"]);
    let page = stdout(&output);
    assert!(page.contains(r#"<h1 lang="en" dir="auto">My questionnaire</h1>"#));
    assert!(page.contains("<span>Können Kunden Anliegen online einreichen?</span>"));
    assert!(page.contains(r#"<span lang="en" dir="auto">Everywhere</span>"#));
    assert!(page.contains("<span>Trifft nicht zu</span>") && page.contains("<span>Ja</span>"));
}

#[test]
fn no_text_gets_out_of_its_place_in_the_page() {
    let folder = Folder::new("form-hostile");
    let mut text = fs::read_to_string(super::root().join(STARTER)).unwrap();
    let evil = r"</title></style></script><script>evil()</script>\u202E<!--";
    for place in [
        "\"My questionnaire\"",
        "Telephone",
        "Not at all",
        "days",
        "Look at the ten most frequent kinds of request.",
    ] {
        assert!(text.contains(place));
        text = text.replace(place, &format!("\"{evil}\""));
    }
    let path = folder.write("evil.yaml", text);
    let output = run("form", &["--questionnaire", &path]);
    assert_eq!((code(output.status), stderr(&output)), (0, ""));
    let page = stdout(&output);
    // The title twice, the guidance, the unit, one item, one choice of each of five questions.
    assert_eq!(page.matches("&lt;script&gt;evil()").count(), 10);
    for part in ["<script>evil", "\u{202e}", "<!--"] {
        assert!(!page.contains(part), "{part}");
    }
    assert_eq!((page.matches("</title>").count(), page.matches("</style>").count()), (1, 1));
    assert_eq!(page.matches("</script>").count(), 2);
}

#[test]
fn an_address_is_a_place_and_no_script() {
    for url in ["https://example.org/a", "http://localhost:8080", "/answers", "answers?at=1:2"] {
        let output = run("form", &["--questionnaire", "pulse", "--action", url]);
        assert_eq!(code(output.status), 0, "{url}");
        assert!(stdout(&output).contains(&format!("action=\"{url}\"")), "{url}");
    }
    for url in
        ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "java\tscript:x", "", "a b"]
    {
        let output = run("form", &["--questionnaire", "pulse", "--action", url]);
        assert_eq!((code(output.status), stdout(&output)), (2, ""), "{url}");
    }
}

#[test]
fn libraries_have_the_form_in_their_own_terms() {
    let of = |format| json_of("form", &["--questionnaire", STARTER, "--format", format], 0);
    assert_eq!(of("schema"), json_of("schema", &["--questionnaire", STARTER, "answers"], 0));
    assert_eq!(of("ui")["ui:order"].as_array().unwrap().len(), 8);
    assert_eq!(of("survey")["pages"][1]["elements"][0]["name"], "teams_mixed");
    let condition = json!({ "question": "trials", "in": ["2", "3", "4", "5"] });
    let condition = json!({ "question": "trials_measured", "asked_if": condition });
    assert_eq!(of("asked"), json!({ "conditions": [condition], "points": {} }));
    let german = ["--questionnaire", "pulse", "--format", "survey", "--language", "de"];
    assert_eq!(json_of("form", &german, 0)["locale"], "de");
}

#[test]
fn the_answers_to_one_questionnaire_have_a_schema_of_their_own() {
    let german = ["--questionnaire", STARTER, "--language", "de"];
    let output = run("schema", &[&german[..], &["answers"]].concat());
    assert_golden(&output, "examples/cli/expected/answers.schema.json", 0);
    assert_eq!(stdout(&run("schema", &german)), stdout(&output));
    for args in [vec!["--questionnaire", STARTER, "result"], vec!["--language", "de", "answers"]] {
        assert_eq!(code(run("schema", &args).status), 2, "{args:?}");
    }
    let missing = run("schema", &["--questionnaire", "missing.yaml"]);
    assert_eq!((code(missing.status), stdout(&missing)), (1, ""));
}

#[test]
fn what_the_command_prints_of_its_own_has_a_schema() {
    let folder = Folder::new("schema-cohort");
    let summary = folder.path("summary.json");
    let grouped = ["--group-by", "industry", "--min-group", "20"];
    let (sample, signs) = ("examples/cli/samples/answers.csv", folder.path("signs.csv"));
    let more =
        ["--weight", "lead_time", "--unit", "industry", "--before", sample, "--id", "respondent"];
    let args = [
        &grouped[..],
        &more,
        &["--careless", &signs, "--reliability", "--summary", &summary, sample],
    ]
    .concat();
    let cohort = run("cohort", &args);
    assert_eq!(code(cohort.status), 0);
    let broken = "examples/cli/samples/broken.json";
    for (kind, printed) in [
        ("validate", json_of("validate", &["--format", "json", STARTER, broken], 1)),
        ("test", json_of("test", &["--format", "json"], 0)),
        ("diff", json_of("diff", &["--format", "json"], 1)),
        ("cohort", serde_json::from_str(&fs::read_to_string(&summary).unwrap()).unwrap()),
    ] {
        let schema = json_of("schema", &[kind], 0);
        let names = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&printed), names(&schema["properties"]), "{kind}");
        for name in schema["required"].as_array().unwrap() {
            assert!(printed.get(name.as_str().unwrap()).is_some(), "{kind}: {name}");
        }
    }
    let validate = json_of("schema", &["validate"], 0);
    let findings = &validate["$defs"]["FileReport"]["properties"]["findings"];
    assert_eq!(findings["$ref"], "#/$defs/Errors");
}

#[test]
fn a_schema_is_kept_in_both_drafts() {
    for (draft, golden) in [("7", "target.7.schema.json"), ("2020-12", "findings.schema.json")] {
        let document = golden.split('.').next().unwrap();
        let output = run("schema", &["--draft", draft, document]);
        assert_golden(&output, &format!("examples/cli/expected/{golden}"), 0);
    }
}

#[test]
fn schemas_are_printed_in_both_drafts() {
    for (draft, schema, definitions) in [
        ("2020-12", "https://json-schema.org/draft/2020-12/schema", "$defs"),
        ("7", "http://json-schema.org/draft-07/schema#", "definitions"),
    ] {
        for (document, definition) in [
            ("questionnaire", "QuestionSpec"),
            ("answers", "Answer"),
            ("summary", "Figures"),
            ("validate", "Diagnostic"),
            ("diff", "Change"),
            ("migration", "MigrationEnd"),
            ("result", "Identity"),
            ("comparison", "Source"),
            ("roadmap", "Plan"),
        ] {
            let printed = json_of("schema", &["--draft", draft, document], 0);
            assert_eq!(printed["$schema"], schema);
            assert!(printed[definitions][definition].is_object(), "{document}");
            // Of the library's documentation what a reader of schemas can use.
            let text = printed.to_string();
            assert!(!text.contains("```") && !text.contains("]("), "{document}");
        }
    }
    assert_eq!(json_of("schema", &[], 0), json_of("schema", &["questionnaire"], 0));
    assert_eq!(code(run("schema", &["letter"]).status), 2);
}
