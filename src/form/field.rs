//! A question as a field of a form.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use serde::Serialize;

use super::condition::Condition;
use super::setting::{Setting, yes_or_no};
use super::spelling::{Spelling, Spellings};
use crate::answers::{Answer, AnswerSheet, Outcome};
use crate::diagnostic::Severity;
use crate::pillar::Pillar;
use crate::questionnaire::{NonAnswer, Question, ScaleSpec, Start};
use crate::text::Text;

/// A question, with everything that a template needs of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Field<'f> {
    #[serde(skip)]
    pub(super) position: usize,
    /// The id of the question.
    pub id: &'f str,
    /// The question itself.
    pub title: &'f str,
    /// Which evidence settles the answer.
    pub guidance: Option<&'f str>,
    /// The language of its texts, where it is not that of the [form](super::Form::language); empty
    /// where it is not known.
    pub language: Option<&'f str>,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The `type` of the inputs of its choices: `radio` or, where several may be selected or one must
    /// be taken back, `checkbox`.
    pub input: &'static str,
    /// What there is to choose: choices, yes and no, or items with "none of these"; then "not
    /// applicable" and "don't know", unless the question refuses them.
    pub choices: Vec<Choice<'f>>,
    /// Where a number is typed, of a measure.
    pub number: Option<Number<'f>>,
    /// "Tick what applies", for a list of items.
    pub tick: &'f str,
    /// The name under which a comment is posted, `id-Comment`.
    pub comment_name: String,
    /// The comment; empty if there is none.
    pub comment: String,
    /// What was [posted](super::Form::posted) here, is no choice, and was not understood. Of a measure
    /// it is the value of the number, too.
    pub typed: Option<String>,
    /// What is wrong or odd here, told to who answers.
    pub hints: Vec<Hint>,
    /// Whether the question is asked, as the answers are.
    pub asking: Asking,
    /// The ids of the questions on whose answers it hangs whether it is asked, while that is undecided.
    pub hangs_on: Vec<&'f str>,
    /// When it is asked; `None` if it always is.
    pub asked_if: Option<Condition<'f>>,
}

/// What kind of answer a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// One of the choices.
    Choice,
    /// Yes or no.
    YesNo,
    /// Any items of a list.
    Checklist,
    /// A number.
    Measure,
}

/// Whether a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[doc(alias("visible", "hidden"))]
pub enum Asking {
    /// It is.
    Asked,
    /// Answers that are yet to come decide.
    Undecided,
    /// It is not, unless earlier answers are changed.
    NotAsked,
}

/// Something to select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Choice<'f> {
    /// The name to post it under: `id`, of a checklist `id[]`. The rare item whose id is the text of
    /// another item has a name of its own, `id[item]`, and the value `on`.
    pub name: Arc<str>,
    /// The value to post: of a choice its value, `true` or `false`, of an item its id, blank for "none
    /// of these", `not_applicable` or `dont_know`. A choice whose value is the text of another choice
    /// is spelled so that it is read as the value, `1.0` say.
    pub value: Arc<str>,
    /// What it says.
    pub text: &'f str,
    /// The language of the text, where it is not that of the form; empty where it is not known. Yes and
    /// no, "none of these" and the states are words of the form.
    pub language: Option<&'f str>,
    /// Whether it is selected.
    pub selected: bool,
    /// Which it is, if it is no answer by a value.
    pub state: Option<NonAnswer>,
    /// What an item counts in its checklist, for conditions; 0 for all other choices.
    pub points: u64,
}

/// Where a number is typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Number<'f> {
    /// The name to post it under.
    pub name: &'f str,
    /// The number as a form writes it, with a decimal point, or what was typed instead; empty if
    /// there is none.
    pub value: String,
    /// What is measured in.
    pub unit: &'f str,
    /// The least number that there may be.
    pub min: f64,
    /// Whether it must be more than that.
    pub above: bool,
}

/// Something wrong or odd, told to who answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Hint {
    /// A sentence.
    pub text: String,
    /// Whether it must be put right.
    pub severity: Severity,
}

/// The fields of a sheet in the order of its questions, each with its pillar. `setting` is of its
/// questionnaire.
pub(super) fn all<'f>(
    sheet: &AnswerSheet,
    setting: &Setting<'f>,
    spellings: &mut Spellings,
) -> Vec<(Pillar, Field<'f>)> {
    let marks = sheet.marked();
    let mut outcomes = Vec::new();
    let settled = marks.settle(|_, _, outcome| outcomes.push(outcome));
    let questions = setting.questionnaire.questions().zip(sheet.answers()).zip(outcomes);
    let mut fields = Vec::new();
    for ((question, (_, answer)), outcome) in questions {
        let mut field = Field::new(question, setting, spellings);
        field.asking = match outcome {
            Outcome::Asked(_) => Asking::Asked,
            Outcome::NotAsked { undecided: true, .. } => Asking::Undecided,
            Outcome::NotAsked { undecided: false, .. } => Asking::NotAsked,
        };
        if let Some(rule) = setting.questionnaire.rules().get(question.position()) {
            let on = marks.hangs_on(&settled, rule);
            let on = on.iter().filter_map(|position| setting.questionnaire.question_at(position));
            field.hangs_on = on.map(|question| question.id()).collect();
        }
        field.select(question, &answer);
        sheet.comment(field.id).unwrap_or_default().clone_into(&mut field.comment);
        fields.push((question.pillar(), field));
    }
    fields
}

