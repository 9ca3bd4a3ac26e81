//! Respondents of one unit beside each other, and respondents of one id at two times.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use super::figures::{Figures, LEVEL, double};
use super::study::tell;
use super::tidy::line;
use super::{LONGEST_GROUPING, hundredfold, percent, shortened};
use crate::cohort::{CohortSummary, ScoresByName, Study};
use crate::number::Percent;
use crate::pillar::Pillar;
use crate::questionnaire::OtherQuestionnaire;
use crate::report::Report;
use crate::report::content::{Content, Row, plain, row};
use crate::statistics::{Deletion, MeasurementError, PairedChange, ReliableChanges, Undefined};
use crate::words::{Words, fill};

/// What names units, and their respondents.
#[derive(Clone, Debug)]
pub(super) struct Units<'a> {
    by: Cow<'a, str>,
    scores: &'a ScoresByName,
}

/// When it was earlier, what ids are called, and who answered at both times.
#[derive(Clone, Debug)]
pub(super) struct Change<'a> {
    from: Cow<'a, str>,
    id: Cow<'a, str>,
    earlier: &'a ScoresByName,
    later: &'a ScoresByName,
    /// Of the earlier time.
    study: &'a Study,
    deletion: Deletion,
}

/// The error of measurement, and how many changed by more than it explains.
type Reliable = (MeasurementError, ReliableChanges);

impl<'a> Report<'a, CohortSummary> {
    /// With a table on how far respondents of one unit agree. `by` says what units are. Takes the feature
    /// `intervals`.
    ///
    /// # Errors
    ///
    /// If the scores are of a questionnaire with another fingerprint.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::{CohortSummary, ScoresByName};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (nobody, units) = (CohortSummary::empty(pulse), ScoresByName::new(pulse));
    /// let text = nobody.report().units("hospital", &units)?.text().to_string();
    /// assert!(text.contains("Table 2. Respondents of one hospital beside each other"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn units(
        mut self,
        by: impl Into<Cow<'a, str>>,
        scores: &'a ScoresByName,
    ) -> Result<Self, OtherQuestionnaire> {
        OtherQuestionnaire::check(self.questionnaire, scores.questionnaire())?;
        self.more.units = Some(Units { by: by.into(), scores });
        Ok(self)
    }

    /// With a table on what became of those who answered at an earlier time, too: `from` names that time, `id`
    /// says by what respondents are known again, and `study` is that of the earlier time, whose
    /// [error of measurement](Study::measurement_error) tells who changed beyond it. Takes the feature `intervals`.
    ///
    /// # Errors
    ///
    /// If one is of a questionnaire with another fingerprint.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::{CohortSummary, ScoresByName, Study};
    /// # use digital_maturity::statistics::Deletion;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (nobody, scores) = (CohortSummary::empty(pulse), ScoresByName::new(pulse));
    /// let (earlier, report) = ((&Study::new(pulse), Deletion::Listwise), nobody.report());
    /// let text = report.change("2025", "code", &scores, &scores, earlier)?.text().to_string();
    /// assert!(text.contains("Table 2. Change from 2025"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn change(
        mut self,
        from: impl Into<Cow<'a, str>>,
        id: impl Into<Cow<'a, str>>,
        earlier: &'a ScoresByName,
        later: &'a ScoresByName,
        (study, deletion): (&'a Study, Deletion),
    ) -> Result<Self, OtherQuestionnaire> {
        for other in [earlier.questionnaire(), later.questionnaire(), study.questionnaire()] {
            OtherQuestionnaire::check(self.questionnaire, other)?;
        }
        let (from, id) = (from.into(), id.into());
        self.more.change = Some(Change { from, id, earlier, later, study, deletion });
        Ok(self)
    }
}

/// The overall and each pillar.
fn subjects() -> impl Iterator<Item = Option<Pillar>> {
    [None].into_iter().chain(Pillar::ALL.map(Some))
}

