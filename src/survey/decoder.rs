//! From the text of a cell to the answer that it gives.

use std::collections::HashMap;
use std::sync::Arc;

use super::finding::Kind;
use super::lane::{ASK, narrow};
use crate::answers::{
    Answer, CellsAs, Decimal, Manner, Said, Tick, Vocabulary, has_decimal_comma, has_two_values,
};
use crate::cohort::Cell;
use crate::diagnostic::{Code, Excerpt, Problem, Suggestions};
use crate::questionnaire::{NonAnswer, Question, ScaleSpec};
use crate::text::as_seen;

/// How many different texts of all columns are kept with what they mean, and of one at most.
const KEPT: usize = 1 << 17;
const KEPT_OF_ONE: usize = 10_000;

/// Longer texts are not kept.
const LONGEST_KEPT: usize = 200;

/// So many short texts are found without a hash that withstands an attacker.
const QUICK: usize = 64;

/// How the cells of one column are read: the same for all threads.
#[derive(Clone, Debug)]
pub(super) struct Reading<'q> {
    pub(super) question: Question<'q>,
    pub(super) words: Arc<Vocabulary<'q>>,
    /// The item that cells are about, if they are about one.
    pub(super) item: Option<usize>,
    /// Codes of this question.
    pub(super) own: Option<Arc<Said>>,
    /// Codes and texts of all questions.
    pub(super) all: Arc<Said>,
    pub(super) manner: Manner<'static>,
    /// Whether entries that are no choice and no item are passed over.
    pub(super) others_pass: bool,
    /// Texts that stand for a state with every question, and are answers to this one.
    pub(super) doubtful: Said,
    /// Whether a blank cell is none of the items, and no missing answer.
    pub(super) blank_is_none: bool,
    /// Whether a point may part thousands, as it does where spreadsheets write semicolons.
    pub(super) point_is_doubtful: bool,
}

/// What a cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Cell(Cell),
    /// About one item.
    Tick(Tick),
}

/// Why a cell is bad: the code of the mistake. What is to be said of it is made when it is said.
pub(super) type Refused = &'static str;

/// Whether something of a text counted for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    Nothing,
    /// An entry that is no choice and no item.
    Other,
    /// A text that an option reads as a state, or as no answer, and that is an answer to this question.
    State(Option<NonAnswer>),
    /// A blank list is none of its items.
    Untouched,
    /// A point was read as that before decimals, and may part thousands.
    Point,
}

/// What a text means, and whether something of it was passed over.
type Meaning = Result<(Meant, Passed), Refused>;

/// The cells of one column, with what was found already.
pub(super) struct Decoder<'q> {
    reading: Arc<Reading<'q>>,
    /// The meaning of a cell of nothing.
    blank: Meaning,
    quick: Vec<Option<(Box<[u8]>, Meant)>>,
    /// Only looked up, never gone through.
    known: HashMap<Box<[u8]>, Meaning>,
    /// So many are kept.
    most: usize,
}

