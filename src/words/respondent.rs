//! Findings, told to who answers: in their language, with titles in place of ids.

use super::{Words, fill};
use crate::diagnostic::{Diagnostic, Problem};
use crate::questionnaire::{NonAnswer, Question, Questionnaire, ScaleSpec, Start};

impl Words {
    /// What a respondent should know of a finding about their answers, in the language of these words:
    /// the title of the question and what to do. Of what only a program can put right it says that
    /// much, and no more.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses, Words};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let posted = Responses::from_form_pairs([("journey_owner", "sometimes")]);
    /// let errors = pulse.read_lenient(&posted).unwrap_err();
    /// let told = Words::english().explain(errors.first(), pulse);
    /// assert!(told.ends_with("?”: Choose one of the answers."), "{told}");
    /// let told = Words::german().explain(errors.first(), pulse);
    /// assert!(told.ends_with("?“: Bitte eine der Antworten wählen."), "{told}");
    /// ```
    #[must_use]
    pub fn explain(&self, finding: &Diagnostic, questionnaire: &Questionnaire) -> String {
        let hint = self.hint(finding, questionnaire);
        match finding.question().and_then(|id| questionnaire.question(id)) {
            Some(question) => {
                let title = question.title().get(&self.language);
                fill!(self.about_question, question = title, hint = hint)
            }
            None => hint,
        }
    }

    /// The same without the title, for where it stands beside the question. A finding about no
    /// question, such as a field of the form's own, has no [`question`](Diagnostic::question): whoever
    /// answers need not see it.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Words};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let refused = pulse.sheet().set("journey_owner", 9).unwrap_err();
    /// assert_eq!(Words::english().hint(&refused, pulse), "Choose one of the answers.");
    /// ```
    #[must_use]
    #[doc(alias("validation"))]
    pub fn hint(&self, finding: &Diagnostic, questionnaire: &Questionnaire) -> String {
        let question = finding.question().and_then(|id| questionnaire.question(id));
        let hint = match finding.problem() {
            Problem::ForbiddenState { state, .. } if *state == NonAnswer::DontKnow.as_str() => {
                &self.hint_dont_know
            }
            Problem::ForbiddenState { .. } => &self.hint_not_applicable,
            Problem::NotAsked { .. } => &self.hint_not_asked,
            Problem::TextTooLong { most, .. } => return fill!(self.hint_too_long, most = most),
            Problem::AmbiguousText { .. } | Problem::ConflictingAnswers { .. } => {
                &self.hint_ambiguous
            }
            Problem::Custom { message } => return message.to_string(),
            Problem::DuplicateKey { .. } => &self.hint_twice,
            Problem::UnknownQuestion { .. } => &self.hint_unknown,
            _ => return question.map_or(self.hint_other.to_string(), |of| self.wanted(of)),
        };
        hint.to_string()
    }

    /// What kind of answer a question takes.
    fn wanted(&self, question: Question<'_>) -> String {
        let hint = match question.scale() {
            ScaleSpec::Choice { .. } => &self.hint_choice,
            ScaleSpec::YesNo => &self.hint_yes_no,
            ScaleSpec::Checklist { .. } => &self.hint_checklist,
            ScaleSpec::Measure { unit, bands } => {
                let unit = unit.get(&self.language);
                let first = bands.first().map_or(Start::From(0.0), |band| band.start);
                let hint = match first {
                    Start::From(_) => &self.hint_at_least,
                    Start::Above(_) => &self.hint_more_than,
                };
                return fill!(hint, number = self.measured(first.number()), unit = unit);
            }
        };
        hint.to_string()
    }
}
