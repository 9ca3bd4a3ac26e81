//! What each column is, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::codes::Asked;
use super::finding::{Findings, Gravity, Kind};
use super::names::{Named, Names};
use super::options::Options;
use super::pattern::Pattern;
use super::tool::Tool;
use crate::diagnostic::Suggestions;
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::text::{as_seen, in_one_case};

/// For so many unknown columns it is looked for what may be meant.
const SUGGESTED: usize = 50;

/// What the columns of a file are.
#[derive(Clone, Debug)]
pub struct Header {
    pub(super) columns: Vec<Means>,
    /// By column, in full.
    pub(super) names: Arc<[String]>,
    /// The rows of the header in one case, as seen, by row and then by column: a name for each.
    by_name: BTreeMap<String, Vec<usize>>,
}

/// What one column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// Answers to the question at that position, or about one item of it.
    Asked(Asked),
    /// What was typed in place of a choice or an item of that question.
    Other(usize),
    /// The tool's own.
    Tool,
    /// About an item of a list that stands in another column as a whole.
    Beside(usize),
    /// Passed over, as was asked for.
    Ignored,
    /// Without a header beside that checklist: it may hold nothing.
    Empty(usize),
    /// Nobody knows.
    Unknown,
}

/// What a column of a file is, for [`Header::columns`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// Answers to this question.
    Question(String),
    /// Whether this item of this checklist is ticked, or this choice made.
    Item(String, String),
    /// What was typed in place of an answer to this question.
    Other(String),
    /// A column of the tool's own.
    Tool,
    /// A column that is passed over: it was asked for, or says what another says as well.
    PassedOver,
    /// Nobody knows; it is not read.
    Unknown,
}

impl Header {
    /// The ids of the questions without a column.
    ///
    /// `questionnaire` is the one with which the file was opened.
    pub fn missing<'h>(
        &'h self,
        questionnaire: &'h Questionnaire,
    ) -> impl Iterator<Item = &'h str> {
        let asked: BTreeSet<usize> =
            self.columns.iter().filter_map(asked).map(Asked::position).collect();
        let missing = questionnaire.questions().filter(move |of| !asked.contains(&of.position()));
        missing.map(|of| of.id())
    }

    /// The header of each column, and what it is.
    ///
    /// `questionnaire` is the one with which the file was opened.
    #[must_use]
    pub fn columns<'h>(
        &'h self,
        questionnaire: &'h Questionnaire,
    ) -> impl ExactSizeIterator<Item = (&'h str, Role)> {
        let id = |at: usize| {
            questionnaire.question_at(at).map(|of| of.id().to_owned()).unwrap_or_default()
        };
        let role = move |means: &Means| match *means {
            Means::Asked(Asked::Question(at)) => Role::Question(id(at)),
            Means::Asked(Asked::Item(at, item)) => {
                let of = questionnaire.question_at(at).map(|of| item_id(of, item));
                Role::Item(id(at), of.unwrap_or_default())
            }
            Means::Other(at) => Role::Other(id(at)),
            Means::Tool => Role::Tool,
            Means::Beside(_) | Means::Ignored | Means::Empty(_) => Role::PassedOver,
            Means::Unknown => Role::Unknown,
        };
        self.names.iter().zip(&self.columns).map(move |(name, means)| (name.as_str(), role(means)))
    }

    /// The columns with that name in any row of the header, as a reader sees it.
    pub(super) fn places(&self, name: &str) -> &[usize] {
        self.by_name.get(&in_one_case(&as_seen(name))).map_or(&[], Vec::as_slice)
    }

    /// The columns that a name with `*` fits.
    fn fitting(&self, pattern: &str) -> BTreeSet<usize> {
        if !pattern.contains('*') {
            return self.places(pattern).iter().copied().collect();
        }
        let pattern = Pattern::new(pattern);
        let fits = self.by_name.iter().filter(|(name, _)| pattern.fits(name));
        fits.flat_map(|(_, columns)| columns.iter().copied()).collect()
    }
}

