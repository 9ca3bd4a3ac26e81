//! What scoring a cohort costs: a million respondents, forty questions from 1 to 5 with about 5 %
//! unanswered, four pillars.
//!
//! `PEERS_DATA` names a folder with `cols.u8`: forty columns of bytes, one after another, 255 where
//! there is no answer; `benches/rivals.py` makes it, and compares. Without it, data of the same kind
//! are made up. `ROUNDS` sets how often each way is timed; the ways take turns, so that their ratios
//! hold when the speed of the machine drifts. One JSON line each, with the median wall time and the
//! mean CPU time: looking over all cells at the door, scoring into the same columns again and again,
//! scoring into fresh ones, looking and scoring in one pass by a plan, and merely reading all cells.
//! Counting the stages and taking the mean is part of scoring here. With the feature `rayon`,
//! `THREADS` sets how many threads score.
//!
//! Then the same number of respondents to `dcx`, with its measures, lists and themes: pillars and overall
//! alone, themes, too, and the summary of all scores.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "a benchmark prints figures, and stops if it cannot take them"
)]

use std::hint::black_box;
use std::time::Instant;

use digital_maturity::cohort::raw::{self, ScoreBuffers};
use digital_maturity::cohort::{CohortPlan, Column, Scores, StageCounts};
use digital_maturity::spec::{
    ChoiceSpec, LadderSpec, LadderTable, PillarSpec, QuestionSpec, Requirement, ScaleSpec,
};
use digital_maturity::{Cohort, Pillar, Questionnaire, QuestionnaireSpec, Stage, Weight};
use serde_json::json;

const QUESTIONS: usize = 40;

/// Where the questions of each pillar end.
const ENDS: [usize; 4] = [12, 22, 32, 40];

const WEIGHTS: [u32; QUESTIONS] = [
    3, 1, 2, 5, 2, 1, 4, 3, 2, 1, 1, 2, 2, 3, 1, 5, 1, 2, 2, 4, 3, 1, 1, 1, 2, 3, 5, 2, 4, 1, 2, 3,
    4, 2, 1, 3, 2, 5, 1, 2,
];

const PILLAR_WEIGHTS: [u32; 4] = [35, 25, 25, 15];

fn questionnaire() -> Questionnaire {
    let choice = |value| ChoiceSpec::new(value, "t");
    let scale = ScaleSpec::Choice { choices: (1..=5).map(choice).collect() };
    let mut spec = QuestionnaireSpec::new("peers", "1.0.0", "Peers");
    for (position, weight) in WEIGHTS.into_iter().enumerate() {
        let pillar = ENDS.iter().position(|end| position < *end).unwrap();
        let id = format!("q{:02}", position + 1);
        let mut question = QuestionSpec::new(id, Pillar::ALL[pillar], "t", scale.clone());
        question.weight = Weight::from_thousandths(weight * 1000).unwrap();
        spec.questions.push(question);
    }
    for (pillar, weight) in Pillar::ALL.into_iter().zip(PILLAR_WEIGHTS) {
        let weight = Weight::from_thousandths(weight * 1000).unwrap();
        spec.pillars.insert(pillar, PillarSpec::new(weight));
    }
    let step = |overall: &str, every_pillar: &str| Requirement {
        overall: overall.parse().unwrap(),
        every_pillar: every_pillar.parse().unwrap(),
    };
    spec.stages = LadderSpec::Table(LadderTable {
        bridge: step("0.2", "0.05"),
        hubs: step("0.4", "0.25"),
        platform: step("0.6", "0.45"),
        native: step("0.8", "0.65"),
    });
    spec.method.minimum_coverage = "0".parse().unwrap();
    Questionnaire::try_from(spec).unwrap()
}

