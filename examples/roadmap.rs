//! From a result to what to do: what is still open, the exact cheapest way up, and a page to send.
//!
//! ```text
//! cargo run --example roadmap
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use digital_maturity::{Questionnaire, Stage};

/// Answers of a sample organisation, as a web form or a survey tool would send them.
const ANSWERS: &str = include_str!("quayside.json");

fn main() -> Result<(), Box<dyn Error>> {
    let questionnaire = Questionnaire::dcx();
    let sheet = questionnaire.read_json(ANSWERS)?;

    // What can the open answers still make of it?
    let outlook = sheet.outlook();
    if let Some(bounds) = outlook.overall {
        println!("{} open: from {} to {}", outlook.open.len(), bounds.lowest, bounds.highest);
    }

    // The answers whose improvement moves the overall most.
    for advice in sheet.advice().iter().take(3) {
        let gain = advice.full.unwrap_or_default();
        println!("up to +{}: {}", gain, advice.question.title().as_str());
    }

    // The least effort that reaches a stage: exact, not greedy.
    let roadmap = sheet.roadmap(Stage::Platform)?;
    match (roadmap.plan(), roadmap.unreachable()) {
        (Some(plan), _) => {
            println!("\n{} steps to Platform, effort {}:", plan.steps.len(), plan.effort);
            for step in &plan.steps {
                println!("  {}: {:?} to {:?}", step.question, step.from, step.to);
            }
        }
        (None, Some(why)) => println!("\nno way to Platform: {why}"),
        (None, None) => {}
    }

    // What would one change do by itself?
    let effect = sheet.what_if("lead_time", 1)?;
    println!("\nlead_time at 1: {:?}", effect.gain());
    Ok(())
}
