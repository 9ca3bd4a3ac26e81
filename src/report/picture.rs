//! Pictures, drawn in SVG.

mod drawing;

mod bars;
mod ladder;
mod radar;

pub(super) use bars::ALL_FAMILIES;
pub(super) use drawing::Drawing;
pub(super) use radar::{Band, Layer, Radar};
