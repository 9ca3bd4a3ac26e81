//! A column of answers as codes, a number each, as a cohort keeps them.

use std::borrow::Cow;
use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::UInt8Type;
use arrow_array::{Array, ArrayRef, UInt8Array};
use digital_maturity::cohort::{Cell, Cells, Coding, Cohort};
use digital_maturity::spec::{ItemSpec, ScaleSpec};
use digital_maturity::{Answer, Diagnostic, Question};

use crate::errors::{Finding, escaped};
use crate::seen::{Seen, each};
use crate::table::{View, length};

/// The codes of a column.
pub(crate) enum Codes {
    /// Those of the caller, as they are.
    Lent,
    Own(Cells<'static>),
}

/// A column that is coded, and the cells in it that are no answers, up to as many as a cohort keeps.
pub(crate) struct Coded {
    pub(crate) codes: Codes,
    pub(crate) coding: Coding,
    pub(crate) bad: Vec<Finding>,
}

/// Why a cell is bad: a code and a message.
type Refused = (&'static str, String);

/// So many different texts of one column are kept.
const MOST_TEXTS: usize = 10_000;

/// The place of a small number among those whose codes are kept.
fn small(number: i64) -> Option<usize> {
    usize::try_from(number).ok().filter(|at| *at < 256)
}

/// The same of a number that is whole.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, and from 0 to 255"
)]
fn whole(number: f64) -> Option<usize> {
    let is_small = (0.0..256.0).contains(&number) && number.fract() == 0.0;
    is_small.then_some(number as usize)
}

/// Whether a number is 1, or 0: how a column of yes and no comes that has a gap.
fn is_truth(number: f64) -> Option<bool> {
    match whole(number)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Codes the answers to a question.
struct Coder<'q> {
    question: Question<'q>,
    /// The highest code, that of no answer.
    top: u32,
    /// Of 0 to 255, once they occur.
    small: Vec<Option<u32>>,
    texts: HashMap<String, u32>,
    bad: Vec<Finding>,
}

/// The coding in which bytes of the caller's are codes already: values of choices, 0 and 1 of yes and no.
fn as_bytes(question: Question<'_>) -> Option<Coding> {
    match question.scale() {
        ScaleSpec::Choice { choices } => {
            let fits = choices.iter().all(|choice| (0..=251).contains(&choice.value));
            fits.then_some(Coding::Value)
        }
        ScaleSpec::YesNo => Some(Coding::Index),
        ScaleSpec::Checklist { .. } | ScaleSpec::Measure { .. } => None,
    }
}

/// The bytes of a column of one chunk of bytes without gaps.
pub(crate) fn bytes_of(chunks: &[ArrayRef]) -> Option<&UInt8Array> {
    let [chunk] = chunks else { return None };
    chunk.as_primitive_opt::<UInt8Type>().filter(|bytes| bytes.null_count() == 0)
}

/// The column of that question as codes.
///
/// # Errors
///
/// Why none of it can be an answer.
pub(crate) fn code(question: Question<'_>, view: &View<'_>) -> Result<Coded, Vec<Finding>> {
    if let (Some(coding), Some(codes)) = (as_bytes(question), lent(view)) {
        return Ok(Coded { codes, coding, bad: Vec::new() });
    }
    let mut coder = Coder::new(question);
    let rows = length(view);
    let mut cells = Vec::with_capacity(rows);
    each(view, |row, seen| cells.push(coder.code(row, seen)))
        .map_err(|message| vec![wrong_type(question.id(), question.id(), message)])?;
    Ok(coder.coded(cells))
}

/// A question that nobody answers.
pub(crate) fn code_nothing(question: Question<'_>, rows: usize) -> Coded {
    let coder = Coder::new(question);
    let nothing = vec![coder.top; rows];
    coder.coded(nothing)
}

