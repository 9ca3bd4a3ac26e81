//! The cheapest way up (scoring rules, section 9).

mod cost;
mod coupling;
mod curve;
mod field;
mod plan;
mod problem;
mod relaxed;
mod search;
mod split;
mod suffixes;
mod table;
mod target;
mod ties;

use serde::{Deserialize, Serialize};

pub use cost::TooCostly;
pub use plan::{Plan, Step};
pub use target::{Target, TargetError, Unreachable};

use self::cost::Meter;
use self::problem::Problem;
use self::split::TooHigh;
use crate::answers::{AnswerSheet, Mark, Outcome};
use crate::assessment::{Gap, Summary};
use crate::document::by_node;
use crate::questionnaire::Identity;

/// The way from a set of answers to a [`Target`]: the exact cheapest plan, or why there is none.
///
/// # What is searched
///
/// A plan raises answered questions of weight above 0, in pillars of weight above 0, each by some
/// levels. A level of a choice, a yes or no, or a measure is a distinct credit; of a checklist it is
/// one more item, those with most points first, then as listed. Each level takes the question's
/// effort. Conditions stay as the given answers leave them, so that a plan adds to the sums of the
/// pillars and changes nothing else. The best plan reaches the target with the least effort; of
/// equally cheap ones, with the highest overall after it, in units of 1e-15; of those, it has the
/// smallest list of question positions (compared number by number, a beginning of another list
/// being smaller than that); of those, the most levels at the first question in which they differ.
///
/// If the target names pillars only, and there is no overall for want of some other pillar, the
/// overall breaks no ties. A pillar of weight 0 that is named must be there already.
///
/// # Why it is exact
///
/// Everything is in whole numbers; nothing is tried out and given up.
///
/// *The least effort, and the highest overall for it.* A pillar's value is its sum of weight times
/// credit over its weight, rounded, and never falls as the sum rises. So of all plans that spend a
/// given effort on a pillar only the highest gain matters, and a dynamic programme over the
/// questions finds it for every effort. The bound on the overall is a bound on the sum of weight
/// times value over the pillars (the least sum that is rounded and published as that bound or
/// more), and a floor is a bound on a value. Both only ever ask for more: the best gain for each
/// share of effort decides whether a split of effort among the pillars reaches the target, and joins
/// of the four tables find the least effort, and the highest sum for it. With the aggregation
/// `minimum` the bound is a floor for every pillar, each pillar takes the least that reaches its
/// floor, and that fixes all shares.
///
/// *The ties.* Let `E` be the least effort and `O` the highest overall for it. A plan of effort `E`
/// is a best one if and only if its values reach the floors, and its overall reaches `O`: again
/// bounds that only ask for more. For each pillar and each share of `E` the least gain follows
/// which, with the best the others can do, still reaches `O`.
///
/// 1. Compare lists as if they ended with infinity: as sets, the one that has the smallest position
///    in which they differ is better. Taking the union with positions of other pillars keeps that
///    order, and so does putting earlier questions in front. So a second dynamic programme, from the
///    last question of a pillar to the first, needs for each effort only those sets that no other
///    set with as much gain beats. It drops gains below the highest for that effort by more than any
///    best plan may fall short of the highest gain for its share, since the same exchange carried
///    through would lift such a plan above the highest. The pillars are put together in pairs, by
///    the same rule. The result is the list that goes on longest.
/// 2. The list that the rules ask for is the shortest beginning of that list which is the list of a
///    best plan: both orders agree until one list ends. Each beginning is tried, with every question
///    of it raised and no other, by the table of most gain for each exact effort.
/// 3. With the list fixed, the same programme finds the levels, comparing them from the first
///    question on.
///
/// Two bounds only save time and exclude no best plan: one on the shares of effort, one on the
/// levels of each question; both compare with the best that a price for effort allows.
///
/// The time grows with questions times levels times the effort of everything that can be raised in a
/// pillar, and at worst with the square of that effort.
///
/// ```
/// use digital_maturity::{Questionnaire, Stage};
///
/// let pulse = Questionnaire::dcx_pulse(); // three questions a pillar, all of weight 1
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 3)?;
/// }
/// // 0.5 overall, and platform asks for 0.6. A level brings 0.25, a third of a quarter of it to
/// // the overall: 0.1 / (0.25 / 12) = 4.8, so five levels are needed.
/// let roadmap = sheet.roadmap(Stage::Platform)?;
/// let plan = roadmap.plan().unwrap();
/// assert_eq!(plan.steps.iter().map(|step| step.levels).sum::<u32>(), 5);
/// assert_eq!(plan.planned.overall.stage(), Some(Stage::Platform));
/// assert_eq!(plan.planned.overall.score().unwrap().to_string(), "0.604166667");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[doc(alias("plan", "optimize", "knapsack"))]
pub struct Roadmap {
    /// Which questionnaire was answered.
    pub questionnaire: Identity,
    /// What is aimed at.
    pub target: Target,
    /// The result as it is.
    pub before: Summary,
    /// Everything that the target asks for, and how far it is away.
    pub gaps: Vec<Gap>,
    /// The ids of the questions that are asked and open (unanswered, or `dont_know`), in the order
    /// of the questionnaire: answer these first. A plan never raises them.
    #[serde(deserialize_with = "crate::names::stored_ids")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
    pub answer_first: Vec<String>,
    /// The cheapest plan, or why there is none.
    way: Way,
}

