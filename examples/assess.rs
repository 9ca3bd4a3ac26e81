//! Scores a sample organisation and says what its answers amount to.
//!
//! ```text
//! cargo run --example assess
//! ```
//!
//! The whole way in four lines: a questionnaire, answers, a result, and words for it.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use digital_maturity::Questionnaire;

/// What a web form or a survey tool sends: one JSON object, question by question.
const ANSWERS: &str = include_str!("quayside.json");

fn main() -> Result<(), Box<dyn Error>> {
    let questionnaire = Questionnaire::dcx();
    let sheet = questionnaire.read_json(ANSWERS)?;
    let assessment = sheet.assess();
    print!("{}", assessment.report().digest());
    Ok(())
}
