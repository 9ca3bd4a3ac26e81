//! What respondents answered at an earlier time.

use digital_maturity::Questionnaire;
use digital_maturity::cohort::{ScoresByName, Study};
use digital_maturity::survey::{Decimal, Options};

use super::feed::{self, Source};
use super::part::Wanted;
use super::progress::say;
use super::stream::{self, Job, Outcome};
use super::{Duplicates, Ids, Stop};
use crate::support::output::plain;

/// An earlier time.
pub(crate) struct Before {
    /// What its file is called.
    pub(crate) name: String,
    /// By id.
    pub(crate) scores: ScoresByName,
    pub(crate) study: Study,
    /// The ids of questions without a column.
    missing: Vec<String>,
}

impl Before {
    /// Reads all of its file.
    pub(crate) fn read<R: std::io::Read + Send>(
        source: Source<R>,
        questionnaire: &Questionnaire,
        options: Options,
    ) -> Result<Self, Stop> {
        let name = source.name.clone();
        let (survey, feed) = feed::open(source, questionnaire, options)?;
        let wanted = Wanted {
            lines: None,
            study: true,
            group: None,
            weight: None,
            decimal: Decimal::Point,
            unit: None,
            ids: false,
            by_id: true,
            careless: false,
            has_id: true,
        };
        let job = Job {
            wanted,
            unwanted: std::collections::BTreeSet::new(),
            ids: Ids::new(Duplicates::All),
            timing: false,
            least_group: 0,
        };
        let (outcome, _) = stream::run(&survey, feed, job, None)?;
        let scores = outcome.by_id.unwrap_or_else(|| ScoresByName::new(questionnaire));
        let study = outcome.whole.all.study.unwrap_or_else(|| Study::new(questionnaire));
        Ok(Self { name, scores, study, missing: outcome.columns.missing })
    }

    /// Says it where nobody is known again.
    pub(crate) fn tell(&self, later: &Outcome) {
        let pairing = later.by_id.as_ref().map(|later| later.pairing(&self.scores));
        if pairing.is_some_and(|pairing| pairing.both == 0) {
            let (earlier, later) = (plain(&self.name), plain(&later.file));
            say(&format!(
                "{later}: warning: none of its ids is one of {earlier}, letter by letter"
            ));
        }
    }

    /// That both files ask the same questions: else scores of both times are not of the same.
    pub(crate) fn check(&self, later: &Outcome) -> Result<(), String> {
        let missing = &later.columns.missing;
        if self.missing == *missing {
            return Ok(());
        }
        let only = |one: &[String], other: &[String]| {
            let ids: Vec<String> =
                one.iter().filter(|id| !other.contains(id)).map(|id| format!("`{id}`")).collect();
            ids.join(", ")
        };
        let (earlier, later_file) = (plain(&self.name), plain(&later.file));
        let of =
            [(only(&self.missing, missing), earlier), (only(missing, &self.missing), later_file)];
        let parts = of.into_iter().filter(|(ids, _)| !ids.is_empty());
        let parts: Vec<String> =
            parts.map(|(ids, file)| format!("{file} has no column for {ids}")).collect();
        Err(format!(
            "error: {}: scores of both times would be of different questions; add the columns, or leave \
             them out of both files",
            parts.join("; ")
        ))
    }
}
