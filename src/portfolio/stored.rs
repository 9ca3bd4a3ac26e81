//! The result of a portfolio, read back with what must agree in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, de};

use super::result::{PortfolioPillar, PortfolioResult, Spread, UnitResult};
use crate::assessment::{NextStage, Overall};
use crate::date::Date;
use crate::number::Score;
use crate::pillar::PillarMap;
use crate::questionnaire::Identity;

impl<'de> Deserialize<'de> for PortfolioResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(remote = "PortfolioResult")]
        struct Derived {
            questionnaire: Identity,
            #[serde(default)]
            taken: Option<Date>,
            #[serde(default)]
            sequence: Option<i64>,
            overall: Overall,
            next_stage: Option<NextStage>,
            pillars: PillarMap<PortfolioPillar>,
            spread: Spread,
            units: Vec<UnitResult>,
        }
        let result = Derived::deserialize(deserializer)?;
        match disagreement(&result) {
            Some(what) => Err(de::Error::custom(what)),
            None => Ok(result),
        }
    }
}

/// What cannot be in the result of any portfolio.
fn disagreement(result: &PortfolioResult) -> Option<&'static str> {
    let mut names = BTreeSet::new();
    if result.units.is_empty() || !result.units.iter().all(|unit| names.insert(&*unit.name)) {
        return Some("there is no unit, or two have one name");
    }
    let billionths = |score: Option<Score>| u64::from(score.unwrap_or_default().billionths());
    let scored = result.overall.score();
    let adds_up = |unit: &UnitResult| {
        let parts = unit.contributions.iter().map(|(_, part)| billionths(*part));
        unit.contribution.is_some() == scored.is_some()
            && parts.sum::<u64>() == billionths(unit.contribution)
    };
    let whole: u64 = result.units.iter().map(|unit| billionths(unit.contribution)).sum();
    if !result.units.iter().all(adds_up) || whole != billionths(scored) {
        return Some("contributions do not sum to the overall");
    }
    let count = u64::try_from(result.units.len()).unwrap_or(u64::MAX);
    let spreads = result.pillars.iter().map(|(_, pillar)| &pillar.spread);
    for spread in spreads.chain([&result.spread]) {
        let (lowest, highest) = (spread.lowest.as_ref(), spread.highest.as_ref());
        let known = |name: &String| names.contains(name.as_str());
        let in_order = match (lowest, highest) {
            (Some(lowest), Some(highest)) => {
                lowest.score <= highest.score && known(&lowest.unit) && known(&highest.unit)
            }
            (lowest, highest) => lowest.is_none() && highest.is_none(),
        };
        if !in_order || spread.stages.total() != count {
            return Some("the lowest and highest units, or their stages, are not of these units");
        }
    }
    None
}
