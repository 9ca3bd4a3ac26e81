//! What a panel comes to.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::heard::Heard;
use super::span::Span;
use super::swing::Swings;
use super::{ConsensusRule, Panel};
use crate::answers::{Answer, AnswerSheet, AnswerState, Outcome};
use crate::assessment::{Overall, Record, Standing};
use crate::names::named;
use crate::number::{Score, Units};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::Question;

/// The result of a panel: what its voices say together and what that comes to, where they differ and what
/// hangs on it, and how the result of each stands beside it (scoring rules, section 13).
///
/// ```
/// use digital_maturity::panel::{ConsensusRule, Panel, PanelResult, Voice};
/// use digital_maturity::Questionnaire;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut voices = ["Ada", "Ben", "Cleo"].map(|name| Voice::new(name, pulse.sheet()));
/// for (voice, level) in voices.iter_mut().zip([3, 3, 4]) {
///     for question in pulse.questions() {
///         voice.sheet_mut().set(question.id(), level)?;
///     }
/// }
/// voices[1].sheet_mut().set("case_view", 1)?;
/// let result = Panel::new(pulse, voices, ConsensusRule::Median)?.assess();
///
/// // What to discuss first: one question of three in one pillar of four, from 0 to 0.75.
/// let first = &result.questions[0];
/// assert_eq!((first.id.as_str(), first.swing.unwrap().to_string()), ("case_view", "0.0625".into()));
/// let said: Vec<_> = first.answers.iter().map(|of| (of.answer.clone(), of.voices.len())).collect();
/// assert_eq!(said, [(1.into(), 1), (3.into(), 1), (4.into(), 1)]);
///
/// let stored = serde_json::to_string(&result)?;
/// assert_eq!(serde_json::from_str::<PanelResult>(&stored)?, result);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PanelResult {
    /// How the answers became one.
    pub rule: ConsensusRule,
    /// What the panel answers, by the id of the question, as an answers document; unanswered questions are
    /// left out.
    pub answers: BTreeMap<String, Answer>,
    /// What that comes to.
    pub result: Record,
    /// The questions in the order in which to discuss them: by swing, then by range, the largest first;
    /// of equals (in units of 1e-15) the earlier.
    pub questions: Vec<PanelQuestion>,
    /// How far the voices could move the result between them.
    pub span: Span,
    /// The voices, in the order in which they were given.
    pub voices: Vec<VoiceResult>,
}

/// A question in a panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PanelQuestion {
    /// The question's id.
    #[serde(deserialize_with = "crate::names::stored_id")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: String,
    /// The pillar that it counts in.
    pub pillar: Pillar,
    /// What the panel's answer rests on.
    pub basis: Basis,
    /// What became of the panel's answer, conditions applied.
    pub state: AnswerState,
    /// Why it was settled so, if that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The lowest credit that a voice gave; `None` without an answer.
    pub lowest: Option<Score>,
    /// The highest credit that a voice gave.
    pub highest: Option<Score>,
    /// How far the two are apart.
    pub range: Option<Score>,
    /// By how much the overall is higher with the highest of these credits than with the lowest, all other
    /// answers those of the panel; 0 where the question does not count, `None` where there is no overall.
    pub swing: Option<Score>,
    /// The answers that were given, lowest credit first, then not applicable and don't know: each with who
    /// gave it. Who left the question open is with none of them.
    pub answers: Vec<SameAnswer>,
}

/// An answer, and who gave it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SameAnswer {
    /// The answer.
    pub answer: Answer,
    /// The credit that it earns, if it earns one.
    pub credit: Option<Score>,
    /// The names of the voices, in the order in which they were given; at least one.
    pub voices: Vec<Arc<str>>,
}

/// What the panel's answer to a question rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// No voice has an opinion.
    Nobody,
    /// One voice alone has an opinion.
    Alone,
    /// Several voices have one, and the rule made one answer of them.
    Consensus,
    /// It was settled.
    Settled,
}

named!(Basis, "basis", [
    Nobody => "nobody",
    Alone => "alone",
    Consensus => "consensus",
    Settled => "settled",
]);

/// A voice, its own result beside that of the panel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VoiceResult {
    /// Its name.
    pub name: Arc<str>,
    /// On how many questions it has an opinion.
    pub opinions: u32,
    /// The overall of its own answers.
    pub overall: Overall,
    /// The pillars of its own answers.
    pub pillars: PillarMap<Standing>,
    /// The overall of the panel if this voice were left out, what is settled staying so.
    pub without: Overall,
}

impl PanelQuestion {
    /// Whether it remains to be discussed: opinions differ, and it is not settled.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let opinions = self.answers.iter().filter(|of| of.answer != Answer::DontKnow).count();
        self.basis != Basis::Settled && opinions > 1
    }
}

impl PanelResult {
    /// The question of that id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&PanelQuestion> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The questions that [remain to be discussed](PanelQuestion::is_open), in that order.
    pub fn to_discuss(&self) -> impl Iterator<Item = &PanelQuestion> {
        self.questions.iter().filter(|question| question.is_open())
    }

    /// The questions on which no voice has an opinion and nothing is settled, in the order of the
    /// questionnaire.
    pub fn nobody(&self) -> impl Iterator<Item = &str> {
        let nobody = |id: &&str| self.question(id).is_some_and(|of| of.basis == Basis::Nobody);
        self.result.questions.iter().map(|(id, _)| id).filter(nobody)
    }
}

