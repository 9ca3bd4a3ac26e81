//! The one gate for answers: what a question makes of one, wherever it comes from.

use super::answer::Answer;
use super::given::{Given, Mark};
use crate::diagnostic::{Diagnostic, Excerpt, Problem, Suggestions};
use crate::document::{At, Node, Place, Reader, number_text};
use crate::questionnaire::{Item, NonAnswer, Question, Scale, Start, Ticks};

/// What is wrong with an answer.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// With which of its items, counted from 0; `None`: with the whole of it.
    pub(crate) item: Option<usize>,
    pub(crate) problem: Problem,
}

impl Refusal {
    /// As a finding about the answer to the question `id`.
    pub(crate) fn of(self, id: &str) -> Diagnostic {
        let place = Place::ROOT.key(id);
        let path = self.item.map_or_else(|| place.path(), |at| place.index(at).path());
        let mut finding = Diagnostic::error(path, self.problem);
        finding.set_question(id);
        finding
    }
}

/// Boxed, so that an answer that is taken need not be carried around beside room for a refusal.
impl From<Problem> for Box<Refusal> {
    fn from(problem: Problem) -> Self {
        Self::new(Refusal { item: None, problem })
    }
}

impl Question<'_> {
    /// What this question makes of an answer.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it. (A document is read item by item: see `read`.)
    #[inline]
    pub(crate) fn accept(self, answer: &Answer) -> Result<(Given, Mark), Box<Refusal>> {
        match (self.scoring(), answer) {
            (_, Answer::Unanswered) => Ok((Given::Unanswered, Mark::Unanswered)),
            (_, Answer::NotApplicable) => {
                self.allow(NonAnswer::NotApplicable, (Given::NotApplicable, Mark::NotApplicable))
            }
            (_, Answer::DontKnow) => {
                self.allow(NonAnswer::DontKnow, (Given::DontKnow, Mark::DontKnow))
            }
            (Scale::Choice(choices), Answer::Whole(_) | Answer::Number(_)) => {
                let value = answer.whole();
                let chosen = choices.iter().find(|(of_choice, _)| Some(*of_choice) == value);
                let &(value, credit) = chosen.ok_or_else(|| {
                    let values: Vec<String> =
                        choices.iter().map(|(value, _)| value.to_string()).collect();
                    let choices = Excerpt::new(&values.join(", "));
                    Problem::UnknownChoice { found: answer.number_shown(), choices }
                })?;
                Ok((Given::Choice(value), Mark::Answered(credit)))
            }
            (Scale::YesNo { yes }, Answer::YesNo(answer)) => {
                let credit = if *answer { *yes } else { yes.reversed() };
                Ok((Given::YesNo(*answer), Mark::Answered(credit)))
            }
            (Scale::Checklist(items), Answer::Items(ticked)) => {
                let mut ticks = Ticks::default();
                for (at, id) in ticked.iter().enumerate() {
                    let suggest =
                        || Suggestions::default().nearest(id, ids(items)).map(str::to_owned);
                    tick(items, &mut ticks, id, suggest)
                        .map_err(|problem| Box::new(Refusal { item: Some(at), problem }))?;
                }
                Ok(ticked_off(items, ticks))
            }
            (Scale::Measure(bands), Answer::Whole(_) | Answer::Number(_)) => {
                let Some(number) = answer.number() else {
                    return Err(Problem::NotFinite { found: answer.number_shown() }.into());
                };
                let credit = Scale::of_measure(bands, number).ok_or_else(|| {
                    let first = bands.first().map_or(Start::From(0.0), |(start, _)| *start);
                    let side = if matches!(first, Start::From(_)) { "at" } else { "above" };
                    let first = first.number();
                    Problem::BelowFirstBand { found: number_text(number), side, first }
                })?;
                Ok((Given::Measure(number), Mark::Answered(credit)))
            }
            (scale, _) => {
                let found = answer.described();
                Err(Problem::WrongType { expected: expected(scale), found }.into())
            }
        }
    }

    #[inline]
    fn allow(self, state: NonAnswer, given: (Given, Mark)) -> Result<(Given, Mark), Box<Refusal>> {
        if self.forbids(state) {
            let (id, state) = (self.id().to_owned(), state.as_str());
            Err(Problem::ForbiddenState { id, state }.into())
        } else {
            Ok(given)
        }
    }

    /// The answer that stands at `at`, if this question takes it.
    #[inline]
    pub(crate) fn read(self, reader: &mut Reader, at: At<'_>) -> Option<(Given, Mark)> {
        if let (Scale::Checklist(items), Node::List(_)) = (self.scoring(), at.node) {
            return read_ticks(reader, at, items);
        }
        let expected = expected(self.scoring());
        let answer = match at.node {
            // A list for a question that takes none is one mistake, whatever is in it.
            Node::List(_) => {
                reader.wrong_type(at, expected);
                None
            }
            _ => Answer::read(reader, at, |reader, at| reader.wrong_type(at, expected)),
        };
        match self.accept(&answer?) {
            Ok(found) => Some(found),
            Err(refusal) => {
                reader.error(at.place, refusal.problem);
                None
            }
        }
    }
}

/// The items of a checklist that a list names, each looked up where it stands.
fn read_ticks(reader: &mut Reader, at: At<'_>, items: &[Item]) -> Option<(Given, Mark)> {
    let mut ticks = Ticks::default();
    let sound = reader.list(at, "items", (0, usize::MAX), |reader, at| {
        let Some(id) = reader.text(at) else { return false };
        let suggest = || reader.nearest(id, ids(items));
        match tick(items, &mut ticks, id, suggest) {
            Ok(()) => true,
            Err(problem) => {
                reader.error(at.place, problem);
                false
            }
        }
    })?;
    sound.into_iter().all(|sound| sound).then(|| ticked_off(items, ticks))
}

fn ids(items: &[Item]) -> impl Iterator<Item = &str> {
    items.iter().map(|item| item.id.as_str())
}

/// Ticks one item, if there is such a one and it is not ticked yet.
fn tick(
    items: &[Item],
    ticks: &mut Ticks,
    id: &str,
    suggest: impl FnOnce() -> Option<String>,
) -> Result<(), Problem> {
    match items.iter().position(|item| item.id == id) {
        Some(position) if ticks.insert(position) => Ok(()),
        Some(_) => Err(Problem::DuplicateEntry { entry: Excerpt::new(id) }),
        None => Err(Problem::UnknownItem { id: Excerpt::new(id), suggestion: suggest() }),
    }
}

pub(crate) fn ticked_off(items: &[Item], ticks: Ticks) -> (Given, Mark) {
    (Given::Items(ticks), Mark::Answered(Scale::of_ticks(items, ticks)))
}

pub(super) const fn expected(scale: &Scale) -> &'static str {
    match scale {
        Scale::Choice(_) => "the value of a choice, `not_applicable` or `dont_know`",
        Scale::YesNo { .. } => "`true`, `false`, `not_applicable` or `dont_know`",
        Scale::Checklist(_) => "a list of items, `not_applicable` or `dont_know`",
        Scale::Measure(_) => "a number, `not_applicable` or `dont_know`",
    }
}
