//! The rows of a block, gathered as one column of codes a question.

mod beside;
mod tell;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use memchr::memchr;

use self::beside::Beside;
use super::decoder::{Decoder, Meant, NOT_UTF8, Passed, Refused, trimmed};
use super::finding::{Findings, Gravity, Kind, Place};
use super::lane::Lane;
use super::list::List;
use super::opening::Survey;
use super::plan::Planned;
use super::rows::{Found, Row};
use super::tile::{Sight, Tile};
use crate::answers::{Answer, AnswerSheet};
use crate::cohort::{Cell, Column};
use crate::questionnaire::Question;

/// The rows of a block.
pub(super) struct Gather<'s> {
    survey: &'s Survey<'s>,
    tile: Tile,
    slots: Vec<Slot<'s>>,
    lists: Vec<List<'s>>,
    beside: Vec<Beside<'s>>,
    /// Questions without a column.
    missing: Vec<Question<'s>>,
    /// Nobody answers them: as many as there are rows.
    unanswered: Lane,
    /// Of the row in hand: the columns whose cells are no answers, ascending.
    refused: Vec<usize>,
    /// What was passed over in it, likewise.
    passed: Vec<(usize, Passed)>,
    pub(super) findings: Findings,
    /// How many rows were read.
    pub(super) read: u64,
    /// The respondents so far: the number of each row, counted from the first of the block.
    pub(super) numbers: Vec<u32>,
    /// The places among them of rows that cannot be read.
    pub(super) unreadable: Vec<usize>,
    /// What is handed on, in one piece for each column, and where each cell ends.
    pub(super) carried: Vec<(String, Vec<usize>)>,
    /// What the last cell of each sieve was, and whether it lets rows through.
    sieved: Vec<Option<(Vec<u8>, bool)>>,
    /// Rows that are not wanted, by number.
    pub(super) unwanted: BTreeSet<u64>,
    /// Whether each cell answers a question of its own, and nothing else hangs on the rows.
    is_plain: bool,
}

/// What stands in the box for an answer of one's own where there is none.
const NOTHING: [&[u8]; 7] = [b"", b"0", b"no", b"n", b"false", b"unchecked", b"n/a"];

/// What is done with the cells of a column.
struct Slot<'s> {
    role: Role<'s>,
    kept: Vec<usize>,
}

enum Role<'s> {
    None,
    Answer(Box<Decoder<'s>>),
    /// The item at that place of that list.
    Item {
        list: usize,
        item: usize,
        decoder: Box<Decoder<'s>>,
    },
    /// In place of an answer in that column, or to that list.
    Other {
        column: Option<usize>,
        list: Option<usize>,
    },
    Empty,
}

