//! The rows of a piece as one column of codes a question.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use memchr::memchr;

use super::block::Block;
use super::decoder::{Decoder, Meant, NOT_UTF8, Passed, Refused, trimmed};
use super::finding::{Findings, Gravity, Kind, Place};
use super::lane::Lane;
use super::list::List;
use super::opening::Survey;
use super::pieces::Piece;
use super::plan::Planned;
use super::rows::{Broken, Found, Row, Rows};
use super::tile::Tile;
use crate::answers::{Answer, AnswerSheet};
use crate::cohort::{Cell, Column};
use crate::questionnaire::Question;

/// Rows that are scored at once: few enough that 40 questions take 10 MB, and so many that what is done
/// once a block, above all merging what was counted so far, does not show.
const MOST_ROWS: usize = 250_000;

/// So many answers are in a block at most, but for a thousand rows.
const MOST_CELLS: usize = 1 << 24;

/// Reads the rows of a file, block by block. Several may read pieces of one file at once.
pub struct Reader<'s> {
    survey: &'s Survey<'s>,
    rows: Rows,
    tile: Tile,
    slots: Vec<Slot<'s>>,
    lists: Vec<List<'s>>,
    /// Questions without a column.
    missing: Vec<Question<'s>>,
    /// Nobody answers them: as many as there are rows.
    unanswered: Lane,
    /// The rows of a block at most.
    most: usize,
    /// Of the row in hand: the columns whose cells are no answers.
    refused: Vec<usize>,
    /// What was passed over in it.
    passed: Vec<(usize, Passed)>,
    findings: Findings,
    /// The respondents so far: the number of each row, counted from the first of the block.
    numbers: Vec<u32>,
    /// The places among them of rows that cannot be read.
    unreadable: Vec<usize>,
    /// What is handed on, in one piece for each column, and where each cell ends.
    carried: Vec<(String, Vec<usize>)>,
    /// What the last cell of each sieve was, and whether it lets rows through.
    sieved: Vec<(Vec<u8>, bool)>,
    /// Before the block.
    before: Place,
    /// In the block so far.
    read: u64,
    /// Rows that are not wanted, by number.
    unwanted: BTreeSet<u64>,
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

impl Survey<'_> {
    /// What reads the rows.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }
}

