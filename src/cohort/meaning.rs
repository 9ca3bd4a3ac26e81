//! What the codes of a question mean: which is an answer, and what it earns.

use std::sync::Arc;

use super::by_byte::ByByte;
use super::cell::{Cell, Cells, Coding};
use crate::answers::{Mark, TicksAt};
use crate::number::Units;
use crate::questionnaire::{Item, Question, Scale, Ticks};

/// What the codes of answers to a question earn.
#[derive(Clone, Debug)]
pub(super) enum Levels {
    /// By place, from 0.
    Listed(Vec<Units>),
    /// By code, ascending.
    Valued(Vec<(u32, Units)>),
    /// So many points make the credit 1.
    Points(u32),
    /// By the items ticked, a bit each; more of them than could be listed.
    Ticked(Vec<Item>),
}

/// Up to so many items, what each set of them earns is listed.
const LISTED_ITEMS: usize = 7;
/// The most items of which each has a bit in four bytes, below the codes of other states.
const MOST_ITEMS: usize = 31;

impl Levels {
    /// The levels of a question; `None` if it cannot be coded that way.
    pub(super) fn new(question: Question<'_>, coding: Coding) -> Option<Self> {
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
            (Coding::Ticks, Scale::Checklist(items)) if items.len() <= LISTED_ITEMS => {
                let earned = |set| Scale::of_ticks(items, Ticks::from_bits(set));
                Some(Self::Listed((0..1 << items.len()).map(earned).collect()))
            }
            (Coding::Ticks, Scale::Checklist(items)) => {
                (items.len() <= MOST_ITEMS).then(|| Self::Ticked(items.clone()))
            }
            (Coding::Value, Scale::YesNo { .. } | Scale::Checklist(_) | Scale::Measure(_))
            | (Coding::Ticks, _) => None,
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
            Self::Ticked(items) => (0, (1 << items.len().min(MOST_ITEMS)) - 1),
        }
    }

    /// Whether a width with that highest code tells them from other states.
    pub(super) fn fit(&self, top: u32) -> bool {
        self.bounds().1 <= top - 4
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
            Self::Ticked(items) => {
                let set = Ticks::from_bits(code.into());
                (code <= self.bounds().1).then(|| Scale::of_ticks(items, set))
            }
        }
    }
}

/// Which states occur in a column, apart from answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct States {
    pub(super) not_applicable: bool,
    pub(super) dont_know: bool,
    pub(super) unanswered: bool,
}

impl States {
    /// The states that occur in either.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            not_applicable: self.not_applicable | other.not_applicable,
            dont_know: self.dont_know | other.dont_know,
            unanswered: self.unanswered | other.unanswered,
        }
    }
}

/// What each code of a question means in columns of one width. Levels that the width does not hold
/// apart from other states cannot exist.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    pub(super) coding: Coding,
    pub(super) levels: Levels,
    /// The highest code of the width: that of no answer.
    pub(super) top: u32,
    /// Whether a code between the lowest and the highest of an answer is none.
    pub(super) holes: bool,
    /// By code, if codes are bytes.
    pub(super) marks: Option<ByByte<Mark>>,
}

impl Meaning {
    /// The levels in columns with that highest code, which they must [fit](Levels::fit).
    pub(super) fn new(coding: Coding, levels: Levels, top: u32) -> Self {
        debug_assert!(levels.fit(top), "levels overlap the codes of other states");
        let holes = match &levels {
            Levels::Valued(valued) => {
                let (lowest, highest) = levels.bounds();
                usize::try_from(highest - lowest).map_or(true, |width| width >= valued.len())
            }
            Levels::Listed(_) | Levels::Points(_) | Levels::Ticked(_) => false,
        };
        let mut meaning = Self { coding, levels, top, holes, marks: None };
        if top == u32::from(u8::MAX) {
            meaning.marks = Some(ByByte::from_fn(|code| meaning.mark(code.into())));
        }
        meaning
    }

    /// What a code says, whether or not the question has that level.
    pub(super) fn cell(&self, code: u32) -> Cell {
        match self.top - code {
            0 => Cell::Unanswered,
            1 => Cell::DontKnow,
            2 => Cell::NotApplicable,
            3 => Cell::Bad,
            _ => Cell::Level(code),
        }
    }

    /// What scoring needs of a code; a bad one, whose row nobody scores, is unanswered.
    fn mark(&self, code: u32) -> Mark {
        match self.cell(code) {
            Cell::Level(code) => self.levels.credit(code).map_or(Mark::Unanswered, Mark::Answered),
            Cell::NotApplicable => Mark::NotApplicable,
            Cell::DontKnow => Mark::DontKnow,
            Cell::Unanswered | Cell::Bad => Mark::Unanswered,
        }
    }
}

/// A column past the door: as long as all others, and of the width of its meaning.
#[derive(Clone, Debug)]
pub(super) struct Sound<'c> {
    pub(super) cells: Cells<'c>,
    pub(super) meaning: Arc<Meaning>,
}

impl Sound<'_> {
    /// What scoring needs of one respondent.
    fn mark(&self, row: usize) -> Mark {
        let mark = match (&self.cells, &self.meaning.marks) {
            (Cells::U8(codes), Some(marks)) => codes.get(row).map(|code| marks[*code]),
            (Cells::U8(codes), None) => codes.get(row).map(|&code| self.meaning.mark(code.into())),
            (Cells::U16(codes), _) => codes.get(row).map(|&code| self.meaning.mark(code.into())),
            (Cells::U32(codes), _) => codes.get(row).map(|&code| self.meaning.mark(code)),
        };
        mark.unwrap_or(Mark::Unanswered)
    }
}

/// How many rows columns of one length have.
pub(super) fn rows(columns: &[Sound<'_>]) -> usize {
    columns.first().map_or(0, |column| column.cells.len())
}

/// What the cells of a row say, by the position of the question.
pub(super) fn marks(columns: &[Sound<'_>], row: usize, marks: &mut Vec<Mark>) {
    marks.clear();
    marks.extend(columns.iter().map(|column| column.mark(row)));
}

/// The items that a row ticks, where columns say so.
#[derive(Debug)]
pub(super) struct RowTicks<'c>(pub(super) &'c [Sound<'c>], pub(super) usize);

impl TicksAt for RowTicks<'_> {
    fn ticks_at(&self, position: usize) -> Ticks {
        let Self(columns, row) = self;
        let column = columns.get(position).filter(|column| column.meaning.coding == Coding::Ticks);
        let code = column.and_then(|column| column.cells.code(*row));
        code.map_or_else(Ticks::default, |code| Ticks::from_bits(code.into()))
    }
}
