//! Whether the columns can go together to a best plan.

use std::ops::Range;

use super::cost::{Meter, Spent};
use super::split::{DEAD, Share, Span};
use super::table::{Amount, Table};

/// A column in which some items are decided and the others free, or given up.
pub(super) struct View<'v, T> {
    pub(super) share: &'v Share<'v>,
    /// What the decided items do.
    pub(super) prefix: &'v Table<T>,
    /// What the others can do.
    pub(super) suffix: &'v Table<T>,
    /// By how much it falls short at least, for each effort.
    pub(super) span: &'v mut Span,
    /// Where that is the exact figure.
    pub(super) exact: &'v mut [bool],
}

impl<T: Amount> View<'_, T> {
    /// By how much the column falls short at an effort, if by no more than `most`; else more.
    fn short(&mut self, effort: usize, most: u128, meter: &mut Meter) -> Result<u128, Spent> {
        let at = effort.wrapping_sub(self.span.from);
        let (Some(short), Some(exact)) = (self.span.short.get_mut(at), self.exact.get_mut(at))
        else {
            return Ok(DEAD);
        };
        if *short <= most && !*exact {
            meter.spend(1, self.prefix.short.len().min(self.suffix.short.len()) + 8)?;
            *short = self.share.of(effort, self.prefix.together(self.suffix, effort));
            *exact = true;
        }
        Ok(*short)
    }

    /// The efforts that it can have at all.
    fn efforts(&self) -> Range<usize> {
        let least = self.prefix.from + self.suffix.from;
        let end = (self.prefix.end() + self.suffix.end()).saturating_sub(1);
        self.span.from.max(least)..self.span.end().min(end)
    }

    /// Those that leave others one of `rests` of an effort of all.
    fn beside(&self, effort: usize, rests: &Range<usize>) -> Range<usize> {
        let own = self.efforts();
        let least = (effort + 1).saturating_sub(rests.end);
        own.start.max(least)..own.end.min((effort + 1).saturating_sub(rests.start))
    }
}

/// What is known of columns that go together: never too much, as more is decided.
#[derive(Clone)]
pub(super) struct Coupling {
    pub(super) effort: usize,
    /// By how much all columns may fall short together.
    pub(super) most: u128,
    /// By how much the first two and the last two fall short at least, for each effort of both.
    pub(super) pairs: [Span; 2],
    /// For each column, by how much the others fall short at least, beside each effort of it.
    pub(super) rests: [Vec<u128>; 4],
}

impl Coupling {
    /// An effort for each column with which they make a best plan, if there is one: first of all
    /// with that effort for the column at `of`.
    ///
    /// What it learns of the others is kept. Nothing is kept that goes through the column itself.
    pub(super) fn find<T: Amount>(
        &mut self,
        of: usize,
        views: [View<'_, T>; 4],
        first: usize,
        meter: &mut Meter,
    ) -> Result<Option<[usize; 4]>, Spent> {
        let [one, two, three, four] = views;
        let [front, back] = &mut self.pairs;
        let (mut a, mut b, mut c, mut d, pair) = match of {
            0 => (one, two, three, four, back),
            1 => (two, one, three, four, back),
            2 => (three, four, one, two, front),
            _ => (four, three, one, two, front),
        };
        let Some(rests) = self.rests.get_mut(of) else { return Ok(None) };
        let (start, most) = (a.span.from, self.most);
        let mut tried = Some(first).filter(|first| a.efforts().contains(first));
        let mut next = a.efforts();
        while let Some(effort) = tried.take().or_else(|| next.next()) {
            let Some(rest) = rests.get_mut(effort - start) else { continue };
            let Some(others) = self.effort.checked_sub(effort) else { break };
            if *rest > most {
                continue;
            }
            let mine = a.short(effort, most - *rest, meter)?;
            if mine + *rest > most {
                continue;
            }
            match among(&mut b, &mut c, &mut d, pair, others, most - mine, meter)? {
                Ok([b, c, d]) => {
                    return Ok(Some(match of {
                        0 => [effort, b, c, d],
                        1 => [b, effort, c, d],
                        2 => [c, d, effort, b],
                        _ => [c, d, b, effort],
                    }));
                }
                Err(least) => *rest = least.max(*rest),
            }
        }
        Ok(None)
    }
}

/// Efforts of three columns that take `effort` together and fall short by no more than `most`, or
/// by how much they do at least.
fn among<T: Amount>(
    b: &mut View<'_, T>,
    c: &mut View<'_, T>,
    d: &mut View<'_, T>,
    pair: &mut Span,
    effort: usize,
    most: u128,
    meter: &mut Meter,
) -> Result<Result<[usize; 3], u128>, Spent> {
    let mut least = DEAD;
    let efforts = b.beside(effort, &(pair.from..pair.end()));
    meter.spend(1, efforts.len() + 1)?;
    for mine in efforts {
        let Some(others) = effort.checked_sub(mine) else { break };
        let Some(both) = others.checked_sub(pair.from).and_then(|at| pair.short.get_mut(at)) else {
            continue;
        };
        let Some(left) = most.checked_sub(*both) else {
            least = least.min(*both);
            continue;
        };
        let short = b.short(mine, left, meter)?;
        if short <= left {
            match between(c, d, others, most - short, meter)? {
                Ok((c, d)) => return Ok(Ok([mine, c, d])),
                Err(more) => *both = more.max(*both),
            }
        }
        least = least.min(short + *both);
    }
    Ok(Err(least))
}

/// The same of two columns.
fn between<T: Amount>(
    c: &mut View<'_, T>,
    d: &mut View<'_, T>,
    effort: usize,
    most: u128,
    meter: &mut Meter,
) -> Result<Result<(usize, usize), u128>, Spent> {
    let mut least = DEAD;
    let efforts = c.beside(effort, &d.efforts());
    meter.spend(1, efforts.len() + 1)?;
    for mine in efforts {
        let Some(other) = effort.checked_sub(mine) else { break };
        let Some(theirs) = d.span.get(other) else { continue };
        let Some(left) = most.checked_sub(theirs) else {
            least = least.min(theirs);
            continue;
        };
        let short = c.short(mine, left, meter)?;
        let Some(left) = most.checked_sub(short) else {
            least = least.min(short + theirs);
            continue;
        };
        let theirs = d.short(other, left, meter)?;
        if theirs <= left {
            return Ok(Ok((mine, other)));
        }
        least = least.min(short + theirs);
    }
    Ok(Err(least))
}
