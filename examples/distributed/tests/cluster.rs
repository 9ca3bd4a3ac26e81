//! The same bytes from one machine and from a scheduler with executors, each a process of its own,
//! also when an executor is killed at work.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code: what cannot go on must fail"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use digital_maturity::{Questionnaire, Weight};
use distributed::{answers, data};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_distributed");

/// A process that is killed at the latest when it goes out of scope.
struct Process(Child);

impl Process {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    fn is_running(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }

    /// By a signal that it cannot see.
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Cluster {
    _scheduler: Process,
    address: String,
    executors: Vec<(Process, PathBuf)>,
    folder: TempDir,
}

impl Cluster {
    fn start(executors: usize) -> Self {
        let mut scheduler = Process::start(&["scheduler", "--listen", "127.0.0.1:0"]);
        let mut address = String::new();
        let out = scheduler.0.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut address).unwrap();
        let mut cluster = Self {
            _scheduler: scheduler,
            address: address.trim().to_owned(),
            executors: Vec::new(),
            folder: tempfile::tempdir().unwrap(),
        };
        for _ in 0..executors {
            cluster.add_executor();
        }
        cluster
    }

    fn add_executor(&mut self) {
        let folder = self.folder.path().join(self.executors.len().to_string());
        let at = folder.to_str().unwrap();
        let process = Process::start(&["executor", "--scheduler", &self.address, "--folder", at]);
        self.executors.push((process, folder));
    }

    fn submit(&self, data: &Path, more: &[&str]) -> Process {
        let data = data.to_str().unwrap();
        let all = [&["submit", "--scheduler", &self.address, data], more].concat();
        Process::start(&all)
    }

    fn ask(&self, data: &Path, more: &[&str]) -> String {
        text(wait(self.submit(data, more)))
    }

    /// Whether any executor keeps something of that stage of a query.
    fn has_begun(&self, stage: &str) -> bool {
        let queries = self.executors.iter().filter_map(|(_, folder)| fs::read_dir(folder).ok());
        queries.flatten().flatten().any(|query| query.path().join(stage).is_dir())
    }

    /// Whether that executor has worked out a part.
    fn has_worked(&self, executor: usize) -> bool {
        fn holds_a_file(folder: &Path) -> bool {
            let Ok(entries) = fs::read_dir(folder) else { return false };
            entries.flatten().any(|entry| {
                let path = entry.path();
                if path.is_dir() { holds_a_file(&path) } else { true }
            })
        }
        holds_a_file(&self.executors[executor].1)
    }
}

/// Waits until it ends by itself. A query that hangs is killed, and fails the test.
fn wait(mut process: Process) -> Output {
    const PATIENCE: Duration = Duration::from_mins(3);
    let out = process.0.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut BufReader::new(out), &mut bytes).unwrap();
        bytes
    });
    let start = Instant::now();
    while process.is_running() {
        assert!(start.elapsed() < PATIENCE, "a query hangs");
        sleep(Duration::from_millis(5));
    }
    // An error is a line, which a pipe holds.
    let mut stderr = Vec::new();
    let mut errors = process.0.stderr.take().unwrap();
    std::io::Read::read_to_end(&mut errors, &mut stderr).unwrap();
    let status = process.0.wait().unwrap();
    Output { status, stdout: reader.join().unwrap(), stderr }
}

