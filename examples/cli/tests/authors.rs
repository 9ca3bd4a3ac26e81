//! The subcommands for authors of questionnaires.

use std::fs;
use std::time::{Duration, Instant};

use digital_maturity::Questionnaire;
use serde_json::{Value, json};

use super::{Folder, assert_golden_of as assert_golden, code, run, run_with_input, stderr, stdout};

const BROKEN: &str = "examples/cli/samples/broken.json";
pub(super) const STARTER: &str = "examples/cli/samples/starter.yaml";

#[track_caller]
pub(super) fn json_of(name: &str, args: &[&str], exit_code: i32) -> Value {
    let output = run(name, args);
    assert_eq!((code(output.status), stderr(&output)), (exit_code, ""), "{}", stdout(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn whole(number: &Value) -> usize {
    usize::try_from(number.as_u64().unwrap()).unwrap()
}

#[test]
fn findings_come_as_sarif() {
    let output = run("validate", &["--format", "sarif", BROKEN]);
    assert_golden(&output, "examples/cli/expected/validate.sarif", 1);
}

/// Each region is the text that the finding is about, by lines and characters.
#[test]
fn a_sarif_region_holds_what_the_finding_is_about() {
    let folder = Folder::new("sarif");
    let path = folder.write("größe 1.yaml", "\t".to_owned() + "schema: 2\n");
    let text = "schema: 1\n\"größe\": \"a{b}\" # [x](1)\nid: 'Mine'\n";
    fs::write(&path, text).unwrap();
    let log = json_of("validate", &["--format", "sarif", &path], 1);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let lines: Vec<&str> = text.lines().collect();
    let mut marked = Vec::new();
    for result in run["results"].as_array().unwrap() {
        let rule = &run["tool"]["driver"]["rules"][whole(&result["ruleIndex"])];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().unwrap().ends_with('.'));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("file:///") && uri.ends_with("gr%C3%B6%C3%9Fe%201.yaml"), "{uri}");
        let at = |key: &str| whole(&place["region"][key]);
        let line = lines[at("startLine") - 1].chars();
        let columns = at("endColumn") - at("startColumn");
        let part: String = line.skip(at("startColumn") - 1).take(columns).collect();
        marked.push((result["ruleId"].as_str().unwrap(), part));
    }
    let pair = |rule, part: &str| (rule, part.to_owned());
    assert_eq!(
        marked,
        [
            pair("missing-key", "schema"),
            pair("missing-key", "schema"),
            pair("missing-key", "schema"),
            pair("unknown-key", "\"größe\""),
            pair("invalid-id", "'Mine'"),
        ]
    );
}

#[test]
fn sarif_says_what_could_not_be_read_and_what_has_no_name() {
    let output = run("validate", &["--format", "sarif", "missing.json"]);
    assert_eq!((code(output.status), stderr(&output).lines().count()), (1, 1));
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let note = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert!(note.as_str().unwrap().starts_with("missing.json: error: "), "{note}");
    let output = run_with_input("validate", &["--format", "sarif", "-"], b"{");
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"], json!({ "description": { "text": "standard input" } }));
}

#[test]
fn warnings_fail_only_if_they_are_denied() {
    let folder = Folder::new("warned");
    let starter = fs::read_to_string(super::root().join(STARTER)).unwrap();
    let heavy = starter.replace("    effort: 2 ", "    weight: 9 ");
    let path = folder.write("heavy.yaml", &heavy);
    let output = run("validate", &[&path]);
    assert_eq!(code(output.status), 0, "{}", stdout(&output));
    assert!(stdout(&output).ends_with("…, 1 warning\n"), "{}", stdout(&output));
    let denied = run("validate", &["--deny-warnings", &path]);
    assert_eq!((code(denied.status), stdout(&denied)), (1, stdout(&output)));
    let valid = json_of("validate", &["--deny-warnings", "--format", "json", &path], 1);
    assert_eq!(valid["files"][0]["valid"], true);
    assert_eq!(code(run("validate", &["--deny-warnings", STARTER]).status), 0);
}

#[test]
fn a_document_of_one_long_line_is_shown_in_part() {
    let folder = Folder::new("long");
    let filler = "x".repeat(1 << 20);
    let json =
        format!("{{ \"schema\": 1, \"title\": \"{filler}\", \"wrong\": 7, \"id\": \"Q\\u001b\" }}");
    let path = folder.write("long.json", json);
    let output = run("validate", &[&path]);
    assert_eq!(code(output.status), 1);
    let shown: Vec<&str> = stdout(&output).lines().filter(|line| line.starts_with(' ')).collect();
    assert!(shown.iter().any(|line| line.contains("\"wrong\": 7")), "{shown:?}");
    for line in shown {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn the_questionnaire_to_begin_from_has_no_faults() {
    let folder = Folder::new("new");
    let output = run("new", &[]);
    assert_golden(&output, STARTER, 0);
    let yaml = folder.write("mine.yaml", &output.stdout);
    let json = folder.write("mine.json", run("new", &["--format", "json"]).stdout);
    let checked = run("validate", &["--deny-warnings", &yaml, &json]);
    assert_eq!(code(checked.status), 0, "{}", stdout(&checked));
    let diff = json_of("diff", &["--format", "json", &yaml, &json], 0);
    assert_eq!((&diff["changes"], &diff["needs"]), (&json!([]), &Value::Null));
    let questions: Value = serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    for kind in ["choice", "yes_no", "checklist", "measure"] {
        assert!(questions.to_string().contains(&format!("\"kind\":\"{kind}\"")), "{kind}");
    }
}

#[test]
fn its_id_and_title_are_what_was_asked_for() {
    let folder = Folder::new("new-title");
    let title = "\"Ours\": \\ # {0}\n\u{202e}größer";
    for format in ["yaml", "json"] {
        let output = run("new", &["--id", "ours", "--title", title, "--format", format]);
        assert_eq!(code(output.status), 0);
        assert!(!stdout(&output).contains('\u{202e}'));
        let path = folder.write(&format!("ours.{format}"), &output.stdout);
        let document = json_of("validate", &["--format", "json", &path], 0);
        assert_eq!(document["files"][0]["id"], "ours");
        let changes = json_of("diff", &["--format", "json", STARTER, &path], 1);
        let title = json!({ "needs": "patch", "subject": "questionnaire", "id": null,
            "what": "title", "old": "My questionnaire", "new": title });
        assert_eq!(changes["changes"], json!([title]));
    }
    for args in [["--id", "Ours"], ["--title", " "]] {
        let output = run("new", &args);
        assert_eq!((code(output.status), stdout(&output)), (2, ""), "{args:?}");
        assert!(stderr(&output).contains("try '--help'"), "{}", stderr(&output));
    }
}

#[test]
fn what_a_new_version_changes_is_told() {
    assert_golden(&run("diff", &[]), "examples/cli/expected/diff.txt", 1);
    let output = run("diff", &["--format", "json"]);
    assert_golden(&output, "examples/cli/expected/diff.json", 1);
}

const MAJOR: (&str, &str) = ("major", "2.0.0");
const MINOR: (&str, &str) = ("minor", "1.1.0");
const PATCH: (&str, &str) = ("patch", "1.0.1");

/// What of the questionnaire to begin from becomes what, what that needs, and how it is told.
const CHANGES: [(&str, &str, (&str, &str), &str); 19] = [
    ("points: 2", "points: 3", MAJOR, "question channels: points of item `web` 2 -> 3"),
    ("unit: days", "unit: weeks", MAJOR, "question lead_time: unit of the measure days -> weeks"),
    ("above: 30", "above: 31", MAJOR, "question lead_time: band `>30` removed"),
    ("reverse: true", "reverse: false", MAJOR, "question data_copied: credit of choice `1` 1 -> 0"),
    (
        "    forbid: [not_applicable]",
        "   ",
        MAJOR,
        "question digital_owner: forbid [\"not_applicable\"] -> []",
    ),
    (
        "at_least: 0.25",
        "at_least: 0.5",
        MAJOR,
        "question trials_measured: condition {\"at_least\":0.25,",
    ),
    ("stages: balanced", "stages: compensatory", MAJOR, "stage native: every_pillar 0.6 -> 0"),
    ("dont_know: exclude", "dont_know: lowest", MAJOR, "method: dont_know exclude -> lowest"),
    (
        "    scale: five\n    themes: [first_contact]\n",
        "    scale: five\n",
        MAJOR,
        "theme first_contact: questions ",
    ),
    (
        "aggregation: arithmetic",
        "aggregation: minimum",
        MAJOR,
        "method: aggregation arithmetic -> minimum",
    ),
    ("id: web", "id: site", MAJOR, "question channels: item `web` removed"),
    ("kind: measure", "kind: measure", PATCH, ""),
    ("effort: 2", "effort: 3", MINOR, "question trials: effort 2 -> 3"),
    (
        "Telephone }",
        "{ default: Telephone, fr: Téléphone } }",
        MINOR,
        "questionnaire: language added (fr)",
    ),
    (
        "    guidance: Look at the ten most frequent kinds of request.\n",
        "",
        MINOR,
        "question requests_online: guidance removed",
    ),
    (
        "        - { id: phone, text: Telephone }\n        - { id: web, text: Website, points: 2 }",
        "        - { id: web, text: Website, points: 2 }\n        - { id: phone, text: Telephone }",
        MINOR,
        "question channels: order of answers ",
    ),
    ("title: Service }", "title: Services }", PATCH, "family service: title Service -> Services"),
    ("text: App }", "text: Mobile app }", PATCH, "question channels: text of item `app`"),
    (
        "text: up to a month",
        "text: a month at most",
        PATCH,
        "question lead_time: text of band `>7`",
    ),
];

/// Each change alone: how it is told, what it needs, and which version just says so.
#[test]
fn a_version_must_say_what_changed() {
    let folder = Folder::new("diff");
    let starter = fs::read_to_string(super::root().join(STARTER)).unwrap();
    let starter = starter.replace("\"0.1.0\"", "\"1.0.0\"");
    let old = folder.write("old.yaml", &starter);
    for (from, to, (needs, least), told) in CHANGES {
        let changed = starter.replacen(from, to, 1);
        assert!(changed != starter || from == to, "{from}");
        let new = folder.write("new.yaml", &changed);
        let text = run("diff", &[&old, &new]);
        let same = changed == starter;
        assert_eq!(code(text.status), i32::from(!same), "{}", stdout(&text));
        assert!(stdout(&text).contains(told), "{told}: {}", stdout(&text));
        if same {
            continue;
        }
        // One text in a language of its own has a warning.
        let json = run("diff", &["--format", "json", &old, &new]);
        let json: Value = serde_json::from_str(stdout(&json)).unwrap();
        assert_eq!(
            (&json["needs"], &json["version"]["at_least"]),
            (&needs.into(), &least.into()),
            "{told}"
        );
        // A unit is in no fingerprint.
        let comparable = needs != "major" || from.starts_with("unit");
        assert_eq!(json["comparable"], comparable, "{told}");
        let raised = changed.replace("\"1.0.0\"", &format!("\"{least}\""));
        let raised = folder.write("raised.yaml", raised);
        assert_eq!(code(run("diff", &[&old, &raised]).status), 0, "{told}");
    }
}

/// A scale that questions share is small in the document and differs in each of them.
#[test]
fn what_many_questions_share_is_listed_within_bounds_and_counted_beyond() {
    let folder = Folder::new("diff_many");
    let pillars = ["digital_first_mindset", "agile_approach", "culture_of_experimentation"];
    let document = |version: &str, word: &str, points: u32| {
        let items: Vec<Value> = (0..10)
            .map(|item| json!({ "id": format!("i{item}"), "text": format!("{word} {item}"), "points": points + item }))
            .collect();
        let pillar =
            |number: usize| pillars.get(number % 4).copied().unwrap_or("connected_systems");
        let questions: Vec<Value> = (0..300)
            .map(|number| json!({ "id": format!("q{number}"), "pillar": pillar(number), "title": format!("Title {number}"), "scale": "s" }))
            .collect();
        let scales = json!({ "s": { "kind": "checklist", "items": items } });
        json!({
            "schema": 1, "id": "many", "version": version, "title": "Many", "scales": scales,
            "questions": questions,
        })
        .to_string()
    };
    // 300 questions of ten items: 3,000 points, 3,000 texts.
    let old = folder.write("old.json", document("1.0.0", "word", 1));
    let new = folder.write("new.json", document("1.0.1", "other", 2));
    let json = json_of("diff", &["--format", "json", &old, &new], 1);
    let listed = json["changes"].as_array().unwrap();
    assert_eq!((listed.len(), &json["more"]), (2_000, &json!(4_000)));
    assert!(listed.iter().all(|change| change["needs"] == "major"));
    assert!(stdout(&run("diff", &[&old, &new])).contains("\n.. and 4000 more changes\n"));
    let reworded = folder.write("reworded.json", document("1.0.1", "other", 1));
    let json = json_of("diff", &["--format", "json", &old, &reworded], 0);
    assert_eq!((&json["needs"], &json["more"]), (&json!("patch"), &json!(1_000)));
}

#[test]
fn another_id_is_another_questionnaire() {
    let output = run("diff", &["dcx", "pulse"]);
    assert_eq!(code(output.status), 1);
    assert!(stdout(&output).contains("two questionnaires by their ids"), "{}", stdout(&output));
    assert_eq!(code(run("diff", &["dcx", "dcx"]).status), 0);
    let output = run("diff", &["dcx", BROKEN]);
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    assert_eq!(stderr(&output).lines().count(), 11);
    assert_eq!(code(run("diff", &["dcx"]).status), 2);
}

#[test]
fn cases_are_run() {
    assert_golden(&run("test", &[]), "examples/cli/expected/test.txt", 0);
}

#[test]
fn what_differs_is_told_exactly() {
    let folder = Folder::new("cases");
    folder.write("answers.yaml", "answers: { case_view: 5, delay_news: 5, data_home: 2 }\n");
    let cases = folder.write(
        "cases.json",
        r#"{ "questionnaire": "pulse", "cases": [
            { "name": "a", "answers": "answers.yaml", "expect": {
                "overall": 0, "stage": "hubs",
                "pillars": { "connected_systems": 0.75, "agile_approach": "not_scorable" },
                "questions": { "case_view": 1, "data_home": 0.250000001 } } },
            { "name": "b", "answers": {}, "expect": { "stage": null } } ] }"#,
    );
    let output = run("test", &[&cases]);
    assert_eq!((code(output.status), stderr(&output)), (1, ""));
    let told = format!(
        "{cases}: dcx_pulse 1.0.0\n\
         differs  a\n    \
             overall: expected 0, found none\n    \
             stage: expected hubs, found none\n    \
             questions data_home: expected 0.250000001, found 0.25\n\
         ok       b\n\
         2 cases: 1 ok, 1 differing\n"
    );
    assert_eq!(stdout(&output), told);
    let outcome = json_of("test", &["--format", "json", &cases], 1);
    assert_eq!((&outcome["passed"], &outcome["differing"]), (&json!(1), &json!(1)));
    let difference =
        json!({ "of": "questions", "id": "data_home", "expected": 0.250_000_001, "found": 0.25 });
    assert_eq!(outcome["cases"][0]["differences"][2], difference);

    // Blessed, it holds, and keeps what it asks for.
    let blessed = run("test", &["--bless", &cases]);
    assert_eq!((code(blessed.status), stderr(&blessed)), (0, ""));
    let written = run("test", &["--bless", "--out", &cases, &cases]);
    assert_eq!((code(written.status), stdout(&written)), (0, ""));
    assert_eq!(fs::read_to_string(&cases).unwrap(), stdout(&blessed));
    assert_eq!(code(run("test", &[&cases]).status), 0);
    let document: Value = serde_json::from_slice(&blessed.stdout).unwrap();
    let expected = json!({ "overall": null, "stage": null,
        "pillars": { "connected_systems": 0.75, "agile_approach": null },
        "questions": { "case_view": 1, "data_home": 0.25 } });
    assert_eq!(document["cases"][0]["expect"], expected);
    assert_eq!(document["cases"][0]["answers"], "answers.yaml");
}

#[test]
fn a_case_that_expects_nothing_is_filled_in() {
    let folder = Folder::new("bless");
    let cases = folder.write(
        "cases.yaml",
        "questionnaire: dcx\ncases:\n- { name: a, answers: {} }\n- { name: b, answers: {}, expect: { themes: {} } }\n",
    );
    let blessed: Value = serde_json::from_slice(&run("test", &["--bless", &cases]).stdout).unwrap();
    let first = blessed["cases"][0]["expect"].as_object().unwrap();
    assert_eq!(first.keys().collect::<Vec<_>>(), ["overall", "pillars", "stage"]);
    assert_eq!(first["pillars"].as_object().unwrap().len(), 4);
    let second = blessed["cases"][1]["expect"].as_object().unwrap();
    assert_eq!(
        (second.len(), second["themes"].as_object().unwrap().len()),
        (1, Questionnaire::dcx().themes().len())
    );
}

#[test]
fn every_mistake_in_cases_is_reported_at_its_place() {
    let folder = Folder::new("bad-cases");
    folder.write("bad.json", "{ \"case_view\": 9 }");
    let cases = folder.write(
        "cases.json",
        r#"{ "questionnaire": "pulse", "why": 1, "cases": [
  { "name": "a", "answers": { "case_view": 7, "case_view": 5 }, "answers": {},
    "expect": { "overall": 2, "stage": "platfrom", "pillars": { "agile": 1 } } },
  { "name": "a", "answers": "missing.json", "expect": { "questions": { "x": 1, "case_view": "not_scorable" } } },
  { "name": 7, "answers": "bad.json", "expect": { "overall": 0.1234567891, "themes": [] } },
  { "name": "d" }, 8 ] }"#,
    );
    let output = run("test", &[&cases]);
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    let bad = folder.path("bad.json");
    let places: Vec<String> = stderr(&output)
        .lines()
        .map(|line| {
            let (place, rest) = line.split_once(": error[").unwrap();
            let place = place.replace(&bad, "bad.json").replace(&cases, "");
            format!("{place} {}", rest.split(": ").next().unwrap())
        })
        .collect();
    assert_eq!(
        places,
        [
            ":1:29 unknown-key] /why",
            ":2:44 unknown-choice] /cases/0/answers/case_view",
            ":2:47 duplicate-key] /cases/0/answers/case_view",
            ":2:65 duplicate-key] /cases/0/answers",
            ":3:28 out-of-range] /cases/0/expect/overall",
            ":3:40 unknown-name] /cases/0/expect/stage",
            ":3:65 unknown-name] /cases/0/expect/pillars/agile",
            ":4:13 duplicate-id] /cases/1/name",
            ":4:29 custom] /cases/1/answers",
            ":4:72 unknown-question] /cases/1/expect/questions/x",
            ":4:93 wrong-type] /cases/1/expect/questions/case_view",
            ":5:13 wrong-type] /cases/2/name",
            "bad.json:1:16 unknown-choice] /case_view",
            ":5:62 out-of-range] /cases/2/expect/overall",
            ":5:86 wrong-type] /cases/2/expect/themes",
            ":6:3 missing-key] /cases/3",
            ":6:20 wrong-type] /cases/4",
        ]
    );
    for (name, text) in
        [("cut.json", "{ \"cases\": ["), ("cut.yaml", "a: ["), ("deep.json", &"[".repeat(9000))]
    {
        let path = folder.write(name, text);
        let output = run("test", &[&path]);
        assert_eq!((code(output.status), stderr(&output).lines().count()), (1, 1));
        assert!(stderr(&output).contains("error[syntax]"), "{}", stderr(&output));
    }
    let output = run("test", &["missing.json"]);
    assert_eq!((code(output.status), stderr(&output).lines().count()), (1, 1));
    assert_eq!(code(run("test", &["--out", "x.json"]).status), 2);
}

