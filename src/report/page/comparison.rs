//! What has changed.

use crate::assessment::{Rating, Standing};
use crate::compare::{Change, Comparison};
use crate::number::Delta;
use crate::pillar::Pillar;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{
    Content, DASH, Inline, Line, Row, change, plain, row, score, stage_of, sum,
};
use crate::report::picture::{Drawing, Layer, Radar};
use crate::report::{Report, sealed};
use crate::words::fill;

impl Comparison {
    /// A report on what changed and what explains it. `questionnaire` is the one that was answered:
    /// the titles of questions and themes are taken from it.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the results.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::compare::Comparison;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let assessment = pulse.sheet().assess();
    /// let comparison = Comparison::new(&assessment, &assessment)?;
    /// let page = comparison.report(&pulse)?.text().to_string();
    /// assert!(page.contains("No answer counts differently."));
    /// assert!(comparison.report(&Questionnaire::dcx()).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, &self.after().questionnaire, questionnaire)
    }
}

impl sealed::Parts for Comparison {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let words = report.catalogue();
        let mut page = report.page(&words.comparison, report.respondents(), None);
        report.overall(&mut page);
        page.section(&words.pillars);
        page.picture(<Self as sealed::Drawn>::radar(report));
        report.changed_pillars(&mut page);
        report.moved(&mut page);
        report.changed_themes(&mut page);
        report.rests_on(&mut page, &[&words.rounding]);
        page
    }
}

impl sealed::Drawn for Comparison {
    fn radar(report: &Report<'_, Self>) -> Drawing {
        let (words, comparison) = (report.catalogue(), report.of);
        let scores = |side: fn(Change<Standing>) -> Standing| {
            comparison.pillars().map(|_, change| side(change).score())
        };
        let name = |taken: Option<_>, otherwise: &str| {
            taken.map_or_else(|| otherwise.to_owned(), |day| words.day(day))
        };
        let before = name(comparison.before().taken, &words.before);
        let after = name(comparison.after().taken, &words.after);
        let layers = vec![
            Layer { class: "earlier", name: before, scores: scores(|change| change.before) },
            Layer { class: "now", name: after, scores: scores(|change| change.after) },
        ];
        Radar { words, ladder: report.questionnaire.ladder(), band: None, layers }.draw()
    }
}

impl Report<'_, Comparison> {
    fn overall(&self, page: &mut Content<'_>) {
        let (words, change) = (self.catalogue(), self.of.overall());
        page.lead(&match (change.before.stage(), change.after.stage()) {
            (Some(before), Some(after)) if before == after => {
                fill!(words.change_none, stage = words.stage(after))
            }
            (Some(before), Some(after)) => {
                let (before, after) = (words.stage(before), words.stage(after));
                fill!(words.change_stage, before = before, after = after)
            }
            _ => words.change_unscored.to_string(),
        });
        if let (Some(before), Some(after), Some(delta)) =
            (change.before.score(), change.after.score(), change.delta)
        {
            page.say(&fill!(
                words.change_overall,
                before = words.score(before),
                after = words.score(after),
                change = words.change(delta),
            ));
        }
        for (overall, side) in [(change.before, &words.before), (change.after, &words.after)] {
            if let Rating::NotScorable(pillars) = overall {
                let line = fill!(words.not_scored, pillars = words.listed(pillars));
                page.say(&format!("{side}: {line}"));
            }
        }
    }

    fn changed_pillars(&self, page: &mut Content<'_>) {
        let words = self.catalogue();
        let cells =
            |of: &Change<Standing>| self.change(&of.before.rating, &of.after.rating, of.delta);
        let pillar = |pillar| row(plain(words.pillar(pillar)), cells(self.of.pillar(pillar)));
        let overall = self.of.overall();
        let overall = self.change(&overall.before, &overall.after, overall.delta);
        let rows = Pillar::ALL.map(pillar).into_iter().chain([sum(&words.overall, overall)]);
        let head = [&*words.pillar, &words.before, &words.after, &words.change, &words.stage];
        page.table(&words.pillar_scores, &head, rows);
    }

    /// Before, after, by how much, and the stages.
    fn change<Why>(
        &self,
        before: &Rating<Why>,
        after: &Rating<Why>,
        delta: Option<Delta>,
    ) -> Vec<String> {
        let words = self.catalogue();
        let (from, to) = (stage_of(words, before.stage()), stage_of(words, after.stage()));
        let same = before.stage() == after.stage();
        let stages = if same { to } else { fill!(words.from_to, before = from, after = to) };
        vec![
            score(words, before.score()),
            score(words, after.score()),
            change(words, delta),
            stages,
        ]
    }

    /// Which answers changed, and how much of the change they explain.
    fn moved<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        page.section(&words.moved_by);
        let part = |part: Option<Delta>| {
            part.map_or_else(|| DASH.to_owned(), |part| words.exact_change(part))
        };
        let mut rows: Vec<Row<'_>> = Vec::new();
        for (id, change) in self.of.changed_questions() {
            let [before, after] = [&change.before, &change.after].map(|of| score(words, of.credit));
            rows.push(row(vec![self.question(id)], vec![before, after, part(change.explains)]));
        }
        if rows.is_empty() {
            page.say(&words.nothing_changed);
            return;
        }
        if let Some(explained) = self.of.explained() {
            let weight = words.exact_change(explained.by_weight);
            let answers = words.exact_change(explained.by_answers);
            page.say(&fill!(words.moved_sum, answers = answers, weight = weight));
            let cells = |part: String| vec![DASH.to_owned(), DASH.to_owned(), part];
            rows.push(row(plain(&words.unchanged_questions), cells(weight)));
            rows.push(sum(&words.overall, cells(part(self.of.overall().delta))));
        } else {
            page.say(&words.moved_unscored);
        }
        let head = [&*words.question_only, &words.before, &words.after, &words.explains];
        page.table(&words.changed_questions, &head, rows);
    }

    fn changed_themes<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        if self.of.themes().is_empty() {
            return;
        }
        page.section(&words.themes);
        let changed = self.of.themes().iter();
        let changed = changed.filter(|(_, of)| of.before.score() != of.after.score());
        let cells =
            |of: &Change<Standing>| self.change(&of.before.rating, &of.after.rating, of.delta);
        let rows: Vec<Row<'_>> =
            changed.map(|(id, change)| row(vec![self.theme(id)], cells(change))).collect();
        if rows.is_empty() {
            page.say(&words.no_theme_changed);
            return;
        }
        page.say(&words.themes_views);
        let head = [&*words.theme_only, &words.before, &words.after, &words.change, &words.stage];
        page.table(&words.theme_changes, &head, rows);
    }

    /// Who answered: once, where both sides name the same.
    fn respondents(&self) -> Vec<Line<'_>> {
        let names = [self.of.before(), self.of.after()].map(|side| side.respondent.as_deref());
        let mut names: Vec<&str> = names.into_iter().flatten().collect();
        names.dedup();
        names.into_iter().map(|name| vec![Inline::Quoted(name.into())]).collect()
    }
}
