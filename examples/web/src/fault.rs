//! What goes wrong, and how it is said: as a page in the language of the address, or as JSON.

use std::fmt::Display;

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::pages::{Language, layout};

/// Why a request is not answered.
#[derive(Debug)]
pub struct Fault(pub StatusCode, pub String);

impl Fault {
    pub fn missing() -> Self {
        Self(StatusCode::NOT_FOUND, "there is no such thing here".to_owned())
    }

    pub fn internal(error: impl Display) -> Self {
        eprintln!("{error}");
        Self(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong here".to_owned())
    }
}

macro_rules! internal {
    ($($error:ty),*) => { $(impl From<$error> for Fault {
        fn from(error: $error) -> Self {
            Self::internal(error)
        }
    })* };
}

// What was stored was checked before: that it cannot be read is no fault of who asks.
internal!(rusqlite::Error, serde_json::Error, tokio::task::JoinError);
internal!(digital_maturity::Errors, digital_maturity::OtherQuestionnaire);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Around every answer: errors that are plain text, axum's own among them, become a page or JSON, and
/// the headers are set that every answer has.
pub async fn finish(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if status.as_u16() >= 400 && kind.is_none_or(|kind| kind.starts_with("text/plain")) {
        let (mut parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 10_000).await.unwrap_or_default();
        let mut message = String::from_utf8_lossy(&body).into_owned();
        if message.is_empty() {
            message = status.canonical_reason().unwrap_or_default().to_owned();
        }
        let shown = if path.starts_with("/api/") {
            axum::Json(serde_json::json!({ "message": message })).into_response()
        } else {
            page(&path, status, &message).into_response()
        };
        // What else was said, such as which methods there are, stands.
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.extend(shown.headers().clone());
        response = Response::from_parts(parts, shown.into_body());
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn page(path: &str, status: StatusCode, message: &str) -> maud::Markup {
    let language = if path.starts_with("/de") { Language::De } else { Language::En };
    let title = match status {
        StatusCode::NOT_FOUND => language.say("Not found", "Nicht gefunden"),
        StatusCode::PAYLOAD_TOO_LARGE => language.say("Too large", "Zu groß"),
        _ => language.say("That did not work", "Das ging nicht"),
    };
    layout(language, title, "/", &html! { h1 { (title) } p lang="en" { (message) } })
}
