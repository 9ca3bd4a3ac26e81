//! The fixed words of what this crate says to people, in one language; others by a document.

mod condition;
#[cfg(feature = "report")]
mod figures;
mod read;
mod respondent;
#[cfg(feature = "schema")]
mod schema;
mod template;

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::sync::LazyLock;

use serde::Serialize;

pub(crate) use condition::Said;
#[cfg(feature = "report")]
pub(crate) use figures::Rounded;
#[cfg(feature = "report")]
pub(crate) use template::filled_with;
pub(crate) use template::{fill, filled};

use crate::diagnostic::Warnings;
use crate::document::deserialize_by_reading;
use crate::number::Score;
use crate::pillar::{Pillar, PillarMap};
use crate::stage::{Stage, StageMap};
use crate::text::Text;

type Word = Cow<'static, str>;

/// Makes the catalogue of one list of names, so that reading and writing cannot miss one.
macro_rules! catalogue {
    ($($(#[doc = $about:literal])* $key:ident)+) => {
        /// Every fixed word of a report, in one language; none can be missing.
        ///
        /// English and German come with the crate. [`from_json`](Self::from_json) reads another
        /// language, or other words for one of these; written as JSON, `Words` are the whole list
        /// to start from. What is in braces is replaced by a figure or a name, in whatever order
        /// the sentence has it. A word is a text like any other: it is escaped.
        ///
        /// ```
        /// use digital_maturity::{Questionnaire, Words};
        ///
        /// let words = Words::from_json(r#"{ "report": "How digital are we?" }"#)?;
        /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
        /// let text = assessment.report().words(&words).text().to_string();
        /// assert!(text.contains("How digital are we?"));
        /// # Ok::<(), digital_maturity::Errors>(())
        /// ```
        #[derive(Clone, Serialize)]
        #[doc(alias("locale", "i18n", "l10n", "translation", "localization"))]
        pub struct Words {
            $($(#[doc = $about])* pub(crate) $key: Word,)+
            /// January first.
            pub(crate) months: [Word; 12],
            stage_names: StageMap<Word>,
            /// What it is to be at a stage, a sentence each.
            stage_meanings: StageMap<Word>,
            pillar_names: PillarMap<Word>,
            #[serde(skip)]
            warnings: Warnings,
        }

        impl Words {
            /// What is to be said of a word that does not say it itself.
            #[cfg(feature = "schema")]
            const ABOUT: &[(&str, &str)] = &[
                $($((stringify!($key), $about),)*)+
                ("months", "January first."),
                ("stage_meanings", "What it is to be at a stage, a sentence each."),
            ];

            /// All words but those of `reader` in their order: see `read`.
            fn take(words: &mut read::WordReader<'_, '_>) -> Self {
                Self {
                    $($key: words.text(stringify!($key), |of| &of.$key),)+
                    months: words.months(),
                    stage_names: words.stages("stage_names", |of| &of.stage_names, Stage::name),
                    stage_meanings:
                        words.stages("stage_meanings", |of| &of.stage_meanings, Stage::meaning),
                    pillar_names: words.pillars(),
                    warnings: Warnings::default(),
                }
            }

            fn texts(&self) -> impl Iterator<Item = &Word> {
                [$(&self.$key),+]
                    .into_iter()
                    .chain(&self.months)
                    .chain(self.stage_names.iter().map(|(_, name)| name))
                    .chain(self.stage_meanings.iter().map(|(_, meaning)| meaning))
                    .chain(self.pillar_names.iter().map(|(_, name)| name))
            }
        }
    };
}

catalogue! {
    /// The BCP 47 tag of the language of these words.
    language
    /// Which way the language is written, `ltr` or `rtl`.
    direction
    /// What stands between whole and fraction.
    decimal
    percent
    /// A difference of two scores.
    points
    gain date report answers_by
    /// What joins the parts of an enumeration.
    and
    standing stage_of overall_score no_stage not_scored answered_of left_out why_not top
    next_stage blocked_by requirement required actual missing overall answer_first
    nothing_applicable too_little nothing_counts not_scorable first_steps first_steps_order
    first_steps_unscored shown_of no_advice today advice next_level still_missing effect
    helps_stage pillars pillar_scores pillar score stage coverage answered of target earlier
    earlier_on now pillar_stage other_questionnaire extremes extremes_by extremes_by_half
    strengths weaknesses none_stands_out comment credit themes themes_views theme theme_scores
    origin origin_sum origin_none every_answer question contribution left_open nothing_open
    dont_know unanswered not_applicable not_asked depends_on asked_if condition
    condition_at_least condition_at_most
    condition_from condition_to condition_otherwise yes no ticked basis questionnaire fingerprint
    taken respondent method by_mean by_minimum open_excluded open_lowest minimum_coverage
    pillar_weights ladder every_pillar rounding rounding_of_many how_answered what_words_mean radar steps you_are_here to_next
    roadmap
    /// A pillar with the stage aimed at for it.
    pillar_target
    no_target way_open way_done way_none way_from_to begin_with out_of_reach highest_possible
    unscored_pillars asked_for gaps after_plan today_column the_steps steps_order to_reach below
    how by_day serves takes levels then then_overall then_pillar step effort effort_so_far
    overall_then stage_then pillar_then pillar_stage_then target_of_pillars where_steps_lead opens
    opens_why opens_scored opens_unscored closes closes_why closes_scored closes_unscored
    at_least at_most more_than about_question hint_choice hint_yes_no hint_checklist hint_at_least
    hint_more_than hint_not_applicable hint_dont_know hint_not_asked hint_too_long hint_ambiguous
    hint_twice hint_unknown hint_other still_open still_open_why way_exact comparison
    change_stage change_none change_unscored change_overall before after change change_points
    from_to moved_by moved_sum moved_unscored changed_questions unchanged_questions question_only
    explains nothing_changed theme_changes theme_only no_theme_changed history history_scores
    history_lines history_table numbered outlook outlook_settled
    outlook_between outlook_none outlook_overall still_possible lowest highest stages range bounds
    answer_next answer_next_order open_questions moves depends decides bounds_hold benchmark
    benchmark_lead benchmark_among benchmark_empty percentile_rank percentile_ranks rank_mid
    rank_weak rank_strict cohort_size lower_quartile median upper_quartile cohort_quartiles
    quartile_gaps to_median cohort_stages cohort_at_stages cohort_count cohort_share middle_half
    cohort_median picture_by picture_mean picture_median picture_n picture_nothing picture_spread
    picture_spread_note picture_boxes_note picture_choices picture_choices_note picture_heat
    picture_heat_note picture_trend picture_trend_note picture_rows_left picture_groups_left
    robustness firm_share firm_always firm_meaning fixed_minimum fixed_single shift
    shift_none other_weights shares all_weightings own_weightings weight_ranges ranges
    weight_share from to other_pillars thousands spaced_percent and_word or_word one_question
    many_questions one_theme many_themes identity based_on all_answered some_answered
    none_answered of_unanswered of_dont_know of_not_applicable of_not_asked place of_lowest_pillar
    no_score_of_one no_score_of_many pillars_column score_column stage_column covered_column
    counts_not counts_times strongest_themes weakest_themes equals more_at themes_unscored blocked
    gap_overall gap_pillar lack_coverage lack_answers lack_applicable no_weight
    which_not_applicable which_not_asked do_answer do_answer_some do_answer_first more not_shown in_all table_numbered table_1
    table_1_by everyone respondents with_score left_out_bad stage_shares stage_percent number_of mean_sd
    median_quartiles floor_ceiling table_1_note between rows_in_no_group
    table_weighted table_weighted_note rows_without_weight number_effective
    mean_se standard_deviation table_units table_units_note
    column_units column_mean_sd column_icc_1 column_icc_2
    rows_without_unit table_change table_change_note column_earlier
    column_later column_srm column_r column_better
    column_worse rows_unpaired not_weighted weighted_by not_compared rows_without_id
    table_careless table_careless_note careless_blank careless_straight careless_duplicated
    careless_run
    table_reliability table_reliability_note table_items table_items_note table_correlations
    table_correlations_note table_two_groups table_two_groups_note table_groups table_groups_note
    listwise_n pairwise_n column_n column_items column_alpha column_weighted column_omega
    column_lambda column_halves column_mean_r column_mean column_sd column_missing column_floor
    column_ceiling
    column_item_rest column_dropped column_loading column_difference column_t column_df column_p
    column_g column_f column_eta column_omega_squared range_to remarks remark_against
    remark_constant remark_few remark_few_of_scored remark_floor remark_ceiling undefined
    undefined_pairwise undefined_items undefined_rows undefined_groups undefined_variance
    undefined_negative undefined_heywood undefined_unsolved undefined_range methods
    form_choose form_none form_not_applicable form_comment form_tick
    panel panel_voices_number panel_one_voice panel_lead panel_span panel_median panel_lowest panel_together
    panel_band panel_discuss panel_order panel_agreed panel_swing panel_credits panel_settled
    panel_alone panel_nobody panel_voices panel_voices_table panel_voice panel_opinions
    panel_without panel_span_holds portfolio portfolio_units_number portfolio_one_unit portfolio_not_scored
    portfolio_whole portfolio_units portfolio_unit portfolio_weight portfolio_part
    portfolio_parts portfolio_stages portfolio_score portfolio_lowest portfolio_highest
    portfolio_map portfolio_map_note portfolio_holds_back portfolio_if portfolio_all_there
    portfolio_gains portfolio_method
}

/// The same words; what was noticed when they were read is not one of them.
impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.texts().eq(other.texts())
    }
}

impl Eq for Words {}

/// By their language: all of them would bury what they stand in.
impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::english().clone()
    }
}

