//! Many units under all weights of the pillars: who is above whom, and at which rank at best and at
//! worst.

mod cells;
mod field;
mod stored;
mod witness;

use serde::{Deserialize, Serialize};

use self::field::Field;
use crate::assessment::Record;
use crate::number::{Score, Weight};
use crate::pillar::{PillarMap, PillarSet};
use crate::questionnaire::{Identity, OtherQuestionnaire, Questionnaire};

/// The ranks of several units, organisations or parts of one, when the weights of the pillars are
/// open to debate. A unit without a score, or of another questionnaire, cannot be among them.
///
/// A unit's rank is 1 and one more for each unit above it: for each with a higher mean. Units with
/// equal means have the same rank, and the next rank after two that are first is 3. As for
/// [`Robustness`](super::Robustness), means are taken exactly from the published Scores of the
/// pillars with a weight above 0, every one of them keeps some weight, and how much is varied. With
/// the aggregation `minimum`, or one such pillar, weights change nothing, and all of this holds of
/// the one ranking there is.
///
/// Units are named by their position in the order in which they were given, from 0.
///
/// ```
/// use digital_maturity::robustness::Ranks;
/// use digital_maturity::{PillarMap, Questionnaire, Score};
///
/// let units = [[80, 40, 60, 60], [60, 60, 60, 60], [50, 40, 30, 60]]
///     .map(|scores| PillarMap::from(scores.map(Score::from_percent)));
/// let ranks = Ranks::from_scores(Questionnaire::dcx_pulse(), &units)?;
///
/// // The first leads where the first pillar has more weight than the second.
/// assert_eq!(ranks.above(0, 1), Some(0.5));
/// assert_eq!(ranks.above(1, 0), Some(0.5));
/// let first = &ranks.units()[0];
/// assert_eq!((first.rank, first.best, first.worst), (1, 1, 2)); // equal weights: shared
///
/// // The third is nowhere better than the second, whatever the weights.
/// assert_eq!(ranks.above(2, 1), Some(0.0));
/// assert_eq!((ranks.units()[2].best, ranks.units()[2].worst), (3, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("ranking", "league_table", "COINr"))]
pub struct Ranks {
    questionnaire: Identity,
    #[serde(deserialize_with = "stored::units")]
    units: Vec<UnitRanks>,
}

/// At which ranks a unit comes, 1 being the first, and above which others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnitRanks {
    /// The rank with the weights of the questionnaire.
    pub rank: u32,
    /// The best rank that any weights give it: exact, and reached.
    pub best: u32,
    /// Weights that give it the best rank: those of the questionnaire if they do, and else rather
    /// round ones; weights in thousandths that were tried and found to give it. `None` where none
    /// were found: where finer ones are needed, as may be for several ties at once.
    pub best_weights: Option<PillarMap<Weight>>,
    /// The worst rank that any weights give it: exact, and reached.
    pub worst: u32,
    /// Weights that give it the worst rank, in the same way.
    pub worst_weights: Option<PillarMap<Weight>>,
    /// For each unit, the share of all weightings that place this one above it, every weighting as
    /// likely as any other. A tie is not above: 0 for the unit itself and for its equals. Two units
    /// that differ are level at no share of the weightings at all, and the two shares sum to 1.
    pub above: Vec<f64>,
}

/// Why units cannot be ranked: everything that is wrong, by the position of the units as they were
/// given. Holds at least one fault. Positions count from 0, messages from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct RanksError {
    faults: Vec<RanksFault>,
}

/// One thing that is wrong with units to be ranked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RanksFault {
    /// There are more units than [`Ranks::MOST`].
    #[error(
        "{found} units are more than the {} of which all pairs are compared; rank a selection, or \
         means of groups",
        Ranks::MOST
    )]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// A unit is a result of another questionnaire.
    #[error("unit {} cannot be ranked: a result of {reason}", .position + 1)]
    OtherQuestionnaire {
        /// Which one, from 0.
        position: usize,
        /// Which one, and which it should be.
        reason: OtherQuestionnaire,
    },
    /// A unit has no score in pillars that count.
    #[error("unit {} cannot be ranked without a score in {}", .position + 1, listed(*.pillars))]
    NotScorable {
        /// Which one, from 0.
        position: usize,
        /// The pillars with a weight above 0 that are not scorable.
        pillars: PillarSet,
    },
}

fn listed(pillars: PillarSet) -> String {
    let names: Vec<String> = pillars.iter().map(|pillar| format!("`{pillar}`")).collect();
    names.join(", ")
}

impl RanksError {
    /// What is wrong, in the order of the units.
    #[must_use]
    pub fn faults(&self) -> &[RanksFault] {
        &self.faults
    }
}

impl Ranks {
    /// The most units that are ranked.
    pub const MOST: usize = 250;

