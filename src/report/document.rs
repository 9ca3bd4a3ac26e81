//! What a report says, in order, before it takes a form. Every form is made of this one value, so
//! that none says more or less than another.

use crate::text::Text;

/// A text of the questionnaire or of a respondent: anything may stand in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted<'r> {
    pub(super) text: &'r str,
    /// The language, where it is not that of the report; empty where it is not known.
    pub(super) language: Option<&'r str>,
}

impl<'r> From<&'r str> for Quoted<'r> {
    fn from(text: &'r str) -> Self {
        Self { text, language: Some("") }
    }
}

/// A part of a line.
#[derive(Clone, Debug)]
pub(super) enum Inline<'r> {
    /// Words and figures of the report.
    Plain(String),
    /// The same, with stress.
    Strong(String),
    /// Something to be copied letter by letter.
    Code(String),
    Quoted(Quoted<'r>),
}

pub(super) type Line<'r> = Vec<Inline<'r>>;

#[derive(Clone, Debug)]
pub(super) enum Block<'r> {
    /// A heading of level 1 to 3. One of level 2 begins a section.
    Heading(u8, Line<'r>),
    /// What a reader in a hurry reads.
    Lead(Line<'r>),
    Paragraph(Line<'r>),
    List(List<'r>),
    Table(Table<'r>),
    Picture(Picture),
    /// Names with what belongs to them.
    Facts(Vec<(String, Line<'r>)>),
}

#[derive(Clone, Debug)]
pub(super) struct List<'r> {
    pub(super) ordered: bool,
    /// The first line of an item is its title if more follow.
    pub(super) items: Vec<Vec<Line<'r>>>,
}

/// A table whose first column says what a row is about; all others hold figures or a word.
#[derive(Clone, Debug)]
pub(super) struct Table<'r> {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Row<'r>>,
}

#[derive(Clone, Debug)]
pub(super) struct Row<'r> {
    /// Whether it sums up rows that stand below or above.
    pub(super) sums: bool,
    pub(super) about: Vec<Line<'r>>,
    pub(super) cells: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Picture {
    Ladder,
    Radar,
    /// The bars of the family at that place.
    Bars(usize),
}

/// A line of words.
pub(super) fn plain<'r>(words: impl Into<String>) -> Line<'r> {
    vec![Inline::Plain(words.into())]
}

/// The text for readers of `language`, or the default where none was asked for.
pub(super) fn quoted<'r>(text: &'r Text, language: Option<&str>) -> Quoted<'r> {
    let Some(language) = language else { return Quoted { text: &text.default, language: None } };
    match text.translation(language) {
        Some((tag, text)) => Quoted { text, language: Some(tag) },
        None => text.default.as_str().into(),
    }
}
