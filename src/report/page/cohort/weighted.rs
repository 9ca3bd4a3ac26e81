//! The scores of those whom respondents stand for.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use super::tidy::{line, order};
use super::{
    LONGEST_GROUPING, LONGEST_NAME, NONE, hundredfold, in_brackets, percent, shortened, two,
};
use crate::cohort::{CohortSummary, WeightedDistribution, WeightedFigures, WeightedSummary};
use crate::pillar::Pillar;
use crate::questionnaire::OtherQuestionnaire;
use crate::report::Report;
use crate::report::content::{Content, Kind, Row, plain, sum};
use crate::stage::Stage;
use crate::words::{Words, fill};

/// What weighs, and who is weighed.
#[derive(Clone, Debug)]
pub(super) struct Wanted<'a> {
    by: Cow<'a, str>,
    all: &'a WeightedSummary,
    groups: Vec<(&'a str, &'a WeightedSummary)>,
}

impl<'a> Report<'a, CohortSummary> {
    /// With a table of stages and scores in which respondents count by weight: all, and each group, which need
    /// not be those of [`groups`](Self::groups). `by` names the weight.
    ///
    /// # Errors
    ///
    /// If one is of a questionnaire with another fingerprint.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::{CohortSummary, WeightedSummary};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (nobody, weighted) = (CohortSummary::empty(pulse), WeightedSummary::empty(pulse));
    /// let report = nobody.report().weighted("staff", &weighted, [("north", &weighted)])?;
    /// assert!(report.text().to_string().contains("Table 2. Scores weighted by staff"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn weighted(
        mut self,
        by: impl Into<Cow<'a, str>>,
        all: &'a WeightedSummary,
        groups: impl IntoIterator<Item = (&'a str, &'a WeightedSummary)>,
    ) -> Result<Self, OtherQuestionnaire> {
        let groups: Vec<_> = groups.into_iter().collect();
        for summary in groups.iter().map(|(_, summary)| *summary).chain([all]) {
            OtherQuestionnaire::check(self.questionnaire, summary.questionnaire())?;
        }
        self.more.weighted = Some(Wanted { by: by.into(), all, groups });
        Ok(self)
    }
}

/// What is above a column, and the figures of the overall and of each pillar.
struct Column<'s> {
    name: &'s str,
    summary: &'s WeightedSummary,
    figures: Vec<WeightedFigures>,
}

impl<'s> Column<'s> {
    fn new(name: &'s str, summary: &'s WeightedSummary) -> Self {
        Self { name, summary, figures: subjects(summary).map(|(_, of)| of.figures()).collect() }
    }
}

/// The overall and each pillar.
fn subjects(of: &WeightedSummary) -> impl Iterator<Item = (&'static str, &WeightedDistribution)> {
    let pillars = Pillar::ALL.into_iter().map(|pillar| (pillar.as_str(), &of.pillars()[pillar]));
    [("overall", of.overall())].into_iter().chain(pillars)
}

impl Wanted<'_> {
    /// What the note on methods says of weights.
    pub(super) fn told(&self, words: &Words) -> String {
        fill!(words.weighted_by, weight = shortened(&self.by, LONGEST_GROUPING))
    }

    /// Adds the table.
    pub(super) fn write(&self, page: &mut Content<'_>) {
        let words = page.words;
        let mut columns = vec![Column::new(&words.everyone, self.all)];
        columns.extend(self.groups.iter().map(|(name, of)| Column::new(name, of)));
        let names = columns.iter().map(|column| shortened(column.name, LONGEST_NAME));
        let head: Vec<String> = [String::new()].into_iter().chain(names).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let by = shortened(&self.by, LONGEST_GROUPING);
        let caption = fill!(words.table_weighted, weight = by);
        page.numbered(&caption, &head, rows(words, &columns));
        page.say(&words.table_weighted_note);
        if self.all.without_weight() > 0 {
            let n = words.grouped(self.all.without_weight());
            page.say(&fill!(words.rows_without_weight, n = n));
        }
    }

    /// The figures of the table, a line each.
    pub(super) fn write_tidy(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (group, summary) in [("", self.all)].into_iter().chain(self.groups.iter().copied()) {
            let at = ("weighted", group);
            line(f, at, "respondents", "n", Some(summary.respondents()))?;
            line(f, at, "respondents", "without_weight", Some(summary.without_weight()))?;
            for stage in Stage::ALL {
                line(f, at, stage.as_str(), "share", summary.share(stage))?;
            }
            for (subject, of) in subjects(summary) {
                distribution(f, at, subject, &of.figures())?;
            }
            for (theme, of) in summary.themes() {
                distribution(f, at, theme, &of.figures())?;
            }
        }
        Ok(())
    }
}

fn distribution(
    f: &mut Formatter<'_>,
    at: (&str, &str),
    subject: &str,
    of: &WeightedFigures,
) -> fmt::Result {
    line(f, at, subject, "n", Some(of.count))?;
    line(f, at, subject, "effective_n", of.effective_n)?;
    line(f, at, subject, "mean", of.mean)?;
    line(f, at, subject, "se", of.standard_error)?;
    line(f, at, subject, "sd", of.standard_deviation)?;
    let [lower, median, upper] = [of.lower_quartile, of.median, of.upper_quartile];
    let [floor, ceiling] = [of.floor_share, of.ceiling_share];
    order(f, at, subject, [of.lowest, lower, median, upper, of.highest, floor, ceiling])
}

fn rows<'r>(words: &Words, columns: &[Column<'_>]) -> Vec<Row<'r>> {
    let part = |label: &str, cell: &dyn Fn(&Column<'_>) -> String| {
        let cells = columns.iter().map(cell).collect();
        Row { kind: Kind::Part, about: vec![plain(label)], cells }
    };
    let head = |label: &str, cell: &dyn Fn(&Column<'_>) -> String| {
        sum(label, columns.iter().map(cell).collect())
    };
    let mut rows = vec![head(&words.respondents, &|of| words.grouped(of.summary.respondents()))];
    rows.push(head(&words.stage_percent, &|_| String::new()));
    rows.extend(
        Stage::ALL
            .map(|stage| part(words.stage(stage), &|of| percent(words, of.summary.share(stage)))),
    );
    let names = [&*words.overall].into_iter().chain(Pillar::ALL.map(|pillar| words.pillar(pillar)));
    for (place, name) in names.enumerate() {
        let figures = |cell: fn(&Words, &WeightedFigures) -> String| {
            move |of: &Column<'_>| {
                of.figures.get(place).map(|of| cell(words, of)).unwrap_or_default()
            }
        };
        let count = figures(|words, of| {
            let effective =
                of.effective_n.map_or(NONE.to_owned(), |n| words.number(format!("{n:.1}")));
            format!("{} ({effective})", words.grouped(of.count))
        });
        rows.push(head(&fill!(words.number_effective, name = name), &count));
        let mean = figures(|words, of| {
            format!("{} ({})", percent(words, of.mean), hundredfold(words, of.standard_error))
        });
        rows.push(part(&words.mean_se, &mean));
        let sd = figures(|words, of| hundredfold(words, of.standard_deviation));
        rows.push(part(&words.standard_deviation, &sd));
        let median = figures(|words, of| {
            in_brackets(words, [of.lower_quartile, of.median, of.upper_quartile])
        });
        rows.push(part(&words.median_quartiles, &median));
        let ends = figures(|words, of| two(words, [of.floor_share, of.ceiling_share]));
        rows.push(part(&words.floor_ceiling, &ends));
    }
    rows
}
