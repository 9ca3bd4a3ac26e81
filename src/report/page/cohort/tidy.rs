//! The figures of all tables, one a line, to go on with.

use std::fmt::{self, Display, Formatter};

use crate::cohort::{CohortSummary, Figures};
use crate::number::Score;
use crate::pillar::Pillar;
use crate::report::Report;
use crate::stage::Stage;

impl<'a> Report<'a, CohortSummary> {
    /// The figures of all tables as tidy CSV, whatever the language: a line each with the table, the group
    /// (blank for all), what it is about, the figure and its value, with a point and all its digits, shares
    /// and scores from 0 to 1. A figure that is not determined is blank.
    ///
    /// A name that a spreadsheet would take for a formula begins with an apostrophe.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// let nobody = CohortSummary::empty(Questionnaire::dcx_pulse());
    /// let tidy = nobody.report().tidy().to_string();
    /// assert!(tidy.starts_with("table,group,subject,figure,value\nscores,,respondents,n,0\n"));
    /// assert!(tidy.contains("scores,,agile_approach,mean,\n"));
    /// ```
    #[must_use]
    pub fn tidy(&self) -> impl Display + use<'a> {
        self.shown(write)
    }
}

fn write(report: &Report<'_, CohortSummary>, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str("table,group,subject,figure,value\n")?;
    scores(f, "", report.of)?;
    for (name, summary) in &report.more.groups {
        scores(f, name, summary)?;
    }
    report.figures_of_respondents(f)?;
    #[cfg(feature = "intervals")]
    report.more_figures(f)?;
    Ok(())
}

/// One line.
pub(super) fn line(
    f: &mut Formatter<'_>,
    (table, group): (&str, &str),
    subject: &str,
    figure: &str,
    value: Option<impl Display>,
) -> fmt::Result {
    write!(f, "{table},{},{},{figure},", Cell(group), Cell(subject))?;
    match value {
        Some(value) => writeln!(f, "{value}"),
        None => writeln!(f),
    }
}

fn scores(f: &mut Formatter<'_>, group: &str, summary: &CohortSummary) -> fmt::Result {
    let at = ("scores", group);
    let stages = summary.stages();
    for (figure, count) in [
        ("n", stages.total()),
        ("scored", stages.scored()),
        ("not_scorable", stages.not_scorable),
        ("bad", stages.bad),
    ] {
        line(f, at, "respondents", figure, Some(count))?;
    }
    for stage in Stage::ALL {
        line(f, at, stage.as_str(), "n", Some(stages.at[stage]))?;
        line(f, at, stage.as_str(), "share", stages.share(stage))?;
    }
    distribution(f, at, "overall", &summary.overall().figures())?;
    for pillar in Pillar::ALL {
        distribution(f, at, pillar.as_str(), &summary.pillars()[pillar].figures())?;
    }
    for (theme, of) in summary.themes() {
        distribution(f, at, theme, &of.figures())?;
    }
    Ok(())
}

fn distribution(
    f: &mut Formatter<'_>,
    at: (&str, &str),
    subject: &str,
    of: &Figures,
) -> fmt::Result {
    line(f, at, subject, "n", Some(of.count))?;
    line(f, at, subject, "mean", of.mean)?;
    line(f, at, subject, "sd", of.standard_deviation)?;
    let [lower, median, upper] = [of.lower_quartile, of.median, of.upper_quartile];
    let [floor, ceiling] = [of.floor_share, of.ceiling_share];
    order(f, at, subject, [of.lowest, lower, median, upper, of.highest, floor, ceiling])
}

/// What tells the order of scores, as [`order`] takes it.
const ORDER: [&str; 7] =
    ["lowest", "lower_quartile", "median", "upper_quartile", "highest", "floor", "ceiling"];

/// The ends, the quartiles, and the shares at the ends of the scale, a line each.
pub(super) fn order(
    f: &mut Formatter<'_>,
    at: (&str, &str),
    subject: &str,
    scores: [Option<Score>; ORDER.len()],
) -> fmt::Result {
    ORDER.iter().zip(scores).try_for_each(|(figure, score)| line(f, at, subject, figure, score))
}

/// A text in a cell of CSV.
struct Cell<'t>(&'t str);

impl Display for Cell<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let begins = |c| "=+-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c);
        let is_number = || self.0.parse::<f64>().is_ok_and(f64::is_finite);
        let mark = if self.0.starts_with(begins) && !is_number() { "'" } else { "" };
        if self.0.contains([',', ';', '"', '\r', '\n', '\t', '|']) {
            write!(f, "\"{mark}{}\"", self.0.replace('"', "\"\""))
        } else {
            write!(f, "{mark}{}", self.0)
        }
    }
}
