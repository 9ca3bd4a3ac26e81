//! Random valid answers.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};

use super::question::pick;
use super::scales::NUMBERS;
use crate::answers::{Answer, AnswerSheet};
use crate::questionnaire::{NonAnswer, Question, Questionnaire, ScaleSpec, Start};

/// Random valid answers to that questionnaire: complete ones, some with gaps, some of little else.
/// Answers, `dont_know` and `not_applicable` where the question allows them, and none, also to
/// questions that are then not asked. Comments and respondents are not among them.
///
/// Shrinks towards the first answer of each scale, and none.
///
/// # Cost
///
/// In proportion to the number of questions; nothing is rejected. For a questionnaire that is random
/// itself: `questionnaires(shape).prop_flat_map(|questionnaire| sheets(&questionnaire))`.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::testing::sheets;
/// use proptest::prelude::*;
///
/// let pulse = Questionnaire::dcx_pulse();
/// proptest!(ProptestConfig::with_cases(20), |(sheet in sheets(pulse))| {
///     let assessment = sheet.assess();
///     let parts = assessment.questions().filter_map(|(_, question)| question.contribution);
///     let sum: u32 = parts.map(|part| part.billionths()).sum();
///     prop_assert_eq!(sum, assessment.score().unwrap_or_default().billionths());
/// });
/// ```
pub fn sheets(questionnaire: &Questionnaire) -> impl Strategy<Value = AnswerSheet> + use<> {
    let questionnaire = questionnaire.clone();
    let questions = questionnaire.questions().len();
    let drawn = |states| vec((states, any::<u16>(), any::<u32>()), questions);
    prop_oneof![2 => drawn(3_u8..12), 2 => drawn(0..12), 1 => drawn(0..4)].prop_map(move |drawn| {
        let mut sheet = questionnaire.sheet();
        for (question, drawn) in questionnaire.questions().zip(drawn) {
            let set = sheet.set(question.id(), answer(question, drawn));
            debug_assert!(set.is_ok(), "{set:?}");
        }
        sheet
    })
}

/// The answer to a question that drawn numbers stand for: its state, its level and items.
fn answer(question: Question<'_>, (state, level, ticks): (u8, u16, u32)) -> Answer {
    match state {
        0 => Answer::Unanswered,
        1 if !question.forbids(NonAnswer::DontKnow) => Answer::DontKnow,
        2 if !question.forbids(NonAnswer::NotApplicable) => Answer::NotApplicable,
        _ => value(question.scale(), level.into(), ticks),
    }
}

fn value(scale: &ScaleSpec, level: usize, ticks: u32) -> Answer {
    match scale {
        ScaleSpec::Choice { choices } => pick(choices, level).map(|choice| choice.value).into(),
        ScaleSpec::YesNo => (level % 2 == 1).into(),
        ScaleSpec::Checklist { items } => {
            let ticked = items.iter().zip((0..32).cycle());
            let ticked = ticked.filter(|(_, bit)| ticks >> bit & 1 == 1);
            ticked.map(|(item, _)| item.id.clone()).collect::<Vec<String>>().into()
        }
        ScaleSpec::Measure { bands, .. } => {
            let starts = bands.iter().map(|band| band.start);
            let within = |number: &f64| starts.clone().any(|start| start.is_reached(*number));
            let leasts = starts.clone().map(Start::least);
            let numbers: Vec<f64> = leasts
                .chain(NUMBERS.into_iter().filter(within))
                .filter(|number| number.is_finite())
                .collect();
            pick(&numbers, level).copied().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::answers::AnswerState;
    use crate::testing::{Shape, questionnaires};

    #[test]
    fn every_state_occurs_an_answer_to_what_is_not_asked_too() {
        let (mut runner, mut seen) = (TestRunner::deterministic(), BTreeSet::new());
        let strategy =
            questionnaires(Shape::default()).prop_flat_map(|questionnaire| sheets(&questionnaire));
        let mut hidden = 0;
        for _ in 0..300 {
            let sheet = strategy.new_tree(&mut runner).unwrap().current();
            for (question, answer) in sheet.answers() {
                let state = sheet.state(question.id()).unwrap();
                let answered = answer != Answer::Unanswered;
                hidden += usize::from(state == AnswerState::NotAsked && answered);
                seen.insert(state);
            }
        }
        assert_eq!(seen, AnswerState::ALL.into());
        assert!(hidden > 20, "{hidden}");
    }
}
