//! What is shown of many respondents: the tables of a paper, and pictures.

use std::collections::BTreeMap;

use digital_maturity::cohort::{Benchmark, CohortSummary, PercentileRank, Study};
use digital_maturity::report::{CohortPicture, Report, StudyTable};
use digital_maturity::statistics::Deletion;
use pyo3::prelude::*;

use crate::answers::{Format, PyAnswers};
use crate::by::{BLANK, By, heading};
use crate::errors::{Faults, Finding, named};
use crate::scores::PyScores;
use crate::study::deletion_of;
use crate::value::to_python;

/// The tables behind the first.
#[derive(Default)]
struct Tables {
    comparison: bool,
    of_study: Vec<StudyTable>,
}

impl Tables {
    /// One name, or several; `has_groups` says whether there is something to compare.
    fn new(given: Option<&Bound<'_, PyAny>>, has_groups: bool) -> PyResult<Self> {
        let Some(given) = given else { return Ok(Self::default()) };
        let names: Vec<String> = match given.extract() {
            Ok(name) => vec![name],
            Err(_) => given.extract()?,
        };
        let known = ["comparison", "reliability", "items", "correlations", "all"];
        if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
            let message = format!("expected some of {}; found `{name}`", known.join(", "));
            return Err(Faults::from(Finding::argument("tables", message)).into());
        }
        if names.iter().any(|name| name == "comparison") && !has_groups {
            let message = "say by what respondents are compared";
            return Err(Faults::from(Finding::argument("by", message)).into());
        }
        let all = |name: &str| names.iter().any(|of| of == name || of == "all");
        let of_study = [
            ("reliability", StudyTable::Reliability),
            ("items", StudyTable::Items),
            ("correlations", StudyTable::Correlations),
        ];
        let of_study = of_study.into_iter().filter(|(name, _)| all(name));
        Ok(Self {
            comparison: has_groups && all("comparison"),
            of_study: of_study.map(|(_, of)| of).collect(),
        })
    }
}

/// What a report has besides table 1.
struct Page<'p> {
    by: Option<By>,
    tables: Tables,
    deletion: Deletion,
    language: &'p str,
    about: Option<&'p str>,
}

impl PyScores {
    /// Something of the report on all and on groups, without the interpreter.
    fn shown<R: Send>(
        &self,
        py: Python<'_>,
        page: &Page<'_>,
        show: impl FnOnce(&Report<'_, CohortSummary>) -> R + Send,
    ) -> PyResult<R> {
        let Page { by, tables, deletion, language, about } = page;
        let groups = by.as_ref().map(|by| self.groups(py, by)).transpose()?;
        let study = (!tables.of_study.is_empty()).then(|| self.study(py)).transpose()?;
        let studies = match by {
            Some(by) if study.is_some() => self.studies(py, by)?,
            _ => BTreeMap::new(),
        };
        let studies: Vec<(String, Study)> =
            studies.into_iter().map(|(key, of)| (heading(&key.0), of)).collect();
        let shown = py.detach(|| {
            let summary = self.scores.summary();
            let groups: Vec<(String, CohortSummary)> =
                groups.into_iter().flatten().map(|(key, of)| (heading(&key.0), of)).collect();
            let groups = || groups.iter().map(|(name, of)| (name.as_str(), of));
            let mut report = summary.report().language(*language);
            if let Some(by) = by {
                let in_no_group = by.keys.iter().filter(|key| key.is_none()).count();
                let in_no_group = u64::try_from(in_no_group).unwrap_or(u64::MAX);
                report = report.groups(by.name.as_str(), groups())?.in_no_group(in_no_group);
            }
            if tables.comparison {
                report = report.comparison(groups().filter(|(name, _)| *name != BLANK))?;
            }
            if let Some(study) = &study {
                report = report.study(study, tables.of_study.iter().copied(), *deletion)?;
                report = report.studies(studies.iter().map(|(name, of)| (name.as_str(), of)))?;
            }
            if let Some(name) = *about {
                report = report.about(name);
            }
            Ok::<_, Faults>(show(&report))
        });
        Ok(shown?)
    }
}

#[pymethods]
impl PyScores {
    /// The tables of a paper: table 1, with a column for each group, and what is asked for besides.
    ///
    /// ``tables`` is ``"comparison"`` (needs ``by``), ``"reliability"``, ``"items"``, ``"correlations"``,
    /// a list of these, or ``"all"``; in ``"all"`` the comparison is there if ``by`` is. ``format`` is
    /// ``"text"``, ``"markdown"``, ``"html"``, ``"latex"`` (needs booktabs), or ``"tidy"``: a CSV of all
    /// figures with the columns table, group, subject, figure, value.
    ///
    /// ``by`` is the name of a column that a file hands on (``id``, ``carried``), or n keys: a list, an
    /// array, a series; those that are missing are in a column of their own. A series names the groups by
    /// its own name. ``language`` is a BCP 47 tag, ``about`` a line below the title.
    ///
    /// Raises ``MaturityError`` for an argument that is not among these.
    #[pyo3(signature = (tables = None, *, by = None, format = "text", language = "en", deletion = "listwise", about = None))]
    #[expect(clippy::too_many_arguments, reason = "all but one are keywords")]
    fn report<'py>(
        &self,
        py: Python<'py>,
        tables: Option<&Bound<'py, PyAny>>,
        by: Option<&Bound<'py, PyAny>>,
        format: &str,
        language: &str,
        deletion: &str,
        about: Option<&str>,
    ) -> PyResult<String> {
        let (format, deletion) = (Format::new(format, true)?, deletion_of(deletion)?);
        let by = by.map(|by| By::new(self, by)).transpose()?;
        let tables = Tables::new(tables, by.is_some())?;
        // Those that go with what else is on the page.
        let on_page = [
            (CohortPicture::Spread, true),
            (CohortPicture::Boxes, true),
            (CohortPicture::Heat, by.is_some()),
            (CohortPicture::Choices, tables.of_study.contains(&StudyTable::Items)),
        ];
        let on_page = on_page.into_iter().filter(|(_, suits)| *suits).map(|(picture, _)| picture);
        let page = Page { by, tables, deletion, language, about };
        self.shown(py, &page, |report| match format {
            Format::Tidy => report.tidy().to_string(),
            Format::Html => format.write(&report.clone().pictures(on_page)),
            _ => format.write(report),
        })
    }

