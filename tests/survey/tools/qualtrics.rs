//! Qualtrics: texts and numbers, lists in one column and a column an item.

use digital_maturity::survey::{CellsAs, Export, Options};
use serde_json::json;

use super::super::study::Study;
use super::{Codebook, Encoding, Form, PLAIN, Rendering, Say, Style, Table, Tells};
use super::{cells_of, items, numbers_for_states, renderings, ticked, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let texts = told(study, Tells::All);
    let mut all = Vec::new();
    for language in ["en", "de"] {
        let name = format!("texts, {language}");
        all.extend(joined(&name, &texts, &Style::texts(language), PLAIN, false));
    }
    let tabs = Form { delimiter: '\t', line_end: "\r\n", encoding: Encoding::Utf16, ..PLAIN };
    all.extend(joined("texts by tabs in UTF-16", &texts, &Style::texts("en"), tabs, false));
    let numbers = Style {
        say: Say::Code("", 1),
        yes: ["2", "1"],
        states: numbers_for_states(study),
        ..Style::texts("en")
    };
    let study = told(study, Tells::All).without_others();
    all.extend(joined("numbers", &study, &numbers, PLAIN, true));
    all.extend(split(&told(&study, Tells::SomeTicks)));
    all
}

const METADATA: [(&str, &str, &str, &str); 17] = [
    ("StartDate", "Start Date", "startDate", "2025-09-01 10:02:11"),
    ("EndDate", "End Date", "endDate", "2025-09-01 10:07:40"),
    ("Status", "Response Type", "status", "IP Address"),
    ("IPAddress", "IP Address", "ipAddress", "192.0.2.1"),
    ("Progress", "Progress", "progress", "100"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration", "329"),
    ("Finished", "Finished", "finished", "True"),
    ("RecordedDate", "Recorded Date", "recordedDate", "2025-09-01 10:07:41"),
    ("ResponseId", "Response ID", "_recordId", "R_#"),
    ("RecipientLastName", "Recipient Last Name", "recipientLastName", ""),
    ("RecipientFirstName", "Recipient First Name", "recipientFirstName", ""),
    ("RecipientEmail", "Recipient Email", "recipientEmail", ""),
    ("ExternalReference", "External Data Reference", "externalDataReference", ""),
    ("LocationLatitude", "Location Latitude", "locationLatitude", "52.0"),
    ("LocationLongitude", "Location Longitude", "locationLongitude", "13.0"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel", "anonymous"),
    ("UserLanguage", "User Language", "userLanguage", "EN"),
];

fn metadata(rows: usize, numbers: bool) -> Table {
    let mut table = Table::new(3, rows);
    for (tag, text, id, cell) in METADATA {
        let cell = match tag {
            "Status" if numbers => "0",
            "Finished" if numbers => "1",
            _ => cell,
        };
        table.column(&[tag, text, &import_id(id)], |n| cell.replace('#', &n.to_string()));
    }
    table
}

fn import_id(id: &str) -> String {
    format!("{{\"ImportId\":\"{id}\"}}")
}

/// Previews, tests and whoever broke off.
fn nobodies(table: &mut Table, numbers: bool) {
    let (preview, test) = if numbers { ("1", "2") } else { ("Survey Preview", "Survey Test") };
    table.nobody(0, &[("Status", preview), ("DistributionChannel", "preview")]);
    table.nobody(2, &[("Finished", if numbers { "0" } else { "False" }), ("Progress", "33")]);
    if !numbers {
        table.nobody(4, &[("Status", test)]);
    }
}

fn joined(name: &str, study: &Study, style: &Style, form: Form, numbers: bool) -> Vec<Rendering> {
    let mut table = metadata(study.respondents.len(), numbers);
    let mut codes = Codebook::default();
    for (question, number) in study.questionnaire.questions().zip(1..) {
        let title = question.title().get(style.language);
        let text = match (study.stems.get(question.id()), items(question)) {
            (Some(stem), _) => format!("{stem} - {title}"),
            (None, Some(_)) => format!("{title} - Selected Choice"),
            // A line end where an editor had one.
            (None, None) => title.replacen(' ', "\n", 1),
        };
        let tag = format!("Q{number}");
        table.column(&[&tag, &text, &import_id(&format!("QID{number}"))], |n| {
            let other = study.other(n, question);
            style.list(question, &study.answer(n, question), ",", other)
        });
        if numbers {
            codes.columns.insert(tag, json!(question.id()));
        }
    }
    table.column(&["Score", "Score", &import_id("SC_x")], |_| "0".to_owned());
    nobodies(&mut table, numbers);
    let cells = cells_of(&study.questionnaire, CellsAs::Text).filter(|_| !numbers);
    let options = Options { cells, ..Options::of(Export::Qualtrics) };
    let options = style.options(study, options, codes);
    // The score of its own is no question of ours: it is said what it is.
    let options = Options { ignore: vec!["Score".to_owned()], ..options };
    renderings(name, study, &table, form, &options, false)
}

/// Texts, each item in a column of its own.
fn split(study: &Study) -> Vec<Rendering> {
    let style = Style::texts("en");
    let mut table = metadata(study.respondents.len(), false);
    for (question, number) in study.questionnaire.questions().zip(1..) {
        let title = question.title().get("en");
        let answer = |n| study.answer(n, question);
        for (item, at) in items(question).unwrap_or_default().iter().zip(1..) {
            let text = item.text.get("en");
            let head = format!("{title} - Selected Choice - {text}");
            let id = import_id(&format!("QID{number}_{at}"));
            table.column(&[&format!("Q{number}_{at}"), &head, &id], |n| {
                let on = ticked(&answer(n), &item.id) == Some(true);
                if on { text.to_owned() } else { String::new() }
            });
        }
        if items(question).is_none() {
            let id = import_id(&format!("QID{number}"));
            table
                .column(&[&format!("Q{number}"), title, &id], |n| style.cell(question, &answer(n)));
        }
    }
    nobodies(&mut table, false);
    let cells = cells_of(&study.questionnaire, CellsAs::Text);
    let options = Options { cells, ..Options::of(Export::Qualtrics) };
    let options = style.options(study, options, Codebook::default());
    renderings("a column an item", study, &table, PLAIN, &options, true)
}
