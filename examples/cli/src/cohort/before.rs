//! What respondents answered at an earlier time.

use digital_maturity::Questionnaire;
use digital_maturity::cohort::{ScoresByName, Study};
use digital_maturity::survey::Options;

use super::part::Wanted;
use super::stream::{self, Job, Source};
use super::{Duplicates, Ids, Stop};

/// An earlier time.
pub(crate) struct Before {
    /// What its file is called.
    pub(crate) name: String,
    /// By id.
    pub(crate) scores: ScoresByName,
    pub(crate) study: Study,
}

impl Before {
    /// Reads all of its file.
    pub(crate) fn read<R: std::io::Read>(
        source: Source<R>,
        questionnaire: &Questionnaire,
        options: Options,
    ) -> Result<Self, Stop> {
        let name = source.name.clone();
        let (survey, feed) = stream::open(source, questionnaire, options)?;
        let wanted = Wanted {
            lines: None,
            study: true,
            group: None,
            weight: None,
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
        Ok(Self { name, scores, study })
    }
}
