//! The tools that write the files.

use crate::names::named;

/// A survey tool, as whose export a file is read.
///
/// It gives defaults, each of which [`Options`](super::Options) can override: how many rows the header
/// has, whether cells are values or texts, how lists are joined, what a box that nobody ticked means,
/// which rows are no respondents, and which columns are the tool's own.
///
/// ```
/// use digital_maturity::survey::Export;
///
/// assert_eq!("google-forms".parse(), Ok(Export::GoogleForms));
/// assert_eq!(Export::ALL.len(), 8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Export {
    /// Google Forms: the linked sheet, or the CSV download. Texts; lists joined by a comma.
    GoogleForms,
    /// Microsoft Forms, the sheet saved as CSV. Texts, also of numbers; each entry of a list ended by
    /// a semicolon.
    MicrosoftForms,
    /// `SurveyMonkey`, condensed or expanded: two rows of header, a column an item.
    SurveyMonkey,
    /// `LimeSurvey`: codes or full texts, a column an item.
    LimeSurvey,
    /// Qualtrics: three rows of header, texts or numbers.
    Qualtrics,
    /// `REDCap`, raw or labels: a column an item, 0 also where nobody saw it.
    Redcap,
    /// `KoBoToolbox`: ids or labels, lists joined by blanks and split beside that.
    Kobo,
    /// ODK Central: ids, lists joined by blanks.
    Odk,
}

impl Export {
    /// The headers under which the tool writes what tells respondents apart, the usual one first.
    ///
    /// ```
    /// # use digital_maturity::survey::Export;
    /// assert_eq!(Export::Redcap.id_columns(), ["record_id", "Record ID"]);
    /// ```
    #[must_use]
    pub const fn id_columns(self) -> &'static [&'static str] {
        match self {
            Self::GoogleForms => &["Timestamp", "Email Address"],
            Self::MicrosoftForms => &["ID"],
            Self::SurveyMonkey => &["Respondent ID"],
            Self::LimeSurvey => &["id", "Response ID", "Antwort ID", "token"],
            Self::Qualtrics => &["ResponseId", "ResponseID"],
            Self::Redcap => &["record_id", "Record ID"],
            Self::Kobo => &["_id", "_uuid"],
            Self::Odk => &["KEY", "meta-instanceID", "instanceID"],
        }
    }
}

named!(Export, "survey tool", [
    GoogleForms => "google-forms",
    MicrosoftForms => "microsoft-forms",
    SurveyMonkey => "surveymonkey",
    LimeSurvey => "limesurvey",
    Qualtrics => "qualtrics",
    Redcap => "redcap",
    Kobo => "kobo",
    Odk => "odk",
]);
