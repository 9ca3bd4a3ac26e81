//! digital-maturity for Python. What is documented for its users stands in
//! `python/digital_maturity/__init__.pyi` and, for `help()`, beside it.

mod agreement;
mod answers;
mod by;
mod code;
mod errors;
mod export;
mod page;
mod questionnaire;
mod scores;
mod seen;
mod sort;
mod study;
mod table;
mod value;

use pyo3::pymodule;

#[pymodule(gil_used = true)]
mod _native {
    #[pymodule_export]
    use super::agreement::agreement;
    #[pymodule_export]
    use super::answers::PyAnswers;
    #[pymodule_export]
    use super::errors::MaturityError;
    #[pymodule_export]
    use super::questionnaire::PyQuestionnaire;
    #[pymodule_export]
    use super::scores::PyScores;
}
