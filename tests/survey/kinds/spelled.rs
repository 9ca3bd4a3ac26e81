//! What spreadsheets and data frames make of the columns that decide which rows are read, and what an option says
//! against the tool or against the questionnaire.

use digital_maturity::Questionnaire;
use digital_maturity::survey::{Export, Filter, Options, Unticked};

use super::super::exports::shopcheck;
use super::{IDS, R1, R2, R3, V1, V2, V3, all, check, kind, refused, unticked, with_codes};

/// The third respondent without the days from idea to shop: of two questions of the pillar the one of credit 0 is
/// left.
const R3_WITHOUT_LEAD: &str = "0.125 (0.125, 0, 0.25, 0.125)";

/// All weight on the second pillar.
const ONE_PILLAR: &str = r#""pillars": { "digital_first_mindset": { "weight": 0 },
    "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } }"#;

/// Before the header and the three respondents stand these columns and cells; behind them, channels and stock.
fn plain(before: &str, cells: [&str; 3]) -> String {
    let rows = [(V1, "web;app,2"), (V2, "web;app;shop;phone,4"), (V3, "phone,1")];
    let rows =
        cells.iter().zip(rows).map(|(cell, (values, rest))| format!("{cell}{values},{rest}\n"));
    format!("{before}{IDS},channels,stock\n{}", rows.collect::<String>())
}

/// What Qualtrics writes, with the second row of the header, and the first if it is there.
fn qualtrics(tags: &str, finished: [&str; 3], status: [&str; 3]) -> String {
    let cells = [0, 1, 2].map(|at| format!("{},{},", status[at], finished[at]));
    let body = plain("", cells.each_ref().map(String::as_str));
    let (header, rows) = body.split_once('\n').unwrap();
    let imported =
        header.split(',').map(|_| ",\"{\"\"ImportId\"\":\"\"x\"\"}\"").collect::<String>();
    format!(
        "{tags}Response Type,Finished,{header}\n\"{{\"\"ImportId\"\":\"\"status\"\"}}\",x{imported}\n{rows}"
    )
}

#[test]
fn rows_are_left_out_by_value_and_in_any_word() {
    let tags = format!("Status,Finished,{IDS},channels,stock\n");
    let of = || Options::of(Export::Qualtrics);
    let left_out = &["note*left-out"];
    let wanted = |text: &str, options: Options| {
        let filters = vec![text.parse::<Filter>().unwrap()];
        Options { filters, ignore_unknown: true, ..options }
    };
    let waves = || plain("wave,", ["1.0,", "2,", "01,"]);
    check(
        &shopcheck(),
        &[
            all("as it is", of(), qualtrics(&tags, ["True"; 3], ["0"; 3])),
            kind(
                "saved by a German spreadsheet",
                of(),
                qualtrics(&tags, ["WAHR", "FALSCH", "WAHR"], ["0"; 3]),
                &[R1, R3],
                left_out,
            )
            .at(&[1, 3]),
            kind(
                "saved by a data frame",
                of(),
                qualtrics(&tags, ["1.0", "1.0", "0.0"], ["0.0", "1.0", "0.0"]),
                &[R1],
                left_out,
            ),
            kind(
                "in words",
                of(),
                qualtrics(&tags, ["Yes", "No", "Nein"], ["IP Address"; 3]),
                &[R1],
                left_out,
            ),
            kind(
                "without the row of tags",
                Options { header_rows: Some(2), ..of() },
                qualtrics("", ["1"; 3], ["IP Address", "Survey Preview", "IP Address"]),
                &[R1, R3],
                left_out,
            )
            .at(&[1, 3]),
            kind(
                "what the caller wants",
                wanted("wave=1", Options::default()),
                waves(),
                &[R1, R3],
                left_out,
            )
            .at(&[1, 3]),
            kind(
                "what he does not",
                wanted("wave!=1", Options::default()),
                waves(),
                &[R2],
                left_out,
            )
            .at(&[2]),
        ],
    );
}

