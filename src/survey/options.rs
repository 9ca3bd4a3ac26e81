//! How a file is read, where its tool or the file itself does not decide it.

use super::codes::Codes;
use super::export::Export;
use crate::answers::Answer;
pub use crate::answers::{CellsAs, Decimal};
use crate::names::named;

/// How a file is read. The default reads a plain file: one row of header, ids or titles of questions,
/// values or texts in the cells.
///
/// ```
/// use digital_maturity::survey::{Decimal, Export, Options};
///
/// let options = Options { decimal: Decimal::Comma, ..Options::of(Export::GoogleForms) };
/// assert_eq!(options.export, Some(Export::GoogleForms));
/// assert_eq!(options.unticked, None); // as the tool writes it
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The tool that wrote it.
    pub export: Option<Export>,
    /// Whether cells are values or texts; `None`: as the tool writes them, or as the whole column can
    /// be read in one way only.
    pub cells: Option<CellsAs>,
    /// How fractions are written.
    pub decimal: Decimal,
    /// What stands between cells; `None`: whichever of comma, semicolon, tab and `|` makes the header
    /// known.
    pub delimiter: Option<u8>,
    /// The name of the encoding, as browsers know it, such as `windows-1252`; `None`: UTF-8, or UTF-16
    /// with a byte-order mark.
    pub encoding: Option<String>,
    /// How many rows the header has; `None`: as the tool writes it.
    pub header_rows: Option<usize>,
    /// What a checklist in which nothing is ticked means; `None`: as the tool writes it.
    pub unticked: Option<Unticked>,
    /// Rows that are read; all of these must hold. None: as the tool marks rows that are no
    /// respondents. A filter on a column takes the place of the tool's own on that column.
    pub filters: Vec<Filter>,
    /// Columns to pass over: headers, in which `*` stands for anything.
    pub ignore: Vec<String>,
    /// Whether columns that nobody knows are passed over without a finding.
    pub ignore_unknown: bool,
    /// What becomes of entries that are no choice and no item, such as "Other: a van".
    pub others: Others,
    /// Texts that are no answer, such as `NA`.
    pub missing: Vec<String>,
    /// Texts for "not applicable".
    pub not_applicable: Vec<String>,
    /// Texts for "don't know".
    pub dont_know: Vec<String>,
    /// What columns and cells stand for where the questionnaire does not say so.
    pub codes: Codes,
    /// Columns whose cells are handed on beside the answers, by header.
    pub carried: Vec<String>,
    /// The column that identifies respondents: carried too, before the others.
    pub id: Option<String>,
    /// Which rows of one id are read.
    pub duplicates: Duplicates,
}

impl Options {
    /// How that tool's exports are read.
    #[must_use]
    pub fn of(export: Export) -> Self {
        Self { export: Some(export), ..Self::default() }
    }

    /// The texts that stand for a state with every question.
    pub(super) fn states(&self) -> impl Iterator<Item = (&str, Answer)> {
        let states = [
            (&self.missing, Answer::Unanswered),
            (&self.not_applicable, Answer::NotApplicable),
            (&self.dont_know, Answer::DontKnow),
        ];
        states
            .into_iter()
            .flat_map(|(texts, state)| texts.iter().map(move |text| (text.as_str(), state.clone())))
    }
}

/// What a checklist means in which nothing is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unticked {
    /// There is no answer: nobody may have seen it.
    Missing,
    /// None of the items.
    None,
}

named!(Unticked, "reading of an untouched checklist", [Missing => "missing", None => "none"]);

/// What becomes of entries that are no choice and no item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Others {
    /// The cell is bad, and its row is left out.
    #[default]
    Error,
    /// They are passed over, as if they were not there.
    Ignore,
}

named!(Others, "treatment of other entries", [Error => "error", Ignore => "ignore"]);

/// Which rows of one id are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duplicates {
    /// All of them, with a finding.
    #[default]
    All,
    /// The first.
    First,
    /// The last.
    Last,
}

named!(Duplicates, "treatment of duplicates", [All => "all", First => "first", Last => "last"]);

/// A condition on the rows that are read: that a cell is a text, as a reader sees it, or is not. A number is
/// compared by its value: `2`, `2.0` and `02` are one.
///
/// ```
/// use digital_maturity::survey::Filter;
///
/// let filter: Filter = "Finished!=0".parse()?;
/// assert_eq!((&*filter.column, &*filter.value, filter.is), ("Finished", "0", false));
/// assert!("Finished".parse::<Filter>().is_err());
/// # Ok::<(), digital_maturity::survey::InvalidFilter>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The column, by its header.
    pub column: String,
    /// The text; empty for a blank cell.
    pub value: String,
    /// Whether the cell must be the text, or must not be.
    pub is: bool,
}

impl std::str::FromStr for Filter {
    type Err = InvalidFilter;

    fn from_str(text: &str) -> Result<Self, InvalidFilter> {
        let (column, value) = text.split_once('=').ok_or(InvalidFilter)?;
        let (column, is) = match column.strip_suffix('!') {
            Some(column) => (column, false),
            None => (column, true),
        };
        if column.trim().is_empty() {
            return Err(InvalidFilter);
        }
        Ok(Self { column: column.trim().to_owned(), value: value.trim().to_owned(), is })
    }
}

/// A text that is no [`Filter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected `COLUMN=VALUE` or `COLUMN!=VALUE`")]
#[non_exhaustive]
pub struct InvalidFilter;
