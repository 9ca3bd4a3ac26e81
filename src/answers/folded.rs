//! A sheet as it is kept where there are many: what nobody answered takes no room.

use std::collections::BTreeMap;

use super::given::{Given, Mark};
use super::sheet::AnswerSheet;
use crate::date::Date;
use crate::diagnostic::Warnings;
use crate::questionnaire::Questionnaire;

/// What a sheet says, without its questionnaire.
#[derive(Clone, Debug)]
pub(crate) struct Folded {
    /// Ascending by position.
    said: Box<[GivenAt]>,
    pub(super) comments: BTreeMap<usize, String>,
    pub(super) respondent: Option<String>,
    pub(super) taken: Option<Date>,
    pub(super) sequence: Option<i64>,
    pub(super) warnings: Warnings,
}

/// What is said to the question at a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GivenAt {
    pub(crate) position: usize,
    pub(crate) given: Given,
    pub(crate) mark: Mark,
}

/// As for sheets of one questionnaire: what was noticed when they were read makes no difference.
impl PartialEq for Folded {
    fn eq(&self, other: &Self) -> bool {
        self.said == other.said
            && self.comments == other.comments
            && self.respondent == other.respondent
            && self.taken == other.taken
            && self.sequence == other.sequence
    }
}

impl Folded {
    /// The sheet again, of the questionnaire that it was of.
    pub(crate) fn sheet(&self, questionnaire: &Questionnaire) -> AnswerSheet {
        let mut sheet = questionnaire.sheet();
        for said in &self.said {
            sheet.put(said.position, (said.given, said.mark));
        }
        sheet.comments.clone_from(&self.comments);
        sheet.respondent.clone_from(&self.respondent);
        (sheet.taken, sheet.sequence) = (self.taken, self.sequence);
        sheet.warnings = self.warnings.clone();
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
        let AnswerSheet { comments, respondent, taken, sequence, warnings, .. } = sheet;
        Self { said, comments, respondent, taken, sequence, warnings }
    }
}