    /// Where one organisation stands among these: the dict of ``maturity benchmark --format json``.
    ///
    /// ``rank`` is ``"mid"``, ``"weak"`` or ``"strict"``: how those with an equal score count.
    ///
    /// Raises ``MaturityError`` if the answers are to a questionnaire that scores otherwise.
    #[pyo3(signature = (answers, /, *, rank = "mid"))]
    fn benchmark<'py>(
        &self,
        py: Python<'py>,
        answers: &PyAnswers,
        rank: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let rank: PercentileRank = named("rank", rank, &["mid", "weak", "strict"])?;
        let found = py.detach(|| {
            Benchmark::new(&answers.0.assess(), &self.scores.summary(), rank).map_err(Faults::from)
        });
        to_python(py, &found?)
    }

    /// A picture as SVG: of all and of groups, or ``"radar"``, the result of one over the medians and
    /// the middle halves of all.
    ///
    /// ``"spread"`` shows how the overall is spread, ``"boxes"`` the quartiles of the pillars,
    /// ``"heat"`` the means of pillars and themes, ``"choices"`` the shares of the levels of each
    /// question, ``"trend"`` the means of the groups as waves. ``by`` is as in ``report``; ``"trend"``
    /// needs it. ``of`` is whose result the radar shows: ``Answers``, or the place of a row, from 0.
    ///
    /// Raises ``MaturityError`` for another name, for what is needed and not there, for a row with a
    /// cell that is no answer, and for answers to a questionnaire that scores otherwise; ``IndexError``
    /// if there is no such row.
    #[pyo3(signature = (name = "spread", *, by = None, of = None, language = "en"))]
    fn picture<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        by: Option<&Bound<'py, PyAny>>,
        of: Option<&Bound<'py, PyAny>>,
        language: &str,
    ) -> PyResult<String> {
        let picture = match name {
            "spread" => CohortPicture::Spread,
            "boxes" => CohortPicture::Boxes,
            "heat" => CohortPicture::Heat,
            "choices" => CohortPicture::Choices,
            "trend" => CohortPicture::Trend,
            "radar" => {
                let Some(of) = of else {
                    let message = "say whose result the radar shows";
                    return Err(Faults::from(Finding::argument("of", message)).into());
                };
                return self.radar(py, of, language);
            }
            _ => {
                let known = "spread, boxes, heat, choices, trend, radar";
                let message = format!("expected one of {known}; found `{name}`");
                return Err(Faults::from(Finding::argument("name", message)).into());
            }
        };
        let by = by.map(|by| By::new(self, by)).transpose()?;
        if picture == CohortPicture::Trend && by.is_none() {
            let message = "say by what respondents are in waves";
            return Err(Faults::from(Finding::argument("by", message)).into());
        }
        let mut tables = Tables::default();
        tables.of_study.extend((picture == CohortPicture::Choices).then_some(StudyTable::Items));
        let page = Page { by, tables, deletion: Deletion::Listwise, language, about: None };
        self.shown(py, &page, |report| report.picture_svg(picture).to_string())
    }
}

impl PyScores {
    /// The result of one, over the medians and the middle halves of all.
    fn radar(&self, py: Python<'_>, of: &Bound<'_, PyAny>, language: &str) -> PyResult<String> {
        let record = match of.cast::<PyAnswers>() {
            Ok(answers) => answers.get().0.assess().record().clone(),
            Err(_) => self.record_of(py, of.extract()?)?.ok_or_else(|| {
                Faults::from(Finding::argument("of", "the row has a cell that is no answer"))
            })?,
        };
        let drawn = py.detach(|| {
            let summary = self.scores.summary();
            let benchmark = Benchmark::new(&record, &summary, PercentileRank::Mid)?;
            let report = benchmark.report(self.scores.questionnaire())?.language(language);
            Ok::<_, Faults>(report.radar_svg().to_string())
        });
        Ok(drawn?)
    }
}
