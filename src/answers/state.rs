//! The states of an answer, and what each does to the score (scoring rules, section 4).

use super::given::Mark;
use super::sheet::AnswerSheet;
use crate::names::named;
use crate::number::Units;
use crate::questionnaire::{Condition, Method, Policy, Questionnaire, Rule};

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

/// What became of a question once its condition is settled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// It is asked, and this is the answer.
    Asked(Mark),
    /// It is not asked, and left out of everything.
    NotAsked,
    /// It is not asked, and counts with credit 0.
    Lowest {
        /// Whether it counts as covered.
        covered: bool,
    },
}

impl Outcome {
    pub(crate) fn state(self) -> AnswerState {
        match self {
            Self::Asked(Mark::Answered(_)) => AnswerState::Answered,
            Self::Asked(Mark::NotApplicable) => AnswerState::NotApplicable,
            Self::Asked(Mark::DontKnow) => AnswerState::DontKnow,
            Self::Asked(Mark::Unanswered) => AnswerState::Unanswered,
            Self::NotAsked | Self::Lowest { .. } => AnswerState::NotAsked,
        }
    }

    /// The double nearest to the credit of an answer, for statistics; `None` without an answer, also
    /// where that counts as 0 in a score.
    #[expect(clippy::float_arithmetic, reason = "from whole units to a double")]
    #[expect(clippy::cast_precision_loss, reason = "units are below 2^53")]
    #[cfg(feature = "cohort")]
    pub(crate) fn rating(self) -> Option<f64> {
        match self {
            Self::Asked(Mark::Answered(credit)) => Some(credit.get() as f64 / 1e15),
            _ => None,
        }
    }

    /// The credit with which the question counts, if it counts.
    pub(crate) fn credit(self, method: Method) -> Option<Units> {
        let open = |policy| match policy {
            Policy::Exclude => None,
            Policy::Lowest => Some(Units::ZERO),
        };
        match self {
            Self::Asked(Mark::Answered(credit)) => Some(credit),
            Self::Asked(Mark::DontKnow) => open(method.dont_know),
            Self::Asked(Mark::Unanswered) => open(method.unanswered),
            Self::Asked(Mark::NotApplicable) | Self::NotAsked => None,
            Self::Lowest { .. } => Some(Units::ZERO),
        }
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

/// What scoring needs of one respondent: a mark a question, wherever the marks are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks<'m> {
    pub(crate) questionnaire: &'m Questionnaire,
    /// By the position of the question.
    pub(crate) marks: &'m [Mark],
}

impl AnswerSheet {
    /// Hands over what became of each question, as [`Marks::outcomes`] does.
    #[inline]
    pub(crate) fn outcomes(&self, each: impl FnMut(usize, &Rule, Outcome)) {
        self.marked().outcomes(each);
    }

    /// What scoring needs of this sheet.
    #[inline]
    pub(crate) fn marked(&self) -> Marks<'_> {
        Marks { questionnaire: self.questionnaire(), marks: self.marks() }
    }
}

impl Marks<'_> {
    /// What became of each question, in the order of the questionnaire.
    pub(crate) fn all(self) -> Vec<Outcome> {
        if !self.questionnaire.has_conditions() {
            return self.marks.iter().copied().map(Outcome::Asked).collect();
        }
        let mut all = Vec::with_capacity(self.marks.len());
        self.outcomes(|_, _, outcome| all.push(outcome));
        all
    }

    /// Hands over what became of each question, in the order of the questionnaire. Conditions name
    /// earlier questions, so one pass settles them. Allocates nothing.
    #[inline]
    pub(crate) fn outcomes(self, mut each: impl FnMut(usize, &Rule, Outcome)) {
        let mut not_asked = Bits([0; 16]);
        let questions = self.questionnaire.rules().iter().zip(self.marks);
        for (position, (rule, mark)) in questions.enumerate() {
            let outcome = match rule.condition {
                Some(condition) if !self.met(&not_asked, condition) => {
                    not_asked.set(position);
                    if condition.otherwise_lowest {
                        Outcome::Lowest { covered: !self.open(&not_asked, condition) }
                    } else {
                        Outcome::NotAsked
                    }
                }
                _ => Outcome::Asked(*mark),
            };
            each(position, rule, outcome);
        }
    }

    /// Whether the named question is asked and answered with enough credit.
    fn met(self, not_asked: &Bits, condition: Condition) -> bool {
        let enough = match self.marks.get(condition.question) {
            Some(Mark::Answered(credit)) => *credit >= condition.at_least,
            _ => false,
        };
        enough && !not_asked.get(condition.question)
    }

    /// Whether the named question is asked and yet to be answered.
    fn open(self, not_asked: &Bits, condition: Condition) -> bool {
        let mark = self.marks.get(condition.question);
        matches!(mark, Some(Mark::Unanswered | Mark::DontKnow))
            && !not_asked.get(condition.question)
    }
}
