//! The entries of a list in one text, in every way to cut it.
//!
//! Separators may stand within the texts of items, so each part between two of them is the end of one
//! entry or goes on. What can be read from a part to the end of the text depends on nothing before
//! it: parts are gone through from the last to the first, and of each the sets of items are kept that
//! the rest can mean. Only ways that pass over the fewest entries count.

use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};

use super::names::{Names, SEPARATORS};
use super::said::{Lists, Manner, Said};
use crate::answers::answer::Answer;
use crate::questionnaire::NonAnswer;
use crate::text::{as_seen_in_lines, in_one_case};

/// So many readings of a rest are told apart; more are too many to decide between.
const MOST: usize = 8;
/// Steps that one text may take: so many, and so many a byte. A step is a byte that is compared.
const STEPS: (usize, usize) = (100_000, 200);

/// A set of entries: a bit for each item by position, and one for each that can only stand alone.
pub(super) type Set = u128;

/// Whatever can only stand alone, by its bit: nothing ticked, a state.
pub(super) const NONE: Set = 1 << 127;
const NOT_APPLICABLE: Set = 1 << 126;
const DONT_KNOW: Set = 1 << 125;
const UNANSWERED: Set = 1 << 124;
const ALONE: Set = NONE | NOT_APPLICABLE | DONT_KNOW | UNANSWERED;

/// The bit of an item.
pub(super) fn bit(position: usize) -> Set {
    u32::try_from(position).ok().and_then(|shift| 1_u128.checked_shl(shift)).unwrap_or(0)
}

/// What the entries of a list can be.
pub(super) struct Entries<'v> {
    pub(super) ids: &'v BTreeMap<String, usize>,
    pub(super) texts: &'v Names,
    /// Whether items are named by id, and by text.
    pub(super) by: (bool, bool),
}

/// What a list can mean.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// Entries that every reading passes over.
    pub(super) passed: usize,
    /// The first of those, as seen.
    pub(super) unknown: Option<String>,
    /// Different readings; not all of them if there are `more`.
    pub(super) sets: Vec<Set>,
    pub(super) more: bool,
    /// What is wrong with a reading that is none.
    pub(super) flaw: Option<Flaw>,
}

/// Why entries cannot stand in one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// The item at that position is there twice.
    Twice(usize),
    /// This can only stand alone.
    Beside(Set),
}

impl Readings {
    /// The one reading.
    pub(super) fn one(&self) -> Option<Set> {
        match self.sets.as_slice() {
            [one] if !self.more => Some(*one),
            _ => None,
        }
    }
}

impl Entries<'_> {
    /// What `text` can mean, cut as `lists` says and in no other way.
    pub(super) fn readings(&self, text: &str, lists: Lists, manner: &Manner<'_>) -> Readings {
        let seen = as_seen_in_lines(text);
        let cased = in_one_case(&seen);
        let separators: &[char] = match lists {
            Lists::Any => &[';', ',', '\n'],
            Lists::None => &[],
            Lists::Semicolon => &[';'],
            Lists::Comma => &[','],
            Lists::Blank => &[' ', '\n'],
        };
        let said = [manner.own, manner.all].into_iter().flatten().map(|said| &said.names);
        let reach = said.chain([self.texts]).map(Names::reach).max().unwrap_or(0);
        let blank = |text: &str| text.replace('\n', " ");
        let mut cutting = Cutting {
            entries: self,
            manner,
            separators,
            words: lists == Lists::Any,
            flat: [blank(&seen), blank(&cased)],
            cased: &cased,
            left: Cell::new(STEPS.1.saturating_mul(text.len()).saturating_add(STEPS.0)),
            spent: Cell::new(false),
            rests: VecDeque::from([Rest {
                start: cased.len() + 1,
                sets: vec![0],
                ..Rest::default()
            }]),
        };
        // Both are cut at the same places, as separators have no case.
        let mut ends = [seen.len(), cased.len()];
        for (of_seen, of_cased) in seen.rsplit(separators).zip(cased.rsplit(separators)) {
            let at =
                [ends[0].saturating_sub(of_seen.len()), ends[1].saturating_sub(of_cased.len())];
            cutting.part(at, ends);
            cutting.rests.truncate(reach + 2);
            ends = at.map(|at| at.saturating_sub(1));
        }
        let spent = cutting.spent.get();
        let first = cutting.rests.pop_front().unwrap_or_default();
        let unknown = first.unknown.and_then(|(from, to)| seen.get(from..to)).map(str::to_owned);
        let Rest { passed, sets, more, flaw, .. } = first;
        Readings { passed, unknown, sets, more: more || spent, flaw }
    }

    /// The entry that an answer is, if this is one that a checklist takes.
    pub(super) fn entry(&self, answer: &Answer) -> Option<Set> {
        match answer {
            Answer::Unanswered => Some(UNANSWERED),
            Answer::NotApplicable => Some(NOT_APPLICABLE),
            Answer::DontKnow => Some(DONT_KNOW),
            Answer::Items(ids) if ids.is_empty() => Some(NONE),
            Answer::Items(ids) => ids.iter().try_fold(0, |set, id| {
                let item = bit(*self.ids.get(id)?);
                (set & item == 0).then_some(set | item)
            }),
            Answer::Whole(_) | Answer::Number(_) | Answer::YesNo(_) => None,
        }
    }

    /// The entry that a text as seen is said to be.
    fn said(&self, said: Option<&Said>, seen: &str, manner: &Manner<'_>) -> Option<Set> {
        said.and_then(|said| said.get(seen, manner.decimal)).and_then(|answer| self.entry(answer))
    }

    /// The item or state that a word in one case names.
    fn id(&self, cased: &str) -> Option<Set> {
        let item = self.ids.get(cased).filter(|_| self.by.0).map(|position| bit(*position));
        item.or_else(|| NonAnswer::of_word(cased).map(of_state))
    }
}

