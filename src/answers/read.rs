//! From an answers document to an [`AnswerSheet`].

use std::collections::{BTreeMap, BTreeSet};

use super::lenient::{self, nested, only};
use super::sheet::{AnswerSheet, unknown_question};
use super::state::AnswerState;
use crate::diagnostic::{Diagnostic, Errors, Excerpt, Path, Problem, Severity, Warnings};
use crate::document::{At, Node, Place, Reader};
use crate::questionnaire::Questionnaire;

/// The key that tells an envelope from a flat object.
const ANSWERS: &str = "answers";

/// The sheet of what could be read, and why it is not the whole, if it is not.
pub(super) fn read(
    questionnaire: &Questionnaire,
    node: &Node<'_>,
    lenient: bool,
) -> (AnswerSheet, Option<Errors>) {
    let mut reading = Reading {
        reader: Reader::default(),
        sheet: questionnaire.sheet(),
        lenient,
        places: BTreeMap::new(),
    };
    match only(node).filter(|_| lenient) {
        Some(one) => reading.document(At { node: one, place: &Place::ROOT.index(0) }),
        None => reading.document(At { node, place: &Place::ROOT }),
    }
    let Reading { reader, mut sheet, .. } = reading;
    match reader.finish(node) {
        Ok(warnings) => {
            sheet.envelope.warnings = warnings;
            (sheet, None)
        }
        Err(errors) => {
            let warnings = errors.iter().filter(|found| found.severity() == Severity::Warning);
            sheet.envelope.warnings = Warnings::from_sorted(warnings.cloned().collect());
            (sheet, Some(errors))
        }
    }
}

/// The sheet in the part of a document that stands at `at`; what is wrong with it is noted.
pub(crate) fn read_part(
    reader: &mut Reader,
    questionnaire: &Questionnaire,
    at: At<'_>,
) -> AnswerSheet {
    let mut reading = Reading {
        reader: std::mem::take(reader),
        sheet: questionnaire.sheet(),
        lenient: false,
        places: BTreeMap::new(),
    };
    reading.document(at);
    *reader = reading.reader;
    reading.sheet
}

struct Reading {
    reader: Reader,
    sheet: AnswerSheet,
    lenient: bool,
    /// Where an answer stands that was read leniently, by the position of its question: not always
    /// under its id.
    places: BTreeMap<usize, Path>,
}

impl Reading {
    /// An envelope, or the answers alone.
    fn document(&mut self, at: At<'_>) {
        let is_envelope =
            matches!(at.node, Node::Map(entries) if entries.iter().any(|(key, _)| key == ANSWERS));
        if is_envelope {
            self.envelope(at);
            self.not_asked(&at.place.key(ANSWERS));
        } else {
            self.answers(at);
            self.not_asked(at.place);
        }
    }

    /// Something that lenient reading passes over.
    fn object(&mut self, place: &Place<'_>, problem: Problem) {
        if self.lenient {
            self.reader.warning(place, problem);
        } else {
            self.reader.error(place, problem);
        }
    }

    fn envelope(&mut self, at: At<'_>) {
        let Some(entries) = self.reader.entries(at) else { return };
        for (key, node) in entries {
            let place = at.place.key(key);
            let at = At { node, place: &place };
            match key {
                ANSWERS => self.answers(at),
                // Absent and null are the same.
                "questionnaire" | "comments" | "respondent" | "taken" | "sequence"
                    if *node == Node::Null => {}
                "questionnaire" => self.identity(at),
                "comments" => self.comments(at),
                "respondent" => {
                    self.sheet.envelope.respondent = self.reader.owned_text(at);
                }
                "taken" => self.sheet.envelope.taken = self.reader.date(at),
                "sequence" => self.sheet.envelope.sequence = self.reader.sequence(at),
                _ => {
                    // Answers beside the envelope's are not passed over.
                    let answers =
                        if self.lenient { nested(self.sheet.questionnaire(), node) } else { None };
                    if let Some(questions) = answers {
                        let key = Excerpt::new(key);
                        self.reader.error(&place, Problem::NestedAnswers { key, questions });
                        continue;
                    }
                    let known =
                        [ANSWERS, "questionnaire", "comments", "respondent", "taken", "sequence"];
                    let suggestion = self.reader.nearest(key, known);
                    self.object(&place, Problem::UnknownKey { key: Excerpt::new(key), suggestion });
                }
            }
        }
    }

