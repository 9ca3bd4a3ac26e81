//! What the relaxed problem says of the exact one: which efforts and which levels can matter.

use super::field::{Field, worth};
use super::problem::{Column, Problem};
use crate::number::Units;

/// The exact problem, with what no best plan uses left out.
pub(super) struct Narrowed<'p> {
    pub(super) fields: Vec<Field<'p>>,
    /// What the sum of weight times value reaches in all best plans.
    pub(super) least: u128,
    /// What an effort must bring to that sum to be worth it; any price would do.
    pub(super) price: i128,
    /// For each column, no plan's weight times value less that price is higher.
    pub(super) tops: Vec<i128>,
    /// Some plan of this effort reaches the target.
    pub(super) known: usize,
}

/// A column with what its curve says of its floor.
struct Part<'p> {
    column: &'p Column,
    /// The gain that its floor asks for, and the first point of the curve that has it.
    floor: u128,
    reached: usize,
    /// No plan that reaches the floor takes less effort; and at least what plans of that effort gain.
    from: (usize, u128),
}

impl Part<'_> {
    /// The best point at a price for effort, with no regard to what is rounded.
    fn best(&self, price: i128) -> usize {
        let (weight, counting) = (i128::from(self.column.weight), i128::from(self.column.counting));
        let wanted = |effort: usize| price * counting * i128::try_from(effort).unwrap_or(0);
        let counts = |effort, gain| weight * i128::try_from(gain).unwrap_or(0) > wanted(effort);
        self.column.curve.climbed(counts).max(self.reached)
    }

    fn sum(&self, point: usize) -> u128 {
        self.column.weighted(self.column.curve.point(point).1)
    }

    /// The worth of a point at that price, or of where the column starts, with what rounding can
    /// add anywhere.
    fn worth(&self, (effort, gain): (usize, u128), price: i128) -> i128 {
        worth(self.column.weighted(gain), effort, price) + i128::from(self.column.weight)
    }

    /// What no plan's weight times value less the price of its effort is above.
    fn top(&self, price: i128) -> i128 {
        let best = self.column.curve.point(self.best(price));
        self.worth(best, price).max(self.worth(self.from, price))
    }

    /// The efforts of all plans that reach that worth.
    fn window(&self, price: i128, worth: i128) -> (usize, usize) {
        let best = self.best(price);
        let low = |point: &(usize, u128)| self.worth(*point, price) < worth;
        let before = self.column.curve.points(self.reached);
        let before = before.get(..best - self.reached).unwrap_or_default();
        let first = before.partition_point(low);
        let first = match first.checked_sub(1).and_then(|at| before.get(at)) {
            Some((effort, _)) => effort + 1,
            None => self.from.0,
        };
        let after = self.column.curve.points(best + 1);
        let last = match after.get(after.partition_point(|point| !low(point))) {
            Some((effort, _)) => effort - 1,
            None => self.column.curve.point(self.column.curve.last()).0,
        };
        (first, last)
    }
}

