//! Which answers meet a comparison of a condition.

use serde::Serialize;

use super::condition::{Comparison, Condition, Test};
use super::question::Question;
use super::scale::{Item, Scale};
use super::spec::Start;
use crate::number::Units;

/// Numbers from a start up to an end. Serialises as an object with `from` or `above`, and with `below`
/// or `at_most` if there is an end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Range {
    /// Where it starts.
    #[serde(flatten)]
    pub start: Start,
    /// Where it ends, if it does.
    #[serde(flatten)]
    pub end: Option<End>,
}

/// Where a range of numbers ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Before that number.
    Below(f64),
    /// With that number.
    AtMost(f64),
}

/// Which answers meet a comparison: what forms, schemas and sentences are made of.
#[derive(Clone, Debug)]
pub(crate) enum Meeting<'q> {
    /// The choices at these positions.
    Choices(Vec<usize>),
    YesNo(Vec<bool>),
    Numbers(Vec<Range>),
    Ticked(&'q Item),
    PointsFrom(u64),
    PointsTo(u64),
}

impl<'q> Question<'q> {
    /// The condition on which it is asked, if it has one.
    pub(crate) fn condition(&self) -> Option<&'q Condition> {
        let rule = self.questionnaire().rules().get(self.position())?;
        Some(&rule.asked_if.as_ref()?.condition)
    }
}

impl<'q> Meeting<'q> {
    /// The question that is compared, and which answers meet the comparison.
    pub(crate) fn new(
        question: Question<'q>,
        comparison: &Comparison,
    ) -> Option<(Question<'q>, Self)> {
        let compared = question.questionnaire().question_at(comparison.question)?;
        let meets = |credit: Units| comparison.test.is_met(credit, |_| false);
        let meeting = match (compared.scoring(), comparison.test) {
            (Scale::Choice(choices), _) => {
                let choices = choices.iter().enumerate().filter(|(_, (_, credit))| meets(*credit));
                Self::Choices(choices.map(|(position, _)| position).collect())
            }
            (Scale::YesNo { yes }, _) => {
                let answers = [(true, *yes), (false, yes.reversed())];
                let answers = answers.into_iter().filter(|(_, credit)| meets(*credit));
                Self::YesNo(answers.map(|(yes, _)| yes).collect())
            }
            (Scale::Measure(bands), _) => Self::Numbers(ranges(bands, meets)),
            (Scale::Checklist(items), Test::Ticked(item)) => Self::Ticked(items.get(item)?),
            (Scale::Checklist(items), Test::AtLeast(_)) => {
                Self::PointsFrom(first_point(items, meets))
            }
            // The lowest credit of a checklist is 0, so that one point after the last meets it.
            (Scale::Checklist(items), Test::AtMost(_)) => {
                Self::PointsTo(first_point(items, |credit| !meets(credit)).saturating_sub(1))
            }
        };
        Some((compared, meeting))
    }
}

/// The least number of points whose credit meets a test that more points meet, too; one more than
/// there are if none does.
fn first_point(items: &[Item], meets: impl Fn(Units) -> bool) -> u64 {
    let all: u64 = items.iter().map(|item| item.points).sum();
    let (mut low, mut high) = (0, all + 1);
    while low < high {
        let middle = low.midpoint(high);
        if meets(Units::share(middle, all)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The numbers of the bands that meet a test; neighbours are one range.
fn ranges(bands: &[(Start, Units)], meets: impl Fn(Units) -> bool) -> Vec<Range> {
    let mut ranges = Vec::<Range>::new();
    let mut open = false;
    for (start, credit) in bands {
        if meets(*credit) {
            if !open {
                ranges.push(Range { start: *start, end: None });
            }
        } else if let Some(last) = ranges.last_mut().filter(|_| open) {
            last.end = Some(match start {
                Start::From(number) => End::Below(*number),
                Start::Above(number) => End::AtMost(*number),
            });
        }
        open = meets(*credit);
    }
    ranges
}
