//! ODK Central: ids, lists joined by blanks, and split beside that.

use digital_maturity::survey::{Export, Options};

use super::super::study::Study;
use super::{Codebook, PLAIN, Rendering, Style, Table, Tells, items, renderings, ticked, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let study = told(study, Tells::SomeTicks).without_others();
    [("with groups", true, false), ("without groups", false, false), ("split", false, true)]
        .into_iter()
        .flat_map(|(name, groups, split)| table(name, &study, groups, split))
        .collect()
}

fn table(name: &str, study: &Study, groups: bool, split: bool) -> Vec<Rendering> {
    let style = Style { yes: ["no", "yes"], ..Style::values() };
    let mut table = Table::new(1, study.respondents.len());
    table.constant(&[
        ("SubmissionDate", "2025-09-01T08:07:41.000Z"),
        ("start", "2025-09-01T10:02:11.001+02:00"),
        ("end", "2025-09-01T10:07:40.120+02:00"),
    ]);
    for question in study.questionnaire.questions() {
        let answer = |n| study.answer(n, question);
        let group = if groups { "about-" } else { "" };
        let head = format!("{group}{}", question.id());
        table.column(&[&head], |n| style.list(question, &answer(n), " ", None));
        for item in items(question).filter(|_| split).unwrap_or_default() {
            table.column(&[&format!("{head}/{}", item.id)], |n| {
                ticked(&answer(n), &item.id).map_or("", |on| if on { "1" } else { "0" }).to_owned()
            });
        }
    }
    table.constant(&[
        ("meta-instanceID", "uuid:#"),
        ("KEY", "uuid:#"),
        ("SubmitterID", "5"),
        ("SubmitterName", "ana"),
        ("AttachmentsPresent", "0"),
        ("AttachmentsExpected", "0"),
        ("Status", ""),
        ("ReviewState", ""),
        ("DeviceID", "collect:x"),
        ("Edits", "0"),
        ("FormVersion", "1"),
    ]);
    // ODK writes ids alone, so that nothing need be said of cells.
    let options = style.options(study, Options::of(Export::Odk), Codebook::default());
    renderings(name, study, &table, PLAIN, &options, false)
}
