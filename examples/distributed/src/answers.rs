//! How answers stand in a table: a column of bytes for each question.
//!
//! | cell | stands for |
//! |---|---|
//! | null, or 255 | unanswered |
//! | 254 | don't know |
//! | 253 | not applicable |
//! | below | the value of a choice, if all values of the question are from 0 to 251; for all other questions the level, as in [`Coding::Index`], or the items ticked, as in [`Coding::Ticks`], where a condition names one |
//!
//! Any other code makes its row a bad one, which is counted and has no Score.

use std::borrow::Cow;

use datafusion::arrow::array::{Array, AsArray, StructArray, UInt8Array};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::datatypes::{DataType, UInt8Type};
use datafusion::common::{DataFusionError, Result, exec_datafusion_err, plan_err};
use digital_maturity::cohort::{Coding, Column};
use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Cohort, Question, Questionnaire};

/// The code of no answer, which nulls become.
pub const UNANSWERED: u8 = 255;
/// The code of don't know.
pub const DONT_KNOW: u8 = 254;
/// The code of not applicable.
pub const NOT_APPLICABLE: u8 = 253;
/// The highest code that an answer can have.
const HIGHEST: i64 = 251;

/// How the column of this question is coded.
#[must_use]
pub fn coding(question: Question<'_>) -> Coding {
    match question.scale() {
        ScaleSpec::Choice { choices }
            if choices.iter().all(|choice| (0..=HIGHEST).contains(&choice.value)) =>
        {
            Coding::Value
        }
        _ => question.coding(),
    }
}

/// Whether those are the answers to this questionnaire: known when the query is planned.
///
/// # Errors
///
/// If it is no struct of bytes with a field for each question.
pub fn check(questionnaire: &Questionnaire, answers: &DataType) -> Result<()> {
    let DataType::Struct(fields) = answers else {
        return plan_err!("the answers are a struct with a field for each question, not {answers}");
    };
    if let Some(field) = fields.iter().find(|field| *field.data_type() != DataType::UInt8) {
        return plan_err!("the answers to `{}` are UInt8, not {}", field.name(), field.data_type());
    }
    let nobody = fields.iter().map(|field| column(questionnaire, field.name(), Cow::Borrowed(&[])));
    match Cohort::new(questionnaire, nobody) {
        Ok(_) => Ok(()),
        Err(errors) => plan_err!("{errors}"),
    }
}

/// The codes of one question, to be put into a cohort.
#[must_use]
pub fn column<'c>(
    questionnaire: &Questionnaire,
    question: &str,
    codes: Cow<'c, [u8]>,
) -> Column<'c> {
    let coding = questionnaire.question(question).map(coding).unwrap_or_default();
    Column::new(question.to_owned(), digital_maturity::cohort::Cells::U8(codes)).coded(coding)
}

/// The respondents of one batch. Columns without nulls are not copied.
///
/// # Errors
///
/// If those are not the answers to this questionnaire.
pub fn cohort<'a>(questionnaire: &Questionnaire, answers: &'a StructArray) -> Result<Cohort<'a>> {
    let columns = codes(answers)?.into_iter();
    let columns = columns.map(|(id, codes)| column(questionnaire, id, codes));
    Cohort::new(questionnaire, columns).map_err(external)
}

/// The id of a question and the codes of its column, copied only where there are nulls.
pub type Codes<'a> = (&'a str, Cow<'a, [u8]>);

/// The codes of each question.
///
/// # Errors
///
/// If a field is not of bytes.
pub fn codes(answers: &StructArray) -> Result<Vec<Codes<'_>>> {
    let columns = answers.fields().iter().zip(answers.columns());
    let codes = columns.map(|(field, array)| {
        let bytes = array.as_primitive_opt::<UInt8Type>().ok_or_else(|| {
            exec_datafusion_err!("the answers to `{}` are no bytes", field.name())
        })?;
        Ok((field.name().as_str(), filled(bytes, answers.nulls())))
    });
    codes.collect()
}

/// The codes, with [`UNANSWERED`] for nulls, of the cell or of the whole row.
fn filled<'a>(cells: &'a UInt8Array, rows: Option<&NullBuffer>) -> Cow<'a, [u8]> {
    let Some(nulls) = NullBuffer::union(cells.nulls(), rows).filter(|nulls| nulls.null_count() > 0)
    else {
        return Cow::Borrowed(cells.values());
    };
    let mut codes = cells.values().to_vec();
    for row in (!nulls.inner()).set_indices() {
        codes.get_mut(row).into_iter().for_each(|code| *code = UNANSWERED);
    }
    Cow::Owned(codes)
}

/// An error of the library, as one of a query.
pub(crate) fn external(error: impl std::error::Error + Send + Sync + 'static) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}
