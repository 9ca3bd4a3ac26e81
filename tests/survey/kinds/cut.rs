//! What people do to a file between the tool and here, and what a stranger to the reader did with it.

use digital_maturity::survey::{Export, Options, Unticked};

use super::super::exports::shopcheck;
use super::{
    CHANNELS, IDS, R1, R1_NONE, R1_UNTOUCHED, R2, R3, STOCK, T1, T2, T3, TITLES, V1, V2, V3, all,
    check, kind, refused, unticked,
};

/// No respondent is taken for a row of the header, whichever rows of it were deleted.
#[test]
fn rows_of_the_header_that_are_not_there() {
    let rows = |options: Options, rows: usize| Options { header_rows: Some(rows), ..options };
    let qualtrics = || Options::of(Export::Qualtrics);
    let own = "StartDate,Status,Finished";
    let at = "2024-05-01,IP Address,True";
    let first = format!("{own},{IDS},channels,stock\n");
    let texts = format!("Start Date,Response Type,Finished,{TITLES},{CHANNELS},{STOCK}\n");
    let answers = format!(
        "{at},{T1},\"Web,App\",Rarely\n{at},{T2},\"Web,App,\"\"Shop, till\"\",Phone\",Often\n{at},{T3},Phone,Never\n"
    )
    .replace("\"\"Shop, till\"\"", "Shop, till");
    let monkey = || Options::of(Export::SurveyMonkey);
    let of_monkey = format!("Respondent ID,Collector ID,{TITLES},{CHANNELS},,,,{STOCK}\n");
    let below = format!(",,{},Web,App,\"Shop, till\",Phone,Response\n", ["Response"; 6].join(","));
    let ticked = format!(
        "1,7,{T1},Web,App,,,Rarely\n2,7,{T2},Web,App,\"Shop, till\",Phone,Often\n3,7,{T3},,,,Phone,Never\n"
    );
    check(
        &shopcheck(),
        &[
            refused(
                "both rows below the first are deleted",
                qualtrics(),
                format!("{first}{answers}"),
                &["error*3 rows of header*ImportId*--header-rows"],
            ),
            refused(
                "the row of import ids is",
                qualtrics(),
                format!("{first}{texts}{answers}"),
                &["error*--header-rows"],
            ),
            all("one row, and that is said", rows(qualtrics(), 1), format!("{first}{answers}")),
            all(
                "two rows, and that is said",
                rows(qualtrics(), 2),
                format!("{first}{texts}{answers}"),
            ),
            refused(
                "a file of a form, called one of Qualtrics",
                qualtrics(),
                format!(
                    "{TITLES},{CHANNELS},{STOCK}\n{T1},\"Web, App\",Rarely\n{T2},Web,Often\n{T3},Phone,Never\n"
                ),
                &["error*--export"],
            ),
            all("SurveyMonkey whole", monkey(), format!("{of_monkey}{below}{ticked}")),
            refused(
                "SurveyMonkey without its second row",
                monkey(),
                format!("{of_monkey}{ticked}"),
                &["error*2 rows of header*--header-rows"],
            ),
        ],
    );
}

/// What is to be said of a header in which no question is known, and of two columns of one name.
#[test]
fn headers_that_need_an_option() {
    check(
        &shopcheck(),
        &[
            refused(
                "tags of Qualtrics, and no word of it",
                Options::default(),
                "StartDate,EndDate,Finished,Q1,Q2\nStart Date,End Date,Finished,A?,B?\n",
                &["error*no-question*--draft-codes*--export qualtrics"],
            ),
            refused(
                "one title twice",
                Options::default(),
                format!("{IDS},plan\n{V1},4\n"),
                &["error*duplicate-column*in the file"],
            ),
            refused(
                "two titles of one question",
                Options::default(),
                format!("{IDS},Is there a plan?\n{V1},4\n"),
                &["error*duplicate-column*--ignore"],
            ),
        ],
    );
}

