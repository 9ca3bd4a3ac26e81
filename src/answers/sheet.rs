//! The valid form of answers.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::answer::Answer;
use super::given::{Given, Mark};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Excerpt, Problem, Warnings};
use crate::document::{Place, Reader, positions_in_json, too_large, too_long};
use crate::questionnaire::{Question, Questionnaire};

/// The key of an envelope, and what messages call its value.
const SEQUENCE: &str = "sequence";

/// Answers to one questionnaire, every one of them an answer that its question takes.
///
/// An answer to an unknown question, a value that the scale does not have, or a state that the
/// question forbids cannot be in it. What is missing is missing: it is never a number. A sheet is
/// cheap to clone and to change, and scoring it cannot fail.
///
/// Two sheets are equal if they say the same: about the same questionnaire, the same answers,
/// comments, respondent, day and sequence. What was noticed when they were read makes no difference.
///
/// ```
/// use digital_maturity::{Answer, Questionnaire};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let ids: Vec<&str> = pulse.questions().map(|question| question.id()).collect();
/// let mut sheet = pulse.sheet();
/// sheet.set(ids[0], 4)?.set(ids[1], Answer::DontKnow)?;
/// assert_eq!(sheet.answer(ids[0]), Some(Answer::Whole(4)));
///
/// let error = sheet.set(ids[0], 6).unwrap_err();
/// assert!(error.to_string().ends_with("6 is none of the choices 1, 2, 3, 4, 5"));
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone)]
#[doc(alias("response", "submission"))]
pub struct AnswerSheet {
    questionnaire: Questionnaire,
    /// What scoring needs of each answer, close together; always that of `given`.
    pub(super) marks: Vec<Mark>,
    pub(super) given: Vec<Given>,
    pub(super) envelope: Envelope,
}

/// What a sheet says beside its answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Envelope {
    /// By the position of the question.
    pub(super) comments: BTreeMap<usize, String>,
    pub(super) respondent: Option<String>,
    pub(super) taken: Option<Date>,
    pub(super) sequence: Option<i64>,
    pub(super) warnings: Warnings,
}

/// What was noticed when it was read makes no difference.
impl PartialEq for Envelope {
    fn eq(&self, other: &Self) -> bool {
        self.comments == other.comments
            && self.respondent == other.respondent
            && self.taken == other.taken
            && self.sequence == other.sequence
    }
}

impl Questionnaire {
    /// A sheet on which nothing is answered yet.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// assert_eq!(Questionnaire::dcx_pulse().sheet().answered(), 0);
    /// ```
    #[must_use]
    pub fn sheet(&self) -> AnswerSheet {
        let questions = self.rules().len();
        AnswerSheet {
            questionnaire: self.clone(),
            marks: vec![Mark::Unanswered; questions],
            given: vec![Given::Unanswered; questions],
            envelope: Envelope::default(),
        }
    }
}

impl AnswerSheet {
    /// The questionnaire that is answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// Answers a question, in place of an earlier answer. [`Answer::Unanswered`] takes it back.
    ///
    /// # Errors
    ///
    /// The one thing that is wrong with the answer; the sheet then stays as it was.
    ///
    /// ```
    /// # use digital_maturity::{Answer, Code, Questionnaire};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// assert_eq!(sheet.set("vison", 4).unwrap_err().code(), Code::UnknownQuestion);
    /// ```
    pub fn set(&mut self, id: &str, answer: impl Into<Answer>) -> Result<&mut Self, Diagnostic> {
        let question = self.known(id)?;
        let (position, accepted) = (question.position(), question.accept(&answer.into()));
        self.put(position, accepted.map_err(|refusal| refusal.of(id))?);
        Ok(self)
    }

