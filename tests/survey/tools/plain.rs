//! Spreadsheets in three languages, pandas, R and Stata.

use digital_maturity::survey::{CellsAs, Options};

use super::super::study::Study;
use super::{Codebook, Encoding, Form, PLAIN, Rendering, Style, Table, Tells};
use super::{cells_of, items, renderings, ticked, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let study = &told(study, Tells::All).without_others();
    let pandas = Style { yes: ["0.0", "1.0"], fractions: true, ..Style::values() };
    let excel = Form { delimiter: ';', line_end: "\r\n", encoding: Encoding::Windows, ..PLAIN };
    let german = Style { yes: ["FALSCH", "WAHR"], comma: true, ..Style::texts("de") };
    let french = Style { yes: ["FAUX", "VRAI"], comma: true, ..Style::values() };
    let utf_8 = Form { encoding: Encoding::Marked, ..excel };
    let unicode = Form { delimiter: '\t', encoding: Encoding::Utf16, ..excel };
    let mut all = joined("pandas", study, &pandas, PLAIN);
    all.extend(joined("a German Excel", study, &german, excel));
    all.extend(joined("a French LibreOffice", study, &french, utf_8));
    all.extend(joined("Unicode text", study, &Style::texts("en"), unicode));
    let study = &told(study, Tells::Ticks);
    let r = Style { yes: ["FALSE", "TRUE"], blank: "NA", ..Style::values() };
    let stata = Style { blank: ".", yes: ["no", "yes"], ..Style::texts("en") };
    let crlf = Form { line_end: "\r\n", ..PLAIN };
    all.extend(split("R", study, &r, PLAIN, ["FALSE", "TRUE"]));
    all.extend(split("Stata", study, &stata, crlf, ["0", "1"]));
    all.extend(split("pandas, split", study, &pandas, PLAIN, ["0.0", "1.0"]));
    all
}

fn options_of(study: &Study, style: &Style) -> Options {
    let by_text = style.say == super::Say::Text;
    let cells = if by_text { CellsAs::Text } else { CellsAs::Value };
    let missing = Some(style.blank.to_owned()).filter(|blank| !blank.is_empty());
    let options = Options {
        cells: cells_of(&study.questionnaire, cells),
        missing: missing.into_iter().collect(),
        ..Options::default()
    };
    style.options(study, options, Codebook::default())
}

/// Lists in one column; a row of nothing but separators among the others.
fn joined(name: &str, study: &Study, style: &Style, form: Form) -> Vec<Rendering> {
    let mut table = Table::new(1, study.respondents.len());
    let by_text = style.say == super::Say::Text;
    for question in study.questionnaire.questions() {
        let title = question.title().get(style.language);
        table.column(&[if by_text { title } else { question.id() }], |n| {
            style.list(question, &study.answer(n, question), "; ", None)
        });
    }
    // In one column it would be an empty line, which is no row.
    if form.delimiter == ';' && table.head[0].len() > 1 {
        table.blank(2, &[]);
        table.blank(usize::MAX, &[]);
    }
    renderings(name, study, &table, form, &options_of(study, style), false)
}

/// A column an item, with 0 where it was not ticked.
fn split(name: &str, study: &Study, style: &Style, form: Form, ticks: [&str; 2]) -> Vec<Rendering> {
    let mut table = Table::new(1, study.respondents.len());
    for question in study.questionnaire.questions() {
        let answer = |n| study.answer(n, question);
        for item in items(question).unwrap_or_default() {
            table.column(&[&format!("{}[{}]", question.id(), item.id)], |n| {
                let on = ticked(&answer(n), &item.id);
                on.map_or(style.blank, |on| ticks[usize::from(on)]).to_owned()
            });
        }
        if items(question).is_none() {
            table.column(&[question.id()], |n| style.cell(question, &answer(n)));
        }
    }
    renderings(name, study, &table, form, &options_of(study, style), false)
}
