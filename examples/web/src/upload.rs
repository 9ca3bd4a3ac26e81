//! A questionnaire of one's own, and what is wrong with it, shown in its text.

use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use digital_maturity::Questionnaire;
use digital_maturity::diagnostic::Position;
use maud::{Markup, html};

use crate::pages::{Language, layout};
use crate::{Answer, Ask, Fault};

/// So many characters of a line are shown before and behind a place.
const AROUND: usize = 60;

pub async fn empty(ask: Ask) -> Markup {
    page(ask.language, "", None)
}

pub async fn upload(ask: Ask, body: Result<Multipart, MultipartRejection>) -> Answer {
    let refused = |error: MultipartError| Fault(error.status(), error.body_text());
    let mut body = body.map_err(|error| Fault(error.status(), error.body_text()))?;
    let mut text = Vec::new();
    while let Some(field) = body.next_field().await.map_err(refused)? {
        // The text, unless a file was chosen.
        let is_file = field.name() == Some("file");
        let bytes = field.bytes().await.map_err(refused)?;
        if text.is_empty() || (is_file && !bytes.is_empty()) {
            text = bytes.into();
        }
    }
    ask.work(move |store, language| {
        let text = String::from_utf8_lossy(&text).trim_start_matches('\u{feff}').to_owned();
        let (status, shown) = match read(&text) {
            Ok(questionnaire) => {
                let key = store.keep("uploaded", &questionnaire)?;
                (StatusCode::CREATED, kept(language, &key, &questionnaire))
            }
            Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, page(language, &text, Some(&wrong))),
        };
        Ok((status, shown).into_response())
    })
    .await
}

/// Why a text is no questionnaire.
struct Wrong {
    /// What the places are in: the text, or the same as JSON.
    text: String,
    findings: Vec<(String, Option<Position>)>,
    /// Whether it is the same as JSON.
    converted: bool,
}

/// A questionnaire in JSON or YAML. YAML is turned into JSON, in which findings have their place.
fn read(text: &str) -> Result<Questionnaire, Wrong> {
    let converted = !text.trim_start().starts_with('{');
    let json = if converted { yaml_as_json(text)? } else { text.to_owned() };
    Questionnaire::from_json(&json).map_err(|errors| {
        let findings = errors.iter().map(|finding| (finding.to_string(), finding.position()));
        Wrong { findings: findings.collect(), text: json, converted }
    })
}

fn yaml_as_json(text: &str) -> Result<String, Wrong> {
    let read = serde_saphyr::from_str::<serde_json::Value>(text);
    read.map(|value| format!("{value:#}")).map_err(|error| {
        let whole = |number: u64| usize::try_from(number).unwrap_or(1).max(1);
        let at = error.location();
        let place = at.map(|at| Position { line: whole(at.line()), column: whole(at.column()) });
        let message = error.without_snippet().to_string();
        Wrong { text: text.to_owned(), findings: vec![(message, place)], converted: false }
    })
}

fn page(language: Language, text: &str, wrong: Option<&Wrong>) -> Markup {
    let title = language.say("Upload a questionnaire", "Einen Fragebogen hochladen");
    layout(
        language,
        title,
        "/upload",
        &html! {
            h1 { (title) }
            @if let Some(wrong) = wrong {
                div.problems role="alert" tabindex="-1" autofocus aria-labelledby="problems" {
                    h2 #problems { (language.say("This is not a questionnaire yet", "Das ist noch kein Fragebogen")) }
                    @if wrong.converted { p { (language.say("The lines are those of the document as JSON.", "Die Zeilen sind die des Dokuments als JSON.")) } }
                    ol.findings lang="en" { @for (message, place) in &wrong.findings { li { (message) (marked(*place, &wrong.text)) } } }
                }
            }
            form method="post" enctype="multipart/form-data" {
                p { label for="file" { (language.say("File, JSON or YAML", "Datei, JSON oder YAML")) } input #file type="file" name="file" accept=".json,.yaml,.yml"; }
                p { label for="text" { (language.say("Or its text", "Oder sein Text")) } textarea #text name="text" rows="16" spellcheck="false" { "\n" (text) } }
                p.buttons { button { (language.say("Upload", "Hochladen")) } }
            }
        },
    )
}

/// The line of a place, with the place marked.
fn marked(place: Option<Position>, text: &str) -> Markup {
    let line = place.and_then(|at| Some((at.column - 1, text.lines().nth(at.line - 1)?)));
    html! {
        @if let Some((column, line)) = line {
            @let part = |from, most| line.chars().skip(from).take(most).collect::<String>();
            @let from = column.saturating_sub(AROUND);
            @let at = part(column, 1);
            pre { code { (part(from, column - from)) mark { @if at.is_empty() { " " } @else { (at) } } (part(column + 1, AROUND)) } }
        }
    }
}

fn kept(language: Language, key: &str, questionnaire: &Questionnaire) -> Markup {
    let title = language.say("Uploaded", "Hochgeladen");
    layout(
        language,
        title,
        "/upload",
        &html! {
            h1 { (title) }
            p { a href={ "/" (language.tag()) "/q/" (key) } { (questionnaire.title().get(language.tag())) } }
            @if !questionnaire.warnings().is_empty() {
                h2 { (language.say("Worth a second look", "Einen zweiten Blick wert")) }
                ul lang="en" { @for warning in questionnaire.warnings() { li { (warning) } } }
            }
        },
    )
}
