//! Rows of short cells are taken many cells at a time where nothing else is to be known of them, and row after
//! row where all columns are read alike. Whoever asks for a column to be carried has them taken one by one: both
//! say the same.

use digital_maturity::survey::Options;
use digital_maturity::{Pillar, Questionnaire};
use proptest::prelude::*;

use super::door::read;

/// So many questions, with the same choices or every third of them a yes or no.
fn questionnaire(questions: usize, alike: bool) -> Questionnaire {
    let choices = r#"{ "kind": "choice", "choices": [
        { "value": 1, "text": "one" }, { "value": 2, "text": "two" }, { "value": 9, "text": "-" }] }"#;
    let question = |at: usize| {
        let pillar = Pillar::ALL[at % 4];
        let scale = if at % 3 == 2 && !alike { r#"{ "kind": "yes_no" }"# } else { choices };
        format!(
            r#"{{ "id": "q{at}", "pillar": "{pillar}", "title": "Number {at}?", "scale": {scale} }}"#
        )
    };
    let questions: Vec<String> = (0..questions).map(question).collect();
    let json = format!(
        r#"{{ "schema": 1, "id": "quick", "version": "1.0.0", "title": "Quick", "questions": [{}] }}"#,
        questions.join(",")
    );
    Questionnaire::from_json(&json).unwrap_or_else(|errors| panic!("{errors}"))
}

fn check(questions: usize, alike: bool, body: &str) -> Result<(), TestCaseError> {
    let questionnaire = questionnaire(questions, alike);
    let names: Vec<String> = (0..questions).map(|at| format!("q{at}")).collect();
    let file = format!("{}\n{body}", names.join(","));
    let of = |carried: &[&str]| {
        let carried = carried.iter().map(ToString::to_string).collect();
        let options = Options { carried, ..Options::default() };
        read(&questionnaire, file.as_bytes(), &options).map(|heard| (heard.rows, heard.said))
    };
    prop_assert_eq!(of(&[]), of(&["q0"]), "{:?}", file);
    Ok(())
}

proptest! {
    #[test]
    fn rows_taken_together_are_what_they_are_one_by_one(
        questions in 4_usize..12,
        alike in any::<bool>(),
        times in prop_oneof![Just(1), Just(17)],
        rows in prop::collection::vec(
            prop::collection::vec(
                prop_oneof![
                    12 => "[1290yn]",
                    4 => Just(String::new()),
                    1 => "[-3x ;\t]",
                    1 => prop_oneof![Just("two"), Just("01"), Just(" 1"), Just("\"2\""), Just("\",\"")]
                        .prop_map(str::to_owned),
                ],
                12,
            ),
            1..12,
        ),
        ends in prop::collection::vec(
            prop_oneof![12 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\n\n"), 1 => Just("\r"), 1 => Just(",\n")],
            12,
        ),
        short in prop::collection::vec(0_usize..20, 12),
    ) {
        let mut body = String::new();
        for ((cells, end), short) in rows.iter().zip(ends).zip(short) {
            // One of twenty rows lacks a cell.
            let cells = &cells[..questions - usize::from(short == 0)];
            body.push_str(&cells.join(","));
            body.push_str(end);
        }
        check(questions, alike, &body.repeat(times))?;
    }
}

#[test]
fn a_blank_line_is_no_row_where_the_file_has_one_column_either() {
    let heard = read(&questionnaire(4, true), b"q0\n\n1\n\n2\n\n", &Options::default()).unwrap();
    assert_eq!(heard.rows.len(), 2);
}
