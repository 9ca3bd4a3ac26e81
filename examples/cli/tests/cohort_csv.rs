//! `cohort` on CSV files as survey tools write them, and as nobody should.

use std::fmt::Write as _;
use std::fs;
use std::process::Output;

use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Answer, Pillar, Questionnaire};

use super::{Folder, assert_golden, program, stdout};

#[track_caller]
pub(super) fn run(args: &[&str]) -> Output {
    program("cohort").args(args).output().expect("the program starts")
}

/// What was said, but for that each question of `MINI` is its whole pillar, and half of it in German.
pub(super) fn stderr(output: &Output) -> String {
    let said = std::str::from_utf8(&output.stderr).expect("stderr is UTF-8");
    let is_of_mini = |line: &&str| {
        !line.contains("warning[dominant-question]") && !line.contains("warning[partial-language]")
    };
    said.split_inclusive('\n').filter(is_of_mini).collect()
}

/// The folder of a test, with the questionnaire `MINI` in it.
pub(super) fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("mini.json", MINI);
    folder
}

impl Folder {
    pub(super) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Scores that file of answers to `MINI`: exit code, the scores, and what was said, without the
    /// folder's name.
    pub(super) fn score(&self, content: impl AsRef<[u8]>, args: &[&str]) -> (i32, String, String) {
        let (answers, out) = (self.write("answers.csv", content), self.path("scores.csv"));
        let mini = self.path("mini.json");
        let fixed = ["--questionnaire", &mini, "--out", &out, &answers];
        let output = run(&[args, &fixed].concat());
        let scores = fs::read_to_string(&out).unwrap_or_default();
        drop(fs::remove_file(&out));
        let said = stderr(&output).replace(&format!("{}/", self.0.display()), "");
        (output.status.code().unwrap(), scores, said)
    }
}

/// One question a pillar, one of each scale.
const MINI: &str = r#"{ "schema": 1, "id": "mini", "version": "1.0.0", "title": "Mini", "questions": [
    { "id": "vision", "pillar": "digital_first_mindset",
      "title": { "default": "Is there a vision, or not?", "de": "Gibt es ein Zielbild?" },
      "scale": { "kind": "choice", "choices": [
          { "value": 1, "text": "none" }, { "value": 2, "text": "a draft" },
          { "value": 3, "text": { "default": "half, or more", "de": "zur Hälfte" } },
          { "value": 4, "text": "nearly" }, { "value": 5, "text": "all" } ] } },
    { "id": "pace", "pillar": "agile_approach", "title": "How many weeks?", "forbid": ["dont_know"],
      "scale": { "kind": "measure", "unit": "weeks", "bands": [
          { "from": 0, "credit": 1 }, { "from": 4, "credit": 0.5 }, { "from": 12, "credit": 0 } ] } },
    { "id": "trial", "pillar": "culture_of_experimentation", "title": "Do you try?",
      "scale": { "kind": "yes_no" } },
    { "id": "tools", "pillar": "connected_systems", "title": "What is connected?",
      "scale": { "kind": "checklist", "items": [
          { "id": "web", "text": "Web, and shop" }, { "id": "app", "text": "App" },
          { "id": "desk", "text": "Desk" } ] } } ] }"#;

/// Three respondents, and what becomes of them: all; too little; half, half, yes, a third, the mean
/// of which is .5833.. and not platform, which asks for .6.
const PLAIN: &str = "vision,pace,trial,tools\n5,2,yes,\"web, app, desk\"\n1,20,no,\n3,4,1,web\n";
const SCORED: &str = "\
row,stage,overall,digital_first_mindset,agile_approach,culture_of_experimentation,connected_systems
1,native,1,1,1,1,1
2,not_scorable,,0,0,0,
3,hubs,0.583333333,0.5,0.5,1,0.333333333
";

