//! Takes typed values from a document, notes every fault with its place, and goes on.

use std::collections::BTreeSet;

use super::node::{LARGEST_WHOLE, Node, number_text};
use super::place::{Place, Positions};
use crate::date::Date;
use crate::diagnostic::{
    Alternatives, Code, Diagnostic, Errors, Excerpt, MOST, Path, Problem, Severity, Suggestions,
    Warnings,
};
use crate::names::{Named, is_id};
use crate::number::{NumberError, Score, UnitWeight, Weight};

/// The longest text of a document, in characters.
pub(crate) const LONGEST_TEXT: usize = 10_000;

/// A value and the place where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    pub(crate) node: &'a Node<'a>,
    pub(crate) place: &'a Place<'a>,
}

/// Collects what is wrong with one document while values are taken from it.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    findings: Vec<Diagnostic>,
    omitted: usize,
    failed: bool,
    /// Places whose value is not what the document says, because it is wrong or missing there.
    faults: BTreeSet<Path>,
    suggestions: Suggestions,
}

impl Reader {
    /// What `read` takes from a whole document, or everything that is wrong with it.
    pub(crate) fn document<T>(
        node: &Node<'_>,
        read: impl FnOnce(&mut Self, At<'_>) -> Option<T>,
    ) -> Result<T, Errors> {
        let mut reader = Self::default();
        match read(&mut reader, At { node, place: &Place::ROOT }) {
            Some(value) => reader.finish(node).map(|_| value),
            None => Err(reader.refuse(node)),
        }
    }

    pub(crate) fn error(&mut self, place: &Place<'_>, problem: Problem) {
        self.find(Severity::Error, || Diagnostic::error(place.path(), problem));
    }

    pub(crate) fn warning(&mut self, place: &Place<'_>, problem: Problem) {
        self.find(Severity::Warning, || Diagnostic::warning(place.path(), problem));
    }

    /// Whether as much was found as is kept.
    fn is_full(&self) -> bool {
        self.findings.len() >= MOST
    }

    /// Notes that the values under these keys are not what the document says. Where no more is kept, what follows
    /// from that would not be, either.
    fn missing(&mut self, place: &Place<'_>, keys: impl IntoIterator<Item = &'static str>) {
        if !self.is_full() {
            self.faults.extend(keys.into_iter().map(|key| place.key(key).path()));
        }
    }

    /// What `read` does; whatever it finds is about that question, whose id is only asked for then.
    pub(crate) fn about<'q, T>(
        &mut self,
        question: impl Fn() -> &'q str,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.findings.len();
        let found = read(self);
        for finding in self.findings.iter_mut().skip(before) {
            finding.set_question(question());
        }
        found
    }

    pub(crate) fn note(&mut self, finding: Diagnostic) {
        self.find(finding.severity(), || finding);
    }

