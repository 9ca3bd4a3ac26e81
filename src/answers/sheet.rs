//! The valid form of answers.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::answer::Answer;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Diagnostics, Excerpt, Problem};
use crate::document::{At, Node, Place, Reader, number_text};
use crate::number::Units;
use crate::questionnaire::{NonAnswer, Question, Questionnaire, ScaleSpec};
use crate::questionnaire::{Scale, Ticks};

/// Answers to one questionnaire, every one of them an answer that its question takes.
///
/// An answer to an unknown question, a value that the scale does not have, or a state that the
/// question forbids cannot be in it. What is missing is missing: it is never a number. A sheet is
/// cheap to clone and to change, and scoring it cannot fail.
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
#[derive(Clone, PartialEq)]
pub struct AnswerSheet {
    questionnaire: Questionnaire,
    /// What scoring needs of each answer, close together; always that of `given`.
    marks: Vec<Mark>,
    pub(super) given: Vec<Given>,
    comments: BTreeMap<usize, String>,
    pub(super) respondent: Option<String>,
    pub(super) taken: Option<Date>,
    pub(super) warnings: Diagnostics,
}

/// What scoring needs of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mark {
    Unanswered,
    DontKnow,
    NotApplicable,
    /// Answered, with that credit, `reverse` applied.
    Answered(Units),
}

/// An answer that its question takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Given {
    Unanswered,
    DontKnow,
    NotApplicable,
    Choice(i64),
    YesNo(bool),
    Items(Ticks),
    Measure(f64),
}

impl Given {
    /// As one writes it; `None` if the question does not take it.
    pub(super) fn answer(self, question: Question<'_>) -> Option<Answer> {
        Some(match self {
            Self::Unanswered => Answer::Unanswered,
            Self::DontKnow => Answer::DontKnow,
            Self::NotApplicable => Answer::NotApplicable,
            Self::Choice(value) => Answer::Whole(value),
            Self::YesNo(yes) => Answer::YesNo(yes),
            Self::Measure(number) => Answer::Number(number),
            Self::Items(ticks) => {
                let ScaleSpec::Checklist { items } = question.scale() else { return None };
                let ticked = items.iter().enumerate().filter(|(i, _)| ticks.contains(*i));
                Answer::Items(ticked.map(|(_, item)| item.id.clone()).collect())
            }
        })
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
            comments: BTreeMap::new(),
            respondent: None,
            taken: None,
            warnings: Diagnostics::default(),
        }
    }
}

