//! Random valid questionnaires.

use std::collections::BTreeMap;

use proptest::array;
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};

use super::question::{question, weight};
use super::scales::{self, Wording};
use super::shape::Shape;
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::questionnaire::{
    Aggregation, FamilySpec, LadderPreset, LadderSpec, LadderTable, Method, PillarSpec, Policy,
    Questionnaire, QuestionnaireSpec, Requirement, TermSpec, ThemeSpec,
};

/// Random valid questionnaires: all kinds of scales, shared ones among them, explicit credits,
/// weights of 0, `reverse`, themes and families, conditions of all five kinds up to three joins deep,
/// bands by `from` and `above`, forbidden states, every aggregation and policy, ladders by name and
/// as a table, up to three languages with gaps in them. Each passes [`exportable`]; it may have
/// warnings. [`Questionnaire::spec`] is its document.
///
/// Shrinks towards few questions of few answers, without conditions, themes and translations.
///
/// # Cost
///
/// In proportion to the number of questions, and valid by construction: nothing is rejected. With the
/// default shape a quarter of a millisecond in an optimised build, with 60 questions two.
///
/// ```
/// use digital_maturity::testing::{Shape, questionnaires, sheets};
/// use proptest::prelude::*;
///
/// proptest!(ProptestConfig::with_cases(20), |(questionnaire in questionnaires(Shape::default()))| {
///     let stored = serde_json::to_string(&questionnaire)?;
///     prop_assert_eq!(digital_maturity::Questionnaire::from_json(&stored)?, questionnaire);
/// });
/// ```
///
/// [`exportable`]: crate::testing::exportable
pub fn questionnaires(shape: Shape) -> impl Strategy<Value = Questionnaire> {
    specs(shape).prop_filter_map("valid by construction", |spec| spec.check().ok())
}

/// The documents of [`questionnaires`].
fn specs(shape: Shape) -> BoxedStrategy<QuestionnaireSpec> {
    let Shape { questions, conditions } = shape;
    let parts = (
        vec(question(conditions), questions),
        vec(scales::scale(), 0..3),
        array::uniform4(weight()),
        ladder(),
        method(),
        0_usize..=3,
        0_usize..=2,
        any::<[bool; 3]>(),
    );
    parts
        .prop_map(|(questions, shared, weights, stages, method, themes, languages, flags)| {
            let [families, language, explained] = flags;
            let wording = Wording { languages };
            let mut spec =
                QuestionnaireSpec::new("drawn", "1.0.0", wording.text(&scales::TITLE, 1));
            spec.stages = stages;
            spec.method = method;
            if language {
                spec.language = Some("en".to_owned());
            }
            if explained {
                spec.instructions = Some("Ask around.".into());
                spec.glossary.push(TermSpec::new("Hub", "A team"));
            }
            if families {
                let family = |id: &str| FamilySpec::new(id, wording.text(&scales::FAMILY, 1));
                spec.families = ["sight", "reach"].map(family).into();
            }
            for n in 0..themes {
                let family = if n % 2 == 0 { "sight" } else { "reach" };
                let title = wording.text(&scales::THEME, n);
                spec.themes.push(ThemeSpec::new(format!("theme_{n}"), family, title));
            }
            for (n, scale) in shared.into_iter().enumerate() {
                spec.scales.insert(format!("scale_{n}"), wording.worded(scale));
            }
            for (&pillar, weight) in Pillar::ALL.iter().zip(weights) {
                spec.pillars.insert(pillar, PillarSpec::new(weight));
            }
            for drawn in questions {
                drawn.put(&mut spec, wording);
            }
            let scored = mend_pillars(&spec);
            spec.pillars = scored;
            if spec.pillars.values().all(|pillar| pillar.weight.is_zero()) {
                // Nothing counts, and so the first question comes to.
                if let Some(question) = spec.questions.first_mut() {
                    question.weight = Weight::ONE;
                    spec.pillars.insert(question.pillar, PillarSpec::new(Weight::ONE));
                }
            }
            spec
        })
        .boxed()
}

/// The weights of the pillars, 0 for those without a question that counts.
fn mend_pillars(spec: &QuestionnaireSpec) -> BTreeMap<Pillar, PillarSpec> {
    let counts = |pillar: Pillar| {
        spec.questions
            .iter()
            .any(|question| question.pillar == pillar && !question.weight.is_zero())
    };
    let mended = spec.pillars.iter().map(|(&pillar, drawn)| {
        let weight = if counts(pillar) { drawn.weight } else { Weight::ZERO };
        (pillar, PillarSpec::new(weight))
    });
    mended.collect()
}

fn score() -> BoxedStrategy<Score> {
    prop_oneof![
        2 => (0_u8..=10).prop_map(|tenths| Score::from_percent(tenths * 10).unwrap_or_default()),
        1 => (0_u32..=1_000_000_000).prop_map(|n| Score::from_billionths(n).unwrap_or_default()),
    ]
    .boxed()
}

