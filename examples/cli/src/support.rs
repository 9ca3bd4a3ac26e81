//! What the subcommands share: reading documents in three formats, saying where in a file a finding
//! is, and writing to a terminal.
//!
//! The library knows no files, lines or columns; all of that is here.

pub(crate) mod document;
pub(crate) mod draft;
pub(crate) mod export;
pub(crate) mod finding;
pub(crate) mod input;
pub(crate) mod output;
pub(crate) mod reading;
pub(crate) mod show;
pub(crate) mod snippet;
pub(crate) mod tree;
