//! How firm is the stage? What other weights of the pillars would make of it (scoring rules,
//! section 10).

mod exact;
mod share;

use serde::Serialize;

use self::exact::{Counting, Range};
use crate::assessment::{Assessment, Overall, Summary};
use crate::number::{Score, Weight};
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::questionnaire::Ladder;
use crate::questionnaire::{Aggregation, Questionnaire};
use crate::stage::Stage;

/// How firmly a result stands at its stage when the weights of the pillars are open to debate.
///
/// The pillars with a weight above 0 keep their published Scores and every one of them keeps some
/// weight; how much is varied. What a stage asks of every pillar does not depend on weights. A
/// figure that is not a number cannot exist: where weights decide nothing, or there is no stage,
/// that is what the value says.
///
/// Means are taken exactly from published Scores and compared with the bounds without rounding. The
/// overall Score itself is rounded; where it lies within a billionth of a bound, the two may differ
/// about the stage. Then the smallest shift is 0 and an interval may leave out the pillar's own share.
///
/// ```
/// use digital_maturity::{Pillar, Questionnaire, Stage};
/// use digital_maturity::robustness::Robustness;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     let level = if question.pillar() == Pillar::ConnectedSystems { 5 } else { 3 };
///     sheet.set(question.id(), level)?; // credits 1 and 0.5: overall 0.625
/// }
/// let robustness = sheet.assess().robustness();
/// assert_eq!(robustness.share(Stage::Platform), Some(0.512)); // in half of all weightings: 0.8^3
///
/// let Robustness::Weighed(weighed) = robustness else { panic!("the weights matter") };
/// assert_eq!(weighed.stage, Stage::Platform);
/// let range = weighed.pillars.connected_systems.unwrap();
/// let holds = range.holds.unwrap(); // platform from 0.6 to below 0.8 overall, if 0.6 in each..
/// assert_eq!((range.share, holds.from, holds.from_included), (0.25, 0.2, true));
/// let shift = weighed.shift.unwrap(); // 5 of 100 parts of weight away from connected systems
/// assert_eq!((shift.share, shift.to), (0.05, Stage::Hubs));
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Robustness {
    /// At least two pillars count, and the overall is their weighted mean.
    Weighed(Box<Weighed>),
    /// No weights lead to another stage: its share is 1.
    Fixed {
        /// The stage.
        stage: Stage,
        /// Why weights decide nothing.
        reason: Unweighed,
    },
    /// There is no stage, because pillars that count have no score.
    NotScorable {
        /// The pillars with a weight above 0 that are not scorable.
        pillars: PillarSet,
    },
}

/// Why the stage does not depend on the weights of the pillars at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unweighed {
    /// The overall is the lowest pillar.
    Minimum,
    /// Only one pillar has a weight above 0.
    SinglePillar,
}

/// How firm a stage is that depends on weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Weighed {
    /// The stage that was reached.
    pub stage: Stage,
    /// The share of each stage in all weightings, every weighting as likely as any other.
    pub shares: StageShares,
    /// The same for weightings around the questionnaire's own; `None` where its weights are too
    /// unlike for that (see [`Centred::MOST`]).
    pub centred: Option<Centred>,
    /// What the weight of each pillar may be; `None` for one with weight 0, which is left out.
    pub pillars: PillarMap<Option<WeightRange>>,
    /// The smallest shift of weight that changes the stage; `None` if none does.
    pub shift: Option<Shift>,
}

/// The share of the weight space that leads to each stage, from 0 to 1; a stage that a pillar rules
/// out has 0.
///
/// In closed form, in doubles, within 1e-12 of the exact value, and the same on every machine. The
/// shares sum to 1 but for the last digits. A difference that rounding would leave below 0 is 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageShares {
    /// The share of [`Stage::Traditional`].
    pub traditional: f64,
    /// The share of [`Stage::Bridge`].
    pub bridge: f64,
    /// The share of [`Stage::Hubs`].
    pub hubs: f64,
    /// The share of [`Stage::Platform`].
    pub platform: f64,
    /// The share of [`Stage::Native`].
    pub native: f64,
}

