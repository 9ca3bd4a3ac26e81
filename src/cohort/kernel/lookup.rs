//! Means that are few enough to be listed.

use super::estimate::{estimate, rounded};
use super::mean::Mean;
use crate::cohort::raw;

/// Lists up to this length are worth their place in the cache. A power of 2.
pub(super) const LONGEST: usize = 1 << 13;

/// The mean of every possible sum, where those are few: no row then needs a division. A row is found
/// at its `n`, plus `stride` times the weight of what is missing.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    pub(super) strides: Strides,
    entries: Box<[Entry; LONGEST]>,
}

/// Where a row is listed: at its `n`, plus so many times the weight of what is open, and of what is not applicable.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strides {
    pub(super) open: u32,
    pub(super) not_applicable: u32,
}

impl Strides {
    /// Those of the list of a mean; `None` if it cannot be listed, or that is no gain for so many rows.
    fn new(mean: &Mean, rows: usize) -> Option<Self> {
        let counts_as_lowest = mean.apart.unanswered || mean.apart.dont_know;
        if !mean.narrow || counts_as_lowest || !mean.wide.is_empty() {
            return None;
        }
        // Fits, as `n` is below 2^16 where sums are narrow.
        let open = mean.total * mean.denominator + 1;
        let not_applicable = open.checked_mul(mean.total + 1)?;
        let times = if mean.apart.not_applicable { mean.total + 1 } else { 1 };
        let length = usize::try_from(not_applicable.checked_mul(times)?).ok()?;
        (length <= LONGEST.min(rows)).then_some(Self { open, not_applicable })
    }
}

/// The Score of every possible sum of a mean that feeds no overall: a theme of two or three questions has
/// some fifty.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) strides: Strides,
    scores: Vec<u32>,
}

impl List {
    /// The list of a mean; `None` if that is no gain for so many rows, or a Score is in doubt.
    pub(super) fn new(mean: &Mean, rows: usize) -> Option<Self> {
        let strides = Strides::new(mean, rows)?;
        let score = |answered: u32, applicable: u32, numerator: u32| {
            // Of nothing there is no Score, and no row is at a sum that exceeds what was answered.
            let is_scored = answered > 0 && mean.is_covered(answered, applicable);
            if !is_scored || numerator > answered * mean.denominator {
                return Some(raw::NO_SCORE);
            }
            let (score, doubt) = rounded(estimate(numerator, answered, mean.scale));
            (!doubt).then_some(score)
        };
        let total = mean.total;
        let most = if mean.apart.not_applicable { total } else { 0 };
        let weights = (0..=most).flat_map(|aside| (0..=total).map(move |open| (aside, open)));
        let scores = weights.flat_map(|(aside, open)| {
            let applicable = total - aside;
            // No row has more that is open than is applicable.
            let answered = applicable.saturating_sub(open);
            (0..strides.open).map(move |numerator| score(answered, applicable, numerator))
        });
        Some(Self { strides, scores: scores.collect::<Option<_>>()? })
    }

    /// Puts down the Scores of rows that are listed at those places.
    #[inline]
    pub(super) fn look_up(&self, places: &[u16], out: &mut [u32]) {
        for (out, place) in out.iter_mut().zip(places) {
            *out = self.scores.get(usize::from(*place)).copied().unwrap_or(raw::NO_SCORE);
        }
    }
}

/// What a mean brings a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its part of the overall, in billionths: infinite where there has to be a Score and is none,
    /// not a number where the Score is in doubt.
    pub(super) part: f64,
    /// The Score in billionths, or what stands for none.
    pub(super) score: u32,
    /// The Score if it counts in the overall, else more than any.
    pub(super) floor: i32,
}

impl Entry {
    /// Where no row is.
    const NOBODY: Self = Self { part: f64::NAN, score: raw::NO_SCORE, floor: i32::MAX };
}

impl Lookup {
    /// The list for a mean with that share of the overall, 0 if it does not count; `None` if that is
    /// no gain for so many rows.
    #[expect(clippy::float_arithmetic, reason = "the proof in `super::mean`")]
    pub(super) fn new(mean: &Mean, share: f64, rows: usize) -> Option<Self> {
        let strides = Strides::new(mean, rows).filter(|_| !mean.apart.not_applicable)?;
        let counts = share > 0.0;
        let entry = |answered: u32, numerator: u32| {
            if answered < mean.least() {
                let part = if counts { f64::INFINITY } else { 0.0 };
                return Entry { part, ..Entry::NOBODY };
            }
            let estimate = estimate(numerator, answered, mean.scale);
            let (score, doubt) = rounded(estimate);
            Entry {
                part: if doubt { f64::NAN } else { estimate * share },
                score,
                floor: i32::try_from(score).ok().filter(|_| counts).unwrap_or(i32::MAX),
            }
        };
        let answered = (0..=mean.total).rev();
        let entries = answered.flat_map(|answered| (0..strides.open).map(move |n| (answered, n)));
        let mut entries: Vec<Entry> = entries.map(|(answered, n)| entry(answered, n)).collect();
        entries.resize(LONGEST, Entry::NOBODY);
        Some(Self { strides, entries: entries.into_boxed_slice().try_into().ok()? })
    }

    /// What is listed at that place.
    #[inline]
    fn entry(&self, place: u16) -> Entry {
        // The length is known when this is compiled, and so is that the place is within it.
        self.entries.get(usize::from(place) % LONGEST).copied().unwrap_or(Entry::NOBODY)
    }

    /// Puts down the Scores of two pillars, and hands over for each row the part of both in the
    /// overall and the lower of their floors. Two at a time, as that is what the registers hold.
    #[expect(clippy::float_arithmetic, reason = "the proof in `super::mean`")]
    #[inline]
    pub(super) fn both<'r, R: 'r>(
        [one, other]: [(&Self, &[u16], &mut [u32]); 2],
        running: impl Iterator<Item = R>,
        mut put: impl FnMut(R, f64, i32),
    ) {
        let ones = one.1.iter().zip(one.2);
        let others = other.1.iter().zip(other.2);
        for (((place, out), (other_place, other_out)), running) in ones.zip(others).zip(running) {
            let first = one.0.entry(*place);
            let second = other.0.entry(*other_place);
            *out = first.score;
            *other_out = second.score;
            put(running, first.part + second.part, first.floor.min(second.floor));
        }
    }
}
