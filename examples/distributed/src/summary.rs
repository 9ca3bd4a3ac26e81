//! The aggregate `maturity_summary`: the summary of all rows, or of each group.

use std::cell::RefCell;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue, exec_datafusion_err, not_impl_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::format_state_name;
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, Signature, utils::AggregateOrderSensitivity,
};
use digital_maturity::Questionnaire;
use digital_maturity::cohort::{CohortPlan, CohortSummary, Merging, Scores};

use crate::answers::{self, external};
use crate::scoring::Scoring;

/// The aggregate that summarises answers to a questionnaire: the text of a [`CohortSummary`], its
/// figures as JSON.
///
/// What travels between parts of a query is the text of all its counts. Counts are added, so that
/// the summary is the same however the rows were divided and in whatever order the parts came.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct MaturitySummary(Scoring);

impl MaturitySummary {
    /// Its name in SQL.
    pub const NAME: &'static str = "maturity_summary";

    /// Summaries by that questionnaire.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        Self(Scoring::new(questionnaire))
    }

    /// The questionnaire that is answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        self.0.questionnaire()
    }
}

impl AggregateUDFImpl for MaturitySummary {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn signature(&self) -> &Signature {
        self.0.signature()
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        self.0.check(Self::NAME, arguments)?;
        Ok(DataType::Utf8)
    }

    /// One text with wide offsets: the counts of all groups together may be more than two gigabytes.
    fn state_fields(&self, arguments: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let name = format_state_name(arguments.name, "counts");
        Ok(vec![Arc::new(Field::new(name, DataType::LargeUtf8, false))])
    }

    fn accumulator(&self, arguments: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        if arguments.is_distinct {
            return not_impl_err!("{} of DISTINCT answers", Self::NAME);
        }
        Ok(Box::new(Respondents::new(self.questionnaire())))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// What scoring takes: to have it anew for each few thousand rows would take longer than to score them.
struct Room {
    plan: CohortPlan,
    scores: Scores,
}

thread_local! {
    /// For the questionnaire that this thread scored last. Of each group it would be gigabytes.
    static ROOM: RefCell<Option<Room>> = const { RefCell::new(None) };
}

impl Room {
    fn of<'r>(room: &'r mut Option<Self>, questionnaire: &Questionnaire) -> &'r mut Self {
        let fingerprint = questionnaire.fingerprint();
        room.take_if(|room| room.scores.questionnaire().fingerprint() != fingerprint);
        room.get_or_insert_with(|| Self {
            plan: CohortPlan::new(questionnaire),
            scores: Scores::empty(questionnaire),
        })
    }
}

/// The respondents of one group, as far as they have been seen.
#[derive(Debug)]
struct Respondents {
    questionnaire: Questionnaire,
    /// The codes of rows that have not been scored yet, by the position of the field.
    waiting: Vec<Vec<u8>>,
    /// The ids of the questions, by the position of the field.
    questions: Vec<String>,
    parts: Merging,
}

impl Respondents {
    /// Rows that are scored at once. A batch of a query has a few thousand rows, and those of one
    /// group in it may be a few. Until then a row takes a byte a question, which is less than its counts would.
    const AT_ONCE: usize = 8192;

    fn new(questionnaire: &Questionnaire) -> Self {
        Self {
            questionnaire: questionnaire.clone(),
            waiting: Vec::new(),
            questions: Vec::new(),
            parts: Merging::new(questionnaire),
        }
    }

    /// Scores what is waiting.
    fn score(&mut self) -> Result<()> {
        if self.waiting.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let columns = self.questions.iter().zip(&self.waiting);
        let columns = columns
            .map(|(id, codes)| answers::column(&self.questionnaire, id, codes.as_slice().into()));
        ROOM.with_borrow_mut(|room| {
            let Room { plan, scores } = Room::of(room, &self.questionnaire);
            plan.score(columns, scores).map_err(external)?;
            self.parts.add(scores).map_err(external)
        })?;
        for codes in &mut self.waiting {
            codes.clear();
        }
        Ok(())
    }

    fn whole(&mut self) -> Result<CohortSummary> {
        self.score()?;
        let parts = std::mem::replace(&mut self.parts, Merging::new(&self.questionnaire));
        let whole = parts.finish();
        self.parts.push(whole.clone()).map_err(external)?;
        Ok(whole)
    }
}

impl Accumulator for Respondents {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let answers = values
            .first()
            .and_then(|answers| answers.as_struct_opt())
            .ok_or_else(|| exec_datafusion_err!("the answers are no struct"))?;
        let codes = answers::codes(answers)?;
        if self.questions.is_empty() {
            self.questions = codes.iter().map(|(id, _)| (*id).to_owned()).collect();
            self.waiting = vec![Vec::new(); codes.len()];
        }
        for (waiting, (_, codes)) in self.waiting.iter_mut().zip(codes) {
            waiting.extend_from_slice(&codes);
        }
        if self.waiting.first().is_some_and(|codes| codes.len() >= Self::AT_ONCE) {
            self.score()?;
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![ScalarValue::LargeUtf8(Some(self.whole()?.counts_json()))])
    }

    /// Counts that another process has made are checked like any document: those of another
    /// questionnaire are an error.
    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let states = states.first().and_then(|states| states.as_string_opt::<i64>());
        let states = states.ok_or_else(|| exec_datafusion_err!("the counts are no text"))?;
        for counts in states.iter().flatten() {
            let part = CohortSummary::from_counts_json(&self.questionnaire, counts);
            self.parts.push(part.map_err(external)?).map_err(external)?;
        }
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let text = serde_json::to_string(&self.whole()?).map_err(external)?;
        Ok(ScalarValue::Utf8(Some(text)))
    }

    fn size(&self) -> usize {
        let waiting = self.waiting.iter().map(Vec::capacity).sum::<usize>();
        size_of_val(self) + waiting + self.parts.bytes()
    }
}
