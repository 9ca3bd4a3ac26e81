//! Writing for people and for pipes.
//!
//! A standard output that is closed (`>&-`) ends with exit code 0, though nobody has the result: before
//! `main`, Rust opens `/dev/null` in its place, and what a caller opened there itself looks the same, as
//! `subprocess.DEVNULL` of Python. Only code that runs before that could tell, which takes `unsafe`.

use std::fmt::Write as _;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use serde::Serialize;

/// `text` on one line and without anything that could disturb a terminal: control characters,
/// line breaks, bidirectional and invisible marks are escaped, as in the library's messages.
pub(crate) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        push_plain(&mut shown, c);
    }
    shown
}

/// One more character, escaped if it could disturb a terminal.
pub(crate) fn push_plain(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        c if disturbs(c) => shown.extend(c.escape_unicode()),
        c => shown.push(c),
    }
}

/// `value` as JSON, safe to print; or one line that says why there is none.
pub(crate) fn json(value: &impl Serialize) -> Result<String, String> {
    let mut json = Vec::new();
    let written = write_json(&mut json, value);
    written
        .and_then(|()| String::from_utf8(json).map_err(io::Error::other))
        .map_err(|error| format!("error: {error}"))
}

/// Writes `value` as JSON that is safe to print, a piece at a time.
fn write_json(to: impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut safe = Safe(to);
    serde_json::to_writer_pretty(&mut safe, value)?;
    safe.0.write_all(b"\n")
}

/// Passes on JSON text, with what could disturb a terminal written as `\u202e`. `serde_json` does that
/// for the ASCII control characters only. The line breaks between the values stay.
struct Safe<W>(W);

impl<W: Write> Write for Safe<W> {
    /// Takes whole characters, as `serde_json` gives them.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_ascii() && !bytes.contains(&0x7f) {
            return self.0.write(bytes); // the quick way for what is mostly so
        }
        let mut shown = String::with_capacity(bytes.len());
        for c in std::str::from_utf8(bytes).map_err(io::Error::other)?.chars() {
            if c != '\n' && disturbs(c) {
                let _ = write!(shown, "\\u{:04x}", u32::from(c)); // a String takes any text
            } else {
                shown.push(c);
            }
        }
        self.0.write_all(shown.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn disturbs(c: char) -> bool {
    let mark = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
    );
    mark || c.is_control()
}

/// `text`, cut to at most that many characters, the last of which then says so.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// One line to stderr. If nobody can hear it, there is nobody to tell.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes `text` to stdout and ends the program. A reader that has seen enough (`| head -1`) is
/// no failure.
pub(crate) fn finish(text: &str, valid: bool) -> ExitCode {
    end(io::stdout().lock().write_all(text.as_bytes()), valid)
}

/// Writes `value` as JSON to stdout and ends the program.
pub(crate) fn finish_json(value: &impl Serialize, valid: bool) -> ExitCode {
    let mut stdout = BufWriter::new(io::stdout().lock());
    end(write_json(&mut stdout, value).and_then(|()| stdout.flush()), valid)
}

fn end(written: io::Result<()>, valid: bool) -> ExitCode {
    match written.and_then(|()| io::stdout().flush()) {
        Ok(()) if valid => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            note(&format!("error: cannot write the result: {error}"));
            ExitCode::FAILURE
        }
    }
}