fn text(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(!output.stdout.is_empty(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

fn one_machine(data: &Path, more: &[&str]) -> String {
    text(wait(Process::start(&[&["run", data.to_str().unwrap()], more].concat())))
}

fn generate(rows: u64, files: u32) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    data::generate(Questionnaire::dcx(), rows, files, &data).unwrap();
    (folder, data)
}

/// What the library says without a query engine.
fn by_library(questionnaire: &Questionnaire, rows: u64) -> String {
    let answers = data::answers(questionnaire, 0..rows).unwrap();
    let cohort = answers::cohort(questionnaire, &answers).unwrap();
    let summary = cohort.score().summary();
    let line = serde_json::json!({ "summary": serde_json::to_string(&summary).unwrap() });
    format!("{line}\n")
}

const BY_INDUSTRY: &[&str] = &["--group-by", data::INDUSTRY];

#[test]
fn two_executors_give_the_bytes_of_one_machine_and_of_the_library() {
    const ROWS: u64 = 300_000;
    let (_folder, data) = generate(ROWS, 8);
    let cluster = Cluster::start(2);

    let whole = cluster.ask(&data, &[]);
    assert_eq!(whole, one_machine(&data, &[]));
    assert_eq!(whole, by_library(Questionnaire::dcx(), ROWS));

    let groups = cluster.ask(&data, BY_INDUSTRY);
    assert_eq!(groups.lines().count(), 12);
    assert_eq!(groups, one_machine(&data, BY_INDUSTRY));
    for parts in ["1", "3", "24"] {
        let more = [BY_INDUSTRY, &["--partitions", parts]].concat();
        assert_eq!(groups, cluster.ask(&data, &more), "{parts} partitions");
    }
    let (_other, in_one_file) = generate(ROWS, 1);
    assert_eq!(groups, cluster.ask(&in_one_file, BY_INDUSTRY));

    let rows = "SELECT respondent, maturity({answers}) AS m FROM answers \
                WHERE respondent < 20000 ORDER BY respondent";
    let scored = cluster.ask(&data, &["--sql", rows]);
    assert_eq!(scored.lines().count(), 20_000);
    assert_eq!(scored, one_machine(&data, &["--sql", rows]));
    assert!(cluster.has_worked(0) && cluster.has_worked(1), "both executors have worked");
}

/// Asks two executors, kills the first of them once `is_time`, and waits for the rest.
fn killed_when(is_time: impl Fn(&Cluster) -> bool) {
    let (_folder, data) = generate(2_000_000, 8);
    let more = [BY_INDUSTRY, &["--partitions", "24"]].concat();
    let expected = one_machine(&data, BY_INDUSTRY);

    let mut cluster = Cluster::start(2);
    let mut query = cluster.submit(&data, &more);
    while !is_time(&cluster) {
        assert!(query.is_running(), "the query was done before its time");
        sleep(Duration::from_millis(2));
    }
    cluster.executors[0].0.kill();
    assert!(query.is_running(), "the executor was killed too late");
    assert_eq!(text(wait(query)), expected);
}

#[test]
fn an_executor_is_killed_at_work_and_the_bytes_are_the_same() {
    killed_when(|cluster| cluster.has_worked(0));
}

/// What it had worked out in the first stage is lost, though it was reported.
#[test]
fn an_executor_is_killed_while_others_read_from_it_and_the_bytes_are_the_same() {
    killed_when(|cluster| cluster.has_begun("1"));
}

#[test]
fn without_any_executor_left_a_query_fails_and_one_that_comes_later_is_put_to_work() {
    let (_folder, data) = generate(2_000_000, 8);
    let more = [BY_INDUSTRY, &["--partitions", "24"]].concat();
    let mut cluster = Cluster::start(1);
    let mut query = cluster.submit(&data, &more);
    while !cluster.has_worked(0) {
        assert!(query.is_running());
        sleep(Duration::from_millis(5));
    }
    cluster.executors[0].0.kill();
    assert!(query.is_running(), "the executor was killed too late");
    let output = wait(query);
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "));

    cluster.add_executor();
    assert_eq!(cluster.ask(&data, &more), one_machine(&data, BY_INDUSTRY));
}

#[test]
fn each_query_is_scored_by_its_own_questionnaire() {
    const ROWS: u64 = 20_000;
    let (folder, data) = generate(ROWS, 2);
    let dcx = Questionnaire::dcx();
    let mut spec = dcx.spec().clone();
    spec.questions[0].weight = Weight::from_thousandths(9000).unwrap();
    let other = Questionnaire::try_from(spec).unwrap();
    let file = folder.path().join("other.json");
    fs::write(&file, serde_json::to_string(&other).unwrap()).unwrap();

    let cluster = Cluster::start(1);
    let with_other = ["--questionnaire", file.to_str().unwrap()];
    let (ours, theirs) = (cluster.ask(&data, &[]), cluster.ask(&data, &with_other));
    assert_eq!(ours, by_library(dcx, ROWS));
    assert_eq!(theirs, by_library(&other, ROWS));
    assert!(ours.contains(&dcx.fingerprint().to_string()));
    assert!(theirs.contains(&other.fingerprint().to_string()));
    assert_ne!(ours, theirs);
    assert_eq!(cluster.ask(&data, &[]), ours, "the later one does not stay");
}
