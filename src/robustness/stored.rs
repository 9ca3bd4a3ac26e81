//! What a figure of a stored robustness must be.

use serde::{Deserialize, Deserializer, de};

use super::Interval;
use crate::stage::StageMap;

fn sound<T, E: de::Error>(value: T, is_sound: bool, otherwise: &str) -> Result<T, E> {
    if is_sound { Ok(value) } else { Err(E::custom(otherwise)) }
}

pub(super) fn is_share(number: f64) -> bool {
    (0.0..=1.0).contains(&number)
}

/// What is wrong with one that is not.
pub(super) const NO_SHARE: &str = "a share is not from 0 to 1";

pub(super) fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let share = f64::deserialize(deserializer)?;
    sound(share, is_share(share), NO_SHARE)
}

pub(super) fn shares<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<StageMap<f64>, D::Error> {
    let shares = StageMap::<f64>::deserialize(deserializer)?;
    sound(shares, shares.iter().all(|(_, share)| is_share(*share)), NO_SHARE)
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(remote = "Interval")]
        struct Derived {
            from: f64,
            from_included: bool,
            to: f64,
            to_included: bool,
        }
        let found = Derived::deserialize(deserializer)?;
        let ends = is_share(found.from) && is_share(found.to) && found.from < found.to;
        let whole =
            found.from_included && found.from <= 0.0 || found.to_included && found.to >= 1.0;
        sound(found, ends && !whole, "the ends of an interval are not in order between 0 and 1")
    }
}
