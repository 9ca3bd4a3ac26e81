//! A made-up study: a questionnaire with a question of every kind, and what a dozen people say.

use std::collections::BTreeMap;

use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Answer, AnswerSheet, Question, Questionnaire};

/// A questionnaire, and what its respondents meant.
#[derive(Debug)]
pub(super) struct Study {
    pub(super) questionnaire: Questionnaire,
    pub(super) respondents: Vec<Respondent>,
    /// What stands above questions that a tool shows as a grid, by their ids; they stand together.
    pub(super) stems: BTreeMap<&'static str, &'static str>,
}

#[derive(Clone, Debug)]
pub(super) struct Respondent {
    pub(super) sheet: AnswerSheet,
    /// What they wrote under "Other" of the first checklist, beside what they ticked.
    pub(super) other: Option<&'static str>,
}

impl Study {
    /// Of a questionnaire and answers as they come, without grids and words of one's own.
    pub(super) fn of(sheets: Vec<AnswerSheet>) -> Self {
        let questionnaire = sheets.first().expect("a respondent").questionnaire().clone();
        let respondents =
            sheets.into_iter().map(|sheet| Respondent { sheet, other: None }).collect();
        Self { questionnaire, respondents, stems: BTreeMap::new() }
    }

    /// What a respondent answered.
    pub(super) fn answer(&self, respondent: usize, question: Question<'_>) -> Answer {
        self.respondents[respondent].sheet.answer(question.id()).unwrap()
    }

