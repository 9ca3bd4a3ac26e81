//! The condition of a question, in words.

use super::template::filled_with;
use super::{Word, Words, fill};
use crate::number::{Score, Units};
use crate::questionnaire::{
    Comparison, Condition, End, Item, Meeting, Policy, Question, Range, Scale, ScaleSpec, Start,
    Test,
};
use crate::text::Text;

/// What is said of a condition: words of the catalogue, or a text of the questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said<'q> {
    Words(String),
    Text(&'q Text),
}

/// More answers than these are said by their credit; more comparisons than these are not said.
const ANSWERS: usize = 4;
const COMPARISONS: usize = 12;

impl Words {
    /// When a question is asked, to follow a label: the titles of the questions
    /// that its condition compares, each with the answers that meet it, or with the credit that they
    /// must earn where these are many. `None` for a question that is always asked, and for a condition
    /// of many comparisons.
    pub(crate) fn condition<'q>(&self, question: Question<'q>) -> Option<Vec<Said<'q>>> {
        let condition = question.condition()?;
        if condition.comparisons().len() > COMPARISONS {
            return None;
        }
        let mut said = self.said(condition, question);
        if question.asked_if()?.otherwise == Policy::Lowest {
            said.push(Said::Words(self.condition_otherwise.to_string()));
        }
        Some(said)
    }

    fn said<'q>(&self, condition: &'q Condition, of: Question<'q>) -> Vec<Said<'q>> {
        match condition {
            Condition::One(comparison) => self.compared(comparison, of),
            Condition::All(members) => self.joined(members, &self.and_word, of),
            Condition::Any(members) => self.joined(members, &self.or_word, of),
        }
    }

    /// Conditions with a word between them; each that is joined itself stands in brackets.
    fn joined<'q>(&self, members: &'q [Condition], word: &Word, of: Question<'q>) -> Vec<Said<'q>> {
        let mut joined = Vec::new();
        for member in members {
            if !joined.is_empty() {
                joined.push(Said::Words(format!(" {word} ")));
            }
            let said = self.said(member, of);
            let is_joined =
                matches!(member, Condition::All(list) | Condition::Any(list) if list.len() > 1);
            if is_joined && members.len() > 1 {
                joined.push(Said::Words("(".to_owned()));
                joined.extend(said);
                joined.push(Said::Words(")".to_owned()));
            } else {
                joined.extend(said);
            }
        }
        joined
    }

    fn compared<'q>(&self, comparison: &Comparison, of: Question<'q>) -> Vec<Said<'q>> {
        let Some((question, meeting)) = Meeting::new(of, comparison) else { return Vec::new() };
        let answers = self.answers(question, &meeting).and_then(alternatives);
        let answers = answers.unwrap_or_else(|| vec![Said::Words(self.bound_of(comparison.test))]);
        let title = [Said::Text(question.title())];
        filled_with(&self.condition, Said::Words, &[("question", &title), ("answer", &answers)])
    }

    /// The answers that meet a comparison, where they can be named.
    fn answers<'q>(
        &self,
        question: Question<'q>,
        meeting: &Meeting<'q>,
    ) -> Option<Vec<Vec<Said<'q>>>> {
        let words = |word: &str| vec![Said::Words(word.to_owned())];
        Some(match (meeting, question.scale()) {
            (Meeting::Choices(positions), ScaleSpec::Choice { choices }) => {
                let met = positions.iter().filter_map(|position| choices.get(*position));
                met.map(|choice| vec![Said::Text(&choice.text)]).collect()
            }
            (Meeting::YesNo(answers), _) => {
                answers.iter().map(|yes| words(if *yes { &self.yes } else { &self.no })).collect()
            }
            (Meeting::Numbers(ranges), ScaleSpec::Measure { unit, .. }) => {
                let range = |range: &Range| {
                    vec![Said::Words(self.numbers(*range) + "\u{a0}"), Said::Text(unit)]
                };
                ranges.iter().map(range).collect()
            }
            (Meeting::Ticked(item), ScaleSpec::Checklist { items }) => {
                vec![vec![Said::Text(&items.iter().find(|of| of.id == item.id)?.text)]]
            }
            // Where items count alike, so many of them; else their credit says it.
            (Meeting::PointsFrom(points), _) => {
                let each = points_of_each(question)?;
                vec![words(&fill!(self.condition_from, number = points.div_ceil(each)))]
            }
            (Meeting::PointsTo(points), _) => {
                let each = points_of_each(question)?;
                vec![words(&fill!(self.condition_to, number = points / each))]
            }
            _ => return None,
        })
    }

    fn numbers(&self, range: Range) -> String {
        let start = match range.start {
            Start::From(from) => fill!(self.at_least, number = self.measured(from)),
            Start::Above(above) => fill!(self.more_than, number = self.measured(above)),
        };
        let end = match range.end {
            None => return start,
            Some(End::Below(below)) => fill!(self.below, number = self.measured(below)),
            Some(End::AtMost(most)) => fill!(self.at_most, number = self.measured(most)),
        };
        format!("{start} {} {end}", self.and_word)
    }

    /// The credit that is asked for.
    fn bound_of(&self, test: Test) -> String {
        match test {
            Test::AtLeast(least) => fill!(self.condition_at_least, score = self.whole(least)),
            Test::AtMost(most) => fill!(self.condition_at_most, score = self.whole(most)),
            Test::Ticked(_) => String::new(),
        }
    }

    /// A Score to its last digit, without zeros that say nothing.
    fn whole(&self, bound: Units) -> String {
        let score: Score = bound.score();
        let number = score.percent_floor(7).to_string();
        let number = number.trim_end_matches('0').trim_end_matches('.');
        fill!(self.percent, n = self.number(number))
    }
}

fn points_of_each(question: Question<'_>) -> Option<u64> {
    match question.scoring() {
        Scale::Checklist(items) => Item::points_of_each(items),
        _ => None,
    }
}

fn alternatives(answers: Vec<Vec<Said<'_>>>) -> Option<Vec<Said<'_>>> {
    if answers.is_empty() || answers.len() > ANSWERS {
        return None;
    }
    let mut said = Vec::new();
    for answer in answers {
        if !said.is_empty() {
            said.push(Said::Words(" / ".to_owned()));
        }
        said.extend(answer);
    }
    Some(said)
}
