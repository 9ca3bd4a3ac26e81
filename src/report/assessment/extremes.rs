//! What stands out among the answers.

use std::cmp::Reverse;

use crate::answers::AnswerState;
use crate::assessment::{Assessment, QuestionResult};
use crate::number::Score;
use crate::questionnaire::Question;
use crate::report::Report;
use crate::report::content::{Content, DOT, plain};

/// How many answers stand out at each end.
const EXTREMES: usize = 5;

type Asked<'r> = (Question<'r>, QuestionResult);

impl Report<'_, Assessment> {
    pub(super) fn strengths_and_weaknesses<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        let (high, low) = self.extremes();
        page.section(&words.extremes);
        let scored = self.of.score().is_some();
        page.say(if scored { &words.extremes_by } else { &words.extremes_by_half });
        for (name, found) in [(&words.strengths, high), (&words.weaknesses, low)] {
            page.heading(name);
            if found.is_empty() {
                page.say(&words.none_stands_out);
                continue;
            }
            page.list(
                false,
                found.into_iter().map(|(question, result)| {
                    let mut lines = self.answered(question);
                    let (pillar, credit) = (words.pillar(question.pillar()), &words.credit);
                    let earned = words.score(result.credit.unwrap_or_default());
                    lines.push(plain(&format!("{pillar}{DOT}{credit}: {earned}")));
                    lines
                }),
            );
        }
    }

    /// The answers that stand above and below the overall (or one half, where there is none): the
    /// highest and the lowest credits, ties in the order of the questionnaire.
    fn extremes(&self) -> (Vec<Asked<'_>>, Vec<Asked<'_>>) {
        let middle = self.of.score().unwrap_or(Score::tenths(5));
        let answered = || {
            let questions = self.of.questions();
            questions.filter(|(question, result)| {
                result.state == AnswerState::Answered && !question.weight().is_zero()
            })
        };
        let mut high: Vec<_> = answered().filter(|(_, r)| r.credit > Some(middle)).collect();
        let mut low: Vec<_> = answered().filter(|(_, r)| r.credit < Some(middle)).collect();
        high.sort_by_key(|(_, result)| Reverse(result.credit));
        low.sort_by_key(|(_, result)| result.credit);
        high.truncate(EXTREMES);
        low.truncate(EXTREMES);
        (high, low)
    }
}
