//! A bar on a terminal while a file is read.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::output::note;

/// Often enough for the eye.
const EVERY: Duration = Duration::from_millis(100);

const WIDTH: u64 = 20;

/// Whether a bar is on the last line of the terminal.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// How far reading has come.
pub(crate) struct Progress {
    start: Instant,
    last: Instant,
    /// Of the file in bytes, if it has one.
    size: Option<u64>,
    to_terminal: bool,
}

impl Progress {
    pub(crate) fn new(size: Option<u64>) -> Self {
        let start = Instant::now();
        Self { start, last: start, size, to_terminal: io::stderr().is_terminal() }
    }

    /// Shows how far it is, if it is time to.
    pub(crate) fn show(&mut self, rows: u64, bytes: u64) {
        if self.to_terminal && self.last.elapsed() >= EVERY {
            self.last = Instant::now();
            let line = self.line(rows, bytes);
            SHOWN.store(true, Ordering::Relaxed);
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\x1b[2K{line}").and_then(|()| stderr.flush());
        }
    }

    /// At most 72 columns, as nothing here knows how wide the terminal is.
    fn line(&self, rows: u64, bytes: u64) -> String {
        let elapsed = self.start.elapsed();
        let rate = format!("{} rows, {} rows/s", grouped(rows), grouped(per_second(rows, elapsed)));
        let Some(size) = self.size.filter(|size| *size > 0) else { return rate };
        let bytes = bytes.min(size);
        let bar: String =
            (0..WIDTH).map(|at| if at * size < bytes * WIDTH { '#' } else { '-' }).collect();
        let rest = u128::from(size - bytes) * elapsed.as_millis() / u128::from(bytes.max(1)) / 1000;
        let percent = bytes * 100 / size;
        format!("[{bar}] {percent:>3}%  {rate}  ETA {}:{:02}", rest / 60, rest % 60)
    }

    /// Takes the bar away, and says how long it took if that was asked for.
    pub(crate) fn finish(&self, rows: u64, timing: bool) {
        clear();
        if timing || self.to_terminal {
            let elapsed = self.start.elapsed();
            say(&format!(
                "{} rows in {}.{:03} s, {} rows/s",
                grouped(rows),
                elapsed.as_secs(),
                elapsed.subsec_millis(),
                grouped(per_second(rows, elapsed))
            ));
        }
    }
}

/// One line to stderr, with no bar in its way.
pub(crate) fn say(line: &str) {
    clear();
    note(line);
}

/// Takes the bar away.
pub(crate) fn clear() {
    if SHOWN.swap(false, Ordering::Relaxed) {
        let _ = write!(io::stderr().lock(), "\r\x1b[2K");
    }
}

fn per_second(rows: u64, elapsed: Duration) -> u64 {
    let rate = u128::from(rows) * 1_000_000_000 / elapsed.as_nanos().max(1);
    u64::try_from(rate).unwrap_or(u64::MAX)
}

/// A number with a comma between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
