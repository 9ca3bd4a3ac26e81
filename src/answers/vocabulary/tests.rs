use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::list::{Entries, Readings, Set, bit};
use super::*;
use crate::questionnaire::Questionnaire;
use crate::text::as_seen_in_lines;

/// A questionnaire of one question with that scale.
fn one(scale: &Value) -> Questionnaire {
    let document = json!({
        "schema": 1, "id": "one", "version": "1.0.0", "title": "t",
        "pillars": { "agile_approach": { "weight": 0 }, "connected_systems": { "weight": 0 },
                     "culture_of_experimentation": { "weight": 0 } },
        "questions": [{ "id": "q", "pillar": "digital_first_mindset", "title": "t", "scale": scale }]
    });
    Questionnaire::from_json(&document.to_string()).unwrap()
}

fn choice(choices: &[(i64, &str)]) -> Questionnaire {
    let choices = choices.iter().map(|(value, text)| json!({ "value": value, "text": text }));
    one(&json!({ "kind": "choice", "choices": choices.collect::<Vec<_>>() }))
}

fn checklist(items: &[(&str, &str)]) -> Questionnaire {
    let items = items.iter().map(|(id, text)| json!({ "id": id, "text": text }));
    one(&json!({ "kind": "checklist", "items": items.collect::<Vec<_>>() }))
}

/// What the text means, as JSON, or what is wrong with it.
#[track_caller]
fn means(of: &Questionnaire, manner: &Manner<'_>, text: &str) -> String {
    let vocabulary = Vocabulary::new(of.questions().next().unwrap());
    match vocabulary.meaning(text, manner, Some(&Suggestions::default())) {
        Ok(answer) => serde_json::to_string(&answer).unwrap(),
        Err(problem) => {
            let finding = Diagnostic::error(crate::diagnostic::Path::default(), problem);
            finding.to_string().strip_prefix("error").unwrap().to_owned()
        }
    }
}

#[track_caller]
fn check(of: &Questionnaire, manner: &Manner<'_>, rows: &[(&str, &str)]) {
    for (text, meaning) in rows {
        assert_eq!(means(of, manner, text), *meaning, "{text}");
    }
}

const ANY: Manner<'_> = Manner {
    cells: None,
    decimal: Decimal::Point,
    lists: Lists::Any,
    others_pass: false,
    own: None,
    all: None,
};

#[test]
fn a_text_that_is_the_value_of_another_choice_is_read_as_the_column_is() {
    let reversed = choice(&[(5, "1 very good"), (4, "2"), (3, "3"), (2, "4"), (1, "5 very bad")]);
    let question = reversed.questions().next().unwrap();
    assert!(Vocabulary::new(question).two_readings);
    check(
        &reversed,
        &ANY,
        &[
            ("3", "3"),
            ("5", "5"),
            ("1 VERY good", "5"),
            (
                "2",
                "[ambiguous-text]: `2` can mean more than one answer: 4 by its text, 2 by its value",
            ),
        ],
    );
    check(
        &reversed,
        &Manner { cells: Some(CellsAs::Value), ..ANY },
        &[
            ("2", "2"),
            ("2.0", "2"),
            ("5", "5"),
            ("6", "6"),
            (
                "1 very good",
                "[unknown-choice]: the text `1 very good` is none of the choices 5, 4, 3, 2, 1",
            ),
        ],
    );
    check(
        &reversed,
        &Manner { cells: Some(CellsAs::Text), ..ANY },
        &[
            ("2", "4"),
            ("2.0", "4"),
            ("dont_know", "\"dont_know\""),
            (
                "5",
                "[unknown-text]: `5` is none of the choices `1 very good`, `2`, `3`, `4`, `5 very bad`, \
                 nor the text of one",
            ),
        ],
    );
}

#[test]
fn where_no_text_is_the_value_of_another_choice_the_manner_makes_no_difference() {
    let tens = choice(&[(1, "10"), (2, "20"), (3, "3"), (4, "a lot")]);
    for cells in [None, Some(CellsAs::Value), Some(CellsAs::Text)] {
        let manner = Manner { cells, ..ANY };
        check(
            &tens,
            &manner,
            &[("10", "1"), ("20.0", "2"), ("3.00", "3"), ("A lot", "4"), ("04", "4")],
        );
        assert_eq!(means(&tens, &manner, "5"), "5"); // which the question then refuses
    }
}

