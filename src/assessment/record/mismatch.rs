//! Where a stored result is another than the one that follows from the answers.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::Record;
use crate::diagnostic::{Excerpt, Path};
use crate::document::Place;

/// A stored result does not follow from the answers it is compared with. Holds at least one difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    differences: Vec<Difference>,
}

/// A value of a stored result that is not the recomputed one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// Where it stands.
    pub path: Path,
    /// What stands there, as JSON; `nothing` if nothing does.
    pub stored: Excerpt,
    /// What should, as JSON; `nothing` if nothing should.
    pub recomputed: Excerpt,
}

impl Mismatch {
    /// Of results that are not equal.
    pub(super) fn between(stored: &Record, recomputed: &Record) -> Self {
        let of = |record: &Record| serde_json::to_value(record).unwrap_or_default();
        let (stored, recomputed) = (of(stored), of(recomputed));
        let mut differences = Vec::new();
        differ(&Place::ROOT, Some(&stored), Some(&recomputed), &mut differences);
        Self { differences }
    }

    /// Every value that differs, each by its own path: keys of an object in alphabetical order, lists as they
    /// are.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Record};
    ///
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// let mut stored = sheet.assess().record().clone();
    /// stored.sequence = Some(3);
    /// let mismatch = stored.verify(&sheet).unwrap_err();
    /// let [difference] = mismatch.differences() else { panic!() };
    /// assert_eq!(difference.path.to_string(), "/sequence");
    /// assert_eq!(difference.stored.to_string(), "3");
    /// assert_eq!(difference.recomputed.to_string(), "nothing");
    /// ```
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

/// One line: the first few differences, and how many more there are.
impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// How many are shown.
        const SHOWN: usize = 5;
        f.write_str("the stored result does not follow from the answers: ")?;
        for (i, difference) in self.differences.iter().take(SHOWN).enumerate() {
            let Difference { path, stored, recomputed } = difference;
            let gap = if i == 0 { "" } else { "; " };
            write!(f, "{gap}{path} is {stored}, not {recomputed}")?;
        }
        match self.differences.len().checked_sub(SHOWN) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for Mismatch {}

/// Notes every value that differs, as deep in the documents as both go.
fn differ(
    place: &Place<'_>,
    stored: Option<&Value>,
    recomputed: Option<&Value>,
    out: &mut Vec<Difference>,
) {
    match (stored, recomputed) {
        (Some(Value::Object(stored)), Some(Value::Object(recomputed))) => {
            // In one order, whatever others switch on in `serde_json`.
            let keys: BTreeSet<&String> = stored.keys().chain(recomputed.keys()).collect();
            for key in keys {
                differ(&place.key(key), stored.get(key), recomputed.get(key), out);
            }
        }
        (Some(Value::Array(stored)), Some(Value::Array(recomputed))) => {
            for index in 0..stored.len().max(recomputed.len()) {
                differ(&place.index(index), stored.get(index), recomputed.get(index), out);
            }
        }
        (stored, recomputed) if stored != recomputed => {
            let excerpt = |value: Option<&Value>| {
                Excerpt::new(&value.map_or("nothing".to_owned(), Value::to_string))
            };
            let (stored, recomputed) = (excerpt(stored), excerpt(recomputed));
            out.push(Difference { path: place.path(), stored, recomputed });
        }
        _ => {}
    }
}
