//! Which of the best plans it is: the tie-breaks of the scoring rules, section 9, in exact search.

use std::collections::BTreeMap;

use super::digits::{Digits, Ranking};
use super::problem::{Column, Problem, four};
use super::reduce;
use super::split::Best;

/// The level of each raised item, by the position of its question.
pub(super) type Levels = BTreeMap<usize, u8>;

/// A way to spend an effort on some columns.
#[derive(Clone)]
struct Part {
    effort: usize,
    /// Weight times value, summed over the columns.
    sum: u128,
    digits: Digits,
}

/// What counts when plans are compared.
#[derive(Clone, Copy)]
enum Order {
    /// That an item is raised at all.
    Raised,
    /// The level that it is raised to.
    Level,
}

impl Order {
    fn digit(self, level: u8) -> u8 {
        match self {
            Self::Raised => u8::from(level > 0),
            Self::Level => level,
        }
    }
}

/// The plan that wins the ties.
pub(super) fn winner(problem: &Problem, best: &Best) -> Levels {
    let items = || problem.columns.iter().flat_map(|column| &column.items);
    let ranking = Ranking::new(items().map(|item| item.position).collect(), 1);
    let columns = problem.columns.iter().zip(&best.shares);
    let mut levels: Vec<Vec<Vec<u8>>> =
        columns.map(|(column, shares)| reduce::levels(column, shares)).collect();
    let Some(longest) = first_of(problem, best, &levels, &ranking, Order::Raised) else {
        return Levels::new();
    };
    let list: Vec<usize> = ranking.positions(&longest).map(|(position, _)| position).collect();
    let list = shortest(problem, best, &levels, &list);
    for (column, levels) in problem.columns.iter().zip(&mut levels) {
        for (item, levels) in column.items.iter().zip(levels) {
            let raised = list.binary_search(&item.position).is_ok();
            levels.retain(|level| (*level > 0) == raised);
        }
    }
    let most = items().map(|item| item.gains.len()).max().unwrap_or(0);
    let ranking = Ranking::new(list, most);
    let digits = first_of(problem, best, &levels, &ranking, Order::Level).unwrap_or_default();
    ranking.positions(&digits).collect()
}

/// The best plan whose digits come last: of those with the given levels, the one with the highest
/// digit at the first item in which any two differ.
fn first_of(
    problem: &Problem,
    best: &Best,
    levels: &[Vec<Vec<u8>>],
    ranking: &Ranking,
    order: Order,
) -> Option<Digits> {
    let none = Part { effort: 0, sum: 0, digits: ranking.none() };
    let columns = problem.columns.iter().zip(levels).zip(&best.shares).zip(&best.gains);
    let parts = columns.map(|(((column, levels), shares), gains)| {
        let most = |spent| gains.at(spent).unwrap_or(0);
        let slack = shares.iter().map(|(spent, needed)| most(*spent) - needed).max().unwrap_or(0);
        Search { column, levels, shares, slack, order }.parts(ranking)
    });
    let [a, b, c, d] = &four(parts, &vec![none]);
    // What each half can bring at most for each effort tells which pairs of the other to look at.
    let (ab, cd) = (most(a, b, best.effort), most(c, d, best.effort));
    let (one, other) = (pairs(a, b, &cd, best), pairs(c, d, &ab, best));
    let mut found: Option<Digits> = None;
    for (parts, rest) in one.iter().zip(other.iter().rev()) {
        for part in parts {
            for rest in rest.iter().filter(|rest| part.sum + rest.sum >= best.least) {
                let digits = part.digits.iter().zip(&rest.digits);
                let digits: Digits = digits.map(|(a, b)| a | b).collect();
                if found.as_ref().is_none_or(|found| digits > *found) {
                    found = Some(digits);
                }
            }
        }
    }
    found
}

/// The highest sum of two parts for each effort of both, up to `last`.
fn most(one: &[Part], other: &[Part], last: usize) -> Vec<Option<u128>> {
    let mut most = vec![None; last + 1];
    for a in one {
        for b in other {
            if let Some(highest) = most.get_mut(a.effort + b.effort) {
                *highest = Some(a.sum + b.sum).max(*highest);
            }
        }
    }
    most
}