#[test]
fn numbers_are_read_with_the_decimal_separator_that_is_said() {
    let comma = Manner { decimal: Decimal::Comma, ..ANY };
    let lead = one(&json!({ "kind": "measure", "unit": "days",
        "bands": [{ "from": 0, "credit": 1 }, { "from": 30, "credit": 0 }] }));
    check(&lead, &comma, &[("7,5", "7.5"), ("1.200", "1200"), ("1\u{202f}200,5", "1200.5")]);
    let refused =
        "[wrong-type]: expected a number, `not_applicable` or `dont_know`, found the text ";
    for (manner, text, found) in [
        (&ANY, "7,5", "`7,5` (decimal comma?)"),
        (&ANY, "1,200", "`1,200` (decimal comma?)"),
        (&ANY, "1.200,5", "`1.200,5` (decimal comma?)"),
        (&ANY, "12 days", "`12 days`"),
        (&comma, "7.5", "`7.5` (decimal point?)"),
    ] {
        assert_eq!(means(&lead, manner, text), format!("{refused}{found}"));
    }
    let yes_no = one(&json!({ "kind": "yes_no" }));
    check(&yes_no, &comma, &[("1,0", "true"), ("0,00", "false"), ("Nein", "false")]);
    let often = choice(&[(1, "Never"), (4, "Often")]);
    check(&often, &comma, &[("4,0", "4"), ("often", "4")]);
    check(
        &often,
        &ANY,
        &[(
            "4,0",
            "[unknown-text]: `4,0` is none of the choices 1, 4, nor the text of one (did you mean `4`?)",
        )],
    );
}

