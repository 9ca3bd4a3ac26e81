//! From a document to a [`Record`]. Every field is read before any is given up on, so that
//! all faults are found.

use std::collections::BTreeMap;

use super::Record;
use crate::assessment::{
    Gap, NextStage, Overall, PillarResult, QuestionResult, Rating, Reason, Standing, StateCounts,
};
use crate::diagnostic::{Errors, Problem};
use crate::document::{At, Fields, Node, Reader, deserialize_by_reading};
use crate::names::named;
use crate::number::Score;
use crate::pillar::{PillarMap, PillarSet};
use crate::questionnaire::Identity;

/// Whether there is a score.
enum Status {
    Scored,
    NotScorable,
}

named!(private Status, "status", [Scored => "scored", NotScorable => "not_scorable"]);

pub(super) fn from_node(node: &Node<'_>) -> Result<Record, Errors> {
    Reader::document(node, stored)
}

deserialize_by_reading!(Record, from_node);

fn stored(reader: &mut Reader, at: At<'_>) -> Option<Record> {
    let mut fields = reader.fields(at)?;
    let questionnaire = fields.required(reader, "questionnaire", Identity::read);
    let respondent = nullable(&mut fields, reader, "respondent", Reader::owned_text).flatten();
    let taken = nullable(&mut fields, reader, "taken", Reader::date).flatten();
    let sequence = nullable(&mut fields, reader, "sequence", Reader::sequence).flatten();
    let overall = fields.required(reader, "overall", overall);
    let next_stage = nullable(&mut fields, reader, "next_stage", next_stage);
    let pillars = fields.required(reader, "pillars", pillars);
    let themes = fields.required(reader, "themes", |reader, at| by_id(reader, at, "theme", theme));
    let questions = fields.required(reader, "questions", |reader, at| {
        let questions = by_id(reader, at, "question", question)?;
        let worth = |(_, result): &(String, QuestionResult)| result.contribution;
        let found = questions.iter().filter_map(worth).map(|part| u64::from(part.billionths()));
        if let Some(score) = overall.as_ref().and_then(Rating::score) {
            let (found, expected) = (found.sum(), u64::from(score.billionths()));
            if found != expected {
                let what = "billionths are contributed";
                reader.error(at.place, Problem::CountMismatch { what, found, expected });
            }
        }
        Some(questions)
    });
    Some(Record {
        questionnaire: questionnaire?,
        respondent,
        taken,
        sequence,
        overall: overall?,
        next_stage: next_stage?,
        pillars: pillars?,
        themes: themes?.into_iter().collect(),
        questions: questions?.into_iter().collect(),
    })
}

