//! The questionnaires that come with the crate.

use std::sync::LazyLock;

use super::Questionnaire;

/// The document of the short questionnaire, as it is in the crate's source.
const DCX_PULSE: &str = include_str!("dcx_pulse.json");

impl Questionnaire {
    /// The short built-in questionnaire `dcx_pulse`: twelve questions, three a pillar, each with
    /// five choices that say what one would see in an organisation at that stage.
    ///
    /// It is read and checked once a process, like any other document, and then shared.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// assert_eq!((pulse.id(), pulse.version()), ("dcx_pulse", "1.0.0"));
    /// assert_eq!(pulse.questions().count(), 12);
    /// assert!(pulse.warnings().is_empty());
    /// ```
    #[must_use]
    pub fn dcx_pulse() -> Self {
        static PULSE: LazyLock<Questionnaire> = LazyLock::new(|| built_in(DCX_PULSE));
        PULSE.clone()
    }
}

#[expect(clippy::expect_used, reason = "a document of this crate, read in its tests")]
fn built_in(document: &str) -> Questionnaire {
    Questionnaire::from_json(document).expect("the built-in questionnaire is valid")
}
