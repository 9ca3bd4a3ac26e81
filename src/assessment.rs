//! Scoring: from answers to pillars, overall, stage, and why.

mod by_id;
mod contributions;
mod coverage;
mod gap;
mod record;
mod result;
mod score;

use serde::{Serialize, Serializer};

pub use by_id::ById;
pub(crate) use contributions::{Share, largest_rests};
pub(crate) use coverage::Coverage;
pub use gap::{Gap, NextStage};
pub(crate) use gap::{gaps, next_stage};
pub use record::{Difference, Mismatch, Record, Source};
pub use result::{
    Overall, PillarResult, QuestionResult, Rating, Reason, Standing, StateCounts, Summary,
};
pub(crate) use score::{lowest as lowest_pillar, overall as overall_of, overall_value, standing};
#[cfg(feature = "cohort")]
pub(crate) use score::{summary_of, themes as themes_of};

use crate::answers::{AnswerSheet, Marked, Responses};
use crate::diagnostic::Errors;
use crate::number::Score;
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{Question, Questionnaire, ThemeSpec};
use crate::stage::Stage;

/// The result of scoring one [`AnswerSheet`]: the [`Summary`], every theme, what each question
/// contributes, and what blocks the next stage.
///
/// A result that does not follow from its answers cannot exist. It serialises as section 12 of the
/// scoring rules says; [`Record`] reads a saved one.
///
/// ```
/// use digital_maturity::{Questionnaire, Stage};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 3)?; // the middle of five choices: credit 0.5
/// }
/// let assessment = sheet.assess();
/// assert_eq!(assessment.score().unwrap().to_string(), "0.5");
/// assert_eq!(assessment.stage(), Some(Stage::Hubs));
///
/// // Why not one higher: `platform` asks for 0.6 overall; its 0.4 for every pillar is met.
/// let next = assessment.next_stage().unwrap();
/// assert_eq!(next.stage, Stage::Platform);
/// assert_eq!(next.unmet.len(), 1);
/// assert_eq!(next.unmet[0].shortfall, Some("0.1".parse()?));
///
/// // What each answer is worth adds up to the score, to the last billionth.
/// let sum: u32 = assessment.questions().map(|(_, q)| q.contribution.unwrap().billionths()).sum();
/// assert_eq!(sum, assessment.score().unwrap().billionths());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    sheet: AnswerSheet,
    record: Record,
}

/// The result of one respondent, without who and when that is.
pub(crate) fn record_of(marks: Marked<'_>) -> Record {
    let questionnaire = marks.questionnaire;
    let outcomes = marks.all();
    let pillars = score::pillars_of(questionnaire, |at| outcomes.get(at).copied());
    let summary = score::summary(questionnaire, &pillars);
    let Summary { overall, pillars: results } = summary;
    let questions = contributions::questions(questionnaire, &outcomes, overall.score(), &pillars);
    Record {
        questionnaire: questionnaire.into(),
        respondent: None,
        taken: None,
        sequence: None,
        overall,
        next_stage: gap::next_stage(&summary, questionnaire),
        pillars: results,
        themes: ById::new(questionnaire.theme_ids(), score::themes(questionnaire, &outcomes)),
        questions: ById::new(questionnaire.question_ids(), questions),
    }
}

impl AnswerSheet {
    /// The result of these answers. Total: every sheet has one, if only one that says why there is
    /// no score.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let empty = Questionnaire::dcx_pulse().sheet().assess();
    /// assert_eq!(empty.score(), None); // not 0: nothing was answered
    /// assert_eq!(empty.overall().why().unwrap().iter().count(), 4); // no pillar has one
    /// ```
    #[must_use]
    #[doc(alias("score", "evaluate"))]
    pub fn assess(&self) -> Assessment {
        let mut record = record_of(self.marked());
        record.respondent = self.respondent().map(str::to_owned);
        record.taken = self.taken();
        record.sequence = self.sequence();
        Assessment { sheet: self.clone(), record }
    }

    /// Only the overall and the pillars: the quick path, which allocates nothing.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.summary(), sheet.assess().summary());
    /// ```
    #[must_use]
    pub fn summary(&self) -> Summary {
        score::summary_of(self.marked())
    }
}

impl Questionnaire {
    /// The result of those answers, in one step: [`read`](Self::read), then
    /// [`assess`](AnswerSheet::assess).
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the answers. Scoring itself cannot fail.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Responses};
    /// let responses = Responses::from_json("{}")?;
    /// assert_eq!(Questionnaire::dcx_pulse().assess(&responses)?.score(), None);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    pub fn assess(&self, responses: &Responses) -> Result<Assessment, Errors> {
        Ok(self.read(responses)?.assess())
    }
}

impl Assessment {
    /// The questionnaire that was answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        self.sheet.questionnaire()
    }

    /// The answers that were scored.
    #[must_use]
    pub fn sheet(&self) -> &AnswerSheet {
        &self.sheet
    }

    /// The result as it is stored, compared and followed over time.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The overall and the pillars.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.record.summary()
    }

    /// The overall, or why there is none.
    #[must_use]
    pub fn overall(&self) -> Overall {
        self.record.overall
    }

    /// The overall Score, if there is one.
    #[must_use]
    pub fn score(&self) -> Option<Score> {
        self.record.overall.score()
    }

    /// The stage of the organisation, if there is an overall Score.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.record.overall.stage()
    }

    /// The result of each pillar.
    #[must_use]
    pub fn pillars(&self) -> &PillarMap<PillarResult> {
        &self.record.pillars
    }

    /// The result of one pillar.
    #[must_use]
    pub fn pillar(&self, pillar: Pillar) -> &PillarResult {
        &self.record.pillars[pillar]
    }

    /// Every theme with its standing, in the order of the questionnaire.
    pub fn themes(&self) -> impl Iterator<Item = (&ThemeSpec, Standing)> {
        self.questionnaire().themes().iter().zip(self.record.themes.values().iter().copied())
    }

    /// Every question with what became of it, in the order of the questionnaire.
    pub fn questions(&self) -> impl Iterator<Item = (Question<'_>, QuestionResult)> {
        self.questionnaire().questions().zip(self.record.questions.values().iter().copied())
    }

    /// The standing of one theme, or `None` if there is no such theme.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let result = Questionnaire::dcx().sheet().assess();
    /// let (theme, standing) = result.themes().next().unwrap();
    /// assert_eq!(result.theme(&theme.id), Some(standing));
    /// ```
    #[must_use]
    pub fn theme(&self, id: &str) -> Option<Standing> {
        self.record.themes.get(id).copied()
    }

    /// What became of one question, or `None` if there is no such question.
    ///
    /// ```
    /// # use digital_maturity::{AnswerState, Questionnaire};
    /// let result = Questionnaire::dcx_pulse().sheet().assess();
    /// assert_eq!(result.question("case_view").unwrap().state, AnswerState::Unanswered);
    /// assert_eq!(result.question("no_such_question"), None);
    /// ```
    #[must_use]
    pub fn question(&self, id: &str) -> Option<QuestionResult> {
        let position = self.questionnaire().position(id)?;
        self.record.questions.values().get(position).copied()
    }

    /// The next stage and what blocks it; `None` at the top and where there is no stage.
    #[must_use]
    pub fn next_stage(&self) -> Option<&NextStage> {
        self.record.next_stage.as_ref()
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.record.serialize(serializer)
    }
}
