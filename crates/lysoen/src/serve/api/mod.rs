//! The API: a file to each noun. Each handler reads the standing state and formats what is there.

pub(crate) mod agenda;
pub(crate) mod events;
pub(crate) mod figures;
pub(crate) mod forecasts;
pub(crate) mod impact;
pub(crate) mod indices;
pub(crate) mod ladder;
pub(crate) mod log;
pub(crate) mod measures;
pub(crate) mod methods;
pub(crate) mod place;
pub(crate) mod places;
pub(crate) mod sources;
pub(crate) mod status;
pub(crate) mod triggers;
pub(crate) mod world;

use axum::Router;
use axum::routing::{get, post};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;

/// The addresses below `/api/v1`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/status", get(status::get))
        .route("/measures", get(measures::list))
        .route("/places", get(places::list))
        .route("/places/{place}", get(place::get))
        .route("/places/{place}/explain/{measure}", get(figures::explain))
        .route("/world", get(world::get))
        .route("/figures", get(figures::list))
        .route("/forecasts", get(forecasts::list))
        .route("/forecasts/{place}", get(forecasts::get))
        .route("/indices", get(indices::list))
        .route("/indices/{recipe}", get(indices::get))
        .route("/indices/{recipe}/build", post(indices::build))
        .route("/indices/{recipe}/sensitivity", get(indices::sensitivity))
        .route("/warnings", get(ladder::warnings))
        .route("/ladder/{place}", get(ladder::get))
        .route("/log", get(log::get).post(log::post))
        .nest("/agenda", agenda::routes())
        .nest("/impact", impact::routes())
        .route("/sources", get(sources::list))
        .route("/sources/{source}", get(sources::get))
        .route("/methods", get(methods::list))
        .route("/methods/{method}", get(methods::get))
        .route("/events", get(events::list))
        .route("/openapi", get(super::openapi::get))
}

/// A source on which an answer rests.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SourceNote {
    /// Its card.
    id: String,
    /// Publisher and title.
    title: String,
    /// Its licence.
    licence: String,
    /// How to cite it.
    citation: String,
    /// The newest vintage used.
    #[schema(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
}

impl From<&lysoen_answers::SourceNote> for SourceNote {
    fn from(note: &lysoen_answers::SourceNote) -> SourceNote {
        SourceNote {
            id: note.id.clone(),
            title: note.title.clone(),
            licence: note.licence.clone(),
            citation: note.citation.clone(),
            as_of: note.as_of,
        }
    }
}

/// The notes of sources.
pub(crate) fn notes(sources: &[lysoen_answers::SourceNote]) -> Vec<SourceNote> {
    sources.iter().map(SourceNote::from).collect()
}
