//! The subcommands on answers, questionnaires and results.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{
    Folder, assert_golden_of as assert_golden, code, program, run, run_with_input, stderr, stdout,
};

/// Each hostile document must be refused in that time, on a slow machine that does other work too.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn without_arguments_the_sample_organisation_is_scored() {
    let output = run("assess", &[]);
    assert_golden(&output, "examples/cli/expected/assess.txt", 0);
    for line in stdout(&output).lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
}

#[test]
fn the_other_sample_organisations_are_scored() {
    let output = run("assess", &["examples/cli/samples/brackwater.json"]);
    assert_golden(&output, "examples/cli/expected/brackwater.txt", 0);
    let output = run("assess", &["--questionnaire", "pulse"]);
    assert_golden(&output, "examples/cli/expected/pulse.txt", 0);
}

#[test]
fn the_same_result_comes_as_a_report_and_as_pictures() {
    for (args, golden) in [
        (vec!["--language", "de"], "digest_brackwater.de.txt"),
        (vec!["--format", "text"], "brackwater.en.txt"),
        (vec!["--format", "text", "--language", "de"], "brackwater.de.txt"),
        (vec!["--format", "markdown"], "brackwater.en.md"),
        (vec!["--format", "html", "--language", "de"], "brackwater.de.html"),
        (vec!["--format", "svg"], "brackwater.en.radar.svg"),
        (vec!["--format", "svg", "--picture", "ladder"], "brackwater.en.ladder.svg"),
        (vec!["--format", "svg", "--picture", "families"], "brackwater.en.families.svg"),
    ] {
        let answers = "examples/cli/samples/brackwater.json";
        let output = run("assess", &[args.as_slice(), &[answers]].concat());
        assert_golden(&output, &format!("tests/golden/{golden}"), 0);
    }
}

#[test]
fn the_same_result_comes_as_json() {
    assert_golden(&run("assess", &["--format", "json"]), "examples/cli/expected/assess.json", 0);
}

#[test]
fn every_fault_of_a_broken_questionnaire_is_found_in_one_go() {
    let output = run("validate", &["examples/cli/samples/broken.json"]);
    assert_golden(&output, "examples/cli/expected/validate.txt", 1);
}

#[test]
fn findings_as_json_say_the_same_as_lines() {
    let broken = "examples/cli/samples/broken.json";
    let output = run("validate", &["--format", "json", broken]);
    assert_eq!((code(output.status), stderr(&output)), (1, ""));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let file = &report["files"][0];
    assert_eq!((&file["file"], &file["valid"]), (&broken.into(), &false.into()));
    let mut lines = String::new();
    for finding in file["findings"].as_array().unwrap() {
        let text = |key: &str| finding[key].as_str().unwrap();
        let (line, column) = (&finding["line"], &finding["column"]);
        write!(lines, "{broken}:{line}:{column}: {}[{}] ", text("severity"), text("code")).unwrap();
        write!(lines, "{}: {}", text("path"), text("message")).unwrap();
        if let Some(suggestion) = finding["suggestion"].as_str() {
            write!(lines, " (did you mean `{suggestion}`?)").unwrap();
        }
        lines.push('\n');
    }
    let text = run("validate", &[broken]);
    // The lines of the document stand below, after a blank.
    let said: Vec<&str> = stdout(&text).lines().filter(|line| !line.starts_with(' ')).collect();
    assert!(said.join("\n").starts_with(lines.trim_end()), "{lines}");
}

