//! Table 1 of a paper: a column for all respondents and one for each group.

mod careless;
#[cfg(feature = "intervals")]
mod comparison;
#[cfg(feature = "intervals")]
mod figures;
mod pictures;
#[cfg(feature = "intervals")]
mod study;
mod tidy;
#[cfg(feature = "intervals")]
mod units;
mod weighted;

use std::borrow::Cow;
use std::fmt;

pub use pictures::CohortPicture;
#[cfg(feature = "intervals")]
pub use study::StudyTable;

use crate::cohort::{CohortSummary, Distribution, Figures, StageCounts};
use crate::number::{Percent, Score};
use crate::pillar::Pillar;
use crate::questionnaire::OtherQuestionnaire;
use crate::report::content::{Block, Content, Kind, Row, plain, sum};
use crate::report::{Report, sealed};
use crate::stage::Stage;
use crate::statistics::CarelessCounts;
use crate::words::{Words, fill};

/// No line of the text is longer, however many groups there are.
const WIDTH: usize = 100;

/// Names of groups, and of what they are groups of, are cut to these.
const LONGEST_NAME: usize = 24;
const LONGEST_GROUPING: usize = 40;

/// What stands where there is no figure.
const NONE: &str = "-";

/// The groups of a cohort.
#[derive(Clone, Debug, Default)]
pub struct More<'a> {
    by: Option<Cow<'a, str>>,
    groups: Vec<(&'a str, &'a CohortSummary)>,
    in_no_group: u64,
    weighted: Option<weighted::Wanted<'a>>,
    careless: Option<&'a CarelessCounts>,
    pictures: Vec<CohortPicture>,
    #[cfg(feature = "intervals")]
    compared: Option<Vec<(&'a str, &'a CohortSummary)>>,
    #[cfg(feature = "intervals")]
    study: Option<study::Wanted<'a>>,
    #[cfg(feature = "intervals")]
    units: Option<units::Units<'a>>,
    #[cfg(feature = "intervals")]
    change: Option<units::Change<'a>>,
}

impl<'a> Report<'a, CohortSummary> {
    /// With a column for each group of the cohort, as they come, after the one for all. `by` names
    /// what they are groups of.
    ///
    /// # Errors
    ///
    /// If a group is of a questionnaire with another fingerprint.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// let nobody = CohortSummary::empty(Questionnaire::dcx_pulse());
    /// let text = nobody.report().groups("region", [("north", &nobody)])?.text().to_string();
    /// assert!(text.contains("scores by region") && text.contains("north"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn groups(
        mut self,
        by: impl Into<Cow<'a, str>>,
        groups: impl IntoIterator<Item = (&'a str, &'a CohortSummary)>,
    ) -> Result<Self, OtherQuestionnaire> {
        self.more.by = Some(by.into());
        for (name, summary) in groups {
            OtherQuestionnaire::check(self.questionnaire, summary.questionnaire())?;
            self.more.groups.push((name, summary));
        }
        Ok(self)
    }

    /// With a note on that many rows that could not be read, and so are in no group.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// let nobody = CohortSummary::empty(Questionnaire::dcx_pulse());
    /// assert!(nobody.report().in_no_group(3).text().to_string().contains("in no group: 3."));
    /// ```
    #[must_use]
    pub fn in_no_group(mut self, rows: u64) -> Self {
        self.more.in_no_group = rows;
        self
    }
}

impl CohortSummary {
    /// Table 1 of a paper on the cohort: respondents, stages and how scores are spread.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// let nobody = CohortSummary::empty(Questionnaire::dcx_pulse());
    /// assert!(nobody.report().text().to_string().contains("Table 1. Respondents"));
    /// ```
    #[must_use]
    pub fn report(&self) -> Report<'_, Self> {
        Report::new(self, self.questionnaire())
    }
}

impl sealed::Parts for CohortSummary {
    type More<'a> = More<'a>;

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let (words, more) = (report.catalogue(), &report.more);
        let mut columns = vec![Column::new(&words.everyone, report.of)];
        columns.extend(more.groups.iter().map(|(name, of)| Column::new(name, of)));
        let caption = more.by.as_ref().map_or_else(
            || words.table_1.to_string(),
            |by| fill!(words.table_1_by, group = shortened(by, LONGEST_GROUPING)),
        );
        let names = columns.iter().map(|column| shortened(column.name, LONGEST_NAME));
        let head: Vec<String> = [String::new()].into_iter().chain(names).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();

        let questionnaire = report.questionnaire.title();
        let numbered = fill!(words.table_numbered, n = 1, caption = caption);
        let title = format!("{numbered}: {}", report.setting.text_of(questionnaire).text);
        let blocks = vec![Block::Heading(1, vec![report.setting.quoted(questionnaire)])];
        let mut page = Content::new(words, title, blocks);
        page.width = WIDTH;
        if let Some(name) = report.setting.about.as_deref() {
            page.say(name);
        }
        page.numbered(&caption, &head, rows(words, &columns));
        page.say(&words.table_1_note);
        if more.in_no_group > 0 {
            page.say(&fill!(words.rows_in_no_group, n = words.grouped(more.in_no_group)));
        }
        if let Some(weighted) = &more.weighted {
            weighted.write(&mut page);
        }
        if let Some(counts) = more.careless {
            careless::write(&mut page, counts);
        }
        #[cfg(feature = "intervals")]
        report.more_tables(&mut page);
        for drawing in more.pictures.iter().flat_map(|picture| report.on_page(*picture)) {
            page.picture(drawing);
        }
        let stages = report.of.stages();
        let weights = more.weighted.as_ref().map(|weighted| weighted.told(words));
        page.say(&fill!(
            words.methods,
            weights = weights.as_deref().unwrap_or(&words.not_weighted),
            version = env!("CARGO_PKG_VERSION"),
            n = words.grouped(stages.total()),
            scored = words.grouped(stages.scored()),
        ));
        page.blocks.push(Block::Facts(report.identity()));
        page
    }
}