/// What is needed to understand a header.
pub(super) struct Understanding<'u, 'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) options: &'u Options,
    pub(super) tool: &'static Tool,
    /// The tool whose own columns are passed over.
    pub(super) own: &'static Tool,
    pub(super) names: &'u mut Names<'q>,
    pub(super) findings: &'u mut Findings,
    /// Whether something stands in that column of the rows that were looked at.
    pub(super) holds_something: &'u dyn Fn(usize) -> bool,
}

impl Understanding<'_, '_> {
    /// The header of those rows.
    pub(super) fn header(&mut self, rows: &[Vec<String>]) -> Header {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in rows {
            for (column, name) in row.iter().enumerate() {
                let columns = by_name.entry(in_one_case(&as_seen(name))).or_default();
                if columns.last() != Some(&column) {
                    columns.push(column);
                }
            }
        }
        by_name.remove("");
        let cell = |row: usize, column: usize| {
            rows.get(row).and_then(|row| row.get(column)).map_or("", |name| name.trim())
        };
        let is_sided = self.tool.header_rows == 2 && rows.len() > 1;
        let mut last = String::new();
        let names = (0..width).map(|column| {
            let (above, below) = (cell(0, column), cell(1, column));
            if !is_sided {
                return if above.is_empty() { below.to_owned() } else { above.to_owned() };
            }
            if !above.is_empty() {
                above.clone_into(&mut last);
            }
            let goes_on = above.is_empty() && !below.is_empty();
            if goes_on { format!("{last} [{below}]") } else { above.to_owned() }
        });
        let names = names.collect();
        let mut header = Header { columns: vec![Means::Unknown; width], names, by_name };
        *self.findings = Findings::of(&header.names).with(std::mem::take(self.findings));
        let mut sure = vec![false; width];
        self.ignored(&mut header, &mut sure);
        self.by_codes(&mut header, &mut sure);
        if is_sided {
            self.side_by_side(rows, &mut header, &mut sure);
        }
        self.by_names(rows, &mut header, &mut sure);
        self.own(&mut header);
        self.lists_beside_items(&mut header);
        self.blanks(&mut header);
        self.twice(&header);
        self.rest(&header);
        header
    }

    fn ignored(&mut self, header: &mut Header, sure: &mut [bool]) {
        for pattern in &self.options.ignore {
            let columns = header.fitting(pattern);
            if columns.is_empty() {
                self.no_such("--ignore", pattern, Gravity::Warning);
            }
            for column in columns {
                settle(&mut header.columns, sure, column, Means::Ignored);
            }
        }
    }

    fn by_codes(&mut self, header: &mut Header, sure: &mut [bool]) {
        let codes = &self.options.codes;
        for (name, asked) in codes.columns() {
            let columns = header.places(name).to_vec();
            if columns.is_empty() {
                self.no_such("--codes", name, Gravity::Warning);
            }
            for column in &columns {
                if !sure.get(*column).copied().unwrap_or(true) {
                    let means = asked.map_or(Means::Ignored, Means::Asked);
                    settle(&mut header.columns, sure, *column, means);
                }
            }
        }
    }

    /// A question's columns side by side: its text above the first, nothing above the others, and
    /// below the texts of items or statements.
    fn side_by_side(&mut self, rows: &[Vec<String>], header: &mut Header, sure: &mut [bool]) {
        let cell = |row: usize, column: usize| {
            rows.get(row).and_then(|row| row.get(column)).map_or("", |name| name.trim())
        };
        let width = header.columns.len();
        let mut from = 0;
        while from < width {
            let (above, first) = (cell(0, from), from);
            from += 1;
            while from < width && cell(0, from).is_empty() {
                from += 1;
            }
            let &[position] = self.names.questions(above) else { continue };
            let question = self.questionnaire.question_at(position);
            let is_list =
                question.is_some_and(|of| matches!(of.scale(), ScaleSpec::Checklist { .. }));
            for column in first..from {
                let below = cell(1, column);
                let codes = self.options.codes.of(position);
                let items = match from - first {
                    _ if is_list => self.names.item(position, below, codes),
                    1 => Vec::new(),
                    _ => self.names.parts(position, below),
                };
                let means = match (items.as_slice(), self.names.questions(below)) {
                    ([item], _) => Means::Asked(Asked::Item(position, *item)),
                    (_, &[statement]) if !is_list && statement != position => {
                        Means::Asked(Asked::Question(statement))
                    }
                    _ if column == first && (!is_list || from == first + 1) => {
                        Means::Asked(Asked::Question(position))
                    }
                    _ if below.is_empty() => continue,
                    _ => Means::Other(position),
                };
                if !sure.get(column).copied().unwrap_or(true) {
                    settle(&mut header.columns, sure, column, means);
                }
            }
        }
    }

