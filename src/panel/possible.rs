//! Which questions may come to be asked or not, whichever voice's answers are taken.

use std::collections::BTreeMap;

use super::Panel;
use super::heard::Heard;
use crate::answers::{AnswerSheet, Given, Mark};
use crate::questionnaire::{Comparison, Condition, Verdict};

/// How many comparisons of conditions may be tried in all: those beyond are taken for independent.
const BUDGET: usize = 1_000_000;

/// What may become of a condition, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdicts(u8);

/// An answer that may be taken.
type Choice = (Given, Mark);

impl Verdicts {
    const MET: Self = Self(1 << Verdict::Met as u8);

    fn insert(&mut self, verdict: Verdict) {
        self.0 |= 1 << verdict as u8;
    }

    fn contains(self, verdict: Verdict) -> bool {
        self.0 >> verdict as u8 & 1 == 1
    }

    fn iter(self) -> impl Iterator<Item = Verdict> {
        let all = [Verdict::NotMet, Verdict::Undecided, Verdict::Met];
        all.into_iter().filter(move |verdict| self.contains(*verdict))
    }

    /// Whether there is one alone, so that nothing else can happen.
    fn is_one(self) -> bool {
        self.0.is_power_of_two()
    }

    /// What two of them can come to together, if neither depends on the other.
    fn with(self, other: Self, join: fn(Verdict, Verdict) -> Verdict) -> Self {
        let mut joined = Self::default();
        for one in self.iter() {
            other.iter().for_each(|other| joined.insert(join(one, other)));
        }
        joined
    }

    /// Whether the question can be asked.
    pub(super) fn asked(self) -> bool {
        self.contains(Verdict::Met)
    }

    /// Whether the question can be not asked.
    pub(super) fn not_asked(self) -> bool {
        self.contains(Verdict::NotMet) || self.contains(Verdict::Undecided)
    }
}

/// What can become of the condition of each question, by its position: exactly, where each condition
/// compares a question once, itself or through others, or there are few ways to answer; otherwise all
/// that can, and perhaps more.
pub(super) fn possible(panel: &Panel, heard: &[Heard], agreed: &AnswerSheet) -> Vec<Verdicts> {
    let rules = panel.questionnaire.rules();
    if !panel.questionnaire.has_conditions() {
        return vec![Verdicts::MET; rules.len()];
    }
    let choices = |position| choices(panel, heard, agreed, position);
    let mut budget = BUDGET;
    let mut possible: Vec<Verdicts> = Vec::with_capacity(rules.len());
    for rule in rules {
        let Some(asked_if) = &rule.asked_if else {
            possible.push(Verdicts::MET);
            continue;
        };
        let apart = apart(&asked_if.condition, &|comparison| {
            let asked = possible.get(comparison.question).copied().unwrap_or_default();
            let mut found = Verdicts(asked.0 & !Verdicts::MET.0);
            if asked.asked() {
                for choice in choices(comparison.question) {
                    found.insert(verdict(comparison, choice));
                }
            }
            found
        });
        let closure = Closure::new(panel, &asked_if.condition);
        let exactly = if apart.is_one() || !closure.twice {
            apart
        } else {
            closure.tried(panel, &asked_if.condition, &choices, &mut budget).unwrap_or(apart)
        };
        possible.push(exactly);
    }
    possible
}

/// The answers that may be taken to the question at a position, each once: those given to it, not
/// applicable if a voice says so, and that of the panel.
fn choices(panel: &Panel, heard: &[Heard], agreed: &AnswerSheet, position: usize) -> Vec<Choice> {
    let own = agreed.given().get(position).copied().zip(agreed.marks().get(position).copied());
    let mut choices: Vec<Choice> = own.into_iter().collect();
    if panel.settled.contains_key(&position) {
        return choices;
    }
    if let Some(heard) = heard.get(position) {
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
    }
    choices
}

/// What becomes of a comparison if its question is asked and that is the answer.
fn verdict(comparison: &Comparison, (given, mark): Choice) -> Verdict {
    match mark {
        Mark::Answered(credit) => {
            let ticked = |item| matches!(given, Given::Items(ticks) if ticks.contains(item));
            comparison.test.is_met(credit, ticked).into()
        }
        Mark::NotApplicable => Verdict::NotMet,
        Mark::Unanswered | Mark::DontKnow => Verdict::Undecided,
    }
}

