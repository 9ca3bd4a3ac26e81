//! Many units of one organisation: how the whole comes out, and which unit holds it back (scoring rules,
//! section 14).

mod document;
mod gain;
mod result;
mod share;
mod stored;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use document::{PortfolioSpec, UnitSource, UnitSpec};
pub use gain::Gain;
pub use result::{PortfolioPillar, PortfolioResult, Spread, UnitCounts, UnitResult, UnitScore};

use crate::assessment::{Coverage, Reason, Record, Standing, Summary, standing};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Errors, Excerpt, Problem};
use crate::document::{Place, name_fault, too_large};
use crate::number::{Score, UnitWeight, Units, WeightedSum};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::Questionnaire;

/// One or more units of an organisation, each with a name, a weight and a result of one questionnaire.
///
/// A portfolio without units, with two of one name, or with results of questionnaires that score
/// differently cannot exist. Everything that it says rests on published Scores, so that fresh and stored
/// results serve alike.
///
/// ```
/// use digital_maturity::portfolio::{Portfolio, Unit};
/// use digital_maturity::{Questionnaire, Stage};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut units = Vec::new();
/// for (name, staff, level) in [("North", "120", 4), ("South", "40", 2)] {
///     let mut sheet = pulse.sheet();
///     for question in pulse.questions() {
///         sheet.set(question.id(), level)?;
///     }
///     units.push(Unit::new(name, staff.parse()?, &sheet.assess()));
/// }
/// let group = Portfolio::new(pulse, units)?;
///
/// // 120 at 0.75 and 40 at 0.25: a mean of 0.625.
/// let result = group.assess();
/// assert_eq!(result.overall.score().unwrap().to_string(), "0.625");
/// assert_eq!(result.overall.stage(), Some(Stage::Platform));
/// assert_eq!(result.spread.lowest.as_ref().unwrap().unit, "South");
///
/// // Contributions add up, to the last billionth.
/// let parts = result.units.iter().map(|unit| unit.contribution.unwrap().to_string());
/// assert_eq!(parts.collect::<Vec<_>>(), ["0.5625", "0.0625"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[doc(alias("group", "organisation", "roll_up"))]
pub struct Portfolio {
    questionnaire: Questionnaire,
    units: Vec<Unit>,
    sums: Sums,
    taken: Option<Date>,
    sequence: Option<i64>,
}

/// A unit of an organisation: its name, what it counts, and its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    name: Arc<str>,
    weight: UnitWeight,
    of: crate::questionnaire::Identity,
    taken: Option<Date>,
    summary: Summary,
}

/// What the pillars of an organisation are made of: of each, the weight and the sum of those units that
/// have a Score there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sums {
    /// All weight, at most 1e18.
    weight: u64,
    pillars: PillarMap<WeightedSum>,
}

