//! The states of an answer, and what each does to the score (scoring rules, section 4).

use std::fmt;

use super::given::{Given, Mark};
use super::sheet::AnswerSheet;
use crate::names::named;
use crate::number::Units;
use crate::questionnaire::{
    Comparison, Method, Policy, Question, QuestionSet, Questionnaire, Rule, Test, Ticks, Verdict,
};

/// What became of a question.
///
/// ```
/// use digital_maturity::AnswerState;
///
/// assert_eq!(AnswerState::DontKnow.to_string(), "dont_know");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// It was answered with a value.
    Answered,
    /// It does not apply; it is left out of everything.
    NotApplicable,
    /// The respondent does not know; the policy decides, and it is not covered.
    DontKnow,
    /// There is no answer; the policy decides, and it is not covered.
    Unanswered,
    /// Its condition is not met; it is left out, or counts with credit 0 if the condition says so.
    NotAsked,
}

named!(AnswerState, "state", [
    Answered => "answered",
    NotApplicable => "not_applicable",
    DontKnow => "dont_know",
    Unanswered => "unanswered",
    NotAsked => "not_asked",
]);

/// What became of a question once its condition is settled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// It is asked, and this is the answer.
    Asked(Mark),
    /// It is not asked.
    NotAsked {
        /// Whether its condition may yet be met; else it is not met.
        undecided: bool,
        /// Whether it counts with credit 0 all the same, covered unless undecided; else it is left
        /// out of everything.
        lowest: bool,
    },
}

impl Outcome {
    pub(crate) fn state(self) -> AnswerState {
        match self {
            Self::Asked(Mark::Answered(_)) => AnswerState::Answered,
            Self::Asked(Mark::NotApplicable) => AnswerState::NotApplicable,
            Self::Asked(Mark::DontKnow) => AnswerState::DontKnow,
            Self::Asked(Mark::Unanswered) => AnswerState::Unanswered,
            Self::NotAsked { .. } => AnswerState::NotAsked,
        }
    }

    /// The double nearest to the credit of an answer, for statistics; `None` without an answer, also
    /// where that counts as 0 in a score.
    #[expect(clippy::float_arithmetic, reason = "from whole units to a double")]
    #[expect(clippy::cast_precision_loss, reason = "units are below 2^53")]
    #[cfg(feature = "cohort")]
    pub(crate) fn rating(self) -> Option<f64> {
        match self {
            Self::Asked(Mark::Answered(credit)) => Some(credit.get() as f64 / 1e15),
            _ => None,
        }
    }

    /// The credit with which the question counts, if it counts.
    pub(crate) fn credit(self, method: Method) -> Option<Units> {
        let open = |policy| match policy {
            Policy::Exclude => None,
            Policy::Lowest => Some(Units::ZERO),
        };
        match self {
            Self::Asked(Mark::Answered(credit)) => Some(credit),
            Self::Asked(Mark::DontKnow) => open(method.dont_know),
            Self::Asked(Mark::Unanswered) => open(method.unanswered),
            Self::Asked(Mark::NotApplicable) => None,
            Self::NotAsked { lowest, .. } => lowest.then_some(Units::ZERO),
        }
    }
}

/// Which questions are asked, as far as it is settled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settled {
    not_met: QuestionSet,
    undecided: QuestionSet,
}

impl Settled {
    const ALL_ASKED: Self = Self { not_met: QuestionSet::EMPTY, undecided: QuestionSet::EMPTY };

    fn of(&self, question: usize) -> Verdict {
        if self.not_met.contains(question) {
            Verdict::NotMet
        } else if self.undecided.contains(question) {
            Verdict::Undecided
        } else {
            Verdict::Met
        }
    }

    fn put(&mut self, question: usize, verdict: Verdict) {
        match verdict {
            Verdict::Met => {}
            Verdict::Undecided => self.undecided.insert(question),
            Verdict::NotMet => self.not_met.insert(question),
        }
    }
}

/// The items that are ticked, wherever they are kept.
pub(crate) trait TicksAt: fmt::Debug {
    /// Those of the answer to the question at `position`; none if it has none.
    fn ticks_at(&self, position: usize) -> Ticks;
}

impl TicksAt for AnswerSheet {
    fn ticks_at(&self, position: usize) -> Ticks {
        match self.given().get(position) {
            Some(Given::Items(ticks)) => *ticks,
            _ => Ticks::default(),
        }
    }
}

/// What scoring needs of one respondent: a mark a question, wherever the marks are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks<'m> {
    pub(crate) questionnaire: &'m Questionnaire,
    /// By the position of the question.
    pub(crate) marks: &'m [Mark],
    /// For conditions that ask for one item.
    pub(crate) ticks: &'m dyn TicksAt,
}

impl AnswerSheet {
    /// Hands over what became of each question, as [`Marks::outcomes`] does.
    #[inline]
    pub(crate) fn outcomes(&self, each: impl FnMut(usize, &Rule, Outcome)) {
        self.marked().outcomes(each);
    }