impl Panel {
    /// What the panel comes to. Total: every panel has a result, if only one that says why there is no
    /// Score.
    ///
    /// # Cost
    ///
    /// Grows with voices times questions: a hundred voices on 1,000 questions take some milliseconds.
    #[must_use]
    pub fn assess(&self) -> PanelResult {
        let heard = self.heard();
        let agreed = self.agreed(&heard);
        let result = agreed.assess().record().clone();
        let summary = result.summary();
        let swings = Swings::new(self, &agreed, &summary);
        let questions = self.questionnaire.questions().zip(&heard);
        let mut questions: Vec<((u64, u64), PanelQuestion)> =
            questions.map(|(question, heard)| self.question(question, heard, &swings)).collect();
        // Stable, so that equals stay in the order of the questionnaire.
        questions.sort_by_key(|(order, _)| Reverse(*order));
        let answers = agreed.answers().filter(|(_, answer)| *answer != Answer::Unanswered);
        PanelResult {
            rule: self.rule,
            answers: answers.map(|(question, answer)| (question.id().to_owned(), answer)).collect(),
            questions: questions.into_iter().map(|(_, question)| question).collect(),
            span: self.span_of(&heard, &agreed, &summary),
            voices: self.voice_results(&heard, &agreed),
            result,
        }
    }

    /// A question, and what orders it: swing and range in units.
    fn question(
        &self,
        question: Question<'_>,
        heard: &Heard,
        swings: &Swings<'_>,
    ) -> ((u64, u64), PanelQuestion) {
        let position = question.position();
        let ends = heard.answers.first().zip(heard.answers.last());
        let ends = ends.map(|(lowest, highest)| (lowest.credit, highest.credit));
        let rule = self.questionnaire.rules().get(position);
        let swing = rule.and_then(|rule| swings.swing(position, rule, ends));
        let range = ends.map(|(lowest, highest)| highest.get() - lowest.get());
        let settled = self.settled.get(&position);
        let basis = match heard.opinions() {
            _ if settled.is_some() => Basis::Settled,
            0 => Basis::Nobody,
            1 => Basis::Alone,
            _ => Basis::Consensus,
        };
        let published = |units: u64| Units::mean(u128::from(units), 1).score();
        let result = PanelQuestion {
            id: question.id().to_owned(),
            pillar: question.pillar(),
            basis,
            state: swings.outcome(position).map_or(AnswerState::Unanswered, Outcome::state),
            note: settled.and_then(|settled| settled.note.clone()),
            lowest: ends.map(|(lowest, _)| lowest.score()),
            highest: ends.map(|(_, highest)| highest.score()),
            range: range.map(published),
            swing: swing.map(published),
            answers: self.same_answers(question, heard),
        };
        ((swing.unwrap_or(0), range.unwrap_or(0)), result)
    }

    /// The answers to a question, equal ones together.
    fn same_answers(&self, question: Question<'_>, heard: &Heard) -> Vec<SameAnswer> {
        let name = |voice: &usize| self.voices.get(*voice).map(|voice| Arc::clone(&voice.name));
        let same = heard.answers.chunk_by(|a, b| a.given == b.given);
        let mut answers: Vec<SameAnswer> = same
            .filter_map(|same| {
                let first = same.first()?;
                Some(SameAnswer {
                    answer: first.given.answer(question),
                    credit: Some(first.credit.score()),
                    voices: same.iter().filter_map(|answer| name(&answer.voice)).collect(),
                })
            })
            .collect();
        let states =
            [(Answer::NotApplicable, &heard.not_applicable), (Answer::DontKnow, &heard.dont_know)];
        for (answer, voices) in states.into_iter().filter(|(_, voices)| !voices.is_empty()) {
            let voices = voices.iter().filter_map(name).collect();
            answers.push(SameAnswer { answer, credit: None, voices });
        }
        answers
    }

    /// Each voice beside the panel, and the panel without it.
    fn voice_results(&self, heard: &[Heard], agreed: &AnswerSheet) -> Vec<VoiceResult> {
        // What would be agreed instead without a voice, where that differs.
        let mut without = vec![Vec::new(); self.voices.len()];
        let mut opinions = vec![0; self.voices.len()];
        for (question, heard) in self.questionnaire.questions().zip(heard) {
            let voices = heard.answers.iter().map(|answer| &answer.voice);
            for voice in voices.chain(&heard.not_applicable) {
                opinions.get_mut(*voice).into_iter().for_each(|count| *count += 1);
            }
            let position = question.position();
            if self.settled.contains_key(&position) {
                continue;
            }
            let together = heard.consensus(question, self.rule);
            heard.without_each(question, self.rule, |voice, given| {
                if let Some(without) = without.get_mut(voice).filter(|_| given != together) {
                    without.push((position, given));
                }
            });
        }
        let mut sheet = agreed.clone();
        let voices = self.voices.iter().zip(without).zip(opinions);
        voices
            .map(|((voice, without), opinions)| {
                let own = voice.sheet.sheet(&self.questionnaire).summary();
                for (position, given) in &without {
                    sheet.put(*position, *given);
                }
                let summary = sheet.summary();
                for (position, _) in &without {
                    sheet.copy_answer(*position, agreed);
                }
                VoiceResult {
                    name: Arc::clone(&voice.name),
                    opinions,
                    overall: own.overall,
                    pillars: own.pillars.map(|_, pillar| pillar.standing),
                    without: summary.overall,
                }
            })
            .collect()
    }
}
