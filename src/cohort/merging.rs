//! Summaries of parts, put together as they come.

use std::collections::BTreeMap;

use super::distribution::Growing;
use super::most::{TooManyRespondents, Unmergeable};
use super::scores::Scores;
use super::stage_counts::StageCounts;
use super::summary::CohortSummary;
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};

/// The summary of respondents who come in parts: of a file that is read in blocks, or of places that
/// each send their own.
///
/// # Cost
///
/// To merge two summaries takes a step for each Score that occurs in either, so that merging every
/// part into the whole would take the square of their number. Here a part waits until it has a fourth of
/// the Scores of the one before it: what waits is no more than a third of the whole. Where the Scores of a
/// block are at hand, [`add`](Self::add) is faster than to [`push`](Self::push) their summary: it
/// counts them where others were counted before.
///
/// ```
/// use digital_maturity::{Cohort, Questionnaire};
/// use digital_maturity::cohort::{Column, Merging};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let of = |answers: &[u8]| {
///     let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
///     Cohort::new(&pulse, columns).map(|cohort| cohort.score().summary())
/// };
/// let mut merging = Merging::new(&pulse);
/// for part in [&[1, 2][..], &[5], &[255, 3, 3]] {
///     merging.push(of(part)?)?;
/// }
/// assert_eq!(merging.finish(), of(&[1, 2, 5, 255, 3, 3])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Merging {
    questionnaire: Questionnaire,
    stages: StageCounts,
    overall: Growing,
    pillars: PillarMap<Growing>,
    /// By their ids. Equal fingerprints name the same themes, in whatever order.
    themes: BTreeMap<String, Growing>,
    /// To sort in.
    room: Vec<u32>,
}

impl Merging {
    /// Nobody yet.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        Self {
            questionnaire: questionnaire.clone(),
            stages: StageCounts::default(),
            overall: Growing::default(),
            pillars: PillarMap::from_fn(|_| Growing::default()),
            themes: questionnaire
                .themes()
                .iter()
                .map(|theme| (theme.id.clone(), Growing::default()))
                .collect(),
            room: Vec::new(),
        }
    }

    /// Adds the respondents of a summary.
    ///
    /// # Errors
    ///
    /// If it is about a questionnaire that scores otherwise, or all parts are of more than
    /// [`Distribution::MOST`](super::Distribution::MOST) respondents. Nothing is added then.
    pub fn push(&mut self, part: CohortSummary) -> Result<(), Unmergeable> {
        self.check(&part.questionnaire, &part.stages)?;
        let CohortSummary { stages, overall, mut pillars, themes, .. } = part;
        self.stages.add(stages);
        self.overall.push(overall);
        for pillar in Pillar::ALL {
            self.pillars[pillar].push(std::mem::take(&mut pillars[pillar]));
        }
        for (theme, theirs) in themes {
            self.themes.entry(theme).or_default().push(theirs);
        }
        Ok(())
    }

    /// Adds the respondents of a block that is scored.
    ///
    /// # Errors
    ///
    /// As for [`push`](Self::push).
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::cohort::{CohortPlan, Column, Merging, Scores};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (mut plan, mut scores) = (CohortPlan::new(&pulse), Scores::empty(&pulse));
    /// let mut merging = Merging::new(&pulse);
    /// for block in [[1_u8, 2, 5], [5, 255, 3]] {
    ///     let columns = pulse.questions().map(|q| Column::new(q.id(), &block).by_value());
    ///     plan.score(columns, &mut scores)?;
    ///     merging.add(&scores)?;
    /// }
    /// assert_eq!(merging.finish().stages().total(), 6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add(&mut self, scores: &Scores) -> Result<(), Unmergeable> {
        let stages = scores.stage_counts();
        self.check(scores.questionnaire(), &stages)?;
        self.stages.add(stages);
        let Self { overall, pillars, themes, room, .. } = self;
        let mut extend = |of: &mut Growing, column: &[u32]| {
            of.extend(column.iter().copied(), stages.bad, room);
        };
        extend(overall, scores.raw_overall());
        for pillar in Pillar::ALL {
            extend(&mut pillars[pillar], scores.raw_pillar(pillar));
        }
        for (theme, column) in scores.raw_themes() {
            if let Some(of) = themes.get_mut(theme) {
                extend(of, column);
            }
        }
        Ok(())
    }

    fn check(&self, questionnaire: &Questionnaire, more: &StageCounts) -> Result<(), Unmergeable> {
        OtherQuestionnaire::check(&self.questionnaire, questionnaire)?;
        TooManyRespondents::check(self.stages.total(), more.total())?;
        Ok(())
    }

    /// The summary of all parts.
    #[must_use]
    pub fn finish(self) -> CohortSummary {
        let Self { questionnaire, stages, mut overall, mut pillars, themes, mut room } = self;
        let themes = themes.into_iter().map(|(theme, mut of)| (theme, of.take(&mut room)));
        let themes = themes.collect();
        CohortSummary {
            overall: overall.take(&mut room),
            pillars: PillarMap::from_fn(|pillar| pillars[pillar].take(&mut room)),
            themes,
            stages,
            questionnaire,
        }
    }

    /// How many bytes the counts take, for whoever must keep memory within bounds.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::Merging;
    /// assert_eq!(Merging::new(&Questionnaire::dcx()).bytes(), 0);
    /// ```
    #[must_use]
    pub fn bytes(&self) -> usize {
        let pillars = self.pillars.iter().map(|(_, of)| of);
        pillars.chain(self.themes.values()).chain([&self.overall]).map(Growing::bytes).sum()
    }
}
