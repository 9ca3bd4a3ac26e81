//! Which of the best plans it is: the tie-breaks of the scoring rules, section 9, in exact search.

use std::collections::BTreeMap;

use super::cost::{Meter, Spent};
use super::coupling::{Coupling, View};
use super::split::{Best, Share, Span};
use super::suffixes::Suffixes;
use super::table::{Amount, Move, Table};

/// The level of each raised item, by the position of its question.
pub(super) type Levels = BTreeMap<usize, u8>;

/// The plan that wins the ties.
///
/// It goes through the items in order and asks each time whether some best plan goes on that way.
pub(super) fn winner<T: Amount>(best: &Best<'_>, meter: &mut Meter) -> Result<Levels, Spent> {
    let mut levels = Levels::new();
    let mut lanes = Vec::with_capacity(4);
    let mut last_must = None;
    for share in &best.shares {
        let (mut items, mut base) = (Vec::new(), 0);
        if let Some(field) = &share.field {
            for (item, climbs) in field.column.items.iter().zip(&field.climbs) {
                if let [only] = climbs.as_slice() {
                    base += only.effort;
                    if only.level > 0 {
                        levels.insert(item.position, only.level);
                    }
                } else {
                    let levels = climbs.iter().map(|climb| climb.level);
                    let moves = levels.zip(field.moves(climbs)).collect();
                    items.push(Open { position: item.position, moves });
                }
            }
        }
        let must = items.iter().filter(|item: &&Open<T>| item.left().is_none());
        last_must = last_must.max(must.map(|item| item.position).max());
        let base = Table::one(base, T::ZERO);
        lanes.push(Lane::new(share, items, base, share.span.clone(), meter)?);
    }
    last_must = last_must.max(levels.keys().next_back().copied());
    let rests = best.shares.each_ref().map(|share| vec![0; share.span.short.len()]);
    let coupling =
        Coupling { effort: best.effort, most: best.short, pairs: best.pairs.clone(), rests };
    let mut search = Search { lanes, coupling, witness: [0; 4] };
    search.start(meter)?;
    let raised = search.list(last_must, meter)?;
    search.keep(&raised, meter)?;
    search.levels(&mut levels, meter)?;
    Ok(levels)
}

/// An item that can be at several levels.
struct Open<T> {
    position: usize,
    /// What taking it to each of its levels does, the lowest first.
    moves: Vec<(u8, Move<T>)>,
}

impl<T: Amount> Open<T> {
    /// The move of leaving it, if it can be left.
    fn left(&self) -> Option<Move<T>> {
        self.moves.first().filter(|(level, _)| *level == 0).map(|(_, of)| *of)
    }

    fn raised(&self) -> Vec<Move<T>> {
        self.moves.iter().filter(|(level, _)| *level > 0).map(|(_, of)| *of).collect()
    }
}

/// A column under way.
struct Lane<'b, T> {
    share: &'b Share<'b>,
    items: Vec<Open<T>>,
    /// What those that are decided from the start take.
    base: usize,
    /// How many of the others are decided.
    done: usize,
    /// What all that are decided do.
    prefix: Table<T>,
    suffixes: Suffixes<T>,
    /// By how much the column falls short at least, for each effort, and where that is exact.
    span: Span,
    exact: Vec<bool>,
}

impl<'b, T: Amount> Lane<'b, T> {
    fn new(
        share: &'b Share<'b>,
        items: Vec<Open<T>>,
        prefix: Table<T>,
        span: Span,
        meter: &mut Meter,
    ) -> Result<Self, Spent> {
        let (window, slack) = share
            .field
            .as_ref()
            .map_or(((0, 0), 0), |field| ((field.first, field.last), field.slack));
        let moves = items.iter().map(|item| item.moves.iter().map(|(_, of)| *of).collect());
        let moves = moves.collect();
        let mut suffixes = Suffixes::new(moves, prefix.from, window, T::new(slack), meter)?;
        suffixes.prepare(0, meter)?;
        let exact = vec![false; span.short.len()];
        let base = prefix.from;
        Ok(Self { share, items, base, done: 0, prefix, suffixes, span, exact })
    }

