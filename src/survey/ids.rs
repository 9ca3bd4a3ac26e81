//! Respondents who come twice.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

use super::block::Block;
use super::finding::{Findings, Gravity, Kind, Place};
use super::options::Duplicates;
use crate::diagnostic::Excerpt;

/// So many ids are remembered where nothing hangs on it but a warning.
const MOST: usize = 1 << 20;

/// The ids that were met, as numbers: some 40 bytes each. For a warning, the first million of them; to
/// leave rows out, all.
#[derive(Debug)]
pub struct Ids {
    how: Duplicates,
    /// 128 bits of each id, and the row that it was met in.
    met: HashMap<u128, u64>,
    hashers: [RandomState; 2],
    unwanted: BTreeSet<u64>,
    findings: Findings,
}

impl Ids {
    /// No ids yet, of rows that are read like that.
    #[must_use]
    pub fn new(how: Duplicates) -> Self {
        let hashers = [RandomState::new(), RandomState::new()];
        let (met, unwanted) = (HashMap::new(), BTreeSet::new());
        Self { how, met, hashers, unwanted, findings: Findings::default() }
    }

    /// The id in that row, from 1 after the header; a blank one is none. Rows come in their order.
    pub fn meet(&mut self, id: &str, row: u64) {
        if id.is_empty() {
            return;
        }
        let [one, other] = self.hashers.each_ref().map(|hasher| hasher.hash_one(id));
        let key = u128::from(one) << 64 | u128::from(other);
        let is_full = self.how == Duplicates::All && self.met.len() >= MOST;
        match self.met.entry(key) {
            Entry::Vacant(place) if !is_full => drop(place.insert(row)),
            Entry::Vacant(_) => {}
            Entry::Occupied(mut place) => match self.how {
                Duplicates::All => {
                    let earlier = *place.get();
                    let at = Place { line: 0, row };
                    let kind = (Gravity::Warning, Kind::DuplicateId, "");
                    self.findings.odd(at, kind, None, id, || {
                        let shown = Excerpt::new(id);
                        format!(
                            "`{shown}` is in row {earlier}, too, and both are read; --duplicates first or \
                             last reads one of each"
                        )
                    });
                }
                Duplicates::First => drop(self.unwanted.insert(row)),
                Duplicates::Last => drop(self.unwanted.insert(place.insert(row))),
            },
        }
    }

    /// The ids of a block: the first column that is handed on.
    pub fn add(&mut self, block: &Block<'_>) {
        block.carried(0).zip(block.numbers()).for_each(|(id, row)| self.meet(id, row));
    }

    /// The rows that are not to be read.
    #[must_use]
    pub fn unwanted(&self) -> &BTreeSet<u64> {
        &self.unwanted
    }

    /// What is to be said of ids that came twice.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }
}
