//! The cheapest way up, for someone who has to walk it.

use crate::answers::Answer;
use crate::assessment::{Gap, Rating, Summary};
use crate::date::Date;
use crate::number::Score;
use crate::pillar::PillarMap;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{
    Content, DASH, Line, Row, joined, labelled, plain, row, score, stage_of,
};
use crate::report::picture::{Drawing, Layer, Radar};
use crate::report::{Report, sealed};
use crate::roadmap::{Plan, Roadmap, Step, Unreachable};
use crate::words::fill;

/// What else a roadmap can say.
#[derive(Clone, Debug, Default)]
pub struct More {
    by: Option<Date>,
}

impl Roadmap {
    /// A report that one can start from: the first step, what the target asks for, every step with
    /// what is there, what to reach and how, and where it leads. `questionnaire` is the one that was
    /// answered: the titles of questions and the words of answers are taken from it.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the roadmap.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let roadmap = pulse.sheet().roadmap(Stage::Bridge)?;
    /// let page = roadmap.report(pulse)?.markdown().to_string();
    /// assert!(page.contains("Answer the open questions first"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, &self.questionnaire, questionnaire)
    }
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
    /// let report = roadmap.report(pulse)?.by("2027-06-30".parse()?);
    /// assert!(report.text().to_string().contains("30 June 2027"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by(mut self, day: Date) -> Self {
        self.more.by = Some(day);
        self
    }
}

