//! What a single change of answer does.

use serde::{Deserialize, Serialize};

use super::Rung;
use crate::answers::{Answer, AnswerSheet};
use crate::assessment::Summary;
use crate::diagnostic::Diagnostic;
use crate::number::Delta;
use crate::pillar::Pillar;
use crate::questionnaire::Question;

/// What a change of one answer does to everything else: the answers are scored again as they then
/// are, conditions and coverage included.
///
/// ```
/// use digital_maturity::{Questionnaire, Stage};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 3)?;
/// }
/// let effect = sheet.what_if("journey_owner", 5)?;
/// assert_eq!(effect.before.overall.score().unwrap().to_string(), "0.5");
/// // half a credit, a third of its pillar, a quarter of the overall
/// assert_eq!(effect.after.overall.score().unwrap().to_string(), "0.541666667");
/// assert_eq!(effect.gain().unwrap().to_string(), "0.041666667");
/// assert_eq!(effect.after.overall.stage(), Some(Stage::Hubs));
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Effect {
    /// The id of the question.
    #[serde(deserialize_with = "crate::names::stored_id")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub question: String,
    /// The pillar that it counts in.
    pub pillar: Pillar,
    /// The answer as it is.
    pub from: Answer,
    /// The answer as it would be.
    pub to: Answer,
    /// The result as it is.
    pub before: Summary,
    /// The result as it would be.
    pub after: Summary,
    /// The ids of the questions that would newly be asked.
    #[serde(deserialize_with = "crate::names::stored_ids")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
    pub opens: Vec<String>,
    /// The ids of the questions that would no longer be asked.
    #[serde(deserialize_with = "crate::names::stored_ids")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
    pub closes: Vec<String>,
}

/// One answered question raised by one or more levels, by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SingleRaise {
    /// What it does.
    #[serde(flatten)]
    pub effect: Effect,
    /// How many levels it climbs: distinct credits, or items ticked (scoring rules, section 9).
    pub levels: u32,
    /// What it takes: the levels times the effort of the question.
    pub effort: u32,
}

impl Effect {
    /// The change of the overall Score; `None` if there is no overall before or after.
    ///
    /// ```
    /// # use digital_maturity::{Answer, Questionnaire};
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert_eq!(sheet.what_if("journey_owner", 5)?.gain(), None);
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn gain(&self) -> Option<Delta> {
        Some(Delta::between(self.before.overall.score()?, self.after.overall.score()?))
    }
}

impl AnswerSheet {
    /// What that answer in place of the one that stands there would do. The sheet stays as it is.
    ///
    /// # Errors
    ///
    /// The one thing that is wrong with the answer, as with [`set`](Self::set).
    ///
    /// ```
    /// # use digital_maturity::{Answer, Questionnaire};
    /// let sheet = Questionnaire::dcx_pulse().sheet();
    /// assert!(sheet.what_if("journey_owner", 6).is_err());
    /// assert!(sheet.what_if("journey_owner", Answer::DontKnow)?.opens.is_empty());
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn what_if(&self, id: &str, answer: impl Into<Answer>) -> Result<Effect, Diagnostic> {
        let mut changed = self.clone();
        changed.set(id, answer)?;
        let question = self.questionnaire().question(id);
        let pillar = question.map_or(Pillar::DigitalFirstMindset, |question| question.pillar());
        let (opens, closes) = self.switched(&changed);
        Ok(Effect {
            question: id.to_owned(),
            pillar,
            from: self.answer(id).unwrap_or_default(),
            to: changed.answer(id).unwrap_or_default(),
            before: self.summary(),
            after: changed.summary(),
            opens,
            closes,
        })
    }

    /// Every answered question that is asked, raised by itself to each higher level: each distinct
    /// credit above the one it has, or each number of further items ticked, those with most points
    /// first. Each is scored again as the answers then are.
    ///
    /// In the order of the questionnaire, the fewest levels first. After some there is no overall: a
    /// raise can open questions that are yet to be answered.
    ///
    /// # Cost
    ///
    /// There can be 100,000, 1,000 questions with a hundred levels each. Each is made when it is asked
    /// for, and takes as long as scoring the sheet.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// assert_eq!(sheet.single_raises().count(), 24); // twelve questions, two levels above the middle
    /// let best = sheet.single_raises().max_by_key(|raise| raise.effect.gain()).unwrap();
    /// assert_eq!((best.levels, best.effect.gain().unwrap().billionths()), (2, 41_666_667));
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    pub fn single_raises(&self) -> impl Iterator<Item = SingleRaise> + '_ {
        let before = self.summary();
        let mut changed = self.clone();
        self.asked().flat_map(move |question| {
            let from = self.answer(question.id()).unwrap_or_default();
            let raise = |(levels, rung): (u32, Rung)| {
                changed.climb(question.position(), &rung);
                let (opens, closes) = self.switched(&changed);
                let effect = Effect {
                    question: question.id().to_owned(),
                    pillar: question.pillar(),
                    from: from.clone(),
                    to: rung.answer(question),
                    before,
                    after: changed.summary(),
                    opens,
                    closes,
                };
                let effort = levels * u32::from(question.effort().get());
                SingleRaise { effect, levels, effort }
            };
            let raises: Vec<_> = (1_u32..).zip(self.rungs(question)).map(raise).collect();
            changed.copy_answer(question.position(), self);
            raises
        })
    }
}

impl AnswerSheet {
    /// The ids of the questions that are asked only on the other sheet, and only on this one.
    pub(crate) fn switched(&self, after: &Self) -> (Vec<String>, Vec<String>) {
        if !self.questionnaire().has_conditions() {
            return (Vec::new(), Vec::new());
        }
        let (before, after): (Vec<_>, Vec<_>) = (self.asked().collect(), after.asked().collect());
        let only = |these: &[Question<'_>], those: &[Question<'_>]| {
            let known = |question: &Question<'_>| {
                those.binary_search_by_key(&question.position(), Question::position).is_ok()
            };
            these.iter().filter(|q| !known(q)).map(|q| q.id().to_owned()).collect()
        };
        (only(&after, &before), only(&before, &after))
    }
}
