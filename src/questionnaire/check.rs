//! What only the whole document can tell: references, conditions, and that it can be scored.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::read::duplicate_ids;
use super::scale::{Item, Scale};
use super::spec::{
    BandSpec, ConditionSpec, ItemSpec, Otherwise, QuestionSpec, QuestionnaireSpec, ScaleSpec,
    ScaleUse,
};
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{Place, Reader};
use crate::number::{Score, Units, Weight};
use crate::pillar::PillarMap;

/// An id that means something else at the top of an answers document.
const RESERVED: &str = "answers";

/// A question's references, resolved. Means something only if the reader found no error.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) scale: Arc<ScaleSpec>,
    pub(super) credits: Scale,
    pub(super) themes: Vec<usize>,
    pub(super) condition: Option<Condition>,
}

/// The condition of a question, with the position of the earlier question that it names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    pub(crate) question: usize,
    pub(crate) at_least: Units,
    /// Whether the question counts with credit 0 if the condition is not met.
    pub(crate) otherwise_lowest: bool,
}

/// Reports every violation to `reader`, and resolves every reference of the questions.
pub(super) fn check(reader: &mut Reader, spec: &QuestionnaireSpec) -> Vec<Resolved> {
    let root = Place::ROOT;
    let list = root.key("questions");
    duplicate_ids(
        reader,
        &root.key("families"),
        "family",
        spec.families.iter().map(|f| f.id.as_str()),
    );
    duplicate_ids(reader, &root.key("themes"), "theme", spec.themes.iter().map(|t| t.id.as_str()));
    duplicate_ids(reader, &list, "question", spec.questions.iter().map(|q| q.id.as_str()));
    let names = Names {
        spec,
        questions: positions(spec.questions.iter().map(|q| q.id.as_str())),
        themes: positions(spec.themes.iter().map(|t| t.id.as_str())),
        scales: spec
            .scales
            .iter()
            .map(|(id, scale)| (id.as_str(), Arc::new(scale.clone())))
            .collect(),
    };
    let resolved = spec
        .questions
        .iter()
        .enumerate()
        .map(|(index, question)| names.resolve(reader, &list.index(index), index, question))
        .collect();
    pillars(reader, spec);
    resolved
}

/// What the names of a document stand for; of two equal names, the first.
struct Names<'s> {
    spec: &'s QuestionnaireSpec,
    questions: BTreeMap<&'s str, usize>,
    themes: BTreeMap<&'s str, usize>,
    scales: BTreeMap<&'s str, Arc<ScaleSpec>>,
}

fn positions<'s>(ids: impl Iterator<Item = &'s str>) -> BTreeMap<&'s str, usize> {
    let mut positions = BTreeMap::new();
    for (position, id) in ids.enumerate() {
        positions.entry(id).or_insert(position);
    }
    positions
}

