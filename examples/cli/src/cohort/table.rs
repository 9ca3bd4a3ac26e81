//! What is printed: a table as a paper has it, and on request a second one.

use digital_maturity::OtherQuestionnaire;

use super::reliability;
use super::stream::Outcome;

/// Table 1, a column for all and one for each group; table 2 if it was asked for; and which
/// questionnaire they are of.
pub(crate) fn text(outcome: &Outcome, group: Option<&str>) -> Result<String, OtherQuestionnaire> {
    let whole = &outcome.whole;
    let mut report = whole.all.report();
    if let Some(by) = group {
        let groups = whole.groups.iter().map(|(name, summary)| (name.as_str(), summary));
        report = report.groups(by, groups)?.in_no_group(whole.without_group);
    }
    let text = report.text().to_string();
    let second = outcome.reliability.as_ref().map(reliability::text).unwrap_or_default();
    Ok(match text.rsplit_once("\n\n") {
        Some((table, questionnaire)) => format!("{table}\n{second}\n{questionnaire}"),
        None => text,
    })
}
