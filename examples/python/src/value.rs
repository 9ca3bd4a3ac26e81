//! Values of Python as a document, and results as values of Python.

use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PySequence, PySet,
    PyString,
};
use pythonize::pythonize;
use serde::Serialize;
use serde_json::{Map, Number, Value};

use crate::errors::{Faults, Finding, escaped};

/// Deeper documents are refused, as are those that contain themselves.
const DEEPEST: usize = 100;

/// A result as dicts, lists, numbers and texts.
pub(crate) fn to_python<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize(py, value)?)
}

/// A document of dicts, lists, numbers and texts, and of the scalars and arrays of numpy. NaN and the
/// missing values of pandas are null.
pub(crate) fn from_python(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    read(object, "", 0)
}

fn read(object: &Bound<'_, PyAny>, path: &str, depth: usize) -> PyResult<Value> {
    if depth > DEEPEST {
        return refuse("too-deep", path, "nested too deeply");
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        return match (object.extract::<i64>(), object.extract::<u64>()) {
            (Ok(number), _) => Ok(number.into()),
            (_, Ok(number)) => Ok(number.into()),
            _ => refuse("wrong-type", path, "a whole number beyond 64 bits"),
        };
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        let number = number.value();
        return match Number::from_f64(number) {
            Some(number) => Ok(Value::Number(number)),
            None if number.is_nan() => Ok(Value::Null),
            None => refuse("not-finite", path, "expected a finite number, found infinity"),
        };
    }
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(Value::String(text.to_cow()?.into_owned()));
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        let mut map = Map::new();
        for (key, value) in dict.iter() {
            entry(&mut map, &key, &value, path, depth)?;
        }
        return Ok(Value::Object(map));
    }
    let is_list = object.is_instance_of::<PyList>();
    let is_set = object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>();
    if is_list || is_set || object.cast::<PySequence>().is_ok() {
        let mut list = Vec::new();
        for (place, value) in object.try_iter()?.enumerate() {
            list.push(read(&value?, &format!("{path}/{place}"), depth + 1)?);
        }
        return Ok(Value::Array(list));
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        let mut map = Map::new();
        for pair in mapping.items()?.iter() {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
            entry(&mut map, &key, &value, path, depth)?;
        }
        return Ok(Value::Object(map));
    }
    if is_missing(object) {
        return Ok(Value::Null);
    }
    // Scalars, arrays and series of numpy, pandas and polars know what they are in plain Python.
    for plain in ["to_dict", "tolist", "to_list", "to_pylist", "isoformat"] {
        if let Some(method) = object.getattr_opt(plain)? {
            return read(&method.call0()?, path, depth + 1);
        }
    }
    let found = object.get_type().fully_qualified_name()?;
    refuse("wrong-type", path, &format!("a `{found}` is no part of a document"))
}

fn entry(
    map: &mut Map<String, Value>,
    key: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
    path: &str,
    depth: usize,
) -> PyResult<()> {
    let Ok(key) = key.cast::<PyString>() else {
        return refuse("wrong-type", path, "a key that is no text").map(|_| ());
    };
    let key = key.to_cow()?.into_owned();
    let value = read(value, &format!("{path}/{}", escaped(&key)), depth + 1)?;
    map.insert(key, value);
    Ok(())
}

/// Whether it is `pandas.NA` or `NaT`, which are of no type that could be asked without pandas.
pub(crate) fn is_missing(object: &Bound<'_, PyAny>) -> bool {
    let name = object.get_type().name();
    name.is_ok_and(|name| name == "NAType" || name == "NaTType")
}

fn refuse(code: &str, path: &str, message: &str) -> PyResult<Value> {
    Err(Faults::from(Finding::error(code, path, message)).into())
}

/// The document in a text, in a file, or in plain Python: JSON where it begins with a brace, else YAML.
pub(crate) enum Document {
    Json(String),
    Tree(Value),
}

impl Document {
    /// A text, bytes, a path, or dicts and lists.
    pub(crate) fn new(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = if let Ok(text) = object.cast::<PyString>() {
            text.to_cow()?.into_owned()
        } else if let Ok(bytes) = object.cast::<PyBytes>() {
            let text = std::str::from_utf8(bytes.as_bytes()).map(str::to_owned);
            text.map_err(|_| Faults::from(Finding::error("syntax", "", "this is not UTF-8")))?
        } else if let Some(path) = object.getattr_opt("__fspath__")? {
            let path: std::path::PathBuf = path.call0()?.extract()?;
            object.py().detach(|| std::fs::read_to_string(path))?
        } else {
            return Ok(Self::Tree(from_python(object)?));
        };
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        if text.trim_start().starts_with(['{', '[']) {
            return Ok(Self::Json(text));
        }
        let read = serde_saphyr::from_str::<Value>(&text);
        let tree = read.map_err(|error| {
            Faults::from(Finding::error("syntax", "", one_line(&error.to_string())))
        })?;
        Ok(Self::Tree(tree))
    }
}

/// The first line, which says what and where; what follows it is a drawing of the place.
fn one_line(message: &str) -> &str {
    message.lines().next().unwrap_or(message)
}
