//! The same for programs: JSON in, JSON out, and an OpenAPI document of the crate's schemas.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use digital_maturity::form::{self, Form};
use digital_maturity::{Errors, Questionnaire, QuestionnaireSpec, Record, Responses};
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Answer, Ask};

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

pub async fn health(ask: Ask) -> Answer {
    ask.work(|store, _| store.results("", None)).await.map(|_| "ok".into_response())
}

pub async fn questionnaires(ask: Ask) -> Answer {
    let all = ask.work(|store, _| store.questionnaires()).await?;
    let all = all.iter().map(|kept| {
        let of = &kept.questionnaire;
        json!({ "key": kept.key, "origin": kept.origin, "id": of.id(), "version": of.version(),
            "title": of.title(), "languages": of.languages(), "fingerprint": of.fingerprint() })
    });
    Ok(Json(all.collect::<Value>()).into_response())
}

pub async fn keep(ask: Ask, body: String) -> Answer {
    ask.work(move |store, _| match Questionnaire::from_json(&body) {
        Ok(questionnaire) => {
            let key = store.keep("uploaded", &questionnaire)?;
            let found = json!({ "key": key, "warnings": questionnaire.warnings() });
            Ok(created(&format!("/api/questionnaires/{key}"), found))
        }
        Err(errors) => Ok(refused(&errors)),
    })
    .await
}

pub async fn questionnaire(ask: Ask, Path(key): Path<String>) -> Answer {
    ask.work(move |store, _| Ok(Json(store.questionnaire(&key)?).into_response())).await
}

#[derive(Serialize)]
struct Forms<'f> {
    form: &'f Form<'f>,
    answers_schema: form::Json<'f>,
    ui_schema: form::Json<'f>,
    survey: form::Json<'f>,
}

/// For those who render forms elsewhere: the crate's form as data, a JSON Schema of the answers with
/// its UI schema, and a survey for SurveyJS.
pub async fn form(ask: Ask, Path(key): Path<String>, Query(of): Query<In>) -> Answer {
    ask.work(move |store, _| {
        let questionnaire = store.questionnaire(&key)?;
        let form = questionnaire.form(of.language.as_deref().unwrap_or("en"));
        let (answers_schema, ui_schema) = (form.answers_schema(), form.ui_schema());
        let all = Forms { answers_schema, ui_schema, survey: form.survey_json(), form: &form };
        Ok(Json(all).into_response())
    })
    .await
}

/// Answers as the crate's documents have them, or as browsers, form libraries and survey tools write
/// them.
pub async fn answers(ask: Ask, Path(key): Path<String>, body: String) -> Answer {
    ask.work(move |store, _| {
        let questionnaire = store.questionnaire(&key)?;
        let posted = Responses::from_json(&body);
        let mut sheet = match posted.and_then(|posted| questionnaire.read_lenient(&posted)) {
            Ok(sheet) => sheet,
            Err(errors) => return Ok(refused(&errors)),
        };
        let number = store.put(&key, &mut sheet)?;
        let (warnings, result) = (sheet.warnings(), sheet.assess());
        let found = json!({ "number": number, "warnings": warnings, "result": result });
        Ok(created(&format!("/api/results/{number}"), found))
    })
    .await
}

/// A stored result with its answers, and whether it is what they give.
pub async fn result(ask: Ask, Path(number): Path<i64>) -> Answer {
    ask.work(move |store, _| {
        let stored = store.result(number)?;
        let sheet = store.questionnaire(&stored.questionnaire)?.read_json(&stored.answers)?;
        let verified = stored.record().is_some_and(|record| record.verify(&sheet).is_ok());
        let result: Value = serde_json::from_str(&stored.result)?;
        let found = json!({ "number": number, "questionnaire": stored.questionnaire,
            "answers": sheet, "result": result, "verified": verified });
        Ok(Json(found).into_response())
    })
    .await
}

/// The document that describes all this, with the answers to each questionnaire that there is.
pub async fn openapi(ask: Ask, Query(of): Query<In>) -> Answer {
    ask.work(move |store, _| {
        let settings = SchemaSettings::draft2020_12();
        let settings = settings.with(|of| of.definitions_path = "/components/schemas".into());
        let mut generator = settings.into_generator();
        generator.subschema_for::<QuestionnaireSpec>();
        generator.subschema_for::<Record>();
        let mut document: Value = serde_json::from_str(include_str!("openapi.json"))?;
        for (name, schema) in generator.take_definitions(true) {
            put(&mut document, "/components/schemas", &name, schema);
        }
        for kept in store.questionnaires()? {
            let form = kept.questionnaire.form(of.language.as_deref().unwrap_or("en"));
            let mut schema = serde_json::to_value(form.answers_schema())?;
            // With an identifier of its own, its references are to itself.
            put(&mut schema, "", "$id", format!("urn:questionnaire:{}", kept.key).into());
            let address = format!("/api/questionnaires/{}/answers", kept.key);
            put(&mut document, "/paths", &address, json!({ "post": {
                "operationId": format!("answer_{}", kept.key),
                "summary": form.title,
                "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
                "responses": { "201": { "$ref": "#/components/responses/Scored" },
                    "422": { "$ref": "#/components/responses/Refused" } },
            } }));
        }
        Ok(Json(document).into_response())
    })
    .await
}

/// Into the object there.
fn put(document: &mut Value, pointer: &str, key: &str, value: Value) {
    if let Some(Value::Object(object)) = document.pointer_mut(pointer) {
        object.insert(key.to_owned(), value);
    }
}
