//! One question, with everything that it refers to.

use std::fmt;

use super::Questionnaire;
use super::resolved::{ResolvedQuestion, scale_of};
use super::scale::Scale;
use super::spec::{AskedIf, Effort, NonAnswer, QuestionSpec, ScaleSpec, ThemeSpec};
use crate::number::{Score, Units, Weight};
use crate::pillar::Pillar;
use crate::text::Text;

/// A question of a [`Questionnaire`], with everything that it refers to. A view: cheap to copy.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::spec::ScaleSpec;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let question = pulse.questions().next().unwrap();
/// println!("{}", question.title());
/// if let ScaleSpec::Choice { choices } = question.scale() {
///     for choice in choices {
///         println!("  {} {}", choice.value, choice.text);
///     }
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Question<'q> {
    position: usize,
    of: &'q Questionnaire,
}

/// What stands at the position of a question.
#[expect(clippy::indexing_slicing, reason = "made for positions of the questionnaire alone")]
fn at<T>(list: &[T], position: usize) -> &T {
    &list[position]
}

impl<'q> Question<'q> {
    /// `position` is below the number of questions.
    pub(super) fn new(position: usize, of: &'q Questionnaire) -> Self {
        Self { position, of }
    }

    fn spec(&self) -> &'q QuestionSpec {
        at(&self.of.spec().questions, self.position)
    }

    fn resolved(&self) -> &'q ResolvedQuestion {
        at(&self.of.0.of.questions, self.position)
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &'q str {
        &self.spec().id
    }

    /// The place among the questions, from 0.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The pillar that it counts in.
    #[must_use]
    pub fn pillar(&self) -> Pillar {
        self.spec().pillar
    }

    /// The question itself.
    #[must_use]
    pub fn title(&self) -> &'q Text {
        &self.spec().title
    }

    /// What it counts in its pillar and themes.
    #[must_use]
    pub fn weight(&self) -> Weight {
        self.spec().weight
    }

    /// How it is answered; a shared scale is looked up already.
    #[must_use]
    pub fn scale(&self) -> &'q ScaleSpec {
        scale_of(self.of.spec(), self.spec())
    }

    /// Whether a high answer earns a low credit.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.spec().reverse
    }

    /// Its themes.
    pub fn themes(&self) -> impl Iterator<Item = &'q ThemeSpec> + use<'q> {
        let themes = self.of.themes();
        self.resolved().themes.iter().filter_map(|&theme| themes.get(theme))
    }

    /// Which evidence settles the answer.
    #[must_use]
    pub fn guidance(&self) -> Option<&'q Text> {
        self.spec().guidance.as_ref()
    }

    /// What it takes to climb one level.
    #[must_use]
    pub fn effort(&self) -> Effort {
        self.spec().effort
    }

    /// Whether it refuses that answer.
    #[must_use]
    pub fn forbids(&self, answer: NonAnswer) -> bool {
        self.spec().forbid.contains(&answer)
    }

    /// When it is asked; `None` if it always is.
    #[must_use]
    pub fn asked_if(&self) -> Option<&'q AskedIf> {
        self.spec().asked_if.as_ref()
    }

    /// What each choice or band earns, `reverse` applied, rounded to billionths, in the order of
    /// the document; what each item of a checklist earns by itself; what `true` and `false` earn.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let credits = pulse.questions().next().unwrap().credits();
    /// assert_eq!(credits, ["0", "0.25", "0.5", "0.75", "1"].map(|credit| credit.parse().unwrap()));
    /// ```
    #[must_use]
    pub fn credits(&self) -> Vec<Score> {
        match &*self.resolved().scale {
            Scale::Choice(choices) => choices.iter().map(|(_, credit)| credit.score()).collect(),
            Scale::YesNo { yes } => vec![yes.score(), yes.reversed().score()],
            Scale::Checklist(items) => {
                let all = items.iter().map(|item| item.points).sum();
                items.iter().map(|item| Units::share(item.points, all).score()).collect()
            }
            Scale::Measure(bands) => bands.iter().map(|(_, credit)| credit.score()).collect(),
        }
    }

    /// Whether some condition names an item of this checklist.
    #[cfg(feature = "cohort")]
    pub(crate) fn is_named_by_item(&self) -> bool {
        self.of.0.of.named_by_item.contains(self.position)
    }

    pub(crate) fn questionnaire(&self) -> &'q Questionnaire {
        self.of
    }

    pub(crate) fn scoring(&self) -> &'q Scale {
        &self.resolved().scale
    }
}

impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Question").field(self.spec()).finish()
    }
}
