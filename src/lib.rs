//! Scores an organisation's digital maturity.
#![forbid(unsafe_code)]

mod assessment;
mod date;
mod diagnostic;
mod document;
mod id;
mod ladder;
mod number;
mod pillar;
mod questionnaire;
mod responses;
mod scale;
mod stage;
mod text;

pub use assessment::*;
pub use date::{Date, InvalidDate};
pub use diagnostic::{Code, Diagnostic, Diagnostics, Excerpt, Path, Problem, Segment, Severity};
pub use id::UnknownName;
pub use ladder::{Ladder, LadderTable, Preset, Requirement};
pub use number::{NumberError, Percent, Score, Weight};
pub use pillar::{Pillar, PillarMap, PillarSet};
pub use questionnaire::*;
pub use responses::*;
pub use stage::Stage;
pub use text::Text;