/// Narrows a problem; `None` if not even everything raised to the top reaches the target.
///
/// For any price of effort, no plan is worth more than the best worths of all columns together. A
/// plan that reaches `least` for no more effort than a known one is worth `least` less the price of
/// that effort, so that no column of it falls short of its best by more than the difference.
pub(super) fn narrowed(problem: &Problem) -> Narrowed<'_> {
    let parts: Vec<Part<'_>> = problem.columns.iter().map(part).collect();
    let sum = |price| parts.iter().map(|part| part.sum(part.best(price))).sum::<u128>();
    // The highest price at which the best points reach `least`; at price 0 they do.
    let most: u128 = parts.iter().map(|part| part.sum(part.column.curve.last())).sum();
    let (mut low, mut high) = (0, i128::try_from(most).unwrap_or(i128::MAX) + 1);
    if sum(high) >= problem.least {
        low = high;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if sum(middle) >= problem.least {
            low = middle;
        } else {
            high = middle;
        }
    }
    let price = low;
    let known = greedy(&parts, price, problem.least);
    let effort = |(part, at): (&Part<'_>, &usize)| part.column.curve.point(*at).0;
    let spent: usize = parts.iter().zip(&known).map(effort).sum();
    let reached: u128 = parts.iter().zip(&known).map(|(part, at)| part.sum(*at)).sum();

    let tops: Vec<i128> = parts.iter().map(|part| part.top(price)).collect();
    let all: i128 = tops.iter().sum();
    let slack = |least: u128| all - worth(least, spent, price);
    // Whether one effort less would be too little: then the plan known is of the least effort, and
    // all best plans have an overall that is no lower.
    let starts: usize = parts.iter().map(|part| part.from.0).sum();
    let cheapest = spent == starts || slack(problem.least) < price;
    let least = if cheapest && problem.weight_sum > 0 {
        let overall = Units::mean(reached, problem.weight_sum);
        overall.least_sum(problem.weight_sum).max(problem.least)
    } else {
        problem.least
    };
    let slack = slack(least);
    let windows = parts.iter().zip(&tops).map(|(part, top)| match part.column.weight {
        0 => (part.from.0, part.column.curve.point(part.reached).0),
        _ => part.window(price, top - slack),
    });
    let windows: Vec<(usize, usize)> = windows.collect();
    let firsts: usize = windows.iter().map(|(first, _)| *first).sum();
    let fields = parts.iter().zip(&windows).zip(&tops).map(|((part, (first, end)), top)| {
        let end = (*end).min((spent + first).saturating_sub(firsts));
        field(part, (*first, end), price, top - slack)
    });
    Narrowed { fields: fields.collect(), least, price, tops: tops.clone(), known: spent }
}

fn part(column: &Column) -> Part<'_> {
    let floor = column.least_gain(column.floor);
    let (reached, from) = (column.curve.reaching(floor), column.curve.least(floor));
    Part { column, floor, reached, from }
}

/// A plan that reaches `least`, as a point of each curve: below the price the best points do, above
/// it they do not, and what is between is taken column by column.
fn greedy(parts: &[Part<'_>], price: i128, least: u128) -> Vec<usize> {
    let mut points: Vec<usize> = parts.iter().map(|part| part.best(price + 1)).collect();
    for (at, part) in parts.iter().enumerate() {
        let others = parts.iter().zip(&points).enumerate().filter(|(other, _)| *other != at);
        let others: u128 = others.map(|(_, (part, point))| part.sum(*point)).sum();
        let (mut low, mut high) = match points.get(at) {
            Some(point) => (*point, part.best(price).max(*point)),
            None => continue,
        };
        while low < high {
            let middle = low + (high - low) / 2;
            if others + part.sum(middle) >= least {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if let Some(point) = points.get_mut(at) {
            *point = low;
        }
    }
    points
}

/// The column without what no plan uses that reaches its floor and is worth `needed` at the price.
fn field<'p>(part: &Part<'p>, window: (usize, usize), price: i128, needed: i128) -> Field<'p> {
    let column = part.column;
    let (weight, counting) = (i128::from(column.weight), i128::from(column.counting));
    let number = |number: u128| i128::try_from(number).unwrap_or(i128::MAX);
    // Weight times value is at least `needed` and the price of the effort, and the gain no less
    // than that over the weight, times what counts, with half a unit for the rounding.
    let gain = |effort: usize| {
        let sum = needed + price * i128::try_from(effort).unwrap_or(0);
        let value = sum.checked_div(weight).unwrap_or(0) - 1;
        counting * (value - 1) - number(column.sum)
    };
    let least = |at_price: i128| {
        let less = |gain: i128, effort: usize| worth(0, effort, at_price) + gain;
        let floor = less(number(part.floor), window.1);
        if weight == 0 {
            return floor;
        }
        let linear = less(gain(window.0), window.0).min(less(gain(window.1), window.1));
        // A unit for what is rounded in between.
        floor.max(linear - 2 * counting)
    };
    let of_price = (price * counting).checked_div(weight).unwrap_or(0);
    let prices = [of_price, number(part.column.curve.slope(part.floor))];
    let mut field = Field::new(column);
    field.narrow(window, prices, least);
    field
}
