//! `SurveyMonkey`: condensed and expanded, texts and numbers.

use digital_maturity::spec::ScaleSpec;
use digital_maturity::survey::{Export, Options};
use digital_maturity::{Answer, Question};

use super::super::study::Study;
use super::{Codebook, Encoding, Form, PLAIN, Rendering, Say, Style, Table, Tells};
use super::{items, renderings, ticked, told};

pub(super) fn renderings_of(study: &Study) -> Vec<Rendering> {
    let mut all = Vec::new();
    let some = told(study, Tells::SomeTicks);
    for language in ["en", "de"] {
        let style = Style::texts(language);
        let table = table(&some, &style, false);
        all.extend(of_table(&format!("condensed, {language}"), &some, &style, &table));
    }
    let plain = told(study, Tells::SomeTicksNoStates);
    let style = Style::texts("en");
    all.extend(of_table("expanded", &plain, &style, &table(&plain, &style, true)));
    let numbers = told(study, Tells::SomeTicksNoStates).without_others();
    let style = Style { say: Say::Code("", 1), yes: ["2", "1"], ..Style::texts("en") };
    all.extend(of_table("numbers", &numbers, &style, &table(&numbers, &style, false)));
    all
}

fn of_table(name: &str, study: &Study, style: &Style, table: &Table) -> Vec<Rendering> {
    let options = style.options(study, Options::of(Export::SurveyMonkey), Codebook::default());
    let form = Form { encoding: Encoding::Marked, ..PLAIN };
    renderings(name, study, table, form, &options, true)
}

fn table(study: &Study, style: &Style, expanded: bool) -> Table {
    let mut table = Table::new(2, study.respondents.len());
    table.constant(&[
        ("Respondent ID", "11800000000#"),
        ("Collector ID", "400000001"),
        ("Start Date", "09/01/2025 10:02:11 AM"),
        ("End Date", "09/01/2025 10:07:40 AM"),
        ("IP Address", "192.0.2.1"),
        ("Email Address", ""),
        ("First Name", ""),
        ("Last Name", ""),
        ("Custom Data 1", ""),
    ]);
    let mut above = None;
    for question in study.questionnaire.questions() {
        let title = question.title().get(style.language);
        let answer = |n| study.answer(n, question);
        // Over the first of a question's, or a matrix's, columns.
        let mut first = title;
        if let Some(items) = items(question) {
            for (position, item) in items.iter().enumerate() {
                let head = [std::mem::take(&mut first), item.text.get(style.language)];
                table.column(&head, |n| match ticked(&answer(n), &item.id) {
                    Some(true) => style.item(position, item),
                    _ => String::new(),
                });
            }
            if study.has_other(question) {
                let other = |n| study.other(n, question).unwrap_or_default().to_owned();
                table.column(&["", "Other (please specify)"], other);
            }
        } else if let Some(stem) = study.stems.get(question.id()).copied() {
            let head = if above == Some(stem) { "" } else { stem };
            above = Some(stem);
            table.column(&[head, title], |n| style.cell(question, &answer(n)));
        } else if let Some(choices) = expanded.then(|| choices(question, style)).flatten() {
            for (choice, text) in &choices {
                table.column(&[std::mem::take(&mut first), text], |n| {
                    if answer(n) == *choice { text.clone() } else { String::new() }
                });
            }
        } else {
            let measured = matches!(question.scale(), ScaleSpec::Measure { .. });
            let second = if measured { "Open-Ended Response" } else { "Response" };
            table.column(&[title, second], |n| style.cell(question, &answer(n)));
        }
    }
    table
}

/// The answers from which one is chosen, with their texts.
fn choices(question: Question<'_>, style: &Style) -> Option<Vec<(Answer, String)>> {
    let answers: Vec<Answer> = match question.scale() {
        ScaleSpec::Choice { choices } => choices.iter().map(|of| of.value.into()).collect(),
        ScaleSpec::YesNo => vec![true.into(), false.into()],
        ScaleSpec::Checklist { .. } | ScaleSpec::Measure { .. } => return None,
    };
    Some(answers.into_iter().map(|of| (of.clone(), style.cell(question, &of))).collect())
}
