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
pub(super) use radar::{Band, Layer, Radar};
