//! How the least effort is split among the pillars.

use super::cost::{Meter, Spent};
use super::field::{Field, worth};
use super::problem::{OverallBy, Problem, four};
use super::relaxed::Narrowed;
use super::table::{Amount, Table};
use crate::number::Units;
use crate::pillar::Pillar;

/// More than any plan falls short by; four times as much fits.
pub(super) const DEAD: u128 = u128::MAX / 8;

/// For each effort from `from` on, by how much the best falls short.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) short: Vec<u128>,
}

impl Span {
    pub(super) fn nothing() -> Self {
        Self { from: 0, short: vec![0] }
    }

    pub(super) fn get(&self, effort: usize) -> Option<u128> {
        self.short.get(effort.checked_sub(self.from)?).copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, u128)> {
        (self.from..).zip(self.short.iter().copied())
    }

    /// The effort after the last.
    pub(super) fn end(&self) -> usize {
        self.from + self.short.len()
    }

    /// The two together, for efforts up to `last`.
    fn join(&self, other: &Self, last: usize, meter: &mut Meter) -> Result<Self, Spent> {
        meter.spend(self.short.len(), other.short.len())?;
        let from = self.from + other.from;
        let len = (self.short.len() + other.short.len()).saturating_sub(1);
        let len = len.min((last + 1).saturating_sub(from));
        let alive = self.iter().chain(other.iter()).map(|(_, short)| short).filter(|of| *of < DEAD);
        let short = if i64::holds(alive.max().unwrap_or(0)) {
            joined::<i64>(&self.short, &other.short, len)
        } else {
            joined::<i128>(&self.short, &other.short, len)
        };
        Ok(Self { from, short })
    }

    /// Only the efforts that `keep` keeps.
    fn keep(&mut self, keep: impl Fn(usize, u128) -> bool) {
        for (effort, short) in (self.from..).zip(&mut self.short) {
            if !keep(effort, *short) {
                *short = DEAD;
            }
        }
        let alive = self.short.iter().rposition(|short| *short < DEAD).map_or(0, |at| at + 1);
        self.short.truncate(alive);
        let dead = self.short.iter().take_while(|short| **short >= DEAD).count();
        self.short.drain(..dead);
        self.from += dead;
    }
}

/// By how much the best falls short of each pair of efforts, up to `len` of their sums.
fn joined<T: Amount>(one: &[u128], other: &[u128], len: usize) -> Vec<u128> {
    let [one, other] = [one, other].map(|of| of.iter().map(|of| T::new(*of)).collect::<Vec<T>>());
    let mut short = vec![T::DEAD; len];
    for (shift, mine) in one.iter().enumerate().filter(|(_, mine)| **mine < T::DEAD) {
        let into = short.get_mut(shift..).unwrap_or_default();
        for (short, theirs) in into.iter_mut().zip(&other) {
            *short = (*short).min(*mine + *theirs);
        }
    }
    short.into_iter().map(T::get).map(|of| if of < T::DEAD.get() { of } else { DEAD }).collect()
}

/// What all best plans have in common: those of least effort with the highest overall after it.
pub(super) struct Best<'p> {
    pub(super) effort: usize,
    /// By how much a plan of that effort may fall short of the tops of all columns, if it is a best
    /// one; no other plan of that effort does as little.
    pub(super) short: u128,
    /// What each column can do.
    pub(super) shares: [Share<'p>; 4],
    /// The first two columns together, and the last two.
    pub(super) pairs: [Span; 2],
}

/// A column, and by how much it falls short of its top for each effort that a best plan can spend.
pub(super) struct Share<'p> {
    pub(super) field: Option<Field<'p>>,
    /// The gain that the column must have.
    pub(super) floor: u128,
    /// No plan's weight times value less the price of effort is higher.
    pub(super) top: i128,
    pub(super) price: i128,
    pub(super) span: Span,
}

