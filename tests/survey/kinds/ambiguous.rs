//! Nothing is ambiguous in silence: cells and headers that could mean two things.

use digital_maturity::Questionnaire;
use digital_maturity::survey::{CellsAs, Export, Options};

use super::super::exports::questionnaire;
use super::{Kind, check, door, kind, refused};

/// Four questions of a pillar each; their texts are numbers, and values of other choices.
fn releases() -> Questionnaire {
    questionnaire("numeric_labels.json")
}

const IDS: &str = "a,b,c,d\n";
const THIRD: &str = "0.3125 (0.333333333, 0.333333333, 0.25, 0.333333333)";

#[test]
fn cells_that_are_a_value_and_a_text() {
    let plain = Options::default;
    let cells = |cells| Options { cells: Some(cells), ..plain() };
    let of = releases();
    let codes = door::codes(r#"{ "questions": { "a": { "1": 2, "2": 3 } } }"#, &of);
    check(
        &of,
        &[
            kind(
                "texts by name",
                cells(CellsAs::Text),
                format!("{IDS}1,1,4,1\n2,2,2,2\n"),
                &[THIRD, "0.6875 (0.666666667, 0.666666667, 0.75, 0.666666667)"],
                &[],
            ),
            kind(
                "values by name",
                cells(CellsAs::Value),
                // a to d: the first of four, and the second mark of five.
                format!("{IDS}1,1,4,1\n2,2,2,2\n"),
                &["0.1875 (0, 0, 0.75, 0)", "0.3125 (0.333333333, 0.333333333, 0.25, 0.333333333)"],
                &[],
            ),
            kind(
                "a value that is none: no text takes its place",
                cells(CellsAs::Value),
                format!("{IDS}0,1,4,1\n"),
                &["bad"],
                &["error*0"],
            ),
            kind(
                "a text that is none: no value takes its place",
                cells(CellsAs::Text),
                format!("{IDS}1,1,5,1\n"),
                &["bad"],
                &["error*5"],
            ),
            kind(
                "the tool writes texts",
                Options::of(Export::MicrosoftForms),
                format!("{IDS}1,1,4,1\n"),
                &[THIRD],
                &[],
            ),
            kind(
                "the tool writes values",
                Options::of(Export::Odk),
                format!("{IDS}2,2,2,2\n"),
                &[THIRD],
                &[],
            ),
            kind(
                "what one asks for goes before what the tool does",
                Options { cells: Some(CellsAs::Value), ..Options::of(Export::GoogleForms) },
                format!("{IDS}2,2,2,2\n"),
                &[THIRD],
                &[],
            ),
            kind(
                "a column with a cell of one reading only is read so throughout",
                plain(),
                // `0` is no value, `4` no text; `5 very bad` a text, as is `3 or more`.
                format!("{IDS}0,4,5 very bad,3 or more\n1,2,4,1\n"),
                &["0.5 (0, 1, 0, 1)", THIRD],
                &[],
            ),
            kind(
                "a column of cells that have both readings is reported once",
                plain(),
                format!("{IDS}1,4,5 very bad,0\n2,2,4,1\n2,2,4,1\n"),
                &["bad", "bad", "bad"],
                &["error*`a`"],
            ),
            kind(
                "codes decide one",
                Options { codes, ..plain() },
                format!("{IDS}1,2,4,1\n1,4,5 very bad,0\n"),
                &[THIRD, "0.333333333 (0.333333333, 1, 0, 0)"],
                &[],
            ),
        ],
    );
}

/// Two questions of one title, and one whose title is the id of another.
fn confused() -> Questionnaire {
    let question = |id: &str, title: &str, pillar: &str| {
        format!(
            r#"{{ "id": "{id}", "title": "{title}", "pillar": "{pillar}", "scale": {{ "kind": "yes_no" }} }}"#
        )
    };
    let questions = [
        question("plan", "Is it done?", "digital_first_mindset"),
        question("owner", "Is it done?", "agile_approach"),
        question("trial", "fail", "culture_of_experimentation"),
        question("fail", "Is it so?", "connected_systems"),
    ];
    let text = format!(
        r#"{{ "schema": 1, "id": "confused", "version": "1.0.0", "title": "t", "questions": [{}] }}"#,
        questions.join(",")
    );
    Questionnaire::from_json(&text).unwrap()
}

#[test]
fn headers_that_fit_two_questions() {
    let plain = Options::default;
    let of = confused();
    let codes = door::codes(
        r#"{ "columns": { "Is it done? (a)": "plan", "Is it done? (b)": "owner" } }"#,
        &of,
    );
    let right = "0.5 (1, 0, 1, 0)";
    check(
        &of,
        &[
            kind("ids", plain(), "plan,owner,trial,fail\nyes,no,yes,no\n", &[right], &[]),
            refused(
                "a title of two questions",
                plain(),
                "Is it done?,trial,Is it so?\nyes,yes,no\n",
                &["plan*owner", "?warning"],
            ),
            refused(
                "the id of one, the title of another",
                plain(),
                "plan,owner,fail\nyes,no,no\n",
                &["trial*fail", "?warning"],
            ),
            refused(
                "one question twice",
                plain(),
                "plan,owner,trial,Is it so?,FAIL \nyes,no,yes,no,no\n",
                &["fail", "?trial", "?warning"],
            ),
            kind(
                "codes decide",
                Options { codes, ..plain() },
                "Is it done? (a),Is it done? (b),trial,Is it so?\nyes,no,yes,no\n",
                &[right],
                &[],
            ),
        ],
    );
}

/// One checklist, two of whose items are alike but for case, and one that is a list of others.
#[test]
fn lists_with_two_readings() {
    let of = questionnaire("comma_items.json");
    let google = || Options::of(Export::GoogleForms);
    let (one, two) = ("0.2 (0.2, -, -, -)", "0.4 (0.4, -, -, -)");
    let kinds: Vec<Kind> = vec![
        kind("by their ids", google(), "tools\nboth\n\"logs; metrics\"\n", &[one, two], &[]),
        kind(
            "by semicolons, where a comma joins nothing",
            Options::of(Export::MicrosoftForms),
            "tools\n\"Logs, metrics;\"\n\"Logs;metrics;\"\n\"Logs, metrics;Logs;\"\n",
            &[one, two, two],
            &[],
        ),
        kind(
            "three that can be two",
            google(),
            // Logs and "metrics, traces"; or "Logs, metrics" and traces, which is no item.
            "tools\n\"Logs, metrics, traces\"\n",
            &[two],
            &[],
        ),
        kind("an item twice", google(), "tools\n\"Logs;Logs\"\n", &["bad"], &["error*Logs"]),
        kind(
            "nothing but separators",
            google(),
            "tools\n\"metrics, \"\n\"; metrics ;;\"\n",
            &[one, one],
            &[],
        ),
    ];
    check(&of, &kinds);
}
