//! The questionnaires that come with the crate.

use std::sync::LazyLock;

use super::Questionnaire;

impl Questionnaire {
    /// The full built-in questionnaire `dcx`: 45 questions, eleven or twelve a pillar, on how an
    /// organisation serves its customers with digital means.
    ///
    /// Most questions have five choices, one for each stage, that say what a visitor would see or
    /// could ask for; each comes with guidance on the evidence that settles the answer, and with
    /// advice on the next step from there. Every theme of the articles behind the model has at
    /// least one question.
    ///
    /// Every text is there in English and German, the instructions and the glossary too, which forms
    /// and reports show.
    ///
    /// It is read and checked once a process, like any other document, and then shared.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let dcx = Questionnaire::dcx();
    /// assert_eq!((dcx.id(), dcx.version()), ("dcx", "1.0.0"));
    /// assert_eq!(dcx.questions().count(), 45);
    /// assert_eq!(dcx.families().len(), 8);
    /// assert_eq!(dcx.languages(), ["en", "de"]);
    /// assert!(dcx.warnings().is_empty());
    /// ```
    ///
    #[doc = include_str!("dcx.md")]
    #[must_use]
    pub fn dcx() -> &'static Self {
        static DCX: LazyLock<Questionnaire> = LazyLock::new(|| read(include_str!("dcx.json")));
        &DCX
    }

    /// The short built-in questionnaire `dcx_pulse`: twelve questions of [`dcx`](Self::dcx), three
    /// a pillar and word for word the same, each with weight 1. Answers to it are answers to those
    /// questions of the full one.
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
    pub fn dcx_pulse() -> &'static Self {
        static PULSE: LazyLock<Questionnaire> =
            LazyLock::new(|| read(include_str!("dcx_pulse.json")));
        &PULSE
    }

    /// The built-in questionnaire of that id and version, as results and answers name it; `None` if
    /// there is none.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// assert_eq!(Questionnaire::builtin("dcx", "1.0.0"), Some(Questionnaire::dcx()));
    /// assert_eq!(Questionnaire::builtin("dcx", "0.9.0"), None);
    /// ```
    #[must_use]
    pub fn builtin(id: &str, version: &str) -> Option<&'static Self> {
        let mut all = [Self::dcx(), Self::dcx_pulse()].into_iter();
        all.find(|builtin| (builtin.id(), builtin.version()) == (id, version))
    }
}

#[expect(clippy::expect_used, reason = "a document of this crate, read in its tests")]
fn read(document: &str) -> Questionnaire {
    Questionnaire::from_json(document).expect("the built-in questionnaire is valid")
}
