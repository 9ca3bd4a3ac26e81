//! A study of many respondents: columns in, table 1 and the reliability of a scale out.
//!
//! ```text
//! cargo run --example study
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use digital_maturity::cohort::Column;
use digital_maturity::statistics::{Deletion, Ratings, Reliability};
use digital_maturity::{Cohort, Pillar, Questionnaire, Stage};

fn main() -> Result<(), Box<dyn Error>> {
    let pulse = Questionnaire::dcx_pulse();

    // One column a question, a row a respondent: choices by their value, 255 for no answer. Made up
    // here; a file, a data frame or a database gives the same columns.
    let rows = 200_usize;
    let answer = |question: usize, row: usize| {
        let level = (row % 5 + usize::from((row / 5 + question) % 3 == 0)).min(4);
        if (row + question) % 41 == 0 { 255 } else { u8::try_from(level + 1).unwrap_or(1) }
    };
    let columns: Vec<Vec<u8>> =
        (0..12).map(|question| (0..rows).map(|row| answer(question, row)).collect()).collect();
    let columns = pulse.questions().zip(&columns);
    let columns = columns.map(|(question, answers)| Column::new(question.id(), answers).by_value());

    // A cell that means nothing spoils its own row alone, and is reported.
    let cohort = Cohort::new(pulse, columns)?;
    println!("{} respondents, {} with bad cells", cohort.rows(), cohort.bad_rows());

    let scores = cohort.score();
    let summary = scores.summary();
    for stage in Stage::ALL {
        println!("{:<12}{:>5}", stage.name(), summary.stages().at[stage]);
    }
    for (pillar, scores) in summary.pillars().iter() {
        let (mean, sd) = (scores.mean().unwrap_or_default(), scores.standard_deviation());
        println!("{:<28}{:>6.3} ({:.3})", pillar.name(), mean.to_f64(), sd.unwrap_or_default());
    }

    // Do the questions of a pillar measure one thing?
    let mut items = Vec::new();
    cohort.credits(|_, credits| {
        let of_pillar = pulse.questions().zip(credits);
        let of_pillar = of_pillar.filter(|(q, _)| q.pillar() == Pillar::AgileApproach);
        items.push(of_pillar.map(|(_, credit)| *credit).collect::<Vec<_>>());
    });
    let reliability = Reliability::new(&Ratings::from_rows(items)?, Deletion::Listwise);
    println!("agile approach: alpha {:.3}, n = {}", reliability.alpha, reliability.n);
    Ok(())
}
