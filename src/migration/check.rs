//! What only the two questionnaires can tell: that a migration accounts for every question of both,
//! and that every answer has a place to go.

use std::collections::{BTreeMap, BTreeSet};

use super::spec::{MigrationEnd, MigrationSpec};
use super::{Loss, Route};
use crate::answers::{Answer, AnswerSheet};
use crate::diagnostic::{Excerpt, Path, Problem};
use crate::document::{Place, Reader};
use crate::questionnaire::{BandSpec, ChoiceSpec, ItemSpec, Question, Questionnaire, ScaleSpec};

/// Reports every violation, and finds the route of each old question, by position.
pub(super) fn check(
    reader: &mut Reader,
    spec: &MigrationSpec,
    from: &Questionnaire,
    to: &Questionnaire,
) -> Vec<Route> {
    let root = Place::ROOT;
    // What a section that cannot be read would have told is not missing.
    let mut claims = Claims { told: !reader.failed(), ..Claims::default() };
    end(reader, &root.key("from"), &spec.from, from);
    end(reader, &root.key("to"), &spec.to, to);
    claims.of_sections(reader, spec, from, to);
    let pairs = claims.pairs(reader, from, to);
    let mut routes = Vec::with_capacity(pairs.len());
    let mut sheet = to.sheet();
    let maps = root.key("answers");
    for (question, target) in from.questions().zip(pairs) {
        let map = spec.answers.get(question.id());
        let place = maps.key(question.id());
        routes.push(match (target, map) {
            (Target::Question(to), Some(map)) => {
                mapped(reader, &place, question, to, map, &mut sheet);
                Route::To { id: to.id().to_owned(), map: Some(map.clone()) }
            }
            (Target::Question(to), None) => {
                if !takes_the_same_answers(question, to) {
                    let problem = Problem::OtherAnswers {
                        from: question.id().to_owned(),
                        to: to.id().to_owned(),
                    };
                    let renamed = root.key("renamed");
                    if question.id() == to.id() {
                        reader.error(&root, problem);
                    } else {
                        reader.error(&renamed.key(question.id()), problem);
                    }
                }
                Route::To { id: to.id().to_owned(), map: None }
            }
            (Target::None(loss), map) => {
                if map.is_some() {
                    reader.error(&place, Problem::NotCarried { id: question.id().to_owned() });
                }
                Route::Lost(loss)
            }
            (Target::Unknown, _) => Route::Lost(Loss::Removed),
        });
    }
    for id in spec.answers.keys() {
        known(reader, &maps.key(id), from, id).ok();
    }
    routes
}

fn end(reader: &mut Reader, place: &Place<'_>, end: &MigrationEnd, of: &Questionnaire) {
    let fingerprint = end.fingerprint.map(|fingerprint| fingerprint.to_string());
    for (what, found, expected) in [
        ("id", Some(end.id.as_str()), of.id().to_owned()),
        ("version", Some(end.version.as_str()), of.version().to_owned()),
        ("fingerprint", fingerprint.as_deref(), of.fingerprint().to_string()),
    ] {
        if let Some(found) = found.filter(|found| *found != expected) {
            let problem = Problem::OtherEnd { what, found: Excerpt::new(found), expected };
            reader.error(&place.key(what), problem);
        }
    }
}

/// The question, or a finding that there is none, with the id that was probably meant.
fn known<'q>(
    reader: &mut Reader,
    place: &Place<'_>,
    of: &'q Questionnaire,
    id: &str,
) -> Result<Question<'q>, Option<String>> {
    if let Some(question) = of.question(id) {
        return Ok(question);
    }
    let suggestion = reader.nearest(id, of.questions().map(|question| question.id()));
    let meant = suggestion.clone();
    if reader.sound(place) {
        reader.error(place, Problem::UnknownQuestion { id: Excerpt::new(id), suggestion });
    }
    Err(meant)
}

/// Where an old question leads.
#[derive(Clone, Copy, Debug)]
enum Target<'q> {
    Question(Question<'q>),
    None(Loss),
    /// That is not told.
    Unknown,
}

/// Which question is told of where.
#[derive(Debug, Default)]
struct Claims<'q> {
    /// Old questions: where they are told of, and where they lead.
    old: BTreeMap<&'q str, (Path, Target<'q>)>,
    /// New questions: where they are told of.
    new: BTreeMap<&'q str, Path>,
    /// Ids that were probably meant by unknown ones; that nothing tells of them follows from that.
    meant: BTreeSet<String>,
    /// Whether every section could be read.
    told: bool,
}

impl<'q> Claims<'q> {
    fn of_sections(
        &mut self,
        reader: &mut Reader,
        spec: &MigrationSpec,
        from: &'q Questionnaire,
        to: &'q Questionnaire,
    ) {
        let root = Place::ROOT;
        let list = root.key("renamed");
        for (old, new) in &spec.renamed {
            let place = list.key(old);
            let target = self.claim_new(reader, &place, to, new);
            let target = target.map_or(Target::Unknown, Target::Question);
            self.claim_old(reader, &place, from, old, target);
        }
        let list = root.key("removed");
        for (index, id) in spec.removed.iter().enumerate() {
            let place = list.index(index);
            self.claim_old(reader, &place, from, id, Target::None(Loss::Removed));
        }
        let list = root.key("changed");
        for (index, id) in spec.changed.iter().enumerate() {
            let place = list.index(index);
            // Unknown in both is one fault, not two.
            if self.claim_old(reader, &place, from, id, Target::None(Loss::Changed)) {
                self.claim_new(reader, &place, to, id);
            }
        }
        let list = root.key("new");
        for (index, id) in spec.new.iter().enumerate() {
            self.claim_new(reader, &list.index(index), to, id);
        }
    }