#[test]
fn a_valid_questionnaire_is_valid_in_every_format() {
    let folder = Folder::new("valid");
    // JSON is YAML too.
    let json = fs::read_to_string(super::root().join("src/questionnaire/dcx_pulse.json")).unwrap();
    let yaml = folder.write("pulse.yaml", &json);
    let with_mark = folder.write("pulse.JSON", format!("\u{feff}{json}"));
    let toml = folder.write("small.toml", small_toml());
    let output = run("validate", &["src/questionnaire/dcx_pulse.json", &yaml, &with_mark, &toml]);
    assert_eq!((code(output.status), stderr(&output)), (0, ""), "{}", stdout(&output));
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(lines.len(), 4);
    let verdict = |line: &str| line.rsplit_once(": ").unwrap().1.to_owned();
    assert!(verdict(lines[0]).starts_with("ok, 12 questions, fingerprint "), "{}", lines[0]);
    assert_eq!(verdict(lines[1]), verdict(lines[0]));
    assert_eq!(verdict(lines[2]), verdict(lines[0]));
    assert!(verdict(lines[3]).starts_with("ok, 8 questions, fingerprint "), "{}", lines[3]);
}

/// Two yes-no questions a pillar: `a1` and `a2` for the first pillar, up to `d2`.
fn small_toml() -> String {
    let mut text = SMALL_TOML_HEAD.to_owned();
    let pillars = ["digital_first_mindset", "agile_approach", "culture_of_experimentation"];
    for (letter, pillar) in
        ["a", "b", "c", "d"].iter().zip(pillars.iter().chain(&["connected_systems"]))
    {
        for number in 1..=2 {
            writeln!(text, "[[questions]]\nid = \"{letter}{number}\"\npillar = \"{pillar}\"")
                .unwrap();
            writeln!(text, "title = \"{letter}{number}?\"\nscale = {{ kind = \"yes_no\" }}\n")
                .unwrap();
        }
    }
    text
}

const SMALL_TOML_HEAD: &str = r#"schema = 1
id = "small"
version = "1.0.0"
title = "Small"

[stages]
hubs = { overall = 0.4, every_pillar = 0.2 }
bridge = { overall = 0.2, every_pillar = 0 }
native = { overall = 0.8, every_pillar = 0.6 }
platform = { overall = 0.6, every_pillar = 0.4 }

"#;

#[test]
fn answers_score_alike_in_every_format() {
    let folder = Folder::new("alike");
    let questionnaire = folder.write("small.toml", small_toml());
    let json = r#"{ "answers": { "a1": true, "b1": false, "c1": "dont_know", "d1": null } }"#;
    let from_json = folder.write("answers.json", json);
    let from_yaml = folder
        .write("answers.yml", "answers:\n  a1: true\n  b1: false\n  c1: dont_know\n  d1: ~\n");
    let from_toml =
        folder.write("answers.toml", "[answers]\na1 = true\nb1 = false\nc1 = \"dont_know\"\n");
    let score = |path: &str| {
        let args = ["--questionnaire", &questionnaire, "--format", "json", path];
        let output = if path == "-" {
            run_with_input("assess", &args, json.as_bytes())
        } else {
            run("assess", &args)
        };
        assert_eq!((code(output.status), stderr(&output)), (0, ""), "{path}");
        stdout(&output).to_owned()
    };
    let expected = score(&from_json);
    assert!(expected.contains("\"not_scorable\""));
    for path in [from_yaml.as_str(), &from_toml, "-"] {
        assert_eq!(score(path), expected, "{path}");
    }
}

#[test]
fn built_in_questionnaires_go_by_their_names() {
    let folder = Folder::new("built-in");
    let answers = folder.write("none.json", "{}");
    for (name, id) in [("pulse", "dcx_pulse"), ("dcx_pulse", "dcx_pulse"), ("dcx", "dcx")] {
        let output = run("assess", &["--format", "json", "--questionnaire", name, &answers]);
        assert_eq!((code(output.status), stderr(&output)), (0, ""));
        let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(result["questionnaire"]["id"], id);
    }
}

