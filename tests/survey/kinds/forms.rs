//! What tools write that are there for forms.

use digital_maturity::survey::{Decimal, Export, Options, Unticked};

use super::super::exports::shopcheck;
use super::{
    CHANNELS, R1, R1_NONE, R1_UNTOUCHED, R2, R3, STOCK, T1, T2, T3, TITLES, all, check,
    ignoring_others, kind, quoted, unticked, with_codes,
};

#[test]
fn google_forms() {
    let google = || Options::of(Export::GoogleForms);
    let head = format!("Timestamp,{TITLES},{CHANNELS},{STOCK}");
    let at = "2025/09/01 10:07:40 AM GMT+2";
    check(
        &shopcheck(),
        &[
            all(
                "the download, not the sheet: all quoted, lists joined by semicolons",
                google(),
                quoted(&format!("{head}\n{at},{T1},Web;App,Rarely\n"), ',')
                    + &format!(
                        "\"{at}\",{T2},\"Web;App;Shop, till;Phone\",Often\n{at},{T3},Phone,Never\n"
                    ),
            ),
            all(
                "a grid's statements, an address and a quiz's points",
                google(),
                format!(
                    "Timestamp,Email Address,Score,{},{CHANNELS},{STOCK}\n\
                     {at},a@example.org,0 / 0,{T1},\"Web, App\",Rarely\n\
                     {at},b@example.org,0 / 0,{T2},\"Web, App, Shop, till, Phone\",Often\n\
                     {at},c@example.org,0 / 0,{T3},Phone,Never\n",
                    TITLES
                        .replace("Is there a plan?", "How often? [Is there a plan?]")
                        .replace("Are plans reviewed?", "How often? [Are plans reviewed?]")
                        .replace("Do you try things?", "How often?  [Do you try things?]"),
                ),
            ),
            all(
                "a sheet saved with tabs, no line end at the end",
                google(),
                format!(
                    "{head}\r\n{at},{T1},Web; App,Rarely\r\n{at},{T2},Web; App; \
                     Shop@ till; Phone,Often\r\n{at},{T3},Phone,Never"
                )
                .replace(',', "\t")
                .replace('@', ",")
                .replace("; ", ", "),
            ),
            kind(
                "an entry of the respondent's own among the channels, and nothing ticked",
                google(),
                format!(
                    "{head}\n{at},{T1},\"Web, App, a van\",Rarely\n{at},{T2},\"Web, App, Shop, till, Phone\",Often\n\
                     {at},{T3},Phone,Never\n{at},{T1},,Rarely\n"
                ),
                &["bad", R2, R3, R1_UNTOUCHED],
                &["error*a van"],
            ),
            kind(
                "the same, passed over; one with a comma and a semicolon in it",
                ignoring_others(Export::GoogleForms),
                format!(
                    "{head}\n{at},{T1},\"Web, App, a van\",Rarely\n\
                     {at},{T2},\"Web, App, Shop, till, Phone, a van, red; or two\",Often\n"
                ),
                &[R1, R2],
                &[],
            ),
            kind(
                "a cell that is all but a text",
                google(),
                format!("{head}\n{at},{},\"Web, App\",Rarely\n", T1.replacen("Often", "Oftn", 1)),
                &["bad"],
                &["error*Oftn*Often"],
            ),
        ],
    );
}

#[test]
fn microsoft_forms() {
    let forms = || Options::of(Export::MicrosoftForms);
    let own = "1,9/1/25 10:02:11,9/1/25 10:07:40,anonymous,";
    let german = "ID;Startzeit;Fertigstellungszeit;E-Mail;Name;Gibt es einen Plan?;Hat er jemanden?;\
                  Wird er geprüft?;Tage von der Idee zum Laden;Wird probiert?;Darf es scheitern?;\
                  Welche Kanäle teilen Daten?;Ist der Bestand aktuell?\r\n\
                  1;01.09.2025 10:02;01.09.2025 10:07;anonymous;;Oft;Ja;Manchmal;7,5;Oft;Ja;\"Web;App;\";Selten\r\n\
                  2;01.09.2025 10:02;01.09.2025 10:07;anonymous;;Immer;Ja;Oft;5;Immer;Ja;\"Web;App;Shop, till;Phone;\";Oft\r\n\
                  3;01.09.2025 10:02;01.09.2025 10:07;anonymous;;Selten;Nein;Nie;40;Manchmal;Nein;Phone;;Nie\r\n"
        .replace("Phone;;Nie", "\"Phone;\";Nie");
    check(
        &shopcheck(),
        &[
            all(
                "no-break spaces at the ends of headers, and a quiz's points and feedback",
                forms(),
                format!(
                    "\u{feff}ID,Start time,Completion time,Email,Name,Total points,Quiz feedback,Last modified time,\
                     {},Points - Is there a plan?,Feedback - Is there a plan?,{CHANNELS}\u{a0},{STOCK}\u{a0}\r\n\
                     {own},,,,{T1},,,Web;App;,Rarely\r\n{own},,,,{T2},,,\"Web;App;Shop, till;Phone;\",Often\r\n\
                     {own},,,,{T3},,,Phone;,Never\r\n",
                    TITLES.replace('?', "?\u{a0}"),
                ),
            ),
            all(
                "saved by a German Excel: semicolons, decimal commas, Windows-1252",
                Options {
                    decimal: Decimal::Comma,
                    encoding: Some("windows-1252".to_owned()),
                    ignore_unknown: true,
                    ..forms()
                },
                super::files::windows_1252(&german),
            ),
            all(
                "titles with line ends in them, single spaces doubled",
                forms(),
                format!(
                    "ID,Start time,Completion time,Email,Name,\"Is there\r\na plan?\",{},\"Which  channels\n\nshare data? \",{STOCK}\n\
                     {own},{T1},Web;App;,Rarely\n{own},{T2},\"Web;App;Shop, till;Phone;\",Often\n{own},{T3},Phone;,Never\n",
                    TITLES.split_once(',').unwrap().1,
                ),
            ),
        ],
    );
}