    /// Notes a finding, which is only made where there is room for it.
    fn find(&mut self, severity: Severity, finding: impl FnOnce() -> Diagnostic) {
        let error = severity == Severity::Error;
        self.failed |= error;
        if self.is_full() {
            self.omitted += 1;
            return;
        }
        let finding = finding();
        // These leave what could be read as it stands.
        let readable = matches!(
            finding.code(),
            Code::MissingKey | Code::UnknownKey | Code::DuplicateKey | Code::TooFew | Code::TooMany
        );
        if error && !readable {
            self.faults.insert(finding.path().clone());
        }
        self.findings.push(finding);
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether any error was found.
    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    /// Whether more was found than is kept; what is yet to be found would not be shown.
    pub(crate) fn overflowed(&self) -> bool {
        self.omitted > 0
    }

    /// Whether the value at `place` is what the document says: no fault at it, within it, or in
    /// what it is part of. Only then is it worth checking further; a thing already wrong is not
    /// reported again for what follows from it.
    pub(crate) fn sound(&self, place: &Place<'_>) -> bool {
        if self.faults.is_empty() {
            return true;
        }
        let path = place.path();
        let within = |fault: &Path| fault.segments().starts_with(path.segments());
        if place.outwards().any(|around| self.faults.contains(&around.path())) {
            return false;
        }
        !self.faults.range(path.clone()..).next().is_some_and(within)
    }

    /// Whether the document is valid, and what was found in it.
    pub(crate) fn finish(self, document: &Node<'_>) -> Result<Warnings, Errors> {
        if self.failed {
            Err(self.refuse(document))
        } else {
            Ok(Warnings::from_sorted(self.sorted(document)))
        }
    }

    /// What was found in a document that is not valid: some error was noted.
    pub(crate) fn refuse(self, document: &Node<'_>) -> Errors {
        Errors::from_sorted(self.sorted(document))
    }

    /// The findings in the order of the document.
    fn sorted(self, document: &Node<'_>) -> Vec<Diagnostic> {
        let mut positions = Positions::default();
        let mut findings: Vec<(Vec<usize>, Diagnostic)> = self
            .findings
            .into_iter()
            .map(|finding| (positions.of(document, finding.path()), finding))
            .collect();
        findings.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut findings: Vec<Diagnostic> =
            findings.into_iter().map(|(_, finding)| finding).collect();
        if self.omitted > 0 {
            let problem = Problem::MoreFindings { count: self.omitted };
            let root = Path::default();
            findings.push(if self.failed {
                Diagnostic::error(root, problem)
            } else {
                Diagnostic::warning(root, problem)
            });
        }
        findings
    }

    /// What finds the names that were probably meant; not asked once they would not be shown.
    pub(crate) fn suggestions(&self) -> Option<&Suggestions> {
        (!self.overflowed()).then_some(&self.suggestions)
    }

    /// The name that was probably meant.
    pub(crate) fn nearest<'n>(
        &self,
        wanted: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        self.suggestions()?.nearest(wanted, names).map(str::to_owned)
    }

    pub(crate) fn wrong_type(&mut self, at: At<'_>, expected: &'static str) {
        let found = at.node.describe();
        self.error(at.place, Problem::WrongType { expected, found });
    }

    /// Nothing can be read there, for that reason.
    fn refused<T>(&mut self, at: At<'_>, problem: Problem) -> Option<T> {
        self.error(at.place, problem);
        None
    }

    fn mistyped<T>(&mut self, at: At<'_>, expected: &'static str) -> Option<T> {
        self.wrong_type(at, expected);
        None
    }

    /// An id, as a questionnaire has them.
    pub(crate) fn id(&mut self, at: At<'_>) -> Option<String> {
        let text = self.text(at)?;
        if !is_id(text) {
            self.error(at.place, Problem::InvalidId { found: Excerpt::new(text) });
        }
        Some(text.to_owned())
    }

