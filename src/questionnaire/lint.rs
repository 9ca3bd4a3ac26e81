//! What a valid questionnaire may do and its author should look at.

mod conditions;
mod exports;
mod headers;
mod languages;
mod listed;

use std::collections::BTreeSet;

use super::resolved::Resolved;
use super::scale::Scale;
use super::spec::{Aggregation, LadderSpec, NonAnswer, QuestionSpec, ScaleSpec, ScaleUse};
use crate::diagnostic::Problem;
use crate::document::{Place, Reader};
use crate::number::{Units, WeightedSum};
use crate::pillar::{Pillar, PillarMap};
use crate::stage::Stage;

pub(super) fn lint(reader: &mut Reader, of: &Resolved) {
    let root = Place::ROOT;
    single_pillar(reader, &root.key("pillars"), of);
    unreachable_stages(reader, of);
    themes(reader, &root.key("themes"), of);
    scales(reader, &root.key("scales"), of);
    let questions = root.key("questions");
    for pillar in Pillar::ALL {
        dominant_question(reader, &questions, of, pillar);
    }
    for (index, question) in of.spec.questions.iter().enumerate() {
        let place = questions.index(index);
        if let ScaleUse::Own(scale) = &question.scale {
            rising_credits(reader, &place.key("scale"), scale);
        }
        conditions::conditions(reader, &place.key("asked_if"), of, index);
    }
    let mut steps = listed::Steps::default();
    exports::exports(reader, &mut steps, &of.spec);
    headers::headers(reader, &mut steps, &of.spec);
    languages::languages(reader, &of.spec);
}

fn single_pillar(reader: &mut Reader, place: &Place<'_>, of: &Resolved) {
    let mut counting = of.pillar_weights.iter().filter(|(_, weight)| !weight.is_zero());
    if let (Some((pillar, _)), None) = (counting.next(), counting.next()) {
        reader.warning(place, Problem::SinglePillar { pillar });
    }
}

fn dominant_question(reader: &mut Reader, place: &Place<'_>, of: &Resolved, pillar: Pillar) {
    let questions = of.pillar_questions[pillar].iter();
    let sum: u64 = questions.clone().map(|(_, weight)| u64::from(*weight)).sum();
    for &(index, _) in questions.filter(|(_, weight)| u64::from(*weight) * 2 > sum) {
        if let Some(question) = of.spec.questions.get(index) {
            let problem = Problem::DominantQuestion { id: question.id.clone(), pillar };
            reader.warning(&place.index(index), problem);
        }
    }
}

fn themes(reader: &mut Reader, place: &Place<'_>, of: &Resolved) {
    let families = || of.spec.families.iter().map(|family| family.id.as_str());
    for (index, (theme, questions)) in of.spec.themes.iter().zip(&of.theme_questions).enumerate() {
        let place = place.index(index);
        if questions.is_empty() {
            reader.warning(&place, Problem::UnusedTheme { id: theme.id.clone() });
        }
        if !of.spec.families.is_empty() && !families().any(|id| id == theme.family) {
            let suggestion = reader.nearest(&theme.family, families());
            let problem = Problem::UnlistedFamily { id: theme.family.clone(), suggestion };
            reader.warning(&place.key("family"), problem);
        }
    }
}

fn scales<'s>(reader: &mut Reader, place: &Place<'_>, of: &'s Resolved) {
    let shared = |question: &'s QuestionSpec| match &question.scale {
        ScaleUse::Shared(name) => Some(name),
        ScaleUse::Own(_) => None,
    };
    let used: BTreeSet<&String> = of.spec.questions.iter().filter_map(shared).collect();
    for (id, scale) in &of.spec.scales {
        let place = place.key(id);
        if !used.contains(id) {
            reader.warning(&place, Problem::UnusedScale { id: id.clone() });
        }
        rising_credits(reader, &place, scale);
    }
}

/// Readers expect that choices are listed from the one that earns least to the one that earns most.
fn rising_credits(reader: &mut Reader, place: &Place<'_>, scale: &ScaleSpec) {
    let (ScaleSpec::Choice { choices }, Scale::Choice(credits)) = (scale, Scale::from(scale))
    else {
        return;
    };
    let key = if choices.iter().any(|choice| choice.credit.is_some()) { "credit" } else { "value" };
    let place = place.key("choices");
    for (index, ((_, previous), (_, here))) in
        credits.iter().zip(credits.iter().skip(1)).enumerate()
    {
        if here <= previous {
            let problem =
                Problem::CreditsNotRising { credit: here.score(), previous: previous.score() };
            reader.warning(&place.index(index + 1).key(key), problem);
        }
    }
}

/// Stages at which no complete set of answers ends: a bound is too high for the best answers, or
/// whoever reaches the stage has reached the next one too.
///
/// The best answers are those of every question asked, at its highest credit, less those questions
/// that may be not applicable or not asked and would lower the pillar's mean.
fn unreachable_stages(reader: &mut Reader, of: &Resolved) {
    let best = PillarMap::from_fn(|pillar| best(of, pillar));
    let counting = || of.pillar_weights.iter().filter(|(_, weight)| !weight.is_zero());
    let weakest = counting().map(|(pillar, _)| best[pillar]).min().unwrap_or(Units::ZERO);
    let overall = match of.spec.method.aggregation {
        Aggregation::Minimum => weakest,
        Aggregation::Arithmetic => {
            let mut mean = WeightedSum::default();
            for (pillar, weight) in counting() {
                mean.add(weight.thousandths(), best[pillar]);
            }
            mean.mean().unwrap_or_default()
        }
    };
    let highest = of.ladder.stage(overall.score(), weakest.score());
    let (root, stages) = (Place::ROOT, Place::ROOT.key("stages"));
    // A document that says nothing of stages has no place for them.
    let place = if of.spec.stages == LadderSpec::default() { &root } else { &stages };
    for stage in Stage::ALL {
        let asked = |stage| of.ladder.requirement(stage);
        let skipped = stage.next().is_some_and(|next| asked(next) == asked(stage));
        if stage > highest || skipped {
            reader.warning(place, Problem::UnreachableStage { stage });
        }
    }
}

/// The highest value that a pillar can have.
fn best(of: &Resolved, pillar: Pillar) -> Units {
    let mut mean = WeightedSum::default();
    let mut optional = Vec::new();
    for ((question, rule), resolved) in of.spec.questions.iter().zip(&of.rules).zip(&of.questions) {
        if rule.pillar != pillar || rule.weight == 0 {
            continue;
        }
        let highest = resolved.scale.highest();
        let may_be_unasked = rule.asked_if.as_ref().is_some_and(|asked| !asked.otherwise_lowest);
        if may_be_unasked || !question.forbid.contains(&NonAnswer::NotApplicable) {
            optional.push((highest, rule.weight));
        } else {
            mean.add(rule.weight, highest);
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
