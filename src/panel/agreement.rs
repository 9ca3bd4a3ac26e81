//! How far the voices of a panel agree, as statistics have it.

use serde::{Deserialize, Serialize};

use super::{Kept, Panel};
use crate::answers::Outcome;
use crate::assessment::ById;
use crate::number::Units;
use crate::pillar::PillarMap;
use crate::questionnaire::{Question, Scale};
use crate::statistics::{GroupAgreement, Ratings, TwoWayIcc, UniformNull};

/// How far the voices of a panel agree: within each question, over each pillar, and in how they tell the
/// questions apart. Voices are read as given, so that conditions make no difference.
///
/// Credits are compared, from 0 to 1. What they are held against is answers at random on the question's own
/// scale: its steps if it has equal ones, else a scale without steps; over a pillar the scale of its
/// questions if they share one. With few voices such figures say little: two of a kind agree by chance.
///
/// ```
/// use digital_maturity::panel::{ConsensusRule, Panel, Voice};
/// use digital_maturity::Questionnaire;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut voices = ["Ada", "Ben", "Cleo"].map(|name| Voice::new(name, pulse.sheet()));
/// for (voice, level) in voices.iter_mut().zip([3, 3, 4]) {
///     for question in pulse.questions() {
///         voice.sheet_mut().set(question.id(), level)?;
///     }
/// }
/// let agreement = Panel::new(pulse, voices, ConsensusRule::Median)?.agreement();
///
/// // Levels 3, 3 and 4 of five: variance 1/3 of a step squared, at random 2.
/// let case_view = agreement.questions.get("case_view").unwrap();
/// assert_eq!(format!("{:.4}", case_view.r_wg_j), "0.8333");
/// assert_eq!(format!("{:.4}", agreement.pillars.agile_approach.r_wg_j), "0.9375");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PanelAgreement {
    /// Each question by itself: `r_wg` and the average deviation of the voices that answered it.
    pub questions: ById<GroupAgreement>,
    /// Each pillar over all of its questions, of the voices that answered all of them.
    pub pillars: PillarMap<GroupAgreement>,
    /// Do the voices order the questions alike? Of the questions that all voices answered.
    pub icc: TwoWayIcc,
}

impl Panel {
    /// The credits of the questions that are chosen, a row for each voice and a column for each question,
    /// as given: for statistics of one's own. What is no answer is missing.
    ///
    /// ```
    /// # use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// # use digital_maturity::Questionnaire;
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let voices = ["Ada", "Ben"].map(|name| Voice::new(name, pulse.sheet()));
    /// # let panel = Panel::new(pulse, voices, ConsensusRule::Median)?;
    /// let ratings = panel.ratings(|question| question.id() == "case_view");
    /// assert_eq!((ratings.rows(), ratings.columns()), (2, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn ratings(&self, chosen: impl Fn(Question<'_>) -> bool) -> Ratings {
        let questions = self.questionnaire.questions().filter(|question| chosen(*question));
        table(self.voices.iter(), &questions.collect::<Vec<_>>())
    }

    /// How far the voices agree.
    #[must_use]
    pub fn agreement(&self) -> PanelAgreement {
        // Who left one out says nothing about all of them, and takes no room.
        let among = |questions: &[Question<'_>], null| {
            let all =
                |voice: &&Kept| questions.iter().all(|question| credit(voice, *question).is_some());
            let agreement =
                GroupAgreement::of(&table(self.voices.iter().filter(all), questions), null);
            GroupAgreement { n_total: self.voices.len(), ..agreement }
        };
        let of_pillar = |pillar| {
            let questions: Vec<Question<'_>> = self.questionnaire.questions_of(pillar).collect();
            let mut scales = questions.iter().map(|question| at_random(*question));
            let first = scales.next().unwrap_or(UniformNull::CREDITS);
            let null = if scales.all(|of| of == first) { first } else { UniformNull::CREDITS };
            among(&questions, null)
        };
        let questions = self.questionnaire.questions();
        let by_all = |question: &Question<'_>| {
            self.voices.iter().all(|voice| credit(voice, *question).is_some())
        };
        let by_all: Vec<Question<'_>> = questions.clone().filter(by_all).collect();
        // The questions are what is rated, and the voices rate.
        let voices = self.voices.iter().map(|voice| {
            let credits = by_all.iter().map(|question| credit(voice, *question)).collect();
            (voice.name.to_string(), credits)
        });
        let icc = TwoWayIcc::of(&Ratings::of_credits(by_all.len(), voices));
        let of_questions = questions.map(|question| among(&[question], at_random(question)));
        PanelAgreement {
            questions: ById::new(self.questionnaire.question_ids(), of_questions.collect()),
            pillars: PillarMap::from_fn(of_pillar),
            icc: TwoWayIcc { n_total: self.questionnaire.rules().len(), ..icc },
        }
    }
}

/// What a voice's answer to a question earns.
fn credit(voice: &Kept, question: Question<'_>) -> Option<f64> {
    Outcome::Asked(voice.sheet.mark(question.position())).rating()
}

/// A row for each of these voices, a column for each of these questions.
fn table<'p>(voices: impl Iterator<Item = &'p Kept>, questions: &[Question<'_>]) -> Ratings {
    let voices: Vec<&Kept> = voices.collect();
    let columns = questions.iter().map(|question| {
        let credits = voices.iter().map(|voice| credit(voice, *question));
        (question.id().to_owned(), credits.collect())
    });
    Ratings::of_credits(voices.len(), columns)
}

/// What credits at random look like on the scale of a question.
fn at_random(question: Question<'_>) -> UniformNull {
    match question.scoring() {
        Scale::YesNo { .. } => UniformNull::credits_of(2),
        Scale::Choice(choices) => {
            let mut credits: Vec<Units> = choices.iter().map(|(_, credit)| *credit).collect();
            credits.sort_unstable();
            let steps = u64::try_from(credits.len()).unwrap_or(u64::MAX).saturating_sub(1);
            let equal = (0..).zip(&credits).all(|(at, of)| *of == Units::share(at, steps.max(1)));
            match u32::try_from(credits.len()) {
                Ok(options) if equal => UniformNull::credits_of(options),
                _ => UniformNull::CREDITS,
            }
        }
        Scale::Checklist(_) | Scale::Measure(_) => UniformNull::CREDITS,
    }
}