fn of_state(state: NonAnswer) -> Set {
    match state {
        NonAnswer::NotApplicable => NOT_APPLICABLE,
        NonAnswer::DontKnow => DONT_KNOW,
    }
}

/// What can only stand alone, as an answer.
pub(super) fn alone(set: Set) -> Option<Answer> {
    match set {
        NONE => Some(Answer::Items(Vec::new())),
        0 | UNANSWERED => Some(Answer::Unanswered),
        NOT_APPLICABLE => Some(Answer::NotApplicable),
        DONT_KNOW => Some(Answer::DontKnow),
        _ => None,
    }
}

/// What can be read from a part to the end.
#[derive(Debug, Default)]
struct Rest {
    /// Where the part begins, in the text in one case.
    start: usize,
    passed: usize,
    /// The first entry that is passed over, in the text as seen.
    unknown: Option<(usize, usize)>,
    sets: Vec<Set>,
    more: bool,
    flaw: Option<Flaw>,
}

impl Rest {
    /// Adds what can be read of `behind` after `entry`. Only what passes over the fewest entries is
    /// kept.
    fn add(
        &mut self,
        entry: Result<Set, Flaw>,
        passed: usize,
        unknown: Option<(usize, usize)>,
        behind: &Self,
    ) {
        let passed = passed + behind.passed;
        if passed > self.passed {
            return;
        }
        if passed < self.passed {
            *self = Self { start: self.start, passed, ..Self::default() };
        }
        self.unknown = self.unknown.or(unknown).or(behind.unknown);
        self.flaw = self.flaw.or(entry.err()).or(behind.flaw);
        let Ok(entry) = entry else { return };
        self.more |= behind.more;
        for set in &behind.sets {
            match together(*set, entry) {
                Err(flaw) => self.flaw = self.flaw.or(Some(flaw)),
                Ok(set) if self.sets.contains(&set) => {}
                Ok(_) if self.sets.len() >= MOST => self.more = true,
                Ok(set) => self.sets.push(set),
            }
        }
    }
}

/// Both sets, if they can stand in one list.
fn together(one: Set, other: Set) -> Result<Set, Flaw> {
    let (both, all) = (one & other, one | other);
    if both & !ALONE != 0 {
        return Err(Flaw::Twice(usize::try_from(both.trailing_zeros()).unwrap_or_default()));
    }
    let stands_alone = all & ALONE;
    if one != 0 && other != 0 && stands_alone != 0 {
        return Err(Flaw::Beside(stands_alone & stands_alone.wrapping_neg()));
    }
    Ok(all)
}

/// One text that is being cut, from its end to its beginning.
struct Cutting<'c> {
    entries: &'c Entries<'c>,
    manner: &'c Manner<'c>,
    separators: &'c [char],
    /// Whether blanks separate ids.
    words: bool,
    /// The text as seen, and in one case, with blanks for line ends.
    flat: [String; 2],
    cased: &'c str,
    /// Steps that may still be taken, and whether more were needed.
    left: Cell<usize>,
    spent: Cell<bool>,
    /// Of the parts so far, the first part first; no further than the longest text goes.
    rests: VecDeque<Rest>,
}

/// What an entry that ends at some rest can be, by what decides it.
#[derive(Default)]
struct Found {
    /// As said of this question, and of all: as written, and in any case.
    said: [Vec<Set>; 4],
    ids: Vec<Set>,
    /// Texts of items, likewise.
    texts: [Vec<Set>; 2],
}

impl Found {
    fn sets(self) -> Vec<Set> {
        if let Some(said) = self.said.into_iter().find(|sets| !sets.is_empty()) {
            return said;
        }
        let texts = self.texts.into_iter().find(|sets| !sets.is_empty());
        self.ids.into_iter().chain(texts.into_iter().flatten()).collect()
    }
}

