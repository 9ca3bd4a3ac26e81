//! What a portfolio comes to.

use serde::{Deserialize, Deserializer, Serialize};

use super::{Portfolio, Unit, share};
use crate::assessment::{
    NextStage, Overall, PillarResult, Rating, Standing, StateCounts, Summary, next_stage,
    overall_of,
};
use crate::compare::{History, HistoryError};
use crate::date::Date;
use crate::document::by_node;
use crate::number::{Score, UnitWeight};
use crate::pillar::PillarMap;
use crate::questionnaire::Identity;
use crate::stage::{Stage, StageMap};

/// The result of an organisation from those of its units (scoring rules, section 14): pillars, overall,
/// stage, what blocks the next one, and what each unit has to do with it.
///
/// ```
/// use digital_maturity::portfolio::{Portfolio, PortfolioResult, Unit};
/// use digital_maturity::{Questionnaire, number::UnitWeight};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let empty = Unit::new("North", UnitWeight::ONE, &pulse.sheet().assess());
/// let result = Portfolio::new(pulse, [empty])?.assess();
/// assert_eq!(result.overall.score(), None); // not 0: the unit has no Score
/// assert_eq!(result.spread.stages.not_scorable, 1);
///
/// let stored = serde_json::to_string(&result)?;
/// assert_eq!(serde_json::from_str::<PortfolioResult>(&stored)?, result);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PortfolioResult {
    /// Which questionnaire the units answered.
    pub questionnaire: Identity,
    /// Of which day the result is, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// What orders it among others of that day, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    /// The overall, or why there is none.
    pub overall: Overall,
    /// The next stage and what blocks it.
    pub next_stage: Option<NextStage>,
    /// The pillars.
    pub pillars: PillarMap<PortfolioPillar>,
    /// How far apart the units are in their overall.
    pub spread: Spread,
    /// The units, in the order in which they were given.
    pub units: Vec<UnitResult>,
}

/// A pillar of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PortfolioPillar {
    /// The Score and the pillar's own stage, or why there is none. Its coverage is the share of the
    /// weight that lies with units that have a Score there.
    #[serde(flatten)]
    pub standing: Standing,
    /// How far apart the units are in it.
    pub spread: Spread,
}

/// How far apart the units are, in their overall or in a pillar.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Spread {
    /// The unit with the lowest Score; of equals, the first. `None` if none has one.
    pub lowest: Option<UnitScore>,
    /// The unit with the highest Score; of equals, the first.
    pub highest: Option<UnitScore>,
    /// How many units are at which stage.
    pub stages: UnitCounts,
}

/// A unit and its Score.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnitScore {
    /// The name of the unit.
    pub unit: String,
    /// Its Score.
    pub score: Score,
}

/// How many units are at each stage, and how many at none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitCounts {
    /// At each stage.
    #[serde(flatten)]
    pub at: StageMap<u32>,
    /// Without a Score, and so without a stage.
    pub not_scorable: u32,
}

/// A unit in the result of its organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnitResult {
    /// Its name.
    pub name: String,
    /// What it counts.
    pub weight: UnitWeight,
    /// The day on which its result was taken, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// Its own overall.
    pub overall: Overall,
    /// Its own pillars.
    pub pillars: PillarMap<Standing>,
    /// What it has of the organisation's overall Score. All together they are that Score; `None` if there
    /// is none.
    pub contribution: Option<Score>,
    /// The parts of its contribution by pillar; `None` where it has no Score, or the organisation has none.
    pub contributions: PillarMap<Option<Score>>,
}

impl UnitCounts {
    fn add(&mut self, stage: Option<Stage>) {
        match stage {
            Some(stage) => self.at[stage] += 1,
            None => self.not_scorable += 1,
        }
    }

    /// How many units there are.
    ///
    /// ```
    /// # use digital_maturity::portfolio::UnitCounts;
    /// assert_eq!(UnitCounts::default().total(), 0);
    /// ```
    #[must_use]
    pub fn total(&self) -> u64 {
        let at = self.at.iter().map(|(_, count)| u64::from(*count));
        at.sum::<u64>() + u64::from(self.not_scorable)
    }
}

impl<'de> Deserialize<'de> for UnitCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            #[serde(flatten, deserialize_with = "by_node")]
            at: StageMap<u32>,
            not_scorable: u32,
        }
        let Fields { at, not_scorable } = Fields::deserialize(deserializer)?;
        Ok(Self { at, not_scorable })
    }
}

