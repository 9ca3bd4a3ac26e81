//! From a document to typed parts: types and shape, nothing more.

use std::collections::BTreeMap;

use super::limits::Bounds;
use super::spec::Policy;
use crate::diagnostic::{Alternatives, Errors, Excerpt, Problem};
use crate::document::{At, Node, Reader, deserialize_by_reading};
use crate::names::named;
use crate::number::Score;
use crate::text::Text;

/// An optional part: what cannot be read is neither there nor left out.
pub(super) fn some<D>(
    read: impl FnOnce(&mut Reader, At<'_>) -> Option<D>,
) -> impl FnOnce(&mut Reader, At<'_>) -> Option<Option<D>> {
    |reader, at| read(reader, at).map(Some)
}

/// A part of a list, if it can be read. Boxed, as a list of what cannot be read is as long as the
/// document says.
pub(super) type Listed<D> = Option<Box<D>>;

/// A list; beyond its bounds only the number is looked at. That it is too short is for the check.
pub(super) fn list<D>(
    bounds: Bounds,
    mut item: impl FnMut(&mut Reader, At<'_>) -> Option<D>,
) -> impl FnOnce(&mut Reader, At<'_>) -> Option<Vec<Listed<D>>> {
    move |reader, at| {
        let item = |reader: &mut Reader, at: At<'_>| item(reader, at).map(Box::new);
        reader.list(at, bounds.many, (0, bounds.most), item)
    }
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
                reader.error(
                    at.place,
                    Problem::MissingKey { key: "default", or: Alternatives::NONE },
                );
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

fn text_from_node(node: &Node<'_>) -> Result<Text, Errors> {
    Reader::document(node, text)
}

deserialize_by_reading!(Text, text_from_node);

/// What is wrong with the language of a translation.
pub(super) fn not_a_language(language: &str) -> Option<Problem> {
    if language == "default" {
        Some(Problem::DuplicateKey { key: Excerpt::new(language) })
    } else {
        no_language_tag(language)
    }
}

/// What is wrong with the tag of a language.
pub(super) fn no_language_tag(tag: &str) -> Option<Problem> {
    let sound = oxilangtag::LanguageTag::parse(tag).is_ok();
    (!sound).then(|| Problem::InvalidLanguage { found: Excerpt::new(tag) })
}

/// A Score, by what messages call it.
pub(super) fn score(what: &'static str) -> impl FnOnce(&mut Reader, At<'_>) -> Option<Score> {
    move |reader, at| reader.score(at, what)
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