impl<'f> Field<'f> {
    /// With nothing selected.
    fn new(question: Question<'f>, setting: &Setting<'f>, spellings: &mut Spellings) -> Self {
        let (id, words) = (question.id(), setting.words);
        let spelled = spellings.of(question);
        let name: Arc<str> = match question.scale() {
            ScaleSpec::Checklist { .. } => format!("{id}[]").into(),
            _ => id.into(),
        };
        let (kind, mut choices, number) = match question.scale() {
            ScaleSpec::Choice { choices } => {
                let texts = choices.iter().map(|choice| (setting.text(&choice.text), 0, ""));
                (Kind::Choice, listed(&name, texts, &spelled), None)
            }
            ScaleSpec::YesNo => {
                let choice = |yes| {
                    let value = if yes { "true" } else { "false" };
                    Choice::new(&name, value, yes_or_no(words, yes))
                };
                (Kind::YesNo, vec![choice(true), choice(false)], None)
            }
            ScaleSpec::Checklist { items } => {
                let texts = items.iter().map(|item| {
                    (setting.text(&item.text), item.points.get().into(), item.id.as_str())
                });
                let mut choices = listed(&name, texts, &spelled);
                choices.push(Choice::new(&name, "", &words.form_none));
                (Kind::Checklist, choices, None)
            }
            ScaleSpec::Measure { unit, bands } => {
                let start = bands.first().map_or(Start::From(0.0), |band| band.start);
                let (unit, min) = (setting.text(unit), start.number());
                let above = matches!(start, Start::Above(_));
                let number = Number { name: id, value: String::new(), unit, min, above };
                (Kind::Measure, Vec::new(), Some(number))
            }
        };
        // Choices and items stand first, in the order of the scale.
        let texts: Vec<&Text> = match question.scale() {
            ScaleSpec::Choice { choices } => choices.iter().map(|choice| &choice.text).collect(),
            ScaleSpec::Checklist { items } => items.iter().map(|item| &item.text).collect(),
            ScaleSpec::YesNo | ScaleSpec::Measure { .. } => Vec::new(),
        };
        for (choice, text) in choices.iter_mut().zip(texts) {
            choice.language = setting.language_of(text);
        }
        let states = [
            (NonAnswer::NotApplicable, &words.form_not_applicable),
            (NonAnswer::DontKnow, &words.dont_know),
        ];
        for (state, text) in states {
            if !question.forbids(state) {
                let choice = Choice::new(&name, state.as_str(), text);
                choices.push(Choice { state: Some(state), ..choice });
            }
        }
        let radio = matches!(kind, Kind::Choice | Kind::YesNo);
        Self {
            position: question.position(),
            id,
            title: setting.text(question.title()),
            guidance: question.guidance().map(|text| setting.text(text)),
            language: setting.language_of(question.title()),
            kind,
            input: if radio { "radio" } else { "checkbox" },
            choices,
            number,
            tick: &words.form_tick,
            comment_name: format!("{id}-Comment"),
            comment: String::new(),
            typed: None,
            hints: Vec::new(),
            asking: Asking::Asked,
            hangs_on: Vec::new(),
            asked_if: Condition::of(question, spellings),
        }
    }

    /// Selects what an answer says.
    fn select(&mut self, question: Question<'_>, answer: &Answer) {
        let state = match answer {
            Answer::NotApplicable => Some(NonAnswer::NotApplicable),
            Answer::DontKnow => Some(NonAnswer::DontKnow),
            _ => None,
        };
        if state.is_some() {
            let mut choices = self.choices.iter_mut().filter(|choice| choice.state == state);
            choices.by_ref().for_each(|choice| choice.selected = true);
            return;
        }
        // Choices and items stand first, in the order of the scale.
        let is_given = |position: usize| match (question.scale(), answer) {
            (ScaleSpec::Choice { choices }, Answer::Whole(value)) => {
                choices.get(position).is_some_and(|choice| choice.value == *value)
            }
            (ScaleSpec::YesNo, Answer::YesNo(yes)) => position == usize::from(!yes),
            (ScaleSpec::Checklist { items }, Answer::Items(ids)) => match items.get(position) {
                Some(item) => ids.contains(&item.id),
                None => position == items.len() && ids.is_empty(),
            },
            _ => false,
        };
        for (position, choice) in self.choices.iter_mut().enumerate() {
            choice.selected = is_given(position);
        }
        if let (Some(number), Answer::Number(value)) = (&mut self.number, answer) {
            ryu_js::Buffer::new().format(*value).clone_into(&mut number.value);
        }
    }

