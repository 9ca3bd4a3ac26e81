//! How one question was answered.

use serde::Serialize;

use crate::answers::{AnswerState, Outcome};
use crate::statistics::Frequencies;

/// How one question was answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// The credits that occur, ascending, and how often.
    levels: Vec<(f64, u64)>,
    not_applicable: u64,
    dont_know: u64,
    unanswered: u64,
    not_asked: u64,
}

/// How a question was answered: how often each credit occurs, and of those without one, why.
///
/// ```
/// use digital_maturity::cohort::{Column, Study};
/// use digital_maturity::{Cohort, Questionnaire};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let answers = [1_u8, 5, 5, 254]; // 254: don't know
/// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
/// let mut study = Study::new(pulse);
/// study.add(&Cohort::new(pulse, columns)?)?;
///
/// let found = study.answers("journey_owner").ok_or("it is scored")?;
/// assert!(found.credits.levels().eq([(0.0, 1), (1.0, 2)]));
/// assert_eq!((found.credits.missing(), found.dont_know), (1, 1));
/// assert!(study.answers("no_such").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ItemAnswers {
    /// The credits of those who answered it, `reverse` applied; missing are those of the other counts.
    pub credits: Frequencies,
    /// Those who said that it does not apply.
    pub not_applicable: u64,
    /// Those who do not know.
    pub dont_know: u64,
    /// Those without an answer.
    pub unanswered: u64,
    /// Those who were not asked.
    pub not_asked: u64,
}

impl Counts {
    pub(super) fn add(&mut self, outcome: Outcome) {
        match outcome.state() {
            AnswerState::Answered => {
                outcome.rating().into_iter().for_each(|credit| self.level(credit, 1));
            }
            AnswerState::NotApplicable => self.not_applicable += 1,
            AnswerState::DontKnow => self.dont_know += 1,
            AnswerState::Unanswered => self.unanswered += 1,
            AnswerState::NotAsked => self.not_asked += 1,
        }
    }

    fn level(&mut self, credit: f64, more: u64) {
        match self.levels.binary_search_by(|(level, _)| level.total_cmp(&credit)) {
            Ok(at) => self.levels.get_mut(at).into_iter().for_each(|(_, times)| *times += more),
            Err(at) => self.levels.insert(at, (credit, more)),
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (credit, times) in &other.levels {
            self.level(*credit, *times);
        }
        self.not_applicable += other.not_applicable;
        self.dont_know += other.dont_know;
        self.unanswered += other.unanswered;
        self.not_asked += other.not_asked;
    }

    pub(super) fn stated(&self) -> ItemAnswers {
        let Self { not_applicable, dont_know, unanswered, not_asked, .. } = *self;
        let missing = not_applicable + dont_know + unanswered + not_asked;
        ItemAnswers {
            credits: Frequencies::of_credits(missing, &self.levels),
            not_applicable,
            dont_know,
            unanswered,
            not_asked,
        }
    }
}
