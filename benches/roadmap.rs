//! What the cheapest way up costs, in time and memory: for 1,000 questions of five levels, for the
//! built-in questionnaire, and for what takes most.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "a benchmark prints figures, and stops if it cannot take them"
)]

use std::hint::black_box;
use std::time::Instant;

use digital_maturity::roadmap::{Cost, Target};
use digital_maturity::spec::{ChoiceSpec, Effort, ItemSpec, Points, QuestionSpec, ScaleSpec};
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

/// By how many kilobytes a run raises the most memory that the process ever held; where the system
/// does not tell, nothing.
fn peak<T>(run: impl FnOnce() -> T) -> (T, Option<u64>) {
    let read = |key: &str| {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|line| line.starts_with(key))?.to_owned();
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    // The system starts again to look for the peak.
    let reset = std::fs::write("/proc/self/clear_refs", "5").ok();
    let before = read("VmHWM:");
    let result = run();
    let after = read("VmHWM:");
    (result, reset.and(before).zip(after).map(|(before, after)| after.saturating_sub(before)))
}

/// Questions on scales of their own, all at the bottom: pillar, scale and effort by position.
fn bottom(count: usize, rule: impl Fn(usize) -> (Pillar, ScaleSpec, u8)) -> AnswerSheet {
    let mut spec = QuestionnaireSpec::new("bottom", "1.0.0", "Bottom");
    for at in 0..count {
        let (pillar, scale, effort) = rule(at);
        let mut question = QuestionSpec::new(format!("q{at}"), pillar, "t", scale);
        question.effort = Effort::new(effort).unwrap();
        spec.questions.push(question);
    }
    let questionnaire = Questionnaire::try_from(spec).unwrap();
    let mut sheet = questionnaire.sheet();
    for question in questionnaire.questions() {
        let answer = match question.scale() {
            ScaleSpec::Choice { choices } => choices[0].value.into(),
            _ => Answer::Items(Vec::new()),
        };
        sheet.set(question.id(), answer).unwrap();
    }
    sheet
}

fn choices(count: i64) -> ScaleSpec {
    ScaleSpec::Choice { choices: (0..count).map(|value| ChoiceSpec::new(value, "t")).collect() }
}

/// A hundred items with those points.
fn items(points: impl Fn(usize) -> u32) -> ScaleSpec {
    let item = |at| {
        let mut item = ItemSpec::new(format!("i{at}"), "t");
        item.points = Points::new(points(at).try_into().unwrap()).unwrap();
        item
    };
    ScaleSpec::Checklist { items: (0..100).map(item).collect() }
}

/// What takes most of all that a questionnaire may have, each once, with a budget for all of it.
fn dearest(large: bool) {
    let pillar = |at: usize| Pillar::ALL[at % 4];
    let hundred = |count| bottom(count, |at| (pillar(at), choices(100), 1));
    let points = |at: usize| move |item: usize| 1 + mixed(at * 100 + item, 4) % 1000;
    let effort = |at| 1 + u8::try_from(mixed(at, 2) % 10).unwrap();
    let own = |of: &[Pillar]| {
        of.iter().fold(Target::default(), |target, p| target.with_pillar(*p, Stage::Platform))
    };
    let in_first = |at: usize| Pillar::ALL[if at < 4 { at } else { 0 }];
    let mut cases = vec![("125 questions of 100 choices", hundred(125), Stage::Native.into())];
    if large {
        cases.extend([
            ("250 questions of 100 choices", hundred(250), Stage::Native.into()),
            ("500 questions of 100 choices", hundred(500), Stage::Native.into()),
            ("1,000 questions of 100 choices", hundred(1000), Stage::Native.into()),
            (
                "1,000 questions of seven choices",
                bottom(1000, |at| (pillar(at), choices(7), 1)),
                Stage::Platform.into(),
            ),
            (
                "1,000 checklists of 100 equal items, effort 10",
                bottom(1000, |at| (pillar(at), items(|_| 1), 10)),
                Stage::Native.into(),
            ),
            (
                "1,000 checklists of 100 items of 1 to 1,000 points",
                bottom(1000, |at| (pillar(at), items(points(at)), 1)),
                Stage::Native.into(),
            ),
            (
                "the same, efforts at random",
                bottom(1000, |at| (pillar(at), items(points(at)), effort(at))),
                Stage::Native.into(),
            ),
            (
                "300 questions of 100 choices, each pillar of its own",
                hundred(300),
                own(&Pillar::ALL),
            ),
            (
                "303 questions of 100 choices, 300 in one pillar",
                bottom(303, |at| (in_first(at), choices(100), 1)),
                own(&Pillar::ALL[..1]),
            ),
        ]);
    }
    for (name, sheet, target) in &cases {
        let told = sheet.roadmap_cost(*target);
        let start = Instant::now();
        black_box(sheet.roadmap_cost(*target));
        let beforehand = start.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let (roadmap, more) = peak(|| sheet.roadmap_within(*target, Cost::from_steps(u64::MAX)));
        let (time, plan) = (start.elapsed().as_secs_f64(), roadmap.unwrap());
        let plan = plan.plan().map(|plan| (plan.effort, plan.steps.len()));
        let start = Instant::now();
        let fits = sheet.roadmap(*target).is_ok();
        let refused = start.elapsed().as_secs_f64();
        let memory = more.map_or(String::new(), |more| format!(", {} MB", more / 1024));
        let default = if fits { "fits" } else { "refused" };
        println!(
            "{name}, to {target}: {time:.3} s{memory} {plan:?}; told {told} in {beforehand:.1} ms; by default {default}, {refused:.3} s"
        );
    }
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
    dearest(samples > 1);
    println!("outlook of dcx without answers: {:.3} ms", median(many, || dcx.sheet().outlook()));
    println!(
        "single raises of dcx: {:.3} ms",
        median(many, || sheet.single_raises().collect::<Vec<_>>())
    );
}
