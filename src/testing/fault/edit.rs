//! Changes of a JSON document, one at a time.

use serde_json::Value;

use super::Fault;
use crate::diagnostic::{Code, Severity};

/// A valid document, and the faults planted in it so far.
pub(super) struct Planter {
    document: Value,
    faults: Vec<Fault>,
}

impl Planter {
    pub(super) fn new(document: Value) -> Self {
        Self { document, faults: Vec::new() }
    }

    pub(super) fn document(&self) -> &Value {
        &self.document
    }

    /// Puts a value at the end of a pointer, in place of what stands there or beside it; `-` is
    /// behind a list. An error is expected at the path.
    pub(super) fn put(&mut self, pointer: &str, value: Value, code: Code, path: impl Into<String>) {
        self.plant(Severity::Error, code, path.into(), |document| put(document, pointer, value));
    }

    /// The same, and a warning is expected.
    pub(super) fn warn(
        &mut self,
        pointer: &str,
        value: Value,
        code: Code,
        path: impl Into<String>,
    ) {
        self.plant(Severity::Warning, code, path.into(), |document| put(document, pointer, value));
    }

    /// Takes a key away from the document's outermost object.
    pub(super) fn remove(&mut self, key: &str) {
        self.plant(Severity::Error, Code::MissingKey, String::new(), |document| {
            document.as_object_mut()?.remove(key).map(drop)
        });
    }

    /// A fault of the text: what is made of that of the valid document.
    pub(super) fn text(&mut self, code: Code, path: String, change: impl FnOnce(String) -> String) {
        let document = change(self.document.to_string());
        self.faults.push(Fault { document, code, path, severity: Severity::Error });
    }

    fn plant(
        &mut self,
        severity: Severity,
        code: Code,
        path: String,
        change: impl FnOnce(&mut Value) -> Option<()>,
    ) {
        let mut document = self.document.clone();
        if change(&mut document).is_some() {
            self.faults.push(Fault { document: document.to_string(), code, path, severity });
        }
    }

    pub(super) fn end(self) -> Vec<Fault> {
        self.faults
    }
}

/// `None` if there is no such place.
fn put(document: &mut Value, pointer: &str, value: Value) -> Option<()> {
    let (parent, key) = pointer.rsplit_once('/')?;
    match document.pointer_mut(parent)? {
        Value::Object(entries) => _ = entries.insert(key.to_owned(), value),
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) => *list.get_mut(key.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}
