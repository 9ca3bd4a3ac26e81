//! The stage, and why not one higher.

use crate::assessment::{Assessment, Rating};
use crate::report::Report;
use crate::report::content::{Content, Inline, plain, row, sentence};
use crate::words::fill;

impl Report<'_, Assessment> {
    pub(super) fn opening<'r>(&'r self, page: &mut Content<'r>) {
        let (words, counts) = (self.catalogue(), self.counts());
        let (answered, asked) = (counts.answered.to_string(), counts.asked().to_string());
        page.section(&words.standing);
        let mut based = match self.of.overall() {
            Rating::Scored { score, stage } => {
                let name = words.stage(stage);
                page.lead(&fill!(words.stage_of, number = stage.number(), stage = name));
                page.say(words.meaning(stage));
                let score = Inline::Strong(words.score(score));
                let [answered, asked] = [answered, asked].map(Inline::Plain);
                let of = [("score", score), ("answered", answered), ("asked", asked)];
                sentence(&words.overall_score, &of)
            }
            Rating::NotScorable(pillars) => {
                page.lead(&words.no_stage);
                let pillars = Inline::Strong(words.listed(pillars));
                page.paragraph(sentence(&words.not_scored, &[("pillars", pillars)]));
                plain(&fill!(words.answered_of, answered = answered, asked = asked))
            }
        };
        let left_out = counts.not_applicable + counts.not_asked;
        if left_out > 0 {
            based.extend(plain(&format!(" {}", fill!(words.left_out, count = left_out))));
        }
        page.paragraph(based);
        page.picture(self.ladder());
    }

    /// What blocks the next stage, or what to answer so that there is one at all.
    pub(super) fn why_not<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        if let Rating::NotScorable(pillars) = self.of.overall() {
            page.section(&words.answer_first);
            self.to_make_scorable(page, pillars.iter());
            return;
        }
        page.section(&words.why_not);
        let Some(next) = self.of.next_stage() else {
            page.say(&words.top);
            return;
        };
        let stage = Inline::Strong(words.stage(next.stage).to_owned());
        let mut line = sentence(&words.next_stage, &[("stage", stage)]);
        line.extend(plain(&format!(" {}", words.meaning(next.stage))));
        page.paragraph(line);
        let head = [&*words.requirement, &words.required, &words.actual, &words.missing];
        let rows = next.unmet.iter().map(|unmet| {
            let actual = words.score(unmet.actual.unwrap_or_default());
            let missing = words.shortfall(unmet.shortfall.unwrap_or_default());
            let cells = vec![words.bound(unmet.required), actual, missing];
            row(plain(self.requirement(unmet)), cells)
        });
        page.table(&words.blocked_by, &head, rows);
    }
}
