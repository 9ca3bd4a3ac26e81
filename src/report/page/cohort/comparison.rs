//! Whether groups differ, and by how much.

use std::fmt::{self, Formatter};

use super::figures::{Figures, LEVEL};
use super::study::tell;
use super::tidy::line;
use crate::cohort::{CohortSummary, Distribution};
use crate::pillar::Pillar;
use crate::questionnaire::OtherQuestionnaire;
use crate::report::Report;
use crate::report::content::{Content, Row, plain, row};
use crate::statistics::{Anova, GroupDifference, Moments};
use crate::words::{Words, fill};

impl<'a> Report<'a, CohortSummary> {
    /// With a table of the differences between groups: of two, Welch's t test and Hedges' g; of more, an
    /// analysis of variance. They need not be those of [`groups`](Self::groups): a column of those without
    /// a group is none. Takes the feature `intervals`.
    ///
    /// # Errors
    ///
    /// If a group is of a questionnaire with another fingerprint.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// let nobody = CohortSummary::empty(Questionnaire::dcx_pulse());
    /// let report = nobody.report().comparison([("north", &nobody), ("south", &nobody)])?;
    /// assert!(report.text().to_string().contains("Table 2. Differences between north and south"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn comparison(
        mut self,
        groups: impl IntoIterator<Item = (&'a str, &'a CohortSummary)>,
    ) -> Result<Self, OtherQuestionnaire> {
        let mut compared = Vec::new();
        for (name, summary) in groups {
            OtherQuestionnaire::check(self.questionnaire, summary.questionnaire())?;
            compared.push((name, summary));
        }
        self.more.compared = Some(compared);
        Ok(self)
    }
}

/// Adds the table.
pub(super) fn write(
    page: &mut Content<'_>,
    all: &CohortSummary,
    groups: &[(&str, &CohortSummary)],
    by: Option<&str>,
) {
    let words = page.words;
    let mut figures = Figures::new(words);
    if let [(one, first), (other, second)] = groups {
        let between = [*one, *other].map(|name| super::shortened(name, super::LONGEST_NAME));
        let [one, other] = between;
        let head = [
            "",
            &words.column_difference,
            &words.column_t,
            &words.column_df,
            &words.column_p,
            &words.column_g,
        ];
        let rows: Vec<Row<'_>> = subjects(words)
            .map(|(name, of)| {
                let difference = GroupDifference::new(&of(first).moments(), &of(second).moments());
                let cells = vec![
                    figures.hundredfold(difference.difference, difference.interval(LEVEL)),
                    figures.of(difference.t, 2, false),
                    figures.of(difference.df, 1, false),
                    figures.p(difference.p()),
                    figures.with_interval(
                        difference.hedges_g,
                        difference.hedges_g_interval(LEVEL),
                        (2, false),
                    ),
                ];
                row(plain(name), cells)
            })
            .collect();
        let caption = fill!(words.table_two_groups, one = one, other = other);
        page.numbered(&caption, &head, rows);
        page.say(&fill!(words.table_two_groups_note, one = one, other = other));
    } else {
        let head = [
            "",
            &words.column_f,
            &words.column_df,
            &words.column_p,
            &words.column_eta,
            &words.column_omega_squared,
        ];
        let rows: Vec<Row<'_>> = subjects(words)
            .map(|(name, of)| {
                let moments: Vec<Moments> =
                    groups.iter().map(|(_, summary)| of(summary).moments()).collect();
                let anova = Anova::new(&moments);
                let cells = vec![
                    figures.of(anova.f, 2, false),
                    format!("{}{}{}", anova.df_between, words.between, anova.df_within),
                    figures.p(anova.p()),
                    figures.coefficient(anova.eta_squared),
                    figures.coefficient(anova.omega_squared),
                ];
                row(plain(name), cells)
            })
            .collect();
        let by = by.unwrap_or_default();
        let by = super::shortened(by, super::LONGEST_GROUPING);
        page.numbered(&fill!(words.table_groups, group = by), &head, rows);
        page.say(&fill!(words.table_groups_note, n = groups.len()));
    }
    let compared = groups.iter().map(|(_, summary)| summary.overall().count()).sum();
    let left = all.overall().count().saturating_sub(compared);
    if left > 0 {
        page.say(&fill!(words.not_compared, n = words.grouped(left)));
    }
    tell(page, &figures);
}

/// The figures of the table, a line each.
pub(super) fn write_tidy(f: &mut Formatter<'_>, groups: &[(&str, &CohortSummary)]) -> fmt::Result {
    let subjects = ["overall"].into_iter().chain(Pillar::ALL.map(Pillar::as_str));
    for (subject, of) in subjects.zip(distributions()) {
        let moments: Vec<Moments> =
            groups.iter().map(|(_, summary)| of(summary).moments()).collect();
        let mut put = |figure, value| line(f, ("comparison", ""), subject, figure, value);
        if let [one, other] = moments.as_slice() {
            let of = GroupDifference::new(one, other);
            let [difference, g] = [of.interval(LEVEL).ok(), of.hedges_g_interval(LEVEL).ok()];
            put("difference", of.difference.value())?;
            put("difference_lower", difference.map(|of| of.lower))?;
            put("difference_upper", difference.map(|of| of.upper))?;
            put("t", of.t.value())?;
            put("df", of.df.value())?;
            put("p", of.p().value())?;
            put("hedges_g", of.hedges_g.value())?;
            put("hedges_g_lower", g.map(|of| of.lower))?;
            put("hedges_g_upper", g.map(|of| of.upper))?;
        } else {
            let of = Anova::new(&moments);
            put("f", of.f.value())?;
            let [between, within] = [of.df_between, of.df_within].map(super::figures::double);
            put("df_between", between)?;
            put("df_within", within)?;
            put("p", of.p().value())?;
            put("eta_squared", of.eta_squared.value())?;
            put("omega_squared", of.omega_squared.value())?;
        }
    }
    Ok(())
}

/// One of the distributions of a summary.
type Of = Box<dyn Fn(&CohortSummary) -> &Distribution>;

/// The overall and each pillar, with their names.
fn subjects(words: &Words) -> impl Iterator<Item = (&str, Of)> {
    let names = [&*words.overall].into_iter().chain(Pillar::ALL.map(|pillar| words.pillar(pillar)));
    names.zip(distributions())
}

/// The overall and each pillar.
fn distributions() -> impl Iterator<Item = Of> {
    let overall: Of = Box::new(|summary| summary.overall());
    let pillars = Pillar::ALL.into_iter().map(|pillar| -> Of {
        Box::new(move |summary: &CohortSummary| &summary.pillars()[pillar])
    });
    [overall].into_iter().chain(pillars)
}