impl Spread {
    fn new<'u, W>(units: &'u [Unit], rating: impl Fn(&'u Unit) -> Rating<W>) -> Self {
        let (mut lowest, mut highest) = (None::<(Score, &Unit)>, None::<(Score, &Unit)>);
        let mut stages = UnitCounts::default();
        for unit in units {
            let rating = rating(unit);
            stages.add(rating.stage());
            let Some(score) = rating.score() else { continue };
            if lowest.is_none_or(|(least, _)| score < least) {
                lowest = Some((score, unit));
            }
            if highest.is_none_or(|(most, _)| score > most) {
                highest = Some((score, unit));
            }
        }
        let named =
            |(score, unit): (Score, &Unit)| UnitScore { unit: unit.name().to_owned(), score };
        Self { lowest: lowest.map(named), highest: highest.map(named), stages }
    }
}

impl Portfolio {
    /// What the organisation comes to. Total: every portfolio has a result, if only one that says why
    /// there is no Score.
    ///
    /// # Cost
    ///
    /// Grows with the number of units, and with sorting them where billionths are shared out: a few
    /// milliseconds for 10,000.
    #[must_use]
    pub fn assess(&self) -> PortfolioResult {
        let standings = self.sums.standings(&self.questionnaire);
        let values = standings.map(|_, (value, _)| value.ok());
        let overall = overall_of(&self.questionnaire, |pillar| values[pillar]);
        let contributions = match overall.score() {
            Some(score) => share::contributions(self, score, &values),
            None => vec![PillarMap::default(); self.units.len()],
        };
        let summary = summary(overall, standings.map(|_, (_, standing)| standing));
        let unit = |(unit, parts): (&Unit, PillarMap<Option<Score>>)| {
            let sum = || parts.iter().filter_map(|(_, part)| *part).map(Score::billionths);
            UnitResult {
                name: unit.name().to_owned(),
                weight: unit.weight,
                taken: unit.taken,
                overall: unit.summary.overall,
                pillars: unit.summary.pillars.map(|_, pillar| pillar.standing),
                contribution: overall
                    .score()
                    .map(|_| Score::saturating(sum().map(u128::from).sum())),
                contributions: parts,
            }
        };
        PortfolioResult {
            questionnaire: (&self.questionnaire).into(),
            taken: self.taken,
            sequence: self.sequence,
            overall,
            next_stage: next_stage(&summary, &self.questionnaire),
            pillars: summary.pillars.map(|pillar, PillarResult { standing, .. }| {
                let rating = |unit: &Unit| unit.summary.pillars[pillar].standing.rating;
                PortfolioPillar { standing, spread: Spread::new(&self.units, rating) }
            }),
            spread: Spread::new(&self.units, |unit| unit.summary.overall),
            units: self.units.iter().zip(contributions).map(unit).collect(),
        }
    }
}

/// As a summary of answers has it, of which an organisation has none of its own.
fn summary(overall: Overall, standings: PillarMap<Standing>) -> Summary {
    let pillar = |_, standing| PillarResult { standing, counts: StateCounts::default() };
    Summary { overall, pillars: standings.map(pillar) }
}

impl PortfolioResult {
    /// How an organisation went over time, from its results in any order, each with the day that
    /// [`Portfolio::set_taken`] gave it.
    ///
    /// # Errors
    ///
    /// As [`History::new`] has them.
    ///
    /// ```
    /// use digital_maturity::portfolio::{Portfolio, PortfolioResult, Unit};
    /// # use digital_maturity::{Questionnaire, number::UnitWeight};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut results = Vec::new();
    /// for (day, level) in [("2026-11-23", 4), ("2025-11-20", 3)] {
    ///     let mut sheet = pulse.sheet();
    ///     for question in pulse.questions() {
    ///         sheet.set(question.id(), level)?;
    ///     }
    ///     let unit = Unit::new("North", UnitWeight::ONE, &sheet.assess());
    ///     results.push(Portfolio::new(pulse, [unit])?.set_taken(day.parse()?).assess());
    /// }
    /// let history = PortfolioResult::history(&results)?;
    /// assert_eq!(format!("{:+}", history.overall().change.unwrap()), "+0.25");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn history<'r>(
        results: impl IntoIterator<Item = &'r Self>,
    ) -> Result<History, HistoryError> {
        let moment = |result: &Self| crate::compare::Moment {
            questionnaire: result.questionnaire.clone(),
            taken: result.taken,
            sequence: result.sequence,
            overall: result.overall,
            pillars: PillarMap::from_fn(|pillar| result.pillars[pillar].standing),
        };
        History::of(&results.into_iter().map(moment).collect::<Vec<_>>())
    }
}
