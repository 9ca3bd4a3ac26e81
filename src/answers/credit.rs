//! What an answer earns, asked of its question.

use super::answer::Answer;
use super::asked::Settled;
use super::given::Mark;
use crate::diagnostic::Diagnostic;
use crate::number::Score;
use crate::questionnaire::{Comparison, Question, Scale, Verdict};

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

impl<'q> Question<'q> {
    /// Which answers open this question, for a form that shows and hides it: each comparison of its
    /// [condition](Self::asked_if), in the order in which it is written, as the question compared and
    /// those of its [`answers`](Self::answers) that meet the comparison. How the comparisons are joined
    /// says the condition. Empty if it is always asked.
    ///
    /// A checklist that is compared by its credit may take several items together to meet it;
    /// [`AnswerSheet::asked`](crate::AnswerSheet::asked) has the last word.
    ///
    /// ```
    /// use digital_maturity::{Answer, Questionnaire};
    ///
    /// let shop = Questionnaire::from_json(r#"{
    ///     "schema": 1, "id": "shop", "version": "1.0.0", "title": "Shop",
    ///     "pillars": { "digital_first_mindset": { "weight": 0 },
    ///         "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } },
    ///     "questions": [
    ///         { "id": "shops", "pillar": "agile_approach", "title": "Shops?",
    ///           "scale": { "kind": "yes_no" } },
    ///         { "id": "till", "pillar": "agile_approach", "title": "Is the till online?",
    ///           "scale": { "kind": "yes_no" }, "asked_if": { "question": "shops", "at_least": 1 } }
    ///     ] }"#)?;
    /// let opened_by = shop.question("till").unwrap().opened_by();
    /// assert_eq!((opened_by[0].0.id(), &opened_by[0].1), ("shops", &vec![Answer::YesNo(true)]));
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn opened_by(&self) -> Vec<(Question<'q>, Vec<Answer>)> {
        let questionnaire = self.questionnaire();
        let rule = questionnaire.rules().get(self.position());
        let Some(asked_if) = rule.and_then(|rule| rule.asked_if.as_ref()) else {
            return Vec::new();
        };
        let mut sheet = questionnaire.sheet();
        let mut meets = |comparison: &Comparison, question: Question<'q>, answer: &Answer| {
            let Ok(accepted) = question.accept(answer) else { return false };
            sheet.put(question.position(), accepted);
            sheet.marked().verdict(&Settled::ALL_ASKED, comparison) == Verdict::Met
        };
        let mut opened_by = Vec::new();
        for comparison in asked_if.condition.comparisons() {
            let Some(question) = questionnaire.question_at(comparison.question) else { continue };
            let mut answers = question.answers();
            answers.retain(|answer| meets(comparison, question, answer));
            opened_by.push((question, answers));
        }
        opened_by
    }
}
