//! Pictures, drawn in SVG.

mod colours;
mod drawing;

mod bars;
mod ladder;
mod lines;
mod radar;

pub(super) use bars::ALL_FAMILIES;
pub(super) use colours::Coloured;
pub(super) use drawing::Drawing;
pub(super) use lines::Lines;
#[cfg(feature = "cohort")]
pub(super) use radar::Band;
pub(super) use radar::{Layer, Radar};