/// Stage shares for weightings drawn from around the questionnaire's own: from the Dirichlet
/// distribution whose alphas are its weights in lowest terms.
///
/// Equal weights have alphas of 1, which is every weighting alike. Weights 2, 1, 1, 1 are drawn
/// with these as alphas; 0.5, 0.25, 0.25, 0.25 are the same weights. The finer the ratio of the
/// weights, the larger the alphas, and the closer the weightings stay to the questionnaire's own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Centred {
    /// The alpha of each pillar: its weight in thousandths over the greatest common divisor of all;
    /// 0 for a pillar that is left out.
    pub alphas: PillarMap<u32>,
    /// The share of each stage.
    pub shares: StageShares,
}

/// The weight of a pillar as a share of the weight of all, and how far it could be changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WeightRange {
    /// The share that the questionnaire gives it; the double nearest to the exact quotient.
    pub share: f64,
    /// The shares with which the stage is the same, the other pillars keeping their proportions;
    /// `None` if there is none, which takes an overall within a billionth of a bound.
    pub holds: Option<Interval>,
}

/// Shares between 0 and 1, without the two. Never empty.
///
/// Each end is the double nearest to the exact fraction, which is found in whole numbers. An end at
/// 0 or 1 is never included, as every pillar keeps some weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// The lower end.
    pub from: f64,
    /// Whether the stage holds at the lower end itself.
    pub from_included: bool,
    /// The upper end.
    pub to: f64,
    /// Whether the stage holds at the upper end itself.
    pub to_included: bool,
}

/// The smallest shift of weight that changes the stage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shift {
    /// How much of all weight moves: half the sum of the absolute changes of shares, from 0 to 1.
    /// An infimum: the stage changes at it, or as soon as it is passed. The double nearest to the
    /// exact fraction.
    pub share: f64,
    /// The stage on the other side; of two as near, the lower one.
    pub to: Stage,
}

impl Interval {
    /// Whatever the weight.
    const ALL: Self = Self { from: 0.0, from_included: false, to: 1.0, to_included: false };
}

impl Centred {
    /// The highest sum of alphas that is computed. Up to here the error is below 1e-12. Weights of
    /// whole ones up to 250 are always within it; 0.333, 1, 1, 1 are not.
    pub const MOST: u32 = 1000;
}

impl StageShares {
    /// The share of one stage.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// # use digital_maturity::robustness::StageShares;
    /// let shares =
    ///     StageShares { traditional: 0.0, bridge: 0.25, hubs: 0.75, platform: 0.0, native: 0.0 };
    /// assert_eq!(shares.of(Stage::Hubs), 0.75);
    /// ```
    #[must_use]
    pub const fn of(&self, stage: Stage) -> f64 {
        match stage {
            Stage::Traditional => self.traditional,
            Stage::Bridge => self.bridge,
            Stage::Hubs => self.hubs,
            Stage::Platform => self.platform,
            Stage::Native => self.native,
        }
    }
}

impl Assessment {
    /// How firm the stage is: [`Robustness::of`] this result.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::robustness::Robustness;
    /// let empty = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(matches!(empty.robustness(), Robustness::NotScorable { .. }));
    /// ```
    #[must_use]
    pub fn robustness(&self) -> Robustness {
        Robustness::of(self.questionnaire(), self.summary())
    }
}

impl Robustness {
    /// How firm the stage of `summary` is, which must be a result of `questionnaire`. A stored
    /// result serves as well as a fresh one.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Record};
    /// use digital_maturity::assessment::Summary;
    /// use digital_maturity::robustness::Robustness;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let stored = Record::from(&pulse.sheet().assess());
    /// let summary = Summary { overall: stored.overall, pillars: stored.pillars };
    /// assert_eq!(Robustness::of(&pulse, &summary), pulse.sheet().assess().robustness());
    /// ```
    #[must_use]
    pub fn of(questionnaire: &Questionnaire, summary: &Summary) -> Self {
        match Case::of(questionnaire, summary) {
            Ok(case) => Self::Weighed(Box::new(case.weigh())),
            Err(undecided) => undecided,
        }
    }

