//! What only the two questionnaires can tell: that a migration accounts for every question of both,
//! and that every answer has a place to go.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::spec::{MigrationEnd, MigrationSpec};
use super::{Loss, Route};
use crate::answers::Answer;
use crate::diagnostic::{Excerpt, Path, Problem};
use crate::document::{Place, Reader};
use crate::questionnaire::{BandSpec, Question, Questionnaire, ScaleSpec};

/// Reports every violation, and finds the route of each old question, by position.
pub(super) fn check(
    reader: &mut Reader,
    spec: &MigrationSpec,
    from: &Questionnaire,
    to: &Questionnaire,
) -> Vec<Route> {
    let root = Place::ROOT;
    let mut check = Check {
        // What a section that cannot be read would have told is not missing.
        told: !reader.failed(),
        reader,
        old: Side { what: "old question", of: from, told: BTreeMap::new() },
        new: Side { what: "new question", of: to, told: BTreeMap::new() },
        targets: BTreeMap::new(),
        meant: BTreeSet::new(),
    };
    check.end(&root.key("from"), &spec.from, from);
    check.end(&root.key("to"), &spec.to, to);
    check.sections(spec);
    let targets = check.accounted();
    let maps = root.key("answers");
    let routes = from.questions().zip(targets).map(|(question, target)| {
        let map = spec.answers.get(question.id());
        check.route(question, target, map, &maps.key(question.id()))
    });
    let routes = routes.collect();
    for id in spec.answers.keys() {
        check.known(from, &maps.key(id), id);
    }
    routes
}

/// Where an old question leads.
#[derive(Clone, Copy, Debug)]
enum Target<'q> {
    Question(Question<'q>),
    None(Loss),
    /// That is not told.
    Unknown,
}

/// One of the two questionnaires.
struct Side<'q> {
    what: &'static str,
    of: &'q Questionnaire,
    /// Where its questions are told of.
    told: BTreeMap<&'q str, Path>,
}

struct Check<'r, 'q> {
    reader: &'r mut Reader,
    old: Side<'q>,
    new: Side<'q>,
    /// Where the old questions that are told of lead.
    targets: BTreeMap<&'q str, Target<'q>>,
    /// Ids that were probably meant by unknown ones; that nothing tells of them follows from that.
    meant: BTreeSet<String>,
    /// Whether every section could be read.
    told: bool,
}

