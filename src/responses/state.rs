//! The states of an answer, and what each does to the score (scoring rules, section 4).

use super::sheet::{AnswerSheet, Mark};
use crate::id::named;
use crate::number::Units;
use crate::questionnaire::{Policy, Rule};

/// What became of a question.
///
/// ```
/// use digital_maturity::AnswerState;
///
/// assert_eq!(AnswerState::DontKnow.to_string(), "dont_know");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// It was answered with a value.
    Answered,
    /// It does not apply; it is left out of everything.
    NotApplicable,
    /// The respondent does not know; the policy decides, and it is not covered.
    DontKnow,
    /// There is no answer; the policy decides, and it is not covered.
    Unanswered,
    /// Its condition is not met; it is left out, or counts with credit 0 if the condition says so.
    NotAsked,
}

named!(AnswerState, "state", [
    Answered => "answered",
    NotApplicable => "not_applicable",
    DontKnow => "dont_know",
    Unanswered => "unanswered",
    NotAsked => "not_asked",
]);

/// What a question does to the means that it is part of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub(crate) state: AnswerState,
    /// The credit with which it counts, if it counts.
    pub(crate) credit: Option<Units>,
    /// Whether its weight is in the base of the coverage.
    pub(crate) applicable: bool,
    /// Whether its weight is covered.
    pub(crate) covered: bool,
}

impl Outcome {
    fn excluded(state: AnswerState) -> Self {
        Self { state, credit: None, applicable: false, covered: false }
    }

    fn open(state: AnswerState, policy: Policy) -> Self {
        let credit = match policy {
            Policy::Exclude => None,
            Policy::Lowest => Some(Units::ZERO),
        };
        Self { state, credit, applicable: true, covered: false }
    }
}

/// One bit a question; a questionnaire has at most 1,000 of them.
struct Bits([u64; 16]);

impl Bits {
    fn get(&self, position: usize) -> bool {
        self.0.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    fn set(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }
}

impl AnswerSheet {
    /// Hands over what each question does, in the order of the questionnaire. Conditions name
    /// earlier questions, so one pass settles them. Allocates nothing.
    #[inline]
    pub(crate) fn outcomes(&self, mut each: impl FnMut(usize, &Rule, Outcome)) {
        let method = self.questionnaire().method();
        let mut not_asked = Bits([0; 16]);
        for (position, (rule, mark)) in
            self.questionnaire().rules().iter().zip(&self.marks).enumerate()
        {
            let outcome = match rule.condition {
                Some(condition)
                    if !self.met(&not_asked, condition.question, condition.at_least) =>
                {
                    not_asked.set(position);
                    if condition.otherwise_lowest {
                        Outcome {
                            state: AnswerState::NotAsked,
                            credit: Some(Units::ZERO),
                            applicable: true,
                            covered: !self.open(&not_asked, condition.question),
                        }
                    } else {
                        Outcome::excluded(AnswerState::NotAsked)
                    }
                }
                _ => match *mark {
                    Mark::Answered(credit) => Outcome {
                        state: AnswerState::Answered,
                        credit: Some(credit),
                        applicable: true,
                        covered: true,
                    },
                    Mark::NotApplicable => Outcome::excluded(AnswerState::NotApplicable),
                    Mark::DontKnow => Outcome::open(AnswerState::DontKnow, method.dont_know),
                    Mark::Unanswered => Outcome::open(AnswerState::Unanswered, method.unanswered),
                },
            };
            each(position, rule, outcome);
        }
    }

    /// Whether the question at `position` is asked and answered with that credit at least.
    fn met(&self, not_asked: &Bits, position: usize, at_least: Units) -> bool {
        let enough = match self.marks.get(position) {
            Some(Mark::Answered(credit)) => *credit >= at_least,
            _ => false,
        };
        enough && !not_asked.get(position)
    }

    /// Whether the question at `position` is asked and yet to be answered.
    fn open(&self, not_asked: &Bits, position: usize) -> bool {
        matches!(self.marks.get(position), Some(Mark::Unanswered | Mark::DontKnow))
            && !not_asked.get(position)
    }
}
