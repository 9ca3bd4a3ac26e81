//! The questionnaire in a browser: what the page calls. Everything that is known of answers and
//! scores is the library's; here it is put into the words of one language and handed over as JSON.

mod phrases;
mod view;

#[cfg(test)]
mod tests;

use std::iter;

use digital_maturity::report::Subject;
use digital_maturity::roadmap::Target;
use digital_maturity::{
    AnswerSheet, Diagnostic, Errors, Questionnaire, Report, Responses, Stage, Words,
};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use self::phrases::Phrases;

/// One questionnaire that is being answered, in one language.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Survey {
    sheet: AnswerSheet,
    /// What the form held last, and what was wrong with it.
    posted: Responses,
    refused: Option<Errors>,
    phrases: Phrases,
}

#[wasm_bindgen]
impl Survey {
    /// One of the built-in questionnaires, not answered yet.
    #[wasm_bindgen(js_name = builtIn)]
    #[must_use]
    pub fn built_in(id: &str, language: &str) -> Option<Survey> {
        let questionnaire =
            built_ins().into_iter().find(|questionnaire| questionnaire.id() == id)?;
        Some(Self::new(questionnaire, language))
    }

    /// A questionnaire of one's own, not answered yet.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, as [`Finding`]s in JSON.
    pub fn own(document: &str, language: &str) -> Result<Survey, String> {
        match Questionnaire::from_json(document) {
            Ok(questionnaire) => Ok(Self::new(&questionnaire, language)),
            Err(errors) => Err(json(&errors.iter().map(Finding::new).collect::<Vec<_>>())),
        }
    }

    /// From now on in that language, a BCP 47 tag.
    pub fn speak(&mut self, language: &str) {
        self.phrases = Phrases::new(language);
    }

    /// Under which name answers to this questionnaire are kept: its id and its version.
    #[must_use]
    pub fn name(&self) -> String {
        let questionnaire = self.sheet.questionnaire();
        format!("{} {}", questionnaire.id(), questionnaire.version())
    }

    /// What its author should look at, as [`Finding`]s in JSON.
    #[must_use]
    pub fn warnings(&self) -> String {
        let warnings = self.sheet.questionnaire().warnings();
        json(&warnings.iter().map(Finding::new).collect::<Vec<_>>())
    }

    /// The form as it is filled in, and what the answers say: a `view::State` in JSON.
    #[must_use]
    pub fn state(&self) -> String {
        let form = self.sheet.form(self.phrases.language()).posted(&self.posted);
        let form = form.marked(self.refused.iter().flatten());
        json(&view::State::new(form, &self.sheet.assess(), &self.phrases))
    }

    /// Takes what the fields of the whole form hold, names and values in pairs, in place of what they
    /// held before. What cannot be read stays in its field, with a hint.
    pub fn post(&mut self, names: Vec<String>, values: Vec<String>) {
        let posted = Responses::from_form_pairs(names.into_iter().zip(values));
        let (mut sheet, refused) = self.sheet.questionnaire().read_partial(&posted);
        // Whose answers they are, and of which day, is no part of the form.
        if let Some(name) = self.sheet.respondent() {
            // It was taken before, so it is taken now.
            let _ = sheet.set_respondent(name);
        }
        if let Some(day) = self.sheet.taken() {
            sheet.set_taken(day);
        }
        *self = Self { sheet, posted, refused, phrases: std::mem::take(&mut self.phrases) };
    }

    /// Says whose answers these are; a blank name is none. `None`, or what is wrong with the name.
    #[wasm_bindgen(js_name = nameRespondent)]
    pub fn name_respondent(&mut self, name: &str) -> Option<String> {
        if name.trim().is_empty() {
            self.sheet.clear_respondent();
            return None;
        }
        let finding = self.sheet.set_respondent(name).err()?;
        Some(self.phrases.words().hint(&finding, self.sheet.questionnaire()))
    }

    /// Says on which day the answers were given, as `2026-11-26`; what is no day is none.
    pub fn date(&mut self, day: &str) {
        match day.parse() {
            Ok(day) => self.sheet.set_taken(day),
            Err(_) => self.sheet.clear_taken(),
        };
    }

    /// The answers as a document that [`read`](Self::read) takes.
    #[must_use]
    pub fn answers(&self) -> String {
        serde_json::to_string_pretty(&self.sheet).unwrap_or_default()
    }

