//! A set of answers and a target, as a problem in whole numbers.

use super::curve::Curve;
use super::target::{Target, Unreachable};
use crate::answers::{AnswerSheet, Mark, Outcome};
use crate::assessment::Gap;
use crate::number::{Score, Units, gcd};
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::questionnaire::Aggregation;
use crate::stage::Stage;

/// A question that can be raised.
pub(super) struct Item {
    pub(super) position: usize,
    /// What one level takes, over the greatest common divisor of all efforts.
    pub(super) effort: usize,
    /// What climbing 1, 2, .. levels adds to the pillar's sum of weight times credit; ascending.
    pub(super) gains: Vec<u128>,
}

/// A pillar with a weight above 0 and its questions, in their order.
pub(super) struct Column {
    pub(super) pillar: Pillar,
    /// What its value counts in the sum that decides the overall; 0 where no sum does.
    pub(super) weight: u64,
    /// Sum of weight times credit, and weight, over all questions that count.
    pub(super) sum: u128,
    pub(super) counting: u64,
    /// What its value must reach.
    pub(super) floor: Units,
    pub(super) items: Vec<Item>,
    pub(super) curve: Curve,
}

impl Column {
    /// The pillar's value once its sum has grown by `gain`.
    pub(super) fn value(&self, gain: u128) -> Units {
        Units::mean(self.sum + gain, self.counting)
    }

    /// What that value counts in the sum that decides the overall.
    pub(super) fn weighted(&self, gain: u128) -> u128 {
        u128::from(self.weight) * u128::from(self.value(gain).get())
    }

    /// The least gain with which the pillar's value is `value` or more.
    pub(super) fn least_gain(&self, value: Units) -> u128 {
        value.least_sum(self.counting).saturating_sub(self.sum)
    }
}

/// Which raises reach the target: every column its floor, and the sum of weight times value over
/// the columns the bound.
pub(super) struct Problem {
    pub(super) columns: Vec<Column>,
    /// What the sum of weight times value must reach.
    pub(super) least: u128,
    /// What that sum is divided by to be the overall.
    pub(super) weight_sum: u64,
    /// How ties between equally cheap plans are broken first.
    pub(super) overall: OverallBy,
}

/// One for each of at most four columns, and `nothing` in place of those that there are not.
pub(super) fn four<T: Clone>(of_columns: impl IntoIterator<Item = T>, nothing: &T) -> [T; 4] {
    let mut of_columns = of_columns.into_iter();
    std::array::from_fn(|_| of_columns.next().unwrap_or_else(|| nothing.clone()))
}

/// How the overall of a plan comes from its pillars.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OverallBy {
    /// The mean by weight.
    Mean,
    /// The lowest value of all columns.
    Lowest,
    /// There is none, for want of a pillar that the target does not name.
    Nothing,
}

impl Problem {
    /// What can be raised of the answers of `sheet`, whatever is aimed at.
    pub(super) fn new(sheet: &AnswerSheet) -> Self {
        let questionnaire = sheet.questionnaire();
        let summary = sheet.summary();
        let weights = questionnaire.pillar_weights();
        let overall = match (summary.overall.score(), questionnaire.method().aggregation) {
            (None, _) => OverallBy::Nothing,
            (Some(_), Aggregation::Arithmetic) => OverallBy::Mean,
            (Some(_), Aggregation::Minimum) => OverallBy::Lowest,
        };
        let weight = |pillar: Pillar| match overall {
            OverallBy::Mean => weights[pillar].thousandths(),
            OverallBy::Lowest | OverallBy::Nothing => 0,
        };
        let scorable = |pillar: Pillar| summary.pillars[pillar].standing.score().is_some();
        let mut columns = columns(sheet, weight);
        columns.retain(|column| !weights[column.pillar].is_zero() && scorable(column.pillar));
        let weight_sum = columns.iter().map(|column| column.weight).sum();
        let efforts = columns.iter().flat_map(|column| &column.items).map(|item| item.effort);
        // Efforts are at most 10.
        let grain = efforts.fold(0, |grain, effort| gcd(grain, effort as u64)).max(1);
        let grain = usize::try_from(grain).unwrap_or(1);
        for column in &mut columns {
            for item in &mut column.items {
                item.effort /= grain;
            }
            let items = column.items.iter().map(|item| (item.effort, item.gains.as_slice()));
            column.curve = Curve::new(items);
        }
        Self { columns, least: 0, weight_sum, overall }
    }

