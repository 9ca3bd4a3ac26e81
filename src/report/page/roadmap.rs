//! The cheapest way up, for someone who has to walk it.

use crate::answers::Answer;
use crate::assessment::{Gap, Rating, Summary};
use crate::date::Date;
use crate::number::Score;
use crate::pillar::PillarMap;
use crate::report::content::{
    Block, Content, DASH, Inline, Line, List, Row, labelled, plain, row, score, table,
};
use crate::report::picture::{Drawing, Layer, Radar};
use crate::report::sealed::Drawn;
use crate::report::{Pictured, Report, Subject, sealed};
use crate::roadmap::{Plan, Roadmap, Step, Unreachable};
use crate::words::Words;

/// What else a roadmap can say.
#[derive(Clone, Debug, Default)]
pub struct More {
    by: Option<Date>,
}

impl Report<'_, Roadmap> {
    /// With a day by which each step shall be done.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let mut sheet = pulse.sheet();
    /// # for question in pulse.questions() { sheet.set(question.id(), 3).unwrap(); }
    /// # let roadmap = sheet.roadmap(Stage::Platform)?;
    /// let report = roadmap.report().by("2027-06-30".parse()?);
    /// assert!(report.text().to_string().contains("30 June 2027"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by(mut self, day: Date) -> Self {
        self.more.by = Some(day);
        self
    }
}

impl Subject for Roadmap {}

impl sealed::Parts for Roadmap {
    type More<'a> = More;

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        report.page(&report.target(), Vec::new(), report.blocks())
    }
}

impl Pictured for Roadmap {}

impl sealed::Drawn for Roadmap {
    fn radar(report: &Report<'_, Self>) -> Drawing {
        let (words, roadmap) = (report.catalogue(), report.of);
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
        Radar { words, ladder: report.questionnaire.ladder(), band: None, layers }.draw()
    }
}

impl Report<'_, Roadmap> {
    /// The title: what is aimed at.
    fn target(&self) -> String {
        let (words, target) = (self.catalogue(), self.of.target);
        let whole = target.stage.map(|stage| words.stage(stage).to_owned());
        let pillars = target.pillars.iter().filter_map(|(pillar, stage)| {
            let of = [("pillar", words.pillar(pillar)), ("stage", words.stage((*stage)?))];
            Some(Words::fill(&words.pillar_target, &of))
        });
        let named: Vec<String> = whole.into_iter().chain(pillars).collect();
        let named =
            if named.is_empty() { words.no_target.to_string() } else { named.join(&words.and) };
        Words::fill(&words.roadmap, &[("target", &named)])
    }

    fn blocks(&self) -> Vec<Block<'_>> {
        let (words, roadmap) = (self.catalogue(), self.of);
        let mut blocks = match (roadmap.plan(), roadmap.unreachable()) {
            (Some(plan), _) => self.opening(roadmap, plan),
            (None, Some(why)) => self.no_way(why),
            (None, None) => Vec::new(),
        };
        blocks.push(Block::Heading(2, plain(&*words.asked_for)));
        blocks.push(Roadmap::radar(self).into());
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
        blocks.extend(self.rests_on(exact));
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
                ("from", words.stage(from)),
                ("after", &*words.score(after)),
                ("to", words.stage(to)),
            ];
            blocks.push(Block::Paragraph(plain(Words::fill(&words.way_from_to, &values))));
        }
        let mut begin = vec![self.setting.quoted(&first.title)];
        if let Some(advice) = first.advice.first() {
            begin.extend([Inline::Plain(" \u{2013} ".to_owned()), self.setting.quoted(advice)]);
        }
        blocks.push(Block::Paragraph(labelled(&words.begin_with, begin)));
        blocks
    }

    fn no_way<'r>(&'r self, why: &'r Unreachable) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let mut blocks = vec![Block::Lead(plain(&*words.way_none))];
        match why {
            Unreachable::NotScorable { pillars } => {
                let names: Vec<&str> = pillars.iter().map(|p| words.pillar(p)).collect();
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
        plain(gap.pillar.map_or(&*words.overall, |pillar| words.pillar(pillar)))
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
            row(vec![self.setting.quoted(&step.title)], cells)
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
        (score(words, reached), stage.map_or(DASH, |stage| words.stage(stage)).to_owned())
    }

    fn step<'r>(&'r self, step: &'r Step) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let mut lines = vec![vec![self.setting.quoted(&step.title)]];
        lines.push(labelled(&words.today, self.level(step, &step.from)));
        let mut reach = self.level(step, &step.to);
        if let Some(below) = step.below {
            let number = words.measured(below);
            let below = Words::fill(&words.below, &[("number", &number)]);
            reach.push(Inline::Plain(format!(" ({below})")));
        }
        lines.push(labelled(&words.to_reach, reach));
        for advice in &step.advice {
            lines.push(labelled(&words.how, vec![self.setting.quoted(advice)]));
        }
        let (levels, effort) = (step.levels.to_string(), step.effort.to_string());
        let of = [("effort", &*effort), ("levels", &*levels)];
        lines.push(labelled(&words.takes, plain(Words::fill(&words.levels, &of))));
        if let Some(day) = self.more.by {
            lines.push(labelled(&words.by_day, plain(words.day(day))));
        }
        let mut serves = plain(words.pillar(step.pillar));
        for theme in &step.themes {
            serves.extend([Inline::Plain(" \u{b7} ".to_owned()), self.theme(theme)]);
        }
        lines.push(labelled(&words.serves, serves));
        let (score, stage) = self.after(step);
        let template = match step.after.overall {
            Rating::Scored { .. } => &words.then_overall,
            Rating::NotScorable(_) => &words.then_pillar,
        };
        let of = [("score", &*score), ("stage", &*stage), ("pillar", words.pillar(step.pillar))];
        lines.push(labelled(&words.then, plain(Words::fill(template, &of))));
        lines
    }

    /// An answer of a step, in the words of its scale.
    fn level<'r>(&'r self, step: &Step, answer: &Answer) -> Line<'r> {
        let question = self.questionnaire.question(&step.question);
        question.map_or_else(Line::new, |of| self.setting.answer(of.scale(), answer))
    }

    fn opened<'r>(&'r self, plan: &'r Plan) -> Vec<Block<'r>> {
        if plan.opens.is_empty() {
            return Vec::new();
        }
        let words = self.catalogue();
        let until = match plan.rescored.overall {
            Rating::Scored { score, stage } => {
                let of = [("score", &*words.score(score)), ("stage", words.stage(stage))];
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
