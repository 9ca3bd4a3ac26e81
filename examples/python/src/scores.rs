//! The scores of many respondents.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, Float64Array, RecordBatch, StringArray, StructArray, UInt8Array, UInt64Array,
};
use arrow_schema::{DataType, Field, Schema};
use digital_maturity::cohort::{Cells, Coding, Column, Scores, raw};
use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Cohort, Pillar, Question, Questionnaire, Record, Stage, survey};
use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use crate::code::{Codes, bytes_of, code, code_items, code_nothing, of_code};
use crate::errors::{Faults, Finding, escaped};
use crate::questionnaire::PyQuestionnaire;
use crate::table::{Source, Table, View, item_names, length};
use crate::value::to_python;

/// The scores of n respondents: from ``Questionnaire.score`` or ``Questionnaire.read_export``.
///
/// It is an Arrow table for whoever takes one: ``pyarrow.table(scores)``,
/// ``polars.DataFrame(scores)``, ``pandas.DataFrame.from_arrow(scores)``. Its n rows have ``row``
/// (uint64: from 0, or of a file from 1 after the header), columns that a file hands on, ``stage``
/// (text: a stage, ``not_scorable`` or ``bad``), ``overall``, the four pillars and the themes
/// (float64 from 0 to 1, null where there is no score), as in the file of ``maturity cohort --themes
/// --out``.
///
/// Arrays of numpy that were used where they lay are kept, and used again by ``record``,
/// ``reliability``, ``correlations``, ``agreement`` and the tables of ``report`` that need answers;
/// ``RuntimeError`` if scores of them have changed since.
#[pyclass(name = "Scores", module = "digital_maturity", frozen)]
pub(crate) struct PyScores {
    pub(crate) scores: Scores,
    answers: Answers,
    /// Of a file: the number of each respondent's row.
    numbers: Option<Vec<u64>>,
    /// Of a file: the places of rows that cannot be read.
    unreadable: Vec<usize>,
    /// Of a file: columns that are handed on, by header.
    carried: Vec<(String, Vec<String>)>,
    findings: Vec<Finding>,
    bad_rows: u64,
}

/// What was scored.
enum Answers {
    Columns(Vec<(String, Held, Coding)>),
    Cohort(Box<Cohort<'static>>),
}

/// The codes of a question, in whosever memory.
enum Held {
    Numpy(Py<PyArray1<u8>>),
    Arrow(UInt8Array),
    Own(Cells<'static>),
}

/// A column to be read without the interpreter.
#[derive(Clone, Copy)]
enum Lent<'a> {
    Bytes(&'a [u8]),
    Own(&'a Cells<'static>),
}

impl<'a> Lent<'a> {
    fn cells(self) -> Cells<'a> {
        match self {
            Self::Bytes(bytes) => bytes.into(),
            Self::Own(Cells::U8(codes)) => codes.as_ref().into(),
            Self::Own(Cells::U16(codes)) => codes.as_ref().into(),
            Self::Own(Cells::U32(codes)) => codes.as_ref().into(),
        }
    }
}

/// What a question is answered by.
enum Given<'a> {
    One(View<'a>),
    Items(&'a [digital_maturity::spec::ItemSpec], Vec<(&'a str, View<'a>)>),
    Nothing,
}

/// What is given for each question, and what is to be said of the columns: warnings, and what is wrong.
struct Columns<'a> {
    given: Vec<(Question<'a>, Given<'a>)>,
    warnings: Vec<Finding>,
    faults: Vec<Finding>,
}

fn given<'a>(
    questionnaire: &'a Questionnaire,
    table: &'a Table<'_>,
    may_miss: bool,
) -> Columns<'a> {
    let (mut all, mut warnings, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for question in questionnaire.questions() {
        let id = question.id();
        let whole = table.0.get(id);
        let mut items = Vec::new();
        if let ScaleSpec::Checklist { items: specs } = question.scale() {
            for item in specs {
                let names = item_names(id, &item.id);
                let found = names.iter().find_map(|name| table.0.get_key_value(name));
                items.push((item.id.as_str(), found));
            }
        }
        let has_items = items.iter().any(|(_, column)| column.is_some());
        let path = format!("/{}", escaped(id));
        let found = match (whole, question.scale()) {
            (Some(_), _) if has_items => {
                let message = format!("`{id}` has a column of its own and columns of items");
                faults.push(Finding::of_column("duplicate-column", &path, id, message));
                continue;
            }
            (Some(column), _) => Given::One(column.view()),
            (None, ScaleSpec::Checklist { items: specs }) if has_items => {
                let mut columns = Vec::new();
                for (item, column) in items {
                    if let Some((name, column)) = column {
                        columns.push((name.as_str(), column.view()));
                    } else {
                        let message = format!("item `{item}` of `{id}` has no column");
                        faults.push(Finding::of_column("missing-column", &path, id, message));
                    }
                }
                Given::Items(specs, columns)
            }
            (None, _) if may_miss => {
                let message = format!("question `{id}` has no column: nobody answers");
                let told = Finding::of_column("missing-column", &path, id, message);
                warnings.push(told.into_warning());
                Given::Nothing
            }
            (None, _) => {
                let message = format!("question `{id}` has no column");
                faults.push(Finding::of_column("missing-column", &path, id, message));
                continue;
            }
        };
        all.push((question, found));
    }
    if table.0.is_empty() && may_miss {
        faults.push(Finding::error("no-question", "", "no column is about a question"));
    }
    Columns { given: all, warnings, faults }
}

