//! What tools write that are there for surveys.

use std::fmt::Write as _;

use digital_maturity::survey::{Export, Options, Unticked};

use super::super::exports::shopcheck;
use super::{
    CHANNELS, IDS, R1, R1_NONE, R1_UNTOUCHED, R2, R3, STOCK, T1, T2, T3, TITLES, all, check,
    ignoring_others, kind, quoted, unticked, with_codes,
};

/// `LimeSurvey` with codes: ids of questions and items, answers as it numbers them.
const LIME: &str = r#"{ "answers": { "AO01": 1, "AO02": 2, "AO03": 3, "AO04": 4, "AO05": 5 } }"#;

#[test]
fn limesurvey() {
    let lime = || Options::of(Export::LimeSurvey);
    let own = "id;submitdate;lastpage;startlanguage;seed;startdate;datestamp;ipaddr;refurl";
    let at = "1;2025-09-01 10:07:40;3;en;123;2025-09-01 10:02:11;2025-09-01 10:07:40;192.0.2.1;";
    let head = format!(
        "{own};plan;owner;review;lead;trial;fail;channels[web];channels[app];channels[shop];channels[phone];\
         channels[other];stock;interviewtime;groupTime1;planTime\n"
    );
    let times = "329.5;300.1;20.3";
    let rows = format!(
        "{at};AO04;Y;AO03;12;AO04;Y;Y;Y;;;;AO02;{times}\n\
         {at};AO05;Y;AO04;5;AO05;Y;Y;Y;Y;Y;;AO04;{times}\n\
         {at};AO02;N;AO01;40;AO03;N;;;;Y;;AO01;{times}\n"
    );
    let full = format!(
        "Response ID;Date submitted;Last page;Start language;Seed;{};{CHANNELS} [Web];{CHANNELS} [App];\
         {CHANNELS} [Shop, till];{CHANNELS} [Phone];{CHANNELS} [Other];{STOCK};Total time\n",
        TITLES.replace(',', ";"),
    );
    let full_at = "1;2025-09-01 10:07:40;3;en;123";
    let marked = |file: &str| format!("\u{feff}{}\r\n", quoted(file, ';').replace('\n', "\r\n"));
    check(
        &shopcheck(),
        &[
            all(
                "codes, a byte-order mark, an empty line at the end",
                with_codes(LIME, lime()),
                marked(&format!("{head}{rows}")),
            ),
            kind(
                "one broke off, one touched no channel",
                with_codes(LIME, lime()),
                marked(&format!(
                    "{head}1;;1;en;123;2025-09-01 10:02:11;2025-09-01 10:07:40;192.0.2.1;;AO04;Y;AO03;;;;;;;;;;{times}\n\
                     {at};AO04;Y;AO03;12;AO04;Y;;;;;;AO02;{times}\n{rows}"
                )),
                &[R1_UNTOUCHED, R1, R2, R3],
                &["note"],
            )
            .at(&[2, 3, 4, 5]),
            kind(
                "the same row read as none of the channels",
                unticked(Unticked::None, with_codes(LIME, lime())),
                marked(&format!("{head}{at};AO04;Y;AO03;12;AO04;Y;;;;;;AO02;{times}\n")),
                &[R1_NONE],
                &[],
            ),
            kind(
                "an entry of the respondent's own",
                with_codes(LIME, lime()),
                marked(&format!("{head}{at};AO04;Y;AO03;12;AO04;Y;Y;Y;;;a van;AO02;{times}\n")),
                &["bad"],
                &["error*a van"],
            ),
            kind(
                "the same, passed over",
                with_codes(LIME, ignoring_others(Export::LimeSurvey)),
                marked(&format!("{head}{at};AO04;Y;AO03;12;AO04;Y;Y;Y;;;a van;AO02;{times}\n")),
                &[R1],
                &[],
            ),
            kind(
                "full texts: `No` in every column is an answer, `N/A` is none",
                lime(),
                marked(&format!(
                    "{full}{full_at};Often;Yes;Sometimes;12;Often;Yes;Yes;Yes;No;No;;Rarely;329.5\n\
                     {full_at};Always;Yes;Often;5;Always;Yes;Yes;Yes;Yes;Yes;;Often;329.5\n\
                     {full_at};Rarely;No;Never;40;Sometimes;No;No;No;No;Yes;;Never;329.5\n\
                     {full_at};Often;Yes;Sometimes;12;Often;Yes;No;No;No;No;;Rarely;329.5\n\
                     {full_at};Often;Yes;Sometimes;12;Often;Yes;N/A;N/A;N/A;N/A;;Rarely;329.5\n"
                )),
                &[R1, R2, R3, R1_NONE, R1_UNTOUCHED],
                &[],
            ),
            all(
                "codes of its own for questions and items, an array's in brackets, commas between",
                with_codes(
                    r#"{ "columns": { "G01Q01[SQ001]": "plan", "G01Q01[SQ002]": "review", "G01Q01[SQ003]": "trial",
                           "G01Q02": "owner", "G01Q03": "lead", "G02Q01": "fail", "G02Q02[SQ001]": "channels[web]",
                           "G02Q02[SQ002]": "channels[app]", "G02Q02[SQ003]": "channels[shop]",
                           "G02Q02[SQ004]": "channels___phone", "G02Q03": "stock" },
                         "answers": { "A1": 1, "A2": 2, "A3": 3, "A4": 4, "A5": 5 } }"#,
                    lime(),
                ),
                "id,submitdate,lastpage,startlanguage,G01Q01[SQ001],G01Q01[SQ002],G01Q01[SQ003],G01Q02,G01Q03,G02Q01,\
                 G02Q02[SQ001],G02Q02[SQ002],G02Q02[SQ003],G02Q02[SQ004],G02Q03\n\
                 1,1980-01-01 00:00:00,2,en,A4,A3,A4,Y,12,Y,Y,Y,,,A2\n2,1980-01-01 00:00:00,2,en,A5,A4,A5,Y,5,Y,Y,Y,Y,Y,A4\n\
                 3,1980-01-01 00:00:00,2,en,A2,A1,A3,N,40,N,,,,Y,A1\n",
            ),
        ],
    );
}

