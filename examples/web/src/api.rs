//! The same for programs: JSON in, JSON out, and an OpenAPI document of the crate's schemas.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use digital_maturity::{Errors, Questionnaire, QuestionnaireSpec, Record, Responses};
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{App, Fault, work};

#[derive(Deserialize)]
pub struct In {
    language: Option<String>,
}

/// What is wrong with a document, as the crate writes it.
fn refused(errors: &Errors) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(errors)).into_response()
}

fn created(address: &str, what: Value) -> Response {
    (StatusCode::CREATED, [(header::LOCATION, address)], Json(what)).into_response()
}

pub async fn health(app: App) -> Result<&'static str, Fault> {
    work(app, |store| store.results("", None)).await.map(|_| "ok")
}

pub async fn questionnaires(app: App) -> Result<Json<Value>, Fault> {
    let all = work(app, |store| store.questionnaires()).await?;
    let all = all.iter().map(|kept| {
        let of = &kept.questionnaire;
        json!({ "key": kept.key, "origin": kept.origin, "id": of.id(), "version": of.version(),
            "title": of.title(), "languages": of.languages(), "fingerprint": of.fingerprint() })
    });
    Ok(Json(all.collect()))
}

pub async fn keep(app: App, body: String) -> Result<Response, Fault> {
    work(app, move |store| {
        let questionnaire = match Questionnaire::from_json(&body) {
            Ok(questionnaire) => questionnaire,
            Err(errors) => return Ok(refused(&errors)),
        };
        let key = store.keep("uploaded", &questionnaire)?;
        let found = json!({ "key": key, "warnings": questionnaire.warnings() });
        Ok(created(&format!("/api/questionnaires/{key}"), found))
    })
    .await
}

pub async fn questionnaire(
    app: App,
    Path(key): Path<String>,
) -> Result<Json<Questionnaire>, Fault> {
    work(app, move |store| store.questionnaire(&key)).await.map(Json)
}

/// For those who render forms elsewhere: the crate's form as data, a JSON Schema of the answers with
/// its UI schema, and a survey for SurveyJS.
pub async fn form(
    app: App,
    Path(key): Path<String>,
    Query(In { language }): Query<In>,
) -> Result<Json<Value>, Fault> {
    work(app, move |store| {
        let questionnaire = store.questionnaire(&key)?;
        let form = questionnaire.form(language.as_deref().unwrap_or("en"));
        Ok(Json(json!({ "form": form, "answers_schema": form.answers_schema(),
            "ui_schema": form.ui_schema(), "survey": form.survey_json() })))
    })
    .await
}

/// Answers as the crate's documents have them, or as browsers, form libraries and survey tools write
/// them.
pub async fn answers(app: App, Path(key): Path<String>, body: String) -> Result<Response, Fault> {
    work(app, move |store| {
        let questionnaire = store.questionnaire(&key)?;
        let read = Responses::from_json(&body).and_then(|found| questionnaire.read_lenient(&found));
        let mut sheet = match read {
            Ok(sheet) => sheet,
            Err(errors) => return Ok(refused(&errors)),
        };
        let number = store.put(&key, &mut sheet)?;
        let result =
            json!({ "number": number, "warnings": sheet.warnings(), "result": sheet.assess() });
        Ok(created(&format!("/api/results/{number}"), result))
    })
    .await
}

/// A stored result with its answers, and whether it is what they give.
pub async fn result(app: App, Path(number): Path<i64>) -> Result<Json<Value>, Fault> {
    work(app, move |store| {
        let stored = store.result(number)?;
        let sheet = store.questionnaire(&stored.questionnaire)?.read_json(&stored.answers)?;
        let verified = stored.record()?.verify(&sheet).is_ok();
        let result: Value = serde_json::from_str(&stored.result)?;
        Ok(Json(json!({ "number": number, "questionnaire": stored.questionnaire,
            "answers": sheet, "result": result, "verified": verified })))
    })
    .await
}