    /// The envelope must be for this questionnaire, in this version.
    fn identity(&mut self, at: At<'_>) {
        let reader = &mut self.reader;
        let questionnaire = self.sheet.questionnaire().clone();
        let Some(mut fields) = reader.fields(at) else { return };
        fields.required(reader, "id", |reader, at| {
            let found = reader.text(at)?;
            if found != questionnaire.id() {
                let (found, expected) = (Excerpt::new(found), questionnaire.id().to_owned());
                reader.error(at.place, Problem::OtherQuestionnaire { found, expected });
            }
            Some(())
        });
        fields.required(reader, "version", |reader, at| {
            let found = reader.text(at)?;
            if found != questionnaire.version() {
                let (found, expected) = (Excerpt::new(found), questionnaire.version().to_owned());
                reader.error(at.place, Problem::OtherVersion { found, expected });
            }
            Some(())
        });
        fields.finish(reader);
    }

    fn comments(&mut self, at: At<'_>) {
        for (id, node) in self.reader.entries(at).unwrap_or_default() {
            let place = at.place.key(id);
            self.comment(At { node, place: &place }, id);
        }
    }

    fn comment(&mut self, at: At<'_>, id: &str) {
        let blank = self.lenient && matches!(at.node, Node::Null);
        let position = self.sheet.questionnaire().position(id);
        let read = |reader: &mut Reader| if blank { None } else { reader.owned_text(at) };
        if let Some(position) = position {
            let comment = self.reader.about(|| id, read);
            self.sheet.put_comment(position, comment.unwrap_or_default());
        } else {
            read(&mut self.reader);
            let problem = unknown_question(&self.reader, self.sheet.questionnaire(), id);
            self.object(at.place, problem);
        }
    }

    /// Documents mostly list answers in the order of the questions, so the next question is tried
    /// before the id is looked up.
    fn answers(&mut self, at: At<'_>) {
        if self.lenient {
            return lenient::answers(&mut self.reader, &mut self.sheet, &mut self.places, at);
        }
        let Node::Map(entries) = at.node else {
            self.reader.wrong_type(at, "an object of answers");
            return;
        };
        let questionnaire = self.sheet.questionnaire().clone();
        let mut seen = vec![false; questionnaire.rules().len()];
        let mut others = BTreeSet::new();
        let mut next = 0;
        for (key, node) in entries {
            let place = at.place.key(key);
            let at = At { node, place: &place };
            let question = questionnaire
                .question_at(next)
                .filter(|question| question.id() == key)
                .or_else(|| questionnaire.question(key));
            let first = match question.and_then(|question| seen.get_mut(question.position())) {
                Some(seen) => !std::mem::replace(seen, true),
                None => others.insert(key.as_ref()),
            };
            if !first {
                let problem = Problem::DuplicateKey { key: Excerpt::new(key) };
                self.reader.error(&place, problem);
                continue;
            }
            if let Some(question) = question {
                next = question.position() + 1;
                let read = |reader: &mut Reader| question.read(reader, at);
                if let Some(given) = self.reader.about(|| question.id(), read) {
                    self.sheet.put(question.position(), given);
                }
            } else {
                let problem = unknown_question(&self.reader, &questionnaire, key);
                self.reader.error(&place, problem);
            }
        }
    }

    /// An answer to a question that is not asked does not count, which is worth knowing.
    fn not_asked(&mut self, place: &Place<'_>) {
        if self.reader.failed() {
            return; // what is asked follows from answers that are not all there
        }
        let mut idle = Vec::new();
        self.sheet.outcomes(|position, _, outcome| {
            if outcome.state() == AnswerState::NotAsked {
                idle.push(position);
            }
        });
        for position in idle {
            let Some(question) = self.sheet.questionnaire().question_at(position) else { continue };
            let id = question.id().to_owned();
            if self.sheet.answer(&id).is_some_and(|answer| answer != super::Answer::Unanswered) {
                let path = self.places.remove(&position);
                let path = path.unwrap_or_else(|| place.key(&id).path());
                let finding = Diagnostic::warning(path, Problem::NotAsked { id: id.clone() });
                self.reader.about(|| &id, |reader| reader.note(finding));
            }
        }
    }
}
