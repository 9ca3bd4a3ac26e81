//! Scores as plain numbers in the caller's own memory: without a detour, and without the types that
//! keep what is no Score from being taken for one.

use super::length::{Counted, WrongLength};
use crate::pillar::PillarMap;
use crate::questionnaire::Questionnaire;
use crate::stage::Stage;

/// Stands for no Score among billionths.
pub const NO_SCORE: u32 = u32::MAX;
/// Stands for no stage, as there is no overall Score.
pub const NO_STAGE: u8 = u8::MAX;
/// Stands for no stage, as the row has a bad cell.
pub const BAD_ROW: u8 = u8::MAX - 1;

/// Where scores are to be written: one place a row in each slice. Any slices of any length are
/// possible; whether they fit the cohort is checked by
/// [`Cohort::score_into`](crate::Cohort::score_into).
#[derive(Debug, Default)]
pub struct ScoreBuffers<'b> {
    /// Overall Scores in billionths, or [`NO_SCORE`].
    pub overall: &'b mut [u32],
    /// Scores of the pillars in billionths, or [`NO_SCORE`].
    pub pillars: PillarMap<&'b mut [u32]>,
    /// Scores of the themes in billionths, or [`NO_SCORE`], in the order of the questionnaire. With
    /// no slice at all, themes are not scored.
    pub themes: Vec<&'b mut [u32]>,
    /// Stages from 0, `traditional`, to 4, `native`; [`NO_STAGE`] or [`BAD_ROW`].
    pub stages: &'b mut [u8],
}

/// The number of a stage, from 0.
pub(super) const fn of_stage(stage: Stage) -> u8 {
    stage.number() - 1
}

/// The stage with that number.
pub(super) fn stage(number: u8) -> Option<Stage> {
    Stage::ALL.get(usize::from(number)).copied()
}

impl ScoreBuffers<'_> {
    pub(super) fn check(
        &self,
        questionnaire: &Questionnaire,
        rows: usize,
    ) -> Result<(), WrongLength> {
        if !self.themes.is_empty() {
            let expected = questionnaire.themes().len();
            WrongLength::check(Counted::Themes, self.themes.len(), expected)?;
        }
        let scores = self.pillars.iter().map(|(_, column)| column.len());
        let scores = scores.chain(self.themes.iter().map(|column| column.len()));
        for length in scores.chain([self.overall.len(), self.stages.len()]) {
            WrongLength::check(Counted::Rows, length, rows)?;
        }
        Ok(())
    }

    /// The first `rows` rows, and the rest.
    pub(super) fn split(self, rows: usize) -> (Self, Self) {
        let rows = rows.min(self.overall.len());
        let (overall, overall_rest) = self.overall.split_at_mut(rows);
        let (stages, stages_rest) = self.stages.split_at_mut(rows);
        let (pillars, pillars_rest) =
            self.pillars.map(|_, column| column.split_at_mut(rows)).unzip();
        let (themes, themes_rest) =
            self.themes.into_iter().map(|column| column.split_at_mut(rows)).unzip();
        let rest = Self {
            overall: overall_rest,
            pillars: pillars_rest,
            themes: themes_rest,
            stages: stages_rest,
        };
        (Self { overall, pillars, themes, stages }, rest)
    }
}