impl Question<'_> {
    /// That answer, if this question takes it.
    ///
    /// # Errors
    ///
    /// The one thing that is wrong with it.
    pub(crate) fn given(self, answer: Answer) -> Result<(Given, Mark), Diagnostic> {
        let node = match answer {
            Answer::Unanswered => Node::Null,
            Answer::NotApplicable => Node::Text("not_applicable".into()),
            Answer::DontKnow => Node::Text("dont_know".into()),
            Answer::Whole(number) => Node::Integer(number),
            Answer::Number(number) => Node::Float(number),
            Answer::YesNo(yes) => Node::Bool(yes),
            Answer::Items(items) => {
                Node::List(items.into_iter().map(|item| Node::Text(item.into())).collect())
            }
        };
        let mut reader = Reader::default();
        let place = Place::ROOT.key(self.id());
        let found = given(&mut reader, At { node: &node, place: &place }, self);
        // Every answer that is refused says why.
        let refused = reader.finish(&Node::Null).into_iter().next();
        match (found, refused) {
            (Some(found), _) => Ok(found),
            (None, Some(finding)) => Err(finding),
            (None, None) => Ok((Given::Unanswered, Mark::Unanswered)),
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
        let Some(question) = self.questionnaire.question(id) else {
            let problem = unknown_question(&Reader::default(), &self.questionnaire, id);
            return Err(Diagnostic::error(Place::ROOT.key(id).path(), problem));
        };
        let position = question.position();
        let given = question.given(answer.into())?;
        self.put(position, given);
        Ok(self)
    }

    /// What scoring needs of each answer, by the position of its question.
    pub(crate) fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The answers, by the position of their questions.
    pub(crate) fn given(&self) -> &[Given] {
        &self.given
    }

    pub(super) fn put(&mut self, position: usize, (given, mark): (Given, Mark)) {
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
        self.answer_at(self.questionnaire.question(id)?)
    }

    fn answer_at(&self, question: Question<'_>) -> Option<Answer> {
        self.given.get(question.position())?.answer(question)
    }

    /// Every question with its answer, in the order of the questionnaire.
    ///
    /// ```
    /// # use digital_maturity::{Answer, Questionnaire};
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert!(sheet.answers().all(|(_, answer)| answer == Answer::Unanswered));
    /// ```
    pub fn answers(&self) -> impl Iterator<Item = (Question<'_>, Answer)> {
        let questions = self.questionnaire.questions();
        questions.filter_map(|question| Some((question, self.answer_at(question)?)))
    }

    /// How many questions are answered with a value, asked or not.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.marks.iter().filter(|mark| matches!(mark, Mark::Answered(_))).count()
    }

    /// What was noticed when these answers were read: a document may be valid and still say
    /// something odd.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// Who answered, as the document or the caller says.
    #[must_use]
    pub fn respondent(&self) -> Option<&str> {
        self.respondent.as_deref()
    }

    /// Says who answered.
    pub fn set_respondent(&mut self, respondent: impl Into<String>) -> &mut Self {
        self.respondent = Some(respondent.into());
        self
    }

    /// The day on which the answers were given, as the document or the caller says.
    #[must_use]
    pub fn taken(&self) -> Option<Date> {
        self.taken
    }

    /// Says on which day the answers were given.
    pub fn set_taken(&mut self, taken: Date) -> &mut Self {
        self.taken = Some(taken);
        self
    }

    /// The comment on a question.
    #[must_use]
    pub fn comment(&self, id: &str) -> Option<&str> {
        self.comments.get(&self.questionnaire.position(id)?).map(String::as_str)
    }

    /// Comments on a question, in place of an earlier comment.
    ///
    /// # Errors
    ///
    /// If there is no such question.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let id = pulse.questions().next().unwrap().id();
    /// let mut sheet = pulse.sheet();
    /// sheet.set_comment(id, "see the strategy paper")?;
    /// assert_eq!(sheet.comment(id), Some("see the strategy paper"));
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn set_comment(
        &mut self,
        id: &str,
        comment: impl Into<String>,
    ) -> Result<&mut Self, Diagnostic> {
        let Some(position) = self.questionnaire.position(id) else {
            let problem = unknown_question(&Reader::default(), &self.questionnaire, id);
            return Err(Diagnostic::error(Place::ROOT.key(id).path(), problem));
        };
        self.put_comment(position, comment.into());
        Ok(self)
    }

    pub(super) fn put_comment(&mut self, position: usize, comment: String) {
        self.comments.insert(position, comment);
    }
}

pub(super) fn unknown_question(
    reader: &Reader,
    questionnaire: &Questionnaire,
    id: &str,
) -> Problem {
    let ids = questionnaire.questions().map(|question| question.id());
    Problem::UnknownQuestion { id: Excerpt::new(id), suggestion: reader.nearest(id, ids) }
}