fn id(of: Option<Pillar>) -> &'static str {
    of.map_or("overall", Pillar::as_str)
}

fn name(words: &Words, of: Option<Pillar>) -> &str {
    of.map_or(&words.overall, |pillar| words.pillar(pillar))
}

impl Units<'_> {
    /// Adds the table.
    pub(super) fn write(&self, page: &mut Content<'_>) {
        let words = page.words;
        let mut figures = Figures::new(words);
        let head = [
            "",
            &words.column_units,
            &words.column_n,
            &words.column_mean_sd,
            &words.column_icc_1,
            &words.column_icc_2,
            &words.column_f,
            &words.column_df,
            &words.column_p,
        ];
        let rows: Vec<Row<'_>> = subjects()
            .map(|of| {
                let (icc, means) = (self.scores.icc(of), self.scores.means(of));
                let (between, within) = (icc.groups.saturating_sub(1), icc.n - icc.groups);
                let cells = vec![
                    words.grouped(count(icc.groups)),
                    words.grouped(count(icc.n)),
                    format!(
                        "{} ({})",
                        percent(words, means.mean()),
                        hundredfold(words, means.standard_deviation())
                    ),
                    figures.with_interval(icc.icc_1, icc.icc_1_interval(LEVEL), (2, true)),
                    figures.with_interval(icc.icc_2, icc.icc_2_interval(LEVEL), (2, true)),
                    figures.of(icc.f(), 2, false),
                    format!("{between}{}{within}", words.between),
                    figures.p(icc.p()),
                ];
                row(plain(name(words, of)), cells)
            })
            .collect();
        let by = shortened(&self.by, LONGEST_GROUPING);
        page.numbered(&fill!(words.table_units, unit = by), &head, rows);
        page.say(&words.table_units_note);
        if self.scores.without_name() > 0 {
            let n = words.grouped(self.scores.without_name());
            page.say(&fill!(words.rows_without_unit, n = n));
        }
        tell(page, &figures);
    }

    /// The figures of the table, a line each.
    pub(super) fn write_tidy(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for of in subjects() {
            let (icc, means) = (self.scores.icc(of), self.scores.means(of));
            let [one, mean] = [icc.icc_1_interval(LEVEL).ok(), icc.icc_2_interval(LEVEL).ok()];
            for (figure, value) in [
                ("units", double(icc.groups)),
                ("n", double(icc.n)),
                ("size", icc.size.value()),
                ("mean", means.mean().map(crate::number::Score::to_f64)),
                ("sd", means.standard_deviation()),
                ("icc_1", icc.icc_1.value()),
                ("icc_1_lower", one.map(|of| of.lower)),
                ("icc_1_upper", one.map(|of| of.upper)),
                ("icc_2", icc.icc_2.value()),
                ("icc_2_lower", mean.map(|of| of.lower)),
                ("icc_2_upper", mean.map(|of| of.upper)),
                ("f", icc.f().value()),
                ("p", icc.p().value()),
            ] {
                line(f, ("units", ""), id(of), figure, value)?;
            }
        }
        Ok(())
    }
}