impl Cutting<'_> {
    /// Adds the part that stands there in the text as seen and in one case.
    fn part(&mut self, at: [usize; 2], ends: [usize; 2]) {
        let [seen, cased] = &self.flat;
        let (of_seen, of_cased) = (within(seen, at[0], ends[0]), within(cased, at[1], ends[1]));
        // Runs of blanks are one.
        let lead = usize::from(of_cased.starts_with(' '));
        let (of_seen, of_cased) = (of_seen.trim_matches(' '), of_cased.trim_matches(' '));
        let from = at.map(|at| at + lead);
        let mut rest = Rest { start: at[1], passed: usize::MAX, ..Rest::default() };
        let whole = Some((from[0], from[0] + of_seen.len()));
        let words =
            (self.words && of_cased.contains(' ')).then(|| self.ids(of_seen, of_cased, from[0]));
        let found = self.found(from, of_seen);
        if let Some(behind) = self.rests.front() {
            // First, as it says more of what is unknown.
            if let Some((entry, passed, unknown)) = words {
                rest.add(entry, passed, unknown, behind);
            }
            let empty = of_cased.is_empty();
            rest.add(Ok(0), usize::from(!empty), whole.filter(|_| !empty), behind);
        }
        for (behind, found) in found {
            let Some(behind) = self.rests.get(behind) else { continue };
            for set in found.sets() {
                rest.add(Ok(set), 0, None, behind);
            }
        }
        self.rests.push_front(rest);
    }

    /// What entries that begin there can be, by the place of the rest behind them.
    fn found(&self, from: [usize; 2], part: &str) -> BTreeMap<usize, Found> {
        let mut found = BTreeMap::<usize, Found>::new();
        let text = within(&self.flat[1], from[1], usize::MAX);
        let word = text.split(SEPARATORS).next().unwrap_or_default();
        let exact = |seen: &str| within(&self.flat[0], from[0], usize::MAX).starts_with(seen);
        if let (Some(id), Some(behind)) = (self.entries.id(word), self.behind(from[1] + word.len()))
        {
            found.entry(behind).or_default().ids.push(id);
        }
        let said = [self.manner.own, self.manner.all];
        let texts = Some(self.entries.texts).filter(|_| self.entries.by.1);
        let sources = said.map(|said| said.map(|said| &said.names)).into_iter().chain([texts]);
        for (source, names) in sources.enumerate() {
            for (name, same) in names.into_iter().flat_map(|names| names.beginning(word)) {
                let common = name.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
                let Some(left) = self.left.get().checked_sub(1 + common) else {
                    self.spent.set(true);
                    return BTreeMap::new();
                };
                self.left.set(left);
                let Some(behind) =
                    self.behind(from[1] + name.len()).filter(|_| common == name.len())
                else {
                    continue;
                };
                let found = found.entry(behind).or_default();
                for name in same {
                    let cased = usize::from(!exact(&name.seen));
                    let said = said.get(source).copied().flatten();
                    let entry = match said {
                        Some(said) => {
                            said.answers.get(name.position).and_then(|of| self.entries.entry(of))
                        }
                        None => Some(bit(name.position)),
                    };
                    let sets = match said {
                        Some(_) => found.said.get_mut(2 * source + cased),
                        None => found.texts.get_mut(cased),
                    };
                    if let Some(sets) = sets {
                        sets.extend(entry);
                    }
                }
            }
        }
        // What is said of a number holds for each of its spellings.
        if part.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',')) {
            let first = found.entry(0).or_default();
            for (said, sets) in said.into_iter().zip(first.said.chunks_mut(2)) {
                if let [exact, cased] = sets {
                    if exact.is_empty() && cased.is_empty() {
                        cased.extend(self.entries.said(said, part, self.manner));
                    }
                }
            }
        }
        found
    }

    /// The place of the rest behind an entry that ends there; `None`: it goes on.
    fn behind(&self, end: usize) -> Option<usize> {
        let ends = |at: usize| {
            at == self.cased.len()
                || within(self.cased, at, usize::MAX).starts_with(self.separators)
        };
        let blank = || within(&self.flat[1], end, usize::MAX).starts_with(' ');
        let end = if ends(end) { end } else { Some(end + 1).filter(|at| blank() && ends(*at))? };
        self.rests.binary_search_by_key(&(end + 1), |rest| rest.start).ok()
    }

    /// A part whose words are ids, or said to be entries; how many are neither, and the first.
    fn ids(
        &self,
        seen: &str,
        cased: &str,
        from: usize,
    ) -> (Result<Set, Flaw>, usize, Option<(usize, usize)>) {
        let (mut entry, mut passed, mut unknown, mut at) = (Ok(0), 0, None, from);
        for (seen, cased) in seen.split(' ').zip(cased.split(' ')) {
            let said = self.entries.said(self.manner.own, seen, self.manner);
            let said = said.or_else(|| self.entries.said(self.manner.all, seen, self.manner));
            if let Some(next) = said.or_else(|| self.entries.id(cased)) {
                entry = entry.and_then(|set| together(set, next));
            } else {
                passed += 1;
                unknown = unknown.or(Some((at, at + seen.len())));
            }
            at += seen.len() + 1;
        }
        (entry, passed, unknown)
    }
}

/// The text from one place to another, or to its end.
fn within(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to.min(text.len())).unwrap_or_default()
}
