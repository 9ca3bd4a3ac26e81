//! What is printed: the tables of a paper.

use std::borrow::Cow;

use digital_maturity::cohort::CohortSummary;
use digital_maturity::{OtherQuestionnaire, Report};

use super::before::Before;
use super::stream::Outcome;
use super::study::Tables;
use super::tally::Whole;

/// What stands over the columns that are no group of that name: all respondents, those whose cell is
/// blank, and those in small groups.
const FIXED: [&str; 3] = ["All", BLANK, SMALL];
const BLANK: &str = "(blank)";
const SMALL: &str = "(small groups)";

/// The columns of the file that say more than answers, by what they are called there.
#[derive(Clone, Copy, Default)]
pub(crate) struct Columns<'c> {
    pub(crate) id: Option<&'c str>,
    pub(crate) group: Option<&'c str>,
    pub(crate) weight: Option<&'c str>,
    pub(crate) unit: Option<&'c str>,
}

/// What stands over the columns of groups, in their order.
pub(crate) fn headings(whole: &Whole) -> Vec<Cow<'_, str>> {
    whole.groups.iter().map(|(name, _)| heading(name)).collect()
}

/// Table 1, a column for all and one for each group, under those headings; and the other tables that are
/// wanted.
pub(crate) fn report<'o>(
    outcome: &'o Outcome,
    headings: &'o [Cow<'o, str>],
    columns: Columns<'o>,
    tables: &Tables,
    before: Option<&'o Before>,
) -> Result<Report<'o, CohortSummary>, OtherQuestionnaire> {
    let whole = &outcome.whole;
    let of_groups = || whole.groups.iter().map(|(_, of)| of);
    let groups = || headings.iter().map(AsRef::as_ref).zip(of_groups());
    let all_groups = || groups().chain(whole.small.iter().map(|(_, of)| (SMALL, of)));
    let mut report = whole.all.summary.report();
    if let Some(by) = columns.group {
        let summaries = all_groups().map(|(name, of)| (name, &of.summary));
        report = report.groups(by, summaries)?.in_no_group(whole.without_group);
        if tables.comparison {
            // Blank cells name no group.
            let named = groups().filter(|(name, _)| *name != BLANK);
            report = report.comparison(named.map(|(name, of)| (name, &of.summary)))?;
        }
    }
    if let (Some(by), Some(all)) = (columns.weight, &whole.all.weighted) {
        let weighted = all_groups().filter_map(|(name, of)| Some((name, of.weighted.as_ref()?)));
        report = report.weighted(by, all, weighted)?;
    }
    if let (Some(id), Some(before), Some(later)) = (columns.id, before, &outcome.by_id) {
        report = report.change(
            &*before.name,
            id,
            &before.scores,
            later,
            (&before.study, tables.deletion.into()),
        )?;
    }
    if let (Some(by), Some(units)) = (columns.unit, &outcome.units) {
        report = report.units(by, units)?;
    }
    if let Some(study) = whole.all.study.as_ref().filter(|_| !tables.of_study.is_empty()) {
        let studies = all_groups().filter_map(|(name, of)| Some((name, of.study.as_ref()?)));
        let wanted = tables.of_study.iter().copied();
        report = report.study(study, wanted, tables.deletion.into())?.studies(studies)?;
    }
    Ok(report)
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
