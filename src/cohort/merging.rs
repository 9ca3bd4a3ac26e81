//! Summaries of parts, put together as they come.

use super::most::{TooManyRespondents, Unmergeable};
use super::summary::CohortSummary;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};

/// The summary of respondents who come in parts: of a file that is read in blocks, or of places that
/// each send their own.
///
/// # Cost
///
/// To merge two summaries takes a step for each Score that occurs in either, so that merging every
/// part into the whole would take the square of their number. Here a part waits until it has a fourth of
/// the Scores of the one before it: what waits is no more than a third of the whole.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::cohort::{Column, Merging};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let of = |answers: &[u8]| {
///     let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
///     Cohort::new(&pulse, columns).map(|cohort| cohort.score().summary())
/// };
/// let mut merging = Merging::new(&pulse);
/// for part in [&[1, 2][..], &[5], &[255, 3, 3]] {
///     merging.push(of(part)?)?;
/// }
/// assert_eq!(merging.finish(), of(&[1, 2, 5, 255, 3, 3])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Merging {
    questionnaire: Questionnaire,
    /// Each more than four times as large as the one that follows.
    parts: Vec<CohortSummary>,
}

impl Merging {
    /// Nobody yet.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        Self { questionnaire: questionnaire.clone(), parts: Vec::new() }
    }

    /// Adds a part.
    ///
    /// # Errors
    ///
    /// If it is about a questionnaire that scores otherwise, or all parts are of more than
    /// [`Distribution::MOST`](super::Distribution::MOST) respondents. Nothing is added then.
    pub fn push(&mut self, mut part: CohortSummary) -> Result<(), Unmergeable> {
        OtherQuestionnaire::check(&self.questionnaire, part.questionnaire())?;
        let so_far = self.parts.iter().map(|part| part.stages().total()).sum();
        TooManyRespondents::check(so_far, part.stages().total())?;
        while let Some(mut last) = self.parts.pop() {
            if last.bytes() > 4 * part.bytes() {
                self.parts.push(last);
                break;
            }
            if last.bytes() > part.bytes() {
                std::mem::swap(&mut last, &mut part);
            }
            part.add(&last);
        }
        self.parts.push(part);
        Ok(())
    }

    /// The summary of all parts.
    #[must_use]
    pub fn finish(self) -> CohortSummary {
        // From the smallest up, each into the one before it.
        let whole = self.parts.into_iter().rev().reduce(|smaller, mut larger| {
            larger.add(&smaller);
            larger
        });
        whole.unwrap_or_else(|| CohortSummary::empty(&self.questionnaire)).under(self.questionnaire)
    }

    /// How many bytes the counts take, for whoever must keep memory within bounds.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::Merging;
    /// assert_eq!(Merging::new(&Questionnaire::dcx()).bytes(), 0);
    /// ```
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(CohortSummary::bytes).sum()
    }
}
