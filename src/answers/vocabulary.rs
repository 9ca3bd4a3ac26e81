//! What a text means for a question: the words of a cell, wherever it stands.

mod list;
mod names;
mod number;
mod said;
#[cfg(test)]
mod tests;
mod words;

#[cfg(feature = "survey")]
pub(crate) use number::{has_decimal_comma, has_two_values, spelling as number_spelling};
#[cfg(feature = "survey")]
pub(crate) use said::Said;
pub(crate) use said::{Lists, Manner};
pub(crate) use words::yes_or_no;

use std::collections::{BTreeMap, BTreeSet};

use self::list::{Entries, Flaw, Readings, Set, alone, bit};
use self::names::Names;
use self::number::{number, spelling};
use super::accept::{Refusal, expected};
use super::answer::Answer;
use super::manner::{CellsAs, Decimal};
use crate::diagnostic::{Diagnostic, Excerpt, Problem, Suggestions};
use crate::document::Node;
use crate::questionnaire::{NonAnswer, Question, Scale, ScaleSpec};
use crate::text::{Text, as_seen, in_one_case};

/// What the texts of one question's choices or items are, looked up as a reader sees them.
///
/// To make it takes as long as to read all of them once; to look a text up takes as long as to
/// read that text, to cut a list some steps for each of its bytes, at most 200.
#[derive(Debug)]
pub(crate) struct Vocabulary<'q> {
    question: Question<'q>,
    /// The positions of the items with that id.
    ids: BTreeMap<String, usize>,
    /// The positions of the choices or items with that text.
    texts: Names,
    /// The same of texts that are numbers, by one spelling.
    numbers: BTreeMap<String, BTreeSet<usize>>,
    two_readings: bool,
}

/// What the cell of a column about one item says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tick {
    Blank,
    Off,
    On,
    NotApplicable,
    DontKnow,
}

impl From<bool> for Tick {
    fn from(yes: bool) -> Self {
        if yes { Self::On } else { Self::Off }
    }
}

impl<'q> Vocabulary<'q> {
    pub(crate) fn new(question: Question<'q>) -> Self {
        let mut vocabulary = Self {
            question,
            ids: BTreeMap::new(),
            texts: Names::default(),
            numbers: BTreeMap::new(),
            two_readings: false,
        };
        let mut values = BTreeMap::new();
        match question.scoring() {
            Scale::Choice(choices) => {
                let of_choice = |(at, (value, _)): (usize, &(i64, _))| (value.to_string(), at);
                values.extend(choices.iter().enumerate().map(of_choice));
            }
            Scale::Checklist(items) => {
                let ids = items.iter().enumerate().map(|(at, item)| (item.id.clone(), at));
                vocabulary.ids.extend(ids);
            }
            Scale::YesNo { .. } | Scale::Measure(_) => {}
        }
        for (position, text) in texts(question).enumerate() {
            for text in text.in_each_language() {
                vocabulary.texts.insert(text, position);
                let seen = as_seen(text);
                let another = |values: &BTreeMap<String, usize>, name: &str| {
                    values.get(name).is_some_and(|other| *other != position)
                };
                let cased = in_one_case(&seen);
                vocabulary.two_readings |= another(&vocabulary.ids, &cased);
                // A list of ids with blanks between them.
                vocabulary.two_readings |= cased.contains(' ')
                    && cased.split(' ').all(|word| vocabulary.ids.contains_key(word));
                for number in [Decimal::Point, Decimal::Comma].map(|of| spelling(&seen, of)) {
                    vocabulary.two_readings |=
                        number.is_some_and(|number| another(&values, &number));
                }
                if let Some(number) = spelling(&seen, Decimal::Point) {
                    vocabulary.numbers.entry(number).or_default().insert(position);
                }
            }
        }
        vocabulary
    }

    /// Whether the text of a choice is the value of another, or that of an item another's id.
    #[cfg(feature = "survey")]
    pub(crate) fn has_two_readings(&self) -> bool {
        self.two_readings
    }

