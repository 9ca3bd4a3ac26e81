//! How a report speaks: its fixed words, which of the texts of a questionnaire it takes, and whom
//! it is about.

use std::borrow::Cow;

use super::content::{Inline, Line, Quoted, joined, plain};
use crate::answers::Answer;
use crate::questionnaire::{BandSpec, ScaleSpec, Start};
use crate::text::Text;
use crate::words::{Words, fill};

/// Fixed words, the language in which texts are taken from the questionnaire, and a name.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a> {
    /// As asked for; without it, texts come in their default.
    language: Option<Cow<'a, str>>,
    /// That of texts in their default, where the questionnaire states it.
    default: Option<&'a str>,
    pub(super) words: &'a Words,
    /// Whom it is about, if that is given.
    pub(super) about: Option<Cow<'a, str>>,
    /// What stands before every id of a page or a picture.
    pub(super) prefix: Cow<'a, str>,
}

impl<'a> Setting<'a> {
    /// `default` is the language of texts in their default, if it is known.
    pub(super) fn english(default: Option<&'a str>) -> Self {
        let words = Words::english();
        Self { language: None, default, words, about: None, prefix: Cow::Borrowed("") }
    }

    pub(super) fn speak(&mut self, language: Cow<'a, str>) {
        self.words = Words::for_language(&language);
        self.language = Some(language);
    }

    pub(super) fn quoted<'r>(&self, text: &'r Text) -> Inline<'r>
    where
        'a: 'r,
    {
        Inline::Quoted(self.text_of(text))
    }

    /// The text for those readers. Where they asked for no language and the questionnaire states
    /// none, its texts are taken to be in that of the report.
    pub(super) fn text_of<'r>(&self, text: &'r Text) -> Quoted<'r>
    where
        'a: 'r,
    {
        let wanted = self.language.as_deref();
        let (text, language) = self.words.found(text, wanted, self.default.or(wanted.map(|_| "")));
        Quoted { text, language }
    }

    /// The answer to a question of that scale, in words.
    pub(super) fn answer<'r>(&self, scale: &'r ScaleSpec, answer: &Answer) -> Line<'r>
    where
        'a: 'r,
    {
        let words = self.words;
        match (scale, answer) {
            (_, Answer::Unanswered) => plain(&words.unanswered),
            (_, Answer::DontKnow) => plain(&words.dont_know),
            (_, Answer::NotApplicable) => plain(&words.not_applicable),
            (_, Answer::YesNo(true)) => plain(&words.yes),
            (_, Answer::YesNo(false)) => plain(&words.no),
            (ScaleSpec::Choice { .. }, Answer::Whole(_)) => {
                answer.said(scale).0.map(|text| self.quoted(text)).into_iter().collect()
            }
            (ScaleSpec::Checklist { items }, Answer::Items(ticked)) => {
                let mut line = plain(&fill!(words.ticked, count = ticked.len(), all = items.len()));
                let items = items.iter().filter(|item| ticked.contains(&item.id));
                let items = joined(items.map(|item| vec![self.quoted(&item.text)]));
                if !items.is_empty() {
                    line.extend(plain(": "));
                }
                line.extend(items);
                line
            }
            (ScaleSpec::Measure { unit, bands }, Answer::Number(number)) => {
                let shown = words.measured(*number);
                // The least number above another is shown as what it stands for.
                let shown = match BandSpec::of(bands, *number).map(|band| band.start) {
                    Some(start @ Start::Above(above)) if *number <= start.least() => {
                        fill!(words.more_than, number = words.measured(above))
                    }
                    _ => shown,
                };
                let mut line = plain(&format!("{shown}\u{a0}"));
                line.push(self.quoted(unit));
                if let (Some(text), _) = answer.said(scale) {
                    line.extend(plain(". "));
                    line.push(self.quoted(text));
                }
                line
            }
            // Not an answer of that scale: as it was given.
            (_, Answer::Whole(number)) => vec![Inline::Code(number.to_string())],
            (_, Answer::Number(number)) => vec![Inline::Code(words.measured(*number))],
            (_, Answer::Items(ids)) => vec![Inline::Code(ids.join(", "))],
        }
    }
}
