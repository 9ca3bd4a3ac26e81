//! How a file of a survey tool is read, as the command line says it.

use std::path::PathBuf;

use clap::Args as Arguments;
use digital_maturity::Questionnaire;
use digital_maturity::survey::{CellsAs, Decimal, Export, Filter, Options, Others, Unticked};

use super::reading::{Failure, invalid, open};

/// How a file of a survey tool is read.
#[derive(Arguments)]
pub(crate) struct ExportArgs {
    /// The tool that wrote the file, see below
    #[arg(long, value_name = "TOOL")]
    export: Option<Export>,

    /// What columns and cells stand for
    #[arg(long, value_name = "FILE")]
    pub(crate) codes: Option<PathBuf>,

    /// What cells are: value or text
    #[arg(long, value_name = "KIND")]
    cells: Option<CellsAs>,

    /// Before fractions: `.` or `,`
    #[arg(long, value_name = "CHAR", default_value = ".")]
    decimal: Decimal,

    /// A character between cells, or `tab`
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    delimiter: Option<u8>,

    /// The encoding, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// How many rows the header has
    #[arg(long, value_name = "N")]
    header_rows: Option<usize>,

    /// With nothing ticked: missing or none
    #[arg(long, value_name = "HOW")]
    unticked: Option<Unticked>,

    /// Only rows with COLUMN=VALUE or COLUMN!=VALUE
    #[arg(long = "where", value_name = "CONDITION")]
    filters: Vec<Filter>,

    /// Pass over such columns; `*` is anything
    #[arg(long, value_name = "PATTERN")]
    ignore: Vec<String>,

    /// Pass over columns that nobody knows
    #[arg(long)]
    ignore_unknown: bool,

    /// Other entries: error or ignore
    #[arg(long, value_name = "HOW", default_value = "error")]
    other: Others,

    /// A text for no answer; may be repeated
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    missing: Vec<String>,

    /// A text for `not_applicable`; may be repeated
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    not_applicable: Vec<String>,

    /// A text for `dont_know`; may be repeated
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    dont_know: Vec<String>,
}

impl ExportArgs {
    /// The same for the library.
    pub(crate) fn options(&self, questionnaire: &Questionnaire) -> Result<Options, Failure> {
        let codes = self.codes.as_deref().map(|path| {
            let document = open(path)?;
            document.codes(questionnaire).map_err(|found| invalid(&document, found))
        });
        Ok(Options {
            export: self.export,
            cells: self.cells,
            decimal: self.decimal,
            delimiter: self.delimiter,
            encoding: self.encoding.clone(),
            header_rows: self.header_rows,
            unticked: self.unticked,
            filters: self.filters.clone(),
            ignore: self.ignore.clone(),
            ignore_unknown: self.ignore_unknown,
            others: self.other,
            missing: self.missing.clone(),
            not_applicable: self.not_applicable.clone(),
            dont_know: self.dont_know.clone(),
            codes: codes.transpose()?.unwrap_or_default(),
            ..Options::default()
        })
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !b"\"\r\n".contains(byte) && !byte.is_ascii_alphanumeric() => {
            Ok(*byte)
        }
        _ => Err("one character, such as `;`, or `tab`".to_owned()),
    }
}
