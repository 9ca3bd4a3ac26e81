//! The tests that read or write documents, under this package's features of `serde_json`.

#[path = "../.."]
mod tests {
    mod form;
    mod laws;
    mod problems;
    mod readback;
    mod reference;
    mod results;
    mod support;
}
