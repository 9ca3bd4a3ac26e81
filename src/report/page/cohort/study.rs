//! The tables of a paper behind the first: reliability, questions, correlations, and what to know of them.

use std::fmt::{self, Formatter};

use super::figures::{Figures, LEVEL, double};
use super::tidy::line;
use crate::cohort::{CohortSummary, Remark, Study};
use crate::number::Percent;
use crate::pillar::Pillar;
use crate::questionnaire::OtherQuestionnaire;
use crate::report::Report;
use crate::report::content::{Content, Inline, Kind, Row, plain, row, sum};
use crate::statistics::{Deletion, Reliability};
use crate::words::{Words, fill};

/// A table on a [`Study`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StudyTable {
    /// How consistent the questions of each pillar are: alpha with Feldt's interval, alpha of the weighted
    /// composite, omega, lambda-6, split half, mean correlation.
    Reliability,
    /// Each question that is scored: mean, SD, floor and ceiling, item-rest correlation, alpha without it,
    /// loading.
    Items,
    /// How the scores of the pillars go together, with Fisher's intervals.
    Correlations,
}

/// The study of a report, and which tables of it are wanted.
#[derive(Clone, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) study: &'a Study,
    groups: Vec<(&'a str, &'a Study)>,
    tables: Vec<StudyTable>,
    deletion: Deletion,
}

impl<'a> Report<'a, CohortSummary> {
    /// With tables on a study of the same respondents, numbered on, in that order, and what is to be said of
    /// its figures. Takes the feature `intervals`.
    ///
    /// # Errors
    ///
    /// If the study is of a questionnaire with another fingerprint.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::cohort::{CohortSummary, Study};
    /// use digital_maturity::report::StudyTable;
    /// use digital_maturity::statistics::Deletion;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (summary, study) = (CohortSummary::empty(pulse), Study::new(pulse));
    /// let tables = [StudyTable::Reliability, StudyTable::Correlations];
    /// let report = summary.report().study(&study, tables, Deletion::Listwise)?;
    /// assert!(report.latex().to_string().contains("\\caption{Reliability of the pillars}"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn study(
        mut self,
        study: &'a Study,
        tables: impl IntoIterator<Item = StudyTable>,
        deletion: Deletion,
    ) -> Result<Self, OtherQuestionnaire> {
        OtherQuestionnaire::check(self.questionnaire, study.questionnaire())?;
        let tables = tables.into_iter().collect();
        self.more.study = Some(Wanted { study, groups: Vec::new(), tables, deletion });
        Ok(self)
    }

    /// With the reliability of each group, too, in the table of reliability of [`study`](Self::study), which
    /// comes first; without it, nothing changes. Takes the feature `intervals`.
    ///
    /// # Errors
    ///
    /// If a study is of a questionnaire with another fingerprint.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::{CohortSummary, Study};
    /// # use digital_maturity::report::StudyTable;
    /// # use digital_maturity::statistics::Deletion;
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let (summary, study) = (CohortSummary::empty(pulse), Study::new(pulse));
    /// let report = summary.report().study(&study, [StudyTable::Reliability], Deletion::Listwise)?;
    /// let text = report.studies([("north", &study)])?.text().to_string();
    /// assert!(text.contains("\n  north"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn studies(
        mut self,
        groups: impl IntoIterator<Item = (&'a str, &'a Study)>,
    ) -> Result<Self, OtherQuestionnaire> {
        let groups: Vec<_> = groups.into_iter().collect();
        for (_, study) in &groups {
            OtherQuestionnaire::check(self.questionnaire, study.questionnaire())?;
        }
        if let Some(wanted) = &mut self.more.study {
            wanted.groups = groups;
        }
        Ok(self)
    }
}

