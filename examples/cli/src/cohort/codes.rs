//! The file of `--codes`: which columns are which questions, and what the texts in cells stand for.

use std::collections::BTreeMap;
use std::path::Path;

use digital_maturity::diagnostic::{Excerpt, Position};
use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Answer, Code, Question, Questionnaire};

use super::header::Asked;
use crate::support::finding::Finding;
use crate::support::reading::{Failure, invalid, open};
use crate::support::tree::{Key, Node, Value, from_toml, from_yaml};

/// What the file says, checked.
#[derive(Default)]
pub(crate) struct Codes {
    /// By the header of a column.
    pub(crate) columns: BTreeMap<String, Asked>,
    /// By the text of a cell, for all questions that take it.
    pub(crate) answers: BTreeMap<String, Answer>,
    /// By the position of a question, and then by the text of a cell.
    pub(crate) questions: BTreeMap<usize, BTreeMap<String, Answer>>,
}

/// What the check needs, and what it found.
struct Check<'c> {
    questionnaire: &'c Questionnaire,
    text: &'c str,
    findings: Vec<Finding>,
    codes: Codes,
}

impl Codes {
    /// The codes in that file.
    pub(crate) fn open(path: &Path, questionnaire: &Questionnaire) -> Result<Self, Failure> {
        let document = open(path)?;
        // JSON is YAML, too.
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        let tree = if is_toml { from_toml(&document.text) } else { from_yaml(&document.text) };
        let tree = tree.map_err(|finding| invalid(&document, vec![finding]))?;
        let (findings, codes) = (Vec::new(), Self::default());
        let mut check = Check { questionnaire, text: &document.text, findings, codes };
        check.document(&tree);
        if check.findings.is_empty() {
            Ok(check.codes)
        } else {
            Err(invalid(&document, check.findings))
        }
    }
}

impl Check<'_> {
    fn fault(&mut self, code: Code, offset: usize, message: &str) {
        self.findings.push(Finding::of_format(code, message, Position::in_text(self.text, offset)));
    }

    fn document(&mut self, tree: &Node) {
        for (key, node) in self.map(tree) {
            match key.text.as_str() {
                "columns" => self.columns(node),
                "answers" => {
                    for (key, node) in self.map(node) {
                        self.answer_of_all(key, node);
                    }
                }
                "questions" => {
                    for (key, node) in self.map(node) {
                        self.question(key, node);
                    }
                }
                _ => {
                    let name = Excerpt::new(&key.text);
                    let message = format!(
                        "unknown key `{name}`, must be one of `columns`, `answers`, `questions`"
                    );
                    self.fault(Code::UnknownKey, key.offset, &message);
                }
            }
        }
    }

    fn map<'n>(&mut self, node: &'n Node) -> &'n [(Key, Node)] {
        if let Value::Map(entries) = &node.value {
            return entries;
        }
        self.fault(Code::WrongType, node.offset, "expected an object");
        &[]
    }

    fn columns(&mut self, node: &Node) {
        for (header, node) in self.map(node) {
            let Value::Text(name) = &node.value else {
                self.fault(Code::WrongType, node.offset, "expected the id of a question");
                continue;
            };
            if let Some(asked) = Asked::by_id(self.questionnaire, name) {
                self.codes.columns.insert(header.text.trim().to_owned(), asked);
            } else {
                let message = format!("unknown question or item `{}`", Excerpt::new(name));
                self.fault(Code::UnknownQuestion, node.offset, &message);
            }
        }
    }

    fn question(&mut self, key: &Key, node: &Node) {
        let Some(question) = self.questionnaire.question(&key.text) else {
            let message = format!("unknown question `{}`", Excerpt::new(&key.text));
            return self.fault(Code::UnknownQuestion, key.offset, &message);
        };
        let position = question.position();
        // Cells of a checklist may be about one item: ticked or not.
        let takes_ticks = |answer: &Answer| {
            let ticks = matches!(answer, Answer::YesNo(_) | Answer::Whole(0 | 1));
            matches!(question.scale(), ScaleSpec::Checklist { .. }) && ticks
        };
        for (text, node) in self.map(node) {
            let Some(answer) = self.answer(node) else { continue };
            match question.cell(answer.clone()) {
                Err(refused) if !takes_ticks(&answer) => {
                    self.fault(refused.code(), node.offset, &refused.problem().to_string());
                }
                _ => {
                    let texts = self.codes.questions.entry(position).or_default();
                    texts.insert(text.text.trim().to_owned(), answer);
                }
            }
        }
    }

    fn answer_of_all(&mut self, text: &Key, node: &Node) {
        let Some(answer) = self.answer(node) else { return };
        let takes = |question: Question<'_>| question.cell(answer.clone()).is_ok();
        if self.questionnaire.questions().any(takes) || matches!(answer, Answer::YesNo(_)) {
            self.codes.answers.insert(text.text.trim().to_owned(), answer);
        } else {
            self.fault(Code::WrongType, node.offset, "no question takes this answer");
        }
    }

    /// The answer as an answers document writes it.
    fn answer(&mut self, node: &Node) -> Option<Answer> {
        let answer = match &node.value {
            Value::Null => Some(Answer::Unanswered),
            Value::Bool(yes) => Some(Answer::YesNo(*yes)),
            Value::Integer(number) => i64::try_from(*number).ok().map(Answer::Whole),
            Value::Float(number) => Some(Answer::Number(*number)),
            Value::Text(text) if text == "not_applicable" => Some(Answer::NotApplicable),
            Value::Text(text) if text == "dont_know" => Some(Answer::DontKnow),
            Value::List(items) => {
                let id = |item: &Node| match &item.value {
                    Value::Text(id) => Some(id.clone()),
                    _ => None,
                };
                items.iter().map(id).collect::<Option<Vec<_>>>().map(Answer::Items)
            }
            Value::Text(_) | Value::Map(_) => None,
        };
        if answer.is_none() {
            let message = "expected an answer: a number, `true` or `false`, a list of items, \
                           `not_applicable`, `dont_know` or null";
            self.fault(Code::WrongType, node.offset, message);
        }
        answer
    }
}
