//! By how much the answer to one question could move the overall.

use super::Panel;
use crate::answers::{AnswerSheet, Outcome};
use crate::assessment::{Summary, overall_value};
use crate::number::{Units, WeightedSum};
use crate::pillar::PillarMap;
use crate::questionnaire::Rule;

/// The pillars of the panel's own result as exact sums, of which one answer changes one.
pub(super) struct Swings<'p> {
    panel: &'p Panel,
    outcomes: Vec<Outcome>,
    /// `None` where the pillar has no Score.
    sums: PillarMap<Option<WeightedSum>>,
    has_overall: bool,
}

impl<'p> Swings<'p> {
    pub(super) fn new(panel: &'p Panel, agreed: &AnswerSheet, own: &Summary) -> Self {
        let method = *panel.questionnaire.method();
        let outcomes = agreed.marked().all();
        let mut sums = PillarMap::<WeightedSum>::default();
        for (rule, outcome) in panel.questionnaire.rules().iter().zip(&outcomes) {
            if let Some(credit) = outcome.credit(method) {
                sums[rule.pillar].add(rule.weight, credit);
            }
        }
        let scored = |pillar, sum| own.pillars[pillar].standing.score().map(|_| sum);
        Self { panel, outcomes, sums: sums.map(scored), has_overall: own.overall.score().is_some() }
    }

    /// What became of the question at a position in the panel's own result.
    pub(super) fn outcome(&self, position: usize) -> Option<Outcome> {
        self.outcomes.get(position).copied()
    }

    /// The overall with that question at the highest credit that a voice gave less that at the lowest,
    /// conditions left as they are; 0 where it does not count, `None` where there is no overall.
    pub(super) fn swing(
        &self,
        position: usize,
        rule: &Rule,
        credits: Option<(Units, Units)>,
    ) -> Option<u64> {
        if !self.has_overall {
            return None;
        }
        let counts = |outcome: Outcome| {
            // What is not asked counts with credit 0 or not at all, whatever the answer.
            let asked = matches!(outcome, Outcome::Asked(_));
            outcome.credit(*self.panel.questionnaire.method()).filter(|_| asked)
        };
        let here = self.outcome(position).and_then(counts);
        let (Some(here), Some((lowest, highest))) = (here, credits) else { return Some(0) };
        let at = |credit: Units| {
            let value = |pillar| {
                let mut sum = self.sums[pillar]?;
                if pillar == rule.pillar {
                    let weighted = |of: Units| u128::from(rule.weight) * u128::from(of.get());
                    sum.sum = sum.sum - weighted(here) + weighted(credit);
                }
                sum.mean()
            };
            overall_value(&self.panel.questionnaire, value).map_or(0, |(overall, _)| overall.get())
        };
        Some(at(highest).saturating_sub(at(lowest)))
    }
}
