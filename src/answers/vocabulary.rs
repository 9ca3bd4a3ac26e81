//! What a text means for a question: the words of a cell, wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::accept::{Refusal, expected};
use super::answer::Answer;
use crate::diagnostic::{Diagnostic, Excerpt, Problem, Suggestions};
use crate::document::{Node, whole};
use crate::questionnaire::{NonAnswer, Question, Scale, ScaleSpec};
use crate::text::{Text, as_seen, in_one_case};

/// Yes in forms and spreadsheets, in one case and letters in their parts: of English, German,
/// French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Polish, Czech, Finnish
/// and Hungarian. No word is yes in one language and no in another.
const YES: [&str; 35] = [
    "1",
    "true",
    "yes",
    "y",
    "on",
    "checked",
    "x",
    "wahr",
    "ja",
    "j",
    "vrai",
    "oui",
    "verdadero",
    "si",
    "si\u{301}",
    "vero",
    "si\u{300}",
    "verdadeiro",
    "sim",
    "waar",
    "sand",
    "sandt",
    "sann",
    "sant",
    "tak",
    "prawda",
    "ano",
    "pravda",
    "kylla\u{308}",
    "tosi",
    "igen",
    "igaz",
    "✓",
    "✔",
    "☑",
];

/// No, likewise.
const NO: [&str; 30] = [
    "0",
    "false",
    "no",
    "n",
    "off",
    "unchecked",
    "falsch",
    "nein",
    "faux",
    "non",
    "falso",
    "na\u{303}o",
    "nee",
    "onwaar",
    "nej",
    "nei",
    "falsk",
    "falskt",
    "usann",
    "usant",
    "nie",
    "fa\u{142}sz",
    "ne",
    "nepravda",
    "ei",
    "epa\u{308}tosi",
    "nem",
    "hamis",
    "☐",
    "✗",
];

/// What the texts of one question's choices or items are, looked up as a reader sees them.
///
/// To make it takes as long as to read all of them once; to look a text up takes as long as to
/// read that text.
#[derive(Debug)]
pub(crate) struct Vocabulary<'q> {
    question: Question<'q>,
    /// The positions of the choices or items with that text, as seen.
    seen: BTreeMap<String, BTreeSet<usize>>,
    /// The same in one case.
    in_one_case: BTreeMap<String, BTreeSet<usize>>,
}

impl<'q> Vocabulary<'q> {
    pub(crate) fn new(question: Question<'q>) -> Self {
        let mut vocabulary = Self { question, seen: BTreeMap::new(), in_one_case: BTreeMap::new() };
        for (position, text) in texts(question).enumerate() {
            for text in std::iter::once(&text.default).chain(text.translations.values()) {
                let seen = as_seen(text);
                let in_one_case = in_one_case(&seen);
                vocabulary.in_one_case.entry(in_one_case).or_default().insert(position);
                vocabulary.seen.entry(seen).or_default().insert(position);
            }
        }
        vocabulary
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
        suggestions: Option<&Suggestions>,
    ) -> Result<Answer, Problem> {
        let seen = as_seen(text);
        if seen.is_empty() {
            return Ok(Answer::Unanswered);
        }
        let cased = in_one_case(&seen);
        let state = match cased.as_str() {
            "not_applicable" => Some(NonAnswer::NotApplicable),
            "dont_know" | "dontknow" => Some(NonAnswer::DontKnow),
            _ => None,
        };
        let number = number(&seen);
        let other = || Problem::WrongType {
            expected: expected(self.question.scoring()),
            found: Node::Text(text.into()).describe(),
        };
        let by_value = match self.question.scoring() {
            Scale::YesNo { .. } => {
                let state = state.map(Answer::from);
                return state.or_else(|| yes_or_no(&seen).map(Answer::from)).ok_or_else(other);
            }
            Scale::Measure(_) => {
                return state.map(Answer::from).or(number).ok_or_else(other);
            }
            Scale::Choice(choices) => {
                let value = number.as_ref().and_then(Answer::whole);
                choices.iter().position(|(of_choice, _)| Some(*of_choice) == value)
            }
            Scale::Checklist(items) => items.iter().position(|item| item.id == cased),
        };
        let by_text = self.seen.get(&seen).or_else(|| self.in_one_case.get(&cased));
        let found: BTreeSet<usize> =
            by_text.into_iter().flatten().copied().chain(by_value).collect();
        match (found.first(), state) {
            (Some(position), None) if found.len() == 1 => self.answer(*position).ok_or_else(other),
            (Some(_), _) => {
                let positions = found.iter().map(|position| self.name(*position));
                let names: Vec<String> =
                    positions.chain(state.map(|state| state.as_str().to_owned())).collect();
                let answers = Excerpt::new(&names.join(", "));
                Err(Problem::AmbiguousText { found: Excerpt::new(text), answers })
            }
            (None, Some(state)) => Ok(state.into()),
            // A number that is no choice's is told as such.
            (None, None) => number
                .filter(|_| !self.is_checklist())
                .ok_or_else(|| self.unknown(text, suggestions)),
        }
    }

