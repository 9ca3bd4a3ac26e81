//! Summaries of chunks, put together as they come.

use std::collections::{BTreeMap, HashMap};

use digital_maturity::Questionnaire;
use digital_maturity::cohort::{CohortSummary, Merging, Scores};

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

/// The summaries so far, by the number of the group.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<u32, Merging>);

/// What can be said of all, and of each group in the order of their names.
pub(crate) struct Whole {
    pub(crate) all: CohortSummary,
    pub(crate) groups: Vec<(String, CohortSummary)>,
    /// The rows that cannot be read, and are in no group.
    pub(crate) without_group: u64,
}

impl Tally {
    /// Adds a chunk. Without keys all rows are one group.
    pub(crate) fn add(&mut self, scores: &Scores, keys: Option<&[u32]>) -> Result<(), String> {
        let groups = match keys {
            Some(keys) => scores.summaries_by(keys).map_err(said)?,
            None => BTreeMap::from([(NO_GROUP, scores.summary())]),
        };
        for (group, summary) in groups {
            let merging = self.0.entry(group);
            let merging = merging.or_insert_with(|| Merging::new(scores.questionnaire()));
            merging.push(summary).map_err(said)?;
        }
        Ok(())
    }

    /// The end of it.
    pub(crate) fn finish(
        self,
        questionnaire: &Questionnaire,
        groups: &Groups,
    ) -> Result<Whole, String> {
        let mut all = Merging::new(questionnaire);
        let (mut named, mut without_group) = (Vec::new(), 0);
        for (number, merging) in self.0 {
            let summary = merging.finish();
            all.push(summary.clone()).map_err(said)?;
            match usize::try_from(number).ok().and_then(|number| groups.names.get(number)) {
                // Without groups, all rows are in none.
                None => without_group = summary.stages().total(),
                Some(name) => named.push((String::from_utf8_lossy(name).into_owned(), summary)),
            }
        }
        named.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(Whole { all: all.finish(), groups: named, without_group })
    }
}

fn said(error: impl std::fmt::Display) -> String {
    format!("error: {error}")
}
