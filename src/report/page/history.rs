//! How scores went over time.

use crate::compare::{History, Point, Trend};
use crate::pillar::Pillar;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{self, Content, DASH, Kind, Row, plain, row, score, sum};
use crate::report::picture::Lines;
use crate::report::{Report, sealed};
use crate::stage::Stage;
use crate::words::fill;

impl History {
    /// A report on how the overall and the pillars went. `questionnaire` is the one that was
    /// answered: its title and its ladder are shown.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the results.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::compare::History;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// sheet.set_taken("2026-11-26".parse()?);
    /// let history = History::new([&sheet.assess()])?;
    /// let page = history.report(pulse)?.text().to_string();
    /// assert!(page.contains("26 November 2026"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, self.questionnaire(), questionnaire)
    }
}

impl sealed::Parts for History {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let (words, overall) = (report.catalogue(), report.of.overall());
        let mut page = report.page(&words.history, Vec::new(), None);
        page.lead(&report.lead());
        if let (Some(first), Some(last), Some(change)) =
            (overall.first, overall.last, overall.change)
        {
            // The same result at both ends is no course.
            if (first.taken, first.sequence) != (last.taken, last.sequence) {
                page.say(&fill!(
                    words.change_overall,
                    before = score(words, first.score),
                    after = score(words, last.score),
                    change = words.change(change),
                ));
            }
        }
        page.section(&words.history_scores);
        let pillars =
            Pillar::ALL.map(|pillar| (words.pillar(pillar), &report.of.pillars()[pillar]));
        let trends: Vec<(&str, &Trend)> =
            std::iter::once((&*words.overall, overall)).chain(pillars).collect();
        let rows: Vec<Row<'_>> =
            trends.iter().flat_map(|(name, trend)| report.rows(name, trend)).collect();
        let (ladder, title) = (report.questionnaire.ladder(), &words.history);
        page.picture(Lines { words, ladder, title, trends }.draw());
        let head = [&*words.taken, &words.score, &words.change, &words.stage];
        page.table(&words.history_table, &head, rows);
        report.rests_on(&mut page, &[&words.rounding]);
        page
    }
}

impl Report<'_, History> {
    /// From which stage to which, as far as there is one.
    fn lead(&self) -> String {
        let (words, overall) = (self.catalogue(), self.of.overall());
        let stage = |point: Option<Point>| point.and_then(|point| point.stage);
        match (stage(overall.first), stage(overall.last)) {
            (Some(before), Some(after)) if before != after => {
                let (before, after) = (words.stage(before), words.stage(after));
                fill!(words.change_stage, before = before, after = after)
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
            fill!(words.from_to, before = stage(before), after = stage(after))
        };
        let last = score(words, trend.last.and_then(|point| point.score));
        let whole = vec![last, content::change(words, trend.change), stages];
        let result = |point: &Point| {
            let day = words.day(point.taken);
            let day = match point.sequence {
                Some(number) => fill!(words.numbered, day = day, number = number),
                None => day,
            };
            let step = content::change(words, point.step);
            let cells = vec![score(words, point.score), step, stage(point.stage).to_owned()];
            Row { kind: Kind::Part, ..row(plain(&day), cells) }
        };
        std::iter::once(sum(name, whole)).chain(trend.points.iter().map(result)).collect()
    }
}
