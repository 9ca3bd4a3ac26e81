//! Which answers a pillar without a score is missing.

use std::cmp::Reverse;

use crate::answers::{Mark, Marked, Outcome, Settled};
use crate::assessment::{Assessment, Coverage, Reason};
use crate::pillar::Pillar;
use crate::questionnaire::Question;

/// Which answers could give a pillar a score that has none.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Missing<'q> {
    /// Why there is no score.
    pub reason: Reason,
    /// The least number of answers that is enough, whatever else is answered; 0 if nothing in the
    /// pillar is applicable, where an answer must change first.
    pub at_least: usize,
    /// What to answer: the open questions of the pillar and those whose answer decides whether one
    /// of its questions is covered (of several, the first), those that cover most weight first, equals in the order of the
    /// questionnaire. If nothing is applicable: every question of the pillar with a weight.
    pub of: Vec<Question<'q>>,
}

impl Assessment {
    /// Which answers a pillar is missing; `None` if it has a score.
    ///
    /// ```
    /// use digital_maturity::{Pillar, Questionnaire};
    ///
    /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let missing = assessment.missing(Pillar::AgileApproach).unwrap();
    /// // Half of three questions of equal weight must be covered.
    /// assert_eq!((missing.at_least, missing.of.len()), (2, 3));
    /// ```
    #[must_use]
    pub fn missing(&self, pillar: Pillar) -> Option<Missing<'_>> {
        let reason = self.pillar(pillar).standing.reason()?;
        let questionnaire = self.questionnaire();
        if reason == Reason::NothingApplicable {
            let weighty = |q: &Question<'_>| q.pillar() == pillar && !q.weight().is_zero();
            let of = questionnaire.questions().filter(weighty).collect();
            return Some(Missing { reason, at_least: 0, of });
        }
        let mut coverage = Coverage::default();
        // Position of what to answer, and the weight that it covers.
        let mut open: Vec<(usize, u64)> = Vec::new();
        let marks = self.sheet().marked();
        let mut outcomes = Vec::with_capacity(marks.marks.len());
        let settled = marks.settle(|_, _, outcome| outcomes.push(outcome));
        let rules = questionnaire.rules().iter().zip(outcomes);
        for (position, (rule, outcome)) in rules.enumerate() {
            if rule.pillar != pillar || rule.weight == 0 {
                continue;
            }
            let weight = u64::from(rule.weight);
            let position = match outcome {
                Outcome::Asked(Mark::Unanswered | Mark::DontKnow) => Some(position),
                Outcome::Asked(Mark::Answered(_))
                | Outcome::NotAsked { lowest: true, undecided: false } => {
                    coverage.covered += weight;
                    None
                }
                Outcome::Asked(Mark::NotApplicable) | Outcome::NotAsked { lowest: false, .. } => {
                    continue;
                }
                Outcome::NotAsked { lowest: true, undecided: true } => {
                    first_open(marks, &settled, position)
                }
            };
            coverage.applicable += weight;
            if let Some(position) = position {
                match open.iter_mut().find(|(known, _)| *known == position) {
                    Some((_, sum)) => *sum += weight,
                    None => open.push((position, weight)),
                }
            }
        }
        open.sort_by_key(|(position, weight)| (Reverse(*weight), *position));
        let mut at_least = 0;
        for (_, weight) in &open {
            if at_least > 0 && coverage.is_enough(questionnaire.method().minimum_coverage) {
                break;
            }
            coverage.covered += weight;
            at_least += 1;
        }
        let of = open.iter().filter_map(|(position, _)| questionnaire.question_at(*position));
        Some(Missing { reason, at_least, of: of.collect() })
    }
}

/// The first question that is asked and yet to be answered on which it hangs whether that one is.
fn first_open(marks: Marked<'_>, settled: &Settled, mut position: usize) -> Option<usize> {
    loop {
        let rule = marks.questionnaire.rules().get(position)?;
        // Conditions look back, so that this ends.
        match marks.hangs_on(settled, rule).iter().next() {
            Some(named) => position = named,
            None => return Some(position),
        }
    }
}
