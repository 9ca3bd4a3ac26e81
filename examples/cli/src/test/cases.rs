//! The document of cases: which answers lead to which result.

use std::collections::BTreeSet;
use std::path::Path;

use digital_maturity::diagnostic::{Excerpt, Position, Severity};
use digital_maturity::{AnswerSheet, Code, Errors, Questionnaire, Responses};
use serde::Deserialize;

use super::asked::{Asked, Found};
use crate::support::document::Document;
use crate::support::finding::Finding;
use crate::support::reading::{self, Failure};
use crate::support::tree::{Key, Node, Value};

/// What was made of the cases of a document, every one of them sound.
pub(super) struct Suite<T> {
    pub(super) questionnaire: Questionnaire,
    pub(super) cases: Vec<T>,
}

/// So many cases a document: each takes as long as its questionnaire has questions.
const MOST: usize = 1000;

/// Answers and what is expected of them.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) sheet: AnswerSheet,
    pub(super) expected: Vec<(Asked, Found)>,
}

/// What was found, each with its file and the byte of the document at which it belongs.
pub(super) type Findings = Vec<(usize, String, Finding)>;

/// What `each` makes of the cases in a document and what stands under `expect`, and what is odd about
/// them. The answers of one case are kept at a time: a sheet has room for every question, also where
/// nothing is answered.
///
/// # Errors
///
/// Everything that is wrong with it and with the files that it names, in its order.
pub(super) fn read<T>(
    document: &Document,
    tree: &Node,
    each: impl Fn(Case, Option<&Node>) -> T,
) -> Result<(Suite<T>, Findings), Findings> {
    let mut reading = Reading { document, findings: Vec::new(), hidden: 0, refused: false };
    let suite = reading.suite(tree, each);
    let Reading { mut findings, hidden, refused, .. } = reading;
    findings.sort_by_key(|(offset, ..)| *offset);
    if hidden > 0 {
        let message = format!("{hidden} more findings are not shown");
        let start = Position { line: 1, column: 1 };
        let finding = Finding::error(Code::MoreFindings, String::new(), &message, start);
        findings.push((document.text.len(), document.name(), finding));
    }
    match suite.filter(|_| !refused) {
        Some(suite) => Ok((suite, findings)),
        None => Err(findings),
    }
}

struct Reading<'d> {
    document: &'d Document,
    /// As many as the library keeps of a document.
    findings: Findings,
    hidden: usize,
    refused: bool,
}

/// A value and the JSON Pointer to it.
#[derive(Clone, Copy)]
struct At<'n, 'p> {
    node: &'n Node,
    path: &'p str,
}

