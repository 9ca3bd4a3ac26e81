//! The one place that knows how a file is handed to the library and what comes back.

use digital_maturity::Questionnaire;
use digital_maturity::survey::{self, Codes, Finding, Findings, Options};

/// What was read of a file.
pub(super) struct Heard {
    /// The respondents, each as a [`line`](super::line).
    pub(super) rows: Vec<String>,
    /// Every finding, as `severity[kind] count column: message`.
    pub(super) said: Vec<String>,
}

/// Reads a file; what is said where it is refused.
pub(super) fn read(
    questionnaire: &Questionnaire,
    file: &[u8],
    options: &Options,
) -> Result<Heard, Vec<String>> {
    let answers = survey::read(questionnaire, file, options).map_err(|found| said(&found))?;
    let scores = answers.cohort.score();
    assert_eq!(answers.cohort.rows(), answers.rows.len());
    let row = |(place, row): (usize, &u64)| {
        if scores.is_bad(place) {
            return format!("{row}: bad");
        }
        super::line(*row, scores.overall_at(place), |pillar| scores.pillar_at(place, pillar))
    };
    let rows = answers.rows.iter().enumerate().map(row).collect();
    Ok(Heard { rows, said: said(&answers.findings) })
}

fn said(findings: &Findings) -> Vec<String> {
    let line = |of: Finding| {
        let Finding { severity, kind, count, column, message, .. } = of;
        format!("{}[{}] {count} `{column}`: {message}", severity.as_str(), kind.as_str())
    };
    findings.iter().map(line).collect()
}

/// What cells stand for.
pub(super) fn codes(json: &str, questionnaire: &Questionnaire) -> Codes {
    Codes::from_json(json, questionnaire).unwrap_or_else(|errors| panic!("{errors}"))
}