impl Wanted<'_> {
    /// Adds the tables.
    pub(super) fn write(&self, page: &mut Content<'_>, summary: &CohortSummary) {
        for table in &self.tables {
            match table {
                StudyTable::Reliability => self.reliability(page),
                StudyTable::Items => self.items(page),
                StudyTable::Correlations => self.correlations(page),
            }
        }
        if self.tables.iter().any(|table| *table != StudyTable::Correlations) {
            self.remarks(page, summary);
        }
    }

    /// The figures of the tables, a line each.
    pub(super) fn write_tidy(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            match table {
                StudyTable::Reliability => self.tidy_reliability(f)?,
                StudyTable::Items => self.tidy_items(f)?,
                StudyTable::Correlations => {
                    for of in self.study.correlations(Deletion::Pairwise).pairs {
                        let name = |at: usize| Pillar::ALL.get(at).map_or("", |of| of.as_str());
                        let subject = format!("{} {}", name(of.one), name(of.other));
                        let interval = of.interval(LEVEL).ok();
                        let mut put =
                            |figure, value| line(f, ("correlations", ""), &subject, figure, value);
                        put("n", double(of.n))?;
                        put("r", of.r.value())?;
                        put("r_lower", interval.map(|of| of.lower))?;
                        put("r_upper", interval.map(|of| of.upper))?;
                        put("p", of.p().value())?;
                    }
                }
            }
        }
        Ok(())
    }

    fn tidy_reliability(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let all = [("", self.study)].into_iter().chain(self.groups.iter().copied());
        for (group, study) in all {
            for pillar in Pillar::ALL {
                let of = study.reliability(pillar, self.deletion);
                let consistency = study.consistency(pillar, self.deletion);
                let weighted = study.weighted_reliability(pillar, self.deletion);
                let [feldt, duhachek] = [of.feldt_interval(LEVEL), of.duhachek_interval(LEVEL)];
                let (feldt, duhachek) = (feldt.ok(), duhachek.ok());
                for (figure, value) in [
                    ("n", double(of.n)),
                    ("items", double(of.k)),
                    ("alpha", of.alpha.value()),
                    ("alpha_feldt_lower", feldt.map(|of| of.lower)),
                    ("alpha_feldt_upper", feldt.map(|of| of.upper)),
                    ("alpha_duhachek_lower", duhachek.map(|of| of.lower)),
                    ("alpha_duhachek_upper", duhachek.map(|of| of.upper)),
                    ("alpha_weighted", weighted.alpha.value()),
                    ("alpha_standardised", of.standardised_alpha.value()),
                    ("omega_total", consistency.omega_total.value()),
                    ("lambda_6", consistency.lambda_6.value()),
                    ("split_half", consistency.split_half.value()),
                    ("mean_inter_item_r", of.mean_inter_item_r.value()),
                ] {
                    line(f, ("reliability", group), pillar.as_str(), figure, value)?;
                }
            }
        }
        Ok(())
    }

    fn tidy_items(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for pillar in Pillar::ALL {
            let loadings = self.study.loadings(pillar, self.deletion);
            for (item, loading) in self.of(pillar).items.iter().zip(loadings) {
                let id = item.name.as_deref().unwrap_or_default();
                let answers = self.study.answers(id).unwrap_or_default();
                let mut put = |figure, value| line(f, ("items", ""), id, figure, value);
                put("n", double(item.n))?;
                put("mean", item.mean.value())?;
                put("sd", item.sd.value())?;
                put("item_rest", item.item_rest.value())?;
                put("alpha_if_dropped", item.alpha_if_dropped.value())?;
                put("loading", loading.value())?;
                for (figure, count) in [
                    ("answered", answers.credits.n()),
                    ("floor", answers.credits.count(0.0)),
                    ("ceiling", answers.credits.count(1.0)),
                    ("not_applicable", answers.not_applicable),
                    ("dont_know", answers.dont_know),
                    ("unanswered", answers.unanswered),
                    ("not_asked", answers.not_asked),
                ] {
                    line(f, ("items", ""), id, figure, Some(count))?;
                }
                for (credit, count) in answers.credits.levels() {
                    line(f, ("items", ""), id, &format!("credit_{credit}"), Some(count))?;
                }
            }
        }
        Ok(())
    }

    fn of(&self, pillar: Pillar) -> Reliability {
        self.study.reliability(pillar, self.deletion)
    }

    fn reliability(&self, page: &mut Content<'_>) {
        let words = page.words;
        let mut figures = Figures::new(words);
        let head = [
            "",
            &words.column_n,
            &words.column_items,
            &words.column_alpha,
            &words.column_weighted,
            &words.column_omega,
            &words.column_lambda,
            &words.column_halves,
            &words.column_mean_r,
        ];
        let mut cells = |study: &Study, pillar: Pillar| {
            let of = study.reliability(pillar, self.deletion);
            let weighted = study.weighted_reliability(pillar, self.deletion);
            let consistency = study.consistency(pillar, self.deletion);
            vec![
                words.grouped(count(of.n)),
                of.k.to_string(),
                figures.with_interval(of.alpha, of.feldt_interval(LEVEL), (2, true)),
                figures.coefficient(weighted.alpha),
                figures.coefficient(consistency.omega_total),
                figures.coefficient(consistency.lambda_6),
                figures.coefficient(consistency.split_half),
                figures.coefficient(of.mean_inter_item_r),
            ]
        };
        let mut rows: Vec<Row<'_>> = Vec::new();
        for pillar in Pillar::ALL {
            rows.push(row(plain(words.pillar(pillar)), cells(self.study, pillar)));
            for (name, study) in &self.groups {
                let about = vec![plain(&super::shortened(name, super::LONGEST_NAME))];
                rows.push(Row { kind: Kind::Part, about, cells: cells(study, pillar) });
            }
        }
        page.numbered(&words.table_reliability, &head, rows);
        page.say(&fill!(words.table_reliability_note, n = who_is_in(words, self.deletion)));
        tell(page, &figures);
    }

    fn items(&self, page: &mut Content<'_>) {
        let words = page.words;
        let mut figures = Figures::new(words);
        let head = [
            "",
            &words.column_n,
            &words.column_missing,
            &words.column_mean,
            &words.column_sd,
            &words.column_floor,
            &words.column_ceiling,
            &words.column_item_rest,
            &words.column_dropped,
            &words.column_loading,
        ];
        let mut rows = Vec::new();
        for pillar in Pillar::ALL {
            let of = self.of(pillar);
            rows.push(sum(words.pillar(pillar), vec![String::new(); head.len() - 1]));
            let loadings = self.study.loadings(pillar, self.deletion);
            for (item, loading) in of.items.iter().zip(loadings) {
                let id = item.name.clone().unwrap_or_default();
                let answers = self.study.answers(&id).unwrap_or_default().credits;
                let share = |part: u64, all: u64| match all {
                    0 => super::NONE.to_owned(),
                    all => words.number(Percent::nearest(part, all, 1)),
                };
                let (n, missing) = (answers.n(), answers.missing());
                let cells = vec![
                    words.grouped(count(item.n)),
                    share(missing, n + missing),
                    figures.coefficient(item.mean),
                    figures.coefficient(item.sd),
                    share(answers.count(0.0), n),
                    share(answers.count(1.0), n),
                    figures.coefficient(item.item_rest),
                    figures.coefficient(item.alpha_if_dropped),
                    figures.coefficient(loading),
                ];
                rows.push(Row { kind: Kind::Part, about: vec![vec![Inline::Code(id)]], cells });
            }
        }
        page.numbered(&words.table_items, &head, rows);
        page.say(&fill!(words.table_items_note, n = who_is_in(words, self.deletion)));
        tell(page, &figures);
    }

    fn correlations(&self, page: &mut Content<'_>) {
        let words = page.words;
        let mut figures = Figures::new(words);
        // Of rows that have both scores: one without the one pillar tells of others all the same.
        let correlations = self.study.correlations(Deletion::Pairwise);
        let numbers: Vec<String> = (1..Pillar::ALL.len()).map(|n| n.to_string()).collect();
        let head: Vec<&str> = [""].into_iter().chain(numbers.iter().map(String::as_str)).collect();
        let rows: Vec<Row<'_>> = (1..)
            .zip(Pillar::ALL)
            .map(|(number, pillar)| {
                let own = number - 1;
                let cell = |other: usize| match correlations.of(own, other).filter(|_| other < own)
                {
                    Some(of) => figures.with_interval(of.r, of.interval(LEVEL), (2, true)),
                    None => String::new(),
                };
                let cells = (0..numbers.len()).map(cell).collect();
                row(plain(&format!("{number} {}", words.pillar(pillar))), cells)
            })
            .collect();
        page.numbered(&words.table_correlations, &head, rows);
        let n = || correlations.pairs.iter().map(|of| of.n);
        let [fewest, most] = [n().min(), n().max()].map(|n| words.grouped(count(n.unwrap_or(0))));
        let shown = if fewest == most { most } else { format!("{fewest}{}{most}", words.range_to) };
        page.say(&fill!(words.table_correlations_note, n = shown));
        tell(page, &figures);
    }

    fn remarks(&self, page: &mut Content<'_>, summary: &CohortSummary) {
        let words = page.words;
        let mut remarks = Vec::new();
        for pillar in Pillar::ALL {
            for remark in self.study.remarks(summary, pillar, self.deletion) {
                let pillar = words.pillar(pillar);
                let share = |of: crate::number::Score| words.number(of.percent_nearest(1));
                let said = match remark {
                    Remark::AgainstTheRest { question } => {
                        fill!(words.remark_against, question = question)
                    }
                    Remark::Constant { question } => {
                        fill!(words.remark_constant, question = question)
                    }
                    Remark::FewRespondents { n } => fill!(words.remark_few, n = words.grouped(n)),
                    Remark::FewOfScored { n, scored } => fill!(
                        words.remark_few_of_scored,
                        n = words.grouped(n),
                        scored = words.grouped(scored),
                    ),
                    Remark::Floor { share: of } => fill!(words.remark_floor, share = share(of)),
                    Remark::Ceiling { share: of } => fill!(words.remark_ceiling, share = share(of)),
                };
                remarks.push(vec![plain(&format!("{pillar}: {said}"))]);
            }
        }
        if !remarks.is_empty() {
            page.heading(&words.remarks);
            page.list(false, remarks);
        }
    }
}

/// Says why figures are not there.
pub(super) fn tell(page: &mut Content<'_>, figures: &Figures<'_>) {
    let reasons = figures.reasons();
    if !reasons.is_empty() {
        page.say(&reasons.join(" "));
    }
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}

/// Who is in figures of reliability, and how.
pub(super) fn who_is_in(words: &Words, deletion: Deletion) -> &str {
    match deletion {
        Deletion::Pairwise => &words.pairwise_n,
        Deletion::Listwise => &words.listwise_n,
    }
}
