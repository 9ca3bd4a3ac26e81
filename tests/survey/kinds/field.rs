//! What tools write that are there for field work and studies.

use digital_maturity::survey::{Duplicates, Export, Options, Unticked};

use super::super::exports::shopcheck;
use super::{
    CHANNELS, IDS, R1, R1_NONE, R1_UNTOUCHED, R2, R3, STOCK, T1, T2, T3, TITLES, V1, V2, V3, all,
    check, kind, quoted, unticked, with_codes,
};

#[test]
fn redcap() {
    let redcap = || Options::of(Export::Redcap);
    let raw = format!(
        "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_data_access_group,{IDS},\
         channels___web,channels___app,channels___shop,channels___phone,stock,shop_complete\n"
    );
    let labels = format!(
        "Record ID,Event Name,Survey Identifier,{TITLES},{CHANNELS} (choice=Web),{CHANNELS} (choice=App),\
         \"{CHANNELS} (choice=Shop, till)\",{CHANNELS} (choice=Phone),{STOCK},Complete?\n"
    );
    check(
        &shopcheck(),
        &[
            kind(
                "labels in header and cells",
                redcap(),
                format!(
                    "{labels}1,Baseline,,{T1},Checked,Checked,Unchecked,Unchecked,Rarely,Complete\n\
                     2,Baseline,,{T2},Checked,Checked,Checked,Checked,Often,Complete\n\
                     3,Baseline,,{T3},Unchecked,Unchecked,Unchecked,Checked,Never,Complete\n\
                     4,Baseline,,{T1},Unchecked,Unchecked,Unchecked,Unchecked,Rarely,Incomplete\n"
                ),
                &[R1, R2, R3, R1_UNTOUCHED],
                &["note*1*channels"],
            ),
            all(
                "names in the header, labels in the cells",
                redcap(),
                format!(
                    "{raw}1,Baseline,,,,{T1},Checked,Checked,Unchecked,Unchecked,Rarely,Complete\n\
                     2,Baseline,,,,{T2},Checked,Checked,Checked,Checked,Often,Complete\n\
                     3,Baseline,,,,{T3},Unchecked,Unchecked,Unchecked,Checked,Never,Complete\n"
                ),
            ),
            kind(
                "rows of another instrument and of an event that never asked",
                redcap(),
                format!(
                    "{raw}1,baseline_arm_1,,,north,{V1},1,1,0,0,2,2\n1,baseline_arm_1,visit,1,north,,,,,,,,,,,,\n\
                     1,baseline_arm_1,visit,2,north,,,,,,,0,0,0,0,,\n2,baseline_arm_1,,,north,{V2},1,1,1,1,4,2\n\
                     2,followup_arm_1,,,north,,,,,,,0,0,0,0,,\n3,baseline_arm_1,,,south,{V3},0,0,0,1,1,2\n"
                ),
                &[R1, R2, R3],
                &["note"],
            )
            .at(&[1, 4, 6]),
            kind(
                "nothing ticked, said to be an answer",
                unticked(Unticked::None, redcap()),
                format!("{raw}1,baseline_arm_1,,,,{V1},0,0,0,0,2,2\n"),
                &[R1_NONE],
                &[],
            ),
            all(
                "items by number",
                with_codes(
                    r#"{ "columns": { "channels___1": "channels[web]", "channels___2": "channels[app]",
                         "channels___3": "channels[shop]", "channels___4": "channels[phone]" } }"#,
                    redcap(),
                ),
                format!(
                    "record_id,{IDS},channels___1,channels___2,channels___3,channels___4,stock,shop_complete\n\
                     1,{V1},1,1,0,0,2,2\n2,{V2},1,1,1,1,4,2\n3,{V3},0,0,0,1,1,2\n"
                ),
            ),
            kind(
                "one record twice: each is a respondent, and it is said",
                Options { id: Some("record_id".to_owned()), ..redcap() },
                format!("{raw}1,,,,,{V1},1,1,0,0,2,2\n1,,,,,{V2},1,1,1,1,4,2\n3,,,,,{V3},0,0,0,1,1,2\n"),
                &[R1, R2, R3],
                &["warning*1"],
            ),
            kind(
                "one record twice: the last counts",
                Options {
                    id: Some("record_id".to_owned()),
                    duplicates: Duplicates::Last,
                    ..redcap()
                },
                format!("{raw}1,,,,,{V1},1,1,0,0,2,2\n3,,,,,{V3},0,0,0,1,1,2\n1,,,,,{V2},1,1,1,1,4,2\n"),
                &[R3, R2],
                &["?note"],
            )
            .at(&[2, 3]),
        ],
    );
}

