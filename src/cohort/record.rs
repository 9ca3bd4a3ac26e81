//! One row in full.

use super::bad_cells::BadCell;
use super::meaning::{self, RowTicks};
use super::{Cohort, bad_cells};
use crate::answers::Marked;
use crate::assessment::{Record, record_of};

impl Cohort<'_> {
    /// The result of a row, from 0, in full: what [`AnswerSheet::assess`](crate::AnswerSheet::assess)
    /// says of the same answers, with the coverage of pillars and themes, the credit of each question,
    /// what blocks the next stage, and why there is no Score; who answered and when, columns do not say.
    /// `None` for a row with a bad cell, or if there is no such row. Scores alone are had many times faster by [`score`](Self::score).
    ///
    /// ```
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::Column;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [4_u8, 255, 9]; // 255 is no answer, and there is no choice 9
    /// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
    /// let cohort = Cohort::new(&pulse, columns)?;
    ///
    /// let record = cohort.record_at(0).ok_or("a row is missing")?;
    /// assert_eq!(record.questions.get("case_view").unwrap().credit, Some("0.75".parse()?));
    /// assert_eq!(record.pillars.agile_approach.standing.coverage, Some("1".parse()?));
    /// assert_eq!(cohort.record_at(1).unwrap().overall.why().unwrap().iter().count(), 4);
    /// assert_eq!(cohort.record_at(2), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn record_at(&self, row: usize) -> Option<Record> {
        if row >= self.rows || self.findings.rows.contains(row) {
            return None;
        }
        let mut marks = Vec::with_capacity(self.columns.len());
        meaning::marks(&self.columns, row, &mut marks);
        let ticks = &RowTicks(&self.columns, row);
        Some(record_of(Marked { questionnaire: &self.questionnaire, marks: &marks, ticks }))
    }

    /// The bad cells of a row, from 0, in the order of the questionnaire: all of them, also where
    /// [`bad_cells`](Self::bad_cells) has kept none. None if there is no such row.
    ///
    /// ```
    /// # use digital_maturity::{Cohort, Questionnaire};
    /// # use digital_maturity::cohort::Column;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (sound, odd) = ([4_u8, 4], [4_u8, 9]); // there is no choice 9
    /// let columns = pulse.questions().map(|question| {
    ///     let answers = if question.id() == "case_view" { &odd } else { &sound };
    ///     Column::new(question.id(), answers).by_value()
    /// });
    /// let cohort = Cohort::new(&pulse, columns)?;
    /// assert!(cohort.bad_cells_at(1).map(|cell| cell.question).eq(["case_view"]));
    /// assert_eq!(cohort.bad_cells_at(0).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bad_cells_at(&self, row: usize) -> impl Iterator<Item = BadCell> {
        let is_bad = self.findings.rows.contains(row);
        let columns = self.questionnaire.questions().zip(&self.columns).filter(move |_| is_bad);
        columns.filter_map(move |(question, column)| bad_cells::at(question, column, row))
    }
}
