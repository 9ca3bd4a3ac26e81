//! Lists and objects whose entries are made one by one, as they are written.

use serde::{Serialize, Serializer};

/// A list of what an iterator gives.
pub(super) struct List<F>(pub(super) F);

impl<F: Fn() -> I, I: IntoIterator<Item: Serialize>> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// An object of the keys and values that an iterator gives.
pub(super) struct Object<F>(pub(super) F);

impl<F, I, K, V> Serialize for Object<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item = (K, V)>,
    K: Serialize,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}
