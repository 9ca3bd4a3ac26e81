//! What is printed: a table as a paper has it, a column for all and one for each group.

use std::fmt::Write as _;

use digital_maturity::cohort::{CohortSummary, Distribution, Figures, StageCounts};
use digital_maturity::{Pillar, Questionnaire, Score, Stage};

use super::progress::grouped;
use super::reliability;
use super::stream::Outcome;
use crate::support::output::{plain, shortened};

/// No line is longer.
const WIDTH: usize = 100;

/// Names of groups are cut to that.
const LONGEST_NAME: usize = 24;

/// The rows of the table: what each says, and a text for each column.
struct Line {
    label: String,
    cells: Vec<String>,
}

/// A column: what is above it, and whom it is about.
struct Head<'s> {
    name: String,
    summary: &'s CohortSummary,
    /// Of the overall and of each pillar.
    figures: Vec<Figures>,
}

impl<'s> Head<'s> {
    fn new(name: String, summary: &'s CohortSummary) -> Self {
        let pillars = summary.pillars().iter().map(|(_, pillar)| pillar);
        let figures = [summary.overall()].into_iter().chain(pillars).map(Distribution::figures);
        Self { name, summary, figures: figures.collect() }
    }
}

/// The table and what is to be known of it.
pub(crate) fn text(
    questionnaire: &Questionnaire,
    outcome: &Outcome,
    group: Option<&str>,
) -> String {
    let whole = &outcome.whole;
    let mut heads = vec![Head::new("All".to_owned(), &whole.all)];
    heads.extend(
        whole
            .groups
            .iter()
            .map(|(name, summary)| Head::new(shortened(&plain(name), LONGEST_NAME), summary)),
    );
    let lines = lines(&heads);

    let title = plain(questionnaire.title().as_str());
    let mut text = format!("{title}\n{}\n\n", "=".repeat(title.chars().count()));
    let by = group.map_or(String::new(), |name| format!(" by {}", shortened(&plain(name), 40)));
    let _ = writeln!(text, "Table 1. Respondents, stages and scores{by}"); // a String takes any text
    blocks(&mut text, &heads, &lines);
    let _ = write!(
        text,
        "\n\
         Scores are in per cent; means, medians and quartiles are rounded down, so that\n\
         none seems to reach a bound that it missed. SD with n - 1; quartiles in brackets\n\
         (linear between ranks). Floor and ceiling: the share of those with 0 and with\n\
         100 per cent. Shares of stages are of those scored.\n"
    );
    if group.is_some() && whole.without_group > 0 {
        let rows = grouped(whole.without_group);
        let _ = writeln!(text, "Rows that could not be read, in no group: {rows}.");
    }
    text.push_str(&outcome.reliability.as_ref().map(reliability::text).unwrap_or_default());
    let (id, version) = (questionnaire.id(), questionnaire.version());
    let fingerprint = questionnaire.fingerprint();
    let _ = write!(text, "\nQuestionnaire: {id} {version}\nFingerprint:\n    {fingerprint}\n");
    text
}

/// Columns side by side as far as they fit, then the others below.
fn blocks(text: &mut String, heads: &[Head<'_>], lines: &[Line]) {
    let first = lines.iter().map(|line| line.label.chars().count()).max().unwrap_or(0);
    let width = |column: usize, head: &Head<'_>| {
        let cells = lines.iter().filter_map(|line| line.cells.get(column));
        let cells = cells.map(|cell| cell.chars().count());
        cells.chain([head.name.chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = heads.iter().enumerate().map(|(c, head)| width(c, head)).collect();
    let mut begin = 0;
    while begin < heads.len() {
        let mut used = first;
        let fits = widths.iter().skip(begin).take_while(|width| {
            used += 2 + **width;
            used <= WIDTH
        });
        let end = begin + fits.count().max(1);
        let columns = begin..end;
        let mut put = |label: &str, cells: Vec<&str>| {
            let mut line = format!("{label:first$}");
            for (cell, width) in cells.iter().zip(widths.iter().skip(begin)) {
                let _ = write!(line, "  {cell:>width$}");
            }
            let _ = writeln!(text, "{}", line.trim_end());
        };
        put("", Vec::new());
        put("", heads.iter().skip(begin).take(columns.len()).map(|h| h.name.as_str()).collect());
        let rules: Vec<String> =
            widths.iter().skip(begin).take(columns.len()).map(|width| "-".repeat(*width)).collect();
        put(&"-".repeat(first), rules.iter().map(String::as_str).collect());
        for line in lines {
            let cells = line.cells.iter().skip(begin).take(columns.len());
            put(&line.label, cells.map(String::as_str).collect());
        }
        begin = end;
    }
}

fn lines(heads: &[Head<'_>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut put = |label: &str, cell: &dyn Fn(&Head<'_>) -> String| {
        let cells = heads.iter().map(cell).collect();
        lines.push(Line { label: label.to_owned(), cells });
    };
    put("Respondents, n", &|of| grouped(of.summary.stages().total()));
    for (label, count) in [
        ("  scored", (|of| of.scored()) as fn(&StageCounts) -> u64),
        ("  not scorable", |of| of.not_scorable),
        ("  left out for bad cells", |of| of.bad),
    ] {
        put(label, &|of| share(count(of.summary.stages()), of.summary.stages().total()));
    }
    put("Stage, n (%)", &|_| String::new());
    for stage in Stage::ALL {
        let label = format!("  {}", stage.name());
        put(&label, &|of| share(of.summary.stages().at[stage], of.summary.stages().scored()));
    }
    let names = ["Overall"].into_iter().chain(Pillar::ALL.map(Pillar::name));
    for (place, name) in names.enumerate() {
        let mut put = |label: &str, cell: &dyn Fn(&Figures) -> String| {
            put(label, &|head| head.figures.get(place).map(cell).unwrap_or_default());
        };
        put(&format!("{name}, n"), &|of| grouped(of.count));
        put("  mean (SD)", &|of| {
            format!("{} ({})", percent(of.mean), hundredfold(of.standard_deviation))
        });
        put("  median [quartiles]", &|of| {
            let (lower, upper) = (percent(of.lower_quartile), percent(of.upper_quartile));
            format!("{} [{lower}, {upper}]", percent(of.median))
        });
        put("  floor, ceiling (%)", &|of| {
            format!("{}, {}", nearest(of.floor_share), nearest(of.ceiling_share))
        });
    }
    lines
}

/// A Score in per cent, rounded down.
fn percent(score: Option<Score>) -> String {
    score.map_or("-".to_owned(), |score| score.percent_floor(1).to_string())
}

/// A share of respondents in per cent, to the nearest tenth.
fn nearest(share: Option<Score>) -> String {
    share.map_or("-".to_owned(), |share| {
        tenths(u128::from(share.billionths()), u128::from(Score::ONE.billionths()))
    })
}

/// So many of all, and per cent of them.
fn share(count: u64, all: u64) -> String {
    if all == 0 {
        return grouped(count);
    }
    format!("{} ({})", grouped(count), tenths(count.into(), all.into()))
}

/// A part in per cent with one decimal, to the nearest, a half up.
fn tenths(part: u128, all: u128) -> String {
    let tenths = (part * 2000 + all) / (2 * all);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[expect(clippy::float_arithmetic, reason = "a statistic, for the eye")]
fn hundredfold(number: Option<f64>) -> String {
    number.map_or("-".to_owned(), |number| format!("{:.1}", number * 100.0))
}
