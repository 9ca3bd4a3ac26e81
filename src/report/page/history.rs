//! How scores went over time.

use crate::compare::{History, Point, Trend};
use crate::pillar::Pillar;
use crate::report::content::{
    self, Block, Content, DASH, Kind, Row, plain, row, score, sum, table,
};
use crate::report::picture::Lines;
use crate::report::{Report, Subject, sealed};
use crate::stage::Stage;
use crate::words::Words;

impl Subject for History {}

impl sealed::Parts for History {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        report.page(&report.catalogue().history, Vec::new(), report.blocks())
    }
}

impl Report<'_, History> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let overall = self.of.overall();
        let mut blocks = vec![Block::Lead(plain(self.lead()))];
        if let (Some(first), Some(last), Some(change)) =
            (overall.first, overall.last, overall.change)
        {
            // The same result at both ends is no course.
            if (first.taken, first.sequence) != (last.taken, last.sequence) {
                let (before, after) = (score(words, first.score), score(words, last.score));
                let change = words.change(change);
                let values = [("before", &*before), ("after", &*after), ("change", &*change)];
                blocks.push(Block::Paragraph(plain(Words::fill(&words.change_overall, &values))));
            }
        }
        blocks.push(Block::Heading(2, plain(&*words.history_scores)));
        let pillars = Pillar::ALL.map(|pillar| (words.pillar(pillar), &self.of.pillars()[pillar]));
        let trends: Vec<(&str, &Trend)> =
            std::iter::once((&*words.overall, overall)).chain(pillars).collect();
        let rows = trends.iter().flat_map(|(name, trend)| self.rows(name, trend)).collect();
        let ladder = self.questionnaire.ladder();
        let title = &words.history;
        blocks.push(Lines { words, ladder, title, trends }.draw().into());
        let head = [&*words.taken, &*words.score, &*words.change, &*words.stage];
        blocks.push(table(&words.history_table, &head, rows));
        blocks.extend(self.rests_on(&[&*words.rounding]));
        blocks
    }

    /// From which stage to which, as far as there is one.
    fn lead(&self) -> String {
        let (words, overall) = (self.catalogue(), self.of.overall());
        let stage = |point: Option<Point>| point.and_then(|point| point.stage);
        match (stage(overall.first), stage(overall.last)) {
            (Some(before), Some(after)) if before != after => {
                let ends = [("before", words.stage(before)), ("after", words.stage(after))];
                Words::fill(&words.change_stage, &ends)
            }
            (_, Some(after)) => words.stage(after).to_owned(),
            (_, None) => words.no_stage.to_string(),
        }
    }

    /// The trend as a whole, and below it each result.
    fn rows<'r>(&'r self, name: &str, trend: &Trend) -> Vec<Row<'r>> {
        let words = self.catalogue();
        let stage = |stage: Option<Stage>| stage.map_or(DASH, |stage| words.stage(stage));
        let of = |point: Option<Point>| point.and_then(|point| point.stage);
        let (before, after) = (of(trend.first), of(trend.last));
        let stages = if before == after {
            stage(after).to_owned()
        } else {
            Words::fill(&words.from_to, &[("before", stage(before)), ("after", stage(after))])
        };
        let last = score(words, trend.last.and_then(|point| point.score));
        let whole = vec![last, content::change(words, trend.change), stages];
        let result = |point: &Point| {
            let day = words.day(point.taken);
            let day = match point.sequence {
                Some(number) => {
                    let number = number.to_string();
                    Words::fill(&words.numbered, &[("day", &day), ("number", &number)])
                }
                None => day,
            };
            let step = content::change(words, point.step);
            let cells = vec![score(words, point.score), step, stage(point.stage).to_owned()];
            Row { kind: Kind::Part, ..row(plain(day), cells) }
        };
        std::iter::once(sum(name, whole)).chain(trend.points.iter().map(result)).collect()
    }
}
