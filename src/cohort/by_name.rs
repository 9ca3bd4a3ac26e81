//! Scores of respondents by a name: the unit that they answer for, or the id by which they are known again.

use std::collections::BTreeMap;

use super::Distribution;
use super::length::{Counted, WrongLength};
use super::most::{TooManyRespondents, Unmergeable};
use super::raw::NO_SCORE;
use super::scores::Scores;
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::statistics::{
    CreditSums, Groups, MeasurementError, OneWayIcc, PairedChange, RatingsError, ReliableChanges,
    Undefined,
};

/// The Scores of respondents by a name.
///
/// Where it is that of an organisation for which several answer, [`icc`](Self::icc) tells whether they agree,
/// and [`means`](Self::means) how organisations come out. Where it is an id, [`change`](Self::change) tells what
/// became of those who answered at an earlier time, too.
///
/// A blank name is none: its row is in no figure, and [counted](Self::without_name). Rows with a bad cell are
/// passed over. Parts that are [merged](Self::merge) make the same whole, whatever their order.
///
/// # Cost
///
/// It keeps names and Scores: some 60 bytes a respondent, and each name once.
///
/// ```
/// use digital_maturity::cohort::{Column, ScoresByName};
/// use digital_maturity::{Cohort, Pillar, Questionnaire};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let of = |answers: &[u8]| {
///     let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
///     Cohort::new(pulse, columns).map(|cohort| cohort.score())
/// };
/// // Four respondents of two hospitals.
/// let mut units = ScoresByName::new(pulse);
/// units.add(&of(&[2, 3, 4, 5])?, &["north", "north", "south", "south"])?;
/// assert_eq!(format!("{:.3}", units.icc(None).icc_1), "0.778");
/// assert_eq!(units.means(None).highest(), Some("0.875".parse()?));
///
/// // Three who answered before; two of them answered again.
/// let (mut earlier, mut later) = (ScoresByName::new(pulse), ScoresByName::new(pulse));
/// earlier.add(&of(&[2, 3, 1])?, &["ann", "ben", "cem"])?;
/// later.add(&of(&[5, 3])?, &["ben", "ann"])?;
/// let change = later.change(&earlier, Some(Pillar::AgileApproach))?;
/// assert_eq!((change.n, change.difference.mean.value()), (2, Some(0.375)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[doc(alias("nested", "clusters", "paired", "wave"))]
pub struct ScoresByName {
    questionnaire: Questionnaire,
    /// The overall and the pillars of each respondent.
    scores: BTreeMap<Box<str>, Vec<[u32; SUBJECTS]>>,
    rows: u64,
    without_name: u64,
}

const SUBJECTS: usize = 1 + Pillar::ALL.len();

/// How the names of two times fit together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pairing {
    /// Names that occur once at both times: these are compared.
    pub both: u64,
    /// Names at the earlier time alone.
    pub earlier_alone: u64,
    /// Names at the later time alone.
    pub later_alone: u64,
    /// Names that occur several times at one of them, and could be anyone: they are not compared.
    pub ambiguous: u64,
}

