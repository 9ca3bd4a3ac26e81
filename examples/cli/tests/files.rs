//! The files that a run writes: whole or not at all, as open as those that they replace, and none
//! that is read.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use super::{Folder, program, stdout};

const PULSE: &str = "journey_owner,case_view\n5,5\n1,3\n";

fn run(args: &[&str]) -> Output {
    program("cohort").args(["--questionnaire", "pulse"]).args(args).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What was said but for the questions that the file does not have.
fn said(output: &Output) -> Vec<String> {
    let said = stderr(output);
    let lines = said.lines().filter(|line| !line.contains("warning[missing-question]"));
    lines.map(str::to_owned).collect()
}

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("answers.csv", PULSE);
    folder
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(&folder.0).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn mode(path: &str) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn parts(folder: &Folder) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.contains(".part")).collect()
}

/// A run that has begun its two files and waits for more to read.
fn under_way(folder: &Folder) -> Child {
    let (out, counts) = (folder.path("scores.csv"), folder.path("counts.json"));
    let there = parts(folder);
    let mut child = program("cohort")
        .args(["--questionnaire", "pulse", "--out", &out, "--counts", &counts, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (header, rows) = PULSE.split_once('\n').unwrap();
    let text = format!("{header}\n{}", rows.repeat(30_000));
    child.stdin.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
    // Files are begun before anything is read.
    let is_new = |name: &&String| !there.contains(name);
    while parts(folder).iter().filter(is_new).count() < 2 {
        thread::sleep(Duration::from_millis(5));
    }
    child
}

/// The signals that this test ignores, and so what it starts: a bit each.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap())
}

fn signal(child: &Child, name: &str) {
    let killed = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
}

#[test]
fn what_ends_a_run_leaves_no_file() {
    let ignored = ignored();
    for (name, number) in [("-HUP", 1), ("-INT", 2), ("-TERM", 15)] {
        if ignored >> (number - 1) & 1 == 1 {
            continue; // as under `nohup`: the run ignores it like this test
        }
        let folder = folder(&format!("ended{name}"));
        let mut child = under_way(&folder);
        let stdin = child.stdin.take(); // or it would come to its end
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stdout(&output)), (Some(128 + number), ""), "{name}");
        assert_eq!(said(&output), ["interrupted: no file was written"]);
        assert_eq!(names(&folder), ["answers.csv"]);
        drop(stdin);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_ends_nothing() {
    let folder = folder("ignored");
    let out = folder.path("scores.csv");
    // The shell ignores the signal, as `nohup` does, and becomes the command.
    let ignoring = "trap '' HUP; exec \"$0\" cohort --questionnaire pulse --out \"$1\" -";
    let mut child = Command::new("sh")
        .args(["-c", ignoring])
        .arg(program("cohort").get_program())
        .arg(&out)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while parts(&folder).is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    signal(&child, "-HUP");
    child.stdin.as_mut().unwrap().write_all(PULSE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(fs::read_to_string(&out).unwrap().starts_with("row,"));
}

#[test]
fn scores_can_go_where_the_table_goes() {
    let folder = folder("stdout");
    let (both, answers) = (folder.path("both.txt"), folder.path("answers.csv"));
    let output = program("cohort")
        .args(["--questionnaire", "pulse", "--out", "/dev/stdout", &answers])
        .stdout(fs::File::create(&both).unwrap())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let text = fs::read_to_string(&both).unwrap();
    assert!(text.starts_with("row,stage,overall") && text.contains("Respondents"), "{text}");
    assert_eq!(names(&folder), ["answers.csv", "both.txt"]);
}

#[test]
fn what_a_killed_run_leaves_is_removed_by_the_next_and_what_a_running_one_writes_is_not() {
    let folder = folder("killed");
    let killed = under_way(&folder);
    signal(&killed, "-KILL");
    killed.wait_with_output().unwrap();
    assert_eq!(parts(&folder).len(), 2);
    // Names that are not its own stay, whatever they look like.
    folder.write(".maturity-0123.part", "mine");
    folder.write("scores.csv.part", "mine");

    let running = under_way(&folder);
    let written = parts(&folder);
    assert_eq!(written.len(), 4, "{written:?}"); // two of them are the run's
    let (out, answers) = (folder.path("other.csv"), folder.path("answers.csv"));
    assert!(run(&["--out", &out, &answers]).status.success());
    assert_eq!(parts(&folder), written);
    // It ends as if nobody else had been there.
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(
        names(&folder),
        [
            ".maturity-0123.part",
            "answers.csv",
            "counts.json",
            "other.csv",
            "scores.csv",
            "scores.csv.part"
        ]
    );
}

#[test]
fn a_file_that_becomes_too_large_is_an_error_and_leaves_nothing() {
    let folder = folder("large");
    let (header, rows) = PULSE.split_once('\n').unwrap();
    folder.write("answers.csv", format!("{header}\n{}", rows.repeat(100_000)));
    let (out, answers) = (folder.path("scores.csv"), folder.path("answers.csv"));
    let program = program("cohort").get_program().to_owned();
    // The shell counts in blocks of 512 or 1024 bytes; the scores take some megabytes.
    let limited = "ulimit -f 100; exec \"$0\" cohort --questionnaire pulse --out \"$1\" \"$2\"";
    let output = Command::new("sh")
        .args(["-c", limited])
        .arg(program)
        .args([&out, &answers])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("scores.csv: error: File too large"), "{}", stderr(&output));
    assert_eq!(names(&folder), ["answers.csv"]);
}

#[test]
fn a_file_keeps_its_rights_and_a_new_one_with_respondents_is_its_owners() {
    let folder = folder("rights");
    let [out, counts, answers] =
        ["scores.csv", "counts.json", "answers.csv"].map(|n| folder.path(n));
    assert!(run(&["--out", &out, "--counts", &counts, &answers]).status.success());
    assert_eq!(mode(&out), 0o600);
    let usual = mode(&answers); // made by this test like any other
    assert_eq!(mode(&counts), usual);
    for kept in [0o640, 0o400, 0o644] {
        for path in [&out, &counts] {
            fs::set_permissions(path, fs::Permissions::from_mode(kept)).unwrap();
        }
        assert!(run(&["--out", &out, "--counts", &counts, &answers]).status.success());
        assert_eq!((mode(&out), mode(&counts)), (kept, kept));
    }
    assert_eq!(fs::metadata(&out).unwrap().uid(), fs::metadata(&answers).unwrap().uid());
}

#[test]
fn links_are_followed_also_to_what_is_not_there_yet() {
    let folder = folder("links");
    fs::create_dir(folder.path("far")).unwrap();
    let (link, answers) = (folder.path("link.csv"), folder.path("answers.csv"));
    symlink("far/scores.csv", &link).unwrap();
    for _ in 0..2 {
        assert!(run(&["--out", &link, &answers]).status.success());
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::read_to_string(folder.path("far/scores.csv")).unwrap().starts_with("row,"));
    }
    symlink("circle", folder.path("circle")).unwrap();
    let output = run(&["--out", &folder.path("circle"), &answers]);
    assert!(stderr(&output).ends_with("circle: error: links in a circle\n"), "{}", stderr(&output));
}

