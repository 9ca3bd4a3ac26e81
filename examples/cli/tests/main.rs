//! `maturity`, run as a program: what it prints, where, and with which exit code.
//!
//! `UPDATE_GOLDEN=1 cargo test --workspace` rewrites the expected files, to be read before they are
//! committed.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers included"
)]

mod authors;
mod cli;
mod cohort_csv;
mod cohort_out;
mod cohort_people;
mod cohort_pictures;
mod exports;
#[cfg(unix)]
mod files;
mod form;
mod ranks;
mod many;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::{env, fs, thread};

/// The folder of the repository: paths in messages start there.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// A subcommand, run from the folder of the repository.
fn program(subcommand: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maturity"));
    command.arg(subcommand).current_dir(root()).stdin(Stdio::null());
    command
}

#[track_caller]
fn run(name: &str, args: &[&str]) -> Output {
    program(name).args(args).output().expect("the program starts")
}

/// Runs the program with `input` on standard input.
fn run_with_input(name: &str, args: &[&str], input: &[u8]) -> Output {
    let mut child = program(name)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // In a thread of its own, as the program may stop reading before the end.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("stderr is UTF-8")
}

fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| panic!("ended by a signal: {status}"))
}

#[track_caller]
fn assert_golden_of(output: &Output, expected: &str, exit_code: i32) {
    assert_eq!(stderr(output), "");
    assert_eq!(code(output.status), exit_code);
    assert_golden(stdout(output), expected);
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("stdout is UTF-8")
}

/// A folder of this test run for the files of one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("digital-maturity-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.0.join(name), content).unwrap();
        self.path(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// That `printed` is what the file at `expected`, a path in the repository, holds; returns it.
#[track_caller]
fn assert_golden(printed: &str, expected: &str) -> String {
    let path = root().join(expected);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, printed).unwrap();
    }
    // A checkout may have turned the line ends.
    let golden = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let lines = printed.lines().zip(golden.lines()).zip(1..);
    let differing = lines.clone().find(|((line, kept), _)| line != kept);
    let at = differing.map_or(0, |(_, at)| at);
    assert!(printed == golden, "unlike {expected} from line {at}:\n{printed}");
    golden
}