/// `--unticked` decides for a list in one cell as it does for a column an item.
#[test]
fn a_list_in_one_cell_that_nobody_touched() {
    let forms = || Options::of(Export::GoogleForms);
    let file = format!(
        "{TITLES},{CHANNELS},{STOCK}\n{T1},,Rarely\n{T2},\"Web, App, Shop, till, Phone\",Often\n"
    );
    let by_id = format!("{IDS},channels,stock\n{V1},,2\n{V2},web app shop phone,4\n{V3},phone,1\n");
    check(
        &shopcheck(),
        &[
            kind("no answer, as any blank cell", forms(), file.clone(), &[R1_UNTOUCHED, R2], &[]),
            kind(
                "none of them, if that is said",
                unticked(Unticked::None, forms()),
                file.clone(),
                &[R1_NONE, R2],
                &["note*untouched*1*none of these*--unticked missing"],
            ),
            kind(
                "no answer, if that is said",
                unticked(Unticked::Missing, forms()),
                file,
                &[R1_UNTOUCHED, R2],
                &[],
            ),
            kind(
                "ids",
                unticked(Unticked::None, Options::default()),
                by_id,
                &[R1_NONE, R2, R3],
                &["note*untouched"],
            ),
        ],
    );
}

/// `planTime` is the tool's own beside `plan`; `leadtime` beside no `lead` may be a question.
#[test]
fn a_column_that_ends_like_one_of_the_tool() {
    let lime = Options::of(Export::LimeSurvey);
    let file = |last: &str| {
        format!(
            "id,submitdate,lastpage,{IDS},channels,stock,planTime,channelsTime,{last}\n\
             1,2025-09-01 10:07:40,3,{V1},\"web,app\",2,1.5,2.5,9\n"
        )
    };
    check(
        &shopcheck(),
        &[
            kind("times alone", lime.clone(), file("interviewtime"), &[R1], &[]),
            kind(
                "one that stands alone",
                lime,
                file("leisuretime"),
                &[R1],
                &["warning*unknown-column*leisuretime"],
            ),
        ],
    );
}

/// 1.200 in a file with semicolons may be twelve hundred: it is read as it stands, and that is said.
#[test]
fn a_point_that_may_part_thousands() {
    let file = |delimiter: &str, lead: &str| {
        format!("{IDS},channels,stock\n4,1,3,{lead},4,1,web app,2\n").replace(',', delimiter)
    };
    // 1.2 days earn everything: the second pillar is half of 0.5 and 1.
    let quick = "0.71875 (0.875, 0.75, 0.875, 0.375)";
    let plain = Options::default;
    check(
        &shopcheck(),
        &[
            kind(
                "semicolons",
                plain(),
                file(";", "1.200"),
                &[quick],
                &["note", "warning*ambiguous-number*1.200*--decimal ,"],
            ),
            kind("two decimals", plain(), file(";", "1.20"), &[quick], &["note"]),
            kind("commas", plain(), file(",", "1.200"), &[quick], &[]),
        ],
    );
}

/// What is said of texts that say that there is no answer, and of values that are none.
#[test]
fn the_option_that_helps_is_named() {
    let row = |plan: &str, owner: &str| {
        format!("{IDS},channels,stock\n{plan},{owner},3,12,4,1,web app,2\n")
    };
    check(
        &shopcheck(),
        &[
            kind(
                "the text of a form",
                Options::default(),
                row("Not applicable", "1"),
                &["bad"],
                &["error*Not applicable*--not-applicable*--other ignore"],
            ),
            kind(
                "a value of another scale",
                Options::default(),
                row("6", "1"),
                &["bad"],
                &["error*6*--codes"],
            ),
            kind(
                "Qualtrics numbers yes and no from 1",
                Options::default(),
                row("4", "2"),
                &["bad"],
                &["error*`2`*--codes"],
            ),
        ],
    );
}