/// Answers that hang together within a respondent and more so within a pillar.
fn made_up(rows: usize) -> Vec<u8> {
    let mut state = 20_240_607_u64;
    let mut uniform = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    // The sum of three uniform numbers is near enough to a bell here.
    let mut bell = |spread: f64| (uniform() + uniform() + uniform() - 1.5) * 2.0 * spread;
    let persons: Vec<f64> = (0..rows).map(|_| bell(0.7)).collect();
    let mut cells = Vec::with_capacity(rows * QUESTIONS);
    let mut pillars: Vec<f64> = Vec::new();
    for question in 0..QUESTIONS {
        if question == 0 || ENDS.contains(&question) {
            pillars = persons.iter().map(|person| 3.1 + person + bell(0.45)).collect();
        }
        for inner in &pillars {
            let answer = (inner + bell(0.9)).round().clamp(1.0, 5.0) as u8;
            let missing = bell(1.0).abs() < 0.034; // of 5 %
            cells.push(if missing { 255 } else { answer });
        }
    }
    cells
}

/// Milliseconds that all threads have been running, where the system says so; some count only whole
/// ticks of several milliseconds, which the mean over many rounds evens out.
fn cpu() -> Option<f64> {
    let mut nanoseconds = 0.0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let schedule = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += schedule.split_whitespace().next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds / 1e6)
}

#[derive(Default)]
struct Times {
    wall: Vec<f64>,
    cpu: Vec<f64>,
}

impl Times {
    fn take<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let (start, before) = (Instant::now(), cpu());
        let result = black_box(run());
        self.wall.push(start.elapsed().as_secs_f64() * 1e3);
        self.cpu.extend(cpu().zip(before).map(|(after, before)| after - before));
        result
    }

    fn print(mut self, name: &str, threads: usize, rows: usize, said: Option<([u64; 6], f64)>) {
        let shown = |ms: f64| (ms * 1e3).round() / 1e3;
        self.wall.sort_by(f64::total_cmp);
        let cpu = self.cpu.iter().sum::<f64>() / self.cpu.len() as f64;
        let line = json!({
            "name": name,
            "threads": threads,
            "rows": rows,
            "cpu_ms": shown(cpu),
            "wall_ms": shown(self.wall[self.wall.len() / 2]),
            "min_ms": shown(self.wall[0]),
            "rounds": self.wall.len(),
            "counts": said.map(|(counts, _)| counts),
            "mean": said.map(|(_, mean)| mean),
        });
        println!("{line}");
    }
}

/// The counts, those without a stage first, and the mean on the scale from 1 to 5.
fn said(overall: &[u32], stages: &[u8]) -> ([u64; 6], f64) {
    let counts = StageCounts::from_raw(stages);
    let [one, two, three, four, five] = Stage::ALL.map(|stage| counts.at[stage]);
    let kept = |score: u32| u64::from(if score == raw::NO_SCORE { 0 } else { score });
    let sum: u64 = overall.iter().map(|score| kept(*score)).sum();
    let mean = 1.0 + 4.0 * (sum as f64 / 1e9 / counts.scored() as f64);
    ([counts.not_scorable, one, two, three, four, five], mean)
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let timed = std::env::args().any(|arg| arg == "--bench");
    let setting = |name: &str, otherwise: usize| {
        std::env::var(name).map_or(otherwise, |text| text.parse().expect("a whole number"))
    };
    let rounds = if timed { setting("ROUNDS", 25) } else { 1 };
    let threads = setting("THREADS", 1);
    let cells = match std::env::var("PEERS_DATA") {
        Ok(folder) => std::fs::read(format!("{folder}/cols.u8")).expect("the peers' data"),
        Err(_) => made_up(if timed { 1_000_000 } else { 1000 }),
    };
    let rows = cells.len() / QUESTIONS;
    let questionnaire = questionnaire();
    let ids: Vec<&str> = questionnaire.questions().map(|question| question.id()).collect();
    let cohort = || {
        let columns = ids.iter().zip(cells.chunks_exact(rows));
        let columns = columns.map(|(id, cells)| Column::new(*id, cells).by_value());
        Cohort::new(&questionnaire, columns).unwrap()
    };

    #[cfg(feature = "rayon")]
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    #[cfg(not(feature = "rayon"))]
    assert_eq!(threads, 1, "more than one thread takes `--features rayon`");
    let score_into = |cohort: &Cohort<'_>, buffers: ScoreBuffers<'_>| {
        #[cfg(feature = "rayon")]
        return pool.install(|| cohort.score_into(buffers)).unwrap();
        #[cfg(not(feature = "rayon"))]
        cohort.score_into(buffers).unwrap();
    };
    let score = |cohort: &Cohort<'_>| {
        #[cfg(feature = "rayon")]
        return pool.install(|| cohort.score());
        #[cfg(not(feature = "rayon"))]
        cohort.score()
    };

    let [mut door, mut reused, mut fresh, mut planned, mut read]: [Times; 5] = Default::default();
    let (mut columns, mut stages) = (vec![0_u32; 5 * rows], vec![0_u8; rows]);
    let (mut of_reused, mut of_fresh, mut of_planned) = (None, None, None);
    score_into(&cohort(), ScoreBuffers::new(&mut columns, &mut stages));
    let mut plan = CohortPlan::new(&questionnaire);
    let mut scores = Scores::empty(&questionnaire);
    for _ in 0..rounds {
        let cohort = door.take(cohort);
        of_reused = Some(reused.take(|| {
            score_into(&cohort, ScoreBuffers::new(&mut columns, &mut stages));
            said(&columns[..rows], &stages)
        }));
        of_fresh = Some(fresh.take(|| {
            let scores = score(&cohort);
            said(scores.raw_overall(), scores.raw_stages())
        }));
        of_planned = Some(planned.take(|| {
            let columns = ids.iter().zip(cells.chunks_exact(rows));
            let columns = columns.map(|(id, cells)| Column::new(*id, cells).by_value());
            plan.score(columns, &mut scores).unwrap();
            said(scores.raw_overall(), scores.raw_stages())
        }));
        read.take(|| {
            let words =
                cells.chunks_exact(8).map(|word| u64::from_le_bytes(word.try_into().unwrap()));
            words.fold(0, |all, word| all ^ word)
        });
    }
    door.print("digital-maturity door", 1, rows, None);
    reused.print("digital-maturity reused", threads, rows, of_reused);
    fresh.print("digital-maturity fresh", threads, rows, of_fresh);
    planned.print("digital-maturity plan", 1, rows, of_planned);
    read.print("read limit", 1, rows, None);
    of_dcx(&cells, rows, rounds.min(7));
}

