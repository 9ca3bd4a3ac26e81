//! Means and coverage of pillars, overall and themes (scoring rules, section 5).

use super::coverage::Coverage;
use super::result::{Overall, PillarResult, Rating, Reason, Standing, StateCounts, Summary};
use crate::answers::{Mark, Marked, Outcome};
use crate::number::{Units, WeightedSum};
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::questionnaire::{Aggregation, Method, Policy, Questionnaire};

/// The exact sums over the questions of a pillar or a theme, by state.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    counts: StateCounts,
    /// Over the answered questions; whatever else counts does so with credit 0.
    answered: WeightedSum,
    dont_know: u64,
    unanswered: u64,
    /// Not asked, and counted with credit 0 all the same; of these, what is covered.
    lowest: u64,
    lowest_covered: u64,
}

impl Tally {
    #[inline]
    fn add_mark(&mut self, weight: u32, mark: Mark) {
        match mark {
            Mark::Answered(credit) => {
                self.counts.answered += 1;
                self.answered.add(weight, credit);
            }
            Mark::Unanswered => {
                self.counts.unanswered += 1;
                self.unanswered += u64::from(weight);
            }
            Mark::DontKnow => {
                self.counts.dont_know += 1;
                self.dont_know += u64::from(weight);
            }
            Mark::NotApplicable => self.counts.not_applicable += 1,
        }
    }

    #[inline]
    fn add(&mut self, weight: u32, outcome: Outcome) {
        match outcome {
            Outcome::Asked(mark) => self.add_mark(weight, mark),
            Outcome::NotAsked { undecided, lowest } => {
                self.counts.not_asked += 1;
                if lowest {
                    self.lowest += u64::from(weight);
                    self.lowest_covered += if undecided { 0 } else { u64::from(weight) };
                }
            }
        }
    }

    /// The weight that counts in the mean.
    pub(super) fn counting(&self, method: Method) -> u64 {
        let open = |policy, weight| match policy {
            Policy::Exclude => 0,
            Policy::Lowest => weight,
        };
        self.answered.weight
            + self.lowest
            + open(method.dont_know, self.dont_know)
            + open(method.unanswered, self.unanswered)
    }

    fn coverage(&self) -> Coverage {
        let (answered, lowest) = (self.answered.weight, self.lowest);
        Coverage {
            covered: answered + self.lowest_covered,
            applicable: answered + lowest + self.dont_know + self.unanswered,
        }
    }

    /// The mean in units, or why there is none; and how that is published.
    #[inline]
    fn standing(&self, questionnaire: &Questionnaire) -> (Result<Units, Reason>, Standing) {
        let weight = self.counting(*questionnaire.method());
        let counting = WeightedSum { sum: self.answered.sum, weight };
        standing(questionnaire, self.coverage(), counting)
    }
}

/// The mean in units of what counts, or why there is none; and how that is published.
#[inline]
pub(crate) fn standing(
    questionnaire: &Questionnaire,
    coverage: Coverage,
    counting: WeightedSum,
) -> (Result<Units, Reason>, Standing) {
    let value = if coverage.applicable == 0 {
        Err(Reason::NothingApplicable)
    } else if !coverage.is_enough(questionnaire.method().minimum_coverage) {
        Err(Reason::Coverage)
    } else {
        counting.mean().ok_or(Reason::NothingCounts)
    };
    let rating = match value {
        Ok(value) => {
            let score = value.score();
            Rating::Scored { score, stage: questionnaire.ladder().own_stage(score) }
        }
        Err(reason) => Rating::NotScorable(reason),
    };
    (value, Standing { rating, coverage: coverage.share() })
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
        let (value, standing) = tally.standing(questionnaire);
        let result = PillarResult { standing, counts: tally.counts };
        Self { value, counting: tally.counting(*questionnaire.method()), result }
    }
}

