//! The document of cases with what its answers lead to now.

use digital_maturity::{Assessment, Pillar};

use super::asked::Asked;
use super::cases::Suite;
use crate::support::tree::{Key, Node, Value};

/// The sections of `expect` that hold one value an id.
const SECTIONS: [&str; 3] = ["pillars", "themes", "questions"];

/// The same document with the actual values: where something is expected there; all of a section
/// that is there and empty; and of a case that expects nothing the overall, the stage and the pillars.
pub(super) fn blessed(mut tree: Node, suite: &Suite) -> Node {
    let Some(Node { value: Value::List(cases), .. }) = value_of(&mut tree, "cases") else {
        return tree;
    };
    for (node, case) in cases.iter_mut().zip(&suite.cases) {
        let assessment = case.sheet.assess();
        let mut asked: Vec<Asked> = case.expected.iter().map(|(asked, _)| asked.clone()).collect();
        let expect = entry(node, "expect");
        let empty =
            asked.is_empty() && !SECTIONS.iter().any(|section| value_of(expect, section).is_some());
        if empty {
            asked = vec![Asked::Overall, Asked::Stage];
            asked.extend(Pillar::ALL.map(Asked::Pillar));
        }
        for section in SECTIONS {
            let is_empty = matches!(
                value_of(expect, section),
                Some(Node { value: Value::Map(entries), .. }) if entries.is_empty()
            );
            if is_empty {
                asked.extend(all_of(section, &assessment));
            }
        }
        for asked in asked {
            let value = asked.of(&assessment).value();
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