impl Unit {
    /// A unit with that result, fresh or stored.
    ///
    /// ```
    /// use digital_maturity::number::UnitWeight;
    /// use digital_maturity::portfolio::Unit;
    /// # use digital_maturity::Questionnaire;
    ///
    /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let unit = Unit::new("North", UnitWeight::from_whole(120)?, &assessment);
    /// assert_eq!((unit.name(), unit.weight().thousandths()), ("North", 120_000));
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    pub fn new(name: impl Into<String>, weight: UnitWeight, result: &impl AsRef<Record>) -> Self {
        let record = result.as_ref();
        Self {
            name: name.into().into(),
            weight,
            of: record.questionnaire.clone(),
            taken: record.taken,
            summary: record.summary(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it counts.
    #[must_use]
    pub fn weight(&self) -> UnitWeight {
        self.weight
    }

    /// The day on which its result was taken, if that is known.
    #[must_use]
    pub fn taken(&self) -> Option<Date> {
        self.taken
    }

    /// Its overall and its pillars.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.summary
    }

    fn score(&self, pillar: Pillar) -> Option<Score> {
        self.summary.pillars[pillar].standing.score()
    }
}

impl Portfolio {
    /// How many units there may be, so that no sum of them is too large.
    pub const MOST_UNITS: usize = 1_000_000;

    /// The portfolio of those units, in that order.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, in one go: that there is none or more than
    /// [`MOST_UNITS`](Self::MOST_UNITS), a name is blank, too long or there twice, or a result is of a
    /// questionnaire that scores differently. Paths are `/units/3/name` and `/units/3/result`, counted
    /// from 0.
    ///
    /// ```
    /// use digital_maturity::number::UnitWeight;
    /// use digital_maturity::portfolio::{Portfolio, Unit};
    /// use digital_maturity::{Code, Questionnaire};
    ///
    /// let (pulse, dcx) = (Questionnaire::dcx_pulse(), Questionnaire::dcx());
    /// let unit = |name, of: &Questionnaire| Unit::new(name, UnitWeight::ONE, &of.sheet().assess());
    /// let units = [unit("North", pulse), unit("North", dcx)];
    /// let errors = Portfolio::new(pulse, units).unwrap_err();
    /// let codes: Vec<Code> = errors.iter().map(|error| error.code()).collect();
    /// assert_eq!(codes, [Code::DuplicateEntry, Code::OtherEnd]);
    /// ```
    pub fn new(
        questionnaire: &Questionnaire,
        units: impl IntoIterator<Item = Unit>,
    ) -> Result<Self, Errors> {
        let units: Vec<Unit> = units.into_iter().collect();
        Errors::among(faults(questionnaire, &units))?;
        let mut sums = Sums { weight: 0, pillars: PillarMap::default() };
        for unit in &units {
            sums.weight += unit.weight.thousandths();
            for pillar in Pillar::ALL {
                sums.count(pillar, unit.weight, unit.score(pillar));
            }
        }
        let questionnaire = questionnaire.clone();
        Ok(Self { questionnaire, units, sums, taken: None, sequence: None })
    }

    /// The questionnaire that the units answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The units, in the order in which they were given.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit of that name.
    #[must_use]
    pub fn unit(&self, name: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.name() == name)
    }

    /// Says of which day the result of the whole is, for its
    /// [`history`](PortfolioResult::history).
    pub fn set_taken(&mut self, taken: Date) -> &mut Self {
        self.taken = Some(taken);
        self
    }

    /// Says what orders the result of the whole among others of one day.
    ///
    /// # Errors
    ///
    /// [`Code::OutOfRange`](crate::Code::OutOfRange) for more than 2^53, or less than its negative.
    pub fn set_sequence(&mut self, sequence: i64) -> Result<&mut Self, Diagnostic> {
        if let Some(problem) = too_large("sequence", sequence) {
            return Err(Diagnostic::error(Place::ROOT.key("sequence").path(), problem));
        }
        self.sequence = Some(sequence);
        Ok(self)
    }
}

/// What is wrong with units, in their order.
fn faults(questionnaire: &Questionnaire, units: &[Unit]) -> Vec<Diagnostic> {
    let root = Place::ROOT.key("units");
    let mut faults = Vec::new();
    let mut fault = |place: &Place<'_>, problem| {
        faults.push(Diagnostic::error(place.path(), problem));
    };
    let (found, most) = (units.len(), Portfolio::MOST_UNITS);
    if found == 0 {
        fault(&root, Problem::TooFew { what: "units", found, least: 1 });
    } else if found > most {
        fault(&root, Problem::TooMany { what: "units", found, most });
    }
    let mut names = BTreeSet::new();
    for (index, unit) in units.iter().enumerate() {
        let place = root.index(index);
        if let Some(problem) = name_fault(unit.name(), &mut names) {
            fault(&place.key("name"), problem);
        }
        let expected = questionnaire.fingerprint();
        if unit.of.fingerprint != expected {
            let found = Excerpt::new(&unit.of.fingerprint.to_string());
            let expected = expected.to_string();
            let problem = Problem::OtherEnd { what: "fingerprint", found, expected };
            fault(&place.key("result"), problem);
        }
    }
    faults
}

impl Sums {
    /// Counts the Score of a unit, if it has one.
    fn count(&mut self, pillar: Pillar, weight: UnitWeight, score: Option<Score>) {
        if let Some(score) = score {
            let sum = &mut self.pillars[pillar];
            sum.sum += product(weight, score);
            sum.weight += weight.thousandths();
        }
    }

    /// The same sums without a unit's Score, which was counted.
    fn discount(&mut self, pillar: Pillar, weight: UnitWeight, score: Option<Score>) {
        if let Some(score) = score {
            let sum = &mut self.pillars[pillar];
            sum.sum -= product(weight, score);
            sum.weight -= weight.thousandths();
        }
    }

    /// The pillars in units, and as they are published.
    fn standings(
        &self,
        questionnaire: &Questionnaire,
    ) -> PillarMap<(Result<Units, Reason>, Standing)> {
        PillarMap::from_fn(|pillar| {
            let counting = self.pillars[pillar];
            let coverage = Coverage { covered: counting.weight, applicable: self.weight };
            standing(questionnaire, coverage, counting)
        })
    }
}

/// Weight times value in units: at most 1e27, so that a million of them are far below 2^128.
fn product(weight: UnitWeight, score: Score) -> u128 {
    u128::from(weight.thousandths()) * u128::from(Units::from(score).get())
}
