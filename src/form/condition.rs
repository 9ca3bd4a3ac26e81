//! When a question is asked, in terms of what a form posts.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::spelling::{Spelling, Spellings};
use crate::questionnaire::{Condition as Rule, Meeting, Question, Range, Scale};

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
        r#in: Vec<Arc<str>>,
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

impl<'f> Condition<'f> {
    /// That of a question, if it has one.
    pub(super) fn of(question: Question<'f>, spellings: &mut Spellings) -> Option<Self> {
        Self::new(question, question.condition()?, spellings)
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
                            Some(Spelling::Value(value)) => Some(Arc::clone(value)),
                            Some(Spelling::Named) | None => None,
                        };
                        let r#in = choices.into_iter().filter_map(value).collect();
                        Self::In { question, r#in }
                    }
                    Meeting::YesNo(answers) => {
                        let value = |yes: &bool| Arc::from(if *yes { "true" } else { "false" });
                        let r#in = answers.iter().map(value).collect();
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