/// The metadata of Qualtrics: tags, texts and import ids.
const QUALTRICS: [&str; 3] = [
    "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,\
     RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,\
     DistributionChannel,UserLanguage",
    "Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,\
     Recipient Last Name,Recipient First Name,Recipient Email,External Data Reference,Location Latitude,\
     Location Longitude,Distribution Channel,User Language",
    "{ImportId:startDate},{ImportId:endDate},{ImportId:status},{ImportId:ipAddress},{ImportId:progress},\
     {ImportId:duration},{ImportId:finished},{ImportId:recordedDate},{ImportId:_recordId},{ImportId:recipientLastName},\
     {ImportId:recipientFirstName},{ImportId:recipientEmail},{ImportId:externalDataReference},\
     {ImportId:locationLatitude},{ImportId:locationLongitude},{ImportId:distributionChannel},{ImportId:userLanguage}",
];

/// A file of Qualtrics: tags and texts behind the metadata, and rows as type, finished, channel and
/// answers.
fn qualtrics(tags: &str, texts: &str, rows: &[[&str; 4]]) -> String {
    let [own, own_texts, own_ids] = QUALTRICS;
    let ids: Vec<String> =
        (1..=tags.split(',').count()).map(|n| format!("{{ImportId:QID{n}}}")).collect();
    let ids = format!("{own_ids},{}", ids.join(",")).replace('{', "\"{\"\"");
    let ids = ids.replace(':', "\"\":\"\"").replace('}', "\"\"}\"");
    let mut file = format!("{own},{tags}\n{own_texts},{texts}\n{ids}\n");
    for [kind, finished, channel, answers] in rows {
        writeln!(
            file,
            "2025-09-01 10:02:11,2025-09-01 10:07:40,{kind},192.0.2.1,100,329,{finished},2025-09-01 10:07:41,R_1,,,,,\
             52.0,13.0,{channel},EN,{answers}"
        )
        .unwrap();
    }
    file
}