    /// A text within the limit of length.
    pub(crate) fn text<'a>(&mut self, at: At<'a>) -> Option<&'a str> {
        let Node::Text(text) = at.node else {
            return self.mistyped(at, "a text");
        };
        if let Some(problem) = too_long(text) {
            return self.refused(at, problem);
        }
        Some(text)
    }

    /// A text within the limit of length, to keep.
    pub(crate) fn owned_text(&mut self, at: At<'_>) -> Option<String> {
        self.text(at).map(str::to_owned)
    }

    /// A day.
    pub(crate) fn date(&mut self, at: At<'_>) -> Option<Date> {
        let text = self.text(at)?;
        let problem = || Problem::InvalidDate { found: Excerpt::new(text) };
        text.parse().ok().or_else(|| self.refused(at, problem()))
    }

    pub(crate) fn boolean(&mut self, at: At<'_>) -> Option<bool> {
        match at.node {
            Node::Bool(b) => Some(*b),
            _ => self.mistyped(at, "`true` or `false`"),
        }
    }

    /// A finite number.
    pub(crate) fn number(&mut self, at: At<'_>) -> Option<f64> {
        match *at.node {
            #[expect(clippy::cast_precision_loss, reason = "a measure is compared as a double")]
            Node::Integer(n) => Some(n as f64),
            Node::Float(n) if n.is_finite() => Some(n),
            Node::Float(n) => self.refused(at, Problem::NotFinite { found: number_text(n) }),
            _ => self.mistyped(at, "a number"),
        }
    }

    /// A whole number, judged by its value: `4.0` is 4.
    pub(crate) fn whole(
        &mut self,
        at: At<'_>,
        what: &'static str,
        min: i64,
        max: i64,
    ) -> Option<i64> {
        if !matches!(at.node, Node::Integer(_) | Node::Float(_)) {
            return self.mistyped(at, "a whole number");
        }
        let float = self.number(at)?;
        let found = if let Node::Integer(n) = at.node {
            Excerpt::new(&n.to_string())
        } else {
            number_text(float)
        };
        match at.node.whole() {
            Some(whole) if (min..=max).contains(&whole) => Some(whole),
            None if float.fract() != 0.0 => self.refused(at, Problem::NotWhole { found }),
            _ => self.refused(at, Problem::OutOfRange { what, found, min, max }),
        }
    }

    /// A whole number within plus and minus 2^53.
    pub(crate) fn value(&mut self, at: At<'_>) -> Option<i64> {
        self.whole(at, "value", -LARGEST_WHOLE, LARGEST_WHOLE)
    }

    /// What orders results of one day: a whole number within plus and minus 2^53.
    pub(crate) fn sequence(&mut self, at: At<'_>) -> Option<i64> {
        self.whole(at, "sequence", -LARGEST_WHOLE, LARGEST_WHOLE)
    }

    pub(crate) fn score(&mut self, at: At<'_>, what: &'static str) -> Option<Score> {
        self.decimal(at, what, Score::read)
    }

    pub(crate) fn weight(&mut self, at: At<'_>) -> Option<Weight> {
        self.decimal(at, "weight", Weight::read)
    }

    pub(crate) fn unit_weight(&mut self, at: At<'_>) -> Option<UnitWeight> {
        self.decimal(at, "weight", UnitWeight::read)
    }

    fn decimal<T>(
        &mut self,
        at: At<'_>,
        what: &'static str,
        read: impl FnOnce(f64) -> Result<T, NumberError>,
    ) -> Option<T> {
        let number = self.number(at)?;
        let found = number_text(number);
        let problem = match read(number) {
            Ok(decimal) => return Some(decimal),
            Err(NumberError::OutOfRange { max }) => {
                Problem::OutOfRange { what, found, min: 0, max: i64::from(max) }
            }
            Err(NumberError::TooFine { decimals }) => Problem::TooFine { what, found, decimals },
            // The least weight is a thousandth.
            Err(NumberError::Zero) => {
                let max = i64::try_from(UnitWeight::MAX.thousandths()).unwrap_or(i64::MAX);
                Problem::OutOfRange { what: "weight in thousandths", found, min: 1, max }
            }
            Err(NumberError::NotANumber) => Problem::NotFinite { found },
        };
        self.refused(at, problem)
    }

    /// One of a closed set of names.
    pub(crate) fn name<T: Named>(&mut self, at: At<'_>) -> Option<T> {
        let text = self.text(at)?;
        if let Ok(name) = text.parse() {
            return Some(name);
        }
        let names = T::NAMES.iter().copied();
        let suggestion = self.suggestions().and_then(|of| of.nearest(text, names));
        let problem = Problem::UnknownName { what: T::WHAT, found: Excerpt::new(text), suggestion };
        self.refused(at, problem)
    }

    /// The items of a list, each as `item` reads it; beyond `most` items only the number is looked
    /// at.
    pub(crate) fn list<T>(
        &mut self,
        at: At<'_>,
        what: &'static str,
        (least, most): (usize, usize),
        mut item: impl FnMut(&mut Self, At<'_>) -> T,
    ) -> Option<Vec<T>> {
        let Node::List(nodes) = at.node else {
            return self.mistyped(at, "a list");
        };
        let found = nodes.len();
        if found < least {
            self.error(at.place, Problem::TooFew { what, found, least });
        }
        if found > most {
            self.error(at.place, Problem::TooMany { what, found, most });
        }
        let read = |(index, node)| item(self, At { node, place: &at.place.index(index) });
        Some(nodes.iter().take(most).enumerate().map(read).collect())
    }

    /// The fields of an object.
    pub(crate) fn fields<'a>(&mut self, at: At<'a>) -> Option<Fields<'a>> {
        self.entries(at).map(|entries| Fields { place: at.place, entries, known: Vec::new() })
    }

    /// The entries of an object, in order, without those whose key was there before.
    pub(crate) fn entries<'a>(&mut self, at: At<'a>) -> Option<Vec<Entry<'a>>> {
        let Node::Map(map) = at.node else {
            return self.mistyped(at, "an object");
        };
        let mut seen = BTreeSet::new();
        let mut entries = Vec::with_capacity(map.len());
        for (key, node) in map {
            if seen.insert(key.as_ref()) {
                entries.push((key.as_ref(), node));
            } else {
                let problem = Problem::DuplicateKey { key: Excerpt::new(key) };
                self.error(&at.place.key(key), problem);
            }
        }
        Some(entries)
    }
}