impl Reading<'_> {
    fn suite<T>(
        &mut self,
        tree: &Node,
        each: impl Fn(Case, Option<&Node>) -> T,
    ) -> Option<Suite<T>> {
        let at = At { node: tree, path: "" };
        let [questionnaire, cases] =
            self.object(at, ["questionnaire", "cases"], &["questionnaire", "cases"])?;
        let questionnaire =
            questionnaire.and_then(|node| self.questionnaire(At { node, path: "/questionnaire" }));
        let mut read = Vec::new();
        let mut names = BTreeSet::new();
        if let Some(node) = cases {
            let Value::List(items) = &node.value else {
                self.wrong_type("/cases", node, "a list of cases");
                return None;
            };
            if items.len() > MOST {
                let found = items.len();
                let message = format!("too many cases: found {found}, at most {MOST} may be there");
                self.fault(Code::TooMany, "/cases", node.offset, &message);
            }
            for (index, node) in items.iter().take(MOST).enumerate() {
                let path = format!("/cases/{index}");
                let case = self.case(At { node, path: &path }, questionnaire.as_ref(), &mut names);
                read.extend(case.map(|(case, expect)| each(case, expect)));
            }
        }
        Some(Suite { questionnaire: questionnaire?, cases: read })
    }

    /// Built in, or from a file beside the document.
    fn questionnaire(&mut self, at: At<'_, '_>) -> Option<Questionnaire> {
        let name = self.text(at)?;
        match reading::questionnaire(&self.beside(name)) {
            Ok(questionnaire) => Some(questionnaire),
            Err(failure) => {
                self.failed(at, failure);
                None
            }
        }
    }

    /// A file that the document names lies beside it; what is built in goes by its name alone.
    fn beside(&self, name: &str) -> std::path::PathBuf {
        let built_in = ["dcx", "pulse", "dcx_pulse"].contains(&name);
        match self.document.path().and_then(|path| Path::new(path).parent()) {
            Some(folder) if !built_in => folder.join(name),
            _ => name.into(),
        }
    }

    fn case<'n>(
        &mut self,
        at: At<'n, '_>,
        questionnaire: Option<&Questionnaire>,
        names: &mut BTreeSet<String>,
    ) -> Option<(Case, Option<&'n Node>)> {
        let [name, answers, expect] =
            self.object(at, ["name", "answers", "expect"], &["name", "answers"])?;
        let path = |key: &str| format!("{}/{key}", at.path);
        let name = name.and_then(|node| {
            let name = self.text(At { node, path: &path("name") })?;
            if !names.insert(name.to_owned()) {
                let message = format!("name `{}` is already used", Excerpt::new(name));
                self.fault(Code::DuplicateId, &path("name"), node.offset, &message);
            }
            Some(name.to_owned())
        });
        let expected =
            expect.map(|node| self.expect(At { node, path: &path("expect") }, questionnaire));
        let sheet = answers
            .and_then(|node| self.answers(At { node, path: &path("answers") }, questionnaire?));
        let expected = expected.unwrap_or_default();
        Some((Case { name: name?, sheet: sheet?, expected }, expect))
    }

    /// Written here, or in a file beside the document.
    fn answers(&mut self, at: At<'_, '_>, questionnaire: &Questionnaire) -> Option<AnswerSheet> {
        let (name, path, opened);
        let document = if let Value::Text(file) = &at.node.value {
            opened = match Document::open(&self.beside(file)) {
                Ok(document) => document,
                Err(unreadable) => {
                    self.failed(at, Failure::Unreadable(unreadable));
                    return None;
                }
            };
            (name, path) = (opened.name(), "");
            &opened
        } else {
            (name, path) = (self.document.name(), at.path);
            self.document
        };
        let mut findings = Vec::new();
        let inline = !matches!(at.node.value, Value::Text(_));
        let responses = if inline {
            Responses::deserialize(at.node).map_err(|error| error.to_string())
        } else {
            document.responses().map_err(|found| {
                findings = found;
                String::new()
            })
        };
        let sheet = match responses {
            Err(message) => {
                if inline {
                    self.fault(Code::Syntax, at.path, at.node.offset, &message);
                }
                None
            }
            Ok(responses) => {
                let read = questionnaire.read(&responses);
                let found = match &read {
                    Ok(sheet) => sheet.warnings().as_slice(),
                    Err(errors) => errors.as_slice(),
                };
                findings = if inline {
                    let place = |finding| at.node.position(&document.text, finding);
                    let kept = found.iter().take(self.room());
                    self.hidden += found.len() - kept.len();
                    self.refused |= read.is_err();
                    kept.map(|finding| Finding::new(finding, place(finding))).collect()
                } else {
                    document.findings(found)
                };
                read.ok()
            }
        };
        for mut finding in findings {
            finding.path.insert_str(0, path);
            self.note(at.node.offset, &name, finding);
        }
        sheet
    }

    fn expect(&mut self, at: At<'_, '_>, of: Option<&Questionnaire>) -> Vec<(Asked, Found)> {
        let keys = ["overall", "stage", "pillars", "themes", "questions"];
        let Some([overall, stage, pillars, themes, questions]) = self.object(at, keys, &[]) else {
            return Vec::new();
        };
        let mut expected = Vec::new();
        let path = |key: &str| format!("{}/{key}", at.path);
        if let Some(node) = overall {
            let found = self.score(At { node, path: &path("overall") }, true);
            expected.extend(found.map(|found| (Asked::Overall, found)));
        }
        if let Some(node) = stage {
            let found = self.stage(At { node, path: &path("stage") });
            expected.extend(found.map(|found| (Asked::Stage, found)));
        }
        for (key, section, unknown) in [
            ("pillars", pillars, Code::UnknownName),
            ("themes", themes, Code::UnknownTheme),
            ("questions", questions, Code::UnknownQuestion),
        ] {
            let Some(section) = section else { continue };
            let entries = self.entries(At { node: section, path: &path(key) });
            for (Key { text: id, offset }, node) in entries.unwrap_or_default() {
                let asked = match (key, of) {
                    ("pillars", _) => id.parse().map(Asked::Pillar).map_err(|e| e.to_string()),
                    ("themes", Some(of)) if of.theme(id).is_none() => {
                        Err(format!("unknown theme `{}`", Excerpt::new(id)))
                    }
                    ("themes", _) => Ok(Asked::Theme(id.clone())),
                    (_, Some(of)) if of.question(id).is_none() => {
                        Err(format!("unknown question `{}`", Excerpt::new(id)))
                    }
                    _ => Ok(Asked::Question(id.clone())),
                };
                let path = pointer(&path(key), id);
                match asked {
                    Err(message) => self.fault(unknown, &path, *offset, &message),
                    Ok(asked) => {
                        let found = self.score(At { node, path: &path }, key != "questions");
                        expected.extend(found.map(|found| (asked, found)));
                    }
                }
            }
        }
        expected
    }

    /// A score or credit as published; null where there is none, of scores also by its name.
    fn score(&mut self, at: At<'_, '_>, named: bool) -> Option<Found> {
        let number = match &at.node.value {
            Value::Null => return Some(Found::Nothing),
            Value::Text(text) if named && text == NOT_SCORABLE => return Some(Found::Nothing),
            Value::Integer(number) => number.to_string(),
            // The shortest text of the double, which is what the document says up to 15 digits.
            Value::Float(number) => number.to_string(),
            _ => {
                let wanted =
                    if named { "a score, null or `not_scorable`" } else { "a credit or null" };
                self.wrong_type(at.path, at.node, wanted);
                return None;
            }
        };
        match number.parse() {
            Ok(score) => Some(Found::Score(score)),
            Err(error) => {
                let message = format!("`{}` is {error}", Excerpt::new(&number));
                self.fault(Code::OutOfRange, at.path, at.node.offset, &message);
                None
            }
        }
    }

    fn stage(&mut self, at: At<'_, '_>) -> Option<Found> {
        match &at.node.value {
            Value::Null => Some(Found::Nothing),
            Value::Text(text) if text == NOT_SCORABLE => Some(Found::Nothing),
            Value::Text(text) => match text.parse() {
                Ok(stage) => Some(Found::Stage(stage)),
                Err(error) => {
                    let message = format!("{error}");
                    self.fault(Code::UnknownName, at.path, at.node.offset, &message);
                    None
                }
            },
            _ => {
                self.wrong_type(at.path, at.node, "a stage, null or `not_scorable`");
                None
            }
        }
    }

    /// The values of these keys; any other is a fault, so is a repeated or a missing one.
    fn object<'n, const N: usize>(
        &mut self,
        at: At<'n, '_>,
        known: [&str; N],
        required: &[&str],
    ) -> Option<[Option<&'n Node>; N]> {
        let entries = self.entries(at)?;
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.text.as_str())) {
            let message = format!(
                "unknown key `{}`, known are {}",
                Excerpt::new(&key.text),
                known.join(", ")
            );
            self.fault(Code::UnknownKey, &pointer(at.path, &key.text), key.offset, &message);
        }
        let value = |key: &str| entries.iter().find(|(k, _)| k.text == *key).map(|(_, node)| node);
        for key in required.iter().filter(|key| value(key).is_none()) {
            let message = format!("key `{key}` is missing");
            self.fault(Code::MissingKey, at.path, at.node.offset, &message);
        }
        Some(known.map(value))
    }

    fn entries<'n>(&mut self, at: At<'n, '_>) -> Option<&'n [(Key, Node)]> {
        let Value::Map(entries) = &at.node.value else {
            self.wrong_type(at.path, at.node, "an object");
            return None;
        };
        let mut seen = BTreeSet::new();
        for (key, _) in entries {
            if !seen.insert(&key.text) {
                let message = format!("key `{}` appears more than once", Excerpt::new(&key.text));
                self.fault(Code::DuplicateKey, &pointer(at.path, &key.text), key.offset, &message);
            }
        }
        Some(entries)
    }

    fn text<'n>(&mut self, at: At<'n, '_>) -> Option<&'n str> {
        let Value::Text(text) = &at.node.value else {
            self.wrong_type(at.path, at.node, "a text");
            return None;
        };
        Some(text)
    }

    fn wrong_type(&mut self, path: &str, node: &Node, wanted: &str) {
        let message = format!("expected {wanted}");
        self.fault(Code::WrongType, path, node.offset, &message);
    }

    fn fault(&mut self, code: Code, path: &str, offset: usize, message: &str) {
        self.refused = true;
        if self.room() == 0 {
            self.hidden += 1;
            return;
        }
        let position = Position::in_text(&self.document.text, offset);
        let finding = Finding::error(code, path.to_owned(), message, position);
        self.note(offset, &self.document.name(), finding);
    }

    fn note(&mut self, offset: usize, file: &str, finding: Finding) {
        self.refused |= finding.severity == Severity::Error;
        if self.room() == 0 {
            self.hidden += 1;
        } else {
            self.findings.push((offset, file.to_owned(), finding));
        }
    }

    /// How many more findings are kept.
    fn room(&self) -> usize {
        Errors::MOST.saturating_sub(self.findings.len())
    }

    /// A file that the document names is none, or is not what it should be.
    fn failed(&mut self, at: At<'_, '_>, failure: Failure) {
        match failure {
            Failure::Unreadable(unreadable) => {
                self.fault(Code::Custom, at.path, at.node.offset, &unreadable.to_string());
            }
            Failure::Invalid { file, findings } => {
                for finding in findings {
                    self.note(at.node.offset, &file, finding);
                }
            }
        }
    }
}

/// How a document says that there is no score, beside null.
const NOT_SCORABLE: &str = "not_scorable";

fn pointer(path: &str, key: &str) -> String {
    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))
}
