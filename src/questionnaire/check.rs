//! What a single value must satisfy, whether it was read or built in code.

use super::ladder::Ladder;
use super::limits::Bounds;
use super::read::{no_language_tag, not_a_language};
use super::spec::LadderSpec;
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{Place, Reader, number_text, too_large, too_long};
use crate::names::{is_id, is_version};
use crate::text::Text;

/// What a check finds. Warnings are those of a valid document: an error hides them.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) errors: Reader,
    pub(super) warnings: Reader,
}

impl Findings {
    /// Whether there was no problem.
    pub(super) fn none(&mut self, place: &Place<'_>, problem: Option<Problem>) -> bool {
        let Some(problem) = problem else { return true };
        self.errors.error(place, problem);
        false
    }
}

/// A name of something that stands elsewhere; whether it is one.
pub(super) fn name(findings: &mut Findings, place: &Place<'_>, name: &str) -> bool {
    findings.none(place, too_long(name))
}

pub(super) fn id(findings: &mut Findings, place: &Place<'_>, id: &str) {
    findings.none(place, too_long(id).or_else(|| no_id(id)));
}

pub(super) fn no_id(id: &str) -> Option<Problem> {
    (!is_id(id)).then(|| Problem::InvalidId { found: Excerpt::new(id) })
}

pub(super) fn version(findings: &mut Findings, place: &Place<'_>, version: &str) {
    let invalid =
        || (!is_version(version)).then(|| Problem::InvalidVersion { found: Excerpt::new(version) });
    findings.none(place, too_long(version).or_else(invalid));
}

/// The language of the default texts.
#[expect(clippy::ref_option, reason = "as every part is handed to its check")]
pub(super) fn language(findings: &mut Findings, place: &Place<'_>, language: &Option<String>) {
    let Some(tag) = language else { return };
    // `default` has the form of a tag and is the key of the very texts whose language is unknown.
    let key = || (tag == "default").then(|| Problem::InvalidLanguage { found: Excerpt::new(tag) });
    findings.none(place, too_long(tag).or_else(|| no_language_tag(tag)).or_else(key));
}

pub(super) fn text(findings: &mut Findings, place: &Place<'_>, text: &Text) {
    // Without translations, a text is written as a string.
    let key = place.key("default");
    line(findings, if text.translations.is_empty() { place } else { &key }, &text.default);
    for (language, translation) in &text.translations {
        let place = place.key(language);
        findings.none(&place, not_a_language(language));
        line(findings, &place, translation);
    }
}

fn line(findings: &mut Findings, place: &Place<'_>, text: &str) {
    findings.none(place, too_long(text));
    if text.trim().is_empty() {
        findings.warnings.warning(place, Problem::EmptyText {});
    }
}

/// Whether answers can have that value.
pub(super) fn is_value(value: i64) -> bool {
    too_large("value", value).is_none()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as every part is handed to its check")]
pub(super) fn value(findings: &mut Findings, place: &Place<'_>, value: &i64) {
    findings.none(place, too_large("value", *value));
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as every part is handed to its check")]
pub(super) fn finite(findings: &mut Findings, place: &Place<'_>, number: &f64) {
    let problem = || Problem::NotFinite { found: number_text(*number) };
    findings.none(place, (!number.is_finite()).then(problem));
}

pub(super) fn stages(findings: &mut Findings, place: &Place<'_>, stages: &LadderSpec) {
    if let LadderSpec::Table(table) = stages {
        Ladder::check(table, &mut findings.errors, place);
    }
}

pub(super) fn count(findings: &mut Findings, place: &Place<'_>, bounds: Bounds, found: usize) {
    let Bounds { many: what, least, most, .. } = bounds;
    findings.none(place, (found < least).then_some(Problem::TooFew { what, found, least }));
    findings.none(place, (found > most).then_some(Problem::TooMany { what, found, most }));
}
