//! `KoBoToolbox`: XML values or labels, lists joined, split, or both.

use digital_maturity::survey::{CellsAs, Export, Options};

use super::super::study::Study;
use super::{Codebook, Encoding, Form, Rendering, Say, Style, Table, Tells};
use super::{cells_of, items, renderings, ticked, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let study = told(study, Tells::SomeTicks).without_others();
    let mut all = Vec::new();
    let values = Style { yes: ["no", "yes"], ..Style::values() };
    for (name, style) in
        [("values", values), ("labels", Style::texts("en")), ("labels, de", Style::texts("de"))]
    {
        for (joined, split, how) in
            [(true, true, "joined and split"), (true, false, "joined"), (false, true, "split")]
        {
            all.extend(table(&format!("{name}, {how}"), &study, &style, joined, split));
        }
    }
    all
}

fn table(name: &str, study: &Study, style: &Style, joined: bool, split: bool) -> Vec<Rendering> {
    let mut table = Table::new(1, study.respondents.len());
    table.constant(&[
        ("start", "2025-09-01T10:02:11.001+02:00"),
        ("end", "2025-09-01T10:07:40.120+02:00"),
    ]);
    let values = style.say == Say::Value;
    for question in study.questionnaire.questions() {
        let answer = |n| study.answer(n, question);
        let head = match (values, study.stems.get(question.id())) {
            (true, Some(_)) => format!("about/how_far/{}", question.id()),
            (true, None) => format!("about/{}", question.id()),
            (false, _) => question.title().get(style.language).to_owned(),
        };
        if joined || items(question).is_none() {
            table.column(&[&head], |n| style.list(question, &answer(n), " ", None));
        }
        for item in items(question).filter(|_| split).unwrap_or_default() {
            let item_head = if values { &item.id } else { item.text.get(style.language) };
            table.column(&[&format!("{head}/{item_head}")], |n| {
                ticked(&answer(n), &item.id).map_or("", |on| if on { "1" } else { "0" }).to_owned()
            });
        }
    }
    table.constant(&[
        ("_id", "10#"),
        ("_uuid", "aaaaaaaa-0000-4000-8000-00000000000#"),
        ("_submission_time", "2025-09-01T08:07:41"),
        ("_validation_status", ""),
        ("_notes", ""),
        ("_status", "submitted_via_web"),
        ("_submitted_by", ""),
        ("__version__", "vXa"),
        ("_tags", ""),
        ("_index", "#"),
    ]);
    let cells = if values { CellsAs::Value } else { CellsAs::Text };
    let options =
        Options { cells: cells_of(&study.questionnaire, cells), ..Options::of(Export::Kobo) };
    let options = style.options(study, options, Codebook::default());
    let form = Form { delimiter: ';', quote_all: true, line_end: "\n", encoding: Encoding::Utf8 };
    renderings(name, study, &table, form, &options, false)
}
