//! The states of an answer, and what each does to the score (scoring rules, section 4).

use super::given::Mark;
use crate::names::named;
use crate::number::Units;
use crate::questionnaire::{Method, Policy};

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
    /// It is not asked.
    NotAsked {
        /// Whether its condition may yet be met; else it is not met.
        undecided: bool,
        /// Whether it counts with credit 0 all the same, covered unless undecided; else it is left
        /// out of everything.
        lowest: bool,
    },
}

impl Outcome {
    pub(crate) fn state(self) -> AnswerState {
        match self {
            Self::Asked(Mark::Answered(_)) => AnswerState::Answered,
            Self::Asked(Mark::NotApplicable) => AnswerState::NotApplicable,
            Self::Asked(Mark::DontKnow) => AnswerState::DontKnow,
            Self::Asked(Mark::Unanswered) => AnswerState::Unanswered,
            Self::NotAsked { .. } => AnswerState::NotAsked,
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
            Self::Asked(Mark::NotApplicable) => None,
            Self::NotAsked { lowest, .. } => lowest.then_some(Units::ZERO),
        }
    }
}
