//! The function `maturity`: scores each row.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, AsArray, BooleanArray, Decimal128Array, StringArray, StructArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::{Result, exec_datafusion_err, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature};
use digital_maturity::cohort::raw::{self, ScoreBuffers};
use digital_maturity::{Pillar, Questionnaire, Stage};

use crate::answers::{self, external};
use crate::scoring::Scoring;

/// Digits of a Score, and how many of them are decimals: 1.000000000.
const DIGITS: (u8, i8) = (10, 9);

/// The function that scores each row of answers to a questionnaire.
///
/// It gives a struct: `overall`, a field for each pillar, `stage` and `bad`. Scores are decimals of
/// nine places, which is exact, and null where there is none. A row with a bad cell has neither
/// Score nor stage, and is `bad`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Maturity(Scoring);

impl Maturity {
    /// Its name in SQL.
    pub const NAME: &'static str = "maturity";

    /// Scoring by that questionnaire.
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

impl ScalarUDFImpl for Maturity {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn signature(&self) -> &Signature {
        self.0.signature()
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        self.0.check(Self::NAME, arguments)?;
        Ok(DataType::Struct(fields()))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [answers] = arguments.args.as_slice() else {
            return plan_err!("{} takes one struct", Self::NAME);
        };
        let answers = answers.to_array(arguments.number_rows)?;
        let answers = answers
            .as_struct_opt()
            .ok_or_else(|| exec_datafusion_err!("the answers are no struct"))?;
        let cohort = answers::cohort(self.questionnaire(), answers)?;
        let rows = cohort.rows();
        // The overall and the pillars; themes are not asked for.
        let mut scores = vec![0; rows * (1 + Pillar::ALL.len())];
        let mut stages = vec![0; rows];
        cohort.score_into(ScoreBuffers::new(&mut scores, &mut stages)).map_err(external)?;

        let mut columns = Vec::new();
        for column in 0..=Pillar::ALL.len() {
            let scores = scores.get(column * rows..(column + 1) * rows);
            columns.push(decimals(scores.unwrap_or_default())?);
        }
        let bad: BooleanArray = stages.iter().map(|stage| Some(*stage == raw::BAD_ROW)).collect();
        let stage = |number: &u8| Stage::ALL.get(usize::from(*number)).map(|stage| stage.as_str());
        let stages: StringArray = stages.iter().map(stage).collect();
        columns.extend([Arc::new(stages) as ArrayRef, Arc::new(bad)]);
        let rows = StructArray::try_new_with_length(fields(), columns, None, rows)?;
        Ok(ColumnarValue::Array(Arc::new(rows)))
    }
}

/// What is said of each row.
fn fields() -> Fields {
    let (precision, scale) = DIGITS;
    let score = |name: &str| Field::new(name, DataType::Decimal128(precision, scale), true);
    let mut fields = vec![score("overall")];
    fields.extend(Pillar::ALL.map(|pillar| score(pillar.as_str())));
    fields.push(Field::new("stage", DataType::Utf8, true));
    fields.push(Field::new("bad", DataType::Boolean, false));
    fields.into()
}

fn decimals(billionths: &[u32]) -> Result<ArrayRef> {
    let (precision, scale) = DIGITS;
    let scores = billionths.iter();
    let scores = scores.map(|score| (*score != raw::NO_SCORE).then_some(i128::from(*score)));
    let scores: Decimal128Array = scores.collect();
    Ok(Arc::new(scores.with_precision_and_scale(precision, scale)?))
}
