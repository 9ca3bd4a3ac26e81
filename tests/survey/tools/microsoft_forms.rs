//! Microsoft Forms: a workbook, saved by an English and by a German Excel.

use digital_maturity::survey::{Export, Options};

use super::super::study::Study;
use super::{Codebook, Encoding, Form, PLAIN, Rendering, Style, Table, Tells, renderings, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let study = told(study, Tells::All);
    let crlf = Form { line_end: "\r\n", encoding: Encoding::Marked, ..PLAIN };
    let german = Form { delimiter: ';', encoding: Encoding::Windows, ..crlf };
    let unicode = Form { delimiter: '\t', encoding: Encoding::Utf16, ..crlf };
    let mut all = Vec::new();
    for (name, language, form) in [
        ("UTF-8", "en", crlf),
        ("Unicode text", "en", unicode),
        ("in German, by an English Excel", "de", crlf),
        ("by a German Excel", "de", german),
    ] {
        let style = Style { comma: form.delimiter == ';', ..Style::texts(language) };
        let mut table = Table::new(1, study.respondents.len());
        table.constant(&[
            ("ID", "#"),
            ("Start time", "9/1/25 10:02:11"),
            ("Completion time", "9/1/25 10:07:40"),
            ("Email", "anonymous"),
            ("Name", ""),
        ]);
        for question in study.questionnaire.questions() {
            let head = format!("{}\u{a0}", question.title().get(language));
            table.column(&[&head], |n| {
                let (answer, other) = (study.answer(n, question), study.other(n, question));
                let cell = style.list(question, &answer, ";", other);
                let is_list = matches!(answer, digital_maturity::Answer::Items(_));
                if is_list { cell + ";" } else { cell }
            });
        }
        let options = Options::of(Export::MicrosoftForms);
        let options = style.options(&study, options, Codebook::default());
        all.extend(renderings(name, &study, &table, form, &options, false));
    }
    all
}
