//! `LimeSurvey`: codes, its own and those that an author chose, and full texts.

use digital_maturity::survey::{CellsAs, Export, Options};
use serde_json::json;

use super::super::study::Study;
use super::{Codebook, Encoding, Form, Rendering, Say, Style, Table, Tells};
use super::{cells_of, items, renderings, ticked, told};

const FORM: Form =
    Form { delimiter: ';', quote_all: true, line_end: "\r\n", encoding: Encoding::Marked };

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let some = told(study, Tells::SomeTicks);
    let mut all = chosen_codes(&some);
    all.extend(own_codes(&some.without_others()));
    let ticks = told(study, Tells::Ticks).without_others();
    all.extend(["en", "de"].into_iter().flat_map(|language| full_texts(&ticks, language)));
    all
}

fn metadata(rows: usize) -> Table {
    let mut table = Table::new(1, rows);
    table.constant(&[
        ("id", "1#"),
        ("submitdate", "2025-09-01 10:07:40"),
        ("lastpage", "3"),
        ("startlanguage", "en"),
        ("seed", "1234567"),
        ("startdate", "2025-09-01 10:02:11"),
        ("datestamp", "2025-09-01 10:07:40"),
        ("ipaddr", "192.0.2.1"),
        ("refurl", ""),
    ]);
    table
}

/// The author called questions and answers as the questionnaire does.
fn chosen_codes(study: &Study) -> Vec<Rendering> {
    let style = Style { yes: ["N", "Y"], ..Style::values() };
    let mut table = metadata(study.respondents.len());
    for question in study.questionnaire.questions() {
        let id = question.id();
        let answer = |n| study.answer(n, question);
        for item in items(question).unwrap_or_default() {
            table.column(&[&format!("{id}[{}]", item.id)], |n| {
                y_or_blank(ticked(&answer(n), &item.id))
            });
        }
        if items(question).is_none() {
            table.column(&[id], |n| style.cell(question, &answer(n)));
        } else if study.has_other(question) {
            let other = |n| study.other(n, question).unwrap_or_default().to_owned();
            table.column(&[&format!("{id}[other]")], other);
        }
    }
    table.constant(&[("interviewtime", "329.5"), ("groupTime1", "300.1")]);
    let cells = cells_of(&study.questionnaire, CellsAs::Value);
    let options = Options { cells, ..Options::of(Export::LimeSurvey) };
    let options = style.options(study, options, Codebook::default());
    renderings("codes of the author's", study, &table, FORM, &options, true)
}

/// All codes are the tool's own.
fn own_codes(study: &Study) -> Vec<Rendering> {
    let style = Style {
        say: Say::Code("AO", 2),
        yes: ["N", "Y"],
        states: ["AO98", "AO99"],
        ..Style::texts("en")
    };
    let mut table = metadata(study.respondents.len());
    let mut codes = Codebook::default();
    for (question, number) in study.questionnaire.questions().zip(1..) {
        let id = question.id();
        let answer = |n| study.answer(n, question);
        let code = match study.stems.get(id) {
            Some(_) => format!("G02Q01[SQ{number:03}]"),
            None => format!("G01Q{number:02}"),
        };
        for (item, number) in items(question).unwrap_or_default().iter().zip(1..) {
            let head = format!("{code}[SQ{number:03}]");
            table.column(&[&head], |n| y_or_blank(ticked(&answer(n), &item.id)));
            codes.columns.insert(head, json!(format!("{id}[{}]", item.id)));
        }
        if items(question).is_none() {
            table.column(&[&code], |n| style.cell(question, &answer(n)));
            codes.columns.insert(code, json!(id));
        }
    }
    // Whoever broke off is not submitted.
    table.nobody(1, &[("submitdate", "")]);
    table.nobody(3, &[("submitdate", ""), ("lastpage", "1")]);
    let options = style.options(study, Options::of(Export::LimeSurvey), codes);
    renderings("codes of its own", study, &table, FORM, &options, true)
}

fn y_or_blank(ticked: Option<bool>) -> String {
    if ticked == Some(true) { "Y".to_owned() } else { String::new() }
}

fn full_texts(study: &Study, language: &'static str) -> Vec<Rendering> {
    let style = Style { blank: "N/A", ..Style::texts(language) };
    let mut table = Table::new(1, study.respondents.len());
    table.constant(&[
        ("Response ID", "1#"),
        ("Date submitted", "2025-09-01 10:07:40"),
        ("Last page", "3"),
        ("Start language", "en"),
        ("Seed", "1234567"),
    ]);
    for question in study.questionnaire.questions() {
        let title = question.title().get(language);
        let answer = |n| study.answer(n, question);
        let head = match study.stems.get(question.id()) {
            Some(stem) => format!("{stem} [{title}]"),
            None => title.to_owned(),
        };
        for item in items(question).unwrap_or_default() {
            let head = format!("{title} [{}]", item.text.get(language));
            table.column(&[&head], |n| match ticked(&answer(n), &item.id) {
                Some(yes) => style.yes[usize::from(yes)].to_owned(),
                None => style.blank.to_owned(),
            });
        }
        if items(question).is_none() {
            table.column(&[&head], |n| style.cell(question, &answer(n)));
        }
    }
    table.nobody(0, &[("Date submitted", "")]);
    let cells = cells_of(&study.questionnaire, CellsAs::Text);
    let options = Options { cells, ..Options::of(Export::LimeSurvey) };
    let options = style.options(study, options, Codebook::default());
    renderings(&format!("full texts, {language}"), study, &table, FORM, &options, false)
}
