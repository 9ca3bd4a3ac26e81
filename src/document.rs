//! Reading a document so that every fault is found in one go.
//!
//! Any serde format is first read into a [`Node`], which keeps order and duplicate keys; a
//! [`Reader`] then takes typed values from it, notes each fault with its place, and goes on.

mod by_node;
mod locate;
mod node;
mod place;
mod reader;

pub(crate) use by_node::by_node;
pub(crate) use locate::positions_in_json;
pub(crate) use node::{LARGEST_DOCUMENT, Node, number_text, whole};
pub(crate) use place::Place;
pub(crate) use reader::{At, Fields, LONGEST_TEXT, Reader, name_fault, too_large, too_long};

/// `Deserialize` by way of a [`Node`] and a reading function, the findings flattened to one text.
macro_rules! deserialize_by_reading {
    ($type:ty, $from_node:path) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let node =
                    <$crate::document::Node<'de> as serde::Deserialize>::deserialize(deserializer)?;
                $from_node(&node).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use deserialize_by_reading;