    /// Aims at `target`, and no more at what was aimed at before.
    ///
    /// # Errors
    ///
    /// Pillars that are in the way whatever is raised: those that have no value, and those of weight
    /// 0 that would have to rise.
    pub(super) fn aim(&mut self, sheet: &AnswerSheet, target: Target) -> Result<(), Unreachable> {
        let questionnaire = sheet.questionnaire();
        let summary = sheet.summary();
        let weights = questionnaire.pillar_weights();
        let scorable = |pillar: Pillar| summary.pillars[pillar].standing.score().is_some();
        let asked_for = |pillar: &Pillar| {
            target.pillars[*pillar].is_some()
                || (target.stage.is_some() && !weights[*pillar].is_zero())
        };
        let missing: PillarSet =
            Pillar::ALL.into_iter().filter(asked_for).filter(|p| !scorable(*p)).collect();
        if !missing.is_empty() {
            return Err(Unreachable::NotScorable { pillars: missing });
        }
        let fixed = |gap: &Gap| gap.pillar.is_some_and(|pillar| weights[pillar].is_zero());
        let unmet: Vec<Gap> =
            sheet.gap(target).into_iter().filter(fixed).filter(Gap::is_open).collect();
        if !unmet.is_empty() {
            return Err(Unreachable::OutOfReach { unmet });
        }

        let stage = questionnaire.ladder().requirement(target.stage.unwrap_or(Stage::Traditional));
        let overall = self.overall;
        let floor = |pillar: Pillar| {
            let own = target.pillars[pillar].unwrap_or(Stage::Traditional);
            let own = questionnaire.ladder().requirement(own).overall;
            let every = stage.every_pillar.max(match overall {
                OverallBy::Lowest => stage.overall,
                OverallBy::Mean | OverallBy::Nothing => Score::ZERO,
            });
            Units::reaching(own.max(every))
        };
        for column in &mut self.columns {
            column.floor = floor(column.pillar);
        }
        let bound = Units::reaching(stage.overall);
        self.least = if self.weight_sum > 0 { bound.least_sum(self.weight_sum) } else { 0 };
        Ok(())
    }
}

/// Every pillar with what counts in it and what can be raised.
fn columns(sheet: &AnswerSheet, weight: impl Fn(Pillar) -> u32) -> Vec<Column> {
    let questionnaire = sheet.questionnaire();
    let method = *questionnaire.method();
    let mut columns = PillarMap::from_fn(|pillar| Column {
        pillar,
        weight: weight(pillar).into(),
        sum: 0,
        counting: 0,
        floor: Units::ZERO,
        items: Vec::new(),
        curve: Curve::default(),
    });
    sheet.outcomes(|position, rule, outcome| {
        let column = &mut columns[rule.pillar];
        let Some(credit) = outcome.credit(method) else { return };
        let weight = u128::from(rule.weight);
        column.counting += u64::from(rule.weight);
        column.sum += weight * u128::from(credit.get());
        let Outcome::Asked(Mark::Answered(_)) = outcome else { return };
        let question = questionnaire.question_at(position).filter(|_| rule.weight > 0);
        let Some(question) = question else { return };
        let rungs = sheet.rungs(question);
        let gain = |credit_there: Units| weight * u128::from(credit_there.get() - credit.get());
        let gains: Vec<u128> = rungs.iter().map(|rung| gain(rung.credit)).collect();
        if !gains.is_empty() {
            let effort = usize::from(question.effort().get());
            column.items.push(Item { position, effort, gains });
        }
    });
    let mut all = Vec::new();
    columns.map(|_, column| all.push(column));
    all
}
