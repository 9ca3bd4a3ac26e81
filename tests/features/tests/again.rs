//! The tests that read or write documents, under this package's features of `serde_json`.

#[path = "../.."]
mod tests {
    /// What is asked of every type of result.
    trait Stored: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug {}

    impl<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug> Stored for T {}

    mod form;
    mod laws;
    mod problems;
    mod readback;
    mod reference;
    mod results;
    mod support;
}
