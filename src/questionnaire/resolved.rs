//! A checked questionnaire with every name looked up, as scoring needs it.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::Arc;

#[cfg(feature = "cohort")]
use super::condition::Test;
use super::condition::{Asked, Condition};
use super::ladder::Ladder;
#[cfg(feature = "cohort")]
use super::question_set::QuestionSet;
use super::scale::Scale;
use super::spec::{
    LadderSpec, Policy, QuestionSpec, QuestionnaireSpec, ScaleSpec, ScaleUse, pillar_weights,
};
use crate::number::{Weight, gcd};
use crate::pillar::{Pillar, PillarMap};

#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) spec: QuestionnaireSpec,
    pub(super) questions: Vec<ResolvedQuestion>,
    /// What scoring needs of each question, close together.
    pub(super) rules: Vec<Rule>,
    pub(super) has_conditions: bool,
    /// Checklists of which some condition names an item.
    #[cfg(feature = "cohort")]
    pub(super) named_by_item: QuestionSet,
    /// Positions and weights of the questions of each pillar, ascending.
    pub(super) pillar_questions: PillarMap<Vec<(usize, u32)>>,
    /// Positions of questions, in the order of their ids.
    pub(super) by_id: Vec<usize>,
    /// Ids in order, shared with every result.
    pub(super) question_ids: Arc<[String]>,
    pub(super) theme_ids: Arc<[String]>,
    /// Positions of the questions of each theme, ascending.
    pub(super) theme_questions: Vec<Vec<usize>>,
    pub(super) ladder: Ladder,
    pub(super) pillar_weights: PillarMap<Weight>,
}

/// What a question's names stand for.
#[derive(Debug)]
pub(super) struct ResolvedQuestion {
    /// One for all questions that share it, as it stands or reversed.
    pub(super) scale: Arc<Scale>,
    /// Positions of its themes.
    pub(super) themes: Vec<usize>,
}

/// What scoring needs of a question.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) pillar: Pillar,
    /// The weight over the greatest common divisor of all weights. Only the ratio of weights
    /// matters, and small ones keep sums within 64 bits.
    pub(crate) weight: u32,
    pub(crate) asked_if: Option<Box<Asked>>,
}

/// What a name of a checked questionnaire stands for.
#[expect(clippy::expect_used, reason = "the check has looked up every name")]
fn named<'m, K: Borrow<str> + Ord, V>(map: &'m BTreeMap<K, V>, name: &str) -> &'m V {
    map.get(name).expect("a checked questionnaire has whatever it names")
}

fn positions<'s>(ids: impl Iterator<Item = &'s str>) -> BTreeMap<&'s str, usize> {
    ids.enumerate().map(|(position, id)| (id, position)).collect()
}

impl Resolved {
    /// `spec` was checked.
    pub(super) fn new(spec: QuestionnaireSpec) -> Self {
        let ids = positions(spec.questions.iter().map(|question| question.id.as_str()));
        let themes = positions(spec.themes.iter().map(|theme| theme.id.as_str()));
        let by_id = ids.values().copied().collect();
        let weights = spec.questions.iter().map(|question| question.weight.thousandths());
        let divisor = weights.fold(0, |divisor, weight| gcd(divisor, weight.into())).max(1);
        let mut shared: BTreeMap<(String, bool), Arc<Scale>> = BTreeMap::new();
        let mut resolve = |question: &QuestionSpec| {
            let scale = || {
                let scale = Scale::from(scale_of(&spec, question));
                Arc::new(if question.reverse { scale.reversed() } else { scale })
            };
            let scale = match &question.scale {
                ScaleUse::Own(_) => scale(),
                ScaleUse::Shared(name) => {
                    Arc::clone(shared.entry((name.clone(), question.reverse)).or_insert_with(scale))
                }
            };
            ResolvedQuestion {
                scale,
                themes: question.themes.iter().map(|id| *named(&themes, id)).collect(),
            }
        };
        let questions: Vec<ResolvedQuestion> = spec.questions.iter().map(&mut resolve).collect();
        let item = |question: usize, id: &str| {
            let items = match questions.get(question).map(|question| &*question.scale) {
                Some(Scale::Checklist(items)) => items.as_slice(),
                _ => &[],
            };
            items.iter().position(|item| item.id == id).unwrap_or_else(|| {
                debug_assert!(false, "a checked condition names an item of a checklist");
                items.len()
            })
        };
        let rule = |question: &QuestionSpec| Rule {
            pillar: question.pillar,
            // At most the weight itself.
            weight: u32::try_from(u64::from(question.weight.thousandths()) / divisor)
                .unwrap_or(u32::MAX),
            asked_if: question.asked_if.as_ref().map(|asked_if| {
                let position = |id: &str| *named(&ids, id);
                Box::new(Asked {
                    condition: Condition::new(&asked_if.condition, &position, &item),
                    otherwise_lowest: asked_if.otherwise == Policy::Lowest,
                })
            }),
        };
        let rules: Vec<Rule> = spec.questions.iter().map(rule).collect();
        #[cfg(feature = "cohort")]
        let named_by_item = {
            let mut named = QuestionSet::EMPTY;
            let conditions = rules.iter().filter_map(|rule| rule.asked_if.as_ref());
            for comparison in conditions.flat_map(|asked| asked.condition.comparisons()) {
                if let Test::Ticked(_) = comparison.test {
                    named.insert(comparison.question);
                }
            }
            named
        };
        let of_theme = |theme| {
            let of_theme = questions.iter().enumerate().filter(|(_, q)| q.themes.contains(&theme));
            of_theme.map(|(position, _)| position).collect()
        };
        Self {
            theme_questions: (0..spec.themes.len()).map(of_theme).collect(),
            questions,
            #[cfg(feature = "cohort")]
            named_by_item,
            has_conditions: rules.iter().any(|rule| rule.asked_if.is_some()),
            pillar_questions: PillarMap::from_fn(|pillar| {
                let of_pillar = rules.iter().enumerate().filter(|(_, rule)| rule.pillar == pillar);
                of_pillar.map(|(position, rule)| (position, rule.weight)).collect()
            }),
            rules,
            by_id,
            ladder: match spec.stages {
                LadderSpec::Preset(preset) => preset.into(),
                LadderSpec::Table(table) => Ladder::of_checked(table),
            },
            pillar_weights: pillar_weights(&spec.pillars),
            question_ids: spec.questions.iter().map(|question| question.id.clone()).collect(),
            theme_ids: spec.themes.iter().map(|theme| theme.id.clone()).collect(),
            spec,
        }
    }
}

/// The scale of a question of a checked questionnaire, a shared one looked up.
pub(super) fn scale_of<'s>(
    spec: &'s QuestionnaireSpec,
    question: &'s QuestionSpec,
) -> &'s ScaleSpec {
    match &question.scale {
        ScaleUse::Own(scale) => scale,
        ScaleUse::Shared(name) => named(&spec.scales, name),
    }
}
