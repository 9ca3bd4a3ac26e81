//! What the cheapest way up costs: for 1,000 questions of five levels, and for the built-in one.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "a benchmark prints figures, and stops if it cannot take them"
)]

use std::hint::black_box;
use std::time::Instant;

use digital_maturity::roadmap::Target;
use digital_maturity::spec::{ChoiceSpec, Effort, QuestionSpec, ScaleSpec};
use digital_maturity::{
    Answer, AnswerSheet, Pillar, Questionnaire, QuestionnaireSpec, Stage, Weight,
};

/// Milliseconds a run, the median of several.
fn median<T>(samples: usize, mut run: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..samples)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[samples / 2]
}

/// A thousand questions of five levels; weight in thousandths, effort and value from 1 to 5 by
/// position.
fn thousand(rule: impl Fn(usize) -> (Pillar, u32, u8, i32)) -> AnswerSheet {
    let mut spec = QuestionnaireSpec::new("thousand", "1.0.0", "Thousand");
    for at in 0..1000 {
        let (pillar, weight, effort, _) = rule(at);
        let choice = |value| ChoiceSpec::new(value, "t");
        let scale = ScaleSpec::Choice { choices: (1..=5).map(choice).collect() };
        let mut question = QuestionSpec::new(format!("q{at}"), pillar, "t", scale);
        question.weight = Weight::from_thousandths(weight).unwrap();
        question.effort = Effort::new(effort).unwrap();
        spec.questions.push(question);
    }
    let questionnaire = Questionnaire::try_from(spec).unwrap();
    let mut sheet = questionnaire.sheet();
    for (at, question) in questionnaire.questions().enumerate() {
        sheet.set(question.id(), rule(at).3).unwrap();
    }
    sheet
}

/// A number without a pattern.
fn mixed(at: usize, salt: u64) -> u32 {
    let mut bits = (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ salt.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from(bits >> 40).unwrap()
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let (samples, many) =
        if std::env::args().any(|arg| arg == "--bench") { (5, 101) } else { (1, 1) };
    let pillar = |at: usize| Pillar::ALL[at % 4];
    let effort = |at| 1 + u8::try_from(mixed(at, 2) % 10).unwrap();
    let value = |at| 1 + i32::try_from(mixed(at, 3) % 3).unwrap();
    let cases = [
        (
            "weights, efforts and answers at random",
            thousand(|at| (pillar(at), 1 + mixed(at, 1) % 5000, effort(at), value(at))),
        ),
        (
            "the same, all at the bottom",
            thousand(|at| (pillar(at), 1 + mixed(at, 1) % 5000, effort(at), 1)),
        ),
        (
            "equal weights, efforts at random",
            thousand(|at| (pillar(at), 1000, effort(at), value(at))),
        ),
        ("all equal", thousand(|at| (pillar(at), 1000, 1, value(at)))),
        ("all equal, all at the bottom", thousand(|at| (pillar(at), 1000, 1, 1))),
        (
            "weight as effort",
            thousand(|at| (pillar(at), 1000 * u32::from(effort(at)), effort(at), value(at))),
        ),
        (
            "one pillar has nearly all",
            thousand(|at| (pillar(at.min(3)), 1 + mixed(at, 1) % 5000, effort(at), value(at))),
        ),
    ];
    for (name, sheet) in &cases {
        for target in [Target::from(Stage::Platform), Stage::Native.into()] {
            let plan =
                sheet.roadmap(target).unwrap().plan().map(|plan| (plan.effort, plan.steps.len()));
            let time = median(samples, || sheet.roadmap(target).unwrap());
            println!("1,000 questions, {name}, to {target}: {time:.1} ms {plan:?}");
        }
    }

    let dcx = Questionnaire::dcx();
    let mut sheet = dcx.sheet();
    for question in dcx.questions() {
        let answer = match question.scale() {
            ScaleSpec::Choice { choices } => choices[1].value.into(),
            ScaleSpec::Measure { bands, .. } => bands[1].start.number().into(),
            ScaleSpec::YesNo => false.into(),
            ScaleSpec::Checklist { .. } => Answer::Items(Vec::new()),
        };
        sheet.set(question.id(), answer).unwrap();
    }
    for stage in [Stage::Hubs, Stage::Platform, Stage::Native] {
        let time = median(many, || sheet.roadmap(stage).unwrap());
        println!("dcx to {stage}: {time:.3} ms");
    }
    println!("outlook of dcx without answers: {:.3} ms", median(many, || dcx.sheet().outlook()));
    println!(
        "single raises of dcx: {:.3} ms",
        median(many, || sheet.single_raises().collect::<Vec<_>>())
    );
}
