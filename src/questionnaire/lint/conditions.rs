//! Conditions that decide nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Problem;
use crate::document::{Place, Reader};
use crate::number::Units;
use crate::questionnaire::condition::{Comparison, Condition, Test};
use crate::questionnaire::resolved::Resolved;
use crate::questionnaire::scale::{Item, Scale, Ticks};
use crate::questionnaire::spec::NonAnswer;

/// How often one condition may be evaluated; one that would need more is not looked into.
const BUDGET: usize = 20_000;

/// How many items of one checklist its comparisons may name to be looked into.
const NAMED_ITEMS: u32 = 6;

/// Which comparisons of a condition are met, a bit each in its order. It has at most 64.
type Met = u64;

/// Reports comparisons that no answer meets; a condition that no answers meet, or all; and
/// comparisons without which the condition would say the same.
pub(super) fn conditions(reader: &mut Reader, place: &Place<'_>, of: &Resolved, at: usize) {
    let Some(asked_if) = of.rules.get(at).and_then(|rule| rule.asked_if.as_ref()) else { return };
    let condition = &asked_if.condition;
    let comparisons = condition.comparisons();
    let mut problems: Vec<Option<Problem>> =
        comparisons.iter().map(|comparison| unreachable(of, comparison)).collect();
    if problems.iter().all(Option::is_none) {
        let cases = cases(of, condition);
        let met = |case: &Met| is_met(condition, *case);
        if cases.is_empty() {
            // Too many to look at.
        } else if !cases.iter().any(met) {
            reader.warning(place, Problem::ConditionNeverMet {});
        } else if cases.iter().all(met) {
            reader.warning(place, Problem::ConditionAlwaysMet {});
        } else {
            for at in idle(condition, &cases) {
                if let Some((problem, comparison)) = problems.get_mut(at).zip(comparisons.get(at)) {
                    *problem = id(of, comparison).map(|id| Problem::IdleCondition { id });
                }
            }
        }
    }
    report(reader, place, condition, &mut problems.into_iter());
}

/// Puts the problems of the comparisons, in their order, where they stand.
fn report(
    reader: &mut Reader,
    place: &Place<'_>,
    condition: &Condition,
    problems: &mut impl Iterator<Item = Option<Problem>>,
) {
    let (key, members) = match condition {
        Condition::One(comparison) => {
            let Some(problem) = problems.next().flatten() else { return };
            match comparison.test {
                _ if matches!(problem, Problem::IdleCondition { .. }) => {
                    reader.warning(place, problem);
                }
                Test::AtLeast(_) => reader.warning(&place.key("at_least"), problem),
                Test::AtMost(_) => reader.warning(&place.key("at_most"), problem),
                Test::Ticked(_) => reader.warning(&place.key("ticked"), problem),
            }
            return;
        }
        Condition::All(members) => ("all", members),
        Condition::Any(members) => ("any", members),
    };
    let place = place.key(key);
    for (index, member) in members.iter().enumerate() {
        report(reader, &place.index(index), member, problems);
    }
}

fn id(of: &Resolved, comparison: &Comparison) -> Option<String> {
    of.spec.questions.get(comparison.question).map(|question| question.id.clone())
}

/// That no answer earns what a comparison asks for.
fn unreachable(of: &Resolved, comparison: &Comparison) -> Option<Problem> {
    let credits = of.questions.get(comparison.question)?.scale.all();
    let (lowest, highest) = (*credits.iter().min()?, *credits.iter().max()?);
    let (bound, side) = match comparison.test {
        Test::AtLeast(bound) if bound > highest => (bound, "more"),
        Test::AtMost(bound) if bound < lowest => (bound, "less"),
        _ => return None,
    };
    let (lowest, highest) = (lowest.score(), highest.score());
    let id = id(of, comparison)?;
    Some(Problem::UnreachableCondition { id, bound: bound.score(), side, lowest, highest })
}

fn is_met(condition: &Condition, case: Met) -> bool {
    // Comparisons are taken in their order; one that is passed over leaves its bit to be skipped.
    fn met(condition: &Condition, case: &mut Met) -> bool {
        match condition {
            Condition::One(_) => {
                let met = *case & 1 == 1;
                *case >>= 1;
                met
            }
            Condition::All(members) => members.iter().fold(true, |all, of| met(of, case) & all),
            Condition::Any(members) => members.iter().fold(false, |any, of| met(of, case) | any),
        }
    }
    met(condition, &mut { case })
}

/// The places of comparisons without which the condition would say the same in every case, found
/// from the last to the first, so that of two equal ones the first stays.
fn idle(condition: &Condition, cases: &[Met]) -> Vec<usize> {
    let in_any = joined_by_any(condition);
    let (mut met, mut not_met): (Met, Met) = (0, 0);
    let mut idle = Vec::new();
    for (at, in_any) in in_any.into_iter().enumerate().rev() {
        // Left out of `any` it is as if it were never met, left out of `all` as if it always were.
        let bit = 1 << at;
        let (met_without, not_met_without) =
            if in_any { (met, not_met | bit) } else { (met | bit, not_met) };
        let same = |case: &Met| {
            is_met(condition, *case) == is_met(condition, (*case | met_without) & !not_met_without)
        };
        if cases.iter().all(same) {
            (met, not_met) = (met_without, not_met_without);
            idle.push(at);
        }
    }
    idle
}