/// The questionnaire that comes with the crate, answered by the same respondents.
fn of_dcx(cells: &[u8], rows: usize, rounds: usize) {
    let dcx = Questionnaire::dcx();
    let own: Vec<Vec<u8>> =
        dcx.questions()
            .enumerate()
            .map(|(position, question)| {
                let codes = cells.chunks_exact(rows).nth(position % QUESTIONS).unwrap();
                let highest = match question.scale() {
                    ScaleSpec::Choice { choices } => choices.len(),
                    ScaleSpec::Measure { bands, .. } => bands.len(),
                    ScaleSpec::Checklist { items } => 1 << items.len(),
                    ScaleSpec::YesNo => 2,
                };
                let code = |code: &u8| match code {
                    255 => 255,
                    // Lists by what is ticked, which three bits of the answers before mix.
                    code => u8::try_from(usize::from(code - 1) * (highest / 5).max(1) % highest)
                        .unwrap(),
                };
                codes.iter().map(code).collect()
            })
            .collect();
    let columns = dcx.questions().zip(&own);
    let columns =
        columns.map(|(question, cells)| Column::new(question.id(), cells).coded(question.coding()));
    let cohort = Cohort::new(dcx, columns).unwrap();
    let [mut pillars, mut themes, mut summary]: [Times; 3] = Default::default();
    let columns = 5 + dcx.themes().len();
    let (mut out, mut stages) = (vec![0_u32; columns * rows], vec![0_u8; rows]);
    let (some, all) = (5 * rows, columns * rows);
    let mut score = |times: &mut Times, room: usize| {
        let buffers = ScoreBuffers::new(&mut out[..room], &mut stages);
        times.take(|| cohort.score_into(buffers).unwrap());
    };
    score(&mut Times::default(), all); // the first touch of the columns is not counted
    let scores = cohort.score();
    for _ in 0..rounds {
        score(&mut pillars, some);
        score(&mut themes, all);
        summary.take(|| scores.summary());
    }
    pillars.print("digital-maturity dcx, overall and pillars", 1, rows, None);
    themes.print("digital-maturity dcx, with themes", 1, rows, None);
    summary.print("digital-maturity dcx, summary", 1, rows, None);
}
