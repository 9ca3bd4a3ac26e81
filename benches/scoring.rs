//! What reading and scoring cost.
//!
//! Every figure is the median of many samples, and every ratio is the median of ratios of samples
//! taken in turn, so that it holds when the speed of the machine drifts.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a benchmark prints figures, and stops if it cannot take them"
)]

use std::hint::black_box;
use std::time::Instant;

use digital_maturity::number::UnitWeight;
use digital_maturity::panel::{ConsensusRule, Panel, Voice};
use digital_maturity::portfolio::{Portfolio, Unit};
use digital_maturity::spec::{ChoiceSpec, QuestionSpec, ScaleSpec};
use digital_maturity::{AnswerSheet, Pillar, Questionnaire, QuestionnaireSpec, Stage};

const SAMPLES: usize = 301;

/// Nanoseconds a run, over enough runs that the clock does not matter.
fn time<T>(runs: u32, mut run: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..runs {
        black_box(run());
    }
    start.elapsed().as_nanos() as f64 / f64::from(runs)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// Forty questions of five levels, ten a pillar, with weights from 1 to 3.
fn forty() -> Questionnaire {
    of_questions(40)
}

/// The same of so many.
fn of_questions(number: usize) -> Questionnaire {
    let mut spec = QuestionnaireSpec::new("forty", "1.0.0", "Forty");
    for i in 0..number {
        let choice = |value| ChoiceSpec::new(value, "t");
        let scale = ScaleSpec::Choice { choices: (1..=5).map(choice).collect() };
        let mut question =
            QuestionSpec::new(format!("question_{i:02}"), Pillar::ALL[i * 4 / number], "t", scale);
        question.weight = ["1", "2", "3"][i % 3].parse().unwrap();
        spec.questions.push(question);
    }
    Questionnaire::try_from(spec).unwrap()
}

fn filled(questionnaire: &Questionnaire) -> AnswerSheet {
    let mut sheet = questionnaire.sheet();
    for question in questionnaire.questions() {
        let level = 1 + i32::try_from(question.position() * 7 % 5).unwrap();
        sheet.set(question.id(), level).unwrap();
    }
    sheet
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let samples = if std::env::args().any(|arg| arg == "--bench") { SAMPLES } else { 3 };

    let document = serde_json::to_string(&Questionnaire::dcx_pulse()).unwrap();
    let (mut check, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..samples {
        check.push(time(20, || Questionnaire::from_json(&document).unwrap()));
        plain.push(time(20, || serde_json::from_str::<serde_json::Value>(&document).unwrap()));
    }
    let ratio = check.iter().zip(&plain).map(|(check, plain)| check / plain).collect();
    println!(
        "read and check the built-in questionnaire ({} KB): {:.1} us, {:.2} times serde_json alone",
        document.len() / 1024,
        median(check) / 1e3,
        median(ratio),
    );

    let questionnaire = forty();
    let sheet = filled(&questionnaire);
    let summary = (0..samples).map(|_| time(2000, || black_box(&sheet).summary())).collect();
    println!("summary of one sheet of 40 questions: {:.1} ns", median(summary));
    let assess = (0..samples).map(|_| time(200, || black_box(&sheet).assess())).collect();
    println!("assessment of one sheet of 40 questions: {:.1} ns", median(assess));

    let answers: serde_json::Map<String, serde_json::Value> = questionnaire
        .questions()
        .map(|q| (q.id().to_owned(), serde_json::to_value(sheet.answer(q.id()).unwrap()).unwrap()))
        .collect();
    let answers = serde_json::to_string(&answers).unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..samples {
        ours.push(time(200, || questionnaire.read_json(&answers).unwrap().assess()));
        theirs.push(time(200, || {
            serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&answers).unwrap()
        }));
    }
    let ratio = ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs).collect();
    println!(
        "JSON answers to assessment: {:.2} us, {:.2} times serde_json reading the same text into a map",
        median(ours) / 1e3,
        median(ratio),
    );

    // A workshop of a hundred, and a group of ten thousand units.
    let questionnaire = of_questions(1_000);
    let voices = (0..100_usize).map(|voice| {
        let mut sheet = questionnaire.sheet();
        for question in questionnaire.questions() {
            let level = 1 + i32::try_from((question.position() * 7 + voice * 3) % 5).unwrap();
            sheet.set(question.id(), level).unwrap();
        }
        Voice::new(format!("voice {voice}"), sheet)
    });
    let panel = Panel::new(&questionnaire, voices, ConsensusRule::Median).unwrap();
    let taken = (0..samples.min(21)).map(|_| time(1, || black_box(&panel).assess())).collect();
    println!("a panel of 100 voices on 1,000 questions: {:.1} ms", median(taken) / 1e6);

    let result = sheet.assess();
    let unit = |at: u32| {
        Unit::new(format!("unit {at}"), UnitWeight::from_whole(1 + at % 977).unwrap(), &result)
    };
    let units: Vec<Unit> = (0..10_000).map(unit).collect();
    let of = sheet.questionnaire();
    let taken = (0..samples.min(21)).map(|_| {
        time(1, || {
            let portfolio = Portfolio::new(of, units.clone()).unwrap();
            (portfolio.assess(), portfolio.gains(portfolio.target(Stage::Native)))
        })
    });
    println!("a portfolio of 10,000 units, with gains: {:.1} ms", median(taken.collect()) / 1e6);
}
