//! What the answers were given by: the instructions of the questionnaire, and its words.

use crate::assessment::Assessment;
use crate::report::Report;
use crate::report::content::Content;

impl Report<'_, Assessment> {
    /// Last, for it is the same in every report on that questionnaire: to look up what a word of a
    /// question meant to those who answered it.
    pub(super) fn instructions<'r>(&'r self, page: &mut Content<'r>) {
        let (words, questionnaire) = (self.catalogue(), self.questionnaire);
        if let Some(text) = questionnaire.instructions() {
            page.section(&words.how_answered);
            page.paragraph(vec![self.setting.quoted(text)]);
        }
        let glossary = questionnaire.glossary();
        if !glossary.is_empty() {
            page.section(&words.what_words_mean);
            let explained = glossary.iter().map(|entry| {
                vec![
                    vec![self.setting.quoted(&entry.term)],
                    vec![self.setting.quoted(&entry.meaning)],
                ]
            });
            page.list(false, explained);
        }
    }
}
