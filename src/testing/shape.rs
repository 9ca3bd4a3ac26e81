//! How large and of what kind a random questionnaire is.

use std::ops::RangeInclusive;

use crate::questionnaire::QUESTIONS;

/// How many questions a random questionnaire has, and whether some hang on others. One without
/// questions, or of more than a questionnaire may have, cannot exist.
///
/// The default has 1 to 11 questions and conditions.
///
/// ```
/// use digital_maturity::testing::Shape;
///
/// let large = Shape::new(30..=60).unwrap().without_conditions();
/// assert_eq!(Shape::new(0..=3), None);
/// assert_ne!(large, Shape::default());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    pub(super) questions: RangeInclusive<usize>,
    pub(super) conditions: bool,
}

impl Shape {
    /// Of so many questions, with conditions. `None` if the range is empty or holds a number outside
    /// 1 to 1,000.
    #[must_use]
    pub fn new(questions: RangeInclusive<usize>) -> Option<Self> {
        let possible = QUESTIONS.least..=QUESTIONS.most;
        let possible = !questions.is_empty()
            && [questions.start(), questions.end()].into_iter().all(|n| possible.contains(n));
        possible.then_some(Self { questions, conditions: true })
    }

    /// The same, every question always asked.
    #[must_use]
    pub fn without_conditions(mut self) -> Self {
        self.conditions = false;
        self
    }
}

impl Default for Shape {
    fn default() -> Self {
        Self { questions: 1..=11, conditions: true }
    }
}
