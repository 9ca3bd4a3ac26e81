//! The lowest and the highest result if any voice's answer may be taken.

use std::cmp::Ordering;

use serde::{Deserialize, Deserializer, Serialize, de};

use super::Panel;
use super::heard::Heard;
use super::possible::{Possible, possible};
use crate::answers::{AnswerSheet, Mark};
use crate::assessment::{Reason, Summary, overall_value};
use crate::number::{Score, Units, WeightedSum};
use crate::pillar::PillarMap;
use crate::questionnaire::{Policy, Rule};
use crate::stage::Stage;

/// The lowest and the highest result if to every question the answer of any voice may be taken (scoring
/// rules, section 13): how far the voices could move it between them.
///
/// Each question takes one of the answers given to it, or that of the panel; it leaves its pillar if a
/// voice says not applicable, as long as one stays there that counts. What is settled takes that answer
/// alone, so that the span narrows as a workshop goes on. Coverage is that of the panel's own result.
///
/// It is exact for a pillar without conditions: no other choice of answers has a lower or higher mean, and
/// some has that one. A question whose condition is met under some such choices and not under others counts
/// as one that may leave, or, where it counts as lowest otherwise, as one that may have credit 0: also where
/// the two do not go together with another question's. A condition that compares one question several times,
/// itself or through others, in more ways than can be tried (a hundred thousand comparisons in all) is taken as if its
/// comparisons were independent. Each can make the span wider than what can happen, never narrower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Span {
    /// Of the overall; `None` if there is none.
    pub overall: Option<Between<Score>>,
    /// Of the stage.
    pub stage: Option<Between<Stage>>,
    /// Of each pillar; `None` where it has no Score.
    pub pillars: PillarMap<Option<Between<Score>>>,
}

/// Two ends, both of which belong to what lies between; the lowest is not above the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{T}Between"))]
#[non_exhaustive]
pub struct Between<T> {
    /// The lowest.
    pub lowest: T,
    /// The highest.
    pub highest: T,
}

impl<T: PartialOrd> Between<T> {
    /// Whether it lies between the two, ends included.
    ///
    /// ```
    /// use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// use digital_maturity::{Questionnaire, Stage};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut voices = ["Ada", "Ben"].map(|name| Voice::new(name, pulse.sheet()));
    /// for (voice, level) in voices.iter_mut().zip([2, 4]) {
    ///     for question in pulse.questions() {
    ///         voice.sheet_mut().set(question.id(), level)?;
    ///     }
    /// }
    /// let stage = Panel::new(pulse, voices, ConsensusRule::Median)?.span().stage.unwrap();
    /// assert!(stage.contains(&Stage::Hubs) && !stage.contains(&Stage::Native));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn contains(&self, value: &T) -> bool {
        self.lowest <= *value && *value <= self.highest
    }
}

impl<'de, T: Deserialize<'de> + PartialOrd> Deserialize<'de> for Between<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Ends<T> {
            lowest: T,
            highest: T,
        }
        let Ends { lowest, highest } = Ends::deserialize(deserializer)?;
        if lowest <= highest {
            Ok(Self { lowest, highest })
        } else {
            Err(de::Error::custom("the lowest result is above the highest"))
        }
    }
}

/// How a question may count in its pillar.
#[derive(Clone, Copy)]
struct Part {
    weight: u32,
    lowest: Units,
    highest: Units,
    /// Whether it may also not count at all.
    may_leave: bool,
}

impl Part {
    /// It counts with that credit.
    fn fixed(weight: u32, credit: Units) -> Self {
        Self { weight, lowest: credit, highest: credit, may_leave: false }
    }
}

impl Panel {
    /// The lowest and the highest result if any voice's answer may be taken.
    #[must_use]
    pub fn span(&self) -> Span {
        let heard = self.heard();
        let agreed = self.agreed(&heard);
        self.span_of(&heard, &agreed, &agreed.summary())
    }

