//! Files of survey tools, as the tools really write them, read into a cohort.

mod codes;
mod export;
mod options;

pub use self::codes::Codes;
pub use self::export::Export;
pub use self::options::{
    CellsAs, Decimal, Duplicates, Filter, InvalidFilter, Options, Others, Unticked,
};
