//! What a list of parts must satisfy: its length, and that nothing stands in it twice.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Findings, count, name};
use super::limits::Bounds;
use super::part::Part;
use super::read::Listed;
use crate::diagnostic::{Excerpt, Path, Problem};
use crate::document::Place;
use crate::names::is_id;
use crate::text::Text;

/// The parts of a list that are there, with their positions; what is beyond the bounds is not
/// looked at.
pub(super) fn within<D>(bounds: Bounds, list: &[Listed<D>]) -> impl Iterator<Item = (usize, &D)> {
    let list = list.iter().take(bounds.most).enumerate();
    list.filter_map(|(index, part)| Some((index, &**part.as_ref()?)))
}

/// A list whose parts are checked one by one.
pub(super) fn each<T: Part>(
    bounds: Bounds,
) -> impl Fn(&mut Findings, &Place<'_>, &[Listed<T::Draft>]) {
    move |findings, place, list| {
        count(findings, place, bounds, list.len());
        for (index, part) in within(bounds, list) {
            T::check(findings, &place.index(index), part);
        }
    }
}

/// A list of parts with ids, no two of them the same.
pub(super) fn each_by_id<T: Part>(
    bounds: Bounds,
    id: impl Fn(&T::Draft) -> &Option<String>,
) -> impl Fn(&mut Findings, &Place<'_>, &[Listed<T::Draft>]) {
    move |findings, place, list| {
        each::<T>(bounds)(findings, place, list);
        let id = |part| id(part).as_ref().filter(|id| is_id(id));
        unique(findings, (place, "id"), within(bounds, list), id, |id, first| {
            Problem::DuplicateId { what: bounds.one, id: id.clone(), first }
        });
    }
}

/// A list of parts that a text tells apart: no default text twice.
pub(super) fn each_by_text<T: Part>(
    bounds: Bounds,
    key: &'static str,
    text: impl Fn(&T::Draft) -> &Option<Text>,
) -> impl Fn(&mut Findings, &Place<'_>, &[Listed<T::Draft>]) {
    move |findings, place, list| {
        each::<T>(bounds)(findings, place, list);
        let text = |part| text(part).as_ref().map(Text::as_str);
        unique(findings, (place, key), within(bounds, list), text, |text, _| {
            Problem::DuplicateEntry { entry: Excerpt::new(text) }
        });
    }
}

/// Reports every value of a key that stands in the list for the second time.
pub(super) fn unique<'d, D: 'd, K: Ord + Copy>(
    findings: &mut Findings,
    (place, key): (&Place<'_>, &str),
    parts: impl Iterator<Item = (usize, &'d D)>,
    value: impl Fn(&'d D) -> Option<K>,
    problem: impl Fn(K, Path) -> Problem,
) {
    let mut first = BTreeMap::new();
    for (index, value) in parts.filter_map(|(index, part)| Some((index, value(part)?))) {
        let earlier = *first.entry(value).or_insert(index);
        if earlier != index {
            let first = place.index(earlier).key(key).path();
            findings.errors.error(&place.index(index).key(key), problem(value, first));
        }
    }
}

/// A list of names, no two of them the same.
pub(super) fn names<D: ToString>(
    bounds: Bounds,
) -> impl Fn(&mut Findings, &Place<'_>, &[Listed<D>]) {
    move |findings, place, list| {
        count(findings, place, bounds, list.len());
        let mut seen = BTreeSet::new();
        for (index, entry) in within(bounds, list) {
            let (place, entry) = (place.index(index), entry.to_string());
            let shown = Excerpt::new(&entry);
            if name(findings, &place, &entry) && !seen.insert(entry) {
                findings.errors.error(&place, Problem::DuplicateEntry { entry: shown });
            }
        }
    }
}
