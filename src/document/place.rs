//! Where in a document something stands.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Node;
use crate::diagnostic::{Path, Segment};

/// A place in a document. It costs nothing until something is wrong there: the path is built from
/// the chain of parents on demand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl Place<'_> {
    pub(crate) const ROOT: Place<'static> = Place { parent: None, step: Step::Root };

    pub(crate) fn key<'c>(&'c self, key: &'c str) -> Place<'c> {
        Place { parent: Some(self), step: Step::Key(key) }
    }

    pub(crate) fn index(&self, index: usize) -> Place<'_> {
        Place { parent: Some(self), step: Step::Index(index) }
    }

    /// This place and everything that it is part of, from the inside out.
    pub(super) fn outwards(&self) -> impl Iterator<Item = &Place<'_>> {
        std::iter::successors(Some(self), |place| place.parent)
    }

    pub(crate) fn path(&self) -> Path {
        let mut segments: Vec<Segment> = self
            .outwards()
            .filter_map(|place| match place.step {
                Step::Root => None,
                Step::Key(key) => Some(Segment::Key(key.to_owned())),
                Step::Index(index) => Some(Segment::Index(index)),
            })
            .collect();
        segments.reverse();
        Path::from(segments)
    }
}

/// Where in a document paths lead to, as positions that compare in document order.
#[derive(Default)]
pub(super) struct Positions<'d> {
    /// The keys of large objects, by the object's address, so that many findings in one stay quick.
    large: BTreeMap<*const Node<'d>, BTreeMap<&'d str, usize>>,
}

impl<'d> Positions<'d> {
    const LARGE: usize = 64;

    pub(super) fn of(&mut self, document: &'d Node<'d>, path: &Path) -> Vec<usize> {
        let mut node = Some(document);
        let mut positions = Vec::with_capacity(path.segments().len());
        for segment in path.segments() {
            let (position, next) = match (segment, node) {
                (Segment::Index(index), Some(Node::List(list))) => (*index, list.get(*index)),
                (Segment::Key(key), Some(map @ Node::Map(entries))) => {
                    let position = self.of_key(map, entries, key).unwrap_or(entries.len());
                    (position, entries.get(position).map(|(_, node)| node))
                }
                _ => (usize::MAX, None),
            };
            positions.push(position);
            node = next;
        }
        positions
    }

    fn of_key(
        &mut self,
        map: &'d Node<'d>,
        entries: &'d [(Cow<'d, str>, Node<'d>)],
        key: &str,
    ) -> Option<usize> {
        if entries.len() < Self::LARGE {
            return entries.iter().position(|(name, _)| name.as_ref() == key);
        }
        let index = self.large.entry(std::ptr::from_ref(map)).or_insert_with(|| {
            // From the back, so that of equal keys the first stays.
            let keys = entries.iter().enumerate().rev();
            keys.map(|(position, (name, _))| (name.as_ref(), position)).collect()
        });
        index.get(key).copied()
    }
}
