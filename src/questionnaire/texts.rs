//! The texts of a questionnaire, and the languages that they are in.

use std::collections::BTreeMap;

use super::Questionnaire;
use super::spec::{QuestionnaireSpec, ScaleSpec, ScaleUse};
use crate::text::Text;

impl Questionnaire {
    /// Every language that some of its texts are in, each once and sorted, as BCP 47 tags; the
    /// language of the default texts comes first where the document
    /// [states](Self::language) it. A text that lacks a language shows its default.
    ///
    /// Looks through all texts.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Text};
    ///
    /// let mut spec = Questionnaire::dcx_pulse().spec().clone();
    /// spec.language = Some("en".to_owned());
    /// spec.instructions = Some(Text::new("Ask around.").with("de", "Fragen Sie nach."));
    /// spec.questions[0].title = Text::new("Cases?").with("cs", "Případy?");
    /// let questionnaire = Questionnaire::try_from(spec)?;
    /// assert_eq!(questionnaire.languages(), ["en", "cs", "de"]);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        // By the tag in lower case: `pt-BR` and `pt-br` are one language.
        let mut found = BTreeMap::new();
        let mut texts = Vec::new();
        self.spec().each_text(|text| texts.push(text));
        for language in texts.into_iter().flat_map(|text| text.translations.keys()) {
            found.entry(language.to_ascii_lowercase()).or_insert(language.as_str());
        }
        let stated = self.language();
        if let Some(stated) = stated {
            found.remove(&stated.to_ascii_lowercase());
        }
        stated.into_iter().chain(found.into_values()).collect()
    }
}

impl QuestionnaireSpec {
    /// Hands over every text of the document, in its order.
    fn each_text<'s>(&'s self, mut visit: impl FnMut(&'s Text)) {
        visit(&self.title);
        self.description.iter().chain(&self.instructions).for_each(&mut visit);
        for entry in &self.glossary {
            visit(&entry.term);
            visit(&entry.meaning);
        }
        for family in &self.families {
            visit(&family.title);
            family.description.iter().for_each(&mut visit);
        }
        for theme in &self.themes {
            visit(&theme.title);
            theme.description.iter().for_each(&mut visit);
        }
        for scale in self.scales.values() {
            scale.each_text(&mut visit);
        }
        for question in &self.questions {
            visit(&question.title);
            if let ScaleUse::Own(scale) = &question.scale {
                scale.each_text(&mut visit);
            }
            question.guidance.iter().for_each(&mut visit);
        }
    }
}

impl ScaleSpec {
    /// Hands over every text of the scale, in the order of the document.
    fn each_text<'s>(&'s self, mut visit: impl FnMut(&'s Text)) {
        match self {
            Self::Choice { choices } => {
                for choice in choices {
                    visit(&choice.text);
                    choice.advice.iter().for_each(&mut visit);
                }
            }
            Self::YesNo => {}
            Self::Checklist { items } => items.iter().for_each(|item| visit(&item.text)),
            Self::Measure { unit, bands } => {
                visit(unit);
                for band in bands {
                    band.text.iter().chain(&band.advice).for_each(&mut visit);
                }
            }
        }
    }
}
