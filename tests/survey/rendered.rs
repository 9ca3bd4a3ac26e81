//! One study, and random ones, as every tool would export them: all read back to the same scores.

use digital_maturity::Pillar;
use digital_maturity::testing::{Shape, exportable, questionnaires, sheets};
use proptest::collection::vec;
use proptest::prelude::*;

use super::render::Rendering;
use super::study::Study;
use super::tools::TOOLS;

/// That the made-up study reads back from every form of the tool.
#[track_caller]
fn study_of(tool: &str) {
    let (_, render) = TOOLS.iter().find(|(name, _)| *name == tool).unwrap();
    let study = Study::shops();
    let renderings = render(&study);
    assert!(renderings.len() > 2);
    let faults: Vec<String> =
        renderings.iter().flat_map(|of| of.faults(&study.questionnaire)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_study_as_google_forms_writes_it() {
    study_of("Google Forms");
}

#[test]
fn the_study_as_microsoft_forms_writes_it() {
    study_of("Microsoft Forms");
}

#[test]
fn the_study_as_surveymonkey_writes_it() {
    study_of("SurveyMonkey");
}

#[test]
fn the_study_as_limesurvey_writes_it() {
    study_of("LimeSurvey");
}

#[test]
fn the_study_as_qualtrics_writes_it() {
    study_of("Qualtrics");
}

#[test]
fn the_study_as_redcap_writes_it() {
    study_of("REDCap");
}

#[test]
fn the_study_as_kobo_writes_it() {
    study_of("KoBo");
}

#[test]
fn the_study_as_odk_central_writes_it() {
    study_of("ODK Central");
}

#[test]
fn the_study_as_spreadsheets_and_statistics_programs_write_it() {
    study_of("no tool");
}

/// The truth is not what one renders: it is worked by hand for the first two of the study.
#[test]
fn the_truth_of_the_study_is_known() {
    let study = Study::shops();
    let of = |n: usize| study.respondents[n].sheet.assess();
    // 4, yes, and the second mark of five at half the weight: (0.75 + 1 + 0.375) / 2.5; 3 and 12 days;
    // fully, and so so reversed: (1 + 0.7) / 2; points 3 of 8, 2, one of two.
    let of_first = of(0);
    let score = |of| of_first.pillars()[of].standing.score().unwrap().to_string();
    let pillars = Pillar::ALL.map(score);
    assert_eq!(pillars, ["0.85", "0.55", "0.85", "0.375"]);
    assert_eq!(of(0).score().unwrap().to_string(), "0.65625");
    // Everything but one step of the review: (0.75 + 0.6) / 2.
    assert_eq!(of(1).score().unwrap().to_string(), "0.91875");
}

/// A few respondents of a random questionnaire that exports can tell apart.
fn studies() -> impl Strategy<Value = Study> {
    questionnaires(Shape::default())
        .prop_filter("its texts can be told apart", |of| exportable(of).is_ok())
        .prop_flat_map(|questionnaire| vec(sheets(&questionnaire), 1..6))
        .prop_map(Study::of)
}

proptest! {
    /// Whatever a questionnaire asks and whatever is answered, whichever tool was used.
    #[test]
    fn any_rendering_reads_back_to_the_same_scores(
        study in studies(),
        tool in 0..TOOLS.len(),
        form in any::<prop::sample::Index>(),
    ) {
        let (tool, render) = TOOLS[tool];
        let renderings = render(&study);
        prop_assume!(!renderings.is_empty());
        let rendering: &Rendering = form.get(&renderings);
        let faults = rendering.faults(&study.questionnaire);
        prop_assert!(faults.is_empty(), "{tool}, {}", faults.join("\n"));
    }
}
