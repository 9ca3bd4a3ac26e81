//! Outputs that are kept, in `tests/golden`. `UPDATE_GOLDEN=1 cargo test` rewrites them; look at
//! the difference before it is committed.

use std::collections::BTreeSet;
use std::fs;

use super::support::here;

/// That `text` is what `tests/golden` keeps under that name.
#[track_caller]
pub(crate) fn golden(name: &str, text: &str) {
    kept_at(&format!("tests/golden/{name}"), text);
}

/// That `text` is what the file at `path` keeps.
#[track_caller]
pub(crate) fn kept_at(path: &str, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(here(path), text).unwrap();
    }
    let kept = fs::read_to_string(here(path)).unwrap_or_default();
    if let Some(difference) = difference(&kept, text) {
        panic!("{path} (UPDATE_GOLDEN=1 rewrites it): {difference}");
    }
}

/// The first line in which two texts differ.
fn difference(kept: &str, found: &str) -> Option<String> {
    if kept == found {
        return None;
    }
    let (mut kept, mut found) = (kept.split('\n'), found.split('\n'));
    let lines = kept.clone().count().max(found.clone().count());
    let differing =
        (1..=lines).map(|line| (line, kept.next(), found.next())).find(|(_, k, f)| k != f);
    let (line, kept, found) = differing?;
    let shown = |line: Option<&str>| line.map_or("the end".to_owned(), |line| format!("{line:?}"));
    Some(format!("line {line}\n   kept: {}\n  found: {}", shown(kept), shown(found)))
}

/// That every form in both languages is what is kept as `name.language.end`, and that no other is.
#[track_caller]
pub(crate) fn golden_forms(
    name: &str,
    forms: impl Fn(&'static str) -> Vec<(&'static str, String)>,
) {
    let mut written = BTreeSet::new();
    for language in ["en", "de"] {
        for (end, text) in forms(language) {
            let file = format!("{name}.{language}.{end}");
            golden(&file, &text);
            written.insert(file);
        }
    }
    let kept: BTreeSet<String> =
        files().into_iter().filter(|file| file.split('.').next() == Some(name)).collect();
    assert_eq!(kept, written, "files that are kept, and those that are written");
}

fn files() -> Vec<String> {
    let files = fs::read_dir(here("tests/golden")).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// Forms of one name are held by `golden_forms`; this holds the names.
#[test]
fn every_kept_output_is_named_by_a_test() {
    let tests = fs::read_dir(here("tests")).unwrap().map(|entry| entry.unwrap().path());
    let tests: String = tests
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let named = |file: &String| {
        let name = file.split('.').next().unwrap_or_default();
        tests.contains(&format!("\"{name}\"")) || tests.contains(&format!("\"{file}\""))
    };
    let orphans: Vec<String> = files().into_iter().filter(|file| !named(file)).collect();
    assert_eq!(orphans, Vec::<String>::new());
}

#[test]
fn the_first_line_that_differs_is_told() {
    assert_eq!(difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(difference("a\nb\n", "a\nc\n").unwrap(), "line 2\n   kept: \"b\"\n  found: \"c\"");
    assert_eq!(difference("a\nb\n", "a\nb").unwrap(), "line 3\n   kept: \"\"\n  found: the end");
}