    /// What a cell says of one choice, or of yes (0) or no (1), that has a column of its own.
    ///
    /// # Errors
    ///
    /// The text is not that choice's, and no word.
    #[cfg(feature = "survey")]
    pub(crate) fn part(
        &self,
        position: usize,
        text: &str,
        manner: &Manner<'_>,
    ) -> Result<Tick, Problem> {
        let seen = as_seen(text);
        let word = yes_or_no(&seen, manner.decimal);
        let is_named = match self.question.scoring() {
            Scale::YesNo { .. } => word == Some(position == 0),
            _ => self.named(text).contains(&position),
        };
        match word {
            _ if seen.is_empty() => Ok(Tick::Blank),
            _ if is_named => Ok(Tick::On),
            Some(yes) => Ok(yes.into()),
            None => {
                let expected = "the text of the choice, or `true` or `false`";
                let found = Node::Text(text.into()).describe();
                Err(Problem::WrongType { expected, found })
            }
        }
    }

    /// The choices of that text, or yes (0) or no (1).
    #[cfg(feature = "survey")]
    pub(crate) fn parts(&self, name: &str) -> BTreeSet<usize> {
        match self.question.scoring() {
            Scale::YesNo { .. } => {
                let word = yes_or_no(&as_seen(name), Decimal::Point);
                word.map(|yes| usize::from(!yes)).into_iter().collect()
            }
            Scale::Choice(_) => self.named(name),
            Scale::Checklist(_) | Scale::Measure(_) => BTreeSet::new(),
        }
    }

    /// The positions of the items, or choices, with that id or text.
    pub(crate) fn named(&self, name: &str) -> BTreeSet<usize> {
        let seen = as_seen(name);
        let cased = in_one_case(&seen);
        self.texts.get(&seen, &cased).chain(self.ids.get(&cased).copied()).collect()
    }

    /// The one answer that `text` means; whether the question takes it is not decided here.
    ///
    /// # Errors
    ///
    /// The text means nothing, or more than one answer. `suggestions`: what finds
    /// the text that was probably meant, if that is worth looking for.
    pub(crate) fn meaning(
        &self,
        text: &str,
        manner: &Manner<'_>,
        suggestions: Option<&Suggestions>,
    ) -> Result<Answer, Problem> {
        let seen = as_seen(text);
        if seen.is_empty() {
            return Ok(Answer::Unanswered);
        }
        if let Some(answer) = self.said(&seen, manner) {
            return Ok(answer.clone());
        }
        let state = NonAnswer::of_word(&in_one_case(&seen)).map(Answer::from);
        let number = || number(&seen, manner.decimal);
        let answer = match self.question.scoring() {
            Scale::Choice(_) => return self.choice(text, &seen, manner, suggestions),
            Scale::Checklist(_) => return self.list(text, manner, suggestions),
            Scale::YesNo { .. } => {
                state.or_else(|| yes_or_no(&seen, manner.decimal).map(Answer::from))
            }
            Scale::Measure(_) => state.or_else(number),
        };
        answer.ok_or_else(|| {
            let expected = expected(self.question.scoring());
            let found = Node::Text(text.into()).describe();
            Problem::WrongType { expected, found: other_decimal(&seen, manner, found) }
        })
    }

