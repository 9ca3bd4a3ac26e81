//! What is asked of a data set, and how the answer is written.

use std::io::Write;
use std::path::Path;

use datafusion::arrow::json::WriterBuilder;
use datafusion::arrow::json::writer::LineDelimited;
use datafusion::common::{Result, plan_datafusion_err};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::{AggregateUDF, ScalarUDF};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use digital_maturity::Questionnaire;
use futures::StreamExt;

use crate::maturity::Maturity;
use crate::summary::MaturitySummary;

/// The name of the data set in SQL.
pub const TABLE: &str = "answers";

/// What stands in a query for the struct of all answers.
pub const ANSWERS: &str = "{answers}";

/// A session on this machine. Without a number of partitions, there is one for each core.
#[must_use]
pub fn one_machine(partitions: Option<usize>) -> SessionContext {
    let config = SessionConfig::new();
    let config = match partitions {
        Some(partitions) => config.with_target_partitions(partitions),
        None => config,
    };
    SessionContext::new_with_config(config)
}

/// Makes both functions, by that questionnaire, and the data set known to a session.
///
/// # Errors
///
/// If the folder cannot be read as Parquet files with the same columns.
pub async fn register(
    session: &SessionContext,
    questionnaire: &Questionnaire,
    folder: &Path,
) -> Result<()> {
    session.register_udf(ScalarUDF::from(Maturity::new(questionnaire)));
    session.register_udaf(AggregateUDF::from(MaturitySummary::new(questionnaire)));
    let folder = folder.to_str();
    let folder = folder.ok_or_else(|| plan_datafusion_err!("the folder's name is no text"))?;
    session.register_parquet(TABLE, folder, ParquetReadOptions::default()).await
}

/// The struct of all answers, in SQL: each column under the id of its question.
#[must_use]
pub fn answers(questionnaire: &Questionnaire) -> String {
    let field = |id: &str| format!("'{}', \"{}\"", id.replace('\'', "''"), id.replace('"', "\"\""));
    let fields: Vec<String> = questionnaire.questions().map(|asked| field(asked.id())).collect();
    format!("named_struct({})", fields.join(", "))
}

/// The query for the summary of all respondents, or of each group.
#[must_use]
pub fn summaries(group_by: Option<&str>) -> String {
    let summary = format!("{}({ANSWERS}) AS summary", MaturitySummary::NAME);
    let Some(key) = group_by else { return format!("SELECT {summary} FROM {TABLE}") };
    let key = format!("\"{}\"", key.replace('"', "\"\""));
    format!("SELECT {key}, {summary} FROM {TABLE} GROUP BY {key} ORDER BY {key}")
}

/// Writes the rows that the query gives, one line of JSON each, as they come. `{answers}` in it
/// stands for the struct of all answers.
///
/// # Errors
///
/// If the query cannot be planned or carried out, or the lines cannot be written.
pub async fn ask(
    session: &SessionContext,
    questionnaire: &Questionnaire,
    sql: &str,
    to: impl Write + Send,
) -> Result<()> {
    let sql = sql.replace(ANSWERS, &answers(questionnaire));
    let rows: SendableRecordBatchStream = session.sql(&sql).await?.execute_stream().await?;
    write(rows, to).await
}

async fn write(mut rows: SendableRecordBatchStream, to: impl Write + Send) -> Result<()> {
    let lines = WriterBuilder::new().with_explicit_nulls(true);
    let mut lines = lines.build::<_, LineDelimited>(to);
    while let Some(batch) = rows.next().await {
        lines.write(&batch?)?;
    }
    lines.finish()?;
    Ok(())
}
