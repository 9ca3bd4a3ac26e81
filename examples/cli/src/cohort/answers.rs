//! From the text of a cell to the answer that it gives.

use std::collections::{BTreeMap, HashMap};

use digital_maturity::cohort::{Cell, Coding, Column};
use digital_maturity::diagnostic::Excerpt;
use digital_maturity::spec::{ItemSpec, ScaleSpec};
use digital_maturity::{Answer, Question, Text};

/// How many different texts of one question are kept with what they mean.
const KEPT: usize = 10_000;

/// Longer texts are not kept.
const LONGEST_KEPT: usize = 400;

/// In a table of codes: what that byte means is not settled by the byte alone.
pub(crate) const ASK: u8 = u8::MAX - 4;

/// The code of no answer.
pub(crate) const UNANSWERED: u8 = u8::MAX;

/// The texts that mean the same for all questions.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// Texts of `--codes` and of the options for missing answers.
    pub(crate) answers: BTreeMap<String, Answer>,
}

/// What the cells of one question mean.
pub(crate) struct Decoder<'q> {
    question: Question<'q>,
    /// Texts of this question alone, and then of all.
    own: BTreeMap<String, Answer>,
    /// Whether cells are about this item of the checklist.
    item: Option<&'q ItemSpec>,
    /// What was found already. Only looked up, never gone through.
    known: HashMap<Box<[u8]>, Result<Cell, Box<str>>>,
}

/// What a cell is about one item of a checklist.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tick {
    Blank,
    Off,
    On,
    NotApplicable,
    DontKnow,
    Bad,
}

impl<'q> Decoder<'q> {
    pub(crate) fn new(
        question: Question<'q>,
        item: Option<&'q ItemSpec>,
        all: &Vocabulary,
        own: Option<&BTreeMap<String, Answer>>,
    ) -> Self {
        let mut texts = all.answers.clone();
        if item.is_none() {
            // What is meant for other questions says nothing here.
            texts.retain(|_, answer| !is_answer(answer) || question.cell(answer.clone()).is_ok());
        }
        texts
            .extend(own.into_iter().flatten().map(|(text, answer)| (text.clone(), answer.clone())));
        Self { question, own: texts, item, known: HashMap::new() }
    }