    /// The question of that id, or the suggestion of another.
    fn known(&self, id: &str) -> Result<Question<'_>, Diagnostic> {
        self.questionnaire.question(id).ok_or_else(|| {
            let problem = unknown_question(&Reader::default(), &self.questionnaire, id);
            Diagnostic::error(Place::ROOT.key(id).path(), problem)
        })
    }

    /// What scoring needs of each answer, by the position of its question.
    pub(crate) fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The answers, by the position of their questions.
    pub(crate) fn given(&self) -> &[Given] {
        &self.given
    }

    /// Puts an answer that the question at `position` takes.
    #[inline]
    pub(crate) fn put(&mut self, position: usize, (given, mark): (Given, Mark)) {
        if let Some(here) = self.given.get_mut(position) {
            *here = given;
        }
        if let Some(here) = self.marks.get_mut(position) {
            *here = mark;
        }
    }

    /// The answer to a question, or `None` if there is no such question.
    ///
    /// ```
    /// # use digital_maturity::{Answer, Questionnaire};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let id = pulse.questions().next().unwrap().id();
    /// assert_eq!(pulse.sheet().answer(id), Some(Answer::Unanswered));
    /// assert_eq!(pulse.sheet().answer("no_such_question"), None);
    /// ```
    #[must_use]
    pub fn answer(&self, id: &str) -> Option<Answer> {
        let question = self.questionnaire.question(id)?;
        Some(self.given.get(question.position())?.answer(question))
    }

    /// Every question with its answer, in the order of the questionnaire.
    ///
    /// ```
    /// # use digital_maturity::{Answer, Questionnaire};
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert!(sheet.answers().all(|(_, answer)| answer == Answer::Unanswered));
    /// ```
    pub fn answers(&self) -> impl Iterator<Item = (Question<'_>, Answer)> {
        let questions = self.questionnaire.questions().zip(&self.given);
        questions.map(|(question, given)| (question, given.answer(question)))
    }

    /// How many questions are answered with a value, asked or not.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.marks.iter().filter(|mark| matches!(mark, Mark::Answered(_))).count()
    }

    /// What was noticed when these answers were read: a document may be valid and still say
    /// something odd.
    #[must_use]
    pub fn warnings(&self) -> &Warnings {
        &self.envelope.warnings
    }

    /// Says where in that JSON text its warnings point.
    pub(super) fn locate_warnings(&mut self, text: &str) {
        let warnings = std::mem::take(&mut self.envelope.warnings);
        self.envelope.warnings = warnings.at(|findings| positions_in_json(text, findings));
    }

    /// Who answered, as the document or the caller says.
    #[must_use]
    pub fn respondent(&self) -> Option<&str> {
        self.envelope.respondent.as_deref()
    }

    /// Says who answered.
    ///
    /// # Errors
    ///
    /// [`Code::TextTooLong`](crate::Code::TextTooLong) for what no document could say: more than
    /// 10,000 characters.
    pub fn set_respondent(
        &mut self,
        respondent: impl Into<String>,
    ) -> Result<&mut Self, Diagnostic> {
        self.envelope.respondent =
            Some(legible(respondent.into(), &Place::ROOT.key("respondent"))?);
        Ok(self)
    }

    /// Says no more who answered.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let mut sheet = Questionnaire::dcx_pulse().sheet();
    /// sheet.set_respondent("acme-hr")?.clear_respondent();
    /// assert_eq!(sheet.respondent(), None);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn clear_respondent(&mut self) -> &mut Self {
        self.envelope.respondent = None;
        self
    }

    /// Says that they are of the same respondent, day and sequence as `other`.
    pub(crate) fn copy_head(&mut self, other: &Self) {
        self.envelope.respondent.clone_from(&other.envelope.respondent);
        self.envelope.taken = other.envelope.taken;
        self.envelope.sequence = other.envelope.sequence;
    }

    /// The day on which the answers were given, as the document or the caller says.
    #[must_use]
    pub fn taken(&self) -> Option<Date> {
        self.envelope.taken
    }

    /// Says on which day the answers were given.
    pub fn set_taken(&mut self, taken: Date) -> &mut Self {
        self.envelope.taken = Some(taken);
        self
    }

    /// Says no more on which day the answers were given.
    ///
    /// ```
    /// # use digital_maturity::{Date, Questionnaire};
    /// let mut sheet = Questionnaire::dcx_pulse().sheet();
    /// sheet.set_taken("2026-11-23".parse()?).clear_taken();
    /// assert_eq!(sheet.taken(), None);
    /// # Ok::<(), digital_maturity::diagnostic::InvalidDate>(())
    /// ```
    pub fn clear_taken(&mut self) -> &mut Self {
        self.envelope.taken = None;
        self
    }

    /// What orders these answers among others of one day, as the document or the caller says; the
    /// lower one comes first in a [`History`](crate::compare::History).
    #[must_use]
    pub fn sequence(&self) -> Option<i64> {
        self.envelope.sequence
    }

    /// Says what orders these answers among others of one day.
    ///
    /// # Errors
    ///
    /// [`Code::OutOfRange`](crate::Code::OutOfRange) for what no document could say: more than
    /// 2^53, or less than its negative.
    ///
    /// ```
    /// # use digital_maturity::{Code, Questionnaire};
    /// let mut sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.set_sequence(2)?.sequence(), Some(2));
    /// assert_eq!(sheet.set_sequence(i64::MAX).unwrap_err().code(), Code::OutOfRange);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn set_sequence(&mut self, sequence: i64) -> Result<&mut Self, Diagnostic> {
        if let Some(problem) = too_large(SEQUENCE, sequence) {
            return Err(Diagnostic::error(Place::ROOT.key(SEQUENCE).path(), problem));
        }
        self.envelope.sequence = Some(sequence);
        Ok(self)
    }

    /// No longer says what orders these answers among others of one day.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let mut sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.set_sequence(2)?.clear_sequence().sequence(), None);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn clear_sequence(&mut self) -> &mut Self {
        self.envelope.sequence = None;
        self
    }

    /// The comment on a question.
    #[must_use]
    pub fn comment(&self, id: &str) -> Option<&str> {
        self.envelope.comments.get(&self.questionnaire.position(id)?).map(String::as_str)
    }

    /// The comments, each with its question, in the order of the questionnaire.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let ids: Vec<&str> = pulse.questions().map(|question| question.id()).collect();
    /// let mut sheet = pulse.sheet();
    /// sheet.set_comment(ids[3], "since May")?.set_comment(ids[1], "see the strategy paper")?;
    /// let comments: Vec<_> = sheet.comments().map(|(question, text)| (question.id(), text)).collect();
    /// assert_eq!(comments, [(ids[1], "see the strategy paper"), (ids[3], "since May")]);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn comments(&self) -> impl Iterator<Item = (Question<'_>, &str)> {
        let comments = self.envelope.comments.iter();
        comments
            .filter_map(|(&at, text)| Some((self.questionnaire.question_at(at)?, text.as_str())))
    }

    /// Comments on a question, in place of an earlier comment. A comment of nothing but blanks is
    /// no comment, so that an empty one takes the earlier back.
    ///
    /// # Errors
    ///
    /// If there is no such question, or with [`Code::TextTooLong`](crate::Code::TextTooLong) for
    /// what no document could say: more than 10,000 characters.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let id = pulse.questions().next().unwrap().id();
    /// let mut sheet = pulse.sheet();
    /// sheet.set_comment(id, "see the strategy paper")?;
    /// assert_eq!(sheet.comment(id), Some("see the strategy paper"));
    /// sheet.set_comment(id, "")?;
    /// assert_eq!(sheet.comment(id), None);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn set_comment(
        &mut self,
        id: &str,
        comment: impl Into<String>,
    ) -> Result<&mut Self, Diagnostic> {
        let position = self.known(id)?.position();
        let comment = legible(comment.into(), &Place::ROOT.key("comments").key(id))?;
        self.put_comment(position, comment);
        Ok(self)
    }

    /// Takes the comment on a question back; there need not be one, nor the question.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let id = pulse.questions().next().unwrap().id();
    /// let mut sheet = pulse.sheet();
    /// sheet.set_comment(id, "see the strategy paper")?.clear_comment(id);
    /// assert_eq!(sheet.comments().count(), 0);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn clear_comment(&mut self, id: &str) -> &mut Self {
        if let Some(position) = self.questionnaire.position(id) {
            self.envelope.comments.remove(&position);
        }
        self
    }

    /// A comment in which there is nothing is none: forms send one for every field.
    pub(crate) fn put_comment(&mut self, position: usize, comment: String) {
        if comment.trim().is_empty() {
            self.envelope.comments.remove(&position);
        } else {
            self.envelope.comments.insert(position, comment);
        }
    }
}

