//! Scoring: from answers to pillars, overall, stage, and why.

mod contributions;
mod result;
mod score;
mod record;

use serde::{Serialize, Serializer};

pub use record::{Mismatch, Record, StoredQuestion, StoredTheme};
pub use result::{
    NextStage, Overall, PillarResult, QuestionResult, Reason, Standing, StateCounts, Summary, Unmet,
};
pub(crate) use score::{overall_value, summary_of, themes as themes_of};

use crate::answers::{AnswerSheet, Responses};
use crate::diagnostic::Errors;
use crate::number::{Score, Units};
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
/// assert_eq!(next.unmet[0].shortfall().to_string(), "0.1");
///
/// // What each answer is worth adds up to the score, to the last billionth.
/// let sum: u32 = assessment.questions().map(|(_, q)| q.contribution.unwrap().billionths()).sum();
/// assert_eq!(sum, assessment.score().unwrap().billionths());
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    sheet: AnswerSheet,
    summary: Summary,
    themes: Vec<Standing>,
    questions: Vec<QuestionResult>,
    next_stage: Option<NextStage>,
}

impl AnswerSheet {
    /// The result of these answers. Total: every sheet has one, if only one that says why there is
    /// no score.
    ///
    /// ```
    /// # use digital_maturity::{Overall, Questionnaire};
    /// let empty = Questionnaire::dcx_pulse().sheet().assess();
    /// assert_eq!(empty.score(), None); // not 0: nothing was answered
    /// assert!(matches!(empty.overall(), Overall::NotScorable { .. }));
    /// ```
    #[must_use]
    pub fn assess(&self) -> Assessment {
        let pillars = score::pillars(self.marked());
        let summary = score::summary(self.questionnaire(), &pillars);
        Assessment {
            themes: score::themes(self.marked()),
            questions: contributions::questions(self, summary.overall.score(), &pillars),
            next_stage: result::next_stage(&summary, self.questionnaire()),
            summary,
            sheet: self.clone(),
        }
    }

    /// Only the overall and the pillars: the quick path, which allocates nothing.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.summary(), *sheet.assess().summary());
    /// ```
    #[must_use]
    pub fn summary(&self) -> Summary {
        score::summary_of(self.marked())
    }

    /// The overall in units: what decides between results that are published as equal.
    pub(crate) fn overall_units(&self) -> Option<Units> {
        let pillars = score::pillars(self.marked());
        let value = score::overall_value(self.questionnaire(), |pillar| pillars[pillar].value.ok());
        value.ok().map(|(value, _)| value)
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

    /// The overall and the pillars.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The overall, or why there is none.
    #[must_use]
    pub fn overall(&self) -> Overall {
        self.summary.overall
    }

    /// The overall Score, if there is one.
    #[must_use]
    pub fn score(&self) -> Option<Score> {
        self.summary.overall.score()
    }

    /// The stage of the organisation, if there is an overall Score.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.summary.overall.stage()
    }

    /// The result of each pillar.
    #[must_use]
    pub fn pillars(&self) -> &PillarMap<PillarResult> {
        &self.summary.pillars
    }

    /// The result of one pillar.
    #[must_use]
    pub fn pillar(&self, pillar: Pillar) -> &PillarResult {
        &self.summary.pillars[pillar]
    }

    /// Every theme with its standing, in the order of the questionnaire.
    pub fn themes(&self) -> impl Iterator<Item = (&ThemeSpec, Standing)> {
        self.questionnaire().themes().iter().zip(self.themes.iter().copied())
    }

    /// Every question with what became of it, in the order of the questionnaire.
    pub fn questions(&self) -> impl Iterator<Item = (Question<'_>, QuestionResult)> {
        self.questionnaire().questions().zip(self.questions.iter().copied())
    }

    /// The next stage and what blocks it; `None` at the top and where there is no stage.
    #[must_use]
    pub fn next_stage(&self) -> Option<&NextStage> {
        self.next_stage.as_ref()
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record::from(self).serialize(serializer)
    }
}