#[test]
fn qualtrics_as_texts() {
    let (tags, of) = ("Q1,Q2,Q3,Q4,Q5,Q6,Q7,Q8", Options::of(Export::Qualtrics));
    let texts = format!("{TITLES},{CHANNELS} - Selected Choice,{STOCK}");
    let [one, two, three] = [
        format!("{T1},\"Web,App\",Rarely"),
        format!("{T2},\"Web,App,Shop, till,Phone\",Often"),
        format!("{T3},Phone,Never"),
    ];
    let respondent = |answers| ["IP Address", "True", "anonymous", answers];
    let rows = [respondent(&*one), respondent(&*two), respondent(&*three)];
    let utf_16 = super::files::utf_16(&qualtrics(tags, &texts, &rows), false);
    let semicolons = qualtrics(tags, &texts, &rows);
    let split_tags = "Q1,Q2,Q3,Q4,Q5,Q6,Q7_1,Q7_4,Q7_5,Q7_7,Q7_9_TEXT,Q8,Q1_DO";
    let split_texts = format!(
        "{TITLES},{CHANNELS} - Selected Choice - Web,{CHANNELS} - Selected Choice - App,\
         \"{CHANNELS} - Selected Choice - Shop, till\",{CHANNELS} - Selected Choice - Phone,\
         {CHANNELS} - Other - Text,{STOCK},Display order"
    );
    let split = [
        format!("{T1},Web,App,,,,Rarely,"),
        format!("{T2},Web,App,\"Shop, till\",Phone,,Often,"),
        format!("{T3},,,,Phone,,Never,"),
    ];
    let matrix = texts
        .replace("Is there a plan?", "How often? - Is there a plan?")
        .replace("Are plans reviewed?", "\"How often, as a rule? - Are plans\nreviewed?\"");
    check(
        &shopcheck(),
        &[
            all(
                "titles in the second row, behind tags that say nothing",
                of.clone(),
                qualtrics(tags, &texts, &rows),
            ),
            all("UTF-16 with a byte-order mark", of.clone(), utf_16),
            all("line ends of another system", of.clone(), semicolons.replace('\n', "\r\n")),
            all("a matrix", of.clone(), qualtrics(tags, &matrix, &rows)),
            all(
                "tags that are ids",
                of.clone(),
                qualtrics(
                    &format!("{IDS},channels,stock"),
                    "One,Two,Three,Four,Five,Six,Seven,Eight",
                    &rows,
                ),
            ),
            kind(
                "previews, tests and whoever broke off",
                of.clone(),
                qualtrics(
                    tags,
                    &texts,
                    &[
                        ["Survey Preview", "True", "preview", &one],
                        ["IP Address", "True", "anonymous", &one],
                        ["Survey Test", "True", "anonymous", &two],
                        ["IP Address", "False", "anonymous", "Often,Yes,,,,,,"],
                        ["IP Address", "True", "email", &three],
                    ],
                ),
                &[R1, R3],
                &["note"],
            )
            .at(&[2, 5]),
            kind(
                "whoever broke off is read if asked for",
                Options { filters: vec!["Finished!=never".parse().unwrap()], ..of.clone() },
                qualtrics(
                    tags,
                    &texts,
                    &[
                        ["Survey Preview", "True", "preview", &one],
                        ["IP Address", "False", "anonymous", &one],
                    ],
                ),
                &[R1],
                &["?note"],
            )
            .at(&[2]),
            kind(
                "a column an item, the respondent's own words beside them",
                of.clone(),
                qualtrics(
                    split_tags,
                    &split_texts,
                    &[respondent(&*split[0]), respondent(&*split[1]), respondent(&*split[2])],
                ),
                &[R1, R2, R3],
                &["?warning*Q1_DO"],
            ),
        ],
    );
}
