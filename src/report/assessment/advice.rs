//! What to do first.

use crate::answers::Answer;
use crate::assessment::Assessment;
use crate::pillar::Pillar;
use crate::questionnaire::ScaleSpec;
use crate::raises::Advice;
use crate::report::Report;
use crate::report::content::{Content, DOT, Line, joined, labelled, plain};
use crate::words::fill;

impl Report<'_, Assessment> {
    pub(super) fn first_steps<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        let (all, most) = (self.of.sheet().advice(), self.more.advice);
        page.section(&words.first_steps);
        if all.is_empty() {
            page.say(&words.no_advice);
            return;
        }
        let scored = self.of.score().is_some();
        let order = if scored { &words.first_steps_order } else { &words.first_steps_unscored };
        if most < all.len() {
            let shown = fill!(words.shown_of, shown = most, count = all.len());
            page.say(&format!("{order} {shown}"));
        } else {
            page.say(order);
        }
        page.list(true, all.iter().take(most).map(|advice| self.piece_of_advice(advice)));
    }

    fn piece_of_advice<'r>(&'r self, advice: &Advice<'r>) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let (question, scale) = (advice.question, advice.question.scale());
        let (answer, next) = (advice.answer(), advice.next());
        let mut lines = vec![vec![self.question_title(question)]];
        lines.push(labelled(&words.today, self.setting.answer(scale, &answer)));
        let ((_, text), (next, _)) = (answer.said(scale), next.said(scale));
        if let Some(text) = text {
            lines.push(labelled(&words.advice, vec![self.setting.quoted(text)]));
        } else if let (ScaleSpec::Checklist { items }, Answer::Items(ticked)) = (scale, &answer) {
            let missing = items.iter().filter(|item| !ticked.contains(&item.id));
            let missing = joined(missing.map(|item| vec![self.setting.quoted(&item.text)]));
            lines.push(labelled(&words.still_missing, missing));
        } else if let Some(text) = next {
            lines.push(labelled(&words.next_level, vec![self.setting.quoted(text)]));
        }
        let mut effect = words.pillar(question.pillar()).to_owned();
        if let (Some(step), Some(full)) = (advice.step, advice.full) {
            effect.push_str(DOT);
            let (step, full) = (words.gained(step), words.gained(full));
            effect.push_str(&fill!(words.effect, step = step, full = full));
        }
        if self.holds_back(question.pillar()) {
            effect = format!("{effect} {}", words.helps_stage);
        }
        lines.push(plain(&effect));
        lines
    }

    /// Whether a pillar alone is below what the next stage asks of every pillar.
    fn holds_back(&self, pillar: Pillar) -> bool {
        self.of
            .next_stage()
            .is_some_and(|next| next.unmet.iter().any(|unmet| unmet.pillar == Some(pillar)))
    }
}
