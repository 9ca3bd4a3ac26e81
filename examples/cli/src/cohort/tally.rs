//! Summaries of pieces, put together as they come.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashMap};

use digital_maturity::Questionnaire;
use digital_maturity::cohort::{CohortSummary, Merging, Study, WeightedSummary};
use digital_maturity::survey::Block;

use super::part::bounded;

/// More groups than that are no groups.
const MOST_GROUPS: usize = 1000;

/// The keys that rows of a block are grouped by, numbered as they come.
#[derive(Default)]
pub(crate) struct Groups {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Groups {
    /// The number of rows that cannot be read, and are in no group.
    pub(crate) const NONE: u32 = u32::MAX;

    /// The number of the group of each row, by that column among those that are carried.
    pub(crate) fn of(&mut self, block: &Block<'_>, place: usize) -> Result<Vec<u32>, String> {
        let mut keys = Vec::with_capacity(block.rows());
        for name in block.carried(place) {
            keys.push(self.number(name)?);
        }
        for row in block.unreadable() {
            keys.get_mut(*row).into_iter().for_each(|key| *key = Self::NONE);
        }
        Ok(keys)
    }

    /// The number of that group.
    fn number(&mut self, name: &str) -> Result<u32, String> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        if self.names.len() == MOST_GROUPS {
            return Err(too_many());
        }
        let number = u32::try_from(self.names.len()).unwrap_or(Self::NONE);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Ok(number)
    }

    /// The name of the group of that number.
    pub(crate) fn name(&self, number: u32) -> Option<String> {
        self.names.get(usize::try_from(number).ok()?).cloned()
    }
}

fn too_many() -> String {
    format!("error: more than {MOST_GROUPS} groups: group by another column")
}

/// What can be said of some respondents.
#[derive(Clone)]
pub(crate) struct Gathered {
    pub(crate) summary: CohortSummary,
    pub(crate) weighted: Option<WeightedSummary>,
    pub(crate) study: Option<Study>,
}

/// The same of respondents who come in parts.
struct Gathering {
    merging: Merging,
    weighted: Option<WeightedSummary>,
    study: Option<Study>,
}

impl Gathering {
    fn new(questionnaire: &Questionnaire) -> Self {
        Self { merging: Merging::new(questionnaire), weighted: None, study: None }
    }

    fn push(&mut self, part: Gathered) -> Result<(), String> {
        self.merging.push(part.summary).map_err(said)?;
        match (&mut self.weighted, part.weighted) {
            (Some(all), Some(part)) => all.merge(&part).map_err(said)?,
            (all, part) => *all = all.take().or(part),
        }
        match (&mut self.study, part.study) {
            (Some(all), Some(part)) => all.merge(&part).map_err(said)?,
            (all, part) => *all = all.take().or(part),
        }
        Ok(())
    }

    fn finish(self) -> Gathered {
        let Self { merging, weighted, study } = self;
        Gathered { summary: merging.finish(), weighted, study }
    }
}

/// What is gathered so far, by the name of the group, blank for those whose cell is; `None` for rows in
/// none.
pub(crate) struct Tally<'q> {
    questionnaire: &'q Questionnaire,
    groups: BTreeMap<Option<String>, Gathering>,
    /// Whether there are weights, and whether questions are compared, also of nobody.
    wanted: (bool, bool),
}

/// What can be said of all, and of each group in the order of their names: first of those whose cell
/// is blank, under a blank name.
pub(crate) struct Whole {
    pub(crate) all: Gathered,
    pub(crate) groups: Vec<(String, Gathered)>,
    /// How many groups are small, and what can be said of all in them.
    pub(crate) small: Option<(u64, Gathered)>,
    /// The rows that cannot be read, and are in no group.
    pub(crate) without_group: u64,
}

impl<'q> Tally<'q> {
    pub(crate) fn new(questionnaire: &'q Questionnaire, weights: bool, study: bool) -> Self {
        Self { questionnaire, groups: BTreeMap::new(), wanted: (weights, study) }
    }

    /// Adds a piece.
    pub(crate) fn add(
        &mut self,
        gathered: BTreeMap<Option<String>, Gathered>,
    ) -> Result<(), String> {
        for (group, part) in gathered {
            let gathering = self.groups.entry(group);
            gathering.or_insert_with(|| Gathering::new(self.questionnaire)).push(part)?;
        }
        if self.wanted.1 {
            bounded(self.groups.len(), self.questionnaire)?;
        }
        if self.groups.len() > MOST_GROUPS + 1 { Err(too_many()) } else { Ok(()) }
    }

    /// The end of it: groups of fewer than `least` respondents are put together.
    pub(crate) fn finish(self, least: u64) -> Result<Whole, String> {
        let questionnaire = self.questionnaire;
        let (mut all, mut pooled) = (Gathering::new(questionnaire), Gathering::new(questionnaire));
        if self.wanted.0 {
            all.weighted = Some(WeightedSummary::empty(questionnaire));
        }
        if self.wanted.1 {
            all.study = Some(Study::new(questionnaire));
        }
        let (mut groups, mut without_group, mut small) = (Vec::new(), 0, 0);
        for (name, gathering) in self.groups {
            let gathered = gathering.finish();
            let Some(name) = name else {
                // Without groups, all rows are in none.
                without_group = gathered.summary.stages().total();
                all.push(gathered)?;
                continue;
            };
            all.push(gathered.clone())?;
            groups.push((name, gathered));
        }
        // Small ones together may still be few: the next smallest then goes with them.
        let size = |of: &Gathered| of.summary.stages().total();
        groups.sort_by_key(|(_, of)| Reverse(size(of)));
        let mut in_pool = 0;
        while groups.last().is_some_and(|(_, of)| size(of) < least || (1..least).contains(&in_pool))
        {
            let Some((_, gathered)) = groups.pop() else { break };
            in_pool += size(&gathered);
            small += 1;
            pooled.push(gathered)?;
        }
        groups.sort_by(|(one, _), (other, _)| as_people_sort(one, other));
        let small = (small > 0).then(|| (small, pooled.finish()));
        Ok(Whole { all: all.finish(), groups, small, without_group })
    }
}

/// Numbers in texts by their value, 2 before 10, and the rest letter by letter.
fn as_people_sort(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let (Some(a), Some(b)) = (one.chars().next(), other.chars().next()) else {
            return one.len().cmp(&other.len());
        };
        let order = if a.is_ascii_digit() && b.is_ascii_digit() {
            let (digits, behind) = leading_digits(one);
            let (others, behind_others) = leading_digits(other);
            (one, other) = (behind, behind_others);
            let (short, long) = (digits.trim_start_matches('0'), others.trim_start_matches('0'));
            short.len().cmp(&long.len()).then(short.cmp(long)).then(digits.len().cmp(&others.len()))
        } else {
            (one, other) = (
                one.get(a.len_utf8()..).unwrap_or_default(),
                other.get(b.len_utf8()..).unwrap_or_default(),
            );
            a.cmp(&b)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn said(error: impl std::fmt::Display) -> String {
    format!("error: {error}")
}

#[cfg(test)]
mod tests {
    use super::as_people_sort;

    #[test]
    fn numbers_sort_by_value() {
        let mut names = ["10", "2", "b1", "1", "a10", "a9", "01", "", "a"];
        names.sort_by(|one, other| as_people_sort(one, other));
        assert_eq!(names, ["", "1", "01", "2", "10", "a", "a9", "a10", "b1"]);
    }
}