#[test]
fn many_hostile_cases_are_refused_soon() {
    let folder = Folder::new("many-cases");
    let path = folder.write("many.json", format!("{{ \"cases\": [{}7] }}", "7,".repeat(200_000)));
    let started = Instant::now();
    let output = run("test", &[&path]);
    assert_eq!(code(output.status), 1);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_eq!(stderr(&output).lines().count(), 1001);
    let last = stderr(&output).lines().last().unwrap();
    // The questionnaire is missing, too, and of the cases a thousand are looked at.
    assert!(last.ends_with("error[more-findings]: 2 more findings are not shown"), "{last}");
}

#[test]
fn a_document_has_at_most_a_thousand_cases() {
    let folder = Folder::new("thousand-cases");
    let cases = |count: usize| {
        let case = |number| format!("{{ \"name\": \"{number}\", \"answers\": {{}} }}");
        let cases: Vec<String> = (0..count).map(case).collect();
        let text = format!("{{ \"questionnaire\": \"pulse\", \"cases\": [{}] }}", cases.join(","));
        run("test", &[&folder.write("cases.json", text)])
    };
    assert_eq!(code(cases(1000).status), 0);
    let output = cases(1001);
    assert_eq!((code(output.status), stdout(&output)), (1, ""));
    let said = "error[too-many] /cases: too many cases: found 1001, at most 1000 may be there";
    assert!(stderr(&output).trim_end().ends_with(said), "{}", stderr(&output));
}
