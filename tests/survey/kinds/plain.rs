//! What spreadsheets and statistics programs make of answers, and what one says of it in options.

use digital_maturity::survey::{Decimal, Duplicates, Options, Others, Unticked};

use super::super::exports::shopcheck;
use super::files::GERMAN;
use super::{
    CHANNELS, IDS, R1, R1_NONE, R1_UNTOUCHED, R2, R3, STOCK, T1, TITLES, V1, V2, V3, all, check,
    kind, refused, unticked, with_codes,
};

fn missing(texts: &[&str]) -> Options {
    let missing = texts.iter().map(|text| (*text).to_owned()).collect();
    Options { missing, ..Options::default() }
}

fn where_(filters: &[&str]) -> Options {
    let filters = filters.iter().map(|filter| filter.parse().unwrap()).collect();
    Options { filters, ..Options::default() }
}

#[test]
fn numbers_are_their_value() {
    let plain = Options::default;
    let comma = || Options { decimal: Decimal::Comma, ..Options::default() };
    let head = format!("{IDS},channels,stock\n");
    let lead = |cell: &str| GERMAN.replace(";12;", &format!(";{cell};"));
    // 1200 days earn nothing: the second pillar of the first respondent is half of 0.5.
    let slow = "0.59375 (0.875, 0.25, 0.875, 0.375)";
    check(
        &shopcheck(),
        &[
            all(
                "pandas: every whole number as a fraction",
                plain(),
                format!(
                    "{head}4.0,1.0,3.0,12.0,4.0,1.0,web app,2.0\n5.0,1.0,4.0,5.0,5.0,1.0,web app shop phone,4.0\n\
                     2.0,0.0,1.0,40.0,3.0,0.0,phone,1.0\n"
                ),
            ),
            all(
                "SPSS: padded; a sign; an exponent",
                plain(),
                format!(
                    "{head}04,01,03,012,+4,1,web app,02\n05,1,04,5e0,5,1,web app shop phone,4.00\n\
                     2,0,1,4E1,3,00,phone,+1\n"
                ),
            ),
            all("a decimal comma nobody needs", comma(), GERMAN),
            all("whole numbers with a decimal comma", comma(), {
                let head = head.replace(',', ";");
                format!(
                    "{head}4,0;1,0;3,0;12,0;4,0;1,0;web app;2,0\n5;1,0;4,0;5,0;5,0;1;web app shop phone;4\n\
                     2,00;0,0;1;40;3;0;phone;1\n"
                )
            }),
            kind("a point for thousands", comma(), lead("1.200"), &[slow, R2, R3], &[]),
            kind(
                "points for thousands and a comma",
                comma(),
                lead("1.200,5"),
                &[slow, R2, R3],
                &[],
            ),
            kind(
                "a narrow blank for thousands",
                comma(),
                lead("1\u{202f}200,5"),
                &[slow, R2, R3],
                &[],
            ),
            kind(
                "a no-break blank for thousands",
                comma(),
                lead("1\u{a0}200"),
                &[slow, R2, R3],
                &[],
            ),
            kind("an apostrophe for thousands", comma(), lead("1’200"), &[slow, R2, R3], &[]),
            kind(
                "a point that separates no thousands",
                comma(),
                lead("12.5"),
                &["bad", R2, R3],
                &["error*12.5"],
            ),
            kind(
                "a decimal comma that nobody named is proposed",
                plain(),
                lead("12,5"),
                &["bad", R2, R3],
                &["error*12,5*decimal"],
            ),
            kind(
                "an English thousand is no decimal",
                plain(),
                lead("1,200"),
                &["bad", R2, R3],
                &["error*1,200"],
            ),
        ],
    );
}

#[test]
fn yes_is_yes_in_every_language() {
    let head = format!("{IDS},channels,stock\n");
    let file = |yes: &str, no: &str| {
        format!(
            "{head}4,{yes},3,12,4,{yes},web app,2\n5,{yes},4,5,5,{yes},web app shop phone,4\n2,{no},1,40,3,{no},phone,1\n"
        )
    };
    let kinds: Vec<_> = [
        ("TRUE", "FALSE"),
        ("True", "False"),
        ("WAHR", "FALSCH"),
        ("VRAI", "FAUX"),
        ("VERDADERO", "FALSO"),
        ("Ja", "Nein"),
        ("oui", "non"),
        ("Sí", "No"),
        ("Y", "N"),
        ("1", "0"),
        ("1.0", "0.0"),
        ("Checked", "Unchecked"),
    ]
    .into_iter()
    .map(|(yes, no)| all(yes, Options::default(), file(yes, no)))
    .collect();
    check(&shopcheck(), &kinds);
}

