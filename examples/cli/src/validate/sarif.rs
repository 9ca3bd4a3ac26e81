//! Findings in SARIF 2.1.0, the form that code hosts and editors read. The few objects that are
//! needed are written here: the one maintained crate generates the whole schema at build time, with
//! a parser of schemas and a formatter of Rust for it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use digital_maturity::Code;
use digital_maturity::diagnostic::{Position, Severity};
use serde::Serialize;
use serde_json::{Value, json};

use super::FileReport;
use crate::support::finding::Finding;
use crate::support::snippet;

/// The whole of it, by the names that SARIF has for its parts.
#[derive(Serialize)]
pub(super) struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Value,
    invocations: [Value; 1],
    /// Columns are characters.
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: Code,
    rule_index: usize,
    level: Severity,
    message: Message,
    locations: [Value; 1],
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_column: usize,
}

/// What was found in files, and which could not be read.
pub(super) fn log(files: &[FileReport], unread: &[String]) -> Log {
    let codes = files.iter().flat_map(|file| &file.findings).map(|finding| finding.code);
    let mut rules: BTreeMap<Code, usize> = codes.map(|code| (code, 0)).collect();
    for (index, place) in rules.values_mut().enumerate() {
        *place = index;
    }
    let mut results = Vec::new();
    for file in files {
        for (finding, offset) in file.findings.iter().zip(file.offsets()) {
            results.push(SarifResult {
                rule_id: finding.code,
                rule_index: rules.get(&finding.code).copied().unwrap_or_default(),
                level: finding.severity,
                message: Message { text: escaped(&finding.text()) },
                locations: [location(file, finding, offset)],
            });
        }
    }
    let run = Run {
        tool: json!({ "driver": {
            "name": "maturity",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules.keys().map(|code| rule(*code)).collect::<Vec<_>>(),
        } }),
        invocations: [invocation(unread)],
        column_kind: "unicodeCodePoints",
        results,
    };
    Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    }
}

fn rule(code: Code) -> Value {
    let text = escaped(code.description());
    let text = json!({ "text": text });
    json!({ "id": code, "shortDescription": text, "fullDescription": text, "help": text })
}

/// That the program ran, and what kept it from reading a file.
fn invocation(unread: &[String]) -> Value {
    let successful = unread.is_empty();
    let mut invocation = json!({ "executionSuccessful": successful });
    if !successful {
        let notification =
            |line: &String| json!({ "level": "error", "message": { "text": escaped(line) } });
        let notifications: Vec<Value> = unread.iter().map(notification).collect();
        if let Some(object) = invocation.as_object_mut() {
            object.insert("toolExecutionNotifications".to_owned(), notifications.into());
        }
    }
    invocation
}

fn location(file: &FileReport, finding: &Finding, offset: usize) -> Value {
    let artifact = match file.document.path() {
        Some(path) => json!({ "uri": uri(path) }),
        None => json!({ "description": { "text": "standard input" } }),
    };
    let mut physical = json!({ "artifactLocation": artifact });
    if let Some(object) = physical.as_object_mut().filter(|_| finding.is_placed()) {
        object.insert("region".to_owned(), json!(region(file, finding.position, offset)));
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(object) = location.as_object_mut().filter(|_| !finding.path.is_empty()) {
        let logical = json!([{ "fullyQualifiedName": finding.path }]);
        object.insert("logicalLocations".to_owned(), logical);
    }
    location
}

fn region(file: &FileReport, Position { line, column }: Position, offset: usize) -> Region {
    let text = &file.document.text;
    let end = offset + snippet::extent(text, offset);
    let characters = text.get(offset..end).unwrap_or_default().chars().count();
    Region { start_line: line, start_column: column, end_column: column + characters }
}

/// In a message, braces stand around placeholders, and `[text](target)` is a link (sections 3.11.5
/// and 3.11.6).
fn escaped(message: &str) -> String {
    let message = message.replace('{', "{{").replace('}', "}}");
    if message.contains("](") { message.replace('[', "\\[").replace(']', "\\]") } else { message }
}

/// The name of a file as a URI reference (RFC 3986): relative if the name is.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if cfg!(windows) && path.get(1..).is_some_and(|rest| rest.starts_with(":/")) {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => {
                let _ = write!(uri, "%{byte:02X}"); // a String takes any text
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_uri_references() {
        for (path, expected) in [
            ("mine.json", "mine.json"),
            ("./a/b.yaml", "a/b.yaml"),
            ("../a b%.json", "../a%20b%25.json"),
            ("größe:1.json", "gr%C3%B6%C3%9Fe%3A1.json"),
        ] {
            assert_eq!(uri(path), expected);
        }
        if cfg!(unix) {
            assert_eq!(uri("/tmp/[1].json"), "file:///tmp/%5B1%5D.json");
            assert_eq!(uri("a\\b.json"), "a%5Cb.json");
        }
    }

    #[test]
    fn messages_have_no_placeholders_and_no_links() {
        assert_eq!(escaped("key `{0}`"), "key `{{0}}`");
        assert_eq!(escaped("key `[a](0)`"), "key `\\[a\\](0)`");
        assert_eq!(escaped("choices [1, 2]"), "choices [1, 2]");
    }
}
