//! What a check found.

use std::fmt;

use crate::diagnostic::{Diagnostic, Errors};

/// Everything that a check of [`testing`](crate::testing) found, each in a line that names ids. At
/// least one.
///
/// `Debug` is the same as `Display`, as `unwrap` and a test that returns a `Result` print the former.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
///
/// let pulse = Questionnaire::dcx_pulse(); // fourteen themes, most with one question
/// let mistakes = testing::themes_covered(pulse, 2).unwrap_err();
/// assert!(mistakes.iter().all(|line| line.starts_with("theme `")));
/// assert_eq!(mistakes.to_string(), mistakes.iter().collect::<Vec<_>>().join("\n"));
/// assert_eq!(format!("{mistakes:?}"), mistakes.to_string());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mistake {
    /// The ids by which it can be excepted.
    about: Vec<String>,
    line: String,
}

impl Mistakes {
    /// The mistakes, one line each, in the order of the questionnaire.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(|mistake| mistake.line.as_str())
    }

    /// What is left without the mistakes about those questions or themes, which are known and meant.
    /// Findings of [`valid`](crate::testing::valid) and [`no_warnings`](crate::testing::no_warnings)
    /// can be excepted by code, too.
    ///
    /// # Errors
    ///
    /// The other mistakes, if there are any; and each id that excepts nothing, so that no exception
    /// outlives its mistake.
    ///
    /// ```
    /// use digital_maturity::{Pillar, Questionnaire, Weight, testing};
    ///
    /// let mut spec = Questionnaire::dcx_pulse().spec().clone();
    /// spec.questions[0].weight = "5".parse()?; // meant: it decides its pillar
    /// let questionnaire = spec.check()?;
    /// let id = questionnaire.questions().next().unwrap().id();
    ///
    /// let mistakes = testing::no_warnings(&questionnaire).unwrap_err();
    /// assert!(mistakes.clone().except([id]).is_ok());
    /// assert!(mistakes.clone().except(["dominant-question"]).is_ok());
    /// let left = mistakes.except(["case_view"]).unwrap_err();
    /// assert_eq!(left.iter().last(), Some("nothing was found about `case_view`"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn except<'i>(self, ids: impl IntoIterator<Item = &'i str>) -> Result<(), Self> {
        let mut left = Found::default();
        let ids: Vec<&str> = ids.into_iter().collect();
        let is_about = |mistake: &Mistake, id: &str| mistake.about.iter().any(|about| about == id);
        let unknown = ids.iter().filter(|id| !self.0.iter().any(|mistake| is_about(mistake, id)));
        let unknown: Vec<&str> = unknown.copied().collect();
        left.0.extend(self.0.into_iter().filter(|of| !ids.iter().any(|id| is_about(of, id))));
        for id in unknown {
            left.add([id], format!("nothing was found about `{id}`"));
        }
        left.end()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, line) in self.iter().enumerate() {
            write!(f, "{}{line}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Mistakes {}

impl From<&Errors> for Mistakes {
    fn from(errors: &Errors) -> Self {
        Self(errors.iter().map(Mistake::from).collect())
    }
}

impl From<&Diagnostic> for Mistake {
    fn from(finding: &Diagnostic) -> Self {
        let about = finding.question().into_iter().chain([finding.code().as_str()]);
        Self { about: about.map(str::to_owned).collect(), line: finding.to_string() }
    }
}

/// The mistakes that a check finds as it goes along, possibly none.
#[derive(Debug, Default)]
pub(super) struct Found(Vec<Mistake>);

impl Found {
    /// One more: the ids of what it is about, and what is said.
    pub(super) fn add<'i>(&mut self, about: impl IntoIterator<Item = &'i str>, line: String) {
        let about = about.into_iter().map(str::to_owned).collect();
        self.0.push(Mistake { about, line });
    }

    /// One more, of a document.
    pub(super) fn add_finding(&mut self, finding: &Diagnostic) {
        self.0.push(finding.into());
    }

    pub(super) fn end(self) -> Result<(), Mistakes> {
        if self.0.is_empty() { Ok(()) } else { Err(Mistakes(self.0)) }
    }
}
