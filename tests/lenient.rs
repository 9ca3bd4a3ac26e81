//! Answers from the world: what browsers, form libraries and survey tools send, and what it is.

#![expect(clippy::too_many_lines, reason = "a table is as long as it is")]

use digital_maturity::{Answer, AnswerSheet, Code, Questionnaire, Responses, diagnostic::Severity};
use proptest::prelude::*;
use serde_json::json;

use super::support::lines;

/// A choice in two languages, yes or no, a measure, a checklist, a choice whose texts are values of
/// others, one whose texts differ in case alone, and a question that is asked on a condition.
fn shop() -> Questionnaire {
    let question = |id: &str, scale: serde_json::Value| json!({ "id": id, "pillar": "digital_first_mindset", "title": "t", "scale": scale });
    let choice = |value: i64, text: &str, german: &str| json!({ "value": value, "text": { "default": text, "de": german } });
    let mut trial = question("trial", json!({ "kind": "yes_no" }));
    trial["asked_if"] = json!({ "question": "owner", "at_least": 1 });
    let document = json!({
        "schema": 1, "id": "shop", "version": "1.0.0", "title": "Shop",
        "pillars": { "agile_approach": { "weight": 0 }, "connected_systems": { "weight": 0 },
                     "culture_of_experimentation": { "weight": 0 } },
        "questions": [
            question("plan", json!({ "kind": "choice", "choices": [
                choice(1, "Never", "Nie"), choice(2, "2 – 3 days’ work", "Manchmal"),
                choice(4, "Often", "H\u{e4}ufig"), choice(-1, "Not\u{a0}yet", "Noch nicht") ] })),
            question("owner", json!({ "kind": "yes_no" })),
            question("lead", json!({ "kind": "measure", "unit": "days",
                "bands": [{ "from": 0, "credit": 1 }, { "from": 30, "credit": 0 }] })),
            question("channels", json!({ "kind": "checklist", "items": [
                { "id": "web", "text": { "default": "Web", "de": "Netz" } },
                { "id": "app", "text": "The app" },
                { "id": "till", "text": "Shop, till" } ] })),
            question("pilots", json!({ "kind": "choice", "choices": [
                { "value": 1, "text": "0" }, { "value": 2, "text": "1" },
                { "value": 3, "text": "3 or more" } ] })),
            question("unit", json!({ "kind": "choice", "choices": [
                { "value": 1, "text": "MB" }, { "value": 2, "text": "Mb" },
                { "value": 3, "text": "kB" } ] })),
            trial,
        ]
    });
    Questionnaire::from_json(&document.to_string()).unwrap()
}

