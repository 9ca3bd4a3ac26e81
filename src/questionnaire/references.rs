//! What only the whole document can tell: that its names stand for something, that conditions look
//! back, and that it can be scored.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{
    AskedIfDraft, ConditionDraft, QuestionDraft, QuestionnaireDraft, ScaleDraft, ScaleUseDraft,
    TestDraft, ThemeDraft,
};
use super::limits::{Bounds, CONDITIONS, ITEMS, QUESTIONS, SCALES, THEMES};
use super::lists::within;
use super::read::Listed;
use super::spec::{PillarSpec, pillar_weights};
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{Place, Reader, too_long};
use crate::names::is_looked_into;
use crate::number::Weight;
use crate::pillar::Pillar;

/// An id that means something else at the top of an answers document.
const RESERVED: &str = "answers";

/// Reports every name that stands for nothing, and what cannot be scored.
pub(super) fn check(reader: &mut Reader, draft: &QuestionnaireDraft) {
    let place = Place::ROOT.key("questions");
    let names = Names::new(draft);
    for (index, question) in within(QUESTIONS, names.questions) {
        names.question(reader, &place.index(index), index, question);
    }
    if let Some(pillars) = &draft.pillars {
        scorable(reader, pillars, &place, names.questions);
    }
}

/// What the names of a document stand for; of two equal names, the first. A section that could not
/// be read is `None`: nobody knows what it would have named.
struct Names<'d> {
    questions: &'d [Listed<QuestionDraft>],
    themes: Option<&'d [Listed<ThemeDraft>]>,
    scales: Option<BTreeMap<&'d str, Option<&'d ScaleDraft>>>,
    question_positions: BTreeMap<&'d str, usize>,
    theme_ids: BTreeSet<&'d str>,
}

/// The ids of a list that are there, in its order.
fn ids<D>(
    bounds: Bounds,
    list: &[Listed<D>],
    id: impl Fn(&D) -> &Option<String>,
) -> impl Iterator<Item = (usize, &str)> {
    within(bounds, list).filter_map(move |(index, part)| Some((index, id(part).as_deref()?)))
}

