//! The columns of a cohort: what their codes mean, and the one door through which they come in.

use std::borrow::Cow;
use std::fmt;

use super::cell::{Cell, Cells, Coding};
use crate::answers::Mark;
use crate::number::Units;
use crate::questionnaire::Scale;
use crate::questionnaire::{Question, Questionnaire};

/// The answers to one question, as they come: whose question it is, and whether the codes mean
/// anything, is checked by [`Cohort::new`](crate::Cohort::new).
///
/// ```
/// use digital_maturity::cohort::Column;
///
/// let answers = [1_u8, 5, 3, 255]; // the caller's own array, which is not copied
/// let column = Column::new("journey_owner", &answers).by_value();
/// assert_eq!(column.question(), "journey_owner");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<'c> {
    question: Cow<'c, str>,
    cells: Cells<'c>,
    coding: Coding,
}

impl<'c> Column<'c> {
    /// The cells of the question with that id, coded by [`Coding::Index`].
    pub fn new(question: impl Into<Cow<'c, str>>, cells: impl Into<Cells<'c>>) -> Self {
        Self { question: question.into(), cells: cells.into(), coding: Coding::Index }
    }

    /// The same cells, read by [`Coding::Value`].
    #[must_use]
    pub fn by_value(mut self) -> Self {
        self.coding = Coding::Value;
        self
    }

    /// The id of the question.
    #[must_use]
    pub fn question(&self) -> &str {
        &self.question
    }

    /// The codes.
    #[must_use]
    pub fn cells(&self) -> &Cells<'c> {
        &self.cells
    }

    /// What the codes stand for.
    #[must_use]
    pub fn coding(&self) -> Coding {
        self.coding
    }
}

/// What is wrong with a set of columns as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnError {
    /// The questionnaire has no such question.
    #[error("there is no question `{question}`")]
    UnknownQuestion {
        /// The id that the column states.
        question: String,
    },
    /// A question has more than one column.
    #[error("question `{question}` has more than one column")]
    Twice {
        /// Its id.
        question: String,
    },
    /// A question has no column. One that nobody was asked is a column of 255.
    #[error("question `{question}` has no column")]
    Missing {
        /// Its id.
        question: String,
    },
    /// A column is not as long as the first one.
    #[error("the column of `{question}` has {rows} rows, the first one {expected}")]
    Length {
        /// The id that the column states.
        question: String,
        /// How many rows it has.
        rows: usize,
        /// How many rows the first column has.
        expected: usize,
    },
    /// The type of the column is too small to tell the levels of the question from its other states.
    #[error("the levels of `{question}` go to {highest}: its column needs a wider type")]
    TooNarrow {
        /// The id of the question.
        question: String,
        /// The highest code of an answer.
        highest: u32,
    },
    /// The column is coded by value, but the question has no choices, or choices with values that
    /// are negative or do not fit 32 bits.
    #[error("the answers to `{question}` cannot be coded by value")]
    NotByValue {
        /// The id of the question.
        question: String,
    },
}

/// Everything that is wrong with a set of columns: faults of columns in their order, then questions
/// without one. At least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnErrors(Vec<ColumnError>);

impl ColumnErrors {
    /// The faults, in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &ColumnError> {
        self.0.iter()
    }
}

impl fmt::Display for ColumnErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.0.iter().enumerate() {
            f.write_str(if position > 0 { "; " } else { "" })?;
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ColumnErrors {}

/// What the codes of answers to a question earn.
#[derive(Clone, Debug)]
pub(super) enum Levels {
    /// By place, from 0.
    Listed(Vec<Units>),
    /// By code, ascending.
    Valued(Vec<(u32, Units)>),
    /// So many points make the credit 1.
    Points(u32),
}

impl Levels {
    /// The levels of a question; `None` if it cannot be coded that way.
    pub(super) fn of(question: Question<'_>, coding: Coding) -> Option<Self> {
        let credits = |levels: &[Units]| Some(Self::Listed(levels.to_vec()));
        match (coding, question.scoring()) {
            (Coding::Index, Scale::Choice(choices)) => {
                Some(Self::Listed(choices.iter().map(|(_, credit)| *credit).collect()))
            }
            (Coding::Index, Scale::YesNo { yes }) => credits(&[yes.reversed(), *yes]),
            (Coding::Index, Scale::Checklist(items)) => {
                // At most 100 items of 1,000 points.
                u32::try_from(items.iter().map(|item| item.points).sum::<u64>())
                    .ok()
                    .map(Self::Points)
            }
            (Coding::Index, Scale::Measure(bands)) => {
                Some(Self::Listed(bands.iter().map(|(_, credit)| *credit).collect()))
            }
            (Coding::Value, Scale::Choice(choices)) => {
                let code = |value: i64| u32::try_from(value).ok();
                let valued = choices.iter().map(|&(value, credit)| Some((code(value)?, credit)));
                let mut valued = valued.collect::<Option<Vec<_>>>()?;
                valued.sort_unstable();
                Some(Self::Valued(valued))
            }
            (Coding::Value, Scale::YesNo { .. } | Scale::Checklist(_) | Scale::Measure(_)) => None,
        }
    }

