//! The tests that read or write documents, under this package's features of `serde_json`.

#[path = "../../form.rs"]
mod form;
#[path = "../../laws.rs"]
mod laws;
#[path = "../../problems.rs"]
mod problems;
#[path = "../../reference/main.rs"]
mod reference;
