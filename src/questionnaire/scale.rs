//! From an answer to a credit (scoring rules, section 3).

use super::spec::{BandSpec, ChoiceSpec, ItemSpec, ScaleSpec, Start};
use crate::number::Units;

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
    /// Start and credit of each band, starts ascending.
    Measure(Vec<(Start, Units)>),
}

/// An item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) points: u64,
}

impl Item {
    /// The points of every item, if they are the same.
    pub(crate) fn points_of_each(items: &[Self]) -> Option<u64> {
        let first = items.first()?.points;
        items.iter().all(|item| item.points == first).then_some(first)
    }
}

/// The items that are ticked, a bit each by position. A checklist has at most 100 items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ticks(u128);

impl Ticks {
    /// The items whose bits are set, the first item's the lowest.
    #[cfg(feature = "cohort")]
    pub(crate) const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

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

/// What the answers on that scale earn, before `reverse`.
impl From<&ScaleSpec> for Scale {
    fn from(scale: &ScaleSpec) -> Self {
        match scale {
            ScaleSpec::Choice { choices } => {
                // Without credits, they are spread evenly between the lowest value and the highest.
                let values = choices.iter().map(|choice| choice.value);
                let lowest = values.clone().min().unwrap_or_default();
                let width = values.max().unwrap_or_default().abs_diff(lowest).max(1);
                let spread = |value: i64| Units::share(value.abs_diff(lowest), width);
                let choice = |choice: &ChoiceSpec| {
                    (choice.value, choice.credit.map_or_else(|| spread(choice.value), Units::from))
                };
                Self::Choice(choices.iter().map(choice).collect())
            }
            ScaleSpec::YesNo => Self::YesNo { yes: Units::ONE },
            ScaleSpec::Checklist { items } => {
                let item = |item: &ItemSpec| Item {
                    id: item.id.clone(),
                    points: item.points.get().into(),
                };
                Self::Checklist(items.iter().map(item).collect())
            }
            ScaleSpec::Measure { bands, .. } => {
                let band = |band: &BandSpec| (band.start, Units::from(band.credit));
                Self::Measure(bands.iter().map(band).collect())
            }
        }
    }
}

impl Scale {
    /// These credits, each subtracted from 1. A checklist is never reversed.
    pub(super) fn reversed(mut self) -> Self {
        let reverse = |credit: &mut Units| *credit = credit.reversed();
        match &mut self {
            Self::Choice(choices) => choices.iter_mut().for_each(|(_, credit)| reverse(credit)),
            Self::YesNo { yes } => reverse(yes),
            Self::Checklist(_) => {}
            Self::Measure(bands) => bands.iter_mut().for_each(|(_, credit)| reverse(credit)),
        }
        self
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

    /// The place of the band of a number: the last whose start it reaches. `None` below the first.
    pub(crate) fn band(bands: &[(Start, Units)], number: f64) -> Option<usize> {
        bands.iter().take_while(|(start, _)| start.is_reached(number)).count().checked_sub(1)
    }

    /// What that number earns; `None` below the first band.
    pub(crate) fn of_measure(bands: &[(Start, Units)], number: f64) -> Option<Units> {
        bands.get(Self::band(bands, number)?).map(|(_, credit)| *credit)
    }

    /// The credits that one answer can earn, each once or more, in no order.
    pub(super) fn all(&self) -> Vec<Units> {
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

    /// The credits of choices with those values.
    fn spread(values: &[i64]) -> Vec<u64> {
        let choices = values.iter().map(|&value| ChoiceSpec::new(value, "t")).collect();
        Scale::from(&ScaleSpec::Choice { choices }).all().into_iter().map(Units::get).collect()
    }

    #[test]
    fn choices_without_credits_are_spread_evenly_between_lowest_and_highest() {
        // 0..6 in steps of 1: sixths; 1/6 = .1666.., 5/6 = .8333.., to units, nearest
        let sixths = spread(&[0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(
            sixths,
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
        let ninths = spread(&[6, -3, -2]);
        assert_eq!(ninths, [1_000_000_000_000_000, 0, 111_111_111_111_111]);
        // the widest values there are
        let widest = spread(&[-(1 << 53), 0, 1 << 53]);
        assert_eq!(widest, [0, 500_000_000_000_000, 1_000_000_000_000_000]);
    }

    #[test]
    fn a_measure_earns_the_credit_of_the_last_band_that_does_not_start_above_it() {
        let half = Units::share(1, 2);
        let bands = [
            (Start::From(0.0), Units::ONE),
            (Start::From(7.0), half),
            (Start::Above(7.0), Units::share(1, 4)),
            (Start::From(30.0), Units::ZERO),
        ];
        for (number, credit) in [
            (-0.1, None),
            (-0.0, Some(Units::ONE)),
            (6.999, Some(Units::ONE)),
            (7.0, Some(half)),
            (7.000_000_000_000_001, Some(Units::share(1, 4))),
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
