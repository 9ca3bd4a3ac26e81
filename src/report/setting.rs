//! How a report speaks: its fixed words, which of the texts of a questionnaire it takes, and whom
//! it is about.

use std::borrow::Cow;

use super::content::{Inline, Line, Quoted, plain, quoted};
use crate::answers::Answer;
use crate::questionnaire::{BandSpec, ItemSpec, ScaleSpec};
use crate::text::Text;
use crate::words::Words;

/// Fixed words, the language in which texts are taken from the questionnaire, and a name.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a> {
    /// As asked for; without it, texts come in their default.
    language: Option<Cow<'a, str>>,
    pub(super) words: &'a Words,
    /// Whom it is about, if that is given.
    pub(super) about: Option<Cow<'a, str>>,
}

impl<'a> Setting<'a> {
    pub(super) fn english() -> Self {
        Self { language: None, words: Words::english(), about: None }
    }

    pub(super) fn speak(&mut self, language: Cow<'a, str>) {
        self.words = Words::for_language(&language);
        self.language = Some(language);
    }

    pub(super) fn quoted<'r>(&self, text: &'r Text) -> Inline<'r> {
        Inline::Quoted(self.text_of(text))
    }

    pub(super) fn text_of<'r>(&self, text: &'r Text) -> Quoted<'r> {
        quoted(text, self.language.as_deref())
    }

    /// The answer to a question of that scale, in words.
    pub(super) fn answer<'r>(&self, scale: &'r ScaleSpec, answer: &Answer) -> Line<'r> {
        let words = self.words;
        match (scale, answer) {
            (_, Answer::Unanswered) => plain(&*words.unanswered),
            (_, Answer::DontKnow) => plain(&*words.dont_know),
            (_, Answer::NotApplicable) => plain(&*words.not_applicable),
            (_, Answer::YesNo(true)) => plain(&*words.yes),
            (_, Answer::YesNo(false)) => plain(&*words.no),
            (ScaleSpec::Choice { choices }, Answer::Whole(value)) => {
                let choice = choices.iter().find(|choice| choice.value == *value);
                choice.map(|choice| vec![self.quoted(&choice.text)]).unwrap_or_default()
            }
            (ScaleSpec::Checklist { items }, Answer::Items(ticked)) => {
                let of = [("count", &*ticked.len().to_string()), ("all", &items.len().to_string())];
                let mut line = plain(Words::fill(&words.ticked, &of));
                line.extend(self.items(": ", items.iter().filter(|i| ticked.contains(&i.id))));
                line
            }
            (ScaleSpec::Measure { unit, bands }, Answer::Number(number)) => {
                let mut line = plain(format!("{}\u{a0}", words.measured(*number)));
                line.push(self.quoted(unit));
                let band = BandSpec::of(bands, *number);
                if let Some(text) = band.and_then(|band| band.text.as_ref()) {
                    line.extend([Inline::Plain(". ".to_owned()), self.quoted(text)]);
                }
                line
            }
            // Not an answer of that scale: as it was given.
            (_, Answer::Whole(number)) => vec![Inline::Code(number.to_string())],
            (_, Answer::Number(number)) => vec![Inline::Code(words.measured(*number))],
            (_, Answer::Items(ids)) => vec![Inline::Code(ids.join(", "))],
        }
    }

    /// The texts of items, one after the other.
    pub(super) fn items<'r>(
        &self,
        before: &str,
        items: impl Iterator<Item = &'r ItemSpec>,
    ) -> Line<'r> {
        let text = |(at, item): (usize, &'r ItemSpec)| {
            let between = if at == 0 { before } else { " \u{b7} " };
            [Inline::Plain(between.to_owned()), self.quoted(&item.text)]
        };
        items.enumerate().flat_map(text).collect()
    }
}
