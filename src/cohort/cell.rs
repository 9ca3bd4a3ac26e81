//! What stands in one cell of a cohort, and how a column keeps it.

use std::borrow::Cow;

use crate::answers::{Answer, Given};
use crate::diagnostic::Diagnostic;
use crate::questionnaire::{Question, Scale};

/// The answer of one respondent to one question, as a cohort keeps it. Which levels a question has
/// is decided by its scale; [`Question::cell`] gives none that it has not.
///
/// ```
/// use digital_maturity::{Answer, Questionnaire};
/// use digital_maturity::cohort::Cell;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let question = pulse.questions().next().unwrap(); // choices 1 to 5
/// assert_eq!(question.cell(4)?, Cell::Level(3));
/// assert_eq!(question.cell(Answer::DontKnow)?, Cell::DontKnow);
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// The place of the choice or band in the listed order, from 0; 0 for no and 1 for yes; the
    /// points ticked of a checklist, or [the items](Coding::Ticks) where a condition names one.
    Level(u32),
    /// Something that means nothing here: the row is left out.
    Bad,
    /// The question does not apply.
    NotApplicable,
    /// The respondent does not know.
    DontKnow,
    /// There is no answer.
    Unanswered,
}

impl Question<'_> {
    /// The cell of that answer to this question, for [`CohortBuilder::push`].
    ///
    /// # Errors
    ///
    /// The one thing that is wrong with the answer. To go on with the rest, push [`Cell::Bad`].
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// assert!(pulse.questions().next().unwrap().cell(6).is_err());
    /// ```
    ///
    /// [`CohortBuilder::push`]: crate::cohort::CohortBuilder::push
    pub fn cell(&self, answer: impl Into<Answer>) -> Result<Cell, Diagnostic> {
        let accepted = self.accept(&answer.into());
        let (given, _) = accepted.map_err(|refusal| refusal.of(self.id()))?;
        Ok(cell(self.scoring(), given, self.scoring(), self.coding()))
    }

    /// How [`CohortBuilder`](crate::cohort::CohortBuilder) and [`cell`](Self::cell) code answers to
    /// this question: a checklist of which some condition names an item by the items ticked,
    /// everything else by index.
    #[must_use]
    pub fn coding(&self) -> Coding {
        if self.is_named_by_item() { Coding::Ticks } else { Coding::Index }
    }
}

/// The cell of an answer given to `theirs` in a cohort of `ours`. The two have one fingerprint, but
/// may list choices and items in another order.
pub(super) fn cell(theirs: &Scale, given: Given, ours: &Scale, coding: Coding) -> Cell {
    let level = |position: Option<usize>| {
        position.and_then(|position| u32::try_from(position).ok()).map_or(Cell::Bad, Cell::Level)
    };
    match (given, ours, theirs) {
        (Given::Unanswered, ..) => Cell::Unanswered,
        (Given::DontKnow, ..) => Cell::DontKnow,
        (Given::NotApplicable, ..) => Cell::NotApplicable,
        (Given::YesNo(yes), ..) => Cell::Level(u32::from(yes)),
        (Given::Choice(value), Scale::Choice(choices), _) => {
            level(choices.iter().position(|(of_choice, _)| *of_choice == value))
        }
        (Given::Measure(number), Scale::Measure(bands), _) => level(Scale::band(bands, number)),
        (Given::Items(ticks), Scale::Checklist(ours), Scale::Checklist(theirs))
            if coding == Coding::Ticks =>
        {
            let mut set = 0;
            for (bit, item) in ours.iter().enumerate() {
                let place = theirs.iter().position(|their| their.id == item.id);
                if place.is_some_and(|place| ticks.contains(place)) {
                    set |=
                        u32::try_from(bit).ok().and_then(|bit| 1_u32.checked_shl(bit)).unwrap_or(0);
                }
            }
            Cell::Level(set)
        }
        (Given::Items(ticks), _, Scale::Checklist(items)) => {
            let ticked = items.iter().enumerate().filter(|(i, _)| ticks.contains(*i));
            level(usize::try_from(ticked.map(|(_, item)| item.points).sum::<u64>()).ok())
        }
        (Given::Choice(_) | Given::Measure(_) | Given::Items(_), ..) => Cell::Bad,
    }
}

