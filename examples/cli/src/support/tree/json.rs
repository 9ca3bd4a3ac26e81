//! A JSON document as a tree with places, for documents of the command itself. The library finds the
//! places of its own documents.

use super::{Key, Node, Value};

/// The document in a text that is known to be JSON.
pub(crate) fn from_json(text: &str) -> Node {
    Scanner { text, at: 0 }.value()
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn value(&mut self) -> Node {
        self.blank();
        let offset = self.at;
        let value = match self.peek() {
            Some(b'{') => {
                let mut entries = Vec::new();
                self.entries(b'}', |scanner| {
                    let offset = scanner.at;
                    let key = Key { offset, text: scanner.string() };
                    scanner.blank();
                    scanner.at += 1; // the colon
                    entries.push((key, scanner.value()));
                });
                Value::Map(entries)
            }
            Some(b'[') => {
                let mut items = Vec::new();
                self.entries(b']', |scanner| items.push(scanner.value()));
                Value::List(items)
            }
            Some(b'"') => Value::Text(self.string()),
            _ => scalar(self.word()),
        };
        Node { offset, value }
    }

    /// What stands between brackets, up to the closing one.
    fn entries(&mut self, close: u8, mut entry: impl FnMut(&mut Self)) {
        loop {
            self.at += 1; // the bracket or a comma
            self.blank();
            match self.peek() {
                None => return,
                Some(byte) if byte == close => break,
                Some(_) => entry(self),
            }
            self.blank();
            if self.peek() != Some(b',') {
                break;
            }
        }
        self.at += 1;
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        serde_json::from_str(self.text.get(start..self.at).unwrap_or_default()).unwrap_or_default()
    }

    fn word(&mut self) -> &str {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }
}

fn scalar(word: &str) -> Value {
    match word {
        "null" | "" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        // So large a number is out of every range; what it is exactly does not matter.
        number => match number.parse() {
            Ok(whole) => Value::Integer(whole),
            Err(_) => Value::Float(number.parse().unwrap_or(f64::NAN)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_with_its_place() {
        let text =
            " { \"a\\n\" : [1, -2.5e1 ,true],\n\t\"b\":{}, \"c\" : \"\\u00e9\\\"\", \"d\":null } ";
        let Value::Map(entries) = from_json(text).value else { panic!("an object") };
        let seen: Vec<_> = entries
            .iter()
            .map(|(key, node)| (key.offset, key.text.as_str(), node.offset, node.value.clone()))
            .collect();
        let item = |offset, value| Node { offset, value };
        let list = vec![
            item(12, Value::Integer(1)),
            item(15, Value::Float(-25.0)),
            item(23, Value::Bool(true)),
        ];
        assert_eq!(
            seen,
            [
                (3, "a\n", 11, Value::List(list)),
                (31, "b", 35, Value::Map(Vec::new())),
                (39, "c", 45, Value::Text("é\"".to_owned())),
                (57, "d", 61, Value::Null),
            ]
        );
    }
}
