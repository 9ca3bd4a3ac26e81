//! How firm is the stage? What other weights of the pillars would make of it (scoring rules,
//! section 10), and of the [ranks](Ranks) of many units.

mod exact;
mod ranks;
mod share;
mod stored;

use serde::{Deserialize, Serialize};

pub use ranks::{Ranks, RanksError, RanksFault, UnitRanks};

use self::exact::{Counting, Range};
use crate::assessment::{Assessment, Rating, Record, Summary};
use crate::document::by_node;
use crate::number::{Score, Weight, gcd};
use crate::pillar::{Pillar, PillarMap, PillarSet};
use crate::questionnaire::{Aggregation, Identity, Ladder, OtherQuestionnaire, Questionnaire};
use crate::stage::{Stage, StageMap};

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
/// use digital_maturity::robustness::Firmness;
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
/// let Firmness::Weighed(weighed) = robustness.firmness() else { panic!("the weights matter") };
/// assert_eq!(weighed.stage, Stage::Platform);
/// let range = weighed.pillars.connected_systems.unwrap();
/// let holds = range.holds.unwrap(); // platform from 0.6 to below 0.8 overall, if 0.6 in each..
/// assert_eq!((range.share, holds.from, holds.from_included), (0.25, 0.2, true));
/// let shift = weighed.shift.unwrap(); // 5 of 100 parts of weight away from connected systems
/// assert_eq!((shift.share, shift.to), (0.05, Stage::Hubs));
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias("sensitivity"))]
pub struct Robustness {
    questionnaire: Identity,
    #[serde(flatten)]
    firmness: Firmness,
}

/// What other weights of the pillars would make of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Firmness {
    /// At least two pillars count, and the overall is their weighted mean.
    Weighed(#[serde(deserialize_with = "by_node")] Box<Weighed>),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unweighed {
    /// The overall is the lowest pillar.
    Minimum,
    /// Only one pillar has a weight above 0.
    SinglePillar,
}

/// How firm a stage is that depends on weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Weighed {
    /// The stage that was reached.
    pub stage: Stage,
    /// The share of each stage in all weightings, every weighting as likely as any other.
    #[serde(deserialize_with = "stored::shares")]
    pub shares: StageMap<f64>,
    /// The same for weightings around the questionnaire's own; `None` where its weights are too
    /// unlike for that.
    ///
    /// See [`Centred::MOST`].
    pub centred: Option<Centred>,
    /// What the weight of each pillar may be; `None` for one with weight 0, which is left out.
    pub pillars: PillarMap<Option<WeightRange>>,
    /// The smallest shift of weight that changes the stage; `None` if none does.
    pub shift: Option<Shift>,
}

/// Stage shares for weightings drawn from around the questionnaire's own: from the Dirichlet
/// distribution whose alphas are its weights in lowest terms.
///
/// Equal weights have alphas of 1, which is every weighting alike. Weights 2, 1, 1, 1 are drawn
/// with these as alphas; 0.5, 0.25, 0.25, 0.25 are the same weights. The finer the ratio of the
/// weights, the larger the alphas, and the closer the weightings stay to the questionnaire's own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Centred {
    /// The alpha of each pillar: its weight in thousandths over the greatest common divisor of all;
    /// 0 for a pillar that is left out.
    pub alphas: PillarMap<u32>,
    /// The share of each stage.
    #[serde(deserialize_with = "stored::shares")]
    pub shares: StageMap<f64>,
}