#[test]
fn what_an_option_says_goes_before_the_tool_and_is_said_where_it_takes_answers() {
    let missing =
        |text: &str| Options { not_applicable: vec![text.to_owned()], ..Options::default() };
    let file = plain("", [""; 3]);
    check(
        &shopcheck(),
        &[
            kind(
                "40 days are an answer, too",
                missing("40.0"),
                file.clone(),
                &[R1, R2, R3_WITHOUT_LEAD],
                &["warning*missing-is-answer*lead*`40`*not applicable (--not-applicable)"],
            ),
            all("no question takes it", missing("99"), file.clone()),
            all(
                "what is said of the question goes before",
                with_codes(r#"{ "questions": { "lead": { "40": 40 } } }"#, missing("40")),
                file.clone(),
            ),
            refused(
                "of one text two things are said",
                Options { missing: vec!["NA".to_owned()], ..missing("NA") },
                file,
                &["error*missing-is-answer*`NA`*two things"],
            ),
        ],
    );
    // With LimeSurvey, `N/A` is no answer, unless the caller says what it is.
    let question = |id: &str| {
        format!(
            r#"{{ "id": "{id}", "pillar": "agile_approach", "title": "{id}?", "scale": {{ "kind": "yes_no" }} }}"#
        )
    };
    let questions = ["own", "plan", "goal"].map(question).join(",");
    let two = format!(
        r#"{{ "schema": 1, "id": "two", "version": "1.0.0", "title": "t", {ONE_PILLAR}, "questions": [{questions}] }}"#
    );
    let two = Questionnaire::from_json(&two).unwrap_or_else(|errors| panic!("{errors}"));
    let lime = || Options::of(Export::LimeSurvey);
    let said = Options { not_applicable: vec!["N/A".to_owned()], ..lime() };
    let file = "own,plan,goal\nYes,N/A,N/A\n";
    check(
        &two,
        &[
            kind("as the tool has it", lime(), file, &["- (-, -, -, -)"], &[]),
            kind("as the caller has it", said, file, &["1 (-, 1, -, -)"], &[]),
        ],
    );
}

#[test]
fn a_row_of_answers_is_no_row_of_the_header() {
    let file = plain("", [""; 3]);
    let rows = |rows| Options { header_rows: Some(rows), ..Options::default() };
    check(
        &shopcheck(),
        &[
            kind(
                "two rows are said, and one is there",
                rows(2),
                file.clone(),
                &[R2, R3],
                &["warning*no-header*`4`, `1`, `3`, `12`*--header-rows"],
            ),
            refused(
                "two are of the tool, and one is there",
                Options::of(Export::SurveyMonkey),
                file,
                &["error*no-header*holds answers*SurveyMonkey writes 2 rows"],
            ),
        ],
    );
}

#[test]
fn rows_of_other_forms_are_none_whatever_an_untouched_list_is() {
    let channels = "channels___web,channels___app,channels___shop,channels___phone";
    let file = format!(
        "record_id,redcap_repeat_instrument,{IDS},{channels},stock\n1,,{V1},1,1,0,0,2\n1,visit,,,,,,,0,0,0,0,\n"
    );
    let redcap = unticked(Unticked::None, Options::of(Export::Redcap));
    check(&shopcheck(), &[kind("a visit", redcap, file, &[R1], &["note*left-out"])]);
}

#[test]
fn ids_with_blanks_between_them_may_be_the_text_of_another_item() {
    let item = |id: &str, text: &str| format!(r#"{{ "id": "{id}", "text": "{text}" }}"#);
    let items =
        [item("web", "Web page"), item("shop", "Shop"), item("web_shop", "Web shop")].join(",");
    let of = format!(
        r#"{{ "schema": 1, "id": "one", "version": "1.0.0", "title": "t", {ONE_PILLAR}, "questions": [ {{ "id": "chan",
            "pillar": "agile_approach", "title": "Channels?",
            "scale": {{ "kind": "checklist", "items": [{items}] }} }} ] }}"#
    );
    let of = Questionnaire::from_json(&of).unwrap_or_else(|errors| panic!("{errors}"));
    let kobo = || Options::of(Export::Kobo);
    let of_odk = || Options { ignore_unknown: true, ..Options::of(Export::Odk) };
    let (one, two) = ("0.333333333 (-, 0.333333333, -, -)", "0.666666667 (-, 0.666666667, -, -)");
    let ids = "grp/chan\nweb_shop\nweb shop\n";
    check(
        &of,
        &[
            kind("the tool writes ids", of_odk(), ids, &[one, two], &[]),
            kind("the whole column is ids", kobo(), ids, &[one, two], &[]),
            kind(
                "the whole column is texts",
                kobo(),
                "grp/chan\nWeb page\nWeb shop\n",
                &[one, one],
                &[],
            ),
            kind(
                "it could be either",
                kobo(),
                "grp/chan\nweb shop\n",
                &["bad"],
                &["error*more than one answer*--cells value or --cells text says which"],
            ),
        ],
    );
}

#[test]
fn columns_of_items_are_held_against_their_list() {
    let list = "channels,channels/web,channels/app,channels/shop,channels/phone";
    let file = format!(
        "{IDS},{list},stock\n{V1},web app,1,1,0,0,2\n{V2},web app shop phone,1,1,1,1,4\n{V3},phone,0,0,1,1,1\n"
    );
    let kobo = || Options::of(Export::Kobo);
    let split = Options { ignore: vec!["channels".to_owned()], ..kobo() };
    // Two of four items, and a credit of 0.
    let third = "0.18125 (0.125, 0.1, 0.25, 0.25)";
    check(
        &shopcheck(),
        &[
            kind(
                "one says otherwise",
                kobo(),
                file.clone(),
                &[R1, R2, R3],
                &[
                    "warning*duplicate-column*1 `channels/shop`*`1` says otherwise than the list `phone`",
                ],
            ),
            kind("without the list", split, file.clone(), &[R1, R2, third], &[]),
            all("all say the same", kobo(), file.replace("0,0,1,1,1", "0,0,0,1,1")),
        ],
    );
}