    /// What is decided, with the next item by one of those moves.
    fn with(&self, moves: &[Move<T>], meter: &mut Meter) -> Result<Table<T>, Spent> {
        let (shortest, longest) = self.suffixes.efforts(self.done + 1);
        let (window, slack) = self.share.field.as_ref().map_or(((0, 0), 0), |field| {
            let first = field.first.saturating_sub(longest);
            ((first, field.last.saturating_sub(shortest)), field.slack)
        });
        self.prefix.with(moves, window, T::new(slack), meter)
    }

    /// Goes on to the next item.
    fn advance(&mut self, prefix: Table<T>, meter: &mut Meter) -> Result<(), Spent> {
        (self.prefix, self.done) = (prefix, self.done + 1);
        self.suffixes.prepare(self.done, meter)
    }

    /// By how much the items that are not decided fall short together if all are left.
    fn left(&self) -> T {
        let items = self.items.iter().skip(self.done).filter_map(Open::left);
        T::new(items.map(|of| of.short.get()).sum())
    }
}

/// The search through the plans of all columns, in the order of positions.
struct Search<'b, T> {
    lanes: Vec<Lane<'b, T>>,
    coupling: Coupling,
    /// The efforts of the columns in a best plan that does what is decided.
    witness: [usize; 4],
}