    /// The stage shares for weightings drawn from around the questionnaire's own, `times` as
    /// closely as [`Weighed::centred`]: all alphas are that many times as large. `None` where
    /// weights decide nothing, where `times` is 0, and where the alphas sum to more than
    /// [`Centred::MOST`].
    ///
    /// With equal weights, 1 is every weighting alike; with 5, seven of ten weightings give a pillar
    /// between 15 and 35 parts of 100.
    ///
    /// ```
    /// use digital_maturity::{Pillar, Questionnaire, Stage};
    /// use digital_maturity::robustness::Robustness;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     let level = if question.pillar() == Pillar::ConnectedSystems { 5 } else { 3 };
    ///     sheet.set(question.id(), level)?;
    /// }
    /// let near = Robustness::around(&pulse, &sheet.summary(), 5).unwrap();
    /// assert_eq!(near.alphas.agile_approach, 5);
    /// assert!(near.shares.of(Stage::Platform) > 0.65); // 0.512 of all weightings alike
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn around(questionnaire: &Questionnaire, summary: &Summary, times: u32) -> Option<Centred> {
        Case::of(questionnaire, summary).ok()?.centred(times)
    }

    /// The share of the weight space that leads to a stage, every weighting as likely as any other;
    /// `None` if there is no score.
    #[must_use]
    pub fn share(&self, stage: Stage) -> Option<f64> {
        match self {
            Self::Weighed(weighed) => Some(weighed.shares.of(stage)),
            Self::Fixed { stage: only, .. } => Some(if *only == stage { 1.0 } else { 0.0 }),
            Self::NotScorable { .. } => None,
        }
    }
}

/// A stage that depends on weights: at least two pillars that count, each with its Score and weight,
/// and the bounds of the stages.
struct Case {
    stage: Stage,
    pillars: Vec<(Pillar, Score, Weight)>,
    counting: Vec<Counting>,
    ladder: Ladder,
    /// The highest stage that the lowest pillar allows.
    highest: Stage,
}

impl Case {
    /// The case of that result, or what there is to say where weights decide nothing.
    fn of(questionnaire: &Questionnaire, summary: &Summary) -> Result<Self, Robustness> {
        let weights = questionnaire.pillar_weights();
        let stage = match summary.overall {
            Overall::Scored { stage, .. } => stage,
            Overall::NotScorable { pillars } => return Err(Robustness::NotScorable { pillars }),
        };
        let score = |pillar: Pillar| summary.pillars[pillar].standing.score();
        let counting = || Pillar::ALL.into_iter().filter(|&pillar| !weights[pillar].is_zero());
        let missing: PillarSet = counting().filter(|&pillar| score(pillar).is_none()).collect();
        if !missing.is_empty() {
            return Err(Robustness::NotScorable { pillars: missing });
        }
        if questionnaire.method().aggregation == Aggregation::Minimum {
            return Err(Robustness::Fixed { stage, reason: Unweighed::Minimum });
        }
        let pillars: Vec<(Pillar, Score, Weight)> = counting()
            .filter_map(|pillar| Some((pillar, score(pillar)?, weights[pillar])))
            .collect();
        if pillars.len() < 2 {
            return Err(Robustness::Fixed { stage, reason: Unweighed::SinglePillar });
        }
        let ladder = *questionnaire.ladder();
        let lowest = pillars.iter().map(|(_, score, _)| *score).min().unwrap_or_default();
        Ok(Self {
            stage,
            counting: pillars.iter().map(|&(_, score, w)| Counting::new(score, w)).collect(),
            pillars,
            ladder,
            highest: ladder.stage(Score::ONE, lowest),
        })
    }

