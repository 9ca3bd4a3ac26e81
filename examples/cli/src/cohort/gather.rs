//! The rows of a chunk as one column of codes a question.

use digital_maturity::cohort::{Cell, Column};
use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Question, Questionnaire};
use memchr::{memchr, memchr_iter};

use super::answers::{Decoder, Lane, Tick, Vocabulary, trimmed};
use super::checklist::Checklist;
use super::codes::Codes;
use super::faults::{Faults, Place};
use super::header::{Asked, Layout};
use super::rows::{Broken, Found, Row};
use super::tally::{Groups, NO_GROUP};
use super::tile::Tile;

/// Rows that are scored at once: few enough that 40 questions take 10 MB, and so many that what is done
/// once a chunk, above all merging what was counted so far, does not show.
/// No power of 2, or the columns would lie so that they drive each other out of the first cache.
pub(crate) const CHUNK: usize = 250_000;

/// What is needed for the others.
struct Slot<'q> {
    role: Role<'q>,
    is_id: bool,
    is_group: bool,
}

enum Role<'q> {
    None,
    Answer(Box<Decoder<'q>>),
    /// The item at that place of that checklist.
    Item {
        list: usize,
        item: usize,
        decoder: Box<Decoder<'q>>,
    },
}

/// The rows so far.
pub(crate) struct Gather<'q> {
    delimiter: u8,
    headers: Vec<String>,
    tile: Tile,
    slots: Vec<Slot<'q>>,
    lists: Vec<Checklist<'q>>,
    /// Of the row in hand: the places of columns whose cells are no answers, and why.
    refused: Vec<(usize, String)>,
    /// Questions without a column.
    missing: Vec<(Question<'q>, Lane)>,
    rows: usize,
    /// The ids of respondents in one piece, and where each ends; `None` if nobody wants them.
    ids: Option<(Vec<u8>, Vec<usize>)>,
    keys: Option<Vec<u32>>,
    pub(crate) groups: Groups,
}

impl<'q> Gather<'q> {
    pub(crate) fn new(
        questionnaire: &'q Questionnaire,
        layout: &Layout,
        codes: &Codes,
        all: &Vocabulary,
        delimiter: u8,
    ) -> Self {
        let questions: Vec<Question<'q>> = questionnaire.questions().collect();
        let own = |position: &usize| codes.questions.get(position);
        let mut lists: Vec<Checklist<'q>> = Vec::new();
        let (mut tile, mut slots) = (Tile::new(delimiter), Vec::new());
        for (place, column) in layout.columns.iter().enumerate() {
            let (is_id, is_group) = (layout.id == Some(place), layout.group == Some(place));
            let (mut lane, mut table) = (Lane::none(), None);
            let mut slot = Slot { role: Role::None, is_id, is_group };
            match column {
                Some(Asked::Question(position)) => {
                    let Some(question) = questions.get(*position).copied() else { continue };
                    let mut decoder = Decoder::new(question, None, all, own(position));
                    lane = Lane::new(question, CHUNK);
                    if matches!(lane, Lane::Narrow(_)) && !is_id && !is_group {
                        table = Some(decoder.table(delimiter));
                    }
                    slot.role = Role::Answer(Box::new(decoder));
                }
                Some(Asked::Item(position, item)) => {
                    let Some(question) = questions.get(*position).copied() else { continue };
                    let ScaleSpec::Checklist { items } = question.scale() else { continue };
                    let list = lists.iter().position(|list| list.question().id() == question.id());
                    let list = list.unwrap_or_else(|| {
                        lists.push(Checklist::new(question, items.len(), CHUNK));
                        lists.len() - 1
                    });
                    let decoder = Decoder::new(question, items.get(*item), all, own(position));
                    slot.role = Role::Item { list, item: *item, decoder: Box::new(decoder) };
                }
                None => {}
            }
            tile.column(lane, table.as_ref());
            slots.push(slot);
        }
        let missing = layout.missing.iter().filter_map(|position| questions.get(*position));
        Self {
            delimiter,
            headers: layout.headers.clone(),
            tile,
            slots,
            lists,
            refused: Vec::new(),
            missing: missing.map(|question| (*question, Lane::new(*question, CHUNK))).collect(),
            rows: 0,
            ids: layout.id.map(|_| (Vec::new(), Vec::new())),
            keys: layout.group.map(|_| Vec::with_capacity(CHUNK)),
            groups: Groups::default(),
        }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn keys(&self) -> Option<&[u32]> {
        self.keys.as_deref()
    }

    /// The id of each respondent.
    pub(crate) fn ids(&self) -> Option<impl Iterator<Item = &[u8]>> {
        let (text, ends) = self.ids.as_ref()?;
        let mut from = 0;
        Some(
            ends.iter().map(move |&end| {
                text.get(std::mem::replace(&mut from, end)..end).unwrap_or_default()
            }),
        )
    }

    /// Ends the chunk: all columns get what is theirs.
    pub(crate) fn settle(&mut self) {
        self.tile.after(self.rows, true);
    }

    /// One row more is complete.
    fn complete(&mut self) {
        self.rows += 1;
        self.tile.after(self.rows, false);
    }

    /// The columns of all questions, after [`settle`](Self::settle).
    pub(crate) fn columns(&self) -> Vec<Column<'_>> {
        let rows = self.rows;
        let slots = self.slots.iter().zip(self.tile.lanes());
        let slots = slots.filter_map(|(slot, lane)| match &slot.role {
            Role::Answer(decoder) => Some(lane.column(decoder.question(), rows)),
            Role::None | Role::Item { .. } => None,
        });
        let lists = self.lists.iter().map(|list| list.column(rows));
        let missing = self.missing.iter();
        let missing = missing.map(|(question, lane)| lane.column(*question, rows));
        slots.chain(lists).chain(missing).collect()
    }