#[test]
fn kobo() {
    let kobo = || Options::of(Export::Kobo);
    let own = "_id;_uuid;_submission_time;_validation_status;_notes;_status;_submitted_by;__version__;_tags;_index";
    let at =
        "101;aaaaaaaa-0000-4000-8000-000000000001;2025-09-01T08:07:41;;;submitted_via_web;;vXa;;1";
    let grouped = "start;end;today;deviceid;shop/plan;shop/owner;shop/review;shop/more/lead;shop/trial;shop/fail;\
                   shop/channels;shop/channels/web;shop/channels/app;shop/channels/shop;shop/channels/phone;shop/stock";
    let labelled = format!(
        "start;end;{};{CHANNELS};{CHANNELS}/Web;{CHANNELS}/App;{CHANNELS}/Shop, till;{CHANNELS}/Phone;{STOCK};{own}\n",
        TITLES.replace(',', ";"),
    );
    let kobo_file = |head: &str, rows: &[&str]| {
        let end = format!(";{at}\n");
        quoted(&format!("{head}{}{end}", rows.join(&end)), ';')
    };
    check(
        &shopcheck(),
        &[
            all(
                "groups and groups in groups",
                kobo(),
                kobo_file(
                    &format!("{grouped};{own}\n"),
                    &[
                        "a;b;c;d;4;yes;3;12;4;yes;web app;1;1;0;0;2",
                        "a;b;c;d;5;yes;4;5;5;yes;web app shop phone;1;1;1;1;4",
                        "a;b;c;d;2;no;1;40;3;no;phone;0;0;0;1;1",
                    ],
                ),
            ),
            all(
                "labels, joined by blanks though they have blanks and commas in them",
                kobo(),
                kobo_file(
                    &labelled,
                    &[
                        "a;b;Often;Yes;Sometimes;12;Often;Yes;Web App;1;1;0;0;Rarely",
                        "a;b;Always;Yes;Often;5;Always;Yes;Web App Shop, till Phone;1;1;1;1;Often",
                        "a;b;Rarely;No;Never;40;Sometimes;No;Phone;0;0;0;1;Never",
                    ],
                ),
            ),
            kind(
                "a question that was skipped: all blank, joined and apart",
                kobo(),
                kobo_file(&format!("{grouped};{own}\n"), &["a;b;c;d;4;yes;3;12;4;yes;;;;;;2"]),
                &[R1_UNTOUCHED],
                &[],
            ),
            all(
                "a column an item alone",
                kobo(),
                kobo_file(
                    &format!(
                        "plan;owner;review;lead;trial;fail;channels/web;channels/app;channels/shop;channels/phone;stock;{own}\n"
                    ),
                    &[
                        "4;yes;3;12;4;yes;1;1;0;0;2",
                        "5;yes;4;5;5;yes;1;1;1;1;4",
                        "2;no;1;40;3;no;0;0;0;1;1",
                    ],
                ),
            ),
            all(
                "True and False, and ones as fractions",
                kobo(),
                kobo_file(
                    &format!(
                        "plan;owner;review;lead;trial;fail;channels;channels/web;channels/app;channels/shop;channels/phone;stock;{own}\n"
                    ),
                    &[
                        "4;yes;3;12;4;yes;web app;True;True;False;False;2",
                        "5;yes;4;5;5;yes;web app shop phone;1.0;1.0;1.0;1.0;4",
                        "2;no;1;40;3;no;phone;0.0;0.0;0.0;1.0;1",
                    ],
                ),
            ),
        ],
    );
}

#[test]
fn odk_central() {
    let odk = || Options::of(Export::Odk);
    let odk_own = "meta-instanceID,KEY,SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,\
                   ReviewState,DeviceID,Edits,FormVersion";
    let odk_at = "uuid:a,uuid:a,5,ana,0,0,,,collect:x,0,1";
    let grouped_ids = IDS.replace(',', ",shop-");
    check(
        &shopcheck(),
        &[
            kind(
                "groups by hyphens, a list left blank",
                odk(),
                format!(
                    "SubmissionDate,start,end,shop-{grouped_ids},shop-channels,shop-stock,{odk_own}\n\
                     x,a,b,4,yes,3,12,4,yes,web app,2,{odk_at}\nx,a,b,5,yes,4,5,5,yes,web app shop phone,4,{odk_at}\n\
                     x,a,b,2,no,1,40,3,no,phone,1,{odk_at}\nx,a,b,4,yes,3,12,4,yes,,2,{odk_at}\n"
                ),
                &[R1, R2, R3, R1_UNTOUCHED],
                &[],
            ),
            all(
                "lists split beside the joined column",
                odk(),
                format!(
                    "SubmissionDate,{IDS},channels,channels/web,channels/app,channels/shop,channels/phone,stock,{odk_own}\n\
                     x,4,yes,3,12,4,yes,web app,1,1,0,0,2,{odk_at}\nx,5,yes,4,5,5,yes,web app shop phone,1,1,1,1,4,{odk_at}\n\
                     x,2,no,1,40,3,no,phone,0,0,0,1,1,{odk_at}\n"
                ),
            ),
        ],
    );
}