    /// What became of a question, conditions applied; `None` if there is no such question.
    ///
    /// ```
    /// use digital_maturity::{AnswerState, Questionnaire};
    ///
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.state("journey_owner"), Some(AnswerState::Unanswered));
    /// assert_eq!(sheet.state("no_such_question"), None);
    /// ```
    #[must_use]
    pub fn state(&self, id: &str) -> Option<AnswerState> {
        let position = self.questionnaire().position(id)?;
        self.marked().all().get(position).map(|outcome| outcome.state())
    }

    /// The questions that are asked as the answers are now: those of a form to show next. A question
    /// whose condition is undecided is not among them yet.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.asked().count(), 12); // all of them: it has no conditions
    /// ```
    pub fn asked(&self) -> impl Iterator<Item = Question<'_>> {
        let outcomes = self.questionnaire().questions().zip(self.marked().all());
        let asked = |outcome| matches!(outcome, Outcome::Asked(_));
        outcomes.filter(move |(_, outcome)| asked(*outcome)).map(|(question, _)| question)
    }

    /// The questions on whose answers it hangs whether a question is asked: those that its condition
    /// compares where it is undecided. None if it is decided, or if there is no such question.
    pub fn hangs_on(&self, id: &str) -> impl Iterator<Item = Question<'_>> {
        let marks = self.marked();
        let rule =
            self.questionnaire().position(id).and_then(|at| marks.questionnaire.rules().get(at));
        let found = rule.map(|rule| marks.hangs_on(&marks.settle(|_, _, _| {}), rule));
        let found = found.unwrap_or_default();
        self.questionnaire().questions().filter(move |of| found.contains(of.position()))
    }

    /// What scoring needs of this sheet.
    #[inline]
    pub(crate) fn marked(&self) -> Marks<'_> {
        Marks { questionnaire: self.questionnaire(), marks: self.marks(), ticks: self }
    }
}

impl Marks<'_> {
    /// What became of each question, in the order of the questionnaire.
    pub(crate) fn all(self) -> Vec<Outcome> {
        if !self.questionnaire.has_conditions() {
            return self.marks.iter().copied().map(Outcome::Asked).collect();
        }
        let mut all = Vec::with_capacity(self.marks.len());
        self.outcomes(|_, _, outcome| all.push(outcome));
        all
    }

    /// Hands over what became of each question, in the order of the questionnaire. Conditions name
    /// earlier questions, so one pass settles them. Allocates nothing.
    #[inline]
    pub(crate) fn outcomes(self, each: impl FnMut(usize, &Rule, Outcome)) {
        self.settle(each);
    }

    /// The same, and afterwards which questions are asked.
    #[inline]
    pub(crate) fn settle(self, mut each: impl FnMut(usize, &Rule, Outcome)) -> Settled {
        let mut settled = Settled::ALL_ASKED;
        let questions = self.questionnaire.rules().iter().zip(self.marks);
        for (position, (rule, mark)) in questions.enumerate() {
            let mut outcome = Outcome::Asked(*mark);
            if let Some(asked_if) = &rule.asked_if {
                let verdict = asked_if.condition.verdict(&|of| self.verdict(&settled, of));
                if verdict != Verdict::Met {
                    let (undecided, lowest) =
                        (verdict == Verdict::Undecided, asked_if.otherwise_lowest);
                    outcome = Outcome::NotAsked { undecided, lowest };
                    settled.put(position, verdict);
                }
            }
            each(position, rule, outcome);
        }
        settled
    }

    /// The questions on whose answers it hangs whether a question is asked: those that are compared
    /// where its condition is undecided. None once it is decided.
    pub(crate) fn hangs_on(self, settled: &Settled, rule: &Rule) -> QuestionSet {
        let mut found = QuestionSet::EMPTY;
        if let Some(asked_if) = &rule.asked_if {
            let verdict = |of: &Comparison| self.verdict(settled, of);
            asked_if.condition.undecided(&verdict, &mut |of| found.insert(of.question));
        }
        found
    }

    /// What becomes of a comparison, once it is settled which of the earlier questions are asked.
    pub(crate) fn verdict(self, settled: &Settled, comparison: &Comparison) -> Verdict {
        let asked = settled.of(comparison.question);
        if asked != Verdict::Met {
            return asked;
        }
        match self.marks.get(comparison.question) {
            Some(Mark::Answered(credit)) => match comparison.test {
                Test::AtLeast(bound) => *credit >= bound,
                Test::AtMost(bound) => *credit <= bound,
                Test::Ticked(item) => self.ticks.ticks_at(comparison.question).contains(item),
            }
            .into(),
            Some(Mark::NotApplicable) | None => Verdict::NotMet,
            Some(Mark::Unanswered | Mark::DontKnow) => Verdict::Undecided,
        }
    }
}
