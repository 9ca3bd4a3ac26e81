//! What is printed: the tables of a paper.

use std::borrow::Cow;

use digital_maturity::cohort::CohortSummary;
use digital_maturity::{OtherQuestionnaire, Report};

use super::stream::Outcome;
use super::study::Tables;
use super::tally::Whole;

/// What stands over the columns that are no group of that name: all respondents, those whose cell is
/// blank, and those in small groups.
const FIXED: [&str; 3] = ["All", BLANK, SMALL];
const BLANK: &str = "(blank)";
const SMALL: &str = "(small groups)";

/// What stands over the columns of groups, in their order.
pub(crate) fn headings(whole: &Whole) -> Vec<Cow<'_, str>> {
    whole.groups.iter().map(|(name, _)| heading(name)).collect()
}

/// Table 1, a column for all and one for each group, under those headings; and the other tables that are
/// wanted.
pub(crate) fn report<'o>(
    outcome: &'o Outcome,
    headings: &'o [Cow<'o, str>],
    group: Option<&'o str>,
    tables: &Tables,
) -> Result<Report<'o, CohortSummary>, OtherQuestionnaire> {
    let whole = &outcome.whole;
    let summaries = whole.groups.iter().map(|(_, summary)| summary);
    let groups = || headings.iter().map(AsRef::as_ref).zip(summaries.clone());
    let small = whole.small.iter().map(|(_, summary)| (SMALL, summary));
    let mut report = whole.all.report();
    if let Some(by) = group {
        report = report.groups(by, groups().chain(small))?.in_no_group(whole.without_group);
        if tables.comparison {
            // Blank cells name no group.
            report = report.comparison(groups().filter(|(name, _)| *name != BLANK))?;
        }
    }
    match &outcome.study {
        Some(study) => report.study(study, tables.of_study.iter().copied(), tables.deletion.into()),
        None => Ok(report),
    }
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