fn ladder() -> BoxedStrategy<LadderSpec> {
    let table = array::uniform2(array::uniform4(score())).prop_map(|[mut overall, mut floors]| {
        overall.sort_unstable();
        floors.sort_unstable();
        let [bridge, hubs, platform, native] = overall;
        let [bridge_floor, hubs_floor, platform_floor, native_floor] = floors;
        let step = |overall, every_pillar| Requirement { overall, every_pillar };
        LadderSpec::Table(LadderTable {
            bridge: step(bridge, bridge_floor),
            hubs: step(hubs, hubs_floor),
            platform: step(platform, platform_floor),
            native: step(native, native_floor),
        })
    });
    let preset = proptest::sample::select(LadderPreset::ALL.as_slice());
    prop_oneof![1 => preset.prop_map(LadderSpec::Preset), 1 => table].boxed()
}

fn method() -> BoxedStrategy<Method> {
    let policy = || proptest::sample::select(Policy::ALL.as_slice());
    let aggregation = proptest::sample::select(Aggregation::ALL.as_slice());
    let coverage = prop_oneof![
        2 => Just(Method::default().minimum_coverage),
        1 => Just(Score::ZERO),
        1 => score(),
    ];
    (aggregation, policy(), policy(), coverage)
        .prop_map(|(aggregation, unanswered, dont_know, minimum_coverage)| Method {
            aggregation,
            unanswered,
            dont_know,
            minimum_coverage,
        })
        .boxed()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::questionnaire::{ConditionSpec, ScaleSpec, ScaleUse};
    use crate::testing::question::scale_of;

    fn kinds(condition: &ConditionSpec, depth: usize, seen: &mut BTreeSet<String>) {
        let (kind, members) = match condition {
            ConditionSpec::AtLeast { .. } => ("at_least", None),
            ConditionSpec::AtMost { .. } => ("at_most", None),
            ConditionSpec::Ticked { .. } => ("ticked", None),
            ConditionSpec::All { all } => ("all", Some(all)),
            ConditionSpec::Any { any } => ("any", Some(any)),
        };
        seen.extend([kind.to_owned(), format!("depth {depth}")]);
        for member in members.into_iter().flatten() {
            kinds(member, depth + 1, seen);
        }
    }

    #[test]
    fn every_specification_is_valid_and_every_part_of_one_occurs() {
        let (mut runner, mut seen) = (TestRunner::deterministic(), BTreeSet::new());
        let strategy = specs(Shape::default());
        for _ in 0..1000 {
            let spec = strategy.new_tree(&mut runner).unwrap().current();
            assert!((1..=11).contains(&spec.questions.len()));
            spec.check().unwrap();
            for question in &spec.questions {
                let kind = match (&question.scale, scale_of(&spec, &question.scale).unwrap()) {
                    (ScaleUse::Shared(_), _) => "shared",
                    (_, ScaleSpec::Choice { .. }) => "choice",
                    (_, ScaleSpec::YesNo) => "yes or no",
                    (_, ScaleSpec::Checklist { .. }) => "checklist",
                    (_, ScaleSpec::Measure { .. }) => "measure",
                };
                seen.insert(kind.to_owned());
                seen.extend(question.forbid.iter().map(ToString::to_string));
                if let Some(asked_if) = &question.asked_if {
                    kinds(&asked_if.condition, 0, &mut seen);
                    seen.insert(format!("otherwise {}", asked_if.otherwise));
                }
                if question.reverse {
                    seen.insert("reverse".to_owned());
                }
            }
            seen.insert(spec.method.aggregation.to_string());
            let has = |what: &str, has: bool| has.then(|| what.to_owned());
            seen.extend(has("families", !spec.families.is_empty()));
            seen.extend(has("themes", !spec.themes.is_empty()));
            seen.extend(has("table", matches!(spec.stages, LadderSpec::Table(_))));
            seen.extend(has("translations", !spec.title.translations.is_empty()));
        }
        let all = [
            "shared",
            "choice",
            "yes or no",
            "checklist",
            "measure",
            "not_applicable",
            "dont_know",
            "at_least",
            "at_most",
            "ticked",
            "all",
            "any",
            "depth 3",
            "otherwise lowest",
            "otherwise exclude",
            "reverse",
            "arithmetic",
            "minimum",
            "families",
            "themes",
            "table",
            "translations",
        ];
        let missing: Vec<_> = all.into_iter().filter(|part| !seen.contains(*part)).collect();
        assert_eq!(missing, [""; 0]);
        assert!(!seen.contains("depth 4"));
    }

    #[test]
    fn what_is_shrunk_is_small() {
        let mut runner = TestRunner::deterministic();
        let mut tree = specs(Shape::default()).new_tree(&mut runner).unwrap();
        while tree.simplify() {
            tree.current().check().unwrap();
        }
        let spec = tree.current();
        assert_eq!(spec.questions.len(), 1);
        assert_eq!((spec.themes.len(), spec.scales.len(), spec.families.len()), (0, 0, 0));
        assert_eq!(spec.questions[0].asked_if, None);
        assert!(spec.title.translations.is_empty());
    }
}