impl Report<'_, CohortSummary> {
    /// The figures of tables on respondents themselves, a line each.
    fn figures_of_respondents(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(weighted) = &self.more.weighted {
            weighted.write_tidy(f)?;
        }
        self.more.careless.map_or(Ok(()), |counts| careless::write_tidy(f, counts))
    }
}

#[cfg(feature = "intervals")]
impl Report<'_, CohortSummary> {
    /// The tables behind the first.
    fn more_tables(&self, page: &mut Content<'_>) {
        if let Some(groups) = &self.more.compared {
            comparison::write(page, self.of, groups, self.more.by.as_deref());
        }
        if let Some(change) = &self.more.change {
            change.write(page);
        }
        if let Some(units) = &self.more.units {
            units.write(page);
        }
        if let Some(study) = &self.more.study {
            study.write(page, self.of);
        }
    }

    /// Their figures, a line each.
    fn more_figures(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(groups) = &self.more.compared {
            comparison::write_tidy(f, groups)?;
        }
        self.more.change.as_ref().map_or(Ok(()), |change| change.write_tidy(f))?;
        self.more.units.as_ref().map_or(Ok(()), |units| units.write_tidy(f))?;
        self.more.study.as_ref().map_or(Ok(()), |study| study.write_tidy(f))
    }
}

/// What is above a column, whom it is about, and the figures of the overall and of each pillar.
struct Column<'s> {
    name: &'s str,
    summary: &'s CohortSummary,
    figures: Vec<Figures>,
}

impl<'s> Column<'s> {
    fn new(name: &'s str, summary: &'s CohortSummary) -> Self {
        let pillars = summary.pillars().iter().map(|(_, pillar)| pillar);
        let figures = [summary.overall()].into_iter().chain(pillars).map(Distribution::figures);
        Self { name, summary, figures: figures.collect() }
    }
}

/// One of the counts of stages.
type Count = fn(&StageCounts) -> u64;

fn rows<'r>(words: &Words, columns: &[Column<'_>]) -> Vec<Row<'r>> {
    let part = |label: &str, cell: &dyn Fn(&Column<'_>) -> String| {
        let cells = columns.iter().map(cell).collect();
        Row { kind: Kind::Part, about: vec![plain(label)], cells }
    };
    let head = |label: &str, cell: &dyn Fn(&Column<'_>) -> String| {
        sum(label, columns.iter().map(cell).collect())
    };
    let stages = |of: &Column<'_>| *of.summary.stages();
    let mut rows = vec![head(&words.respondents, &|of| words.grouped(stages(of).total()))];
    let counts: [(&str, Count); 3] = [
        (&words.with_score, StageCounts::scored),
        (&words.not_scorable, |of| of.not_scorable),
        (&words.left_out_bad, |of| of.bad),
    ];
    rows.extend(counts.map(|(label, count)| {
        part(label, &|of| share(words, count(&stages(of)), stages(of).total()))
    }));
    rows.push(head(&words.stage_shares, &|_| String::new()));
    rows.extend(Stage::ALL.map(|stage| {
        part(words.stage(stage), &|of| share(words, stages(of).at[stage], stages(of).scored()))
    }));
    let names = [&*words.overall].into_iter().chain(Pillar::ALL.map(|pillar| words.pillar(pillar)));
    for (place, name) in names.enumerate() {
        let figures = |cell: fn(&Words, &Figures) -> String| {
            move |of: &Column<'_>| {
                of.figures.get(place).map(|of| cell(words, of)).unwrap_or_default()
            }
        };
        let count = figures(|words, of| words.grouped(of.count));
        rows.push(head(&fill!(words.number_of, name = name), &count));
        let mean = figures(|words, of| {
            format!("{} ({})", percent(words, of.mean), hundredfold(words, of.standard_deviation))
        });
        rows.push(part(&words.mean_sd, &mean));
        let median = figures(|words, of| {
            in_brackets(words, [of.lower_quartile, of.median, of.upper_quartile])
        });
        rows.push(part(&words.median_quartiles, &median));
        let ends = figures(|words, of| two(words, [of.floor_share, of.ceiling_share]));
        rows.push(part(&words.floor_ceiling, &ends));
    }
    rows
}

/// A name, cut to at most that many characters, the last of which then says so.
fn shortened(name: &str, most: usize) -> String {
    crate::text::shortened(&crate::report::escape::clean(name), most)
}

/// A Score of many in per cent.
fn percent(words: &Words, score: Option<Score>) -> String {
    score.map_or(NONE.to_owned(), |score| words.number(score.percent_nearest(1)))
}

/// The median, and the quartiles beside it in brackets.
fn in_brackets(words: &Words, [lower, median, upper]: [Option<Score>; 3]) -> String {
    format!("{} [{}]", percent(words, median), two(words, [lower, upper]))
}

fn two(words: &Words, scores: [Option<Score>; 2]) -> String {
    scores.map(|score| percent(words, score)).join(&words.between)
}

/// So many of all, and per cent of them.
fn share(words: &Words, count: u64, all: u64) -> String {
    let count_shown = words.grouped(count);
    match all {
        0 => count_shown,
        all => format!("{count_shown} ({})", words.number(Percent::nearest(count, all, 1))),
    }
}

#[expect(clippy::float_arithmetic, reason = "a statistic, for the eye")]
fn hundredfold(words: &Words, number: Option<f64>) -> String {
    number.map_or(NONE.to_owned(), |number| words.number(format!("{:.1}", number * 100.0)))
}
