//! In which manner texts are read.

use crate::names::named;

/// Whether the cells of a file hold the values of choices or their texts, where a choice's text is
/// the value of another and it makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellsAs {
    /// The values of choices, the ids of items.
    Value,
    /// The texts of choices and items, in any language of the questionnaire.
    Text,
}

named!(CellsAs, "kind of cells", [Value => "value", Text => "text"]);

/// What stands between the whole part of a number and its fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decimal {
    /// `7.5`, as in documents. A comma is no part of a number.
    #[default]
    Point,
    /// `7,5`; points, blanks and apostrophes may stand between thousands: `1.200,5`.
    Comma,
}

named!(Decimal, "decimal separator", [Point => ".", Comma => ","]);
