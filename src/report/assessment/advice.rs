//! What to do first.

use crate::answers::Answer;
use crate::assessment::Assessment;
use crate::pillar::Pillar;
use crate::questionnaire::ScaleSpec;
use crate::raises::Advice;
use crate::report::Report;
use crate::report::content::{Block, Line, List, heading, labelled, plain};
use crate::words::Words;

impl Report<'_, Assessment> {
    pub(super) fn first_steps(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let all = self.of.sheet().advice();
        let scored = self.of.score().is_some();
        let order = if scored { &words.first_steps_order } else { &words.first_steps_unscored };
        let mut blocks = vec![heading(2, &words.first_steps)];
        if all.is_empty() {
            blocks.push(Block::Paragraph(plain(&*words.no_advice)));
            return blocks;
        }
        let mut intro = order.to_string();
        if self.more.advice < all.len() {
            let of =
                [("shown", &*self.more.advice.to_string()), ("count", &*all.len().to_string())];
            intro = format!("{intro} {}", Words::fill(&words.shown_of, &of));
        }
        blocks.push(Block::Paragraph(plain(intro)));
        let items = all.iter().take(self.more.advice).map(|advice| self.piece_of_advice(advice));
        blocks.push(Block::List(List { ordered: true, items: items.collect() }));
        blocks
    }

    fn piece_of_advice<'r>(&'r self, advice: &Advice<'r>) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let question = advice.question;
        let mut lines = vec![vec![self.question_title(question)]];
        lines.push(labelled(&words.today, self.setting.answer(question.scale(), &advice.answer)));
        let (_, text) = question.said(&advice.answer);
        let (next, _) = question.said(&advice.next);
        if let Some(text) = text {
            lines.push(labelled(&words.advice, vec![self.setting.quoted(text)]));
        } else if let (ScaleSpec::Checklist { items }, Answer::Items(ticked)) =
            (question.scale(), &advice.answer)
        {
            let missing = items.iter().filter(|item| !ticked.contains(&item.id));
            lines.push(labelled(&words.still_missing, self.setting.items("", missing)));
        } else if let Some(text) = next {
            lines.push(labelled(&words.next_level, vec![self.setting.quoted(text)]));
        }
        let mut effect = words.pillar(question.pillar()).to_owned();
        if let (Some(step), Some(full)) = (advice.step, advice.full) {
            let of = [("step", &*words.gained(step)), ("full", &*words.gained(full))];
            effect = format!("{effect} \u{b7} {}", Words::fill(&words.effect, &of));
        }
        if self.holds_back(question.pillar()) {
            effect = format!("{effect} {}", words.helps_stage);
        }
        lines.push(plain(effect));
        lines
    }

    /// Whether a pillar alone is below what the next stage asks of every pillar.
    fn holds_back(&self, pillar: Pillar) -> bool {
        self.of
            .next_stage()
            .is_some_and(|next| next.unmet.iter().any(|unmet| unmet.pillar == Some(pillar)))
    }
}
