//! Means and coverage of pillars, overall and themes (scoring rules, section 5).

use super::result::{Overall, PillarResult, Reason, Standing, StateCounts, Summary};
use crate::answers::{Mark, Marks, Outcome};
use crate::number::{Score, Units};
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::questionnaire::{Aggregation, Method, Policy, Questionnaire};

/// The exact sums over the questions of a pillar or a theme, by state. A thousand questions of the
/// highest weight, a million thousandths, come to 1e9, and times a credit to 1e24.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    counts: StateCounts,
    /// Over the answered questions; whatever else counts does so with credit 0.
    weighted_credits: u128,
    answered: u64,
    dont_know: u64,
    unanswered: u64,
    /// Not asked, and counted with credit 0 all the same; of these, what is covered.
    lowest: u64,
    lowest_covered: u64,
}

impl Tally {
    #[inline]
    fn add_mark(&mut self, weight: u32, mark: Mark) {
        let weight = u64::from(weight);
        match mark {
            Mark::Answered(credit) => {
                self.counts.answered += 1;
                self.answered += weight;
                self.weighted_credits += u128::from(weight) * u128::from(credit.get());
            }
            Mark::Unanswered => {
                self.counts.unanswered += 1;
                self.unanswered += weight;
            }
            Mark::DontKnow => {
                self.counts.dont_know += 1;
                self.dont_know += weight;
            }
            Mark::NotApplicable => self.counts.not_applicable += 1,
        }
    }

    #[inline]
    fn add(&mut self, weight: u32, outcome: Outcome) {
        match outcome {
            Outcome::Asked(mark) => self.add_mark(weight, mark),
            Outcome::NotAsked => self.counts.not_asked += 1,
            Outcome::Lowest { covered } => {
                self.counts.not_asked += 1;
                self.lowest += u64::from(weight);
                self.lowest_covered += if covered { u64::from(weight) } else { 0 };
            }
        }
    }

    /// The weight that counts in the mean.
    pub(super) fn counting(&self, method: Method) -> u64 {
        let open = |policy, weight| match policy {
            Policy::Exclude => 0,
            Policy::Lowest => weight,
        };
        self.answered
            + self.lowest
            + open(method.dont_know, self.dont_know)
            + open(method.unanswered, self.unanswered)
    }

    fn applicable(&self) -> u64 {
        self.answered + self.lowest + self.dont_know + self.unanswered
    }

    fn covered(&self) -> u64 {
        self.answered + self.lowest_covered
    }

    /// The mean in units, or why there is none.
    #[inline]
    fn value(&self, method: Method) -> Result<Units, Reason> {
        let applicable = self.applicable();
        if applicable == 0 {
            return Err(Reason::NothingApplicable);
        }
        // A weight is at most 1e9 here, and times a billion still fits 64 bits.
        let enough = u64::from(method.minimum_coverage.billionths()) * applicable;
        if self.covered() * u64::from(Score::ONE.billionths()) < enough {
            return Err(Reason::Coverage);
        }
        match self.counting(method) {
            0 => Err(Reason::NothingCounts),
            weight => Ok(Units::mean(self.weighted_credits, weight)),
        }
    }

    /// The covered share, rounded down.
    fn coverage(&self) -> Option<Score> {
        let (covered, applicable) = (self.covered(), self.applicable());
        if covered == applicable && applicable > 0 {
            return Some(Score::ONE); // the usual case, without a division
        }
        let billionths = covered * u64::from(Score::ONE.billionths());
        billionths.checked_div(applicable).map(|share| Score::saturating(u128::from(share)))
    }