/// A list of values by id, no id twice.
fn by_id<T>(
    reader: &mut Reader,
    at: At<'_>,
    what: &'static str,
    read: impl FnMut(&mut Reader, At<'_>) -> Option<(String, T)>,
) -> Option<Vec<(String, T)>> {
    let entries = reader.list(at, what, (0, usize::MAX), read)?;
    let mut first = BTreeMap::new();
    for (index, (id, _)) in entries.iter().enumerate().filter_map(|(i, e)| Some((i, e.as_ref()?))) {
        let earlier = *first.entry(id.as_str()).or_insert(index);
        if earlier != index {
            let first = at.place.index(earlier).key("id").path();
            let problem = Problem::DuplicateId { what, id: id.clone(), first };
            reader.error(&at.place.index(index).key("id"), problem);
        }
    }
    entries.into_iter().collect()
}

fn score(reader: &mut Reader, at: At<'_>) -> Option<Score> {
    reader.score(at, "score")
}

/// The field `key` as `read` reads it, or `None` where it is null or, as formats without null write
/// it, absent.
#[expect(clippy::option_option, reason = "unreadable is a fault, null is a value")]
fn nullable<T>(
    fields: &mut Fields<'_>,
    reader: &mut Reader,
    key: &'static str,
    read: impl FnOnce(&mut Reader, At<'_>) -> Option<T>,
) -> Option<Option<T>> {
    fields.or(reader, key, None, |reader, at| {
        if *at.node == Node::Null { Some(None) } else { read(reader, at).map(Some) }
    })
}

fn overall(reader: &mut Reader, at: At<'_>) -> Option<Overall> {
    let mut fields = reader.fields(at)?;
    match fields.required(reader, "status", Reader::name)? {
        Status::Scored => {
            let score = fields.required(reader, "score", score);
            let stage = fields.required(reader, "stage", Reader::name);
            Some(Rating::Scored { score: score?, stage: stage? })
        }
        Status::NotScorable => {
            let pillars = fields.required(reader, "pillars", |reader, at| {
                let pillars = reader.list(at, "pillars", (0, usize::MAX), Reader::name)?;
                pillars.into_iter().collect::<Option<PillarSet>>()
            });
            Some(Rating::NotScorable(pillars?))
        }
    }
}

fn standing(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Standing> {
    let (rating, coverage) = match fields.required(reader, "status", Reader::name)? {
        Status::Scored => {
            let found = fields.required(reader, "score", score);
            let stage = fields.required(reader, "stage", Reader::name);
            let coverage = fields.required(reader, "coverage", score).map(Some);
            (Rating::Scored { score: found?, stage: stage? }, coverage)
        }
        Status::NotScorable => {
            let reason = fields.required(reader, "reason", Reader::name::<Reason>);
            let coverage = nullable(fields, reader, "coverage", score);
            (Rating::NotScorable(reason?), coverage)
        }
    };
    Some(Standing { rating, coverage: coverage? })
}

fn pillars(reader: &mut Reader, at: At<'_>) -> Option<PillarMap<PillarResult>> {
    let mut fields = reader.fields(at)?;
    let results =
        PillarMap::from_fn(|pillar| fields.required(reader, pillar.as_str(), pillar_result));
    Some(PillarMap {
        digital_first_mindset: results.digital_first_mindset?,
        agile_approach: results.agile_approach?,
        culture_of_experimentation: results.culture_of_experimentation?,
        connected_systems: results.connected_systems?,
    })
}

fn pillar_result(reader: &mut Reader, at: At<'_>) -> Option<PillarResult> {
    let mut fields = reader.fields(at)?;
    let standing = standing(reader, &mut fields);
    let counts = fields.required(reader, "counts", |reader, at| {
        let mut fields = reader.fields(at)?;
        let count = |reader: &mut Reader, at: At<'_>| {
            u32::try_from(reader.whole(at, "count", 0, i64::from(u16::MAX))?).ok()
        };
        let answered = fields.required(reader, "answered", count);
        let not_applicable = fields.required(reader, "not_applicable", count);
        let dont_know = fields.required(reader, "dont_know", count);
        let unanswered = fields.required(reader, "unanswered", count);
        let not_asked = fields.required(reader, "not_asked", count);
        Some(StateCounts {
            answered: answered?,
            not_applicable: not_applicable?,
            dont_know: dont_know?,
            unanswered: unanswered?,
            not_asked: not_asked?,
        })
    });
    Some(PillarResult { standing: standing?, counts: counts? })
}

fn theme(reader: &mut Reader, at: At<'_>) -> Option<(String, Standing)> {
    let mut fields = reader.fields(at)?;
    let id = fields.required(reader, "id", Reader::id);
    let standing = standing(reader, &mut fields);
    Some((id?, standing?))
}

fn question(reader: &mut Reader, at: At<'_>) -> Option<(String, QuestionResult)> {
    let mut fields = reader.fields(at)?;
    let id = fields.required(reader, "id", Reader::id);
    let state = fields.required(reader, "state", Reader::name);
    let credit = nullable(&mut fields, reader, "credit", score);
    let contribution = nullable(&mut fields, reader, "contribution", score);
    let result = QuestionResult { state: state?, credit: credit?, contribution: contribution? };
    Some((id?, result))
}

fn next_stage(reader: &mut Reader, at: At<'_>) -> Option<NextStage> {
    let mut fields = reader.fields(at)?;
    let stage = fields.required(reader, "stage", Reader::name);
    let unmet = fields.required(reader, "unmet", |reader, at| {
        let unmet = reader.list(at, "unmet requirements", (0, usize::MAX), unmet)?;
        unmet.into_iter().collect::<Option<Vec<Gap>>>()
    });
    Some(NextStage { stage: stage?, unmet: unmet? })
}

/// Which requirement is unmet.
enum Requirement {
    Overall,
    EveryPillar,
}

named!(private Requirement, "requirement", [Overall => "overall", EveryPillar => "every_pillar"]);

fn unmet(reader: &mut Reader, at: At<'_>) -> Option<Gap> {
    let mut fields = reader.fields(at)?;
    let requirement = fields.required(reader, "requirement", Reader::name)?;
    let required = fields.required(reader, "required", score);
    let actual = fields.required(reader, "actual", score);
    let shortfall = fields.required(reader, "shortfall", score);
    let pillar = match requirement {
        Requirement::Overall => None,
        Requirement::EveryPillar => Some(fields.required(reader, "pillar", Reader::name)?),
    };
    Some(Gap { pillar, required: required?, actual: Some(actual?), shortfall: Some(shortfall?) })
}
