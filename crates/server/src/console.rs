//! The console's files, embedded.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// What the console's build leaves; only the note of how to build it, where it was not built.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../console/dist"]
#[allow_missing = true]
struct Files;

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>Ferrite</title>\
    <p>This binary was built without the console. Run <code>make console</code>, then build again. \
    The interface is at <code>/api/v1/</code>.";

/// A file of the console; its first page for every address that the console makes itself.
pub(crate) async fn file(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let named = if path.is_empty() { "index.html" } else { path };
    // Names of built files hold a hash of their content: they never change.
    let (file, forever) = match Files::get(named) {
        Some(file) => (Some(file), named.starts_with("assets/")),
        None if path.contains('.') => (None, false),
        None => (Files::get("index.html"), false),
    };
    match file {
        Some(file) => {
            let kind = if named.contains('.') { named } else { "index.html" };
            let cache = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
            let head = [(header::CONTENT_TYPE, kind_of(kind)), (header::CACHE_CONTROL, cache)];
            (head, file.data).into_response()
        }
        None if path.contains('.') => StatusCode::NOT_FOUND.into_response(),
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
