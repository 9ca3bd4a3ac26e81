//! Conditions: what of them can be told from one place alone.

use crate::diagnostic::Problem;
use crate::document::{At, Fields, Place, Reader};
use crate::number::Score;
use crate::questionnaire::check::{Findings, count, name};
use crate::questionnaire::limits::{CONDITIONS, DEEPEST_CONDITION};
use crate::questionnaire::lists::within;
use crate::questionnaire::part::{Part, Slot};
use crate::questionnaire::read::{list, otherwise, score};
use crate::questionnaire::spec::{AskedIf, ConditionSpec, Policy};

/// The draft of when a question is asked.
#[derive(Debug)]
pub(crate) struct AskedIfDraft {
    pub(crate) condition: Slot<ConditionSpec>,
    otherwise: Slot<Policy>,
}

/// The draft of a condition of which it is known whether it is a comparison or a join.
#[derive(Debug)]
pub(crate) enum ConditionDraft {
    Comparison { question: Slot<String>, test: Option<TestDraft> },
    Join { join: Join, members: Slot<Vec<ConditionSpec>> },
}

/// What a comparison asks of an answer.
#[derive(Debug)]
pub(crate) enum TestDraft {
    AtLeast(Score),
    AtMost(Score),
    Ticked(String),
}

/// How conditions are joined.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Join {
    All,
    Any,
}

impl Join {
    /// The key of its members.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

impl Part for AskedIf {
    type Draft = AskedIfDraft;

    fn draft(self) -> AskedIfDraft {
        AskedIfDraft { condition: Some(self.condition.draft()), otherwise: Some(self.otherwise) }
    }

    fn whole(draft: AskedIfDraft) -> Option<Self> {
        Some(Self { condition: Part::whole(draft.condition?)?, otherwise: draft.otherwise? })
    }

    fn check(findings: &mut Findings, place: &Place<'_>, draft: &AskedIfDraft) {
        let Some(condition) = &draft.condition else { return };
        let found = check(findings, place, condition, 0);
        let (what, most) = (CONDITIONS.many, CONDITIONS.most);
        findings.none(place, (found > most).then_some(Problem::TooMany { what, found, most }));
    }
}

impl Part for ConditionSpec {
    type Draft = ConditionDraft;

    fn draft(self) -> ConditionDraft {
        let comparison = |question, test| ConditionDraft::Comparison {
            question: Some(question),
            test: Some(test),
        };
        let join = |join, members: Vec<Self>| ConditionDraft::Join {
            join,
            members: Some(members.draft()),
        };
        match self {
            Self::AtLeast { question, at_least } => {
                comparison(question, TestDraft::AtLeast(at_least))
            }
            Self::AtMost { question, at_most } => comparison(question, TestDraft::AtMost(at_most)),
            Self::Ticked { question, ticked } => comparison(question, TestDraft::Ticked(ticked)),
            Self::All { all } => join(Join::All, all),
            Self::Any { any } => join(Join::Any, any),
        }
    }

    fn whole(draft: ConditionDraft) -> Option<Self> {
        Some(match draft {
            ConditionDraft::Comparison { question, test } => match (question?, test?) {
                (question, TestDraft::AtLeast(at_least)) => Self::AtLeast { question, at_least },
                (question, TestDraft::AtMost(at_most)) => Self::AtMost { question, at_most },
                (question, TestDraft::Ticked(ticked)) => Self::Ticked { question, ticked },
            },
            ConditionDraft::Join { join, members } => {
                let members = Part::whole(members?)?;
                match join {
                    Join::All => Self::All { all: members },
                    Join::Any => Self::Any { any: members },
                }
            }
        })
    }
}

/// Reports what is wrong with a condition within so many joins, and counts its comparisons.
fn check(
    findings: &mut Findings,
    place: &Place<'_>,
    condition: &ConditionDraft,
    depth: usize,
) -> usize {
    match condition {
        ConditionDraft::Comparison { question, test } => {
            if let Some(question) = question {
                name(findings, &place.key("question"), question);
            }
            if let Some(TestDraft::Ticked(item)) = test {
                name(findings, &place.key("ticked"), item);
            }
            1
        }
        ConditionDraft::Join { join, .. } if depth >= DEEPEST_CONDITION => {
            let problem = Problem::ConditionTooDeep { most: DEEPEST_CONDITION };
            findings.errors.error(&place.key(join.key()), problem);
            0
        }
        ConditionDraft::Join { members: None, .. } => 0,
        ConditionDraft::Join { join, members: Some(members) } => {
            let place = place.key(join.key());
            count(findings, &place, CONDITIONS, members.len());
            within(CONDITIONS, members)
                .map(|(index, member)| check(findings, &place.index(index), member, depth + 1))
                .sum()
        }
    }
}

impl AskedIfDraft {
    pub(super) fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
        let mut fields = reader.fields(at)?;
        let condition = ConditionDraft::of(reader, &mut fields, 0);
        let otherwise = fields.or(reader, "otherwise", Policy::Exclude, otherwise);
        fields.finish(reader);
        Some(Self { condition, otherwise })
    }
}

impl ConditionDraft {
    fn read(reader: &mut Reader, at: At<'_>, depth: usize) -> Option<Self> {
        let mut fields = reader.fields(at)?;
        let condition = Self::of(reader, &mut fields, depth);
        fields.finish(reader);
        condition
    }

    /// The condition that the fields of an object state, within so many joins.
    fn of(reader: &mut Reader, fields: &mut Fields<'_>, depth: usize) -> Option<Self> {
        let join = [Join::All, Join::Any].into_iter().find(|join| fields.has(join.key()));
        if let Some(join) = join {
            let sound = fields.one_of(reader, "all", &["any", "question"]);
            // Deeper than any may be, nothing is looked at: the check says so.
            let members = if depth < DEEPEST_CONDITION {
                let member = |reader: &mut Reader, at: At<'_>| Self::read(reader, at, depth + 1);
                fields.optional(reader, join.key(), list(CONDITIONS, member))
            } else {
                Some(Vec::new())
            };
            return sound.then_some(Self::Join { join, members });
        }
        let question = fields.required(reader, "question", Reader::owned_text);
        let sound = fields.one_of(reader, "at_least", &["at_most", "ticked"]);
        let at_least = fields.optional(reader, "at_least", score("credit"));
        let at_most = fields.optional(reader, "at_most", score("credit"));
        let ticked = fields.optional(reader, "ticked", Reader::owned_text);
        let test = at_least.map(TestDraft::AtLeast);
        let test = test.or(at_most.map(TestDraft::AtMost)).or(ticked.map(TestDraft::Ticked));
        Some(Self::Comparison { question, test: test.filter(|_| sound) })
    }
}
