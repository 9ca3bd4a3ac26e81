//! Outputs that are kept, in `tests/golden`. `UPDATE_GOLDEN=1 cargo test` rewrites them; look at
//! the difference before it is committed.

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
    let (kept, found) = (|| kept.split('\n'), || found.split('\n'));
    let same = kept().zip(found()).take_while(|(kept, found)| kept == found).count();
    let shown = |line: Option<&str>| line.map_or("the end".to_owned(), |line| format!("{line:?}"));
    let (kept, found) = (shown(kept().nth(same)), shown(found().nth(same)));
    Some(format!("line {}\n   kept: {kept}\n  found: {found}", same + 1))
}

/// The ends of the names of what a report or page is kept as; a digest, say, has its own test.
const FORMS: [&str; 6] = ["txt", "md", "html", "radar.svg", "ladder.svg", "families.svg"];

/// That every form in both languages is what is kept as `name.language.end`, and that no form is
/// kept that is not written.
#[track_caller]
pub(crate) fn golden_forms(
    name: &str,
    forms: impl Fn(&'static str) -> Vec<(&'static str, String)>,
) {
    for language in ["en", "de"] {
        let forms = forms(language);
        for (end, text) in &forms {
            golden(&format!("{name}.{language}.{end}"), text);
        }
        for end in FORMS.iter().filter(|end| !forms.iter().any(|(written, _)| written == *end)) {
            let path = format!("tests/golden/{name}.{language}.{end}");
            assert!(!here(&path).exists(), "{path} is kept, and no test writes it");
        }
    }
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