#[test]
fn what_a_pillar_without_a_score_takes_is_said() {
    let folder = Folder::new("not-scorable");
    let answers = folder.write("answers.json", "{}");
    let output = run("assess", &["--questionnaire", "pulse", &answers]);
    assert_eq!((code(output.status), stderr(&output)), (0, ""));
    let text = stdout(&output);
    assert!(text.contains("none of 12 questions answered, 12 unanswered"), "{text}");
    assert!(text.contains("Stage    none yet: "), "{text}");
    assert!(
        text.contains(
            "Not scorable: answers cover 0.0 % of its weight, at least 50.0 % are needed."
        ),
        "{text}"
    );
    assert!(text.contains("Answer 2 more of"), "{text}");
}

#[test]
fn problems_with_answers_go_to_stderr_with_their_place() {
    let folder = Folder::new("answers");
    for (name, content, place) in [
        ("a.json", "{\n  \"journey_ownr\": 4\n}", "2:3"),
        ("a.yaml", "answers:\n  journey_ownr: 4\n", "2:3"),
        ("a.toml", "[answers]\n\njourney_ownr = 4\n", "3:1"),
    ] {
        let path = folder.write(name, content);
        let output = run("assess", &[&path]);
        let pointer = if name == "a.json" { "/journey_ownr" } else { "/answers/journey_ownr" };
        let expected = format!(
            "{path}:{place}: error[unknown-question] {pointer}: unknown question `journey_ownr` \
             (did you mean `journey_owner`?)\n"
        );
        assert_eq!(
            (code(output.status), stdout(&output), stderr(&output)),
            (1, "", expected.as_str())
        );

        let lenient = run("assess", &["--lenient", "--format", "json", &path]);
        assert_eq!(code(lenient.status), 0);
        assert_eq!(stderr(&lenient), expected.replace("error[", "warning["));
        serde_json::from_slice::<serde_json::Value>(&lenient.stdout).unwrap();
    }
}

#[test]
fn wrong_usage_ends_with_exit_code_2() {
    for (name, args) in [
        ("assess", vec!["--no-such-option"]),
        ("assess", vec!["--format", "xml"]),
        ("assess", vec!["a.json", "b.json"]),
        ("assess", vec!["--questionnaire", "mine.json"]),
        ("validate", vec![]),
        ("validate", vec!["--format", "xml", "a.json"]),
    ] {
        let output = run(name, &args);
        assert_eq!((code(output.status), stdout(&output)), (2, ""), "{name} {args:?}");
        assert!(stderr(&output).contains("try '--help'"), "{}", stderr(&output));
    }
}

