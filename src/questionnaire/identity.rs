//! Which questionnaire something is of, and that it is of another one.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Questionnaire;
use super::fingerprint::Fingerprint;
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{At, Reader};
use crate::names::{is_id, is_version};

/// Which questionnaire a result is of. Its texts are shared with the questionnaire, so that a result
/// costs none of them.
///
/// ```
/// use digital_maturity::{Identity, Questionnaire};
///
/// let identity = Identity::from(Questionnaire::dcx_pulse());
/// assert_eq!((&*identity.id, &*identity.version), ("dcx_pulse", "1.0.0"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(!try_from))]
#[serde(try_from = "Stored")]
pub struct Identity {
    /// The questionnaire's id.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: Arc<str>,
    /// The questionnaire's version.
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Version"))]
    pub version: Arc<str>,
    /// The hash of everything in it that can change a score.
    pub fingerprint: Fingerprint,
}

/// What is read of it where the format need not describe itself.
#[derive(Deserialize)]
struct Stored {
    id: String,
    version: String,
    fingerprint: Fingerprint,
}

impl TryFrom<Stored> for Identity {
    type Error = &'static str;

    fn try_from(Stored { id, version, fingerprint }: Stored) -> Result<Self, Self::Error> {
        if !is_id(&id) {
            Err("a questionnaire's id is no id")
        } else if !is_version(&version) {
            Err("a questionnaire's version is not a semantic version")
        } else {
            Ok(Self { id: id.into(), version: version.into(), fingerprint })
        }
    }
}

impl Identity {
    /// As a result has it.
    pub(crate) fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
        let mut fields = reader.fields(at)?;
        let id = fields.required(reader, "id", Reader::id);
        let version = fields.required(reader, "version", |reader, at| {
            let text = reader.text(at)?;
            if !is_version(text) {
                reader.error(at.place, Problem::InvalidVersion { found: Excerpt::new(text) });
            }
            Some(text.to_owned())
        });
        let fingerprint = fields.required(reader, "fingerprint", Fingerprint::read);
        let (id, version) = (id?.into(), version?.into());
        Some(Self { id, version, fingerprint: fingerprint? })
    }
}

impl From<&Questionnaire> for Identity {
    fn from(questionnaire: &Questionnaire) -> Self {
        questionnaire.0.identity.clone()
    }
}

/// Something is of another questionnaire than what it is to be held against: their fingerprints
/// differ (scoring rules, section 11).
///
/// ```
/// use digital_maturity::{Questionnaire, compare::Comparison};
///
/// let (one, other) = (Questionnaire::dcx().sheet().assess(), Questionnaire::dcx_pulse().sheet().assess());
/// let error = Comparison::new(&one, &other).unwrap_err();
/// assert!(error.to_string().starts_with("results of different questionnaires, `dcx` and `dcx_pulse`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherQuestionnaire(Box<(Identity, Identity)>);

impl OtherQuestionnaire {
    pub(crate) fn new(expected: Identity, found: Identity) -> Self {
        Self(Box::new((expected, found)))
    }

    /// That the one found scores like the one expected: that their fingerprints agree.
    #[cfg(feature = "cohort")]
    pub(crate) fn check(expected: &Questionnaire, found: &Questionnaire) -> Result<(), Self> {
        if expected.fingerprint() == found.fingerprint() {
            return Ok(());
        }
        Err(Self::new(expected.into(), found.into()))
    }

    /// The questionnaire of which it should be.
    #[must_use]
    pub fn expected(&self) -> &Identity {
        &self.0.0
    }

    /// The questionnaire of which it is.
    #[must_use]
    pub fn found(&self) -> &Identity {
        &self.0.1
    }
}

impl fmt::Display for OtherQuestionnaire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, other) = (self.expected(), self.found());
        if one.id != other.id {
            write!(f, "different questionnaires, `{}` and `{}`", one.id, other.id)?;
        } else if one.version == other.version {
            write!(f, "`{}` {} before and after it was changed", one.id, one.version)?;
        } else {
            let (one, other) = (&one.version, &other.version);
            write!(f, "different versions of `{}`, {one} and {other}", self.expected().id)?;
        }
        write!(f, " (fingerprints {} and {})", one.fingerprint, other.fingerprint)
    }
}

impl std::error::Error for OtherQuestionnaire {}
