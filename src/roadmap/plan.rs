//! From the winning set of raises to a plan that one can carry out.

use std::cmp::Ordering;

use serde::{Deserialize, Deserializer, Serialize, de};

use super::problem::{Column, Item, OverallBy, Problem};
use super::ties::Levels;
use crate::answers::{Answer, AnswerSheet};
use crate::assessment::{Rating, Summary, overall_value};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{Question, ScaleSpec, Start};
use crate::raises::Rung;
use crate::text::Text;

/// The cheapest set of raised answers that reaches a target, as steps in an order to carry out.
///
/// # The order of steps
///
/// The step that brings the overall most for its effort comes first, compared exactly; of equal
/// ones the earlier question. Where there is no mean to bring, with the aggregation `minimum` or
/// without an overall, it is the step that brings its own pillar most. What a step brings does not
/// depend on the other steps, and so no order puts more gain earlier.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Plan {
    /// The effort of all steps. No cheaper set of raises reaches the target.
    pub effort: u32,
    /// The steps, in an order to carry them out.
    pub steps: Vec<Step>,
    /// The result after all steps, with conditions as the given answers leave them: it meets the
    /// target.
    pub planned: Summary,
    /// The ids of the questions that the plan would newly ask.
    #[serde(deserialize_with = "crate::names::stored_ids")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
    pub opens: Vec<String>,
    /// The ids of the questions that the plan would no longer ask.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    #[serde(deserialize_with = "crate::names::stored_ids")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
    pub closes: Vec<String>,
    /// The result of scoring the answers again as they are after the plan. It differs from
    /// `planned` only if the plan opens or closes questions, or leaves it undecided whether one is
    /// asked: until what is open is answered, the target may not be met, or a pillar not be scored.
    pub rescored: Summary,
}

/// A question to raise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Step {
    /// The question's id.
    #[serde(deserialize_with = "crate::names::stored_id")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub question: String,
    /// The pillar that it counts in.
    pub pillar: Pillar,
    /// The question.
    pub title: Text,
    /// The ids of its themes.
    #[serde(deserialize_with = "crate::names::stored_ids")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
    pub themes: Vec<String>,
    /// The answer as it is.
    pub from: Answer,
    /// What that answer says, where the scale has words for it.
    pub from_text: Option<Text>,
    /// The answer to reach. Of a measure it is the lower bound of the band to reach: any number of
    /// the band will do, see `below`.
    pub to: Answer,
    /// What that answer says, where the scale has words for it.
    pub to_text: Option<Text>,
    /// Of a measure whose band to reach ends somewhere: the number must stay below this.
    #[serde(default, deserialize_with = "end")]
    pub below: Option<f64>,
    /// The same where that number itself still belongs to the band.
    #[serde(default, deserialize_with = "end", skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// How many levels it climbs: distinct credits, or items ticked (scoring rules, section 9).
    pub levels: u32,
    /// What it takes: the levels times the effort of the question.
    pub effort: u32,
    /// The next step from each level that it leaves, as the questionnaire advises, lowest first.
    pub advice: Vec<Text>,
    /// The result after this step and those before it, with conditions as the given answers leave
    /// them.
    pub after: Summary,
}

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(remote = "Plan")]
        struct Derived {
            effort: u32,
            steps: Vec<Step>,
            planned: Summary,
            opens: Vec<String>,
            #[serde(default)]
            closes: Vec<String>,
            rescored: Summary,
        }
        let plan = Derived::deserialize(deserializer)?;
        let sum = plan.steps.iter().try_fold(0_u32, |sum, step| sum.checked_add(step.effort));
        if sum == Some(plan.effort) {
            Ok(plan)
        } else {
            Err(de::Error::custom("the efforts of the steps do not sum to that of the plan"))
        }
    }
}

/// Where a band ends, of a stored step.
fn end<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    match Option::<f64>::deserialize(deserializer)? {
        Some(end) if !end.is_finite() => Err(de::Error::custom("a band does not end at a number")),
        end => Ok(end),
    }
}

/// A raised item and its level.
struct Raise<'p> {
    column: &'p Column,
    item: &'p Item,
    level: usize,
    gain: u128,
}

impl Raise<'_> {
    /// By what the overall gains for the effort, most first: weight of the pillar times gain, over
    /// weight in the pillar times effort. The whole parts are compared, then the rests crosswise: a
    /// numerator is at most 1e27 and a denominator 1e12, which leaves each within 128 bits.
    fn by_gain(&self, other: &Self) -> Ordering {
        let parts = |raise: &Self| {
            let numerator = u128::from(raise.column.weight.max(1)) * raise.gain;
            let effort = u128::try_from(raise.item.effort * raise.level).unwrap_or(1);
            let denominator = (u128::from(raise.column.counting) * effort).max(1);
            (numerator / denominator, numerator % denominator, denominator)
        };
        let (mine, theirs) = (parts(self), parts(other));
        let crosswise = || (theirs.1 * mine.2).cmp(&(mine.1 * theirs.2));
        theirs.0.cmp(&mine.0).then_with(crosswise)
    }
}

