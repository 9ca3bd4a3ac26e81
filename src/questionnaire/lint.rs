//! What a valid questionnaire may do and its author should look at.

use std::collections::BTreeSet;

use super::check::{Resolved, credits, weights};
use super::ladder::Ladder;
use super::scale::Scale;
use super::spec::{Aggregation, LadderSpec, QuestionSpec, QuestionnaireSpec, ScaleSpec, ScaleUse};
use crate::diagnostic::Problem;
use crate::document::{Place, Reader};
use crate::number::{Units, WeightedSum};
use crate::pillar::{Pillar, PillarMap};
use crate::stage::Stage;
use crate::text::Text;

pub(super) fn lint(reader: &mut Reader, spec: &QuestionnaireSpec, resolved: &[Resolved]) {
    let root = Place::ROOT;
    texts(reader, spec);
    single_pillar(reader, &root.key("pillars"), spec);
    unreachable_stages(reader, spec, resolved);
    themes(reader, &root.key("themes"), spec, resolved);
    scales(reader, &root.key("scales"), spec);
    let questions = root.key("questions");
    for pillar in Pillar::ALL {
        dominant_question(reader, &questions, spec, pillar);
    }
    for (index, (question, of)) in spec.questions.iter().zip(resolved).enumerate() {
        let place = questions.index(index);
        if let ScaleUse::Own(scale) = &question.scale {
            rising_credits(reader, &place.key("scale"), scale);
        }
        if let (Some(condition), Some(asked_if)) = (of.condition, &question.asked_if) {
            let highest = resolved.get(condition.question).map(|named| named.credits.highest());
            if let Some(highest) = highest.filter(|highest| *highest < condition.at_least) {
                let problem = Problem::UnreachableCondition {
                    id: asked_if.question.clone(),
                    at_least: asked_if.at_least,
                    highest: highest.score(),
                };
                reader.warning(&place.key("asked_if").key("at_least"), problem);
            }
        }
    }
}

fn single_pillar(reader: &mut Reader, place: &Place<'_>, spec: &QuestionnaireSpec) {
    let weights = weights(spec);
    let mut counting = weights.iter().filter(|(_, weight)| !weight.is_zero());
    if let (Some((pillar, _)), None) = (counting.next(), counting.next()) {
        reader.warning(place, Problem::SinglePillar { pillar });
    }
}

fn dominant_question(
    reader: &mut Reader,
    questions: &Place<'_>,
    spec: &QuestionnaireSpec,
    pillar: Pillar,
) {
    let weight = |question: &QuestionSpec| u64::from(question.weight.thousandths());
    let of_pillar = || spec.questions.iter().enumerate().filter(|(_, q)| q.pillar == pillar);
    let sum: u64 = of_pillar().map(|(_, question)| weight(question)).sum();
    for (index, question) in of_pillar() {
        if weight(question) * 2 > sum {
            let problem = Problem::DominantQuestion { id: question.id.clone(), pillar };
            reader.warning(&questions.index(index), problem);
        }
    }
}

fn themes(reader: &mut Reader, place: &Place<'_>, spec: &QuestionnaireSpec, resolved: &[Resolved]) {
    let used: BTreeSet<usize> = resolved.iter().flat_map(|of| of.themes.iter().copied()).collect();
    let families = || spec.families.iter().map(|family| family.id.as_str());
    for (index, theme) in spec.themes.iter().enumerate() {
        let place = place.index(index);
        if !used.contains(&index) {
            reader.warning(&place, Problem::UnusedTheme { id: theme.id.clone() });
        }
        if !spec.families.is_empty() && !families().any(|id| id == theme.family) {
            let suggestion = reader.nearest(&theme.family, families());
            let problem = Problem::UnlistedFamily { id: theme.family.clone(), suggestion };
            reader.warning(&place.key("family"), problem);
        }
    }
}

fn scales(reader: &mut Reader, place: &Place<'_>, spec: &QuestionnaireSpec) {
    let shared = |question: &QuestionSpec| match &question.scale {
        ScaleUse::Shared(name) => Some(name.clone()),
        ScaleUse::Own(_) => None,
    };
    let used: BTreeSet<String> = spec.questions.iter().filter_map(shared).collect();
    for (id, scale) in &spec.scales {
        let place = place.key(id);
        if !used.contains(id) {
            reader.warning(&place, Problem::UnusedScale { id: id.clone() });
        }
        rising_credits(reader, &place, scale);
    }
}

/// Readers expect that choices are listed from the one that earns least to the one that earns most.
fn rising_credits(reader: &mut Reader, place: &Place<'_>, scale: &ScaleSpec) {
    let (ScaleSpec::Choice { choices }, Scale::Choice(credits)) = (scale, credits(scale)) else {
        return;
    };
    let explicit = choices.iter().any(|choice| choice.credit.is_some());
    let place = place.key("choices");
    for (index, ((_, previous), (_, here))) in
        credits.iter().zip(credits.iter().skip(1)).enumerate()
    {
        if here <= previous {
            let place = place.index(index + 1);
            let problem =
                Problem::CreditsNotRising { credit: here.score(), previous: previous.score() };
            reader.warning(&place.key(if explicit { "credit" } else { "value" }), problem);
        }
    }
}

