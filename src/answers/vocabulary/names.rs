//! Texts looked up as a reader sees them, and then in one case.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::text::{as_seen, in_one_case};

/// What can stand between the entries of a list.
pub(super) const SEPARATORS: [char; 3] = [' ', ',', ';'];

/// Texts as seen, each of something that has a position; one text can be that of several.
///
/// To make it takes as long as to read all texts once; to look a text up takes as long as to read
/// that text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// By the text in one case.
    cased: BTreeMap<String, Vec<Name>>,
    /// The most blanks and separators that a text has.
    reach: usize,
}

/// One of the texts that are the same in one case.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) seen: String,
    pub(super) position: usize,
}

impl Names {
    pub(super) fn insert(&mut self, text: &str, position: usize) {
        let seen = as_seen(text);
        self.reach = self.reach.max(seen.matches(SEPARATORS).count());
        self.cased.entry(in_one_case(&seen)).or_default().push(Name { seen, position });
    }

    /// The positions of a text as seen and in one case: of those that are written like that, or
    /// else of all.
    pub(super) fn get<'n>(
        &'n self,
        seen: &'n str,
        cased: &str,
    ) -> impl Iterator<Item = usize> + use<'n> {
        let names = self.cased.get(cased).map_or(&[][..], Vec::as_slice);
        let exact = names.iter().any(|name| name.seen == seen);
        names.iter().filter(move |name| !exact || name.seen == seen).map(|name| name.position)
    }

    /// The position of the first text that is written like that.
    #[cfg(feature = "survey")]
    pub(super) fn exact(&self, seen: &str) -> Option<usize> {
        let names = self.cased.get(&in_one_case(seen))?;
        names.iter().find(|name| name.seen == seen).map(|name| name.position)
    }

    /// The texts that begin with that word in one case, a blank or separator after it, if anything.
    pub(super) fn beginning<'n>(
        &'n self,
        word: &str,
    ) -> impl Iterator<Item = (&'n str, &'n [Name])> + use<'n> {
        let longer = SEPARATORS.map(|separator| format!("{word}{separator}"));
        let alone = self.cased.get_key_value(word).into_iter();
        let longer = longer.into_iter().flat_map(|start| {
            let from = (Bound::Included(start.clone()), Bound::Unbounded);
            self.cased.range(from).take_while(move |(text, _)| text.starts_with(&start))
        });
        alone.chain(longer).map(|(text, names)| (text.as_str(), names.as_slice()))
    }

    pub(super) fn reach(&self) -> usize {
        self.reach
    }
}
