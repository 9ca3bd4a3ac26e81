//! Whether what survey tools export can be told apart.

use super::mistakes::{Found, Mistakes};
use crate::diagnostic::Code;
use crate::questionnaire::Questionnaire;

/// That answers which survey tools and spreadsheets export, by value or by text, can be read in one
/// way only: that there is none of these [warnings](Questionnaire::warnings). Texts are compared as
/// [`Questionnaire::read_lenient`] does, in every language, upper and lower case always alike.
///
/// - `ambiguous-text`: the text of a choice is the text or the value of another, or a word for a
///   state. The same of items, their texts and their ids, or an item's text is a list of others
///   (`Web; app`), for tools that write what was ticked in one cell.
/// - `ambiguous-header`: the title of a question is the title or the id of another, or the header of
///   an item's own column, as `channels[web]`, `channels___web`, `channels/web` and `channels - web`
///   are written.
/// - `padded-text`: such a text begins or ends with a blank, which tools keep or drop as they please.
/// - `empty-text`: there is nothing to be read.
///
/// # Cost
///
/// None: they were found when the questionnaire was read.
///
/// # Errors
///
/// Each of those warnings. One that is meant can be [excepted](Mistakes::except) by code or question.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
///
/// testing::exportable(Questionnaire::dcx())?;
///
/// let mut spec = Questionnaire::dcx_pulse().spec().clone();
/// spec.questions[1].title = format!("{} ", spec.questions[0].title).to_uppercase().into();
/// let mistakes = testing::exportable(&spec.check().unwrap()).unwrap_err();
/// assert_eq!(mistakes.iter().len(), 2); // a blank at the end, and two columns of one header
/// # Ok::<(), testing::Mistakes>(())
/// ```
pub fn exportable(questionnaire: &Questionnaire) -> Result<(), Mistakes> {
    let mut found = Found::default();
    let confused = |code| {
        matches!(
            code,
            Code::AmbiguousText
                | Code::AmbiguousHeader
                | Code::PaddedText
                | Code::EmptyText
                | Code::MoreFindings
        )
    };
    for finding in questionnaire.warnings().iter().filter(|finding| confused(finding.code())) {
        found.add_finding(finding);
    }
    found.end()
}