/// Whether each comparison stands in `any`, in the order of the condition.
fn joined_by_any(condition: &Condition) -> Vec<bool> {
    fn walk(condition: &Condition, in_any: bool, found: &mut Vec<bool>) {
        match condition {
            Condition::One(_) => found.push(in_any),
            Condition::All(members) => members.iter().for_each(|of| walk(of, false, found)),
            Condition::Any(members) => members.iter().for_each(|of| walk(of, true, found)),
        }
    }
    let mut found = Vec::new();
    walk(condition, false, &mut found);
    found
}

/// Every way in which settled answers can meet the comparisons, and perhaps ways in which they
/// cannot; none if there are too many to look at.
fn cases(of: &Resolved, condition: &Condition) -> Vec<Met> {
    let comparisons = condition.comparisons();
    let mut by_question: BTreeMap<usize, Vec<(usize, Test)>> = BTreeMap::new();
    for (at, comparison) in comparisons.iter().enumerate() {
        by_question.entry(comparison.question).or_default().push((at, comparison.test));
    }
    let most = BUDGET / (comparisons.len() * comparisons.len()).max(1);
    let mut cases = BTreeSet::from([0]);
    for (question, tests) in by_question {
        let Some(own) = cases_of(of, question, &tests) else { return Vec::new() };
        if own.len() * cases.len() > most {
            return Vec::new();
        }
        cases = cases.iter().flat_map(|case| own.iter().map(move |own| case | own)).collect();
    }
    cases.into_iter().collect()
}

/// The same of the comparisons with one question.
fn cases_of(of: &Resolved, question: usize, tests: &[(usize, Test)]) -> Option<BTreeSet<Met>> {
    let (resolved, spec) = of.questions.get(question).zip(of.spec.questions.get(question))?;
    let asked_always = of.rules.get(question)?.asked_if.is_none();
    let met = |credit: Units, ticks: Ticks| {
        let met = tests.iter().filter(|(_, test)| test.is_met(credit, |item| ticks.contains(item)));
        met.fold(0, |case: Met, (at, _)| case | 1 << at)
    };
    let mut cases = BTreeSet::new();
    // Not applicable, or not asked: no comparison is met.
    if !asked_always || !spec.forbid.contains(&NonAnswer::NotApplicable) {
        cases.insert(0);
    }
    match &*resolved.scale {
        Scale::Checklist(items) => checklist(items, tests, |credit, ticks| {
            cases.insert(met(credit, ticks));
        })?,
        scale => cases.extend(scale.all().into_iter().map(|credit| met(credit, Ticks::default()))),
    }
    Some(cases)
}

/// Hands over which of the items that the tests name can be ticked, with what that can earn: the
/// least, the most, and in between whatever tells bounds apart, whether points come to it or not.
fn checklist(
    items: &[Item],
    tests: &[(usize, Test)],
    mut each: impl FnMut(Units, Ticks),
) -> Option<()> {
    let ticked = |(_, test): &(usize, Test)| match test {
        Test::Ticked(item) => Some(*item),
        Test::AtLeast(_) | Test::AtMost(_) => None,
    };
    let named: BTreeSet<usize> = tests.iter().filter_map(ticked).collect();
    let sets = 1_usize.checked_shl(u32::try_from(named.len()).ok()?)?;
    if sets > 1 << NAMED_ITEMS || sets * tests.len() * tests.len() > BUDGET {
        return None;
    }
    for set in 0..sets {
        let (mut least, mut most) = (Ticks::default(), Ticks::default());
        for (bit, item) in named.iter().enumerate() {
            if set >> bit & 1 == 1 {
                least.insert(*item);
            }
        }
        for item in 0..items.len() {
            if least.contains(item) || !named.contains(&item) {
                most.insert(item);
            }
        }
        let (lowest, highest) = (Scale::of_ticks(items, least), Scale::of_ticks(items, most));
        let bounds = tests.iter().filter_map(|(_, test)| match test {
            Test::AtLeast(bound) | Test::AtMost(bound) => Some(*bound),
            Test::Ticked(_) => None,
        });
        let between = bounds.filter(|bound| (lowest..=highest).contains(bound));
        let credits: BTreeSet<Units> = between.chain([lowest, highest]).collect();
        for (credit, next) in credits.iter().zip(credits.iter().skip(1)) {
            each(*credit, least);
            each(Units::mean(u128::from(credit.get()) + u128::from(next.get()), 2), least);
        }
        each(highest, least);
    }
    Some(())
}
