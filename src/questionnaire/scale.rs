//! From an answer to a credit (scoring rules, section 3).

use crate::number::{Score, Units};

/// The scale of one question as scoring sees it: which answers there are and what each earns,
/// `reverse` already applied. It is resolved once, when a questionnaire is checked. Its lists are in
/// the order of the document, so that a position found here is a position there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scale {
    /// Value and credit of each choice.
    Choice(Vec<(i64, Units)>),
    /// The credit of `true`; that of `false` is the rest to 1.
    YesNo { yes: Units },
    /// Id and points of each item.
    Checklist(Vec<Item>),
    /// Lower bound and credit of each band, bounds ascending.
    Measure(Vec<(f64, Units)>),
}

/// An item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) points: u64,
}

/// The items that are ticked, a bit each by position. A checklist has at most 100 items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ticks(u128);

impl Ticks {
    pub(crate) fn contains(self, position: usize) -> bool {
        self.0 & Self::bit(position) != 0
    }

    /// Ticks one more; `false` if it was ticked before.
    pub(crate) fn insert(&mut self, position: usize) -> bool {
        let new = !self.contains(position);
        self.0 |= Self::bit(position);
        new
    }

    fn bit(position: usize) -> u128 {
        u32::try_from(position).ok().and_then(|shift| 1_u128.checked_shl(shift)).unwrap_or(0)
    }
}

impl Scale {
    /// The credits of choices with those values, spread evenly between the lowest and the highest
    /// unless `explicit` states them.
    pub(crate) fn choice(values: &[i64], explicit: Option<&[Score]>) -> Self {
        let lowest = values.iter().copied().min().unwrap_or(0);
        let highest = values.iter().copied().max().unwrap_or(0);
        let spread = |value: &i64| {
            (*value, Units::share(value.abs_diff(lowest), highest.abs_diff(lowest).max(1)))
        };
        Self::Choice(match explicit {
            Some(credits) => {
                values.iter().copied().zip(credits.iter().map(|&c| Units::from(c))).collect()
            }
            None => values.iter().map(spread).collect(),
        })
    }

    /// These credits, each subtracted from 1. A checklist is never reversed.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::Choice(choices) => {
                let reversed = |(value, credit): (i64, Units)| (value, credit.reversed());
                Self::Choice(choices.into_iter().map(reversed).collect())
            }
            Self::YesNo { yes } => Self::YesNo { yes: yes.reversed() },
            Self::Checklist(items) => Self::Checklist(items),
            Self::Measure(bands) => {
                let reversed = |(from, credit): (f64, Units)| (from, credit.reversed());
                Self::Measure(bands.into_iter().map(reversed).collect())
            }
        }
    }

    /// What ticking those items earns.
    pub(crate) fn of_ticks(items: &[Item], ticks: Ticks) -> Units {
        let (mut ticked, mut all) = (0, 0);
        for (position, item) in items.iter().enumerate() {
            all += item.points;
            ticked += if ticks.contains(position) { item.points } else { 0 };
        }
        Units::share(ticked, all)
    }

    /// What that number earns: the credit of the last band that does not start above it. `None`
    /// below the first band.
    pub(crate) fn of_measure(bands: &[(f64, Units)], number: f64) -> Option<Units> {
        let band = bands.iter().take_while(|(from, _)| *from <= number).last();
        band.map(|(_, credit)| *credit)
    }

    /// The credits that one answer can earn, each once or more, in no order.
    fn all(&self) -> Vec<Units> {
        match self {
            Self::Choice(choices) => choices.iter().map(|(_, credit)| *credit).collect(),
            Self::YesNo { .. } | Self::Checklist(_) => vec![Units::ZERO, Units::ONE],
            Self::Measure(bands) => bands.iter().map(|(_, credit)| *credit).collect(),
        }
    }

    /// The highest credit that an answer can earn.
    pub(crate) fn highest(&self) -> Units {
        self.all().into_iter().max().unwrap_or(Units::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(credits: &Scale) -> Vec<u64> {
        credits.all().into_iter().map(Units::get).collect()
    }

    #[test]
    fn choices_without_credits_are_spread_evenly_between_lowest_and_highest() {
        // 0..6 in steps of 1: sixths; 1/6 = .1666.., 5/6 = .8333.., to units, nearest
        let sixths = Scale::choice(&[0, 1, 2, 3, 4, 5, 6], None);
        assert_eq!(
            units(&sixths),
            [
                0,
                166_666_666_666_667,
                333_333_333_333_333,
                500_000_000_000_000,
                666_666_666_666_667,
                833_333_333_333_333,
                1_000_000_000_000_000
            ]
        );
        // unordered and negative values: -3 is the lowest, 6 the highest, nine apart
        let ninths = Scale::choice(&[6, -3, -2], None);
        assert_eq!(units(&ninths), [1_000_000_000_000_000, 0, 111_111_111_111_111]);
        // the widest values there are
        let widest = Scale::choice(&[-(1 << 53), 0, 1 << 53], None);
        assert_eq!(units(&widest), [0, 500_000_000_000_000, 1_000_000_000_000_000]);
    }

    #[test]
    fn a_measure_earns_the_credit_of_the_last_band_that_does_not_start_above_it() {
        let half = Units::share(1, 2);
        let bands = [(0.0, Units::ONE), (7.0, half), (30.0, Units::ZERO)];
        for (number, credit) in [
            (-0.1, None),
            (-0.0, Some(Units::ONE)),
            (6.999, Some(Units::ONE)),
            (7.0, Some(half)),
            (30.0, Some(Units::ZERO)),
            (1e300, Some(Units::ZERO)),
        ] {
            assert_eq!(Scale::of_measure(&bands, number), credit, "{number}");
        }
    }

    #[test]
    fn ticked_items_earn_their_share_of_the_points() {
        let item = |points| Item { id: format!("i{points}"), points };
        let (items, mut ticks) = ([1, 2, 3].map(item), Ticks::default());
        assert_eq!(Scale::of_ticks(&items, ticks), Units::ZERO);
        assert!(ticks.insert(0) && ticks.insert(2) && !ticks.insert(2));
        assert_eq!(Scale::of_ticks(&items, ticks), Units::share(4, 6));
        assert!(ticks.insert(99) && ticks.contains(99) && !ticks.contains(98));
    }
}
