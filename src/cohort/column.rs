//! The columns of a cohort, and what can be wrong with them.

use std::borrow::Cow;

use super::cell::{Cells, Coding};

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
#[doc(alias("csv", "dataframe"))]
pub struct Column<'c> {
    pub(super) question: Cow<'c, str>,
    pub(super) cells: Cells<'c>,
    pub(super) coding: Coding,
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

    /// The same cells, read by that coding.
    ///
    /// ```
    /// use digital_maturity::cohort::{Coding, Column};
    ///
    /// let both = [3_u8]; // 1 for the first item and 2 for the second
    /// let column = Column::new("channels", &both).coded(Coding::Ticks);
    /// assert_eq!(column.coding(), Coding::Ticks);
    /// ```
    #[must_use]
    pub fn coded(mut self, coding: Coding) -> Self {
        self.coding = coding;
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
    /// The column is coded by the items ticked, but the question is no checklist, or one of more than
    /// 31 items.
    #[error("the answers to `{question}` cannot be coded by the items ticked")]
    NotByTicks {
        /// The id of the question.
        question: String,
    },
    /// The column is coded by points, but a condition asks for one item of the checklist.
    #[error(
        "a condition names an item of `{question}`: its column must be coded by the items ticked"
    )]
    OnlyByTicks {
        /// The id of the question.
        question: String,
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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct ColumnErrors(pub(super) Vec<ColumnError>);

impl ColumnErrors {
    /// The faults, in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &ColumnError> {
        self.0.iter()
    }
}
