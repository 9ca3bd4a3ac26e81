//! The subcommand `ranks`: many units under all weights of the pillars.

use serde_json::Value;

use super::{Folder, assert_golden_of as assert_golden, code, run, stderr, stdout};

const QUAYSIDE: &str = "examples/quayside.json";
const BEFORE: &str = "examples/cli/samples/a_year_before.json";

#[test]
fn the_sample_organisations_are_ranked() {
    assert_golden(&run("ranks", &[]), "examples/cli/expected/ranks.txt", 0);
}

#[test]
fn the_ranks_come_as_json_in_the_order_of_the_files() {
    let output = run("ranks", &["--format", "json", BEFORE, QUAYSIDE]);
    assert_eq!((code(output.status), stderr(&output)), (0, ""));
    let ranks: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(ranks["units"].as_array().unwrap().len(), 2);
    // One pillar is lower than before, and two are as they were.
    let later = &ranks["units"][1];
    assert_eq!(
        (&later["rank"], &later["best"], &later["worst"]),
        (&1.into(), &1.into(), &2.into())
    );
    let (above, below) = (&later["above"][0], &ranks["units"][0]["above"][1]);
    assert!((above.as_f64().unwrap() + below.as_f64().unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(later["above"][1], 0.0);
}

#[test]
fn a_saved_result_is_ranked_like_its_answers() {
    let folder = Folder::new("ranks");
    let saved = folder.write("saved.json", run("assess", &["--format", "json", BEFORE]).stdout);
    // Files are named, and differ.
    let json = |other: &str| {
        let ranks = run("ranks", &["--format", "json", QUAYSIDE, other]);
        assert_eq!(code(ranks.status), 0);
        let mut ranks: Value = serde_json::from_slice(&ranks.stdout).unwrap();
        let files = ranks.as_object_mut().unwrap().remove("files").unwrap();
        assert_eq!(files, serde_json::json!([QUAYSIDE, other]));
        ranks
    };
    assert_eq!(json(BEFORE), json(&saved));
}

#[test]
fn more_than_ten_are_shown_without_their_pairs() {
    let ten = run("ranks", &[QUAYSIDE; 10]);
    let eleven = run("ranks", &[QUAYSIDE; 11]);
    assert!(stdout(&ten).contains("The share of all weightings"), "{}", stdout(&ten));
    assert!(!stdout(&eleven).contains("The share of all weightings"), "{}", stdout(&eleven));
    assert!(stdout(&eleven).ends_with("--format json\n"), "{}", stdout(&eleven));
}

#[test]
fn every_file_that_cannot_be_ranked_is_named() {
    let folder = Folder::new("ranks_refused");
    let empty = folder.write("empty.json", "{}");
    let pulse = ["--questionnaire", "pulse", "--format", "json"];
    let other = folder.write("pulse.json", run("assess", &pulse).stdout);
    let refused = run("ranks", &[QUAYSIDE, &empty, &other]);
    assert_eq!((code(refused.status), stdout(&refused)), (1, ""));
    let lines: Vec<&str> = stderr(&refused).lines().collect();
    let faults =
        ["unit 2 cannot be ranked without a score", "unit 3 cannot be ranked: a result of"];
    assert_eq!(lines.len(), 2, "{lines:?}");
    for ((line, file), fault) in lines.iter().zip([&empty, &other]).zip(faults) {
        assert!(line.starts_with(&format!("{file}: error: {fault}")), "{line}");
    }

    let bad = folder.write("bad.json", "{ \"vision_standards\": 9 }");
    let gone = "examples/cli/samples/gone.json";
    let refused = run("ranks", &[&bad, QUAYSIDE, gone]);
    assert_eq!((code(refused.status), stdout(&refused)), (1, ""));
    assert!(stderr(&refused).starts_with(&format!("{bad}:1:23: error[")), "{}", stderr(&refused));
    assert!(stderr(&refused).lines().any(|line| line.contains(gone)), "{}", stderr(&refused));
}