    /// Whether there is an answer in it.
    fn is_filled(&self) -> bool {
        let number = self.number.as_ref().is_some_and(|number| !number.value.is_empty());
        number || self.choices.iter().any(|choice| choice.selected)
    }

    /// Takes from what was posted what is not there yet.
    pub(super) fn take_posted(&mut self, posted: &BTreeMap<&str, Vec<Cow<'_, str>>>) {
        let under = |name: &str| posted.get(name).map_or([].as_slice(), Vec::as_slice);
        if self.comment.is_empty() {
            let comment = under(&self.comment_name).first();
            self.comment = comment.map(ToString::to_string).unwrap_or_default();
        }
        if self.is_filled() {
            return;
        }
        let list = format!("{}[]", self.id);
        let texts = || under(self.id).iter().chain(under(&list)).map(AsRef::as_ref);
        let said: BTreeSet<&str> = texts().collect();
        for choice in &mut self.choices {
            // A blank entry says something of its own only where there is no other.
            let (name, value) = (&*choice.name, &*choice.value);
            let is_own = name != self.id && name != list;
            let is_said =
                said.contains(value) || (is_own && under(name).iter().any(|text| text == value));
            choice.selected = is_said && !choice.value.is_empty();
        }
        let known: BTreeSet<&str> = self.choices.iter().map(|of| of.value.as_ref()).collect();
        let typed = texts().find(|text| !text.trim().is_empty() && !known.contains(text));
        self.typed = typed.map(str::to_owned);
        if let (Some(number), Some(typed)) = (&mut self.number, &self.typed) {
            number.value.clone_from(typed);
        }
    }

    /// Whether something in it must be put right.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let posted = Responses::from_form_pairs([("case_view", "a lot")]);
    /// let (sheet, errors) = pulse.read_partial(&posted);
    /// let form = sheet.form("en").posted(&posted).marked(errors.iter().flatten());
    /// let wrong: Vec<_> = form.fields().filter(|field| field.is_wrong()).collect(); // to sum up
    /// assert_eq!((wrong.len(), wrong[0].id), (1, "case_view"));
    /// ```
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.hints.iter().any(|hint| hint.severity == Severity::Error)
    }

    /// Whether it is to be seen: its question is asked, or something in it must be put right although
    /// it is not.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let form = Questionnaire::dcx_pulse().form("en");
    /// assert!(form.fields().all(|field| field.is_shown())); // no question has a condition
    /// ```
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.asking == Asking::Asked || self.is_wrong()
    }

    /// The names and values that it posts as it is filled in: what its inputs would post.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let mut sheet = Questionnaire::dcx_pulse().sheet();
    /// sheet.set("case_view", 4)?.set_comment("case_view", "see the plan")?;
    /// let form = sheet.form("en");
    /// let pairs: Vec<_> = form.field("case_view").unwrap().pairs().collect();
    /// assert_eq!(pairs, [("case_view", "4"), ("case_view-Comment", "see the plan")]);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let selected = self.choices.iter().filter(|choice| choice.selected);
        let selected = selected.map(|choice| (choice.name.as_ref(), choice.value.as_ref()));
        let number = self.number.iter().map(|number| (number.name, number.value.as_str()));
        let comment = [(self.comment_name.as_str(), self.comment.as_str())];
        let typed = number.chain(comment).filter(|(_, value)| !value.is_empty());
        selected.chain(typed)
    }
}

impl<'f> Choice<'f> {
    fn new(name: &Arc<str>, value: impl Into<Arc<str>>, text: &'f str) -> Self {
        let (name, value) = (Arc::clone(name), value.into());
        Self { name, value, text, language: None, selected: false, state: None, points: 0 }
    }
}

/// "None of these", "not applicable" and "don't know", which follow choices and items.
const OTHERS: usize = 3;

/// Choices or items, each with text, points and id, as they are spelled, with room for the others.
fn listed<'f>(
    name: &Arc<str>,
    texts: impl Iterator<Item = (&'f str, u64, &'f str)>,
    spelled: &Rc<[Spelling]>,
) -> Vec<Choice<'f>> {
    let choices = texts.zip(spelled.iter()).map(|((text, points, item), spelling)| {
        let choice = match spelling {
            Spelling::Value(value) => Choice::new(name, Arc::clone(value), text),
            Spelling::Named => {
                let name = format!("{}{item}]", name.trim_end_matches(']'));
                Choice::new(&name.into(), "on", text)
            }
        };
        Choice { points, ..choice }
    });
    let mut listed = Vec::with_capacity(spelled.len() + OTHERS);
    listed.extend(choices);
    listed
}
