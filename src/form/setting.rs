//! The questionnaire and the language that its form is in.

use crate::questionnaire::Questionnaire;
use crate::text::Text;
use crate::words::Words;

/// The questionnaire and the language that its form is in.
#[derive(Clone, Debug)]
pub(super) struct Setting<'f> {
    pub(super) questionnaire: &'f Questionnaire,
    pub(super) words: &'f Words,
    /// The language that texts are looked up in.
    pub(super) wanted: String,
}

impl<'f> Setting<'f> {
    pub(super) fn new(questionnaire: &'f Questionnaire, wanted: &str, words: &'f Words) -> Self {
        Self { questionnaire, words, wanted: wanted.to_owned() }
    }

    pub(super) fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.get(&self.wanted)
    }

    /// The language that a text is found in, where it is not that of the words; empty if it is not
    /// known.
    pub(super) fn language_of<'t>(&self, text: &'t Text) -> Option<&'t str>
    where
        'f: 't,
    {
        let default = self.questionnaire.language().unwrap_or_default();
        self.words.found(text, Some(&self.wanted), Some(default)).1
    }
}

pub(super) fn yes_or_no(words: &Words, yes: bool) -> &str {
    if yes { &words.yes } else { &words.no }
}
