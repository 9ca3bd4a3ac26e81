//! What the tables of a paper take beside how scores are spread, of any number of respondents.

mod item;

use std::collections::BTreeMap;

use serde::Serialize;

use self::item::Counts;
pub use self::item::ItemAnswers;
use super::Cohort;
use super::length::{Counted, WrongLength};
use super::most::{TooManyRespondents, Unmergeable};
use super::scores::Scores;
use super::summary::CohortSummary;
use crate::answers::Outcome;
use crate::number::{Score, Weight};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::statistics::{
    Consistency, Correlations, CreditSums, Deletion, MeasurementError, PairedChange, RatingsError,
    Reliability, Statistic, Undefined,
};

/// The sums behind the reliability of each pillar and the correlations of the pillars, and how each question
/// was answered.
///
/// Of the questions of a pillar only those count that are scored: one of weight 0 is left out. Alpha is of
/// their credits as they are; [`weighted_reliability`](Self::weighted_reliability) is that of the score, in which
/// questions count by weight.
///
/// All of it is exact sums and counts: the parts of a cohort, in whatever order, make the same study. Rows
/// with a bad cell are left out, as in scores. The memory does not grow with the rows.
///
/// ```
/// use digital_maturity::cohort::{Column, Study};
/// use digital_maturity::statistics::Deletion;
/// use digital_maturity::{Cohort, Pillar, Questionnaire};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let answers = [[1_u8, 3, 4, 2], [2, 3, 5, 2], [1, 4, 4, 1]];
/// let columns = pulse.questions().zip(answers.iter().cycle());
/// let columns = columns.map(|(question, answers)| Column::new(question.id(), answers).by_value());
/// let mut study = Study::new(pulse);
/// study.add(&Cohort::new(pulse, columns)?)?;
///
/// let reliability = study.reliability(Pillar::AgileApproach, Deletion::Listwise);
/// assert_eq!((reliability.n, format!("{:.2}", reliability.alpha).as_str()), (4, "0.94"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[doc(alias("paper", "apa", "psychometrics"))]
pub struct Study {
    questionnaire: Questionnaire,
    pillars: PillarMap<Items>,
    /// Of the Scores of the pillars.
    scores: CreditSums,
}

/// The scored questions of a pillar.
#[derive(Clone, Debug)]
struct Items {
    positions: Vec<usize>,
    weights: Vec<Weight>,
    sums: CreditSums,
    answered: Vec<Counts>,
}

/// What a reader of the tables should know of a pillar before trusting its figures.
///
/// ```
/// use digital_maturity::cohort::Remark;
///
/// let remark = Remark::AgainstTheRest { question: "failed_trial".to_owned() };
/// assert_eq!(
///     remark.to_string(),
///     "`failed_trial` goes against the other questions: is it reversed?"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum Remark {
    /// Its correlation with the sum of the others is below 0, or its loading is.
    #[error("`{question}` goes against the other questions: is it reversed?")]
    AgainstTheRest {
        /// The id of the question.
        question: String,
    },
    /// Everybody answered it alike.
    #[error("`{question}` was answered alike by all")]
    Constant {
        /// The id of the question.
        question: String,
    },
    /// Reliability rests on fewer than 30 respondents.
    #[error("reliability rests on {n} respondents")]
    FewRespondents {
        /// How many.
        n: u64,
    },
    /// Reliability rests on less than 90 % of those with a score.
    #[error("reliability rests on {n} of {scored} with a score")]
    FewOfScored {
        /// How many.
        n: u64,
        /// How many have a score.
        scored: u64,
    },
    /// More than 15 % have the lowest score.
    #[error("more than 15 % have 0: a floor effect")]
    Floor {
        /// Their share.
        share: Score,
    },
    /// More than 15 % have the highest score.
    #[error("more than 15 % have 100 %: a ceiling effect")]
    Ceiling {
        /// Their share.
        share: Score,
    },
}

/// Below so many respondents figures are remarked on.
const FEW: u64 = 30;

/// The share of respondents at an end from which on one speaks of an effect (Terwee and others 2007).
const EFFECT: Score = match Score::from_billionths(150_000_000) {
    Some(score) => score,
    None => Score::ZERO,
};

