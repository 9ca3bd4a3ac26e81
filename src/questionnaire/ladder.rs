//! The stage ladder: which Scores lead to which stage (scoring rules, section 6).

use serde::Serialize;

use crate::diagnostic::{Errors, Problem};
use crate::document::{Node, Place, Reader};
use crate::names::named;
use crate::number::Score;
use crate::stage::Stage;

/// What a stage asks for: two lower bounds, both inclusive. Any two bounds are possible; that they
/// do not fall from stage to stage is the business of the [`Ladder`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Requirement {
    /// The overall Score to reach.
    pub overall: Score,
    /// The Score that each pillar with a weight above 0 must reach.
    pub every_pillar: Score,
}

/// What each stage above `traditional` asks for, as a document states it. It may fall, in which
/// case it is not a [`Ladder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct LadderTable {
    /// What `bridge` asks for.
    pub bridge: Requirement,
    /// What `hubs` asks for.
    pub hubs: Requirement,
    /// What `platform` asks for.
    pub platform: Requirement,
    /// What `native` asks for.
    pub native: Requirement,
}

/// A ladder by name.
///
/// ```
/// use digital_maturity::Stage;
/// use digital_maturity::spec::{Ladder, LadderPreset};
///
/// let ladder = Ladder::from(LadderPreset::WeakestLink);
/// assert_eq!(ladder.requirement(Stage::Hubs).every_pillar.to_string(), "0.4");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LadderPreset {
    /// Overall .2, .4, .6, .8; every pillar 0, .2, .4, .6: one stage behind at most.
    #[default]
    Balanced,
    /// Overall .2, .4, .6, .8; a strong pillar makes up for any weak one.
    Compensatory,
    /// Overall and every pillar .2, .4, .6, .8; the weakest pillar decides.
    WeakestLink,
}

named!(LadderPreset, "ladder", [
    Balanced => "balanced",
    Compensatory => "compensatory",
    WeakestLink => "weakest_link",
]);

/// The requirements for the stages; neither column falls from stage to stage.
///
/// An organisation is at the highest stage for which its own requirement and all lower ones hold.
///
/// ```
/// use digital_maturity::Stage;
/// use digital_maturity::spec::Ladder;
///
/// let ladder = Ladder::default(); // balanced: hubs needs .4 overall and .2 in every pillar
/// let (overall, weakest) = ("0.4".parse()?, "0.2".parse()?);
/// assert_eq!(ladder.stage(overall, weakest), Stage::Hubs);
/// assert_eq!(ladder.stage(overall, "0.199999999".parse()?), Stage::Bridge);
/// # Ok::<(), digital_maturity::number::NumberError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Ladder(LadderTable);

impl Ladder {
    /// The ladder of that table.
    ///
    /// # Errors
    ///
    /// Every bound that is below the one of the stage before, with its path in the table.
    ///
    /// ```
    /// use digital_maturity::Score;
    /// use digital_maturity::spec::{Ladder, LadderTable, Requirement};
    ///
    /// let at = |overall| Requirement { overall, every_pillar: Score::ZERO };
    /// let (low, high) = ("0.3".parse()?, "0.7".parse()?);
    /// let table = LadderTable { bridge: at(low), hubs: at(high), platform: at(low), native: at(high) };
    /// let report = Ladder::new(table).unwrap_err();
    /// assert_eq!(report.iter().next().unwrap().path().to_string(), "/platform/overall");
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    pub fn new(table: LadderTable) -> Result<Self, Errors> {
        let mut reader = Reader::default();
        Self::check(&table, &mut reader, &Place::ROOT);
        reader.finish(&Node::Null).map(|_| Self(table))
    }

    /// Reports each bound that is below the one of the stage before.
    pub(super) fn check(table: &LadderTable, reader: &mut Reader, place: &Place<'_>) {
        let stages = Stage::ABOVE_LOWEST;
        for (below, stage) in stages.into_iter().zip(stages.into_iter().skip(1)) {
            let (lower, upper) = (table.requirement(below), table.requirement(stage));
            let place = place.key(stage.as_str());
            for (column, below, required) in [
                ("overall", lower.overall, upper.overall),
                ("every_pillar", lower.every_pillar, upper.every_pillar),
            ] {
                if required < below {
                    let problem = Problem::FallingLadder { stage, required, below };
                    reader.error(&place.key(column), problem);
                }
            }
        }
    }

    /// The ladder of a table that was checked.
    pub(super) const fn of_checked(table: LadderTable) -> Self {
        Self(table)
    }