    /// What is wrong with a text that means nothing.
    fn unknown(&self, text: &str, suggestions: Option<&Suggestions>) -> Problem {
        // What is not shown is not put together.
        let shown = if suggestions.is_some() { texts(self.question).count() } else { 0 };
        let names: Vec<String> = (0..shown).map(|position| self.name(position)).collect();
        let ids = if self.is_checklist() { names.as_slice() } else { &[] };
        let known = texts(self.question)
            .flat_map(|text| std::iter::once(&text.default).chain(text.translations.values()));
        let known = ids.iter().chain(known).map(String::as_str);
        let suggestion =
            suggestions.and_then(|of| of.nearest(text.trim(), known)).map(str::to_owned);
        if self.is_checklist() {
            return Problem::UnknownItem { id: Excerpt::new(text), suggestion };
        }
        let choices = Excerpt::new(&names.join(", "));
        Problem::UnknownText { found: Excerpt::new(text), choices, suggestion }
    }

    fn is_checklist(&self) -> bool {
        matches!(self.question.scoring(), Scale::Checklist(_))
    }

    /// The answer that is the choice or item at `position`, alone.
    fn answer(&self, position: usize) -> Option<Answer> {
        match self.question.scoring() {
            Scale::Choice(choices) => choices.get(position).map(|(value, _)| (*value).into()),
            Scale::Checklist(items) => {
                items.get(position).map(|item| Answer::Items(vec![item.id.clone()]))
            }
            Scale::YesNo { .. } | Scale::Measure(_) => None,
        }
    }

    /// The value of the choice or the id of the item at `position`.
    fn name(&self, position: usize) -> String {
        match self.question.scoring() {
            Scale::Choice(choices) => choices.get(position).map(|(value, _)| value.to_string()),
            Scale::Checklist(items) => items.get(position).map(|item| item.id.clone()),
            Scale::YesNo { .. } | Scale::Measure(_) => None,
        }
        .unwrap_or_default()
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
            Vocabulary::new(*self).meaning(text, Some(&Suggestions::default())).map_err(refused)?;
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

/// The yes or no that a text [as seen](as_seen) is.
pub(super) fn yes_or_no(seen: &str) -> Option<bool> {
    let cased = in_one_case(seen);
    match number(seen).as_ref().and_then(Answer::whole) {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ if YES.contains(&cased.as_str()) => Some(true),
        _ if NO.contains(&cased.as_str()) => Some(false),
        _ => None,
    }
}

/// The number that a text [as seen](as_seen) is, by its value: signs, leading zeros, a fraction and
/// an exponent are spelling. `inf` and `nan` are words and no numbers.
fn number(seen: &str) -> Option<Answer> {
    let numeric = |b: u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
    if !seen.bytes().all(numeric) {
        return None;
    }
    if let Ok(integer) = seen.parse() {
        return Some(Answer::Whole(integer));
    }
    let number: f64 = seen.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(whole(number).map_or(Answer::Number(number), Answer::Whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_for_yes_and_no_are_as_texts_are_looked_up_and_no_word_is_both() {
        for word in YES.iter().chain(&NO) {
            assert_eq!(in_one_case(&as_seen(word)), *word);
            assert!(!(YES.contains(word) && NO.contains(word)), "{word}");
        }
        assert_eq!(yes_or_no("S\u{ec}").or(yes_or_no(&as_seen("S\u{ec}"))), Some(true));
    }

    #[test]
    fn a_number_is_its_value() {
        for (text, value) in [
            ("4", Some(Answer::Whole(4))),
            ("4.0", Some(Answer::Whole(4))),
            ("04", Some(Answer::Whole(4))),
            ("+4", Some(Answer::Whole(4))),
            ("-0", Some(Answer::Whole(0))),
            ("4e2", Some(Answer::Whole(400))),
            (".5", Some(Answer::Number(0.5))),
            ("12.50", Some(Answer::Number(12.5))),
            ("1e999", None),
            ("4,5", None),
            ("1 000", None),
            ("inf", None),
            ("nan", None),
            ("0x10", None),
            ("e", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(number(text), value, "{text}");
        }
    }
}
