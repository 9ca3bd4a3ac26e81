//! What was left open.

use crate::answers::AnswerState;
use crate::assessment::Assessment;
use crate::report::Report;
use crate::report::content::{Content, Line};

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
                    let title = vec![self.question_title(question)];
                    [title].into_iter().chain(self.comment(question)).collect()
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
}