impl Names<'_> {
    fn resolve(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        index: usize,
        question: &QuestionSpec,
    ) -> Resolved {
        if question.id == RESERVED {
            reader.error(&place.key("id"), Problem::ReservedId { id: question.id.clone() });
        }
        let scale = self.scale(reader, &place.key("scale"), question);
        if question.reverse && matches!(*scale, ScaleSpec::Checklist { .. }) {
            reader.error(&place.key("reverse"), Problem::ReversedChecklist {});
        }
        let themes = self.themes(reader, &place.key("themes"), question);
        let condition = question
            .asked_if
            .as_ref()
            .and_then(|condition| self.condition(reader, &place.key("asked_if"), index, condition));
        let credits = credits(&scale);
        let credits = if question.reverse { credits.reversed() } else { credits };
        Resolved { scale, credits, themes, condition }
    }

    fn scale(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        question: &QuestionSpec,
    ) -> Arc<ScaleSpec> {
        let name = match &question.scale {
            ScaleUse::Own(scale) => return Arc::new(scale.clone()),
            ScaleUse::Shared(name) => name,
        };
        if let Some(scale) = self.scales.get(name.as_str()) {
            return Arc::clone(scale);
        }
        if reader.sound(place) {
            let suggestion = reader.nearest(name, self.scales.keys().copied());
            reader.error(place, Problem::UnknownScale { id: Excerpt::new(name), suggestion });
        }
        Arc::new(ScaleSpec::YesNo {})
    }

    fn themes(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        question: &QuestionSpec,
    ) -> Vec<usize> {
        let mut themes = Vec::with_capacity(question.themes.len());
        for (index, id) in question.themes.iter().enumerate() {
            let place = place.index(index);
            if let Some(&position) = self.themes.get(id.as_str()) {
                themes.push(position);
            } else if reader.sound(&place) {
                let ids = self.spec.themes.iter().map(|theme| theme.id.as_str());
                let suggestion = reader.nearest(id, ids);
                reader.error(&place, Problem::UnknownTheme { id: Excerpt::new(id), suggestion });
            }
        }
        themes
    }

    fn condition(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        index: usize,
        condition: &ConditionSpec,
    ) -> Option<Condition> {
        let place = place.key("question");
        if !reader.sound(&place) {
            return None;
        }
        let id = &condition.question;
        let problem = match self.questions.get(id.as_str()) {
            Some(&question) if question < index => {
                return Some(Condition {
                    question,
                    at_least: condition.at_least.into(),
                    otherwise_lowest: condition.otherwise == Some(Otherwise::Lowest),
                });
            }
            Some(&question) if question == index => Problem::OwnCondition { id: id.clone() },
            Some(_) => Problem::LaterCondition { id: id.clone() },
            None => {
                let ids = self.spec.questions.iter().take(index).map(|q| q.id.as_str());
                let suggestion = reader.nearest(id, ids);
                Problem::UnknownQuestion { id: Excerpt::new(id), suggestion }
            }
        };
        reader.error(&place, problem);
        None
    }
}

/// What the answers on that scale earn, before `reverse`.
pub(super) fn credits(scale: &ScaleSpec) -> Scale {
    match scale {
        ScaleSpec::Choice { choices } => {
            let values: Vec<i64> = choices.iter().map(|choice| choice.value).collect();
            let explicit: Option<Vec<Score>> = choices.iter().map(|choice| choice.credit).collect();
            Scale::choice(&values, explicit.as_deref())
        }
        ScaleSpec::YesNo {} => Scale::YesNo { yes: Units::ONE },
        ScaleSpec::Checklist { items } => {
            let item =
                |item: &ItemSpec| Item { id: item.id.clone(), points: item.points.get().into() };
            Scale::Checklist(items.iter().map(item).collect())
        }
        ScaleSpec::Measure { bands, .. } => {
            let band = |band: &BandSpec| (band.from, Units::from(band.credit));
            Scale::Measure(bands.iter().map(band).collect())
        }
    }
}

/// The weight of each pillar, 1 where the document does not say.
pub(super) fn weights(spec: &QuestionnaireSpec) -> PillarMap<Weight> {
    PillarMap::from_fn(|pillar| spec.pillars.get(&pillar).map_or(Weight::ONE, |p| p.weight))
}

/// Every pillar that counts needs a question that counts, and some pillar must count.
fn pillars(reader: &mut Reader, spec: &QuestionnaireSpec) {
    let root = Place::ROOT;
    let (questions, pillars) = (root.key("questions"), root.key("pillars"));
    if !reader.sound(&pillars) {
        return;
    }
    let weights = weights(spec);
    if weights.iter().all(|(_, weight)| weight.is_zero()) {
        reader.error(&pillars, Problem::NoPillarWeight {});
    }
    let told = spec.questions.iter().enumerate().all(|(index, _)| {
        let place = questions.index(index);
        reader.sound(&place.key("pillar")) && reader.sound(&place.key("weight"))
    });
    if spec.questions.is_empty() || !told {
        return;
    }
    for (pillar, &weight) in weights.iter() {
        let counts = |q: &QuestionSpec| q.pillar == pillar && !q.weight.is_zero();
        if !weight.is_zero() && !spec.questions.iter().any(counts) {
            let problem = Problem::PillarWithoutQuestion { pillar, weight };
            if spec.pillars.contains_key(&pillar) {
                reader.error(&pillars.key(pillar.as_str()), problem);
            } else {
                reader.error(&questions, problem);
            }
        }
    }
}