/// A column that is coded, and where its codes are.
struct Ready<'q> {
    question: Question<'q>,
    codes: Codes,
    coding: Coding,
}

impl PyScores {
    pub(crate) fn of_table(
        py: Python<'_>,
        questionnaire: &Questionnaire,
        table: &Table<'_>,
        may_miss: bool,
    ) -> PyResult<Self> {
        let given = given(questionnaire, table, may_miss);
        let all = py.detach(|| score(questionnaire, given));
        let (ready, scores, findings, bad_rows) = all?;
        let mut columns = Vec::new();
        for Ready { question, codes, coding } in ready {
            let held = match (codes, table.0.get(question.id())) {
                (Codes::Own(cells), _) => Held::Own(cells),
                (Codes::Lent, Some(Source::U8(array))) => {
                    let array: &Bound<'_, PyArray1<u8>> = array;
                    Held::Numpy(array.clone().unbind())
                }
                (Codes::Lent, Some(Source::Arrow(chunks))) => match bytes_of(chunks) {
                    Some(bytes) => Held::Arrow(bytes.clone()),
                    None => continue,
                },
                (Codes::Lent, _) => continue,
            };
            columns.push((question.id().to_owned(), held, coding));
        }
        let answers = Answers::Columns(columns);
        let (numbers, unreadable, carried) = (None, Vec::new(), Vec::new());
        Ok(Self { scores, answers, numbers, unreadable, carried, findings, bad_rows })
    }

    pub(crate) fn of_file(
        py: Python<'_>,
        file: survey::Answers,
        carried: Vec<(String, Vec<String>)>,
    ) -> Self {
        let survey::Answers { cohort, rows, unreadable, findings, .. } = file;
        let scores = py.detach(|| cohort.score());
        Self {
            scores,
            bad_rows: cohort.bad_rows(),
            answers: Answers::Cohort(Box::new(cohort)),
            numbers: Some(rows),
            unreadable,
            carried,
            findings: findings.iter().map(Finding::from).collect(),
        }
    }

    /// The places of rows of a file that cannot be read.
    pub(crate) fn unreadable(&self) -> &[usize] {
        &self.unreadable
    }

    /// The cells of a column that a file hands on.
    pub(crate) fn carried(&self, header: &str) -> Option<&[String]> {
        let found = self.carried.iter().find(|(name, _)| name == header);
        found.map(|(_, cells)| cells.as_slice())
    }

