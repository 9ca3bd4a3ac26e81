//! `cohort` draws its pictures.

use std::fs;

use super::cohort_csv::run;
use super::{Folder, stdout};

#[test]
fn each_picture_is_drawn_of_the_sample() {
    let pictures = [
        ("spread", "How overall scores are spread"),
        ("boxes", "Scores of the pillars by industry"),
        ("heat", "Mean scores of pillars and themes by industry"),
        ("choices", "Answers to each question"),
        ("trend", "Mean scores by industry"),
    ];
    for (name, title) in pictures {
        let picture = ["--group-by", "industry", "--format", "svg", "--picture", name];
        let output = run(&picture);
        assert_eq!(output.status.code(), Some(0), "{name}");
        let svg = stdout(&output);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{name}");
        assert!(svg.contains(&format!(">{title}</title>")), "{name}");
        let german = run(&[&picture[..], &["--language", "de"]].concat());
        assert!(!stdout(&german).contains(title), "{name}");
    }
    let spread = run(&["--format", "svg", "--picture", "spread"]);
    assert_eq!(stdout(&run(&["--format", "svg"])), stdout(&spread));
}

#[test]
fn a_page_has_the_pictures_that_go_with_its_tables_or_those_that_are_named() {
    for (args, expected) in [
        (&[][..], &["spread", "boxes"][..]),
        (&["--group-by", "industry"], &["spread", "boxes", "heat"]),
        (&["--tables", "items"], &["spread", "boxes", "choices"]),
        (&["--tables", "items", "--picture", "heat"], &["heat"]),
        (&["--group-by", "industry", "--picture", "trend,choices"], &["trend", "choices"]),
    ] {
        let output = run(&[args, &["--format", "html"]].concat());
        let page = stdout(&output);
        let named = page.split("<title id=\"").skip(1);
        let named = named.filter_map(|rest| rest.split("-title\"").next());
        // Long ones come in parts: `heat-1`, `heat-2`.
        let mut named: Vec<&str> = named.filter_map(|name| name.split('-').next()).collect();
        named.dedup();
        assert_eq!(named, expected, "{args:?}");
    }
}

#[test]
fn what_cannot_be_drawn_is_wrong_usage() {
    for args in [
        &["--picture", "spread"][..],
        &["--format", "latex", "--picture", "spread"],
        &["--format", "svg", "--picture", "spread,boxes"],
        &["--format", "svg", "--picture", "trend"],
        &["--format", "svg", "--picture", "radar"],
    ] {
        let output = run(args);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{args:?}");
    }
}

#[test]
fn a_picture_of_answers_changes_nothing_in_the_summary() {
    let folder = Folder::new("pictures");
    let (one, other) = (folder.path("one.json"), folder.path("other.json"));
    run(&["--summary", &one]);
    run(&["--summary", &other, "--format", "svg", "--picture", "choices"]);
    assert_eq!(fs::read_to_string(one).unwrap(), fs::read_to_string(other).unwrap());
}
