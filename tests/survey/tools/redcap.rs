//! `REDCap`: raw, labels, and names above labels.

use digital_maturity::survey::{CellsAs, Export, Options};

use super::super::study::Study;
use super::{Codebook, Encoding, Form, PLAIN, Rendering, Style, Table, Tells};
use super::{cells_of, items, numbers_for_states, renderings, ticked, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let study = &told(study, Tells::SomeTicks).without_others();
    let raw = Style { states: numbers_for_states(study), ..Style::values() };
    let mut all = table("raw", study, &raw, false, ["0", "1"]);
    for language in ["en", "de"] {
        let (labels, ticks) = (Style::texts(language), ["Unchecked", "Checked"]);
        all.extend(table(&format!("labels, {language}"), study, &labels, true, ticks));
        let name = format!("names above labels, {language}");
        all.extend(table(&name, study, &labels, false, ticks));
    }
    all
}

fn table(
    name: &str,
    study: &Study,
    style: &Style,
    titles: bool,
    ticks: [&str; 2],
) -> Vec<Rendering> {
    let mut table = Table::new(1, study.respondents.len());
    let own = if titles {
        ["Record ID", "Event Name", "Repeat Instrument", "Repeat Instance", "Survey Identifier"]
    } else {
        [
            "record_id",
            "redcap_event_name",
            "redcap_repeat_instrument",
            "redcap_repeat_instance",
            "redcap_survey_identifier",
        ]
    };
    table.column(&[own[0]], |n| (n + 1).to_string());
    table.constant(&[(own[1], "baseline_arm_1"), (own[2], ""), (own[3], ""), (own[4], "")]);
    let mut untouched = Vec::new();
    for question in study.questionnaire.questions() {
        let answer = |n| study.answer(n, question);
        let (id, title) = (question.id(), question.title().get(style.language));
        for item in items(question).unwrap_or_default() {
            let head = if titles {
                format!("{title} (choice={})", item.text.get(style.language))
            } else {
                format!("{id}___{}", item.id)
            };
            // For every row, also where nobody saw it.
            table.column(&[&head], |n| {
                let on = ticked(&answer(n), &item.id) == Some(true);
                ticks[usize::from(on)].to_owned()
            });
            untouched.push(head);
        }
        if items(question).is_none() {
            table.column(&[if titles { title } else { id }], |n| style.cell(question, &answer(n)));
        }
    }
    table.constant(&[(if titles { "Complete?" } else { "shops_complete" }, "2")]);
    // Another instrument, and an event that never asked.
    table.blank(1, &[(own[0], "1"), (own[1], "baseline_arm_1"), (own[2], "visit"), (own[3], "1")]);
    let mut elsewhere = vec![(own[0], "1"), (own[1], "followup_arm_1")];
    elsewhere.extend(untouched.iter().map(|head| (head.as_str(), ticks[0])));
    table.blank(3, &elsewhere);
    let by_text = style.say == super::Say::Text;
    let cells = if by_text { CellsAs::Text } else { CellsAs::Value };
    let options =
        Options { cells: cells_of(&study.questionnaire, cells), ..Options::of(Export::Redcap) };
    let options = style.options(study, options, Codebook::default());
    let form = Form { encoding: Encoding::Marked, ..PLAIN };
    renderings(name, study, &table, form, &options, false)
}
