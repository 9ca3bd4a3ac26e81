//! Lenient reading: answers as browsers, form libraries and survey tools send them. What is taken
//! is the table on [`Questionnaire::read_lenient`].

use std::collections::{BTreeMap, BTreeSet};

use super::accept::{expected, ticked_off};
use super::answer::Answer;
use super::given::{Given, Mark};
use super::manner::Decimal;
use super::sheet::{AnswerSheet, unknown_question};
use super::vocabulary::{Lists, Manner, Tick, Vocabulary, yes_or_no};
use crate::diagnostic::{Diagnostic, Excerpt, Path, Problem};
use crate::document::{At, Node, Place, Reader};
use crate::questionnaire::{Item, NonAnswer, Question, Questionnaire, Scale, Ticks};
use crate::text::as_seen;

/// How survey tools name the comment on a question.
const COMMENT_SUFFIX: &str = "-Comment";
/// What stands between a question and its item in the columns of some tools.
const COLUMN: &str = "___";
/// Where comments stand together.
const COMMENTS: &str = "comments";
/// So many brackets of a key are looked into.
const MOST_BRACKETS: usize = 8;
/// The longest id, `___`, and the longest id.
const LONGEST_COLUMN: usize = 64 + COLUMN.len() + 64;

/// What is said to one question, piece by piece.
#[derive(Default)]
struct Said {
    /// Where it was first said.
    path: Option<Path>,
    /// An answer in one piece; of a checklist only a state.
    whole: Option<(Given, Mark)>,
    ticks: Ticks,
    /// Whether nothing ticked is an answer, too.
    listed: bool,
    /// Whether something is wrong with it, so that the rest is no answer either.
    wrong: bool,
    commented: bool,
}