#[test]
fn nothing_is_written_that_is_read_and_nothing_twice_whatever_it_is_called() {
    let folder = folder("apart");
    let answers = folder.path("answers.csv");
    let (hard, soft) = (folder.path("hard.csv"), folder.path("soft.csv"));
    fs::hard_link(&answers, &hard).unwrap();
    symlink("answers.csv", &soft).unwrap();
    let said = "error: this file is read; write to another one\n";
    for target in [&answers, &hard, &soft] {
        let output = run(&["--out", target, &answers]);
        assert_eq!((output.status.code(), stderr(&output)), (Some(1), format!("{target}: {said}")));
        // From standard input, too.
        let output = program("cohort")
            .args(["--questionnaire", "pulse", "--out", target, "-"])
            .stdin(fs::File::open(&answers).unwrap())
            .output()
            .unwrap();
        assert_eq!((output.status.code(), stderr(&output)), (Some(1), format!("{target}: {said}")));
    }
    let new = folder.path("new.csv");
    let (dotted, alias) = (format!("{}/./new.csv", folder.0.display()), folder.path("alias.csv"));
    symlink("new.csv", &alias).unwrap();
    for twice in [&new, &dotted, &alias] {
        let output = run(&["--out", &new, "--summary", twice, &answers]);
        let expected = format!("{twice}: error: two results cannot go to one file\n");
        assert_eq!((output.status.code(), stderr(&output)), (Some(1), expected));
    }
    assert_eq!(fs::read_to_string(&answers).unwrap(), PULSE);
    assert_eq!(names(&folder), ["alias.csv", "answers.csv", "hard.csv", "soft.csv"]);
}

