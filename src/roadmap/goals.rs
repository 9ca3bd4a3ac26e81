//! Goals in words that one can be held to.

use serde::Serialize;

use super::Roadmap;
use super::plan::Step;
use crate::answers::Answer;
use crate::date::Date;
use crate::pillar::Pillar;
use crate::text::Text;

/// One step of a roadmap as a SMART goal: specific (the question and what its answer shall say),
/// measurable (from which answer to which, in how many levels), achievable (the effort, and the
/// advice on the way), relevant (the pillar and the themes it serves), and time-bound (by when, if
/// the caller says so).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Goal {
    /// The id of the question.
    pub question: String,
    /// What is to change: the question.
    pub what: Text,
    /// The answer as it is.
    pub from: Answer,
    /// What that answer says, where the scale has words for it.
    pub from_text: Option<Text>,
    /// The answer to reach; see [`Step::to`].
    pub to: Answer,
    /// What that answer says, where the scale has words for it.
    pub to_text: Option<Text>,
    /// Of a measure whose band to reach ends somewhere: the number must stay below this.
    pub below: Option<f64>,
    /// How many levels that is.
    pub levels: u32,
    /// What it takes.
    pub effort: u32,
    /// How to go about it, as the questionnaire advises.
    pub advice: Vec<Text>,
    /// The pillar that it serves.
    pub pillar: Pillar,
    /// The ids of the themes that it serves.
    pub themes: Vec<String>,
    /// The day by which it shall be reached, if the caller gives one: this crate has no clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
}

impl Roadmap {
    /// A goal for each step, in the order of the steps; none if the target cannot be reached. A
    /// date, if given, stands for all of them; each goal's can be changed.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Stage};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// let goals = sheet.roadmap(Stage::Platform).goals("2027-06-30".parse().ok());
    /// for goal in &goals {
    ///     println!("{}: {} -> {}", goal.what, goal.from_text.as_ref().unwrap(), goal.to_text.as_ref().unwrap());
    /// }
    /// assert!(goals.iter().all(|goal| goal.by.is_some()));
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn goals(&self, by: Option<Date>) -> Vec<Goal> {
        let goal = |step: &Step| Goal {
            question: step.question.clone(),
            what: step.title.clone(),
            from: step.from.clone(),
            from_text: step.from_text.clone(),
            to: step.to.clone(),
            to_text: step.to_text.clone(),
            below: step.below,
            levels: step.levels,
            effort: step.effort,
            advice: step.advice.clone(),
            pillar: step.pillar,
            themes: step.themes.clone(),
            by,
        };
        self.plan().map(|plan| plan.steps.iter().map(goal).collect()).unwrap_or_default()
    }
}