/// What a key says of a question, apart from its id.
enum Part<'k> {
    /// `name[]` or `name[0]`: an entry of a list.
    Entry,
    /// `name[item]`: whether that item is ticked.
    Item(&'k str),
    /// `name___item`: the same in an export that writes 0 where nobody answered, too.
    Column(&'k str),
}

/// Reads answers that may come in several pieces onto a sheet, all put together at the end. `places`
/// is told where each stands.
pub(super) fn answers(
    reader: &mut Reader,
    sheet: &mut AnswerSheet,
    places: &mut BTreeMap<usize, Path>,
    at: At<'_>,
) {
    let questionnaire = sheet.questionnaire().clone();
    let questions = questionnaire.rules().len();
    let mut pieces = Pieces {
        reader,
        questionnaire: &questionnaire,
        vocabularies: std::iter::repeat_with(|| None).take(questions).collect(),
        said: std::iter::repeat_with(Said::default).take(questions).collect(),
        nowhere: Said::default(),
        comments: Vec::new(),
    };
    match only(at.node) {
        Some(one) => pieces.record(At { node: one, place: &at.place.index(0) }),
        None => pieces.record(at),
    }
    let (said, comments) = (pieces.put_together(), pieces.comments);
    for (position, path, given) in said {
        sheet.put(position, given);
        places.extend(path.map(|path| (position, path)));
    }
    for (position, comment) in comments {
        sheet.put_comment(position, comment);
    }
}

/// All that is said, by the positions of the questions.
struct Pieces<'r, 'q> {
    reader: &'r mut Reader,
    questionnaire: &'q Questionnaire,
    /// Made when a question first needs its own.
    vocabularies: Vec<Option<Vocabulary<'q>>>,
    said: Vec<Said>,
    /// Of a question of another questionnaire, which there is none of here.
    nowhere: Said,
    comments: Vec<(usize, String)>,
}

impl<'q> Pieces<'_, 'q> {
    /// An object of answers; one inside another has the same form.
    fn record(&mut self, at: At<'_>) {
        let Node::Map(entries) = at.node else {
            self.reader.wrong_type(at, "an object of answers");
            return;
        };
        let mut passed_over = BTreeSet::new();
        let mut next = 0;
        for (key, node) in entries {
            let place = at.place.key(key);
            let at = At { node, place: &place };
            let question = self.questionnaire.question_at(next).filter(|next| next.id() == key);
            let question = question.or_else(|| self.questionnaire.question(key));
            if let Some(question) = question {
                next = question.position() + 1;
                self.answer(question, at, key);
            } else if !self.other(key, at, 0) && passed_over.insert(key.as_ref()) {
                let problem = unknown_question(self.reader, self.questionnaire, key);
                self.reader.warning(&place, problem);
            }
        }
    }

    /// Whether a key that is no question's own says something all the same, which is then read.
    fn other(&mut self, key: &str, at: At<'_>, brackets: usize) -> bool {
        let commented = key.strip_suffix(COMMENT_SUFFIX);
        if let Some(id) = commented.filter(|id| self.questionnaire.position(id).is_some()) {
            self.comment(id, at, key);
            return true;
        }
        if let (COMMENTS, Node::Map(comments)) = (key, at.node) {
            for (id, node) in comments {
                self.comment(id, At { node, place: &at.place.key(id) }, id);
            }
            return true;
        }
        self.part(key, at) || self.nested(key, at) || self.bracketed(key, at, brackets)
    }

    /// Whether the key is a form's for something within an object, `page[plan]` or
    /// `page[channels][]`, which is then read.
    fn bracketed(&mut self, key: &str, at: At<'_>, brackets: usize) -> bool {
        let Some((outer, rest)) = key.split_once('[') else { return false };
        let Some((inner, rest)) = rest.split_once(']').filter(|_| brackets < MOST_BRACKETS) else {
            return false;
        };
        if let Some(question) = self.questionnaire.question(outer) {
            if is_blank(at.node) {
                return true;
            }
            // An object where this question takes none.
            let (key, questions) = (Excerpt::new(key), Excerpt::new(&format!("`{outer}`")));
            self.wrong(question, at, Problem::NestedAnswers { key, questions });
            return true;
        }
        if outer == COMMENTS && rest.is_empty() {
            self.comment(inner, at, key);
            return true;
        }
        let inner = format!("{inner}{rest}");
        match self.questionnaire.question(&inner) {
            Some(question) => self.answer(question, at, key),
            None => return self.other(&inner, at, brackets + 1),
        }
        true
    }

    /// Whether there are answers in what is there, such as those of a matrix or a panel, which are
    /// then read or refused by name.
    fn nested(&mut self, key: &str, at: At<'_>) -> bool {
        let Some(questions) = nested(self.questionnaire, at.node) else { return false };
        match (only(at.node), at.node) {
            (Some(one), _) => self.record(At { node: one, place: &at.place.index(0) }),
            (None, Node::List(_)) => {
                let key = Excerpt::new(key);
                self.reader.error(at.place, Problem::NestedAnswers { key, questions });
            }
            _ => self.record(at),
        }
        true
    }

    fn comment(&mut self, id: &str, at: At<'_>, key: &str) {
        if is_blank(at.node) {
            return;
        }
        let Some(question) = self.questionnaire.question(id) else {
            let problem = unknown_question(self.reader, self.questionnaire, id);
            self.reader.warning(at.place, problem);
            return;
        };
        let comment = self.reader.about(|| question.id(), |reader| reader.owned_text(at));
        let Some(comment) = comment else { return };
        let said = self.said.get_mut(question.position());
        if said.is_some_and(|said| std::mem::replace(&mut said.commented, true)) {
            let problem = Problem::DuplicateKey { key: Excerpt::new(key) };
            self.reader.about(|| question.id(), |reader| reader.error(at.place, problem));
        } else {
            self.comments.push((question.position(), comment));
        }
    }

    /// Whether the key is one for a part of a question, which is then read.
    fn part(&mut self, key: &str, at: At<'_>) -> bool {
        let parts = parts(self.questionnaire, key);
        match parts.as_slice() {
            [] => return false,
            [(question, Part::Entry)] => match (question.scoring(), at.node) {
                (Scale::Checklist(_), node) if !matches!(node, Node::List(_) | Node::Map(_)) => {
                    self.entry(*question, at, key);
                }
                _ => self.answer(*question, at, key),
            },
            [(question, Part::Item(item))] => self.tick(*question, item, at, true),
            [(question, Part::Column(item))] => self.tick(*question, item, at, false),
            _ => {
                let of = |part: &(Question<'_>, Part<'_>)| part.0.id().to_owned();
                let answers: Vec<String> = parts.iter().map(of).collect();
                let answers = Excerpt::new(&answers.join(", "));
                self.reader
                    .error(at.place, Problem::AmbiguousText { found: Excerpt::new(key), answers });
            }
        }
        true
    }

    /// What stands under a question's own id.
    fn answer(&mut self, question: Question<'q>, at: At<'_>, key: &str) {
        match (question.scoring(), at.node) {
            (_, node) if is_blank(node) => {}
            (Scale::Checklist(_), Node::List(entries)) => {
                self.said(question, at.place).listed = true;
                for (index, node) in entries.iter().enumerate() {
                    self.entry(question, At { node, place: &at.place.index(index) }, key);
                }
            }
            (Scale::Checklist(_), Node::Map(items)) => {
                for (item, node) in items {
                    self.tick(question, item, At { node, place: &at.place.key(item) }, true);
                }
            }
            (_, Node::List(entries)) => {
                // A list of one is that one; blanks in it say nothing.
                let mut said = entries.iter().enumerate().filter(|(_, node)| !is_blank(node));
                match (said.next(), said.next()) {
                    (None, _) => {}
                    (Some((index, node)), None)
                        if !matches!(node, Node::List(_) | Node::Map(_)) =>
                    {
                        self.answer(question, At { node, place: &at.place.index(index) }, key);
                    }
                    _ => self.wrong_type(question, at, expected(question.scoring())),
                }
            }
            (_, Node::Text(text)) => self.word(question, text, Lists::Any, at, key),
            (Scale::YesNo { .. }, node) if yes_or_no_of(node).is_some() => {
                let yes = yes_or_no_of(node).map_or(Answer::Unanswered, Answer::from);
                self.whole(question, &yes, at, key);
            }
            (_, Node::Bool(yes)) => self.whole(question, &(*yes).into(), at, key),
            (_, Node::Integer(number)) => self.whole(question, &(*number).into(), at, key),
            (_, Node::Float(number)) => self.whole(question, &(*number).into(), at, key),
            (_, Node::Null | Node::Map(_)) => {
                self.wrong_type(question, at, expected(question.scoring()));
            }
        }
    }

    /// One entry of a checklist's list. That the list is there makes nothing ticked an answer.
    fn entry(&mut self, question: Question<'q>, at: At<'_>, key: &str) {
        self.said(question, at.place).listed = true;
        match at.node {
            node if is_blank(node) => {}
            Node::Text(text) => self.word(question, text, Lists::None, at, key),
            _ => self.wrong_type(question, at, "a text"),
        }
    }

    /// What a text means to the question.
    fn word(&mut self, question: Question<'q>, text: &str, lists: Lists, at: At<'_>, key: &str) {
        let manner = Manner { lists, ..Manner::default() };
        let words = vocabulary(&mut self.vocabularies, question);
        let meaning = words.map(|words| words.meaning(text, &manner, self.reader.suggestions()));
        match meaning {
            None | Some(Ok(Answer::Unanswered)) => {}
            Some(Ok(answer)) => self.whole(question, &answer, at, key),
            Some(Err(problem)) => self.wrong(question, at, problem),
        }
    }

    /// An answer in one piece, or one item of a checklist's.
    fn whole(&mut self, question: Question<'q>, answer: &Answer, at: At<'_>, key: &str) {
        let given = match question.accept(answer) {
            Ok(given) => given,
            Err(refusal) => return self.wrong(question, at, refusal.problem),
        };
        if let (Given::Items(_), Answer::Items(ids), Scale::Checklist(items)) =
            (given.0, answer, question.scoring())
        {
            let positions = ids.iter().filter_map(|id| position(items, id));
            positions.for_each(|position| self.put_tick(question, position, at));
            return;
        }
        let said = self.said(question, at.place);
        match said.whole {
            Some(_) => {
                self.wrong(question, at, Problem::DuplicateKey { key: Excerpt::new(key) });
            }
            None => said.whole = Some(given),
        }
    }

    /// Whether an item of a checklist is ticked. `counts`: whether a no is an answer, too.
    fn tick(&mut self, question: Question<'q>, item: &str, at: At<'_>, counts: bool) {
        let Scale::Checklist(items) = question.scoring() else { return };
        let position = position(items, item);
        let ticked = match (at.node, position) {
            (node, _) if is_blank(node) => None,
            // Some tools write the item itself where it is ticked.
            (Node::Text(text), Some(position)) => {
                let words = vocabulary(&mut self.vocabularies, question);
                match words.map(|words| words.tick(position, text, &Manner::default())) {
                    Some(Ok(Tick::On)) => Some(true),
                    Some(Ok(Tick::Off)) => Some(false),
                    Some(Err(problem)) => return self.wrong(question, at, problem),
                    Some(Ok(Tick::NotApplicable | Tick::DontKnow | Tick::Blank)) | None => None,
                }
            }
            (Node::Text(text), None) => yes_or_no(&as_seen(text), Decimal::Point),
            (node, _) => yes_or_no_of(node),
        };
        match (ticked, position) {
            (None, _) if is_blank(at.node) => {}
            (None, _) => self.wrong_type(question, at, "`true` or `false` for an item"),
            (Some(true), Some(position)) => self.put_tick(question, position, at),
            (Some(false), Some(_)) => self.said(question, at.place).listed |= counts,
            (Some(ticked), None) => {
                let ids = items.iter().map(|item| item.id.as_str());
                let suggestion = self.reader.nearest(item, ids);
                let problem = Problem::UnknownItem { id: Excerpt::new(item), suggestion };
                if ticked {
                    self.wrong(question, at, problem);
                } else {
                    self.reader.warning(at.place, problem);
                }
            }
        }
    }

    fn put_tick(&mut self, question: Question<'q>, position: usize, at: At<'_>) {
        if !self.said(question, at.place).ticks.insert(position) {
            let Scale::Checklist(items) = question.scoring() else { return };
            let id = items.get(position).map_or("", |item| &item.id);
            self.wrong(question, at, Problem::DuplicateEntry { entry: Excerpt::new(id) });
        }
    }

    fn wrong(&mut self, question: Question<'q>, at: At<'_>, problem: Problem) {
        self.said(question, at.place).wrong = true;
        self.reader.about(|| question.id(), |reader| reader.error(at.place, problem));
    }

    fn wrong_type(&mut self, question: Question<'q>, at: At<'_>, expected: &'static str) {
        let found = at.node.describe();
        self.wrong(question, at, Problem::WrongType { expected, found });
    }

    /// What is said to a question so far; what is added stands at `place`.
    fn said(&mut self, question: Question<'q>, place: &Place<'_>) -> &mut Said {
        let said = self.said.get_mut(question.position()).unwrap_or(&mut self.nowhere);
        said.path.get_or_insert_with(|| place.path());
        said
    }

    /// The answers that the pieces make.
    fn put_together(&mut self) -> Vec<(usize, Option<Path>, (Given, Mark))> {
        let mut answers = Vec::new();
        for (question, said) in self.questionnaire.questions().zip(std::mem::take(&mut self.said)) {
            let given = match (question.scoring(), said.whole) {
                _ if said.wrong => None,
                (Scale::Checklist(_), Some((state, _))) if said.ticks != Ticks::default() => {
                    let state = match state {
                        Given::NotApplicable => NonAnswer::NotApplicable,
                        Given::DontKnow
                        | Given::Unanswered
                        | Given::Choice(_)
                        | Given::YesNo(_)
                        | Given::Items(_)
                        | Given::Measure(_) => NonAnswer::DontKnow,
                    };
                    let (id, state) = (question.id().to_owned(), state.as_str());
                    let problem = Problem::ConflictingAnswers { id, state };
                    let path = said.path.clone().unwrap_or_default();
                    let finding = Diagnostic::error(path, problem);
                    self.reader.about(|| question.id(), |reader| reader.note(finding));
                    None
                }
                (_, Some(whole)) => Some(whole),
                (Scale::Checklist(items), None) => {
                    let answered = said.listed || said.ticks != Ticks::default();
                    answered.then(|| ticked_off(items, said.ticks))
                }
                _ => None,
            };
            answers.extend(given.map(|given| (question.position(), said.path, given)));
        }
        answers
    }
}

