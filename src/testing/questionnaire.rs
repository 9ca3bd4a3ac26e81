//! Random valid questionnaires.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::{array, option};

use super::scales::{self, Wording};
use super::shape::Shape;
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::questionnaire::{
    Aggregation, AskedIf, ConditionSpec, Effort, FamilySpec, LadderPreset, LadderSpec, LadderTable,
    Method, NonAnswer, PillarSpec, Policy, QuestionSpec, Questionnaire, QuestionnaireSpec,
    Requirement, ScaleSpec, ScaleUse, TermSpec, ThemeSpec,
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

/// What is drawn of a question; what it says of others is settled when these are known.
#[derive(Clone, Debug)]
struct Drawn {
    pillar: usize,
    scale: ScaleSpec,
    shared: Option<u8>,
    weight: Weight,
    reverse: bool,
    themes: u8,
    forbid: [bool; 2],
    effort: Option<u8>,
    condition: Option<(Tree, bool)>,
    translated: bool,
    guidance: bool,
}

/// A condition before it is known on which questions.
#[derive(Clone, Debug)]
enum Tree {
    /// Which earlier question, how it is compared, and with what.
    Leaf(u16, u8, u16),
    Join(bool, Vec<Self>),
}

fn question(conditions: bool) -> BoxedStrategy<Drawn> {
    let leaf = (any::<u16>(), 0_u8..4, any::<u16>());
    let leaf = leaf.prop_map(|(which, kind, bound)| Tree::Leaf(which, kind, bound));
    let tree = leaf.prop_recursive(3, 8, 3, |inner| {
        (any::<bool>(), vec(inner, 1..4)).prop_map(|(all, members)| Tree::Join(all, members))
    });
    let condition = if conditions {
        option::weighted(0.3, (tree, any::<bool>())).boxed()
    } else {
        Just(None).boxed()
    };
    let parts = (
        0_usize..4,
        scales::scale(),
        option::weighted(0.3, any::<u8>()),
        weight(),
        any::<bool>(),
        0_u8..8,
        array::uniform2(prop_oneof![4 => Just(false), 1 => Just(true)]),
        option::weighted(0.2, 1_u8..=10),
        condition,
        any::<[bool; 2]>(),
    );
    parts
        .prop_map(|parts| {
            let (pillar, scale, shared, weight, reverse, themes, forbid, effort, condition, flags) =
                parts;
            let [translated, guidance] = flags;
            Drawn {
                pillar,
                scale,
                shared,
                weight,
                reverse,
                themes,
                forbid,
                effort,
                condition,
                translated,
                guidance,
            }
        })
        .boxed()
}

impl Drawn {
    /// Puts the question behind those that are there.
    fn put(self, spec: &mut QuestionnaireSpec, wording: Wording) {
        let position = spec.questions.len();
        let wording = if self.translated { wording } else { Wording { languages: 0 } };
        let shared = self.shared.and_then(|at| {
            pick(&spec.scales.keys().collect::<Vec<_>>(), at.into()).copied().cloned()
        });
        let scale = match shared {
            Some(name) => ScaleUse::Shared(name),
            None => ScaleUse::Own(wording.worded(self.scale)),
        };
        let reverse = self.reverse && !is_checklist(spec, &scale);
        let pillar = pick(&Pillar::ALL, self.pillar).copied().unwrap_or(Pillar::AgileApproach);
        let title = wording.text(&scales::QUESTION, position);
        let mut question = QuestionSpec::new(format!("q_{position}"), pillar, title, scale);
        question.weight = self.weight;
        question.reverse = reverse;
        let themes = spec.themes.iter().enumerate();
        let themes = themes.filter(|(bit, _)| self.themes >> bit & 1 == 1);
        question.themes = themes.map(|(_, theme)| theme.id.clone()).collect();
        let states = [NonAnswer::NotApplicable, NonAnswer::DontKnow].into_iter().zip(self.forbid);
        question.forbid = states.filter(|(_, forbid)| *forbid).map(|(state, _)| state).collect();
        question.effort = self.effort.and_then(Effort::new).unwrap_or_default();
        question.guidance = self.guidance.then(|| wording.text(&scales::GUIDANCE, position));
        question.asked_if = self.condition.filter(|_| position > 0).map(|(tree, lowest)| {
            let mut asked_if = AskedIf::new(tree.settle(spec));
            asked_if.otherwise = if lowest { Policy::Lowest } else { Policy::Exclude };
            asked_if
        });
        spec.questions.push(question);
    }
}

impl Tree {
    /// The condition on questions that are there, of which there is one at least.
    fn settle(self, spec: &QuestionnaireSpec) -> ConditionSpec {
        let (which, kind, bound) = match self {
            Self::Join(all, members) => {
                let members = members.into_iter().map(|member| member.settle(spec));
                return if all { ConditionSpec::all(members) } else { ConditionSpec::any(members) };
            }
            Self::Leaf(which, kind, bound) => (usize::from(which), kind, bound),
        };
        // Of the comparisons two in four are for an item, if there is a checklist.
        let items = |question: &QuestionSpec| match scale_of(spec, &question.scale) {
            Some(ScaleSpec::Checklist { items }) => {
                let item = pick(items, bound.into())?;
                Some(ConditionSpec::ticked(question.id.clone(), item.id.clone()))
            }
            _ => None,
        };
        let ticked: Vec<ConditionSpec> = spec.questions.iter().filter_map(items).collect();
        if let (2.., Some(ticked)) = (kind, pick(&ticked, which)) {
            return ticked.clone();
        }
        let Some(question) = pick(&spec.questions, which) else {
            return ConditionSpec::any([]);
        };
        let steps = scale_of(spec, &question.scale).map_or(1, scales::steps).max(1);
        let step = u32::from(bound) % (steps + 1);
        let bound = Score::from_billionths(1_000_000_000 / steps * step).unwrap_or(Score::ONE);
        let id = question.id.clone();
        let at_least = kind % 2 == 0;
        if at_least {
            ConditionSpec::at_least(id, bound)
        } else {
            ConditionSpec::at_most(id, bound)
        }
    }
}

fn scale_of<'s>(spec: &'s QuestionnaireSpec, scale: &'s ScaleUse) -> Option<&'s ScaleSpec> {
    match scale {
        ScaleUse::Own(scale) => Some(scale),
        ScaleUse::Shared(name) => spec.scales.get(name),
    }
}

fn is_checklist(spec: &QuestionnaireSpec, scale: &ScaleUse) -> bool {
    matches!(scale_of(spec, scale), Some(ScaleSpec::Checklist { .. }))
}

fn weight() -> BoxedStrategy<Weight> {
    prop_oneof![
        4 => (1_u16..6).prop_map(|ones| Weight::from_whole(ones).unwrap_or_default()),
        1 => Just(Weight::ZERO),
        2 => (1_u32..=100_000).prop_map(|n| Weight::from_thousandths(n).unwrap_or_default()),
    ]
    .boxed()
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

/// The part of a list that a drawn number stands for; none of an empty one.
pub(super) fn pick<T>(list: &[T], drawn: usize) -> Option<&T> {
    list.get(drawn.checked_rem(list.len())?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;

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
