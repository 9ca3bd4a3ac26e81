//! Which questions may come to be asked or not, whichever voice's answers are taken.

use std::collections::BTreeMap;

use super::Panel;
use super::heard::Heard;
use crate::answers::{AnswerSheet, Given, Mark};
use crate::questionnaire::{Comparison, Condition, QuestionSet, Rule};

/// How many comparisons of conditions are looked at in all; conditions beyond are taken as if their
/// comparisons were independent.
const BUDGET: usize = 100_000;

/// Whether a question can be asked, and whether it can be not asked. That its condition is undecided is
/// no different from its not being met, as neither meets what hangs on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Possible {
    pub(super) asked: bool,
    pub(super) not_asked: bool,
}

/// An answer that may be taken.
type Choice = (Given, Mark);

impl Possible {
    const ALWAYS: Self = Self { asked: true, not_asked: false };

    fn add(&mut self, asked: bool) {
        self.asked |= asked;
        self.not_asked |= !asked;
    }

    /// Whether both can be.
    fn is_open(self) -> bool {
        self.asked && self.not_asked
    }
}

/// Whether each question can be asked, by its position: exactly, where each condition compares a question
/// once, itself or through others, or there are few ways to answer; otherwise whatever can be, and perhaps
/// more.
pub(super) fn possible(panel: &Panel, heard: &[Heard], agreed: &AnswerSheet) -> Vec<Possible> {
    let rules = panel.questionnaire.rules();
    if !panel.questionnaire.has_conditions() {
        return vec![Possible::ALWAYS; rules.len()];
    }
    let choices = choices(panel, heard, agreed);
    let mut budget = BUDGET;
    let mut possible: Vec<Possible> = Vec::with_capacity(rules.len());
    for rule in rules {
        let Some(condition) = condition(rule) else {
            possible.push(Possible::ALWAYS);
            continue;
        };
        let apart = apart(condition, &|comparison| {
            let asked = possible.get(comparison.question).copied().unwrap_or(Possible::ALWAYS);
            let mut found = Possible { asked: false, not_asked: asked.not_asked };
            if asked.asked {
                for choice in choices.get(comparison.question).into_iter().flatten() {
                    found.add(meets(comparison, *choice));
                }
            }
            found
        });
        // What can be only one way needs no closer look.
        let closer = if apart.is_open() {
            Closure::new(panel, condition, &mut budget)
                .filter(|closure| closure.twice)
                .and_then(|closure| closure.tried(rules, condition, &choices, &mut budget))
        } else {
            None
        };
        possible.push(closer.unwrap_or(apart));
    }
    possible
}

fn condition(rule: &Rule) -> Option<&Condition> {
    rule.asked_if.as_ref().map(|asked_if| &asked_if.condition)
}

/// The answers that may be taken to each question that a condition compares, by its position, each once:
/// those given to it, not applicable if a voice says so, and that of the panel.
fn choices(panel: &Panel, heard: &[Heard], agreed: &AnswerSheet) -> Vec<Vec<Choice>> {
    let mut compared = QuestionSet::EMPTY;
    for condition in panel.questionnaire.rules().iter().filter_map(condition) {
        condition.comparisons().into_iter().for_each(|of| compared.insert(of.question));
    }
    let own = agreed.given().iter().copied().zip(agreed.marks().iter().copied());
    let questions = heard.iter().zip(own).enumerate();
    questions
        .map(|(position, (heard, own))| {
            let mut choices = Vec::new();
            if !compared.contains(position) {
                return choices;
            }
            choices.push(own);
            if panel.settled.contains_key(&position) {
                return choices;
            }
            if !heard.not_applicable.is_empty() {
                choices.push((Given::NotApplicable, Mark::NotApplicable));
            }
            // Equal ones stand together.
            for answer in &heard.answers {
                let choice = (answer.given, Mark::Answered(answer.credit));
                if choices.last() != Some(&choice) {
                    choices.push(choice);
                }
            }
            choices
        })
        .collect()
}

/// Whether an answer meets a comparison.
fn meets(comparison: &Comparison, (given, mark): Choice) -> bool {
    match mark {
        Mark::Answered(credit) => {
            let ticked = |item| matches!(given, Given::Items(ticks) if ticks.contains(item));
            comparison.test.is_met(credit, ticked)
        }
        Mark::NotApplicable | Mark::Unanswered | Mark::DontKnow => false,
    }
}

