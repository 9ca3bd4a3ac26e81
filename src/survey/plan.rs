//! How each column of a file is read, once its header is known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codes::Asked;
use super::decoder::{Reading, trimmed};
use super::finding::{Findings, Gravity, Kind};
use super::header::{Header, Means};
use super::names::Names;
use super::options::{CellsAs, Decimal, Options, Others, Unticked};
use super::quotes::Quotes;
use super::rows::{Cursor, Rows, Text};
use super::sieve::Sieve;
use super::tool::Tool;
use crate::answers::{Answer, Manner, Said, Vocabulary};
use crate::diagnostic::{Excerpt, Suggestions};
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::text::as_seen;

/// So many different texts are looked at to decide how columns are read, and so long ones.
const SEEN: usize = 100_000;
const LONGEST_SEEN: usize = 400;

/// How the cells of one column are read.
#[derive(Clone, Debug)]
pub(super) enum Planned<'q> {
    /// Not at all.
    Not,
    Answer(Arc<Reading<'q>>),
    Item(Arc<Reading<'q>>),
    /// About an item of the list in another column: only compared with that.
    Beside(Arc<Reading<'q>>),
    /// What was typed in place of an answer to the question at that position.
    Other(usize),
    /// Nothing may stand in it.
    Empty,
}

/// What is read of a file whose header is known.
pub(super) struct Plan<'p, 'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) options: &'p Options,
    pub(super) tool: &'static Tool,
    pub(super) header: &'p Header,
}

