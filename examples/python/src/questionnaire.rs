//! The questionnaire, and the doors that lead from it.

use digital_maturity::{Questionnaire, Responses};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use serde::Deserialize;

use crate::answers::PyAnswers;
use crate::errors::{Faults, Finding};
use crate::export::{self, Given};
use crate::scores::PyScores;
use crate::table::Table;
use crate::value::{Document, to_python};

/// A questionnaire that was checked.
#[pyclass(name = "Questionnaire", module = "digital_maturity", frozen)]
#[derive(Clone)]
pub(crate) struct PyQuestionnaire(pub(crate) Questionnaire);

#[pymethods]
impl PyQuestionnaire {
    #[new]
    #[pyo3(signature = (document, /))]
    fn new(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        let read = match Document::new(document)? {
            Document::Json(text) => Questionnaire::from_json(&text),
            Document::Tree(tree) => Questionnaire::from_document(tree),
        };
        Ok(Self(read.map_err(Faults::from)?))
    }

    #[staticmethod]
    fn dcx() -> Self {
        Self(Questionnaire::dcx().clone())
    }

    #[staticmethod]
    fn dcx_pulse() -> Self {
        Self(Questionnaire::dcx_pulse().clone())
    }

    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    #[getter]
    fn title(&self) -> &str {
        self.0.title().as_str()
    }

    #[getter]
    fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    #[getter]
    fn questions(&self) -> Vec<String> {
        self.0.questions().map(|question| question.id().to_owned()).collect()
    }

    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let found: Vec<Finding> = self.0.warnings().iter().map(Finding::from).collect();
        to_python(py, &found)
    }

    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.spec())
    }

    #[pyo3(signature = (answers, /, *, lenient = false))]
    fn read(&self, answers: &Bound<'_, PyAny>, lenient: bool) -> PyResult<PyAnswers> {
        let responses = match Document::new(answers)? {
            Document::Json(text) => Responses::from_json(&text).map_err(Faults::from)?,
            Document::Tree(tree) => Responses::deserialize(tree).map_err(|error| {
                Faults::from(Finding::error("wrong-type", "", error.to_string()))
            })?,
        };
        let read = if lenient { self.0.read_lenient(&responses) } else { self.0.read(&responses) };
        Ok(PyAnswers(read.map_err(Faults::from)?))
    }

    #[pyo3(signature = (data, /, *, missing = "error"))]
    fn score(&self, data: &Bound<'_, PyAny>, missing: &str) -> PyResult<PyScores> {
        let may_miss = match missing {
            "error" => false,
            "unanswered" => true,
            _ => {
                let message = format!("expected one of error, unanswered; found `{missing}`");
                return Err(Faults::from(Finding::argument("missing", message)).into());
            }
        };
        let table = Table::new(data, &self.0)?;
        PyScores::of_table(data.py(), &self.0, &table, may_miss)
    }

    #[pyo3(signature = (source, /, export = None, **options))]
    fn read_export(
        &self,
        source: &Bound<'_, PyAny>,
        export: Option<&str>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<PyScores> {
        let given = Given::new(source, export, options)?;
        export::read(source.py(), &self.0, given)
    }

    fn __repr__(&self) -> String {
        format!(
            "<Questionnaire {} {}, {} questions>",
            self.0.id(),
            self.0.version(),
            self.0.questions().len()
        )
    }

    /// Equal if they score alike.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Self>();
        other.is_ok_and(|other| other.get().0.fingerprint() == self.0.fingerprint())
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.0.fingerprint().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
        let document = self.document(py)?.into_bound_py_any(py)?;
        Ok((py.get_type::<Self>(), PyTuple::new(py, [document])?))
    }
}
