//! A panel as it is kept between two meetings, and read back.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Deserializer, Serialize, Serializer};

use super::{ConsensusRule, Kept, Panel, Settled, Voice};
use crate::answers::{Answer, AnswerSheet, Folded, read_part, unknown_question};
use crate::diagnostic::{Errors, Excerpt, Problem};
use crate::document::{At, Node, Reader, name_fault};
use crate::questionnaire::{Identity, Questionnaire};

/// Voices as they are written: of each its name, and its answers in their envelope.
struct WrittenVoices<'p>(&'p Panel);

impl Serialize for WrittenVoices<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'v> {
            name: &'v str,
            sheet: AnswerSheet,
        }

        let mut all = serializer.serialize_seq(Some(self.0.voices.len()))?;
        for Voice { name, sheet } in self.0.voices() {
            all.serialize_element(&Written { name: &name, sheet })?;
        }
        all.end()
    }
}

/// A settled answer as it is written.
#[derive(Serialize)]
struct WrittenSettled<'p> {
    id: &'p str,
    answer: Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'p str>,
}

/// As a document that [`Panel::from_json`] reads back: `questionnaire`, `rule`, `voices` with `name` and
/// `sheet`, and `settled` with `id`, `answer` and `note`.
impl Serialize for Panel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let settled = self.settled();
        let settled: Vec<WrittenSettled<'_>> = settled
            .map(|(question, answer, note)| WrittenSettled { id: question.id(), answer, note })
            .collect();
        let mut panel = serializer.serialize_struct("Panel", 4)?;
        panel.serialize_field("questionnaire", &Identity::from(&self.questionnaire))?;
        panel.serialize_field("rule", &self.rule)?;
        panel.serialize_field("voices", &WrittenVoices(self))?;
        panel.serialize_field("settled", &settled)?;
        panel.end()
    }
}

impl Panel {
    /// The panel in a JSON text, as it was written: the voices and what is settled.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one go: that it is of a questionnaire that scores otherwise, and
    /// whatever [`Panel::new`], [`Questionnaire::read`] and [`Panel::settle`] refuse.
    ///
    /// ```
    /// use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// use digital_maturity::Questionnaire;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut voices = ["Ada", "Ben"].map(|name| Voice::new(name, pulse.sheet()));
    /// voices[0].sheet_mut().set("case_view", 5)?;
    /// let mut panel = Panel::new(pulse, voices, ConsensusRule::Median)?;
    /// panel.settle("journey_owner", 3, "since May")?;
    /// let kept = serde_json::to_string(&panel)?;
    /// assert_eq!(Panel::from_json(pulse, &kept)?, panel);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_json(questionnaire: &Questionnaire, json: &str) -> Result<Self, Errors> {
        Node::read_json(json, |node| from_node(questionnaire, node))
    }

    /// The panel that a format's deserializer holds.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one go.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, panel::Panel};
    /// let document = serde_json::json!({ "rule": "median" });
    /// let errors = Panel::from_document(Questionnaire::dcx_pulse(), &document).unwrap_err();
    /// assert_eq!(errors.iter().len(), 2);
    /// ```
    pub fn from_document<'de>(
        questionnaire: &Questionnaire,
        document: impl Deserializer<'de>,
    ) -> Result<Self, Errors> {
        from_node(questionnaire, &Node::from_document(document)?)
    }
}

fn from_node(questionnaire: &Questionnaire, node: &Node<'_>) -> Result<Panel, Errors> {
    Reader::document(node, |reader, at| panel(reader, at, questionnaire))
}

fn panel(reader: &mut Reader, at: At<'_>, questionnaire: &Questionnaire) -> Option<Panel> {
    let mut fields = reader.fields(at)?;
    fields.required(reader, "questionnaire", |reader, at| {
        let found = Identity::read(reader, at)?.fingerprint;
        let expected = questionnaire.fingerprint();
        if found != expected {
            let (found, expected) = (Excerpt::new(&found.to_string()), expected.to_string());
            let problem = Problem::OtherEnd { what: "fingerprint", found, expected };
            reader.error(&at.place.key("fingerprint"), problem);
        }
        Some(())
    });
    let rule = fields.or(reader, "rule", ConsensusRule::default(), Reader::name);
    let voices = fields.required(reader, "voices", |reader, at| {
        let voice = |reader: &mut Reader, at: At<'_>| voice(reader, at, questionnaire);
        let voices = reader.list(at, "voices", (2, Panel::MOST_VOICES), voice)?;
        let mut names = BTreeSet::new();
        for (index, (name, _)) in voices.iter().enumerate() {
            let fault = name.as_deref().and_then(|name| name_fault(name, &mut names));
            if let Some(problem) = fault {
                reader.error(&at.place.index(index).key("name"), problem);
            }
        }
        let voice = |(name, sheet): (Option<String>, Option<_>)| {
            Some(Kept { name: name?.into(), sheet: sheet? })
        };
        voices.into_iter().map(voice).collect::<Option<Vec<_>>>()
    });
    let settled = fields.or(reader, "settled", BTreeMap::new(), |reader, at| {
        let mut settled = BTreeMap::new();
        let read = |reader: &mut Reader, at: At<'_>| {
            if let Some((position, answer)) = one_settled(reader, at, questionnaire) {
                if settled.insert(position, answer).is_some() {
                    let id = questionnaire.question_at(position).map_or("", |q| q.id());
                    let problem = Problem::DuplicateEntry { entry: Excerpt::new(id) };
                    reader.error(&at.place.key("id"), problem);
                }
            }
        };
        reader.list(at, "settled questions", (0, usize::MAX), read)?;
        Some(settled)
    });
    fields.finish(reader);
    let questionnaire = questionnaire.clone();
    Some(Panel { questionnaire, rule: rule?, voices: voices?, settled: settled? })
}

/// A voice; its name even where its answers cannot be read.
fn voice(
    reader: &mut Reader,
    at: At<'_>,
    questionnaire: &Questionnaire,
) -> (Option<String>, Option<Folded>) {
    let Some(mut fields) = reader.fields(at) else { return (None, None) };
    let name = fields.required(reader, "name", Reader::owned_text);
    let read = |reader: &mut Reader, at: At<'_>| Some(read_part(reader, questionnaire, at).into());
    let sheet = fields.required(reader, "sheet", read);
    fields.finish(reader);
    (name, sheet)
}

fn one_settled(
    reader: &mut Reader,
    at: At<'_>,
    questionnaire: &Questionnaire,
) -> Option<(usize, Settled)> {
    let mut fields = reader.fields(at)?;
    let question = fields.required(reader, "id", |reader, at| {
        let id = reader.text(at)?;
        let question = questionnaire.question(id);
        if question.is_none() {
            let problem = unknown_question(reader, questionnaire, id);
            reader.error(at.place, problem);
        }
        question
    });
    let given = fields.required(reader, "answer", |reader, at| {
        let question = question?;
        // To settle it as open is not to settle it.
        if *at.node == Node::Null {
            reader.wrong_type(at, Answer::EXPECTED);
            return None;
        }
        reader.about(|| question.id(), |reader| question.read(reader, at))
    });
    let note = fields.or(reader, "note", None, |reader, at| match at.node {
        Node::Null => Some(None),
        _ => reader.owned_text(at).map(Some),
    });
    fields.finish(reader);
    let ((given, mark), note) = (given?, note?.filter(|note| !note.trim().is_empty()));
    Some((question?.position(), Settled { given, mark, note }))
}