#[test]
fn help_explains_itself_in_80_columns() {
    for name in ["assess", "validate", "new", "test", "diff", "schema", "form"] {
        let output = run(name, &["--help"]);
        assert_eq!((code(output.status), stderr(&output)), (0, ""));
        let help = stdout(&output);
        assert!(help.contains("Usage: ") && help.contains("Exit code: 0"), "{help}");
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused_on_stderr() {
    let folder = Folder::new("unreadable");
    let directory = folder.0.join("folder.json");
    fs::create_dir(&directory).unwrap();
    let large = folder.write("large.json", vec![b' '; 50 << 20]);
    let just_too_large = folder.write("just.yaml", vec![b' '; (16 << 20) + 1]);
    let cases = [
        (folder.0.join("missing.json").to_str().unwrap().to_owned(), "os error 2"),
        (directory.to_str().unwrap().to_owned(), "this is a directory"),
        (large, "the document is larger than 16 MB"),
        (just_too_large, "the document is larger than 16 MB"),
        (folder.write("answers.txt", "{}"), "the name must end in .json, .yaml, .yml or .toml"),
        (folder.write("answers", "{}"), "the name must end in .json, .yaml, .yml or .toml"),
        (folder.write("binary.json", b"{\n\"\xff\xfe\x00"), ":2:2: error: this is not UTF-8 text"),
        (folder.write("wide.yaml", b"\xff\xfea\x00"), ":1:1: error: this is not UTF-8 text"),
    ];
    for (path, message) in &cases {
        for (name, args) in [
            ("assess", vec![path.as_str()]),
            ("assess", vec!["--questionnaire", path, path]),
            ("validate", vec![path.as_str()]),
        ] {
            let started = Instant::now();
            let output = run(name, &args);
            assert_eq!((code(output.status), stdout(&output)), (1, ""), "{name} {path}");
            assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
            assert!(stderr(&output).starts_with(path), "{}", stderr(&output));
            assert!(stderr(&output).contains(message), "{}", stderr(&output));
            assert!(started.elapsed() < SOON);
        }
    }
    // What can be read is reported all the same.
    let output = run("validate", &[&cases[0].0, "src/questionnaire/dcx_pulse.json"]);
    assert_eq!((code(output.status), stdout(&output).lines().count()), (1, 1));
}

#[test]
fn standard_input_has_the_same_limits() {
    for name in ["assess", "validate"] {
        let output = run_with_input(name, &["-"], &vec![b' '; (16 << 20) + 1]);
        assert_eq!((code(output.status), stdout(&output)), (1, ""));
        assert_eq!(stderr(&output), "stdin: error: the document is larger than 16 MB\n");
    }
    let output = run_with_input("validate", &["-"], b"{");
    assert_eq!((code(output.status), stderr(&output)), (1, ""));
    assert!(stdout(&output).starts_with("stdin:1:1: error[syntax]: "), "{}", stdout(&output));
}

#[cfg(unix)]
#[test]
fn a_device_without_end_is_refused() {
    let folder = Folder::new("device");
    let path = folder.0.join("zero.json");
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    let output = run("validate", &[path.to_str().unwrap()]);
    assert_eq!(code(output.status), 1);
    assert!(
        stderr(&output).ends_with("the document is larger than 16 MB\n"),
        "{}",
        stderr(&output)
    );
}

/// `{"a": {"a": ... }}` and its like.
fn nested(open: &str, close: &str) -> String {
    open.repeat(10_000) + "1" + &close.repeat(10_000)
}

/// Each list repeats the one before ten times.
fn alias_bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..30 {
        let before = vec![format!("*a{}", i - 1); 10].join(", ");
        writeln!(text, "a{i}: &a{i} [{before}]").unwrap();
    }
    text
}

/// A questionnaire that would be valid if it had questions.
const HEAD_JSON: &str = r#""schema": 1, "id": "q", "version": "1.0.0", "title": "t""#;
const HEAD_YAML: &str = "schema: 1\nid: q\nversion: 1.0.0\ntitle: t\n";
const HEAD_TOML: &str = "schema = 1\nid = \"q\"\nversion = \"1.0.0\"\ntitle = \"t\"\n";

/// Documents that are not to be believed: name, content, and what the first line must say.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let many_json = "{},".repeat(200_000);
    let many_json = many_json.trim_end_matches(',');
    vec![
        ("empty.json", String::new(), "error[syntax]"),
        ("empty.yaml", String::new(), "found null"),
        ("empty.toml", String::new(), ""),
        ("blank.json", " \n\t".to_owned(), "error[syntax]"),
        ("binary.json", "\u{0}\u{1}\u{7f}ELF".to_owned(), "error[syntax]"),
        ("binary.yaml", "\u{0}\u{1}\u{7f}ELF".to_owned(), "error[syntax]"),
        ("binary.toml", "\u{0}\u{1}\u{7f}ELF".to_owned(), "error[syntax]"),
        ("cut.json", "{ \"a\": [1, 2".to_owned(), "error[syntax]"),
        ("text.json", "\"text\"".to_owned(), "error[wrong-type]"),
        ("list.json", "[1, 2]".to_owned(), "error[wrong-type]"),
        ("nan.json", "{ \"a\": NaN }".to_owned(), "error[syntax]"),
        ("nan.yaml", "case_view: .nan\nschema: .inf\n".to_owned(), "error["),
        ("nan.toml", "case_view = nan\nschema = -inf\n".to_owned(), "error["),
        ("huge.json", "{ \"case_view\": 1e400 }".to_owned(), "error[syntax]"),
        ("digits.json", format!("{{ \"case_view\": {} }}", "9".repeat(100_000)), "error[syntax]"),
        ("big.json", "{ \"case_view\": 123456789012345678901234567890 }".to_owned(), "error["),
        ("big.yaml", "case_view: 123456789012345678901234567890\n".to_owned(), "error["),
        ("big.toml", "case_view = 123456789012345678901234567890\n".to_owned(), "error["),
        ("digits.toml", format!("case_view = {}\n", "9".repeat(100_000)), "error["),
        ("hex.toml", format!("case_view = 0x{}\n", "f".repeat(1000)), "error["),
        ("nested.json", nested("[", "]"), "error[syntax]"),
        ("objects.json", nested("{\"a\":", "}"), "error[syntax]"),
        ("nested.yaml", nested("[", "]"), "error[syntax]: nested deeper than 64 levels"),
        ("unclosed.yaml", "[".repeat(10_000), "error[syntax]: nested deeper than 64 levels"),
        ("objects.yaml", nested("{a: ", "}"), "error[syntax]: nested deeper than 64 levels"),
        ("blocks.yaml", "- ".repeat(10_000), "error[syntax]: nested deeper than 64 levels"),
        ("nested.toml", format!("a = {}", nested("[", "]")), "error[syntax]: nested deeper"),
        ("inline.toml", format!("a = {}", nested("{a = ", "}")), "error[syntax]: nested deeper"),
        ("dotted.toml", "a.".repeat(10_000) + "a = 1", "error[syntax]: nested deeper"),
        ("table.toml", format!("[{}a]", "a.".repeat(10_000)), "error[syntax]: nested deeper"),
        ("seventy.toml", format!("{}a = 1", "a.".repeat(70)), "error[syntax]: nested deeper"),
        ("bomb.yaml", alias_bomb(), "error[syntax]: more than 100000 values"),
        ("loop.yaml", "a: &a [*a]\n".to_owned(), "error[syntax]"),
        ("tail.yaml", "a: 1\n---\nb: 2\n".to_owned(), "error[syntax]"),
        ("twice.json", "{ \"a\": 1, \"a\": 2 }".to_owned(), "error["),
        ("twice.yaml", "a: 1\na: 2\n".to_owned(), "error[duplicate-key]: key `a` appears more"),
        ("twice.toml", "a = 1\na = 2\n".to_owned(), "error[syntax]: duplicate key"),
        ("many.json", format!("{{ {HEAD_JSON}, \"questions\": [{many_json}] }}"), "error["),
        ("many.yaml", format!("{HEAD_YAML}questions:\n{}", "- {}\n".repeat(200_000)), "error["),
        ("many.toml", format!("{HEAD_TOML}{}", "[[questions]]\n".repeat(200_000)), "error["),
        ("brackets.json", format!("[{}[]]", "[],".repeat(5_000_000)), "error["),
        ("items.yaml", "- a\n".repeat(4_000_000), "error["),
        ("tables.toml", "[[questions]]\n".repeat(300_000), "error["),
        ("line.json", format!("{{ \"{}\": 1 }}", "x".repeat(16_000_000)), "error["),
        ("line.yaml", format!("\"{}\": 1", "x".repeat(900)), "error["),
        ("line.toml", format!("\"{}\" = 1", "x".repeat(16_000_000)), "error["),
    ]
}

