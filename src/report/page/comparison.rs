//! What has changed.

use crate::assessment::{Rating, Standing};
use crate::compare::{Change, Comparison, QuestionChange};
use crate::number::Delta;
use crate::pillar::Pillar;
use crate::report::content::{
    self, Block, Content, DASH, Inline, Line, Row, plain, row, score, sum, table,
};
use crate::report::picture::{Drawing, Layer, Radar};
use crate::report::sealed::Drawn;
use crate::report::{Pictured, Report, Subject, sealed};
use crate::stage::Stage;
use crate::words::Words;

impl Subject for Comparison {}

impl sealed::Parts for Comparison {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        report.page(&report.catalogue().comparison, report.respondents(), report.blocks())
    }
}

impl Pictured for Comparison {}

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
    fn blocks(&self) -> Vec<Block<'_>> {
        let (words, comparison) = (self.catalogue(), self.of);
        let change = comparison.overall();
        let lead = match (change.before.stage(), change.after.stage()) {
            (Some(before), Some(after)) if before == after => {
                Words::fill(&words.change_none, &[("stage", words.stage(after))])
            }
            (Some(before), Some(after)) => {
                let ends = [("before", words.stage(before)), ("after", words.stage(after))];
                Words::fill(&words.change_stage, &ends)
            }
            _ => words.change_unscored.to_string(),
        };
        let mut blocks = vec![Block::Lead(plain(lead))];
        if let (Some(before), Some(after), Some(delta)) =
            (change.before.score(), change.after.score(), change.delta)
        {
            let values = [
                ("before", &*words.score(before)),
                ("after", &*words.score(after)),
                ("change", &*words.change(delta)),
            ];
            blocks.push(Block::Paragraph(plain(Words::fill(&words.change_overall, &values))));
        }
        for (overall, side) in [(change.before, &words.before), (change.after, &words.after)] {
            if let Rating::NotScorable(pillars) = overall {
                let names: Vec<&str> = pillars.iter().map(|p| words.pillar(p)).collect();
                let line = Words::fill(&words.not_scored, &[("pillars", &names.join(&words.and))]);
                blocks.push(Block::Paragraph(plain(format!("{side}: {line}"))));
            }
        }
        blocks.push(Block::Heading(2, plain(&*words.pillars)));
        blocks.push(Comparison::radar(self).into());
        let mut rows: Vec<Row<'_>> = Pillar::ALL
            .map(|pillar| {
                let change = comparison.pillar(pillar);
                row(plain(words.pillar(pillar)), self.change(change))
            })
            .into();
        let (before, after) = (change.before.stage(), change.after.stage());
        let cells = vec![
            score(words, change.before.score()),
            score(words, change.after.score()),
            content::change(words, change.delta),
            self.stages(before, after),
        ];
        rows.push(sum(&words.overall, cells));
        let head = [&*words.pillar, &*words.before, &*words.after, &*words.change, &*words.stage];
        blocks.push(table(&words.pillar_scores, &head, rows));
        blocks.extend(self.moved(comparison));
        blocks.extend(self.changed_themes(comparison));
        blocks.extend(self.rests_on(&[&*words.rounding]));
        blocks
    }

    /// Before, after, by how much, and the stages.
    fn change(&self, change: &Change<Standing>) -> Vec<String> {
        let words = self.catalogue();
        vec![
            score(words, change.before.score()),
            score(words, change.after.score()),
            content::change(words, change.delta),
            self.stages(change.before.stage(), change.after.stage()),
        ]
    }

    fn stages(&self, before: Option<Stage>, after: Option<Stage>) -> String {
        let words = self.catalogue();
        let name = |stage: Option<Stage>| stage.map_or(DASH, |stage| words.stage(stage));
        if before == after {
            return name(after).to_owned();
        }
        Words::fill(&words.from_to, &[("before", name(before)), ("after", name(after))])
    }

    /// Which answers changed, and how much of the change they explain.
    fn moved<'r>(&'r self, comparison: &'r Comparison) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let mut blocks = vec![Block::Heading(2, plain(&*words.moved_by))];
        let part = |part: Option<Delta>| {
            part.map_or_else(|| DASH.to_owned(), |part| words.exact_change(part))
        };
        let credits = |change: &QuestionChange| {
            vec![
                score(words, change.before.credit),
                score(words, change.after.credit),
                part(change.explains),
            ]
        };
        let changed = comparison.changed_questions();
        let mut rows: Vec<Row<'_>> =
            changed.map(|(id, change)| row(vec![self.question(id)], credits(change))).collect();
        if rows.is_empty() {
            blocks.push(Block::Paragraph(plain(&*words.nothing_changed)));
            return blocks;
        }
        if let Some(explained) = comparison.explained() {
            let values = [
                ("answers", &*words.exact_change(explained.by_answers)),
                ("weight", &*words.exact_change(explained.by_weight)),
            ];
            blocks.push(Block::Paragraph(plain(Words::fill(&words.moved_sum, &values))));
            let blank = || vec![DASH.to_owned(), DASH.to_owned()];
            let mut others = blank();
            others.push(words.exact_change(explained.by_weight));
            rows.push(row(plain(&*words.unchanged_questions), others));
            let mut all = blank();
            all.push(part(comparison.overall().delta));
            rows.push(sum(&words.overall, all));
        } else {
            blocks.push(Block::Paragraph(plain(&*words.moved_unscored)));
        }
        let head = [&*words.question_only, &*words.before, &*words.after, &*words.explains];
        blocks.push(table(&words.changed_questions, &head, rows));
        blocks
    }

    fn changed_themes<'r>(&'r self, comparison: &'r Comparison) -> Vec<Block<'r>> {
        let words = self.catalogue();
        if comparison.themes().is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Heading(2, plain(&*words.themes))];
        let changed = comparison
            .themes()
            .iter()
            .filter(|(_, change)| change.before.score() != change.after.score());
        let rows: Vec<Row<'_>> =
            changed.map(|(id, change)| row(vec![self.theme(id)], self.change(change))).collect();
        if rows.is_empty() {
            blocks.push(Block::Paragraph(plain(&*words.no_theme_changed)));
            return blocks;
        }
        blocks.push(Block::Paragraph(plain(&*words.themes_views)));
        let head =
            [&*words.theme_only, &*words.before, &*words.after, &*words.change, &*words.stage];
        blocks.push(table(&words.theme_changes, &head, rows));
        blocks
    }

    /// Who answered: once, where both sides name the same.
    fn respondents(&self) -> Line<'_> {
        let comparison = self.of;
        let (before, after) = (&comparison.before().respondent, &comparison.after().respondent);
        let mut names: Vec<&str> = [before, after].into_iter().flatten().map(|n| &**n).collect();
        names.dedup();
        names.into_iter().map(|name| Inline::Quoted(name.into())).collect()
    }
}
