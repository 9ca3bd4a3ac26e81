//! Means and coverage of pillars, overall and themes (scoring rules, section 5).

use super::result::{Overall, PillarResult, Reason, Standing, StateCounts, Summary};
use crate::number::{Score, Units};
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::questionnaire::{Aggregation, Questionnaire};
use crate::responses::{AnswerSheet, Outcome};

/// The exact sums over the questions of a pillar or a theme. Weights are in thousandths: a thousand
/// questions of the highest weight come to 1e9, and times a credit to 1e24.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    weighted_credits: u128,
    /// The weight that counts in the mean.
    pub(super) weight: u64,
    applicable: u64,
    covered: u64,
}

impl Tally {
    #[inline]
    fn add(&mut self, weight: u32, outcome: Outcome) {
        let weight = u64::from(weight);
        if let Some(credit) = outcome.credit {
            self.weighted_credits += u128::from(weight) * u128::from(credit.get());
            self.weight += weight;
        }
        self.applicable += if outcome.applicable { weight } else { 0 };
        self.covered += if outcome.covered { weight } else { 0 };
    }

    /// The mean in units, or why there is none.
    fn value(&self, minimum_coverage: Score) -> Result<Units, Reason> {
        const ONE: u128 = Score::ONE.billionths() as u128;
        if self.applicable == 0 {
            return Err(Reason::NothingApplicable);
        }
        let enough = u128::from(minimum_coverage.billionths()) * u128::from(self.applicable);
        if u128::from(self.covered) * ONE < enough {
            return Err(Reason::Coverage);
        }
        if self.weight == 0 {
            return Err(Reason::NothingCounts);
        }
        Ok(Units::mean(self.weighted_credits, self.weight))
    }

    /// The covered share, rounded down.
    fn coverage(&self) -> Option<Score> {
        let billionths = self.covered * u64::from(Score::ONE.billionths());
        billionths.checked_div(self.applicable).map(|share| Score::saturating(u128::from(share)))
    }

    fn standing(&self, value: Result<Units, Reason>, questionnaire: &Questionnaire) -> Standing {
        let coverage = self.coverage();
        match (value, coverage) {
            (Ok(value), Some(coverage)) => {
                let score = value.score();
                Standing::Scored { score, stage: questionnaire.ladder().own_stage(score), coverage }
            }
            (Ok(_), None) => {
                Standing::NotScorable { reason: Reason::NothingApplicable, coverage: None }
            }
            (Err(reason), coverage) => Standing::NotScorable { reason, coverage },
        }
    }
}

/// The summary with the exact sums behind it.
#[derive(Debug)]
pub(super) struct Scoring {
    pub(super) summary: Summary,
    pub(super) tallies: PillarMap<Tally>,
    pub(super) values: PillarMap<Result<Units, Reason>>,
}

impl Scoring {
    #[inline]
    pub(super) fn of(sheet: &AnswerSheet) -> Self {
        let questionnaire = sheet.questionnaire();
        let mut tallies = PillarMap::<Tally>::default();
        let mut counts = PillarMap::<StateCounts>::default();
        sheet.outcomes(|_, rule, outcome| {
            tallies[rule.pillar].add(rule.weight, outcome);
            counts[rule.pillar].add(outcome.state);
        });
        let minimum_coverage = questionnaire.method().minimum_coverage;
        let values = tallies.map(|_, tally| tally.value(minimum_coverage));
        let pillars = tallies.map(|pillar, tally| PillarResult {
            standing: tally.standing(values[pillar], questionnaire),
            counts: counts[pillar],
        });
        let overall = overall(questionnaire, &pillars, &values);
        Self { summary: Summary { overall, pillars }, tallies, values }
    }
}

fn overall(
    questionnaire: &Questionnaire,
    pillars: &PillarMap<PillarResult>,
    values: &PillarMap<Result<Units, Reason>>,
) -> Overall {
    let weights = questionnaire.pillar_weights();
    let counting = || Pillar::ALL.into_iter().filter(|&pillar| !weights[pillar].is_zero());
    let without: PillarSet = counting().filter(|&pillar| values[pillar].is_err()).collect();
    let Some(lowest) = lowest(questionnaire, values).filter(|_| without.is_empty()) else {
        return Overall::NotScorable { pillars: without };
    };
    let value = match questionnaire.method().aggregation {
        Aggregation::Minimum => values[lowest].unwrap_or_default(),
        Aggregation::Arithmetic => {
            let (mut weighted_values, mut weight_sum) = (0, 0);
            for pillar in counting() {
                let weight = u64::from(weights[pillar].thousandths());
                let value = values[pillar].unwrap_or_default();
                weighted_values += u128::from(weight) * u128::from(value.get());
                weight_sum += weight;
            }
            Units::mean(weighted_values, weight_sum)
        }
    };
    let weakest = pillars[lowest].standing.score().unwrap_or_default();
    let score = value.score();
    Overall::Scored { score, stage: questionnaire.ladder().stage(score, weakest) }
}

/// The pillar with the lowest value among those with a weight above 0; the first of equals.
pub(super) fn lowest(
    questionnaire: &Questionnaire,
    values: &PillarMap<Result<Units, Reason>>,
) -> Option<Pillar> {
    let weights = questionnaire.pillar_weights();
    Pillar::ALL
        .into_iter()
        .filter(|&pillar| !weights[pillar].is_zero())
        .filter_map(|pillar| Some((values[pillar].ok()?, pillar)))
        .min()
        .map(|(_, pillar)| pillar)
}

/// The standing of each theme, in the order of the questionnaire.
pub(super) fn themes(sheet: &AnswerSheet) -> Vec<Standing> {
    let questionnaire = sheet.questionnaire();
    let of_themes = questionnaire.theme_questions();
    if of_themes.is_empty() {
        return Vec::new();
    }
    let mut outcomes = Vec::with_capacity(questionnaire.rules().len());
    sheet.outcomes(|_, rule, outcome| outcomes.push((rule.weight, outcome)));
    let minimum_coverage = questionnaire.method().minimum_coverage;
    let standing = |questions: &Vec<usize>| {
        let mut tally = Tally::default();
        for &(weight, outcome) in questions.iter().filter_map(|&position| outcomes.get(position)) {
            tally.add(weight, outcome);
        }
        tally.standing(tally.value(minimum_coverage), questionnaire)
    };
    of_themes.iter().map(standing).collect()
}