    /// What the text is said to stand for with this question, or with all that take it.
    fn said<'c>(&self, seen: &str, manner: &Manner<'c>) -> Option<&'c Answer> {
        let measured = matches!(self.question.scoring(), Scale::Measure(_));
        let own = manner.own.and_then(|own| own.get(seen, manner.decimal));
        own.filter(|answer| measured || self.takes(answer)).or_else(|| {
            let all = manner.all.and_then(|all| all.get(seen, manner.decimal));
            all.filter(|answer| self.takes(answer))
        })
    }

    /// Whether an answer that is said of all questions can be one to this.
    fn takes(&self, answer: &Answer) -> bool {
        match (answer, self.question.scoring()) {
            (Answer::Unanswered | Answer::NotApplicable | Answer::DontKnow, _)
            | (Answer::YesNo(_), Scale::YesNo { .. }) => true,
            (Answer::Whole(_) | Answer::Number(_), Scale::Choice(choices)) => {
                let value = answer.whole();
                choices.iter().any(|(of_choice, _)| Some(*of_choice) == value)
            }
            (Answer::Items(ids), Scale::Checklist(_)) => {
                ids.iter().all(|id| self.ids.contains_key(id))
            }
            _ => false,
        }
    }

    /// The choice that a text is, by its value or by its text.
    fn choice(
        &self,
        text: &str,
        seen: &str,
        manner: &Manner<'_>,
        suggestions: Option<&Suggestions>,
    ) -> Result<Answer, Problem> {
        let Scale::Choice(choices) = self.question.scoring() else { return Ok(Answer::Unanswered) };
        let cells = manner.cells.filter(|_| self.two_readings);
        let cased = in_one_case(seen);
        let state = NonAnswer::of_word(&cased);
        let number = number(seen, manner.decimal);
        let value =
            number.as_ref().and_then(Answer::whole).filter(|_| cells != Some(CellsAs::Text));
        let by_value = choices.iter().position(|(of_choice, _)| Some(*of_choice) == value);
        let mut by_text: BTreeSet<usize> = match cells {
            Some(CellsAs::Value) => BTreeSet::new(),
            Some(CellsAs::Text) | None => self.texts.get(seen, &cased).collect(),
        };
        if by_text.is_empty() && by_value.is_none() && cells != Some(CellsAs::Value) {
            // A text that is a number, in another spelling.
            let spelled =
                spelling(seen, manner.decimal).filter(|_| cells.is_some() || !self.two_readings);
            by_text
                .extend(spelled.and_then(|number| self.numbers.get(&number)).into_iter().flatten());
        }
        let found: BTreeSet<usize> = by_text.iter().copied().chain(by_value).collect();
        let value = |position: usize| choices.get(position).map_or(0, |(value, _)| *value);
        match (found.first(), state) {
            (Some(position), None) if found.len() == 1 => Ok(value(*position).into()),
            (Some(_), _) => {
                let name = |position: usize| match by_value {
                    None => value(position).to_string(),
                    Some(at) if at == position => format!("{} by its value", value(position)),
                    Some(_) => format!("{} by its text", value(position)),
                };
                let names = found.iter().map(|position| name(*position));
                let names: Vec<String> =
                    names.chain(state.map(|state| state.to_string())).collect();
                let answers = Excerpt::new(&names.join(", "));
                Err(Problem::AmbiguousText { found: Excerpt::new(text), answers })
            }
            (None, Some(state)) => Ok(state.into()),
            (None, None) => match (cells, number) {
                // A number that is no choice's is told as such.
                (Some(CellsAs::Value) | None, Some(number)) => Ok(number),
                _ => Err(self.unknown_choice(text, seen, manner, suggestions)),
            },
        }
    }

    /// What is wrong with a text that is no choice.
    fn unknown_choice(
        &self,
        text: &str,
        seen: &str,
        manner: &Manner<'_>,
        suggestions: Option<&Suggestions>,
    ) -> Problem {
        let cells = manner.cells.filter(|_| self.two_readings);
        // What is not shown is not put together.
        let shown = if suggestions.is_some() { usize::MAX } else { 0 };
        let values: Vec<String> = match self.question.scoring() {
            Scale::Choice(of) => {
                of.iter().take(shown).map(|(value, _)| value.to_string()).collect()
            }
            Scale::Checklist(_) | Scale::YesNo { .. } | Scale::Measure(_) => Vec::new(),
        };
        let choices = Excerpt::new(&values.join(", "));
        match cells {
            Some(CellsAs::Value) => {
                Problem::UnknownChoice { found: Node::Text(text.into()).describe(), choices }
            }
            Some(CellsAs::Text) | None => {
                let texts =
                    texts(self.question).take(shown).map(|text| format!("`{}`", text.default));
                let choices = match cells {
                    None => choices,
                    Some(_) => Excerpt::new(&texts.collect::<Vec<_>>().join(", ")),
                };
                let other = number(seen, other(manner.decimal)).as_ref().and_then(Answer::whole);
                let other = other.map(|value| value.to_string()).filter(|of| values.contains(of));
                let other = other.filter(|_| cells.is_none());
                let suggestion = other.or_else(|| self.nearest(text, suggestions));
                Problem::UnknownText { found: Excerpt::new(text), choices, suggestion }
            }
        }
    }

    /// The id or text that was probably meant.
    fn nearest(&self, text: &str, suggestions: Option<&Suggestions>) -> Option<String> {
        let items = match self.question.scoring() {
            Scale::Checklist(items) => items.as_slice(),
            Scale::Choice(_) | Scale::YesNo { .. } | Scale::Measure(_) => &[],
        };
        let texts = texts(self.question).flat_map(Text::in_each_language);
        let known = items.iter().map(|item| &item.id).chain(texts).map(String::as_str);
        suggestions.and_then(|of| of.nearest(text.trim(), known)).map(str::to_owned)
    }

    /// The items that a text lists, in the one way in which it can be cut.
    fn list(
        &self,
        text: &str,
        manner: &Manner<'_>,
        suggestions: Option<&Suggestions>,
    ) -> Result<Answer, Problem> {
        let cells = manner.cells.filter(|_| self.two_readings);
        let by = (cells != Some(CellsAs::Text), cells != Some(CellsAs::Value));
        let entries = Entries { ids: &self.ids, texts: &self.texts, by };
        let readings = |lists| entries.readings(text, lists, manner);
        let fits = |of: &Readings, passed: bool| of.one().filter(|_| of.passed == 0 || passed);
        let read = match manner.lists {
            lists @ (Lists::Any | Lists::None) => readings(lists),
            lists @ (Lists::Semicolon | Lists::Comma | Lists::Blank) => {
                let own = readings(lists);
                // What ends each entry with its own sign writes a comma only within one.
                let is_sure = manner.others_pass && lists == Lists::Semicolon;
                if fits(&own, is_sure).is_some() {
                    own
                } else {
                    let any = readings(Lists::Any);
                    // Words that are no ids may be a text, of which none is to be passed over.
                    let ticked = |of: &Readings| of.one().map_or(0, u128::count_ones);
                    let is_better = lists != Lists::Blank
                        && (any.passed, ticked(&own)) < (own.passed, ticked(&any))
                        && fits(&any, manner.others_pass).is_some();
                    let is_only = fits(&own, manner.others_pass).is_none();
                    if any.passed == 0 || is_better || is_only { any } else { own }
                }
            }
        };
        if let Some(set) = fits(&read, manner.others_pass) {
            return Ok(alone(set).unwrap_or_else(|| Answer::Items(self.names(set))));
        }
        Err(self.no_list(text, &read, manner, suggestions))
    }

    /// Why a text is not one list.
    fn no_list(
        &self,
        text: &str,
        read: &Readings,
        manner: &Manner<'_>,
        suggestions: Option<&Suggestions>,
    ) -> Problem {
        if read.passed > 0 && !manner.others_pass && !read.more {
            let entry = match &read.unknown {
                Some(entry) if *entry != as_seen(text) => entry,
                _ => text,
            };
            let suggestion = self.nearest(entry, suggestions);
            return Problem::UnknownItem { id: Excerpt::new(entry), suggestion };
        }
        match read.flaw.filter(|_| read.sets.is_empty()) {
            Some(Flaw::Twice(position)) => {
                let entry = self.names(bit(position)).join("");
                Problem::DuplicateEntry { entry: Excerpt::new(&entry) }
            }
            Some(Flaw::Beside(set)) => {
                let id = self.question.id().to_owned();
                Problem::ConflictingAnswers { id, state: state_of(set) }
            }
            None => {
                let name = |set: &Set| match self.names(*set).as_slice() {
                    [] => state_of(*set).to_owned(),
                    [one] => one.clone(),
                    several => format!("[{}]", several.join(", ")),
                };
                let mut names: Vec<String> = read.sets.iter().map(name).collect();
                if read.more {
                    names.push("more".to_owned());
                }
                let answers = Excerpt::new(&names.join(", "));
                Problem::AmbiguousText { found: Excerpt::new(text), answers }
            }
        }
    }

    /// The ids of those items.
    fn names(&self, set: Set) -> Vec<String> {
        let Scale::Checklist(items) = self.question.scoring() else { return Vec::new() };
        let ticked = items.iter().enumerate().filter(|(position, _)| set & bit(*position) != 0);
        ticked.map(|(_, item)| item.id.clone()).collect()
    }

    /// What the cell of a column about one item says.
    ///
    /// # Errors
    ///
    /// The text says nothing of it, or yes as the item's text and no as a word.
    pub(crate) fn tick(
        &self,
        item: usize,
        text: &str,
        manner: &Manner<'_>,
    ) -> Result<Tick, Problem> {
        let seen = as_seen(text);
        if seen.is_empty() {
            return Ok(Tick::Blank);
        }
        let own = manner.own.and_then(|own| own.get(&seen, manner.decimal));
        let all = manner.all.and_then(|all| all.get(&seen, manner.decimal));
        let said = own.and_then(|answer| self.tick_of(item, answer, true));
        if let Some(tick) =
            said.or_else(|| all.and_then(|answer| self.tick_of(item, answer, false)))
        {
            return Ok(tick);
        }
        if let Some(state) = NonAnswer::of_word(&in_one_case(&seen)) {
            return Ok(self.tick_of(item, &state.into(), true).unwrap_or(Tick::Blank));
        }
        let word = yes_or_no(&seen, manner.decimal);
        let named = self.named(text).contains(&item);
        match (word, manner.cells) {
            (Some(false), None) if named => {
                let answers = Excerpt::new("ticked by its text, not ticked by the word");
                Err(Problem::AmbiguousText { found: Excerpt::new(text), answers })
            }
            (Some(yes), cells) if !named || cells != Some(CellsAs::Text) => Ok(yes.into()),
            _ if named => Ok(Tick::On),
            _ => {
                let expected = "`true` or `false` for an item";
                let found = Node::Text(text.into()).describe();
                Err(Problem::WrongType { expected, found: other_decimal(&seen, manner, found) })
            }
        }
    }

    /// What an answer that a text stands for says of one item. `own`: it is said of this question.
    fn tick_of(&self, item: usize, answer: &Answer, own: bool) -> Option<Tick> {
        match answer {
            Answer::Unanswered => Some(Tick::Blank),
            Answer::NotApplicable => Some(Tick::NotApplicable),
            Answer::DontKnow => Some(Tick::DontKnow),
            Answer::YesNo(yes) => Some((*yes).into()),
            Answer::Whole(number @ (0 | 1)) if own => Some((*number == 1).into()),
            Answer::Items(ids) => {
                ids.iter().any(|id| self.ids.get(id) == Some(&item)).then_some(Tick::On)
            }
            Answer::Whole(_) | Answer::Number(_) => None,
        }
    }
}