/// The answer that stands at `at`, if the question takes it.
pub(super) fn given(
    reader: &mut Reader,
    at: At<'_>,
    question: Question<'_>,
) -> Option<(Given, Mark)> {
    match at.node {
        Node::Null => return Some((Given::Unanswered, Mark::Unanswered)),
        Node::Text(text) => {
            let (answer, given) = match text.as_ref() {
                "not_applicable" => {
                    (NonAnswer::NotApplicable, (Given::NotApplicable, Mark::NotApplicable))
                }
                "dont_know" => (NonAnswer::DontKnow, (Given::DontKnow, Mark::DontKnow)),
                _ => {
                    reader.wrong_type(at, expected(question.scoring()));
                    return None;
                }
            };
            if question.forbids(answer) {
                let problem = Problem::ForbiddenState {
                    id: question.id().to_owned(),
                    state: answer.as_str(),
                };
                reader.error(at.place, problem);
                return None;
            }
            return Some(given);
        }
        _ => {}
    }
    let credits = question.scoring();
    match (credits, at.node) {
        (Scale::Choice(choices), Node::Integer(_) | Node::Float(_)) => {
            let chosen = at.node.whole().and_then(|value| {
                choices.iter().find(|(of_choice, _)| *of_choice == value).copied()
            });
            if let Some((value, credit)) = chosen {
                return Some((Given::Choice(value), Mark::Answered(credit)));
            }
            let values: Vec<String> = choices.iter().map(|(value, _)| value.to_string()).collect();
            let problem = Problem::UnknownChoice {
                found: number_of(at.node),
                choices: Excerpt::new(&values.join(", ")),
            };
            reader.error(at.place, problem);
            None
        }
        (Scale::YesNo { yes }, Node::Bool(answer)) => {
            let credit = if *answer { *yes } else { yes.reversed() };
            Some((Given::YesNo(*answer), Mark::Answered(credit)))
        }
        (Scale::Checklist(items), Node::List(_)) => {
            let ticks = ticks(reader, at, question)?;
            Some((Given::Items(ticks), Mark::Answered(Scale::of_ticks(items, ticks))))
        }
        (Scale::Measure(bands), Node::Integer(_) | Node::Float(_)) => {
            let number = reader.number(at)?;
            if let Some(credit) = Scale::of_measure(bands, number) {
                return Some((Given::Measure(number), Mark::Answered(credit)));
            }
            let first = bands.first().map_or(0.0, |(from, _)| *from);
            reader.error(at.place, Problem::BelowFirstBand { found: number_text(number), first });
            None
        }
        _ => {
            reader.wrong_type(at, expected(credits));
            None
        }
    }
}

fn number_of(node: &Node<'_>) -> Excerpt {
    match node {
        Node::Integer(number) => Excerpt::new(&number.to_string()),
        Node::Float(number) => number_text(*number),
        _ => node.describe(),
    }
}

fn expected(credits: &Scale) -> &'static str {
    match credits {
        Scale::Choice(_) => "the value of a choice, `not_applicable` or `dont_know`",
        Scale::YesNo { .. } => "`true`, `false`, `not_applicable` or `dont_know`",
        Scale::Checklist(_) => "a list of items, `not_applicable` or `dont_know`",
        Scale::Measure(_) => "a number, `not_applicable` or `dont_know`",
    }
}

/// The ticked items, unless one is unknown or there twice.
fn ticks(reader: &mut Reader, at: At<'_>, question: Question<'_>) -> Option<Ticks> {
    let ScaleSpec::Checklist { items } = question.scale() else { return None };
    let mut ticks = Ticks::default();
    let sound = reader.list(at, "items", (0, usize::MAX), |reader, at| {
        let Some(id) = reader.text(at) else { return false };
        let problem = match items.iter().position(|item| item.id == id) {
            Some(position) if ticks.insert(position) => return true,
            Some(_) => Problem::DuplicateEntry { entry: Excerpt::new(id) },
            None => {
                let suggestion = reader.nearest(id, items.iter().map(|item| item.id.as_str()));
                Problem::UnknownItem { id: Excerpt::new(id), suggestion }
            }
        };
        reader.error(at.place, problem);
        false
    })?;
    sound.into_iter().all(|sound| sound).then_some(ticks)
}

impl fmt::Debug for AnswerSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers = self.answers().filter(|(_, answer)| *answer != Answer::Unanswered);
        f.debug_map().entries(answers.map(|(question, answer)| (question.id(), answer))).finish()
    }
}

/// As an envelope that [`Questionnaire::read`] reads back; unanswered questions are left out.
impl Serialize for AnswerSheet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let identity = [("id", self.questionnaire.id()), ("version", self.questionnaire.version())];
        map.serialize_entry("questionnaire", &BTreeMap::from(identity))?;
        if let Some(respondent) = &self.respondent {
            map.serialize_entry("respondent", respondent)?;
        }
        if let Some(taken) = self.taken {
            map.serialize_entry("taken", &taken)?;
        }
        map.serialize_entry("answers", &Answers(self))?;
        if !self.comments.is_empty() {
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
        let comments = self.0.comments.iter();
        serializer.collect_map(comments.filter_map(|(&at, comment)| Some((id(at)?, comment))))
    }
}
