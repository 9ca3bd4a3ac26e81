//! By what respondents are grouped, and what stands over the columns of groups.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyString};

use crate::errors::{Faults, Finding};
use crate::scores::PyScores;
use crate::sort::Key;
use crate::value::is_missing;

/// What stands over the columns that are no group of that name.
pub(crate) const BLANK: &str = "(blank)";
const FIXED: [&str; 2] = ["All", BLANK];

/// By what respondents are grouped: what that is called, and the group of each.
pub(crate) struct By {
    pub(crate) name: String,
    /// None for a row of a file that cannot be read, and so is in no group.
    pub(crate) keys: Vec<Option<Key>>,
}

impl By {
    /// The name of a column that a file hands on, or a key for each row; blank where it is missing.
    pub(crate) fn new(scores: &PyScores, by: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(header) = by.cast::<PyString>() {
            let header = header.to_cow()?.into_owned();
            let Some(cells) = scores.carried(&header) else {
                let message = format!("`{header}` is not among the columns that are carried");
                return Err(Faults::from(Finding::argument("by", message)).into());
            };
            let mut keys: Vec<Option<Key>> = cells.iter().cloned().map(Key).map(Some).collect();
            for row in scores.unreadable() {
                if let Some(key) = keys.get_mut(*row) {
                    *key = None;
                }
            }
            return Ok(Self { name: header, keys });
        }
        let py = by.py();
        let name = by.getattr_opt(intern!(py, "name"))?;
        let name = name.and_then(|name| name.extract::<String>().ok());
        let plain = match by.getattr_opt(intern!(py, "to_pylist"))? {
            Some(method) => method.call0()?,
            None => by.clone(),
        };
        let mut keys = Vec::new();
        for key in plain.try_iter()? {
            keys.push(Some(Key(text_of(&key?)?)));
        }
        let rows = scores.scores.rows();
        if keys.len() != rows {
            let message = format!("expected a key for each of {rows} rows; found {}", keys.len());
            return Err(Faults::from(Finding::argument("by", message)).into());
        }
        Ok(Self { name: name.unwrap_or_else(|| "group".to_owned()), keys })
    }
}

/// A key as text; blank where it is missing.
fn text_of(key: &Bound<'_, PyAny>) -> PyResult<String> {
    if key.is_none() || is_missing(key) {
        return Ok(String::new());
    }
    let kind = key.get_type().name()?;
    if key.is_instance_of::<PyFloat>() || kind.to_cow()?.starts_with("float") {
        let number: f64 = key.extract()?;
        if number.is_nan() {
            return Ok(String::new());
        }
        // Pandas writes every column of whole numbers that has a gap as fractions.
        if number.fract() == 0.0 && number.abs() < 1e15 {
            return Ok(format!("{number:.0}"));
        }
    }
    Ok(key.str()?.to_cow()?.into_owned())
}

/// What stands over the column of a group; one that is called like a fixed column is told apart by quotes.
pub(crate) fn heading(name: &str) -> String {
    let bare = name.trim_matches('"');
    if name.is_empty() {
        BLANK.to_owned()
    } else if FIXED.iter().any(|fixed| fixed.eq_ignore_ascii_case(bare)) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}
