//! What each tool writes, as far as it decides how a file is read.

use super::export::Export;
use super::options::CellsAs;
use super::pattern::Pattern;
use crate::answers::Lists;

/// What one tool writes.
pub(super) struct Tool {
    pub(super) export: Export,
    /// The name that its users know.
    pub(super) name: &'static str,
    pub(super) header_rows: usize,
    /// Whether cells are values or texts; `None` where it writes either, as was asked for.
    pub(super) cells: Option<CellsAs>,
    /// How lists are joined.
    pub(super) lists: Lists,
    /// Whether a box that is not ticked is written like one that nobody saw.
    pub(super) zeros_say_nothing: bool,
    /// Texts that are no answer.
    pub(super) missing: &'static [&'static str],
    /// What a row of its header beyond the first shows that no respondent does.
    pub(super) below: Below,
    /// Its own columns; `*` stands for anything.
    own: &'static [&'static str],
    /// The end of the names of its own columns that are named after another one.
    after_column: &'static [&'static str],
    /// The header is plainly its own if it has all columns of one of these.
    signatures: &'static [&'static [&'static str]],
    /// Rows that are no respondents.
    pub(super) left_out: &'static [LeftOut],
    /// Whether rows without an answer are of other forms.
    pub(super) is_sparse: bool,
}

/// What shows that the rows below the first are of the header, too.
#[derive(Clone, Copy)]
pub(super) enum Below {
    Nothing,
    /// The last has a cell that begins so.
    Last(&'static str),
    /// The tool's own columns are blank there, or a cell is one of these in one case.
    BlankOr(&'static [&'static str]),
}

/// Rows that are no respondents: those with one of these texts in a column of one of these names.
pub(super) struct LeftOut {
    pub(super) columns: &'static [&'static str],
    pub(super) values: &'static [&'static str],
    /// Whether each word for no is one of them, too.
    pub(super) or_no: bool,
    pub(super) reason: &'static str,
}

/// What a file is that no tool is named for.
pub(super) const PLAIN: Tool = Tool {
    export: Export::GoogleForms, // no matter: it has no signature
    name: "",
    header_rows: 1,
    cells: None,
    lists: Lists::Any,
    zeros_say_nothing: false,
    missing: &[],
    below: Below::Nothing,
    own: &[],
    after_column: &[],
    signatures: &[],
    left_out: &[],
    is_sparse: false,
};

const PREVIEW: &str = "a preview or a test, no respondent";
const UNFINISHED: &str = "not finished";