impl Study {
    /// Of nobody yet.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        let pillars = PillarMap::from_fn(|pillar| {
            let questions = || {
                let of_pillar = questionnaire.questions().filter(move |q| q.pillar() == pillar);
                of_pillar.filter(|question| !question.weight().is_zero())
            };
            Items {
                positions: questions().map(|question| question.position()).collect(),
                weights: questions().map(|question| question.weight()).collect(),
                sums: CreditSums::new(questions().map(|question| question.id())),
                answered: vec![Counts::default(); questions().count()],
            }
        });
        let scores = CreditSums::new(Pillar::ALL.map(Pillar::as_str));
        Self { questionnaire: questionnaire.clone(), pillars, scores }
    }

    /// Adds respondents.
    ///
    /// # Errors
    ///
    /// If they answered a questionnaire that scores otherwise, or there are more than
    /// [`CreditSums::MOST_ROWS`] in all. Nothing is added then.
    ///
    /// # Cost
    ///
    /// Grows with the rows times the squares of the questions of a pillar.
    pub fn add(&mut self, cohort: &Cohort<'_>) -> Result<(), Unmergeable> {
        self.check(&cohort.questionnaire, u64::try_from(cohort.rows()).unwrap_or(u64::MAX))?;
        let (scores, mut hand) = (cohort.score(), Vec::new());
        cohort.outcomes(|row, outcomes| self.take(outcomes, &scores, row, &mut hand));
        Ok(())
    }

    /// Adds respondents to the studies of their groups, by a key of the caller's, one a row. The study of a
    /// group that is met first is begun.
    ///
    /// # Errors
    ///
    /// If there are more or fewer keys than rows, and as of [`add`](Self::add). Nothing is added then.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use digital_maturity::cohort::{Column, Study};
    /// use digital_maturity::statistics::Deletion;
    /// use digital_maturity::{Cohort, Pillar, Questionnaire};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [[1_u8, 3, 4, 2], [2, 3, 5, 2], [1, 4, 4, 1]];
    /// let columns = pulse.questions().zip(answers.iter().cycle());
    /// let columns = columns.map(|(question, answers)| Column::new(question.id(), answers).by_value());
    /// let cohort = Cohort::new(pulse, columns)?;
    ///
    /// let mut studies = BTreeMap::new();
    /// Study::add_by(&mut studies, &cohort, &["north", "south", "north", "north"])?;
    /// let north = studies["north"].reliability(Pillar::AgileApproach, Deletion::Listwise);
    /// assert_eq!((studies.len(), north.n), (2, 3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add_by<K: Ord + Clone>(
        studies: &mut BTreeMap<K, Self>,
        cohort: &Cohort<'_>,
        keys: &[K],
    ) -> Result<(), Unmergeable> {
        WrongLength::check(Counted::Keys, keys.len(), cohort.rows())?;
        let rows = u64::try_from(cohort.rows()).unwrap_or(u64::MAX);
        let begun = Self::new(&cohort.questionnaire);
        for study in studies.values().chain([&begun]) {
            study.check(&cohort.questionnaire, rows)?;
        }
        let (scores, mut hand) = (cohort.score(), Vec::new());
        cohort.outcomes(|row, outcomes| {
            let Some(key) = keys.get(row) else { return };
            if !studies.contains_key(key) {
                studies.insert(key.clone(), begun.clone());
            }
            if let Some(study) = studies.get_mut(key) {
                study.take(outcomes, &scores, row, &mut hand);
            }
        });
        Ok(())
    }

    /// Adds a row, for which there is room.
    fn take(
        &mut self,
        outcomes: &[Outcome],
        scores: &Scores,
        row: usize,
        hand: &mut Vec<Option<f64>>,
    ) {
        for pillar in Pillar::ALL {
            let items = &mut self.pillars[pillar];
            hand.clear();
            for (place, counts) in items.positions.iter().zip(&mut items.answered) {
                let outcome = outcomes.get(*place);
                if let Some(outcome) = outcome {
                    counts.add(*outcome);
                }
                hand.push(outcome.and_then(|outcome| outcome.rating()));
            }
            let pushed = items.sums.push(hand);
            debug_assert!(pushed.is_ok(), "credits, and room for them");
        }
        hand.clear();
        let of = |pillar| scores.pillar_at(row, pillar).map(Score::to_f64);
        hand.extend(Pillar::ALL.map(of));
        let pushed = self.scores.push(hand);
        debug_assert!(pushed.is_ok(), "Scores, and room for them");
    }

    /// How many bytes the sums of one study of that questionnaire take, for whoever keeps one a group.
    ///
    /// ```
    /// # use digital_maturity::cohort::Study;
    /// # use digital_maturity::Questionnaire;
    /// assert!(Study::bytes(Questionnaire::dcx_pulse()) < 10_000);
    /// ```
    #[must_use]
    pub fn bytes(questionnaire: &Questionnaire) -> usize {
        let of = |pillar| questionnaire.questions().filter(|q| q.pillar() == pillar).count();
        // A product of two items where all are answered, and six sums where one is not.
        let pairs = |items: usize| items * (items + 1) / 2 * (7 * size_of::<i128>());
        Pillar::ALL.into_iter().map(|pillar| pairs(of(pillar))).sum()
    }

    /// Adds the respondents of another study.
    ///
    /// # Errors
    ///
    /// As of [`add`](Self::add).
    pub fn merge(&mut self, other: &Self) -> Result<(), Unmergeable> {
        self.check(&other.questionnaire, other.scores.rows())?;
        let merged = |sums: &mut CreditSums, others: &CreditSums| {
            let merged = sums.merge(others).map(|_| ());
            debug_assert!(merged.is_ok(), "of one fingerprint: {merged:?}");
        };
        for pillar in Pillar::ALL {
            let items = &mut self.pillars[pillar];
            let others = &other.pillars[pillar];
            merged(&mut items.sums, &others.sums);
            for (counts, others) in items.answered.iter_mut().zip(&others.answered) {
                counts.merge(others);
            }
        }
        merged(&mut self.scores, &other.scores);
        Ok(())
    }

    /// That respondents of that questionnaire can be added, in that number.
    fn check(&self, questionnaire: &Questionnaire, more: u64) -> Result<(), Unmergeable> {
        let (own, other) = (&self.questionnaire, questionnaire);
        // Sums stand in the order of questions, which the fingerprint does not tell.
        let in_order = || own.questions().map(|q| q.id()).eq(other.questions().map(|q| q.id()));
        OtherQuestionnaire::check(own, other)?;
        if !in_order() {
            return Err(OtherQuestionnaire::new(own.into(), other.into()).into());
        }
        TooManyRespondents::check_rows(self.scores.rows(), more)?;
        Ok(())
    }

    /// The questionnaire.
    #[must_use]
    pub const fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The reliability of a pillar, of the credits of its questions as they are.
    #[must_use]
    pub fn reliability(&self, pillar: Pillar, deletion: Deletion) -> Reliability {
        Reliability::from_sums(&self.pillars[pillar].sums, deletion)
    }

    /// The error with which the score of a pillar is measured: from the alpha of what the score is made of
    /// ([weighted](Self::weighted_reliability)) and the standard deviation of all who have one (Jacobson and
    /// Truax 1991). It tells who of a later time [changed](super::ScoresByName::reliable_changes).
    ///
    /// # Errors
    ///
    /// Why there is no alpha or no standard deviation; [`OutOfRange`](Undefined::OutOfRange) where alpha is
    /// below 0, or 1.
    ///
    /// ```
    /// # use digital_maturity::cohort::Study;
    /// # use digital_maturity::statistics::Deletion;
    /// # use digital_maturity::{Pillar, Questionnaire};
    /// let nobody = Study::new(Questionnaire::dcx_pulse());
    /// assert!(nobody.measurement_error(Pillar::AgileApproach, Deletion::Listwise).is_err());
    /// ```
    pub fn measurement_error(
        &self,
        pillar: Pillar,
        deletion: Deletion,
    ) -> Result<MeasurementError, Undefined> {
        let alpha = self.weighted_reliability(pillar, deletion).alpha.get()?;
        // A score beside itself has the standard deviation of all that are there.
        let at = pillar.place();
        let own = PairedChange::from_sums(&self.scores, at, at).ok_or(Undefined::TooFewRows)?;
        own.measurement_error(alpha)
    }

    /// The same of credits times the weights of their questions: of what the score is made of.
    ///
    /// ```
    /// # use digital_maturity::cohort::Study;
    /// # use digital_maturity::statistics::Deletion;
    /// # use digital_maturity::{Pillar, Questionnaire};
    /// let nobody = Study::new(Questionnaire::dcx_pulse());
    /// let alpha = nobody.weighted_reliability(Pillar::AgileApproach, Deletion::Listwise).alpha;
    /// assert_eq!(alpha.value(), None);
    /// ```
    #[must_use]
    pub fn weighted_reliability(&self, pillar: Pillar, deletion: Deletion) -> Reliability {
        let Items { sums, weights, .. } = &self.pillars[pillar];
        let weighted: Result<Reliability, RatingsError> =
            Reliability::of_weighted(sums, weights, deletion);
        debug_assert!(weighted.is_ok(), "a weight above 0 for each question");
        weighted.unwrap_or_else(|_| Reliability::from_sums(sums, deletion))
    }

    /// Omega, lambda-6 and the halves of a pillar.
    ///
    /// # Cost
    ///
    /// The cube of its questions.
    #[must_use]
    pub fn consistency(&self, pillar: Pillar, deletion: Deletion) -> Consistency {
        Consistency::from_sums(&self.pillars[pillar].sums, deletion)
    }

    /// The loading of each scored question of a pillar on one factor.
    pub(crate) fn loadings(&self, pillar: Pillar, deletion: Deletion) -> Vec<Statistic> {
        Consistency::loadings_from_sums(&self.pillars[pillar].sums, deletion)
    }

    /// How the Scores of the pillars go together, in their order.
    ///
    /// ```
    /// # use digital_maturity::cohort::Study;
    /// # use digital_maturity::statistics::Deletion;
    /// # use digital_maturity::Questionnaire;
    /// let nobody = Study::new(Questionnaire::dcx_pulse());
    /// assert_eq!(nobody.correlations(Deletion::Pairwise).pairs.len(), 6);
    /// ```
    #[must_use]
    pub fn correlations(&self, deletion: Deletion) -> Correlations {
        Correlations::from_sums(&self.scores, deletion)
    }

    /// How a scored question was answered; `None` if there is none of that id.
    #[must_use]
    pub fn answers(&self, question: &str) -> Option<ItemAnswers> {
        self.pillars.iter().find_map(|(_, items)| {
            let at = items.sums.names().iter().position(|name| name == question)?;
            items.answered.get(at).map(Counts::stated)
        })
    }

    /// What is to be said of a pillar: `summary` is that of the same respondents.
    ///
    /// ```
    /// # use digital_maturity::cohort::{CohortSummary, Remark, Study};
    /// # use digital_maturity::statistics::Deletion;
    /// # use digital_maturity::{Pillar, Questionnaire};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (study, summary) = (Study::new(pulse), CohortSummary::empty(pulse));
    /// let remarks = study.remarks(&summary, Pillar::AgileApproach, Deletion::Listwise);
    /// assert_eq!(remarks, [Remark::FewRespondents { n: 0 }]);
    /// ```
    #[must_use]
    pub fn remarks(
        &self,
        summary: &CohortSummary,
        pillar: Pillar,
        deletion: Deletion,
    ) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let reliability = self.reliability(pillar, deletion);
        if reliability.k == 0 {
            return remarks; // no question, no reliability
        }
        let loadings = self.loadings(pillar, deletion);
        let figures = summary.pillars()[pillar].figures();
        let n = u64::try_from(reliability.n).unwrap_or(u64::MAX);
        let is_below_zero = |of: Option<f64>| of.is_some_and(|of| of < 0.0);
        for (at, item) in reliability.items.iter().enumerate() {
            let question = item.name.clone().unwrap_or_default();
            let loading = loadings.get(at).and_then(|loading| loading.value());
            if reliability.constant.contains(&at) {
                remarks.push(Remark::Constant { question });
            } else if is_below_zero(item.item_rest.value()) || is_below_zero(loading) {
                remarks.push(Remark::AgainstTheRest { question });
            }
        }
        if n < FEW {
            remarks.push(Remark::FewRespondents { n });
        }
        let scored = figures.count;
        if u128::from(n) * 10 < u128::from(scored) * 9 {
            remarks.push(Remark::FewOfScored { n, scored });
        }
        if let Some(share) = figures.floor_share.filter(|share| *share > EFFECT) {
            remarks.push(Remark::Floor { share });
        }
        if let Some(share) = figures.ceiling_share.filter(|share| *share > EFFECT) {
            remarks.push(Remark::Ceiling { share });
        }
        remarks
    }
}