/// The pillars of one respondent. Without conditions, every question is asked and its mark is all there is
/// to know.
#[inline]
fn pillars(marks: Marked<'_>) -> PillarMap<PillarScore> {
    let questionnaire = marks.questionnaire;
    if questionnaire.has_conditions() {
        let mut tallies = PillarMap::<Tally>::default();
        marks.outcomes(|_, rule, outcome| tallies[rule.pillar].add(rule.weight, outcome));
        return PillarMap::from_fn(|pillar| PillarScore::of(&tallies[pillar], questionnaire));
    }
    let asked = |position| marks.marks.get(position).copied().map(Outcome::Asked);
    pillars_of(questionnaire, asked)
}

/// The pillars of one respondent, from what became of each question, by its position. Pillar by
/// pillar, the sums stay in registers.
#[inline]
pub(super) fn pillars_of(
    questionnaire: &Questionnaire,
    outcome: impl Fn(usize) -> Option<Outcome>,
) -> PillarMap<PillarScore> {
    PillarMap::from_fn(|pillar| {
        let mut tally = Tally::default();
        // Answers are what most outcomes are.
        let (mut answered, mut count) = (WeightedSum::default(), 0_u32);
        for &(position, weight) in questionnaire.pillar_questions(pillar) {
            match outcome(position) {
                Some(Outcome::Asked(Mark::Answered(credit))) => {
                    answered.add(weight, credit);
                    count += 1;
                }
                Some(outcome) => tally.add(weight, outcome),
                None => {}
            }
        }
        tally.answered = answered;
        tally.counts.answered = count;
        PillarScore::of(&tally, questionnaire)
    })
}

/// The overall and the pillars of one respondent, as they are published.
#[inline]
pub(crate) fn summary_of(marks: Marked<'_>) -> Summary {
    summary(marks.questionnaire, &pillars(marks))
}

/// The overall and the pillars, as they are published.
#[inline]
pub(super) fn summary(questionnaire: &Questionnaire, pillars: &PillarMap<PillarScore>) -> Summary {
    Summary {
        overall: overall(questionnaire, |pillar| pillars[pillar].value.ok()),
        pillars: PillarMap::from_fn(|pillar| pillars[pillar].result),
    }
}

/// The overall of pillars with those values, as it is published.
pub(crate) fn overall(
    questionnaire: &Questionnaire,
    value: impl Fn(Pillar) -> Option<Units>,
) -> Overall {
    match overall_value(questionnaire, value) {
        Ok((value, lowest)) => {
            let score = value.score();
            Rating::Scored { score, stage: questionnaire.ladder().stage(score, lowest.score()) }
        }
        Err(pillars) => Rating::NotScorable(pillars),
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
    let mut values = WeightedSum::default();
    let mut lowest = Units::ONE;
    for pillar in Pillar::ALL {
        let weight = weights[pillar].thousandths();
        match value(pillar) {
            Some(value) if weight > 0 => {
                values.add(weight, value);
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
        Aggregation::Arithmetic => Units::mean(values.sum, values.weight.max(1)),
    };
    Ok((value, lowest))
}

/// The pillar with the lowest value among those with a weight above 0; the first of equals.
pub(crate) fn lowest(
    questionnaire: &Questionnaire,
    value: impl Fn(Pillar) -> Option<Units>,
) -> Option<Pillar> {
    let weights = questionnaire.pillar_weights();
    Pillar::ALL
        .into_iter()
        .filter(|&pillar| !weights[pillar].is_zero())
        .filter_map(|pillar| Some((value(pillar)?, pillar)))
        .min()
        .map(|(_, pillar)| pillar)
}

/// The standing of each theme, in the order of the questionnaire, from what became of each question.
pub(crate) fn themes(questionnaire: &Questionnaire, outcomes: &[Outcome]) -> Vec<Standing> {
    let standing = |questions: &Vec<usize>| {
        let mut tally = Tally::default();
        for &position in questions {
            if let Some((rule, outcome)) =
                questionnaire.rules().get(position).zip(outcomes.get(position))
            {
                tally.add(rule.weight, *outcome);
            }
        }
        tally.standing(questionnaire).1
    };
    questionnaire.theme_questions().iter().map(standing).collect()
}