    /// The ranks of units by their results of `questionnaire`.
    ///
    /// # Errors
    ///
    /// If one is the result of a questionnaire with another fingerprint or is not scorable, or there
    /// are more than [`Ranks::MOST`].
    ///
    /// # Cost
    ///
    /// See [`from_scores`](Self::from_scores).
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::robustness::Ranks;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut results = Vec::new();
    /// for level in [2, 4, 3] {
    ///     let mut sheet = pulse.sheet();
    ///     for question in pulse.questions() {
    ///         sheet.set(question.id(), level)?;
    ///     }
    ///     results.push(sheet.assess());
    /// }
    /// let ranks = Ranks::new(pulse, &results)?;
    /// let worst: Vec<u32> = ranks.units().iter().map(|unit| unit.worst).collect();
    /// assert_eq!(worst, [3, 1, 2]);
    ///
    /// results.push(pulse.sheet().assess());
    /// let message = Ranks::new(pulse, &results).unwrap_err().to_string();
    /// assert!(message.starts_with("unit 4 cannot be ranked without a score in `digital_first"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        questionnaire: &Questionnaire,
        results: &[impl AsRef<Record>],
    ) -> Result<Self, RanksError> {
        let mut faults = Vec::new();
        let mut scores = Vec::with_capacity(results.len());
        for (position, result) in results.iter().enumerate() {
            match super::summary_of(questionnaire, result.as_ref()) {
                Ok(summary) => {
                    let of = PillarMap::from_fn(|of| summary.pillars[of].standing.score());
                    check(questionnaire, position, &of, &mut faults);
                    scores.push(of);
                }
                Err(reason) => faults.push(RanksFault::OtherQuestionnaire { position, reason }),
            }
        }
        Self::checked(questionnaire, &scores, results.len(), faults)
    }

    /// The ranks of units by their scores in the pillars, whichever way they were come by: read from
    /// a table, or means of groups. Those in pillars of weight 0 are passed over.
    ///
    /// # How the ranks are found
    ///
    /// Shares are the closed form of the rules (section 10), of the differences of two units and a
    /// bound of 0. The best and worst ranks are found exactly, in whole numbers and without drawing
    /// any weights: the weights at which two units are level form a plane, and of the cells into
    /// which those planes cut the space of weights the ones are searched that can hold a better
    /// rank than was found already. Ties count as ranks do, at the very weights where they occur.
    ///
    /// # Errors
    ///
    /// If a unit has no score in a pillar with a weight above 0, or there are more than
    /// [`Ranks::MOST`] units.
    ///
    /// # Cost
    ///
    /// A number for each pair of units, and one search for the best and one for the worst rank of
    /// each unit. With four pillars of scores drawn at random, one processor takes less than a
    /// millisecond for ten units, 0.1 seconds for a hundred and some 1.2 seconds for the most there
    /// may be; where the scores of a unit are alike, a fifth of that or less. That is
    /// somewhat more than the third power of the number of units. Units whose means all but agree are
    /// the worst that was found: 250 of them take two to four seconds. A search visits at most every
    /// cell, of which there are up to a sixth of the third power for each unit. Fewer pillars are
    /// much faster. Memory goes with the square, for the shares.
    ///
    /// ```
    /// use digital_maturity::robustness::Ranks;
    /// use digital_maturity::{PillarMap, Questionnaire, Score};
    ///
    /// let units = [[90, 20, 50, 50], [20, 90, 50, 50], [50, 50, 40, 60]]
    ///     .map(|scores| PillarMap::from(scores.map(Score::from_percent)));
    /// let ranks = Ranks::from_scores(Questionnaire::dcx_pulse(), &units)?;
    /// let third = &ranks.units()[2];
    /// assert_eq!((third.rank, third.best, third.worst), (3, 1, 3));
    /// // It is first where the last pillar counts so much more than the first two:
    /// let weights = third.best_weights.unwrap();
    /// assert!(weights.connected_systems > weights.agile_approach);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_scores(
        questionnaire: &Questionnaire,
        scores: &[PillarMap<Option<Score>>],
    ) -> Result<Self, RanksError> {
        let mut faults = Vec::new();
        for (position, of) in scores.iter().enumerate() {
            check(questionnaire, position, of, &mut faults);
        }
        Self::checked(questionnaire, scores, scores.len(), faults)
    }

    fn checked(
        questionnaire: &Questionnaire,
        scores: &[PillarMap<Option<Score>>],
        found: usize,
        mut faults: Vec<RanksFault>,
    ) -> Result<Self, RanksError> {
        if found > Self::MOST {
            faults.insert(0, RanksFault::TooMany { found });
        }
        if !faults.is_empty() {
            return Err(RanksError { faults });
        }
        let units = Field::new(questionnaire, scores).ranks();
        Ok(Self { questionnaire: questionnaire.into(), units })
    }

    /// The ranks of each unit, in the order in which they were given.
    #[must_use]
    pub fn units(&self) -> &[UnitRanks] {
        &self.units
    }

    /// The share of all weightings that place the unit at the one position above that at the other,
    /// as [`UnitRanks::above`] has it; `None` if there is no such unit.
    ///
    /// ```
    /// # use digital_maturity::{PillarMap, Questionnaire, Score};
    /// # use digital_maturity::robustness::Ranks;
    /// let equal = [PillarMap::from_fn(|_| Some(Score::ONE)); 2];
    /// let ranks = Ranks::from_scores(Questionnaire::dcx(), &equal)?;
    /// assert_eq!((ranks.above(0, 1), ranks.above(0, 2)), (Some(0.0), None));
    /// # Ok::<(), digital_maturity::robustness::RanksError>(())
    /// ```
    #[must_use]
    pub fn above(&self, unit: usize, other: usize) -> Option<f64> {
        self.units.get(unit)?.above.get(other).copied()
    }

    /// Which questionnaire was answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Identity {
        &self.questionnaire
    }
}

/// Notes if a unit has no score in a pillar that counts.
fn check(
    questionnaire: &Questionnaire,
    position: usize,
    scores: &PillarMap<Option<Score>>,
    faults: &mut Vec<RanksFault>,
) {
    let weights = questionnaire.pillar_weights();
    let missing = scores.iter().filter(|(of, score)| score.is_none() && !weights[*of].is_zero());
    let pillars: PillarSet = missing.map(|(pillar, _)| pillar).collect();
    if !pillars.is_empty() {
        faults.push(RanksFault::NotScorable { position, pillars });
    }
}
