//! When a question is asked, in terms of what a form posts.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use super::setting::{Setting, yes_or_no};
use super::spelling::{Spelling, Spellings};
use crate::number::Units;
use crate::questionnaire::{
    Comparison, Condition as Rule, Item, Question, Scale, ScaleSpec, Start, Test,
};
use crate::words::{Words, fill};

/// When a question is asked, in terms of what a form posts: conditions on credits become the values
/// that earn them.
///
/// Each comparison is met only if the question that it names is itself asked, and answered by a value:
/// no answer, "don't know" and "not applicable" meet none. See [`AnswerSheet::asked`] for what is asked
/// as the answers are.
///
/// [`AnswerSheet::asked`]: crate::AnswerSheet::asked
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Condition<'f> {
    /// All of them are met.
    All {
        /// One or more.
        all: Vec<Self>,
    },
    /// One of them is met.
    Any {
        /// One or more.
        any: Vec<Self>,
    },
    /// The choice is one of these, or yes or no is.
    In {
        /// The id of the question.
        question: &'f str,
        /// The values of choices that meet it; there may be none.
        r#in: Vec<String>,
    },
    /// The number is in one of these ranges.
    Within {
        /// The id of the question.
        question: &'f str,
        /// Ascending and apart; there may be none.
        within: Vec<Range>,
    },
    /// The item is ticked, whatever else is.
    Ticked {
        /// The id of the question.
        question: &'f str,
        /// The id of the item.
        ticked: &'f str,
    },
    /// The items that are ticked, none of them maybe, have so many points or more.
    PointsFrom {
        /// The id of the question.
        question: &'f str,
        /// In all, of the items' [points](super::Choice::points).
        points_from: u64,
    },
    /// The items that are ticked, none of them maybe, have so many points or fewer.
    PointsTo {
        /// The id of the question.
        question: &'f str,
        /// In all, of the items' [points](super::Choice::points).
        points_to: u64,
    },
}

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

/// Which answers meet a comparison: what the forms and schemas are made of.
#[derive(Clone, Debug)]
pub(super) enum Meeting<'q> {
    /// The choices at these positions.
    Choices(Vec<usize>),
    YesNo(Vec<bool>),
    Numbers(Vec<Range>),
    Ticked(&'q Item),
    PointsFrom(u64),
    PointsTo(u64),
}

/// The condition of a question, if it has one.
pub(super) fn rule(question: Question<'_>) -> Option<&Rule> {
    let rule = question.questionnaire().rules().get(question.position())?;
    Some(&rule.asked_if.as_ref()?.condition)
}

