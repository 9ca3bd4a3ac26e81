//! What a report says, in order, before it takes a form. Every form is made of this one value, so
//! that none says more or less than another.

use std::slice;

use super::picture::Drawing;
use crate::number::{Delta, Score};
use crate::stage::Stage;
use crate::words::{Words, fill, filled_with};

/// Everything that a page says, in order.
#[derive(Clone, Debug)]
pub struct Content<'r> {
    pub(super) words: &'r Words,
    /// What it is called where only one line can be shown.
    pub(super) title: String,
    pub(super) blocks: Vec<Block<'r>>,
    /// How many columns a table of plain text may take.
    pub(super) width: usize,
    /// The bytes that lists and tables may still take; see [`Content::MOST`].
    pub(super) left: usize,
    /// How many tables have a number so far.
    #[cfg(feature = "cohort")]
    pub(super) numbered: usize,
}

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

impl Inline<'_> {
    /// The bytes that it takes, with its text as it may be written: `"` is `&quot;`.
    fn takes(&self) -> usize {
        let text = match self {
            Self::Plain(text) | Self::Strong(text) | Self::Code(text) => text.as_str(),
            Self::Quoted(Quoted { text, .. }) => text,
        };
        let written = |byte| if b"&<>\"'".contains(&byte) { "&quot;".len() } else { 1 };
        size_of::<Self>() + text.bytes().map(written).sum::<usize>()
    }
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
    /// The same without its number, for forms that number tables themselves.
    pub(super) unnumbered: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Row<'r>>,
}

#[derive(Clone, Debug)]
pub(super) struct Row<'r> {
    pub(super) kind: Kind,
    pub(super) about: Vec<Line<'r>>,
    pub(super) cells: Vec<String>,
}

/// What a row is to the rows around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Single,
    /// It sums up or heads rows that stand below or above.
    Sum,
    /// It belongs to one that stands above.
    Part,
}

/// A picture for the forms that have some.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) drawing: Drawing,
    /// Whether it belongs to the text beside it and stands at its edge.
    pub(super) aside: bool,
}

impl<'r> Content<'r> {
    /// What all lists and tables of a page may take together: what a questionnaire shares stands on a
    /// page as often as it is used. What is beyond it is counted.
    pub(super) const MOST: usize = 5 << 18;

    /// A page that begins with these, 80 columns wide as a text.
    pub(super) const fn new(words: &'r Words, title: String, blocks: Vec<Block<'r>>) -> Self {
        Self {
            words,
            title,
            blocks,
            width: 80,
            left: Self::MOST,
            #[cfg(feature = "cohort")]
            numbered: 0,
        }
    }

    /// A heading of level 2, which begins a section.
    pub(super) fn section(&mut self, words: &str) {
        self.blocks.push(Block::Heading(2, plain(words)));
    }

    /// A heading within a section.
    pub(super) fn heading(&mut self, words: &str) {
        self.blocks.push(Block::Heading(3, plain(words)));
    }

    pub(super) fn lead(&mut self, words: &str) {
        self.blocks.push(Block::Lead(plain(words)));
    }

    /// A paragraph of words and figures of the report.
    pub(super) fn say(&mut self, words: &str) {
        self.paragraph(plain(words));
    }

    pub(super) fn paragraph(&mut self, line: Line<'r>) {
        self.blocks.push(Block::Paragraph(line));
    }

    pub(super) fn list(&mut self, ordered: bool, items: impl IntoIterator<Item = Vec<Line<'r>>>) {
        let (items, more) = self.fitting(items, |item| taken(item));
        self.blocks.push(Block::List(List { ordered, items }));
        self.not_shown(more);
    }

    pub(super) fn table(
        &mut self,
        caption: &str,
        head: &[&str],
        rows: impl IntoIterator<Item = Row<'r>>,
    ) {
        self.captioned((caption.to_owned(), caption), head, rows);
    }

    /// A table with the next number, as papers have it.
    #[cfg(feature = "cohort")]
    pub(super) fn numbered(
        &mut self,
        caption: &str,
        head: &[&str],
        rows: impl IntoIterator<Item = Row<'r>>,
    ) {
        self.numbered += 1;
        let full = fill!(self.words.table_numbered, n = self.numbered, caption = caption);
        self.captioned((full, caption), head, rows);
    }