    #[inline]
    fn standing(&self, value: Result<Units, Reason>, questionnaire: &Questionnaire) -> Standing {
        match (value, self.coverage()) {
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

/// What scoring finds out about a pillar, in full precision.
#[derive(Clone, Copy, Debug)]
pub(super) struct PillarScore {
    /// The mean in units, or why there is none.
    pub(super) value: Result<Units, Reason>,
    /// The weight that counts in the mean.
    pub(super) counting: u64,
    result: PillarResult,
}

impl PillarScore {
    #[inline]
    fn of(tally: &Tally, questionnaire: &Questionnaire) -> Self {
        let method = *questionnaire.method();
        let value = tally.value(method);
        let result =
            PillarResult { standing: tally.standing(value, questionnaire), counts: tally.counts };
        Self { value, counting: tally.counting(method), result }
    }
}

/// The pillars of one respondent. Without conditions, every question is asked and its mark is all there is
/// to know; pillar by pillar, the sums then stay in registers.
#[inline]
pub(super) fn pillars(marks: Marks<'_>) -> PillarMap<PillarScore> {
    let questionnaire = marks.questionnaire;
    if questionnaire.has_conditions() {
        let mut tallies = PillarMap::<Tally>::default();
        marks.outcomes(|_, rule, outcome| tallies[rule.pillar].add(rule.weight, outcome));
        return PillarMap::from_fn(|pillar| PillarScore::of(&tallies[pillar], questionnaire));
    }
    PillarMap::from_fn(|pillar| {
        let mut tally = Tally::default();
        // Answers are what most marks are: their sums stay in registers.
        let (mut weighted_credits, mut answered, mut count) = (0_u128, 0_u64, 0_u32);
        for &(position, weight) in questionnaire.pillar_questions(pillar) {
            match marks.marks.get(position) {
                Some(Mark::Answered(credit)) => {
                    weighted_credits += u128::from(weight) * u128::from(credit.get());
                    answered += u64::from(weight);
                    count += 1;
                }
                Some(mark) => tally.add_mark(weight, *mark),
                None => {}
            }
        }
        tally.weighted_credits += weighted_credits;
        tally.answered += answered;
        tally.counts.answered += count;
        PillarScore::of(&tally, questionnaire)
    })
}

/// The overall and the pillars of one respondent, as they are published.
#[inline]
pub(crate) fn summary_of(marks: Marks<'_>) -> Summary {
    summary(marks.questionnaire, &pillars(marks))
}

/// The overall and the pillars, as they are published.
#[inline]
pub(super) fn summary(questionnaire: &Questionnaire, pillars: &PillarMap<PillarScore>) -> Summary {
    Summary {
        overall: overall(questionnaire, pillars),
        pillars: PillarMap::from_fn(|pillar| pillars[pillar].result),
    }
}

fn overall(questionnaire: &Questionnaire, pillars: &PillarMap<PillarScore>) -> Overall {
    match overall_value(questionnaire, |pillar| pillars[pillar].value.ok()) {
        Ok((value, lowest)) => {
            let score = value.score();
            Overall::Scored { score, stage: questionnaire.ladder().stage(score, lowest.score()) }
        }
        Err(pillars) => Overall::NotScorable { pillars },
    }
}

/// The overall in units and the lowest of the pillars behind it, or the pillars for want of which
/// there is none.
#[inline]
pub(crate) fn overall_value(
    questionnaire: &Questionnaire,
    value: impl Fn(Pillar) -> Option<Units>,
) -> Result<(Units, Units), PillarSet> {
    let weights = questionnaire.pillar_weights();
    let (mut weighted_values, mut weight_sum) = (0, 0);
    let mut lowest = Units::ONE;
    for pillar in Pillar::ALL {
        let weight = u64::from(weights[pillar].thousandths());
        match value(pillar) {
            Some(value) if weight > 0 => {
                weighted_values += u128::from(weight) * u128::from(value.get());
                weight_sum += weight;
                lowest = lowest.min(value);
            }
            None if weight > 0 => {
                let lacks =
                    |&pillar: &Pillar| !weights[pillar].is_zero() && value(pillar).is_none();
                return Err(Pillar::ALL.into_iter().filter(lacks).collect());
            }
            _ => {}
        }
    }
    let value = match questionnaire.method().aggregation {
        Aggregation::Minimum => lowest,
        // Some pillar has a weight, or there would be no questionnaire.
        Aggregation::Arithmetic => Units::mean(weighted_values, weight_sum.max(1)),
    };
    Ok((value, lowest))
}

/// The pillar with the lowest value among those with a weight above 0; the first of equals.
pub(super) fn lowest(
    questionnaire: &Questionnaire,
    pillars: &PillarMap<PillarScore>,
) -> Option<Pillar> {
    let weights = questionnaire.pillar_weights();
    Pillar::ALL
        .into_iter()
        .filter(|&pillar| !weights[pillar].is_zero())
        .filter_map(|pillar| Some((pillars[pillar].value.ok()?, pillar)))
        .min()
        .map(|(_, pillar)| pillar)
}

/// The standing of each theme, in the order of the questionnaire.
pub(crate) fn themes(marks: Marks<'_>) -> Vec<Standing> {
    let questionnaire = marks.questionnaire;
    let of_themes = questionnaire.theme_questions();
    if of_themes.is_empty() {
        return Vec::new();
    }
    let mut outcomes = Vec::with_capacity(questionnaire.rules().len());
    marks.outcomes(|_, rule, outcome| outcomes.push((rule.weight, outcome)));
    let standing = |questions: &Vec<usize>| {
        let mut tally = Tally::default();
        for &(weight, outcome) in questions.iter().filter_map(|&position| outcomes.get(position)) {
            tally.add(weight, outcome);
        }
        tally.standing(tally.value(*questionnaire.method()), questionnaire)
    };
    of_themes.iter().map(standing).collect()
}
