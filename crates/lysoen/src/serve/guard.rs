//! What every request and every answer passes: counts, what has not changed, headers that protect the reader.

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::problem::Problem;

/// What the page may load: its own files, and nothing from elsewhere. Maps draw in a worker that is made of a blob.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
                      object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Counts requests, and answers with headers that protect the reader.
pub(crate) async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    app.hub.open.fetch_add(1, Ordering::Relaxed);
    let mut response = next.run(request).await;
    app.hub.open.fetch_sub(1, Ordering::Relaxed);
    response = in_our_form(response);
    let class = usize::from(response.status().as_u16() / 100).min(5);
    app.hub.answered[class].fetch_add(1, Ordering::Relaxed);
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// An error that a layer has made without words, as a problem.
fn in_our_form(response: Response) -> Response {
    let status = response.status();
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|media| media.as_bytes().ends_with(b"json"));
    if !(status.is_client_error() || status.is_server_error()) || is_problem {
        return response;
    }
    let mut told = Problem::of_status(status).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    told
}

/// Answers that what the reader has is what there is, where that is so; marks answers by the state that they are of.
pub(crate) async fn unchanged(State(app): State<App>, request: Request, next: Next) -> Response {
    // The log changes without the lake, and what rests on it with it.
    const OF_THE_LOG: [&str; 4] = ["/api/v1/log", "/api/v1/ladder", "/api/v1/warnings", "/feed/"];
    let path = request.uri().path();
    // The ten elements tell how many warnings were answered.
    let of_the_log = OF_THE_LOG.iter().any(|of| path.starts_with(of)) || path.trim_end_matches('/') == "/api/v1/agenda";
    if of_the_log || request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = next.run(request).await;
        let headers = response.headers_mut();
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
        return response;
    }
    let Ok(current) = app.hub.current() else {
        return next.run(request).await;
    };
    let tag = format!("W/\"{}\"", current.stamp);
    let known = request.headers().get_all(header::IF_NONE_MATCH).iter();
    let mut known = known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','));
    let has = known.any(|known| known.trim() == tag);
    let mut response = match has {
        true => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        }
        false => next.run(request).await,
    };
    if response.status().is_success() || has {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-cache"));
        headers.append(header::VARY, HeaderValue::from_static("accept"));
    }
    response
}