#[test]
fn a_list_is_cut_in_every_way_and_taken_if_there_is_one_reading() {
    let tools = checklist(&[
        ("logs", "Logs"),
        ("metrics", "metrics"),
        ("both", "Logs, metrics"),
        ("mt", "metrics, traces"),
        ("other", "Events (audit, billing; both)"),
    ]);
    check(
        &tools,
        &ANY,
        &[
            (
                "Logs, metrics",
                "[ambiguous-text]: `Logs, metrics` can mean more than one answer: [logs, metrics], both",
            ),
            ("Logs, metrics, traces", r#"["logs","mt"]"#),
            ("Events (audit, billing; both)", r#"["other"]"#),
            ("Logs, Events (audit, billing; both)", r#"["logs","other"]"#),
            ("Logs;metrics", r#"["logs","metrics"]"#),
            ("logs,metrics", r#"["logs","metrics"]"#),
            ("logs metrics", r#"["logs","metrics"]"#),
            ("LOGS", r#"["logs"]"#),
            (";; logs;\n", r#"["logs"]"#),
            (" ; ", "null"),
            ("dont_know;", r#""dont_know""#),
            ("logs; Logs", "[duplicate-entry]: `logs` appears more than once"),
            ("logs logs", "[duplicate-entry]: `logs` appears more than once"),
            (
                "logs; not_applicable",
                "[conflicting-answers]: question `q` cannot be answered `not_applicable` with items ticked beside it",
            ),
            ("Logs, metrcs", "[unknown-item]: unknown item `metrcs` (did you mean `metrics`?)"),
            ("logs metrics spans", "[unknown-item]: unknown item `spans`"),
            ("Logs\nmetrics, traces", r#"["logs","mt"]"#),
        ],
    );
    check(
        &tools,
        &Manner { lists: Lists::None, ..ANY },
        &[
            ("Logs, metrics", r#"["both"]"#),
            (
                "Logs;metrics",
                "[unknown-item]: unknown item `Logs;metrics` (did you mean `Logs, metrics`?)",
            ),
        ],
    );
    check(
        &tools,
        &Manner { lists: Lists::Semicolon, ..ANY },
        &[
            ("Logs, metrics;", r#"["both"]"#),
            ("Logs;metrics;", r#"["logs","metrics"]"#),
            ("logs metrics", r#"["logs","metrics"]"#), // that cannot be read, so it is any
        ],
    );
}

#[test]
fn each_tool_writes_lists_in_its_own_way() {
    let channels =
        checklist(&[("web", "Web"), ("app", "App"), ("shop", "Shop, till"), ("phone", "Phone")]);
    let all = r#"["web","app","shop","phone"]"#;
    for (lists, text, items) in [
        (Lists::Semicolon, "Web;App;", r#"["web","app"]"#),
        (Lists::Semicolon, "Web;App;Shop, till;Phone;", all),
        (Lists::Comma, "Web, App, Shop, till, Phone", all),
        (Lists::Blank, "web app", r#"["web","app"]"#),
        (Lists::Blank, "Web App Shop, till Phone", all),
        (Lists::Any, "web app shop phone", all),
        (Lists::Any, "Web\r\nShop,  till\r\nApp\r\nPhone", all),
    ] {
        check(&channels, &Manner { lists, ..ANY }, &[(text, items)]);
    }
    for (lists, text, items) in [
        (Lists::Semicolon, "Web;drone delivery;", r#"["web"]"#),
        (Lists::Semicolon, "Web;App, Phone;", r#"["web"]"#),
        (Lists::Comma, "Web, a van, red, App", r#"["web","app"]"#),
        (Lists::Blank, "web other app", r#"["web","app"]"#),
        (Lists::Blank, "Web, App", r#"["web","app"]"#), // no blanks separate that
        (Lists::Any, "a van", "null"),
        (
            Lists::Any,
            "phone and web",
            "[ambiguous-text]: `phone and web` can mean more than one answer: [web, phone], null",
        ),
        (Lists::Any, "Web; Web; a van", "[duplicate-entry]: `web` appears more than once"),
    ] {
        check(&channels, &Manner { lists, others_pass: true, ..ANY }, &[(text, items)]);
    }
}

#[test]
fn two_items_that_cannot_be_told_apart_are_not_guessed() {
    let crossed = checklist(&[("a", "b"), ("b", "c"), ("d", "E"), ("e2", "e")]);
    check(
        &crossed,
        &ANY,
        &[
            ("b", "[ambiguous-text]: `b` can mean more than one answer: b, a"),
            ("a; b", r#"["a","b"]"#), // as the first cannot be there twice
            ("E", r#"["d"]"#),
            ("c", r#"["b"]"#),
        ],
    );
    check(&crossed, &Manner { cells: Some(CellsAs::Value), ..ANY }, &[("a b", r#"["a","b"]"#)]);
    check(&crossed, &Manner { cells: Some(CellsAs::Text), ..ANY }, &[("b; c", r#"["a","b"]"#)]);
}

/// Every way to cut, one by one: the fewest entries that are passed over, what can then be meant, and
/// whether there are readings with an item twice.
fn slow(entries: &Entries<'_>, text: &str) -> (usize, BTreeSet<Set>, bool) {
    let seen = as_seen_in_lines(text);
    let hard = |c: char| matches!(c, ';' | ',' | '\n');
    let places: Vec<usize> =
        seen.char_indices().filter(|(_, c)| hard(*c)).map(|(at, _)| at).collect();
    let mut found: Vec<(usize, Option<Set>)> = Vec::new();
    for cut in 0..1_u32 << places.len() {
        let cuts =
            places.iter().enumerate().filter(|(at, _)| cut >> at & 1 == 1).map(|(_, place)| *place);
        let mut readings = vec![(0, Some(0))];
        let mut from = 0;
        for to in cuts.chain([seen.len()]) {
            let entry = seen.get(from..to).unwrap_or_default();
            let atomic = !entry.contains(hard);
            let entry = entry.replace('\n', " ");
            from = to + 1;
            let entry = entry.trim();
            let mut means: Vec<(usize, Vec<Set>)> = Vec::new();
            let of_id = |word: &str| entries.ids.get(word).map(|at| bit(*at));
            means.extend(of_id(entry).map(|set| (0, vec![set])));
            means.extend(entries.texts.get(entry, entry).map(|at| (0, vec![bit(at)])));
            if entry.is_empty() {
                means.push((0, vec![]));
            } else if atomic {
                means.push((1, vec![]));
                let words = entry.split(' ');
                let known: Vec<Set> = words.clone().filter_map(of_id).collect();
                if words.clone().count() > 1 && !known.is_empty() {
                    means.push((words.count() - known.len(), known));
                }
            }
            let mut next = Vec::new();
            for (passed, set) in &readings {
                for (more, items) in &means {
                    let add = |set: Set, item: &Set| (set & item == 0).then_some(set | item);
                    let both = set.and_then(|set| items.iter().try_fold(set, add));
                    next.push((passed + more, both));
                }
            }
            readings = next;
        }
        found.extend(readings);
    }
    let fewest = found.iter().map(|(passed, _)| *passed).min().unwrap();
    let best = || found.iter().filter(|(passed, _)| *passed == fewest);
    let sets = best().filter_map(|(_, set)| *set).collect();
    (fewest, sets, best().any(|(_, set)| set.is_none()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn prop_lists_are_read_as_by_trying_every_cut(
        texts in proptest::collection::vec("[ab]([,; ]{1,2}[ab]){0,2}[,;]?", 1..5),
        cell in "([abcd]|[,;\n]| ){0,10}",
    ) {
        let ids = ["a", "c", "d", "e"];
        let items: Vec<(&str, &str)> = ids.into_iter().zip(texts.iter().map(String::as_str)).collect();
        let of = checklist(&items);
        let vocabulary = Vocabulary::new(of.questions().next().unwrap());
        let entries = Entries { ids: &vocabulary.ids, texts: &vocabulary.texts, by: (true, true) };
        let Readings { passed, sets, more, flaw, unknown } = entries.readings(&cell, Lists::Any, &ANY);
        let (fewest, expected, twice) = slow(&entries, &cell);
        prop_assert!(!more || expected.len() > 1, "{:?}", (&sets, &expected));
        if !more {
            prop_assert_eq!(sets.into_iter().collect::<BTreeSet<_>>(), expected);
            prop_assert_eq!((passed, flaw.is_some(), unknown.is_some()), (fewest, twice, fewest > 0));
        }
    }
}

#[test]
fn a_list_made_to_be_cut_in_many_ways_costs_some_steps_a_byte() {
    let texts: Vec<String> = (1..=99).map(|length| "a,".repeat(50 * length) + "a").collect();
    let ids: Vec<String> = (0..99).map(|at| format!("i{at}")).collect();
    let items: Vec<(&str, &str)> =
        ids.iter().zip(&texts).map(|(id, text)| (&**id, &**text)).collect();
    let of = checklist(&items);
    for cell in
        ["a,".repeat(100_000), ";".repeat(300_000), "i1 ".repeat(100_000), "b,".repeat(100_000)]
    {
        let before = std::time::Instant::now();
        assert!(means(&of, &ANY, &cell).len() < 300);
        assert!(before.elapsed().as_secs() < 20, "{:?}", before.elapsed());
    }
}

#[cfg(feature = "survey")]
mod said {
    use super::*;

    fn said(texts: &[(&str, Answer)]) -> Said {
        let mut said = Said::default();
        for (text, answer) in texts {
            assert!(said.insert(text, answer.clone()));
        }
        said
    }

    fn items(ids: &[&str]) -> Answer {
        ids.into()
    }

    #[test]
    fn a_text_stands_for_one_answer_as_written_then_in_any_case_then_as_a_number() {
        let said = said(&[
            ("A1", Answer::Whole(1)),
            ("a1", Answer::Whole(2)),
            ("Yes ", Answer::YesNo(true)),
            ("03", Answer::Whole(3)),
        ]);
        let get = |text| said.get(text, Decimal::Point).cloned();
        assert_eq!(get("A1"), Some(Answer::Whole(1)));
        assert_eq!(get("a1"), Some(Answer::Whole(2)));
        assert_eq!(get("YES"), Some(Answer::YesNo(true)));
        assert_eq!(get("3.0"), Some(Answer::Whole(3)));
        assert_eq!(get("3,0"), None);
        assert_eq!(said.get("3,0", Decimal::Comma), Some(&Answer::Whole(3)));
        let mut said = said;
        assert!(said.insert(" yes", Answer::YesNo(true)));
        assert!(said.insert("Yes", Answer::YesNo(true)));
        assert!(!said.insert("\u{a0}Yes", Answer::YesNo(false)));
        assert!(!said.is_empty());
    }

    #[test]
    fn codes_are_read_in_lists_and_before_anything_else() {
        let channels = checklist(&[("web", "Web"), ("app", "App"), ("shop", "Shop, till")]);
        let own = said(&[
            ("1", items(&["web"])),
            ("4", items(&["app"])),
            ("6, 7", items(&["shop"])),
            ("Both", items(&["web", "app"])),
            ("None of these", items(&[])),
            ("App", items(&["shop"])),
            ("on", Answer::YesNo(true)),
        ]);
        let all = said(&[
            ("1", items(&["app"])),
            ("-99", Answer::Unanswered),
            ("n/a", Answer::NotApplicable),
            ("2", Answer::Whole(1)),
            ("5", items(&["elsewhere"])),
        ]);
        let coded = Manner { own: Some(&own), all: Some(&all), ..ANY };
        check(
            &channels,
            &coded,
            &[
                ("1,4", r#"["web","app"]"#),
                ("1.0; 4", r#"["web","app"]"#),
                ("1 4", r#"["web","app"]"#),
                ("4, 6, 7", r#"["app","shop"]"#),
                ("both;", r#"["web","app"]"#),
                ("Both; Shop, till", r#"["web","app","shop"]"#),
                ("Both; web", "[duplicate-entry]: `web` appears more than once"),
                ("App", r#"["shop"]"#),
                ("None of these", "[]"),
                ("none of these;", "[]"),
                (
                    "None of these;Web",
                    "[conflicting-answers]: question `q` cannot be answered `[]` with items ticked beside it",
                ),
                ("n/a", r#""not_applicable""#),
                ("-99", "null"),
                ("-99.0;", "null"),
                ("2", "[unknown-item]: unknown item `2`"),
                ("5", "[unknown-item]: unknown item `5`"),
            ],
        );
        let blank = Manner { lists: Lists::Blank, ..coded };
        check(&channels, &blank, &[("1 4", r#"["web","app"]"#), ("6, 7 1", r#"["web","shop"]"#)]);
    }

    #[test]
    fn a_code_for_all_questions_is_for_those_that_take_it_and_a_number_for_no_measure() {
        let all = said(&[
            ("1", Answer::Whole(4)),
            ("9", Answer::Whole(9)),
            ("J", Answer::YesNo(false)),
            ("-9", Answer::DontKnow),
        ]);
        let coded = Manner { all: Some(&all), ..ANY };
        let lead = one(&json!({ "kind": "measure", "unit": "days",
            "bands": [{ "from": 0, "credit": 1 }, { "from": 30, "credit": 0 }] }));
        check(&lead, &coded, &[("1", "1"), ("9", "9"), ("-9.0", "\"dont_know\"")]);
        let own = said(&[("1", Answer::Whole(200))]);
        check(&lead, &Manner { own: Some(&own), ..coded }, &[("1", "200"), ("1.0", "200")]);
        check(
            &choice(&[(1, "Never"), (4, "Often")]),
            &coded,
            &[("1", "4"), ("9", "9"), ("4", "4")],
        );
        check(&one(&json!({ "kind": "yes_no" })), &coded, &[("1", "true"), ("j", "false")]);
    }

    #[test]
    fn a_column_about_one_item_has_words_codes_and_the_item_itself() {
        let of = checklist(&[("web", "Web"), ("none", "No"), ("app", "The app")]);
        let vocabulary = Vocabulary::new(of.questions().next().unwrap());
        let own = said(&[
            ("1", items(&["web"])),
            ("99", Answer::Unanswered),
            ("2", Answer::Whole(0)),
            ("X", Answer::YesNo(false)),
        ]);
        let all =
            said(&[("0", Answer::Whole(1)), ("J", Answer::YesNo(true)), ("-", Answer::DontKnow)]);
        let coded = Manner { own: Some(&own), all: Some(&all), ..ANY };
        for (item, text, manner, tick) in [
            (0, " ", ANY, Tick::Blank),
            (0, "1.0", ANY, Tick::On),
            (0, "0,0", Manner { decimal: Decimal::Comma, ..ANY }, Tick::Off),
            (0, "Checked", ANY, Tick::On),
            (0, "Unchecked", ANY, Tick::Off),
            (0, "WEB", ANY, Tick::On),
            (2, "the app", ANY, Tick::On),
            (0, "not_applicable", ANY, Tick::NotApplicable),
            (1, "No", Manner { cells: Some(CellsAs::Text), ..ANY }, Tick::On),
            (1, "No", Manner { cells: Some(CellsAs::Value), ..ANY }, Tick::Off),
            (0, "1", coded, Tick::On),
            (2, "1", coded, Tick::On), // said of another item: the word
            (0, "99", coded, Tick::Blank),
            (0, "2", coded, Tick::Off),
            (0, "x", coded, Tick::Off),
            (0, "0", coded, Tick::Off), // a number for all questions is none for items
            (0, "J", coded, Tick::On),
            (0, "-", coded, Tick::DontKnow),
        ] {
            assert_eq!(vocabulary.tick(item, text, &manner).ok(), Some(tick), "{item} {text}");
        }
        let refused = vocabulary.tick(0, "No way", &ANY).unwrap_err().to_string();
        assert_eq!(refused, "expected `true` or `false` for an item, found the text `No way`");
        let refused = vocabulary.tick(1, "no", &ANY).unwrap_err().to_string();
        assert_eq!(
            refused,
            "`no` can mean more than one answer: ticked by its text, not ticked by the word"
        );
        assert_eq!(vocabulary.named("web").into_iter().collect::<Vec<_>>(), [0]);
        assert!(!vocabulary.has_two_readings());
        assert_eq!(super::super::list::NONE & bit(99), 0);
    }
}