deserialize_by_reading!(Words, Self::from_node);

impl Words {
    /// The English words.
    ///
    /// ```
    /// # use digital_maturity::Words;
    /// assert_eq!(Words::english().language(), "en");
    /// ```
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Words> =
            LazyLock::new(|| built_in(include_str!("words/en.json"), None));
        &ENGLISH
    }

    /// The German words.
    ///
    /// ```
    /// # use digital_maturity::{Stage, Words};
    /// assert_eq!(Words::german().stage(Stage::Hubs), "Knoten");
    /// ```
    #[must_use]
    pub fn german() -> &'static Self {
        static GERMAN: LazyLock<Words> =
            LazyLock::new(|| built_in(include_str!("words/de.json"), Some(Words::english())));
        &GERMAN
    }

    /// The words for readers of `language`, a BCP 47 tag: the German ones for `de` and its regions,
    /// such as `de-AT`, else the English ones.
    ///
    /// ```
    /// # use digital_maturity::Words;
    /// assert_eq!(Words::for_language("de-AT"), Words::german());
    /// assert_eq!(Words::for_language("fr"), Words::english());
    /// ```
    #[must_use]
    #[doc(alias("locale"))]
    pub fn for_language(language: &str) -> &'static Self {
        let primary = language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("de") { Self::german() } else { Self::english() }
    }

    /// What a valid document leaves to English: words that it lacks, and names in braces that its
    /// sentences leave out.
    ///
    /// ```
    /// # use digital_maturity::Words;
    /// assert!(Words::german().warnings().is_empty());
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &Warnings {
        &self.warnings
    }

    /// The BCP 47 tag of their language.
    ///
    /// ```
    /// # use digital_maturity::Words;
    /// assert_eq!(Words::german().language(), "de");
    /// ```
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    pub(crate) fn number(&self, number: impl Display) -> String {
        number.to_string().replace('.', &self.decimal)
    }

    /// A number as it was measured: the shortest text that reads back as the same.
    pub(crate) fn measured(&self, number: f64) -> String {
        self.number(ryu_js::Buffer::new().format(number))
    }

    /// The name of a stage.
    ///
    /// ```
    /// # use digital_maturity::{Stage, Words};
    /// assert_eq!(Words::english().stage(Stage::Hubs), "Hubs");
    /// ```
    #[must_use]
    pub fn stage(&self, stage: Stage) -> &str {
        &self.stage_names[stage]
    }

    /// What it means to be at a stage, in one sentence.
    ///
    /// ```
    /// # use digital_maturity::{Stage, Words};
    /// assert!(Words::german().meaning(Stage::Bridge).starts_with("Pilotprojekte"));
    /// ```
    #[must_use]
    pub fn meaning(&self, stage: Stage) -> &str {
        &self.stage_meanings[stage]
    }

    /// The name of a pillar.
    ///
    /// ```
    /// # use digital_maturity::{Pillar, Words};
    /// assert_eq!(Words::german().pillar(Pillar::AgileApproach), "Agiles Vorgehen");
    /// ```
    #[must_use]
    pub fn pillar(&self, pillar: Pillar) -> &str {
        &self.pillar_names[pillar]
    }

    /// A Score in per cent with one decimal, rounded down, so that no figure shown reaches a bound that
    /// was not met (scoring rules, section 1).
    ///
    /// ```
    /// # use digital_maturity::Words;
    /// assert_eq!(Words::english().score("0.399999999".parse()?), "39.9%");
    /// assert_eq!(Words::german().score("0.5".parse()?), "50,0\u{202f}%");
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn score(&self, score: Score) -> String {
        fill!(self.percent, n = self.number(score.percent_floor(1)))
    }

    /// A text for those who `wanted` that language, and the language that it is in, where that is not
    /// the one of these words: `default` for a text that is not translated.
    pub(crate) fn found<'t>(
        &self,
        text: &'t Text,
        wanted: Option<&str>,
        default: Option<&'t str>,
    ) -> (&'t str, Option<&'t str>) {
        let (language, text) = match wanted.and_then(|language| text.translation(language)) {
            Some((tag, text)) => (Some(tag), text),
            None => (default, text.default.as_str()),
        };
        let other = |language: &&str| !language.eq_ignore_ascii_case(&self.language);
        (text, language.filter(other))
    }

    #[cfg(feature = "report")]
    pub(crate) fn is_right_to_left(&self) -> bool {
        self.direction.eq_ignore_ascii_case("rtl")
    }
}

#[expect(clippy::expect_used, reason = "a document of this crate, read in its tests")]
fn built_in(document: &str, english: Option<&Words>) -> Words {
    Words::read_json(document, english).expect("the words that come with the crate are valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_can_be_read_and_neither_lacks_a_word_or_a_placeholder() {
        for words in [Words::english(), Words::german()] {
            assert_eq!(words.warnings().to_string(), "");
            assert!(words.texts().all(|text| !text.is_empty()));
        }
        assert_ne!(Words::english(), Words::german());
    }

    #[test]
    fn the_english_words_for_stages_and_pillars_are_those_of_the_types() {
        let words = Words::english();
        for stage in Stage::ALL {
            assert_eq!((words.stage(stage), words.meaning(stage)), (stage.name(), stage.meaning()));
        }
        for pillar in Pillar::ALL {
            assert_eq!(words.pillar(pillar), pillar.name());
        }
    }
}