#[test]
fn columns_of_single_items() {
    let plain = Options::default;
    let file = |headers: &str, on: &str, off: &str| {
        let tick = |ticks: [bool; 4]| ticks.map(|tick| if tick { on } else { off }).join(",");
        format!(
            "{IDS},{headers},stock\n{V1},{},2\n{V2},{},4\n{V3},{},1\n",
            tick([true, true, false, false]),
            tick([true; 4]),
            tick([false, false, false, true]),
        )
    };
    let by_id = |form: &str| {
        ["web", "app", "shop", "phone"].map(|item| form.replace("item", item)).join(",")
    };
    let by_text = ["Web", "App", "Shop, till", "Phone"]
        .map(|item| format!("\"{CHANNELS} [{item}]\""))
        .join(",");
    check(
        &shopcheck(),
        &[
            all("brackets, x", plain(), file(&by_id("channels[item]"), "x", "")),
            all("brackets after a blank, X", plain(), file(&by_id("channels [item]"), "X", "")),
            all("underscores, 1 and 0", plain(), file(&by_id("channels___item"), "1", "0")),
            all("slash, fractions", plain(), file(&by_id("channels/item"), "1.0", "0.0")),
            all("texts, true and false", plain(), file(&by_text, "TRUE", "FALSE")),
            all("German words", plain(), file(&by_id("channels[item]"), "WAHR", "FALSCH")),
            all("a check mark", plain(), file(&by_id("channels[item]"), "✓", "")),
            kind(
                "all blank is no answer, all zeros is one",
                plain(),
                format!(
                    "{IDS},{},stock\n{V1},,,,,2\n{V1},0,0,0,0,2\n{V1},1,1,,,2\n",
                    by_id("channels[item]")
                ),
                &[R1_UNTOUCHED, R1_NONE, R1],
                &["?note"],
            ),
            kind(
                "all blank, said to be an answer",
                unticked(Unticked::None, plain()),
                format!("{IDS},{},stock\n{V1},,,,,2\n", by_id("channels[item]")),
                &[R1_NONE],
                &[],
            ),
            kind(
                "all zeros, said to be none",
                unticked(Unticked::Missing, plain()),
                format!("{IDS},{},stock\n{V1},0,0,0,0,2\n", by_id("channels[item]")),
                &[R1_UNTOUCHED],
                &["note"],
            ),
            kind(
                "a tick that is neither",
                plain(),
                file(&by_id("channels[item]"), "x", "").replacen(",x,", ",perhaps,", 1),
                &["bad", R2, R3],
                &["error*perhaps"],
            ),
        ],
    );
}

#[test]
fn what_is_no_answer_is_said_in_options() {
    let head = format!("{IDS},channels,stock\n");
    let gap = |text: &str| {
        format!("{head}4,1,3,12,4,1,{text},2\n{V2},web app shop phone,4\n{V3},phone,1\n")
    };
    let kinds: Vec<_> = ["NA", "nan", ".", "#NULL!", "n/a", "-9", "99"]
        .into_iter()
        .map(|text| kind(text, missing(&[text]), gap(text), &[R1_UNTOUCHED, R2, R3], &[]))
        .chain([
            kind(
                "R's gaps, unnamed: proposed",
                Options::default(),
                gap("NA"),
                &["bad", R2, R3],
                &["error*NA*missing"],
            ),
            kind(
                "a text for no answer that a question takes",
                missing(&["4"]),
                format!("{head}{V1},web app,2\n"),
                // Without 4 for `plan` and `trial`: owner alone, fail alone.
                &["0.73125 (1, 0.55, 1, 0.375)"],
                &["warning*plan", "?warning*4"],
            ),
            kind(
                "not applicable and unknown, in words",
                Options {
                    not_applicable: vec!["Does not apply".to_owned()],
                    dont_know: vec!["I don't know".to_owned()],
                    ..Options::default()
                },
                format!(
                    "{TITLES},{CHANNELS},{STOCK}\n{},does not apply,Rarely\n",
                    T1.replacen("Often", "I don’t know", 1),
                ),
                // `plan` counts as not covered, half is enough; the channels leave.
                &["0.66875 (1, 0.55, 0.875, 0.25)"],
                &[],
            ),
        ])
        .collect();
    check(&shopcheck(), &kinds);
}