/// The cheapest plan to a target, or why there is none, as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
enum Way {
    Reachable(#[serde(deserialize_with = "by_node")] Box<Plan>),
    Unreachable(Unreachable),
}

impl Roadmap {
    /// The plan, if there is one; if the target is reached already, one without steps.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// let empty = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(empty.roadmap(Stage::Bridge)?.plan(), None);
    /// # Ok::<(), digital_maturity::roadmap::TooCostly>(())
    /// ```
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        match &self.way {
            Way::Reachable(plan) => Some(plan),
            Way::Unreachable(_) => None,
        }
    }

    /// Why there is no plan, if there is none.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// let empty = Questionnaire::dcx_pulse().sheet();
    /// let roadmap = empty.roadmap(Stage::Bridge)?;
    /// assert!(roadmap.unreachable().unwrap().to_string().starts_with("no score yet"));
    /// assert_eq!(roadmap.answer_first.len(), 12);
    /// # Ok::<(), digital_maturity::roadmap::TooCostly>(())
    /// ```
    #[must_use]
    pub fn unreachable(&self) -> Option<&Unreachable> {
        match &self.way {
            Way::Reachable(_) => None,
            Way::Unreachable(why) => Some(why),
        }
    }
}

impl AnswerSheet {
    fn problem(&self, target: Target) -> Result<Problem, Unreachable> {
        let problem = problem::problem(self, target)?;
        match split::reachable(&problem) {
            Ok(()) => Ok(problem),
            Err(most) => Err(unreachable(self, target, &most)),
        }
    }

    /// The cheapest way from these answers to `target` (scoring rules, section 9).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::roadmap::Target;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// let roadmap = sheet.roadmap("agile_approach=platform".parse::<Target>()?)?;
    /// let steps = &roadmap.plan().unwrap().steps;
    /// assert_eq!(steps.len(), 1); // 0.5 to 2 / 3 by two levels of its cheapest question
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TooCostly`], where the exact answer would take minutes and more. It is told beforehand.
    ///
    /// # Cost
    ///
    /// Grows with the levels above the answers given, times the efforts of all raises together:
    /// below a millisecond for 45 questions of five levels, below a second for 1,000.
    pub fn roadmap(&self, target: impl Into<Target>) -> Result<Roadmap, TooCostly> {
        let target = target.into();
        let mut meter = Meter::new(1_000_000_000_000);
        let way = match self.problem(target) {
            Ok(problem) => match search::levels(&problem, &mut meter) {
                Ok(levels) => Way::Reachable(Box::new(plan::plan(self, &problem, &levels))),
                Err(_) => return Err(TooCostly {}),
            },
            Err(why) => Way::Unreachable(why),
        };
        let mut answer_first = Vec::new();
        self.outcomes(|position, _, outcome| {
            if let Outcome::Asked(Mark::Unanswered | Mark::DontKnow) = outcome {
                let question = self.questionnaire().question_at(position);
                answer_first.extend(question.map(|question| question.id().to_owned()));
            }
        });
        Ok(Roadmap {
            questionnaire: self.questionnaire().into(),
            target,
            before: self.summary(),
            gaps: self.gap(target),
            answer_first,
            way,
        })
    }
}

fn unreachable(sheet: &AnswerSheet, target: Target, most: &TooHigh) -> Unreachable {
    // What the target asks for, with the most that can be had in place of what is there.
    let most_of = |gap: &Gap| match gap.pillar {
        None => most.overall,
        Some(pillar) => most.pillars.iter().find(|(of, _)| *of == pillar).map(|(_, value)| *value),
    };
    let gaps = sheet.gap(target).into_iter();
    let gaps = gaps
        .filter_map(|gap| Some(Gap::new(gap.pillar, gap.required, Some(most_of(&gap)?.score()))));
    Unreachable::OutOfReach { unmet: gaps.filter(Gap::is_open).collect() }
}
