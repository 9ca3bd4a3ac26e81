//! Tables of what can be had for how much effort.

/// The most of something that a given effort can buy, for efforts from `from` on: values never
/// fall, below `from` there is nothing, and above the end the last value stays.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) values: Vec<u128>,
}

impl Span {
    /// Nothing for no effort.
    pub(super) fn nothing() -> Self {
        Self { from: 0, values: vec![0] }
    }

    pub(super) fn at(&self, effort: usize) -> Option<u128> {
        let index = effort.checked_sub(self.from)?;
        self.values.get(index).or(self.values.last()).copied()
    }

    /// Every effort with its value.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, u128)> {
        (self.from..).zip(self.values.iter().copied())
    }

    /// The highest value.
    pub(super) fn most(&self) -> u128 {
        self.values.last().copied().unwrap_or(0)
    }

    /// The most of the two together, for each effort spent on both.
    pub(super) fn join(&self, other: &Self) -> Self {
        let mut values = vec![0; (self.values.len() + other.values.len()).saturating_sub(1)];
        for (shift, mine) in self.values.iter().enumerate() {
            let from = values.get_mut(shift..).unwrap_or_default();
            for (value, theirs) in from.iter_mut().zip(&other.values) {
                *value = (*value).max(mine + theirs);
            }
        }
        Self { from: self.from + other.from, values }
    }

    /// The efforts from `first` to `last`.
    pub(super) fn window(&self, first: usize, last: usize) -> Self {
        let skipped = first.saturating_sub(self.from);
        let values = self.values.iter().copied().skip(skipped).take(last + 1 - first).collect();
        Self { from: first.max(self.from), values }
    }

    /// Where value less `price` for each effort is highest, first of equals: the effort, and what
    /// it comes to.
    pub(super) fn best(&self, price: i128) -> (usize, i128) {
        let mut best = (self.from, i128::MIN);
        for (effort, value) in self.iter() {
            let worth = worth(value, effort, price);
            if worth > best.1 {
                best = (effort, worth);
            }
        }
        best
    }
}

/// A value less the price of the effort. Values stay below 4e24 and prices below 4e24 for efforts
/// of at most 1e6, so that nothing here comes near 128 bits.
pub(super) fn worth(value: u128, effort: usize, price: i128) -> i128 {
    let effort = i128::try_from(effort).unwrap_or(i128::MAX);
    i128::try_from(value).unwrap_or(i128::MAX).saturating_sub(price.saturating_mul(effort))
}

/// The most gain that items bring for each effort or less: the dynamic programme over the items,
/// each of them taken at one of its levels or left.
pub(super) fn most_gain<'i>(items: impl Iterator<Item = (usize, &'i [u128])>) -> Span {
    let mut best: Vec<u128> = vec![0];
    for (effort, gains) in items {
        let last = best.last().copied().unwrap_or(0);
        let mut next = best.clone();
        next.resize(best.len() + effort * gains.len(), last);
        for (level, gain) in gains.iter().enumerate() {
            let from = next.get_mut(effort * (level + 1)..).unwrap_or_default();
            for (value, before) in from.iter_mut().zip(&best) {
                *value = (*value).max(before + gain);
            }
        }
        let mut most = 0;
        for value in &mut next {
            most = most.max(*value);
            *value = most;
        }
        best = next;
    }
    Span { from: 0, values: best }
}