impl sealed::Parts for Roadmap {
    type More<'a> = More;

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let (words, roadmap) = (report.catalogue(), report.of);
        let mut page = report.page(&report.target(), Vec::new(), None);
        let planned = roadmap.plan().filter(|plan| !plan.steps.is_empty());
        match (planned, roadmap.unreachable()) {
            (Some(plan), _) => report.opening(&mut page, plan),
            (None, Some(why)) => report.no_way(&mut page, why),
            (None, None) => page.lead(&words.way_done),
        }
        page.section(&words.asked_for);
        page.picture(<Self as sealed::Drawn>::radar(report));
        report.gaps(&mut page, planned);
        if let Some(plan) = planned {
            report.steps(&mut page, plan);
        }
        if let Some(plan) = roadmap.plan() {
            report.switched(&mut page, plan);
        }
        if !roadmap.answer_first.is_empty() {
            page.section(&words.still_open);
            page.say(&words.still_open_why);
            page.list(false, report.titles(&roadmap.answer_first));
        }
        let exact = roadmap.plan().map(|_| &*words.way_exact);
        let notes: Vec<&str> = exact.into_iter().chain([&*words.rounding]).collect();
        report.rests_on(&mut page, &notes);
        page
    }
}

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
            let stage = words.stage((*stage)?);
            Some(fill!(words.pillar_target, pillar = words.pillar(pillar), stage = stage))
        });
        let named: Vec<String> = whole.into_iter().chain(pillars).collect();
        let named =
            if named.is_empty() { words.no_target.to_string() } else { named.join(&words.and) };
        fill!(words.roadmap, target = named)
    }

    /// In two lines, what a reader in a hurry needs: how much, to what end, and where to begin.
    fn opening<'r>(&'r self, page: &mut Content<'r>, plan: &'r Plan) {
        let words = self.catalogue();
        page.lead(&fill!(words.way_open, steps = plan.steps.len(), effort = plan.effort));
        if let (
            Rating::Scored { score: before, stage: from },
            Rating::Scored { score: after, stage: to },
        ) = (self.of.before.overall, plan.planned.overall)
        {
            page.say(&fill!(
                words.way_from_to,
                before = words.score(before),
                from = words.stage(from),
                after = words.score(after),
                to = words.stage(to),
            ));
        }
        if let Some(first) = plan.steps.first() {
            let mut begin = vec![self.setting.quoted(&first.title)];
            if let Some(advice) = first.advice.first() {
                begin.extend(plain(" \u{2013} "));
                begin.push(self.setting.quoted(advice));
            }
            page.paragraph(labelled(&words.begin_with, begin));
        }
    }

    fn no_way(&self, page: &mut Content<'_>, why: &Unreachable) {
        let words = self.catalogue();
        page.lead(&words.way_none);
        match why {
            Unreachable::NotScorable { pillars } => {
                page.say(&fill!(words.unscored_pillars, pillars = words.listed(*pillars)));
            }
            Unreachable::OutOfReach { unmet } => {
                let head =
                    [&*words.requirement, &words.required, &words.highest_possible, &words.missing];
                page.table(&words.out_of_reach, &head, unmet.iter().map(|gap| self.gap(gap)));
            }
        }
    }

    /// What is required, what is there, and what is missing.
    fn gap(&self, gap: &Gap) -> Row<'static> {
        let words = self.catalogue();
        let there = gap.actual.map_or(words.not_scorable.to_string(), |score| words.score(score));
        let missing = gap.shortfall.filter(|missing| *missing != Score::ZERO);
        let missing = missing.map_or(DASH.to_owned(), |missing| words.shortfall(missing));
        let of = gap.pillar.map_or(&*words.overall, |pillar| words.pillar(pillar));
        row(plain(of), vec![words.bound(gap.required), there, missing])
    }

    fn gaps(&self, page: &mut Content<'_>, planned: Option<&Plan>) {
        let words = self.catalogue();
        let mut head =
            vec![&*words.requirement, &words.required, &words.today_column, &words.missing];
        head.extend(planned.map(|_| &*words.after_plan));
        let rows = self.of.gaps.iter().map(|gap| {
            let mut row = self.gap(gap);
            row.cells.extend(planned.map(|plan| {
                let reached = match gap.pillar {
                    None => plan.planned.overall.score(),
                    Some(pillar) => plan.planned.pillars[pillar].standing.score(),
                };
                score(words, reached)
            }));
            row
        });
        page.table(&words.gaps, &head, rows);
    }

    fn steps<'r>(&'r self, page: &mut Content<'r>, plan: &'r Plan) {
        let words = self.catalogue();
        page.section(&words.the_steps);
        page.say(&words.steps_order);
        page.list(true, plan.steps.iter().map(|step| self.step(step)));
        let (score, stage) = match plan.planned.overall {
            Rating::Scored { .. } => (&words.overall_then, &words.stage_then),
            Rating::NotScorable(_) => (&words.pillar_then, &words.pillar_stage_then),
        };
        let head = [&*words.step, &words.effort, &words.effort_so_far, score, stage];
        let mut so_far = 0;
        let rows = plan.steps.iter().map(|step| {
            so_far += step.effort;
            let (score, stage) = self.after(step);
            let cells = vec![step.effort.to_string(), so_far.to_string(), score, stage];
            row(vec![self.setting.quoted(&step.title)], cells)
        });
        page.table(&words.where_steps_lead, &head, rows);
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
        (score(words, reached), stage_of(words, stage))
    }

    fn step<'r>(&'r self, step: &'r Step) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let mut lines = vec![vec![self.setting.quoted(&step.title)]];
        let mut say = |label: &str, line: Line<'r>| lines.push(labelled(label, line));
        say(&words.today, self.level(step, &step.from));
        let mut reach = self.level(step, &step.to);
        if let Some(most) = step.at_most {
            reach.extend(plain(&format!(
                " ({})",
                fill!(words.at_most, number = words.measured(most))
            )));
        }
        if let Some(below) = step.below {
            let below = fill!(words.below, number = words.measured(below));
            reach.extend(plain(&format!(" ({below})")));
        }
        say(&words.to_reach, reach);
        for advice in &step.advice {
            say(&words.how, vec![self.setting.quoted(advice)]);
        }
        say(&words.takes, plain(&fill!(words.levels, effort = step.effort, levels = step.levels)));
        if let Some(day) = self.more.by {
            say(&words.by_day, plain(&words.day(day)));
        }
        let pillar = words.pillar(step.pillar);
        let themes = step.themes.iter().map(|theme| vec![self.theme(theme)]);
        say(&words.serves, joined([plain(pillar)].into_iter().chain(themes)));
        let (score, stage) = self.after(step);
        let template = match step.after.overall {
            Rating::Scored { .. } => &words.then_overall,
            Rating::NotScorable(_) => &words.then_pillar,
        };
        let then = fill!(template, score = score, stage = stage, pillar = pillar);
        say(&words.then, plain(&then));
        lines
    }

    /// An answer of a step, in the words of its scale.
    fn level<'r>(&'r self, step: &Step, answer: &Answer) -> Line<'r> {
        let question = self.questionnaire.question(&step.question);
        question.map_or_else(Line::new, |of| self.setting.answer(of.scale(), answer))
    }

    /// The questions that the plan opens and closes.
    fn switched<'r>(&'r self, page: &mut Content<'r>, plan: &'r Plan) {
        let words = self.catalogue();
        for (ids, heading, why) in [
            (&plan.opens, &words.opens, &words.opens_why),
            (&plan.closes, &words.closes, &words.closes_why),
        ] {
            if !ids.is_empty() {
                page.section(heading);
                page.say(why);
                page.list(false, self.titles(ids));
            }
        }
        let open = !plan.opens.is_empty();
        if open || !plan.closes.is_empty() {
            page.say(&match plan.rescored.overall {
                Rating::Scored { score, stage } => {
                    let template = if open { &words.opens_scored } else { &words.closes_scored };
                    fill!(template, score = words.score(score), stage = words.stage(stage))
                }
                Rating::NotScorable(_) if open => words.opens_unscored.to_string(),
                Rating::NotScorable(_) => words.closes_unscored.to_string(),
            });
        }
    }

    fn titles<'r>(&'r self, ids: &'r [String]) -> impl Iterator<Item = Vec<Line<'r>>> {
        ids.iter().map(|id| {
            let condition = self.questionnaire.question(id).and_then(|of| self.asked_if(of));
            std::iter::once(vec![self.question(id)]).chain(condition).collect()
        })
    }
}