impl Share<'_> {
    /// By how much a plan of that effort and gain falls short of the top.
    pub(super) fn short(&self, effort: usize, gain: u128) -> u128 {
        let Some(field) = &self.field else { return 0 };
        if gain < self.floor {
            return DEAD;
        }
        let short = self.top - worth(field.column.weighted(gain), effort, self.price);
        u128::try_from(short).unwrap_or(0)
    }

    /// The same of a plan that falls short of the column's best worths by so much.
    pub(super) fn of<T: Amount>(&self, effort: usize, short: T) -> u128 {
        match &self.field {
            _ if short >= T::DEAD => DEAD,
            Some(field) => self.short(effort, field.gain(effort, short.get())),
            None => 0,
        }
    }

    /// Leaves out what no best plan does, which falls short of the top by no more than `short`, and
    /// has that value or more.
    fn narrow(&mut self, value: Units, short: u128) {
        let Some(field) = &mut self.field else { return };
        let column = field.column;
        self.floor = self.floor.max(column.least_gain(value));
        let needed = |effort: usize| {
            let short = i128::try_from(short).unwrap_or(i128::MAX);
            let sum = self.top - short - worth(0, effort, self.price);
            match (u128::try_from(sum), column.weight) {
                (Ok(sum), 1..) => {
                    let value = Units::mean(sum.div_ceil(column.weight.into()), 1);
                    column.least_gain(value).max(self.floor)
                }
                _ => self.floor,
            }
        };
        let alive = self.span.iter().filter(|(_, short)| *short < DEAD);
        let needed: Vec<(usize, u128)> =
            alive.map(|(effort, _)| (effort, needed(effort))).collect();
        let (Some(first), Some(last)) = (needed.first(), needed.last()) else { return };
        let number = |number: u128| i128::try_from(number).unwrap_or(i128::MAX);
        let wide = number((last.0 - first.0) as u128).max(1);
        let slope = (number(last.1) - number(first.1)) / wide;
        let prices = [field.price, slope, slope + 1];
        let lowest = |price| needed.iter().map(|(effort, gain)| worth(*gain, *effort, price)).min();
        field.narrow((first.0, last.0), prices, |price| lowest(price).unwrap_or(i128::MIN));
    }
}

/// The target is out of reach: what there is with everything raised to the top.
pub(super) struct TooHigh {
    pub(super) pillars: Vec<(Pillar, Units)>,
    pub(super) overall: Option<Units>,
}

/// That the target can be reached.
pub(super) fn reachable(problem: &Problem) -> Result<(), TooHigh> {
    let columns = &problem.columns;
    let top = |column: &super::problem::Column| -> u128 {
        column.items.iter().filter_map(|item| item.gains.last()).sum()
    };
    let tops: Vec<Units> = columns.iter().map(|column| column.value(top(column))).collect();
    let most: u128 = columns.iter().map(|column| column.weighted(top(column))).sum();
    let short = columns.iter().zip(&tops).any(|(column, top)| *top < column.floor);
    if !short && most >= problem.least {
        return Ok(());
    }
    let overall = match problem.overall {
        OverallBy::Mean => Some(Units::mean(most, problem.weight_sum.max(1))),
        OverallBy::Lowest => tops.iter().copied().min(),
        OverallBy::Nothing => None,
    };
    let pillars = columns.iter().map(|column| column.pillar).zip(tops).collect();
    Err(TooHigh { pillars, overall })
}

