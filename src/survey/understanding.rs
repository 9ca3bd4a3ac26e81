//! From the rows of a header to what each column is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codes::Asked;
use super::finding::{Findings, Gravity, Kind};
use super::header::{Header, Means, asked, item_id, taken};
use super::names::{Named, Names};
use super::options::Options;
use super::tool::Tool;
use crate::answers::Lists;
use crate::diagnostic::Suggestions;
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::text::cased;

/// For so many unknown columns it is looked for what may be meant.
const SUGGESTED: usize = 50;

/// What is needed to understand a header.
pub(super) struct Understanding<'u, 'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) options: &'u Options,
    pub(super) tool: &'static Tool,
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
                let columns = by_name.entry(cased(name)).or_default();
                if columns.last() != Some(&column) {
                    columns.push(column);
                }
            }
        }
        let cell = |row, column| cell(rows, row, column);
        // Also where the caller says so of a file of no tool.
        let is_sided = self.tool.header_rows <= 2 && rows.len() == 2;
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
        let names: Arc<[String]> = names.collect();
        // What messages call a column is a name of it, too.
        for (column, name) in names.iter().enumerate() {
            if *name != cell(0, column) && *name != cell(1, column) {
                by_name.entry(cased(name)).or_default().push(column);
            }
        }
        by_name.remove("");
        let mut header = Header { columns: vec![Means::Unknown; width], names, by_name };
        self.findings.name_columns(&header.names);
        let recognised = Tool::by_header(|name| header.by_name.contains_key(name));
        let own = header.of_tool(recognised.unwrap_or(self.tool));
        let mut sure = vec![false; width];
        self.ignored(&mut header, &mut sure);
        self.by_codes(&mut header, &mut sure);
        if is_sided {
            self.side_by_side(rows, &mut header, &mut sure);
        }
        self.by_names(rows, &own, &mut header, &mut sure);
        for column in own {
            if let Some(means @ Means::Unknown) = header.columns.get_mut(column) {
                *means = Means::Tool;
            }
        }
        self.lists_beside_items(&mut header);
        self.blanks(&mut header);
        self.twice(&header, recognised);
        self.rest(&header);
        if let (Some(of), None) = (recognised, self.options.export) {
            let message = format!(
                "the header is plainly that of {}: --export {} reads the file as such",
                of.name, of.export
            );
            self.findings.file(Gravity::Note, Kind::Recognised, 1, message);
        }
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
        let cell = |row, column| cell(rows, row, column);
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
    /// What the tool calls its own is no other's at its end.
    fn by_names(
        &mut self,
        rows: &[Vec<String>],
        own: &BTreeSet<usize>,
        header: &mut Header,
        sure: &mut [bool],
    ) {
        let (mut several, mut loose) = (Vec::new(), Vec::new());
        for column in 0..header.columns.len() {
            if sure.get(column).copied().unwrap_or(true) {
                continue;
            }
            let mut best = Named::Nothing;
            for row in rows {
                let Some(name) = row.get(column) else { continue };
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
            match best {
                Named::Whole(found) if found.len() > 1 => several.push((column, found)),
                Named::Whole(found) => self.take(header, sure, column, &found),
                Named::Other(at) => settle(&mut header.columns, sure, column, Means::Other(at)),
                Named::AtTheEnd(found) if !own.contains(&column) => loose.push((column, found)),
                Named::AtTheEnd(_) | Named::Nothing => {}
            }
        }
        // What could be two things is the one that no other column is; what has a question's name at its
        // end is that question only if no other column is.
        let before = taken(header);
        for (column, found) in several {
            let free: Vec<Asked> =
                found.iter().filter(|asked| !before.contains(&asked.position())).copied().collect();
            self.take(header, sure, column, if free.len() == 1 { &free } else { &found });
        }
        let taken = taken(header);
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

    /// Where a list stands in one column, those of its items beside it say the same.
    fn lists_beside_items(&self, header: &mut Header) {
        if self.tool.lists != Lists::Blank {
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
                Means::Asked(asked @ Asked::Item(position, _)) if whole.contains(&position) => {
                    *means = Means::Beside(asked);
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
                        let or = match self.options.export {
                            Some(_) => {
                                " in the file, or --header-rows 2 if its items stand in a second row"
                            }
                            None => ", or say which tool wrote the file, as --export surveymonkey",
                        };
                        let message = format!(
                            "column {} has no header and stands beside the checklist `{id}`: name it{or}",
                            column + 1
                        );
                        self.findings.file(Gravity::Error, Kind::BlankHeader, 1, message);
                    }
                    if let Some(means) = header.columns.get_mut(column) {
                        *means = Means::Empty;
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
    fn twice(&mut self, header: &Header, recognised: Option<&Tool>) {
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
            let (one, other) = (name(one), name(other));
            let remedy = match recognised.filter(|_| self.options.export.is_none()) {
                Some(tool) => {
                    format!("the header is plainly that of {}: --export {}", tool.name, tool.export)
                }
                None if one == other => "give one of them another name in the file".to_owned(),
                None => "--ignore one of them, or say in --codes what they are".to_owned(),
            };
            let id = self.id(position);
            let message =
                format!("columns `{one}` and `{other}` are both about question `{id}`: {remedy}");
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
                let titles = title.in_each_language();
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

fn cell(rows: &[Vec<String>], row: usize, column: usize) -> &str {
    rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
}

fn settle(columns: &mut [Means], sure: &mut [bool], column: usize, means: Means) {
    if let (Some(place), Some(sure)) = (columns.get_mut(column), sure.get_mut(column)) {
        (*place, *sure) = (means, true);
    }
}