#[test]
fn which_rows_and_which_columns() {
    let head = format!("{IDS},channels,stock");
    let file = format!(
        "id,state,note,{head}\na,done,x,{V1},web app,2\nb,open,y,{V2},web app shop phone,4\na,done,,{V3},phone,1\n"
    );
    let plain = |options: Options| Options {
        ignore: vec!["note".to_owned(), "sta*".to_owned()],
        id: Some("id".to_owned()),
        ..options
    };
    let named = || Options { duplicates: Duplicates::All, ..plain(Options::default()) };
    check(
        &shopcheck(),
        &[
            kind("one id twice is said", named(), &*file, &[R1, R2, R3], &["warning*a"]),
            kind(
                "the first of an id",
                Options { duplicates: Duplicates::First, ..named() },
                &*file,
                &[R1, R2],
                &["?note"],
            ),
            kind(
                "the last of an id",
                Options { duplicates: Duplicates::Last, ..named() },
                &*file,
                &[R2, R3],
                &["?note"],
            )
            .at(&[2, 3]),
            kind(
                "rows where a column says so, and one names unknown columns once",
                where_(&["state=done"]),
                &*file,
                &[R1, R3],
                &["warning*id*note"],
            )
            .at(&[1, 3]),
            kind(
                "rows where two columns do not",
                plain(where_(&["state!=open", "note!="])),
                &*file,
                &[R1],
                &["?note"],
            ),
            refused(
                "a filter's column that is not there",
                where_(&["stage=done"]),
                &*file,
                &["error*stage", "?warning"],
            ),
            kind(
                "pandas and R number rows under a blank header",
                Options::default(),
                format!(",{head}\n0,{V1},web app,2\n1,{V2},web app shop phone,4\n2,{V3},phone,1\n"),
                &[R1, R2, R3],
                &["?warning"],
            ),
            all(
                "one column passed over by codes",
                with_codes(r#"{ "columns": { "Stimmung": null } }"#, Options::default()),
                format!(
                    "Stimmung,{head}\ngut,{V1},web app,2\n,{V2},web app shop phone,4\n?,{V3},phone,1\n"
                ),
            ),
            kind(
                "an answer of one's own to a choice",
                Options { others: Others::Error, ..Options::default() },
                format!("{head}\n{V1},web app,now and then\n"),
                &["bad"],
                &["error*now and then"],
            ),
        ],
    );
}

#[test]
fn parts_of_a_list_have_codes() {
    let coded = |json: &str| with_codes(json, Options::default());
    let numbers = r#"{ "questions": { "channels": { "1": ["web"], "2": ["app"], "3": ["shop"], "4": ["phone"],
                       "None of these": [], "99": "not_applicable" } } }"#;
    let head = format!("{IDS},channels,stock");
    check(
        &shopcheck(),
        &[
            kind(
                "lists of numbers, by any separator",
                coded(numbers),
                format!(
                    "{head}\n{V1},\"1,2\",2\n{V2},1;2;3;4,4\n{V3},4,1\n{V1},2 1,2\n{V1},\"1, 2,\",2\n{V1},None of these,2\n{V1},99,2\n"
                ),
                // Not applicable: the stock alone is the pillar.
                &[R1, R2, R3, R1, R1, R1_NONE, R1_UNTOUCHED],
                &[],
            ),
            kind(
                "a number that went through a spreadsheet",
                coded(numbers),
                format!("{head}\n{V3},4.0,1\n"),
                &[R3],
                &[],
            ),
            kind(
                "none of these, and one of them",
                coded(numbers),
                format!("{head}\n{V1},None of these;1,2\n{V1},\"1,1\",2\n"),
                &["bad", "bad"],
                &["error*channels"],
            ),
            kind(
                "a number for all questions is none for a measure",
                coded(r#"{ "answers": { "12": 4 } }"#),
                format!("{head}\n12,1,3,12,4,1,web app,2\n"),
                &[R1],
                &[],
            ),
        ],
    );
}

#[test]
fn a_thousand_bad_cells_of_one_kind_are_one_finding() {
    let rows = format!("{V1},\"web, a van\",2\n").repeat(1000);
    let file = format!("{IDS},channels,stock\n{rows}");
    let heard = super::door::read(&shopcheck(), file.as_bytes(), &Options::default()).unwrap();
    assert_eq!(heard.rows.len(), 1000);
    assert!(heard.rows.iter().all(|row| row.ends_with(": bad")));
    assert_eq!(heard.said.len(), 1, "{:?}", heard.said);
    assert!(super::super::holds(&heard.said[0], "error*1*000"), "{:?}", heard.said);
}
