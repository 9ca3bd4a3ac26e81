//! The stage, and why not one higher.

use crate::assessment::{Assessment, Gap, Rating};
use crate::number::Score;
use crate::report::Report;
use crate::report::content::{Block, Inline, heading, plain, row, sentence, table};
use crate::words::Words;

impl Report<'_, Assessment> {
    pub(super) fn opening(&self) -> Vec<Block<'_>> {
        let (words, sheet) = (self.catalogue(), self.of.sheet());
        let title = self.setting.quoted(self.questionnaire.title());
        let mut below = vec![title];
        if let Some(name) = &self.setting.about {
            below.extend([Inline::Plain(" \u{b7} ".to_owned()), Inline::Quoted((&**name).into())]);
        } else if let Some(respondent) = sheet.respondent() {
            below.push(Inline::Plain(" \u{b7} ".to_owned()));
            let respondent = Inline::Quoted(respondent.into());
            below.extend(sentence(&words.answers_by, &[("respondent", respondent)]));
        }
        if let Some(date) = sheet.taken() {
            below.push(Inline::Plain(format!(" \u{b7} {}", words.day(date))));
        }
        let counts = self.counts();
        let asked = counts.asked().to_string();
        let answered = counts.answered.to_string();
        let mut blocks =
            vec![heading(1, &words.report), Block::Paragraph(below), heading(2, &words.standing)];
        let mut based = match self.of.overall() {
            Rating::Scored { score, stage } => {
                let number = stage.number().to_string();
                let named = [("number", &*number), ("stage", words.stage(stage))];
                blocks.push(Block::Lead(plain(Words::fill(&words.stage_of, &named))));
                blocks.push(Block::Paragraph(plain(words.meaning(stage))));
                let score = Inline::Strong(words.score(score));
                let asked = Inline::Plain(asked);
                let of =
                    [("score", score), ("answered", Inline::Plain(answered)), ("asked", asked)];
                sentence(&words.overall_score, &of)
            }
            Rating::NotScorable(pillars) => {
                let names: Vec<&str> = pillars.iter().map(|p| words.pillar(p)).collect();
                let pillars = Inline::Strong(names.join(&words.and));
                blocks.push(Block::Lead(plain(&*words.no_stage)));
                blocks.push(Block::Paragraph(sentence(&words.not_scored, &[("pillars", pillars)])));
                let of = [("answered", &*answered), ("asked", &*asked)];
                plain(Words::fill(&words.answered_of, &of))
            }
        };
        let left_out = counts.not_applicable + counts.not_asked;
        if left_out > 0 {
            let count = left_out.to_string();
            let sentence = Words::fill(&words.left_out, &[("count", &count)]);
            based.push(Inline::Plain(format!(" {sentence}")));
        }
        blocks.push(Block::Paragraph(based));
        blocks.push(self.ladder().into());
        blocks
    }

    /// What blocks the next stage, or what to answer so that there is one at all.
    pub(super) fn why_not(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        if let Rating::NotScorable(pillars) = self.of.overall() {
            let mut blocks = vec![heading(2, &words.answer_first)];
            for pillar in pillars.iter() {
                blocks.push(heading(3, words.pillar(pillar)));
                blocks.extend(self.to_make_scorable(pillar));
            }
            return blocks;
        }
        let mut blocks = vec![heading(2, &words.why_not)];
        let Some(next) = self.of.next_stage() else {
            blocks.push(Block::Paragraph(plain(&*words.top)));
            return blocks;
        };
        let stage = Inline::Strong(words.stage(next.stage).to_owned());
        let mut line = sentence(&words.next_stage, &[("stage", stage)]);
        line.push(Inline::Plain(format!(" {}", words.meaning(next.stage))));
        blocks.push(Block::Paragraph(line));
        let unmet = |unmet: &Gap| {
            let score = |score: Option<Score>| score.unwrap_or_default();
            let cells = vec![
                words.bound(unmet.required),
                words.score(score(unmet.actual)),
                words.shortfall(score(unmet.shortfall)),
            ];
            row(plain(self.requirement(unmet)), cells)
        };
        let head = [&*words.requirement, &words.required, &words.actual, &words.missing];
        blocks.push(table(&words.blocked_by, &head, next.unmet.iter().map(unmet).collect()));
        blocks
    }
}