/// What is sent.
enum Sent {
    Form(&'static [(&'static str, &'static str)]),
    Json(&'static str),
}
use Sent::{Form, Json};

/// What is sent, the answers that it is, as read strictly, and the findings.
type Row = (Sent, &'static str, &'static [&'static str]);

#[track_caller]
fn check(shop: &Questionnaire, (sent, answers, findings): &Row) {
    let (shown, responses) = match sent {
        Form(pairs) => (format!("{pairs:?}"), Responses::from_form_pairs(pairs.iter().copied())),
        Json(text) => ((*text).to_owned(), Responses::from_json(text).unwrap()),
    };
    let expected = shop.read_json(answers).unwrap();
    let (sheet, errors) = shop.read_partial(&responses);
    let found = errors.as_ref().map_or_else(|| lines(sheet.warnings()), lines);
    assert_eq!(found, *findings, "{shown}");
    assert_eq!(sheet, expected, "{shown}");
    // Lenient reading takes what partial reading finds no error in, and nothing else.
    match (shop.read_lenient(&responses), errors) {
        (Ok(whole), None) => assert_eq!(whole, sheet, "{shown}"),
        (Err(refused), Some(errors)) => {
            assert_eq!(refused, errors, "{shown}");
            let warnings = errors.iter().filter(|found| found.severity() == Severity::Warning);
            assert!(warnings.eq(sheet.warnings()), "{shown}");
        }
        (whole, errors) => panic!("{shown}: {whole:?} {errors:?}"),
    }
}

#[test]
fn every_row_of_the_table_is_taken_for_what_it_is() {
    let rows: &[Row] = &[
        // Values, not spelling.
        (Form(&[("plan", "4")]), r#"{ "plan": 4 }"#, &[]),
        (Form(&[("plan", " 04 ")]), r#"{ "plan": 4 }"#, &[]),
        (Form(&[("plan", "+4.0")]), r#"{ "plan": 4 }"#, &[]),
        (Form(&[("plan", "\u{2212}1")]), r#"{ "plan": -1 }"#, &[]),
        (Form(&[("lead", "12")]), r#"{ "lead": 12 }"#, &[]),
        (Form(&[("lead", "1.25e1")]), r#"{ "lead": 12.5 }"#, &[]),
        (Json(r#"{ "lead": "012.50", "plan": 4.0 }"#), r#"{ "lead": 12.5, "plan": 4 }"#, &[]),
        // Texts of choices.
        (Form(&[("plan", "Often")]), r#"{ "plan": 4 }"#, &[]),
        (Form(&[("plan", "h\u{c4}UFIG")]), r#"{ "plan": 4 }"#, &[]),
        (Form(&[("plan", "Ha\u{308}ufig\u{a0}")]), r#"{ "plan": 4 }"#, &[]),
        (Form(&[("plan", "2 - 3  days' work")]), r#"{ "plan": 2 }"#, &[]),
        (Form(&[("plan", "not yet\r\n")]), r#"{ "plan": -1 }"#, &[]),
        (Form(&[("unit", "MB")]), r#"{ "unit": 1 }"#, &[]),
        (Form(&[("unit", "KB")]), r#"{ "unit": 3 }"#, &[]),
        // The text of a choice that is the value of none, and a value that is the text of none.
        (Form(&[("pilots", "0")]), r#"{ "pilots": 1 }"#, &[]),
        (Form(&[("pilots", "2")]), r#"{ "pilots": 2 }"#, &[]),
        (Json(r#"{ "pilots": 1 }"#), r#"{ "pilots": 1 }"#, &[]),
        // Yes and no.
        (Form(&[("owner", "on")]), r#"{ "owner": true }"#, &[]),
        (Form(&[("owner", "TRUE")]), r#"{ "owner": true }"#, &[]),
        (Form(&[("owner", "1.0")]), r#"{ "owner": true }"#, &[]),
        (Form(&[("owner", "S\u{ec}")]), r#"{ "owner": true }"#, &[]),
        (Form(&[("owner", "FALSCH")]), r#"{ "owner": false }"#, &[]),
        (Form(&[("owner", "n")]), r#"{ "owner": false }"#, &[]),
        (Json(r#"{ "owner": 1 }"#), r#"{ "owner": true }"#, &[]),
        (Json(r#"{ "owner": 0.0 }"#), r#"{ "owner": false }"#, &[]),
        (Json(r#"{ "owner": true }"#), r#"{ "owner": true }"#, &[]),
        // Blank is unanswered, everywhere.
        (Form(&[("plan", ""), ("owner", " "), ("lead", "\u{a0}"), ("channels", "")]), "{}", &[]),
        (Json(r#"{ "plan": null, "lead": "", "channels": " " }"#), "{}", &[]),
        // A blank beside a value says nothing: the hidden field of a radio group.
        (Form(&[("plan", ""), ("plan", "4")]), r#"{ "plan": 4 }"#, &[]),
        // States.
        (
            Form(&[("plan", "not_applicable"), ("owner", "dont_know"), ("lead", "DontKnow")]),
            r#"{ "plan": "not_applicable", "owner": "dont_know", "lead": "dont_know" }"#,
            &[],
        ),
        (
            Form(&[("channels[]", ""), ("channels[]", "dont_know")]),
            r#"{ "channels": "dont_know" }"#,
            &[],
        ),
        // A checklist.
        (Form(&[("channels", "web")]), r#"{ "channels": ["web"] }"#, &[]),
        (
            Form(&[("channels", "web"), ("channels", "app")]),
            r#"{ "channels": ["web", "app"] }"#,
            &[],
        ),
        (Form(&[("channels", "shop,  TILL")]), r#"{ "channels": ["till"] }"#, &[]),
        // All items as one text, in the one way to cut it.
        (Json(r#"{ "channels": "Web; Shop, till;" }"#), r#"{ "channels": ["web", "till"] }"#, &[]),
        (Form(&[("channels", "web, the app")]), r#"{ "channels": ["web", "app"] }"#, &[]),
        (Form(&[("channels", "web app")]), r#"{ "channels": ["web", "app"] }"#, &[]),
        (Json(r#"{ "channels": "dont_know;" }"#), r#"{ "channels": "dont_know" }"#, &[]),
        (
            Form(&[("channels[]", ""), ("channels[]", "netz"), ("channels[]", "app")]),
            r#"{ "channels": ["web", "app"] }"#,
            &[],
        ),
        (Form(&[("channels[]", "")]), r#"{ "channels": [] }"#, &[]),
        (
            Form(&[("channels[0]", "app"), ("channels[1]", "web")]),
            r#"{ "channels": ["web", "app"] }"#,
            &[],
        ),
        (Json(r#"{ "channels": [""] }"#), r#"{ "channels": [] }"#, &[]),
        (Json(r#"{ "channels": [] }"#), r#"{ "channels": [] }"#, &[]),
        (Json(r#"{ "channels": ["Web", "app", null] }"#), r#"{ "channels": ["web", "app"] }"#, &[]),
        (Form(&[("channels[web]", "on")]), r#"{ "channels": ["web"] }"#, &[]),
        (
            Form(&[("channels[web]", "web"), ("channels[app]", "The app")]),
            r#"{ "channels": ["web", "app"] }"#,
            &[],
        ),
        (Form(&[("channels[web]", "0"), ("channels[app]", "")]), r#"{ "channels": [] }"#, &[]),
        (Form(&[("channels[web]", ""), ("channels[app]", "")]), "{}", &[]),
        (
            Json(r#"{ "channels": { "web": true, "app": false, "till": 1 } }"#),
            r#"{ "channels": ["web", "till"] }"#,
            &[],
        ),
        (
            Json(r#"{ "channels___web": "1", "channels___app": "0", "channels___till": 1 }"#),
            r#"{ "channels": ["web", "till"] }"#,
            &[],
        ),
        // Nobody knows whether the question was ever shown.
        (
            Form(&[("channels___web", "0"), ("channels___app", "0"), ("channels___till", "")]),
            "{}",
            &[],
        ),
        // A list of one.
        (Form(&[("plan[]", "4")]), r#"{ "plan": 4 }"#, &[]),
        (
            Json(r#"{ "plan": ["", "Often"], "lead": [12], "owner": [] }"#),
            r#"{ "plan": 4, "lead": 12 }"#,
            &[],
        ),
        // Comments.
        (
            Json(
                r#"{ "plan": 4, "plan-Comment": "we do", "lead-Comment": "", "unit-Comment": null }"#,
            ),
            r#"{ "answers": { "plan": 4 }, "comments": { "plan": "we do" } }"#,
            &[],
        ),
        (
            Json(r#"{ "plan": 4, "comments": { "plan": "4" } }"#),
            r#"{ "answers": { "plan": 4 }, "comments": { "plan": "4" } }"#,
            &[],
        ),
        // Records within lists and objects.
        (Json(r#"[{ "plan": "4" }]"#), r#"{ "plan": 4 }"#, &[]),
        (Json(r#"[{ "answers": [{ "plan": "4" }] }]"#), r#"{ "plan": 4 }"#, &[]),
        (
            Json(r#"{ "frequency": { "plan": 4, "page": [{ "lead": 3 }] }, "channels___web": 1 }"#),
            r#"{ "plan": 4, "lead": 3, "channels": ["web"] }"#,
            &[],
        ),
        (
            Form(&[
                ("page[plan]", "4"),
                ("answers[channels][]", ""),
                ("answers[channels][]", "web"),
                ("a[b][channels][app]", "on"),
                ("comments[plan]", "we do"),
                ("page[lead-Comment]", "so"),
            ]),
            r#"{ "answers": { "plan": 4, "channels": ["web", "app"] },
                 "comments": { "plan": "we do", "lead": "so" } }"#,
            &[],
        ),
        (Form(&[("plan", "4"), ("plan[other]", " ")]), r#"{ "plan": 4 }"#, &[]),
        // What is no question is passed over with a word.
        (
            Form(&[("plan", "4"), ("plam", "4"), ("submit", "Send"), ("submit", "Send")]),
            r#"{ "plan": 4 }"#,
            &[
                "warning[unknown-question] /plam: unknown question `plam` (did you mean `plan`?)",
                "warning[unknown-question] /submit: unknown question `submit`",
            ],
        ),
        (
            Json(r#"{ "plan": 4, "plam-Comment": "c", "comments": { "owmer": "c" } }"#),
            r#"{ "plan": 4 }"#,
            &[
                "warning[unknown-question] /plam-Comment: unknown question `plam-Comment`",
                "warning[unknown-question] /comments/owmer: unknown question `owmer` (did you mean `owner`?)",
            ],
        ),
        (
            Json(r#"{ "plan": 4, "meta": { "id": 1, "pages": [{ "no": 1 }, { "no": 2 }] } }"#),
            r#"{ "plan": 4 }"#,
            &["warning[unknown-question] /meta: unknown question `meta`"],
        ),
        (
            Form(&[("channels[web]", "1"), ("channels[van]", "0")]),
            r#"{ "channels": ["web"] }"#,
            &["warning[unknown-item] /channels[van]: unknown item `van`"],
        ),
        // Where an answer does not count, the path is where it stands.
        (
            Json(r#"[{ "owner": "no", "page": { "trial": "x" } }]"#),
            r#"{ "owner": false, "trial": true }"#,
            &[
                "warning[not-asked] /0/page/trial: question `trial` is not asked, its answer does not count",
            ],
        ),
    ];
    let shop = shop();
    for row in rows {
        check(&shop, row);
    }
}

#[test]
fn what_cannot_be_decided_is_said_and_the_rest_is_read() {
    let rows: &[Row] = &[
        (
            Form(&[("pilots", "1"), ("plan", "4")]),
            r#"{ "plan": 4 }"#,
            &[
                "error[ambiguous-text] /pilots: `1` can mean more than one answer: 1 by its value, 2 by its text",
            ],
        ),
        (
            Form(&[("unit", "mb")]),
            "{}",
            &["error[ambiguous-text] /unit: `mb` can mean more than one answer: 1, 2"],
        ),
        (
            Form(&[("plan", "offen"), ("lead", "12 days"), ("owner", "maybe")]),
            "{}",
            &[
                "error[unknown-text] /plan: `offen` is none of the choices 1, 2, 4, -1, nor the text of one \
                 (did you mean `Often`?)",
                "error[wrong-type] /lead: expected a number, `not_applicable` or `dont_know`, found the text `12 days`",
                "error[wrong-type] /owner: expected `true`, `false`, `not_applicable` or `dont_know`, \
                 found the text `maybe`",
            ],
        ),
        (
            Form(&[("plan", "3"), ("lead", "-1")]),
            "{}",
            &[
                "error[unknown-choice] /plan: 3 is none of the choices 1, 2, 4, -1",
                "error[below-first-band] /lead: -1 is below the first band, which starts at 0",
            ],
        ),
        (
            Form(&[("plan", "4"), ("plan", "2")]),
            "{}",
            &["error[duplicate-key] /plan: key `plan` appears more than once"],
        ),
        (
            Json(r#"{ "plan": 4, "page": { "plan": 2 } }"#),
            "{}",
            &["error[duplicate-key] /page/plan: key `plan` appears more than once"],
        ),
        (
            Json(r#"{ "plan": [4, 2], "owner": { "trial": true } }"#),
            "{}",
            &[
                "error[wrong-type] /plan: expected the value of a choice, `not_applicable` or `dont_know`, \
                 found a list",
                "error[wrong-type] /owner: expected `true`, `false`, `not_applicable` or `dont_know`, \
                 found an object",
            ],
        ),
        (
            Form(&[("channels", "web"), ("channels", "Web"), ("channels", "wbe")]),
            "{}",
            &[
                "error[duplicate-entry] /channels: `web` appears more than once",
                "error[unknown-item] /channels: unknown item `wbe` (did you mean `web`?)",
            ],
        ),
        (
            Form(&[("channels", "web; wbe"), ("lead", "7,5")]),
            "{}",
            &[
                "error[unknown-item] /channels: unknown item `wbe` (did you mean `web`?)",
                "error[wrong-type] /lead: expected a number, `not_applicable` or `dont_know`, \
                 found the text `7,5` (decimal comma?)",
            ],
        ),
        // An entry of a list is one item.
        (
            Json(r#"{ "channels": ["web, app"] }"#),
            "{}",
            &["error[unknown-item] /channels/0: unknown item `web, app`"],
        ),
        (
            Json(r#"{ "channels": "web; dont_know" }"#),
            "{}",
            &[
                "error[conflicting-answers] /channels: question `channels` cannot be answered `dont_know` with items ticked beside it",
            ],
        ),
        (
            Form(&[("channels[van]", "on"), ("channels[web]", "perhaps")]),
            "{}",
            &[
                "error[unknown-item] /channels[van]: unknown item `van`",
                "error[wrong-type] /channels[web]: expected `true` or `false` for an item, found the text `perhaps`",
            ],
        ),
        (
            Form(&[("channels", "dont_know"), ("channels[]", "web")]),
            "{}",
            &[
                "error[conflicting-answers] /channels: question `channels` cannot be answered `dont_know` with items ticked beside it",
            ],
        ),
        (
            Json(r#"{ "page": [{ "plan": 4 }, { "plan": 2, "lead": 1 }], "owner": true }"#),
            r#"{ "owner": true }"#,
            &[
                "error[nested-answers] /page: `page` holds answers to `lead`, `plan`, which must stand among the other answers",
            ],
        ),
        (
            Json(r#"{ "page": { "plan": 4 }, "answers": { "owner": true } }"#),
            r#"{ "owner": true }"#,
            &[
                "error[nested-answers] /page: `page` holds answers to `plan`, which must stand among the other answers",
            ],
        ),
        (
            Json(r#"[{ "plan": 4 }, { "plan": 2 }]"#),
            "{}",
            &["error[wrong-type]: expected an object of answers, found a list"],
        ),
        (
            Form(&[("plan-Comment", "a"), ("plan-Comment", "b")]),
            r#"{ "answers": {}, "comments": { "plan": "a" } }"#,
            &["error[duplicate-key] /plan-Comment: key `plan-Comment` appears more than once"],
        ),
        (
            Form(&[("plan[value]", "4"), ("owner[trial]", "1"), ("page[nothing]", "1")]),
            "{}",
            &[
                "error[nested-answers] /plan[value]: `plan[value]` holds answers to `plan`, which must stand among the other answers",
                "error[nested-answers] /owner[trial]: `owner[trial]` holds answers to `owner`, which must stand among the other answers",
                "warning[unknown-question] /page[nothing]: unknown question `page[nothing]`",
            ],
        ),
        // Warnings stand among the errors, and on the sheet.
        (
            Form(&[("submit", "Send"), ("plan", "five")]),
            "{}",
            &[
                "warning[unknown-question] /submit: unknown question `submit`",
                "error[unknown-text] /plan: `five` is none of the choices 1, 2, 4, -1, nor the text of one",
            ],
        ),
    ];
    let shop = shop();
    for row in rows {
        check(&shop, row);
    }
}

#[test]
fn a_text_that_names_a_column_in_two_ways_is_not_guessed() {
    let checklist = |id: &str, item: &str| {
        json!({ "id": id, "pillar": "digital_first_mindset", "title": "t",
                "scale": { "kind": "checklist", "items": [{ "id": item, "text": "t" }] } })
    };
    let document = json!({
        "schema": 1, "id": "c", "version": "1.0.0", "title": "t",
        "pillars": { "agile_approach": { "weight": 0 }, "connected_systems": { "weight": 0 },
                     "culture_of_experimentation": { "weight": 0 } },
        "questions": [checklist("a", "b___c"), checklist("a___b", "c"), checklist("a_", "d")]
    });
    let columns = Questionnaire::from_json(&document.to_string()).unwrap();
    let rows: &[Row] = &[
        (
            Form(&[("a___b___c", "1")]),
            "{}",
            &[
                "error[ambiguous-text] /a___b___c: `a___b___c` can mean more than one answer: a, a___b",
            ],
        ),
        (Form(&[("a____d", "1")]), r#"{ "a_": ["d"] }"#, &[]),
    ];
    for row in rows {
        check(&columns, row);
    }
}

#[test]
fn one_text_means_the_same_wherever_it_stands() {
    let shop = shop();
    let parse = |id: &str, text: &str| shop.question(id).unwrap().parse(text);
    assert_eq!(parse("plan", "OFTEN").unwrap(), Answer::Whole(4));
    assert_eq!(parse("lead", "12.50").unwrap(), Answer::Number(12.5));
    assert_eq!(parse("owner", "x").unwrap(), Answer::YesNo(true));
    assert_eq!(parse("channels", "the APP").unwrap(), Answer::from(["app"]));
    assert_eq!(parse("channels", "\u{200b}").unwrap(), Answer::Unanswered);
    for (id, text, code) in [
        ("plan", "ofen", Code::UnknownText),
        ("plan", "5", Code::UnknownChoice),
        ("pilots", "1", Code::AmbiguousText),
        ("channels", "1", Code::UnknownItem),
        ("lead", "-3", Code::BelowFirstBand),
        ("owner", "2", Code::WrongType),
    ] {
        let found = parse(id, text).unwrap_err();
        assert_eq!((found.code(), found.path().to_string()), (code, format!("/{id}")), "{text}");
    }
}

#[test]
fn a_comment_of_blanks_is_none_and_what_is_said_of_a_sheet_can_be_taken_back() {
    let shop = shop();
    let mut sheet = shop.sheet();
    sheet.set_comment("lead", "a").unwrap().set_comment("plan", "b").unwrap();
    let comments = |sheet: &AnswerSheet| -> Vec<String> {
        sheet.comments().map(|(question, text)| format!("{}: {text}", question.id())).collect()
    };
    assert_eq!(comments(&sheet), ["plan: b", "lead: a"]);
    sheet.set_comment("plan", " \n").unwrap().clear_comment("lead").clear_comment("nowhere");
    sheet.set_respondent("r").unwrap().set_taken("2026-11-23".parse().unwrap());
    sheet.clear_respondent().clear_taken();
    assert_eq!(sheet, shop.sheet());
    assert_eq!(sheet.set_comment("nowhere", "").unwrap_err().code(), Code::UnknownQuestion);
    let strict = shop.read_json(r#"{ "answers": {}, "comments": { "plan": "" } }"#).unwrap();
    assert_eq!(strict.comment("plan"), None);
}

/// What may stand in a post: names and values of the questionnaire, and what only looks like it.
fn field() -> impl Strategy<Value = (String, serde_json::Value)> {
    let names = [
        "plan", "owner", "lead", "channels", "pilots", "unit", "trial", "nowhere", "answers",
        "comments", "page",
    ];
    let parts =
        ["", "[]", "[0]", "[web]", "[van]", "[plan]", "___app", "___", "-Comment", "[", "]["];
    let values = [
        "",
        " ",
        "1",
        "0",
        "4",
        "4.5",
        "-1",
        "yes",
        "no",
        "web",
        "App",
        "often",
        "offen",
        "mb",
        "dont_know",
        "not_applicable",
        "\u{308}",
        "1e999",
        "inf",
    ];
    let text = prop::sample::select(values.to_vec()).prop_map(serde_json::Value::from);
    let leaf = prop_oneof![
        4 => text,
        1 => Just(serde_json::Value::Null),
        1 => any::<bool>().prop_map(serde_json::Value::from),
        1 => (-2_i64..6).prop_map(serde_json::Value::from),
    ];
    let name = (prop::sample::select(names.to_vec()), prop::sample::select(parts.to_vec()));
    let name = name.prop_map(|(name, part)| format!("{name}{part}")).boxed();
    let of = name.clone();
    let value = leaf.prop_recursive(3, 12, 3, move |inner| {
        let entries = prop::collection::vec((of.clone(), inner.clone()), 0..3);
        let object =
            entries.prop_map(|entries| entries.into_iter().collect::<serde_json::Map<_, _>>());
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(serde_json::Value::from),
            object.prop_map(serde_json::Value::from),
        ]
    });
    (name, value)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_the_sheet_is_valid_and_nothing_is_lost_without_a_word(
        fields in prop::collection::vec(field(), 0..6),
        as_form in any::<bool>(),
    ) {
        let shop = shop();
        let responses = if as_form {
            let text = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Responses::from_form_pairs(fields.into_iter().map(|(name, value)| (name, text(value))))
        } else {
            let record: serde_json::Map<_, _> = fields.into_iter().collect();
            Responses::from_json(&serde_json::Value::from(record).to_string()).unwrap()
        };
        let (sheet, errors) = shop.read_partial(&responses);
        let written = serde_json::to_string(&sheet).unwrap();
        prop_assert_eq!(&shop.read_json(&written).unwrap(), &sheet);
        prop_assert_eq!(shop.read_lenient(&responses).err(), errors.clone());
        // What strict reading takes, lenient reading takes for the same.
        if let Ok(strict) = shop.read(&responses) {
            prop_assert_eq!((&strict, &errors), (&sheet, &None));
        }
    }
}

#[test]
fn hostile_posts_are_read_in_a_time_that_grows_with_them_alone() {
    let shop = shop();
    let many = |name: &str, value: &str| {
        let pairs = (0..100_000).map(|_| (name.to_owned(), value.to_owned()));
        shop.read_partial(&Responses::from_form_pairs(pairs)).1
    };
    assert_eq!(many("channels", "wbe").unwrap().iter().len(), 1001);
    assert_eq!(many("channels[]", "web").unwrap().iter().len(), 1001);
    assert_eq!(many("plan", "offen").unwrap().iter().len(), 1001);
    assert!(many("nowhere", "x").is_none());
    let long = "\u{300}a\u{1d160}".repeat(200_000);
    assert_eq!(many("plan", "").map(|errors| errors.iter().len()), None);
    let brackets = "a[a]".repeat(100_000) + &"[".repeat(100_000);
    assert!(shop.read_lenient(&Responses::from_form_pairs([(brackets, "1")])).is_ok());
    let pairs = [("plan", long.as_str()), (long.as_str(), "1"), ("channels[", "1"), ("[]", "1")];
    let errors = shop.read_partial(&Responses::from_form_pairs(pairs)).1.unwrap();
    assert_eq!(errors.iter().len(), 4);
    let deep = format!("{}{{ \"plan\": 4 }}{}", r#"{ "a": "#.repeat(60), "}".repeat(60));
    let sheet = shop.read_lenient(&Responses::from_json(&deep).unwrap()).unwrap();
    assert_eq!(sheet.answer("plan"), Some(Answer::Whole(4)));
}
