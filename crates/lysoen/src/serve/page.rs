//! The web page: its files, as they are in the program.

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
#[cfg(feature = "ui")]
use include_dir::{Dir, include_dir};

use super::problem::Problem;

#[cfg(feature = "ui")]
static PAGE: Dir<'static> = include_dir!("$OUT_DIR/page");

/// Where files lie whose name changes with their content.
const UNCHANGING: &str = "assets/";

/// A file of the page; for an address of the page's own, such as `/place/UKR`, the page itself.
pub(crate) async fn get(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if let Some(found) = file(path) {
        return served(path, found);
    }
    // An address with an ending names a file, and there is none.
    let names_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let names_answer = ["api/", "ogc/"].iter().any(|answers| path.starts_with(answers));
    match file("index.html") {
        Some(page) if !names_file && !names_answer => served("index.html", page),
        _ => Problem::not_found("there is nothing at this address").into_response(),
    }
}

#[cfg(feature = "ui")]
fn file(path: &str) -> Option<&'static [u8]> {
    Some(PAGE.get_file(path)?.contents())
}

#[cfg(not(feature = "ui"))]
fn file(_: &str) -> Option<&'static [u8]> {
    None
}

fn served(path: &str, content: &'static [u8]) -> Response {
    let mut response = (StatusCode::OK, content).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media(path)));
    let keep = match path.starts_with(UNCHANGING) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

fn media(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
