//! Random questions, which hang on earlier ones.

use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::{array, option};

use super::scales::{self, Wording};
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::questionnaire::{
    AskedIf, ConditionSpec, Effort, NonAnswer, Policy, QuestionSpec, QuestionnaireSpec, ScaleSpec,
    ScaleUse,
};

/// What is drawn of a question; what it says of others is settled when these are known.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
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

pub(super) fn question(conditions: bool) -> BoxedStrategy<Drawn> {
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
    pub(super) fn put(self, spec: &mut QuestionnaireSpec, wording: Wording) {
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

pub(super) fn scale_of<'s>(
    spec: &'s QuestionnaireSpec,
    scale: &'s ScaleUse,
) -> Option<&'s ScaleSpec> {
    match scale {
        ScaleUse::Own(scale) => Some(scale),
        ScaleUse::Shared(name) => spec.scales.get(name),
    }
}

fn is_checklist(spec: &QuestionnaireSpec, scale: &ScaleUse) -> bool {
    matches!(scale_of(spec, scale), Some(ScaleSpec::Checklist { .. }))
}

pub(super) fn weight() -> BoxedStrategy<Weight> {
    prop_oneof![
        4 => (1_u16..6).prop_map(|ones| Weight::from_whole(ones).unwrap_or_default()),
        1 => Just(Weight::ZERO),
        2 => (1_u32..=100_000).prop_map(|n| Weight::from_thousandths(n).unwrap_or_default()),
    ]
    .boxed()
}

/// The part of a list that a drawn number stands for; none of an empty one.
pub(super) fn pick<T>(list: &[T], drawn: usize) -> Option<&T> {
    list.get(drawn.checked_rem(list.len())?)
}
