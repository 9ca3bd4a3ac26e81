//! What to do, from the answers given.

use std::cmp::Reverse;

use super::Rung;
use crate::answers::{Answer, AnswerSheet, AnswerState};
use crate::number::{Score, Units};
use crate::questionnaire::Question;

/// What can be done about one answer: the next better answer to its question, the best, and what
/// each would do to the overall by itself.
///
/// The better answers are those that [`AnswerSheet::single_raises`] and the roadmap climb.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Advice<'s> {
    /// The question.
    pub question: Question<'s>,
    /// What the overall would gain by the next better answer; 0 where it would lose, as a higher
    /// answer may open questions that are not answered yet. `None` if there is no overall.
    pub step: Option<Score>,
    /// What the overall would gain by the best answer.
    pub full: Option<Score>,
    sheet: &'s AnswerSheet,
    rungs: (Rung, Rung),
}

impl Advice<'_> {
    /// The answer as it is.
    #[must_use]
    pub fn answer(&self) -> Answer {
        self.sheet.answer(self.question.id()).unwrap_or_default()
    }

    /// The next better answer: of choices with equal credit the first listed, of bands the nearest,
    /// of items not ticked the one with most points.
    #[must_use]
    pub fn next(&self) -> Answer {
        self.rungs.0.answer(self.question)
    }

    /// The best answer, by the same rule.
    #[must_use]
    pub fn best(&self) -> Answer {
        self.rungs.1.answer(self.question)
    }
}

impl AnswerSheet {
    /// What to do first: each answered question that is not at the top of its scale and counts in
    /// the overall. Ordered by what the overall would gain at the top, then by the gain of the next
    /// level, then by the credit it has (lowest first), then as in the questionnaire.
    ///
    /// # Cost
    ///
    /// Each answer is scored twice again: the time grows with the square of the number of questions.
    ///
    /// ```
    /// use digital_maturity::{Answer, Questionnaire};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// sheet.set("journey_owner", 1)?;
    /// let advice = sheet.advice();
    /// assert_eq!(advice[0].question.id(), "journey_owner");
    /// assert_eq!((advice[0].next(), advice[0].best()), (Answer::Whole(2), Answer::Whole(5)));
    /// // from 0.458333333 to 0.479166667: a quarter of a credit, a third of a pillar, a quarter
    /// assert_eq!(advice[0].step.unwrap().to_string(), "0.020833334");
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn advice(&self) -> Vec<Advice<'_>> {
        let before = self.summary().overall.score();
        let mut trial = self.clone();
        let mut gain = |question: Question<'_>, rung: &Rung| {
            trial.climb(question.position(), rung);
            let after = trial.summary().overall.score();
            trial.copy_answer(question.position(), self);
            Some(before?.shortfall(after?))
        };
        let weights = self.questionnaire().pillar_weights();
        let mut answered: Vec<(Question<'_>, Units)> = Vec::new();
        self.outcomes(|position, _, outcome| {
            let question = self.questionnaire().question_at(position);
            let counts = |question: &Question<'_>| {
                outcome.state() == AnswerState::Answered
                    && !question.weight().is_zero()
                    && !weights[question.pillar()].is_zero()
            };
            let credit = outcome.credit(*self.questionnaire().method());
            answered.extend(question.filter(counts).zip(credit));
        });
        let mut found: Vec<(Units, Advice<'_>)> = answered
            .into_iter()
            .filter_map(|(question, credit)| {
                let rungs = self.rungs(question);
                let (next, best) = (rungs.first()?, rungs.last()?);
                let advice = Advice {
                    question,
                    step: gain(question, next),
                    full: gain(question, best),
                    sheet: self,
                    rungs: (*next, *best),
                };
                Some((credit, advice))
            })
            .collect();
        // Stable, so that equals stay in the order of the questionnaire.
        found.sort_by_key(|(credit, advice)| {
            (Reverse(advice.full), Reverse(advice.step), credit.score())
        });
        found.into_iter().map(|(_, advice)| advice).collect()
    }
}
