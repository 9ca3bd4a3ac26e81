//! Google Forms: the sheet, saved with commas or tabs, and the download.

use digital_maturity::survey::{Export, Options};

use super::super::study::Study;
use super::{Codebook, Form, PLAIN, Rendering, Style, Table, Tells, renderings, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let study = told(study, Tells::All);
    let crlf = Form { line_end: "\r\n", ..PLAIN };
    let mut all = Vec::new();
    for language in ["en", "de"] {
        let style = Style::texts(language);
        for (name, between, form) in [
            ("the sheet", ", ", crlf),
            ("the sheet, by tabs", ", ", Form { delimiter: '\t', ..crlf }),
            ("the download", ";", Form { quote_all: true, ..PLAIN }),
        ] {
            let mut table = Table::new(1, study.respondents.len());
            let stamp = if language == "de" { "Zeitstempel" } else { "Timestamp" };
            table.constant(&[(stamp, "2025/09/01 10:07:40 AM GMT+2")]);
            for question in study.questionnaire.questions() {
                let title = question.title().get(language);
                let head = match study.stems.get(question.id()) {
                    Some(stem) => format!("{stem} [{title}]"),
                    None => title.to_owned(),
                };
                table.column(&[&head], |n| {
                    let other = study.other(n, question);
                    style.list(question, &study.answer(n, question), between, other)
                });
            }
            let options = Options::of(Export::GoogleForms);
            let options = style.options(&study, options, Codebook::default());
            let name = format!("{name}, {language}");
            all.extend(renderings(&name, &study, &table, form, &options, false));
        }
    }
    all
}
