//! What is still possible while questions are open (scoring rules, section 8).

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::answers::{AnswerSheet, Mark, Marked, Outcome, Settled};
use crate::assessment::overall_value;
use crate::names::named;
use crate::number::{Score, Units, WeightedSum};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{Identity, QuestionSet, Questionnaire};
use crate::stage::Stage;

/// The lowest and the highest result still possible, and what keeps it open.
///
/// # Which questions are open
///
/// A question is open if it is asked and unanswered or answered `dont_know`, or if its condition is
/// undecided: then it may come to be asked or not, whatever is written there now. Everything else is
/// settled: it counts with its credit, or not at all. A condition that is decided stays so whatever
/// comes, since what decides it are answers that are given.
///
/// # The bounds
///
/// A pillar's bounds are its mean with every open question at credit 0, and at credit 1, counted
/// with full weight; the overall's are made of those of the pillars. Coverage is taken as complete.
///
/// *They hold for every completion that can be scored.* Let the settled questions of a pillar have
/// the weight `D` and the sum `S` of weight times credit, and let the open ones have the weight `U`
/// in all. However they end, those that count have a weight `T` of at most `U`, and their sum `X` is
/// from 0 to `T`: one that ends `not_applicable` or not asked, or stays open where open questions
/// are left out, is not part of `T`; any other counts with a credit from 0 to 1. The mean is then
///
/// ```text
/// (S + X) / (D + T)      >=  S / (D + T)        >=  S / (D + U)            the lower bound
/// 1 - (S + X) / (D + T)  >=  (D - S) / (D + T)  >=  (D - S) / (D + U)      1 less the upper bound
/// ```
///
/// Rounding to units, the means and the minimum over pillars, publication and the ladder all keep
/// the order of what they are given, so that the bounds hold for the overall and the stages, too.
///
/// *They are reached* if there are no conditions and every open question can yield 0 and 1.
/// Otherwise they may be wider than what can happen:
///
/// - An open question whose lowest credit is above 0 makes the lower bound of its pillar too low by
///   at most that credit times the question's share of the pillar's weight, `D + U`; likewise the
///   upper bound where the highest credit is below 1.
/// - A question whose condition is undecided is taken to be asked, at 0 and at 1, also where the two
///   cannot go together, where it is answered already, or where what it hangs on can never earn
///   enough. Each costs at most its share of the pillar's weight. If such a question
///   drops out, the weight that it had goes to the others, which brings the mean inwards.
///
/// ```
/// use digital_maturity::{Answer, Questionnaire, Stage};
///
/// let pulse = Questionnaire::dcx_pulse(); // three questions a pillar, all of weight 1
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 4)?; // credit 0.75
/// }
/// sheet.set("journey_owner", Answer::DontKnow)?;
///
/// // That pillar may end between 1.5 / 3 and 2.5 / 3, the overall a quarter of it lower or higher.
/// let outlook = sheet.outlook();
/// let bounds = outlook.overall.unwrap();
/// assert_eq!(bounds.lowest.to_string(), "0.6875");
/// assert_eq!(bounds.highest.to_string(), "0.770833333");
/// assert_eq!(bounds.settled_stage(), Some(Stage::Platform)); // whatever comes
///
/// assert_eq!(outlook.open.len(), 1);
/// assert_eq!(outlook.open[0].swing.to_string(), "0.083333333"); // a third of a quarter
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[doc(alias("bounds", "uncertainty", "missing"))]
pub struct Outlook {
    /// Which questionnaire is answered.
    pub questionnaire: Identity,
    /// What the overall can still be; `None` if no completion of these answers can be scored, as in
    /// some pillar that counts nothing can be applicable.
    pub overall: Option<Bounds>,
    /// What each pillar can still be, its stages by the ladder's `overall` column; `None` if nothing
    /// in it can be applicable.
    pub pillars: PillarMap<Option<Bounds>>,
    /// The open questions, those with the largest [swing](OpenQuestion::swing) first; of equal ones
    /// (in units of 1e-15) the earlier.
    pub open: Vec<OpenQuestion>,
}

/// The lowest and the highest result still possible (scoring rules, section 8). Both ends belong
/// to it, and none lies above the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Bounds {
    /// No completion has a lower Score.
    pub lowest: Score,
    /// No completion has a lower stage.
    pub lowest_stage: Stage,
    /// No completion has a higher Score.
    pub highest: Score,
    /// No completion has a higher stage.
    pub highest_stage: Stage,
}

