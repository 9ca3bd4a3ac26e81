//! Reports on what one asks of results: the way up, what changed, what is open, how firm it is, how
//! it compares, and how many come out.

mod comparison;
mod history;
mod outlook;
mod panel;
mod portfolio;
mod roadmap;
mod robustness;

#[cfg(feature = "cohort")]
mod benchmark;
#[cfg(feature = "cohort")]
mod cohort;

#[cfg(feature = "cohort")]
pub use cohort::CohortPicture;
#[cfg(feature = "intervals")]
pub use cohort::StudyTable;

use super::content::{Block, Content, Inline, Line, joined, labelled, plain};
use super::{Report, Subject};
use crate::questionnaire::Question;
use crate::words::Said;

impl<S: Subject> Report<'_, S> {
    /// A page under that heading; below it stands whom it is about, as said or by these names, and
    /// the day.
    pub(super) fn page<'r>(
        &'r self,
        heading: &str,
        names: Vec<Line<'r>>,
        day: Option<Line<'r>>,
    ) -> Content<'r> {
        let title = self.questionnaire.title();
        let about =
            self.setting.about.as_deref().map(|name| vec![vec![Inline::Quoted(name.into())]]);
        let names = about.unwrap_or(names).into_iter().chain(day);
        let below = joined([vec![self.setting.quoted(title)]].into_iter().chain(names));
        let title = format!("{heading}: {}", self.setting.text_of(title).text);
        let blocks = vec![Block::Heading(1, plain(heading)), Block::Paragraph(below)];
        Content::new(self.catalogue(), title, blocks)
    }

    /// The title of a question.
    fn question<'r>(&'r self, id: &'r str) -> Inline<'r> {
        match self.questionnaire.question(id) {
            Some(question) => self.setting.quoted(question.title()),
            None => Inline::Code(id.to_owned()),
        }
    }

    /// The condition of a question, after its label.
    pub(super) fn asked_if<'r>(&'r self, question: Question<'r>) -> Option<Line<'r>> {
        let words = self.catalogue();
        let inline = |said| match said {
            Said::Words(words) => Inline::Plain(words),
            Said::Text(text) => self.setting.quoted(text),
        };
        let condition = words.condition(question)?.into_iter().map(inline).collect();
        Some(labelled(&words.asked_if, condition))
    }

    /// The title of a theme.
    fn theme<'r>(&'r self, id: &'r str) -> Inline<'r> {
        match self.questionnaire.themes().iter().find(|theme| theme.id == id) {
            Some(theme) => self.setting.quoted(&theme.title),
            None => Inline::Code(id.to_owned()),
        }
    }

    /// The families in the order of the questionnaire, then those that no document lists in the order of their
    /// themes: each its id with its title, or with its id where it has none.
    pub(super) fn families(&self) -> Vec<(&str, Inline<'_>)> {
        let listed = self.questionnaire.families().iter();
        let mut families: Vec<(&str, Inline<'_>)> =
            listed.map(|family| (family.id.as_str(), self.setting.quoted(&family.title))).collect();
        for theme in self.questionnaire.themes() {
            if !families.iter().any(|(id, _)| *id == theme.family) {
                families.push((&theme.family, Inline::Code(theme.family.clone())));
            }
        }
        families
    }

    /// What the figures rest on.
    fn rests_on(&self, page: &mut Content<'_>, notes: &[&str]) {
        page.section(&page.words.basis);
        for note in notes {
            page.say(note);
        }
        page.blocks.push(Block::Facts(self.identity()));
    }

    /// Which questionnaire was answered.
    pub(super) fn identity<'r>(&self) -> Vec<(String, Line<'r>)> {
        let (words, questionnaire) = (self.catalogue(), self.questionnaire);
        let named = format!("{} {}", questionnaire.id(), questionnaire.version());
        let fingerprint = questionnaire.fingerprint().to_string();
        vec![
            (words.questionnaire.to_string(), vec![Inline::Code(named)]),
            (words.fingerprint.to_string(), vec![Inline::Code(fingerprint)]),
        ]
    }
}