/// What the codes of a column stand for. The highest codes of a column's type are the same in both:
///
/// | code | of `u8` | stands for |
/// |---|---|---|
/// | the highest | 255 | unanswered |
/// | one less | 254 | don't know |
/// | two less | 253 | not applicable |
/// | three less | 252 | nothing: a bad cell |
///
/// `u16` and `u32` have theirs at the top of their own range. Every other code that is no answer is
/// a bad cell, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coding {
    /// Codes are levels: the place of the choice or band in the listed order, from 0; 0 for no and
    /// 1 for yes; the points ticked of a checklist.
    #[default]
    Index,
    /// Codes are the values of choices, such as 1 to 5. Only for choices whose values are not
    /// negative and below the codes of the table above.
    Value,
    /// Codes are the items of a checklist that are ticked: the sum of 1 for the first item, 2 for the
    /// second, 4 for the third and so on. Up to 7 items fit one byte, 15 two, 31 four. A checklist of
    /// which some condition names an item can only be coded so.
    Ticks,
}

/// The codes of one question, one a respondent: borrowed from the caller, or owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cells<'c> {
    /// One byte a respondent: what nearly every question needs.
    U8(Cow<'c, [u8]>),
    /// Two bytes a respondent, for checklists of more than 251 points.
    U16(Cow<'c, [u16]>),
    /// Four bytes a respondent, for checklists of more than 65,531 points.
    U32(Cow<'c, [u32]>),
}

macro_rules! cells_from {
    ($($kind:ident($number:ty)),+) => {$(
        impl<'c> From<&'c [$number]> for Cells<'c> {
            fn from(codes: &'c [$number]) -> Self {
                Self::$kind(Cow::Borrowed(codes))
            }
        }

        impl<'c> From<&'c Vec<$number>> for Cells<'c> {
            fn from(codes: &'c Vec<$number>) -> Self {
                codes.as_slice().into()
            }
        }

        impl<'c, const N: usize> From<&'c [$number; N]> for Cells<'c> {
            fn from(codes: &'c [$number; N]) -> Self {
                codes.as_slice().into()
            }
        }

        impl From<Vec<$number>> for Cells<'_> {
            fn from(codes: Vec<$number>) -> Self {
                Self::$kind(Cow::Owned(codes))
            }
        }
    )+};
}

cells_from!(U8(u8), U16(u16), U32(u32));

impl Cells<'_> {
    /// No cells yet, of the least width that holds levels up to `highest`.
    pub(super) fn for_levels_to(highest: u32) -> Self {
        if highest < u32::from(u8::MAX) - 3 {
            Vec::<u8>::new().into()
        } else if highest < u32::from(u16::MAX) - 3 {
            Vec::<u16>::new().into()
        } else {
            Vec::<u32>::new().into()
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::U8(codes) => codes.len(),
            Self::U16(codes) => codes.len(),
            Self::U32(codes) => codes.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code of a respondent.
    pub(super) fn code(&self, row: usize) -> Option<u32> {
        match self {
            Self::U8(codes) => codes.get(row).map(|code| (*code).into()),
            Self::U16(codes) => codes.get(row).map(|code| (*code).into()),
            Self::U32(codes) => codes.get(row).copied(),
        }
    }

    /// The highest code of the type: that of no answer.
    pub(super) fn top(&self) -> u32 {
        match self {
            Self::U8(_) => u8::MAX.into(),
            Self::U16(_) => u16::MAX.into(),
            Self::U32(_) => u32::MAX,
        }
    }

    /// Appends a cell; a level that this width does not hold is a bad cell.
    pub(super) fn push(&mut self, cell: Cell) {
        let top = self.top();
        let code = match cell {
            Cell::Unanswered => top,
            Cell::DontKnow => top - 1,
            Cell::NotApplicable => top - 2,
            Cell::Level(level) if level < top - 3 => level,
            Cell::Bad | Cell::Level(_) => top - 3,
        };
        match self {
            Self::U8(codes) => codes.to_mut().push(u8::try_from(code).unwrap_or(u8::MAX - 3)),
            Self::U16(codes) => codes.to_mut().push(u16::try_from(code).unwrap_or(u16::MAX - 3)),
            Self::U32(codes) => codes.to_mut().push(code),
        }
    }
}