#[test]
fn surveymonkey() {
    let monkey = || Options::of(Export::SurveyMonkey);
    let own = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1";
    let at = "118000000001,400000001,09/01/2025 10:02:11 AM,09/01/2025 10:07:40 AM,192.0.2.1,,,,";
    let head = format!(
        "{own},{TITLES},{CHANNELS},,,,,{STOCK}\n,,,,,,,,,Response,Response,Response,Open-Ended Response,\
         Response,Response,Web,App,\"Shop, till\",Phone,Other (please specify),Response\n"
    );
    check(
        &shopcheck(),
        &[
            all(
                "quoted throughout, a byte-order mark",
                monkey(),
                format!(
                    "\u{feff}{head}{at},{T1},\"Web\",\"App\",\"\",\"\",\"\",Rarely\r\n\
                     {at},{T2},Web,App,\"Shop, till\",Phone,,Often\r\n{at},{T3},,,,Phone,,Never\r\n"
                ),
            ),
            kind(
                "nothing ticked: nobody may have asked",
                monkey(),
                format!(
                    "{head}{at},{T1},,,,,,Rarely\n{at},{T2},Web,App,\"Shop, till\",Phone,,Often\n"
                ),
                &[R1_UNTOUCHED, R2],
                &["note*1*channels"],
            ),
            kind(
                "nothing ticked, said to be an answer",
                unticked(Unticked::None, monkey()),
                format!("{head}{at},{T1},,,,,,Rarely\n"),
                &[R1_NONE],
                &[],
            ),
            all(
                "in German: other words in the second row",
                monkey(),
                format!(
                    "{}{at},{},Web,App,,,,Selten\n{at},{},Web,App,\"Shop, till\",Phone,,Oft\n\
                     {at},{},,,,Phone,,Nie\n",
                    head.replace("Open-Ended Response", "Offene Antwort")
                        .replace("Response", "Antwort")
                        .replace("Other (please specify)", "Sonstiges (bitte angeben)"),
                    "Oft,Ja,Manchmal,12,Oft,Ja",
                    "Immer,Ja,Oft,5,Immer,Ja",
                    "Selten,Nein,Nie,40,Manchmal,Nein",
                ),
            ),
            all(
                "expanded: a column for each choice of a question, too",
                monkey(),
                format!(
                    "{own},Is there a plan?,,,,,Has it an owner?,,{},{CHANNELS},,,,{STOCK}\n\
                     ,,,,,,,,,Never,Rarely,Sometimes,Often,Always,Yes,No,Response,Open-Ended Response,Response,Response,\
                     Web,App,\"Shop, till\",Phone,Response\n\
                     {at},,,,Often,,Yes,,Sometimes,12,Often,Yes,Web,App,,,Rarely\n\
                     {at},,,,,Always,Yes,,Often,5,Always,Yes,Web,App,\"Shop, till\",Phone,Often\n\
                     {at},,Rarely,,,,,No,Never,40,Sometimes,No,,,,Phone,Never\n",
                    TITLES.split_once("owner?,").unwrap().1,
                ),
            ),
            all(
                "a matrix: its statements in the second row",
                monkey(),
                format!(
                    "{own},How often?,,Has it an owner?,Days from idea to shop,Do you try things?,May a trial fail?,\
                     {CHANNELS},,,,{STOCK}\n\
                     ,,,,,,,,,Is there a plan?,Are plans reviewed?,Response,Open-Ended Response,Response,Response,\
                     Web,App,\"Shop, till\",Phone,Response\n\
                     {at},Often,Sometimes,Yes,12,Often,Yes,Web,App,,,Rarely\n\
                     {at},Always,Often,Yes,5,Always,Yes,Web,App,\"Shop, till\",Phone,Often\n\
                     {at},Rarely,Never,No,40,Sometimes,No,,,,Phone,Never\n"
                ),
            ),
            all(
                "numbers of answers, which are the tool's own",
                with_codes(
                    r#"{ "questions": { "owner": { "1": true, "2": false }, "fail": { "1": true, "2": false },
                         "channels": { "1": ["web"], "2": ["app"], "3": ["shop"], "4": ["phone"] } } }"#,
                    monkey(),
                ),
                format!(
                    "{head}{at},4,1,3,12,4,1,1,2,,,,2\n{at},5,1,4,5,5,1,1,2,3,4,,4\n{at},2,2,1,40,3,2,,,,4,,1\n"
                ),
            ),
        ],
    );
}
