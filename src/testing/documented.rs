//! Checks of a questionnaire's document: findings, themes and languages.

use std::collections::BTreeSet;

use super::mistakes::{Found, Mistakes};
use crate::diagnostic::Excerpt;
use crate::questionnaire::{Question, Questionnaire};
use crate::text::Text;

/// The questionnaire in a JSON document, as [`Questionnaire::from_json`] has it, with findings that
/// `unwrap` and `?` of a test show line by line.
///
/// # Errors
///
/// Everything that is wrong with the document.
///
/// ```
/// use digital_maturity::testing;
///
/// let mistakes = testing::valid("{ \"schema\": 2 }").unwrap_err();
/// let first = mistakes.iter().next().unwrap();
/// assert_eq!(first, "1:1: error[missing-key]: key `id` is missing");
/// ```
pub fn valid(json: &str) -> Result<Questionnaire, Mistakes> {
    Questionnaire::from_json(json).map_err(|errors| Mistakes::from(&errors))
}

/// That the questionnaire has no [warnings](Questionnaire::warnings).
///
/// # Errors
///
/// All of them. One that is meant can be [excepted](Mistakes::except) by code or question.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
///
/// testing::no_warnings(Questionnaire::dcx_pulse())?;
/// # Ok::<(), testing::Mistakes>(())
/// ```
pub fn no_warnings(questionnaire: &Questionnaire) -> Result<(), Mistakes> {
    let mut found = Found::default();
    questionnaire.warnings().iter().for_each(|finding| found.add_finding(finding));
    found.end()
}

/// That each theme has at least so many questions with a weight above 0, and each question a theme.
/// A question without weight needs none.
///
/// # Errors
///
/// Each theme with fewer, and each question without a theme.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
///
/// testing::themes_covered(Questionnaire::dcx_pulse(), 1).unwrap();
/// let mistakes = testing::themes_covered(Questionnaire::dcx(), 99).unwrap_err();
/// assert_eq!(mistakes.iter().len(), Questionnaire::dcx().themes().len());
/// ```
pub fn themes_covered(questionnaire: &Questionnaire, at_least: usize) -> Result<(), Mistakes> {
    let mut found = Found::default();
    let counting = || questionnaire.questions().filter(|question| !question.weight().is_zero());
    for theme in questionnaire.themes() {
        let has = |question: &Question<'_>| question.themes().any(|of| of.id == theme.id);
        let ids: Vec<String> =
            counting().filter(has).map(|question| format!("`{}`", question.id())).collect();
        if ids.len() < at_least {
            let have = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
            let id = theme.id.as_str();
            found.add(
                [id],
                format!("theme `{id}` needs {at_least} questions, has {}: {have}", ids.len()),
            );
        }
    }
    for question in counting().filter(|question| question.themes().next().is_none()) {
        found.add([question.id()], format!("question `{}` has no theme", question.id()));
    }
    found.end()
}

/// That every text is there in every [language](Questionnaire::languages) of the questionnaire: in
/// that language, or in one that it is a kind of (`de` for readers of `de-AT`). The `default` of a
/// text counts for the language that the document states as its own.
///
/// # Errors
///
/// Each place with the languages that it lacks, and each text that is blank in one.
///
/// ```
/// use digital_maturity::{Questionnaire, Text, testing};
///
/// testing::translated(Questionnaire::dcx_pulse())?; // English and German throughout
///
/// let mut spec = Questionnaire::dcx_pulse().spec().clone();
/// spec.questions[0].title = Text::new("Cases?").with("de", "Fälle?").with("cs", "Případy?");
/// let mistakes = testing::translated(&spec.check()?).unwrap_err();
/// assert_eq!(mistakes.iter().next(), Some("/title is not in cs: `Digital maturity: the pulse`"));
/// assert!(!mistakes.iter().any(|line| line.starts_with("/questions/0/title")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn translated(questionnaire: &Questionnaire) -> Result<(), Mistakes> {
    let mut found = Found::default();
    let languages = questionnaire.languages();
    let stated = questionnaire.language().unwrap_or_default();
    // The default is as good as a translation into the stated language.
    let speaks_default = |language: &str| {
        let kind = |rest: &str| rest.is_empty() || rest.starts_with('-');
        let own = language.get(..stated.len()).zip(language.get(stated.len()..));
        !stated.is_empty()
            && own.is_some_and(|(own, rest)| own.eq_ignore_ascii_case(stated) && kind(rest))
    };
    let said = |text: &Text, language: &str| match text.translation(language) {
        Some((_, text)) => !text.trim().is_empty(),
        None => speaks_default(language) && !text.default.trim().is_empty(),
    };
    let ids: Vec<&str> = questionnaire.questions().map(|question| question.id()).collect();
    questionnaire.spec().each_text(|place, text| {
        let missing = languages.iter().filter(|language| !said(text, language));
        let missing: BTreeSet<&str> = missing.copied().collect();
        if !missing.is_empty() {
            let path = place.path().to_string();
            let question = path
                .strip_prefix("/questions/")
                .and_then(|rest| ids.get(rest.split('/').next()?.parse::<usize>().ok()?).copied());
            let missing = missing.into_iter().collect::<Vec<_>>().join(", ");
            let shown = Excerpt::new(&text.default);
            let line = format!("{path} is not in {missing}: `{shown}`");
            found.add(question.into_iter().chain([path.as_str()]), line);
        }
    });
    found.end()
}