static TOOLS: [Tool; 8] = [
    Tool {
        export: Export::GoogleForms,
        name: "Google Forms",
        cells: Some(CellsAs::Text),
        lists: Lists::Comma,
        own: &[
            "timestamp",
            "zeitstempel",
            "horodateur",
            "marca temporal",
            "informazioni cronologiche",
            "carimbo de data/hora",
            "tijdstempel",
            "tidsstämpel",
            "tidsstempel",
            "sygnatura czasowa",
            "časová značka",
            "email address",
            "e-mail-adresse",
            "adresse e-mail",
            "username",
            "nutzername",
            "score",
            "punktzahl",
        ],
        ..PLAIN
    },
    Tool {
        export: Export::MicrosoftForms,
        name: "Microsoft Forms",
        cells: Some(CellsAs::Text),
        lists: Lists::Semicolon,
        own: &[
            "id",
            "start time",
            "completion time",
            "email",
            "name",
            "last modified time",
            "language",
            "total points",
            "quiz feedback",
            "grade posted time",
            "points - *",
            "feedback - *",
            "startzeit",
            "fertigstellungszeit",
            "e-mail",
            "zeitpunkt der letzten änderung",
            "sprache",
            "gesamtpunktzahl",
            "quizfeedback",
            "punkte - *",
            "heure de début",
            "heure de fin",
            "adresse de messagerie",
            "nom",
            "hora de inicio",
            "hora de finalización",
            "correo electrónico",
            "nombre",
        ],
        signatures: &[
            &["id", "start time", "completion time"],
            &["id", "startzeit", "fertigstellungszeit"],
        ],
        ..PLAIN
    },
    Tool {
        export: Export::SurveyMonkey,
        name: "SurveyMonkey",
        header_rows: 2,
        below: Below::BlankOr(&["response", "open-ended response"]),
        cells: Some(CellsAs::Text),
        own: &[
            "respondent id",
            "collector id",
            "start date",
            "end date",
            "date created",
            "date modified",
            "ip address",
            "email address",
            "first name",
            "last name",
            "custom data*",
            "custom value*",
            "language",
        ],
        signatures: &[&["respondent id", "collector id"]],
        ..PLAIN
    },
    Tool {
        export: Export::LimeSurvey,
        name: "LimeSurvey",
        missing: &["N/A"],
        after_column: &["time"],
        own: &[
            "id",
            "submitdate",
            "lastpage",
            "startlanguage",
            "seed",
            "startdate",
            "datestamp",
            "ipaddr",
            "refurl",
            "token",
            "firstname",
            "lastname",
            "email",
            "interviewtime",
            "grouptime*",
            "questiontime*",
            "*comment]",
            "response id",
            "date submitted",
            "last page",
            "start language",
            "date started",
            "date last action",
            "ip address",
            "referrer url",
            "access code",
            "total time",
            "group time: *",
            "question time: *",
            "antwort id",
            "datum abgeschickt",
            "letzte seite",
            "start-sprache",
            "startsprache",
            "zufallsstartwert",
            "datum gestartet",
            "datum letzte aktivität",
            "ip-adresse",
            "zugangscode",
            "zugangsschlüssel",
        ],
        signatures: &[
            &["submitdate", "lastpage"],
            &["submitdate", "startlanguage"],
            &["date submitted", "last page"],
            &["datum abgeschickt", "letzte seite"],
        ],
        left_out: &[LeftOut {
            columns: &["submitdate", "date submitted", "datum abgeschickt"],
            values: &["", "N/A"],
            or_no: false,
            reason: UNFINISHED,
        }],
        ..PLAIN
    },
    Tool {
        export: Export::Qualtrics,
        name: "Qualtrics",
        header_rows: 3,
        below: Below::Last("{\"ImportId\""),
        lists: Lists::Comma,
        own: &[
            "startdate",
            "enddate",
            "status",
            "ipaddress",
            "progress",
            "duration (in seconds)",
            "finished",
            "recordeddate",
            "responseid",
            "recipientlastname",
            "recipientfirstname",
            "recipientemail",
            "externalreference",
            "externaldatareference",
            "locationlatitude",
            "locationlongitude",
            "distributionchannel",
            "userlanguage",
            "start date",
            "end date",
            "response type",
            "ip address",
            "recorded date",
            "response id",
            "recipient last name",
            "recipient first name",
            "recipient email",
            "external data reference",
            "location latitude",
            "location longitude",
            "distribution channel",
            "user language",
            "score",
            "sc0",
            "sc_*",
            "q_*",
            "*_text",
            "*_do",
            "*_do_*",
            "*_first click",
            "*_last click",
            "*_page submit",
            "*_click count",
        ],
        signatures: &[&["responseid", "recordeddate"], &["startdate", "enddate", "finished"]],
        left_out: &[
            LeftOut {
                columns: &["status", "responsetype", "response type"],
                values: &[
                    "1",
                    "2",
                    "9",
                    "17",
                    "preview",
                    "survey preview",
                    "survey test",
                    "offline survey preview",
                    "spam preview",
                ],
                or_no: false,
                reason: PREVIEW,
            },
            LeftOut {
                columns: &["distributionchannel", "distribution channel"],
                values: &["preview", "test"],
                or_no: false,
                reason: PREVIEW,
            },
            // A spreadsheet writes it in its own language.
            LeftOut { columns: &["finished"], values: &[], or_no: true, reason: UNFINISHED },
        ],
        ..PLAIN
    },
    Tool {
        export: Export::Redcap,
        name: "REDCap",
        zeros_say_nothing: true,
        is_sparse: true,
        own: &[
            "record_id",
            "redcap_*",
            "*_complete",
            "*_timestamp",
            "record id",
            "event name",
            "repeat instrument",
            "repeat instance",
            "data access group",
            "survey identifier",
            "survey timestamp",
            "complete?",
        ],
        signatures: &[
            &["redcap_event_name"],
            &["record_id", "redcap_repeat_instrument"],
            &["record id", "complete?"],
        ],
        ..PLAIN
    },
    Tool {
        export: Export::Kobo,
        name: "KoBoToolbox",
        lists: Lists::Blank,
        own: &[
            "start",
            "end",
            "today",
            "deviceid",
            "username",
            "phonenumber",
            "simserial",
            "subscriberid",
            "audit",
            "_*",
            "meta/*",
            "formhub/*",
            "instanceid",
        ],
        signatures: &[&["_uuid", "_submission_time"]],
        ..PLAIN
    },
    Tool {
        export: Export::Odk,
        name: "ODK Central",
        cells: Some(CellsAs::Value),
        lists: Lists::Blank,
        own: &[
            "submissiondate",
            "key",
            "parent_key",
            "set-of-*",
            "meta-*",
            "meta:*",
            "meta/*",
            "instanceid",
            "instancename",
            "submitterid",
            "submittername",
            "attachmentspresent",
            "attachmentsexpected",
            "status",
            "reviewstate",
            "deviceid",
            "edits",
            "formversion",
            "start",
            "end",
            "today",
            "username",
            "audit",
        ],
        signatures: &[&["submissiondate", "key"]],
        ..PLAIN
    },
];

impl Tool {
    /// What that tool writes.
    pub(super) fn of(export: Option<Export>) -> &'static Self {
        TOOLS.iter().find(|tool| Some(tool.export) == export).unwrap_or(&PLAIN)
    }

    /// The tool whose header that plainly is, by the names of columns in one case.
    pub(super) fn by_header(has: impl Fn(&str) -> bool) -> Option<&'static Self> {
        let plainly = |tool: &&Self| {
            tool.signatures.iter().any(|signature| signature.iter().all(|name| has(name)))
        };
        TOOLS.iter().find(plainly)
    }

    /// The headers of the tool's own columns, but for those that are named after another column.
    pub(super) fn own(&self) -> Vec<Pattern> {
        self.own.iter().map(|own| Pattern::new(own)).collect()
    }

    /// The name of the column that one of the tool's own is named after.
    pub(super) fn after<'n>(&self, name: &'n str) -> Option<&'n str> {
        self.after_column.iter().find_map(|end| name.strip_suffix(end))
    }
}