impl<'d> Names<'d> {
    fn new(draft: &'d QuestionnaireDraft) -> Self {
        let questions = draft.questions.as_deref().unwrap_or_default();
        let themes = draft.themes.as_deref();
        let scale = |(name, scale): &'d (String, Option<ScaleDraft>)| {
            (name.as_str(), scale.as_ref().filter(|_| is_looked_into(name)))
        };
        let scales = |list: &'d Vec<_>| list.iter().take(SCALES.most).map(scale).collect();
        let mut question_positions = BTreeMap::new();
        for (position, id) in ids(QUESTIONS, questions, |question| &question.id) {
            question_positions.entry(id).or_insert(position);
        }
        Self {
            questions,
            themes,
            scales: draft.scales.as_ref().map(scales),
            question_positions,
            theme_ids: theme_ids(themes.unwrap_or_default()).collect(),
        }
    }

    fn question(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        index: usize,
        question: &QuestionDraft,
    ) {
        if let Some(id) = question.id.as_ref().filter(|id| *id == RESERVED) {
            reader.error(&place.key("id"), Problem::ReservedId { id: id.clone() });
        }
        let scale = match &question.scale {
            Some(ScaleUseDraft::Shared(name)) => self.scale(reader, &place.key("scale"), name),
            Some(ScaleUseDraft::Own(scale)) => Some(scale),
            None => None,
        };
        if let (Some(true), Some(ScaleDraft::Checklist { .. })) = (question.reverse, scale) {
            reader.error(&place.key("reverse"), Problem::ReversedChecklist {});
        }
        self.themes(reader, &place.key("themes"), question);
        if let Some(Some(AskedIfDraft { condition: Some(condition), .. })) = &question.asked_if {
            self.condition(reader, &place.key("asked_if"), index, condition);
        }
    }

    fn scale(&self, reader: &mut Reader, place: &Place<'_>, name: &str) -> Option<&'d ScaleDraft> {
        let scales = self.scales.as_ref().filter(|_| too_long(name).is_none())?;
        let found = scales.get(name);
        if found.is_none() {
            let suggestion = reader.nearest(name, scales.keys().copied());
            reader.error(place, Problem::UnknownScale { id: Excerpt::new(name), suggestion });
        }
        found.copied().flatten()
    }

    fn themes(&self, reader: &mut Reader, place: &Place<'_>, question: &QuestionDraft) {
        let Some(themes) = self.themes else { return };
        let mut seen = BTreeSet::new();
        for (index, id) in within(THEMES, question.themes.as_deref().unwrap_or_default()) {
            let new = seen.insert(id) && too_long(id).is_none();
            if new && !self.theme_ids.contains(id.as_str()) {
                let suggestion = reader.nearest(id, theme_ids(themes));
                let problem = Problem::UnknownTheme { id: Excerpt::new(id), suggestion };
                reader.error(&place.index(index), problem);
            }
        }
    }

    /// The condition of the question at `index`.
    fn condition(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        index: usize,
        condition: &ConditionDraft,
    ) {
        match condition {
            ConditionDraft::Comparison { question: Some(id), test } => {
                let named = self.compared(reader, &place.key("question"), index, id);
                if let (Some(named), Some(TestDraft::Ticked(item))) = (named, test) {
                    self.item(reader, &place.key("ticked"), named, item);
                }
            }
            ConditionDraft::Join { join, members: Some(members) } => {
                let place = place.key(join.key());
                for (at, member) in within(CONDITIONS, members) {
                    self.condition(reader, &place.index(at), index, member);
                }
            }
            ConditionDraft::Comparison { .. } | ConditionDraft::Join { .. } => {}
        }
    }

    /// The earlier question that a condition names.
    fn compared(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        index: usize,
        named: &str,
    ) -> Option<&'d QuestionDraft> {
        let id = named.to_owned();
        let problem = match self.question_positions.get(named) {
            Some(&question) if question < index => return self.questions.get(question)?.as_deref(),
            Some(&question) if question == index => Problem::OwnCondition { id },
            Some(_) => Problem::LaterCondition { id },
            None if too_long(named).is_some() => return None,
            None => {
                let earlier = ids(QUESTIONS, self.questions, |question| &question.id)
                    .filter_map(|(position, id)| (position < index).then_some(id));
                let suggestion = reader.nearest(named, earlier);
                Problem::UnknownQuestion { id: Excerpt::new(named), suggestion }
            }
        };
        reader.error(place, problem);
        None
    }

    /// An item that a condition names must be one of the checklist's.
    fn item(&self, reader: &mut Reader, place: &Place<'_>, of: &QuestionDraft, named: &str) {
        let scale = match &of.scale {
            Some(ScaleUseDraft::Own(scale)) => Some(scale),
            Some(ScaleUseDraft::Shared(name)) => {
                let scale = self.scales.as_ref().and_then(|scales| scales.get(name.as_str()));
                scale.copied().flatten()
            }
            None => None,
        };
        let problem = match (scale, &of.id) {
            (Some(ScaleDraft::Checklist { items: Some(items) }), _) => {
                let items = || ids(ITEMS, items, |item| &item.id).map(|(_, id)| id);
                if too_long(named).is_some() || items().any(|id| id == named) {
                    return;
                }
                let suggestion = reader.nearest(named, items());
                Problem::UnknownItem { id: Excerpt::new(named), suggestion }
            }
            (None | Some(ScaleDraft::Checklist { items: None }), _) | (_, None) => return,
            (Some(_), Some(id)) => Problem::NotAChecklist { id: id.clone() },
        };
        reader.error(place, problem);
    }
}

fn theme_ids(themes: &[Listed<ThemeDraft>]) -> impl Iterator<Item = &str> {
    ids(THEMES, themes, |theme| &theme.id).map(|(_, id)| id)
}

/// Every pillar that counts needs a question that counts, and some pillar must count.
fn scorable(
    reader: &mut Reader,
    pillars: &BTreeMap<Pillar, PillarSpec>,
    place: &Place<'_>,
    questions: &[Listed<QuestionDraft>],
) {
    let stated = Place::ROOT.key("pillars");
    let weights = pillar_weights(pillars);
    if weights.iter().all(|(_, weight)| weight.is_zero()) {
        reader.error(&stated, Problem::NoPillarWeight {});
    }
    // A question of which this cannot be told may be the one.
    let told = |question: &Listed<QuestionDraft>| {
        question.as_ref().and_then(|question| Some((question.pillar?, question.weight?)))
    };
    let told: Option<Vec<_>> = questions.iter().take(QUESTIONS.most).map(told).collect();
    let Some(told) = told.filter(|told| !told.is_empty()) else { return };
    for (pillar, &weight) in weights.iter() {
        let counts = |(of, weight): &(Pillar, Weight)| *of == pillar && !weight.is_zero();
        if !weight.is_zero() && !told.iter().any(counts) {
            let problem = Problem::PillarWithoutQuestion { pillar, weight };
            if pillars.contains_key(&pillar) {
                reader.error(&stated.key(pillar.as_str()), problem);
            } else {
                reader.error(place, problem);
            }
        }
    }
}