    fn captioned(
        &mut self,
        (caption, unnumbered): (String, &str),
        head: &[&str],
        rows: impl IntoIterator<Item = Row<'r>>,
    ) {
        let unnumbered = unnumbered.to_owned();
        let head = head.iter().map(ToString::to_string).collect();
        let cells = |row: &Row<'_>| {
            row.cells.iter().map(|cell| size_of::<String>() + cell.len()).sum::<usize>()
        };
        let (rows, more) = self.fitting(rows, |row| taken(&row.about) + cells(row));
        self.blocks.push(Block::Table(Table { caption, unnumbered, head, rows }));
        self.not_shown(more);
    }

    /// As many of those as fit on the page, and how many do not.
    fn fitting<T>(
        &mut self,
        all: impl IntoIterator<Item = T>,
        takes: impl Fn(&T) -> usize,
    ) -> (Vec<T>, usize) {
        let (mut shown, mut more) = (Vec::new(), 0);
        for one in all {
            if self.left == 0 {
                more += 1;
                continue;
            }
            self.left = self.left.saturating_sub(takes(&one));
            shown.push(one);
        }
        (shown, more)
    }

    fn not_shown(&mut self, more: usize) {
        if more > 0 {
            self.say(&fill!(self.words.not_shown, n = more));
        }
    }

    pub(super) fn picture(&mut self, drawing: Drawing) {
        self.blocks.push(Block::Picture(Picture { drawing, aside: false }));
    }
}

/// The bytes that some lines take.
fn taken(lines: &[Line<'_>]) -> usize {
    let line = |line: &Line<'_>| line.iter().map(Inline::takes).sum::<usize>();
    lines.iter().map(|of| size_of::<Line<'_>>() + line(of)).sum()
}

/// A line of words.
pub(super) fn plain<'r>(words: &str) -> Line<'r> {
    vec![Inline::Plain(words.to_owned())]
}

/// A quoted text or words as a plain text, for a picture.
pub(super) fn in_picture(inline: &Inline<'_>) -> String {
    match inline {
        Inline::Plain(text) | Inline::Strong(text) | Inline::Code(text) => text.clone(),
        Inline::Quoted(Quoted { text, .. }) => (*text).to_owned(),
    }
}

/// What stands between the parts of a line that could stand alone.
pub(super) const DOT: &str = " \u{b7} ";

/// Lines as one, with a dot between them.
pub(super) fn joined<'r>(lines: impl IntoIterator<Item = Line<'r>>) -> Line<'r> {
    let mut joined = Line::new();
    for line in lines {
        if !joined.is_empty() {
            joined.extend(plain(DOT));
        }
        joined.extend(line);
    }
    joined
}

/// A line with a word before it that says what it is.
pub(super) fn labelled<'r>(label: &str, line: Line<'r>) -> Line<'r> {
    let mut labelled = vec![Inline::Strong(label.to_owned()), Inline::Plain(" ".to_owned())];
    labelled.extend(line);
    labelled
}

/// `template` with each `{name}` replaced by what may be a quoted text.
pub(super) fn sentence<'r>(template: &str, values: &[(&str, Inline<'r>)]) -> Line<'r> {
    let values: Vec<_> =
        values.iter().map(|(name, value)| (*name, slice::from_ref(value))).collect();
    filled_with(template, Inline::Plain, &values)
}

/// What stands where there is nothing to show.
pub(super) const DASH: &str = "\u{2013}";

/// A Score, or the dash where there is none.
pub(super) fn score(words: &Words, score: Option<Score>) -> String {
    score.map_or_else(|| DASH.to_owned(), |score| words.score(score))
}

/// A quartile or the median of many Scores, or the dash where there is none.
#[cfg(feature = "cohort")]
pub(super) fn quartile(words: &Words, score: Option<Score>) -> String {
    let shown = |score: Score| fill!(words.percent, n = words.number(score.percent_nearest(1)));
    score.map_or_else(|| DASH.to_owned(), shown)
}

/// A change, or the dash where there is none.
pub(super) fn change(words: &Words, change: Option<Delta>) -> String {
    change.map_or_else(|| DASH.to_owned(), |change| words.change(change))
}

/// The name of a stage, or the dash where there is none.
pub(super) fn stage_of(words: &Words, stage: Option<Stage>) -> String {
    stage.map_or(DASH, |stage| words.stage(stage)).to_owned()
}

/// A row of a table with one line to say what it is about.
pub(super) fn row(about: Line<'_>, cells: Vec<String>) -> Row<'_> {
    Row { kind: Kind::Single, about: vec![about], cells }
}

/// A row that sums up others.
pub(super) fn sum<'r>(about: &str, cells: Vec<String>) -> Row<'r> {
    Row { kind: Kind::Sum, about: vec![plain(about)], cells }
}
