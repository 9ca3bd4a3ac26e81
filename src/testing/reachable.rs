//! Whether there are answers that end at each stage.

use std::collections::BTreeSet;

use proptest::prelude::{Just, Strategy};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::mistakes::{Found, Mistakes};
use super::sheet::sheets;
use crate::answers::{Answer, AnswerSheet};
use crate::diagnostic::{Diagnostic, Problem};
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::stage::Stage;

/// In how many random orders questions are raised from the lowest answers to the highest.
const ORDERS: usize = 24;

/// How many random sheets are looked at for what is then still missing.
const SHEETS: usize = 500;

/// That for each stage there are answers that end at it.
///
/// # How it is decided
///
/// A stage is reached if a sheet is found whose result is that stage, conditions and coverage
/// included: an example is proof. Looked at are, until all stages are seen,
///
/// 1. every sheet on the way from the lowest answers to the highest, one level after the other: round
///    by round through the questions, and question by question, in the order of the questionnaire and
///    in random orders, always the same ones;
/// 2. what becomes of the [roadmap](AnswerSheet::roadmap) from the lowest answers to the stage, which
///    is the cheapest way to it;
/// 3. random sheets, with answers left out.
///
/// That none is found is proof only where the bounds of the ladder say so, too, which is the warning
/// [`unreachable-stage`](crate::Code::UnreachableStage); that is exact for complete answers, and the
/// message says that no answers end there. Otherwise it says that none were found: with few or coarse
/// answers, results can jump over a stage.
///
/// # Cost
///
/// At most some fifty times the levels of all questions and 500 sheets to score: for 45 questions eight
/// milliseconds in an optimised build, a tenth of one where every stage is soon seen.
///
/// # Errors
///
/// Each stage at which no answers end, or for which none were found.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
///
/// testing::stages_reachable(Questionnaire::dcx())?;
///
/// // One question of yes or no: 0 or 1, nothing in between.
/// let mistakes = testing::stages_reachable(&testing::valid(r#"{
///     "schema": 1, "id": "one", "version": "1.0.0", "title": "One",
///     "pillars": { "agile_approach": { "weight": 0 }, "connected_systems": { "weight": 0 },
///                  "culture_of_experimentation": { "weight": 0 } },
///     "questions": [ { "id": "plan", "pillar": "digital_first_mindset", "title": "Is there a plan?",
///                      "scale": { "kind": "yes_no" } } ] }"#)?).unwrap_err();
/// assert_eq!(
///     mistakes.iter().next(),
///     Some("no answers were found that end at stage `bridge`, those tried end at `traditional`, `native`"),
/// );
/// # Ok::<(), testing::Mistakes>(())
/// ```
pub fn stages_reachable(questionnaire: &Questionnaire) -> Result<(), Mistakes> {
    let mut seen = Seen::default();
    walks(questionnaire, &mut seen);
    roadmaps(questionnaire, &mut seen);
    random(questionnaire, &mut seen);
    let mut found = Found::default();
    let unreachable =
        |finding: &&Diagnostic| matches!(finding.problem(), Problem::UnreachableStage { .. });
    let proofs: Vec<_> = questionnaire.warnings().iter().filter(unreachable).collect();
    for stage in Stage::ALL.into_iter().filter(|stage| !seen.0.contains(stage)) {
        let of_stage =
            |finding: &&&Diagnostic| *finding.problem() == Problem::UnreachableStage { stage };
        let line = if let Some(proof) = proofs.iter().find(of_stage) {
            proof.problem().to_string()
        } else {
            let ends: Vec<String> = seen.0.iter().map(|stage| format!("`{stage}`")).collect();
            let ends = if ends.is_empty() { "none".to_owned() } else { ends.join(", ") };
            format!("no answers were found that end at stage `{stage}`, those tried end at {ends}")
        };
        found.add([stage.as_str()], line);
    }
    found.end()
}

/// The stages at which some sheet ended.
#[derive(Default)]
struct Seen(BTreeSet<Stage>);

impl Seen {
    fn look(&mut self, sheet: &AnswerSheet) {
        self.0.extend(sheet.summary().overall.stage());
    }

    fn is_all(&self) -> bool {
        self.0.len() == Stage::ALL.len()
    }
}

/// The sheet on which every question has the answer that earns least.
fn lowest(questionnaire: &Questionnaire) -> AnswerSheet {
    let mut sheet = questionnaire.sheet();
    for question in questionnaire.questions() {
        let mut answers = question.answers();
        if matches!(question.scale(), ScaleSpec::Checklist { .. }) {
            answers = vec![Answer::Items(Vec::new())];
        }
        let credit = |answer: &Answer| question.credit(answer.clone()).ok().flatten();
        answers.retain(|answer| credit(answer).is_some());
        if let Some(least) = answers.into_iter().min_by_key(credit) {
            // What earns something is taken.
            let set = sheet.set(question.id(), least);
            debug_assert!(set.is_ok(), "{set:?}");
        }
    }
    sheet
}

fn walks(questionnaire: &Questionnaire, seen: &mut Seen) {
    let start = lowest(questionnaire);
    seen.look(&start);
    let listed: Vec<Question<'_>> = questionnaire.questions().collect();
    let mut runner = TestRunner::deterministic();
    let shuffled = Just((0..listed.len()).collect::<Vec<usize>>()).prop_shuffle();
    for turn in 0..=ORDERS {
        let order = if turn == 0 {
            (0..listed.len()).collect()
        } else {
            let Ok(tree) = shuffled.new_tree(&mut runner) else { return };
            tree.current()
        };
        let order: Vec<Question<'_>> =
            order.iter().filter_map(|at| listed.get(*at).copied()).collect();
        let rungs = || order.iter().map(|question| (question.position(), start.rungs(*question)));
        // Question by question.
        let mut sheet = start.clone();
        for (position, rungs) in rungs() {
            for rung in rungs {
                sheet.climb(position, &rung);
                seen.look(&sheet);
            }
        }
        // Round by round.
        let (mut sheet, rungs) = (start.clone(), rungs().collect::<Vec<_>>());
        let rounds = rungs.iter().map(|(_, rungs)| rungs.len()).max().unwrap_or_default();
        for round in 0..rounds {
            for (position, rungs) in &rungs {
                if let Some(rung) = rungs.get(round) {
                    sheet.climb(*position, rung);
                    seen.look(&sheet);
                }
            }
        }
        if seen.is_all() {
            return;
        }
    }
}

fn roadmaps(questionnaire: &Questionnaire, seen: &mut Seen) {
    let start = lowest(questionnaire);
    for stage in Stage::ALL {
        if !seen.0.contains(&stage) {
            // One that is too costly to plan is left to the sheets.
            let roadmap = start.roadmap(stage).ok();
            let plan = roadmap.as_ref().and_then(|roadmap| roadmap.plan());
            seen.0.extend(plan.and_then(|plan| plan.rescored.overall.stage()));
        }
    }
}

fn random(questionnaire: &Questionnaire, seen: &mut Seen) {
    let (mut runner, sheets) = (TestRunner::deterministic(), sheets(questionnaire));
    for _ in 0..SHEETS {
        if seen.is_all() {
            return;
        }
        let Ok(tree) = sheets.new_tree(&mut runner) else { return };
        seen.look(&tree.current());
    }
}
