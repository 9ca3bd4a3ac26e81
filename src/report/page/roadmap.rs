//! The cheapest way up, for someone who has to walk it.

use super::{DASH, Page, row, score, table};
use crate::answers::Answer;
use crate::assessment::{Gap, Rating, Summary};
use crate::number::Score;
use crate::pillar::PillarMap;
use crate::questionnaire::ScaleSpec;
use crate::report::document::{Block, Inline, Line, List, Row, plain};
use crate::report::drawing::Drawing;
use crate::report::radar::{Layer, Radar};
use crate::report::voice::labelled;
use crate::report::words::Words;
use crate::roadmap::{Plan, Roadmap, Step, Target, Unreachable};
use crate::text::Text;

impl Page<'_> {
    /// The title: what is aimed at.
    pub(super) fn target(&self, target: Target) -> String {
        let words = self.catalogue();
        let whole = target.stage.map(|stage| words.of_stage(stage).to_owned());
        let pillars = target.pillars.iter().filter_map(|(pillar, stage)| {
            let of = [("pillar", words.of_pillar(pillar)), ("stage", words.of_stage((*stage)?))];
            Some(Words::fill(&words.pillar_target, &of))
        });
        let named: Vec<String> = whole.into_iter().chain(pillars).collect();
        let named =
            if named.is_empty() { words.no_target.to_string() } else { named.join(&words.and) };
        Words::fill(&words.roadmap, &[("target", &named)])
    }

    pub(super) fn roadmap<'r>(&'r self, roadmap: &'r Roadmap) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let mut blocks = match (roadmap.plan(), roadmap.unreachable()) {
            (Some(plan), _) => self.opening(roadmap, plan),
            (None, Some(why)) => self.no_way(why),
            (None, None) => Vec::new(),
        };
        blocks.push(Block::Heading(2, plain(&*words.asked_for)));
        blocks.push(self.roadmap_radar(roadmap).into());
        blocks.push(self.gaps(roadmap));
        if let Some(plan) = roadmap.plan() {
            blocks.extend(self.steps(plan));
            blocks.extend(self.opened(plan));
        }
        if !roadmap.answer_first.is_empty() {
            blocks.push(Block::Heading(2, plain(&*words.still_open)));
            blocks.push(Block::Paragraph(plain(&*words.still_open_why)));
            blocks.push(self.titles(&roadmap.answer_first));
        }
        let exact: &[&str] = match roadmap.plan() {
            Some(_) => &[&words.way_exact, &words.rounding],
            None => &[&words.rounding],
        };
        blocks.extend(self.basis(exact));
        blocks
    }

    /// In two lines, what a reader in a hurry needs: how much, to what end, and where to begin.
    fn opening<'r>(&'r self, roadmap: &'r Roadmap, plan: &'r Plan) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let Some(first) = plan.steps.first() else {
            return vec![Block::Lead(plain(&*words.way_done))];
        };
        let (steps, effort) = (plan.steps.len().to_string(), plan.effort.to_string());
        let of = [("steps", &*steps), ("effort", &*effort)];
        let mut blocks = vec![Block::Lead(plain(Words::fill(&words.way_open, &of)))];
        if let (
            Rating::Scored { score: before, stage: from },
            Rating::Scored { score: after, stage: to },
        ) = (roadmap.before.overall, plan.planned.overall)
        {
            let values = [
                ("before", &*words.score(before)),
                ("from", words.of_stage(from)),
                ("after", &*words.score(after)),
                ("to", words.of_stage(to)),
            ];
            blocks.push(Block::Paragraph(plain(Words::fill(&words.way_from_to, &values))));
        }
        let mut begin = vec![self.voice.quoted(&first.title)];
        if let Some(advice) = first.advice.first() {
            begin.extend([Inline::Plain(" \u{2013} ".to_owned()), self.voice.quoted(advice)]);
        }
        blocks.push(Block::Paragraph(labelled(&words.begin_with, begin)));
        blocks
    }

    fn no_way<'r>(&'r self, why: &'r Unreachable) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let mut blocks = vec![Block::Lead(plain(&*words.way_none))];
        match why {
            Unreachable::NotScorable { pillars } => {
                let names: Vec<&str> = pillars.iter().map(|p| words.of_pillar(p)).collect();
                let names = names.join(&words.and);
                let line = Words::fill(&words.unscored_pillars, &[("pillars", &names)]);
                blocks.push(Block::Paragraph(plain(line)));
            }
            Unreachable::OutOfReach { unmet } => {
                let rows = unmet.iter().map(|gap| {
                    let cells = vec![words.bound(gap.required), self.there(gap), self.missing(gap)];
                    row(self.required_of(gap), cells)
                });
                let head = [
                    &*words.requirement,
                    &*words.required,
                    &*words.highest_possible,
                    &*words.missing,
                ];
                blocks.push(table(&words.out_of_reach, &head, rows.collect()));
            }
        }
        blocks
    }

    fn required_of(&self, gap: &Gap) -> Line<'static> {
        let words = self.catalogue();
        plain(gap.pillar.map_or(&*words.overall, |pillar| words.of_pillar(pillar)))
    }

    fn there(&self, gap: &Gap) -> String {
        let words = self.catalogue();
        gap.actual.map_or_else(|| words.not_scorable.to_string(), |score| words.score(score))
    }

    fn missing(&self, gap: &Gap) -> String {
        let missing = gap.shortfall.filter(|missing| *missing != Score::ZERO);
        missing.map_or_else(|| DASH.to_owned(), |missing| self.catalogue().shortfall(missing))
    }

    fn gaps<'r>(&'r self, roadmap: &'r Roadmap) -> Block<'r> {
        let words = self.catalogue();
        let mut head = vec![&*words.requirement, &words.required, &words.today_column];
        head.push(&words.missing);
        let planned = roadmap.plan().filter(|plan| !plan.steps.is_empty());
        if planned.is_some() {
            head.push(&words.after_plan);
        }
        let rows = roadmap.gaps.iter().map(|gap| {
            let mut cells = vec![words.bound(gap.required), self.there(gap), self.missing(gap)];
            cells.extend(planned.map(|plan| {
                let reached = match gap.pillar {
                    None => plan.planned.overall.score(),
                    Some(pillar) => plan.planned.pillars[pillar].standing.score(),
                };
                score(words, reached)
            }));
            row(self.required_of(gap), cells)
        });
        table(&words.gaps, &head, rows.collect())
    }

    pub(super) fn roadmap_radar(&self, roadmap: &Roadmap) -> Drawing {
        let words = self.catalogue();
        let scores = |summary: &Summary| summary.pillars.map(|_, result| result.standing.score());
        let mut target = PillarMap::<Option<Score>>::default();
        for gap in &roadmap.gaps {
            if let Some(pillar) = gap.pillar {
                target[pillar] = Some(gap.required).filter(|required| *required != Score::ZERO);
            }
        }
        let today = scores(&roadmap.before);
        let planned = roadmap.plan().filter(|plan| !plan.steps.is_empty());
        let mut layers = Vec::new();
        if planned.is_some() {
            let name = words.today_column.to_string();
            layers.push(Layer { class: "earlier", name, scores: today });
        }
        if target.iter().any(|(_, required)| required.is_some()) {
            let name = words.target_of_pillars.to_string();
            layers.push(Layer { class: "target", name, scores: target });
        }
        let (name, scores) = match planned {
            Some(plan) => (&words.after_plan, scores(&plan.planned)),
            None => (&words.today_column, today),
        };
        layers.push(Layer { class: "now", name: name.to_string(), scores });
        Radar { words, ladder: self.questionnaire.ladder(), band: None, layers }.draw()
    }

    fn steps<'r>(&'r self, plan: &'r Plan) -> Vec<Block<'r>> {
        if plan.steps.is_empty() {
            return Vec::new();
        }
        let words = self.catalogue();
        let items = plan.steps.iter().map(|step| self.step(step)).collect();
        let mut so_far = 0;
        let rows = plan.steps.iter().map(|step| {
            so_far += step.effort;
            let (score, stage) = self.after(step);
            let cells = vec![step.effort.to_string(), so_far.to_string(), score, stage];
            row(vec![self.voice.quoted(&step.title)], cells)
        });
        let rows: Vec<Row<'_>> = rows.collect();
        let whole = plan.planned.overall.score().is_some();
        let (score, stage) = if whole {
            (&*words.overall_then, &*words.stage_then)
        } else {
            (&*words.pillar_then, &*words.pillar_stage_then)
        };
        let head = [&*words.step, &*words.effort, &*words.effort_so_far, score, stage];
        vec![
            Block::Heading(2, plain(&*words.the_steps)),
            Block::Paragraph(plain(&*words.steps_order)),
            Block::List(List { ordered: true, items }),
            table(&words.where_steps_lead, &head, rows),
        ]
    }

    /// The overall after a step; where there is none, its own pillar.
    fn after(&self, step: &Step) -> (String, String) {
        let words = self.catalogue();
        let (reached, stage) = match step.after.overall {
            Rating::Scored { score, stage } => (Some(score), Some(stage)),
            Rating::NotScorable(_) => {
                let standing = step.after.pillars[step.pillar].standing;
                (standing.score(), standing.stage())
            }
        };
        (score(words, reached), stage.map_or(DASH, |stage| words.of_stage(stage)).to_owned())
    }

    fn step<'r>(&'r self, step: &'r Step) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let mut lines = vec![vec![self.voice.quoted(&step.title)]];
        lines.push(labelled(&words.today, self.level(step, &step.from, step.from_text.as_ref())));
        let mut reach = self.level(step, &step.to, step.to_text.as_ref());
        if let Some(below) = step.below {
            let number = words.measured(below);
            let below = Words::fill(&words.below, &[("number", &number)]);
            reach.push(Inline::Plain(format!(" ({below})")));
        }
        lines.push(labelled(&words.to_reach, reach));
        for advice in &step.advice {
            lines.push(labelled(&words.how, vec![self.voice.quoted(advice)]));
        }
        let (levels, effort) = (step.levels.to_string(), step.effort.to_string());
        let of = [("effort", &*effort), ("levels", &*levels)];
        lines.push(labelled(&words.takes, plain(Words::fill(&words.levels, &of))));
        if let Some(day) = self.by {
            lines.push(labelled(&words.by_day, plain(words.day(day))));
        }
        let mut serves = plain(words.of_pillar(step.pillar));
        for theme in &step.themes {
            serves.extend([Inline::Plain(" \u{b7} ".to_owned()), self.theme(theme)]);
        }
        lines.push(labelled(&words.serves, serves));
        let (score, stage) = self.after(step);
        let template = match step.after.overall {
            Rating::Scored { .. } => &words.then_overall,
            Rating::NotScorable(_) => &words.then_pillar,
        };
        let of = [("score", &*score), ("stage", &*stage), ("pillar", words.of_pillar(step.pillar))];
        lines.push(labelled(&words.then, plain(Words::fill(template, &of))));
        lines
    }

    /// An answer of a step: in the words of its scale, or as the step says where the questionnaire
    /// at hand does not know the question.
    fn level<'r>(&'r self, step: &Step, answer: &Answer, text: Option<&'r Text>) -> Line<'r> {
        static UNKNOWN: ScaleSpec = ScaleSpec::YesNo;
        match (self.questionnaire.question(&step.question), text) {
            (Some(question), _) => self.voice.answer(question.scale(), answer),
            (None, Some(text)) => vec![self.voice.quoted(text)],
            (None, None) => self.voice.answer(&UNKNOWN, answer),
        }
    }

    fn opened<'r>(&'r self, plan: &'r Plan) -> Vec<Block<'r>> {
        if plan.opens.is_empty() {
            return Vec::new();
        }
        let words = self.catalogue();
        let until = match plan.rescored.overall {
            Rating::Scored { score, stage } => {
                let of = [("score", &*words.score(score)), ("stage", words.of_stage(stage))];
                Words::fill(&words.opens_scored, &of)
            }
            Rating::NotScorable(_) => words.opens_unscored.to_string(),
        };
        vec![
            Block::Heading(2, plain(&*words.opens)),
            Block::Paragraph(plain(&*words.opens_why)),
            self.titles(&plan.opens),
            Block::Paragraph(plain(until)),
        ]
    }

    fn titles<'r>(&'r self, ids: &'r [String]) -> Block<'r> {
        let items = ids.iter().map(|id| vec![vec![self.question(id)]]).collect();
        Block::List(List { ordered: false, items })
    }
}