impl<'s> Reader<'s> {
    fn new(survey: &'s Survey<'s>) -> Self {
        let mut lists: Vec<List<'s>> = Vec::new();
        let mut list_of = BTreeMap::new();
        let mut asked = BTreeMap::new();
        let (mut tile, mut slots) = (Tile::new(survey.delimiter), Vec::new());
        for (column, planned) in survey.columns.iter().enumerate() {
            let kept: Vec<usize> =
                (0..survey.kept.len()).filter(|at| survey.kept.get(*at) == Some(&column)).collect();
            let (mut lane, mut table) = (Lane::None, None);
            let role = match planned {
                Planned::Not | Planned::Other(_) => Role::None,
                Planned::Empty => Role::Empty,
                Planned::Answer(reading) => {
                    let mut decoder = Decoder::new(Arc::clone(reading), survey.columns.len());
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
        let questions = survey.questionnaire.questions();
        let has_column = |at: &usize| asked.contains_key(at) || list_of.contains_key(at);
        let missing = questions.filter(|question| !has_column(&question.position())).collect();
        let width = survey.questionnaire.rules().len().max(survey.columns.len()).max(1);
        Self {
            survey,
            rows: Rows::new(survey.delimiter),
            tile,
            slots,
            lists,
            missing,
            unanswered: Lane::Narrow(Vec::new()),
            most: (MOST_CELLS / width).clamp(1000, MOST_ROWS),
            refused: Vec::new(),
            passed: Vec::new(),
            findings: Findings::of(&survey.header.names),
            numbers: Vec::new(),
            unreadable: Vec::new(),
            carried: vec![(String::new(), Vec::new()); survey.carried],
            sieved: vec![(Vec::new(), true); survey.sieves.len()],
            before: Place { line: survey.lines, row: 0 },
            read: 0,
            unwanted: BTreeSet::new(),
        }
    }

    /// What is to be said of the rows that were read since [`restart`](Self::restart).
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Leaves out the rows of these numbers, from 1 after the header, counted over all pieces.
    pub fn leave_out(&mut self, rows: BTreeSet<u64>) {
        self.unwanted = rows;
    }

    /// How many lines and rows were read, those of the header among the lines.
    #[must_use]
    pub fn position(&self) -> (u64, u64) {
        (self.before.line, self.before.row)
    }

    /// Begins to count anew, for the next piece of a file of which others read other pieces: gives
    /// what was found, and how many lines and rows were read.
    pub fn restart(&mut self) -> (Findings, u64, u64) {
        let findings = Findings::of(&self.survey.header.names);
        let findings = std::mem::replace(&mut self.findings, findings);
        let Place { line, row } = std::mem::replace(&mut self.before, Place { line: 0, row: 0 });
        (findings, line, row)
    }

    /// The next rows of a piece; `None` at its end.
    pub fn block<'b>(&'b mut self, piece: &mut Piece) -> Option<Block<'b>> {
        self.clear();
        let lines = piece.cursor.lines;
        let mut rows = std::mem::replace(&mut self.rows, Rows::new(self.survey.delimiter));
        while self.numbers.len() < self.most && self.read < u64::from(u32::MAX) {
            let Some(found) = rows.next(&piece.bytes, &mut piece.cursor) else { break };
            self.read += 1;
            let at = Place {
                line: self.before.line + found.line - lines,
                row: self.before.row + self.read,
            };
            self.push(&found, at);
        }
        self.rows = rows;
        if self.read == 0 {
            // Blank lines, if there were any.
            self.before.line += piece.cursor.lines - lines;
            return None;
        }
        self.settle();
        let first = self.before.row + 1;
        self.before.line += piece.cursor.lines - lines;
        self.before.row += self.read;
        Some(Block {
            first,
            numbers: &self.numbers,
            unreadable: &self.unreadable,
            columns: self.columns(),
            carried: &self.carried,
        })
    }

    /// The answers of the next respondent in a piece that is wanted, by the number of the row, from 1
    /// after the header, and the cells that are handed on; `None` if there is none. What is wrong with
    /// them is among the [findings](Self::findings), which are those of this row alone; what is wrong
    /// is no answer on the sheet.
    pub fn sheet(
        &mut self,
        piece: &mut Piece,
        mut wanted: impl FnMut(u64, &[&str]) -> bool,
    ) -> Option<(u64, AnswerSheet)> {
        let mut rows = std::mem::replace(&mut self.rows, Rows::new(self.survey.delimiter));
        let lines = piece.cursor.lines;
        let before = self.before;
        let mut sheet = None;
        while let Some(found) = rows.next(&piece.bytes, &mut piece.cursor) {
            self.clear();
            self.findings = Findings::of(&self.survey.header.names);
            self.before.row += 1;
            self.read = 1;
            let line = before.line + found.line - lines;
            self.push(&found, Place { line, row: self.before.row });
            let carried: Vec<&str> = self.carried.iter().map(|(text, _)| text.as_str()).collect();
            if self.numbers.len() == 1 && wanted(self.before.row, &carried) {
                sheet = Some((self.before.row, self.answers(&found)));
                break;
            }
        }
        self.rows = rows;
        self.before.line = before.line + piece.cursor.lines - lines;
        sheet
    }

    /// The answers in that row.
    fn answers(&mut self, found: &Found<'_>) -> AnswerSheet {
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

    fn clear(&mut self) {
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
    fn settle(&mut self) {
        let rows = self.numbers.len();
        self.tile.after(rows, true);
        self.tile.fill(rows);
        self.lists.iter_mut().for_each(|list| list.fill(rows));
        self.unanswered.fill(if self.missing.is_empty() { 0 } else { rows });
    }

    /// The columns of all questions.
    fn columns(&self) -> Vec<Column<'_>> {
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

    /// Adds a row of the file. One that cannot be read, or has too few or too many cells, is bad as a
    /// whole.
    fn push(&mut self, found: &Found<'_>, at: Place) {
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
                let (kind, message) = broken_row(broken, found);
                self.findings.row(at, kind, || message);
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
        for (sieve, (last, lets_through)) in self.survey.sieves.iter().zip(&mut self.sieved) {
            let cell = trimmed(hand.get(sieve.kept).copied().unwrap_or_default());
            if *last != cell || last.is_empty() {
                last.clear();
                last.extend_from_slice(cell);
                *lets_through = sieve.lets_through(cell);
            }
            if !*lets_through {
                let (column, reason) = (sieve.column, sieve.reason);
                return self.pass_over(at, Some(column), reason);
            }
        }
        let row = self.numbers.len();
        if self.survey.is_sparse
            && self.tile.is_unanswered(row)
            && self.lists.iter().all(List::is_unanswered)
            && self.refused.is_empty()
        {
            return self.pass_over(at, None, "without an answer: of another form or event");
        }
        if found.is_long() {
            self.findings.odd(at, (Gravity::Warning, Kind::LongRow, ""), None, "", missing_quote);
        }
        for ((text, ends), cell) in self.carried.iter_mut().zip(&hand) {
            match std::str::from_utf8(trimmed(cell)) {
                Ok(cell) => text.push_str(cell),
                Err(_) => text.push_str(&String::from_utf8_lossy(trimmed(cell))),
            }
            ends.push(text.len());
        }
        for (kept, cell) in hand.iter().take(self.survey.carried).enumerate() {
            if std::str::from_utf8(cell).is_err() {
                let column = self.survey.kept.get(kept).copied().unwrap_or(usize::MAX);
                self.findings.odd(
                    at,
                    (Gravity::Error, Kind::NotUtf8, ""),
                    Some(column),
                    "",
                    || NOT_UTF8.to_owned(),
                );
            }
        }
        self.tell(found, at);
        for list in &mut self.lists {
            list.finish(row, at, &mut self.findings);
        }
        self.complete();
    }

    /// Says what is wrong with the row in hand, now that it is read.
    fn tell(&mut self, found: &Found<'_>, at: Place) {
        if self.refused.is_empty() && self.passed.is_empty() {
            return;
        }
        let Self { refused, passed, slots, findings, lists, tile, numbers, survey, .. } = self;
        let cell = |column: usize| {
            found.row.cells(survey.delimiter).nth(column).map(trimmed).unwrap_or_default()
        };
        for &column in refused.iter() {
            let bytes = cell(column);
            let text = String::from_utf8_lossy(bytes);
            match slots.get_mut(column).map(|slot| &mut slot.role) {
                Some(Role::Answer(decoder) | Role::Item { decoder, .. }) => {
                    if let Err(about) = decoder.read(bytes) {
                        findings.cell(at, column, about, &text, || decoder.explain(bytes));
                    }
                }
                Some(Role::Other { column: of, list }) => {
                    let (of, list) = (*of, *list);
                    if let Some(list) = list.and_then(|list| lists.get_mut(list)) {
                        list.spoil();
                    }
                    if let Some(of) = of {
                        tile.put(numbers.len(), of, Cell::Bad);
                    }
                    findings.cell(at, column, "other-entry", &text, || {
                        let shown = crate::diagnostic::Excerpt::new(&text);
                        format!("`{shown}` is no choice and no item; --other ignore passes it over")
                    });
                }
                Some(Role::Empty) => findings.cell(at, column, "blank-header", &text, || {
                    let shown = crate::diagnostic::Excerpt::new(&text);
                    format!(
                        "`{shown}` stands in column {}, which has no header and is beside a checklist; --export \
                         says which tool writes so",
                        column + 1
                    )
                }),
                Some(Role::None) | None => {}
            }
        }
        for &(column, what) in passed.iter() {
            let text = String::from_utf8_lossy(cell(column));
            match what {
                Passed::Nothing => {}
                Passed::Other => {
                    let kind = (Gravity::Note, Kind::OtherEntry, "");
                    findings.odd(at, kind, Some(column), &text, || {
                        let shown = crate::diagnostic::Excerpt::new(&text);
                        format!("`{shown}` is no choice and no item, and is passed over")
                    });
                }
                Passed::Missing => {
                    let kind = (Gravity::Warning, Kind::MissingIsAnswer, "");
                    findings.odd(at, kind, Some(column), &text, || {
                        let shown = crate::diagnostic::Excerpt::new(&text);
                        format!("`{shown}` is read as no answer (--missing), and is an answer to this question")
                    });
                }
            }
        }
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
        let (mut place, mut rest) = (0, Some(text));
        while let Some(cells) = rest {
            (place, rest) = self.tile.quick(row, place, cells);
            let Some(cells) = rest.filter(|_| place < width) else { break };
            let end = memchr(delimiter, cells);
            let cell = cells.get(..end.unwrap_or(cells.len())).unwrap_or_default();
            rest = end.map(|end| cells.get(end + 1..).unwrap_or_default());
            self.take(place, cell, hand);
            place += 1;
        }
        rest.is_none() && place == width
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

/// Why a row cannot be read.
fn broken_row(broken: Broken, found: &Found<'_>) -> (Kind, String) {
    match broken {
        Broken::TooLong => (Kind::TooLong, "longer than 1 MB, or with too many cells".to_owned()),
        Broken::Unclosed => {
            let message = format!(
                "a quote is still open at the end of the file; the {} lines from here on are not read",
                found.last - found.line + 1
            );
            (Kind::UnclosedQuote, message)
        }
    }
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("rows", &self.before.row).finish_non_exhaustive()
    }
}