impl ScoresByName {
    /// Of nobody yet.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        let questionnaire = questionnaire.clone();
        Self { questionnaire, scores: BTreeMap::new(), rows: 0, without_name: 0 }
    }

    /// Adds respondents, each with a name; blanks around it are none of it.
    ///
    /// # Errors
    ///
    /// If they answered a questionnaire that scores otherwise, there is not a name for each, or there are more
    /// than [`CreditSums::MOST_ROWS`] in all. Nothing is added then.
    pub fn add<N: AsRef<str>>(&mut self, scores: &Scores, names: &[N]) -> Result<(), Unmergeable> {
        WrongLength::check(Counted::Names, names.len(), scores.rows())?;
        let rows = u64::try_from(scores.rows()).unwrap_or(u64::MAX);
        self.check(scores.questionnaire(), rows)?;
        let mut columns = [scores.raw_overall(); SUBJECTS];
        for (column, pillar) in columns.iter_mut().skip(1).zip(Pillar::ALL) {
            *column = scores.raw_pillar(pillar);
        }
        for (row, name) in names.iter().enumerate().filter(|(row, _)| !scores.is_bad(*row)) {
            self.rows += 1;
            let name = name.as_ref().trim();
            if name.is_empty() {
                self.without_name += 1;
                continue;
            }
            let of_row = columns.map(|column| column.get(row).copied().unwrap_or(NO_SCORE));
            match self.scores.get_mut(name) {
                Some(known) => known.push(of_row),
                None => {
                    self.scores.insert(name.into(), vec![of_row]);
                }
            }
        }
        Ok(())
    }

    /// Adds the respondents of another part, behind those of the same name.
    ///
    /// # Errors
    ///
    /// As of [`add`](Self::add).
    pub fn merge(&mut self, other: Self) -> Result<(), Unmergeable> {
        self.check(&other.questionnaire, other.rows)?;
        self.rows += other.rows;
        self.without_name += other.without_name;
        for (name, scores) in other.scores {
            self.scores.entry(name).or_default().extend(scores);
        }
        Ok(())
    }

    /// That respondents of that questionnaire can be added, in that number.
    fn check(&self, questionnaire: &Questionnaire, more: u64) -> Result<(), Unmergeable> {
        OtherQuestionnaire::check(&self.questionnaire, questionnaire)?;
        TooManyRespondents::check_rows(self.rows, more)?;
        Ok(())
    }

    /// The questionnaire.
    #[must_use]
    pub const fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// How many names there are.
    #[must_use]
    pub fn names(&self) -> usize {
        self.scores.len()
    }

    /// How many rows have none.
    #[must_use]
    pub const fn without_name(&self) -> u64 {
        self.without_name
    }

    /// Whether those of one name agree: the intraclass correlations of a pillar, or of the overall. Names
    /// without a Score are none of its groups.
    #[must_use]
    pub fn icc(&self, pillar: Option<Pillar>) -> OneWayIcc {
        let scores = |of: &[[u32; SUBJECTS]]| -> Vec<f64> {
            let scores = of.iter().filter_map(|row| score(row, pillar));
            scores.map(Score::to_f64).collect()
        };
        let groups = self.scores.values().map(|of| scores(of)).filter(|of| !of.is_empty());
        OneWayIcc::of(&Groups::of_finite(groups.collect()))
    }

    /// The mean Scores of names, each exact and rounded once, to the nearest billionth, ties to even: a name
    /// counts once, however many answered.
    #[must_use]
    pub fn means(&self, pillar: Option<Pillar>) -> Distribution {
        let mean = |of: &Vec<[u32; SUBJECTS]>| {
            let scores = of.iter().filter_map(|row| score(row, pillar)).map(Score::billionths);
            let (sum, count) = scores
                .fold((0_u128, 0_u64), |(sum, count), score| (sum + u128::from(score), count + 1));
            Score::mean(sum, count)
        };
        self.scores.values().map(mean).collect()
    }

    /// How the names of an earlier time fit to those of this one.
    #[must_use]
    pub fn pairing(&self, earlier: &Self) -> Pairing {
        let mut found = Pairing::default();
        for (name, later) in &self.scores {
            match earlier.scores.get(name) {
                None => found.later_alone += 1,
                Some(earlier) if earlier.len() == 1 && later.len() == 1 => found.both += 1,
                Some(_) => found.ambiguous += 1,
            }
        }
        let unknown = earlier.scores.keys().filter(|name| !self.scores.contains_key(*name));
        found.earlier_alone = u64::try_from(unknown.count()).unwrap_or(u64::MAX);
        found
    }

    /// The Scores of those who have one at both times, earlier and later.
    fn pairs(
        &self,
        earlier: &Self,
        pillar: Option<Pillar>,
    ) -> impl Iterator<Item = (Option<Score>, Option<Score>)> {
        let both = self.scores.iter().filter_map(|(name, later)| {
            match (earlier.scores.get(name)?.as_slice(), later.as_slice()) {
                ([earlier], [later]) => Some((*earlier, *later)),
                _ => None, // it could be anyone
            }
        });
        both.map(move |(earlier, later)| (score(&earlier, pillar), score(&later, pillar)))
    }

    /// What became of those who are known from an earlier time, in a pillar or the overall. A name that occurs
    /// several times at one of them is left out: [`pairing`](Self::pairing) says how many are.
    ///
    /// # Errors
    ///
    /// If the earlier ones answered a questionnaire that scores otherwise; a
    /// [migration](crate::migration) carries answers to another version.
    pub fn change(
        &self,
        earlier: &Self,
        pillar: Option<Pillar>,
    ) -> Result<PairedChange, OtherQuestionnaire> {
        OtherQuestionnaire::check(&self.questionnaire, &earlier.questionnaire)?;
        let mut sums = CreditSums::new(["earlier", "later"]);
        for (earlier, later) in self.pairs(earlier, pillar) {
            let pushed = sums.push(&[earlier, later].map(|score| score.map(Score::to_f64)));
            debug_assert!(pushed.is_ok(), "Scores, and room for them");
        }
        Ok(PairedChange::of_two(&sums))
    }

    /// How many of these changed by more than what that error of measurement explains, such as that of
    /// [all at the earlier time](super::Study::measurement_error), or of
    /// [those who came back](PairedChange::measurement_error).
    ///
    /// # Errors
    ///
    /// [`TooFewRows`](Undefined::TooFewRows) if the earlier ones answered a questionnaire that scores otherwise.
    ///
    /// ```
    /// # use digital_maturity::cohort::ScoresByName;
    /// # use digital_maturity::statistics::MeasurementError;
    /// # use digital_maturity::{Pillar, Questionnaire};
    /// let nobody = ScoresByName::new(Questionnaire::dcx_pulse());
    /// let error = MeasurementError::new(0.8, 0.25)?;
    /// assert_eq!(nobody.reliable_changes(&nobody, Pillar::AgileApproach, error)?.n(), 0);
    /// # Ok::<(), digital_maturity::statistics::Undefined>(())
    /// ```
    pub fn reliable_changes(
        &self,
        earlier: &Self,
        pillar: Pillar,
        error: MeasurementError,
    ) -> Result<ReliableChanges, Undefined> {
        OtherQuestionnaire::check(&self.questionnaire, &earlier.questionnaire)
            .map_err(|_| Undefined::TooFewRows)?;
        let mut changes = ReliableChanges::default();
        for pair in self.pairs(earlier, Some(pillar)) {
            let (Some(earlier), Some(later)) = pair else { continue };
            let pushed: Result<_, RatingsError> =
                changes.push(error.change(earlier.to_f64(), later.to_f64())?);
            debug_assert!(pushed.is_ok(), "there is room for them");
        }
        Ok(changes)
    }
}

/// That of a pillar, or of the overall.
fn score(row: &[u32; SUBJECTS], pillar: Option<Pillar>) -> Option<Score> {
    let place = pillar.map_or(0, |pillar| 1 + pillar.place());
    row.get(place).copied().and_then(Score::from_billionths)
}