impl<'q> Check<'_, 'q> {
    fn end(&mut self, place: &Place<'_>, end: &MigrationEnd, of: &Questionnaire) {
        let fingerprint = end.fingerprint.map(|fingerprint| fingerprint.to_string());
        for (what, found, expected) in [
            ("id", Some(end.id.as_str()), of.id().to_owned()),
            ("version", Some(end.version.as_str()), of.version().to_owned()),
            ("fingerprint", fingerprint.as_deref(), of.fingerprint().to_string()),
        ] {
            if let Some(found) = found.filter(|found| *found != expected) {
                let problem = Problem::OtherEnd { what, found: Excerpt::new(found), expected };
                self.reader.error(&place.key(what), problem);
            }
        }
    }

    /// What the sections tell of questions.
    fn sections(&mut self, spec: &MigrationSpec) {
        let root = Place::ROOT;
        let list = root.key("renamed");
        for (old, new) in &spec.renamed {
            let place = list.key(old);
            let target = self.claim_new(&place, new).map_or(Target::Unknown, Target::Question);
            self.claim_old(&place, old, target);
        }
        let list = root.key("removed");
        for (index, id) in spec.removed.iter().enumerate() {
            self.claim_old(&list.index(index), id, Target::None(Loss::Removed));
        }
        let list = root.key("changed");
        for (index, id) in spec.changed.iter().enumerate() {
            let place = list.index(index);
            // Unknown in both is one fault, not two.
            if self.claim_old(&place, id, Target::None(Loss::Changed)) {
                self.claim_new(&place, id);
            }
        }
        let list = root.key("new");
        for (index, id) in spec.new.iter().enumerate() {
            self.claim_new(&list.index(index), id);
        }
    }

    /// Whether there is such a question.
    fn claim_old(&mut self, place: &Place<'_>, id: &str, target: Target<'q>) -> bool {
        let question = self.known(self.old.of, place, id);
        if let Some(question) = question {
            self.old.claim(self.reader, place, question);
            self.targets.entry(question.id()).or_insert(target);
        }
        question.is_some()
    }

    fn claim_new(&mut self, place: &Place<'_>, id: &str) -> Option<Question<'q>> {
        let question = self.known(self.new.of, place, id)?;
        self.new.claim(self.reader, place, question);
        Some(question)
    }

    /// The question, or a finding that there is none.
    fn known(
        &mut self,
        of: &'q Questionnaire,
        place: &Place<'_>,
        id: &str,
    ) -> Option<Question<'q>> {
        let question = of.question(id);
        if question.is_none() {
            let suggestion = self.reader.nearest(id, of.questions().map(|question| question.id()));
            self.meant.extend(suggestion.clone());
            if self.reader.sound(place) {
                let problem = Problem::UnknownQuestion { id: Excerpt::new(id), suggestion };
                self.reader.error(place, problem);
            }
        }
        question
    }

    /// Where each old question leads. One that nothing is told of leads to the question of the same
    /// id, and every question of both sides must be accounted for.
    fn accounted(&mut self) -> Vec<Target<'q>> {
        let (mut kept, mut open) = (BTreeSet::new(), Vec::new());
        let target = |question: Question<'q>| {
            let id = question.id();
            match (self.targets.get(id), self.new.of.question(id)) {
                (Some(target), _) => *target,
                (None, Some(same)) if !self.new.told.contains_key(id) => {
                    kept.insert(id);
                    Target::Question(same)
                }
                (None, _) => {
                    open.push(("what becomes of", id));
                    Target::Unknown
                }
            }
        };
        let targets = self.old.of.questions().map(target).collect();
        let new = self.new.of.questions().map(|question| question.id());
        let new = new.filter(|id| !self.new.told.contains_key(id) && !kept.contains(id));
        open.extend(new.map(|id| ("the origin of", id)));
        for (what, id) in open {
            if self.told && !self.meant.contains(id) {
                let problem = Problem::UnaccountedQuestion { what, id: id.to_owned() };
                self.reader.error(&Place::ROOT, problem);
            }
        }
        targets
    }

    fn route(
        &mut self,
        question: Question<'_>,
        target: Target<'_>,
        map: Option<&BTreeMap<String, Answer>>,
        place: &Place<'_>,
    ) -> Route {
        let (id, root) = (|| question.id().to_owned(), Place::ROOT);
        match (target, map) {
            (Target::Question(to), map) => {
                if let Some(map) = map {
                    self.mapped(place, question, to, map);
                } else if !takes_the_same_answers(question, to) {
                    let problem = Problem::OtherAnswers { from: id(), to: to.id().to_owned() };
                    if question.id() == to.id() {
                        self.reader.error(&root, problem);
                    } else {
                        self.reader.error(&root.key("renamed").key(question.id()), problem);
                    }
                }
                Route::To { id: to.id().to_owned(), map: map.cloned() }
            }
            (Target::None(loss), map) => {
                if map.is_some() {
                    self.reader.error(place, Problem::NotCarried { id: id() });
                }
                Route::Lost(loss)
            }
            (Target::Unknown, _) => Route::Lost(Loss::Removed),
        }
    }

    /// A map of answers must name each answer to the old question and lead to answers of the new one.
    fn mapped(
        &mut self,
        place: &Place<'_>,
        from: Question<'_>,
        to: Question<'_>,
        map: &BTreeMap<String, Answer>,
    ) {
        let checklist = |of: Question<'_>| matches!(of.scale(), ScaleSpec::Checklist { .. });
        let keys = keys(from).filter(|_| !checklist(from) || checklist(to));
        let Some(keys) = keys else {
            return self.reader.error(place, Problem::Unmappable { id: from.id().to_owned() });
        };
        for (key, answer) in map {
            let problem = if !keys.contains(key) {
                let found = Excerpt::new(key);
                if checklist(from) {
                    let suggestion = self.reader.nearest(key, keys.iter().map(String::as_str));
                    Problem::UnknownItem { id: found, suggestion }
                } else {
                    Problem::UnknownChoice { found, choices: Excerpt::new(&keys.join(", ")) }
                }
            } else if checklist(from) && !matches!(answer, Answer::Items(_) | Answer::Unanswered) {
                let found = Excerpt::new("another answer");
                Problem::WrongType { expected: "a list of items, or null", found }
            } else if let Err(refusal) = to.accept(answer) {
                refusal.problem
            } else {
                continue;
            };
            self.reader.error(&place.key(key), problem);
        }
        for key in keys.into_iter().filter(|key| !map.contains_key(key)) {
            if self.reader.sound(&place.key(&key)) {
                let problem = Problem::UnmappedAnswer { id: from.id().to_owned(), answer: key };
                self.reader.error(place, problem);
            }
        }
    }
}

impl<'q> Side<'q> {
    /// A question is told of once.
    fn claim(&mut self, reader: &mut Reader, place: &Place<'_>, question: Question<'q>) {
        match self.told.entry(question.id()) {
            Entry::Vacant(told) => {
                told.insert(place.path());
            }
            Entry::Occupied(told) => {
                let (id, first) = (question.id().to_owned(), told.get().clone());
                reader.error(place, Problem::DuplicateId { what: self.what, id, first });
            }
        }
    }
}

/// Whether each answer to the one is an answer to the other and says the same: the same choices,
/// the same items, the same unit with a scale that starts no higher, in the same direction. What an
/// answer earns may differ: that is the new questionnaire's affair.
fn takes_the_same_answers(from: Question<'_>, to: Question<'_>) -> bool {
    let same = match (from.scale(), to.scale()) {
        (
            ScaleSpec::Measure { unit: a, bands: from },
            ScaleSpec::Measure { unit: b, bands: to },
        ) => {
            let start = |bands: &[BandSpec]| bands.first().map(|band| band.start);
            a == b && start(to) <= start(from)
        }
        (a, b) => {
            let all = |of| keys(of).map(BTreeSet::from_iter);
            discriminant(a) == discriminant(b) && all(from) == all(to)
        }
    };
    same && from.is_reversed() == to.is_reversed()
}

/// Every answer that a question takes, as the key of a map; `None` if they cannot be listed.
fn keys(question: Question<'_>) -> Option<Vec<String>> {
    match question.scale() {
        ScaleSpec::Choice { choices } => {
            Some(choices.iter().map(|choice| choice.value.to_string()).collect())
        }
        ScaleSpec::YesNo => Some(vec!["false".to_owned(), "true".to_owned()]),
        ScaleSpec::Checklist { items } => Some(items.iter().map(|i| i.id.clone()).collect()),
        ScaleSpec::Measure { .. } => None,
    }
}
