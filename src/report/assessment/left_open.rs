//! What was left open.

use std::collections::BTreeSet;

use crate::answers::AnswerState;
use crate::assessment::Assessment;
use crate::questionnaire::Question;
use crate::report::Report;
use crate::report::content::{Content, Line, joined, labelled};

impl Report<'_, Assessment> {
    pub(super) fn left_open<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        page.section(&words.left_open);
        let mut nothing = true;
        for (state, name) in [
            (AnswerState::DontKnow, &words.dont_know),
            (AnswerState::Unanswered, &words.unanswered),
            (AnswerState::NotApplicable, &words.not_applicable),
            (AnswerState::NotAsked, &words.not_asked),
        ] {
            let questions = self.of.questions().filter(|(_, result)| result.state == state);
            let titles: Vec<Vec<Line<'_>>> = questions
                .map(|(question, _)| {
                    let mut lines = vec![vec![self.question_title(question)]];
                    if state == AnswerState::NotAsked {
                        lines.extend(self.why_not_asked(question));
                    }
                    lines.extend(self.comment(question));
                    lines
                })
                .collect();
            if !titles.is_empty() {
                page.heading(name);
                page.list(false, titles);
                nothing = false;
            }
        }
        if nothing {
            page.say(&words.nothing_open);
        }
    }

    /// The condition that is not met, or where it is too long, the questions that it compares, each once.
    fn why_not_asked<'r>(&'r self, question: Question<'r>) -> Option<Line<'r>> {
        if let Some(condition) = self.asked_if(question) {
            return Some(condition);
        }
        let mut ids = question.asked_if()?.condition.questions();
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(*id));
        let named = ids.iter().filter_map(|id| self.questionnaire.question(id));
        let titles = joined(named.map(|named| vec![self.question_title(named)]));
        Some(labelled(&self.catalogue().depends_on, titles))
    }
}
