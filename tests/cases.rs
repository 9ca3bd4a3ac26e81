//! Answers of readers to `dcx` about organisations that they had only read of: what `tests/cases/README.md`
//! says of them.

use std::fs;

use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Answer, AnswerSheet, AnswerState, Questionnaire};

use super::support::here;

fn sheets(case: &str, readers: &[&str]) -> Vec<AnswerSheet> {
    let read = |reader: &&str| {
        let path = here(&format!("tests/cases/answers/{case}.{reader}.json"));
        Questionnaire::dcx().read_json(&fs::read_to_string(path).unwrap()).unwrap()
    };
    readers.iter().map(read).collect()
}

/// Of each two readers and each question with choices: how many agree, are within one, and are in all.
fn agreement(cases: [&str; 3], readers: &[&str]) -> (usize, usize, usize) {
    let (mut alike, mut near, mut all) = (0, 0, 0);
    for case in cases {
        let sheets = sheets(case, readers);
        for (at, one) in sheets.iter().enumerate() {
            for other in &sheets[at + 1..] {
                for question in Questionnaire::dcx().questions() {
                    let ScaleSpec::Choice { choices } = question.scale() else { continue };
                    let place = |sheet: &AnswerSheet| match sheet.answer(question.id()) {
                        Some(Answer::Whole(value)) => {
                            choices.iter().position(|choice| choice.value == value)
                        }
                        _ => None,
                    };
                    let same = one.answer(question.id()) == other.answer(question.id());
                    let within =
                        place(one).zip(place(other)).is_some_and(|(a, b)| a.abs_diff(b) <= 1);
                    alike += usize::from(same);
                    near += usize::from(same || within);
                    all += 1;
                }
            }
        }
    }
    (alike, near, all)
}

#[test]
fn readers_agree_as_is_written_down() {
    let first = agreement(["mill", "townhall", "insurer"], &["e1", "e2", "g1", "g2"]);
    assert_eq!(first, (738, 738, 738));
    let apart = ["clinic", "bakery", "carrier"];
    let last = agreement(apart, &["e1", "e2", "e3", "g1", "g2", "g3"]);
    assert_eq!(last, (1829, 1837, 1845));
    assert_eq!(agreement(apart, &["e1", "e2", "e3"]), (369, 369, 369));
    assert_eq!(agreement(apart, &["g1", "g2", "g3"]), (365, 367, 369));
    let fresh = ["hotel", "university", "wholesaler"];
    let all = agreement(fresh, &["author", "e1", "e2", "e3", "g1", "g2", "g3"]);
    assert_eq!(all, (41 * 3 * 21, 41 * 3 * 21, 41 * 3 * 21));
}

#[test]
fn no_reader_knew_nothing_and_every_case_can_be_scored() {
    let first = ["mill", "townhall", "insurer", "clinic", "bakery", "carrier"];
    for case in first.into_iter().chain(["hotel", "university", "wholesaler"]) {
        for sheet in sheets(case, &["author", "e1", "e2", "g1", "g2"]) {
            for question in Questionnaire::dcx().questions() {
                let state = sheet.state(question.id()).unwrap();
                let is_known = matches!(state, AnswerState::Answered | AnswerState::NotApplicable);
                assert!(is_known, "{case}, {}: {state}", question.id());
            }
            assert!(sheet.assess().score().is_some(), "{case}");
        }
    }
}
