//! What many of the tests need.

use std::path::{Path, PathBuf};

use digital_maturity::Diagnostic;

/// A path in the folder of this package.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A number that is set from outside, or `otherwise`: `REFERENCE_CASES`, `REFERENCE_SEED`,
/// `OUTLOOK_CASES` and `ROADMAP_CASES`, of random documents that are tried, `NEAR_TIES` of rows in thousands.
pub(crate) fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a whole number"))
}

/// Each finding as it displays, without its place in the text: that is tried apart.
pub(crate) fn lines<'f>(report: impl IntoIterator<Item = &'f Diagnostic>) -> Vec<String> {
    let line = |finding: &Diagnostic| {
        let line = finding.to_string();
        match finding.position() {
            Some(position) => line.strip_prefix(&format!("{position}: ")).unwrap().to_owned(),
            None => line,
        }
    };
    report.into_iter().map(line).collect()
}
