//! Reports on what one asks of results: the way up, what changed, what is open, how firm it is, how
//! it compares, and how many come out.

mod comparison;
mod history;
mod outlook;
mod roadmap;
mod robustness;

#[cfg(feature = "cohort")]
mod benchmark;
#[cfg(feature = "cohort")]
mod cohort;

use super::content::{Block, Content, Inline, plain};
use super::{Report, Subject};

impl<S: Subject> Report<'_, S> {
    /// A page under that heading; below it stands whom it is about, as said or by these names.
    fn page<'r>(
        &'r self,
        heading: &str,
        names: Vec<Inline<'r>>,
        blocks: Vec<Block<'r>>,
    ) -> Content<'r> {
        let title = self.questionnaire.title();
        let mut below = vec![self.setting.quoted(title)];
        let about = self.setting.about.as_deref().map(|name| vec![Inline::Quoted(name.into())]);
        for name in about.unwrap_or(names) {
            below.extend([Inline::Plain(" \u{b7} ".to_owned()), name]);
        }
        let mut all = vec![Block::Heading(1, plain(heading)), Block::Paragraph(below)];
        all.extend(blocks);
        let title = format!("{heading}: {}", self.setting.text_of(title).text);
        Content { words: self.catalogue(), title, blocks: all, width: 80 }
    }

    /// The title of a question.
    fn question<'r>(&'r self, id: &'r str) -> Inline<'r> {
        match self.questionnaire.question(id) {
            Some(question) => self.setting.quoted(question.title()),
            None => Inline::Code(id.to_owned()),
        }
    }

    /// The title of a theme.
    fn theme<'r>(&'r self, id: &'r str) -> Inline<'r> {
        match self.questionnaire.themes().iter().find(|theme| theme.id == id) {
            Some(theme) => self.setting.quoted(&theme.title),
            None => Inline::Code(id.to_owned()),
        }
    }

    /// What the figures rest on.
    fn rests_on<'r>(&'r self, notes: &[&str]) -> Vec<Block<'r>> {
        let mut blocks = vec![Block::Heading(2, plain(&*self.catalogue().basis))];
        blocks.extend(notes.iter().map(|note| Block::Paragraph(plain(*note))));
        blocks.push(self.identity());
        blocks
    }

    fn identity<'r>(&self) -> Block<'r> {
        let (words, questionnaire) = (self.catalogue(), self.questionnaire);
        let named = format!("{} {}", questionnaire.id(), questionnaire.version());
        let fingerprint = questionnaire.fingerprint().to_string();
        Block::Facts(vec![
            (words.questionnaire.to_string(), vec![Inline::Code(named)]),
            (words.fingerprint.to_string(), vec![Inline::Code(fingerprint)]),
        ])
    }
}