type Entry<'a> = (&'a str, &'a Node<'a>);

/// An object that is read field by field; whatever is left at the end is unknown.
pub(crate) struct Fields<'a> {
    place: &'a Place<'a>,
    entries: Vec<Entry<'a>>,
    known: Vec<&'static str>,
}

impl Fields<'_> {
    /// The field `key` as `read` reads it, if it is there.
    pub(crate) fn optional<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        read: impl FnOnce(&mut Reader, At<'_>) -> Option<T>,
    ) -> Option<T> {
        self.known.push(key);
        let (_, node) = self.entries.iter().find(|(name, _)| *name == key)?;
        read(reader, At { node, place: &self.place.key(key) })
    }

    /// The field `key` as `read` reads it; that it is missing is an error.
    pub(crate) fn required<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        read: impl FnOnce(&mut Reader, At<'_>) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.known.push(key);
            reader.error(self.place, Problem::MissingKey { key, or: Alternatives::NONE });
            reader.missing(self.place, [key]);
            return None;
        }
        self.optional(reader, key, read)
    }

    /// The field `key` as `read` reads it, or `default` if it is not there.
    pub(crate) fn or<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        default: T,
        read: impl FnOnce(&mut Reader, At<'_>) -> Option<T>,
    ) -> Option<T> {
        let stated = self.has(key);
        let read = self.optional(reader, key, read);
        if stated { read } else { Some(default) }
    }

    /// Whether the object has one of those keys and not two; anything else is an error. None of
    /// them is unknown after that.
    pub(crate) fn one_of(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        others: &'static [&'static str],
    ) -> bool {
        let keys = || std::iter::once(key).chain(others.iter().copied());
        self.known.extend(keys());
        let or = Alternatives::new(others);
        let problem = match keys().filter(|key| self.has(key)).count() {
            0 => Problem::MissingKey { key, or },
            1 => return true,
            _ => Problem::ConflictingKeys { key, or },
        };
        reader.error(self.place, problem);
        reader.missing(self.place, keys());
        false
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| *name == key)
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self, reader: &mut Reader) {
        for (key, _) in &self.entries {
            if !self.known.contains(key) {
                let suggestion = reader.nearest(key, self.known.iter().copied());
                let problem = Problem::UnknownKey { key: Excerpt::new(key), suggestion };
                reader.error(&self.place.key(key), problem);
            }
        }
    }
}

/// What is wrong with a whole number beyond plus and minus 2^53.
pub(crate) fn too_large(what: &'static str, value: i64) -> Option<Problem> {
    let (min, max) = (-LARGEST_WHOLE, LARGEST_WHOLE);
    let found = || Excerpt::new(&value.to_string());
    (!(min..=max).contains(&value)).then(|| Problem::OutOfRange { what, found: found(), min, max })
}

/// What is wrong with a name that is given to one of many, after those of the others before it.
pub(crate) fn name_fault<'n>(name: &'n str, before: &mut BTreeSet<&'n str>) -> Option<Problem> {
    if name.trim().is_empty() {
        Some(Problem::EmptyText {})
    } else if !before.insert(name) {
        Some(Problem::DuplicateEntry { entry: Excerpt::new(name) })
    } else {
        too_long(name)
    }
}

/// What is wrong with a text of more characters than any may have.
pub(crate) fn too_long(text: &str) -> Option<Problem> {
    // No text has more characters than bytes, so that most need not be counted.
    if text.len() <= LONGEST_TEXT {
        return None;
    }
    let found = text.chars().count();
    (found > LONGEST_TEXT).then_some(Problem::TextTooLong { found, most: LONGEST_TEXT })
}
