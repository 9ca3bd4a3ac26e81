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

pub use cost::{Cost, TooCostly};
pub use plan::{Plan, Step};
pub use target::{Target, TargetError, Unreachable};

use self::cost::Meter;
use self::problem::Problem;
use self::relaxed::narrowed;
use self::split::TooHigh;
use crate::answers::{AnswerSheet, Mark, Outcome};
use crate::assessment::{Gap, Summary};
use crate::document::by_node;
use crate::pillar::Pillar;
use crate::questionnaire::Identity;
use crate::stage::Stage;

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
/// Everything is in whole numbers. A pillar's value is its sum of weight times credit over its
/// weight, rounded, and never falls as the sum rises. The bound on the overall is one on the sum of
/// weight times value over the pillars (the least sum that is rounded and published as that bound or
/// more), and a floor is one on a value; with the aggregation `minimum` the bound is a floor of every
/// pillar. All of these only ever ask for more. So of all plans that spend a given effort on a pillar
/// only the highest gain matters, also where only some of the plans are looked at.
///
/// *What no best plan does.* At any price for effort, a plan is worth its sum of weight times value
/// less the price of its effort. If levels could be taken in part, the best worth of each pillar
/// would be found on the hull of what its levels bring, the steepest rises first. No plan of a pillar
/// is worth more. Some plan along these hulls reaches the target; a best one takes no more effort,
/// and is worth at least the bound less the price of that. So none of its pillars falls short of
/// its best worth by more than the difference, which leaves a range of efforts for each; and, by the
/// same argument within the pillar, none of its questions is at a level that falls short of the best
/// of that question by more. Any price will do: the one at which the hulls just reach the target
/// leaves least.
///
/// *The least effort, and the highest overall for it.* Over the levels that are left, a dynamic
/// programme over the questions of a pillar finds for each exact effort by how much the best falls
/// short of the best worths of all questions. What falls short by more than any best plan may is
/// dropped, as no further question makes up for it. Joins of the four tables find the least effort,
/// and the highest sum for it. With `minimum` each pillar takes the least that reaches its floor, and
/// that fixes all shares. The range of efforts and the levels are then narrowed again, as both are
/// known.
///
/// *The ties.* A plan of the least effort is a best one if and only if its values reach the floors,
/// and its overall the highest. Whether some best plan does a certain thing is therefore told by
/// tables of the highest gain for each effort alone: of the questions that are decided, at the levels
/// that they still may have, and of those that are not. Some split of the least effort among the
/// pillars must reach the highest overall. Questions are decided in their order:
///
/// 1. A question is raised if some best plan raises it that agrees so far. Of two lists that agree so
///    far, the one that names it is the smaller, unless the other ends here.
/// 2. So before each question it is asked whether some best plan raises those decided to be raised
///    and no other. The list ends at the first place where one does.
/// 3. Then, again from the first question on, each takes the highest level that some best plan has
///    which agrees so far.
///
/// A split that is found answers most of the questions that follow, too. By how much pillars fall
/// short at least, alone and together, is kept, and holds for all that is decided later, as there are
/// only fewer plans then. Both save time and decide nothing.
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
    /// Aims what can be raised at a target that it reaches.
    fn aim(&self, problem: &mut Problem, target: Target) -> Result<(), Unreachable> {
        problem.aim(self, target)?;
        split::reachable(problem).map_err(|most| unreachable(self, target, &most))
    }

    /// The cheapest way from these answers to `target` (scoring rules, section 9), with the default
    /// [`Cost`] as the budget.
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
    /// [`TooCostly`], as of [`AnswerSheet::roadmap_within`].
    ///
    /// # Cost
    ///
    /// Grows with the levels above the answers given that a best plan could use, times the efforts
    /// that it could spend on a pillar. A tenth of a millisecond for 45 questions, some milliseconds for
    /// 1,000 of five or seven levels; below a second where it is refused.
    pub fn roadmap(&self, target: impl Into<Target>) -> Result<Roadmap, TooCostly> {
        self.roadmap_within(target, Cost::default())
    }

    /// The same with a budget of one's own.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// # use digital_maturity::roadmap::Cost;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// let costly = sheet.roadmap_within(Stage::Native, Cost::from_steps(10)).unwrap_err();
    /// assert_eq!(costly.budget.steps(), 10);
    /// assert!(sheet.roadmap_within(Stage::Native, costly.cost).is_ok());
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TooCostly`], if the search takes more steps than the budget has. Steps are counted, so that
    /// it is the same on every machine.
    ///
    /// # Cost
    ///
    /// That of [`AnswerSheet::roadmap_cost`] and the steps: at most the budget. Memory grows with the
    /// square root of the steps: at the default budget to some tens of megabytes.
    pub fn roadmap_within(
        &self,
        target: impl Into<Target>,
        budget: Cost,
    ) -> Result<Roadmap, TooCostly> {
        let target = target.into();
        let mut problem = Problem::new(self);
        let way = match self.aim(&mut problem, target) {
            Ok(()) => {
                let narrowed = narrowed(&problem);
                let cost = search::cost(&narrowed);
                let levels = search::levels(&problem, narrowed, &mut Meter::new(budget));
                let Ok(levels) = levels else {
                    let fits = self.fits(&mut problem, target, budget);
                    return Err(TooCostly { budget, cost, fits });
                };
                Way::Reachable(Box::new(plan::plan(self, &problem, &levels)))
            }
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

    /// How many steps a search for the cheapest way takes, told beforehand: 0 where there is nothing
    /// to search.
    ///
    /// It is what the tables take at most. What it takes to tell equally cheap plans apart is known
    /// only once it is done: in 17,000 random problems the two together went beyond what is told in
    /// three, by a tenth. [`AnswerSheet::roadmap_within`] counts it all.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// # use digital_maturity::roadmap::Cost;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// assert!(sheet.roadmap_cost(Stage::Native) < Cost::from_steps(10_000));
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    ///
    /// # Cost
    ///
    /// Grows with the levels above the answers given: a third of a millisecond for 1,000 questions
    /// of seven, and up to 40 for 1,000 checklists of a hundred items.
    #[must_use]
    pub fn roadmap_cost(&self, target: impl Into<Target>) -> Cost {
        let mut problem = Problem::new(self);
        match self.aim(&mut problem, target.into()) {
            Ok(()) => search::cost(&narrowed(&problem)),
            Err(_) => Cost::from_steps(0),
        }
    }

    /// The nearer target whose search is told to stay within a budget; nothing is searched for it.
    fn fits(&self, problem: &mut Problem, target: Target, budget: Cost) -> Option<Target> {
        self.nearer(target).into_iter().find(|nearer| {
            self.aim(problem, *nearer).is_ok() && search::cost(&narrowed(problem)) <= budget
        })
    }

    /// Targets that ask for less and are not reached: lower stages, highest first, then single
    /// pillars.
    fn nearer(&self, target: Target) -> Vec<Target> {
        let lower = |stage: Option<Stage>, of: &dyn Fn(Stage) -> Target| -> Vec<Target> {
            let below = Stage::ALL.into_iter().rev().filter(|lower| Some(*lower) < stage);
            below.map(of).collect()
        };
        let alone = |pillar, stage| Target::default().with_pillar(pillar, stage);
        let own = |pillar: Pillar| target.pillars[pillar].max(target.stage);
        let mut nearer = lower(target.stage, &|stage| Target { stage: Some(stage), ..target });
        nearer.extend(Pillar::ALL.into_iter().filter_map(|p| Some(alone(p, own(p)?))));
        for pillar in Pillar::ALL.into_iter().filter(|_| target.stage.is_none()) {
            nearer.extend(lower(own(pillar), &|stage| alone(pillar, stage)));
        }
        nearer.retain(|nearer| *nearer != target && self.gap(*nearer).iter().any(Gap::is_open));
        nearer
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
