//! The questionnaire in a browser: what the page calls. Everything that is known of answers and
//! scores is the library's; here it is put into the words of one language and handed over as JSON.

mod phrases;
mod view;

use digital_maturity::roadmap::Target;
use digital_maturity::{Answer, AnswerSheet, Diagnostic, Errors, Questionnaire, Stage, Words};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use self::phrases::Phrases;

/// One questionnaire that is being answered, in one language.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Survey {
    sheet: AnswerSheet,
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

    fn new(questionnaire: &Questionnaire, language: &str) -> Self {
        Self { sheet: questionnaire.sheet(), phrases: Phrases::new(language) }
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

    /// What is asked, and how it can be answered: a `view::Form` in JSON.
    #[must_use]
    pub fn form(&self) -> String {
        json(&view::Form::new(self.sheet.questionnaire(), &self.phrases))
    }

    /// What the answers say as they are now: a `view::State` in JSON.
    #[must_use]
    pub fn state(&self) -> String {
        json(&view::State::new(&self.sheet.assess(), &self.phrases))
    }

    /// Answers a question by an answer in JSON, `null` to take the answer back. `None`, or what the
    /// respondent should know; the question is then unanswered.
    pub fn answer(&mut self, id: &str, answer: &str) -> Option<String> {
        let answer: Answer = serde_json::from_str(answer).unwrap_or_default();
        let set = self.sheet.set(id, answer).map(|_| ());
        self.hint(id, set)
    }

    /// Answers a question by what was typed, likewise.
    #[wasm_bindgen(js_name = answerTyped)]
    pub fn answer_typed(&mut self, id: &str, text: &str) -> Option<String> {
        let parsed = self.sheet.questionnaire().question(id)?.parse(text);
        let set = parsed.and_then(|answer| self.sheet.set(id, answer).map(|_| ()));
        self.hint(id, set)
    }

    fn hint(&mut self, id: &str, set: Result<(), Diagnostic>) -> Option<String> {
        let finding = set.err()?;
        // What could not be read leaves no earlier answer in its place.
        let _ = self.sheet.set(id, Answer::Unanswered);
        Some(self.phrases.words().hint(&finding, self.sheet.questionnaire()))
    }

    /// Comments on a question. `None`, or what the respondent should know.
    pub fn comment(&mut self, id: &str, text: &str) -> Option<String> {
        let finding = self.sheet.set_comment(id, text).err()?;
        Some(self.phrases.words().hint(&finding, self.sheet.questionnaire()))
    }

    /// Says whose answers these are; a blank name is none. `None`, or what is wrong with the name.
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
        self.sheet = read.map_err(|errors| self.explained(&errors))?;
        Ok(())
    }

    fn explained(&self, errors: &Errors) -> String {
        let (words, questionnaire) = (self.phrases.words(), self.sheet.questionnaire());
        let explained = |finding: &Diagnostic| Finding {
            explained: finding.question().map(|_| words.explain(finding, questionnaire)),
            ..Finding::new(finding)
        };
        json(&errors.iter().map(explained).collect::<Vec<_>>())
    }

    /// Takes all answers back, comments, name and day with them.
    pub fn clear(&mut self) {
        self.sheet = self.sheet.questionnaire().sheet();
    }

    /// The pillars on the rings of the stages, an SVG.
    #[must_use]
    pub fn radar(&self) -> String {
        self.sheet.assess().report().language(self.phrases.language()).radar_svg().to_string()
    }

    /// The report on the answers, an HTML page.
    #[must_use]
    pub fn report(&self) -> String {
        self.sheet.assess().report().language(self.phrases.language()).html().to_string()
    }

    /// What is still possible and what to answer next, an HTML page.
    #[must_use]
    pub fn outlook(&self) -> String {
        self.sheet.outlook().report().language(self.phrases.language()).html().to_string()
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
        Ok(roadmap.report().language(self.phrases.language()).html().to_string())
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
#[derive(Serialize)]
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