/// Whether a condition can be met and not met if its comparisons do not depend on each other.
fn apart(condition: &Condition, of: &impl Fn(&Comparison) -> Possible) -> Possible {
    match condition {
        Condition::One(comparison) => of(comparison),
        Condition::All(members) => {
            let members: Vec<Possible> = members.iter().map(|member| apart(member, of)).collect();
            Possible {
                asked: members.iter().all(|member| member.asked),
                not_asked: members.iter().any(|member| member.not_asked),
            }
        }
        Condition::Any(members) => {
            let members: Vec<Possible> = members.iter().map(|member| apart(member, of)).collect();
            Possible {
                asked: members.iter().any(|member| member.asked),
                not_asked: members.iter().all(|member| member.not_asked),
            }
        }
    }
}

/// Whether a condition is met, given which of its comparisons are.
fn is_met(condition: &Condition, of: &impl Fn(&Comparison) -> bool) -> bool {
    match condition {
        Condition::One(comparison) => of(comparison),
        Condition::All(members) => members.iter().all(|member| is_met(member, of)),
        Condition::Any(members) => members.iter().any(|member| is_met(member, of)),
    }
}

/// The questions on whose answers a condition depends, itself or through others, and what is asked of
/// each.
struct Closure<'p> {
    comparisons: BTreeMap<usize, Vec<&'p Comparison>>,
    /// Whether one of them is compared more than once.
    twice: bool,
}

/// What is tried of one question: whether it is asked, and its answer.
struct Tried {
    question: usize,
    asked: bool,
    choice: Choice,
}

impl<'p> Closure<'p> {
    /// `None` if it is beyond the budget.
    fn new(panel: &'p Panel, condition: &'p Condition, budget: &mut usize) -> Option<Self> {
        let mut closure = Self { comparisons: BTreeMap::new(), twice: false };
        let mut open = vec![condition];
        while let Some(next) = open.pop() {
            for comparison in next.comparisons() {
                *budget = budget.checked_sub(1)?;
                let known = closure.comparisons.entry(comparison.question).or_default();
                known.push(comparison);
                if known.len() > 1 {
                    closure.twice = true;
                    continue; // its own condition was followed before
                }
                let rule = panel.questionnaire.rules().get(comparison.question);
                open.extend(rule.and_then(self::condition));
            }
        }
        Some(closure)
    }

    /// Whether the condition can be met and not met, by every combination of answers that it can tell
    /// apart; `None` if these are more than the budget has.
    fn tried(
        &self,
        rules: &[Rule],
        condition: &Condition,
        choices: &[Vec<Choice>],
        budget: &mut usize,
    ) -> Option<Possible> {
        // Of answers that all comparisons take alike one is enough.
        let mut told_apart: Vec<Vec<Choice>> = Vec::with_capacity(self.comparisons.len());
        for (&question, comparisons) in &self.comparisons {
            let mut known: Vec<Vec<bool>> = Vec::new();
            let mut kept = choices.get(question)?.clone();
            kept.retain(|&choice| {
                let met: Vec<bool> = comparisons.iter().map(|of| meets(of, choice)).collect();
                let new = !known.contains(&met);
                if new {
                    known.push(met);
                }
                new
            });
            told_apart.push(kept);
        }
        let each: usize = self.comparisons.values().map(Vec::len).sum();
        let combinations = told_apart.iter().try_fold(1_usize, |n, of| n.checked_mul(of.len()))?;
        let cost = combinations.checked_mul(each)?;
        budget.checked_sub(cost)?;

        let mut found = Possible { asked: false, not_asked: false };
        let mut tried: Vec<Tried> = Vec::with_capacity(told_apart.len());
        for combination in 0..combinations {
            *budget = budget.saturating_sub(each);
            tried.clear();
            let mut rest = combination;
            // In the order of the questionnaire, so that whatever a condition names is settled before it.
            for (&question, choices) in self.comparisons.keys().zip(&told_apart) {
                let choice = *choices.get(rest % choices.len().max(1))?;
                rest /= choices.len().max(1);
                let asked = rules.get(question).and_then(self::condition);
                let asked = asked.is_none_or(|of| is_met(of, &|of| is_met_in(&tried, of)));
                tried.push(Tried { question, asked, choice });
            }
            found.add(is_met(condition, &|of| is_met_in(&tried, of)));
            if found.is_open() {
                break;
            }
        }
        Some(found)
    }
}

/// Whether a comparison is met where that is tried.
fn is_met_in(tried: &[Tried], comparison: &Comparison) -> bool {
    let found = tried.binary_search_by_key(&comparison.question, |of| of.question).ok();
    let found = found.and_then(|at| tried.get(at)).filter(|of| of.asked);
    found.is_some_and(|of| meets(comparison, of.choice))
}
