//! The subcommands on many voices and many units.

use std::fs;

use digital_maturity::Score;
use serde_json::{Value, json};

use super::{
    Folder, assert_golden_of as assert_golden, code, root, run, run_with_input, stderr, stdout,
};

#[test]
fn without_arguments_the_samples_are_shown() {
    for (name, golden, width) in [
        ("panel", "examples/cli/expected/panel.txt", 80),
        ("portfolio", "examples/cli/expected/portfolio.txt", 100),
    ] {
        let output = run(name, &[]);
        assert_golden(&output, golden, 0);
        for line in stdout(&output).lines() {
            assert!(line.chars().count() <= width, "wider than {width} columns: {line}");
        }
        let as_format = |format| run(name, &["--format", format]);
        assert!(stdout(&as_format("html")).starts_with("<!DOCTYPE html>"), "{name}");
        assert!(stdout(&as_format("markdown")).starts_with("# "), "{name}");
        let german = run(name, &["--language", "de"]);
        assert_golden(&german, &golden.replace(".txt", ".de.txt"), 0);
    }
}

#[test]
fn names_of_voices_can_be_left_out() {
    let with = run("panel", &[]);
    let without = run("panel", &["--without-names"]);
    assert_eq!((code(without.status), stderr(&without)), (0, ""));
    assert!(stdout(&with).contains("Stores") && !stdout(&without).contains("Stores"));
    assert!(stdout(&without).contains("1 voice: "), "{}", stdout(&without));
}