impl Reading<'_> {
    /// The answer, and whether an entry was passed over.
    pub(super) fn answer(&self, bytes: &[u8]) -> Result<(Answer, Passed), Refused> {
        match bytes {
            [] if self.blank_is_none => return Ok((Answer::Items(Vec::new()), Passed::Untouched)),
            [] => return Ok((Answer::Unanswered, Passed::Nothing)),
            _ => {}
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Kind::NotUtf8.as_str())?;
        let problem = match self.words.meaning(text, &self.manner(), None) {
            Ok(answer) => return Ok((answer, self.passed(text))),
            Err(problem) => problem,
        };
        let is_other = matches!(problem.code(), Code::UnknownText | Code::UnknownItem);
        if self.others_pass && is_other {
            let manner = Manner { others_pass: true, ..self.manner() };
            return match self.words.meaning(text, &manner, None) {
                Ok(answer) => Ok((answer, Passed::Other)),
                Err(problem) if problem.code() == Code::AmbiguousText => {
                    Err(Code::AmbiguousText.as_str())
                }
                Err(_) => Ok((Answer::Unanswered, Passed::Other)),
            };
        }
        Err(problem.code().as_str())
    }

    fn meaning(&self, bytes: &[u8]) -> Meaning {
        if let Some(item) = self.item {
            if bytes.is_empty() {
                return Ok((Meant::Tick(Tick::Blank), Passed::Nothing));
            }
            let text = std::str::from_utf8(bytes).map_err(|_| Kind::NotUtf8.as_str())?;
            let tick = self.tick(item, text);
            let tick = tick.map_err(|problem| problem.code().as_str())?;
            return Ok((Meant::Tick(tick), Passed::Nothing));
        }
        let (answer, passed) = self.answer(bytes)?;
        let cell =
            self.question.cell(answer).map_err(|refused| refused.problem().code().as_str())?;
        Ok((Meant::Cell(cell), passed))
    }

    /// What a cell says of one item, or of one choice that has a column of its own.
    fn tick(&self, item: usize, text: &str) -> Result<Tick, Problem> {
        match self.question.scale() {
            ScaleSpec::Checklist { .. } => self.words.tick(item, text, &self.manner()),
            _ => self.words.part(item, text, &self.manner()),
        }
    }

    /// What is wrong with a cell, and what to do.
    fn explain(&self, bytes: &[u8]) -> String {
        let Ok(text) = std::str::from_utf8(bytes) else { return NOT_UTF8.to_owned() };
        let problem = match self.item {
            Some(item) => self.tick(item, text).err(),
            None => match self.words.meaning(text, &self.manner(), Some(&Suggestions::default())) {
                Ok(answer) => {
                    let Err(refused) = self.question.cell(answer) else { return String::new() };
                    let problem = refused.problem();
                    return format!("{problem}{}", hint(text, problem.code(), &self.manner));
                }
                Err(problem) => Some(problem),
            },
        };
        let Some(problem) = problem else { return String::new() };
        let hint = if problem.code() == Code::AmbiguousText && self.item.is_none() {
            self.which(text)
        } else {
            hint(text, problem.code(), &self.manner)
        };
        let (said, shown) = (problem.to_string(), Excerpt::new(text).to_string());
        // Of a list only an entry may be wrong.
        let whole = if said.contains(&shown) { String::new() } else { format!("`{shown}`: ") };
        let near = problem.suggestion();
        let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        format!("{whole}{said}{near}{hint}")
    }

    /// What says which of several answers a text is.
    fn which(&self, text: &str) -> String {
        let settles = |by: &CellsAs| {
            self.words.meaning(text, &Manner { cells: Some(*by), ..self.manner() }, None).is_ok()
        };
        let by = [CellsAs::Value, CellsAs::Text].into_iter().filter(settles);
        let by: Vec<String> = by.map(|by| format!("--cells {by}")).collect();
        if by.is_empty() || self.manner.cells.is_some() {
            "; --codes says which this text stands for".to_owned()
        } else {
            format!("; {} says which", by.join(" or "))
        }
    }

    fn manner(&self) -> Manner<'_> {
        Manner { own: self.own.as_deref(), all: Some(&self.all), ..self.manner }
    }

    fn passed(&self, text: &str) -> Passed {
        let state = || self.doubtful.get(&as_seen(text), self.manner.decimal);
        let doubtful = if self.doubtful.is_empty() { None } else { state() };
        if let Some(state) = doubtful {
            Passed::State(match state {
                Answer::NotApplicable => Some(NonAnswer::NotApplicable),
                Answer::DontKnow => Some(NonAnswer::DontKnow),
                _ => None,
            })
        } else if self.point_is_doubtful && has_two_values(text) {
            Passed::Point
        } else {
            Passed::Nothing
        }
    }
}

impl<'q> Decoder<'q> {
    /// One of so many.
    pub(super) fn new(reading: Arc<Reading<'q>>, columns: usize) -> Self {
        let most = (KEPT / columns.max(1)).clamp(QUICK, KEPT_OF_ONE);
        let blank = reading.meaning(b"");
        Self { reading, blank, quick: vec![None; QUICK], known: HashMap::new(), most }
    }