    /// Columns by what their headers name: first whole names, then what else could be meant.
    fn by_names(&mut self, rows: &[Vec<String>], header: &mut Header, sure: &mut [bool]) {
        let (mut several, mut loose) = (Vec::new(), Vec::new());
        let own = self.own.own();
        for column in 0..header.columns.len() {
            if sure.get(column).copied().unwrap_or(true) {
                continue;
            }
            let mut best = Named::Nothing;
            for row in rows {
                let Some(name) = row.get(column).map(|name| name.trim()) else { continue };
                let name = name.replace(" - Selected Choice", "");
                match self.names.named(&name, |at| self.options.codes.of(at)) {
                    found @ (Named::Whole(_) | Named::Other(_)) => {
                        best = found;
                        break;
                    }
                    found @ Named::AtTheEnd(_) if matches!(best, Named::Nothing) => best = found,
                    Named::AtTheEnd(_) | Named::Nothing => {}
                }
            }
            let is_own = rows.iter().any(|row| {
                let name = row.get(column).map(|name| in_one_case(&as_seen(name)));
                name.is_some_and(|name| own.iter().any(|own| own.fits(&name)))
            });
            match best {
                Named::Whole(found) if found.len() > 1 => several.push((column, found)),
                Named::Whole(found) => self.take(header, sure, column, &found),
                Named::Other(at) => settle(&mut header.columns, sure, column, Means::Other(at)),
                Named::AtTheEnd(found) if !is_own => loose.push((column, found)),
                Named::AtTheEnd(_) | Named::Nothing => {}
            }
        }
        // What could be two things is the one that no other column is; what has a question's name at its
        // end is that question only if no other column is.
        let taken = taken(header);
        for (column, found) in several {
            let free: Vec<Asked> =
                found.iter().filter(|asked| !taken.contains(&asked.position())).copied().collect();
            self.take(header, sure, column, if free.len() == 1 { &free } else { &found });
        }
        let taken = self::taken(header);
        for (column, mut found) in loose {
            found.retain(|asked| !taken.contains(&asked.position()));
            self.take(header, sure, column, &found);
        }
    }

    fn take(&mut self, header: &mut Header, sure: &mut [bool], column: usize, found: &[Asked]) {
        match found {
            [] => {}
            [asked] => settle(&mut header.columns, sure, column, Means::Asked(*asked)),
            _ => {
                let positions: BTreeSet<usize> = found.iter().map(|of| of.position()).collect();
                let ids = positions.into_iter().map(|at| format!("`{}`", self.id(at)));
                let ids = ids.collect::<Vec<_>>().join(", ");
                let message = format!(
                    "column `{}` could be about {ids}: say which in `columns` of --codes, or --ignore it",
                    header.names.get(column).map_or("", String::as_str)
                );
                self.findings.file(Gravity::Error, Kind::AmbiguousColumn, 1, message);
                settle(&mut header.columns, sure, column, Means::Ignored);
            }
        }
    }

    /// The tool's own columns.
    fn own(&self, header: &mut Header) {
        let own = self.own.own();
        for (name, columns) in &header.by_name {
            let mut unknown = columns.iter().filter(|column| {
                header.columns.get(**column).is_some_and(|means| *means == Means::Unknown)
            });
            let Some(first) = unknown.next().copied() else { continue };
            if own.iter().any(|own| own.fits(name)) {
                let rest: Vec<usize> = unknown.copied().collect();
                for column in rest.into_iter().chain([first]) {
                    if let Some(means) = header.columns.get_mut(column) {
                        *means = Means::Tool;
                    }
                }
            }
        }
    }