/// A question that keeps the result open.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OpenQuestion {
    /// The question's id.
    #[serde(deserialize_with = "crate::names::stored_id")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    pub id: String,
    /// The pillar that it counts in.
    pub pillar: Pillar,
    /// What keeps it open.
    pub why: Openness,
    /// By how much answering it can still move the overall Score: how far the highest overall falls
    /// if this question and all whose being asked hangs on it earn 0, or how far the lowest rises if
    /// they earn 1, whichever is more. With the arithmetic mean and no conditions the two differ by
    /// no more than rounding, and the swings of all open questions add up to the width of the
    /// overall's bounds. 0 where there is no overall.
    pub swing: Score,
    /// The ids of the questions whose conditions are yet undecided and compare it where that is yet
    /// to be decided, in the order of the questionnaire.
    #[serde(deserialize_with = "crate::names::stored_ids")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::names::shape::Id>"))]
    pub decides: Vec<String>,
    /// How many questions hang on it in all, directly or through others.
    pub decides_in_all: u32,
}

/// What keeps a question open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Openness {
    /// It is asked, and there is no answer.
    Unanswered,
    /// It is asked, and the respondent does not know.
    DontKnow,
    /// Whether it is asked depends on an open question; answering it now would change nothing.
    Depends,
}

named!(Openness, "openness", [
    Unanswered => "unanswered",
    DontKnow => "dont_know",
    Depends => "depends",
]);

impl Bounds {
    /// The stage, if it is the same whatever comes.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let outlook = Questionnaire::dcx_pulse().sheet().outlook();
    /// assert_eq!(outlook.overall.unwrap().settled_stage(), None); // nothing is answered yet
    /// ```
    #[must_use]
    pub fn settled_stage(&self) -> Option<Stage> {
        (self.lowest_stage == self.highest_stage).then_some(self.lowest_stage)
    }

    /// How far apart the two Scores are.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Score};
    /// let outlook = Questionnaire::dcx_pulse().sheet().outlook();
    /// assert_eq!(outlook.overall.unwrap().width(), Score::ONE);
    /// ```
    #[must_use]
    pub fn width(&self) -> Score {
        self.lowest.shortfall(self.highest)
    }
}

impl<'de> Deserialize<'de> for Bounds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(remote = "Bounds")]
        struct Derived {
            lowest: Score,
            lowest_stage: Stage,
            highest: Score,
            highest_stage: Stage,
        }
        let bounds = Derived::deserialize(deserializer)?;
        if bounds.lowest <= bounds.highest && bounds.lowest_stage <= bounds.highest_stage {
            Ok(bounds)
        } else {
            Err(de::Error::custom("the lowest result is above the highest"))
        }
    }
}

impl AnswerSheet {
    /// What is still possible while questions are open (scoring rules, section 8).
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Score, Stage};
    /// let outlook = Questionnaire::dcx_pulse().sheet().outlook();
    /// let bounds = outlook.overall.unwrap();
    /// assert_eq!((bounds.lowest, bounds.highest), (Score::ZERO, Score::ONE));
    /// assert_eq!((bounds.lowest_stage, bounds.highest_stage), (Stage::Traditional, Stage::Native));
    /// assert_eq!(outlook.open.len(), 12);
    /// ```
    ///
    /// # Cost
    ///
    /// Time grows with the comparisons of all conditions, and what comes out with the document.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        let questionnaire = self.questionnaire();
        let mut open = Vec::with_capacity(self.marks().len());
        let mut sums = PillarMap::<Sums>::default();
        let settled = self.marked().settle(|_, rule, outcome| {
            let why = openness(outcome);
            sums[rule.pillar].add(rule.weight, why.is_some(), outcome);
            open.push(why);
        });
        let lowest = sums.map(|_, sums| sums.value(0));
        let highest = sums.map(|_, sums| sums.value(sums.open));
        let pillars = PillarMap::from_fn(|pillar| {
            let stage = |score| questionnaire.ladder().own_stage(score);
            let (lowest, highest) = (lowest[pillar]?.score(), highest[pillar]?.score());
            let (lowest_stage, highest_stage) = (stage(lowest), stage(highest));
            Some(Bounds { lowest, lowest_stage, highest, highest_stage })
        });
        let (low, high) = (overall(questionnaire, &lowest), overall(questionnaire, &highest));
        let stage = |(overall, weakest): (Units, Units)| {
            questionnaire.ladder().stage(overall.score(), weakest.score())
        };
        let bounds = low.zip(high).map(|(low, high)| Bounds {
            lowest: low.0.score(),
            lowest_stage: stage(low),
            highest: high.0.score(),
            highest_stage: stage(high),
        });
        Outlook {
            questionnaire: questionnaire.into(),
            overall: bounds,
            pillars,
            open: open_questions(self.marked(), &settled, &open, &sums),
        }
    }
}