/// The words of a question, made when they are first needed.
fn vocabulary<'v, 'q>(
    vocabularies: &'v mut [Option<Vocabulary<'q>>],
    question: Question<'q>,
) -> Option<&'v Vocabulary<'q>> {
    let vocabulary = vocabularies.get_mut(question.position())?;
    Some(vocabulary.get_or_insert_with(|| Vocabulary::new(question)))
}

/// The one record that a list holds.
pub(super) fn only<'n, 'd>(node: &'n Node<'d>) -> Option<&'n Node<'d>> {
    let Node::List(list) = node else { return None };
    let [one @ Node::Map(_)] = list.as_slice() else { return None };
    Some(one)
}

fn position(items: &[Item], id: &str) -> Option<usize> {
    items.iter().position(|item| item.id == id)
}

/// Whether this says nothing: null, or a text in which nothing can be seen.
fn is_blank(node: &Node<'_>) -> bool {
    match node {
        Node::Null => true,
        Node::Text(text) => text.is_empty() || as_seen(text).is_empty(),
        _ => false,
    }
}

/// The yes or no that a value is, other than a text.
fn yes_or_no_of(node: &Node<'_>) -> Option<bool> {
    match node {
        Node::Bool(yes) => Some(*yes),
        Node::Integer(_) | Node::Float(_) => match node.whole()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
        Node::Null | Node::Text(_) | Node::List(_) | Node::Map(_) => None,
    }
}

