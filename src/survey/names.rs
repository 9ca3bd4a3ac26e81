//! Which question or item a header names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::codes::Asked;
use crate::answers::{Answer, Decimal, Said, Vocabulary};
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::text::{as_seen, cased, in_one_case};

/// So many places of one header are tried at which it may fall into two.
const MOST_CUTS: usize = 32;

/// What tools call the box for an answer of one's own, in brackets behind the question.
const OTHER: [&str; 10] = [
    "other",
    "other:",
    "sonstiges",
    "sonstiges:",
    "autre",
    "otro",
    "altro",
    "outro",
    "anders",
    "inne",
];

/// The questions by their ids and titles.
pub(super) struct Names<'q> {
    questionnaire: &'q Questionnaire,
    /// By id and by the title in every language, as seen.
    seen: BTreeMap<String, Vec<usize>>,
    /// The same in one case.
    in_one_case: BTreeMap<String, Vec<usize>>,
    /// By the position of the question, made when first needed.
    words: Vec<Option<Arc<Vocabulary<'q>>>>,
}

/// What a header could be, and how sure that is.
pub(super) enum Named {
    Nothing,
    /// It is the name of these, whole.
    Whole(Vec<Asked>),
    /// What was typed in place of an answer to that question.
    Other(usize),
    /// Its end is the name of these: before it stands a group, or the stem of a matrix.
    AtTheEnd(Vec<Asked>),
}

impl<'q> Names<'q> {
    pub(super) fn new(questionnaire: &'q Questionnaire) -> Self {
        let (mut seen, mut cased) = (BTreeMap::new(), BTreeMap::new());
        let mut put = |name: &str, position: usize| {
            let name = as_seen(name);
            if name.is_empty() {
                return;
            }
            for (names, name) in [(&mut cased, in_one_case(&name)), (&mut seen, name)] {
                let positions: &mut Vec<usize> = names.entry(name).or_default();
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        };
        for question in questionnaire.questions() {
            let title = question.title();
            let titles = title.in_each_language();
            put(question.id(), question.position());
            titles.for_each(|title| put(title, question.position()));
        }
        let words = questionnaire.questions().map(|_| None).collect();
        Self { questionnaire, seen, in_one_case: cased, words }
    }

    /// The words of the question at that position.
    pub(super) fn words(&mut self, question: Question<'q>) -> Arc<Vocabulary<'q>> {
        let new = || Arc::new(Vocabulary::new(question));
        let known = self.words.get_mut(question.position());
        known.map_or_else(new, |known| Arc::clone(known.get_or_insert_with(new)))
    }

    /// The questions of that name.
    pub(super) fn questions(&self, name: &str) -> &[usize] {
        let name = as_seen(name);
        let found = self.seen.get(&name).or_else(|| self.in_one_case.get(&in_one_case(&name)));
        found.map_or(&[], Vec::as_slice)
    }

    /// The item of a checklist of that name: its id, its text, or a code that stands for it alone.
    pub(super) fn item(&mut self, position: usize, name: &str, codes: Option<&Said>) -> Vec<usize> {
        let by_code = codes.and_then(|codes| codes.get(&as_seen(name), Decimal::Point));
        let Some(question) = self.questionnaire.question_at(position) else { return Vec::new() };
        if !matches!(question.scale(), ScaleSpec::Checklist { .. }) {
            return Vec::new();
        }
        match by_code {
            Some(Answer::Items(ids)) => match ids.as_slice() {
                [id] => place(question, id).into_iter().collect(),
                _ => Vec::new(),
            },
            _ => self.words(question).named(name).into_iter().collect(),
        }
    }

    /// The choices of that text, of which each has a column of its own, or yes (0) or no (1).
    pub(super) fn parts(&mut self, position: usize, name: &str) -> Vec<usize> {
        let question = self.questionnaire.question_at(position);
        question.map_or(Vec::new(), |of| self.words(of).parts(name).into_iter().collect())
    }

    /// What `header` names. `codes`: by the position of a question.
    pub(super) fn named<'c>(
        &mut self,
        header: &str,
        codes: impl Fn(usize) -> Option<&'c Said>,
    ) -> Named {
        let whole = self.questions(header);
        if !whole.is_empty() {
            return Named::Whole(whole.iter().map(|at| Asked::Question(*at)).collect());
        }
        let (mut items, mut ends, mut other) = (Vec::new(), Vec::new(), None);
        for (outer, inner) in cuts(header) {
            let (whole, at_the_end) = match self.questions(outer) {
                [] => (Vec::new(), self.after_a_group(outer)),
                whole => (whole.to_vec(), Vec::new()),
            };
            if let (&[position], true) = (whole.as_slice(), header.ends_with(']')) {
                let is_other = OTHER.contains(&cased(inner).as_str());
                other = other.or(is_other.then_some(position));
            }
            for (questions, found) in [(whole, &mut items), (at_the_end, &mut ends)] {
                for position in questions {
                    let of_list = self.item(position, inner, codes(position));
                    found.extend(of_list.into_iter().map(|item| Asked::Item(position, item)));
                }
            }
            ends.extend(self.questions(inner).iter().map(|at| Asked::Question(*at)));
        }
        for found in [&mut items, &mut ends] {
            found.sort_unstable();
            found.dedup();
        }
        match (items.is_empty(), other, ends.is_empty()) {
            (false, ..) => Named::Whole(items),
            (true, Some(position), _) => Named::Other(position),
            (true, None, false) => Named::AtTheEnd(ends),
            (true, None, true) => Named::Nothing,
        }
    }

    /// The questions whose name is the end of that one, behind the path of a group.
    fn after_a_group(&self, name: &str) -> Vec<usize> {
        let ends = name.rsplit_once('/').into_iter().chain(name.split_once('-'));
        ends.flat_map(|(_, end)| self.questions(end).to_vec()).collect()
    }
}

/// The place of the item with that id.
fn place(question: Question<'_>, id: &str) -> Option<usize> {
    let ScaleSpec::Checklist { items } = question.scale() else { return None };
    items.iter().position(|item| item.id == id)
}

/// The ways in which tools write two names in one header: `a[b]`, `a (choice=b)`, `a___b`, `a/b`,
/// `a - b`, `a-b`, `a. b`.
fn cuts(header: &str) -> Vec<(&str, &str)> {
    let header = header.trim();
    let mut cuts = Vec::new();
    for (open, close) in [("(choice=", ")"), ("[", "]")] {
        let Some(inside) = header.strip_suffix(close) else { continue };
        let places = inside.match_indices(open).take(MOST_CUTS / 4);
        cuts.extend(
            places.filter_map(|(at, _)| Some((inside.get(..at)?, inside.get(at + open.len()..)?))),
        );
    }
    for separator in ["___", "/", " - ", "-", ". "] {
        let places = header.match_indices(separator).take(MOST_CUTS / 4);
        cuts.extend(
            places.filter_map(|(at, _)| {
                Some((header.get(..at)?, header.get(at + separator.len()..)?))
            }),
        );
    }
    cuts.retain(|(one, other)| !one.trim().is_empty() && !other.trim().is_empty());
    cuts
}