impl<'q> Meeting<'q> {
    /// The question that is compared, and which answers meet the comparison.
    pub(super) fn new(
        question: Question<'q>,
        comparison: &Comparison,
    ) -> Option<(Question<'q>, Self)> {
        let compared = question.questionnaire().question_at(comparison.question)?;
        let meets = |credit: Units| match comparison.test {
            Test::AtLeast(bound) => credit >= bound,
            Test::AtMost(bound) => credit <= bound,
            Test::Ticked(_) => false,
        };
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

impl<'f> Condition<'f> {
    /// That of a question, if it has one.
    pub(super) fn of(question: Question<'f>, spellings: &mut Spellings) -> Option<Self> {
        Self::new(question, rule(question)?, spellings)
    }

    fn new(question: Question<'f>, rule: &Rule, spellings: &mut Spellings) -> Option<Self> {
        let mut members = |members: &[Rule]| -> Option<Vec<Self>> {
            members.iter().map(|member| Self::new(question, member, spellings)).collect()
        };
        match rule {
            Rule::All(all) => Some(Self::All { all: members(all)? }),
            Rule::Any(any) => Some(Self::Any { any: members(any)? }),
            Rule::One(comparison) => {
                let (of, meeting) = Meeting::new(question, comparison)?;
                let question = of.id();
                Some(match meeting {
                    Meeting::Choices(choices) => {
                        let values = spellings.of(of);
                        let value = |position: usize| match values.get(position) {
                            Some(Spelling::Value(value)) => Some(value.clone()),
                            Some(Spelling::Named) | None => None,
                        };
                        let r#in = choices.into_iter().filter_map(value).collect();
                        Self::In { question, r#in }
                    }
                    Meeting::YesNo(answers) => {
                        let r#in = answers.iter().map(bool::to_string).collect();
                        Self::In { question, r#in }
                    }
                    Meeting::Numbers(within) => Self::Within { question, within },
                    Meeting::Ticked(item) => Self::Ticked { question, ticked: &item.id },
                    Meeting::PointsFrom(points_from) => Self::PointsFrom { question, points_from },
                    Meeting::PointsTo(points_to) => Self::PointsTo { question, points_to },
                })
            }
        }
    }
}

impl<'f> Condition<'f> {
    /// The ids of the checklists that it counts the points of.
    pub(super) fn counted(&self, found: &mut BTreeSet<&'f str>) {
        match self {
            Self::All { all: members } | Self::Any { any: members } => {
                for member in members {
                    member.counted(found);
                }
            }
            Self::PointsFrom { question, .. } | Self::PointsTo { question, .. } => {
                found.insert(question);
            }
            Self::In { .. } | Self::Within { .. } | Self::Ticked { .. } => {}
        }
    }
}

/// The points of each item of a checklist.
pub(super) fn item_points(question: Question<'_>) -> Map<String, Value> {
    match question.scoring() {
        Scale::Checklist(items) => {
            items.iter().map(|item| (item.id.clone(), item.points.into())).collect()
        }
        _ => Map::new(),
    }
}

/// No title or answer of a sentence has more characters.
const LONGEST: usize = 100;
/// So many answers to one question are named.
const NAMED: usize = 5;

/// When a question is asked, in words.
pub(super) fn sentence(setting: &Setting<'_>, question: Question<'_>) -> Option<String> {
    let condition = joined(setting, question, rule(question)?, false)?;
    Some(fill!(setting.words.form_asked_if, condition = condition))
}

fn joined(setting: &Setting<'_>, of: Question<'_>, rule: &Rule, inner: bool) -> Option<String> {
    let words = setting.words;
    let (members, word) = match rule {
        Rule::One(comparison) => return compared(setting, of, comparison),
        Rule::All(members) => (members, &words.and_word),
        Rule::Any(members) => (members, &words.or_word),
    };
    let several = members.len() > 1;
    let members = members.iter().map(|member| joined(setting, of, member, several || inner));
    let members = members.collect::<Option<Vec<String>>>()?.join(&format!(" {word} "));
    Some(if several && inner { format!("({members})") } else { members })
}

fn compared(setting: &Setting<'_>, of: Question<'_>, comparison: &Comparison) -> Option<String> {
    let words = setting.words;
    let (question, meeting) = Meeting::new(of, comparison)?;
    let mut answers: Vec<String> = match (meeting, question.scale()) {
        (Meeting::Choices(positions), ScaleSpec::Choice { choices }) => {
            let texts = positions.iter().filter_map(|position| choices.get(*position));
            texts.take(NAMED + 1).map(|choice| short(setting.text(&choice.text))).collect()
        }
        (Meeting::YesNo(answers), _) => {
            answers.iter().map(|yes| yes_or_no(words, *yes).to_owned()).collect()
        }
        (Meeting::Numbers(ranges), ScaleSpec::Measure { unit, .. }) => {
            let unit = short(setting.text(unit));
            let range = |range: &Range| format!("{}\u{a0}{unit}", in_words(words, *range));
            ranges.iter().take(NAMED + 1).map(range).collect()
        }
        (Meeting::Ticked(item), ScaleSpec::Checklist { items }) => {
            let ticked = items.iter().find(|of| of.id == item.id)?;
            vec![short(setting.text(&ticked.text))]
        }
        (Meeting::PointsFrom(_), _) => vec![words.form_enough.to_string()],
        (Meeting::PointsTo(_), _) => vec![words.form_few.to_string()],
        _ => Vec::new(),
    };
    if answers.len() > NAMED {
        answers.truncate(NAMED);
        answers.push("…".to_owned());
    }
    let answers = answers.join(&format!(" {} ", words.or_word));
    let title = short(setting.text(question.title()));
    Some(fill!(words.form_condition, question = title, answers = answers))
}

fn in_words(words: &Words, range: Range) -> String {
    let number = |number| words.measured(number);
    let start = match range.start {
        Start::From(from) => fill!(words.form_at_least, number = number(from)),
        Start::Above(above) => fill!(words.more_than, number = number(above)),
    };
    let end = match range.end {
        None => return start,
        Some(End::Below(below)) => fill!(words.below, number = number(below)),
        Some(End::AtMost(most)) => fill!(words.at_most, number = number(most)),
    };
    format!("{start} {} {end}", words.and_word)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => text.split_at(end).0.to_owned() + "…",
    }
}