impl<'s> Gather<'s> {
    pub(super) fn new(survey: &'s Survey<'s>) -> Self {
        let mut lists: Vec<List<'s>> = Vec::new();
        let mut list_of = BTreeMap::new();
        let mut asked = BTreeMap::new();
        let (mut tile, mut slots) = (Tile::new(survey.delimiter), Vec::new());
        for (column, planned) in survey.columns.iter().enumerate() {
            let kept: Vec<usize> =
                (0..survey.kept.len()).filter(|at| survey.kept.get(*at) == Some(&column)).collect();
            let (mut lane, mut table) = (Lane::None, None);
            let role = match planned {
                Planned::Not | Planned::Other(_) | Planned::Beside(_) => Role::None,
                Planned::Empty => Role::Empty,
                Planned::Answer(reading) => {
                    let decoder = Decoder::new(Arc::clone(reading), survey.columns.len());
                    lane = Lane::new(reading.question);
                    if matches!(lane, Lane::Narrow(_)) && kept.is_empty() {
                        table = Some(decoder.table(survey.delimiter));
                    }
                    asked.insert(reading.question.position(), column);
                    Role::Answer(Box::new(decoder))
                }
                Planned::Item(reading) => {
                    let question = reading.question;
                    let list = *list_of.entry(question.position()).or_insert_with(|| {
                        lists.push(List::new(
                            question,
                            (column, survey.columns.len()),
                            survey.untouched,
                        ));
                        lists.len() - 1
                    });
                    let decoder = Box::new(Decoder::new(Arc::clone(reading), survey.columns.len()));
                    Role::Item { list, item: reading.item.unwrap_or(0), decoder }
                }
            };
            tile.column(lane, table.as_ref());
            slots.push(Slot { role, kept });
        }
        for (slot, planned) in slots.iter_mut().zip(&survey.columns) {
            if let Planned::Other(position) = planned {
                let (column, list) = (asked.get(position).copied(), list_of.get(position).copied());
                slot.role = Role::Other { column, list };
            }
        }
        let beside =
            survey.columns.iter().enumerate().filter_map(|(column, planned)| match planned {
                Planned::Beside(reading) => Some(Beside {
                    column,
                    list: asked.get(&reading.question.position()).copied()?,
                    item: reading.item?,
                    decoder: Box::new(Decoder::new(Arc::clone(reading), survey.columns.len())),
                }),
                _ => None,
            });
        let beside = beside.collect();
        let is_plain = survey.kept.is_empty()
            && survey.sieves.is_empty()
            && !survey.is_sparse
            && slots.iter().all(|slot| matches!(slot.role, Role::Answer(_)));
        let questions = survey.questionnaire.questions();
        let has_column = |at: &usize| asked.contains_key(at) || list_of.contains_key(at);
        let missing = questions.filter(|question| !has_column(&question.position())).collect();
        Self {
            survey,
            tile,
            slots,
            lists,
            beside,
            missing,
            unanswered: Lane::Narrow(Vec::new()),
            refused: Vec::new(),
            passed: Vec::new(),
            findings: Findings::of(&survey.header.names),
            read: 0,
            numbers: Vec::new(),
            unreadable: Vec::new(),
            carried: vec![(String::new(), Vec::new()); survey.carried],
            sieved: vec![None; survey.sieves.len()],
            unwanted: BTreeSet::new(),
            is_plain,
        }
    }

    /// What was found, and nothing from now on.
    pub(super) fn take_findings(&mut self) -> Findings {
        let nothing = Findings::of(&self.survey.header.names);
        std::mem::replace(&mut self.findings, nothing)
    }

