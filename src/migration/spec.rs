//! The migration document: its shape and its reading.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::answers::Answer;
use crate::diagnostic::{Errors, Excerpt, Problem};
use crate::document::{At, Node, Reader, deserialize_by_reading};
use crate::names::is_looked_into;
use crate::questionnaire::{Fingerprint, QUESTIONS, SchemaVersion};

/// A migration as its document states it: well-formed, not yet checked against the two
/// questionnaires. [`Migration`](crate::migration::Migration) is the checked form, and explains each part.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct MigrationSpec {
    /// The version of the document's form.
    pub(crate) schema: SchemaVersion,
    /// The questionnaire that was answered.
    pub from: MigrationEnd,
    /// The questionnaire that answers are carried to.
    pub to: MigrationEnd,
    /// Questions with another id, by the old one: the same meaning, and the same answers unless
    /// these are mapped.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub renamed: BTreeMap<String, String>,
    /// Old questions that are no longer there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub removed: Vec<String>,
    /// Questions that kept their id and now mean something else: answers are not carried over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub changed: Vec<String>,
    /// Questions that were not there before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub new: Vec<String>,
    /// By old id, what becomes of each answer where a question takes others now: every choice,
    /// `true` and `false`, or every item, with the new answer; null where there is
    /// none. An item becomes a list of items.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub answers: BTreeMap<String, BTreeMap<String, Answer>>,
}

/// Which questionnaire stands at an end of a migration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct MigrationEnd {
    /// The questionnaire's id.
    pub id: String,
    /// The questionnaire's version.
    pub version: String,
    /// Its fingerprint, where the migration is for no other draft of that version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Fingerprint", default))]
    pub fingerprint: Option<Fingerprint>,
}

impl MigrationSpec {
    /// A migration that keeps every question, which is to say that every id is in both
    /// questionnaires and means the same.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::migration::{Migration, MigrationEnd, MigrationSpec};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let end = MigrationEnd {
    ///     id: pulse.id().to_owned(),
    ///     version: pulse.version().to_owned(),
    ///     fingerprint: None,
    /// };
    /// let migration = Migration::new(&MigrationSpec::new(end.clone(), end), pulse, pulse)?;
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub const fn new(from: MigrationEnd, to: MigrationEnd) -> Self {
        Self {
            schema: SchemaVersion::V1,
            from,
            to,
            renamed: BTreeMap::new(),
            removed: Vec::new(),
            changed: Vec::new(),
            new: Vec::new(),
            answers: BTreeMap::new(),
        }
    }
}

/// The document as it says. What is wrong is noted, and what stands for it means nothing.
pub(super) fn migration(reader: &mut Reader, at: At<'_>) -> Option<MigrationSpec> {
    let mut fields = reader.fields(at)?;
    fields.required(reader, "schema", SchemaVersion::read);
    let from = fields.required(reader, "from", end);
    let to = fields.required(reader, "to", end);
    let renamed =
        fields.optional(reader, "renamed", |reader, at| map(reader, at, Reader::owned_text));
    let removed = fields.optional(reader, "removed", ids);
    let changed = fields.optional(reader, "changed", ids);
    let new = fields.optional(reader, "new", ids);
    let answers = |reader: &mut Reader, at: At<'_>| map(reader, at, answer);
    let answers = fields.optional(reader, "answers", |reader, at| map(reader, at, answers));
    fields.finish(reader);
    Some(MigrationSpec {
        schema: SchemaVersion::V1,
        from: from?,
        to: to?,
        renamed: renamed.unwrap_or_default(),
        removed: removed.unwrap_or_default(),
        changed: changed.unwrap_or_default(),
        new: new.unwrap_or_default(),
        answers: answers.unwrap_or_default(),
    })
}

fn end(reader: &mut Reader, at: At<'_>) -> Option<MigrationEnd> {
    let mut fields = reader.fields(at)?;
    let id = fields.required(reader, "id", Reader::owned_text);
    let version = fields.required(reader, "version", Reader::owned_text);
    let fingerprint = fields.optional(reader, "fingerprint", Fingerprint::read);
    fields.finish(reader);
    Some(MigrationEnd { id: id?, version: version?, fingerprint })
}

fn ids(reader: &mut Reader, at: At<'_>) -> Option<Vec<String>> {
    reader.list(at, "questions", (0, QUESTIONS.most), |reader, at| {
        reader.owned_text(at).unwrap_or_default()
    })
}

/// The entries that can be read.
fn map<T>(
    reader: &mut Reader,
    at: At<'_>,
    read: impl Fn(&mut Reader, At<'_>) -> Option<T>,
) -> Option<BTreeMap<String, T>> {
    let mut map = BTreeMap::new();
    for (key, node) in reader.entries(at)? {
        let place = &at.place.key(key);
        if !is_looked_into(key) {
            reader.error(place, Problem::InvalidId { found: Excerpt::new(key) });
            continue;
        }
        let read = read(reader, At { node, place });
        map.extend(read.map(|value| (key.to_owned(), value)));
    }
    Some(map)
}

/// An answer, or null for one that has no counterpart.
fn answer(reader: &mut Reader, at: At<'_>) -> Option<Answer> {
    if let Node::Float(_) = at.node {
        reader.number(at)?; // a finite one
    }
    Answer::read(reader, at, |reader, at| match at.node {
        Node::Text(text) => {
            let (found, suggestion) = (Excerpt::new(text), None);
            reader.error(at.place, Problem::UnknownName { what: "answer", found, suggestion });
        }
        _ => reader.wrong_type(at, "an answer, or null"),
    })
}

fn from_node(node: &Node<'_>) -> Result<MigrationSpec, Errors> {
    Reader::document(node, migration)
}

deserialize_by_reading!(MigrationSpec, from_node);
