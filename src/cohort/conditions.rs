//! Who is asked: conditions, settled for a block of rows by columns.

use std::ops::Range;
use std::sync::Arc;

use super::by_byte::ByByte;
use super::cell::Cells;
use super::meaning::{Meaning, Sound, States};
use crate::answers::Mark;
use crate::questionnaire::Questionnaire;

/// The code of what is not applicable, in one byte. A question that is not asked is left out of
/// everything in the same way.
const LEFT_OUT: u8 = u8::MAX - 2;

/// A question that is asked on a condition.
#[derive(Clone, Debug)]
struct Condition {
    question: usize,
    named: usize,
    /// By the code of the named question.
    met: ByByte<bool>,
}

/// All conditions of a questionnaire, in its order: each names an earlier question.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions(Vec<Condition>);

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
            let Some(condition) = rule.condition else { continue };
            let (own, named) = (meanings.get(question)?, meanings.get(condition.question)?);
            if condition.otherwise_lowest || own.marks.is_none() {
                return None;
            }
            let marks = named.marks.as_ref()?;
            let met = ByByte::from_fn(
                |code| matches!(marks[code], Mark::Answered(credit) if credit >= condition.at_least),
            );
            states.get_mut(question)?.not_applicable = true;
            conditions.push(Condition { question, named: condition.question, met });
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
            let earlier =
                self.0.iter().zip(before.iter()).find(|(of, _)| of.question == condition.named);
            let named = earlier.map_or(bytes(condition.named), |(_, settled)| settled.as_slice());
            let asked = named.iter().map(|code| condition.met[*code]);
            out.clear();
            out.extend(
                asked
                    .zip(bytes(condition.question))
                    .map(|(asked, code)| if asked { *code } else { LEFT_OUT }),
            );
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