    /// The answers in that row.
    pub(super) fn answers(&mut self, found: &Found<'_>) -> AnswerSheet {
        let mut sheet = self.survey.questionnaire.sheet();
        let mut put = |question: Question<'_>, answer: Result<Answer, Refused>| {
            if let Ok(answer) = answer {
                // What the question does not take is among the findings.
                let _ = sheet.set(question.id(), answer);
            }
        };
        let cells = found.row.cells(self.survey.delimiter);
        for (slot, cell) in self.slots.iter_mut().zip(cells) {
            match &mut slot.role {
                Role::Answer(decoder) => put(decoder.question(), decoder.answer(cell)),
                Role::Item { list, item, decoder } => {
                    let list = self.lists.get_mut(*list);
                    if let (Some(list), Ok((Meant::Tick(tick), _))) = (list, decoder.read(cell)) {
                        list.tick(*item, tick);
                    }
                }
                Role::None | Role::Other { .. } | Role::Empty => {}
            }
        }
        for list in &mut self.lists {
            put(list.question(), list.given());
            list.forget();
        }
        sheet
    }

    /// Forgets the rows.
    pub(super) fn clear(&mut self) {
        self.numbers.clear();
        self.unreadable.clear();
        self.read = 0;
        self.tile.clear();
        self.lists.iter_mut().for_each(List::clear);
        for (text, ends) in &mut self.carried {
            text.clear();
            ends.clear();
        }
    }

    /// Ends the block: all columns get what is theirs.
    pub(super) fn settle(&mut self) {
        let rows = self.numbers.len();
        self.tile.after(rows, true);
        self.tile.fill(rows);
        self.lists.iter_mut().for_each(|list| list.fill(rows));
        self.unanswered.fill(if self.missing.is_empty() { 0 } else { rows });
    }

    /// The columns of all questions.
    pub(super) fn columns(&self) -> Vec<Column<'_>> {
        let rows = self.numbers.len();
        let slots = self.slots.iter().zip(self.tile.lanes());
        let slots = slots.filter_map(|(slot, lane)| match &slot.role {
            Role::Answer(decoder) => Some(lane.column(decoder.question(), rows)),
            _ => None,
        });
        let lists = self.lists.iter().map(|list| list.column(rows));
        let missing = self.missing.iter();
        let missing = missing.map(|question| self.unanswered.column(*question, rows));
        slots.chain(lists).chain(missing).collect()
    }

    /// Adds the first of these rows until there are so many, or a row comes that has to be looked at: one with a
    /// cell that neither a byte nor nothing settles, or of which more is to be known. Gives how many bytes and
    /// rows those are.
    pub(super) fn quick_rows(&mut self, ahead: &[u8], most: usize) -> (usize, u64) {
        if ahead.is_empty() || !self.is_plain || !self.unwanted.is_empty() {
            return (0, 0);
        }
        let row = self.numbers.len();
        let (rows, bytes) = self.tile.quick_rows(row, ahead, most - row);
        let before = u32::try_from(self.read).unwrap_or(u32::MAX);
        self.numbers.extend((before..).take(rows));
        let rows = u64::try_from(rows).unwrap_or(0);
        self.read += rows;
        (bytes, rows)
    }

    /// Adds a row of the file. One that cannot be read, or has too few or too many cells, is bad as a
    /// whole.
    pub(super) fn push(&mut self, found: &Found<'_>, at: Place) {
        self.read += 1;
        self.refused.clear();
        self.passed.clear();
        let mut hand: Vec<&[u8]> = vec![&[]; self.survey.kept.len()];
        let width = self.slots.len();
        let (cells, is_empty) = match found.row {
            Row::Plain(text) if self.plain(text, &mut hand) => (width, self.is_empty(text)),
            Row::Plain(text) => {
                let delimiter = self.survey.delimiter;
                (text.split(|byte| *byte == delimiter).count(), self.is_empty(text))
            }
            Row::Quoted(cells) => {
                let mut is_empty = true;
                for (column, cell) in cells.iter().enumerate() {
                    is_empty &= trimmed(cell).is_empty();
                    self.take(column, cell, &mut hand);
                }
                (cells.iter().len(), is_empty)
            }
            Row::Broken(broken) => {
                self.tell_broken(broken, found, at);
                return self.bad();
            }
        };
        if is_empty {
            return self.pass_over(at, None, "nothing but separators");
        }
        let missing_quote =
            || format!("it takes {} lines: is a quote missing?", found.last - found.line + 1);
        if cells != width {
            let hint =
                if found.is_long() { format!("; {}", missing_quote()) } else { String::new() };
            let message = || format!("{cells} cells, but the header has {width}{hint}");
            self.findings.row(at, Kind::UnevenRow, message);
            return self.bad();
        }
        if self.unwanted.contains(&at.row) {
            return self.pass_over(at, None, "another row of the same id is read");
        }
        for (sieve, last) in self.survey.sieves.iter().zip(&mut self.sieved) {
            let cell = trimmed(hand.get(sieve.kept).copied().unwrap_or_default());
            let lets_through = match last {
                Some((last, lets_through)) if *last == cell => *lets_through,
                _ => {
                    let lets_through = sieve.lets_through(cell);
                    *last = Some((cell.to_vec(), lets_through));
                    lets_through
                }
            };
            if !lets_through {
                return self.pass_over(at, Some(sieve.column), sieve.reason);
            }
        }
        let row = self.numbers.len();
        if self.survey.is_sparse
            && self.tile.is_unanswered(row)
            && self.lists.iter().all(List::is_untouched)
            && self.refused.is_empty()
        {
            return self.pass_over(at, None, "without an answer: of another form or event");
        }
        if found.is_long() {
            self.findings.odd(at, (Gravity::Warning, Kind::LongRow, ""), None, "", missing_quote);
        }
        let carried = self.survey.kept.iter().zip(self.carried.iter_mut().zip(&hand));
        for (column, ((text, ends), cell)) in carried {
            let cell = String::from_utf8_lossy(trimmed(cell));
            if let Cow::Owned(_) = cell {
                let kind = (Gravity::Error, Kind::NotUtf8, "");
                self.findings.odd(at, kind, Some(*column), "", || NOT_UTF8.to_owned());
            }
            text.push_str(&cell);
            ends.push(text.len());
        }
        self.tell(found, at);
        self.compare(found, at);
        for list in &mut self.lists {
            list.finish(row, at, &mut self.findings);
        }
        self.complete();
    }

    /// Whether that row has nothing but delimiters and blanks.
    fn is_empty(&self, text: &[u8]) -> bool {
        let delimiter = self.survey.delimiter;
        text.iter().all(|byte| *byte == delimiter || b" \t".contains(byte))
    }

    /// Takes the cells of a row without quotes; `false` if there are too few or too many. Here most of
    /// the time is spent.
    fn plain<'r>(&mut self, text: &'r [u8], hand: &mut [&'r [u8]]) -> bool {
        let (delimiter, width, row) = (self.survey.delimiter, self.slots.len(), self.numbers.len());
        let mut sight = Sight::new(text, delimiter);
        let (mut column, mut from) = (0, 0);
        loop {
            let taken = self.tile.quick(row, column, &mut sight, from);
            if taken.is_line || taken.column == width {
                return taken.is_line && taken.column == width;
            }
            let cells = text.get(taken.end..).unwrap_or_default();
            let end = memchr(delimiter, cells);
            let cell = cells.get(..end.unwrap_or(cells.len())).unwrap_or_default();
            self.take(taken.column, cell, hand);
            column = taken.column + 1;
            let Some(end) = end else { return column == width };
            from = taken.end + end + 1;
        }
    }

    /// Takes one cell, whatever it holds.
    fn take<'r>(&mut self, column: usize, cell: &'r [u8], hand: &mut [&'r [u8]]) {
        let Some(slot) = self.slots.get_mut(column) else { return };
        for kept in &slot.kept {
            hand.get_mut(*kept).into_iter().for_each(|place| *place = cell);
        }
        let row = self.numbers.len();
        match &mut slot.role {
            Role::None => {}
            Role::Answer(decoder) => {
                if let Some(code) = self.tile.settled(column, cell) {
                    return self.tile.put_code(row, column, code);
                }
                if let Some(Meant::Cell(found)) = decoder.found(cell) {
                    return self.tile.put(row, column, found);
                }
                let found = match decoder.read(cell) {
                    Ok((Meant::Cell(cell), passed)) => {
                        if passed != Passed::Nothing {
                            self.passed.push((column, passed));
                        }
                        cell
                    }
                    Ok((Meant::Tick(_), _)) | Err(_) => {
                        self.refused.push(column);
                        Cell::Bad
                    }
                };
                self.tile.put(row, column, found);
            }
            Role::Item { list, item, decoder } => {
                let tick = match decoder.read(cell) {
                    Ok((Meant::Tick(tick), _)) => Some(tick),
                    Ok((Meant::Cell(_), _)) | Err(_) => {
                        self.refused.push(column);
                        None
                    }
                };
                let Some(list) = self.lists.get_mut(*list) else { return };
                match tick {
                    Some(tick) => list.tick(*item, tick),
                    None => list.spoil(),
                }
            }
            Role::Other { .. } => {
                if !NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(trimmed(cell))) {
                    if self.survey.others_pass {
                        self.passed.push((column, Passed::Other));
                    } else {
                        self.refused.push(column);
                    }
                }
            }
            Role::Empty => {
                if !trimmed(cell).is_empty() {
                    self.refused.push(column);
                }
            }
        }
    }

    /// Adds a row of which nothing is known but that it is bad.
    fn bad(&mut self) {
        let row = self.numbers.len();
        self.unreadable.push(row);
        self.tile.bad(row);
        self.lists.iter_mut().for_each(|list| list.bad(row));
        for (text, ends) in &mut self.carried {
            ends.push(text.len());
        }
        self.complete();
    }

    /// Passes over the row in hand: what it wrote, the next will write over.
    fn pass_over(&mut self, at: Place, column: Option<usize>, reason: &'static str) {
        self.findings.left_out_row(at, column, reason);
        self.lists.iter_mut().for_each(List::forget);
    }

    /// The row in hand is complete.
    fn complete(&mut self) {
        self.numbers.push(u32::try_from(self.read - 1).unwrap_or(u32::MAX));
        self.tile.after(self.numbers.len(), false);
    }
}
