//! What is printed: a table as a paper has it, and on request a second one.

use std::borrow::Cow;

use digital_maturity::OtherQuestionnaire;

use super::reliability;
use super::stream::Outcome;

/// What stands over the columns that are no group of that name: all respondents, those whose cell is
/// blank, and those in small groups.
const FIXED: [&str; 3] = ["All", BLANK, SMALL];
const BLANK: &str = "(blank)";
const SMALL: &str = "(small groups)";

/// Table 1, a column for all and one for each group; table 2 if it was asked for; and which
/// questionnaire they are of.
pub(crate) fn text(outcome: &Outcome, group: Option<&str>) -> Result<String, OtherQuestionnaire> {
    let whole = &outcome.whole;
    let heads: Vec<Cow<'_, str>> = whole.groups.iter().map(|(name, _)| heading(name)).collect();
    let groups =
        heads.iter().map(AsRef::as_ref).zip(whole.groups.iter().map(|(_, summary)| summary));
    let groups = groups.chain(whole.small.iter().map(|(_, summary)| (SMALL, summary)));
    let mut report = whole.all.report();
    if let Some(by) = group {
        report = report.groups(by, groups)?.in_no_group(whole.without_group);
    }
    let text = report.text().to_string();
    let second = outcome.reliability.as_ref().map(reliability::text).unwrap_or_default();
    Ok(match text.rsplit_once("\n\n") {
        Some((table, questionnaire)) => format!("{table}\n{second}\n{questionnaire}"),
        None => text,
    })
}

/// What stands over the column of a group. One that is called like a fixed column is told apart by
/// quotes, and one that is called like that by more of them.
fn heading(name: &str) -> Cow<'_, str> {
    let bare = name.trim_matches('"');
    if name.is_empty() {
        BLANK.into()
    } else if FIXED.iter().any(|fixed| fixed.eq_ignore_ascii_case(bare)) {
        format!("\"{name}\"").into()
    } else {
        name.into()
    }
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn a_group_that_is_called_like_a_fixed_column_is_told_apart() {
        for (name, shown) in [
            ("north", "north"),
            ("", "(blank)"),
            ("(blank)", "\"(blank)\""),
            ("\"(blank)\"", "\"\"(blank)\"\""),
            ("all", "\"all\""),
            ("(Small groups)", "\"(Small groups)\""),
            ("\"north\"", "\"north\""),
            ("\"", "\""),
        ] {
            assert_eq!(heading(name), shown, "{name}");
        }
    }
}
