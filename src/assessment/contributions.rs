//! What each question contributes to the overall Score (scoring rules, section 7).

use std::cmp::Ordering;

use super::result::QuestionResult;
use super::score::{PillarScore, lowest};
use crate::answers::Outcome;
use crate::number::{Score, Units};
use crate::pillar::PillarMap;
use crate::questionnaire::{Aggregation, Questionnaire};

/// What is left of an exact share once its whole billionths are given out: a rest over a denominator,
/// of which what all shares have in common is left out.
pub(crate) struct Share {
    /// Whose share it is.
    pub(crate) position: usize,
    pub(crate) rest: u128,
    pub(crate) over: u64,
}

/// By the size of the rest. Where denominators differ, it is for the weight of a pillar: a rest is below
/// 4e21 and that weight at most 1e9, so that the products fit 128 bits.
fn by_rest(a: &Share, b: &Share) -> Ordering {
    let (a_scaled, b_scaled) = (a.rest * u128::from(b.over), b.rest * u128::from(a.over));
    a_scaled.cmp(&b_scaled)
}

/// Who gets one of the billionths that are `missing` to a whole: those with the largest rests; of equal
/// rests, the earlier. Whoever has no rest gets none, and is best left out of `shares`.
pub(crate) fn largest_rests(mut shares: Vec<Share>, missing: u128) -> impl Iterator<Item = usize> {
    let missing = usize::try_from(missing).unwrap_or(usize::MAX).min(shares.len());
    // Stable, so that equal rests stay in their order.
    shares.sort_by(|a, b| by_rest(b, a));
    shares.into_iter().take(missing).map(|share| share.position)
}

/// What became of each question. The whole parts of all shares are given out first, and the
/// billionths that are missing to the overall Score go one each to the largest rests; of equal
/// rests, to the earlier question.
pub(super) fn questions(
    questionnaire: &Questionnaire,
    outcomes: &[Outcome],
    overall: Option<Score>,
    pillars: &PillarMap<PillarScore>,
) -> Vec<QuestionResult> {
    /// Units in a billionth.
    const GRAIN: u128 = 1_000_000;

    let method = *questionnaire.method();
    let weights = questionnaire.pillar_weights();
    // With the minimum, the lowest pillar is all there is.
    let alone = match method.aggregation {
        Aggregation::Minimum => lowest(questionnaire, |pillar| pillars[pillar].value.ok()),
        Aggregation::Arithmetic => None,
    };
    let weight_of = |pillar| match alone {
        Some(alone) => u128::from(alone == pillar),
        None => u128::from(weights[pillar].thousandths()),
    };
    let weight_sum: u128 = weights.iter().map(|(pillar, _)| weight_of(pillar)).sum();

    let mut results = Vec::with_capacity(questionnaire.rules().len());
    let mut shares = Vec::with_capacity(questionnaire.rules().len());
    let mut given_out = 0;
    for (position, (rule, outcome)) in questionnaire.rules().iter().zip(outcomes).enumerate() {
        let counting = outcome.credit(method);
        let pillar_weight = pillars[rule.pillar].counting;
        let contribution = counting.filter(|_| overall.is_some()).map(|credit| {
            let part = weight_of(rule.pillar) * u128::from(rule.weight) * u128::from(credit.get());
            let whole = weight_sum * u128::from(pillar_weight) * GRAIN;
            let billionths = part.checked_div(whole).unwrap_or(0);
            let rest = part - billionths * whole;
            if rest > 0 {
                // Rests are over the weight of all pillars and 1e6, too.
                shares.push(Share { position, rest, over: pillar_weight });
            }
            given_out += billionths;
            Score::saturating(billionths)
        });
        results.push(QuestionResult {
            state: outcome.state(),
            credit: counting.map(Units::score),
            contribution,
        });
    }

    let missing = u128::from(overall.unwrap_or_default().billionths()).saturating_sub(given_out);
    for position in largest_rests(shares, missing) {
        if let Some(QuestionResult { contribution: Some(score), .. }) = results.get_mut(position) {
            *score = Score::saturating(u128::from(score.billionths()) + 1);
        }
    }
    results
}