/// A text that a document may hold, too.
fn legible(text: String, place: &Place<'_>) -> Result<String, Diagnostic> {
    match too_long(&text) {
        Some(problem) => Err(Diagnostic::error(place.path(), problem)),
        None => Ok(text),
    }
}

pub(crate) fn unknown_question(
    reader: &Reader,
    questionnaire: &Questionnaire,
    id: &str,
) -> Problem {
    let ids = questionnaire.questions().map(|question| question.id());
    Problem::UnknownQuestion { id: Excerpt::new(id), suggestion: reader.nearest(id, ids) }
}

impl fmt::Debug for AnswerSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Said<'s>(&'s AnswerSheet);

        impl fmt::Debug for Said<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let said = self.0.answers().filter(|(_, answer)| *answer != Answer::Unanswered);
                f.debug_map()
                    .entries(said.map(|(question, answer)| (question.id(), answer)))
                    .finish()
            }
        }

        let mut sheet = f.debug_struct("AnswerSheet");
        sheet.field("questionnaire", &self.questionnaire).field("answers", &Said(self));
        if !self.envelope.comments.is_empty() {
            sheet.field("comments", &self.envelope.comments);
        }
        if let Some(respondent) = &self.envelope.respondent {
            sheet.field("respondent", respondent);
        }
        if let Some(taken) = self.envelope.taken {
            sheet.field("taken", &taken);
        }
        if let Some(sequence) = self.envelope.sequence {
            sheet.field("sequence", &sequence);
        }
        if !self.envelope.warnings.is_empty() {
            sheet.field("warnings", &self.envelope.warnings);
        }
        sheet.finish_non_exhaustive()
    }
}