    /// Asks the cohort that was scored, or one row of it, without the interpreter.
    pub(crate) fn ask<R: Send>(
        &self,
        py: Python<'_>,
        row: Option<usize>,
        ask: impl FnOnce(&Cohort<'_>) -> R + Send,
    ) -> PyResult<R> {
        let columns = match &self.answers {
            Answers::Cohort(cohort) => return Ok(py.detach(|| ask(cohort))),
            Answers::Columns(columns) => columns,
        };
        let mut guards: Vec<Option<PyReadonlyArray1<'_, u8>>> = Vec::new();
        for (_, held, _) in columns {
            guards.push(match held {
                Held::Numpy(array) => Some(
                    array
                        .bind(py)
                        .try_readonly()
                        .map_err(|error| PyRuntimeError::new_err(error.to_string()))?,
                ),
                Held::Arrow(_) | Held::Own(_) => None,
            });
        }
        let mut lent = Vec::new();
        for ((question, held, coding), guard) in columns.iter().zip(&guards) {
            let cells = match (held, guard) {
                (Held::Own(cells), _) => Lent::Own(cells),
                (Held::Arrow(bytes), _) => Lent::Bytes(bytes.values()),
                (Held::Numpy(_), Some(guard)) => Lent::Bytes(
                    guard.as_slice().map_err(|error| PyRuntimeError::new_err(error.to_string()))?,
                ),
                (Held::Numpy(_), None) => continue,
            };
            lent.push((question.as_str(), cells, *coding));
        }
        let asked = py.detach(|| {
            let columns = lent.into_iter().map(|(question, cells, coding)| {
                let cells = match row {
                    None => cells.cells(),
                    Some(row) => only(&cells.cells(), row),
                };
                Column::new(question, cells).coded(coding)
            });
            let cohort = Cohort::new(self.scores.questionnaire(), columns).map_err(Faults::from)?;
            let scores = cohort.score();
            let is_same = match row {
                None => scores == self.scores,
                Some(row) => {
                    scores.raw_stages().first() == self.scores.raw_stages().get(row)
                        && scores.raw_overall().first() == self.scores.raw_overall().get(row)
                }
            };
            Ok::<_, Faults>(is_same.then(|| ask(&cohort)))
        });
        asked?.ok_or_else(|| {
            PyRuntimeError::new_err("the arrays have changed since they were scored")
        })
    }

    /// The result of a row; none if it is bad.
    pub(crate) fn record_of(&self, py: Python<'_>, row: usize) -> PyResult<Option<Record>> {
        if row >= self.scores.rows() {
            return Err(PyIndexError::new_err("there is no such row"));
        }
        let at = if matches!(self.answers, Answers::Cohort(_)) { row } else { 0 };
        self.ask(py, Some(row), |cohort| cohort.record_at(at))
    }

    /// The scores as one batch of Arrow.
    fn batch(&self) -> Result<RecordBatch, Faults> {
        let scores = &self.scores;
        let rows = scores.rows();
        let numbers: UInt64Array = match &self.numbers {
            Some(numbers) => numbers.clone().into(),
            None => (0_u64..).take(rows).collect(),
        };
        let mut names = Names::default();
        let row = names.free("row", "");
        let stage = names.free("stage", "");
        let overall = names.free("overall", "");
        let pillars = Pillar::ALL.map(|pillar| names.free(pillar.as_str(), ""));
        let themes: Vec<String> =
            scores.raw_themes().map(|(theme, _)| names.free(theme, "theme.")).collect();
        let mut fields = vec![Field::new(row, DataType::UInt64, false)];
        let mut columns: Vec<ArrayRef> = vec![Arc::new(numbers)];
        for (header, cells) in &self.carried {
            fields.push(Field::new(names.free(header, "carried."), DataType::Utf8, false));
            columns.push(Arc::new(StringArray::from_iter_values(cells)));
        }
        fields.push(Field::new(stage, DataType::Utf8, false));
        let stages = scores.raw_stages().iter().map(|stage| standing(*stage));
        columns.push(Arc::new(StringArray::from_iter_values(stages)));
        let doubles = [overall].into_iter().chain(pillars).chain(themes);
        fields.extend(doubles.map(|name| Field::new(name, DataType::Float64, true)));
        columns.push(as_doubles(scores.raw_overall()));
        columns.extend(Pillar::ALL.map(|pillar| as_doubles(scores.raw_pillar(pillar))));
        columns.extend(scores.raw_themes().map(|(_, theme)| as_doubles(theme)));
        let schema = Arc::new(Schema::new(fields));
        RecordBatch::try_new(schema, columns)
            .map_err(|error| Finding::error("unwritable", "", error.to_string()).into())
    }
}

/// One row of those cells; none, if there is no such row.
fn only<'a>(cells: &Cells<'a>, row: usize) -> Cells<'a> {
    fn one<C: Copy>(codes: &[C], row: usize) -> Vec<C> {
        codes.get(row).copied().into_iter().collect()
    }
    match cells {
        Cells::U8(codes) => one(codes, row).into(),
        Cells::U16(codes) => one(codes, row).into(),
        Cells::U32(codes) => one(codes, row).into(),
    }
}