    /// The lowest and the highest code of an answer.
    pub(super) fn bounds(&self) -> (u32, u32) {
        match self {
            Self::Listed(credits) => {
                (0, u32::try_from(credits.len().saturating_sub(1)).unwrap_or(u32::MAX))
            }
            Self::Valued(levels) => {
                let code = |level: Option<&(u32, Units)>| level.map_or(0, |(code, _)| *code);
                (code(levels.first()), code(levels.last()))
            }
            Self::Points(all) => (0, *all),
        }
    }

    /// What an answer with that code earns; `None` if there is none.
    pub(super) fn credit(&self, code: u32) -> Option<Units> {
        match self {
            Self::Listed(credits) => credits.get(usize::try_from(code).ok()?).copied(),
            Self::Valued(levels) => {
                let found = levels.binary_search_by_key(&code, |(code, _)| *code).ok()?;
                levels.get(found).map(|(_, credit)| *credit)
            }
            Self::Points(all) => {
                (code <= *all).then(|| Units::share(code.into(), u64::from(*all).max(1)))
            }
        }
    }
}

/// A column past the door: as long as all others, and of a width that its levels fit.
#[derive(Clone, Debug)]
pub(super) struct Sound<'c> {
    pub(super) cells: Cells<'c>,
    pub(super) levels: Levels,
    /// What each code of one byte means; empty for wider ones.
    marks: Vec<Mark>,
}

impl<'c> Sound<'c> {
    pub(super) fn new(cells: Cells<'c>, levels: Levels) -> Self {
        let mut sound = Self { cells, levels, marks: Vec::new() };
        if let Cells::U8(_) = sound.cells {
            sound.marks = (0..=u8::MAX.into()).map(|code| sound.meaning(code)).collect();
        }
        sound
    }

    /// What scoring needs of one respondent; a bad cell, whose row nobody scores, as unanswered.
    pub(super) fn mark(&self, row: usize) -> Mark {
        let mark = match &self.cells {
            Cells::U8(codes) => {
                codes.get(row).and_then(|code| self.marks.get(usize::from(*code))).copied()
            }
            Cells::U16(codes) => codes.get(row).map(|&code| self.meaning(code.into())),
            Cells::U32(codes) => codes.get(row).map(|&code| self.meaning(code)),
        };
        mark.unwrap_or(Mark::Unanswered)
    }

    /// What each code means, if codes are bytes.
    pub(super) fn marks(&self) -> Option<&[Mark]> {
        (!self.marks.is_empty()).then_some(&self.marks)
    }

    fn meaning(&self, code: u32) -> Mark {
        match self.cells.cell(code) {
            Cell::Level(code) => self.levels.credit(code).map_or(Mark::Unanswered, Mark::Answered),
            Cell::NotApplicable => Mark::NotApplicable,
            Cell::DontKnow => Mark::DontKnow,
            Cell::Unanswered | Cell::Bad => Mark::Unanswered,
        }
    }
}

/// The columns by the position of their questions.
pub(super) fn columns<'c>(
    questionnaire: &Questionnaire,
    columns: impl IntoIterator<Item = Column<'c>>,
) -> Result<Vec<Sound<'c>>, ColumnErrors> {
    let mut places: Vec<Option<Sound<'c>>> = questionnaire.rules().iter().map(|_| None).collect();
    let mut seen = vec![false; places.len()];
    let mut errors = Vec::new();
    let mut expected = None;
    for Column { question: id, cells, coding } in columns {
        let (id, rows) = (id.into_owned(), cells.len());
        let expected = *expected.get_or_insert(rows);
        if rows != expected {
            errors.push(ColumnError::Length { question: id.clone(), rows, expected });
        }
        let Some(question) = questionnaire.question(&id) else {
            errors.push(ColumnError::UnknownQuestion { question: id });
            continue;
        };
        let at = question.position();
        let (Some(place), Some(seen)) = (places.get_mut(at), seen.get_mut(at)) else { continue };
        if std::mem::replace(seen, true) {
            errors.push(ColumnError::Twice { question: id });
            continue;
        }
        match Levels::of(question, coding) {
            None => errors.push(ColumnError::NotByValue { question: id }),
            Some(levels) if levels.bounds().1 > cells.unanswered() - 4 => {
                let highest = levels.bounds().1;
                errors.push(ColumnError::TooNarrow { question: id, highest });
            }
            Some(levels) => *place = Some(Sound::new(cells, levels)),
        }
    }
    let questions = questionnaire.questions().zip(&seen).filter(|(_, seen)| !**seen);
    errors.extend(questions.map(|(of, _)| ColumnError::Missing { question: of.id().to_owned() }));
    if errors.is_empty() {
        Ok(places.into_iter().flatten().collect())
    } else {
        Err(ColumnErrors(errors))
    }
}
