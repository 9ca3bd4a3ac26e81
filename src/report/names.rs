//! Which word of the catalogue belongs to a stage, a pillar, a month or a reason.

use super::words::Words;
use crate::assessment::Reason;
use crate::pillar::Pillar;
use crate::stage::Stage;

impl Words {
    /// The words for readers of `language`: the German ones for `de` and its regions, such as
    /// `de-AT`, else the English ones.
    ///
    /// ```
    /// # use digital_maturity::Words;
    /// assert_eq!(Words::of("de-AT"), Words::german());
    /// assert_eq!(Words::of("fr"), Words::english());
    /// ```
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self::at_hand(language).clone()
    }

    /// The same, as they come with the crate.
    pub(super) fn at_hand(language: &str) -> &'static Self {
        static ENGLISH: Words = Words::english();
        static GERMAN: Words = Words::german();
        let primary = language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("de") { &GERMAN } else { &ENGLISH }
    }

    pub(super) fn of_stage(&self, stage: Stage) -> &str {
        match stage {
            Stage::Traditional => &self.stage_traditional,
            Stage::Bridge => &self.stage_bridge,
            Stage::Hubs => &self.stage_hubs,
            Stage::Platform => &self.stage_platform,
            Stage::Native => &self.stage_native,
        }
    }

    pub(super) fn meaning(&self, stage: Stage) -> &str {
        match stage {
            Stage::Traditional => &self.meaning_traditional,
            Stage::Bridge => &self.meaning_bridge,
            Stage::Hubs => &self.meaning_hubs,
            Stage::Platform => &self.meaning_platform,
            Stage::Native => &self.meaning_native,
        }
    }

    pub(super) fn of_pillar(&self, pillar: Pillar) -> &str {
        match pillar {
            Pillar::DigitalFirstMindset => &self.pillar_digital_first_mindset,
            Pillar::AgileApproach => &self.pillar_agile_approach,
            Pillar::CultureOfExperimentation => &self.pillar_culture_of_experimentation,
            Pillar::ConnectedSystems => &self.pillar_connected_systems,
        }
    }

    pub(super) fn month(&self, month: u8) -> &str {
        match month {
            1 => &self.month_1,
            2 => &self.month_2,
            3 => &self.month_3,
            4 => &self.month_4,
            5 => &self.month_5,
            6 => &self.month_6,
            7 => &self.month_7,
            8 => &self.month_8,
            9 => &self.month_9,
            10 => &self.month_10,
            11 => &self.month_11,
            _ => &self.month_12,
        }
    }

    pub(super) fn reason(&self, reason: Reason) -> &str {
        match reason {
            Reason::NothingApplicable => &self.nothing_applicable,
            Reason::Coverage => &self.too_little,
            Reason::NothingCounts => &self.nothing_counts,
        }
    }

    pub(super) fn is_right_to_left(&self) -> bool {
        self.direction.eq_ignore_ascii_case("rtl")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_words_for_stages_and_pillars_are_those_of_the_types() {
        let words = Words::english();
        for stage in Stage::ALL {
            assert_eq!(
                (words.of_stage(stage), words.meaning(stage)),
                (stage.name(), stage.meaning())
            );
        }
        for pillar in Pillar::ALL {
            assert_eq!(words.of_pillar(pillar), pillar.name());
        }
    }
}