    /// Puts the answers of a document in place of those that are there.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, as [`Finding`]s in JSON; nothing is changed.
    pub fn read(&mut self, answers: &str) -> Result<(), String> {
        let read = self.sheet.questionnaire().read_json(answers);
        let sheet = read.map_err(|errors| self.explained(&errors))?;
        *self = Self::with(sheet, std::mem::take(&mut self.phrases));
        Ok(())
    }

    /// Takes all answers back, comments, name and day with them.
    pub fn clear(&mut self) {
        *self = Self::with(self.sheet.questionnaire().sheet(), std::mem::take(&mut self.phrases));
    }

    /// The pillars on the rings of the stages, an SVG.
    #[must_use]
    pub fn radar(&self) -> String {
        self.sheet.assess().report().language(self.phrases.language()).radar_svg().to_string()
    }

    /// The report on the answers, an HTML page.
    #[must_use]
    pub fn report(&self) -> String {
        self.page(&self.sheet.assess().report())
    }

    /// What is still possible and what to answer next, an HTML page.
    ///
    /// # Errors
    ///
    /// None: the outlook is of this very questionnaire.
    pub fn outlook(&self) -> Result<String, String> {
        let outlook = self.sheet.outlook();
        let report = outlook.report(self.sheet.questionnaire());
        Ok(self.page(&report.map_err(|other| other.to_string())?))
    }

    /// The cheapest way to that stage, an HTML page.
    ///
    /// # Errors
    ///
    /// There is no such stage, or it would take too long to tell.
    pub fn roadmap(&self, stage: &str) -> Result<String, String> {
        let stage: Stage = stage.parse().map_err(|unknown| format!("{unknown}"))?;
        let roadmap =
            self.sheet.roadmap(Target::from(stage)).map_err(|costly| costly.to_string())?;
        let report = roadmap.report(self.sheet.questionnaire());
        Ok(self.page(&report.map_err(|other| other.to_string())?))
    }
}

impl Survey {
    fn new(questionnaire: &Questionnaire, language: &str) -> Self {
        Self::with(questionnaire.sheet(), Phrases::new(language))
    }

    /// With those answers, and nothing posted besides.
    fn with(sheet: AnswerSheet, phrases: Phrases) -> Self {
        let nothing = iter::empty::<(String, String)>();
        Self { sheet, phrases, posted: Responses::from_form_pairs(nothing), refused: None }
    }

    fn explained(&self, errors: &Errors) -> String {
        let (words, questionnaire) = (self.phrases.words(), self.sheet.questionnaire());
        let explained = |finding: &Diagnostic| Finding {
            explained: finding.question().map(|_| words.explain(finding, questionnaire)),
            ..Finding::new(finding)
        };
        json(&errors.iter().map(explained).collect::<Vec<_>>())
    }

    fn page<'a, S: Subject>(&'a self, report: &Report<'a, S>) -> String {
        let report = report.clone().language(self.phrases.language());
        let report = match self.sheet.respondent() {
            Some(name) => report.about(name),
            None => report,
        };
        report.html().to_string()
    }
}

/// The built-in questionnaires, the short one first.
fn built_ins() -> [&'static Questionnaire; 2] {
    [Questionnaire::dcx_pulse(), Questionnaire::dcx()]
}

/// What can be chosen in the page, in the words of one language: an object of `questionnaires`,
/// `stages` and `words` in JSON.
#[wasm_bindgen]
#[must_use]
pub fn vocabulary(language: &str) -> String {
    #[derive(Serialize)]
    struct Vocabulary<'a> {
        questionnaires: Vec<Named<'a>>,
        stages: Vec<Named<'a>>,
        words: &'a Words,
    }
    let words = Words::for_language(language);
    let questionnaire =
        |of: &'static Questionnaire| Named { id: of.id(), name: of.title().get(language) };
    let stage = |stage: &Stage| Named { id: stage.as_str(), name: words.stage(*stage) };
    json(&Vocabulary {
        questionnaires: built_ins().map(questionnaire).into(),
        stages: Stage::ALL.iter().map(stage).collect(),
        words,
    })
}

/// What can be chosen, and what it is called.
#[derive(Debug, Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

/// What is wrong with a document, or worth a look.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// Whether the document cannot be used because of it.
    error: bool,
    /// The whole of it: line and column, code, place, message and suggestion.
    text: String,
    /// What it means for who answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    explained: Option<String>,
}

impl Finding {
    fn new(finding: &Diagnostic) -> Self {
        let error = finding.severity() == digital_maturity::diagnostic::Severity::Error;
        Self { error, text: finding.to_string(), explained: None }
    }
}

/// As JSON: what is handed over has string keys and no number that JSON lacks.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
