//! Random columns of a cohort.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

use super::sheet::sheets;
use crate::answers::AnswerSheet;
use crate::cohort::{Cell, Cells, Coding, Column};
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};

/// Random columns for [`Cohort::new`](crate::Cohort::new), one a question, of up to so many rows: the codes
/// of answers that [`sheets`] gives, by index, by the items ticked where a condition names one, or by
/// value where the choices allow it. No cell is bad.
///
/// For checklists of which a condition names an item, up to 31 items, as columns hold no more.
///
/// # Cost
///
/// A sheet a row.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::testing::columns;
/// use proptest::prelude::*;
///
/// let pulse = Questionnaire::dcx_pulse();
/// proptest!(ProptestConfig::with_cases(20), |(columns in columns(pulse, 20))| {
///     prop_assert_eq!(Cohort::new(pulse, columns)?.bad_cell_count(), 0);
/// });
/// ```
pub fn columns(
    questionnaire: &Questionnaire,
    at_most: u16,
) -> impl Strategy<Value = Vec<Column<'static>>> + use<> {
    let questionnaire = questionnaire.clone();
    (vec(sheets(&questionnaire), 0..=usize::from(at_most)), any::<bool>()).prop_map(
        move |(sheets, by_value)| {
            let column = |question: Question<'_>| column(question, &sheets, by_value);
            questionnaire.questions().map(column).collect()
        },
    )
}

fn column(question: Question<'_>, sheets: &[AnswerSheet], by_value: bool) -> Column<'static> {
    let cells = sheets.iter().map(|sheet| {
        let answer = sheet.answer(question.id()).unwrap_or_default();
        question.cell(answer).unwrap_or(Cell::Bad)
    });
    let id = question.id().to_owned();
    if let Some(values) = values(question.scale()).filter(|_| by_value) {
        let value = |level: u32| {
            usize::try_from(level).ok().and_then(|at| values.get(at)).map_or(BAD, |value| *value)
        };
        let codes: Vec<u8> = cells.map(|cell| code(cell, value)).collect();
        return Column::new(id, codes).by_value();
    }
    let highest = match question.scale() {
        ScaleSpec::Choice { choices } => choices.len(),
        ScaleSpec::YesNo => 1,
        ScaleSpec::Measure { bands, .. } => bands.len(),
        ScaleSpec::Checklist { items } if question.coding() == Coding::Ticks => {
            u32::try_from(items.len())
                .ok()
                .and_then(|n| 1_usize.checked_shl(n))
                .unwrap_or(usize::MAX)
        }
        ScaleSpec::Checklist { items } => {
            items.iter().map(|item| usize::from(item.points.get())).sum()
        }
    };
    let cells: Cells<'static> = if highest < usize::from(BAD) {
        let codes = cells.map(|cell| code(cell, |level| u8::try_from(level).unwrap_or(BAD)));
        codes.collect::<Vec<u8>>().into()
    } else {
        cells.map(wide).collect::<Vec<u32>>().into()
    };
    Column::new(id, cells).coded(question.coding())
}

/// The code of nothing, in one byte.
const BAD: u8 = u8::MAX - 3;

fn code(cell: Cell, level: impl Fn(u32) -> u8) -> u8 {
    match cell {
        Cell::Level(of) => level(of),
        Cell::Bad => BAD,
        Cell::NotApplicable => u8::MAX - 2,
        Cell::DontKnow => u8::MAX - 1,
        Cell::Unanswered => u8::MAX,
    }
}

fn wide(cell: Cell) -> u32 {
    match cell {
        Cell::Level(level) => level,
        Cell::Bad => u32::MAX - 3,
        Cell::NotApplicable => u32::MAX - 2,
        Cell::DontKnow => u32::MAX - 1,
        Cell::Unanswered => u32::MAX,
    }
}

/// The values of choices by level, if each fits a byte beside the other codes.
fn values(scale: &ScaleSpec) -> Option<Vec<u8>> {
    let ScaleSpec::Choice { choices } = scale else { return None };
    let value = |value: i64| u8::try_from(value).ok().filter(|value| *value < BAD);
    choices.iter().map(|choice| value(choice.value)).collect()
}
