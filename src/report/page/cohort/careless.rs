//! Signs of careless responding.

use std::fmt::{self, Formatter};

use super::tidy::line;
use super::{NONE, share};
use crate::cohort::CohortSummary;
use crate::report::Report;
use crate::report::content::{Content, Row, plain, row};
use crate::statistics::{CarelessCounts, Frequencies};

impl<'a> Report<'a, CohortSummary> {
    /// With a table of signs of careless responding, of the same respondents.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// # use digital_maturity::statistics::CarelessCounts;
    /// let (nobody, counts) = (CohortSummary::empty(Questionnaire::dcx_pulse()), CarelessCounts::default());
    /// let text = nobody.report().careless(&counts).text().to_string();
    /// assert!(text.contains("Table 2. Signs of careless responding"));
    /// ```
    #[must_use]
    pub const fn careless(mut self, counts: &'a CarelessCounts) -> Self {
        self.more.careless = Some(counts);
        self
    }
}

/// Adds the table.
pub(super) fn write(page: &mut Content<'_>, of: &CarelessCounts) {
    let words = page.words;
    let all = count(of.rows);
    let run = |of: Option<f64>| of.map_or(NONE.to_owned(), |of| words.number(of.to_string()));
    let runs = &of.longest_runs;
    let between = &words.between;
    let cells = [
        (&words.respondents, words.grouped(all)),
        (&words.careless_blank, share(words, count(of.blank), all)),
        (&words.careless_straight, share(words, count(of.straight_lines), all)),
        (&words.careless_duplicated, share(words, count(of.duplicated), all)),
        (&words.careless_run, format!("{}{between}{}", run(median(runs)), run(highest(runs)))),
    ];
    let rows: Vec<Row<'_>> =
        cells.into_iter().map(|(label, cell)| row(plain(label), vec![cell])).collect();
    page.numbered(&words.table_careless, &["", &words.everyone], rows);
    page.say(&words.table_careless_note);
}

/// The figures of the table, a line each.
pub(super) fn write_tidy(f: &mut Formatter<'_>, of: &CarelessCounts) -> fmt::Result {
    let at = ("careless", "");
    for (figure, value) in [
        ("n", of.rows),
        ("blank", of.blank),
        ("straight_lines", of.straight_lines),
        ("duplicated", of.duplicated),
    ] {
        line(f, at, "respondents", figure, Some(value))?;
    }
    line(f, at, "longest_run", "median", median(&of.longest_runs))?;
    line(f, at, "longest_run", "highest", highest(&of.longest_runs))?;
    for (length, times) in of.longest_runs.levels() {
        line(f, at, "longest_run", &format!("n_{length}"), Some(times))?;
    }
    Ok(())
}

/// The middle one, the mean of two where there are two.
fn median(of: &Frequencies) -> Option<f64> {
    let at = |place: u64| {
        let mut passed = 0;
        let level = of.levels().find(|(_, times)| {
            passed += times;
            place < passed
        });
        level.map(|(level, _)| level)
    };
    let last = of.n().checked_sub(1)?;
    Some(f64::midpoint(at(last / 2)?, at(last.div_ceil(2))?))
}

fn highest(of: &Frequencies) -> Option<f64> {
    of.levels().last().map(|(level, _)| level)
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
