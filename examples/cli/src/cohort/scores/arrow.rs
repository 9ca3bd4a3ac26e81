//! Scores as Arrow IPC: a file that data frames map into memory.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use digital_maturity::cohort::raw;

use super::{Shape, Stretch, standing};
use crate::support::draft::Draft;

/// Batches of respondents, but for the numbers of their rows: those as they are in the piece, and
/// all other columns.
#[derive(Default)]
pub(crate) struct Batches(Vec<(Vec<u64>, Vec<ArrayRef>)>);

/// The file that they are written to.
pub(crate) struct File {
    schema: SchemaRef,
    writer: FileWriter<Sink>,
}

/// A draft, and why it took no more.
struct Sink {
    draft: Draft,
    failure: Option<String>,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.draft.write(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(failure) => {
                self.failure = Some(failure);
                Err(io::Error::other("not written"))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Batches {
    pub(super) fn add<'b>(
        &mut self,
        stretch: Stretch<'_, impl Iterator<Item = u64>, impl Iterator<Item = &'b str>>,
    ) {
        let Stretch { numbers, carried, stages, scores, reasons, credits } = stretch;
        let texts = |texts: StringArray| -> ArrayRef { Arc::new(texts) };
        let carried = carried
            .iter_mut()
            .map(|cells| texts(StringArray::from_iter_values(cells.by_ref().take(stages.len()))));
        let mut columns: Vec<ArrayRef> = carried.collect();
        let stages = stages.iter().map(|stage| standing(*stage));
        columns.push(texts(StringArray::from_iter_values(stages)));
        columns.extend(scores.into_iter().map(doubles));
        columns.extend(reasons.map(|reasons| texts(StringArray::from_iter_values(reasons))));
        columns.extend(credits.into_iter().map(doubles));
        self.0.push((numbers.collect(), columns));
    }
}

/// The double nearest to each Score, null where there is none.
#[expect(clippy::float_arithmetic, reason = "one division, which gives the nearest double")]
fn doubles(billionths: &[u32]) -> ArrayRef {
    let double = |of: &u32| (*of != raw::NO_SCORE).then(|| f64::from(*of) / 1e9);
    Arc::new(billionths.iter().map(double).collect::<Float64Array>())
}

impl File {
    pub(super) fn new(draft: Draft, names: &[String], shape: &Shape) -> Result<Self, String> {
        // The row, what is carried, and the stage come before the Scores.
        let field = |(place, name): (usize, &String)| {
            let (kind, nullable) = match place {
                0 => (DataType::UInt64, false),
                place if place <= shape.carried + 1 => (DataType::Utf8, false),
                _ if shape.reason && name == "reason" => (DataType::Utf8, false),
                _ => (DataType::Float64, true),
            };
            Field::new(name, kind, nullable)
        };
        let schema: Vec<Field> = names.iter().enumerate().map(field).collect();
        let schema = Arc::new(Schema::new(schema));
        let writer = FileWriter::try_new(Sink { draft, failure: None }, &schema);
        let writer = writer.map_err(|error| format!("error: {error}"))?;
        Ok(Self { schema, writer })
    }

    pub(super) fn write(&mut self, batches: Batches, rows: u64) -> Result<(), String> {
        for (numbers, columns) in batches.0 {
            let numbers: UInt64Array = numbers.into_iter().map(|row| Some(rows + row)).collect();
            let columns = [Arc::new(numbers) as ArrayRef].into_iter().chain(columns).collect();
            let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns);
            let written = batch.and_then(|batch| self.writer.write(&batch));
            written.map_err(|error| self.failure(&error))?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Draft, String> {
        self.writer.finish().map_err(|error| self.failure(&error))?;
        let sink = self.writer.into_inner().map_err(|error| format!("error: {error}"))?;
        Ok(sink.draft)
    }

    fn failure(&self, error: &ArrowError) -> String {
        self.writer.get_ref().failure.clone().unwrap_or_else(|| format!("error: {error}"))
    }
}
