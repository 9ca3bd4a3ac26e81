//! Agreement of raters, on any numbers.

use digital_maturity::statistics::{
    ConfidenceInterval, FleissKappa, Krippendorff, Metric, Ratings, Statistic, TwoWayIcc, Undefined,
};
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::errors::{Faults, Finding};
use crate::value::{from_python, to_python};

#[derive(Serialize)]
struct Agreement {
    fleiss: FleissKappa,
    krippendorff: OfMetrics,
    icc: Icc,
}

#[derive(Serialize)]
struct OfMetrics {
    nominal: Krippendorff,
    ordinal: Krippendorff,
    interval: Krippendorff,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "as the crate names what the intervals are of")]
struct Icc {
    #[serde(flatten)]
    of: TwoWayIcc,
    f: Statistic,
    p: Statistic,
    icc_2_1_interval: Option<ConfidenceInterval>,
    icc_3_1_interval: Option<ConfidenceInterval>,
    icc_2_k_interval: Option<ConfidenceInterval>,
    icc_3_k_interval: Option<ConfidenceInterval>,
}

/// How far raters agree: n units, and what each of k raters gave them.
///
/// ``ratings`` is a list of n lists of k numbers, an array of numpy of shape (n, k), or a frame;
/// ``None`` and NaN are no rating. Gives Fleiss' kappa, Krippendorff's alpha (nominal, ordinal,
/// interval) and the two-way intraclass correlations with F, p and intervals of that ``level``.
///
/// Raises ``MaturityError`` for what is no table of numbers, and for a level that is not between 0
/// and 1.
#[pyfunction]
#[pyo3(signature = (ratings, /, *, level = 0.95))]
pub(crate) fn agreement<'py>(
    ratings: &Bound<'py, PyAny>,
    level: f64,
) -> PyResult<Bound<'py, PyAny>> {
    let py = ratings.py();
    let table = match ratings.getattr_opt("to_numpy")? {
        Some(method) => from_python(&method.call0()?)?,
        None => from_python(ratings)?,
    };
    let found = py.detach(|| of(&table, level));
    to_python(py, &found?)
}

fn of(table: &Value, level: f64) -> Result<Agreement, Faults> {
    let ratings = Ratings::from_rows(rows(table)?)
        .map_err(|error| Faults::from(Finding::error("uneven", "", error.to_string())))?;
    let icc = TwoWayIcc::of(&ratings);
    let interval = |found: Result<ConfidenceInterval, Undefined>| match found {
        Ok(interval) => Ok(Some(interval)),
        Err(Undefined::OutOfRange) => {
            let message = format!("expected a number between 0 and 1; found {level}");
            Err(Faults::from(Finding::argument("level", message)))
        }
        Err(_) => Ok(None),
    };
    Ok(Agreement {
        fleiss: FleissKappa::of(&ratings),
        krippendorff: OfMetrics {
            nominal: Krippendorff::of(&ratings, Metric::Nominal),
            ordinal: Krippendorff::of(&ratings, Metric::Ordinal),
            interval: Krippendorff::of(&ratings, Metric::Interval),
        },
        icc: Icc {
            f: icc.f(),
            p: icc.p(),
            icc_2_1_interval: interval(icc.icc_2_1_interval(level))?,
            icc_3_1_interval: interval(icc.icc_3_1_interval(level))?,
            icc_2_k_interval: interval(icc.icc_2_k_interval(level))?,
            icc_3_k_interval: interval(icc.icc_3_k_interval(level))?,
            of: icc,
        },
    })
}

/// A row for each unit, in it what each rater gave it.
fn rows(table: &Value) -> Result<Vec<Vec<Option<f64>>>, Faults> {
    let Value::Array(rows) = table else {
        return Err(Finding::error("wrong-type", "", "expected a list of rows").into());
    };
    let mut faults = Vec::new();
    let mut all = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        let Value::Array(cells) = cells else {
            faults.push(Finding::error("wrong-type", &format!("/{row}"), "expected a list"));
            continue;
        };
        let mut values = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            match cell {
                Value::Null => values.push(None),
                Value::Number(number) => values.push(number.as_f64()),
                _ => {
                    let path = format!("/{row}/{column}");
                    faults.push(Finding::error("wrong-type", &path, "expected a number or null"));
                }
            }
        }
        all.push(values);
    }
    if faults.is_empty() { Ok(all) } else { Err(Faults(faults)) }
}
