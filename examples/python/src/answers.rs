//! The answers of one organisation, and what is asked of them.

use digital_maturity::report::{Report, Subject};
use digital_maturity::roadmap::{Cost, Roadmap, Target, TargetError};
use digital_maturity::{AnswerSheet, Date};
use pyo3::prelude::*;

use crate::errors::{Faults, Finding};
use crate::questionnaire::PyQuestionnaire;
use crate::value::to_python;

/// The answers of one organisation, each of which its question takes: from ``Questionnaire.read``.
#[pyclass(name = "Answers", module = "digital_maturity", frozen)]
pub(crate) struct PyAnswers(pub(crate) AnswerSheet);

/// In which form a report is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
    Latex,
    Tidy,
}

impl Format {
    /// The form of that name, `tidy` where there is such a one.
    pub(crate) fn new(name: &str, has_tidy: bool) -> Result<Self, Faults> {
        Ok(match name {
            "text" => Self::Text,
            "markdown" => Self::Markdown,
            "html" => Self::Html,
            "latex" => Self::Latex,
            "tidy" if has_tidy => Self::Tidy,
            _ => {
                let tidy = if has_tidy { ", tidy" } else { "" };
                let known = format!("text, markdown, html, latex{tidy}");
                let message = format!("expected one of {known}; found `{name}`");
                return Err(Finding::argument("format", message).into());
            }
        })
    }

    /// The report in this form; as text, where it has no other.
    pub(crate) fn write<S: Subject>(self, report: &Report<'_, S>) -> String {
        match self {
            Self::Text | Self::Tidy => report.text().to_string(),
            Self::Markdown => report.markdown().to_string(),
            Self::Html => report.html().to_string(),
            Self::Latex => report.latex().to_string(),
        }
    }
}

impl PyAnswers {
    fn plan(&self, py: Python<'_>, target: &str, budget: Option<u64>) -> Result<Roadmap, Faults> {
        let target: Target = target
            .parse()
            .map_err(|error: TargetError| Finding::argument("target", error.to_string()))?;
        let budget = budget.map_or_else(Cost::default, Cost::from_steps);
        let found = py.detach(|| self.0.roadmap_within(target, budget));
        found.map_err(|costly| Finding::error("too-costly", "/target", costly.to_string()).into())
    }

    /// The page, about whoever answered: for subjects that do not say so themselves.
    fn about<'a, S: Subject>(&'a self, report: Report<'a, S>) -> Report<'a, S> {
        match self.0.respondent() {
            Some(name) => report.about(name),
            None => report,
        }
    }
}

#[pymethods]
impl PyAnswers {
    /// The questionnaire that is answered.
    #[getter]
    fn questionnaire(&self) -> PyQuestionnaire {
        PyQuestionnaire(self.0.questionnaire().clone())
    }

    /// Who answered, or ``None``.
    #[getter]
    fn respondent(&self) -> Option<&str> {
        self.0.respondent()
    }

    /// What is odd about the answers: a list of findings, as in ``MaturityError``.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let found: Vec<Finding> = self.0.warnings().iter().map(Finding::from).collect();
        to_python(py, &found)
    }

    /// The result: the dict of ``maturity assess --format json``. Scores are from 0 to 1.
    fn assess<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.assess())
    }

    /// What the open answers can still make of it: the dict of ``maturity outlook --format json``.
    fn outlook<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &py.detach(|| self.0.outlook()))
    }

    /// The exact cheapest way to a target: the dict of ``maturity roadmap --format json``.
    ///
    /// ``target`` is a stage, ``"platform"``, or stages of pillars,
    /// ``"agile_approach=hubs,connected_systems=native"``, or both. ``budget`` bounds the steps of the
    /// search; the interpreter is free meanwhile.
    ///
    /// Raises ``MaturityError`` for what is no target, and where the search would take more than its
    /// budget.
    #[pyo3(signature = (target, /, *, budget = None))]
    fn roadmap<'py>(
        &self,
        py: Python<'py>,
        target: &str,
        budget: Option<u64>,
    ) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.plan(py, target, budget)?)
    }

    /// A report: of the ``"assessment"``, the ``"outlook"``, or the ``"roadmap"`` to ``target``.
    ///
    /// ``format`` is ``"text"``, ``"markdown"``, ``"html"`` (one page with its pictures in it) or
    /// ``"latex"`` (needs booktabs), ``language`` a BCP 47 tag (there are words in English and German).
    /// ``by`` is the day by which a roadmap shall be done, such as ``"2027-06-30"``.
    ///
    /// Raises ``MaturityError`` for an argument that is not among these.
    #[pyo3(signature = (of = "assessment", *, format = "text", language = "en", target = None, by = None))]
    fn report(
        &self,
        py: Python<'_>,
        of: &str,
        format: &str,
        language: &str,
        target: Option<&str>,
        by: Option<&str>,
    ) -> PyResult<String> {
        let format = Format::new(format, false)?;
        let questionnaire = self.0.questionnaire();
        Ok(match of {
            "assessment" => format.write(&self.0.assess().report().language(language)),
            "outlook" => {
                let outlook = py.detach(|| self.0.outlook());
                let report = outlook.report(questionnaire).map_err(Faults::from)?;
                format.write(&self.about(report).language(language))
            }
            "roadmap" => {
                let Some(target) = target else {
                    let message = "a roadmap has a target, such as `platform`";
                    return Err(Faults::from(Finding::argument("target", message)).into());
                };
                let roadmap = self.plan(py, target, None)?;
                let mut report = roadmap.report(questionnaire).map_err(Faults::from)?;
                if let Some(day) = by {
                    let day = day.parse::<Date>().map_err(|error| {
                        Faults::from(Finding::argument("by", error.to_string()))
                    })?;
                    report = report.by(day);
                }
                format.write(&self.about(report).language(language))
            }
            _ => {
                let message = format!("expected one of assessment, outlook, roadmap; found `{of}`");
                return Err(Faults::from(Finding::argument("of", message)).into());
            }
        })
    }

    /// A picture as SVG: ``"radar"``, ``"ladder"`` or ``"families"``.
    ///
    /// Raises ``MaturityError`` for another name.
    #[pyo3(signature = (name = "radar", *, language = "en"))]
    fn picture(&self, name: &str, language: &str) -> PyResult<String> {
        let assessment = self.0.assess();
        let report = assessment.report().language(language);
        Ok(match name {
            "radar" => report.radar_svg().to_string(),
            "ladder" => report.ladder_svg().to_string(),
            "families" => report.families_svg().to_string(),
            _ => {
                let message = format!("expected one of radar, ladder, families; found `{name}`");
                return Err(Faults::from(Finding::argument("name", message)).into());
            }
        })
    }

    fn __repr__(&self) -> String {
        let whom = self.0.respondent().unwrap_or("nobody named");
        format!("<Answers of {whom:?} to {}>", self.0.questionnaire().id())
    }
}
