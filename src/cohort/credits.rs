//! What the answers of each row earn, for statistics.

use super::Cohort;
use super::meaning::{self, RowTicks};
use crate::answers::{Marked, Outcome};

impl Cohort<'_> {
    /// Hands over, row by row, the number of the row and the credit of each answer by the position of
    /// its question, `reverse` applied: what [`Ratings`](crate::statistics::Ratings) of the same answer sheets
    /// hold, to the last bit. A question that is not answered, not applicable or not asked has none,
    /// also where it counts as 0 in a score. Rows with a bad cell are passed over.
    ///
    /// ```
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::Column;
    /// use digital_maturity::statistics::{CreditSums, Deletion, Reliability};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [1_u8, 3, 4, 255, 9];
    /// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
    /// let cohort = Cohort::new(&pulse, columns)?;
    ///
    /// let mut sums = CreditSums::new(pulse.questions().map(|question| question.id()));
    /// let mut faults = Vec::new();
    /// cohort.credits(|_, credits| faults.extend(sums.push(credits).err()));
    /// assert_eq!((sums.rows(), faults.len()), (4, 0)); // there is no choice 9
    ///
    /// let reliability = Reliability::from_sums(&sums, Deletion::Listwise);
    /// assert_eq!((reliability.n, format!("{:.3}", reliability.alpha)), (3, "1.000".to_owned()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn credits(&self, mut each: impl FnMut(usize, &[Option<f64>])) {
        let mut credits = Vec::new();
        self.outcomes(|row, outcomes| {
            credits.clear();
            credits.extend(outcomes.iter().map(|outcome| outcome.rating()));
            each(row, &credits);
        });
    }

    /// Hands over, row by row, the number of the row and what became of each question.
    pub(super) fn outcomes(&self, mut each: impl FnMut(usize, &[Outcome])) {
        let questionnaire = &self.questionnaire;
        let (mut marks, mut outcomes) = (Vec::new(), Vec::new());
        for row in (0..self.rows).filter(|row| !self.findings.rows.contains(*row)) {
            meaning::marks(&self.columns, row, &mut marks);
            outcomes.clear();
            let ticks = &RowTicks(&self.columns, row);
            let of_row = Marked { questionnaire, marks: &marks, ticks };
            of_row.outcomes(|_, _, outcome| outcomes.push(outcome));
            each(row, &outcomes);
        }
    }
}