#[test]
fn no_document_however_hostile_does_more_than_a_clear_error() {
    let folder = Folder::new("hostile");
    for (file, content, message) in hostile() {
        let path = folder.write(file, &content);
        // Empty TOML is an empty object, which is a valid set of answers: none.
        let assess_code = i32::from(file != "empty.toml");
        // The largest are slow to read; once is enough.
        let runs = if content.len() > 4_000_000 { 1 } else { 5 };
        let runs_of = [
            ("validate", vec![path.as_str()], 1),
            ("assess", vec![path.as_str()], assess_code),
            ("assess", vec!["--lenient", &path], -1),
            ("assess", vec!["--questionnaire", &path, "examples/cli/samples/pulse.json"], 1),
            ("validate", vec!["--format", "json", &path], 1),
        ];
        for (name, args, exit_code) in runs_of.into_iter().take(runs) {
            let started = Instant::now();
            let output = run(name, &args);
            let elapsed = started.elapsed();
            let said = if name == "assess" { stderr(&output) } else { stdout(&output) };
            let first: String = said.lines().next().unwrap_or_default().chars().take(400).collect();
            assert!(elapsed < SOON, "{name} {file} took {elapsed:?}");
            if exit_code == -1 {
                // Lenient reading may find less to object to.
                assert!(matches!(code(output.status), 0 | 1), "{name} {file}: {first}");
                continue;
            }
            assert_eq!(code(output.status), exit_code, "{name} {file}: {first}");
            if exit_code == 1 && !args.contains(&"json") {
                let silent = if name == "assess" { stdout(&output) } else { stderr(&output) };
                assert_eq!(silent, "", "{name} {file}");
                assert!(first.starts_with(&path), "{name} {file}: {first}");
                assert!(first.contains(message), "{name} {file}: {first}");
            }
            for line in said.lines().filter(|_| !args.contains(&"json")) {
                assert!(line.chars().count() < 1000, "{name} {file}: a line without end");
            }
        }
    }
}

