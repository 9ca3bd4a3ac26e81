//! Made-up answers, as a data set in many Parquet files.

use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use datafusion::arrow::array::{
    ArrayRef, RecordBatch, StringArray, StructArray, UInt8Array, UInt64Array,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::Result;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use digital_maturity::cohort::Coding;
use digital_maturity::spec::{NonAnswer, ScaleSpec};
use digital_maturity::{Question, Questionnaire};

use crate::answers::{DONT_KNOW, NOT_APPLICABLE, UNANSWERED, coding};

/// The column that says which respondent a row is of, from 0.
pub const RESPONDENT: &str = "respondent";
/// The column to group by.
pub const INDUSTRY: &str = "industry";

const INDUSTRIES: [&str; 12] = [
    "agriculture",
    "arts and recreation",
    "construction",
    "education",
    "finance",
    "health care",
    "hospitality",
    "information",
    "manufacturing",
    "public administration",
    "retail",
    "transport",
];

/// Rows of a batch that is written at once.
const BATCH: u64 = 65_536;
/// Rows of a group in a file: the least that a file can be divided into by those who read it.
const ROW_GROUP: usize = 131_072;

/// In thousandths of all cells.
const MISSING: u64 = 40;
const NOT_KNOWN: u64 = 15;
const INAPPLICABLE: u64 = 5;
/// One row in so many is bad.
const ROWS_A_BAD_ONE: u64 = 10_000;
/// A code that means nothing, whatever the question.
const NOTHING: u8 = 252;

/// Writes the answers of that many respondents in that many files of about the same size, named
/// `part-00000.parquet` and so on. What a respondent answers depends on the row alone, not on the
/// number of files.
///
/// # Errors
///
/// If the folder is there already, or cannot be written to.
pub fn generate(
    questionnaire: &Questionnaire,
    rows: u64,
    partitions: u32,
    folder: &Path,
) -> Result<()> {
    fs::create_dir_all(folder.parent().unwrap_or(folder))?;
    fs::create_dir(folder)?;
    let partitions = partitions.max(1);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let write = |first: usize| -> Result<()> {
        for partition in (0..partitions).skip(first).step_by(threads) {
            let start =
                |partition: u32| u128::from(rows) * u128::from(partition) / u128::from(partitions);
            let start = |partition| u64::try_from(start(partition)).unwrap_or(rows);
            let file = folder.join(format!("part-{partition:05}.parquet"));
            write_file(questionnaire, start(partition)..start(partition + 1), &file)?;
        }
        Ok(())
    };
    let write = &write;
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|first| scope.spawn(move || write(first))).collect();
        let ended = threads.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread has died").into()))
        });
        ended.collect()
    })
}

fn write_file(questionnaire: &Questionnaire, rows: Range<u64>, path: &Path) -> Result<()> {
    let schema = schema(questionnaire);
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(ROW_GROUP));
    let file = File::create_new(path)?;
    let mut writer = ArrowWriter::try_new(file, schema, Some(properties.build()))?;
    let mut from = rows.start;
    while from < rows.end {
        let to = (from + BATCH).min(rows.end);
        writer.write(&batch(questionnaire, from..to)?)?;
        from = to;
    }
    writer.close()?;
    Ok(())
}

/// The columns of the data set.
#[must_use]
pub fn schema(questionnaire: &Questionnaire) -> SchemaRef {
    let mut fields = vec![
        Field::new(RESPONDENT, DataType::UInt64, false),
        Field::new(INDUSTRY, DataType::Utf8, false),
    ];
    let questions = questionnaire.questions();
    fields.extend(questions.map(|question| Field::new(question.id(), DataType::UInt8, true)));
    Arc::new(Schema::new(fields))
}

