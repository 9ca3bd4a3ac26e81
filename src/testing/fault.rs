//! Documents that are valid but for one planted fault.

mod answers;
mod edit;
mod questionnaire;

use crate::answers::AnswerSheet;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::questionnaire::Questionnaire;

/// A JSON document with one thing wrong, and the finding that it must cause: for the code around a
/// questionnaire, which has to take a broken document, and for the editors, forms and services that
/// show findings.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::testing::{Fault, Shape, questionnaires};
/// use proptest::prelude::*;
/// use proptest::sample::select;
///
/// /// An application's own door.
/// fn upload(document: &str) -> Result<Questionnaire, String> {
///     Questionnaire::from_json(document).map_err(|errors| errors.to_string())
/// }
///
/// let faults = questionnaires(Shape::default())
///     .prop_flat_map(|questionnaire| select(Fault::in_questionnaire(&questionnaire)));
/// proptest!(ProptestConfig::with_cases(20), |(fault in faults)| {
///     match upload(&fault.document) {
///         Ok(questionnaire) => prop_assert!(fault.is_among(questionnaire.warnings())),
///         Err(said) => prop_assert!(said.contains(fault.code.as_str())),
///     }
/// });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The document, faulty.
    pub document: String,
    /// The code of the finding.
    pub code: Code,
    /// The place of the finding, as a JSON Pointer; empty for the whole document.
    pub path: String,
    /// Whether the document is refused. If so, no other error stands in the report.
    pub severity: Severity,
}

impl Fault {
    /// Every fault that one change can plant in that questionnaire: wrong types, keys, names, numbers
    /// and sizes, references, scales, ladders, conditions, and what causes a warning. Some need
    /// something to be there, such as a checklist or a second question; a fault of which the
    /// questionnaire has a warning at that place already is left out. What is added is called
    /// `planted`, an id that the questionnaire should not have itself.
    ///
    /// # Cost
    ///
    /// Some forty times the document's time and size: of the 45 questions of `dcx` 20 ms and 4 MB.
    ///
    /// ```
    /// use digital_maturity::{Code, Questionnaire};
    /// use digital_maturity::testing::Fault;
    ///
    /// let faults = Fault::in_questionnaire(Questionnaire::dcx_pulse());
    /// let later = faults.iter().find(|fault| fault.code == Code::LaterCondition).unwrap();
    /// assert_eq!(later.path, "/questions/0/asked_if/question");
    /// let errors = Questionnaire::from_json(&later.document).unwrap_err();
    /// assert!(later.is_among(&errors));
    /// ```
    #[must_use]
    pub fn in_questionnaire(questionnaire: &Questionnaire) -> Vec<Self> {
        questionnaire::faults(questionnaire)
    }

    /// Every fault that one change can plant in those answers, for
    /// [`Questionnaire::read_json`]: unknown questions, choices and items, forbidden states, numbers
    /// below every band, answers to what is not asked, and what can be wrong with an envelope.
    ///
    /// ```
    /// use digital_maturity::{Code, Questionnaire};
    /// use digital_maturity::testing::Fault;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// for fault in Fault::in_answers(&pulse.sheet()) {
    ///     let errors = pulse.read_json(&fault.document).unwrap_err();
    ///     assert!(fault.is_among(&errors), "{errors}");
    /// }
    /// ```
    #[must_use]
    pub fn in_answers(sheet: &AnswerSheet) -> Vec<Self> {
        answers::faults(sheet)
    }

    /// Whether the finding is among those of a report or of warnings.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::testing::Fault;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let fault = &Fault::in_questionnaire(pulse)[0];
    /// assert!(!fault.is_among(pulse.warnings()));
    /// ```
    pub fn is_among<'f>(&self, findings: impl IntoIterator<Item = &'f Diagnostic>) -> bool {
        findings.into_iter().any(|finding| {
            (finding.code(), finding.severity()) == (self.code, self.severity)
                && finding.path().to_string() == self.path
        })
    }
}
