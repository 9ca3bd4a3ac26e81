//! The style sheet, the script and the icon, under names that change with what is in them.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use digital_maturity::{form, report};

use crate::{Answer, Fault};

pub struct Asset {
    name: String,
    kind: &'static str,
    body: String,
}

pub static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("css", "text/css", format!("{}{}", report::STYLE, include_str!("style.css")))
});
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let body = format!("{}{}", form::ASKED_SCRIPT, include_str!("script.js"));
    Asset::new("js", "text/javascript", body)
});
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("svg", "image/svg+xml", include_str!("icon.svg").to_owned()));

/// 32 hexadecimal digits that stand for these bytes.
pub fn hash(bytes: &[u8]) -> String {
    hmac_sha256::Hash::hash(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

impl Asset {
    fn new(ending: &str, kind: &'static str, body: String) -> Self {
        Self { name: format!("{}.{ending}", hash(body.as_bytes())), kind, body }
    }

    pub fn address(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Answer {
    let all = [&STYLE, &SCRIPT, &ICON];
    let asset = all.into_iter().find(|asset| asset.name == name).ok_or(Fault::missing())?;
    let tag = format!("\"{}\"", asset.name);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::ETAG, &tag),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok(match known {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => (headers, asset.body.as_str()).into_response(),
    })
}
