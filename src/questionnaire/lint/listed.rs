//! Whether the text of an item is a list of others, for tools that write what was ticked in one cell.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many bytes of one document may be compared; what would take more is not looked into.
#[derive(Debug)]
pub(super) struct Steps(usize);

impl Default for Steps {
    fn default() -> Self {
        Self(10_000_000)
    }
}

impl Steps {
    /// Whether a text may still be looked up.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let left = self.0.checked_sub(text.len() + 1);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

const SEPARATORS: [char; 3] = [';', ',', '\n'];

/// The names of a checklist's items.
pub(super) struct Listed<'n> {
    texts: &'n BTreeMap<String, Vec<usize>>,
    ids: &'n BTreeMap<&'n str, usize>,
    steps: &'n mut Steps,
    /// The most parts that a text has.
    reach: usize,
}

impl<'n> Listed<'n> {
    pub(super) fn new(
        texts: &'n BTreeMap<String, Vec<usize>>,
        ids: &'n BTreeMap<&'n str, usize>,
        steps: &'n mut Steps,
    ) -> Self {
        let parts = texts.keys().map(|text| text.split(SEPARATORS).count());
        Self { texts, ids, steps, reach: parts.max().unwrap_or(1) }
    }

    /// The items that the text of the item at `own` lists in some way of cutting it, if there are
    /// others among them: each entry is a text or an id, or ids with blanks between them.
    pub(super) fn others(&mut self, cased: &str, own: usize) -> Option<BTreeSet<usize>> {
        if !cased.contains(SEPARATORS) && !cased.contains(' ') {
            return None;
        }
        let flat = cased.replace('\n', " ");
        // What the rest lists from each part on, the first part first; nothing at the end.
        let mut rests = VecDeque::from([(cased.len() + 1, Some(BTreeSet::new()))]);
        let mut end = cased.len();
        for part in cased.rsplit(SEPARATORS) {
            let start = end.saturating_sub(part.len());
            let mut best: Option<BTreeSet<usize>> = None;
            for (reach, (behind, rest)) in rests.iter().enumerate() {
                let Some(rest) = rest else { continue };
                let text = flat.get(start..behind.saturating_sub(1)).unwrap_or_default().trim();
                if text.is_empty() {
                    best = best.or_else(|| Some(rest.clone()));
                    continue;
                }
                if !self.steps.take(text) {
                    return None;
                }
                let whole = text.len() == flat.len();
                let of_text = self.texts.get(text).filter(|_| !whole).and_then(|of| of.first());
                let one = of_text.copied().or_else(|| self.ids.get(text).copied());
                let entry = one.map(|item| vec![item]);
                let entry = entry.or_else(|| self.words(text).filter(|_| reach == 0));
                let Some(entry) = entry else { continue };
                let mut set = rest.clone();
                let is_other = |set: &BTreeSet<usize>| set.iter().any(|item| *item != own);
                let each_once = entry.into_iter().all(|item| set.insert(item));
                if each_once && !best.as_ref().is_some_and(is_other) {
                    best = Some(set);
                }
            }
            rests.push_front((start, best));
            rests.truncate(self.reach + 1);
            end = start.saturating_sub(1);
        }
        let (_, list) = rests.pop_front()?;
        list.filter(|list| list.iter().any(|item| *item != own))
    }

    /// The items whose ids are the words of a text.
    fn words(&self, text: &str) -> Option<Vec<usize>> {
        text.split(' ').map(|word| self.ids.get(word).copied()).collect()
    }
}