/// What a subcommand prints as JSON.
#[track_caller]
fn json_of(name: &str, args: &[&str]) -> Value {
    let output = run(name, &[args, &["--format", "json"]].concat());
    assert_eq!((code(output.status), stderr(&output)), (0, ""));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn billionths(score: &Value) -> u32 {
    score.to_string().parse::<Score>().unwrap().billionths()
}

#[test]
fn what_a_panel_answers_is_scored_like_any_answers() {
    let folder = Folder::new("panel");
    let panel = json_of("panel", &[]);
    let answers = folder.write("together.json", panel["answers"].to_string());
    assert_eq!(json_of("assess", &[&answers]), panel["result"]);
    for question in panel["questions"].as_array().unwrap() {
        for key in ["id", "lowest", "highest", "range", "swing"] {
            assert!(question.get(key).is_some(), "{key} of {question}");
        }
    }
    let swings = panel["questions"].as_array().unwrap().iter();
    let swings: Vec<f64> = swings.map(|of| of["swing"].as_f64().unwrap()).collect();
    assert!(swings.is_sorted_by(|a, b| a >= b));
    let span = &panel["span"];
    assert!(span["overall"]["lowest"].as_f64() < span["overall"]["highest"].as_f64());
    assert!(span["stage"]["lowest"].is_string() && span["stage"]["highest"].is_string());
    assert!(span["pillars"]["agile_approach"]["lowest"].is_number());
    let lowest = json_of("panel", &["--rule", "lowest"]);
    let score = |of: &Value| of["result"]["overall"]["score"].as_f64().unwrap();
    assert!(score(&lowest) < score(&panel));
}

#[test]
fn voices_have_the_names_of_their_respondents_or_else_of_their_files() {
    let folder = Folder::new("voices");
    let file = |name: &str, respondent: &str| {
        let answers = json!({ "respondent": respondent, "answers": { "journey_owner": 3 } });
        folder.write(name, answers.to_string())
    };
    let named = |files: [&str; 2]| {
        let output = run("panel", &[&files[..], &["--format", "json"]].concat());
        let panel: Value = serde_json::from_slice(&output.stdout).unwrap();
        let names = panel["voices"].as_array().unwrap().iter();
        names.map(|voice| voice["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (one, two) = (file("one.json", "Ada"), file("two.json", "Ben"));
    assert_eq!(named([&one, &two]), ["Ada", "Ben"]);
    let two = file("two.json", "Ada");
    assert_eq!(named([&one, &two]), ["one", "two"]);
    assert_eq!(named([&one, &one.replace("voices", "voices/.")]).len(), 2);
    // The same file twice is one voice twice.
    let twice = run("panel", &[&one, &one]);
    assert_eq!((code(twice.status), stdout(&twice)), (1, ""));
    assert!(stderr(&twice).contains("error[duplicate-entry] /voices/1/name"), "{}", stderr(&twice));
}

#[test]
fn a_panel_of_bad_input_is_refused() {
    let folder = Folder::new("bad-panel");
    let bad = folder.write("bad.json", "{ \"vision_standards\": 9 }");
    let output = run("panel", &[&bad, "examples/quayside.json", &bad]);
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    assert_eq!(stderr(&output).lines().count(), 2, "{}", stderr(&output));
    for args in [&["examples/quayside.json"][..], &["--rule", "mean"]] {
        assert_eq!(code(run("panel", args).status), 2, "{args:?}");
    }
}

#[test]
fn the_parts_of_units_add_up_and_a_stored_result_counts_like_its_answers() {
    let folder = Folder::new("units");
    let group = json_of("portfolio", &[]);
    let units = group["units"].as_array().unwrap();
    let sum: u32 = units.iter().map(|unit| billionths(&unit["contribution"])).sum();
    assert_eq!(sum, billionths(&group["overall"]["score"]));
    assert_eq!(
        (&units[1]["name"], &units[1]["weight"]),
        (&json!("Brackwater Broadband"), &json!(415.5))
    );
    assert!(group["pillars"]["agile_approach"]["score"].is_number());

    // The same units from a file, one of them by its stored result.
    let brackwater = "examples/cli/samples/brackwater.json";
    folder.write("stored.json", run("assess", &["--format", "json", brackwater]).stdout);
    for name in ["examples/quayside.json", "examples/cli/samples/saltmarsh.json"] {
        let file = name.rsplit('/').next().unwrap();
        folder.write(file, fs::read(root().join(name)).unwrap());
    }
    let document = json!({ "units": [
        { "name": "Quayside Larder", "weight": 1240, "answers": "quayside.json" },
        { "name": "Brackwater Broadband", "weight": 415.5, "result": "stored.json" },
        { "name": "Saltmarsh Fish", "weight": 96, "answers": "saltmarsh.json" }
    ] });
    let path = folder.write("group.json", document.to_string());
    assert_eq!(json_of("portfolio", &[&path]), group);
    let yaml = "units:\n- {name: Quayside Larder, weight: 1240, answers: quayside.json}\n\
                - {name: Brackwater Broadband, weight: 415.5, result: stored.json}\n\
                - {name: Saltmarsh Fish, weight: 96, answers: saltmarsh.json}\n";
    assert_eq!(json_of("portfolio", &[&folder.write("group.yaml", yaml)]), group);
}

#[test]
fn what_the_workshop_agreed_on_goes_before_the_voices() {
    let folder = Folder::new("settled");
    let voice = |name, value: u8| folder.write(name, json!({ "case_view": value }).to_string());
    let (one, other) = (voice("one.json", 2), voice("other.json", 4));
    let agreed = json!({ "answers": { "case_view": 5, "journey_owner": 3 },
        "comments": { "case_view": "seen in the live system" } });
    let agreed = folder.write("agreed.json", agreed.to_string());
    let of = ["--questionnaire", "pulse", &one, &other];
    assert_eq!(json_of("panel", &of)["answers"], json!({ "case_view": 2 }));
    let panel = json_of("panel", &[&of[..], &["--settled", &agreed]].concat());
    assert_eq!(panel["answers"], json!({ "case_view": 5, "journey_owner": 3 }));
    let question =
        |id| panel["questions"].as_array().unwrap().iter().find(|of| of["id"] == id).unwrap();
    assert_eq!(question("case_view")["basis"], "settled");
    assert_eq!(question("case_view")["note"], "seen in the live system");

    // What is wrong with the file is said beside what is wrong with a voice.
    let wrong = folder.write("wrong.json", "{ \"case_view\": 9 }");
    let output = run("panel", &["--questionnaire", "pulse", &one, &wrong, "--settled", &wrong]);
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    assert_eq!(stderr(&output).matches("error[unknown-choice]").count(), 2, "{}", stderr(&output));
}

#[test]
fn a_portfolio_of_bad_input_is_refused_with_its_places() {
    let folder = Folder::new("bad-units");
    folder.write("bad.json", "{ \"vision_standards\": 9 }");
    folder.write("result.json", "{}");
    let document = "{ \"units\": [\n  { \"name\": \"a\", \"weight\": 0, \"answers\": \"bad.json\" },\n  \
                    { \"name\": \"a\", \"weight\": 1 } ] }";
    let path = folder.write("group.json", document);
    let output = run("portfolio", &[&path]);
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    let found: Vec<String> = stderr(&output)
        .lines()
        .map(|line| line.strip_prefix(&path).unwrap().split(": error").next().unwrap().to_owned())
        .collect();
    assert_eq!(found, [":2:28", ":3:3", ":3:13"], "{}", stderr(&output));

    let other = folder.write(
        "pulse.json",
        run("assess", &["--questionnaire", "pulse", "--format", "json"]).stdout,
    );
    let units = json!({ "units": [
        { "name": "a", "weight": 1, "answers": "bad.json" },
        { "name": "b", "weight": 1, "result": "none.json" },
        { "name": "c", "weight": 1, "result": "result.json" },
        { "name": "d", "weight": 1, "result": other }
    ] });
    let path = folder.write("files.json", units.to_string());
    let output = run("portfolio", &[&path]);
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    assert!(
        stderr(&output).contains("bad.json:1:23: error[unknown-choice]"),
        "{}",
        stderr(&output)
    );
    assert!(stderr(&output).contains("none.json: error: "), "{}", stderr(&output));
    assert!(stderr(&output).contains("result.json:1:1: error[missing-key]"), "{}", stderr(&output));
    let of =
        "pulse.json: error[other-end]: results of different questionnaires, `dcx` and `dcx_pulse`";
    assert!(stderr(&output).contains(of), "{}", stderr(&output));

    // From standard input, files lie where the command runs.
    let units = json!({ "units": [ { "name": "a", "weight": 1, "result": other } ] }).to_string();
    let output = run_with_input("portfolio", &["-"], units.as_bytes());
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    assert!(stderr(&output).contains(of), "{}", stderr(&output));
}

#[test]
fn a_voice_that_says_nothing_and_one_that_speaks_twice_are_named() {
    let folder = Folder::new("silent-voices");
    let empty = folder.write("empty.json", "{}");
    let full = folder.write("full.json", r#"{ "vision_standards": 3 }"#);
    let panel = run("panel", &[&empty, &full]);
    assert_eq!(code(panel.status), 0);
    assert_eq!(stderr(&panel), "empty: warning: no opinion on any question\n");
    let twice = r#"{ "respondent": "Ann", "answers": { "vision_standards": 3 } }"#;
    let (one, other) = (folder.write("one.json", twice), folder.write("other.json", twice));
    let panel = run("panel", &[&one, &other]);
    assert!(stderr(&panel).contains("not every respondent is another one"), "{}", stderr(&panel));
}