/// What can become of a condition whose comparisons do not depend on each other.
fn apart(condition: &Condition, of: &impl Fn(&Comparison) -> Verdicts) -> Verdicts {
    let joined = |members: &[Condition], join| {
        let members = members.iter().map(|member| apart(member, of));
        members.reduce(|all, member| all.with(member, join)).unwrap_or_default()
    };
    match condition {
        Condition::One(comparison) => of(comparison),
        Condition::All(members) => joined(members, Ord::min),
        Condition::Any(members) => joined(members, Ord::max),
    }
}

/// The questions on whose answers a condition depends, itself or through others, and what is asked of
/// each.
struct Closure<'p> {
    comparisons: BTreeMap<usize, Vec<&'p Comparison>>,
    /// Whether one of them is compared more than once.
    twice: bool,
}

impl<'p> Closure<'p> {
    fn new(panel: &'p Panel, condition: &'p Condition) -> Self {
        let mut closure = Self { comparisons: BTreeMap::new(), twice: false };
        let mut open = vec![condition];
        while let Some(condition) = open.pop() {
            for comparison in condition.comparisons() {
                let known = closure.comparisons.entry(comparison.question).or_default();
                known.push(comparison);
                if known.len() > 1 {
                    closure.twice = true;
                    continue; // its own condition was followed before
                }
                let rule = panel.questionnaire.rules().get(comparison.question);
                let asked_if = rule.and_then(|rule| rule.asked_if.as_ref());
                open.extend(asked_if.map(|asked_if| &asked_if.condition));
            }
        }
        closure
    }

    /// What becomes of the condition with every combination of answers that it can tell apart; `None` if
    /// these are more than the budget has.
    fn tried(
        &self,
        panel: &Panel,
        condition: &Condition,
        choices: &impl Fn(usize) -> Vec<Choice>,
        budget: &mut usize,
    ) -> Option<Verdicts> {
        // Of answers that all comparisons take alike one is enough.
        let told_apart: Vec<(usize, Vec<Choice>)> = self
            .comparisons
            .iter()
            .map(|(&question, comparisons)| {
                let mut known = Vec::new();
                let mut kept = choices(question);
                kept.retain(|&choice| {
                    let verdicts: Vec<Verdict> =
                        comparisons.iter().map(|of| verdict(of, choice)).collect();
                    let new = !known.contains(&verdicts);
                    known.push(verdicts);
                    new
                });
                (question, kept)
            })
            .collect();
        let each: usize = self.comparisons.values().map(Vec::len).sum();
        let combinations =
            told_apart.iter().try_fold(1_usize, |n, (_, of)| n.checked_mul(of.len()));
        let cost = combinations?.checked_mul(each)?;
        *budget = budget.checked_sub(cost)?;

        let mut found = Verdicts::default();
        for combination in 0..combinations? {
            // In the order of the questionnaire, so that whatever a condition names is settled before it.
            let mut rest = combination;
            let mut settled = BTreeMap::<usize, (Verdict, Choice)>::new();
            for (question, choices) in &told_apart {
                let choice = choices.get(rest % choices.len().max(1)).copied()?;
                rest /= choices.len().max(1);
                let rule = panel.questionnaire.rules().get(*question)?;
                let asked = rule.asked_if.as_ref().map_or(Verdict::Met, |asked_if| {
                    asked_if.condition.verdict(&|of| compared(&settled, of))
                });
                settled.insert(*question, (asked, choice));
            }
            found.insert(condition.verdict(&|of| compared(&settled, of)));
        }
        Some(found)
    }
}

/// What becomes of a comparison where it is settled what is asked and answered.
fn compared(settled: &BTreeMap<usize, (Verdict, Choice)>, comparison: &Comparison) -> Verdict {
    match settled.get(&comparison.question) {
        Some((Verdict::Met, choice)) => verdict(comparison, *choice),
        Some((asked, _)) => *asked,
        None => Verdict::NotMet,
    }
}
