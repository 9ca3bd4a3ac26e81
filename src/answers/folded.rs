//! A sheet as it is kept where there are many: what nobody answered takes no room.

use super::given::{Given, Mark};
use super::sheet::{AnswerSheet, Envelope};
use crate::questionnaire::Questionnaire;

/// What a sheet says, without its questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Folded {
    /// Ascending by position.
    said: Box<[GivenAt]>,
    envelope: Envelope,
}

/// What is said to the question at a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GivenAt {
    pub(crate) position: usize,
    pub(crate) given: Given,
    pub(crate) mark: Mark,
}

impl Folded {
    /// The sheet again, of the questionnaire that it was of.
    pub(crate) fn sheet(&self, questionnaire: &Questionnaire) -> AnswerSheet {
        let mut sheet = questionnaire.sheet();
        for said in &self.said {
            sheet.put(said.position, (said.given, said.mark));
        }
        sheet.envelope.clone_from(&self.envelope);
        sheet
    }

    /// What is answered, and what is not known or not applicable, in the order of the questions.
    pub(crate) fn said(&self) -> &[GivenAt] {
        &self.said
    }

    /// The mark of the question at a position.
    #[cfg(feature = "cohort")]
    pub(crate) fn mark(&self, position: usize) -> Mark {
        let place = self.said.binary_search_by_key(&position, |said| said.position).ok();
        place.and_then(|place| self.said.get(place)).map_or(Mark::Unanswered, |said| said.mark)
    }
}

impl From<AnswerSheet> for Folded {
    fn from(sheet: AnswerSheet) -> Self {
        let all = sheet.given.iter().zip(&sheet.marks).enumerate();
        let said = all.map(|(position, (&given, &mark))| GivenAt { position, given, mark });
        let said = said.filter(|said| said.mark != Mark::Unanswered).collect();
        Self { said, envelope: sheet.envelope }
    }
}