#[test]
fn the_sample_is_described_and_its_faults_are_said() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0));
    let expected = assert_golden(stdout(&output), "examples/cli/expected/cohort.txt");
    assert_eq!(
        stderr(&output),
        "\
examples/cli/samples/answers.csv:1: warning[unknown-column]: 2 columns are no questions: `respondent`, \
`industry`; name them with --ignore, or pass over such columns with --ignore-unknown, or say in --codes what \
they are
examples/cli/samples/answers.csv:19: error[bad-cell]: row 18, column `whole_picture`: 6 is none of the \
choices 1, 2, 3, 4, 5; --codes, --not-applicable or --dont-know say what it is
examples/cli/samples/answers.csv:65: error[bad-cell]: row 64, column `money_short`: `sometimes` is none of \
the choices 1, 2, 3, 4, 5, nor the text of one; --codes, --not-applicable or --dont-know say what it is, \
--other ignore passes it over
examples/cli/samples/answers.csv:90: error[uneven-row]: row 89: 45 cells, but the header has 47
"
    );
    let strict = run(&["--strict"]);
    assert_eq!((strict.status.code(), stdout(&strict)), (Some(1), expected.as_str()));
    let tables = run(&["--group-by", "industry", "--tables", "all"]);
    let tables = assert_golden(stdout(&tables), "examples/cli/expected/tables.txt");
    for line in tables.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn tables_are_printed_in_the_form_that_is_asked_for() {
    let folder = Folder::new("tables");
    let tidy = folder.path("figures.csv");
    let args = ["--tables", "reliability,correlations", "--tidy", &tidy, "--deletion", "pairwise"];
    let latex = run(&[&args[..], &["--format", "latex", "--language", "de"]].concat());
    assert_eq!(latex.status.code(), Some(0));
    let latex = stdout(&latex);
    assert!(latex.contains("\\caption{Reliabilität der Säulen}"), "{latex}");
    assert_eq!(
        (latex.matches("\\begin{tabular}").count(), latex.matches("Fragen}").count()),
        (3, 0)
    );
    assert!(latex.contains("(paarweise)"), "{latex}");
    let tidy = std::fs::read_to_string(&tidy).unwrap();
    assert!(tidy.contains("\nreliability,,agile_approach,n,117\n"), "{tidy}");
    assert!(tidy.contains("\nreliability,,agile_approach,alpha_feldt_lower,\n"), "{tidy}");
    assert!(!tidy.contains("\nitems,"), "{tidy}");
    let json = run(&["--reliability", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(stdout(&json)).unwrap();
    let agile = &json["reliability"]["agile_approach"];
    assert_eq!((&agile["n"], &agile["k"]), (&77.into(), &11.into()));
    let kinds = agile["remarks"].as_array().unwrap().iter().map(|of| of["kind"].clone());
    assert_eq!(kinds.collect::<Vec<_>>(), ["few_of_scored"]);
    // Two groups are compared by Welch's test; no group is compared with itself.
    let two = run(&["--group-by", "industry", "--min-group", "40", "--tables", "comparison"]);
    assert_eq!(two.status.code(), Some(0));
    for wrong in ["no_such", "comparison"] {
        // There is nothing to compare without --group-by.
        assert_eq!(run(&["--tables", wrong]).status.code(), Some(2));
    }
}

/// The cells of each row of a sound file.
fn cells(text: &str) -> Vec<Vec<String>> {
    let row = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    text.lines().map(row).collect()
}

#[test]
fn each_row_of_the_sample_has_the_scores_of_its_answer_sheet() {
    let folder = folder("sheets");
    let out = folder.path("scores.csv");
    run(&["--out", &out, "--themes", "--id", "respondent", "--coverage", "--items"]);
    let found = cells(&fs::read_to_string(&out).unwrap());
    let dcx = Questionnaire::dcx();
    let answers =
        cells(&fs::read_to_string(super::root().join("examples/cli/samples/answers.csv")).unwrap());
    let header = &answers[0];
    assert_eq!(found.len(), 121);
    let parts = Pillar::ALL.iter().map(|pillar| pillar.as_str());
    let parts = parts.chain(dcx.themes().iter().map(|theme| theme.id.as_str()));
    let names: Vec<String> = ["row", "respondent", "stage", "overall"]
        .into_iter()
        .chain(parts.clone())
        .map(str::to_owned)
        .chain(parts.map(|part| format!("coverage.{part}")))
        .chain(dcx.questions().map(|question| format!("credit.{}", question.id())))
        .collect();
    assert_eq!(found[0], names);
    for (number, (row, found)) in answers.iter().zip(&found).enumerate().skip(1) {
        let mut sheet = dcx.sheet();
        let mut is_bad = row.len() != header.len();
        for (id, text) in header.iter().zip(row).skip(2) {
            let question = dcx.question(id).unwrap();
            let items = matches!(question.scale(), ScaleSpec::Checklist { .. });
            let answer = match text.as_str() {
                "" => Answer::Unanswered,
                "dont_know" => Answer::DontKnow,
                "not_applicable" => Answer::NotApplicable,
                text if items => Answer::Items(text.split(", ").map(str::to_owned).collect()),
                text => text.parse().map_or(Answer::Items(Vec::new()), Answer::Number),
            };
            is_bad |= sheet.set(id, answer).is_err();
        }
        let assessment = sheet.assess();
        let mut expected = vec![number.to_string(), row[0].clone()];
        if is_bad {
            let id = if row.len() == header.len() { row[0].clone() } else { String::new() };
            expected = vec![number.to_string(), id, "bad".to_owned()];
            expected.resize(names.len(), String::new());
        } else {
            let stage = assessment.stage().map_or("not_scorable", |stage| stage.as_str());
            expected.push(stage.to_owned());
            let score = |score: Option<digital_maturity::Score>| {
                score.map_or(String::new(), |score| score.to_string())
            };
            expected.push(score(assessment.score()));
            expected.extend(
                Pillar::ALL.map(|pillar| score(assessment.pillars()[pillar].standing.score())),
            );
            expected.extend(assessment.themes().map(|(_, of)| score(of.score())));
            let pillars = assessment.pillars();
            let covered = Pillar::ALL.map(|pillar| pillars[pillar].standing.coverage);
            expected.extend(covered.map(score));
            expected.extend(assessment.themes().map(|(_, of)| score(of.coverage)));
            expected.extend(assessment.questions().map(|(_, of)| score(of.credit)));
        }
        assert_eq!(*found, expected);
    }
}

#[test]
fn one_file_scores_alike_in_every_dress() {
    let folder = folder("dress");
    let same = |content: &[u8], args: &[&str]| {
        let (code, scores, said) = folder.score(content, args);
        let shown = String::from_utf8_lossy(content);
        assert_eq!((code, scores.as_str(), said.as_str()), (0, SCORED, ""), "{shown}");
    };
    same(PLAIN.as_bytes(), &[]);
    same(format!("\u{feff}{PLAIN}").as_bytes(), &[]);
    same(PLAIN.replace('\n', "\r\n").as_bytes(), &[]);
    same(PLAIN.replace('\n', "\r").as_bytes(), &[]);
    same(PLAIN.replace('\n', "\n\n\r\n").as_bytes(), &[]);
    same(PLAIN.trim_end().as_bytes(), &[]);
    same(
        PLAIN.replace("5,2,yes", " \"5\" ,2.0,TRUE").replace(" \"5\" ", "\" 5 \"").as_bytes(),
        &[],
    );
    let semicolons = PLAIN.replace(',', ";").replace("\"web; app; desk\"", "\"web;app;desk\"");
    same(format!("\u{feff}{semicolons}").replace('\n', "\r\n").as_bytes(), &["--delimiter", ";"]);
    let tabs = PLAIN.replace(", ", "; ").replace(',', "\t");
    same(tabs.as_bytes(), &["--delimiter", "tab"]);
    // A quoted line end, in a column that nobody asked for.
    let noted = "vision,pace,trial,note,tools\n5,2,yes,\"a\nb \"\"c\"\"\r\n\",\"web, app, desk\"\n\
                 1,20,no,,\n3,4,1,x,web\n";
    same(noted.as_bytes(), &["--ignore", "note"]);
}

#[test]
fn exports_of_survey_tools_are_read() {
    let folder = folder("tools");
    // Qualtrics: texts and import ids below the header, choices and items as texts.
    let qualtrics = "\
Q1,pace,trial,tools[web],tools[app],tools[desk]
\"Is there
a vision?\",\"How many\",x,y,z,z
\"{\"\"ImportId\"\":\"\"QID1\"\"}\",a,b,c,d,e
all,2,Yes,\"Web, and shop\",App,Desk
none,20,No,,,
\"half, or more\",4,Yes,\"Web, and shop\",,
";
    let codes = folder.write("q.json", r#"{ "columns": { "Q1": "vision" } }"#);
    let (code, scores, said) = folder.score(qualtrics, &["--header-rows", "3", "--codes", &codes]);
    assert_eq!((code, scores.as_str()), (0, SCORED));
    let untouched = "answers.csv:6: note[untouched]: row 2, column `tools[web]`: nothing is ticked in `tools`, \
                     which is read as no answer; --unticked none reads it as none of these\n";
    assert_eq!(said, untouched);

    // Google Forms: titles, texts, several joined by commas that the texts have, too.
    let google = "\
Timestamp,Gibt es ein Zielbild?,How many weeks?,Do you try?,What is connected?
2026/01/02,all,2,Yes,\"Web, and shop, App, Desk\"
2026/01/02,none,20,No,
2026/01/02,zur Hälfte,4,Yes,\"Web, and shop\"
";
    let google = google.replace("Gibt es ein Zielbild?", "\"Is there a vision, or not?\"");
    let (code, scores, said) = folder.score(&google, &["--ignore", "Timestamp"]);
    assert_eq!((code, scores.as_str(), said.as_str()), (0, SCORED, ""));

    // LimeSurvey: codes for everything, Y for an item that is ticked, nothing for one that is not.
    let lime = "\u{feff}\"id\";\"G1\";\"G2\";\"G3\";\"G4[A]\";\"G4[B]\";\"G4[C]\"\r\n\
                \"1\";\"A5\";\"2\";\"Y\";\"Y\";\"Y\";\"Y\"\r\n\
                \"2\";\"A1\";\"20\";\"N\";\"\";\"\";\"\"\r\n\
                \"3\";\"A3\";\"4\";\"Y\";\"Y\";\"\";\"\"\r\n";
    let codes = folder.write(
        "lime.yaml",
        "columns: { G1: vision, G2: pace, G3: trial, 'G4[A]': 'tools[web]', 'G4[B]': tools___app, \
         'G4[C]': 'tools[desk]' }\nanswers: { A1: 1, A3: 3, A5: 5 }\n\
         questions: { trial: { 'Y': true, 'N': false } }\n",
    );
    let args = ["--delimiter", ";", "--codes", &codes, "--id", "id"];
    let (code, scores, said) = folder.score(lime, &args);
    assert_eq!(
        (code, said.as_str()),
        (0, untouched.replace(":6", ":4").replace("tools[web]", "G4[A]").as_str())
    );
    let expected = SCORED.replace("row,", "row,id,").replace("1,native", "1,1,native");
    let expected = expected.replace("2,not", "2,2,not").replace("3,hubs", "3,3,hubs");
    assert_eq!(scores, expected);

    // REDCap: 1 and 0 for items, and codes for what is missing.
    let redcap = "vision,pace,trial,tools___web,tools___app,tools___desk\n\
                  5,2,1,1,1,1\n1,20,0,-9,-9,-9\n3,4,1,1,0,0\n-8,2,1,0,0,0\n";
    let args = ["--missing", "-9", "--not-applicable", "-8"];
    let (code, scores, said) = folder.score(redcap, &args);
    let none = "answers.csv:5: note[untouched]: row 4, column `tools___web`: nothing is ticked in `tools`, \
                which is read as none of these; --unticked missing reads it as no answer\n";
    let missing = "answers.csv:3: note[untouched]: row 2, column `tools___web`: nothing is ticked in `tools`, \
                   which is read as no answer; --unticked none reads it as none of these\n";
    assert_eq!((code, said), (0, format!("{missing}{none}")));
    // No item ticked is an answer: a credit of 0. A pillar of nothing applicable has no score.
    assert_eq!(scores, format!("{SCORED}4,not_scorable,,,1,1,0\n"));
}

#[test]
fn whatever_is_no_answer_is_said_with_its_place_and_spoils_its_row_alone() {
    let folder = folder("bad");
    let long = "x".repeat(2 << 20);
    let content = [
        PLAIN.as_bytes(),
        b"9,-1,maybe,\"web, fax\"\n5,dont_know,yes,web\n5,2,yes\n5,2,yes,web,\n5,2,yes,Web and shop\n",
        format!("{long},2,yes,web\n5,\"{long}\",yes,web\n").as_bytes(),
        b"\"5\n\",2,yes,web\n5,2,yes,\"web, app, desk\"\n",
        b"5,2,yes,\"web\n1,2,3,4\n5,6,7,8\n",
    ]
    .concat();
    let (code, scores, said) = folder.score(&content, &[]);
    assert_eq!(code, 0);
    let expected = [
        "5: error[bad-cell]: row 4, column `vision`: 9 is none of the choices 1, 2, 3, 4, 5; \
         --codes, --not-applicable or --dont-know say what it is",
        "5: error[bad-cell]: row 4, column `pace`: -1 is below the first band, which starts at 0",
        "5: error[bad-cell]: row 4, column `trial`: expected `true`, `false`, `not_applicable` or \
         `dont_know`, found the text `maybe`; --codes, --not-applicable or --dont-know say what it is",
        "5: error[bad-cell]: row 4, column `tools`: `web, fax`: unknown item `fax`; --codes, \
         --not-applicable or --dont-know say what it is, --other ignore passes it over; also `Web and shop` (2 times)",
        "6: error[bad-cell]: row 5, column `pace`: question `pace` cannot be answered `dont_know`",
        "7: error[uneven-row]: row 6: 3 cells, but the header has 4 (2 times)",
        "10: error[too-long]: row 9: longer than 1 MB, or with too many cells (2 times)",
        "15: error[unclosed-quote]: row 13: a quote is still open at the end of the file; the 3 \
         lines from here on are not read",
    ];
    let expected: String = expected.iter().fold(String::new(), |mut all, line| {
        writeln!(all, "answers.csv:{line}").unwrap();
        all
    });
    assert_eq!(said, expected);
    let bad = |row: u32| format!("{row},bad,,,,,\n");
    // A line end beside a value makes no difference to who reads it.
    let bad_rows: String = (4..11).map(bad).collect();
    let good = "11,hubs,0.833333333,1,1,1,0.333333333\n12,native,1,1,1,1,1\n";
    assert_eq!(scores, format!("{SCORED}{bad_rows}{good}{}", bad(13)));
    assert_eq!(folder.score(&content, &["--strict"]).0, 1);
}

#[test]
fn a_quote_that_closes_far_below_is_said() {
    let folder = folder("far");
    let lost = "1,2,3,4\n".repeat(150);
    let content =
        format!("vision,pace,trial,tools,note\n5,2,yes,web,\"a\n{lost}\"\n5,2,yes,app,\n");
    let (code, scores, said) = folder.score(&content, &["--ignore", "note"]);
    assert_eq!((code, scores.lines().count()), (0, 3));
    assert_eq!(
        said,
        "answers.csv:2: warning[long-row]: row 1: it takes 152 lines: is a quote missing?\n"
    );
}

#[test]
fn a_header_that_says_too_little_is_refused() {
    let folder = folder("header");
    let refused = |content: &str, args: &[&str], message: &str| {
        let (code, scores, said) = folder.score(content, args);
        assert_eq!((code, scores.as_str(), said.as_str()), (1, "", message), "{content}");
        assert_eq!(folder.names(), ["answers.csv", "mini.json"]);
    };
    refused("", &[], "answers.csv: error[no-header]: the file is empty\n");
    refused(
        "vision;pace;a;b\n",
        &["--delimiter", ","],
        "answers.csv:1: error[no-question]: the header is one cell with 3 times ';': is it the \
         delimiter? --delimiter ';'\n",
    );
    refused(
        "a,b\n1,2\n",
        &[],
        "answers.csv:1: error[no-question]: no column is a question of `mini`: the header must have \
         ids or titles of questions, or --codes must say which column is which (--draft-codes prints \
         a file to fill in); it begins with `a`, `b`; \
         if titles stand in a later row, --header-rows says in which\n",
    );
    refused(
        "vision,pace,Gibt es ein Zielbild?,tools,tools[web]\n",
        &["--id", "who", "--group-by", "what"],
        "answers.csv:1: error[duplicate-column]: columns `vision` and `Gibt es ein Zielbild?` are \
         both about question `vision`: --ignore one of them, or say in --codes what they are\n\
         answers.csv:1: error[duplicate-column]: columns `tools` and `tools[web]` are both about \
         question `tools`: --ignore one of them, or say in --codes what they are\n\
         answers.csv:1: error[no-such-column]: --id names `who`: no such column\n\
         answers.csv:1: error[no-such-column]: one of --carry, --group-by, --weight and --unit names `what`: no such column\n",
    );
    refused(
        "\"vision,pace\n1,2\n",
        &[],
        "answers.csv:1: error[no-header]: a quote in the header is never closed\n",
    );
    let wide: Vec<u8> = "\u{feff}vision".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (code, _, said) = folder.score(wide, &[]);
    let message = "answers.csv: note[recognised]: this is UTF-16 text, and read as such\n\
                   answers.csv:1: warning[missing-question]: questions `pace`, `trial`, `tools` have no \
                   column: nobody answers\n\
                   answers.csv: no rows stand below the header\n";
    assert_eq!((code, said.as_str()), (0, message));

    // Little is not nothing: nobody has answered, or nobody was asked.
    let (code, scores, said) = folder.score("visoin,pace,trial,tools\n", &[]);
    assert_eq!((code, scores.lines().count()), (0, 1));
    assert_eq!(
        said,
        "answers.csv:1: warning[unknown-column]: no question: `visoin` (did you mean `vision`?); name \
         them with --ignore, or pass over such columns with --ignore-unknown, or say in --codes what they \
         are\n\
         answers.csv:1: warning[missing-question]: question `vision` has no column: nobody answers\n\
         answers.csv: no rows stand below the header\n"
    );
}

#[test]
fn everything_wrong_with_a_file_of_codes_is_said_at_once() {
    let folder = folder("codes");
    let codes = folder.write(
        "codes.json",
        "{ \"columns\": { \"A\": \"visoin\", \"B\": 3 },\n  \"answers\": { \"x\": 77.5, \"y\": {} },\n  \
         \"questions\": { \"nope\": {},\n    \"vision\": { \"z\": 9 } }, \"colums\": 1 }",
    );
    let (code, scores, said) = folder.score(PLAIN, &["--codes", &codes]);
    assert_eq!((code, scores.as_str()), (1, ""));
    let places: Vec<&str> = said.lines().map(|line| line.split(": ").next().unwrap()).collect();
    let expected = ["1:21", "1:36", "2:21", "2:32", "3:18", "4:22", "4:29"];
    assert_eq!(places, expected.map(|place| format!("codes.json:{place}")), "{said}");
}

#[test]
fn findings_are_counted_beyond_a_thousand_and_groups_refused() {
    let folder = folder("many");
    let rows: String = (0..1500).fold(String::new(), |mut all, row| {
        writeln!(all, "5,2,yes,web,g{row}").unwrap();
        all
    });
    let content = format!("vision,pace,trial,tools,group\n{rows}");
    let (code, scores, said) = folder.score(content.replace("5,2", "7,2"), &["--ignore", "group"]);
    assert_eq!((code, scores.lines().count(), said.lines().count()), (0, 1501, 1));
    assert!(said.ends_with("(1500 times)\n"), "{said}");
    let (code, scores, said) = folder.score(&content, &["--group-by", "group"]);
    let message = "error: more than 1000 groups: group by another column\n";
    assert_eq!((code, scores.as_str(), said.as_str()), (1, "", message));
    assert_eq!(folder.names(), ["answers.csv", "mini.json"]);
}

#[test]
fn a_long_file_is_scored_like_a_short_one_and_its_parts_make_the_whole() {
    let folder = folder("long");
    let mini = folder.path("mini.json");
    // More than two chunks, and rows that straddle every border of the buffer.
    let (header, rows) = PLAIN.split_once('\n').unwrap();
    let content = format!("{header}\n{}", rows.repeat(50_000));
    let (code, scores, said) = folder.score(&content, &[]);
    assert_eq!((code, said.as_str()), (0, ""));
    let rows: Vec<&str> =
        SCORED.lines().skip(1).map(|row| row.split_once(',').unwrap().1).collect();
    for (number, line) in scores.lines().skip(1).enumerate() {
        assert_eq!(line, format!("{},{}", number + 1, rows[number % 3]));
    }
    let long = folder.write("long.csv", &content);
    let (summary, counts) = (folder.path("summary.json"), folder.path("counts.json"));
    run(&["--questionnaire", &mini, "--summary", &summary, "--counts", &counts, &long]);
    let summary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap();
    assert_eq!(summary["read"]["rows"], 150_000);
    assert_eq!(summary["all"]["stages"]["hubs"], 50_000);
    assert_eq!(summary["all"]["overall"]["mean"], 0.791_666_666); // of 1 and .583333333, half to even
    let questionnaire = Questionnaire::from_json(MINI).unwrap();
    let counts = fs::read_to_string(counts).unwrap();
    let read = digital_maturity::cohort::CohortSummary::from_counts_json(
        &questionnaire,
        counts.trim_end(),
    );
    assert_eq!(read.unwrap().stages().at.native, 50_000);
}

#[test]
fn groups_are_columns_in_order_and_make_up_the_whole() {
    let folder = folder("groups");
    let mini = folder.path("mini.json");
    let answers = folder.write(
        "answers.csv",
        "vision,pace,trial,tools,where\n5,2,yes,web,\" south\"\n5,2,no,web,north\n5,2,yes,web,south\n\
         5,2,yes,web,\n5,2,yes\n",
    );
    let summary = folder.path("summary.json");
    let args = ["--questionnaire", &mini, "--group-by", "where", "--summary", &summary, &answers];
    let output = run(&args);
    let text = stdout(&output);
    let line = |start: &str| {
        let line = text.lines().find(|line| line.starts_with(start)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(line("      "), ["All", "(blank)", "north"]);
    assert!(text.lines().any(|line| line.trim() == "south"), "{text}");
    assert_eq!(line("Respondents, n"), ["Respondents,", "n", "5", "1", "1"]);
    assert!(text.contains("Rows that could not be read, in no group: 1.\n"), "{text}");
    let summary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap();
    assert_eq!(summary["groups"][2]["group"], "south");
    assert_eq!(summary["groups"][2]["summary"]["overall"]["count"], 2);
}

#[test]
fn what_is_read_is_never_written_over_and_failures_leave_nothing() {
    let folder = folder("over");
    let (mini, answers) = (folder.path("mini.json"), folder.write("answers.csv", PLAIN));
    let here = format!("{}/./answers.csv", folder.0.display());
    for (option, target) in [("--out", &answers), ("--summary", &here), ("--counts", &mini)] {
        let output = run(&["--questionnaire", &mini, option, target, &answers]);
        assert_eq!(output.status.code(), Some(1));
        let message = format!("{target}: error: this file is read; write to another one\n");
        assert_eq!(stderr(&output), message);
    }
    assert_eq!(fs::read_to_string(&answers).unwrap(), PLAIN);
    let (one, nowhere) = (folder.path("one"), folder.path("no/such/folder"));
    let output = run(&["--questionnaire", &mini, "--out", &one, "--summary", &nowhere, &answers]);
    assert_eq!(output.status.code(), Some(1));
    let output = run(&["--questionnaire", &mini, "--out", &one, "--summary", &one, &answers]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(folder.names(), ["answers.csv", "mini.json"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let folder = folder("full");
    let (mini, answers) = (folder.path("mini.json"), folder.write("answers.csv", PLAIN));
    let output = run(&["--questionnaire", &mini, "--out", "/dev/full", &answers]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), ""));
    assert!(stderr(&output).starts_with("/dev/full: error: "), "{}", stderr(&output));
}

#[test]
fn wrong_usage_ends_with_exit_code_2_and_help_fits_80_columns() {
    for args in [
        &["--delimiter", "ab"][..],
        &["--delimiter", "\""],
        &["--questionnaire", "pulse"],
        &["a.csv", "b.csv"],
        &["--header-rows", "-1"],
    ] {
        let output = run(args);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{args:?}");
    }
    let output = run(&["--help"]);
    assert!(stdout(&output).contains("Exit code: 0"));
    for line in stdout(&output).lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