    pub(crate) fn question(&self) -> Question<'q> {
        self.question
    }

    /// The cell with that text, or why there is none.
    pub(crate) fn cell(&mut self, text: &[u8]) -> Result<Cell, &str> {
        let text = trimmed(text);
        if text.is_empty() {
            return Ok(Cell::Unanswered);
        }
        // Looked up twice, as a reference that may be returned cannot be held meanwhile.
        if !self.known.contains_key(text) {
            let meaning = self.meaning(text).map_err(String::into_boxed_str);
            if self.known.len() >= KEPT || text.len() > LONGEST_KEPT {
                self.known.retain(|kept, _| kept.len() == 1);
            }
            self.known.insert(text.into(), meaning);
        }
        match self.known.get(text) {
            Some(Ok(cell)) => Ok(*cell),
            Some(Err(message)) => Err(message),
            None => Ok(Cell::Bad),
        }
    }

    /// The codes of cells of one byte, where that is all there is to know. A delimiter is no cell.
    pub(crate) fn table(&mut self, delimiter: u8) -> [u8; 256] {
        let mut table = [ASK; 256];
        for (byte, code) in (0..=u8::MAX).zip(table.iter_mut()) {
            match self.cell(&[byte]) {
                _ if byte == delimiter => {}
                Ok(Cell::Bad) | Err(_) => {}
                Ok(cell) => *code = narrow(cell),
            }
        }
        table
    }

    /// What a cell says about the item.
    pub(crate) fn tick(&mut self, text: &[u8]) -> Result<Tick, &str> {
        self.cell(text).map(|cell| match cell {
            Cell::Level(level) => {
                if level > 0 {
                    Tick::On
                } else {
                    Tick::Off
                }
            }
            Cell::NotApplicable => Tick::NotApplicable,
            Cell::DontKnow => Tick::DontKnow,
            Cell::Unanswered => Tick::Blank,
            Cell::Bad => Tick::Bad,
        })
    }

    fn meaning(&self, bytes: &[u8]) -> Result<Cell, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "this is not UTF-8 text".to_owned())?;
        if let Some(item) = self.item {
            return self.about(item, text);
        }
        let answer = match self.own.get(text) {
            Some(answer) => answer.clone(),
            None => self.answer(text)?,
        };
        self.question.cell(answer).map_err(|refused| refused.problem().to_string())
    }

    fn answer(&self, text: &str) -> Result<Answer, String> {
        let shown = Excerpt::new(text);
        match self.question.scale() {
            ScaleSpec::Choice { choices } => {
                let by_text = choices.iter().filter(|choice| says(&choice.text, text));
                let values: Vec<i64> = by_text.map(|choice| choice.value).collect();
                let same = |value: &i64| values.first() == Some(value);
                if let Some(number) = number(text) {
                    if values.is_empty() || self.question.cell(number.clone()).is_ok() {
                        return Ok(number);
                    }
                }
                match values.first() {
                    Some(value) if values.iter().all(same) => Ok(Answer::Whole(*value)),
                    Some(_) => Err(format!("`{shown}` is the text of more than one choice")),
                    None => {
                        let values = choices.iter().map(|choice| choice.value.to_string());
                        let values = values.collect::<Vec<_>>().join(", ");
                        Err(format!(
                            "`{shown}` is none of the choices {values}, nor the text of one"
                        ))
                    }
                }
            }
            ScaleSpec::YesNo => match yes_no(text) {
                Some(yes) => Ok(Answer::YesNo(yes)),
                None => Err(format!("`{shown}` is neither yes nor no")),
            },
            ScaleSpec::Checklist { items } => {
                ticked(items, text).map(Answer::Items).ok_or_else(|| {
                    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
                    let ids = ids.join(", ");
                    format!("`{shown}` is no list of the items {ids}, nor of their texts")
                })
            }
            ScaleSpec::Measure { .. } => {
                number(text).ok_or_else(|| format!("`{shown}` is not a number"))
            }
        }
    }

    /// Level 1 if the text says that the item is ticked, and 0 if not.
    fn about(&self, item: &ItemSpec, text: &str) -> Result<Cell, String> {
        let refused = |answer: Answer| {
            self.question.cell(answer).map_err(|refused| refused.problem().to_string())
        };
        let yes = match self.own.get(text) {
            Some(Answer::YesNo(yes)) => Some(*yes),
            Some(Answer::Whole(number @ (0 | 1))) => Some(*number == 1),
            Some(Answer::Unanswered) => return Ok(Cell::Unanswered),
            Some(state @ (Answer::NotApplicable | Answer::DontKnow)) => {
                return refused(state.clone());
            }
            _ if text == item.id || says(&item.text, text) => Some(true),
            _ => yes_no(text).or_else(|| match text.to_ascii_lowercase().as_str() {
                "y" | "checked" => Some(true),
                "n" | "unchecked" => Some(false),
                _ => None,
            }),
        };
        let shown = Excerpt::new(text);
        let level = yes.map(|yes| Cell::Level(u32::from(yes)));
        level.ok_or_else(|| format!("`{shown}` does not say whether `{}` is ticked", item.id))
    }
}

/// An answer that is no mere state.
fn is_answer(answer: &Answer) -> bool {
    !matches!(answer, Answer::Unanswered | Answer::NotApplicable | Answer::DontKnow)
}

