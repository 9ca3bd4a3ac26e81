//! From a document to typed parts: types and shape, nothing more.

use std::collections::BTreeMap;

use super::ladder::{LadderTable, Requirement};
use super::limits::Bounds;
use super::part::{Part, Slot};
use super::spec::{Aggregation, LadderSpec, Method, PillarSpec, Policy};
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{At, Fields, Node, Place, Reader};
use crate::names::named;
use crate::number::Score;
use crate::pillar::Pillar;
use crate::text::Text;

/// A field that must be there.
pub(super) fn required<T: Part>(
    fields: &mut Fields<'_>,
    reader: &mut Reader,
    key: &'static str,
    read: impl FnOnce(&mut Reader, At<'_>) -> Slot<T>,
) -> Slot<T> {
    fields.required(reader, key, read)
}

/// A field that has its default where it is not there.
pub(super) fn optional<T: Part + Default>(
    fields: &mut Fields<'_>,
    reader: &mut Reader,
    key: &'static str,
    read: impl FnOnce(&mut Reader, At<'_>) -> Slot<T>,
) -> Slot<T> {
    let stated = fields.has(key);
    let read = fields.optional(reader, key, read);
    if stated { read } else { Some(T::default().draft()) }
}

#[expect(clippy::option_option, reason = "what cannot be read is neither there nor left out")]
pub(super) fn some<D>(
    read: impl FnOnce(&mut Reader, At<'_>) -> Option<D>,
) -> impl FnOnce(&mut Reader, At<'_>) -> Option<Option<D>> {
    |reader, at| read(reader, at).map(Some)
}

/// A list; beyond its bounds only the number is looked at. That it is too short is for the check.
pub(super) fn list<D>(
    bounds: Bounds,
    item: impl FnMut(&mut Reader, At<'_>) -> Option<D>,
) -> impl FnOnce(&mut Reader, At<'_>) -> Option<Vec<Option<D>>> {
    move |reader, at| reader.list(at, bounds.many, (0, bounds.most), item)
}

/// A string, or an object of strings by language with a `default`. A translation that cannot be
/// read is left out.
pub(super) fn text(reader: &mut Reader, at: At<'_>) -> Option<Text> {
    match at.node {
        Node::Text(_) => reader.owned_text(at).map(Text::from),
        Node::Map(_) => {
            let (mut default, mut translations) = (None, BTreeMap::new());
            let entries = reader.entries(at)?;
            if !entries.iter().any(|(key, _)| *key == "default") {
                reader.error(at.place, Problem::MissingKey { key: "default" });
            }
            for (key, node) in entries {
                let place = at.place.key(key);
                let text = reader.owned_text(At { node, place: &place });
                if key == "default" {
                    default = text;
                } else if let Some(problem) = not_a_language(key) {
                    reader.error(&place, problem);
                } else {
                    translations.extend(text.map(|text| (key.to_owned(), text)));
                }
            }
            Some(Text { default: default?, translations })
        }
        _ => {
            reader.wrong_type(at, "a text, or an object of texts by language");
            None
        }
    }
}

/// What is wrong with the language of a translation.
pub(super) fn not_a_language(language: &str) -> Option<Problem> {
    let found = Excerpt::new(language);
    if language == "default" {
        Some(Problem::DuplicateKey { key: found })
    } else if oxilangtag::LanguageTag::parse(language).is_err() {
        Some(Problem::InvalidLanguage { found })
    } else {
        None
    }
}

pub(super) fn pillars(reader: &mut Reader, at: At<'_>) -> Option<BTreeMap<Pillar, PillarSpec>> {
    let entries = reader.entries(at)?.into_iter();
    let read: Vec<_> = entries.map(|(key, node)| pillar(reader, at.place, key, node)).collect();
    read.into_iter().collect()
}

fn pillar(
    reader: &mut Reader,
    place: &Place<'_>,
    key: &str,
    node: &Node<'_>,
) -> Option<(Pillar, PillarSpec)> {
    let place = &place.key(key);
    // The key is looked up like any text, so that an unknown one is reported the same way.
    let name = Node::Text(key.into());
    let pillar = reader.name(At { node: &name, place });
    let mut fields = reader.fields(At { node, place })?;
    let weight = fields.required(reader, "weight", Reader::weight);
    fields.finish(reader);
    Some((pillar?, PillarSpec { weight: weight? }))
}

pub(super) fn stages(reader: &mut Reader, at: At<'_>) -> Option<LadderSpec> {
    match at.node {
        Node::Text(_) => reader.name(at).map(LadderSpec::Preset),
        Node::Map(_) => {
            let mut fields = reader.fields(at)?;
            let bridge = fields.required(reader, "bridge", requirement);
            let hubs = fields.required(reader, "hubs", requirement);
            let platform = fields.required(reader, "platform", requirement);
            let native = fields.required(reader, "native", requirement);
            fields.finish(reader);
            let table =
                LadderTable { bridge: bridge?, hubs: hubs?, platform: platform?, native: native? };
            Some(LadderSpec::Table(table))
        }
        _ => {
            reader.wrong_type(at, "the name of a ladder, or a table of stages");
            None
        }
    }
}

fn requirement(reader: &mut Reader, at: At<'_>) -> Option<Requirement> {
    let bound = |reader: &mut Reader, at: At<'_>| reader.score(at, "bound");
    let mut fields = reader.fields(at)?;
    let overall = fields.required(reader, "overall", bound);
    let every_pillar = fields.required(reader, "every_pillar", bound);
    fields.finish(reader);
    Some(Requirement { overall: overall?, every_pillar: every_pillar? })
}

pub(super) fn method(reader: &mut Reader, at: At<'_>) -> Option<Method> {
    let mut fields = reader.fields(at)?;
    let coverage = |reader: &mut Reader, at: At<'_>| reader.score(at, "coverage");
    let aggregation = optional::<Aggregation>(&mut fields, reader, "aggregation", Reader::name);
    let unanswered = optional::<Policy>(&mut fields, reader, "unanswered", Reader::name);
    let dont_know = optional::<Policy>(&mut fields, reader, "dont_know", Reader::name);
    let stated = fields.has("minimum_coverage");
    let minimum = fields.optional(reader, "minimum_coverage", coverage);
    let minimum = if stated { minimum } else { Some(Method::default().minimum_coverage) };
    fields.finish(reader);
    Some(Method {
        aggregation: aggregation?,
        unanswered: unanswered?,
        dont_know: dont_know?,
        minimum_coverage: minimum?,
    })
}

pub(super) fn credit(reader: &mut Reader, at: At<'_>) -> Option<Score> {
    reader.score(at, "credit")
}

/// What a condition can say of a question that is not asked; that it is left out goes without
/// saying.
enum Otherwise {
    Lowest,
}

named!(private Otherwise, "fallback", [Lowest => "lowest"]);

pub(super) fn otherwise(reader: &mut Reader, at: At<'_>) -> Option<Policy> {
    reader.name(at).map(|Otherwise::Lowest| Policy::Lowest)
}
