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
    pub(super) stride: u32,
    entries: Box<[Entry; LONGEST]>,
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
        if !mean.narrow || mean.apart.any() || !mean.wide.is_empty() {
            return None;
        }
        // Fits, as `n` is below 2^16 where sums are narrow.
        let stride = mean.total * mean.denominator + 1;
        let length = usize::try_from(u64::from(stride) * (u64::from(mean.total) + 1)).ok()?;
        if length > LONGEST.min(rows) {
            return None;
        }
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
        let entries = answered.flat_map(|answered| (0..stride).map(move |n| (answered, n)));
        let mut entries: Vec<Entry> = entries.map(|(answered, n)| entry(answered, n)).collect();
        entries.resize(LONGEST, Entry::NOBODY);
        Some(Self { stride, entries: entries.into_boxed_slice().try_into().ok()? })
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