/// Codes every column, and scores every row.
fn score<'q>(
    questionnaire: &'q Questionnaire,
    columns: Columns<'q>,
) -> Result<(Vec<Ready<'q>>, Scores, Vec<Finding>, u64), Faults> {
    let Columns { given, warnings: mut told, mut faults } = columns;
    let rows = given.iter().find_map(|(_, given)| match given {
        Given::One(view) => Some(length(view)),
        Given::Items(_, columns) => columns.first().map(|(_, view)| length(view)),
        Given::Nothing => None,
    });
    let rows = rows.unwrap_or(0);
    let (mut ready, mut bad) = (Vec::new(), Vec::new());
    let mut views = Vec::new();
    for (question, given) in given {
        let uneven = |name: &str, found: usize| {
            let message = format!("the column has {found} rows, the first one {rows}");
            let path = format!("/{}", escaped(name));
            (found != rows)
                .then(|| Finding::of_column("uneven-column", &path, question.id(), message))
        };
        let coded = match &given {
            Given::One(view) => {
                faults.extend(uneven(question.id(), length(view)));
                code(question, view)
            }
            Given::Items(items, columns) => {
                faults.extend(columns.iter().filter_map(|(name, of)| uneven(name, length(of))));
                code_items(question, items, columns)
            }
            Given::Nothing => Ok(code_nothing(question, rows)),
        };
        match coded {
            Err(found) => faults.extend(found),
            Ok(coded) => {
                bad.extend(coded.bad);
                ready.push(Ready { question, codes: coded.codes, coding: coded.coding });
                views.push(if let Given::One(view) = given { Some(view) } else { None });
            }
        }
    }
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    let columns = ready.iter().zip(&views).filter_map(|(ready, view)| {
        let cells = match (&ready.codes, view) {
            (Codes::Own(cells), _) => Lent::Own(cells),
            (Codes::Lent, Some(View::U8(bytes))) => Lent::Bytes(bytes.as_slice()?),
            (Codes::Lent, Some(View::Arrow(chunks))) => Lent::Bytes(bytes_of(chunks)?.values()),
            (Codes::Lent, _) => return None,
        };
        Some(Column::new(ready.question.id(), cells.cells()).coded(ready.coding))
    });
    let cohort = Cohort::new(questionnaire, columns)?;
    // Each bad cell, in the order of the questionnaire: as it was found above, or by its code.
    let coded: BTreeSet<&str> = bad.iter().filter_map(Finding::question).collect();
    let lent = cohort.bad_cells().iter().filter(|cell| !coded.contains(cell.question.as_str()));
    let lent: Vec<Finding> = lent
        .filter_map(|cell| {
            Some(of_code(cell.row, questionnaire.question(&cell.question)?, cell.code))
        })
        .collect();
    bad.extend(lent);
    let place = |found: &Finding| Some(questionnaire.question(found.question()?)?.position());
    bad.sort_by_key(place);
    told.extend(bad);
    told.truncate(Cohort::BAD_CELLS_KEPT);
    let (scores, bad_rows) = (cohort.score(), cohort.bad_rows());
    drop(cohort);
    Ok((ready, scores, told, bad_rows))
}

/// The stage, or why there is none.
fn standing(stage: u8) -> &'static str {
    match stage {
        raw::BAD_ROW => "bad",
        raw::NO_STAGE => "not_scorable",
        stage => Stage::ALL.get(usize::from(stage)).map_or("", |stage| stage.as_str()),
    }
}

/// The double nearest to each Score, null where there is none.
fn as_doubles(billionths: &[u32]) -> ArrayRef {
    let double = |of: &u32| (*of != raw::NO_SCORE).then(|| f64::from(*of) / 1e9);
    Arc::new(billionths.iter().map(double).collect::<Float64Array>())
}

/// The names of columns, no two alike, as the command's `--out` has them.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn free(&mut self, name: &str, prefix: &str) -> String {
        let mut name = name.to_owned();
        while self.0.contains(&name.to_lowercase()) {
            name.insert_str(0, prefix);
        }
        self.0.push(name.to_lowercase());
        name
    }
}

#[pymethods]
impl PyScores {
    /// The questionnaire that is answered.
    #[getter]
    fn questionnaire(&self) -> PyQuestionnaire {
        PyQuestionnaire(self.scores.questionnaire().clone())
    }

    /// How many rows have no score for a cell that is no answer.
    #[getter]
    fn bad_rows(&self) -> u64 {
        self.bad_rows
    }

    /// What is wrong or odd: a list of dicts, at most a thousand.
    ///
    /// Of a table each question without a column, if that may be, and each cell that is no answer, with
    /// ``row`` (from 0), ``question``, ``code`` and ``message``; of a file each kind of thing, with
    /// ``row`` and ``line`` where it is first met, ``header`` and ``count``.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.findings)
    }

    fn __len__(&self) -> usize {
        self.scores.rows()
    }

    fn __repr__(&self) -> String {
        let id = self.scores.questionnaire().id();
        format!("<Scores of {} respondents to {id}, {} bad>", self.scores.rows(), self.bad_rows)
    }

    /// The schema of the table, as a capsule of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.batch().map_err(PyErr::from)?.schema().as_ref())
    }

    /// The table, as a capsule of the Arrow C stream interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let batch = py.detach(|| self.batch()).map_err(PyErr::from)?;
        let field = Field::new_struct("", batch.schema().fields().clone(), false);
        let rows: ArrayRef = Arc::new(StructArray::from(batch));
        let reader = ArrayIterator::new(vec![Ok(rows)], Arc::new(field));
        to_stream_pycapsule(py, Box::new(reader), requested_schema)
    }

    /// The result of one respondent in full, as ``Answers.assess`` gives it; ``None`` if the row is bad.
    ///
    /// ``row`` is its place, from 0. Raises ``IndexError`` if there is none.
    #[pyo3(signature = (row, /))]
    fn record<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.record_of(py, row)?)
    }
}
