//! Means over waves.

use super::{Of, SCORES};
use crate::cohort::{CohortSummary, Distribution};
use crate::number::Score;
use crate::pillar::Pillar;
use crate::report::Report;
use crate::report::page::cohort::figures::LEVEL;
use crate::report::page::cohort::{LONGEST_NAME, shortened};
use crate::report::picture::{Drawing, Wave, Waves};

/// Waves that have a place.
const MOST_WAVES: usize = 24;

/// A wave as it is drawn. An interval may reach beyond what a Score can be, and is cut there.
fn wave(of: &Distribution) -> Wave {
    let score = |end: f64| format!("{:.9}", end.clamp(0.0, 1.0)).parse::<Score>().ok();
    let interval = of.moments().interval(LEVEL).ok();
    Wave { mean: of.mean(), interval: interval.and_then(|of| score(of.lower).zip(score(of.upper))) }
}

impl Report<'_, CohortSummary> {
    pub(super) fn trend(&self) -> Drawing {
        let (words, groups) = (self.catalogue(), &self.more.groups);
        // What is latest matters most.
        let left = groups.len().saturating_sub(MOST_WAVES);
        let waves = || groups.iter().skip(left);
        let scores = [&*words.overall].into_iter().chain(Pillar::ALL.map(|of| words.pillar(of)));
        let panel = |(name, of): (_, Of)| (name, waves().map(|(_, all)| wave(of(all))).collect());
        Waves {
            words,
            ladder: self.questionnaire.ladder(),
            id: "trend",
            title: self.picture_title(&words.picture_trend),
            names: waves().map(|(name, _)| shortened(name, LONGEST_NAME)).collect(),
            panels: scores.zip(SCORES).map(panel).collect(),
            notes: self.notes(&words.picture_trend_note, 0, left),
        }
        .draw()
    }
}
