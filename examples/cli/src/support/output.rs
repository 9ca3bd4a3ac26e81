//! Writing for people and for pipes.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};
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
    let json = serde_json::to_string_pretty(value).map_err(|error| format!("error: {error}"))?;
    Ok(escape_json(&json) + "\n")
}

/// The same JSON text, with what could disturb a terminal written as `\u202e`. `serde_json` does
/// that for the ASCII control characters only. The line breaks between the values stay.
fn escape_json(json: &str) -> String {
    if json.is_ascii() && !json.contains('\u{7f}') {
        return json.to_owned(); // the quick way for what is mostly so
    }
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && disturbs(c) {
            let _ = write!(shown, "\\u{:04x}", u32::from(c)); // a String takes any text
        } else {
            shown.push(c);
        }
    }
    shown
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
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) if valid => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            note(&format!("error: cannot write the result: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Writes `value` as JSON to stdout and ends the program.
pub(crate) fn finish_json(value: &impl Serialize, valid: bool) -> ExitCode {
    match json(value) {
        Ok(json) => finish(&json, valid),
        Err(message) => {
            note(&message);
            ExitCode::FAILURE
        }
    }
}
