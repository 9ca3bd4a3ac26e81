//! What each question contributes to the overall Score (scoring rules, section 7).

use std::cmp::Ordering;

use super::result::QuestionResult;
use super::score::{PillarScore, lowest};
use crate::answers::Outcome;
use crate::number::{Score, Units};
use crate::pillar::PillarMap;
use crate::questionnaire::{Aggregation, Questionnaire};

/// A question's exact share of the overall, in billionths: a whole part, and a rest over a
/// denominator that is the same for all questions of a pillar.
struct Share {
    position: usize,
    rest: u128,
    pillar_weight: u64,
}

/// By the size of the rest. With `W` the weight of all pillars, rests are over
/// `W * pillar_weight * 1e6`; the common factors are left out. A rest is below 4e21 and the weight
/// of a pillar at most 1e9, so that the products fit 128 bits.
fn by_rest(a: &Share, b: &Share) -> Ordering {
    let (a_scaled, b_scaled) =
        (a.rest * u128::from(b.pillar_weight), b.rest * u128::from(a.pillar_weight));
    a_scaled.cmp(&b_scaled)
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
        Aggregation::Minimum => lowest(questionnaire, pillars),
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
                shares.push(Share { position, rest, pillar_weight });
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
    let missing = usize::try_from(missing).unwrap_or(0).min(shares.len());
    // Stable, so that equal rests stay in the order of the questionnaire.
    shares.sort_by(|a, b| by_rest(b, a));
    for share in shares.iter().take(missing) {
        if let Some(QuestionResult { contribution: Some(score), .. }) =
            results.get_mut(share.position)
        {
            *score = Score::saturating(u128::from(score.billionths()) + 1);
        }
    }
    results
}
