//! How the least effort is split among the pillars.

use super::problem::{Column, OverallBy, Problem, four};
use super::span::{Span, most_gain, worth};
use crate::number::Units;
use crate::pillar::Pillar;

/// What all best plans have in common: those of least effort with the highest overall after it.
pub(super) struct Best {
    pub(super) effort: usize,
    /// What the sum of weight times value reaches in all of them, and in no plan that is worse.
    pub(super) least: u128,
    /// For each column, the efforts that can be spent on it, ascending, each with the gain that it
    /// then must bring at least.
    pub(super) shares: Vec<Vec<(usize, u128)>>,
    /// For each column, the most gain for each effort.
    pub(super) gains: Vec<Span>,
}

/// The target is out of reach: what there is with everything raised to the top.
pub(super) struct TooHigh {
    pub(super) pillars: Vec<(Pillar, Units)>,
    pub(super) overall: Option<Units>,
}

pub(super) fn best(problem: &Problem) -> Result<Best, TooHigh> {
    let columns = &problem.columns;
    let gains: Vec<Span> = columns
        .iter()
        .map(|column| most_gain(column.items.iter().map(|item| (item.effort, &*item.gains))))
        .collect();
    let spans = sums(columns, &gains);
    let with_gains = || columns.iter().zip(&gains);
    let tops: Vec<Units> = with_gains().map(|(column, of)| column.value(of.most())).collect();
    let most: u128 = with_gains().map(|(column, of)| column.weighted(of.most())).sum();
    let short = columns.iter().zip(&tops).any(|(column, top)| *top < column.floor);
    if short || most < problem.least {
        let overall = match problem.overall {
            OverallBy::Mean => Some(Units::mean(most, problem.weight_sum.max(1))),
            OverallBy::Lowest => tops.iter().copied().min(),
            OverallBy::Nothing => None,
        };
        let pillars = columns.iter().map(|column| column.pillar).zip(tops).collect();
        return Err(TooHigh { pillars, overall });
    }

    let windows = windows(&spans, problem.least);
    let [a, b, c, d] = &four(windows.iter().cloned(), &Span::nothing());
    let (ab, cd) = (a.join(b), c.join(d));
    let effort = cheapest(&ab, &cd, problem.least);
    let highest = ab.iter().filter_map(|(part, sum)| Some(sum + cd.at(effort.checked_sub(part)?)?));
    let highest = highest.max().unwrap_or(problem.least);
    let least = match problem.weight_sum {
        0 => problem.least,
        weights => Units::mean(highest, weights).least_sum(weights).max(problem.least),
    };
    // With the lowest pillar as the overall, no plan of this effort leaves any column a choice of
    // its share, and the lowest of what those shares can buy is the highest overall.
    let lowest = columns.iter().zip(&spans).zip(&gains);
    let lowest =
        lowest.map(|((column, span), gains)| column.value(gains.at(span.from).unwrap_or(0)));
    let lowest = match problem.overall {
        OverallBy::Lowest => lowest.min().unwrap_or_default(),
        OverallBy::Mean | OverallBy::Nothing => Units::ZERO,
    };

    let rests = [(b, &cd), (a, &cd), (d, &ab), (c, &ab)];
    let shares = columns.iter().zip(&windows).zip(&gains).zip(rests).map(
        |(((column, window), gains), (partner, pair))| {
            let floor = column.floor.max(lowest);
            let share = |(spent, _): (usize, u128)| {
                let rest = effort.checked_sub(spent)?;
                let others = partner
                    .iter()
                    .filter_map(|(part, sum)| Some(sum + pair.at(rest.checked_sub(part)?)?));
                let missing = least.saturating_sub(others.max()?);
                let needed = match column.weight {
                    0 if missing > 0 => return None,
                    0 => floor,
                    weight => Units::mean(missing.div_ceil(weight.into()), 1).max(floor),
                };
                let needed = column.least_gain(needed);
                (gains.at(spent)? >= needed).then_some((spent, needed))
            };
            window.iter().filter_map(share).collect()
        },
    );
    let shares = shares.collect();
    Ok(Best { effort, least, shares, gains })
}

/// For each column, weight times value for each effort, from the least that reaches its floor.
fn sums(columns: &[Column], gains: &[Span]) -> Vec<Span> {
    let sum = |(column, gains): (&Column, &Span)| {
        let needed = column.least_gain(column.floor);
        let from = gains.values.partition_point(|gain| *gain < needed);
        let values = gains.values.iter().skip(from).map(|gain| column.weighted(*gain)).collect();
        Span { from, values }
    };
    columns.iter().zip(gains).map(sum).collect()
}

/// The part of each span that a plan of least effort can use, by a Lagrangian bound.
///
/// For any price of effort, no split is worth more than the sum of the best worths of all spans. A
/// split that reaches `least` for no more effort than some known split is worth `least` less the
/// price of that effort, so that each of its parts falls short of the best of its span by no more
/// than the sum of all best worths exceeds that.
fn windows(spans: &[Span], least: u128) -> Vec<Span> {
    let reaches = |price: i128| {
        let best = spans.iter().map(|span| span.at(span.best(price).0).unwrap_or(0));
        best.sum::<u128>() >= least
    };
    // The highest price at which the best efforts still reach `least`; at price 0 they do.
    let most = spans.iter().map(Span::most).max().unwrap_or(0);
    let (mut low, mut high) = (0, i128::try_from(most).unwrap_or(i128::MAX) + 1);
    if reaches(high) {
        low = high;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reaches(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let price = low;
    let known: usize = spans.iter().map(|span| span.best(price).0).sum();
    let all: i128 = spans.iter().map(|span| span.best(price).1).sum();
    let slack = all - worth(least, known, price);
    let window = |span: &Span| {
        let (best, most) = span.best(price);
        let inside = span.iter().filter(|(e, value)| worth(*value, *e, price) >= most - slack);
        let ends = inside.fold((best, best), |ends, (e, _)| (ends.0.min(e), ends.1.max(e)));
        span.window(ends.0, ends.1)
    };
    spans.iter().map(window).collect()
}

/// The least effort for which the two together reach `least`; some effort does.
fn cheapest(one: &Span, other: &Span, least: u128) -> usize {
    let total = |(effort, sum): (usize, u128)| {
        let missing = least.saturating_sub(sum);
        let at = other.values.partition_point(|value| *value < missing);
        (at < other.values.len()).then_some(effort + other.from + at)
    };
    one.iter().filter_map(total).min().unwrap_or(one.from + other.from)
}
