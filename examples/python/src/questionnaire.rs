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

/// A questionnaire that was checked: its questions, scales, weights and ladder.
///
/// ``document`` is a dict, a text in JSON (if it begins with a brace) or YAML, the same as UTF-8
/// bytes, or a path to such a file. Two are equal if they score alike. Can be pickled.
///
/// Raises ``MaturityError`` with everything that is wrong with the document, in its order; for JSON
/// each finding has line and column.
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

    /// The built-in questionnaire of Digital CX, in full.
    #[staticmethod]
    fn dcx() -> Self {
        Self(Questionnaire::dcx().clone())
    }

    /// The built-in short one, of twelve questions.
    #[staticmethod]
    fn dcx_pulse() -> Self {
        Self(Questionnaire::dcx_pulse().clone())
    }

    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// Its version.
    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    /// Its title, in its default language.
    #[getter]
    fn title(&self) -> &str {
        self.0.title().as_str()
    }

    /// What scores in it, as a hash: equal for two that score alike.
    #[getter]
    fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    /// The ids of its questions, in order: the names of the columns that ``score`` takes.
    #[getter]
    fn questions(&self) -> Vec<String> {
        self.0.questions().map(|question| question.id().to_owned()).collect()
    }

    /// What its author should look at: a list of findings, as in ``MaturityError``.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let found: Vec<Finding> = self.0.warnings().iter().map(Finding::from).collect();
        to_python(py, &found)
    }

    /// The whole of it as a dict, which makes the same questionnaire again.
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.spec())
    }

    /// The answers of one organisation.
    ///
    /// ``answers`` is a dict of answers by the id of their question, or an envelope ``{"answers": ..,
    /// "respondent": .., "taken": ..}``, or either as JSON or YAML text, bytes or path. An answer is a
    /// number, ``True`` or ``False``, a list of items, ``"not_applicable"``, ``"dont_know"``, or
    /// ``None``; scalars of numpy and gaps of pandas are taken, too. ``lenient`` reads answers as forms
    /// and survey tools send them.
    ///
    /// Raises ``MaturityError`` with everything that is wrong with them.
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

    /// Scores a table: a row a respondent, a column a question, named by its id.
    ///
    /// ``data`` is a frame of pandas or polars, a table of pyarrow, anything else with
    /// ``__arrow_c_stream__`` or ``__arrow_c_array__``, or a dict of columns: one-dimensional arrays of
    /// numpy, series, Arrow arrays or lists, all of one length. Other columns are passed over. A
    /// checklist is a column of lists, or a column of true and false, or 1 and 0, for each item:
    /// ``question[item]`` or ``question___item``.
    ///
    /// Cells are what answers are, and texts of choices; NaN, ``None`` and null are no answer. A column
    /// of ``uint8`` to a question of choices (values 0 to 251) or of yes and no (0 and 1) is used where
    /// it lies, without a copy: 255 in it is no answer, 254 don't know, 253 not applicable. Columns of
    /// other numbers are read where they lie, and kept as a byte a row. Nobody may write to the arrays
    /// meanwhile.
    ///
    /// A cell that is no answer spoils its own row, which then has no score, and is among
    /// ``Scores.findings``. With ``missing="unanswered"`` a question without a column is unanswered for
    /// all, which is a warning there. The interpreter is free for other threads while rows are scored.
    ///
    /// Raises ``MaturityError`` for questions without a column, columns that occur twice, are uneven, or
    /// of which nothing can be an answer, all at once, and where no column is about a question;
    /// ``TypeError`` if ``data`` is no table.
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

    /// Scores the file of a survey tool: a path, or bytes.
    ///
    /// ``export`` is ``"google-forms"``, ``"microsoft-forms"``, ``"surveymonkey"``, ``"limesurvey"``,
    /// ``"qualtrics"``, ``"redcap"``, ``"kobo"`` or ``"odk"``; without it, a CSV file with one row of
    /// header. The options are those of the command ``maturity cohort``, and decide what the tool does
    /// not:
    ///
    /// - ``id``, ``carried``: columns that are handed on. They stand in the table of scores, and rows can
    ///   be grouped by them
    /// - ``codes``: what columns and cells stand for: a dict, JSON, YAML or a path
    /// - ``cells``: ``"value"`` or ``"text"``; ``decimal``: ``"."`` or ``","``; ``delimiter``: one
    ///   character; ``encoding``: such as ``"windows-1252"``; ``header_rows``: how many rows the header
    ///   has
    /// - ``unticked``: ``"missing"`` or ``"none"``, what a checklist without a tick means
    /// - ``where``: conditions on rows, such as ``"Finished=True"``
    /// - ``ignore``: columns to pass over, in which ``*`` is anything; ``ignore_unknown``: whether
    ///   columns that nobody knows are passed over without a word
    /// - ``others``: ``"error"`` or ``"ignore"``, of entries that are no choice
    /// - ``missing``, ``not_applicable``, ``dont_know``: texts that say so
    /// - ``duplicates``: ``"all"``, ``"first"`` or ``"last"`` of one id
    ///
    /// What is wrong or odd in the file is in ``Scores.findings``; rows with errors have no score. The
    /// file is in memory as a whole, and the interpreter free while it is read and scored.
    ///
    /// Raises ``MaturityError`` with everything for which the file cannot be read, ``OSError`` if it
    /// cannot be opened, ``TypeError`` for an option that is not there.
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
