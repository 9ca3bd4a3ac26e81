//! Who is asked: conditions, settled for a block of rows by columns.
//!
//! Where nothing counts unless it is asked, what is undecided and what is not met come to the same:
//! a question is asked if its condition is met, and a condition is met if all, or any, of its members
//! are. A comparison with a question that is not asked is not met either way. So that one bit does
//! for the three values of the rules. With `otherwise`, rows go the exact way.

use std::ops::Range;
use std::sync::Arc;

use super::by_byte::ByByte;
use super::cell::{Cells, Coding};
use super::meaning::{Meaning, Sound, States};
use crate::answers::Mark;
use crate::questionnaire::{Comparison, Condition, Questionnaire, Test};

/// The code of what is not applicable, in one byte. A question that is not asked is left out of
/// everything in the same way.
const LEFT_OUT: u8 = u8::MAX - 2;

/// A question that is asked on a condition.
#[derive(Clone, Debug)]
struct Conditional {
    question: usize,
    met: Met,
}

/// When a condition is met.
#[derive(Clone, Debug)]
enum Met {
    /// By the code of the named question.
    One {
        named: usize,
        by_code: ByByte<bool>,
    },
    All(Vec<Met>),
    Any(Vec<Met>),
}

impl Met {
    fn new(condition: &Condition, meanings: &[Arc<Meaning>]) -> Option<Self> {
        let members = |list: &[Condition]| {
            list.iter().map(|member| Self::new(member, meanings)).collect::<Option<Vec<_>>>()
        };
        Some(match condition {
            Condition::One(Comparison { question, test }) => {
                let meaning = meanings.get(*question)?;
                let marks = meaning.marks.as_ref()?;
                if matches!(test, Test::Ticked(_)) && meaning.coding != Coding::Ticks {
                    return None;
                }
                let by_code = ByByte::from_fn(|code| match marks[code] {
                    Mark::Answered(credit) => test.is_met(credit, |item| {
                        code.checked_shr(u32::try_from(item).unwrap_or(u32::MAX))
                            .is_some_and(|bits| bits & 1 == 1)
                    }),
                    _ => false,
                });
                Self::One { named: *question, by_code }
            }
            Condition::All(list) => Self::All(members(list)?),
            Condition::Any(list) => Self::Any(members(list)?),
        })
    }

    /// Puts down for each row whether it is met, 1 or 0, from the codes of earlier questions.
    fn put<'v>(&self, codes: &impl Fn(usize) -> &'v [u8], rows: usize, out: &mut Vec<u8>) {
        out.clear();
        let (members, all) = match self {
            Self::One { named, by_code } => {
                out.extend(codes(*named).iter().map(|code| u8::from(by_code[*code])));
                return;
            }
            Self::All(members) => (members, true),
            Self::Any(members) => (members, false),
        };
        out.resize(rows, all.into());
        let mut of_member = Vec::new();
        for member in members {
            member.put(codes, rows, &mut of_member);
            for (out, member) in out.iter_mut().zip(&of_member) {
                *out = if all { *out & member } else { *out | member };
            }
        }
    }
}

/// All conditions of a questionnaire, in its order: each names earlier questions.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions(Vec<Conditional>);

impl Conditions {
    /// The conditions over columns of those meanings, with what they leave out noted in `states`;
    /// `None` if one makes a question count although it is not asked, or a column is too wide.
    pub(super) fn new(
        questionnaire: &Questionnaire,
        meanings: &[Arc<Meaning>],
        states: &mut [States],
    ) -> Option<Self> {
        let mut conditions = Vec::new();
        for (question, rule) in questionnaire.rules().iter().enumerate() {
            let Some(asked_if) = &rule.asked_if else { continue };
            if asked_if.otherwise_lowest || meanings.get(question)?.marks.is_none() {
                return None;
            }
            let met = Met::new(&asked_if.condition, meanings)?;
            states.get_mut(question)?.not_applicable = true;
            conditions.push(Conditional { question, met });
        }
        Some(Self(conditions))
    }

    /// The bytes of each column in a block of rows, with whoever is not asked left out; nothing for
    /// wider columns. `settled` is what conditional columns are written to.
    pub(super) fn views<'v>(
        &self,
        columns: &'v [Sound<'_>],
        rows: &Range<usize>,
        settled: &'v mut Vec<Vec<u8>>,
    ) -> Vec<&'v [u8]> {
        let bytes = |question: usize| match columns.get(question).map(|column| &column.cells) {
            Some(Cells::U8(codes)) => codes.get(rows.clone()).unwrap_or_default(),
            _ => &[],
        };
        settled.resize(self.0.len(), Vec::new());
        for (at, condition) in self.0.iter().enumerate() {
            let (before, rest) = settled.split_at_mut(at);
            let Some(out) = rest.first_mut() else { continue };
            let before = &*before;
            let codes = |named: usize| {
                // Conditions are in the order of the questions.
                let earlier = self.0.binary_search_by_key(&named, |of| of.question).ok();
                let earlier = earlier.and_then(|earlier| before.get(earlier));
                earlier.map_or_else(|| bytes(named), Vec::as_slice)
            };
            condition.met.put(&codes, rows.len(), out);
            for (out, code) in out.iter_mut().zip(bytes(condition.question)) {
                *out = if *out == 1 { *code } else { LEFT_OUT };
            }
        }
        let mut views: Vec<&[u8]> = (0..columns.len()).map(bytes).collect();
        for (condition, settled) in self.0.iter().zip(settled.iter()) {
            if let Some(view) = views.get_mut(condition.question) {
                *view = settled;
            }
        }
        views
    }
}
