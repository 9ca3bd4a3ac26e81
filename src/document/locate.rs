//! From a place in a document to line and column in its JSON text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Position, Segment, Spot};

/// Where the findings stand in the JSON text of their document. What is not there is found at the
/// nearest thing around it. One pass over the text, however many there are.
pub(crate) fn positions_in_json(text: &str, findings: &[Diagnostic]) -> Vec<Position> {
    if findings.is_empty() {
        return Vec::new();
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let targets: Vec<Target<'_>> = findings
        .iter()
        .map(|finding| Target { path: finding.path().segments(), spot: finding.spot() })
        .collect();
    positions(text, &in_json(text, &targets))
}

/// Something to find.
#[derive(Clone, Copy, Debug)]
struct Target<'p> {
    path: &'p [Segment],
    spot: Spot,
}

/// The byte offsets of `targets` in a JSON text.
fn in_json(text: &str, targets: &[Target<'_>]) -> Vec<usize> {
    let mut search = Search::new(targets);
    Scanner { text, at: 0, found: &mut search.found }.value(Some(&mut search.wanted));
    search.found
}

/// The lines and columns of byte offsets, in one pass over the text however many there are.
fn positions(text: &str, offsets: &[usize]) -> Vec<Position> {
    let start = Position { line: 1, column: 1 };
    let mut order: Vec<(usize, usize)> =
        offsets.iter().enumerate().map(|(index, &offset)| (offset, index)).collect();
    order.sort_unstable();
    let mut found = vec![start; offsets.len()];
    let (mut done, mut here) = (0, start);
    for (offset, index) in order {
        here = here.after(text.get(done..offset).unwrap_or_default());
        done = offset;
        if let Some(position) = found.get_mut(index) {
            *position = here;
        }
    }
    found
}

/// The place that `serde_json` names: it counts columns in bytes, and from 0 where a line has none.
pub(super) fn in_characters(text: &str, line: usize, column: usize) -> Position {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    Position::in_text(text, start + column.saturating_sub(1))
}

/// All targets as one tree of paths, so that one walk through a document finds them all.
struct Search<'p> {
    wanted: Wanted<'p>,
    found: Vec<usize>,
}

#[derive(Default)]
struct Wanted<'p> {
    values: Vec<usize>,
    keys: Vec<usize>,
    repeats: Vec<usize>,
    /// How often the key of this place was met.
    met: usize,
    by_key: BTreeMap<&'p str, Wanted<'p>>,
    by_index: BTreeMap<usize, Wanted<'p>>,
}

impl<'p> Search<'p> {
    fn new(targets: &[Target<'p>]) -> Self {
        let mut wanted = Wanted::default();
        for (index, target) in targets.iter().enumerate() {
            let mut place = &mut wanted;
            for segment in target.path {
                place = match segment {
                    Segment::Key(key) => place.by_key.entry(key).or_default(),
                    Segment::Index(index) => place.by_index.entry(*index).or_default(),
                };
            }
            match target.spot {
                Spot::Value => place.values.push(index),
                Spot::Key => place.keys.push(index),
                Spot::RepeatedKey => place.repeats.push(index),
            }
        }
        Self { wanted, found: vec![0; targets.len()] }
    }
}

impl Wanted<'_> {
    /// The value of this place is at `offset`. So is, for now, everything within it.
    fn value_at(&self, offset: usize, found: &mut [usize]) {
        set(&self.values, offset, found);
        for inner in self.by_key.values().chain(self.by_index.values()) {
            inner.value_at(offset, found);
            set(&inner.keys, offset, found);
            set(&inner.repeats, offset, found);
        }
    }

    /// The place of `key`, which stands at `offset`, if its value is worth a look: of equal keys
    /// the first counts.
    fn key_at(&mut self, key: &str, offset: usize, found: &mut [usize]) -> Option<&mut Self> {
        let place = self.by_key.get_mut(key)?;
        place.met += 1;
        if let Some(repeat) = place.met.checked_sub(2) {
            set(place.repeats.get(repeat..).unwrap_or_default(), offset, found);
            return None;
        }
        set(&place.keys, offset, found);
        set(&place.repeats, offset, found);
        Some(place)
    }
}

fn set(indices: &[usize], offset: usize, found: &mut [usize]) {
    for &index in indices {
        if let Some(place) = found.get_mut(index) {
            *place = offset;
        }
    }
}

/// Goes through a JSON text that is known to be one; in any other it stops early and finds less.
struct Scanner<'t, 'f> {
    text: &'t str,
    at: usize,
    found: &'f mut [usize],
}

impl<'t> Scanner<'t, '_> {
    fn value(&mut self, wanted: Option<&mut Wanted<'_>>) {
        self.blank();
        let Some(wanted) = wanted else { return self.skip() };
        wanted.value_at(self.at, self.found);
        if wanted.by_key.is_empty() && wanted.by_index.is_empty() {
            return self.skip();
        }
        match self.peek() {
            Some(b'{') => self.entries(b'}', |scanner, _| {
                let offset = scanner.at;
                let key = scanner.string();
                scanner.blank();
                scanner.at += 1; // the colon
                let place = wanted.key_at(&key, offset, scanner.found);
                scanner.value(place);
            }),
            Some(b'[') => self.entries(b']', |scanner, index| {
                scanner.value(wanted.by_index.get_mut(&index));
            }),
            _ => self.skip(),
        }
    }

    /// What stands between brackets, up to the closing one.
    fn entries(&mut self, close: u8, mut entry: impl FnMut(&mut Self, usize)) {
        self.at += 1;
        for index in 0.. {
            self.blank();
            match self.peek() {
                Some(byte) if byte != close => entry(self, index),
                _ => break,
            }
            self.blank();
            if self.peek() != Some(b',') {
                break;
            }
            self.at += 1;
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

    /// Past one value, however deep it is.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                None => return,
                Some(b'"') => drop(self.string()),
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']' | b',') if depth == 0 => return,
                Some(b'}' | b']') => {
                    depth -= 1;
                    self.at += 1;
                }
                Some(_) => self.at += 1,
            }
            if depth == 0 && matches!(self.peek(), Some(b'}' | b']' | b',')) {
                return;
            }
        }
    }

    /// Past a string, and what it says.
    fn string(&mut self) -> Cow<'t, str> {
        let start = self.at;
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(step) = rest.find(['"', '\\']) else {
                self.at = self.text.len();
                return Cow::Borrowed("");
            };
            self.at += step;
            if self.peek() == Some(b'"') {
                break;
            }
            self.at += 2;
        }
        self.at += 1;
        let quoted = self.text.get(start..self.at).unwrap_or_default();
        if quoted.contains('\\') {
            return Cow::Owned(serde_json::from_str(quoted).unwrap_or_default());
        }
        Cow::Borrowed(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
