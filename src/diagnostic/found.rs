//! All findings of one document: what refuses it, and what a valid one may have.

use std::fmt;

use serde::Serialize;

use super::{Diagnostic, Path, Position, Problem, Severity};

/// How many findings of one document are kept.
pub(crate) const MOST: usize = 1000;

/// Why a document is refused: everything that was found in it, in its order. At least one of the
/// findings is an error; what else was noticed, such as what lenient reading passes over, stands
/// among them as a warning.
///
/// At most 1,000 findings are kept, then one that says how many more there were. Displays as one
/// line a finding.
///
/// ```
/// use digital_maturity::{Code, Questionnaire};
///
/// let errors = Questionnaire::from_json(r#"{ "schema": 1, "id": "My" }"#).unwrap_err();
/// assert_eq!(errors.first().code(), Code::MissingKey);
/// assert_eq!(errors.iter().count(), 4);
/// for error in &errors {
///     println!("{}: {error}", error.path());
/// }
/// ```
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
#[doc(alias("validation"))]
pub struct Errors {
    findings: Vec<Diagnostic>,
    #[serde(skip)]
    first: Box<Diagnostic>,
}

/// What a valid document does and its author should look at, in the order of the document.
///
/// At most 1,000 findings are kept, then one that says how many more there were. Displays as one
/// line a finding.
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// assert!(Questionnaire::dcx_pulse().warnings().is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Warnings {
    findings: Vec<Diagnostic>,
}

/// As it displays, so that it can be read where a program ends with it, or a test.
impl fmt::Debug for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Errors {
    /// How many findings of one document are kept.
    pub const MOST: usize = MOST;

    /// `findings` are in the order of the document; one of them is an error.
    pub(crate) fn from_sorted(findings: Vec<Diagnostic>) -> Self {
        let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let first = errors.next().cloned().unwrap_or_else(|| {
            debug_assert!(false, "a document is refused for an error");
            Diagnostic::error(Path::default(), Problem::MoreFindings { count: 0 })
        });
        Self { findings, first: Box::new(first) }
    }

    /// Whether there is an error among findings, in the order in which they should be read: one by
    /// one they come from [`AnswerSheet::set`](crate::AnswerSheet::set) and other doors for a single
    /// thing.
    ///
    /// # Errors
    ///
    /// All of them, if one is an error; otherwise they are warnings.
    ///
    /// ```
    /// use digital_maturity::{Errors, Questionnaire};
    ///
    /// let mut sheet = Questionnaire::dcx_pulse().sheet();
    /// let form = [("case_view", 7), ("case_veiw", 4), ("case_view", 3)];
    /// let faults = form.iter().filter_map(|&(id, value)| sheet.set(id, value).err());
    /// let errors = Errors::among(faults).unwrap_err();
    /// assert_eq!(errors.iter().len(), 2);
    /// assert!(Errors::among([]).unwrap().is_empty());
    /// ```
    pub fn among(findings: impl IntoIterator<Item = Diagnostic>) -> Result<Warnings, Self> {
        let mut findings = findings.into_iter();
        let mut kept: Vec<Diagnostic> = findings.by_ref().take(MOST).collect();
        let (mut count, mut failed) = (0, kept.iter().any(Diagnostic::is_error));
        for finding in findings {
            count += 1;
            // The error that refuses the rest is kept, however late it comes.
            if finding.is_error() && !std::mem::replace(&mut failed, true) {
                kept.pop();
                kept.push(finding);
            }
        }
        if count > 0 {
            let (path, problem) = (Path::default(), Problem::MoreFindings { count });
            let more = if failed { Diagnostic::error } else { Diagnostic::warning };
            kept.push(more(path, problem));
        }
        if failed { Err(Self::from_sorted(kept)) } else { Ok(Warnings::from_sorted(kept)) }
    }

    /// The first error.
    #[must_use]
    pub fn first(&self) -> &Diagnostic {
        &self.first
    }
}

impl From<Diagnostic> for Errors {
    fn from(finding: Diagnostic) -> Self {
        Self::from_sorted(vec![finding])
    }
}

impl std::error::Error for Errors {}

impl Warnings {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    pub(crate) fn from_sorted(findings: Vec<Diagnostic>) -> Self {
        debug_assert!(findings.iter().all(|finding| finding.severity == Severity::Warning));
        Self { findings }
    }

    /// Whether there is nothing to look at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }
}

macro_rules! findings {
    ($type:ident) => {
        impl $type {
            /// The same findings, each at its place in the text.
            pub(crate) fn at(self, positions: impl FnOnce(&[Diagnostic]) -> Vec<Position>) -> Self {
                let mut findings = self.findings;
                let positions = positions(&findings);
                for (finding, position) in findings.iter_mut().zip(positions) {
                    // What says how many more there are stands nowhere.
                    if !matches!(finding.problem(), Problem::MoreFindings { .. }) {
                        finding.set_position(position);
                    }
                }
                Self::from_sorted(findings)
            }

            /// The same findings, each about the question that its path leads into.
            pub(crate) fn about(self, question: impl Fn(&Path) -> Option<String>) -> Self {
                let mut findings = self.findings;
                for finding in &mut findings {
                    if let Some(question) = question(finding.path()) {
                        finding.set_question(&question);
                    }
                }
                Self::from_sorted(findings)
            }

            /// The findings, in the order of the document.
            pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
                self.findings.iter()
            }

            /// The findings, in the order of the document.
            #[must_use]
            pub fn as_slice(&self) -> &[Diagnostic] {
                &self.findings
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for (i, finding) in self.iter().enumerate() {
                    write!(f, "{}{finding}", if i == 0 { "" } else { "\n" })?;
                }
                Ok(())
            }
        }

        impl IntoIterator for $type {
            type Item = Diagnostic;
            type IntoIter = std::vec::IntoIter<Diagnostic>;

            fn into_iter(self) -> Self::IntoIter {
                self.findings.into_iter()
            }
        }

        impl<'a> IntoIterator for &'a $type {
            type Item = &'a Diagnostic;
            type IntoIter = std::slice::Iter<'a, Diagnostic>;

            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }
    };
}

findings!(Errors);
findings!(Warnings);
