//! The API described by OpenAPI 3.1. `docs/openapi.json` is made from here, and a test compares them.

use axum::response::Response;
use utoipa::OpenApi;

use super::api::{
    agenda, events, figures, forecasts, impact, indices, ladder, log, measures, methods, place, places, sources,
    status, world,
};
use super::form::{JsonOnly, json};
use super::problem::Problem;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lysoen",
        description = "How safe people are, place by place: figures with intervals, sources, vintages and licences; forecasts; indices. \
                       Nothing of a source whose licence does not let it be passed on is given.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    paths(
        status::get,
        measures::list,
        places::list,
        place::get,
        figures::explain,
        world::get,
        figures::list,
        forecasts::list,
        forecasts::get,
        indices::list,
        indices::get,
        indices::build,
        indices::sensitivity,
        ladder::warnings,
        ladder::get,
        log::get,
        log::post,
        agenda::elements::get,
        agenda::instrument::get,
        agenda::party::get,
        agenda::calendar::get,
        agenda::calendar::ics,
        agenda::aid::get,
        agenda::funding::get,
        impact::overview::get,
        impact::policies::get,
        impact::classes::get,
        impact::places::get,
        impact::ask::get,
        sources::list,
        sources::get,
        methods::list,
        methods::get,
        events::list,
    ),
    components(schemas(Problem))
)]
struct Document;

/// The document.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Answers with the document.
pub(crate) async fn get(_: JsonOnly) -> Response {
    json(&document())
}