/// Those rows of the data set.
///
/// # Errors
///
/// None that is known of: columns are made to fit the schema.
pub fn batch(questionnaire: &Questionnaire, rows: Range<u64>) -> Result<RecordBatch> {
    let industries = rows.clone().map(industry);
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(rows.clone().collect::<UInt64Array>()),
        Arc::new(StringArray::from_iter_values(industries)),
    ];
    for question in questionnaire.questions() {
        let levels = levels(question);
        let codes = rows.clone().map(|row| code(question, &levels, row));
        let cells = codes.map(|code| (code != UNANSWERED).then_some(code));
        columns.push(Arc::new(cells.collect::<UInt8Array>()));
    }
    Ok(RecordBatch::try_new(schema(questionnaire), columns)?)
}

/// The answers of those rows, as the functions are given them.
///
/// # Errors
///
/// None that is known of.
pub fn answers(questionnaire: &Questionnaire, rows: Range<u64>) -> Result<StructArray> {
    let batch = StructArray::from(batch(questionnaire, rows)?);
    let (fields, columns, nulls) = batch.into_parts();
    // Before them stand the respondent and the industry.
    let fields: Vec<_> = fields.iter().skip(2).cloned().collect();
    let columns = columns.into_iter().skip(2).collect();
    Ok(StructArray::try_new(fields.into(), columns, nulls)?)
}

/// The industry of a respondent. Some have twice as many respondents as others.
#[must_use]
pub fn industry(row: u64) -> &'static str {
    let drawn = usize::try_from(draw(row, u64::MAX) % 18).unwrap_or_default();
    INDUSTRIES.get(drawn % INDUSTRIES.len()).copied().unwrap_or_default()
}

/// The codes of all answers to a question, lowest first.
fn levels(question: Question<'_>) -> Vec<u8> {
    let count = match question.scale() {
        ScaleSpec::Choice { choices } if coding(question) == Coding::Value => {
            let values = choices.iter().filter_map(|choice| u8::try_from(choice.value).ok());
            let mut values: Vec<u8> = values.collect();
            values.sort_unstable();
            return values;
        }
        ScaleSpec::Choice { choices } => choices.len(),
        ScaleSpec::YesNo => 2,
        ScaleSpec::Measure { bands, .. } => bands.len(),
        ScaleSpec::Checklist { items } if coding(question) == Coding::Ticks => 1 << items.len(),
        ScaleSpec::Checklist { items } => {
            1 + items.iter().map(|item| usize::from(item.points.get())).sum::<usize>()
        }
    };
    (0..NOTHING).take(count).collect()
}

/// What the respondent of that row answers: all answers of one hang together.
fn code(question: Question<'_>, levels: &[u8], row: u64) -> u8 {
    let position = question.position() as u64;
    if position == 0 && draw(row, u64::MAX - 1).is_multiple_of(ROWS_A_BAD_ONE) {
        return NOTHING;
    }
    let drawn = draw(row, position);
    let state = drawn % 1000;
    if state < MISSING {
        return UNANSWERED;
    }
    if state < MISSING + NOT_KNOWN {
        let may = !question.forbids(NonAnswer::DontKnow);
        return if may { DONT_KNOW } else { UNANSWERED };
    }
    if state < MISSING + NOT_KNOWN + INAPPLICABLE {
        let may = !question.forbids(NonAnswer::NotApplicable);
        return if may { NOT_APPLICABLE } else { UNANSWERED };
    }
    // The mean of two uniform numbers for the person, and one for the question, in thousandths.
    let person = draw(row, u64::MAX - 2);
    let person = u64::midpoint(person % 1000, (person >> 32) % 1000);
    let place = (person + (drawn >> 32) % 600).saturating_sub(300).min(999);
    let place = usize::try_from(place).unwrap_or_default() * levels.len() / 1000;
    levels.get(place).copied().unwrap_or(UNANSWERED)
}

/// A number that depends on the two numbers alone, by the mixing step of `SplitMix64`.
fn draw(row: u64, purpose: u64) -> u64 {
    let mix = |number: u64| {
        let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    mix(mix(row.wrapping_add(0x9e37_79b9_7f4a_7c15)) ^ purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
