//! Which questions are asked: conditions, settled for one respondent (scoring rules, section 4).

use std::fmt;

use super::given::{Given, Mark};
use super::sheet::AnswerSheet;
use super::state::{AnswerState, Outcome};
use crate::questionnaire::{
    Comparison, Question, QuestionSet, Questionnaire, Rule, Ticks, Verdict,
};

/// Which questions are asked, as far as it is settled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settled {
    not_met: QuestionSet,
    undecided: QuestionSet,
}

impl Settled {
    pub(super) const ALL_ASKED: Self =
        Self { not_met: QuestionSet::EMPTY, undecided: QuestionSet::EMPTY };

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
pub(crate) struct Marked<'m> {
    pub(crate) questionnaire: &'m Questionnaire,
    /// By the position of the question.
    pub(crate) marks: &'m [Mark],
    /// For conditions that ask for one item.
    pub(crate) ticks: &'m dyn TicksAt,
}

impl AnswerSheet {
    /// Hands over what became of each question, as [`Marked::outcomes`] does.
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
    #[doc(alias("is_asked", "visible"))]
    pub fn state(&self, id: &str) -> Option<AnswerState> {
        let position = self.questionnaire().position(id)?;
        self.marked().all().get(position).map(|outcome| outcome.state())
    }

    /// The questions that are asked as the answers are now: those of a form to show next. A question
    /// whose condition is undecided is not among them yet, and [`hangs_on`](Self::hangs_on) says on
    /// what that hangs. An answer to a question that is not shown stays on the sheet: a form that posts
    /// only what it shows would lose it, so write the sheet's others into it as hidden fields, or keep
    /// the sheet.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.asked().count(), 12); // all of them: it has no conditions
    /// ```
    #[doc(alias("visible", "skip_logic"))]
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
    pub(crate) fn marked(&self) -> Marked<'_> {
        Marked { questionnaire: self.questionnaire(), marks: self.marks(), ticks: self }
    }
}

impl Marked<'_> {
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
            Some(Mark::Answered(credit)) => {
                let ticked = |item| self.ticks.ticks_at(comparison.question).contains(item);
                comparison.test.is_met(*credit, ticked).into()
            }
            Some(Mark::NotApplicable) | None => Verdict::NotMet,
            Some(Mark::Unanswered | Mark::DontKnow) => Verdict::Undecided,
        }
    }
}