/// What can only stand alone, as a message names it.
fn state_of(set: Set) -> &'static str {
    match alone(set) {
        Some(Answer::NotApplicable) => "not_applicable",
        Some(Answer::DontKnow) => "dont_know",
        Some(Answer::Unanswered) => "null",
        _ => "[]",
    }
}

fn other(decimal: Decimal) -> Decimal {
    match decimal {
        Decimal::Point => Decimal::Comma,
        Decimal::Comma => Decimal::Point,
    }
}

/// What was found, and whether it would be a number if fractions were written otherwise.
fn other_decimal(seen: &str, manner: &Manner<'_>, found: Excerpt) -> Excerpt {
    let otherwise =
        number(seen, other(manner.decimal)).filter(|_| number(seen, manner.decimal).is_none());
    match (otherwise, manner.decimal) {
        (None, _) => found,
        (Some(_), Decimal::Point) => Excerpt::new(&format!("{found} (decimal comma?)")),
        (Some(_), Decimal::Comma) => Excerpt::new(&format!("{found} (decimal point?)")),
    }
}

impl Question<'_> {
    /// The answer that a text means to this question, as
    /// [`read_lenient`](crate::Questionnaire::read_lenient) takes it: by its value before its
    /// spelling, and by the texts of choices and items in any language of the questionnaire.
    ///
    /// # Errors
    ///
    /// The text means nothing to this question, means two answers, or one that it does not take.
    ///
    /// ```
    /// use digital_maturity::{Answer, Code, Questionnaire};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let question = pulse.questions().next().unwrap(); // choices 1 to 5
    /// for text in ["4", " 4.0 ", "04", "+4"] {
    ///     assert_eq!(question.parse(text)?, Answer::Whole(4));
    /// }
    /// assert_eq!(question.parse("DontKnow")?, Answer::DontKnow);
    /// assert_eq!(question.parse(" ")?, Answer::Unanswered);
    /// assert_eq!(question.parse("four").unwrap_err().code(), Code::UnknownText);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn parse(&self, text: &str) -> Result<Answer, Diagnostic> {
        let refused = |problem| Refusal { item: None, problem }.of(self.id());
        let answer =
            Vocabulary::new(*self).meaning(text, &Manner::default(), Some(&Suggestions::default()));
        let answer = answer.map_err(refused)?;
        self.accept(&answer).map_err(|refusal| refused(refusal.problem))?;
        Ok(answer)
    }
}

/// The texts of a question's choices or items, by position.
fn texts<'q>(question: Question<'q>) -> Box<dyn Iterator<Item = &'q Text> + 'q> {
    match question.scale() {
        ScaleSpec::Choice { choices } => Box::new(choices.iter().map(|choice| &choice.text)),
        ScaleSpec::Checklist { items } => Box::new(items.iter().map(|item| &item.text)),
        ScaleSpec::YesNo | ScaleSpec::Measure { .. } => Box::new(std::iter::empty()),
    }
}
