//! What the voices say to one question, and what they say together.

use std::cmp::Ordering;

use super::ConsensusRule;
use crate::answers::{Given, GivenAt, Mark, ticked_off};
use crate::number::Units;
use crate::questionnaire::{Question, Questionnaire, Scale, Ticks};

/// An answer that earns a credit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opinion {
    pub(super) credit: Units,
    pub(super) given: Given,
    /// Who gave it, by its place among the voices.
    pub(super) voice: usize,
}

/// What the voices say to one question.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    /// The answers, lowest first: by credit, then by value, then in the order of the voices.
    pub(super) answers: Vec<Opinion>,
    pub(super) not_applicable: Vec<usize>,
    pub(super) dont_know: Vec<usize>,
    /// How many of the answers tick each item of a checklist.
    ticked: Vec<usize>,
}

/// Which of them is left out.
#[derive(Clone, Copy)]
enum Out {
    Nobody,
    /// Of the answers, the one at that place.
    Answer(usize),
    NotApplicable,
    DontKnow,
}

/// Answers of one credit, by their value.
fn by_value(a: Given, b: Given) -> Ordering {
    match (a, b) {
        (Given::Choice(a), Given::Choice(b)) => a.cmp(&b),
        (Given::YesNo(a), Given::YesNo(b)) => a.cmp(&b),
        (Given::Items(a), Given::Items(b)) => a.cmp(&b),
        (Given::Measure(a), Given::Measure(b)) => a.total_cmp(&b),
        _ => {
            debug_assert!(false, "answers to one question are of one kind");
            Ordering::Equal
        }
    }
}

impl Heard {
    /// What voices say to each question, in the order of the questionnaire.
    pub(super) fn all<'s>(
        questionnaire: &Questionnaire,
        voices: impl Iterator<Item = &'s [GivenAt]>,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = questionnaire.questions().map(|_| Self::default()).collect();
        for (voice, said) in voices.enumerate() {
            for GivenAt { position, given, mark } in said {
                let Some(heard) = all.get_mut(*position) else { continue };
                match *mark {
                    Mark::Answered(credit) => {
                        heard.answers.push(Opinion { credit, given: *given, voice });
                    }
                    Mark::NotApplicable => heard.not_applicable.push(voice),
                    Mark::DontKnow => heard.dont_know.push(voice),
                    Mark::Unanswered => {}
                }
            }
        }
        let questions = questionnaire.questions().zip(&mut all);
        questions.for_each(|(question, heard)| heard.order(question));
        all
    }

    /// Sorts the answers, and counts what they tick.
    fn order(&mut self, question: Question<'_>) {
        self.answers.sort_unstable_by(|a, b| {
            let by_value = || by_value(a.given, b.given);
            a.credit.cmp(&b.credit).then_with(by_value).then(a.voice.cmp(&b.voice))
        });
        if let Scale::Checklist(items) = question.scoring() {
            let times =
                |item| self.answers.iter().filter(|of| ticks(of.given).contains(item)).count();
            self.ticked = (0..items.len()).map(times).collect();
        }
    }

    /// How many have an opinion.
    pub(super) fn opinions(&self) -> usize {
        self.answers.len() + self.not_applicable.len()
    }

    /// What they say together.
    pub(super) fn consensus(&self, question: Question<'_>, rule: ConsensusRule) -> (Given, Mark) {
        self.decide(question, rule, Out::Nobody)
    }

    /// What the others say together, for each voice whose being left out could change it.
    pub(super) fn without_each(
        &self,
        question: Question<'_>,
        rule: ConsensusRule,
        mut each: impl FnMut(usize, (Given, Mark)),
    ) {
        for (place, answer) in self.answers.iter().enumerate() {
            each(answer.voice, self.decide(question, rule, Out::Answer(place)));
        }
        for voice in &self.not_applicable {
            each(*voice, self.decide(question, rule, Out::NotApplicable));
        }
        for voice in &self.dont_know {
            each(*voice, self.decide(question, rule, Out::DontKnow));
        }
    }

    fn decide(&self, question: Question<'_>, rule: ConsensusRule, out: Out) -> (Given, Mark) {
        let without = |count: usize, left_out: bool| count - usize::from(left_out);
        let answers = without(self.answers.len(), matches!(out, Out::Answer(_)));
        let not_applicable = without(self.not_applicable.len(), matches!(out, Out::NotApplicable));
        let dont_know = without(self.dont_know.len(), matches!(out, Out::DontKnow));
        if answers + not_applicable == 0 {
            return match dont_know {
                0 => (Given::Unanswered, Mark::Unanswered),
                _ => (Given::DontKnow, Mark::DontKnow),
            };
        }
        if not_applicable > answers {
            return (Given::NotApplicable, Mark::NotApplicable);
        }
        let out = match out {
            Out::Answer(place) => Some(place),
            Out::Nobody | Out::NotApplicable | Out::DontKnow => None,
        };
        if let Scale::Checklist(items) = question.scoring() {
            let left_out = out.and_then(|place| self.answers.get(place));
            let left_out = left_out.map_or_else(Ticks::default, |answer| ticks(answer.given));
            let mut together = Ticks::default();
            for (item, times) in self.ticked.iter().enumerate() {
                let times = times - usize::from(left_out.contains(item));
                let ticked = match rule {
                    ConsensusRule::Median => 2 * times > answers,
                    ConsensusRule::Lowest => times == answers,
                };
                if ticked {
                    together.insert(item);
                }
            }
            return ticked_off(items, together);
        }
        let place = match rule {
            ConsensusRule::Median => answers.div_ceil(2) - 1,
            ConsensusRule::Lowest => 0,
        };
        let place = place + usize::from(out.is_some_and(|out| out <= place));
        let Some(answer) = self.answers.get(place) else {
            debug_assert!(false, "the median of {answers} answers is one of them");
            return (Given::Unanswered, Mark::Unanswered);
        };
        (answer.given, Mark::Answered(answer.credit))
    }
}

fn ticks(given: Given) -> Ticks {
    match given {
        Given::Items(ticks) => ticks,
        _ => Ticks::default(),
    }
}
