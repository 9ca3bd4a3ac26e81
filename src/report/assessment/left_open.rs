//! What was left open.

use crate::answers::AnswerState;
use crate::assessment::Assessment;
use crate::questionnaire::Question;
use crate::report::Report;
use crate::report::content::{Block, List, heading, plain};

impl Report<'_, Assessment> {
    pub(super) fn left_open(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let mut blocks = vec![heading(2, &words.left_open)];
        for (state, name) in [
            (AnswerState::DontKnow, &words.dont_know),
            (AnswerState::Unanswered, &words.unanswered),
            (AnswerState::NotApplicable, &words.not_applicable),
            (AnswerState::NotAsked, &words.not_asked),
        ] {
            let found = self.in_state(state);
            if found.is_empty() {
                continue;
            }
            blocks.push(heading(3, name));
            let items = found.into_iter().map(|question| {
                let mut lines = vec![vec![self.question_title(question)]];
                lines.extend(self.comment(question));
                lines
            });
            blocks.push(Block::List(List { ordered: false, items: items.collect() }));
        }
        if blocks.len() == 1 {
            blocks.push(Block::Paragraph(plain(&*words.nothing_open)));
        }
        blocks
    }

    /// The questions in that state, in the order of the questionnaire.
    pub(super) fn in_state(&self, state: AnswerState) -> Vec<Question<'_>> {
        let questions = self.of.questions();
        questions
            .filter(|(_, result)| result.state == state)
            .map(|(question, _)| question)
            .collect()
    }
}
