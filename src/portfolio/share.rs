//! What each unit contributes to the overall Score (scoring rules, sections 7 and 14).

use super::{Portfolio, Unit};
use crate::assessment::{Share, largest_rests, lowest_pillar};
use crate::number::{Score, Units};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::Aggregation;

/// `total`, shared out: an exact share has `part / over` billionths. The whole ones come first, and
/// those that are missing go one each to the largest rests, of equals to the earlier.
fn shared(total: Score, parts: impl Iterator<Item = u128>, over: u128) -> Vec<Score> {
    let (mut given_out, mut rests) = (0, Vec::new());
    let mut shares: Vec<u128> = Vec::with_capacity(parts.size_hint().0);
    for (position, part) in parts.enumerate() {
        let whole = part.checked_div(over).unwrap_or(0);
        let rest = part - whole * over;
        if rest > 0 && over > 0 {
            rests.push(Share { position, rest, over: 1 });
        }
        given_out += whole;
        shares.push(whole);
    }
    let missing = u128::from(total.billionths()).saturating_sub(given_out);
    for position in largest_rests(rests, missing) {
        shares.get_mut(position).into_iter().for_each(|share| *share += 1);
    }
    shares.into_iter().map(Score::saturating).collect()
}

/// What each pillar has of the overall: its exact share is `W / sum(W) * value`, or with the minimum the
/// lowest pillar has the whole.
fn of_pillars(
    portfolio: &Portfolio,
    overall: Score,
    values: &PillarMap<Option<Units>>,
) -> PillarMap<Score> {
    /// Units in a billionth.
    const GRAIN: u128 = 1_000_000;

    let questionnaire = &portfolio.questionnaire;
    if questionnaire.method().aggregation == Aggregation::Minimum {
        let lowest = lowest_pillar(questionnaire, |pillar| values[pillar]);
        let part = |pillar| if lowest == Some(pillar) { overall } else { Score::ZERO };
        return PillarMap::from_fn(part);
    }
    let weights = questionnaire.pillar_weights();
    let over: u128 = weights.iter().map(|(_, weight)| u128::from(weight.thousandths())).sum();
    let part = |pillar: Pillar| {
        let value = values[pillar].map_or(0, Units::get);
        u128::from(weights[pillar].thousandths()) * u128::from(value)
    };
    let mut shares = shared(overall, Pillar::ALL.into_iter().map(part), over * GRAIN).into_iter();
    PillarMap::from_fn(|_| shares.next().unwrap_or_default())
}

/// What each unit has of each pillar's part of the overall, by the position of the unit: its exact share
/// is `weight * value` over the sum of these. `None` where the unit has no Score.
pub(super) fn contributions(
    portfolio: &Portfolio,
    overall: Score,
    values: &PillarMap<Option<Units>>,
) -> Vec<PillarMap<Option<Score>>> {
    let units = &portfolio.units;
    let of_pillars = of_pillars(portfolio, overall, values);
    let mut contributions = vec![PillarMap::default(); units.len()];
    for (pillar, total) in of_pillars {
        // At most 1e21 each, and 1e27 in all; times the billionths of a Score that is 1e30.
        let weighted = |unit: &Unit| {
            let value = unit.score(pillar).unwrap_or_default().billionths();
            u128::from(unit.weight.thousandths()) * u128::from(value)
        };
        let over = units.iter().map(weighted).sum();
        let parts = units.iter().map(|unit| weighted(unit) * u128::from(total.billionths()));
        let shares = shared(total, parts, over);
        for ((contribution, unit), share) in contributions.iter_mut().zip(units).zip(shares) {
            contribution[pillar] = unit.score(pillar).map(|_| share);
        }
    }
    contributions
}
