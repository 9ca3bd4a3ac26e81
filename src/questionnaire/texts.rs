//! The texts of a questionnaire, and the languages that they are in.

use std::collections::BTreeMap;

use super::Questionnaire;
use super::spec::{QuestionnaireSpec, ScaleSpec, ScaleUse};
use crate::document::Place;
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
        self.spec().each_text(|_, text| texts.push(text));
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
    /// Hands over every text of the document with its place, in its order.
    pub(crate) fn each_text<'s>(&'s self, mut visit: impl FnMut(&Place<'_>, &'s Text)) {
        let root = Place::ROOT;
        visit(&root.key("title"), &self.title);
        visit_some(&root.key("description"), self.description.as_ref(), &mut visit);
        visit_some(&root.key("instructions"), self.instructions.as_ref(), &mut visit);
        let glossary = root.key("glossary");
        for (index, entry) in self.glossary.iter().enumerate() {
            let place = glossary.index(index);
            visit(&place.key("term"), &entry.term);
            visit(&place.key("meaning"), &entry.meaning);
        }
        let families = root.key("families");
        for (index, family) in self.families.iter().enumerate() {
            let place = families.index(index);
            visit(&place.key("title"), &family.title);
            visit_some(&place.key("description"), family.description.as_ref(), &mut visit);
        }
        let themes = root.key("themes");
        for (index, theme) in self.themes.iter().enumerate() {
            let place = themes.index(index);
            visit(&place.key("title"), &theme.title);
            visit_some(&place.key("description"), theme.description.as_ref(), &mut visit);
        }
        let scales = root.key("scales");
        for (name, scale) in &self.scales {
            scale.each_text(&scales.key(name), &mut visit);
        }
        let questions = root.key("questions");
        for (index, question) in self.questions.iter().enumerate() {
            let place = questions.index(index);
            visit(&place.key("title"), &question.title);
            if let ScaleUse::Own(scale) = &question.scale {
                scale.each_text(&place.key("scale"), &mut visit);
            }
            visit_some(&place.key("guidance"), question.guidance.as_ref(), &mut visit);
        }
    }
}

impl QuestionnaireSpec {
    /// Hands over every scale that is written in the document with its place, in its order.
    pub(super) fn each_scale<'s>(&'s self, mut visit: impl FnMut(&Place<'_>, &'s ScaleSpec)) {
        let scales = Place::ROOT.key("scales");
        for (name, scale) in &self.scales {
            visit(&scales.key(name), scale);
        }
        let questions = Place::ROOT.key("questions");
        for (index, question) in self.questions.iter().enumerate() {
            if let ScaleUse::Own(scale) = &question.scale {
                visit(&questions.index(index).key("scale"), scale);
            }
        }
    }
}

impl ScaleSpec {
    /// Hands over every text of the scale with its place, in the order of the document.
    pub(super) fn each_text<'s>(
        &'s self,
        place: &Place<'_>,
        visit: &mut impl FnMut(&Place<'_>, &'s Text),
    ) {
        match self {
            Self::Choice { choices } => {
                let list = place.key("choices");
                for (index, choice) in choices.iter().enumerate() {
                    let place = list.index(index);
                    visit(&place.key("text"), &choice.text);
                    visit_some(&place.key("advice"), choice.advice.as_ref(), visit);
                }
            }
            Self::YesNo => {}
            Self::Checklist { items } => {
                let list = place.key("items");
                for (index, item) in items.iter().enumerate() {
                    visit(&list.index(index).key("text"), &item.text);
                }
            }
            Self::Measure { unit, bands } => {
                visit(&place.key("unit"), unit);
                let list = place.key("bands");
                for (index, band) in bands.iter().enumerate() {
                    let place = list.index(index);
                    visit_some(&place.key("text"), band.text.as_ref(), visit);
                    visit_some(&place.key("advice"), band.advice.as_ref(), visit);
                }
            }
        }
    }
}

/// Hands over a text that may be left out.
fn visit_some<'s>(
    place: &Place<'_>,
    text: Option<&'s Text>,
    visit: &mut impl FnMut(&Place<'_>, &'s Text),
) {
    if let Some(text) = text {
        visit(place, text);
    }
}
