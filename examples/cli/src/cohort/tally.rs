//! Summaries of chunks, put together as they come.

use std::collections::{BTreeMap, HashMap};

use digital_maturity::cohort::{CohortSummary, Scores};
use digital_maturity::{Cohort, Questionnaire};

/// More groups than that are no groups.
const MOST_GROUPS: usize = 1000;

/// The group of a row whose group is not known, as it cannot be read.
pub(crate) const NO_GROUP: u32 = u32::MAX;

/// The keys that rows are grouped by, numbered as they come.
#[derive(Default)]
pub(crate) struct Groups {
    names: Vec<Vec<u8>>,
    numbers: HashMap<Vec<u8>, u32>,
}

impl Groups {
    /// The number of that group.
    pub(crate) fn number(&mut self, name: &[u8]) -> Result<u32, String> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        if self.names.len() == MOST_GROUPS {
            return Err(format!("more than {MOST_GROUPS} groups: group by another column"));
        }
        let number = u32::try_from(self.names.len()).unwrap_or(NO_GROUP);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Ok(number)
    }
}

/// The summaries of groups in so many chunks.
struct Part {
    chunks: usize,
    groups: BTreeMap<u32, CohortSummary>,
}

/// The summaries so far. Those of about equal size are merged, as in counting with binary digits, so
/// that no summary is copied more often than the number of chunks has digits.
#[derive(Default)]
pub(crate) struct Tally(Vec<Part>);

/// What can be said of all, and of each group in the order of their names.
pub(crate) struct Whole {
    pub(crate) all: CohortSummary,
    pub(crate) groups: Vec<(String, CohortSummary)>,
    /// The rows that cannot be read, and are in no group.
    pub(crate) without_group: u64,
}

impl Tally {
    /// Adds a chunk. Without keys all rows are one group.
    pub(crate) fn add(
        &mut self,
        cohort: &Cohort<'_>,
        scores: &Scores,
        keys: Option<&[u32]>,
    ) -> Result<(), String> {
        let groups = match keys {
            Some(keys) => cohort.summaries_by(scores, keys),
            None => cohort.summary(scores).map(|summary| BTreeMap::from([(NO_GROUP, summary)])),
        };
        let mut part =
            Part { chunks: 1, groups: groups.map_err(|error| format!("error: {error}"))? };
        while let Some(last) = self.0.pop() {
            if last.chunks > part.chunks {
                self.0.push(last);
                break;
            }
            part = part.with(last)?;
        }
        self.0.push(part);
        Ok(())
    }

    /// The end of it.
    pub(crate) fn finish(
        self,
        questionnaire: &Questionnaire,
        groups: &Groups,
    ) -> Result<Whole, String> {
        let mut parts = Part { chunks: 0, groups: BTreeMap::new() };
        for part in self.0.into_iter().rev() {
            parts = parts.with(part)?;
        }
        let mut whole = Whole {
            all: CohortSummary::empty(questionnaire),
            groups: Vec::new(),
            without_group: 0,
        };
        for (number, summary) in parts.groups {
            merge(&mut whole.all, &summary)?;
            match usize::try_from(number).ok().and_then(|number| groups.names.get(number)) {
                // Without groups, all rows are in none.
                None => whole.without_group = summary.stages().total(),
                Some(name) => {
                    whole.groups.push((String::from_utf8_lossy(name).into_owned(), summary));
                }
            }
        }
        whole.groups.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(whole)
    }
}

impl Part {
    fn with(mut self, other: Self) -> Result<Self, String> {
        self.chunks += other.chunks;
        for (group, summary) in other.groups {
            match self.groups.get_mut(&group) {
                Some(ours) => merge(ours, &summary)?,
                None => drop(self.groups.insert(group, summary)),
            }
        }
        Ok(self)
    }
}

fn merge(one: &mut CohortSummary, other: &CohortSummary) -> Result<(), String> {
    one.merge(other).map_err(|error| format!("error: {error}"))
}
