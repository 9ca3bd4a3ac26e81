//! A web application that embeds `digital-maturity`: forms, results, history, uploads, and the same
//! as JSON. What a questionnaire asks, what is wrong with answers, and what a result says all come
//! from the crate.

mod api;
mod assets;
mod fault;
mod filling;
mod pages;
mod results;
mod store;
mod upload;

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Extension, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};

pub use crate::fault::Fault;
use crate::pages::Language;
pub use crate::store::Store;

/// No body is longer.
const MOST: usize = 512 * 1024;

pub fn app(store: Arc<Store>) -> Router {
    let api = Router::new()
        .route("/questionnaires", get(api::questionnaires).post(api::keep))
        .route("/questionnaires/{key}", get(api::questionnaire))
        .route("/questionnaires/{key}/form", get(api::form))
        .route("/questionnaires/{key}/answers", post(api::answers))
        .route("/results/{number}", get(api::result));
    Router::new()
        .route("/", get(home))
        .nest("/en", in_language(Language::En))
        .nest("/de", in_language(Language::De))
        .nest("/api", api)
        .route("/openapi.json", get(api::openapi))
        .route("/health", get(api::health))
        .route("/assets/{name}", get(assets::asset))
        .layer(DefaultBodyLimit::max(MOST))
        .layer(middleware::from_fn(fault::finish))
        .with_state(store)
}

fn in_language(language: Language) -> Router<Arc<Store>> {
    Router::new()
        .route("/", get(pages::list))
        .route("/upload", get(upload::empty).post(upload::upload))
        .route("/q/{key}", get(filling::empty).post(filling::posted))
        .route("/q/{key}/results", get(results::of_questionnaire))
        .route("/compare", get(results::compared))
        .route("/r/{number}", get(results::report))
        .route("/r/{number}/outlook", get(results::outlook))
        .route("/r/{number}/roadmap", get(results::roadmap))
        .route("/r/{number}/radar.svg", get(results::radar))
        .layer(Extension(language))
}

async fn home(headers: HeaderMap) -> Redirect {
    let wanted = headers.get("accept-language").and_then(|wanted| wanted.to_str().ok());
    let german = wanted.is_some_and(|wanted| wanted.to_ascii_lowercase().starts_with("de"));
    Redirect::to(if german { "/de" } else { "/en" })
}

/// What a handler needs besides what it is asked.
pub struct Ask {
    store: Arc<Store>,
    language: Language,
}

impl FromRequestParts<Arc<Store>> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(of: &mut Parts, store: &Arc<Store>) -> Result<Self, Infallible> {
        let language = of.extensions.get().copied().unwrap_or(Language::En);
        Ok(Self { store: Arc::clone(store), language })
    }
}

impl Ask {
    /// Does what reads, scores or computes away from the threads that serve.
    pub async fn work<T: Send + 'static>(
        self,
        what: impl FnOnce(&Store, Language) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        tokio::task::spawn_blocking(move || what(&self.store, self.language)).await?
    }
}

type Page = Result<maud::Markup, Fault>;
type Answer = Result<Response, Fault>;