    /// What a respondent wrote under "Other", if that is where the question has it.
    pub(super) fn other(&self, respondent: usize, question: Question<'_>) -> Option<&'static str> {
        self.respondents[respondent].other.filter(|_| self.has_other(question))
    }

    /// Whether that is the question under which there are words of one's own.
    pub(super) fn has_other(&self, question: Question<'_>) -> bool {
        let is_list = |of: &Question<'_>| matches!(of.scale(), ScaleSpec::Checklist { .. });
        let first = self.questionnaire.questions().find(is_list);
        first.is_some_and(|first| first.id() == question.id())
            && self.respondents.iter().any(|of| of.other.is_some())
    }

    /// The same without words of one's own, for what has no room for them.
    pub(super) fn without_others(mut self) -> Self {
        for respondent in &mut self.respondents {
            respondent.other = None;
        }
        self
    }

    /// The study that is tried by name.
    pub(super) fn shops() -> Self {
        let questionnaire = Questionnaire::from_json(SHOPS).unwrap();
        let respondents = ANSWERS
            .iter()
            .map(|(answers, other)| {
                let sheet = questionnaire.read_json(answers).unwrap_or_else(|e| panic!("{e}"));
                Respondent { sheet, other: *other }
            })
            .collect();
        let stem = "How far do you agree, all in all?";
        let stems = BTreeMap::from([("agree_try", stem), ("agree_tell", stem)]);
        Self { questionnaire, respondents, stems }
    }
}

/// The sheet with other answers.
pub(super) fn change(
    sheet: &AnswerSheet,
    change: impl Fn(Question<'_>, Answer) -> Answer,
) -> AnswerSheet {
    let mut changed = sheet.clone();
    for (question, answer) in sheet.answers() {
        changed.set(question.id(), change(question, answer)).unwrap();
    }
    changed
}

/// The sheet with other answers to checklists, of which many tools lose a part.
pub(super) fn change_lists(sheet: &AnswerSheet, of_list: impl Fn(Answer) -> Answer) -> AnswerSheet {
    change(sheet, |question, answer| match question.scale() {
        ScaleSpec::Checklist { .. } => of_list(answer),
        _ => answer,
    })
}

/// Texts with commas, semicolons, quotes, umlauts, dashes; credits and values out of step; a scale
/// whose texts are values of others (`mark`); items whose ids are not their texts; a condition.
const SHOPS: &str = r#"{
  "schema": 1, "id": "shops", "version": "1.0.0", "title": "Shops",
  "scales": {
    "how_often": { "kind": "choice", "choices": [
      { "value": 1, "text": { "default": "Never", "de": "Nie" } },
      { "value": 2, "text": { "default": "Rarely, if at all", "de": "Selten, wenn überhaupt" } },
      { "value": 3, "text": { "default": "2 – 3 times; more before “sales”", "de": "2 – 3 Mal; mehr vor dem „Ausverkauf“" } },
      { "value": 4, "text": { "default": "Often", "de": "Häufig" } },
      { "value": 5, "text": { "default": "Always, that’s the rule", "de": "Immer (so heißt's)" } } ] },
    "agree": { "kind": "choice", "choices": [
      { "value": 0, "credit": 0, "text": { "default": "Not at all", "de": "Gar nicht" } },
      { "value": 10, "credit": 0.3, "text": { "default": "So so", "de": "Teils/teils" } },
      { "value": 20, "credit": 1, "text": { "default": "Fully", "de": "Völlig" } } ] }
  },
  "questions": [
    { "id": "plan", "pillar": "digital_first_mindset", "scale": "how_often",
      "title": { "default": "Is there a plan?", "de": "Gibt es einen Plan?" } },
    { "id": "owner", "pillar": "digital_first_mindset", "scale": { "kind": "yes_no" },
      "title": { "default": "Has it \"an owner\", or two?", "de": "Gehört er „jemandem“?" } },
    { "id": "mark", "pillar": "digital_first_mindset", "weight": 0.5,
      "title": { "default": "Your mark for the plan", "de": "Ihre Note für den Plan" },
      "scale": { "kind": "choice", "choices": [
        { "value": 1, "text": { "default": "5 (poor)", "de": "5 (mangelhaft)" } }, { "value": 2, "text": "4" },
        { "value": 3, "text": "3" }, { "value": 4, "text": "2" },
        { "value": 5, "text": { "default": "1 (very good)", "de": "1 (sehr gut)" } } ] } },
    { "id": "review", "pillar": "agile_approach", "scale": "how_often", "asked_if": { "question": "owner", "at_least": 1 },
      "title": { "default": "Does the owner review it?", "de": "Prüft er ihn?" } },
    { "id": "lead_time", "pillar": "agile_approach",
      "title": { "default": "Days from idea to shop", "de": "Tage von der Idee bis zum Laden" },
      "scale": { "kind": "measure", "unit": "days", "bands": [ { "from": 0, "credit": 1 },
        { "from": 7.5, "credit": 0.6 }, { "above": 30, "credit": 0.2 }, { "from": 1000, "credit": 0 } ] } },
    { "id": "agree_try", "pillar": "culture_of_experimentation", "scale": "agree",
      "title": { "default": "We try things", "de": "Wir probieren" } },
    { "id": "agree_tell", "pillar": "culture_of_experimentation", "scale": "agree", "reverse": true,
      "title": { "default": "We tell nobody, \"never\"", "de": "Wir sagen es keinem" } },
    { "id": "channels", "pillar": "connected_systems",
      "title": { "default": "Which channels share data?", "de": "Welche Kanäle teilen Daten?" },
      "scale": { "kind": "checklist", "items": [
        { "id": "web", "text": { "default": "Web site", "de": "Netz" } },
        { "id": "app", "text": "App", "points": 2 },
        { "id": "till", "text": { "default": "Shop, till", "de": "Laden, Kasse" } },
        { "id": "call", "text": { "default": "Phone, incl. “call centre”", "de": "Telefon (auch Zentrale)" } },
        { "id": "post", "text": { "default": "Mail; letters", "de": "Post; Briefe" }, "points": 3 } ] } },
    { "id": "stock", "pillar": "connected_systems", "scale": "how_often",
      "title": { "default": "Is the stock live?", "de": "Ist der Bestand aktuell?" } },
    { "id": "shared", "pillar": "connected_systems",
      "title": { "default": "What is shared", "de": "Was geteilt wird" },
      "scale": { "kind": "checklist", "items": [
        { "id": "prices", "text": { "default": "Prices", "de": "Preise" } },
        { "id": "orders", "text": { "default": "Orders & returns", "de": "Bestellungen & Rückgaben" } } ] } }
  ] }"#;

/// All, nothing but a little, none ticked, states, one who broke off, and words of one's own.
const ANSWERS: [(&str, Option<&str>); 12] = [
    (
        r#"{ "plan": 4, "owner": true, "mark": 4, "review": 3, "lead_time": 12, "agree_try": 20, "agree_tell": 10,
             "channels": ["web", "app"], "stock": 2, "shared": ["prices"] }"#,
        None,
    ),
    (
        r#"{ "plan": 5, "owner": true, "mark": 5, "review": 4, "lead_time": 7.5, "agree_try": 20, "agree_tell": 0,
             "channels": ["web", "app", "till", "call", "post"], "stock": 5, "shared": ["prices", "orders"] }"#,
        None,
    ),
    (
        r#"{ "plan": 2, "owner": false, "mark": 1, "lead_time": 1200, "agree_try": 0, "agree_tell": 20,
             "channels": ["call"], "stock": 1, "shared": [] }"#,
        None,
    ),
    (
        r#"{ "plan": 3, "owner": true, "mark": 2, "review": 5, "lead_time": 30, "agree_try": 10, "agree_tell": 10,
             "channels": ["post"], "stock": 3, "shared": ["orders"] }"#,
        None,
    ),
    (
        r#"{ "plan": 1, "owner": false, "mark": 3, "lead_time": 0, "agree_try": 10, "agree_tell": 0, "channels": [],
             "stock": 4, "shared": ["orders"] }"#,
        None,
    ),
    // Broke off.
    (r#"{ "plan": 4, "owner": true, "mark": 4, "review": 2 }"#, None),
    // Gaps here and there.
    (
        r#"{ "plan": 4, "mark": 5, "lead_time": 31.25, "agree_try": 20, "channels": ["till", "post"], "stock": 2 }"#,
        None,
    ),
    (
        r#"{ "plan": "dont_know", "owner": true, "mark": "not_applicable", "review": "not_applicable", "lead_time": "dont_know",
             "agree_try": 20, "agree_tell": "dont_know", "channels": ["app", "till"], "stock": "not_applicable", "shared": ["prices"] }"#,
        None,
    ),
    (
        r#"{ "plan": 2, "owner": "dont_know", "mark": 2, "lead_time": 45.5, "agree_try": 0, "agree_tell": 0,
             "channels": "dont_know", "stock": 3, "shared": "not_applicable" }"#,
        None,
    ),
    // An answer to what is not asked, which counts for nothing.
    (
        r#"{ "plan": 5, "owner": false, "mark": 4, "review": 5, "lead_time": 999.5, "agree_try": 20, "agree_tell": 20,
             "channels": ["web", "call"], "stock": 4, "shared": ["prices", "orders"] }"#,
        None,
    ),
    (
        r#"{ "plan": 3, "owner": true, "mark": 3, "review": 1, "lead_time": 8, "agree_try": 10, "agree_tell": 10,
             "channels": ["web", "post"], "stock": 5, "shared": ["orders"] }"#,
        Some("a van, “red”"),
    ),
    (
        r#"{ "plan": 4, "owner": true, "mark": 1, "review": 4, "lead_time": 2, "agree_try": 20, "agree_tell": 0,
             "channels": ["app", "till", "call"], "stock": 4, "shared": ["prices"] }"#,
        Some("carrier pigeons"),
    ),
];