/// Codes that need no reading.
fn lent(view: &View<'_>) -> Option<Codes> {
    match view {
        View::U8(bytes) if bytes.as_slice().is_some() => Some(Codes::Lent),
        View::U8(bytes) => Some(Codes::Own(bytes.to_vec().into())),
        View::Arrow(chunks) => bytes_of(chunks).map(|_| Codes::Lent).or_else(|| {
            let bytes = chunks.iter().map(|chunk| chunk.as_primitive_opt::<UInt8Type>());
            let bytes = bytes.collect::<Option<Vec<_>>>()?;
            let all = bytes.into_iter().flatten().map(|code| code.unwrap_or(u8::MAX));
            Some(Codes::Own(all.collect::<Vec<u8>>().into()))
        }),
        _ => None,
    }
}

/// A checklist with a column for each item: ticked, not ticked, or not known.
///
/// # Errors
///
/// Why none of a column can be an answer.
pub(crate) fn code_items(
    question: Question<'_>,
    items: &[ItemSpec],
    columns: &[(&str, View<'_>)],
) -> Result<Coded, Vec<Finding>> {
    let mut coder = Coder::new(question);
    let rows = columns.iter().map(|(_, view)| length(view)).max().unwrap_or(0);
    // None: nothing was said yet; else the items that are ticked, or that the row is bad.
    let mut ticked: Vec<Option<Result<Vec<String>, Refused>>> = vec![None; rows];
    let mut faults = Vec::new();
    for (item, (name, view)) in items.iter().zip(columns) {
        let told = each(view, |row, seen| {
            let Some(said) = ticked.get_mut(row) else { return };
            match tick(&seen) {
                Ok(None) => {}
                Ok(Some(ticks)) => {
                    if let Ok(list) = said.get_or_insert(Ok(Vec::new())) {
                        list.extend(ticks.then(|| item.id.clone()));
                    }
                }
                Err(message) => *said = Some(Err(("wrong-type", format!("`{name}`: {message}")))),
            }
        });
        faults.extend(told.err().map(|message| wrong_type(question.id(), name, message)));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let cells = ticked.into_iter().enumerate().map(|(row, said)| match said {
        None => coder.top,
        Some(Ok(items)) => coder.code(row, Seen::List(items)),
        Some(Err(refused)) => coder.refuse(row, refused),
    });
    let cells = cells.collect();
    Ok(coder.coded(cells))
}

/// What a cell says of an item.
fn tick(seen: &Seen<'_>) -> Result<Option<bool>, String> {
    match seen {
        Seen::Missing => Ok(None),
        Seen::Truth(ticked) => Ok(Some(*ticked)),
        Seen::Whole(number @ (0 | 1)) => Ok(Some(*number == 1)),
        Seen::Double(number) if is_truth(*number).is_some() => Ok(is_truth(*number)),
        Seen::Whole(number) => Err(format!("expected true or false, or 1 or 0; found {number}")),
        Seen::Double(number) => Err(format!("expected true or false, or 1 or 0; found {number}")),
        Seen::Text(_) => Err("expected true or false, or 1 or 0; found a text".to_owned()),
        Seen::List(_) => Err("expected true or false, or 1 or 0; found a list".to_owned()),
        Seen::Odd(what) => Err(format!("expected true or false, or 1 or 0; found {what}")),
    }
}

fn wrong_type(question: &str, column: &str, message: String) -> Finding {
    Finding::of_column("wrong-type", &format!("/{}", escaped(column)), question, message)
}

impl<'q> Coder<'q> {
    fn new(question: Question<'q>) -> Self {
        let levels = match question.scale() {
            ScaleSpec::Choice { choices } => choices.len(),
            ScaleSpec::YesNo => 2,
            ScaleSpec::Measure { bands, .. } => bands.len(),
            ScaleSpec::Checklist { .. } => usize::MAX,
        };
        let top = match levels {
            ..=252 => u8::MAX.into(),
            253..=65_000 => u16::MAX.into(),
            _ => u32::MAX,
        };
        let (small, texts) = (vec![None; 256], HashMap::new());
        Self { question, top, small, texts, bad: Vec::new() }
    }

    fn coded(self, codes: Vec<u32>) -> Coded {
        let cells = match self.top {
            255 => {
                let code = |code: u32| u8::try_from(code).unwrap_or(u8::MAX - 3);
                Cells::U8(Cow::Owned(codes.into_iter().map(code).collect()))
            }
            65_535 => {
                let code = |code: u32| u16::try_from(code).unwrap_or(u16::MAX - 3);
                Cells::U16(Cow::Owned(codes.into_iter().map(code).collect()))
            }
            _ => Cells::U32(Cow::Owned(codes)),
        };
        Coded { codes: Codes::Own(cells), coding: self.question.coding(), bad: self.bad }
    }

    #[inline]
    fn code(&mut self, row: usize, seen: Seen<'_>) -> u32 {
        let known = match &seen {
            Seen::Missing => return self.top,
            Seen::Whole(number) => small(*number).and_then(|at| self.small.get(at).copied()?),
            Seen::Double(number) => whole(*number).and_then(|at| self.small.get(at).copied()?),
            Seen::Text(text) => self.texts.get(*text).copied(),
            _ => None,
        };
        known.unwrap_or_else(|| self.new_code(row, seen))
    }

    /// Of an answer that did not occur so far, or is none.
    #[cold]
    fn new_code(&mut self, row: usize, seen: Seen<'_>) -> u32 {
        let at = match &seen {
            Seen::Whole(number) => small(*number),
            Seen::Double(number) => whole(*number),
            _ => None,
        };
        let text = if let Seen::Text(text) = &seen { Some((*text).to_owned()) } else { None };
        let code = match self.found(seen) {
            Ok(cell) => self.of_cell(cell),
            Err(refused) => return self.refuse(row, refused),
        };
        if let Some(small) = at.and_then(|at| self.small.get_mut(at)) {
            *small = Some(code);
        }
        // A column of free texts is not kept a second time.
        if let Some(text) = text.filter(|_| self.texts.len() < MOST_TEXTS) {
            self.texts.insert(text, code);
        }
        code
    }

    fn of_cell(&self, cell: Cell) -> u32 {
        match cell {
            Cell::Unanswered => self.top,
            Cell::DontKnow => self.top - 1,
            Cell::NotApplicable => self.top - 2,
            Cell::Level(level) if level < self.top - 3 => level,
            Cell::Level(_) | Cell::Bad => self.top - 3,
        }
    }

    fn refuse(&mut self, row: usize, (code, message): Refused) -> u32 {
        if self.bad.len() < Cohort::BAD_CELLS_KEPT {
            self.bad.push(Finding::of_cell(row, self.question.id(), code, message));
        }
        self.top - 3
    }

    fn found(&self, seen: Seen<'_>) -> Result<Cell, Refused> {
        let is_yes_no = matches!(self.question.scale(), ScaleSpec::YesNo);
        let answer = match seen {
            Seen::Missing => Answer::Unanswered,
            Seen::Whole(number @ (0 | 1)) if is_yes_no => Answer::YesNo(number == 1),
            Seen::Double(number) if is_yes_no && is_truth(number).is_some() => {
                is_truth(number).into()
            }
            Seen::Whole(number) => Answer::Whole(number),
            Seen::Double(number) => Answer::Number(number),
            Seen::Truth(truth) => Answer::YesNo(truth),
            Seen::List(items) => Answer::Items(items),
            Seen::Text(text) => self.question.parse(text).map_err(|found| refused(&found))?,
            Seen::Odd(what) => return Err(("wrong-type", format!("{what} is no answer"))),
        };
        self.question.cell(answer).map_err(|found| refused(&found))
    }
}

/// Why an answer is refused.
fn refused(found: &Diagnostic) -> Refused {
    (found.code().as_str(), found.problem().to_string())
}

/// Why a code that came from the caller is bad.
pub(crate) fn of_code(row: usize, question: Question<'_>, code: u32) -> Finding {
    let answer = match (code, question.scale()) {
        (254, _) => Answer::DontKnow,
        (253, _) => Answer::NotApplicable,
        (252, _) => {
            return Finding::of_cell(row, question.id(), "wrong-type", "252 is no answer".into());
        }
        (code, _) => code.into(),
    };
    let (code, message) = question.cell(answer).err().as_ref().map(refused).unwrap_or_default();
    Finding::of_cell(row, question.id(), code, message)
}