    /// Where a list stands in one column, those of its items beside it say the same.
    fn lists_beside_items(&self, header: &mut Header) {
        if self.tool.lists != crate::answers::Lists::Blank {
            return;
        }
        let whole: BTreeSet<usize> = header
            .columns
            .iter()
            .filter_map(|means| match means {
                Means::Asked(Asked::Question(position)) => Some(*position),
                _ => None,
            })
            .collect();
        for means in &mut header.columns {
            match *means {
                Means::Asked(Asked::Item(position, _)) if whole.contains(&position) => {
                    *means = Means::Beside(position);
                }
                _ => {}
            }
        }
    }

    /// Columns without a header beside those of a checklist: another tool's, unless nothing is there.
    fn blanks(&mut self, header: &mut Header) {
        let mut list = None;
        for column in 0..header.columns.len() {
            let is_blank = header.names.get(column).is_none_or(String::is_empty);
            let means = header.columns.get(column).copied();
            match (means, list) {
                (Some(Means::Unknown), Some(position)) if is_blank => {
                    if (self.holds_something)(column) {
                        let id = self.id(position);
                        let message = format!(
                            "column {} has no header and stands beside the checklist `{id}`: name it, or say \
                             which tool wrote the file, as --export surveymonkey",
                            column + 1
                        );
                        self.findings.file(Gravity::Error, Kind::BlankHeader, 1, message);
                    }
                    if let Some(means) = header.columns.get_mut(column) {
                        *means = Means::Empty(position);
                    }
                }
                (Some(means), _) => {
                    let position = asked(&means).map(Asked::position);
                    let is_list = |at: &usize| {
                        let scale = self.questionnaire.question_at(*at).map(|of| of.scale());
                        matches!(scale, Some(ScaleSpec::Checklist { .. }))
                    };
                    list = position.filter(is_list);
                }
                (None, _) => {}
            }
        }
    }

    /// No two columns may be about one thing.
    fn twice(&mut self, header: &Header) {
        let mut wholes: BTreeMap<usize, usize> = BTreeMap::new();
        let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut items: BTreeMap<Asked, usize> = BTreeMap::new();
        let mut twice = Vec::new();
        for (column, asked) in header.columns.iter().map(asked).enumerate() {
            let Some(asked) = asked else { continue };
            let position = asked.position();
            let earlier = match asked {
                Asked::Question(_) => firsts.get(&position),
                Asked::Item(..) => wholes.get(&position).or_else(|| items.get(&asked)),
            };
            twice.extend(earlier.map(|earlier| (*earlier, column, position)));
            firsts.entry(position).or_insert(column);
            match asked {
                Asked::Question(_) => wholes.entry(position).or_insert(column),
                Asked::Item(..) => items.entry(asked).or_insert(column),
            };
        }
        let name = |column: usize| header.names.get(column).map_or("", String::as_str);
        for (one, other, position) in twice {
            let message = format!(
                "columns `{}` and `{}` are both about question `{}`: --ignore one of them, or say in \
                 --codes what they are",
                name(one),
                name(other),
                self.id(position)
            );
            self.findings.file(Gravity::Error, Kind::DuplicateColumn, 1, message);
        }
    }