#[test]
fn what_a_document_says_cannot_disturb_the_terminal() {
    let folder = Folder::new("terminal");
    let nasty = "\\u001b[2J\\u202eevil\\u0007\\u0085\\u2066\\r\\nforged.json: ok";
    let answers = format!("{{ \"respondent\": \"{nasty}\", \"answers\": {{}} }}");
    let unknown = format!("{{ \"{nasty}\": \"{nasty}\" }}");
    let (answers, unknown) =
        (folder.write("answers.json", answers), folder.write("unknown.json", unknown));
    for output in [
        run("assess", &[&answers]),
        run("assess", &["--format", "json", &answers]),
        run("assess", &[&unknown]),
        run("validate", &[&unknown]),
        run("validate", &["--format", "json", &unknown]),
    ] {
        let text = stdout(&output).to_owned() + stderr(&output);
        assert!(text.contains("evil"), "{text}");
        assert!(!text.contains("\nforged"), "{text}");
        let harmless = |c: char| c == '\n' || !(c.is_control() || "\u{202e}\u{2066}".contains(c));
        assert!(text.chars().all(harmless), "{text:?}");
    }
    // Escaped for the eye, but the same value for a program.
    let output = run("assess", &["--format", "json", &answers]);
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(result["respondent"].as_str().unwrap().starts_with("\u{1b}[2J\u{202e}evil\u{7}\u{85}"));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    for format in ["text", "json"] {
        let mut child = program("assess")
            .args(["--format", format, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The reader is gone before there is anything to write.
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(b"{}").unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(output.status), stderr(&output)), (0, ""));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program("assess").stdout(full).output().unwrap();
    assert_eq!(code(output.status), 1);
    assert!(stderr(&output).starts_with("error: cannot write the result: "), "{}", stderr(&output));
}

/// What each command for questions on results prints for its sample, and for which arguments.
const ON_RESULTS: [(&str, &[&str], &str); 5] = [
    ("roadmap", &["--target", "native", "--by", "2027-06-30"], "examples/cli/expected/roadmap.txt"),
    ("compare", &[], "examples/cli/expected/compare.txt"),
    ("outlook", &[], "examples/cli/expected/outlook.txt"),
    ("robustness", &[], "examples/cli/expected/robustness.txt"),
    ("benchmark", &[], "examples/cli/expected/benchmark.txt"),
];

#[test]
fn a_benchmark_wants_a_cohort_of_the_same_questionnaire() {
    let without = run("benchmark", &["--questionnaire", "pulse"]);
    assert_eq!(code(without.status), 2);
    assert!(stderr(&without).contains("say which with --cohort"), "{}", stderr(&without));
    let other = run(
        "benchmark",
        &["--questionnaire", "pulse", "--cohort", "examples/cli/samples/peers.json"],
    );
    assert_eq!((code(other.status), stderr(&other).lines().count()), (1, 1), "{}", stderr(&other));
    assert!(stderr(&other).contains("error[other-end] /fingerprint"), "{}", stderr(&other));
    let weak = run("benchmark", &["--rank", "weak", "--format", "json"]);
    assert!(stdout(&weak).contains("\"rank\": \"weak\""));
}

#[test]
fn what_one_asks_of_results_is_answered_for_the_samples() {
    for (name, args, expected) in ON_RESULTS {
        assert_golden(&run(name, args), expected, 0);
    }
}

#[test]
fn what_one_asks_of_results_comes_as_json_and_pages_too() {
    for (name, args, _) in ON_RESULTS {
        let as_format = |format| run(name, &[args, &["--format", format]].concat());
        let json: serde_json::Value = serde_json::from_slice(&as_format("json").stdout).unwrap();
        assert!(json.is_object(), "{name}");
        let page = as_format("html");
        assert!(stdout(&page).starts_with("<!DOCTYPE html>"), "{name}");
        assert!(!stdout(&page).contains("This is a sample"), "{name}");
        assert!(stdout(&as_format("markdown")).starts_with("# "), "{name}");
        let german = run(name, &[args, &["--language", "de"]].concat());
        assert_ne!(stdout(&german), stdout(&run(name, args)), "{name}");
    }
}

#[test]
fn a_saved_result_is_compared_like_answers() {
    let folder = Folder::new("compare");
    let (before, after) = ("examples/cli/samples/a_year_before.json", "examples/quayside.json");
    let saved = folder.write("saved.json", run("assess", &["--format", "json", before]).stdout);
    let of_answers = run("compare", &[before, after]);
    assert_eq!(code(of_answers.status), 0);
    assert_eq!(stdout(&run("compare", &[&saved, after])), stdout(&of_answers));

    let pulse = ["--questionnaire", "pulse", "--format", "json"];
    let other = folder.write("pulse.json", run("assess", &pulse).stdout);
    let refused = run("compare", &[&other, after]);
    assert_eq!((code(refused.status), stdout(&refused)), (1, ""));
    let message =
        "error: results of different questionnaires, `dcx_pulse` and `dcx` (fingerprints ";
    assert!(stderr(&refused).starts_with(message), "{}", stderr(&refused));
}

#[test]
fn bad_input_to_questions_on_results_is_refused_with_its_place() {
    let folder = Folder::new("on_results");
    let bad = folder.write("bad.json", "{ \"vision_standards\": 9 }");
    for (name, args, _) in ON_RESULTS {
        let files: &[&str] = if name == "compare" { &[&bad, &bad] } else { &[&bad] };
        let output = run(name, &[args, files].concat());
        assert_eq!((code(output.status), stdout(&output)), (1, ""), "{name}");
        assert!(stderr(&output).starts_with(&format!("{bad}:1:23: error[")), "{}", stderr(&output));
    }
    for (name, args) in [
        ("roadmap", &[][..]),
        ("roadmap", &["--target", "platfrom"]),
        ("roadmap", &["--target", "hubs,platform"]),
        ("roadmap", &["--target", "hubs", "--by", "2027-02-30"]),
        ("compare", &["examples/quayside.json"]),
        ("outlook", &["--questionnaire", "examples/cli/samples/broken.json", "--format", "svg"]),
    ] {
        let output = run(name, args);
        assert_eq!((code(output.status), stdout(&output)), (2, ""), "{name} {args:?}");
    }
}