/// All pairs of parts that can go together with one of `others` (its highest sum for each effort),
/// by the effort of the pair; one is left out if another of the same effort has no lower sum and no
/// lower digits.
fn pairs(one: &[Part], other: &[Part], others: &[Option<u128>], best: &Best) -> Vec<Vec<Part>> {
    let mut pairs: Vec<Vec<Part>> = vec![Vec::new(); best.effort + 1];
    for a in one {
        for b in other {
            let (effort, sum) = (a.effort + b.effort, a.sum + b.sum);
            let rest = best.effort.checked_sub(effort).and_then(|rest| *others.get(rest)?);
            if rest.is_none_or(|rest| sum + rest < best.least) {
                continue;
            }
            let Some(kept) = pairs.get_mut(effort) else { continue };
            let digits = || a.digits.iter().zip(&b.digits).map(|(a, b)| a | b);
            let beaten = |part: &Part| part.sum >= sum && part.digits.iter().copied().ge(digits());
            if kept.iter().any(beaten) {
                continue;
            }
            kept.retain(|part| part.sum > sum || part.digits.iter().copied().gt(digits()));
            kept.push(Part { effort, sum, digits: digits().collect() });
        }
    }
    pairs
}

/// The search through the plans of one column, from its last item to its first, so that the item
/// that counts most is decided last.
struct Search<'p> {
    column: &'p Column,
    levels: &'p [Vec<u8>],
    shares: &'p [(usize, u128)],
    /// By how much a plan may fall short of the most gain for its effort.
    slack: u128,
    order: Order,
}

/// What has been done from some item on: a gain for an effort.
struct Node {
    effort: usize,
    gain: u128,
    /// The place of its digits among those of all nodes of the layer, lowest first.
    rank: u64,
    level: u8,
    /// The node of the layer before that it goes on from.
    rest: usize,
}

impl Search<'_> {
    fn parts(&self, ranking: &Ranking) -> Vec<Part> {
        let (first, last) = match (self.shares.first(), self.shares.last()) {
            (Some((first, _)), Some((last, _))) => (*first, *last),
            _ => return Vec::new(),
        };
        // What the items before each one take at least and at most.
        let (mut before, mut takes) = (Vec::new(), (0, 0));
        for (item, levels) in self.column.items.iter().zip(self.levels) {
            before.push(takes);
            let level = |level: Option<&u8>| item.effort * level.map_or(0, |l| usize::from(*l));
            takes = (takes.0 + level(levels.first()), takes.1 + level(levels.last()));
        }
        let start = Node { effort: 0, gain: 0, rank: 0, level: 0, rest: 0 };
        let mut layers = vec![vec![start]];
        let items = self.column.items.iter().zip(self.levels).zip(before).rev();
        let mut found: Vec<Vec<Node>> = Vec::new();
        found.resize_with(last + 1, Vec::new);
        for ((item, levels), (least, most)) in items {
            for (rest, node) in layers.last().into_iter().flatten().enumerate() {
                for &level in levels {
                    let climbed = usize::from(level);
                    let effort = node.effort + item.effort * climbed;
                    if effort + least > last || effort + most < first {
                        continue;
                    }
                    let gain = climbed.checked_sub(1).and_then(|at| item.gains.get(at));
                    let gain = node.gain + gain.copied().unwrap_or(0);
                    let rank = u64::from(self.order.digit(level)) << 32 | node.rank;
                    if let Some(found) = found.get_mut(effort) {
                        found.push(Node { effort, gain, rank, level, rest });
                    }
                }
            }
            layers.push(self.layer(&mut found));
        }
        self.finished(ranking, &layers)
    }

    /// Of the nodes found for each effort, those that some best plan can need: with a gain close
    /// enough to the highest, and higher than that of all nodes with better digits.
    fn layer(&self, found: &mut [Vec<Node>]) -> Vec<Node> {
        let mut layer: Vec<Node> = Vec::new();
        for nodes in found.iter_mut().filter(|nodes| !nodes.is_empty()) {
            let most = nodes.iter().map(|node| node.gain).max().unwrap_or(0);
            nodes.retain(|node| node.gain + self.slack >= most);
            nodes.sort_unstable_by_key(|node| std::cmp::Reverse((node.rank, node.gain)));
            let mut highest = None;
            for node in nodes.drain(..) {
                if highest.is_none_or(|gain| node.gain > gain) {
                    highest = Some(node.gain);
                    layer.push(node);
                }
            }
        }
        let mut ranks: Vec<u64> = layer.iter().map(|node| node.rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for node in &mut layer {
            let rank = ranks.partition_point(|rank| *rank < node.rank);
            node.rank = u64::try_from(rank).unwrap_or(u64::MAX);
        }
        layer
    }

    /// The nodes of the last layer that bring the gain needed for their effort, with their digits.
    fn finished(&self, ranking: &Ranking, layers: &[Vec<Node>]) -> Vec<Part> {
        let Some((nodes, earlier)) = layers.split_last() else { return Vec::new() };
        let part = |node: &Node| {
            let share = self.shares.binary_search_by_key(&node.effort, |(spent, _)| *spent).ok()?;
            let (effort, needed) = *self.shares.get(share)?;
            if node.gain < needed {
                return None;
            }
            let mut digits = ranking.none();
            let mut here = Some(node);
            for (item, layer) in self.column.items.iter().zip(earlier.iter().rev()) {
                let Some(node) = here else { break };
                ranking.put(&mut digits, item.position, self.order.digit(node.level));
                here = layer.get(node.rest);
            }
            Some(Part { effort, sum: self.column.weighted(node.gain), digits })
        };
        nodes.iter().filter_map(part).collect()
    }
}