    /// The overall from which on a stage is reached.
    fn bound(&self, stage: Stage) -> Score {
        self.ladder.requirement(stage).overall
    }

    /// The stage above, if weights can lead there.
    fn above(&self, stage: Stage) -> Option<Stage> {
        stage.next().filter(|next| *next <= self.highest)
    }

    /// The highest stage possible for which `reached` holds; as bounds do not fall, it holds for all
    /// lower ones.
    fn highest_where(&self, reached: impl Fn(Score) -> bool) -> Stage {
        let possible = Stage::ALL.into_iter().filter(|stage| *stage <= self.highest);
        possible.filter(|&stage| reached(self.bound(stage))).last().unwrap_or(Stage::Traditional)
    }

    fn weigh(&self) -> Weighed {
        let stage = self.stage;
        let range =
            Range { lowest: self.bound(stage), beyond: self.above(stage).map(|s| self.bound(s)) };
        let mut pillars = PillarMap::default();
        for (position, (&(pillar, ..), &counting)) in
            self.pillars.iter().zip(&self.counting).enumerate()
        {
            pillars[pillar] = Some(WeightRange {
                share: exact::own_share(counting, &self.counting),
                holds: exact::holding(&self.counting, position, range),
            });
        }
        Weighed {
            stage,
            shares: self.shares(|_| 1),
            centred: self.centred(1),
            pillars,
            shift: self.shift(range),
        }
    }

    /// The share of each stage: that of its bound less that of the next.
    fn shares(&self, alpha: impl Fn(Weight) -> u32) -> StageShares {
        let reaching = |stage: Stage| match stage {
            Stage::Traditional => 1.0,
            _ if stage > self.highest => 0.0,
            _ => {
                let scores = self.pillars.iter().map(|&(_, score, w)| (score, alpha(w)));
                share::reaching(scores, self.bound(stage))
            }
        };
        let [traditional, bridge, hubs, platform, native] = Stage::ALL.map(reaching);
        #[expect(clippy::float_arithmetic, reason = "one share of the closed form less another")]
        let between = |from: f64, to: f64| (from - to).max(0.0);
        StageShares {
            traditional: between(traditional, bridge),
            bridge: between(bridge, hubs),
            hubs: between(hubs, platform),
            platform: between(platform, native),
            native,
        }
    }

    fn centred(&self, times: u32) -> Option<Centred> {
        let divisor = self.pillars.iter().fold(0, |divisor, (_, _, weight)| {
            let (mut a, mut b) = (weight.thousandths(), divisor);
            while b != 0 {
                (a, b) = (b, a % b);
            }
            a
        });
        let alpha = |weight: Weight| (weight.thousandths() / divisor.max(1)).saturating_mul(times);
        let sum = self.pillars.iter().fold(0_u32, |sum, &(_, _, w)| sum.saturating_add(alpha(w)));
        if sum == 0 || sum > Centred::MOST {
            return None;
        }
        let mut alphas = PillarMap::default();
        for &(pillar, _, weight) in &self.pillars {
            alphas[pillar] = alpha(weight);
        }
        Some(Centred { alphas, shares: self.shares(alpha) })
    }

    fn shift(&self, range: Range) -> Option<Shift> {
        let here = self.highest_where(|bound| exact::reaches(&self.counting, bound));
        if here != self.stage {
            return Some(Shift { share: 0.0, to: here }); // the overall was rounded over a bound
        }
        let down = exact::to_fall_below(&self.counting, range.lowest)
            .map(|share| (share, self.highest_where(|bound| bound < range.lowest)));
        let up = range.beyond.and_then(|beyond| {
            let share = exact::to_rise_to(&self.counting, beyond)?;
            Some((share, self.highest_where(|bound| bound <= beyond)))
        });
        let (share, to) = match (down, up) {
            (Some(down), Some(up)) if up.0.cmp(down.0).is_lt() => up,
            (Some(down), _) => down,
            (None, up) => up?,
        };
        Some(Shift { share: share.to_f64(), to })
    }
}