/// The questions of which a key names a part: one, if any, but for ids made to be confused.
fn parts<'q, 'k>(questionnaire: &'q Questionnaire, key: &'k str) -> Vec<(Question<'q>, Part<'k>)> {
    if let Some((id, rest)) = key.split_once('[') {
        let part = rest.strip_suffix(']').and_then(|item| {
            let question = questionnaire.question(id)?;
            if item.bytes().all(|b| b.is_ascii_digit()) {
                return Some((question, Part::Entry));
            }
            let is_checklist = matches!(question.scoring(), Scale::Checklist(_));
            is_checklist.then_some((question, Part::Item(item)))
        });
        return part.into_iter().collect();
    }
    if key.len() > LONGEST_COLUMN {
        return Vec::new();
    }
    // An id may hold the separator, so each place where it stands is tried.
    let mut found = Vec::new();
    let mut others = Vec::new();
    for (at, _) in key.char_indices() {
        let Some((id, rest)) = key.split_at_checked(at) else { continue };
        let Some(item) = rest.strip_prefix(COLUMN) else { continue };
        let Some(question) = questionnaire.question(id) else { continue };
        let Scale::Checklist(items) = question.scoring() else { continue };
        let parts = if position(items, item).is_some() { &mut found } else { &mut others };
        parts.push((question, Part::Column(item)));
    }
    if found.is_empty() {
        others.truncate(1);
        return others;
    }
    found
}

/// The questions that objects within `node` answer; `None` if there are none.
pub(super) fn nested(questionnaire: &Questionnaire, node: &Node<'_>) -> Option<Excerpt> {
    let mut ids = BTreeSet::new();
    collect(questionnaire, node, &mut ids);
    if ids.is_empty() {
        return None;
    }
    let ids: Vec<String> = ids.into_iter().map(|id| format!("`{id}`")).collect();
    Some(Excerpt::new(&ids.join(", ")))
}

fn collect<'q>(questionnaire: &'q Questionnaire, node: &Node<'_>, ids: &mut BTreeSet<&'q str>) {
    match node {
        Node::Map(entries) => {
            for (key, node) in entries {
                if let Some(question) = questionnaire.question(key) {
                    ids.insert(question.id());
                } else {
                    ids.extend(parts(questionnaire, key).iter().map(|(of, _)| of.id()));
                    collect(questionnaire, node, ids);
                }
            }
        }
        Node::List(list) => list.iter().for_each(|node| collect(questionnaire, node, ids)),
        Node::Null | Node::Bool(_) | Node::Integer(_) | Node::Float(_) | Node::Text(_) => {}
    }
}
