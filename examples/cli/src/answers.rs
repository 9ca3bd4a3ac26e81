//! Takes one respondent out of an export, as an answers file that the other commands read.
//!
//! ```text
//! maturity answers --export qualtrics --codes codes.yaml --row 17 export.csv > answers.json
//! maturity assess answers.json
//! ```

use std::path::PathBuf;
use std::process::ExitCode;

use digital_maturity::AnswerSheet;
use digital_maturity::survey::Options;

use crate::cohort::{Stop, feed, file};
use crate::support::export::ExportArgs;
use crate::support::output::finish_json;
use crate::support::reading::questionnaire;

/// What stands at the end of the help text.
const HELP: &str = "\
A row is counted from 1 after the header, as `maturity cohort --out` counts it.
The file is read as that command reads it; see its help. If a cell of the row is
no answer, nothing is printed.

Exit code: 0, or 1 if there is no such row or it is bad, or 2 for wrong usage.";

/// Take one respondent out of a survey tool's export.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// A CSV file, or `-` for standard input
    export_file: PathBuf,

    /// A file, or `pulse`: the short one
    #[arg(long, value_name = "FILE", default_value = "dcx")]
    questionnaire: PathBuf,

    /// The row, from 1 after the header
    #[arg(long, value_name = "N", required_unless_present = "id")]
    row: Option<u64>,

    /// The respondent of that id
    #[arg(long, value_name = "TEXT", conflicts_with = "row")]
    id: Option<String>,

    /// The column of ids [default: the tool's own]
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,

    #[command(flatten)]
    file: ExportArgs,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match answers(args) {
        Ok(sheet) => finish_json(&sheet, true),
        Err(stop) => stop.tell(),
    }
}

fn answers(args: &Args) -> Result<AnswerSheet, Stop> {
    let questionnaire = questionnaire(&args.questionnaire).map_err(Stop::Failure)?;
    let options = args.file.options(&questionnaire).map_err(Stop::Failure)?;
    let id = match (&args.id, &args.id_column, options.export) {
        (None, ..) => None,
        (_, Some(column), _) => Some(column.clone()),
        (_, None, Some(export)) if args.export_file.as_os_str() != "-" => {
            let (survey, _) =
                feed::open(file(&args.export_file)?, &questionnaire, options.clone())?;
            let names: Vec<&str> =
                survey.header().columns(&questionnaire).map(|(name, _)| name).collect();
            let known = export.id_columns().iter().find(|id| names.contains(id));
            known.map(|id| (*id).to_owned())
        }
        _ => None,
    };
    if args.id.is_some() && id.is_none() {
        return Err("error: --id-column must say in which column the id stands".to_owned().into());
    }
    let options = Options { id, ..options };
    let source = file(&args.export_file)?;
    let name = source.name.clone();
    let (survey, mut feed) = feed::open(source, &questionnaire, options)?;
    feed::tell(&name, survey.findings());
    let mut reader = survey.reader();
    while let Some(mut piece) = feed.piece()? {
        let found = reader.sheet(&mut piece, |row, carried| match &args.id {
            Some(id) => carried.first().is_some_and(|of_row| of_row == id),
            None => args.row == Some(row),
        });
        if let Some((_, mut sheet)) = found {
            feed::tell(&name, reader.findings());
            if reader.findings().has_errors() {
                return Err(Stop::Said);
            }
            if let Some(id) = &args.id {
                let named = sheet.set_respondent(id.as_str());
                named.map_err(|finding| format!("error: --id: {}", finding.problem()))?;
            }
            return Ok(sheet);
        }
    }
    let what = match (&args.id, args.row) {
        (Some(id), _) => format!("no respondent with `{id}` in that column"),
        (None, row) => format!("no respondent in row {}", row.unwrap_or(0)),
    };
    Err(Stop::Message(format!("{name}: error: {what}; rows that are no respondents are left out")))
}