impl PartialEq for AnswerSheet {
    fn eq(&self, other: &Self) -> bool {
        self.questionnaire == other.questionnaire
            && self.given == other.given
            && self.envelope == other.envelope
    }
}

/// As an envelope that [`Questionnaire::read`] reads back; unanswered questions are left out.
impl Serialize for AnswerSheet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let identity = [("id", self.questionnaire.id()), ("version", self.questionnaire.version())];
        map.serialize_entry("questionnaire", &BTreeMap::from(identity))?;
        if let Some(respondent) = &self.envelope.respondent {
            map.serialize_entry("respondent", respondent)?;
        }
        if let Some(taken) = self.envelope.taken {
            map.serialize_entry("taken", &taken)?;
        }
        if let Some(sequence) = self.envelope.sequence {
            map.serialize_entry(SEQUENCE, &sequence)?;
        }
        map.serialize_entry("answers", &Answers(self))?;
        if !self.envelope.comments.is_empty() {
            map.serialize_entry("comments", &Comments(self))?;
        }
        map.end()
    }
}

struct Answers<'s>(&'s AnswerSheet);

impl Serialize for Answers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let answers = self.0.answers().filter(|(_, answer)| *answer != Answer::Unanswered);
        serializer.collect_map(answers.map(|(question, answer)| (question.id(), answer)))
    }
}

struct Comments<'s>(&'s AnswerSheet);

impl Serialize for Comments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let id = |position| self.0.questionnaire.question_at(position).map(|q| q.id());
        let comments = self.0.envelope.comments.iter();
        serializer.collect_map(comments.filter_map(|(&at, comment)| Some((id(at)?, comment))))
    }
}