#[test]
fn if_one_file_cannot_be_named_all_are_as_they_were() {
    let folder = folder("together");
    let [out, counts, summary] =
        ["scores.csv", "counts.json", "summary.json"].map(|n| folder.path(n));
    fs::write(&out, "old scores").unwrap();
    let mut child = program("cohort")
        .args([
            "--questionnaire",
            "pulse",
            "--out",
            &out,
            "--summary",
            &summary,
            "--counts",
            &counts,
        ])
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while parts(&folder).len() < 3 {
        thread::sleep(Duration::from_millis(5));
    }
    // A folder comes to be where the last file is to be named.
    fs::create_dir(&counts).unwrap();
    child.stdin.as_mut().unwrap().write_all(PULSE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), ""));
    let said = said(&output);
    assert!(said.len() == 1 && said[0].starts_with(&format!("{counts}: error: ")), "{said:?}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "old scores");
    assert_eq!(names(&folder), ["answers.csv", "counts.json", "scores.csv"]);
}

#[test]
fn toml_of_more_than_a_megabyte_is_refused() {
    let folder = folder("toml");
    let large = folder.write("large.toml", format!("a = \"{}\"\n", "x".repeat(1024 * 1024)));
    let output = program("validate").arg(&large).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("error[syntax]: TOML of more than 1 MB"), "{output:?}");
}

#[test]
fn names_of_files_under_way_are_nobody_elses() {
    let folder = folder("own-name");
    let answers = folder.path("answers.csv");
    let own = folder.path(".maturity-0123456789abcdef.part");
    let said = format!("{own}: error: names like this are kept for files under way\n");
    let output = run(&["--out", &own, &answers]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(1), said.clone()));
    fs::copy(&answers, &own).unwrap();
    let output = run(&["--out", &folder.path("scores.csv"), &own]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(1), said));
    assert_eq!(fs::read_to_string(&own).unwrap(), PULSE);
}

#[test]
fn pipes_are_read_and_written_as_they_are() {
    let folder = folder("pipes");
    let (input, output) = (folder.path("input.csv"), folder.path("output.csv"));
    for path in [&input, &output] {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }
    let (from, to) = (folder.path("answers.csv"), input.clone());
    let writer = thread::spawn(move || fs::write(to, fs::read(from).unwrap()).unwrap());
    let from = output.clone();
    let reader = thread::spawn(move || fs::read_to_string(from).unwrap());
    assert!(run(&["--out", &output, &input]).status.success());
    writer.join().unwrap();
    assert!(reader.join().unwrap().starts_with("row,stage,overall"));
    assert_eq!(names(&folder), ["answers.csv", "input.csv", "output.csv"]);
}

#[test]
fn an_argument_does_not_reach_the_terminal_as_it_is() {
    let output = program("assess").args(["a.json", "b\u{1b}[31m\u{202e}.json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("b\\u{1b}[31m\\u{202e}.json"), "{}", stderr(&output));
    assert!(!stderr(&output).contains('\u{1b}'));
}