impl Change<'_> {
    /// Each subject, how it changed, and how many changed reliably.
    fn changes(
        &self,
    ) -> impl Iterator<Item = (Option<Pillar>, PairedChange, Result<Reliable, Undefined>)> {
        subjects().filter_map(|of| {
            let change = self.later.change(self.earlier, of).ok()?;
            let reliable = of.ok_or(Undefined::OutOfRange).and_then(|pillar| {
                let error = self.study.measurement_error(pillar, self.deletion)?;
                Ok((error, self.later.reliable_changes(self.earlier, pillar, error)?))
            });
            Some((of, change, reliable))
        })
    }

    /// Adds the table.
    pub(super) fn write(&self, page: &mut Content<'_>) {
        let words = page.words;
        let mut figures = Figures::new(words);
        let head = [
            "",
            &words.column_n,
            &words.column_earlier,
            &words.column_later,
            &words.column_difference,
            &words.column_t,
            &words.column_df,
            &words.column_p,
            &words.column_srm,
            &words.column_r,
            &words.column_better,
            &words.column_worse,
        ];
        let mut rows: Vec<Row<'_>> = Vec::new();
        for (of, change, reliable) in self.changes() {
            let mean = |of: &crate::statistics::Moments| hundredfold(words, of.mean.value());
            let mut cells = vec![
                words.grouped(count(change.n)),
                mean(&change.earlier),
                mean(&change.later),
                figures.hundredfold(change.difference.mean, change.interval(LEVEL)),
                figures.of(change.t, 2, false),
                change.df.to_string(),
                figures.p(change.p()),
                figures.of(change.standardised_response_mean, 2, false),
                figures.coefficient(change.r),
            ];
            for count in [ReliableChanges::improved, ReliableChanges::deteriorated] {
                cells.push(match (&reliable, of) {
                    (Ok((_, changes)), _) if changes.n() > 0 => {
                        words.number(Percent::nearest(count(changes), changes.n(), 1))
                    }
                    (Err(reason), Some(_)) => figures.missing(*reason),
                    _ => super::NONE.to_owned(),
                });
            }
            rows.push(row(plain(name(words, of)), cells));
        }
        let from = shortened(&self.from, LONGEST_GROUPING);
        page.numbered(&fill!(words.table_change, earlier = from), &head, rows);
        let id = shortened(&self.id, LONGEST_GROUPING);
        let who = super::study::who_is_in(words, self.deletion);
        page.say(&fill!(words.table_change_note, id = id, who = who));
        let pairing = self.later.pairing(self.earlier);
        page.say(&fill!(
            words.rows_unpaired,
            earlier = words.grouped(pairing.earlier_alone),
            later = words.grouped(pairing.later_alone),
            ambiguous = words.grouped(pairing.ambiguous),
        ));
        let [earlier, later] = [self.earlier, self.later].map(ScoresByName::without_name);
        if earlier + later > 0 {
            let [earlier, later] = [earlier, later].map(|n| words.grouped(n));
            page.say(&fill!(words.rows_without_id, earlier = earlier, later = later));
        }
        tell(page, &figures);
    }

    /// The figures of the table, a line each.
    pub(super) fn write_tidy(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (of, change, reliable) in self.changes() {
            let interval = change.interval(LEVEL).ok();
            let reliable = reliable.ok();
            let share = |share: fn(&ReliableChanges) -> crate::statistics::Statistic| {
                reliable.as_ref().and_then(|(_, changes)| share(changes).value())
            };
            let error =
                |error: fn(&MeasurementError) -> f64| reliable.as_ref().map(|(of, _)| error(of));
            for (figure, value) in [
                ("n", double(change.n)),
                ("earlier_mean", change.earlier.mean.value()),
                ("later_mean", change.later.mean.value()),
                ("difference", change.difference.mean.value()),
                ("difference_lower", interval.map(|of| of.lower)),
                ("difference_upper", interval.map(|of| of.upper)),
                ("difference_sd", change.difference.variance.value().map(f64::sqrt)),
                ("t", change.t.value()),
                ("df", double(change.df)),
                ("p", change.p().value()),
                ("standardised_response_mean", change.standardised_response_mean.value()),
                ("effect_size", change.effect_size.value()),
                ("r", change.r.value()),
                ("measurement_error", error(MeasurementError::of_value)),
                ("measurement_error_of_difference", error(MeasurementError::of_difference)),
                ("improved", share(ReliableChanges::improved_share)),
                ("deteriorated", share(ReliableChanges::deteriorated_share)),
            ] {
                line(f, ("change", ""), id(of), figure, value)?;
            }
        }
        Ok(())
    }
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
