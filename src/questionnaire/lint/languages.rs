//! Languages that are not what they seem: some texts lack them, or hardly one has them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Problem;
use crate::document::{Place, Reader};
use crate::questionnaire::spec::{QuestionnaireSpec, ScaleSpec};
use crate::text::Text;

/// In which texts a language is.
#[derive(Default)]
struct Use<'s> {
    tag: &'s str,
    texts: usize,
    /// The last text that has it, from 1, so that two tags of one language in one text count once.
    last: usize,
    /// How many texts from the first on have it.
    without_gap: usize,
}

/// By the tag in lower case: `pt-BR` and `pt-br` are one language.
type Uses<'s> = BTreeMap<String, Use<'s>>;

/// The numbers of texts and, of each, the tags of languages to tell of there.
type Notes<T> = BTreeMap<usize, Vec<T>>;

/// Notes each language that one text alone is in beside others, and each that most texts of questions,
/// choices and items are in and some are not.
///
/// A kind of a language that other texts are in, such as `de-AT` beside `de`, says only what differs;
/// and the default is in the stated language.
pub(super) fn languages(reader: &mut Reader, spec: &QuestionnaireSpec) {
    let mut all = Uses::new();
    let mut number = 0;
    spec.each_text(|_, text| {
        number += 1;
        count(&mut all, number, text, &BTreeMap::new());
    });
    if all.is_empty() {
        return;
    }
    let stated = spec.language.as_deref().map(str::to_ascii_lowercase);
    let speaks = |tag: &str| all.contains_key(tag) || stated.as_deref() == Some(tag);
    // No tag that means anything has more parts.
    let parts = |tag: &str| tag.match_indices('-').map(|(at, _)| at).take(8).collect::<Vec<_>>();
    let kinds = |tag: &str| parts(tag).into_iter().any(|at| tag.get(..at).is_some_and(speaks));
    let is_own = |tag: &str| stated.as_deref() != Some(tag) && !kinds(tag);
    let (mut lone, mut slips) = (BTreeSet::new(), BTreeMap::new());
    let mut noted: Notes<(&str, Option<String>)> = Notes::new();
    // One language in one text is a beginning; beside another that more are in, it is odd.
    let is_used = all.values().any(|of| of.texts > 1);
    for (tag, of) in all.iter().filter(|(tag, of)| is_used && of.texts == 1 && is_own(tag)) {
        let meant = meant(&all, tag);
        lone.insert(tag.as_str());
        slips.extend(meant.map(|meant| (tag.as_str(), meant)));
        let suggestion = meant.map(str::to_owned);
        noted.entry(of.last).or_default().push((of.tag, suggestion));
    }
    let mut number = 0;
    spec.each_text(|place, _| {
        number += 1;
        for (tag, suggestion) in noted.remove(&number).into_iter().flatten() {
            let problem = Problem::LoneLanguage { language: tag.to_owned(), suggestion };
            reader.warning(&place.key(tag), problem);
        }
    });
    partial(reader, spec, &slips, |tag| is_own(tag) && !lone.contains(tag));
}

/// How many texts are in a language, of the titles and of those scales that have it at all.
#[derive(Default)]
struct Share<'s> {
    tag: &'s str,
    texts: usize,
    of: usize,
    /// The first text that lacks it.
    first: Option<usize>,
}

/// Notes each language that most texts are in and some are not. A scale of which no text has it is of
/// names and numbers, and is left out.
fn partial<'s>(
    reader: &mut Reader,
    spec: &'s QuestionnaireSpec,
    slips: &BTreeMap<&str, &'s str>,
    is_looked_at: impl Fn(&str) -> bool,
) {
    let mut groups: BTreeMap<usize, Vec<&Text>> = BTreeMap::new();
    each_of_questions(spec, |_, group, text| groups.entry(group).or_default().push(text));
    let mut shares: BTreeMap<String, Share<'_>> = BTreeMap::new();
    let mut before = 0;
    for texts in groups.into_values() {
        let mut uses = Uses::new();
        for (number, text) in (1..).zip(&texts) {
            // A slip of the pen is told already, and lacks nothing.
            count(&mut uses, number, text, slips);
        }
        for (tag, of) in uses.into_iter().filter(|(tag, _)| is_looked_at(tag)) {
            let share = shares.entry(tag).or_default();
            share.tag = of.tag;
            share.texts += of.texts;
            share.of += texts.len();
            let has_gap = of.without_gap < texts.len();
            share.first = share.first.or(has_gap.then_some(before + of.without_gap + 1));
        }
        before += texts.len();
    }
    let mut noted: Notes<Share<'_>> = Notes::new();
    for share in shares.into_values().filter(|share| share.texts > share.of - share.texts) {
        if let Some(first) = share.first {
            noted.entry(first).or_default().push(share);
        }
    }
    let mut number = 0;
    each_of_questions(spec, |place, _, _| {
        number += 1;
        for Share { tag, texts, of, .. } in noted.remove(&number).into_iter().flatten() {
            let (language, missing) = (tag.to_owned(), of - texts);
            reader.warning(place, Problem::PartialLanguage { language, missing, texts: of });
        }
    });
}

/// Notes in which languages a text is.
fn count<'s>(uses: &mut Uses<'s>, number: usize, text: &'s Text, slips: &BTreeMap<&str, &'s str>) {
    for tag in text.translations.keys() {
        let tag = slips.get(tag.to_ascii_lowercase().as_str()).copied().unwrap_or(tag);
        let new = || Use { tag, ..Use::default() };
        let of = uses.entry(tag.to_ascii_lowercase()).or_insert_with(new);
        if of.last == number {
            continue;
        }
        of.last = number;
        of.texts += 1;
        if of.without_gap + 1 == number {
            of.without_gap = number;
        }
    }
}

/// The tag of more texts that differs in one letter, or in the order of letters.
fn meant<'s>(uses: &Uses<'s>, tag: &str) -> Option<&'s str> {
    // So few tags that to compare each costs nothing; more are no slips of the pen.
    let others = uses.iter().take(100).filter(|(other, of)| of.texts > 1 && is_near(tag, other));
    others.max_by_key(|(_, of)| of.texts).map(|(_, of)| of.tag)
}

fn is_near(one: &str, other: &str) -> bool {
    let sorted = |tag: &str| {
        let mut bytes = tag.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    let differing = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    one.len() == other.len() && (differing == 1 || sorted(one) == sorted(other))
}

/// Hands over the texts that respondents answer by: those of choices and items, and the titles of
/// questions. Each scale is a group with a number, and so are the titles.
fn each_of_questions<'s>(
    spec: &'s QuestionnaireSpec,
    mut visit: impl FnMut(&Place<'_>, usize, &'s Text),
) {
    let mut group = 0;
    spec.each_scale(|place, scale| {
        let (list, texts): (_, Vec<&Text>) = match scale {
            ScaleSpec::Choice { choices } => {
                ("choices", choices.iter().map(|of| &of.text).collect())
            }
            ScaleSpec::Checklist { items } => ("items", items.iter().map(|of| &of.text).collect()),
            ScaleSpec::YesNo | ScaleSpec::Measure { .. } => return,
        };
        group += 1;
        let list = place.key(list);
        for (index, text) in texts.into_iter().enumerate() {
            visit(&list.index(index).key("text"), group, text);
        }
    });
    let questions = Place::ROOT.key("questions");
    for (index, question) in spec.questions.iter().enumerate() {
        visit(&questions.index(index).key("title"), group + 1, &question.title);
    }
}
