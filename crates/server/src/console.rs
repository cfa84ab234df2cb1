//! The console's files, embedded.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// What the console's build leaves; only the note of how to build it, where it was not built.
#[derive(RustEmbed)]
#[folder = "../../console/dist"]
#[allow_missing = true]
struct Files;

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>Ferrite</title>\
    <p>This binary was built without the console. Run <code>make console</code>, then build again. \
    The interface is at <code>/api/v1/</code>.";

/// The folder of built files; no page's address begins like it.
const BUILT: &str = "static/";

/// A file of the console; its first page for every address that the console makes itself.
pub(crate) async fn file(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let named = if path.is_empty() { "index.html" } else { path };
    // Names of built files hold a hash of their content: they never change.
    let built = named.starts_with(BUILT);
    // Pages may have any name, addresses with dots among them.
    let (file, kind) = match Files::get(named) {
        Some(file) => (Some(file), named),
        None if built => (None, named),
        None => (Files::get("index.html"), "index.html"),
    };
    match file {
        Some(file) => {
            let cache = if built { "public, max-age=31536000, immutable" } else { "no-cache" };
            let head = [(header::CONTENT_TYPE, kind_of(kind)), (header::CACHE_CONTROL, cache)];
            (head, file.data).into_response()
        }
        None if built => StatusCode::NOT_FOUND.into_response(),
        None => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT).into_response(),
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answer(path: &'static str) -> (StatusCode, String) {
        let response = file(Uri::from_static(path)).await;
        let kind = response.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        (response.status(), kind)
    }

    #[tokio::test]
    async fn pages_may_have_dots_and_built_files_may_not_be_missing() {
        let page = "text/html; charset=utf-8";
        assert_eq!(answer("/assets/10.0.0.5").await, (StatusCode::OK, page.into()));
        assert_eq!(answer("/").await, (StatusCode::OK, page.into()));
        assert_eq!(answer("/static/missing.js").await.0, StatusCode::NOT_FOUND);
        assert_eq!(answer("/api/v1/missing").await.0, StatusCode::NOT_FOUND);
    }
}