/// The exact sums of a pillar; all weights of a questionnaire come to at most 1e9.
#[derive(Clone, Copy, Default)]
struct Sums {
    settled: WeightedSum,
    open: u64,
}

impl Sums {
    fn add(&mut self, weight: u32, open: bool, outcome: Outcome) {
        match outcome {
            _ if open => self.open += u64::from(weight),
            Outcome::Asked(Mark::Answered(credit)) => self.settled.add(weight, credit),
            Outcome::NotAsked { lowest: true, .. } => self.settled.add(weight, Units::ZERO),
            Outcome::Asked(_) | Outcome::NotAsked { lowest: false, .. } => {}
        }
    }

    /// The value with that weight of what is open at credit 1 and the rest of it at 0.
    fn value(&self, at_one: u64) -> Option<Units> {
        let sum = self.settled.sum + u128::from(at_one) * u128::from(Units::ONE.get());
        WeightedSum { sum, weight: self.settled.weight + self.open }.mean()
    }
}

fn overall(
    questionnaire: &Questionnaire,
    values: &PillarMap<Option<Units>>,
) -> Option<(Units, Units)> {
    overall_value(questionnaire, |pillar| values[pillar]).ok()
}

/// What keeps a question open, if anything does.
fn openness(outcome: Outcome) -> Option<Openness> {
    match outcome {
        Outcome::Asked(Mark::Unanswered) => Some(Openness::Unanswered),
        Outcome::Asked(Mark::DontKnow) => Some(Openness::DontKnow),
        Outcome::NotAsked { undecided: true, .. } => Some(Openness::Depends),
        Outcome::Asked(Mark::Answered(_) | Mark::NotApplicable)
        | Outcome::NotAsked { undecided: false, .. } => None,
    }
}

/// The open questions by swing.
fn open_questions(
    marks: Marked<'_>,
    settled: &Settled,
    openness: &[Option<Openness>],
    sums: &PillarMap<Sums>,
) -> Vec<OpenQuestion> {
    let questionnaire = marks.questionnaire;
    // What hangs on each question: what is compared with it where that is undecided, and what hangs
    // on that in turn. Conditions look back, so that one pass from the last to the first finds all.
    let mut decides = vec![QuestionSet::EMPTY; openness.len()];
    let mut directly: Vec<Vec<usize>> = vec![Vec::new(); openness.len()];
    for (position, rule) in questionnaire.rules().iter().enumerate().rev() {
        let below = decides.get(position).copied().unwrap_or_default();
        for named in marks.hangs_on(settled, rule).iter() {
            if let Some((above, directly)) = decides.get_mut(named).zip(directly.get_mut(named)) {
                above.insert(position);
                above.extend(&below);
                directly.push(position);
            }
        }
    }
    let weight_of = |positions: &QuestionSet| {
        let mut weights = PillarMap::<u64>::default();
        for rule in positions.iter().filter_map(|at| questionnaire.rules().get(at)) {
            weights[rule.pillar] += u64::from(rule.weight);
        }
        weights
    };

    let with = |at_one: &dyn Fn(Pillar) -> u64| {
        let values = sums.map(|pillar, sums| sums.value(at_one(pillar)));
        overall(questionnaire, &values).map_or(0, |(overall, _)| overall.get())
    };
    let (lowest, highest) = (with(&|_| 0), with(&|pillar| sums[pillar].open));
    let id = |position| questionnaire.question_at(position).map(|q| q.id().to_owned());
    let mut open: Vec<(u64, OpenQuestion)> = Vec::new();
    let questions = questionnaire.questions().zip(openness).zip(decides.iter().zip(directly));
    for ((question, why), (decides, directly)) in questions {
        let Some(why) = *why else { continue };
        let mut with_this = *decides;
        with_this.insert(question.position());
        let reach = weight_of(&with_this);
        let fall = highest - with(&|pillar| sums[pillar].open - reach[pillar]);
        let rise = with(&|pillar| reach[pillar]) - lowest;
        let swing = fall.max(rise);
        open.push((
            swing,
            OpenQuestion {
                id: question.id().to_owned(),
                pillar: question.pillar(),
                why,
                swing: Units::mean(u128::from(swing), 1).score(),
                decides: directly.into_iter().rev().filter_map(id).collect(),
                decides_in_all: u32::try_from(decides.iter().count()).unwrap_or(u32::MAX),
            },
        ));
    }
    // Stable, so that equal swings stay in the order of the questionnaire.
    open.sort_by_key(|(swing, _)| std::cmp::Reverse(*swing));
    open.into_iter().map(|(_, open)| open).collect()
}