    /// Whether there is such a question.
    fn claim_old(
        &mut self,
        reader: &mut Reader,
        place: &Place<'_>,
        from: &'q Questionnaire,
        id: &str,
        target: Target<'q>,
    ) -> bool {
        let question = match known(reader, place, from, id) {
            Ok(question) => question,
            Err(meant) => {
                self.meant.extend(meant);
                return false;
            }
        };
        if let Some((first, _)) = self.old.get(question.id()) {
            twice(reader, place, "old question", id, first);
        } else {
            self.old.insert(question.id(), (place.path(), target));
        }
        true
    }

    fn claim_new(
        &mut self,
        reader: &mut Reader,
        place: &Place<'_>,
        to: &'q Questionnaire,
        id: &str,
    ) -> Option<Question<'q>> {
        match known(reader, place, to, id) {
            Ok(question) => {
                if let Some(first) = self.new.get(question.id()) {
                    twice(reader, place, "new question", id, first);
                } else {
                    self.new.insert(question.id(), place.path());
                }
                Some(question)
            }
            Err(meant) => {
                self.meant.extend(meant);
                None
            }
        }
    }

    /// Where each old question leads. One that nothing is told of leads to the question of the same
    /// id, and every question of both sides must be accounted for.
    fn pairs(
        self,
        reader: &mut Reader,
        from: &Questionnaire,
        to: &'q Questionnaire,
    ) -> Vec<Target<'q>> {
        let mut unaccounted = |what, id: &str| {
            if self.told && !self.meant.contains(id) {
                let problem = Problem::UnaccountedQuestion { what, id: id.to_owned() };
                reader.error(&Place::ROOT, problem);
            }
        };
        let mut targets = Vec::with_capacity(from.rules().len());
        let mut kept = BTreeSet::new();
        for question in from.questions() {
            let id = question.id();
            targets.push(match (self.old.get(id), to.question(id)) {
                (Some((_, target)), _) => *target,
                (None, Some(same)) if !self.new.contains_key(id) => {
                    kept.insert(same.id());
                    Target::Question(same)
                }
                (None, _) => {
                    unaccounted("what becomes of", id);
                    Target::Unknown
                }
            });
        }
        for question in to.questions() {
            let id = question.id();
            if !self.new.contains_key(id) && !kept.contains(id) {
                unaccounted("the origin of", id);
            }
        }
        targets
    }
}

fn twice(reader: &mut Reader, place: &Place<'_>, what: &'static str, id: &str, first: &Path) {
    let problem = Problem::DuplicateId { what, id: id.to_owned(), first: first.clone() };
    reader.error(place, problem);
}

/// Whether each answer to the one is an answer to the other and says the same: the same choices,
/// the same items, the same unit with a scale that starts no higher, in the same direction. What an
/// answer earns may differ: that is the new questionnaire's affair.
fn takes_the_same_answers(from: Question<'_>, to: Question<'_>) -> bool {
    let same = match (from.scale(), to.scale()) {
        (ScaleSpec::Choice { choices: a }, ScaleSpec::Choice { choices: b }) => {
            let values = |choices: &[ChoiceSpec]| {
                choices.iter().map(|choice| choice.value).collect::<BTreeSet<i64>>()
            };
            values(a) == values(b)
        }
        (ScaleSpec::YesNo, ScaleSpec::YesNo) => true,
        (ScaleSpec::Checklist { items: a }, ScaleSpec::Checklist { items: b }) => {
            let ids = |items: &[ItemSpec]| {
                items.iter().map(|item| item.id.clone()).collect::<BTreeSet<String>>()
            };
            ids(a) == ids(b)
        }
        (
            ScaleSpec::Measure { unit: a, bands: from },
            ScaleSpec::Measure { unit: b, bands: to },
        ) => {
            let start = |bands: &[BandSpec]| bands.first().map(|band| band.start);
            a == b && start(to) <= start(from)
        }
        _ => false,
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

/// A map of answers must name each answer to the old question and lead to answers of the new one.
fn mapped(
    reader: &mut Reader,
    place: &Place<'_>,
    from: Question<'_>,
    to: Question<'_>,
    map: &BTreeMap<String, Answer>,
    sheet: &mut AnswerSheet,
) {
    let checklist =
        |question: Question<'_>| matches!(question.scale(), ScaleSpec::Checklist { .. });
    let keys = keys(from).filter(|_| !checklist(from) || checklist(to));
    let Some(keys) = keys else {
        reader.error(place, Problem::Unmappable { id: from.id().to_owned() });
        return;
    };
    for (key, answer) in map {
        let place = place.key(key);
        if !keys.contains(key) {
            let found = Excerpt::new(key);
            let problem = if checklist(from) {
                let suggestion = reader.nearest(key, keys.iter().map(String::as_str));
                Problem::UnknownItem { id: found, suggestion }
            } else {
                Problem::UnknownChoice { found, choices: Excerpt::new(&keys.join(", ")) }
            };
            reader.error(&place, problem);
        } else if checklist(from) && !matches!(answer, Answer::Items(_) | Answer::Unanswered) {
            reader.error(
                &place,
                Problem::WrongType {
                    expected: "a list of items, or null",
                    found: Excerpt::new("another answer"),
                },
            );
        } else if let Err(finding) = sheet.set(to.id(), answer.clone()) {
            reader.error(&place, finding.problem().clone());
        }
    }
    for key in keys.iter().filter(|key| !map.contains_key(*key)) {
        if reader.sound(&place.key(key)) {
            let problem = Problem::UnmappedAnswer { id: from.id().to_owned(), answer: key.clone() };
            reader.error(place, problem);
        }
    }
}
