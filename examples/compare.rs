//! Two results side by side: what changed, what explains it, and how firm the new stage is.
//!
//! ```text
//! cargo run --example compare
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use digital_maturity::compare::{Comparison, History};
use digital_maturity::{Date, Questionnaire, Record, Stage};

fn main() -> Result<(), Box<dyn Error>> {
    let questionnaire = Questionnaire::dcx_pulse();
    let mut sheet = questionnaire.sheet();
    for question in questionnaire.questions() {
        sheet.set(question.id(), 3)?;
    }
    let before = sheet.set_taken(Date::new(2025, 11, 20)?).assess();

    // A result is kept as JSON (or in any serde format) and read back, checked.
    let saved = serde_json::to_string(&before)?;
    let before = Record::from_json(&saved)?;

    sheet.set("journey_owner", 5)?.set("case_view", 5)?.set("data_home", 4)?;
    let after = sheet.set_taken(Date::new(2026, 11, 23)?).assess();

    // Fresh and stored results serve alike; contributions explain the change to the last billionth.
    let comparison = Comparison::new(&before, &after)?;
    println!("overall {:+}", comparison.overall().delta.unwrap_or_default());
    for (id, change) in comparison.changed_questions() {
        println!("  {id}: {:+}", change.explains.unwrap_or_default());
    }

    let history = History::new(&[before, after.record().clone()])?;
    for point in &history.overall().points {
        println!("{}: {}", point.taken, point.score.unwrap_or_default());
    }

    // Would other weights of the pillars lead to another stage?
    let robustness = after.robustness();
    for stage in Stage::ALL {
        println!("{stage}: {:.3} of all weightings", robustness.share(stage).unwrap_or_default());
    }
    Ok(())
}
