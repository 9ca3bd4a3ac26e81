//! The codes of one question, row by row.

use crate::cohort::{Cell, Coding, Column};
use crate::questionnaire::{Question, ScaleSpec};

/// In a table of codes: what that byte means is not settled by the byte alone.
pub(super) const ASK: u8 = u8::MAX - 4;

/// The code of no answer.
pub(super) const UNANSWERED: u8 = u8::MAX;

/// The codes of one question by row. What a row wrote, another may write over.
#[derive(Debug)]
pub(super) enum Lane {
    Narrow(Vec<u8>),
    Wide(Vec<u32>),
    /// Of a column that is no question.
    None,
}

impl Lane {
    /// A lane in which every answer to the question has a code.
    pub(super) fn new(question: Question<'_>) -> Self {
        let highest = match question.scale() {
            ScaleSpec::Checklist { items } if question.coding() == Coding::Ticks => {
                u32::try_from(items.len()).map_or(u32::MAX, |items| 2_u32.saturating_pow(items) - 1)
            }
            ScaleSpec::Checklist { items } => {
                items.iter().map(|item| u32::from(item.points.get())).sum::<u32>()
            }
            _ => 0, // at most 100 choices or bands
        };
        if highest < ASK.into() { Self::Narrow(Vec::new()) } else { Self::Wide(Vec::new()) }
    }

    pub(super) fn put(&mut self, row: usize, cell: Cell) {
        match self {
            Self::Narrow(codes) => set(codes, row, narrow(cell), UNANSWERED),
            Self::Wide(codes) => {
                let code = match cell {
                    Cell::Level(level) => level,
                    _ => u32::MAX - u32::from(UNANSWERED - narrow(cell)),
                };
                set(codes, row, code, u32::MAX);
            }
            Self::None => {}
        }
    }

    /// So many rows, unanswered where nothing was written.
    pub(super) fn fill(&mut self, rows: usize) {
        match self {
            Self::Narrow(codes) => codes.resize(rows, UNANSWERED),
            Self::Wide(codes) => codes.resize(rows, u32::MAX),
            Self::None => {}
        }
    }

    pub(super) fn clear(&mut self) {
        match self {
            Self::Narrow(codes) => codes.clear(),
            Self::Wide(codes) => codes.clear(),
            Self::None => {}
        }
    }

    /// The first rows as the column of that question.
    pub(super) fn column<'l>(&'l self, question: Question<'l>, rows: usize) -> Column<'l> {
        let id = question.id();
        let column = match self {
            Self::Narrow(codes) => Column::new(id, codes.get(..rows).unwrap_or_default()),
            Self::Wide(codes) => Column::new(id, codes.get(..rows).unwrap_or_default()),
            Self::None => Column::new(id, &[][..] as &[u8]),
        };
        column.coded(question.coding())
    }
}

fn set<C: Copy>(codes: &mut Vec<C>, row: usize, code: C, unanswered: C) {
    if codes.len() <= row {
        codes.resize(row + 1, unanswered);
    }
    codes.get_mut(row).into_iter().for_each(|place| *place = code);
}

/// The code of a cell in one byte. A level that a byte does not hold is a bad cell.
pub(super) fn narrow(cell: Cell) -> u8 {
    match cell {
        Cell::Level(level) => u8::try_from(level).unwrap_or(UNANSWERED - 3),
        Cell::Bad => UNANSWERED - 3,
        Cell::NotApplicable => UNANSWERED - 2,
        Cell::DontKnow => UNANSWERED - 1,
        Cell::Unanswered => UNANSWERED,
    }
}
