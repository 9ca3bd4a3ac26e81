//! The files of `tests/exports`, read as its README says.

use digital_maturity::survey::{Decimal, Export, Options, Others};
use digital_maturity::{Answer, Questionnaire, Responses};

use super::{Case, R1, R2, R3, door, from_one};
use crate::support::{here, lines};

pub(super) fn questionnaire(name: &str) -> Questionnaire {
    let text = std::fs::read_to_string(here("tests/exports").join(name)).unwrap();
    Questionnaire::from_json(&text).unwrap()
}

pub(super) fn shopcheck() -> Questionnaire {
    questionnaire("shopcheck.json")
}

#[track_caller]
fn check(of: &Questionnaire, file: &str, options: Options, rows: &[String], says: &[&str]) {
    let content = std::fs::read(here("tests/exports").join(file)).unwrap();
    Case { name: file, questionnaire: of, file: &content, options, rows, says }.check();
}

fn ignoring_others(export: Export) -> Options {
    Options { others: Others::Ignore, ..Options::of(export) }
}

#[test]
fn microsoft_forms_ends_each_entry_with_a_semicolon() {
    let (file, of) = ("microsoft_forms.csv", shopcheck());
    let options = Options::of(Export::MicrosoftForms);
    check(&of, file, options, &from_one(&[R1, R2, R3, "bad"]), &["error*drone delivery"]);
    let fourth = "0.3875 (0.75, 0.425, 0.125, 0.25)";
    let options = ignoring_others(Export::MicrosoftForms);
    check(&of, file, options, &from_one(&[R1, R2, R3, fourth]), &[]);
}

#[test]
fn kobo_joins_ids_with_blanks_and_has_a_column_an_item_beside() {
    let options = Options::of(Export::Kobo);
    check(&shopcheck(), "kobo.csv", options, &from_one(&[R1, R2, R3]), &[]);
}

#[test]
fn redcap_writes_0_where_nobody_was_asked() {
    let rows = from_one(&[R1, R2, "- (0.875, 0.55, 0.875, -)", "- (1, 0.875, 1, -)"]);
    let says = ["note*2*channels"];
    check(&shopcheck(), "redcap_raw.csv", Options::of(Export::Redcap), &rows, &says);
}

#[test]
fn a_german_file_has_decimal_commas_points_for_thousands_and_words_of_its_own() {
    let options = Options {
        delimiter: Some(b';'),
        decimal: Decimal::Comma,
        ..Options::of(Export::GoogleForms)
    };
    let rows = [R1, R2, "0.125 (0.125, 0, 0.25, 0.125)", "0.25 (0.625, 0, 0.25, 0.125)"];
    check(&shopcheck(), "german.csv", options, &from_one(&rows), &[]);
}

#[test]
fn qualtrics_has_three_rows_of_header_codes_of_its_own_and_rows_that_are_no_respondents() {
    let of = shopcheck();
    let json = std::fs::read_to_string(here("tests/exports/qualtrics_codes.json")).unwrap();
    let codes = || door::codes(&json, &of);
    let rows = |third: &str| [format!("2: {R1}"), format!("3: {R2}"), format!("4: {third}")];
    let options = Options { codes: codes(), ..Options::of(Export::Qualtrics) };
    let says = ["error*9", "note"];
    check(&of, "qualtrics_values.csv", options, &rows("bad"), &says);
    let options = Options { codes: codes(), ..ignoring_others(Export::Qualtrics) };
    check(&of, "qualtrics_values.csv", options, &rows(R3), &["note"]);
}

#[test]
fn surveymonkey_has_the_title_over_the_first_of_a_questions_columns() {
    let (file, of) = ("surveymonkey.csv", shopcheck());
    let options = Options::of(Export::SurveyMonkey);
    check(&of, file, options, &from_one(&[R1, R2, "bad"]), &["error*a van"]);
    let options = ignoring_others(Export::SurveyMonkey);
    check(&of, file, options, &from_one(&[R1, R2, R3]), &[]);
}

#[test]
fn texts_that_are_numbers_are_texts_where_the_tool_writes_texts() {
    let of = questionnaire("numeric_labels.json");
    let third = "0.333333333";
    let two = "0.666666667";
    let rows = [
        "0 (0, 0, 0, 0)".to_owned(),
        format!("0.3125 ({third}, {third}, 0.25, {third})"),
        format!("0.6875 ({two}, {two}, 0.75, {two})"),
        "1 (1, 1, 1, 1)".to_owned(),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let options = Options::of(Export::GoogleForms);
    check(&of, "numeric_labels.csv", options, &from_one(&rows), &[]);
}

#[test]
fn items_that_have_commas_are_cut_where_they_fit_and_reported_where_there_are_two_ways() {
    let of = questionnaire("comma_items.json");
    // One of five items is 0.2. One pillar counts; the other three have no question.
    let (one, two) = ("0.2 (0.2, -, -, -)", "0.4 (0.4, -, -, -)");
    let rows = from_one(&["bad", two, one, two, two, two, two, one]);
    let options = Options::of(Export::GoogleForms);
    check(&of, "comma_items.csv", options, &rows, &["error*Logs, metrics"]);
    let mistakes = digital_maturity::testing::exportable(&of).unwrap_err();
    assert!(mistakes.iter().any(|line| line.contains("Logs, metrics")), "{mistakes}");
}

#[test]
fn blanks_at_the_ends_of_texts_lose_nothing() {
    let of = questionnaire("trailing_space.json");
    let rows = [R1, "0.875 (1, 0.875, 1, 0.625)", "0.84375 (1, 0.875, 1, 0.5)"];
    let says = ["warning*Respondent"];
    check(&of, "trailing_space.csv", Options::default(), &from_one(&rows), &says);
}

/// The overall, and what was said.
fn leniently(file: &str) -> Result<(String, Vec<String>), Vec<String>> {
    let text = std::fs::read_to_string(here("tests/exports").join(file)).unwrap();
    let responses = Responses::from_json(&text).unwrap();
    let of = shopcheck();
    let sheet = of.read_lenient(&responses).map_err(|errors| lines(&errors))?;
    let assessment = sheet.assess();
    assert_eq!(sheet.answer("lead"), Some(Answer::Whole(12)));
    let pillar = |pillar| assessment.pillars()[pillar].standing.score();
    Ok((super::line(1, assessment.score(), pillar), lines(sheet.warnings())))
}

#[test]
fn records_in_json_are_read_leniently() {
    let (line, _) = leniently("lenient_redcap.json").unwrap();
    assert_eq!(line, "1: 0.55625 (0.875, 0.6, 0.375, 0.375)");
    let (line, warnings) = leniently("lenient_surveyjs.json").unwrap();
    assert_eq!((&*line, warnings.len()), ("1: 0.54375 (0.875, 0.55, 0.375, 0.375)", 0));
    // Either the four answers of the matrix are taken, or their loss is an error that names them.
    match leniently("lenient_matrix.json") {
        Ok((line, _)) => assert_eq!(line, "1: 0.6375 (0.875, 0.55, 0.875, 0.25)"),
        Err(errors) => {
            let said = errors.join("\n");
            for name in ["frequency", "plan", "review", "trial", "stock"] {
                assert!(said.contains(name), "{said}");
            }
        }
    }
}