/// The text without the spaces around it.
pub(crate) fn trimmed(text: &[u8]) -> &[u8] {
    let mut text = text;
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

/// Whether that is the text, in any of its languages.
pub(crate) fn says(text: &Text, found: &str) -> bool {
    text.default == found || text.translations.values().any(|translation| translation == found)
}

fn yes_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// The number in a text as JSON writes numbers: no plus sign, no leading zeros, a decimal point.
fn number(text: &str) -> Option<Answer> {
    // The reader of JSON would pass over line ends.
    if text.contains(char::is_whitespace) {
        return None;
    }
    let number: serde_json::Number = serde_json::from_str(text).ok()?;
    number.as_i64().map(Answer::Whole).or_else(|| number.as_f64().map(Answer::Number))
}

/// The ids of the items in a list, by id or text; `None` if anything else is in it. Texts of items may
/// have commas of their own, so the longest item that fits is taken first.
fn ticked(items: &[ItemSpec], text: &str) -> Option<Vec<String>> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for item in items {
        names.push((&item.id, &item.id));
        names.push((&item.text.default, &item.id));
        names.extend(item.text.translations.values().map(|text| (text.as_str(), item.id.as_str())));
    }
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut ids = Vec::new();
    let mut rest = text;
    loop {
        let (id, behind) = names.iter().find_map(|(name, id)| {
            let behind = rest.strip_prefix(name)?.trim_start_matches([' ', '\t']);
            (behind.is_empty() || behind.starts_with([',', ';'])).then_some((*id, behind))
        })?;
        ids.push(id.to_owned());
        match behind.strip_prefix([',', ';']) {
            None => return Some(ids),
            Some(behind) => rest = behind.trim_start_matches([' ', '\t']),
        }
    }
}

/// The codes of one question for a chunk of rows, by row. What a row wrote, another may write over.
pub(crate) enum Lane {
    Narrow(Box<[u8]>),
    Wide(Box<[u32]>),
}

impl Lane {
    /// Room for that many rows of the question, all unanswered.
    pub(crate) fn new(question: Question<'_>, rows: usize) -> Self {
        let highest = match question.scale() {
            ScaleSpec::Checklist { items } if question.coding() == Coding::Ticks => {
                u32::try_from(items.len()).map_or(u32::MAX, |items| 2_u32.saturating_pow(items) - 1)
            }
            ScaleSpec::Checklist { items } => {
                items.iter().map(|item| u32::from(item.points.get())).sum::<u32>()
            }
            _ => 0, // at most 100 choices or bands
        };
        if highest < ASK.into() {
            Self::Narrow(vec![UNANSWERED; rows].into_boxed_slice())
        } else {
            Self::Wide(vec![u32::MAX; rows].into_boxed_slice())
        }
    }

    /// No room: what is no question needs none.
    pub(crate) fn none() -> Self {
        Self::Narrow(Box::default())
    }

    pub(crate) fn put(&mut self, row: usize, cell: Cell) {
        match self {
            Self::Narrow(codes) => {
                codes.get_mut(row).into_iter().for_each(|place| *place = narrow(cell));
            }
            Self::Wide(codes) => {
                let code = match cell {
                    Cell::Level(level) => level,
                    _ => u32::MAX - u32::from(UNANSWERED - narrow(cell)),
                };
                codes.get_mut(row).into_iter().for_each(|place| *place = code);
            }
        }
    }

    /// The first rows as the column of that question.
    pub(crate) fn column<'l>(&'l self, question: Question<'l>, rows: usize) -> Column<'l> {
        let id = question.id();
        let column = match self {
            Self::Narrow(codes) => Column::new(id, codes.get(..rows).unwrap_or_default()),
            Self::Wide(codes) => Column::new(id, codes.get(..rows).unwrap_or_default()),
        };
        column.coded(question.coding())
    }
}

/// The code of a cell in one byte. A level that a byte does not hold is a bad cell.
pub(crate) fn narrow(cell: Cell) -> u8 {
    match cell {
        Cell::Level(level) => u8::try_from(level).unwrap_or(UNANSWERED - 3),
        Cell::Bad => UNANSWERED - 3,
        Cell::NotApplicable => UNANSWERED - 2,
        Cell::DontKnow => UNANSWERED - 1,
        Cell::Unanswered => UNANSWERED,
    }
}
