//! Files of survey tools.

use std::path::PathBuf;

use digital_maturity::Questionnaire;
use digital_maturity::survey::{
    self, CellsAs, Codes, Decimal, Duplicates, Export, Filter, Options, Others, Unticked,
};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::errors::{Faults, Finding, named};
use crate::scores::PyScores;
use crate::value::Document;

/// Where the file is.
enum Where {
    Bytes(Vec<u8>),
    Path(PathBuf),
}

/// What is to be read, and how.
pub(crate) struct Given {
    source: Where,
    options: Options,
    codes: Option<Document>,
}

/// The options that are understood.
const OPTIONS: [&str; 17] = [
    "id",
    "carried",
    "codes",
    "cells",
    "decimal",
    "delimiter",
    "encoding",
    "header_rows",
    "unticked",
    "where",
    "ignore",
    "ignore_unknown",
    "others",
    "missing",
    "not_applicable",
    "dont_know",
    "duplicates",
];

impl Given {
    pub(crate) fn new(
        source: &Bound<'_, PyAny>,
        export: Option<&str>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let source = match source.cast::<PyBytes>() {
            Ok(bytes) => Where::Bytes(bytes.as_bytes().to_vec()),
            Err(_) => Where::Path(source.extract()?),
        };
        let mut given = Self { source, options: Options::default(), codes: None };
        let tools: Vec<&str> = Export::ALL.iter().map(|tool| tool.as_str()).collect();
        given.options.export = export.map(|tool| named("export", tool, &tools)).transpose()?;
        for (name, value) in options.into_iter().flatten() {
            let name: String = name.extract()?;
            if !value.is_none() {
                given.put(&name, &value)?;
            } else if !OPTIONS.contains(&name.as_str()) {
                return Err(unknown(&name));
            }
        }
        Ok(given)
    }

    fn put(&mut self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let options = &mut self.options;
        let text = || value.extract::<String>();
        // A list of texts, or one.
        let texts = || value.extract().or_else(|_| text().map(|text| vec![text]));
        match name {
            "id" => options.id = Some(text()?),
            "carried" => options.carried = texts()?,
            "codes" => self.codes = Some(Document::new(value)?),
            "cells" => {
                let cells: CellsAs = named(name, &text()?, &["value", "text"])?;
                options.cells = Some(cells);
            }
            "decimal" => {
                let decimal: Decimal = named(name, &text()?, &["`.`", "`,`"])?;
                options.decimal = decimal;
            }
            "delimiter" => {
                let text = text()?;
                let [byte] = text.as_bytes() else {
                    let message = "expected one character, such as `;` or a tab";
                    return Err(Faults::from(Finding::argument(name, message)).into());
                };
                options.delimiter = Some(*byte);
            }
            "encoding" => options.encoding = Some(text()?),
            "header_rows" => options.header_rows = Some(value.extract()?),
            "unticked" => {
                let unticked: Unticked = named(name, &text()?, &["missing", "none"])?;
                options.unticked = Some(unticked);
            }
            "where" => {
                let conditions: Vec<String> = texts()?;
                options.filters = conditions
                    .iter()
                    .map(|condition| {
                        condition.parse::<Filter>().map_err(|error| {
                            Faults::from(Finding::argument(name, error.to_string()))
                        })
                    })
                    .collect::<Result<_, _>>()?;
            }
            "ignore" => options.ignore = texts()?,
            "ignore_unknown" => options.ignore_unknown = value.extract()?,
            "others" => {
                let others: Others = named(name, &text()?, &["error", "ignore"])?;
                options.others = others;
            }
            "missing" => options.missing = texts()?,
            "not_applicable" => options.not_applicable = texts()?,
            "dont_know" => options.dont_know = texts()?,
            "duplicates" => {
                let duplicates: Duplicates = named(name, &text()?, &["all", "first", "last"])?;
                options.duplicates = duplicates;
            }
            _ => return Err(unknown(name)),
        }
        Ok(())
    }
}

fn unknown(name: &str) -> PyErr {
    PyTypeError::new_err(format!("read_export() got an unexpected keyword argument '{name}'"))
}

/// Reads a file, and scores it.
pub(crate) fn read(
    py: Python<'_>,
    questionnaire: &Questionnaire,
    given: Given,
) -> PyResult<PyScores> {
    let Given { source, mut options, codes } = given;
    if let Some(codes) = codes {
        let read = match codes {
            Document::Json(text) => Codes::from_json(&text, questionnaire),
            Document::Tree(tree) => Codes::from_document(tree, questionnaire),
        };
        options.codes = read.map_err(Faults::from)?;
    }
    let bytes = match source {
        Where::Bytes(bytes) => bytes,
        Where::Path(path) => py.detach(|| std::fs::read(path))?,
    };
    let headers = options.id.iter().chain(&options.carried).cloned().collect::<Vec<_>>();
    let read = py.detach(|| survey::read(questionnaire, &bytes, &options).map_err(Faults::from));
    let mut file = read?;
    let carried = headers.into_iter().zip(std::mem::take(&mut file.carried)).collect();
    Ok(PyScores::of_file(py, file, carried))
}