/// The weight of a pillar as a share of the weight of all, and how far it could be changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WeightRange {
    /// The share that the questionnaire gives it; the double nearest to the exact quotient.
    #[serde(deserialize_with = "stored::share")]
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Shift {
    /// How much of all weight moves: half the sum of the absolute changes of shares, from 0 to 1.
    /// An infimum: the stage changes at it, or as soon as it is passed. The double nearest to the
    /// exact fraction.
    #[serde(deserialize_with = "stored::share")]
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

impl Assessment {
    /// How firm the stage is: [`Robustness::new`] of this result.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::robustness::Firmness;
    /// let empty = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(matches!(empty.robustness().firmness(), Firmness::NotScorable { .. }));
    /// ```
    #[must_use]
    pub fn robustness(&self) -> Robustness {
        Robustness::from_summary(self.questionnaire(), &self.summary())
    }
}

impl Robustness {
    /// How firm the stage of a stored result of `questionnaire` is.
    ///
    /// # Errors
    ///
    /// If it is the result of a questionnaire with another fingerprint.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::robustness::Robustness;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let assessment = pulse.sheet().assess();
    /// assert_eq!(Robustness::new(&pulse, assessment.record())?, assessment.robustness());
    /// assert!(Robustness::new(&Questionnaire::dcx(), &assessment).is_err());
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn new(
        questionnaire: &Questionnaire,
        result: &impl AsRef<Record>,
    ) -> Result<Self, OtherQuestionnaire> {
        let summary = summary_of(questionnaire, result.as_ref())?;
        Ok(Self::from_summary(questionnaire, &summary))
    }

    fn from_summary(questionnaire: &Questionnaire, summary: &Summary) -> Self {
        let firmness = match Case::new(questionnaire, summary) {
            Ok(case) => Firmness::Weighed(Box::new(case.weigh())),
            Err(undecided) => undecided,
        };
        Self { questionnaire: questionnaire.into(), firmness }
    }

    /// What other weights would make of the stage.
    #[must_use]
    pub fn firmness(&self) -> &Firmness {
        &self.firmness
    }

    /// Which questionnaire was answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Identity {
        &self.questionnaire
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
    /// let near = Robustness::around(&pulse, &sheet.assess(), 5)?.unwrap();
    /// assert_eq!(near.alphas.agile_approach, 5);
    /// assert!(near.shares.platform > 0.65); // 0.512 of all weightings alike
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If it is the result of a questionnaire with another fingerprint.
    pub fn around(
        questionnaire: &Questionnaire,
        result: &impl AsRef<Record>,
        times: u32,
    ) -> Result<Option<Centred>, OtherQuestionnaire> {
        let summary = summary_of(questionnaire, result.as_ref())?;
        Ok(Case::new(questionnaire, &summary).ok().and_then(|case| case.centred(times)))
    }

    /// The share of the weight space that leads to a stage, every weighting as likely as any other;
    /// `None` if there is no score.
    #[must_use]
    pub fn share(&self, stage: Stage) -> Option<f64> {
        match &self.firmness {
            Firmness::Weighed(weighed) => Some(weighed.shares[stage]),
            Firmness::Fixed { stage: only, .. } => Some(if *only == stage { 1.0 } else { 0.0 }),
            Firmness::NotScorable { .. } => None,
        }
    }
}

/// The overall and the pillars of a result of `questionnaire`.
fn summary_of(
    questionnaire: &Questionnaire,
    record: &Record,
) -> Result<Summary, OtherQuestionnaire> {
    if record.questionnaire.fingerprint == questionnaire.fingerprint() {
        Ok(record.summary())
    } else {
        Err(OtherQuestionnaire::new(questionnaire.into(), record.questionnaire.clone()))
    }
}

/// A stage that depends on weights: at least two pillars that count, and the bounds of the stages.
struct Case {
    stage: Stage,
    pillars: Vec<Counting>,
    ladder: Ladder,
    /// The highest stage that the lowest pillar allows.
    highest: Stage,
}

impl Case {
    /// The case of that result, or what there is to say where weights decide nothing.
    fn new(questionnaire: &Questionnaire, summary: &Summary) -> Result<Self, Firmness> {
        let weights = questionnaire.pillar_weights();
        let stage = match summary.overall {
            Rating::Scored { stage, .. } => stage,
            Rating::NotScorable(pillars) => return Err(Firmness::NotScorable { pillars }),
        };
        let score = |pillar: Pillar| summary.pillars[pillar].standing.score();
        let counting = || Pillar::ALL.into_iter().filter(|&pillar| !weights[pillar].is_zero());
        let missing: PillarSet = counting().filter(|&pillar| score(pillar).is_none()).collect();
        if !missing.is_empty() {
            return Err(Firmness::NotScorable { pillars: missing });
        }
        if questionnaire.method().aggregation == Aggregation::Minimum {
            return Err(Firmness::Fixed { stage, reason: Unweighed::Minimum });
        }
        let pillar =
            |pillar| Some(Counting { pillar, score: score(pillar)?, weight: weights[pillar] });
        let pillars: Vec<Counting> = counting().filter_map(pillar).collect();
        if pillars.len() < 2 {
            return Err(Firmness::Fixed { stage, reason: Unweighed::SinglePillar });
        }
        let ladder = *questionnaire.ladder();
        let lowest = pillars.iter().map(|of| of.score).min().unwrap_or_default();
        let highest = ladder.stage(Score::ONE, lowest);
        Ok(Self { stage, pillars, ladder, highest })
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
        for of in &self.pillars {
            pillars[of.pillar] = Some(WeightRange {
                share: exact::own_share(of, &self.pillars),
                holds: exact::holding(of, &self.pillars, range),
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
    fn shares(&self, alpha: impl Fn(Weight) -> u32) -> StageMap<f64> {
        let reaching = |stage: Stage| match stage {
            Stage::Traditional => 1.0,
            _ if stage > self.highest => 0.0,
            _ => {
                let scores = self.pillars.iter().map(|of| (of.score, alpha(of.weight)));
                share::reaching(scores, self.bound(stage))
            }
        };
        #[expect(clippy::float_arithmetic, reason = "one share of the closed form less another")]
        let between = |from: f64, to: f64| (from - to).max(0.0);
        StageMap::from_fn(|stage| match stage.next() {
            Some(next) => between(reaching(stage), reaching(next)),
            None => reaching(stage),
        })
    }

    fn centred(&self, times: u32) -> Option<Centred> {
        let weights = self.pillars.iter().map(|of| u64::from(of.weight.thousandths()));
        let divisor = weights.fold(0, gcd).max(1);
        let alpha = |weight: Weight| {
            let part = u64::from(weight.thousandths()) / divisor;
            u32::try_from(part).unwrap_or(u32::MAX).saturating_mul(times)
        };
        let mut alphas = PillarMap::default();
        for of in &self.pillars {
            alphas[of.pillar] = alpha(of.weight);
        }
        let sum = alphas.iter().fold(0_u32, |sum, (_, alpha)| sum.saturating_add(*alpha));
        (1..=Centred::MOST).contains(&sum).then(|| Centred { alphas, shares: self.shares(alpha) })
    }

    fn shift(&self, range: Range) -> Option<Shift> {
        let here = self.highest_where(|bound| exact::reaches(&self.pillars, bound));
        if here != self.stage {
            return Some(Shift { share: 0.0, to: here }); // the overall was rounded over a bound
        }
        let down = exact::to_fall_below(&self.pillars, range.lowest)
            .map(|share| (share, self.highest_where(|bound| bound < range.lowest)));
        let up = range.beyond.and_then(|beyond| {
            let share = exact::to_rise_to(&self.pillars, beyond)?;
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
