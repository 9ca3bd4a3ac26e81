//! The rooms of the crate: a module uses only modules of lower rows, its parent and its children.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The modules of each row, lowest first; a reader meets them in this order.
const ROWS: [&[&str]; 9] = [
    &["names", "number", "pillar", "stage", "text", "date"],
    &["diagnostic"],
    &["document"],
    &["questionnaire"],
    &["answers"],
    &["assessment"],
    &["raises"],
    &["outlook", "roadmap", "compare", "migration", "robustness", "statistics", "cohort"],
    &["report"],
];

/// Names and their texts are what the other small types are made of.
const FOUNDATION: &str = "names";

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The room that a file belongs to: `src/document/node.rs` is in `document`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_str()
        .unwrap()
        .trim_end_matches(".rs")
        .to_owned()
}

/// The rooms that a source text names by `crate::`.
fn uses(source: &str) -> Vec<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join("\n");
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    code.split("crate::").skip(1).map(name).collect()
}

#[test]
fn no_module_uses_one_of_its_own_or_a_higher_row() {
    let rows: BTreeMap<&str, usize> = ROWS
        .iter()
        .enumerate()
        .flat_map(|(row, rooms)| rooms.iter().map(move |room| (*room, row)))
        .collect();
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let mut faults = Vec::new();
    let mut edges = 0;
    for path in paths {
        let from = room(&path);
        if from == "lib" {
            continue;
        }
        let row = *rows.get(from.as_str()).unwrap_or_else(|| panic!("{from} is in no row"));
        for to in uses(&std::fs::read_to_string(&path).unwrap()) {
            if to == from {
                continue;
            }
            edges += 1;
            match rows.get(to.as_str()) {
                Some(below) if *below < row || to == FOUNDATION => {}
                Some(_) => faults.push(format!("{} uses {to}", path.display())),
                None => {
                    faults.push(format!("{} uses `crate::{to}`, which is no room", path.display()));
                }
            }
        }
    }
    assert!(edges > 50, "only {edges} uses were found: the test does not see the code");
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_library_declares_its_modules_in_the_order_of_the_rows_and_holds_no_logic() {
    let lib =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let rows: Vec<&str> = ROWS.concat();
    assert_eq!(declared, rows);
    let logic = lib.lines().find(|line| {
        ["fn ", "struct ", "enum ", "impl "].iter().any(|word| line.starts_with(word))
    });
    assert_eq!(logic, None);
}