/// The document that describes all this, with the answers to each questionnaire that there is.
pub async fn openapi(app: App, Query(In { language }): Query<In>) -> Result<Json<Value>, Fault> {
    work(app, move |store| {
        let mut generator = SchemaSettings::draft2020_12()
            .with(|settings| settings.definitions_path = "/components/schemas".into())
            .into_generator();
        let questionnaire = generator.subschema_for::<QuestionnaireSpec>();
        let record = generator.subschema_for::<Record>();
        let mut schemas = generator.take_definitions(true);
        schemas.insert("Findings".to_owned(), findings());
        let found = json!({ "$ref": "#/components/schemas/Findings" });
        let body = |schema: &Value| json!({ "required": true, "content": content(schema) });
        let (questionnaire, record) = (json!(questionnaire), json!(record));
        let parameter = |name, kind: &str| json!([{ "name": name, "in": "path", "required": true, "schema": { "type": kind } }]);
        let (key, number) = (parameter("key", "string"), parameter("number", "integer"));
        let (any, text) = (json!({ "type": "object" }), json!({ "type": "string" }));
        let taken = json!({ "type": "object", "required": ["number", "result"], "properties": {
            "number": { "type": "integer" }, "warnings": found, "result": record } });
        let stored = json!({ "type": "object", "required": ["number", "answers", "result", "verified"], "properties": {
            "number": { "type": "integer" }, "questionnaire": text, "answers": any, "result": record,
            "verified": { "type": "boolean" } } });
        let missing = || ("404", "There is none.", json!({ "type": "object", "properties": { "message": text } }));
        let mut paths = json!({
            "/api/questionnaires": {
                "get": { "operationId": "list", "responses": responses([("200", "All questionnaires.", json!({ "type": "array", "items": any }))]) },
                "post": { "operationId": "keep", "requestBody": body(&questionnaire), "responses": responses([
                    ("201", "It is kept.", any.clone()), ("422", "What is wrong with it.", found.clone())]) } },
            "/api/questionnaires/{key}": { "parameters": key, "get": { "operationId": "questionnaire",
                "responses": responses([("200", "Its document.", questionnaire.clone()), missing()]) } },
            "/api/questionnaires/{key}/form": { "parameters": key, "get": { "operationId": "form",
                "parameters": [{ "name": "language", "in": "query", "schema": text }],
                "responses": responses([("200", "What to render a form of.", any.clone()), missing()]) } },
            "/api/results/{number}": { "parameters": number, "get": { "operationId": "result",
                "responses": responses([("200", "The result.", stored), missing()]) } },
        });
        for kept in store.questionnaires()? {
            let form = kept.questionnaire.form(language.as_deref().unwrap_or("en"));
            // A schema with an identifier of its own keeps its references to itself.
            let mut schema = form.answers_schema();
            schema["$id"] = json!(format!("urn:questionnaire:{}", kept.key));
            let operation = json!({ "post": { "operationId": format!("answer_{}", kept.key),
                "summary": form.title, "requestBody": body(&schema), "responses": responses([
                    ("201", "It is scored and stored.", taken.clone()), ("422", "What is wrong.", found.clone())]) } });
            paths[format!("/api/questionnaires/{}/answers", kept.key)] = operation;
        }
        Ok(Json(json!({ "openapi": "3.1.0",
            "info": { "title": "Digital maturity", "version": env!("CARGO_PKG_VERSION") },
            "paths": paths, "components": { "schemas": schemas } })))
    })
    .await
}

fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn responses<const N: usize>(all: [(&str, &str, Value); N]) -> Value {
    let response = |(status, description, schema): (&str, &str, Value)| {
        (status.to_owned(), json!({ "description": description, "content": content(&schema) }))
    };
    all.into_iter().map(response).collect::<serde_json::Map<_, _>>().into()
}

/// The shape of the crate's findings.
fn findings() -> Value {
    let text = json!({ "type": "string" });
    let maybe = json!({ "type": ["string", "null"] });
    let number = json!({ "type": ["integer", "null"], "minimum": 1 });
    json!({ "type": "array", "items": { "type": "object",
        "required": ["severity", "code", "path", "message"], "properties": {
            "severity": { "enum": ["error", "warning"] }, "code": text, "path": text, "message": text,
            "suggestion": maybe, "question": maybe, "line": number, "column": number } } })
}
