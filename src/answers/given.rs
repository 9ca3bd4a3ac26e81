//! An answer as it is kept: one that its question takes.

use super::answer::Answer;
use crate::number::Units;
use crate::questionnaire::{Question, Scale, Ticks};

/// What scoring needs of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mark {
    Unanswered,
    DontKnow,
    NotApplicable,
    /// Answered, with that credit, `reverse` applied.
    Answered(Units),
}

/// An answer that its question takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Given {
    Unanswered,
    DontKnow,
    NotApplicable,
    Choice(i64),
    YesNo(bool),
    Items(Ticks),
    Measure(f64),
}

impl Given {
    /// As one writes it; `question` is the one whose answer it is.
    pub(crate) fn answer(self, question: Question<'_>) -> Answer {
        match self {
            Self::Unanswered => Answer::Unanswered,
            Self::DontKnow => Answer::DontKnow,
            Self::NotApplicable => Answer::NotApplicable,
            Self::Choice(value) => Answer::Whole(value),
            Self::YesNo(yes) => Answer::YesNo(yes),
            Self::Measure(number) => Answer::Number(number),
            Self::Items(ticks) => {
                let Scale::Checklist(items) = question.scoring() else {
                    debug_assert!(false, "`{}` is no checklist", question.id());
                    return Answer::Unanswered;
                };
                let ticked = items.iter().enumerate().filter(|(i, _)| ticks.contains(*i));
                Answer::Items(ticked.map(|(_, item)| item.id.clone()).collect())
            }
        }
    }
}
