//! The document of cases with what its answers lead to now.

use digital_maturity::{Assessment, Pillar};

use super::asked::{Asked, Found};
use super::cases::Case;
use crate::support::tree::{Key, Node, Value};

/// The sections of `expect` that hold one value an id.
const SECTIONS: [&str; 3] = ["pillars", "themes", "questions"];

/// The actual values of a case: where something is expected; all of a section that is there and
/// empty; and of a case that expects nothing the overall, the stage and the pillars.
pub(super) fn actual(case: Case, expect: Option<&Node>) -> Vec<(Asked, Found)> {
    let assessment = case.sheet.assess();
    let mut asked: Vec<Asked> = case.expected.into_iter().map(|(asked, _)| asked).collect();
    let section = |key: &str| match expect.map(|expect| &expect.value) {
        Some(Value::Map(entries)) => entries.iter().find(|(k, _)| k.text == key),
        _ => None,
    };
    if asked.is_empty() && SECTIONS.iter().all(|key| section(key).is_none()) {
        asked = vec![Asked::Overall, Asked::Stage];
        asked.extend(Pillar::ALL.map(Asked::Pillar));
    }
    for key in SECTIONS {
        let of_section = section(key).map(|(_, node)| &node.value);
        if matches!(of_section, Some(Value::Map(entries)) if entries.is_empty()) {
            asked.extend(all_of(key, &assessment));
        }
    }
    let found = |asked: Asked| {
        let found = asked.of(&assessment);
        (asked, found)
    };
    asked.into_iter().map(found).collect()
}

/// The same document with these values of each case.
pub(super) fn blessed(mut tree: Node, found: Vec<Vec<(Asked, Found)>>) -> Node {
    let Some(Node { value: Value::List(cases), .. }) = value_of(&mut tree, "cases") else {
        return tree;
    };
    for (node, found) in cases.iter_mut().zip(found) {
        let expect = entry(node, "expect");
        for (asked, found) in found {
            let value = found.value();
            let (key, id) = asked.keys();
            let place = entry(expect, key);
            match id {
                None => place.value = value,
                Some(id) => entry(place, id).value = value,
            }
        }
    }
    tree
}

fn all_of(section: &str, assessment: &Assessment) -> Vec<Asked> {
    let questionnaire = assessment.questionnaire();
    match section {
        "pillars" => Pillar::ALL.map(Asked::Pillar).to_vec(),
        "themes" => {
            let themes = questionnaire.themes().iter();
            themes.map(|theme| Asked::Theme(theme.id.clone())).collect()
        }
        _ => {
            let questions = questionnaire.questions();
            questions.map(|question| Asked::Question(question.id().to_owned())).collect()
        }
    }
}

fn value_of<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    entries.iter_mut().find(|(k, _)| k.text == key).map(|(_, node)| node)
}

/// The value of a key; where there is none, an empty object that is one from now on.
fn entry<'n>(node: &'n mut Node, key: &str) -> &'n mut Node {
    if !matches!(node.value, Value::Map(_)) {
        node.value = Value::Map(Vec::new());
    }
    let Node { value: Value::Map(entries), offset } = node else { return node };
    let at = entries.iter().position(|(k, _)| k.text == key).unwrap_or_else(|| {
        let empty = Node { offset: *offset, value: Value::Map(Vec::new()) };
        entries.push((Key { offset: *offset, text: key.to_owned() }, empty));
        entries.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "found or pushed just now")]
    &mut entries[at].1
}
