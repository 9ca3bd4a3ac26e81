//! What each part must satisfy by itself, whether it was read or built in code.

use std::collections::{BTreeMap, BTreeSet};

use super::ladder::Ladder;
use super::limits::Bounds;
use super::part::{Findings, within};
use super::read::not_a_language;
use super::spec::LadderSpec;
use crate::diagnostic::{Excerpt, Path, Problem};
use crate::document::{Place, too_long};
use crate::names::is_id;
use crate::text::Text;

pub(super) fn nothing<D>(_: &mut Findings, _: &Place<'_>, _: &D) {}

/// Checks an optional part that is there.
pub(super) fn maybe<D>(
    check: impl Fn(&mut Findings, &Place<'_>, &D),
) -> impl Fn(&mut Findings, &Place<'_>, &Option<D>) {
    move |findings, place, part| {
        if let Some(part) = part {
            check(findings, place, part);
        }
    }
}

/// A name that must fit its limit, and satisfy what else is asked of it; whether it does.
fn fits(
    findings: &mut Findings,
    place: &Place<'_>,
    name: &str,
    other: impl FnOnce() -> Option<Problem>,
) -> bool {
    let problem = too_long(name).or_else(other);
    let fits = problem.is_none();
    if let Some(problem) = problem {
        findings.errors.error(place, problem);
    }
    fits
}

/// A name of something that stands elsewhere.
pub(super) fn name(findings: &mut Findings, place: &Place<'_>, name: &str) {
    fits(findings, place, name, || None);
}

pub(super) fn id(findings: &mut Findings, place: &Place<'_>, id: &str) {
    let problem = || (!is_id(id)).then(|| Problem::InvalidId { found: Excerpt::new(id) });
    fits(findings, place, id, problem);
}

pub(super) fn version(findings: &mut Findings, place: &Place<'_>, version: &str) {
    let sound = || semver::Version::parse(version).is_ok();
    let problem = || (!sound()).then(|| Problem::InvalidVersion { found: Excerpt::new(version) });
    fits(findings, place, version, problem);
}

pub(super) fn text(findings: &mut Findings, place: &Place<'_>, text: &Text) {
    // Without translations, a text is written as a string.
    let key = place.key("default");
    line(findings, if text.translations.is_empty() { place } else { &key }, &text.default);
    for (language, translation) in &text.translations {
        let place = place.key(language);
        if let Some(problem) = not_a_language(language) {
            findings.errors.error(&place, problem);
        }
        line(findings, &place, translation);
    }
}

fn line(findings: &mut Findings, place: &Place<'_>, text: &str) {
    fits(findings, place, text, || None);
    if text.trim().is_empty() {
        findings.warnings.warning(place, Problem::EmptyText {});
    }
}

pub(super) fn stages(findings: &mut Findings, place: &Place<'_>, stages: &LadderSpec) {
    match stages {
        LadderSpec::Preset(_) => {}
        LadderSpec::Table(table) => Ladder::check(table, &mut findings.errors, place),
    }
}

pub(super) fn count(findings: &mut Findings, place: &Place<'_>, bounds: Bounds, found: usize) {
    let Bounds { many: what, least, most, .. } = bounds;
    if found < least {
        findings.errors.error(place, Problem::TooFew { what, found, least });
    }
    if found > most {
        findings.errors.error(place, Problem::TooMany { what, found, most });
    }
}

/// A list of parts, each of which is checked.
pub(super) fn each<D>(
    bounds: Bounds,
    check: impl Fn(&mut Findings, &Place<'_>, &D),
) -> impl Fn(&mut Findings, &Place<'_>, &[Option<D>]) {
    move |findings, place, list| {
        count(findings, place, bounds, list.len());
        for (index, part) in within(bounds, list) {
            check(findings, &place.index(index), part);
        }
    }
}

/// A list of parts with ids, no two of them the same.
pub(super) fn each_by_id<D>(
    bounds: Bounds,
    id: impl Fn(&D) -> &Option<String>,
    check: impl Fn(&mut Findings, &Place<'_>, &D),
) -> impl Fn(&mut Findings, &Place<'_>, &[Option<D>]) {
    let each = each(bounds, check);
    move |findings, place, list| {
        each(findings, place, list);
        let sound = |part| id(part).as_deref().filter(|id| is_id(id));
        unique(findings, place, "id", within(bounds, list), sound, |id, first| {
            Problem::DuplicateId { what: bounds.one, id: id.to_owned(), first }
        });
    }
}

/// Reports every value of `key` that stands in the list for the second time.
pub(super) fn unique<'d, D: 'd, K: Ord + Copy>(
    findings: &mut Findings,
    place: &Place<'_>,
    key: &str,
    parts: impl Iterator<Item = (usize, &'d D)>,
    value: impl Fn(&'d D) -> Option<K>,
    problem: impl Fn(K, Path) -> Problem,
) {
    let mut first = BTreeMap::new();
    for (index, part) in parts {
        let Some(value) = value(part) else { continue };
        let earlier = *first.entry(value).or_insert(index);
        if earlier != index {
            let first = place.index(earlier).key(key).path();
            findings.errors.error(&place.index(index).key(key), problem(value, first));
        }
    }
}

/// A list of names, no two of them the same.
pub(super) fn entries<D: ToString>(
    bounds: Bounds,
) -> impl Fn(&mut Findings, &Place<'_>, &[Option<D>]) {
    move |findings, place, list| {
        count(findings, place, bounds, list.len());
        let mut seen = BTreeSet::new();
        for (index, entry) in within(bounds, list) {
            let (place, entry) = (place.index(index), entry.to_string());
            let shown = Excerpt::new(&entry);
            if fits(findings, &place, &entry, || None) && !seen.insert(entry) {
                findings.errors.error(&place, Problem::DuplicateEntry { entry: shown });
            }
        }
    }
}