    pub(super) fn span_of(&self, heard: &[Heard], agreed: &AnswerSheet, own: &Summary) -> Span {
        let questionnaire = &self.questionnaire;
        let mut parts = PillarMap::<Vec<Part>>::from_fn(|_| Vec::new());
        let possible = possible(self, heard, agreed);
        let questions = questionnaire.rules().iter().zip(heard).zip(possible).enumerate();
        for (position, ((rule, heard), possible)) in
            questions.filter(|(_, ((r, _), _))| r.weight > 0)
        {
            let settled = self.settled.contains_key(&position);
            let mark = agreed.marks().get(position).copied().unwrap_or(Mark::Unanswered);
            let asked = self.part(rule, if settled { None } else { Some(heard) }, mark);
            parts[rule.pillar].extend(conditioned(rule, asked, possible));
        }
        let values = PillarMap::from_fn(|pillar| {
            // Coverage is that of the panel's own answers.
            let covered = match own.pillars[pillar].standing.reason() {
                None | Some(Reason::NothingCounts) => true,
                Some(Reason::NothingApplicable | Reason::Coverage) => false,
            };
            let (lowest, highest) = ends(&parts[pillar])?;
            covered.then_some(Between { lowest, highest })
        });
        let overall = |end: fn(Between<Units>) -> Units| {
            let (value, weakest) =
                overall_value(questionnaire, |pillar| values[pillar].map(end)).ok()?;
            let stage = questionnaire.ladder().stage(value.score(), weakest.score());
            Some((value.score(), stage))
        };
        let ends = overall(|of| of.lowest).zip(overall(|of| of.highest));
        Span {
            overall: ends.map(|((lowest, _), (highest, _))| Between { lowest, highest }),
            stage: ends.map(|((_, lowest), (_, highest))| Between { lowest, highest }),
            pillars: values.map(|_, value| {
                let Between { lowest, highest } = value?;
                Some(Between { lowest: lowest.score(), highest: highest.score() })
            }),
        }
    }

    /// How a question may count if it is asked, with that answer of the panel; `None` if it cannot. `heard`
    /// is what may be taken besides, nothing once it is settled.
    fn part(&self, rule: &Rule, heard: Option<&Heard>, agreed: Mark) -> Option<Part> {
        let method = self.questionnaire.method();
        let open = |policy| match policy {
            Policy::Exclude => None,
            Policy::Lowest => Some(Units::ZERO),
        };
        let own = match agreed {
            Mark::Answered(credit) => Some(credit),
            Mark::NotApplicable => None,
            Mark::DontKnow => open(method.dont_know),
            Mark::Unanswered => open(method.unanswered),
        };
        let answers = heard.map(|heard| heard.answers.iter().map(|answer| answer.credit));
        let credits = || answers.clone().into_iter().flatten().chain(own);
        Some(Part {
            weight: rule.weight,
            lowest: credits().min()?,
            highest: credits().max()?,
            may_leave: heard.is_some_and(|heard| !heard.not_applicable.is_empty()),
        })
    }
}

/// How a question may count, given how it may if it is asked, and whether it can be asked or not.
fn conditioned(rule: &Rule, asked: Option<Part>, possible: Possible) -> Option<Part> {
    let Some(asked_if) = rule.asked_if.as_ref().filter(|_| possible.not_asked) else {
        return asked;
    };
    let lowest = asked_if.otherwise_lowest.then(|| Part::fixed(rule.weight, Units::ZERO));
    match (asked.filter(|_| possible.asked), lowest) {
        // Not asked, it leaves.
        (asked, None) => asked.map(|part| Part { may_leave: true, ..part }),
        // It is never asked, or asked it does not count.
        (None, Some(lowest)) => Some(Part { may_leave: possible.asked, ..lowest }),
        (Some(part), Some(lowest)) => Some(Part { lowest: lowest.lowest, ..part }),
    }
}

/// The lowest and the highest mean of a pillar; `None` if nothing in it can count.
fn ends(parts: &[Part]) -> Option<(Units, Units)> {
    let end = |credit: fn(&Part) -> Units, further: Ordering| {
        let mut sum = WeightedSum::default();
        for part in parts.iter().filter(|part| !part.may_leave) {
            sum.add(part.weight, credit(part));
        }
        let mut leaving: Vec<&Part> = parts.iter().filter(|part| part.may_leave).collect();
        leaving.sort_by_key(|part| credit(part));
        if further == Ordering::Greater {
            leaving.reverse();
        }
        // One moves the mean further out if it lies beyond it; so does each before it then, but none after
        // one that does not. At least one of all stays.
        for part in leaving {
            let (own, mean) = (u128::from(credit(part).get()) * u128::from(sum.weight), sum.sum);
            if sum.weight > 0 && own.cmp(&mean) != further {
                break;
            }
            sum.add(part.weight, credit(part));
        }
        sum.mean()
    };
    let lowest = end(|part| part.lowest, Ordering::Less);
    lowest.zip(end(|part| part.highest, Ordering::Greater))
}