/// Stages at which no complete set of answers ends: a bound is too high for the best answers, or
/// whoever reaches the stage has reached the next one too.
///
/// The best answers are those of every question asked, at its highest credit, less those questions
/// that may be not applicable or not asked and would lower the pillar's mean.
fn unreachable_stages(reader: &mut Reader, spec: &QuestionnaireSpec, resolved: &[Resolved]) {
    let ladder = ladder(spec);
    let weights = weights(spec);
    let best = PillarMap::from_fn(|pillar| best(spec, resolved, pillar));
    let counting = || weights.iter().filter(|(_, weight)| !weight.is_zero());
    let weakest = counting().map(|(pillar, _)| best[pillar]).min().unwrap_or(Units::ZERO);
    let overall = match spec.method.aggregation {
        Aggregation::Minimum => weakest,
        Aggregation::Arithmetic => {
            let mut mean = WeightedSum::default();
            for (pillar, weight) in counting() {
                mean.add(weight.thousandths(), best[pillar]);
            }
            mean.mean().unwrap_or_default()
        }
    };
    let highest = ladder.stage(overall.score(), weakest.score());
    let (root, stages) = (Place::ROOT, Place::ROOT.key("stages"));
    // A document that says nothing of stages has no place for them.
    let place = if spec.stages == LadderSpec::default() { &root } else { &stages };
    for stage in Stage::ALL {
        let skipped =
            stage.next().is_some_and(|next| ladder.requirement(next) == ladder.requirement(stage));
        if stage > highest || skipped {
            reader.warning(place, Problem::UnreachableStage { stage });
        }
    }
}

pub(super) fn ladder(spec: &QuestionnaireSpec) -> Ladder {
    match &spec.stages {
        LadderSpec::Preset(preset) => (*preset).into(),
        LadderSpec::Table(table) => Ladder::check(table, &mut Reader::default(), &Place::ROOT),
    }
}

/// The highest value that a pillar can have.
fn best(spec: &QuestionnaireSpec, resolved: &[Resolved], pillar: Pillar) -> Units {
    use super::spec::NonAnswer::NotApplicable;

    let mut mean = WeightedSum::default();
    let mut optional = Vec::new();
    for (question, of) in spec.questions.iter().zip(resolved) {
        let weight = question.weight.thousandths();
        if question.pillar != pillar || weight == 0 {
            continue;
        }
        let highest = of.credits.highest();
        let may_be_unasked = of.condition.is_some_and(|condition| !condition.otherwise_lowest);
        if may_be_unasked || !question.forbid.contains(&NotApplicable) {
            optional.push((highest, weight));
        } else {
            mean.add(weight, highest);
        }
    }
    // From the best down, each is taken as long as it does not lower the mean.
    optional.sort_unstable_by(|a, b| b.cmp(a));
    for (highest, weight) in optional {
        if u128::from(highest.get()) * u128::from(mean.weight) >= mean.sum {
            mean.add(weight, highest);
        }
    }
    mean.mean().unwrap_or_default()
}

/// Reports every text that is empty or blank.
fn texts(reader: &mut Reader, spec: &QuestionnaireSpec) {
    let root = Place::ROOT;
    text(reader, &root.key("title"), Some(&spec.title));
    text(reader, &root.key("description"), spec.description.as_ref());
    let families = root.key("families");
    for (index, family) in spec.families.iter().enumerate() {
        let place = families.index(index);
        text(reader, &place.key("title"), Some(&family.title));
        text(reader, &place.key("description"), family.description.as_ref());
    }
    let themes = root.key("themes");
    for (index, theme) in spec.themes.iter().enumerate() {
        let place = themes.index(index);
        text(reader, &place.key("title"), Some(&theme.title));
        text(reader, &place.key("description"), theme.description.as_ref());
    }
    let scales = root.key("scales");
    for (id, scale) in &spec.scales {
        scale_texts(reader, &scales.key(id), scale);
    }
    let questions = root.key("questions");
    for (index, question) in spec.questions.iter().enumerate() {
        let place = questions.index(index);
        text(reader, &place.key("title"), Some(&question.title));
        text(reader, &place.key("guidance"), question.guidance.as_ref());
        if let ScaleUse::Own(scale) = &question.scale {
            scale_texts(reader, &place.key("scale"), scale);
        }
    }
}

fn scale_texts(reader: &mut Reader, place: &Place<'_>, scale: &ScaleSpec) {
    match scale {
        ScaleSpec::Choice { choices } => {
            let place = place.key("choices");
            for (index, choice) in choices.iter().enumerate() {
                let place = place.index(index);
                text(reader, &place.key("text"), Some(&choice.text));
                text(reader, &place.key("advice"), choice.advice.as_ref());
            }
        }
        ScaleSpec::YesNo {} => {}
        ScaleSpec::Checklist { items } => {
            let place = place.key("items");
            for (index, item) in items.iter().enumerate() {
                text(reader, &place.index(index).key("text"), Some(&item.text));
            }
        }
        ScaleSpec::Measure { unit, bands } => {
            text(reader, &place.key("unit"), Some(unit));
            let place = place.key("bands");
            for (index, band) in bands.iter().enumerate() {
                let place = place.index(index);
                text(reader, &place.key("text"), band.text.as_ref());
                text(reader, &place.key("advice"), band.advice.as_ref());
            }
        }
    }
}

fn text(reader: &mut Reader, place: &Place<'_>, text: Option<&Text>) {
    let Some(text) = text else { return };
    let blank = |text: &str| text.trim().is_empty();
    if blank(&text.default) {
        // Written as an object, the empty text is its default.
        if text.translations.is_empty() {
            reader.warning(place, Problem::EmptyText {});
        } else {
            reader.warning(&place.key("default"), Problem::EmptyText {});
        }
    }
    for (language, translation) in &text.translations {
        if blank(translation) {
            reader.warning(&place.key(language), Problem::EmptyText {});
        }
    }
}
