//! Pictures, drawn in SVG.

mod colours;
mod drawing;

mod bars;
mod heat;
mod ladder;
mod lines;
mod parts;
mod radar;

#[cfg(feature = "cohort")]
mod boxes;
#[cfg(feature = "intervals")]
mod choices;
#[cfg(feature = "cohort")]
mod spread;
#[cfg(feature = "intervals")]
mod waves;

pub(super) use bars::ALL_FAMILIES;
#[cfg(feature = "cohort")]
pub(super) use boxes::{Boxed, Boxes};
#[cfg(feature = "intervals")]
pub(super) use choices::{Choices, Chosen};
pub(super) use colours::Coloured;
pub(super) use drawing::Drawing;
pub(super) use heat::{Heat, Warm};
pub(super) use ladder::UnitLadder;
pub(super) use lines::Lines;
pub(super) use radar::{Band, Layer, Radar};
#[cfg(feature = "cohort")]
pub(super) use spread::Spread;
#[cfg(feature = "intervals")]
pub(super) use waves::{Wave, Waves};
