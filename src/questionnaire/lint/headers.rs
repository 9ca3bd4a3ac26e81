//! Columns of one header, for in files of survey tools a question stands by its id or its title.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::once;

use super::exports::{TOLD, each_line, padded};
use super::listed::Steps;
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{Place, Reader};
use crate::questionnaire::resolved::scale_of;
use crate::questionnaire::spec::{QuestionnaireSpec, ScaleSpec};
use crate::text::cased;

/// What stands between a question and its item in the header of the item's own column, and after it.
const ITEM_COLUMNS: [(&str, &str); 5] =
    [("[", "]"), (" (choice=", ")"), ("___", ""), ("/", ""), (" - ", "")];

struct Headers<'s> {
    spec: &'s QuestionnaireSpec,
    /// The positions of the questions with that id or title, ascending.
    owners: BTreeMap<String, Vec<usize>>,
    /// The items of the checklists that were looked at, by id and text; by where the scale stands.
    items: BTreeMap<*const ScaleSpec, BTreeMap<String, &'s str>>,
}

/// Notes titles that can be the header of another question's column too, in the later of two with
/// one title.
pub(super) fn headers(reader: &mut Reader, steps: &mut Steps, spec: &QuestionnaireSpec) {
    let mut headers = Headers { spec, owners: BTreeMap::new(), items: BTreeMap::new() };
    for (position, question) in spec.questions.iter().enumerate() {
        for name in once(&question.id).chain(question.title.in_each_language()) {
            let owners = headers.owners.entry(cased(name)).or_default();
            if owners.last() != Some(&position) {
                owners.push(position);
            }
        }
    }
    let questions = Place::ROOT.key("questions");
    for (position, question) in spec.questions.iter().enumerate() {
        let place = questions.index(position);
        let id = question.id.as_str();
        headers.of_item(reader, steps, &place.key("id"), position, id);
        let mut told = BTreeSet::new();
        each_line(&place.key("title"), &question.title, |place, line| {
            padded(reader, place, line);
            let header = cased(line);
            if header.is_empty() || header == id || !told.insert(header.clone()) {
                return;
            }
            let owners = headers.owners.get(&header).map_or(&[][..], Vec::as_slice);
            let is_id =
                |other: &usize| spec.questions.get(*other).is_some_and(|of| of.id == header);
            if owners.first() < Some(&position) || owners.iter().any(is_id) {
                let names = owners.iter().take(TOLD).filter_map(|of| spec.questions.get(*of));
                let names: Vec<String> = names.map(|of| format!("`{}`", of.id)).collect();
                warn(reader, place, line, &names.join(" and "));
            }
            headers.of_item(reader, steps, place, position, &header);
        });
    }
}

fn warn(reader: &mut Reader, place: &Place<'_>, header: &str, questions: &str) {
    let (header, questions) = (Excerpt::new(header), Excerpt::new(questions));
    reader.warning(place, Problem::AmbiguousHeader { header, questions });
}

impl Headers<'_> {
    /// Notes a header that is that of an item's own column, of another question.
    fn of_item(
        &mut self,
        reader: &mut Reader,
        steps: &mut Steps,
        place: &Place<'_>,
        own: usize,
        header: &str,
    ) {
        for (between, after) in ITEM_COLUMNS {
            let Some(inner) = header.strip_suffix(after) else { continue };
            for (at, _) in inner.match_indices(between) {
                let name = inner.get(..at).unwrap_or_default().trim_end();
                let item = inner.get(at + between.len()..).unwrap_or_default();
                if !steps.take(name) {
                    return;
                }
                let owners = self.owners.get(name).into_iter().flatten().take(TOLD).copied();
                for other in owners.filter(|other| *other != own).collect::<Vec<_>>() {
                    let spec = self.spec;
                    let named = |position: usize| {
                        spec.questions.get(position).map_or("", |of| of.id.as_str())
                    };
                    if let Some(item) = self.item(other, item.trim()) {
                        let columns =
                            format!("`{item}` of `{}` and `{}`", named(other), named(own));
                        warn(reader, place, header, &columns);
                        return;
                    }
                }
            }
        }
    }

    /// The id of the item of that question with that id or text.
    fn item(&mut self, question: usize, name: &str) -> Option<&str> {
        let scale = scale_of(self.spec, self.spec.questions.get(question)?);
        let ScaleSpec::Checklist { items } = scale else { return None };
        let items = self.items.entry(std::ptr::from_ref(scale)).or_insert_with(|| {
            let names = items.iter().flat_map(|item| {
                once(&item.id)
                    .chain(item.text.in_each_language())
                    .map(|name| (cased(name), item.id.as_str()))
            });
            names.collect()
        });
        items.get(name).copied()
    }
}