    /// Forgets the rows.
    pub(crate) fn clear(&mut self) {
        self.rows = 0;
        if let Some((text, ends)) = &mut self.ids {
            text.clear();
            ends.clear();
        }
        if let Some(keys) = &mut self.keys {
            keys.clear();
        }
    }

    /// Adds a row of the file. One that cannot be read, or has too few or too many cells, is bad as a
    /// whole.
    pub(crate) fn push(
        &mut self,
        found: &Found<'_>,
        row: u64,
        faults: &mut Faults,
    ) -> Result<(), String> {
        let at = Place { line: found.line, row };
        self.refused.clear();
        let expected = self.slots.len();
        let mut hand = Hand::default();
        let cells = match &found.row {
            Row::Plain(text) if self.plain(text, &mut hand) => expected,
            Row::Plain(text) => memchr_iter(self.delimiter, text).count() + 1,
            Row::Quoted(cells) if cells.iter().len() == expected => {
                for (place, cell) in cells.iter().enumerate() {
                    self.take(place, cell, &mut hand);
                }
                expected
            }
            Row::Quoted(cells) => cells.iter().len(),
            Row::Broken(broken) => {
                let (code, message) = broken_row(*broken, found);
                faults.row(at, code, &message);
                self.bad();
                return Ok(());
            }
        };
        let missing_quote = || format!("it goes on to line {}: is a quote missing?", found.last);
        if cells != expected {
            let hint =
                if found.is_long() { format!("; {}", missing_quote()) } else { String::new() };
            faults.row(at, "uneven-row", &format!("{cells} cells, not {expected}{hint}"));
            self.bad();
            return Ok(());
        }
        if found.is_long() {
            faults.odd(at, "long-row", &missing_quote());
        }
        for (place, message) in self.refused.drain(..) {
            faults.cell(at, self.headers.get(place).map_or("", String::as_str), &message);
        }
        if let Some((text, ends)) = &mut self.ids {
            text.extend_from_slice(hand.id);
            ends.push(text.len());
        }
        if let Some(keys) = &mut self.keys {
            let group = trimmed(hand.group);
            keys.push(self.groups.number(if group.is_empty() { b"(blank)" } else { group })?);
        }
        for list in &mut self.lists {
            list.finish(self.rows, at, faults);
        }
        self.complete();
        Ok(())
    }

    /// Takes the cells of a row without quotes; `false` if there are too few or too many. Here most of
    /// the time is spent.
    fn plain<'r>(&mut self, text: &'r [u8], hand: &mut Hand<'r>) -> bool {
        let (delimiter, width) = (self.delimiter, self.slots.len());
        let (mut place, mut rest) = (0, Some(text));
        while let Some(cells) = rest {
            (place, rest) = self.tile.quick(self.rows, place, cells);
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
    fn take<'r>(&mut self, column: usize, cell: &'r [u8], hand: &mut Hand<'r>) {
        let Some(slot) = self.slots.get_mut(column) else { return };
        if slot.is_id {
            hand.id = cell;
        }
        if slot.is_group {
            hand.group = cell;
        }
        match &mut slot.role {
            Role::None => {}
            Role::Answer(decoder) => {
                if let Some(code) = self.tile.settled(column, cell) {
                    return self.tile.put_code(self.rows, column, code);
                }
                let found = decoder.cell(cell).unwrap_or_else(|message| {
                    self.refused.push((column, message.to_owned()));
                    Cell::Bad
                });
                self.tile.put(self.rows, column, found);
            }
            Role::Item { list, item, decoder } => {
                let tick = decoder.tick(cell).unwrap_or_else(|message| {
                    self.refused.push((column, message.to_owned()));
                    Tick::Bad
                });
                if let Some(list) = self.lists.get_mut(*list) {
                    list.tick(*item, tick);
                }
            }
        }
    }

    /// Adds a row of which nothing is known but that it is bad.
    fn bad(&mut self) {
        self.tile.bad(self.rows);
        for list in &mut self.lists {
            list.bad(self.rows);
        }
        if let Some((text, ends)) = &mut self.ids {
            ends.push(text.len());
        }
        if let Some(keys) = &mut self.keys {
            keys.push(NO_GROUP);
        }
        self.complete();
    }
}

/// What the row in hand says of itself.
#[derive(Default)]
struct Hand<'r> {
    id: &'r [u8],
    group: &'r [u8],
}

/// Why that row cannot be read, with a code.
fn broken_row(broken: Broken, found: &Found<'_>) -> (&'static str, String) {
    match broken {
        Broken::TooLong => ("too-long", "longer than 1 MB, or with too many cells".to_owned()),
        Broken::Unclosed => {
            let lines = found.last - found.line + 1;
            let message = format!(
                "a quote is still open at the end of the file; the {lines} lines from here on are \
                 not read"
            );
            ("unclosed-quote", message)
        }
    }
}