    /// What `stage` asks for; nothing for `traditional`.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// # use digital_maturity::spec::{Ladder, Requirement};
    /// assert_eq!(Ladder::default().requirement(Stage::Traditional), Requirement::default());
    /// ```
    #[must_use]
    pub const fn requirement(&self, stage: Stage) -> Requirement {
        self.0.requirement(stage)
    }

    /// The stage of an organisation with that overall Score, whose lowest pillar with a weight
    /// above 0 has the Score `weakest`.
    ///
    /// ```
    /// # use digital_maturity::{Score, Stage};
    /// # use digital_maturity::spec::Ladder;
    /// assert_eq!(Ladder::default().stage(Score::ONE, Score::ONE), Stage::Native);
    /// ```
    #[must_use]
    pub fn stage(&self, overall: Score, weakest: Score) -> Stage {
        self.climb(|requirement| {
            overall >= requirement.overall && weakest >= requirement.every_pillar
        })
    }

    /// A pillar's or a theme's own stage, by the `overall` column alone.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// # use digital_maturity::spec::Ladder;
    /// assert_eq!(Ladder::default().own_stage("0.6".parse()?), Stage::Platform);
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn own_stage(&self, score: Score) -> Stage {
        self.climb(|requirement| score >= requirement.overall)
    }

    /// As neither column falls, whoever meets a requirement meets all lower ones.
    fn climb(&self, met: impl Fn(Requirement) -> bool) -> Stage {
        let mut stages = Stage::ABOVE_LOWEST.into_iter().rev();
        stages.find(|&stage| met(self.requirement(stage))).unwrap_or(Stage::Traditional)
    }
}

impl LadderTable {
    const fn requirement(&self, stage: Stage) -> Requirement {
        match stage {
            Stage::Traditional => Requirement { overall: Score::ZERO, every_pillar: Score::ZERO },
            Stage::Bridge => self.bridge,
            Stage::Hubs => self.hubs,
            Stage::Platform => self.platform,
            Stage::Native => self.native,
        }
    }
}

impl Default for Ladder {
    fn default() -> Self {
        LadderPreset::default().into()
    }
}

impl From<LadderPreset> for Ladder {
    fn from(preset: LadderPreset) -> Self {
        let floors = match preset {
            LadderPreset::Balanced => [0, 2, 4, 6],
            LadderPreset::Compensatory => [0, 0, 0, 0],
            LadderPreset::WeakestLink => [2, 4, 6, 8],
        };
        let step = |overall, every_pillar| Requirement {
            overall: Score::tenths(overall),
            every_pillar: Score::tenths(every_pillar),
        };
        let [bridge, hubs, platform, native] = floors;
        Self(LadderTable {
            bridge: step(2, bridge),
            hubs: step(4, hubs),
            platform: step(6, platform),
            native: step(8, native),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_the_table_of_the_rules() {
        let rows = |preset: LadderPreset| {
            let steps = Stage::ABOVE_LOWEST.map(|stage| Ladder::from(preset).requirement(stage));
            steps.map(|r| (r.overall.to_string(), r.every_pillar.to_string()))
        };
        let table = |rows: [(&str, &str); 4]| rows.map(|(o, p)| (o.to_owned(), p.to_owned()));
        assert_eq!(
            rows(LadderPreset::Balanced),
            table([("0.2", "0"), ("0.4", "0.2"), ("0.6", "0.4"), ("0.8", "0.6")])
        );
        assert_eq!(
            rows(LadderPreset::Compensatory),
            table([("0.2", "0"), ("0.4", "0"), ("0.6", "0"), ("0.8", "0")])
        );
        assert_eq!(
            rows(LadderPreset::WeakestLink),
            table([("0.2", "0.2"), ("0.4", "0.4"), ("0.6", "0.6"), ("0.8", "0.8")])
        );
    }

    #[test]
    fn bounds_are_inclusive_and_a_billionth_below_is_not_there() {
        let ladder = Ladder::default();
        for (overall, weakest, stage) in [
            ("0", "0", Stage::Traditional),
            ("0.199999999", "1", Stage::Traditional),
            ("0.2", "0", Stage::Bridge),
            ("0.8", "0.6", Stage::Native),
            ("0.8", "0.599999999", Stage::Platform),
            ("0.799999999", "0.6", Stage::Platform),
            ("1", "0", Stage::Bridge),
            ("1", "0.2", Stage::Hubs),
        ] {
            let found = ladder.stage(overall.parse().unwrap(), weakest.parse().unwrap());
            assert_eq!(found, stage, "{overall} {weakest}");
        }
    }
}