    pub(super) fn question(&self) -> Question<'q> {
        self.reading.question
    }

    /// The answer that a cell gives.
    pub(super) fn answer(&self, bytes: &[u8]) -> Result<Answer, Refused> {
        self.reading.answer(trimmed(bytes)).map(|(answer, _)| answer)
    }

    /// What a text means that was found already, as nearly all are, and of which nothing was passed over.
    #[inline]
    pub(super) fn found(&self, bytes: &[u8]) -> Option<Meant> {
        let (text, meant) = self.quick.get(slot(bytes))?.as_ref()?;
        (**text == *bytes).then_some(*meant)
    }

    /// What a cell means, and whether something of it was passed over.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(Meant, Passed), Refused> {
        let bytes = trimmed(bytes);
        if bytes.is_empty() {
            return self.blank;
        }
        if let Some(meant) = self.found(bytes) {
            return Ok((meant, Passed::Nothing));
        }
        if let Some(meaning) = self.known.get(bytes) {
            let (meant, passed) = (*meaning)?;
            if let (Some(quick), Passed::Nothing) = (self.quick.get_mut(slot(bytes)), passed) {
                *quick = Some((bytes.into(), meant));
            }
            return Ok((meant, passed));
        }
        let meaning = self.reading.meaning(bytes);
        if bytes.len() <= LONGEST_KEPT {
            if self.known.len() >= self.most {
                self.known.clear();
            }
            self.known.insert(bytes.into(), meaning);
        }
        meaning
    }

    /// What is wrong with a cell, and what to do.
    pub(super) fn explain(&self, bytes: &[u8]) -> String {
        self.reading.explain(trimmed(bytes))
    }

    /// The codes of cells of one byte, where that is all there is to know, and of an empty cell at the
    /// delimiter and at the line feed.
    pub(super) fn table(&self, delimiter: u8) -> [u8; 256] {
        let mut table = [ASK; 256];
        for (byte, code) in (0..=u8::MAX).zip(table.iter_mut()) {
            let is_end = byte == delimiter || byte == b'\n';
            // A row of nothing but blanks is none.
            if !is_end && (!byte.is_ascii() || b"\r \t".contains(&byte)) {
                continue;
            }
            let cell = if is_end { &[][..] } else { &[byte] };
            match self.reading.meaning(cell) {
                Ok((Meant::Cell(cell), Passed::Nothing)) if cell != Cell::Bad => {
                    *code = narrow(cell);
                }
                _ => {}
            }
        }
        table
    }
}

/// A place for a text; most texts of one column have different ones.
fn slot(bytes: &[u8]) -> usize {
    let byte = |at: usize| usize::from(bytes.get(at).copied().unwrap_or(0));
    let length = bytes.len();
    let last = byte(length.saturating_sub(1));
    (length ^ byte(0) ^ byte(length / 2).rotate_left(2) ^ last.rotate_left(4)) % QUICK
}

/// What is said of bytes that are no text.
pub(super) const NOT_UTF8: &str =
    "this is not UTF-8 text: say which encoding it is, as --encoding windows-1252";

/// What to do about a text that is not understood.
fn hint(text: &str, code: Code, manner: &Manner<'_>) -> String {
    let text = text.trim();
    if MISSING.iter().any(|missing| missing.eq_ignore_ascii_case(text)) {
        return format!(
            "; is it no answer? --missing '{text}', or --not-applicable or --dont-know with that text"
        );
    }
    match code {
        Code::WrongType | Code::UnknownText
            if manner.decimal == Decimal::Point && has_decimal_comma(text) =>
        {
            "; --decimal , reads decimal commas".to_owned()
        }
        Code::UnknownText | Code::UnknownItem => format!("{SAID}, --other ignore passes it over"),
        Code::UnknownChoice | Code::WrongType => SAID.to_owned(),
        _ => String::new(),
    }
}

/// Where it is said what a text stands for.
const SAID: &str = "; --codes, --not-applicable or --dont-know say what it is";

/// How programs write that nothing is there.
const MISSING: [&str; 12] =
    ["NA", "N/A", "NaN", ".", "#NULL!", "#N/A", "null", "None", "-", "--", "-99", "-9"];

/// The text without the blanks of a table around it.
pub(super) fn trimmed(bytes: &[u8]) -> &[u8] {
    let mut bytes = bytes;
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}
