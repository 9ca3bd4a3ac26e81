//! `cohort`, `validate` and `assess --lenient` on the files of `tests/exports`: what its README says
//! is right.

use std::fs;

use super::{Folder, code, program, stderr, stdout};

const R1: &str = "hubs,0.66875,0.875,0.55,0.875,0.375";
const R2: &str = "native,0.9375,1,0.875,1,0.875";
const R3: &str = "traditional,0.15,0.125,0.1,0.25,0.125";

/// What `cohort` makes of a file of `tests/exports` with these options: the rows with their scores,
/// and what it says, but for remarks about the questionnaire and notes.
#[track_caller]
fn cohort(file: &str, options: &str) -> (Vec<String>, Vec<String>) {
    let folder = Folder::new(&format!("exports-{file}-{}", options.len()));
    let out = folder.path("scores.csv");
    let options = options.split_whitespace().map(|option| option.trim_matches('\''));
    let output = program("cohort")
        .current_dir(super::root().join("tests/exports"))
        .args(options)
        .args(["--out", &out, file])
        .output()
        .expect("the program starts");
    assert_eq!(code(output.status), 0, "{}", stderr(&output));
    let scores = fs::read_to_string(&out).unwrap();
    let said = stderr(&output).lines().filter(|line| line.starts_with(file));
    let said = said.filter(|line| line.contains("warning") || line.contains("error"));
    (scores.lines().skip(1).map(str::to_owned).collect(), said.map(str::to_owned).collect())
}

/// That the rows are these, from 1, and that nothing is said but what holds these words.
#[track_caller]
fn check(file: &str, options: &str, rows: &[&str], says: &[&str]) {
    let numbered: Vec<String> =
        rows.iter().zip(1..).map(|(row, number)| format!("{number},{row}")).collect();
    check_numbered(file, options, &numbered, says);
}

#[track_caller]
fn check_numbered(file: &str, options: &str, rows: &[String], says: &[&str]) {
    let (found, said) = cohort(file, options);
    assert_eq!(found, rows, "{file} {options}: {said:#?}");
    assert_eq!(said.len(), says.len(), "{file} {options}: {said:#?}");
    for (line, words) in said.iter().zip(says) {
        assert!(line.contains(words), "{file} {options}: {said:#?}");
    }
}

const BAD: &str = "bad,,,,,";
const SHOP: &str = "--questionnaire shopcheck.yaml";

#[test]
fn texts_of_microsoft_forms() {
    let options = format!("{SHOP} --export microsoft-forms");
    check("microsoft_forms.csv", &options, &[R1, R2, R3, BAD], &["drone delivery"]);
    let fourth = "bridge,0.3875,0.75,0.425,0.125,0.25";
    let options = format!("{options} --other ignore");
    check("microsoft_forms.csv", &options, &[R1, R2, R3, fourth], &[]);
}

#[test]
fn ids_of_kobo() {
    check("kobo.csv", &format!("{SHOP} --export kobo"), &[R1, R2, R3], &[]);
}

#[test]
fn numbers_of_redcap() {
    let (third, fourth) = ("not_scorable,,0.875,0.55,0.875,", "not_scorable,,1,0.875,1,");
    let options = format!("{SHOP} --export redcap");
    check("redcap_raw.csv", &options, &[R1, R2, third, fourth], &[]);
}

#[test]
fn a_german_sheet() {
    let options = format!("{SHOP} --export google-forms --delimiter ';' --decimal ,");
    let rows = [R1, R2, "traditional,0.125,0.125,0,0.25,0.125", "bridge,0.25,0.625,0,0.25,0.125"];
    check("german.csv", &options, &rows, &[]);
}

#[test]
fn codes_of_qualtrics() {
    let options = format!("{SHOP} --export qualtrics --codes qualtrics_codes.yaml");
    let rows = |third: &str| [format!("2,{R1}"), format!("3,{R2}"), format!("4,{third}")];
    check_numbered("qualtrics_values.csv", &options, &rows(BAD), &["9"]);
    let options = format!("{options} --other ignore");
    check_numbered("qualtrics_values.csv", &options, &rows(R3), &[]);
}