/// The plan that takes those questions to those levels.
pub(super) fn plan(sheet: &AnswerSheet, problem: &Problem, levels: &Levels) -> Plan {
    let items =
        problem.columns.iter().flat_map(|column| column.items.iter().map(move |i| (column, i)));
    let mut raises: Vec<Raise<'_>> =
        items.filter_map(|(column, item)| raise(column, item, levels)).collect();
    raises
        .sort_by(|one, other| one.by_gain(other).then(one.item.position.cmp(&other.item.position)));

    let before = sheet.summary();
    let mut planned = before;
    let mut after = sheet.clone();
    let mut gained = PillarMap::<u128>::default();
    let mut steps = Vec::with_capacity(raises.len());
    for raise in &raises {
        gained[raise.column.pillar] += raise.gain;
        planned = summary(sheet, problem, before, &gained);
        let question = sheet.questionnaire().question_at(raise.item.position);
        let rungs = question.map(|question| sheet.rungs(question)).unwrap_or_default();
        if let Some(step) = step(sheet, raise, &rungs, planned) {
            steps.push(step);
        }
        if let Some(rung) = rungs.get(raise.level - 1) {
            after.climb(raise.item.position, rung);
        }
    }
    let (opens, closes) = sheet.switched(&after);
    Plan {
        effort: steps.iter().map(|step| step.effort).sum(),
        steps,
        planned,
        opens,
        closes,
        rescored: after.summary(),
    }
}

fn raise<'p>(column: &'p Column, item: &'p Item, levels: &Levels) -> Option<Raise<'p>> {
    let level = usize::from(*levels.get(&item.position)?);
    let gain = *item.gains.get(level.checked_sub(1)?)?;
    Some(Raise { column, item, level, gain })
}

/// The result `before` once the sums of pillars have grown so far, conditions and coverage as they are.
fn summary(
    sheet: &AnswerSheet,
    problem: &Problem,
    before: Summary,
    gained: &PillarMap<u128>,
) -> Summary {
    let mut summary = before;
    let mut values = PillarMap::default();
    let ladder = sheet.questionnaire().ladder();
    for column in &problem.columns {
        let value = column.value(gained[column.pillar]);
        values[column.pillar] = Some(value);
        if let Rating::Scored { score, stage } = &mut summary.pillars[column.pillar].standing.rating
        {
            *score = value.score();
            *stage = ladder.own_stage(*score);
        }
    }
    if problem.overall != OverallBy::Nothing {
        if let Ok((value, lowest)) = overall_value(sheet.questionnaire(), |pillar| values[pillar]) {
            let score = value.score();
            summary.overall = Rating::Scored { score, stage: ladder.stage(score, lowest.score()) };
        }
    }
    summary
}

fn step(sheet: &AnswerSheet, raise: &Raise<'_>, rungs: &[Rung], after: Summary) -> Option<Step> {
    let question = sheet.questionnaire().question_at(raise.item.position)?;
    let from = sheet.answer(question.id())?;
    let to = rungs.get(raise.level - 1)?.answer(question);
    // Items have no advice, and their lists would be written out for each level.
    let is_list = matches!(question.scale(), ScaleSpec::Checklist { .. });
    let passed = rungs.iter().take(if is_list { 0 } else { raise.level - 1 });
    let left = std::iter::once(from.clone()).chain(passed.map(|rung| rung.answer(question)));
    let levels = u32::try_from(raise.level).ok()?;
    let next = next_band(question, &to);
    Some(Step {
        question: question.id().to_owned(),
        pillar: raise.column.pillar,
        title: question.title().clone(),
        themes: question.themes().map(|theme| theme.id.clone()).collect(),
        from_text: from.said(question.scale()).0.cloned(),
        to_text: to.said(question.scale()).0.cloned(),
        below: next.and_then(|start| matches!(start, Start::From(_)).then(|| start.number())),
        at_most: next.and_then(|start| matches!(start, Start::Above(_)).then(|| start.number())),
        levels,
        effort: levels * u32::from(question.effort().get()),
        advice: left.filter_map(|answer| answer.said(question.scale()).1.cloned()).collect(),
        from,
        to,
        after,
    })
}

/// Where the band after that of a number starts.
fn next_band(question: Question<'_>, answer: &Answer) -> Option<Start> {
    match (question.scale(), answer) {
        (ScaleSpec::Measure { bands, .. }, Answer::Number(number)) => {
            bands.iter().map(|band| band.start).find(|start| !start.is_reached(*number))
        }
        _ => None,
    }
}