/// What the best plans have in common.
pub(super) fn best<'p, T: Amount>(
    problem: &Problem,
    narrowed: Narrowed<'p>,
    meter: &mut Meter,
) -> Result<Best<'p>, Spent> {
    let Narrowed { fields, least, price, tops, known } = narrowed;
    let mut shares = Vec::new();
    let mut lowest: Option<Units> = None;
    for (field, top) in fields.into_iter().zip(tops) {
        let table: Table<T> = field.table(meter)?;
        let floor = field.column.least_gain(field.column.floor);
        let span = Span { from: table.from, short: Vec::new() };
        let mut share = Share { field: Some(field), floor, top, price, span };
        share.span.short = table.iter().map(|(effort, short)| share.of(effort, short)).collect();
        share.span.keep(|_, short| short < DEAD);
        let first = table.iter().find(|(effort, _)| *effort == share.span.from);
        if let (Some((effort, short)), Some(field)) = (first, &share.field) {
            let value = field.column.value(field.gain(effort, short.get()));
            lowest = Some(lowest.map_or(value, |lowest| lowest.min(value)));
        }
        shares.push(share);
    }
    let end = |span: &Span| span.end().saturating_sub(1);
    let nothing = Span::nothing();
    let [a, b, c, d] = four(shares.iter().map(|share| &share.span), &&nothing);
    let (ab, cd) = (a.join(b, known, meter)?, c.join(d, known, meter)?);
    // By weight times value, which asks for nothing but more.
    let all: i128 = shares.iter().map(|share| share.top).sum();
    let values = |span: &Span, top: i128| -> Vec<(usize, Option<i128>)> {
        let value = |(effort, short): (usize, u128)| {
            let value = || top - worth(short, effort, price);
            (effort, (short < DEAD).then(value))
        };
        span.iter().map(value).collect()
    };
    let (ab_values, cd_values) = (values(&ab, 0), values(&cd, all));
    let least_sum = i128::try_from(least).unwrap_or(i128::MAX);
    let effort = cheapest(&ab_values, &cd_values, least_sum).unwrap_or(known);
    let sums = ab_values.iter().filter_map(|(part, sum)| {
        let rest = effort.checked_sub(*part)?.checked_sub(cd.from)?;
        Some((*sum)? + cd_values.get(rest)?.1?)
    });
    let highest = sums.max().and_then(|sum| u128::try_from(sum).ok()).unwrap_or(least);
    let least = match problem.weight_sum {
        0 => least,
        weights => Units::mean(highest, weights).least_sum(weights).max(least),
    };
    let short = u128::try_from(all - worth(least, effort, price)).unwrap_or(0);

    // With the lowest pillar as the overall, no plan of this effort leaves any column a choice of
    // its share, and the lowest of what those shares can buy is the highest overall.
    let lowest = match problem.overall {
        OverallBy::Lowest => lowest.unwrap_or_default(),
        OverallBy::Mean | OverallBy::Nothing => Units::ZERO,
    };
    let (first, most) = (|share: &Share<'_>| share.span.from, |share: &Share<'_>| end(&share.span));
    let firsts: usize = shares.iter().map(first).sum();
    let lasts: usize = shares.iter().map(most).sum();
    for share in &mut shares {
        let from = (effort + most(share)).saturating_sub(lasts);
        let to = (effort + first(share)).saturating_sub(firsts);
        share.span.keep(|effort, of| of <= short && (from..=to).contains(&effort));
        share.narrow(lowest, short);
    }
    let mut shares = shares.into_iter();
    let none = || Share { field: None, floor: 0, top: 0, price, span: Span::nothing() };
    let shares = std::array::from_fn(|_| shares.next().unwrap_or_else(none));
    Ok(Best { effort, short, shares, pairs: [ab, cd] })
}

/// The least effort for which the two together reach `least`, if any does.
fn cheapest(
    one: &[(usize, Option<i128>)],
    other: &[(usize, Option<i128>)],
    least: i128,
) -> Option<usize> {
    let most = other.iter().scan(i128::MIN, |most, (_, value)| {
        *most = value.unwrap_or(i128::MIN).max(*most);
        Some(*most)
    });
    let most: Vec<i128> = most.collect();
    let total = |(effort, value): &(usize, Option<i128>)| {
        let missing = least - (*value)?;
        let at = most.partition_point(|value| *value < missing);
        Some(effort + other.get(at)?.0)
    };
    one.iter().filter_map(total).min()
}