impl<T: Amount> Search<'_, T> {
    /// Finds the first witness.
    fn start(&mut self, meter: &mut Meter) -> Result<(), Spent> {
        let [a, b, c, d] = self.lanes.as_mut_slice() else { return Ok(()) };
        let views = [a, b, c, d].map(|lane| View {
            share: lane.share,
            prefix: &lane.prefix,
            suffix: lane.suffixes.get(lane.done),
            span: &mut lane.span,
            exact: &mut lane.exact,
        });
        if let Some(witness) = self.coupling.find(0, views, 0, meter)? {
            self.witness = witness;
        }
        Ok(())
    }

    /// The items of each lane by position: the lane of each.
    fn order(&self) -> Vec<(usize, usize)> {
        let items = |(at, lane): (usize, &Lane<'_, T>)| {
            lane.items.iter().map(move |item| (item.position, at)).collect::<Vec<_>>()
        };
        let mut order: Vec<(usize, usize)> =
            self.lanes.iter().enumerate().flat_map(items).collect();
        order.sort_unstable();
        order
    }

    /// Which items of each lane the list names: that of a best plan that comes first.
    ///
    /// An item is raised if some best plan raises it that raises those before it as decided. It ends
    /// as soon as some best plan raises no more.
    fn list(
        &mut self,
        last_must: Option<usize>,
        meter: &mut Meter,
    ) -> Result<Vec<Vec<bool>>, Spent> {
        let mut raised: Vec<Vec<bool>> = self.lanes.iter().map(|_| Vec::new()).collect();
        let mut longer = true;
        for (position, at) in self.order() {
            if longer && Some(position) > last_must {
                if self.ends(meter)? {
                    break;
                }
                longer = false;
            }
            let is_raised = self.is_raised(at, meter)?;
            longer |= is_raised;
            if let Some(raised) = raised.get_mut(at) {
                raised.push(is_raised);
            }
        }
        Ok(raised)
    }

    /// Whether the next item of a lane is raised, which is decided then.
    fn is_raised(&mut self, at: usize, meter: &mut Meter) -> Result<bool, Spent> {
        let Some(lane) = self.lanes.get_mut(at) else { return Ok(false) };
        let Some(item) = lane.items.get(lane.done) else { return Ok(false) };
        let table = lane.with(&item.raised(), meter)?;
        let Some(left) = item.left() else {
            lane.advance(table, meter)?;
            return Ok(true);
        };
        if self.goes_on(at, table, meter)? {
            return Ok(true);
        }
        self.take(at, left, meter)?;
        Ok(false)
    }

    /// Takes the next item of a lane by a move that all best plans take.
    fn take(&mut self, at: usize, of: Move<T>, meter: &mut Meter) -> Result<(), Spent> {
        let Some(lane) = self.lanes.get_mut(at) else { return Ok(()) };
        let table = lane.with(&[of], meter)?;
        lane.advance(table, meter)?;
        lane.exact.fill(false);
        Ok(())
    }

    /// Whether some best plan goes on with that table in a lane, in which case it is decided.
    fn goes_on(&mut self, at: usize, table: Table<T>, meter: &mut Meter) -> Result<bool, Spent> {
        let [a, b, c, d] = self.lanes.as_mut_slice() else { return Ok(false) };
        let mut lanes = [a, b, c, d];
        let Some(lane) = lanes.get_mut(at) else { return Ok(false) };
        lane.suffixes.prepare(lane.done + 1, meter)?;
        meter.spend(1, lane.span.short.len())?;
        let (mut span, mut exact) = (lane.span.clone(), vec![false; lane.exact.len()]);
        let mut tried = Some((&mut span, &mut exact));
        let mut of = 0..;
        let views = lanes.map(|lane| {
            let (prefix, done, span, exact) = match tried.take_if(|_| of.next() == Some(at)) {
                Some((span, exact)) => (&table, lane.done + 1, span, exact),
                None => (&lane.prefix, lane.done, &mut lane.span, &mut lane.exact),
            };
            View { share: lane.share, prefix, suffix: lane.suffixes.get(done), span, exact }
        });
        let first = self.witness.get(at).copied().unwrap_or(0);
        let Some(witness) = self.coupling.find(at, views, first, meter)? else { return Ok(false) };
        self.witness = witness;
        if let Some(lane) = self.lanes.get_mut(at) {
            (lane.span, lane.exact) = (span, exact);
            lane.advance(table, meter)?;
        }
        Ok(true)
    }

    /// Whether some best plan leaves all items that are not decided.
    fn ends(&mut self, meter: &mut Meter) -> Result<bool, Spent> {
        let most: usize = self.lanes.iter().map(|lane| lane.prefix.end().saturating_sub(1)).sum();
        if most < self.coupling.effort {
            return Ok(false);
        }
        let [a, b, c, d] = self.lanes.as_slice() else { return Ok(false) };
        let lanes = [a, b, c, d];
        let mut spans = lanes.map(|lane| (lane.span.clone(), vec![false; lane.exact.len()]));
        let suffixes = lanes.map(|lane| Table::one(0, lane.left()));
        let mut with = lanes.iter().zip(&suffixes);
        let mut coupling = self.coupling.clone();
        let cells = coupling.pairs.iter().map(|pair| pair.short.len()).sum();
        meter.spend(3, cells)?;
        let views = spans.each_mut().map(|(span, exact)| {
            with.next().map(|(lane, suffix)| View {
                share: lane.share,
                prefix: &lane.prefix,
                suffix,
                span,
                exact,
            })
        });
        let [Some(a), Some(b), Some(c), Some(d)] = views else { return Ok(false) };
        let found = coupling.find(0, [a, b, c, d], self.witness[0], meter)?;
        self.witness = found.unwrap_or(self.witness);
        Ok(found.is_some())
    }

    /// Starts again with the items that are raised, each at one of its levels, and no other.
    fn keep(&mut self, raised: &[Vec<bool>], meter: &mut Meter) -> Result<(), Spent> {
        for (lane, raised) in self.lanes.iter_mut().zip(raised) {
            let (mut items, mut short) = (Vec::new(), 0);
            let mut raised = raised.iter();
            for mut item in std::mem::take(&mut lane.items) {
                if raised.next() == Some(&true) {
                    item.moves.retain(|(level, _)| *level > 0);
                    items.push(item);
                } else {
                    short += item.left().map_or(0, |of| of.short.get());
                }
            }
            let base = Table::one(lane.base, T::new(short));
            *lane = Lane::new(lane.share, items, base, lane.span.clone(), meter)?;
        }
        Ok(())
    }

    /// Decides the levels of all items, the highest that some best plan has.
    fn levels(&mut self, levels: &mut Levels, meter: &mut Meter) -> Result<(), Spent> {
        for (position, at) in self.order() {
            let next = self.lanes.get(at).and_then(|lane| lane.items.get(lane.done));
            let moves = next.map(|item| item.moves.clone()).unwrap_or_default();
            let Some(((lowest, of), others)) = moves.split_first() else { continue };
            let mut highest = None;
            for (level, of) in others.iter().rev() {
                let Some(lane) = self.lanes.get(at) else { continue };
                let table = lane.with(&[*of], meter)?;
                if self.goes_on(at, table, meter)? {
                    highest = Some(*level);
                    break;
                }
            }
            if highest.is_none() {
                self.take(at, *of, meter)?;
            }
            levels.insert(position, highest.unwrap_or(*lowest));
        }
        Ok(())
    }
}