/// The shortest beginning of `list` that is the list of a best plan; the whole of it is.
fn shortest(problem: &Problem, best: &Best, levels: &[Vec<Vec<u8>>], list: &[usize]) -> Vec<usize> {
    // For each column, the most gain for each exact effort.
    let mut most: Vec<Vec<Option<u128>>> = problem.columns.iter().map(|_| vec![Some(0)]).collect();
    for position in list {
        let columns = problem.columns.iter().zip(levels).zip(&mut most).zip(&best.shares);
        for (((column, levels), reached), shares) in columns {
            let Ok(at) = column.items.binary_search_by_key(position, |item| item.position) else {
                continue;
            };
            let (Some(question), Some(levels)) = (column.items.get(at), levels.get(at)) else {
                continue;
            };
            let dearest = shares.last().map_or(0, |(spent, _)| *spent);
            let longest = reached.len() + question.effort * question.gains.len();
            let mut next = vec![None; longest.min(dearest + 1)];
            for climbed in levels.iter().map(|level| usize::from(*level)) {
                let Some(more) = climbed.checked_sub(1).and_then(|at| question.gains.get(at))
                else {
                    continue; // every question of the beginning is raised
                };
                let from = next.get_mut(question.effort * climbed..).unwrap_or_default();
                for (highest, gain) in from.iter_mut().zip(&*reached) {
                    *highest = gain.map(|gain| gain + more).max(*highest);
                }
            }
            *reached = next;
        }
        let parts = problem.columns.iter().zip(&most).zip(&best.shares);
        let parts: Vec<Vec<Part>> = parts
            .map(|((column, most), shares)| {
                let part = |(spent, needed): &(usize, u128)| {
                    let gain = most.get(*spent).copied().flatten()?;
                    let (effort, sum, digits) = (*spent, column.weighted(gain), Digits::new());
                    (gain >= *needed).then_some(Part { effort, sum, digits })
                };
                shares.iter().filter_map(part).collect()
            })
            .collect();
        if parts.iter().all(|parts| !parts.is_empty()) && together(best, parts) {
            return list.iter().copied().take_while(|p| p <= position).collect();
        }
    }
    list.to_vec()
}

/// Whether one part of each column make a best plan.
fn together(best: &Best, parts: Vec<Vec<Part>>) -> bool {
    let nothing = vec![Part { effort: 0, sum: 0, digits: Digits::new() }];
    let [a, b, c, d] = &four(parts, &nothing);
    let (ab, cd) = (most(a, b, best.effort), most(c, d, best.effort));
    ab.iter()
        .zip(cd.iter().rev())
        .any(|(one, other)| one.zip(*other).is_some_and(|(one, other)| one + other >= best.least))
}
