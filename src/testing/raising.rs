//! Whether a better answer ever makes the result worse.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::mistakes::{Found, Mistakes};
use super::sheet::sheets;
use crate::answers::{Answer, AnswerSheet};
use crate::assessment::Summary;
use crate::pillar::Pillar;
use crate::questionnaire::{NonAnswer, Question, Questionnaire, ScaleSpec};
use crate::raises::SingleRaise;

/// Up to how many items all ways to tick a checklist are taken.
const ITEMS: usize = 6;

/// That a better answer never lowers a pillar, the overall or the stage, nor takes a score away: on
/// that many sheets, each answer that is asked is raised to each higher credit, by itself
/// ([`AnswerSheet::single_raises`]), and everything scored again.
///
/// If there are no more sheets than that in all, every one is tried, which is then proof: each choice,
/// yes and no, a number of each band, each way to tick a checklist of up to six items, and each state.
/// Otherwise they are random, always the same ones.
///
/// Without conditions it cannot fail. With them it can, by design: a better answer opens a question
/// that is then answered badly or not at all, closes one that was answered well, or closes one that
/// has `otherwise: lowest`. The message names the question that was raised and those that it opens or
/// closes; what is meant can be [excepted](Mistakes::except) by the question raised.
///
/// # Cost
///
/// The sheets times the levels of all questions, each scored twice: a thousand sheets of 45 questions
/// take a quarter of a second in an optimised build.
///
/// # Errors
///
/// Each question that lowers something when it is raised, with an example.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
///
/// testing::monotone(Questionnaire::dcx_pulse(), 20)?;
/// # Ok::<(), testing::Mistakes>(())
/// ```
pub fn monotone(questionnaire: &Questionnaire, on_sheets: u32) -> Result<(), Mistakes> {
    let (mut found, mut named) = (Found::default(), BTreeSet::new());
    let mut look = |sheet: &AnswerSheet| {
        for raise in sheet.single_raises() {
            if let Some(line) =
                lowered(&raise).filter(|_| named.insert(raise.effect.question.clone()))
            {
                found.add([raise.effect.question.as_str()], line);
            }
        }
    };
    if let Some(all) = All::up_to(questionnaire, on_sheets) {
        all.each(look);
    } else {
        let (mut runner, sheets) = (TestRunner::deterministic(), sheets(questionnaire));
        for _ in 0..on_sheets {
            let Ok(tree) = sheets.new_tree(&mut runner) else { break };
            look(&tree.current());
        }
    }
    found.end()
}

/// What a raise lowers, and why.
fn lowered(raise: &SingleRaise) -> Option<String> {
    let effect = &raise.effect;
    let (before, after) = (&effect.before, &effect.after);
    let mut worse = Vec::new();
    let score = |of: &Summary| of.overall.score().map(|score| score.to_string());
    let stage = |of: &Summary| of.overall.stage().map(|stage| stage.to_string());
    // Nothing is less than any score.
    if after.overall.score() < before.overall.score() {
        worse.push(fall("the overall", score(before), score(after)));
    }
    if after.overall.stage() < before.overall.stage() {
        worse.push(fall("the stage", stage(before), stage(after)));
    }
    for pillar in Pillar::ALL {
        let score = |of: &Summary| of.pillars[pillar].standing.score();
        if score(after) < score(before) {
            let shown = |of| score(of).map(|score| score.to_string());
            worse.push(fall(&format!("pillar `{pillar}`"), shown(before), shown(after)));
        }
    }
    if worse.is_empty() {
        return None;
    }
    let quoted =
        |ids: &[String]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    let mut why = Vec::new();
    for (what, ids) in [("opens", &effect.opens), ("closes", &effect.closes)] {
        if !ids.is_empty() {
            why.push(format!("it {what} {}", quoted(ids)));
        }
    }
    let shown = |answer: &Answer| serde_json::to_string(answer).unwrap_or_default();
    let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
    Some(format!(
        "raising `{}` from {} to {} lowers {}{why}",
        effect.question,
        shown(&effect.from),
        shown(&effect.to),
        worse.join(", "),
    ))
}

fn fall(what: &str, before: Option<String>, after: Option<String>) -> String {
    let shown = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    format!("{what} from {} to {}", shown(before), shown(after))
}

/// Every sheet of a questionnaire, as the answers of each question.
struct All<'q> {
    questionnaire: &'q Questionnaire,
    answers: Vec<Vec<Answer>>,
}

impl<'q> All<'q> {
    /// `None` if there are more than that.
    fn up_to(questionnaire: &'q Questionnaire, most: u32) -> Option<Self> {
        let (mut count, mut answers) = (1_usize, Vec::new());
        for question in questionnaire.questions() {
            let of_question = all_answers(question)?;
            count = count.checked_mul(of_question.len())?;
            if count > usize::try_from(most).ok()? {
                return None;
            }
            answers.push(of_question);
        }
        Some(Self { questionnaire, answers })
    }

    /// Counts through them, the first question fastest.
    fn each(&self, mut look: impl FnMut(&AnswerSheet)) {
        let mut places = vec![0_usize; self.answers.len()];
        loop {
            let mut sheet = self.questionnaire.sheet();
            let given = self.questionnaire.questions().zip(&self.answers).zip(&places);
            for ((question, answers), place) in given {
                if let Some(answer) = answers.get(*place) {
                    let set = sheet.set(question.id(), answer.clone());
                    debug_assert!(set.is_ok(), "{set:?}");
                }
            }
            look(&sheet);
            let mut next = places.iter_mut().zip(&self.answers);
            let counted = next.any(|(place, answers)| {
                *place += 1;
                let fits = *place < answers.len();
                if !fits {
                    *place = 0;
                }
                fits
            });
            if !counted {
                return;
            }
        }
    }
}

/// All answers to a question that differ in what they do; `None` if they are too many.
fn all_answers(question: Question<'_>) -> Option<Vec<Answer>> {
    let mut answers = match question.scale() {
        ScaleSpec::Checklist { items } if items.len() > ITEMS => return None,
        ScaleSpec::Checklist { items } => {
            let ticked = |set: u32| {
                let ticked = items.iter().zip(0..).filter(|(_, bit)| set >> bit & 1 == 1);
                Answer::Items(ticked.map(|(item, _)| item.id.clone()).collect())
            };
            let sets = 1_u32.checked_shl(u32::try_from(items.len()).ok()?)?;
            (0..sets).map(ticked).collect()
        }
        _ => question.answers(),
    };
    answers.retain(|answer| question.credit(answer.clone()).is_ok());
    let states = [NonAnswer::NotApplicable, NonAnswer::DontKnow];
    let allowed = states.into_iter().filter(|state| !question.forbids(*state));
    answers.extend(allowed.map(Answer::from).chain([Answer::Unanswered]));
    Some(answers)
}
