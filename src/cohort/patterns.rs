//! How respondents chose, whatever was asked.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Cohort;
use super::cell::{Cell, Coding};
use super::most::{TooManyRespondents, Unmergeable};
use crate::questionnaire::{OtherQuestionnaire, Questionnaire, Scale};
use crate::statistics::ResponsePattern;

/// The [`ResponsePattern`] of each respondent of a cohort that comes in parts.
///
/// Runs and choices are of questions with choices, in the order of the questionnaire; a choice is the same if
/// its value is, whatever the question and also where it is reverse-keyed. Two rows are duplicates if all their
/// answers are the same, to all questions, as a cohort has them: a checklist by its points, a measure by its
/// band. They are told by a hash of 128 bits. A bad cell is no answer.
///
/// # Cost
///
/// It keeps some 60 bytes a respondent.
///
/// ```
/// use digital_maturity::cohort::{Column, Patterns};
/// use digital_maturity::statistics::CarelessCounts;
/// use digital_maturity::{Cohort, Questionnaire};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let same = [3_u8, 3, 2];
/// let other = [3_u8, 3, 4];
/// let columns = pulse.questions().enumerate().map(|(at, question)| {
///     let answers = if at % 2 == 0 { &same } else { &other };
///     Column::new(question.id(), answers).by_value()
/// });
/// let mut patterns = Patterns::new(pulse);
/// patterns.add(&Cohort::new(pulse, columns)?)?;
///
/// let patterns = patterns.finish();
/// assert_eq!((patterns[0].longest_run, patterns[0].duplicates), (12, 1));
/// assert_eq!((patterns[2].longest_run, patterns[2].most_chosen), (1, 6));
/// let counts = CarelessCounts::new(&patterns)?;
/// assert_eq!((counts.rows, counts.straight_lines, counts.duplicated), (3, 2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[doc(alias("careless", "longstring", "straightlining"))]
pub struct Patterns {
    questionnaire: Questionnaire,
    rows: Vec<(ResponsePattern, u128)>,
}

/// What a cell says, the same in all codings of choices.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Said {
    Choice(i64),
    Level(u32),
    NotApplicable,
    DontKnow,
    Nothing,
}

impl Patterns {
    /// Of nobody yet.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        Self { questionnaire: questionnaire.clone(), rows: Vec::new() }
    }

    /// Adds respondents, behind those that are there.
    ///
    /// # Errors
    ///
    /// If they answered a questionnaire that scores otherwise, or there are more than
    /// [`CreditSums::MOST_ROWS`](crate::statistics::CreditSums::MOST_ROWS) in all. Nothing is added then.
    pub fn add(&mut self, cohort: &Cohort<'_>) -> Result<(), Unmergeable> {
        self.check(&cohort.questionnaire, cohort.rows())?;
        let scales: Vec<&Scale> = cohort.questionnaire.questions().map(|of| of.scoring()).collect();
        let (mut said, mut choices) = (Vec::new(), Vec::new());
        for row in 0..cohort.rows() {
            said.clear();
            let columns = cohort.columns.iter().zip(&scales);
            said.extend(columns.map(|(column, scale)| {
                let code = column.cells.code(row).unwrap_or(column.meaning.top);
                match (column.meaning.cell(code), scale, column.meaning.coding) {
                    (Cell::Level(code), Scale::Choice(listed), Coding::Index) => {
                        let place = usize::try_from(code).unwrap_or(usize::MAX);
                        listed.get(place).map_or(Said::Nothing, |(value, _)| Said::Choice(*value))
                    }
                    (Cell::Level(code), Scale::Choice(listed), _) => {
                        let value = i64::from(code);
                        let is_listed = listed.iter().any(|(of, _)| *of == value);
                        if is_listed { Said::Choice(value) } else { Said::Nothing }
                    }
                    (Cell::Level(code), ..) => Said::Level(code),
                    (Cell::NotApplicable, ..) => Said::NotApplicable,
                    (Cell::DontKnow, ..) => Said::DontKnow,
                    (Cell::Unanswered | Cell::Bad, ..) => Said::Nothing,
                }
            }));
            choices.clear();
            let of_choices = said.iter().zip(&scales).filter_map(|(said, scale)| match scale {
                Scale::Choice(_) => Some(match said {
                    Said::Choice(value) => Some(*value),
                    _ => None,
                }),
                _ => None,
            });
            choices.extend(of_choices);
            self.rows.push((ResponsePattern::of_choices(&mut choices), signature(&said)));
        }
        Ok(())
    }

    /// Adds the respondents of another part, behind those that are there.
    ///
    /// # Errors
    ///
    /// As of [`add`](Self::add).
    pub fn merge(&mut self, other: Self) -> Result<(), Unmergeable> {
        self.check(&other.questionnaire, other.rows.len())?;
        self.rows.extend(other.rows);
        Ok(())
    }

    fn check(&self, questionnaire: &Questionnaire, more: usize) -> Result<(), Unmergeable> {
        OtherQuestionnaire::check(&self.questionnaire, questionnaire)?;
        let [rows, more] = [self.rows.len(), more].map(|n| u64::try_from(n).unwrap_or(u64::MAX));
        TooManyRespondents::check_rows(rows, more)?;
        Ok(())
    }

    /// The pattern of each respondent, in the order in which they came, with how many others said the same.
    #[must_use]
    pub fn finish(self) -> Vec<ResponsePattern> {
        let mut signatures: Vec<u128> = self.rows.iter().map(|(_, signature)| *signature).collect();
        signatures.sort_unstable();
        let alike = |signature: u128| {
            let from = signatures.partition_point(|of| *of < signature);
            let to = signatures.partition_point(|of| *of <= signature);
            to - from
        };
        let pattern = |(pattern, signature): (ResponsePattern, u128)| {
            let others = alike(signature).saturating_sub(1);
            ResponsePattern { duplicates: if pattern.answered > 0 { others } else { 0 }, ..pattern }
        };
        self.rows.into_iter().map(pattern).collect()
    }
}

/// A hash of all that a row says.
fn signature(said: &[Said]) -> u128 {
    let [one, other] = [1_u8, 2].map(|salt| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        said.hash(&mut hasher);
        u128::from(hasher.finish())
    });
    one << 64 | other
}
