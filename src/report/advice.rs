//! What to do, from the answers given, and what each step would do to the overall.

use std::cmp::Reverse;

use crate::answers::{Answer, AnswerSheet, AnswerState};
use crate::assessment::{Assessment, QuestionResult};
use crate::number::{Score, Units};
use crate::questionnaire::Scale;
use crate::questionnaire::{Question, ScaleSpec};
use crate::text::Text;

/// An answer that could be higher, and what to do about it.
#[derive(Clone, Debug)]
pub(super) struct Advice<'r> {
    pub(super) question: Question<'r>,
    pub(super) answer: Answer,
    credit: Score,
    /// The advice that belongs to the answer given.
    pub(super) text: Option<&'r Text>,
    /// How the next level describes itself.
    pub(super) next: Option<&'r Text>,
    /// What the overall gains if this answer alone rises by one level.
    pub(super) step: Option<Score>,
    /// What the overall gains if this answer alone rises to the top of its scale.
    pub(super) full: Option<Score>,
}

/// The next higher answer and the highest one.
struct Raised<'r> {
    text: Option<&'r Text>,
    next_text: Option<&'r Text>,
    next: Answer,
    full: Answer,
}

/// Advice for every answer that counts and can be raised: first what would raise the overall most
/// if it alone went to the top of its scale, by the published Score. Ties: what gains more by one
/// level, then the lower credit, then the order of the questionnaire. Without an overall, by the
/// credit.
pub(super) fn advice(assessment: &Assessment) -> Vec<Advice<'_>> {
    let mut sheet = assessment.sheet().clone();
    let weights = assessment.questionnaire().pillar_weights();
    let counts = |question: &Question<'_>| {
        !question.weight().is_zero() && !weights[question.pillar()].is_zero()
    };
    let mut found: Vec<Advice<'_>> = assessment
        .questions()
        .filter(|(question, result)| result.state == AnswerState::Answered && counts(question))
        .filter_map(|(question, result)| of_answer(assessment, &mut sheet, question, result))
        .collect();
    // Stable, so that equals stay in the order of the questionnaire.
    found.sort_by_key(|advice| (Reverse(advice.full), Reverse(advice.step), advice.credit));
    found
}

fn of_answer<'r>(
    assessment: &'r Assessment,
    sheet: &mut AnswerSheet,
    question: Question<'r>,
    result: QuestionResult,
) -> Option<Advice<'r>> {
    let answer = assessment.sheet().answer(question.id())?;
    let raised = raised(question, &answer)?;
    let (text, next) = (raised.text, raised.next_text);
    let step = gain(assessment, sheet, question, raised.next, &answer);
    let full = gain(assessment, sheet, question, raised.full, &answer);
    Some(Advice { question, credit: result.credit?, text, next, step, full, answer })
}

/// How much the overall Score rises with that one answer, on a sheet that is left as it was.
fn gain(
    assessment: &Assessment,
    sheet: &mut AnswerSheet,
    question: Question<'_>,
    raised: Answer,
    given: &Answer,
) -> Option<Score> {
    let before = assessment.score()?;
    sheet.set(question.id(), raised).ok()?;
    let after = sheet.summary().overall.score();
    sheet.set(question.id(), given.clone()).ok()?;
    // A higher answer may open questions that are not answered yet, and so need not raise anything.
    Some(before.shortfall(after?))
}

/// What stands above `answer`; `None` if it is the top.
fn raised<'r>(question: Question<'r>, answer: &Answer) -> Option<Raised<'r>> {
    match (question.scale(), question.scoring(), answer) {
        (ScaleSpec::Choice { choices }, Scale::Choice(credits), Answer::Whole(value)) => {
            let here = credits.iter().position(|(of_choice, _)| of_choice == value)?;
            let credits: Vec<Units> = credits.iter().map(|(_, credit)| *credit).collect();
            let (next, full) = above(&credits, here)?;
            let (next, full) = (choices.get(next)?, choices.get(full)?);
            Some(Raised {
                text: choices.get(here)?.advice.as_ref(),
                next_text: Some(&next.text),
                next: next.value.into(),
                full: full.value.into(),
            })
        }
        (ScaleSpec::Measure { bands, .. }, Scale::Measure(credits), number) => {
            let number = measured(number)?;
            let here = credits.iter().take_while(|(from, _)| *from <= number).count();
            let here = here.checked_sub(1)?;
            let credits: Vec<Units> = credits.iter().map(|(_, credit)| *credit).collect();
            let (next, full) = above(&credits, here)?;
            let (next, full) = (bands.get(next)?, bands.get(full)?);
            Some(Raised {
                text: bands.get(here)?.advice.as_ref(),
                next_text: next.text.as_ref(),
                next: next.from.into(),
                full: full.from.into(),
            })
        }
        (ScaleSpec::YesNo, Scale::YesNo { yes }, Answer::YesNo(answer)) => {
            let best = *yes == Units::ONE;
            let raised =
                || Raised { text: None, next_text: None, next: best.into(), full: best.into() };
            (*answer != best).then(raised)
        }
        (ScaleSpec::Checklist { items }, _, Answer::Items(ticked)) => {
            // The item with most points; of equals, the first.
            let missing = items.iter().filter(|item| !ticked.contains(&item.id));
            let next = missing.rev().max_by_key(|item| item.points)?;
            let mut with_next = ticked.clone();
            with_next.push(next.id.clone());
            Some(Raised {
                text: None,
                next_text: Some(&next.text),
                next: with_next.into(),
                full: items.iter().map(|item| item.id.clone()).collect::<Vec<_>>().into(),
            })
        }
        _ => None,
    }
}

/// The number of a measure's answer.
fn measured(answer: &Answer) -> Option<f64> {
    match answer {
        Answer::Number(number) => Some(*number),
        _ => None,
    }
}

/// The place of the lowest credit above that at `here`, and of the highest; of equals, the first.
fn above(credits: &[Units], here: usize) -> Option<(usize, usize)> {
    let current = *credits.get(here)?;
    let higher = || credits.iter().enumerate().filter(|(_, credit)| **credit > current);
    let next = higher().min_by_key(|(at, credit)| (**credit, *at))?.0;
    let full = higher().min_by_key(|(at, credit)| (Reverse(**credit), *at))?.0;
    Some((next, full))
}