#[test]
fn two_rows_of_header_of_surveymonkey() {
    let options = format!("{SHOP} --export surveymonkey");
    check("surveymonkey.csv", &options, &[R1, R2, BAD], &["a van"]);
    check("surveymonkey.csv", &format!("{options} --other ignore"), &[R1, R2, R3], &[]);
}

#[test]
fn texts_that_are_numbers() {
    let (third, two) = ("0.333333333", "0.666666667");
    let second = format!("bridge,0.3125,{third},{third},0.25,{third}");
    let third = format!("platform,0.6875,{two},{two},0.75,{two}");
    let rows = ["traditional,0,0,0,0,0", &second, &third, "native,1,1,1,1,1"];
    let options = "--questionnaire numeric_labels.yaml --export google-forms";
    check("numeric_labels.csv", options, &rows, &[]);
}

#[test]
fn items_that_have_commas() {
    let (one, two) = ("bridge,0.2,0.2,,,", "hubs,0.4,0.4,,,");
    let rows = [BAD, two, one, two, two, two, two, one];
    let options = "--questionnaire comma_items.yaml --export google-forms";
    check("comma_items.csv", options, &rows, &["Logs, metrics"]);
}

#[test]
fn blanks_at_the_ends_of_texts() {
    let rows = [R1, "native,0.875,1,0.875,1,0.625", "platform,0.84375,1,0.875,1,0.5"];
    check("trailing_space.csv", "--questionnaire trailing_space.yaml", &rows, &["Respondent"]);
}

/// What `validate` says of a questionnaire of `tests/exports`.
fn validated(file: &str) -> String {
    let output = super::run("validate", &[&format!("tests/exports/{file}")]);
    assert_eq!(code(output.status), 0, "{}", stderr(&output));
    stdout(&output).to_owned() + stderr(&output)
}

#[test]
fn validate_warns_of_questionnaires_that_no_export_can_tell_apart() {
    for (file, words) in [
        ("comma_items.yaml", "Logs, metrics"),
        ("trailing_space.yaml", "Always "),
        ("trailing_space.yaml", "Web "),
        ("trailing_space.yaml", "Is stock live? "),
        ("numeric_labels.yaml", "`1`"),
    ] {
        let said = validated(file);
        let warned = said.lines().any(|line| line.contains("warning") && line.contains(words));
        assert!(warned, "{file}, {words}: {said}");
    }
    let said = validated("shopcheck.yaml");
    assert!(said.contains("0 warnings"), "{said}");
}

#[test]
fn the_questionnaires_in_json_are_those_in_yaml() {
    for name in ["shopcheck", "comma_items", "numeric_labels", "trailing_space"] {
        let [one, other] = ["yaml", "json"].map(|form| {
            let said = validated(&format!("{name}.{form}"));
            let (_, fingerprint) = said.split_once("fingerprint ").unwrap();
            fingerprint.split(',').next().unwrap().to_owned()
        });
        assert_eq!(one, other, "{name}");
    }
}

#[test]
fn records_in_json() {
    let assess = |file: &str| {
        let file = format!("tests/exports/{file}");
        let shop = "tests/exports/shopcheck.yaml";
        super::run("assess", &["--lenient", "--format", "json", "--questionnaire", shop, &file])
    };
    for (file, overall) in [("lenient_redcap.json", 0.55625), ("lenient_surveyjs.json", 0.54375)] {
        let output = assess(file);
        let result: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(result["overall"]["score"], overall, "{file}: {}", stderr(&output));
    }
    let output = assess("lenient_matrix.json");
    if output.status.success() {
        let result: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(result["overall"]["score"], 0.6375);
    } else {
        for name in ["frequency", "plan", "review", "trial", "stock"] {
            assert!(stderr(&output).contains(name), "{}", stderr(&output));
        }
    }
}
