//! What a report says, first half: the stage, why not one higher, and the pillars; and the order of
//! it all.

use super::document::{Block, Content, Inline, Line, List, Row, Table, plain};
use super::figures::{Piece, pieces};
use super::words::Words;
use super::{Earlier, Report};
use crate::assessment::{Gap, Rating, Reason, StateCounts};
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::{Aggregation, Policy};
use crate::stage::Stage;

/// `template` with each `{name}` replaced by what may be a quoted text.
pub(super) fn sentence<'r>(template: &str, values: &[(&str, Inline<'r>)]) -> Line<'r> {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => Inline::Plain(text.to_owned()),
        Piece::Name(name) => match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => value.clone(),
            None => Inline::Plain(format!("{{{name}}}")),
        },
    };
    pieces(template).map(piece).collect()
}

impl Report<'_> {
    pub(super) fn catalogue(&self) -> &Words {
        self.voice.words
    }

    /// Everything that the report says, in order.
    pub(super) fn content(&self) -> Content<'_> {
        let mut blocks = self.opening();
        blocks.extend(self.why_not());
        blocks.extend(self.first_steps());
        blocks.extend(self.pillars());
        blocks.extend(self.strengths_and_weaknesses());
        blocks.extend(self.themes());
        blocks.extend(self.origin());
        blocks.extend(self.left_open());
        blocks.extend(self.basis());
        let words = self.catalogue();
        let title = self.voice.text_of(self.assessment.questionnaire().title()).text;
        Content { words, title: format!("{}: {title}", words.report), blocks }
    }

    /// How many questions are in each state.
    fn counts(&self) -> StateCounts {
        self.assessment.pillars().iter().map(|(_, result)| result.counts).sum()
    }

    fn opening(&self) -> Vec<Block<'_>> {
        let (words, sheet) = (self.catalogue(), self.assessment.sheet());
        let title = self.voice.quoted(self.assessment.questionnaire().title());
        let mut below = vec![title];
        if let Some(respondent) = sheet.respondent() {
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
        let mut blocks = vec![
            Block::Heading(1, plain(&*words.report)),
            Block::Paragraph(below),
            Block::Heading(2, plain(&*words.standing)),
        ];
        let mut based = match self.assessment.overall() {
            Rating::Scored { score, stage } => {
                let number = stage.number().to_string();
                let named = [("number", &*number), ("stage", words.of_stage(stage))];
                blocks.push(Block::Lead(plain(Words::fill(&words.stage_of, &named))));
                blocks.push(Block::Paragraph(plain(words.meaning(stage))));
                let score = Inline::Strong(words.score(score));
                let asked = Inline::Plain(asked);
                let of =
                    [("score", score), ("answered", Inline::Plain(answered)), ("asked", asked)];
                sentence(&words.overall_score, &of)
            }
            Rating::NotScorable(pillars) => {
                let names: Vec<&str> = pillars.iter().map(|p| words.of_pillar(p)).collect();
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
    fn why_not(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        if let Rating::NotScorable(pillars) = self.assessment.overall() {
            let mut blocks = vec![Block::Heading(2, plain(&*words.answer_first))];
            for pillar in pillars.iter() {
                blocks.push(Block::Heading(3, plain(words.of_pillar(pillar))));
                blocks.extend(self.to_make_scorable(pillar));
            }
            return blocks;
        }
        let mut blocks = vec![Block::Heading(2, plain(&*words.why_not))];
        let Some(next) = self.assessment.next_stage() else {
            blocks.push(Block::Paragraph(plain(&*words.top)));
            return blocks;
        };
        let stage = Inline::Strong(words.of_stage(next.stage).to_owned());
        let mut line = sentence(&words.next_stage, &[("stage", stage)]);
        line.push(Inline::Plain(format!(" {}", words.meaning(next.stage))));
        blocks.push(Block::Paragraph(line));
        let row = |unmet: &Gap| {
            let score = |score: Option<Score>| score.unwrap_or_default();
            let cells = vec![
                words.bound(unmet.required),
                words.score(score(unmet.actual)),
                words.shortfall(score(unmet.shortfall)),
            ];
            Row { sums: false, about: vec![plain(self.requirement(unmet))], cells }
        };
        let head = [&words.requirement, &words.required, &words.actual, &words.missing];
        blocks.push(Block::Table(Table {
            caption: words.blocked_by.to_string(),
            head: head.map(ToString::to_string).to_vec(),
            rows: next.unmet.iter().map(row).collect(),
        }));
        blocks
    }

    /// What an unmet requirement is about.
    pub(super) fn requirement(&self, unmet: &Gap) -> &str {
        match unmet.pillar {
            None => &self.voice.words.overall,
            Some(pillar) => self.voice.words.of_pillar(pillar),
        }
    }

    /// Why a pillar has no score, and what to answer to give it one.
    fn to_make_scorable(&self, pillar: Pillar) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let Some(reason) = self.reason(pillar) else { return Vec::new() };
        let (count, questions) = self.to_answer(pillar);
        let covered = self.assessment.pillar(pillar).standing.coverage.unwrap_or_default();
        let minimum = self.assessment.questionnaire().method().minimum_coverage;
        let values = [
            ("coverage", &*words.coverage(covered)),
            ("minimum", &*words.bound(minimum)),
            ("count", &*count.to_string()),
        ];
        let mut paragraph = plain(Words::fill(words.reason(reason), &values));
        if reason == Reason::NothingApplicable && questions.is_empty() {
            paragraph = plain(&*words.not_scorable);
        }
        let titles =
            questions.into_iter().map(|question| vec![vec![self.question_title(question)]]);
        let items = titles.collect();
        vec![Block::Paragraph(paragraph), Block::List(List { ordered: false, items })]
    }

    fn pillars(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let mut head =
            [&words.pillar, &words.score, &words.stage, &words.coverage, &words.answered]
                .map(ToString::to_string)
                .to_vec();
        let earlier = match &self.earlier {
            Some(Earlier::Comparable { taken, pillars, overall }) => {
                head.push(self.voice.earlier(*taken));
                Some((pillars, *overall))
            }
            _ => None,
        };
        if self.target.is_some() {
            head.push(words.target.to_string());
        }
        let dash = || "\u{2013}".to_owned();
        let row = |pillar: Pillar| {
            let result = self.assessment.pillar(pillar);
            let counts = result.counts;
            let asked = counts.asked().to_string();
            let of = [("part", &*counts.answered.to_string()), ("whole", &*asked)];
            let (score, stage) = match result.standing.rating {
                Rating::Scored { score, stage } => {
                    (words.score(score), words.of_stage(stage).to_owned())
                }
                Rating::NotScorable(_) => (words.not_scorable.to_string(), dash()),
            };
            let coverage = result.standing.coverage.map_or_else(dash, |c| words.coverage(c));
            let mut cells = vec![score, stage, coverage, Words::fill(&words.of, &of)];
            if let Some((pillars, _)) = earlier {
                cells.push(pillars[pillar].map_or_else(dash, |score| words.score(score)));
            }
            cells.extend(self.target.map(|target| words.bound(target[pillar])));
            Row { sums: false, about: vec![plain(words.of_pillar(pillar))], cells }
        };
        let mut rows: Vec<Row<'_>> = Pillar::ALL.into_iter().map(row).collect();
        let counts = self.counts();
        let asked = counts.asked().to_string();
        let of = [("part", &*counts.answered.to_string()), ("whole", &*asked)];
        let score = self.assessment.score().map(|score| words.score(score));
        let stage = self.assessment.stage().map(|stage| words.of_stage(stage).to_owned());
        let mut cells = vec![
            score.unwrap_or_else(|| words.not_scorable.to_string()),
            stage.unwrap_or_else(dash),
            dash(),
            Words::fill(&words.of, &of),
        ];
        if let Some((_, overall)) = earlier {
            cells.push(overall.map_or_else(dash, |score| words.score(score)));
        }
        cells.extend(self.target.map(|_| dash()));
        rows.push(Row { sums: true, about: vec![plain(&*words.overall)], cells });

        let mut blocks = vec![
            Block::Heading(2, plain(&*words.pillars)),
            self.radar().into(),
            Block::Table(Table { caption: words.pillar_scores.to_string(), head, rows }),
            Block::Paragraph(plain(&*words.pillar_stage)),
        ];
        if let Some(Earlier::Other { id, version }) = &self.earlier {
            let of = [("id", &**id), ("version", &**version)];
            blocks.push(Block::Paragraph(plain(Words::fill(&words.other_questionnaire, &of))));
        }
        // Where there is an overall, a pillar without a score is one that does not count in it.
        if self.assessment.score().is_some() {
            for pillar in Pillar::ALL.into_iter().filter(|&p| self.reason(p).is_some()) {
                blocks.push(Block::Heading(3, plain(words.of_pillar(pillar))));
                blocks.extend(self.to_make_scorable(pillar));
            }
        }
        blocks
    }

    fn basis(&self) -> Vec<Block<'_>> {
        let (words, questionnaire) = (self.catalogue(), self.assessment.questionnaire());
        let code = |text: String| vec![Inline::Code(text)];
        let mut facts = vec![
            (
                words.questionnaire.to_string(),
                code(format!("{} {}", questionnaire.id(), questionnaire.version())),
            ),
            (words.fingerprint.to_string(), code(questionnaire.fingerprint().to_string())),
        ];
        let sheet = self.assessment.sheet();
        if let Some(date) = sheet.taken() {
            facts.push((words.taken.to_string(), plain(words.day(date))));
        }
        if let Some(respondent) = sheet.respondent() {
            let respondent = Inline::Quoted(respondent.into());
            facts.push((words.respondent.to_string(), vec![respondent]));
        }
        facts.push((words.method.to_string(), plain(self.method())));
        let weights = questionnaire.pillar_weights().iter();
        let weights = weights.map(|(pillar, weight)| {
            format!("{} {}", words.of_pillar(pillar), words.weight(*weight))
        });
        let weights = weights.collect::<Vec<_>>().join(&words.and);
        facts.push((words.pillar_weights.to_string(), plain(weights)));

        let row = |stage: Stage| {
            let required = questionnaire.ladder().requirement(stage);
            let cells = vec![words.bound(required.overall), words.bound(required.every_pillar)];
            Row { sums: false, about: vec![plain(words.of_stage(stage))], cells }
        };
        let head = [&words.stage, &words.overall, &words.every_pillar].map(ToString::to_string);
        vec![
            Block::Heading(2, plain(&*words.basis)),
            Block::Facts(facts),
            Block::Table(Table {
                caption: words.ladder.to_string(),
                head: head.to_vec(),
                rows: Stage::ALL.into_iter().skip(1).map(row).collect(),
            }),
            Block::Paragraph(plain(&*words.rounding)),
        ]
    }

    fn method(&self) -> String {
        let words = self.catalogue();
        let method = self.assessment.questionnaire().method();
        let mut said = vec![match method.aggregation {
            Aggregation::Arithmetic => words.by_mean.to_string(),
            Aggregation::Minimum => words.by_minimum.to_string(),
        }];
        let states = [(method.dont_know, &words.dont_know), (method.unanswered, &words.unanswered)];
        for (policy, template) in
            [(Policy::Exclude, &words.open_excluded), (Policy::Lowest, &words.open_lowest)]
        {
            let of_policy = states.iter().filter(|(of_state, _)| *of_state == policy);
            let names: Vec<&str> = of_policy.map(|(_, name)| &***name).collect();
            if !names.is_empty() {
                said.push(Words::fill(template, &[("states", &names.join(&words.and))]));
            }
        }
        let minimum = words.bound(method.minimum_coverage);
        said.push(Words::fill(&words.minimum_coverage, &[("minimum", &minimum)]));
        said.join(" ")
    }
}
