//! The answers that earn more than the one given (scoring rules, section 9).

use crate::answers::{Answer, AnswerSheet, Given, Mark};
use crate::number::Units;
use crate::questionnaire::{Item, Question, Scale, Start, Ticks};

/// An answer that earns more than the one given: one distinct credit higher, or one more item of a
/// checklist ticked, than the rung below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rung {
    given: Given,
    /// What it earns, `reverse` applied.
    pub(crate) credit: Units,
}

impl Rung {
    /// As one writes it; `question` is the one that it is a rung of.
    pub(crate) fn answer(&self, question: Question<'_>) -> Answer {
        self.given.answer(question)
    }
}

impl AnswerSheet {
    /// The rungs above the answer to a question, lowest first: one for each distinct credit, or for
    /// each item not ticked. None if it is not answered with a value.
    ///
    /// Of choices with the same credit the first listed stands for all. Of bands with the same
    /// credit it is the one nearest to the number given, counted in bands, and of two equally near
    /// the lower; it is stated by the least number in it. Items are ticked in the order of their points,
    /// most first, then as listed.
    pub(crate) fn rungs(&self, question: Question<'_>) -> Vec<Rung> {
        let position = question.position();
        let (Some(&given), Some(Mark::Answered(here))) =
            (self.given().get(position), self.marks().get(position))
        else {
            return Vec::new();
        };
        let mut rungs: Vec<Rung> = match (question.scoring(), given) {
            (Scale::Choice(choices), _) => {
                let rung = |&(value, credit)| Rung { given: Given::Choice(value), credit };
                choices.iter().map(rung).collect()
            }
            (Scale::YesNo { yes }, _) => [(true, *yes), (false, yes.reversed())]
                .map(|(answer, credit)| Rung { given: Given::YesNo(answer), credit })
                .into(),
            (Scale::Measure(bands), Given::Measure(number)) => {
                let band = Scale::band(bands, number).unwrap_or_default();
                let mut nearest: Vec<_> = bands.iter().enumerate().collect();
                nearest.sort_by_key(|(at, _)| at.abs_diff(band));
                let rung = |(at, &(start, credit)): (usize, &(Start, Units))| {
                    let least = start.least();
                    // No number lies in a band that ends where it starts.
                    let reached = Scale::band(bands, least) == Some(at) && least.is_finite();
                    reached.then_some(Rung { given: Given::Measure(least), credit })
                };
                nearest.into_iter().filter_map(rung).collect()
            }
            (Scale::Checklist(items), Given::Items(ticks)) => ticking(items, ticks),
            _ => Vec::new(),
        };
        rungs.retain(|rung| rung.credit > *here);
        // Stable, so that of equal credits the one that came first stays.
        rungs.sort_by_key(|rung| rung.credit);
        rungs.dedup_by_key(|rung| rung.credit);
        rungs
    }

    /// Gives the answer of a rung in place of the one that stands there.
    pub(crate) fn climb(&mut self, position: usize, rung: &Rung) {
        self.put(position, (rung.given, Mark::Answered(rung.credit)));
    }

    /// Takes over the answer that stands on another sheet.
    pub(crate) fn copy_answer(&mut self, position: usize, from: &Self) {
        if let (Some(given), Some(mark)) = (from.given().get(position), from.marks().get(position))
        {
            self.put(position, (*given, *mark));
        }
    }
}

/// One rung for each item that is not ticked yet. Every item has points, at most 1e5 in all, so
/// that each rung earns more than the one before it.
fn ticking(items: &[Item], mut ticks: Ticks) -> Vec<Rung> {
    let mut left: Vec<(usize, u64)> = items
        .iter()
        .map(|item| item.points)
        .enumerate()
        .filter(|(at, _)| !ticks.contains(*at))
        .collect();
    left.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    let rung = |(at, _)| {
        ticks.insert(at);
        Rung { given: Given::Items(ticks), credit: Scale::of_ticks(items, ticks) }
    };
    left.into_iter().map(rung).collect()
}
