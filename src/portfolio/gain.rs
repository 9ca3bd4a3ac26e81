//! What the organisation would gain if one unit came further.

use serde::{Deserialize, Serialize};

use super::{Portfolio, Sums, Unit};
use crate::assessment::{Overall, Standing, overall_of, overall_value};
use crate::compare::{self, Change};
use crate::number::{Score, Units};
use crate::pillar::{Pillar, PillarMap};
use crate::stage::Stage;

/// What would change in the organisation if one unit reached a target and nothing else changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Gain {
    /// The name of the unit.
    pub unit: String,
    /// The organisation's overall and stage, before and after.
    pub overall: Change<Overall>,
    /// The organisation's pillars, before and after.
    pub pillars: PillarMap<Change<Standing>>,
}

impl Portfolio {
    /// What a unit needs in each pillar to be at a stage whatever its other pillars are: the higher of the
    /// two bounds of the stage where the pillar has a weight above 0, nothing elsewhere.
    ///
    /// ```
    /// # use digital_maturity::portfolio::{Portfolio, Unit};
    /// # use digital_maturity::{Questionnaire, Stage, number::UnitWeight};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let unit = Unit::new("North", UnitWeight::ONE, &pulse.sheet().assess());
    /// let target = Portfolio::new(pulse, [unit])?.target(Stage::Hubs);
    /// assert_eq!(target.agile_approach.unwrap().to_string(), "0.4");
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn target(&self, stage: Stage) -> PillarMap<Option<Score>> {
        let required = self.questionnaire.ladder().requirement(stage);
        let weights = self.questionnaire.pillar_weights();
        let bound = required.overall.max(required.every_pillar);
        PillarMap::from_fn(|pillar| (!weights[pillar].is_zero()).then_some(bound))
    }

    /// What the organisation would gain if that unit had those Scores in its pillars where it has less or
    /// none: recomputed, not estimated. `None` if there is no such unit.
    ///
    /// ```
    /// use digital_maturity::portfolio::{Portfolio, Unit};
    /// use digital_maturity::{Questionnaire, Stage};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut units = Vec::new();
    /// for (name, staff, level) in [("North", "120", 4), ("South", "40", 1)] {
    ///     let mut sheet = pulse.sheet();
    ///     for question in pulse.questions() {
    ///         sheet.set(question.id(), level)?;
    ///     }
    ///     units.push(Unit::new(name, staff.parse()?, &sheet.assess()));
    /// }
    /// let group = Portfolio::new(pulse, units)?;
    ///
    /// // South from 0 to 0.4, with a quarter of the weight.
    /// let gain = group.gain("South", group.target(Stage::Hubs)).unwrap();
    /// assert_eq!(format!("{:+}", gain.overall.delta.unwrap()), "+0.1");
    /// assert_eq!(gain.overall.after.stage(), Some(Stage::Platform));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn gain(&self, unit: &str, target: PillarMap<Option<Score>>) -> Option<Gain> {
        let before = self.whole(&self.sums);
        self.unit(unit).map(|unit| self.gain_of(unit, target, &before).1)
    }

    /// The [gain](Self::gain) of every unit that lacks something of the target, the largest overall after
    /// it first; of equals (in units of 1e-15) the earlier unit. Who stands first holds the organisation
    /// back most.
    ///
    /// # Cost
    ///
    /// Grows with the number of units: of each, only its part of the sums is exchanged.
    ///
    /// ```
    /// # use digital_maturity::portfolio::{Portfolio, Unit};
    /// # use digital_maturity::{Questionnaire, Stage, number::UnitWeight};
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let unit = Unit::new("North", UnitWeight::ONE, &pulse.sheet().assess());
    /// # let group = Portfolio::new(pulse, [unit])?;
    /// let gains = group.gains(group.target(Stage::Platform));
    /// assert_eq!(gains[0].unit, "North");
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn gains(&self, target: PillarMap<Option<Score>>) -> Vec<Gain> {
        let before = self.whole(&self.sums);
        let lacks = |unit: &&Unit| {
            Pillar::ALL.into_iter().any(|pillar| unit.score(pillar) < target[pillar])
        };
        let gains = self.units.iter().filter(lacks);
        let mut gains: Vec<_> = gains.map(|unit| self.gain_of(unit, target, &before)).collect();
        // Stable, so that equals stay in the order of the units.
        gains.sort_by_key(|(overall, _)| std::cmp::Reverse(*overall));
        gains.into_iter().map(|(_, gain)| gain).collect()
    }

    fn gain_of(
        &self,
        unit: &Unit,
        target: PillarMap<Option<Score>>,
        before: &Whole,
    ) -> (Option<Units>, Gain) {
        let mut sums = self.sums;
        for (pillar, target) in target {
            let score = unit.score(pillar);
            if score < target {
                sums.discount(pillar, unit.weight, score);
                sums.count(pillar, unit.weight, target);
            }
        }
        let after = self.whole(&sums);
        let gain = Gain {
            unit: unit.name().to_owned(),
            overall: Change::new(before.overall, after.overall, Overall::score),
            pillars: PillarMap::from_fn(|pillar| {
                compare::standing(&before.pillars[pillar], &after.pillars[pillar])
            }),
        };
        (after.value, gain)
    }

    /// What the organisation comes to with those sums.
    fn whole(&self, sums: &Sums) -> Whole {
        let standings = sums.standings(&self.questionnaire);
        let value = |pillar: Pillar| standings[pillar].0.ok();
        Whole {
            value: overall_value(&self.questionnaire, value).ok().map(|(value, _)| value),
            overall: overall_of(&self.questionnaire, value),
            pillars: PillarMap::from_fn(|pillar| standings[pillar].1),
        }
    }
}

/// An organisation without its units.
struct Whole {
    /// The overall in units.
    value: Option<Units>,
    overall: Overall,
    pillars: PillarMap<Standing>,
}
