//! What an answer earns, asked of its question.

use super::answer::Answer;
use super::given::Mark;
use crate::diagnostic::Diagnostic;
use crate::number::Score;
use crate::questionnaire::{Question, Scale};

impl Question<'_> {
    /// What an answer earns, `reverse` applied, rounded to billionths. `None` for one that earns
    /// nothing by itself: not applicable, don't know, unanswered.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the answer.
    ///
    /// ```
    /// use digital_maturity::{Answer, Code, Questionnaire};
    ///
    /// let question = Questionnaire::dcx_pulse().question("case_view").unwrap();
    /// assert_eq!(question.credit(4)?, Some("0.75".parse()?));
    /// assert_eq!(question.credit(Answer::DontKnow)?, None); // not 0
    /// assert_eq!(question.credit(6).unwrap_err().code(), Code::UnknownChoice);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn credit(&self, answer: impl Into<Answer>) -> Result<Option<Score>, Diagnostic> {
        match self.accept(&answer.into()) {
            Ok((_, Mark::Answered(credit))) => Ok(Some(credit.score())),
            Ok((_, Mark::Unanswered | Mark::NotApplicable | Mark::DontKnow)) => Ok(None),
            Err(refusal) => Err(refusal.of(self.id())),
        }
    }

    /// An answer for each of the [`credits`](Self::credits), in their order: every choice, `true`
    /// and `false`, every item of a checklist by itself, and the least number of every band. Of
    /// checklists and measures there are more.
    ///
    /// ```
    /// use digital_maturity::{Answer, Questionnaire};
    ///
    /// for question in Questionnaire::dcx_pulse().questions() {
    ///     assert_eq!(question.answers(), [1, 2, 3, 4, 5].map(Answer::from));
    /// }
    /// ```
    #[must_use]
    pub fn answers(&self) -> Vec<Answer> {
        match self.scoring() {
            Scale::Choice(choices) => choices.iter().map(|&(value, _)| value.into()).collect(),
            Scale::YesNo { .. } => vec![true.into(), false.into()],
            Scale::Checklist(items) => items.iter().map(|item| [item.id.as_str()].into()).collect(),
            Scale::Measure(bands) => bands.iter().map(|(start, _)| start.least().into()).collect(),
        }
    }
}
