//! The result of a panel, read back with what must agree in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, de};

use super::ConsensusRule;
use super::result::{PanelQuestion, PanelResult, VoiceResult};
use super::span::Span;
use crate::answers::Answer;
use crate::assessment::Record;

impl<'de> Deserialize<'de> for PanelResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(remote = "PanelResult")]
        struct Derived {
            rule: ConsensusRule,
            answers: BTreeMap<String, Answer>,
            result: Record,
            questions: Vec<PanelQuestion>,
            span: Span,
            voices: Vec<VoiceResult>,
        }
        let result = Derived::deserialize(deserializer)?;
        match disagreement(&result) {
            Some(what) => Err(de::Error::custom(what)),
            None => Ok(result),
        }
    }
}

/// What cannot be in the result of any panel.
fn disagreement(result: &PanelResult) -> Option<&'static str> {
    let mut names = BTreeSet::new();
    if result.voices.len() < 2 || !result.voices.iter().all(|voice| names.insert(&*voice.name)) {
        return Some("there are fewer than two voices, or two have one name");
    }
    let ids: BTreeSet<&str> = result.result.questions.iter().map(|(id, _)| id).collect();
    let mut asked = BTreeSet::new();
    if !result.questions.iter().all(|question| asked.insert(question.id.as_str())) || asked != ids {
        return Some("the questions are not those of the result, each once");
    }
    if !result.answers.keys().all(|id| ids.contains(id.as_str())) {
        return Some("an answer is to a question that the result does not have");
    }
    for question in &result.questions {
        let mut voices = BTreeSet::new();
        let mut known = |name: &str| names.contains(name) && voices.insert(name.to_owned());
        let sound = question.answers.iter().all(|answer| {
            !answer.voices.is_empty() && answer.voices.iter().all(|name| known(name))
        });
        if !sound {
            return Some("an answer is of no voice, or a voice has two answers to one question");
        }
        let in_order = match (question.lowest, question.highest, question.range) {
            (Some(lowest), Some(highest), Some(_)) => lowest <= highest,
            (lowest, highest, range) => lowest.is_none() && highest.is_none() && range.is_none(),
        };
        if !in_order {
            return Some("the lowest credit is above the highest");
        }
    }
    None
}
