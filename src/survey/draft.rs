//! A file of codes to be filled in.

use std::fmt::Write as _;

use super::header::{Header, Role};
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::text::OneLine;

/// The file, in YAML: each column that is no tool's own, and what is left to say.
pub(super) fn draft(questionnaire: &Questionnaire, header: &Header) -> String {
    let mut text = format!(
        "# What the columns and cells of an export stand for, for questionnaire `{}`.\n\
         # Fill in what is left, and pass the file to --codes. `null` passes over a column.\n\ncolumns:\n",
        questionnaire.id()
    );
    let mut put = |name: &str, what: &str, note: &str| {
        let name = serde_json::Value::from(name); // a text of JSON is one of YAML
        let _ = writeln!(text, "  {name}: {what}{note}"); // a String takes any text
    };
    let mut is_empty = true;
    for (name, role) in header.columns(questionnaire) {
        if name.is_empty() {
            continue;
        }
        match role {
            Role::Question(id) => put(name, &id, ""),
            Role::Item(id, item) => put(name, &format!("\"{id}[{item}]\""), ""),
            Role::Unknown => put(name, "null", "  # nobody knows what this is"),
            Role::Tool | Role::PassedOver | Role::Other(_) => continue,
        }
        is_empty = false;
    }
    if is_empty {
        text.push_str("  {}\n");
    }
    let missing: Vec<&str> = header.missing(questionnaire).collect();
    if !missing.is_empty() {
        text.push_str("\n# Questions without a column:\n");
        for question in missing.iter().filter_map(|id| questionnaire.question(id)) {
            let title = OneLine(question.title().as_str());
            let _ = writeln!(text, "#   {}: {title}{}", question.id(), items(question));
        }
    }
    text.push_str(
        "\n# Texts that stand for the same with all questions, such as A4: 4, or -oth-: not_applicable.\n\
         answers: {}\n\n\
         # Texts of one question, or entries of its lists, such as owner: { \"1\": true, \"2\": false },\n\
         # or channels: { \"1\": [web], \"None of these\": [] }.\nquestions: {}\n",
    );
    text
}

/// The items of a checklist, which may have a column each.
fn items(question: Question<'_>) -> String {
    let ScaleSpec::Checklist { items } = question.scale() else { return String::new() };
    let items: Vec<String> =
        items.iter().map(|item| format!("{}[{}]", question.id(), item.id)).collect();
    format!("; or by item {}", items.join(", "))
}