    /// Columns that nobody knows, and questions and items that nobody was asked.
    fn rest(&mut self, header: &Header) {
        let asked: BTreeSet<Asked> = header.columns.iter().filter_map(asked).collect();
        let positions: BTreeSet<usize> = asked.iter().map(|asked| asked.position()).collect();
        if positions.is_empty() {
            return; // said otherwise
        }
        let questions = self.questionnaire.questions();
        let missing: Vec<Question<'_>> =
            questions.filter(|of| !positions.contains(&of.position())).collect();
        if !self.options.ignore_unknown {
            self.unknown(header, &missing);
        }
        if !missing.is_empty() {
            let ids: Vec<String> = missing.iter().map(|of| format!("`{}`", of.id())).collect();
            let (s, have) = if ids.len() > 1 { ("s", "have") } else { ("", "has") };
            let message =
                format!("question{s} {} {have} no column: nobody answers", ids.join(", "));
            self.findings.file(Gravity::Warning, Kind::MissingQuestion, 1, message);
        }
        for question in self.questionnaire.questions() {
            let at = question.position();
            let ScaleSpec::Checklist { items } = question.scale() else { continue };
            if asked.contains(&Asked::Question(at)) || !positions.contains(&at) {
                continue;
            }
            let missing = (0..items.len()).filter(|item| !asked.contains(&Asked::Item(at, *item)));
            let ids: Vec<String> =
                missing.map(|item| format!("`{}`", item_id(question, item))).collect();
            if !ids.is_empty() {
                let message = format!(
                    "of question `{}`, {} no column: nobody ticks {}",
                    question.id(),
                    if ids.len() > 1 { "these items have" } else { "this item has" },
                    ids.join(", ")
                );
                self.findings.file(Gravity::Warning, Kind::MissingQuestion, 1, message);
            }
        }
    }

    fn unknown(&mut self, header: &Header, missing: &[Question<'_>]) {
        let suggestions = Suggestions::default();
        let options = self.options;
        let used: BTreeSet<usize> = options
            .carried
            .iter()
            .chain(&options.id)
            .chain(options.filters.iter().map(|filter| &filter.column))
            .flat_map(|name| header.places(name).iter().copied())
            .collect();
        let mut unknown = Vec::new();
        for (column, (means, name)) in header.columns.iter().zip(header.names.iter()).enumerate() {
            if *means != Means::Unknown || used.contains(&column) {
                continue;
            }
            if name.is_empty() {
                unknown.push(format!("column {}, which has no header", column + 1));
                continue;
            }
            let titles = missing.iter().flat_map(|of| {
                let title = of.title();
                let titles = std::iter::once(&title.default).chain(title.translations.values());
                std::iter::once(of.id()).chain(titles.map(String::as_str))
            });
            let near =
                if unknown.len() < SUGGESTED { suggestions.nearest(name, titles) } else { None };
            let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
            unknown.push(format!("`{name}`{near}"));
        }
        let (Some(_), count) = (unknown.first(), unknown.len()) else { return };
        let what = if count > 1 {
            format!("{count} columns are no questions")
        } else {
            "no question".to_owned()
        };
        let message = format!(
            "{what}: {}; name them with --ignore, or pass over such columns with --ignore-unknown, or say in \
             --codes what they are",
            unknown.join(", ")
        );
        self.findings.file(Gravity::Warning, Kind::UnknownColumn, 1, message);
    }

    pub(super) fn no_such(&mut self, option: &str, name: &str, severity: Gravity) {
        let message = format!("{option} names `{name}`: no such column");
        self.findings.file(severity, Kind::NoSuchColumn, 1, message);
    }

    fn id(&self, position: usize) -> &str {
        self.questionnaire.question_at(position).map_or("", |question| question.id())
    }
}

/// The questions that columns are about.
fn taken(header: &Header) -> BTreeSet<usize> {
    header.columns.iter().filter_map(asked).map(Asked::position).collect()
}

fn settle(columns: &mut [Means], sure: &mut [bool], column: usize, means: Means) {
    if let (Some(place), Some(sure)) = (columns.get_mut(column), sure.get_mut(column)) {
        (*place, *sure) = (means, true);
    }
}

fn asked(means: &Means) -> Option<Asked> {
    match *means {
        Means::Asked(asked) => Some(asked),
        _ => None,
    }
}

/// The id of the item at that place, or the choice.
fn item_id(question: Question<'_>, item: usize) -> String {
    match question.scale() {
        ScaleSpec::Checklist { items } => items.get(item).map(|item| item.id.clone()),
        ScaleSpec::Choice { choices } => choices.get(item).map(|choice| choice.value.to_string()),
        ScaleSpec::YesNo => Some((item == 0).to_string()),
        ScaleSpec::Measure { .. } => None,
    }
    .unwrap_or_default()
}