impl<'q> Plan<'_, 'q> {
    /// The columns whose cells are kept, how many of them are handed on, and what decides which rows
    /// are read.
    pub(super) fn kept(&self, findings: &mut Findings) -> (Vec<usize>, usize, Vec<Sieve>) {
        let options = self.options;
        let mut kept = Vec::new();
        let wanted = options.id.iter().map(|name| ("--id", name));
        // Whichever says so: all of these columns are handed on.
        let said = "one of --carry, --group-by, --weight and --unit";
        let wanted = wanted.chain(options.carried.iter().map(|name| (said, name)));
        for (option, name) in wanted {
            kept.extend(self.place(option, name, findings));
        }
        let carried = kept.len();
        let mut sieves = Vec::new();
        let mut filtered = BTreeSet::new();
        for filter in &options.filters {
            let Some(column) = self.place("--where", &filter.column, findings) else { continue };
            filtered.insert(column);
            let (at, value) = ((kept.len(), column), [&filter.value]);
            sieves.push(Sieve::new(at, &value, filter.is, options.decimal, Sieve::WHERE));
            kept.push(column);
        }
        for rows in self.tool.left_out {
            let columns = rows.columns.iter().flat_map(|name| self.header.places(name));
            for column in columns.copied().collect::<BTreeSet<usize>>() {
                if !filtered.contains(&column) {
                    let at = (kept.len(), column);
                    let sieve = Sieve::new(at, rows.values, false, options.decimal, rows.reason);
                    sieves.push(sieve.or_no(rows.or_no));
                    kept.push(column);
                }
            }
        }
        (kept, carried, sieves)
    }

    /// The one column of that name.
    fn place(&self, option: &str, name: &str, findings: &mut Findings) -> Option<usize> {
        let what = match self.header.places(name) {
            [place] => return Some(*place),
            [] => "no such column",
            _ => "more than one such column",
        };
        let near = Suggestions::default();
        let near = near.nearest(name, self.header.names.iter().map(String::as_str));
        let near = near.filter(|near| *near != name);
        let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        let message = format!("{option} names `{name}`: {what}{near}");
        findings.file(Gravity::Error, Kind::NoSuchColumn, 1, message);
        None
    }

    /// How each column is read.
    pub(super) fn columns(
        &self,
        names: &mut Names<'q>,
        start: &[u8],
        delimiter: u8,
        findings: &mut Findings,
    ) -> Vec<Planned<'q>> {
        let all = Arc::new(self.all(findings));
        let mut words = BTreeMap::new();
        let mut columns = Vec::new();
        for means in &self.header.columns {
            let asked = match *means {
                Means::Asked(asked) | Means::Beside(asked) => asked,
                Means::Other(position) => {
                    columns.push(Planned::Other(position));
                    continue;
                }
                Means::Empty => {
                    columns.push(Planned::Empty);
                    continue;
                }
                Means::Tool | Means::Ignored | Means::Unknown => {
                    columns.push(Planned::Not);
                    continue;
                }
            };
            let position = asked.position();
            let Some(question) = self.questionnaire.question_at(position) else { continue };
            let of_question = words.entry(position).or_insert_with(|| {
                let own = self.options.codes.of(position).cloned().map(Arc::new);
                (names.words(question), own)
            });
            let (words, own) = (Arc::clone(&of_question.0), of_question.1.clone());
            let manner = Manner {
                cells: self.options.cells.or(self.tool.cells),
                decimal: self.options.decimal,
                lists: self.tool.lists,
                ..Manner::default()
            };
            let is_list = matches!(question.scale(), ScaleSpec::Checklist { .. });
            let is_number = matches!(question.scale(), ScaleSpec::Measure { .. });
            let reading = Reading {
                question,
                blank_is_none: is_list && self.options.unticked == Some(Unticked::None),
                point_is_doubtful: is_number
                    && delimiter == b';'
                    && self.options.decimal == Decimal::Point,
                doubtful: self.doubtful(question, &words, own.as_deref(), &manner),
                words,
                item: match asked {
                    Asked::Question(_) => None,
                    Asked::Item(_, item) => Some(item),
                },
                own,
                all: Arc::clone(&all),
                manner,
                others_pass: self.options.others == Others::Ignore,
            };
            columns.push(match (means, asked) {
                (Means::Beside(_), _) => Planned::Beside(Arc::new(reading)),
                (_, Asked::Question(_)) => Planned::Answer(Arc::new(reading)),
                (_, Asked::Item(..)) => Planned::Item(Arc::new(reading)),
            });
        }
        Self::decide(&mut columns, start, delimiter);
        columns
    }

    /// The texts that mean the same for all questions.
    fn all(&self, findings: &mut Findings) -> Said {
        let mut all = self.options.codes.all().clone();
        for (text, state) in self.options.states() {
            if !all.insert(text, state) {
                let message = format!(
                    "`{}` is said to stand for two things, among --missing, --not-applicable, --dont-know and \
                     `answers` of --codes: leave out all but one",
                    Excerpt::new(text)
                );
                findings.file(Gravity::Error, Kind::MissingIsAnswer, 0, message);
            }
        }
        // What the caller says comes first.
        for text in self.tool.missing {
            all.insert(text, Answer::Unanswered);
        }
        all
    }

    /// The texts of options for no answer, not applicable and don't know that are answers to a question.
    fn doubtful(
        &self,
        question: Question<'_>,
        words: &Vocabulary<'_>,
        own: Option<&Said>,
        manner: &Manner<'_>,
    ) -> Said {
        let mut doubtful = Said::default();
        for (text, state) in self.options.states() {
            // What is said of this question goes before.
            if own.is_some_and(|own| own.get(&as_seen(text), manner.decimal).is_some()) {
                continue;
            }
            let meant = words.meaning(text, manner, None);
            let accepted = |meant: &Answer| question.accept(meant).is_ok();
            let another = |meant: &Answer| *meant != Answer::Unanswered && *meant != state;
            if meant.is_ok_and(|meant| another(&meant) && accepted(&meant)) {
                doubtful.insert(text, state);
            }
        }
        doubtful
    }

    /// Where a text of one choice is the value of another, the whole column decides how it is read: if
    /// all that means something is a text, or all is a value, and not both.
    fn decide(columns: &mut [Planned<'q>], start: &[u8], delimiter: u8) {
        /// What has been met: cells that can only be values, and that can only be texts.
        #[derive(Clone, Copy, Default)]
        struct Met {
            values: bool,
            texts: bool,
        }
        let open = |planned: &Planned<'_>| match planned {
            Planned::Answer(reading) => {
                reading.manner.cells.is_none() && reading.words.has_two_readings()
            }
            _ => false,
        };
        let places: BTreeSet<usize> =
            columns.iter().enumerate().filter(|(_, of)| open(of)).map(|(at, _)| at).collect();
        if places.is_empty() {
            return;
        }
        let mut met = vec![Met::default(); columns.len()];
        let mut seen: BTreeSet<(usize, Vec<u8>)> = BTreeSet::new();
        let (mut rows, mut cursor) = (Rows::new(delimiter), Cursor::START);
        let text = Text { bytes: start, quotes: &Quotes::of(start) };
        while let Some(found) = rows.next(text, &mut cursor) {
            for (column, cell) in found.row.cells(delimiter).enumerate() {
                if !places.contains(&column) || seen.len() > SEEN {
                    continue;
                }
                let cell = trimmed(cell);
                let (Some(Planned::Answer(reading)), Some(met)) =
                    (columns.get(column), met.get_mut(column))
                else {
                    continue;
                };
                if cell.len() > LONGEST_SEEN || !seen.insert((column, cell.to_vec())) {
                    continue;
                }
                let reads = |by| {
                    let own = reading.own.as_deref();
                    let manner =
                        Manner { cells: Some(by), own, all: Some(&reading.all), ..reading.manner };
                    let text = std::str::from_utf8(cell).ok()?;
                    let answer = reading.words.meaning(text, &manner, None).ok()?;
                    reading.question.accept(&answer).ok()
                };
                match (reads(CellsAs::Value), reads(CellsAs::Text)) {
                    (Some(_), None) => met.values = true,
                    (None, Some(_)) => met.texts = true,
                    _ => {}
                }
            }
        }
        for (planned, met) in columns.iter_mut().zip(&met) {
            let by = match (met.values, met.texts) {
                (true, false) => CellsAs::Value,
                (false, true) => CellsAs::Text,
                _ => continue,
            };
            if let Planned::Answer(reading) = planned {
                let mut decided = Reading::clone(reading);
                decided.manner.cells = Some(by);
                *reading = Arc::new(decided);
            }
        }
    }
}
