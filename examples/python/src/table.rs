//! A table as it comes from Python: a frame, an Arrow table, or a dict of columns. Only the columns that
//! questions ask for are taken out of it.

use std::collections::BTreeMap;

use arrow_array::{Array, ArrayRef};
use digital_maturity::Questionnaire;
use digital_maturity::spec::ScaleSpec;
use numpy::ndarray::ArrayView1;
use numpy::{
    Element, PyArray1, PyArrayMethods, PyReadonlyArray1, PyUntypedArray, PyUntypedArrayMethods,
};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PySequence, PyString};
use pyo3_arrow::input::{AnyArray, AnyRecordBatch};
use serde_json::Value;

use crate::errors::{Faults, Finding, escaped};
use crate::value::{from_python, is_missing};

/// The columns of a table that questions ask for, by name.
pub(crate) struct Table<'py>(pub(crate) BTreeMap<String, Source<'py>>);

/// A column, in the memory of whoever made it.
pub(crate) enum Source<'py> {
    U8(PyReadonlyArray1<'py, u8>),
    I8(PyReadonlyArray1<'py, i8>),
    U16(PyReadonlyArray1<'py, u16>),
    I16(PyReadonlyArray1<'py, i16>),
    U32(PyReadonlyArray1<'py, u32>),
    I32(PyReadonlyArray1<'py, i32>),
    U64(PyReadonlyArray1<'py, u64>),
    I64(PyReadonlyArray1<'py, i64>),
    F32(PyReadonlyArray1<'py, f32>),
    F64(PyReadonlyArray1<'py, f64>),
    Bool(PyReadonlyArray1<'py, bool>),
    Arrow(Vec<ArrayRef>),
    Values(Vec<Value>),
}

/// The same, to be read by any thread.
#[derive(Clone)]
pub(crate) enum View<'a> {
    U8(ArrayView1<'a, u8>),
    I8(ArrayView1<'a, i8>),
    U16(ArrayView1<'a, u16>),
    I16(ArrayView1<'a, i16>),
    U32(ArrayView1<'a, u32>),
    I32(ArrayView1<'a, i32>),
    U64(ArrayView1<'a, u64>),
    I64(ArrayView1<'a, i64>),
    F32(ArrayView1<'a, f32>),
    F64(ArrayView1<'a, f64>),
    Bool(ArrayView1<'a, bool>),
    Arrow(&'a [ArrayRef]),
    Values(&'a [Value]),
}

impl Source<'_> {
    pub(crate) fn view(&self) -> View<'_> {
        match self {
            Self::U8(array) => View::U8(array.as_array()),
            Self::I8(array) => View::I8(array.as_array()),
            Self::U16(array) => View::U16(array.as_array()),
            Self::I16(array) => View::I16(array.as_array()),
            Self::U32(array) => View::U32(array.as_array()),
            Self::I32(array) => View::I32(array.as_array()),
            Self::U64(array) => View::U64(array.as_array()),
            Self::I64(array) => View::I64(array.as_array()),
            Self::F32(array) => View::F32(array.as_array()),
            Self::F64(array) => View::F64(array.as_array()),
            Self::Bool(array) => View::Bool(array.as_array()),
            Self::Arrow(chunks) => View::Arrow(chunks),
            Self::Values(values) => View::Values(values),
        }
    }
}

/// The names under which a checklist has a column for each item.
pub(crate) fn item_names(question: &str, item: &str) -> [String; 2] {
    [format!("{question}[{item}]"), format!("{question}___{item}")]
}

/// All names that a column may have.
fn names(questionnaire: &Questionnaire) -> Vec<String> {
    let mut names = Vec::new();
    for question in questionnaire.questions() {
        names.push(question.id().to_owned());
        if let ScaleSpec::Checklist { items } = question.scale() {
            names.extend(items.iter().flat_map(|item| item_names(question.id(), &item.id)));
        }
    }
    names
}

impl<'py> Table<'py> {
    pub(crate) fn new(data: &Bound<'py, PyAny>, of: &Questionnaire) -> PyResult<Self> {
        let py = data.py();
        let wanted = names(of);
        let mut table = Self(BTreeMap::new());
        let mut faults = Vec::new();
        let is_pandas = data.hasattr(intern!(py, "iloc"))?;
        let is_arrow = data.hasattr(intern!(py, "__arrow_c_stream__"))?
            || data.hasattr(intern!(py, "__arrow_c_array__"))?;
        if is_arrow && !is_pandas {
            table.arrow(data, &wanted, &mut faults)?;
        } else if is_pandas {
            let names = data.getattr(intern!(py, "columns"))?;
            for name in &wanted {
                if names.contains(name)? {
                    let column = data.get_item(name)?;
                    if column.hasattr(intern!(py, "columns"))? {
                        faults.push(twice(name));
                    } else {
                        table.put(name, series(&column), py, &mut faults)?;
                    }
                }
            }
        } else if data.is_instance_of::<PyDict>() || data.cast::<PyMapping>().is_ok() {
            for name in &wanted {
                if data.contains(name)? {
                    table.put(name, column(&data.get_item(name)?), py, &mut faults)?;
                }
            }
        } else {
            let found = data.get_type().fully_qualified_name()?;
            return Err(PyTypeError::new_err(format!(
                "expected a frame, an Arrow table or a dict of columns; found `{found}`"
            )));
        }
        if faults.is_empty() { Ok(table) } else { Err(Faults(faults).into()) }
    }

    /// Adds a column, or what is wrong with it.
    fn put(
        &mut self,
        name: &str,
        column: PyResult<Source<'py>>,
        py: Python<'_>,
        faults: &mut Vec<Finding>,
    ) -> PyResult<()> {
        match column {
            Ok(column) => drop(self.0.insert(name.to_owned(), column)),
            Err(error) if error.is_instance_of::<pyo3::exceptions::PyException>(py) => {
                let path = format!("/{}", escaped(name));
                faults.push(Finding::error("wrong-type", &path, error.to_string()));
            }
            Err(other) => return Err(other),
        }
        Ok(())
    }

    fn arrow(
        &mut self,
        data: &Bound<'py, PyAny>,
        wanted: &[String],
        faults: &mut Vec<Finding>,
    ) -> PyResult<()> {
        let reader = data.extract::<AnyRecordBatch>()?.into_reader()?;
        let schema = reader.schema();
        let mut places = Vec::new();
        for name in wanted {
            let found =
                schema.fields().iter().enumerate().filter(|(_, field)| field.name() == name);
            let found: Vec<usize> = found.map(|(place, _)| place).collect();
            match found.as_slice() {
                [] => {}
                [place] => places.push((name, *place, Vec::new())),
                _ => faults.push(twice(name)),
            }
        }
        for batch in reader {
            let batch = batch.map_err(|error| {
                Faults::from(Finding::error("unreadable", "", error.to_string()))
            })?;
            for (_, place, chunks) in &mut places {
                chunks.extend(batch.columns().get(*place).map(std::sync::Arc::clone));
            }
        }
        self.0.extend(places.into_iter().map(|(name, _, of)| (name.clone(), Source::Arrow(of))));
        Ok(())
    }
}

fn twice(name: &str) -> Finding {
    let path = format!("/{}", escaped(name));
    Finding::error("duplicate-column", &path, format!("there are several columns `{name}`"))
}

/// A column of a pandas frame: its own memory where numpy can see it, else what Arrow makes of it, else
/// its values one by one.
fn series<'py>(series: &Bound<'py, PyAny>) -> PyResult<Source<'py>> {
    let py = series.py();
    let kind = series.getattr(intern!(py, "dtype"))?.getattr_opt(intern!(py, "kind"))?;
    let kind = kind.and_then(|kind| kind.extract::<String>().ok()).unwrap_or_default();
    let own = series.getattr(intern!(py, "values"))?;
    if matches!(kind.as_str(), "u" | "i" | "f" | "b") && is_array(&own)? {
        return array(&own);
    }
    if kind != "O" && series.hasattr(intern!(py, "__arrow_c_stream__"))? {
        if let Ok(array) = series.extract::<AnyArray>() {
            return chunks(array);
        }
    }
    plain(&series.call_method0(intern!(py, "tolist"))?)
}

/// A column of a dict.
fn column<'py>(column: &Bound<'py, PyAny>) -> PyResult<Source<'py>> {
    let py = column.py();
    if is_array(column)? {
        array(column)
    } else if column.hasattr(intern!(py, "iloc"))? {
        series(column)
    } else if column.hasattr(intern!(py, "__arrow_c_array__"))?
        || column.hasattr(intern!(py, "__arrow_c_stream__"))?
    {
        chunks(column.extract::<AnyArray>()?)
    } else {
        plain(column)
    }
}

fn chunks<'py>(array: AnyArray) -> PyResult<Source<'py>> {
    let (chunks, _) = array.into_chunked_array()?.into_inner();
    Ok(Source::Arrow(chunks))
}

/// Whether it is an array of numpy, without which there is none to be asked about.
fn is_array(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = object.py();
    let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
    let numpy = modules.call_method1(intern!(py, "get"), (intern!(py, "numpy"),))?;
    Ok(!numpy.is_none() && object.cast::<PyUntypedArray>().is_ok())
}

/// An array of numpy.
fn array<'py>(array: &Bound<'py, PyAny>) -> PyResult<Source<'py>> {
    let dimensions = array.cast::<PyUntypedArray>()?.ndim();
    if dimensions != 1 {
        let message = format!("expected one dimension, found {dimensions}");
        return Err(pyo3::exceptions::PyValueError::new_err(message));
    }
    let py = array.py();
    let values = || plain(&array.call_method0(intern!(py, "tolist"))?);
    let flags = array.getattr(intern!(py, "flags"))?;
    // What is masked is a gap, and a number that lies across words is not to be read where it is.
    let is_plain = !array.hasattr(intern!(py, "mask"))?
        && flags.getattr(intern!(py, "aligned"))?.is_truthy()?;
    if !is_plain {
        return values();
    }
    macro_rules! numbers {
        ($($kind:ident: $number:ty),+) => {
            $(if let Some(array) = lent::<$number>(array)? {
                return Ok(Source::$kind(array));
            })+
        };
    }
    numbers!(
        U8: u8, Bool: bool, F64: f64, I64: i64, I32: i32, I16: i16, I8: i8, U16: u16, U32: u32,
        U64: u64, F32: f32
    );
    values()
}

fn lent<'py, T: Element>(array: &Bound<'py, PyAny>) -> PyResult<Option<PyReadonlyArray1<'py, T>>> {
    let Ok(array) = array.cast::<PyArray1<T>>() else { return Ok(None) };
    let lent = array.try_readonly();
    Ok(Some(lent.map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?))
}

/// Values of plain Python.
fn plain<'py>(values: &Bound<'py, PyAny>) -> PyResult<Source<'py>> {
    if values.is_instance_of::<PyString>() || values.cast::<PySequence>().is_err() {
        let found = values.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!("a `{found}` is no column")));
    }
    let value = |value: PyResult<Bound<'py, PyAny>>| {
        let value = value?;
        if is_missing(&value) { Ok(Value::Null) } else { from_python(&value) }
    };
    Ok(Source::Values(values.try_iter()?.map(value).collect::<PyResult<_>>()?))
}

/// How many cells there are.
pub(crate) fn length(view: &View<'_>) -> usize {
    match view {
        View::U8(of) => of.len(),
        View::I8(of) => of.len(),
        View::U16(of) => of.len(),
        View::I16(of) => of.len(),
        View::U32(of) => of.len(),
        View::I32(of) => of.len(),
        View::U64(of) => of.len(),
        View::I64(of) => of.len(),
        View::F32(of) => of.len(),
        View::F64(of) => of.len(),
        View::Bool(of) => of.len(),
        View::Arrow(chunks) => chunks.iter().map(Array::len).sum(),
        View::Values(values) => values.len(),
    }
}
