//! Whether the server is well, for whoever watches it.

use std::fmt::Write;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::App;
use super::problem::Problem;

/// Ready once there is a state to show.
pub(crate) async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    app.hub.current().map(|_| "ready\n")
}

/// Counts, in the text form of Prometheus.
pub(crate) async fn get(State(app): State<App>) -> Response {
    let mut text = String::new();
    let mut metric = |name: &str, help: &str, kind: &str, lines: &[(String, u64)]| {
        writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}").ok();
        for (labels, value) in lines {
            writeln!(text, "{name}{labels} {value}").ok();
        }
    };
    let counts = app.hub.answered.iter().enumerate().skip(1);
    let answered: Vec<(String, u64)> = counts
        .map(|(class, count)| (format!("{{status=\"{class}xx\"}}"), count.load(Ordering::Relaxed)))
        .collect();
    metric("lysoen_requests_total", "Requests answered.", "counter", &answered);
    let one = |value: u64| [(String::new(), value)];
    metric(
        "lysoen_requests_open",
        "Requests being answered.",
        "gauge",
        &one(app.hub.open.load(Ordering::Relaxed)),
    );
    let current = app.hub.current().ok();
    let ready = current.as_ref().is_some_and(|c| c.standing.doing().is_none());
    metric(
        "lysoen_ready",
        "Whether all answers are computed.",
        "gauge",
        &one(ready.into()),
    );
    let manifest = current.as_ref().map_or(0, |c| c.standing.manifest());
    metric(
        "lysoen_manifest",
        "The manifest of the lake that is shown.",
        "gauge",
        &one(manifest),
    );
    let kept = |c: &std::sync::Arc<super::hub::Current>| {
        let standing = &c.standing;
        standing
            .periods()
            .filter_map(|p| standing.picture(p))
            .map(|picture| picture.size() as u64)
            .sum()
    };
    metric(
        "lysoen_pictures_bytes",
        "Bytes of the packed assessments.",
        "gauge",
        &one(current.as_ref().map_or(0, kept)),
    );
    metric(
        "lysoen_fault",
        "Whether the newest state could not be computed.",
        "gauge",
        &one(app.hub.fault().is_some().into()),
    );
    let media = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(header::CONTENT_TYPE, media)], text).into_response()
}
