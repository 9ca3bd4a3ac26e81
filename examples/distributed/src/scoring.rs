//! What both functions are made of.

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::{Signature, Volatility};
use digital_maturity::{Fingerprint, Questionnaire};

use crate::answers;

/// Scoring by one questionnaire: a function of one struct of answers.
#[derive(Debug)]
pub(crate) struct Scoring {
    questionnaire: Questionnaire,
    fingerprint: Fingerprint,
    signature: Signature,
}

impl Scoring {
    pub(crate) fn new(questionnaire: &Questionnaire) -> Self {
        Self {
            questionnaire: questionnaire.clone(),
            fingerprint: questionnaire.fingerprint(),
            signature: Signature::any(1, Volatility::Immutable),
        }
    }

    pub(crate) fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    pub(crate) fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Whether the function of that name can be called with these arguments.
    pub(crate) fn check(&self, name: &str, arguments: &[DataType]) -> Result<()> {
        let [answers] = arguments else { return plan_err!("{name} takes one struct") };
        answers::check(&self.questionnaire, answers)
    }
}

/// Two are the same if they give the same scores.
impl PartialEq for Scoring {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Scoring {}

impl std::hash::Hash for Scoring {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}
